//! Before a draft is issued: what it changes, every acceptance that it makes lapse, and what it carries. Then it is issued.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use axum::{Extension, Form};
use maud::{Markup, PreEscaped, html};
use onetext_desk::{
    ActRefused, DeskError, Foreseen, Lapse, NewDraft, Piece, ReadableDraft, Redrafted, Withheld,
};
use onetext_paper::redline::html_of_words;
use onetext_talks::{SeatId, TextStatus};
use onetext_text::PairKind;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::drafting::{self, OUTCOMES};
use super::language::TYPED;
use super::position::{last_day, sentence};
use super::record::status_of;
use super::rooms::Rooms;
use super::{Page, part, seat_name};
use crate::fault::Fault;
use crate::office::View;
use crate::sheet::{Sheet, short_digest};
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
    /// What was read before it is issued: a digest of the words, of the answers and of what lapses.
    #[serde(default)]
    seen: String,
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
            put("by", json!(visitor.speaks_as().unwrap_or(visitor.seat())));
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

/// What would come of the draft, as it is shown before it is issued.
struct Prospect {
    foreseen: Option<Foreseen>,
    /// To whom it could not be given.
    withheld: Vec<Withheld>,
    /// Why it could not be issued.
    refused: Option<(String, String)>,
    seen: Seen,
}

/// What somebody reads before they issue a draft, each part as a digest.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Seen([String; 3]);

/// What can be otherwise than it was shown, in the order of [`Seen`].
const PARTS: [&str; 3] = [
    "issue-other-words",
    "issue-other-answers",
    "issue-other-lapses",
];

impl Seen {
    fn field(&self) -> String {
        self.0.join(".")
    }

    /// The parts that are otherwise than this field says.
    fn other_than(&self, field: &str) -> Vec<&'static str> {
        let shown: Vec<&str> = field.split('.').collect();
        let parts = self.0.iter().zip(PARTS).enumerate();
        let other = parts.filter(|(place, (own, _))| shown.get(*place) != Some(&own.as_str()));
        other.map(|(_, (_, key))| key).collect()
    }
}

impl Prospect {
    fn of(view: &View, visitor: &Visitor, ready: &Ready<'_>, draft: &NewDraft<'_>) -> Prospect {
        let (w, status) = (visitor.words(), &view.play.status);
        let answers = ready.answer_fields(visitor, draft);
        let why = |error: &ActRefused| sentence(w, error);
        let cannot = |error: &DeskError| (error.to_string(), error.hint().unwrap_or_default());
        let foreseen = onetext_desk::foresee(&view.books, &view.viewer, status, draft, &answers);
        let (foreseen, mut refused) = match foreseen {
            Ok(Ok(foreseen)) => (Some(foreseen), None),
            Ok(Err(error)) => (None, Some(why(&error))),
            Err(error) => (None, Some(cannot(&error))),
        };
        let mut withheld = Vec::new();
        if foreseen.is_some() {
            let parties = &ready.text.parties;
            let (books, viewer) = (&view.books, &view.viewer);
            match onetext_desk::foresee_refusals(books, viewer, draft, &answers, parties) {
                Ok(Ok(found)) => withheld = found,
                Ok(Err(error)) => refused = Some(why(&error)),
                Err(error) => refused = Some(cannot(&error)),
            }
        }
        let seen = ready.seen(foreseen.as_ref());
        Prospect {
            foreseen,
            withheld,
            refused,
            seen,
        }
    }
}

