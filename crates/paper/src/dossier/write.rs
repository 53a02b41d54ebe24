//! A record as a dossier again: everything in it, in the order of the record, such that reading gives it back.
//!
//! What a default gives is left out, so that a dossier written by hand comes back much as it was; the ids of all
//! provisions are written beside the drafts, so that they stay the same whoever reads it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use onetext_talks::{
    Act, DEFAULT_FEW, DEFAULT_LEVELS, Deed, DraftBlock, Person, Process, Record, Role, Room, Rooms,
    Seat, SeatId, Text,
};
use serde::Serialize;
use serde_json::{Map, Value};

use super::files::is_inside;
use super::schema::{self, COMMON, Field, Shape};

/// A dossier in memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dossier {
    /// What goes into `dossier.toml`.
    pub toml: String,
    /// The files beside it, by relative path.
    pub files: Vec<(String, Vec<u8>)>,
}

impl Dossier {
    /// The files by path, as [`read`](super::read) takes them.
    #[must_use]
    pub fn folder(&self) -> BTreeMap<String, Vec<u8>> {
        self.files.iter().cloned().collect()
    }
}

/// Writes a record as a dossier.
///
/// Reading it again gives an equal record, and writing that gives the same bytes. Files keep their names, except where
/// two of them have one name and differ, or a name would lead out of the folder.
#[must_use]
pub fn write(record: &Record) -> Dossier {
    let mut writing = Writing {
        toml: String::new(),
        files: BTreeMap::new(),
        record,
    };
    writing.process(&record.process);
    for seat in &record.seats {
        writing.seat(seat);
    }
    for person in &record.persons {
        writing.person(person);
    }
    for room in &record.rooms {
        writing.room(room);
    }
    for text in &record.texts {
        writing.text(text);
    }
    for draft in &record.drafts {
        writing.draft(draft);
    }
    let rooms = Rooms::new(&record.seats, &record.rooms);
    for act in &record.acts {
        writing.act(act, &rooms);
    }
    Dossier {
        toml: writing.toml,
        files: writing.files.into_values().collect(),
    }
}

struct Writing<'r> {
    toml: String,
    /// By name without regard to letter case, because some file systems have none.
    files: BTreeMap<String, (String, Vec<u8>)>,
    record: &'r Record,
}

/// The fields of one block, as they are put together.
struct Fields(Map<String, Value>);

impl Fields {
    fn new() -> Self {
        Fields(Map::new())
    }

    fn with(mut self, name: &str, value: &impl Serialize) -> Self {
        match serde_json::to_value(value) {
            Ok(Value::Null) | Err(_) => {}
            Ok(value) => {
                self.0.insert(name.to_owned(), value);
            }
        }
        self
    }

    fn with_if(self, wanted: bool, name: &str, value: &impl Serialize) -> Self {
        if wanted { self.with(name, value) } else { self }
    }
}

