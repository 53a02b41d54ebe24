//! The drafts of one text that a viewer has been given, and what each of their provisions is in the latest.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use onetext_text::{Digest, IssuedDraft, Lineage};

use crate::act::{Act, Deed};
use crate::board::Viewer;
use crate::mutant::off;
use crate::names::{ActId, DraftId, RoomId, SeatId, TextId};
use crate::record::{DraftBlock, Process, Text};
use crate::silence::{Bridge, carries};
use crate::state::State;
use crate::version;
use crate::way::{Way, base_of, identity};

/// Where a sheet comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Source {
    /// A draft that was given.
    Draft,
    /// A draft that was given and is another's language version: it is nobody's predecessor.
    Version,
    /// A seat's own copy.
    Copy {
        seat: SeatId,
        room: RoomId,
        act: ActId,
        /// The draft that it equals, where the viewer can know.
        copy_of: Option<DraftId>,
    },
}

/// One draft, or one seat's copy of one, beside the latest.
#[derive(Debug)]
pub(crate) struct Sheet {
    /// Its name.
    pub name: DraftId,
    /// Where it comes from.
    pub source: Source,
    /// What it says.
    pub issued: Arc<IssuedDraft>,
    /// What its provisions are in the latest.
    pub to_latest: Lineage,
    /// The digests of its wordings, comparable with those of the latest.
    pub digests: Vec<Digest>,
    /// When it was issued, or a copy acknowledged, at the latest; none where that is not stated.
    pub on: Option<i64>,
    /// Whether the text had these wordings on its way to the latest: not a working draft, a language version or a
    /// branch that was left.
    pub on_the_way: bool,
    /// What its provisions were in the next draft on the way that was made from it: which sheet, and the lineage.
    pub next: Option<(usize, Lineage)>,
}

/// The sheets of one text, in order of issue.
#[derive(Debug)]
pub(crate) struct Shelf {
    pub text: TextId,
    pub sheets: Vec<Sheet>,
    /// The latest for this viewer, as an index into `sheets`.
    pub latest: Option<usize>,
    /// The issuer's drafts that no other seat has been given, in order of issue.
    pub working: Vec<Arc<DraftBlock>>,
    /// Language versions: the sheet of each, and the sheet of the draft that it renders.
    pub versions: Vec<(usize, usize)>,
    /// Wordings over which an assent carries: editorial changes and corrections that have effect.
    pub bridges: Vec<Bridge>,
    drafts: BTreeMap<DraftId, usize>,
    copies: BTreeMap<DraftId, Vec<usize>>,
}

impl Shelf {
    /// Lays out the drafts of a text that the viewer has been given.
    pub(crate) fn of(text: &Text, state: &State, viewer: &Viewer, process: &Process) -> Shelf {
        let mut drafts: Vec<&Arc<DraftBlock>> = state
            .drafts
            .values()
            .filter(|draft| draft.text == text.id)
            .collect();
        drafts.sort_by_cached_key(|draft| issue_order(draft, &state.drafts));
        let pen_holder = viewer.seat == process.pen_holder;
        let delivered = delivered_drafts(state);
        let is_working = |draft: &DraftBlock| {
            pen_holder && draft.by == viewer.seat && !delivered.contains(&draft.id)
        };
        let working = drafts
            .iter()
            .filter(|draft| is_working(draft))
            .map(|draft| Arc::clone(draft))
            .collect();
        let copies: Vec<&Arc<Act>> = copies(text, state);
        // A language version stands for the draft that it renders where that was not given.
        let stands = |draft: &DraftBlock| {
            let rendered = draft.renders.as_ref().and_then(|of| state.drafts.get(of));
            !is_working(draft) && rendered.is_none_or(|rendered| is_working(rendered))
        };
        let mut standing = drafts.iter().filter(|draft| stands(draft)).copied();
        let latest = if off("the first is not the latest") {
            standing.next()
        } else {
            standing.next_back()
        };
        let mut shelf = Shelf {
            text: text.id.clone(),
            sheets: Vec::new(),
            latest: None,
            working,
            versions: Vec::new(),
            bridges: Vec::new(),
            drafts: BTreeMap::new(),
            copies: BTreeMap::new(),
        };
        match latest {
            Some(latest) => {
                shelf.lay_drafts(&drafts, latest, &state.drafts);
                shelf.lay_copies(&copies, latest, text, pen_holder, &drafts);
            }
            None => shelf.lay_own_copies(&copies, viewer),
        }
        shelf
    }

