//! `onetext man`: manual pages.

use std::path::PathBuf;

use clap::{Args, CommandFactory};

use crate::failure::Failure;
use crate::out::Out;

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The folder to write them to
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

pub(crate) fn run(given: &Arguments, out: &mut Out) -> Result<(), Failure> {
    let folder = &given.folder;
    std::fs::create_dir_all(folder).map_err(|error| Failure::file(folder, &error))?;
    clap_mangen::generate_to(crate::cli::Cli::command(), folder)
        .map_err(|error| Failure::file(folder, &error))?;
    out.line(&format!(
        "wrote manual pages to {}; read one with: man -l {}",
        folder.display(),
        folder.join("onetext.1").display()
    ))
}
