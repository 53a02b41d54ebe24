//! Who said what: marked passages and reported speech, sentence by sentence.

use std::ops::Range;

use crate::cues::{Cue, cues, plural, subject};
use crate::nouns::{person, right_named};
use crate::page::{Page, Sentence};
use crate::rules::*;
use crate::terms::is_term;
use crate::who::{Directory, Who};
use crate::work::step;

/// How a statement came to its speaker; each way has its own confidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Way {
    Before,
    After,
    Inverted,
    TakenOver,
    Trailing,
    According,
    Noun,
    Thought,
    Colon,
    Continued,
    Carried,
    Subject,
    Dash,
    Reported,
    None,
}

/// Who speaks, as found in one sentence.
#[derive(Debug, Clone)]
pub(crate) struct Voice {
    pub(crate) who: Who,
    /// The words of the mention, as tokens.
    pub(crate) mention: Range<usize>,
    pub(crate) cue: Option<usize>,
    pub(crate) way: Way,
    pub(crate) second_hand: bool,
    pub(crate) plural: bool,
    pub(crate) pronoun: bool,
}

/// Somebody's words.
#[derive(Debug, Clone)]
pub(crate) struct Said {
    /// The marked passage, or none for reported speech.
    pub(crate) marked: Option<usize>,
    pub(crate) sentence: usize,
    pub(crate) voice: Option<Voice>,
    /// Of reported speech, its tokens.
    pub(crate) tokens: Range<usize>,
}

/// What a report holds.
pub(crate) struct Speech {
    pub(crate) said: Vec<Said>,
    pub(crate) terms: Vec<usize>,
    /// The subject of each sentence, resolved.
    pub(crate) subjects: Vec<Option<Who>>,
    pub(crate) directory: Directory,
}

impl Speech {
    /// What is said in a sentence.
    pub(crate) fn in_sentence(&self, sentence: usize) -> &[Said] {
        let from = self.said.partition_point(|said| said.sentence < sentence);
        let to = self.said.partition_point(|said| said.sentence <= sentence);
        &self.said[from..to]
    }
}

/// A passage of so few words, in a sentence that tells of no speaking, is a term.
const SHORT: usize = 8;

/// Of how many speakers a sentence reports the words; what it holds of more is hostile, and each is told to its end.
const MOST_SPEAKERS: usize = 8;

struct Reader<'a> {
    page: &'a Page<'a>,
    directory: Directory,
    said: Vec<Said>,
    terms: Vec<usize>,
    subjects: Vec<Option<Who>>,
    /// Who spoke last, and in which paragraph.
    last: Option<(Voice, usize)>,
    /// A cue with a colon at the end of its paragraph.
    lead: Option<(Voice, usize)>,
    unclosed: bool,
}

/// Reads a page.
pub(crate) fn read(page: &Page) -> Speech {
    let mut reader = Reader {
        page,
        directory: Directory::new(page),
        said: Vec::new(),
        terms: Vec::new(),
        subjects: Vec::new(),
        last: None,
        lead: None,
        unclosed: false,
    };
    for (index, sentence) in page.sentences.iter().enumerate() {
        reader.sentence(index, sentence);
    }
    Speech {
        said: reader.said,
        terms: reader.terms,
        subjects: reader.subjects,
        directory: reader.directory,
    }
}

