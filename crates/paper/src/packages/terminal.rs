//! A package study as a page for reading: what each solution gives on each point, and to whom.

use onetext_bargain::{Given, Point};
use unicode_width::UnicodeWidthStr;

use super::{Answer, plain, shown};

/// How many packages of the frontier a page lists.
const LISTED: usize = 20;

/// The page, for so many columns.
#[must_use]
pub fn page(answer: &Answer, width: usize) -> String {
    let mut page = String::new();
    let mut line = |words: &str| {
        page.push_str(words.trim_end());
        page.push('\n');
    };
    line(&answer.heading());
    line(&answer.exactness());
    for remark in &answer.remarks {
        line(&format!("note: {remark}"));
    }
    line("");
    match answer.why() {
        Some(why) => {
            line(&format!("No package is acceptable to all: {why}."));
        }
        None => answer.solutions(width).iter().for_each(|words| line(words)),
    }
    if let Some(given) = &answer.given {
        line("");
        answer.told(given).iter().for_each(|words| line(words));
    }
    if !answer.study.frontier.is_empty() {
        line("");
        answer.listed(width).iter().for_each(|words| line(words));
    }
    if let Some(robust) = &answer.robust {
        line("");
        answer
            .robust_lines(robust, width)
            .iter()
            .for_each(|words| line(words));
    }
    if let Some(process) = &answer.process {
        line("");
        process.lines().iter().for_each(|words| line(words));
    }
    page
}

impl Answer {
    fn heading(&self) -> String {
        let (issues, parties) = (self.terms.issues.len(), self.terms.parties.len());
        format!(
            "{}: {}, {}, {} packages",
            self.name,
            many(issues, "point"),
            many(parties, "party"),
            grouped(&self.study.outcomes)
        )
    }

    fn exactness(&self) -> String {
        let count = many(self.study.frontier.len(), "package");
        let which = match (self.ignore_reservation, self.study.frontier.len()) {
            (true, _) => ", whether a party would accept it or not",
            (false, _) => ", and that give every party its reservation",
        };
        match &self.study.epsilon {
            None => format!(
                "Frontier: {count} that no other package betters for anyone at nobody's cost{which}. Exact."
            ),
            Some(epsilon) => {
                let most = self.terms.parties.iter().zip(epsilon);
                let most: Vec<String> = most
                    .map(|(party, epsilon)| format!("{} {}", party.id, shown(*epsilon)))
                    .collect();
                format!(
                    "Frontier: {count}, not exact. For every package that was left out, one listed gives each party at most \
                     this much less: {}.",
                    most.join(", ")
                )
            }
        }
    }

    /// One column for each package that is a solution, one row for each point and each party.
    fn solutions(&self, width: usize) -> Vec<String> {
        let mut columns: Vec<(Vec<&str>, &Point)> = Vec::new();
        for named in self.named() {
            let point = &named.solution.point;
            match columns
                .iter_mut()
                .find(|(_, own)| own.package == point.package)
            {
                Some((names, _)) => names.push(named.name),
                None => columns.push((vec![named.name], point)),
            }
        }
        let head = std::iter::once(String::new())
            .chain(columns.iter().map(|(names, _)| names.join(", ")))
            .collect();
        let mut rows: Vec<Vec<String>> = vec![head];
        for (place, issue) in self.terms.issues.iter().enumerate() {
            let options = columns
                .iter()
                .map(|(_, point)| self.option_told(point, place));
            rows.push(std::iter::once(issue.id.clone()).chain(options).collect());
        }
        let above = rows.len();
        for (place, party) in self.terms.parties.iter().enumerate() {
            let gives = columns.iter().map(|(_, point)| self.gives(point, place));
            let own = format!("to {}", party.id);
            rows.push(std::iter::once(own).chain(gives).collect());
        }
        let mut lines = table(&rows, &[1, above], width);
        lines.push(String::new());
        lines.push("In brackets: the gain over the party's reservation.".to_owned());
        lines.extend(self.named().iter().map(|named| {
            let value = plain(named.solution.value);
            let proof = match named.solution.at_most {
                None => String::new(),
                Some(most) if most.is_finite() => {
                    format!("; not proven the best, none passes {}", plain(most))
                }
                Some(_) => "; not proven the best".to_owned(),
            };
            format!("  {}: {} {value}{proof}", named.name, named.says)
        }));
        lines
    }

