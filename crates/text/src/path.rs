//! Paths: how a person names a provision.
//!
//! A path is the labels from the top, joined with dots, each in its short form: `21.d`, `7 bis`, `5.2.a` for the item
//! printed `(a)` of the second paragraph of `Article 5`. An item without a label is named by its place among its
//! siblings, `14.#2`; a paragraph or heading without a number likewise, `¶3` or `12.¶2`. Ancestors without a label add
//! nothing, except where only they tell two provisions apart.

use std::collections::{BTreeMap, BTreeSet};

use crate::draft::{Draft, ProvisionKind, Remark};
use crate::label::{KeywordClass, keyword, numeral};

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
    short: BTreeMap<String, Vec<usize>>,
    /// The same without regard to letter case.
    folded: BTreeMap<String, Vec<usize>>,
    /// By all that stands above them, labelled or not, where that says more.
    long: BTreeMap<String, Vec<usize>>,
    /// Longer paths that were given to tell provisions apart, as printed.
    given: BTreeMap<String, usize>,
    /// Where one short path fits several provisions: the one of which it is the whole path, the others standing below
    /// something without a label.
    clear: BTreeMap<String, usize>,
}

/// One step of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Step {
    keyword: Option<KeywordClass>,
    key: String,
}

/// Which form of a path.
#[derive(Clone, Copy)]
struct Form {
    /// With the words of labels: `Section 2` rather than `2`.
    words: bool,
    /// With ancestors that have no label.
    whole: bool,
}

