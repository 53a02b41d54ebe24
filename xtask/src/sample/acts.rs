//! The acts of the sample: who was given which draft, and what everybody said on it.

use std::fmt::Write as _;

use super::Size;
use super::text::{Outline, Paths};
use crate::prng::Chance;

/// The file of a draft, by its index.
pub(super) fn file(index: usize) -> String {
    format!("{}.md", draft(index))
}

fn draft(index: usize) -> String {
    format!("d{:02}", index + 1)
}

fn seat(index: usize) -> String {
    format!("p{:03}", index + 1)
}

/// Each draft has a month of its own: issued on the first, given on the first or second, spoken on until the 28th.
pub(super) fn month(index: usize) -> String {
    format!("{}-{:02}", 2027 + index / 12, index % 12 + 1)
}

/// The blocks and acts, in the order of recording.
struct Writer<'a> {
    size: Size,
    out: String,
    acts: usize,
    chance: &'a mut Chance,
    /// Proposals and their rooms, open for an answer.
    proposals: Vec<(String, String)>,
    /// Positions with their seat and room, for read-back and withdrawal.
    taken: Vec<(String, String, String)>,
}

/// The dossier of these drafts.
pub(super) fn dossier(size: Size, drafts: &[Outline], chance: &mut Chance) -> String {
    let mut writer = Writer {
        size,
        out: String::new(),
        acts: 0,
        chance,
        proposals: Vec::new(),
        taken: Vec::new(),
    };
    writer.blocks();
    for (index, outline) in drafts.iter().enumerate() {
        writer.round(index, outline, drafts.len());
    }
    writer.out
}

/// Text as a TOML string.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

