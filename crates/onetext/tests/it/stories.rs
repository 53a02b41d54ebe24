//! The stories in `docs/stories` are run, command by command, and must say what the program says.
//!
//! In a block fenced as `console`, a line that starts with `$ ` is a command; what follows is what it prints, standard
//! error included; `< FILE` gives it what a person types. `...` on a line of its own stands for any lines. One story runs
//! in one folder, from top to bottom.
//! Where a folder of the story's name stands beside it, the story begins with a copy of that folder.
//! With `ONETEXT_REWRITE=1` the expected lines are written anew (where they hold no `...`); with `ONETEXT_STORIES=NAME,NAME`
//! these stories alone are run. Of a story that is not true `false: NAME` is said.

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use crate::support::{Folder, Run};

#[test]
fn the_stories_are_true() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/stories");
    let mut stories: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .collect();
    stories.sort();
    if let Some(only) = std::env::var_os("ONETEXT_STORIES") {
        let only = only.to_str().unwrap().to_owned();
        stories.retain(|story| only.split(',').any(|name| name == stem(story)));
    }
    let wrong = check_all(stories);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is wrong with each story that is not true; several are run at once.
fn check_all(stories: Vec<PathBuf>) -> Vec<String> {
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let left = Mutex::new(stories);
    let wrong = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                loop {
                    let Some(story) = left.lock().unwrap().pop() else {
                        return;
                    };
                    if let Some(said) = check(&story) {
                        let said = format!("false: {}\n{said}", stem(&story));
                        wrong.lock().unwrap().push(said);
                    }
                }
            });
        }
    });
    let mut wrong = wrong.into_inner().unwrap();
    wrong.sort();
    wrong
}

fn stem(story: &Path) -> &str {
    story.file_stem().unwrap().to_str().unwrap()
}

/// What is wrong with a story.
fn check(story: &Path) -> Option<String> {
    let told = std::fs::read_to_string(story).unwrap();
    let folder = Folder::new();
    lay_out(&story.with_extension(""), folder.path());
    let mut wrong = String::new();
    let mut written = String::new();
    let mut lines = told.lines().peekable();
    let mut inside = false;
    while let Some(line) = lines.next() {
        written.push_str(line);
        written.push('\n');
        if line.starts_with("```") {
            inside = line == "```console";
            continue;
        }
        let Some(command) = line.strip_prefix("$ ").filter(|_| inside) else {
            continue;
        };
        let mut expected = Vec::new();
        while let Some(next) =
            lines.next_if(|next| !next.starts_with("$ ") && !next.starts_with("```"))
        {
            expected.push(next);
        }
        let said = run(&folder, command);
        let rewrite = std::env::var_os("ONETEXT_REWRITE").is_some() && !expected.contains(&"...");
        if rewrite {
            written.push_str(&said);
        } else {
            written.extend(expected.iter().flat_map(|line| [line, "\n"]));
            let said: Vec<&str> = said.lines().collect();
            if !fits(&expected, &said) {
                wrong.push_str(&format!(
                    "{}: $ {command}\nsays\n{}\n",
                    story.display(),
                    said.join("\n")
                ));
            }
        }
    }
    if std::env::var_os("ONETEXT_REWRITE").is_some() {
        std::fs::write(story, written).unwrap();
    }
    wrong.push_str(&drawn_otherwise(&story.with_extension(""), folder.path()));
    (!wrong.is_empty()).then_some(wrong)
}

/// Which pictures of the story's folder its commands draw otherwise than they stand there.
fn drawn_otherwise(beside: &Path, folder: &Path) -> String {
    let Ok(entries) = std::fs::read_dir(beside) else {
        return String::new();
    };
    let mut wrong = String::new();
    for entry in entries {
        let picture = entry.unwrap().path();
        if picture.extension().is_none_or(|ending| ending != "svg") {
            continue;
        }
        let copy = folder.join(beside.file_name().unwrap());
        let drawn = std::fs::read(copy.join(picture.file_name().unwrap())).unwrap();
        if std::env::var_os("ONETEXT_REWRITE").is_some() {
            std::fs::write(&picture, drawn).unwrap();
        } else if std::fs::read(&picture).unwrap() != drawn {
            wrong.push_str(&format!("{}: is drawn otherwise\n", picture.display()));
        }
    }
    wrong
}

/// Copies what a story begins with, where it begins with something.
fn lay_out(beside: &Path, folder: &Path) {
    if !beside.is_dir() {
        return;
    }
    let copy = folder.join(beside.file_name().unwrap());
    std::fs::create_dir_all(&copy).unwrap();
    for entry in std::fs::read_dir(beside).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, copy.join(path.file_name().unwrap())).unwrap();
    }
}

/// What a command prints; trailing spaces and blank lines at the end do not count.
fn run(folder: &Folder, command: &str) -> String {
    let words = words(command);
    assert_eq!(
        words.first().map(String::as_str),
        Some("onetext"),
        "only onetext is run: {command}"
    );
    let words: Vec<&str> = words.iter().skip(1).map(String::as_str).collect();
    let run = match words.as_slice() {
        [command @ .., "<", answers] => {
            let answers = std::fs::File::open(folder.path().join(answers)).unwrap();
            let output = folder.command(command).stdin(answers).output();
            Run::of(&output.unwrap())
        }
        words => folder.run(words),
    };
    let mut said: String = format!("{}{}", run.answer, run.errors)
        .lines()
        .map(|line| format!("{}\n", line.trim_end()))
        .collect();
    said.truncate(said.trim_end().len());
    if !said.is_empty() {
        said.push('\n');
    }
    said
}

/// Words as a shell takes them, single quotes understood.
fn words(command: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for c in command.chars() {
        match c {
            '\'' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            c => words.last_mut().unwrap().push(c),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Whether the lines are as expected, `...` standing for any.
fn fits(expected: &[&str], said: &[&str]) -> bool {
    match expected {
        [] => said.is_empty(),
        ["..."] => true,
        ["...", rest @ ..] => (0..=said.len()).any(|skipped| fits(rest, &said[skipped..])),
        [line, rest @ ..] => said.first() == Some(line) && fits(rest, &said[1..]),
    }
}

#[test]
fn three_dots_stand_for_any_lines() {
    assert!(fits(&["a", "...", "d"], &["a", "b", "c", "d"]));
    assert!(!fits(&["a", "...", "d"], &["a", "b"]));
    assert!(fits(&["..."], &[]));
}
