//! The commands, one file each.

pub(crate) mod backup;
pub(crate) mod compile;
pub(crate) mod completions;
pub(crate) mod demo;
pub(crate) mod export;
pub(crate) mod import;
pub(crate) mod man;
pub(crate) mod new;
pub(crate) mod pouch;
pub(crate) mod redline;
pub(crate) mod site;
pub(crate) mod status;
pub(crate) mod text;
pub(crate) mod verify;
pub(crate) mod why;

use std::path::Path;

use crate::failure::Failure;
use crate::out::Out;

/// Writes one file and says so.
fn write(file: &Path, bytes: &[u8], out: &mut Out) -> Result<(), Failure> {
    std::fs::write(file, bytes).map_err(|error| Failure::file(file, &error))?;
    if out.json() {
        return out.object(&serde_json::json!({ "files": [file.display().to_string()] }));
    }
    out.line(&format!("wrote {}", file.display()))
}

/// Reads one file.
fn read(file: &Path) -> Result<Vec<u8>, Failure> {
    crate::folder::read(file).map_err(|error| Failure::file(file, &error))
}
