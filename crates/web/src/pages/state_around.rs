//! What stands around the texts on the page of the state of play: who was given what.

use maud::{Markup, html};
use onetext_paper::state::words;
use onetext_talks::{Basis, Status, TextStatus};

use super::affairs::{name, when};
use super::part;
use crate::words::Words;

/// Who was given which draft: one row a seat, one column a draft.
fn given(w: Words, status: &Status, text: &TextStatus) -> Markup {
    html! {
        div class="scroll" tabindex="0" role="region" aria-label=(w.say("sight-circulation")) { table class="given" {
            caption { bdi { @if text.title.is_empty() { (text.id) } @else { (text.title) } } }
            thead { tr { th scope="col" { (w.say("sight-seat")) } @for draft in &text.drafts { th scope="col" { a href=(format!("/draft/{}", part(draft.id.as_str()))) { (draft.id) } @if draft.working { span class="under" { (w.say("sight-working")) } } } } } }
            tbody { @for (seat, all) in &text.exposure { tr { th scope="row" dir="auto" { (name(status, seat.as_str())) }
                @for draft in &text.drafts {
                    @let own: Vec<_> = words::once_each(all).into_iter().filter(|one| one.draft == draft.id || one.copy_of.as_ref() == Some(&draft.id)).collect();
                    td { @if own.is_empty() { span class="small" { @if status.basis == Basis::Record { (w.say("sight-not-given")) } @else { "–" } } }
                        @for one in own { div { (when(&one.on)) span class="under" {
                            (match one.channel { Some(onetext_talks::Channel::Official) => w.say("sight-official"), Some(onetext_talks::Channel::Unofficial) => w.say("sight-unofficial"), Some(onetext_talks::Channel::Press) => w.say("sight-press"), None => w.say("sight-own-copy") })
                            @if one.copy_of.is_some() { " · " (w.say("sight-copy")) " " bdi { (one.draft) } }
                            @if let Some(place) = &one.place { " · " bdi { (place) } } } } } }
                }
            } } }
        } }
    }
}

pub(super) fn circulation(w: Words, status: &Status) -> Markup {
    let texts = words::in_order(&status.texts);
    let texts: Vec<&TextStatus> = texts
        .into_iter()
        .filter(|text| !text.drafts.is_empty() && !text.exposure.is_empty())
        .collect();
    html! { @if !texts.is_empty() { section id="circulation" { h2 { (w.say("sight-circulation")) }
        @if status.basis == Basis::View { p class="small" { (w.say("sight-own-alone")) } }
        @for text in texts { (given(w, status, text)) }
    } } }
}
