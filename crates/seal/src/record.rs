//! The record in clear: the signed acts of some rooms and the contents that they name, one a line, for any verifier.
//!
//! `docs/format.md` says exactly how it is written. Every byte is either checked or its change is found.

use std::io::{BufRead, Read, Write};

use crate::digest::{ActDigest, ContentDigest};
use crate::envelope::{Envelope, FORMAT, ProcessId};
use crate::heads::Heads;
use crate::line::{LONGEST_LINE, Line, act_line, content_line, read_line};
use crate::signed::{Fault, SignedAct};
use crate::verify::{Damage, Report, Verifier};

/// Why a record cannot be written or read.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    /// The file.
    #[error("the record: {0}")]
    File(#[from] std::io::Error),
    /// A line that is not as the format says.
    #[error("line {line}: {what}")]
    Line {
        /// Which line, from 1.
        line: usize,
        /// What is wrong.
        what: String,
    },
    /// The line of an act that is not as the format says.
    #[error("line {line}: the act {act} was changed: {fault}")]
    Act {
        /// Which line, from 1.
        line: usize,
        /// The act that the line names.
        act: ActDigest,
        /// What is wrong.
        fault: Fault,
    },
    /// Acts or contents that were given in another order than the format's.
    #[error("{0} comes too late: acts go by room, depth and name, then contents by digest")]
    Order(String),
    /// A content too large to be written.
    #[error("the content {0} is too large for a record")]
    TooLarge(ContentDigest),
}

/// Where an act stands in a record: by room, depth and name, so that parents come first.
type Place = (String, u64, ActDigest);

/// Where an act with this name and envelope stands in a record: sort by this before writing.
#[must_use]
pub fn place_in_record(name: ActDigest, envelope: &Envelope) -> (String, u64, ActDigest) {
    (envelope.room.clone(), envelope.depth, name)
}

/// Writes a record, one line at a time.
#[derive(Debug)]
pub struct RecordWriter<W> {
    out: W,
    acts: usize,
    contents: usize,
    last_act: Option<Place>,
    last_content: Option<ContentDigest>,
}

impl<W: Write> RecordWriter<W> {
    /// Begins the record of a process.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn new(mut out: W, process: ProcessId) -> Result<RecordWriter<W>, RecordError> {
        writeln!(out, "{}", header(process))?;
        Ok(RecordWriter {
            out,
            acts: 0,
            contents: 0,
            last_act: None,
            last_content: None,
        })
    }

    /// Writes an act. The acts come by room, depth and name: see [`place_in_record`].
    ///
    /// # Errors
    /// Where the act is out of order, its envelope is none, or the file cannot be written.
    pub fn act(&mut self, act: &SignedAct) -> Result<(), RecordError> {
        let name = act.id();
        let envelope = Envelope::read_kept(&act.envelope).map_err(|error| RecordError::Act {
            line: self.acts + 2,
            act: name,
            fault: error.into(),
        })?;
        let place = place_in_record(name, &envelope);
        if self.contents > 0 || self.last_act.as_ref().is_some_and(|last| *last >= place) {
            return Err(RecordError::Order(format!("the act {name}")));
        }
        self.last_act = Some(place);
        self.acts += 1;
        self.line(&act_line(&name, act))
    }

    /// Writes a content, none where it was erased. The contents come after the acts, by digest.
    ///
    /// # Errors
    /// Where the content is out of order or too large, or the file cannot be written.
    pub fn content(
        &mut self,
        name: ContentDigest,
        bytes: Option<&[u8]>,
    ) -> Result<(), RecordError> {
        if self.last_content.is_some_and(|last| last >= name) {
            return Err(RecordError::Order(format!("the content {name}")));
        }
        let line = content_line(&name, bytes).ok_or(RecordError::TooLarge(name))?;
        self.last_content = Some(name);
        self.contents += 1;
        self.line(&line)
    }

    /// Ends the record.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn finish(mut self) -> Result<W, RecordError> {
        let end = footer(self.acts, self.contents);
        self.line(end.as_bytes())?;
        self.out.flush()?;
        Ok(self.out)
    }

    fn line(&mut self, line: &[u8]) -> Result<(), RecordError> {
        self.out.write_all(line)?;
        self.out.write_all(b"\n")?;
        Ok(())
    }
}

