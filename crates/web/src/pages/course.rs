//! How it went: the open points over the drafts, as a picture and as the same numbers in a table.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use axum::Extension;
use axum::extract::State;
use axum::response::Html;
use maud::{Markup, html};
use onetext_desk::{Cut, When};
use onetext_paper::state::words;
use onetext_talks::{DraftId, PointCounts, Status, TextId, TextStatus};

use super::{Page, part, process};
use crate::fault::Fault;
use crate::office::View;
use crate::words::Words;
use crate::{Visitor, Workbench, blocking, terms};

/// The most days that are computed for a page.
const MOST: usize = 24;
/// A day, in seconds.
const DAY: i64 = 86_400;
/// The picture: its width and height, and the frame that it is drawn in.
const SIZE: [f64; 2] = [760.0, 260.0];
const FRAME: [f64; 4] = [44.0, 18.0, 740.0, 214.0];

/// A day on which a draft was issued.
pub(super) struct Step<'a> {
    pub(super) draft: &'a DraftId,
    pub(super) day: String,
}

/// The days of the drafts of the main texts, in order of time: the last of them where there are many.
pub(super) fn steps(status: &Status) -> Vec<Step<'_>> {
    let main = status
        .texts
        .iter()
        .filter(|text| text.kind == onetext_talks::TextKind::Main);
    let drafts = main.flat_map(|text| text.drafts.iter().filter(|draft| !draft.working));
    let mut steps: Vec<Step<'_>> = drafts
        .filter_map(|draft| {
            let day = day_of(draft.on.as_ref()?.latest())?;
            Some(Step {
                draft: &draft.id,
                day,
            })
        })
        .collect();
    steps.sort_by(|one, other| one.day.cmp(&other.day));
    let from = steps.len().saturating_sub(MOST);
    steps.split_off(from)
}

fn day_of(second: i64) -> Option<String> {
    let time = jiff::Timestamp::from_second(second).ok()?;
    Some(time.to_string().get(..10)?.to_owned())
}

/// The numbers of one text at the end of one day.
struct Moment {
    /// The day; none for everything recorded so far.
    day: Option<String>,
    second: i64,
    draft: DraftId,
    points: PointCounts,
}

/// Where the main texts stood at the end of one day.
#[derive(Debug)]
struct Day {
    day: String,
    second: i64,
    texts: Vec<(TextId, Option<DraftId>, Option<PointCounts>)>,
}

/// What was computed for one seat.
#[derive(Debug)]
struct Days {
    /// The mark of the seat's rooms, and the day of the clock: what they come to hangs on nothing else.
    of: (String, i64),
    days: Vec<Day>,
}

/// The days that were computed, by seat, kept until something comes to its rooms.
#[derive(Debug, Default)]
pub(crate) struct Kept(Mutex<BTreeMap<String, Arc<Days>>>);

