//! The files of the sample process, as they lie in the program.

use std::path::Path;

use onetext_paper::state::GENERATOR;

use crate::failure::Failure;

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        /// Their names.
        pub(super) const NAMES: &[&str] = &[$($name),*];
        const FILES: &[(&str, &str)] = &[$(($name, include_str!(concat!("../../../demo/", $name)))),*];
    };
}

files!(
    "dossier.toml",
    "v1.md",
    "v2.md",
    "v3.md",
    "sa1.md",
    "th1.md",
    "copy-found-by-sahrel.md",
);

/// The drafts with which the process is carried on to its end.
const LATER: &[(&str, &str)] = &[
    ("v4.md", include_str!("../../../demo/v4.md")),
    ("v5.md", include_str!("../../../demo/v5.md")),
    ("sa2.md", include_str!("../../../demo/sa2.md")),
];
/// What is done then, beneath the process itself.
const END: &str = include_str!("../../../demo/end.toml");
/// The process carried on to its end.
pub(super) const TO_THE_END: &str = "to-the-end.toml";

/// Writes the process carried on to its end, unless something else is in the way; the names of what was written.
pub(super) fn write_end(folder: &Path) -> Result<Vec<&'static str>, Failure> {
    let process = FILES.iter().find(|(name, _)| *name == "dossier.toml");
    let process = process.map_or("", |(_, words)| *words);
    let whole = format!("{process}\n{END}");
    let mut files: Vec<(&'static str, &str)> = LATER.to_vec();
    files.push((TO_THE_END, &whole));
    for (name, words) in &files {
        not_in_the_way(&folder.join(name), |found| found == words.as_bytes())?;
    }
    for (name, words) in &files {
        put(&folder.join(name), words)?;
    }
    Ok(files.into_iter().map(|(name, _)| name).collect())
}

/// Makes the folder and writes the process into it, unless something else is in the way.
pub(super) fn write(folder: &Path) -> Result<(), Failure> {
    for (name, words) in FILES {
        not_in_the_way(&folder.join(name), |found| found == words.as_bytes())?;
    }
    std::fs::create_dir_all(folder).map_err(|error| Failure::file(folder, &error))?;
    for (name, words) in FILES {
        put(&folder.join(name), words)?;
    }
    Ok(())
}

/// Writes a page, unless something that this program did not make is in the way.
pub(super) fn write_page(file: &Path, page: &str) -> Result<(), Failure> {
    let mark = format!("name=\"generator\" content=\"{GENERATOR}\"");
    not_in_the_way(file, |found| {
        String::from_utf8_lossy(found).contains(&mark) || found == page.as_bytes()
    })?;
    put(file, page)
}

fn put(file: &Path, words: &str) -> Result<(), Failure> {
    std::fs::write(file, words).map_err(|error| Failure::file(file, &error))
}

fn not_in_the_way(file: &Path, own: impl Fn(&[u8]) -> bool) -> Result<(), Failure> {
    match std::fs::read(file) {
        Ok(found) if own(&found) => Ok(()),
        Ok(_) => Err(Failure::new(
            "in-the-way",
            "this file is not as the demo made it, and nothing is overwritten",
            "name another folder: onetext demo DIR",
        )
        .at(file.display())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(Failure::file(file, &error)),
    }
}
