//! A small state of play for tests: two parties, one text, a little of everything.

use std::collections::BTreeMap;

use onetext_talks::{
    ActCard, Alert, AlertKind, Attested, Basis, ByType, CarriedFrom, CellStance, CellStatus,
    Channel, ClaimKind, ClaimStatus, DraftCard, Explanation, Exposure, Format, GateStatus, Gone,
    Interval, MissionState, MissionStatus, Obligation, ObligationState, PersonCard, PointCounts,
    PointStatus, ProposedInsertion, ProvisionStatus, Reason, Role, SeatCard, SessionState,
    SessionStatus, Stage, StanceType, StatementStatus, Status, TenetStatus, TextKind, TextStatus,
    UnderstandingStatus, Verdict, When,
};

fn on(day: &str) -> When {
    When::parse(day).unwrap()
}

/// A cell with nothing but its position.
pub(super) fn cell(stance: CellStance) -> CellStatus {
    CellStatus {
        stance,
        level: None,
        seen: Some(true),
        on: None,
        attested: None,
        kind: None,
        red_line: false,
        incomplete: false,
        carried_from: None,
        endorsed: None,
        acts: Vec::new(),
        condition: None,
        package: None,
        by_silence: false,
        before_change: None,
        denied: Vec::new(),
    }
}

/// A point with the cells of its parties.
pub(super) fn point(
    path: &str,
    words: &str,
    status: PointStatus,
    cells: &[(&str, CellStatus)],
) -> ProvisionStatus {
    let stances = cells
        .iter()
        .map(|(seat, cell)| ((*seat).into(), cell.clone()))
        .collect();
    ProvisionStatus {
        legend: onetext_talks::Legend::of(status, &stances, &[]),
        id: format!("id-{path}"),
        number: Some(format!("{path}.")),
        path: path.to_owned(),
        words: words.to_owned(),
        point: true,
        status,
        brackets: 0,
        track: None,
        was: BTreeMap::new(),
        stances,
        children: Vec::new(),
    }
}

