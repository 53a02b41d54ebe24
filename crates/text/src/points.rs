//! Points: the provisions at the level where a text is negotiated and counted.

use std::collections::{BTreeMap, BTreeSet};

use crate::draft::{Draft, ProvisionKind};
use crate::label::parse::reads_like_a_title;
use crate::label::{KeywordClass, NumeralSystem};

/// The points of a draft at its default level.
#[derive(Debug, Clone, Default)]
pub(crate) struct Points {
    level: Option<usize>,
    points: Vec<usize>,
    /// For each provision the point it stands in.
    point_of: Vec<Option<usize>>,
}

/// Labels that count together: their word, their numerals, whether they close with a parenthesis.
type Series = (Option<KeywordClass>, NumeralSystem, bool);

impl Draft {
    /// The points of the draft, as indices in reading order, at its default level: the outermost whose numbers run
    /// through the whole draft.
    ///
    /// Divisions that only group what is numbered on through them are passed over: in a treaty of three chapters and
    /// forty articles the articles are the points (and with them an annex that holds no article). A level with a single
    /// number is passed over for the level below it. Where nothing is numbered, the outermost provisions but the title
    /// are the points.
    #[must_use]
    pub fn points(&self) -> &[usize] {
        &self.points.points
    }

    /// The points at a given level: the provisions with a label that have `level` others with a label above them.
    /// `None` is the default level, as in [`points`](Self::points). Headings and paragraphs without a number are on no level.
    #[must_use]
    pub fn points_at(&self, level: Option<usize>) -> Vec<usize> {
        let Some(level) = level else {
            return self.points.points.clone();
        };
        let levels = self.label_levels();
        (0..self.provisions.len())
            .filter(|&index| self.provisions[index].label.is_some() && levels[index] == level)
            .collect()
    }

    /// The default level of points, as [`points_at`](Self::points_at) counts levels: 0 for the outermost labels; none
    /// where nothing is numbered.
    #[must_use]
    pub fn point_depth(&self) -> Option<usize> {
        self.points.level
    }

    /// The point that a provision stands in, or is, at the default level; none for titles, preambles and headings above
    /// the points.
    #[must_use]
    pub fn point_of(&self, index: usize) -> Option<usize> {
        self.points.point_of.get(index).copied().flatten()
    }

    /// For each provision the point among `points` (as [`points_at`](Self::points_at) gives them) that it stands in, or is.
    #[must_use]
    pub fn points_of_all(&self, points: &[usize]) -> Vec<Option<usize>> {
        let mut of: Vec<Option<usize>> = vec![None; self.provisions.len()];
        for &point in points {
            if let Some(slot) = of.get_mut(point) {
                *slot = Some(point);
            }
        }
        for index in 0..of.len() {
            if of[index].is_none() {
                of[index] = self.provisions[index].parent.and_then(|parent| of[parent]);
            }
        }
        of
    }

    /// For each provision how many others with a label stand above it.
    fn label_levels(&self) -> Vec<usize> {
        let mut levels: Vec<usize> = Vec::with_capacity(self.provisions.len());
        for provision in &self.provisions {
            let level = provision.parent.map_or(0, |parent| {
                levels[parent] + usize::from(self.provisions[parent].label.is_some())
            });
            levels.push(level);
        }
        levels
    }

    pub(crate) fn find_points(&mut self) {
        let levels = self.label_levels();
        let (level, points) = self.default_points(&levels);
        self.points = Points {
            level,
            point_of: self.points_of_all(&points),
            points,
        };
    }

