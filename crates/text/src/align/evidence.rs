//! Evidence beside the words: parent, neighbours, label, sub-items. Weighed anew in each round.

use super::candidates::Candidate;
use super::matching::Matching;
use super::vocabulary::{Side, Texts};
use crate::draft::ProvisionKind;

/// What each kind of evidence counts beside likeness of words, which counts 1.
const PARENT: f32 = 0.12;
const PARENT_ELSEWHERE: f32 = -0.08;
const NEIGHBOUR: f32 = 0.14;
const OUT_OF_ORDER: f32 = -0.08;
const LABEL: f32 = 0.16;
const CHILDREN: f32 = 0.45;
const OTHER_KIND: f32 = -0.15;

/// Labels are followed on so many levels, deeper ones together.
const LEVELS: usize = 8;

/// What the pairs so far say about a pair that is not yet one.
pub(super) struct Evidence {
    /// What wordings of these drafts have in common that have nothing to do with each other.
    floor: f32,
    /// For each old provision, the chained pairs next before and next after it.
    before: Vec<Option<(usize, usize)>>,
    after: Vec<Option<(usize, usize)>>,
    /// For each level, how often pairs so far kept their label, 0 to 1.
    kept_labels: [f32; LEVELS],
}

/// A pair with all that speaks for it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Weighed {
    pub(super) old: usize,
    pub(super) new: usize,
    /// Likeness of words above what unrelated wordings share, 0 to 1.
    pub(super) words: f32,
    /// Words and evidence together; about 0 to 1.
    pub(super) total: f32,
    pub(super) in_order: bool,
    pub(super) same_label: bool,
    /// So short that equal words may be chance.
    pub(super) slight: bool,
    pub(super) same_parent: bool,
    /// How far the sub-items are already paired with each other, 0 to 1.
    pub(super) children: f32,
}

impl Evidence {
    pub(super) fn new(texts: &Texts, matching: &Matching, floor: f32) -> Self {
        let chain = matching.chain(texts);
        let mut before = vec![None; chain.len()];
        let mut after = vec![None; chain.len()];
        let mut last = None;
        for (i, partner) in chain.iter().enumerate() {
            before[i] = last;
            last = partner.map(|j| (i, j)).or(last);
        }
        last = None;
        for (i, partner) in chain.iter().enumerate().rev() {
            after[i] = last;
            last = partner.map(|j| (i, j)).or(last);
        }
        Evidence {
            floor,
            before,
            after,
            kept_labels: kept_labels(texts, matching),
        }
    }

    /// How far labels are kept on the level of a provision.
    pub(super) fn kept_labels(&self, texts: &Texts, i: usize) -> f32 {
        self.kept_labels[texts.old.provisions[i].depth.min(LEVELS - 1)]
    }

    pub(super) fn weigh(&self, texts: &Texts, matching: &Matching, pair: &Candidate) -> Weighed {
        let (i, j) = (pair.old, pair.new);
        let words = ((pair.likeness - self.floor) / (1.0 - self.floor)).max(0.0);
        let parent = parent(texts, matching, i, j);
        let (in_order, near) = self.neighbours(i, j);
        let same_label = texts.old.label[i] != 0 && texts.old.label[i] == texts.new.label[j];
        let children = children(texts, matching, i, j);
        let mut total = words * 0.75 + near * NEIGHBOUR + children * CHILDREN;
        total += match parent {
            Some(true) => PARENT,
            Some(false) => PARENT_ELSEWHERE,
            None => 0.0,
        };
        if !in_order {
            total += OUT_OF_ORDER;
        }
        if same_label && parent != Some(false) {
            total += LABEL * self.kept_labels(texts, i);
        }
        if kind_class(texts.old.provisions[i].kind) != kind_class(texts.new.provisions[j].kind) {
            total += OTHER_KIND;
        }
        Weighed {
            old: i,
            new: j,
            words,
            total,
            in_order,
            same_label,
            slight: texts.are_slight(i, j),
            same_parent: parent == Some(true),
            children,
        }
    }

