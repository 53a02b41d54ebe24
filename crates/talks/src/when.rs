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

/// For display: by first moment, then last, then as written.
impl Ord for When {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.earliest, self.latest, &self.printed).cmp(&(
            other.earliest,
            other.latest,
            &other.printed,
        ))
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
