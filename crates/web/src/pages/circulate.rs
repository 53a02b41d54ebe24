//! Circulation: who was given which draft and who acknowledged it; what a seat will see of a draft, and its delivery.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use axum::{Extension, Form};
use maud::{Markup, PreEscaped, html};
use onetext_desk::{Delivery, Receipt};
use onetext_paper::redline::html_of_words;
use onetext_talks::{Channel, DraftId, Exposure, ProvisionStatus, RoomId, SeatId, TextStatus};
use onetext_text::PairKind;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::drafting;
use super::language::TYPED;
use super::position::{last_day, sentence};
use super::{Page, part, seat_name};
use crate::fault::Fault;
use crate::office::View;
use crate::words::Words;
use crate::{Visitor, Workbench, blocking, terms};

/// By which ways a draft is given, and the key of its word.
const CHANNELS: [(&str, &str); 2] = [
    ("official", "circulate-official"),
    ("unofficial", "circulate-unofficial"),
];

/// The most deliveries of one form.
const MOST: usize = 40;

/// A form as it was sent: names may come more than once.
type Fields = Vec<(String, String)>;

fn said<'f>(fields: &'f Fields, name: &str) -> &'f str {
    let found = fields.iter().find(|(own, _)| own == name);
    found.map_or("", |(_, value)| value.trim())
}

/// Whom a form names, each with the room: `SEAT ROOM`.
fn chosen(fields: &Fields) -> Vec<(String, String)> {
    let named = fields.iter().filter(|(name, _)| name == "to");
    let pairs = named.filter_map(|(_, value)| {
        let (seat, room) = value.split_once(' ')?;
        Some((seat.to_owned(), room.to_owned()))
    });
    let pairs: BTreeSet<(String, String)> = pairs.collect();
    pairs.into_iter().take(MOST).collect()
}

/// The fields of a delivery, as a dossier has them.
fn delivery(fields: &Fields, visitor: &Visitor, (seat, room): (&str, &str)) -> Map<String, Value> {
    let mut act = Map::new();
    let mut put = |name: &str, value: Value| drop(act.insert(name.to_owned(), value));
    put("kind", json!("deliver"));
    put("room", json!(room));
    put("by", json!(said(fields, "by")));
    put("recorded_by", json!(visitor.seat()));
    put("draft", json!(said(fields, "draft")));
    put("to", json!([seat]));
    put("channel", json!(said(fields, "channel")));
    put("on", json!(said(fields, "on")));
    if !said(fields, "place").is_empty() {
        put("place", json!(said(fields, "place")));
    }
    act
}

fn is_own(view: &View, visitor: &Visitor, by: &str) -> bool {
    by == visitor.seat()
        || view
            .play
            .status
            .persons
            .iter()
            .any(|person| person.id.as_str() == by && person.seat.as_str() == visitor.seat())
}

pub(crate) async fn page(
    State(bench): State<Arc<Workbench>>,
    Extension(visitor): Extension<Visitor>,
    Query(fields): Query<Fields>,
) -> Result<Html<String>, Fault> {
    blocking(move || {
        let view = bench.office.view(&visitor, bench.now())?;
        shown(&view, &visitor, (&fields, bench.now()), None)
    })
    .await
}

