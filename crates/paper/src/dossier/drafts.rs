//! The drafts of a dossier: read from their files, and their identity fixed, each after the draft it was made from.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use onetext_talks::{
    Act, AlignDeed, BlockKind, Deed, DraftBlock, DraftId, OwnCopy, Place, Process, Record, SeatId,
    Text,
};
use onetext_text::{Draft, IssuedDraft, Lineage, ProvisionId, Settled, align};

use super::error::Fault;
use super::files::{Shelf, Unread};
use super::sketch::DraftSketch;
use super::trouble::Trouble;
use crate::docx::Tracked;

/// Reads and issues every draft; what cannot be read is reported and stands empty.
pub(super) fn issue(
    sketches: Vec<DraftSketch>,
    process: &Process,
    texts: &[Text],
    acts: &[Act],
    shelf: &mut Shelf<'_>,
    troubles: &mut Vec<Trouble>,
) -> Vec<DraftBlock> {
    let issuers: BTreeMap<&str, &SeatId> = texts
        .iter()
        .map(|text| (text.id.as_str(), &text.issuer))
        .collect();
    let by = |sketch: &DraftSketch| {
        let issuer = || {
            issuers
                .get(sketch.text.as_str())
                .copied()
                .unwrap_or(&process.pen_holder)
        };
        sketch.by.clone().unwrap_or_else(|| issuer().clone())
    };
    let mut issuing = Issuing {
        process,
        sketches: &sketches,
        settled: settled_by(acts),
        issued: BTreeMap::new(),
    };
    for number in issuing.bases_first() {
        let read = issuing.read(number, shelf, troubles);
        issuing.settle(number, read, &by, shelf, troubles);
    }
    let mut issued = issuing.issued;
    let nothing = Draft::read("")
        .ok()
        .map(|draft| Arc::new(IssuedDraft::issue(draft, None, &[], "")));
    let block = |(number, sketch): (usize, DraftSketch)| {
        Some(DraftBlock {
            by: by(&sketch),
            id: sketch.id,
            text: sketch.text,
            file: sketch.file,
            base: sketch.base,
            on: sketch.on,
            language: sketch.language,
            renders: sketch.renders,
            ids: sketch.ids,
            issued: issued.remove(&number).or_else(|| nothing.clone())?,
        })
    };
    sketches.into_iter().enumerate().filter_map(block).collect()
}

/// Reads and issues one draft beside those of a record, with what its issuer settles of its identity. A pair that names
/// nothing is left out here: the check of the act that settles it refuses it.
pub(super) fn issue_one(
    sketch: DraftSketch,
    record: &Record,
    align: Option<&AlignDeed>,
    shelf: &mut Shelf<'_>,
) -> Result<DraftBlock, Box<Trouble>> {
    let number = record.drafts.len();
    let unread =
        |field| move |unread| Box::new(Trouble::with_file(BlockKind::Draft, number, field, unread));
    let draft = read_draft(&sketch.file, sketch.tracked, shelf).map_err(unread("file"))?;
    let base = record
        .drafts
        .iter()
        .find(|block| Some(&block.id) == sketch.base.as_ref());
    let side = |draft: &Draft, path: &str| match path.is_empty() {
        true => Some(None),
        false => draft.find(path).ok().map(Some),
    };
    let pairs = align.into_iter().flat_map(|deed| &deed.pairs);
    let settled: Vec<Settled> = pairs
        .filter_map(|(old, new)| {
            let old = side(&base?.issued.draft, old)?;
            let new = side(&draft, new)?;
            (old.is_some() || new.is_some()).then_some(Settled { old, new })
        })
        .collect();
    let base = base.map(|base| base.issued.as_ref());
    let issued =
        fixed(&record.process, &sketch, draft, base, &settled, shelf).map_err(unread("ids"))?;
    let text = record.texts.iter().find(|text| text.id == sketch.text);
    let issuer = text.map_or(&record.process.pen_holder, |text| &text.issuer);
    Ok(DraftBlock {
        by: sketch.by.unwrap_or_else(|| issuer.clone()),
        id: sketch.id,
        text: sketch.text,
        file: sketch.file,
        base: sketch.base,
        on: sketch.on,
        language: sketch.language,
        renders: sketch.renders,
        ids: sketch.ids,
        issued: Arc::new(issued),
    })
}

/// A draft with its identity: as its file of ids says, else carried over from its base and drawn.
fn fixed(
    process: &Process,
    sketch: &DraftSketch,
    draft: Draft,
    base: Option<&IssuedDraft>,
    settled: &[Settled],
    shelf: &mut Shelf<'_>,
) -> Result<IssuedDraft, Unread> {
    match &sketch.ids {
        Some(file) => with_ids(draft, base, settled, file, shelf),
        None => {
            let stream = format!("{}\0{}\0{}", process.id, sketch.text, sketch.id);
            Ok(IssuedDraft::issue(draft, base, settled, &stream))
        }
    }
}

