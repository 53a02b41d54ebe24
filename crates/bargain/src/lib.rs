//! Package analysis: which combinations of options leave nobody worse off than need be.
//!
//! [`Terms`] say what is open, what each option is worth to each party, and what combinations are out. [`study`] gives the
//! Pareto frontier and the solutions that the literature names: Nash (1950), Kalai and Smorodinsky (1975), the egalitarian
//! one (lexicographic max-min of gains), and the greatest welfare.
//!
//! Arithmetic is exact: values are fractions, scaled per party to whole numbers; what does not fit is refused
//! ([`BargainError`]), and nothing is compared in floating point.

mod aim;
mod climb;
mod copies;
mod cost;
mod exact;
mod given;
mod layers;
mod natural;
mod prefer;
mod robust;
mod solution;
mod stairs;
mod study;
mod sweep;
mod terms;
mod tree;

pub use cost::{Budget, Forecast, forecast};
pub use exact::Fraction;
pub use given::{Given, given};
pub use prefer::{Clash, Order, Swap, Valued, agrees, valued};
pub use robust::{Hangs, Judged, Number, Robust, Spread, judge, packages_of, robust};
pub use solution::{Disagreement, Solution, Solutions};
pub use study::{Point, Study, Wish, nash, solutions, study};
pub use terms::{BargainError, Choice, Issue, Link, Party, Rule, Terms};
