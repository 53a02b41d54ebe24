//! A dossier on disk: the TOML file, or the folder it lies in.

use std::io::Read;
use std::path::{Path, PathBuf};

use clap::Args;
use onetext_desk::workspace::Workspace;
use onetext_desk::{Books, Cut, DeskError, FileError, Files, Viewer, When};

use crate::failure::Failure;
use crate::place::{Lock, note, now};

/// Which process, whose view of it, and up to when.
#[derive(Debug, Args)]
pub(crate) struct Selectors {
    /// The dossier: its TOML file, or the folder that holds dossier.toml [default: this folder]
    #[arg(value_name = "DOSSIER")]
    dossier: Option<PathBuf>,
    /// A workspace instead of a dossier
    #[arg(short = 'C', value_name = "DIR", conflicts_with = "dossier")]
    workspace: Option<PathBuf>,
    #[command(flatten)]
    lock: Lock,
    /// Look through this seat [default: the pen-holder's]
    #[arg(long = "as", value_name = "SEAT")]
    seat: Option<String>,
}

/// Up to when the record is read.
#[derive(Debug, Default, Args)]
pub(crate) struct Until {
    /// Only what was done by then: 2031-03-06, 2031-03-06T14:30Z or 2031-03; a day means its end, UTC
    #[arg(long, value_name = "T")]
    at: Option<String>,
    /// Only what was written down by then
    #[arg(long, value_name = "T")]
    known_at: Option<String>,
}

impl Until {
    /// The cut.
    pub(crate) fn cut(&self) -> Result<Cut, Failure> {
        let when = |given: &Option<String>| -> Result<Option<When>, Failure> {
            match given {
                Some(text) => Ok(Some(When::parse(text).map_err(DeskError::When)?)),
                None => Ok(None),
            }
        };
        Ok(Cut {
            at: when(&self.at)?,
            known_at: when(&self.known_at)?,
        })
    }

    /// By when it had to be known, as given.
    pub(crate) fn known_at(&self) -> Option<String> {
        self.known_at.clone()
    }

    /// The same, to be typed again.
    pub(crate) fn again(&self) -> String {
        let part = |name: &str, given: &Option<String>| {
            given
                .as_ref()
                .map_or(String::new(), |text| format!(" --{name} {text}"))
        };
        format!(
            "{}{}",
            part("at", &self.at),
            part("known-at", &self.known_at)
        )
    }
}

impl Selectors {
    /// The same from what a command that takes files too was given.
    pub(crate) fn of(
        dossier: Option<PathBuf>,
        workspace: Option<PathBuf>,
        lock: Lock,
        seat: Option<String>,
    ) -> Selectors {
        Selectors {
            dossier,
            workspace,
            lock,
            seat,
        }
    }

    /// Opens the books, and looks through the seat, up to then.
    pub(crate) fn open(&self, until: &Until) -> Result<(Books, Viewer, Cut), Failure> {
        let given = self.dossier.as_deref();
        let workspace = self.workspace()?;
        opened(given, workspace, self.seat.as_deref(), until)
    }

    /// Opens the workspace that is named, and the seat to look through; none where none is named.
    pub(crate) fn workspace(&self) -> Result<Option<(Workspace, Option<&str>)>, Failure> {
        let Some(folder) = &self.workspace else {
            return Ok(None);
        };
        Ok(Some((self.lock.open(folder)?, self.seat.as_deref())))
    }

    /// The same, to be typed again.
    pub(crate) fn again(&self) -> String {
        let dossier = self
            .dossier
            .as_ref()
            .map_or(String::new(), |path| quoted(&path.display().to_string()));
        let seat = self
            .seat
            .as_ref()
            .map_or(String::new(), |seat| format!(" --as {}", quoted(seat)));
        let workspace = self.workspace.as_ref().map_or(String::new(), |path| {
            format!(" -C {}", quoted(&path.display().to_string()))
        });
        format!("{dossier}{workspace}{seat}").trim().to_owned()
    }
}

