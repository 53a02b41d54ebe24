//! What tells an open page that something came to its seat's rooms.
//!
//! The stream of a seat is a function of that seat's rooms: it says their mark when it changed, and beats at fixed times. An act
//! in another room sends nothing, and moves no beat.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::Extension;
use axum::extract::State;
use axum::response::sse::{Event, Sse};
use futures_util::stream::{self, Stream};

use crate::{Visitor, Workbench, blocking};

/// How often the rooms of a seat are looked at.
const LOOKS: Duration = Duration::from_millis(500);
/// After how many looks without news the stream beats.
const BEATS: u32 = 30;

/// The stream of a seat: `state` with the mark at first, and again whenever it changed.
pub(crate) async fn stream(
    State(bench): State<Arc<Workbench>>,
    Extension(visitor): Extension<Visitor>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let mut looks = tokio::time::interval(LOOKS);
    looks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Skip);
    let begun = (bench, visitor, looks, String::new(), 0);
    Sse::new(stream::unfold(
        begun,
        |(bench, visitor, mut looks, told, mut quiet)| async move {
            loop {
                looks.tick().await;
                let (asked, who) = (Arc::clone(&bench), visitor.clone());
                // Where it cannot be read now, the next look tells.
                let mark = blocking(move || Ok(asked.office().mark(&who)?)).await.ok();
                quiet += 1;
                match mark {
                    Some(mark) if mark != told => {
                        let event = Event::default().event("state").data(&mark);
                        return Some((Ok(event), (bench, visitor, looks, mark, 0)));
                    }
                    _ if quiet >= BEATS => {
                        let beat = Event::default().comment("beat");
                        return Some((Ok(beat), (bench, visitor, looks, told, 0)));
                    }
                    _ => {}
                }
            }
        },
    ))
}