/// The most provisions that a search for a similar path looks at.
const MOST_COMPARED: usize = 20_000;
/// Of more provisions of one path than this none gets a longer one.
const MOST_NAMESAKES: usize = 10_000;
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
            .get(&key_of(strip_chapeau(path, chapeau_only)))
        {
            return Ok(Target {
                index,
                chapeau_only,
            });
        }
        let key = joined(&steps);
        let folded = key.to_lowercase();
        let named = [
            (&self.index.short, &key),
            (&self.index.long, &key),
            (&self.index.folded, &folded),
        ];
        for (index, key) in named {
            let Some(found) = index.get(key) else {
                continue;
            };
            let whole = std::ptr::eq(index, &self.index.long);
            let fitting: Vec<usize> = found
                .iter()
                .copied()
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
        Err(PathError::Unknown {
            path: path.to_owned(),
            nearest: self.nearest(path.trim()),
        })
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

    /// Gives every provision its path, and builds the index.
    pub(crate) fn name_provisions(&mut self) {
        let places = self.places();
        let mut labelled: Vec<String> = Vec::with_capacity(self.provisions.len());
        let mut keys: Vec<String> = Vec::with_capacity(self.provisions.len());
        for index in 0..self.provisions.len() {
            let provision = &self.provisions[index];
            let above = provision
                .parent
                .map_or("", |parent| labelled[parent].as_str());
            let above_key = provision.parent.map_or("", |parent| keys[parent].as_str());
            let step = self.step(index, &places, false);
            let path = dotted(above, &step);
            let key = dotted(above_key, &key_of(&step));
            self.index.short.entry(key.clone()).or_default().push(index);
            self.index
                .folded
                .entry(key.to_lowercase())
                .or_default()
                .push(index);
            let is_labelled = provision.label.is_some();
            labelled.push(if is_labelled {
                path.clone()
            } else {
                above.to_owned()
            });
            keys.push(if is_labelled {
                key
            } else {
                above_key.to_owned()
            });
            self.provisions[index].path = path;
        }
        self.index_whole_paths(&places);
        self.tell_apart(&places);
    }

    /// For each provision its place among its siblings, from 1.
    fn places(&self) -> Vec<usize> {
        let mut places = vec![0; self.provisions.len()];
        let mut top = 0;
        for index in 0..self.provisions.len() {
            if self.provisions[index].parent.is_none() {
                top += 1;
                places[index] = top;
            }
            for (place, &child) in self.provisions[index].children.iter().enumerate() {
                places[child] = place + 1;
            }
        }
        places
    }

    fn step(&self, index: usize, places: &[usize], words: bool) -> String {
        let provision = &self.provisions[index];
        match &provision.label {
            Some(label) if words && self.keywords[index].is_some_and(label_has_word) => {
                label.printed.clone()
            }
            Some(label) => label.short.clone(),
            None if provision.kind == ProvisionKind::Item => format!("#{}", places[index]),
            None => format!("¶{}", places[index]),
        }
    }

    fn path_in(&self, index: usize, places: &[usize], form: Form) -> String {
        let steps: Vec<String> = self
            .chain(index, form.whole)
            .into_iter()
            .map(|step| self.step(step, places, form.words))
            .collect();
        steps.join(".")
    }

    fn index_whole_paths(&mut self, places: &[usize]) {
        let mut whole: Vec<String> = Vec::with_capacity(self.provisions.len());
        let mut differs: Vec<bool> = Vec::with_capacity(self.provisions.len());
        for index in 0..self.provisions.len() {
            let parent = self.provisions[index].parent;
            let path = dotted(
                parent.map_or("", |parent| whole[parent].as_str()),
                &key_of(&self.step(index, places, false)),
            );
            let unlike = parent
                .is_some_and(|parent| differs[parent] || self.provisions[parent].label.is_none());
            if unlike {
                self.index.long.entry(path.clone()).or_default().push(index);
            }
            differs.push(unlike);
            whole.push(path);
        }
    }

    /// Where one short path fits several provisions, gives each a longer one that fits it alone, if there is one.
    fn tell_apart(&mut self, places: &[usize]) {
        const LONGER: [Form; 3] = [
            Form {
                words: true,
                whole: false,
            },
            Form {
                words: false,
                whole: true,
            },
            Form {
                words: true,
                whole: true,
            },
        ];
        let groups: Vec<(String, Vec<usize>)> = self
            .index
            .short
            .iter()
            .filter(|(_, group)| group.len() > 1)
            .map(|(key, group)| (key.clone(), group.clone()))
            .collect();
        for (key, group) in groups {
            let mut left: BTreeSet<usize> = group.iter().copied().collect();
            for form in LONGER
                .into_iter()
                .take_while(|_| group.len() <= MOST_NAMESAKES)
            {
                self.name_in(form, &key, &group, &mut left, places);
            }
            if self.index.clear.contains_key(&key) {
                // The short path is somebody else's: no path is better than a wrong one.
                for &index in &left {
                    self.provisions[index].path = self.path_in(index, places, LONGER[2]);
                }
            }
            self.remark_on_namesakes(&left, &group);
        }
    }

    /// Gives those of a group that are still left, and alone in a form, their path in that form.
    fn name_in(
        &mut self,
        form: Form,
        key: &str,
        group: &[usize],
        left: &mut BTreeSet<usize>,
        places: &[usize],
    ) {
        let mut named: BTreeMap<String, Vec<(usize, String)>> = BTreeMap::new();
        for &index in group {
            let path = self.path_in(index, places, form);
            named.entry(key_of(&path)).or_default().push((index, path));
        }
        for (longer, members) in named {
            let [(index, path)] = &members[..] else {
                continue;
            };
            // Without a word of its own, a path in words fits those with words too.
            let plain = Form {
                words: false,
                ..form
            };
            if form.words && longer == key_of(&self.path_in(*index, places, plain)) {
                continue;
            }
            // The short path itself names the one provision of which it is the whole path.
            if longer == key && form.whole {
                if left.remove(index) {
                    self.index.clear.insert(longer, *index);
                }
            } else if longer != key && left.remove(index) {
                self.index.given.insert(longer, *index);
                self.provisions[*index].path.clone_from(path);
            }
        }
    }

    fn remark_on_namesakes(&mut self, left: &BTreeSet<usize>, group: &[usize]) {
        let Some(&first) = group.first() else { return };
        for &index in left.iter().filter(|&&index| index != first) {
            let provision = &self.provisions[index];
            let text = format!(
                "the path {} also names the provision on line {}",
                provision.path, self.provisions[first].line
            );
            let (line, column) = self.position(provision.start);
            self.remarks.push(Remark { line, column, text });
        }
    }
}

