//! What the three seats do: an invented process on a ford, its drafts, and one act after the other as chance has it.
//!
//! Every word that is said bears the name of its room, so that a word in the wrong place is found.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::SEATS;
use super::plain::Said;
use super::site::{MARK, caucus};
use crate::prng::Chance;

/// The blocks, as the mediator imports them before anybody else has heard of the process.
pub(super) const DOSSIER: &str = r#"
[process]
id = "lower-ford"
title = "Talks on the Lower Ford"
pen_holder = "mediator"

[[seat]]
id = "mediator"
name = "The mediator"
role = "mediator"
[[seat]]
id = "sahrel"
name = "Sahrel"
role = "party"
[[seat]]
id = "thessa"
name = "Thessa"
role = "party"

[[person]]
id = "kelder"
name = "Jonne Kelder"
seat = "mediator"
level = "envoy"
powers = "negotiate"
[[person]]
id = "elhan"
name = "Nadir Elhan"
seat = "sahrel"
level = "leader"
powers = ["negotiate", "accept"]
[[person]]
id = "tolan"
name = "Samira Tolan"
seat = "sahrel"
level = "negotiator"
powers = ["negotiate", "accept-ad-ref"]
[[person]]
id = "dorvat"
name = "Milena Dorvat"
seat = "thessa"
level = "leader"
powers = ["negotiate", "accept"]
[[person]]
id = "reskin"
name = "Anton Reskin"
seat = "thessa"
level = "negotiator"
powers = "negotiate"

[[room]]
id = "caucus-sahrel"
members = ["mediator", "sahrel"]
[[room]]
id = "caucus-thessa"
members = ["mediator", "thessa"]

[[text]]
id = "ford"
title = "Agreement on the Lower Ford"
kind = "main"
[[text]]
id = "letter-sahrel"
title = "Letter to Sahrel"
kind = "side"
required = true
parties = ["mediator", "sahrel"]
[[text]]
id = "letter-thessa"
title = "Letter to Thessa"
kind = "side"
parties = ["mediator", "thessa"]
linked_to = "f2#3"

[[draft]]
id = "f1"
text = "ford"
file = "f1.md"
on = "2031-02-20"
[[draft]]
id = "f2"
text = "ford"
file = "f2.md"
base = "f1"
on = "2031-03-05"
[[draft]]
id = "f3"
text = "ford"
file = "f3.md"
base = "f2"
on = "2031-03-12"
[[draft]]
id = "working-1"
text = "ford"
file = "working-1.md"
base = "f3"
on = "2031-03-15"
[[draft]]
id = "letter-sahrel-1"
text = "letter-sahrel"
file = "letter-sahrel.md"
[[draft]]
id = "letter-thessa-1"
text = "letter-thessa"
file = "letter-thessa.md"

[[act]]
id = "met-sahrel"
kind = "session"
room = "caucus-sahrel"
by = "kelder"
format = "bilateral"
participants = ["mediator", "elhan", "tolan"]
state = "held"
on = "2031-02-21"
[[act]]
id = "met-thessa"
kind = "session"
room = "caucus-thessa"
by = "kelder"
format = "bilateral"
participants = ["mediator", "dorvat", "reskin"]
state = "held"
on = "2031-02-22"
[[act]]
id = "summit-gate"
kind = "gate"
room = "plenary"
by = "mediator"
event = "summit"
participants = ["sahrel", "thessa"]
rules = ['text["ford"].open.max <= 3', 'process.stage == "final"']
on = "2031-02-23"
"#;

