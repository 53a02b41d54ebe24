//! A process that reports are read beside: whose seat a speaker is of, which provisions words may concern, and what the
//! record has already.
//!
//! Everything here is proposed by wording; the office chooses. What a reader may know of the process is the caller's to say:
//! the record that is handed in is the share of one seat.

use std::collections::{BTreeMap, BTreeSet};

use onetext_talks::Record;

use crate::accounts::Accounts;
use crate::concern::Provisions;
use crate::report::Report;
use crate::rules::Rules;
use crate::stems::stems;
use crate::texts::{InRecord, Mentioned};

/// A process, as one seat knows it.
#[derive(Debug)]
pub struct Beside<'r> {
    rules: &'r Rules,
    /// Seats with the words that name them, in lower case.
    seats: Vec<(String, Vec<String>)>,
    /// Persons by their last names in lower case: name, handle, seat.
    persons: BTreeMap<String, Vec<Known>>,
    provisions: Provisions,
    texts: Vec<Titled>,
    accounts: Accounts,
}

/// A text of the record, as a report may speak of it.
#[derive(Debug)]
struct Titled {
    id: String,
    /// Its title in lower case.
    title: String,
    stems: BTreeSet<String>,
    /// Its drafts: handle, number of points, day.
    drafts: Vec<(String, usize, Option<String>)>,
}

#[derive(Debug)]
struct Known {
    /// The name in lower case.
    name: String,
    id: String,
    seat: String,
}

/// Whom a speaker is known as.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Seated {
    /// The handle of the seat.
    pub seat: Option<String>,
    /// The handle of the person.
    pub person: Option<String>,
}

impl<'r> Beside<'r> {
    /// A process as its record tells it.
    #[must_use]
    pub fn new(rules: &'r Rules, record: &Record) -> Self {
        let seats = record.seats.iter().map(|seat| {
            let mut names = vec![bare(&seat.name), bare(seat.id.as_str())];
            names.dedup();
            (seat.id.to_string(), names)
        });
        let mut persons: BTreeMap<String, Vec<Known>> = BTreeMap::new();
        for person in &record.persons {
            let name = bare(&person.name);
            let last = name.rsplit(' ').next().unwrap_or_default().to_owned();
            persons.entry(last).or_default().push(Known {
                name,
                id: person.id.to_string(),
                seat: person.seat.to_string(),
            });
        }
        let texts = record.texts.iter().map(|text| {
            let own = record.drafts.iter().filter(|draft| draft.text == text.id);
            let drafts = own.map(|draft| {
                let points = draft.issued.draft.points_at(text.point_level).len();
                let day = draft.on.as_ref().map(ToString::to_string);
                (draft.id.to_string(), points, day)
            });
            Titled {
                id: text.id.to_string(),
                title: bare(&text.title),
                stems: stems(rules, &text.title),
                drafts: drafts.collect(),
            }
        });
        let texts = texts.collect();
        let mut provisions = Provisions::default();
        for text in &record.texts {
            // The latest draft that is a version in its own right.
            let drafts = record.drafts.iter().rev();
            let own = |draft: &&onetext_talks::DraftBlock| draft.text == text.id;
            let Some(draft) = drafts.filter(own).find(|draft| draft.renders.is_none()) else {
                continue;
            };
            for provision in draft.issued.draft.provisions() {
                provisions.add(
                    rules,
                    draft.id.as_str(),
                    &provision.path,
                    &provision.wording,
                );
            }
        }
        Beside {
            rules,
            seats: seats.collect(),
            persons,
            provisions,
            texts,
            accounts: Accounts::of_record(rules, record),
        }
    }

    /// Says of each statement whose seat speaks and what it may concern, and where the report and the record differ.
    pub fn place(&self, report: &mut Report) {
        for statement in &mut report.statements {
            let speaker = statement.speaker.as_deref();
            let seated = self.seated(speaker.unwrap_or_default(), statement.office.as_deref());
            statement.seat = seated.seat;
            statement.person = seated.person;
            statement.concerns = self.provisions.concerned(self.rules, &statement.text);
            statement.points = statement.concerns.iter().map(|c| c.point.clone()).collect();
        }
        for text in &mut report.texts {
            text.record = self.text(text);
        }
        report.compared = self.accounts.compare(self.rules, report);
    }

    /// Whom a speaker is known as: a person by name; else the seat whose name, or whose country, the words or the office have.
    #[must_use]
    pub fn seated(&self, speaker: &str, office: Option<&str>) -> Seated {
        if let Some(known) = self.person(speaker) {
            return Seated {
                seat: Some(known.seat.clone()),
                person: Some(known.id.clone()),
            };
        }
        Seated {
            seat: self
                .seat(speaker)
                .or_else(|| self.seat(office.unwrap_or_default())),
            person: None,
        }
    }