fn shown(
    view: &View,
    visitor: &Visitor,
    (fields, now): (&Fields, i64),
    refused: Option<(String, String)>,
) -> Result<Html<String>, Fault> {
    let w = visitor.words();
    let status = &view.play.status;
    let receipts = onetext_desk::receipts(&view.books, &view.viewer);
    let draft = said(fields, "draft");
    let mine = drafting::texts_of_mine(view, visitor);
    let issues = !mine.is_empty();
    // Of texts that this seat issues: those that nobody was given yet are in no latest draft.
    let wanted = status.texts.iter().find(|text| {
        text.issuer.as_str() == visitor.seat()
            && text.drafts.iter().any(|card| card.id.as_str() == draft)
    });
    if !draft.is_empty() && wanted.is_none() {
        return Err(Fault::nothing());
    }
    let body = html! {
        header class="wide-head" {
            p class="kicker" { (w.say("circulate-kicker")) }
            @match wanted {
                Some(text) => { h1 { (w.rich("circulate-title", &[], &[("draft", html! { bdi { (draft) } }), ("text", html! { bdi { (drafting::title(text)) } })])) } }
                None => { h1 { (w.say("circulate-all")) } p class="lead" { (w.say(if issues { "circulate-lead" } else { "circulate-lead-own" })) } }
            }
        }
        main {
            @if let Some((why, hint)) = &refused { div class="refused" role="alert" { p { strong { (w.say("circulate-refused")) } " " bdi { (why) } } p { bdi { (hint) } } } }
            @if let Some(text) = wanted {
                (given_table(view, w, text, &receipts, Some(draft)))
                @let to = chosen(fields);
                @if said(fields, "do") == "preview" && to.is_empty() { div class="refused" role="alert" { p { (w.say("circulate-nobody")) } } }
                @if to.is_empty() || refused.is_some() { (choose(view, visitor, text, (fields, now), refused.is_some())) }
                @else { (previews(view, visitor, fields, &to)?) }
            } @else {
                @for text in status.texts.iter().filter(|text| !text.exposure.is_empty() || text.issuer.as_str() == visitor.seat()) {
                    section {
                        h2 dir="auto" { (drafting::title(text)) }
                        (given_table(view, w, text, &receipts, None))
                        @if text.issuer.as_str() == visitor.seat() { p class="no-print" { @for card in text.drafts.iter().rev() { a class="button" href=(format!("/circulate?draft={}", part(card.id.as_str()))) { (w.say_with(if card.working { "circulate-this-new" } else { "circulate-this" }, &[("draft", card.id.as_str().into())])) } " " } } }
                        @else { (acknowledgements(view, visitor, text, &receipts, now)) }
                    }
                }
            }
        }
    };
    let title = w.say("circulate-kicker");
    let page = Page {
        title: &title,
        style: "state.css",
        here: "/circulate",
        live: wanted.is_none(),
    };
    Ok(page.again(view, visitor, refused.map(|_| "/circulate"), body))
}

fn channel_key(channel: Option<Channel>) -> &'static str {
    match channel {
        Some(Channel::Official) => "circulate-official",
        Some(Channel::Unofficial) => "circulate-unofficial",
        Some(Channel::Press) => "circulate-press",
        None => "circulate-by-itself",
    }
}

fn acknowledged<'r>(
    receipts: &'r [Receipt],
    seat: &SeatId,
    given: &Exposure,
) -> Option<&'r Receipt> {
    let mut own = receipts
        .iter()
        .filter(|own| own.seat == *seat && own.draft == given.draft);
    own.next()
}

/// Who was given what, and who acknowledged it; of one draft, or of all.
fn given_table(
    view: &View,
    w: Words,
    text: &TextStatus,
    receipts: &[Receipt],
    draft: Option<&str>,
) -> Markup {
    let status = &view.play.status;
    let wanted = |given: &&Exposure| draft.is_none_or(|draft| given.draft.as_str() == draft);
    html! {
        div class="scroll" tabindex="0" role="region" aria-label=(w.say("circulate-given")) { table {
            caption { (w.say("circulate-given")) }
            thead { tr { th scope="col" { (w.say("circulate-seat")) } th scope="col" { (w.say("circulate-draft")) } th scope="col" { (w.say("circulate-how")) } th scope="col" { (w.say("circulate-when")) } th scope="col" { (w.say("circulate-receipt")) } } }
            tbody { @for (seat, given) in &text.exposure {
                @let given: Vec<&Exposure> = given.iter().filter(wanted).collect();
                @if given.is_empty() { tr { th scope="row" dir="auto" { (seat_name(status, seat.as_str())) } td colspan="4" { (w.say("circulate-not-given")) } } }
                @for own in given { tr {
                    th scope="row" dir="auto" { (seat_name(status, seat.as_str())) }
                    td { bdi { (own.draft) } @if let Some(of) = &own.copy_of { span class="under" { (w.say_with("circulate-copy-of", &[("draft", of.as_str().into())])) } } }
                    td { (w.say(channel_key(own.channel))) @if let Some(place) = &own.place { span class="under" dir="auto" { (place) } } }
                    td { bdi { (own.on.to_string()) } }
                    td { @match acknowledged(receipts, seat, own) { Some(receipt) => { "✓ " (w.say("circulate-acknowledged")) " " bdi { (receipt.on.to_string()) } } None => { (w.say("circulate-no-receipt")) } } }
                } }
            } }
        } }
    }
}

