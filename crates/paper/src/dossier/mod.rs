//! The dossier: a process in plain text, one TOML file and beside it the drafts that it names.
//!
//! [`read`] makes a [`Record`] of it, or says everything that keeps it from being one; [`write()`] makes a dossier of a
//! record, such that reading it again gives the same record. The format is laid down in `dossier.md`; [`schema`] is
//! that format as a table.

mod blocks;
mod drafts;
mod error;
mod files;
mod one;
pub mod schema;
mod shape;
mod sketch;
mod source;
mod trouble;
mod write;

use onetext_talks::{Record, check};

pub use error::DossierError;
pub use files::{FileError, Files, is_inside};
pub use one::{ActError, add_act, add_block, add_unnamed_act, block_kind};
pub use source::LARGEST;
pub use write::{Dossier, write};

use error::Fault;
use files::Shelf;
use sketch::Sketch;
use source::Piece;
use trouble::{Tally, Trouble};

/// The name by which errors call the dossier itself.
pub const DOSSIER_FILE: &str = "dossier.toml";

/// The most errors that are told at once.
pub const MOST_ERRORS: usize = 20;

/// Reads a dossier: all of it, or nothing.
///
/// What is wrong is told in the order of the file, at most [`MOST_ERRORS`] at once: first what is no dossier by its
/// form (no TOML, a field that is missing, misspelt or of the wrong type), and where the form is good what its author
/// may not record (see [`onetext_talks::check()`]).
///
/// ```
/// use std::collections::BTreeMap;
///
/// let source = r#"
/// [process]
/// id = "fish"
/// title = "The fish"
/// pen_holder = "norge"
///
/// [[seat]]
/// id = "norway"
/// name = "Norway"
/// role = "mediator"
/// "#;
/// let errors = onetext_paper::dossier::read(source, &mut BTreeMap::new()).unwrap_err();
/// assert_eq!(
///     errors[0].to_string(),
///     r#"dossier.toml:5:14: no seat is named "norge"; expected the handle of a seat; the nearest is "norway""#
/// );
/// ```
///
/// # Errors
/// Everything that keeps it from being imported; nothing is imported then.
pub fn read(source: &str, files: &mut dyn Files) -> Result<Record, Vec<DossierError>> {
    // A mark at the head is no text: without it columns count as an editor counts them.
    let source = source.strip_prefix('\u{feff}').unwrap_or(source);
    let pieces =
        source::pieces(source).map_err(|fault| error::place(source, vec![fault], MOST_ERRORS))?;
    let (sketch, tallies) =
        take_blocks(source, &pieces).map_err(|faults| error::place(source, faults, MOST_ERRORS))?;
    assemble(sketch, files).map_err(|troubles| {
        let faults = trouble::locate(source, &pieces, &tallies, troubles, MOST_ERRORS);
        error::place(source, faults, MOST_ERRORS)
    })
}

/// Reads a dossier's bytes as text.
///
/// # Errors
/// Where they are not UTF-8, with the place.
pub fn decode(bytes: &[u8]) -> Result<&str, Vec<DossierError>> {
    std::str::from_utf8(bytes).map_err(|error| {
        let good = bytes
            .get(..error.valid_up_to())
            .and_then(|good| std::str::from_utf8(good).ok())
            .unwrap_or_default();
        let line_start = good.rfind('\n').map_or(0, |newline| newline + 1);
        vec![DossierError {
            code: "not-utf8",
            file: DOSSIER_FILE.to_owned(),
            line: good.matches('\n').count() + 1,
            column: good
                .get(line_start..)
                .map_or(0, |line| line.chars().count())
                + 1,
            message: "the dossier is not UTF-8".to_owned(),
            expected: Some("a text file in UTF-8".to_owned()),
            hint: Some("save it again as UTF-8".to_owned()),
        }]
    })
}

/// Every block of every piece, and how many of each kind stand before each piece.
fn take_blocks(source: &str, pieces: &[Piece]) -> Result<(Sketch, Vec<Tally>), Vec<Fault>> {
    let mut sketch = Sketch::default();
    let mut faults = Vec::new();
    let mut tallies = Vec::with_capacity(pieces.len());
    for piece in pieces {
        tallies.push(sketch.tally());
        match piece.parse(source) {
            Ok(table) => blocks::take(table, piece.range.start, &mut sketch, &mut faults),
            Err(fault) => faults.push(fault),
        }
        if faults.len() >= MOST_ERRORS {
            break;
        }
    }
    if faults.is_empty() && sketch.process.is_none() {
        faults.push(
            Fault::new("missing-field", 0, "the dossier has no [process]")
                .expected("a block [process] with id, title and pen_holder"),
        );
    }
    if faults.is_empty() {
        Ok((sketch, tallies))
    } else {
        Err(faults)
    }
}

/// Fills in the defaults, reads the files, and checks the whole.
fn assemble(mut sketch: Sketch, files: &mut dyn Files) -> Result<Record, Vec<Trouble>> {
    let Some(process) = sketch.process.take() else {
        return Err(Vec::new());
    };
    let mut troubles = Vec::new();
    let mut shelf = Shelf::new(files);
    sketch.settle_acts(&process);
    let texts = sketch.settle_texts(&process);
    let drafts = drafts::issue(
        sketch.drafts,
        &process,
        &texts,
        &sketch.acts,
        &mut shelf,
        &mut troubles,
    );
    drafts::own_copies(&process, &mut sketch.acts, &mut shelf, &mut troubles);
    let record = Record {
        process,
        seats: sketch.seats,
        persons: sketch.persons,
        rooms: sketch.rooms,
        texts,
        drafts,
        acts: sketch.acts.into(),
    };
    let refusals = check(&record)
        .into_iter()
        .filter(|refusal| troubles.is_empty() || !refusal.rule.needs_wording());
    let refusals: Vec<Trouble> = refusals.map(Trouble::from).collect();
    troubles.extend(refusals);
    if troubles.is_empty() {
        Ok(record)
    } else {
        Err(troubles)
    }
}
