//! Random deeds of every kind. Most name what is there; whether its author may is for the check to say.

use onetext_text::Draft;

use super::{Choices, when};
use crate::act::*;
use crate::check::known::{Author, Known};
use crate::check::naming::Wanted;
use crate::names::{ActId, DraftId, PersonId, RoomId, SeatId, TextId};
use crate::record::Record;

/// A deed in the making: it names mostly what its author may name.
pub(super) struct Making<'c, 'n, 'r> {
    pub(super) choices: &'c mut Choices<'n>,
    known: &'r Known<'r>,
    author: Author<'r>,
    record: &'r Record,
}

impl<'c, 'n, 'r> Making<'c, 'n, 'r> {
    /// A deed of this author.
    pub(super) fn new(
        choices: &'c mut Choices<'n>,
        known: &'r Known<'r>,
        author: Author<'r>,
    ) -> Self {
        let record = known.record;
        Making {
            choices,
            known,
            author,
            record,
        }
    }

    /// What an act is about: acts, texts, paths.
    pub(super) fn about(&mut self) -> Vec<String> {
        if !self.choices.chance(20) {
            return Vec::new();
        }
        match self.choices.below(4) {
            0 => vec![self.act().to_string()],
            1 => vec![self.text().to_string(), self.draft().to_string()],
            2 => vec![self.place()],
            _ => vec![self.seat().to_string()],
        }
    }

    /// A deed of some kind, done in this room under this handle.
    pub(super) fn deed(&mut self, room: &RoomId, id: &str) -> Deed {
        let kind = self.choices.below(40);
        match kind {
            0..=3 => self.deliver(),
            4..=9 => self.stance(),
            10 => self.acknowledge(room, id),
            11 => Deed::Withdraw(Of { of: self.own_act() }),
            12 => self.dispose(),
            13 => self.release(),
            14..=19 => self.on_points(kind),
            20..=24 => self.on_meetings(kind),
            25..=29 => self.on_claims(kind, id),
            30..=34 => self.on_process(kind),
            _ => self.on_agreements(kind, id),
        }
    }