    fn lay_drafts(
        &mut self,
        drafts: &[&Arc<DraftBlock>],
        latest: &DraftBlock,
        given: &BTreeMap<DraftId, Arc<DraftBlock>>,
    ) {
        let way = Way::to(latest, given);
        let mut before_the_root = true;
        for draft in drafts {
            let working = self.working.iter().any(|working| working.id == draft.id);
            before_the_root &= draft.id != way.root;
            // Before the earliest draft whose making is known here, the order of issue is all that can be known.
            let led_here = before_the_root || way.to_latest.contains_key(&draft.id);
            if draft.id == latest.id {
                self.latest = Some(self.sheets.len());
            }
            self.drafts.insert(draft.id.clone(), self.sheets.len());
            let to_latest = way.lineage(draft, latest, given);
            let digests = match (&draft.renders, draft.id == latest.id) {
                (Some(_), false) => version::digests(draft, (latest, &to_latest), given),
                _ => digests(&draft.issued),
            };
            self.sheets.push(Sheet {
                name: draft.id.clone(),
                source: match draft.renders {
                    Some(_) if draft.id != latest.id => Source::Version,
                    _ => Source::Draft,
                },
                issued: Arc::clone(&draft.issued),
                to_latest,
                digests,
                on: draft.on.as_ref().map(crate::when::When::latest),
                on_the_way: led_here
                    && !working
                    && (draft.renders.is_none() || draft.id == latest.id),
                next: None,
            });
        }
        let rendered = |draft: &DraftBlock| self.find_draft(draft.renders.as_ref()?);
        let versions = drafts
            .iter()
            .filter_map(|draft| Some((self.find_draft(&draft.id)?, rendered(draft)?)));
        self.versions = versions.collect();
        self.link(latest, given);
    }

    /// Tells each draft on the way which one was made from it.
    fn link(&mut self, latest: &DraftBlock, given: &BTreeMap<DraftId, Arc<DraftBlock>>) {
        let mut newer = latest;
        while let Some(base) = base_of(newer, given)
            && let Some(step) = &newer.issued.lineage
            && let (Some(from), Some(to)) = (self.find_draft(&base.id), self.find_draft(&newer.id))
            && self.sheets[from].next.is_none()
        {
            self.sheets[from].next = Some((to, step.clone()));
            newer = base;
        }
    }

    /// Copies beside a draft that was given: as the draft they equal, or where the aligner puts them.
    fn lay_copies(
        &mut self,
        copies: &[&Arc<Act>],
        latest: &DraftBlock,
        text: &Text,
        pen_holder: bool,
        drafts: &[&Arc<DraftBlock>],
    ) {
        for act in copies {
            let Some((name, copy)) = copy_in(act) else {
                continue;
            };
            let equal = drafts
                .iter()
                .filter(|draft| draft.text == text.id)
                .find(|draft| same_text(&draft.issued, copy) && !off("an own copy is compared"));
            let equal = equal
                .filter(|_| pen_holder)
                .and_then(|draft| self.find_draft(&draft.id));
            let (to_latest, digests) = match equal {
                Some(sheet) => (
                    self.sheets[sheet].to_latest.clone(),
                    self.sheets[sheet].digests.clone(),
                ),
                None => beside(copy, latest),
            };
            let copy_of = equal.map(|sheet| self.sheets[sheet].name.clone());
            self.push_copy(act, name, copy, copy_of, to_latest, digests);
        }
    }

