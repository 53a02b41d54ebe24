//! Reports as a record to edit: seats, persons, what was said and who met, all of it a proposal.
//!
//! What the press says moves no status: statements are the office's own notes of what was said in public, with the speaker
//! in free words; they hold no position, no delivery, no reply.

use std::collections::BTreeMap;

use onetext_talks::{
    Act, ActSeldom, Attribution, Claim, ClaimKind, Deed, Disclosure, Format, Mission as Sent,
    MissionState, Person, Process, Record, Role, Seat, Session, SessionState, Statement as Spoken,
    When, WhenError, Words,
};

use crate::meetings::Meeting;
use crate::missions::Mission;
use crate::report::{Report, Statement};
use crate::rules::Rules;
use crate::texts::Mentioned;

/// The seat that reads the press.
const OFFICE: &str = "office";
/// The seat of those whose side the reports do not tell.
const UNKNOWN: &str = "to-be-seated";

impl Statement {
    /// The speaker as a record names one: the name, and the office where it is told.
    #[must_use]
    pub fn name_and_office(&self) -> Option<String> {
        let name = self.speaker.as_deref()?;
        Some(match &self.office {
            Some(office) => format!("{name}, {office}"),
            None => name.to_owned(),
        })
    }
}

impl Meeting {
    /// Where it stands for a record.
    #[must_use]
    pub fn session_state(&self) -> SessionState {
        match self.state {
            "held" => SessionState::Held,
            "discussed" => SessionState::Discussed,
            "did-not-take-place" => SessionState::DidNotTakePlace,
            // What is ordered or scheduled has not taken place: a proposal, until somebody confirms it.
            _ => SessionState::Proposed,
        }
    }
}

impl Mentioned {
    /// How sure a text is to be one that the record should know of.
    pub const SURE: f64 = 0.7;

    /// What is told of it, in a sentence without a full stop.
    #[must_use]
    pub fn sentence(&self) -> String {
        let mut told = vec![self.kind.clone()];
        told.extend(self.points.map(|points| format!("{points} points")));
        told.extend(self.date.as_ref().map(|date| match &date.on {
            Some(on) => format!("of {on}"),
            None => format!("of {}", plain(&date.text)),
        }));
        told.extend(self.attributed_to.as_ref().map(|who| format!("by {who}")));
        let told = plain(&told.join(", "));
        format!("the press mentions “{}” ({told})", plain(&self.text))
    }
}

/// The form of a meeting of so many.
#[must_use]
pub fn format_of(participants: usize) -> Format {
    match participants {
        3 => Format::Trilateral,
        n if n > 3 => Format::Plenary,
        _ => Format::Bilateral,
    }
}

/// A record in the making, which proposes what one report after the other says.
#[derive(Debug)]
pub struct Drafting<'r> {
    rules: &'r Rules,
    /// Seats by their handle: name.
    seats: BTreeMap<String, String>,
    /// Persons by their handle: name and seat.
    persons: BTreeMap<String, (String, String)>,
    acts: Vec<Act>,
    claims: usize,
    day: When,
}

impl<'r> Drafting<'r> {
    /// A record of nothing yet. `day` stands for the day of a report that has none.
    ///
    /// # Errors
    /// [`WhenError`] where `day` is none.
    pub fn new(rules: &'r Rules, day: &str) -> Result<Self, WhenError> {
        Ok(Drafting {
            rules,
            seats: BTreeMap::new(),
            persons: BTreeMap::new(),
            acts: Vec::new(),
            claims: 0,
            day: When::parse(day)?,
        })
    }

    /// Adds what a report says.
    pub fn add(&mut self, report: &Report) {
        let day = report
            .date
            .as_deref()
            .and_then(|day| When::parse(day).ok())
            .unwrap_or_else(|| self.day.clone());
        for statement in &report.statements {
            self.statement(statement, &day);
        }
        let offices: BTreeMap<&str, &str> = report
            .statements
            .iter()
            .filter_map(|s| Some((s.speaker.as_deref()?, s.office.as_deref()?)))
            .collect();
        let mut sent = Vec::new();
        for mission in &report.missions {
            if self.mission(mission, &day, &offices) {
                sent.push(mission.sentence);
            }
        }
        for meeting in &report.meetings {
            // What was ordered is a mission, and no meeting yet.
            if meeting.state != "ordered" || !sent.contains(&meeting.sentence) {
                self.meeting(meeting, &day, &offices);
            }
        }
        for text in &report.texts {
            self.mentioned(text, &day);
        }
    }

    /// Notes that a text is spoken of. Which text that is, whose it is and who has it only the office can say, so no text is
    /// made of it.
    fn mentioned(&mut self, text: &Mentioned, day: &When) {
        let note = format!(
            "press, characters {} to {}, {} mentions, sure {:.2}",
            text.sentence.start,
            text.sentence.end,
            text.mentions.len(),
            text.sure
        );
        let words = Words {
            words: text.sentence(),
        };
        self.act(day.clone(), note, Deed::Note(words), "mentioned");
    }

