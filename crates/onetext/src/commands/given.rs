//! `onetext given`: who has been given some words, or what a seat has been told.

use clap::Args;
use onetext_desk as desk;
use onetext_paper::state;

use crate::failure::Failure;
use crate::folder::{Selectors, Until};
use crate::out::Out;

#[derive(Debug, Args)]
#[command(group(clap::ArgGroup::new("question").required(true).args(["words", "told"])))]
pub(crate) struct Arguments {
    /// Who has been given these words: a sentence, or a part of one
    #[arg(long, value_name = "WORDS")]
    words: Option<String>,
    /// What this seat came to know through the acts of others
    #[arg(long = "to", value_name = "SEAT")]
    told: Option<String>,
    #[command(flatten)]
    selectors: Selectors,
    #[command(flatten)]
    until: Until,
}

pub(crate) fn run(given: &Arguments, out: &mut Out) -> Result<(), Failure> {
    let (books, viewer, cut) = given.selectors.open(&given.until)?;
    let page = out.page(String::new());
    if let Some(words) = &given.words {
        let found = desk::who_has(&books, &viewer, &cut, words)?;
        if out.json() {
            return out.object(&found);
        }
        out.say(&state::who_has(&found, &page))?;
    }
    if let Some(seat) = &given.told {
        let log = desk::disclosed_to(&books, &viewer, &cut, seat)?;
        if out.json() {
            return out.object(&log);
        }
        out.say(&state::disclosed(&log, &page))?;
    }
    Ok(())
}
