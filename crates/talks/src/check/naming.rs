//! What an act names, and in which field: the one list behind who comes to know of what, and behind every refusal of a
//! name.

use std::borrow::Cow;

use crate::act::{Act, Claim, Deed, Gate, Mission, OptionName, Preference, Session, Stance};
use crate::rule_names::{RuleName, rule_names};

/// Where in a block something stands: a field, an item of its list, and a field of that in turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The field.
    pub field: &'static str,
    /// Which item of it, from 0, where it is a list.
    pub item: Option<usize>,
    /// The field inside it, and which item of that, where it is a table.
    pub inner: Option<(&'static str, Option<usize>)>,
}

impl Place {
    /// A field.
    #[must_use]
    pub const fn field(field: &'static str) -> Place {
        Place {
            field,
            item: None,
            inner: None,
        }
    }

    /// An item of a field.
    #[must_use]
    pub const fn item(field: &'static str, item: usize) -> Place {
        Place {
            field,
            item: Some(item),
            inner: None,
        }
    }
}

/// What a name is meant to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    Seat,
    Person,
    SeatOrPerson,
    Text,
    /// An issued draft.
    Draft,
    /// An issued draft, or the seat's own name for its copy of one.
    DraftOrCopy,
    Act,
    /// An act of this kind.
    ActOf(&'static str),
    ActOrClaim,
    Tenet,
    /// `DRAFT#PATH`.
    Point,
    /// An act, a text, a draft, a claim, a tenet, a seat, a person or a provision.
    Anything,
}

/// One name in an act.
#[derive(Debug, Clone)]
pub(crate) struct Naming<'a> {
    pub(crate) wanted: Wanted,
    pub(crate) name: Cow<'a, str>,
    pub(crate) place: Place,
}

/// Everything that an act names beside its room, its actor and its recorder.
pub(crate) fn names_of(act: &Act) -> Vec<Naming<'_>> {
    let mut names = List(Vec::new());
    names.each(
        Wanted::Anything,
        "about",
        act.about.iter().map(String::as_str),
    );
    names.deed(&act.deed);
    names.0
}

/// The names in a rule.
pub(crate) fn names_in_rule(rule: &str, place: Place) -> Vec<Naming<'static>> {
    rule_names(rule)
        .into_iter()
        .map(|name| {
            let (wanted, name) = match name {
                RuleName::Text(name) => (Wanted::Text, name),
                RuleName::Point(name) => (Wanted::Point, name),
                RuleName::Seat(name) => (Wanted::Seat, name),
                RuleName::Draft(name) => (Wanted::Draft, name),
                RuleName::Understanding(name) => (Wanted::ActOf("understanding"), name),
                RuleName::Session(name) => (Wanted::ActOf("session"), name),
            };
            Naming {
                wanted,
                name: Cow::Owned(name),
                place,
            }
        })
        .collect()
}

struct List<'a>(Vec<Naming<'a>>);

impl<'a> List<'a> {
    fn one(&mut self, wanted: Wanted, field: &'static str, name: &'a str) {
        self.0.push(Naming {
            wanted,
            name: Cow::Borrowed(name),
            place: Place::field(field),
        });
    }

    fn maybe(&mut self, wanted: Wanted, field: &'static str, name: Option<&'a str>) {
        if let Some(name) = name {
            self.one(wanted, field, name);
        }
    }

    fn each(
        &mut self,
        wanted: Wanted,
        field: &'static str,
        names: impl IntoIterator<Item = &'a str>,
    ) {
        for (item, name) in names.into_iter().enumerate() {
            self.0.push(Naming {
                wanted,
                name: Cow::Borrowed(name),
                place: Place::item(field, item),
            });
        }
    }

    fn seats(&mut self, field: &'static str, seats: &'a [crate::names::SeatId]) {
        self.each(Wanted::Seat, field, seats.iter().map(|seat| seat.as_str()));
    }

