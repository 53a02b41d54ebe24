//! Scenarios of NegMAS in YAML, or in the JSON that it writes: a domain, and a utility function for each party.
//!
//! A party's utility is the bias, and for each issue its weight times the value of the option: a table, or a linear function
//! of a number. Nothing is divided by a maximum (unlike GENIUS): the numbers are as the files have them. A reserved value of
//! minus infinity is none: the least that the options can add up to stands for it. Discounts are reported and ignored.

use std::collections::BTreeMap;
use std::rc::Rc;

use onetext_bargain::{Fraction, Issue, Party, Terms};

use super::yaml::{self, Node, Value};
use super::{Named, Scenario, ScenarioError, words};

/// The most numbers that a range stands for.
const LONGEST: i64 = 1_000_000;

/// A file: its name without folders and ending, and what it says.
struct Sheet<'f> {
    file: &'f str,
    node: Rc<Node>,
}

pub(super) fn read(
    files: &[Named<'_>],
    profiles: Option<&[String]>,
) -> Result<Scenario, ScenarioError> {
    let mut sheets = Vec::new();
    for (file, bytes) in files {
        let node = yaml::read(file, words(file, bytes)?)?;
        sheets.push(Sheet { file, node });
    }
    sheets.sort_by(|a, b| stem(a.file).cmp(stem(b.file)));
    let (domains, others): (Vec<Sheet<'_>>, Vec<Sheet<'_>>) = sheets
        .into_iter()
        .partition(|sheet| sheet.node.get("issues").is_some() && !is_function(&sheet.node));
    let (all, neither): (Vec<Sheet<'_>>, Vec<Sheet<'_>>) = others
        .into_iter()
        .partition(|sheet| is_function(&sheet.node));
    let mut remarks: Vec<String> = neither
        .iter()
        .map(|sheet| {
            format!(
                "{}: neither a domain nor a utility function, and not read",
                stem(sheet.file)
            )
        })
        .collect();
    let chosen: Vec<&Sheet<'_>> = match profiles {
        None => all.iter().collect(),
        Some(names) => names
            .iter()
            .map(|name| {
                let found = all.iter().find(|sheet| stem(sheet.file) == name);
                found.ok_or_else(|| {
                    let known: Vec<&str> = all.iter().map(|sheet| stem(sheet.file)).collect();
                    ScenarioError::new(
                        "",
                        None,
                        format!("there is no utility function `{name}`"),
                        format!("the folder has {}", known.join(", ")),
                    )
                })
            })
            .collect::<Result<_, _>>()?,
    };
    // Some folders hold utility functions alone, each with the domain in it.
    let inside = chosen.iter().find_map(|sheet| {
        let own = sheet.node.get("outcome_space")?;
        own.get("issues").map(|_| (sheet.file, Rc::clone(own)))
    });
    let (file, domain) = match (domains.as_slice(), inside) {
        ([domain], _) => (domain.file, Rc::clone(&domain.node)),
        ([], Some(inside)) => inside,
        ([], None) => {
            return Err(ScenarioError::new(
                "",
                None,
                "this folder holds no domain of NegMAS: no file has `issues`",
                "add the file of the domain, as Scenario.dumpas writes it",
            ));
        }
        (several, _) => {
            let names: Vec<&str> = several.iter().map(|sheet| sheet.file).collect();
            return Err(ScenarioError::new(
                "",
                None,
                format!(
                    "{} files with `issues`: {}",
                    several.len(),
                    names.join(", ")
                ),
                "keep one domain a folder",
            ));
        }
    };
    let issues = Reading { file }.issues(&domain)?;
    let mut parties = Vec::new();
    for sheet in chosen {
        let reading = Reading { file: sheet.file };
        parties.push(reading.party(stem(sheet.file), &sheet.node, &issues, &mut remarks)?);
    }
    Ok(Scenario {
        terms: Terms {
            issues,
            parties,
            rules: Vec::new(),
        },
        spread: None,
        remarks,
    })
}

/// A file's name without folders and ending.
fn stem(name: &str) -> &str {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// The class that a node says it is, without its module.
fn class(node: &Node) -> &str {
    let named = ["type", "__python_class__", "python_class__", "class"]
        .iter()
        .find_map(|key| node.get(key)?.words());
    named.map_or("", |name| name.rsplit('.').next().unwrap_or(name))
}

/// Whether a node is a utility function.
fn is_function(node: &Node) -> bool {
    let class = class(node).to_ascii_lowercase();
    class.contains("ufun")
        || class.contains("utilityfunction")
        || node.get("reserved_value").is_some()
        || (node.get("values").is_some() && node.get("weights").is_some())
}

struct Reading<'f> {
    file: &'f str,
}

