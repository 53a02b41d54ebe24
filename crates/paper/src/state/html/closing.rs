//! The end of each text: closed, initialled, signed, ratified, in force.

use maud::{Markup, html};

use super::super::words;
use super::around::section;
use super::{Sheet, label};

impl<'a> Sheet<'a> {
    pub(super) fn closing(&self) -> Markup {
        let near = words::near_their_end(self.status);
        let person = |id: &'a onetext_talks::PersonId| self.names.person(id).to_owned();
        let body = html! {
            @for (text, closing) in &near {
                article class="card" {
                    h3 { (label(words::closing_step(closing))) " " span dir="auto" { (text.title) } " (" (closing.draft) ")"
                        @if let Some(since) = &closing.in_force_since { " since " (words::when(since)) }
                    }
                    ul {
                        @for lack in &closing.lacks { li dir="auto" { (lack) } }
                        @for (seat, party) in &closing.parties {
                            @for line in words::party_closing(party, &person) {
                                li dir="auto" { (self.names.seat(seat)) " " (line) }
                            }
                        }
                    }
                }
            }
        };
        section("closing", "The end", near.is_empty(), &body)
    }
}
