//! Scenarios of package analysis: OneText's own, in TOML or JSON, and folders of GENIUS and of NegMAS with a domain and a
//! utility profile for each party.

mod genius;
mod negmas;
mod own;
mod yaml;

use onetext_bargain::{Spread, Terms};

/// The largest file that is read, in bytes.
pub const LARGEST: usize = 64 << 20;

/// A file of a scenario: its name and its bytes.
pub type Named<'a> = (&'a str, &'a [u8]);

/// A scenario as read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scenario {
    /// What is bargained over.
    pub terms: Terms,
    /// Between what the numbers lie, where some are not certain.
    pub spread: Option<Spread>,
    /// What was read and is not taken into account.
    pub remarks: Vec<String>,
}

impl Scenario {
    /// A package from the names of issues and options: one for every issue.
    ///
    /// # Errors
    /// Where a name is not there, or an issue has none or two.
    pub fn package(&self, named: &[(String, String)]) -> Result<Vec<usize>, ScenarioError> {
        let wrong = |text: String, hint: String| ScenarioError::new("", None, text, hint);
        let ids: Vec<&str> = self
            .terms
            .issues
            .iter()
            .map(|issue| issue.id.as_str())
            .collect();
        if let Some((issue, _)) = named
            .iter()
            .find(|(issue, _)| !ids.contains(&issue.as_str()))
        {
            return Err(wrong(
                format!("there is no issue `{issue}`"),
                format!("the issues are {}", ids.join(", ")),
            ));
        }
        let option = |issue: &onetext_bargain::Issue| {
            let mut own = named.iter().filter(|(id, _)| *id == issue.id);
            let (Some((_, option)), None) = (own.next(), own.next()) else {
                return Err(wrong(
                    format!("the package takes no option of `{}`, or two", issue.id),
                    "name one option for every issue: --package issue=option,…".to_owned(),
                ));
            };
            let place = issue.options.iter().position(|known| known == option);
            place.ok_or_else(|| {
                wrong(
                    format!("the issue `{}` has no option `{option}`", issue.id),
                    format!("its options are {}", issue.options.join(", ")),
                )
            })
        };
        self.terms.issues.iter().map(option).collect()
    }
}

/// Why a scenario cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text}")]
pub struct ScenarioError {
    /// The file; empty where it is the scenario as a whole.
    pub file: String,
    /// The line, from 1, where there is one.
    pub line: Option<usize>,
    /// What is wrong, and what was expected.
    pub text: String,
    /// What to do.
    pub hint: String,
}

impl ScenarioError {
    fn new(
        file: &str,
        line: Option<usize>,
        text: impl Into<String>,
        hint: impl Into<String>,
    ) -> Self {
        ScenarioError {
            file: file.to_owned(),
            line,
            text: text.into(),
            hint: hint.into(),
        }
    }
}

/// Reads a scenario: one `.toml` or `.json` file, the `.xml` files of a GENIUS folder, or the `.yml` (or `.json`) files of a
/// NegMAS one. `profiles` picks the utility
/// profiles of the latter by file name without ending, in that order; none takes all, by name.
///
/// # Errors
/// Where a file is too large, malformed, or names what is not there.
pub fn read(files: &[Named<'_>], profiles: Option<&[String]>) -> Result<Scenario, ScenarioError> {
    if let Some((name, _)) = files.iter().find(|(_, bytes)| bytes.len() > LARGEST) {
        return Err(ScenarioError::new(
            name,
            None,
            "this file is larger than any scenario",
            "check that this is the right file",
        ));
    }
    let ending = |name: &str| {
        name.rsplit_once('.')
            .map_or(String::new(), |(_, ending)| ending.to_ascii_lowercase())
    };
    let markup: Vec<Named<'_>> = files
        .iter()
        .filter(|(name, _)| ending(name) == "xml")
        .copied()
        .collect();
    if !markup.is_empty() {
        return genius::read(&markup, profiles);
    }
    let sheets: Vec<Named<'_>> = files
        .iter()
        .filter(|(name, _)| {
            let own = ending(name);
            // NegMAS writes JSON too, and JSON is YAML; one file of it is a scenario of our own.
            ["yml", "yaml"].contains(&own.as_str()) || (own == "json" && files.len() > 1)
        })
        .copied()
        .collect();
    if !sheets.is_empty() {
        return negmas::read(&sheets, profiles);
    }
    match files {
        [(name, bytes)] if ending(name) == "toml" => own::toml(name, bytes),
        [(name, bytes)] if ending(name) == "json" => own::json(name, bytes),
        [(name, _)] => Err(ScenarioError::new(
            name,
            None,
            "this is no scenario that can be read",
            "name a .toml or .json file, or a folder of GENIUS (.xml) or NegMAS (.yml) files",
        )),
        _ => Err(ScenarioError::new(
            "",
            None,
            "this folder holds no domain of GENIUS or NegMAS",
            "a GENIUS folder holds one domain file and one .xml file for each profile; name a .toml or .json file itself",
        )),
    }
}

/// The words of a file.
fn words<'a>(name: &str, bytes: &'a [u8]) -> Result<&'a str, ScenarioError> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|error| {
        let line = line_at(bytes, error.valid_up_to());
        ScenarioError::new(
            name,
            Some(line),
            "this file is not a text in UTF-8",
            "save it again, encoded in UTF-8",
        )
    })
}

/// The line of a place in a file, from 1.
fn line_at(bytes: &[u8], place: usize) -> usize {
    1 + bytes
        .iter()
        .take(place)
        .filter(|byte| **byte == b'\n')
        .count()
}
