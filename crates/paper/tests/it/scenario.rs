//! Scenarios of GENIUS against exact reference results, where these lie beside the checkout.

use std::path::Path;

use onetext_bargain::{Disagreement, Fraction, Solution, Wish, study};
use onetext_paper::scenario;
use serde_json::Value;

/// The fields of a line of CSV.
fn fields(line: &str) -> Vec<String> {
    let (mut fields, mut quoted) = (vec![String::new()], false);
    for c in line.trim_end().chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(String::new()),
            c => fields.last_mut().unwrap().push(c),
        }
    }
    fields
}

/// Whether a solution is one of the tied points of a column; the columns are cut at three.
fn among(column: &str, solution: Option<&Solution>) -> bool {
    let tied: Vec<Vec<f64>> = serde_json::from_str::<Value>(column)
        .unwrap()
        .as_array()
        .unwrap()
        .iter()
        .map(|point| {
            point
                .as_array()
                .unwrap()
                .iter()
                .map(|number| number.as_f64().unwrap())
                .collect()
        })
        .collect();
    let Some(solution) = solution else {
        return tied.is_empty();
    };
    let own: Vec<f64> = solution
        .point
        .utilities
        .iter()
        .map(|utility: &Fraction| utility.shown())
        .collect();
    let near = |point: &Vec<f64>| point.iter().zip(&own).all(|(a, b)| (a - b).abs() < 1e-12);
    tied.iter().any(near) || tied.len() >= 3
}

#[test]
fn all_cases_equal_the_reference() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/scenarios");
    let Ok(table) = std::fs::read_to_string(root.join("reference.csv")) else {
        return eprintln!("SKIPPED: no reference scenarios beside the checkout");
    };
    let mut lines = table.lines();
    let names = fields(lines.next().unwrap());
    let (mut wrong, mut cases) = (Vec::new(), 0);
    for line in lines {
        let line = fields(line);
        let get = |name: &str| line[names.iter().position(|own| own == name).unwrap()].as_str();
        let mut files: Vec<(String, Vec<u8>)> =
            std::fs::read_dir(root.join("xml").join(get("case")))
                .unwrap()
                .map(|entry| entry.unwrap().path())
                .map(|path| {
                    (
                        path.file_name().unwrap().to_string_lossy().into_owned(),
                        std::fs::read(&path).unwrap(),
                    )
                })
                .collect();
        files.sort();
        let named: Vec<(&str, &[u8])> = files
            .iter()
            .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
            .collect();
        let profiles: Vec<String> = get("profiles_used").split('|').map(str::to_owned).collect();
        let terms = scenario::read(&named, Some(&profiles)).unwrap().terms;
        let all = study(
            &terms,
            &Wish {
                ignore_reservation: true,
                ..Wish::default()
            },
        )
        .unwrap();
        let mut say = |what: &str, good: bool| {
            if !good {
                wrong.push(format!("{}: {what}", get("case")))
            }
        };
        say(
            "frontier",
            all.frontier.len().to_string() == get("n_pareto_exact_all"),
        );
        say("outcomes", all.outcomes == get("outcomes"));
        for (disagreement, ending) in [
            (Disagreement::Reservation, "d_rv"),
            (Disagreement::Attainable, "d_maxrvmin"),
        ] {
            let found = study(
                &terms,
                &Wish {
                    disagreement,
                    ..Wish::default()
                },
            )
            .unwrap();
            say(
                "acceptable frontier",
                found.frontier.len().to_string() == get("n_pareto_exact_rational"),
            );
            let solutions = found.solutions.as_ref();
            let column = |name: &str| get(&format!("exact_{name}_{ending}")).to_owned();
            say(
                &format!("nash {ending}"),
                among(&column("nash"), solutions.map(|s| &s.nash)),
            );
            say(
                &format!("egalitarian {ending}"),
                among(&column("egalitarian"), solutions.map(|s| &s.egalitarian)),
            );
            say(
                &format!("ks {ending}"),
                among(
                    &column("ks_maxmin"),
                    solutions.map(|s| &s.kalai_smorodinsky),
                ),
            );
            say(
                &format!("ks spread {ending}"),
                among(
                    &column("ks_minspread"),
                    solutions.map(|s| &s.kalai_smorodinsky_spread),
                ),
            );
            say(
                "welfare",
                among(get("exact_max_welfare"), solutions.map(|s| &s.welfare)),
            );
        }
        cases += 1;
    }
    assert_eq!(wrong, Vec::<String>::new());
    assert_eq!(cases, 81);
}

#[test]
fn hostile_markup_is_refused_with_its_line() {
    let refused = |words: &str| scenario::read(&[("a.xml", words.as_bytes())], None).unwrap_err();
    for (words, line) in [
        (
            "<?xml version=\"1.0\"?>\n<!DOCTYPE a [<!ENTITY b \"c\">]>\n<utility_space/>",
            2,
        ),
        (
            "<utility_space>\n<issue index=\"1\" name=\"&b;\"/></utility_space>",
            2,
        ),
        (
            "<utility_space>\n<reservation value=\"NaN\"/></utility_space>",
            2,
        ),
        ("<html/>", 1),
        ("<utility_space>", 1),
    ] {
        assert_eq!(refused(words).line, Some(line), "{words}");
    }
    let deep = format!("<utility_space>{}", "<a>".repeat(100));
    assert_eq!(refused(&deep).line, Some(1));
}
