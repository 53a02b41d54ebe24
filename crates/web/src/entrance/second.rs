//! The second factor of a person: a secret that a telephone holds too, and codes to be kept on paper for when it is lost.

use rusqlite::{Connection, OptionalExtension as _, params};

use super::{Entrance, EntranceError, Secret, totp};

/// How many codes are made for when the telephone is lost.
const RECOVERIES: usize = 10;
/// For how long failed codes of a person count, in seconds, and how many may fail in that time, from wherever: who gets that far
/// knows the password.
const WINDOW: i64 = 15 * 60;
const FAILURES: i64 = 10;
/// For how long what was begun can be turned on, in seconds: the secret is shown until then.
const BEGUN: i64 = 600;
/// What a failed code is called in the log.
pub(crate) const SECOND: &str = "second factor";
/// What a sign-in with both is called there.
pub(crate) const BOTH: &str = "password and second factor";

/// A second factor that is being turned on: it is asked for once a code of it was given.
#[derive(Clone, PartialEq, Eq)]
pub struct Enrolment {
    /// The secret as it is typed into a telephone.
    pub letters: String,
    /// The same as an address that such programs open.
    pub address: String,
}

impl std::fmt::Debug for Enrolment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Enrolment(…)")
    }
}

fn percent(words: &str) -> String {
    crate::pages::part(words)
}

impl Enrolment {
    fn of(secret: &[u8], name: &str) -> Enrolment {
        let letters = totp::letters(secret);
        let address = format!(
            "otpauth://totp/OneText:{}?secret={letters}&issuer=OneText",
            percent(name)
        );
        Enrolment { letters, address }
    }
}

/// The secret that was drawn for a person in a session and has not ended, and the person's name.
fn begun(
    file: &Connection,
    person: i64,
    card: &str,
    now: i64,
) -> Result<Option<(Vec<u8>, String)>, EntranceError> {
    let found = file.query_row(
        "SELECT totp_begun, name FROM people
         WHERE id = ?1 AND totp IS NULL AND totp_begun IS NOT NULL AND totp_card = ?2 AND totp_ends > ?3",
        params![person, card, now],
        |row| Ok((row.get(0)?, row.get(1)?)),
    );
    Ok(found.optional()?)
}

impl Entrance {
    /// Draws a secret for a person, in place of one that was drawn and not confirmed. Nothing is asked for by it yet. It is shown
    /// to the session that began, and to no other, for ten minutes.
    ///
    /// # Errors
    /// Where the file cannot be written, or the person has a second factor already.
    pub fn begin_second(
        &self,
        person: i64,
        card: &str,
        now: i64,
    ) -> Result<Enrolment, EntranceError> {
        let mut secret = [0_u8; 20];
        getrandom::fill(&mut secret).map_err(|_| EntranceError::Random)?;
        let name: Option<String> = self
            .file()
            .query_row(
                "UPDATE people SET totp_begun = ?2, totp_card = ?3, totp_ends = ?4 WHERE id = ?1 AND totp IS NULL
                 RETURNING name",
                params![person, secret, card, now.saturating_add(BEGUN)],
                |row| row.get(0),
            )
            .optional()?;
        let name = name.ok_or(EntranceError::Code)?;
        Ok(Enrolment::of(&secret, &name))
    }

    /// What was drawn for a person in this session a moment ago, and not confirmed yet.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn begun_second(
        &self,
        person: i64,
        card: &str,
        now: i64,
    ) -> Result<Option<Enrolment>, EntranceError> {
        let found = begun(&self.file(), person, card, now)?;
        Ok(found.map(|(secret, name)| Enrolment::of(&secret, &name)))
    }

    /// Turns the second factor of a person on, with a code of the secret that was drawn in the same session a moment ago, and gives
    /// the codes to be kept on paper: they are kept here as digests, and each is good once.
    ///
    /// # Errors
    /// [`EntranceError::Code`] where the code does not hold.
    pub fn turn_second_on(
        &self,
        (person, card): (i64, &str),
        code: &str,
        now: i64,
    ) -> Result<Vec<Secret>, EntranceError> {
        let mut file = self.file();
        let (secret, _) = begun(&file, person, card, now)?.ok_or(EntranceError::Code)?;
        let step = totp::step_of(&secret, code, now, 0).ok_or(EntranceError::Code)?;
        let codes = (0..RECOVERIES)
            .map(|_| Secret::to_type())
            .collect::<Result<Vec<_>, _>>()?;
        let all = file.transaction()?;
        all.execute(
            "UPDATE people SET totp = totp_begun, totp_begun = NULL, totp_step = ?2 WHERE id = ?1",
            params![person, step],
        )?;
        all.execute("DELETE FROM recovery WHERE person = ?1", [person])?;
        for code in &codes {
            all.execute(
                "INSERT INTO recovery (person, hash) VALUES (?1, ?2)",
                params![person, code.digest()],
            )?;
        }
        all.commit()?;
        Ok(codes)
    }

    /// Takes a code of a person's second factor, or one of those that are kept on paper; each is good once.
    ///
    /// # Errors
    /// [`EntranceError::Code`] where it does not hold, [`EntranceError::Wait`] where too many failed.
    pub fn take_code(&self, person: i64, code: &str, now: i64) -> Result<(), EntranceError> {
        let file = self.file();
        let found: Option<(Option<Vec<u8>>, i64, String)> = file
            .query_row(
                "SELECT totp, totp_step, name FROM people WHERE id = ?1",
                [person],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
            )
            .optional()?;
        let Some((Some(secret), used, name)) = found else {
            return Err(EntranceError::Code);
        };
        let failed: i64 = file.query_row(
            "SELECT count(*) FROM visits WHERE name = ?1 AND way = ?2 AND let_in = 0 AND at > ?3",
            params![name, SECOND, now.saturating_sub(WINDOW)],
            |row| row.get(0),
        )?;
        if failed >= FAILURES {
            return Err(EntranceError::Wait(WINDOW / 60));
        }
        if let Some(step) = totp::step_of(&secret, code, now, used) {
            // Of two that come at once with one code, one is let in.
            let first = file.execute(
                "UPDATE people SET totp_step = ?2 WHERE id = ?1 AND totp_step < ?2",
                params![person, step],
            )?;
            return if first == 1 {
                Ok(())
            } else {
                Err(EntranceError::Code)
            };
        }
        let spent = file.execute(
            "DELETE FROM recovery WHERE person = ?1 AND hash = ?2",
            params![person, Secret::given(&code.to_lowercase()).digest()],
        )?;
        if spent == 1 {
            Ok(())
        } else {
            Err(EntranceError::Code)
        }
    }

    /// How many of the codes that are kept on paper are left.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn recoveries(&self, person: i64) -> Result<u32, EntranceError> {
        Ok(self.file().query_row(
            "SELECT count(*) FROM recovery WHERE person = ?1",
            [person],
            |row| row.get(0),
        )?)
    }

    /// Turns the second factor of a person off, with a code of it.
    ///
    /// # Errors
    /// As [`Entrance::take_code`].
    pub fn turn_second_off(&self, person: i64, code: &str, now: i64) -> Result<(), EntranceError> {
        self.take_code(person, code, now)?;
        let file = self.file();
        file.execute(
            "UPDATE people SET totp = NULL, totp_begun = NULL WHERE id = ?1",
            [person],
        )?;
        file.execute("DELETE FROM recovery WHERE person = ?1", [person])?;
        Ok(())
    }
}
