//! Accounts side by side: the same utterance in two renderings, and reports that cannot both be so.
//!
//! What is kept of a report is small, so that ten thousand of them can be held against each other; the work for one is
//! bounded by its own length.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use onetext_talks::{Deed, Record, SessionState, When};
use serde::Serialize;

use crate::report::Report;
use crate::rules::Rules;
use crate::stems::stems;
use crate::work::step;

/// Where an account stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Default)]
pub struct Account {
    /// The report.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<Arc<str>>,
    /// The act on record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub act: Option<String>,
    /// Which of the report's statements, from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub statement: Option<usize>,
    /// Which of its meetings, from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meeting: Option<usize>,
}

impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = match (&self.act, &self.file) {
            (Some(act), _) => act.as_str(),
            (None, Some(file)) => file,
            (None, None) => "this report",
        };
        match (self.statement, self.meeting) {
            (Some(index), _) => write!(f, "{place}, statement {}", index + 1),
            (None, Some(index)) => write!(f, "{place}, meeting {}", index + 1),
            (None, None) => f.write_str(place),
        }
    }
}

/// The same utterance in two renderings.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Rendering {
    /// The one.
    pub one: Account,
    /// The other.
    pub other: Account,
    /// The words that both have, as stems.
    pub words: Vec<String>,
}

/// Two accounts that cannot both be so.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Conflict {
    /// What they differ on: `open-points`, `phase`, `deadline`, `received`, `accepted`, `meeting`, `place`.
    pub on: String,
    /// The one.
    pub one: Account,
    /// The other.
    pub other: Account,
    /// In what they differ.
    pub because: String,
}

/// What comparing brought to light.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Compared {
    /// The same utterance, told twice.
    pub renderings: Vec<Rendering>,
    /// Accounts that cannot both be so.
    pub conflicts: Vec<Conflict>,
}

impl Compared {
    /// Whether nothing came to light.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.renderings.is_empty() && self.conflicts.is_empty()
    }
}

/// How much of the shorter of two wordings the other must have.
const SHARE: f64 = 0.6;
/// How many words at least.
const LEAST: usize = 3;
/// How many accounts are kept under one word of one speaker, and under one name of a meeting: the latest.
const KEPT: usize = 12;
/// Claims further apart than this are a change, not a conflict: in seconds.
const APART: i64 = 2 * 86_400;

/// A statement, as far as it is compared.
#[derive(Debug, Clone)]
struct Said {
    place: Account,
    speaker: Arc<str>,
    stems: Vec<Box<str>>,
    on: Option<When>,
    /// Kind and value.
    claims: Vec<(String, Option<String>)>,
}

/// A meeting, as far as it is compared.
#[derive(Debug, Clone)]
struct Met {
    place: Account,
    who: BTreeSet<String>,
    on: Option<When>,
    at: Option<String>,
    /// Whether it took place, as far as that is told.
    held: Option<bool>,
}

/// What a report holds that can be compared.
#[derive(Debug, Default)]
pub struct Sketch {
    said: Vec<Said>,
    met: Vec<Met>,
}

impl Sketch {
    /// The sketch of a report.
    #[must_use]
    pub fn of(rules: &Rules, report: &Report) -> Sketch {
        let file: Arc<str> = report.file.as_str().into();
        let place = || Account {
            file: Some(file.clone()),
            ..Account::default()
        };
        let day = report.date.as_deref().and_then(|day| When::parse(day).ok());
        let when = |moment: Option<&crate::time::Moment>| {
            let told = moment.and_then(|m| When::parse(m.on.as_deref()?).ok());
            told.or_else(|| day.clone())
        };
        let said = report.statements.iter().enumerate();
        let said = said.filter_map(|(index, statement)| {
            let claims = statement.claims.iter();
            Some(Said {
                place: Account {
                    statement: Some(index),
                    ..place()
                },
                speaker: speaker(statement.speaker.as_deref()?).into(),
                stems: boxed(stems(rules, &statement.text)),
                on: when(statement.when.as_deref()),
                claims: claims.map(|c| (c.what.clone(), c.value.clone())).collect(),
            })
        });
        let met = report.meetings.iter().enumerate();
        let met = met.map(|(index, meeting)| Met {
            place: Account {
                meeting: Some(index),
                ..place()
            },
            who: meeting
                .participants
                .iter()
                .map(|who| speaker(who))
                .collect(),
            on: meeting
                .when
                .as_ref()
                .and_then(|m| When::parse(m.on.as_deref()?).ok()),
            at: meeting.place.clone(),
            held: match meeting.state {
                "held" => Some(true),
                "did-not-take-place" => Some(false),
                _ => None,
            },
        });
        Sketch {
            said: said.collect(),
            met: met.collect(),
        }
    }
}

