//! What a report is read as: the shape that leaves the crate.

use std::sync::Arc;

use serde::Serialize;

use crate::accounts::Compared;
use crate::claims::{Claim, claims};
use crate::concern::Concern;
use crate::detail::{attribution, medium, sureness};
use crate::meetings::{Meeting, meetings};
use crate::missions::Mission;
use crate::offsets::Offsets;
use crate::page::{Page, Sentence};
use crate::places::{Place, place};
use crate::rules::Rules;
use crate::speech::{self, Said, Speech, Way};
use crate::texts::{Mentioned, texts};
use crate::time::{Day, Moment, Moments};
use crate::who::{LONGEST_NAME, Who};

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
    /// Who was sent to whom.
    pub missions: Vec<Mission>,
    /// Texts that it mentions, each once.
    pub texts: Vec<Mentioned>,
    /// Where it differs from a record that it is read beside, and what it tells again.
    #[serde(flatten, skip_serializing_if = "Compared::is_empty")]
    pub compared: Compared,
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
    pub speaker: Option<Arc<str>>,
    /// The speaker as mentioned here.
    pub speaker_words: Option<String>,
    /// The office that the text gives the speaker.
    pub office: Option<Arc<str>>,
    /// On whose behalf: `on-record`, `anonymous`, `collective`, `second-hand`.
    pub attribution: &'static str,
    /// In what it was said: a platform, an interview, a statement.
    pub medium: Option<String>,
    /// Where it was said, where that is told.
    pub place: Option<Place>,
    /// The word that says that somebody speaks.
    pub cue: Option<String>,
    /// When.
    pub when: Option<Box<Moment>>,
    /// The sentence it rests on.
    pub sentence: Span,
    /// How sure the speaker is, from 0 to 1.
    pub sure: f64,
    /// What it claims of the process.
    pub claims: Vec<Claim>,
    /// Provisions that it may concern, as `DRAFT#PATH`, where a process is given: the office chooses.
    pub points: Vec<String>,
    /// The same with the words that speak for it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub concerns: Vec<Concern>,
    /// The seat of the speaker, where a process is given and the speaker is known there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seat: Option<String>,
    /// The speaker as a person of that process.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
}

/// Reads a report.
///
/// `date` is its day as `YYYY-MM-DD`; without one, times keep their words and no day is worked out.
#[must_use]
pub fn read(rules: &Rules, file: &str, text: &str, date: Option<&str>) -> Report {
    let page = Page::new(rules, text);
    let speech = speech::read(&page);
    let offsets = Offsets::new(text);
    let day = date.and_then(Day::parse);
    let moments = || Moments {
        page: &page,
        rules,
        offsets: &offsets,
        day,
        last: None,
    };
    let mut reading = Reading {
        page: &page,
        rules,
        speech: &speech,
        offsets: &offsets,
        moments: moments(),
        media: Media::default(),
    };
    let mut statements: Vec<Statement> = speech
        .said
        .iter()
        .map(|said| reading.statement(said))
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
    let (meetings, missions) = meetings(&speech, &mut moments());
    Report {
        file: file.to_owned(),
        date: day.map(|day| day.to_string()),
        statements,
        terms: speech.terms.iter().map(passage).collect(),
        meetings,
        missions,
        texts: texts(&page, &speech, rules, &offsets, day),
        compared: Compared::default(),
    }
}

/// The medium and the place of a speaker in a paragraph, which hold until the paragraph ends.
#[derive(Default)]
struct Media {
    paragraph: usize,
    of: Vec<(Who, String)>,
    at: Vec<(Who, Place)>,
    sentence: Option<usize>,
}

/// Of how many speakers of a paragraph that is kept.
const KEPT: usize = 16;

/// A report while its statements are told, in the order of its sentences.
struct Reading<'a> {
    page: &'a Page<'a>,
    rules: &'a Rules,
    speech: &'a Speech,
    offsets: &'a Offsets<'a>,
    moments: Moments<'a>,
    media: Media,
}

