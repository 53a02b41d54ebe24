//! What may not stand in an act of its kind: fields that do not go together, paths that name nothing, acts of others.

use onetext_text::{PathError, Target};

use super::acts::{is_own, of_own};
use super::blocks::wrong_level;
use super::known::{Author, Known};
use super::naming::{Place, Wanted, draft_and_path};
use super::provisions::{Paths, Wording, fits_reading};
use super::{BlockKind, Refusal, Rule};
use crate::act::{
    Acknowledge, Act, Communication, Deed, OptionName, Points, Preference, Stance, StanceKind,
    hundredths,
};

/// One act under examination.
struct Deeds<'a, 'k, 'r> {
    known: &'k Known<'r>,
    author: Author<'a>,
    block: (BlockKind, usize),
    paths: &'a mut Paths<'r>,
    refusals: &'a mut Vec<Refusal>,
}

pub(super) fn check<'r>(
    known: &Known<'r>,
    act: &'r Act,
    author: Author<'_>,
    block: (BlockKind, usize),
    paths: &mut Paths<'r>,
    refusals: &mut Vec<Refusal>,
) {
    let mut deeds = Deeds {
        known,
        author,
        block,
        paths,
        refusals,
    };
    deeds.own(act);
    deeds.communication(act);
    match &act.deed {
        Deed::Stance(deed) => deeds.stance(deed),
        Deed::Acknowledge(deed) => deeds.acknowledge(deed),
        Deed::Bracket(deed) => {
            if let Some(level) = &deed.level {
                deeds.refusals.extend(wrong_level(
                    &known.record.process,
                    block,
                    Place::field("level"),
                    level,
                ));
            }
        }
        Deed::Align(deed) => deeds.align(deed),
        Deed::ReplyDue(deed) if deed.text.is_none() && deed.draft.is_none() => {
            deeds.wanting("text", "a reply is due on nothing", "`text` or `draft`");
        }
        Deed::Gate(deed) if deed.rule.is_none() && deed.rules.is_empty() => {
            deeds.wanting("rule", "the gate has no rule", "`rule` or `rules`");
        }
        Deed::RedLine(deed) if deed.points.is_some() && deed.draft.is_none() => {
            deeds.wanting("draft", "points of no draft", "`draft` beside `points`");
        }
        Deed::Preference(deed) => deeds.preference(deed),
        _ => {}
    }
    if let Some((draft, points)) = act.deed.on_points() {
        deeds.points(draft.as_str(), points);
    }
}

impl<'r> Deeds<'_, '_, 'r> {
    fn refuse(
        &mut self,
        rule: Rule,
        field: Option<&'static str>,
        message: impl Into<String>,
        expected: &str,
    ) {
        let refusal = Refusal::new(rule, self.block, field.map(Place::field), message.into());
        self.refusals.push(refusal.expected(expected));
    }

    /// Something missing: reported at the head of the block.
    fn wanting(&mut self, field: &'static str, message: &str, expected: &str) {
        let message = format!("{message}: there is no `{field}`");
        self.refuse(Rule::MissingField, None, message, expected);
    }

    /// A non-paper binds nobody: what only a formal act can do is not done in one.
    fn communication(&mut self, act: &Act) {
        let formal = match &act.deed {
            Deed::Reply(reply) if reply.formal => "a formal reply",
            Deed::ReplyDue(_) => "a request for a reply",
            Deed::Initial(_) => "an initial",
            Deed::Sign(_) => "a signature",
            Deed::Ratify(_) => "a ratification",
            Deed::Silence(_) => "a silence procedure",
            _ => return,
        };
        if act.communication == Some(Communication::NonPaper) {
            self.refuse(
                Rule::NotTogether,
                Some("communication"),
                format!(
                    "a non-paper carries no {}",
                    formal.split_once(' ').map_or(formal, |(_, what)| what)
                ),
                "note-verbale, letter, aide-memoire or oral, or no `communication`",
            );
        }
    }

