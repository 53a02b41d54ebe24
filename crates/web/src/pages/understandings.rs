//! Earlier understandings: each tenet against each draft, in letter and in spirit, each side's own minute, and giving a verdict.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Extension;
use axum::Form;
use axum::extract::State;
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use onetext_desk::{Cut, on_record};
use onetext_talks::{
    ActId, Assess, Deed, DraftId, Grade, OnRecord, Points, Status, TenetStatus, Understanding,
    UnderstandingForm, UnderstandingStatus,
};
use serde_json::json;

use super::affairs::{self, name, names, when};
use super::record::{Fields, Given, Refused, Signature};
use super::rooms::Rooms;
use super::{Page, part};
use crate::fault::Fault;
use crate::office::View;
use crate::words::Words;
use crate::{Visitor, Workbench, blocking};

/// The most drafts beside each other: the last of them.
const DRAFTS: usize = 8;

/// What is known of understandings beside the state of play.
struct Known<'a> {
    settled: BTreeMap<&'a ActId, (&'a OnRecord, &'a Understanding)>,
    minutes: Vec<(&'a OnRecord, &'a onetext_talks::Minute)>,
    assessed: Vec<(&'a OnRecord, &'a Assess)>,
}

fn known(acts: &[OnRecord]) -> Known<'_> {
    let mut known = Known {
        settled: BTreeMap::new(),
        minutes: Vec::new(),
        assessed: Vec::new(),
    };
    for one in acts.iter().filter(|one| !one.withdrawn) {
        match &one.act.deed {
            Deed::Understanding(settled) => {
                known.settled.insert(&one.act.id, (one, settled));
            }
            Deed::Minute(minute) => known.minutes.push((one, minute)),
            Deed::Assess(assess) => known.assessed.push((one, assess)),
            _ => {}
        }
    }
    known
}

/// The drafts of the texts that are negotiated, the last of them where there are many.
fn drafts<'a>(status: &'a Status, known: &Known<'a>) -> Vec<&'a DraftId> {
    let texts = status.texts.iter().filter(|text| {
        onetext_paper::state::words::counted(text)
            || known
                .assessed
                .iter()
                .any(|(_, assess)| text.drafts.iter().any(|draft| draft.id == assess.draft))
    });
    let mut drafts: Vec<_> = texts.flat_map(|text| &text.drafts).collect();
    drafts.sort_by(|one, other| one.on.cmp(&other.on));
    let from = drafts.len().saturating_sub(DRAFTS);
    drafts
        .into_iter()
        .skip(from)
        .map(|draft| &draft.id)
        .collect()
}

fn points(assess: &Assess) -> String {
    match &assess.points {
        None => String::new(),
        Some(Points::Whole) => "whole".to_owned(),
        Some(Points::Paths(paths)) => paths.join(", "),
    }
}

/// The verdicts of one grade on one tenet and one draft, the last first.
fn verdicts(
    w: Words,
    status: &Status,
    known: &Known<'_>,
    tenet: &TenetStatus,
    draft: &DraftId,
    grade: Grade,
) -> Markup {
    let own = known.assessed.iter().rev().filter(|(_, assess)| {
        assess.tenet == tenet.id && assess.draft == *draft && assess.grade == grade
    });
    let own: Vec<_> = own.collect();
    html! {
        @if own.is_empty() { span class="small" { (w.say("understandings-no-verdict")) } }
        @for (place, (one, assess)) in own.iter().enumerate() {
            div class=[(place > 0).then_some("small")] {
                (affairs::assessed(w, Some(assess.verdict)).label())
                @let on = points(assess);
                @if !on.is_empty() { " " @if on == "whole" { span class="small" { (w.say("understandings-whole")) } } @else { span class="small" { (w.say("understandings-on")) " " bdi { (on) } } } }
                span class="under" { bdi { (name(status, &one.card.by)) } (w.comma()) (when(&one.act.on)) }
                @if let Some(note) = &one.act.note { span class="under" dir="auto" { (note) } }
            }
        }
    }
}

