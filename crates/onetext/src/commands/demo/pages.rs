//! The pages of the sample process: the state of play of every seat, the redlines, and an index.

use std::path::Path;

use onetext_desk::{self as desk, Books, Cut, Paper};
use onetext_paper::state::{self, Link};

use super::files::write_page;
use crate::failure::Failure;

/// Drafts to compare: files and what they are.
const REDLINES: [(&str, &str, &str); 2] = [
    ("v1.md", "v2.md", "the first draft and the second"),
    ("v2.md", "v3.md", "the second draft and the third"),
];

/// Writes every page, and says which.
pub(super) fn write(folder: &Path, books: &Books) -> Result<Vec<Link>, Failure> {
    let mut links = Vec::new();
    for seat in books.seats() {
        let viewer = books.viewer(Some(seat.id.as_str()))?;
        let play = desk::state_of_play(books, &viewer, &Cut::default())?;
        let file = format!("state-{}.html", seat.id);
        write_page(&folder.join(&file), &state::html(&play.status, &play.why))?;
        links.push(Link {
            group: "State of play".to_owned(),
            file,
            title: format!("As {} sees it", seat.name),
            about: format!(
                "{}; {}",
                state::words::role(seat.role),
                state::words::basis(play.status.basis)
            ),
        });
    }
    for (old, new, which) in REDLINES {
        let file = format!("redline-{}-{}.html", stem(old), stem(new));
        write_page(&folder.join(&file), &redline(folder, old, new)?)?;
        links.push(Link {
            group: "Redlines".to_owned(),
            file,
            title: format!("What changed between {which}"),
            about: format!("{old} and {new}"),
        });
    }
    let index = state::index("Talks on the river Tesme", super::LEAD, &links);
    write_page(&folder.join("index.html"), &index)?;
    links.push(Link {
        group: String::new(),
        file: "index.html".to_owned(),
        title: "leads to all pages".to_owned(),
        about: String::new(),
    });
    Ok(links)
}

fn stem(file: &str) -> &str {
    file.strip_suffix(".md").unwrap_or(file)
}

fn redline(folder: &Path, old: &str, new: &str) -> Result<String, Failure> {
    let read = |name: &str| super::super::read(&folder.join(name));
    let (before, after) = (read(old)?, read(new)?);
    let comparison = desk::redline(
        Paper {
            name: old,
            bytes: &before,
        },
        Paper {
            name: new,
            bytes: &after,
        },
        None,
    )?;
    Ok(super::super::redline::page(&comparison))
}
