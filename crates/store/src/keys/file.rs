//! Files that belong to their owner alone, written whole or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::path::Path;

use zeroize::Zeroizing;

use super::KeyRingError;

/// The permissions of a key file.
const FILE: u32 = 0o600;

/// The permissions of the folder of keys.
const FOLDER: u32 = 0o700;

/// The largest key file that is read, in bytes.
const LARGEST: u64 = 64 << 10;

fn failed(path: &Path) -> impl FnOnce(std::io::Error) -> KeyRingError {
    let path = path.to_owned();
    move |source| KeyRingError::File { path, source }
}

/// Makes a folder for its owner alone.
pub(super) fn make_folder(path: &Path) -> Result<(), KeyRingError> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(FOLDER);
    }
    match builder.create(path) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => check_folder(path),
        Err(error) => Err(failed(path)(error)),
    }
}

/// Refuses a folder that others may enter.
pub(super) fn check_folder(path: &Path) -> Result<(), KeyRingError> {
    match fs::metadata(path) {
        Ok(metadata) if metadata.is_dir() => check_mode(path, &metadata, FOLDER),
        Ok(_) => Err(KeyRingError::Missing {
            path: path.to_owned(),
        }),
        Err(error) if error.kind() == ErrorKind::NotFound => Err(KeyRingError::Missing {
            path: path.to_owned(),
        }),
        Err(error) => Err(failed(path)(error)),
    }
}

#[cfg(unix)]
fn check_mode(path: &Path, metadata: &fs::Metadata, wanted: u32) -> Result<(), KeyRingError> {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = metadata.permissions().mode() & 0o777;
    if mode & 0o077 == 0 {
        return Ok(());
    }
    Err(KeyRingError::Open {
        path: path.to_owned(),
        mode,
        wanted,
    })
}

#[cfg(not(unix))]
fn check_mode(_: &Path, _: &fs::Metadata, _: u32) -> Result<(), KeyRingError> {
    Ok(())
}

/// Reads a key file; none where there is none.
pub(super) fn read(path: &Path) -> Result<Option<Zeroizing<Vec<u8>>>, KeyRingError> {
    let metadata = match fs::metadata(path) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed(path)(error)),
    };
    check_mode(path, &metadata, FILE)?;
    if metadata.len() > LARGEST {
        return Err(KeyRingError::Damaged {
            path: path.to_owned(),
            what: "it is larger than any key file",
        });
    }
    Ok(Some(Zeroizing::new(fs::read(path).map_err(failed(path))?)))
}

/// What to do where a file of the name is there already.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Where {
    /// Leave it, and say so.
    Free,
    /// Take its place.
    Taken,
}

/// Writes a key file, durable when it returns. Gives whether it was written: with [`Where::Free`] it is not, where
/// another is there already.
pub(super) fn write(path: &Path, bytes: &[u8], onto: Where) -> Result<bool, KeyRingError> {
    let mut part = path.as_os_str().to_owned();
    part.push(format!(".{}.part", std::process::id()));
    let part = Path::new(&part);
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(FILE);
    }
    let mut file = options.open(part).map_err(failed(part))?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    let placed = written.and_then(|()| match onto {
        Where::Taken => fs::rename(part, path).map(|()| true),
        Where::Free => match fs::hard_link(part, path) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(false),
            Err(error) => Err(error),
        },
    });
    if !matches!((&placed, onto), (Ok(true), Where::Taken)) {
        // It served its turn; where it cannot be taken away, it holds nothing that its neighbour does not.
        let _ = fs::remove_file(part);
    }
    let placed = placed.map_err(failed(path))?;
    sync_folder(path);
    Ok(placed)
}

/// Makes the name of a file durable. Not every system can; the file itself is durable already.
fn sync_folder(path: &Path) {
    if let Some(folder) = path.parent()
        && let Ok(folder) = File::open(folder)
    {
        let _ = folder.sync_all();
    }
}