    /// Copies where no draft was given: the viewer's own last copy is the latest.
    fn lay_own_copies(&mut self, copies: &[&Arc<Act>], viewer: &Viewer) {
        let own: Vec<_> = copies
            .iter()
            .filter(|act| act.seat == viewer.seat)
            .collect();
        let Some((_, last)) = own.last().and_then(|act| copy_in(act)) else {
            return;
        };
        for act in &own {
            let Some((name, copy)) = copy_in(act) else {
                continue;
            };
            let (to_latest, digests) = if Arc::ptr_eq(copy, last) {
                (identity(copy), digests(copy))
            } else {
                let carried =
                    IssuedDraft::issue(copy.draft.clone(), Some(last), &[], name.as_str());
                (reversed(carried.lineage.as_ref()), self::digests(&carried))
            };
            self.push_copy(act, name, copy, None, to_latest, digests);
        }
        self.latest = self.sheets.len().checked_sub(1);
        self.sheets
            .iter_mut()
            .for_each(|sheet| sheet.on_the_way = true);
    }

    fn push_copy(
        &mut self,
        act: &Act,
        name: DraftId,
        copy: &Arc<IssuedDraft>,
        copy_of: Option<DraftId>,
        to_latest: Lineage,
        digests: Vec<Digest>,
    ) {
        let source = Source::Copy {
            seat: act.seat.clone(),
            room: act.room.clone(),
            act: act.id.clone(),
            copy_of,
        };
        self.copies
            .entry(name.clone())
            .or_default()
            .push(self.sheets.len());
        self.sheets.push(Sheet {
            name,
            source,
            issued: Arc::clone(copy),
            to_latest,
            digests,
            on: Some(act.on.latest()),
            on_the_way: false,
            next: None,
        });
    }

    /// The drafts before the latest, in order of issue; language versions, copies and working drafts are none.
    pub(crate) fn earlier(&self) -> impl DoubleEndedIterator<Item = &Sheet> {
        let before = self
            .sheets
            .get(..self.latest.unwrap_or(0))
            .unwrap_or_default();
        before.iter().filter(|sheet| {
            let working = self.working.iter().any(|draft| draft.id == sheet.name);
            sheet.source == Source::Draft && !working
        })
    }

