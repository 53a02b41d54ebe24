//! The keys themselves: read, made on first use, locked and unlocked.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::str::FromStr as _;

use age::secrecy::ExposeSecret as _;
use onetext_seal::SiteKey;
use zeroize::{Zeroize as _, Zeroizing};

use super::file::{self, Where};
use super::{KeyRingError, Passphrase};
use crate::cipher::{Cipher, Secret, draw};
use crate::entropy::Entropy;

/// The file of the workspace's secret.
const WORKSPACE: &str = "workspace.key";

/// The file of the lock.
const LOCK: &str = "lock.age";

/// What the name of a seat's file ends with.
const SEAT: &str = ".seat.key";

/// The first line of a file in clear.
const CLEAR: &str = "onetext key 1";

/// The first line of a file under the lock.
const SEALED: &str = "onetext sealed key 1";

/// The workspace's own secret, under which its store is sealed.
#[derive(Clone)]
pub struct WorkspaceKey {
    pub(crate) cipher: Cipher,
}

impl WorkspaceKey {
    /// The key of a secret of 32 random bytes.
    #[must_use]
    pub fn from_secret(mut secret: [u8; 32]) -> WorkspaceKey {
        let kept = Zeroizing::new(secret);
        secret.zeroize();
        WorkspaceKey {
            cipher: Cipher::new(&kept),
        }
    }
}

impl std::fmt::Debug for WorkspaceKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("WorkspaceKey")
    }
}

/// What a seat signs with and receives pouches with.
#[derive(Clone)]
pub struct SeatKeys {
    /// The key of its site.
    pub site: SiteKey,
    identity: Zeroizing<String>,
    recipient: String,
}

impl SeatKeys {
    /// What pouches to this site are opened with: an age identity (`AGE-SECRET-KEY-1…`). A secret.
    #[must_use]
    pub fn identity(&self) -> &str {
        &self.identity
    }

    /// What pouches to this site are encrypted to: an age recipient (`age1…`). Not a secret.
    #[must_use]
    pub fn recipient(&self) -> &str {
        &self.recipient
    }

    fn make(seat: &str, entropy: &mut dyn Entropy) -> Result<SeatKeys, KeyRingError> {
        let secret = draw(entropy, &format!("key of seat {seat}"))?;
        let identity = age::x25519::Identity::generate();
        Ok(SeatKeys {
            site: SiteKey::from_secret(*secret),
            identity: Zeroizing::new(identity.to_string().expose_secret().to_owned()),
            recipient: identity.to_public().to_string(),
        })
    }

    /// What the file of a seat's keys says in clear.
    fn words(&self, seat: &str) -> Zeroizing<String> {
        Zeroizing::new(format!(
            "{CLEAR}\nseat {seat}\nsite {}\nage {}\n",
            *hex(&*Zeroizing::new(self.site.secret())),
            *self.identity
        ))
    }
}

impl std::fmt::Debug for SeatKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SeatKeys({})", self.site.site())
    }
}

/// The key that a passphrase opens and the other files are sealed under.
struct Lock {
    key: Secret,
    cipher: Cipher,
}

impl Lock {
    fn new(key: Secret) -> Lock {
        Lock {
            cipher: Cipher::new(&key),
            key,
        }
    }
}

/// The keys of a workspace.
pub struct KeyRing {
    folder: PathBuf,
    lock: Option<Lock>,
    workspace: WorkspaceKey,
    seats: BTreeMap<String, SeatKeys>,
    /// Seats whose keys are in memory alone.
    prepared: BTreeSet<String>,
}

