//! Where a study that comes from a process takes its points, options and preferences from.

use onetext_talks::{LeftOutPoint, OpenOption, OpenPoint, SeatId};
use serde_json::{Map, Value, json};

use super::Answer;

/// What is weighed of a process, and why that and nothing else.
#[derive(Debug, Clone, PartialEq)]
pub struct FromProcess {
    /// The points that are weighed, in the order of the study.
    pub points: Vec<OpenPoint>,
    /// What is open, or proposed, and is not weighed.
    pub left_out: Vec<LeftOutPoint>,
    /// Whose preferences are known here.
    pub preferred: Vec<Preferred>,
    /// What no longer counts, was set aside, or is out.
    pub remarks: Vec<String>,
}

/// On which acts what is known of one party's preferences rests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preferred {
    /// The party.
    pub party: SeatId,
    /// Its own.
    pub own: Vec<String>,
    /// Those of others, who estimate.
    pub estimated: Vec<String>,
}

/// How many characters of an option's words a table shows.
const SHORT: usize = 36;

impl FromProcess {
    /// An option as a table shows it: its name, and the first of its words.
    pub(super) fn option(&self, issue: usize, name: &str) -> String {
        let point = self.points.get(issue);
        let option = point.and_then(|point| point.options.iter().find(|own| own.name == name));
        option.map_or(name.to_owned(), |own| format!("{name}: {}", short(own)))
    }

    /// The package that the drafts have as they stand; none where a point is in brackets.
    #[must_use]
    pub fn current(&self) -> Option<Vec<usize>> {
        let own = self.points.iter();
        own.map(|point| point.options.iter().position(|option| option.current))
            .collect()
    }

    /// The points with their options, what was left out, and on whose word it rests, as lines.
    pub(super) fn lines(&self) -> Vec<String> {
        let mut lines = vec!["What is weighed, and why:".to_owned()];
        for point in &self.points {
            lines.push(format!(
                "  {} of {}: {}",
                point.path,
                point.draft,
                point.because.join("; ")
            ));
            for option in &point.options {
                let words = match option.words.as_str() {
                    "" => "nothing: it would go",
                    words => words,
                };
                let by: Vec<&str> = option.by.iter().map(SeatId::as_str).collect();
                let by = match by.is_empty() {
                    true => String::new(),
                    false => format!(" (proposed by {})", by.join(", ")),
                };
                lines.push(format!("    {}{by}: {words}", option.name));
            }
        }
        if !self.left_out.is_empty() {
            lines.push("Open or proposed, and not weighed:".to_owned());
            let left = self.left_out.iter();
            lines.extend(left.map(|left| format!("  {}: {}", left.about, left.because)));
        }
        lines.push("What the numbers rest on:".to_owned());
        for own in &self.preferred {
            let mut parts = Vec::new();
            if !own.own.is_empty() {
                parts.push(format!("its own word ({})", own.own.join(", ")));
            }
            if !own.estimated.is_empty() {
                parts.push(format!("an estimate ({})", own.estimated.join(", ")));
            }
            lines.push(format!("  {}: {}", own.party, parts.join(" and ")));
        }
        lines.push(
            "  Numbers are hundredths of the party's best package: of all that agree with its orders and swaps, the mean of the extremes."
                .to_owned(),
        );
        lines
    }

    /// The same as JSON: the fields of an answer that comes from a process.
    pub(super) fn fields(&self, answer: &Answer) -> Map<String, Value> {
        let points = self.points.iter().enumerate().map(|(issue, point)| {
            let options = point.options.iter().enumerate().map(|(place, option)| {
                let worth = answer.terms.parties.iter().map(|party| {
                    let values = party.values.get(issue);
                    let own = values.and_then(|values| values.get(place));
                    own.map_or(Value::Null, |own| own.shown().into())
                });
                json!({
                    "name": option.name,
                    "words": option.words,
                    "acts": option.acts,
                    "by": option.by,
                    "current": option.current,
                    "red_lines": option.red_lines,
                    "worth": worth.collect::<Vec<_>>(),
                })
            });
            json!({
                "id": point.id,
                "text": point.text,
                "draft": point.draft,
                "path": point.path,
                "words": point.words,
                "because": point.because,
                "options": options.collect::<Vec<_>>(),
            })
        });
        let preferences = self
            .preferred
            .iter()
            .map(|own| json!({ "party": own.party, "own": own.own, "estimated": own.estimated }));
        let mut fields = Map::new();
        fields.insert("points".to_owned(), points.collect());
        fields.insert("left_out".to_owned(), json!(self.left_out));
        fields.insert("preferences".to_owned(), preferences.collect());
        fields
    }
}

fn short(option: &OpenOption) -> String {
    if option.words.is_empty() {
        return "(nothing)".to_owned();
    }
    let mut words = String::new();
    for word in option.words.split(' ') {
        if words.chars().count() + word.chars().count() > SHORT {
            words.push('…');
            break;
        }
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    }
    words
}
