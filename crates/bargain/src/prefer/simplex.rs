//! Linear programmes in fractions: the greatest or least of a sum over what some equations allow (Dantzig 1951), with
//! Bland's rule (1977), so that it ends. Nothing is rounded; what does not fit 128 bits has no answer.

use crate::exact::Fraction;

/// `Σ coefficients · x = right`, over `x ≥ 0`.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) coefficients: Vec<Fraction>,
    pub(super) right: Fraction,
}

/// Equations solved for a basis that is feasible: from here any aim is reached in few steps.
#[derive(Debug, Clone)]
pub(super) struct Tableau {
    rows: Vec<Row>,
    basis: Vec<usize>,
    width: usize,
}

/// A solution, or that there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Outcome<T> {
    /// The answer.
    Found(T),
    /// Nothing satisfies the equations.
    Nothing,
}

impl Tableau {
    /// Finds a first solution of the equations; none where numbers outgrow 128 bits.
    pub(super) fn begin(equations: &[Row], width: usize) -> Option<Outcome<Tableau>> {
        let count = equations.len();
        let mut rows = Vec::with_capacity(count);
        for (place, row) in equations.iter().enumerate() {
            let mut row = row.clone();
            row.coefficients.resize(width, Fraction::ZERO);
            if row.right < Fraction::ZERO {
                row.right = row.right.negative();
                for own in &mut row.coefficients {
                    *own = own.negative();
                }
            }
            // An artificial unknown for each row, to begin from.
            row.coefficients
                .extend((0..count).map(|other| Fraction::whole(i64::from(other == place))));
            rows.push(row);
        }
        let mut tableau = Tableau {
            rows,
            basis: (width..width + count).collect(),
            width: width + count,
        };
        let mut aim = vec![Fraction::ZERO; width];
        aim.resize(width + count, Fraction::whole(-1));
        if tableau.greatest(&aim)? < Fraction::ZERO {
            return Some(Outcome::Nothing);
        }
        tableau.drop_artificial(width)?;
        Some(Outcome::Found(tableau))
    }

    fn drop_artificial(&mut self, width: usize) -> Option<()> {
        let mut row = 0;
        while row < self.rows.len() {
            if self.basis[row] >= width {
                let own = &self.rows[row].coefficients;
                match (0..width).find(|column| own[*column] != Fraction::ZERO) {
                    Some(column) => self.pivot(row, column)?,
                    // The row says nothing that the others do not say.
                    None => {
                        self.rows.remove(row);
                        self.basis.remove(row);
                        continue;
                    }
                }
            }
            row += 1;
        }
        for row in &mut self.rows {
            row.coefficients.truncate(width);
        }
        self.width = width;
        Some(())
    }

    /// Goes to where the sum `Σ aim · x` is greatest, and says how great it is. The equations bound it.
    pub(super) fn greatest(&mut self, aim: &[Fraction]) -> Option<Fraction> {
        // What each unknown still adds, beyond what the basis gives for it.
        let mut gains = aim.to_vec();
        for (row, basic) in self.rows.iter().zip(&self.basis) {
            let worth = aim[*basic];
            if worth != Fraction::ZERO {
                for (gain, own) in gains.iter_mut().zip(&row.coefficients) {
                    if *own != Fraction::ZERO {
                        *gain = gain.minus(worth.times(*own)?)?;
                    }
                }
            }
        }
        while let Some(column) = gains.iter().position(|gain| *gain > Fraction::ZERO) {
            let Some(row) = self.leaves(column)? else {
                break;
            };
            self.pivot(row, column)?;
            let worth = gains[column];
            for (gain, own) in gains.iter_mut().zip(&self.rows[row].coefficients) {
                if *own != Fraction::ZERO {
                    *gain = gain.minus(worth.times(*own)?)?;
                }
            }
        }
        let basic = self.rows.iter().zip(&self.basis);
        basic
            .into_iter()
            .try_fold(Fraction::ZERO, |sum, (row, basic)| {
                sum.plus(aim[*basic].times(row.right)?)
            })
    }

