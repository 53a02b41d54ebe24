//! Sessions: somebody sits at a seat, from a sign-in until it is left, revoked or over.

use rusqlite::{OptionalExtension as _, params};

use super::{Entrance, EntranceError, Secret};

/// How long a session lasts at most, in seconds.
const LASTS: i64 = 12 * 3600;
/// How long it lasts without a request, in seconds.
const IDLE: i64 = 3 * 3600;
/// How often a request is noted, in seconds.
const NOTED: i64 = 60;

/// That a session stands which has not ended: its person is there; and who was let look around from another seat goes when the
/// seat has a person of its own.
const STANDS: &str = "(sessions.person IS NULL OR people.id IS NOT NULL) AND sessions.tries < 5
    AND (coalesce(sessions.invited_from, sessions.seat) = sessions.seat
         OR NOT EXISTS (SELECT 1 FROM people AS own WHERE own.seat = sessions.seat))";

/// By which way somebody came in; what they may do follows from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// With a name and a password, and the code of the second factor where one is asked for.
    Password,
    /// With the password that they made a moment ago, having been invited.
    Invitation,
    /// By a link that the terminal of this host showed: whoever runs the host, who holds the keys of its seats anyway.
    Terminal,
    /// By the link of an invitation, without a password yet: reads, and accepts and signs nothing.
    Guest,
    /// A program with a token that may act.
    ActingToken,
    /// A program with a token that only reads.
    ReadingToken,
}

impl Way {
    /// Its name, in the file and in lists.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Way::Password => "password",
            Way::Invitation => "invitation",
            Way::Terminal => "link",
            Way::Guest => "guest",
            Way::ActingToken => "token",
            Way::ReadingToken => "reading-token",
        }
    }

    /// A way that is not known may do the least.
    fn of(name: &str) -> Way {
        [Way::Password, Way::Invitation, Way::Terminal]
            .into_iter()
            .find(|way| way.name() == name)
            .unwrap_or(Way::Guest)
    }

    /// Whether who came in by it may put something on record, invite, or make tokens.
    #[must_use]
    pub fn may_act(self) -> bool {
        !matches!(self, Way::Guest | Way::ReadingToken)
    }
}

/// Who sits at a seat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seated {
    /// The seat.
    pub seat: String,
    /// By which way they came in.
    pub way: Way,
    /// The row of the person; none where a link let them in.
    pub person: Option<i64>,
    /// The person of the process as whom alone they speak.
    pub speaks_as: Option<String>,
    /// Who invited a guest.
    pub invited_by: String,
    /// At which seat a guest was invited; none where the terminal of this host did.
    pub invited_from: Option<String>,
    /// The person's name; none where a link from the terminal let them in.
    pub name: Option<String>,
    /// What names the session in lists; it opens nothing.
    pub card: String,
}

/// A session, as it is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionCard {
    /// What names it; it opens nothing.
    pub card: String,
    /// The person's name.
    pub name: Option<String>,
    /// By which way it began.
    pub way: String,
    /// The browser, as it names itself.
    pub agent: String,
    /// When it began, in seconds since 1970.
    pub begun: i64,
    /// When it was last used, to the minute.
    pub seen: i64,
}

impl Entrance {
    /// Begins a session, and gives its secret: it is kept nowhere.
    ///
    /// # Errors
    /// Where it cannot be kept.
    pub fn begin_session(
        &self,
        (seat, person): (&str, Option<i64>),
        (way, agent): (Way, &str),
        now: i64,
    ) -> Result<Secret, EntranceError> {
        self.begin((seat, person, way), ("", None, None), agent, now)
    }

    /// Begins the session of somebody who was invited and has no password yet.
    ///
    /// # Errors
    /// Where it cannot be kept.
    pub fn begin_guest(
        &self,
        link: &super::Link,
        agent: &str,
        now: i64,
    ) -> Result<Secret, EntranceError> {
        let invited = (
            link.made_by.as_str(),
            link.made_from.as_deref(),
            link.speaks_as.as_deref(),
        );
        self.begin((&link.seat, None, Way::Guest), invited, agent, now)
    }