/// To whom, by which way: the form that leads to the previews.
fn choose(
    view: &View,
    visitor: &Visitor,
    text: &TextStatus,
    (fields, now): (&Fields, i64),
    refused: bool,
) -> Markup {
    let w = visitor.words();
    let status = &view.play.status;
    let rooms = onetext_desk::rooms_to_speak_in(&view.books, &view.viewer);
    let others = |members: &[SeatId]| {
        members
            .iter()
            .filter(|seat| seat.as_str() != visitor.seat())
            .cloned()
            .collect::<Vec<_>>()
    };
    let caucuses: Vec<(&RoomId, Vec<SeatId>)> = rooms
        .iter()
        .map(|(room, members)| (room, others(members)))
        .filter(|(_, others)| others.len() == 1)
        .collect();
    let wide: Vec<(&RoomId, Vec<SeatId>)> = rooms
        .iter()
        .map(|(room, members)| (room, others(members)))
        .filter(|(_, others)| others.len() > 1)
        .collect();
    let to = chosen(fields);
    let is_chosen = |seat: &SeatId, room: &RoomId| {
        to.iter()
            .any(|(own, at)| own == seat.as_str() && at == room.as_str())
    };
    let day = if said(fields, "on").is_empty() {
        last_day(status, now)
    } else {
        said(fields, "on").to_owned()
    };
    let persons = status
        .persons
        .iter()
        .filter(|person| person.seat.as_str() == visitor.seat());
    let concerned = |seat: &SeatId| text.parties.contains(seat);
    html! {
        form method="get" action="/circulate" class="card" id=[refused.then_some(TYPED)] {
            h2 { (w.say("circulate-to")) }
            input type="hidden" name="draft" value=(said(fields, "draft"));
            fieldset { legend { (w.say("circulate-rooms")) } div class="choices" {
                @for (room, others) in &caucuses { @for seat in others {
                    label { input type="checkbox" name="to" value=(format!("{seat} {room}")) checked[is_chosen(seat, room)]; span { span dir="auto" { (seat_name(status, seat.as_str())) } small { bdi { (room) } @if !concerned(seat) { " · " (w.say("circulate-no-party")) } } } }
                } }
            } }
            details { summary { (w.say("circulate-wide")) }
                p class="small" { (w.say("circulate-wide-hint")) }
                div class="choices" { @for (room, others) in &wide { @for seat in others {
                    label { input type="checkbox" name="to" value=(format!("{seat} {room}")) checked[is_chosen(seat, room)]; span { span dir="auto" { (seat_name(status, seat.as_str())) } small { bdi { (room) ": " (others.iter().map(|seat| seat_name(status, seat.as_str())).collect::<Vec<_>>().join(", ")) } } } }
                } } }
            }
            div class="row" {
                label class="field short" { span { (w.say("circulate-channel")) } select name="channel" { @for (value, key) in CHANNELS { option value=(value) selected[said(fields, "channel") == value] { (w.say(key)) } } } }
                label class="field short" { span { (w.say("circulate-by")) } select name="by" {
                    option value=(visitor.seat()) { (seat_name(status, visitor.seat())) }
                    @for person in persons { option value=(person.id) selected[said(fields, "by") == person.id.as_str()] { (person.name) } } } }
                label class="field short" { span { (w.say("circulate-place")) } input name="place" dir="auto" maxlength="200" value=(said(fields, "place")); }
                label class="field short" { span { (w.say("circulate-on")) } input name="on" value=(day) required pattern="[0-9][\\-0-9T:Z\\/]*"; }
            }
            button class="main" type="submit" name="do" value="preview" { (w.say("circulate-preview")) }
        }
    }
}

