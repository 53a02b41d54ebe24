//! The doors of the desk, from outside.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

mod bearing;
mod following;
mod law_2;
mod law_2_packages;
mod ledger;
mod preferences;
mod recording;
mod snapshots;
mod workspace;
