//! A proposal put right field by field, in words: what is asked, and what an answer means.

use onetext_paper::dossier::schema::choices;
use serde_json::{Value, json};

use crate::act::Desk;
use crate::confirm::{Proposal, plain};

/// One field of a proposal, to be kept or put right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The field, as a dossier has it.
    pub field: &'static str,
    /// What is asked.
    pub asked: &'static str,
    /// How it stands; empty where it is left out.
    pub now: String,
    /// What may be answered, where that is a list.
    pub choices: &'static [&'static str],
}

/// How an answer is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// As it is.
    Words,
    /// One of the words that a dossier has for it.
    Choice,
    /// A seat or a person.
    Somebody,
    /// Seats and persons, with commas between them.
    Several,
    /// Provisions, with commas between them.
    Points,
    /// Kinds and values, with commas between them.
    Claims,
}

/// A field, what is asked, and how an answer is read.
type Field = (&'static str, &'static str, Shape);

const STATEMENT: &[Field] = &[
    ("words", "The words", Shape::Words),
    ("speaker", "Who said it, as the report has it", Shape::Words),
    ("by", "For which seat or person", Shape::Somebody),
    ("attribution", "Attributed", Shape::Choice),
    ("medium", "By which medium it was said", Shape::Words),
    ("place", "Where it was said", Shape::Words),
    ("on", "When", Shape::Words),
    ("claims", "What it claims", Shape::Claims),
    ("about", "Which provisions it concerns", Shape::Points),
];

const SESSION: &[Field] = &[
    ("participants", "Who takes part", Shape::Several),
    ("state", "Where it stands", Shape::Choice),
    ("when", "When it is or was", Shape::Words),
    ("place", "Where", Shape::Words),
    ("format", "In which form", Shape::Choice),
];

const MISSION: &[Field] = &[
    ("envoy", "Who is sent", Shape::Somebody),
    ("counterpart", "To whom", Shape::Somebody),
    ("place", "Where", Shape::Words),
    ("state", "Where it stands", Shape::Choice),
    ("on", "When it was so", Shape::Words),
];

const NOTE: &[Field] = &[
    ("words", "The words", Shape::Words),
    (
        "about",
        "Which text, draft or provision it concerns",
        Shape::Points,
    ),
    ("on", "When", Shape::Words),
];

fn kind(proposal: &Proposal) -> &str {
    let kind = proposal.fields.get("kind").and_then(Value::as_str);
    kind.unwrap_or("statement")
}

fn fields(proposal: &Proposal) -> &'static [Field] {
    match kind(proposal) {
        "session" => SESSION,
        "mission" => MISSION,
        "note" => NOTE,
        _ => STATEMENT,
    }
}

impl Proposal {
    /// What can be put right, one question for each field.
    #[must_use]
    pub fn questions(&self) -> Vec<Question> {
        let question = |(field, asked, shape): &Field| Question {
            field,
            asked,
            now: told(self.fields.get(*field), *shape),
            choices: match shape {
                Shape::Choice => choices(kind(self), field),
                _ => &[],
            },
        };
        fields(self).iter().map(question).collect()
    }
}

