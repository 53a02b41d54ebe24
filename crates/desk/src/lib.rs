//! What a person can ask for: one file per intention, and the only door to the record.
//!
//! [`Books`] hold the record and never hand it out. Every question about it takes a [`Viewer`] and a [`Cut`], and what
//! comes back holds only what that viewer may see, so that no page, export or screen can forget the compartment.
//! Questions about files alone ([`redline()`], [`text()`]) need neither.

mod act;
mod books;
mod brief;
mod compile;
mod confirm;
mod copy;
mod drafting;
mod error;
mod export;
mod given;
mod hands;
mod import;
mod input;
mod leak;
pub mod ledger;
mod on_record;
mod packages;
mod press;
mod questions;
mod reading;
mod redline;
mod returned;
mod search;
mod stakes;
mod status;
mod text;
mod wanted;
mod why;
pub mod workspace;

pub use act::{ActRefused, Desk};
pub use books::Books;
pub use brief::{Brief, brief};
pub use compile::{CompiledText, compile, compile_proposals, compile_tracked, compiled_document};
pub use confirm::{Proposal, Proposed};
pub use copy::{CopyError, CopyMade};
pub use drafting::{
    Delivery, Foreseen, Issued, Lapse, NewDraft, Piece, Redraft, Redrafted, Withheld, feedback,
    foresee, foresee_acts, foresee_delivery, foresee_refusals, one_paragraph, redrafted,
};
pub use error::DeskError;
pub use export::{Export, export};
pub use given::{disclosed_to, since, who_has};
pub use import::{ImportError, Imported, import};
pub use input::Paper;
pub use leak::{LeakMatch, Nearness, leak_match};
pub use on_record::{contacts, on_record, open_points};
pub use onetext_bargain::{Budget, Disagreement, Forecast, Fraction, Point, Wish};
pub use onetext_paper::docx::{Tracked, redline::Author};
pub use onetext_paper::dossier::{ActError, schema};
pub use onetext_paper::dossier::{FileError, Files};
pub use onetext_paper::packages as package_study;
pub use onetext_press::{Compared, Meeting, Mentioned, Mission, Report, Statement};
pub use onetext_talks::{Cut, Explanation, SeatCard, SeatId, Status, Viewer, When};
pub use onetext_text::PairKind;
pub use packages::{PackagesAsked, Weighing};
pub use press::{
    PressAccounts, PressBeside, PressDraft, PressSketch, press, press_beside, press_day,
    press_draft, press_sketch,
};
pub use questions::Question;
pub use reading::{
    Handed, ReadableDraft, Receipt, between, deliveries, readable, receipts, rooms_to_speak_in,
};
pub use redline::{Comparison, Opened, compare, open, open_whole, redline, tracked};
pub use returned::{Import, Item, Returned};
pub use search::{Found, Hit, Where, search};
pub use status::{StateOfPlay, state_and_gates, state_of_play, status};
pub use text::{Passage, Reading, reading, text};
pub use why::why;
