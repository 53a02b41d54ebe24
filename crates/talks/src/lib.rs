//! The process: its seats, rooms and texts, what each seat did, and what follows from it.
//!
//! This crate is pure: it reads no file, no clock and no random numbers. One way through:
//! a [`Record`] (what is in the books) → what its author is refused → one log per room → a state per room →
//! the merge of those a [`Viewer`] may enter → [`Status`], and [`why`](Board::why).

pub mod act;
mod acts;
pub mod board;
pub mod briefing;
pub mod check;
pub mod closing;
mod deed;
mod escrow;
pub mod explanation;
mod exposure;
pub mod given;
mod judge;
pub mod legend;
mod lines;
mod mentions;
pub mod mutant;
pub mod names;
mod nearest;
mod position;
mod procedures;
pub mod record;
pub mod room;
mod rows;
pub mod rule;
mod rule_names;
mod share;
mod shelf;
mod silence;
mod stakes;
mod stances;
pub mod state;
pub mod status;
mod table;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
mod ties;
mod version;
mod way;
pub mod when;

pub use act::*;
pub use acts::Acts;
pub use board::{AskError, Board, Cut, GateReason, OnRecord, ProposedOn, StandingProposal, Viewer};
pub use briefing::*;
pub use check::{
    BlockKind, MOST_REFUSALS, Place, Refusal, Rooms, Rule, check, check_last_act, check_last_block,
};
pub use closing::*;
pub use explanation::*;
pub use given::*;
pub use legend::*;
pub use mentions::Mention;
pub use names::*;
pub use nearest::{nearest, nearest_hint};
pub use procedures::*;
pub use record::*;
pub use room::RoomLog;
pub use rule_names::{LONGEST_RULE, RuleName, rule_names};
pub use stakes::*;
pub use stances::Stances;
pub use state::State;
pub use status::*;
pub use when::{When, WhenError};