    /// Only one's own acts are taken back, released or, for gates, set aside.
    fn own(&mut self, act: &Act) {
        let (field, name, kind, what) = match &act.deed {
            Deed::Override(deed) => (
                "gate",
                deed.gate.as_str(),
                Some("gate"),
                "a gate of its own",
            ),
            deed => match of_own(deed) {
                Some(name) => ("of", name, None, "an act of its own"),
                None => return,
            },
        };
        let Some(other) = self.known.act(name, self.author.room) else {
            return;
        };
        if is_own(other, self.author) {
            return;
        }
        let (owner, seat) = (other.seat.as_str(), self.author.seat);
        let message = format!("{name:?} is of {owner:?}, not of {seat:?}");
        let wanted = kind.map_or(Wanted::Act, Wanted::ActOf);
        let mut names = self.known.valid(wanted, self.author);
        names.retain(|name| {
            let other = self.known.act(name, self.author.room);
            other.is_some_and(|other| is_own(other, self.author) && other.id != act.id)
        });
        let refusal = Refusal::new(Rule::NotOwn, self.block, Some(Place::field(field)), message);
        self.refusals
            .push(refusal.expected(what).nearest(name, names));
    }

    fn acknowledge(&mut self, deed: &Acknowledge) {
        match (&deed.file, &deed.draft, &deed.text) {
            (None, None, _) => self.wanting(
                "draft",
                "nothing is acknowledged",
                "`draft`, or `file` with `text`",
            ),
            (Some(_), _, None) => {
                self.wanting("text", "the copy is of no text", "`text` beside `file`")
            }
            _ => {}
        }
    }

    fn stance(&mut self, deed: &'r Stance) {
        if deed.text.is_some() {
            self.stance_on_text(deed);
        } else if deed.draft.is_none() {
            self.wanting(
                "draft",
                "a position on nothing",
                "`draft` and `points`, or `text`",
            );
        } else if deed.points.is_none() && deed.after.is_none() {
            self.wanting(
                "points",
                "a position on no provision",
                "paths, or \"whole\"",
            );
        }
        let proposes = deed.stance == StanceKind::Propose;
        let own = [
            ("wording", deed.wording.is_some()),
            ("after", deed.after.is_some()),
            ("label", deed.label.is_some()),
            ("move_after", deed.move_after.is_some()),
        ];
        for (field, _) in own.into_iter().filter(|(_, given)| *given && !proposes) {
            self.refuse(
                Rule::NotTogether,
                Some(field),
                format!("`{field}` with a stance that proposes nothing"),
                "stance = \"propose\"",
            );
        }
        if proposes {
            self.proposal(deed);
        }
        self.places(deed);
    }

    fn stance_on_text(&mut self, deed: &Stance) {
        for (field, given) in [
            ("draft", deed.draft.is_some()),
            ("points", deed.points.is_some()),
        ] {
            if given {
                let message = format!("`text` stands alone, and there is `{field}`");
                self.refuse(
                    Rule::NotTogether,
                    Some(field),
                    message,
                    "`draft` and `points`, or `text` alone",
                );
            }
        }
        if !matches!(
            deed.stance,
            StanceKind::Endorse | StanceKind::Object | StanceKind::Withhold
        ) {
            let message = "this position is taken on wording, not on a text alone";
            self.refuse(
                Rule::NotTogether,
                Some("stance"),
                message,
                "endorse, object or withhold; or `draft` and `points`",
            );
        }
    }

    fn proposal(&mut self, deed: &Stance) {
        if deed.after.is_some() && deed.move_after.is_some() {
            let message = "a provision is either new (`after`) or moved (`move_after`)";
            self.refuse(
                Rule::NotTogether,
                Some("move_after"),
                message,
                "one of the two",
            );
        } else if deed.wording.is_none() && deed.move_after.is_none() {
            self.wanting(
                "wording",
                "nothing is proposed",
                "`wording`, or `move_after`",
            );
        } else if deed.points.is_none() && deed.after.is_none() && deed.draft.is_some() {
            self.wanting(
                "points",
                "the proposal has no place",
                "`points`, or `after`",
            );
        }
    }