    /// What a viewer was shown before the latest draft: the earlier drafts, and its own copies that say something else.
    pub(crate) fn shown<'a>(&'a self, viewer: &SeatId) -> Vec<&'a Sheet> {
        let latest = self.latest.and_then(|latest| self.sheets.get(latest));
        let on = latest.and_then(|sheet| sheet.on);
        let before = |sheet: &Sheet| {
            let own = matches!(&sheet.source, Source::Copy { seat, .. } if seat == viewer);
            let known = self.drafts.contains_key(&sheet.name) || sheet.copy_of().is_some();
            own && !known && latest.is_some_and(|latest| latest.digests != sheet.digests)
        };
        let copies = self.sheets.iter().filter(|sheet| before(sheet));
        let mut shown: Vec<&Sheet> = self.earlier().chain(copies).collect();
        // A copy brought after the latest was issued still came before it was shown.
        shown.sort_by_key(|sheet| sheet.on.min(on));
        shown
    }

    /// The place of a sheet in the order of issue: a copy that equals a draft has that draft's.
    pub(crate) fn place(&self, sheet: usize) -> usize {
        let equal = self.sheets.get(sheet).and_then(Sheet::copy_of);
        equal
            .and_then(|draft| self.find_draft(draft))
            .unwrap_or(sheet)
    }

    /// The sheets on the way from one to the latest, without both.
    pub(crate) fn between(&self, sheet: usize) -> impl Iterator<Item = &Sheet> {
        self.between_in_place(sheet).map(|(_, between)| between)
    }

    /// The same with their places.
    fn between_in_place(&self, sheet: usize) -> impl Iterator<Item = (usize, &Sheet)> {
        let latest = self.latest.unwrap_or(0);
        let place = self.place(sheet);
        let on = self.sheets.get(sheet).and_then(|sheet| sheet.on);
        self.sheets
            .iter()
            .take(latest)
            .enumerate()
            .filter(move |(index, between)| {
                // A copy beside drafts stands after them all: only its day tells which came later.
                let later = if place > latest {
                    between.on > on
                } else {
                    *index > place
                };
                between.on_the_way && later
            })
    }

    /// The provisions of the latest draft in which an assent to the wording of a provision has not lapsed.
    pub(crate) fn kept(&self, sheet: usize, index: usize) -> Vec<usize> {
        let mut now = self.now(sheet, index).to_vec();
        now.retain(|now| self.change_towards(sheet, index, *now).is_none());
        now
    }

    /// The first sheet, by place, since which no provision of the latest draft has this wording; none where one has.
    pub(crate) fn first_change(&self, sheet: usize, index: usize) -> Option<usize> {
        let now = self.now(sheet, index);
        let mut changes = now
            .iter()
            .map(|now| self.change_towards(sheet, index, *now));
        match changes.next() {
            Some(first) => changes.fold(first, |one, other| Some(one?.max(other?))),
            None => self.last_step(sheet, index).or(self.latest),
        }
    }

    /// What a provision is in the latest draft.
    fn now(&self, sheet: usize, index: usize) -> &[usize] {
        let successors = self
            .sheets
            .get(sheet)
            .map(|sheet| &sheet.to_latest.successors);
        let now = successors.and_then(|successors| successors.get(index));
        now.map_or(&[][..], Vec::as_slice)
    }

    /// The first sheet on the way to a provision of the latest draft in which that has another wording.
    fn change_towards(&self, sheet: usize, index: usize, now: usize) -> Option<usize> {
        let wording = self.sheets.get(sheet)?.digests.get(index)?;
        let same = |between: &Sheet| {
            let then = between.to_latest.predecessors.get(now);
            let mut then = then.into_iter().flatten();
            then.any(|then| {
                let then = between.digests.get(*then);
                then.is_some_and(|then| carries(&self.bridges, now, *wording, *then))
            })
        };
        let changed = self
            .between_in_place(sheet)
            .find(|(_, between)| !same(between));
        let last = self.latest?;
        let then = self.sheets.get(last)?.digests.get(now);
        let other = !then.is_some_and(|then| carries(&self.bridges, now, *wording, *then));
        changed.map(|(place, _)| place).or(other.then_some(last))
    }

    /// The sheet in which a provision is gone, as far as the way there is known.
    fn last_step(&self, sheet: usize, index: usize) -> Option<usize> {
        let (mut at, mut here) = (self.place(sheet), vec![index]);
        while let Some((next, step)) = self.sheets.get(at)?.next.as_ref() {
            let onward = here.iter().filter_map(|index| step.successors.get(*index));
            (at, here) = (*next, onward.flatten().copied().collect());
            if here.is_empty() {
                return Some(at);
            }
        }
        None
    }

    /// Whether two provisions, each of its sheet, are one on its way through the drafts; two that were merged later are
    /// not. Where the way between them is not known, they are taken to be.
    pub(crate) fn same_line(&self, one: (usize, usize), other: (usize, usize)) -> bool {
        let ((mut at, from), (newer, to)) = (one.min(other), one.max(other));
        let next = |at: usize| self.sheets.get(at).and_then(|sheet| sheet.next.as_ref());
        // Mostly a provision goes on as one.
        let mut alone = from;
        while at != newer {
            let Some((onward, step)) = next(at) else {
                return true;
            };
            let Some([only]) = step.successors.get(alone).map(Vec::as_slice) else {
                break;
            };
            (at, alone) = (*onward, *only);
        }
        let mut reached = BTreeSet::from([alone]);
        while at != newer {
            let Some((onward, step)) = next(at) else {
                return true;
            };
            let parts = reached
                .iter()
                .filter_map(|index| step.successors.get(*index));
            reached = parts.flatten().copied().collect();
            at = *onward;
        }
        reached.contains(&to)
    }

    /// The sheet of a draft that was given.
    pub(crate) fn find_draft(&self, draft: &DraftId) -> Option<usize> {
        self.drafts.get(draft).copied()
    }

    /// This shelf as it stood at an earlier moment, given the shelf of that moment alone: every sheet keeps its place,
    /// so that what was read off an act need not be read again; a sheet not yet given continues nothing.
    pub(crate) fn as_of(&self, then: Shelf) -> Shelf {
        let place = |sheet: &Sheet| {
            self.sheets
                .iter()
                .position(|own| own.name == sheet.name && own.source.same_act(&sheet.source))
        };
        let mut sheets: Vec<Sheet> = self.sheets.iter().map(Sheet::not_given).collect();
        let places: Vec<Option<usize>> = then.sheets.iter().map(place).collect();
        let moved = |index: usize| places.get(index).copied().flatten();
        let drafts = then
            .drafts
            .into_iter()
            .filter_map(|(name, at)| Some((name, moved(at)?)));
        let copies = then
            .copies
            .into_iter()
            .map(|(name, at)| (name, at.into_iter().filter_map(moved).collect()));
        let (drafts, copies) = (drafts.collect(), copies.collect());
        let latest = then.latest.and_then(moved);
        let versions = then
            .versions
            .iter()
            .filter_map(|(version, of)| Some((moved(*version)?, moved(*of)?)));
        let versions = versions.collect();
        for (mut sheet, place) in then.sheets.into_iter().zip(&places) {
            let next = sheet.next.take();
            sheet.next = next.and_then(|(next, step)| Some((moved(next)?, step)));
            if let Some(slot) = place.and_then(|place| sheets.get_mut(place)) {
                *slot = sheet;
            }
        }
        Shelf {
            text: then.text,
            sheets,
            latest,
            working: then.working,
            versions,
            bridges: Vec::new(),
            drafts,
            copies,
        }
    }

    /// The sheet of the copy that an act acknowledges.
    pub(crate) fn find_copy(&self, act: &ActId) -> Option<usize> {
        self.sheets.iter().position(|sheet| match &sheet.source {
            Source::Copy { act: id, .. } => id == act,
            Source::Draft | Source::Version => false,
        })
    }

    /// The sheet that a seat means by this name in this room: a draft whose name is known there, else its own copy.
    pub(crate) fn find(
        &self,
        name: &DraftId,
        seat: &SeatId,
        room: &RoomId,
        state: &State,
    ) -> Option<usize> {
        let copies = self.copies.get(name).into_iter().flatten();
        let own = copies
            .rev()
            .find(|sheet| match &self.sheets[**sheet].source {
                Source::Copy {
                    seat: owner,
                    room: wide,
                    ..
                } => owner == seat && state.may_refer(room, wide),
                Source::Draft | Source::Version => false,
            });
        match own {
            Some(copy) if !state.knows_name(room, name) => Some(*copy),
            _ => self.find_draft(name),
        }
    }
}

