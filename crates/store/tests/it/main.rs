//! The store, tested from outside.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests fail as tests do"
)]

mod bad_input;
mod contract;
mod copies;
mod keys;
mod law_2;
mod law_6;
mod law_6_disk;
mod samples;
mod secrecy;
mod tampering;
mod world;
