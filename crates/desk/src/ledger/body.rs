//! What is kept of an act in its body: everything that its envelope does not say.

use onetext_seal::{ActDigest, Envelope};
use onetext_talks::{Act, ActSeldom, Communication, Deed, ReleaseClass, Standing, When};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::page::Content;

/// The fields of a body as they are put together.
#[derive(Debug, Default)]
pub(super) struct Fields {
    fields: Map<String, Value>,
    contents: Vec<Content>,
}

impl Fields {
    pub(super) fn of(kind: &str) -> Fields {
        Fields::default().with("kind", &kind)
    }

    /// Adds a field, where it has a value.
    pub(super) fn with(mut self, name: &str, value: &impl Serialize) -> Fields {
        match serde_json::to_value(value) {
            Ok(Value::Null) | Err(_) => {}
            Ok(value) => {
                self.fields.insert(name.to_owned(), value);
            }
        }
        self
    }

    /// Adds the fields of a block.
    pub(super) fn with_all(mut self, block: &impl Serialize) -> Fields {
        if let Ok(Value::Object(fields)) = serde_json::to_value(block) {
            let given = fields.into_iter().filter(|(_, value)| !value.is_null());
            self.fields.extend(given);
        }
        self
    }

    /// Adds a field that names a content, which comes along.
    pub(super) fn with_content(mut self, name: &str, content: &Content) -> Fields {
        self.contents.push(content.clone());
        self.with(name, &content.0)
    }

    /// The body, and the contents it brings; who signs names them in it.
    pub(super) fn finish(mut self) -> (Value, Vec<Content>) {
        self.contents.sort_by_key(|(digest, _)| *digest);
        self.contents.dedup_by_key(|(digest, _)| *digest);
        (Value::Object(self.fields), self.contents)
    }
}

/// What every act may have beside what its envelope says and its kind's own fields.
#[derive(Debug, Deserialize)]
struct Common {
    id: Option<String>,
    recorded: Option<When>,
    release: Option<ReleaseClass>,
    on_behalf_of: Option<String>,
    note: Option<String>,
    #[serde(default)]
    about: Vec<String>,
    language: Option<String>,
    communication: Option<Communication>,
}

/// The body of an act.
pub(super) fn of_act(act: &Act) -> Fields {
    let about = (!act.about.is_empty()).then_some(&act.about);
    Fields::default()
        .with_all(&act.deed)
        .with("id", &act.id)
        .with("recorded", &act.recorded)
        .with("release", &act.release)
        .with("on_behalf_of", &act.on_behalf_of)
        .with("note", &act.note)
        .with("about", &about)
        .with("language", &act.language)
        .with("communication", &act.communication)
}

/// The act that an envelope and its body state.
pub(super) fn act(id: ActDigest, envelope: &Envelope, body: &Value) -> Result<Act, String> {
    let common = Common::deserialize(body).map_err(|error| error.to_string())?;
    let deed = Deed::deserialize(body).map_err(|error| error.to_string())?;
    let on = When::parse(&envelope.on).map_err(|error| error.to_string())?;
    Ok(Act {
        id: common.id.unwrap_or_else(|| id.to_string()).into(),
        room: envelope.room.as_str().into(),
        standing: Standing::from(envelope.depth),
        seat: envelope.actor.seat.as_str().into(),
        person: envelope.actor.person.as_deref().map(Into::into),
        recorder: envelope.recorder.seat.as_str().into(),
        on,
        seldom: ActSeldom {
            recorded: common.recorded,
            release: common.release,
            on_behalf_of: common.on_behalf_of,
            note: common.note,
            about: common.about,
            language: common.language,
            communication: common.communication,
        }
        .into(),
        deed,
    })
}
