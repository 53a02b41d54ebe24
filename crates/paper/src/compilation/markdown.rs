//! The compilation as Markdown.

use onetext_text::{Entry, ProvisionKind, Shape, Stretch};

use super::Compiled;

/// The deepest level that is set in further than the one above it.
const DEEPEST: usize = 6;

/// The compilation as Markdown: front matter that says what it is, then the provisions in order.
#[must_use]
pub fn markdown(compiled: &Compiled<'_>) -> String {
    let mut out = String::from("---\n");
    let line = |words: &str| words.replace(['\n', '\r'], " ");
    out.push_str(&format!(
        "compilation of proposals on: {}\n",
        line(compiled.name)
    ));
    out.push_str(&format!(
        "seats: {}\n",
        line(&compiled.compilation.seats.join(", "))
    ));
    out.push_str(&format!("state: {}\n", line(&compiled.in_words())));
    for entry in &compiled.compilation.entries {
        if let Entry::Base { index, absent, .. } = entry
            && !absent.is_empty()
        {
            let notes = compiled.notes(entry).join("; ");
            out.push_str(&format!(
                "{}: {}\n",
                line(compiled.path(*index)),
                line(&notes)
            ));
        }
    }
    out.push_str("---\n\n");
    for entry in &compiled.compilation.entries {
        match entry {
            Entry::Base {
                index,
                stretches,
                absent,
                ..
            } => {
                let provision = &compiled.base.provisions()[*index];
                let mut words = inline(compiled, stretches, &provision.wording);
                if !absent.is_empty() {
                    let seats: Vec<usize> = absent
                        .iter()
                        .flat_map(|(_, seats)| seats)
                        .copied()
                        .collect();
                    words = format!("[{words}][{}: no text]", compiled.names(&seats));
                }
                paragraph(&mut out, &Shape::of(provision), &words, "");
            }
            Entry::Proposed {
                shape,
                wording,
                seats,
                ..
            } => {
                let open = format!("[{}: ", compiled.names(seats));
                paragraph(&mut out, shape, &format!("{}]", wording.trim()), &open);
            }
        }
    }
    out
}

/// A wording with what is proposed beside the words it concerns.
fn inline(compiled: &Compiled<'_>, stretches: &[Stretch], wording: &str) -> String {
    let mut line = String::with_capacity(wording.len() + 64);
    let mut owed = false;
    for stretch in stretches {
        let (base, proposed) = match stretch {
            Stretch::Agreed(base)
            | Stretch::Open {
                base,
                follows: true,
                ..
            } => {
                push(
                    &mut line,
                    wording.get(base.clone()).unwrap_or_default(),
                    &mut owed,
                );
                continue;
            }
            Stretch::Open { base, proposed, .. } => (base, proposed),
        };
        let before = wording.get(base.clone()).unwrap_or_default();
        let texts =
            || std::iter::once(before).chain(proposed.iter().map(|each| each.text.as_str()));
        let lead = texts().any(|text| text.starts_with(char::is_whitespace));
        if (lead || owed) && !line.is_empty() && !line.ends_with(char::is_whitespace) {
            line.push(' ');
        }
        if !before.trim().is_empty() {
            line.push_str(&format!("[{}]", before.trim()));
        }
        for each in proposed {
            let words = each.text.trim();
            let words = if words.is_empty() { "no text" } else { words };
            line.push_str(&format!("[{}: {words}]", compiled.names(&each.seats)));
        }
        owed = texts().any(|text| text.ends_with(char::is_whitespace));
    }
    line.trim_end().to_owned()
}

/// Appends agreed words, after the blank that the brackets before them owe.
fn push(line: &mut String, words: &str, owed: &mut bool) {
    if *owed && !words.is_empty() && !words.starts_with(char::is_whitespace) {
        line.push(' ');
    }
    *owed &= words.is_empty();
    line.push_str(words);
}

/// One provision as a paragraph of its own; `open` stands before its label.
fn paragraph(out: &mut String, shape: &Shape, words: &str, open: &str) {
    let indent = "   ".repeat(shape.depth.min(DEEPEST));
    let label = shape.label.as_deref().unwrap_or_default();
    let blank = if label.is_empty() || words.is_empty() {
        ""
    } else {
        " "
    };
    let sign = match shape.kind {
        ProvisionKind::Title => "# ",
        ProvisionKind::Heading => "## ",
        ProvisionKind::Item => "- ",
        ProvisionKind::Numbered | ProvisionKind::Paragraph => "",
    };
    let indent = if sign.starts_with('#') { "" } else { &indent };
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    out.push_str(&format!("{indent}{sign}{open}{label}{blank}{words}\n\n"));
}
