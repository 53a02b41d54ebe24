//! What a draft would do before it is issued, and what a seat would see before it is delivered: the record as it would be, asked
//! as the record is.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use onetext_paper::dossier::{ActError, add_block, add_unnamed_act};
use onetext_talks::{
    Act, ActId, Alert, BlockKind, CarriedFrom, CellStance, CellStatus, Channel, Cut, Deed, Deliver,
    ProvisionStatus, Record, RoomId, SeatId, Standing, Status, Viewer, When,
};
use onetext_text::{Draft, Lineage, redline as redline_of};
use serde_json::{Map, Value, json};

use crate::act::ActRefused;
use crate::books::Books;
use crate::error::DeskError;
use crate::redline::Comparison;

/// The number of an act that only is supposed, beside the one by which a draft's issuer settles what its provisions continue.
const SUPPOSED: usize = 1;

/// A draft that is not issued yet.
#[derive(Debug, Clone)]
pub struct NewDraft<'a> {
    /// Of which text.
    pub text: &'a str,
    /// What it is to be called.
    pub id: &'a str,
    /// The draft that it is made from.
    pub base: &'a str,
    /// The day on which it is issued.
    pub on: &'a str,
    /// What it says.
    pub source: &'a str,
    /// Which provision continues which, where that was said: pairs of paths, old and new.
    pub pairs: &'a [(String, String)],
}

impl NewDraft<'_> {
    /// Its fields, as a dossier has them, without its file.
    #[must_use]
    pub fn fields(&self) -> Map<String, Value> {
        let fields = json!({ "id": self.id, "text": self.text, "base": self.base, "on": self.on });
        let mut fields = fields.as_object().cloned().unwrap_or_default();
        if !self.pairs.is_empty() {
            let pairs = self.pairs.iter().map(|(old, new)| json!([old, new]));
            fields.insert("pairs".to_owned(), pairs.collect());
        }
        fields
    }
}

/// An assent that a draft would make lapse, or that it would carry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lapse {
    /// Whose.
    pub seat: SeatId,
    /// What it is now.
    pub stance: CellStance,
    /// On what day it was given.
    pub on: Option<When>,
    /// The rooms in which it stands.
    pub rooms: Vec<RoomId>,
    /// The provision of the base.
    pub was: String,
    /// What that provision is in the draft; none where it is gone.
    pub now: Option<String>,
    /// The wording that it was given on, where that is not the base's: in an earlier draft.
    pub earlier: Option<(CarriedFrom, String)>,
}

/// What a draft would do.
#[derive(Debug)]
pub struct Foreseen {
    /// What changes from its base.
    pub changes: Comparison,
    /// The state of play as it would be with the draft in everybody's hands.
    pub status: Status,
    /// The assents that would lapse.
    pub lapses: Vec<Lapse>,
    /// The assents that lapsed by an earlier draft, and would be shown as lapsed again: the proposal that had taken their place
    /// is taken up.
    pub lapsed_before: Vec<Lapse>,
    /// The assents that would carry, their wording being the same.
    pub carries: Vec<Lapse>,
    /// The disagreements that would stand on as they do.
    pub stand: Vec<Lapse>,
    /// What would deserve a second look, and does not now.
    pub alerts: Vec<std::sync::Arc<Alert>>,
}

fn is_assent(stance: CellStance) -> bool {
    stance >= CellStance::Endorsed
}

fn is_against(stance: CellStance) -> bool {
    stance <= CellStance::Reserved
}

fn accepts(stance: CellStance) -> bool {
    stance > CellStance::Endorsed
}

/// What issuing a draft with these answers to feedback would do, in the view of who issues it. Nothing is recorded.
///
/// # Errors
/// Where it cannot be asked; within, [`ActRefused::NotInOrder`] where it could not be issued.
pub fn foresee(
    books: &Books,
    viewer: &Viewer,
    before: &Status,
    draft: &NewDraft<'_>,
    answers: &[Map<String, Value>],
) -> Result<Result<Foreseen, ActRefused>, DeskError> {
    let mut record = Record::clone(&books.record());
    if let Err(errors) = suppose_draft(&mut record, draft) {
        return Ok(Err(ActRefused::NotInOrder(errors)));
    }
    for (number, answer) in answers.iter().enumerate() {
        let files = &mut BTreeMap::new();
        if let Err(errors) = add_unnamed_act(&mut record, answer, SUPPOSED + 1 + number, files) {
            return Ok(Err(ActRefused::NotInOrder(errors)));
        }
    }
    let on = When::parse(draft.on)?;
    let issuer = viewer.seat.clone();
    record.acts.push(supposed_delivery(
        &record,
        (issuer, RoomId::plenary()),
        draft.id,
        on,
    ));
    let after = books.board_of(&record, viewer, &Cut::default())?.status();
    let issued = |id: &str| record.drafts.iter().find(|block| block.id.as_str() == id);
    let (Some(old), Some(new)) = (issued(draft.base), issued(draft.id)) else {
        return Err(unknown(draft.base));
    };
    let lineage = match &new.issued.lineage {
        Some(lineage) => lineage.clone(),
        None => Lineage::between(&old.issued, &new.issued),
    };
    let redline = redline_of(&old.issued.draft, &new.issued.draft, &lineage.alignment());
    let changes = Comparison {
        old_name: draft.base.to_owned(),
        old: old.issued.draft.clone(),
        new_name: draft.id.to_owned(),
        new: new.issued.draft.clone(),
        redline,
    };
    let mut foreseen = Foreseen {
        changes,
        lapses: Vec::new(),
        lapsed_before: Vec::new(),
        carries: Vec::new(),
        stand: Vec::new(),
        alerts: Vec::new(),
        status: after,
    };
    foreseen.compare(before, draft, &record);
    Ok(Ok(foreseen))
}

