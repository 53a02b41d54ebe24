//! PolNeAR as it lies on disk: documents, attributions beside them, and what of that is a quotation.

use std::path::Path;

use md5::{Digest, Md5};

use crate::failure::{Failure, Result, While};

/// Which half of the documents: rules are developed on one and figures told of the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Half {
    Develop,
    HeldOut,
}

impl Half {
    /// The half of a document: even MD5 sums of names are developed on, odd ones held out.
    pub(crate) fn of(name: &str) -> Half {
        match Md5::digest(name.as_bytes()).last() {
            Some(byte) if byte % 2 == 1 => Half::HeldOut,
            _ => Half::Develop,
        }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Half::Develop => "developed on",
            Half::HeldOut => "held out",
        }
    }
}

/// A stretch of a text, in code points.
pub(crate) type Span = (usize, usize);

/// Who speaks, as the corpus has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Named,
    Pronoun,
    None,
}

/// A passage between marks that somebody says.
#[derive(Debug, Clone)]
pub(crate) struct Quote {
    pub(crate) span: Span,
    pub(crate) speaker: String,
    pub(crate) speaker_span: Span,
    pub(crate) kind: Kind,
}

/// A document with its quotations, and the marked passages that nobody says.
#[derive(Debug)]
pub(crate) struct Document {
    pub(crate) name: String,
    pub(crate) text: String,
    pub(crate) quotes: Vec<Quote>,
    pub(crate) unattributed: Vec<Span>,
}

/// How much of a passage the content of an attribution must cover.
const COVERED: f64 = 0.6;

/// The documents of the three compartments of the core, by name. Of each the first annotation counts.
pub(crate) fn read(folder: &Path) -> Result<Vec<Document>> {
    let mut documents = Vec::new();
    for part in ["train", "dev", "test"] {
        let data = folder.join("data").join(part);
        let mut annotations = names(&data.join("attributions"), ".ann")?;
        annotations.sort();
        for name in names(&data.join("text"), ".txt")? {
            let from = annotations.partition_point(|a| a.as_str() < name.as_str());
            let annotation = annotations.get(from).filter(|a| a.starts_with(&name));
            let Some(annotation) = annotation else {
                return Err(Failure::because(format!("{name} has no attributions")));
            };
            let read = |part: &str, file: String| {
                let path = data.join(part).join(file);
                std::fs::read_to_string(&path).on(path.display())
            };
            let text = read("text", format!("{name}.txt"))?;
            let annotation = read("attributions", format!("{annotation}.ann"))?;
            documents.push(document(name, text, &annotation));
        }
    }
    documents.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(documents)
}

fn names(folder: &Path, ending: &str) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder).on(folder.display())? {
        let name = entry.on(folder.display())?.file_name();
        let name = name.to_string_lossy();
        names.extend(name.strip_suffix(ending).map(str::to_owned));
    }
    Ok(names)
}

/// Who says what, as an annotator marked it.
#[derive(Debug, Default)]
struct Attribution {
    source: Vec<Span>,
    content: Vec<Span>,
}

fn document(name: String, text: String, annotation: &str) -> Document {
    let chars: Vec<char> = text.chars().collect();
    let words = |span: &Span| -> String { chars[span.0..span.1].iter().collect() };
    let attributions = attributions(annotation, chars.len());
    let (mut quotes, mut unattributed) = (Vec::new(), Vec::new());
    for span in marked(&chars) {
        let covering = attributions
            .iter()
            .filter(|attribution| covered(span, &attribution.content) >= COVERED)
            .min_by_key(|attribution| length(&attribution.content));
        let Some(attribution) = covering else {
            unattributed.push(span);
            continue;
        };
        let speaker: Vec<String> = attribution.source.iter().map(words).collect();
        let speaker = speaker.join(" ");
        let first = attribution.source.first().copied();
        quotes.push(Quote {
            span,
            kind: kind(&speaker),
            speaker_span: (
                first.map_or(0, |span| span.0),
                attribution.source.last().map_or(0, |span| span.1),
            ),
            speaker,
        });
    }
    Document {
        name,
        text,
        quotes,
        unattributed,
    }
}

