//! Putting what a returned document asks for on record, as acts of the seat that asks.

use std::collections::{BTreeMap, BTreeSet};

use onetext_paper::docx::{Change, Markup};
use onetext_talks::Deed;
use serde_json::{Map, Value, json};

use super::wishes::{Found, Wish};
use super::{Import, Item, Returned};
use crate::act::Desk;
use crate::copy::NoFiles;

/// What was recorded of one wish.
#[derive(Debug, Clone)]
enum Entered {
    /// Under this name; true where it was there before.
    As(String, bool),
    /// It was refused.
    Refused(String),
    /// Nothing is recorded: somebody only looks.
    Looked,
}

impl Desk<'_> {
    /// Records the wishes, and lists every change and comment with what it became.
    pub(super) fn enter_wishes(
        &mut self,
        markup: &Markup,
        found: Found,
        given: &Import<'_>,
        returned: &mut Returned,
        now: i64,
    ) {
        let mut there = self.on_record(given.from, returned);
        let mut entered = Vec::with_capacity(found.wishes.len());
        for (number, wish) in found.wishes.iter().enumerate() {
            let (kind, about) = match wish {
                Wish::Proposal(_) => ("stance", None),
                Wish::Note(asked) => {
                    let at = asked.path.as_ref();
                    ("note", at.map(|path| format!("{}#{path}", returned.draft)))
                }
            };
            let mut fields = act_fields(kind, given, returned);
            fields.extend(wish.asked().fields.clone());
            if let Some(about) = about {
                fields.insert("about".to_owned(), json!([about]));
            } else {
                fields.insert("stance".to_owned(), json!("propose"));
                fields.insert("draft".to_owned(), json!(returned.draft.as_str()));
            }
            let mine = changes_of(number, &found, markup);
            fields.insert("note".to_owned(), json!(origin(wish, &mine)));
            entered.push(self.enter_one(fields, given, &mut there, returned, now));
        }
        list_changes(markup, &found, &entered, returned);
        list_untracked(markup, &found, &entered, returned);
        for (remark, (path, wish)) in markup.comments.iter().zip(&found.comments) {
            let on = wish.and_then(|wish| match entered.get(wish)? {
                Entered::As(act, _) => Some(act.clone()),
                _ => None,
            });
            let about = on.unwrap_or_else(|| match path {
                Some(path) => format!("{}#{path}", returned.draft),
                None => returned.draft.to_string(),
            });
            let comment = &remark.comment;
            let mut fields = act_fields("note", given, returned);
            fields.insert("about".to_owned(), json!([about]));
            fields.insert("words".to_owned(), json!(comment.text));
            let answered = comment
                .answers
                .as_ref()
                .and_then(|id| markup.comments.iter().find(|other| other.comment.id == *id));
            let mut note = format!("comment of {}", who(&comment.author, &comment.date));
            let on = remark.on.trim();
            if !on.is_empty() {
                note.push_str(&format!(", on “{}”", shortened(on)));
            }
            if let Some(answered) = answered {
                let other = &answered.comment;
                let author = other.author.as_deref().unwrap_or("somebody");
                note.push_str(&format!(
                    ", in answer to {author}: “{}”",
                    shortened(&other.text)
                ));
            }
            fields.insert("note".to_owned(), json!(note));
            let entered = match comment.text.trim().is_empty() {
                true => Entered::Refused("the comment has no words".to_owned()),
                false => self.enter_one(fields, given, &mut there, returned, now),
            };
            let item = Item {
                what: "comment",
                of: "words",
                author: comment.author.clone(),
                date: comment.date.clone(),
                text: comment.text.clone(),
                path: path.clone(),
                became: None,
                act: None,
                why: None,
            };
            returned.items.push(item.with(&entered, "note"));
        }
    }

    /// What the seat has on record in the room already: each act in comparable form, with its name.
    fn on_record(&self, from: &str, returned: &Returned) -> BTreeMap<String, String> {
        let acts = &self.ledger.record.acts;
        let withdrawn: BTreeSet<&str> = acts
            .iter()
            .filter_map(|act| match &act.deed {
                Deed::Withdraw(of) => Some(of.of.as_str()),
                _ => None,
            })
            .collect();
        let theirs = acts.iter().filter(|act| {
            act.seat.as_str() == from
                && act.room == returned.room
                && !withdrawn.contains(act.id.as_str())
        });
        let named = theirs.filter_map(|act| {
            let mut fields = serde_json::to_value(&act.deed).ok()?;
            let more = fields.as_object_mut()?;
            more.insert("note".to_owned(), json!(act.note));
            if !act.about.is_empty() {
                more.insert("about".to_owned(), json!(act.about));
            }
            Some((comparable(more), act.id.to_string()))
        });
        named.collect()
    }

    fn enter_one(
        &mut self,
        fields: Map<String, Value>,
        given: &Import<'_>,
        there: &mut BTreeMap<String, String>,
        returned: &mut Returned,
        now: i64,
    ) -> Entered {
        let compared = comparable(&fields);
        if let Some(act) = there.get(&compared) {
            returned.known += 1;
            return Entered::As(act.clone(), true);
        }
        if given.look {
            return Entered::Looked;
        }
        match self.act(fields, &mut NoFiles, now) {
            Ok(act) => {
                returned.recorded += 1;
                there.insert(compared, act.to_string());
                Entered::As(act.to_string(), false)
            }
            Err(error) => Entered::Refused(error.to_string()),
        }
    }
}

