//! The end of each text: closed, initialled, signed, ratified, in force.

use onetext_talks::{ClosingStatus, PartyClosing, TextStatus};

use super::super::words;
use super::Sheet;

impl<'a> Sheet<'a> {
    pub(super) fn closing(&mut self) {
        let status = self.status;
        let near: Vec<(&TextStatus, &ClosingStatus)> = words::near_their_end(status);
        if near.is_empty() {
            return;
        }
        self.heading("THE END");
        for (text, closing) in near {
            let (sign, word, tone) = words::closing_step(closing);
            let since = closing
                .in_force_since
                .as_ref()
                .map_or(String::new(), |since| {
                    format!(" since {}", words::when(since))
                });
            let about = format!("{} ({}){since}", text.title, closing.draft);
            self.verdict((sign, word, tone), &about);
            for lack in &closing.lacks {
                self.hang("    - ", lack);
            }
            for (seat, party) in &closing.parties {
                self.party_closing(self.names.seat(seat), party);
            }
        }
    }

    fn party_closing(&mut self, name: &str, party: &'a PartyClosing) {
        let names = self.names;
        let person = |id: &'a onetext_talks::PersonId| names.person(id).to_owned();
        let told = words::party_closing(party, &person);
        for line in told {
            self.hang("    - ", &format!("{name} {line}"));
        }
    }
}
