//! The state of play by the letter of `design.md` and `dossier.md`, slowly and plainly, for comparison with the fold.
//!
//! It reads the record's acts one by one and knows nothing of tables, shelves or merges. It leaves out own copies and
//! endorsements of a text without a draft.

use std::collections::{BTreeMap, BTreeSet};

use onetext_talks::*;
use onetext_text::{Brackets, Digest};

/// What a seat holds on a provision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Held {
    pub(crate) stance: CellStance,
    pub(crate) acts: BTreeSet<ActId>,
}

pub(crate) struct Model<'a> {
    record: &'a Record,
    viewer: &'a Viewer,
    rooms: BTreeMap<RoomId, BTreeSet<SeatId>>,
    acts: Vec<&'a Act>,
    drafts: Vec<&'a DraftBlock>,
}

/// A position as it reaches one provision of the latest draft.
#[derive(Clone, Copy)]
struct Reaching<'a> {
    act: &'a Act,
    stance: &'a Stance,
    /// Its draft and the provision there; none for a position on the text alone.
    taken: Option<(&'a DraftBlock, usize)>,
    /// 0: it names the provision; 1: its parent; and so on; 100: the whole draft; 101: the text.
    width: usize,
}

impl<'a> Model<'a> {
    pub(crate) fn new(record: &'a Record, viewer: &'a Viewer, text: &TextId) -> Model<'a> {
        let rooms = record.rooms_of(viewer).unwrap();
        let mut acts: Vec<&Act> = record
            .acts
            .iter()
            .filter(|act| rooms.contains_key(&act.room))
            .collect();
        acts.sort_by_key(|act| (act.on.clone(), act.id.clone()));
        let delivered = |draft: &DraftBlock| acts.iter().any(|act| delivers(act, draft));
        let given = |draft: &&DraftBlock| {
            draft.text == *text
                && (rooms.contains_key(&RoomId::chamber(&draft.by)) || delivered(draft))
        };
        let drafts = record.drafts.iter().filter(given).collect();
        Model {
            record,
            viewer,
            rooms,
            acts,
            drafts,
        }
    }

    fn is_pen_holder(&self) -> bool {
        self.viewer.seat == self.record.process.pen_holder
    }

    fn draft(&self, id: &DraftId) -> Option<&'a DraftBlock> {
        self.drafts.iter().find(|draft| draft.id == *id).copied()
    }

    /// The order of issue, as far as it can be known: by date, then base before what was made from it, then by name.
    fn issued_before(&self, one: &DraftBlock, other: &DraftBlock) -> bool {
        let depth = |draft: &DraftBlock| {
            let mut depth = 0;
            let mut at = draft.base.as_ref().and_then(|base| self.draft(base));
            while let Some(base) = at {
                depth += 1;
                at = base.base.as_ref().and_then(|base| self.draft(base));
            }
            depth
        };
        let key = |draft: &DraftBlock| {
            (
                draft.on.as_ref().map_or(i64::MIN, When::latest),
                depth(draft),
                draft.id.clone(),
            )
        };
        key(one) < key(other)
    }

    /// A draft that no other seat than its issuer has been given, in the pen-holder's view.
    fn is_working(&self, draft: &DraftBlock) -> bool {
        let to_others = |act: &&Act| {
            delivers(act, draft) && self.rooms[&act.room].iter().any(|seat| *seat != draft.by)
        };
        self.is_pen_holder() && draft.by == self.viewer.seat && !self.acts.iter().any(to_others)
    }

    /// Whether a draft can be the latest: not a working draft; a language version where what it renders was not given.
    fn stands(&self, draft: &DraftBlock) -> bool {
        let rendered = draft.renders.as_ref().and_then(|of| self.draft(of));
        !self.is_working(draft) && rendered.is_none_or(|rendered| self.is_working(rendered))
    }

    /// The last issued among those given; for the pen-holder among those delivered to another seat.
    pub(crate) fn latest(&self) -> Option<&'a DraftBlock> {
        let candidates = self.drafts.iter().filter(|draft| self.stands(draft));
        candidates.copied().reduce(|one, other| {
            if self.issued_before(one, other) {
                other
            } else {
                one
            }
        })
    }

    /// What a provision became in a later draft: through the drafts it was made from, where those were given; else by
    /// its id.
    fn became(&self, draft: &DraftBlock, index: usize, later: &DraftBlock) -> BTreeSet<usize> {
        if self.is_ancestor(draft, later) {
            return self.descended(draft, index, later);
        }
        // A language version of the same shape goes the way of the draft that it renders.
        if let Some(rendered) = draft
            .renders
            .as_ref()
            .and_then(|rendered| self.draft(rendered))
            && same_places(rendered, draft)
            && self.is_ancestor(rendered, later)
        {
            return self.descended(rendered, index, later);
        }
        let id = draft.issued.manifest.entries[index].id;
        let entries = later.issued.manifest.entries.iter().enumerate();
        entries
            .filter(|(_, entry)| entry.id == id)
            .map(|(at, _)| at)
            .collect()
    }

    fn is_ancestor(&self, draft: &DraftBlock, later: &DraftBlock) -> bool {
        draft.id == later.id
            || later
                .base
                .as_ref()
                .and_then(|base| self.draft(base))
                .is_some_and(|base| self.is_ancestor(draft, base))
    }

    fn descended(&self, draft: &DraftBlock, index: usize, later: &DraftBlock) -> BTreeSet<usize> {
        if draft.id == later.id {
            return BTreeSet::from([index]);
        }
        let base = later
            .base
            .as_ref()
            .and_then(|base| self.draft(base))
            .unwrap();
        let lineage = later.issued.lineage.as_ref().unwrap();
        let at_base = self.descended(draft, index, base);
        at_base
            .iter()
            .flat_map(|index| lineage.successors[*index].iter().copied())
            .collect()
    }

    /// Whether an act of the same seat took it back, and was not itself taken back.
    fn is_withdrawn(&self, act: &Act) -> bool {
        self.acts.iter().any(|other| {
            matches!(&other.deed, Deed::Withdraw(deed) if deed.of == act.id)
                && other.seat == act.seat
                && !self.is_withdrawn(other)
        })
    }

    /// Whether its seat's last word on it is that it denies it (law 9).
    fn is_denied(&self, act: &Act) -> bool {
        let word = |other: &&&Act| match &other.deed {
            Deed::Confirm(deed) | Deed::Deny(deed) => deed.of == act.id.as_str(),
            _ => false,
        };
        let mut words = self
            .acts
            .iter()
            .filter(word)
            .filter(|other| other.seat == act.seat && !self.is_withdrawn(other));
        words
            .next_back()
            .is_some_and(|other| matches!(other.deed, Deed::Deny(_)))
    }

    fn is_taken_up(&self, act: &Act, stance: &Stance) -> bool {
        let taken = |other: &&Act| match &other.deed {
            Deed::Dispose(deed) => {
                deed.of == act.id && deed.outcome == Outcome::Taken && !self.is_withdrawn(other)
            }
            _ => false,
        };
        stance.stance == StanceKind::Propose && self.acts.iter().any(taken)
    }

    fn person(&self, act: &Act) -> Option<&Person> {
        let name = act.person.as_ref()?;
        self.record.persons.iter().find(|person| person.id == *name)
    }

    fn level(&self, act: &Act) -> Option<usize> {
        let level = self.person(act)?.level.as_ref()?;
        self.record
            .process
            .levels
            .iter()
            .position(|rung| rung == level)
    }

    fn is_beyond_powers(&self, act: &Act, stance: &Stance) -> bool {
        let Some(person) = self.person(act) else {
            return false;
        };
        let enough: &[Power] = match stance.stance {
            StanceKind::Accept => &[Power::Accept],
            StanceKind::AcceptAdRef => &[Power::Accept, Power::AcceptAdRef],
            _ => &[Power::Negotiate],
        };
        !enough.iter().any(|power| person.powers.contains(power))
    }

    /// Every position of a seat that reaches a provision of the latest draft.
    fn reaching(&self, seat: &SeatId, text: &TextId, now: usize) -> Vec<Reaching<'a>> {
        let latest = self.latest().unwrap();
        let mut reaching = Vec::new();
        for act in &self.acts {
            let Deed::Stance(stance) = &act.deed else {
                continue;
            };
            if act.seat != *seat || self.is_denied(act) || self.is_beyond_powers(act, stance) {
                continue;
            }
            let Some(draft) = &stance.draft else {
                if stance.text.as_ref() == Some(text) && stance.stance != StanceKind::Endorse {
                    reaching.push(Reaching {
                        act,
                        stance,
                        taken: None,
                        width: 101,
                    });
                }
                continue;
            };
            let Some(draft) = self.draft(draft).filter(|_| stance.after.is_none()) else {
                continue;
            };
            for index in 0..draft.issued.manifest.entries.len() {
                if !self.became(draft, index, latest).contains(&now) {
                    continue;
                }
                for width in named(draft, index, stance) {
                    let width = if accepts(stance) { 0 } else { width };
                    reaching.push(Reaching {
                        act,
                        stance,
                        taken: Some((draft, index)),
                        width,
                    });
                }
            }
        }
        reaching
    }

    /// The wording a position was taken on.
    fn wording(&self, position: &Reaching<'_>) -> Option<Digest> {
        position
            .taken
            .map(|(draft, index)| self.digest_of(draft, index))
    }

    /// The wording of a provision: of a language version the wording that it renders, unless a later version in its
    /// language has other words there (ADR 0016).
    fn digest_of(&self, draft: &DraftBlock, index: usize) -> Digest {
        let latest = self.latest().unwrap();
        let own = draft.issued.manifest.entries[index].digest;
        let Some(rendered) = draft.renders.as_ref().and_then(|of| self.draft(of)) else {
            return own;
        };
        if draft.id == latest.id || !same_places(rendered, draft) {
            return own;
        }
        let later = self.drafts.iter().filter(|other| {
            other.renders.as_ref() == Some(&latest.id)
                && other.id != draft.id
                && other.language == draft.language
                && same_places(latest, other)
        });
        let later = later.min_by_key(|other| &other.id);
        let still = later.is_none_or(|later| {
            let now = self.became(draft, index, latest);
            let mut words = now
                .iter()
                .map(|now| later.issued.manifest.entries[*now].digest);
            words.any(|words| words == own)
        });
        if still {
            rendered.issued.manifest.entries[index].digest
        } else {
            own
        }
    }

    /// Whether a draft's wordings are those a text had on its way to the latest draft.
    fn is_on_the_way(&self, draft: &DraftBlock, latest: &DraftBlock) -> bool {
        let mut root = latest;
        while let Some(base) = root.base.as_ref().and_then(|base| self.draft(base)) {
            root = base;
        }
        !self.is_working(draft)
            && (draft.renders.is_none() || draft.id == latest.id)
            && (self.is_ancestor(draft, latest) || self.issued_before(draft, root))
    }

    /// Whether the wording an assent was given on, or the reading it chose, is the current one and was never another.
    fn still_binds(&self, position: &Reaching<'_>, now: usize) -> bool {
        let latest = self.latest().unwrap();
        let Some((taken_in, index)) = position.taken else {
            return false;
        };
        let mut wordings = BTreeSet::from([self.digest_of(taken_in, index)]);
        if !position.stance.reading.is_empty() && directly(taken_in, index, position.stance) {
            wordings.extend(
                taken_in
                    .issued
                    .reading_digest(index, &position.stance.reading)
                    .ok(),
            );
        }
        let in_between = self.drafts.iter().filter(|draft| {
            self.issued_before(taken_in, draft)
                && self.issued_before(draft, latest)
                && self.is_on_the_way(draft, latest)
        });
        let wording_then = |draft: &DraftBlock| -> BTreeSet<Digest> {
            let entries = draft.issued.manifest.entries.iter().enumerate();
            let then =
                entries.filter(|(index, _)| self.became(draft, *index, latest).contains(&now));
            then.map(|(_, entry)| entry.digest).collect()
        };
        let unbroken = in_between
            .into_iter()
            .all(|draft| !wording_then(draft).is_disjoint(&wordings));
        unbroken && wordings.contains(&latest.issued.manifest.entries[now].digest)
    }

    /// Which comes after the other: the later event; where the times overlap, the one recorded after it in its room.
    fn after(&self, one: &Act, other: &Act) -> bool {
        let overlap =
            one.on.earliest() <= other.on.latest() && other.on.earliest() <= one.on.latest();
        if overlap {
            one.room == other.room && one.standing.after(&other.standing)
        } else {
            one.on.earliest() > other.on.latest()
        }
    }

    /// Whether two positions are on the same provision as it went through the drafts: not on two that were later merged.
    fn same_line(&self, one: &Reaching<'_>, other: &Reaching<'_>) -> bool {
        let (Some((first, index)), Some((second, at))) = (one.taken, other.taken) else {
            return true;
        };
        let (older, from, newer, to) = if first.id == second.id || self.issued_before(first, second)
        {
            (first, index, second, at)
        } else {
            (second, at, first, index)
        };
        !self.is_ancestor(older, newer) || self.became(older, from, newer).contains(&to)
    }

    /// Whether a seat's later position ended an earlier one, had nothing been taken back.
    fn replaces(&self, later: &Reaching<'_>, earlier: &Reaching<'_>) -> bool {
        later.act.id != earlier.act.id
            && self.after(later.act, earlier.act)
            && self.same_line(later, earlier)
    }

    /// Whether an earlier position was ended by one on another wording that was taken back since: it does not stand
    /// again.
    fn was_ended(&self, earlier: &Reaching<'_>, withdrawn: &[Reaching<'_>]) -> bool {
        earlier.taken.is_some()
            && withdrawn.iter().any(|later| {
                later.taken.is_some()
                    && later.width <= earlier.width
                    && self.replaces(later, earlier)
                    && self.wording(later) != self.wording(earlier)
            })
    }

    fn favour(&self, position: &Reaching<'_>) -> CellStance {
        match CellStance::of(position.stance.stance) {
            CellStance::Accepted | CellStance::AcceptedAdRef
                if position.stance.condition.is_some() =>
            {
                CellStance::AcceptedOnCondition
            }
            stance => stance,
        }
    }

    fn is_lower(&self, one: &Act, other: &Act) -> bool {
        matches!((self.level(one), self.level(other)), (Some(one), Some(other)) if one < other)
    }

    /// What a seat holds on a provision of the latest draft.
    pub(crate) fn held(&self, seat: &SeatId, text: &TextId, now: usize) -> Held {
        let all = self.reaching(seat, text, now);
        let (withdrawn, mut holding): (Vec<Reaching<'_>>, Vec<Reaching<'_>>) = all
            .into_iter()
            .partition(|position| self.is_withdrawn(position.act));
        holding.retain(|position| !self.is_taken_up(position.act, position.stance));
        holding
            .retain(|position| is_assent(position.stance) || !self.was_ended(position, &withdrawn));
        let widths: BTreeSet<usize> = holding.iter().map(|position| position.width).collect();
        let mut lapsed: Option<Held> = None;
        for width in widths {
            let group: Vec<&Reaching<'_>> = holding
                .iter()
                .filter(|position| position.width == width)
                .collect();
            let counting = self.counting(&group, now);
            let stands = |position: &&&Reaching<'_>| {
                !is_assent(position.stance) || self.still_binds(position, now)
            };
            let standing: Vec<&&Reaching<'_>> = counting
                .iter()
                .filter(|position| stands(position))
                .collect();
            let acts = |positions: &[&&Reaching<'_>]| {
                positions
                    .iter()
                    .map(|position| position.act.id.clone())
                    .collect()
            };
            if let Some(stance) = standing.iter().map(|position| self.favour(position)).min() {
                return Held {
                    stance,
                    acts: acts(&standing),
                };
            }
            let first: Vec<&&Reaching<'_>> = counting.iter().take(1).collect();
            lapsed = lapsed.or_else(|| {
                (!first.is_empty()).then(|| Held {
                    stance: CellStance::Lapsed,
                    acts: acts(&first),
                })
            });
        }
        lapsed.unwrap_or(Held {
            stance: if self.tells_all(seat) {
                CellStance::NoReply
            } else {
                CellStance::NotKnown
            },
            acts: BTreeSet::new(),
        })
    }

    /// Those of positions with one reach that count: the last, and what a later one of a lower level does not undo.
    fn counting<'p>(&self, group: &[&'p Reaching<'a>], now: usize) -> Vec<&'p Reaching<'a>> {
        let mut last: Vec<&Reaching<'_>> = group
            .iter()
            .filter(|position| !group.iter().any(|other| self.replaces(other, position)))
            .copied()
            .collect();
        if last.is_empty() {
            last = group.to_vec();
        }
        let mut counting = last.clone();
        for late in &last {
            for earlier in group {
                let undone = group.iter().any(|other| {
                    other.act.id != late.act.id
                        && self.replaces(other, earlier)
                        && !self.is_lower(other.act, earlier.act)
                });
                let stands = !is_assent(earlier.stance) || self.still_binds(earlier, now);
                let further = self.favour(late) >= self.favour(earlier);
                if self.replaces(late, earlier)
                    && self.is_lower(late.act, earlier.act)
                    && further
                    && stands
                    && !undone
                {
                    counting.push(earlier);
                }
            }
        }
        let mut seen = BTreeSet::new();
        counting.retain(|position| seen.insert(position.act.id.clone()));
        counting
    }

    /// The status of a provision's own wording.
    pub(crate) fn own_status(&self, text: &Text, now: usize) -> PointStatus {
        let latest = self.latest().unwrap();
        let wording = &latest.issued.draft.provisions()[now].wording;
        let held: Vec<Held> = text
            .parties
            .iter()
            .map(|party| self.held(party, &text.id, now))
            .collect();
        let act = |id: &ActId| *self.acts.iter().find(|act| act.id == *id).unwrap();
        let disputes = |id: &ActId| match &act(id).deed {
            Deed::Stance(stance) => match stance.stance {
                StanceKind::Object | StanceKind::Propose => true,
                StanceKind::Reserve => {
                    !matches!(stance.kind, Some(StanceType::Time | StanceType::Level))
                }
                _ => false,
            },
            _ => false,
        };
        let open = latest.issued.draft.disputed_by_bracket(now);
        if open
            || held
                .iter()
                .any(|held| held.stance != CellStance::Lapsed && held.acts.iter().any(disputes))
        {
            return PointStatus::Disputed;
        }
        if Brackets::parse(wording).has_placeholder() || held.is_empty() {
            return PointStatus::Unknown;
        }
        let required = self.required_level(now);
        let of = |held: &Held| match held.stance {
            CellStance::Accepted => {
                let low = |id: &ActId| self.level(act(id)).is_none_or(|level| level < required);
                let accepting: Vec<&ActId> = held
                    .acts
                    .iter()
                    .filter(|id| accepts_fully(act(id)))
                    .collect();
                // A lower level's later acceptance does not count beside that of a higher one.
                let outranked = |id: &ActId| {
                    let mut others = accepting.iter().map(|other| act(other));
                    others.any(|other| self.after(act(id), other) && self.is_lower(act(id), other))
                };
                if accepting.iter().any(|id| low(id) && !outranked(id)) {
                    PointStatus::AgreedAdRef
                } else {
                    PointStatus::Agreed
                }
            }
            CellStance::AcceptedAdRef => PointStatus::AgreedAdRef,
            _ => PointStatus::Unknown,
        };
        held.iter().map(of).min().unwrap()
    }

    /// The process's final level, or the level that a `bracket` act says is needed.
    fn required_level(&self, now: usize) -> usize {
        let process = &self.record.process;
        let rank = |level: &String| process.levels.iter().position(|rung| rung == level);
        let latest = self.latest().unwrap();
        let mut required = rank(&process.final_level).unwrap();
        for act in self.acts.iter().filter(|act| !self.is_withdrawn(act)) {
            let Deed::Bracket(deed) = &act.deed else {
                continue;
            };
            let (Some(draft), Points::Paths(paths)) = (self.draft(&deed.draft), &deed.points)
            else {
                continue;
            };
            for path in paths.iter() {
                let index = draft.issued.draft.find_target(path).unwrap().index;
                if self.became(draft, index, latest).contains(&now) {
                    required = required.max(deed.level.as_ref().and_then(rank).unwrap_or(0));
                }
            }
        }
        required
    }

    /// Whether a seat was given the latest draft; none where the viewer cannot know.
    pub(crate) fn seen(&self, seat: &SeatId) -> Option<bool> {
        let latest = self.latest().unwrap();
        // Who was given a language version was given what it renders.
        let is_it = |name: &DraftId| {
            let version = self.draft(name);
            *name == latest.id
                || version.is_some_and(|version| version.renders.as_ref() == Some(&latest.id))
        };
        let given = |act: &&Act| match &act.deed {
            Deed::Deliver(deed) => is_it(&deed.draft) && self.rooms[&act.room].contains(seat),
            Deed::Acknowledge(deed) => act.seat == *seat && deed.draft.as_ref().is_some_and(is_it),
            _ => false,
        };
        if *seat == latest.by || self.acts.iter().any(given) {
            return Some(true);
        }
        self.tells_all(seat).then_some(false)
    }

    /// Whether the viewer knows of everything that a seat did and was given.
    fn tells_all(&self, seat: &SeatId) -> bool {
        self.viewer.rooms.is_none() && (self.is_pen_holder() || *seat == self.viewer.seat)
    }

    /// The status of a point: the least favourable of itself and its sub-items.
    pub(crate) fn status(&self, text: &Text, now: usize) -> PointStatus {
        let provision = &self.latest().unwrap().issued.draft.provisions()[now];
        let counts =
            |child: &&usize| !self.is_on_track(text, **child) || self.is_on_track(text, now);
        let inner = provision
            .children
            .iter()
            .filter(counts)
            .map(|child| self.status(text, *child));
        inner.fold(self.own_status(text, now), PointStatus::min)
    }

    /// Whether a provision, or one it stands in, was moved to another track.
    fn is_on_track(&self, text: &Text, now: usize) -> bool {
        let latest = self.latest().unwrap();
        let mover =
            |act: &Act| act.seat == self.record.process.pen_holder || act.seat == text.issuer;
        self.acts.iter().any(|act| {
            let Deed::Track(deed) = &act.deed else {
                return false;
            };
            let Some(draft) = self
                .draft(&deed.draft)
                .filter(|draft| draft.text == text.id)
            else {
                return false;
            };
            let provisions = draft.issued.draft.provisions();
            mover(act)
                && !self.is_withdrawn(act)
                && (0..provisions.len()).any(|index| {
                    moved(draft, index, &deed.points)
                        && self.became(draft, index, latest).contains(&now)
                })
        })
    }
}

