//! What the press reads, case by case, and under hostile text.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

mod cases;
mod hostile;
mod places;
mod texts;
