//! "What could all live with, of what is open here?": the terms of a package study from a process.
//!
//! The points are those that are open with more than one wording on record; what each option is worth comes from orders and
//! swaps, as far as the viewer's rooms hold them. A party's own word goes before an estimate of it, a later word before an
//! earlier one. What is left out is said, with the reason.

use std::collections::BTreeMap;

use onetext_bargain::{
    Choice, Clash, Fraction, Issue, Order, Party, Rule, Spread, Swap, Terms, agrees, valued,
};
use onetext_paper::packages::{FromProcess, Preferred};
use onetext_talks::{LeftOutPoint, SeatId, Stakes, Stated, StatedRanking, StatedSwap, hundredths};

use crate::error::DeskError;

/// The terms, what can be told of where they come from, and how uncertain each number is.
pub(crate) struct Drawn {
    pub(crate) terms: Terms,
    pub(crate) spread: Spread,
    pub(crate) told: FromProcess,
}

/// Draws terms from what is at stake.
pub(crate) fn draw(stakes: Stakes) -> Result<Drawn, DeskError> {
    let mut remarks = Vec::new();
    let voices: Vec<Voice<'_>> = stakes
        .parties
        .iter()
        .filter_map(|party| Voice::of(party, &stakes, &mut remarks))
        .collect();
    let mut left_out = stakes.left_out.clone();
    let weighed = weighed(&stakes, &voices, &mut left_out);
    if voices.is_empty() || weighed.is_empty() {
        return Err(DeskError::NothingToWeigh {
            because: nothing(&stakes, &voices),
            others: left_out
                .iter()
                .map(|left| format!("{}: {}", left.about, left.because))
                .collect(),
        });
    }
    let mut parties = Vec::new();
    let (mut least, mut most, mut preferred) = (Vec::new(), Vec::new(), Vec::new());
    for voice in &voices {
        let drawn = voice.draw(&stakes, &weighed)?;
        remarks.extend(drawn.set_aside);
        preferred.push(Preferred {
            party: voice.party.clone(),
            own: voice.acts(true),
            estimated: voice.acts(false),
        });
        least.push((drawn.least, drawn.reservation.0));
        most.push((drawn.most, drawn.reservation.2));
        parties.push(Party {
            id: voice.party.to_string(),
            reservation: drawn.reservation.1,
            values: drawn.values,
            links: Vec::new(),
        });
    }
    let issues = weighed.iter().map(|point| {
        let point = &stakes.points[*point];
        Issue {
            id: point.id.clone(),
            options: point.options.iter().map(|own| own.name.clone()).collect(),
        }
    });
    let terms = Terms {
        issues: issues.collect(),
        parties,
        rules: red_lines(&stakes, &weighed, &mut remarks),
    };
    let (least, most) = (with_values(&terms, &least), with_values(&terms, &most));
    let points = weighed.iter().map(|point| stakes.points[*point].clone());
    Ok(Drawn {
        told: FromProcess {
            points: points.collect(),
            left_out,
            preferred,
            remarks,
        },
        spread: Spread { least, most },
        terms,
    })
}

fn with_values(terms: &Terms, values: &[(Vec<Vec<Fraction>>, Fraction)]) -> Vec<Party> {
    let parties = terms.parties.iter().zip(values);
    parties
        .map(|(party, (values, reservation))| Party {
            values: values.clone(),
            reservation: *reservation,
            ..party.clone()
        })
        .collect()
}