/// Reads the copies that seats brought themselves.
pub(super) fn own_copies(
    process: &Process,
    acts: &mut [Act],
    shelf: &mut Shelf<'_>,
    troubles: &mut Vec<Trouble>,
) {
    for (index, act) in acts.iter_mut().enumerate() {
        let Deed::Acknowledge(deed) = &mut act.deed else {
            continue;
        };
        let Some(file) = &deed.file else { continue };
        match read_draft(file, Tracked::Accepted, shelf) {
            Ok(draft) => {
                deed.copy = Some(OwnCopy::made_in(&process.id, &act.room, draft));
            }
            Err(unread) => troubles.push(Trouble::with_file(BlockKind::Act, index, "file", unread)),
        }
    }
}

/// What somebody settled of a draft: the place of the act, and who.
type SettledBy<'a> = (usize, &'a SeatId, &'a AlignDeed);

/// The pairs that were settled for each draft.
fn settled_by(acts: &[Act]) -> BTreeMap<&DraftId, Vec<SettledBy<'_>>> {
    let mut settled: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for (index, act) in acts.iter().enumerate() {
        if let Deed::Align(deed) = &act.deed {
            settled
                .entry(&deed.to)
                .or_default()
                .push((index, &act.seat, deed));
        }
    }
    settled
}

struct Issuing<'a> {
    process: &'a Process,
    sketches: &'a [DraftSketch],
    settled: BTreeMap<&'a DraftId, Vec<SettledBy<'a>>>,
    issued: BTreeMap<usize, Arc<IssuedDraft>>,
}

impl<'a> Issuing<'a> {
    fn number(&self, id: &DraftId) -> Option<usize> {
        self.sketches.iter().position(|sketch| sketch.id == *id)
    }

    /// The drafts, each after its base; where bases go round in a circle, each once.
    fn bases_first(&self) -> Vec<usize> {
        let numbers: BTreeMap<&DraftId, usize> = self
            .sketches
            .iter()
            .enumerate()
            .rev()
            .map(|(number, sketch)| (&sketch.id, number))
            .collect();
        let base = |number: &usize| {
            self.sketches
                .get(*number)
                .and_then(|sketch| sketch.base.as_ref())
                .and_then(|base| numbers.get(base).copied())
        };
        let mut order = Vec::with_capacity(self.sketches.len());
        let mut met = BTreeSet::new();
        for start in 0..self.sketches.len() {
            let chain: Vec<usize> = std::iter::successors(Some(start), base)
                .take_while(|number| met.insert(*number))
                .collect();
            order.extend(chain.into_iter().rev());
        }
        order
    }

    fn read(
        &self,
        number: usize,
        shelf: &mut Shelf<'_>,
        troubles: &mut Vec<Trouble>,
    ) -> Option<Draft> {
        let sketch = self.sketches.get(number)?;
        read_draft(&sketch.file, sketch.tracked, shelf)
            .map_err(|unread| {
                troubles.push(Trouble::with_file(BlockKind::Draft, number, "file", unread))
            })
            .ok()
    }

    fn settle(
        &mut self,
        number: usize,
        read: Option<Draft>,
        by: &dyn Fn(&DraftSketch) -> SeatId,
        shelf: &mut Shelf<'_>,
        troubles: &mut Vec<Trouble>,
    ) {
        let Some((sketch, draft)) = self.sketches.get(number).zip(read) else {
            return;
        };
        let base_number = sketch.base.as_ref().and_then(|base| self.number(base));
        let base = base_number.and_then(|base| self.issued.get(&base)).cloned();
        let settled = match &base {
            Some(base) => self.pairs(sketch, base, &draft, &by(sketch), troubles),
            None => Vec::new(),
        };
        let issued = fixed(
            self.process,
            sketch,
            draft,
            base.as_deref(),
            &settled,
            shelf,
        )
        .map_err(|unread| {
            troubles.push(Trouble::with_file(BlockKind::Draft, number, "ids", unread))
        })
        .ok();
        if let Some(issued) = issued {
            self.issued.insert(number, Arc::new(issued));
        }
    }

    /// What the issuer settled of a draft, as pairs of provisions of its base and of itself. What names nothing is
    /// left out here: the check of the whole record refuses it.
    fn pairs(
        &self,
        sketch: &DraftSketch,
        base: &Arc<IssuedDraft>,
        draft: &Draft,
        by: &SeatId,
        troubles: &mut Vec<Trouble>,
    ) -> Vec<Settled> {
        let deeds = self
            .settled
            .get(&sketch.id)
            .into_iter()
            .flatten()
            .filter(|(_, seat, _)| *seat == by);
        let mut pairs = Vec::new();
        for (index, _, deed) in deeds {
            let Some(from) = self
                .number(&deed.from)
                .and_then(|from| self.issued.get(&from))
            else {
                continue;
            };
            for (item, (old, new)) in deed.pairs.iter().enumerate() {
                let gone = !old.is_empty()
                    && from.draft.find(old).is_ok()
                    && in_base(from, base, old).is_none();
                if gone {
                    troubles.push(gone_before(*index, item, deed, old, sketch));
                }
                let old = if old.is_empty() {
                    Some(None)
                } else {
                    in_base(from, base, old).map(Some)
                };
                let new = if new.is_empty() {
                    Some(None)
                } else {
                    draft.find(new).ok().map(Some)
                };
                if let (Some(old), Some(new)) = (old, new)
                    && (old.is_some() || new.is_some())
                {
                    pairs.push(Settled { old, new });
                }
            }
        }
        pairs
    }
}

