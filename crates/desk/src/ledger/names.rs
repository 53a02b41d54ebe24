//! Which act a handle means. Handles are unique in a room as far as its author could see; where two sites took one at
//! the same time, or two rooms use one, each of these acts goes by its digest.

use std::collections::BTreeMap;

use onetext_paper::dossier::schema::{self, COMMON, Field, Names, Shape};
use onetext_talks::{ActId, OptionName};
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
        self.settle_fields(room, own, body);
        self.settle_fields(room, COMMON, body);
    }

    fn settle_fields(&self, room: &str, fields: &[Field], table: &mut Value) {
        for field in fields {
            if let Some(value) = table.get_mut(field.name) {
                self.settle_value(room, field.shape, value);
            }
        }
    }

    fn settle_value(&self, room: &str, shape: Shape, value: &mut Value) {
        match (shape, value) {
            (Shape::Many(one), Value::Array(list)) => list
                .iter_mut()
                .for_each(|item| self.settle_value(room, *one, item)),
            (Shape::Many(one), value) => self.settle_value(room, *one, value),
            (Shape::Table(fields), table) => self.settle_fields(room, fields, table),
            (Shape::Name(names), Value::String(name)) if names_acts(names, name) => {
                if let Some(known) = self.known_as(room, name) {
                    *name = known;
                }
            }
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

/// Whether a name of this sort is, or can be, that of an act.
fn names_acts(names: Names, name: &str) -> bool {
    match names {
        Names::Act | Names::ActOrClaim | Names::Anything => true,
        Names::Option => matches!(OptionName::of(name), OptionName::Proposal(_)),
        _ => false,
    }
}
