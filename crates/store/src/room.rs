//! What is kept of a room beside its acts: how many there are, its heads, what is still awaited, and each site's count.

use std::collections::{BTreeMap, BTreeSet};

use onetext_seal::{ActDigest, Envelope, SiteId};

/// The standing of a room, in step with its acts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct RoomState {
    /// How many acts are kept.
    pub(crate) acts: u64,
    /// How many contents the room was given, erased ones included.
    pub(crate) contents: u64,
    /// Acts that no kept act is written on.
    pub(crate) heads: BTreeSet<ActDigest>,
    /// Acts that kept acts are written on and that have not arrived.
    pub(crate) awaited: BTreeSet<ActDigest>,
    /// The next sequence number of each site that wrote in the room.
    pub(crate) sequences: BTreeMap<SiteId, u64>,
}

impl RoomState {
    /// Enters an act that is new. `kept` says of a parent whether it is kept; it is asked of those alone that are no
    /// heads.
    pub(crate) fn enter<E>(
        &mut self,
        id: ActDigest,
        envelope: &Envelope,
        mut kept: impl FnMut(&ActDigest) -> Result<bool, E>,
    ) -> Result<(), E> {
        for parent in &envelope.parents {
            if !self.heads.remove(parent) && !kept(parent)? {
                self.awaited.insert(*parent);
            }
        }
        if !self.awaited.remove(&id) {
            self.heads.insert(id);
        }
        let next = self.sequences.entry(envelope.recorder.site).or_default();
        *next = (*next).max(envelope.sequence.saturating_add(1));
        self.acts += 1;
        Ok(())
    }

    /// As bytes: counts, then heads, awaited and sequences, each list after its length; integers of 8 bytes, big end
    /// first.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let number =
            |bytes: &mut Vec<u8>, number: u64| bytes.extend_from_slice(&number.to_be_bytes());
        number(&mut bytes, self.acts);
        number(&mut bytes, self.contents);
        for list in [&self.heads, &self.awaited] {
            number(&mut bytes, list.len() as u64);
            for id in list {
                bytes.extend_from_slice(&id.0);
            }
        }
        number(&mut bytes, self.sequences.len() as u64);
        for (site, next) in &self.sequences {
            bytes.extend_from_slice(&site.0);
            number(&mut bytes, *next);
        }
        bytes
    }

    /// Reads what [`RoomState::bytes`] wrote; none where it is anything else.
    pub(crate) fn read(bytes: &[u8]) -> Option<RoomState> {
        let mut reader = Reader(bytes);
        let (acts, contents) = (reader.number()?, reader.number()?);
        let mut list = || {
            (0..reader.number()?)
                .map(|_| reader.chunk().map(ActDigest))
                .collect::<Option<BTreeSet<_>>>()
        };
        let (heads, awaited) = (list()?, list()?);
        let sequences = (0..reader.number()?)
            .map(|_| Some((SiteId(reader.chunk()?), reader.number()?)))
            .collect::<Option<BTreeMap<_, _>>>()?;
        reader.0.is_empty().then_some(RoomState {
            acts,
            contents,
            heads,
            awaited,
            sequences,
        })
    }
}

/// Reads fields of fixed length, one after the other.
pub(crate) struct Reader<'a>(pub(crate) &'a [u8]);

impl Reader<'_> {
    pub(crate) fn chunk<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (chunk, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*chunk)
    }

    pub(crate) fn number(&mut self) -> Option<u64> {
        self.chunk().map(u64::from_be_bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_is_read_as_it_is_written() {
        let state = RoomState {
            acts: 3,
            contents: 1,
            heads: [ActDigest([1; 32]), ActDigest([2; 32])].into(),
            awaited: [ActDigest([3; 32])].into(),
            sequences: [(SiteId([4; 32]), 9)].into(),
        };
        let bytes = state.bytes();
        assert_eq!(RoomState::read(&bytes), Some(state));
        for length in 0..bytes.len() {
            assert_eq!(RoomState::read(&bytes[..length]), None);
        }
    }
}
