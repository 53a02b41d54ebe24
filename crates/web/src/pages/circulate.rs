//! Circulation: who was given which draft and who acknowledged it; what a seat will see of a draft, and its delivery.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, PoisonError};

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use axum::{Extension, Form};
use maud::{Markup, PreEscaped, html};
use onetext_desk::{Delivery, Receipt};
use onetext_paper::redline::html_of_words;
use onetext_talks::{
    ActId, Channel, DraftId, Exposure, ProvisionStatus, RoomId, SeatId, TextStatus,
};
use onetext_text::PairKind;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::affairs::is_of;
use super::drafting;
use super::language::TYPED;
use super::position::{last_day, sentence};
use super::record::speakers;
use super::record::status_of;
use super::rooms::Rooms;
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

/// The most rooms of one form.
const MOST: usize = 40;

/// A form as it was sent: names may come more than once.
type Fields = Vec<(String, String)>;

fn said<'f>(fields: &'f Fields, name: &str) -> &'f str {
    let found = fields.iter().find(|(own, _)| own == name);
    found.map_or("", |(_, value)| value.trim())
}

/// A room in which a draft is to be given: everybody there is given it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Target {
    room: String,
    /// The others in the room; where it is none of the visitor's rooms, whom the form named.
    seats: Vec<String>,
}

/// The rooms that a form names, by `room`, or by `to` as `SEAT ROOM`: whoever is named, a room is given it as a whole.
fn chosen(rooms: &Rooms, visitor: &Visitor, fields: &Fields) -> Vec<Target> {
    let named = fields
        .iter()
        .filter_map(|(name, value)| match name.as_str() {
            "room" => Some(("", value.trim())),
            "to" => value.trim().split_once(' '),
            _ => None,
        });
    let mut targets: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (seat, room) in named.filter(|(_, room)| !room.is_empty()) {
        let members = rooms.members(room).iter();
        let others = members.filter(|own| own.as_str() != visitor.seat());
        let target = targets.entry(room.to_owned()).or_default();
        target.extend(others.map(ToString::to_string));
        // What names no room of the visitor's is tried as it was said, and refused as such.
        if rooms.members(room).is_empty() || !target.contains(seat) && !seat.is_empty() {
            target.insert(seat.to_owned());
        }
    }
    let targets = targets.into_iter().map(|(room, seats)| Target {
        room,
        seats: seats.into_iter().filter(|seat| !seat.is_empty()).collect(),
    });
    // In one's own room alone there is nobody to give it to.
    let own = |target: &Target| target.seats.is_empty() && !rooms.members(&target.room).is_empty();
    targets.filter(|target| !own(target)).collect()
}

/// Whether a draft was given in a room by this way: everybody there has it, and it is not given a second time.
fn stands(view: &View, fields: &Fields, room: &str) -> bool {
    let status = &view.play.status;
    let given = status.texts.iter().flat_map(|text| text.exposure.values());
    let counted: BTreeSet<&ActId> = given.flatten().map(|own| &own.act).collect();
    let mut handed = onetext_desk::deliveries(&view.books, &view.viewer).into_iter();
    handed.any(|own| {
        own.room.as_str() == room
            && own.draft.as_str() == said(fields, "draft")
            && channel_value(own.channel) == said(fields, "channel")
            && counted.contains(&own.act)
    })
}

/// The fields of a delivery, as a dossier has them.
fn delivery(fields: &Fields, visitor: &Visitor, target: &Target) -> Map<String, Value> {
    let mut act = Map::new();
    let mut put = |name: &str, value: Value| drop(act.insert(name.to_owned(), value));
    put("kind", json!("deliver"));
    put("room", json!(target.room));
    put("by", json!(said(fields, "by")));
    put("recorded_by", json!(visitor.seat()));
    put("draft", json!(said(fields, "draft")));
    put("to", json!(target.seats));
    put("channel", json!(said(fields, "channel")));
    put("on", json!(said(fields, "on")));
    if !said(fields, "place").is_empty() {
        put("place", json!(said(fields, "place")));
    }
    act
}

pub(crate) async fn page(
    State(bench): State<Arc<Workbench>>,
    Extension(visitor): Extension<Visitor>,
    Query(fields): Query<Fields>,
) -> Result<Html<String>, Fault> {
    blocking(move || {
        let view = bench.office.view(&visitor, bench.now())?;
        shown(&view, &visitor, (&fields, bench.now()), &Told::Nothing)
    })
    .await
}

