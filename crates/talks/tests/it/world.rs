//! Whole processes by chance: seats, persons, rooms, texts, drafts and acts of every folded kind.
//!
//! An act names only what its room may know, as those that are not refused do; everything else is left to chance.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub(crate) use onetext_talks::testing::names;
use onetext_talks::*;
use onetext_text::{Brackets, Draft, IssuedDraft};
use proptest::prelude::*;

use crate::chance::Chance;
use crate::papers::{ALL, Paper};

/// The seeds of a world. Shrinking leaves out drafts and acts.
#[derive(Clone)]
pub(crate) struct World {
    pub(crate) record: Record,
    /// For what else a test wants to choose.
    pub(crate) seed: u64,
}

impl std::fmt::Debug for World {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let record = &self.record;
        writeln!(f, "seed {}, {:?}", self.seed, record.process)?;
        for seat in &record.seats {
            writeln!(f, "  seat {} {:?}", seat.id, seat.role)?;
        }
        for person in &record.persons {
            writeln!(f, "  {person:?}")?;
        }
        for room in &record.rooms {
            writeln!(f, "  room {} {:?}", room.id, room.members)?;
        }
        for text in &record.texts {
            writeln!(f, "  {text:?}")?;
        }
        for draft in &record.drafts {
            let name =
                |at: &usize| draft.issued.manifest.entries[*at].id.to_string()[..6].to_owned();
            let ids: Vec<String> = (0..draft.issued.manifest.entries.len())
                .map(|at| name(&at))
                .collect();
            writeln!(
                f,
                "  draft {} of {} by {} on {:?} base {:?} renders {:?} ids {ids:?} predecessors {:?}\n{}",
                draft.id,
                draft.text,
                draft.by,
                draft.on,
                draft.base,
                draft.renders,
                draft
                    .issued
                    .lineage
                    .as_ref()
                    .map(|lineage| &lineage.predecessors),
                draft.issued.draft.source()
            )?;
        }
        for act in &record.acts {
            let deed = match &act.deed {
                Deed::Acknowledge(deed) => format!(
                    "{:?} {:?} {:?} copy {}",
                    deed.draft,
                    deed.text,
                    deed.channel,
                    deed.copy.as_ref().map_or("", |copy| copy.0.draft.source())
                ),
                deed => format!("{deed:?}"),
            };
            writeln!(
                f,
                "  {} in {} {:?} by {}/{:?} recorded by {} on {}: {deed}",
                act.id, act.room, act.standing, act.seat, act.person, act.recorder, act.on
            )?;
        }
        Ok(())
    }
}

/// What a world may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Scope {
    pub(crate) copies: bool,
    /// Conditions that can be met, and packages.
    pub(crate) ties: bool,
    pub(crate) acts: usize,
}

/// Worlds with everything in them.
pub(crate) fn worlds() -> impl Strategy<Value = World> {
    some_worlds(Scope {
        copies: true,
        ties: true,
        acts: 60,
    })
}

pub(crate) fn some_worlds(scope: Scope) -> impl Strategy<Value = World> {
    let seed = || any::<u64>().no_shrink();
    let drafts = proptest::collection::vec(seed(), 1..7);
    let acts = proptest::collection::vec(seed(), 0..scope.acts);
    (seed(), drafts, acts)
        .prop_map(move |(seed, drafts, acts)| Builder::new(seed, scope).build(&drafts, &acts))
}

/// 64 worlds a test, the same every time; `PROPTEST_CASES` and `PROPTEST_RNG_SEED` hunt further.
pub(crate) fn config() -> ProptestConfig {
    let mut config = ProptestConfig::default();
    if config.cases == 256 {
        config.cases = 64;
    }
    if config.rng_seed == proptest::test_runner::RngSeed::Random {
        config.rng_seed = proptest::test_runner::RngSeed::Fixed(20_251_126);
    }
    config.failure_persistence = None;
    config.max_shrink_iters = 400;
    config
}

pub(crate) fn seat(id: &str) -> SeatId {
    id.into()
}

pub(crate) fn when(text: &str) -> When {
    When::parse(text).unwrap()
}

const LEVELS: [&str; 3] = ["expert", "minister", "leader"];

struct Builder {
    chance: Chance,
    seed: u64,
    scope: Scope,
    record: Record,
    members: BTreeMap<RoomId, BTreeSet<SeatId>>,
    papers: BTreeMap<DraftId, Paper>,
    tenets: Vec<(TenetId, RoomId)>,
    claims: Vec<(ClaimId, RoomId)>,
}