/// A pair that starts from an earlier draft than the base, of a provision that did not reach the base.
fn gone_before(
    act: usize,
    item: usize,
    deed: &AlignDeed,
    old: &str,
    sketch: &DraftSketch,
) -> Trouble {
    let base = sketch.base.as_ref().map_or("", |base| base.as_str());
    let message = format!(
        "{old:?} of {:?} is not in {base:?}, from which {:?} was made",
        deed.from.as_str(),
        sketch.id.as_str()
    );
    let fault = Fault::new("no-such-point", 0, message)
        .expected(format!("a provision that {base:?} still has"));
    let place = Place {
        field: "pairs",
        item: Some(item),
        inner: Some(("", Some(0))),
    };
    Trouble::new(BlockKind::Act, act, place, fault)
}

/// The provision of the base that a path of it, or of an earlier draft, names: ids outlive the drafts between.
fn in_base(from: &Arc<IssuedDraft>, base: &Arc<IssuedDraft>, path: &str) -> Option<usize> {
    let index = from.draft.find(path).ok()?;
    if Arc::ptr_eq(from, base) {
        return Some(index);
    }
    let id = from.manifest.entries.get(index)?.id;
    base.manifest
        .entries
        .iter()
        .position(|entry| entry.id == id)
}

fn read_draft(file: &str, tracked: Tracked, shelf: &mut Shelf<'_>) -> Result<Draft, Unread> {
    let text = shelf.text_of(file, tracked)?;
    Draft::read(text).map_err(|error| Unread {
        code: "unreadable-draft",
        message: format!("{file:?} cannot be read as a draft: {error}"),
        expected: "a draft within those bounds".to_owned(),
        hint: Some(error.hint().to_owned()),
    })
}

fn with_ids(
    draft: Draft,
    base: Option<&IssuedDraft>,
    settled: &[Settled],
    file: &str,
    shelf: &mut Shelf<'_>,
) -> Result<IssuedDraft, Unread> {
    let ids = ids_of(&draft, file, shelf.text(file)?)?;
    let lineage = base.map(|base| {
        let (older, newer) = (base.draft.provisions().len(), draft.provisions().len());
        Lineage::of(&align(&base.draft, &draft, settled), older, newer)
    });
    IssuedDraft::with_ids(draft, lineage, ids).map_err(|error| wrong_ids(file, &error.to_string()))
}

/// One id for each provision, from lines of `path, id` in any order; provisions of one path take theirs in turn.
fn ids_of(draft: &Draft, file: &str, lines: &str) -> Result<Vec<ProvisionId>, Unread> {
    let mut by_path: BTreeMap<&str, std::collections::VecDeque<ProvisionId>> = BTreeMap::new();
    for (number, line) in lines
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
    {
        let entry = line
            .rsplit_once(',')
            .and_then(|(path, id)| Some((path.trim(), parse_id(id.trim())?)));
        let Some((path, id)) = entry else {
            return Err(wrong_ids(
                file,
                &format!("line {} is no `path, id`", number + 1),
            ));
        };
        by_path.entry(path).or_default().push_back(id);
    }
    let ids: Option<Vec<ProvisionId>> = draft
        .provisions()
        .iter()
        .map(|provision| {
            by_path
                .get_mut(provision.path.trim())
                .and_then(std::collections::VecDeque::pop_front)
        })
        .collect();
    let left = by_path
        .iter()
        .find(|(_, ids)| !ids.is_empty())
        .map(|(path, _)| *path);
    match (ids, left) {
        (Some(ids), None) => Ok(ids),
        (_, Some(path)) => Err(wrong_ids(
            file,
            &format!("the draft has no provision {path:?} for an id of its own"),
        )),
        (None, None) => Err(wrong_ids(file, "there are provisions without an id")),
    }
}

fn parse_id(hex: &str) -> Option<ProvisionId> {
    let plain = hex.len() == 32 && hex.bytes().all(|byte| byte.is_ascii_hexdigit());
    u128::from_str_radix(hex, 16)
        .ok()
        .filter(|_| plain)
        .map(ProvisionId)
}

fn wrong_ids(file: &str, why: &str) -> Unread {
    Unread {
        code: "wrong-ids",
        message: format!("{file:?} does not fit the draft: {why}"),
        expected: "a line of `path, id` for each provision".to_owned(),
        hint: Some("leave `ids` out to have them made anew".to_owned()),
    }
}