    fn deed(&mut self, deed: &'a Deed) {
        match deed {
            Deed::Deliver(deed) => {
                self.one(Wanted::Draft, "draft", deed.draft.as_str());
                self.seats("to", &deed.to);
            }
            Deed::Acknowledge(deed) => {
                // With a file the draft is the seat's own name for its copy and enters no table of handles.
                let draft = deed.draft.as_ref().filter(|_| deed.file.is_none());
                self.maybe(Wanted::Draft, "draft", draft.map(|draft| draft.as_str()));
                self.maybe(
                    Wanted::Text,
                    "text",
                    deed.text.as_ref().map(|text| text.as_str()),
                );
            }
            Deed::Stance(deed) => self.stance(deed),
            Deed::Withdraw(deed) => self.one(Wanted::Act, "of", deed.of.as_str()),
            Deed::Dispose(deed) => {
                self.one(Wanted::Act, "of", deed.of.as_str());
                self.maybe(
                    Wanted::Draft,
                    "draft",
                    deed.draft.as_ref().map(|draft| draft.as_str()),
                );
            }
            Deed::Release(deed) => {
                self.one(Wanted::Act, "of", deed.of.as_str());
                self.seats("to", &deed.to);
            }
            Deed::Convey(deed) => self.seats("to", &deed.to),
            Deed::Package(deed) => self.one(Wanted::DraftOrCopy, "draft", deed.draft.as_str()),
            Deed::RedLine(deed) => {
                self.maybe(
                    Wanted::DraftOrCopy,
                    "draft",
                    deed.draft.as_ref().map(|draft| draft.as_str()),
                );
            }
            Deed::Bracket(deed) => {
                self.one(Wanted::DraftOrCopy, "draft", deed.draft.as_str());
                self.seats("requested_by", &deed.requested_by);
            }
            Deed::Track(deed) => self.one(Wanted::DraftOrCopy, "draft", deed.draft.as_str()),
            Deed::Align(deed) => {
                self.one(Wanted::Draft, "from", deed.from.as_str());
                self.one(Wanted::Draft, "to", deed.to.as_str());
            }
            Deed::Mission(deed) => self.mission(deed),
            Deed::Session(deed) => self.session(deed),
            Deed::Confirm(deed) | Deed::Deny(deed) => self.one(Wanted::ActOrClaim, "of", &deed.of),
            Deed::Statement(deed) => self.claims(&deed.claims),
            Deed::ReplyDue(deed) => {
                self.one(Wanted::Seat, "from", deed.from.as_str());
                self.maybe(
                    Wanted::Text,
                    "text",
                    deed.text.as_ref().map(|text| text.as_str()),
                );
                self.maybe(
                    Wanted::Draft,
                    "draft",
                    deed.draft.as_ref().map(|draft| draft.as_str()),
                );
            }
            Deed::Reply(deed) => self.one(Wanted::DraftOrCopy, "draft", deed.draft.as_str()),
            Deed::Silence(deed) => {
                self.one(Wanted::Draft, "draft", deed.draft.as_str());
                self.seats("addressees", &deed.addressees);
            }
            Deed::Editorial(deed) => self.one(Wanted::Draft, "draft", deed.draft.as_str()),
            Deed::Understanding(deed) => {
                self.seats("between", &deed.between);
                self.seats("condition_for", &deed.condition_for);
            }
            Deed::Minute(deed) => self.one(Wanted::Act, "of", deed.of.as_str()),
            Deed::Assess(deed) => {
                self.one(Wanted::Tenet, "tenet", deed.tenet.as_str());
                self.one(Wanted::DraftOrCopy, "draft", deed.draft.as_str());
            }
            Deed::Gate(deed) => self.gate(deed),
            Deed::Override(deed) => self.one(Wanted::ActOf("gate"), "gate", deed.gate.as_str()),
            Deed::Consent(deed) => self.one(Wanted::Draft, "draft", deed.draft.as_str()),
            Deed::Challenge(deed) => self.one(Wanted::SeatOrPerson, "of", &deed.of),
            Deed::Initial(deed) | Deed::Sign(deed) => {
                self.one(Wanted::Draft, "draft", deed.draft.as_str())
            }
            Deed::Ratify(deed) => self.one(Wanted::Draft, "draft", deed.draft.as_str()),
            Deed::Correct(deed) => self.one(Wanted::Draft, "draft", deed.draft.as_str()),
            Deed::Preference(deed) => self.preference(deed),
            Deed::Briefing(_) | Deed::Note(_) | Deed::Question(_) => {}
        }
    }

