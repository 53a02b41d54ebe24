//! Documents of word processors (WordprocessingML, ECMA-376): read with the numbers that the page shows and with tracked
//! changes accepted or rejected; written as redlines, with tracked changes that a word processor accepts or rejects.
//!
//! The layer is our own, on an archive and an XML reader: what it does not know it keeps to the letter. A document is
//! bounded in size, number of parts, elements and nesting; a definition of entities is refused, and no address that a
//! document names is followed.

mod comments;
mod content;
mod copy;
mod custom;
mod error;
mod markup;
mod numbering;
mod package;
mod plain;
mod read;
pub mod redline;
mod resolve;
mod styles;
mod xml;

pub use copy::{Copied, copy, properties};
pub use error::DocxError;
pub use markup::{Leaf, Markup, Remark, Side, markup, markup_by};
pub use plain::{Look, PlainParagraph, plain};
pub use read::{
    Change, Comment, Document, Note, Paragraph, authors, paragraph_on, read, read_changes_of,
    source_of,
};
pub use resolve::Tracked;
