//! "What would leave nobody worse off?": the packages of a scenario that no other betters, and the solutions among them.

use onetext_bargain::{Wish, given, study};
use onetext_paper::packages::Answer;
use onetext_paper::scenario;

use crate::error::DeskError;
use crate::input::Paper;

/// Studies a scenario that is read from files: one `.toml` or `.json`, or those of a GENIUS or NegMAS folder. `profiles`
/// picks the parties of the latter by the names of their files. `package` is one to look at: an option for each issue.
///
/// # Errors
/// Where the scenario cannot be read, is empty, or does not fit.
pub fn packages(
    name: &str,
    files: &[Paper<'_>],
    profiles: Option<&[String]>,
    wish: &Wish,
    package: Option<&[(String, String)]>,
) -> Result<Answer, DeskError> {
    let files: Vec<scenario::Named<'_>> =
        files.iter().map(|file| (file.name, file.bytes)).collect();
    let scenario = scenario::read(&files, profiles)?;
    let package = package.map(|named| scenario.package(named)).transpose()?;
    let study = study(&scenario.terms, wish)?;
    let given = package
        .map(|package| given(&scenario.terms, &package, wish))
        .transpose()?;
    Ok(Answer {
        name: name.to_owned(),
        terms: scenario.terms,
        study,
        remarks: scenario.remarks,
        ignore_reservation: wish.ignore_reservation,
        disagreement: wish.disagreement,
        given,
    })
}
