//! A row of the table of acts, sealed: an envelope under the room's key, a body under a key of its own, that key wrapped
//! by the room's. Whatever database keeps the rows, this is what they hold.
//!
//! The envelope's seal covers the room, the act's name, the signature and the person's field; the body's key is wrapped
//! for this act alone. Where there is no body, a sealed mark stands in the key's place, so that nobody without the
//! room's key can pass off an act as erased.

use onetext_seal::{ActDigest, Body, SALT, Signature, SignedAct, SiteId};

use crate::cipher::{Cipher, DoesNotOpen, NameTag, draw, open_once, seal_once};
use crate::entropy::{Entropy, EntropyError};

/// A row as it is written.
pub(crate) struct SealedAct {
    pub(crate) envelope: Vec<u8>,
    pub(crate) body_key: Vec<u8>,
    pub(crate) body: Option<Vec<u8>>,
    pub(crate) person: Option<Vec<u8>>,
}

/// A row as it lies in the database.
#[derive(Clone, Copy)]
pub(crate) struct RowFields<'a> {
    pub(crate) id: &'a [u8],
    pub(crate) envelope: &'a [u8],
    pub(crate) body_key: &'a [u8],
    pub(crate) body: Option<&'a [u8]>,
    pub(crate) signature: &'a [u8],
    pub(crate) person: Option<&'a [u8]>,
}

/// Which column of a row does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct BadColumn(pub(crate) &'static str);

/// Buffers that are filled anew for every act.
#[derive(Default)]
pub(crate) struct Buffers {
    envelope: Vec<u8>,
    body: Vec<u8>,
    place: Vec<u8>,
}

/// An act as it was read, in the reader's buffers.
#[derive(Clone, Copy)]
pub struct OpenAct<'a> {
    /// Its name.
    pub id: ActDigest,
    /// The envelope, as the bytes that were signed.
    pub envelope: &'a [u8],
    /// The site's signature.
    pub signature: Signature,
    /// The body's bytes and salt; none where it was erased.
    pub body: Option<(&'a [u8], [u8; SALT])>,
    /// A person's own signature.
    pub person: Option<(SiteId, Signature)>,
}

impl OpenAct<'_> {
    /// The act in memory of its own.
    #[must_use]
    pub fn signed(&self) -> SignedAct {
        SignedAct {
            envelope: self.envelope.to_vec(),
            signature: self.signature,
            body: self.body.map(|(bytes, salt)| Body {
                salt,
                bytes: bytes.to_vec(),
            }),
            person: self.person,
        }
    }
}

impl std::fmt::Debug for OpenAct<'_> {
    /// The name alone: a log must not hold words.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "OpenAct({})", self.id)
    }
}

/// The place of a field: what sort it is, in which room, of which act.
fn place(buffer: &mut Vec<u8>, column: u8, room: &NameTag, id: &[u8]) {
    buffer.clear();
    buffer.push(column);
    buffer.extend_from_slice(room);
    buffer.extend_from_slice(id);
}

const ENVELOPE: u8 = b'E';
const BODY: u8 = b'B';
const BODY_KEY: u8 = b'K';
const NO_BODY: u8 = b'N';
const PERSON: u8 = b'P';

/// The place of the envelope, which covers the signature and the person's field too.
fn envelope_place(
    buffer: &mut Vec<u8>,
    room: &NameTag,
    id: &[u8],
    signature: &[u8],
    person: Option<&[u8]>,
) {
    place(buffer, ENVELOPE, room, id);
    buffer.extend_from_slice(signature);
    buffer.extend_from_slice(person.unwrap_or_default());
}

/// The stream from which an act's keys and numbers are drawn.
fn stream(id: &ActDigest) -> String {
    format!("act {id}")
}

