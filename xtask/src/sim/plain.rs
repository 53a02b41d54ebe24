//! The plain record: what was said, as a dossier would have it, with no store, no signature and no pouch in between. What a
//! site shows must be what this shows of exactly the acts that the site has.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use onetext_desk::workspace::Heard;
use onetext_desk::{Books, Cut, Viewer, When, status};
use onetext_paper::dossier;
use onetext_seal::{ActDigest, SiteId};
use onetext_talks::{Act, Board, Record, RoomId, Standing};
use serde_json::{Map, Value};

use super::acts::{DOSSIER, files, seat_of};
use super::site::{Site, kind};
use crate::failure::{Failure, Result, While};

/// When the states are looked at: the clock of whoever asks, in microseconds since 1970.
const LOOKED_AT: i64 = 1_933_000_000_000_000;

/// An act that was acknowledged.
#[derive(Debug, Clone)]
pub(super) struct Said {
    pub(super) id: String,
    pub(super) digest: ActDigest,
    pub(super) room: String,
    pub(super) kind: String,
    pub(super) seat: String,
    pub(super) fields: Map<String, Value>,
}

impl Said {
    pub(super) fn of(digest: ActDigest, fields: Map<String, Value>) -> Said {
        let field = |name: &str| {
            fields
                .get(name)
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned()
        };
        Said {
            id: digest.to_string(),
            digest,
            room: field("room"),
            kind: field("kind"),
            seat: seat_of(&field("by")).to_owned(),
            fields,
        }
    }

    pub(super) fn says(&self, field: &str, what: &str) -> bool {
        self.fields.get(field).and_then(Value::as_str) == Some(what)
    }
}

/// Everything that was acknowledged, in the order in which it was written.
#[derive(Debug, Clone, Default)]
pub(super) struct Plain {
    pub(super) said: Vec<Said>,
}

impl Plain {
    /// The whole as a record, read from a dossier.
    pub(super) fn whole(&self) -> Result<Record> {
        let mut toml = DOSSIER.to_owned();
        for said in &self.said {
            toml.push_str("\n[[act]]\n");
            put(&mut toml, "id", &Value::String(said.id.clone()));
            for (name, value) in &said.fields {
                put(&mut toml, name, value);
            }
        }
        dossier::read(&toml, &mut files()).map_err(|errors| {
            let first = errors.first().map(ToString::to_string).unwrap_or_default();
            Failure::because(format!("the plain dossier is refused: {first}"))
        })
    }

    /// Compares what a site shows a seat with what the plain record shows of the acts that the site has, and gives it.
    pub(super) fn same_state(
        &self,
        whole: &Record,
        site: &mut Site,
        seat: &str,
        days: &[&str],
    ) -> Result<Vec<String>> {
        let record = known_to(whole, site)?;
        let viewer = Viewer {
            seat: seat.into(),
            rooms: rooms_shown(site, seat)?,
        };
        let (books, looks) =
            Books::of_workspace(&mut site.desk, Some(seat), None, LOOKED_AT).on(&site.seat)?;
        if let Some(left) = books.left_out().first() {
            return Err(Failure::because(format!(
                "{} leaves an act out: {left:?}",
                site.seat
            )));
        }
        let mut states = Vec::new();
        let cuts = std::iter::once(None).chain(days.iter().map(Some));
        for day in cuts {
            let at = day.map(|day| When::parse(day)).transpose().on("a day")?;
            let cut = Cut { at, known_at: None };
            let board = Board::of(&record, &viewer, &cut).on("the plain record")?;
            let plain = board.by_the_clock(LOOKED_AT / 1_000_000).status();
            let shown = status(&books, &looks, &cut).on("status")?;
            let plain = serde_json::to_string_pretty(&plain).on("status")?;
            let shown = serde_json::to_string_pretty(&shown).on("status")?;
            if plain != shown {
                let place = plain
                    .lines()
                    .zip(shown.lines())
                    .enumerate()
                    .find(|(_, (one, other))| one != other);
                return Err(Failure::because(format!(
                    "{} looks at {day:?} as {seat}: the plain record and the site differ at line, {place:?}",
                    site.seat
                )));
            }
            states.push(shown);
        }
        Ok(states)
    }
}