/// What is said above the page.
enum Told {
    Nothing,
    /// Why nothing was recorded, and what to do.
    Refused((String, String)),
    /// The same, where it is this host that could not.
    Failed((String, String)),
    /// In which rooms it was recorded, and in which it was not and why.
    Partly(Vec<Target>, Vec<(Target, Option<(String, String)>)>),
}

/// What was recorded and what was not, by the rooms.
fn told(view: &View, w: Words, told: &Told) -> Markup {
    let (status, rooms) = (&view.play.status, Rooms::of(view));
    html! { @match told {
        Told::Nothing => {}
        Told::Refused((why, hint)) | Told::Failed((why, hint)) => { div class="refused" role="alert" { p { strong { (w.say("circulate-refused")) } " " bdi { (why) } } p { bdi { (hint) } } } }
        Told::Partly(recorded, not) => { div class="refused" role="alert" {
            p { strong { (w.say("circulate-partly")) } }
            p { (w.say("circulate-recorded")) } ul { @for one in recorded { li { "✓ " (rooms.shown(status, &one.room)) } } }
            p { (w.say("circulate-not-recorded")) } ul { @for (one, why) in not { li { "✗ " (rooms.shown(status, &one.room)) @if let Some((why, hint)) = why { ": " bdi { (why) } " " bdi { (hint) } } } } }
        } }
    } }
}

