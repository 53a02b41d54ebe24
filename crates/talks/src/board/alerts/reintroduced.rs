//! Substance that a party objected to and that is still, or again, in the latest draft.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use onetext_text::{Brackets, normal_form, words};

use super::super::stage::list;
use super::super::{Board, TextBoard};
use super::Ready;
use crate::act::{Act, StanceKind};
use crate::names::{ActId, SeatId};
use crate::position::{Position, Scope};
use crate::state::{ActKey, State};
use crate::status::{Alert, AlertKind, CellStance};

/// A provision of the latest draft that keeps objected substance; true where that never left.
pub(in crate::board) type Substance = (usize, bool);

/// An objection, the sheet and the provision it is on.
pub(super) type Objected = (ActId, usize, usize);

/// Who objects to one substance of the latest draft.
#[derive(Debug, Default)]
pub(in crate::board) struct Objections {
    /// The objections, and how often each is on which provision.
    acts: BTreeMap<ActId, BTreeMap<(usize, usize), usize>>,
    /// Each told, in the order of lists.
    told: BTreeMap<ActKey, Arc<str>>,
    /// How many of them each seat has.
    seats: BTreeMap<SeatId, usize>,
    /// On which provisions of which sheets they are, each as it is named, and how many.
    places: BTreeMap<(usize, usize), (String, usize)>,
}

impl Objections {
    /// One objection more.
    pub(super) fn enter(
        &mut self,
        (act, sheet, at): &Objected,
        state: &State,
        told: impl FnOnce(&Act) -> Arc<str>,
        named: impl FnOnce((usize, usize)) -> String,
    ) {
        let place = (*sheet, *at);
        let places = self.acts.entry(act.clone()).or_default();
        if places.is_empty()
            && let Some(act) = state.acts.get(act)
        {
            self.told
                .insert((act.on.clone(), act.id.clone()), told(act));
            *self.seats.entry(act.seat.clone()).or_default() += 1;
        }
        *places.entry(place).or_default() += 1;
        let (_, count) = self
            .places
            .entry(place)
            .or_insert_with(|| (named(place), 0));
        *count += 1;
    }

    /// One that is no more.
    pub(super) fn leave(&mut self, (act, sheet, at): &Objected, state: &State) {
        let place = (*sheet, *at);
        let Some(places) = self.acts.get_mut(act) else {
            return;
        };
        one_less(places, &place);
        if let Some((_, count)) = self.places.get_mut(&place) {
            *count = count.saturating_sub(1);
            if *count == 0 {
                self.places.remove(&place);
            }
        }
        if places.is_empty() {
            self.acts.remove(act);
            if let Some(act) = state.acts.get(act) {
                self.told.remove(&(act.on.clone(), act.id.clone()));
                one_less(&mut self.seats, &act.seat);
            }
        }
    }
}

fn one_less<K: Ord>(counts: &mut BTreeMap<K, usize>, of: &K) {
    if let Some(count) = counts.get_mut(of) {
        *count = count.saturating_sub(1);
        if *count == 0 {
            counts.remove(of);
        }
    }
}

/// So many words in a row are the objected substance.
const IN_A_ROW: usize = 8;
/// Or this share of an alternative's own words, in hundredths.
const OF_ITS_OWN: usize = 60;
/// An alternative shorter than this says too little to be somebody's substance.
const TOO_SHORT: usize = 4;

