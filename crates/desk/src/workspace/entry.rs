//! Something to be recorded, and something that was: what an act says, as bytes.

use std::sync::Arc;

use onetext_seal::{ActDigest, ContentDigest, Envelope};
use serde_json::Value;

/// An act to be signed: who signs adds the parents, the clock and the salt.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The room.
    pub room: String,
    /// The seat that did it.
    pub actor: String,
    /// The person of that seat who did it.
    pub person: Option<String>,
    /// The seat that writes it down; it signs in this workspace.
    pub recorder: String,
    /// The event time, as its author wrote it; none for the day that the recorder's clock shows.
    pub on: Option<String>,
    /// What was done: an object with `kind`.
    pub body: Value,
    /// The contents that it brings. Where the body has no field `contents`, it is entered.
    pub contents: Vec<(ContentDigest, Arc<[u8]>)>,
}

impl Entry {
    /// What a seat did, written down by itself.
    #[must_use]
    pub fn of(seat: &str, room: &str, body: Value) -> Entry {
        Entry {
            room: room.to_owned(),
            actor: seat.to_owned(),
            person: None,
            recorder: seat.to_owned(),
            on: None,
            body,
            contents: Vec::new(),
        }
    }

    /// With a content.
    #[must_use]
    pub fn with(mut self, bytes: impl Into<Arc<[u8]>>) -> Entry {
        let bytes = bytes.into();
        self.contents.push((ContentDigest::of(&bytes), bytes));
        self
    }
}

/// A kept act, as it is read.
#[derive(Debug, Clone)]
pub struct Heard {
    /// Its name.
    pub id: ActDigest,
    /// What its envelope says.
    pub envelope: Envelope,
    /// What was done; none where the body was erased.
    pub body: Option<Value>,
    /// When it arrived here, in microseconds since 1970-01-01 UTC.
    pub received: i64,
}
