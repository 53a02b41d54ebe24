//! Lists the files of `locales`, one folder a language, so that a new file of words is built in without being named anywhere.

#![allow(clippy::print_stdout, reason = "so a build script speaks to cargo")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn names(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut names = fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<io::Result<Vec<_>>>()?;
    names.sort();
    Ok(names)
}

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=locales");
    let mut list = String::from("[\n");
    let here = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default();
    for folder in names(&PathBuf::from(here).join("locales"))? {
        let lang = folder
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        for file in names(&folder)? {
            if file.extension().is_some_and(|kind| kind == "ftl") {
                let lang = lang.as_deref().unwrap_or_default();
                // Writing into a string cannot fail.
                let _ = writeln!(list, "    ({lang:?}, include_str!({file:?})),");
            }
        }
    }
    list.push(']');
    let out = env::var_os("OUT_DIR").unwrap_or_default();
    fs::write(PathBuf::from(out).join("locales.rs"), list)
}
