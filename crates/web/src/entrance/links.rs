//! One-time links: each opens one door once, until it ends. What it opens it shows first; it accepts and signs nothing.

use rusqlite::{OptionalExtension as _, params};

use super::{Entrance, EntranceError, Secret};

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To sit down at a seat, once, without a password: made by whoever runs the host.
    SignIn,
    /// To become a person of a seat, with a name and a password.
    Invitation,
    /// As an invitation, for the first person of this host: a code that the terminal shows.
    FirstRun,
    /// Not handed out: whoever gave the right password and has yet to give the code of the second factor.
    SecondFactor,
}

impl Purpose {
    fn name(self) -> &'static str {
        match self {
            Purpose::SignIn => "sign-in",
            Purpose::Invitation => "invitation",
            Purpose::FirstRun => "first-run",
            Purpose::SecondFactor => "second-factor",
        }
    }

    fn of(name: &str) -> Option<Purpose> {
        let all = [
            Purpose::SignIn,
            Purpose::Invitation,
            Purpose::FirstRun,
            Purpose::SecondFactor,
        ];
        all.into_iter().find(|purpose| purpose.name() == name)
    }
}

/// A link that has not been used and has not ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// What it is for.
    pub purpose: Purpose,
    /// The seat that it leads to.
    pub seat: String,
    /// Who made it.
    pub made_by: String,
    /// The person of the process as whom alone the invited will speak; none where they may speak as any of their seat.
    pub speaks_as: Option<String>,
    /// Who gave the password, where a code is still to come.
    pub person: Option<i64>,
    /// The seat of who made it; none where the terminal of this host did.
    pub made_from: Option<String>,
    /// Until when it holds, in seconds since 1970.
    pub ends: i64,
}

/// An invitation to a seat that was made at another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// When, in seconds since 1970.
    pub at: i64,
    /// Who made it.
    pub made_by: String,
    /// At which seat.
    pub made_from: String,
    /// Until when it held, in seconds since 1970.
    pub ends: i64,
}

/// An invitation that nobody took yet, as it is listed at the seat that made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvitationCard {
    /// What names it; it opens nothing.
    pub card: String,
    /// The seat that it leads to.
    pub seat: String,
    /// Who made it.
    pub made_by: String,
    /// As whom alone the invited will speak.
    pub speaks_as: Option<String>,
    /// When it was made, in seconds since 1970.
    pub made: i64,
    /// Until when it holds, in seconds since 1970.
    pub ends: i64,
}

/// That a link can still be taken: it has not ended, no names were guessed with it, and where it was made at another seat its own
/// has no person yet.
const HOLDS: &str = "ends > ?2 AND tries < ?3 AND (coalesce(made_from, seat) = seat
    OR NOT EXISTS (SELECT 1 FROM people WHERE people.seat = links.seat))";

/// How often a name that is taken may be tried with one link, or as one guest: to join tells that it is.
pub(super) const TRIES: i64 = 5;
/// For how long it is kept that a seat was invited to from another, in seconds.
const KEPT: i64 = 180 * 86_400;

/// A link that is to be made.
#[derive(Debug, Clone, Copy)]
pub struct NewLink<'a> {
    /// What it is for.
    pub purpose: Purpose,
    /// The seat that it leads to.
    pub seat: &'a str,
    /// Who makes it.
    pub made_by: &'a str,
    /// As whom the invited will speak.
    pub speaks_as: Option<&'a str>,
    /// Who gave the password, where a code is still to come.
    pub person: Option<i64>,
    /// The seat of who makes it; none where the terminal of this host does.
    pub made_from: Option<&'a str>,
}

impl Entrance {
    /// Makes a link that holds for so many seconds, and gives its secret: it is kept nowhere.
    ///
    /// # Errors
    /// Where it cannot be kept.
    pub fn make_link(
        &self,
        (purpose, seat, made_by): (Purpose, &str, &str),
        now: i64,
        holds: i64,
    ) -> Result<Secret, EntranceError> {
        let link = NewLink {
            purpose,
            seat,
            made_by,
            speaks_as: None,
            person: None,
            made_from: None,
        };
        self.make_link_for(&link, now, holds)
    }