    /// Whether a pair would keep the order, and how near it stands to pairs that do.
    fn neighbours(&self, i: usize, j: usize) -> (bool, f32) {
        let mut near: f32 = 0.0;
        let mut in_order = true;
        match self.before[i] {
            Some((a, b)) if b < j => {
                near = near.max(1.0 / (1.0 + ((i - a).abs_diff(j - b)) as f32))
            }
            Some(_) => in_order = false,
            None => near = near.max(1.0 / (1.0 + i.abs_diff(j) as f32)),
        }
        match self.after[i] {
            Some((a, b)) if b > j => {
                near = near.max(1.0 / (1.0 + ((a - i).abs_diff(b - j)) as f32))
            }
            Some(_) => in_order = false,
            None => {}
        }
        (in_order, if in_order { near } else { 0.0 })
    }
}

/// Whether the parents are one another's partners; none where one of them has none yet.
fn parent(texts: &Texts, matching: &Matching, i: usize, j: usize) -> Option<bool> {
    match (texts.old.parent(i), texts.new.parent(j)) {
        (None, None) => Some(true),
        (Some(above), Some(over)) => match (matching.partner(above), matching.new[over]) {
            (None, None) => None,
            (partner, _) => Some(partner == Some(over)),
        },
        _ => Some(false),
    }
}

/// How far the sub-items of two provisions are paired with each other. A provision that says much itself is known by
/// that; its sub-items may have stayed when it left.
fn children(texts: &Texts, matching: &Matching, i: usize, j: usize) -> f32 {
    let (olds, news) = (
        &texts.old.provisions[i].children,
        &texts.new.provisions[j].children,
    );
    if olds.is_empty() || news.is_empty() || !(texts.old.is_chapeau(i) && texts.new.is_chapeau(j)) {
        return 0.0;
    }
    let together = olds
        .iter()
        .filter(|child| {
            matching
                .partner(**child)
                .is_some_and(|partner| texts.new.parent(partner) == Some(j))
        })
        .count();
    (2 * together) as f32 / (olds.len() + news.len()) as f32
}

fn kind_class(kind: ProvisionKind) -> u8 {
    match kind {
        ProvisionKind::Title => 0,
        ProvisionKind::Heading => 1,
        ProvisionKind::Numbered | ProvisionKind::Item | ProvisionKind::Paragraph => 2,
    }
}

fn kept_labels(texts: &Texts, matching: &Matching) -> [f32; LEVELS] {
    let mut counts = [(0.5_f32, 1.5_f32); LEVELS];
    for i in 0..texts.old.len() {
        let Some(j) = matching.partner(i).filter(|_| matching.is_sure(i)) else {
            continue;
        };
        if texts.old.label[i] != 0 && texts.new.label[j] != 0 {
            let level = &mut counts[texts.old.provisions[i].depth.min(LEVELS - 1)];
            level.0 += f32::from(u8::from(texts.old.label[i] == texts.new.label[j]));
            level.1 += 1.0;
        }
    }
    counts.map(|(kept, all)| kept / all)
}

/// What two wordings of these drafts have in common that have nothing to do with each other, by a sample.
pub(super) struct Floor {
    /// The middle of the sample.
    pub(super) middle: f32,
    /// What four in five of the sample do not reach.
    pub(super) high: f32,
}

impl Floor {
    pub(super) fn measure(texts: &Texts) -> Floor {
        let long = |side: &Side| {
            (0..side.len())
                .filter(|index| side.size[*index] >= 5 && side.is_read(*index))
                .collect::<Vec<_>>()
        };
        let (olds, news) = (long(&texts.old), long(&texts.new));
        if olds.is_empty() || news.is_empty() {
            return Floor {
                middle: 0.0,
                high: 0.0,
            };
        }
        let mut sample: Vec<f32> = (0..SAMPLE)
            .map(|number| {
                (
                    olds[number.wrapping_mul(7919) % olds.len()],
                    news[(number.wrapping_mul(104_729) + 31) % news.len()],
                )
            })
            .map(|(i, j)| texts.likeness(i, j))
            .collect();
        sample.sort_unstable_by(f32::total_cmp);
        Floor {
            middle: sample[SAMPLE / 2].min(0.5),
            high: sample[SAMPLE * 4 / 5].min(0.5),
        }
    }
}

/// Pairs in the sample.
const SAMPLE: usize = 199;
