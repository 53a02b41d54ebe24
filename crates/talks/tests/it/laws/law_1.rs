//! Law 1: an assent binds to the wording it was given on; an objection is never undone by redrafting.

use std::collections::BTreeSet;
use std::sync::Arc;

use onetext_talks::*;
use onetext_text::{Draft, IssuedDraft, Lineage};
use proptest::prelude::*;

use crate::chance::Chance;
use crate::papers::{ALL, Change, GENTLE, Paper};
use crate::world::{config, day, seat};

/// A text of two parties through its drafts, all of them given to everybody.
struct Rolling {
    record: Record,
    /// What each provision of each draft is in the last.
    to_last: Vec<Lineage>,
}

impl Rolling {
    fn new(seed: u64, drafts: usize, kinds: &[Change]) -> Rolling {
        let mut chance = Chance::new(seed);
        let mut paper = Paper::new(&mut chance);
        let mut issued: Vec<Arc<IssuedDraft>> = Vec::new();
        for number in 0..drafts {
            if number > 0 {
                paper.redraft(&mut chance, kinds);
            }
            let read = Draft::read(&paper.print()).unwrap();
            let base = issued.last().map(|base| &**base);
            issued.push(Arc::new(IssuedDraft::issue(
                read,
                base,
                &[],
                &format!("p/main/v{number}"),
            )));
        }
        let mut record = process();
        for (number, issued) in issued.iter().enumerate() {
            record.drafts.push(draft(number, issued));
            add(&mut record, "m", number * 10, deliver(number));
        }
        let last = issued.len() - 1;
        let mut to_last = vec![Lineage::identity(issued[last].manifest.entries.len())];
        for newer in issued.iter().rev().take(last) {
            let onward = newer
                .lineage
                .as_ref()
                .unwrap()
                .then(to_last.last().unwrap());
            to_last.push(onward);
        }
        to_last.reverse();
        Rolling { record, to_last }
    }

    fn issued(&self, draft: usize) -> &IssuedDraft {
        &self.record.drafts[draft].issued
    }

    fn paths(&self, draft: usize) -> Vec<String> {
        self.issued(draft)
            .draft
            .provisions()
            .iter()
            .map(|provision| provision.path.clone())
            .collect()
    }

    /// The cells of a party by path of the last draft.
    fn cells(&self, party: &str) -> Vec<(String, CellStatus)> {
        let viewer = Viewer {
            seat: seat("m"),
            rooms: None,
        };
        let status = Board::of(&self.record, &viewer, &Cut::default())
            .unwrap()
            .status();
        let mut cells = Vec::new();
        flatten(&status.texts[0].provisions, &mut |provision| {
            cells.push((provision.path.clone(), provision.stances[party].clone()));
        });
        let order = self.paths(self.to_last.len() - 1);
        cells.sort_by_key(|(path, _)| order.iter().position(|known| known == path));
        cells
    }

    /// Whether the wording of a provision of the last draft was this one in every draft since: nothing that was given
    /// on it has lapsed.
    fn kept_since(&self, draft: usize, index: usize, now: usize) -> bool {
        let last = self.to_last.len() - 1;
        let wording = self.issued(draft).manifest.entries[index].digest;
        (draft..=last).all(|between| {
            let before = &self.to_last[between].predecessors[now];
            before
                .iter()
                .any(|before| self.issued(between).manifest.entries[*before].digest == wording)
        }) && self.to_last[draft].predecessors[now].contains(&index)
    }
}

fn flatten(provisions: &[Arc<ProvisionStatus>], visit: &mut dyn FnMut(&ProvisionStatus)) {
    for provision in provisions {
        visit(provision);
        flatten(&provision.children, visit);
    }
}