impl Kept {
    /// Where the texts stood at the end of the day of each draft, and of the day before the next one: one reading of the record
    /// a day, for all of them.
    fn days(
        &self,
        view: &View,
        steps: &[Step<'_>],
        (seat, now): (&str, i64),
    ) -> Result<Arc<Days>, Fault> {
        let of = (view.mark.clone(), now.div_euclid(DAY));
        let kept = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(days) = kept().get(seat).filter(|days| days.of == of) {
            return Ok(Arc::clone(days));
        }
        // No seat waits for another.
        let days = computed(view, steps)?;
        let days = Arc::new(Days { of, days });
        kept().insert(seat.to_owned(), Arc::clone(&days));
        Ok(days)
    }
}

fn computed(view: &View, steps: &[Step<'_>]) -> Result<Vec<Day>, Fault> {
    let mut ends: BTreeSet<i64> = BTreeSet::new();
    for (place, step) in steps.iter().enumerate() {
        let Ok(day) = When::parse(&step.day) else {
            continue;
        };
        if place > 0 {
            ends.insert(day.latest() - DAY);
        }
        ends.insert(day.latest());
    }
    let from = ends.len().saturating_sub(MOST);
    let mut days = Vec::new();
    for second in ends.into_iter().skip(from) {
        let Some(day) = day_of(second) else { continue };
        let at = When::parse(&day).map_err(onetext_desk::DeskError::When)?;
        let cut = Cut {
            at: Some(at),
            known_at: None,
        };
        let status = onetext_desk::status(&view.books, &view.viewer, &cut)?;
        let texts = status.texts.into_iter();
        let texts = texts.map(|text| (text.id, text.latest, text.points));
        days.push(Day {
            day,
            second,
            texts: texts.collect(),
        });
    }
    Ok(days)
}

/// Where one text stood on each of these days, and where it stands now.
fn moments(view: &View, text: &TextId, days: &Days, now: i64) -> Vec<Moment> {
    let mut moments: Vec<Moment> = Vec::new();
    for one in &days.days {
        let told = one.texts.iter().find(|(own, ..)| own == text);
        if let Some((_, Some(draft), Some(points))) = told {
            moments.push(Moment {
                day: Some(one.day.clone()),
                second: one.second,
                draft: draft.clone(),
                points: points.clone(),
            });
        }
    }
    let last = moments.last().map_or(now, |moment| moment.second);
    let texts = view.play.status.texts.iter();
    let own = texts.filter(|own| own.id == *text).find_map(|own| {
        Some(Moment {
            day: None,
            second: now.max(last),
            draft: own.latest.clone()?,
            points: own.points.clone()?,
        })
    });
    moments.extend(own);
    moments
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a picture of a few hundred points across"
)]
fn picture(w: Words, moments: &[Moment], steps: &[Step<'_>]) -> Markup {
    let [left, top, right, bottom] = FRAME;
    let (Some(first), Some(last)) = (moments.first(), moments.last()) else {
        return html! {};
    };
    // The clock may be long after the last act, or before it: the last stretch is drawn short.
    let told = moments
        .iter()
        .rev()
        .nth(1)
        .map_or(last.second, |moment| moment.second);
    let length = (told - first.second).max(DAY);
    let end = last.second.min(told + length / 8).max(told);
    let span = (end - first.second).max(1) as f64;
    let most = moments
        .iter()
        .map(|moment| moment.points.total)
        .max()
        .unwrap_or(1)
        .max(1);
    let across =
        |second: i64| left + (second.min(end) - first.second) as f64 / span * (right - left);
    let up = |count: u64| bottom - count as f64 / most as f64 * (bottom - top);
    let line = |count: &dyn Fn(&PointCounts) -> u64| {
        let points = moments
            .iter()
            .map(|one| (across(one.second), up(count(&one.points))));
        points.collect::<Vec<(f64, f64)>>()
    };
    let path = |points: &[(f64, f64)]| {
        let parts = points
            .iter()
            .enumerate()
            .map(|(place, (x, y))| format!("{}{x:.1} {y:.1}", if place == 0 { "M" } else { "L" }));
        parts.collect::<String>()
    };
    let (low, high) = (
        line(&|points| points.open.min),
        line(&|points| points.open.max),
    );
    let back: Vec<(f64, f64)> = low.iter().rev().copied().collect();
    let band = format!("{}{}Z", path(&high), path(&back).replacen('M', "L", 1));
    let quarter = (most / 4).max(1);
    let lines: Vec<u64> = (0..=most)
        .step_by(usize::try_from(quarter).unwrap_or(1))
        .collect();
    let shown = |step: &&Step<'_>| {
        When::parse(&step.day)
            .ok()
            .map(|day| day.latest())
            .filter(|second| *second >= first.second && *second <= end)
    };
    let drafts: Vec<(f64, &DraftId)> = steps
        .iter()
        .filter_map(|step| Some((across(shown(&step)?), step.draft)))
        .collect();
    html! {
        svg class="course" viewBox=(format!("0 0 {} {}", SIZE[0], SIZE[1])) role="img" aria-label=(w.say("course-picture")) {
            @for count in &lines { path class="rule" d=(format!("M{left} {:.1}H{right}", up(*count))) {} text x=(left - 8.0) y=(format!("{:.1}", up(*count) + 4.0)) text-anchor="end" { (count) } }
            @for (x, draft) in &drafts { path class="draft" d=(format!("M{x:.1} {top}V{bottom}")) {} text x=(format!("{x:.1}")) y=(bottom + 18.0) text-anchor="middle" { (draft) } }
            path class="band" d=(band) {}
            path class="high" d=(path(&high)) {}
            path class="low" d=(path(&low)) {}
            @for (x, y) in &high { circle class="high" cx=(format!("{x:.1}")) cy=(format!("{y:.1}")) r="3" {} }
            @for (x, y) in &low { rect class="low" x=(format!("{:.1}", x - 3.0)) y=(format!("{:.1}", y - 3.0)) width="6" height="6" {} }
        }
    }
}

fn table(w: Words, moments: &[Moment]) -> Markup {
    html! {
        div class="scroll" tabindex="0" role="region" aria-label=(w.say("course-table")) { table class="numbers" {
            caption { (w.say("course-table")) }
            thead { tr { th scope="col" { (w.say("course-day")) } th scope="col" { (w.say("course-draft")) } th scope="col" { (w.say("course-open")) } th scope="col" { (w.say("briefing-disputed-points")) } th scope="col" { (w.say("briefing-unknown-points")) } th scope="col" { (w.say("briefing-ad-ref")) } th scope="col" { (w.say("briefing-agreed")) } th scope="col" { (w.say("briefing-all")) } } }
            tbody { @for one in moments { @let points = &one.points; tr {
                th scope="row" { @match &one.day { Some(day) => { a href=(format!("/?at={}", part(day))) { bdi class="nowrap" { (day) } } } None => { a href="/" { (w.say("course-now")) } } } }
                td { a href=(format!("/draft/{}", part(one.draft.as_str()))) { bdi { (one.draft) } } }
                td { bdi { @if points.open.min == points.open.max { (points.open.min) } @else { (points.open.min) "–" (points.open.max) } } }
                td { (points.disputed) } td { (points.unknown) } td { (points.agreed_ad_ref) } td { (points.agreed) } td { (points.total) }
            } } }
        } }
    }
}

pub(crate) async fn page(
    State(bench): State<Arc<Workbench>>,
    Extension(visitor): Extension<Visitor>,
) -> Result<Html<String>, Fault> {
    blocking(move || {
        let view = bench.office.view(&visitor, bench.now())?;
        let (w, status) = (visitor.words(), &view.play.status);
        let steps = steps(status);
        let main = words::in_order(&status.texts).into_iter().filter(|text| text.kind == onetext_talks::TextKind::Main && text.points.is_some());
        let mut told: Vec<(&TextStatus, Vec<Moment>)> = Vec::new();
        let days = bench.course.days(&view, &steps, (visitor.seat(), bench.seconds()))?;
        for text in main.take(4) {
            told.push((text, moments(&view, &text.id, &days, bench.seconds())));
        }
        let title = w.say("course-title");
        let body = html! {
            header { p class="kicker" { a href="/" { (w.say("page-state")) } } h1 { (title) } p class="lead" { bdi { (process(status)) } } }
            main {
                @if told.is_empty() { p { (w.say("course-nothing")) } }
                @for (text, moments) in &told { section {
                    h2 dir="auto" { @if text.title.is_empty() { (text.id) } @else { (text.title) } }
                    @if let Some(points) = &text.points { p class="lead" { (terms::open(w, points.open)) } }
                    figure class="plot" dir="ltr" { (picture(w, moments, &steps))
                        figcaption dir=(w.dir()) { span class="key" { svg viewBox="0 0 16 10" aria-hidden="true" { circle class="high" cx="8" cy="5" r="4" {} } " " (w.say("course-most")) } " " span class="key" { svg viewBox="0 0 16 10" aria-hidden="true" { rect class="low" x="4" y="1" width="8" height="8" {} } " " (w.say("course-least")) } " " (w.say("course-between")) } }
                    (table(w, moments))
                } }
            }
        };
        let page = Page { title: &title, style: "affairs.css", here: "/", live: true };
        Ok(page.of(&view, &visitor, body))
    })
    .await
}
