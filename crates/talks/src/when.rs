//! Time as people state it: a moment, a day, a month, or a span, with its precision kept.

use std::fmt;

/// A time with its precision: `2025-11-25`, `2025-11-25T14:30Z`, `2025-11`, or `FROM/TO`.
///
/// Seconds are since 1970-01-01T00:00:00Z; a day without a zone is a day in UTC.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct When {
    printed: std::sync::Arc<str>,
    earliest: i64,
    latest: i64,
}

/// Seconds of a day.
const DAY: i64 = 86_400;

/// Why a time cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{given:?} is no time")]
pub struct WhenError {
    /// What was given.
    pub given: String,
}

impl When {
    /// Reads a time.
    ///
    /// # Errors
    /// [`WhenError`] where it is none of the four forms, or a span ends before it begins.
    ///
    /// ```
    /// use onetext_talks::When;
    /// let day = When::parse("2025-11-25").unwrap();
    /// assert_eq!(day.latest() - day.earliest(), 86_399);
    /// assert!(When::parse("2025-11-22/2025-11-23").unwrap().overlaps(&When::parse("2025-11").unwrap()));
    /// assert!(When::parse("soon").is_err());
    /// ```
    pub fn parse(given: &str) -> Result<When, WhenError> {
        let bad = || WhenError {
            given: given.chars().take(80).collect(),
        };
        let (earliest, latest) = match given.split_once('/') {
            Some((from, to)) => (
                bounds(from).ok_or_else(bad)?.0,
                bounds(to).ok_or_else(bad)?.1,
            ),
            None => bounds(given).ok_or_else(bad)?,
        };
        if latest < earliest {
            return Err(bad());
        }
        Ok(When {
            printed: given.into(),
            earliest,
            latest,
        })
    }

    /// As written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.printed
    }

    /// The first second it can mean.
    #[must_use]
    pub fn earliest(&self) -> i64 {
        self.earliest
    }

    /// The last second it can mean.
    #[must_use]
    pub fn latest(&self) -> i64 {
        self.latest
    }

    /// What it is ordered by, without asking it again.
    pub(crate) fn sort_key(&self) -> (i64, i64, Written<'_>) {
        (self.earliest, self.latest, Written(&self.printed))
    }

    /// The end of it, as printed: its last day where it is longer than one.
    #[must_use]
    pub fn end(&self) -> When {
        When {
            printed: std::sync::Arc::clone(&self.printed),
            earliest: self.earliest.max(self.latest - (DAY - 1)),
            latest: self.latest,
        }
    }

    /// Whether this ended before the other began.
    #[must_use]
    pub fn before(&self, other: &When) -> bool {
        self.latest < other.earliest
    }

    /// Whether the two can be the same moment.
    #[must_use]
    pub fn overlaps(&self, other: &When) -> bool {
        !self.before(other) && !other.before(self)
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.printed)
    }
}

impl fmt::Debug for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "When({})", self.printed)
    }
}

impl PartialOrd for When {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// A time as written. The acts of a day share its letters, mostly.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Written<'a>(&'a str);

impl PartialOrd for Written<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Written<'_> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        if std::ptr::eq(self.0, other.0) {
            return std::cmp::Ordering::Equal;
        }
        self.0.cmp(other.0)
    }
}

/// For display: by first moment, then last, then as written.
impl Ord for When {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.sort_key().cmp(&other.sort_key())
    }
}

impl serde::Serialize for When {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.printed)
    }
}

impl<'de> serde::Deserialize<'de> for When {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let given = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        When::parse(&given).map_err(serde::de::Error::custom)
    }
}

/// First and last second that one time can mean.
fn bounds(text: &str) -> Option<(i64, i64)> {
    plain_bounds(text).or_else(|| calendar_bounds(text))
}

