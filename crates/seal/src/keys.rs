//! Whose key is whose: the sites of a process, as the plenary's key acts bind and revoke them.
//!
//! Key acts are read in one order, by recording time, depth and name, which puts every act behind those that it rests
//! on; so the result is a matter of the set of acts, not of their arrival.

use std::collections::{BTreeMap, BTreeSet};

use crate::digest::ActDigest;
use crate::envelope::Envelope;
use crate::key::SiteId;
use crate::moment::Moment;
use crate::says::Says;

/// A key act of the plenary: the founding act, a binding, a revocation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyAct {
    /// Its name.
    pub id: ActDigest,
    /// Its depth in the plenary.
    pub depth: u64,
    /// Its recorder's clock.
    pub recorded: Moment,
    /// The site that signed it.
    pub site: SiteId,
    /// The seat of its recorder.
    pub seat: String,
    /// What it says.
    pub says: Says,
}

impl KeyAct {
    /// The key act of this envelope; none where the body says nothing about keys, or in another room than the plenary.
    #[must_use]
    pub fn of(id: ActDigest, envelope: &Envelope, says: &Says) -> Option<KeyAct> {
        let about_keys = match says {
            Says::Founds => envelope.parents.is_empty(),
            Says::Binds { .. } | Says::Revokes { .. } | Says::Unreadable(_) => true,
            Says::Room { .. } | Says::Something => false,
        };
        (about_keys && envelope.room == crate::says::PLENARY).then(|| KeyAct {
            id,
            depth: envelope.depth,
            recorded: envelope.moment(),
            site: envelope.recorder.site,
            seat: envelope.recorder.seat.clone(),
            says: says.clone(),
        })
    }
}

/// A site as it stands in the process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    /// The seat that it writes for.
    pub seat: String,
    /// The act that bound it.
    pub act: ActDigest,
    /// To whom a pouch for it is encrypted, as age writes it.
    pub recipient: Option<String>,
    /// The only rooms that it may write in; none where it may write wherever its seat sits.
    pub rooms: Option<BTreeSet<String>>,
    /// The last moment at which it writes for its seat, and the act that says so.
    pub revoked: Option<(Moment, ActDigest)>,
}

/// Why a well-signed act is not known to be of the seat that it names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum Unknown {
    /// Nobody who may bound this key.
    #[error("nothing binds its key to a seat")]
    NotBound,
    /// The key is of another seat.
    #[error("its key is bound to the seat `{0}`")]
    OtherSeat(String),
    /// The key was revoked before the act was recorded.
    #[error("its key was revoked by {0}")]
    Revoked(ActDigest),
    /// The site may not write in this room.
    #[error("its site may not write in this room")]
    OutsideItsRooms,
    /// The seat does not sit in this room.
    #[error("its recorder's seat does not sit in this room")]
    NotAMember,
}

/// Why a key act has no effect.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VoidKeyAct {
    /// Its author's key was not bound, or revoked.
    #[error("its author's key did not stand for its seat then")]
    Author,
    /// Its author may not bind or revoke for this seat.
    #[error("its author may not speak for the keys of this seat")]
    NotTheirs,
    /// The key is bound already.
    #[error("this key is bound already: a site that is to stand otherwise takes a new key")]
    BoundAlready,
    /// The key that it revokes is not bound.
    #[error("this key is not bound")]
    NotBound,
    /// A field is wanting or wrong.
    #[error("{0}")]
    Unreadable(&'static str),
}

/// The keys of a process.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Keys {
    founder: Option<(SiteId, String)>,
    bindings: BTreeMap<SiteId, Binding>,
    void: Vec<(ActDigest, VoidKeyAct)>,
}

