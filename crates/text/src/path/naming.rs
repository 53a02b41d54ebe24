//! Giving every provision its path, and telling namesakes apart.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::Names;
use super::step::key_of;
use crate::draft::{Draft, ProvisionKind, Remark};
use crate::label::KeywordClass;

/// Which form of a path.
#[derive(Clone, Copy)]
struct Form {
    /// With the words of labels: `Section 2` rather than `2`.
    words: bool,
    /// With ancestors that have no label.
    whole: bool,
}

/// Of more provisions of one path than this none gets a longer one.
const MOST_NAMESAKES: usize = 10_000;

impl Draft {
    /// Gives every provision its path, and builds the index.
    pub(crate) fn name_provisions(&mut self) {
        let places = self.places();
        let mut keys: Vec<String> = Vec::with_capacity(self.provisions.len());
        // For each provision the nearest with a label: itself, or one above it.
        let mut labelled: Vec<Option<usize>> = Vec::with_capacity(self.provisions.len());
        for index in 0..self.provisions.len() {
            let provision = &self.provisions[index];
            let above = provision.parent.and_then(|parent| labelled[parent]);
            let step = self.step(index, &places, false);
            let key = key_of(&step);
            let path = above.map_or("", |above| self.provisions[above].path.as_str());
            let path = dotted(path, &step);
            keys.push(dotted(above.map_or("", |above| keys[above].as_str()), &key));
            labelled.push(if provision.label.is_some() {
                Some(index)
            } else {
                above
            });
            self.provisions[index].path = path;
        }
        self.index.short = sorted(keys.into_iter().zip(0..).collect());
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

    fn step(&self, index: usize, places: &[usize], words: bool) -> Cow<'_, str> {
        let provision = &self.provisions[index];
        match &provision.label {
            Some(label) if words && self.keywords[index].is_some_and(label_has_word) => {
                Cow::Borrowed(&label.printed)
            }
            Some(label) => Cow::Borrowed(&label.short),
            None if provision.kind == ProvisionKind::Item => {
                Cow::Owned(format!("#{}", places[index]))
            }
            None => Cow::Owned(format!("¶{}", places[index])),
        }
    }

    fn path_in(&self, index: usize, places: &[usize], form: Form) -> String {
        let steps: Vec<Cow<'_, str>> = self
            .chain(index, form.whole)
            .into_iter()
            .map(|step| self.step(step, places, form.words))
            .collect();
        steps.join(".")
    }

    /// Provisions by all that stands above them, where something without a label does.
    pub(super) fn whole_names(&self) -> &Names {
        self.index.long.get_or_init(|| {
            let places = self.places();
            let mut whole: Vec<String> = Vec::with_capacity(self.provisions.len());
            let mut differs: Vec<bool> = Vec::with_capacity(self.provisions.len());
            for (index, provision) in self.provisions.iter().enumerate() {
                let above = provision.parent.map_or("", |parent| whole[parent].as_str());
                let key = dotted(above, &key_of(&self.step(index, &places, false)));
                differs.push(provision.parent.is_some_and(|parent| {
                    differs[parent] || self.provisions[parent].label.is_none()
                }));
                whole.push(key);
            }
            let names = whole.into_iter().zip(0..);
            sorted(names.filter(|&(_, index)| differs[index]).collect())
        })
    }

    /// Provisions by the keys of their labels, in lower case.
    pub(super) fn folded_names(&self) -> &Names {
        self.index.folded.get_or_init(|| {
            let names = self.index.short.iter();
            sorted(
                names
                    .map(|(key, index)| (key.to_lowercase(), *index))
                    .collect(),
            )
        })
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
            .chunk_by(|one, next| one.0 == next.0)
            .filter(|group| group.len() > 1)
            .map(|group| {
                let indices = group.iter().map(|(_, index)| *index).collect();
                (group[0].0.clone(), indices)
            })
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
            let key = key_of(&path).into_owned();
            named.entry(key).or_default().push((index, path));
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

/// `Pp2` holds its word already.
fn label_has_word(class: KeywordClass) -> bool {
    !matches!(class, KeywordClass::Preambular | KeywordClass::Operative)
}

fn dotted(above: &str, step: &str) -> String {
    if above.is_empty() {
        return step.to_owned();
    }
    let mut path = String::with_capacity(above.len() + 1 + step.len());
    path.push_str(above);
    path.push('.');
    path.push_str(step);
    path
}

fn sorted(mut names: Names) -> Names {
    names.sort_unstable();
    names
}
