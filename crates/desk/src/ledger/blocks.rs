//! Taking in what rooms are told beside their acts: the process, seats, rooms, persons, texts and drafts.

use std::collections::BTreeMap;
use std::sync::Arc;

use onetext_seal::ContentDigest;
use onetext_talks::{
    DraftBlock, DraftId, Person, PersonId, PointRef, Process, Record, Role, Room, RoomId, Seat,
    SeatId, Text, TextId, TextKind, When,
};
use onetext_text::{Draft, IssuedDraft};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::page::{unpack, unpack_lineage};
use super::told::{Fact, Told};
use super::{Contents, Heard, LedgerError, LeftOut, Why};

/// What came of taking a block in.
type Taken = Result<(), (Why, String)>;

/// Takes in a block of this kind; none where the kind is none of a block.
pub(super) fn take(
    kind: &str,
    blocks: &mut Blocks,
    heard: &Heard,
    said: &Value,
    contents: &mut Contents<'_>,
) -> Option<Taken> {
    Some(match kind {
        "process" => blocks.process(heard, said),
        "seat" => blocks.seat(heard, said),
        "room" => blocks.room(heard, said),
        "person" => blocks.person(heard, said),
        "text" => blocks.text(heard, said),
        "text-terms" => blocks.terms(heard, said),
        "text-link" => blocks.link(heard, said),
        "draft-name" | "draft" => blocks.draft(heard, said, contents),
        "draft-base" | "draft-renders" => blocks.tie(heard, said, contents),
        _ => return None,
    })
}

/// The body as a type of its own; else void, with the reason.
fn typed<T: DeserializeOwned>(body: &Value) -> Result<T, (Why, String)> {
    T::deserialize(body).map_err(|error| (Why::Void, format!("it cannot be read: {error}")))
}

fn void(reason: impl Into<String>) -> Taken {
    Err((Why::Void, reason.into()))
}

#[derive(Deserialize)]
struct RoomBody {
    members: Vec<SeatId>,
}

/// A text: by name, or to its issuer with its terms and links.
#[derive(Deserialize)]
struct TextBody {
    id: TextId,
    title: String,
    text_kind: TextKind,
    parties: Vec<SeatId>,
    issuer: SeatId,
    required: Option<bool>,
    point_level: Option<usize>,
    ratifications: Option<usize>,
    #[serde(default)]
    linked_to: Vec<PointRef>,
}

#[derive(Deserialize)]
struct TermsBody {
    text: TextId,
    required: bool,
    point_level: Option<usize>,
    ratifications: Option<usize>,
}

#[derive(Deserialize)]
struct LinkBody {
    text: TextId,
    linked_to: PointRef,
}

/// A draft: by name, or with what it says.
#[derive(Deserialize)]
struct DraftBody {
    id: DraftId,
    text: TextId,
    by: SeatId,
    on: Option<When>,
    language: Option<String>,
    file: Option<String>,
    manifest: Option<ContentDigest>,
    page: Option<ContentDigest>,
}

/// What ties a draft to an earlier one.
#[derive(Deserialize)]
struct TieBody {
    draft: DraftId,
    base: Option<DraftId>,
    renders: Option<DraftId>,
    lineage: Option<ContentDigest>,
}

/// How a text is counted and closed: whether it is required, at which level its points are, how many ratifications it
/// takes.
type Terms = (bool, Option<usize>, Option<usize>);

/// What is known of a text.
#[derive(Default)]
struct TextSketch {
    text: Option<Text>,
    terms: Option<Terms>,
    links: Vec<PointRef>,
}

/// A tie, to be laid when both drafts are known.
struct Tie {
    heard: Heard,
    body: TieBody,
    lineage: Option<Arc<[u8]>>,
}