    /// The same, for somebody who is known, or who will speak as one person alone.
    ///
    /// # Errors
    /// Where it cannot be kept.
    pub fn make_link_for(
        &self,
        link: &NewLink<'_>,
        now: i64,
        holds: i64,
    ) -> Result<Secret, EntranceError> {
        let NewLink {
            purpose,
            seat,
            made_by,
            speaks_as,
            person,
            made_from,
        } = *link;
        let secret = match purpose {
            Purpose::FirstRun => Secret::to_type()?,
            _ => Secret::new()?,
        };
        let card = Secret::to_type()?;
        let file = self.file();
        file.execute("DELETE FROM links WHERE ends <= ?1", [now])?;
        if purpose == Purpose::FirstRun {
            // A code that was shown before holds no longer.
            file.execute(
                "DELETE FROM links WHERE purpose = ?1",
                [Purpose::FirstRun.name()],
            )?;
        }
        file.execute(
            "INSERT INTO links (hash, card, purpose, seat, made_by, made, ends, speaks_as, person, made_from)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            params![
                secret.digest(),
                card.reveal(),
                purpose.name(),
                seat,
                made_by,
                now,
                now.saturating_add(holds),
                speaks_as,
                person,
                made_from
            ],
        )?;
        if let Some(from) = made_from.filter(|from| *from != seat) {
            // The seat sees it, whether the link is used or not.
            let kept = now.saturating_sub(KEPT);
            file.execute("DELETE FROM invitations WHERE at < ?1", [kept])?;
            file.execute(
                "INSERT INTO invitations (at, seat, made_by, made_from, ends) VALUES (?1, ?2, ?3, ?4, ?5)",
                params![now, seat, made_by, from, now.saturating_add(holds)],
            )?;
        }
        Ok(secret)
    }

    /// What a link leads to. Looking uses nothing up. One that was made at another seat leads nowhere once its seat has a person.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn look_at(&self, secret: &Secret, now: i64) -> Result<Option<Link>, EntranceError> {
        let found = self
            .file()
            .query_row(
                &format!(
                    "SELECT purpose, seat, made_by, ends, speaks_as, person, made_from FROM links
                     WHERE hash = ?1 AND {HOLDS}"
                ),
                params![secret.digest(), now, TRIES],
                |row| {
                    let name: String = row.get(0)?;
                    let Some(purpose) = Purpose::of(&name) else {
                        return Ok(None);
                    };
                    Ok(Some(Link {
                        purpose,
                        seat: row.get(1)?,
                        made_by: row.get(2)?,
                        ends: row.get(3)?,
                        speaks_as: row.get(4)?,
                        person: row.get(5)?,
                        made_from: row.get(6)?,
                    }))
                },
            )
            .optional()?;
        Ok(found.flatten())
    }

    /// Uses a link up: whoever comes second finds none.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn use_up(&self, secret: &Secret, now: i64) -> Result<bool, EntranceError> {
        let used = self.file().execute(
            "DELETE FROM links WHERE hash = ?1 AND ends > ?2",
            params![secret.digest(), now],
        )?;
        Ok(used == 1)
    }

    /// Spends one of the tries of a link: a name was tried that is taken.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn spend(&self, secret: &Secret) -> Result<(), EntranceError> {
        self.file().execute(
            "UPDATE links SET tries = tries + 1 WHERE hash = ?1",
            [secret.digest()],
        )?;
        Ok(())
    }

    /// The invitations that were made at a seat and can still be taken, the latest first.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn invitations_of(
        &self,
        seat: &str,
        now: i64,
    ) -> Result<Vec<InvitationCard>, EntranceError> {
        let file = self.file();
        let mut rows = file.prepare(&format!(
            "SELECT card, seat, made_by, speaks_as, made, ends FROM links
             WHERE made_from = ?1 AND purpose = ?4 AND {HOLDS} ORDER BY made DESC, rowid DESC"
        ))?;
        let name = Purpose::Invitation.name();
        let all = rows.query_map(params![seat, now, TRIES, name], |row| {
            Ok(InvitationCard {
                card: row.get(0)?,
                seat: row.get(1)?,
                made_by: row.get(2)?,
                speaks_as: row.get(3)?,
                made: row.get(4)?,
                ends: row.get(5)?,
            })
        })?;
        Ok(all.collect::<Result<_, _>>()?)
    }

    /// Takes back an invitation that was made at a seat. Says whether there was one: of another seat there is none.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn take_back(&self, seat: &str, card: &str) -> Result<bool, EntranceError> {
        let gone = self.file().execute(
            "DELETE FROM links WHERE made_from = ?1 AND card = ?2 AND purpose = ?3",
            params![seat, card, Purpose::Invitation.name()],
        )?;
        Ok(gone == 1)
    }

    /// The invitations to a seat that were made at others, the latest first.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn invited_from_outside(&self, seat: &str, most: u32) -> Result<Vec<Made>, EntranceError> {
        let file = self.file();
        let mut rows = file.prepare(
            "SELECT at, made_by, made_from, ends FROM invitations WHERE seat = ?1 ORDER BY at DESC, rowid DESC LIMIT ?2",
        )?;
        let made = rows.query_map(params![seat, most], |row| {
            Ok(Made {
                at: row.get(0)?,
                made_by: row.get(1)?,
                made_from: row.get(2)?,
                ends: row.get(3)?,
            })
        })?;
        Ok(made.collect::<Result<_, _>>()?)
    }
}
