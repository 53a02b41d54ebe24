//! "What of this report do we put on record?": its statements and meetings as acts that a person confirms one by one.

use onetext_press::{Account, Beside, Meeting, Mentioned, Mission, Report, Statement, format_of};
use onetext_talks::{Cut, Deed, SessionState, Viewer, When};
use serde_json::{Map, Value, json};

use crate::act::Desk;
use crate::error::DeskError;
use crate::press::rules;

/// What a report proposes for the record.
#[derive(Debug, Clone)]
pub struct Proposal {
    /// What of the report it is.
    pub of: Proposed,
    /// The act, by its fields as a dossier has them.
    pub fields: Map<String, Value>,
    /// What speaks for it and against it: provisions that it may concern, other accounts of the same.
    pub remarks: Vec<String>,
    /// Who is named as taking part and is no seat or person known here: kept in the act's note, not in its participants.
    pub not_known: Vec<String>,
    /// It is on record already, in the same words.
    pub on_record: bool,
    /// Why it cannot be recorded as it stands; none where it can.
    pub wanting: Option<String>,
}

/// What of a report is proposed, by its place there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proposed {
    /// One of its statements.
    Statement(usize),
    /// One of its meetings.
    Meeting(usize),
    /// One of its missions.
    Mission(usize),
    /// One of the texts that it mentions.
    Text(usize),
}