/// Everything that the rooms were told beside their acts.
pub(super) struct Blocks {
    told: Told,
    process: Option<Process>,
    seats: Vec<Seat>,
    rooms: Vec<Room>,
    persons: BTreeMap<PersonId, Person>,
    texts: BTreeMap<TextId, TextSketch>,
    drafts: BTreeMap<DraftId, DraftBlock>,
    /// The digest of each draft's manifest, where its words have arrived.
    manifests: BTreeMap<DraftId, ContentDigest>,
    ties: Vec<Tie>,
    nothing: Arc<IssuedDraft>,
}

/// What the blocks come to.
pub(super) struct Laid {
    pub(super) record: Record,
    pub(super) told: Told,
    pub(super) manifests: BTreeMap<DraftId, ContentDigest>,
}

impl Blocks {
    pub(super) fn new() -> Blocks {
        let nothing = IssuedDraft::issue(Draft::default(), None, &[], "");
        Blocks {
            told: Told::default(),
            process: None,
            seats: Vec::new(),
            rooms: Vec::new(),
            persons: BTreeMap::new(),
            texts: BTreeMap::new(),
            drafts: BTreeMap::new(),
            manifests: BTreeMap::new(),
            ties: Vec::new(),
            nothing: Arc::new(nothing),
        }
    }

    fn tell(&mut self, heard: &Heard, fact: Fact) {
        self.told.tell(&room_of(heard), fact);
    }

    fn process(&mut self, heard: &Heard, said: &Value) -> Taken {
        if room_of(heard) != RoomId::plenary() || self.process.is_some() {
            return void("a process is founded once, in the plenary");
        }
        let mut said = said.clone();
        if let Some(fields) = said.as_object_mut() {
            let named = || Value::String(heard.envelope.process.to_string());
            fields.entry("id").or_insert_with(named);
        }
        self.process = Some(typed(&said)?);
        self.tell(heard, Fact::Process);
        Ok(())
    }

    fn seat(&mut self, heard: &Heard, said: &Value) -> Taken {
        let seat: Seat = typed(said)?;
        let pen_holder = self
            .process
            .as_ref()
            .map(|process| process.pen_holder.as_str());
        if room_of(heard) != RoomId::plenary() || pen_holder != Some(&heard.envelope.actor.seat) {
            return void("a seat is given by the pen-holder, in the plenary");
        }
        if self.seats.iter().any(|known| known.id == seat.id) {
            return void(format!("there is a seat {} already", seat.id));
        }
        self.tell(heard, Fact::Seat(seat.id.clone()));
        self.seats.push(seat);
        Ok(())
    }

    fn room(&mut self, heard: &Heard, said: &Value) -> Taken {
        let body: RoomBody = typed(said)?;
        if heard.envelope.depth > 0 {
            return void("who sits in a room is said once, by its first act");
        }
        self.tell(heard, Fact::Members);
        self.rooms.push(Room {
            id: room_of(heard),
            members: body.members,
        });
        Ok(())
    }

    /// A person, as its own seat has it; else as it was told first.
    fn person(&mut self, heard: &Heard, said: &Value) -> Taken {
        let person: Person = typed(said)?;
        let own = room_of(heard) == RoomId::chamber(&person.seat);
        self.tell(heard, Fact::Person(person.id.clone()));
        if own {
            self.persons.insert(person.id.clone(), person);
            return Ok(());
        }
        let known = self
            .persons
            .entry(person.id.clone())
            .or_insert_with(|| person.clone());
        if known.rooms.is_none() {
            known.rooms = person.rooms.clone();
        }
        let credentials = |person: &Person| {
            (
                person.seat.clone(),
                person.level.clone(),
                person.powers.clone(),
                (person.powers_from.clone(), person.powers_until.clone()),
            )
        };
        let same = credentials(known) == credentials(&person);
        match same {
            true => Ok(()),
            false => Err((
                Why::Noted,
                format!("what it says of {} differs from another room", person.id),
            )),
        }
    }