    /// The row whose unknown reaches 0 first as that of the column grows; of several the one with the first unknown.
    fn leaves(&self, column: usize) -> Option<Option<usize>> {
        let mut least: Option<(Fraction, usize, usize)> = None;
        for (place, row) in self.rows.iter().enumerate() {
            let own = row.coefficients[column];
            if own > Fraction::ZERO {
                let found = (row.right.over(own)?, self.basis[place], place);
                if least.is_none_or(|least| (found.0, found.1) < (least.0, least.1)) {
                    least = Some(found);
                }
            }
        }
        Some(least.map(|(_, _, place)| place))
    }

    fn pivot(&mut self, row: usize, column: usize) -> Option<()> {
        let whole = self.rows[row].coefficients[column];
        let inverse = match whole > Fraction::ZERO {
            true => Fraction::whole(1).over(whole)?,
            false => Fraction::whole(-1).over(whole.negative())?,
        };
        let mut pivot = self.rows[row].clone();
        for own in pivot
            .coefficients
            .iter_mut()
            .chain(std::iter::once(&mut pivot.right))
        {
            if *own != Fraction::ZERO {
                *own = own.times(inverse)?;
            }
        }
        for (place, other) in self.rows.iter_mut().enumerate() {
            let factor = other.coefficients[column];
            if place == row || factor == Fraction::ZERO {
                continue;
            }
            let pairs = other.coefficients.iter_mut().zip(&pivot.coefficients);
            for (own, taken) in pairs.chain(std::iter::once((&mut other.right, &pivot.right))) {
                if *taken != Fraction::ZERO {
                    *own = own.minus(factor.times(*taken)?)?;
                }
            }
        }
        self.rows[row] = pivot;
        self.basis[row] = column;
        Some(())
    }

    /// The unknowns where it stands.
    pub(super) fn solution(&self) -> Vec<Fraction> {
        let mut found = vec![Fraction::ZERO; self.width];
        for (row, basic) in self.rows.iter().zip(&self.basis) {
            found[*basic] = row.right;
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::{Outcome, Row, Tableau};
    use crate::exact::Fraction;

    fn row(coefficients: &[i64], right: i64) -> Row {
        Row {
            coefficients: coefficients
                .iter()
                .map(|own| Fraction::whole(*own))
                .collect(),
            right: Fraction::whole(right),
        }
    }

    fn begin(rows: &[Row], width: usize) -> Outcome<Vec<Fraction>> {
        match Tableau::begin(rows, width).unwrap() {
            Outcome::Found(tableau) => Outcome::Found(tableau.solution()),
            Outcome::Nothing => Outcome::Nothing,
        }
    }

    #[test]
    fn the_greatest_and_the_least_are_found_exactly() {
        // x + y + s = 4, x + 3y + t = 6: the greatest of x + 2y is 5, at (3, 1).
        let rows = [row(&[1, 1, 1, 0], 4), row(&[1, 3, 0, 1], 6)];
        let Outcome::Found(mut tableau) = Tableau::begin(&rows, 4).unwrap() else {
            panic!("there are solutions")
        };
        let aim = [1, 2, 0, 0].map(Fraction::whole);
        assert_eq!(tableau.greatest(&aim), Some(Fraction::whole(5)));
        assert_eq!(tableau.solution()[..2], [3, 1].map(Fraction::whole));
        let least = aim.map(Fraction::negative);
        assert_eq!(tableau.greatest(&least), Some(Fraction::ZERO));
    }

    #[test]
    fn what_nothing_satisfies_is_said_to_be_so() {
        assert_eq!(begin(&[row(&[1], 1), row(&[1], 2)], 1), Outcome::Nothing);
        assert_eq!(begin(&[row(&[1], -1)], 1), Outcome::Nothing);
        // A row that repeats another is no contradiction.
        assert!(matches!(
            begin(&[row(&[1, 1], 2), row(&[2, 2], 4)], 2),
            Outcome::Found(_)
        ));
    }
}