fn process() -> Record {
    let seats = [
        ("m", Role::Mediator),
        ("a", Role::Party),
        ("b", Role::Party),
    ];
    Record {
        process: Process {
            id: "p".into(),
            title: "Process".into(),
            pen_holder: "m".into(),
            language: None,
            disclosure: Disclosure::Open,
            levels: vec!["leader".into()],
            final_level: "leader".into(),
            final_stage: None,
            few: 5,
            conduct: Vec::new(),
        },
        seats: seats
            .map(|(id, role)| Seat {
                id: id.into(),
                name: id.into(),
                role,
            })
            .to_vec(),
        persons: Vec::new(),
        rooms: Vec::new(),
        texts: vec![Text {
            id: "main".into(),
            title: "Main".into(),
            kind: TextKind::Main,
            required: false,
            parties: vec!["a".into(), "b".into()],
            issuer: "m".into(),
            point_level: None,
            linked_to: Vec::new(),
            ratifications: None,
        }],
        drafts: Vec::new(),
        acts: Acts::default(),
    }
}

fn draft(number: usize, issued: &Arc<IssuedDraft>) -> DraftBlock {
    DraftBlock {
        id: format!("v{number}").into(),
        text: "main".into(),
        file: format!("v{number}.md"),
        base: number.checked_sub(1).map(|base| format!("v{base}").into()),
        on: Some(day(number * 10)),
        by: "m".into(),
        language: None,
        renders: None,
        ids: None,
        issued: Arc::clone(issued),
    }
}

fn deliver(number: usize) -> Deed {
    Deed::Deliver(Deliver {
        draft: format!("v{number}").into(),
        to: Vec::new(),
        channel: Channel::Official,
        place: None,
    })
}

fn add(record: &mut Record, by: &str, on: usize, deed: Deed) -> ActId {
    let number = record.acts.len();
    let id: ActId = format!("act{number}").into();
    record.acts.push(Act {
        id: id.clone(),
        room: RoomId::plenary(),
        standing: (number as u64).into(),
        seat: seat(by),
        person: None,
        recorder: seat(by),
        on: day(on),
        seldom: Seldom::default(),
        deed,
    });
    id
}

/// A position on one path of a draft, chapeau alone, so that no other provision is reached.
fn position(draft: usize, path: &str, stance: StanceKind) -> Stance {
    let mut position = Stance {
        draft: Some(format!("v{draft}").into()),
        points: Some(Points::Paths([path.to_owned()].into())),
        ..Stance::of(stance)
    };
    position.wording = (stance == StanceKind::Propose).then(|| "Other words".to_owned());
    position
}

const ASSENTS: [(StanceKind, CellStance); 3] = [
    (StanceKind::Accept, CellStance::Accepted),
    (StanceKind::AcceptAdRef, CellStance::AcceptedAdRef),
    (StanceKind::Endorse, CellStance::Endorsed),
];
const CARRIED: [(StanceKind, CellStance); 3] = [
    (StanceKind::Object, CellStance::Objected),
    (StanceKind::Reserve, CellStance::Reserved),
    (StanceKind::Propose, CellStance::Proposed),
];