/// Opens the books of a dossier, or of a workspace where one is given, and looks through a seat, up to then.
pub(crate) fn opened(
    dossier: Option<&Path>,
    workspace: Option<(Workspace, Option<&str>)>,
    seat: Option<&str>,
    until: &Until,
) -> Result<(Books, Viewer, Cut), Failure> {
    let mut cut = until.cut()?;
    if let Some((mut workspace, seat)) = workspace {
        let known_at = cut.known_at.take();
        let (books, viewer) = Books::of_workspace(&mut workspace, seat, known_at.as_ref(), now())?;
        if workspace.has_read_long() {
            // Where they cannot be kept, the record is read from its rows again.
            let _ = Books::keep_snapshots(&mut workspace, seat, 1);
        }
        if let Some(rooms) = &viewer.rooms {
            let rooms: Vec<&str> = rooms.iter().map(|room| room.as_str()).collect();
            note(&format!(
                "this site has of the rooms of {} only {}: what follows is the view from these",
                viewer.seat,
                rooms.join(", ")
            ));
        }
        for left in books.left_out() {
            note(&format!(
                "the act {} in {} {}: {}",
                left.id,
                left.room,
                left.why.words(),
                left.reason
            ));
        }
        return Ok((books, viewer, cut));
    }
    let books = open(dossier.unwrap_or(Path::new(".")))?;
    let viewer = books.viewer(seat)?;
    Ok((books, viewer, cut))
}

/// A word as a shell takes it.
fn quoted(word: &str) -> String {
    if word
        .chars()
        .all(|c| c.is_alphanumeric() || "-_./~:".contains(c))
    {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}

/// The largest file that is read, in bytes.
const LARGEST: u64 = 256 << 20;

/// Reads a file, of [`LARGEST`] bytes at most, whatever it says of its own length.
pub(crate) fn read(file: &Path) -> std::io::Result<Vec<u8>> {
    read_up_to(file, LARGEST)
}

/// Reads a file of so many bytes at most.
pub(crate) fn read_up_to(file: &Path, largest: u64) -> std::io::Result<Vec<u8>> {
    let too_large = || {
        std::io::Error::new(
            std::io::ErrorKind::FileTooLarge,
            format!("the file has more than {largest} bytes, which no file of this sort needs"),
        )
    };
    let opened = std::fs::File::open(file)?;
    let says = opened.metadata()?.len();
    if says > largest {
        return Err(too_large());
    }
    let mut bytes = Vec::with_capacity(usize::try_from(says).unwrap_or(0));
    opened.take(largest + 1).read_to_end(&mut bytes)?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length > largest) {
        return Err(too_large());
    }
    Ok(bytes)
}

/// Opens a dossier, given as its TOML file or its folder.
pub(crate) fn open(given: &Path) -> Result<Books, Failure> {
    let file = if given.is_dir() {
        given.join("dossier.toml")
    } else {
        given.to_owned()
    };
    let source = read(&file).map_err(|error| {
        if error.kind() == std::io::ErrorKind::NotFound {
            Failure::new(
                "no-dossier",
                "there is no dossier here",
                "name its TOML file or its folder, or make a sample process with `onetext demo`",
            )
            .at(file.display())
        } else {
            Failure::file(&file, &error)
        }
    })?;
    let source = onetext_paper::dossier::decode(&source).map_err(DeskError::Dossier)?;
    let folder = file
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    Ok(Books::open(source, &mut Folder(folder.to_owned()))?)
}

/// The files beside a dossier, and in folders below it: nothing else of the disk.
pub(crate) struct Folder(pub(crate) PathBuf);

impl Files for Folder {
    fn read(&mut self, name: &str) -> Result<Vec<u8>, FileError> {
        let unreadable = |error: std::io::Error| match error.kind() {
            std::io::ErrorKind::NotFound => FileError::Missing,
            _ => FileError::Unreadable(error.to_string()),
        };
        // Links are followed first, so that none leads out of the folder.
        let folder = self.0.canonicalize().map_err(unreadable)?;
        let file = folder.join(name).canonicalize().map_err(unreadable)?;
        if !file.starts_with(&folder) {
            return Err(FileError::Outside);
        }
        read(&file).map_err(unreadable)
    }

    fn names(&self) -> Vec<String> {
        let Ok(entries) = self.0.read_dir() else {
            return Vec::new();
        };
        let mut names: Vec<String> = entries
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .collect();
        names.sort();
        names
    }
}
