//! `onetext import-proposals`: a document that a seat marked up, as its proposals and notes.

use std::path::PathBuf;

use clap::Args;
use onetext_desk::{Desk, Import, Item, Paper, Returned};

use crate::failure::Failure;
use crate::out::Out;
use crate::place::{Place, now};

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The document (.docx) that came back
    #[arg(value_name = "FILE.docx")]
    file: PathBuf,
    /// The seat that marked it up
    #[arg(long, value_name = "SEAT")]
    from: String,
    /// Only the changes and comments of this author, by the name in the document: where several seats marked up one
    #[arg(long, value_name = "NAME")]
    author: Option<String>,
    /// The draft that the seat was sent [default: what the document says, else the nearest that the seat was given]
    #[arg(long, value_name = "DRAFT")]
    draft: Option<String>,
    /// The room to record it in [default: the room of that seat and this workspace's seat]
    #[arg(long, value_name = "ROOM")]
    room: Option<String>,
    /// When it came back: 2031-03-06 [default: today]
    #[arg(long, value_name = "DATE")]
    on: Option<String>,
    /// Show what it would become, and record nothing
    #[arg(long)]
    look: bool,
    #[command(flatten)]
    place: Place,
}

pub(crate) fn run(given: &Arguments, out: &mut Out) -> Result<(), Failure> {
    let bytes = super::read(&given.file)?;
    let name = given.file.display().to_string();
    let mut workspace = given.place.open()?;
    let mut desk = Desk::open(&mut workspace)?;
    let import = Import {
        from: &given.from,
        author: given.author.as_deref(),
        draft: given.draft.as_deref(),
        room: given.room.as_deref(),
        on: given.on.as_deref(),
        look: given.look,
    };
    let paper = Paper {
        name: &name,
        bytes: &bytes,
    };
    let returned = desk.import_proposals(paper, &import, now())?;
    if out.json() {
        return out.object(&returned);
    }
    told(&returned, given.look, out)?;
    out.line(&format!(
        "\nNext: onetext status -C {}",
        given.place.folder().display()
    ))
}

fn told(returned: &Returned, look: bool, out: &mut Out) -> Result<(), Failure> {
    let copy = match &returned.copy {
        Some(copy) => format!(", copy {copy}"),
        None => String::new(),
    };
    out.line(&format!(
        "{} on {}{copy}, in {}:",
        returned.from, returned.draft, returned.room
    ))?;
    for remark in &returned.remarks {
        out.line(&format!("  ! {remark}"))?;
    }
    for item in returned.items.iter().filter(|item| item.became.is_some()) {
        out.line(&line(item))?;
    }
    if returned.listed > 0 {
        out.line("Listed, and no act:")?;
        for item in returned.items.iter().filter(|item| item.became.is_none()) {
            out.line(&line(item))?;
        }
    }
    let acts = match look {
        true => "nothing was recorded".to_owned(),
        false if returned.known == 0 => format!("{} acts recorded", returned.recorded),
        false => format!(
            "{} acts recorded, {} were on record already",
            returned.recorded, returned.known
        ),
    };
    out.line(&format!(
        "{} changes and comments became acts, {} are listed; {acts}",
        returned.mapped, returned.listed
    ))
}

fn line(item: &Item) -> String {
    let path = item.path.as_deref().unwrap_or("new");
    let path = if item.became.is_some() { path } else { "" };
    let author = item.author.as_deref().unwrap_or("");
    let of = match item.of {
        "words" => "",
        of => of,
    };
    let what = format!("{} {of}", item.what);
    let words: String = item.text.chars().take(60).collect();
    let words = super::harmless(&words.replace(['\n', '\t'], " "));
    let why = match (&item.why, item.became) {
        (Some(why), _) => format!("  ({why})"),
        (None, Some("note")) => "  → note".to_owned(),
        (None, _) => String::new(),
    };
    let author = super::harmless(author);
    format!("  {path:<12} {:<20} {author:<16} {words}{why}", what.trim())
        .trim_end()
        .to_owned()
}
