//! The reader: from plain text and Markdown to provisions, in one way for both.
//!
//! Four steps, each in a file: [`lines`] knows what is on a line, [`blocks`] makes paragraphs of lines and finds their
//! labels, [`tree`] says what stands in what, and [`Draft::read`] adds paths, brackets and cross-references.

mod blocks;
mod emphasis;
mod level;
mod lines;
mod settle;
mod title;
mod tree;

use memchr::{memchr, memchr_iter};

use crate::draft::{Draft, ReadError};

/// The largest draft that is read, in bytes.
const LARGEST: usize = 64 << 20;

impl Draft {
    /// Reads a draft from plain text or Markdown, in time proportional to its length.
    ///
    /// Everything that is written is kept: what is not a wording is a label, a marker, front matter or a rule (see
    /// [`Draft::unread`]).
    ///
    /// ```
    /// use onetext_text::Draft;
    /// let draft = Draft::read("1. Ceasefire:\n   - a. at sea\n   - b. on land\n\n2. Exchange of prisoners\n")?;
    /// let paths: Vec<&str> = draft.provisions().iter().map(|provision| provision.path.as_str()).collect();
    /// assert_eq!(paths, ["1", "1.a", "1.b", "2"]);
    /// assert_eq!(draft.provisions()[1].wording, "at sea");
    /// # Ok::<(), onetext_text::ReadError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// A draft of more than 64 MiB, of more than 500,000 provisions, or nested more than 100 deep is refused, and so is
    /// one with a character NUL in it.
    pub fn read(source: &str) -> Result<Draft, ReadError> {
        Draft::from_source(source.to_owned())
    }

    /// As [`read`](Self::read), of a text that need not be copied.
    ///
    /// # Errors
    ///
    /// As for [`read`](Self::read).
    pub fn from_source(owned: String) -> Result<Draft, ReadError> {
        let source = owned.as_str();
        if source.len() > LARGEST {
            return Err(ReadError::TooLarge {
                found: source.len(),
                limit: LARGEST,
            });
        }
        if let Some(at) = memchr(0, source.as_bytes()) {
            let line_start = source[..at].rfind('\n').map_or(0, |end| end + 1);
            return Err(ReadError::NotText {
                line: 1 + source[..at].matches('\n').count(),
                column: 1 + source[line_start..at].chars().count(),
            });
        }
        let front_matter = lines::front_matter(source);
        let from = front_matter.as_ref().map_or(0, |range| range.end);
        let number = 1 + source[..from].matches('\n').count();
        let tree = tree::grow(source, blocks::blocks(source, from, number))?;
        let ends_of_lines = memchr_iter(b'\n', source.as_bytes());
        let mut line_starts = Vec::with_capacity(1 + ends_of_lines.clone().count());
        line_starts.push(0);
        line_starts.extend(ends_of_lines.map(|at| at + 1));
        let mut draft = Draft {
            source: owned,
            provisions: tree.provisions,
            keywords: tree.keywords,
            front_matter,
            line_starts,
            ..Draft::default()
        };
        draft.name_provisions();
        draft.find_points();
        draft.find_open_brackets();
        draft.find_references();
        draft
            .remarks
            .sort_by_key(|remark| (remark.line, remark.column));
        Ok(draft)
    }
}
