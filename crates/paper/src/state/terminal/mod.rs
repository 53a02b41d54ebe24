//! The state of play in a terminal: what a mediator reads at a glance, 80 columns or more.

mod around;
mod circulation;
mod closing;
mod colours;
mod given;
mod points;
mod procedures;
mod summary;
mod why;

use onetext_talks::{Basis, PointStatus, Status, TextStatus};
use std::sync::Arc;

use super::ink::Ink;
use super::layout::{clean, hang, hang_at};
use super::names::Names;
use super::words;

pub use colours::colours;
pub use given::{disclosed, who_has};
pub use summary::{step, summary};
pub use why::explanation;

/// What the page is printed on.
#[derive(Debug, Clone)]
pub struct Page {
    /// Columns.
    pub width: usize,
    /// Whether the terminal shows colours.
    pub colour: bool,
    /// What to type after `onetext why SUBJECT` to ask on: the dossier and the selectors of this question.
    pub ask: String,
}

impl Default for Page {
    fn default() -> Self {
        Page {
            width: 80,
            colour: false,
            ask: String::new(),
        }
    }
}

/// A page being written.
struct Sheet<'a> {
    status: &'a Status,
    names: Names<'a>,
    ink: Ink,
    width: usize,
    out: String,
}

impl<'a> Sheet<'a> {
    fn new(status: &'a Status, page: &Page) -> Self {
        Sheet {
            status,
            names: Names::of(status),
            ink: Ink(page.colour),
            width: page.width.clamp(40, 200),
            out: String::new(),
        }
    }

    fn line(&mut self, line: &str) {
        self.out.push_str(line.trim_end());
        self.out.push('\n');
    }

    fn hang(&mut self, first: &str, words: &str) {
        self.out.push_str(&hang(first, words, self.width));
    }

    fn heading(&mut self, words: &str) {
        let words = self.ink.bold(words);
        self.line("");
        self.line(&words);
    }

    fn field(&mut self, name: &str, words: &str) {
        let name = format!("{name:<9}");
        self.hang(&name, words);
    }

    /// A sign and a word in their colour, then what it is about, hanging under it.
    fn verdict(&mut self, (sign, word, tone): (&str, &str, words::Tone), about: &str) {
        let said = format!("{sign} {word}");
        let first = hang_at("  ", 4, &format!("{said}: {about}"), self.width);
        let coloured = first.replacen(&said, &self.ink.tone(tone, &said), 1);
        self.out.push_str(&coloured);
    }
}

/// The whole state of play.
#[must_use]
pub fn terminal(status: &Status, page: &Page) -> String {
    let mut sheet = Sheet::new(status, page);
    sheet.header();
    for text in words::in_order(&status.texts) {
        sheet.text(text);
        sheet.circulation(text);
    }
    sheet.gates();
    sheet.obligations();
    sheet.claims();
    sheet.sessions();
    sheet.missions();
    sheet.understandings();
    sheet.procedures();
    sheet.closing();
    sheet.packages();
    sheet.accepted_on_condition();
    sheet.alerts();
    sheet.ask(page);
    sheet.out
}

