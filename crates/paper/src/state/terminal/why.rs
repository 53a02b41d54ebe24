//! Why something is as it is: the answer first, then the reasons, each with the acts it rests on.

use onetext_talks::Explanation;

use super::super::ink::Ink;
use super::super::layout::{clean, hang};
use super::super::words;
use super::Page;

/// An explanation, to be read from the top: one may stop after the first line.
#[must_use]
pub fn explanation(explanation: &Explanation, page: &Page) -> String {
    let ink = Ink(page.colour);
    let width = page.width.clamp(40, 200);
    let mut out = format!("{}\n", ink.bold(&clean(&explanation.subject)));
    out.push_str(&hang("", &explanation.answer, width));
    if !explanation.because.is_empty() {
        out.push('\n');
    }
    for (index, reason) in explanation.because.iter().enumerate() {
        out.push_str(&hang(&format!("{:>2}. ", index + 1), &reason.text, width));
        for act in &reason.acts {
            for line in hang("      ", &words::act(act), width).lines() {
                out.push_str(&ink.quiet(line));
                out.push('\n');
            }
        }
    }
    out
}
