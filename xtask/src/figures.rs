//! `cargo xtask press-figures DIR`: how well news is read, against PolNeAR as its owners give it out.
//!
//! DIR is a checkout of github.com/networkdynamics/PolNeAR; nothing of it is kept here. How the figures come about is in
//! docs/press-figures.md.

mod corpus;
mod key;
mod score;

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;

use md5::{Digest, Md5};
use onetext_press::{Rules, read};

use crate::failure::{Failure, Result, While};
use crate::house;
use crate::say;
use corpus::{Document, Half, Kind};
use score::{Case, Found, Sums, compare, share};

/// Whom pronouns mean, as a reader told for a sample: the MD5 sum of a document's name, where its quotation starts, a name.
const PRONOUNS: &str = include_str!("figures/pronouns.txt");

/// What is wanted: span and speaker, attribution, precision of spans, right of those marked sure.
const WANTED: [f64; 4] = [0.80, 0.82, 0.96, 0.95];

/// Reads both halves and tells the figures; with `misses`, what goes wrong in the half that is developed on.
pub(crate) fn run(folder: &Path, misses: bool) -> Result {
    let documents = corpus::read(folder)?;
    let rules = Rules::english().on("the rules for English")?;
    let told = told();
    let mut sums = [Sums::default(), Sums::default()];
    let mut counts = [0, 0];
    let mut files = [writer("develop")?, writer("held-out")?];
    for document in &documents {
        let half = Half::of(&document.name);
        let found = found(&rules, document);
        let id = hex(&document.name);
        let pronoun = |start: usize| told.get(&(id.clone(), start)).cloned();
        let (sum, cases) = compare(document, &found, pronoun);
        let index = usize::from(half == Half::HeldOut);
        sums[index].add(&sum);
        counts[index] += 1;
        files[index].document(document, &found, &id)?;
        if misses && half == Half::Develop {
            tell(document, &found, &cases);
        }
    }
    let [develop, held_out] = &sums;
    table(develop, held_out, counts);
    let holds = figures(held_out)
        .iter()
        .zip(WANTED)
        .all(|(figure, wanted)| *figure >= wanted);
    match holds {
        true => Ok(()),
        false => Err(Failure::because("a figure of the held-out half is missed")),
    }
}

fn found(rules: &Rules, document: &Document) -> Vec<Found> {
    let report = read(rules, "", &document.text, None);
    let verbatim = report.statements.into_iter().filter(|s| s.verbatim);
    let found = verbatim.map(|statement| Found {
        span: (statement.start, statement.end),
        speaker: statement.speaker.as_deref().map(str::to_owned),
        mention: statement.speaker_words,
        sure: statement.sure,
    });
    found.collect()
}

fn told() -> BTreeMap<(String, usize), String> {
    let lines = PRONOUNS.lines().filter(|line| !line.starts_with('#'));
    let told = lines.filter_map(|line| {
        let mut parts = line.splitn(3, ' ');
        let (id, start, name) = (parts.next()?, parts.next()?, parts.next()?);
        Some(((id.to_owned(), start.parse().ok()?), name.to_owned()))
    });
    told.collect()
}

