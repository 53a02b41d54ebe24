//! The pages, one file each. They work without scripts; what a text or a person says has its own direction.

pub(crate) mod account;
pub(crate) mod affairs;
mod around;
pub(crate) mod assets;
pub(crate) mod briefing;
pub(crate) mod circulate;
pub(crate) mod course;
pub(crate) mod draft;
pub(crate) mod drafting;
pub(crate) mod enter;
pub(crate) mod gates;
pub(crate) mod guest;
pub(crate) mod issue;
pub(crate) mod kept;
pub(crate) mod keys;
pub(crate) mod language;
pub(crate) mod meetings;
pub(crate) mod merge;
pub(crate) mod mission;
pub(crate) mod packages;
pub(crate) mod point;
pub(crate) mod position;
pub(crate) mod proof;
pub(crate) mod proposal;
pub(crate) mod record;
pub(crate) mod redline;
pub(crate) mod report;
pub(crate) mod resend;
pub(crate) mod rooms;
pub(crate) mod search;
pub(crate) mod standing;
pub(crate) mod state;
pub(crate) mod state_around;
pub(crate) mod statements;
pub(crate) mod understandings;

use axum::response::Html;
use maud::{DOCTYPE, Markup, html};
use onetext_talks::Status;

use crate::Visitor;
use crate::entrance::Way;
use crate::office::View;
use crate::words::Words;

/// A page of somebody who sits at a seat.
pub(crate) struct Page<'a> {
    pub(crate) title: &'a str,
    /// The style beside the workbench's own.
    pub(crate) style: &'a str,
    /// Where in the navigation one is.
    pub(crate) here: &'a str,
    /// Whether an open page shows by itself what has come.
    pub(crate) live: bool,
}

impl Page<'_> {
    pub(crate) fn of(&self, view: &View, visitor: &Visitor, body: Markup) -> Html<String> {
        self.again(view, visitor, None, body)
    }

    /// The same, where a form stands on it that was sent and comes again: where it goes. The switch of language takes along what
    /// was typed; and such a page shows nothing by itself, for a browser would send the form once more.
    pub(crate) fn again(
        &self,
        view: &View,
        visitor: &Visitor,
        typed: Option<&str>,
        body: Markup,
    ) -> Html<String> {
        // The form is not there where what it was about is gone by now.
        let typed = typed.filter(|_| body.0.contains(&format!(" id=\"{}\"", language::TYPED)));
        let live = self.live && typed.is_none();
        let (status, w) = (&view.play.status, visitor.words());
        let issues = status
            .texts
            .iter()
            .any(|text| text.issuer.as_str() == visitor.seat() && text.latest.is_some());
        let links = [
            ("/", w.say("page-state")),
            ("/merge", w.say("merge-kicker")),
            ("/circulate", w.say("circulate-kicker")),
            ("/meetings", w.say("meetings-nav")),
            ("/statements", w.say("statements-nav")),
            ("/understandings", w.say("understandings-nav")),
            ("/gates", w.say("gates-nav")),
            ("/packages", w.say("packages-nav")),
            ("/briefing", w.say("briefing-nav")),
            ("/search", w.say("search-nav")),
            ("/account", w.say("page-account")),
        ];
        let mut links = links.to_vec();
        links.retain(|(to, _)| *to != "/merge" || issues);
        let seat = html! { strong dir="auto" { (seat_name(status, visitor.seat())) } };
        let page = html! {
            (DOCTYPE)
            html lang=(w.lang()) dir=(w.dir()) {
                (head(w, self.title, self.style))
                body data-mark=(view.mark) data-live=[live.then_some("yes")] {
                    a class="skip" href="#content" { (w.say("page-skip")) }
                    div class="top" {
                        span class="process" dir="auto" { (process(status)) }
                        span class="seat" { (w.rich("page-seat", &[], &[("seat", seat)]))
                            @if let Some(name) = visitor.name() { " · " span dir="auto" { (name) } } }
                        form method="post" action="/leave" { button type="submit" { (w.say("page-sign-out")) } }
                        (language::switch(w, typed))
                        nav aria-label=(w.say("page-pages")) {
                            @for (to, name) in links {
                                a href=(to) aria-current=[(to == self.here).then_some("page")] { (name) }
                            }
                        }
                    }
                    @if visitor.way() == Way::Guest { p class="news" { (w.say("guest-reads")) " " a href="/account/password" { (w.say("guest-title")) } } }
                    p id="news" class="news" role="status" hidden { (w.say("page-news")) " " a href="" { (w.say("page-show-it")) } }
                    div id="content" { (body) }
                    script src="/assets/live.js" defer {}
                    @if !self.live { script src="/assets/drafting.js" defer {} }
                    @if self.style == "redline.css" { script src="/assets/steps.js" defer {} }
                }
            }
        };
        Html(page.into_string())
    }
}

fn head(w: Words, title: &str, style: &str) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="color-scheme" content="light dark";
            title { (w.say_with("page-title", &[("title", title.into())])) }
            link rel="icon" href="/assets/icon.svg" type="image/svg+xml";
            // The pages around the texts add to the style of the state of play.
            @if style == "affairs.css" { link rel="stylesheet" href="/assets/state.css"; }
            link rel="stylesheet" href=(format!("/assets/{style}"));
            link rel="stylesheet" href="/assets/workbench.css";
            link rel="stylesheet" href="/assets/drafting.css";
        }
    }
}

/// A page of nobody: the entrance, and what went wrong.
pub(crate) fn bare(w: Words, title: &str, body: Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(w.lang()) dir=(w.dir()) {
            (head(w, title, "state.css"))
            body class="bare" {
                main class="door" { p class="kicker" { "OneText" } (body) }
                footer { (language::switch(w, None)) }
            }
        }
    }
}

pub(crate) fn process(status: &Status) -> &str {
    match status.title.is_empty() {
        true => &status.process,
        false => &status.title,
    }
}

pub(crate) fn seat_name<'s>(status: &'s Status, seat: &'s str) -> &'s str {
    let mut named = status
        .seats
        .iter()
        .filter(|card| card.id.as_str() == seat && !card.name.is_empty());
    named.next().map_or(seat, |card| &card.name)
}

/// A part of an address, as it is written in one.
pub(crate) fn part(words: &str) -> String {
    let mut out = String::new();
    for byte in words.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                out.push(char::from(byte))
            }
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    out
}