/// The attributions of a file in the stand-off form of brat: spans by their tags, then events that tie them.
fn attributions(annotation: &str, length: usize) -> Vec<Attribution> {
    let mut spans: Vec<(&str, Vec<Span>)> = Vec::new();
    let mut found = Vec::new();
    for line in annotation.lines() {
        let mut parts = line.split('\t');
        let (Some(tag), Some(about)) = (parts.next(), parts.next()) else {
            continue;
        };
        if tag.starts_with('T') {
            let about = about.split_once(' ').map_or("", |(_, spans)| spans);
            let pieces = about.split(';').filter_map(|piece| {
                let (start, end) = piece.split_once(' ')?;
                let (start, end) = (start.parse().ok()?, end.parse().ok()?);
                (start < end && end <= length).then_some((start, end))
            });
            spans.push((tag, pieces.collect()));
        } else if tag.starts_with('E') {
            let mut attribution = Attribution::default();
            for (role, tag) in about.split(' ').filter_map(|part| part.split_once(':')) {
                let pieces = spans.iter().find(|(known, _)| *known == tag);
                let pieces = pieces.map_or(&[][..], |(_, pieces)| pieces);
                match role {
                    "Source" => attribution.source.extend(pieces),
                    "Content" | "Content2" => attribution.content.extend(pieces),
                    _ => {}
                }
            }
            attribution.source.sort();
            found.push(attribution);
        }
    }
    found
}

fn length(spans: &[Span]) -> usize {
    spans.iter().map(|(start, end)| end - start).sum()
}

/// How much of a span others cover.
fn covered(span: Span, by: &[Span]) -> f64 {
    let common = |other: &Span| span.1.min(other.1).saturating_sub(span.0.max(other.0));
    let covered: usize = by.iter().map(common).sum();
    covered as f64 / (span.1 - span.0).max(1) as f64
}

const PRONOUNS: [&str; 12] = [
    "he", "she", "they", "it", "i", "we", "you", "who", "him", "her", "them", "his",
];

fn kind(speaker: &str) -> Kind {
    if speaker.trim().is_empty() {
        return Kind::None;
    }
    let pronoun = PRONOUNS.contains(&speaker.trim().to_lowercase().as_str());
    if pronoun { Kind::Pronoun } else { Kind::Named }
}

/// Passages between marks, the marks left out: double ones of any shape, and curly single ones outside of them. Found by
/// lines that know nothing of the reader's.
fn marked(chars: &[char]) -> Vec<Span> {
    let mut found = Vec::new();
    let mut open: Option<(usize, char)> = None;
    let (mut at, mut depth) = (0, 0_usize);
    while let Some((mark, length)) = mark(chars, at) {
        let next = chars.get(at + length).copied().unwrap_or(' ');
        match (open, mark) {
            (Some((start, opened)), '\n') => {
                // A quotation that goes on in the next paragraph closes none of its own.
                let next = chars[at..].iter().position(|c| !c.is_whitespace());
                let next = next.and_then(|next| self::mark(chars, at + next));
                if opened != '‘' && matches!(next, Some(('"' | '“', _))) {
                    found.push((start, at));
                }
                (open, depth) = (None, 0);
            }
            (None, '“' | '"') => open = Some((at + length, mark)),
            (None, '‘') if next.is_alphanumeric() => open = Some((at + length, mark)),
            (Some((_, '‘')), '"' | '“') => open = Some((at + length, mark)),
            (Some((start, '‘')), '’') if !next.is_alphanumeric() => {
                found.push((start, at));
                open = None;
            }
            (Some((_, '‘')) | None, _) => {}
            (Some(_), '“') => depth += 1,
            (Some(_), '”') if depth > 0 => depth -= 1,
            (Some((start, _)), '”' | '"') => {
                found.push((start, at));
                (open, depth) = (None, 0);
            }
            (Some(_), _) => {}
        }
        at += length;
    }
    found.retain(|(start, end)| chars[*start..*end].iter().any(|c| c.is_alphanumeric()));
    found
}

/// The sign at a place and its length: two single marks in a row are a double one.
fn mark(chars: &[char], at: usize) -> Option<(char, usize)> {
    let c = *chars.get(at)?;
    let twice = chars.get(at + 1) == Some(&c);
    Some(match c {
        '\'' if twice => ('"', 2),
        '’' if twice => ('”', 2),
        '‘' if twice => ('“', 2),
        c => (c, 1),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_by_the_sum_of_the_name() {
        // md5("a") ends in 1, md5("b") in f, md5("abc") in 2.
        assert_eq!(Half::of("a"), Half::HeldOut);
        assert_eq!(Half::of("abc"), Half::Develop);
    }

    #[test]
    fn a_passage_goes_to_the_shortest_content_that_covers_it() {
        let text = "Karr said Reyl called it “a long day,” and left. “Old Road” is a song.";
        let annotation = "T1\tSource 0 4\tKarr\nT2\tContent 10 47\t\nT3\tSource 10 14\tReyl\nT4\tContent 25 38\t\n\
             E1\tAttribution:T9 Content:T2 Source:T1\nE2\tAttribution:T9 Content:T4 Source:T3\n";
        let document = document("a".into(), text.into(), annotation);
        assert_eq!(document.quotes.len(), 1);
        assert_eq!(document.quotes[0].speaker, "Reyl");
        assert_eq!(document.unattributed.len(), 1);
    }
}
