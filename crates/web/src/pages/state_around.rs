//! What stands around the texts on the page of the state of play: conditions with their reasons, replies awaited, who was given
//! what, and what deserves a second look. Each leads to its own page.

use maud::{Markup, PreEscaped, html};
use onetext_paper::state::{self, words};
use onetext_talks::{Basis, Explanation, Status, TextStatus};

use super::affairs::{self, name, names, told, when};
use super::part;
use crate::words::Words;

/// The most alerts that are listed.
const ALERTS: usize = 60;

pub(super) fn around(w: Words, status: &Status, why: &[Explanation]) -> Markup {
    html! {
        (gates(w, status)) (replies(w, status)) (circulation(w, status)) (alerts(w, status))
        // Procedures and the end are told by the record, in English so far.
        div lang="en" dir="ltr" { (PreEscaped(state::procedures_and_end(status, why))) }
    }
}

fn gates(w: Words, status: &Status) -> Markup {
    html! { @if !status.gates.is_empty() { section id="gates" { h2 { a href="/gates" { (w.say("gates-title")) } }
        ul class="plain gates" { @for gate in &status.gates { li {
            p { (affairs::holds(w, gate.holds).label()) " " a href=(format!("/gates#{}", part(gate.id.as_str()))) dir="auto" { (gate.event) }
                @if gate.overridden.is_some() { " " span class="label doubt" { span aria-hidden="true" { "! " } (w.say("gates-set-aside")) } }
                @if !gate.participants.is_empty() { " " span class="small" { (names(status, gate.participants.iter().map(String::as_str))) } } }
            ul class="small" { @for reason in gate.reasons.iter().take(6) { li { (told(reason)) } } }
        } } }
    } } }
}

fn replies(w: Words, status: &Status) -> Markup {
    html! { @if !status.obligations.is_empty() { section id="replies" { h2 { (w.say("around-replies")) }
        ul class="plain" { @for reply in &status.obligations { li {
            (affairs::obligation(w, reply.state).label()) " " bdi { (name(status, reply.from.as_str())) }
            @if let Some(text) = &reply.text { ", " bdi { (title(status, text.as_str())) } }
            " · " @match &reply.due { Some(due) => { (w.say("around-due")) " " (when(due)) }, None => (w.say("meetings-no-date")) }
            @if !reply.because.is_empty() { span class="under" { (told(&reply.because)) } }
        } } }
    } } }
}

fn title<'s>(status: &'s Status, text: &'s str) -> &'s str {
    let mut own = status
        .texts
        .iter()
        .filter(|own| own.id.as_str() == text && !own.title.is_empty());
    own.next().map_or(text, |own| &own.title)
}

/// Who was given which draft: one row a seat, one column a draft.
fn given(w: Words, status: &Status, text: &TextStatus) -> Markup {
    html! {
        div class="scroll" tabindex="0" role="region" aria-label=(w.say("around-circulation")) { table class="given" {
            caption { bdi { @if text.title.is_empty() { (text.id) } @else { (text.title) } } }
            thead { tr { th scope="col" { (w.say("around-seat")) } @for draft in &text.drafts { th scope="col" { a href=(format!("/draft/{}", part(draft.id.as_str()))) { (draft.id) } @if draft.working { span class="under" { (w.say("around-working")) } } } } } }
            tbody { @for (seat, all) in &text.exposure { tr { th scope="row" dir="auto" { (name(status, seat.as_str())) }
                @for draft in &text.drafts {
                    @let own: Vec<_> = words::once_each(all).into_iter().filter(|one| one.draft == draft.id || one.copy_of.as_ref() == Some(&draft.id)).collect();
                    td { @if own.is_empty() { span class="small" { @if status.basis == Basis::Record { (w.say("around-not-given")) } @else { "–" } } }
                        @for one in own { div { (when(&one.on)) span class="under" {
                            (match one.channel { Some(onetext_talks::Channel::Official) => w.say("around-official"), Some(onetext_talks::Channel::Unofficial) => w.say("around-unofficial"), Some(onetext_talks::Channel::Press) => w.say("around-press"), None => w.say("around-own-copy") })
                            @if one.copy_of.is_some() { " · " (w.say("around-copy")) " " bdi { (one.draft) } }
                            @if let Some(place) = &one.place { " · " bdi { (place) } } } } } }
                }
            } } }
        } }
    }
}

fn circulation(w: Words, status: &Status) -> Markup {
    let texts = words::in_order(&status.texts);
    let texts: Vec<&TextStatus> = texts
        .into_iter()
        .filter(|text| !text.drafts.is_empty() && !text.exposure.is_empty())
        .collect();
    html! { @if !texts.is_empty() { section id="circulation" { h2 { (w.say("around-circulation")) }
        @if status.basis == Basis::View { p class="small" { (w.say("around-own-alone")) } }
        @for text in texts { (given(w, status, text)) }
    } } }
}

fn alerts(w: Words, status: &Status) -> Markup {
    html! { @if !status.alerts.is_empty() { section id="alerts" { h2 { (w.say("around-alerts")) }
        ul class="plain alerts" { @for alert in status.alerts.iter().take(ALERTS) { li lang="en" dir="auto" {
            span class="label doubt" { span aria-hidden="true" { "! " } (words::alert(alert.kind)) } " " (words::alert_text(alert))
            @for act in &alert.told { span class="under" { (act) } }
        } } }
        @if status.alerts.len() > ALERTS { p class="small" { (w.say_with("meetings-more", &[("n", (status.alerts.len() - ALERTS).into())])) } }
    } } }
}