impl Sheet<'_> {
    fn header(&mut self) {
        let status = self.status;
        let title = if status.title.is_empty() {
            &status.process
        } else {
            &status.title
        };
        let title = self.ink.bold(&clean(title));
        self.line(&title);
        let role = self
            .names
            .role(&status.viewer)
            .map(|role| format!(", {}", words::role(role)))
            .unwrap_or_default();
        let whose = format!(
            "{} ({}){role}",
            self.names.seat(&status.viewer),
            status.viewer
        );
        self.field("View of", &whose);
        let at = status.at.as_deref().map_or_else(
            || "everything recorded so far".to_owned(),
            |at| at.replace('/', " to "),
        );
        let known = status.known_at.as_ref().map_or(String::new(), |known| {
            format!(", as far as it was known by {}", known.replace('/', " to "))
        });
        self.field("As of", &format!("{at}{known}"));
        let basis = match status.basis {
            Basis::Record => "the record",
            Basis::View => "this seat's view: what others did elsewhere is not in it",
        };
        self.field("Basis", basis);
        let mut stage = words::stage(status.stage).to_owned();
        if let Some(open) = status.open {
            stage.push_str(&format!(
                "; {} {} open",
                words::interval(open),
                if open.max == 1 { "point" } else { "points" }
            ));
        }
        if status.ready_to_close {
            stage.push_str("; ready to close");
        }
        self.field("Stage", &stage);
    }

    /// The title of a text, its latest draft and its counts.
    fn text_head(&mut self, text: &TextStatus) {
        let mut kind = words::text_kind(text.kind).to_uppercase();
        if text.required == Some(true) {
            kind.push_str(" (REQUIRED)");
        }
        let title = if text.title.is_empty() {
            text.id.as_str()
        } else {
            &text.title
        };
        self.heading(&format!("{kind}  {} ({})", clean(title), text.id));
        let parties = self.parties(text);
        let Some(latest) = words::latest(text) else {
            let none = words::no_draft(text, &self.status.viewer);
            self.hang("  ", &format!("{none} Parties: {parties}."));
            return;
        };
        if !words::counted(text) {
            let issuer = self.names.seat(&text.issuer);
            self.hang(
                "  ",
                &format!(
                    "Latest draft {latest}, issued by {issuer}. Kept beside the text, not counted."
                ),
            );
            return;
        }
        self.hang(
            "  ",
            &format!(
                "Latest draft {latest}; {}. Parties: {parties}.",
                words::stage(text.stage)
            ),
        );
        let Some(points) = &text.points else { return };
        let mut open = format!(
            "{} of {} open: {} disputed",
            words::interval(points.open),
            words::count(points.total, "point", "points"),
            points.disputed
        );
        let types = words::by_type(&points.by_type);
        if !types.is_empty() {
            open.push_str(&format!(" ({types})"));
        }
        open.push_str(&format!(", {} unknown.", points.unknown));
        self.hang("  ", &open);
        let mut agreed = format!(
            "{} {}, {} agreed ad referendum.",
            points.agreed,
            words::status_at(PointStatus::Agreed, text.stage),
            points.agreed_ad_ref
        );
        if points.brackets > 0 {
            agreed.push(' ');
            agreed.push_str(&words::count(
                points.brackets,
                "bracket is open.",
                "brackets are open.",
            ));
        }
        self.hang("  ", &agreed);
    }

    /// The parties, each with its handle where the table has only room for that.
    fn parties(&self, text: &TextStatus) -> String {
        let named: Vec<String> = text
            .parties
            .iter()
            .map(|seat| {
                let name = self.names.seat(seat);
                if name == self.heading_of(seat) {
                    name.to_owned()
                } else {
                    format!("{name} ({seat})")
                }
            })
            .collect();
        words::list(&named)
    }

    fn text(&mut self, text: &TextStatus) {
        self.text_head(text);
        if text.latest.is_some() && words::counted(text) {
            self.points(text);
            self.proposed(text);
            self.gone(text);
            self.versions(text);
        }
    }

    fn ask(&mut self, page: &Page) {
        let status = self.status;
        let example = words::in_order(&status.texts)
            .into_iter()
            .find_map(|text| {
                let point = first_worth_asking(&text.provisions)?;
                Some(format!("{}#{}", text.id, point))
            })
            .or_else(|| status.gates.first().map(|gate| gate.id.to_string()))
            .or_else(|| status.claims.first().map(|claim| claim.id.to_string()));
        let Some(example) = example else { return };
        let ask = if page.ask.is_empty() {
            String::new()
        } else {
            format!(" {}", page.ask)
        };
        let command = format!("onetext why {example}{ask}");
        let command = self.ink.bold(&command);
        self.line("");
        self.line(&format!("Ask why: {command}"));
    }
}

/// The first disputed point, or the first point of all.
fn first_worth_asking(provisions: &[Arc<onetext_talks::ProvisionStatus>]) -> Option<&str> {
    fn walk<'a>(
        provisions: &'a [Arc<onetext_talks::ProvisionStatus>],
        found: &mut Option<&'a str>,
        disputed: &mut Option<&'a str>,
    ) {
        for provision in provisions {
            if provision.point {
                found.get_or_insert(&provision.path);
                if provision.status == onetext_talks::PointStatus::Disputed {
                    disputed.get_or_insert(&provision.path);
                }
            }
            walk(&provision.children, found, disputed);
        }
    }
    let (mut found, mut disputed) = (None, None);
    walk(provisions, &mut found, &mut disputed);
    disputed.or(found)
}

#[cfg(test)]
mod tests;