    fn stance(&mut self, deed: &'a Stance) {
        self.maybe(
            Wanted::DraftOrCopy,
            "draft",
            deed.draft.as_ref().map(|draft| draft.as_str()),
        );
        self.maybe(
            Wanted::Text,
            "text",
            deed.text.as_ref().map(|text| text.as_str()),
        );
        self.maybe(
            Wanted::ActOf("package"),
            "package",
            deed.package.as_ref().map(|act| act.as_str()),
        );
        let Some(condition) = &deed.condition else {
            return;
        };
        let inner = |wanted, name, place| Naming {
            wanted,
            name: Cow::Borrowed(name),
            place,
        };
        for (item, point) in condition.points.iter().enumerate() {
            if draft_and_path(point).is_some() {
                let place = Place {
                    field: "condition",
                    item: None,
                    inner: Some(("points", Some(item))),
                };
                self.0.push(inner(Wanted::Point, point.as_str(), place));
            }
        }
        for (item, text) in condition.texts.iter().enumerate() {
            let place = Place {
                field: "condition",
                item: None,
                inner: Some(("texts", Some(item))),
            };
            self.0.push(inner(Wanted::Text, text.as_str(), place));
        }
    }

    fn preference(&mut self, deed: &'a Preference) {
        self.one(Wanted::DraftOrCopy, "draft", deed.draft.as_str());
        self.maybe(
            Wanted::Seat,
            "party",
            deed.party.as_ref().map(|seat| seat.as_str()),
        );
        for named in deed.options() {
            if matches!(OptionName::of(named.name), OptionName::Proposal(_)) {
                self.0.push(Naming {
                    wanted: Wanted::Act,
                    name: Cow::Borrowed(named.name),
                    place: named.place(),
                });
            }
        }
    }

    fn mission(&mut self, deed: &'a Mission) {
        self.one(Wanted::Person, "envoy", deed.envoy.as_str());
        self.one(Wanted::SeatOrPerson, "counterpart", &deed.counterpart);
        self.maybe(
            Wanted::DraftOrCopy,
            "base",
            deed.base.as_ref().map(|draft| draft.as_str()),
        );
        self.maybe(
            Wanted::ActOf("mission"),
            "of",
            deed.of.as_ref().map(|act| act.as_str()),
        );
    }

    fn session(&mut self, deed: &'a Session) {
        self.each(
            Wanted::SeatOrPerson,
            "participants",
            deed.participants.iter().map(String::as_str),
        );
        self.each(
            Wanted::DraftOrCopy,
            "drafts",
            deed.drafts.iter().map(|draft| draft.as_str()),
        );
        let acts = [
            (Wanted::ActOf("session"), "follow_up_of", &deed.follow_up_of),
            (Wanted::ActOf("mission"), "mission", &deed.mission),
            (Wanted::ActOf("gate"), "gate", &deed.gate),
            (Wanted::ActOf("session"), "of", &deed.of),
        ];
        for (wanted, field, act) in acts {
            self.maybe(wanted, field, act.as_ref().map(|act| act.as_str()));
        }
    }

    fn claims(&mut self, claims: &'a [Claim]) {
        for (item, claim) in claims.iter().enumerate() {
            let place = |field, inner| Place {
                field: "claims",
                item: Some(item),
                inner: Some((field, inner)),
            };
            for (seat, name) in claim.between.iter().enumerate() {
                let name = Cow::Borrowed(name.as_str());
                self.0.push(Naming {
                    wanted: Wanted::Seat,
                    name,
                    place: place("between", Some(seat)),
                });
            }
            if let Some(draft) = &claim.draft {
                let name = Cow::Borrowed(draft.as_str());
                self.0.push(Naming {
                    wanted: Wanted::DraftOrCopy,
                    name,
                    place: place("draft", None),
                });
            }
        }
    }

    fn gate(&mut self, deed: &'a Gate) {
        self.each(
            Wanted::SeatOrPerson,
            "participants",
            deed.participants.iter().map(String::as_str),
        );
        if let Some(rule) = &deed.rule {
            self.0.extend(names_in_rule(rule, Place::field("rule")));
        }
        for (item, rule) in deed.rules.iter().enumerate() {
            self.0
                .extend(names_in_rule(rule, Place::item("rules", item)));
        }
    }
}

/// Takes `DRAFT#PATH` apart; none for a bare path, also for one like `14.#2`.
pub(crate) fn draft_and_path(text: &str) -> Option<(&str, &str)> {
    text.split_once('#')
        .filter(|(draft, _)| !draft.is_empty() && !draft.ends_with('.'))
}
