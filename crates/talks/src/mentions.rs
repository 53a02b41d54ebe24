//! What an act names: seats, persons, texts, drafts, provisions and other acts.
//!
//! Who comes to know of a person, a text or a draft follows from who names it where (`dossier.md`, "Blocks"), and a
//! reference from a wider room into a narrower one is refused: both need one list of what an act names.

use crate::act::{Act, Deed};
use crate::names::DraftId;

/// One name in an act, and what it is meant to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mention<'a> {
    /// A seat.
    Seat(&'a str),
    /// A person.
    Person(&'a str),
    /// A seat or a person.
    Participant(&'a str),
    /// A text.
    Text(&'a str),
    /// A draft, or the seat's own name for its copy.
    Draft(&'a str),
    /// Another act.
    Act(&'a str),
    /// An act or a claim.
    ActOrClaim(&'a str),
    /// A tenet of an understanding.
    Tenet(&'a str),
    /// An act, a text, a draft or a provision: an entry of `about`.
    Anything(&'a str),
}

impl Act {
    /// Everything this act names, in no particular order; the names inside rules (CEL) are not among them.
    #[must_use]
    pub fn mentions(&self) -> Vec<Mention<'_>> {
        let mut names: Vec<Mention<'_>> = self
            .about
            .iter()
            .map(|name| Mention::Anything(name))
            .collect();
        if let Some(person) = &self.person {
            names.push(Mention::Person(person.as_str()));
        }
        self.deed.mention(&mut names);
        names
    }

    /// The draft that it names, where it names one and no other.
    #[must_use]
    pub fn only_draft(&self) -> Option<DraftId> {
        let mut names = Vec::new();
        self.deed.mention(&mut names);
        let mut drafts = names.into_iter().filter_map(|mention| match mention {
            Mention::Draft(name) => Some(name),
            _ => None,
        });
        let draft = drafts.next()?;
        drafts.next().is_none().then(|| draft.into())
    }
}

impl Deed {
    fn mention<'a>(&'a self, names: &mut Vec<Mention<'a>>) {
        match self {
            Deed::Deliver(deed) => {
                names.push(Mention::Draft(deed.draft.as_str()));
                names.extend(deed.to.iter().map(|seat| Mention::Seat(seat.as_str())));
            }
            Deed::Acknowledge(deed) => {
                names.extend(
                    deed.draft
                        .iter()
                        .map(|draft| Mention::Draft(draft.as_str())),
                );
                names.extend(deed.text.iter().map(|text| Mention::Text(text.as_str())));
            }
            Deed::Stance(deed) => {
                names.extend(
                    deed.draft
                        .iter()
                        .map(|draft| Mention::Draft(draft.as_str())),
                );
                names.extend(deed.text.iter().map(|text| Mention::Text(text.as_str())));
                names.extend(deed.package.iter().map(|act| Mention::Act(act.as_str())));
                if let Some(condition) = &deed.condition {
                    names.extend(
                        condition
                            .texts
                            .iter()
                            .map(|text| Mention::Text(text.as_str())),
                    );
                }
            }
            Deed::Withdraw(deed) => names.push(Mention::Act(deed.of.as_str())),
            Deed::Dispose(deed) => {
                names.push(Mention::Act(deed.of.as_str()));
                names.extend(
                    deed.draft
                        .iter()
                        .map(|draft| Mention::Draft(draft.as_str())),
                );
            }
            Deed::Release(deed) => {
                names.push(Mention::Act(deed.of.as_str()));
                names.extend(deed.to.iter().map(|seat| Mention::Seat(seat.as_str())));
            }
            Deed::Convey(deed) => {
                names.extend(deed.to.iter().map(|seat| Mention::Seat(seat.as_str())))
            }
            Deed::RedLine(deed) => names.extend(
                deed.draft
                    .iter()
                    .map(|draft| Mention::Draft(draft.as_str())),
            ),
            Deed::Bracket(deed) => {
                names.push(Mention::Draft(deed.draft.as_str()));
                names.extend(
                    deed.requested_by
                        .iter()
                        .map(|seat| Mention::Seat(seat.as_str())),
                );
            }
            Deed::Align(deed) => {
                names.extend([
                    Mention::Draft(deed.from.as_str()),
                    Mention::Draft(deed.to.as_str()),
                ]);
            }
            Deed::Mission(deed) => {
                names.push(Mention::Person(deed.envoy.as_str()));
                names.push(Mention::Participant(&deed.counterpart));
                names.extend(deed.base.iter().map(|draft| Mention::Draft(draft.as_str())));
                names.extend(deed.of.iter().map(|act| Mention::Act(act.as_str())));
            }
            Deed::Session(deed) => {
                names.extend(
                    deed.participants
                        .iter()
                        .map(|name| Mention::Participant(name)),
                );
                names.extend(
                    deed.drafts
                        .iter()
                        .map(|draft| Mention::Draft(draft.as_str())),
                );
                for act in [&deed.follow_up_of, &deed.mission, &deed.gate, &deed.of]
                    .into_iter()
                    .flatten()
                {
                    names.push(Mention::Act(act.as_str()));
                }
            }
            Deed::Confirm(deed) | Deed::Deny(deed) => names.push(Mention::ActOrClaim(&deed.of)),
            Deed::Statement(deed) => {
                for claim in &deed.claims {
                    names.extend(
                        claim
                            .between
                            .iter()
                            .map(|seat| Mention::Seat(seat.as_str())),
                    );
                    names.extend(
                        claim
                            .draft
                            .iter()
                            .map(|draft| Mention::Draft(draft.as_str())),
                    );
                }
            }
            Deed::ReplyDue(deed) => {
                names.push(Mention::Seat(deed.from.as_str()));
                names.extend(deed.text.iter().map(|text| Mention::Text(text.as_str())));
                names.extend(
                    deed.draft
                        .iter()
                        .map(|draft| Mention::Draft(draft.as_str())),
                );
            }
            Deed::Silence(deed) => {
                names.push(Mention::Draft(deed.draft.as_str()));
                names.extend(
                    deed.addressees
                        .iter()
                        .map(|seat| Mention::Seat(seat.as_str())),
                );
            }
            Deed::Understanding(deed) => {
                let seats = deed.between.iter().chain(&deed.condition_for);
                names.extend(seats.map(|seat| Mention::Seat(seat.as_str())));
            }
            Deed::Minute(deed) => names.push(Mention::Act(deed.of.as_str())),
            Deed::Assess(deed) => {
                names.extend([
                    Mention::Tenet(deed.tenet.as_str()),
                    Mention::Draft(deed.draft.as_str()),
                ]);
            }
            Deed::Gate(deed) => names.extend(
                deed.participants
                    .iter()
                    .map(|name| Mention::Participant(name)),
            ),
            Deed::Override(deed) => names.push(Mention::Act(deed.gate.as_str())),
            Deed::Challenge(deed) => names.push(Mention::Participant(&deed.of)),
            Deed::Preference(deed) => {
                names.push(Mention::Draft(deed.draft.as_str()));
                names.extend(deed.party.iter().map(|seat| Mention::Seat(seat.as_str())));
                names.extend(deed.proposals().map(Mention::Act));
            }
            Deed::Package(crate::act::Package { draft, .. })
            | Deed::Track(crate::act::Track { draft, .. })
            | Deed::Reply(crate::act::Reply { draft, .. })
            | Deed::Editorial(crate::act::Editorial { draft, .. })
            | Deed::Consent(crate::act::Consent { draft, .. })
            | Deed::Initial(crate::act::Authenticate { draft, .. })
            | Deed::Sign(crate::act::Authenticate { draft, .. })
            | Deed::Ratify(crate::act::Ratify { draft, .. })
            | Deed::Correct(crate::act::Correct { draft, .. }) => {
                names.push(Mention::Draft(draft.as_str()))
            }
            Deed::Briefing(_) | Deed::Note(_) | Deed::Question(_) => {}
        }
    }
}