impl Reading<'_> {
    fn wrong(&self, line: usize, text: impl Into<String>, hint: &str) -> ScenarioError {
        ScenarioError::new(self.file, Some(line), text, hint)
    }

    fn number(&self, node: &Node) -> Result<Fraction, ScenarioError> {
        let words = node.words().unwrap_or_default();
        Fraction::decimal(&words.replace('_', "")).ok_or_else(|| {
            self.wrong(
                node.line,
                format!("`{words}` is no decimal number of at most 36 digits"),
                "write it as in 0.25",
            )
        })
    }

    fn issues(&self, domain: &Node) -> Result<Vec<Issue>, ScenarioError> {
        let list = domain.get("issues").and_then(|issues| issues.list());
        let Some(list) = list else {
            return Err(self.wrong(domain.line, "`issues` is no list", "list the issues"));
        };
        let mut issues: Vec<Issue> = Vec::new();
        for node in list {
            let name = node.get("name").and_then(|name| name.words());
            let id = name.map_or_else(|| format!("issue {}", issues.len() + 1), str::to_owned);
            if issues.iter().any(|issue| issue.id == id) {
                let text = format!("the issue `{id}` is here twice");
                return Err(self.wrong(node.line, text, "give each issue its own name"));
            }
            issues.push(Issue {
                options: self.options(node)?,
                id,
            });
        }
        Ok(issues)
    }

    /// The options of an issue: a list; or a range, of which every whole number is one.
    fn options(&self, issue: &Node) -> Result<Vec<String>, ScenarioError> {
        let Some(values) = issue.get("values") else {
            return Err(self.wrong(issue.line, "this issue has no `values`", "list its values"));
        };
        let class = class(issue);
        if class.contains("Continuous") || class.contains("Infinite") {
            return Err(self.wrong(
                issue.line,
                format!("an issue of type {class} is not read: its values cannot be listed"),
                "list its values as a categorical issue",
            ));
        }
        let whole = |node: &Node| node.words().and_then(|words| words.parse::<i64>().ok());
        let range = |from: i64, to: i64| match to.checked_sub(from) {
            Some(span) if span < LONGEST => Ok((from..=to).map(|n| n.to_string()).collect()),
            _ => Err(self.wrong(
                values.line,
                "this range has more than a million values",
                "list the values that are wanted",
            )),
        };
        if let Some(count) = whole(values) {
            return range(0, count - 1);
        }
        let list = values.list().unwrap_or_default();
        if let ([from, to], true) = (
            list,
            class.contains("Contiguous") || class.contains("Range"),
        ) && let (Some(from), Some(to)) = (whole(from), whole(to))
        {
            return range(from, to);
        }
        let options: Option<Vec<String>> = list
            .iter()
            .map(|own| own.words().map(str::to_owned))
            .collect();
        let options = options.filter(|own| !own.is_empty()).ok_or_else(|| {
            self.wrong(
                values.line,
                "`values` is no list of words or numbers",
                "list the values",
            )
        })?;
        let mut seen: Vec<&String> = options.iter().collect();
        seen.sort_unstable();
        match seen.windows(2).find(|pair| pair[0] == pair[1]) {
            None => Ok(options),
            Some(pair) => Err(self.wrong(
                values.line,
                format!("the value `{}` is here twice", pair[0]),
                "name each value once",
            )),
        }
    }

    fn party(
        &self,
        id: &str,
        node: &Node,
        issues: &[Issue],
        remarks: &mut Vec<String>,
    ) -> Result<Party, ScenarioError> {
        // A discount stands around the function that it discounts.
        if let Some(inner) = node
            .get("ufun")
            .filter(|_| class(node).contains("Discounted"))
        {
            remarks.push(format!("{id}: its discount is ignored"));
            return self.party(id, inner, issues, remarks);
        }
        let class = class(node);
        let values = match node.get("values") {
            Some(values)
                if class.contains("Additive") || class.is_empty() || class.contains("Linear") =>
            {
                values
            }
            _ => {
                return Err(self.wrong(
                    node.line,
                    format!("a utility function of type {class} is not read"),
                    "write it as LinearAdditiveUtilityFunction; links between issues go into OneText's own form",
                ));
            }
        };
        let bias = node.get("bias").filter(|own| !own.is_null());
        let bias = bias.map(|own| self.number(own)).transpose()?;
        let mut worth = Vec::with_capacity(issues.len());
        for (place, issue) in issues.iter().enumerate() {
            let weight = match node.get("weights").filter(|own| !own.is_null()) {
                None => Fraction::whole(1),
                Some(weights) => self.number(self.of_issue(weights, place, issue)?)?,
            };
            let function = self.of_issue(values, place, issue)?;
            let mut own = self.function(function, issue)?;
            for value in &mut own {
                *value = value
                    .times(weight)
                    .ok_or_else(|| self.wide(function, issue))?;
            }
            worth.push(own);
        }
        if let (Some(bias), Some(first)) = (bias, worth.first_mut()) {
            for value in first {
                *value = value
                    .plus(bias)
                    .ok_or_else(|| self.wide(node, &issues[0]))?;
            }
        }
        let reserved = node.get("reserved_value").filter(|own| !own.is_null());
        let reservation = match reserved {
            Some(own) if !is_infinite(own) => self.number(own)?,
            _ => {
                remarks.push(format!(
                    "{id}: it has no reserved value; any package is acceptable to it"
                ));
                let least = worth.iter().map(|options| options.iter().min());
                let sum = least
                    .flatten()
                    .try_fold(Fraction::ZERO, |sum, own| sum.plus(*own));
                sum.ok_or_else(|| self.wide(node, &issues[0]))?
            }
        };
        Ok(Party {
            id: id.to_owned(),
            reservation,
            values: worth,
            links: Vec::new(),
        })
    }

    fn wide(&self, node: &Node, issue: &Issue) -> ScenarioError {
        let text = format!("the values of `{}` do not fit 128 bits", issue.id);
        self.wrong(node.line, text, "write them with fewer digits")
    }

    /// What stands for one issue: by its place in a list, or by its name.
    fn of_issue<'n>(
        &self,
        node: &'n Node,
        place: usize,
        issue: &Issue,
    ) -> Result<&'n Rc<Node>, ScenarioError> {
        let found = match &node.value {
            Value::List(items) => items.get(place),
            _ => node.get(&issue.id),
        };
        found.ok_or_else(|| {
            let text = format!("nothing is said here of the issue `{}`", issue.id);
            self.wrong(
                node.line,
                text,
                "give one entry for each issue of the domain",
            )
        })
    }

    /// What each option of an issue is worth before the weight.
    fn function(&self, node: &Node, issue: &Issue) -> Result<Vec<Fraction>, ScenarioError> {
        let class = class(node);
        let mapping = node.get("mapping").map(|own| &own.value);
        let entries = match (mapping, &node.value) {
            (Some(Value::Map(entries)), _) => Some(entries),
            (None, Value::Map(entries)) if class.is_empty() => Some(entries),
            _ => None,
        };
        if let Some(entries) = entries {
            let by_name: BTreeMap<&str, &Rc<Node>> = entries
                .iter()
                .filter_map(|(key, value)| Some((key.words()?, value)))
                .collect();
            let worth = issue.options.iter().map(|option| {
                let own = by_name.get(option.as_str()).ok_or_else(|| {
                    let text = format!("the option `{option}` of `{}` has no value", issue.id);
                    self.wrong(node.line, text, "give each option of the domain a number")
                })?;
                self.number(own)
            });
            return worth.collect();
        }
        let part = |key: &str, otherwise: i64| {
            let own = node.get(key).filter(|own| !own.is_null());
            own.map_or(Ok(Fraction::whole(otherwise)), |own| self.number(own))
        };
        let (slope, bias) = match class {
            "IdentityFun" => (Fraction::whole(1), part("bias", 0)?),
            "LinearFun" | "AffineFun" => (part("slope", 1)?, part("bias", 0)?),
            "ConstFun" => (Fraction::ZERO, part("bias", 0)?),
            _ => {
                return Err(self.wrong(
                    node.line,
                    format!("a value function of type {class} is not read"),
                    "write it as a table: TableFun with a mapping",
                ));
            }
        };
        let worth = issue.options.iter().map(|option| {
            if slope == Fraction::ZERO {
                return Ok(bias);
            }
            let number = Fraction::decimal(option).ok_or_else(|| {
                let text = format!("the option `{option}` of `{}` is no number", issue.id);
                self.wrong(node.line, text, "write the function as a table")
            })?;
            let own = number.times(slope).and_then(|own| own.plus(bias));
            own.ok_or_else(|| self.wide(node, issue))
        });
        worth.collect()
    }
}

/// Whether a number is written as infinite, or as none at all.
fn is_infinite(node: &Node) -> bool {
    let words = node.words().unwrap_or_default().to_ascii_lowercase();
    let plain = words.trim_start_matches(['+', '-']).trim_start_matches('.');
    ["inf", "infinity", "nan"].contains(&plain)
}
