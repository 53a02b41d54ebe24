//! The words of a page of HTML: no script, no style, nothing fetched.

/// Elements whose content is no text to read.
const SKIPPED: [&str; 8] = [
    "script", "style", "noscript", "template", "svg", "head", "nav", "iframe",
];
/// Elements that begin a line.
const BLOCKS: [&str; 22] = [
    "p",
    "div",
    "br",
    "li",
    "ul",
    "ol",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "tr",
    "table",
    "section",
    "article",
    "blockquote",
    "figure",
    "figcaption",
    "header",
    "footer",
    "main",
];
const NAMED: [(&str, char); 22] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", ' '),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("bdquo", '„'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("hellip", '…'),
    ("eacute", 'é'),
    ("egrave", 'è'),
    ("uuml", 'ü'),
    ("ouml", 'ö'),
    ("auml", 'ä'),
    ("sbquo", '‚'),
];

/// Whether a text is a page of HTML.
#[must_use]
pub fn is_html(text: &str) -> bool {
    let start = text.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']);
    let head: String = start
        .chars()
        .take(200)
        .flat_map(char::to_lowercase)
        .collect();
    head.starts_with("<!doctype html")
        || head.starts_with("<html")
        || head.starts_with("<?xml") && head.contains("<html")
        || head.starts_with("<p>")
        || head.starts_with("<body")
}

/// The text of a page, one line for each block, and its day where a `meta` or a `time` gives it.
#[must_use]
pub fn text(page: &str) -> (String, Option<String>) {
    let mut out = String::with_capacity(page.len() / 2);
    let mut date: Option<String> = None;
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        words(&rest[..at], &mut out);
        rest = &rest[at..];
        if rest.starts_with("<!--") {
            rest = rest.find("-->").map_or("", |end| &rest[end + 3..]);
            continue;
        }
        let letter = rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c));
        let Some(end) = tag_end(rest).filter(|_| letter) else {
            out.push('<');
            rest = &rest[1..];
            continue;
        };
        let tag = &rest[1..end];
        let closing = tag.starts_with('/');
        let name: String = tag
            .trim_start_matches('/')
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .take(12)
            .flat_map(char::to_lowercase)
            .collect();
        if date.is_none() && (name == "meta" || name == "time") {
            date = day(tag);
        }
        rest = &rest[end + 1..];
        if BLOCKS.contains(&name.as_str()) {
            line(&mut out);
        } else if SKIPPED.contains(&name.as_str()) && !closing && !tag.ends_with('/') {
            rest = skipped(rest, &name, &mut date);
        }
    }
    words(rest, &mut out);
    (out.trim().to_owned(), date)
}

/// Where a tag ends: the first `>`; marks around attributes are honoured where they close soon.
fn tag_end(rest: &str) -> Option<usize> {
    const LONGEST: usize = 4096;
    let mut quote: Option<u8> = None;
    let mut first = None;
    for (at, byte) in rest.bytes().enumerate().take(LONGEST) {
        match (quote, byte) {
            (None, b'>') => return Some(at),
            (Some(open), close) if open == close => quote = None,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(_), b'>') => first = first.or(Some(at)),
            _ => {}
        }
    }
    first
}

/// What follows the end of an element that is left out; a `head` still tells the day.
fn skipped<'a>(rest: &'a str, name: &str, date: &mut Option<String>) -> &'a str {
    let mut at = 0;
    while let Some(found) = rest[at..].find("</") {
        let tail = &rest[at + found + 2..];
        if tail
            .get(..name.len())
            .is_some_and(|n| n.eq_ignore_ascii_case(name))
        {
            if name == "head" && date.is_none() {
                *date = rest[..at + found]
                    .split('<')
                    .filter(|tag| tag.starts_with("meta"))
                    .find_map(day);
            }
            return tail.find('>').map_or("", |end| &tail[end + 1..]);
        }
        at += found + 2;
    }
    ""
}

/// The day in a tag that speaks of when something was published.
fn day(tag: &str) -> Option<String> {
    let published = tag.starts_with("time")
        || tag.contains("published")
        || tag.contains("\"date\"")
        || tag.contains("pubdate");
    published.then(|| day_in(tag)).flatten()
}

/// The first `YYYY-MM-DD` in a text.
#[must_use]
pub fn day_in(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    bytes
        .windows(10)
        .take(4096)
        .enumerate()
        .find_map(|(at, window)| {
            let shape = window.iter().enumerate().all(|(i, b)| {
                if i == 4 || i == 7 {
                    *b == b'-'
                } else {
                    b.is_ascii_digit()
                }
            });
            let apart = at.checked_sub(1).is_none_or(|b| !bytes[b].is_ascii_digit())
                && bytes.get(at + 10).is_none_or(|b| !b.is_ascii_digit());
            let day = text.get(at..at + 10).filter(|_| shape && apart)?;
            crate::time::Day::parse(day).map(|day| day.to_string())
        })
}

/// Words with their references resolved and their blanks made one; a line of the source is none of the page.
fn words(source: &str, out: &mut String) {
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        let mut length = c.len_utf8();
        let mut shown = c;
        if c == '&'
            && let Some((meant, taken)) = reference(rest)
        {
            (shown, length) = (meant, taken);
        }
        if shown.is_whitespace() || shown.is_control() {
            if !out.is_empty() && !out.ends_with([' ', '\n']) {
                out.push(' ');
            }
        } else {
            out.push(shown);
        }
        rest = &rest[length..];
    }
}

fn reference(rest: &str) -> Option<(char, usize)> {
    let end = rest.bytes().take(12).position(|b| b == b';')?;
    let name = rest.get(1..end)?;
    let meant = match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
        None => NAMED
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, c)| *c)?,
    };
    Some((meant, end + 1))
}

fn line(out: &mut String) {
    out.truncate(out.trim_end_matches(' ').len());
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_a_page() {
        let page = "<!DOCTYPE html><html><head><meta property=\"article:published_time\" content=\"2031-03-12T08:00Z\"><script>alert(\"no\")</script></head>\n<body><p>Karr said &ldquo;a &amp; b&#8221;\n today.</p><script>var a = \"<p>x</p>\";</script><p>2 < 3</p></body></html>";
        assert!(is_html(page));
        assert_eq!(
            text(page),
            (
                "Karr said “a & b” today.\n2 < 3".to_owned(),
                Some("2031-03-12".to_owned())
            )
        );
    }

    #[test]
    fn broken_pages_end() {
        for page in [
            "<p",
            "<script>",
            "<!-- ",
            "<<<<",
            "<a b=\">\"",
            "&#xFFFFFFFF;",
            "<p>“",
            "<head><meta",
        ] {
            let _ = text(page);
        }
    }

    #[test]
    fn days_in_names() {
        assert_eq!(
            day_in("framework-2031-03-12.txt").as_deref(),
            Some("2031-03-12")
        );
        assert_eq!(day_in("12031-03-12"), None);
    }
}