impl Source {
    /// Whether both are drafts, or the copy that the same act acknowledges.
    fn same_act(&self, other: &Source) -> bool {
        match (self, other) {
            (Source::Draft, Source::Draft) | (Source::Version, Source::Version) => true,
            (Source::Copy { act, .. }, Source::Copy { act: other, .. }) => act == other,
            _ => false,
        }
    }
}

impl Sheet {
    /// The sheet before it was given: it keeps its place and continues nothing.
    fn not_given(&self) -> Sheet {
        Sheet {
            name: self.name.clone(),
            source: self.source.clone(),
            issued: Arc::clone(&self.issued),
            to_latest: Lineage::default(),
            digests: Vec::new(),
            on: self.on,
            on_the_way: false,
            next: None,
        }
    }

    /// Every wording that these provisions hold: themselves and, unless a chapeau alone is meant, all below.
    pub(crate) fn wordings(&self, named: &[(usize, bool)]) -> Vec<usize> {
        let whole = |(index, chapeau_only): &(usize, bool)| {
            let end = if *chapeau_only {
                *index
            } else {
                self.subtree_end(*index)
            };
            *index..=end
        };
        named.iter().flat_map(whole).collect()
    }

    /// The last provision of a subtree.
    pub(crate) fn subtree_end(&self, index: usize) -> usize {
        let provisions = self.issued.draft.provisions();
        let Some(depth) = provisions.get(index).map(|provision| provision.depth) else {
            return index;
        };
        let mut below = index + 1..provisions.len();
        let after = below.find(|after| provisions[*after].depth <= depth);
        after.unwrap_or(provisions.len()).saturating_sub(1)
    }