impl Desk<'_> {
    /// Reads a report beside what the seat that signs here knows: whose seat speaks, which provisions may be meant, where the
    /// record says otherwise.
    ///
    /// # Errors
    /// Where the seat is none of the process.
    pub fn place(&self, report: &mut Report) -> Result<(), DeskError> {
        let viewer = Viewer {
            seat: self.own_seat().into(),
            rooms: None,
        };
        let share = self.ledger.record.share_of(&viewer, &Cut::default())?;
        Beside::new(rules()?, &share).place(report);
        Ok(())
    }

    /// The seat in whose name reports are read: the one that sits here; failing one, the pen-holder's where it signs here.
    pub(crate) fn own_seat(&self) -> &str {
        if let Some(only) = &self.only {
            return only.as_str();
        }
        let pen_holder = self.ledger.record.process.pen_holder.as_str();
        let own = self.workspace.seats().find(|seat| *seat == pen_holder);
        own.or_else(|| self.workspace.seats().next())
            .unwrap_or(pen_holder)
    }

    /// What a report proposes to put on record in `room`, written down by the seat that signs here; `day` stands for the day
    /// of a report that has none. Statements first, then meetings, missions, and the texts that are surely ones, each as a note.
    /// Nothing is recorded by this.
    ///
    /// What the press says moves no status (law 4): no position is proposed, no delivery and no reply. A statement is one of
    /// its speaker's seat where that is known, and *reported* until that seat confirms it (law 9); else a note of this seat.
    pub fn proposals(&self, report: &Report, room: &str, day: &str) -> Vec<Proposal> {
        let common = Common {
            room,
            by: self.own_seat(),
            day: report.date.as_deref().unwrap_or(day),
        };
        let mut claims = self.claims();
        let mut proposals = Vec::new();
        for (index, statement) in report.statements.iter().enumerate() {
            let mut proposal = self.said(index, statement, &common, &mut claims);
            proposal.remarks.extend(compared(report, proposal.of));
            proposals.push(proposal);
        }
        let missions = report.missions.iter().enumerate();
        let missions: Vec<Proposal> = missions
            .map(|(index, mission)| self.sent(index, mission, &common))
            .collect();
        for (index, meeting) in report.meetings.iter().enumerate() {
            // What was ordered is a mission, no meeting yet, where it is known who goes to whom.
            let ordered = meeting.state == "ordered"
                && report
                    .missions
                    .iter()
                    .zip(&missions)
                    .any(|(mission, proposal)| {
                        mission.sentence == meeting.sentence && proposal.wanting.is_none()
                    });
            if !ordered {
                let mut proposal = self.met(index, meeting, &common);
                proposal.remarks.extend(compared(report, proposal.of));
                proposals.push(proposal);
            }
        }
        proposals.extend(missions.into_iter().filter(|m| m.wanting.is_none()));
        for (index, text) in report.texts.iter().enumerate() {
            if text.sure >= Mentioned::SURE || text.record.is_some() {
                proposals.push(self.mentioned(index, text, &common));
            }
        }
        proposals
    }

    /// How many claims there are: new ones are numbered on.
    pub(crate) fn claims(&self) -> usize {
        let acts = self.ledger.record.acts.iter();
        acts.map(|act| match &act.deed {
            Deed::Statement(spoken) => spoken.claims.len(),
            _ => 0,
        })
        .sum()
    }

    fn said(
        &self,
        index: usize,
        statement: &Statement,
        common: &Common<'_>,
        claims: &mut usize,
    ) -> Proposal {
        let words = plain(&statement.text);
        let speaker = statement.name_and_office().as_deref().map(plain);
        let when = statement.when.as_ref().and_then(|when| when.on.as_deref());
        let mut fields = common.fields("statement", common.until_then(when));
        if let Some(by) = statement.person.as_ref().or(statement.seat.as_ref()) {
            fields.insert("by".into(), json!(by));
            fields.insert("recorded_by".into(), json!(common.by));
        }
        fields.insert("words".into(), json!(words));
        fields.insert("verbatim".into(), json!(statement.verbatim));
        fields.insert("attribution".into(), json!(statement.attribution));
        if let Some(speaker) = speaker {
            fields.insert("speaker".into(), json!(speaker));
        }
        if let Some(medium) = &statement.medium {
            fields.insert("medium".into(), json!(medium));
        }
        if let Some(place) = &statement.place {
            fields.insert("place".into(), json!(plain(&place.name)));
        }
        let told = statement.claims.iter().filter(|claim| {
            // Between whom, or of which draft, the office says.
            ["open-points", "phase", "deadline"].contains(&claim.what.as_str())
        });
        let told: Vec<Value> = told
            .map(|claim| {
                *claims += 1;
                let id = format!("claim-{claims}");
                match &claim.value {
                    Some(value) => json!({"id": id, "what": claim.what, "value": value}),
                    None => json!({"id": id, "what": claim.what}),
                }
            })
            .collect();
        if !told.is_empty() {
            fields.insert("claims".into(), Value::Array(told));
        }
        fields.insert("note".into(), json!(sureness(statement.sure, &[])));
        let concerns = statement.concerns.iter().map(|concern| {
            let words = concern.words.join(", ");
            format!("may concern {}: {words}", concern.point)
        });
        Proposal {
            of: Proposed::Statement(index),
            remarks: concerns.collect(),
            not_known: Vec::new(),
            on_record: self.is_on_record(&fields),
            fields,
            wanting: None,
        }
    }

    fn met(&self, index: usize, meeting: &Meeting, common: &Common<'_>) -> Proposal {
        let mut participants = Vec::new();
        let mut not_known = Vec::new();
        for name in &meeting.participants {
            match self.known(name) {
                Some(id) if participants.contains(&id) => {}
                Some(id) => participants.push(id),
                None => not_known.push(plain(name)),
            }
        }
        let state = meeting.session_state();
        let when = meeting.when.as_ref().and_then(|when| when.on.as_deref());
        let when = when.filter(|when| When::parse(when).is_ok());
        let on = when.filter(|_| state == SessionState::Held);
        let mut fields = common.fields("session", common.until_then(on));
        fields.insert("format".into(), json!(format_of(participants.len())));
        fields.insert("participants".into(), json!(participants));
        fields.insert("state".into(), json!(state));
        if let Some(when) = when {
            fields.insert("when".into(), json!(when));
        }
        if let Some(place) = &meeting.place {
            fields.insert("place".into(), json!(plain(place)));
        }
        let stand = stand(meeting);
        let note = match stand.as_slice() {
            [] => sureness(meeting.sure, &not_known),
            _ => format!(
                "{}; {}",
                sureness(meeting.sure, &not_known),
                stand.join("; ")
            ),
        };
        fields.insert("note".into(), json!(note));
        let wanting = participants
            .is_empty()
            .then(|| "nobody who is said to take part is a seat or person known here".to_owned());
        Proposal {
            of: Proposed::Meeting(index),
            remarks: stand,
            not_known,
            on_record: self.is_on_record(&fields),
            fields,
            wanting,
        }
    }

    fn sent(&self, index: usize, mission: &Mission, common: &Common<'_>) -> Proposal {
        let when = mission.when.as_ref().and_then(|when| when.on.as_deref());
        let when = when.filter(|_| mission.state == "held");
        let mut fields = common.fields("mission", common.until_then(when));
        let envoy = mission.envoy.as_deref().and_then(|name| self.known(name));
        let envoy = envoy.filter(|id| {
            self.ledger
                .record
                .persons
                .iter()
                .any(|p| p.id.as_str() == id)
        });
        let counterpart = mission.counterpart.as_deref().and_then(|name| {
            let seat = |name: &str| {
                self.ledger
                    .record
                    .seats
                    .iter()
                    .any(|s| s.id.as_str() == name)
            };
            self.known(name)
                .filter(|id| !seat(id) || Some(id) != envoy.as_ref())
        });
        let wanting = (envoy.is_none() || counterpart.is_none())
            .then(|| "who is sent and to whom are not both known here".to_owned());
        let sent_by = mission
            .ordered_by
            .as_deref()
            .map(|who| format!("sent by {}", plain(who)));
        let note = sureness(mission.sure, &[]);
        let note = sent_by
            .as_ref()
            .map_or(note.clone(), |by| format!("{note}; {by}"));
        fields.insert("envoy".into(), json!(envoy));
        fields.insert("counterpart".into(), json!(counterpart));
        fields.insert("state".into(), json!(mission.state));
        if let Some(place) = &mission.place {
            fields.insert("place".into(), json!(plain(place)));
        }
        fields.insert("note".into(), json!(note));
        Proposal {
            of: Proposed::Mission(index),
            remarks: sent_by.into_iter().collect(),
            not_known: Vec::new(),
            on_record: self.is_on_record(&fields),
            fields,
            wanting,
        }
    }

    fn mentioned(&self, index: usize, text: &Mentioned, common: &Common<'_>) -> Proposal {
        let words = text.sentence();
        let mut fields = common.fields("note", common.day);
        fields.insert("words".into(), json!(words));
        fields.insert("note".into(), json!(sureness(text.sure, &[])));
        if let Some(known) = &text.record {
            let about = known.draft.as_ref().unwrap_or(&known.text);
            fields.insert("about".into(), json!([about]));
        }
        Proposal {
            of: Proposed::Text(index),
            remarks: Vec::new(),
            not_known: Vec::new(),
            on_record: self.is_on_record(&fields),
            fields,
            wanting: None,
        }
    }

    /// Whether what a proposal would put on record stands there already, as its fields are now: also after they were put right.
    pub(crate) fn is_on_record(&self, fields: &Map<String, Value>) -> bool {
        let text = |field: &str| fields.get(field).and_then(Value::as_str);
        let participants = fields.get("participants").and_then(Value::as_array);
        let state = fields.get("state");
        // Of one time there are several ways to write it.
        let when = text("when").map(|when| match When::parse(when) {
            Ok(when) => when.to_string(),
            Err(_) => when.to_owned(),
        });
        self.ledger.record.acts.iter().any(|act| match &act.deed {
            Deed::Statement(spoken) => {
                text("kind") == Some("statement")
                    && Some(spoken.words.as_str()) == text("words")
                    && spoken.speaker.as_deref() == text("speaker")
            }
            Deed::Session(session) => {
                let known = session.participants.iter().map(String::as_str);
                text("kind") == Some("session")
                    && participants.is_some_and(|own| {
                        !own.is_empty() && own.iter().map(Value::as_str).eq(known.map(Some))
                    })
                    && Some(&json!(session.state)) == state
                    && session.when.as_ref().map(ToString::to_string) == when
                    && session.place.as_deref() == text("place")
            }
            Deed::Mission(known) => {
                text("kind") == Some("mission")
                    && Some(known.envoy.as_str()) == text("envoy")
                    && Some(known.counterpart.as_str()) == text("counterpart")
                    && known.state.map(|state| json!(state)).as_ref() == state
            }
            Deed::Note(note) => {
                text("kind") == Some("note") && Some(note.words.as_str()) == text("words")
            }
            _ => false,
        })
    }

    /// The handle of a seat or person, by the name or the handle that a report gives.
    pub(crate) fn known(&self, name: &str) -> Option<String> {
        let name = folded(name);
        let record = &self.ledger.record;
        let seats = record
            .seats
            .iter()
            .map(|seat| (seat.id.to_string(), &seat.name));
        let persons = record
            .persons
            .iter()
            .map(|person| (person.id.to_string(), &person.name));
        let mut named = seats.chain(persons);
        named
            .find(|(id, own)| folded(own) == name || folded(id) == name)
            .map(|(id, _)| id)
    }
}

