//! Paths: how a person names a provision.
//!
//! A path is the labels from the top, joined with dots, each in its short form: `21.d`, `7 bis`, `5.2.a` for the item
//! printed `(a)` of the second paragraph of `Article 5`. An item without a label is named by its place among its
//! siblings, `14.#2`; a paragraph or heading without a number likewise, `¶3` or `12.¶2`. Ancestors without a label add
//! nothing, except where only they tell two provisions apart.

mod naming;
mod step;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::draft::Draft;

pub(crate) use step::key_of;
use step::{Step, joined, steps, strip_chapeau};

/// Why a path names no provision.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PathError {
    /// No provision has that path.
    #[error("no provision is named {path}{}", nearest.as_ref().map(|n| format!("; did you mean {n}?")).unwrap_or_default())]
    Unknown {
        /// The path as given.
        path: String,
        /// The most similar path of the draft.
        nearest: Option<String>,
    },
    /// More than one provision has that path.
    #[error("{path} names more than one provision: {}", candidates.join(", "))]
    Ambiguous {
        /// The path as given.
        path: String,
        /// The provisions it fits, each as `path (line N)`; at most twenty of them.
        candidates: Vec<String>,
    },
}

/// What a path names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target {
    /// The provision, as an index into [`Draft::provisions`].
    pub index: usize,
    /// True for `21.chapeau`: the opening words alone, without the sub-items.
    pub chapeau_only: bool,
}

/// Provisions by path.
#[derive(Debug, Clone, Default)]
pub(crate) struct PathIndex {
    /// By the keys of their labels alone.
    short: Names,
    /// The same without regard to letter case. Made when a path is first looked for, as the next.
    folded: OnceLock<Names>,
    /// By all that stands above them, labelled or not, where that says more.
    long: OnceLock<Names>,
    /// Longer paths that were given to tell provisions apart, as printed.
    given: BTreeMap<String, usize>,
    /// Where one short path fits several provisions: the one of which it is the whole path, the others standing below
    /// something without a label.
    clear: BTreeMap<String, usize>,
}

/// Keys of provisions, sorted.
type Names = Vec<(String, usize)>;

/// Gives one list of them.
type Listed = fn(&Draft) -> &Names;

/// The provisions of one key, in reading order.
fn named<'n>(names: &'n Names, key: &str) -> &'n [(String, usize)] {
    let start = names.partition_point(|(name, _)| name.as_str() < key);
    let count = names[start..].iter().take_while(|(name, _)| name == key);
    &names[start..start + count.count()]
}

/// The most provisions that a search for a similar path looks at.
const MOST_COMPARED: usize = 20_000;
/// The most candidates that an error names.
const MOST_CANDIDATES: usize = 20;

impl Draft {
    /// The provision that a path names, as an index into [`Draft::provisions`].
    ///
    /// Letter case, white space and the script of digits do not matter, nor do the words and signs of labels:
    /// `Article 5.2.(a)`, `5.2.a` and `Art. 5(2)(a)` are one path. `21.chapeau` names 21.
    ///
    /// ```
    /// use onetext_text::Draft;
    /// let draft = Draft::read("Article 5 - Seat\n\n1. The seat:\n\n(a) is in Geneva;\n\n(b) may move.\n")?;
    /// assert_eq!(draft.find("Article 5.1.(b)"), draft.find("5.1.b"));
    /// assert!(draft.find("5.1.c").unwrap_err().to_string().contains("did you mean 5.1.a?"));
    /// # Ok::<(), onetext_text::ReadError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When no provision has that path, or more than one has; words before numbers tell them apart where labels differ
    /// in them (`Section 2.a` against `Article 2.a`).
    pub fn find(&self, path: &str) -> Result<usize, PathError> {
        self.find_target(path).map(|target| target.index)
    }