proptest! {
    #![proptest_config(config())]

    #[test]
    fn law_1_assents_lapse_and_objections_stay(seed in any::<u64>(), drafts in 2..5usize) {
        let mut chance = Chance::new(seed ^ 1);
        let mut rolling = Rolling::new(seed, drafts, ALL);
        let taken_on = chance.below(drafts);
        let (assent, assented) = chance.pick(&ASSENTS);
        let (carried, carries) = chance.pick(&CARRIED);
        for path in rolling.paths(taken_on) {
            let on = taken_on * 10 + 1;
            add(&mut rolling.record, "a", on, Deed::Stance(position(taken_on, &path, assent)));
            add(&mut rolling.record, "b", on, Deed::Stance(position(taken_on, &path, carried)));
        }
        let last = rolling.issued(drafts - 1).manifest.entries.clone();
        for (now, (path, cell)) in rolling.cells("a").into_iter().enumerate() {
            let before = &rolling.to_last[taken_on].predecessors[now];
            let kept = before.iter().any(|index| rolling.kept_since(taken_on, *index, now));
            let expected = match (before.is_empty(), kept) {
                (true, _) => CellStance::NoReply,
                (false, true) => assented,
                (false, false) => CellStance::Lapsed,
            };
            prop_assert_eq!(cell.stance, expected, "{} of {} drafts, from {}", path, drafts, taken_on);
            let taken = &rolling.issued(taken_on).manifest.entries;
            let came_back = before.iter().any(|index| taken[*index].digest == last[now].digest);
            prop_assert!(cell.carried_from.is_none() || expected == CellStance::Lapsed, "{}", path);
            prop_assert!(cell.carried_from.is_some() || expected != CellStance::Lapsed || came_back, "{}", path);
        }
        for (now, (path, cell)) in rolling.cells("b").into_iter().enumerate() {
            let before = &rolling.to_last[taken_on].predecessors[now];
            let expected = if before.is_empty() { CellStance::NoReply } else { carries };
            prop_assert_eq!(cell.stance, expected, "{}", path);
            let taken = &rolling.issued(taken_on).manifest.entries;
            let same = before.iter().all(|index| taken[*index].digest == last[now].digest);
            prop_assert!(cell.carried_from.is_none() || !before.iter().all(|index| taken[*index].digest == last[now].digest));
            prop_assert!(before.is_empty() || same || before.len() > 1 || cell.carried_from.is_some(), "{}", path);
        }
    }

    #[test]
    fn law_1_a_new_place_number_or_type_changes_no_wording(seed in any::<u64>(), drafts in 2..5usize) {
        let mut chance = Chance::new(seed ^ 1);
        let mut rolling = Rolling::new(seed, drafts, GENTLE);
        let (assent, assented) = chance.pick(&ASSENTS);
        for path in rolling.paths(0) {
            add(&mut rolling.record, "a", 1, Deed::Stance(position(0, &path, assent)));
        }
        let wordings: BTreeSet<_> = rolling.issued(0).manifest.entries.iter().map(|entry| entry.digest).collect();
        let last = rolling.issued(drafts - 1).manifest.entries.clone();
        let kept = last.iter().filter(|entry| wordings.contains(&entry.digest)).count();
        prop_assert_eq!(kept, wordings.len(), "every wording is still there");
        for (now, (path, cell)) in rolling.cells("a").into_iter().enumerate() {
            let expected = if wordings.contains(&last[now].digest) { assented } else { CellStance::NoReply };
            prop_assert_eq!(cell.stance, expected, "{}", path);
            prop_assert!(cell.carried_from.is_none());
        }
    }

    #[test]
    fn law_1_withdrawing_lets_the_earlier_position_stand_again(seed in any::<u64>(), drafts in 1..4usize) {
        let mut chance = Chance::new(seed ^ 1);
        let mut rolling = Rolling::new(seed, drafts, ALL);
        let last = drafts - 1;
        let first_on = chance.below(drafts);
        let (assent, assented) = chance.pick(&ASSENTS);
        let (carried, carries) = chance.pick(&CARRIED);
        for path in rolling.paths(first_on) {
            add(&mut rolling.record, "a", first_on * 10 + 1, Deed::Stance(position(first_on, &path, assent)));
            add(&mut rolling.record, "b", first_on * 10 + 1, Deed::Stance(position(first_on, &path, carried)));
        }
        for path in rolling.paths(last) {
            let second = add(&mut rolling.record, "a", 90, Deed::Stance(position(last, &path, StanceKind::Object)));
            add(&mut rolling.record, "a", 91, Deed::Withdraw(Of { of: second }));
            let second = add(&mut rolling.record, "b", 90, Deed::Stance(position(last, &path, StanceKind::Accept)));
            add(&mut rolling.record, "b", 91, Deed::Withdraw(Of { of: second }));
        }
        for (now, (path, cell)) in rolling.cells("a").into_iter().enumerate() {
            let before = &rolling.to_last[first_on].predecessors[now];
            let kept = before.iter().any(|index| rolling.kept_since(first_on, *index, now));
            let expected = match (before.is_empty(), kept) {
                (true, _) => CellStance::NoReply,
                (false, true) => assented,
                (false, false) => CellStance::Lapsed,
            };
            prop_assert_eq!(cell.stance, expected, "{}", path);
        }
        for (now, (path, cell)) in rolling.cells("b").into_iter().enumerate() {
            let before = &rolling.to_last[first_on].predecessors[now];
            let wording = rolling.issued(last).manifest.entries[now].digest;
            let on_it = before.iter().any(|index| rolling.issued(first_on).manifest.entries[*index].digest == wording);
            // The acceptance that was taken back was a position on the new wording: it ended an objection to another.
            let expected = if on_it { carries } else { CellStance::NoReply };
            prop_assert_eq!(cell.stance, expected, "{}", path);
        }
    }
}

