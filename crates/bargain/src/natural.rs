//! Natural numbers of any size, as far as products of gains need them.

use std::cmp::Ordering;

/// A natural number: 64 bits a limb, the least first, no zeros at the top.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Natural(Vec<u64>);

impl From<u128> for Natural {
    fn from(number: u128) -> Self {
        Natural(vec![low(number), low(number >> 64)]).trimmed()
    }
}

impl Natural {
    fn trimmed(mut self) -> Self {
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
        self
    }

    /// The product.
    pub(crate) fn times(&self, factor: u128) -> Natural {
        self.by(&Natural::from(factor))
    }

    /// The product.
    pub(crate) fn by(&self, other: &Natural) -> Natural {
        let mut limbs = vec![0_u64; self.0.len() + other.0.len()];
        for (i, a) in self.0.iter().enumerate() {
            let mut carry = 0_u128;
            for (j, b) in other.0.iter().chain([&0]).enumerate() {
                if let Some(limb) = limbs.get_mut(i + j) {
                    let sum = u128::from(*a) * u128::from(*b) + u128::from(*limb) + carry;
                    *limb = low(sum);
                    carry = sum >> 64;
                }
            }
        }
        Natural(limbs).trimmed()
    }

    /// The sum.
    pub(crate) fn plus(&self, other: &Natural) -> Natural {
        let (long, short) = if self.0.len() < other.0.len() {
            (other, self)
        } else {
            (self, other)
        };
        let mut carry = 0_u128;
        let mut limbs = Vec::with_capacity(long.0.len() + 1);
        for (i, limb) in long.0.iter().enumerate() {
            let sum = u128::from(*limb) + u128::from(short.0.get(i).copied().unwrap_or(0)) + carry;
            limbs.push(low(sum));
            carry = sum >> 64;
        }
        limbs.push(low(carry));
        Natural(limbs).trimmed()
    }

    /// The difference; nothing where `other` is greater.
    pub(crate) fn minus(&self, other: &Natural) -> Natural {
        if *self <= *other {
            return Natural::default();
        }
        let mut borrow = false;
        let mut limbs = Vec::with_capacity(self.0.len());
        for (i, limb) in self.0.iter().enumerate() {
            let (first, under) = limb.overflowing_sub(other.0.get(i).copied().unwrap_or(0));
            let (second, again) = first.overflowing_sub(u64::from(borrow));
            limbs.push(second);
            borrow = under || again;
        }
        Natural(limbs).trimmed()
    }

    /// The nearest numbers in floating point as mantissa and power of two, for showing alone.
    fn floating(&self) -> (f64, i32) {
        let top = self.0.iter().rev().take(3);
        let mantissa = top.fold(0.0, |sum, limb| sum * 2_f64.powi(64) + *limb as f64);
        let rest = self.0.len().saturating_sub(3);
        (mantissa, i32::try_from(rest * 64).unwrap_or(i32::MAX))
    }

    /// The quotient in floating point, for showing alone.
    pub(crate) fn shown_over(&self, other: &Natural) -> f64 {
        let ((a, up), (b, down)) = (self.floating(), other.floating());
        a / b * 2_f64.powi(up - down)
    }
}

/// In decimal digits.
impl std::fmt::Display for Natural {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        const GROUP: u128 = 1_000_000_000_000_000_000;
        let (mut limbs, mut groups) = (self.0.clone(), Vec::new());
        while !limbs.is_empty() {
            let mut rest = 0_u128;
            for limb in limbs.iter_mut().rev() {
                let number = (rest << 64) | u128::from(*limb);
                *limb = low(number / GROUP);
                rest = number % GROUP;
            }
            groups.push(rest);
            limbs = Natural(limbs).trimmed().0;
        }
        let mut groups = groups.iter().rev();
        write!(f, "{}", groups.next().unwrap_or(&0))?;
        groups.try_for_each(|group| write!(f, "{group:018}"))
    }
}

impl PartialOrd for Natural {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Natural {
    fn cmp(&self, other: &Self) -> Ordering {
        let length = self.0.len().cmp(&other.0.len());
        length.then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }
}

fn low(number: u128) -> u64 {
    (number & u128::from(u64::MAX)) as u64
}

#[cfg(test)]
mod tests {
    use super::Natural;

    #[test]
    fn products_sums_and_digits_beyond_128_bits() {
        let big = Natural::from(u128::MAX);
        let square = big.by(&big);
        assert_eq!(
            square.to_string(),
            "115792089237316195423570985008687907852589419931798687112530834793049593217025"
        );
        assert_eq!(square.plus(&big).minus(&big), square);
        assert!(square > big && big.minus(&square) == Natural::default());
        assert_eq!(Natural::default().to_string(), "0");
        assert_eq!(big.times(10).shown_over(&big), 10.0);
    }
}