impl KeyRing {
    /// Makes the folder and the workspace's secret, locked where a passphrase is given.
    ///
    /// # Errors
    /// Where keys are there already, or the folder cannot be written.
    pub fn create(
        folder: &Path,
        passphrase: Option<&Passphrase>,
        entropy: &mut dyn Entropy,
    ) -> Result<KeyRing, KeyRingError> {
        file::make_folder(folder)?;
        let taken = |name: &str| KeyRingError::Exists {
            path: folder.join(name),
        };
        if folder.join(WORKSPACE).exists() {
            return Err(taken(WORKSPACE));
        }
        let lock = match passphrase {
            None => None,
            Some(passphrase) => {
                let key = draw(entropy, "key of the lock")?;
                let locked = passphrase.lock(folder, &key)?;
                if !file::write(&folder.join(LOCK), &locked, Where::Free)? {
                    return Err(taken(LOCK));
                }
                Some(Lock::new(key))
            }
        };
        let secret = draw(entropy, "key of the workspace")?;
        let ring = KeyRing {
            folder: folder.to_owned(),
            lock,
            workspace: WorkspaceKey::from_secret(*secret),
            seats: BTreeMap::new(),
            prepared: BTreeSet::new(),
        };
        let words = Zeroizing::new(format!("{CLEAR}\nworkspace {}\n", *hex(secret.as_slice())));
        if !ring.put(WORKSPACE, &words, entropy, Where::Free)? {
            return Err(taken(WORKSPACE));
        }
        Ok(ring)
    }

    /// Reads the keys of a folder.
    ///
    /// # Errors
    /// Where there are none, others may read them, a file is damaged, or the passphrase is wanting or another.
    pub fn open(folder: &Path, passphrase: Option<&Passphrase>) -> Result<KeyRing, KeyRingError> {
        file::check_folder(folder)?;
        let lock_file = folder.join(LOCK);
        let lock = match (file::read(&lock_file)?, passphrase) {
            (None, _) => None,
            (Some(_), None) => {
                return Err(KeyRingError::Locked {
                    path: folder.to_owned(),
                });
            }
            (Some(locked), Some(passphrase)) => {
                Some(Lock::new(passphrase.unlock(folder, &lock_file, &locked)?))
            }
        };
        let words =
            get(folder, lock.as_ref(), WORKSPACE)?.ok_or_else(|| KeyRingError::Missing {
                path: folder.join(WORKSPACE),
            })?;
        let damaged = damaged(folder, WORKSPACE, "it holds no workspace's key");
        let secret = words
            .lines()
            .nth(1)
            .and_then(|line| line.strip_prefix("workspace "))
            .and_then(unhex)
            .ok_or(damaged)?;
        let mut ring = KeyRing {
            folder: folder.to_owned(),
            lock,
            workspace: WorkspaceKey::from_secret(*secret),
            seats: BTreeMap::new(),
            prepared: BTreeSet::new(),
        };
        ring.read_seats()?;
        Ok(ring)
    }

    /// Whether the keys of a folder are locked with a passphrase.
    #[must_use]
    pub fn is_locked(folder: &Path) -> bool {
        folder.join(LOCK).exists()
    }

    /// The secret under which the store is sealed.
    #[must_use]
    pub fn workspace(&self) -> &WorkspaceKey {
        &self.workspace
    }

    /// The seats that sign here, in ascending order.
    pub fn seats(&self) -> impl Iterator<Item = (&str, &SeatKeys)> {
        self.seats.iter().map(|(seat, keys)| (seat.as_str(), keys))
    }

    /// The keys of a seat, where it signs here.
    #[must_use]
    pub fn seat(&self, seat: &str) -> Option<&SeatKeys> {
        self.seats.get(seat)
    }

    /// The keys of a seat, made on first use.
    ///
    /// # Errors
    /// Where the file cannot be written or read.
    pub fn seat_or_new(
        &mut self,
        seat: &str,
        entropy: &mut dyn Entropy,
    ) -> Result<&SeatKeys, KeyRingError> {
        if !self.seats.contains_key(seat) {
            let name = file_name(seat)?;
            let keys = SeatKeys::make(seat, entropy)?;
            // Where another program was first, its key is the seat's.
            let keys = if self.put(&name, &keys.words(seat), entropy, Where::Free)? {
                keys
            } else {
                self.read_seat(&name)?.1
            };
            self.seats.insert(seat.to_owned(), keys);
        }
        self.seats.get(seat).ok_or_else(|| KeyRingError::Missing {
            path: self.folder.clone(),
        })
    }

