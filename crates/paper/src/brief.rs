//! A briefing as Markdown: one page for somebody who is kept informed.

use std::fmt::Write as _;
use std::sync::Arc;

use onetext_talks::{
    ActCard, BriefedPoint, ContactWeek, Feedback, LastBriefing, ObligationState, PersonCard,
    ProcedureState, SessionState, Status, TextStatus,
};

use crate::state::words;

/// So many acts are told one by one; of more, the last.
const MOST_ACTS: usize = 60;

/// What a briefing says.
#[derive(Debug, Clone, Copy)]
pub struct Briefing<'a> {
    /// For whom.
    pub person: &'a PersonCard,
    /// The last briefing of that person.
    pub last: Option<&'a LastBriefing>,
    /// The state of play, as that person may see it.
    pub status: &'a Status,
    /// The same as of the last briefing.
    pub then: Option<&'a Status>,
    /// What happened since.
    pub since: &'a [ActCard],
    /// What is open, and what would close it.
    pub open: &'a [BriefedPoint],
    /// Criticism and proposals that wait for an answer.
    pub feedback: &'a [Arc<Feedback>],
    /// How often the sides met, week by week.
    pub contacts: &'a [ContactWeek],
}

/// The page.
#[must_use]
pub fn markdown(briefing: &Briefing<'_>) -> String {
    let mut page = Writer {
        out: String::new(),
        of: *briefing,
    };
    page.head();
    page.stand();
    page.changes();
    page.given();
    page.open();
    page.feedback();
    page.gates();
    page.claims();
    page.contacts();
    page.next();
    page.out
}

struct Writer<'a> {
    out: String,
    of: Briefing<'a>,
}

