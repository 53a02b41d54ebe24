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

#[expect(clippy::print_stderr, reason = "a test that did nothing says so")]
fn skipped() {
    eprintln!("SKIPPED: no reference scenarios beside the checkout");
}

/// Whether a solution is one of the tied points of a column; the columns are cut at three.
#[expect(clippy::print_stderr, reason = "a test says what it could not settle")]
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
    let settled = tied.iter().any(near);
    if !settled && tied.len() == 3 {
        eprintln!("NOT SETTLED by the reference, whose list is cut at three: {own:?}");
    }
    settled || tied.len() == 3
}

#[test]
fn all_cases_equal_the_reference() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/scenarios");
    let Ok(table) = std::fs::read_to_string(root.join("reference.csv")) else {
        return skipped();
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
                    solutions.and_then(|s| s.kalai_smorodinsky_spread.as_ref()),
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

/// The two parties of a scenario of 28 issues with 4 options, from its exact form.
fn synthetic(bytes: &[u8]) -> String {
    let given: Value = serde_json::from_slice(bytes).unwrap();
    let words = |value: &Value| value.as_array().unwrap().clone();
    let issues: Vec<Value> = words(&given["issues"])
        .iter()
        .map(|issue| serde_json::json!({"id": issue["name"], "options": issue["options"]}))
        .collect();
    let parties = words(&given["parties"]);
    let parties = parties.iter().map(|party| {
        assert_eq!(party["denominator"], "1");
        let values: serde_json::Map<String, Value> = words(&party["utilities"])
            .iter()
            .zip(&issues)
            .map(|(options, issue)| {
                let names = words(&issue["options"]);
                let options: serde_json::Map<String, Value> = words(options)
                    .into_iter()
                    .zip(names)
                    .map(|(value, name)| (name.as_str().unwrap().to_owned(), value))
                    .collect();
                (issue["id"].as_str().unwrap().to_owned(), options.into())
            })
            .collect();
        serde_json::json!({"id": party["name"], "reservation": party["reservation"], "values": values})
    });
    serde_json::json!({"parties": parties.collect::<Vec<_>>(), "issues": issues}).to_string()
}

#[test]
fn the_synthetic_cases_equal_the_reference() {
    let root =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/scenarios/synthetic28x4");
    let Ok(table) = std::fs::read_to_string(root.join("reference.csv")) else {
        return skipped();
    };
    let mut cases = 0;
    for line in table.lines().skip(1) {
        let line = fields(line);
        let [case, size, nash, egalitarian, ks, welfare, ideal] = line.as_slice() else {
            panic!("{line:?}");
        };
        let own = synthetic(&std::fs::read(root.join(format!("{case}.json"))).unwrap());
        let terms = scenario::read(&[("own.json", own.as_bytes())], None)
            .unwrap()
            .terms;
        let found = study(&terms, &Wish::default()).unwrap();
        assert_eq!(found.frontier.len().to_string(), *size, "{case}");
        assert_eq!(found.outcomes, "72057594037927936");
        let ideals: Vec<f64> = found.ideals.unwrap().iter().map(|i| i.shown()).collect();
        assert_eq!(ideals, serde_json::from_str::<Vec<f64>>(ideal).unwrap());
        let found = found.solutions.unwrap();
        for (column, own) in [
            (nash, &found.nash),
            (egalitarian, &found.egalitarian),
            (ks, &found.kalai_smorodinsky),
            (welfare, &found.welfare),
        ] {
            assert!(among(column, Some(own)), "{case}: {column} {own:?}");
        }
        cases += 1;
    }
    assert_eq!(cases, 6);
}

#[test]
fn how_options_resemble_each_other_is_no_option() {
    let domain = "<negotiation_template><issue index=\"1\" name=\"i\"><item value=\"a\"/><item value=\"b\"/></issue></negotiation_template>";
    let profile = "<utility_space><weight index=\"1\" value=\"1\"/><issue index=\"1\" name=\"i\">
        <item value=\"a\" evaluation=\"4\"/><item value=\"b\" evaluation=\"1\"/>
        <similarity_function weight=\"1\"><criteria_function><item value=\"a\" evaluation=\"0\"/><item value=\"c\" evaluation=\"9\"/></criteria_function></similarity_function></issue></utility_space>";
    let files = [("d.xml", domain.as_bytes()), ("p.xml", profile.as_bytes())];
    let terms = scenario::read(&files, None).unwrap().terms;
    assert_eq!(
        terms.parties[0].values,
        [[Fraction::whole(1), Fraction::new(1, 4).unwrap()]]
    );
    // Without a domain file the first profile says what the issues are.
    assert_eq!(scenario::read(&files[1..], None).unwrap().terms, terms);
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

const FAIR: &str = "name: fair\ntype: negmas.outcomes.outcome_space.DiscreteCartesianOutcomeSpace\nissues:\n\
- name: colour\n  type: CategoricalIssue\n  values: [red, blue]\n\
- {name: days, type: ContiguousIssue, values: [0, 4]}\n- name: price\n  type: OrdinalIssue\n  values:\n  - 10\n  - 11\n  - 12\n";
const SELLER: &str = "type: LinearAdditiveUtilityFunction\nbias: 0.5\nweights: [3, 0.5, 1]\nreserved_value: 1.5\nvalues:\n\
- type: negmas.preferences.value_fun.TableFun\n  mapping: {red: 0.25, blue: 1}\n- type: IdentityFun\n  bias: 0\n\
- {type: AffineFun, slope: -2, bias: 24}\n";
const BUYER: &str = concat!(
    "type: LinearAdditiveUtilityFunction\nvalues:\n  colour: {type: TableFun, mapping: {red: 1, blue: 0}}\n",
    "  days: {type: LinearFun, slope: -1}\n  price: {type: ConstFun, bias: 2}\nreserved_value: -.inf\n",
);

fn negmas(files: &[(&str, &str)]) -> Result<scenario::Scenario, scenario::ScenarioError> {
    let files: Vec<(&str, &[u8])> = files
        .iter()
        .map(|(name, words)| (*name, words.as_bytes()))
        .collect();
    scenario::read(&files, None)
}

#[test]
fn a_folder_of_negmas_is_read_with_its_numbers_as_they_are() {
    let found = negmas(&[
        ("fair.yml", FAIR),
        ("seller.yml", SELLER),
        ("buyer.yaml", BUYER),
    ])
    .unwrap();
    let names: Vec<&str> = found
        .terms
        .parties
        .iter()
        .map(|party| party.id.as_str())
        .collect();
    assert_eq!(names, ["buyer", "seller"]);
    assert_eq!(found.terms.issues[1].options, ["0", "1", "2", "3", "4"]);
    let half = |n| Fraction::new(n, 2).unwrap();
    let seller = &found.terms.parties[1];
    // The bias goes with the first issue: 3 · 0.25 + 0.5, 3 · 1 + 0.5.
    assert_eq!(seller.values[0], [Fraction::new(5, 4).unwrap(), half(7)]);
    assert_eq!(seller.values[1][3], half(3));
    assert_eq!(seller.values[2], [4, 2, 0].map(Fraction::whole));
    assert_eq!(seller.reservation, half(3));
    let buyer = &found.terms.parties[0];
    assert_eq!(buyer.values[1], [0, -1, -2, -3, -4].map(Fraction::whole));
    // No reserved value: the least that it can get.
    assert_eq!(buyer.reservation, Fraction::whole(-2));
    assert!(found.remarks[0].contains("buyer"), "{:?}", found.remarks);
    let whole = negmas(&[
        (
            "a.yml",
            &format!(
                "ufun:\n  {}\ntype: ExpDiscountedUFun\n",
                BUYER.replace('\n', "\n  ").trim_end()
            ),
        ),
        ("fair.yml", FAIR),
    ])
    .unwrap();
    assert!(whole.remarks[0].contains("discount"), "{:?}", whole.remarks);
}

#[test]
fn hostile_yaml_is_refused_with_its_line() {
    let bomb: String = (0..40)
        .map(|level| match level {
            0 => "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned(),
            level => format!(
                "a{level}: &a{level} [{}]\n",
                vec![format!("*a{}", level - 1); 9].join(", ")
            ),
        })
        .collect();
    let deep = format!("a: {}", "[".repeat(5000));
    for (words, line) in [
        (bomb.as_str(), Some(7)),
        (deep.as_str(), Some(1)),
        ("a: &x [*x]\n", Some(1)),
        ("a: [1, 2\nb: 3\n", None),
        ("", Some(1)),
        ("issues: 3\n", Some(1)),
        (
            "issues:\n- name: a\n  values: [0, 99999999999]\n  type: ContiguousIssue\n",
            Some(3),
        ),
        ("issues:\n- name: a\n  values: [x, x]\n", Some(3)),
        (
            "issues:\n- name: a\n  type: ContinuousIssue\n  values: [0.0, 1.0]\n",
            Some(2),
        ),
        (
            "issues:\n- {name: a, values: [x]}\n- {name: a, values: [x]}\n",
            Some(3),
        ),
        ("issues: [{name: a, values: [x]}]\nissues: []\n", Some(2)),
    ] {
        let error = negmas(&[("a.yml", words)]).unwrap_err();
        assert!(
            line.is_none() || error.line == line,
            "{words:.60}: {error:?}"
        );
        assert!(error.line.is_some() && !error.hint.is_empty(), "{error:?}");
    }
    for (ufun, line) in [
        (
            "type: LinearAdditiveUtilityFunction\nvalues:\n- {type: TableFun, mapping: {red: NaN, blue: 1}}\n",
            3,
        ),
        (
            "type: LinearAdditiveUtilityFunction\nvalues:\n- {type: TableFun, mapping: {red: 1}}\n",
            3,
        ),
        (
            "type: LinearAdditiveUtilityFunction\nvalues:\n- {type: LambdaFun, f: x}\n",
            3,
        ),
        ("type: MappingUtilityFunction\nmapping: {}\n", 1),
        (
            "type: HyperRectangleUtilityFunction\nvalues: []\nweights: []\n",
            1,
        ),
    ] {
        let error = negmas(&[("fair.yml", FAIR), ("u.yml", ufun)]).unwrap_err();
        assert_eq!(error.line, Some(line), "{ufun}: {error:?}");
    }
    assert!(negmas(&[("u.yml", BUYER)]).is_err());
}

#[test]
fn numbers_that_are_not_certain_are_a_least_and_a_most() {
    let own = "issues = [{ id = 'i', options = ['a', 'b'] }]\n[[parties]]\nid = 'p'\nweights = { i = '2..3' }\n\
        reservation = '1..2'\nvalues = { i = { a = '3..5', b = -1 } }\n";
    let found = scenario::read(&[("own.toml", own.as_bytes())], None).unwrap();
    let spread = found.spread.unwrap();
    let half = |n| Fraction::new(n, 2).unwrap();
    assert_eq!(
        found.terms.parties[0].values,
        [[Fraction::whole(10), half(-5)]]
    );
    assert_eq!(
        spread.least[0].values,
        [[Fraction::whole(6), Fraction::whole(-3)]]
    );
    assert_eq!(
        spread.most[0].values,
        [[Fraction::whole(15), Fraction::whole(-2)]]
    );
    assert_eq!(
        (spread.least[0].reservation, spread.most[0].reservation),
        (Fraction::whole(1), Fraction::whole(2))
    );
    let certain = own.replace("..3", "").replace("..2", "").replace("..5", "");
    assert!(
        scenario::read(&[("own.toml", certain.as_bytes())], None)
            .unwrap()
            .spread
            .is_none()
    );
    for wrong in ["5..3", "1..", "..", "a..b"] {
        let wrong = own.replace("3..5", wrong);
        assert!(
            scenario::read(&[("own.toml", wrong.as_bytes())], None).is_err(),
            "{wrong}"
        );
    }
}
