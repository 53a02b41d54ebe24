//! People: a name, a password, and the seat they sit at.

use argon2::password_hash::{PasswordHash, PasswordHasher as _, PasswordVerifier as _, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use rusqlite::{OptionalExtension as _, params};

use super::{Entrance, EntranceError};

const SHORTEST: usize = 12;
const LONGEST: usize = 1024;

/// What a password is held against where nobody has the name: the answer takes as long, and is the same.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$b25ldGV4dG5vYm9keQ$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Somebody who may sit at a seat here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The row.
    pub id: i64,
    /// The name they sign in with.
    pub name: String,
    /// The seat.
    pub seat: String,
    /// Since when, in seconds since 1970.
    pub made: i64,
    /// Who invited them.
    pub invited_by: String,
    /// At which seat, where that is another.
    pub invited_from: Option<String>,
    /// The person of the process as whom alone they speak; none where they may speak as any of their seat.
    pub speaks_as: Option<String>,
    /// Whether a second factor is asked for.
    pub second: bool,
}

/// What is told of a person, in the order of the columns.
const CARD: &str = "id, name, seat, made, invited_by, speaks_as, totp IS NOT NULL, invited_from";

fn card(row: &rusqlite::Row<'_>) -> rusqlite::Result<Member> {
    Ok(Member {
        id: row.get(0)?,
        name: row.get(1)?,
        seat: row.get(2)?,
        made: row.get(3)?,
        invited_by: row.get(4)?,
        speaks_as: row.get(5)?,
        second: row.get(6)?,
        invited_from: row.get(7)?,
    })
}

/// argon2id, with 19 MiB and two passes.
fn argon() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::default())
}

/// A password as it is kept.
fn hashed(password: &str) -> Result<String, EntranceError> {
    let length = password.chars().count();
    if !(SHORTEST..=LONGEST).contains(&length) {
        return Err(EntranceError::Password {
            shortest: SHORTEST,
            longest: LONGEST,
        });
    }
    let mut salt = [0; 16];
    getrandom::fill(&mut salt).map_err(|_| EntranceError::Random)?;
    let salt = SaltString::encode_b64(&salt).map_err(|_| EntranceError::Random)?;
    let hash = argon().hash_password(password.as_bytes(), &salt);
    Ok(hash.map_err(|_| EntranceError::Random)?.to_string())
}

impl Entrance {
    /// Makes a person of a seat, who speaks as one person of the process alone where one is named. It takes a tenth of a
    /// second, and 19 MiB.
    ///
    /// # Errors
    /// Where the name or the password cannot be taken, or the file not be written.
    pub fn make_person(
        &self,
        (name, password): (&str, &str),
        (seat, speaks_as, invited_by): (&str, Option<&str>, &str),
        now: i64,
    ) -> Result<i64, EntranceError> {
        self.make_invited((name, password), (seat, speaks_as), (invited_by, None), now)
    }

    /// The same for who was invited, perhaps at another seat.
    pub(crate) fn make_invited(
        &self,
        (name, password): (&str, &str),
        (seat, speaks_as): (&str, Option<&str>),
        (invited_by, invited_from): (&str, Option<&str>),
        now: i64,
    ) -> Result<i64, EntranceError> {
        let name = name.trim();
        if !(1..=80).contains(&name.chars().count()) || name.chars().any(char::is_control) {
            return Err(EntranceError::Name);
        }
        // Before the long work, so that it is not done in vain; the insertion below decides.
        if self.of_name(name)?.is_some() {
            return Err(EntranceError::NameTaken);
        }
        let hash = hashed(password)?;
        let file = self.file();
        let made = file.execute(
            "INSERT INTO people (name, seat, password, made, invited_by, speaks_as, invited_from)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (name) DO NOTHING",
            params![
                name,
                seat,
                hash,
                now,
                invited_by,
                speaks_as,
                invited_from.filter(|from| *from != seat)
            ],
        )?;
        match made {
            1 => Ok(file.last_insert_rowid()),
            _ => Err(EntranceError::NameTaken),
        }
    }