/// Whether points name a provision or one that it stands in.
fn moved(draft: &DraftBlock, index: usize, points: &Points) -> bool {
    let Points::Paths(paths) = points else {
        return true;
    };
    let provisions = draft.issued.draft.provisions();
    paths.iter().any(|path| {
        let target = draft.issued.draft.find_target(path).unwrap();
        let mut at = Some(index);
        while let Some(here) = at {
            if here == target.index && (here == index || !target.chapeau_only) {
                return true;
            }
            at = provisions[here].parent;
        }
        false
    })
}

fn delivers(act: &Act, draft: &DraftBlock) -> bool {
    matches!(&act.deed, Deed::Deliver(deed) if deed.draft == draft.id)
}

fn accepts(stance: &Stance) -> bool {
    matches!(stance.stance, StanceKind::Accept | StanceKind::AcceptAdRef)
}

fn accepts_fully(act: &Act) -> bool {
    matches!(&act.deed, Deed::Stance(stance) if stance.stance == StanceKind::Accept)
}

fn is_assent(stance: &Stance) -> bool {
    accepts(stance) || stance.stance == StanceKind::Endorse
}

/// By which widths a position names a provision: each path that is the provision's own or one it stands in.
fn named(draft: &DraftBlock, index: usize, stance: &Stance) -> BTreeSet<usize> {
    let Some(Points::Paths(paths)) = &stance.points else {
        return BTreeSet::from([100]);
    };
    let provisions = draft.issued.draft.provisions();
    let mut widths = BTreeSet::new();
    for path in paths.iter() {
        let target = draft.issued.draft.find_target(path).unwrap();
        let mut at = Some(index);
        let mut width = 0;
        while let Some(here) = at {
            if here == target.index && (width == 0 || !target.chapeau_only) {
                widths.insert(width);
            }
            at = provisions[here].parent;
            width += 1;
        }
    }
    widths
}

/// Whether a position names this very provision.
fn directly(draft: &DraftBlock, index: usize, stance: &Stance) -> bool {
    matches!(&stance.points, Some(Points::Paths(paths))
        if paths.iter().any(|path| draft.issued.draft.find_target(path).unwrap().index == index))
}

/// Whether two drafts have a provision for each of the other, in the same places.
fn same_places(one: &DraftBlock, other: &DraftBlock) -> bool {
    let parents = |draft: &DraftBlock| -> Vec<Option<usize>> {
        let provisions = draft.issued.draft.provisions().iter();
        provisions.map(|provision| provision.parent).collect()
    };
    parents(one) == parents(other)
}