    /// The places of a proposal, the points of a condition, and the reading.
    fn places(&mut self, deed: &'r Stance) {
        let Some(draft) = &deed.draft else { return };
        for (field, path) in [("after", &deed.after), ("move_after", &deed.move_after)] {
            if let Some(path) = path
                && !path.is_empty()
            {
                self.path(draft.as_str(), path, Place::field(field));
            }
        }
        for (item, path) in deed
            .condition
            .iter()
            .flat_map(|condition| condition.points.iter().enumerate())
        {
            if draft_and_path(path).is_none() {
                let place = Place {
                    field: "condition",
                    item: None,
                    inner: Some(("points", Some(item))),
                };
                self.path(draft.as_str(), path, place);
            }
        }
        self.reading(draft.as_str(), deed);
    }

    fn reading(&mut self, draft: &str, deed: &'r Stance) {
        let Some(wording) = self
            .readable_wording(draft)
            .filter(|_| !deed.reading.is_empty())
        else {
            return;
        };
        let targets: Vec<Target> = match &deed.points {
            Some(Points::Paths(points)) => points
                .iter()
                .filter_map(|path| self.paths.find(wording, path).ok())
                .collect(),
            _ => return,
        };
        if let Err(error) = fits_reading(wording, &targets, &deed.reading) {
            let message = format!("the reading does not fit: {error}");
            self.refuse(
                Rule::BadReading,
                Some("reading"),
                message,
                "one alternative, from 1, of each open bracket in order",
            );
        }
    }

    fn points(&mut self, draft: &str, points: &'r Points) {
        let Points::Paths(paths) = points else { return };
        if paths.is_empty() {
            self.refuse(
                Rule::MissingField,
                Some("points"),
                "no provision is named",
                "paths, or \"whole\"",
            );
        }
        for (item, path) in paths.iter().enumerate() {
            self.path(draft, path, Place::item("points", item));
        }
    }

    /// Every point that preferences name is there, every reading fits it, and no option is ranked twice.
    fn preference(&mut self, deed: &'r Preference) {
        if deed.ranking.is_empty() && deed.swaps.is_empty() && deed.reservation.is_none() {
            self.wanting(
                "ranking",
                "nothing is preferred to anything",
                "`ranking`, `swaps` or `reservation`",
            );
        }
        let bad_share = |words: &&String| hundredths(words).is_none();
        if let Some(words) = deed.reservation.as_ref().filter(bad_share) {
            let message = format!("{words:?} is no share of the best package");
            let expected = "hundredths from 0 to 100, as \"40\" or \"30..50\"";
            self.refuse(Rule::BadReading, Some("reservation"), message, expected);
        }
        for named in deed.options() {
            self.path(deed.draft.as_str(), named.point, named.place());
            if let OptionName::Reading(reading) = OptionName::of(named.name) {
                self.option(deed.draft.as_str(), named.point, &reading, named.place());
            }
        }
        for (item, ranking) in deed.ranking.iter().enumerate() {
            let mut seen = std::collections::BTreeSet::new();
            let again = ranking.order.iter().find(|name| !seen.insert(*name));
            let strange = ranking
                .ties
                .iter()
                .find(|name| !ranking.order.contains(name) || ranking.order.first() == Some(*name));
            let message = match (again, strange) {
                (Some(name), _) => format!(
                    "the ranking of {} goes round in a circle: {name} stands in it twice",
                    ranking.point
                ),
                (None, Some(name)) => format!(
                    "{name} is tied to the option before it, and there is none in the ranking of {}",
                    ranking.point
                ),
                (None, None) => continue,
            };
            let refusal = Refusal::new(
                Rule::NotTogether,
                self.block,
                Some(Place::item("ranking", item)),
                message,
            );
            let expected = "each option once, the best first";
            self.refusals.push(refusal.expected(expected));
        }
    }

    fn option(&mut self, draft: &str, point: &'r str, reading: &[usize], place: Place) {
        let Some(wording) = self.readable_wording(draft) else {
            return;
        };
        let Ok(target) = self.paths.find(wording, point) else {
            return;
        };
        if let Err(error) = wording.issued.reading(target.index, reading) {
            let message = format!("{point} has no such reading: {error}");
            let refusal = Refusal::new(Rule::BadReading, self.block, Some(place), message);
            let expected = "the alternative, from 1, of each open bracket in order, as `2` or `2.1`; `text`, or a proposal";
            self.refusals.push(refusal.expected(expected));
        }
    }