/// One provision through the wordings given; the last is what the assent, taken on the first, is asked of.
fn after_wordings(wordings: &[&str], stance: Stance) -> CellStatus {
    let mut record = process();
    let mut issued: Vec<Arc<IssuedDraft>> = Vec::new();
    for (number, wording) in wordings.iter().enumerate() {
        let text =
            format!("1. {wording}\n\n2. The bell is rung at noon and when strangers come.\n");
        let base = issued.last().map(|base| &**base);
        let pairs = [onetext_text::Settled {
            old: Some(0),
            new: Some(0),
        }];
        let pairs = if base.is_some() { &pairs[..] } else { &[] };
        let read = Draft::read(&text).unwrap();
        issued.push(Arc::new(IssuedDraft::issue(
            read,
            base,
            pairs,
            &format!("p/main/v{number}"),
        )));
        record.drafts.push(draft(number, &issued[number]));
        add(&mut record, "m", number * 10, deliver(number));
    }
    add(&mut record, "a", 1, Deed::Stance(stance));
    let viewer = Viewer {
        seat: seat("a"),
        rooms: None,
    };
    let status = Board::of(&record, &viewer, &Cut::default())
        .unwrap()
        .status();
    status.texts[0].provisions[0].stances["a"].clone()
}

const WELL: &str = "The well is dug where the two paths meet.";
const HILL: &str = "The well is dug at the foot of the hill.";
const EITHER: &str = "The well is dug [where the two paths meet][at the foot of the hill].";

#[test]
fn law_1_a_wording_that_comes_back_revives_no_assent() {
    for (assent, assented) in ASSENTS {
        let stance = position(0, "1", assent);
        assert_eq!(
            after_wordings(&[WELL, WELL], stance.clone()).stance,
            assented
        );
        assert_eq!(
            after_wordings(&[WELL, HILL], stance.clone()).stance,
            CellStance::Lapsed
        );
        assert_eq!(
            after_wordings(&[WELL, HILL, WELL], stance.clone()).stance,
            CellStance::Lapsed
        );
        assert_eq!(
            after_wordings(&[WELL, WELL, HILL, HILL, WELL], stance).stance,
            CellStance::Lapsed
        );
    }
    let objection = position(0, "1", StanceKind::Object);
    assert_eq!(
        after_wordings(&[WELL, HILL, WELL], objection).stance,
        CellStance::Objected
    );
}

#[test]
fn law_1_a_position_on_a_reading_holds_for_that_wording_without_brackets() {
    let mut stance = position(0, "1", StanceKind::Accept);
    stance.reading = vec![1];
    assert_eq!(
        after_wordings(&[EITHER], stance.clone()).stance,
        CellStance::Accepted
    );
    assert_eq!(
        after_wordings(&[EITHER, WELL], stance.clone()).stance,
        CellStance::Accepted
    );
    assert_eq!(
        after_wordings(&[EITHER, EITHER, WELL], stance.clone()).stance,
        CellStance::Accepted
    );
    assert_eq!(
        after_wordings(&[EITHER, HILL], stance.clone()).stance,
        CellStance::Lapsed
    );
    assert_eq!(
        after_wordings(&[EITHER, HILL, WELL], stance.clone()).stance,
        CellStance::Lapsed
    );
    assert!(
        after_wordings(&[EITHER, WELL], stance)
            .carried_from
            .is_none()
    );
    let plain = position(0, "1", StanceKind::Accept);
    assert_eq!(
        after_wordings(&[EITHER, WELL], plain).stance,
        CellStance::Lapsed
    );
}
