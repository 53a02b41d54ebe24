//! What a point's page says beside its positions: what lapsed there and why, what is proposed, and leave to use one's own words.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Redirect;
use axum::{Extension, Form};
use maud::{Markup, PreEscaped, html};
use onetext_desk::{Cut, Piece, one_paragraph};
use onetext_paper::redline::html_of_words;
use onetext_talks::{CellStance, ReleaseClass, StanceKind};
use serde::Deserialize;
use serde_json::{Map, json};

use super::drafting::{self, outcome_key};
use super::point::Found;
use super::position::{last_day, sentence};
use super::record::status_of;
use super::{part, seat_name};
use crate::fault::Fault;
use crate::office::View;
use crate::{Visitor, Workbench, blocking, terms};

/// What can be done here beside taking a position.
pub(super) fn doors(visitor: &Visitor, found: &Found<'_>, subject: &str) -> Markup {
    let w = visitor.words();
    let mine = found.text.issuer.as_str() == visitor.seat();
    let party = found
        .row
        .stances
        .keys()
        .any(|seat| seat.as_str() == visitor.seat());
    html! {
        @if party { a class="button" href=(format!("/proposal?subject={}", part(subject))) { (w.say("standing-propose")) } " " }
        @if mine { a class="button" href=(format!("/merge?text={}&at={}", part(found.text.id.as_str()), part(&found.row.path))) { (w.say("standing-merge")) } }
    }
}

/// The assents to earlier words that do not count any more, each with what changed.
pub(super) fn lapsed(
    view: &View,
    visitor: &Visitor,
    found: &Found<'_>,
    subject: &str,
) -> Result<Markup, Fault> {
    let w = visitor.words();
    let status = &view.play.status;
    let lapsed: Vec<_> = found
        .row
        .stances
        .iter()
        .filter(|(_, cell)| cell.stance == CellStance::Lapsed)
        .collect();
    if lapsed.is_empty() {
        return Ok(html! {});
    }
    let drafts = onetext_desk::readable(&view.books, &view.viewer, &Cut::default())?;
    let words_then = |draft: &str, path: &str| {
        let draft = drafts.iter().find(|own| own.id.as_str() == draft)?;
        let mut provisions = draft.issued.draft.provisions().iter();
        provisions
            .find(|own| own.path == path)
            .map(|own| own.wording.clone())
    };
    let latest = found
        .text
        .latest
        .as_ref()
        .map_or("", |draft| draft.as_str());
    Ok(html! {
        h2 { (w.say("standing-lapsed")) }
        @for (seat, cell) in lapsed {
            @let own = seat.as_str() == visitor.seat();
            @let name = seat_name(status, seat.as_str());
            section class="lapsed" {
                @match &cell.carried_from {
                    Some(from) => {
                        p { (w.rich("standing-lapsed-why", &[], &[("seat", html! { strong dir="auto" { (name) } }), ("path", html! { bdi { (from.path) } }), ("draft", html! { bdi { (from.draft) } }), ("latest", html! { bdi { (latest) } })])) }
                        @if let Some(then) = words_then(from.draft.as_str(), &from.path) {
                            p class="wording" dir="auto" { (PreEscaped(html_of_words(&one_paragraph(&then), &one_paragraph(&found.wording), &w))) }
                        }
                        p class="small" { a href=(format!("/redline/{}/{}", part(from.draft.as_str()), part(latest))) { (w.say_with("standing-redline", &[("old", from.draft.as_str().into()), ("new", latest.into())])) } }
                    }
                    None => { p { (w.rich("standing-lapsed-tied", &[], &[("seat", html! { strong dir="auto" { (name) } })])) } }
                }
                @if own { p class="no-print" { a class="button" href=(format!("/position?subject={}", part(subject))) { (w.say("standing-again")) } } }
            }
        }
    })
}

