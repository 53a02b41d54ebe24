//! What a stranger can rely on, as properties of invented processes.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests fail as tests do"
)]

mod format;
mod history;
mod pouch;
mod record;
mod verify;
