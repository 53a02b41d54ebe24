//! What a returned document asks for, provision by provision: other words, a deletion, a move, something new, another
//! number, or a remark.

use std::collections::{BTreeMap, BTreeSet};

use onetext_paper::docx::Markup;
use onetext_text::{ReadError, heaviest_run, normal_form};
use serde_json::{Map, Value, json};

use super::follow::{Base, Followed};

/// One proposal or note.
#[derive(Debug, Clone)]
pub(super) enum Wish {
    /// Fields of a proposal.
    Proposal(Asked),
    /// Fields of a note.
    Note(Asked),
}

/// What is asked for.
#[derive(Debug, Clone, Default)]
pub(super) struct Asked {
    /// The fields of its act that say so.
    pub(super) fields: Map<String, Value>,
    /// What it does, in a word.
    pub(super) does: &'static str,
    /// The provision of the draft that it concerns; none for what is new.
    pub(super) path: Option<String>,
    /// Its words.
    pub(super) text: String,
    /// Whether some of it was done without tracking.
    pub(super) untracked: bool,
    /// What else is to be said of it.
    pub(super) remark: Option<String>,
    /// Its place in the text.
    place: (usize, usize, usize),
    /// The provisions that it accounts for, of the draft and of the document as it is.
    bases: Vec<usize>,
    afters: Vec<usize>,
}

/// Everything that is asked for.
pub(super) struct Found {
    /// In the order of the text.
    pub(super) wishes: Vec<Wish>,
    /// For each tracked change the wish that it is in, or why it is in none.
    pub(super) changes: Vec<Result<usize, &'static str>>,
    /// For each comment the path that it stands at, and the wish that it is on.
    pub(super) comments: Vec<(Option<String>, Option<usize>)>,
}

impl Wish {
    pub(super) fn asked(&self) -> &Asked {
        match self {
            Wish::Proposal(asked) | Wish::Note(asked) => asked,
        }
    }
}

/// Finds what is asked for.
pub(super) fn wishes(base: &Base<'_>, markup: &Markup) -> Result<Found, ReadError> {
    let followed = Followed::of(base, markup)?;
    let mut asking = Asking {
        base,
        markup,
        followed,
        found: Vec::new(),
    };
    let moved = asking.moves();
    asking.kept(&moved);
    asking.gone();
    asking.added();
    asking.found.sort_by_key(|wish| wish.asked().place);
    Ok(asking.finish())
}

struct Asking<'a, 'd> {
    base: &'a Base<'d>,
    markup: &'a Markup,
    followed: Followed,
    found: Vec<Wish>,
}

/// A provision whose place is another: the one that it follows now, and what moves along with it.
type Moves = BTreeMap<usize, (String, Vec<usize>)>;

impl Asking<'_, '_> {
    /// The provision of the draft that a provision of the document continues.
    fn base_of(&self, after: usize) -> Option<usize> {
        let before = self.followed.after_to_before.get(after).copied()??;
        self.followed.before_to_base.get(before).copied()?
    }

    fn after_of(&self, base: usize) -> Option<usize> {
        let before = self.followed.base_to_before.get(base).copied()??;
        self.followed.before_to_after.get(before).copied()?
    }

    fn parent(&self, base: usize) -> Option<usize> {
        self.base.draft.provisions().get(base)?.parent
    }

    /// The provision that one follows: the nearest before it that the draft has; the start for none.
    fn anchor(&self, after: usize, not: Option<usize>) -> (usize, String) {
        let before = (0..after).rev().filter_map(|at| self.base_of(at));
        let found = before.into_iter().find(|found| Some(*found) != not);
        match found {
            Some(found) => (found + 1, self.base.path(found)),
            None => (0, String::new()),
        }
    }

