//! Packing a pouch.

use std::collections::{BTreeMap, BTreeSet};

use super::LARGEST_POUCH;
use super::header::{Addressee, Header, POUCH_LABEL, RoomHeads, Sender, signature_line};
use crate::digest::{ActDigest, ContentDigest};
use crate::envelope::FORMAT;
use crate::heads::Heads;
use crate::histories::Histories;
use crate::key::SiteKey;
use crate::keys::Binding;
use crate::line::{act_line, content_line};
use crate::record::place_in_record;
use crate::says::{PLENARY, contents_of};
use crate::signed::{Fault, SignedAct};

/// What a pouch is packed from.
pub struct Packing<'a> {
    /// The histories of the sender's rooms.
    pub histories: &'a Histories,
    /// With what the sending site signs. It must be bound to a seat.
    pub key: &'a SiteKey,
    /// To whom the pouch goes.
    pub to: Addressee,
    /// What the receiver is known to have. Best its last acknowledged heads: those stated by acts and pouches of its
    /// own. Whatever else stands there is passed over.
    pub have: &'a Heads,
    /// Fetches an act.
    pub act: &'a dyn Fn(&ActDigest) -> Option<SignedAct>,
    /// Fetches a content: `Some(None)` where it was erased.
    pub content: &'a dyn Fn(&ContentDigest) -> Option<Option<Vec<u8>>>,
}

/// Why a pouch cannot be packed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PackError {
    /// The sending site is bound to no seat, or was revoked.
    #[error("this site is bound to no seat of the process, or was revoked: it cannot send pouches")]
    NotBound,
    /// The receiving site is not bound to the seat that is named.
    #[error("the site that the pouch is for is not bound to the seat `{0}`, or was revoked")]
    NoSuchSite(String),
    /// The seat has no site to encrypt to.
    #[error(
        "the seat `{0}` has no site that can receive pouches: bind one, with its recipient, first"
    )]
    NoRecipient(String),
    /// The store lacks an act that its history has.
    #[error("the act {0} of the history cannot be found: run verify")]
    ActMissing(ActDigest),
    /// An act does not verify.
    #[error("the act {act} was changed: {fault}; run verify")]
    Act {
        /// The act.
        act: ActDigest,
        /// What is wrong.
        fault: Fault,
    },
    /// The store lacks a content that an act names.
    #[error("the content {0}, named by an act, cannot be found: run verify")]
    ContentMissing(ContentDigest),
    /// More than a pouch may hold.
    #[error("the pouch would have more than {} MB", LARGEST_POUCH >> 20)]
    TooLarge,
}

/// Packs a pouch: of the rooms that both sit in, the acts that the receiver lacks and the contents that they name. Gives
/// the bytes that are to be encrypted, and for whom.
///
/// # Errors
/// [`PackError`] says what is wanting.
pub fn pack_pouch(packing: &Packing<'_>) -> Result<(Vec<u8>, Vec<String>), PackError> {
    let keys = packing.histories.keys();
    let site = packing.key.site();
    let sender = keys
        .binding(&site)
        .filter(|binding| binding.revoked.is_none())
        .ok_or(PackError::NotBound)?;
    let receivers = receivers(&packing.to, &keys)?;
    let mut acts = BTreeMap::new();
    let (mut heads, mut previous) = (RoomHeads::new(), RoomHeads::new());
    for (room, history) in packing.histories.rooms() {
        if !shared(
            packing.histories,
            room,
            sender,
            &packing.to.seat,
            &receivers,
        ) {
            continue;
        }
        let mut have = packing.have.of(room);
        have.retain(|head| history.has(head));
        let lacks: BTreeSet<ActDigest> = history.since(&have).into_iter().collect();
        for name in &lacks {
            let act = (packing.act)(name).ok_or(PackError::ActMissing(*name))?;
            let (envelope, body) = act
                .read()
                .map_err(|fault| PackError::Act { act: *name, fault })?;
            acts.insert(place_in_record(*name, &envelope), (act, body));
        }
        heads.insert(room.to_owned(), history.heads());
        if !have.is_empty() {
            previous.insert(room.to_owned(), have);
        }
    }
    let header = Header {
        format: FORMAT,
        from: Sender {
            seat: sender.seat.clone(),
            site,
        },
        heads,
        onetext: Header::WORD.to_owned(),
        previous,
        process: packing.histories.process(),
        to: packing.to.clone(),
    };
    let plain = write(packing, &header, &acts)?;
    let recipients = receivers
        .iter()
        .filter_map(|binding| binding.recipient.clone())
        .collect();
    Ok((plain, recipients))
}