    /// For a seat's own copy: the draft that it equals, where the viewer can know.
    pub(crate) fn copy_of(&self) -> Option<&DraftId> {
        match &self.source {
            Source::Copy { copy_of, .. } => copy_of.as_ref(),
            Source::Draft | Source::Version => None,
        }
    }
}

/// The order of issue: by date, then base before what was made from it, as far as the bases were given.
fn issue_order(
    draft: &DraftBlock,
    given: &BTreeMap<DraftId, Arc<DraftBlock>>,
) -> (i64, usize, DraftId) {
    let mut depth = 0;
    let mut at = draft;
    while let Some(base) = base_of(at, given)
        && depth <= given.len()
    {
        depth += 1;
        at = base;
    }
    let on = draft.on.as_ref();
    (
        on.map_or(i64::MIN, crate::when::When::latest),
        depth,
        draft.id.clone(),
    )
}

/// Drafts that some other seat than their issuer has been given.
fn delivered_drafts(state: &State) -> BTreeSet<DraftId> {
    let delivered = state.other_acts().filter_map(|act| match &act.deed {
        Deed::Deliver(deliver) => {
            let issuer = state.drafts.get(&deliver.draft).map(|draft| &draft.by);
            let others = state
                .rooms
                .get(&act.room)?
                .iter()
                .any(|seat| Some(seat) != issuer);
            others.then(|| deliver.draft.clone())
        }
        _ => None,
    });
    delivered.collect()
}

/// The acts by which seats say that they have a copy of their own, in order.
fn copies<'a>(text: &Text, state: &'a State) -> Vec<&'a Arc<Act>> {
    let of_text = |act: &&Arc<Act>| match &act.deed {
        Deed::Acknowledge(deed) => deed.copy.is_some() && deed.text.as_ref() == Some(&text.id),
        _ => false,
    };
    state.other_acts().filter(of_text).collect()
}

pub(crate) fn copy_in(act: &Act) -> Option<(DraftId, &Arc<IssuedDraft>)> {
    let Deed::Acknowledge(deed) = &act.deed else {
        return None;
    };
    let name = deed.draft.clone().unwrap_or_else(|| act.id.as_str().into());
    Some((name, &deed.copy.as_ref()?.0))
}

pub(crate) fn digests(issued: &IssuedDraft) -> Vec<Digest> {
    issued
        .manifest
        .entries
        .iter()
        .map(|entry| entry.digest)
        .collect()
}

/// Whether a copy says what the draft says, provision by provision, references compared as printed.
fn same_text(draft: &IssuedDraft, copy: &IssuedDraft) -> bool {
    let (one, other) = (draft.draft.provisions(), copy.draft.provisions());
    let printed =
        |provision: &onetext_text::Provision| onetext_text::normal_form(&provision.wording);
    one.len() == other.len()
        && one.iter().zip(other).all(|(one, other)| {
            one.path == other.path && one.parent == other.parent && printed(one) == printed(other)
        })
}

/// Where the aligner puts a copy beside a draft, and the copy's digests in terms of the draft's ids.
fn beside(copy: &IssuedDraft, latest: &DraftBlock) -> (Lineage, Vec<Digest>) {
    let carried = IssuedDraft::issue(copy.draft.clone(), Some(&latest.issued), &[], "copy");
    (reversed(carried.lineage.as_ref()), digests(&carried))
}

fn reversed(lineage: Option<&Lineage>) -> Lineage {
    lineage.map_or_else(Lineage::default, |lineage| Lineage {
        successors: lineage.predecessors.clone(),
        predecessors: lineage.successors.clone(),
    })
}
