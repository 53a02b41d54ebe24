//! Documents of word processors: real pairs, and documents with tracked changes beside what they read accepted and rejected.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use super::Shared;
use crate::failure::{Failure, Result, While};
use crate::house;
use crate::program::Program;

/// Whose changes ours are.
const AUTHOR: &str = "One Text";

type Outcome = std::result::Result<String, String>;

/// A real pair.
#[derive(Debug)]
pub(crate) struct Pair {
    /// What it is called.
    pub(crate) name: String,
    /// The older document.
    pub(crate) old: PathBuf,
    /// The newer one.
    pub(crate) new: PathBuf,
}

/// The pairs of the reference data, those of each set of three among them.
pub(crate) fn pairs(shared: &Shared) -> Result<Vec<Pair>> {
    let folder = shared.file("data/redline/docx-pairs");
    let mut pairs = Vec::new();
    for each in manifest(&folder)? {
        if let (Some(name), Some(old), Some(new)) = (
            each["id"].as_str(),
            each["before"].as_str(),
            each["after"].as_str(),
        ) {
            pairs.push(Pair {
                name: name.to_owned(),
                old: folder.join(old),
                new: folder.join(new),
            });
        }
    }
    let sets = folder.join("three-way");
    let mut files = Vec::new();
    for entry in std::fs::read_dir(&sets).on(sets.display())? {
        let path = entry.on(sets.display())?.path();
        if path.extension().is_some_and(|ending| ending == "docx") {
            files.push(path);
        }
    }
    files.sort();
    let stem = |path: &Path| {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        name.rsplit_once('-')
            .map(|(stem, what)| (stem.to_owned(), what.to_owned()))
            .unwrap_or_default()
    };
    for old in &files {
        for new in &files {
            let ((set, before), (other, after)) = (stem(old), stem(new));
            if set == other && old != new && !["Before", "Base"].contains(&after.as_str()) {
                let name = format!("{set} {before} → {after}");
                let (old, new) = (old.clone(), new.clone());
                pairs.push(Pair { name, old, new });
            }
        }
    }
    Ok(pairs)
}

/// Every pair both ways, and every document with tracked changes.
pub(super) fn check(
    program: &Program,
    shared: &Shared,
    folder: &Path,
    note: &mut dyn FnMut(&str, Outcome),
) -> Result {
    for Pair { name, old, new } in pairs(shared)? {
        note(
            &format!("docx {name}"),
            pair(program, shared, folder, (&old, &new)),
        );
        let back = pair(program, shared, folder, (&new, &old));
        note(&format!("docx {name}, back"), back);
    }
    let tracked = shared.file("data/redline/tracked-docx");
    for each in manifest(&tracked)? {
        let name = each["id"].as_str().unwrap_or_default();
        let file = |what: &str| each["files"][what].as_str().map(|file| tracked.join(file));
        let Some(marked) = file("tracked") else {
            note(name, Err("the manifest names no document".to_owned()));
            continue;
        };
        for verb in ["accepted", "rejected"] {
            if let Some(oracle) = file(verb) {
                let told = reads_as(program, folder, (&marked, verb), &oracle);
                note(&format!("{name} {verb}"), told);
            }
        }
        note(
            &format!("{name}, who and when"),
            listed(program, folder, &marked),
        );
    }
    Ok(())
}

/// Of each document with tracked changes, whether one insertion of ours in a paragraph without changes keeps every other mark
/// and part of it.
pub(super) fn insertions(
    program: &Program,
    shared: &Shared,
    folder: &Path,
    note: &mut dyn FnMut(&str, Outcome),
) -> Result {
    let tracked = shared.file("data/redline/tracked-docx");
    for each in manifest(&tracked)? {
        let name = each["id"].as_str().unwrap_or_default();
        if let Some(file) = each["files"]["tracked"].as_str() {
            let told = kept(program, folder, &tracked.join(file));
            note(&format!("{name}, one insertion more"), told);
        }
    }
    Ok(())
}

fn manifest(folder: &Path) -> Result<Vec<Value>> {
    let file = folder.join("manifest.json");
    let text = std::fs::read(&file).on(file.display())?;
    serde_json::from_slice(&text)
        .map_err(|error| Failure::because(format!("{}: {error}", file.display())))
}

fn run(program: &Program, folder: &Path, words: &[&str]) -> std::result::Result<Vec<u8>, String> {
    let run = program
        .run(folder, words)
        .map_err(|failure| failure.to_string())?;
    match run.good {
        true => Ok(run.answer),
        false => Err(format!("the program failed: {}", run.said.trim())),
    }
}

