//! What is typed on the merge screen is kept here: never over what somebody kept since, and on the draft it was written on.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use axum::{Extension, Form};
use maud::{Markup, PreEscaped, html};
use onetext_desk::{Piece, one_paragraph};
use onetext_paper::redline::html_of_words;
use onetext_text::Provision;

use super::drafting::{self, OUTCOMES};
use super::merge::{self, Bench, Taking, Typed, answer_in_words, shown};
use super::{Page, part, seat_name};
use crate::fault::Fault;
use crate::office::View;
use crate::sheet::{Save, Sheet, Work};
use crate::words::Words;
use crate::{Visitor, Workbench, blocking};

/// How many insertions after one provision a form takes.
const INSERTIONS: usize = 20;

/// A form as it was sent: names may come more than once.
type Fields = Vec<(String, String)>;

fn said<'f>(fields: &'f Fields, name: &str) -> &'f str {
    let found = fields.iter().find(|(own, _)| own == name);
    found.map_or("", |(_, value)| value.as_str())
}

/// Takes what a form says into the sheet.
fn take_in(sheet: &mut Sheet, fields: &Fields, own: Option<&Provision>, known: &[Piece]) {
    let at = said(fields, "at").to_owned();
    let all = |name: &'static str| {
        let named = fields.iter().filter(move |(own, _)| own == name);
        named.map(|(_, value)| value.as_str())
    };
    let mut work = Work::default();
    work.redraft.path.clone_from(&at);
    if let Some(own) = own {
        let wording = said(fields, "wording");
        if one_paragraph(wording) != one_paragraph(&own.wording)
            && !one_paragraph(wording).is_empty()
        {
            work.redraft.wording = Some(wording.replace("\r\n", "\n"));
        }
        let printed = own
            .label
            .as_ref()
            .map_or("", |label| label.printed.as_str());
        let label = said(fields, "label").trim();
        if !label.is_empty() && label != printed.trim() {
            work.redraft.label = Some(label.to_owned());
        }
        work.redraft.gone = !said(fields, "gone").is_empty();
        work.handled = !said(fields, "handled").is_empty();
    }
    let after = all("after-label").zip(all("after-wording"));
    work.redraft.after = after
        .map(|(label, words)| (label.trim().to_owned(), one_paragraph(words)))
        .filter(|(label, words)| !label.is_empty() || !words.is_empty())
        .take(INSERTIONS)
        .collect();
    put(sheet, &at, work);
    for piece in known {
        let act = piece.told.act.id.as_str();
        let (outcome, reason) = (format!("answer:{act}"), format!("reason:{act}"));
        if !fields.iter().any(|(name, _)| *name == outcome) {
            continue;
        }
        let outcome = said(fields, &outcome);
        let reason = said(fields, &reason).trim();
        let known = OUTCOMES.iter().any(|(value, _)| *value == outcome);
        if !known && reason.is_empty() {
            sheet.answers.remove(act);
            continue;
        }
        let answer = sheet.answers.entry(act.to_owned()).or_default();
        answer.outcome = if known {
            outcome.to_owned()
        } else {
            String::new()
        };
        answer.reason = reason.to_owned();
    }
}

/// Puts the work on a provision into the sheet; none where nothing is to become of it.
fn put(sheet: &mut Sheet, at: &str, work: Work) {
    if work.changes() || work.handled {
        sheet.provisions.insert(at.to_owned(), work);
    } else {
        sheet.provisions.remove(at);
    }
}

/// Takes the words of a proposal into the work on a provision, and marks it as taken up: in their place, or as what comes after.
fn take_words(sheet: &mut Sheet, at: &str, piece: &Piece, after: bool) {
    let Some(wording) = &piece.wording else {
        return;
    };
    let work = sheet.provisions.entry(at.to_owned()).or_default();
    work.redraft.path = at.to_owned();
    let label = piece.after.as_ref().and_then(|(_, label)| label.clone());
    if after || piece.after.is_some() {
        let own = (label.unwrap_or_default(), wording.clone());
        if !work.redraft.after.contains(&own) {
            work.redraft.after.push(own);
        }
    } else if wording.is_empty() {
        work.redraft.gone = true;
    } else {
        work.redraft.gone = false;
        work.redraft.wording = Some(wording.clone());
    }
    let act = piece.told.act.id.to_string();
    let answer = sheet.answers.entry(act).or_default();
    answer.outcome = "taken".to_owned();
}

