//! "What does this report say?": statements and meetings that a news report proposes for the record.

use std::sync::LazyLock;

use onetext_paper::dossier;
use onetext_press::{Report, Rules, RulesError, day_in, html_text, is_html, read, record};

use crate::error::DeskError;
use crate::input::Paper;

/// Reads a report: plain text, or the words of a page of HTML.
///
/// Its day is `date`; else that of the page, of its first lines, or of its name.
///
/// # Errors
/// Where the file is no text in UTF-8, or a kind of document that is not read yet.
pub fn press(file: Paper<'_>, date: Option<&str>) -> Result<Report, DeskError> {
    let words = file.report()?;
    let (page, page_date) = if is_html(&words) {
        html_text(&words)
    } else {
        (words.into_owned(), None)
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
    Ok(read(rules()?, file.name, &page, date.as_deref()))
}

/// A dossier to edit, which proposes what reports say; `day` stands for the day of a report that has none.
///
/// # Errors
/// Where `day` is no day.
pub fn press_draft(title: &str, reports: &[Report], day: &str) -> Result<String, DeskError> {
    let record = record(rules()?, title, reports, day)?;
    Ok(dossier::write(&record).toml)
}

/// The rules for English, read once however many reports there are.
static ENGLISH: LazyLock<Result<Rules, RulesError>> = LazyLock::new(Rules::english);

fn rules() -> Result<&'static Rules, DeskError> {
    ENGLISH
        .as_ref()
        .map_err(|error| DeskError::Rules(error.to_string()))
}
