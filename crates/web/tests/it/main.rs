//! The workbench, asked without a socket.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

mod api;
mod around;
mod authority;
mod briefing;
mod circulating;
mod door;
mod drafting;
mod entrance;
mod forms;
mod gates;
mod guessing;
mod keeping;
mod language;
mod leaks;
mod meetings;
mod packages;
mod people;
mod positions;
mod redline;
mod report;
mod search;
mod slow;
mod state;
mod statements;
mod support;
mod tls;
mod understandings;
mod views;
mod words;
