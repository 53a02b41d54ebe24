//! Texts that a report mentions: a plan of so many points, the draft of some day, a counter-proposal, an annex.
//!
//! What tells of the same text is one entry: by its number of points, its day, its letter, its version, or because an article
//! points back to it.

use std::ops::Range;
use std::sync::Arc;

use serde::Serialize;

use crate::nouns::{person, right, simple_left};
use crate::offsets::Offsets;
use crate::page::{Page, Sentence, Shape, Token, tokens};
use crate::report::Span;
use crate::rules::*;
use crate::speech::Speech;
use crate::time::{Day, Moment, dated};
use crate::who::{Directory, LONGEST_NAME};
use crate::work::step;

/// A text that is spoken of.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Mentioned {
    /// The words that tell most of it.
    pub text: String,
    /// Their first code point.
    pub start: usize,
    /// Behind their last.
    pub end: usize,
    /// The kind of text, as the rules of the language name them: `plan`, `draft`, `counter-proposal`.
    pub kind: String,
    /// Its letter or number among others of its kind: `B` of *Annex B*.
    pub label: Option<String>,
    /// How many points it has.
    pub points: Option<u32>,
    /// Its day.
    pub date: Option<Moment>,
    /// Who wrote it or put it forward, as the report has it.
    pub attributed_to: Option<Arc<str>>,
    /// The sentence that these words stand in.
    pub sentence: Span,
    /// How sure it is that a text is meant, from 0 to 1.
    pub sure: f64,
    /// Every place that speaks of it, these words included.
    pub mentions: Vec<Span>,
    /// The text of the record that it may be, where a process is given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<InRecord>,
}

/// A text of a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InRecord {
    /// The text.
    pub text: String,
    /// The draft of it, where one alone fits.
    pub draft: Option<String>,
    /// What speaks for it: `name`, `points`, `date` or `wording`.
    pub because: &'static str,
}

/// How many texts are kept of a report.
const MOST: usize = 64;
/// How many places are kept of a text.
const PLACES: usize = 64;
/// The longest quotation that is looked through, in bytes.
const LONGEST: usize = 16_384;
/// How far before a noun its article is looked for, in tokens.
const BEFORE: usize = 9;
/// How long a phrase that names a text may be, in tokens.
const PHRASE: usize = 4;
/// What is less sure than this is not told.
const LEAST: f64 = 0.4;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Version {
    Older,
    Newer,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Article {
    None,
    Definite,
    Indefinite,
}

/// One place that speaks of a text.
struct Mention {
    told: Mentioned,
    rule: usize,
    plural: bool,
    article: Article,
    version: Option<Version>,
    /// It is said to be another text than the one spoken of.
    apart: bool,
}

/// A text, and what tells it from others.
struct Entry {
    told: Mentioned,
    rule: usize,
    plural: bool,
    version: Option<Version>,
    /// How much its words tell.
    rank: usize,
    /// When it was spoken of last, counted in mentions.
    last: usize,
}

/// The texts that a report mentions, in the order in which they are named first.
pub(crate) fn texts(
    page: &Page,
    speech: &Speech,
    rules: &Rules,
    offsets: &Offsets,
    day: Option<Day>,
) -> Vec<Mentioned> {
    let mut shelf = Shelf {
        rules,
        entries: Vec::new(),
        count: 0,
    };
    let reader = Reader {
        page,
        rules,
        offsets,
        directory: &speech.directory,
        base: 0,
        day,
    };
    let mut words = Vec::new();
    for sentence in &page.sentences {
        let span = Span {
            start: offsets.at(sentence.start),
            end: offsets.at(sentence.end),
        };
        for at in sentence.tokens.clone() {
            step(1);
            let token = &page.tokens[at];
            let Some(quote) = token.marked() else {
                if token.is(TEXT_NOUN) {
                    shelf.take(reader.mention(sentence, span, at));
                }
                continue;
            };
            // A quotation is a small page of its own.
            let inner = page.marked[quote].inner.clone();
            let whole = page.slice(inner.clone());
            let cut = (0..=whole.len().min(LONGEST))
                .rev()
                .find(|end| whole.is_char_boundary(*end))
                .unwrap_or_default();
            words.clear();
            tokens(rules, whole, 0..cut, &mut words);
            if !words.iter().any(|token| token.is(TEXT_NOUN)) {
                continue;
            }
            let small = Page::new(rules, whole.get(..cut).unwrap_or_default());
            let within = Reader {
                page: &small,
                base: inner.start,
                ..reader
            };
            for part in &small.sentences {
                for at in part.tokens.clone() {
                    if small.tokens[at].is(TEXT_NOUN) {
                        shelf.take(within.mention(part, span, at));
                    }
                }
            }
        }
    }
    shelf.entries.into_iter().map(|entry| entry.told).collect()
}

#[derive(Clone, Copy)]
struct Reader<'a> {
    page: &'a Page<'a>,
    rules: &'a Rules,
    offsets: &'a Offsets<'a>,
    directory: &'a Directory,
    /// The byte of the report that the page begins at.
    base: usize,
    day: Option<Day>,
}

