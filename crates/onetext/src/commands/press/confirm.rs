//! `onetext press FILE… -C DIR`: a person says of each proposal whether it goes on record.

use std::io::BufRead as _;
use std::path::PathBuf;

use onetext_desk::workspace::Workspace;
use onetext_desk::{Desk, Proposal, Report};
use serde_json::{Map, Value};

use super::{Arguments, met, no_day, said};
use crate::commands::{act, harmless};
use crate::failure::Failure;
use crate::folder::Folder;
use crate::out::Out;
use crate::place::now;

/// What the person says of one proposal.
enum Answer {
    Yes,
    No,
    Quit,
    Changed(Map<String, Value>),
}

/// What became of the proposals.
#[derive(Default)]
struct Tally {
    recorded: usize,
    left: usize,
    known: usize,
    not_asked: usize,
}

pub(super) fn run(
    workspace: &mut Workspace,
    reports: &[Report],
    given: &Arguments,
    out: &mut Out,
) -> Result<(), Failure> {
    if out.json() {
        return Err(Failure::new(
            "wrong-usage",
            "-C asks a person, and --json answers a program",
            "leave one of them out; a program records with `onetext act --stdin`",
        ));
    }
    let mut desk = Desk::open(workspace)?;
    let mut tally = Tally::default();
    let mut answers = std::io::stdin().lock().lines();
    let mut asking = true;
    for report in reports {
        let day = report.date.clone().or_else(|| given.date.clone());
        let day = day.ok_or_else(no_day)?;
        let proposals = desk.proposals(report, &given.room, &day);
        let said = report.statements.iter().map(said);
        let shown = said.chain(report.meetings.iter().map(met));
        out.line(&harmless(&format!("{}, {day}", report.file)))?;
        for (proposal, shown) in proposals.iter().zip(shown) {
            if proposal.on_record {
                tally.known += 1;
                continue;
            }
            if !asking {
                tally.not_asked += 1;
                continue;
            }
            asking = one(&mut desk, proposal, &shown, &mut answers, &mut tally, out)?;
        }
    }
    tell(&tally, out)
}

/// Asks of one proposal until it is decided; false where the person wants to stop.
fn one(
    desk: &mut Desk<'_>,
    proposal: &Proposal,
    shown: &str,
    answers: &mut impl Iterator<Item = std::io::Result<String>>,
    tally: &mut Tally,
    out: &mut Out,
) -> Result<bool, Failure> {
    out.line(&format!("\n{}", harmless(shown)))?;
    if !proposal.not_known.is_empty() {
        let names = proposal.not_known.join(", ");
        out.line(&harmless(&format!("         not known here: {names}")))?;
    }
    let mut fields = proposal.fields.clone();
    let mut wanting = proposal.wanting.clone();
    loop {
        if let Some(wanting) = &wanting {
            out.line(&harmless(&format!("         {wanting}")))?;
        }
        out.line("         Record it? y yes, n no, q stop here, or fields to change as JSON")?;
        out.flush()?;
        match answer(answers, out)? {
            Answer::No => {
                tally.left += 1;
                return Ok(true);
            }
            Answer::Quit => {
                tally.not_asked += 1;
                return Ok(false);
            }
            Answer::Changed(changed) => {
                wanting = wanting.filter(|_| !changed.contains_key("participants"));
                fields.extend(changed);
                let now = Value::Object(fields.clone());
                out.line(&harmless(&format!("         now: {now}")))?;
            }
            Answer::Yes if wanting.is_some() => {}
            Answer::Yes => {
                let mut files = Folder(PathBuf::from("."));
                match desk.act(fields.clone(), &mut files, now()) {
                    Ok(_) => {
                        out.line("         recorded")?;
                        tally.recorded += 1;
                        return Ok(true);
                    }
                    Err(error @ onetext_desk::ActRefused::Workspace(_)) => {
                        return Err(act::refused(error, ""));
                    }
                    // Said, and asked again: the person may change what is wrong.
                    Err(error) => {
                        out.line(&harmless(&format!("         not recorded: {error}")))?;
                    }
                }
            }
        }
    }
}

/// The next line that is an answer; the end of the input stops.
fn answer(
    answers: &mut impl Iterator<Item = std::io::Result<String>>,
    out: &mut Out,
) -> Result<Answer, Failure> {
    loop {
        let Some(line) = answers.next() else {
            return Ok(Answer::Quit);
        };
        let line = line.map_err(|error| {
            let message = format!("the answer cannot be read: {error}");
            Failure::new("unreadable", message, "answer in UTF-8")
        })?;
        match line.trim() {
            "y" | "yes" => return Ok(Answer::Yes),
            "n" | "no" => return Ok(Answer::No),
            "q" => return Ok(Answer::Quit),
            words => {
                if let Ok(Value::Object(fields)) = serde_json::from_str(words) {
                    return Ok(Answer::Changed(fields));
                }
                out.line("         answer y, n, q or {\"field\": \"value\"}")?;
                out.flush()?;
            }
        }
    }
}

fn tell(tally: &Tally, out: &mut Out) -> Result<(), Failure> {
    out.line(&format!(
        "\nrecorded {}; left out {}; on record before {}; not asked {}",
        tally.recorded, tally.left, tally.known, tally.not_asked
    ))
}
