//! What a draft says, and what became of it.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests fail as tests do"
)]

mod align;
mod bracket;
mod compile;
mod generated;
mod manifest;
mod path;
mod read;
mod read_lists;
mod redline;
mod reference;
mod whole;