fn shown(
    view: &View,
    visitor: &Visitor,
    (fields, now): (&Fields, i64),
    above: &Told,
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
    let refused = !matches!(above, Told::Nothing);
    let body = html! {
        header class="wide-head" {
            p class="kicker" { (w.say("circulate-kicker")) }
            @match wanted {
                Some(text) => { h1 { (w.rich("circulate-title", &[], &[("draft", html! { bdi { (draft) } }), ("text", html! { bdi { (drafting::title(text)) } })])) } }
                None => { h1 { (w.say("circulate-all")) } p class="lead" { (w.say(if issues { "circulate-lead" } else { "circulate-lead-own" })) } }
            }
        }
        main {
            (told(view, w, above))
            @if let Some(text) = wanted {
                (given_table(view, w, text, &receipts, Some(draft)))
                @let to = chosen(&Rooms::of(view), visitor, fields);
                @if said(fields, "do") == "preview" && to.is_empty() { div class="refused" role="alert" { p { (w.say("circulate-nobody")) } } }
                @if to.len() > MOST && matches!(above, Told::Nothing) { div class="refused" role="alert" { p { (w.say_with("circulate-too-many", &[("most", MOST.into())])) } } }
                @if to.is_empty() || to.len() > MOST || !matches!(above, Told::Nothing) { (choose(view, visitor, text, (fields, now), refused)) }
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
        live: wanted.is_none() && matches!(above, Told::Nothing),
    };
    Ok(page.again(view, visitor, refused.then_some("/circulate"), body))
}

/// A way as a form and a dossier name it.
fn channel_value(channel: Channel) -> &'static str {
    match channel {
        Channel::Official => "official",
        Channel::Unofficial => "unofficial",
        Channel::Press => "press",
    }
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
    let rooms = Rooms::of(view);
    let others = |members: &[SeatId]| {
        members
            .iter()
            .filter(|seat| seat.as_str() != visitor.seat())
            .cloned()
            .collect::<Vec<_>>()
    };
    let all = rooms.all().iter();
    let all: Vec<(&RoomId, Vec<SeatId>)> =
        all.map(|(room, members)| (room, others(members))).collect();
    let (caucuses, others): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|(_, others)| others.len() == 1);
    let wide: Vec<_> = others
        .into_iter()
        .filter(|(_, others)| others.len() > 1)
        .collect();
    let to = chosen(&rooms, visitor, fields);
    let is_chosen = |room: &RoomId| to.iter().any(|own| own.room == room.as_str());
    let opened = wide.iter().any(|(room, _)| is_chosen(room));
    let has = |room: &RoomId| stands(view, fields, room.as_str());
    let day = if said(fields, "on").is_empty() {
        last_day(status, now)
    } else {
        said(fields, "on").to_owned()
    };
    let concerned = |seat: &SeatId| text.parties.contains(seat);
    html! {
        form method="get" action="/circulate" class="card" id=[refused.then_some(TYPED)] {
            h2 { (w.say("circulate-to")) }
            input type="hidden" name="draft" value=(said(fields, "draft"));
            fieldset { legend { (w.say("circulate-rooms")) } div class="choices" {
                @for (room, others) in &caucuses { @for seat in others {
                    label { input type="checkbox" name="to" value=(format!("{seat} {room}")) checked[is_chosen(room)]; span { span dir="auto" { (seat_name(status, seat.as_str())) } small { bdi { (room) } @if !concerned(seat) { " · " (w.say("circulate-no-party")) } @if has(room) { " · " (w.say("circulate-given-here")) } } } }
                } }
            } }
            @if !wide.is_empty() { details open[opened] { summary { (w.say("circulate-wide")) }
                p class="small" { (w.say("circulate-wide-hint")) }
                div class="choices" { @for (room, others) in &wide {
                    label { input type="checkbox" name="room" value=(room) checked[is_chosen(room)]; span { span dir="auto" { (others.iter().map(|seat| seat_name(status, seat.as_str())).collect::<Vec<_>>().join(", ")) } small { bdi { (room) } @if has(room) { " · " (w.say("circulate-given-here")) } } } }
                } }
            } }
            div class="row" {
                label class="field short" { span { (w.say("circulate-channel")) } select name="channel" { @for (value, key) in CHANNELS { option value=(value) selected[said(fields, "channel") == value] { (w.say(key)) } } } }
                label class="field short" { span { (w.say("circulate-by")) } select name="by" { (speakers(visitor, status, said(fields, "by"))) } }
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
    to: &[Target],
) -> Result<Markup, Fault> {
    let w = visitor.words();
    let (status, rooms) = (&view.play.status, Rooms::of(view));
    let draft = said(fields, "draft");
    let (standing, new): (Vec<&Target>, Vec<&Target>) = to
        .iter()
        .partition(|target| stands(view, fields, &target.room));
    let mut seen = Vec::new();
    for target in &new {
        let act = delivery(fields, visitor, target);
        for seat in &target.seats {
            let delivery = onetext_desk::foresee_delivery(&view.books, &view.viewer, seat, &act)?;
            seen.push((seat.as_str(), target.room.as_str(), delivery));
        }
    }
    let stopped = seen.iter().any(|(.., delivery)| delivery.refused.is_some());
    let hidden = ["draft", "channel", "by", "place", "on"];
    let back: Vec<String> = fields
        .iter()
        .filter(|(name, _)| name != "to" && name != "room" && name != "do")
        .map(|(name, value)| format!("{}={}", part(name), part(value)))
        .collect();
    Ok(html! {
        @if !new.is_empty() { p { (w.say("circulate-preview-lead")) } }
        @for target in &standing { p class="notice" { (rooms.shown(status, &target.room)) ": " (w.say("circulate-stands")) } }
        @for (seat, room, delivery) in &seen {
            section class="preview" {
                h2 { (w.rich("circulate-as", &[], &[("seat", html! { bdi { (seat_name(status, seat)) } })])) " " span class="small" { (rooms.shown(status, room)) } }
                @if let Some(error) = &delivery.refused { @let (why, hint) = sentence(w, error); div class="refused" role="alert" { p { strong { (w.say("circulate-would-refuse")) } " " bdi { (why) } } p { bdi { (hint) } } } }
                (preview(w, draft, seat, delivery))
            }
        }
        form method="post" action="/circulate" class="card" {
            @for name in hidden { input type="hidden" name=(name) value=(said(fields, name)); }
            @for target in &new { input type="hidden" name="room" value=(target.room); }
            @if !new.is_empty() { p { (w.say_with("circulate-deliver-lead", &[("n", new.len().into())])) } }
            @if !stopped && !new.is_empty() { button class="main" type="submit" { (w.say_with("circulate-deliver", &[("draft", draft.into())])) } " " }
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

fn find_row<'s>(rows: &'s [Arc<ProvisionStatus>], path: &str) -> Option<&'s ProvisionStatus> {
    rows.iter().find_map(|row| {
        if row.path == path {
            Some(&**row)
        } else {
            find_row(&row.children, path)
        }
    })
}

fn lapsed_of<'s>(
    rows: &'s [Arc<ProvisionStatus>],
    seat: &str,
    into: &mut Vec<&'s ProvisionStatus>,
) {
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
    Form(mut fields): Form<Fields>,
) -> Result<Response, Fault> {
    blocking(move || {
        let w = visitor.words();
        // One press after the other: the second sees what the first recorded.
        let _one = bench
            .delivering
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        bench.office.settle(&visitor);
        let view = bench.office.view(&visitor, bench.now())?;
        let rooms = Rooms::of(&view);
        let to = chosen(&rooms, &visitor, &fields);
        let above = if !is_of(&view.play.status, said(&fields, "by"), visitor.seat()) {
            Told::Refused((w.say("proposal-not-own"), w.say("proposal-not-own-hint")))
        } else if to.is_empty() {
            Told::Refused((w.say("circulate-nobody"), String::new()))
        } else if to.len() > MOST {
            let why = w.say_with("circulate-too-many", &[("most", MOST.into())]);
            Told::Refused((why, String::new()))
        } else {
            record(&bench, &visitor, &view, (&fields, to))?
        };
        if matches!(above, Told::Nothing) {
            let to = format!("/circulate?draft={}", part(said(&fields, "draft")));
            return Ok(Redirect::to(&to).into_response());
        }
        if let Told::Partly(_, not) = &above {
            // What was recorded is not sent a second time.
            fields.retain(|(name, _)| name != "to" && name != "room");
            let left = not
                .iter()
                .map(|(one, _)| ("room".to_owned(), one.room.clone()));
            fields.extend(left);
        }
        let view = bench.office.view(&visitor, bench.now())?;
        let again = shown(&view, &visitor, (&fields, bench.now()), &above)?;
        let status = match above {
            Told::Failed(_) => StatusCode::INTERNAL_SERVER_ERROR,
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        };
        Ok((status, again).into_response())
    })
    .await
}

/// Records deliveries where none stands: all of them are tried before the first is recorded. Nothing is said where all are.
fn record(
    bench: &Workbench,
    visitor: &Visitor,
    view: &View,
    (fields, to): (&Fields, Vec<Target>),
) -> Result<Told, Fault> {
    let (w, status) = (visitor.words(), &view.play.status);
    let new: Vec<Target> = to
        .into_iter()
        .filter(|target| !stands(view, fields, &target.room))
        .collect();
    let acts: Vec<_> = new
        .iter()
        .map(|target| delivery(fields, visitor, target))
        .collect();
    let rooms = Rooms::of(view);
    let named =
        |target: &Target, why: &str| format!("{}: {why}", rooms.plain(status, &target.room));
    let foreseen = onetext_desk::foresee_acts(&view.books, &acts);
    for (target, refused) in new.iter().zip(foreseen) {
        if let Some(error) = refused {
            let (why, _) = sentence(w, &error);
            return Ok(Told::Refused((
                named(target, &why),
                w.say("circulate-none-hint"),
            )));
        }
    }
    let mut recorded: Vec<Target> = Vec::new();
    let mut not: Vec<(Target, Option<(String, String)>)> = Vec::new();
    for (target, act) in new.into_iter().zip(acts) {
        // After one that failed the others are not tried.
        if !not.is_empty() {
            not.push((target, None));
            continue;
        }
        match bench.office.act(visitor, act, bench.now()) {
            Ok(_) => recorded.push(target),
            Err(error) if recorded.is_empty() => {
                let (why, hint) = sentence(w, &error);
                let told = (named(&target, &why), hint);
                return Ok(match status_of(&error).is_server_error() {
                    true => Told::Failed(told),
                    false => Told::Refused(told),
                });
            }
            Err(error) => not.push((target, Some(sentence(w, &error)))),
        }
    }
    Ok(match not.is_empty() {
        true => Told::Nothing,
        false => Told::Partly(recorded, not),
    })
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
    let all = Rooms::of(view);
    let rooms = all
        .all()
        .iter()
        .filter(|(_, members)| members.contains(&text.issuer));
    let status = &view.play.status;
    html! { @if !open.is_empty() {
        form method="post" action="/acknowledge" class="filters no-print" {
            label { (w.say("circulate-receive")) " " select name="draft" { @for draft in open.iter().rev() { option value=(draft) { (draft) } } } }
            label { (w.say("circulate-in-room")) " " select name="room" { @for (room, _) in rooms { option value=(room) { (all.plain(status, room.as_str())) } } } }
            label { (w.say("record-day")) " " input name="on" value=(last_day(status, now)) required maxlength="60" pattern="[0-9][\\-0-9T:Z\\/]*" dir="ltr"; }
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
            ("by", visitor.speaks_as().unwrap_or(seat)),
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
                    &Told::Refused(sentence(visitor.words(), &error)),
                )?;
                Ok((status_of(&error), again).into_response())
            }
        }
    })
    .await
}
