//! What a report is read as: the shape that leaves the crate.

use serde::Serialize;

use crate::claims::{Claim, claims};
use crate::detail::{attribution, medium, sureness};
use crate::meetings::{Meeting, meetings};
use crate::offsets::Offsets;
use crate::page::Page;
use crate::rules::Rules;
use crate::speech::{self, Said, Speech, Way};
use crate::time::{Day, Moment, moment};
use crate::who::Who;

/// A report, read. Offsets are code points, ends exclusive.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// The file.
    pub file: String,
    /// The day of the report, or null.
    pub date: Option<String>,
    /// What was said, in the order of the text.
    pub statements: Vec<Statement>,
    /// Marks that hold a term, a title or a scare quote.
    pub terms: Vec<Passage>,
    /// Who met whom, or is to.
    pub meetings: Vec<Meeting>,
}

/// A stretch of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Span {
    /// Its first code point.
    pub start: usize,
    /// Behind its last.
    pub end: usize,
}

/// Marked words that nobody says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Passage {
    /// The first code point within the marks.
    pub start: usize,
    /// Behind the last.
    pub end: usize,
    /// The words.
    pub text: String,
}

/// What somebody said.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Statement {
    /// The first code point of the words, within the marks.
    pub start: usize,
    /// Behind the last.
    pub end: usize,
    /// The words.
    pub text: String,
    /// Whether this is a quotation; else reported speech.
    pub verbatim: bool,
    /// The speaker, by the fullest name in the text, or null.
    pub speaker: Option<String>,
    /// The speaker as mentioned here.
    pub speaker_words: Option<String>,
    /// The office that the text gives the speaker.
    pub office: Option<String>,
    /// On whose behalf: `on-record`, `anonymous`, `collective`, `second-hand`.
    pub attribution: &'static str,
    /// Where it was said: a platform, an interview, a statement.
    pub medium: Option<String>,
    /// The word that says that somebody speaks.
    pub cue: Option<String>,
    /// When.
    pub when: Option<Moment>,
    /// The sentence it rests on.
    pub sentence: Span,
    /// How sure the speaker is, from 0 to 1.
    pub sure: f64,
    /// What it claims of the process.
    pub claims: Vec<Claim>,
    /// Provisions that it may concern, where a dossier is given.
    pub points: Vec<String>,
}

/// Reads a report.
///
/// `date` is its day as `YYYY-MM-DD`; without one, times keep their words and no day is worked out.
#[must_use]
pub fn read(rules: &Rules, file: &str, text: &str, date: Option<&str>) -> Report {
    let page = Page::new(rules, text);
    let speech = speech::read(&page, rules);
    let offsets = Offsets::new(text);
    let day = date.and_then(Day::parse);
    let mut media = Media::default();
    let mut statements: Vec<Statement> = speech
        .said
        .iter()
        .map(|said| statement(&page, rules, &speech, said, &offsets, day, &mut media))
        .collect();
    statements.sort_by_key(|s| (s.start, s.end));
    let passage = |quote: &usize| {
        let inner = page.marked[*quote].inner.clone();
        Passage {
            start: offsets.at(inner.start),
            end: offsets.at(inner.end),
            text: page.inner(*quote).to_owned(),
        }
    };
    Report {
        file: file.to_owned(),
        date: day.map(|day| day.to_string()),
        statements,
        terms: speech.terms.iter().map(passage).collect(),
        meetings: meetings(&page, rules, &speech, &offsets, day),
    }
}

/// The medium of a speaker in a paragraph, which holds until the paragraph ends.
#[derive(Default)]
struct Media {
    paragraph: usize,
    of: Vec<(Who, String)>,
    sentence: Option<usize>,
}

fn statement(
    page: &Page,
    rules: &Rules,
    speech: &Speech,
    said: &Said,
    offsets: &Offsets,
    day: Option<Day>,
    media: &mut Media,
) -> Statement {
    let sentence = &page.sentences[said.sentence];
    let range = match said.marked {
        Some(quote) => page.marked[quote].inner.clone(),
        None => page.tokens[said.tokens.start].start..page.tokens[said.tokens.end - 1].end,
    };
    if media.paragraph != sentence.paragraph {
        *media = Media {
            paragraph: sentence.paragraph,
            ..Media::default()
        };
    }
    let from = media
        .sentence
        .map_or(said.sentence, |s| (s + 1).min(said.sentence));
    for index in from..=said.sentence {
        // What a sentence names holds for its speaker or subject from there on.
        let (Some(here), other) = (page.sentences.get(index), speech.subjects.get(index)) else {
            continue;
        };
        if here.paragraph != sentence.paragraph {
            continue;
        }
        let Some(found) = medium(page, rules, here) else {
            continue;
        };
        let who = said
            .voice
            .as_ref()
            .filter(|_| index == said.sentence)
            .map(|v| v.who.clone())
            .or_else(|| other.cloned().flatten());
        if let Some(who) = who {
            media.of.retain(|(known, _)| *known != who);
            media.of.push((who, found));
            if media.of.len() > 16 {
                media.of.remove(0);
            }
        }
    }
    media.sentence = Some(said.sentence);
    let voice = said.voice.as_ref();
    let medium = voice.and_then(|voice| {
        media
            .of
            .iter()
            .find(|(who, _)| *who == voice.who)
            .map(|(_, medium)| medium.clone())
    });
    let text = page.slice(range.clone());
    let speaker = voice.and_then(|v| v.who.name());
    Statement {
        start: offsets.at(range.start),
        end: offsets.at(range.end),
        text: text.to_owned(),
        verbatim: said.marked.is_some(),
        speaker: speaker.map(str::to_owned),
        speaker_words: voice
            .filter(|v| !v.mention.is_empty())
            .map(|v| page.words(v.mention.clone()).to_owned()),
        office: voice.and_then(|v| match &v.who {
            Who::Person(name) => speech.directory.office(name).map(str::to_owned),
            _ => None,
        }),
        attribution: attribution(page, rules, sentence, voice),
        medium,
        cue: voice
            .and_then(|v| v.cue)
            .map(|at| page.token(at).to_owned()),
        when: moment(page, rules, sentence, day, offsets),
        sentence: Span {
            start: offsets.at(sentence.start),
            end: offsets.at(sentence.end),
        },
        sure: sureness(voice, voice.map_or(Way::None, |v| v.way)),
        claims: claims(page, rules, said),
        points: Vec::new(),
    }
}
