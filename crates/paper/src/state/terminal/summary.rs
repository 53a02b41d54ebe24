//! The short form: whose view, how far each text is, who has been given what, conditions and alerts.

use std::collections::BTreeMap;

use onetext_talks::{Channel, Exposure, SeatId, Status, TextStatus};

use super::super::layout::hang;
use super::super::words::{self, Tone};
use super::{Page, Sheet};

/// The state of play on a few lines.
#[must_use]
pub fn summary(status: &Status, page: &Page) -> String {
    let mut sheet = Sheet::new(status, page);
    let role = sheet
        .names
        .role(&status.viewer)
        .map(words::role)
        .unwrap_or_default();
    let name = sheet.names.seat(&status.viewer);
    let title = sheet.ink.bold(&format!("As {name} sees it"));
    sheet.line(&format!("{title} ({role}; {})", words::basis(status.basis)));
    for text in words::in_order(&status.texts) {
        sheet.progress(text);
    }
    sheet.deliveries();
    sheet.conditions();
    sheet.second_looks();
    sheet.out
}

/// Where one step of a process leaves it: how far each text is, the procedures, and the end.
#[must_use]
pub fn step(status: &Status, page: &Page) -> String {
    let mut sheet = Sheet::new(status, page);
    let stage = words::stage(status.stage);
    let ready = if status.ready_to_close {
        ", ready to close"
    } else {
        ""
    };
    let name = sheet.names.seat(&status.viewer);
    sheet.entry(
        "",
        "",
        &format!("As {name} sees it the process is {stage}{ready}."),
    );
    for text in words::in_order(&status.texts) {
        if text.latest.is_some() && words::counted(text) {
            sheet.progress(text);
        }
    }
    for one in &status.procedures {
        let (sign, state, _) = words::procedure_state(one.state);
        let said = format!(
            "{} {}: {state}; {}",
            words::procedure(one.kind),
            one.id,
            one.because.join("; ")
        );
        sheet.entry("", sign, &said);
    }
    for (text, closing) in words::near_their_end(status) {
        let (sign, word, _) = words::closing_step(closing);
        let since = closing
            .in_force_since
            .as_ref()
            .map_or(String::new(), |since| {
                format!(" since {}", words::when(since))
            });
        let lacks = if closing.lacks.is_empty() {
            String::new()
        } else {
            format!("; {}", closing.lacks.join("; "))
        };
        let said = format!("{} {}: {word}{since}{lacks}", text.id, closing.draft);
        sheet.entry("", sign, &said);
    }
    sheet.out
}

impl Sheet<'_> {
    fn progress(&mut self, text: &TextStatus) {
        let Some(latest) = words::latest(text) else {
            let none = words::no_draft(text, &self.status.viewer);
            self.entry("", "", &format!("{}: {none}", text.id));
            return;
        };
        let said = match text.points.as_ref().filter(|_| words::counted(text)) {
            None => format!("{} {latest}: kept beside the text, not counted", text.id),
            Some(points) => format!(
                "{} {latest}: {} of {} points open; {} disputed, {} unknown, {} agreed ad referendum, {} provisionally agreed",
                text.id,
                words::interval(points.open),
                points.total,
                points.disputed,
                points.unknown,
                points.agreed_ad_ref,
                points.agreed
            ),
        };
        self.entry("", "", &said);
    }

    /// One line a seat: all it was given, of whatever text.
    fn deliveries(&mut self) {
        let status = self.status;
        let mut by_seat: BTreeMap<&SeatId, Vec<String>> = BTreeMap::new();
        for text in words::in_order(&status.texts) {
            for (seat, given) in &text.exposure {
                let list = by_seat.entry(seat).or_default();
                if given.is_empty() {
                    list.push(format!("nothing of {}", text.id));
                }
                list.extend(words::once_each(given).into_iter().map(brief));
            }
        }
        let mut label = "given";
        for (seat, list) in by_seat {
            let who = self.names.seat(seat);
            self.entry(label, "", &format!("{who}: {}", list.join(", ")));
            label = "";
        }
    }

    fn conditions(&mut self) {
        let status = self.status;
        let mut label = "meetings";
        for gate in &status.gates {
            let (sign, word, _) = words::holds(gate.holds);
            let said = format!("{}: the condition {word}", gate.event);
            self.entry(label, sign, &said);
            label = "";
        }
    }

    fn second_looks(&mut self) {
        let status = self.status;
        let mut label = "notice";
        for alert in &status.alerts {
            self.entry(label, "!", &words::alert_text(alert));
            label = "";
        }
    }

    fn entry(&mut self, label: &str, sign: &str, words: &str) {
        let label = format!("  {label:<9}");
        let first = if sign.is_empty() {
            label.clone()
        } else {
            format!("{label}{sign} ")
        };
        let mut said = hang(&first, words, self.width);
        said.replace_range(..label.len(), &self.ink.tone(Tone::Quiet, &label));
        self.out.push_str(&said);
    }
}

fn brief(given: &Exposure) -> String {
    let way = match given.channel {
        None | Some(Channel::Official) => String::new(),
        Some(channel) => format!("{}, ", words::channel(channel)),
    };
    let copy = given
        .copy_of
        .as_ref()
        .map(|draft| format!(", same as {draft}"))
        .unwrap_or_default();
    format!("{} ({way}{}{copy})", given.draft, words::when(&given.on))
}