    /// Takes back a person who was made a moment ago.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub(crate) fn remove_person(&self, id: i64) -> Result<(), EntranceError> {
        self.file()
            .execute("DELETE FROM people WHERE id = ?1", [id])?;
        Ok(())
    }

    /// Gives a person another password, and ends what was opened with the one before: all sessions but that of the card,
    /// sign-ins that still wait for a code, and a second factor that was begun. Tokens hold on.
    ///
    /// # Errors
    /// [`EntranceError::OldPassword`] where the one before is not what was given, [`EntranceError::Password`] where the new one
    /// cannot be taken.
    pub fn change_password(
        &self,
        person: i64,
        (before, after): (&str, &str),
        card: &str,
    ) -> Result<(), EntranceError> {
        let member = self.person(person)?.ok_or(EntranceError::OldPassword)?;
        if self.recognise(&member.name, before)?.is_none() {
            return Err(EntranceError::OldPassword);
        }
        let hash = hashed(after)?;
        let mut file = self.file();
        let all = file.transaction()?;
        all.execute(
            "UPDATE people SET password = ?2, totp_begun = NULL WHERE id = ?1",
            params![person, hash],
        )?;
        all.execute(
            "DELETE FROM sessions WHERE person = ?1 AND card <> ?2",
            params![person, card],
        )?;
        all.execute("DELETE FROM links WHERE person = ?1", [person])?;
        all.commit()?;
        Ok(())
    }

    /// Shows a person of a seat out: what they could open the door with ends at once, and so does what they opened to others and
    /// nobody took yet. `invites_as` is what their invitations bear. Says whether there was such a person.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn show_out(
        &self,
        (seat, name): (&str, &str),
        invites_as: &str,
    ) -> Result<bool, EntranceError> {
        let mut file = self.file();
        let all = file.transaction()?;
        let id: Option<i64> = all
            .query_row(
                "DELETE FROM people WHERE seat = ?1 AND name = ?2 RETURNING id",
                [seat, name],
                |row| row.get(0),
            )
            .optional()?;
        let Some(id) = id else {
            return Ok(false);
        };
        // Rows are numbered anew: nothing may be left that the next of this number would find.
        for of_theirs in [
            "DELETE FROM sessions WHERE person = ?1",
            "DELETE FROM tokens WHERE person = ?1",
            "DELETE FROM recovery WHERE person = ?1",
            "DELETE FROM links WHERE person = ?1",
        ] {
            all.execute(of_theirs, [id])?;
        }
        // An invitation in their own hand would let them in again.
        all.execute("DELETE FROM links WHERE made_by = ?1", [invites_as])?;
        all.execute(
            "DELETE FROM sessions WHERE person IS NULL AND invited_by = ?1",
            [invites_as],
        )?;
        all.execute(
            "DELETE FROM looks WHERE seat = ?1 AND who = ?2",
            [seat, name],
        )?;
        all.commit()?;
        Ok(true)
    }

    /// Whoever has this name and this password.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn recognise(&self, name: &str, password: &str) -> Result<Option<Member>, EntranceError> {
        let found = self
            .file()
            .query_row(
                &format!("SELECT {CARD}, password FROM people WHERE name = ?1"),
                [name.trim()],
                |row| Ok((card(row)?, row.get::<_, String>(8)?)),
            )
            .optional()?;
        let hash = found.as_ref().map_or(NOBODY, |(_, hash)| hash);
        let fits = password.len() <= LONGEST * 4
            && PasswordHash::new(hash)
                .is_ok_and(|hash| argon().verify_password(password.as_bytes(), &hash).is_ok());
        Ok(found.filter(|_| fits).map(|(member, _)| member))
    }

    /// Whoever has this name.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub(crate) fn of_name(&self, name: &str) -> Result<Option<Member>, EntranceError> {
        Ok(self
            .file()
            .query_row(
                &format!("SELECT {CARD} FROM people WHERE name = ?1"),
                [name.trim()],
                card,
            )
            .optional()?)
    }

    /// A person, by the row.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn person(&self, id: i64) -> Result<Option<Member>, EntranceError> {
        Ok(self
            .file()
            .query_row(
                &format!("SELECT {CARD} FROM people WHERE id = ?1"),
                [id],
                card,
            )
            .optional()?)
    }

    /// Whether anybody has a password here.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn has_people(&self) -> Result<bool, EntranceError> {
        Ok(self
            .file()
            .query_row("SELECT EXISTS (SELECT 1 FROM people)", [], |row| row.get(0))?)
    }

    /// The people of a seat, by name.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn people_of(&self, seat: &str) -> Result<Vec<Member>, EntranceError> {
        let file = self.file();
        let mut rows = file.prepare(&format!(
            "SELECT {CARD} FROM people WHERE seat = ?1 ORDER BY name"
        ))?;
        let people = rows.query_map([seat], card)?;
        Ok(people.collect::<Result<_, _>>()?)
    }
}
