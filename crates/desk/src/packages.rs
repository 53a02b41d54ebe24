//! "What would leave nobody worse off?": the packages of a scenario, or of a process, that no other betters, and the
//! solutions among them.

use onetext_bargain::{
    Forecast, Fraction, Spread, Terms, Wish, forecast, given, packages_of, robust, study,
};
use onetext_paper::packages::{Answer, FromProcess};
use onetext_paper::scenario::{self, Scenario, ScenarioError};
use onetext_talks::{Cut, Viewer};

use crate::books::Books;
use crate::error::DeskError;
use crate::input::Paper;
use crate::stakes;

/// What is asked of packages.
#[derive(Debug, Clone, Default)]
pub struct PackagesAsked<'a> {
    /// How the study is made.
    pub wish: Wish,
    /// A package to look at: an option for each issue. Of a process, failing that, the drafts as they stand.
    pub package: Option<&'a [(String, String)]>,
    /// Whether every package of each point is wanted.
    pub all: bool,
    /// What stays true over the intervals of the numbers; with a number each lies within so many hundredths of itself.
    pub robust: Option<Option<Fraction>>,
}

/// The most packages of one point that are listed.
const SAME: usize = 200;

/// What is to be weighed.
#[derive(Debug)]
pub struct Weighing {
    name: String,
    scenario: Scenario,
    process: Option<FromProcess>,
}

impl Weighing {
    /// A scenario that is read from files: one `.toml` or `.json`, or those of a GENIUS or NegMAS folder. `profiles` picks
    /// the parties of the latter by the names of their files.
    ///
    /// # Errors
    /// Where the scenario cannot be read.
    pub fn read(
        name: &str,
        files: &[Paper<'_>],
        profiles: Option<&[String]>,
    ) -> Result<Weighing, DeskError> {
        let files: Vec<scenario::Named<'_>> =
            files.iter().map(|file| (file.name, file.bytes)).collect();
        Ok(Weighing {
            name: name.to_owned(),
            scenario: scenario::read(&files, profiles)?,
            process: None,
        })
    }

    /// What is open in a process: the points with more than one wording on record, by the preferences that the viewer's
    /// rooms hold. Nothing else is looked at (law 2).
    ///
    /// # Errors
    /// Where the viewer is no seat of the process, there is nothing to weigh, or preferences contradict each other.
    pub fn of_process(books: &Books, viewer: &Viewer, cut: &Cut) -> Result<Weighing, DeskError> {
        let stakes = books.ask(viewer, cut, onetext_talks::Board::stakes)?;
        let drawn = stakes::draw(stakes)?;
        Ok(Weighing {
            name: books.record().process.id.to_string(),
            scenario: Scenario {
                terms: drawn.terms,
                spread: Some(drawn.spread),
                remarks: drawn.told.remarks.clone(),
            },
            process: Some(drawn.told),
        })
    }

    /// What is weighed: issues, parties with what options are worth to them, rules.
    #[must_use]
    pub fn terms(&self) -> &Terms {
        &self.scenario.terms
    }

    /// What the frontier will cost, about.
    ///
    /// # Errors
    /// Where the scenario is empty or its numbers do not fit.
    pub fn forecast(&self, wish: &Wish) -> Result<Forecast, DeskError> {
        let own = forecast(&self.scenario.terms, wish.ignore_reservation, wish.budget);
        Ok(own?)
    }

    /// Makes the study.
    ///
    /// # Errors
    /// Where the scenario is empty or does not fit, or names are asked for that are not there.
    pub fn study(self, asked: &PackagesAsked<'_>) -> Result<Answer, DeskError> {
        let Weighing {
            name,
            scenario,
            process,
        } = self;
        let named = asked.package.map(|named| scenario.package(named));
        let current = || process.as_ref().and_then(FromProcess::current);
        let package = named.transpose()?.or_else(current);
        let (terms, wish) = (&scenario.terms, &asked.wish);
        let study = study(terms, wish)?;
        let given = package
            .map(|package| given(terms, &package, wish))
            .transpose()?;
        let same = asked.all.then(|| {
            let points = study.frontier.iter();
            points
                .map(|point| packages_of(terms, &point.utilities, SAME))
                .collect()
        });
        let robust = match asked.robust {
            None => None,
            Some(within) => {
                let spread = spread(terms, scenario.spread.as_ref(), within)?;
                Some(robust(terms, &spread, wish)?)
            }
        };
        Ok(Answer {
            name,
            study,
            remarks: scenario.remarks,
            ignore_reservation: wish.ignore_reservation,
            disagreement: wish.disagreement,
            given,
            same,
            robust,
            process,
            terms: scenario.terms,
        })
    }
}

/// Between what the numbers lie.
fn spread(
    terms: &Terms,
    stated: Option<&Spread>,
    within: Option<Fraction>,
) -> Result<Spread, DeskError> {
    match (within, stated) {
        (None, Some(stated)) => Ok(stated.clone()),
        (Some(within), _) => {
            let spread = Spread::around(terms, within);
            Ok(spread.ok_or(onetext_bargain::BargainError::Spread)?)
        }
        (None, None) => Err(DeskError::Scenario(ScenarioError {
            file: String::new(),
            line: None,
            text: "no number of this scenario is an interval".to_owned(),
            hint: "write numbers as \"3..5\", or say within how many hundredths of itself each lies: --robust 10".to_owned(),
        })),
    }
}
