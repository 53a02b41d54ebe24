//! Before a draft is issued: what it changes, every acceptance that it makes lapse, and what it carries. Then it is issued.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use axum::{Extension, Form};
use maud::{Markup, PreEscaped, html};
use onetext_desk::{Foreseen, Lapse, NewDraft, Piece, ReadableDraft, Redrafted};
use onetext_paper::redline::html_of_words;
use onetext_talks::{SeatId, Status, TextStatus};
use onetext_text::PairKind;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::drafting::{self, OUTCOMES};
use super::language::TYPED;
use super::position::{last_day, sentence};
use super::{Page, part, seat_name};
use crate::fault::Fault;
use crate::office::View;
use crate::sheet::Sheet;
use crate::words::Words;
use crate::{Visitor, Workbench, blocking, terms};

#[derive(Debug, Default, Clone, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    text: String,
    #[serde(default)]
    base: String,
    #[serde(default)]
    id: String,
    #[serde(default)]
    on: String,
}

/// The name that comes after the last: its number, and one more.
fn next_name(text: &TextStatus) -> String {
    let last = text.drafts.last().map_or("v0", |draft| draft.id.as_str());
    let stem = last.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = last
        .get(stem.len()..)
        .and_then(|digits| digits.parse::<u32>().ok());
    let taken = |name: &String| text.drafts.iter().any(|draft| draft.id.as_str() == name);
    let mut numbers = number.map_or(2, |number| number.saturating_add(1))..u32::MAX;
    let stem = if number.is_some() {
        stem.to_owned()
    } else {
        format!("{last}-")
    };
    numbers
        .find_map(|number| Some(format!("{stem}{number}")).filter(|name| !taken(name)))
        .unwrap_or_else(|| last.to_owned())
}

/// An answer that is not put on record yet.
struct Answered<'p> {
    piece: &'p Piece,
    key: &'static str,
    outcome: &'p str,
    reason: &'p str,
}

/// The work, ready to be issued.
struct Ready<'v> {
    text: &'v TextStatus,
    base: ReadableDraft,
    sheet: Sheet,
    pieces: Vec<Piece>,
    made: Redrafted,
}

impl<'v> Ready<'v> {
    fn of(
        bench: &Workbench,
        view: &'v View,
        visitor: &Visitor,
        text: &str,
    ) -> Result<Ready<'v>, Fault> {
        let text = drafting::text_of_mine(view, visitor, text).ok_or_else(Fault::nothing)?;
        let base = drafting::latest(view, text)?.ok_or_else(Fault::nothing)?;
        let sheet = bench
            .office
            .sheet(visitor, text.id.as_str(), base.id.as_str())?;
        let status = &view.play.status;
        let pieces = onetext_desk::feedback(&view.books, &view.viewer, status, text.id.as_str())?;
        let made = onetext_desk::redrafted(&base.issued.draft, &sheet.redrafts());
        let made = made.map_err(|error| {
            let hint = visitor.words().say("issue-path-hint");
            Fault::new(StatusCode::UNPROCESSABLE_ENTITY, error.to_string(), hint)
        })?;
        Ok(Ready {
            text,
            base,
            sheet,
            pieces,
            made,
        })
    }

    fn draft<'a>(&'a self, id: &'a str, on: &'a str) -> NewDraft<'a> {
        NewDraft {
            text: self.text.id.as_str(),
            id,
            base: self.base.id.as_str(),
            on,
            source: &self.made.source,
            pairs: &self.made.pairs,
        }
    }

    fn answers(&self) -> Vec<Answered<'_>> {
        let pieces = self.pieces.iter().filter_map(|piece| {
            let answer = self.sheet.answers.get(piece.told.act.id.as_str())?;
            let (outcome, key) = OUTCOMES
                .iter()
                .find(|(value, _)| *value == answer.outcome)?;
            Some(Answered {
                piece,
                key,
                outcome,
                reason: &answer.reason,
            })
        });
        // What is on record with the same outcome is not said again.
        let new = pieces.filter(|own| {
            let said = own.piece.told.outcome.map(drafting::outcome_key);
            said != Some(own.key) || own.piece.told.open
        });
        new.collect()
    }

    fn answer_fields(&self, visitor: &Visitor, draft: &NewDraft<'_>) -> Vec<Map<String, Value>> {
        let fields = self.answers().into_iter().map(|own| {
            let mut fields = Map::new();
            let mut put = |name: &str, value: Value| drop(fields.insert(name.to_owned(), value));
            put("kind", json!("dispose"));
            put("room", json!(own.piece.room.as_str()));
            put("by", json!(visitor.seat()));
            put("recorded_by", json!(visitor.seat()));
            put("on", json!(draft.on));
            put("of", json!(own.piece.told.act.id.as_str()));
            put("outcome", json!(own.outcome));
            // Only what took something up is named: a room that was given nothing hears of no draft.
            if matches!(own.outcome, "taken" | "partly") {
                put("draft", json!(draft.id));
            }
            if !own.reason.is_empty() {
                put("reason", json!(own.reason));
            }
            fields
        });
        fields.collect()
    }
}

