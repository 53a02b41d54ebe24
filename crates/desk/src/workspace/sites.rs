//! The sites of a process: how each stands, and the acts of the plenary that bind and revoke them.

use std::collections::BTreeSet;

use onetext_seal::{ActDigest, Keys, PLENARY, SiteId};
use onetext_store::SeatKeys;
use serde::Serialize;
use serde_json::{Value, json};

use super::pen::Pen;
use super::{Entry, Workspace, WorkspaceError, Written, keys_of};

/// What a site tells of itself, so that the founding seat can bind it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Introduction {
    /// Its seat.
    pub seat: String,
    /// Its key.
    pub site: SiteId,
    /// To whom pouches for it are encrypted, as age writes it.
    pub recipient: String,
}

/// How a site stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SiteCard {
    /// Its key.
    pub site: SiteId,
    /// Its seat.
    pub seat: String,
    /// Whether it signs in this workspace.
    pub here: bool,
    /// To whom pouches for it are encrypted; null where it receives none.
    pub recipient: Option<String>,
    /// The only rooms that it may write in; null where it may write wherever its seat sits.
    pub rooms: Option<BTreeSet<String>>,
    /// The act that bound it.
    pub bound_by: ActDigest,
    /// The act that revoked it; null where it stands.
    pub revoked_by: Option<ActDigest>,
}

/// The body that binds a site that signs here to its seat.
pub(super) fn binding(seat: &str, keys: &SeatKeys, rooms: Option<&[String]>) -> Value {
    bind_body(seat, keys.site.site(), keys.recipient(), rooms)
}

fn bind_body(seat: &str, site: SiteId, recipient: &str, rooms: Option<&[String]>) -> Value {
    let mut body = json!({"kind": "site", "seat": seat, "key": site, "recipient": recipient});
    if let (Some(rooms), Some(fields)) = (rooms, body.as_object_mut()) {
        fields.insert("rooms".to_owned(), json!(rooms));
    }
    body
}

impl Workspace {
    /// What the sites of this workspace tell of themselves.
    #[must_use]
    pub fn introductions(&self) -> Vec<Introduction> {
        let seats = self.ring.seats();
        seats
            .map(|(seat, keys)| Introduction {
                seat: seat.to_owned(),
                site: keys.site.site(),
                recipient: keys.recipient().to_owned(),
            })
            .collect()
    }

    /// Every site that was ever bound.
    ///
    /// # Errors
    /// Where the store cannot be read or holds no process.
    pub fn sites(&mut self) -> Result<Vec<SiteCard>, WorkspaceError> {
        let here: BTreeSet<SiteId> = self
            .ring
            .seats()
            .map(|(_, keys)| keys.site.site())
            .collect();
        let keys = self.known()?.keys();
        let cards = keys.bindings().map(|(site, binding)| SiteCard {
            site: *site,
            seat: binding.seat.clone(),
            here: here.contains(site),
            recipient: binding.recipient.clone(),
            rooms: binding.rooms.clone(),
            bound_by: binding.act,
            revoked_by: binding.revoked.map(|(_, act)| act),
        });
        Ok(cards.collect())
    }

    /// The rooms of a seat that somebody who sits here can enter; none for all of them. A mission's site enters its own
    /// rooms and the plenary; and of a seat that does not sign here only those rooms are here in which another sits too.
    /// `keys` says whose key is whose.
    ///
    /// # Errors
    /// Where the store cannot be read or holds no process.
    pub fn limited_to(
        &mut self,
        seat: &str,
        keys: &Keys,
    ) -> Result<Option<BTreeSet<String>>, WorkspaceError> {
        let here = self.rooms_of(seat)?;
        let Some(own) = self.ring.seat(seat).map(|own| own.site.site()) else {
            return Ok(Some(here.into_iter().collect()));
        };
        let binding = keys.binding(&own).cloned();
        let rooms = binding.and_then(|binding| binding.rooms).map(|mut rooms| {
            rooms.insert(PLENARY.to_owned());
            rooms
        });
        Ok(rooms)
    }

