//! What stays true over the intervals of the numbers, put into words and JSON.

use onetext_bargain::{Hangs, Judged, Number, Robust};
use serde_json::{Map, Value, json};

use super::terminal::{many, table};
use super::{Answer, named, shown};

/// How many packages, and how many numbers, a page lists.
const LISTED: usize = 20;

/// What becomes of one solution where a number is at one end.
struct Change {
    key: &'static str,
    name: &'static str,
    at: &'static str,
    /// The package then; none where none is acceptable to all.
    package: Option<Vec<usize>>,
    /// On how many points it differs.
    apart: usize,
}

impl Answer {
    /// The section of a page.
    pub(super) fn robust_lines(&self, robust: &Robust, width: usize) -> Vec<String> {
        let mut lines = vec!["Whatever the numbers are within their intervals:".to_owned()];
        let sure = robust
            .packages
            .iter()
            .filter(|own| own.surely == Some(true));
        let count = sure.count();
        lines.push(match (count, robust.all_sure) {
            (0, true) => {
                "  no package is surely efficient: which ones are depends on the numbers".to_owned()
            }
            (count, true) => format!("  {} surely efficient, and no other is", be(count)),
            (count, false) => format!(
                "  {} surely efficient; there may be others, since not all packages were looked at",
                be(count)
            ),
        });
        lines.push(match robust.all_possible {
            true => format!(
                "  {} efficient for some of the numbers; every other is dominated whatever they are",
                be(robust.packages.len())
            ),
            false => "  the packages that are efficient for some of the numbers are too many to compare; those of the frontier were judged".to_owned(),
        });
        lines.push(String::new());
        lines.extend(self.judged_table(robust, width));
        lines.push(String::new());
        lines.extend(self.hangs_lines(robust));
        lines
    }

    fn judged_table(&self, robust: &Robust, width: usize) -> Vec<String> {
        let ids = self.terms.parties.iter().map(|party| party.id.clone());
        let mut rows: Vec<Vec<String>> = vec![ids.collect()];
        if let Some(head) = rows.first_mut() {
            head.push("efficient".to_owned());
            head.push("package".to_owned());
        }
        let mut packages: Vec<&Judged> = robust.packages.iter().collect();
        packages.sort_by_key(|own| own.surely != Some(true));
        for own in packages.iter().take(LISTED) {
            let between = own.least.iter().zip(&own.most);
            let mut row: Vec<String> = between
                .map(|(least, most)| between_words(shown(*least), shown(*most)))
                .collect();
            row.push(
                match (own.surely, own.possibly) {
                    (Some(true), _) => "surely",
                    (_, Some(true)) => "possibly",
                    _ => "not settled",
                }
                .to_owned(),
            );
            let options = own.package.iter().enumerate();
            let options = options.map(|(issue, option)| self.option_of(issue, *option));
            row.push(options.collect::<Vec<_>>().join(" · "));
            rows.push(row);
        }
        let mut lines = table(&rows, &[1], width);
        if packages.len() > LISTED {
            lines.push(format!(
                "… and {} more; --json lists all",
                packages.len() - LISTED
            ));
        }
        lines
    }

    /// On which numbers the solutions hang.
    fn hangs_lines(&self, robust: &Robust) -> Vec<String> {
        let Some(hangs) = &robust.hangs else {
            return vec![
                "On which numbers the solutions hang was not worked out: it would take too long."
                    .to_owned(),
            ];
        };
        let mut told: Vec<(&Hangs, Vec<Change>)> = hangs
            .iter()
            .map(|own| (own, self.changes(own)))
            .filter(|(_, changes)| !changes.is_empty())
            .collect();
        told.sort_by_key(|(_, changes)| std::cmp::Reverse(changes.len()));
        let still = hangs.len() - told.len();
        let mut lines = Vec::new();
        if told.is_empty() {
            lines.push(match still {
                0 => "No number is uncertain.".to_owned(),
                _ => format!("No solution hangs on any one of the {still} uncertain numbers: with it at either end all stay."),
            });
            return lines;
        }
        lines.push("What the solutions hang on, one number at a time:".to_owned());
        for (own, changes) in told.iter().take(LISTED) {
            lines.push(format!(
                "  {}, {}",
                self.number_words(own),
                between_words(shown(own.between.0), shown(own.between.1))
            ));
            for at in ["least", "most"] {
                let own: Vec<String> = changes
                    .iter()
                    .filter(|change| change.at == at)
                    .map(|change| match change.package {
                        None => format!("{} is none", change.name),
                        Some(_) => {
                            format!("{} differs on {}", change.name, many(change.apart, "point"))
                        }
                    })
                    .collect();
                if !own.is_empty() {
                    lines.push(format!("    at the {at}: {}", own.join("; ")));
                }
            }
        }
        if told.len() > LISTED {
            lines.push(format!(
                "  … and {} more; --json lists all",
                told.len() - LISTED
            ));
        }
        if still > 0 {
            lines.push(format!(
                "  The other {} alone at either end: no solution changes.",
                many(still, "number")
            ));
        }
        lines
    }