fn boxed(stems: BTreeSet<String>) -> Vec<Box<str>> {
    stems.into_iter().map(String::into_boxed_str).collect()
}

/// A name as speakers are compared: the last word of it, in lower case, offices behind a comma off.
fn speaker(name: &str) -> String {
    let name = name.split(',').next().unwrap_or_default().to_lowercase();
    let name = name.trim_end_matches("'s").trim_end_matches("’s");
    name.split_whitespace()
        .next_back()
        .unwrap_or_default()
        .to_owned()
}

/// Accounts that were told so far.
#[derive(Debug, Default)]
pub struct Accounts {
    said: Vec<Said>,
    met: Vec<Met>,
    /// By speaker and word: the latest that have it.
    by_word: BTreeMap<(Arc<str>, Box<str>), Vec<usize>>,
    /// By the kind of a claim: the latest.
    by_claim: BTreeMap<String, Vec<usize>>,
    by_name: BTreeMap<String, Vec<usize>>,
}

impl Accounts {
    /// What a record holds of statements and meetings.
    pub(crate) fn of_record(rules: &Rules, record: &Record) -> Accounts {
        let name = |id: &str| {
            let seat = record.seats.iter().find(|seat| seat.id.as_str() == id);
            let person = record.persons.iter().find(|p| p.id.as_str() == id);
            let name = seat
                .map(|s| s.name.as_str())
                .or(person.map(|p| p.name.as_str()));
            name.unwrap_or(id).to_owned()
        };
        let mut accounts = Accounts::default();
        for act in &record.acts {
            let place = Account {
                act: Some(act.id.to_string()),
                ..Account::default()
            };
            match &act.deed {
                Deed::Statement(spoken) => {
                    let who = spoken.speaker.clone().unwrap_or_else(|| {
                        let own = act.person.as_ref().map(|person| person.to_string());
                        name(&own.unwrap_or_else(|| act.seat.to_string()))
                    });
                    let claims = spoken.claims.iter().map(|claim| {
                        let kind = serde_name(claim.what);
                        (kind.to_owned(), claim.value.clone())
                    });
                    accounts.keep_said(Said {
                        place,
                        speaker: speaker(&who).into(),
                        stems: boxed(stems(rules, &spoken.words)),
                        on: Some(act.on.clone()),
                        claims: claims.collect(),
                    });
                }
                Deed::Session(session) => accounts.keep_met(Met {
                    place,
                    who: session
                        .participants
                        .iter()
                        .map(|id| speaker(&name(id)))
                        .collect(),
                    on: session.when.clone(),
                    at: session.place.clone(),
                    held: match session.state {
                        SessionState::Held => Some(true),
                        SessionState::DidNotTakePlace => Some(false),
                        _ => None,
                    },
                }),
                _ => {}
            }
        }
        accounts
    }

    /// Holds a report against what was told so far, and keeps nothing of it.
    pub(crate) fn compare(&self, rules: &Rules, report: &Report) -> Compared {
        let sketch = Sketch::of(rules, report);
        let mut compared = Compared::default();
        for said in &sketch.said {
            self.said(said, &mut compared);
        }
        for met in &sketch.met {
            self.met(met, &mut compared);
        }
        compared
    }

    /// Holds a report against what was told so far, and keeps it for those that come.
    pub fn add(&mut self, sketch: Sketch) -> Compared {
        let mut compared = Compared::default();
        for said in &sketch.said {
            self.said(said, &mut compared);
        }
        for met in &sketch.met {
            self.met(met, &mut compared);
        }
        sketch
            .said
            .into_iter()
            .for_each(|said| self.keep_said(said));
        sketch.met.into_iter().for_each(|met| self.keep_met(met));
        compared
    }

    fn keep_said(&mut self, said: Said) {
        let index = self.said.len();
        for stem in &said.stems {
            let key = (said.speaker.clone(), stem.clone());
            latest(self.by_word.entry(key).or_default(), index);
        }
        for (what, _) in &said.claims {
            latest(self.by_claim.entry(what.clone()).or_default(), index);
        }
        self.said.push(said);
    }

    fn keep_met(&mut self, met: Met) {
        let index = self.met.len();
        for name in &met.who {
            latest(self.by_name.entry(name.clone()).or_default(), index);
        }
        self.met.push(met);
    }

