//! The source of a dossier, cut into pieces that are parsed one after the other.
//!
//! A dossier of 200,000 acts is a file of tens of megabytes, and its parsed tree many times that: so the file is cut
//! before a `[[block]]` whenever a piece is large enough, and only one piece is a tree at any time. Each piece is TOML
//! of its own, because a block never reaches over the next one's header.

use std::ops::Range;

use toml::Spanned;
use toml::de::DeTable;

use super::error::Fault;

/// The largest dossier that is read, in bytes.
pub const LARGEST: usize = 256 * 1024 * 1024;
/// A piece is cut at the first block after this many bytes.
const ENOUGH: usize = 256 * 1024;
/// The largest single block, in bytes: what keeps memory in bounds whatever is in it.
const LARGEST_BLOCK: usize = 4 * 1024 * 1024;

/// One piece of the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// Where it stands in the source, in bytes.
    pub(super) range: Range<usize>,
}

impl Piece {
    /// Parses it; offsets in what comes back count from the start of the piece.
    pub(super) fn parse<'s>(&self, source: &'s str) -> Result<DeTable<'s>, Fault> {
        let text = source.get(self.range.clone()).unwrap_or_default();
        DeTable::parse(text)
            .map(Spanned::into_inner)
            .map_err(|error| {
                let at = self.range.start + error.span().map_or(0, |span| span.start);
                Fault::new(
                    "syntax",
                    at,
                    format!("this is not TOML: {}", error.message()),
                )
            })
    }
}

/// Cuts the source into pieces.
pub(super) fn pieces(source: &str) -> Result<Vec<Piece>, Fault> {
    if source.len() > LARGEST {
        let message = format!(
            "the dossier has {} bytes; at most {LARGEST} can be read",
            source.len()
        );
        return Err(Fault::new("too-large", 0, message));
    }
    let mut pieces = Vec::new();
    let mut start = 0;
    for header in block_headers(source) {
        if header - start >= ENOUGH {
            pieces.push(Piece {
                range: start..header,
            });
            start = header;
        }
    }
    pieces.push(Piece {
        range: start..source.len(),
    });
    match pieces.iter().find(|piece| piece.range.len() > LARGEST_BLOCK + ENOUGH) {
        Some(piece) => Err(Fault::new(
            "too-large",
            piece.range.start,
            format!("from here on there are {} bytes without a new block; at most {LARGEST_BLOCK} can be read", piece.range.len()),
        )
        .hint("write each act under a header of its own, [[act]]")),
        None => Ok(pieces),
    }
}

/// Where the headers of blocks (`[[act]]`) begin, in bytes.
fn block_headers(source: &str) -> impl Iterator<Item = usize> + '_ {
    let bytes = source.as_bytes();
    let mut at = 0;
    let mut depth = 0_usize;
    let mut fresh = true;
    std::iter::from_fn(move || {
        while let Some(&byte) = bytes.get(at) {
            let here = at;
            let header = fresh && depth == 0 && is_block_header(bytes, at);
            fresh = byte == b'\n' || (fresh && matches!(byte, b' ' | b'\t'));
            match byte {
                b'"' | b'\'' => at = end_of_string(bytes, at),
                b'#' => at = end_of_line(bytes, at),
                b'[' | b'{' => {
                    depth += 1;
                    at += 1;
                }
                b']' | b'}' => {
                    depth = depth.saturating_sub(1);
                    at += 1;
                }
                _ => at += 1,
            }
            if header {
                return Some(here);
            }
        }
        None
    })
}

/// Whether `[[name]]` with a plain name and nothing but a remark after it stands here.
fn is_block_header(bytes: &[u8], at: usize) -> bool {
    let line = bytes.get(at..end_of_line(bytes, at)).unwrap_or_default();
    let Some(rest) = line.strip_prefix(b"[[") else {
        return false;
    };
    let plain =
        |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'\t' | b'-' | b'_');
    let name = rest.iter().take_while(|byte| plain(byte)).count();
    let Some(after) = rest.get(name..).and_then(|rest| rest.strip_prefix(b"]]")) else {
        return false;
    };
    let after = after.trim_ascii();
    after.is_empty() || after.starts_with(b"#")
}

fn end_of_line(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest
        .iter()
        .position(|&byte| byte == b'\n')
        .unwrap_or(rest.len())
}

/// The byte after the string that begins here; of one that does not end, the end of its line or of the source.
fn end_of_string(bytes: &[u8], at: usize) -> usize {
    let quote = bytes.get(at).copied().unwrap_or(b'"');
    let rest = bytes.get(at..).unwrap_or_default();
    let long = rest.starts_with(&[quote; 3]);
    let mut end = at + if long { 3 } else { 1 };
    while let Some(&byte) = bytes.get(end) {
        match byte {
            b'\\' if quote == b'"' => end += 2,
            b'\n' if !long => return end,
            _ if byte == quote && !long => return end + 1,
            _ if byte == quote && bytes.get(end..end + 3) == Some(&[quote; 3]) => {
                return end_of_quotes(bytes, end + 3, quote);
            }
            _ => end += 1,
        }
    }
    bytes.len()
}

/// A long string may end in up to two quotes of its own.
fn end_of_quotes(bytes: &[u8], at: usize, quote: u8) -> usize {
    let more = bytes
        .get(at..)
        .unwrap_or_default()
        .iter()
        .take(2)
        .take_while(|&&byte| byte == quote)
        .count();
    at + more
}

#[cfg(test)]
mod tests {
    use super::block_headers;

    fn headers(source: &str) -> Vec<&str> {
        block_headers(source)
            .map(|at| source[at..].lines().next().unwrap_or_default())
            .collect()
    }

    #[test]
    fn a_block_begins_at_its_header_and_nowhere_else() {
        let source = r#"
[process]
title = "not [[act]] here"
[[seat]]
  [[ act ]] # here
words = """
[[act]]
\""" [[act]]
"""
x = '''
[[act]]'''
list = [
[[1]],
]
[[act.claims]]
# [[act]]
[[last]]
"#;
        assert_eq!(
            headers(source),
            ["[[seat]]", "[[ act ]] # here", "[[last]]"]
        );
    }

    #[test]
    fn a_string_that_does_not_end_is_no_trap() {
        assert_eq!(headers("a = \"oops\n[[act]]\n"), ["[[act]]"]);
        assert_eq!(headers("a = \"\"\"oops\n[[act]]\n"), Vec::<&str>::new());
        assert_eq!(headers("a = \"\\"), Vec::<&str>::new());
    }
}