/// Seals an act for a room.
pub(crate) fn seal_act(
    entropy: &mut dyn Entropy,
    cipher: &Cipher,
    room: &NameTag,
    id: &ActDigest,
    act: &SignedAct,
) -> Result<SealedAct, EntropyError> {
    let (stream, mut buffer) = (stream(id), Vec::new());
    let person = match &act.person {
        None => None,
        Some((key, signature)) => {
            place(&mut buffer, PERSON, room, &id.0);
            let words = [&key.0[..], &signature.0[..]].concat();
            Some(cipher.seal(entropy, &stream, &buffer, &words)?)
        }
    };
    envelope_place(
        &mut buffer,
        room,
        &id.0,
        &act.signature.0,
        person.as_deref(),
    );
    let envelope = cipher.seal(entropy, &stream, &buffer, &act.envelope)?;
    let (body_key, body) = match &act.body {
        None => (no_body(entropy, cipher, room, id)?, None),
        Some(body) => {
            let key = draw(entropy, &stream)?;
            place(&mut buffer, BODY, room, &id.0);
            let sealed = seal_once(&key, &buffer, &[&body.salt, &body.bytes])?;
            place(&mut buffer, BODY_KEY, room, &id.0);
            (
                cipher.seal(entropy, &stream, &buffer, key.as_slice())?,
                Some(sealed),
            )
        }
    };
    Ok(SealedAct {
        envelope,
        body_key,
        body,
        person,
    })
}

/// The mark of an act whose body is not kept.
pub(crate) fn no_body(
    entropy: &mut dyn Entropy,
    cipher: &Cipher,
    room: &NameTag,
    id: &ActDigest,
) -> Result<Vec<u8>, EntropyError> {
    let mut buffer = Vec::new();
    place(&mut buffer, NO_BODY, room, &id.0);
    cipher.seal(entropy, &stream(id), &buffer, &[])
}

/// Opens a row.
pub(crate) fn open_act<'a>(
    cipher: &Cipher,
    room: &NameTag,
    row: RowFields<'_>,
    buffers: &'a mut Buffers,
) -> Result<OpenAct<'a>, BadColumn> {
    let id = ActDigest(row.id.try_into().map_err(|_| BadColumn("id"))?);
    let signature = Signature(
        row.signature
            .try_into()
            .map_err(|_| BadColumn("signature"))?,
    );
    envelope_place(&mut buffers.place, room, row.id, row.signature, row.person);
    cipher
        .open_into(&buffers.place, row.envelope, &mut buffers.envelope)
        .map_err(|_| BadColumn("envelope"))?;
    let person = match row.person {
        None => None,
        Some(sealed) => {
            place(&mut buffers.place, PERSON, room, row.id);
            Some(open_person(cipher, &buffers.place, sealed).map_err(|_| BadColumn("person"))?)
        }
    };
    let body = open_body(cipher, room, row, buffers)?;
    let body = match body {
        None => None,
        Some(()) => {
            let (salt, bytes) = buffers
                .body
                .split_first_chunk::<SALT>()
                .ok_or(BadColumn("body"))?;
            Some((bytes, *salt))
        }
    };
    Ok(OpenAct {
        id,
        envelope: &buffers.envelope,
        signature,
        body,
        person,
    })
}

/// Opens the body into its buffer; none where its mark says that there is none.
fn open_body(
    cipher: &Cipher,
    room: &NameTag,
    row: RowFields<'_>,
    buffers: &mut Buffers,
) -> Result<Option<()>, BadColumn> {
    let Some(sealed) = row.body else {
        place(&mut buffers.place, NO_BODY, room, row.id);
        return match cipher.open(&buffers.place, row.body_key) {
            Ok(_) => Ok(None),
            Err(DoesNotOpen) => Err(BadColumn("body_key")),
        };
    };
    place(&mut buffers.place, BODY_KEY, room, row.id);
    let key = cipher
        .open_key(&buffers.place, row.body_key)
        .map_err(|_| BadColumn("body_key"))?;
    place(&mut buffers.place, BODY, room, row.id);
    open_once(&key, &buffers.place, sealed, &mut buffers.body).map_err(|_| BadColumn("body"))?;
    Ok(Some(()))
}

fn open_person(
    cipher: &Cipher,
    place: &[u8],
    sealed: &[u8],
) -> Result<(SiteId, Signature), DoesNotOpen> {
    let words = cipher.open(place, sealed)?;
    let (key, signature) = words.split_first_chunk::<32>().ok_or(DoesNotOpen)?;
    let signature: [u8; 64] = signature.try_into().map_err(|_| DoesNotOpen)?;
    Ok((SiteId(*key), Signature(signature)))
}
