//! Snapshots: what the acts of a room say, as the threads that read them turned it, so that a long record opens without
//! reading its rows again.
//!
//! A snapshot holds up to [`PIECE`] acts of one room, in order of arrival, and nothing of another room (law 2); it is
//! sealed like everything else. It is never asked what counts: from it and from the rows that came since, everything is
//! computed as from rows alone (law 4). It is left aside where its form is another, where it cannot be read, or where the
//! room has another act in the place of its last one; and all are let go of where a body is erased (law 6).

use std::sync::Mutex;
use std::sync::atomic::AtomicU64;

use onetext_seal::{ActDigest, Moment, SALT, Signature, SiteId};
use onetext_store::{OpenAct, PIECE, Store as _, Turn as _};

use super::hearing::{Hearer, Listener, Stands, Turned};
use super::{Workspace, WorkspaceError};

/// The form in which snapshots are written; another form is not read. A new one is due wherever what is written changes,
/// or what is read of a body.
const FORM: u64 = 1;

/// From so many rows on it is worth while to keep snapshots.
const WORTH_WHILE: u64 = 4 * PIECE;

/// So many snapshots are written at once.
const AT_ONCE: usize = 64;

/// The name of the snapshot of a room's acts after a place.
pub(super) fn name(room: &str, after: u64) -> String {
    format!("heard {FORM} {} {room}", after / PIECE)
}

/// What is written to a snapshot: whole numbers, 7 bits a byte, the lowest first; and bytes after their number.
#[derive(Debug, Default)]
pub struct Put(Vec<u8>);

impl Put {
    /// A number.
    pub fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            // The lowest 7 bits.
            self.0.push((number as u8) | 0x80);
            number >>= 7;
        }
        self.0.push(number as u8);
    }

    /// Bytes, which who reads knows to be so many.
    pub fn plain(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    /// Bytes, after how many they are.
    pub fn bytes(&mut self, bytes: &[u8]) {
        self.number(bytes.len() as u64);
        self.plain(bytes);
    }

    /// Letters, or none.
    pub fn letters(&mut self, letters: Option<&str>) {
        match letters {
            None => self.number(0),
            Some(letters) => {
                self.number(letters.len() as u64 + 1);
                self.plain(letters.as_bytes());
            }
        }
    }
}

/// What is still to be read of a snapshot; each part is none where it is not there.
#[derive(Debug)]
pub struct Take<'a>(&'a [u8]);

impl<'a> Take<'a> {
    /// A number.
    pub fn number(&mut self) -> Option<u64> {
        let mut number = 0_u64;
        for place in 0..10 {
            let (byte, rest) = self.0.split_first()?;
            self.0 = rest;
            number |= u64::from(byte & 0x7f).checked_shl(7 * place)?;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    /// So many bytes.
    pub fn plain(&mut self, count: usize) -> Option<&'a [u8]> {
        let (bytes, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(bytes)
    }

    /// So many bytes, as an array.
    pub fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.plain(N)?.try_into().ok()
    }

    /// Bytes, after how many they are.
    pub fn bytes(&mut self) -> Option<&'a [u8]> {
        let count = usize::try_from(self.number()?).ok()?;
        self.plain(count)
    }

    /// Letters, or none.
    pub fn letters(&mut self) -> Option<Option<&'a str>> {
        match usize::try_from(self.number()?).ok()? {
            0 => Some(None),
            count => Some(Some(std::str::from_utf8(self.plain(count - 1)?).ok()?)),
        }
    }
}

impl Workspace {
    /// Whether the record was last read from so many rows that it is worth while to keep snapshots of it.
    #[must_use]
    pub fn has_read_long(&self) -> bool {
        self.from_rows >= WORTH_WHILE
    }

    /// Keeps snapshots of the rooms in which one of these seats sits, where at least so many acts are in none. Gives how many were written. A snapshot bears no promise: where it cannot be kept, nothing
    /// is lost.
    ///
    /// # Errors
    /// Where the store cannot be read or written.
    pub fn keep_snapshots<H: Hearer>(
        &mut self,
        seats: &[String],
        at_least: u64,
        hearer: impl Fn() -> H,
    ) -> Result<usize, WorkspaceError> {
        let rooms = self.rooms_of_all(seats)?;
        let mut pieces = Vec::new();
        let mut lacking = 0;
        for (number, room) in rooms.iter().enumerate() {
            let count = self.store.count(room)?;
            let mut after = 0;
            while after < count {
                let to = count.min(after + PIECE);
                let known = self.store.snapshot(&name(room, after))?;
                let known = known.and_then(|bytes| covers(&bytes)).unwrap_or(0);
                if known < to - after {
                    lacking += to - after - known;
                    pieces.push((number, after, to));
                }
                after = to;
            }
        }
        if lacking < at_least.max(1) {
            return Ok(0);
        }
        let failed = Mutex::new(None);
        let read = AtomicU64::new(0);
        let mut listener = Listener::new(hearer(), &rooms, (&failed, &read));
        let written = pieces.len();
        for pieces in pieces.chunks(AT_ONCE) {
            let mut snapshots = Vec::with_capacity(pieces.len());
            for (room, after, to) in pieces {
                let Some(named) = rooms.get(*room) else {
                    continue;
                };
                let bytes = self.snapshot_of(&mut listener, (*room, named), (*after, *to))?;
                snapshots.push((name(named, *after), bytes));
            }
            if let Ok(mut failed) = failed.lock()
                && let Some(error) = failed.take()
            {
                return Err(error);
            }
            self.store.keep_snapshots(&snapshots)?;
        }
        Ok(written)
    }

