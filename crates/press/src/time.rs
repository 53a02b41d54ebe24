//! When: the words of a report, worked out against its day.

use std::fmt;
use std::ops::Range;

use serde::Serialize;

use crate::offsets::Offsets;
use crate::page::{Page, Sentence, Shape};
use crate::phrases::same;
use crate::rules::*;
use crate::work::step;

/// A day, counted from 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(i64);

/// A time as a report gives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Moment {
    /// The words.
    pub text: String,
    /// Their first code point.
    pub start: usize,
    /// Behind their last.
    pub end: usize,
    /// `day`, `weekend`, `days`, `week`, `weeks`, `month`, `months`, `open` or `relative`.
    pub precision: String,
    /// The day, or the span `FROM/TO`; null where the words or the report give none.
    pub on: Option<String>,
}

impl Day {
    /// Reads `YYYY-MM-DD`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Day> {
        let mut parts = text.splitn(3, '-').map(|part| part.parse::<i64>().ok());
        let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
        Day::of(year, month, day).filter(|d| d.civil() == (year, month, day))
    }

    /// The day of a year, a month and a day; days from civil, after Hinnant.
    fn of(year: i64, month: i64, day: i64) -> Option<Day> {
        if !(1..=12).contains(&month) || !(1..=31).contains(&day) || !(1000..=9999).contains(&year)
        {
            return None;
        }
        let y = if month <= 2 { year - 1 } else { year };
        let (era, yoe) = (y.div_euclid(400), y.rem_euclid(400));
        let doy = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        Some(Day(
            era * 146_097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719_468
        ))
    }

    fn civil(self) -> (i64, i64, i64) {
        let z = self.0 + 719_468;
        let (era, doe) = (z.div_euclid(146_097), z.rem_euclid(146_097));
        let yoe = (doe - doe / 1460 + doe / 36524 - doe / 146_096) / 365;
        let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
        let mp = (5 * doy + 2) / 153;
        let month = if mp < 10 { mp + 3 } else { mp - 9 };
        (
            yoe + era * 400 + i64::from(month <= 2),
            month,
            doy - (153 * mp + 2) / 5 + 1,
        )
    }

    /// Days since Monday.
    fn weekday(self) -> i64 {
        (self.0 + 3).rem_euclid(7)
    }

    fn plus(self, days: i64) -> Day {
        Day(self.0 + days)
    }

    fn month(self, months: i64) -> Option<String> {
        let (year, month, _) = self.civil();
        let count = year * 12 + month - 1 + months;
        Some(format!(
            "{:04}-{:02}",
            count.div_euclid(12),
            count.rem_euclid(12) + 1
        ))
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.civil();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

fn span(from: Day, to: Day) -> String {
    if from == to {
        from.to_string()
    } else {
        format!("{from}/{to}")
    }
}

/// The times of sentences, each looked for once as long as questions come in the order of the text.
pub(crate) struct Moments<'a> {
    pub(crate) page: &'a Page<'a>,
    pub(crate) rules: &'a Rules,
    pub(crate) offsets: &'a Offsets<'a>,
    /// The day of the report.
    pub(crate) day: Option<Day>,
    pub(crate) last: Option<(usize, Option<Moment>)>,
}

impl Moments<'_> {
    /// The time that a sentence names.
    pub(crate) fn of(&mut self, index: usize) -> Option<Moment> {
        if let Some((known, moment)) = &self.last
            && *known == index
        {
            return moment.clone();
        }
        let sentence = self.page.sentences.get(index)?;
        let found = moment(self.page, self.rules, sentence, self.day, self.offsets);
        self.last = Some((index, found.clone()));
        found
    }
}

/// The first time that a sentence names outside its quotations.
fn moment(
    page: &Page,
    rules: &Rules,
    sentence: &Sentence,
    report: Option<Day>,
    offsets: &Offsets,
) -> Option<Moment> {
    let end = sentence.tokens.end;
    for at in sentence.tokens.clone() {
        step(1);
        let found = dated(page, rules, at, end, report).or_else(|| {
            let (rule, tokens) =
                page.phrases_at(sentence, at)
                    .find_map(|phrase| match phrase.sense {
                        Sense::Time(index) => rules
                            .times
                            .get(index)
                            .map(|rule| (rule, phrase.tokens.clone())),
                        _ => None,
                    })?;
            Some((
                tokens,
                rule.precision.clone(),
                report.and_then(|day| worked_out(rule, day)),
            ))
        });
        if let Some((tokens, precision, on)) = found {
            let before = tokens.start.checked_sub(1).filter(|b| {
                *b >= sentence.tokens.start && precision == "day" && page.tokens[*b].is(PREPOSITION)
            });
            let first = &page.tokens[before.unwrap_or(tokens.start)];
            let last = &page.tokens[tokens.end - 1];
            return Some(Moment {
                text: page.slice(first.start..last.end).to_owned(),
                start: offsets.at(first.start),
                end: offsets.at(last.end),
                precision,
                on,
            });
        }
    }
    None
}

