//! What is at stake: the open points that have more than one wording on record, and what each party prefers of them.

use serde::Serialize;

use crate::names::{ActId, DraftId, SeatId, TextId};
use crate::when::When;

/// What is open with alternatives, and preferences over it, as one viewer knows them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stakes {
    /// The parties of the texts that have open points, in the order of the seats.
    pub parties: Vec<SeatId>,
    /// The open points with their options.
    pub points: Vec<OpenPoint>,
    /// What is open, or proposed, and is not among them.
    pub left_out: Vec<LeftOutPoint>,
    /// What was said of preferences, in the order of lists.
    pub preferences: Vec<Stated>,
}

/// An open point with at least two options.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OpenPoint {
    /// Its name among the points: its path, or `TEXT#PATH` where several texts have open points.
    pub id: String,
    /// The text.
    pub text: TextId,
    /// The latest draft of it that the viewer knows.
    pub draft: DraftId,
    /// Its path there.
    pub path: String,
    /// Its first words.
    pub words: String,
    /// What could be agreed on it.
    pub options: Vec<OpenOption>,
    /// Why it is one of them, as sentences.
    pub because: Vec<String>,
}

/// One wording that could be agreed on a point.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OpenOption {
    /// Its name: the reading that it is (`1`, `2.1`), `text` for the wording as it stands, else the act that proposes it.
    pub name: String,
    /// Its words; empty where the point would go.
    pub words: String,
    /// The acts that propose exactly this wording.
    pub acts: Vec<ActId>,
    /// Whose they are.
    pub by: Vec<SeatId>,
    /// Whether the draft has exactly this wording now.
    pub current: bool,
    /// The positions by which a party will not have it.
    pub red_lines: Vec<RedLineOn>,
}

/// A position by which a party will not have an option.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RedLineOn {
    /// The party.
    pub seat: SeatId,
    /// The act.
    pub act: ActId,
}

/// Something that is not weighed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LeftOutPoint {
    /// A provision, as `DRAFT#PATH`, or an act.
    pub about: String,
    /// Why, as a sentence.
    pub because: String,
}

/// What one act says of preferences.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stated {
    /// Whose preferences.
    pub party: SeatId,
    /// Who says so.
    pub by: SeatId,
    /// The act.
    pub act: ActId,
    /// When it was said.
    pub on: When,
    /// Options in order, as far as they still are options.
    pub rankings: Vec<StatedRanking>,
    /// Swaps, as far as all that they name still are options.
    pub swaps: Vec<StatedSwap>,
    /// What the party has without an agreement, in hundredths of the best package.
    pub reservation: Option<String>,
    /// What no longer counts, and why, as sentences.
    pub lapsed: Vec<String>,
}

/// The options of one point in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StatedRanking {
    /// The point, by its place in [`Stakes::points`].
    pub point: usize,
    /// The options, by their places, the best first.
    pub order: Vec<usize>,
    /// For each whether it is worth as much as the one before it.
    pub tied: Vec<bool>,
}

/// One swap: points and options by their places.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StatedSwap {
    /// What is preferred.
    pub rather: Vec<(usize, usize)>,
    /// To what.
    pub than: Vec<(usize, usize)>,
    /// Or both are worth the same.
    pub same: bool,
}