/// Who stands by a meeting and who does not, as sentences.
fn stand(meeting: &Meeting) -> Vec<String> {
    let lists = [
        ("told by", meeting.told_by.as_slice()),
        ("confirmed by", &meeting.confirmed_by),
        ("discussed, and no more, says", &meeting.discussed_by),
        ("denied by", &meeting.denied_by),
    ];
    let told = lists.into_iter().filter(|(_, names)| !names.is_empty());
    told.map(|(how, names)| {
        let names: Vec<String> = names.iter().map(|name| plain(name)).collect();
        format!("{how} {}", names.join(", "))
    })
    .collect()
}

/// Other accounts of the same, and those that say otherwise.
fn compared(report: &Report, of: Proposed) -> Vec<String> {
    let own = |account: &Account| match of {
        Proposed::Statement(index) => account.statement == Some(index),
        Proposed::Meeting(index) => account.meeting == Some(index),
        Proposed::Mission(_) | Proposed::Text(_) => false,
    };
    let place = |account: &Account| match (&account.act, &account.file) {
        (Some(act), _) => format!("on record as {act}"),
        (None, Some(file)) => format!("in {file}"),
        (None, None) => "elsewhere".to_owned(),
    };
    let again = report.compared.renderings.iter().filter(|r| own(&r.one));
    let again = again.map(|r| format!("told before in other words, {}", place(&r.other)));
    let differs = report.compared.conflicts.iter().filter(|c| own(&c.one));
    let differs = differs.map(|c| {
        format!(
            "{} is told otherwise, {}: {}",
            c.on,
            place(&c.other),
            c.because
        )
    });
    again.chain(differs).collect()
}

