//! `cargo xtask mutants`: each row of `docs/mechanisms.md` is switched off in the program, and a story that the row names
//! must then be false.
//!
//! A program is built once in which one kind of act can be ignored by the fold, one kind of alert not raised, or one rule
//! left out, and the stories are run against it once for each. A row is *killed* where a story that stands beside it in
//! `docs/mechanisms.md` says something else than the program then does. What no row needs (other kinds of acts, alerts,
//! rules) is switched off too, and any story may notice.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use onetext_talks::{AlertKind, mutant};

use crate::failure::{Failure, Result, While as _};
use crate::{house, say};

/// Rows of `docs/mechanisms.md`, and what is switched off for each: a kind of act (`kind:…`), a kind of alert
/// (`alert:…`), or a rule of `crates/talks/src/mutant.rs`.
const ROWS: &[(&str, &str)] = &[
    ("E1", "endorsing accepts nothing"),
    ("E2", "the first is not the latest"),
    ("E3", "kind:mission"),
    ("E4", "a claim is judged"),
    ("E5", "kind:session"),
    ("E6", "kind:statement"),
    ("E7", "kind:statement"),
    ("E8", "what is about an act is told with it"),
    ("E9", "each text has its own parties"),
    ("E10", "a claim is judged"),
    ("E11", "kind:dispose"),
    ("E12", "a claim is judged"),
    ("E13", "kind:mission"),
    ("E14", "rooms are merged"),
    ("E15", "kind:gate"),
    ("E16", "kind:briefing"),
    ("E17", "common takes every side"),
    ("E18", "endorsing accepts nothing"),
    ("E19", "kind:session"),
    ("E20", "kind:confirm"),
    ("E21", "kind:session"),
    ("E22", "kind:statement"),
    ("E23", "kind:session"),
    ("E24", "kind:statement"),
    ("E25", "kind:reply-due"),
    ("E26", "kind:statement"),
    ("E27", "who was given what is known"),
    ("E28", "kind:understanding"),
    ("E29", "letter and spirit are two"),
    ("E30", "criticism disputes"),
    ("E31", "alert:reintroduced"),
    ("E32", "alert:terms-differ"),
    ("E33", "levels count"),
    ("E34", "kind:statement"),
    ("E35", "a claim is judged"),
    ("E36", "kind:track"),
    ("E37", "kind:statement"),
    ("I1", "kind:deliver"),
    ("I2", "silence is unknown"),
    ("I3", "common takes every side"),
    ("I4", "alert:accounts-conflict"),
    ("I5", "other rooms are closed"),
    ("I6", "kind:mission"),
    ("I7", "what another wrote down is reported"),
    ("I8", "rooms are merged"),
    ("I9", "levels count"),
    ("I10", "alert:mandate-differs"),
    ("I11", "an assent binds to its wording"),
    ("I12", "finality takes a room of all"),
    ("I13", "kind:statement"),
    ("I14", "what was not known then is left out"),
    ("I15", "kind:consent"),
    ("I16", "provisions keep their identity"),
    ("I17", "kind:acknowledge"),
    ("I18", "alert:unseen-stance"),
    ("I19", "alert:gate-tension"),
    ("C1", "kind:deliver"),
    ("C2", "criticism disputes"),
    ("C3", "an open bracket disputes"),
    ("C4", "kind:deliver"),
    ("C5", "proposals stand beside the text"),
    ("C6", "kind:dispose"),
    ("C7", "alert:bracket-removed"),
    ("C8", "kind:bracket"),
    ("C9", "a placeholder is open"),
    ("C10", "an item needs its opening words"),
    ("C11", "kind:bracket"),
    ("C12", "levels count"),
    ("C13", "agreed in aim is yellow"),
    ("C14", "finality takes every point"),
    ("C15", "kind:silence"),
    ("C16", "kind:initial"),
    ("C17", "kind:sign"),
    ("C17", "kind:ratify"),
    ("C17", "signatures are in escrow"),
    ("C18", "powers count"),
    ("C19", "kind:challenge"),
    ("C20", "kind:correct"),
    ("C21", "a version stands for its draft"),
    ("C21", "kind:editorial"),
    ("C22", "a non-paper states nothing"),
    ("C22", "a note verbale awaits a reply"),
    ("C23", "kind:deliver"),
    ("C24", "kind:session"),
    ("C25", "hold is held"),
    ("C26", "kind:convey"),
    ("C27", "kind:minute"),
    ("C28", "required texts are required"),
    ("C29", "kind:package"),
    ("C30", "kind:red-line"),
    ("C31", "kind:track"),
    ("C32", "a group is named"),
    ("C33", "alert:conduct"),
];

/// Rows that cannot be switched off, each with the reason.
const WITHOUT: &[(&str, &str)] = &[];

