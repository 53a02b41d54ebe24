//! An objection to a silence procedure is made in the room of the procedure, or its addressees could not know that the
//! silence is broken.

use std::collections::BTreeMap;

use super::known::Known;
use super::naming::Place;
use super::{BlockKind, Refusal, Rule};
use crate::act::{Act, Deed, Points, Silence, StanceKind};

/// Whether an act may break the silence of a procedure.
pub(super) fn breaks_silence(act: &Act) -> bool {
    matches!(&act.deed, Deed::Stance(stance) if stance.stance == StanceKind::Object)
}

/// The silence procedures of a record, by draft.
pub(super) struct Procedures<'r>(BTreeMap<&'r str, Vec<(usize, &'r Act, &'r Silence)>>);

impl<'r> Procedures<'r> {
    pub(super) fn of(known: &Known<'r>) -> Procedures<'r> {
        let mut procedures: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (index, act) in known.record.acts.iter().enumerate() {
            if let Deed::Silence(deed) = &act.deed {
                procedures
                    .entry(deed.draft.as_str())
                    .or_default()
                    .push((index, act, &**deed));
            }
        }
        Procedures(procedures)
    }

    pub(super) fn check(&self, act: &Act, index: usize) -> Option<Refusal> {
        let Deed::Stance(stance) = &act.deed else {
            return None;
        };
        if stance.stance != StanceKind::Object {
            return None;
        }
        let open = self.0.get(stance.draft.as_ref()?.as_str())?;
        let (_, procedure, _) = open.iter().find(|(opened, procedure, deed)| {
            *opened < index
                && procedure.room != act.room
                && deed.addressees.contains(&act.seat)
                && !act.on.before(&procedure.on)
                && !deed.expires.before(&act.on)
                && share_points(stance.points.as_ref(), &deed.points)
        })?;
        let message = format!(
            "{:?} asks for silence on this in {:?}",
            procedure.id.as_str(),
            procedure.room.as_str()
        );
        let refusal = Refusal::new(
            Rule::OtherRoom,
            (BlockKind::Act, index),
            Some(Place::field("room")),
            message,
        );
        Some(
            refusal
                .expected("an objection in the room of the procedure")
                .hint(format!(
                    "record it with room = {:?}",
                    procedure.room.as_str()
                )),
        )
    }
}

/// Whether the two name a provision in common, as far as their paths say.
fn share_points(one: Option<&Points>, other: &Points) -> bool {
    let (Some(Points::Paths(one)), Points::Paths(other)) = (one, other) else {
        return true;
    };
    let within = |inner: &str, outer: &str| {
        inner == outer
            || inner
                .strip_prefix(outer)
                .is_some_and(|rest| rest.starts_with('.'))
    };
    one.iter().any(|one| {
        other
            .iter()
            .any(|other| within(one, other) || within(other, one))
    })
}