impl Writer<'_> {
    fn line(&mut self, words: &str) {
        self.out.push_str(words);
        self.out.push('\n');
    }

    fn title(&mut self, words: &str) {
        let _ = write!(self.out, "\n## {words}\n\n");
    }

    fn item(&mut self, words: &str) {
        let _ = writeln!(self.out, "- {words}");
    }

    fn seat(&self, id: &onetext_talks::SeatId) -> String {
        let mut seats = self.of.status.seats.iter();
        let name = seats.find(|seat| seat.id == *id).map(|seat| &seat.name);
        plain(name.map_or(id.as_str(), String::as_str))
    }

    fn seats(&self, ids: &[onetext_talks::SeatId]) -> String {
        let names: Vec<String> = ids.iter().map(|id| self.seat(id)).collect();
        words::list(&names)
    }

    fn head(&mut self) {
        let status = self.of.status;
        let person = self.of.person;
        let level = person.level.as_ref();
        let level = level.map_or(String::new(), |level| format!(", {}", plain(level)));
        let head = format!("# Briefing for {}\n", plain(&person.name));
        self.line(&head);
        let at = status
            .at
            .as_ref()
            .map_or("of everything recorded so far".to_owned(), |at| {
                format!("as of {at}")
            });
        let whose = format!(
            "{}, {at}. For {}{level}; {}.",
            plain(&status.title),
            self.seat(&person.seat),
            words::basis(status.basis)
        );
        self.line(&whose);
        match self.of.last {
            Some(last) => {
                let line = format!("\nLast briefed on {}.", words::when(&last.on));
                self.line(&line);
            }
            None => self.line("\nNo earlier briefing is on record."),
        }
    }

    fn stand(&mut self) {
        self.title("Where it stands");
        let status = self.of.status;
        let stage = format!("The process is {}.", words::stage(status.stage));
        self.item(&stage);
        if status.ready_to_close {
            self.item("It is ready to close: what is wanting is the yes of each party in a room where all sit.");
        }
        for text in words::in_order(&status.texts) {
            let line = self.stand_of(text);
            self.item(&line);
        }
    }

    fn stand_of(&self, text: &TextStatus) -> String {
        let title = plain(&text.title);
        let (Some(latest), Some(points)) = (&text.latest, &text.points) else {
            return format!("{title}: known by name, no draft of it was given.");
        };
        let end = text
            .closing
            .as_ref()
            .filter(|closing| closing.closed || closing.initialled)
            .map_or(String::new(), |closing| {
                format!(" It is {}.", words::closing_step(closing).1)
            });
        format!(
            "{title} ({latest}): of {} points {} {}, {} ad referendum, {} disputed, {} unknown.{end}",
            points.total,
            points.agreed,
            words::status_at(onetext_talks::PointStatus::Agreed, text.stage),
            points.agreed_ad_ref,
            points.disputed,
            points.unknown
        )
    }

    fn changes(&mut self) {
        let Some(then) = self.of.then else {
            return;
        };
        self.title("What changed since");
        let status = self.of.status;
        for text in words::in_order(&status.texts) {
            let before = then.texts.iter().find(|before| before.id == text.id);
            let was =
                before.and_then(|before| Some((before.latest.as_ref()?, before.points.as_ref()?)));
            let now = text.latest.as_ref().zip(text.points.as_ref());
            let line = match (was, now) {
                (_, None) => continue,
                (None, Some((latest, _))) => {
                    format!("{}: first given, {latest}.", plain(&text.title))
                }
                (Some((old, were)), Some((new, are))) => {
                    let draft = if old == new {
                        format!("still {new}")
                    } else {
                        format!("{new} after {old}")
                    };
                    format!(
                        "{}: {draft}; agreed {} → {}, disputed {} → {}, unknown {} → {}.",
                        plain(&text.title),
                        were.agreed,
                        are.agreed,
                        were.disputed,
                        are.disputed,
                        were.unknown,
                        are.unknown
                    )
                }
            };
            self.item(&line);
        }
        let acts = self.of.since;
        if let Some(left) = acts.len().checked_sub(MOST_ACTS).filter(|left| *left > 0) {
            let line = format!("{left} earlier acts are left out.");
            self.item(&line);
        }
        let last = acts.get(acts.len().saturating_sub(MOST_ACTS)..);
        for act in last.unwrap_or_default() {
            let line = format!(
                "{}: {} ({})",
                words::when(&act.on),
                plain(&act.text),
                plain(act.id.as_str())
            );
            self.item(&line);
        }
        if acts.is_empty() {
            self.item("Nothing that can be seen here was put on record since.");
        }
    }

    fn given(&mut self) {
        self.title("What each side has been given");
        for text in words::in_order(&self.of.status.texts) {
            for (seat, given) in &text.exposure {
                let drafts: Vec<String> = words::once_each(given)
                    .into_iter()
                    .map(|one| plain(&format!("{} {}", one.draft, words::given(one))))
                    .collect();
                let drafts = if drafts.is_empty() {
                    "nothing".to_owned()
                } else {
                    drafts.join("; ")
                };
                let line = format!("{}, of {}: {drafts}.", self.seat(seat), plain(&text.title));
                self.item(&line);
            }
        }
    }

    /// Who has not been given the latest draft of each text.
    fn not_given(&self) -> Vec<String> {
        let mut steps = Vec::new();
        for text in words::in_order(&self.of.status.texts) {
            let Some(latest) = &text.latest else {
                continue;
            };
            let without = crate::state::given::without(text, latest).into_iter();
            for seat in without.filter(|seat| text.parties.contains(seat)) {
                steps.push(format!(
                    "{} has not been given {} of {}.",
                    self.seat(seat),
                    plain(latest.as_str()),
                    plain(&text.title)
                ));
            }
        }
        steps
    }

    fn open(&mut self) {
        self.title("Open points, and what would close each");
        if self.of.open.is_empty() {
            self.item("None.");
            return;
        }
        let mut kinds: Vec<&'static str> = Vec::new();
        for point in self.of.open {
            let kind = kind_of(point);
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
        for kind in kinds {
            let _ = write!(self.out, "### {kind}\n\n");
            for point in self.of.open.iter().filter(|point| kind_of(point) == kind) {
                let line = format!(
                    "**{}#{}** {}: {}.",
                    plain(point.text.as_str()),
                    plain(&point.path),
                    plain(&point.words),
                    plain(&point.closes.join("; "))
                );
                self.item(&line);
            }
            self.out.push('\n');
        }
    }

    fn feedback(&mut self) {
        if self.of.feedback.is_empty() {
            return;
        }
        self.title("Feedback that waits for an answer");
        for feedback in self.of.feedback {
            // The sentence of an objection may tell it already.
            let why = feedback.interest.as_ref();
            let why = why.filter(|why| !feedback.act.text.contains(why.as_str()));
            let why = why.map_or(String::new(), |why| {
                format!("; the interest behind it: {}", plain(why))
            });
            let off = if feedback.outcome.is_some() {
                "; put off"
            } else {
                ""
            };
            let line = format!(
                "{}: {} ({}){off}{why}",
                words::when(&feedback.act.on),
                plain(&feedback.act.text),
                plain(feedback.act.id.as_str())
            );
            self.item(&line);
        }
    }

    fn contacts(&mut self) {
        if self.of.contacts.is_empty() {
            return;
        }
        self.title("Meetings held, by week");
        for week in self.of.contacts {
            let meetings = words::count(week.sessions, "meeting", "meetings");
            let line = format!("From {}: {meetings}.", week.from);
            self.item(&line);
        }
    }

    fn gates(&mut self) {
        let status = self.of.status;
        if status.gates.is_empty() {
            return;
        }
        self.title("Conditions for meetings and steps");
        for gate in &status.gates {
            let (_, holds, _) = words::holds(gate.holds);
            let reasons = plain(&gate.reasons.join("; "));
            let line = format!("{}: {holds}. {reasons}", plain(&gate.event));
            self.item(line.trim_end());
        }
    }

    fn claims(&mut self) {
        let status = self.of.status;
        if status.claims.is_empty() {
            return;
        }
        self.title("Said in public, beside the record");
        for claim in &status.claims {
            let (_, verdict, _) = words::verdict(claim.verdict);
            let speaker = claim.speaker.as_deref().map(plain);
            let line = format!(
                "“{}” ({}, {}): {verdict}; {}.",
                plain(&claim.words),
                words::speaker(speaker.as_deref(), &self.seats(&claim.asserted_by)),
                words::when(&claim.on),
                plain(&claim.because)
            );
            self.item(&line);
        }
    }

    fn next(&mut self) {
        self.title("Next steps");
        let status = self.of.status;
        let mut steps: Vec<String> = self.not_given();
        let awaited = status.obligations.iter();
        for reply in awaited.filter(|reply| reply.state == ObligationState::None) {
            let due = reply
                .due
                .as_ref()
                .map_or(String::new(), |due| format!(", due {}", words::when(due)));
            steps.push(format!(
                "A reply of {} is awaited{due}.",
                self.seat(&reply.from)
            ));
        }
        let running = status.procedures.iter();
        for one in running.filter(|one| one.state == ProcedureState::Running) {
            let until = one.expires.as_ref().map_or(String::new(), |until| {
                format!(" until {}", words::when(until))
            });
            steps.push(format!(
                "A {} on {} runs{until}.",
                words::procedure(one.kind),
                plain(&one.points.join(", "))
            ));
        }
        let ahead = status.sessions.iter();
        for session in ahead.filter(|session| session.state < SessionState::Held) {
            let on = session
                .on
                .as_ref()
                .map_or("no date set".to_owned(), words::when);
            steps.push(format!(
                "{} is {}, {on}.",
                capital(words::format(session.format)),
                words::session(session.state).0
            ));
        }
        for text in words::in_order(&status.texts) {
            let closing = text.closing.as_ref().filter(|closing| closing.closed);
            for lack in closing.into_iter().flat_map(|closing| &closing.lacks) {
                steps.push(format!("{}: {}.", plain(&text.title), plain(lack)));
            }
        }
        if steps.is_empty() {
            steps.push("No step that the record knows of is pending.".to_owned());
        }
        for step in steps {
            self.item(&step);
        }
    }
}