    /// Prepares the keys of a seat: where it has none, new ones are there in memory alone, until
    /// [`KeyRing::keep_prepared`] writes them, so that work that fails leaves no keys behind.
    ///
    /// # Errors
    /// Where keys that are there cannot be read.
    pub fn prepare(&mut self, seat: &str, entropy: &mut dyn Entropy) -> Result<(), KeyRingError> {
        if self.seats.contains_key(seat) {
            return Ok(());
        }
        let name = file_name(seat)?;
        let keys = match self.folder.join(&name).exists() {
            true => self.read_seat(&name)?.1,
            false => {
                self.prepared.insert(seat.to_owned());
                SeatKeys::make(seat, entropy)?
            }
        };
        self.seats.insert(seat.to_owned(), keys);
        Ok(())
    }

    /// Writes the keys that were prepared. What is signed with them is to be kept after that, never before.
    ///
    /// # Errors
    /// Where a file cannot be written, or another program wrote keys of the seat meanwhile.
    pub fn keep_prepared(&mut self, entropy: &mut dyn Entropy) -> Result<(), KeyRingError> {
        while let Some(seat) = self.prepared.pop_first() {
            let name = file_name(&seat)?;
            let words = self.seats.get(&seat).map(|keys| keys.words(&seat));
            if let Some(words) = words
                && !self.put(&name, &words, entropy, Where::Free)?
            {
                self.seats.remove(&seat);
                return Err(KeyRingError::Exists {
                    path: self.folder.join(name),
                });
            }
        }
        Ok(())
    }

    /// Forgets the keys that were prepared and not written.
    pub fn forget_prepared(&mut self) {
        while let Some(seat) = self.prepared.pop_first() {
            self.seats.remove(&seat);
        }
    }

    /// Locks the keys with a passphrase, or with another than before.
    ///
    /// # Errors
    /// Where the files cannot be written; then the keys open as before.
    pub fn set_passphrase(
        &mut self,
        passphrase: &Passphrase,
        entropy: &mut dyn Entropy,
    ) -> Result<(), KeyRingError> {
        let lock_file = self.folder.join(LOCK);
        if let Some(lock) = &self.lock {
            let locked = passphrase.lock(&self.folder, &lock.key)?;
            file::write(&lock_file, &locked, Where::Taken)?;
            return Ok(());
        }
        // The lock is written first: files in clear are read whether there is a lock or not, so that an interruption
        // leaves keys that open.
        let lock = Lock::new(draw(entropy, "key of the lock")?);
        let locked = passphrase.lock(&self.folder, &lock.key)?;
        file::write(&lock_file, &locked, Where::Taken)?;
        self.lock = Some(lock);
        let seats = self.seats.keys().map(|seat| file_name(seat));
        let names: Vec<String> = seats.collect::<Result<_, _>>()?;
        for name in names.iter().map(String::as_str).chain([WORKSPACE]) {
            if let Some(words) = get(&self.folder, self.lock.as_ref(), name)? {
                self.put(name, &words, entropy, Where::Taken)?;
            }
        }
        Ok(())
    }

    fn read_seats(&mut self) -> Result<(), KeyRingError> {
        let failed = |source| KeyRingError::File {
            path: self.folder.clone(),
            source,
        };
        let mut names = Vec::new();
        for entry in std::fs::read_dir(&self.folder).map_err(failed)? {
            let name = entry.map_err(failed)?.file_name();
            if let Some(name) = name.to_str()
                && name.ends_with(SEAT)
            {
                names.push(name.to_owned());
            }
        }
        for name in names {
            let (seat, keys) = self.read_seat(&name)?;
            self.seats.insert(seat, keys);
        }
        Ok(())
    }

    fn read_seat(&self, name: &str) -> Result<(String, SeatKeys), KeyRingError> {
        let words =
            get(&self.folder, self.lock.as_ref(), name)?.ok_or_else(|| KeyRingError::Missing {
                path: self.folder.join(name),
            })?;
        parse_seat(&words)
            .filter(|(seat, _)| file_name(seat).is_ok_and(|wanted| wanted == name))
            .ok_or_else(|| {
                damaged(
                    &self.folder,
                    name,
                    "it does not hold the keys of the seat that it is named after",
                )
            })
    }

