//! Random deeds that take no position: meetings, statements and claims, gates, understandings.

use super::deeds::Making;
use super::when;
use crate::act::*;
use crate::check::naming::Wanted;
use crate::names::{DraftId, TenetId};

impl Making<'_, '_, '_> {
    pub(super) fn on_meetings(&mut self, kind: usize) -> Deed {
        match kind {
            20 => Deed::Mission(Box::new(Mission {
                envoy: self.person(),
                counterpart: self.anybody(),
                base: if self.choices.chance(40) {
                    Some(self.draft())
                } else {
                    None
                },
                place: self.choices.maybe("Moscow".to_owned()),
                instructions: self.choices.maybe("listen".to_owned()),
                state: Some(MissionState::Ordered),
                of: if self.choices.chance(30) {
                    self.act_of_kind("mission")
                } else {
                    None
                },
            })),
            21 | 22 => Deed::Session(Box::new(Session {
                format: Format::Proximity,
                participants: vec![self.anybody(), self.anybody()],
                place: self.choices.maybe("Abu Dhabi".to_owned()),
                when: if self.choices.chance(30) {
                    Some(when(self.choices))
                } else {
                    None
                },
                state: if self.choices.chance(50) {
                    SessionState::Held
                } else {
                    SessionState::DidNotTakePlace
                },
                drafts: if self.choices.chance(30) {
                    vec![self.draft()]
                } else {
                    Vec::new()
                },
                follow_up_of: if self.choices.chance(20) {
                    self.act_of_kind("session")
                } else {
                    None
                },
                mission: if self.choices.chance(20) {
                    self.act_of_kind("mission")
                } else {
                    None
                },
                gate: if self.choices.chance(20) {
                    self.act_of_kind("gate")
                } else {
                    None
                },
                of: if self.choices.chance(20) {
                    self.act_of_kind("session")
                } else {
                    None
                },
            })),
            23 => Deed::Briefing(Briefing {
                recipient: self.choices.words(),
                briefers: vec!["Vance".to_owned(), "Rubio".to_owned()],
                recurring: self.choices.chance(50),
            }),
            _ => Deed::Convey(Convey {
                words: self.choices.words(),
                manner: Manner::Unattributed,
                to: self.seats(),
            }),
        }
    }

    pub(super) fn on_claims(&mut self, kind: usize, id: &str) -> Deed {
        let of = self.name(Wanted::ActOrClaim).unwrap_or("none").to_owned();
        match kind {
            25 => Deed::Confirm(Confirm {
                of,
                as_what: self.choices.maybe("read-back".to_owned()),
            }),
            26 => Deed::Deny(Confirm { of, as_what: None }),
            27 | 28 => Deed::Statement(Box::new(Statement {
                speaker: self.choices.maybe("an official".to_owned()),
                medium: self.choices.maybe("the radio".to_owned()),
                place: None,
                attribution: Some(Attribution::Collective),
                words: self.choices.words(),
                verbatim: self.choices.chance(30),
                claims: (0..self.choices.below(3))
                    .map(|number| self.claim(id, number))
                    .collect(),
            })),
            _ => Deed::Question(Words {
                words: self.choices.words(),
            }),
        }
    }

    fn claim(&mut self, id: &str, number: usize) -> Claim {
        let kinds = [
            (ClaimKind::OpenPoints, Some("few")),
            (ClaimKind::OpenPoints, Some("3")),
            (ClaimKind::Phase, Some("final")),
            (ClaimKind::CommonUnderstanding, None),
            (ClaimKind::Deadline, Some("none")),
        ];
        let (what, value) = kinds[self.choices.below(kinds.len())];
        Claim {
            id: format!("{id} claim {number}").into(),
            what,
            value: value.map(str::to_owned),
            between: self.seats(),
            draft: if self.choices.chance(20) {
                Some(self.draft())
            } else {
                None
            },
        }
    }

    pub(super) fn on_process(&mut self, kind: usize) -> Deed {
        match kind {
            30 => Deed::ReplyDue(Box::new(ReplyDue {
                from: self.seat(),
                text: Some(self.text()),
                draft: None,
                due: if self.choices.chance(30) {
                    Some(when(self.choices))
                } else {
                    None
                },
            })),
            31 => Deed::Reply(Reply {
                draft: self.draft(),
                formal: self.choices.chance(60),
            }),
            32 | 33 => self.gate(),
            _ => match self.act_of_kind("gate") {
                Some(gate) => Deed::Override(Override {
                    gate,
                    reason: self.choices.words(),
                }),
                None => Deed::Note(Words {
                    words: self.choices.words(),
                }),
            },
        }
    }

    fn gate(&mut self) -> Deed {
        let rules = [
            "process.stage in ['final', 'final-stage']".to_owned(),
            format!("text[\"{}\"].disputed == 0", self.text()),
            format!("seat[\"{}\"].seen[\"{}\"]", self.seat(), self.draft()),
            format!("point[\"{}\"].status == 'agreed'", self.place()),
            "this is no rule (".to_owned(),
        ];
        let rule = rules[self.choices.below(rules.len())].clone();
        let several = self.choices.chance(30);
        Deed::Gate(Box::new(Gate {
            event: self.choices.words(),
            participants: vec![self.anybody()],
            rules: if several {
                vec![rule.clone(), "true".to_owned()]
            } else {
                Vec::new()
            },
            rule: Some(rule).filter(|_| !several),
            words: self.choices.maybe("only then".to_owned()),
        }))
    }

    pub(super) fn on_agreements(&mut self, kind: usize, id: &str) -> Deed {
        let draft = self.draft();
        let points = self.points(&draft);
        match kind {
            35 => Deed::Understanding(Box::new(Understanding {
                between: self.seats(),
                place: self.choices.maybe("Anchorage".to_owned()),
                form: Some(UnderstandingForm::Oral),
                tenets: (0..self.choices.below(3))
                    .map(|number| Tenet {
                        id: format!("{id} tenet {number}").into(),
                        words: self.choices.words(),
                    })
                    .collect(),
                condition_for: self.seats(),
            })),
            36 => match (self.tenet(), self.choices.below(2)) {
                (Some(tenet), 0) => Deed::Assess(Box::new(Assess {
                    tenet,
                    points: Some(points).filter(|_| self.choices.chance(50)),
                    draft,
                    grade: if self.choices.chance(50) {
                        Grade::Letter
                    } else {
                        Grade::Spirit
                    },
                    verdict: Assessed::Partly,
                })),
                _ => Deed::Minute(Minute {
                    of: self.act(),
                    words: self.choices.words(),
                }),
            },
            37 => Deed::Consent(Consent {
                of: "the villages".to_owned(),
                draft,
                points,
                given: self.choices.chance(50),
            }),
            38 => match self.choices.below(4) {
                0 => Deed::Challenge(Challenge {
                    of: self.anybody(),
                    words: self.choices.words(),
                }),
                1 => Deed::Initial(Authenticate {
                    draft,
                    points: Some(points),
                }),
                2 => Deed::Ratify(Ratify {
                    draft,
                    state: RatifyState::Approved,
                    body: self.choices.maybe("parliament".to_owned()),
                }),
                _ => Deed::Sign(Authenticate {
                    draft,
                    points: None,
                }),
            },
            39 if self.choices.chance(60) => self.preference(draft),
            _ => Deed::Correct(Correct {
                draft,
                points,
                wording: self.choices.words(),
                expires: self.choices.chance(50).then(|| when(self.choices)),
            }),
        }
    }

    /// Preferences, mostly of options that are there, of one's own or somebody's.
    fn preference(&mut self, draft: DraftId) -> Deed {
        let (one, other) = (self.path(&draft), self.path(&draft));
        let option = |making: &mut Self| match making.choices.below(4) {
            0 => making.act().to_string(),
            1 => "2".to_owned(),
            _ => "text".to_owned(),
        };
        let take = |making: &mut Self, point: &String| OptionOf {
            point: point.clone(),
            option: option(making),
        };
        Deed::Preference(Preference {
            draft,
            party: Some(self.seat()).filter(|_| self.choices.chance(50)),
            ranking: vec![Ranking {
                point: one.clone(),
                order: vec![option(self), option(self)],
                ties: Vec::new(),
            }],
            swaps: vec![PreferenceSwap {
                rather: vec![take(self, &one)],
                than: vec![take(self, &other)],
                same: self.choices.chance(30),
            }],
            reservation: self.choices.maybe("40".to_owned()),
        })
    }

    fn tenet(&mut self) -> Option<TenetId> {
        self.name(Wanted::Tenet).map(TenetId::from)
    }
}
