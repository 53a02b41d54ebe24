//! The redline of any two drafts that a seat was given.

use std::sync::Arc;

use axum::extract::{FromRequestParts, Path, Query, State};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use axum::{Extension, Form};
use maud::{Markup, PreEscaped, html};
use onetext_desk::Cut;
use onetext_paper::redline::{Choice, Phrase, Sides, Speech, html_columns, in_words};
use onetext_text::{PairKind, Redline};
use serde::Deserialize;

use super::{Page, part};
use crate::fault::Fault;
use crate::words::Words;
use crate::{Visitor, Workbench, blocking};

/// The cookie that remembers that the keys of one letter are off.
const COOKIE: &str = "onetext-letters";
/// For how long it is remembered, in seconds.
const KEPT: i64 = 365 * 24 * 3600;

/// Whether `n` and `p` step through a redline in this browser. A key of one letter can be turned off (WCAG 2.1.4): who speaks to
/// the computer says letters all the time.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Letters(bool);

impl<S: Sync> FromRequestParts<S> for Letters {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let cookies = parts.headers.get_all(header::COOKIE).iter();
        let mut pairs = cookies
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(';'))
            .filter_map(|pair| pair.trim().split_once('='));
        Ok(Letters(
            !pairs.any(|(name, value)| name == COOKIE && value == "off"),
        ))
    }
}

#[derive(Deserialize)]
pub(crate) struct Turned {
    letters: String,
}

/// Remembers in the browser whether the letters are on.
pub(crate) async fn letters(Form(turned): Form<Turned>) -> Result<Response, Fault> {
    let value = match turned.letters.as_str() {
        "on" => "on",
        "off" => "off",
        _ => return Err(Fault::refused(StatusCode::UNPROCESSABLE_ENTITY)),
    };
    let cookie = format!("{COOKIE}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={KEPT}");
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie)]).into_response())
}

#[derive(Deserialize)]
pub(crate) struct Two {
    old: String,
    new: String,
}

pub(crate) async fn chosen(Query(two): Query<Two>) -> Redirect {
    Redirect::to(&format!("/redline/{}/{}", part(&two.old), part(&two.new)))
}

pub(crate) async fn page(
    State(bench): State<Arc<Workbench>>,
    Extension(visitor): Extension<Visitor>,
    letters: Letters,
    Path((old, new)): Path<(String, String)>,
) -> Result<Html<String>, Fault> {
    blocking(move || {
        let view = bench.office.view(&visitor, bench.now())?;
        let found =
            onetext_desk::between(&view.books, &view.viewer, &Cut::default(), (&old, &new))?;
        let sides = Sides {
            old_name: &found.old_name,
            new_name: &found.new_name,
            old: &found.old,
            new: &found.new,
        };
        let w = visitor.words();
        let (changes, told) = html_columns(&found.redline, &sides, &Choice::default(), &w);
        let body = html! {
            (head(w, &found.redline, &sides))
            (bar(w, changes, letters))
            (PreEscaped(told))
        };
        let page = Page {
            title: &w.say_with(
                "redline-title",
                &[("old", old.as_str().into()), ("new", new.as_str().into())],
            ),
            style: "redline.css",
            here: "",
            live: false,
        };
        Ok(page.of(&view, &visitor, body))
    })
    .await
}

fn head(w: Words, redline: &Redline, sides: &Sides<'_>) -> Markup {
    let summary = &redline.summary;
    let extent = [
        ("old", sides.old.provisions().len().into()),
        ("new", sides.new.provisions().len().into()),
        ("out", summary.words_deleted.into()),
        ("in", summary.words_inserted.into()),
        ("kept", summary.words_kept.into()),
    ];
    let brackets = [
        ("old", summary.brackets_old.into()),
        ("new", summary.brackets_new.into()),
    ];
    html! {
        header {
            p class="kicker" { (w.say("redline-kicker")) }
            h1 { bdi { (sides.old_name) } " " span role="img" class="to" aria-label=(w.say("redline-to")) { (w.to().trim()) } " " bdi { (sides.new_name) } }
            p class="lead" { (counts(w, redline, sides)) }
            p class="small" {
                (w.say_with("redline-extent", &extent))
                @if summary.brackets_old + summary.brackets_new > 0 { " " (w.say_with("redline-brackets", &brackets)) }
                @if redline.coarse() { " " (w.say("redline-coarse")) }
            }
            (legend(w))
        }
    }
}

/// What became of how many provisions. In English `paper` says it in one sentence, with its causes.
fn counts(w: Words, redline: &Redline, sides: &Sides<'_>) -> String {
    if w.lang() == "en" {
        return in_words(redline, sides);
    }
    let summary = &redline.summary;
    let of = |n: usize| [("n", n.into())];
    let all = [
        (
            summary.moved,
            w.say_with("redline-moved", &of(summary.moved)),
        ),
        (
            summary.renumbered,
            w.say_with("redline-renumbered", &of(summary.renumbered)),
        ),
        (
            summary.split,
            w.say_with("redline-split", &of(summary.split)),
        ),
        (
            summary.merged,
            w.say_with("redline-merged", &of(summary.merged)),
        ),
        (
            summary.edited,
            w.say_with("redline-edited", &of(summary.edited)),
        ),
        (
            summary.inserted,
            w.say_with("redline-new", &of(summary.inserted)),
        ),
        (
            summary.deleted,
            w.say_with("redline-gone", &of(summary.deleted)),
        ),
    ];
    let mut told: Vec<String> = all
        .into_iter()
        .filter_map(|(count, words)| (count > 0).then_some(words))
        .collect();
    if told.is_empty() {
        return w.say("redline-nothing");
    }
    if summary.unchanged > 0 {
        told.push(w.say_with("redline-unchanged", &of(summary.unchanged)));
    }
    told.join(" · ")
}

