//! `onetext redline`: what changed between two drafts.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use onetext_desk::{self as desk, Comparison, PairKind, Paper};
use onetext_paper::redline as paper;
use onetext_text::{Part, both, in_turn};

use crate::failure::Failure;
use crate::folder::{Selectors, Until};
use crate::out::Out;
use crate::place::Lock;

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The older draft: Markdown, plain text or a document (.docx); with --since the dossier
    #[arg(value_name = "OLD", required_unless_present = "since")]
    old: Option<PathBuf>,
    /// The newer draft
    #[arg(
        value_name = "NEW",
        required_unless_present = "since",
        conflicts_with = "since"
    )]
    new: Option<PathBuf>,
    /// Compare the last draft of a process with what this seat was given before it
    #[arg(long, value_name = "SEAT", conflicts_with = "map")]
    since: Option<String>,
    /// With --since: a workspace instead of a dossier
    #[arg(
        short = 'C',
        value_name = "DIR",
        requires = "since",
        conflicts_with = "old"
    )]
    workspace: Option<PathBuf>,
    #[command(flatten)]
    lock: Lock,
    /// With --since: look through this seat [default: the pen-holder's]
    #[arg(long = "as", value_name = "SEAT", requires = "since")]
    seat: Option<String>,
    /// With --since: of this text [default: the main one]
    #[arg(long, value_name = "TEXT", requires = "since")]
    text: Option<String>,
    /// In which form: terminal, html, docx or json [default: by the ending of -o FILE, else terminal]
    #[arg(long, value_name = "FORMAT", hide_possible_values = true)]
    format: Option<Form>,
    /// Write to a file
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Which provision continues which: lines of `old path, new path`, one side empty for none
    #[arg(long, value_name = "FILE")]
    map: Option<PathBuf>,
    /// Show only what became of provisions in these ways: unchanged, renumbered, edited, moved, split, merged, new, gone
    #[arg(
        long,
        value_name = "KINDS",
        value_delimiter = ',',
        hide_possible_values = true
    )]
    only: Vec<Kind>,
    /// Of the provisions that did not change, show only so many before and after each that did
    #[arg(long, value_name = "NUMBER")]
    context: Option<usize>,
    /// Show counts alone: a line for each provision that changed
    #[arg(long)]
    stat: bool,
    /// Whose changes they are, in a document with tracked changes
    #[arg(long, value_name = "NAME")]
    author: Option<String>,
    /// When they were made, in a document with tracked changes: 2031-03-06 or 2031-03-06T14:30Z [default: not said]
    #[arg(long, value_name = "T")]
    date: Option<String>,
}

/// What may have become of a provision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    Unchanged,
    Renumbered,
    Edited,
    Moved,
    Split,
    Merged,
    #[value(alias = "inserted")]
    New,
    #[value(alias = "deleted")]
    Gone,
}

impl Kind {
    fn in_text(self) -> PairKind {
        match self {
            Kind::Unchanged => PairKind::Unchanged,
            Kind::Renumbered => PairKind::Renumbered,
            Kind::Edited => PairKind::Edited,
            Kind::Moved => PairKind::Moved,
            Kind::Split => PairKind::Split,
            Kind::Merged => PairKind::Merged,
            Kind::New => PairKind::Inserted,
            Kind::Gone => PairKind::Deleted,
        }
    }
}

/// In which form a redline is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// For the terminal.
    Terminal,
    /// One page that needs nothing else, for screen and paper.
    Html,
    /// A document with tracked changes.
    Docx,
    /// For programs.
    Json,
}