    fn text(&mut self, heard: &Heard, said: &Value) -> Taken {
        let body: TextBody = typed(said)?;
        self.tell(heard, Fact::Text(body.id.clone()));
        let sketch = self.texts.entry(body.id.clone()).or_default();
        if let Some(required) = body.required {
            sketch.terms = Some((required, body.point_level, body.ratifications));
            self.told
                .tell(&room_of(heard), Fact::Terms(body.id.clone()));
        }
        for link in &body.linked_to {
            self.told.tell(
                &room_of(heard),
                Fact::Link(body.id.clone(), link.to_string()),
            );
        }
        add_links(&mut sketch.links, body.linked_to);
        let text = Text {
            id: body.id,
            title: body.title,
            kind: body.text_kind,
            required: false,
            parties: body.parties,
            issuer: body.issuer,
            point_level: None,
            ratifications: None,
            linked_to: Vec::new(),
        };
        match &sketch.text {
            Some(known) if *known != text => Err((
                Why::Noted,
                format!("what it says of {} differs from another room", text.id),
            )),
            Some(_) => Ok(()),
            None => {
                sketch.text = Some(text);
                Ok(())
            }
        }
    }

    fn terms(&mut self, heard: &Heard, said: &Value) -> Taken {
        let body: TermsBody = typed(said)?;
        self.tell(heard, Fact::Terms(body.text.clone()));
        let sketch = self.texts.entry(body.text).or_default();
        sketch
            .terms
            .get_or_insert((body.required, body.point_level, body.ratifications));
        Ok(())
    }

    fn link(&mut self, heard: &Heard, said: &Value) -> Taken {
        let body: LinkBody = typed(said)?;
        self.tell(
            heard,
            Fact::Link(body.text.clone(), body.linked_to.to_string()),
        );
        let sketch = self.texts.entry(body.text).or_default();
        add_links(&mut sketch.links, vec![body.linked_to]);
        Ok(())
    }

    fn draft(&mut self, heard: &Heard, said: &Value, contents: &mut Contents<'_>) -> Taken {
        let body: DraftBody = typed(said)?;
        self.tell(heard, Fact::DraftName(body.id.clone()));
        let (Some(manifest), Some(page)) = (body.manifest, body.page) else {
            let named = self.named(&body);
            self.drafts.entry(body.id).or_insert(named);
            return Ok(());
        };
        self.tell(heard, Fact::Draft(body.id.clone()));
        if let Some(known) = self.manifests.get(&body.id) {
            if *known != manifest {
                return void(format!("another draft is called {}", body.id));
            }
            self.add_file(&body);
            return Ok(());
        }
        let mut content = |what: &str, name: &ContentDigest| {
            let bytes = contents(&heard.envelope.room, name);
            bytes.ok_or((
                Why::Pending,
                format!("the {what} of {} is not here", body.id),
            ))
        };
        let here =
            content("page", &page).and_then(|page| Ok((page, content("manifest", &manifest)?)));
        let (page, manifest_bytes) = match here {
            Ok(here) => here,
            Err(missing) => {
                let named = self.named(&body);
                self.drafts.entry(body.id.clone()).or_insert(named);
                return Err(missing);
            }
        };
        let unpacked = unpack(&page, &manifest_bytes)
            .map_err(|reason| (Why::Void, format!("{}: {reason}", body.id)))?;
        let mut block = self.named(&body);
        block.on = body.on.clone();
        block.issued = Arc::new(unpacked.issued);
        self.drafts.insert(body.id.clone(), block);
        self.manifests.insert(body.id.clone(), manifest);
        self.add_file(&body);
        match unpacked.otherwise {
            0 => Ok(()),
            otherwise => Err((
                Why::Noted,
                format!(
                    "{otherwise} provisions of {} are read otherwise by this version than when it was issued; \
                     those that still have their path keep their identity",
                    body.id
                ),
            )),
        }
    }

    /// A draft without its words.
    fn named(&self, body: &DraftBody) -> DraftBlock {
        DraftBlock {
            id: body.id.clone(),
            text: body.text.clone(),
            file: String::new(),
            base: None,
            on: None,
            by: body.by.clone(),
            language: body.language.clone(),
            renders: None,
            ids: None,
            issued: Arc::clone(&self.nothing),
        }
    }