impl Builder {
    fn new(seed: u64, scope: Scope) -> Builder {
        let mut chance = Chance::new(seed);
        let parties = 2 + chance.below(2);
        let mut seats = vec![("m", Role::Mediator)];
        seats.extend(
            [("a", Role::Party), ("b", Role::Party), ("c", Role::Party)]
                .into_iter()
                .take(parties),
        );
        if chance.one_in(2) {
            seats.push(("o", Role::Observer));
        }
        let seats: Vec<Seat> = seats
            .into_iter()
            .map(|(id, role)| Seat {
                id: id.into(),
                name: format!("Seat {id}"),
                role,
            })
            .collect();
        let process = Process {
            id: "p".into(),
            title: "Process".into(),
            pen_holder: "m".into(),
            language: None,
            disclosure: Disclosure::Open,
            levels: LEVELS.iter().map(|level| (*level).to_owned()).collect(),
            final_level: chance
                .pick(&["leader", "leader", "minister", "expert"])
                .to_owned(),
            final_stage: chance.pick(&[
                None,
                None,
                Some("process.open.max <= 2".to_owned()),
                Some("text[\"side\"].open.max < 3 && process.open.min == 0".to_owned()),
                Some("text[\"secret\"].latest == null".to_owned()),
            ]),
            few: 2,
            conduct: vec![Conduct::NoPress, Conduct::NoLeaks],
        };
        let record = Record {
            process,
            seats,
            persons: Vec::new(),
            rooms: Vec::new(),
            texts: Vec::new(),
            drafts: Vec::new(),
            acts: Acts::default(),
        };
        Builder {
            chance,
            seed,
            scope,
            record,
            members: BTreeMap::new(),
            papers: BTreeMap::new(),
            tenets: Vec::new(),
            claims: Vec::new(),
        }
    }

    fn build(mut self, drafts: &[u64], acts: &[u64]) -> World {
        self.rooms();
        self.persons();
        self.texts();
        for (number, seed) in drafts.iter().enumerate() {
            self.chance = Chance::new(*seed);
            self.draft(number);
        }
        for (number, seed) in acts.iter().enumerate() {
            self.chance = Chance::new(*seed);
            self.act(number);
        }
        World {
            record: self.record,
            seed: self.seed,
        }
    }

    fn rooms(&mut self) {
        let others: Vec<SeatId> = self
            .record
            .seats
            .iter()
            .skip(1)
            .map(|seat| seat.id.clone())
            .collect();
        let mut rooms: Vec<(String, Vec<SeatId>)> = Vec::new();
        for other in &others {
            rooms.push((format!("m-{other}"), vec!["m".into(), other.clone()]));
        }
        rooms.push(("a-b".into(), vec!["a".into(), "b".into()]));
        rooms.push(("m-a-b".into(), vec!["m".into(), "a".into(), "b".into()]));
        rooms.push(("inner-a".into(), vec!["a".into()]));
        rooms.push(("inner-m".into(), vec!["m".into()]));
        for (id, members) in rooms {
            if !self.chance.one_in(4) {
                self.record.rooms.push(Room {
                    id: id.as_str().into(),
                    members,
                });
            }
        }
        self.members = self.record.all_rooms();
    }

    fn persons(&mut self) {
        for seat in self.record.seats.clone() {
            for (word, level, powers) in [
                (
                    "head",
                    Some("leader"),
                    vec![Power::Negotiate, Power::Accept, Power::Sign],
                ),
                (
                    "second",
                    Some("minister"),
                    vec![Power::Negotiate, Power::AcceptAdRef, Power::Accept],
                ),
                (
                    "aide",
                    Some("expert"),
                    vec![Power::Negotiate, Power::AcceptAdRef],
                ),
                ("clerk", None, vec![]),
            ] {
                if self.chance.one_in(4) {
                    continue;
                }
                self.record.persons.push(Person {
                    id: format!("{word}-{}", seat.id).into(),
                    name: format!("The {word} of {}", seat.id),
                    seat: seat.id.clone(),
                    level: level.map(str::to_owned),
                    powers,
                    rooms: None,
                    powers_from: None,
                    powers_until: None,
                });
            }
        }
    }

    fn texts(&mut self) {
        let parties = self.record.parties();
        let text = |id: &str, kind, parties: &[SeatId], issuer: &str| Text {
            id: id.into(),
            title: format!("Text {id} with assurances"),
            kind,
            required: id == "side",
            parties: parties.to_vec(),
            issuer: issuer.into(),
            point_level: None,
            linked_to: Vec::new(),
            ratifications: None,
        };
        self.record
            .texts
            .push(text("main", TextKind::Main, &parties, "m"));
        if self.chance.one_in(2) {
            let mut side = text("side", TextKind::Side, &["a".into(), "b".into()], "m");
            side.linked_to = vec![PointRef {
                draft: "v2".into(),
                path: "1".into(),
            }];
            self.record.texts.push(side);
        }
        if self.chance.one_in(2) {
            self.record
                .texts
                .push(text("counter", TextKind::Input, &parties, "a"));
        }
        if self.chance.one_in(3) {
            let with_mediator = ["m".into(), "a".into()];
            self.record
                .texts
                .push(text("secret", TextKind::Main, &with_mediator, "m"));
        }
    }

