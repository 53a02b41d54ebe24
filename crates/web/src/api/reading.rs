//! Reading: the answers of the doors, in the shapes that the commands print.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::{Extension, Json};
use onetext_desk::{self as desk, Comparison, Cut, DeskError, Paper, When};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Asked, Named, Problem};
use crate::office::View;
use crate::{Visitor, Workbench};

/// The most seconds that a study of packages may be expected to take here; a longer one is for the terminal.
const LONGEST_STUDY: f64 = 5.0;
/// The most bytes of a news report.
const LONGEST_REPORT: usize = 1 << 20;

/// Does what takes long where it keeps no other request waiting.
pub(super) async fn away<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|_| Err(Problem::of_status(StatusCode::INTERNAL_SERVER_ERROR)))
}

/// What was sent, as JSON.
pub(super) fn sent<T: DeserializeOwned>(body: Result<Bytes, BytesRejection>) -> Result<T, Problem> {
    let bytes = body.map_err(|error| Problem::of_status(error.status()))?;
    serde_json::from_slice(&bytes).map_err(|error| {
        Problem::unreadable(format!("this is not the JSON that is asked for: {error}"))
    })
}

fn answer(what: &impl Serialize) -> Result<Response, Problem> {
    let bytes = serde_json::to_vec(what)
        .map_err(|_| Problem::of_status(StatusCode::INTERNAL_SERVER_ERROR))?;
    Ok(([(header::CONTENT_TYPE, "application/json")], bytes).into_response())
}

/// A moment, where one is named.
fn moment(words: &str) -> Result<Option<When>, Problem> {
    let words = words.trim();
    if words.is_empty() {
        return Ok(None);
    }
    Ok(Some(When::parse(words).map_err(DeskError::When)?))
}

fn cut(at: &str) -> Result<Cut, Problem> {
    Ok(Cut {
        at: moment(at)?,
        known_at: None,
    })
}

/// Answers from the view of who asks.
async fn from_view(
    bench: Arc<Workbench>,
    visitor: Visitor,
    read: impl FnOnce(&View) -> Result<Response, Problem> + Send + 'static,
) -> Result<Response, Problem> {
    away(move || {
        let view = bench.office().view_now(&visitor, bench.now())?;
        read(&view)
    })
    .await
}

type Bench = State<Arc<Workbench>>;
type Who = Extension<Visitor>;

#[derive(Deserialize)]
pub(crate) struct At {
    #[serde(default)]
    at: String,
}

#[derive(Serialize)]
struct WithLeftOut<'b> {
    #[serde(flatten)]
    status: &'b desk::Status,
    left_out: &'b [desk::ledger::LeftOut],
}

pub(crate) async fn status(
    State(bench): Bench,
    Extension(who): Who,
    Asked(asked): Asked<At>,
) -> Result<Response, Problem> {
    let cut = cut(&asked.at)?;
    from_view(bench, who, move |view| {
        let past;
        let status = match cut.at {
            None => &view.play.status,
            Some(_) => {
                past = desk::status(&view.books, &view.viewer, &cut)?;
                &past
            }
        };
        let left_out = view.books.left_out();
        match left_out.is_empty() {
            true => answer(status),
            false => answer(&WithLeftOut {
                status,
                left_out: &left_out,
            }),
        }
    })
    .await
}

#[derive(Deserialize)]
pub(crate) struct Subject {
    subject: String,
    #[serde(default)]
    at: String,
}

pub(crate) async fn why(
    State(bench): Bench,
    Extension(who): Who,
    Asked(asked): Asked<Subject>,
) -> Result<Response, Problem> {
    let cut = cut(&asked.at)?;
    from_view(bench, who, move |view| {
        answer(&desk::why(&view.books, &view.viewer, &cut, &asked.subject)?)
    })
    .await
}

pub(crate) async fn drafts(State(bench): Bench, Extension(who): Who) -> Result<Response, Problem> {
    from_view(bench, who, |view| {
        let drafts = desk::readable(&view.books, &view.viewer, &Cut::default())?;
        let cards = drafts
            .iter()
            .map(|draft| json!({ "id": draft.id, "text": draft.text }));
        answer(&json!({ "drafts": cards.collect::<Vec<_>>() }))
    })
    .await
}

pub(crate) async fn draft(
    State(bench): Bench,
    Extension(who): Who,
    Named(id): Named<String>,
) -> Result<Response, Problem> {
    from_view(bench, who, move |view| {
        let drafts = desk::readable(&view.books, &view.viewer, &Cut::default())?;
        let found = drafts.iter().find(|draft| draft.id.as_str() == id);
        answer(&desk::reading(found.ok_or_else(Problem::nothing)?))
    })
    .await
}

fn redlined(found: &Comparison) -> Result<Response, Problem> {
    let sides = onetext_paper::redline::Sides {
        old_name: &found.old_name,
        new_name: &found.new_name,
        old: &found.old,
        new: &found.new,
    };
    answer(&onetext_paper::redline::json(&found.redline, &sides))
}

#[derive(Deserialize)]
pub(crate) struct Two {
    old: String,
    new: String,
}

pub(crate) async fn redline(
    State(bench): Bench,
    Extension(who): Who,
    Asked(two): Asked<Two>,
) -> Result<Response, Problem> {
    from_view(bench, who, move |view| {
        let two = (two.old.as_str(), two.new.as_str());
        redlined(&desk::between(
            &view.books,
            &view.viewer,
            &Cut::default(),
            two,
        )?)
    })
    .await
}

#[derive(Deserialize)]
pub(crate) struct Since {
    seat: String,
    #[serde(default)]
    text: String,
}