const DRAFTS: [(&str, &str); 7] = [
    (
        "f1.md",
        "1. The ford is open to both banks.\n2. The ferry runs daily.\n   (a) It carries goods.\n   (b) It carries persons.\n\
         3. The toll is shared in equal parts.\n4. The mill on the island works in both seasons.\n\
         5. Fishing is free above the weir.\n6. A commission of both banks watches over this.\n",
    ),
    (
        "f2.md",
        "1. The ford is open to both banks.\n2. The ferry runs daily.\n   (a) It carries goods and cattle.\n   (b) It carries persons.\n\
         3. The toll is shared [in equal parts] [by the length of each bank].\n4. Fishing is free above the weir.\n\
         5. The mill on the island works in both seasons, and pays no toll.\n6. A commission of both banks watches over this.\n\
         7. The commission meets at the ford.\n",
    ),
    (
        "f3.md",
        "1. The ford is open to both banks.\n2. The ferry runs daily.\n   (a) It carries goods and cattle.\n   (b) It carries persons.\n\
         3. The toll is shared by the length of each bank.\n4. Fishing is free above the weir, but in spring.\n\
         5. The mill on the island works in both seasons, and pays no toll.\n\
         6. A commission of both banks watches over this. The commission meets at the ford.\n",
    ),
    (
        "working-1.md",
        "1. The ford is open to both banks. marked-for-chamber-mediator.\n2. The ferry runs daily.\n3. There is no toll.\n",
    ),
    (
        "letter-sahrel.md",
        "1. The mediator answers for the ferry. marked-for-caucus-sahrel.\n2. The ferry has two boats.\n",
    ),
    (
        "letter-thessa.md",
        "1. The mediator answers for the mill. marked-for-caucus-thessa.\n2. The mill has two wheels.\n",
    ),
    (
        "found.md",
        "1. The ford is open to both banks.\n2. The ferry runs daily.\n   (a) It carries goods.\n   (b) It carries persons.\n\
         3. The toll is shared in equal parts.\n4. The mill on the island stands still in winter.\n\
         5. Fishing is free above the weir.\n6. A commission of both banks watches over this.\n",
    ),
];

/// The files that the dossier and the acts name.
pub(super) fn files() -> BTreeMap<String, Vec<u8>> {
    DRAFTS
        .iter()
        .map(|(name, words)| ((*name).to_owned(), words.as_bytes().to_vec()))
        .collect()
}

/// The seat that a person acts for, or the seat itself.
pub(super) fn seat_of(by: &str) -> &str {
    match by {
        "kelder" => SEATS[0],
        "elhan" | "tolan" => SEATS[1],
        "dorvat" | "reskin" => SEATS[2],
        seat => seat,
    }
}

/// Who is about to write what, and where.
pub(super) struct Draw<'a> {
    pub(super) chance: &'a mut Chance,
    pub(super) seat: &'a str,
    pub(super) room: &'a str,
    /// What this site has of the room.
    pub(super) here: Vec<&'a Said>,
    /// How many acts were written before.
    pub(super) number: usize,
}

const KINDS: [&str; 6] = [
    "endorse",
    "accept",
    "accept-ad-ref",
    "reserve",
    "object",
    "propose",
];
const POINTS: [&str; 8] = ["1", "2", "2.a", "2.b", "3", "4", "5", "6"];
const TYPES: [&str; 5] = ["language", "level", "time", "substance", "dependency"];

