//! The state of play: points by party, and around them conditions, replies, claims and what is worth a second look.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use axum::extract::{Query, State};
use axum::response::{Html, Redirect};
use axum::{Extension, Form};
use maud::{Markup, PreEscaped, html};
use onetext_desk::{Books, Cut, ReadableDraft, Viewer, When};
use onetext_paper::state::{self, Key, Row, class, words};
use onetext_talks::{
    Basis, CellStance, CellStatus, PointStatus, ProvisionStatus, SeatId, StanceType, Status,
    TextId, TextStatus,
};
use onetext_text::{Digest, ProvisionId};
use serde::Deserialize;

use super::course::steps;
use super::{Page, part, process, seat_name};
use crate::fault::Fault;
use crate::office::Known;
use crate::words::Words;
use crate::{Visitor, Workbench, blocking, terms};

/// Rows of a page.
const ROWS: usize = 60;
/// Columns of a page.
const COLUMNS: usize = 25;

/// What is asked of the page.
#[derive(Debug, Default, Clone, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    at: String,
    #[serde(default)]
    show: String,
    #[serde(default)]
    page: usize,
    #[serde(default)]
    parties: usize,
}

impl Asked {
    /// The address of this page with other rows or parties.
    fn to(&self, show: &str, page: usize, parties: usize) -> String {
        format!(
            "/?at={}&show={}&page={page}&parties={parties}",
            part(&self.at),
            part(show)
        )
    }
}

/// Who looks, where looks are kept: a person, or a session that nobody signed in to.
fn looker(visitor: &Visitor) -> &str {
    visitor.name().unwrap_or_else(|| visitor.card())
}

/// What somebody looked at: all that had come by that second.
#[derive(Debug, Deserialize)]
pub(crate) struct Seen {
    #[serde(default)]
    seen: String,
}

/// Somebody says that everything was looked at: what their page showed, and not what came since.
pub(crate) async fn looked(
    State(bench): State<Arc<Workbench>>,
    Extension(visitor): Extension<Visitor>,
    Form(given): Form<Seen>,
) -> Result<Redirect, Fault> {
    blocking(move || {
        let (entrance, now) = (bench.entrance(), bench.seconds());
        let seen = given.seen.parse().map_or(now, |seen: i64| seen.min(now));
        entrance.looked(visitor.seat(), looker(&visitor), seen)?;
        Ok(Redirect::to("/"))
    })
    .await
}

/// What a row is held against where changes are asked for: how it stood when somebody last looked.
#[derive(Default)]
struct Before<'a> {
    rows: BTreeMap<(&'a str, &'a str), &'a ProvisionStatus>,
    wordings: BTreeMap<(&'a str, ProvisionId), Digest>,
    now: BTreeMap<(&'a str, ProvisionId), Digest>,
}

impl<'a> Before<'a> {
    fn of(then: &'a Known, status: &'a Status, drafts: &'a [ReadableDraft]) -> Before<'a> {
        fn rows<'a>(
            text: &'a str,
            from: &'a [Arc<ProvisionStatus>],
            into: &mut BTreeMap<(&'a str, &'a str), &'a ProvisionStatus>,
        ) {
            for row in from {
                into.insert((text, &row.id), row);
                rows(text, &row.children, into);
            }
        }
        let mut before = Before::default();
        for text in &then.status.texts {
            rows(text.id.as_str(), &text.provisions, &mut before.rows);
        }
        before.wordings = wordings(&then.status, &then.drafts);
        before.now = wordings(status, drafts);
        before
    }

    /// Whether anything of a row is otherwise than it was: its words, its state, a position.
    fn changed(&self, text: &TextStatus, row: &ProvisionStatus) -> bool {
        let Some(was) = self.rows.get(&(text.id.as_str(), row.id.as_str())) else {
            return true;
        };
        let worded = row
            .id
            .parse()
            .ok()
            .map(|id: ProvisionId| (text.id.as_str(), id));
        let words = worded.is_some_and(|key| self.wordings.get(&key) != self.now.get(&key));
        words
            || was.status != row.status
            || was.brackets != row.brackets
            || was.stances != row.stances
    }
}

/// The digests of the wordings of the latest drafts, by text and provision.
fn wordings<'a>(
    status: &'a Status,
    drafts: &'a [ReadableDraft],
) -> BTreeMap<(&'a str, ProvisionId), Digest> {
    let latest = status.texts.iter().filter_map(|text| {
        let latest = text.latest.as_ref()?;
        Some((
            text.id.as_str(),
            drafts
                .iter()
                .find(|draft| draft.id == *latest && draft.text == text.id)?,
        ))
    });
    latest
        .flat_map(|(text, draft)| {
            let entries = draft.issued.manifest.entries.iter();
            entries.map(move |entry| ((text, entry.id), entry.digest))
        })
        .collect()
}