    /// What moved: where it is tracked, and what did not keep its order. What moves with its point moves with it.
    fn moves(&self) -> Moves {
        let count = self.base.keys.len();
        let mut pairs: Vec<(usize, usize, u64)> = Vec::new();
        let mut moved = BTreeSet::new();
        for base in 0..count {
            let Some(after) = self.after_of(base) else {
                continue;
            };
            if self.followed.moved.contains(&after) {
                moved.insert(base);
            } else {
                let weight = self.base.keys[base].len() as u64 + 1;
                pairs.push((base, after, weight));
            }
        }
        for ((base, _, _), kept) in pairs.iter().zip(heaviest_run(&pairs)) {
            if !kept {
                moved.insert(*base);
            }
        }
        let mut moves = Moves::new();
        let mut along: BTreeMap<usize, usize> = BTreeMap::new();
        for base in &moved {
            let Some(after) = self.after_of(*base) else {
                continue;
            };
            let with = self.parent(*base).filter(|parent| {
                moved.contains(parent)
                    && self
                        .after_of(*parent)
                        .is_some_and(|at| at < after && after - at <= base - parent)
            });
            if let Some(parent) = with {
                let head = along.get(&parent).copied().unwrap_or(parent);
                along.insert(*base, head);
                if let Some((_, more)) = moves.get_mut(&head) {
                    more.push(*base);
                }
                continue;
            }
            let (_, follows) = self.anchor(after, Some(*base));
            moves.insert(*base, (follows, Vec::new()));
        }
        moves
    }

    /// What is still there: with other words, in another place, under another number.
    fn kept(&mut self, moves: &Moves) {
        for base in 0..self.base.keys.len() {
            let Some(after) = self.after_of(base) else {
                continue;
            };
            let told = self.told(base, after);
            let mut asked = Asked {
                place: (base, 0, after),
                bases: vec![base],
                afters: vec![after],
                untracked: self.is_untracked(base),
                path: Some(self.base.path(base)),
                ..Asked::default()
            };
            let moves = moves.get(&base);
            if let Some((follows, more)) = moves {
                asked.fields.insert("move_after".to_owned(), json!(follows));
                asked.does = "move";
                for along in more {
                    asked.bases.push(*along);
                    asked.afters.extend(self.after_of(*along));
                }
            }
            if let Some(wording) = &told.wording {
                asked.fields.insert("wording".to_owned(), json!(wording));
                asked.text.clone_from(wording);
                asked.does = if moves.is_some() { "move" } else { "reword" };
            }
            if !asked.fields.is_empty() {
                let whole = told.wording.is_none();
                let path = if whole {
                    self.base.path(base)
                } else {
                    self.base.own_path(base)
                };
                asked.fields.insert("points".to_owned(), json!([path]));
                self.found.push(Wish::Proposal(asked));
            }
            if let Some(words) = told.number {
                self.found.push(Wish::Note(Asked {
                    place: (base, 0, after),
                    bases: vec![base],
                    afters: vec![after],
                    untracked: self.is_untracked(base),
                    path: Some(self.base.path(base)),
                    does: "number",
                    fields: [("words".to_owned(), json!(words))].into_iter().collect(),
                    text: words,
                    remark: None,
                }));
            }
        }
    }

    /// Whether a provision of the draft reads otherwise before any tracked change.
    fn is_untracked(&self, base: usize) -> bool {
        match self.followed.base_to_before.get(base).copied().flatten() {
            None => true,
            Some(before) => {
                let told = self.difference(base, &self.followed.before, before, false);
                told.wording.is_some() || told.number.is_some()
            }
        }
    }

    fn told(&self, base: usize, after: usize) -> Told {
        let place = self.followed.after.paragraph.get(after).copied();
        let leaves = place.and_then(|place| self.markup.after.leaves.get(place));
        let restyled = leaves.into_iter().flatten().any(|leaf| {
            self.markup
                .leaves
                .get(*leaf)
                .is_some_and(|leaf| leaf.restyled)
        });
        self.difference(base, &self.followed.after, after, restyled)
    }

