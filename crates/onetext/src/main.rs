//! `onetext`: the one-text procedure at a command line.

mod cli;
mod commands;
mod failure;
mod folder;
mod out;
mod place;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run(std::env::args_os())
}
