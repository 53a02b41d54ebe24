//! What was said of a text's latest draft, and of those before it, that waits for the pen.

use std::collections::BTreeMap;
use std::sync::Arc;

use onetext_talks::{
    ActId, Cut, Deed, Feedback, PersonId, ProvisionStatus, ReleaseClass, RoomId, SeatId,
    StanceKind, StanceType, Status, Viewer,
};

use crate::books::Books;
use crate::error::DeskError;

/// Criticism or a proposal on a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    /// What it is, and what became of it.
    pub told: std::sync::Arc<Feedback>,
    /// Whose.
    pub seat: SeatId,
    /// Who spoke for it.
    pub person: Option<PersonId>,
    /// In which room.
    pub room: RoomId,
    /// What was said of the wording.
    pub stance: StanceKind,
    /// What the disagreement is about.
    pub kind: Option<StanceType>,
    /// Whether its seat will not go beyond it.
    pub red_line: bool,
    /// The words proposed; empty for a deletion.
    pub wording: Option<String>,
    /// For an insertion: the path that it is to follow, in the draft that it was proposed on, and its label.
    pub after: Option<(String, Option<String>)>,
    /// How far it may travel, by the last word of its seat, where that is stated.
    pub release: Option<ReleaseClass>,
    /// The provisions of the latest draft that it bears on; for an insertion the one that it is to follow; none for the whole.
    pub now: Vec<String>,
}

/// Criticism and proposals on a text, as far as this viewer sees, in the order of time: what was taken back or denied is none.
/// `status` is the state of play of the same viewer.
///
/// # Errors
/// Where the viewer is no seat of this process.
pub fn feedback(
    books: &Books,
    viewer: &Viewer,
    status: &Status,
    text: &str,
) -> Result<Vec<Piece>, DeskError> {
    let Some(text) = status.texts.iter().find(|own| own.id.as_str() == text) else {
        return Ok(Vec::new());
    };
    let all = books.ask(viewer, &Cut::default(), onetext_talks::Board::feedback)?;
    let all = all.into_iter();
    let record = books.record();
    let mut later: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
    let latest = text.latest.as_ref().map_or("", |draft| draft.as_str());
    trace(&text.provisions, latest, &mut later);
    let acts: BTreeMap<&ActId, _> = record.acts.iter().map(|act| (&act.id, act)).collect();
    let insertions: BTreeMap<&ActId, Option<&str>> = text
        .proposed
        .iter()
        .map(|own| (&own.act, own.after.as_deref()))
        .collect();
    let releases: BTreeMap<&ActId, ReleaseClass> = record
        .acts
        .iter()
        .filter_map(|act| match &act.deed {
            Deed::Release(release) => Some((&release.of, release.class)),
            _ => None,
        })
        .collect();
    let pieces = all.filter(|told| told.text == text.id).filter_map(|told| {
        let act = acts.get(&told.act.id)?;
        let Deed::Stance(stance) = &act.deed else {
            return None;
        };
        let draft = told.draft.as_ref().map_or("", |draft| draft.as_str());
        let mut now: Vec<String> = told
            .points
            .iter()
            .filter_map(|path| later.get(&(draft, path.as_str())))
            .flatten()
            .map(|path| (*path).to_owned())
            .collect();
        let after = stance
            .after
            .clone()
            .map(|after| (after, stance.label.clone()));
        if after.is_some() {
            now.extend(
                insertions
                    .get(&act.id)
                    .copied()
                    .flatten()
                    .map(str::to_owned),
            );
        }
        Some(Piece {
            seat: act.seat.clone(),
            person: act.person.clone(),
            room: act.room.clone(),
            stance: stance.stance,
            kind: stance.kind,
            red_line: stance.red_line,
            wording: stance.wording.clone(),
            release: releases.get(&act.id).copied().or(act.release),
            after,
            now,
            told,
        })
    });
    Ok(pieces.collect())
}

/// What each provision of each draft is in the latest.
fn trace<'s>(
    rows: &'s [Arc<ProvisionStatus>],
    latest: &'s str,
    into: &mut BTreeMap<(&'s str, &'s str), Vec<&'s str>>,
) {
    for row in rows {
        into.entry((latest, &row.path)).or_default().push(&row.path);
        for (draft, paths) in &row.was {
            for path in paths {
                let now = into.entry((draft.as_str(), path)).or_default();
                now.push(&row.path);
            }
        }
        trace(&row.children, latest, into);
    }
}