pub(crate) async fn page(
    State(bench): State<Arc<Workbench>>,
    Extension(visitor): Extension<Visitor>,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, Fault> {
    blocking(move || {
        let view = bench.office.view(&visitor, bench.now())?;
        let ready = Ready::of(&bench, &view, &visitor, &asked.text)?;
        shown(&view, &visitor, &ready, (&asked, bench.now()), None)
    })
    .await
}

fn shown(
    view: &View,
    visitor: &Visitor,
    ready: &Ready<'_>,
    (asked, now): (&Asked, i64),
    refused: Option<(String, String)>,
) -> Result<Html<String>, Fault> {
    let w = visitor.words();
    let status = &view.play.status;
    let id = if asked.id.trim().is_empty() {
        next_name(ready.text)
    } else {
        asked.id.trim().to_owned()
    };
    let on = if asked.on.trim().is_empty() {
        last_day(status, now)
    } else {
        asked.on.trim().to_owned()
    };
    let draft = ready.draft(&id, &on);
    let recorded = ready.answer_fields(visitor, &draft);
    let foreseen = onetext_desk::foresee(&view.books, &view.viewer, status, &draft, &recorded);
    let (foreseen, why) = match foreseen {
        Ok(Ok(foreseen)) => (Some(foreseen), None),
        Ok(Err(error)) => (None, Some(sentence(w, &error))),
        Err(error) => (
            None,
            Some((error.to_string(), error.hint().unwrap_or_default())),
        ),
    };
    let refused = refused.or(why);
    let unchanged = !ready
        .sheet
        .provisions
        .values()
        .any(crate::sheet::Work::changes);
    let body = html! {
        header class="wide-head" {
            p class="kicker" { (w.say("issue-kicker")) }
            h1 { (w.rich("issue-title", &[], &[("draft", html! { bdi { (id) } }), ("text", html! { bdi { (drafting::title(ready.text)) } })])) }
            p class="lead" { (w.say_with("issue-lead", &[("base", ready.base.id.as_str().into())])) }
            (drafting::working(w, ready.text))
        }
        main {
            @if let Some((why, hint)) = &refused { div class="refused" role="alert" { p { strong { (w.say("issue-refused")) } " " bdi { (why) } } p { bdi { (hint) } } } }
            @if unchanged { p class="notice" { (w.say("issue-unchanged")) " " a href=(format!("/merge?text={}", part(ready.text.id.as_str()))) { (w.say("issue-back")) } } }
            @if let Some(foreseen) = &foreseen { (effects(w, status, ready, foreseen)) }
            (answers(w, status, &ready.answers()))
            form method="post" action="/issue" class="card issue" id=[refused.as_ref().map(|_| TYPED)] {
                input type="hidden" name="text" value=(ready.text.id);
                input type="hidden" name="base" value=(ready.base.id);
                div class="row" {
                    label class="field short" { span { (w.say("issue-name")) } input name="id" value=(id) required maxlength="60"; }
                    label class="field short" { span { (w.say("issue-on")) } input name="on" value=(on) required pattern="[0-9][\\-0-9T:Z]*"; }
                }
                p class="small" { (w.say("issue-then")) }
                @if !unchanged { button class="main" type="submit" { (w.say_with("issue-do", &[("draft", id.as_str().into())])) } " " }
                a class="button" href=(format!("/merge?text={}", part(ready.text.id.as_str()))) { (w.say("issue-back")) }
            }
        }
    };
    let title = format!("{}: {}", w.say("issue-kicker"), drafting::title(ready.text));
    let page = Page {
        title: &title,
        style: "state.css",
        here: "/merge",
        live: false,
    };
    Ok(page.again(view, visitor, refused.map(|_| "/issue"), body))
}

/// What the draft does: what lapses first, since that cannot be taken back.
fn effects(w: Words, status: &Status, ready: &Ready<'_>, foreseen: &Foreseen) -> Markup {
    let later = foreseen
        .status
        .texts
        .iter()
        .find(|text| text.id == ready.text.id);
    let points = |text: Option<&TextStatus>| {
        text.and_then(|text| text.points.as_ref())
            .map(|points| points.open)
    };
    let count = |open: Option<onetext_talks::Interval>| {
        open.map_or(String::new(), onetext_paper::state::words::interval)
    };
    html! {
        section class="lapses" {
            h2 { (w.say_with("issue-lapses", &[("n", foreseen.lapses.len().into())])) }
            @if foreseen.lapses.is_empty() { p { (w.say("issue-no-lapses")) } }
            @else { p { (w.say("issue-lapses-lead")) } (table(w, status, &foreseen.lapses, Some(foreseen))) }
            @if !foreseen.lapsed_before.is_empty() { details open { summary { (w.say_with("issue-before", &[("n", foreseen.lapsed_before.len().into())])) } (table(w, status, &foreseen.lapsed_before, Some(foreseen))) } }
        }
        section {
            h2 { (w.say_with("issue-carries", &[("n", foreseen.carries.len().into())])) }
            @if !foreseen.carries.is_empty() { details { summary { (w.say("issue-carries-lead")) } (table(w, status, &foreseen.carries, None)) } }
            @if !foreseen.stand.is_empty() { details { summary { (w.say_with("issue-stand", &[("n", foreseen.stand.len().into())])) } (table(w, status, &foreseen.stand, None)) } }
            p class="small" { (w.say_with("issue-open", &[("before", count(points(Some(ready.text))).into()), ("after", count(points(later)).into())])) }
        }
        @if !foreseen.alerts.is_empty() { section {
            h2 { (w.say("issue-alerts")) }
            ul { @for alert in &foreseen.alerts { li { span lang="en" dir="auto" { (onetext_paper::state::words::alert(alert.kind)) ": " (alert.text) } } } }
        } }
        section {
            h2 { (w.say("issue-changes")) }
            (changes(w, foreseen))
        }
    }
}

/// Each change with its words; what stays is left out.
fn changes(w: Words, foreseen: &Foreseen) -> Markup {
    let changed: Vec<_> = foreseen
        .changes
        .redline
        .pairs
        .iter()
        .filter(|pair| pair.kind != PairKind::Unchanged)
        .collect();
    html! {
        @if changed.is_empty() { p { (w.say("issue-no-changes")) } }
        @for pair in changed {
            div class="change" {
                p class="small" { bdi { (pair.old.join(", ")) } @if pair.old != pair.new { @if !pair.old.is_empty() && !pair.new.is_empty() { (w.to()) } bdi { (pair.new.join(", ")) } } " · " (w.say(kind_key(pair.kind))) }
                p class="wording" dir="auto" { (PreEscaped(html_of_words(
                    &pair.runs.iter().map(onetext_text::Run::old_text).collect::<String>(),
                    &pair.runs.iter().map(onetext_text::Run::new_text).collect::<String>(), &w))) }
            }
        }
    }
}

fn kind_key(kind: PairKind) -> &'static str {
    match kind {
        PairKind::Unchanged => "issue-unchanged-kind",
        PairKind::Renumbered => "issue-renumbered",
        PairKind::Edited => "issue-edited",
        PairKind::Moved => "issue-moved",
        PairKind::Split => "issue-split",
        PairKind::Merged => "issue-merged",
        PairKind::Inserted => "issue-inserted",
        PairKind::Deleted => "issue-deleted",
    }
}