fn legend(w: Words) -> Markup {
    html! {
        dl class="legend" {
            div { dt { ins { (w.say("redline-new-words")) } } dd { (w.say("redline-means-inserted")) } }
            div { dt { del { (w.say("redline-old-words")) } } dd { (w.say("redline-means-deleted")) } }
            div { dt { ins class="moved" { (w.say("redline-words")) } } dd { (w.say("redline-means-moved-here")) } }
            div { dt { del class="moved" { (w.say("redline-words")) } } dd { (w.say("redline-means-moved-away")) } }
            div { dt { span class="adapted" { (w.say("redline-example")) } } dd { (w.say("redline-means-adapted")) } }
        }
    }
}

/// Next and previous change, and where one is.
fn bar(w: Words, changes: usize, letters: Letters) -> Markup {
    html! {
        div class="bar" role="region" aria-label=(w.say("redline-steps")) {
            button type="button" id="previous" { (w.say("redline-previous")) " " kbd { "p" } }
            button type="button" id="next" { (w.say("redline-next")) " " kbd { "n" } }
            output id="position" aria-live="polite" data-of=(w.say("redline-of")) { (w.say_with("redline-changes", &[("n", changes.into())])) }
            label { input type="checkbox" id="only"; " " (w.say("redline-only")) }
            label { input type="checkbox" id="beside" data-before=(w.say("redline-before")) data-now=(w.say("redline-now")); " " (w.say("redline-beside")) }
            label { input type="checkbox" id="letters" checked[letters.0] data-keep="/letters"; " " (w.say("redline-letters")) " " kbd { "n" } " " kbd { "p" } }
        }
    }
}

impl Speech for Words {
    fn say(&self, phrase: Phrase, parts: &[Markup]) -> Markup {
        let w = *self;
        let part = |place: usize| parts.get(place).cloned().unwrap_or_default();
        let plain = |said: String| html! { (said) };
        let n = |n: usize| [("n", n.into())];
        match phrase {
            Phrase::List => plain(w.say("redline-list")),
            Phrase::Changes(count) => plain(w.say_with("redline-list-count", &n(count))),
            Phrase::Nothing => plain(w.say("redline-none")),
            Phrase::Kind(kind, edited) => plain(match (kind, edited) {
                (PairKind::Unchanged, _) => w.say("redline-kind-unchanged"),
                (PairKind::Renumbered, _) => w.say("redline-kind-renumbered"),
                (PairKind::Edited, _) => w.say("redline-kind-edited"),
                (PairKind::Moved, false) => w.say("redline-kind-moved"),
                (PairKind::Moved, true) => w.say("redline-kind-moved-edited"),
                (PairKind::Split, false) => w.say("redline-kind-split"),
                (PairKind::Split, true) => w.say("redline-kind-split-edited"),
                (PairKind::Merged, false) => w.say("redline-kind-merged"),
                (PairKind::Merged, true) => w.say("redline-kind-merged-edited"),
                (PairKind::Inserted, _) => w.say("redline-kind-new"),
                (PairKind::Deleted, _) => w.say("redline-kind-gone"),
            }),
            Phrase::StoodHere => w.rich(
                "redline-stood-here",
                &[],
                &[("old", part(0)), ("new", part(1))],
            ),
            Phrase::From => w.rich("redline-from", &[], &[("old", part(0))]),
            Phrase::FromInto => w.rich(
                "redline-from-into",
                &[],
                &[("old", part(0)), ("new", part(1))],
            ),
            Phrase::Was => w.rich("redline-was", &[], &[("old", part(0))]),
            Phrase::OtherHeading => plain(w.say("redline-other-heading")),
            Phrase::ReplacedBy => w.rich("redline-replaced", &[], &[("new", part(0))]),
            Phrase::Opened(count) => plain(w.say_with("redline-opened", &n(count))),
            Phrase::Closed(count) => plain(w.say_with("redline-closed", &n(count))),
            Phrase::Added(count) => plain(w.say_with("redline-added", &n(count))),
            Phrase::Dropped(count) => plain(w.say_with("redline-dropped", &n(count))),
            Phrase::AloudGone => plain(w.say("redline-means-deleted")),
            Phrase::AloudCome => plain(w.say("redline-means-inserted")),
            Phrase::AloudMovedAway => plain(w.say("redline-means-moved-away")),
            Phrase::AloudMovedHere => plain(w.say("redline-means-moved-here")),
        }
    }
}
