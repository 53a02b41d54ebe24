//! Small processes by hand: a mediator `m`, some parties, a room for the mediator with each, everything official.

use std::sync::Arc;

use onetext_talks::*;
use onetext_text::{Draft, IssuedDraft};

use crate::world::{day, seat, when};

pub(crate) struct Small {
    pub(crate) record: Record,
}

impl Small {
    /// Each party has a head, a leader with every power, and an aide, an expert with none but to negotiate and accept ad
    /// referendum.
    pub(crate) fn new(parties: &[&str]) -> Small {
        let mut seats = vec![("m", Role::Mediator)];
        seats.extend(parties.iter().map(|party| (*party, Role::Party)));
        let seats: Vec<Seat> = seats
            .into_iter()
            .map(|(id, role)| Seat {
                id: id.into(),
                name: format!("Seat {id}"),
                role,
            })
            .collect();
        let all = [
            Power::Negotiate,
            Power::AcceptAdRef,
            Power::Accept,
            Power::Initial,
            Power::Sign,
        ];
        let persons = seats.iter().flat_map(|seat| {
            let person = |word: &str, level: &str, powers: &[Power]| Person {
                id: format!("{word}-{}", seat.id).into(),
                name: format!("The {word} of {}", seat.id),
                seat: seat.id.clone(),
                level: Some(level.to_owned()),
                powers: powers.to_vec(),
                rooms: None,
                powers_from: None,
                powers_until: None,
            };
            [
                person("head", "leader", &all),
                person("second", "minister", &all[..3]),
                person("aide", "expert", &all[..2]),
            ]
        });
        let persons = persons.collect();
        let rooms = parties.iter().map(|party| Room {
            id: format!("m-{party}").as_str().into(),
            members: vec!["m".into(), (*party).into()],
        });
        Small {
            record: Record {
                process: Process {
                    id: "p".into(),
                    title: "Process".into(),
                    pen_holder: "m".into(),
                    language: None,
                    disclosure: Disclosure::Open,
                    levels: ["expert", "minister", "leader"].map(str::to_owned).to_vec(),
                    final_level: "leader".into(),
                    final_stage: None,
                    few: 5,
                    conduct: Vec::new(),
                },
                persons,
                rooms: rooms.collect(),
                seats,
                texts: Vec::new(),
                drafts: Vec::new(),
                acts: Acts::default(),
            },
        }
    }

    /// One text of all parties, with a first draft of these points, given to everybody on day 0.
    pub(crate) fn with_points(parties: &[&str], points: &[&str]) -> Small {
        let mut small = Small::new(parties);
        small.text("main", TextKind::Main, false);
        small.draft("main", "v1", None, 0, points);
        small
    }

    pub(crate) fn text(&mut self, id: &str, kind: TextKind, required: bool) {
        let parties = self.record.parties();
        self.record.texts.push(Text {
            id: id.into(),
            title: id.to_owned(),
            kind,
            required,
            parties,
            issuer: "m".into(),
            point_level: None,
            linked_to: Vec::new(),
            ratifications: None,
        });
    }

    /// A draft of these points, numbered from 1, each continuing the point of its number in the base.
    pub(crate) fn draft(
        &mut self,
        text: &str,
        id: &str,
        base: Option<&str>,
        on: usize,
        points: &[&str],
    ) {
        let printed = points.iter().enumerate();
        let printed: String = printed
            .map(|(number, words)| format!("{}. {words}\n\n", number + 1))
            .collect();
        let read = Draft::read(&printed).unwrap();
        let drafts = self.record.drafts.iter();
        let of = base.map(|base| {
            let mut drafts = drafts;
            let draft = drafts.find(|draft| draft.id.as_str() == base).unwrap();
            Arc::clone(&draft.issued)
        });
        let settled: Vec<_> = match &of {
            None => Vec::new(),
            Some(of) => (0..of.draft.provisions().len().min(points.len()))
                .map(|at| onetext_text::Settled {
                    old: Some(at),
                    new: Some(at),
                })
                .collect(),
        };
        let issued = IssuedDraft::issue(read, of.as_deref(), &settled, &format!("p/{text}/{id}"));
        self.record.drafts.push(DraftBlock {
            id: id.into(),
            text: text.into(),
            file: format!("{id}.md"),
            base: base.map(Into::into),
            on: Some(day(on)),
            by: "m".into(),
            language: None,
            renders: None,
            ids: None,
            issued: Arc::new(issued),
        });
        self.act(&format!("give-{id}"), "m", "plenary", on, deliver(id));
    }

    /// An act of a seat, or of a person of it (`head-a`), written down by the seat itself.
    pub(crate) fn act(&mut self, id: &str, by: &str, room: &str, on: usize, deed: Deed) {
        self.act_at(id, by, room, day(on), deed);
    }

