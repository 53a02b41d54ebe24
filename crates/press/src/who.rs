//! Who a mention means: the fullest name in the text, and the person a pronoun stands for.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::nouns::{name_in, person};
use crate::page::{Page, Shape};
use crate::rules::*;
use crate::work::step;

/// What is known of a person's gender.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Gender {
    #[default]
    Unknown,
    He,
    She,
}

#[derive(Debug, Clone)]
struct Person {
    name: Arc<str>,
    count: usize,
    first: usize,
    gender: Gender,
    office: Option<Arc<str>>,
    leader: bool,
}

/// What a mention turned out to be. Names are shared: however often somebody speaks, the name is kept once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Who {
    /// A named person, by the fullest name in the text.
    Person(Arc<str>),
    /// Somebody without a name, or a body; the words.
    Body(Arc<str>),
    /// A pronoun that nothing in the text agrees with.
    Unknown,
}

impl Who {
    pub(crate) fn name(&self) -> Option<&Arc<str>> {
        match self {
            Who::Person(name) | Who::Body(name) => Some(name),
            Who::Unknown => None,
        }
    }
}

/// Somebody who was the subject of something.
#[derive(Debug, Clone)]
struct Recent {
    who: Who,
    plural: bool,
}

/// The persons of a report.
#[derive(Debug, Default)]
pub(crate) struct Directory {
    persons: Vec<Person>,
    by_name: BTreeMap<Arc<str>, usize>,
    /// By the last name in lower case, as they are named first; no more than [`NAMESAKES`].
    by_last: BTreeMap<String, Vec<usize>>,
    /// Those with several names, by the first of them; no more than [`NAMESAKES`].
    by_first: BTreeMap<String, Vec<usize>>,
    /// Leaders by their fullest names, in the order in which they are named.
    leaders: Vec<(usize, Arc<str>)>,
    recent: Vec<Recent>,
}

/// How many subjects are remembered.
const REMEMBERED: usize = 12;
/// How many persons of one last name are told apart.
const NAMESAKES: usize = 48;
/// The longest name of a speaker, in bytes; what is longer names nobody.
pub(crate) const LONGEST_NAME: usize = 300;

impl Directory {
    /// Collects the names of a report.
    pub(crate) fn new(page: &Page) -> Self {
        let mut directory = Directory::default();
        let count = page.tokens.len();
        let mut at = 0;
        while at < count {
            step(1);
            if !(page.tokens[at].word() && page.tokens[at].capital) {
                at += 1;
                continue;
            }
            let mut end = at + 1;
            while end < count
                && end < at + 10
                && page.tokens[end].word()
                && page.tokens[end].capital
            {
                end += 1;
            }
            let from = at.saturating_sub(6);
            let noun = from..end;
            if let Some(name) = name_in(page, at..end, &noun)
                && !page
                    .tokens
                    .get(end)
                    .is_some_and(|t| t.is(SOMEBODY) && name.len() < 2)
            {
                directory.take(page, at, name);
            }
            at = end;
        }
        directory.find_leaders();
        directory
    }

    fn find_leaders(&mut self) {
        let mut named: BTreeMap<Arc<str>, usize> = BTreeMap::new();
        for person in self.persons.iter().filter(|person| person.leader) {
            named
                .entry(self.fullest(&person.name))
                .or_insert(person.first);
        }
        self.leaders = named.into_iter().map(|(name, at)| (at, name)).collect();
        self.leaders.sort();
    }