impl Reader<'_> {
    fn sentence(&mut self, index: usize, sentence: &Sentence) {
        let page = self.page;
        let subject = subject(page, sentence);
        let cues = cues(page, sentence);
        // `Karr said that he would`: within a sentence its own subject is the nearest.
        if let Some(noun) = &subject
            && person(page, noun.clone()).is_some()
        {
            let who = self.directory.resolve(page, noun);
            self.directory.remember(&who, plural(page, noun));
        }
        let mut voices: Vec<Option<Voice>> = Vec::new();
        let mut named: Option<Voice> = None;
        let mut speaking: Option<(Who, bool)> = None;
        for cue in &cues {
            let voice = self.voice(cue, &named, &voices);
            if let Some(voice) = &voice {
                let speaks =
                    cue.kinds & (SPEECH | LABEL | ORDER | THINK | SPEECH_NOUN) != 0 && cue.own;
                if speaks && named.is_none() && voice.who != Who::Unknown {
                    named = Some(voice.clone());
                    speaking = Some((voice.who.clone(), voice.plural));
                    self.directory.remember(&voice.who, voice.plural);
                }
            }
            voices.push(voice);
        }
        let subject = subject.map(|noun| {
            let pronoun = page.tokens[noun.start].is(PRONOUN) && noun.len() == 1;
            let who = match (
                &speaking,
                cues.iter().find(|c| c.subject.as_ref() == Some(&noun)),
            ) {
                (Some((who, _)), Some(_)) => who.clone(),
                _ => self.directory.resolve(page, &noun),
            };
            (noun, who, pronoun)
        });
        let marked: Vec<usize> = sentence
            .tokens
            .clone()
            .filter(|at| page.tokens[*at].marked().is_some())
            .collect();
        self.passages(index, sentence, &marked, &cues, &voices, subject.as_ref());
        self.reported(index, sentence, &marked, &cues, &voices);
        if let Some((noun, who, _)) = &subject {
            let somebody = matches!(who, Who::Person(_))
                || page.tokens[noun.clone()].iter().any(|t| t.is(ROLE | ROLES));
            if speaking.is_none() && somebody {
                self.directory.remember(who, plural(page, noun));
            } else if let Some((speaker, plural)) = &speaking {
                self.directory.remember(speaker, *plural);
                // `Karr left when Reyl asked`: it goes on with Karr.
                let within = named.as_ref().is_some_and(|voice| {
                    let before = noun.end.min(voice.mention.start)..voice.mention.start;
                    page.tokens[before]
                        .iter()
                        .any(|t| t.is(SUBORDINATE | RELATIVE))
                });
                if within && somebody {
                    self.directory.remember(who, false);
                }
            }
        }
        self.subjects.push(subject.map(|(_, who, _)| who));
        self.leads(sentence, &marked, &voices);
    }

    fn voice(
        &mut self,
        cue: &Cue,
        named: &Option<Voice>,
        before: &[Option<Voice>],
    ) -> Option<Voice> {
        let page = self.page;
        let noun = cue.subject.clone()?;
        let same = before.iter().flatten().rev().find(|v| v.mention == noun);
        let pronoun = page.tokens[noun.start].is(PRONOUN) && noun.len() == 1;
        let who = match (same, named) {
            (Some(voice), _) => voice.who.clone(),
            _ => self.directory.resolve(page, &noun),
        };
        let way = if cue.kinds & SPEECH_NOUN != 0 && cue.kinds & CUE == 0 {
            Way::Noun
        } else if !cue.own {
            Way::TakenOver
        } else if !page.tokens[cue.at].is(CUE) {
            Way::According
        } else if cue.kinds & (SPEECH | LABEL | ORDER) == 0 {
            Way::Thought
        } else if cue.inverted {
            Way::Inverted
        } else {
            Way::Before
        };
        let joined = noun
            .start
            .checked_sub(1)
            .is_some_and(|b| page.tokens[b].is(CONJUNCTION) || page.tokens[b].sign(",;"));
        let second_hand = !joined
            && cue.own
            && !pronoun
            && named.as_ref().is_some_and(|v| {
                v.who != who
                    && v.mention.start < noun.start
                    && v.cue.is_some_and(|c| c < noun.start)
            })
            && cue.kinds & SPEECH_NOUN == 0;
        Some(Voice {
            plural: plural(page, &noun),
            mention: noun,
            cue: Some(cue.at),
            way,
            second_hand,
            pronoun,
            who,
        })
    }

    fn passages(
        &mut self,
        index: usize,
        sentence: &Sentence,
        marked: &[usize],
        cues: &[Cue],
        voices: &[Option<Voice>],
        subject: Option<&(Range<usize>, Who, bool)>,
    ) {
        let page = self.page;
        let bare = !marked.is_empty()
            && sentence
                .tokens
                .clone()
                .all(|at| page.tokens[at].marked().is_some() || !page.tokens[at].word());
        for at in marked {
            let Some(quote) = page.tokens[*at].marked() else {
                continue;
            };
            let found = self.beside(*at, sentence, cues, voices);
            let led = found.as_ref().is_some_and(|v| {
                matches!(
                    v.way,
                    Way::Before | Way::After | Way::Inverted | Way::According
                )
            });
            if is_term(page, *at, sentence, led, bare) {
                self.terms.push(quote);
                continue;
            }
            let found = found.or_else(|| self.trailing(*at, cues, voices));
            let voice = found.or_else(|| self.dash(*at, sentence)).or_else(|| {
                if bare {
                    self.carried(sentence)
                } else {
                    self.loose(*at, sentence, subject)
                }
            });
            let words = page.inner(quote).split_whitespace();
            let words = words.take(SHORT + 1).count();
            let fragment = words <= SHORT;
            let weak = voice
                .as_ref()
                .is_none_or(|v| matches!(v.way, Way::Subject | Way::None | Way::Carried))
                && !bare;
            // A word or three that nobody is told to say are no statement.
            if weak && fragment || voice.is_none() && words <= 3 {
                self.terms.push(quote);
                continue;
            }
            if let Some(voice) = &voice {
                self.last = Some((voice.clone(), sentence.paragraph));
            }
            self.unclosed = page.marked[quote].unclosed;
            self.said.push(Said {
                marked: Some(quote),
                sentence: index,
                voice,
                tokens: *at..*at + 1,
            });
        }
    }

    /// The voice of the cue that leads to a passage, or follows it.
    fn beside(
        &self,
        at: usize,
        sentence: &Sentence,
        cues: &[Cue],
        voices: &[Option<Voice>],
    ) -> Option<Voice> {
        let page = self.page;
        let after = self.following(at, sentence, cues, voices);
        let verb = |(cue, voice): &(&Cue, &Option<Voice>)| {
            cue.at < at && voice.is_some() && cue.kinds & (SPEECH | LABEL | ORDER) != 0
        };
        // A noun counts over a verb where its clause follows: `the claim that`.
        let noun = |(cue, voice): &(&Cue, &Option<Voice>)| {
            let opens = page
                .tokens
                .get(cue.at + 1)
                .is_some_and(|t| t.is(SUBORDINATE))
                || cue.at + 1 == at;
            cue.at < at && voice.is_some() && cue.kinds & SPEECH_NOUN != 0 && opens
        };
        let pairs = || cues.iter().zip(voices).rev();
        let before = pairs()
            .find(|pair| verb(pair) || noun(pair))
            .or_else(|| pairs().find(|(cue, voice)| cue.at < at && voice.is_some()));
        let Some((cue, Some(voice))) = before else {
            return after;
        };
        if let Some(after) = after {
            let integrated = page.tokens[at]
                .marked()
                .is_some_and(|q| page.inner(q).trim_start().starts_with(char::is_lowercase));
            let gap = page.tokens[cue.at + 1..at]
                .iter()
                .filter(|t| t.word())
                .count();
            let leads =
                cue.own && (integrated || gap <= 3) && cue.kinds & (SPEECH | LABEL | ORDER) != 0;
            if !leads {
                return Some(after);
            }
            let mut voice = voice.clone();
            voice.second_hand |= after.who != voice.who;
            return Some(voice);
        }
        Some(voice.clone())
    }

    /// `QUOTE, NAME said` and `QUOTE said NAME`.
    fn following(
        &self,
        at: usize,
        sentence: &Sentence,
        cues: &[Cue],
        voices: &[Option<Voice>],
    ) -> Option<Voice> {
        let page = self.page;
        let mut next = at + 1;
        while next < sentence.tokens.end && page.tokens[next].sign(",—–-…") {
            next += 1;
        }
        let as_put = page
            .tokens
            .get(next)
            .filter(|t| t.is(LINK))
            .map_or(next, |_| next + 1);
        for (cue, voice) in cues.iter().zip(voices) {
            let (Some(subject), Some(voice)) = (&cue.subject, voice) else {
                continue;
            };
            if cue.at < next
                || page.tokens[at + 1..cue.at]
                    .iter()
                    .any(|t| t.marked().is_some())
            {
                continue;
            }
            let direct = cue.own
                && (subject.start == next
                    || subject.start == as_put
                    || cue.inverted
                        && page.tokens[next..cue.at]
                            .iter()
                            .all(|t| t.is(ADVERB | ADVERB_ENDING | AUXILIARY)));
            if direct && cue.kinds & (SPEECH | LABEL | ORDER) != 0 {
                let mut voice = voice.clone();
                voice.second_hand = false;
                if voice.way == Way::Before {
                    voice.way = Way::After;
                }
                return Some(voice);
            }
            break;
        }
        None
    }

    /// `QUOTE of the trade, NAME said`: nothing leads to the passage, and a clause at the end says whose it is.
    fn trailing(&self, at: usize, cues: &[Cue], voices: &[Option<Voice>]) -> Option<Voice> {
        let page = self.page;
        let (cue, voice) = cues.iter().zip(voices).find(|(cue, _)| cue.at > at)?;
        let subject = cue.subject.as_ref()?;
        let from = subject.start.min(cue.at);
        let parted = from > at && page.tokens[from - 1].sign(",");
        let says = cue.own && cue.kinds & SPEECH != 0;
        let mut voice = voice.clone().filter(|_| parted && says)?;
        voice.second_hand = false;
        voice.way = Way::Trailing;
        Some(voice)
    }

    /// `QUOTE — NAME`, at the end of a sentence or of a paragraph.
    fn dash(&mut self, at: usize, sentence: &Sentence) -> Option<Voice> {
        let page = self.page;
        let dash = page
            .tokens
            .get(at + 1)
            .filter(|t| at + 1 < sentence.tokens.end && t.sign("—–-―~"))?;
        let _ = dash;
        let noun = right_named(page, at + 2, sentence.tokens.end)?;
        let closes = noun.end >= sentence.tokens.end || page.tokens[noun.end].sign(".,(");
        person(page, noun.clone()).filter(|_| closes)?;
        let who = self.directory.resolve(page, &noun);
        Some(Voice {
            who,
            plural: false,
            mention: noun,
            cue: None,
            way: Way::Dash,
            second_hand: false,
            pronoun: false,
        })
    }

    /// A passage that stands alone goes on with who spoke last.
    fn carried(&self, sentence: &Sentence) -> Option<Voice> {
        if let Some((voice, paragraph)) = &self.lead
            && *paragraph + 1 == sentence.paragraph
        {
            return Some(Voice {
                way: Way::Colon,
                ..voice.clone()
            });
        }
        let (voice, paragraph) = self.last.as_ref()?;
        let way = if *paragraph == sentence.paragraph || self.unclosed {
            Way::Continued
        } else {
            Way::Carried
        };
        (*paragraph + 3 > sentence.paragraph).then(|| Voice {
            way,
            cue: None,
            mention: 0..0,
            ..voice.clone()
        })
    }

    /// A passage in a sentence without a cue: before a colon the subject speaks; else, perhaps, the subject or who spoke last.
    fn loose(
        &mut self,
        at: usize,
        sentence: &Sentence,
        subject: Option<&(Range<usize>, Who, bool)>,
    ) -> Option<Voice> {
        let page = self.page;
        let colon = at > sentence.tokens.start && page.tokens[at - 1].sign(":");
        let voice = |noun: &Range<usize>, who: &Who, way| Voice {
            who: who.clone(),
            plural: plural(page, noun),
            mention: noun.clone(),
            cue: None,
            way,
            second_hand: false,
            pronoun: noun.len() == 1 && page.tokens[noun.start].is(PRONOUN),
        };
        let (noun, who, pronoun) = subject.filter(|(noun, ..)| noun.start < at)?;
        let somebody = matches!(who, Who::Person(_))
            || page.tokens[noun.clone()]
                .iter()
                .any(|t| t.is(SOMEBODY) && !t.is(DOCUMENT));
        if (somebody || *pronoun) && *who != Who::Unknown {
            return Some(voice(
                noun,
                who,
                if colon { Way::Colon } else { Way::Subject },
            ));
        }
        let (last, paragraph) = self.last.as_ref()?;
        (*paragraph + 1 >= sentence.paragraph).then(|| Voice {
            way: Way::Carried,
            cue: None,
            mention: 0..0,
            ..last.clone()
        })
    }

    /// Speech without marks.
    fn reported(
        &mut self,
        index: usize,
        sentence: &Sentence,
        marked: &[usize],
        cues: &[Cue],
        voices: &[Option<Voice>],
    ) {
        let page = self.page;
        let silent: Vec<&Range<usize>> = page
            .phrases(sentence)
            .iter()
            .filter(|phrase| phrase.sense == Sense::NoStatement)
            .map(|phrase| &phrase.tokens)
            .collect();
        let mut seen: Vec<Who> = Vec::new();
        for (cue, voice) in cues.iter().zip(voices) {
            step(1 + seen.len());
            let Some(voice) = voice else { continue };
            let who = voice.who.clone();
            if who == Who::Unknown
                || seen.contains(&who)
                || voice.second_hand && !voice.plural
                || silent
                    .iter()
                    .any(|r| r.start <= cue.at + 1 && cue.at <= r.end)
            {
                continue;
            }
            let end = self.complement(cue, sentence, marked);
            let Some(tokens) = end else { continue };
            if seen.len() >= MOST_SPEAKERS {
                break;
            }
            seen.push(who);
            let mut voice = voice.clone();
            voice.way = if voice.way == Way::Thought {
                Way::Thought
            } else {
                Way::Reported
            };
            voice.second_hand = false;
            self.said.push(Said {
                marked: None,
                sentence: index,
                voice: Some(voice),
                tokens,
            });
        }
    }

    /// The words that a cue reports: a clause of some length after it, or before `according to`.
    fn complement(&self, cue: &Cue, sentence: &Sentence, marked: &[usize]) -> Option<Range<usize>> {
        let page = self.page;
        if !page.tokens[cue.at].is(CUE | SPEECH_NOUN) || cue.inverted && cue.kinds & LABEL == 0 {
            let first = page.tokens[sentence.tokens.start].start == page.tokens[cue.at].start;
            let end = cue.subject.as_ref()?.end;
            let range = if first {
                end..sentence.tokens.end
            } else {
                sentence.tokens.start..cue.at
            };
            let words = page.tokens[range.clone()]
                .iter()
                .filter(|t| t.word())
                .count();
            let quoted = page.tokens[range.clone()]
                .iter()
                .any(|t| t.marked().is_some());
            return (words >= 4 && !quoted).then_some(range);
        }
        if cue.inverted {
            return None;
        }
        let range = cue.at + 1..sentence.tokens.end;
        let stop = marked
            .iter()
            .copied()
            .find(|m| *m > cue.at)
            .unwrap_or(range.end);
        let words = page.tokens[cue.at + 1..stop]
            .iter()
            .filter(|t| t.word())
            .count();
        let next = page.tokens.get(cue.at + 1)?;
        if cue.kinds & LABEL != 0 && cue.kinds & SPEECH == 0 {
            return (stop == range.end && words >= 3).then_some(range);
        }
        let that = page.tokens[range.start..range.end.min(range.start + 9)]
            .iter()
            .any(|t| t.is(SUBORDINATE));
        if cue.kinds & CUE == 0 {
            return (that && words >= 4).then_some(range);
        }
        let rest = &page.tokens[range.clone()];
        let flat = !that
            && !rest
                .iter()
                .any(|t| t.is(AUXILIARY | SUBORDINATE | INFINITIVE | CUE) || t.marked().is_some());
        if flat && (next.is(INDEFINITE | PREPOSITION) || next.is(ADVERB)) {
            return None;
        }
        let clause = that || words >= 3 && !next.sign(",:.;");
        let beside = stop == cue.at + 2 && next.is(SUBORDINATE);
        (clause && words >= 3 || beside).then_some(range)
    }

    /// Keeps a cue before a colon that ends its paragraph.
    fn leads(&mut self, sentence: &Sentence, marked: &[usize], voices: &[Option<Voice>]) {
        let colon = sentence
            .tokens
            .clone()
            .next_back()
            .is_some_and(|at| self.page.tokens[at].sign(":"));
        if let Some(voice) = voices.iter().flatten().next_back().filter(|_| colon) {
            self.lead = Some((voice.clone(), sentence.paragraph));
        } else if marked.is_empty()
            || self
                .lead
                .as_ref()
                .is_some_and(|(_, p)| *p + 1 < sentence.paragraph)
        {
            self.lead = None;
        }
        if let Some(voice) = voices.iter().flatten().next().filter(|_| marked.is_empty()) {
            self.last = Some((voice.clone(), sentence.paragraph));
        }
    }
}