/// What became of what a form says.
enum Fate {
    /// It is kept.
    Kept,
    /// The same page has sent more since.
    Older,
    /// Somebody kept something else since the page was opened; the sheet is what it would have become.
    Other(Box<Sheet>),
}

/// What a form wishes beside being kept.
enum Wish<'w> {
    Nothing,
    /// The words of this proposal, in their place.
    Take(&'w Piece),
    /// The words of this proposal, after this provision.
    Insert(&'w Piece, &'w str),
    /// That nothing becomes of the provision.
    Drop,
}

fn wish<'w>(work: &'w Bench<'_>, fields: &'w Fields) -> Wish<'w> {
    let wish = said(fields, "do");
    let piece = |act: &str| {
        let mut pieces = work.pieces.iter();
        pieces.find(|piece| piece.told.act.id.as_str() == act)
    };
    let at = said(fields, "at");
    if let Some(piece) = wish.strip_prefix("take:").and_then(piece) {
        if merge::can_be_taken(piece, at) == Taking::Here {
            return Wish::Take(piece);
        }
    } else if let Some(act) = wish.strip_prefix("insert:")
        && let Some(piece) = piece(act)
        && let Some(place) = work.provision(said(fields, &format!("place:{act}")))
        && merge::can_be_taken(piece, at) == Taking::After
    {
        return Wish::Insert(piece, &place.path);
    } else if wish == "drop" {
        return Wish::Drop;
    }
    Wish::Nothing
}

/// Keeps what a form says, on the draft on which it was written: never over what was kept since the page was opened.
fn keep(
    bench: &Workbench,
    visitor: &Visitor,
    work: &Bench<'_>,
    fields: &Fields,
) -> Result<(Sheet, Fate), Fault> {
    let at = said(fields, "at");
    let own = work.provision(at);
    if own.is_none() && !at.is_empty() {
        return Err(Fault::nothing());
    }
    let wish = wish(work, fields);
    // The acts that the page showed: what was said since is no part of what was written on.
    let mut acts: Vec<&str> = fields
        .iter()
        .filter_map(|(name, _)| name.strip_prefix("answer:"))
        .collect();
    acts.sort_unstable();
    acts.dedup();
    let (page, count) = (said(fields, "page"), said(fields, "count"));
    let page: String = page.chars().take(40).collect();
    let count: u64 = count.parse().unwrap_or(0);
    let change = |sheet: &mut Sheet| {
        let now = sheet.version(at, &acts);
        let mut would = sheet.clone();
        would.issued = None;
        take_in(&mut would, fields, own, &work.pieces);
        match wish {
            Wish::Take(piece) => take_words(&mut would, at, piece, false),
            Wish::Insert(piece, place) => take_words(&mut would, place, piece, true),
            Wish::Drop => drop(would.provisions.remove(at)),
            Wish::Nothing => {}
        }
        if would.says_the_same(sheet) {
            return Fate::Kept;
        }
        // A form that is sent for its page in another language keeps nothing.
        if !visitor.may_record() {
            return Fate::Other(Box::new(would));
        }
        let last = sheet.saves.get(at);
        let last = last.filter(|last| !page.is_empty() && last.page == page);
        if last.is_some_and(|last| count <= last.count) {
            return Fate::Older;
        }
        let goes_on = last.is_some_and(|last| last.after == now);
        if !goes_on && said(fields, "version") != now {
            return Fate::Other(Box::new(would));
        }
        *sheet = would;
        if page.is_empty() {
            sheet.saves.remove(at);
        } else {
            let after = sheet.version(at, &acts);
            let save = Save { page, count, after };
            sheet.saves.insert(at.to_owned(), save);
        }
        Fate::Kept
    };
    let place = (work.text.id.as_str(), work.draft.id.as_str());
    Ok(bench.office.work(visitor, place, change, bench.now())?)
}

