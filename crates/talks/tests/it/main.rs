//! The laws of `design.md` as properties of random processes.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests fail as tests do"
)]

mod chance;
mod closing;
mod conduct;
mod laws;
mod model;
mod papers;
mod silence;
mod small;
mod ties;
mod world;