impl Draw<'_> {
    /// One act by its fields. Some of them their author is refused: that is as it should be.
    pub(super) fn act(mut self) -> Map<String, Value> {
        let mut fields = match self.seat == SEATS[0] {
            true => self.of_the_mediator(),
            false => self.of_a_party(),
        };
        let by = fields.remove("by").unwrap_or_else(|| json!(self.seat));
        fields.insert("by".to_owned(), by);
        fields.insert("room".to_owned(), json!(self.room));
        fields.insert("recorded_by".to_owned(), json!(self.seat));
        fields.insert("on".to_owned(), json!(self.day()));
        fields
    }

    fn words(&self) -> String {
        format!("{MARK}{}. {} of {}", self.room, self.number, self.seat)
    }

    fn day(&mut self) -> String {
        let day = (1 + self.number * 27 / super::ACTS)
            .saturating_sub(self.chance.below(3))
            .clamp(1, 28);
        match self.chance.below(20) {
            0 => "2031-03".to_owned(),
            1 => format!("2031-03-{day:02}/2031-03-{:02}", day + 2),
            2..=5 => format!("2031-03-{day:02}T{:02}:30:00Z", self.chance.below(24)),
            _ => format!("2031-03-{day:02}"),
        }
    }

    fn one<'s>(&mut self, of: &[&'s str]) -> &'s str {
        of.get(self.chance.below(of.len()))
            .copied()
            .unwrap_or_default()
    }

    /// A draft that may be known in the room.
    fn draft(&mut self) -> &'static str {
        let letters = match self.room {
            "caucus-sahrel" | "chamber-sahrel" => ["letter-sahrel-1"],
            "caucus-thessa" | "chamber-thessa" => ["letter-thessa-1"],
            _ => ["f1"],
        };
        match self.chance.below(4) {
            0 => letters[0],
            _ => self.one(&["f1", "f2", "f3"]),
        }
    }

    /// A draft and a provision that it has.
    fn place(&mut self) -> (&'static str, &'static str) {
        let draft = self.draft();
        (draft, self.point(draft))
    }

    fn point(&mut self, draft: &str) -> &'static str {
        match draft.starts_with("letter") {
            true => self.one(&["1", "2"]),
            false => self.one(&POINTS),
        }
    }

    /// An act of this room that passes, by its digest.
    fn earlier(&mut self, passes: impl Fn(&Said) -> bool) -> Option<String> {
        let fitting: Vec<&str> = self
            .here
            .iter()
            .filter(|said| passes(said))
            .map(|said| said.id.as_str())
            .collect();
        self.chance.pick(&fitting).map(|id| (*id).to_owned())
    }

    fn of_the_mediator(&mut self) -> Map<String, Value> {
        let other = self.room.strip_prefix("caucus-");
        let parties: Vec<&str> = match other {
            Some(party) => vec![party],
            None => SEATS[1..].to_vec(),
        };
        let all: Vec<&str> = std::iter::once(SEATS[0])
            .chain(parties.iter().copied())
            .collect();
        let words = self.words();
        let fields = match self.chance.below(15) {
            0..=3 => json!({"kind": "deliver", "draft": self.draft(), "to": parties,
                "channel": self.one(&["official", "unofficial"])}),
            4 if other.is_some() => return self.position(parties[0], parties[0]),
            5 => {
                json!({"kind": "statement", "speaker": "a spokesman", "attribution": "anonymous", "words": words,
                "claims": [{"id": format!("claim-{}", self.number), "what": "open-points", "value": "few"}]})
            }
            6 => {
                json!({"kind": "understanding", "between": all, "form": "oral", "condition_for": [parties[0]],
                "tenets": [{"id": format!("tenet-{}", self.number), "words": words}]})
            }
            7 => {
                json!({"kind": "reply-due", "from": parties[0], "text": "ford", "due": "2031-04-01"})
            }
            8 => {
                json!({"kind": "session", "format": "shuttle", "participants": all, "by": "kelder",
                "state": self.one(&["proposed", "confirmed", "held", "cancelled"]), "when": "2031-03-30"})
            }
            9 => match self.earlier(|said| said.kind == "stance" && said.says("stance", "propose"))
            {
                Some(of) => {
                    json!({"kind": "dispose", "of": of, "outcome": self.one(&["not-taken", "deferred"]), "reason": words})
                }
                None => json!({"kind": "question", "words": words}),
            },
            10 => match self.earlier(|said| said.kind == "understanding") {
                Some(of) => json!({"kind": "minute", "of": of, "words": words}),
                None => json!({"kind": "note", "words": words}),
            },
            11 if other.is_some() => {
                json!({"kind": "convey", "words": words, "manner": "unattributed", "to": parties})
            }
            12 => {
                let (draft, point) = self.place();
                json!({"kind": "bracket", "draft": draft, "points": [point], "reason": "language",
                "requested_by": [parties[0]]})
            }
            13 => {
                json!({"kind": "note", "words": words, "about": [format!("{}#3", self.one(&["f1", "f2", "f3"]))]})
            }
            _ => return self.confirm_or_note(),
        };
        object(fields)
    }

    fn of_a_party(&mut self) -> Map<String, Value> {
        let words = self.words();
        let (seat, persons) = (self.seat.to_owned(), self.persons());
        let fields = match self.chance.below(20) {
            0..=8 => {
                let by = self
                    .one(&[seat.as_str(), persons[0], persons[1]])
                    .to_owned();
                return self.position(&seat, &by);
            }
            9 | 10 => match self.earlier(|said| said.seat == seat) {
                Some(of) => json!({"kind": "withdraw", "of": of}),
                None => json!({"kind": "note", "words": words}),
            },
            11 => json!({"kind": "acknowledge", "draft": self.draft(), "channel": "official"}),
            12 if self.room == caucus(&seat) => {
                json!({"kind": "acknowledge", "text": "ford", "file": "found.md",
                "draft": format!("found-{}", self.number), "channel": "unofficial"})
            }
            13 => json!({"kind": "reply", "draft": self.draft(), "formal": true}),
            14 => match self.earlier(|said| said.seat == seat && said.kind == "stance") {
                Some(of) => json!({"kind": "release", "of": of, "class": "pass", "to": [SEATS[0]]}),
                None => json!({"kind": "question", "words": words}),
            },
            15 => {
                let (draft, point) = self.place();
                json!({"kind": "red-line", "words": words, "draft": draft, "points": [point]})
            }
            16 => match self.earlier(|said| said.kind == "understanding") {
                Some(of) => json!({"kind": "minute", "of": of, "words": words}),
                None => json!({"kind": "note", "words": words, "by": persons[0]}),
            },
            17 => {
                json!({"kind": "statement", "speaker": "a minister", "attribution": "on-record", "words": words,
                "claims": [{"id": format!("claim-{}", self.number), "what": "deadline", "value": "none"}]})
            }
            _ => return self.confirm_or_note(),
        };
        object(fields)
    }

    fn persons(&self) -> [&'static str; 2] {
        match self.seat == SEATS[1] {
            true => ["elhan", "tolan"],
            false => ["dorvat", "reskin"],
        }
    }

    fn confirm_or_note(&mut self) -> Map<String, Value> {
        let words = self.words();
        let kind = self.one(&["confirm", "deny"]).to_owned();
        let fields = match self.earlier(|said| said.kind != "withdraw") {
            Some(of) => json!({"kind": kind, "of": of, "as": "read-back"}),
            None => json!({"kind": "note", "words": words}),
        };
        object(fields)
    }

    /// A position of a seat, also one that another seat writes down.
    fn position(&mut self, seat: &str, by: &str) -> Map<String, Value> {
        let copies: Vec<&str> = self
            .here
            .iter()
            .filter(|said| said.seat == seat && said.fields.contains_key("file"))
            .filter_map(|said| said.fields.get("draft")?.as_str())
            .collect();
        let copy = self.chance.pick(&copies).map(|name| (*name).to_owned());
        let draft = match copy {
            Some(copy) if self.chance.below(6) == 0 => copy,
            _ => self.draft().to_owned(),
        };
        let stance = self.one(&KINDS);
        let points = match self.chance.below(8) {
            0 if stance != "propose" => json!("whole"),
            1 => json!([self.point(&draft), self.point(&draft)]),
            _ => json!([self.point(&draft)]),
        };
        let mut fields = object(
            json!({"kind": "stance", "by": by, "draft": draft, "points": points, "stance": stance}),
        );
        let mut put = |name: &str, value: Value| drop(fields.insert(name.to_owned(), value));
        match stance {
            "propose" => put("wording", json!(format!("{}.", self.words()))),
            "object" | "reserve" => {
                put("type", json!(self.one(&TYPES)));
                put("interest", json!(self.words()));
                put("red_line", json!(self.chance.below(4) == 0));
            }
            _ => {}
        }
        fields
    }
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(fields) => fields,
        _ => Map::new(),
    }
}