    fn number_words(&self, own: &Hangs) -> String {
        let party = self.terms.parties.get(own.party);
        let id = party.map_or("", |party| party.id.as_str());
        match own.number {
            Number::Reservation => format!("the reservation of {id}"),
            Number::Link(link) => format!("link {} of {id}", link + 1),
            Number::Value(choice) => {
                let issue = self.terms.issues.get(choice.issue);
                let name = issue.map_or("", |issue| issue.id.as_str());
                format!(
                    "{name} = {} to {id}",
                    self.option_of(choice.issue, choice.option)
                )
            }
        }
    }

    fn changes(&self, own: &Hangs) -> Vec<Change> {
        let mut changes = Vec::new();
        for (at, then) in [("least", &own.at_least), ("most", &own.at_most)] {
            let found = then.as_ref().map(named).unwrap_or_default();
            for now in self.named() {
                let then = found.iter().find(|own| own.key == now.key);
                let package = then.map(|own| own.solution.point.package.clone());
                let before = &now.solution.point.package;
                if package.as_ref() != Some(before) {
                    let apart = package.as_ref().map_or(0, |package| {
                        let pairs = package.iter().zip(before);
                        pairs.filter(|(a, b)| a != b).count()
                    });
                    changes.push(Change {
                        key: now.key,
                        name: now.name,
                        at,
                        package,
                        apart,
                    });
                }
            }
        }
        changes
    }

    /// The section of the answer as JSON.
    pub(super) fn robust_json(&self, robust: &Robust) -> Value {
        let packages = robust.packages.iter().map(|own| {
            let shown = |numbers: &[onetext_bargain::Fraction]| -> Value {
                numbers.iter().map(|number| number.shown()).collect()
            };
            json!({
                "package": self.package(&own.package),
                "surely": own.surely,
                "possibly": own.possibly,
                "least": shown(&own.least),
                "most": shown(&own.most),
            })
        });
        let hangs = robust.hangs.as_ref().map(|hangs| {
            let told = hangs.iter().map(|own| {
                let party = self.terms.parties.get(own.party);
                let changes = self.changes(own).into_iter().map(|change| {
                    let package = change.package.as_deref().map(|own| self.package(own));
                    json!({
                        "solution": change.key,
                        "at": change.at,
                        "apart": change.apart,
                        "package": package,
                    })
                });
                let number = match own.number {
                    Number::Reservation => json!("reservation"),
                    Number::Link(link) => json!({ "link": link + 1 }),
                    Number::Value(choice) => json!({
                        "issue": self.terms.issues.get(choice.issue).map(|issue| &issue.id),
                        "option": self.option_of(choice.issue, choice.option),
                    }),
                };
                json!({
                    "party": party.map(|party| &party.id),
                    "number": number,
                    "least": own.between.0.shown(),
                    "most": own.between.1.shown(),
                    "changes": changes.collect::<Vec<_>>(),
                })
            });
            told.collect::<Vec<_>>()
        });
        json!({
            "packages": packages.collect::<Vec<_>>(),
            "all_possible": robust.all_possible,
            "all_sure": robust.all_sure,
            "sensitivity": hangs,
        })
    }

    /// A package by the names of its issues and options.
    pub(super) fn package(&self, package: &[usize]) -> Value {
        let own = self.terms.issues.iter().zip(package).enumerate();
        let named: Map<String, Value> = own
            .map(|(place, (issue, option))| {
                (issue.id.clone(), self.option_of(place, *option).into())
            })
            .collect();
        named.into()
    }

    /// The name of an option.
    pub(super) fn option_of(&self, issue: usize, option: usize) -> String {
        let issue = self.terms.issues.get(issue);
        let name = issue.and_then(|issue| issue.options.get(option));
        name.cloned().unwrap_or_default()
    }
}

fn be(count: usize) -> String {
    let words = many(count, "package");
    format!("{words} {}", if count == 1 { "is" } else { "are" })
}

fn between_words(least: String, most: String) -> String {
    match least == most {
        true => least,
        false => format!("{least} to {most}"),
    }
}