/// What an open point is open for.
fn kind_of(point: &BriefedPoint) -> &'static str {
    use onetext_talks::{PointStatus, StanceType};
    match (point.status, point.kind) {
        (PointStatus::Disputed, Some(StanceType::Language)) => "Disputed: language",
        (PointStatus::Disputed, Some(StanceType::Level)) => "Disputed: level",
        (PointStatus::Disputed, Some(StanceType::Time)) => "Disputed: time",
        (PointStatus::Disputed, Some(StanceType::Substance)) => "Disputed: substance",
        (PointStatus::Disputed, Some(StanceType::Dependency)) => "Disputed: dependency",
        (PointStatus::Disputed, None) => "Disputed: no type stated",
        (PointStatus::AgreedAdRef, _) => "Agreed ad referendum",
        _ => "Unknown",
    }
}

fn capital(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or(String::new(), |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

/// Words on one line, without signs that Markdown or a page would obey.
fn plain(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '\n' | '\r' | '\t' => out.push(' '),
            '<' => out.push_str("&lt;"),
            '&' => out.push_str("&amp;"),
            '*' | '_' | '`' | '[' | ']' | '\\' | '|' => {
                out.push('\\');
                out.push(c);
            }
            c if c.is_control() => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn what_others_wrote_commands_no_page() {
        assert_eq!(plain("a [b](c)\n<d> *e*"), "a \\[b\\](c) &lt;d> \\*e\\*");
    }
}