    /// One more draft: of a text's last draft mostly, sometimes of an earlier one or of none.
    fn draft(&mut self, number: usize) {
        let main = self.chance.below(3) > 0;
        let text = if main {
            self.record.texts[0].clone()
        } else {
            self.chance.pick(&self.record.texts.clone())
        };
        let earlier: Vec<DraftBlock> = self
            .record
            .drafts
            .iter()
            .filter(|draft| draft.text == text.id)
            .cloned()
            .collect();
        let base = match self.chance.below(8) {
            0 => None,
            1 => self.chance.any(&earlier),
            _ => earlier.last().cloned(),
        };
        let mut paper = match &base {
            Some(base) => self.papers[&base.id].clone(),
            None => Paper::new(&mut self.chance),
        };
        if base.is_some() {
            paper.redraft(&mut self.chance, ALL);
        }
        let renders =
            (base.is_some() && self.chance.one_in(12)).then(|| base.as_ref().unwrap().id.clone());
        let on = match self.chance.below(6) {
            0 => None,
            1 => Some(day(number.saturating_sub(1) * 12)),
            _ => Some(day(number * 12)),
        };
        // Names that sort before and after one another, whatever the order of issue.
        let id: DraftId = match number {
            1 => "v2".into(),
            _ => format!(
                "{}{}",
                self.chance.pick(&["d", "v", "w"]),
                number + if number > 1 { 1 } else { 0 }
            )
            .into(),
        };
        let read = Draft::read(&paper.print()).unwrap();
        let issued = IssuedDraft::issue(
            read,
            base.as_ref().map(|base| &*base.issued),
            &[],
            &format!("p/{}/{id}", text.id),
        );
        self.papers.insert(id.clone(), paper);
        self.record.drafts.push(DraftBlock {
            file: format!("{id}.md"),
            text: text.id,
            base: base.map(|base| base.id),
            on,
            by: text.issuer,
            language: None,
            renders,
            ids: None,
            issued: Arc::new(issued),
            id,
        });
    }

    /// Whether all of a room sit in another.
    fn within(&self, narrow: &RoomId, wide: &RoomId) -> bool {
        self.members[narrow].is_subset(&self.members[wide])
    }

    /// The drafts whose names are known in a room.
    fn known_drafts(&self, room: &RoomId) -> Vec<DraftBlock> {
        let known = |draft: &&DraftBlock| {
            let named = self.record.acts.iter().any(|act| {
                self.within(room, &act.room)
                    && (matches!(&act.deed, Deed::Deliver(deed) if deed.draft == draft.id)
                        || act.seat == draft.by
                            && act.mentions().contains(&Mention::Draft(draft.id.as_str())))
            });
            named || self.within(room, &RoomId::chamber(&draft.by))
        };
        self.record.drafts.iter().filter(known).cloned().collect()
    }

    fn known_texts(&self, room: &RoomId) -> Vec<TextId> {
        let drafts = self.known_drafts(room);
        let known = |text: &&Text| {
            let named = self.record.acts.iter().any(|act| {
                self.within(room, &act.room)
                    && act.seat == text.issuer
                    && (act.mentions().contains(&Mention::Text(text.id.as_str()))
                        || act.about.iter().any(|name| text.id.as_str() == name))
            });
            named
                || self.within(room, &RoomId::chamber(&text.issuer))
                || drafts.iter().any(|draft| draft.text == text.id)
        };
        self.record
            .texts
            .iter()
            .filter(known)
            .map(|text| text.id.clone())
            .collect()
    }

    /// Acts that one recorded in a room may name.
    fn known_acts(&self, room: &RoomId, test: impl Fn(&Act) -> bool) -> Vec<Act> {
        let known = |act: &&Act| self.within(room, &act.room) && test(act);
        self.record.acts.iter().filter(known).cloned().collect()
    }

