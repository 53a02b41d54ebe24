//! One act or block, given by its fields, held against a record that is there: the same checks and the same words as of a
//! whole dossier.

use onetext_talks::{
    Act, ActId, BlockKind, Deed, Record, SeatId, check_last_act, check_last_block,
};
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
    let sketch = sketched("act", fields)?;
    if let Some(act) = sketch.acts.iter().find(|act| act.id.is_unnamed()) {
        return Err(vec![ActError {
            code: "bad-handle",
            field: Some("id".to_owned()),
            message: format!("{:?} cannot be a handle", act.id.as_str()),
            expected: Some("a name that is not for acts without one".to_owned()),
            hint: None,
        }]);
    }
    add(record, sketch, files)
}

/// The same for an act that its author gave no handle: until its digest is known it is called [`ActId::unnamed`] by this number. A
/// handle among the fields is left out.
///
/// # Errors
/// Everything that keeps it from being recorded; the record is then as it was.
pub fn add_unnamed_act(
    record: &mut Record,
    fields: &Map<String, Value>,
    number: usize,
    files: &mut dyn Files,
) -> Result<(), Vec<ActError>> {
    add(record, sketched_unnamed(fields, number)?, files)
}

/// Adds the one act of a sketch to a record as its last.
fn add(
    record: &mut Record,
    mut sketch: Sketch,
    files: &mut dyn Files,
) -> Result<(), Vec<ActError>> {
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
    Err(errors_of(troubles))
}

/// The sort of block that a kind of act is short for, where it is one: seats, persons, rooms, texts and drafts are recorded
/// one by one too.
#[must_use]
pub fn block_kind(kind: &str) -> Option<BlockKind> {
    let kinds = [
        BlockKind::Seat,
        BlockKind::Person,
        BlockKind::Room,
        BlockKind::Text,
        BlockKind::Draft,
    ];
    kinds.into_iter().find(|sort| sort.name() == kind)
}

/// Reads a block from its fields, as a dossier has them, and adds it to the record as the last of its sort. `kind` is the
/// sort; what a text is stands in `text_kind`. With a draft come the `pairs` that its issuer settles between it and its
/// base: they become an act of kind align, the record's last, done on `today` where the draft has no day of its own.
///
/// # Errors
/// Everything that keeps it from being recorded; the record is then as it was.
pub fn add_block(
    record: &mut Record,
    sort: BlockKind,
    fields: &Map<String, Value>,
    today: &str,
    files: &mut dyn Files,
) -> Result<(), Vec<ActError>> {
    let mut fields = fields.clone();
    fields.remove("kind");
    if sort == BlockKind::Text
        && let Some(kind) = fields.remove("text_kind")
    {
        fields.insert("kind".to_owned(), kind);
    }
    let pairs = (sort == BlockKind::Draft)
        .then(|| fields.remove("pairs"))
        .flatten();
    let mut sketch = sketched(sort.name(), &fields)?;
    let before = record.clone();
    let mut shelf = Shelf::new(files);
    let mut troubles = Vec::new();
    record.seats.append(&mut sketch.seats);
    record.persons.append(&mut sketch.persons);
    record.rooms.append(&mut sketch.rooms);
    sketch.seats.clone_from(&record.seats);
    record.texts.extend(sketch.settle_texts(&record.process));
    if let Some(draft) = sketch.drafts.pop() {
        let align = match pairs {
            Some(pairs) => Some(settling(&draft, record, pairs, today)?),
            None => None,
        };
        let deed = align.as_ref().and_then(|act| match &act.deed {
            Deed::Align(deed) => Some(deed),
            _ => None,
        });
        match drafts::issue_one(draft, record, deed, &mut shelf) {
            Ok(block) => record.drafts.push(block),
            Err(trouble) => troubles.push(*trouble),
        }
        record.acts.extend(align.filter(|_| troubles.is_empty()));
    }
    if troubles.is_empty() {
        let mut refusals = check_last_block(record, sort);
        if record.acts.len() > before.acts.len() {
            refusals.extend(check_last_act(record));
        }
        troubles.extend(refusals.into_iter().map(Trouble::from));
    }
    if troubles.is_empty() {
        return Ok(());
    }
    *record = before;
    Err(errors_of(troubles))
}

/// The act by which a draft's issuer settles what its provisions continue.
fn settling(
    draft: &super::sketch::DraftSketch,
    record: &Record,
    pairs: Value,
    today: &str,
) -> Result<Act, Vec<ActError>> {
    let text = record.texts.iter().find(|text| text.id == draft.text);
    let issuer = text.map_or(&record.process.pen_holder, |text| &text.issuer);
    let by: &SeatId = draft.by.as_ref().unwrap_or(issuer);
    let on = draft
        .on
        .as_ref()
        .map_or(today.to_owned(), ToString::to_string);
    let base = draft.base.as_ref().map_or("", |base| base.as_str());
    if base.is_empty() {
        return Err(vec![ActError {
            code: "missing-field",
            field: Some("pairs".to_owned()),
            message: "pairs of provisions, and no base".to_owned(),
            expected: Some("`base`: the draft that this one was made from".to_owned()),
            hint: None,
        }]);
    }
    let fields = serde_json::json!({
        "kind": "align", "room": format!("chamber-{by}"), "by": by, "recorded_by": by, "on": on,
        "from": base, "to": draft.id, "pairs": pairs,
    });
    let mut sketch = sketched_unnamed(fields.as_object().unwrap_or(&Map::new()), 0)?;
    sketch.seats.clone_from(&record.seats);
    sketch.rooms.clone_from(&record.rooms);
    sketch.settle_acts(&record.process);
    let number = record
        .acts
        .iter()
        .filter(|act| sketch.acts.iter().any(|new| new.room == act.room));
    let number = u64::try_from(number.count()).unwrap_or(u64::MAX);
    let mut act = sketch.acts.pop().ok_or_else(Vec::new)?;
    act.standing = number.into();
    Ok(act)
}

/// The act that these fields make, by its form, called as no author can call one.
fn sketched_unnamed(fields: &Map<String, Value>, number: usize) -> Result<Sketch, Vec<ActError>> {
    let mut named = fields.clone();
    named.insert("id".to_owned(), ActId::unnamed(number).as_str().into());
    sketched("act", &named)
}

/// The one block that these fields make, by its form.
fn sketched(block: &str, fields: &Map<String, Value>) -> Result<Sketch, Vec<ActError>> {
    let (source, starts) = as_block(block, fields);
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
    if faults.is_empty() {
        return Ok(sketch);
    }
    faults.sort_by_key(|fault| fault.at);
    let errors = faults.into_iter().map(|fault| {
        let field = field_at(fault.at);
        ActError::of(fault, field)
    });
    Err(errors.collect())
}

fn errors_of(troubles: Vec<Trouble>) -> Vec<ActError> {
    let errors = troubles.into_iter().map(|trouble| {
        let field = trouble.place.map(|place| place.field.to_owned());
        ActError::of(trouble.fault, field)
    });
    errors.collect()
}

/// The fields as a block of TOML, one a line, and where each begins.
fn as_block(block: &str, fields: &Map<String, Value>) -> (String, Vec<usize>) {
    let mut source = format!("[[{block}]]\n");
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