pub(crate) fn run(given: &Arguments, out: &mut Out) -> Result<(), Failure> {
    let form = form(given, out.json())?;
    let date = given.date.as_deref().map(moment).transpose()?;
    let hands = Hands::new();
    let (comparison, old_bytes, new_bytes) = match &given.since {
        Some(seat) => (since(given, seat)?, None, None),
        None => files(given, &hands)?,
    };
    let choice = paper::Choice {
        only: given.only.iter().map(|kind| kind.in_text()).collect(),
        context: given.context,
    };
    let screen = |colour: bool, width: usize| {
        let told = if given.stat {
            paper::stat
        } else {
            paper::terminal
        };
        let sides = sides(&comparison);
        told(&comparison.redline, &sides, &choice, (colour, width))
    };
    let page = || paper::html(&comparison.redline, &sides(&comparison), &choice);
    let document = || {
        let author = desk::Author {
            name: given.author.as_deref().unwrap_or("OneText"),
            date: date.as_deref(),
        };
        let old = Paper {
            name: &comparison.old_name,
            bytes: old_bytes
                .as_deref()
                .unwrap_or(comparison.old.source().as_bytes()),
        };
        let new = Paper {
            name: &comparison.new_name,
            bytes: new_bytes
                .as_deref()
                .unwrap_or(comparison.new.source().as_bytes()),
        };
        desk::tracked(&comparison, old, new, author)
    };
    let written = match (form, &given.output) {
        (Form::Docx, None) if std::io::stdout().is_terminal() => Err(Failure::usage(
            "a document is no text for a terminal",
            "write it to a file: -o FILE.docx",
        )),
        (Form::Docx, None) => out.bytes(&document()?.bytes),
        (Form::Docx, Some(file)) => {
            let document = document()?;
            super::write(file, &document.bytes, out)?;
            told_of_marks(document.accepted, out)
        }
        (Form::Json, None) if std::io::stdout().is_terminal() => out.object(&json(&comparison)),
        (Form::Json, None) => pieces(&comparison, &hands, out),
        (Form::Json, Some(file)) => super::write_with(file, out, |to| {
            let pieces = hands.at(|| json(&comparison).pieces(&side_by_side))?;
            pieces.iter().try_for_each(|piece| to.write_all(piece))
        }),
        (Form::Html, None) => out.say(&page()),
        (Form::Html, Some(file)) => super::write(file, page().as_bytes(), out),
        (Form::Terminal, None) => {
            let screen = screen(out.colour(), out.width());
            out.say(&screen)
        }
        (Form::Terminal, Some(file)) => super::write(file, screen(false, 80).as_bytes(), out),
    };
    // The program ends here: to give the memory of two drafts back piece by piece would only take time.
    std::mem::forget(comparison);
    written
}

/// Says what became of tracked changes that could not stand beside the new ones.
fn told_of_marks(accepted: usize, out: &mut Out) -> Result<(), Failure> {
    if accepted == 0 || out.json() {
        return Ok(());
    }
    out.line(&format!(
        "The newer document held tracked changes; {accepted} of them are taken as accepted, for they are not on what the older one says"
    ))
}

/// Two files compared; with their bytes, where the drafts do not say them to the letter.
fn files(given: &Arguments, hands: &Hands) -> Result<Compared, Failure> {
    let (Some(old_file), Some(new_file)) = (&given.old, &given.new) else {
        return Err(Failure::usage(
            "two drafts are compared",
            "name the older and the newer one, or say --since SEAT",
        ));
    };
    let map = given.map.as_deref().map(super::read).transpose()?;
    let (old_name, new_name) = (shown(old_file), shown(new_file));
    let map_name = given.map.as_deref().map(shown).unwrap_or_default();
    let (old, new) = hands.at(|| {
        both(
            &side_by_side,
            || opened(old_file, &old_name),
            || opened(new_file, &new_name),
        )
    });
    let ((old, old_bytes), (new, new_bytes)) = (old?, new?);
    let map = map.as_deref().map(|bytes| Paper {
        name: &map_name,
        bytes,
    });
    let comparison = hands.at(|| desk::compare(old, new, map, &side_by_side))?;
    Ok((comparison, old_bytes, new_bytes))
}

/// Two drafts compared, and the bytes of either file where its draft does not say them to the letter.
type Compared = (Comparison, Option<Vec<u8>>, Option<Vec<u8>>);

/// The last draft of a process beside what a seat was given before it.
fn since(given: &Arguments, seat: &str) -> Result<Comparison, Failure> {
    let selectors = Selectors::of(
        given.old.clone(),
        given.workspace.clone(),
        given.lock.clone(),
        given.seat.clone(),
    );
    let (books, viewer, cut) = selectors.open(&Until::default())?;
    let text = given.text.as_deref();
    Ok(desk::since(&books, &viewer, &cut, (seat, text))?)
}

