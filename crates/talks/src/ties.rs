//! What ties acceptances together: conditions and packages (`dossier.md`, "Hard cases").
//!
//! A package is in force while every wording in it stands as in the draft that it names; once one is another, it has
//! lapsed for good, and with it what was accepted as part of it. How far a condition is met, or a package whole, depends
//! on other cells, of this text and of others: the board decides it for all of them at once.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::act::{Act, Deed, Points};
use crate::position::{Position, Scope, targets};
use crate::record::{Process, Text};
use crate::shelf::{Sheet, Shelf};
use crate::state::State;

/// How far what an acceptance hangs on is met, from nothing to all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Met {
    /// It is not.
    No,
    /// By acceptances ad referendum: what hangs on it counts no higher.
    AdReferendum,
    /// It is.
    Yes,
}

/// A package of points of one text.
#[derive(Debug)]
pub(crate) struct Tied {
    pub act: Arc<Act>,
    /// The sheet of its draft.
    pub sheet: usize,
    /// The wordings in it: each a provision of its sheet, and those of the latest draft that still have the wording.
    pub wordings: Vec<(usize, Vec<usize>)>,
    /// The provisions of the latest draft that descend from its own, whatever their wording.
    pub rows: BTreeSet<usize>,
    /// Whether its seat took it back.
    pub withdrawn: bool,
    /// The first sheet in which one of its wordings is another.
    pub broken: Option<usize>,
    /// Whether it is an offer of the pen-holder: it binds those who accept it.
    pub offer: bool,
}

impl Tied {
    /// Whether it was lapsed already when a position was taken: what is accepted then is accepted anew.
    fn came_before(&self, position: &Position, shelf: &Shelf) -> bool {
        let Some(broken) = self.broken else {
            return false;
        };
        let on = shelf.sheets.get(broken).and_then(|sheet| sheet.on);
        let taken_on = match &position.scope {
            Scope::Whole(sheet) | Scope::Provisions(sheet, _) => Some(shelf.place(*sheet)),
            Scope::Text | Scope::Insertion(_) => None,
        };
        taken_on.is_some_and(|sheet| sheet >= broken)
            || on.is_some_and(|on| position.act.on.earliest() > on)
    }
}

/// The packages of one text, and how far what each acceptance hangs on is met.
#[derive(Debug, Default)]
pub(crate) struct Ties {
    /// In the order of lists.
    pub packages: Vec<Tied>,
    /// By position that has a condition or names a package: how far that is met.
    met: BTreeMap<usize, Met>,
    /// By package: how far its own seat accepts all of it.
    whole: Vec<Met>,
    /// By provision of the latest draft: the packages with it in them.
    at: BTreeMap<usize, Vec<usize>>,
}

impl Ties {
    /// The packages of a text, everything presumed met.
    pub(crate) fn of(text: &Text, shelf: &Shelf, state: &State, process: &Process) -> Ties {
        let mut ties = Ties::default();
        for act in state.other_acts() {
            if let Some(tied) = tied(act, text, shelf, state, process) {
                for row in &tied.rows {
                    ties.at.entry(*row).or_default().push(ties.packages.len());
                }
                ties.packages.push(tied);
            }
        }
        ties.whole = vec![Met::Yes; ties.packages.len()];
        ties
    }

    /// A position that hangs on something was entered.
    pub(crate) fn enter(&mut self, index: usize, position: &Position) {
        if position.conditional {
            self.met.insert(index, Met::Yes);
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.packages.is_empty() && self.met.is_empty()
    }

    /// The positions that hang on something.
    pub(crate) fn hanging(&self) -> impl Iterator<Item = (usize, Met)> + '_ {
        self.met.iter().map(|(position, met)| (*position, *met))
    }