pub(super) fn suppose_draft(
    record: &mut Record,
    draft: &NewDraft<'_>,
) -> Result<(), Vec<ActError>> {
    let file = format!("{}.md", draft.id);
    let mut fields = draft.fields();
    fields.insert("file".to_owned(), json!(file));
    let mut files = BTreeMap::from([(file, draft.source.as_bytes().to_vec())]);
    add_block(record, BlockKind::Draft, &fields, draft.on, &mut files)
}

fn supposed_delivery(
    record: &Record,
    (seat, room): (SeatId, RoomId),
    draft: &str,
    on: When,
) -> Act {
    let later = record.acts.iter().filter(|act| act.room == room).count();
    Act {
        id: ActId::unnamed(SUPPOSED),
        room,
        standing: Standing::from(u64::try_from(later).unwrap_or(u64::MAX)),
        recorder: seat.clone(),
        seat,
        person: None,
        on,
        seldom: onetext_talks::Seldom::default(),
        deed: Deed::Deliver(Deliver {
            draft: draft.into(),
            to: Vec::new(),
            channel: Channel::Official,
            place: None,
        }),
    }
}

fn rows<'s>(provisions: &'s [Arc<ProvisionStatus>], into: &mut Vec<&'s ProvisionStatus>) {
    for row in provisions {
        into.push(row);
        rows(&row.children, into);
    }
}

fn rows_of<'s>(status: &'s Status, text: &str) -> Vec<&'s ProvisionStatus> {
    let mut all = Vec::new();
    if let Some(text) = status.texts.iter().find(|own| own.id.as_str() == text) {
        rows(&text.provisions, &mut all);
    }
    all
}

impl Foreseen {
    fn compare(&mut self, before: &Status, draft: &NewDraft<'_>, record: &Record) {
        let acts: BTreeMap<&ActId, &Act> = record.acts.iter().map(|act| (&act.id, act)).collect();
        let later = rows_of(&self.status, draft.text);
        let was = |row: &ProvisionStatus, path: &str| {
            let paths = row.was.iter().find(|(id, _)| id.as_str() == draft.base);
            paths.is_some_and(|(_, paths)| paths.iter().any(|own| own == path))
        };
        let (mut lapses, mut carries, mut stand) = (Vec::new(), Vec::new(), Vec::new());
        let mut lapsed_before = Vec::new();
        for old in rows_of(before, draft.text) {
            let now: Vec<_> = later.iter().filter(|row| was(row, &old.path)).collect();
            for (seat, cell) in &old.stances {
                let one = |cell: &CellStatus, stance: CellStance, now: Option<&str>| Lapse {
                    seat: seat.clone(),
                    stance,
                    on: cell.on.clone(),
                    rooms: rooms_of(cell, &acts),
                    was: old.path.clone(),
                    now: now.map(str::to_owned),
                    earlier: None,
                };
                if now.is_empty() && is_assent(cell.stance) {
                    lapses.push(one(cell, cell.stance, None));
                }
                for row in &now {
                    let Some(after) = row.stances.get(seat) else {
                        continue;
                    };
                    let path = Some(row.path.as_str());
                    let holds = match accepts(cell.stance) {
                        true => accepts(after.stance),
                        false => is_assent(after.stance),
                    };
                    if is_assent(cell.stance) {
                        let one = one(cell, cell.stance, path);
                        if holds {
                            carries.push(one);
                        } else {
                            lapses.push(one);
                        }
                    } else if after.stance == CellStance::Lapsed
                        && cell.stance != CellStance::Lapsed
                    {
                        // Its proposal was taken up, and what it had accepted before that has other words now.
                        let mut one = one(after, taken(after, &acts), path);
                        one.earlier = earlier(after, record, &self.changes.old, &old.path);
                        if one.earlier.is_some() {
                            lapsed_before.push(one);
                        } else {
                            lapses.push(one);
                        }
                    } else if is_against(cell.stance) && is_against(after.stance) {
                        stand.push(one(cell, cell.stance, path));
                    }
                }
            }
        }
        let known: BTreeSet<&str> = before.alerts.iter().map(|own| own.text.as_str()).collect();
        let new = self.status.alerts.iter();
        let new = new.filter(|alert| !known.contains(alert.text.as_str()));
        self.alerts = new.cloned().collect();
        (self.lapses, self.carries, self.stand) = (lapses, carries, stand);
        self.lapsed_before = lapsed_before;
    }
}

