//! A passage: the wordings of one or more provisions as one text, cut into tokens, its references known by target.

use std::borrow::Cow;
use std::ops::Range;

use crate::draft::Draft;
use crate::words::{Hash, Token, fine_tokens, folded_key, slice, tokens};

/// One draft's references: where each provision's begin, and what each is compared by.
pub(super) struct References<'d> {
    draft: &'d Draft,
    starts: Vec<usize>,
    keys: Vec<Option<u64>>,
}

impl<'d> References<'d> {
    /// `key_of` says what a reference to a provision is compared by.
    pub(super) fn new(draft: &'d Draft, key_of: impl Fn(usize) -> u64) -> Self {
        let count = draft.provisions().len();
        let mut starts = vec![0; count + 1];
        for reference in draft.references() {
            if let Some(slot) = starts.get_mut(reference.provision + 1) {
                *slot += 1;
            }
        }
        (1..starts.len()).for_each(|at| starts[at] += starts[at - 1]);
        let keys = draft
            .references()
            .iter()
            .map(|reference| reference.target.map(&key_of))
            .collect();
        References {
            draft,
            starts,
            keys,
        }
    }

    /// The resolved references in a provision: where they stand in its wording, and what they are compared by.
    pub(super) fn of(&self, provision: usize) -> impl Iterator<Item = (Range<usize>, u64)> {
        let range = self.starts[provision]..self.starts[provision + 1];
        let found = self
            .draft
            .references()
            .get(range.clone())
            .unwrap_or_default();
        found
            .iter()
            .zip(&self.keys[range])
            .filter_map(|(reference, key)| key.map(|key| (reference.span.clone(), key)))
    }
}

/// The wordings of one or more provisions, joined by line breaks.
pub(super) struct Passage<'d> {
    pub(super) text: Cow<'d, str>,
    pub(super) tokens: Vec<Token>,
    /// For each token, whether it is a resolved reference.
    pub(super) reference: Vec<bool>,
    /// The key of a token without a letter.
    silent: u64,
}

impl<'d> Passage<'d> {
    pub(super) fn new(references: &References<'d>, parts: &[usize], fine: bool) -> Self {
        let provisions = references.draft.provisions();
        if let [only] = parts {
            let mut passage = Passage {
                text: Cow::Borrowed(&provisions[*only].wording),
                tokens: Vec::new(),
                reference: Vec::new(),
                silent: folded_key(""),
            };
            passage.read(&provisions[*only].wording, references.of(*only), (0, fine));
            return passage;
        }
        let wordings: Vec<&str> = parts
            .iter()
            .map(|part| provisions[*part].wording.as_str())
            .collect();
        let mut passage = Passage {
            text: Cow::Owned(wordings.join("\n")),
            tokens: Vec::new(),
            reference: Vec::new(),
            silent: folded_key(""),
        };
        let mut offset = 0;
        for part in parts {
            let wording = &provisions[*part].wording;
            passage.read(wording, references.of(*part), (offset, fine));
            offset += wording.len() + 1;
        }
        passage
    }

    /// A wording by itself: what it refers to is not known.
    pub(super) fn plain(wording: &'d str, fine: bool) -> Self {
        let mut passage = Passage {
            text: Cow::Borrowed(wording),
            tokens: Vec::new(),
            reference: Vec::new(),
            silent: folded_key(""),
        };
        passage.read(wording, std::iter::empty(), (0, fine));
        passage
    }

    pub(super) fn keys(&self) -> Vec<u64> {
        self.tokens.iter().map(|token| token.key).collect()
    }

    pub(super) fn token(&self, at: usize) -> &str {
        self.tokens
            .get(at)
            .map_or("", |token| slice(&self.text, &token.span))
    }

    /// The text of `length` tokens, with what stands between them.
    pub(super) fn stretch(&self, at: usize, length: usize) -> &str {
        let last = self.tokens.get((at + length).saturating_sub(1));
        self.tokens.get(at).zip(last).map_or("", |(first, last)| {
            slice(&self.text, &(first.span.start..last.span.end))
        })
    }

    /// Appends the tokens of a wording; those that a reference runs through become one.
    fn read(
        &mut self,
        wording: &str,
        references: impl Iterator<Item = (Range<usize>, u64)>,
        (offset, fine): (usize, bool),
    ) {
        let tokens = if fine {
            fine_tokens(wording)
        } else {
            tokens(wording)
        };
        let mut references = references.peekable();
        if references.peek().is_none() && self.tokens.is_empty() && offset == 0 {
            self.tokens = tokens;
            self.tokens.retain(|token| token.key != self.silent);
            self.reference.resize(self.tokens.len(), false);
            return;
        }
        self.tokens.reserve(tokens.len());
        self.reference.reserve(tokens.len());
        let mut plain = tokens.into_iter().peekable();
        for (reference, target) in references {
            while let Some(token) = plain.next_if(|token| token.span.end <= reference.start) {
                self.push(token, false, offset);
            }
            // A token that two references share ("4-6") was taken up with the first.
            let open = self
                .tokens
                .last_mut()
                .filter(|last| last.span.end > reference.start + offset);
            if let Some(last) = open {
                let mut hash = Hash::default();
                hash.add(last.key);
                hash.add(target);
                last.key = hash.value();
                continue;
            }
            let Some(first) = plain.next() else { break };
            let mut span = first.span;
            while let Some(token) = plain.next_if(|token| token.span.start < reference.end) {
                span.end = token.span.end;
            }
            let mut hash = Hash::default();
            hash.add(folded_key(slice(wording, &(span.start..reference.start))));
            hash.add(target);
            hash.add(folded_key(slice(wording, &(reference.end..span.end))));
            self.push(
                Token {
                    span,
                    key: hash.value(),
                },
                true,
                offset,
            );
        }
        plain.for_each(|token| self.push(token, false, offset));
    }

    fn push(&mut self, token: Token, reference: bool, offset: usize) {
        // Invisible signs alone are no token: they belong to the white space around them.
        if !reference && token.key == self.silent {
            return;
        }
        self.tokens.push(Token {
            span: token.span.start + offset..token.span.end + offset,
            key: token.key,
        });
        self.reference.push(reference);
    }
}
