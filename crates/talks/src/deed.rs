//! What every deed can be asked, whatever its kind.

use crate::act::{Deed, Points};
use crate::names::DraftId;

impl Deed {
    /// The name of its kind, as a dossier writes it.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Deed::Deliver(_) => "deliver",
            Deed::Acknowledge(_) => "acknowledge",
            Deed::Stance(_) => "stance",
            Deed::Withdraw(_) => "withdraw",
            Deed::Dispose(_) => "dispose",
            Deed::Release(_) => "release",
            Deed::Convey(_) => "convey",
            Deed::Package(_) => "package",
            Deed::RedLine(_) => "red-line",
            Deed::Bracket(_) => "bracket",
            Deed::Track(_) => "track",
            Deed::Align(_) => "align",
            Deed::Mission(_) => "mission",
            Deed::Session(_) => "session",
            Deed::Confirm(_) => "confirm",
            Deed::Deny(_) => "deny",
            Deed::Statement(_) => "statement",
            Deed::ReplyDue(_) => "reply-due",
            Deed::Reply(_) => "reply",
            Deed::Silence(_) => "silence",
            Deed::Editorial(_) => "editorial",
            Deed::Understanding(_) => "understanding",
            Deed::Minute(_) => "minute",
            Deed::Assess(_) => "assess",
            Deed::Gate(_) => "gate",
            Deed::Override(_) => "override",
            Deed::Briefing(_) => "briefing",
            Deed::Consent(_) => "consent",
            Deed::Challenge(_) => "challenge",
            Deed::Initial(_) => "initial",
            Deed::Sign(_) => "sign",
            Deed::Ratify(_) => "ratify",
            Deed::Correct(_) => "correct",
            Deed::Preference(_) => "preference",
            Deed::Note(_) => "note",
            Deed::Question(_) => "question",
        }
    }

    /// The draft and the provisions of it that this is on, where it names provisions.
    #[must_use]
    pub fn on_points(&self) -> Option<(&DraftId, &Points)> {
        match self {
            Deed::Stance(deed) => deed.draft.as_ref().zip(deed.points.as_ref()),
            Deed::RedLine(deed) => deed.draft.as_ref().zip(deed.points.as_ref()),
            Deed::Package(deed) => Some((&deed.draft, &deed.points)),
            Deed::Bracket(deed) => Some((&deed.draft, &deed.points)),
            Deed::Track(deed) => Some((&deed.draft, &deed.points)),
            Deed::Silence(deed) => Some((&deed.draft, &deed.points)),
            Deed::Editorial(deed) => Some((&deed.draft, &deed.points)),
            Deed::Consent(deed) => Some((&deed.draft, &deed.points)),
            Deed::Correct(deed) => Some((&deed.draft, &deed.points)),
            Deed::Assess(deed) => deed.points.as_ref().map(|points| (&deed.draft, points)),
            Deed::Initial(deed) | Deed::Sign(deed) => {
                deed.points.as_ref().map(|points| (&deed.draft, points))
            }
            _ => None,
        }
    }
}
