//! The state of play on a screen and on paper: for the terminal, and as one HTML file that needs nothing else.
//!
//! Both tell the same things in the same words ([`words`]), with the same rows (`rows`), and print no number that
//! is not in the [`Status`](onetext_talks::Status).

pub(crate) mod given;
mod html;
mod ink;
mod keys;
mod layout;
mod names;
mod procedure_words;
mod rows;
#[cfg(test)]
mod sample;
mod terminal;
pub mod words;

pub use html::{
    GENERATOR, Link, STYLE, around, class, html, index, points_bar, procedures_and_end, reasons,
};
pub use keys::{Key, cell_signs, legend};
pub use rows::{Row, rows};
pub use terminal::{Page, colours, disclosed, explanation, step, summary, terminal, who_has};
