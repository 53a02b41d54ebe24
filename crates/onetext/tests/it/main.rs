//! The program as people run it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "helpers of tests fail as tests do"
)]

mod answers;
mod article_day;
mod compartments;
mod demo;
mod errors;
mod examples;
mod help;
mod leaks;
mod mechanisms;
mod packages;
mod recorded;
mod reports;
mod rules;
mod rules_more;
mod screens;
mod stories;
mod support;
mod word;
mod workspace;