impl Writing<'_> {
    fn process(&mut self, process: &Process) {
        let highest = process.levels.last() == Some(&process.final_level);
        let fields = Fields::new()
            .with("id", &process.id)
            .with("title", &process.title)
            .with("pen_holder", &process.pen_holder)
            .with("language", &process.language)
            .with("disclosure", &process.disclosure)
            .with_if(process.levels != DEFAULT_LEVELS, "levels", &process.levels)
            .with_if(!highest, "final_level", &process.final_level)
            .with("final_stage", &process.final_stage)
            .with_if(process.few != DEFAULT_FEW, "few", &process.few)
            .with_if(!process.conduct.is_empty(), "conduct", &process.conduct);
        self.block("process", &fields);
    }

    fn seat(&mut self, seat: &Seat) {
        self.block(
            "seat",
            &Fields::new()
                .with("id", &seat.id)
                .with("name", &seat.name)
                .with("role", &seat.role),
        );
    }

    fn person(&mut self, person: &Person) {
        let fields = Fields::new()
            .with("id", &person.id)
            .with("name", &person.name)
            .with("seat", &person.seat)
            .with("level", &person.level)
            .with_if(!person.powers.is_empty(), "powers", &person.powers)
            .with("rooms", &person.rooms)
            .with("powers_from", &person.powers_from)
            .with("powers_until", &person.powers_until);
        self.block("person", &fields);
    }

    fn room(&mut self, room: &Room) {
        self.block(
            "room",
            &Fields::new()
                .with("id", &room.id)
                .with("members", &room.members),
        );
    }

    fn text(&mut self, text: &Text) {
        let parties = self
            .record
            .seats
            .iter()
            .filter(|seat| seat.role == Role::Party)
            .map(|seat| &seat.id);
        let all_parties = parties.eq(&text.parties);
        let fields = Fields::new()
            .with("id", &text.id)
            .with("title", &text.title)
            .with("kind", &text.kind)
            .with_if(text.required, "required", &true)
            .with_if(!all_parties, "parties", &text.parties)
            .with_if(
                text.issuer != self.record.process.pen_holder,
                "issuer",
                &text.issuer,
            )
            .with("point_level", &text.point_level)
            .with("ratifications", &text.ratifications)
            .with_if(!text.linked_to.is_empty(), "linked_to", &text.linked_to);
        self.block("text", &fields);
    }

    fn draft(&mut self, draft: &DraftBlock) {
        let file = self.file(
            &draft.file,
            draft.id.as_str(),
            "md",
            draft.issued.draft.source().as_bytes(),
        );
        let mut lines = String::new();
        for (provision, entry) in draft
            .issued
            .draft
            .provisions()
            .iter()
            .zip(&draft.issued.manifest.entries)
        {
            lines.push_str(&provision.path);
            lines.push_str(", ");
            lines.push_str(&entry.id.to_string());
            lines.push('\n');
        }
        let ids = self.file(
            draft.ids.as_deref().unwrap_or_default(),
            draft.id.as_str(),
            "ids",
            lines.as_bytes(),
        );
        let fields = Fields::new()
            .with("id", &draft.id)
            .with("text", &draft.text)
            .with("file", &file)
            .with("base", &draft.base)
            .with("on", &draft.on)
            .with_if(draft.by != *self.issuer(draft), "by", &draft.by)
            .with("language", &draft.language)
            .with("renders", &draft.renders)
            .with("ids", &ids);
        self.block("draft", &fields);
    }

    fn issuer(&self, draft: &DraftBlock) -> &SeatId {
        let text = self.record.texts.iter().find(|text| text.id == draft.text);
        text.map_or(&self.record.process.pen_holder, |text| &text.issuer)
    }

    fn act(&mut self, act: &Act, rooms: &Rooms) {
        let by = act
            .person
            .as_ref()
            .map_or(act.seat.as_str(), |person| person.as_str());
        let recorder =
            rooms.default_recorder(&act.room, &self.record.process.pen_holder, &act.seat);
        let own = self.own_fields(act);
        let common = Fields::new()
            .with("id", &act.id)
            .with("kind", &act.deed.kind())
            .with("room", &act.room)
            .with("by", &by)
            .with("on", &act.on)
            .with_if(act.recorder != recorder, "recorded_by", &act.recorder)
            .with("recorded", &act.recorded)
            .with("release", &act.release)
            .with("on_behalf_of", &act.on_behalf_of)
            .with("note", &act.note)
            .with_if(!act.about.is_empty(), "about", &act.about)
            .with("language", &act.language)
            .with("communication", &act.communication);
        self.header("act");
        self.fields(COMMON, &common.0);
        if let Some(kind) = schema::kind(act.deed.kind()) {
            self.fields(kind.fields, &own);
        }
    }

    fn own_fields(&mut self, act: &Act) -> Map<String, Value> {
        let mut own = match serde_json::to_value(&act.deed) {
            Ok(Value::Object(own)) => own,
            _ => Map::new(),
        };
        if let Deed::Acknowledge(deed) = &act.deed
            && let (Some(file), Some(copy)) = (&deed.file, &deed.copy)
        {
            let file = self.file(
                file,
                act.id.as_str(),
                "md",
                copy.0.draft.source().as_bytes(),
            );
            own.insert("file".to_owned(), Value::String(file));
        }
        // What every act of its kind must have and the model leaves out is at its default.
        for field in schema::kind(act.deed.kind()).map_or(&[][..], |kind| kind.fields) {
            if field.required && !own.contains_key(field.name) {
                match field.shape {
                    Shape::Flag => own.insert(field.name.to_owned(), Value::Bool(false)),
                    Shape::Many(_) => own.insert(field.name.to_owned(), Value::Array(Vec::new())),
                    _ => None,
                };
            }
        }
        own
    }

    fn block(&mut self, name: &str, fields: &Fields) {
        self.header(name);
        let known = schema::BLOCKS
            .iter()
            .find(|block| block.name == name)
            .map_or(&[][..], |block| block.fields);
        self.fields(known, &fields.0);
    }

    fn header(&mut self, name: &str) {
        if !self.toml.is_empty() {
            self.toml.push('\n');
        }
        self.toml.push_str(&if name == "process" {
            format!("[{name}]\n")
        } else {
            format!("[[{name}]]\n")
        });
    }

    fn fields(&mut self, known: &[Field], values: &Map<String, Value>) {
        for field in known {
            if let Some(value) = values.get(field.name) {
                self.toml.push_str(field.name);
                self.toml.push_str(" = ");
                put_value(&mut self.toml, value, field.shape);
                self.toml.push('\n');
            }
        }
    }

    /// Puts a file beside the dossier, under its own name where that is free, else one made of a handle.
    fn file(&mut self, wanted: &str, handle: &str, ending: &str, bytes: &[u8]) -> String {
        let made = plain_name(handle);
        let more = (2..).map(|number| format!("{made}-{number}.{ending}"));
        let names = [wanted.to_owned(), format!("{made}.{ending}")]
            .into_iter()
            .chain(more);
        // What was read from a document is written as the text that it was read as.
        let plain = |name: &String| is_inside(name) && !name.to_lowercase().ends_with(".docx");
        for name in names.filter(|name| plain(name) && name != super::DOSSIER_FILE) {
            let key = name.to_lowercase();
            match self.files.get(&key) {
                None => {
                    self.files.insert(key, (name.clone(), bytes.to_vec()));
                    return name;
                }
                Some((taken, other)) if *taken == name && other == bytes => return name,
                Some(_) => {}
            }
        }
        wanted.to_owned()
    }
}