/// What each seat will see, and the button that delivers.
fn previews(
    view: &View,
    visitor: &Visitor,
    fields: &Fields,
    to: &[(String, String)],
) -> Result<Markup, Fault> {
    let w = visitor.words();
    let status = &view.play.status;
    let draft = said(fields, "draft");
    let mut seen = Vec::new();
    for (seat, room) in to {
        let act = delivery(fields, visitor, (seat, room));
        let delivery = onetext_desk::foresee_delivery(&view.books, &view.viewer, seat, &act)?;
        seen.push((seat.as_str(), room.as_str(), delivery));
    }
    let stopped = seen.iter().any(|(.., delivery)| delivery.refused.is_some());
    let hidden = ["draft", "channel", "by", "place", "on"];
    let back: Vec<String> = fields
        .iter()
        .filter(|(name, _)| name != "to" && name != "do")
        .map(|(name, value)| format!("{}={}", part(name), part(value)))
        .collect();
    Ok(html! {
        p { (w.say("circulate-preview-lead")) }
        @for (seat, room, delivery) in &seen {
            section class="preview" {
                h2 { (w.rich("circulate-as", &[], &[("seat", html! { bdi { (seat_name(status, seat)) } })])) " " span class="small" { bdi { (room) } } }
                @if let Some(error) = &delivery.refused { @let (why, hint) = sentence(w, error); div class="refused" role="alert" { p { strong { (w.say("circulate-would-refuse")) } " " bdi { (why) } } p { bdi { (hint) } } } }
                (preview(w, draft, seat, delivery))
            }
        }
        form method="post" action="/circulate" class="card" {
            @for name in hidden { input type="hidden" name=(name) value=(said(fields, name)); }
            @for (seat, room) in to { input type="hidden" name="to" value=(format!("{seat} {room}")); }
            p { (w.say_with("circulate-deliver-lead", &[("n", to.len().into())])) }
            @if !stopped { button class="main" type="submit" { (w.say_with("circulate-deliver", &[("draft", draft.into())])) } " " }
            a class="button" href=(format!("/circulate?{}", back.join("&"))) { (w.say("circulate-other")) }
        }
    })
}

/// The page of a seat with the draft in its hands.
fn preview(w: Words, draft: &str, seat: &str, delivery: &Delivery) -> Markup {
    let text = delivery.status.texts.iter().find(|text| {
        text.drafts.iter().any(|card| card.id.as_str() == draft)
            || text
                .latest
                .as_ref()
                .is_some_and(|latest| latest.as_str() == draft)
    });
    let mut lapsed: Vec<&ProvisionStatus> = Vec::new();
    if let Some(text) = text {
        lapsed_of(&text.provisions, seat, &mut lapsed);
    }
    let page = delivery.drafts.iter().find(|own| own.id.as_str() == draft);
    html! {
        p class="small" { (w.say("circulate-shared-only")) }
        @if !lapsed.is_empty() {
            h3 { (w.say_with("circulate-lapsed", &[("n", lapsed.len().into())])) }
            ul { @for row in &lapsed { li { bdi { (row.path) } " " span dir="auto" { (row.words) } } } }
        }
        @if let Some(changes) = delivery.changes.as_ref().filter(|changes| changes.new_name == draft) {
            details open { summary { (w.say_with("circulate-since", &[("draft", changes.old_name.as_str().into())])) }
                @for pair in changes.redline.pairs.iter().filter(|pair| pair.kind != PairKind::Unchanged) {
                    div class="change" {
                        p class="small" { bdi { (pair.old.join(", ")) } @if pair.old != pair.new { (w.to()) bdi { (pair.new.join(", ")) } } }
                        p class="wording" dir="auto" { (PreEscaped(html_of_words(
                            &pair.runs.iter().map(onetext_text::Run::old_text).collect::<String>(),
                            &pair.runs.iter().map(onetext_text::Run::new_text).collect::<String>(), &w))) }
                    }
                }
            }
        }
        @if let Some(page) = page { details { summary { (w.say_with("circulate-whole", &[("draft", draft.into())])) }
            div class="reading" { @for own in page.issued.draft.provisions() {
                div class="line" {
                    div class="label-of" { @if let Some(label) = &own.label { bdi { (label.printed) } } }
                    p dir="auto" { (own.wording) }
                    div class="margin" { @if let Some(row) = text.and_then(|text| find_row(&text.provisions, &own.path)) { @if let Some(cell) = row.stances.iter().find(|(own, _)| own.as_str() == seat).map(|(_, cell)| cell) { span { (terms::stance(w, cell.stance)) } } } }
                }
            } }
        } }
    }
}

fn find_row<'s>(rows: &'s [ProvisionStatus], path: &str) -> Option<&'s ProvisionStatus> {
    rows.iter().find_map(|row| {
        if row.path == path {
            Some(row)
        } else {
            find_row(&row.children, path)
        }
    })
}

fn lapsed_of<'s>(rows: &'s [ProvisionStatus], seat: &str, into: &mut Vec<&'s ProvisionStatus>) {
    for row in rows {
        let own = row.stances.iter().find(|(own, _)| own.as_str() == seat);
        if own.is_some_and(|(_, cell)| cell.stance == onetext_talks::CellStance::Lapsed) {
            into.push(row);
        }
        lapsed_of(&row.children, seat, into);
    }
}