    fn default_points(&self, levels: &[usize]) -> (Option<usize>, Vec<usize>) {
        let mut by_level: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (index, provision) in self
            .provisions
            .iter()
            .enumerate()
            .filter(|(_, provision)| provision.label.is_some())
        {
            by_level.entry(levels[index]).or_default().push(index);
            debug_assert!(
                provision.kind != ProvisionKind::Title,
                "a title has no label"
            );
        }
        let Some(outermost) = by_level.get(&0) else {
            let top = (0..self.provisions.len()).filter(|&index| {
                self.provisions[index].parent.is_none()
                    && self.provisions[index].kind != ProvisionKind::Title
            });
            return (None, top.collect());
        };
        if let Some(found) = self.numbered_on_through(outermost, levels) {
            return found;
        }
        let mut level = 0;
        while by_level.get(&level).is_some_and(|points| points.len() == 1) {
            match by_level.get(&(level + 1)) {
                Some(below) if below.len() > 1 && self.runs_through(below) => {
                    level += 1;
                    break;
                }
                Some(below) if below.len() == 1 => level += 1,
                _ => {
                    level = 0;
                    break;
                }
            }
        }
        if by_level.get(&level).is_none_or(|points| points.len() == 1) {
            level = 0;
        }
        (
            Some(level),
            by_level.get(&level).cloned().unwrap_or_default(),
        )
    }

    /// Articles (or sections, or plain numbers) that are counted on through the headings that group them.
    fn numbered_on_through(
        &self,
        outermost: &[usize],
        levels: &[usize],
    ) -> Option<(Option<usize>, Vec<usize>)> {
        if outermost.len() < 2 {
            return None;
        }
        let mut group: Vec<usize> = Vec::with_capacity(self.provisions.len());
        let mut by_series: BTreeMap<Series, (Vec<usize>, BTreeSet<usize>)> = BTreeMap::new();
        for (index, provision) in self.provisions.iter().enumerate() {
            let own = match provision.parent {
                Some(parent) if levels[index] > 0 => group[parent],
                _ => index,
            };
            group.push(own);
            if levels[index] > 0
                && self.keywords[own].is_none_or(|class| class.rank() > 0)
                && let Some(series) = self.series(index)
            {
                let entry = by_series.entry(series).or_default();
                entry.0.push(index);
                entry.1.insert(own);
            }
        }
        let outer: BTreeSet<Option<Series>> =
            outermost.iter().map(|&index| self.series(index)).collect();
        let (members, groups) = by_series
            .into_iter()
            .filter(|(series, (members, groups))| {
                let counts = series.0.is_none_or(|class| !class.groups())
                    && series.1 == NumeralSystem::Decimal;
                counts
                    && !outer.contains(&Some(*series))
                    && groups.len() > 1
                    && groups.iter().all(|&group| self.only_groups(group))
                    && self.runs_through(members)
            })
            .map(|(_, found)| found)
            .min_by_key(|(members, _)| members.iter().map(|&index| levels[index]).min())?;
        let inside: BTreeSet<usize> = members.iter().copied().collect();
        let mut points: Vec<usize> = outermost
            .iter()
            .copied()
            .filter(|index| !groups.contains(index))
            .collect();
        // One member of the series inside another is a sub-item of it.
        points.extend(members.iter().copied().filter(|&index| {
            let mut above = self.provisions[index].parent;
            while let Some(parent) = above {
                if inside.contains(&parent) {
                    return false;
                }
                above = self.provisions[parent].parent;
            }
            true
        }));
        points.sort_unstable();
        let level = members.first().map(|&index| levels[index]);
        Some((level, points))
    }

    /// A heading, or what is set like one: `II. SECURITY`, `B. Territory`.
    fn only_groups(&self, index: usize) -> bool {
        let provision = &self.provisions[index];
        let lettered = provision
            .label
            .as_ref()
            .is_some_and(|label| label.system != NumeralSystem::Decimal);
        provision.kind == ProvisionKind::Heading
            || (lettered && reads_like_a_title(&provision.wording))
    }

    fn series(&self, index: usize) -> Option<Series> {
        let label = self.provisions[index].label.as_ref()?;
        Some((
            self.keywords[index],
            label.system,
            label.printed.ends_with(')'),
        ))
    }

    /// Whether the numbers of each series among these provisions only rise; `5 bis` after `5` rises.
    fn runs_through(&self, members: &[usize]) -> bool {
        let mut last: BTreeMap<Series, (u64, &str)> = BTreeMap::new();
        members.iter().all(|&index| {
            let (Some(label), Some(series)) = (&self.provisions[index].label, self.series(index))
            else {
                return false;
            };
            let before = last.insert(series, (label.number, label.short.as_str()));
            before.is_none_or(|(number, short)| {
                label.number > number || (label.number == number && label.short != short)
            })
        })
    }
}