fn table(w: Words, status: &Status, lapses: &[Lapse], foreseen: Option<&Foreseen>) -> Markup {
    let mut by_seat: BTreeMap<&SeatId, Vec<&Lapse>> = BTreeMap::new();
    for lapse in lapses {
        by_seat.entry(&lapse.seat).or_default().push(lapse);
    }
    html! {
        div class="scroll" tabindex="0" role="region" aria-label=(w.say("issue-table")) { table {
            thead { tr { th scope="col" { (w.say("issue-whose")) } th scope="col" { (w.say("issue-point")) } th scope="col" { (w.say("issue-position")) } th scope="col" { (w.say("issue-where")) } @if foreseen.is_some() { th scope="col" { (w.say("issue-words")) } } } }
            tbody { @for (seat, lapses) in &by_seat { @for lapse in lapses { tr {
                th scope="row" dir="auto" { (seat_name(status, seat.as_str())) }
                td { bdi { (lapse.was) } @match &lapse.now { Some(now) if *now != lapse.was => { (w.to()) bdi { (now) } } None => { " · " (w.say("issue-gone")) } _ => {} } }
                td { (terms::stance(w, lapse.stance)) @if let Some(on) = &lapse.on { span class="under" { bdi { (on.to_string()) } } } @if let Some((from, _)) = &lapse.earlier { span class="under" { bdi { (from.draft) " " (from.path) } } } }
                td { bdi { (lapse.rooms.iter().map(|room| room.as_str()).collect::<Vec<_>>().join(", ")) } }
                @if let Some(foreseen) = foreseen { td class="wording" dir="auto" { (PreEscaped(words_of(w, foreseen, lapse))) } }
            } } } }
        } }
    }
}