    fn act(&mut self, number: usize) {
        let rooms: Vec<RoomId> = self.members.keys().cloned().collect();
        let room = self.chance.pick(&rooms);
        let sitting: Vec<SeatId> = self.members[&room].iter().cloned().collect();
        let mut seat = self.chance.pick(&sitting);
        let deed = match self.chance.below(40) {
            0..6 => self.deliver(&room, &mut seat),
            6..8 => self.acknowledge(&room, number),
            8..22 => self.stance(&room, &seat),
            22..25 => self.answer(&room, &mut seat),
            25..27 => self.dispose(&room),
            27..30 => self.confirm(&room, &mut seat),
            30 => self.bracket(&room),
            31 => self.reply(&room),
            32 => self.gate(&room, &mut seat),
            33..35 => self.session(&room),
            35 => self.mission(),
            36..38 => self.understanding(&room, number),
            38 => self.statement(&room, number),
            39 if self.scope.ties => self.package(&room),
            _ => Some(self.small(&room)),
        };
        if let Some(deed) = deed {
            let act = self.header(number, room, seat, deed);
            self.record.acts.push(act);
        }
    }

    fn header(&mut self, number: usize, room: RoomId, seat: SeatId, deed: Deed) -> Act {
        let persons: Vec<PersonId> = self
            .record
            .persons
            .iter()
            .filter(|person| person.seat == seat)
            .map(|person| person.id.clone())
            .collect();
        let sitting: Vec<SeatId> = self.members[&room].iter().cloned().collect();
        let recorder = if self.chance.one_in(3) {
            self.chance.pick(&sitting)
        } else {
            seat.clone()
        };
        let about = if self.chance.one_in(10) {
            self.known_texts(&room)
                .first()
                .map(|text| text.to_string())
                .into_iter()
                .collect()
        } else {
            Vec::new()
        };
        Act {
            id: format!("{}{number}", self.chance.pick(&["e", "k", "q", "z"])).into(),
            standing: (self
                .record
                .acts
                .iter()
                .filter(|act| act.room == room)
                .count() as u64)
                .into(),
            person: if self.chance.one_in(3) {
                None
            } else {
                self.chance.any(&persons)
            },
            recorder,
            on: self.time(number),
            seldom: ActSeldom {
                about,
                ..ActSeldom::default()
            }
            .into(),
            room,
            seat,
            deed,
        }
    }

    /// Days mostly, moments, months and spans; more or less in the order of recording.
    fn time(&mut self, number: usize) -> When {
        let at = number + self.chance.below(12);
        match self.chance.below(8) {
            0 => when(&format!("2025-{:02}", 1 + at / 30)),
            1 => when(&format!("{}/{}", day(at), day(at + self.chance.below(20)))),
            2 => when(&format!("{}T{:02}:30Z", day(at), self.chance.below(24))),
            _ => day(at),
        }
    }

    fn deliver(&mut self, room: &RoomId, seat: &mut SeatId) -> Option<Deed> {
        let by = |draft: &&DraftBlock| self.members[room].contains(&draft.by);
        let drafts: Vec<DraftBlock> = self.record.drafts.iter().filter(by).cloned().collect();
        let draft = self.chance.any(&drafts)?;
        *seat = draft.by;
        Some(Deed::Deliver(Deliver {
            draft: draft.id,
            to: Vec::new(),
            channel: self.chance.pick(&[
                Channel::Official,
                Channel::Official,
                Channel::Unofficial,
                Channel::Press,
            ]),
            place: None,
        }))
    }

    fn acknowledge(&mut self, room: &RoomId, number: usize) -> Option<Deed> {
        let mut deed = Acknowledge {
            draft: None,
            file: None,
            text: None,
            channel: Some(Channel::Unofficial),
            copy: None,
        };
        if !self.scope.copies || self.chance.one_in(2) {
            deed.draft = Some(self.chance.any(&self.known_drafts(room))?.id);
            return Some(Deed::Acknowledge(Box::new(deed)));
        }
        let text = self.chance.any(&self.known_texts(room))?;
        let drafts: Vec<&DraftBlock> = self
            .record
            .drafts
            .iter()
            .filter(|draft| draft.text == text)
            .collect();
        let mut paper = self.papers[&self.chance.any(&drafts)?.id].clone();
        if self.chance.one_in(3) {
            paper.redraft(&mut self.chance, ALL);
        }
        let known: BTreeSet<DraftId> = self
            .known_drafts(room)
            .into_iter()
            .map(|draft| draft.id)
            .collect();
        let name: DraftId = self.chance.pick(&["v2", "v3", "mine", "d0"]).into();
        deed.draft = (!known.contains(&name)).then_some(name);
        deed.text = Some(text);
        let stream = format!("{room}/copy{number}");
        let copy = IssuedDraft::issue(Draft::read(&paper.print()).unwrap(), None, &[], &stream);
        deed.copy = Some(OwnCopy(Arc::new(copy)));
        Some(Deed::Acknowledge(Box::new(deed)))
    }