    fn act(&mut self, on: When, note: String, deed: Deed, prefix: &str) {
        let number = self.acts.len() + 1;
        self.acts.push(Act {
            id: format!("{prefix}-{number}").into(),
            room: "public".into(),
            standing: (number as u64).into(),
            seat: OFFICE.into(),
            person: None,
            recorder: OFFICE.into(),
            on,
            seldom: ActSeldom {
                note: Some(note),
                ..ActSeldom::default()
            }
            .into(),
            deed,
        });
    }

    fn statement(&mut self, statement: &Statement, day: &When) {
        let claims = statement
            .claims
            .iter()
            .filter_map(|claim| self.claim(claim))
            .collect();
        let speaker = statement.name_and_office();
        let attribution = match statement.attribution {
            "anonymous" => Attribution::Anonymous,
            "collective" => Attribution::Collective,
            "second-hand" => Attribution::SecondHand,
            _ => Attribution::OnRecord,
        };
        let on = moment(
            statement.when.as_ref().and_then(|when| when.on.as_deref()),
            day,
        );
        let spoken = Spoken {
            speaker,
            medium: statement.medium.clone(),
            place: statement.place.as_ref().map(|place| plain(&place.name)),
            attribution: Some(attribution),
            words: plain(&statement.text),
            verbatim: statement.verbatim,
            claims,
        };
        let note = format!(
            "press, characters {} to {}, sure {:.2}",
            statement.sentence.start, statement.sentence.end, statement.sure
        );
        self.act(on, note, Deed::Statement(Box::new(spoken)), "said");
        // Said by a side, written down by the office: reported until that side confirms it.
        let side = statement
            .office
            .as_deref()
            .and_then(|office| self.side(office));
        // `Vossian officials`: a group, and no name.
        let group = |words: &str| {
            let second = words.split_whitespace().nth(1);
            second.is_some_and(|word| word.starts_with(char::is_lowercase))
        };
        let speaker = statement.speaker.as_deref().filter(|words| group(words));
        let side = side.or_else(|| self.side(speaker?));
        if let Some(side) = side {
            let seat = self.seat(handle(&side), &side);
            if let Some(act) = self.acts.last_mut() {
                act.seat = seat.as_str().into();
            }
        }
    }

    fn claim(&mut self, claim: &crate::claims::Claim) -> Option<Claim> {
        let what = match claim.what.as_str() {
            "open-points" => ClaimKind::OpenPoints,
            "phase" => ClaimKind::Phase,
            "deadline" => ClaimKind::Deadline,
            // Between whom, or of which draft, the office says.
            _ => return None,
        };
        self.claims += 1;
        Some(Claim {
            id: format!("claim-{}", self.claims).into(),
            what,
            value: claim.value.clone(),
            between: Vec::new(),
            draft: None,
        })
    }

    fn meeting(&mut self, meeting: &Meeting, day: &When, offices: &BTreeMap<&str, &str>) {
        let mut participants: Vec<String> = meeting
            .participants
            .iter()
            .map(|name| self.participant(name, offices.get(&**name).copied()))
            .collect();
        participants.sort();
        participants.dedup();
        let state = meeting.session_state();
        let when = meeting
            .when
            .as_ref()
            .and_then(|when| When::parse(when.on.as_deref()?).ok());
        let format = format_of(participants.len());
        let on = match (&when, state) {
            (Some(when), SessionState::Held) if !day.before(when) => when.clone(),
            _ => day.clone(),
        };
        let note = format!(
            "press, characters {} to {}, {}, sure {:.2}",
            meeting.sentence.start, meeting.sentence.end, meeting.state, meeting.sure
        );
        let session = Session {
            format,
            participants,
            place: meeting.place.as_deref().map(plain),
            when,
            state,
            drafts: Vec::new(),
            follow_up_of: None,
            mission: None,
            gate: None,
            of: None,
        };
        self.act(on, note, Deed::Session(Box::new(session)), "met");
    }

    /// Adds a mission where it is told who goes to whom; says whether it did.
    fn mission(&mut self, mission: &Mission, day: &When, offices: &BTreeMap<&str, &str>) -> bool {
        let (Some(envoy), Some(counterpart)) = (&mission.envoy, &mission.counterpart) else {
            return false;
        };
        let envoy = self.participant(envoy, offices.get(&**envoy).copied());
        if !self.persons.contains_key(&envoy) {
            return false;
        }
        let counterpart = self.participant(counterpart, offices.get(&**counterpart).copied());
        let state = match mission.state {
            "scheduled" => MissionState::Scheduled,
            "cancelled" => MissionState::Cancelled,
            _ => MissionState::Ordered,
        };
        let by = mission.ordered_by.as_deref().map(plain);
        let by = by.map_or(String::new(), |by| format!(", sent by {by}"));
        let note = format!(
            "press, characters {} to {}{by}, sure {:.2}",
            mission.sentence.start, mission.sentence.end, mission.sure
        );
        let deed = Deed::Mission(Box::new(Sent {
            envoy: envoy.as_str().into(),
            counterpart,
            base: None,
            place: mission.place.as_deref().map(plain),
            instructions: None,
            state: Some(state),
            of: None,
        }));
        self.act(day.clone(), note, deed, "sent");
        true
    }