pub(crate) async fn since(
    State(bench): Bench,
    Extension(who): Who,
    Asked(asked): Asked<Since>,
) -> Result<Response, Problem> {
    from_view(bench, who, move |view| {
        let text = Some(asked.text.as_str()).filter(|text| !text.is_empty());
        let since = (asked.seat.as_str(), text);
        redlined(&desk::since(
            &view.books,
            &view.viewer,
            &Cut::default(),
            since,
        )?)
    })
    .await
}

#[derive(Deserialize)]
pub(crate) struct OfDraft {
    draft: String,
}

pub(crate) async fn compilation(
    State(bench): Bench,
    Extension(who): Who,
    Asked(asked): Asked<OfDraft>,
) -> Result<Response, Problem> {
    from_view(bench, who, move |view| {
        let compiled =
            desk::compile_proposals(&view.books, &view.viewer, &Cut::default(), &asked.draft)?;
        let page = onetext_paper::compilation::markdown(&onetext_paper::compilation::Compiled {
            name: &compiled.name,
            base: &compiled.base,
            compilation: &compiled.compilation,
        });
        answer(&json!({
            "base": compiled.name,
            "seats": compiled.compilation.seats,
            "open": compiled.compilation.open(),
            "conflicts": compiled.compilation.conflicts(),
            "text": page,
        }))
    })
    .await
}

#[derive(Deserialize)]
pub(crate) struct OfWords {
    words: String,
}

pub(crate) async fn given(
    State(bench): Bench,
    Extension(who): Who,
    Asked(asked): Asked<OfWords>,
) -> Result<Response, Problem> {
    from_view(bench, who, move |view| {
        answer(&desk::who_has(
            &view.books,
            &view.viewer,
            &Cut::default(),
            &asked.words,
        )?)
    })
    .await
}

#[derive(Deserialize)]
pub(crate) struct OfSeat {
    seat: String,
}

pub(crate) async fn told(
    State(bench): Bench,
    Extension(who): Who,
    Asked(asked): Asked<OfSeat>,
) -> Result<Response, Problem> {
    from_view(bench, who, move |view| {
        answer(&desk::disclosed_to(
            &view.books,
            &view.viewer,
            &Cut::default(),
            &asked.seat,
        )?)
    })
    .await
}

#[derive(Deserialize)]
pub(crate) struct Briefed {
    person: String,
    #[serde(default)]
    since: String,
    #[serde(default)]
    at: String,
}

pub(crate) async fn brief(
    State(bench): Bench,
    Extension(who): Who,
    Asked(asked): Asked<Briefed>,
) -> Result<Response, Problem> {
    let (cut, since) = (cut(&asked.at)?, moment(&asked.since)?);
    from_view(bench, who, move |view| {
        let person = (asked.person.as_str(), since.as_ref());
        answer(&desk::brief(&view.books, &view.viewer, &cut, person)?)
    })
    .await
}

pub(crate) async fn packages(
    State(bench): Bench,
    Extension(who): Who,
    Asked(asked): Asked<At>,
) -> Result<Response, Problem> {
    let (cut, clock) = (cut(&asked.at)?, Arc::clone(&bench));
    from_view(bench, who, move |view| {
        let weighing = desk::Weighing::of_process(&view.books, &view.viewer, &cut)?;
        let asked = desk::PackagesAsked {
            wish: desk::Wish::default(),
            package: None,
            all: false,
            robust: None,
        };
        if weighing.forecast(&asked.wish)?.seconds > LONGEST_STUDY {
            return Err(Problem::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "too-large",
                "this study would take too long here",
                "run onetext packages on this host",
            ));
        }
        let begun = clock.now();
        let study = weighing.study(&asked)?;
        let took = u64::try_from(clock.now().saturating_sub(begun)).unwrap_or_default();
        answer(&desk::package_study::json(
            &study,
            Duration::from_micros(took),
        ))
    })
    .await
}

pub(crate) async fn rooms(State(bench): Bench, Extension(who): Who) -> Result<Response, Problem> {
    from_view(bench, who, |view| {
        let rooms = desk::rooms_to_speak_in(&view.books, &view.viewer);
        let cards = rooms
            .iter()
            .map(|(room, members)| json!({ "id": room, "members": members }));
        answer(&json!({ "rooms": cards.collect::<Vec<_>>() }))
    })
    .await
}

pub(crate) async fn mark(
    State(bench): Bench,
    Extension(who): Who,
) -> Result<Json<serde_json::Value>, Problem> {
    away(move || {
        let mark = bench
            .office()
            .mark(&who, bench.now())
            .map_err(Problem::from)?;
        Ok(Json(json!({ "mark": mark })))
    })
    .await
}

#[derive(Deserialize)]
pub(crate) struct Report {
    words: String,
    #[serde(default)]
    name: String,
    date: Option<String>,
}

pub(crate) async fn press(
    State(bench): Bench,
    Extension(who): Who,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Problem> {
    let given: Report = sent(body)?;
    if given.words.len() > LONGEST_REPORT {
        return Err(Problem::of_status(StatusCode::PAYLOAD_TOO_LARGE));
    }
    from_view(bench, who, move |view| {
        let paper = Paper {
            name: if given.name.is_empty() {
                "report.txt"
            } else {
                &given.name
            },
            bytes: given.words.as_bytes(),
        };
        let mut report = desk::press(paper, given.date.as_deref())?;
        desk::press_beside(&view.books, &view.viewer, &Cut::default())?.place(&mut report);
        answer(&report)
    })
    .await
}