/// The sites that the pouch is for, those alone that can receive.
fn receivers(to: &Addressee, keys: &crate::keys::Keys) -> Result<Vec<Binding>, PackError> {
    if let Some(site) = &to.site {
        let binding = keys
            .binding(site)
            .filter(|binding| binding.seat == to.seat && binding.revoked.is_none())
            .ok_or_else(|| PackError::NoSuchSite(to.seat.clone()))?;
        return match &binding.recipient {
            Some(_) => Ok(vec![binding.clone()]),
            None => Err(PackError::NoRecipient(to.seat.clone())),
        };
    }
    // A mission's site is given its own rooms alone, in a pouch of its own.
    let receivers: Vec<Binding> = keys
        .sites_of(&to.seat)
        .filter(|(_, binding)| binding.recipient.is_some() && binding.rooms.is_none())
        .map(|(_, binding)| binding.clone())
        .collect();
    match receivers.is_empty() {
        true => Err(PackError::NoRecipient(to.seat.clone())),
        false => Ok(receivers),
    }
}

/// Whether both sit in a room, and the sites may enter it. The plenary is open to every site: there the keys stand.
fn shared(
    histories: &Histories,
    room: &str,
    sender: &Binding,
    to: &str,
    receivers: &[Binding],
) -> bool {
    let members = histories.members(room);
    let sits = |seat: &str| members.has(seat) == Some(true);
    let enters = |binding: &Binding| enters(binding, room);
    sits(&sender.seat) && sits(to) && enters(sender) && receivers.iter().all(enters)
}

/// Whether a site may enter a room that its seat sits in.
pub(super) fn enters(binding: &Binding, room: &str) -> bool {
    room == PLENARY
        || binding
            .rooms
            .as_ref()
            .is_none_or(|rooms| rooms.contains(room))
}

type Acts = BTreeMap<(String, u64, ActDigest), (SignedAct, Option<serde_json::Value>)>;

fn write(packing: &Packing<'_>, header: &Header, acts: &Acts) -> Result<Vec<u8>, PackError> {
    let mut plain = header.line().unwrap_or_default();
    plain.push(b'\n');
    let mut named: BTreeSet<ContentDigest> = BTreeSet::new();
    for ((_, _, name), (act, body)) in acts {
        add(&mut plain, &act_line(name, act))?;
        named.extend(body.as_ref().and_then(contents_of).unwrap_or_default());
    }
    for name in &named {
        let content = (packing.content)(name).ok_or(PackError::ContentMissing(*name))?;
        let line = content_line(name, content.as_deref()).ok_or(PackError::TooLarge)?;
        add(&mut plain, &line)?;
    }
    let signature = packing.key.sign(POUCH_LABEL, &plain);
    add(&mut plain, signature_line(&signature).as_bytes())?;
    Ok(plain)
}

fn add(plain: &mut Vec<u8>, line: &[u8]) -> Result<(), PackError> {
    // Room is left for the padding and for what encryption adds.
    if plain.len() + line.len() > LARGEST_POUCH - (LARGEST_POUCH >> 6) {
        return Err(PackError::TooLarge);
    }
    plain.extend(line);
    plain.push(b'\n');
    Ok(())
}
