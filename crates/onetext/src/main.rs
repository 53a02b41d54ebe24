//! `onetext`: the one-text procedure at a command line.

mod cli;
mod commands;
mod failure;
mod folder;
mod out;
mod place;

use std::process::ExitCode;

fn main() -> ExitCode {
    #[cfg(feature = "mutants")]
    if let Ok(rule) = std::env::var("ONETEXT_MUTANT") {
        onetext_talks::mutant::switch_off(&rule);
    }
    cli::run(std::env::args_os())
}