/// The same of the forms that nearly all acts have, at a tenth of the cost: a day, or a moment in UTC with or without
/// seconds, of a year with four digits. None of all others, right or wrong.
fn plain_bounds(text: &str) -> Option<(i64, i64)> {
    let bytes = text.as_bytes();
    let number = |from: usize, to: usize| {
        let digits = bytes.get(from..to)?;
        digits.iter().try_fold(0_i64, |sum, byte| {
            byte.is_ascii_digit()
                .then(|| sum * 10 + i64::from(byte - b'0'))
        })
    };
    let at = |place: usize, wanted: u8| bytes.get(place) == Some(&wanted);
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 => 28 + i64::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    let real = at(4, b'-')
        && at(7, b'-')
        && (1..=12).contains(&month)
        && (1..=days).contains(&day)
        && (1..9999).contains(&year);
    if !real {
        return None;
    }
    // Days since 1970-01-01: years are counted from March, so that the day that leaps comes last.
    let (y, m) = (year - i64::from(month < 3), (month + 9) % 12);
    let since = 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 719_469;
    let start = since * 86_400;
    if bytes.len() == 10 {
        return Some((start, start + 86_399));
    }
    let (hour, minute) = (number(11, 13)?, number(14, 16)?);
    if !at(10, b'T') || !at(13, b':') || hour > 23 || minute > 59 {
        return None;
    }
    let start = start + hour * 3600 + minute * 60;
    match bytes.len() {
        17 if at(16, b'Z') => Some((start, start + 59)),
        20 if at(16, b':') && at(19, b'Z') => {
            let second = number(17, 19).filter(|second| *second < 60)?;
            Some((start + second, start + second))
        }
        _ => None,
    }
}

fn calendar_bounds(text: &str) -> Option<(i64, i64)> {
    use jiff::civil::{Date, DateTime};
    use jiff::{Timestamp, tz::TimeZone};

    let utc = |moment: DateTime| {
        TimeZone::UTC
            .to_timestamp(moment)
            .ok()
            .map(Timestamp::as_second)
    };
    let day_end = |date: Date| Some(utc(date.tomorrow().ok()?.at(0, 0, 0, 0))? - 1);
    let text = text.trim();
    if text.len() == 7 && text.is_ascii() {
        let first: Date = format!("{text}-01").parse().ok()?;
        return Some((utc(first.at(0, 0, 0, 0))?, day_end(first.last_of_month())?));
    }
    if text.len() == 10 {
        let date: Date = text.parse().ok()?;
        return Some((utc(date.at(0, 0, 0, 0))?, day_end(date)?));
    }
    // Without seconds a time means the whole minute.
    let minute = text.matches(':').count() == 1 && !text.contains('+');
    let second = match text.parse::<Timestamp>() {
        Ok(moment) => moment.as_second(),
        Err(_) => utc(text.parse::<DateTime>().ok()?)?,
    };
    Some((second, if minute { second + 59 } else { second }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_plain_forms_mean_what_the_calendar_says() {
        let mut days: Vec<String> = Vec::new();
        for year in [
            1, 4, 99, 100, 400, 1600, 1900, 1969, 1970, 2000, 2024, 2025, 2100, 9998, 9999, 0,
        ] {
            for (month, day) in [
                (1, 1),
                (1, 31),
                (2, 28),
                (2, 29),
                (2, 30),
                (3, 1),
                (4, 31),
                (6, 30),
                (8, 31),
                (12, 31),
                (13, 1),
                (0, 1),
                (5, 0),
            ] {
                days.push(format!("{year:04}-{month:02}-{day:02}"));
            }
        }
        let times = [
            "",
            "T00:00Z",
            "T23:59Z",
            "T24:00Z",
            "T12:60Z",
            "T00:00:00Z",
            "T23:59:59Z",
            "T23:59:60Z",
            "T12:30:61Z",
            "t12:30:00Z",
            "T12:30:00",
            "T12:30",
            "T12:30:00+02:00",
            "T12:30:00.5Z",
            " 12:30:00Z",
            "T1a:30:00Z",
        ];
        for day in &days {
            for time in times {
                let text = format!("{day}{time}");
                if let Some(plain) = plain_bounds(&text) {
                    assert_eq!(Some(plain), calendar_bounds(&text), "{text}");
                }
            }
        }
        assert!(
            plain_bounds("2031-03-06").is_some() && plain_bounds("2031-03-06T14:30:05Z").is_some()
        );
        assert!(plain_bounds("2031-03-06T14:30Z").is_some() && plain_bounds("2031-03").is_none());
    }
}