    fn stance(&mut self, room: &RoomId, seat: &SeatId) -> Option<Deed> {
        let kinds = [
            StanceKind::Accept,
            StanceKind::Accept,
            StanceKind::Accept,
            StanceKind::Accept,
            StanceKind::AcceptAdRef,
            StanceKind::Endorse,
            StanceKind::Object,
            StanceKind::Object,
            StanceKind::Reserve,
            StanceKind::Propose,
            StanceKind::Withhold,
        ];
        let mut stance = Stance {
            kind: self.chance.pick(&[
                None,
                Some(StanceType::Language),
                Some(StanceType::Time),
                Some(StanceType::Level),
                Some(StanceType::Substance),
            ]),
            red_line: self.chance.one_in(8),
            ..Stance::of(self.chance.pick(&kinds))
        };
        if self.chance.one_in(8) {
            stance.text = Some(self.chance.any(&self.known_texts(room))?);
            stance.stance = self.chance.pick(&[
                StanceKind::Endorse,
                StanceKind::Object,
                StanceKind::Withhold,
            ]);
            return Some(Deed::Stance(stance));
        }
        let (draft, issued) = self.sheet(room, seat)?;
        stance.draft = Some(draft);
        let paths: Vec<String> = issued
            .draft
            .provisions()
            .iter()
            .map(|provision| provision.path.clone())
            .collect();
        let mut chosen: Vec<String> = (0..1 + self.chance.below(3))
            .filter_map(|_| self.chance.any(&paths))
            .collect();
        if self.chance.one_in(10)
            && let Some(first) = chosen.first_mut()
            && !first.contains('.')
        {
            first.push_str(".chapeau");
        }
        stance.points = Some(if self.chance.one_in(4) {
            Points::Whole
        } else {
            Points::Paths(chosen.into())
        });
        if stance.stance == StanceKind::Propose {
            self.proposal(&mut stance, &paths);
        } else if self.chance.one_in(2) {
            self.reading(&mut stance, &issued);
        }
        if matches!(stance.stance, StanceKind::Accept | StanceKind::AcceptAdRef)
            && self.chance.one_in(12)
        {
            stance.condition = Some(Condition {
                points: Vec::new(),
                texts: Vec::new(),
                words: Some("if".into()),
            });
        }
        if self.scope.ties && matches!(stance.stance, StanceKind::Accept | StanceKind::AcceptAdRef)
        {
            self.tie(room, &mut stance, &paths);
        }
        Some(Deed::Stance(stance))
    }

    /// Hangs an acceptance on points, on a text or on a package.
    fn tie(&mut self, room: &RoomId, stance: &mut Stance, paths: &[String]) {
        match self.chance.below(5) {
            0 => {
                let texts = self.known_texts(room);
                stance.condition = Some(Condition {
                    points: self.chance.any(paths).into_iter().collect(),
                    texts: if self.chance.one_in(4) {
                        texts
                    } else {
                        Vec::new()
                    },
                    words: None,
                });
            }
            1 => {
                let packages = self.known_acts(room, |act| matches!(act.deed, Deed::Package(_)));
                stance.package = self.chance.any(&packages).map(|act| act.id);
            }
            _ => {}
        }
    }

    fn package(&mut self, room: &RoomId) -> Option<Deed> {
        let draft = self.chance.any(&self.known_drafts(room))?;
        let provisions = draft.issued.draft.provisions().iter();
        let paths: Vec<String> = provisions.map(|provision| provision.path.clone()).collect();
        let points: Vec<String> = (0..2).filter_map(|_| self.chance.any(&paths)).collect();
        Some(Deed::Package(Package {
            draft: draft.id,
            points: Points::Paths(points.into()),
        }))
    }

    /// A draft whose name is known in a room, or a copy that the seat brought.
    fn sheet(&mut self, room: &RoomId, seat: &SeatId) -> Option<(DraftId, Arc<IssuedDraft>)> {
        let drafts = self.known_drafts(room);
        let copies: Vec<(DraftId, Arc<IssuedDraft>)> = self
            .known_acts(room, |act| act.seat == *seat)
            .iter()
            .filter_map(|act| match &act.deed {
                Deed::Acknowledge(deed) => {
                    Some((deed.draft.clone()?, Arc::clone(&deed.copy.as_ref()?.0)))
                }
                _ => None,
            })
            .filter(|(name, _)| drafts.iter().all(|draft| draft.id != *name))
            .collect();
        if !copies.is_empty() && self.chance.one_in(2) {
            return self.chance.any(&copies);
        }
        self.chance
            .any(&drafts)
            .map(|draft| (draft.id, draft.issued))
    }

