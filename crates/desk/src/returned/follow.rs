//! Which provision of the draft is which paragraph of the document that came back: through the tracked changes exactly,
//! where nothing was tracked by comparison.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use onetext_paper::docx::{Markup, Side, paragraph_on, source_of};
use onetext_text::{Draft, ReadError, Settled, align, common, normal_form};

/// What two paragraphs are compared by.
pub(super) fn key(printed: &str) -> String {
    normal_form(printed.trim_start_matches(['•', '-', ' ']))
}

/// The draft that was sent.
pub(super) struct Base<'d> {
    pub(super) draft: &'d Draft,
    /// What each provision says with its label.
    pub(super) keys: Vec<String>,
}

impl<'d> Base<'d> {
    pub(super) fn of(draft: &'d Draft) -> Self {
        let count = draft.provisions().len();
        let keys = (0..count).map(|index| key(&crate::text::printed(draft, index)));
        Base {
            keys: keys.collect(),
            draft,
        }
    }

    /// The path of a provision's own wording: of its opening words alone where it has sub-items.
    pub(super) fn own_path(&self, index: usize) -> String {
        let path = self.path(index);
        let has_children = self
            .draft
            .provisions()
            .get(index)
            .is_some_and(|provision| !provision.children.is_empty());
        match has_children {
            true => format!("{path}.chapeau"),
            false => path,
        }
    }

    pub(super) fn path(&self, index: usize) -> String {
        let provision = self.draft.provisions().get(index);
        provision.map_or_else(String::new, |provision| provision.path.clone())
    }
}

/// One reading of the document, as a draft.
pub(super) struct Reading {
    pub(super) draft: Draft,
    /// The paragraph of each provision.
    pub(super) paragraph: Vec<usize>,
    /// The provisions of each paragraph.
    provisions: BTreeMap<usize, Vec<usize>>,
    /// What each provision says with its label, and the same as it is compared.
    pub(super) printed: Vec<String>,
    pub(super) keys: Vec<String>,
    /// The paragraph of each leaf that is in this reading.
    of_leaf: BTreeMap<usize, usize>,
}

impl Reading {
    pub(super) fn of(side: &Side) -> Result<Self, ReadError> {
        let draft = Draft::read(&source_of(&side.paragraphs))?;
        let paragraph: Vec<usize> = draft
            .provisions()
            .iter()
            .map(|provision| paragraph_on(provision.line))
            .collect();
        let mut provisions: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (index, place) in paragraph.iter().enumerate() {
            provisions.entry(*place).or_default().push(index);
        }
        let printed: Vec<String> = paragraph
            .iter()
            .enumerate()
            .map(|(index, place)| match side.paragraphs.get(*place) {
                // A paragraph of several provisions is told apart by the draft.
                Some(paragraph) if provisions.get(place).is_none_or(|all| all.len() == 1) => {
                    paragraph.printed()
                }
                _ => crate::text::printed(&draft, index),
            })
            .collect();
        let of_leaf = side.leaves.iter().enumerate();
        Ok(Reading {
            keys: printed.iter().map(|printed| key(printed)).collect(),
            of_leaf: of_leaf
                .flat_map(|(place, leaves)| leaves.iter().map(move |leaf| (*leaf, place)))
                .collect(),
            draft,
            paragraph,
            provisions,
            printed,
        })
    }

    /// The provisions in which a leaf stands.
    pub(super) fn at_leaf(&self, leaf: usize) -> &[usize] {
        let place = self.of_leaf.get(&leaf);
        place
            .and_then(|place| self.provisions.get(place))
            .map_or(&[], Vec::as_slice)
    }
}

/// What became of the provisions of the draft.
pub(super) struct Followed {
    pub(super) before: Reading,
    pub(super) after: Reading,
    /// For each provision of the draft the one of the document as it was, all changes rejected.
    pub(super) base_to_before: Vec<Option<usize>>,
    /// The other way.
    pub(super) before_to_base: Vec<Option<usize>>,
    /// For each provision of the document as it is the one as it was.
    pub(super) after_to_before: Vec<Option<usize>>,
    /// The other way.
    pub(super) before_to_after: Vec<Option<usize>>,
    /// For each provision as it was one that took its words in.
    pub(super) merged: BTreeMap<usize, usize>,
    /// For each provision as it is one that it was split from.
    pub(super) split: BTreeMap<usize, usize>,
    /// Provisions as they are whose move is tracked.
    pub(super) moved: BTreeSet<usize>,
}

impl Followed {
    pub(super) fn of(base: &Base<'_>, markup: &Markup) -> Result<Self, ReadError> {
        let (before, after) = (Reading::of(&markup.before)?, Reading::of(&markup.after)?);
        let mut followed = Followed {
            base_to_before: vec![None; base.keys.len()],
            before_to_base: vec![None; before.keys.len()],
            after_to_before: vec![None; after.keys.len()],
            before_to_after: vec![None; before.keys.len()],
            merged: BTreeMap::new(),
            split: BTreeMap::new(),
            moved: BTreeSet::new(),
            before,
            after,
        };
        followed.by_comparison(base);
        followed.by_leaves(markup);
        followed.by_moves(markup);
        followed.by_words();
        Ok(followed)
    }

    fn pair(&mut self, before: usize, after: usize) -> bool {
        let free = self.before_to_after.get(before) == Some(&None)
            && self.after_to_before.get(after) == Some(&None);
        if free {
            self.before_to_after[before] = Some(after);
            self.after_to_before[after] = Some(before);
        }
        free
    }

