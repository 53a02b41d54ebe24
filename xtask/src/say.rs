//! Speaking: the one place that writes to the terminal. A closed pipe is no failure of a task.

use std::io::Write;

/// Prints a line of findings or figures.
pub(crate) fn line(text: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{text}");
    let _ = out.flush();
}

/// Prints why something failed.
pub(crate) fn problem(text: &str) {
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}
