//! Who has been given what, for a terminal.

use onetext_talks::{DisclosureLog, Given, Manner, SeatId, WhoHas};

use super::super::layout::hang;
use super::super::words;
use super::Page;

/// Who has been given some words.
#[must_use]
pub fn who_has(found: &WhoHas, page: &Page) -> String {
    let width = page.width.clamp(40, 200);
    let mut out = hang("", &format!("\u{201c}{}\u{201d}", found.words), width);
    if found.seats.is_empty() {
        out.push_str(&hang(
            "  ",
            "No draft and no act that can be seen here holds these words.",
            width,
        ));
        return out;
    }
    let name = |seat: &SeatId| -> String {
        let name = found.names.get(seat);
        name.map_or_else(|| seat.to_string(), Clone::clone)
    };
    let named = |seats: &[SeatId]| -> String {
        let seats: Vec<String> = seats.iter().map(name).collect();
        words::list(&seats)
    };
    let line = format!("has been given to {}", named(&found.seats));
    out.push_str(&hang("  ", &line, width));
    for place in &found.places {
        let whose = place
            .copy_of
            .as_ref()
            .map_or(String::new(), |seat| format!(", {}'s own copy", name(seat)));
        let line = format!("{}#{} of {}{whose}", place.draft, place.path, place.text);
        out.push_str(&hang("  · ", &line, width));
        for (seat, given) in &place.given {
            out.push_str(&hang("      ", &giving(&name(seat), given), width));
        }
        if place.given.is_empty() {
            out.push_str(&hang("      ", "given to nobody that is known here", width));
        }
    }
    for told in &found.told {
        let manner = match told.manner {
            Some(Manner::Verbatim) => ", word for word",
            Some(Manner::Unattributed) => ", without its source",
            None => "",
        };
        let line = format!(
            "{}; known to {}{manner}",
            words::act(&told.act),
            named(&told.to)
        );
        out.push_str(&hang("  · ", &line, width));
    }
    out
}

/// What a seat came to know through the acts of others.
#[must_use]
pub fn disclosed(log: &DisclosureLog, page: &Page) -> String {
    let width = page.width.clamp(40, 200);
    let whole = if log.complete {
        "all of it that is on record here"
    } else {
        "as far as this seat knows"
    };
    let head = format!(
        "What {} came to know through the acts of others, {whole}",
        log.name
    );
    let mut out = hang("", &head, width);
    for entry in &log.entries {
        out.push_str(&hang("  · ", &words::act(&entry.act), width));
    }
    if log.entries.is_empty() {
        out.push_str("  nothing\n");
    }
    out
}

fn giving(seat: &str, given: &[Given]) -> String {
    let ways: Vec<String> = given
        .iter()
        .map(|one| {
            let channel = one
                .channel
                .map_or("by a way that is not said", words::channel);
            format!("{channel} {} ({})", words::when(&one.on), one.act)
        })
        .collect();
    format!("{seat}: {}", ways.join("; "))
}
