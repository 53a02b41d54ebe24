//! A recorder's clock: a moment in UTC to the microsecond, in one spelling.

/// A moment as a number that grows with time, for comparing without letters.
///
/// Not a count of microseconds: year, month, day, hour, minute, second and microsecond, each in its own bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Moment(u64);

impl Moment {
    /// As a number, to be kept by this program for itself.
    #[must_use]
    pub fn to_number(self) -> u64 {
        self.0
    }

    /// From the number that [`to_number`](Moment::to_number) gave.
    #[must_use]
    pub fn from_number(number: u64) -> Moment {
        Moment(number)
    }

    /// Reads `2031-03-06T14:30:00.000000Z`; none where it is anything else, or no day of the calendar. Leap seconds
    /// are none: a clock that shows 60 seconds is refused.
    #[must_use]
    pub fn parse(text: &str) -> Option<Moment> {
        const PATTERN: &[u8] = b"0000-00-00T00:00:00.000000Z";
        let bytes = text.as_bytes();
        let fits = bytes.len() == PATTERN.len()
            && bytes
                .iter()
                .zip(PATTERN)
                .all(|(byte, wanted)| match wanted {
                    b'0' => byte.is_ascii_digit(),
                    _ => byte == wanted,
                });
        if !fits {
            return None;
        }
        let number = |from: usize, to: usize| {
            bytes.get(from..to).map(|digits| {
                digits
                    .iter()
                    .fold(0_u64, |sum, digit| sum * 10 + u64::from(digit - b'0'))
            })
        };
        let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
        let (hour, minute, second) = (number(11, 13)?, number(14, 16)?, number(17, 19)?);
        let real = (1..=days_of(year, month)).contains(&day)
            && hour < 24
            && minute < 60
            && second < 60
            && year > 0;
        real.then_some(Moment(
            ((((((year << 4 | month) << 5 | day) << 5 | hour) << 6 | minute) << 6 | second) << 20)
                | number(20, 26)?,
        ))
    }
}

/// The days of a month; 0 where there is no such month.
fn days_of(year: u64, month: u64) -> u64 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_moments_is_that_of_their_letters() {
        let moments = [
            "0001-01-01T00:00:00.000000Z",
            "2031-03-06T14:30:00.000000Z",
            "2031-03-06T14:30:00.000001Z",
            "2031-03-06T14:30:59.999999Z",
            "2031-12-31T23:59:59.999999Z",
            "9999-12-31T23:59:59.999999Z",
        ];
        let read: Vec<_> = moments.iter().map(|text| Moment::parse(text)).collect();
        assert!(read.iter().all(Option::is_some));
        assert!(read.is_sorted());
    }

    #[test]
    fn what_no_clock_shows_is_refused() {
        for wrong in [
            "",
            "2031-03-06",
            "2031-03-06T14:30:00Z",
            "2031-02-29T00:00:00.000000Z",
            "2031-13-01T00:00:00.000000Z",
            "2031-00-01T00:00:00.000000Z",
            "2031-03-00T00:00:00.000000Z",
            "2031-03-06T24:00:00.000000Z",
            "2031-03-06T23:60:00.000000Z",
            "2031-03-06T23:59:60.000000Z",
            "0000-03-06T23:59:00.000000Z",
            "2031-03-06t14:30:00.000000Z",
            "٢٠٣١-03-06T14:30:00.000000Z",
        ] {
            assert_eq!(Moment::parse(wrong), None, "{wrong}");
        }
        assert!(Moment::parse("2032-02-29T00:00:00.000000Z").is_some());
    }
}
