//! Who rests on whom, answered at once for a million acts.
//!
//! The acts are cut into *runs*: an act and its only child, that one's only child, and so on. Within a run the earlier
//! is an ancestor of the later. Between runs a clock decides: how many acts of each *lane* lie before the run. A lane is
//! the chain of one site's acts; a site that rewrites its past has several.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::key::SiteId;

/// The longest run: what must be walked to know the clock at its end.
const LONGEST_RUN: usize = 256;

/// The most clock entries that are kept, 256 MB. Beyond, the clocks of the older half of the runs are let go; what they
/// would tell is walked instead.
const MOST_ENTRIES: usize = 1 << 26;

/// For each lane, how many of its acts lie before.
type Clock = Arc<[u32]>;

#[derive(Debug, Clone, Default)]
pub(super) struct Ancestry {
    nodes: Vec<Node>,
    runs: Vec<Run>,
    lanes: Vec<Vec<u32>>,
    sites: Vec<Site>,
    site_places: BTreeMap<SiteId, u32>,
    entries: usize,
    forks: usize,
}

#[derive(Debug, Clone, Copy)]
struct Node {
    site: u32,
    lane: u32,
    place_in_lane: u32,
    run: u32,
    place_in_run: u32,
}

#[derive(Debug, Clone)]
struct Run {
    /// What lies before its first act; none where that was let go.
    before: Option<Clock>,
    /// The parents of its first act.
    parents: Box<[u32]>,
    acts: Vec<u32>,
}

#[derive(Debug, Clone)]
struct Site {
    id: SiteId,
    lanes: Vec<u32>,
    written: u64,
}

impl Ancestry {
    /// Adds the act at this place, the next one, and says how many acts of its site are among its ancestors.
    pub(super) fn add(&mut self, place: u32, parents: &[u32], site: SiteId) -> u64 {
        let (run, place_in_run) = self.run_for(place, parents);
        let site = self.site_for(site);
        let (lane, before) = self.lane_for(site, run, place_in_run);
        let acts = &mut self.lanes[lane as usize];
        let place_in_lane = u32::try_from(acts.len()).unwrap_or(u32::MAX);
        acts.push(place);
        self.sites[site as usize].written += 1;
        self.nodes.push(Node {
            site,
            lane,
            place_in_lane,
            run,
            place_in_run,
        });
        before
    }

    /// Whether the one place is among the ancestors of the other; none where it must be walked.
    pub(super) fn before(&self, earlier: u32, later: u32) -> Option<bool> {
        let (one, other) = (self.nodes[earlier as usize], self.nodes[later as usize]);
        if one.run == other.run {
            return Some(one.place_in_run < other.place_in_run);
        }
        let clock = self.runs[other.run as usize].before.as_ref()?;
        Some(one.place_in_lane < counted(clock, one.lane))
    }

    pub(super) fn site(&self, place: u32) -> SiteId {
        self.sites[self.nodes[place as usize].site as usize].id
    }

    pub(super) fn written_by(&self, site: &SiteId) -> u64 {
        self.site_places
            .get(site)
            .map_or(0, |site| self.sites[*site as usize].written)
    }

    /// How often a site left its own chain.
    pub(super) fn forks(&self) -> usize {
        self.forks
    }

    fn site_for(&mut self, id: SiteId) -> u32 {
        if let Some(site) = self.site_places.get(&id) {
            return *site;
        }
        let site = u32::try_from(self.sites.len()).unwrap_or(u32::MAX);
        self.sites.push(Site {
            id,
            lanes: Vec::new(),
            written: 0,
        });
        self.site_places.insert(id, site);
        site
    }

