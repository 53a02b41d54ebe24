//! Acts and contents as lines of JSON in canonical form: what a record and a pouch are made of.

use std::fmt::Write as _;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::body::{Body, LARGEST_BODY};
use crate::canonical::canonical;
use crate::digest::{ActDigest, ContentDigest, hex, unhex};
use crate::key::{Signature, SiteId};
use crate::signed::SignedAct;

/// The largest content, in bytes.
pub const LARGEST_CONTENT: usize = 64 << 20;

/// The longest line, in bytes, its line feed not counted. A content that needs more to be written is refused.
pub const LONGEST_LINE: usize = 2 * LARGEST_CONTENT + 1024;

/// With what the line of an act begins, before its name.
const ACT: &str = r#"{"act":""#;

/// With what the line of a content begins, before its name.
const CONTENT: &str = r#"{"content":""#;

/// A line as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Line {
    /// An act under the name that the line gives it.
    Act(ActDigest, Box<SignedAct>),
    /// The line of an act that is not as the format says.
    BadAct(ActDigest, &'static str),
    /// A content under the digest that the line gives it; none where it was erased.
    Content(ContentDigest, Option<Vec<u8>>),
    /// Anything else.
    Other,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ActLine<'a> {
    act: ActDigest,
    #[serde(borrow, default)]
    body: Option<&'a RawValue>,
    #[serde(borrow)]
    envelope: &'a RawValue,
    #[serde(default)]
    person: Option<PersonField>,
    #[serde(default)]
    salt: Option<String>,
    signature: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PersonField {
    key: SiteId,
    signature: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ContentLine {
    content: ContentDigest,
    #[serde(default)]
    erased: Option<bool>,
    #[serde(default)]
    hex: Option<String>,
    #[serde(default)]
    text: Option<String>,
}

/// The line of an act, without its line feed.
pub(crate) fn act_line(name: &ActDigest, act: &SignedAct) -> Vec<u8> {
    let mut line = format!("{ACT}{name}\",").into_bytes();
    if let Some(body) = &act.body {
        line.extend(br#""body":"#);
        line.extend(&body.bytes);
        line.push(b',');
    }
    line.extend(br#""envelope":"#);
    line.extend(&act.envelope);
    let mut rest = String::from(",");
    if let Some((key, signature)) = &act.person {
        // Writing to a string cannot fail.
        let _ = write!(
            rest,
            r#""person":{{"key":"{key}","signature":"{signature}"}},"#
        );
    }
    if let Some(body) = &act.body {
        let _ = write!(rest, r#""salt":"{}","#, hex(&body.salt));
    }
    let _ = write!(rest, r#""signature":"{}"}}"#, act.signature);
    line.extend(rest.as_bytes());
    line
}

/// The line of a content, without its line feed: as text where it is UTF-8, else as hexadecimal digits; none where it
/// is too large to be written.
pub(crate) fn content_line(name: &ContentDigest, bytes: Option<&[u8]>) -> Option<Vec<u8>> {
    let line = match bytes.map(|bytes| (std::str::from_utf8(bytes), bytes)) {
        None => format!("{CONTENT}{name}\",\"erased\":true}}").into_bytes(),
        Some((Err(_), bytes)) => {
            format!("{CONTENT}{name}\",\"hex\":\"{}\"}}", hex(bytes)).into_bytes()
        }
        Some((Ok(text), _)) => {
            let mut line = format!("{CONTENT}{name}\",\"text\":").into_bytes();
            line.extend(canonical(&text).ok()?);
            line.push(b'}');
            line
        }
    };
    (line.len() <= LONGEST_LINE).then_some(line)
}

/// Reads a line without its line feed. Only what would be written is read.
pub(crate) fn read_line(line: &[u8]) -> Line {
    if let Some(name) = name_after(ACT, line) {
        return match read_act(line) {
            Ok(act) => Line::Act(name, Box::new(act)),
            Err(why) => Line::BadAct(name, why),
        };
    }
    match name_after::<ContentDigest>(CONTENT, line).and_then(|_| read_content(line)) {
        Some((name, bytes)) => Line::Content(name, bytes),
        None => Line::Other,
    }
}

/// The digest with which a line begins, so that a line that is damaged further on still names its act.
fn name_after<D: std::str::FromStr>(start: &str, line: &[u8]) -> Option<D> {
    let rest = line.strip_prefix(start.as_bytes())?;
    let name = std::str::from_utf8(rest.get(..64)?).ok()?;
    (rest.get(64) == Some(&b'"')).then(|| name.parse().ok())?
}

fn read_act(line: &[u8]) -> Result<SignedAct, &'static str> {
    let read: ActLine<'_> = serde_json::from_slice(line).map_err(|_| "it is no act's line")?;
    let signature = read
        .signature
        .parse()
        .map_err(|_| "its signature is no signature")?;
    let person = match read.person {
        None => None,
        Some(field) => {
            let signature: Signature = field
                .signature
                .parse()
                .map_err(|_| "its person's signature is no signature")?;
            Some((field.key, signature))
        }
    };
    let body = match (read.body, read.salt) {
        (None, None) => None,
        (Some(body), Some(salt)) if body.get().len() <= LARGEST_BODY => Some(Body {
            salt: unhex(&salt).ok_or("its salt is no salt")?,
            bytes: body.get().as_bytes().to_vec(),
        }),
        _ => return Err("its body or its salt is wanting or too large"),
    };
    let act = SignedAct {
        envelope: read.envelope.get().as_bytes().to_vec(),
        signature,
        body,
        person,
    };
    if act_line(&read.act, &act) != line {
        return Err("its line is not in canonical form");
    }
    Ok(act)
}

fn read_content(line: &[u8]) -> Option<(ContentDigest, Option<Vec<u8>>)> {
    let read: ContentLine = serde_json::from_slice(line).ok()?;
    let bytes = match (read.erased, read.hex, read.text) {
        (Some(true), None, None) => None,
        (None, Some(digits), None) => Some(unhex_all(&digits)?),
        (None, None, Some(text)) => Some(text.into_bytes()),
        _ => return None,
    };
    let written = content_line(&read.content, bytes.as_deref())?;
    (written == line).then_some((read.content, bytes))
}

fn unhex_all(digits: &str) -> Option<Vec<u8>> {
    digits
        .as_bytes()
        .chunks(2)
        .map(|pair| unhex::<1>(std::str::from_utf8(pair).ok()?).map(|[byte]| byte))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contents_are_read_as_they_are_written() {
        for bytes in [
            None,
            Some(&b"Article 1\n\t\"x\" \\ \x01\x7f"[..]),
            Some("Пункт 1 — 😀 ﷽".as_bytes()),
            Some(&[0xff, 0x00][..]),
            Some(b""),
        ] {
            let name = ContentDigest::of(bytes.unwrap_or_default());
            let line = content_line(&name, bytes).unwrap();
            assert_eq!(
                read_line(&line),
                Line::Content(name, bytes.map(<[u8]>::to_vec))
            );
        }
    }

    #[test]
    fn a_content_has_one_spelling() {
        let name = ContentDigest::of(b"x");
        for rest in [
            r#""hex":"78"}"#,
            r#""text":"\u0078"}"#,
            r#""text": "x"}"#,
            r#""text":"x"} "#,
            r#""erased":false}"#,
            r#""erased":true,"text":"x"}"#,
            r#""text":null}"#,
        ] {
            let line = format!("{CONTENT}{name}\",{rest}");
            assert_eq!(read_line(line.as_bytes()), Line::Other, "{line}");
        }
    }

    #[test]
    fn a_damaged_line_still_names_its_act() {
        let name = ActDigest::of(b"x");
        for rest in ["", "}", ",\"envelope\":{", "\u{0}"] {
            let line = format!("{ACT}{name}\"{rest}");
            assert!(
                matches!(read_line(line.as_bytes()), Line::BadAct(named, _) if named == name),
                "{line}"
            );
        }
        assert_eq!(read_line(format!("{ACT}{name}x").as_bytes()), Line::Other);
    }
}
