//! Verification: of the store as it lies, of its acts as a stranger would check them, of a record and of a pouch.

use std::collections::{BTreeMap, BTreeSet};
use std::io::BufRead;
use std::ops::ControlFlow;

use onetext_seal::{
    ActDigest, ContentDigest, Damage, Fault, Heads, Report, SignedAct, Verifier, verify_record,
};
use onetext_store::{Finding, Store, StoreError};
use serde::Serialize;

use super::record::named;
use super::{Workspace, WorkspaceError};

/// What verification found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Checked {
    /// `good`, `damaged` or `tampered`.
    pub verdict: Verdict,
    /// How many acts are good: signed, and by a site of the seat that they name.
    pub good: usize,
    /// Acts that are well signed and not known to be of the seat that they name.
    pub unknown: Vec<ActFinding>,
    /// Acts that were changed.
    pub bad: Vec<ActFinding>,
    /// Key records that were changed.
    pub bad_keys: Vec<String>,
    /// Every other damage, with its place.
    pub damages: Vec<String>,
    /// Acts of the plenary about keys that have no effect. They are no damage.
    pub without_effect: Vec<ActFinding>,
    /// How many bodies were erased.
    pub erased: usize,
    /// How many contents are what their digests say.
    pub contents: usize,
    /// How many contents were erased.
    pub contents_erased: usize,
    /// The heads of each room, for others to hold.
    pub heads: BTreeMap<String, BTreeSet<ActDigest>>,
    /// Whether it cannot be excluded that the last acts of a room were cut off, or the whole replaced.
    pub cut_not_excluded: bool,
}

/// How a verification ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Nothing is wrong.
    Good,
    /// Something is wrong, and no act or key record was changed.
    Damaged,
    /// An act or a key record was changed.
    Tampered,
}

/// An act, and what is found of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ActFinding {
    /// The act.
    pub act: ActDigest,
    /// What.
    pub what: String,
}

impl Checked {
    /// The exit status: 0 good, 1 damaged, 3 tampered.
    #[must_use]
    pub fn exit_status(&self) -> u8 {
        match self.verdict {
            Verdict::Good => 0,
            Verdict::Damaged => 1,
            Verdict::Tampered => 3,
        }
    }

    fn of(report: Report, findings: Vec<Finding>) -> Checked {
        fn list<W: ToString>(found: Vec<(ActDigest, W)>) -> Vec<ActFinding> {
            let found = found.into_iter();
            found
                .map(|(act, what)| ActFinding {
                    act,
                    what: what.to_string(),
                })
                .collect()
        }
        let cut_not_excluded = report.cannot_exclude_a_cut();
        let mut bad = list(report.bad);
        let mut damages: Vec<String> = report.damages.iter().map(ToString::to_string).collect();
        let mut bad_keys = Vec::new();
        for finding in findings {
            match finding {
                // What the store's seal finds, and the signature too, is told once.
                Finding::Act { id, what } => {
                    if !bad.iter().any(|bad| bad.act == id) {
                        bad.push(ActFinding { act: id, what });
                    }
                }
                Finding::Key { place } => bad_keys.push(place),
                Finding::Damage { place, what } => damages.push(format!("{place}: {what}")),
            }
        }
        let verdict = match (bad.is_empty() && bad_keys.is_empty(), damages.is_empty()) {
            (false, _) => Verdict::Tampered,
            (true, false) => Verdict::Damaged,
            (true, true) => Verdict::Good,
        };
        Checked {
            verdict,
            good: report.good,
            unknown: list(report.unknown),
            bad,
            bad_keys,
            damages,
            without_effect: list(report.void_keys),
            erased: report.erased,
            contents: report.contents,
            contents_erased: report.contents_erased,
            heads: report.heads.0,
            cut_not_excluded,
        }
    }
}

impl Checked {
    /// Nothing found yet.
    fn nothing() -> Checked {
        Checked::of(Report::default(), Vec::new())
    }