impl Reader<'_> {
    /// What a noun says of a text; nothing where it means none.
    fn mention(&self, sentence: &Sentence, span: Span, at: usize) -> Option<Mention> {
        let (page, rules) = (self.page, self.rules);
        let (first, word) = self.named(sentence, at)?;
        let rule = rules.texts.get(word.rule)?;
        let before = self.before(sentence, first);
        let behind = self.behind(sentence, at, rule);
        let points = before.points.or(behind.points);
        let date = before.date.or(behind.date);
        let told = points.is_some() || date.is_some() || behind.label.is_some();
        let next = page
            .tokens
            .get(at + 1)
            .filter(|_| at + 1 < sentence.tokens.end);
        // `the plan to meet` is an intention, `no plan` is none.
        let intended = next.is_some_and(|t| t.is(INFINITIVE)) && !word.name;
        let bare = before.start == first && !word.name && !before.owned;
        if before.nothing || (intended || bare) && !told {
            return None;
        }
        let author = before.author.or(behind.author);
        let shown = author.is_some() || before.version.is_some() || before.apart;
        let indefinite = before.article == Article::Indefinite;
        let mut sure = rule.sure;
        sure += if word.name && !rule.nouns.is_empty() {
            0.25
        } else {
            0.0
        };
        sure += if shown { 0.2 } else { 0.0 };
        sure -= if indefinite && !shown { 0.15 } else { 0.0 };
        sure = if told { 0.95 } else { sure.min(0.9) };
        sure -= if word.plural { 0.1 } else { 0.0 };
        if sure < LEAST - 0.001 {
            return None;
        }
        let mut words = page.tokens.get(before.start)?.start..page.tokens.get(behind.end - 1)?.end;
        if behind.end == at + 2 && behind.label.is_some() {
            words.end -= usize::from(page.slice(words.clone()).ends_with('.'));
        }
        let place = Span {
            start: self.offset(words.start),
            end: self.offset(words.end),
        };
        Some(Mention {
            told: Mentioned {
                text: page.slice(words).to_owned(),
                start: place.start,
                end: place.end,
                kind: rule.kind.clone(),
                label: behind.label,
                points,
                date,
                attributed_to: author,
                sentence: span,
                sure: (sure * 100.0).round() / 100.0,
                mentions: vec![place],
                record: None,
            },
            rule: word.rule,
            plural: word.plural,
            article: before.article,
            version: before.version,
            apart: before.apart,
        })
    }

    fn offset(&self, byte: usize) -> usize {
        self.offsets.at(self.base + byte)
    }

    /// What names a text and ends with a noun: its first token, and how it names it.
    fn named(&self, sentence: &Sentence, at: usize) -> Option<(usize, TextWord)> {
        let page = self.page;
        let mut name = None;
        for first in (at + 1).saturating_sub(PHRASE).max(sentence.tokens.start)..=at {
            for phrase in page.phrases_at(sentence, first) {
                step(1);
                let Sense::Text(rule) = phrase.sense else {
                    continue;
                };
                // A part of a longer name: `memorandum of understanding`.
                if phrase.tokens.end > at + 1 {
                    return None;
                }
                if phrase.tokens.end == at + 1 && name.is_none() {
                    let plural = self.plural(at);
                    let word = TextWord {
                        rule,
                        plural,
                        name: true,
                    };
                    name = Some((first, word));
                }
            }
        }
        // `framework document`: the last noun is what it is.
        let next = page
            .tokens
            .get(at + 1)
            .filter(|_| at + 1 < sentence.tokens.end);
        if next.is_some_and(|next| next.word() && self.word(at + 1).is_some()) {
            return None;
        }
        name.or_else(|| Some((at, self.word(at)?)))
    }

    fn word(&self, at: usize) -> Option<TextWord> {
        self.page.tokens.get(at).filter(|t| t.is(TEXT_NOUN))?;
        self.rules.text_word(&self.page.token(at).to_lowercase())
    }

    fn plural(&self, at: usize) -> bool {
        self.word(at).is_some_and(|word| word.plural)
    }

    /// The words before the noun, and what they tell.
    fn before(&self, sentence: &Sentence, first: usize) -> Before {
        let page = self.page;
        let floor = sentence.tokens.start.max(first.saturating_sub(BEFORE));
        let mut told = Before {
            start: first,
            article: Article::None,
            owned: false,
            nothing: false,
            points: None,
            date: None,
            author: None,
            version: None,
            apart: false,
        };
        let mut at = first;
        // Without an article or an owner only words that tell of a text belong to it.
        let mut known = true;
        while at > floor {
            step(1);
            let index = at - 1;
            let token = &page.tokens[index];
            if token.shape == Shape::Possessive {
                if let Some(owner) = simple_left(page, index, sentence.tokens.start) {
                    // `There's little agreement.`
                    told.nothing = page.tokens[owner.start].is(ADVERB | PRONOUN | SUBORDINATE);
                    told.start = owner.start;
                    told.owned = true;
                    told.author = self.somebody(owner);
                }
                break;
            }
            // `U.S.-drafted`, where the hyphen stands alone.
            let hyphen = token.sign("-\u{2010}\u{2011}") && at < first;
            if !matches!(token.shape, Shape::Word | Shape::Number) && !hyphen {
                break;
            }
            let counted = self.counted(index, first).is_some();
            if token.is(DETERMINER | POSSESSIVE) && !counted {
                told.start = index;
                told.article = if token.is(POSSESSIVE | DEFINITE) {
                    Article::Definite
                } else if token.is(INDEFINITE) {
                    Article::Indefinite
                } else {
                    told.nothing = true;
                    Article::None
                };
                break;
            }
            let joins = hyphen || token.is(CONJUNCTION) && index > floor && at < first;
            if !joins && token.is(LEADS_AWAY) && !counted && !token.is(OLDER | NEWER) {
                break;
            }
            let telling = counted
                || joins && known
                || token.is(OLDER | NEWER | APART | AUTHORED)
                || token.capital && self.author(index).is_some();
            known &= telling;
            if known && !joins {
                told.start = index;
            }
            at = index;
        }
        self.described(&mut told, first);
        told
    }

    /// What the words from the article to the noun tell.
    fn described(&self, told: &mut Before, first: usize) {
        let page = self.page;
        for at in told.start..first {
            let token = &page.tokens[at];
            told.points = told.points.or_else(|| self.counted(at, first));
            if token.is(OLDER) {
                told.version = Some(Version::Older);
            } else if token.is(NEWER) {
                told.version = Some(Version::Newer);
            }
            told.apart |= token.is(APART);
            if !told.owned && told.author.is_none() && token.capital {
                told.author = self.author(at);
            }
            let hyphen = at > told.start + 1 && page.tokens[at - 1].sign("-\u{2010}\u{2011}");
            if hyphen && token.is(AUTHORED) {
                told.author = Some(page.token(at - 2).into());
            }
            if told.date.is_none() && (token.is(MONTH) || token.shape == Shape::Number) {
                told.date = self.day(at, first).map(|(day, _)| day);
            }
        }
    }

    /// How many points a word before the noun tells: `28-point`, `28 point`.
    fn counted(&self, at: usize, first: usize) -> Option<u32> {
        let word = self.page.token(at).to_lowercase();
        let ends = |ending: &String| word.strip_suffix(ending.as_str());
        if let Some(count) = self.rules.counting.iter().find_map(ends) {
            return self.rules.number(count);
        }
        let point = self.page.tokens.get(at + 1).filter(|_| at + 1 < first);
        point.filter(|token| token.is(POINTS))?;
        self.rules.number(&word)
    }

    /// Whom a word before the noun tells of: `U.S.-drafted`, `Vossian`.
    fn author(&self, at: usize) -> Option<Arc<str>> {
        let word = self.page.token(at);
        let lower = word.to_lowercase();
        let ends = |ending: &String| lower.strip_suffix(ending.as_str()).map(str::len);
        if let Some(length) = self.rules.drafted.iter().find_map(ends) {
            return word.get(..length).map(Into::into);
        }
        // `the North American Free Trade Agreement`: within a name it tells nobody.
        let before = at
            .checked_sub(1)
            .and_then(|before| self.page.tokens.get(before));
        let within = before.is_some_and(|before| before.capital && !before.is(DETERMINER));
        (!within && self.rules.national(&lower)).then(|| word.into())
    }

    /// A day that begins at a token, and the token behind it.
    fn day(&self, at: usize, end: usize) -> Option<(Moment, usize)> {
        let page = self.page;
        if page.tokens.get(at)?.is(WEEKDAY) {
            return None;
        }
        let (words, precision, on) = dated(page, self.rules, at, end, self.day)?;
        let (first, last) = (
            page.tokens.get(words.start)?,
            page.tokens.get(words.end - 1)?,
        );
        let moment = Moment {
            text: page.slice(first.start..last.end).to_owned(),
            start: self.offset(first.start),
            end: self.offset(last.end),
            precision,
            on,
        };
        Some((moment, words.end))
    }

    /// The name that a noun phrase has.
    fn somebody(&self, noun: Range<usize>) -> Option<Arc<str>> {
        let page = self.page;
        if page.tokens[noun.clone()]
            .iter()
            .any(|t| t.is(TIME | WEEKDAY | MONTH | PRONOUN))
        {
            return None;
        }
        let name: Arc<str> = match person(page, noun.clone()) {
            Some(name) => self.directory.fullest(page.words(name)),
            None => {
                let article = page
                    .tokens
                    .get(noun.start)
                    .is_some_and(|t| t.is(DETERMINER));
                page.words(noun.start + usize::from(article)..noun.end)
                    .into()
            }
        };
        (!name.is_empty() && name.len() <= LONGEST_NAME).then_some(name)
    }

    /// What stands behind the noun.
    fn behind(&self, sentence: &Sentence, at: usize, rule: &TextRule) -> Behind {
        let page = self.page;
        let close = sentence.tokens.end;
        let token = |at: usize| page.tokens.get(at).filter(|_| at < close);
        let mut told = Behind {
            end: at + 1,
            label: None,
            points: None,
            date: None,
            author: None,
        };
        if rule.labelled && token(at + 1).is_some_and(|next| self.is_label(next)) {
            let label = page.token(at + 1).trim_end_matches('.');
            told.label = Some(label.to_owned());
            told.end = at + 2;
        }
        let next = told.end;
        let leads = |kinds: Kinds| token(next).is_some_and(|t| t.is(kinds) && !t.is(WITH));
        if leads(DATED | HOLDING | SOURCE)
            && let Some((day, end)) = self.day(next + 1, close)
        {
            told.date = Some(day);
            told.end = end;
        }
        let count = token(next + 1).map(|_| page.token(next + 1).to_lowercase());
        if token(next).is_some_and(|t| t.is(HOLDING))
            && token(next + 2).is_some_and(|t| t.is(POINTS))
            && let Some(points) = count.and_then(|count| self.rules.number(&count))
        {
            told.points = Some(points);
            told.end = next + 3;
        }
        let agent = (next..close.min(next + 4))
            .take_while(|at| page.tokens[*at].is(AUTHORED | AGENT))
            .find(|at| page.tokens[*at].is(AGENT));
        let source = (leads(SOURCE) && told.date.is_none()).then_some(next);
        if let Some(by) = agent.or(source) {
            told.author = right(page, by + 1, close).and_then(|noun| self.somebody(noun));
        }
        told
    }

    /// `B`, `2`, `IV`.
    fn is_label(&self, token: &Token) -> bool {
        let word = self
            .page
            .slice(token.start..token.end)
            .trim_end_matches('.');
        let short = word.chars().count() == 1 && token.capital;
        short
            || token.shape == Shape::Number
            || token.capital && word.len() <= 5 && word.chars().all(|c| "IVX".contains(c))
    }
}

