//! Package studies as the program tells them.

use crate::support::Folder;

/// Two parties over three points, one link, one rule.
const SCENARIO: &str = r#"
issues = [
  { id = "ferry", options = ["daily", "weekly"] },
  { id = "toll", options = ["none", "shared", "full"] },
  { id = "patrol", options = ["joint", "apart"] },
]
[[parties]]
id = "sahrel"
reservation = 4
values = { ferry = { daily = 3, weekly = 1 }, toll = { none = 0, shared = 2.5, full = 4 }, patrol = { joint = 1, apart = 2 } }
[[parties]]
id = "dunmar"
reservation = 3
values = { ferry = { daily = 2, weekly = 2 }, toll = { none = 4, shared = 2, full = 0 }, patrol = { joint = 2, apart = 0 } }
links = [{ issues = ["ferry", "patrol"], options = ["daily", "joint"], value = 0.5 }]
[[constraints]]
forbid = { toll = "full", patrol = "joint" }
"#;

fn answer(folder: &Folder, more: &[&str]) -> serde_json::Value {
    let run = folder.run(&[&["packages", "scenario.toml", "--json"], more].concat());
    assert_eq!(run.status, 0, "{}", run.errors);
    serde_json::from_str(&run.answer).unwrap()
}

fn folder() -> Folder {
    let folder = Folder::new();
    folder.put("scenario.toml", SCENARIO);
    folder
}

#[test]
fn the_answer_has_what_it_promises() {
    let folder = folder();
    let found = answer(&folder, &[]);
    assert_eq!(found["parties"], serde_json::json!(["sahrel", "dunmar"]));
    assert_eq!(
        (&found["issues"], &found["outcomes"]),
        (&3.into(), &"12".into())
    );
    assert_eq!(
        (&found["exact"], found.get("epsilon")),
        (&true.into(), None)
    );
    let frontier: Vec<&serde_json::Value> = found["frontier"]
        .as_array()
        .unwrap()
        .iter()
        .map(|point| &point["utilities"])
        .collect();
    assert_eq!(
        frontier,
        [
            &serde_json::json!([4.0, 8.5]),
            &serde_json::json!([6.5, 6.5]),
            &serde_json::json!([7.5, 4.0])
        ]
    );
    for solution in ["nash", "kalai_smorodinsky", "egalitarian"] {
        assert_eq!(found[solution]["package"]["toll"], "shared", "{solution}");
    }
    assert_eq!(found["nash"]["value"], 8.75);
    assert_eq!(found["why"], serde_json::Value::Null);
    assert!(found["elapsed_ms"].is_number() && found["peak_states"].is_number());
    let all = answer(&folder, &["--ignore-reservation"]);
    assert_eq!(all["frontier"].as_array().unwrap().len(), 4);
}

#[test]
fn where_nothing_is_acceptable_it_says_why() {
    let folder = Folder::new();
    folder.put(
        "scenario.toml",
        &SCENARIO.replace("reservation = 4", "reservation = 40"),
    );
    let found = answer(&folder, &[]);
    assert_eq!(found["nash"], serde_json::Value::Null);
    assert_eq!(
        found["why"],
        "no package gives sahrel its reservation of 40: the most is 9"
    );
}

#[test]
fn a_page_shows_what_each_solution_gives_on_each_point() {
    let run = folder().run(&["packages", "scenario.toml"]);
    for words in ["toll", "Nash, Kalai-Smorodinsky", "to sahrel", "6.5 (+2.5)"] {
        assert!(run.answer.contains(words), "{words}: {}", run.answer);
    }
}

#[test]
fn a_given_package_is_judged() {
    let folder = folder();
    let found = answer(
        &folder,
        &["--package", "ferry=weekly,toll=shared,patrol=joint"],
    );
    let given = &found["given"];
    assert_eq!(given["efficient"], false);
    assert_eq!(given["gains"][0]["package"]["ferry"], "daily");
    let good = answer(
        &folder,
        &["--package", "ferry=daily,toll=shared,patrol=joint"],
    );
    assert_eq!(good["given"]["efficient"], true);
    assert_eq!(good["given"]["apart"]["nash"], 0);
    for package in [
        "ferry=daily",
        "ferry=daily,toll=shared,patrol=never",
        "ferry",
    ] {
        let run = folder.run(&["packages", "scenario.toml", "--package", package]);
        assert_ne!(run.status, 0, "{package}");
    }
}

#[test]
fn a_picture_is_whole_in_itself() {
    let folder = folder();
    answer(&folder, &["--svg", "picture.svg"]);
    let picture = folder.read("picture.svg");
    assert!(
        picture.contains("<title") && picture.contains("<desc"),
        "{picture}"
    );
    assert!(!picture.contains("href") && !picture.contains("<script"));
}

#[test]
fn hostile_scenarios_are_answered_or_refused() {
    let folder = Folder::new();
    let party = |values: &str| {
        format!(
            "issues = [{{ id = 'a', options = ['x', 'y'] }}]\n[[parties]]\nid = 'p'\nvalues.a = {values}\n"
        )
    };
    let run = |name: &str, words: &str| {
        folder.put(name, words);
        folder.run(&["packages", name, "--json"])
    };
    let fine = run(
        "fine.toml",
        &party("{ x = 1e-18, y = 0.000000000000000002 }"),
    );
    assert_eq!(fine.status, 0, "{}", fine.errors);
    for (name, values) in [
        ("large.toml", "{ x = 1e40, y = 0 }"),
        ("unlike.toml", "{ x = 1e-30, y = 1e30 }"),
        ("no-number.toml", "{ x = nan, y = 0 }"),
        ("unknown.toml", "{ z = 1 }"),
    ] {
        let refused = run(name, &party(values));
        assert_eq!((refused.status, refused.answer.as_str()), (1, ""), "{name}");
        assert!(refused.errors.contains("hint"), "{}", refused.errors);
    }
    let nobody = run(
        "nobody.toml",
        "issues = [{ id = 'a', options = ['x'] }]\nparties = []\n",
    );
    assert_eq!(nobody.status, 1);
}