    /// The packages, and how far each is whole for its own seat.
    pub(crate) fn wholes(&self) -> impl Iterator<Item = (usize, Met)> + '_ {
        self.whole.iter().copied().enumerate()
    }

    /// Says how far something is met; whether that is news.
    pub(crate) fn set(&mut self, of: Hanging, met: Met) -> bool {
        let slot = match of {
            Hanging::Position(index) => self.met.get_mut(&index),
            Hanging::Package(index) => self.whole.get_mut(index),
        };
        slot.is_some_and(|slot| std::mem::replace(slot, met) != met)
    }

    /// How high an acceptance counts on a provision, by what it hangs on there.
    pub(crate) fn limit(&self, index: usize, position: &Position, provision: usize) -> Met {
        if !position.accepts() {
            return Met::Yes;
        }
        let own = self.met.get(&index).copied().unwrap_or(Met::Yes);
        let packages = self.at.get(&provision).into_iter().flatten();
        let whole = packages.filter_map(|package| {
            let tied = self.packages.get(*package)?;
            let binds = !tied.offer && !tied.withdrawn && tied.broken.is_none();
            (binds && tied.act.seat == position.act.seat).then(|| self.whole[*package])
        });
        whole.fold(own, Met::min)
    }

    /// The package with which an acceptance lapsed on a provision, although the wording there did not change.
    pub(crate) fn lapsed_with(
        &self,
        position: &Position,
        provision: usize,
        shelf: &Shelf,
    ) -> Option<&Tied> {
        if !position.accepts() {
            return None;
        }
        let named = position.package();
        let lapsed = |tied: &&Tied| {
            let own = tied.act.seat == position.act.seat && !tied.offer;
            tied.broken.is_some()
                && !tied.withdrawn
                && (Some(&tied.act.id) == named || (own && tied.rows.contains(&provision)))
                && !tied.came_before(position, shelf)
        };
        self.packages.iter().find(lapsed)
    }

    /// The package of this name, and its number.
    pub(crate) fn find(&self, name: &crate::names::ActId) -> Option<(usize, &Tied)> {
        let mut packages = self.packages.iter().enumerate();
        packages.find(|(_, tied)| tied.act.id == *name)
    }

    /// The packages in force that bind a party's acceptances of a provision, and those in which it was.
    pub(crate) fn on(&self, provision: usize) -> impl Iterator<Item = (usize, &Tied)> {
        let at = self.at.get(&provision).into_iter().flatten();
        at.filter_map(|index| Some((*index, self.packages.get(*index)?)))
    }
}

/// What hangs on something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hanging {
    /// A position with a condition, or that names a package.
    Position(usize),
    /// A package, for its own seat.
    Package(usize),
}

fn tied(
    act: &Arc<Act>,
    text: &Text,
    shelf: &Shelf,
    state: &State,
    process: &Process,
) -> Option<Tied> {
    let Deed::Package(package) = &act.deed else {
        return None;
    };
    let sheet = shelf.find(&package.draft, &act.seat, &act.room, state)?;
    let named = named(&shelf.sheets[sheet], &package.points);
    let wordings = named
        .iter()
        .map(|index| (*index, shelf.kept(sheet, *index)));
    let wordings: Vec<(usize, Vec<usize>)> = wordings.collect();
    let successors = &shelf.sheets[sheet].to_latest.successors;
    let rows = named.iter().filter_map(|index| successors.get(*index));
    let changes = named.iter();
    let changes = changes.filter_map(|index| shelf.first_change(sheet, *index));
    let offer = act.seat == process.pen_holder;
    (offer || text.parties.contains(&act.seat)).then(|| Tied {
        act: Arc::clone(act),
        rows: rows.flatten().copied().collect(),
        withdrawn: state.is_withdrawn(act),
        broken: changes.min(),
        offer,
        sheet,
        wordings,
    })
}

/// Every wording that these points of a sheet hold.
pub(crate) fn named(sheet: &Sheet, points: &Points) -> Vec<usize> {
    match points {
        Points::Whole => (0..sheet.digests.len()).collect(),
        Points::Paths(paths) => {
            let mut named = sheet.wordings(&targets(sheet, paths));
            named.sort_unstable();
            named.dedup();
            named
        }
    }
}