    /// The draft against the document as it was: the same words in the same order, and what is left by likeness.
    fn by_comparison(&mut self, base: &Base<'_>) {
        let hashed = |keys: &[String]| -> Vec<u64> {
            let hash = |key: &String| {
                let mut hasher = DefaultHasher::new();
                key.hash(&mut hasher);
                hasher.finish()
            };
            keys.iter().map(hash).collect()
        };
        let mut pairs = common(&hashed(&base.keys), &hashed(&self.before.keys));
        let settled = pairs.iter().map(|(old, new)| Settled {
            old: Some(*old),
            new: Some(*new),
        });
        if pairs.len() < base.keys.len() || pairs.len() < self.before.keys.len() {
            let settled: Vec<Settled> = settled.collect();
            let aligned = align(base.draft, &self.before.draft, &settled);
            let more = aligned
                .matches
                .iter()
                .filter_map(|found| Some((*found.old.first()?, *found.new.first()?)));
            pairs.extend(more);
        }
        for (old, new) in pairs {
            if self.base_to_before[old].is_none() && self.before_to_base[new].is_none() {
                self.base_to_before[old] = Some(new);
                self.before_to_base[new] = Some(old);
            }
        }
        self.lonely();
    }

    /// One provision that is left between the same two neighbours on either side is one that was reworded.
    fn lonely(&mut self) {
        let count = self.base_to_before.len();
        for old in 0..count {
            if self.base_to_before[old].is_some() {
                continue;
            }
            let before = match old.checked_sub(1) {
                None => Some(0),
                Some(previous) => self.base_to_before[previous].map(|at| at + 1),
            };
            let after = match self.base_to_before.get(old + 1) {
                None => Some(self.before_to_base.len()),
                Some(next) => *next,
            };
            if let (Some(new), Some(end)) = (before, after)
                && new + 1 == end
                && self.before_to_base.get(new) == Some(&None)
            {
                self.base_to_before[old] = Some(new);
                self.before_to_base[new] = Some(old);
            }
        }
    }

    /// Paragraphs that are made of the same leaves.
    fn by_leaves(&mut self, markup: &Markup) {
        let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        for (number, leaf) in markup.leaves.iter().enumerate() {
            let weight = match leaf.kept {
                0 => usize::from(leaf.stays),
                kept => kept * 2,
            };
            let places = (
                self.before.of_leaf.get(&number),
                self.after.of_leaf.get(&number),
            );
            if let (Some(before), Some(after), true) = (places.0, places.1, weight > 0) {
                *shared.entry((*before, *after)).or_default() += weight;
            }
        }
        let mut shared: Vec<_> = shared.into_iter().collect();
        shared.sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(&other.0)));
        for ((before, after), weight) in shared {
            let of = |reading: &Reading, place: usize| {
                reading.provisions.get(&place).cloned().unwrap_or_default()
            };
            let (olds, news) = (of(&self.before, before), of(&self.after, after));
            for (old, new) in olds.iter().zip(&news) {
                if self.pair(*old, *new) || weight < 2 {
                    continue;
                }
                if self.after_to_before[*new].is_none() {
                    self.split.entry(*new).or_insert(*old);
                } else if self.before_to_after[*old].is_none() {
                    self.merged.entry(*old).or_insert(*new);
                }
            }
        }
        let (merged, split) = (&mut self.merged, &mut self.split);
        merged.retain(|old, _| self.before_to_after[*old].is_none());
        split.retain(|new, _| self.after_to_before[*new].is_none());
    }

    /// Paragraphs whose move is tracked, by the name of the move.
    fn by_moves(&mut self, markup: &Markup) {
        let mut away: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let mut here: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (number, leaf) in markup.leaves.iter().enumerate() {
            if let Some(name) = &leaf.moved_from {
                let places = self.before.at_leaf(number).iter();
                let free = places.filter(|at| self.before_to_after[**at].is_none());
                away.entry(name).or_default().extend(free);
            }
            if let Some(name) = &leaf.moved_to {
                let places = self.after.at_leaf(number).iter();
                let free = places.filter(|at| self.after_to_before[**at].is_none());
                here.entry(name).or_default().extend(free);
            }
        }
        for (name, olds) in away {
            let news = here.remove(name).unwrap_or_default();
            // The same words first, whatever came between them.
            for (old, new) in olds.iter().zip(&news) {
                if self.pair(*old, *new) {
                    self.moved.insert(*new);
                }
            }
        }
    }

    /// What is gone here and came there with the same words was moved.
    fn by_words(&mut self) {
        let mut gone: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (old, partner) in self.before_to_after.iter().enumerate().rev() {
            if partner.is_none() {
                let wording = self.before.draft.provisions()[old].wording.as_str();
                gone.entry(key(wording)).or_default().push(old);
            }
        }
        for new in 0..self.after_to_before.len() {
            if self.after_to_before[new].is_some() {
                continue;
            }
            let wording = key(&self.after.draft.provisions()[new].wording);
            if let Some(old) = gone.get_mut(&wording).and_then(Vec::pop)
                && !wording.is_empty()
                && self.pair(old, new)
            {
                self.moved.insert(new);
                self.merged.remove(&old);
                self.split.remove(&new);
            }
        }
    }
}