    /// An option as a table shows it: where it comes from a process, with the first of its words.
    fn option_told(&self, point: &Point, place: usize) -> String {
        let name = self.option(point, place);
        match &self.process {
            Some(process) => process.option(place, name),
            None => name.to_owned(),
        }
    }

    /// What a package gives a party, and what it gains.
    fn gives(&self, point: &Point, party: usize) -> String {
        let (Some(utility), Some(own)) =
            (point.utilities.get(party), self.terms.parties.get(party))
        else {
            return String::new();
        };
        let gain = utility.shown() - own.reservation.shown();
        let sign = if gain < 0.0 { "" } else { "+" };
        format!("{} ({sign}{})", shown(*utility), plain(gain))
    }

    /// What is found about a package that was named.
    fn told(&self, given: &Given) -> Vec<String> {
        let id = |party: usize| {
            self.terms
                .parties
                .get(party)
                .map_or("", |party| party.id.as_str())
        };
        let gives: Vec<String> = (0..self.terms.parties.len())
            .map(|party| format!("{} {}", id(party), self.gives(&given.point, party)))
            .collect();
        let mut lines = vec![format!("The given package gives {}.", gives.join(", "))];
        for rule in &given.barred_by {
            lines.push(format!(
                "  It is barred by the constraint no. {}.",
                rule + 1
            ));
        }
        for party in &given.refused_by {
            lines.push(format!("  {} gets less than its reservation.", id(*party)));
        }
        lines.push(match given.efficient {
            Some(true) => "  Nobody could gain at nobody's cost.".to_owned(),
            Some(false) => "  Somebody could gain at nobody's cost:".to_owned(),
            None => "  Whether somebody could gain at nobody's cost was not settled within the limit of steps.".to_owned(),
        });
        for (party, better) in given.gains.iter().enumerate() {
            let Some(better) = better else { continue };
            let other = (0..self.terms.issues.len())
                .filter(|place| better.package.get(*place) != given.point.package.get(*place));
            let changes: Vec<String> = other
                .filter_map(|place| {
                    Some(format!(
                        "{}: {}",
                        self.terms.issues.get(place)?.id,
                        self.option(better, place)
                    ))
                })
                .collect();
            let gives: Vec<String> = (0..self.terms.parties.len())
                .map(|own| format!("{} {}", id(own), self.gives(better, own)))
                .collect();
            lines.push(format!(
                "  {} at most with {}; then {}",
                id(party),
                changes.join(", "),
                gives.join(", ")
            ));
        }
        if let Some(weights) = &given.weights {
            let weights: Vec<String> = weights
                .iter()
                .enumerate()
                .map(|(party, weight)| format!("{} × {}", id(party), weight.shown()))
                .collect();
            lines.push(format!(
                "  Checked by hand: weigh {}; on every point no other option adds up to more.",
                weights.join(" + ")
            ));
        }
        lines.extend(self.named().iter().map(|named| {
            let apart = self.apart(&given.point, &named.solution.point);
            format!("  {}: {} from it", named.name, many(apart, "point"))
        }));
        lines
    }