fn worked_out(rule: &TimeRule, day: Day) -> Option<String> {
    let monday = day.plus(-day.weekday());
    match rule.rule.as_deref() {
        Some("weekend") => {
            // The weekend that began last.
            let saturday = day.plus(-((day.weekday() + 2) % 7));
            Some(span(saturday, saturday.plus(1)))
        }
        Some("last-week") => Some(span(monday.plus(-7), monday.plus(-1))),
        Some("this-week") => Some(span(monday, monday.plus(6))),
        Some("next-week") => Some(span(monday.plus(7), monday.plus(13))),
        Some("last-month") => day.month(-1),
        Some("this-month") => day.month(0),
        Some("next-month") => day.month(1),
        _ => Some(span(day.plus(rule.from?), day.plus(rule.to?))),
    }
}

/// `Tuesday`, `12 March`, `March 12, 2031`.
pub(crate) fn dated(
    page: &Page,
    rules: &Rules,
    at: usize,
    end: usize,
    report: Option<Day>,
) -> Option<(Range<usize>, String, Option<String>)> {
    let token = &page.tokens[at];
    if token.is(WEEKDAY) && token.capital {
        let wanted = i64::try_from(
            rules
                .weekdays
                .iter()
                .position(|day| same(page.token(at), day))?,
        )
        .ok()?;
        let ahead = at
            .checked_sub(3)
            .is_some_and(|from| page.tokens[from..at].iter().any(|t| t.is(FUTURE)));
        let on = report.map(|day| {
            let back = (day.weekday() - wanted).rem_euclid(7);
            if ahead {
                day.plus((7 - back) % 7)
            } else {
                day.plus(-back)
            }
            .to_string()
        });
        return Some((at..at + 1, "day".into(), on));
    }
    let month_at = |index: usize| -> Option<i64> {
        let token = page
            .tokens
            .get(index)
            .filter(|t| index < end && t.is(MONTH) && t.capital)?;
        let prefix: String = page
            .slice(token.start..token.end)
            .to_lowercase()
            .chars()
            .take(3)
            .collect();
        rules
            .months
            .iter()
            .take(12)
            .position(|m| m.starts_with(&prefix))
            .and_then(|m| i64::try_from(m + 1).ok())
    };
    let number_at = |index: usize| -> Option<i64> {
        page.tokens
            .get(index)
            .filter(|t| index < end && matches!(t.shape, Shape::Number))?;
        page.token(index).parse().ok()
    };
    let (month, day, mut next) = if let Some(month) = month_at(at) {
        (month, number_at(at + 1)?, at + 2)
    } else {
        (month_at(at + 1)?, number_at(at)?, at + 2)
    };
    if page.tokens.get(next).is_some_and(|t| t.sign(","))
        && number_at(next + 1).is_some_and(|n| n > 1000)
    {
        next += 1;
    }
    let year = number_at(next).filter(|n| (1000..=9999).contains(n));
    if year.is_none()
        && page
            .tokens
            .get(next.wrapping_sub(1))
            .is_some_and(|t| t.sign(","))
    {
        next -= 1;
    }
    let stop = next + usize::from(year.is_some());
    let guess = || {
        let (report_year, ..) = report?.civil();
        let same_year = Day::of(report_year, month, day)?;
        // Without a year, the day nearest to the report.
        if same_year > report?.plus(183) {
            Day::of(report_year - 1, month, day)
        } else {
            Some(same_year)
        }
    };
    let on = year.map_or_else(guess, |year| Day::of(year, month, day));
    Some((at..stop, "day".into(), on.map(|day| day.to_string())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_come_and_go() {
        for text in ["1970-01-01", "2024-02-29", "2031-03-12", "1999-12-31"] {
            assert_eq!(Day::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(Day::parse("2023-02-29"), None);
        assert_eq!(Day::parse("2031-03-12").unwrap().weekday(), 2);
    }

    #[track_caller]
    fn check(text: &str, words: &str, on: &str) {
        let rules = Rules::english().unwrap();
        let page = Page::new(&rules, text);
        let found = moment(
            &page,
            &rules,
            &page.sentences[0],
            Day::parse("2031-03-12"),
            &Offsets::new(text),
        )
        .unwrap();
        assert_eq!(
            (found.text.as_str(), found.on.as_deref().unwrap_or_default()),
            (words, on)
        );
    }

    #[test]
    fn against_the_day_of_the_report() {
        check("Hale met Belov on Tuesday.", "on Tuesday", "2031-03-11");
        check("Hale will travel on Friday.", "on Friday", "2031-03-14");
        check(
            "They spoke over the weekend.",
            "over the weekend",
            "2031-03-08/2031-03-09",
        );
        check(
            "They met in recent days.",
            "in recent days",
            "2031-03-05/2031-03-12",
        );
        check("They met on 2 March.", "on 2 March", "2031-03-02");
        check(
            "They met on March 2, 2030, in Orsk.",
            "on March 2, 2030",
            "2030-03-02",
        );
        check("They met last month.", "last month", "2031-02");
        check("They hope to meet in due course.", "in due course", "");
    }
}