    /// What is other in a reading. Numbers that a list counts are nobody's wish, unless the list was changed.
    fn difference(
        &self,
        base: usize,
        reading: &super::follow::Reading,
        index: usize,
        restyled: bool,
    ) -> Told {
        let mut told = Told::default();
        if self.base.keys.get(base) == reading.keys.get(index) {
            return told;
        }
        let (Some(old), Some(new)) = (
            self.base.draft.provisions().get(base),
            reading.draft.provisions().get(index),
        ) else {
            return told;
        };
        let printed = reading.printed.get(index).map_or("", String::as_str);
        let old_wording = one_line(&old.wording);
        let old_printed = crate::text::printed(self.base.draft, base);
        let head = old_printed.strip_suffix(&old_wording).unwrap_or_default();
        let label = |provision: &onetext_text::Provision| {
            provision.label.as_ref().map(|label| label.printed.clone())
        };
        let (new_label, wording) = match printed.strip_prefix(head) {
            Some(rest) if !head.is_empty() => (label(old), rest.to_owned()),
            _ => {
                let opened: String = printed.chars().take_while(|c| *c == '[').collect();
                let own = one_line(&new.wording);
                let own = if own.starts_with(&opened) {
                    own
                } else {
                    opened + &own
                };
                (label(new), own)
            }
        };
        if normal_form(&wording) != normal_form(&old_wording) {
            told.wording = Some(wording);
        }
        let side = if std::ptr::eq(reading, &self.followed.before) {
            &self.markup.before
        } else {
            &self.markup.after
        };
        let place = reading.paragraph.get(index).copied().unwrap_or(usize::MAX);
        let counted = side
            .paragraphs
            .get(place)
            .is_some_and(|paragraph| paragraph.label.is_some());
        let (was, is) = (label(old), new_label);
        let same = |one: &Option<String>, other: &Option<String>| {
            let bare =
                |label: &Option<String>| label.as_deref().map(normal_form).unwrap_or_default();
            bare(one) == bare(other)
        };
        if !same(&was, &is) && (!counted || restyled) {
            let said = |label: Option<String>| label.unwrap_or_else(|| "no number".to_owned());
            told.number = Some(format!("number: {} instead of {}", said(is), said(was)));
        } else if told.wording.is_none() && !counted {
            told.number = Some(format!("the line reads: {printed}"));
        }
        told
    }

    /// What the draft has and the document has not. A point that goes with all of its sub-items goes as one.
    fn gone(&mut self) {
        let count = self.base.keys.len();
        let is_gone: Vec<bool> = (0..count)
            .map(|base| self.after_of(base).is_none())
            .collect();
        let mut all_gone = is_gone.clone();
        for base in (0..count).rev() {
            if let Some(parent) = self.parent(base) {
                all_gone[parent] &= all_gone[base];
            }
        }
        let mut head: BTreeMap<usize, usize> = BTreeMap::new();
        for base in (0..count).filter(|base| is_gone[*base]) {
            let above = self.parent(base).filter(|parent| all_gone[*parent]);
            if let Some(first) = above.and_then(|parent| head.get(&parent)).copied() {
                head.insert(base, first);
                if let Some(Wish::Proposal(asked)) = self.found.iter_mut().rfind(
                    |wish| matches!(wish, Wish::Proposal(asked) if asked.does == "delete" && asked.bases.first() == Some(&first)),
                ) {
                    asked.bases.push(base);
                }
                continue;
            }
            let path = if all_gone[base] {
                head.insert(base, base);
                self.base.path(base)
            } else {
                self.base.own_path(base)
            };
            let before = self.followed.base_to_before[base];
            let into = before
                .and_then(|before| self.followed.merged.get(&before))
                .copied();
            let into = into.and_then(|after| self.base_of(after));
            let fields = [("points", json!([path])), ("wording", json!(""))];
            self.found.push(Wish::Proposal(Asked {
                fields: fields
                    .map(|(name, value)| (name.to_owned(), value))
                    .into_iter()
                    .collect(),
                does: "delete",
                text: self.base.keys[base].clone(),
                path: Some(self.base.path(base)),
                untracked: before.is_none() || self.is_untracked(base),
                remark: into
                    .map(|into| format!("its words would stand in {}", self.base.path(into))),
                place: (base, 0, 0),
                bases: vec![base],
                afters: Vec::new(),
            }));
        }
    }