impl Board {
    /// To which substance of the latest draft a position objects, its seat not having agreed since; and the provisions on which
    /// that rests.
    pub(super) fn objected(
        &self,
        board: &TextBoard,
        position: usize,
        standing: &mut Wordings,
    ) -> (Vec<(Substance, Objected)>, BTreeSet<usize>) {
        let (mut found, mut rows) = (Vec::new(), BTreeSet::new());
        let Some(position) = board.table.positions.get(position) else {
            return (found, rows);
        };
        let live = position.void.is_none() && position.stance == StanceKind::Object;
        let Scope::Provisions(sheet, named) = &position.scope else {
            return (found, rows);
        };
        if !live || Some(*sheet) == board.shelf.latest {
            return (found, rows);
        }
        for taken_on in board.shelf.sheets[*sheet].wordings(named) {
            for own in standing.keeping(board, *sheet, taken_on) {
                rows.insert(own.0);
                if !self.agreed_since(board, position, own.0) {
                    found.push((*own, (position.act.id.clone(), *sheet, taken_on)));
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        (found, rows)
    }

    /// That substance is back, or was retained, where anybody objects to it.
    pub(super) fn reintroduced(
        &self,
        board: &TextBoard,
        (now, stayed): Substance,
        objections: &Objections,
    ) -> Option<Ready> {
        let draft = &board.shelf.sheets[board.shelf.latest?];
        let places = objections.places.values();
        let places: Vec<&str> = places.map(|(name, _)| name.as_str()).collect();
        let path = &draft.issued.draft.provisions()[now].path;
        let seats: Vec<_> = objections.seats.keys().cloned().collect();
        let (objects, verb) = (
            self.seat_list(&seats),
            if stayed { "retained" } else { "back" },
        );
        let acts: Vec<ActId> = objections.acts.keys().cloned().collect();
        if acts.is_empty() {
            return None;
        }
        let alert = Alert {
            kind: AlertKind::Reintroduced,
            about: vec![format!("{}#{path}", draft.name)],
            acts,
            told: objections.told.values().cloned().collect(),
            text: format!(
                "{verb} in {} {path}: {objects} objected to this substance, as it stood in {}, and has not withdrawn",
                draft.name,
                list(&places)
            ),
        };
        let last = objections.told.keys().next_back();
        Some(Ready {
            alert: Arc::new(alert),
            time: last.map(|(on, _)| on.clone()),
        })
    }

    /// Whether the objecting seat has since agreed to the wording as it stands.
    fn agreed_since(&self, board: &TextBoard, objection: &Position, now: usize) -> bool {
        let Some(party) = board.table.by_party.get(&objection.act.seat).copied() else {
            return true;
        };
        let cell = board.table.cell(party, now);
        let assent = matches!(
            cell.stance,
            CellStance::Accepted
                | CellStance::AcceptedAdRef
                | CellStance::AcceptedOnCondition
                | CellStance::Endorsed
        );
        assent
            && board
                .table
                .leading(cell)
                .is_some_and(|position| position.after(objection))
    }
}

/// A word by the number that it was given.
type Word = u32;

/// The wordings of the latest draft, for finding objected ones in them.
#[derive(Debug)]
pub(in crate::board) struct Wordings {
    /// A number for every word that was met.
    words: BTreeMap<String, Word>,
    /// The words of each alternative, by provision.
    alternatives: Vec<(usize, Vec<Word>)>,
    /// Provisions by each row of words.
    rows: BTreeMap<Vec<Word>, BTreeSet<usize>>,
    /// Alternatives by their words, and how often each has the word.
    by_word: BTreeMap<Word, Vec<(usize, usize)>>,
    /// What was found already, by the objected words: drafts repeat each other's.
    known: BTreeMap<Vec<Word>, BTreeSet<usize>>,
    /// What was found already, by sheet and provision.
    keeping: BTreeMap<(usize, usize), Vec<Substance>>,
}

impl Wordings {
    pub(super) fn of(board: &TextBoard, latest: usize) -> Wordings {
        let provisions = board.shelf.sheets[latest].issued.draft.provisions();
        let mut wordings = Wordings {
            words: BTreeMap::new(),
            alternatives: Vec::new(),
            rows: BTreeMap::new(),
            by_word: BTreeMap::new(),
            known: BTreeMap::new(),
            keeping: BTreeMap::new(),
        };
        for (index, provision) in provisions.iter().enumerate() {
            let alternatives = Brackets::parse(&provision.wording).alternatives();
            // Words without brackets are all there is to choose from.
            if alternatives.is_empty() {
                wordings.enter(index, &provision.wording);
            }
            for alternative in alternatives {
                wordings.enter(index, &alternative);
            }
        }
        wordings
    }

    fn enter(&mut self, provision: usize, wording: &str) {
        let own = self.keys(wording);
        for row in own.windows(IN_A_ROW) {
            self.rows.entry(row.to_vec()).or_default().insert(provision);
        }
        let alternative = self.alternatives.len();
        for (word, times) in counted(&own) {
            self.by_word
                .entry(word)
                .or_default()
                .push((alternative, times));
        }
        self.alternatives.push((provision, own));
    }

    /// The words that count, in lower case.
    fn keys(&mut self, wording: &str) -> Vec<Word> {
        let normal = normal_form(wording).to_lowercase();
        let spans = words(&normal);
        let bare = spans
            .iter()
            .filter_map(|word| normal.get(word.span.clone()))
            .map(|word| word.trim_matches(|letter: char| !letter.is_alphanumeric()))
            .filter(|word| !word.is_empty());
        bare.map(|word| {
            let next = Word::try_from(self.words.len()).unwrap_or(Word::MAX);
            match self.words.get(word) {
                Some(number) => *number,
                None => *self.words.entry(word.to_owned()).or_insert(next),
            }
        })
        .collect()
    }

    /// The provisions of the latest draft that keep an objected wording's substance; true where it never left.
    fn keeping(&mut self, board: &TextBoard, sheet: usize, taken_on: usize) -> &[Substance] {
        if !self.keeping.contains_key(&(sheet, taken_on)) {
            let keeping = self.found(board, sheet, taken_on);
            self.keeping.insert((sheet, taken_on), keeping);
        }
        &self.keeping[&(sheet, taken_on)]
    }

    fn found(&mut self, board: &TextBoard, sheet: usize, taken_on: usize) -> Vec<Substance> {
        let source = &board.shelf.sheets[sheet];
        let descended = source.to_latest.successors.get(taken_on);
        let mut keeping: BTreeMap<usize, bool> = descended
            .into_iter()
            .flatten()
            .map(|now| (*now, never_left(board, sheet, taken_on, *now)))
            .collect();
        let objected = self.keys(&source.issued.draft.provisions()[taken_on].wording);
        for now in self.similar(objected) {
            keeping.entry(*now).or_insert(false);
        }
        keeping.into_iter().collect()
    }

    /// Provisions with enough words in a row, or an alternative enough of whose own words, from the objected ones.
    fn similar(&mut self, objected: Vec<Word>) -> &BTreeSet<usize> {
        let Wordings {
            rows,
            by_word,
            alternatives,
            known,
            ..
        } = self;
        known.entry(objected).or_insert_with_key(|objected| {
            let mut found: BTreeSet<usize> = objected
                .windows(IN_A_ROW)
                .filter_map(|row| rows.get(row))
                .flatten()
                .copied()
                .collect();
            // By alternative: how many different words it shares, and how many at most stand in the same order.
            let mut shared: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
            for (word, times) in counted(objected) {
                for (alternative, own) in by_word.get(&word).into_iter().flatten() {
                    let (different, all) = shared.entry(*alternative).or_default();
                    *different += 1;
                    *all += times.min(*own);
                }
            }
            let few = TOO_SHORT.min(3).min(objected.len());
            for (alternative, (different, all)) in shared {
                let (provision, own) = &alternatives[alternative];
                let enough =
                    |kept: usize| own.len() >= TOO_SHORT && kept * 100 >= own.len() * OF_ITS_OWN;
                let keeps = || own == objected || enough(all) && enough(in_order(objected, own));
                if different >= few && !found.contains(provision) && keeps() {
                    found.insert(*provision);
                }
            }
            found
        })
    }
}

/// Each word and how often it is there.
fn counted(words: &[Word]) -> BTreeMap<Word, usize> {
    let mut counted = BTreeMap::new();
    for word in words {
        *counted.entry(*word).or_default() += 1;
    }
    counted
}

/// Whether an objected wording stood in every draft from then to the latest.
fn never_left(board: &TextBoard, sheet: usize, taken_on: usize, now: usize) -> bool {
    let (Some(latest), sheets) = (board.shelf.latest, &board.shelf.sheets) else {
        return false;
    };
    let objected = sheets[sheet].digests.get(taken_on);
    if sheets[latest].digests.get(now) != objected {
        return true;
    }
    let between = sheets.get(sheet + 1..latest).unwrap_or_default();
    between
        .iter()
        .filter(|other| other.source == crate::shelf::Source::Draft)
        .all(|other| {
            let before = other.to_latest.predecessors.get(now);
            before.is_some_and(|before| {
                before
                    .iter()
                    .any(|index| other.digests.get(*index) == objected)
            })
        })
}

/// How many words of `own` stand in `other` in the same order.
fn in_order(other: &[Word], own: &[Word]) -> usize {
    // A long provision is compared on its beginning: the figure is a share, and the bound keeps a hostile draft cheap.
    let (other, own) = (
        &other[..other.len().min(2_000)],
        &own[..own.len().min(2_000)],
    );
    let mut row = vec![0_usize; own.len() + 1];
    for word in other {
        let mut diagonal = 0;
        for (index, mine) in own.iter().enumerate() {
            let above = row[index + 1];
            row[index + 1] = if mine == word {
                diagonal + 1
            } else {
                above.max(row[index])
            };
            diagonal = above;
        }
    }
    row[own.len()]
}
