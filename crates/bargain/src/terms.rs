//! What is bargained over: issues with their options, parties with what each option is worth to them, links and rules.

use crate::exact::Fraction;

/// The most parties whose frontier is computed.
pub(crate) const PARTIES: usize = 8;

/// A point that is open, and what could be agreed on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// Its name.
    pub id: String,
    /// Its options, in the scenario's order.
    pub options: Vec<String>,
}

/// One option of one issue, both by their places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Choice {
    /// The issue.
    pub issue: usize,
    /// The option.
    pub option: usize,
}

/// What a party gets on top where all of these are chosen together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The choices.
    pub choices: Vec<Choice>,
    /// What it is worth; it may be below zero.
    pub value: Fraction,
}

/// A party.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// Its name.
    pub id: String,
    /// The least it accepts.
    pub reservation: Fraction,
    /// What each option of each issue is worth to it.
    pub values: Vec<Vec<Fraction>>,
    /// What combinations are worth to it on top.
    pub links: Vec<Link>,
}

/// What combinations are out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rule {
    /// Not all of these together.
    Forbid(Vec<Choice>),
    /// Where all of the first are chosen, all of the second must be.
    Require {
        /// The condition.
        given: Vec<Choice>,
        /// What it requires.
        then: Vec<Choice>,
    },
}

/// The whole of it. A package is one option of every issue; its utility to a party is the sum of the values of its options
/// and of the links it completes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// The issues.
    pub issues: Vec<Issue>,
    /// The parties.
    pub parties: Vec<Party>,
    /// The rules.
    pub rules: Vec<Rule>,
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BargainError {
    /// Nothing to choose, or nobody to choose for.
    #[error("there is no {0}")]
    Empty(&'static str),
    /// An issue that has no option.
    #[error("the issue `{0}` has no option")]
    NoOption(String),
    /// More parties than a frontier is computed for.
    #[error("{0} parties; a frontier is computed for at most {PARTIES}")]
    TooManyParties(usize),
    /// Values that do not fit, even in 128 bits.
    #[error("the values of `{0}` have no common unit in 128 bits")]
    Unit(String),
    /// A value, link or rule that names nothing.
    #[error("a value, link or rule names an option that is not there")]
    Choice,
    /// Intervals that do not fit the numbers that they are around.
    #[error("an interval is missing, or a number lies outside its own")]
    Spread,
    /// So many linked combinations stand open at once that they cannot be held.
    #[error("links and rules tie more than {0} combinations of options together")]
    Tied(usize),
}

impl BargainError {
    /// What to do next.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            BargainError::Empty(_) | BargainError::NoOption(_) => {
                "name at least one issue, one option for each, and one party"
            }
            BargainError::TooManyParties(_) => {
                "join parties that want the same, or study them in groups"
            }
            BargainError::Unit(_) => "write its numbers with fewer digits",
            BargainError::Spread => "give each number a least and a most around it",
            BargainError::Choice => "name issues and options as the scenario lists them",
            BargainError::Tied(_) => {
                "leave out links that weigh little, or study groups of linked issues apart"
            }
        }
    }
}

/// A party in whole units.
#[derive(Debug, Clone)]
pub(crate) struct Scaled {
    /// How many units make 1.
    pub(crate) unit: i128,
    /// The least it accepts, in units.
    pub(crate) reservation: i128,
    /// What each option of each issue is worth, in units.
    pub(crate) values: Vec<Vec<i128>>,
    /// What each of its links is worth, in units.
    pub(crate) links: Vec<i128>,
    /// No utility is farther from 0 than this.
    pub(crate) reach: i128,
}

/// Whether all of these are chosen.
pub(crate) fn holds(package: &[usize], choices: &[Choice]) -> bool {
    choices
        .iter()
        .all(|choice| package.get(choice.issue) == Some(&choice.option))
}