    fn begin(
        &self,
        (seat, person, way): (&str, Option<i64>, Way),
        (invited_by, invited_from, speaks_as): (&str, Option<&str>, Option<&str>),
        agent: &str,
        now: i64,
    ) -> Result<Secret, EntranceError> {
        let secret = Secret::new()?;
        let card = Secret::to_type()?;
        let agent: String = agent
            .chars()
            .filter(|c| !c.is_control())
            .take(200)
            .collect();
        let file = self.file();
        file.execute(
            "DELETE FROM sessions WHERE ends <= ?1 OR seen <= ?2",
            params![now, now.saturating_sub(IDLE)],
        )?;
        file.execute(
            "INSERT INTO sessions (hash, card, seat, person, way, agent, begun, seen, ends, invited_by, speaks_as,
                                   invited_from)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7, ?8, ?9, ?10, ?11)",
            params![
                secret.digest(),
                card.reveal(),
                seat,
                person,
                way.name(),
                agent,
                now,
                now.saturating_add(LASTS),
                invited_by,
                speaks_as,
                invited_from
            ],
        )?;
        Ok(secret)
    }

    /// Who sits there with this secret.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn seated(&self, secret: &Secret, now: i64) -> Result<Option<Seated>, EntranceError> {
        let digest = secret.digest();
        let file = self.file();
        // Asked with every request.
        let found = file
            .prepare_cached(
                &format!(
                    "SELECT sessions.seat, people.name, card, seen, way, sessions.person,
                            coalesce(people.speaks_as, sessions.speaks_as), sessions.invited_by, sessions.invited_from
                     FROM sessions
                     LEFT JOIN people ON people.id = sessions.person AND people.seat = sessions.seat
                     WHERE hash = ?1 AND ends > ?2 AND seen > ?3 AND {STANDS}"
                ),
            )?
            .query_row(
                params![digest, now, now.saturating_sub(IDLE)],
                |row| {
                    let seated = Seated {
                        seat: row.get(0)?,
                        name: row.get(1)?,
                        card: row.get(2)?,
                        way: Way::of(&row.get::<_, String>(4)?),
                        person: row.get(5)?,
                        speaks_as: row.get(6)?,
                        invited_by: row.get(7)?,
                        invited_from: row.get(8)?,
                    };
                    Ok((seated, row.get::<_, i64>(3)?))
                },
            )
            .optional()?;
        if let Some((_, seen)) = &found
            && now.saturating_sub(*seen) >= NOTED
        {
            file.execute(
                "UPDATE sessions SET seen = ?2 WHERE hash = ?1",
                params![digest, now],
            )?;
        }
        Ok(found.map(|(seated, _)| seated))
    }

    /// Whether a session still stands, by what names it: for whoever holds an answer that goes on, as for whoever asks anew. To
    /// wait for news is no request, so a page that is left alone goes idle.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn stands(&self, card: &str, now: i64) -> Result<bool, EntranceError> {
        Ok(self.file().query_row(
            &format!(
                "SELECT EXISTS (SELECT 1 FROM sessions
                 LEFT JOIN people ON people.id = sessions.person AND people.seat = sessions.seat
                 WHERE card = ?1 AND ends > ?2 AND seen > ?3 AND {STANDS})"
            ),
            params![card, now, now.saturating_sub(IDLE)],
            |row| row.get(0),
        )?)
    }

    /// The sessions of a seat, the latest first.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn sessions_of(&self, seat: &str, now: i64) -> Result<Vec<SessionCard>, EntranceError> {
        let file = self.file();
        let mut rows = file.prepare(&format!(
            "SELECT card, people.name, way, agent, begun, seen FROM sessions
             LEFT JOIN people ON people.id = sessions.person AND people.seat = sessions.seat
             WHERE sessions.seat = ?1 AND ends > ?2 AND seen > ?3 AND {STANDS}
             ORDER BY begun DESC, sessions.rowid DESC"
        ))?;
        let sessions = rows.query_map(params![seat, now, now.saturating_sub(IDLE)], |row| {
            Ok(SessionCard {
                card: row.get(0)?,
                name: row.get(1)?,
                way: row.get(2)?,
                agent: row.get(3)?,
                begun: row.get(4)?,
                seen: row.get(5)?,
            })
        })?;
        Ok(sessions.collect::<Result<_, _>>()?)
    }

    /// Ends a session of a seat. Says whether there was one: of another seat there is none.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn end_session(&self, seat: &str, card: &str) -> Result<bool, EntranceError> {
        let ended = self.file().execute(
            "DELETE FROM sessions WHERE seat = ?1 AND card = ?2",
            params![seat, card],
        )?;
        Ok(ended == 1)
    }

    /// Ends the other sessions of a person: what opened them is no longer enough.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn end_others(&self, person: i64, card: &str) -> Result<(), EntranceError> {
        self.file().execute(
            "DELETE FROM sessions WHERE person = ?1 AND card <> ?2",
            params![person, card],
        )?;
        Ok(())
    }

    /// Spends one of the tries of a guest: a name was tried that is taken. After the last the session is over.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn spend_of_guest(&self, card: &str) -> Result<(), EntranceError> {
        self.file().execute(
            "UPDATE sessions SET tries = tries + 1 WHERE card = ?1",
            [card],
        )?;
        Ok(())
    }
}
