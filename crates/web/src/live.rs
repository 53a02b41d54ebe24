//! What tells an open page that something came to its seat's rooms.
//!
//! The stream of a seat is a function of that seat's rooms: it says their mark when it changed, and beats at fixed times. An act
//! in another room sends nothing, and moves no beat.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::sse::{Event, Sse};
use futures_util::stream::{self, Stream};
use tokio::time::{MissedTickBehavior, interval, sleep};

use crate::fault::Fault;
use crate::metrics::Waiting;
use crate::{Visitor, Workbench, blocking};

/// How often what another program wrote is looked for.
const LOOKS: Duration = Duration::from_millis(500);
/// What comes within this time is told at once.
const GATHERS: Duration = Duration::from_millis(100);
/// How often a stream beats.
const BEATS: Duration = Duration::from_secs(15);

/// Looks for what other programs write, as long as the workbench is served.
pub(crate) async fn look(bench: Arc<Workbench>) {
    let mut looks = interval(LOOKS);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        looks.tick().await;
        let asked = Arc::clone(&bench);
        // Where it cannot be read now, the next look tells.
        let _ = blocking(move || Ok(asked.office().look()?)).await;
    }
}

/// Makes what seats are shown anew, one after the other, as long as the workbench is served: whoever asks meanwhile is shown what
/// was there a moment ago.
pub(crate) async fn keep_up(bench: Arc<Workbench>) {
    let _keeps = bench.office().keep_up();
    loop {
        bench.office().wanted().await;
        let asked = Arc::clone(&bench);
        // Where one cannot be made, whoever asks next is told why.
        let made = blocking(move || {
            asked.office().make_wanted(&|| asked.now());
            Ok(())
        });
        let _ = made.await;
    }
}

/// The stream of a seat: `state` with the mark at first, and again whenever it changed.
pub(crate) async fn stream(
    State(bench): State<Arc<Workbench>>,
    Extension(visitor): Extension<Visitor>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Fault> {
    let Some(place) = bench.waiting.take(visitor.card()) else {
        return Err(Fault::told(
            StatusCode::TOO_MANY_REQUESTS,
            "fault-crowd",
            "fault-crowd-hint",
        ));
    };
    let mut news = bench.office().news();
    news.mark_changed();
    let mut beats = interval(BEATS);
    beats.reset();
    let waiting = Waiting::on(&bench);
    let begun = ((bench, waiting, place), visitor, news, beats, String::new());
    Ok(Sse::new(stream::unfold(
        begun,
        |(bench, visitor, mut news, mut beats, told)| async move {
            loop {
                tokio::select! {
                    _ = beats.tick() => {
                        let (asked, who) = (Arc::clone(&bench.0), visitor.clone());
                        let stands = blocking(move || Ok(asked.entrance().stands(who.card(), asked.seconds())?));
                        // A session that was ended is told nothing more.
                        if !stands.await.ok()? {
                            return None;
                        }
                        let beat = Event::default().comment("beat");
                        return Some((Ok(beat), (bench, visitor, news, beats, told)));
                    }
                    came = news.changed() => came.ok()?,
                }
                if !told.is_empty() {
                    sleep(GATHERS).await;
                    news.borrow_and_update();
                }
                let (asked, who) = (Arc::clone(&bench.0), visitor.clone());
                match blocking(move || Ok(asked.office().mark(&who, asked.now())?)).await {
                    Ok(mark) if mark != told => {
                        // A page that is told of it asks at once: then it is there.
                        let now = || bench.0.now();
                        let shown = bench.0.office().shows(&visitor, now).await;
                        let mark = shown.unwrap_or(mark);
                        let event = Event::default().event("state").data(&mark);
                        return Some((Ok(event), (bench, visitor, news, beats, mark)));
                    }
                    Ok(_) => {}
                    // It is tried again with what comes next.
                    Err(_) => sleep(LOOKS).await,
                }
            }
        },
    )))
}
