//! The commands, one file each.

pub(crate) mod act;
pub(crate) mod backup;
pub(crate) mod brief;
pub(crate) mod compile;
pub(crate) mod completions;
pub(crate) mod copy;
pub(crate) mod demo;
pub(crate) mod export;
pub(crate) mod given;
pub(crate) mod import;
pub(crate) mod import_proposals;
pub(crate) mod leak;
pub(crate) mod man;
pub(crate) mod new;
pub(crate) mod packages;
pub(crate) mod pouch;
pub(crate) mod press;
pub(crate) mod redline;
pub(crate) mod serve;
pub(crate) mod site;
pub(crate) mod status;
pub(crate) mod text;
pub(crate) mod verify;
pub(crate) mod why;

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;

use crate::failure::Failure;
use crate::out::Out;

/// Writes one file and says so.
fn write(file: &Path, bytes: &[u8], out: &mut Out) -> Result<(), Failure> {
    write_with(file, out, |to| to.write_all(bytes))
}

/// Writes one file piece by piece and says so.
fn write_with(
    file: &Path,
    out: &mut Out,
    give: impl FnOnce(&mut BufWriter<File>) -> std::io::Result<()>,
) -> Result<(), Failure> {
    let written = File::create(file).and_then(|to| {
        let mut to = BufWriter::with_capacity(1 << 16, to);
        give(&mut to)?;
        to.flush()
    });
    written.map_err(|error| Failure::file(file, &error))?;
    if out.json() {
        return out.object(&serde_json::json!({ "files": [file.display().to_string()] }));
    }
    out.line(&format!("wrote {}", file.display()))
}

/// Reads one file.
fn read(file: &Path) -> Result<Vec<u8>, Failure> {
    crate::folder::read(file).map_err(|error| Failure::file(file, &error))
}

/// Words that command no terminal: what a draft holds of control characters shows as a replacement character.
fn harmless(words: &str) -> String {
    let shown = words.chars().map(|c| match c {
        '\n' | '\t' => c,
        c if c.is_control() => char::REPLACEMENT_CHARACTER,
        c => c,
    });
    shown.collect()
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn no_draft_commands_the_terminal() {
        assert_eq!(
            harmless("a \u{1b}[31mred\u{9b}0m\n\tb"),
            "a \u{fffd}[31mred\u{fffd}0m\n\tb"
        );
    }
}