/// Why there is nothing to study.
fn nothing(stakes: &Stakes, voices: &[Voice<'_>]) -> String {
    if stakes.points.is_empty() {
        "no open point has more than one wording on record here".to_owned()
    } else if voices.is_empty() {
        "nobody's preferences are known here".to_owned()
    } else {
        "no open point is ranked by everybody whose preferences are known here".to_owned()
    }
}

/// The points whose every option is ranked by or for each party that is heard.
fn weighed(stakes: &Stakes, voices: &[Voice<'_>], left_out: &mut Vec<LeftOutPoint>) -> Vec<usize> {
    let whole = |point: &usize| {
        let lacking = voices.iter().filter_map(|voice| {
            let options = &stakes.points[*point].options;
            let Some((_, ranking)) = voice.rankings.get(point) else {
                return Some(format!("{} has not ranked its options", voice.party));
            };
            let missing = (0..options.len()).filter(|option| !ranking.order.contains(option));
            let missing: Vec<&str> = missing.map(|own| options[own].name.as_str()).collect();
            let names = missing.join(", ");
            (!missing.is_empty()).then(|| format!("{} has not ranked {names}", voice.party))
        });
        let lacking: Vec<String> = lacking.collect();
        if !lacking.is_empty() {
            let own = &stakes.points[*point];
            left_out.push(LeftOutPoint {
                about: format!("{}#{}", own.draft, own.path),
                because: lacking.join("; "),
            });
        }
        lacking.is_empty()
    };
    (0..stakes.points.len()).filter(whole).collect()
}

/// Options that a party will not have are out.
fn red_lines(stakes: &Stakes, weighed: &[usize], remarks: &mut Vec<String>) -> Vec<Rule> {
    let mut rules = Vec::new();
    for (issue, point) in weighed.iter().enumerate() {
        let point = &stakes.points[*point];
        for (option, own) in point.options.iter().enumerate() {
            if let Some(line) = own.red_lines.first() {
                remarks.push(format!(
                    "{} = {} is out: a red line of {} ({})",
                    point.id, own.name, line.seat, line.act
                ));
                rules.push(Rule::Forbid(vec![Choice { issue, option }]));
            }
        }
    }
    rules
}

/// What is known of one party's preferences.
struct Voice<'s> {
    party: &'s SeatId,
    /// By point: its own ranking, or failing that an estimate; of several the last.
    rankings: BTreeMap<usize, (&'s Stated, &'s StatedRanking)>,
    /// Its own swaps, then estimates, each in the order of lists.
    swaps: Vec<(&'s Stated, &'s StatedSwap)>,
    reservation: Option<(&'s Stated, &'s str)>,
}

/// What one party's options are worth.
struct Worth {
    values: Vec<Vec<Fraction>>,
    least: Vec<Vec<Fraction>>,
    most: Vec<Vec<Fraction>>,
    /// The least, the middle and the most.
    reservation: (Fraction, Fraction, Fraction),
    /// Estimates that contradict what the party says itself, as sentences.
    set_aside: Vec<String>,
}

impl<'s> Voice<'s> {
    /// What is said of a party; none where nothing is, which is remarked.
    fn of(party: &'s SeatId, stakes: &'s Stakes, remarks: &mut Vec<String>) -> Option<Voice<'s>> {
        let said = |own: bool| {
            let about = stakes.preferences.iter();
            about.filter(move |stated| stated.party == *party && (stated.by == *party) == own)
        };
        let mut voice = Voice {
            party,
            rankings: BTreeMap::new(),
            swaps: Vec::new(),
            reservation: None,
        };
        // Estimates first: what comes later takes the place of what was there.
        for stated in said(false).chain(said(true)) {
            let rankings = stated.rankings.iter().map(|own| (own.point, (stated, own)));
            voice.rankings.extend(rankings);
            let reservation = stated.reservation.as_deref().map(|words| (stated, words));
            voice.reservation = reservation.or(voice.reservation);
            remarks.extend(stated.lapsed.iter().map(|lapsed| {
                format!(
                    "of {}, by {}, no longer counts {lapsed}",
                    stated.act, stated.by
                )
            }));
        }
        for stated in said(true).chain(said(false)) {
            for swap in &stated.swaps {
                let same = |(other, own): &(&Stated, &StatedSwap)| {
                    (other.by == stated.by || other.by == *party) && same_sides(own, swap)
                };
                match voice.swaps.iter().position(same) {
                    // A later word on the same two sides takes the place of the earlier one.
                    // Within one act it contradicts itself, which is told.
                    Some(place) if voice.swaps[place].0.act == stated.act => {
                        voice.swaps.push((stated, swap));
                    }
                    Some(place) if voice.swaps[place].0.by == stated.by => {
                        voice.swaps[place] = (stated, swap);
                    }
                    Some(_) => {}
                    None => voice.swaps.push((stated, swap)),
                }
            }
        }
        if voice.rankings.is_empty() {
            remarks.push(format!("of what {party} prefers nothing is known here"));
            return None;
        }
        Some(voice)
    }

    /// The acts that what is known of it rests on: its own, or those of who estimates.
    fn acts(&self, own: bool) -> Vec<String> {
        let rankings = self.rankings.values().map(|(stated, _)| *stated);
        let swaps = self.swaps.iter().map(|(stated, _)| *stated);
        let reservation = self.reservation.iter().map(|(stated, _)| *stated);
        let mut acts: Vec<String> = rankings
            .chain(swaps)
            .chain(reservation)
            .filter(|stated| (stated.by == *self.party) == own)
            .map(|stated| stated.act.to_string())
            .collect();
        acts.sort();
        acts.dedup();
        acts
    }

    /// What the options of these points are worth to it.
    fn draw(&self, stakes: &Stakes, weighed: &[usize]) -> Result<Worth, DeskError> {
        let orders = weighed.iter().filter_map(|point| self.rankings.get(point));
        let orders: Vec<Order> = orders
            .map(|(_, ranking)| Order {
                options: ranking.order.clone(),
                tied: ranking.tied.clone(),
            })
            .collect();
        let inside = |side: &[(usize, usize)]| -> Option<Vec<Choice>> {
            let choices = side.iter().map(|(point, option)| {
                let issue = weighed.iter().position(|own| own == point)?;
                Some(Choice {
                    issue,
                    option: *option,
                })
            });
            choices.collect()
        };
        let swaps = self.swaps.iter().filter_map(|(stated, swap)| {
            let own = Swap {
                rather: inside(&swap.rather)?,
                than: inside(&swap.than)?,
                same: swap.same,
            };
            Some((*stated, *swap, own))
        });
        let (own, estimated): (Vec<_>, Vec<_>) =
            swaps.partition(|(stated, ..)| stated.by == *self.party);
        let mut kept: Vec<Swap> = own.iter().map(|(.., swap)| swap.clone()).collect();
        let mut set_aside = Vec::new();
        // Where all is estimated, estimates that contradict each other are an error like any other.
        if own.is_empty() {
            kept.extend(estimated.iter().map(|(.., swap)| swap.clone()));
        } else {
            for (stated, said, swap) in &estimated {
                kept.push(swap.clone());
                if !agrees(&orders, &kept).map_err(|clash| self.clash(&clash, stakes, &[]))? {
                    kept.pop();
                    set_aside.push(format!(
                        "set aside, since {} says otherwise: {} ({}, an estimate of {})",
                        self.party,
                        words(said, stakes),
                        stated.act,
                        stated.by
                    ));
                }
            }
        }
        let told: Vec<(&Stated, &StatedSwap)> = match own.is_empty() {
            true => estimated
                .iter()
                .map(|(stated, swap, _)| (*stated, *swap))
                .collect(),
            false => own
                .iter()
                .map(|(stated, swap, _)| (*stated, *swap))
                .collect(),
        };
        let found = valued(&orders, &kept).map_err(|clash| self.clash(&clash, stakes, &told))?;
        Ok(Worth {
            values: found.values,
            least: found.least,
            most: found.most,
            reservation: self.reservation()?,
            set_aside,
        })
    }

    fn reservation(&self) -> Result<(Fraction, Fraction, Fraction), DeskError> {
        let Some((stated, words)) = self.reservation else {
            return Ok((Fraction::ZERO, Fraction::ZERO, Fraction::ZERO));
        };
        let read = || {
            let (least, most) = hundredths(words)?;
            let (least, most) = (Fraction::decimal(least)?, Fraction::decimal(most)?);
            let middle = least.plus(most)?.over(Fraction::whole(2))?;
            Some((least, middle, most))
        };
        read().ok_or_else(|| DeskError::Preferences {
            message: format!(
                "the reservation of {} in {} is no share",
                self.party, stated.act
            ),
            told: Vec::new(),
        })
    }

    /// A contradiction in words: each swap with its act, and the rankings of the points that they are on.
    fn clash(&self, clash: &Clash, stakes: &Stakes, said: &[(&Stated, &StatedSwap)]) -> DeskError {
        let Clash::Contradiction { swaps, cycle } = clash else {
            return DeskError::Preferences {
                message: format!(
                    "the preferences of {} cannot be weighed: {clash}",
                    self.party
                ),
                told: Vec::new(),
            };
        };
        let swaps: Vec<&(&Stated, &StatedSwap)> =
            swaps.iter().filter_map(|place| said.get(*place)).collect();
        let mut told: Vec<String> = swaps
            .iter()
            .map(|(stated, swap)| format!("{} ({})", words(swap, stakes), stated.act))
            .collect();
        let mut points: Vec<usize> = swaps
            .iter()
            .flat_map(|(_, swap)| swap.rather.iter().chain(&swap.than))
            .map(|(point, _)| *point)
            .collect();
        points.sort_unstable();
        points.dedup();
        let rankings = points.iter().filter_map(|point| {
            let (stated, ranking) = self.rankings.get(point)?;
            let own = &stakes.points[*point];
            let order: Vec<&str> = ranking
                .order
                .iter()
                .map(|option| own.options[*option].name.as_str())
                .collect();
            Some(format!(
                "on {}: {} ({})",
                own.id,
                order.join(" before "),
                stated.act
            ))
        });
        if !cycle {
            told.extend(rankings);
        }
        let message = match (cycle, swaps.len()) {
            (true, _) => format!(
                "the preferences of {} go round in a circle of {} swaps",
                self.party,
                swaps.len()
            ),
            (false, 1) => format!("a swap of {} contradicts its own rankings", self.party),
            (false, _) => format!(
                "{} swaps of {} contradict each other",
                swaps.len(),
                self.party
            ),
        };
        DeskError::Preferences { message, told }
    }
}

/// Whether two swaps compare the same two parts, in whichever direction.
fn same_sides(one: &StatedSwap, other: &StatedSwap) -> bool {
    let side = |side: &[(usize, usize)]| {
        let mut side = side.to_vec();
        side.sort_unstable();
        side
    };
    let (rather, than) = (side(&one.rather), side(&one.than));
    let (others, thans) = (side(&other.rather), side(&other.than));
    (rather == others && than == thans) || (rather == thans && than == others)
}

/// A swap in words.
fn words(swap: &StatedSwap, stakes: &Stakes) -> String {
    let side = |side: &[(usize, usize)]| {
        let named = side.iter().filter_map(|(point, option)| {
            let point = stakes.points.get(*point)?;
            Some(format!(
                "{} = {}",
                point.id,
                point.options.get(*option)?.name
            ))
        });
        named.collect::<Vec<_>>().join(", ")
    };
    let between = if swap.same {
        "as good as"
    } else {
        "rather than"
    };
    format!("{} {between} {}", side(&swap.rather), side(&swap.than))
}
