//! "What of this report do we put on record?": its statements and meetings as acts that a person confirms one by one.

use onetext_press::{Meeting, Report, Statement, format_of};
use onetext_talks::{Deed, SessionState, When};
use serde_json::{Map, Value, json};

use crate::act::Desk;

/// What a report proposes for the record.
#[derive(Debug, Clone)]
pub struct Proposal {
    /// The act, by its fields as a dossier has them.
    pub fields: Map<String, Value>,
    /// Who is named as taking part and is no seat or person known here: kept in the act's note, not in its participants.
    pub not_known: Vec<String>,
    /// It is on record already, in the same words.
    pub on_record: bool,
    /// Why it cannot be recorded as it stands; none where it can.
    pub wanting: Option<String>,
}

impl Desk<'_> {
    /// What a report proposes to put on record in `room`, in the name of the seat that signs here; `day` stands for the day
    /// of a report that has none. Statements first, then meetings. Nothing is recorded by this.
    ///
    /// What the press says moves no status (law 4): statements and meetings alone are proposed, no position, no delivery.
    pub fn proposals(&self, report: &Report, room: &str, day: &str) -> Vec<Proposal> {
        let pen_holder = self.ledger.record.process.pen_holder.as_str();
        let by = self.workspace.seats().find(|seat| *seat == pen_holder);
        let by = by.or_else(|| self.workspace.seats().next());
        let common = Common {
            room,
            by: by.unwrap_or(pen_holder),
            day: report.date.as_deref().unwrap_or(day),
        };
        let mut claims = self.claims();
        let said = report
            .statements
            .iter()
            .map(|statement| self.said(statement, &common, &mut claims));
        let said: Vec<Proposal> = said.collect();
        let met = report.meetings.iter().map(|met| self.met(met, &common));
        said.into_iter().chain(met).collect()
    }

    /// How many claims there are: new ones are numbered on.
    fn claims(&self) -> usize {
        let acts = self.ledger.record.acts.iter();
        acts.map(|act| match &act.deed {
            Deed::Statement(spoken) => spoken.claims.len(),
            _ => 0,
        })
        .sum()
    }

    fn said(&self, statement: &Statement, common: &Common<'_>, claims: &mut usize) -> Proposal {
        let words = plain(&statement.text);
        let speaker = statement.name_and_office().as_deref().map(plain);
        let on_record = self.ledger.record.acts.iter().any(|act| {
            matches!(&act.deed, Deed::Statement(spoken) if spoken.words == words && spoken.speaker == speaker)
        });
        let when = statement.when.as_ref().and_then(|when| when.on.as_deref());
        let mut fields = common.fields("statement", common.until_then(when));
        fields.insert("words".into(), json!(words));
        fields.insert("verbatim".into(), json!(statement.verbatim));
        fields.insert("attribution".into(), json!(statement.attribution));
        if let Some(speaker) = speaker {
            fields.insert("speaker".into(), json!(speaker));
        }
        if let Some(medium) = &statement.medium {
            fields.insert("medium".into(), json!(medium));
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
        Proposal {
            fields,
            not_known: Vec::new(),
            on_record,
            wanting: None,
        }
    }

    fn met(&self, meeting: &Meeting, common: &Common<'_>) -> Proposal {
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
        fields.insert("note".into(), json!(sureness(meeting.sure, &not_known)));
        let wanting = participants.is_empty().then(|| {
            "nobody who is said to take part is a seat or person known here; name them by their handles, as \
             {\"participants\": [\"…\"]}"
                .to_owned()
        });
        let on_record = self.ledger.record.acts.iter().any(|act| {
            matches!(&act.deed, Deed::Session(session)
                if session.participants == participants
                    && session.state == state
                    && session.when.as_ref().map(ToString::to_string).as_deref() == when
                    && session.place == meeting.place.as_deref().map(plain))
        });
        Proposal {
            fields,
            not_known,
            on_record: on_record && !participants.is_empty(),
            wanting,
        }
    }

    /// The handle of a seat or person, by the name or the handle that a report gives.
    fn known(&self, name: &str) -> Option<String> {
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

fn sureness(sure: f64, not_known: &[String]) -> String {
    let mut note = format!("press, {:.0} % sure", sure * 100.0);
    if !not_known.is_empty() {
        note.push_str("; said to take part as well: ");
        note.push_str(&not_known.join(", "));
    }
    note
}

/// Words on one line.
fn plain(words: &str) -> String {
    words.split_whitespace().collect::<Vec<&str>>().join(" ")
}

/// A name as names are compared: letter case and a leading article apart.
fn folded(name: &str) -> String {
    let name = plain(name).to_lowercase();
    name.strip_prefix("the ").unwrap_or(&name).to_owned()
}
