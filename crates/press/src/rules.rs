//! The words and patterns of one language, read from a file of rules.

use std::collections::BTreeMap;

use serde::Deserialize;

/// English, as it comes with the crate.
const ENGLISH: &str = include_str!("../data/en.toml");

/// Kinds of words, one bit each; the names are those of the table `[words]` in a file of rules.
pub(crate) type Kinds = u128;

macro_rules! kinds {
    ($($name:ident $bit:literal $key:literal),* $(,)?) => {
        $(pub(crate) const $name: Kinds = 1 << $bit;)*
        const NAMED: &[(&str, Kinds)] = &[$(($key, $name)),*];
    };
}

kinds! {
    DETERMINER 0 "determiner", POSSESSIVE 1 "possessive", PREPOSITION 2 "preposition", INNER_PREPOSITION 3 "inner_preposition",
    CONJUNCTION 4 "conjunction", SUBORDINATE 5 "subordinate", RELATIVE 6 "relative", AUXILIARY 7 "auxiliary",
    NEGATION 8 "negation", FUTURE 9 "future", ADVERB 10 "adverb", TIME 11 "time", WEEKDAY 12 "weekday", MONTH 13 "month",
    MASCULINE 14 "masculine", FEMININE 15 "feminine", PLURAL 16 "plural", NEUTER 17 "neuter", FIRST 18 "first",
    SUBJECT_PRONOUN 19 "subject_pronoun", HONORIFIC_MASCULINE 20 "honorific_masculine",
    HONORIFIC_FEMININE 21 "honorific_feminine", ROLE_MASCULINE 22 "role_masculine", ROLE_FEMININE 23 "role_feminine",
    TITLE 24 "title", LEADER 25 "leader", PORTFOLIO 26 "portfolio", ROLE 27 "role", ROLES 28 "roles",
    INSTITUTION 29 "institution", MEDIA 30 "media", DOCUMENT 31 "plain_document", ANONYMOUS 32 "anonymous",
    SENDER 33 "sender", FAMILIAR 34 "familiar", SMALL 35 "small", DEFINITE 36 "definite", INDEFINITE 37 "indefinite",
    SPEECH_NOUN 38 "speech_noun", TERM_NOUN 39 "term_noun", TERM_VERB 40 "term_verb", MEETING_NOUN 41 "meeting_noun",
    MEETING_STRONG 42 "meeting_strong", VISIT_NOUN 43 "visit_noun", MISSION_NOUN 44 "mission_noun", MEET 45 "meet_verb",
    HOLD 46 "hold_verb", BRIEF 47 "brief_verb", VISIT 48 "visit_verb", ORDERED 49 "order_verb", INTEND 50 "intend_verb",
    SCHEDULED 51 "schedule_word", CANCELLED 52 "cancel_word", PARTY 53 "party_word", ABBREVIATION 54 "abbreviation",
    OPENER 55 "sentence_opener", MASCULINE_NAME 56 "masculine_name", FEMININE_NAME 57 "feminine_name",
    LEADERS 58 "leaders", MEET_BASE 59 "meet_base", ADVERB_ENDING 60 "-",
    AGENT 61 "agent", BEING 62 "being", LINK 63 "link", INFINITIVE 64 "infinitive", WITH 65 "with", BETWEEN 66 "between",
    NOBODY 67 "nobody", COUNTS 68 "counts", PAST_ENDING 69 "--", UNDER 78 "under_title",
    CONFIRMS 80 "confirm_verb", DENIES 81 "deny_verb", ENVOY 82 "envoy",
    POINT_NOUN 84 "point_noun", SAME 85 "same",
    REFLEXIVE 86 "reflexive", NO_NAME 87 "no_name", SPEAK 88 "speak_verb", TELL 89 "tell_verb", SPEAKING 90 "speaking",
    AUDIENCE 91 "audience", OCCASION 92 "occasion", PLACING 93 "place_preposition", STAGING 94 "staging_preposition",
    ANY_OCCASION 95 "occasion_opener", GATHERED 96 "gathered", LANGUAGE 97 "language_name", SITE 98 "site",
    HOUR 99 "hour", OLDER 100 "older_text", NEWER 101 "newer_text", APART 102 "another_text", AUTHORED 103 "authored",
    SOURCE 104 "source_preposition", DATED 105 "dated", POINTS 106 "points", HOLDING 107 "holding",
}