impl Desk<'_> {
    /// Puts a field of a proposal right. An answer of one hyphen leaves the field out.
    ///
    /// # Errors
    /// What is wrong with the answer, as a sentence; the proposal is then as before.
    pub fn put_right(
        &self,
        proposal: &mut Proposal,
        field: &str,
        answer: &str,
    ) -> Result<(), String> {
        let known = fields(proposal).iter().find(|(name, ..)| *name == field);
        let Some((name, _, shape)) = known else {
            return Err(format!("there is no field {field}"));
        };
        let choices = choices(kind(proposal), name);
        let answer = plain(answer);
        if answer == "-" {
            proposal.fields.remove(*name);
            self.settle(proposal);
            return Ok(());
        }
        let parts = || {
            answer
                .split(',')
                .map(str::trim)
                .filter(|part| !part.is_empty())
        };
        let value = match shape {
            Shape::Words => json!(answer),
            Shape::Choice if choices.contains(&answer.as_str()) => json!(answer),
            Shape::Choice => return Err(format!("answer one of: {}", choices.join(", "))),
            Shape::Somebody => json!(self.somebody(&answer)?),
            Shape::Several => {
                let handles: Result<Vec<String>, String> =
                    parts().map(|name| self.somebody(name)).collect();
                json!(handles?)
            }
            Shape::Points => json!(parts().collect::<Vec<&str>>()),
            Shape::Claims => claims(proposal.fields.get("claims"), self.next_claim(), parts())?,
        };
        proposal.fields.insert((*name).to_owned(), value);
        self.settle(proposal);
        Ok(())
    }

    /// What follows from what was put right: who wrote it down, whether it stands on record so, and whether anything is still
    /// wanting.
    fn settle(&self, proposal: &mut Proposal) {
        let own = json!(self.own_seat());
        let by = proposal.fields.entry("by").or_insert_with(|| own.clone());
        if *by == own {
            proposal.fields.remove("recorded_by");
        } else {
            proposal.fields.insert("recorded_by".into(), own);
        }
        let has = |field: &str| match proposal.fields.get(field) {
            None | Some(Value::Null) => false,
            Some(Value::Array(list)) => !list.is_empty(),
            Some(_) => true,
        };
        let whole = match kind(proposal) {
            "session" => has("participants"),
            "mission" => has("envoy") && has("counterpart"),
            _ => true,
        };
        proposal.on_record = self.is_on_record(&proposal.fields);
        if whole {
            proposal.wanting = None;
        }
    }

    fn somebody(&self, name: &str) -> Result<String, String> {
        self.known(name).ok_or_else(|| {
            let record = &self.ledger.record;
            let seats = record.seats.iter().map(|seat| seat.id.to_string());
            let persons = record.persons.iter().map(|person| person.id.to_string());
            let all: Vec<String> = seats.chain(persons).take(24).collect();
            format!(
                "{name} is no seat or person known here; known are {}",
                all.join(", ")
            )
        })
    }

    /// The number of the next claim.
    fn next_claim(&self) -> usize {
        self.claims() + 1
    }
}

/// A field as a person reads it.
fn told(value: Option<&Value>, shape: Shape) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(words)) => words.clone(),
        Some(Value::Array(list)) if shape == Shape::Claims => {
            let told = list.iter().map(|claim| {
                let text =
                    |field: &str| claim.get(field).and_then(Value::as_str).unwrap_or_default();
                format!("{} {}", text("what"), text("value"))
                    .trim_end()
                    .to_owned()
            });
            told.collect::<Vec<String>>().join(", ")
        }
        Some(Value::Array(list)) => {
            let told = list.iter().map(|item| {
                item.as_str()
                    .map_or_else(|| item.to_string(), str::to_owned)
            });
            told.collect::<Vec<String>>().join(", ")
        }
        Some(other) => other.to_string(),
    }
}

/// Claims by their kinds and values: `open-points few, phase final`. Handles that were given before are kept.
fn claims<'a>(
    before: Option<&Value>,
    next: usize,
    parts: impl Iterator<Item = &'a str>,
) -> Result<Value, String> {
    let handles: Vec<&Value> = before
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|claim| claim.get("id"))
        .collect();
    let mut list = Vec::new();
    for (index, part) in parts.enumerate() {
        let (what, value) = part.split_once(' ').unwrap_or((part, ""));
        let kinds = choices("statement", "claims.what");
        if !kinds.contains(&what) {
            return Err(format!(
                "a claim is one of: {}, with its value behind it",
                kinds.join(", ")
            ));
        }
        let id = match handles.get(index) {
            Some(id) => (*id).clone(),
            None => json!(format!("claim-{}", next + index)),
        };
        list.push(match value.trim() {
            "" => json!({"id": id, "what": what}),
            value => json!({"id": id, "what": what, "value": value}),
        });
    }
    Ok(Value::Array(list))
}
