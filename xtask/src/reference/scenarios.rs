//! The scenarios of the competitions: frontiers and solutions as the program gives them, against exact reference results.

use std::path::Path;

use serde_json::Value;

use super::Shared;
use crate::clock::told;
use crate::failure::{Result as Outcome, While};
use crate::program::Program;

/// Runs every case of the table, before and after reservation, for both points of disagreement.
pub(super) fn check(
    program: &Program,
    shared: &Shared,
    folder: &Path,
    note: &mut dyn FnMut(&str, Result<String, String>),
) -> Outcome {
    let root = shared.file("data/scenarios");
    let table = root.join("reference.csv");
    let table = std::fs::read_to_string(&table).on(table.display())?;
    let mut lines = table.lines().map(fields);
    let names = lines.next().unwrap_or_default();
    for line in lines {
        let row = Row {
            names: &names,
            line: &line,
        };
        let case = root.join("xml").join(row.get("case"));
        let outcome = one(program, folder, &case.to_string_lossy(), &row);
        note(&format!("scenario {}", row.get("case")), outcome);
    }
    Ok(())
}

struct Row<'a> {
    names: &'a [String],
    line: &'a [String],
}

impl Row<'_> {
    fn get(&self, name: &str) -> &str {
        let place = self.names.iter().position(|own| own == name);
        place
            .and_then(|place| self.line.get(place))
            .map_or("", String::as_str)
    }
}

/// The fields of a line of CSV.
fn fields(line: &str) -> Vec<String> {
    let (mut fields, mut quoted) = (vec![String::new()], false);
    for c in line.trim_end().chars() {
        match (c, fields.last_mut()) {
            ('"', _) => quoted = !quoted,
            (',', _) if !quoted => fields.push(String::new()),
            (c, Some(last)) => last.push(c),
            (_, None) => {}
        }
    }
    fields
}

fn one(program: &Program, folder: &Path, case: &str, row: &Row<'_>) -> Result<String, String> {
    let profiles = row.get("profiles_used").replace('|', ",");
    let mut slowest = std::time::Duration::ZERO;
    let mut ask = |more: &[&str]| -> Result<Value, String> {
        let words = [&["packages", case, "--profiles", &profiles, "--json"], more].concat();
        let run = program
            .run(folder, &words)
            .map_err(|failure| failure.to_string())?;
        slowest = slowest.max(run.taken.wall);
        match run.good {
            true => {
                serde_json::from_slice(&run.answer).map_err(|error| format!("no JSON: {error}"))
            }
            false => Err(format!("the program failed: {}", run.said.trim())),
        }
    };
    let all = ask(&["--ignore-reservation"])?;
    let count = |answer: &Value| {
        let points = answer["frontier"].as_array().map_or(0, Vec::len);
        points.to_string()
    };
    let mut lacks = Vec::new();
    let mut hold = |what: &str, good: bool| {
        if !good {
            lacks.push(what.to_owned());
        }
    };
    hold("frontier", count(&all) == row.get("n_pareto_exact_all"));
    hold("outcomes", all["outcomes"] == row.get("outcomes"));
    for (from, ending) in [("reservation", "d_rv"), ("attainable", "d_maxrvmin")] {
        let found = ask(&["--disagreement", from])?;
        hold(
            "acceptable frontier",
            count(&found) == row.get("n_pareto_exact_rational"),
        );
        for (key, column) in [
            ("nash", format!("exact_nash_{ending}")),
            ("egalitarian", format!("exact_egalitarian_{ending}")),
            ("kalai_smorodinsky", format!("exact_ks_maxmin_{ending}")),
            (
                "kalai_smorodinsky_spread",
                format!("exact_ks_minspread_{ending}"),
            ),
            ("welfare", "exact_max_welfare".to_owned()),
        ] {
            hold(
                &format!("{key} {ending}"),
                among(row.get(&column), &found[key]),
            );
        }
    }
    match lacks.is_empty() {
        true => Ok(format!("{} points, at most {}", count(&all), told(slowest))),
        false => Err(lacks.join(", ")),
    }
}

/// Whether a solution is one of the tied points of a column, which is cut at three: where it is none of three, that is not
/// settled and does not count against it.
fn among(column: &str, solution: &Value) -> bool {
    let tied: Vec<Vec<f64>> = serde_json::from_str(column).unwrap_or_default();
    let Some(own) = solution["utilities"].as_array() else {
        return tied.is_empty();
    };
    let own: Vec<f64> = own.iter().filter_map(Value::as_f64).collect();
    let near = |point: &Vec<f64>| point.iter().zip(&own).all(|(a, b)| (a - b).abs() < 1e-12);
    tied.iter().any(near) || tied.len() == 3
}