/// Forms of cues; see the table `[cues]`.
pub(crate) const SPEECH: Kinds = 1 << 70;
/// A verb that gives a thing a name: *call*, *describe as*.
pub(crate) const LABEL: Kinds = 1 << 71;
/// A verb of ordering.
pub(crate) const ORDER: Kinds = 1 << 72;
/// A verb of thinking: it reports and rarely quotes.
pub(crate) const THINK: Kinds = 1 << 73;
/// An infinitive, also the form of the plural.
pub(crate) const BASE: Kinds = 1 << 74;
/// A form that is finite on its own.
pub(crate) const FINITE: Kinds = 1 << 75;
/// A participle of the past.
pub(crate) const PARTICIPLE: Kinds = 1 << 76;
/// A gerund.
pub(crate) const GERUND: Kinds = 1 << 77;
/// A word that some phrase of the file begins with.
const OPENS: Kinds = 1 << 79;
/// The last word of what names a text; see the tables `[[text]]`.
pub(crate) const TEXT_NOUN: Kinds = 1 << 83;
/// What tells of places and texts alone: a word that is of no other kind is read elsewhere as if it were in no list.
pub(crate) const ASIDE: Kinds = SPEAK
    | TELL
    | SPEAKING
    | AUDIENCE
    | OCCASION
    | PLACING
    | STAGING
    | ANY_OCCASION
    | GATHERED
    | LANGUAGE
    | SITE
    | HOUR
    | OLDER
    | NEWER
    | APART
    | AUTHORED
    | SOURCE
    | DATED
    | POINTS
    | HOLDING
    | TEXT_NOUN;
/// Any cue.
pub(crate) const CUE: Kinds = SPEECH | LABEL | ORDER | THINK;
/// Any pronoun.
pub(crate) const PRONOUN: Kinds = MASCULINE | FEMININE | PLURAL | NEUTER | FIRST;
/// A noun for somebody.
pub(crate) const SOMEBODY: Kinds = ROLE | ROLES | INSTITUTION;

/// Why a file of rules cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RulesError {
    /// It is no TOML of the expected shape.
    #[error("the file of rules cannot be read: {0}")]
    Shape(String),
    /// It names a kind of words that the engine does not know.
    #[error("the file of rules names the kind of words {0:?}, which is not known")]
    Kind(String),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    language: String,
    words: BTreeMap<String, String>,
    endings: BTreeMap<String, Vec<String>>,
    phrases: BTreeMap<String, Vec<String>>,
    media: BTreeMap<String, Vec<String>>,
    time: Vec<TimeRule>,
    numbers: BTreeMap<String, toml::Value>,
    #[serde(default)]
    countries: Vec<Vec<String>>,
    claim: Vec<ClaimRule>,
    #[serde(default)]
    text: Vec<TextRule>,
    cues: BTreeMap<String, Vec<String>>,
}

/// Words for a time, and which days they mean.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TimeRule {
    pub(crate) words: Vec<String>,
    pub(crate) precision: String,
    pub(crate) rule: Option<String>,
    pub(crate) from: Option<i64>,
    pub(crate) to: Option<i64>,
}

/// Words that make a claim.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ClaimRule {
    pub(crate) what: String,
    pub(crate) value: Option<String>,
    #[serde(default)]
    pub(crate) phrases: Vec<String>,
    #[serde(default)]
    pub(crate) nouns: Vec<String>,
    #[serde(default)]
    pub(crate) qualifiers: Vec<String>,
}

