//! `onetext copy`: a draft as a document for one seat.

use std::path::PathBuf;

use clap::Args;
use onetext_desk::{CopyError, Desk, Paper};

use crate::failure::Failure;
use crate::out::Out;
use crate::place::{Place, now, write_new};

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The draft
    #[arg(value_name = "DRAFT")]
    draft: String,
    /// The seat it is for
    #[arg(long, value_name = "SEAT")]
    to: String,
    /// The document to write: it carries the draft's digest and the name of the copy
    #[arg(short, long, value_name = "FILE.docx")]
    output: PathBuf,
    /// The document (.docx) that the draft was read from: the copy is made of it, its tracked changes accepted and its
    /// comments left out [default: a plain template]
    #[arg(long, value_name = "FILE.docx")]
    document: Option<PathBuf>,
    #[command(flatten)]
    place: Place,
}

pub(crate) fn run(given: &Arguments, out: &mut Out) -> Result<(), Failure> {
    if given.output.exists() {
        return Err(crate::place::there(&given.output));
    }
    let document = given.document.as_deref().map(super::read).transpose()?;
    let name = given
        .document
        .as_ref()
        .map_or(String::new(), |file| file.display().to_string());
    let paper = document
        .as_deref()
        .map(|bytes| Paper { name: &name, bytes });
    let mut workspace = given.place.open()?;
    let mut desk = Desk::open(&mut workspace)?;
    let made = desk.copy(&given.draft, &given.to, paper, now())?;
    write_new(&given.output, &made.bytes)?;
    if out.json() {
        return out.object(&made);
    }
    out.line(&format!(
        "wrote {}: copy {} of {}",
        given.output.display(),
        made.copy,
        made.draft
    ))?;
    if made.changes_accepted {
        out.line("The document held tracked changes; in the copy they are accepted")?;
    }
    if made.comments_left_out > 0 {
        let many = made.comments_left_out;
        out.line(&format!(
            "The document held {many} comments; the copy has none"
        ))?;
    }
    if !made.delivered {
        out.line(&format!(
            "{} is not on record as given to {}: onetext act deliver --draft {0} --to {1} --room ROOM --by SEAT --channel official",
            made.draft, given.to
        ))?;
    }
    out.line(&format!(
        "\nNext, when it comes back: onetext import-proposals FILE --from {} -C {}",
        given.to,
        given.place.folder().display()
    ))
}

impl From<CopyError> for Failure {
    fn from(error: CopyError) -> Self {
        match error {
            CopyError::Desk(error) => error.into(),
            CopyError::Workspace(error) => error.into(),
            CopyError::Refused(error) => super::act::refused(error, "--"),
            other => Failure::new(other.code(), other.to_string(), other.hint()),
        }
    }
}
