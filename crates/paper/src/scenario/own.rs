//! OneText's own scenario, in JSON or TOML. Numbers are read as they are written, never through floating point; one that is
//! not certain is written as the least and the most that it can be, `"3..5"`, and counts as the middle of both.

use std::collections::BTreeMap;

use onetext_bargain::{Choice, Fraction, Issue, Link, Party, Rule, Spread, Terms};
use serde::Deserialize;
use serde_json::value::RawValue;
use toml::de::{DeTable, DeValue};

use super::{Scenario, ScenarioError, line_at, words};

/// A number as written, in quotes or not.
type Number = Box<RawValue>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sheet {
    issues: Vec<SheetIssue>,
    parties: Vec<SheetParty>,
    #[serde(default)]
    constraints: Vec<Constraint>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SheetIssue {
    id: String,
    options: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SheetParty {
    id: String,
    #[serde(default)]
    weights: BTreeMap<String, Number>,
    reservation: Option<Number>,
    values: BTreeMap<String, BTreeMap<String, Number>>,
    #[serde(default)]
    links: Vec<SheetLink>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SheetLink {
    issues: Vec<String>,
    options: Vec<String>,
    value: Number,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Constraint {
    forbid: Option<BTreeMap<String, String>>,
    require_if: Option<BTreeMap<String, String>>,
    then: Option<BTreeMap<String, String>>,
}

pub(super) fn json(name: &str, bytes: &[u8]) -> Result<Scenario, ScenarioError> {
    let sheet: Sheet = serde_json::from_str(words(name, bytes)?).map_err(|error| {
        ScenarioError::new(
            name,
            Some(error.line()),
            format!("this scenario cannot be read: {error}"),
            "docs/json.md shows how a scenario is written",
        )
    })?;
    sheet.read(name)
}

/// TOML as JSON with every number in quotes, as it was written.
pub(super) fn toml(name: &str, bytes: &[u8]) -> Result<Scenario, ScenarioError> {
    let text = words(name, bytes)?;
    let table = DeTable::parse(text).map_err(|error| {
        let line = error
            .span()
            .map(|span| line_at(text.as_bytes(), span.start));
        ScenarioError::new(
            name,
            line,
            format!("this is no TOML: {}", error.message()),
            "mend this line",
        )
    })?;
    let value = table_as_json(table.get_ref());
    let sheet: Sheet = serde_json::from_str(&value.to_string()).map_err(|error| {
        let text = error.to_string();
        let text = text.split(" at line ").next().unwrap_or_default();
        ScenarioError::new(
            name,
            None,
            format!("this scenario cannot be read: {text}"),
            "docs/json.md shows how a scenario is written",
        )
    })?;
    sheet.read(name)
}

fn table_as_json(table: &DeTable<'_>) -> serde_json::Value {
    table
        .iter()
        .map(|(key, value)| (key.get_ref().to_string(), as_json(value.get_ref())))
        .collect()
}

fn as_json(value: &DeValue<'_>) -> serde_json::Value {
    match value {
        DeValue::Integer(number) if number.radix() == 10 => number.as_str().into(),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .map_or_else(
                |_| number.as_str().into(),
                |number| number.to_string().into(),
            ),
        DeValue::Float(number) => number.as_str().into(),
        DeValue::String(words) => words.as_ref().into(),
        DeValue::Boolean(truth) => (*truth).into(),
        DeValue::Datetime(when) => when.to_string().into(),
        DeValue::Array(values) => values
            .iter()
            .map(|value| as_json(value.get_ref()))
            .collect(),
        DeValue::Table(table) => table_as_json(table),
    }
}

/// Finds issues and options by name.
struct Names<'a> {
    file: &'a str,
    issues: BTreeMap<&'a str, (usize, BTreeMap<&'a str, usize>)>,
}

impl Sheet {
    fn read(&self, file: &str) -> Result<Scenario, ScenarioError> {
        let mut names = Names {
            file,
            issues: BTreeMap::new(),
        };
        for (place, issue) in self.issues.iter().enumerate() {
            let options: BTreeMap<&str, usize> = issue
                .options
                .iter()
                .enumerate()
                .map(|(place, option)| (option.as_str(), place))
                .collect();
            if options.len() != issue.options.len()
                || names.issues.insert(&issue.id, (place, options)).is_some()
            {
                return Err(names.wrong(format!(
                    "the issue `{}`, or one of its options, is there twice",
                    issue.id
                )));
            }
        }
        let parties = self
            .parties
            .iter()
            .map(|party| self.party(party, &names))
            .collect::<Result<Vec<_>, _>>()?;
        let mut spread = Spread {
            least: Vec::new(),
            most: Vec::new(),
        };
        let mut middle = Vec::new();
        for [least, own, most] in parties {
            spread.least.push(least);
            middle.push(own);
            spread.most.push(most);
        }
        let rules = self
            .constraints
            .iter()
            .map(|rule| match (&rule.forbid, &rule.require_if, &rule.then) {
                (Some(forbid), None, None) => Ok(Rule::Forbid(names.choices(forbid)?)),
                (None, Some(given), Some(then)) => Ok(Rule::Require {
                    given: names.choices(given)?,
                    then: names.choices(then)?,
                }),
                _ => Err(names.wrong(
                    "a constraint has either `forbid`, or `require_if` and `then`".to_owned(),
                )),
            })
            .collect::<Result<_, _>>()?;
        let issues = self.issues.iter().map(|issue| Issue {
            id: issue.id.clone(),
            options: issue.options.clone(),
        });
        Ok(Scenario {
            terms: Terms {
                issues: issues.collect(),
                parties: middle,
                rules,
            },
            spread: (spread.least != spread.most).then_some(spread),
            remarks: Vec::new(),
        })
    }

    /// A party three times: with the least, the middle and the most of every number.
    fn party(&self, party: &SheetParty, names: &Names<'_>) -> Result<[Party; 3], ScenarioError> {
        let number = |written: &Number| names.number(&party.id, written);
        let nothing = self
            .issues
            .iter()
            .map(|issue| vec![[Fraction::ZERO; 3]; issue.options.len()]);
        let mut values: Vec<Vec<[Fraction; 3]>> = nothing.collect();
        for (issue, options) in &party.values {
            let weight = party
                .weights
                .get(issue)
                .map(number)
                .transpose()?
                .unwrap_or([Fraction::whole(1); 3]);
            for (option, written) in options {
                let choice = names.choice(issue, option)?;
                values[choice.issue][choice.option] =
                    times(number(written)?, weight).ok_or_else(|| {
                        names.wrong(format!("a value of `{}` does not fit 128 bits", party.id))
                    })?;
            }
        }
        if let Some(issue) = party
            .weights
            .keys()
            .find(|issue| !names.issues.contains_key(issue.as_str()))
        {
            return Err(names.wrong(format!(
                "`{}` weighs the issue `{issue}`, which is not there",
                party.id
            )));
        }
        let links = party.links.iter().map(|link| {
            if link.issues.len() != link.options.len() {
                return Err(names.wrong(format!(
                    "a link of `{}` names {} issues and {} options",
                    party.id,
                    link.issues.len(),
                    link.options.len()
                )));
            }
            let choices = link
                .issues
                .iter()
                .zip(&link.options)
                .map(|(issue, option)| names.choice(issue, option));
            let choices = choices.collect::<Result<Vec<_>, _>>()?;
            Ok((choices, number(&link.value)?))
        });
        let links = links.collect::<Result<Vec<_>, _>>()?;
        let reservation = party.reservation.as_ref().map(number).transpose()?;
        let reservation = reservation.unwrap_or([Fraction::ZERO; 3]);
        Ok([0, 1, 2].map(|side| Party {
            id: party.id.clone(),
            reservation: reservation[side],
            links: links
                .iter()
                .map(|(choices, value)| Link {
                    choices: choices.clone(),
                    value: value[side],
                })
                .collect(),
            values: values
                .iter()
                .map(|options| options.iter().map(|value| value[side]).collect())
                .collect(),
        }))
    }
}

/// The least, the middle and the most of a product of two numbers that each lie between a least and a most.
fn times(one: [Fraction; 3], other: [Fraction; 3]) -> Option<[Fraction; 3]> {
    let [low, middle, high] = one;
    let ends = [
        low.times(other[0])?,
        low.times(other[2])?,
        high.times(other[0])?,
        high.times(other[2])?,
    ];
    let least = ends.iter().min().copied()?;
    let most = ends.iter().max().copied()?;
    Some([least, middle.times(other[1])?, most])
}

impl Names<'_> {
    fn wrong(&self, text: String) -> ScenarioError {
        ScenarioError::new(
            self.file,
            None,
            text,
            "docs/json.md shows how a scenario is written",
        )
    }

    fn choice(&self, issue: &str, option: &str) -> Result<Choice, ScenarioError> {
        let (place, options) = self
            .issues
            .get(issue)
            .ok_or_else(|| self.wrong(format!("there is no issue `{issue}`")))?;
        let option = options
            .get(option)
            .ok_or_else(|| self.wrong(format!("the issue `{issue}` has no option `{option}`")))?;
        Ok(Choice {
            issue: *place,
            option: *option,
        })
    }

    fn choices(&self, named: &BTreeMap<String, String>) -> Result<Vec<Choice>, ScenarioError> {
        named
            .iter()
            .map(|(issue, option)| self.choice(issue, option))
            .collect()
    }

    /// The least, the middle and the most of a number; all the same where it is certain.
    fn number(&self, party: &str, written: &Number) -> Result<[Fraction; 3], ScenarioError> {
        let words = written.get().trim_matches('"').replace('_', "");
        let read = || {
            let Some((least, most)) = words.split_once("..") else {
                return Some([Fraction::decimal(&words)?; 3]);
            };
            let (least, most) = (Fraction::decimal(least)?, Fraction::decimal(most)?);
            let middle = least.plus(most)?.over(Fraction::whole(2))?;
            (least <= most).then_some([least, middle, most])
        };
        read().ok_or_else(|| {
            self.wrong(format!(
                "`{}` of `{party}` is no decimal number of at most 36 digits, nor the least and the most of one, as \"3..5\"",
                written.get()
            ))
        })
    }
}