/// Words that name a text.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TextRule {
    /// Which kind of text.
    pub(crate) kind: String,
    /// Nouns that may mean such a text, and much else: they count with what stands beside them.
    #[serde(default)]
    pub(crate) nouns: Vec<String>,
    /// The same in the plural.
    #[serde(default)]
    pub(crate) plurals: Vec<String>,
    /// Words and phrases that mean such a text wherever they stand.
    #[serde(default)]
    pub(crate) names: Vec<String>,
    /// How sure a noun with its article alone is.
    pub(crate) sure: f64,
    /// Whether a letter or a number behind it tells it from others of its kind: `Annex B`.
    #[serde(default)]
    pub(crate) labelled: bool,
    /// Whether it may stand for a text of another kind that was named before: `the document`.
    #[serde(default)]
    pub(crate) general: bool,
    /// Whether texts of this kind are one more beside that which is spoken of: `counter-proposal`.
    #[serde(default)]
    pub(crate) beside: bool,
}

/// How a word names a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TextWord {
    /// Its rule.
    pub(crate) rule: usize,
    pub(crate) plural: bool,
    /// Whether it means a text wherever it stands.
    pub(crate) name: bool,
}

/// What a phrase of several words means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sense {
    According,
    Anonymity,
    NoStatement,
    Cancelled,
    Unfinished,
    Medium(usize),
    Time(usize),
    Claim(usize),
    Text(usize),
    Other,
}

/// A phrase and its sense, kept under its first word.
#[derive(Debug, Clone)]
pub(crate) struct Phrase {
    pub(crate) rest: Vec<Box<str>>,
    pub(crate) sense: Sense,
}

/// The rules of one language.
#[derive(Debug, Clone)]
pub struct Rules {
    language: String,
    words: BTreeMap<Box<str>, Kinds>,
    adverbs: Vec<String>,
    pasts: Vec<String>,
    pub(crate) nationalities: Vec<String>,
    stems: Vec<String>,
    /// The names of countries, each with its adjectives, its capital and the seats of its government.
    pub(crate) countries: Vec<Vec<String>>,
    phrases: BTreeMap<Box<str>, Vec<Phrase>>,
    pub(crate) media: Vec<String>,
    pub(crate) times: Vec<TimeRule>,
    pub(crate) claims: Vec<ClaimRule>,
    pub(crate) texts: Vec<TextRule>,
    text_words: BTreeMap<Box<str>, TextWord>,
    /// Endings of words that count points, as `-point`, and of those that tell an author, as `-drafted`.
    pub(crate) counting: Vec<String>,
    pub(crate) drafted: Vec<String>,
    pub(crate) few: Vec<String>,
    pub(crate) numbers: BTreeMap<String, u32>,
    pub(crate) months: Vec<String>,
    pub(crate) weekdays: Vec<String>,
}

impl Rules {
    /// The rules for English that come with the crate.
    ///
    /// # Errors
    /// [`RulesError`] if the file is out of order; a test holds that it is not.
    pub fn english() -> Result<Rules, RulesError> {
        Rules::parse(ENGLISH)
    }

    /// Reads a file of rules in the shape of `data/en.toml`.
    ///
    /// # Errors
    /// [`RulesError`] where the shape is another or a kind of words is not known.
    pub fn parse(source: &str) -> Result<Rules, RulesError> {
        let file: File =
            toml::from_str(source).map_err(|error| RulesError::Shape(error.to_string()))?;
        let list = |key: &str| -> Vec<String> {
            let words = file.words.get(key).map(String::as_str).unwrap_or_default();
            words.split_whitespace().map(str::to_owned).collect()
        };
        let ending = |key: &str| file.endings.get(key).cloned().unwrap_or_default();
        let mut rules = Rules {
            language: file.language.clone(),
            words: words(&file)?,
            adverbs: ending("adverb"),
            pasts: ending("past"),
            nationalities: ending("nationality"),
            stems: ending("stem"),
            countries: file.countries.clone(),
            phrases: BTreeMap::new(),
            media: file.media.keys().cloned().collect(),
            times: file.time.clone(),
            claims: file.claim.clone(),
            texts: file.text.clone(),
            text_words: BTreeMap::new(),
            counting: ending("counting"),
            drafted: ending("drafted"),
            few: Vec::new(),
            numbers: BTreeMap::new(),
            months: list("month"),
            weekdays: list("weekday"),
        };
        rules.take_numbers(&file);
        rules.take_texts(&file);
        let aside: Vec<Box<str>> = rules
            .words
            .iter()
            .filter(|(_, kinds)| **kinds & !ASIDE == 0)
            .map(|(word, _)| word.clone())
            .collect();
        for word in aside {
            let ending = rules.ending(&word);
            *rules.words.entry(word).or_default() |= ending;
        }
        rules.take_phrases(&file);
        Ok(rules)
    }

