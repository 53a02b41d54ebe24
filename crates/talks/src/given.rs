//! Who has been given what: answers to the pen-holder's questions before the next draft goes out.

use std::collections::BTreeMap;
use std::sync::Arc;

use onetext_text::{IssuedDraft, Lineage};
use serde::Serialize;

use crate::act::{Channel, Manner};
use crate::explanation::ActCard;
use crate::names::{ActId, DraftId, RoomId, SeatId, TextId};
use crate::when::When;

/// Where some words stand, and who has been given them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WhoHas {
    /// The words, as asked.
    pub words: String,
    /// The provisions of drafts that hold them, in the order of issue.
    pub places: Vec<PlaceOfWords>,
    /// Where they were told, proposed or said otherwise, in the order of lists.
    pub told: Vec<ToldWords>,
    /// The seats that have them by any of these ways, as far as the viewer knows.
    pub seats: Vec<SeatId>,
    /// What the seats of the process are called.
    #[serde(skip)]
    pub names: BTreeMap<SeatId, String>,
}

/// A provision of a draft that holds the words.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlaceOfWords {
    /// The text.
    pub text: TextId,
    /// The draft, or a seat's own name for its copy.
    pub draft: DraftId,
    /// The provision.
    pub path: String,
    /// Whose own copy it is, where it is one.
    pub copy_of: Option<SeatId>,
    /// Who has been given the draft, and by which ways.
    pub given: BTreeMap<SeatId, Vec<Given>>,
}

/// One giving of a draft.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Given {
    /// When.
    pub on: When,
    /// By which way.
    pub channel: Option<Channel>,
    /// The act that says so.
    pub act: ActId,
}

/// Words told, proposed or said.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ToldWords {
    /// The act.
    pub act: ActCard,
    /// How they were told, where they were.
    pub manner: Option<Manner>,
    /// Who can know of it: the members of its room.
    pub to: Vec<SeatId>,
}

/// What a seat came to know through the acts of others, in the order of lists: its disclosure log.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DisclosureLog {
    /// The seat.
    pub seat: SeatId,
    /// Whether that is all of it: of another seat only the pen-holder knows that.
    pub complete: bool,
    /// What was disclosed.
    pub entries: Vec<Disclosed>,
    /// What the seat is called.
    #[serde(skip)]
    pub name: String,
}

/// One thing that a seat came to know.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Disclosed {
    /// The room where it was disclosed.
    pub room: RoomId,
    /// The act.
    pub act: Arc<ActCard>,
}

/// What changed for a seat since what it was last given.
#[derive(Debug, Clone)]
pub struct Since {
    /// The seat.
    pub seat: SeatId,
    /// The text.
    pub text: TextId,
    /// What it was last given: a draft, or its own name for its copy.
    pub from: DraftId,
    /// What that says.
    pub old: Arc<IssuedDraft>,
    /// When it was given.
    pub given: When,
    /// What it is compared with: the last draft, a working draft too where the viewer holds the pen.
    pub to: DraftId,
    /// What that says.
    pub new: Arc<IssuedDraft>,
    /// Which provision became which.
    pub lineage: Lineage,
}
