//! `onetext packages`: which combinations of options leave nobody worse off than need be.

use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::{Args, ValueEnum};
use onetext_desk::{
    Budget, Disagreement, Fraction, PackagesAsked, Paper, Weighing, Wish, package_study,
};

use super::harmless;
use crate::failure::Failure;
use crate::folder::{Until, opened};
use crate::out::Out;
use crate::place::{Lock, note};

/// Somebody who waits longer than this, in seconds, is told beforehand.
const LONG: f64 = 1.0;

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// A scenario: a .toml or .json file, or a folder of GENIUS (.xml) or NegMAS (.yml) files
    #[arg(value_name = "SCENARIO", required_unless_present_any = ["from", "workspace"])]
    scenario: Option<PathBuf>,
    /// Weigh what is open in a process instead: its dossier, by the preferences on record there
    #[arg(long, value_name = "DOSSIER", conflicts_with_all = ["scenario", "profiles"])]
    from: Option<PathBuf>,
    /// The same from a workspace
    #[arg(short = 'C', value_name = "DIR", conflicts_with_all = ["scenario", "profiles", "from"])]
    workspace: Option<PathBuf>,
    #[command(flatten)]
    lock: Lock,
    /// In a process, look through this seat [default: the pen-holder's]
    #[arg(long = "as", value_name = "SEAT", conflicts_with = "scenario")]
    seat: Option<String>,
    #[command(flatten)]
    until: Until,
    /// Of a folder, these utility profiles alone, by file name without ending, in this order
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    profiles: Option<Vec<String>>,
    /// Also show packages that give a party less than its reservation
    #[arg(long)]
    ignore_reservation: bool,
    /// From where gains are counted
    #[arg(long, value_name = "FROM", value_enum, default_value_t)]
    disagreement: From,
    /// Look at this package too: can anyone gain at nobody's cost? One option for every issue
    #[arg(long, value_name = "ISSUE=OPTION,…", value_delimiter = ',', value_parser = pair)]
    package: Option<Vec<(String, String)>>,
    /// List every package of each point, where several give the same
    #[arg(long)]
    all: bool,
    /// Say what holds whatever the numbers are within their intervals, and on which numbers the answers hang; with a number
    /// each lies within so many hundredths of itself
    #[arg(long, value_name = "HUNDREDTHS", num_args = 0..=1, value_parser = share)]
    robust: Option<Option<Fraction>>,
    /// Spend at most so much on the frontier: 500ms, 2s, 64MB; past it, it is thinned out and carries its bound
    #[arg(long, value_name = "LIMIT")]
    budget: Option<Budget>,
    /// Say what the study will cost, and make none
    #[arg(long)]
    forecast: bool,
    /// Write a picture: the frontier, the solutions, the reservations and the given package
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,
}

fn pair(words: &str) -> Result<(String, String), String> {
    let (issue, option) = words
        .split_once('=')
        .ok_or("write issue=option, with commas between")?;
    Ok((issue.trim().to_owned(), option.trim().to_owned()))
}

fn share(words: &str) -> Result<Fraction, String> {
    let number = Fraction::decimal(words).filter(|number| *number >= Fraction::ZERO);
    number.ok_or_else(|| "write a number of hundredths, as 10".to_owned())
}

/// From where gains are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum From {
    /// The reservation.
    #[default]
    Reservation,
    /// The reservation, or the least that any package gives, where that is more.
    Attainable,
}

pub(crate) fn run(given: &Arguments, out: &mut Out) -> Result<(), Failure> {
    let wish = Wish {
        ignore_reservation: given.ignore_reservation,
        disagreement: match given.disagreement {
            From::Reservation => Disagreement::Reservation,
            From::Attainable => Disagreement::Attainable,
        },
        budget: given.budget,
    };
    let asked = PackagesAsked {
        wish,
        package: given.package.as_deref(),
        all: given.all,
        robust: given.robust,
    };
    let started = clock();
    let weighing = match &given.scenario {
        Some(scenario) => {
            let files = files(scenario)?;
            let papers: Vec<Paper<'_>> = files
                .iter()
                .map(|(name, bytes)| Paper { name, bytes })
                .collect();
            Weighing::read(&name(scenario), &papers, given.profiles.as_deref())?
        }
        None => {
            let workspace = given.workspace.as_deref();
            let workspace = workspace
                .map(|folder| given.lock.open(folder))
                .transpose()?
                .map(|workspace| (workspace, given.seat.as_deref()));
            let (books, viewer, cut) = opened(
                given.from.as_deref(),
                workspace,
                given.seat.as_deref(),
                &given.until,
            )?;
            Weighing::of_process(&books, &viewer, &cut)?
        }
    };
    if given.forecast || out.waits() {
        let forecast = weighing.forecast(&asked.wish)?;
        if given.forecast {
            return match out.json() {
                true => out.object(&package_study::forecast_json(&forecast)),
                false => out.say(&package_study::forecast_words(&forecast)),
            };
        }
        if forecast.seconds > LONG {
            note(package_study::forecast_words(&forecast).trim_end());
        }
    }
    let answer = weighing.study(&asked)?;
    let elapsed = started.elapsed();
    if let Some(file) = &given.svg {
        let Some(picture) = package_study::picture(&answer) else {
            return Err(Failure::new(
                "no-picture",
                "a picture needs two parties and one package to show",
                "leave out --svg, or add --ignore-reservation",
            ));
        };
        std::fs::write(file, picture).map_err(|error| Failure::file(file, &error))?;
    }
    if out.json() {
        return out.object(&package_study::json(&answer, elapsed));
    }
    out.say(&harmless(&package_study::page(&answer, out.width())))
}

#[expect(
    clippy::disallowed_methods,
    reason = "the answer says how long it took, and nothing else hangs on it"
)]
fn clock() -> Instant {
    Instant::now()
}

/// What a scenario is called: its file or folder without what stands around it.
fn name(path: &Path) -> String {
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let name = if path.is_dir() {
        path.file_name()
    } else {
        path.file_stem()
    };
    name.unwrap_or_default().to_string_lossy().into_owned()
}

/// The files of a scenario, by name: the one that is named, or those of a folder that can belong to it.
fn files(scenario: &Path) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let mut paths = vec![scenario.to_owned()];
    if scenario.is_dir() {
        let entries = scenario
            .read_dir()
            .map_err(|error| Failure::file(scenario, &error))?;
        paths = entries
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| path.is_file() && belongs(path))
            .collect();
        paths.sort();
        // Where a folder holds several forms, the markup is the original, and JSON what was made of it last.
        for form in [["xml", "xml"], ["yml", "yaml"]] {
            let is = |path: &PathBuf| form.contains(&ending(path).as_str());
            if paths.iter().any(is) {
                paths.retain(is);
            }
        }
    }
    let read = paths.iter().map(|path| {
        let bytes = super::read(path)?;
        Ok((path.display().to_string(), bytes))
    });
    read.collect()
}

fn ending(path: &Path) -> String {
    let ending = path.extension().unwrap_or_default();
    ending.to_string_lossy().to_ascii_lowercase()
}

/// Profiles and domains; not what a program wrote about them, and nothing hidden.
fn belongs(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let beside = name.starts_with(['.', '_']) || name.to_ascii_lowercase().ends_with("pareto.xml");
    !beside && ["xml", "yml", "yaml", "json"].contains(&ending(path).as_str())
}