#[test]
fn errors_say_where_and_what_to_do() {
    let folder = Folder::new();
    for (name, words, code) in [
        ("a.toml", "issues = 3", "unreadable-scenario"),
        ("b.toml", "issues = []\nparties = []", "no-packages"),
        ("c.txt", "words", "unreadable-scenario"),
    ] {
        folder.put(name, words);
        let run = folder.run(&["packages", name, "--json"]);
        let error: serde_json::Value = serde_json::from_str(&run.errors).unwrap();
        assert_eq!((run.status, &error["error"]["code"]), (1, &code.into()));
        assert!(error["error"]["hint"].is_string(), "{error}");
    }
    assert_eq!(folder.run(&["packages", "nowhere"]).status, 1);
}

#[test]
fn what_holds_over_intervals_is_told() {
    let folder = Folder::new();
    let uncertain = SCENARIO
        .replace("daily = 3", "daily = \"2..4\"")
        .replace("shared = 2.5", "shared = \"2..3\"");
    folder.put("scenario.toml", &uncertain);
    let found = answer(&folder, &["--robust"]);
    let robust = &found["robust"];
    assert_eq!(
        (&robust["all_sure"], &robust["all_possible"]),
        (&true.into(), &true.into())
    );
    let packages = robust["packages"].as_array().unwrap();
    assert!(packages.iter().any(|own| own["surely"] == true), "{robust}");
    assert_eq!(robust["sensitivity"].as_array().unwrap().len(), 2);
    // Where nothing is uncertain, an answer needs to be told by how much.
    folder.put("certain.toml", SCENARIO);
    let refused = folder.run(&["packages", "certain.toml", "--robust"]);
    assert_eq!(refused.status, 1);
    assert!(refused.errors.contains("--robust 10"), "{}", refused.errors);
    let page = folder.run(&["packages", "certain.toml", "--robust", "10"]);
    assert!(page.answer.contains("surely efficient"), "{}", page.answer);
}

#[test]
fn all_packages_of_a_point_are_listed_when_asked() {
    let folder = Folder::new();
    folder.put(
        "scenario.toml",
        "issues = [{ id = 'a', options = ['x', 'y'] }, { id = 'b', options = ['x', 'y'] }]\n\
         [[parties]]\nid = 'p'\nvalues = { a = { x = 1 }, b = { x = 1 } }\n\
         [[parties]]\nid = 'q'\nvalues = { a = { y = 1 }, b = { y = 1 } }\n",
    );
    let found = answer(&folder, &["--all"]);
    let middle = &found["frontier"][1];
    assert_eq!(
        (
            &middle["all_packages"],
            middle["packages"].as_array().unwrap().len()
        ),
        (&true.into(), 2)
    );
    let page = folder.run(&["packages", "scenario.toml", "--all"]).answer;
    assert!(page.contains("the same"), "{page}");
    assert!(
        answer(&folder, &[])["frontier"][1]
            .get("packages")
            .is_none()
    );
}

#[test]
fn the_cost_is_told_beforehand_and_kept_to() {
    let folder = folder();
    let run = folder.run(&["packages", "scenario.toml", "--forecast", "--json"]);
    let told: serde_json::Value = serde_json::from_str(&run.answer).unwrap();
    assert_eq!(
        (&told["outcomes"], &told["exact"]),
        (&"12".into(), &true.into())
    );
    let words = folder
        .run(&["packages", "scenario.toml", "--forecast"])
        .answer;
    assert!(words.contains("will be whole"), "{words}");
    // Under a budget of two combinations the frontier carries its bound.
    let found = answer(&folder, &["--budget", "2"]);
    assert_eq!(found["exact"], false);
    assert!(found["epsilon"].is_array());
    for budget in ["1s", "1MB"] {
        assert_eq!(
            answer(&folder, &["--budget", budget])["exact"],
            true,
            "{budget}"
        );
    }
    assert_eq!(
        folder
            .run(&["packages", "scenario.toml", "--budget", "much"])
            .status,
        2
    );
}

#[test]
fn a_folder_of_negmas_is_a_scenario() {
    let folder = Folder::new();
    let domain =
        "name: fair\nissues:\n- {name: toll, type: CategoricalIssue, values: [kept, shared]}\n";
    let party = |kept: u8, shared: u8| {
        format!(
            "type: LinearAdditiveUtilityFunction\nreserved_value: 0\nvalues:\n- {{type: TableFun, mapping: {{kept: {kept}, shared: {shared}}}}}\n"
        )
    };
    std::fs::create_dir(folder.path().join("fair")).unwrap();
    for (name, words) in [
        ("fair/fair.yml", domain),
        ("fair/a.yml", &party(3, 1)),
        ("fair/b.yml", &party(0, 2)),
    ] {
        folder.put(name, words);
    }
    let run = folder.run(&["packages", "fair", "--json"]);
    let found: serde_json::Value = serde_json::from_str(&run.answer).unwrap();
    assert_eq!(found["parties"], serde_json::json!(["a", "b"]));
    assert_eq!(found["nash"]["package"]["toll"], "shared");
    let one = folder.run(&["packages", "fair", "--profiles", "b", "--json"]);
    assert!(one.answer.contains("\"parties\":[\"b\"]"), "{}", one.answer);
}
