//! Readings: a wording with one alternative of each open choice, brackets gone.

use std::ops::Range;

use super::Brackets;

/// Why a wording has no such reading.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadingError {
    /// A bracket sign has no partner: what is in the bracket cannot be told.
    #[error(
        "a bracket of the wording is not closed or not opened: what stands in it cannot be told"
    )]
    Unbalanced,
    /// A choice is left open.
    #[error("choice {choice} is not made: {words:?} has {alternatives} alternatives")]
    Missing {
        /// Which choice, from 1, in the order in which they are met.
        choice: usize,
        /// How many alternatives it has.
        alternatives: usize,
        /// The start of its words.
        words: String,
    },
    /// An alternative that is not there.
    #[error("choice {choice} has alternatives 1 to {alternatives}, not {given}")]
    NoSuchAlternative {
        /// Which choice, from 1.
        choice: usize,
        /// How many alternatives it has.
        alternatives: usize,
        /// What was given.
        given: usize,
    },
    /// More choices given than the reading meets.
    #[error("{given} choices are given; the reading has {made}")]
    TooMany {
        /// How many were given.
        given: usize,
        /// How many the reading has.
        made: usize,
    },
}

impl Brackets {
    /// The wording with the alternatives that `selection` names (from 1), brackets gone.
    ///
    /// Choices are met as one reads: from the left, and after a choice is made, first the choices inside the alternative
    /// that was chosen; those inside the others are never met. Brackets side by side are one choice; a lone bracket has
    /// alternative 1, its words, and 2, nothing. Where brackets go, double spaces and spaces before punctuation go with
    /// them.
    ///
    /// ```
    /// use onetext_text::Brackets;
    /// let brackets = Brackets::parse("[A [big] dam] [No text.] [, or a weir]");
    /// assert_eq!(brackets.readings(&[1, 2])?, "A dam");
    /// # Ok::<(), onetext_text::ReadingError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When a bracket is not balanced, a choice is not made, an alternative is not there, or more choices are given
    /// than are met.
    pub fn readings(&self, selection: &[usize]) -> Result<String, ReadingError> {
        if self.unbalanced > 0 {
            return Err(ReadingError::Unbalanced);
        }
        let mut words = Words {
            text: String::with_capacity(self.wording.len()),
            glue: None,
        };
        let mut made = 0;
        // What is still to be read, the next stretch last; each stretch is whole choices and words.
        let mut left = vec![Stretch {
            span: 0..self.wording.len(),
            then: None,
        }];
        while let Some(Stretch { span, then }) = left.pop() {
            let next = self
                .groups
                .partition_point(|group| group.span.start < span.start);
            let Some(group) = self
                .groups
                .get(next)
                .filter(|group| group.span.end <= span.end && group.span.start < span.end)
            else {
                words.push(&self.wording[span]);
                if then.is_some() {
                    words.glue = then;
                }
                continue;
            };
            words.push(&self.wording[span.start..group.span.start]);
            let count = group.alternatives.len();
            let Some(&given) = selection.get(made) else {
                let start: String = self.wording[group.span.clone()].chars().take(40).collect();
                return Err(ReadingError::Missing {
                    choice: made + 1,
                    alternatives: count,
                    words: start,
                });
            };
            made += 1;
            let Some(chosen) = given
                .checked_sub(1)
                .and_then(|index| group.alternatives.get(index))
            else {
                return Err(ReadingError::NoSuchAlternative {
                    choice: made,
                    alternatives: count,
                    given,
                });
            };
            let sibling_ends_blank = count > 1
                && group
                    .alternatives
                    .iter()
                    .any(|other| self.wording[other.span.clone()].ends_with(char::is_whitespace));
            left.push(Stretch {
                span: group.span.end..span.end,
                then,
            });
            let glue = (sibling_ends_blank && !chosen.span.is_empty()).then_some(Glue::Space);
            left.push(Stretch {
                span: chosen.span.clone(),
                then: Some(glue.unwrap_or(Glue::Joint)),
            });
            words.glue = Some(Glue::Joint);
        }
        if made < selection.len() {
            return Err(ReadingError::TooMany {
                given: selection.len(),
                made,
            });
        }
        Ok(words.text.trim().to_owned())
    }
}

/// Bytes still to be read, and how what comes after them joins on.
struct Stretch {
    span: Range<usize>,
    then: Option<Glue>,
}

/// What stood between two stretches and is gone.
#[derive(Clone, Copy)]
enum Glue {
    /// A bracket sign.
    Joint,
    /// A sign whose words ended in a space that the chosen words may lack.
    Space,
}

struct Words {
    text: String,
    glue: Option<Glue>,
}

impl Words {
    fn push(&mut self, stretch: &str) {
        if stretch.is_empty() {
            return;
        }
        let mut stretch = stretch;
        if let Some(glue) = self.glue.take() {
            let blank = self.text.is_empty() || self.text.ends_with(char::is_whitespace);
            if blank {
                stretch = stretch.trim_start();
            } else if matches!(glue, Glue::Space) && stretch.starts_with(char::is_alphanumeric) {
                self.text.push(' ');
            }
            if stretch.is_empty() {
                self.glue = Some(glue);
                return;
            }
            if stretch
                .trim_start()
                .starts_with([',', '.', ';', ':', '!', '?', ')'])
            {
                self.text.truncate(self.text.trim_end().len());
                stretch = stretch.trim_start();
            }
        }
        self.text.push_str(stretch);
    }
}
