//! One act, given by its fields, held against a record that is there: the same checks and the same words as of a whole
//! dossier.

use onetext_talks::{Record, check_last_act};
use serde_json::{Map, Value};
use toml::de::DeTable;

use super::error::Fault;
use super::files::{Files, Shelf};
use super::sketch::Sketch;
use super::trouble::Trouble;
use super::write::put_words;
use super::{blocks, drafts};

/// What keeps an act from being recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActError {
    /// A word for machines; it stays the same between versions.
    pub code: &'static str,
    /// The field; none for the whole act.
    pub field: Option<String>,
    /// What is wrong, without a full stop.
    pub message: String,
    /// What was expected instead.
    pub expected: Option<String>,
    /// The nearest valid name, or what to do.
    pub hint: Option<String>,
}

impl ActError {
    /// What is wrong and what was expected.
    #[must_use]
    pub fn sentence(&self) -> String {
        match &self.expected {
            Some(expected) => format!("{}; expected {expected}", self.message),
            None => self.message.clone(),
        }
    }

    fn of(fault: Fault, field: Option<String>) -> ActError {
        ActError {
            code: fault.code,
            field,
            message: fault.message,
            expected: fault.expected,
            hint: fault.hint,
        }
    }
}

/// Reads an act from its fields, as a dossier's `[[act]]` has them, and adds it to the record as its last.
///
/// # Errors
/// Everything that keeps it from being recorded; the record is then as it was.
pub fn add_act(
    record: &mut Record,
    fields: &Map<String, Value>,
    files: &mut dyn Files,
) -> Result<(), Vec<ActError>> {
    let (source, starts) = as_block(fields);
    let field_at = |at: usize| {
        let place = starts
            .partition_point(|start| *start <= at)
            .checked_sub(1)?;
        fields.keys().nth(place).cloned()
    };
    let mut faults = Vec::new();
    let mut sketch = Sketch::default();
    match DeTable::parse(&source) {
        Ok(table) => blocks::take(table.into_inner(), 0, &mut sketch, &mut faults),
        Err(error) => {
            let at = error.span().map_or(0, |span| span.start);
            let message = format!("this cannot be written in a dossier: {}", error.message());
            faults.push(Fault::new("syntax", at, message));
        }
    }
    if !faults.is_empty() {
        faults.sort_by_key(|fault| fault.at);
        let errors = faults.into_iter().map(|fault| {
            let field = field_at(fault.at);
            ActError::of(fault, field)
        });
        return Err(errors.collect());
    }
    sketch.seats.clone_from(&record.seats);
    sketch.rooms.clone_from(&record.rooms);
    sketch.persons.clone_from(&record.persons);
    sketch.settle_acts(&record.process);
    let mut troubles = Vec::new();
    let mut shelf = Shelf::new(files);
    drafts::own_copies(&record.process, &mut sketch.acts, &mut shelf, &mut troubles);
    let before = record.acts.len();
    for mut act in sketch.acts {
        let later = record
            .acts
            .iter()
            .filter(|other| other.room == act.room)
            .count();
        act.standing = u64::try_from(later).unwrap_or(u64::MAX).into();
        record.acts.push(act);
    }
    troubles.extend(check_last_act(record).into_iter().map(Trouble::from));
    if troubles.is_empty() {
        return Ok(());
    }
    record.acts.truncate(before);
    let errors = troubles.into_iter().map(|trouble| {
        let field = trouble.place.map(|place| place.field.to_owned());
        ActError::of(trouble.fault, field)
    });
    Err(errors.collect())
}

/// The fields as a block of TOML, one a line, and where each begins.
fn as_block(fields: &Map<String, Value>) -> (String, Vec<usize>) {
    let mut source = String::from("[[act]]\n");
    let mut starts = Vec::with_capacity(fields.len());
    for (name, value) in fields {
        starts.push(source.len());
        put_words(&mut source, name);
        source.push_str(" = ");
        put_any(&mut source, value);
        source.push('\n');
    }
    (source, starts)
}

/// Any value of JSON as TOML; `null`, which TOML has not, as an empty table, which no field takes.
fn put_any(toml: &mut String, value: &Value) {
    match value {
        Value::String(words) => put_words(toml, words),
        Value::Array(list) => {
            toml.push('[');
            for item in list {
                put_any(toml, item);
                toml.push_str(", ");
            }
            toml.push(']');
        }
        Value::Object(table) => {
            toml.push('{');
            for (number, (name, value)) in table.iter().enumerate() {
                toml.push_str(if number > 0 { ", " } else { " " });
                put_words(toml, name);
                toml.push_str(" = ");
                put_any(toml, value);
            }
            toml.push_str(" }");
        }
        Value::Null => toml.push_str("{ }"),
        Value::Bool(_) | Value::Number(_) => toml.push_str(&value.to_string()),
    }
}