    /// What a path names: a provision, or with `.chapeau` its opening words alone.
    ///
    /// # Errors
    ///
    /// As [`find`](Self::find).
    pub fn find_target(&self, path: &str) -> Result<Target, PathError> {
        let mut steps = steps(path);
        let chapeau_only = steps.len() > 1
            && steps
                .last()
                .is_some_and(|step| step.key.eq_ignore_ascii_case("chapeau"));
        if chapeau_only {
            steps.pop();
        }
        if let Some(&index) = self
            .index
            .given
            .get(key_of(strip_chapeau(path, chapeau_only)).as_ref())
        {
            return Ok(Target {
                index,
                chapeau_only,
            });
        }
        let key = joined(&steps);
        let folded = key.to_lowercase();
        let lists: [(Listed, &String, bool); 3] = [
            (|draft| &draft.index.short, &key, false),
            (Draft::whole_names, &key, true),
            (Draft::folded_names, &folded, false),
        ];
        for (names, key, whole) in lists {
            let fitting: Vec<usize> = named(names(self), key)
                .iter()
                .map(|&(_, provision)| provision)
                .filter(|&provision| self.words_fit(provision, &steps, whole))
                .collect();
            match fitting[..] {
                [] => {}
                [index] => {
                    return Ok(Target {
                        index,
                        chapeau_only,
                    });
                }
                _ if !whole && let Some(&index) = self.index.clear.get(key) => {
                    return Ok(Target {
                        index,
                        chapeau_only,
                    });
                }
                _ => {
                    return Err(PathError::Ambiguous {
                        path: path.to_owned(),
                        candidates: self.candidates(&fitting),
                    });
                }
            }
        }
        self.find_printed(path, chapeau_only)
    }

    /// The provision whose path is printed just so: a label of several numbers may stand where none would count so.
    fn find_printed(&self, path: &str, chapeau_only: bool) -> Result<Target, PathError> {
        let printed = strip_chapeau(path, chapeau_only).trim();
        let provisions = self.provisions.iter().enumerate();
        let found: Vec<usize> = provisions
            .filter(|(_, provision)| provision.path == printed)
            .map(|(index, _)| index)
            .collect();
        match found[..] {
            [] => Err(PathError::Unknown {
                path: path.to_owned(),
                nearest: self.nearest(path.trim()),
            }),
            [index] => Ok(Target {
                index,
                chapeau_only,
            }),
            _ => Err(PathError::Ambiguous {
                path: path.to_owned(),
                candidates: self.candidates(&found),
            }),
        }
    }

    /// Whether the words that a path gives before its numbers are those of the provision and of what stands above it.
    fn words_fit(&self, provision: usize, steps: &[Step], whole: bool) -> bool {
        if steps.iter().all(|step| step.keyword.is_none()) {
            return true;
        }
        let chain = self.chain(provision, whole);
        chain.len() == steps.len()
            && chain.iter().zip(steps).all(|(&index, step)| {
                step.keyword
                    .is_none_or(|class| class.generic() || self.keywords[index] == Some(class))
            })
    }

    /// The provisions whose labels make up a path, outermost first.
    fn chain(&self, provision: usize, whole: bool) -> Vec<usize> {
        let mut chain = vec![provision];
        let mut above = self.provisions[provision].parent;
        while let Some(index) = above {
            if whole || self.provisions[index].label.is_some() {
                chain.push(index);
            }
            above = self.provisions[index].parent;
        }
        chain.reverse();
        chain
    }

    fn candidates(&self, found: &[usize]) -> Vec<String> {
        found
            .iter()
            .take(MOST_CANDIDATES)
            .map(|&index| {
                format!(
                    "{} (line {})",
                    self.provisions[index].path, self.provisions[index].line
                )
            })
            .collect()
    }

    fn nearest(&self, path: &str) -> Option<String> {
        if path.is_empty() || path.len() > 256 {
            return None;
        }
        let wanted = path.to_lowercase();
        let allowed = (wanted.chars().count() / 3).max(1);
        let distance =
            |candidate: &str| strsim::damerau_levenshtein(&wanted, &candidate.to_lowercase());
        self.provisions
            .iter()
            .take(MOST_COMPARED)
            .map(|provision| provision.path.as_str())
            .filter(|candidate| candidate.len().abs_diff(path.len()) <= allowed * 2)
            .map(|candidate| (distance(candidate), candidate))
            .filter(|&(distance, _)| distance <= allowed)
            .min_by_key(|&(distance, _)| distance)
            .map(|(_, candidate)| candidate.to_owned())
    }
}