    fn add_file(&mut self, body: &DraftBody) {
        if let (Some(file), Some(block)) = (&body.file, self.drafts.get_mut(&body.id)) {
            block.file.clone_from(file);
        }
    }

    fn tie(&mut self, heard: &Heard, said: &Value, contents: &mut Contents<'_>) -> Taken {
        let body: TieBody = typed(said)?;
        let fact = match body.base {
            Some(_) => Fact::Base(body.draft.clone()),
            None => Fact::Renders(body.draft.clone()),
        };
        self.tell(heard, fact);
        let lineage = body
            .lineage
            .as_ref()
            .and_then(|name| contents(&heard.envelope.room, name));
        self.ties.push(Tie {
            heard: heard.clone(),
            body,
            lineage,
        });
        Ok(())
    }

    /// Lays the ties between drafts, and puts everything together.
    pub(super) fn finish(mut self, left_out: &mut Vec<LeftOut>) -> Result<Laid, LedgerError> {
        for tie in std::mem::take(&mut self.ties) {
            if let Err((why, reason)) = self.lay(&tie) {
                left_out.push(tie.heard.left_out(why, reason));
            }
        }
        let process = self.process.ok_or(LedgerError::NotFounded)?;
        // A process that was just founded has nobody yet but its founder.
        if !self.seats.iter().any(|seat| seat.id == process.pen_holder) {
            let founder = Seat {
                id: process.pen_holder.clone(),
                name: process.pen_holder.to_string(),
                role: Role::Mediator,
            };
            self.seats.insert(0, founder);
        }
        let texts = self.texts.into_values().filter_map(|sketch| {
            let mut text = sketch.text?;
            (text.required, text.point_level, text.ratifications) =
                sketch.terms.unwrap_or_default();
            text.linked_to = sketch.links;
            Some(text)
        });
        Ok(Laid {
            record: Record {
                process,
                seats: self.seats,
                persons: self.persons.into_values().collect(),
                rooms: self.rooms,
                texts: texts.collect(),
                drafts: self.drafts.into_values().collect(),
                acts: onetext_talks::Acts::default(),
            },
            told: self.told,
            manifests: self.manifests,
        })
    }

    fn lay(&mut self, tie: &Tie) -> Taken {
        let missing = |draft: &DraftId| Err((Why::Pending, format!("{draft} is not here")));
        let TieBody {
            draft,
            base,
            renders,
            lineage,
        } = &tie.body;
        for needed in [Some(draft), base.as_ref(), renders.as_ref()]
            .into_iter()
            .flatten()
        {
            if !self.manifests.contains_key(needed) {
                return missing(needed);
            }
        }
        let count = |draft: &DraftId| {
            self.drafts
                .get(draft)
                .map_or(0, |block| block.issued.draft.provisions().len())
        };
        let lineage_read = match (base, &tie.lineage) {
            (Some(base), Some(bytes)) => unpack_lineage(bytes, count(base), count(draft)),
            _ => None,
        };
        let unread = lineage.is_some() && lineage_read.is_none();
        if let Some(block) = self.drafts.get_mut(draft) {
            block.renders = block.renders.take().or_else(|| renders.clone());
            if let Some(base) = base {
                block.base = Some(base.clone());
                Arc::make_mut(&mut block.issued).lineage = lineage_read;
            }
        }
        match unread {
            true => Err((
                Why::Noted,
                format!("what became of each provision from its base to {draft} cannot be read"),
            )),
            false => Ok(()),
        }
    }
}

fn room_of(heard: &Heard) -> RoomId {
    heard.envelope.room.as_str().into()
}

/// Adds links that are not there; the issuer's own order comes first.
fn add_links(links: &mut Vec<PointRef>, more: Vec<PointRef>) {
    for link in more {
        if !links.contains(&link) {
            links.push(link);
        }
    }
}
