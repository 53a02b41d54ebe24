//! Package studies, put into words, JSON and a picture.

mod forecast;
mod json;
mod picture;
mod process;
mod robust;
mod terminal;

use onetext_bargain::{
    Disagreement, Fraction, Given, Point, Robust, Solution, Solutions, Study, Terms,
};

pub use forecast::{forecast_json, forecast_words};
pub use json::json;
pub use picture::picture;
pub use process::{FromProcess, Preferred};
pub use terminal::page;

/// A study with what it is about.
#[derive(Debug, Clone)]
pub struct Answer {
    /// What the scenario is called.
    pub name: String,
    /// What was bargained over.
    pub terms: Terms,
    /// What was found.
    pub study: Study,
    /// What was read and is not taken into account.
    pub remarks: Vec<String>,
    /// Whether packages that a party would refuse are shown too.
    pub ignore_reservation: bool,
    /// From where gains are counted.
    pub disagreement: Disagreement,
    /// What is found about a package that was named.
    pub given: Option<Given>,
    /// Every package of each point of the frontier, and whether these are all; where they were asked for.
    pub same: Option<Vec<(Vec<Vec<usize>>, bool)>>,
    /// What stays true over the intervals of the numbers, where that was asked.
    pub robust: Option<Robust>,
    /// Where points and preferences come from, where they come from a process.
    pub process: Option<FromProcess>,
}

/// A named solution as it is told.
struct Named<'a> {
    key: &'static str,
    name: &'static str,
    says: &'static str,
    solution: &'a Solution,
}

impl Answer {
    /// The solutions in the order in which they are told; empty where there are none.
    fn named(&self) -> Vec<Named<'_>> {
        self.study.solutions.as_ref().map_or_else(Vec::new, named)
    }

    /// Why there are no solutions; none where there are.
    fn why(&self) -> Option<String> {
        if self.study.solutions.is_some() {
            return None;
        }
        let Some(ideals) = &self.study.ideals else {
            return Some("the constraints leave no package".to_owned());
        };
        let short = self.terms.parties.iter().zip(ideals);
        let short: Vec<String> = short
            .filter(|(party, ideal)| **ideal < party.reservation)
            .map(|(party, ideal)| {
                format!(
                    "no package gives {} its reservation of {}: the most is {}",
                    party.id,
                    shown(party.reservation),
                    shown(*ideal)
                )
            })
            .collect();
        Some(if short.is_empty() {
            "no package gives every party its reservation".to_owned()
        } else {
            short.join("; ")
        })
    }

    /// On how many issues two packages differ.
    fn apart(&self, one: &Point, other: &Point) -> usize {
        let pairs = one.package.iter().zip(&other.package);
        pairs.filter(|(a, b)| a != b).count()
    }

    /// The option of an issue in a package.
    fn option(&self, point: &Point, issue: usize) -> &str {
        let option = point.package.get(issue);
        self.terms
            .issues
            .get(issue)
            .zip(option)
            .and_then(|(issue, option)| issue.options.get(*option))
            .map_or("", String::as_str)
    }
}

/// A number as people read it: at most four places after the point, none that says nothing.
fn shown(number: Fraction) -> String {
    plain(number.shown())
}

fn plain(number: f64) -> String {
    let words = format!("{number:.4}");
    let words = words.trim_end_matches('0').trim_end_matches('.');
    match words {
        "-0" | "" => "0".to_owned(),
        words => words.to_owned(),
    }
}

/// Solutions in the order in which they are told.
fn named(found: &Solutions) -> Vec<Named<'_>> {
    let named = |key, name, says, solution| Named {
        key,
        name,
        says,
        solution,
    };
    let mut told = vec![
        named("nash", "Nash", "product of gains", &found.nash),
        named(
            "kalai_smorodinsky",
            "Kalai-Smorodinsky",
            "least share of what a party could gain",
            &found.kalai_smorodinsky,
        ),
        named(
            "egalitarian",
            "egalitarian",
            "least gain",
            &found.egalitarian,
        ),
        named(
            "welfare",
            "greatest sum",
            "sum of utilities",
            &found.welfare,
        ),
    ];
    if let Some(spread) = &found.kalai_smorodinsky_spread {
        told.push(named(
            "kalai_smorodinsky_spread",
            "closest shares",
            "spread of those shares",
            spread,
        ));
    }
    told
}
