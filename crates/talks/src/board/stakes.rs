//! What is at stake, worked out from the board: readings of brackets and proposals as options, preferences on them.
//!
//! An option is a wording, known by its digest: what somebody said of an option on an earlier draft counts as long as a
//! draft that came later still has exactly that wording among its options (law 1).

use std::collections::{BTreeMap, BTreeSet};

use onetext_text::{Digest, IssuedDraft, ReadingError, normal_form};

use super::texts::first_words;
use super::{Board, TextBoard};
use crate::act::{Act, Deed, OptionName, Preference, StanceKind};
use crate::position::{Scope, Standing};
use crate::record::TextKind;
use crate::stakes::{
    LeftOutPoint, OpenOption, OpenPoint, RedLineOn, Stakes, Stated, StatedRanking, StatedSwap,
};
use crate::status::PointStatus;

/// The most options that a point may have and still be weighed.
const OPTIONS: usize = 64;

/// The readings of a provision with their digests, or why they cannot be told.
pub(super) type Readings = Result<Vec<(Digest, OpenOption)>, String>;

/// Where an open point stands, and the digests of its options.
struct Found<'a> {
    board: &'a TextBoard,
    row: usize,
    digests: Vec<Digest>,
    point: OpenPoint,
}

impl Board {
    /// The open points that have more than one wording on record, and what is said of preferences over them.
    #[must_use]
    pub fn stakes(&self) -> Stakes {
        let (mut found, mut left_out) = (Vec::new(), Vec::new());
        for board in self.texts.values() {
            if board.text.kind == TextKind::Main || self.required(board) == Some(true) {
                self.points_at_stake(board, &mut found, &mut left_out);
            }
        }
        let first = found.first().map(|found| found.point.text.clone());
        let several = found
            .iter()
            .any(|found| Some(&found.point.text) != first.as_ref());
        for own in &mut found {
            own.point.id = match several {
                true => format!("{}#{}", own.point.text, own.point.path),
                false => own.point.path.clone(),
            };
        }
        self.draw_red_lines(&mut found);
        let preferences = self.stated(&found);
        let parties = self.seats.iter().map(|seat| &seat.id).filter(|seat| {
            let mut texts = found.iter().map(|found| &found.board.text.parties);
            texts.any(|parties| parties.contains(seat))
        });
        Stakes {
            parties: parties.cloned().collect(),
            points: found.into_iter().map(|found| found.point).collect(),
            left_out,
            preferences,
        }
    }