    /// Writes a file, sealed where there is a lock.
    fn put(
        &self,
        name: &str,
        words: &str,
        entropy: &mut dyn Entropy,
        onto: Where,
    ) -> Result<bool, KeyRingError> {
        let path = self.folder.join(name);
        match &self.lock {
            None => file::write(&path, words.as_bytes(), onto),
            Some(lock) => {
                let sealed = lock.cipher.seal(
                    entropy,
                    &format!("key file {name}"),
                    name.as_bytes(),
                    words.as_bytes(),
                )?;
                file::write(
                    &path,
                    format!("{SEALED}\n{}\n", *hex(&sealed)).as_bytes(),
                    onto,
                )
            }
        }
    }
}

impl std::fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("KeyRing")
            .field("folder", &self.folder)
            .field("seats", &self.seats)
            .finish_non_exhaustive()
    }
}

fn damaged(folder: &Path, name: &str, what: &'static str) -> KeyRingError {
    KeyRingError::Damaged {
        path: folder.join(name),
        what,
    }
}

/// Reads a file, opened where it is sealed; none where there is none.
fn get(
    folder: &Path,
    lock: Option<&Lock>,
    name: &str,
) -> Result<Option<Zeroizing<String>>, KeyRingError> {
    let Some(bytes) = file::read(&folder.join(name))? else {
        return Ok(None);
    };
    let text = std::str::from_utf8(&bytes).map_err(|_| damaged(folder, name, "it is no text"))?;
    match (text.lines().next(), lock) {
        (Some(CLEAR), _) => Ok(Some(Zeroizing::new(text.to_owned()))),
        (Some(SEALED), None) => Err(damaged(
            folder,
            name,
            "it is sealed, and the lock is missing",
        )),
        (Some(SEALED), Some(lock)) => {
            let digits = text.lines().nth(1).unwrap_or_default();
            let words = bytes_of(digits)
                .and_then(|sealed| lock.cipher.open(name.as_bytes(), &sealed).ok())
                .ok_or_else(|| damaged(folder, name, "it was changed, or the lock is another"))?;
            let words =
                std::str::from_utf8(&words).map_err(|_| damaged(folder, name, "it is no text"))?;
            Ok(Some(Zeroizing::new(words.to_owned())))
        }
        _ => Err(damaged(
            folder,
            name,
            "its first line is not that of a key file",
        )),
    }
}

fn parse_seat(words: &str) -> Option<(String, SeatKeys)> {
    let mut lines = words.lines().skip(1);
    let seat = lines.next()?.strip_prefix("seat ")?.to_owned();
    let secret = unhex(lines.next()?.strip_prefix("site ")?)?;
    let identity = lines.next()?.strip_prefix("age ")?;
    let recipient = age::x25519::Identity::from_str(identity)
        .ok()?
        .to_public()
        .to_string();
    Some((
        seat,
        SeatKeys {
            site: SiteKey::from_secret(*secret),
            identity: Zeroizing::new(identity.to_owned()),
            recipient,
        },
    ))
}

/// A seat's name as a file's: other letters than small ones, digits, `-` and `_` as `%` and two digits, so that no two
/// seats share a file where capitals do not count.
fn file_name(seat: &str) -> Result<String, KeyRingError> {
    if seat.len() > 60 || seat.contains(['\n', '\r']) {
        return Err(KeyRingError::SeatName(seat.len()));
    }
    let mut name = String::new();
    for byte in seat.bytes() {
        match byte {
            b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' => name.push(char::from(byte)),
            _ => {
                let _ = write!(name, "%{byte:02x}");
            }
        }
    }
    Ok(name + SEAT)
}

fn hex(bytes: &[u8]) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(bytes.len() * 2));
    for byte in bytes {
        let _ = write!(*text, "{byte:02x}");
    }
    text
}

fn bytes_of(digits: &str) -> Option<Zeroizing<Vec<u8>>> {
    if !digits.len().is_multiple_of(2) || !digits.is_ascii() {
        return None;
    }
    let bytes = (0..digits.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok())
        .collect::<Option<Vec<u8>>>()?;
    Some(Zeroizing::new(bytes))
}

fn unhex(digits: &str) -> Option<Secret> {
    let bytes = bytes_of(digits)?;
    Some(Zeroizing::new(bytes.as_slice().try_into().ok()?))
}