    fn align(&mut self, deed: &'r crate::act::AlignDeed) {
        for (item, (old, new)) in deed.pairs.iter().enumerate() {
            let sides = [(deed.from.as_str(), old, 0), (deed.to.as_str(), new, 1)];
            for (draft, path, side) in sides.into_iter().filter(|(_, path, _)| !path.is_empty()) {
                let place = Place {
                    field: "pairs",
                    item: Some(item),
                    inner: Some(("", Some(side))),
                };
                self.path(draft, path, place);
            }
        }
        let (from, to) = (
            self.known.draft(deed.from.as_str(), self.author),
            self.known.draft(deed.to.as_str(), self.author),
        );
        let Some(to) = to else { return };
        if to.by != *self.author.seat {
            let message = format!(
                "{:?} is not the issuer of {:?}",
                self.author.seat,
                to.id.as_str()
            );
            let expected = "its issuer: who issues a draft settles what its provisions continue";
            return self.refuse(Rule::NotIssuer, Some("to"), message, expected);
        }
        if let Some(from) = from
            && !self.descends(to, from)
        {
            let message = format!(
                "{:?} was not made from {:?}",
                to.id.as_str(),
                from.id.as_str()
            );
            let expected = match &to.base {
                Some(base) => format!(
                    "{:?}, the base of {:?}, or a draft before it",
                    base.as_str(),
                    to.id.as_str()
                ),
                None => format!("the base of {:?}, which names none", to.id.as_str()),
            };
            self.refuse(Rule::OtherText, Some("from"), message, &expected);
        }
    }

    /// Whether a draft was made from another, over however many steps.
    fn descends(
        &self,
        draft: &crate::record::DraftBlock,
        from: &crate::record::DraftBlock,
    ) -> bool {
        self.known
            .ancestors(draft)
            .any(|ancestor| ancestor.id == from.id)
    }

    fn readable_wording(&self, draft: &str) -> Option<Wording<'r>> {
        let wording = self.known.wording(draft, self.author)?;
        readable(self.known, wording, self.author).then_some(wording)
    }

    fn path(&mut self, draft: &str, path: &'r str, place: Place) {
        if let Some(wording) = self.readable_wording(draft)
            && let Err(error) = self.paths.find(wording, path)
        {
            self.refusals
                .push(wrong_path(self.block, place, wording, &error, false));
        }
    }
}

/// Whether the author can read what the wording says; its own copy it can.
pub(super) fn readable(known: &Known<'_>, wording: Wording<'_>, author: Author<'_>) -> bool {
    wording.name.is_empty()
        || known
            .draft(wording.name, author)
            .is_some_and(|draft| known.readable(draft, author))
}

/// A path that names no provision, or several; `whole` where the draft stands before it (`v2#5`).
pub(super) fn wrong_path(
    block: (BlockKind, usize),
    place: Place,
    wording: Wording<'_>,
    error: &PathError,
    whole: bool,
) -> Refusal {
    let in_draft = |path: &str| {
        if whole {
            format!("{}#{path}", wording.name)
        } else {
            path.to_owned()
        }
    };
    let draft = if wording.name.is_empty() {
        "the copy".to_owned()
    } else {
        format!("{:?}", wording.name)
    };
    match error {
        PathError::Unknown { path, nearest } => {
            let message = format!("{draft} has no provision {path:?}");
            let refusal = Refusal::new(Rule::NoSuchPoint, block, Some(place), message);
            let refusal = refusal.expected("the path of a provision, as `5` or `21.d`");
            match nearest {
                Some(nearest) => refusal.hint(format!("did you mean {:?}?", in_draft(nearest))),
                None => refusal,
            }
        }
        PathError::Ambiguous { path, candidates } => {
            let message = format!("{path:?} names more than one provision of {draft}");
            let refusal = Refusal::new(Rule::AmbiguousPoint, block, Some(place), message);
            let lines = candidates.iter().any(|path| path.contains(" (line "));
            refusal
                .expected(format!("one of {}", candidates.join(", ")))
                .hint(if lines {
                    "the draft has one number twice: let its next draft number them apart"
                } else {
                    "write one of the longer paths"
                })
        }
    }
}
