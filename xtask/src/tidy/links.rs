//! Links between Markdown files: each leads to a file that is there, and to a heading that is in it.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::Finding;
use crate::house::House;

/// Every link and picture of every Markdown file resolves inside the checkout. Addresses of the web are not fetched.
pub(super) fn check(house: &House) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in house.texts_in("", ".md") {
        // What a fuzzer found and what a test feeds the reader is not prose.
        if path.starts_with("fuzz/corpus/") || path.contains("/tests/") {
            continue;
        }
        for (line, target) in links(text) {
            if let Err(text) = resolve(house, path, &target) {
                findings.push(Finding::new(path, line, text));
            }
        }
    }
    findings
}

/// The targets of a Markdown text with their lines.
fn links(text: &str) -> Vec<(usize, String)> {
    Parser::new_ext(text, Options::ENABLE_TABLES)
        .into_offset_iter()
        .filter_map(|(event, span)| {
            let target = match event {
                Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => dest_url,
                _ => return None,
            };
            let line = text.get(..span.start)?.matches('\n').count() + 1;
            Some((line, target.into_string()))
        })
        .collect()
}

/// Whether a target leads somewhere; else why not.
fn resolve(house: &House, from: &str, target: &str) -> Result<(), String> {
    if target.contains("://") || target.starts_with("mailto:") {
        return Ok(());
    }
    let (file, heading) = match target.split_once('#') {
        Some((file, heading)) => (file, Some(heading)),
        None => (target, None),
    };
    let place = match file {
        "" => from.to_owned(),
        _ => beside(from, file).ok_or_else(|| format!("{target} leads out of the checkout"))?,
    };
    if !house.has(&place) {
        return Err(format!("{target} leads nowhere: there is no {place}"));
    }
    let Some(heading) = heading else {
        return Ok(());
    };
    let text = house.text(&place).unwrap_or_default();
    match place.ends_with(".md") && !anchors(text).iter().any(|anchor| anchor == heading) {
        true => Err(format!(
            "{target} leads nowhere: {place} has no such heading"
        )),
        false => Ok(()),
    }
}

/// The path of a target named beside a file; none where it leaves the checkout.
fn beside(from: &str, target: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                parts.pop()?;
            }
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The anchors that forges give the headings of a Markdown text.
fn anchors(text: &str) -> Vec<String> {
    let mut anchors = Vec::new();
    let mut heading: Option<String> = None;
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        match (event, &mut heading) {
            (Event::Start(Tag::Heading { .. }), _) => heading = Some(String::new()),
            (Event::End(TagEnd::Heading(_)), _) => {
                anchors.extend(heading.take().map(|words| anchor(&words)));
            }
            (Event::Text(words) | Event::Code(words), Some(heading)) => heading.push_str(&words),
            _ => {}
        }
    }
    anchors
}

fn anchor(heading: &str) -> String {
    heading
        .to_lowercase()
        .chars()
        .filter_map(|sign| match sign {
            ' ' => Some('-'),
            '-' | '_' => Some(sign),
            _ if sign.is_alphanumeric() => Some(sign),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::*;

    #[test]
    fn a_link_to_nowhere_is_found_with_its_line() {
        let files = [
            ("docs/a.md", "one\n\nsee [b](b.md) and [c](../c.md)\n"),
            ("c.md", "x"),
        ];
        assert_eq!(
            found(check, &files),
            ["docs/a.md:3: b.md leads nowhere: there is no docs/b.md"]
        );
    }

    #[test]
    fn headings_folders_and_the_web_resolve() {
        let text =
            "# Two words, a `code`\n[x](#two-words-a-code) [y](docs/) [z](https://example.org)\n";
        let files = [("a.md", text), ("docs/b.md", "x")];
        assert!(
            found(check, &files).is_empty(),
            "{:?}",
            found(check, &files)
        );
    }

    #[test]
    fn a_missing_heading_and_a_way_out_are_found() {
        let findings = found(check, &[("a.md", "[x](#none) [y](../b.md)\n")]);
        assert_eq!(findings.len(), 2, "{findings:?}");
    }

    #[test]
    fn code_has_no_links() {
        assert!(found(check, &[("a.md", "`[x](y.md)`\n\n    [x](y.md)\n")]).is_empty());
    }
}