    fn listed(&self, width: usize) -> Vec<String> {
        let frontier = &self.study.frontier;
        let ids = self.terms.parties.iter().map(|party| party.id.clone());
        let mut rows: Vec<Vec<String>> = vec![ids.collect()];
        if let Some(head) = rows.first_mut() {
            head.push("package".to_owned());
        }
        for (place, point) in frontier.iter().take(LISTED).enumerate() {
            let mut row: Vec<String> = point.utilities.iter().map(|own| shown(*own)).collect();
            let options = (0..self.terms.issues.len()).map(|issue| self.option(point, issue));
            row.push(options.collect::<Vec<_>>().join(" · "));
            rows.push(row);
            let same = self.same.as_ref().and_then(|same| same.get(place));
            for other in same.iter().flat_map(|(packages, _)| packages) {
                if *other != point.package {
                    let mut row = vec!["the same".to_owned()];
                    row.resize(self.terms.parties.len(), String::new());
                    let options = other.iter().enumerate();
                    let options = options.map(|(issue, option)| self.option_of(issue, *option));
                    row.push(options.collect::<Vec<_>>().join(" · "));
                    rows.push(row);
                }
            }
            if same.is_some_and(|(_, whole)| !whole) {
                let mut row = vec![String::new(); self.terms.parties.len()];
                row.push("… more packages give the same; not all were listed".to_owned());
                rows.push(row);
            }
        }
        let mut lines = vec!["The frontier, the least for the first party first:".to_owned()];
        lines.extend(table(&rows, &[1], width));
        if frontier.len() > LISTED {
            lines.push(format!(
                "… and {} more; --json lists all",
                frontier.len() - LISTED
            ));
        }
        lines
    }
}

pub(super) fn many(count: usize, what: &str) -> String {
    match (count, what.strip_suffix('y')) {
        (1, _) => format!("1 {what}"),
        (_, Some(stem)) => format!("{} {stem}ies", grouped(&count.to_string())),
        _ => format!("{} {what}s", grouped(&count.to_string())),
    }
}

/// Digits in groups of three.
pub(super) fn grouped(digits: &str) -> String {
    let mut words = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            words.push(',');
        }
        words.push(digit);
    }
    words
}

/// Rows in columns as wide as the page allows, cells broken between words; a rule before each of the rows `ruled`.
pub(super) fn table(rows: &[Vec<String>], ruled: &[usize], width: usize) -> Vec<String> {
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let mut widths: Vec<usize> = (0..count)
        .map(|column| {
            let cells = rows.iter().filter_map(|row| row.get(column));
            cells.map(|cell| cell.width()).max().unwrap_or(0).max(1)
        })
        .collect();
    // The widest column gives way until the page holds them all, or no column is wide.
    while widths.iter().sum::<usize>() + 2 * count > width.max(40) {
        match widths.iter_mut().max() {
            Some(widest) if *widest > 12 => *widest -= 1,
            _ => break,
        }
    }
    let mut lines = Vec::new();
    for (place, row) in rows.iter().enumerate() {
        if ruled.contains(&place) {
            let rules: Vec<String> = widths.iter().map(|width| "─".repeat(*width)).collect();
            lines.push(rules.join("  "));
        }
        let cells: Vec<Vec<String>> = row
            .iter()
            .zip(&widths)
            .map(|(cell, width)| broken(cell, *width))
            .collect();
        for layer in 0..cells.iter().map(Vec::len).max().unwrap_or(0) {
            let mut line = String::new();
            for (cell, width) in cells.iter().zip(&widths) {
                let words = cell.get(layer).map_or("", String::as_str);
                line.push_str(words);
                line.push_str(&" ".repeat((width + 2).saturating_sub(words.width())));
            }
            lines.push(line.trim_end().to_owned());
        }
    }
    lines
}

/// A cell in lines of at most this width, as far as its words allow.
fn broken(cell: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in cell.split_whitespace() {
        let Some(last) = lines.last_mut() else { break };
        if !last.is_empty() && last.width() + 1 + word.width() > width {
            lines.push(word.to_owned());
        } else {
            if !last.is_empty() {
                last.push(' ');
            }
            last.push_str(word);
        }
    }
    lines
}