impl Reading<'_> {
    fn statement(&mut self, said: &Said) -> Statement {
        let (page, offsets) = (self.page, self.offsets);
        let sentence = &page.sentences[said.sentence];
        let range = match said.marked {
            Some(quote) => page.marked[quote].inner.clone(),
            None => page.tokens[said.tokens.start].start..page.tokens[said.tokens.end - 1].end,
        };
        let named = medium(page, self.rules, sentence).is_some();
        let medium = self.medium(said, sentence);
        let place = self.place(said, sentence, named);
        let voice = said.voice.as_ref();
        let office = voice.and_then(|voice| match &voice.who {
            Who::Person(name) => self.speech.directory.office(name).cloned(),
            _ => None,
        });
        Statement {
            start: offsets.at(range.start),
            end: offsets.at(range.end),
            text: page.slice(range).to_owned(),
            verbatim: said.marked.is_some(),
            speaker: voice.and_then(|v| v.who.name()).cloned(),
            speaker_words: voice
                .map(|v| page.words(v.mention.clone()))
                .filter(|words| !words.is_empty() && words.len() <= LONGEST_NAME)
                .map(str::to_owned),
            office,
            attribution: attribution(page, self.rules, sentence, voice),
            medium,
            place,
            cue: voice
                .and_then(|v| v.cue)
                .map(|at| page.token(at).to_owned()),
            when: self.moments.of(said.sentence).map(Box::new),
            sentence: Span {
                start: offsets.at(sentence.start),
                end: offsets.at(sentence.end),
            },
            sure: sureness(voice, voice.map_or(Way::None, |v| v.way)),
            claims: claims(page, self.rules, said),
            points: Vec::new(),
            concerns: Vec::new(),
            seat: None,
            person: None,
        }
    }

    /// The medium of what is said: named in the sentence, or of this speaker earlier in the paragraph.
    fn medium(&mut self, said: &Said, sentence: &Sentence) -> Option<String> {
        let media = &mut self.media;
        if media.paragraph != sentence.paragraph {
            *media = Media {
                paragraph: sentence.paragraph,
                ..Media::default()
            };
        }
        let from = media
            .sentence
            .map_or(said.sentence, |s| (s + 1).min(said.sentence));
        media.sentence = Some(said.sentence);
        for index in from..=said.sentence {
            // What a sentence names holds for its speaker or subject from there on.
            let here = self.page.sentences.get(index);
            let Some(here) = here.filter(|here| here.paragraph == sentence.paragraph) else {
                continue;
            };
            let Some(found) = medium(self.page, self.rules, here) else {
                continue;
            };
            let own = said.voice.as_ref().filter(|_| index == said.sentence);
            let subject = || self.speech.subjects.get(index).cloned().flatten();
            if let Some(who) = own.map(|voice| voice.who.clone()).or_else(subject) {
                media.of.retain(|(known, _)| *known != who);
                media.of.push((who, found));
                if media.of.len() > KEPT {
                    media.of.remove(0);
                }
            }
        }
        let voice = said.voice.as_ref()?;
        let known = media.of.iter().find(|(who, _)| *who == voice.who);
        known.map(|(_, medium)| medium.clone())
    }

    /// The place of what is said: told in the sentence, or of this speaker earlier in the paragraph, as long as no medium is
    /// named since.
    fn place(&mut self, said: &Said, sentence: &Sentence, medium: bool) -> Option<Place> {
        let who = &said.voice.as_ref()?.who;
        let at = &mut self.media.at;
        if let Some(own) = place(self.page, self.offsets, sentence, said) {
            at.retain(|(known, _)| known != who);
            if *who != Who::Unknown {
                at.push((who.clone(), own.clone()));
            }
            if at.len() > KEPT {
                at.remove(0);
            }
            return Some(own);
        }
        if medium {
            at.retain(|(known, _)| known != who);
        }
        let known = at.iter().find(|(known, _)| known == who);
        known.map(|(_, place)| place.clone())
    }
}
