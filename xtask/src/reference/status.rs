//! The worked dossier, as each of its seats sees it.

use std::path::Path;

use serde_json::Value;

use super::Shared;
use crate::clock::told;
use crate::program::Program;

/// Runs `status --json` for every seat and date of the worked dossier.
pub(super) fn check(
    program: &Program,
    shared: &Shared,
    folder: &Path,
    note: &mut dyn FnMut(&str, Result<String, String>),
) {
    let dossier = shared.file("data/dossiers/article-day/dossier.toml");
    let dossier = dossier.to_string_lossy();
    // Seat, date, latest draft of the first text, least and most points open.
    let views = [
        ("us", None, Some("v2"), Some((3, 19))),
        ("ua", None, Some("v2"), Some((3, 19))),
        ("ru", None, Some("v1"), Some((0, 28))),
        ("us", Some("2025-11-24"), Some("v2"), Some((3, 19))),
        ("ru", Some("2025-11-24"), None, None),
    ];
    for (seat, date, latest, open) in views {
        let mut words = vec!["status", &dossier, "--as", seat, "--json"];
        if let Some(date) = date {
            words.extend(["--at", date]);
        }
        let name = format!("article-day as {seat}, {}", date.unwrap_or("all acts"));
        note(&name, view(program, folder, &words, latest, open));
    }
}

fn view(
    program: &Program,
    folder: &Path,
    words: &[&str],
    latest: Option<&str>,
    open: Option<(u64, u64)>,
) -> Result<String, String> {
    let run = program
        .run(folder, words)
        .map_err(|failure| failure.to_string())?;
    if !run.good {
        return Err(format!("the program failed: {}", run.said.trim()));
    }
    let status: Value =
        serde_json::from_slice(&run.answer).map_err(|error| format!("no JSON: {error}"))?;
    let texts = status["texts"].as_array();
    let text = texts
        .and_then(|texts| texts.iter().find(|text| text["kind"] == "main"))
        .unwrap_or(&serde_json::Value::Null);
    let interval = &text["points"]["open"];
    let found = interval["min"].as_u64().zip(interval["max"].as_u64());
    if text["latest"].as_str() != latest || found != open {
        return Err(format!(
            "latest {} with {interval} open; it should be {latest:?} with {open:?}",
            text["latest"]
        ));
    }
    Ok(match found {
        Some((min, max)) => format!("{min} … {max} points open, {}", told(run.taken.wall)),
        None => format!("no draft seen, {}", told(run.taken.wall)),
    })
}
