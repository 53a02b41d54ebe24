//! The files of the checkout, as the tasks read them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::{Result, While};

/// Folders that are built, fetched or tried out, never written.
const NOT_OURS: &[&str] = &[
    ".git",
    "target",
    "artifacts",
    "coverage",
    "node_modules",
    "onetext-demo",
];

/// The files of the checkout by their path from its root, with `/` between folders. What is not UTF-8 is kept without
/// its content.
#[derive(Debug, Default)]
pub(crate) struct House {
    files: BTreeMap<String, Option<String>>,
}

/// The root of the checkout.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// Cargo in the checkout, as if called from a shell: `cargo xtask` names its own package to its children, and build scripts
/// that look at the name (ring's does) would build everything above them anew, in both directions.
pub(crate) fn cargo() -> Command {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    for (name, _) in std::env::vars_os() {
        let of_a_package = name.to_str().is_some_and(|name| {
            name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")
        });
        if of_a_package {
            command.env_remove(name);
        }
    }
    command.current_dir(root());
    command
}

impl House {
    /// Reads the checkout.
    pub(crate) fn read(root: &Path) -> Result<House> {
        let mut house = House::default();
        house.read_folder(root, "")?;
        Ok(house)
    }

    fn read_folder(&mut self, root: &Path, folder: &str) -> Result {
        let place = root.join(folder);
        for entry in std::fs::read_dir(&place).on(place.display())? {
            let entry = entry.on(place.display())?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if NOT_OURS.contains(&name.as_str()) {
                continue;
            }
            let path = match folder {
                "" => name,
                _ => format!("{folder}/{name}"),
            };
            if entry.file_type().on(&path)?.is_dir() {
                self.read_folder(root, &path)?;
            } else {
                let bytes = std::fs::read(entry.path()).on(&path)?;
                self.files.insert(path, String::from_utf8(bytes).ok());
            }
        }
        Ok(())
    }

    /// A house made up for a test.
    #[cfg(test)]
    pub(crate) fn of(files: &[(&str, &str)]) -> House {
        House {
            files: files
                .iter()
                .map(|(path, text)| ((*path).to_owned(), Some((*text).to_owned())))
                .collect(),
        }
    }

    /// The text of a file; none where there is no such file or it is no text.
    pub(crate) fn text(&self, path: &str) -> Option<&str> {
        self.files.get(path)?.as_deref()
    }

    /// Whether there is a file or a folder of that path.
    pub(crate) fn has(&self, path: &str) -> bool {
        let folder = format!("{}/", path.trim_end_matches('/'));
        self.files.contains_key(path)
            || self
                .files
                .range(folder.clone()..)
                .next()
                .is_some_and(|(found, _)| found.starts_with(&folder))
    }

    /// Every file that is text, by path.
    pub(crate) fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files
            .iter()
            .filter_map(|(path, text)| Some((path.as_str(), text.as_deref()?)))
    }

    /// Those that lie in this folder and end so.
    pub(crate) fn texts_in(
        &self,
        folder: &str,
        ending: &str,
    ) -> impl Iterator<Item = (&str, &str)> {
        self.texts()
            .filter(move |(path, _)| path.starts_with(folder) && path.ends_with(ending))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_there_when_a_file_is_in_it() {
        let house = House::of(&[("docs/adr/0001-x.md", ""), ("docs.md", "")]);
        assert!(house.has("docs/adr/") && house.has("docs") && house.has("docs.md"));
        assert!(!house.has("doc") && !house.has("docs/ad"));
    }
}
