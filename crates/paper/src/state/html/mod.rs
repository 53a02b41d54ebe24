//! The state of play as one HTML file: it asks the network for nothing, reads on a screen and prints on paper.

mod around;
mod bar;
mod closing;
mod index;
mod procedures;
mod text;

use maud::{DOCTYPE, Markup, PreEscaped, html};
use onetext_talks::{Basis, Explanation, PointCounts, PointStatus, Status};

use super::names::Names;
use super::words::{self, Tone};

pub use index::{Link, index};

/// Says in a page who made it.
pub const GENERATOR: &str = "OneText";

/// How the page looks, for who serves its parts.
pub const STYLE: &str = include_str!("style.css");

/// What stands around the texts: conditions, replies, claims, meetings, missions, understandings, procedures, the end,
/// packages, alerts. For a page that has a head of its own; it needs [`STYLE`].
#[must_use]
pub fn around(status: &Status, explanations: &[Explanation]) -> String {
    let sheet = Sheet {
        status,
        names: Names::of(status),
        why: explanations,
    };
    sheet.sections().into_string()
}

/// Of what stands around the texts, what no page of the workbench has to itself: procedures, the end, conditions of
/// acceptances. For a page that has a head of its own; it needs [`STYLE`].
#[must_use]
pub fn procedures_and_end(status: &Status, explanations: &[Explanation]) -> String {
    let sheet = Sheet {
        status,
        names: Names::of(status),
        why: explanations,
    };
    let parts = html! { (sheet.procedures()) (sheet.closing()) (sheet.conditions()) };
    parts.into_string()
}

/// An explanation with its reasons and the acts they rest on; it needs [`STYLE`].
#[must_use]
pub fn reasons(explanation: &Explanation) -> String {
    told(explanation).into_string()
}

/// The points of a text as a bar, with a sentence and a word for each state, in whatever language; it needs [`STYLE`].
#[must_use]
pub fn points_bar(
    points: &PointCounts,
    index: usize,
    sentence: &str,
    word: &dyn Fn(PointStatus) -> String,
) -> String {
    bar::bar(points, index, sentence, word).into_string()
}

/// What every part of the page needs.
struct Sheet<'a> {
    status: &'a Status,
    names: Names<'a>,
    why: &'a [Explanation],
}

/// The page. Explanations are shown beside what they explain, matched by their subject (`TEXT#PATH`, `DRAFT#PATH`,
/// a gate, a claim); those that match nothing are left out.
#[must_use]
pub fn html(status: &Status, explanations: &[Explanation]) -> String {
    let sheet = Sheet {
        status,
        names: Names::of(status),
        why: explanations,
    };
    sheet.page().into_string()
}

/// The class that colours a word, in [`STYLE`] and in the pages of the workbench.
#[must_use]
pub fn class(tone: Tone) -> &'static str {
    match tone {
        Tone::Good => "good",
        Tone::Nearly => "nearly",
        Tone::Doubt => "doubt",
        Tone::Bad => "bad",
        Tone::Quiet => "quiet",
        Tone::Plain => "plain",
    }
}

/// A sign and a word in a coloured label.
fn label((sign, word, tone): (&str, &str, Tone)) -> Markup {
    html! { span class=(format!("label {}", class(tone))) { span aria-hidden="true" { (sign) } " " (word) } }
}