fn words_of(w: Words, foreseen: &Foreseen, lapse: &Lapse) -> String {
    let wording = |draft: &onetext_text::Draft, path: &str| {
        let mut own = draft.provisions().iter().filter(|own| own.path == path);
        own.next().map_or(String::new(), |own| own.wording.clone())
    };
    let old = match &lapse.earlier {
        Some((_, words)) => words.clone(),
        None => wording(&foreseen.changes.old, &lapse.was),
    };
    let new = lapse
        .now
        .as_ref()
        .map_or(String::new(), |now| wording(&foreseen.changes.new, now));
    html_of_words(&old, &new, &w)
}

fn answers(w: Words, status: &Status, answers: &[Answered<'_>]) -> Markup {
    html! { section {
        h2 { (w.say_with("issue-answers", &[("n", answers.len().into())])) }
        @if answers.is_empty() { p class="small" { (w.say("issue-no-answers")) } }
        @else {
            p class="small" { (w.say("issue-answers-lead")) }
            ul class="plain" { @for own in answers { li {
                strong dir="auto" { (seat_name(status, own.piece.seat.as_str())) } (w.comma()) bdi { (own.piece.now.join(", ")) } ": " (w.say(own.key))
                @if !own.reason.is_empty() { " · " span dir="auto" { (own.reason) } }
                " " span class="small" { (w.say_with("issue-in-room", &[("room", own.piece.room.as_str().into())])) }
            } } }
        }
    } }
}

pub(crate) async fn issue(
    State(bench): State<Arc<Workbench>>,
    Extension(visitor): Extension<Visitor>,
    Form(asked): Form<Asked>,
) -> Result<Response, Fault> {
    blocking(move || {
        let view = bench.office.view(&visitor, bench.now())?;
        let ready = Ready::of(&bench, &view, &visitor, &asked.text)?;
        let w = visitor.words();
        let id = asked.id.trim();
        let refused = if asked.base != ready.base.id.as_str() {
            Some((w.say("merge-another"), w.say("merge-another-hint")))
        } else if id.is_empty()
            || id.len() > 60
            || id.contains(|c: char| c.is_control() || "/\\#:<>\"|?*".contains(c))
        {
            Some((w.say("issue-bad-name"), w.say("issue-bad-name-hint")))
        } else {
            None
        };
        let refused = match refused {
            Some(refused) => refused,
            None => {
                let draft = ready.draft(id, asked.on.trim());
                let answers = ready.answer_fields(&visitor, &draft);
                match bench.office.issue(
                    &visitor,
                    (draft.fields(), draft.source),
                    answers,
                    bench.now(),
                ) {
                    Ok(_) => {
                        let to = format!("/circulate?draft={}", part(id));
                        return Ok(Redirect::to(&to).into_response());
                    }
                    Err(error) => sentence(w, &error),
                }
            }
        };
        let again = shown(
            &view,
            &visitor,
            &ready,
            (&asked, bench.now()),
            Some(refused),
        )?;
        Ok((StatusCode::UNPROCESSABLE_ENTITY, again).into_response())
    })
    .await
}