    /// Binds a site to its seat, by an act of the plenary: that of the founding seat, or of another site of that seat.
    /// With `rooms` it may write in those alone, and is given the plenary and those.
    ///
    /// # Errors
    /// Where nobody here may do that, the site is bound already, or the recipient is none.
    pub fn bind(
        &mut self,
        site: &Introduction,
        rooms: Option<&[String]>,
        now: i64,
    ) -> Result<Written, WorkspaceError> {
        if !onetext_seal::is_recipient(&site.recipient) {
            return Err(WorkspaceError::Recipient(site.recipient.clone()));
        }
        self.write(now, |pen| {
            pen.known.read_room(pen.store, PLENARY)?;
            let keys = pen.known.keys();
            if let Some(binding) = keys.binding(&site.site) {
                return Err(WorkspaceError::BoundAlready {
                    site: site.site,
                    seat: binding.seat.clone(),
                });
            }
            let by = speaker(pen, &keys, &site.seat)?;
            let body = bind_body(&site.seat, site.site, &site.recipient, rooms);
            let written = pen.sign(&Entry::of(&by, PLENARY, body))?;
            Ok((written, Vec::new()))
        })
    }

    /// Revokes a site: what it records from now on, or from an earlier moment on, is not of its seat.
    ///
    /// # Errors
    /// Where nobody here may do that, or no such site is bound.
    pub fn revoke(
        &mut self,
        site: SiteId,
        from: Option<&str>,
        now: i64,
    ) -> Result<Written, WorkspaceError> {
        self.write(now, |pen| {
            pen.known.read_room(pen.store, PLENARY)?;
            let keys = pen.known.keys();
            let binding = keys.binding(&site).ok_or(WorkspaceError::NotBound(site))?;
            let itself = keys_of(pen.ring, &binding.seat).is_ok_and(|own| own.site.site() == site);
            let by = match itself {
                true => binding.seat.clone(),
                false => speaker(pen, &keys, &binding.seat)?,
            };
            let mut body = json!({"kind": "revoke-site", "key": site});
            if let (Some(from), Some(fields)) = (from, body.as_object_mut()) {
                fields.insert("from".to_owned(), json!(from));
            }
            let written = pen.sign(&Entry::of(&by, PLENARY, body))?;
            Ok((written, Vec::new()))
        })
    }

    /// Lets each of these seats sign here, as a host that serves all of them: keys are made on first use and bound by the
    /// founding seat.
    ///
    /// # Errors
    /// Where keys cannot be made, or the founding seat does not sign here.
    pub fn serve(&mut self, seats: &[String], now: i64) -> Result<Vec<Written>, WorkspaceError> {
        for seat in seats {
            self.ring.seat_or_new(seat, self.entropy.as_mut())?;
        }
        self.write(now, |pen| {
            pen.known.read_room(pen.store, PLENARY)?;
            let mut written = Vec::new();
            for seat in seats {
                let own = keys_of(pen.ring, seat)?;
                let keys = pen.known.keys();
                if keys.binding(&own.site.site()).is_none() {
                    let by = speaker(pen, &keys, seat)?;
                    let body = binding(seat, own, None);
                    written.push(pen.sign(&Entry::of(&by, PLENARY, body))?);
                }
            }
            Ok((written, Vec::new()))
        })
    }
}

/// A seat that signs here and may speak for the keys of a seat: the founding seat, or that seat itself.
fn speaker(pen: &Pen<'_>, keys: &Keys, seat: &str) -> Result<String, WorkspaceError> {
    let founding = keys.founder().map(|(_, seat)| seat);
    let stands = |by: &str| {
        let site = pen.ring.seat(by).map(|own| own.site.site());
        let binding = site.as_ref().and_then(|site| keys.binding(site));
        binding.is_some_and(|binding| {
            binding.seat == by && binding.rooms.is_none() && binding.revoked.is_none()
        })
    };
    [founding, Some(seat)]
        .into_iter()
        .flatten()
        .find(|by| stands(by))
        .map(str::to_owned)
        .ok_or_else(|| WorkspaceError::NotTheirs(seat.to_owned()))
}