/// Where the work on a provision is shown.
fn address(work: &Bench<'_>, at: &str) -> String {
    let at = if at.is_empty() { "whole" } else { at };
    let base = match work.is_earlier() {
        true => format!("&base={}", part(work.draft.id.as_str())),
        false => String::new(),
    };
    let text = part(work.text.id.as_str());
    format!("/merge?text={text}{base}&at={}", part(at))
}

pub(crate) async fn save(
    State(bench): State<Arc<Workbench>>,
    Extension(visitor): Extension<Visitor>,
    Form(fields): Form<Fields>,
) -> Result<Response, Fault> {
    blocking(move || {
        let view = bench.office.view(&visitor, bench.now())?;
        let named = (said(&fields, "text"), said(&fields, "base"));
        let work = Bench::of(&view, &visitor, named)?;
        let at = said(&fields, "at");
        if said(&fields, "do") == "carry" && visitor.may_record() {
            let latest = Bench::of(&view, &visitor, (named.0, ""))?;
            carry(&bench, &visitor, &work, &latest)?;
            return Ok(Redirect::to(&address(&latest, "")).into_response());
        }
        let (sheet, fate) = keep(&bench, &visitor, &work, &fields)?;
        let typed = match fate {
            Fate::Kept => {
                let to = match wish(&work, &fields) {
                    Wish::Insert(_, place) => place,
                    _ if said(&fields, "do") == "next" => said(&fields, "next"),
                    _ => at,
                };
                return Ok(Redirect::to(&address(&work, to)).into_response());
            }
            Fate::Other(typed) => *typed,
            // What a page sent later is kept: what this form says is shown beside it.
            Fate::Older => {
                let mut typed = sheet.clone();
                take_in(&mut typed, &fields, work.provision(at), &work.pieces);
                typed
            }
        };
        let left = merge::left(&bench, &visitor, work.text)?;
        let typed = Typed {
            sheet: &typed,
            kept: Some(&sheet),
        };
        let page = merge::workplace(&view, &visitor, &work, (&sheet, typed, at), &left)?;
        Ok((StatusCode::CONFLICT, page).into_response())
    })
    .await
}

/// Keeps what is being typed, and answers with its redline: for the small script, which sends the form while one types.
pub(crate) async fn follow(
    State(bench): State<Arc<Workbench>>,
    Extension(visitor): Extension<Visitor>,
    Form(mut fields): Form<Fields>,
) -> Result<Response, Fault> {
    blocking(move || {
        fields.retain(|(name, _)| name != "do");
        let view = bench.office.view(&visitor, bench.now())?;
        let named = (said(&fields, "text"), said(&fields, "base"));
        let work = Bench::of(&view, &visitor, named)?;
        let (sheet, fate) = keep(&bench, &visitor, &work, &fields)?;
        let (w, at) = (visitor.words(), said(&fields, "at"));
        let printed = work.provision(at).map_or("", |own| own.wording.as_str());
        let nothing = Work::default();
        let mine = sheet.provisions.get(at).unwrap_or(&nothing);
        if matches!(fate, Fate::Other(_)) {
            let fragment = html! {
                p class="refused" role="alert" { (w.say("merge-other")) " " (w.say("merge-other-typing")) }
                p class="small" { (w.say("merge-other-kept")) }
                (shown(w, printed, mine))
            };
            let page = Html(fragment.into_string());
            return Ok((StatusCode::CONFLICT, page).into_response());
        }
        let fragment = html! {
            (shown(w, printed, mine))
            p class="small kept" { (w.say("merge-kept")) }
            @if work.is_earlier() { p class="notice" role="status" { (w.say("merge-another")) " "
                a href=(address(&work, "")) { (w.say_with("merge-another-kept", &[("draft", work.draft.id.as_str().into())])) } } }
        };
        Ok(Html(fragment.into_string()).into_response())
    })
    .await
}