    fn take(&mut self, page: &Page, run: usize, name: Range<usize>) {
        let words = clean(page, name.clone());
        let parts: Vec<&str> = words.split(' ').collect();
        let Some(last) = parts
            .iter()
            .rev()
            .find(|p| p.len() > 3 || !p.ends_with('.'))
            .map(|p| p.to_lowercase())
        else {
            return;
        };
        let gender = gender(page, run, &name);
        let known = self.by_name.get(words.as_str()).copied();
        let index = known.unwrap_or_else(|| {
            let index = self.persons.len();
            let words: Arc<str> = words.as_str().into();
            self.by_name.insert(words.clone(), index);
            self.persons.push(Person {
                name: words,
                count: 0,
                first: name.start,
                gender,
                office: None,
                leader: false,
            });
            let first = parts.first().filter(|_| parts.len() > 1);
            if let Some(first) = first {
                let list = self.by_first.entry(first.to_lowercase()).or_default();
                if list.len() < NAMESAKES {
                    list.push(index);
                }
            }
            let list = self.by_last.entry(last).or_default();
            if list.len() < NAMESAKES {
                list.push(index);
            }
            index
        });
        let before = page.tokens[run.saturating_sub(5)..name.start]
            .iter()
            .rev()
            .take_while(|t| t.word() && !t.is(AUXILIARY | CUE & !TITLE));
        let (mut leader, mut under, mut office_from) = (false, false, name.start);
        for token in before {
            let part = token.is(TITLE | ROLE | PORTFOLIO | DETERMINER)
                || token.capital
                || page.slice(token.start..token.end) == "of";
            if !part {
                break;
            }
            leader |= token.is(LEADER);
            under |= token.is(UNDER);
            office_from -= 1;
        }
        let person = &mut self.persons[index];
        person.count += 1;
        person.leader |= leader && !under;
        if person.gender == Gender::Unknown {
            person.gender = gender;
        }
        if person.office.is_none() && office_from < name.start {
            let office = page
                .words(office_from..name.start)
                .trim_start_matches("the ");
            if page.tokens[office_from..name.start]
                .iter()
                .any(|t| t.is(TITLE | ROLE))
            {
                person.office = Some(office.into());
            }
        }
    }

    /// The fullest name for a name as mentioned.
    pub(crate) fn fullest(&self, words: &str) -> Arc<str> {
        let parts: Vec<&str> = words.split(' ').collect();
        let last = parts.last().copied().unwrap_or_default();
        let list = self
            .by_last
            .get(&last.to_lowercase())
            .map(Vec::as_slice)
            .unwrap_or_default();
        let fits = |p: &&Person| parts.len() == 1 || p.name.starts_with(parts[0]);
        let longer = list
            .iter()
            .map(|i| &self.persons[*i])
            .inspect(|_| step(1))
            .filter(|p| p.name.split(' ').count() > parts.len())
            .filter(fits);
        let often = |p: &&Person| (p.count, std::cmp::Reverse(p.first));
        // `Megyn` alone: whoever has that given name, where nobody has it as a last name.
        let given = || {
            let list = self.by_first.get(&last.to_lowercase())?;
            let named = list.iter().map(|i| &self.persons[*i]);
            named.filter(|_| parts.len() == 1).max_by_key(often)
        };
        let best = longer.max_by_key(often).or_else(given);
        let known = || match self.by_name.get_key_value(words) {
            Some((name, _)) => name.clone(),
            None => words.into(),
        };
        best.map_or_else(known, |p| p.name.clone())
    }

    fn find(&self, name: &str) -> Option<usize> {
        self.by_name.get(name).copied()
    }

    /// The office that a person is given in the text.
    pub(crate) fn office(&self, name: &str) -> Option<&Arc<str>> {
        let last = name.split(' ').next_back()?.to_lowercase();
        let list = self.by_last.get(&last)?;
        let own = self
            .find(name)
            .and_then(|i| self.persons[i].office.as_ref());
        own.or_else(|| list.iter().find_map(|i| self.persons[*i].office.as_ref()))
    }

    /// Leaders named in the text before a place, the speaker left out; the last two.
    pub(crate) fn leaders(&self, before: usize, speaker: &str) -> Vec<Arc<str>> {
        let count = self.leaders.partition_point(|(first, _)| *first < before);
        let known = self.leaders[..count].iter().rev();
        let mut found: Vec<Arc<str>> = known
            .map(|(_, name)| name)
            .filter(|name| &***name != speaker)
            .take(2)
            .cloned()
            .collect();
        found.reverse();
        found
    }

