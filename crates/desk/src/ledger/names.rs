//! Which act a handle means. Handles are unique in a room as far as its author could see; where two sites took one at
//! the same time, or two rooms use one, each of these acts goes by its digest.

use std::collections::BTreeMap;

use onetext_paper::dossier::schema::{self, COMMON, Field, Names, Shape};
use onetext_talks::ActId;
use serde_json::Value;

use super::Heard;

/// The acts of some rooms by the names that bodies use for them.
pub(super) struct Handles {
    /// Every act by handle; several where the handle was taken twice.
    by_handle: BTreeMap<String, Vec<(String, String)>>,
    /// What each act is called, by its digest; only of acts that have a handle of their own.
    by_digest: BTreeMap<String, String>,
}

impl Handles {
    pub(super) fn of(acts: &[Heard]) -> Handles {
        let mut by_handle: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
        let mut by_digest = BTreeMap::new();
        for act in acts {
            if let Some(handle) = handle(act) {
                let place = (act.envelope.room.clone(), act.id.to_string());
                by_handle.entry(handle.to_owned()).or_default().push(place);
            }
        }
        for (handle, acts) in &by_handle {
            if let [(_, digest)] = acts.as_slice() {
                by_digest.insert(digest.clone(), handle.clone());
            }
        }
        by_handle.retain(|_, acts| acts.len() > 1);
        Handles {
            by_handle,
            by_digest,
        }
    }

    /// What an act is called: its handle where that is its alone, else its digest.
    pub(super) fn name_of(&self, act: &Heard) -> ActId {
        let digest = act.id.to_string();
        self.by_digest
            .get(&digest)
            .cloned()
            .unwrap_or(digest)
            .into()
    }

    /// Puts the name that an act goes by here in place of each name that its body uses.
    pub(super) fn settle(&self, room: &str, body: &mut Value) {
        let kind = body
            .get("kind")
            .and_then(Value::as_str)
            .and_then(schema::kind);
        let own = kind.map_or(&[][..], |kind| kind.fields);
        for field in own.iter().chain(COMMON) {
            if names_acts(field)
                && let Some(value) = body.get_mut(field.name)
            {
                self.settle_value(room, value);
            }
        }
    }

    fn settle_value(&self, room: &str, value: &mut Value) {
        match value {
            Value::String(name) => {
                if let Some(known) = self.known_as(room, name) {
                    *name = known;
                }
            }
            Value::Array(list) => list
                .iter_mut()
                .for_each(|item| self.settle_value(room, item)),
            _ => {}
        }
    }

    fn known_as(&self, room: &str, name: &str) -> Option<String> {
        if let Some(handle) = self.by_digest.get(name) {
            return Some(handle.clone());
        }
        let taken = self.by_handle.get(name)?;
        let (_, digest) = taken.iter().find(|(other, _)| other == room)?;
        Some(digest.clone())
    }
}

/// The handle that an act gives itself.
pub(super) fn handle(act: &Heard) -> Option<&str> {
    let body = act.body.as_ref()?;
    let kind = body.get("kind")?.as_str()?;
    schema::kind(kind)?;
    body.get("id")?.as_str()
}

fn names_acts(field: &Field) -> bool {
    fn acts(shape: Shape) -> bool {
        match shape {
            Shape::Name(names) => {
                matches!(names, Names::Act | Names::ActOrClaim | Names::Anything)
            }
            Shape::Many(one) => acts(*one),
            _ => false,
        }
    }
    acts(field.shape)
}
