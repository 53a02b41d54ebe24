//! Silence procedures, editorial changes and corrections.

use maud::{Markup, html};

use super::super::words;
use super::around::section;
use super::{Sheet, label};

impl Sheet<'_> {
    pub(super) fn procedures(&self) -> Markup {
        let procedures = &self.status.procedures;
        let body = html! {
            ul class="plain" { @for one in procedures { li {
                (label(words::procedure_state(one.state))) " " (words::procedure(one.kind)) " on " (one.points.join(", "))
                ", asked of " (words::list(&self.names.seats(&one.addressees)))
                @if let Some(expires) = &one.expires { ", until " (words::when(expires)) }
                " (" (one.id) ")"
                ul class="small" { @for reason in &one.because { li dir="auto" { (reason) } } }
            } } }
        };
        section(
            "procedures",
            "Silence, editorial changes, corrections",
            procedures.is_empty(),
            &body,
        )
    }
}