    /// A name that is valid here.
    pub(super) fn name(&mut self, wanted: Wanted) -> Option<&'r str> {
        let valid = self.known.valid(wanted, self.author);
        self.choices.pick(&valid).copied()
    }

    pub(super) fn seat(&mut self) -> SeatId {
        self.choices
            .pick(&self.record.seats)
            .map_or_else(|| "med".into(), |seat| seat.id.clone())
    }

    pub(super) fn seats(&mut self) -> Vec<SeatId> {
        self.choices
            .some(&self.record.seats)
            .into_iter()
            .map(|seat| seat.id.clone())
            .collect()
    }

    pub(super) fn person(&mut self) -> PersonId {
        self.name(Wanted::Person).unwrap_or("nobody").into()
    }

    pub(super) fn anybody(&mut self) -> String {
        self.name(Wanted::SeatOrPerson)
            .unwrap_or("nobody")
            .to_owned()
    }

    pub(super) fn text(&mut self) -> TextId {
        self.name(Wanted::Text).unwrap_or("none").into()
    }

    pub(super) fn draft(&mut self) -> DraftId {
        self.name(Wanted::Draft).unwrap_or("none").into()
    }

    /// An issued draft, or by the seat's own name its copy.
    fn draft_or_copy(&mut self) -> DraftId {
        self.name(Wanted::DraftOrCopy).unwrap_or("none").into()
    }

    pub(super) fn act(&mut self) -> ActId {
        self.name(Wanted::Act).unwrap_or("none").into()
    }

    pub(super) fn own_act(&mut self) -> ActId {
        let mut names = self.known.valid(Wanted::Act, self.author);
        names.retain(|name| {
            self.known
                .act(name, self.author.room)
                .is_some_and(|act| act.seat == *self.author.seat)
        });
        self.choices.pick(&names).copied().unwrap_or("none").into()
    }

    pub(super) fn act_of_kind(&mut self, kind: &'static str) -> Option<ActId> {
        self.name(Wanted::ActOf(kind)).map(ActId::from)
    }

    pub(super) fn path(&mut self, draft: &DraftId) -> String {
        let draft = self.record.drafts.iter().find(|block| block.id == *draft);
        let provisions = draft.map_or(&[][..], |draft| draft.issued.draft.provisions());
        self.choices
            .pick(provisions)
            .map_or_else(|| "1".to_owned(), |provision| provision.path.clone())
    }

    pub(super) fn place(&mut self) -> String {
        let draft = self.draft();
        format!("{draft}#{}", self.path(&draft))
    }

    pub(super) fn points(&mut self, draft: &DraftId) -> Points {
        match self.choices.below(4) {
            0 => Points::Whole,
            1 => Points::Paths([self.path(draft), self.path(draft)].into()),
            _ => Points::Paths([self.path(draft)].into()),
        }
    }

    fn deliver(&mut self) -> Deed {
        let channels = [Channel::Official, Channel::Unofficial, Channel::Press];
        Deed::Deliver(Deliver {
            draft: self.draft(),
            to: self.seats(),
            channel: self
                .choices
                .pick(&channels)
                .copied()
                .unwrap_or(Channel::Official),
            place: self.choices.maybe("Geneva".to_owned()),
        })
    }

    fn acknowledge(&mut self, room: &RoomId, id: &str) -> Deed {
        if self.choices.chance(50) {
            let draft = Some(self.draft());
            return Deed::Acknowledge(Box::new(Acknowledge {
                draft,
                file: None,
                text: None,
                channel: None,
                copy: None,
            }));
        }
        let source = match self.choices.pick(&self.record.drafts) {
            Some(draft) => draft.issued.draft.source().to_owned(),
            None => "1. A copy.\n".to_owned(),
        };
        let copy = Draft::read(&source)
            .ok()
            .map(|draft| OwnCopy::made_in(&self.record.process.id, room, draft));
        Deed::Acknowledge(Box::new(Acknowledge {
            draft: self.choices.maybe("our copy".into()),
            file: Some(format!("{id}.md")),
            text: Some(self.text()),
            channel: Some(Channel::Unofficial),
            copy,
        }))
    }

    fn stance(&mut self) -> Deed {
        const KINDS: [StanceKind; 7] = [
            StanceKind::Endorse,
            StanceKind::Accept,
            StanceKind::AcceptAdRef,
            StanceKind::Reserve,
            StanceKind::Object,
            StanceKind::Propose,
            StanceKind::Withhold,
        ];
        let kind = KINDS[self.choices.below(KINDS.len())];
        let on_text = self.choices.chance(10);
        let draft = self.draft_or_copy();
        let points = Some(self.points(&draft)).filter(|_| !on_text);
        let mut stance = Stance {
            points,
            draft: if on_text { None } else { Some(draft.clone()) },
            kind: self.choices.maybe(StanceType::Substance),
            red_line: self.choices.chance(10),
            ..Stance::of(kind)
        };
        if on_text {
            stance.text = Some(self.text());
        }
        if self.choices.chance(30) {
            stance.interest = Some(self.choices.words());
        }
        if self.choices.chance(30) {
            stance.package = self.act_of_kind("package");
        }
        stance.until = self.choices.maybe("the end of the month".to_owned());
        if kind == StanceKind::Propose {
            self.proposal(&mut stance, &draft);
        } else if self.choices.chance(20) {
            stance.condition = Some(self.condition(&draft));
        } else if self.choices.chance(20) {
            stance.reading = (0..1 + self.choices.below(2))
                .map(|_| 1 + self.choices.below(2))
                .collect();
        }
        Deed::Stance(stance)
    }

    fn proposal(&mut self, stance: &mut Stance, draft: &DraftId) {
        match self.choices.below(4) {
            0 => stance.wording = Some(String::new()),
            1 => {
                stance.points = None;
                stance.after = Some(if self.choices.chance(30) {
                    String::new()
                } else {
                    self.path(draft)
                });
                stance.wording = Some(self.choices.words());
                stance.label = self.choices.maybe("7 bis".to_owned());
            }
            2 => stance.move_after = Some(self.path(draft)),
            _ => stance.wording = Some(self.choices.words()),
        }
    }

    fn condition(&mut self, draft: &DraftId) -> Condition {
        Condition {
            points: match self.choices.below(3) {
                0 => Vec::new(),
                1 => vec![self.place()],
                _ => vec![self.path(draft)],
            },
            texts: if self.choices.chance(40) {
                vec![self.text()]
            } else {
                Vec::new()
            },
            words: if self.choices.chance(40) {
                Some(self.choices.words())
            } else {
                None
            },
        }
    }

    fn dispose(&mut self) -> Deed {
        let outcomes = [
            Outcome::Taken,
            Outcome::Partly,
            Outcome::NotTaken,
            Outcome::Deferred,
        ];
        Deed::Dispose(Dispose {
            of: self.act(),
            outcome: self
                .choices
                .pick(&outcomes)
                .copied()
                .unwrap_or(Outcome::Taken),
            draft: if self.choices.chance(50) {
                Some(self.draft())
            } else {
                None
            },
            reason: self.choices.maybe("as asked".to_owned()),
        })
    }

    fn release(&mut self) -> Deed {
        let classes = [ReleaseClass::Use, ReleaseClass::Pass, ReleaseClass::Publish];
        Deed::Release(Release {
            of: self.own_act(),
            class: self
                .choices
                .pick(&classes)
                .copied()
                .unwrap_or(ReleaseClass::Use),
            to: if self.choices.chance(30) {
                self.seats()
            } else {
                Vec::new()
            },
        })
    }

    fn on_points(&mut self, kind: usize) -> Deed {
        let draft = self.draft();
        let points = self.points(&draft);
        match kind {
            14 => Deed::Package(Package { draft, points }),
            15 => {
                let with = self.choices.chance(60);
                Deed::RedLine(RedLine {
                    words: self.choices.words(),
                    draft: Some(draft).filter(|_| with),
                    points: Some(points).filter(|_| with),
                    public: self.choices.chance(30),
                })
            }
            16 => Deed::Bracket(Box::new(BracketDeed {
                draft,
                points,
                reason: BracketReason::Waiting,
                level: self.choices.pick(&self.record.process.levels).cloned(),
                requested_by: self.seats(),
            })),
            17 => Deed::Track(Track {
                draft,
                points,
                to: self.choices.words(),
            }),
            18 => Deed::Silence(Box::new(Silence {
                draft,
                points,
                addressees: self.seats(),
                expires: when(self.choices),
            })),
            _ => Deed::Editorial(Editorial {
                draft,
                points,
                words: self.choices.words(),
                expires: self.choices.chance(50).then(|| when(self.choices)),
            }),
        }
    }
}
