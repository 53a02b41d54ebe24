//! "Put this on record": one act after the other, each held against what is there, and durable before it is told.

mod bearing;

use onetext_paper::dossier::{ActError, Files, add_act, add_block, add_unnamed_act, block_kind};
use onetext_seal::ActDigest;
use onetext_talks::{ActId, BlockKind, SeatId};
use serde_json::{Map, Value};

use crate::books::hear;
use crate::ledger::{Ledger, NotEntered, Scribe};
use crate::workspace::{Entry, Workspace, WorkspaceError, Written, day};

pub(crate) use bearing::Bearing;

/// A workspace, open for acts.
#[derive(Debug)]
pub struct Desk<'w> {
    pub(crate) workspace: &'w mut Workspace,
    pub(crate) ledger: Ledger,
    /// The one seat that sits here; none where all that sign here do.
    pub(crate) only: Option<SeatId>,
}

/// Why an act was not recorded.
#[derive(Debug, thiserror::Error)]
pub enum ActRefused {
    /// It is not in order.
    #[error("{}", .0.first().map(ActError::sentence).unwrap_or_default())]
    NotInOrder(Vec<ActError>),
    /// Who writes it down does not sit in its room.
    #[error(transparent)]
    NotEntered(#[from] NotEntered),
    /// It is for another seat to say.
    #[error("{what} is for {} to say, and {} signs here", seats(.by), seats(.here))]
    NotTheirs {
        /// What is said.
        what: String,
        /// The seats that may say it.
        by: Vec<SeatId>,
        /// The seats that sign here.
        here: Vec<SeatId>,
    },
    /// Whoever puts it on record speaks as one person of the seat alone.
    #[error("{by} does not speak here: it is {speaks} who does")]
    SpeaksAs {
        /// Who is said to have done it.
        by: String,
        /// Who speaks here.
        speaks: String,
    },
    /// At the desk of one seat of several that sign here no room is declared: whether one of that name is there already is for
    /// those to know who sit in it (law 2).
    #[error(
        "who sits in a room is not put on record at one seat's desk of a host that signs for several"
    )]
    RoomsElsewhere,
    /// Whoever asks may only read.
    #[error("who only reads here puts nothing on record")]
    OnlyReads,
    /// The workspace cannot take it.
    #[error(transparent)]
    Workspace(#[from] WorkspaceError),
}

fn seats(seats: &[SeatId]) -> String {
    let names: Vec<&str> = seats.iter().map(SeatId::as_str).collect();
    names.join(" or ")
}