/// What the page is made of beside the state of play.
struct Sight<'a> {
    w: Words,
    seat: &'a str,
    asked: &'a Asked,
    /// What changes are held against; none where they are not asked for, or it is the first look.
    before: Option<&'a Before<'a>>,
    /// The points that are disputed about what is asked for.
    about: BTreeSet<(TextId, String)>,
}

pub(crate) async fn page(
    State(bench): State<Arc<Workbench>>,
    Extension(visitor): Extension<Visitor>,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, Fault> {
    blocking(move || {
        let changes = asked.show == "changed";
        let now = bench.now();
        // Where somebody says that all was looked at, all that has come is shown.
        let view = match changes {
            true => bench.office.view_now(&visitor, now)?,
            false => bench.office.view(&visitor, now)?,
        };
        // What comes within this second is told once more rather than never.
        let seen = now.div_euclid(1_000_000) - 1;
        let past;
        let mut cut = Cut::default();
        let play = if asked.at.trim().is_empty() {
            &view.play
        } else {
            let at = When::parse(asked.at.trim()).map_err(onetext_desk::DeskError::When)?;
            cut.at = Some(at);
            past = onetext_desk::state_and_gates(&view.books, &view.viewer, &cut)?;
            &past
        };
        let status = &play.status;
        let w = visitor.words();
        let last = match asked.at.trim().is_empty() {
            true => bench.entrance().look(visitor.seat(), looker(&visitor), bench.seconds())?,
            false => None,
        };
        let then = match last.filter(|_| changes) {
            Some(last) => bench.office.as_known(&visitor, last, bench.now())?,
            None => None,
        };
        let drafts = match &then {
            Some(_) => onetext_desk::readable(&view.books, &view.viewer, &Cut::default())?,
            None => Vec::new(),
        };
        let before = then.as_ref().map(|then| Before::of(then, status, &drafts));
        let about = disputed_about(&view.books, &view.viewer, &cut, &asked.show)?;
        let sight = Sight { w, seat: visitor.seat(), asked: &asked, before: before.as_ref(), about };
        let make = || {
            html! {
                @for (index, text) in words::in_order(&status.texts).into_iter().enumerate() { (text_of(&sight, status, text, index)) }
                (super::around::around(w, status, &play.why))
                (super::state_around::circulation(w, status))
            }
            .into_string()
        };
        // As of now all who look at a seat see the same; since when somebody last looked is a matter of each.
        let main = match asked.at.trim().is_empty() && !changes && asked.show.len() < 40 {
            true => view.part(&format!("{} {} {} {}", w.lang(), asked.show, asked.page, asked.parties), make),
            false => make().into(),
        };
        let title = w.say_with("state-title", &[("process", process(status).into())]);
        let body = html! {
            header { p class="kicker" { (w.say("state-kicker")) } h1 dir="auto" { (process(status)) } (facts(w, status)) }
            (as_of(w, &view.play.status, &asked))
            (filters(w, &asked))
            @if changes { (since(w, last, then.is_some(), seen)) }
            main { (PreEscaped(&*main)) }
            footer { p { (w.say("state-foot")) } }
            script src="/assets/slider.js" defer {}
        };
        let page = Page { title: &title, style: "affairs.css", here: "/", live: true };
        Ok(page.of(&view, &visitor, body))
    })
    .await
}

fn facts(w: Words, status: &Status) -> Markup {
    html! {
        dl class="facts" {
            div { dt { (w.say("state-as-of")) } dd { @match &status.at { Some(at) => { bdi { (at) } } None => { (w.say("state-everything")) } } } }
            div { dt { (w.say("state-basis")) } dd { @match status.basis { Basis::Record => { (w.say("state-basis-record")) } Basis::View => { (w.say("state-basis-view")) } } } }
            div { dt { (w.say("state-stage")) } dd {
                span class=(format!("label {}", class(words::stage_tone(status.stage)))) { (terms::stage(w, status.stage)) }
                @if let Some(open) = status.open { " " (terms::open(w, open)) }
            } }
        }
    }
}

/// As of when: the drafts as steps, and any day.
fn as_of(w: Words, status: &Status, asked: &Asked) -> Markup {
    let steps = steps(status);
    let at = asked.at.trim();
    let to = |day: &str| format!("/?at={}&show={}", part(day), part(&asked.show));
    html! {
        div class="filters as-of no-print" {
            span class="small" { (w.say("state-as-of")) }
            nav class="set steps" aria-label=(w.say("sight-steps")) data-steps="yes" {
                @for step in &steps { a href=(to(&step.day)) aria-current=[(at == step.day).then_some("true")] { bdi { (step.draft) } " " span class="small" { (step.day) } } }
                a href=(to("")) aria-current=[at.is_empty().then_some("true")] { (w.say("state-now")) }
            }
            form method="get" action="/" { label { (w.say("sight-day")) " " input type="date" name="at" value=(at); } input type="hidden" name="show" value=(asked.show); " " button type="submit" { (w.say("state-show")) } }
            a href="/course" { (w.say("sight-course")) }
        }
    }
}

/// Since when changes are told.
fn since(w: Words, last: Option<i64>, known: bool, seen: i64) -> Markup {
    let moment = last.and_then(|last| jiff::Timestamp::from_second(last).ok());
    let moment = moment.map(|time| time.to_string().replace('T', " ").replace('Z', " UTC"));
    html! {
        div class="filters" role="status" {
            p class="small" { @match moment { Some(moment) if known => { (w.say("sight-since")) " " bdi { (moment) } }, _ => (w.say("sight-first-look")) } }
            form method="post" action="/looked" { input type="hidden" name="seen" value=(seen); button type="submit" { (w.say("sight-looked")) } }
        }
    }
}

fn filters(w: Words, asked: &Asked) -> Markup {
    let mut sets = vec![
        ("", w.say("state-all")),
        ("open", w.say("state-open")),
        ("mine", w.say("state-mine")),
    ];
    if asked.at.trim().is_empty() {
        sets.push(("changed", w.say("sight-changed")));
    }
    let types = [
        ("disputed", w.say("state-disputed")),
        ("substance", terms::stance_type(w, StanceType::Substance)),
        ("language", terms::stance_type(w, StanceType::Language)),
        ("level", terms::stance_type(w, StanceType::Level)),
        ("time", terms::stance_type(w, StanceType::Time)),
        ("dependency", terms::stance_type(w, StanceType::Dependency)),
    ];
    let link = |key: &str, name: &str| {
        html! { a href=(asked.to(key, 0, asked.parties)) aria-current=[(asked.show == key).then_some("true")] { (name) } }
    };
    html! {
        div class="filters no-print" {
            nav class="set" aria-label=(w.say("state-which")) { @for (key, name) in &sets { (link(key, name)) } }
            nav class="set" aria-label=(w.say("sight-by-type")) { @for (key, name) in &types { (link(key, name)) } }
        }
    }
}

/// What somebody asks to see of what is disputed: points that are disputed about this.
fn type_asked(show: &str) -> Option<StanceType> {
    Some(match show {
        "substance" => StanceType::Substance,
        "language" => StanceType::Language,
        "level" => StanceType::Level,
        "time" => StanceType::Time,
        "dependency" => StanceType::Dependency,
        _ => return None,
    })
}

/// The points that are disputed about something, by text and path: each counts under one type, as in the counts.
fn disputed_about(
    books: &Books,
    viewer: &Viewer,
    cut: &Cut,
    show: &str,
) -> Result<BTreeSet<(TextId, String)>, Fault> {
    let Some(kind) = type_asked(show) else {
        return Ok(BTreeSet::new());
    };
    let open = onetext_desk::open_points(books, viewer, cut)?.into_iter();
    let about = open.filter(|point| point.kind == Some(kind));
    Ok(about.map(|point| (point.text, point.path)).collect())
}

/// Whether a row is one of these points, or a disputed part of one.
fn is_about(about: &BTreeSet<(TextId, String)>, text: &TextStatus, row: &ProvisionStatus) -> bool {
    let within = |path: &str| {
        row.path == path
            || (row.status == PointStatus::Disputed
                && row
                    .path
                    .strip_prefix(path)
                    .is_some_and(|rest| rest.starts_with('.')))
    };
    about
        .iter()
        .any(|(own, path)| *own == text.id && within(path))
}

fn wanted(sight: &Sight<'_>, text: &TextStatus, row: &ProvisionStatus) -> bool {
    let own = row.stances.iter().find(|(id, _)| id.as_str() == sight.seat);
    match sight.asked.show.as_str() {
        "open" => matches!(row.status, PointStatus::Disputed | PointStatus::Unknown),
        "disputed" => row.status == PointStatus::Disputed,
        "mine" => own.is_some_and(|(_, cell)| {
            words::cell_tone(cell) == words::Tone::Quiet || cell.stance == CellStance::Lapsed
        }),
        "changed" => sight.before.is_none_or(|before| before.changed(text, row)),
        "" => true,
        _ => is_about(&sight.about, text, row),
    }
}

fn text_of(sight: &Sight<'_>, status: &Status, text: &TextStatus, index: usize) -> Markup {
    let w = sight.w;
    let latest_of = |latest: &str| {
        let link = html! { a href=(format!("/draft/{}", part(latest))) dir="auto" { (latest) } };
        let stage = terms::stage(w, text.stage);
        w.rich(
            "state-latest",
            &[("stage", stage.into())],
            &[("draft", link)],
        )
    };
    let title = if text.title.is_empty() {
        text.id.as_str()
    } else {
        &text.title
    };
    html! {
        section id=(format!("text-{index}")) {
            p class="kicker" { (terms::text_kind(w, text.kind)) @if text.required == Some(true) { " · " (w.say("state-required")) } }
            h2 dir="auto" { (title) }
            @match &text.latest {
                None => { p { (no_draft(w, text, &status.viewer)) } }
                Some(latest) => {
                    p class="lead" { (latest_of(latest.as_str())) }
                    @if text.drafts.len() > 1 { (changes(w, text)) }
                    @if let Some(points) = &text.points { (PreEscaped(state::points_bar(points, index, &terms::open(w, points.open), &|of| terms::status(w, of)))) }
                    @if words::counted(text) { (matrix(sight, status, text)) }
                }
            }
        }
    }
}

/// What to say of a text of which the viewer was given no draft.
fn no_draft(w: Words, text: &TextStatus, viewer: &SeatId) -> String {
    if text.issuer != *viewer {
        return w.say("state-named-only");
    }
    let working = text.drafts.iter().filter(|draft| draft.working);
    let working: Vec<&str> = working.map(|draft| draft.id.as_str()).collect();
    match working.is_empty() {
        true => w.say("state-not-issued"),
        false => w.say_with("state-not-given", &[("drafts", working.join(" · ").into())]),
    }
}

/// Which two drafts to compare.
fn changes(w: Words, text: &TextStatus) -> Markup {
    let last = text.drafts.len().saturating_sub(1);
    html! {
        form class="filters" method="get" action="/redline" {
            label { (w.say("state-from")) select name="old" { @for (place, draft) in text.drafts.iter().enumerate() { option value=(draft.id) selected[place + 1 == last] { (draft.id) } } } }
            label { (w.say("state-to")) select name="new" { @for (place, draft) in text.drafts.iter().enumerate() { option value=(draft.id) selected[place == last] { (draft.id) } } } }
            button type="submit" { (w.say("state-open-redline")) }
        }
    }
}

fn matrix(sight: &Sight<'_>, status: &Status, text: &TextStatus) -> Markup {
    let (w, seat, asked) = (sight.w, sight.seat, sight.asked);
    let (all, _) = state::rows(&text.provisions);
    let shown: Vec<Row<'_>> = all
        .into_iter()
        .filter(|row| match row {
            Row::Point(row) | Row::Item(row, _) => wanted(sight, text, row),
            _ => asked.show.is_empty(),
        })
        .collect();
    let pages = shown.len().div_ceil(ROWS).max(1);
    let page = asked.page.min(pages - 1);
    let rows: Vec<Row<'_>> = shown.iter().skip(page * ROWS).take(ROWS).copied().collect();
    let groups = text.parties.len().div_ceil(COLUMNS).max(1);
    let group = asked.parties.min(groups - 1);
    let parties: Vec<_> = text
        .parties
        .iter()
        .skip(group * COLUMNS)
        .take(COLUMNS)
        .collect();
    let told = rows.iter().filter_map(|row| match row {
        Row::Point(row) | Row::Item(row, _) => Some(*row),
        _ => None,
    });
    let legend = state::legend(told);
    html! {
        div class="scroll" tabindex="0" role="region" aria-label=(w.say("state-matrix")) {
            table class="matrix" {
                caption { (w.say("state-caption")) }
                thead { tr { th scope="col" { (w.say("state-number")) } th scope="col" class="wording" { (w.say("state-point")) } th scope="col" { (w.say("state-state")) }
                    @for party in &parties { th scope="col" dir="auto" { (seat_name(status, party.as_str())) } } } }
                tbody {
                    @if rows.is_empty() { tr { td colspan=(3 + parties.len()) { (w.say("state-none")) } } }
                    @for row in &rows { @match row {
                        Row::Section(row) => { tr class="section" { th colspan=(3 + parties.len()) scope="rowgroup" dir="auto" { @if let Some(number) = &row.number { (number) " " } (row.words) } } }
                        Row::Folded(count) => { tr class="folded" { td {} td colspan=(2 + parties.len()) { (w.say_with("state-folded", &[("n", (*count).into())])) } } }
                        Row::Point(row) => (point((w, seat), text, row, "point", &parties)),
                        Row::Item(row, _) => (point((w, seat), text, row, "item", &parties)),
                    } }
                }
            }
        }
        @if pages > 1 { nav class="filters" aria-label=(w.say("state-pages")) { div class="set" { @for place in 0..pages { a href=(asked.to(&asked.show, place, group)) aria-current=[(place == page).then_some("page")] { (place + 1) } } } } }
        @if groups > 1 { nav class="filters" aria-label=(w.say("state-groups")) { (w.say("state-parties")) div class="set" { @for place in 0..groups { a href=(asked.to(&asked.show, page, place)) aria-current=[(place == group).then_some("page")] { (place * COLUMNS + 1) "…" } } } } }
        @if !legend.is_empty() { dl class="legend-words" { @for key in legend { div { dt { (terms::key_word(w, key)) } dd { @if let Some(meaning) = terms::key_meaning(w, key) { (meaning) } } } } } }
    }
}

fn point(
    (w, seat): (Words, &str),
    text: &TextStatus,
    row: &ProvisionStatus,
    kind: &str,
    parties: &[&SeatId],
) -> Markup {
    let subject = part(&format!("{}#{}", text.id, row.path));
    let take = w.say_with("state-take", &[("path", row.path.as_str().into())]);
    html! {
        tr class=(kind) {
            th scope="row" class="number" { a href=(format!("/point?subject={subject}")) { bdi { (row.path) } } }
            td class="wording" dir="auto" { (row.words) }
            td class=(class(words::status_tone(row.status))) {
                span aria-hidden="true" { (words::status_sign(row.status)) } " " (terms::status_at(w, row.status, text.stage))
                @if row.brackets > 0 { span class="under" { (terms::brackets(w, row.brackets)) } }
            }
            @for party in parties { @match row.stances.get(party) {
                Some(own) => { td class=(class(words::cell_tone(own))) {
                    @if party.as_str() == seat { a href=(format!("/position?subject={subject}")) { (cell(w, own)) span class="aloud" { " · " (take) } } }
                    @else { (cell(w, own)) }
                } }
                None => { td {} }
            } }
        }
    }
}

/// A position in few words, with its signs in words.
pub(crate) fn cell(w: Words, own: &CellStatus) -> Markup {
    let signs = terms::signs(w, own).into_iter();
    let mut under: Vec<String> = signs
        .filter(|(key, _)| own.carried_from.is_none() || *key != Key::Carried)
        .map(|(_, word)| word)
        .collect();
    if let Some(from) = &own.carried_from {
        let (draft, path) = (from.draft.as_str().into(), from.path.as_str().into());
        let from = [("draft", draft), ("path", path)];
        under.push(match own.stance {
            CellStance::Lapsed => w.say_with("state-taken-on", &from),
            _ => w.say_with("state-carried-from", &from),
        });
    }
    under.extend(own.on.as_ref().map(|on| terms::when(w, on)));
    html! { (terms::cell(w, own, false)) @if !under.is_empty() { span class="under" { @for (place, part) in under.iter().enumerate() { @if place > 0 { " · " } bdi { (part) } } } } }
}