    /// What the document has and the draft has not.
    fn added(&mut self) {
        for after in 0..self.followed.after.keys.len() {
            if self.base_of(after).is_some() {
                continue;
            }
            let Some(provision) = self.followed.after.draft.provisions().get(after) else {
                continue;
            };
            let (place, follows) = self.anchor(after, None);
            let wording = one_line(&provision.wording);
            let mut fields = Map::new();
            fields.insert("after".to_owned(), json!(follows));
            fields.insert("wording".to_owned(), json!(wording));
            if let Some(label) = &provision.label {
                fields.insert("label".to_owned(), json!(label.printed));
            }
            let from = self.followed.split.get(&after).copied();
            let from =
                from.and_then(|before| self.followed.before_to_base.get(before).copied().flatten());
            let text = wording;
            self.found.push(Wish::Proposal(Asked {
                fields,
                does: if from.is_some() { "split" } else { "insert" },
                path: None,
                text,
                untracked: self.followed.after_to_before[after].is_some(),
                remark: from.map(|from| format!("a part of {}", self.base.path(from))),
                place: (place, 1, after),
                bases: Vec::new(),
                afters: vec![after],
            }));
        }
    }

    fn finish(self) -> Found {
        let mut by_base: BTreeMap<usize, usize> = BTreeMap::new();
        let mut by_after: BTreeMap<usize, usize> = BTreeMap::new();
        for (number, wish) in self.found.iter().enumerate() {
            let asked = wish.asked();
            for base in &asked.bases {
                by_base.entry(*base).or_insert(number);
            }
            for after in &asked.afters {
                by_after.entry(*after).or_insert(number);
            }
        }
        let here = |leaf: usize| {
            let found = self.followed.after.at_leaf(leaf).iter();
            found
                .filter_map(|after| by_after.get(after))
                .copied()
                .next()
        };
        let there = |leaf: usize| {
            let before = self.followed.before.at_leaf(leaf).iter();
            let bases = before.filter_map(|at| self.followed.before_to_base[*at]);
            let mut found = bases.filter_map(|base| by_base.get(&base).copied());
            found.next()
        };
        let changes = self.markup.changes.iter().map(|(change, leaf)| {
            let leaf = leaf.ok_or("it stands outside the body of the text")?;
            let comes = matches!(change.kind, "insertion" | "moved-to");
            let at = |leaf: usize| match comes {
                true => here(leaf).or_else(|| there(leaf)),
                false => there(leaf).or_else(|| here(leaf)),
            };
            let beside = || {
                let marks = change.of == "paragraph";
                let next = at(leaf + 1).filter(|_| marks);
                next.or_else(|| at(leaf.checked_sub(1)?).filter(|_| marks))
            };
            at(leaf).or_else(beside).ok_or(match change.kind {
                "formatting" => "formatting alone: the record keeps words",
                _ if change.of == "words" && change.text.trim().is_empty() => "no words",
                _ => "the words are the same with it and without it",
            })
        });
        let comments = self.markup.comments.iter().map(|remark| {
            let leaf = remark.leaf.unwrap_or(usize::MAX);
            let after = self.followed.after.at_leaf(leaf).first().copied();
            let base = after.and_then(|after| self.base_of(after)).or_else(|| {
                let before = self.followed.before.at_leaf(leaf).first().copied()?;
                self.followed.before_to_base.get(before).copied()?
            });
            let new = after.filter(|after| self.base_of(*after).is_none());
            let wish = new.and_then(|after| by_after.get(&after)).copied();
            (base.map(|base| self.base.path(base)), wish)
        });
        Found {
            changes: changes.collect(),
            comments: comments.collect(),
            wishes: self.found,
        }
    }
}

/// What is other in a provision.
#[derive(Default)]
struct Told {
    wording: Option<String>,
    number: Option<String>,
}

fn one_line(wording: &str) -> String {
    wording.split_whitespace().collect::<Vec<_>>().join(" ")
}