fn matrix(
    w: Words,
    status: &Status,
    known: &Known<'_>,
    of: &UnderstandingStatus,
    drafts: &[&DraftId],
) -> Markup {
    html! {
        div class="scroll" tabindex="0" role="region" aria-label=(w.say("understandings-matrix")) {
            table class="tenets" {
                caption { (w.say("understandings-matrix")) }
                thead { tr { th scope="col" class="wording" { (w.say("understandings-tenet")) } th scope="col" { (w.say("understandings-grade")) } th scope="col" { (w.say("understandings-now")) }
                    @for draft in drafts { th scope="col" { a href=(format!("/draft/{}", part(draft.as_str()))) { (draft) } } } } }
                tbody { @for tenet in &of.tenets {
                    @for grade in [Grade::Letter, Grade::Spirit] { tr class=(if grade == Grade::Letter { "letter" } else { "spirit" }) {
                        @if grade == Grade::Letter { th scope="rowgroup" rowspan="2" class="wording" dir="auto" { (tenet.words) span class="under" { bdi { (tenet.id) } } } }
                        @let (now, earlier) = match grade { Grade::Letter => (tenet.letter, &tenet.letter_earlier), Grade::Spirit => (tenet.spirit, &tenet.spirit_earlier) };
                        th scope="row" { (match grade { Grade::Letter => w.say("understandings-letter"), Grade::Spirit => w.say("understandings-spirit") }) }
                        @let term = affairs::assessed(w, now);
                        td class=(term.class()) { (term.plain()) @if let Some(earlier) = earlier { span class="under" { (affairs::assessed(w, Some(earlier.verdict)).word) " " (w.say("understandings-earlier")) " " (earlier.draft) } } }
                        @for draft in drafts { td { (verdicts(w, status, known, tenet, draft, grade)) } }
                    } }
                } }
            }
        }
    }
}

fn minutes(w: Words, view: &View, known: &Known<'_>, of: &ActId) -> Markup {
    let (status, rooms) = (&view.play.status, Rooms::of(view));
    let own: Vec<_> = known
        .minutes
        .iter()
        .filter(|(_, minute)| minute.of == *of)
        .collect();
    html! {
        h3 { (w.say("understandings-minutes")) }
        @if own.is_empty() { p class="small" { (w.say("understandings-no-minutes")) } }
        div class="beside" { @for (one, minute) in own { article {
            h4 { bdi { (name(status, one.act.seat.as_str())) } }
            p class="quoted" dir="auto" { (minute.words) }
            p class="small" { (when(&one.act.on)) " · " (rooms.shown(status, one.act.room.as_str())) }
        } } }
    }
}

fn form(
    w: Words,
    of: &UnderstandingStatus,
    drafts: &[&DraftId],
    signature: &Signature<'_>,
) -> Markup {
    let given = signature.given;
    let chosen = |field, value: &str| given.get(field) == value;
    let last = drafts.len().saturating_sub(1);
    let verdicts = [
        ("met", w.say("affairs-met")),
        ("partly", w.say("affairs-met-in-part")),
        ("not-met", w.say("affairs-not-met")),
    ];
    let grades = [
        (
            "letter",
            w.say("understandings-letter"),
            w.say("understandings-letter-hint"),
        ),
        (
            "spirit",
            w.say("understandings-spirit"),
            w.say("understandings-spirit-hint"),
        ),
    ];
    let fields = html! {
        label class="field" { span { (w.say("understandings-tenet")) } select name="tenet" { @for tenet in &of.tenets { option value=(tenet.id) selected[chosen("tenet", tenet.id.as_str())] { (tenet.words) } } } }
        label class="field" { span { (w.say("understandings-draft")) } select name="draft" { @for (place, draft) in drafts.iter().enumerate() { option value=(draft) selected[chosen("draft", draft.as_str()) || (!given.has("draft") && place == last)] { (draft) } } } }
        label class="field" { span { (w.say("understandings-points")) } small { (w.say("understandings-points-hint")) } input name="points" maxlength="400" dir="ltr" value=(given.get("points")); }
        fieldset { legend { (w.say("understandings-grade")) } div class="choices" { @for (key, word, hint) in grades { label { input type="radio" name="grade" value=(key) required checked[chosen("grade", key)]; span { (word) small { (hint) } } } } } }
        fieldset { legend { (w.say("understandings-verdict")) } div class="choices tight" { @for (key, word) in verdicts { label { input type="radio" name="verdict" value=(key) required checked[chosen("verdict", key)]; span { (word) } } } } }
        label class="field" { span { (w.say("understandings-note")) } textarea name="note" rows="2" maxlength="4000" dir="auto" { (given.get("note")) } }
    };
    let form = format!("assess-{}", of.id);
    let own = [("form", form.as_str()), ("of", of.id.as_str())];
    html! {
        details class="no-print" open[given.has("form")] { summary { (w.say("understandings-assess")) }
            (signature.form("/understandings/assess", &own, fields))
        }
    }
}