    /// The handle of a participant: a person, or the seat of a side.
    fn participant(&mut self, name: &str, office: Option<&str>) -> String {
        let named = name
            .split_whitespace()
            .filter(|w| w.starts_with(char::is_uppercase))
            .count()
            > 1
            && !name
                .split_whitespace()
                .any(|w| w.starts_with(char::is_lowercase));
        // A first name may end as the adjective of a country does.
        let side = office
            .and_then(|office| self.side(office))
            .or_else(|| self.side(name).filter(|_| !named));
        let seat = match &side {
            Some(side) => handle(side),
            None => UNKNOWN.to_owned(),
        };
        let seat = self.seat(seat, side.as_deref().unwrap_or("Not told by the press"));
        if !named {
            return seat;
        }
        let mut id = handle(name);
        if self.seats.contains_key(&id) {
            id.push_str("-person");
        }
        self.persons
            .entry(id.clone())
            .or_insert((plain(name), seat));
        id
    }

    fn seat(&mut self, id: String, name: &str) -> String {
        let id = if self.persons.contains_key(&id) || id == OFFICE {
            format!("{id}-side")
        } else {
            id
        };
        self.seats.entry(id.clone()).or_insert_with(|| plain(name));
        id
    }

    /// The country that an office or a group is of, by its adjective.
    fn side(&self, words: &str) -> Option<String> {
        let first = words
            .split_whitespace()
            .find(|w| w.starts_with(char::is_uppercase))?;
        let lower = first.to_lowercase();
        let ends = self
            .rules
            .nationalities
            .iter()
            .any(|ending| lower.ends_with(ending.as_str()));
        let follows = words.split_whitespace().count() > 1;
        let titled = self.rules.kinds(&lower)
            & (crate::rules::TITLE | crate::rules::ROLE | crate::rules::ROLES)
            != 0;
        (ends && follows && !titled && words.trim_start_matches("the ").starts_with(first))
            .then(|| first.to_owned())
    }

    /// The record, to be edited.
    #[must_use]
    pub fn finish(self, title: &str) -> Record {
        let levels = ["expert", "envoy", "negotiator", "minister", "leader"]
            .map(str::to_owned)
            .to_vec();
        let mut seats = vec![Seat {
            id: OFFICE.into(),
            name: "The office that reads the press".into(),
            role: Role::Mediator,
        }];
        seats.extend(self.seats.iter().map(|(id, name)| {
            let role = if id == UNKNOWN {
                Role::Observer
            } else {
                Role::Party
            };
            Seat {
                id: id.as_str().into(),
                name: name.clone(),
                role,
            }
        }));
        let persons = self.persons.into_iter().map(|(id, (name, seat))| Person {
            id: id.into(),
            name,
            seat: seat.into(),
            level: None,
            powers: Vec::new(),
            rooms: None,
            powers_from: None,
            powers_until: None,
        });
        Record {
            process: Process {
                id: "press".into(),
                title: plain(title),
                pen_holder: OFFICE.into(),
                language: Some(self.rules.language().to_owned()),
                disclosure: Disclosure::Closed,
                final_level: "leader".into(),
                levels,
                final_stage: None,
                few: 5,
                conduct: Vec::new(),
            },
            seats,
            persons: persons.collect(),
            rooms: Vec::new(),
            texts: Vec::new(),
            drafts: Vec::new(),
            acts: self.acts.into(),
        }
    }
}

/// The time of an act; the day of the report where the words give none, or one that is still ahead.
fn moment(on: Option<&str>, day: &When) -> When {
    on.and_then(|on| When::parse(on).ok())
        .filter(|when| !day.before(when))
        .unwrap_or_else(|| day.clone())
}

/// Words on one line, without control characters.
fn plain(words: &str) -> String {
    words
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|w| !w.is_empty())
        .collect::<Vec<&str>>()
        .join(" ")
}

/// A handle: letters and digits in lower case, joined with hyphens.
fn handle(words: &str) -> String {
    let lower = words.to_lowercase();
    let parts: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|part| !part.is_empty())
        .collect();
    if parts.is_empty() {
        "nameless".to_owned()
    } else {
        parts.join("-")
    }
}
