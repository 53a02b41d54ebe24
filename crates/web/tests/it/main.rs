//! The workbench, asked without a socket.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

mod api;
mod door;
mod drafting;
mod entrance;
mod forms;
mod leaks;
mod positions;
mod support;
mod tls;
mod words;