impl Sheet<'_> {
    fn page(&self) -> Markup {
        let title = if self.status.title.is_empty() {
            &self.status.process
        } else {
            &self.status.title
        };
        html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    meta name="generator" content=(GENERATOR);
                    title { "State of play: " (title) " (" (self.names.seat(&self.status.viewer)) ")" }
                    style { (PreEscaped(STYLE)) }
                }
                body {
                    a class="skip" href="#main" { "Skip to the state of play" }
                    header {
                        p class="kicker" { "State of play" }
                        h1 dir="auto" { (title) }
                        (self.facts())
                    }
                    (self.contents())
                    main id="main" {
                        @for (index, text) in words::in_order(&self.status.texts).into_iter().enumerate() { (self.text(index, text)) }
                        (self.sections())
                    }
                    footer {
                        p { "Nothing is agreed until everything is agreed. Every state and every number on this page is computed from the record; nobody typed it in." }
                    }
                }
            }
        }
    }

    fn sections(&self) -> Markup {
        html! {
            (self.gates())
            (self.obligations())
            (self.claims())
            (self.sessions())
            (self.missions())
            (self.understandings())
            (self.procedures())
            (self.closing())
            (self.packages())
            (self.conditions())
            (self.alerts())
        }
    }

    fn facts(&self) -> Markup {
        let status = self.status;
        let basis = match status.basis {
            Basis::Record => "the record",
            Basis::View => "this seat's view: what others did elsewhere is not in it",
        };
        html! {
            dl class="facts" {
                div { dt { "View of" } dd {
                    span dir="auto" { (self.names.seat(&status.viewer)) }
                    @if let Some(role) = self.names.role(&status.viewer) { ", " (words::role(role)) }
                } }
                div { dt { "As of" } dd { @match &status.at {
                    Some(at) => (at.replace('/', " to ")),
                    None => "everything recorded so far",
                } @if let Some(known) = &status.known_at { ", as far as it was known by " (known.replace('/', " to ")) } } }
                div { dt { "Basis" } dd { (basis) } }
                div { dt { "Stage" } dd {
                    span class=(format!("label {}", class(words::stage_tone(status.stage)))) { (words::stage(status.stage)) }
                    @if let Some(open) = status.open { " " (words::interval(open)) @if open.max == 1 { " point open" } @else { " points open" } }
                    @if status.ready_to_close { " " span class="label good" { "ready to close" } }
                } }
            }
        }
    }

    fn contents(&self) -> Markup {
        let status = self.status;
        let sections = [
            ("gates", "Conditions", status.gates.is_empty()),
            ("replies", "Replies awaited", status.obligations.is_empty()),
            (
                "claims",
                "Said in public",
                status.claims.is_empty() && words::without_claims(status).is_empty(),
            ),
            ("meetings", "Meetings", status.sessions.is_empty()),
            ("missions", "Missions", status.missions.is_empty()),
            (
                "understandings",
                "Understandings",
                status.understandings.is_empty(),
            ),
            (
                "procedures",
                "Silence, editorial changes, corrections",
                status.procedures.is_empty(),
            ),
            (
                "closing",
                "The end",
                words::near_their_end(status).is_empty(),
            ),
            ("packages", "Packages", status.packages.is_empty()),
            (
                "conditions",
                "Accepted on a condition",
                status.conditions.is_empty(),
            ),
            ("alerts", "Worth a second look", status.alerts.is_empty()),
        ];
        html! {
            nav aria-label="On this page" {
                ul {
                    @for (index, text) in words::in_order(&status.texts).into_iter().enumerate() {
                        li { a href=(format!("#text-{index}")) dir="auto" { (self.title_of(text)) } }
                    }
                    @for (id, name, empty) in sections {
                        @if !empty { li { a href=(format!("#{id}")) { (name) } } }
                    }
                }
            }
        }
    }

    /// Why this stands as it does, to be unfolded.
    fn because(&self, subjects: &[String]) -> Option<&Explanation> {
        self.why
            .iter()
            .find(|explanation| subjects.contains(&explanation.subject))
    }

    fn reasons(&self, explanation: &Explanation) -> Markup {
        told(explanation)
    }
}

fn told(explanation: &Explanation) -> Markup {
    html! {
        div class="why" {
            p { strong { (explanation.answer) } }
            @if !explanation.because.is_empty() {
                ol {
                    @for reason in &explanation.because {
                        li {
                            span dir="auto" { (reason.text) }
                            @if !reason.acts.is_empty() {
                                ul class="acts" {
                                    @for act in &reason.acts {
                                        li dir="auto" { (words::act(act)) }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