pub(crate) async fn deliver(
    State(bench): State<Arc<Workbench>>,
    Extension(visitor): Extension<Visitor>,
    Form(fields): Form<Fields>,
) -> Result<Response, Fault> {
    blocking(move || {
        let view = bench.office.view(&visitor, bench.now())?;
        let w = visitor.words();
        let to = chosen(&fields);
        let mut refused = if !is_own(&view, &visitor, said(&fields, "by")) {
            Some((w.say("proposal-not-own"), w.say("proposal-not-own-hint")))
        } else if to.is_empty() {
            Some((w.say("circulate-nobody"), String::new()))
        } else {
            None
        };
        if refused.is_none() {
            for (seat, room) in &to {
                let act = delivery(&fields, &visitor, (seat, room));
                if let Err(error) = bench.office.act(&visitor, act, bench.now()) {
                    let (why, hint) = sentence(w, &error);
                    refused = Some((
                        format!("{}: {why}", seat_name(&view.play.status, seat)),
                        hint,
                    ));
                    break;
                }
            }
        }
        match refused {
            None => {
                let to = format!("/circulate?draft={}", part(said(&fields, "draft")));
                Ok(Redirect::to(&to).into_response())
            }
            Some(refused) => {
                let view = bench.office.view(&visitor, bench.now())?;
                let again = shown(&view, &visitor, (&fields, bench.now()), Some(refused))?;
                Ok((StatusCode::UNPROCESSABLE_ENTITY, again).into_response())
            }
        }
    })
    .await
}

/// For each draft that this seat was given and did not acknowledge: a button that does.
fn acknowledgements(
    view: &View,
    visitor: &Visitor,
    text: &TextStatus,
    receipts: &[Receipt],
    now: i64,
) -> Markup {
    let w = visitor.words();
    let own = text
        .exposure
        .iter()
        .find(|(seat, _)| seat.as_str() == visitor.seat());
    let Some((seat, given)) = own else {
        return html! {};
    };
    let mut open: Vec<&DraftId> = given
        .iter()
        .filter(|own| {
            own.channel.is_some()
                && own.copy_of.is_none()
                && text.drafts.iter().any(|card| card.id == own.draft)
                && acknowledged(receipts, seat, own).is_none()
        })
        .map(|own| &own.draft)
        .collect();
    open.dedup();
    let rooms = onetext_desk::rooms_to_speak_in(&view.books, &view.viewer);
    let rooms = rooms
        .iter()
        .filter(|(_, members)| members.contains(&text.issuer));
    let status = &view.play.status;
    html! { @if !open.is_empty() {
        form method="post" action="/acknowledge" class="filters no-print" {
            label { (w.say("circulate-receive")) " " select name="draft" { @for draft in open.iter().rev() { option value=(draft) { (draft) } } } }
            label { (w.say("circulate-in-room")) " " select name="room" { @for (room, members) in rooms { option value=(room) dir="auto" { (room) ": " (members.iter().map(|seat| seat_name(status, seat.as_str())).collect::<Vec<_>>().join(", ")) } } } }
            input type="hidden" name="on" value=(last_day(status, now));
            button type="submit" { (w.say("circulate-acknowledge")) }
        }
    } }
}

#[derive(Debug, Default, Clone, Deserialize)]
pub(crate) struct Received {
    #[serde(default)]
    draft: String,
    #[serde(default)]
    room: String,
    #[serde(default)]
    on: String,
}

pub(crate) async fn acknowledge(
    State(bench): State<Arc<Workbench>>,
    Extension(visitor): Extension<Visitor>,
    Form(received): Form<Received>,
) -> Result<Response, Fault> {
    blocking(move || {
        let mut act = Map::new();
        let seat = visitor.seat();
        for (name, value) in [
            ("kind", "acknowledge"),
            ("by", seat),
            ("recorded_by", seat),
            ("room", &received.room),
            ("draft", &received.draft),
            ("on", &received.on),
        ] {
            if !value.is_empty() {
                act.insert(name.to_owned(), json!(value));
            }
        }
        match bench.office.act(&visitor, act, bench.now()) {
            Ok(_) => Ok(Redirect::to("/circulate").into_response()),
            Err(error) => {
                let view = bench.office.view(&visitor, bench.now())?;
                let again = shown(
                    &view,
                    &visitor,
                    (&Vec::new(), bench.now()),
                    Some(sentence(visitor.words(), &error)),
                )?;
                Ok((StatusCode::UNPROCESSABLE_ENTITY, again).into_response())
            }
        }
    })
    .await
}
