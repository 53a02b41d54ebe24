//! Places: where each seat's provisions stand in the compilation.

use super::patch::{Edit, edits, laid_over};
use super::{Absence, Alignment, Draft, Entry, PairKind, Seats, Shape, Source, redline};
use crate::align::Match;

/// A provision that seats would have in a gap.
struct Proposal {
    source: Source,
    shape: Shape,
    wording: String,
    seats: Seats,
}

/// What was gathered so far.
pub(super) struct Entries {
    /// What comes before each base provision; the last is what comes after all.
    gaps: Vec<Vec<Proposal>>,
    /// For each base provision the seats' edits, absences and shapes.
    patches: Vec<Vec<(usize, Vec<Edit>)>>,
    absent: Vec<Vec<(Absence, Seats)>>,
    shapes: Vec<Vec<(Shape, Seats)>>,
}

impl Entries {
    pub(super) fn new(count: usize) -> Entries {
        Entries {
            gaps: (0..=count).map(|_| Vec::new()).collect(),
            patches: (0..count).map(|_| Vec::new()).collect(),
            absent: (0..count).map(|_| Vec::new()).collect(),
            shapes: (0..count).map(|_| Vec::new()).collect(),
        }
    }

    /// Takes one seat's text in.
    pub(super) fn take(&mut self, seat: usize, base: &Draft, text: &Draft, alignment: &Alignment) {
        let single = Alignment {
            matches: alignment.matches.iter().filter_map(single).collect(),
        };
        let redline = redline(base, text, &single);
        let (in_base, in_text) = (
            alignment.by_old(base.provisions().len()),
            alignment.by_new(text.provisions().len()),
        );
        let mut gap = 0;
        let mut reached = vec![0; self.gaps.len()];
        for pair in &redline.pairs {
            let provision = pair.new_index.first().map(|j| &text.provisions()[*j]);
            match (pair.old_index.first(), provision) {
                (Some(i), Some(provision)) if pair.kind != PairKind::Moved => {
                    let edits = edits(&pair.runs);
                    if !edits.is_empty() {
                        self.patches[*i].push((seat, edits));
                    }
                    let shape = Shape::of(provision);
                    if shape != Shape::of(&base.provisions()[*i]) {
                        add(&mut self.shapes[*i], shape, seat);
                    }
                    gap = i + 1;
                }
                (Some(i), None) => {
                    let merged = in_base[*i].is_some();
                    let why = if merged {
                        Absence::Merged
                    } else {
                        Absence::Deleted
                    };
                    add(&mut self.absent[*i], why, seat);
                }
                (moved, Some(provision)) => {
                    let part = pair.new_index.first().and_then(|j| in_text[*j]);
                    let source = match (moved, part) {
                        (Some(i), _) => {
                            add(&mut self.absent[*i], Absence::Moved, seat);
                            Source::Moved(*i)
                        }
                        (None, Some(number)) => Source::Part(alignment.matches[number].old[0]),
                        (None, None) => Source::New,
                    };
                    let proposal = Proposal {
                        source,
                        shape: Shape::of(provision),
                        wording: provision.wording.clone(),
                        seats: vec![seat],
                    };
                    reached[gap] = put(&mut self.gaps[gap], reached[gap], proposal, seat);
                }
                (None, None) => {}
            }
        }
    }

    /// The entries in order.
    pub(super) fn finish(self, base: &Draft) -> Vec<Entry> {
        let mut entries = Vec::new();
        let mut gaps = self.gaps.into_iter();
        let mut open = |entries: &mut Vec<Entry>| {
            entries.extend(
                gaps.next()
                    .into_iter()
                    .flatten()
                    .map(|proposal| Entry::Proposed {
                        source: proposal.source,
                        shape: proposal.shape,
                        wording: proposal.wording,
                        seats: proposal.seats,
                    }),
            );
        };
        open(&mut entries);
        let gathered = self.patches.into_iter().zip(self.absent).zip(self.shapes);
        for (index, ((patches, absent), shapes)) in gathered.enumerate() {
            entries.push(Entry::Base {
                index,
                stretches: laid_over(&base.provisions()[index].wording, &patches),
                absent,
                shapes,
            });
            open(&mut entries);
        }
        entries
    }
}

/// A group as the pair that keeps the identity; the other parts stand alone.
fn single(each: &Match) -> Option<Match> {
    Some(Match {
        old: vec![*each.old.first()?],
        new: vec![*each.new.first()?],
        ..*each
    })
}

/// Adds a seat to those that propose the same.
fn add<T: PartialEq>(list: &mut Vec<(T, Seats)>, what: T, seat: usize) {
    match list.iter_mut().find(|(known, _)| *known == what) {
        Some((_, seats)) => seats.push(seat),
        None => list.push((what, vec![seat])),
    }
}

/// Puts a proposal into a gap behind what the same seat put there before: beside an equal one, or at that place. Gives
/// the place behind it.
fn put(gap: &mut Vec<Proposal>, from: usize, proposal: Proposal, seat: usize) -> usize {
    let equal = |other: &Proposal| {
        other.source == proposal.source
            && other.shape == proposal.shape
            && other.wording == proposal.wording
    };
    match gap.iter().skip(from).position(equal) {
        Some(place) => {
            gap[from + place].seats.push(seat);
            from + place + 1
        }
        None => {
            // Behind what others put there: who came first stays first.
            let at = if from == 0 { gap.len() } else { from };
            gap.insert(at, proposal);
            at + 1
        }
    }
}