impl Ready<'_> {
    /// The digests of what is shown: not of the name and the day, which are typed on the same page.
    fn seen(&self, foreseen: Option<&Foreseen>) -> Seen {
        let digest = |value: &Value| short_digest(value.to_string().as_bytes());
        let answers = self.answers().into_iter().map(|own| {
            let act = own.piece.told.act.id.as_str();
            json!([act, own.piece.room.as_str(), own.outcome, own.reason])
        });
        let lapses = foreseen.map(|foreseen| {
            let lapses = foreseen.lapses.iter().chain(&foreseen.lapsed_before);
            let lapses = lapses.map(|own| {
                let stance = format!("{:?}", own.stance);
                json!([own.seat.as_str(), stance, own.was, own.now])
            });
            lapses.collect::<Value>()
        });
        Seen([
            digest(&json!([self.made.source, self.made.pairs])),
            digest(&answers.collect()),
            digest(&json!(lapses)),
        ])
    }
}

/// The name and the day that a form gives, or that it is offered.
fn named(view: &View, ready: &Ready<'_>, (asked, now): (&Asked, i64)) -> (String, String) {
    let id = match asked.id.trim() {
        "" => next_name(ready.text),
        id => id.to_owned(),
    };
    let on = match asked.on.trim() {
        "" => last_day(&view.play.status, now),
        on => on.to_owned(),
    };
    (id, on)
}