    fn take_texts(&mut self, file: &File) {
        for (index, rule) in file.text.iter().enumerate() {
            let lists = [
                (&rule.nouns, false, false),
                (&rule.plurals, true, false),
                (&rule.names, false, true),
            ];
            for (list, plural, name) in lists {
                for words in list {
                    let Some(last) = words.split_whitespace().next_back() else {
                        continue;
                    };
                    *self.words.entry(last.into()).or_default() |= TEXT_NOUN;
                    if last == words {
                        let word = TextWord {
                            rule: index,
                            plural,
                            name,
                        };
                        self.text_words.insert(last.into(), word);
                    }
                }
            }
        }
    }

    /// How a word in lower case names a text on its own.
    pub(crate) fn text_word(&self, word: &str) -> Option<TextWord> {
        self.text_words.get(word).copied()
    }

    /// A number in words or digits: `28`, `twenty-eight`.
    pub(crate) fn number(&self, word: &str) -> Option<u32> {
        if let Ok(number) = word.parse() {
            return Some(number);
        }
        let mut sum: u32 = 0;
        for part in word.split('-') {
            sum = sum.checked_add(*self.numbers.get(part)?)?;
        }
        Some(sum)
    }

    /// Whether a word in lower case is a country, its people or its adjective; of a country that is not in the list the
    /// adjective is known by its ending, where that is long enough to mean no other word.
    pub(crate) fn national(&self, word: &str) -> bool {
        let ends = |ending: &String| {
            ending.len() > 2
                && word
                    .strip_suffix(ending.as_str())
                    .is_some_and(|stem| stem.len() > 3)
        };
        self.nationalities.iter().any(ends)
            || self
                .countries
                .iter()
                .any(|names| names.iter().any(|name| name == word))
    }

    fn take_numbers(&mut self, file: &File) {
        for (word, value) in &file.numbers {
            match value {
                toml::Value::Integer(number) => {
                    let number = u32::try_from(*number).unwrap_or_default();
                    self.numbers.insert(word.clone(), number);
                }
                toml::Value::Array(list) => self
                    .few
                    .extend(list.iter().filter_map(|v| v.as_str().map(str::to_owned))),
                _ => {}
            }
        }
    }

    fn take_phrases(&mut self, file: &File) {
        for (key, phrases) in &file.phrases {
            let sense = match key.as_str() {
                "according" => Sense::According,
                "anonymity" => Sense::Anonymity,
                "no_statement" => Sense::NoStatement,
                "cancelled" => Sense::Cancelled,
                "unfinished" => Sense::Unfinished,
                _ => Sense::Other,
            };
            phrases.iter().for_each(|p| self.phrase(p, sense));
        }
        for (index, phrases) in file.media.values().enumerate() {
            phrases
                .iter()
                .for_each(|p| self.phrase(p, Sense::Medium(index)));
        }
        for (index, rule) in file.time.iter().enumerate() {
            rule.words
                .iter()
                .for_each(|p| self.phrase(p, Sense::Time(index)));
        }
        for (index, rule) in file.claim.iter().enumerate() {
            rule.phrases
                .iter()
                .for_each(|p| self.phrase(p, Sense::Claim(index)));
        }
        for (index, rule) in file.text.iter().enumerate() {
            rule.names
                .iter()
                .filter(|p| p.contains(' '))
                .for_each(|p| self.phrase(p, Sense::Text(index)));
        }
        for list in self.phrases.values_mut() {
            list.sort_by_key(|phrase| std::cmp::Reverse(phrase.rest.len()));
        }
    }