impl Keys {
    /// Reads the key acts, in whatever order they come.
    ///
    /// A founding act makes its site the founder and its recorder's seat the founding seat, which binds the sites of
    /// every seat. A site binds and revokes for its own seat; one that is limited to some rooms revokes itself alone.
    #[must_use]
    pub fn read<'a>(acts: impl IntoIterator<Item = &'a KeyAct>) -> Keys {
        let mut acts: Vec<&KeyAct> = acts.into_iter().collect();
        acts.sort_by_key(|act| (act.recorded, act.depth, act.id));
        acts.dedup_by_key(|act| act.id);
        let mut keys = Keys::default();
        for act in acts {
            if let Err(why) = keys.take(act) {
                keys.void.push((act.id, why));
            }
        }
        keys
    }

    fn take(&mut self, act: &KeyAct) -> Result<(), VoidKeyAct> {
        match &act.says {
            Says::Founds if self.founder.is_none() => {
                self.founder = Some((act.site, act.seat.clone()));
                Ok(())
            }
            Says::Founds => Err(VoidKeyAct::NotTheirs),
            Says::Binds {
                seat,
                key,
                recipient,
                rooms,
            } => {
                let binding = Binding {
                    seat: seat.clone(),
                    act: act.id,
                    recipient: recipient.clone(),
                    rooms: rooms.clone(),
                    revoked: None,
                };
                self.bind(act, *key, binding)
            }
            Says::Revokes { key, from } => self.revoke(act, *key, *from),
            Says::Unreadable(field) => Err(VoidKeyAct::Unreadable(field)),
            Says::Room { .. } | Says::Something => Ok(()),
        }
    }

    fn bind(&mut self, act: &KeyAct, key: SiteId, binding: Binding) -> Result<(), VoidKeyAct> {
        let founder = (act.site, act.seat.clone());
        let binds_itself = self.founder.as_ref() == Some(&founder)
            && key == act.site
            && binding.seat == act.seat
            && !self.bindings.contains_key(&key);
        if !binds_itself {
            self.may_speak(act, &binding.seat)?;
            if self.bindings.contains_key(&key) {
                return Err(VoidKeyAct::BoundAlready);
            }
        }
        self.bindings.insert(key, binding);
        Ok(())
    }

    fn revoke(
        &mut self,
        act: &KeyAct,
        key: SiteId,
        from: Option<Moment>,
    ) -> Result<(), VoidKeyAct> {
        let seat = match self.bindings.get(&key) {
            Some(binding) => binding.seat.clone(),
            None => return Err(VoidKeyAct::NotBound),
        };
        if key == act.site {
            self.stands(act)?;
        } else {
            self.may_speak(act, &seat)?;
        }
        let from = from.map_or(act.recorded, |from| from.min(act.recorded));
        if let Some(binding) = self.bindings.get_mut(&key)
            && binding.revoked.is_none_or(|(known, _)| from < known)
        {
            binding.revoked = Some((from, act.id));
        }
        Ok(())
    }

    /// Whether the author's key stands for its seat at that moment, and gives its binding.
    fn stands(&self, act: &KeyAct) -> Result<&Binding, VoidKeyAct> {
        let binding = self.bindings.get(&act.site).ok_or(VoidKeyAct::Author)?;
        let stands = binding.seat == act.seat
            && binding.revoked.is_none_or(|(from, _)| act.recorded <= from);
        stands.then_some(binding).ok_or(VoidKeyAct::Author)
    }

    /// Whether the author may bind and revoke keys of this seat.
    fn may_speak(&self, act: &KeyAct, seat: &str) -> Result<(), VoidKeyAct> {
        let binding = self.stands(act)?;
        let founding = self
            .founder
            .as_ref()
            .is_some_and(|(_, founding)| *founding == act.seat);
        let may = binding.rooms.is_none() && (founding || act.seat == seat);
        may.then_some(()).ok_or(VoidKeyAct::NotTheirs)
    }

    /// Why an act of this site, recorded then for this seat in this room, is not known to be of it; none where it is.
    ///
    /// Whether the seat sits in the room is a matter of the room: see
    /// [`Histories::unknown`](crate::Histories::unknown).
    #[must_use]
    pub fn unknown(
        &self,
        site: &SiteId,
        seat: &str,
        room: &str,
        recorded: Moment,
    ) -> Option<Unknown> {
        let Some(binding) = self.bindings.get(site) else {
            return Some(Unknown::NotBound);
        };
        if binding.seat != seat {
            return Some(Unknown::OtherSeat(binding.seat.clone()));
        }
        if let Some((from, act)) = binding.revoked
            && recorded > from
        {
            return Some(Unknown::Revoked(act));
        }
        match &binding.rooms {
            Some(rooms) if !rooms.contains(room) => Some(Unknown::OutsideItsRooms),
            _ => None,
        }
    }

    /// The site of the founding act and its seat.
    #[must_use]
    pub fn founder(&self) -> Option<(&SiteId, &str)> {
        self.founder
            .as_ref()
            .map(|(site, seat)| (site, seat.as_str()))
    }

    /// How this site stands.
    #[must_use]
    pub fn binding(&self, site: &SiteId) -> Option<&Binding> {
        self.bindings.get(site)
    }

    /// Every site that was ever bound.
    pub fn bindings(&self) -> impl Iterator<Item = (&SiteId, &Binding)> {
        self.bindings.iter()
    }

    /// The sites of a seat that are not revoked.
    pub fn sites_of<'a>(
        &'a self,
        seat: &'a str,
    ) -> impl Iterator<Item = (&'a SiteId, &'a Binding)> {
        self.bindings
            .iter()
            .filter(move |(_, binding)| binding.seat == seat && binding.revoked.is_none())
    }

    /// Key acts that have no effect, each with the reason.
    #[must_use]
    pub fn void(&self) -> &[(ActDigest, VoidKeyAct)] {
        &self.void
    }
}