/// Above the form with what was typed: what somebody kept since, and where the two differ.
pub(super) fn both(work: &Bench<'_>, (kept, typed): (&Sheet, &Sheet), at: &str) -> Markup {
    let w = work.w;
    let printed = work.provision(at).map_or("", |own| own.wording.as_str());
    let nothing = Work::default();
    let of = |sheet: &Sheet| sheet.provisions.get(at).cloned().unwrap_or_default();
    let (theirs, mine) = (of(kept), of(typed));
    let words = |work: &Work| {
        let own = work.redraft.wording.as_deref().unwrap_or(printed);
        if work.redraft.gone {
            String::new()
        } else {
            one_paragraph(own)
        }
    };
    let (old, new) = (words(&theirs), words(&mine));
    let answers: Vec<&Piece> = work
        .pieces
        .iter()
        .filter(|piece| {
            let act = piece.told.act.id.as_str();
            kept.answers.get(act) != typed.answers.get(act)
        })
        .collect();
    html! {
        section class="refused" role="alert" aria-label=(w.say("merge-other")) {
            p { strong { (w.say("merge-other")) } " " (w.say("merge-other-hint")) }
            @if let Some(draft) = &kept.issued { p { (w.say_with("merge-issued", &[("draft", draft.as_str().into()), ("base", work.draft.id.as_str().into())])) } }
            h2 { (w.say("merge-other-kept")) }
            @if theirs == nothing { p { (w.say("merge-same")) } } @else {
                (shown(w, printed, &theirs))
                @if let Some(label) = &theirs.redraft.label { p class="small" { (w.say("merge-label")) ": " bdi { (label) } } }
                @if theirs.handled { p class="small" { "✓ " (w.say("merge-handled-mark")) } }
            }
            @if old != new { h2 { (w.say("merge-other-differs")) } p class="wording" dir="auto" { (PreEscaped(html_of_words(&old, &new, &w))) } }
            @if !answers.is_empty() { ul { @for piece in answers { @let act = piece.told.act.id.as_str(); li {
                bdi { (seat_name(work.status(), piece.seat.as_str())) } ": " bdi { (answer_in_words(w, kept.answers.get(act))) } " → " bdi { (answer_in_words(w, typed.answers.get(act))) }
            } } } }
            p { a class="button" href=(address(work, at)) { (w.say("merge-other-theirs")) } " " span class="small" { (w.say("merge-other-mine")) } }
        }
    }
}

/// Work that was left on a draft before the latest: to be read, and carried over.
pub(super) fn earlier(
    view: &View,
    visitor: &Visitor,
    work: &Bench<'_>,
    sheet: &Sheet,
) -> Html<String> {
    let w = work.w;
    let latest = work.text.latest.as_ref().map_or("", |draft| draft.as_str());
    let base = work.draft.id.as_str();
    let names = [("draft", base.into()), ("latest", latest.into())];
    let changed: Vec<(&String, &Work)> = sheet
        .provisions
        .iter()
        .filter(|(_, work)| work.changes())
        .collect();
    let answered = work.pieces.iter().filter_map(|piece| {
        let answer = sheet.answers.get(piece.told.act.id.as_str())?;
        Some((piece, answer))
    });
    let answered: Vec<_> = answered.collect();
    let back = format!("/merge?text={}", part(work.text.id.as_str()));
    let body = html! {
        header class="wide-head" {
            p class="kicker" { (w.say("merge-kicker")) }
            h1 dir="auto" { (drafting::title(work.text)) }
            p class="lead" { (w.say_with("merge-earlier-lead", &names)) }
            @if let Some(draft) = &sheet.issued { p class="notice" { (w.say_with("merge-issued-then", &[("draft", draft.as_str().into())])) } }
            p { a class="button" href=(back) { (w.say_with("merge-to-latest", &[("latest", latest.into())])) } }
        }
        main {
            @if changed.is_empty() { p { (w.say("merge-earlier-nothing")) } }
            @for (path, own) in &changed { section class="piece" {
                h2 { @if path.is_empty() { (w.say("merge-whole")) } @else { bdi { (path) } } " " span class="small" { (now_at(w, work, path, latest)) } }
                (shown(w, work.provision(path).map_or("", |own| own.wording.as_str()), own))
                @if let Some(label) = &own.redraft.label { p class="small" { (w.say("merge-label")) ": " bdi { (label) } } }
            } }
            @if !answered.is_empty() { section { h2 { (w.say("merge-answer")) } ul { @for (piece, answer) in &answered { li {
                bdi { (seat_name(work.status(), piece.seat.as_str())) } ", " bdi { (piece.told.points.join(", ")) } ": " bdi { (answer_in_words(w, Some(answer))) }
            } } } } }
            @if sheet.left() > 0 && visitor.may_act() { form method="post" action="/merge" class="card" {
                input type="hidden" name="text" value=(work.text.id);
                input type="hidden" name="base" value=(base);
                p { (w.say_with("merge-carry-lead", &names)) }
                button class="main" type="submit" name="do" value="carry" { (w.say_with("merge-carry", &names)) }
            } }
        }
    };
    let title = format!("{}: {}", w.say("merge-kicker"), drafting::title(work.text));
    let page = Page {
        title: &title,
        style: "state.css",
        here: "/merge",
        live: false,
    };
    page.of(view, visitor, body)
}