impl Writer<'_> {
    fn put(&mut self, line: &str) {
        self.out.push_str(line);
        self.out.push('\n');
    }

    fn blocks(&mut self) {
        self.put("[process]\nid = \"conference\"\ntitle = \"A conference of many delegations\"\npen_holder = \"chair\"");
        self.put("language = \"en\"\nfinal_level = \"leader\"\n");
        self.put("[[seat]]\nid = \"chair\"\nname = \"The Chair\"\nrole = \"mediator\"\n");
        for index in 0..self.size.parties {
            let id = seat(index);
            self.put(&format!(
                "[[seat]]\nid = \"{id}\"\nname = \"Delegation {}\"\nrole = \"party\"\n",
                index + 1
            ));
            self.put(&format!(
                "[[person]]\nid = \"{id}-head\"\nname = \"Head of delegation {}\"\nseat = \"{id}\"\nlevel = \"leader\"\n\
                 powers = [\"negotiate\", \"accept\", \"sign\"]\n",
                index + 1
            ));
            self.put(&format!(
                "[[room]]\nid = \"caucus-{id}\"\nmembers = [\"chair\", \"{id}\"]\n"
            ));
        }
        self.put("[[text]]\nid = \"outcome\"\ntitle = \"Draft outcome\"\nkind = \"main\"\n");
        for index in 0..self.size.drafts {
            let id = draft(index);
            self.put(&format!(
                "[[draft]]\nid = \"{id}\"\ntext = \"outcome\"\nfile = \"{id}.md\"\non = \"{}-01\"",
                month(index)
            ));
            if index > 0 {
                self.put(&format!("base = \"{}\"", draft(index - 1)));
            }
            self.put("");
        }
    }

    /// Opens an act and gives its name.
    fn act(&mut self, kind: &str, room: &str, by: &str, on: &str) -> String {
        self.acts += 1;
        let id = format!("a{:06}", self.acts);
        let _ = write!(
            self.out,
            "\n[[act]]\nid = \"{id}\"\nkind = \"{kind}\"\nroom = \"{room}\"\nby = \"{by}\"\non = \"{on}\"\n"
        );
        id
    }

    /// Everything that happens on one draft.
    fn round(&mut self, index: usize, outline: &Outline, drafts: usize) {
        let (id, month) = (draft(index), month(index));
        self.give(&id, &month);
        if index == 0 {
            self.act("gate", "public", "chair", &format!("{month}-02"));
            self.put(
                "event = \"closing session\"\nrule = \"process.stage in ['final', 'final-stage']\"",
            );
        }
        self.act("statement", "public", "chair", &format!("{month}-02"));
        self.put("attribution = \"on-record\"\nwords = \"few points remain\"");
        self.put(&format!(
            "claims = [{{ id = \"few-{id}\", what = \"open-points\", value = \"few\" }}]"
        ));
        let paths = outline.paths();
        let from = self.size.positions * index / drafts;
        let until = self.size.positions * (index + 1) / drafts;
        for number in from..until {
            let second = (number - from) * 26 * 86_400 / (until - from).max(1);
            let (day, rest) = (2 + second / 86_400, second % 86_400);
            let on = format!(
                "{month}-{day:02}T{:02}:{:02}:{:02}Z",
                rest / 3600,
                rest / 60 % 60,
                rest % 60
            );
            self.position(&id, &paths, &on);
            if self.chance.per_mille(10) {
                self.answer(&on);
            }
        }
    }

    fn give(&mut self, id: &str, month: &str) {
        for _ in 0..self.size.parties / 40 {
            let early = seat(self.chance.below(self.size.parties));
            let room = format!("caucus-{early}");
            self.act("deliver", &room, "chair", &format!("{month}-01T08:00Z"));
            self.put(&format!(
                "draft = \"{id}\"\nto = \"{early}\"\nchannel = \"unofficial\""
            ));
        }
        self.act("deliver", "plenary", "chair", &format!("{month}-01T12:00Z"));
        let all: Vec<String> = (0..self.size.parties)
            .map(|index| format!("\"{}\"", seat(index)))
            .collect();
        self.put(&format!(
            "draft = \"{id}\"\nto = [{}]\nchannel = \"official\"",
            all.join(", ")
        ));
    }

    /// One position of one party, on the whole draft, a point or a sub-item.
    fn position(&mut self, id: &str, paths: &Paths, on: &str) {
        let party = seat(self.chance.below(self.size.parties));
        let room = match self.chance.per_mille(600) {
            true => format!("caucus-{party}"),
            false => "plenary".to_owned(),
        };
        let by = match self.chance.per_mille(950) {
            true => format!("{party}-head"),
            false => party.clone(),
        };
        let reach = self.chance.below(100);
        let place = match reach {
            0 => "\"whole\"".to_owned(),
            1..=45 => format!(
                "[\"{}\"]",
                self.chance.pick(&paths.points).map_or("1", String::as_str)
            ),
            _ => format!(
                "[\"{}\"]",
                self.chance.pick(&paths.items).map_or("1", String::as_str)
            ),
        };
        let stance = match self.chance.below(100) {
            0..=54 => "accept",
            55..=64 => "accept-ad-ref",
            65..=74 => "endorse",
            75..=81 => "reserve",
            82..=93 => "object",
            _ if reach == 0 => "object",
            _ => "propose",
        };
        let name = self.act("stance", &room, &by, on);
        self.put(&format!(
            "draft = \"{id}\"\npoints = {place}\nstance = \"{stance}\""
        ));
        match stance {
            "object" | "reserve" => {
                let kinds = ["language", "level", "time", "substance", "dependency"];
                let kind = self.chance.pick(&kinds).copied().unwrap_or("substance");
                self.put(&format!("type = \"{kind}\""));
                if self.chance.per_mille(50) {
                    self.put("red_line = true");
                }
            }
            "propose" => {
                let words = format!("The parties meet each year and review {place}.");
                self.put(&format!("wording = {}", quoted(&words)));
                self.proposals.push((name.clone(), room.clone()));
            }
            _ => {}
        }
        self.taken.push((name, party, room));
    }

    /// What follows on an earlier position: read back, withdrawn, or answered by the chair.
    fn answer(&mut self, on: &str) {
        let open = self.chance.below(self.proposals.len().max(1));
        match self.chance.below(3) {
            0 if !self.proposals.is_empty() => {
                let (of, room) = self.proposals.swap_remove(open);
                self.act("dispose", &room, "chair", on);
                self.put(&format!("of = \"{of}\"\noutcome = \"not-taken\""));
            }
            1 => {
                if let Some((of, party, room)) = self.earlier() {
                    self.act("confirm", &room, &party, on);
                    self.put(&format!("of = \"{of}\"\nas = \"read-back\""));
                }
            }
            _ => {
                if let Some((of, party, room)) = self.earlier() {
                    self.act("withdraw", &room, &party, on);
                    self.put(&format!("of = \"{of}\""));
                }
            }
        }
    }

    fn earlier(&mut self) -> Option<(String, String, String)> {
        match self.taken.len() {
            0 => None,
            count => Some(self.taken.swap_remove(self.chance.below(count))),
        }
    }
}
