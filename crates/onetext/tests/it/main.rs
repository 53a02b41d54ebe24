//! The program as people run it.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

mod answers;
mod demo;
mod errors;
mod help;
mod stories;
mod support;