    /// The text of the record that a report speaks of: the one that has its name, a draft of as many points or of that day,
    /// or, alone of all, words of its title.
    fn text(&self, told: &Mentioned) -> Option<InRecord> {
        let words = bare(&told.text);
        let named = |text: &Titled| {
            let within = |name: &str| format!(" {words} ").contains(&format!(" {name} "));
            let title = text
                .title
                .split([':', '('])
                .next()
                .unwrap_or_default()
                .trim();
            within(&text.title) || !title.is_empty() && within(title) || words == bare(&text.id)
        };
        let points = |draft: &(String, usize, Option<String>)| {
            told.points.is_some_and(|points| draft.1 == points as usize)
        };
        let day = told.date.as_ref().and_then(|date| date.on.as_deref());
        let dated =
            |draft: &(String, usize, Option<String>)| day.is_some() && draft.2.as_deref() == day;
        let fits = |draft: &(String, usize, Option<String>)| {
            (told.points.is_none() || points(draft)) && (day.is_none() || dated(draft))
        };
        let stems = stems(self.rules, &told.text);
        let worded = |text: &Titled| text.stems.intersection(&stems).next().is_some();
        let (because, text) = if let Some(text) = only(self.texts.iter().filter(|t| named(t))) {
            ("name", text)
        } else if told.label.is_some() {
            return None;
        } else if let Some(text) = only(self.texts.iter().filter(|t| t.drafts.iter().any(points))) {
            ("points", text)
        } else if let Some(text) = only(self.texts.iter().filter(|t| t.drafts.iter().any(dated))) {
            ("date", text)
        } else if told.points.is_none() && day.is_none() {
            ("wording", only(self.texts.iter().filter(|t| worded(t)))?)
        } else {
            return None;
        };
        let exact = told.points.is_some() || day.is_some();
        let draft = only(text.drafts.iter().filter(|draft| exact && fits(draft)));
        Some(InRecord {
            text: text.id.clone(),
            draft: draft.map(|(id, ..)| id.clone()),
            because,
        })
    }

    fn person(&self, name: &str) -> Option<&Known> {
        let name = bare(name);
        let last = name.rsplit(' ').next()?;
        let list = self.persons.get(last)?;
        if let Some(known) = list.iter().find(|known| known.name == name) {
            return Some(known);
        }
        // A last name alone names the only one who has it.
        match list.as_slice() {
            [known] if name == last => Some(known),
            _ => None,
        }
    }

    /// The one seat that words name; none where they name several.
    fn seat(&self, words: &str) -> Option<String> {
        let words = bare(words);
        let mut found: Option<&str> = None;
        for (id, names) in &self.seats {
            if names.iter().any(|name| self.names(&words, name)) {
                if found.is_some() {
                    return None;
                }
                found = Some(id);
            }
        }
        found.map(str::to_owned)
    }

    /// Whether words have the name of a seat in them, its adjective, or another name of its country.
    fn names(&self, words: &str, seat: &str) -> bool {
        let within = |name: &str| {
            let padded = format!(" {words} ");
            padded.contains(&format!(" {name} "))
        };
        if seat.is_empty() {
            return false;
        }
        let other = self
            .rules
            .countries
            .iter()
            .find(|names| names.iter().any(|name| name == seat));
        within(seat)
            || other.is_some_and(|names| names.iter().any(|name| within(name)))
            || words.split(' ').any(|word| self.adjective(word, seat))
    }

    /// Whether a word is the adjective of a country's name: `vossian` of `vossia`.
    fn adjective(&self, word: &str, seat: &str) -> bool {
        self.rules.nationalities.iter().any(|ending| {
            word.strip_suffix(ending.as_str()).is_some_and(|stem| {
                stem.len() > 2
                    && seat
                        .strip_prefix(stem)
                        .is_some_and(|rest| rest.len() <= 3 && !rest.contains(' '))
            })
        })
    }
}

/// The one that there is; none where there are several.
fn only<T>(mut list: impl Iterator<Item = T>) -> Option<T> {
    let first = list.next()?;
    list.next().is_none().then_some(first)
}

/// Words in lower case, without articles, marks and endings of possession.
fn bare(words: &str) -> String {
    let lower = words.to_lowercase();
    let parts = lower.split(|c: char| c.is_whitespace() || ",;()\"“”".contains(c));
    let parts: Vec<&str> = parts
        .map(|part| {
            part.strip_suffix("'s")
                .or(part.strip_suffix("’s"))
                .unwrap_or(part)
        })
        .filter(|part| !part.is_empty() && *part != "the")
        .collect();
    parts.join(" ")
}
