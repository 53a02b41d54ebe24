//! A workspace on disk: where it is, what opens its keys, what time it is.

use std::path::{Path, PathBuf};

use clap::Args;
use onetext_desk::workspace::{Manner, Workspace, WorkspaceError};
use onetext_store::Passphrase;

use crate::failure::Failure;

/// Where a passphrase is read from where no option says so.
const FILE_VARIABLE: &str = "ONETEXT_PASSPHRASE_FILE";

/// The longest passphrase file that is read, in bytes.
const LONGEST: u64 = 4096;

/// Which workspace, and what opens it.
#[derive(Debug, Args)]
pub(crate) struct Place {
    /// The workspace: the folder that holds onetext.db and keys
    #[arg(short = 'C', value_name = "DIR", default_value = ".")]
    folder: PathBuf,
    #[command(flatten)]
    lock: Lock,
}

/// What opens the keys of a workspace.
#[derive(Debug, Clone, Args)]
pub(crate) struct Lock {
    /// Read the passphrase of the keys from the first line of a file [default: the file that ONETEXT_PASSPHRASE_FILE
    /// names, else ask for it]
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
}

impl Place {
    /// The folder.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Opens the workspace.
    pub(crate) fn open(&self) -> Result<Workspace, Failure> {
        self.lock.open(&self.folder)
    }

    /// Opens the workspace of another folder with what opens the keys of this one.
    pub(crate) fn open_at(&self, folder: &Path) -> Result<Workspace, Failure> {
        self.lock.open(folder)
    }

    /// Puts a backup in the place of the workspace's store.
    pub(crate) fn restore(&self, from: &Path) -> Result<(), Failure> {
        let passphrase = self.lock.opening(&self.folder)?;
        let manner = Manner::usual(passphrase.as_ref());
        Ok(Workspace::restore(from, &self.folder, &manner)?)
    }
}

impl Lock {
    /// Opens the workspace of a folder.
    pub(crate) fn open(&self, folder: &Path) -> Result<Workspace, Failure> {
        let passphrase = self.opening(folder)?;
        let manner = Manner::usual(passphrase.as_ref());
        Ok(Workspace::open(folder, &manner)?)
    }

    /// The passphrase with which new keys are to be locked: of the file that is named, or asked for twice.
    pub(crate) fn making(&self, asked: bool) -> Result<Option<Passphrase>, Failure> {
        if let Some(words) = self.file()? {
            return words.map(Some);
        }
        if !asked {
            return Ok(None);
        }
        let words = ask("A passphrase for the keys: ")?;
        if words != ask("The same again: ")? {
            return Err(Failure::new(
                "wrong-passphrase",
                "the two passphrases differ; nothing was made",
                "try again",
            ));
        }
        passphrase(words).map(Some)
    }

    /// The passphrase that opens the keys of a folder; none where they are not locked.
    fn opening(&self, folder: &Path) -> Result<Option<Passphrase>, Failure> {
        if !Workspace::is_locked(folder) {
            return Ok(None);
        }
        match self.file()? {
            Some(words) => words.map(Some),
            None => passphrase(ask("Passphrase of the keys: ")?).map(Some),
        }
    }

    /// What the file says that is named; none where none is.
    fn file(&self) -> Result<Option<Result<Passphrase, Failure>>, Failure> {
        let variable = || std::env::var_os(FILE_VARIABLE).map(PathBuf::from);
        let Some(file) = self.passphrase_file.clone().or_else(variable) else {
            return Ok(None);
        };
        let bytes = crate::folder::read_up_to(&file, LONGEST)
            .map_err(|error| Failure::file(&file, &error))?;
        let words = String::from_utf8(bytes).map_err(|_| {
            Failure::new(
                "wrong-passphrase",
                "this file holds no passphrase: it is no text in UTF-8",
                "name the file whose first line is the passphrase",
            )
            .at(file.display())
        })?;
        let first = words.lines().next().unwrap_or_default();
        Ok(Some(passphrase(first.to_owned())))
    }
}

fn passphrase(words: String) -> Result<Passphrase, Failure> {
    Passphrase::new(words).map_err(|error| WorkspaceError::from(error).into())
}

/// Asks for words that are not shown, where somebody sits at a terminal.
fn ask(what: &str) -> Result<String, Failure> {
    let terminal = console::Term::stderr();
    let asked = match terminal.is_term() {
        false => Err(std::io::Error::other("no terminal")),
        true => terminal
            .write_str(what)
            .and_then(|()| terminal.read_secure_line()),
    };
    asked.map_err(|_| {
        Failure::new(
            "locked-keys",
            "the keys are locked with a passphrase, and nobody is there to be asked for it",
            "name a file that holds it: --passphrase-file FILE, or ONETEXT_PASSPHRASE_FILE",
        )
    })
}

/// What this computer's clock shows, in microseconds since 1970-01-01 UTC.
#[expect(
    clippy::disallowed_methods,
    reason = "the program alone reads the clock, and hands it on as an argument"
)]
pub(crate) fn now() -> i64 {
    let micros = |time: std::time::Duration| i64::try_from(time.as_micros()).unwrap_or(i64::MAX);
    match std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH) {
        Ok(after) => micros(after),
        Err(before) => -micros(before.duration()),
    }
}

/// Writes a file that is not there yet.
pub(crate) fn write_new(file: &Path, bytes: &[u8]) -> Result<(), Failure> {
    use std::io::Write as _;
    let open = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(file);
    let written = open.and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()));
    written.map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => there(file),
        _ => Failure::file(file, &error),
    })
}

/// A file that is there and is not overwritten.
pub(crate) fn there(file: &Path) -> Failure {
    Failure::new(
        "there-already",
        "this file is there already, and nothing is overwritten",
        "name another one",
    )
    .at(file.display())
}

/// A note beside the answer, on standard error: nothing failed.
pub(crate) fn note(words: &str) {
    use std::io::Write as _;
    // Nobody is left to be told where standard error is closed.
    let _ = writeln!(std::io::stderr(), "note: {words}");
}

/// Says that this computer's clock shows less than the record does, where it does.
pub(crate) fn note_clock(behind: Option<&String>) {
    if let Some(time) = behind {
        note(&format!(
            "this computer's clock shows an earlier time than an act of the record, {time}; that time was taken. \
             Set the clock"
        ));
    }
}
