//! The compilation text: one base, and what every seat would have instead, in one text in the order of the provisions.
//!
//! After the custom of conference secretariats: the base stays as it is; where seats propose other words, these stand
//! beside it with the names of who proposes them; equal proposals stand once, with all their names. Nothing is lost:
//! [`Compilation::taken_out`] gives each seat's text back to the letter, from the compiled text alone.

mod patch;
mod place;

use std::ops::Range;

use crate::align::{Alignment, align};
use crate::draft::{Draft, Provision, ProvisionKind};
use crate::redline::{PairKind, redline};

/// What a seat hands in: its name, and the base as it would have it.
#[derive(Debug, Clone, Copy)]
pub struct SeatText<'a> {
    /// The name that its proposals carry.
    pub seat: &'a str,
    /// The whole text as the seat would have it.
    pub draft: &'a Draft,
}

/// What a provision looks like beside its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shape {
    /// Its label as printed.
    pub label: Option<String>,
    /// What it is on the page.
    pub kind: ProvisionKind,
    /// The number of provisions above it.
    pub depth: usize,
}

/// A provision of a seat's text, taken back out of a compilation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenOut {
    /// Label, kind and depth.
    pub shape: Shape,
    /// Its own wording to the letter.
    pub wording: String,
}

/// Some of the seats, as indices into [`Compilation::seats`], rising.
pub type Seats = Vec<usize>;

/// One wording that seats propose for a stretch of the base.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposed {
    /// Who proposes it.
    pub seats: Seats,
    /// The words, to the letter; empty where the stretch would go.
    pub text: String,
}

/// A stretch of a provision's wording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stretch {
    /// Nobody would change it.
    Agreed(Range<usize>),
    /// Some would.
    Open {
        /// What the base has there, in bytes of its wording; empty for words that come in between.
        base: Range<usize>,
        /// What is proposed instead, in the order of the seats.
        proposed: Vec<Proposed>,
        /// True where all that differs is the number in a reference that follows its target: nobody proposed that.
        follows: bool,
    },
}

/// Why a provision of the base is not in a seat's text where the base has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Absence {
    /// The seat would delete it.
    Deleted,
    /// The seat would have it elsewhere.
    Moved,
    /// The seat would have its words in another provision.
    Merged,
}

/// What a proposed provision comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// It is new.
    New,
    /// It is a provision of the base that would stand here; the index in the base.
    Moved(usize),
    /// It is a part of a provision of the base; the index in the base.
    Part(usize),
}

/// One provision of the compilation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// A provision of the base.
    Base {
        /// Its index in the base.
        index: usize,
        /// Its wording, cut where somebody would change it.
        stretches: Vec<Stretch>,
        /// Seats in whose text it does not stand here, and why.
        absent: Vec<(Absence, Seats)>,
        /// Seats that give it another label, kind or depth.
        shapes: Vec<(Shape, Seats)>,
    },
    /// A provision that seats would have here.
    Proposed {
        /// Where it comes from.
        source: Source,
        /// Label, kind and depth.
        shape: Shape,
        /// Its wording.
        wording: String,
        /// Who proposes it.
        seats: Seats,
    },
}

/// A base with every seat's proposals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compilation {
    /// The seats in the order given.
    pub seats: Vec<String>,
    /// The provisions in order.
    pub entries: Vec<Entry>,
}

/// Compiles what seats propose for a base. The same texts always give the same compilation.
#[must_use]
pub fn compile(base: &Draft, texts: &[SeatText<'_>]) -> Compilation {
    let count = base.provisions().len();
    let mut entries = place::Entries::new(count);
    for (seat, text) in texts.iter().enumerate() {
        let alignment = align(base, text.draft, &[]);
        entries.take(seat, base, text.draft, &alignment);
    }
    Compilation {
        seats: texts.iter().map(|text| text.seat.to_owned()).collect(),
        entries: entries.finish(base),
    }
}

impl Compilation {
    /// A seat's text, provision by provision, out of this compilation and its base. `seat` is an index into
    /// [`seats`](Self::seats); for one that is not there it is the base itself.
    #[must_use]
    pub fn taken_out(&self, seat: usize, base: &Draft) -> Vec<TakenOut> {
        let mut out = Vec::new();
        for entry in &self.entries {
            match entry {
                Entry::Base {
                    index,
                    stretches,
                    absent,
                    shapes,
                } => {
                    let Some(provision) = base.provisions().get(*index) else {
                        continue;
                    };
                    if absent.iter().any(|(_, seats)| seats.contains(&seat)) {
                        continue;
                    }
                    let shape = shapes
                        .iter()
                        .find(|(_, seats)| seats.contains(&seat))
                        .map_or_else(|| Shape::of(provision), |(shape, _)| shape.clone());
                    let wording = stretches
                        .iter()
                        .map(|stretch| stretch.as_seen_by(seat, &provision.wording))
                        .collect();
                    out.push(TakenOut { shape, wording });
                }
                Entry::Proposed {
                    shape,
                    wording,
                    seats,
                    ..
                } => {
                    if seats.contains(&seat) {
                        out.push(TakenOut {
                            shape: shape.clone(),
                            wording: wording.clone(),
                        });
                    }
                }
            }
        }
        out
    }

    /// How many provisions somebody would change, add or drop; references that follow apart.
    #[must_use]
    pub fn open(&self) -> usize {
        self.entries.iter().filter(|entry| entry.is_open()).count()
    }

    /// How many provisions are in conflict: see [`Entry::is_conflict`].
    #[must_use]
    pub fn conflicts(&self) -> usize {
        let conflicts = self.entries.iter().filter(|entry| entry.is_conflict());
        conflicts.count()
    }
}

impl Entry {
    /// True where somebody proposes something.
    #[must_use]
    pub fn is_open(&self) -> bool {
        match self {
            Entry::Base {
                stretches, absent, ..
            } => {
                !absent.is_empty()
                    || stretches
                        .iter()
                        .any(|stretch| matches!(stretch, Stretch::Open { follows: false, .. }))
            }
            Entry::Proposed { .. } => true,
        }
    }

    /// True where two seats propose what cannot both be: different words for one stretch, or to drop or move a
    /// provision that another would reword.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        let Entry::Base {
            stretches, absent, ..
        } = self
        else {
            return false;
        };
        let reworded = stretches.iter().any(|stretch| {
            matches!(stretch, Stretch::Open { proposed, follows: false, .. } if !proposed.is_empty())
        });
        let torn = stretches.iter().any(|stretch| {
            matches!(stretch, Stretch::Open { proposed, follows: false, .. } if proposed.len() > 1)
        });
        torn || absent.len() > 1 || (reworded && !absent.is_empty())
    }
}

impl Stretch {
    fn as_seen_by<'a>(&'a self, seat: usize, wording: &'a str) -> &'a str {
        let base = match self {
            Stretch::Agreed(base) | Stretch::Open { base, .. } => base,
        };
        let proposed = match self {
            Stretch::Agreed(_) => None,
            Stretch::Open { proposed, .. } => {
                proposed.iter().find(|each| each.seats.contains(&seat))
            }
        };
        proposed.map_or_else(
            || wording.get(base.clone()).unwrap_or_default(),
            |each| &each.text,
        )
    }
}

impl Shape {
    /// The shape of a provision as read.
    #[must_use]
    pub fn of(provision: &Provision) -> Shape {
        Shape {
            label: provision.label.as_ref().map(|label| label.printed.clone()),
            kind: provision.kind,
            depth: provision.depth,
        }
    }
}