    fn points_at_stake<'a>(
        &'a self,
        board: &'a TextBoard,
        found: &mut Vec<Found<'a>>,
        left_out: &mut Vec<LeftOutPoint>,
    ) {
        let Some(sheet) = board.shelf.latest.map(|latest| &board.shelf.sheets[latest]) else {
            return;
        };
        let proposals = self.proposals(board, left_out);
        for (row, own) in board.table.rows.iter().enumerate() {
            let path = sheet.issued.draft.provisions()[row].path.clone();
            let mut aside = |because: String| {
                left_out.push(LeftOutPoint {
                    about: format!("{}#{path}", sheet.name),
                    because,
                });
            };
            let mut options = match kept_readings(board, &sheet.issued, row) {
                Ok(options) => options,
                Err(because) => {
                    aside(because);
                    continue;
                }
            };
            let open = options.len();
            let mut because = Vec::new();
            if open > 1 {
                because.push(format!("its brackets leave {open} readings"));
            } else if own.in_bracket {
                if own.own == PointStatus::Disputed {
                    aside("it stands in a bracket that is opened or closed in another provision: what could stand instead is not told".to_owned());
                }
                continue;
            }
            for position in proposals.get(&row).into_iter().flatten() {
                because.push(self.add_proposal(position, &mut options));
            }
            if options.len() < 2 {
                if own.own == PointStatus::Disputed {
                    aside("it is disputed, and nobody has put other words on record".to_owned());
                }
                continue;
            }
            if own.placeholder {
                aside("its words hold a place for text to come".to_owned());
                continue;
            }
            let (digests, options) = options.into_iter().unzip();
            found.push(Found {
                board,
                row,
                digests,
                point: OpenPoint {
                    id: String::new(),
                    text: board.text.id.clone(),
                    draft: sheet.name.clone(),
                    words: first_words(&sheet.issued.draft.provisions()[row].wording),
                    path,
                    options,
                    because,
                },
            });
        }
    }

    /// Puts what a proposal asks for among the options of a point, and says so.
    fn add_proposal(&self, position: &Standing, options: &mut Vec<(Digest, OpenOption)>) -> String {
        let (act, words) = (&position.act, proposed_words(position).unwrap_or_default());
        let digest = digest(words);
        let place = options.iter().position(|(own, _)| *own == digest);
        let seat = self.seat_name(&act.seat);
        let name = match place {
            Some(place) => options[place].1.name.clone(),
            None => {
                options.push((
                    digest,
                    OpenOption {
                        name: act.id.to_string(),
                        words: words.split_whitespace().collect::<Vec<_>>().join(" "),
                        acts: Vec::new(),
                        by: Vec::new(),
                        current: false,
                        red_lines: Vec::new(),
                    },
                ));
                act.id.to_string()
            }
        };
        let place = place.unwrap_or(options.len() - 1);
        let option = &mut options[place].1;
        option.acts.push(act.id.clone());
        if !option.by.contains(&act.seat) {
            option.by.push(act.seat.clone());
        }
        match (words.is_empty(), *name == *act.id.as_str()) {
            (true, _) => format!("{seat} proposes that it goes ({})", act.id),
            (false, true) => format!("{seat} proposes other words ({})", act.id),
            (false, false) => format!("{seat} proposes option {name} ({})", act.id),
        }
    }

    /// The proposals of wording that count, by the provision of the latest draft that they are on.
    fn proposals<'a>(
        &'a self,
        board: &'a TextBoard,
        left_out: &mut Vec<LeftOutPoint>,
    ) -> BTreeMap<usize, Vec<&'a Standing>> {
        let mut by_row: BTreeMap<usize, Vec<&Standing>> = BTreeMap::new();
        let proposes = |position: &&Standing| {
            position.stance == StanceKind::Propose && position.void.is_none()
        };
        for position in board.table.in_time(proposes) {
            match self.place_of_proposal(board, position) {
                Ok(row) => by_row.entry(row).or_default().push(position),
                Err(because) => left_out.push(LeftOutPoint {
                    about: position.act.id.to_string(),
                    because,
                }),
            }
        }
        by_row
    }

    /// The one provision whose words a proposal would change, or why it is not weighed.
    fn place_of_proposal(&self, board: &TextBoard, position: &Standing) -> Result<usize, String> {
        let (sheet, index) = match &position.scope {
            Scope::Insertion(_) => {
                return Err(
                    "it proposes a new provision: put into a draft in brackets it can be weighed"
                        .to_owned(),
                );
            }
            Scope::Provisions(sheet, named) => match named.as_slice() {
                [(index, _)] => (*sheet, *index),
                _ => return Err("it proposes one wording for several provisions".to_owned()),
            },
            Scope::Whole(_) | Scope::Text => {
                return Err("it proposes one wording for the whole".to_owned());
            }
        };
        if proposed_words(position).is_none() {
            return Err("it proposes a place, not words".to_owned());
        }
        let now = board.shelf.sheets[sheet].to_latest.successors.get(index);
        let Some(row) = now.and_then(|now| now.first()).copied() else {
            return Err("what it would change is gone".to_owned());
        };
        let party = board
            .text
            .parties
            .iter()
            .position(|party| *party == position.act.seat);
        let counts = |party: usize| {
            let cell = board.table.cell(party, row);
            let mut leading = cell.positions.iter();
            leading.any(|own| board.table.positions[*own].act.id == position.act.id)
        };
        match party.is_none_or(counts) {
            true => Ok(row),
            false => Err("its seat has taken another position on this provision since".to_owned()),
        }
    }

    /// Puts the red lines of parties on the options that they are on: objections to one reading, or to the words as they
    /// stand.
    fn draw_red_lines(&self, found: &mut [Found<'_>]) {
        for own in found {
            let table = &own.board.table;
            let parties = 0..own.board.text.parties.len();
            let leading = parties.flat_map(|party| &table.cell(party, own.row).positions);
            let leading: BTreeSet<usize> = leading.copied().collect();
            let positions = leading.iter().map(|index| &table.positions[*index]);
            let red_lines = positions.filter(|position| {
                let red = match &position.act.deed {
                    Deed::Stance(stance) => stance.red_line,
                    _ => false,
                };
                red && position.stance == StanceKind::Object && position.void.is_none()
            });
            for position in red_lines {
                let seat = &position.act.seat;
                let Scope::Provisions(sheet, named) = &position.scope else {
                    continue;
                };
                let sheet = &own.board.shelf.sheets[*sheet];
                let here = named.iter().map(|(index, _)| *index).find(|index| {
                    let now = sheet.to_latest.successors.get(*index);
                    now.is_some_and(|now| now.contains(&own.row))
                });
                let wording = here.and_then(|index| {
                    let reading = position.readings.get(&index);
                    reading.or(sheet.digests.get(index)).copied()
                });
                let option = wording.and_then(|wording| {
                    let mut digests = own.digests.iter();
                    digests.position(|other| *other == wording)
                });
                if let Some(option) = option {
                    own.point.options[option].red_lines.push(RedLineOn {
                        seat: seat.clone(),
                        act: position.act.id.clone(),
                    });
                }
            }
        }
    }

    /// What acts that the viewer can see say of preferences.
    fn stated(&self, found: &[Found<'_>]) -> Vec<Stated> {
        let acts = self.state.other_acts();
        let counts = |act: &Act| {
            let denied = self.state.last_words(act.id.as_str()).into_iter();
            !self.state.is_withdrawn(act)
                && !denied
                    .filter(|answer| answer.seat == act.seat)
                    .any(|answer| matches!(answer.deed, Deed::Deny(_)))
        };
        let stated = acts.filter_map(|act| match &act.deed {
            Deed::Preference(deed) if counts(act) => Some(self.state_preference(act, deed, found)),
            _ => None,
        });
        stated.collect()
    }

    fn state_preference(&self, act: &Act, deed: &Preference, found: &[Found<'_>]) -> Stated {
        let mut stated = Stated {
            party: deed.party.clone().unwrap_or_else(|| act.seat.clone()),
            by: act.seat.clone(),
            act: act.id.clone(),
            on: act.on.clone(),
            rankings: Vec::new(),
            swaps: Vec::new(),
            reservation: deed.reservation.clone(),
            lapsed: Vec::new(),
        };
        let find = |point: &str, name: &str| self.find_option(act, deed, (point, name), found);
        for ranking in &deed.ranking {
            let order = ranking.order.iter().map(|name| find(&ranking.point, name));
            match order.collect::<Result<Vec<_>, String>>() {
                Ok(order) => {
                    let tied = ranking.order.iter().map(|name| ranking.ties.contains(name));
                    let Some((point, _)) = order.first().copied() else {
                        continue;
                    };
                    stated.rankings.push(StatedRanking {
                        point,
                        tied: tied.collect(),
                        order: order.into_iter().map(|(_, option)| option).collect(),
                    });
                }
                Err(why) => stated
                    .lapsed
                    .push(format!("the ranking of {}: {why}", ranking.point)),
            }
        }
        for (number, swap) in deed.swaps.iter().enumerate() {
            let side = |side: &[crate::act::OptionOf]| {
                let named = side.iter().map(|named| find(&named.point, &named.option));
                named.collect::<Result<Vec<_>, String>>()
            };
            match side(&swap.rather).and_then(|rather| Ok((rather, side(&swap.than)?))) {
                Ok((rather, than)) => stated.swaps.push(StatedSwap {
                    rather,
                    than,
                    same: swap.same,
                }),
                Err(why) => stated.lapsed.push(format!("swap {}: {why}", number + 1)),
            }
        }
        stated
    }

    /// The place of a point and an option that an act names, where it still is one.
    fn find_option(
        &self,
        act: &Act,
        deed: &Preference,
        (path, name): (&str, &str),
        found: &[Found<'_>],
    ) -> Result<(usize, usize), String> {
        let here = self.texts.values().find_map(|board| {
            let sheet = board
                .shelf
                .find(&deed.draft, &act.seat, &act.room, &self.state)?;
            Some((board, &board.shelf.sheets[sheet]))
        });
        let (board, sheet) = here.ok_or_else(|| format!("{} is not known here", deed.draft))?;
        let target = sheet.issued.draft.find_target(path);
        let index = target
            .map_err(|_| format!("{} has no {path}", deed.draft))?
            .index;
        let now = sheet.to_latest.successors.get(index);
        let now = now.map_or(&[][..], Vec::as_slice);
        let place = found
            .iter()
            .position(|own| std::ptr::eq(own.board, board) && now.contains(&own.row))
            .ok_or_else(|| format!("{path} is not open with options now"))?;
        let wanted = match OptionName::of(name) {
            OptionName::Text => sheet.digests.get(index).copied(),
            OptionName::Reading(reading) => sheet.issued.reading_digest(index, &reading).ok(),
            OptionName::Proposal(id) => {
                let proposal = self.state.acts.get(&id);
                let words = proposal.and_then(|act| match &act.deed {
                    Deed::Stance(stance) => stance.wording.as_deref(),
                    _ => None,
                });
                words.map(digest)
            }
        };
        let wanted = wanted.ok_or_else(|| format!("{name} is no option of {path}"))?;
        let mut options = found[place].digests.iter();
        let option = options.position(|own| *own == wanted);
        option
            .map(|option| (place, option))
            .ok_or_else(|| format!("the words of {name} are no option of {path} now"))
    }
}

/// The words that a proposal asks for.
fn proposed_words(position: &Standing) -> Option<&str> {
    match &position.act.deed {
        Deed::Stance(stance) => stance.wording.as_deref(),
        _ => None,
    }
}

fn digest(words: &str) -> Digest {
    Digest::of_wording(&normal_form(words))
}

/// The readings of a provision of the latest draft, as they were told before.
fn kept_readings(board: &TextBoard, issued: &IssuedDraft, row: usize) -> Readings {
    let mut kept = board.kept.readings.borrow_mut();
    kept.entry(row)
        .or_insert_with(|| readings(issued, row))
        .clone()
}

/// Every reading of a provision with its digest; of one without open brackets its words as they stand.
fn readings(issued: &IssuedDraft, row: usize) -> Readings {
    let (mut found, mut waiting) = (Vec::new(), vec![Vec::new()]);
    while let Some(selection) = waiting.pop() {
        match issued.reading(row, &selection) {
            Err(ReadingError::Missing { alternatives, .. }) => {
                let more = (1..=alternatives).rev();
                waiting.extend(more.map(|given| [selection.as_slice(), &[given]].concat()));
            }
            // A bracket that is not closed here is told apart by who asks.
            Err(_) => {
                return Err(
                    "a bracket is not closed in it, or not opened: its readings cannot be told"
                        .to_owned(),
                );
            }
            Ok(words) => found.push((selection, words)),
        }
        if found.len() + waiting.len() > OPTIONS {
            return Err(format!(
                "its brackets leave more than {OPTIONS} readings: take some of them out of brackets, or apart"
            ));
        }
    }
    let mut options: Vec<(Digest, OpenOption)> = Vec::new();
    for (selection, words) in found {
        let Ok(digest) = issued.reading_digest(row, &selection) else {
            continue;
        };
        let name: Vec<String> = selection.iter().map(ToString::to_string).collect();
        let as_it_stands = selection.is_empty();
        // Two ways to choose may read the same.
        if options.iter().all(|(own, _)| *own != digest) {
            options.push((
                digest,
                OpenOption {
                    name: if as_it_stands {
                        "text".to_owned()
                    } else {
                        name.join(".")
                    },
                    words: words.split_whitespace().collect::<Vec<_>>().join(" "),
                    acts: Vec::new(),
                    by: Vec::new(),
                    current: as_it_stands,
                    red_lines: Vec::new(),
                },
            ));
        }
    }
    Ok(options)
}
