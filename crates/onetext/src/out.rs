//! Where answers go: standard output, through one buffer.

use std::io::{BufWriter, IsTerminal, StdoutLock, Write};

use onetext_paper::state::Page;
use serde::Serialize;

use crate::cli::{Colour, Manner};
use crate::failure::Failure;

/// Standard output.
pub(crate) struct Out {
    to: BufWriter<StdoutLock<'static>>,
    manner: Manner,
}

/// Whether colour is shown.
pub(crate) fn choice(colour: Colour) -> anstream::ColorChoice {
    match colour {
        Colour::Always => anstream::ColorChoice::Always,
        Colour::Never => anstream::ColorChoice::Never,
        Colour::Auto => anstream::ColorChoice::Auto,
    }
}

impl Out {
    /// Standard output, in the manner that was asked for.
    pub(crate) fn new(manner: Manner) -> Self {
        Out {
            to: BufWriter::with_capacity(1 << 16, std::io::stdout().lock()),
            manner,
        }
    }

    /// Whether the answer is to be JSON.
    pub(crate) fn json(&self) -> bool {
        self.manner.json
    }

    /// Whether standard output shows colour.
    pub(crate) fn colour(&self) -> bool {
        match self.manner.color {
            Colour::Always => true,
            Colour::Never => false,
            Colour::Auto => {
                anstream::AutoStream::choice(&std::io::stdout()) != anstream::ColorChoice::Never
            }
        }
    }

    /// The columns of the terminal; 80 where there is none.
    pub(crate) fn width(&self) -> usize {
        terminal_size::terminal_size_of(std::io::stdout())
            .map_or(80, |(terminal_size::Width(columns), _)| {
                usize::from(columns)
            })
    }

    /// The page that answers are printed on.
    pub(crate) fn page(&self, ask: String) -> Page {
        Page {
            width: self.width(),
            colour: self.colour(),
            ask,
        }
    }

    /// Whether somebody waits for the answer at a terminal.
    pub(crate) fn waits(&self) -> bool {
        !self.json() && std::io::stderr().is_terminal()
    }

    /// Words, as they are.
    pub(crate) fn say(&mut self, words: &str) -> Result<(), Failure> {
        self.bytes(words.as_bytes())
    }

    /// A line.
    pub(crate) fn line(&mut self, words: &str) -> Result<(), Failure> {
        self.say(words)?;
        self.say("\n")
    }

    /// Bytes, as they are.
    pub(crate) fn bytes(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.to
            .write_all(bytes)
            .map_err(|error| Failure::output(&error))
    }

    /// Whether JSON is laid out: on a terminal; elsewhere it is on one line.
    pub(crate) fn laid_out(&self) -> bool {
        std::io::stdout().is_terminal()
    }

    /// One JSON object: laid out on a terminal, on one line elsewhere.
    pub(crate) fn object(&mut self, object: &impl Serialize) -> Result<(), Failure> {
        let written = if self.laid_out() {
            serde_json::to_writer_pretty(&mut self.to, object)
        } else {
            serde_json::to_writer(&mut self.to, object)
        };
        written.map_err(|error| Failure::output(&error.into()))?;
        self.line("")
    }

    /// What was said so far is said before anything else is.
    pub(crate) fn flush(&mut self) -> Result<(), Failure> {
        self.to.flush().map_err(|error| Failure::output(&error))
    }

    /// Nothing more is said.
    pub(crate) fn finish(mut self) -> Result<(), Failure> {
        self.flush()
    }
}
