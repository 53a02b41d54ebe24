//! `onetext why`: what something rests on.

use clap::Args;
use onetext_desk as desk;
use onetext_paper::state;

use crate::failure::Failure;
use crate::folder::{Selectors, Until};
use crate::out::Out;

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// A point (TEXT#PATH, as framework#6.b), a condition, a claim, an act or a seat
    #[arg(value_name = "SUBJECT")]
    subject: String,
    #[command(flatten)]
    selectors: Selectors,
    #[command(flatten)]
    until: Until,
}

pub(crate) fn run(given: &Arguments, out: &mut Out) -> Result<(), Failure> {
    let (books, viewer, cut) = given.selectors.open(&given.until)?;
    let explanation = desk::why(&books, &viewer, &cut, &given.subject)?;
    if out.json() {
        return out.object(&explanation);
    }
    let page = out.page(String::new());
    out.say(&state::explanation(&explanation, &page))
}