/// A moment as documents write it.
pub(super) fn moment(text: &str) -> Result<String, Failure> {
    desk::When::parse(text).map_err(desk::DeskError::When)?;
    let wants = "say a day or a moment: 2031-03-06 or 2031-03-06T14:30Z";
    match text.split_once('T') {
        _ if text.contains('/') => Err(Failure::usage("changes are made at one moment", wants)),
        None if text.len() == 10 => Ok(format!("{text}T00:00:00Z")),
        None => Err(Failure::usage("changes are made on a day", wants)),
        Some((_, time)) if time.len() == 6 && time.ends_with('Z') => {
            Ok(format!("{}:00Z", text.trim_end_matches('Z')))
        }
        Some(_) => Ok(text.to_owned()),
    }
}

/// Two threads for the parts of one comparison. They stay from its start to its end: to start a thread takes as long as to
/// read a page.
struct Hands(Option<rayon::ThreadPool>);

impl Hands {
    fn new() -> Hands {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(2)
            .stack_size(8 << 20)
            .start_handler(|_| make_room());
        // Where no thread can be had, all is done one after the other.
        Hands(pool.build().ok())
    }

    /// Does work that may ask for both hands by [`side_by_side`].
    fn at<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        match &self.0 {
            Some(pool) => pool.install(work),
            None => work(),
        }
    }
}

/// Two parts, at the same time where there are two threads for them.
fn side_by_side(one: Part<'_>, other: Part<'_>) {
    if rayon::current_thread_index().is_some() {
        rayon::join(one, other);
    } else {
        in_turn(one, other);
    }
}

/// Asks the allocator for room at once that it would otherwise ask for page by page, each time stopping all threads. Nothing
/// is taken: what is not written to costs nothing.
fn make_room() {
    const ROOM: usize = 16 << 20;
    // A first piece of this size tells the allocator that such pieces come and go; the second it cuts from its own.
    for _ in 0..2 {
        drop(std::hint::black_box(Vec::<u8>::with_capacity(ROOM)));
    }
}

/// A file, read and opened; with its bytes, where the draft does not say them to the letter.
fn opened(file: &Path, name: &str) -> Result<(desk::Opened, Option<Vec<u8>>), Failure> {
    Ok(desk::open_whole(name, super::read(file)?)?)
}

fn form(given: &Arguments, json: bool) -> Result<Form, Failure> {
    if let Some(form) = given.format {
        return Ok(form);
    }
    let Some(file) = &given.output else {
        return Ok(if json { Form::Json } else { Form::Terminal });
    };
    match file.extension().and_then(|ending| ending.to_str()) {
        Some("html" | "htm") => Ok(Form::Html),
        Some("json") => Ok(Form::Json),
        Some("docx") => Ok(Form::Docx),
        Some("txt") | None => Ok(Form::Terminal),
        Some(_) => Err(Failure::usage(
            "the ending of this file says nothing about its form",
            "end it in .docx, .html, .json or .txt, or say --format",
        )
        .at(file.display())),
    }
}

fn shown(file: &Path) -> String {
    file.display().to_string()
}

/// The page: self-contained, for screen and paper.
pub(super) fn page(comparison: &Comparison) -> String {
    let choice = paper::Choice::default();
    paper::html(&comparison.redline, &sides(comparison), &choice)
}

fn json(comparison: &Comparison) -> paper::Document<'_> {
    paper::json(&comparison.redline, &sides(comparison))
}

/// The redline for programs, on one line.
fn pieces(comparison: &Comparison, hands: &Hands, out: &mut Out) -> Result<(), Failure> {
    let pieces = hands.at(|| json(comparison).pieces(&side_by_side));
    for piece in pieces.map_err(|error| Failure::output(&error.into()))? {
        out.bytes(&piece)?;
    }
    out.line("")
}

fn sides(comparison: &Comparison) -> paper::Sides<'_> {
    paper::Sides {
        old_name: &comparison.old_name,
        new_name: &comparison.new_name,
        old: &comparison.old,
        new: &comparison.new,
    }
}
