//! Why a task failed: one sentence for the person who ran it.

use std::fmt;

/// Why a task failed.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The command line names no task.
    Usage,
    /// Something that the task looked at does not hold, or it could not look.
    Because(String),
}

/// What a task comes to.
pub(crate) type Result<T = ()> = std::result::Result<T, Failure>;

impl Failure {
    /// A failure told in one sentence.
    pub(crate) fn because(sentence: impl Into<String>) -> Failure {
        Failure::Because(sentence.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Usage => f.write_str("no such task"),
            Failure::Because(sentence) => f.write_str(sentence),
        }
    }
}

/// Says on what an operation of the machine failed.
pub(crate) trait While<T> {
    /// Turns the error into a failure: `WHAT: error`.
    fn on(self, what: impl fmt::Display) -> Result<T>;
}

impl<T, E: fmt::Display> While<T> for std::result::Result<T, E> {
    fn on(self, what: impl fmt::Display) -> Result<T> {
        self.map_err(|error| Failure::because(format!("{what}: {error}")))
    }
}