/// What all proposals of a report have in common.
struct Common<'a> {
    room: &'a str,
    by: &'a str,
    day: &'a str,
}

impl<'a> Common<'a> {
    fn fields(&self, kind: &str, on: &str) -> Map<String, Value> {
        let fields = [
            ("kind", kind),
            ("room", self.room),
            ("by", self.by),
            ("on", on),
        ];
        fields
            .into_iter()
            .map(|(name, value)| (name.to_owned(), json!(value)))
            .collect()
    }

    /// A time that the report tells, where it can be read and is not after the report's day; else that day.
    fn until_then<'b>(&'b self, when: Option<&'b str>) -> &'b str {
        let day = When::parse(self.day);
        let told = when.filter(|when| match (When::parse(when), &day) {
            (Ok(when), Ok(day)) => !day.before(&when),
            _ => false,
        });
        told.unwrap_or(self.day)
    }
}

/// How sure the reader is, as a note.
fn sureness(sure: f64, not_known: &[String]) -> String {
    let mut note = format!("press, {:.0} % sure", sure * 100.0);
    if !not_known.is_empty() {
        note.push_str("; said to take part as well: ");
        note.push_str(&not_known.join(", "));
    }
    note
}

/// Words on one line.
pub(crate) fn plain(words: &str) -> String {
    words.split_whitespace().collect::<Vec<&str>>().join(" ")
}

/// A name as names are compared: letter case and a leading article apart.
pub(crate) fn folded(name: &str) -> String {
    let name = plain(name).to_lowercase();
    name.strip_prefix("the ").unwrap_or(&name).to_owned()
}