impl<'w> Desk<'w> {
    /// Reads what the seats that sign in a workspace know, so that acts can be held against it.
    ///
    /// # Errors
    /// Where the workspace cannot be read or holds no process.
    pub fn open(workspace: &'w mut Workspace) -> Result<Desk<'w>, WorkspaceError> {
        let seats: Vec<String> = workspace.seats().map(str::to_owned).collect();
        let (ledger, ..) = hear(workspace, &seats, None)?;
        Ok(Desk {
            workspace,
            ledger,
            only: None,
        })
    }

    /// The same for one seat of several that sign here: acts are held against what its rooms hold and nothing else, so that
    /// a refusal says no more than that seat may know (law 2), and that seat alone writes them down.
    ///
    /// # Errors
    /// Where the workspace cannot be read, holds no process, or no such seat signs here.
    pub fn open_as(workspace: &'w mut Workspace, seat: &str) -> Result<Desk<'w>, WorkspaceError> {
        let seat = workspace.looks_through(Some(seat))?;
        let (ledger, ..) = hear(workspace, std::slice::from_ref(&seat), None)?;
        Ok(Desk {
            workspace,
            ledger,
            only: Some(seat.into()),
        })
    }

    /// The same for a seat of which is known what bears on its next act.
    pub(crate) fn of(workspace: &'w mut Workspace, seat: &str, ledger: Ledger) -> Desk<'w> {
        Desk {
            workspace,
            ledger,
            only: Some(seat.into()),
        }
    }

    /// What is known of its rooms, with what was recorded.
    pub(crate) fn ledger(self) -> Ledger {
        self.ledger
    }

    /// Records an act, given by its fields as a dossier has them; its handle may be left out, and its day, which is then that
    /// of the clock. Who wrote it down is whom the act names if that seat signs here, else this workspace's seat. The kinds
    /// seat, person, room, text and draft record what a dossier has as a block.
    ///
    /// # Errors
    /// [`ActRefused`]; then nothing was recorded.
    pub fn act(
        &mut self,
        mut fields: Map<String, Value>,
        files: &mut dyn Files,
        now: i64,
    ) -> Result<ActDigest, ActRefused> {
        let today = day(now)?;
        let kind = fields.get("kind").and_then(Value::as_str);
        if let Some(sort) = kind.and_then(block_kind) {
            return self.block(sort, &fields, &today, files, now);
        }
        let unnamed = !fields.contains_key("id");
        fields.entry("on").or_insert(Value::String(today));
        let record = &mut self.ledger.record;
        let added = match unnamed {
            true => add_unnamed_act(record, &fields, 0, files),
            false => add_act(record, &fields, files),
        };
        added.map_err(ActRefused::NotInOrder)?;
        let entered = self.enter_last(unnamed);
        let recorded = entered.and_then(|entries| {
            let written = self.workspace.append(&entries, now)?;
            Ok(written.last().ok_or(WorkspaceError::NoProcess)?.id)
        });
        match &recorded {
            Err(_) => drop(self.ledger.record.acts.pop()),
            Ok(id) if unnamed => {
                if let Some(act) = self.ledger.record.acts.last_mut() {
                    act.id = ActId::from(id.to_string());
                }
            }
            Ok(_) => {}
        }
        recorded
    }

    /// Records a block, and with a draft what was settled of its identity.
    fn block(
        &mut self,
        sort: BlockKind,
        fields: &Map<String, Value>,
        today: &str,
        files: &mut dyn Files,
        now: i64,
    ) -> Result<ActDigest, ActRefused> {
        // Rooms of this store have one name each. A refusal that told of one, or its absence, would tell of others' rooms.
        if sort == BlockKind::Room && self.only.is_some() && self.workspace.seats().nth(1).is_some()
        {
            return Err(ActRefused::RoomsElsewhere);
        }
        let before = self.ledger.clone();
        // The founder stands as a seat by itself until it says who it is.
        self.ledger.forget_what_stands_by_itself(sort, fields);
        let recorded = add_block(&mut self.ledger.record, sort, fields, today, files)
            .map_err(ActRefused::NotInOrder)
            .and_then(|()| {
                let block = self.enter_block(sort, before.record.acts.len())?;
                let written = self.workspace.append(&block.entries, now)?;
                self.go_by(&block.acts, &written);
                Ok(written.get(block.at).ok_or(WorkspaceError::NoProcess)?.id)
            });
        if recorded.is_err() {
            self.ledger = before;
        }
        recorded
    }

    /// Records a draft and acts without handles that are said with it, all or nothing.
    pub(crate) fn draft_with(
        &mut self,
        fields: &Map<String, Value>,
        said: &[Map<String, Value>],
        files: &mut dyn Files,
        now: i64,
    ) -> Result<ActDigest, ActRefused> {
        let today = day(now)?;
        let before = self.ledger.clone();
        let recorded = self.enter_draft_with(fields, said, &today, files);
        let recorded = recorded.and_then(|entered| {
            let written = self.workspace.append(&entered.entries, now)?;
            self.go_by(&entered.acts, &written);
            Ok(written.get(entered.at).ok_or(WorkspaceError::NoProcess)?.id)
        });
        if recorded.is_err() {
            self.ledger = before;
        }
        recorded
    }

    fn enter_draft_with(
        &mut self,
        fields: &Map<String, Value>,
        said: &[Map<String, Value>],
        today: &str,
        files: &mut dyn Files,
    ) -> Result<Entered, ActRefused> {
        let acts = self.ledger.record.acts.len();
        let record = &mut self.ledger.record;
        add_block(record, BlockKind::Draft, fields, today, files)
            .map_err(ActRefused::NotInOrder)?;
        let mut entered = self.enter_block(BlockKind::Draft, acts)?;
        for (number, fields) in said.iter().enumerate() {
            let mut fields = fields.clone();
            fields.entry("on").or_insert_with(|| Value::from(today));
            // Beside the first, the act by which a draft's issuer settles what its provisions continue.
            add_unnamed_act(&mut self.ledger.record, &fields, number + 1, files)
                .map_err(ActRefused::NotInOrder)?;
            entered.entries.extend(self.enter_last(true)?);
            let act = self.ledger.record.acts.len().saturating_sub(1);
            let entry = entered.entries.len().saturating_sub(1);
            entered.acts.push((act, entry));
        }
        Ok(entered)
    }

    /// Has acts go by their digests, now that they have been written.
    fn go_by(&mut self, acts: &[(usize, usize)], written: &[Written]) {
        for (act, entry) in acts {
            if let (Some(act), Some(written)) =
                (self.ledger.record.acts.get_mut(*act), written.get(*entry))
            {
                act.id = ActId::from(written.id.to_string());
            }
        }
    }

    /// What is to be written of the last block of a sort, with the act that came with it where there are more acts than before.
    fn enter_block(&mut self, sort: BlockKind, acts: usize) -> Result<Entered, ActRefused> {
        let own: Option<SeatId> = self.workspace.seat()?.map(Into::into);
        let here: Vec<SeatId> = match &self.only {
            Some(seat) => vec![seat.clone()],
            None => self.workspace.seats().map(Into::into).collect(),
        };
        let mut seats = self.ledger.record.seats.iter();
        let every = self.only.is_none() && seats.all(|seat| here.contains(&seat.id));
        let (what, by) = self.ledger.who_says(sort);
        let speaker = by
            .iter()
            .find(|seat| own.as_ref() == Some(seat))
            .or_else(|| by.iter().find(|seat| here.contains(seat)));
        let scribe = match speaker {
            None => return Err(ActRefused::NotTheirs { what, by, here }),
            // A host tells each seat's own room too.
            Some(_) if every => Scribe::EachSeat,
            Some(seat) => Scribe::Seat(seat.clone()),
        };
        let mut entries = self.ledger.enter_block(sort, &scribe);
        let named = |entry: &Entry| {
            let kind = entry.body.get("kind").and_then(Value::as_str);
            kind == Some(sort.name())
        };
        let at = entries.iter().position(named).unwrap_or(0);
        let mut with = Vec::new();
        if self.ledger.record.acts.len() > acts {
            entries.extend(unnamed(self.ledger.enter_last(&scribe)?));
            with.push((acts, entries.len().saturating_sub(1)));
        }
        Ok(Entered {
            entries,
            at,
            acts: with,
        })
    }

    /// What is to be written of the last act.
    fn enter_last(&mut self, without_handle: bool) -> Result<Vec<Entry>, ActRefused> {
        let recorder = self
            .ledger
            .record
            .acts
            .last()
            .map(|act| act.recorder.clone());
        let signs = recorder.filter(|seat| match &self.only {
            Some(only) => only == seat,
            None => self.workspace.seats().any(|here| here == seat.as_str()),
        });
        let scribe = match signs {
            Some(seat) => seat,
            None => match &self.only {
                Some(only) => only.clone(),
                None => self.workspace.seat()?.ok_or(WorkspaceError::NoSeat)?.into(),
            },
        };
        let entries = self.ledger.enter_last(&Scribe::Seat(scribe))?;
        Ok(match without_handle {
            true => unnamed(entries),
            false => entries,
        })
    }
}

/// What is to be written.
struct Entered {
    entries: Vec<Entry>,
    /// Which of them is the block's own.
    at: usize,
    /// Acts of the record that go by their digest once they are written, and which entry each is.
    acts: Vec<(usize, usize)>,
}

/// Entries of which the last, which is the act itself, has no handle.
fn unnamed(mut entries: Vec<Entry>) -> Vec<Entry> {
    let last = entries.last_mut();
    if let Some(fields) = last.and_then(|entry| entry.body.as_object_mut()) {
        fields.remove("id");
    }
    entries
}