/// What the tests print.
pub(super) fn status() -> Status {
    let not_given = |stance| CellStatus {
        seen: Some(false),
        ..cell(stance)
    };
    let red = CellStatus {
        red_line: true,
        kind: Some(StanceType::Substance),
        attested: Some(Attested::Reported),
        carried_from: Some(CarriedFrom {
            draft: "v1".into(),
            path: "4".to_owned(),
        }),
        on: Some(on("2031-03-02")),
        ..cell(CellStance::Objected)
    };
    let mut second = point(
        "2",
        "Both sides withdraw their forces behind the river Tamsa, and [thirty] [sixty] days later",
        PointStatus::Disputed,
        &[
            ("north", cell(CellStance::Accepted)),
            ("south", not_given(CellStance::NoReply)),
        ],
    );
    second.brackets = 2;
    let mut item = point(
        "2.b",
        "the bridge at Orlo is opened",
        PointStatus::Disputed,
        &[("north", red), ("south", not_given(CellStance::NoReply))],
    );
    item.point = false;
    let mut alike = point(
        "2.a",
        "the ferry runs",
        PointStatus::Unknown,
        &[
            ("north", cell(CellStance::Accepted)),
            ("south", not_given(CellStance::NoReply)),
        ],
    );
    alike.point = false;
    second.children = vec![alike.into(), item.into()];
    let title = ProvisionStatus {
        point: false,
        ..point("¶1", "River settlement", PointStatus::Unknown, &[])
    };
    let text = TextStatus {
        id: "river".into(),
        title: "River settlement".to_owned(),
        kind: TextKind::Main,
        required: None,
        parties: vec!["north".into(), "south".into()],
        issuer: "chair".into(),
        latest: Some("v2".into()),
        stage: Stage::Open,
        points: Some(PointCounts {
            total: 3,
            agreed: 0,
            agreed_ad_ref: 1,
            disputed: 1,
            unknown: 1,
            open: Interval { min: 1, max: 2 },
            by_type: ByType {
                substance: 1,
                ..ByType::default()
            },
            brackets: 2,
        }),
        exposure: BTreeMap::from([
            (
                "north".into(),
                vec![Exposure {
                    draft: "v2".into(),
                    channel: Some(Channel::Official),
                    on: on("2031-03-01"),
                    place: Some("Maren".to_owned()),
                    copy_of: None,
                    act: "d1".into(),
                }],
            ),
            (
                "south".into(),
                vec![Exposure {
                    draft: "found".into(),
                    channel: Some(Channel::Unofficial),
                    on: on("2031-03-04"),
                    place: None,
                    copy_of: Some("v1".into()),
                    act: "d2".into(),
                }],
            ),
        ]),
        provisions: vec![
            title,
            point(
                "1",
                "The river is shared.",
                PointStatus::AgreedAdRef,
                &[
                    ("north", cell(CellStance::Accepted)),
                    ("south", not_given(CellStance::AcceptedAdRef)),
                ],
            ),
            second,
            point(
                "3",
                "معبر أورلو يبقى مفتوحا",
                PointStatus::Unknown,
                &[
                    ("north", cell(CellStance::Endorsed)),
                    ("south", not_given(CellStance::NoReply)),
                ],
            ),
        ]
        .into_iter()
        .map(Into::into)
        .collect(),
        proposed: vec![ProposedInsertion {
            act: "p1".into(),
            seat: "north".into(),
            after: Some("3".to_owned()),
            kind: "insertion",
            wording: "A joint commission meets each spring.".to_owned(),
            label: Some("3 bis".to_owned()),
        }],
        gone: vec![Gone {
            draft: "v1".into(),
            path: "5".to_owned(),
        }],
        versions: Vec::new(),
        closing: None,
        drafts: vec![
            DraftCard {
                id: "v1".into(),
                on: Some(on("2031-02-20")),
                working: false,
            },
            DraftCard {
                id: "v2".into(),
                on: Some(on("2031-03-01")),
                working: false,
            },
            DraftCard {
                id: "v3".into(),
                on: Some(on("2031-03-05")),
                working: true,
            },
        ],
    };
    Status {
        process: "river-2031".to_owned(),
        title: "Talks on the river Tamsa".to_owned(),
        viewer: "chair".into(),
        at: None,
        known_at: None,
        basis: Basis::Record,
        stage: Stage::Open,
        open: Some(Interval { min: 1, max: 2 }),
        ready_to_close: false,
        seats: [
            ("chair", "The Chair", Role::Mediator),
            ("north", "Northmark", Role::Party),
            ("south", "Southmark", Role::Party),
        ]
        .into_iter()
        .map(|(id, name, role)| SeatCard {
            id: id.into(),
            name: name.to_owned(),
            role,
        })
        .collect(),
        persons: vec![PersonCard {
            id: "halvorsen".into(),
            name: "Ida Halvorsen".to_owned(),
            seat: "chair".into(),
            level: Some("envoy".to_owned()),
        }],
        texts: vec![text],
        gates: vec![GateStatus {
            id: "summit".into(),
            event: "meeting of the leaders".to_owned(),
            participants: vec!["north".to_owned(), "south".to_owned()],
            holds: Some(false),
            reasons: vec!["For the final stage: 1 point is disputed and 1 unknown.".to_owned()],
            words: Some("Not before the end is in sight.".to_owned()),
            overridden: None,
        }],
        obligations: vec![Obligation {
            id: "reply-owed".into(),
            from: "south".into(),
            text: Some("river".into()),
            state: ObligationState::NotDue,
            due: None,
            because: "no draft of river was officially delivered to south".to_owned(),
        }],
        claims: vec![ClaimStatus {
            id: "few".into(),
            statement: "said".into(),
            what: ClaimKind::OpenPoints,
            value: Some("few".to_owned()),
            on: on("2031-03-05"),
            words: "hardly anything is left".to_owned(),
            verdict: Verdict::Supported,
            verdict_then: Verdict::Unsupported,
            because: "1 to 2 points are open; few means at most 5".to_owned(),
            asserted_by: vec!["north".into()],
            speaker: Some("a spokesman".to_owned()),
            confirmed_by: Vec::new(),
            denied_by: vec!["south".into()],
        }],
        statements: vec![StatementStatus {
            id: "hopeful".into(),
            seat: "chair".into(),
            speaker: Some("an official".to_owned()),
            medium: None,
            place: Some("Maren".to_owned()),
            attribution: Some(onetext_talks::Attribution::Anonymous),
            on: on("2031-03-06"),
            words: "very hopeful".to_owned(),
            claims: Vec::new(),
        }],
        sessions: vec![SessionStatus {
            id: "visit".into(),
            format: Format::Visit,
            state: SessionState::Proposed,
            on: None,
            place: Some("Maren".to_owned()),
            participants: vec!["north".to_owned(), "chair".to_owned()],
            proposed_by: vec!["north".into()],
            discussed_by: vec!["chair".into()],
            confirmed_by: Vec::new(),
        }],
        missions: vec![MissionStatus {
            id: "m1".into(),
            envoy: "halvorsen".into(),
            counterpart: "south".to_owned(),
            place: Some("Suth".to_owned()),
            base: Some("v2".into()),
            state: MissionState::Ordered,
        }],
        understandings: vec![UnderstandingStatus {
            id: "island".into(),
            between: vec!["chair".into(), "south".into()],
            condition_for: vec!["south".into()],
            assessed: false,
            tenets: vec![TenetStatus {
                id: "t1".into(),
                words: "the river stays open to both".to_owned(),
                letter: Some(onetext_talks::Assessed::Met),
                spirit: None,
                letter_earlier: None,
                spirit_earlier: None,
            }],
        }],
        packages: Vec::new(),
        procedures: Vec::new(),
        conditions: Vec::new(),
        alerts: vec![std::sync::Arc::new(Alert {
            kind: AlertKind::Reintroduced,
            about: vec!["v2#2.b".to_owned()],
            acts: vec!["north-objects".into()],
            text: "Retained: v2#2.b keeps what Northmark objected to in v1#4.".to_owned(),
            told: vec!["2031-03-02 Northmark objected to 4 of v1 (north-objects)".into()],
        })],
    }
}

/// Why point 2 is disputed.
pub(super) fn explanation() -> Explanation {
    Explanation {
        subject: "river#2".to_owned(),
        answer: "Disputed: Northmark objects to 2.b, and a bracket is open.".to_owned(),
        because: vec![Reason {
            text: "Northmark drew a red line at the bridge.".to_owned(),
            acts: vec![ActCard {
                id: "north-objects".into(),
                room: "chair-north".into(),
                by: "north".to_owned(),
                recorded_by: "chair".into(),
                on: on("2031-03-02"),
                release: None,
                text: "objects to v1#4 (red line)".to_owned(),
            }],
        }],
    }
}