/// Runs every mutant against the stories; `only` keeps those whose name holds it.
pub(crate) fn run(only: Option<&str>) -> Result {
    let told = named_by_rows()?;
    complete(&told)?;
    let stories = Stories::build()?;
    if let Some(wrong) = stories.wrong(None, &BTreeSet::new())?.first() {
        return Err(Failure::because(format!(
            "{wrong} is not true as it stands"
        )));
    }
    let mut by_mutant: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (row, mutant) in ROWS {
        by_mutant.entry(mutant).or_default().push(row);
    }
    let beside = beside(&by_mutant);
    for mutant in &beside {
        by_mutant.entry(mutant).or_default();
    }
    by_mutant.retain(|mutant, _| only.is_none_or(|only| mutant.contains(only)));
    let (mut killed, mut surviving) = (0, Vec::new());
    for (mutant, rows) in &by_mutant {
        let named = rows.iter().filter_map(|row| told.get(*row)).flatten();
        let named: BTreeSet<String> = named.cloned().collect();
        let wrong = stories.wrong(Some(mutant), &named)?;
        if rows.is_empty() {
            if wrong.is_empty() {
                surviving.push((*mutant).to_owned());
            } else {
                killed += 1;
            }
            let word = if wrong.is_empty() {
                "survives"
            } else {
                "killed  "
            };
            say::line(&format!("{word}  {mutant}"));
        }
        for row in rows {
            let mut by = told.get(*row).into_iter().flatten();
            if let Some(story) = by.find(|story| wrong.contains(story)) {
                killed += 1;
                say::line(&format!("killed    {row}: {mutant}, by {story}"));
            } else {
                surviving.push(format!("{row}: {mutant}"));
                say::line(&format!("survives  {row}: {mutant}"));
            }
        }
    }
    for (row, reason) in WITHOUT {
        say::line(&format!("without   {row}: {reason}"));
    }
    let rows: BTreeSet<&str> = by_mutant.values().flatten().copied().collect();
    say::line(&format!(
        "{} rows and {} mutants, {killed} times killed, {} surviving; {} rows without",
        rows.len(),
        by_mutant.len(),
        surviving.len(),
        WITHOUT.len()
    ));
    if surviving.is_empty() {
        return Ok(());
    }
    let surviving = surviving.join("; ");
    Err(Failure::because(format!("no story notices: {surviving}")))
}

/// Whatever else can be switched off.
fn beside(rows: &BTreeMap<&str, Vec<&str>>) -> Vec<String> {
    let kinds = onetext_paper::dossier::schema::KINDS.iter();
    let kinds = kinds.map(|kind| format!("kind:{}", kind.name));
    let alerts = AlertKind::ALL.iter();
    let alerts = alerts.map(|alert| format!("alert:{}", alert.name()));
    let rules = mutant::RULES.iter().map(|rule| (*rule).to_owned());
    let all = kinds.chain(alerts).chain(rules);
    all.filter(|name| !rows.contains_key(name.as_str()))
        .collect()
}

/// Every row has a mutant or says why not, and every rule that a row names can be switched off.
fn complete(told: &BTreeMap<String, Vec<String>>) -> Result {
    let named = |row: &str| ROWS.iter().chain(WITHOUT).any(|(name, _)| *name == row);
    if let Some(row) = told.keys().find(|row| !named(row)) {
        return Err(Failure::because(format!("{row} has no mutant")));
    }
    let known = |name: &str| name.contains(':') || mutant::RULES.contains(&name);
    if let Some((row, rule)) = ROWS.iter().find(|(_, mutant)| !known(mutant)) {
        return Err(Failure::because(format!(
            "{row}: no rule is called {rule:?}"
        )));
    }
    Ok(())
}

/// The rows of `docs/mechanisms.md`, each with the stories that it names.
fn named_by_rows() -> Result<BTreeMap<String, Vec<String>>> {
    let page = house::root().join("docs/mechanisms.md");
    let page = std::fs::read_to_string(&page).on("docs/mechanisms.md")?;
    let mut rows = BTreeMap::new();
    for line in page.lines() {
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        let [name, _, _, shows] = cells.as_slice() else {
            continue;
        };
        let number = name.strip_prefix(['E', 'I', 'C']);
        if number.is_some_and(|number| number.parse::<u32>().is_ok()) {
            let stories = shows.split("](stories/").skip(1);
            let stories = stories.filter_map(|rest| rest.split_once(".md"));
            let stories = stories.map(|(story, _)| story.to_owned()).collect();
            rows.insert((*name).to_owned(), stories);
        }
    }
    Ok(rows)
}

/// The stories, and the program that tests them.
struct Stories {
    test: PathBuf,
}

impl Stories {
    /// Builds the program in which things can be switched off, in the way tests are built.
    fn build() -> Result<Stories> {
        let mut command = house::cargo();
        command.args(["test", "--quiet", "-p", "onetext", "--features", "mutants"]);
        command.args(["--test", "it", "--no-run", "--message-format=json"]);
        command.stderr(Stdio::inherit());
        let output = command.output().on("cargo")?;
        let lines = String::from_utf8_lossy(&output.stdout);
        let mut test = lines.lines().filter_map(|line| {
            let message: serde_json::Value = serde_json::from_str(line).ok()?;
            let of_tests = message.get("target")?.get("name")? == "it";
            let path = message.get("executable")?.as_str()?;
            of_tests.then(|| Path::new(path).to_owned())
        });
        let test = test.next_back();
        let test = test.filter(|_| output.status.success());
        let test =
            test.ok_or_else(|| Failure::because("the tests of crates/onetext do not build"))?;
        Ok(Stories { test })
    }

    /// Which of these stories, all where none is named, are false where something is switched off.
    fn wrong(&self, mutant: Option<&str>, stories: &BTreeSet<String>) -> Result<Vec<String>> {
        let mut command = Command::new(&self.test);
        command.args(["--exact", "stories::the_stories_are_true", "--nocapture"]);
        command.current_dir(house::root().join("crates/onetext"));
        if let Some(mutant) = mutant {
            command.env("ONETEXT_MUTANT", mutant);
        }
        if !stories.is_empty() {
            let stories: Vec<&str> = stories.iter().map(String::as_str).collect();
            command.env("ONETEXT_STORIES", stories.join(","));
        }
        let output = command.output().on("the stories")?;
        let said = String::from_utf8_lossy(&output.stderr);
        let wrong = said.lines().filter_map(|line| line.split_once("false: "));
        let wrong: Vec<String> = wrong.map(|(_, story)| story.to_owned()).collect();
        if wrong.is_empty() && !output.status.success() {
            return Err(Failure::because(format!(
                "the stories could not be run: {said}"
            )));
        }
        Ok(wrong)
    }
}