    fn proposal(&mut self, stance: &mut Stance, paths: &[String]) {
        stance.wording = Some(String::new());
        match self.chance.below(4) {
            0 => {
                stance.points = None;
                stance.after = Some(self.chance.any(paths).unwrap_or_default());
                stance.wording = Some("Words that were not there".into());
            }
            1 => {
                stance.wording = None;
                stance.move_after = self.chance.any(paths);
            }
            2 => stance.wording = Some("Other words altogether".into()),
            _ => {}
        }
    }

    /// A position on a reading, where the provision has brackets.
    fn reading(&mut self, stance: &mut Stance, issued: &IssuedDraft) {
        let bracketed: Vec<&onetext_text::Provision> = issued
            .draft
            .provisions()
            .iter()
            .filter(|provision| Brackets::parse(&provision.wording).open_pairs() > 0)
            .collect();
        if let Some(provision) = self.chance.any(&bracketed) {
            stance.points = Some(Points::Paths([provision.path.clone()].into()));
            stance.reading = vec![1 + self.chance.below(2)];
        }
    }

    /// A withdrawal of what the same seat did.
    fn answer(&mut self, room: &RoomId, seat: &mut SeatId) -> Option<Deed> {
        let acts = self.known_acts(room, |act| self.members[room].contains(&act.seat));
        let of = self.chance.any(&acts)?;
        *seat = of.seat;
        if self.chance.one_in(8) {
            return Some(Deed::Release(Release {
                of: of.id,
                class: ReleaseClass::Pass,
                to: Vec::new(),
            }));
        }
        Some(Deed::Withdraw(Of { of: of.id }))
    }

    fn dispose(&mut self, room: &RoomId) -> Option<Deed> {
        let acts = self.known_acts(room, |act| matches!(act.deed, Deed::Stance(_)));
        Some(Deed::Dispose(Dispose {
            of: self.chance.any(&acts)?.id,
            outcome: self.chance.pick(&[
                Outcome::Taken,
                Outcome::Taken,
                Outcome::NotTaken,
                Outcome::Partly,
                Outcome::Deferred,
            ]),
            draft: None,
            reason: None,
        }))
    }

    /// Confirms or denies an act, the actor's own seat more often than not, or a claim.
    fn confirm(&mut self, room: &RoomId, seat: &mut SeatId) -> Option<Deed> {
        let claims: Vec<ClaimId> = self
            .claims
            .iter()
            .filter(|(_, of)| self.within(room, of))
            .map(|(claim, _)| claim.clone())
            .collect();
        let of = if self.chance.one_in(5) && !claims.is_empty() {
            self.chance.pick(&claims).to_string()
        } else {
            let acts = self.known_acts(room, |act| self.members[room].contains(&act.seat));
            let act = self.chance.any(&acts)?;
            if !self.chance.one_in(3) {
                *seat = act.seat;
            }
            act.id.to_string()
        };
        let as_what = self.chance.pick(&[
            None,
            Some("read-back".to_owned()),
            Some("discussed".to_owned()),
        ]);
        let deed = Confirm { of, as_what };
        Some(if self.chance.one_in(3) {
            Deed::Deny(deed)
        } else {
            Deed::Confirm(deed)
        })
    }

    fn bracket(&mut self, room: &RoomId) -> Option<Deed> {
        let draft = self.chance.any(&self.known_drafts(room))?;
        let paths: Vec<String> = draft
            .issued
            .draft
            .provisions()
            .iter()
            .map(|provision| provision.path.clone())
            .collect();
        Some(Deed::Bracket(Box::new(BracketDeed {
            draft: draft.id,
            points: Points::Paths([self.chance.any(&paths)?].into()),
            reason: self.chance.pick(&[
                BracketReason::Language,
                BracketReason::Substance,
                BracketReason::Waiting,
                BracketReason::Traded,
            ]),
            level: self.chance.pick(&[
                None,
                Some("minister".to_owned()),
                Some("leader".to_owned()),
            ]),
            requested_by: vec!["a".into()],
        })))
    }

    fn reply(&mut self, room: &RoomId) -> Option<Deed> {
        if self.chance.one_in(2) {
            let text = self.chance.any(&self.known_texts(room))?;
            let draft = self
                .chance
                .any(&self.known_drafts(room))
                .filter(|_| self.chance.one_in(3));
            return Some(Deed::ReplyDue(Box::new(ReplyDue {
                from: self.chance.pick(&["a".into(), "b".into()]),
                text: draft.is_none().then_some(text),
                draft: draft.map(|draft| draft.id),
                due: self.chance.pick(&[None, None, Some(day(50))]),
            })));
        }
        let draft = self.chance.any(&self.known_drafts(room))?.id;
        Some(Deed::Reply(Reply {
            draft,
            formal: !self.chance.one_in(3),
        }))
    }