    /// Lets go of the snapshots; they are made again.
    ///
    /// # Errors
    /// Where the store cannot be written.
    pub fn forget_snapshots(&mut self) -> Result<(), WorkspaceError> {
        Ok(self.store.forget_snapshots()?)
    }

    /// The snapshot of a room's acts after one place up to another.
    fn snapshot_of<H: Hearer>(
        &self,
        listener: &mut Listener<'_, H>,
        (room, named): (usize, &str),
        (after, to): (u64, u64),
    ) -> Result<Vec<u8>, WorkspaceError> {
        let mut out = Put::default();
        out.number(FORM);
        out.number(to - after);
        let mut signers = Vec::new();
        listener.hearer.begin();
        self.store.read(named, after, &mut |position, act| {
            if let Some((stands, _)) = listener.act(room, position, act) {
                write_act(&mut listener.hearer, &stands, &act, &mut signers, &mut out);
            }
            match position < to {
                true => std::ops::ControlFlow::Continue(()),
                false => std::ops::ControlFlow::Break(()),
            }
        })?;
        Ok(out.0)
    }
}

/// How many acts a snapshot holds; none where its form is another.
fn covers(bytes: &[u8]) -> Option<u64> {
    let mut from = Take(bytes);
    (from.number()? == FORM).then(|| from.number())?
}

/// It rests on the act before it alone.
const IN_A_ROW: u64 = 1;
/// What it says is written as its hearer does, not as the act's own bytes.
const SAID: u64 = 2;
/// Its body was not erased.
const BODY: u64 = 4;

fn write_act<H: Hearer>(
    hearer: &mut H,
    stands: &Stands<H::Said>,
    act: &OpenAct<'_>,
    signers: &mut Vec<std::sync::Arc<super::Signer>>,
    out: &mut Put,
) {
    let mut said = Put::default();
    let written = hearer.put(&stands.said, &mut said);
    let flag = |holds: bool, flag: u64| if holds { flag } else { 0 };
    out.number(
        flag(stands.parents.is_none(), IN_A_ROW)
            | flag(written, SAID)
            | flag(act.body.is_some(), BODY),
    );
    out.plain(&stands.id.0);
    if !written {
        out.bytes(act.envelope);
        if let Some((body, _)) = act.body {
            out.bytes(body);
        }
        return;
    }
    out.plain(&stands.recorded.to_number().to_be_bytes());
    out.number(stands.depth);
    out.number(stands.sequence);
    match signers.iter().rposition(|known| *known == stands.signer) {
        Some(place) => out.number(place as u64 + 1),
        None => {
            out.number(0);
            out.plain(&stands.signer.site.0);
            out.bytes(stands.signer.seat.as_bytes());
            signers.push(std::sync::Arc::clone(&stands.signer));
        }
    }
    if let Some(parents) = &stands.parents {
        out.number(parents.len() as u64);
        parents.iter().for_each(|parent| out.plain(&parent.0));
    }
    out.plain(&said.0);
}

/// The acts of a piece, those that count, and the name of the last.
type Piece<H> = (Vec<Option<Turned<<H as Hearer>::Said>>>, ActDigest);

/// What a snapshot holds of a room's acts after a place, and the name of the last; none where it cannot be read.
pub(super) fn read<H: Hearer>(
    listener: &mut Listener<'_, H>,
    room: usize,
    after: u64,
    bytes: &[u8],
) -> Option<Piece<H>> {
    let mut from = Take(bytes);
    let count = (from.number()? == FORM).then(|| from.number())??;
    if count > PIECE {
        return None;
    }
    let rooms = listener.rooms;
    let named = rooms.get(room)?.as_str();
    let mut signers = Vec::new();
    listener.hearer.begin();
    let mut made = Vec::with_capacity(usize::try_from(count).ok()?);
    let mut last = None;
    for position in after + 1..=after + count {
        let flags = from.number()?;
        let id = ActDigest(from.array()?);
        let turned = if flags & SAID == 0 {
            let envelope = from.bytes()?;
            let body = match flags & BODY {
                0 => None,
                _ => Some((from.bytes()?, [0; SALT])),
            };
            let act = OpenAct {
                id,
                envelope,
                signature: Signature([0; 64]),
                body,
                person: None,
            };
            listener.hear(room, position, &act).ok()?
        } else {
            let recorded = Moment::from_number(u64::from_be_bytes(from.array()?));
            let (depth, sequence) = (from.number()?, from.number()?);
            let signer = match from.number()?.checked_sub(1) {
                Some(place) => std::sync::Arc::clone(signers.get(usize::try_from(place).ok()?)?),
                None => {
                    let site = SiteId(from.array()?);
                    let seat = std::str::from_utf8(from.bytes()?).ok()?;
                    let signer = listener.signer(site, seat);
                    signers.push(std::sync::Arc::clone(&signer));
                    signer
                }
            };
            let parents = match flags & IN_A_ROW {
                0 => {
                    let count = from.number()?;
                    let parents = (0..count).map(|_| from.array().map(ActDigest));
                    Some(parents.collect::<Option<Box<[ActDigest]>>>()?)
                }
                _ => None,
            };
            let said = listener.hearer.take((&id, named, depth), &mut from)?;
            let stands = Stands {
                id,
                room: u32::try_from(room).ok()?,
                recorded,
                depth,
                sequence,
                signer,
                parents,
                position,
                said,
            };
            listener.went_by(room, position, id);
            (stands, None)
        };
        made.push(Some(turned));
        last = Some(id);
    }
    from.0.is_empty().then_some((made, last?))
}