/// What is proposed and criticised here, with what became of it; of one's own words, leave to use them.
pub(super) fn feedback(
    view: &View,
    visitor: &Visitor,
    found: &Found<'_>,
    (subject, now): (&str, i64),
) -> Result<Markup, Fault> {
    let w = visitor.words();
    let status = &view.play.status;
    let all = onetext_desk::feedback(&view.books, &view.viewer, status, found.text.id.as_str())?;
    let here: Vec<&Piece> = all
        .iter()
        .filter(|piece| piece.now.contains(&found.row.path))
        .collect();
    let held = |piece: &Piece| matches!(piece.release, None | Some(ReleaseClass::Hold));
    Ok(html! { @if !here.is_empty() {
        h2 { (w.say("standing-said")) }
        @for piece in here {
            article class="piece" {
                p class="who" { strong dir="auto" { (seat_name(status, piece.seat.as_str())) } " · " (terms::stance(w, CellStance::of(piece.stance))) " · " bdi { (piece.told.act.on.to_string()) } @if let Some(draft) = &piece.told.draft { " · " bdi { (draft) " " (piece.told.points.join(", ")) } } }
                @if let Some(interest) = &piece.told.interest { p class="interest" dir="auto" { (interest) } }
                @if piece.stance == StanceKind::Propose && let Some(wording) = &piece.wording {
                    @let old = if piece.after.is_some() { String::new() } else { one_paragraph(&found.wording) };
                    @let label = piece.after.as_ref().and_then(|(_, label)| label.as_deref()).unwrap_or_default();
                    p class="wording" dir="auto" { (PreEscaped(html_of_words(&old, &one_paragraph(&format!("{label} {wording}")), &w))) }
                }
                @if let Some(outcome) = piece.told.outcome { p class="small" { (w.say_with("merge-answered", &[("outcome", w.say(outcome_key(outcome)).into())])) @if let Some(draft) = &piece.told.answered_in { " · " bdi { (draft) } } @if let Some(reason) = &piece.told.reason { " · " span dir="auto" { (reason) } } } }
                p class="small" { (w.say(drafting::release_key(piece.release))) }
                @if piece.seat.as_str() == visitor.seat() && held(piece) {
                    form method="post" action="/release" class="no-print" {
                        input type="hidden" name="subject" value=(subject);
                        input type="hidden" name="of" value=(piece.told.act.id);
                        input type="hidden" name="room" value=(piece.room);
                        label { (w.say("record-day")) " " input name="on" value=(last_day(status, now)) required maxlength="60" pattern="[0-9][\\-0-9T:Z\\/]*" dir="ltr"; } " "
                        button type="submit" { (w.say("standing-release")) } " " span class="small" { (w.say("standing-release-hint")) }
                    }
                }
            }
        }
    } })
}

#[derive(Debug, Default, Clone, Deserialize)]
pub(crate) struct Released {
    #[serde(default)]
    subject: String,
    #[serde(default)]
    of: String,
    #[serde(default)]
    room: String,
    #[serde(default)]
    on: String,
}

/// Lets the mediator use one's own words: the substance may shape the text, unattributed.
pub(crate) async fn release(
    State(bench): State<Arc<Workbench>>,
    Extension(visitor): Extension<Visitor>,
    Form(given): Form<Released>,
) -> Result<Redirect, Fault> {
    blocking(move || {
        let view = bench.office.view(&visitor, bench.now())?;
        let mut act = Map::new();
        let seat = visitor.seat();
        let on = match given.on.trim() {
            "" => last_day(&view.play.status, bench.now()),
            on => on.to_owned(),
        };
        for (name, value) in [
            ("kind", "release"),
            ("by", visitor.speaks_as().unwrap_or(seat)),
            ("recorded_by", seat),
            ("room", &given.room),
            ("of", &given.of),
            ("class", "use"),
            ("on", &on),
        ] {
            act.insert(name.to_owned(), json!(value));
        }
        match bench.office.act(&visitor, act, bench.now()) {
            Ok(_) => Ok(Redirect::to(&format!(
                "/point?subject={}",
                part(&given.subject)
            ))),
            Err(error) => {
                let (why, hint) = sentence(visitor.words(), &error);
                Err(Fault::new(status_of(&error), why, hint))
            }
        }
    })
    .await
}
