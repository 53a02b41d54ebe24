//! Tokens: with one a program reads, or reads and acts, as one person of one seat, until it ends or is revoked.

use rusqlite::{OptionalExtension as _, params};

use super::{Entrance, EntranceError, Seated, Secret, Way};

/// What a token begins with: who finds one knows what it is.
const BEGINS: &str = "onetext_";
/// The longest that a token holds, in days.
const LONGEST: i64 = 366;
/// How often its use is noted, in seconds.
const NOTED: i64 = 60;

/// A token, as it is handed out: once.
#[derive(Debug)]
pub struct Token(Secret);

impl Token {
    /// As it is handed out, for one pair of eyes.
    #[must_use]
    pub fn reveal(&self) -> String {
        format!("{BEGINS}{}", self.0.reveal())
    }
}

/// A token, as it is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenCard {
    /// What names it; it opens nothing.
    pub card: String,
    /// What it was called.
    pub name: String,
    /// Who made it.
    pub made_by: String,
    /// Whether it may act.
    pub acts: bool,
    /// When it was made, in seconds since 1970.
    pub made: i64,
    /// When it was last used, to the minute.
    pub seen: Option<i64>,
    /// Until when it holds, in seconds since 1970.
    pub ends: i64,
}

impl Entrance {
    /// Makes a token of a person, for so many days.
    ///
    /// # Errors
    /// [`EntranceError::Token`] where it cannot be made as it is.
    pub fn make_token(
        &self,
        (seat, person): (&str, i64),
        (name, acts): (&str, bool),
        days: i64,
        now: i64,
    ) -> Result<Token, EntranceError> {
        let name = name.trim();
        let fits = (1..=80).contains(&name.chars().count()) && !name.chars().any(char::is_control);
        if !fits || !(1..=LONGEST).contains(&days) {
            return Err(EntranceError::Token);
        }
        let (secret, card) = (Secret::new()?, Secret::to_type()?);
        let file = self.file();
        file.execute("DELETE FROM tokens WHERE ends <= ?1", [now])?;
        // Who was shown out a moment ago makes none.
        let made = file.execute(
            "INSERT INTO tokens (hash, card, seat, person, name, acts, made, ends)
             SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8 WHERE EXISTS (SELECT 1 FROM people WHERE id = ?4 AND seat = ?3)",
            params![
                secret.digest(),
                card.reveal(),
                seat,
                person,
                name,
                acts,
                now,
                now.saturating_add(days * 86_400)
            ],
        )?;
        match made {
            1 => Ok(Token(secret)),
            _ => Err(EntranceError::Token),
        }
    }

    /// Who comes with a token.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn with_token(&self, words: &str, now: i64) -> Result<Option<Seated>, EntranceError> {
        let Some(secret) = words
            .strip_prefix(BEGINS)
            .filter(|secret| secret.len() == 32)
        else {
            return Ok(None);
        };
        let digest = Secret::given(secret).digest();
        let file = self.file();
        let found = file
            .query_row(
                "SELECT tokens.seat, people.name, card, acts, people.id, people.speaks_as, seen FROM tokens
                 JOIN people ON people.id = tokens.person AND people.seat = tokens.seat
                 WHERE hash = ?1 AND ends > ?2",
                params![digest, now],
                |row| {
                    let acts: bool = row.get(3)?;
                    let seated = Seated {
                        seat: row.get(0)?,
                        name: row.get(1)?,
                        card: row.get(2)?,
                        way: if acts { Way::ActingToken } else { Way::ReadingToken },
                        person: row.get(4)?,
                        speaks_as: row.get(5)?,
                        invited_by: String::new(),
                        invited_from: None,
                    };
                    Ok((seated, row.get::<_, Option<i64>>(6)?))
                },
            )
            .optional()?;
        if let Some((_, seen)) = &found
            && seen.is_none_or(|seen| now.saturating_sub(seen) >= NOTED)
        {
            file.execute(
                "UPDATE tokens SET seen = ?2 WHERE hash = ?1",
                params![digest, now],
            )?;
        }
        Ok(found.map(|(seated, _)| seated))
    }

    /// The tokens of a seat, the latest first.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn tokens_of(&self, seat: &str, now: i64) -> Result<Vec<TokenCard>, EntranceError> {
        let file = self.file();
        let mut rows = file.prepare(
            "SELECT card, tokens.name, people.name, acts, tokens.made, seen, ends FROM tokens
             JOIN people ON people.id = tokens.person
             WHERE tokens.seat = ?1 AND ends > ?2 ORDER BY tokens.made DESC, tokens.rowid DESC",
        )?;
        let tokens = rows.query_map(params![seat, now], |row| {
            Ok(TokenCard {
                card: row.get(0)?,
                name: row.get(1)?,
                made_by: row.get(2)?,
                acts: row.get(3)?,
                made: row.get(4)?,
                seen: row.get(5)?,
                ends: row.get(6)?,
            })
        })?;
        Ok(tokens.collect::<Result<_, _>>()?)
    }

    /// Revokes a token of a seat. Says whether there was one: of another seat there is none.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn revoke_token(&self, seat: &str, card: &str) -> Result<bool, EntranceError> {
        let gone = self.file().execute(
            "DELETE FROM tokens WHERE seat = ?1 AND card = ?2",
            params![seat, card],
        )?;
        Ok(gone == 1)
    }
}
