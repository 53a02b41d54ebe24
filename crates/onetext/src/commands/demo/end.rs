//! The sample process carried on to its end: silence, closure, initialling, signature, entry into force, and where it stands
//! at each step.

use std::path::Path;

use onetext_desk::{self as desk, Cut, When};
use onetext_paper::state;

use super::files::{TO_THE_END, write_end};
use crate::failure::Failure;
use crate::out::Out;

/// A day, through whose seat one looks, and what happened.
const STEPS: [(&str, &str, &str); 9] = [
    (
        "2031-03-21",
        "helmark",
        "The fourth draft has no brackets. Helmark asks both countries for silence on six points, until 28 March.",
    ),
    (
        "2031-03-29",
        "helmark",
        "Sahrel objected on the plaque in time: there the silence is broken. On the other five points both were silent.",
    ),
    (
        "2031-04-07",
        "helmark",
        "The fifth draft leaves the plaque bare. Each leader says yes to all of it, each in a room with Helmark alone.",
    ),
    (
        "2031-04-10",
        "helmark",
        "Both leaders say yes where both sit.",
    ),
    ("2031-04-11", "helmark", "Both countries initial the text."),
    (
        "2031-04-20",
        "sahrel",
        "Karvonia signs. Nobody else sees it: Sahrel looks, and has not signed yet.",
    ),
    (
        "2031-04-21",
        "sahrel",
        "Sahrel signs. Now everybody sees both signatures.",
    ),
    (
        "2031-05-20",
        "helmark",
        "The parliament of Karvonia approves.",
    ),
    (
        "2031-05-25",
        "helmark",
        "The parliament of Sahrel approves, and the settlement is in force.",
    ),
];

/// Writes the process carried on to its end, and tells where it stands at each step.
pub(super) fn run(folder: &Path, out: &mut Out) -> Result<(), Failure> {
    let files = write_end(folder)?;
    let file = folder.join(TO_THE_END);
    let books = crate::folder::open(&file)?;
    let page = out.page(String::new());
    let mut told = Vec::new();
    for (day, seat, words) in STEPS {
        let cut = Cut {
            at: Some(When::parse(day).map_err(desk::DeskError::When)?),
            known_at: None,
        };
        let viewer = books.viewer(Some(seat))?;
        let status = desk::status(&books, &viewer, &cut)?;
        if out.json() {
            told.push(
                serde_json::json!({ "on": day, "as": seat, "words": words, "status": status }),
            );
            continue;
        }
        out.line(&format!("{day}  {words}"))?;
        out.say(&state::step(&status, &page))?;
        out.line("")?;
    }
    if out.json() {
        let files: Vec<String> = files
            .iter()
            .map(|name| folder.join(name).display().to_string())
            .collect();
        return out.object(&serde_json::json!({ "files": files, "steps": told }));
    }
    out.line(&format!("All of it is in {}; go on here:", file.display()))?;
    out.line(&format!(
        "  onetext status {} --at 2031-04-10",
        file.display()
    ))?;
    out.line(&format!("  onetext why quiet {}", file.display()))
}
