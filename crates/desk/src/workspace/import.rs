//! Founding a process with everything that is known of it.

use std::collections::BTreeSet;

use onetext_seal::{PLENARY, PUBLIC, ProcessId};
use onetext_store::Store as _;
use serde_json::json;

use super::pen::Pen;
use super::{
    Entry, Known, PROCESS, SEAT, Workspace, WorkspaceError, Written, keep, keys_of, made, process,
    sites,
};

impl Workspace {
    /// Founds a process and records what is known of it, all or nothing. The first entry is the founding act; the keys of
    /// every seat of the host and of every other that records are made on first use and bound by the founding one. Gives
    /// what came of each entry.
    ///
    /// All seats see who is bound: a host names every seat that it serves, so that whether one has recorded anything yet
    /// does not show (law 2).
    ///
    /// # Errors
    /// Where a process is here already, the keys cannot be made, or an entry cannot be recorded.
    pub fn import(
        &mut self,
        host_of: &[String],
        entries: &[Entry],
        now: i64,
    ) -> Result<Vec<Written>, WorkspaceError> {
        let imported = self.import_prepared(host_of, entries, now);
        if imported.is_err() {
            self.ring.forget_prepared();
            self.known = None;
        }
        imported
    }

    fn import_prepared(
        &mut self,
        host_of: &[String],
        entries: &[Entry],
        now: i64,
    ) -> Result<Vec<Written>, WorkspaceError> {
        let (first, rest) = entries.split_first().ok_or(WorkspaceError::NoProcess)?;
        let recorders = entries.iter().map(|entry| entry.recorder.as_str());
        let seats: BTreeSet<&str> = recorders
            .chain(host_of.iter().map(String::as_str))
            .collect();
        for seat in &seats {
            self.ring.prepare(seat, self.entropy.as_mut())?;
        }
        let founder = first.recorder.as_str();
        let mut id = [0; 16];
        self.entropy.fill("process", &mut id)?;
        let id = ProcessId(id);
        let Workspace {
            ring,
            store,
            entropy,
            known,
            ..
        } = self;
        let mut done = Err(WorkspaceError::NoProcess);
        store.write_on(&mut |store| {
            let made = process(store).and_then(|there| {
                if let Some(there) = there {
                    return Err(WorkspaceError::Founded(there.to_string()));
                }
                let known = known.insert(Known::new(id));
                let mut pen = Pen::new(store, known, ring, entropy.as_mut(), now);
                let mut written = vec![pen.sign(first)?];
                let others = seats.iter().copied().filter(|seat| *seat != founder);
                for seat in std::iter::once(founder).chain(others) {
                    let body = sites::binding(seat, keys_of(ring, seat)?, None);
                    pen.sign(&Entry::of(founder, PLENARY, body))?;
                }
                // The public room has one first act wherever somebody speaks there first.
                pen.sign(&Entry::of(founder, PUBLIC, json!({"kind": "begin"})))?;
                for entry in rest {
                    written.push(pen.sign(entry)?);
                }
                let mut settings = vec![(PROCESS.to_owned(), Some(id.0.to_vec()))];
                if store.setting(SEAT)?.is_none() {
                    settings.push((SEAT.to_owned(), Some(founder.as_bytes().to_vec())));
                }
                let acts = pen.acts;
                // Before anything that they signed is kept.
                ring.keep_prepared(entropy.as_mut())?;
                Ok((written, made(acts, now, settings)))
            });
            keep(made, &mut done)
        })?;
        done
    }
}
