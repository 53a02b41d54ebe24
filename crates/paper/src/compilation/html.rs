//! The compilation as one HTML page: it asks the network for nothing, reads on a screen, by ear and on paper.

use maud::{DOCTYPE, Markup, PreEscaped, html as markup};
use onetext_text::{Entry, ProvisionKind, Shape, Stretch};

use super::Compiled;

/// The deepest level that is set in further than the one above it.
const DEEPEST: usize = 6;

/// The page: self-contained, for screen and paper.
#[must_use]
pub fn html(compiled: &Compiled<'_>) -> String {
    let entries = &compiled.compilation.entries;
    let open: Vec<usize> = (0..entries.len())
        .filter(|place| entries[*place].is_open())
        .collect();
    let page = markup! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="generator" content=(crate::state::GENERATOR);
                title { "Compilation: " (compiled.name) }
                style { (PreEscaped(include_str!("style.css"))) }
            }
            body {
                a class="skip" href="#text" { "Skip to the text" }
                header {
                    p class="kicker" { "Compilation text" }
                    h1 dir="auto" { (compiled.name) }
                    p { (compiled.in_words()) }
                    p class="small" { "Seats: " @for (place, seat) in compiled.compilation.seats.iter().enumerate() {
                        @if place > 0 { ", " } bdi { (seat) }
                    } "." }
                    p class="legend" {
                        span class="base" { "[words of the base]" } " stand as long as nothing else is agreed; "
                        span class="proposed" { b { "[Seat: " } "words]" } " are proposed in their place; "
                        span class="mark" { "conflict" } " marks proposals that cannot both be."
                    }
                }
                nav aria-label="Open provisions" {
                    details {
                        summary { "Open provisions (" (open.len()) ")" }
                        ul { @for place in &open { li {
                            a href=(format!("#e{place}")) { bdi { (name(compiled, &entries[*place])) } }
                            @if entries[*place].is_conflict() { " " span class="mark" { "conflict" } }
                        } } }
                    }
                }
                main id="text" { @for (place, entry) in entries.iter().enumerate() { (provision(compiled, place, entry)) } }
            }
        }
    };
    page.into_string()
}

/// What an entry is called in the list.
fn name(compiled: &Compiled<'_>, entry: &Entry) -> String {
    match entry {
        Entry::Base { index, .. } => compiled.path(*index).to_owned(),
        Entry::Proposed { .. } => compiled.notes(entry).concat(),
    }
}

fn provision(compiled: &Compiled<'_>, place: usize, entry: &Entry) -> Markup {
    let shape = match entry {
        Entry::Base { index, .. } => Shape::of(&compiled.base.provisions()[*index]),
        Entry::Proposed { shape, .. } => shape.clone(),
    };
    let heading = matches!(shape.kind, ProvisionKind::Heading | ProvisionKind::Title);
    let class = format!(
        "entry d{}{}{}{}",
        shape.depth.min(DEEPEST),
        if entry.is_open() { " open" } else { "" },
        if entry.is_conflict() { " conflict" } else { "" },
        if heading { " heading" } else { "" },
    );
    markup! {
        article class=(class) id=(format!("e{place}")) {
            @if entry.is_conflict() { p class="note" { span class="mark" { "conflict" } } }
            @for note in compiled.notes(entry) { p class="note" { bdi { (note) } } }
            p class="wording" dir="auto" lang="" {
                @if let Some(label) = &shape.label { b { bdi { (label) } } " " }
                @match entry {
                    Entry::Base { index, stretches, .. } => {
                        @let wording = &compiled.base.provisions()[*index].wording;
                        @for each in stretches { (stretch(compiled, each, wording)) }
                    }
                    Entry::Proposed { wording, seats, .. } => {
                        span class="proposed" { b { "[" bdi { (compiled.names(seats)) } ": " } (wording) b { "]" } }
                    }
                }
            }
        }
    }
}

fn stretch(compiled: &Compiled<'_>, stretch: &Stretch, wording: &str) -> Markup {
    let (base, proposed) = match stretch {
        Stretch::Agreed(base)
        | Stretch::Open {
            base,
            follows: true,
            ..
        } => {
            return markup! { (wording.get(base.clone()).unwrap_or_default()) };
        }
        Stretch::Open { base, proposed, .. } => (base, proposed),
    };
    let before = wording.get(base.clone()).unwrap_or_default();
    let spaced = |end: fn(&str) -> bool| end(before) || proposed.iter().any(|each| end(&each.text));
    markup! {
        @if spaced(|text| text.starts_with(char::is_whitespace)) { " " }
        @if !before.trim().is_empty() { span class="base" { "[" (before.trim()) "]" } }
        @for each in proposed {
            span class="proposed" {
                b { "[" bdi { (compiled.names(&each.seats)) } ": " }
                @if each.text.trim().is_empty() { i { "no text" } } @else { (each.text.trim()) }
                b { "]" }
            }
        }
        @if spaced(|text| text.ends_with(char::is_whitespace)) { " " }
    }
}
