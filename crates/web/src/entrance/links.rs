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
    /// Until when it holds, in seconds since 1970.
    pub ends: i64,
}

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
        } = *link;
        let secret = match purpose {
            Purpose::FirstRun => Secret::to_type()?,
            _ => Secret::new()?,
        };
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
            "INSERT INTO links (hash, purpose, seat, made_by, made, ends, speaks_as, person)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            params![
                secret.digest(),
                purpose.name(),
                seat,
                made_by,
                now,
                now.saturating_add(holds),
                speaks_as,
                person
            ],
        )?;
        Ok(secret)
    }

    /// What a link leads to. Looking uses nothing up.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn look_at(&self, secret: &Secret, now: i64) -> Result<Option<Link>, EntranceError> {
        let found = self
            .file()
            .query_row(
                "SELECT purpose, seat, made_by, ends, speaks_as, person FROM links WHERE hash = ?1 AND ends > ?2",
                params![secret.digest(), now],
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
}
