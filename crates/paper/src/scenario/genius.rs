//! GENIUS domains and linear-additive utility profiles, as its ANAC competitions have them.
//!
//! An option is worth the issue's weight, times its evaluation, over the largest evaluation of that issue
//! (`EvaluatorDiscrete`). The reservation value is on the scale that results. A discount factor is reported and ignored.
//! Entities are not expanded and a document type is refused, so that no file can grow while it is read.

use std::collections::BTreeMap;

use onetext_bargain::{Fraction, Issue, Party, Terms};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::{Named, Scenario, ScenarioError, line_at, words};

/// How deep elements may stand in each other.
const DEEPEST: usize = 64;

/// One file: a domain or a profile.
#[derive(Debug, Default)]
struct Sheet {
    name: String,
    is_domain: bool,
    issues: Vec<Entry>,
    weights: BTreeMap<String, Fraction>,
    reservation: Fraction,
    discount: Option<String>,
}

/// An issue as a file has it: its index and name; options with evaluations.
#[derive(Debug)]
struct Entry {
    line: usize,
    index: String,
    name: String,
    options: Vec<(String, Option<Fraction>)>,
}

pub(super) fn read(
    files: &[Named<'_>],
    profiles: Option<&[String]>,
) -> Result<Scenario, ScenarioError> {
    let mut sheets = files
        .iter()
        .map(|(name, bytes)| sheet(name, bytes))
        .collect::<Result<Vec<_>, _>>()?;
    sheets.sort_by(|a, b| stem(&a.name).cmp(stem(&b.name)));
    let (domains, all): (Vec<Sheet>, Vec<Sheet>) =
        sheets.into_iter().partition(|sheet| sheet.is_domain);
    let chosen: Vec<&Sheet> = match profiles {
        None => all.iter().collect(),
        Some(names) => names
            .iter()
            .map(|name| {
                all.iter()
                    .find(|sheet| stem(&sheet.name) == name)
                    .ok_or_else(|| {
                        let known: Vec<&str> = all.iter().map(|sheet| stem(&sheet.name)).collect();
                        ScenarioError::new(
                            "",
                            None,
                            format!("there is no profile `{name}`"),
                            format!("the folder has {}", known.join(", ")),
                        )
                    })
            })
            .collect::<Result<_, _>>()?,
    };
    // Some folders of the competitions hold profiles alone: then the first that is used says what the issues are.
    let domain = match (domains.as_slice(), chosen.first()) {
        ([domain], _) => domain,
        ([], Some(first)) => *first,
        ([], None) => {
            return Err(ScenarioError::new(
                "",
                None,
                "this folder holds neither a domain nor a profile",
                "add the utility profiles, one .xml file for each party",
            ));
        }
        (several, _) => {
            let names: Vec<&str> = several.iter().map(|sheet| sheet.name.as_str()).collect();
            return Err(ScenarioError::new(
                "",
                None,
                format!("{} domain files: {}", several.len(), names.join(", ")),
                "keep one file whose first element is negotiation_template",
            ));
        }
    };
    let issues: Vec<Issue> = domain
        .issues
        .iter()
        .map(|issue| Issue {
            id: issue.name.clone(),
            options: issue
                .options
                .iter()
                .map(|(value, _)| value.clone())
                .collect(),
        })
        .collect();
    let parties = chosen
        .iter()
        .map(|sheet| party(sheet, &issues))
        .collect::<Result<_, _>>()?;
    let discounts = chosen.iter().filter_map(|sheet| {
        let factor = sheet.discount.as_ref()?;
        Some(format!(
            "{}: the discount factor {factor} is ignored",
            stem(&sheet.name)
        ))
    });
    Ok(Scenario {
        spread: None,
        remarks: discounts.collect(),
        terms: Terms {
            issues,
            parties,
            rules: Vec::new(),
        },
    })
}

/// A file's name without folders and ending.
fn stem(name: &str) -> &str {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

fn party(sheet: &Sheet, issues: &[Issue]) -> Result<Party, ScenarioError> {
    let values = issues.iter().map(|issue| {
        let Some(entry) = sheet.issues.iter().find(|entry| entry.name == issue.id) else {
            return Err(ScenarioError::new(
                &sheet.name,
                None,
                format!(
                    "the issue `{}` of the domain is not in this profile",
                    issue.id
                ),
                "add it, or leave the profile out with --profiles",
            ));
        };
        let told = |text: String| {
            ScenarioError::new(
                &sheet.name,
                Some(entry.line),
                text,
                "give each option of the domain one evaluation of 0 or more",
            )
        };
        let weight = sheet.weights.get(&entry.index).copied().ok_or_else(|| {
            ScenarioError::new(
                &sheet.name,
                Some(entry.line),
                format!("the issue `{}` has no weight", issue.id),
                format!("add <weight index=\"{}\" value=\"…\"/>", entry.index),
            )
        })?;
        let by_name: BTreeMap<&str, Option<Fraction>> = entry
            .options
            .iter()
            .map(|(value, evaluation)| (value.as_str(), *evaluation))
            .collect();
        let evaluations = issue
            .options
            .iter()
            .map(|option| {
                let evaluation = by_name.get(option.as_str()).copied().flatten();
                evaluation.ok_or_else(|| {
                    told(format!(
                        "the option `{option}` of `{}` has no evaluation",
                        issue.id
                    ))
                })
            })
            .collect::<Result<Vec<Fraction>, _>>()?;
        let most = entry
            .options
            .iter()
            .filter_map(|(_, evaluation)| *evaluation)
            .max()
            .unwrap_or(Fraction::ZERO);
        let worth = |evaluation: Fraction| match most.above() {
            0 => Some(Fraction::ZERO),
            _ => weight.times(evaluation.over(most)?),
        };
        evaluations
            .into_iter()
            .map(|evaluation| {
                worth(evaluation).ok_or_else(|| {
                    told(format!(
                        "the values of `{}` do not fit 128 bits, or are below 0",
                        issue.id
                    ))
                })
            })
            .collect()
    });
    Ok(Party {
        id: stem(&sheet.name).to_owned(),
        reservation: sheet.reservation,
        values: values.collect::<Result<_, _>>()?,
        links: Vec::new(),
    })
}

fn sheet(name: &str, bytes: &[u8]) -> Result<Sheet, ScenarioError> {
    let text = words(name, bytes)?;
    let mut reader = Reader::from_str(text);
    let mut sheet = Sheet {
        name: name.to_owned(),
        ..Sheet::default()
    };
    let (mut depth, mut seen) = (0_usize, false);
    // How options resemble each other is told inside an issue, with items of its own; it is worth nothing to a party.
    let mut aside: Option<usize> = None;
    loop {
        let place = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        let line = || {
            let text = text.as_bytes();
            let blank = text
                .iter()
                .skip(place)
                .take_while(|byte| byte.is_ascii_whitespace())
                .count();
            line_at(text, place.saturating_add(blank))
        };
        let wrong = |text: &str, hint: &str| ScenarioError::new(name, Some(line()), text, hint);
        let event = reader.read_event().map_err(|error| {
            wrong(
                &format!("this is no well-formed XML: {error}"),
                "save the file again from the program that wrote it",
            )
        })?;
        match event {
            Event::Start(element) | Event::Empty(element) if !seen => {
                seen = true;
                sheet.is_domain = match element.name().as_ref() {
                    "negotiation_template" => true,
                    "utility_space" => false,
                    _ => {
                        return Err(wrong(
                            "this is no GENIUS file; its first element is neither negotiation_template nor utility_space",
                            "move other files out of the folder",
                        ));
                    }
                };
                depth += 1;
            }
            Event::Start(element) => {
                depth += 1;
                if depth > DEEPEST {
                    return Err(wrong(
                        "elements stand too deep in each other",
                        "a GENIUS file is at most 5 deep",
                    ));
                }
                if aside.is_none() && element.name().as_ref() == "similarity_function" {
                    aside = Some(depth);
                }
                if aside.is_none() {
                    sheet.take(&element, line())?;
                }
            }
            Event::Empty(element) if aside.is_none() => sheet.take(&element, line())?,
            Event::End(_) => {
                if aside == Some(depth) {
                    aside = None;
                }
                depth = depth.saturating_sub(1);
            }
            Event::DocType(_) => {
                return Err(wrong(
                    "a document type is not read",
                    "remove the <!DOCTYPE …>",
                ));
            }
            Event::Eof if depth > 0 || !seen => {
                return Err(wrong(
                    "the file ends in the middle",
                    "get a whole copy of it",
                ));
            }
            Event::Eof => return Ok(sheet),
            _ => (),
        }
    }
}

impl Sheet {
    fn take(&mut self, element: &BytesStart<'_>, line: usize) -> Result<(), ScenarioError> {
        let told =
            |text: String, hint: &str| ScenarioError::new(&self.name, Some(line), text, hint);
        let mut given = BTreeMap::new();
        for attribute in element.attributes() {
            let attribute = attribute.map_err(|error| {
                told(
                    format!("an attribute is malformed: {error}"),
                    "write it as name=\"value\"",
                )
            })?;
            let value = attribute
                .normalized_value(quick_xml::XmlVersion::Implicit1_0)
                .map_err(|error| {
                    told(
                        format!("a value cannot be read: {error}"),
                        "write & as &amp;amp; and use no entities of your own",
                    )
                })?;
            given.insert(attribute.key.as_ref().to_owned(), value.into_owned());
        }
        let get = |key: &str| {
            given
                .get(key)
                .cloned()
                .ok_or_else(|| told(format!("{key} is missing here"), "add it as an attribute"))
        };
        let number = |words: &str| {
            Fraction::decimal(words).ok_or_else(|| {
                told(
                    format!("`{words}` is no decimal number of at most 36 digits"),
                    "write it as in 0.25",
                )
            })
        };
        match element.name().as_ref() {
            "issue" => {
                let kind = given
                    .get("vtype")
                    .or(given.get("type"))
                    .map_or("discrete", String::as_str);
                if kind != "discrete" {
                    return Err(told(
                        format!("an issue of type {kind} is not read"),
                        "list its values as a discrete issue",
                    ));
                }
                let (index, name) = (get("index")?, get("name")?);
                if self.issues.iter().any(|issue| issue.name == name) {
                    return Err(told(
                        format!("the issue `{name}` is here twice"),
                        "give each issue its own name",
                    ));
                }
                self.issues.push(Entry {
                    line,
                    index,
                    name,
                    options: Vec::new(),
                });
            }
            "item" => {
                let value = get("value")?;
                let evaluation = given
                    .get("evaluation")
                    .map(|words| number(words))
                    .transpose()?;
                match self.issues.last_mut() {
                    Some(issue) => issue.options.push((value, evaluation)),
                    None => {
                        return Err(told(
                            "this item belongs to no issue".to_owned(),
                            "put it inside an issue",
                        ));
                    }
                }
            }
            "weight" => {
                let (index, weight) = (get("index")?, number(&get("value")?)?);
                self.weights.insert(index, weight);
            }
            "reservation" => self.reservation = number(&get("value")?)?,
            "discount_factor" => {
                let factor = get("value")?;
                let none = number(&factor)? == Fraction::whole(1);
                self.discount = (!none).then_some(factor);
            }
            _ => (),
        }
        Ok(())
    }
}
