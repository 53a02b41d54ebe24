//! The order in which linked issues are decided.

use std::collections::BTreeSet;

use crate::terms::{Rule, Terms};

/// In which way the issues are decided, and what that ties together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Plan {
    /// Whether along a tree; else in the scenario's order, the last first.
    pub(crate) along_a_tree: bool,
    /// How many issues stand open at once at most.
    pub(crate) width: usize,
    /// How many combinations of their options there are at most.
    pub(crate) contexts: u128,
    /// The order in which they are decided along the tree.
    pub(super) order: Vec<usize>,
}

impl Plan {
    /// The cheaper of both ways.
    pub(crate) fn of(terms: &Terms) -> Plan {
        let graph = Graph::of(terms);
        let path = graph.along_the_path(terms);
        if path.width < 2 {
            return path;
        }
        let tree = graph.along_a_tree(terms);
        // A step along the path costs less than one along a tree.
        match path.contexts > tree.contexts.saturating_mul(4) {
            true => tree,
            false => path,
        }
    }
}

/// Which issues are linked to which.
pub(super) struct Graph {
    near: Vec<BTreeSet<usize>>,
    groups: Vec<BTreeSet<usize>>,
}

impl Graph {
    pub(super) fn of(terms: &Terms) -> Graph {
        let links = terms.parties.iter().flat_map(|party| &party.links);
        let links = links.map(|link| link.choices.iter().map(|choice| choice.issue).collect());
        let rules = terms.rules.iter().map(|rule| match rule {
            Rule::Forbid(choices) => choices.iter().map(|choice| choice.issue).collect(),
            Rule::Require { given, then } => given
                .iter()
                .chain(then)
                .map(|choice| choice.issue)
                .collect(),
        });
        let groups: Vec<BTreeSet<usize>> = links.chain(rules).collect();
        let mut near = vec![BTreeSet::new(); terms.issues.len()];
        for group in &groups {
            for own in group {
                near[*own].extend(group.iter().filter(|other| *other != own));
            }
        }
        Graph { near, groups }
    }

    fn along_the_path(&self, terms: &Terms) -> Plan {
        let (mut width, mut contexts) = (0, 1);
        for issue in 0..terms.issues.len() {
            // The issues after this one, and itself, that something before it still asks about.
            let groups = self.groups.iter().filter(|group| {
                group.first().is_some_and(|first| *first < issue)
                    && group.last().is_some_and(|last| *last >= issue)
            });
            let open: BTreeSet<usize> = groups
                .flatten()
                .copied()
                .filter(|own| *own >= issue)
                .collect();
            width = width.max(open.len());
            contexts = combinations(terms, &open).max(contexts);
        }
        Plan {
            along_a_tree: false,
            width,
            contexts,
            order: Vec::new(),
        }
    }

    pub(super) fn along_a_tree(&self, terms: &Terms) -> Plan {
        let mut near = self.near.clone();
        let mut left: BTreeSet<usize> = (0..near.len()).collect();
        let (mut order, mut width, mut contexts) = (Vec::new(), 0, 1);
        while let Some(next) = left
            .iter()
            .copied()
            .min_by_key(|own| (fill(&near, *own), near[*own].len(), *own))
        {
            left.remove(&next);
            let around = std::mem::take(&mut near[next]);
            for own in &around {
                near[*own].remove(&next);
                near[*own].extend(around.iter().filter(|other| *other != own));
            }
            width = width.max(around.len());
            contexts = combinations(terms, &around).max(contexts);
            order.push(next);
        }
        Plan {
            along_a_tree: true,
            width,
            contexts,
            order,
        }
    }
}

/// How many pairs deciding an issue would tie anew.
fn fill(near: &[BTreeSet<usize>], issue: usize) -> usize {
    let around: Vec<usize> = near[issue].iter().copied().collect();
    let mut missing = 0;
    for (place, own) in around.iter().enumerate() {
        missing += around[place + 1..]
            .iter()
            .filter(|other| !near[*own].contains(other))
            .count();
    }
    missing
}

fn combinations(terms: &Terms, issues: &BTreeSet<usize>) -> u128 {
    issues
        .iter()
        .filter_map(|issue| terms.issues.get(*issue))
        .fold(1, |product: u128, issue| {
            product.saturating_mul(issue.options.len() as u128)
        })
}
