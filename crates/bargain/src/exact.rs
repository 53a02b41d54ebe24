//! Fractions, read from decimals without loss.

use std::cmp::Ordering;

use crate::natural::Natural;

/// A fraction in lowest terms. Every operation is checked: where a result does not fit, there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fraction {
    above: i128,
    below: i128,
}

impl Fraction {
    /// Nothing.
    pub const ZERO: Fraction = Fraction { above: 0, below: 1 };

    /// `above / below`; none where `below` is not positive.
    #[must_use]
    pub fn new(above: i128, below: i128) -> Option<Fraction> {
        if below <= 0 || above == i128::MIN {
            return None;
        }
        let common = greatest_common(above, below);
        Some(Fraction {
            above: above / common,
            below: below / common,
        })
    }

    /// A whole number.
    #[must_use]
    pub fn whole(number: i64) -> Fraction {
        Fraction {
            above: i128::from(number),
            below: 1,
        }
    }

    /// Reads a decimal as written: `-0.125`, `3`, `6.5E-9`. None where it is no decimal, or has more than 36 digits.
    #[must_use]
    pub fn decimal(words: &str) -> Option<Fraction> {
        let words = words.trim();
        let (words, exponent) = match words.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
            None => (words, 0),
        };
        let (negative, digits) = match words.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, words.strip_prefix('+').unwrap_or(words)),
        };
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        if whole.len() + part.len() == 0
            || !whole
                .bytes()
                .chain(part.bytes())
                .all(|b| b.is_ascii_digit())
        {
            return None;
        }
        let part = part.trim_end_matches('0');
        let mut above = 0_i128;
        for digit in whole.bytes().chain(part.bytes()) {
            above = above
                .checked_mul(10)?
                .checked_add(i128::from(digit - b'0'))?;
        }
        if above == 0 {
            return Some(Fraction::ZERO);
        }
        let shift = exponent.checked_sub(i32::try_from(part.len()).ok()?)?;
        let power = 10_i128.checked_pow(shift.unsigned_abs())?;
        let above = if negative { -above } else { above };
        match shift {
            0.. => Fraction::new(above.checked_mul(power)?, 1),
            _ => Fraction::new(above, power),
        }
    }

    /// What stands above the line.
    #[must_use]
    pub fn above(self) -> i128 {
        self.above
    }

    /// What stands below the line; at least 1.
    #[must_use]
    pub fn below(self) -> i128 {
        self.below
    }

    /// The product.
    #[must_use]
    pub fn times(self, other: Fraction) -> Option<Fraction> {
        let (left, right) = (
            greatest_common(self.above, other.below),
            greatest_common(other.above, self.below),
        );
        Fraction::new(
            (self.above / left).checked_mul(other.above / right)?,
            (self.below / right).checked_mul(other.below / left)?,
        )
    }

    /// The sum.
    #[must_use]
    pub fn plus(self, other: Fraction) -> Option<Fraction> {
        let below = Fraction::common_unit(self.below, other.below)?;
        Fraction::new(
            self.in_units(below)?.checked_add(other.in_units(below)?)?,
            below,
        )
    }

    /// The difference.
    #[must_use]
    pub fn minus(self, other: Fraction) -> Option<Fraction> {
        self.plus(other.negative())
    }

    /// The same on the other side of 0.
    #[must_use]
    pub fn negative(self) -> Fraction {
        // The least number of 128 bits is never above the line.
        Fraction {
            above: -self.above,
            below: self.below,
        }
    }

    /// The quotient; none where the divisor is not positive.
    #[must_use]
    pub fn over(self, other: Fraction) -> Option<Fraction> {
        self.times(Fraction::new(other.below, other.above)?)
    }

    /// The least whole number of which both denominators are divisors.
    pub(crate) fn common_unit(unit: i128, below: i128) -> Option<i128> {
        (unit / greatest_common(unit, below)).checked_mul(below)
    }

    /// How many times `1 / unit` it is, where `unit` is a multiple of its denominator.
    pub(crate) fn in_units(self, unit: i128) -> Option<i128> {
        self.above.checked_mul(unit / self.below)
    }

    /// The nearest number in floating point, for showing alone.
    #[must_use]
    pub fn shown(self) -> f64 {
        let (whole, mut rest) = (
            self.above.unsigned_abs() / self.below.unsigned_abs(),
            self.above.unsigned_abs() % self.below.unsigned_abs(),
        );
        let below = self.below.unsigned_abs();
        let mut words = format!("{}{whole}.", if self.above < 0 { "-" } else { "" });
        for _ in 0..40 {
            // Ten times the rest may not fit: then the last digits of both no longer show.
            let (ten, below) = match rest.checked_mul(10) {
                Some(ten) => (ten, below),
                None => (rest, below / 10),
            };
            let digit = (ten / below.max(1)).min(9);
            words.push(char::from(b'0' + u8::try_from(digit).unwrap_or(9)));
            rest = match rest.checked_mul(10) {
                Some(ten) => ten % below,
                None => break,
            };
        }
        words.parse().unwrap_or(f64::NAN)
    }
}

/// Nothing.
impl Default for Fraction {
    fn default() -> Self {
        Fraction::ZERO
    }
}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Fraction {
    fn cmp(&self, other: &Self) -> Ordering {
        let cross = |a: &Fraction, b: &Fraction| {
            Natural::from(a.above.unsigned_abs()).times(b.below.unsigned_abs())
        };
        match (self.above < 0, other.above < 0) {
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
            (false, false) => cross(self, other).cmp(&cross(other, self)),
            (true, true) => cross(other, self).cmp(&cross(self, other)),
        }
    }
}

/// The greatest common divisor, at least 1 where `b` is positive.
fn greatest_common(a: i128, b: i128) -> i128 {
    let (mut a, mut b) = (a.unsigned_abs(), b.unsigned_abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    i128::try_from(a.max(1)).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::Fraction;

    fn check(words: &str, expected: Option<(i128, i128)>) {
        let found = Fraction::decimal(words).map(|f| (f.above(), f.below()));
        assert_eq!(found, expected, "{words}");
    }

    #[test]
    fn decimals_are_read_as_written() {
        check("0.125", Some((1, 8)));
        check("-3", Some((-3, 1)));
        check("6.5E-9", Some((13, 2_000_000_000)));
        check(".5", Some((1, 2)));
        check("1e3", Some((1000, 1)));
        check("0.000", Some((0, 1)));
        check(
            "0.1234567890123456789",
            Some((1_234_567_890_123_456_789, 10_000_000_000_000_000_000)),
        );
    }

    #[test]
    fn what_is_no_decimal_or_does_not_fit_is_none() {
        for words in [
            "",
            ".",
            "-",
            "1,5",
            "NaN",
            "inf",
            "0x1",
            "1e99",
            "1e-99",
            "1e99999999999",
        ] {
            check(words, None);
        }
        check(&"9".repeat(60), None);
    }

    #[test]
    fn shown_is_the_nearest() {
        for words in ["0.299", "0.7261904761904762", "-12.5", "1000", "0.1"] {
            assert_eq!(
                Fraction::decimal(words).unwrap().shown(),
                words.parse::<f64>().unwrap()
            );
        }
        assert_eq!(Fraction::new(1, 3).unwrap().shown(), 1.0 / 3.0);
    }

    #[test]
    fn order_is_exact() {
        let near = |n| Fraction::new(n, 10_i128.pow(30)).unwrap();
        assert!(near(10_i128.pow(29)) < near(10_i128.pow(29) + 1));
        assert!(near(-1) < Fraction::ZERO && near(-2) < near(-1));
    }
}
