//! Package analysis against a list of all packages.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests fail as tests do"
)]

mod brute;
mod given;
mod limits;
mod prefer;
mod robust;