    /// Continues the run that its only parent ends, or begins a new one.
    fn run_for(&mut self, place: u32, parents: &[u32]) -> (u32, u32) {
        if let [parent] = parents {
            let number = self.nodes[*parent as usize].run;
            let run = &mut self.runs[number as usize];
            if run.acts.last() == Some(parent) && run.acts.len() < LONGEST_RUN {
                run.acts.push(place);
                return (
                    number,
                    u32::try_from(run.acts.len() - 1).unwrap_or(u32::MAX),
                );
            }
        }
        let before = self.clock_after(parents);
        self.let_go();
        self.entries += before.len();
        let number = u32::try_from(self.runs.len()).unwrap_or(u32::MAX);
        self.runs.push(Run {
            before: Some(before),
            parents: parents.into(),
            acts: vec![place],
        });
        (number, 0)
    }

    /// Makes room for more clocks where there are too many.
    fn let_go(&mut self) {
        if self.entries <= MOST_ENTRIES {
            return;
        }
        let older = self.runs.len() / 2;
        for run in self.runs.iter_mut().take(older) {
            if let Some(clock) = run.before.take() {
                self.entries -= clock.len();
            }
        }
    }

    /// What lies before an act with these parents, themselves counted.
    fn clock_after(&self, parents: &[u32]) -> Clock {
        let mut clock = vec![0; self.lanes.len()];
        let mut open = parents.to_vec();
        let mut walked: BTreeMap<u32, usize> = BTreeMap::new();
        while let Some(place) = open.pop() {
            let node = self.nodes[place as usize];
            let upto = node.place_in_run as usize + 1;
            // A run that was walked further than this has nothing new to tell.
            let before = walked.get(&node.run).copied().unwrap_or(0);
            if before >= upto {
                continue;
            }
            walked.insert(node.run, upto);
            let run = &self.runs[node.run as usize];
            for act in run.acts.iter().take(upto).skip(before) {
                let act = self.nodes[*act as usize];
                raise(&mut clock, act.lane, act.place_in_lane + 1);
            }
            match &run.before {
                _ if before > 0 => {}
                Some(known) => (0..)
                    .zip(known.iter())
                    .for_each(|(lane, count)| raise(&mut clock, lane, *count)),
                None => open.extend(&run.parents),
            }
        }
        clock.into()
    }

    /// The lane of its site that ends among its ancestors, or a new one; and how many acts of its site lie before it.
    fn lane_for(&mut self, site: u32, run: u32, place_in_run: u32) -> (u32, u64) {
        if self.runs[run as usize].before.is_none() {
            let clock = self.clock_after(&self.runs[run as usize].parents);
            self.entries += clock.len();
            self.runs[run as usize].before = Some(clock);
        }
        let mut before = 0;
        let mut found = None;
        for lane in &self.sites[site as usize].lanes {
            let acts = &self.lanes[*lane as usize];
            let behind = |act: &u32| self.behind(*act, run, place_in_run);
            // In a lane each act rests on the one before it: those that lie before are the first so many.
            let count = match acts.last() {
                Some(last) if behind(last) => acts.len(),
                _ => acts.partition_point(behind),
            };
            before += count as u64;
            if count == acts.len() && found.is_none() {
                found = Some(*lane);
            }
        }
        let lane = found.unwrap_or_else(|| {
            let lane = u32::try_from(self.lanes.len()).unwrap_or(u32::MAX);
            self.lanes.push(Vec::new());
            let lanes = &mut self.sites[site as usize].lanes;
            lanes.push(lane);
            self.forks += usize::from(lanes.len() > 1);
            lane
        });
        (lane, before)
    }

    /// Whether a placed act lies before the next one, which stands at this place of this run.
    fn behind(&self, act: u32, run: u32, place_in_run: u32) -> bool {
        let node = self.nodes[act as usize];
        if node.run == run {
            return node.place_in_run < place_in_run;
        }
        let clock = self.runs[run as usize].before.as_deref();
        node.place_in_lane < counted(clock.unwrap_or_default(), node.lane)
    }
}

fn counted(clock: &[u32], lane: u32) -> u32 {
    clock.get(lane as usize).copied().unwrap_or(0)
}

fn raise(clock: &mut [u32], lane: u32, count: u32) {
    if let Some(entry) = clock.get_mut(lane as usize) {
        *entry = (*entry).max(count);
    }
}
