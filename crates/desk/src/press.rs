//! "What does this report say?": statements and meetings that a news report proposes for the record.

use std::borrow::Cow;
use std::sync::LazyLock;

use onetext_paper::dossier;
use onetext_press::{
    Accounts, Beside, Compared, Drafting, Report, Rules, RulesError, Sketch, day_in, html_text,
    is_html, read,
};
use onetext_talks::{Cut, Viewer};

use crate::books::Books;

use crate::error::DeskError;
use crate::input::Paper;

/// Reads a report: plain text, or the words of a page of HTML.
///
/// Its day is `date`; else that of the page, of its first lines, or of its name.
///
/// # Errors
/// Where the file is no text in UTF-8, or a kind of document that is not read yet.
pub fn press(file: Paper<'_>, date: Option<&str>) -> Result<Report, DeskError> {
    let (page, day) = page(file, date)?;
    Ok(read(rules()?, file.name, &page, day.as_deref()))
}

/// The day of a report, where anything tells it; that it can be read at all is found out by this.
///
/// # Errors
/// As for [`press`].
pub fn press_day(file: Paper<'_>, date: Option<&str>) -> Result<Option<String>, DeskError> {
    Ok(page(file, date)?.1)
}

/// The words of a report and its day.
fn page<'a>(
    file: Paper<'a>,
    date: Option<&str>,
) -> Result<(Cow<'a, str>, Option<String>), DeskError> {
    let words = file.report()?;
    let (page, page_date) = if is_html(&words) {
        let (page, date) = html_text(&words);
        (Cow::Owned(page), date)
    } else {
        (words, None)
    };
    let first = || {
        page.lines()
            .take(5)
            .filter(|line| line.len() <= 60)
            .find_map(day_in)
    };
    let name = || day_in(file.name.rsplit(['/', '\\']).next().unwrap_or_default());
    let date = date
        .map(str::to_owned)
        .or(page_date)
        .or_else(first)
        .or_else(name);
    Ok((page, date))
}

/// Begins a dossier to edit, which proposes what reports say; `day` stands for the day of a report that has none.
///
/// # Errors
/// Where `day` is no day.
pub fn press_draft(day: &str) -> Result<PressDraft, DeskError> {
    Ok(PressDraft(Drafting::new(rules()?, day)?))
}

/// A dossier in the making.
#[derive(Debug)]
pub struct PressDraft(Drafting<'static>);

impl PressDraft {
    /// Adds what a report says.
    pub fn add(&mut self, report: &Report) {
        self.0.add(report);
    }

    /// The dossier as it is written to a file.
    #[must_use]
    pub fn toml(self, title: &str) -> String {
        dossier::write(&self.0.finish(title)).toml
    }
}

/// A process that reports are read beside, as one viewer knows it.
#[derive(Debug)]
pub struct PressBeside(Beside<'static>);

/// What a viewer knows of a process, to read reports beside.
///
/// # Errors
/// Where the viewer is no seat of the process.
pub fn press_beside(books: &Books, viewer: &Viewer, cut: &Cut) -> Result<PressBeside, DeskError> {
    let share = books.record().share_of(viewer, cut)?;
    Ok(PressBeside(Beside::new(rules()?, &share)))
}

impl PressBeside {
    /// Says in a report whose seat speaks, which provisions may be meant, and where the record says otherwise.
    pub fn place(&self, report: &mut Report) {
        self.0.place(report);
    }
}

/// What of a report can be held against others.
#[derive(Debug)]
pub struct PressSketch(Sketch);

/// The sketch of a report.
///
/// # Errors
/// Where the rules cannot be read.
pub fn press_sketch(report: &Report) -> Result<PressSketch, DeskError> {
    Ok(PressSketch(Sketch::of(rules()?, report)))
}

/// Reports held against each other, one after the other.
#[derive(Debug, Default)]
pub struct PressAccounts(Accounts);

impl PressAccounts {
    /// Where a report differs from those before it, and what it tells again.
    pub fn add(&mut self, sketch: PressSketch) -> Compared {
        self.0.add(sketch.0)
    }
}

/// The rules for English, read once however many reports there are.
static ENGLISH: LazyLock<Result<Rules, RulesError>> = LazyLock::new(Rules::english);

pub(crate) fn rules() -> Result<&'static Rules, DeskError> {
    ENGLISH
        .as_ref()
        .map_err(|error| DeskError::Rules(error.to_string()))
}