    fn said(&self, said: &Said, compared: &mut Compared) {
        if said.stems.len() >= LEAST {
            let mut common: BTreeMap<usize, usize> = BTreeMap::new();
            for stem in &said.stems {
                step(1);
                let key = (said.speaker.clone(), stem.clone());
                for index in self.by_word.get(&key).map_or(&[][..], Vec::as_slice) {
                    *common.entry(*index).or_default() += 1;
                }
            }
            let close = common.into_iter().filter(|(index, common)| {
                let shorter = said.stems.len().min(self.said[*index].stems.len());
                *common >= LEAST && *common as f64 >= SHARE * shorter as f64
            });
            // The closest one tells it.
            if let Some((index, _)) = close.max_by_key(|(index, common)| (*common, *index)) {
                let other = &self.said[index];
                let both = said.stems.iter().filter(|stem| other.stems.contains(stem));
                compared.renderings.push(Rendering {
                    one: said.place.clone(),
                    other: other.place.clone(),
                    words: both.map(ToString::to_string).collect(),
                });
            }
        }
        for (what, value) in &said.claims {
            let others = self.by_claim.get(what).map_or(&[][..], Vec::as_slice);
            for index in others.iter().rev() {
                let other = &self.said[*index];
                let told = other.claims.iter().find(|(kind, _)| kind == what);
                let Some((_, told)) = told.filter(|_| near(&said.on, &other.on)) else {
                    continue;
                };
                let own = ["received", "accepted"].contains(&what.as_str());
                if differ(value.as_deref(), told.as_deref())
                    && (!own || said.speaker == other.speaker)
                {
                    compared.conflicts.push(Conflict {
                        on: what.clone(),
                        one: said.place.clone(),
                        other: other.place.clone(),
                        because: format!(
                            "{} says {}, {} says {}",
                            said.speaker,
                            value.as_deref().unwrap_or("so"),
                            other.speaker,
                            told.as_deref().unwrap_or("so")
                        ),
                    });
                    break;
                }
            }
        }
    }

    fn met(&self, met: &Met, compared: &mut Compared) {
        let mut common: BTreeMap<usize, usize> = BTreeMap::new();
        for name in &met.who {
            step(1);
            for index in self.by_name.get(name).map_or(&[][..], Vec::as_slice) {
                *common.entry(*index).or_default() += 1;
            }
        }
        for (index, common) in common {
            let other = &self.met[index];
            let one_day = match (&met.on, &other.on) {
                (Some(one), Some(other)) => one.overlaps(other),
                (None, None) => met.at.is_some() && met.at == other.at,
                _ => false,
            };
            if common < 2 || !one_day {
                continue;
            }
            let places = match (&met.at, &other.at) {
                (Some(one), Some(other)) if !one.eq_ignore_ascii_case(other) => {
                    Some(format!("in {one}, or in {other}"))
                }
                _ => None,
            };
            let on_place = places.filter(|_| met.held == Some(true) && other.held == Some(true));
            let (on, because) = match (met.held, other.held, on_place) {
                (Some(one), Some(other), _) if one != other => {
                    let told = |held| {
                        if held {
                            "it took place"
                        } else {
                            "it did not take place"
                        }
                    };
                    ("meeting", format!("{}, or {}", told(one), told(other)))
                }
                (_, _, Some(places)) => ("place", places),
                _ => continue,
            };
            compared.conflicts.push(Conflict {
                on: on.to_owned(),
                one: met.place.clone(),
                other: other.place.clone(),
                because,
            });
        }
    }
}

/// Keeps an index as the latest of a few.
fn latest(list: &mut Vec<usize>, index: usize) {
    if list.last() == Some(&index) {
        return;
    }
    if list.len() >= KEPT {
        list.remove(0);
    }
    list.push(index);
}

fn near(one: &Option<When>, other: &Option<When>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => (one.latest() - other.latest()).abs() <= APART,
        _ => false,
    }
}

/// Whether two values of one kind of claim cannot both be so: numbers that differ, and `none` beside anything else.
fn differ(one: Option<&str>, other: Option<&str>) -> bool {
    const FEW: u32 = 5;
    let number = |value: Option<&str>| value.and_then(|value| value.parse::<u32>().ok());
    match (number(one), number(other)) {
        (Some(one), Some(other)) => one != other,
        (Some(number), None) => other == Some("few") && number > FEW,
        (None, Some(number)) => one == Some("few") && number > FEW,
        (None, None) => one != other && (one == Some("none") || other == Some("none")),
    }
}

/// The name of a kind of claim, as a dossier has it.
fn serde_name(kind: onetext_talks::ClaimKind) -> &'static str {
    use onetext_talks::ClaimKind;
    match kind {
        ClaimKind::OpenPoints => "open-points",
        ClaimKind::Phase => "phase",
        ClaimKind::CommonUnderstanding => "common-understanding",
        ClaimKind::Deadline => "deadline",
        ClaimKind::Received => "received",
        ClaimKind::Accepted => "accepted",
    }
}