    pub(crate) fn act_at(&mut self, id: &str, by: &str, room: &str, on: When, deed: Deed) {
        let mut persons = self.record.persons.iter();
        let person = persons.find(|person| person.id.as_str() == by);
        let own = person.map_or_else(|| seat(by), |person| person.seat.clone());
        let acts = self.record.acts.iter();
        let number = acts.filter(|act| act.room.as_str() == room).count() as u64;
        let person = person.map(|person| person.id.clone());
        self.record.acts.push(Act {
            id: id.into(),
            room: room.into(),
            standing: number.into(),
            recorder: own.clone(),
            seat: own,
            person,
            on,
            seldom: Seldom::default(),
            deed,
        });
    }

    /// The head of a seat accepts points of a draft in the plenary.
    pub(crate) fn accepts(
        &mut self,
        id: &str,
        party: &str,
        on: usize,
        draft: &str,
        points: &[&str],
    ) {
        let deed = Deed::Stance(stance(draft, points, StanceKind::Accept));
        self.act(id, &format!("head-{party}"), "plenary", on, deed);
    }

    pub(crate) fn board(&self, viewer: &str) -> Board {
        self.board_at(viewer, None)
    }

    pub(crate) fn board_at(&self, viewer: &str, at: Option<&str>) -> Board {
        let viewer = Viewer {
            seat: seat(viewer),
            rooms: None,
        };
        let cut = Cut {
            at: at.map(when),
            known_at: None,
        };
        Board::of(&self.record, &viewer, &cut).unwrap()
    }

    pub(crate) fn status(&self) -> Status {
        assert_eq!(check(&self.record), Vec::new(), "the record is in order");
        self.board("m").status()
    }

    /// Everything that `why` says of something, as one text.
    pub(crate) fn why(&self, name: &str) -> String {
        let explanation = self.board("m").why(name).unwrap();
        let reasons = explanation.because.iter().map(|reason| {
            let acts: Vec<&str> = reason.acts.iter().map(|act| act.id.as_str()).collect();
            format!("{} [{}]", reason.text, acts.join(" "))
        });
        let reasons: Vec<String> = reasons.collect();
        format!("{}\n{}", explanation.answer, reasons.join("\n"))
    }
}

pub(crate) fn deliver(draft: &str) -> Deed {
    Deed::Deliver(Deliver {
        draft: draft.into(),
        to: Vec::new(),
        channel: Channel::Official,
        place: None,
    })
}

/// A position on points of a draft; on the whole where none is named.
pub(crate) fn stance(draft: &str, points: &[&str], stance: StanceKind) -> Stance {
    let mut position = Stance {
        draft: Some(draft.into()),
        points: Some(paths(points)),
        ..Stance::of(stance)
    };
    position.wording = (stance == StanceKind::Propose).then(|| "Other words".to_owned());
    position
}

/// These points; the whole where there is none.
pub(crate) fn paths(points: &[&str]) -> Points {
    if points.is_empty() {
        Points::Whole
    } else {
        Points::Paths(points.iter().map(|point| (*point).to_owned()).collect())
    }
}

pub(crate) fn on_condition(draft: &str, points: &[&str], condition: &[&str]) -> Deed {
    let mut position = stance(draft, points, StanceKind::Accept);
    position.condition = Some(Condition {
        points: condition.iter().map(|point| (*point).to_owned()).collect(),
        texts: Vec::new(),
        words: None,
    });
    Deed::Stance(position)
}

pub(crate) fn as_package(draft: &str, points: &[&str], package: &str) -> Deed {
    let mut position = stance(draft, points, StanceKind::Accept);
    position.package = Some(package.into());
    Deed::Stance(position)
}

pub(crate) fn package(draft: &str, points: &[&str]) -> Deed {
    Deed::Package(Package {
        draft: draft.into(),
        points: paths(points),
    })
}

pub(crate) fn withdraw(of: &str) -> Deed {
    Deed::Withdraw(Of { of: of.into() })
}

/// What a seat holds on an outermost provision of a text.
pub(crate) fn cell<'a>(status: &'a Status, text: &str, path: &str, party: &str) -> &'a CellStatus {
    &row(status, text, path).stances[party]
}

pub(crate) fn row<'a>(status: &'a Status, text: &str, path: &str) -> &'a ProvisionStatus {
    let text = text_of(status, text);
    let mut rows = text.provisions.iter();
    rows.find(|row| row.path == path).unwrap()
}

pub(crate) fn text_of<'a>(status: &'a Status, text: &str) -> &'a TextStatus {
    let mut texts = status.texts.iter();
    texts.find(|shown| shown.id.as_str() == text).unwrap()
}

pub(crate) fn alerts(status: &Status, kind: AlertKind) -> usize {
    let alerts = status.alerts.iter();
    alerts.filter(|alert| alert.kind == kind).count()
}
