//! The house's own tasks: `cargo xtask tidy`, `mutants`, `bench`, `sample`, `picture`,
//! `verify-twice`, `sim`, `reference`.
//!
//! What a task finds goes to standard output, why it failed to standard error; the exit status is 0 when everything it
//! looked at holds, 1 when something does not, 2 for wrong usage.

mod bench;
mod clock;
mod drafts;
mod failure;
mod figures;
mod house;
mod mutants;
mod picture;
mod prng;
mod program;
mod reference;
mod sample;
mod say;
mod sim;
mod tidy;
mod verify_twice;

use std::process::ExitCode;

use failure::{Failure, Result};

const USAGE: &str = "\
usage: cargo xtask TASK

    mutants [--only NAME]  each row of docs/mechanisms.md switched off in the program: some story must then be false
    tidy                   the house rules: arrows between crates, purity, file sizes, documents, links
    sample talks DIR       writes the large sample process as a dossier: 600 provisions, 200 parties, 40 drafts
    bench talks [--acts N] folds it: whole, one more act, every question of one viewer, the program itself, and a million
                           acts in bulk (N: so many), each against its limit
    bench redline          the redline and the compilation: time, memory, words marked, moves found, each against its limit
                           and beside wdiff and git where they are installed; figures to target/bench-redline.json
    bench word             redlines of documents: time and memory beside wdiff, words marked, real pairs, each against its
                           limit; figures to target/bench-word.json
    bench packages         frontiers and solutions, each against its limit and beside NegMAS, moocore and CP-SAT where Python
                           has them (PYTHON names the interpreter)
    bench web [--small]    the workbench under load: 200 readers, 20 writers, live arrival, beside a static page
    bench seal             appends signed acts and checks signatures, beside the bare commit and the bare checks
    bench record           a store of the large sample's acts, folded from its sealed rows by the program
    bench press            ten thousand news reports and hostile text, against the limits
    press-figures DIR      how well news is read, against a checkout of PolNeAR in DIR; --misses tells what goes wrong in the half
                           that rules are developed on
    picture [--check]      draws README's picture from the demo, or says whether it is still so
    verify-twice           verifies 500 damaged records twice, with ours and with docs/verify.py, and compares
    sim [--seeds N]        three sites exchange pouches late, twice, torn and forged, by so many seeds (50)
    reference              runs the program on the reference data beside the checkout (../shared)
";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match run(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Usage) => {
            say::problem(USAGE);
            ExitCode::from(2)
        }
        Err(failure) => {
            say::problem(&format!("{failure}\n"));
            ExitCode::FAILURE
        }
    }
}

fn run(words: &[&str]) -> Result {
    match words {
        ["tidy"] => tidy::run(),
        ["mutants"] => mutants::run(None),
        ["mutants", "--only", name] => mutants::run(Some(name)),
        ["sample", "talks", folder] => sample::write(std::path::Path::new(folder)),
        ["bench", "talks"] => bench::talks::run(bench::talks::BULK),
        ["bench", "talks", "--acts", acts] => {
            bench::talks::run(acts.parse().map_err(|_| Failure::Usage)?)
        }
        ["bench", "redline"] => bench::redline::run(),
        ["bench", "web"] => bench::web::run(sample::LARGE),
        ["bench", "web", "--small"] => bench::web::run(sample::MIDDLE),
        ["bench", "word"] => bench::word::run(),
        ["bench", "packages"] => bench::packages::run(),
        ["bench", "press"] => bench::press::run(),
        ["bench", "seal"] => bench::seal::run(),
        ["bench", "record"] => bench::record::run(),
        // What the benches run apart, so that the memory is its own.
        ["measure-bulk", acts] => bench::talks::bulk::measure(acts),
        ["measure-fold", "with"] => bench::record::measure(true),
        ["measure-fold", "without"] => bench::record::measure(false),
        ["press-figures", folder] => figures::run(std::path::Path::new(folder), false),
        ["press-figures", folder, "--misses"] => figures::run(std::path::Path::new(folder), true),
        ["sim"] => sim::run(50),
        ["sim", "--seeds", seeds] => sim::run(seeds.parse().map_err(|_| Failure::Usage)?),
        ["verify-twice"] => verify_twice::run(),
        ["picture"] => picture::run(false),
        ["picture", "--check"] => picture::run(true),
        ["reference"] => reference::run(),
        ["reference", "insertions"] => reference::insertions(),
        _ => Err(Failure::Usage),
    }
}