/// Where a provision of an earlier draft is in the latest.
fn now_at(w: Words, work: &Bench<'_>, path: &str, latest: &str) -> Markup {
    let later = work.later(path);
    html! { @if !path.is_empty() { @match later.as_slice() {
        [] => { (w.say_with("merge-now-gone", &[("latest", latest.into())])) },
        paths => { (w.say_with("merge-now-at", &[("path", paths.join(", ").into()), ("latest", latest.into())])) },
    } } }
}

/// Carries work that was left on an earlier draft over to the latest: where exactly one provision continues the old one and nobody
/// has begun anything there. What the latest draft says already is done with; the rest stays where it is.
fn carry(
    bench: &Workbench,
    visitor: &Visitor,
    old: &Bench<'_>,
    latest: &Bench<'_>,
) -> Result<(), Fault> {
    let text = old.text.id.as_str();
    let base = old.draft.id.as_str();
    let left = bench.office.sheet(visitor, text, base)?;
    if !old.is_earlier() || left.left() == 0 {
        return Ok(());
    }
    let change = |sheet: &mut Sheet| {
        let mut carried = Vec::new();
        for (path, work) in left.provisions.iter().filter(|(_, work)| work.changes()) {
            let [now] = old.later(path)[..] else { continue };
            if sheet.provisions.get(now).is_some_and(Work::changes) {
                continue;
            }
            let work = still(work, now, latest);
            carried.push(path.clone());
            if work.changes() {
                sheet.provisions.insert(now.to_owned(), work);
                sheet.issued = None;
            }
        }
        let answers = left.answers.iter().filter(|(act, _)| {
            let mut pieces = latest.pieces.iter();
            let open = pieces.any(|piece| piece.told.open && piece.told.act.id.as_str() == *act);
            open && !sheet.answers.contains_key(*act)
        });
        let answers: Vec<_> = answers
            .map(|(act, own)| (act.clone(), own.clone()))
            .collect();
        sheet.answers.extend(answers);
        carried
    };
    let place = (text, latest.draft.id.as_str());
    let (_, carried) = bench.office.work(visitor, place, change, bench.now())?;
    let done = |sheet: &mut Sheet| {
        for path in &carried {
            // What somebody wrote there in the meantime stays.
            if sheet.provisions.get(path) == left.provisions.get(path) {
                sheet.provisions.remove(path);
            }
        }
    };
    bench
        .office
        .work(visitor, (text, base), done, bench.now())?;
    Ok(())
}

/// What of the work on a provision is still to become of it in the latest draft.
fn still(work: &Work, now: &str, latest: &Bench<'_>) -> Work {
    let mut redraft = work.redraft.clone();
    redraft.path = now.to_owned();
    let own = latest.provision(now);
    let printed = own.map(|own| one_paragraph(&own.wording));
    redraft.wording = redraft
        .wording
        .filter(|wording| printed.as_ref() != Some(&one_paragraph(wording)));
    let label = own.and_then(|own| own.label.as_ref());
    redraft.label = redraft
        .label
        .filter(|typed| label.is_none_or(|own| own.printed.trim() != typed.trim()));
    let says = |words: &str| {
        let mut all = latest.provisions().iter();
        all.any(|own| one_paragraph(&own.wording) == one_paragraph(words))
    };
    redraft.after.retain(|(_, words)| !says(words));
    Work {
        redraft,
        handled: false,
    }
}