    fn gate(&mut self, room: &RoomId, seat: &mut SeatId) -> Option<Deed> {
        let gates = self.known_acts(room, |act| {
            matches!(act.deed, Deed::Gate(_)) && self.members[room].contains(&act.seat)
        });
        if self.chance.one_in(4)
            && let Some(gate) = self.chance.any(&gates)
        {
            *seat = gate.seat;
            return Some(Deed::Override(Override {
                gate: gate.id,
                reason: "time".into(),
            }));
        }
        let rules = RULES.map(str::to_owned);
        Some(Deed::Gate(Box::new(Gate {
            event: "summit".into(),
            participants: vec!["a".into(), "b".into(), "head-m".into()],
            rule: Some(self.chance.pick(&rules)),
            rules: if self.chance.one_in(3) {
                vec![self.chance.pick(&rules)]
            } else {
                Vec::new()
            },
            words: None,
        })))
    }

    fn session(&mut self, room: &RoomId) -> Option<Deed> {
        let sessions = self.known_acts(room, |act| matches!(act.deed, Deed::Session(_)));
        let gates = self.known_acts(room, |act| matches!(act.deed, Deed::Gate(_)));
        let states = [
            SessionState::Proposed,
            SessionState::Discussed,
            SessionState::Confirmed,
            SessionState::Held,
            SessionState::Cancelled,
        ];
        let names = ["a", "b", "m", "aide-m", "head-a", "head-b"].map(str::to_owned);
        let known = |name: &String| {
            name.len() == 1
                || self
                    .record
                    .persons
                    .iter()
                    .any(|person| person.id.as_str() == name)
        };
        let names: Vec<String> = names.into_iter().filter(known).collect();
        Some(Deed::Session(Box::new(Session {
            format: Format::Bilateral,
            participants: (0..2).map(|_| self.chance.pick(&names)).collect(),
            place: None,
            when: self.chance.pick(&[None, Some(day(30))]),
            state: self.chance.pick(&states),
            drafts: Vec::new(),
            follow_up_of: None,
            mission: None,
            gate: self
                .chance
                .any(&gates)
                .filter(|_| self.chance.one_in(2))
                .map(|act| act.id),
            of: self
                .chance
                .any(&sessions)
                .filter(|_| self.chance.one_in(2))
                .map(|act| act.id),
        })))
    }

    fn mission(&mut self) -> Option<Deed> {
        let envoys: Vec<PersonId> = self
            .record
            .persons
            .iter()
            .filter(|person| person.seat.as_str() == "m")
            .map(|person| person.id.clone())
            .collect();
        Some(Deed::Mission(Box::new(Mission {
            envoy: self.chance.any(&envoys)?,
            counterpart: self.chance.pick(&["a", "b"]).to_owned(),
            base: None,
            place: None,
            instructions: None,
            state: Some(
                self.chance
                    .pick(&[MissionState::Ordered, MissionState::Held]),
            ),
            of: None,
        })))
    }

    fn understanding(&mut self, room: &RoomId, number: usize) -> Option<Deed> {
        let tenets: Vec<TenetId> = self
            .tenets
            .iter()
            .filter(|(_, of)| self.within(room, of))
            .map(|(tenet, _)| tenet.clone())
            .collect();
        let drafts = self.known_drafts(room);
        if !tenets.is_empty() && !drafts.is_empty() && !self.chance.one_in(3) {
            let draft = self.chance.pick(&drafts);
            let paths: Vec<String> = draft
                .issued
                .draft
                .provisions()
                .iter()
                .map(|provision| provision.path.clone())
                .collect();
            return Some(Deed::Assess(Box::new(Assess {
                tenet: self.chance.pick(&tenets),
                draft: draft.id,
                points: self
                    .chance
                    .any(&paths)
                    .map(|path| Points::Paths([path].into())),
                grade: self.chance.pick(&[Grade::Letter, Grade::Spirit]),
                verdict: self.chance.pick(&[Assessed::Met, Assessed::NotMet]),
            })));
        }
        let tenet: TenetId = format!("t{number}").into();
        self.tenets.push((tenet.clone(), room.clone()));
        Some(Deed::Understanding(Box::new(Understanding {
            between: self.members[room].iter().cloned().collect(),
            place: None,
            form: None,
            tenets: vec![Tenet {
                id: tenet,
                words: "words".into(),
            }],
            condition_for: self.chance.pick(&[vec![], vec!["a".into()]]),
        })))
    }