/// The paragraphs of a document as the program reads them.
fn lines(
    program: &Program,
    folder: &Path,
    file: &Path,
    tracked: &str,
) -> std::result::Result<String, String> {
    let name = file.to_string_lossy();
    let answer = run(program, folder, &["text", &name, "--tracked", tracked])?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

/// One redline, by our reader and by the script of the reference data.
fn pair(program: &Program, shared: &Shared, folder: &Path, (old, new): (&Path, &Path)) -> Outcome {
    let marked = folder.join("marked.docx");
    redline(program, folder, (old, new), &marked)?;
    let words = reads_as(program, folder, (&marked, "accepted"), new)?;
    reads_as(program, folder, (&marked, "rejected"), old)?;
    let script = shared.file("check/docx_redline.py");
    let said = python(
        &script,
        &[old, new, &marked].map(|path| path.to_string_lossy().into_owned()),
    )?;
    for holds in ["accept_paras_eq_B", "reject_paras_eq_A"] {
        if said[holds] != Value::Bool(true) {
            return Err(format!("{holds} does not hold: {said}"));
        }
    }
    Ok(format!(
        "{words}; {} words inserted, {} deleted, {} moved",
        said["w_ins"], said["w_del"], said["w_moved"]
    ))
}

fn redline(
    program: &Program,
    folder: &Path,
    (old, new): (&Path, &Path),
    to: &Path,
) -> std::result::Result<(), String> {
    let [old, new, to] = [old, new, to].map(|path| path.to_string_lossy().into_owned());
    let words = [
        "redline", &old, &new, "--format", "docx", "--author", AUTHOR, "-o", &to,
    ];
    run(program, folder, &words).map(drop)
}

/// Whether a document reads so as another one does.
fn reads_as(
    program: &Program,
    folder: &Path,
    (marked, verb): (&Path, &str),
    oracle: &Path,
) -> Outcome {
    let said = lines(program, folder, marked, verb)?;
    let wanted = lines(program, folder, oracle, "accepted")?;
    if said == wanted {
        return Ok(format!("{} paragraphs", wanted.lines().count()));
    }
    let both = said.lines().zip(wanted.lines()).enumerate();
    let first = both.into_iter().find(|(_, (said, wanted))| said != wanted);
    Err(match first {
        Some((at, (said, wanted))) => {
            format!("{verb}, paragraph {}: “{said}” for “{wanted}”", at + 1)
        }
        None => format!(
            "{verb}: {} paragraphs for {}",
            said.lines().count(),
            wanted.lines().count()
        ),
    })
}

/// Authors and dates of changes and comments, beside those that the part itself names.
fn listed(program: &Program, folder: &Path, marked: &Path) -> Outcome {
    let name = marked.to_string_lossy().into_owned();
    let answer = run(program, folder, &["text", &name, "--json"])?;
    let answer: Value = serde_json::from_slice(&answer).map_err(|error| error.to_string())?;
    let said = |what: &str| -> Vec<(String, String)> {
        let list = answer["document"][what].as_array();
        let mut found: Vec<(String, String)> = list.into_iter().flatten().map(signed).collect();
        found.sort();
        found
    };
    let script = python(&script(), &["list".to_owned(), name])?;
    let mut told = Vec::new();
    for what in ["changes", "comments"] {
        let list = script[what].as_array();
        let mut wanted: Vec<(String, String)> = list
            .into_iter()
            .flatten()
            .map(|each| (text_of(&each[0]), text_of(&each[1])))
            .collect();
        wanted.sort();
        let found = said(what);
        if found != wanted {
            return Err(format!("{what}: {found:?} for {wanted:?}"));
        }
        told.push(format!("{} {what}", wanted.len()));
    }
    Ok(told.join(", "))
}

fn signed(each: &Value) -> (String, String) {
    (text_of(&each["author"]), text_of(&each["date"]))
}

fn text_of(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// After one insertion of ours every other mark and part is there as it was.
fn kept(program: &Program, folder: &Path, marked: &Path) -> Outcome {
    let [old, new, told] = ["one.docx", "two.docx", "told.docx"].map(|name| folder.join(name));
    let text = |path: &Path| path.to_string_lossy().into_owned();
    python(
        &script(),
        &["insert".to_owned(), text(marked), text(&old), text(&new)],
    )?;
    redline(program, folder, (&old, &new), &told)?;
    let said = python(
        &script(),
        &[
            "kept".to_owned(),
            text(&new),
            text(&told),
            AUTHOR.to_owned(),
        ],
    )?;
    let good = said["other_parts"].as_array().is_some_and(Vec::is_empty)
        && said["paragraphs"].as_u64().is_some_and(|count| count <= 1)
        && said["ours"] == 1
        && said["inserted"] == serde_json::json!(["quietly "])
        && said["marks_kept"] == Value::Bool(true);
    if !good {
        return Err(said.to_string());
    }
    reads_as(program, folder, (&told, "accepted"), &new)?;
    let before = lines(program, folder, &old, "rejected")?;
    match lines(program, folder, &told, "rejected")? == before {
        true => Ok("kept".to_owned()),
        false => Err("rejected it is not what it was".to_owned()),
    }
}

fn script() -> PathBuf {
    house::root().join("xtask/src/reference/marks.py")
}

fn python(script: &Path, words: &[String]) -> std::result::Result<Value, String> {
    let done = Command::new("python3")
        .arg(script)
        .args(words)
        .output()
        .map_err(|error| format!("python3: {error}"))?;
    serde_json::from_slice(&done.stdout).map_err(|error| {
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        format!("no answer ({error}): {said}")
    })
}