    /// What a noun phrase means.
    pub(crate) fn resolve(&mut self, page: &Page, noun: &Range<usize>) -> Who {
        let first = &page.tokens[noun.start];
        if noun.len() == 1 && first.is(PRONOUN) {
            return self.pronoun(first.kinds);
        }
        if page.words(noun.clone()).len() > LONGEST_NAME {
            return Who::Unknown;
        }
        match person(page, noun.clone()) {
            Some(name) => {
                let words = clean(page, name.clone());
                let together = page.tokens[name.end.min(noun.end)..noun.end]
                    .iter()
                    .any(|t| t.is(CONJUNCTION));
                if together {
                    Who::Body(page.words(noun.clone()).into())
                } else {
                    Who::Person(self.fullest(&words))
                }
            }
            None => Who::Body(page.words(noun.clone()).into()),
        }
    }

    /// Remembers a subject.
    pub(crate) fn remember(&mut self, who: &Who, plural: bool) {
        if *who == Who::Unknown {
            return;
        }
        self.recent.retain(|recent| recent.who != *who);
        self.recent.push(Recent {
            who: who.clone(),
            plural,
        });
        if self.recent.len() > REMEMBERED {
            self.recent.remove(0);
        }
    }

    fn gender(&self, name: &str) -> Gender {
        let last = name
            .split(' ')
            .next_back()
            .unwrap_or_default()
            .to_lowercase();
        let list = self
            .by_last
            .get(&last)
            .map(Vec::as_slice)
            .unwrap_or_default();
        let own = self
            .find(name)
            .map_or(Gender::Unknown, |i| self.persons[i].gender);
        if own != Gender::Unknown {
            return own;
        }
        list.iter()
            .map(|i| self.persons[*i].gender)
            .find(|g| *g != Gender::Unknown)
            .unwrap_or_default()
    }

    fn pronoun(&mut self, kinds: Kinds) -> Who {
        let wanted = if kinds & MASCULINE != 0 {
            Gender::He
        } else if kinds & FEMININE != 0 {
            Gender::She
        } else {
            Gender::Unknown
        };
        if wanted == Gender::Unknown {
            let plural = kinds & PLURAL != 0;
            let found = self.recent.iter().rev().find(|r| {
                if plural {
                    r.plural
                } else {
                    kinds & NEUTER != 0 && matches!(r.who, Who::Body(_))
                }
            });
            return found.map_or(Who::Unknown, |r| r.who.clone());
        }
        let agrees = |r: &&Recent| match &r.who {
            Who::Person(name) => self.gender(name) == wanted,
            _ => false,
        };
        let open = |r: &&Recent| match &r.who {
            Who::Person(name) => self.gender(name) == Gender::Unknown,
            _ => false,
        };
        let body = |r: &&Recent| matches!(&r.who, Who::Body(words) if !r.plural && words.split(' ').count() < 8);
        let last = self.recent.iter().rev().take(3);
        let found = last
            .clone()
            .find(|r| agrees(r) || open(r))
            .or_else(|| self.recent.iter().rev().find(agrees))
            .or_else(|| last.clone().find(body));
        let who = found.map_or(Who::Unknown, |r| r.who.clone());
        if let Who::Person(name) = &who
            && let Some(index) = self.find(name)
            && self.persons[index].gender == Gender::Unknown
        {
            self.persons[index].gender = wanted;
        }
        who
    }
}

/// A name as words with single spaces.
fn clean(page: &Page, name: Range<usize>) -> String {
    let words: Vec<&str> = name
        .filter(|at| page.tokens[*at].shape == Shape::Word)
        .map(|at| page.token(at))
        .collect();
    words.join(" ")
}

fn gender(page: &Page, run: usize, name: &Range<usize>) -> Gender {
    let before = &page.tokens[run.saturating_sub(2)..name.start];
    let has = |kinds: Kinds| before.iter().any(|t| t.is(kinds));
    let first = &page.tokens[name.start];
    if has(HONORIFIC_MASCULINE | ROLE_MASCULINE) || name.len() > 1 && first.is(MASCULINE_NAME) {
        Gender::He
    } else if has(HONORIFIC_FEMININE | ROLE_FEMININE) || name.len() > 1 && first.is(FEMININE_NAME) {
        Gender::She
    } else {
        Gender::Unknown
    }
}