    fn phrase(&mut self, phrase: &str, sense: Sense) {
        let mut words = phrase.split_whitespace().map(Box::from);
        if let Some(first) = words.next() {
            let rest = words.collect();
            let kinds = self.word(&first).0 | OPENS;
            self.words.insert(first.clone(), kinds);
            self.phrases
                .entry(first)
                .or_default()
                .push(Phrase { rest, sense });
        }
    }

    /// The language, as a tag.
    #[must_use]
    pub fn language(&self) -> &str {
        &self.language
    }

    /// The kinds of a word in lower case.
    pub(crate) fn kinds(&self, word: &str) -> Kinds {
        self.word(word).0
    }

    /// The kinds of a word in lower case, and whether a phrase begins with it.
    pub(crate) fn word(&self, word: &str) -> (Kinds, bool) {
        match self.words.get(word) {
            Some(kinds) => (kinds & !OPENS, kinds & OPENS != 0),
            None => (self.ending(word), false),
        }
    }

    fn ending(&self, word: &str) -> Kinds {
        let long = word.len() > 4;
        if long
            && self
                .adverbs
                .iter()
                .any(|ending| word.ends_with(ending.as_str()))
        {
            return ADVERB_ENDING;
        }
        if long
            && self
                .pasts
                .iter()
                .any(|ending| word.ends_with(ending.as_str()))
        {
            return PAST_ENDING;
        }
        0
    }

    /// A word in lower case without its ending, so that its forms are one.
    pub(crate) fn stem<'w>(&self, word: &'w str) -> &'w str {
        let cut = self.stems.iter().find_map(|ending| {
            let stem = word.strip_suffix(ending.as_str())?;
            (stem.len() > 2).then_some(stem)
        });
        cut.unwrap_or(word)
    }

    /// Phrases that begin with a word, longest first.
    pub(crate) fn phrases(&self, word: &str) -> &[Phrase] {
        self.phrases
            .get(word)
            .map(Vec::as_slice)
            .unwrap_or_default()
    }
}

/// The kinds of every word of the file.
fn words(file: &File) -> Result<BTreeMap<Box<str>, Kinds>, RulesError> {
    let mut words: BTreeMap<Box<str>, Kinds> = BTreeMap::new();
    for (key, list) in &file.words {
        let Some((_, kind)) = NAMED.iter().find(|(name, _)| name == key) else {
            return Err(RulesError::Kind(key.clone()));
        };
        for word in list.split_whitespace() {
            *words.entry(word.into()).or_default() |= kind;
        }
    }
    for (key, verbs) in &file.cues {
        let kind = match key.as_str() {
            "speech" => SPEECH,
            "label" => LABEL,
            "order" => ORDER,
            "think" => THINK,
            _ => return Err(RulesError::Kind(key.clone())),
        };
        for verb in verbs {
            let forms = [BASE, FINITE, FINITE, PARTICIPLE, GERUND];
            for (word, form) in verb.split_whitespace().zip(forms) {
                *words.entry(word.into()).or_default() |= kind | form;
            }
        }
    }
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_is_in_order() {
        let rules = Rules::english().unwrap();
        assert_eq!(rules.language(), "en");
        assert_eq!(rules.kinds("said") & SPEECH, SPEECH);
        assert_eq!(rules.kinds("sharply"), ADVERB_ENDING);
    }

    #[test]
    fn another_kind_of_words_is_refused() {
        let source = ENGLISH.replace("determiner =", "article =");
        assert_eq!(
            Rules::parse(&source).unwrap_err(),
            RulesError::Kind("article".into())
        );
    }
}