/// A handle as a file name for any system: letters, digits, `-` and `_` stay, everything else is spelt out; of a long
/// one its beginning.
fn plain_name(handle: &str) -> String {
    const ENOUGH: usize = 60;
    let mut name = String::new();
    for c in handle.chars().take(ENOUGH) {
        if c.is_alphanumeric() || c == '-' || c == '_' {
            name.push(c);
        } else {
            // Writing to a string cannot fail.
            let _ = write!(name, "+{:x}", u32::from(c));
        }
    }
    name
}

fn put_value(toml: &mut String, value: &Value, shape: Shape) {
    match value {
        Value::String(words) => put_words(toml, words),
        Value::Array(list) => {
            let one = match shape {
                Shape::Many(one) => *one,
                other => other,
            };
            toml.push('[');
            for (number, item) in list.iter().enumerate() {
                if number > 0 {
                    toml.push_str(", ");
                }
                put_value(toml, item, one);
            }
            toml.push(']');
        }
        Value::Object(table) => put_table(toml, table, shape),
        Value::Null | Value::Bool(_) | Value::Number(_) => {
            let _ = write!(toml, "{value}");
        }
    }
}

fn put_table(toml: &mut String, table: &Map<String, Value>, shape: Shape) {
    let fields = match shape {
        Shape::Table(fields) => fields,
        _ => &[],
    };
    toml.push('{');
    let present = fields
        .iter()
        .filter_map(|field| Some((field, table.get(field.name)?)));
    for (number, (field, value)) in present.enumerate() {
        toml.push_str(if number > 0 { ", " } else { " " });
        toml.push_str(field.name);
        toml.push_str(" = ");
        put_value(toml, value, field.shape);
    }
    toml.push_str(" }");
}

/// Words in quotes, on one line.
pub(super) fn put_words(toml: &mut String, words: &str) {
    toml.push('"');
    for c in words.chars() {
        match c {
            '"' => toml.push_str("\\\""),
            '\\' => toml.push_str("\\\\"),
            '\n' => toml.push_str("\\n"),
            '\t' => toml.push_str("\\t"),
            '\r' => toml.push_str("\\r"),
            c if c.is_control() => {
                let _ = write!(toml, "\\u{:04X}", u32::from(c));
            }
            c => toml.push(c),
        }
    }
    toml.push('"');
}