/// What never stands between a noun and its article.
const LEADS_AWAY: Kinds =
    PREPOSITION | AUXILIARY | SUBORDINATE | RELATIVE | PRONOUN | NEGATION | CONJUNCTION | LINK;

/// What the words before a noun tell.
struct Before {
    start: usize,
    article: Article,
    owned: bool,
    /// It is said that there is none.
    nothing: bool,
    points: Option<u32>,
    date: Option<Moment>,
    author: Option<Arc<str>>,
    version: Option<Version>,
    apart: bool,
}

/// What the words behind a noun tell.
struct Behind {
    end: usize,
    label: Option<String>,
    points: Option<u32>,
    date: Option<Moment>,
    author: Option<Arc<str>>,
}

/// The texts of a report, told apart.
struct Shelf<'a> {
    rules: &'a Rules,
    entries: Vec<Entry>,
    count: usize,
}

impl Shelf<'_> {
    fn take(&mut self, mention: Option<Mention>) {
        let Some(mention) = mention else { return };
        self.count += 1;
        let entries = self.entries.iter().enumerate();
        let likely = entries
            .filter_map(|(index, entry)| {
                step(1);
                Some((self.same(entry, &mention)?, entry.last, index))
            })
            .max();
        let Some((.., index)) = likely else {
            if self.entries.len() < MOST {
                self.entries.push(Entry {
                    rank: rank(&mention),
                    told: mention.told,
                    rule: mention.rule,
                    plural: mention.plural,
                    version: mention.version,
                    last: self.count,
                });
            }
            return;
        };
        let general = |rule: usize| self.rules.texts.get(rule).is_some_and(|rule| rule.general);
        let specific = general(self.entries[index].rule) && !general(mention.rule);
        let entry = &mut self.entries[index];
        entry.last = self.count;
        entry.version = entry.version.or(mention.version);
        let rank = rank(&mention);
        let (known, new) = (&mut entry.told, mention.told);
        if known.mentions.len() < PLACES {
            known.mentions.extend(new.mentions);
        }
        known.points = known.points.or(new.points);
        known.label = known.label.take().or(new.label);
        known.date = known.date.take().or(new.date);
        known.attributed_to = known.attributed_to.take().or(new.attributed_to);
        known.sure = known.sure.max(new.sure);
        if specific {
            entry.rule = mention.rule;
            known.kind = new.kind;
        }
        if rank > entry.rank {
            entry.rank = rank;
            (known.text, known.start, known.end) = (new.text, new.start, new.end);
            known.sentence = new.sentence;
        }
    }

    /// Whether a mention means a text that is known, and how much says so.
    fn same(&self, entry: &Entry, mention: &Mention) -> Option<usize> {
        let (known, new) = (&entry.told, &mention.told);
        let (old_rule, rule) = (
            self.rules.texts.get(entry.rule)?,
            self.rules.texts.get(mention.rule)?,
        );
        let alike = entry.rule == mention.rule;
        if entry.plural != mention.plural
            || (rule.beside || old_rule.beside) && !alike
            || new.label.is_some() && known.label != new.label
            || differ(known.points.as_ref(), new.points.as_ref())
            || differ(day(known), day(new))
            || entry.version.is_some() && differ(entry.version.as_ref(), mention.version.as_ref())
        {
            return None;
        }
        let both = |one: bool, other: bool| usize::from(one && other);
        let shared = both(known.points.is_some(), new.points.is_some())
            + both(day(known).is_some(), day(new).is_some())
            + both(known.label.is_some(), new.label.is_some());
        if shared > 0 {
            return Some(shared + 2);
        }
        // Each is told by something of its own: the plan of so many points, the draft of that day.
        let own = |told: &Mentioned| told.points.is_some() || day(told).is_some();
        if own(known) && own(new) {
            return None;
        }
        let strangers = match (&known.attributed_to, &new.attributed_to) {
            (Some(known), Some(new)) => !akin(known, new),
            _ => false,
        };
        if strangers || mention.apart || mention.article == Article::Indefinite {
            return None;
        }
        let newest = entry.version.is_some() && entry.version == mention.version;
        (alike || rule.general || old_rule.general || newest).then_some(1 + usize::from(alike))
    }
}

/// How much the words of a mention tell.
fn rank(mention: &Mention) -> usize {
    let told = &mention.told;
    2 * usize::from(told.points.is_some())
        + 2 * usize::from(told.date.is_some())
        + 2 * usize::from(told.label.is_some())
        + usize::from(told.attributed_to.is_some())
        + usize::from(mention.version.is_some())
}

/// The day of a text.
fn day(told: &Mentioned) -> Option<&String> {
    told.date.as_ref().and_then(|date| date.on.as_ref())
}

/// Whether both are told and are not the same.
fn differ<T: PartialEq>(one: Option<&T>, other: Option<&T>) -> bool {
    matches!((one, other), (Some(one), Some(other)) if one != other)
}

/// Whether two names may be of one: `Vossian` and `Vossia`.
fn akin(one: &str, other: &str) -> bool {
    let start = |name: &str| -> String {
        let last = name.rsplit(' ').next().unwrap_or_default();
        last.to_lowercase().chars().take(4).collect()
    };
    start(one) == start(other)
}