fn strip_chapeau(path: &str, chapeau: bool) -> &str {
    match path.rsplit_once('.') {
        Some((above, _)) if chapeau => above,
        _ => path,
    }
}

/// `Pp2` holds its word already.
fn label_has_word(class: KeywordClass) -> bool {
    !matches!(class, KeywordClass::Preambular | KeywordClass::Operative)
}

fn dotted(above: &str, step: &str) -> String {
    if above.is_empty() {
        step.to_owned()
    } else {
        format!("{above}.{step}")
    }
}

fn joined(steps: &[Step]) -> String {
    steps
        .iter()
        .map(|step| step.key.as_str())
        .collect::<Vec<_>>()
        .join(".")
}

/// A label's short form as it is compared: without white space, digits of every script alike.
pub(crate) fn key_of(short: &str) -> String {
    short
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| {
            numeral::digit(c)
                .and_then(|value| char::from_digit(value, 10))
                .unwrap_or(c)
        })
        .collect()
}

/// The steps of a path as somebody wrote it.
fn steps(path: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let mut rest = path;
    loop {
        rest = rest.trim_start_matches(|c: char| {
            c.is_whitespace() || matches!(c, '.' | '(' | ')' | ':' | ',')
        });
        if rest.is_empty() {
            return steps;
        }
        let (keyword, after) = leading_keyword(rest);
        let end = after.find(['.', '(', ')', ':']).unwrap_or(after.len());
        let raw = after[..end].trim();
        rest = &after[end..];
        match (keyword, raw) {
            (None, raw) => push_number_before_word(&mut steps, raw),
            (Some(class), raw) => {
                let key =
                    keyword::ordinal(raw).map_or_else(|| key_of(raw), |value| value.to_string());
                steps.push(Step {
                    keyword: Some(class),
                    key,
                });
            }
        }
    }
}

/// `1. Abschnitt` and `Erster Abschnitt`: the word comes after its number.
fn push_number_before_word(steps: &mut Vec<Step>, raw: &str) {
    if let Some(class) = keyword::class_of(raw) {
        match steps.last_mut() {
            Some(last) if last.keyword.is_none() => last.keyword = Some(class),
            _ => steps.push(Step {
                keyword: None,
                key: key_of(raw),
            }),
        }
        return;
    }
    if let Some((number, word)) = raw.split_once(char::is_whitespace)
        && let (Some(value), Some(class)) =
            (keyword::ordinal(number), keyword::class_of(word.trim()))
    {
        steps.push(Step {
            keyword: Some(class),
            key: value.to_string(),
        });
        return;
    }
    steps.push(Step {
        keyword: None,
        key: key_of(raw),
    });
}

/// A word like `Article`, `Art.` or `§` at the start, where a number follows it, and what follows it.
fn leading_keyword(text: &str) -> (Option<KeywordClass>, &str) {
    let sign = text.starts_with('§');
    let len = if sign {
        '§'.len_utf8()
    } else {
        text.find(|c: char| !c.is_alphabetic())
            .unwrap_or(text.len())
    };
    let after = text[len..].strip_prefix('.').unwrap_or(&text[len..]);
    let number = after.trim_start();
    match keyword::class_of(&text[..len]) {
        Some(class)
            if !number.is_empty()
                && (sign || number.len() < after.len())
                && !number.starts_with(['.', '(']) =>
        {
            (Some(class), number)
        }
        _ => (None, text),
    }
}