    /// Of a pouch that would be taken in.
    pub(super) fn of_pouch(opened: &onetext_seal::Opened) -> Checked {
        Checked {
            good: opened.acts.len() + opened.known,
            contents: opened
                .contents
                .iter()
                .filter(|(_, bytes)| bytes.is_some())
                .count(),
            contents_erased: opened
                .contents
                .iter()
                .filter(|(_, bytes)| bytes.is_none())
                .count(),
            heads: opened.heads.0.clone(),
            ..Checked::nothing()
        }
    }

    /// Of a pouch with an act that was changed.
    pub(super) fn of_changed(act: ActDigest, fault: &Fault) -> Checked {
        Checked {
            verdict: Verdict::Tampered,
            bad: vec![ActFinding {
                act,
                what: fault.to_string(),
            }],
            ..Checked::nothing()
        }
    }

    /// Of a pouch with any other damage.
    pub(super) fn of_damage(what: String) -> Checked {
        Checked {
            verdict: Verdict::Damaged,
            damages: vec![what],
            ..Checked::nothing()
        }
    }
}

/// Verifies a record in clear.
///
/// # Errors
/// Where it cannot be read.
pub fn verify_file(
    input: impl BufRead,
    against: Option<&Heads>,
) -> Result<Checked, WorkspaceError> {
    Ok(Checked::of(verify_record(input, against)?, Vec::new()))
}

impl Workspace {
    /// Verifies the store: every row as it lies, and every act as a stranger would check it.
    ///
    /// # Errors
    /// Where it cannot be walked at all.
    pub fn verify(&self, against: Option<&Heads>) -> Result<Checked, WorkspaceError> {
        let findings = self.store.check()?.findings;
        let rooms = match self.store.rooms() {
            Ok(rooms) => rooms,
            // The walk has told it already.
            Err(_) if !findings.is_empty() => Vec::new(),
            Err(error) => return Err(error.into()),
        };
        let process = self.process().ok().flatten();
        let mut verifier = Verifier::new(process);
        let mut contents: BTreeMap<ContentDigest, Option<Vec<u8>>> = BTreeMap::new();
        let mut damaged = !findings.is_empty();
        for room in rooms {
            let read = self.each_act(&room, &mut verifier, &mut contents, &findings);
            if let Err(error) = read {
                match damaged {
                    true => {}
                    false => return Err(error),
                }
                damaged = true;
            }
        }
        for (name, bytes) in &contents {
            verifier.content(*name, bytes.as_deref());
        }
        let mut report = verifier.finish(against);
        if damaged {
            follow_from_the_walk(&mut report);
        }
        Ok(Checked::of(report, findings))
    }

    /// Checks every act of a room that opens.
    fn each_act(
        &self,
        room: &str,
        verifier: &mut Verifier,
        contents: &mut BTreeMap<ContentDigest, Option<Vec<u8>>>,
        findings: &[Finding],
    ) -> Result<(), WorkspaceError> {
        let mut take = |verifier: &mut Verifier, kept: ActDigest, act: &SignedAct| {
            verifier.act(kept, act);
            for name in named(act).unwrap_or_default() {
                if contents.get(&name).is_none_or(Option::is_none) {
                    contents.insert(name, self.store.content(room, &name).ok().flatten());
                }
            }
        };
        if findings.is_empty() {
            self.store.read(room, 0, &mut |_, act| {
                take(verifier, act.id, &act.signed());
                ControlFlow::Continue(())
            })?;
            return Ok(());
        }
        // One by one, past those that do not open.
        for place in 1..=self.store.count(room)? {
            let mut act = None;
            let read = self.store.read(room, place - 1, &mut |position, found| {
                act = (position == place).then(|| (found.id, found.signed()));
                ControlFlow::Break(())
            });
            match (read, act) {
                (Ok(()), Some((kept, act))) => take(verifier, kept, &act),
                (Err(StoreError::Changed { id, .. }), _) => {
                    verifier.bad(id, Fault::Line("its row does not open"));
                }
                _ => {}
            }
        }
        Ok(())
    }
}

/// Where the store itself is damaged, an act that does not open names its contents no more. That these are then named by
/// no act follows from damage that is told already, and is left out; everything else of the report stays.
fn follow_from_the_walk(report: &mut Report) {
    report
        .damages
        .retain(|damage| !matches!(damage, Damage::ContentStray(_)));
}