fn act_fields(kind: &str, given: &Import<'_>, returned: &Returned) -> Map<String, Value> {
    let mut fields = Map::new();
    fields.insert("kind".to_owned(), json!(kind));
    fields.insert("room".to_owned(), json!(returned.room.as_str()));
    fields.insert("by".to_owned(), json!(given.from));
    if let Some(on) = given.on {
        fields.insert("on".to_owned(), json!(on));
    }
    fields
}

/// What an act says, without when and where.
fn comparable(fields: &Map<String, Value>) -> String {
    let said = [
        "kind",
        "stance",
        "draft",
        "points",
        "wording",
        "after",
        "label",
        "move_after",
    ];
    let more = ["words", "about", "note"];
    let kept = said.iter().chain(&more).filter_map(|name| {
        let value = fields.get(*name).filter(|value| !value.is_null())?;
        Some(format!("{name}={value}"))
    });
    kept.collect::<Vec<_>>().join("\n")
}

/// The tracked changes that a wish rests on: its own, else those of another wish for the same provision.
fn changes_of<'m>(number: usize, found: &Found, markup: &'m Markup) -> Vec<&'m Change> {
    let of = |fits: &dyn Fn(usize) -> bool| -> Vec<&'m Change> {
        let changes = found.changes.iter().zip(&markup.changes);
        let mine = changes.filter(|(wish, _)| wish.is_ok_and(fits));
        mine.map(|(_, (change, _))| change).collect()
    };
    let own = of(&|wish| wish == number);
    let path = |number: usize| found.wishes.get(number)?.asked().path.as_ref();
    match own.is_empty() {
        true => of(&|wish| path(wish).is_some() && path(wish) == path(number)),
        false => own,
    }
}

/// Whether some of it was done without tracking: also a move that no change tells.
fn is_untracked(wish: &Wish, changes: &[&Change]) -> bool {
    let asked = wish.asked();
    asked.untracked || (asked.does == "move" && changes.is_empty())
}

/// Where a proposal comes from: whose tracked changes, or none.
fn origin(wish: &Wish, changes: &[&Change]) -> String {
    let asked = wish.asked();
    let mut said = Vec::new();
    let authors: BTreeSet<String> = changes
        .iter()
        .map(|change| who(&change.author, &change.date))
        .collect();
    if !authors.is_empty() {
        let authors: Vec<String> = authors.into_iter().collect();
        said.push(format!("tracked changes of {}", authors.join(" and ")));
    }
    if is_untracked(wish, changes) {
        said.push("changed without tracking, found by comparison".to_owned());
    }
    said.extend(asked.remark.clone());
    said.join("; ")
}

/// A name and a day.
fn who(author: &Option<String>, date: &Option<String>) -> String {
    let author = author.as_deref().filter(|author| !author.trim().is_empty());
    let author = author.unwrap_or("somebody without a name");
    // Some programs write a day of the year 0 where they know none.
    let day = date.as_deref().and_then(|date| date.get(..10));
    match day.filter(|day| onetext_talks::When::parse(day).is_ok()) {
        Some(day) => format!("{author} ({day})"),
        None => author.to_owned(),
    }
}

fn shortened(words: &str) -> String {
    const ENOUGH: usize = 120;
    match words.char_indices().nth(ENOUGH) {
        Some((at, _)) => format!("{} …", words.get(..at).unwrap_or_default().trim_end()),
        None => words.to_owned(),
    }
}

fn list_changes(markup: &Markup, found: &Found, entered: &[Entered], returned: &mut Returned) {
    for ((change, _), wish) in markup.changes.iter().zip(&found.changes) {
        let item = of_change(change);
        let item = match wish {
            Err(why) => Item {
                why: Some((*why).to_owned()),
                ..item
            },
            Ok(number) => {
                let wish = found.wishes.get(*number);
                let path = wish.and_then(|wish| wish.asked().path.clone());
                let became = wish.map_or("proposal", Wish::became);
                match entered.get(*number) {
                    Some(entered) => Item { path, ..item }.with(entered, became),
                    None => item,
                }
            }
        };
        returned.items.push(item);
    }
    for (part, change) in &markup.aside {
        returned.items.push(Item {
            why: Some(format!("it stands in {part}, beside the text")),
            ..of_change(change)
        });
    }
}

fn of_change(change: &Change) -> Item {
    Item {
        what: change.kind,
        of: change.of,
        author: change.author.clone(),
        date: change.date.clone(),
        text: change.text.clone(),
        path: None,
        became: None,
        act: None,
        why: None,
    }
}

fn list_untracked(markup: &Markup, found: &Found, entered: &[Entered], returned: &mut Returned) {
    for (number, wish) in found.wishes.iter().enumerate() {
        let asked = wish.asked();
        if !is_untracked(wish, &changes_of(number, found, markup)) {
            continue;
        }
        let Some(entered) = entered.get(number) else {
            continue;
        };
        let item = Item {
            what: "untracked",
            of: asked.does,
            author: None,
            date: None,
            text: asked.text.clone(),
            path: asked.path.clone(),
            became: None,
            act: None,
            why: None,
        };
        returned.items.push(item.with(entered, wish.became()));
    }
}

impl Item {
    fn with(self, entered: &Entered, became: &'static str) -> Item {
        let (became, act, why) = match entered {
            Entered::As(act, known) => (
                Some(became),
                Some(act.clone()),
                known.then(|| "it was on record already".to_owned()),
            ),
            Entered::Looked => (Some(became), None, Some("nothing was recorded".to_owned())),
            Entered::Refused(why) => (None, None, Some(why.clone())),
        };
        Item {
            became,
            act,
            why,
            ..self
        }
    }
}