fn shown(
    bench: &Workbench,
    visitor: &Visitor,
    view: &View,
    (given, refused): (&Given, Option<&Refused>),
) -> Result<Html<String>, Fault> {
    let (w, status) = (visitor.words(), &view.play.status);
    let acts = on_record(&view.books, &view.viewer, &Cut::default(), |act| {
        matches!(
            act.deed,
            Deed::Understanding(_) | Deed::Minute(_) | Deed::Assess(_)
        )
    })?;
    let known = known(&acts);
    let drafts = drafts(status, &known);
    let rooms = Rooms::of(view);
    let title = w.say("understandings-title");
    let body = html! {
        header { p class="kicker" { (w.say("understandings-kicker")) } h1 { (title) } p class="lead" { (w.say("understandings-lead")) } }
        main {
            @if let Some(refused) = refused { (refused.shown(w)) }
            @if status.understandings.is_empty() { p { (w.say("understandings-none")) } }
            @for of in &status.understandings {
                @let settled = known.settled.get(&of.id);
                section {
                    h2 { (names(w, status, of.between.iter().map(|seat| seat.as_str()))) @if let Some(place) = settled.and_then(|(_, own)| own.place.as_ref()) { (w.comma()) bdi { (place) } } }
                    p { @if of.assessed { span class="label good" { span aria-hidden="true" { "✓ " } (w.say("understandings-assessed")) } } @else { span class="label doubt" { span aria-hidden="true" { "? " } (w.say("affairs-not-assessed")) } }
                        @if let Some((one, own)) = settled { " " span class="small" { (when(&one.act.on)) @match own.form { Some(UnderstandingForm::Oral) => { " · " (w.say("understandings-oral")) } Some(UnderstandingForm::Written) => { " · " (w.say("understandings-written")) } None => {} } " · " (rooms.shown(status, one.act.room.as_str())) } } }
                    @if !of.condition_for.is_empty() { p class="small" { (w.say("understandings-condition")) " " (names(w, status, of.condition_for.iter().map(|seat| seat.as_str()))) } }
                    (matrix(w, status, &known, of, &drafts))
                    (minutes(w, view, &known, &of.id))
                    @let mine = given.of(&format!("assess-{}", of.id));
                    (form(w, of, &drafts, &Signature { view, visitor, given: &mine, now: bench.now(), room: settled.map_or("", |(one, _)| one.act.room.as_str()), ask: false }))
                }
            }
        }
    };
    let page = Page {
        title: &title,
        style: "affairs.css",
        here: "/understandings",
        live: refused.is_none(),
    };
    Ok(page.again(
        view,
        visitor,
        refused.map(|_| "/understandings/assess"),
        body,
    ))
}

pub(crate) async fn page(
    State(bench): State<Arc<Workbench>>,
    Extension(visitor): Extension<Visitor>,
) -> Result<Html<String>, Fault> {
    blocking(move || {
        let view = bench.office.view(&visitor, bench.now())?;
        shown(&bench, &visitor, &view, (&Given::default(), None))
    })
    .await
}

/// A tenet is judged against a draft.
pub(crate) async fn assess(
    State(bench): State<Arc<Workbench>>,
    Extension(visitor): Extension<Visitor>,
    Form(given): Form<Given>,
) -> Result<Response, Fault> {
    blocking(move || {
        let view = bench.office.view(&visitor, bench.now())?;
        let of = given.get("of");
        let mut all = view.play.status.understandings.iter();
        if !all.any(|own| own.id.as_str() == of) {
            return Err(Fault::nothing());
        }
        let mut fields = Fields::of("assess", &given, &visitor);
        for name in ["tenet", "draft", "grade", "verdict", "note"] {
            fields.words(name, given.get(name));
        }
        match given.get("points") {
            "" => {}
            "whole" => fields.put("points", json!("whole")),
            paths => {
                let paths = paths.split([',', '،', ';']).map(str::trim);
                fields.list("points", paths.filter(|path| !path.is_empty()));
            }
        }
        match fields.record(&bench, &visitor, &view) {
            Ok(()) => Ok(Redirect::to("/understandings").into_response()),
            Err(refused) => {
                let page = shown(&bench, &visitor, &view, (&given, Some(&refused)))?;
                Ok((refused.status(), page).into_response())
            }
        }
    })
    .await
}