fn rooms_of(cell: &CellStatus, acts: &BTreeMap<&ActId, &Act>) -> Vec<RoomId> {
    let found = cell.acts.iter().filter_map(|act| acts.get(act));
    let found: BTreeSet<&RoomId> = found.map(|act| &act.room).collect();
    found.into_iter().cloned().collect()
}

/// The earlier wording that a lapsed position was taken on, where the base says something else at this path.
fn earlier(
    cell: &CellStatus,
    record: &Record,
    base: &Draft,
    path: &str,
) -> Option<(CarriedFrom, String)> {
    let from = cell.carried_from.as_ref()?;
    let draft = record.drafts.iter().find(|own| own.id == from.draft)?;
    let then = wording(&draft.issued.draft, &from.path)?;
    (wording(base, path) != Some(then)).then(|| (from.clone(), then.to_owned()))
}

fn wording<'d>(draft: &'d Draft, path: &str) -> Option<&'d str> {
    let mut all = draft.provisions().iter();
    all.find(|own| own.path == path)
        .map(|own| own.wording.as_str())
}

/// The position that the acts of a lapsed cell had taken.
fn taken(cell: &CellStatus, acts: &BTreeMap<&ActId, &Act>) -> CellStance {
    let mut found = cell
        .acts
        .iter()
        .filter_map(|act| match &acts.get(act)?.deed {
            Deed::Stance(stance) => Some(CellStance::of(stance.stance)),
            _ => None,
        });
    found.next().unwrap_or(CellStance::Accepted)
}

/// What a seat would see of a delivery.
#[derive(Debug)]
pub struct Delivery {
    /// The state of play that it would have in the rooms which it shares with who delivers; of its own rooms nothing is known.
    pub status: Status,
    /// What it could read: each draft of the text by its name.
    pub drafts: Vec<crate::reading::ReadableDraft>,
    /// What changed since what it was last given; none where it was given nothing.
    pub changes: Option<Comparison>,
    /// Why the delivery would be refused; none where it would be recorded.
    pub refused: Option<ActRefused>,
}

/// What a seat would see once these fields of an act of kind deliver are on record. Nothing is recorded, and nothing is read
/// but the rooms of who asks.
///
/// # Errors
/// Where there is no such seat.
pub fn foresee_delivery(
    books: &Books,
    viewer: &Viewer,
    seat: &str,
    fields: &Map<String, Value>,
) -> Result<Delivery, DeskError> {
    let text_of = |name: &str| fields.get(name).and_then(Value::as_str).unwrap_or_default();
    let (draft, room) = (text_of("draft"), text_of("room"));
    let mut record = Record::clone(&books.record());
    let tried = add_unnamed_act(&mut record, fields, SUPPOSED, &mut BTreeMap::new());
    let refused = tried.err().map(ActRefused::NotInOrder);
    let own = record.rooms_of(viewer)?;
    let all = record.all_rooms();
    let sits = |room: &RoomId| {
        let members = all.get(room);
        members.is_some_and(|members| members.iter().any(|own| own.as_str() == seat))
    };
    if refused.is_some() && own.contains_key(&RoomId::from(room)) {
        let on = When::parse(text_of("on"))?;
        let from = (viewer.seat.clone(), room.into());
        record
            .acts
            .push(supposed_delivery(&record, from, draft, on));
    }
    let shared = own.keys().filter(|room| sits(room)).cloned().collect();
    let theirs = Viewer {
        seat: seat.into(),
        rooms: Some(shared),
    };
    let board = books.board_of(&record, &theirs, &Cut::default())?;
    let text = record
        .drafts
        .iter()
        .find(|block| block.id.as_str() == draft)
        .map(|block| block.text.clone())
        .ok_or_else(|| unknown(draft))?;
    let drafts = board.readable_drafts().into_iter();
    let drafts = drafts.filter(|(own, ..)| *own == text);
    let changes = board.since(seat, Some(text.as_str())).ok().map(|since| {
        let (old, new) = (since.old.draft.clone(), since.new.draft.clone());
        let redline = redline_of(&old, &new, &since.lineage.alignment());
        Comparison {
            old_name: since.from.to_string(),
            old,
            new_name: since.to.to_string(),
            new,
            redline,
        }
    });
    Ok(Delivery {
        status: board.status(),
        drafts: drafts
            .map(|(text, id, issued)| crate::reading::ReadableDraft { text, id, issued })
            .collect(),
        changes,
        refused,
    })
}

fn unknown(name: &str) -> DeskError {
    DeskError::Ask(onetext_talks::AskError::Unknown {
        name: name.to_owned(),
        nearest: None,
    })
}
