//! Which provision a cross-reference names.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::draft::Draft;
use crate::label::KeywordClass;
use crate::path::key_of;

/// In lower case.
fn lower(key: Cow<'_, str>) -> Cow<'_, str> {
    let small = |byte: u8| byte.is_ascii() && !byte.is_ascii_uppercase();
    if key.bytes().all(small) {
        key
    } else {
        Cow::Owned(key.to_lowercase())
    }
}

/// Of more provisions of one name than this none is looked for.
const MOST_NAMESAKES: usize = 32;

/// Provisions by what a reference can call them.
pub(super) struct Resolver<'d> {
    draft: &'d Draft,
    /// By the word of their label and its key in lower case.
    named: BTreeMap<(KeywordClass, Cow<'d, str>), Vec<usize>>,
    /// By the nearest provision above that has a label, and the key of their own in lower case.
    below: BTreeMap<(Option<usize>, Cow<'d, str>), Vec<usize>>,
    /// Points without a word in their label, by key.
    points: BTreeMap<Cow<'d, str>, Vec<usize>>,
    /// For each provision the nearest above it that has a label.
    above: Vec<Option<usize>>,
}

impl<'d> Resolver<'d> {
    pub(super) fn new(draft: &'d Draft) -> Resolver<'d> {
        let mut resolver = Resolver {
            draft,
            named: BTreeMap::new(),
            below: BTreeMap::new(),
            points: BTreeMap::new(),
            above: Vec::new(),
        };
        for (index, provision) in draft.provisions.iter().enumerate() {
            let above = provision.parent.and_then(|parent| {
                if draft.provisions[parent].label.is_some() {
                    Some(parent)
                } else {
                    resolver.above[parent]
                }
            });
            resolver.above.push(above);
            let Some(label) = &provision.label else {
                continue;
            };
            let key = lower(key_of(&label.short));
            if let Some(class) = draft.keywords[index] {
                resolver
                    .named
                    .entry((class, key.clone()))
                    .or_default()
                    .push(index);
            }
            resolver.below.entry((above, key)).or_default().push(index);
        }
        for &point in draft.points() {
            if let (Some(label), None) = (&draft.provisions[point].label, draft.keywords[point]) {
                resolver
                    .points
                    .entry(lower(key_of(&label.short)))
                    .or_default()
                    .push(point);
            }
        }
        resolver
    }

    /// The provision that a chain of divisions, outermost first, names when it stands in `from`.
    pub(super) fn resolve(
        &self,
        from: usize,
        chain: &[(KeywordClass, Vec<String>)],
    ) -> Option<usize> {
        let mut steps = chain
            .iter()
            .flat_map(|(class, keys)| keys.iter().map(move |key| (*class, key.as_str())));
        let (class, key) = steps.next()?;
        let mut target = self
            .first(from, class, key)
            .or_else(|| self.run_together(from, class, key))?;
        for (_, key) in steps {
            target = self.child(Some(target), key)?;
        }
        Some(target)
    }

    /// "subsection 6b": the item b of 6, where there is no 6b.
    fn run_together(&self, from: usize, class: KeywordClass, key: &str) -> Option<usize> {
        let number = key.trim_end_matches(|c: char| c.is_ascii_lowercase());
        let letter = &key[number.len()..];
        let splits = letter.len() == 1 && number.ends_with(|c: char| c.is_ascii_digit());
        let above = splits.then(|| self.first(from, class, number)).flatten()?;
        self.child(Some(above), letter)
    }

    fn first(&self, from: usize, class: KeywordClass, key: &str) -> Option<usize> {
        if let Some(named) = self.named.get(&(class, lower(key.into()))) {
            return self.nearest(from, Some(class), named, key);
        }
        let used_in_labels = self
            .named
            .range((class, Cow::Borrowed(""))..)
            .next()
            .is_some_and(|((other, _), _)| *other == class);
        if used_in_labels || !(class.generic() || class == KeywordClass::Section) {
            return None;
        }
        let numeric = key.starts_with(|c: char| c.is_ascii_digit());
        // Inside an article "Nummer 1" is one of its own.
        let among_points = self
            .draft
            .point_of(from)
            .is_none_or(|point| self.draft.keywords[point].is_none());
        if numeric
            && among_points
            && matches!(
                class,
                KeywordClass::Point | KeywordClass::Clause | KeywordClass::Section
            )
            && let Some(points) = self.points.get(&lower(key.into()))
        {
            return self
                .nearest(from, None, points, key)
                .or_else(|| self.only_one_without_parentheses(points));
        }
        // The same paragraph's, the same article's, then the draft's own.
        let mut scope = if self.draft.provisions[from].label.is_some() {
            Some(from)
        } else {
            self.above[from]
        };
        loop {
            if let Some(found) = self.child(scope, key) {
                return Some(found);
            }
            scope = self.above[scope?];
        }
    }

    /// The labelled provision below `parent` (or of the draft) with that key; letter case decides where it must.
    fn child(&self, parent: Option<usize>, key: &str) -> Option<usize> {
        let found = self.below.get(&(parent, lower(key.into())))?;
        self.one_of(found, key)
    }

    /// Of several provisions of one name, in reading order, the one that stands nearest above or beside; none where that is open.
    fn nearest(
        &self,
        from: usize,
        class: Option<KeywordClass>,
        found: &[usize],
        key: &str,
    ) -> Option<usize> {
        if let [one] = found[..] {
            return Some(one);
        }
        let mut scope = self.above[from];
        loop {
            let beside = self
                .below
                .get(&(scope, lower(key.into())))
                .map_or(&[][..], Vec::as_slice);
            let of_class: Vec<usize> = beside
                .iter()
                .copied()
                .filter(|index| {
                    self.draft.keywords[*index] == class && found.binary_search(index).is_ok()
                })
                .take(MOST_NAMESAKES)
                .collect();
            if let Some(one) = self.one_of(&of_class, key) {
                return Some(one);
            }
            scope = self.above[scope?];
        }
    }

    /// The one provision of a list, or the one whose key has the very letters asked for: "5(a)" may be `A.`, while
    /// beside `(B)` there may be a `(b)` in the text that is quoted.
    fn one_of(&self, found: &[usize], key: &str) -> Option<usize> {
        if let [one] = found[..]
            && !self.is_in_parentheses(one)
        {
            return Some(one);
        }
        let mut exact = found
            .iter()
            .copied()
            .take(MOST_NAMESAKES)
            .filter(|&index| self.key(index) == key);
        let one = exact.next()?;
        exact.next().is_none().then_some(one)
    }

    /// Where parties are counted `(1)`, `(2)` and clauses `1.`, `2.`, "clause 2" is of the latter.
    fn only_one_without_parentheses(&self, found: &[usize]) -> Option<usize> {
        let mut plain = found
            .iter()
            .copied()
            .take(MOST_NAMESAKES)
            .filter(|&index| !self.is_in_parentheses(index));
        let one = plain.next()?;
        plain.next().is_none().then_some(one)
    }

    fn is_in_parentheses(&self, index: usize) -> bool {
        self.draft.provisions[index]
            .label
            .as_ref()
            .is_some_and(|label| label.printed.starts_with('('))
    }

    fn key(&self, index: usize) -> Cow<'d, str> {
        self.draft.provisions[index]
            .label
            .as_ref()
            .map_or(Cow::Borrowed(""), |label| key_of(&label.short))
    }
}