/// The rooms of a seat into which a site can look: all of its own seat's; of another seat those that both sit in.
fn rooms_shown(site: &Site, seat: &str) -> Result<Option<BTreeSet<RoomId>>> {
    if site.seat == seat {
        return Ok(None);
    }
    let here = site.heads()?.0.into_keys();
    let shared = here.filter(|room| super::site::rooms_of(seat).contains(room));
    Ok(Some(shared.map(RoomId::from).collect()))
}

/// Of the whole, the acts that a site has, each where its history has it; the persons it was told of, and of a draft the
/// base where that was told.
fn known_to(whole: &Record, site: &Site) -> Result<Record> {
    let mut record = whole.clone();
    let mut standings: BTreeMap<String, Standing> = BTreeMap::new();
    let mut told: BTreeSet<(String, String)> = BTreeSet::new();
    for room in site.heads()?.0.into_keys() {
        let (acts, _) = site.desk.acts(&room, 0).on(&room)?;
        standings.extend(standings_of(&acts));
        for body in acts.iter().filter_map(|act| act.body.as_ref()) {
            let field = |name: &str| body.get(name).and_then(Value::as_str);
            match kind(Some(body)) {
                Some("person") => {
                    told.extend(field("id").map(|id| ("person".to_owned(), id.to_owned())))
                }
                Some("draft-base") => {
                    told.extend(field("draft").map(|id| ("base".to_owned(), id.to_owned())))
                }
                _ => {}
            }
        }
    }
    let was_told = |what: &str, name: &str| told.contains(&(what.to_owned(), name.to_owned()));
    let known = record.acts.iter().filter_map(|act| {
        let standing = standings.remove(act.id.as_str())?;
        Some(Act {
            standing,
            ..act.clone()
        })
    });
    record.acts = known.collect();
    record
        .persons
        .retain(|person| was_told("person", person.id.as_str()));
    for draft in &mut record.drafts {
        if !was_told("base", draft.id.as_str()) {
            draft.base = None;
            std::sync::Arc::make_mut(&mut draft.issued).lineage = None;
        }
    }
    Ok(record)
}

/// Each act of a room, by the name that a dossier would give it, with what lies beneath it: counted act by act.
fn standings_of(acts: &[Heard]) -> Vec<(String, Standing)> {
    let mut sites: Vec<SiteId> = acts.iter().map(|act| act.envelope.recorder.site).collect();
    sites.sort_unstable();
    sites.dedup();
    let mut beneath: BTreeMap<ActDigest, BTreeSet<ActDigest>> = BTreeMap::new();
    let mut lines: BTreeMap<ActDigest, u128> = BTreeMap::new();
    let mut standings = Vec::new();
    for act in acts {
        let mut below: BTreeSet<ActDigest> = act.envelope.parents.iter().copied().collect();
        for parent in &act.envelope.parents {
            below.extend(beneath.get(parent).into_iter().flatten());
        }
        let mut counts: BTreeMap<u128, u64> = BTreeMap::new();
        for line in below.iter().filter_map(|id| lines.get(id)) {
            *counts.entry(*line).or_default() += 1;
        }
        let line = sites
            .binary_search(&act.envelope.recorder.site)
            .unwrap_or(0) as u128;
        let number = counts.get(&line).copied().unwrap_or(0);
        let standing = Standing::on_line(line, number, counts.into_iter().collect());
        let handle = act.body.as_ref().and_then(|body| body.get("id")?.as_str());
        standings.push((handle.map_or(act.id.to_string(), str::to_owned), standing));
        lines.insert(act.id, line);
        beneath.insert(act.id, below);
    }
    standings
}

fn put(toml: &mut String, name: &str, value: &Value) {
    // Writing to a string cannot fail; words of JSON are words of TOML.
    let _ = write!(toml, "{name} = ");
    put_value(toml, value);
    toml.push('\n');
}

fn put_value(toml: &mut String, value: &Value) {
    match value {
        Value::Array(list) => {
            toml.push('[');
            for item in list {
                put_value(toml, item);
                toml.push_str(", ");
            }
            toml.push(']');
        }
        Value::Object(table) => {
            toml.push('{');
            for (number, (name, value)) in table.iter().enumerate() {
                let comma = if number > 0 { ", " } else { " " };
                let _ = write!(toml, "{comma}{name} = ");
                put_value(toml, value);
            }
            toml.push_str(" }");
        }
        other => {
            let _ = write!(toml, "{other}");
        }
    }
}
