//! A redline for people and for programs: in the terminal, as one HTML page that needs nothing else, and as JSON.
//!
//! All three tell the same pairs in the same order. What a person reads is worded in `telling`, once for terminal
//! and page.

mod choice;
mod html;
mod json;
mod telling;
mod terminal;

use onetext_text::Draft;

pub use choice::Choice;
pub use html::{English, Phrase, STEPS, STYLE, Speech, html, html_columns, html_of_words};
pub use json::{Document, File, json};
pub use telling::in_words;
pub use terminal::{stat, terminal};

/// The two drafts of a redline, with the names that a reader knows them by.
#[derive(Debug, Clone, Copy)]
pub struct Sides<'a> {
    /// The name of the older draft, usually of its file.
    pub old_name: &'a str,
    /// The name of the newer draft.
    pub new_name: &'a str,
    /// The older draft.
    pub old: &'a Draft,
    /// The newer draft.
    pub new: &'a Draft,
}

#[cfg(test)]
mod tests;
