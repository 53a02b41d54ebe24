//! The points of each text in the colours of the field, with the word beside each colour.

use onetext_talks::{Colour, ProvisionStatus, Status};
use std::sync::Arc;

use super::super::layout::hang_at;
use super::super::words::{self, Tone};
use super::{Page, Sheet};

/// What each colour means, in the order of the legends.
const LEGENDS: &str = "Green: the words are agreed. Yellow: agreed in aim, the words are not. White: proposed. \
                       By author: black is agreed, other words are the colour of whoever keeps them open.";

/// The points under both legends.
#[must_use]
pub fn colours(status: &Status, page: &Page) -> String {
    let mut sheet = Sheet::new(status, page);
    sheet.header();
    for text in words::in_order(&status.texts) {
        let Some(latest) = &text.latest else {
            continue;
        };
        sheet.heading(&format!("{} ({}), {latest}", text.title, text.id));
        sheet.coloured(&text.provisions);
    }
    sheet.line("");
    sheet.hang("", LEGENDS);
    sheet.out
}

impl Sheet<'_> {
    fn coloured(&mut self, provisions: &[Arc<ProvisionStatus>]) {
        for provision in provisions {
            if provision.point {
                let (word, tone) = match provision.legend.colour {
                    Colour::Green => ("green", Tone::Good),
                    Colour::Yellow => ("yellow", Tone::Doubt),
                    Colour::White => ("white", Tone::Plain),
                };
                let of = &provision.legend.of;
                let seats: Vec<&str> = of.iter().map(|seat| self.names.seat(seat)).collect();
                let by = match (provision.legend.colour, seats.is_empty()) {
                    (Colour::Green, _) => "black".to_owned(),
                    (_, true) => "nobody\u{2019}s".to_owned(),
                    _ => words::list(&seats),
                };
                let first = format!("  {:<5} {word:<7} ", provision.path);
                let inner = first.chars().count();
                let said = hang_at(
                    &first,
                    inner,
                    &format!("{by}: {}", provision.words),
                    self.width,
                );
                self.out
                    .push_str(&said.replacen(word, &self.ink.tone(tone, word), 1));
            } else {
                self.coloured(&provision.children);
            }
        }
    }
}