impl Terms {
    /// Whether a package names an option of every issue and no rule bars it.
    #[must_use]
    pub fn allows(&self, package: &[usize]) -> bool {
        let known = self.issues.iter().zip(package);
        package.len() == self.issues.len()
            && known
                .into_iter()
                .all(|(issue, option)| *option < issue.options.len())
            && self.bars(package).is_empty()
    }

    /// The places of the rules that bar a package.
    #[must_use]
    pub fn bars(&self, package: &[usize]) -> Vec<usize> {
        let barred = |rule: &Rule| match rule {
            Rule::Forbid(choices) => holds(package, choices),
            Rule::Require { given, then } => holds(package, given) && !holds(package, then),
        };
        let rules = self.rules.iter().enumerate();
        rules
            .filter(|(_, rule)| barred(rule))
            .map(|(place, _)| place)
            .collect()
    }

    /// Whether nothing ties the issues together.
    pub(crate) fn is_additive(&self) -> bool {
        self.rules.is_empty() && self.parties.iter().all(|party| party.links.is_empty())
    }

    /// Every party in whole units of its own.
    pub(crate) fn scaled(&self) -> Result<Vec<Scaled>, BargainError> {
        self.check()?;
        self.parties
            .iter()
            .map(|party| scale(party).ok_or_else(|| BargainError::Unit(party.id.clone())))
            .collect()
    }

    fn check(&self) -> Result<(), BargainError> {
        if self.issues.is_empty() {
            return Err(BargainError::Empty("issue"));
        }
        if let Some(issue) = self.issues.iter().find(|issue| issue.options.is_empty()) {
            return Err(BargainError::NoOption(issue.id.clone()));
        }
        match self.parties.len() {
            0 => return Err(BargainError::Empty("party")),
            1..=PARTIES => (),
            more => return Err(BargainError::TooManyParties(more)),
        }
        let shape = |party: &Party| {
            party.values.len() == self.issues.len()
                && party
                    .values
                    .iter()
                    .zip(&self.issues)
                    .all(|(values, issue)| values.len() == issue.options.len())
        };
        let known = |choice: &Choice| {
            self.issues
                .get(choice.issue)
                .is_some_and(|issue| choice.option < issue.options.len())
        };
        let links = self
            .parties
            .iter()
            .flat_map(|party| &party.links)
            .flat_map(|link| &link.choices);
        let rules = self.rules.iter().flat_map(|rule| match rule {
            Rule::Forbid(choices) => [choices.as_slice(), &[]],
            Rule::Require { given, then } => [given.as_slice(), then.as_slice()],
        });
        if self.parties.iter().all(shape) && links.chain(rules.flatten()).all(known) {
            Ok(())
        } else {
            Err(BargainError::Choice)
        }
    }
}

fn scale(party: &Party) -> Option<Scaled> {
    let numbers = || {
        let links = party.links.iter().map(|link| &link.value);
        party
            .values
            .iter()
            .flatten()
            .chain(links)
            .chain([&party.reservation])
    };
    let unit = numbers().try_fold(1, |unit, number| {
        Fraction::common_unit(unit, number.below())
    })?;
    let whole = |number: &Fraction| number.in_units(unit);
    let values: Vec<Vec<i128>> = party
        .values
        .iter()
        .map(|options| options.iter().map(whole).collect())
        .collect::<Option<_>>()?;
    let links: Vec<i128> = party
        .links
        .iter()
        .map(|link| whole(&link.value))
        .collect::<Option<_>>()?;
    let reservation = whole(&party.reservation)?;
    let far = |number: &i128| number.checked_abs();
    let mut reach = far(&reservation)?;
    for options in &values {
        let most = options
            .iter()
            .try_fold(0, |most, value| Some(far(value)?.max(most)))?;
        reach = reach.checked_add(most)?;
    }
    for link in &links {
        reach = reach.checked_add(far(link)?)?;
    }
    // Room for the differences of two utilities and for bounds.
    (reach < i128::MAX / 8).then_some(Scaled {
        unit,
        reservation,
        values,
        links,
        reach,
    })
}
