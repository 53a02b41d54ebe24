//! Acting: an act, an invitation, an end; and who sits at the seat.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::StatusCode;
use axum::{Extension, Json};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::reading::{away, sent};
use super::{Named, Problem};
use crate::invite::invitation;
use crate::{Visitor, Workbench};

/// Where an act names a file, its words come with it.
const FILES: &str = "files";

pub(crate) async fn act(
    State(bench): State<Arc<Workbench>>,
    Extension(who): Extension<Visitor>,
    body: Result<Bytes, BytesRejection>,
) -> Result<(StatusCode, Json<Value>), Problem> {
    let mut fields: Map<String, Value> = sent(body)?;
    let files: BTreeMap<String, String> = match fields.remove(FILES) {
        None => BTreeMap::new(),
        Some(files) => serde_json::from_value(files)
            .map_err(|_| Problem::unreadable("`files` holds the words of each file by its name"))?,
    };
    away(move || {
        let id = bench
            .office()
            .act_with_files(&who, fields, &files, bench.now())?;
        Ok((StatusCode::CREATED, Json(json!({ "id": id }))))
    })
    .await
}

#[derive(Deserialize)]
pub(crate) struct Invitation {
    seat: String,
    speaks_as: Option<String>,
}

pub(crate) async fn invite(
    State(bench): State<Arc<Workbench>>,
    Extension(who): Extension<Visitor>,
    body: Result<Bytes, BytesRejection>,
) -> Result<(StatusCode, Json<Value>), Problem> {
    let given: Invitation = sent(body)?;
    away(move || {
        let seat = given.seat.as_str();
        // Whoever came by it would stay when the token ends.
        if seat == who.seat() {
            return Err(Problem::new(
                StatusCode::FORBIDDEN,
                "not-by-token",
                "a token invites nobody to its own seat",
                "make the link in the account of the workbench, with the password once more",
            ));
        }
        let view = bench.office().view_now(&who, bench.now())?;
        let made = invitation(&bench, &who, &view, (seat, given.speaks_as.as_deref()))?;
        let link = made.ok_or_else(|| {
            Problem::new(
                StatusCode::FORBIDDEN,
                "not-theirs",
                "this seat may not invite anybody there",
                "who holds the pen invites the first person of another seat that signs on this host",
            )
        })?;
        Ok((
            StatusCode::CREATED,
            Json(json!({ "link": link, "seat": seat })),
        ))
    })
    .await
}

pub(crate) async fn account(
    State(bench): State<Arc<Workbench>>,
    Extension(who): Extension<Visitor>,
) -> Result<Json<Value>, Problem> {
    away(move || {
        let (seat, now, door) = (who.seat(), bench.seconds(), bench.entrance());
        let people: Vec<Value> = door
            .people_of(seat)?
            .iter()
            .map(|person| {
                json!({ "name": person.name, "made": person.made, "invited_by": person.invited_by,
                        "invited_from": person.invited_from,
                        "speaks_as": person.speaks_as, "second_factor": person.second })
            })
            .collect();
        let sessions: Vec<Value> = door
            .sessions_of(seat, now)?
            .iter()
            .map(|one| {
                json!({ "card": one.card, "name": one.name, "way": one.way, "agent": one.agent,
                        "begun": one.begun, "seen": one.seen })
            })
            .collect();
        let tokens: Vec<Value> = door
            .tokens_of(seat, now)?
            .iter()
            .map(|one| {
                json!({ "card": one.card, "name": one.name, "made_by": one.made_by, "acts": one.acts,
                        "made": one.made, "seen": one.seen, "ends": one.ends })
            })
            .collect();
        let visits: Vec<Value> = door
            .visits(seat, 50)?
            .iter()
            .map(|one| {
                json!({ "at": one.at, "name": one.name, "way": one.way, "source": one.source,
                        "let_in": one.let_in })
            })
            .collect();
        let outside: Vec<Value> = door
            .invited_from_outside(seat, 50)?
            .iter()
            .map(|one| {
                json!({ "at": one.at, "made_by": one.made_by, "made_from": one.made_from, "ends": one.ends })
            })
            .collect();
        Ok(Json(json!({
            "seat": seat, "people": people, "sessions": sessions, "tokens": tokens, "visits": visits,
            "invited_from_outside": outside,
        })))
    })
    .await
}

pub(crate) async fn end_session(
    State(bench): State<Arc<Workbench>>,
    Extension(who): Extension<Visitor>,
    Named(card): Named<String>,
) -> Result<StatusCode, Problem> {
    away(
        move || match bench.entrance().end_session(who.seat(), &card)? {
            true => Ok(StatusCode::NO_CONTENT),
            false => Err(Problem::nothing()),
        },
    )
    .await
}

pub(crate) async fn revoke_token(
    State(bench): State<Arc<Workbench>>,
    Extension(who): Extension<Visitor>,
    Named(card): Named<String>,
) -> Result<StatusCode, Problem> {
    away(
        move || match bench.entrance().revoke_token(who.seat(), &card)? {
            true => Ok(StatusCode::NO_CONTENT),
            false => Err(Problem::nothing()),
        },
    )
    .await
}