pub(crate) async fn page(
    State(bench): State<Arc<Workbench>>,
    Extension(visitor): Extension<Visitor>,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, Fault> {
    blocking(move || {
        let view = bench.office.view(&visitor, bench.now())?;
        let ready = Ready::of(&bench, &view, &visitor, &asked.text)?;
        let (id, on) = named(&view, &ready, (&asked, bench.now()));
        let prospect = Prospect::of(&view, &visitor, &ready, &ready.draft(&id, &on));
        Ok(shown(
            &view,
            &visitor,
            &ready,
            (&id, &on),
            &prospect,
            &Told::Nothing,
        ))
    })
    .await
}

/// What is said above the page.
enum Told {
    Nothing,
    /// Why it was not issued, and what to do.
    Refused((String, String)),
    /// The same, where it is this host that could not.
    Failed((String, String)),
    /// It was not issued, for these things are otherwise than they were shown.
    Other(Vec<&'static str>),
}

fn shown(
    view: &View,
    visitor: &Visitor,
    ready: &Ready<'_>,
    (id, on): (&str, &str),
    prospect: &Prospect,
    told: &Told,
) -> Html<String> {
    let w = visitor.words();
    let refused = match told {
        Told::Refused(refused) | Told::Failed(refused) => Some(refused),
        _ => prospect.refused.as_ref(),
    };
    let typed = refused.is_some() || matches!(told, Told::Other(_));
    let unchanged = !ready
        .sheet
        .provisions
        .values()
        .any(crate::sheet::Work::changes);
    let issued = ready.sheet.issued.as_deref();
    let back = format!("/merge?text={}", part(ready.text.id.as_str()));
    let body = html! {
        header class="wide-head" {
            p class="kicker" { (w.say("issue-kicker")) }
            h1 { (w.rich("issue-title", &[], &[("draft", html! { bdi { (id) } }), ("text", html! { bdi { (drafting::title(ready.text)) } })])) }
            p class="lead" { (w.say_with("issue-lead", &[("base", ready.base.id.as_str().into())])) }
            (drafting::working(w, ready.text))
        }
        main {
            @if let Told::Other(parts) = told { div class="refused" role="alert" {
                p { strong { (w.say("issue-other")) } } ul { @for key in parts { li { (w.say(key)) } } } p { (w.say("issue-other-hint")) }
            } }
            @if let Some((why, hint)) = refused { div class="refused" role="alert" { p { strong { (w.say("issue-refused")) } " " bdi { (why) } } p { bdi { (hint) } } } }
            @if let Some(draft) = issued { p class="notice" { (w.say_with("merge-issued-then", &[("draft", draft.into())])) " " a href=(back) { (w.say("issue-back")) } } }
            @else if unchanged { p class="notice" { (w.say("issue-unchanged")) " " a href=(back) { (w.say("issue-back")) } } }
            @if let Some(foreseen) = &prospect.foreseen { (effects(view, w, ready, foreseen)) }
            (answers(view, w, &ready.answers()))
            (withheld(view, w, &prospect.withheld))
            form method="post" action="/issue" class="card issue" id=[typed.then_some(TYPED)] {
                input type="hidden" name="text" value=(ready.text.id);
                input type="hidden" name="base" value=(ready.base.id);
                input type="hidden" name="seen" value=(prospect.seen.field()) autocomplete="off";
                div class="row" {
                    label class="field short" { span { (w.say("issue-name")) } input name="id" value=(id) required maxlength="60"; }
                    label class="field short" { span { (w.say("issue-on")) } input name="on" value=(on) required pattern="[0-9][\\-0-9T:Z]*"; }
                }
                p class="small" { (w.say("issue-then")) }
                @if !unchanged && issued.is_none() { button class="main" type="submit" { (w.say_with("issue-do", &[("draft", id.into())])) } " " }
                a class="button" href=(back) { (w.say("issue-back")) }
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
    page.again(view, visitor, typed.then_some("/issue"), body)
}

/// To whom the draft could not be given: it is told while it can still be worded otherwise.
fn withheld(view: &View, w: Words, withheld: &[Withheld]) -> Markup {
    let (status, rooms) = (&view.play.status, Rooms::of(view));
    html! { @if !withheld.is_empty() { section class="refused" {
        h2 { (w.say("issue-withheld")) }
        p { (w.say("issue-withheld-lead")) }
        ul { @for one in withheld { @let (why, hint) = sentence(w, &one.why); li {
            strong dir="auto" { (seat_name(status, one.seat.as_str())) } ", " (rooms.shown(status, one.room.as_str())) ": "
            span lang="en" dir="auto" { (why) } " " span lang="en" dir="auto" { (hint) }
        } } }
    } } }
}

/// What the draft does: what lapses first, since that cannot be taken back.
fn effects(view: &View, w: Words, ready: &Ready<'_>, foreseen: &Foreseen) -> Markup {
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
            @else { p { (w.say("issue-lapses-lead")) } (table(view, w, &foreseen.lapses, Some(foreseen))) }
            @if !foreseen.lapsed_before.is_empty() { details open { summary { (w.say_with("issue-before", &[("n", foreseen.lapsed_before.len().into())])) } (table(view, w, &foreseen.lapsed_before, Some(foreseen))) } }
        }
        section {
            h2 { (w.say_with("issue-carries", &[("n", foreseen.carries.len().into())])) }
            @if !foreseen.carries.is_empty() { details { summary { (w.say("issue-carries-lead")) } (table(view, w, &foreseen.carries, None)) } }
            @if !foreseen.stand.is_empty() { details { summary { (w.say_with("issue-stand", &[("n", foreseen.stand.len().into())])) } (table(view, w, &foreseen.stand, None)) } }
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

fn table(view: &View, w: Words, lapses: &[Lapse], foreseen: Option<&Foreseen>) -> Markup {
    let (status, rooms) = (&view.play.status, Rooms::of(view));
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
                td { @for room in &lapse.rooms { span class="under" { (rooms.shown(status, room.as_str())) } } }
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

fn answers(view: &View, w: Words, answers: &[Answered<'_>]) -> Markup {
    let (status, rooms) = (&view.play.status, Rooms::of(view));
    html! { section {
        h2 { (w.say_with("issue-answers", &[("n", answers.len().into())])) }
        @if answers.is_empty() { p class="small" { (w.say("issue-no-answers")) } }
        @else {
            p class="small" { (w.say("issue-answers-lead")) }
            ul class="plain" { @for own in answers { li {
                strong dir="auto" { (seat_name(status, own.piece.seat.as_str())) } (w.comma()) bdi { (own.piece.now.join(", ")) } ": " (w.say(own.key))
                @if !own.reason.is_empty() { " · " span dir="auto" { (own.reason) } }
                " " span class="small" { (w.rich("issue-in-room", &[], &[("room", rooms.shown(status, own.piece.room.as_str()))])) }
            } } }
        }
    } }
}

/// How often a draft is looked at anew while others write.
const LOOKS: usize = 3;

pub(crate) async fn issue(
    State(bench): State<Arc<Workbench>>,
    Extension(visitor): Extension<Visitor>,
    Form(asked): Form<Asked>,
) -> Result<Response, Fault> {
    blocking(move || {
        let w = visitor.words();
        let id = asked.id.trim();
        for look in 1..=LOOKS {
            // Nothing older than what is there now: what was shown is held against it.
            bench.office.settle(&visitor);
            let view = bench.office.view(&visitor, bench.now())?;
            let ready = Ready::of(&bench, &view, &visitor, &asked.text)?;
            let (_, on) = named(&view, &ready, (&asked, bench.now()));
            let draft = ready.draft(id, &on);
            let prospect = Prospect::of(&view, &visitor, &ready, &draft);
            let other = prospect.seen.other_than(&asked.seen);
            let told = if let Some(refused) = wrong(&ready, &asked, w) {
                Told::Refused(refused)
            } else if let Some(refused) = &prospect.refused {
                Told::Refused(refused.clone())
            } else if !other.is_empty() {
                Told::Other(other)
            } else {
                let answers = ready.answer_fields(&visitor, &draft);
                let of = (draft.fields(), draft.source);
                match bench
                    .office
                    .issue(&visitor, of, answers, (&view.mark, bench.now()))
                {
                    Ok(Some(_)) => {
                        set_aside(&bench, &visitor, &ready, id)?;
                        let to = format!("/circulate?draft={}", part(id));
                        return Ok(Redirect::to(&to).into_response());
                    }
                    Ok(None) if look < LOOKS => continue,
                    Ok(None) => Told::Other(vec!["issue-other-rooms"]),
                    Err(error) if status_of(&error).is_server_error() => {
                        Told::Failed(sentence(w, &error))
                    }
                    Err(error) => Told::Refused(sentence(w, &error)),
                }
            };
            let status = match &told {
                Told::Other(_) => StatusCode::CONFLICT,
                Told::Failed(_) => StatusCode::INTERNAL_SERVER_ERROR,
                _ => StatusCode::UNPROCESSABLE_ENTITY,
            };
            let again = shown(&view, &visitor, &ready, (id, &on), &prospect, &told);
            return Ok((status, again).into_response());
        }
        Err(Fault::nothing())
    })
    .await
}

/// What keeps a draft from being issued whatever it says, and what to do.
fn wrong(ready: &Ready<'_>, asked: &Asked, w: Words) -> Option<(String, String)> {
    let id = asked.id.trim();
    if asked.base != ready.base.id.as_str() {
        Some((w.say("merge-another"), w.say("merge-another-hint")))
    } else if let Some(draft) = &ready.sheet.issued {
        let why = w.say_with("merge-issued-then", &[("draft", draft.as_str().into())]);
        Some((why, w.say("issue-again-hint")))
    } else if id.is_empty()
        || id.len() > 60
        || id.contains(|c: char| c.is_control() || "/\\#:<>\"|?*".contains(c))
    {
        Some((w.say("issue-bad-name"), w.say("issue-bad-name-hint")))
    } else {
        None
    }
}

/// The work from which a draft was issued is done with; what somebody wrote in the meantime is not.
fn set_aside(
    bench: &Workbench,
    visitor: &Visitor,
    ready: &Ready<'_>,
    id: &str,
) -> Result<(), Fault> {
    let place = (ready.text.id.as_str(), ready.base.id.as_str());
    let aside = |sheet: &mut Sheet| {
        if sheet.says_the_same(&ready.sheet) {
            sheet.issued = Some(id.to_owned());
        }
    };
    bench.office.work(visitor, place, aside, bench.now())?;
    Ok(())
}
