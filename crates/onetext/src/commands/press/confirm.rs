//! `onetext press FILE… -C DIR`: a person says of each proposal whether it goes on record.

use std::io::BufRead as _;
use std::path::PathBuf;

use onetext_desk::workspace::Workspace;
use onetext_desk::{Desk, Proposal, Proposed, Report};

use super::page::{mentioned, met, said, sent};
use super::{Arguments, no_day, reports};
use crate::commands::{act, harmless};
use crate::failure::Failure;
use crate::folder::Folder;
use crate::out::Out;
use crate::place::now;

/// What became of the proposals.
#[derive(Default)]
struct Tally {
    recorded: usize,
    left: usize,
    known: usize,
    not_asked: usize,
}

/// A person who is asked: lines that come in, and what is said.
struct Asking<'a, A> {
    answers: A,
    out: &'a mut Out,
}

pub(super) fn run(
    workspace: &mut Workspace,
    given: &Arguments,
    out: &mut Out,
) -> Result<(), Failure> {
    let mut desk = Desk::open(workspace)?;
    let mut tally = Tally::default();
    let mut asking = Asking {
        answers: std::io::stdin().lock().lines(),
        out,
    };
    let mut goes_on = true;
    for file in &given.files {
        let mut report = reports::report(file, given.date.as_deref())?;
        let day = report.date.clone().ok_or_else(no_day)?;
        desk.place(&mut report)?;
        asking.line(&format!("{}, {day}", report.file))?;
        for proposal in desk.proposals(&report, &given.room, &day) {
            if proposal.on_record {
                tally.known += 1;
            } else if !goes_on {
                tally.not_asked += 1;
            } else {
                let shown = shown(&report, proposal.of);
                goes_on = asking.one(&mut desk, proposal, &shown, &mut tally)?;
            }
        }
    }
    tell(&tally, asking.out)
}

fn shown(report: &Report, of: Proposed) -> String {
    match of {
        Proposed::Statement(index) => report.statements.get(index).map(said),
        Proposed::Meeting(index) => report.meetings.get(index).map(met),
        Proposed::Mission(index) => report.missions.get(index).map(sent),
        Proposed::Text(index) => report.texts.get(index).map(mentioned),
    }
    .unwrap_or_default()
}

impl<A: Iterator<Item = std::io::Result<String>>> Asking<'_, A> {
    fn line(&mut self, words: &str) -> Result<(), Failure> {
        self.out.line(&harmless(words))
    }

    /// The next line, without blanks at its ends; none at the end of the input.
    fn answer(&mut self) -> Result<Option<String>, Failure> {
        self.out.flush()?;
        let line = self.answers.next().transpose().map_err(|error| {
            let message = format!("the answer cannot be read: {error}");
            Failure::new("unreadable", message, "answer in UTF-8")
        })?;
        Ok(line.map(|line| line.trim().to_owned()))
    }

    /// Asks of one proposal until it is decided; false where the person wants to stop.
    fn one(
        &mut self,
        desk: &mut Desk<'_>,
        mut proposal: Proposal,
        shown: &str,
        tally: &mut Tally,
    ) -> Result<bool, Failure> {
        self.line(&format!("\n{shown}"))?;
        if !proposal.not_known.is_empty() {
            let names = proposal.not_known.join(", ");
            self.line(&format!("         not known here: {names}"))?;
        }
        for remark in &proposal.remarks {
            self.line(&format!("         {remark}"))?;
        }
        loop {
            if let Some(wanting) = &proposal.wanting {
                let wanting = format!("         {wanting}: c puts it right");
                self.line(&wanting)?;
            }
            self.line("         Record it? y yes, n no, c put something right, q stop here")?;
            match self.answer()?.as_deref() {
                Some("n" | "no") => {
                    tally.left += 1;
                    return Ok(true);
                }
                None | Some("q" | "quit") => {
                    tally.not_asked += 1;
                    return Ok(false);
                }
                Some("c" | "change") => self.put_right(desk, &mut proposal)?,
                Some("y" | "yes") if proposal.wanting.is_some() => {}
                Some("y" | "yes") => {
                    if self.record(desk, &proposal)? {
                        tally.recorded += 1;
                        return Ok(true);
                    }
                }
                Some(_) => self.line("         answer y, n, c or q")?,
            }
        }
    }

    /// Field by field: an empty answer keeps what is there, a hyphen leaves it out.
    fn put_right(&mut self, desk: &Desk<'_>, proposal: &mut Proposal) -> Result<(), Failure> {
        self.line("         Enter keeps what is in brackets, - leaves it out")?;
        for question in proposal.questions() {
            let choices = match question.choices {
                [] => String::new(),
                choices => format!(" ({})", choices.join(", ")),
            };
            loop {
                self.line(&format!(
                    "           {}{choices} [{}]",
                    question.asked, question.now
                ))?;
                let Some(answer) = self.answer()? else {
                    return Ok(());
                };
                if answer.is_empty() {
                    break;
                }
                match desk.put_right(proposal, question.field, &answer) {
                    Ok(()) => break,
                    Err(wrong) => self.line(&format!("           {wrong}"))?,
                }
            }
        }
        Ok(())
    }

    /// Records a proposal; false where it cannot be recorded as it stands, which is said.
    fn record(&mut self, desk: &mut Desk<'_>, proposal: &Proposal) -> Result<bool, Failure> {
        let mut files = Folder(PathBuf::from("."));
        match desk.act(proposal.fields.clone(), &mut files, now()) {
            Ok(_) => {
                self.line("         recorded")?;
                Ok(true)
            }
            Err(error @ onetext_desk::ActRefused::Workspace(_)) => Err(act::refused(error, "")),
            // Said, and asked again: the person may put right what is wrong.
            Err(error) => {
                self.line(&format!("         not recorded: {error}"))?;
                Ok(false)
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
