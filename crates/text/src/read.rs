//! The reader: from plain text and Markdown to provisions.