fn header(process: ProcessId) -> String {
    format!(r#"{{"format":{FORMAT},"onetext":"record","process":"{process}"}}"#)
}

fn footer(acts: usize, contents: usize) -> String {
    format!(r#"{{"acts":{acts},"contents":{contents},"end":true}}"#)
}

/// A piece of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// An act under the name that the record gives it. It has not been checked.
    Act(ActDigest, Box<SignedAct>),
    /// A content under the digest that the record gives it; none where it was erased. It has not been checked.
    Content(ContentDigest, Option<Vec<u8>>),
}

/// Reads a record line by line. After an error it goes on with the next line.
#[derive(Debug)]
pub struct RecordReader<R> {
    input: R,
    line: usize,
    process: Option<ProcessId>,
    acts: usize,
    contents: usize,
    state: State,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Begins,
    Goes,
    Ended,
    Done,
}

impl<R: BufRead> RecordReader<R> {
    /// A reader of this input.
    pub fn new(input: R) -> RecordReader<R> {
        RecordReader {
            input,
            line: 0,
            process: None,
            acts: 0,
            contents: 0,
            state: State::Begins,
        }
    }

    /// The process, by the header; none before the first piece was read, or where the header says none.
    pub fn process(&self) -> Option<ProcessId> {
        self.process
    }

    /// Which line was read last, from 1.
    pub fn line(&self) -> usize {
        self.line
    }

    fn wrong(&self, what: impl Into<String>) -> RecordError {
        RecordError::Line {
            line: self.line,
            what: what.into(),
        }
    }

    /// The next line without its line feed; none at the end of the input.
    fn next_line(&mut self) -> Result<Option<Vec<u8>>, RecordError> {
        let mut line = Vec::new();
        let most = LONGEST_LINE as u64 + 1;
        (&mut self.input).take(most).read_until(b'\n', &mut line)?;
        if line.is_empty() {
            return Ok(None);
        }
        self.line += 1;
        if line.pop() == Some(b'\n') {
            return Ok(Some(line));
        }
        self.state = State::Done;
        Err(self.wrong("the line is cut off or longer than any line may be"))
    }

    fn step(&mut self) -> Result<Option<Piece>, RecordError> {
        loop {
            let Some(line) = self.next_line()? else {
                let state = std::mem::replace(&mut self.state, State::Done);
                self.line += 1;
                return match state {
                    State::Ended | State::Done => Ok(None),
                    State::Begins | State::Goes => {
                        Err(self.wrong("the record is cut off: its last line is wanting"))
                    }
                };
            };
            match self.state {
                State::Begins => {
                    self.state = State::Goes;
                    self.read_header(&line)?;
                }
                State::Goes => match read_line(&line) {
                    Line::Act(name, act) => {
                        self.acts += 1;
                        return Ok(Some(Piece::Act(name, act)));
                    }
                    Line::BadAct(act, what) => {
                        self.acts += 1;
                        let (line, fault) = (self.line, Fault::Line(what));
                        return Err(RecordError::Act { line, act, fault });
                    }
                    Line::Content(name, bytes) => {
                        self.contents += 1;
                        return Ok(Some(Piece::Content(name, bytes)));
                    }
                    Line::Other => self.read_footer(&line)?,
                },
                State::Ended | State::Done => {
                    return Err(self.wrong("nothing may follow the last line of a record"));
                }
            }
        }
    }

    fn read_header(&mut self, line: &[u8]) -> Result<(), RecordError> {
        let value: Option<serde_json::Value> = serde_json::from_slice(line).ok();
        let field = |name: &str| value.as_ref().and_then(|value| value.get(name));
        if let Some(format) = field("format").and_then(serde_json::Value::as_u64)
            && format != FORMAT
        {
            return Err(self.wrong(format!(
                "the record is of format {format}; this program reads format {FORMAT}"
            )));
        }
        let process = field("process")
            .cloned()
            .and_then(|process| serde_json::from_value(process).ok());
        match process {
            Some(process) if header(process).as_bytes() == line => {
                self.process = Some(process);
                Ok(())
            }
            _ => Err(self.wrong("the first line of a record is expected")),
        }
    }

    fn read_footer(&mut self, line: &[u8]) -> Result<(), RecordError> {
        if footer(self.acts, self.contents).as_bytes() == line {
            self.state = State::Ended;
            return Ok(());
        }
        if line.starts_with(br#"{"acts":"#) {
            self.state = State::Ended;
            return Err(self.wrong("it counts other acts or contents than the record has"));
        }
        Err(self.wrong("this line is none of a record"))
    }
}

impl<R: BufRead> Iterator for RecordReader<R> {
    type Item = Result<Piece, RecordError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.state == State::Done {
            return None;
        }
        let step = self.step();
        if matches!(step, Err(RecordError::File(_))) {
            self.state = State::Done;
        }
        step.transpose()
    }
}

/// Verifies a whole record, also against heads that somebody else holds.
///
/// # Errors
/// Where the file cannot be read. What is wrong with the record stands in the report.
pub fn verify_record(input: impl BufRead, against: Option<&Heads>) -> Result<Report, RecordError> {
    let mut reader = RecordReader::new(input);
    let mut verifier: Option<Verifier> = None;
    let mut last_act: Option<Place> = None;
    let mut last_content: Option<ContentDigest> = None;
    while let Some(piece) = reader.next() {
        let verifier = verifier.get_or_insert_with(|| Verifier::new(reader.process()));
        let place = format!("line {}", reader.line());
        let out_of_order = |what: &str| Damage::Carrier {
            place: place.clone(),
            what: format!("{what} comes too late: acts go by room, depth and name, then contents"),
        };
        match piece {
            Ok(Piece::Act(name, act)) => {
                if let Some(envelope) = verifier.act(name, &act) {
                    let here = place_in_record(act.id(), &envelope);
                    let late = last_act.as_ref().is_some_and(|last| *last >= here);
                    if late || last_content.is_some() {
                        verifier.damage(out_of_order("this act"));
                    }
                    last_act = Some(here);
                }
            }
            Ok(Piece::Content(name, bytes)) => {
                if last_content.is_some_and(|last| last >= name) {
                    verifier.damage(out_of_order("this content"));
                }
                last_content = Some(name);
                verifier.content(name, bytes.as_deref());
            }
            Err(RecordError::Act { act, fault, .. }) => verifier.bad(act, fault),
            Err(RecordError::Line { what, .. }) => {
                verifier.damage(Damage::Carrier { place, what });
            }
            Err(error) => return Err(error),
        }
    }
    let verifier = verifier.unwrap_or_else(|| Verifier::new(reader.process()));
    Ok(verifier.finish(against))
}
