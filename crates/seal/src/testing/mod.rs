//! Invented processes for tests, benches and fuzzing: sites that write acts, exchange pouches and export records, all
//! from one number, so that a failing case repeats.

mod site;

use serde_json::json;

use crate::envelope::ProcessId;
use crate::says::PLENARY;
pub use site::{Site, clock};

/// A stream of numbers that its seed fixes: `SplitMix64`.
/// Source: Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", 2014.
#[derive(Debug, Clone)]
pub struct Numbers(u64);

impl Numbers {
    /// The stream of this seed.
    #[must_use]
    pub fn new(seed: u64) -> Numbers {
        Numbers(seed)
    }

    /// A number below `limit`; 0 where that is 0.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^= mixed >> 31;
        let limit = u64::try_from(limit).unwrap_or(u64::MAX);
        usize::try_from(mixed.checked_rem(limit).unwrap_or(0)).unwrap_or(0)
    }

    /// The list in another order.
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for index in (1..list.len()).rev() {
            list.swap(index, self.below(index + 1));
        }
    }
}

/// The caucus of the mediator with a party.
#[must_use]
pub fn caucus(party: &str) -> String {
    format!("caucus-{party}")
}

/// A founded process: the mediator's site, which founded it, and one site for each of two parties. All are bound, all
/// have the plenary, and each party has its caucus with the mediator.
#[must_use]
pub fn process() -> Vec<Site> {
    process_of(ProcessId([0x51; 16]))
}

/// As [`process()`], under this name.
#[must_use]
pub fn process_of(process: ProcessId) -> Vec<Site> {
    let mut mediator = Site::new("mediator", 0, process);
    let mut parties = [
        Site::new("sahrel", 1, process),
        Site::new("thessa", 2, process),
    ];
    mediator.write(
        PLENARY,
        json!({"kind": "process", "title": "Talks on the Lower Ford", "seats": ["mediator", "sahrel", "thessa"]}),
    );
    let own = mediator.binding(None);
    mediator.write(PLENARY, own);
    for party in &parties {
        mediator.write(PLENARY, party.binding(None));
        let members = json!(["mediator", party.seat]);
        let room = caucus(&party.seat);
        mediator.write(&room, json!({"kind": "room", "members": members}));
    }
    for party in &mut parties {
        party.take_from(&mediator);
    }
    let [one, other] = parties;
    vec![mediator, one, other]
}

/// Lets the sites of a process write so many acts, now and then taking in what another has, with a few contents,
/// erasures and persons' own signatures among them.
pub fn talk(sites: &mut [Site], acts: usize, numbers: &mut Numbers) {
    for index in 0..acts {
        let who = numbers.below(sites.len());
        if numbers.below(3) == 0 {
            let from = numbers.below(sites.len());
            exchange(sites, from, who);
        }
        if let Some(site) = sites.get_mut(who) {
            speak(site, index, numbers);
        }
    }
}

/// One site takes in everything that another has of the rooms that both sit in.
pub fn exchange(sites: &mut [Site], from: usize, to: usize) {
    if from != to
        && let Some(sender) = sites.get(from).cloned()
        && let Some(receiver) = sites.get_mut(to)
    {
        receiver.take_from(&sender);
    }
}

fn speak(site: &mut Site, index: usize, numbers: &mut Numbers) {
    let party = ["sahrel", "thessa"][numbers.below(2)];
    let room = match numbers.below(4) {
        0 => PLENARY.to_owned(),
        1 => format!("chamber-{}", site.seat),
        _ if site.seat == "mediator" => caucus(party),
        _ => caucus(&site.seat),
    };
    match numbers.below(8) {
        0 => {
            let wording = format!(
                "Article {index}. The ferry at the Lower Ford runs daily. Пункт 😀 \"{index}\""
            );
            let content = site.keep(wording.into_bytes());
            site.write(
                &room,
                json!({"kind": "issue", "draft": format!("d{index}"), "contents": [content]}),
            );
        }
        1 => {
            let act = site.write(&room, json!({"kind": "note", "words": "to be erased"}));
            site.erase(&act);
        }
        2 => {
            site.write_as_person(&room, json!({"kind": "initial", "draft": "v1"}));
        }
        3 if site.seat == "mediator" => {
            site.write_for(
                party,
                &room,
                json!({"kind": "object", "on": "v1#4", "words": "never — никогда"}),
            );
        }
        _ => {
            site.write(
                &room,
                json!({"kind": "position", "on": "v1#3", "stance": "accept", "number": index, "nothing": null}),
            );
        }
    }
}