    fn statement(&mut self, room: &RoomId, number: usize) -> Option<Deed> {
        let claim: ClaimId = format!("claim{number}").into();
        self.claims.push((claim.clone(), room.clone()));
        let (what, value) = self.chance.pick(&[
            (ClaimKind::OpenPoints, Some("few")),
            (ClaimKind::OpenPoints, Some("3")),
            (ClaimKind::Phase, Some("final")),
            (ClaimKind::CommonUnderstanding, None),
            (ClaimKind::Deadline, Some("none")),
            (ClaimKind::Received, None),
            (ClaimKind::Accepted, None),
        ]);
        Some(Deed::Statement(Box::new(Statement {
            speaker: None,
            medium: None,
            place: None,
            attribution: None,
            words: "We are nearly there".into(),
            verbatim: false,
            claims: vec![Claim {
                id: claim,
                what,
                value: value.map(str::to_owned),
                between: vec!["a".into(), "b".into()],
                draft: self
                    .chance
                    .any(&self.known_drafts(room))
                    .map(|draft| draft.id),
            }],
        })))
    }

    /// Acts of other kinds, which name little.
    fn small(&mut self, room: &RoomId) -> Deed {
        let words = Words {
            words: "It rains".into(),
        };
        match self.chance.below(5) {
            0 => Deed::Question(words),
            1 => Deed::Challenge(Challenge {
                of: "a".into(),
                words: "by what right".into(),
            }),
            2 => match self.chance.any(&self.known_drafts(room)) {
                Some(draft) => Deed::Track(Track {
                    draft: draft.id,
                    points: Points::Whole,
                    to: "later".into(),
                }),
                None => Deed::Note(words),
            },
            _ => Deed::Note(words),
        }
    }
}

const RULES: [&str; 10] = [
    "process.stage in ['final', 'final-stage']",
    "process.open.max <= 3",
    "text[\"main\"].disputed == 0 && text[\"main\"].brackets < 3",
    "text[\"secret\"].open.max == null",
    "seat[\"a\"].seen[\"v2\"] && seat[\"b\"].replied",
    "seat[\"a\"].seen[\"nothing\"] == null",
    "point[\"v2#1\"].status == 'agreed'",
    "process.ready_to_close || now > timestamp('2025-02-01')",
    "['v2', 'd0'].all(x, seat[\"b\"].seen[x])",
    "text[\"side\"].stage != 'final'",
];

/// The day with this number.
pub(crate) fn day(number: usize) -> When {
    let (month, day) = (1 + number / 28, 1 + number % 28);
    when(&format!("2025-{:02}-{day:02}", month.min(12)))
}

/// A viewer by chance: a seat of the process, and sometimes some of its rooms alone.
pub(crate) fn viewer(record: &Record, chance: &mut Chance) -> Viewer {
    let seat = chance.pick(&record.seats).id;
    let own = record
        .all_rooms()
        .into_iter()
        .filter(|(_, members)| members.contains(&seat));
    let rooms = own
        .map(|(room, _)| room)
        .filter(|_| !chance.one_in(3))
        .collect();
    let rooms = if chance.one_in(3) { Some(rooms) } else { None };
    Viewer { seat, rooms }
}

/// Everything that a viewer can be told: the state of play, and the answer to each question.
pub(crate) fn told(
    record: &Record,
    viewer: &Viewer,
    cut: &Cut,
    names: &[String],
) -> Vec<(String, String)> {
    let board = Board::of(record, viewer, cut).unwrap();
    answers(&board, names)
}

pub(crate) fn answers(board: &Board, names: &[String]) -> Vec<(String, String)> {
    let mut told = vec![(
        "status".to_owned(),
        serde_json::to_string_pretty(&board.status()).unwrap(),
    )];
    for name in names {
        let answer = match board.why(name) {
            Ok(explanation) => serde_json::to_string(&explanation).unwrap(),
            Err(error) => format!("{error:?}"),
        };
        told.push((name.clone(), answer));
    }
    told
}

/// Asserts that two viewers are told the same, and shows the first lines that differ.
#[track_caller]
pub(crate) fn assert_told_the_same(one: &[(String, String)], other: &[(String, String)]) {
    for ((question, answer), (_, other)) in one.iter().zip(other) {
        if answer != other {
            let differing = answer
                .lines()
                .zip(other.lines())
                .filter(|(line, other)| line != other)
                .take(6);
            let differing: Vec<String> = differing
                .map(|(line, other)| format!("- {line}\n+ {other}"))
                .collect();
            panic!(
                "{question} is told differently:\n{}\n({} against {} lines)",
                differing.join("\n"),
                answer.lines().count(),
                other.lines().count()
            );
        }
    }
}
