//! Substance that a party objected to and that is still, or again, in the latest draft.

use std::collections::{BTreeMap, BTreeSet};

use onetext_text::{Brackets, normal_form, words};

use super::super::stage::list;
use super::super::{Board, TextBoard};
use super::Ready;
use crate::act::StanceKind;
use crate::names::ActId;
use crate::position::{Position, Scope};
use crate::status::{Alert, AlertKind, CellStance};

/// A provision of the latest draft that keeps objected substance; true where that never left.
pub(in crate::board) type Substance = (usize, bool);

/// An objection, the sheet and the provision it is on.
type Objected = (ActId, usize, usize);

/// What deserves a second look of what one seat did on a text.
#[derive(Debug)]
pub(in crate::board) struct Looks {
    /// Whether it has to be looked at again.
    pub(in crate::board) stale: bool,
    alerts: Vec<Ready>,
    objected: BTreeMap<Substance, BTreeSet<Objected>>,
}

impl Looks {
    pub(super) fn of(
        alerts: Vec<Ready>,
        objected: BTreeMap<Substance, BTreeSet<Objected>>,
    ) -> Looks {
        Looks {
            stale: false,
            alerts,
            objected,
        }
    }

    /// What concerns this seat alone.
    pub(super) fn alerts(&self) -> &[Ready] {
        &self.alerts
    }

    /// The substance to which the seat objects otherwise than before.
    pub(super) fn differs(&self, before: Option<&Looks>) -> Vec<Substance> {
        let then = |own: &Substance| before.and_then(|before| before.objected.get(own));
        let now = self.objected.iter();
        let changed = now.filter(|(own, objected)| then(own) != Some(*objected));
        let changed = changed.map(|(own, _)| *own);
        let gone = before.into_iter().flat_map(|before| before.objected.keys());
        let gone = gone.filter(|own| !self.objected.contains_key(own)).copied();
        changed.chain(gone).collect()
    }
}

/// So many words in a row are the objected substance.
const IN_A_ROW: usize = 8;
/// Or this share of an alternative's own words, in hundredths.
const OF_ITS_OWN: usize = 60;
/// An alternative shorter than this says too little to be somebody's substance.
const TOO_SHORT: usize = 4;

impl Board {
    /// To which substance of the latest draft a seat objected and has not agreed since.
    pub(super) fn objected(
        &self,
        board: &TextBoard,
        bucket: usize,
    ) -> BTreeMap<Substance, BTreeSet<Objected>> {
        let mut found: BTreeMap<Substance, BTreeSet<Objected>> = BTreeMap::new();
        let Some(latest) = board.shelf.latest else {
            return found;
        };
        let mut standing = board.kept.wordings.borrow_mut();
        let standing = standing.get_or_insert_with(|| Wordings::of(board, latest));
        for position in board.table.of_bucket(bucket) {
            let live = position.void.is_none() && position.stance == StanceKind::Object;
            let Scope::Provisions(sheet, named) = &position.scope else {
                continue;
            };
            if !live || *sheet == latest {
                continue;
            }
            for taken_on in board.shelf.sheets[*sheet].wordings(named) {
                for (now, stayed) in standing.keeping(board, *sheet, taken_on) {
                    if !self.agreed_since(board, position, *now) {
                        found.entry((*now, *stayed)).or_default().insert((
                            position.act.id.clone(),
                            *sheet,
                            taken_on,
                        ));
                    }
                }
            }
        }
        found
    }

    /// That substance is back, or was retained, where anybody objects to it.
    pub(super) fn reintroduced(
        &self,
        board: &TextBoard,
        (now, stayed): Substance,
        all: &BTreeMap<usize, Looks>,
    ) -> Option<Alert> {
        let draft = &board.shelf.sheets[board.shelf.latest?];
        let of_seats = all
            .values()
            .filter_map(|looks| looks.objected.get(&(now, stayed)));
        let objected = || of_seats.clone().flatten();
        let acts: BTreeSet<&ActId> = objected().map(|(act, ..)| act).collect();
        let places: BTreeSet<(usize, usize)> = objected()
            .map(|(_, sheet, taken_on)| (*sheet, *taken_on))
            .collect();
        let places: Vec<String> = places
            .into_iter()
            .map(|(sheet, at)| {
                let name = &board.shelf.sheets[sheet].name;
                format!("{name}#{}", board.path(sheet, at))
            })
            .collect();
        let places: Vec<&str> = places.iter().map(String::as_str).collect();
        let path = &draft.issued.draft.provisions()[now].path;
        let seats: BTreeSet<_> = acts
            .iter()
            .filter_map(|act| self.state.acts.get(*act))
            .map(|act| act.seat.clone())
            .collect();
        let seats: Vec<_> = seats.into_iter().collect();
        let (objects, verb) = (
            self.seat_list(&seats),
            if stayed { "retained" } else { "back" },
        );
        (!acts.is_empty()).then(|| Alert {
            kind: AlertKind::Reintroduced,
            about: vec![format!("{}#{path}", draft.name)],
            acts: acts.into_iter().cloned().collect(),
            told: Vec::new(),
            text: format!(
                "{verb} in {} {path}: {objects} objected to this substance, as it stood in {}, and has not withdrawn",
                draft.name,
                list(&places)
            ),
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
    fn of(board: &TextBoard, latest: usize) -> Wordings {
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