fn hex(name: &str) -> String {
    let sum = Md5::digest(name.as_bytes());
    sum.iter()
        .take(6)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// The figures that are wanted, in the order of [`WANTED`].
fn figures(sums: &Sums) -> [f64; 4] {
    let sure = sums.between(19, 21);
    [
        sums.both(),
        sums.attribution().2,
        share(sums.hit, sums.found),
        share(sure.1, sure.0),
    ]
}

fn table(develop: &Sums, held_out: &Sums, counts: [usize; 2]) {
    let line = |what: &str, of: &dyn Fn(&Sums) -> String, wanted: &str| {
        let (one, other) = (of(develop), of(held_out));
        say::line(format!("{what:<52} {one:>14} {other:>14}   {wanted}").trim_end());
    };
    let percent = |figure: f64| format!("{:.1} %", figure * 100.0);
    say::line(&format!(
        "{:<52} {:>14} {:>14}   wanted",
        "",
        Half::Develop.name(),
        Half::HeldOut.name()
    ));
    say::line(&format!(
        "{:<52} {:>14} {:>14}",
        "documents", counts[0], counts[1]
    ));
    line(
        "quotations of three words and more",
        &|s| s.wanted.to_string(),
        "",
    );
    line(
        "  of them by a pronoun in place",
        &|s| s.pronouns.to_string(),
        "",
    );
    line("  of these told by a reader", &|s| s.told.0.to_string(), "");
    line(
        "span and speaker both right",
        &|s| percent(s.both()),
        "80 %",
    );
    let named = |s: &Sums| percent(share(s.named.1, s.named.0));
    line("  where the speaker is named in place", &named, "");
    let told = |s: &Sums| percent(share(s.told.1, s.told.0));
    line("  where it is a pronoun that a reader told", &told, "");
    line(
        "attribution, precision",
        &|s| percent(s.attribution().0),
        "",
    );
    line("attribution, recall", &|s| percent(s.attribution().1), "");
    line("attribution, F1", &|s| percent(s.attribution().2), "82 %");
    let precision = |s: &Sums| percent(share(s.hit, s.found));
    line("spans, precision", &precision, "96 %");
    line("spans, recall", &|s| percent(share(s.hit, s.wanted)), "");
    for (from, to, wanted) in [
        (19, 21, "95 %"),
        (18, 19, ""),
        (16, 18, ""),
        (12, 16, ""),
        (0, 12, ""),
    ] {
        let what = format!(
            "right of those from {:.2} {}",
            from as f64 / 20.0,
            if to > 20 {
                "on".to_owned()
            } else {
                format!("to {:.2}", to as f64 / 20.0)
            }
        );
        let of = |s: &Sums| {
            let (judged, right) = s.between(from, to);
            format!("{} of {judged}", percent(share(right, judged)))
        };
        line(&what, &of, wanted);
    }
}

/// What goes wrong in a document, with the words around it.
fn tell(document: &Document, found: &[Found], cases: &[Case]) {
    let chars: Vec<char> = document.text.chars().collect();
    let around = |(start, end): (usize, usize)| -> String {
        let part = &chars[start.saturating_sub(160)..(end + 120).min(chars.len())];
        part.iter()
            .map(|c| if *c == '\n' { '¶' } else { *c })
            .collect()
    };
    for case in cases {
        let wanted = case.wanted.map(|index| &document.quotes[index]);
        let answer = case.found.map(|index| &found[index]);
        let (what, span) = match (wanted, answer, case.right) {
            (Some(wanted), Some(_), Some(false)) => ("SPEAKER", wanted.span),
            (Some(wanted), None, _) => ("MISSED", wanted.span),
            (None, Some(answer), _) => ("NOBODY", answer.span),
            _ => continue,
        };
        say::line(&format!(
            "{what} {} {} {:?}: wanted {:?}, found {:?} as {:?}, sure {}\n    {}",
            hex(&document.name),
            span.0,
            wanted.map(|w| w.kind).unwrap_or(Kind::None),
            wanted.map(|w| w.speaker.as_str()).unwrap_or_default(),
            answer
                .and_then(|a| a.speaker.as_deref())
                .unwrap_or_default(),
            answer
                .and_then(|a| a.mention.as_deref())
                .unwrap_or_default(),
            answer.map(|a| a.sure).unwrap_or_default(),
            around(span)
        ));
    }
}

/// A half as lines of JSON, for a scorer of somebody else's.
struct Lines {
    wanted: std::io::BufWriter<std::fs::File>,
    found: std::io::BufWriter<std::fs::File>,
}

fn writer(half: &str) -> Result<Lines> {
    let folder = house::root().join("target/press-figures");
    std::fs::create_dir_all(&folder).on(folder.display())?;
    let file = |what: &str| {
        let path = folder.join(format!("{half}.{what}.jsonl"));
        let file = std::fs::File::create(&path).on(path.display())?;
        Ok(std::io::BufWriter::new(file))
    };
    Ok(Lines {
        wanted: file("wanted")?,
        found: file("found")?,
    })
}

impl Lines {
    fn document(&mut self, document: &Document, found: &[Found], id: &str) -> Result {
        let told = told();
        let quotes = document.quotes.iter().map(|quote| {
            let kind = match quote.kind {
                Kind::Named => "named",
                Kind::Pronoun => "pronoun",
                Kind::None => "none",
            };
            serde_json::json!({
                "start": quote.span.0, "end": quote.span.1, "speaker_text": quote.speaker, "speaker_kind": kind,
                "speaker_start": quote.speaker_span.0, "speaker_end": quote.speaker_span.1,
                "speaker_name": told.get(&(id.to_owned(), quote.span.0)),
            })
        });
        let nobody = document
            .unattributed
            .iter()
            .map(|(start, end)| serde_json::json!({"start": start, "end": end}));
        let wanted = serde_json::json!({
            "id": document.name, "text": document.text, "quotes": quotes.collect::<Vec<_>>(),
            "unattributed": nobody.collect::<Vec<_>>(),
        });
        let found = found.iter().map(|found| {
            serde_json::json!({
                "start": found.span.0, "end": found.span.1, "speaker": found.speaker, "mention": found.mention,
                "sure": found.sure,
            })
        });
        let found = serde_json::json!({"id": document.name, "quotes": found.collect::<Vec<_>>()});
        writeln!(self.wanted, "{wanted}").on("the quotations wanted")?;
        writeln!(self.found, "{found}").on("the quotations found")
    }
}
