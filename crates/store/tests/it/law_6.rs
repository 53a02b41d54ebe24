//! Law 6: an act that was acknowledged survives a crash of its writer, and writers do not harm one another.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use onetext_seal::ActDigest;
use onetext_store::{Batch, NewAct, Store as _};

use crate::world::{Dice, Writer, new_store, reopen};

/// How often a writer is killed.
const KILLS: u64 = 200;

/// How many of them in one store.
const IN_ONE: u64 = 20;

/// The file that tells the writer that it was asked for.
const ASKED: &str = "writer-asked-for";

#[test]
fn law_6_a_writer_killed_at_any_moment_loses_no_acknowledged_act() {
    let mut dice = Dice::new(6);
    let (mut kills_with_acts, mut total) = (0, 0);
    let mut stores = 0;
    // On a slow machine more kills come before the first act: then there are more of them.
    while stores < KILLS / IN_ONE || (kills_with_acts <= KILLS / 2 && stores < 5 * KILLS / IN_ONE) {
        stores += 1;
        let folder = tempfile::tempdir().unwrap();
        drop(new_store(folder.path()));
        std::fs::write(folder.path().join(ASKED), "").unwrap();
        let mut acknowledged = Vec::new();
        for _ in 0..IN_ONE {
            let before = acknowledged.len();
            acknowledged.extend(write_and_kill(folder.path(), dice.below(40)));
            kills_with_acts += u64::from(acknowledged.len() > before);
            let store = reopen(folder.path());
            for id in &acknowledged {
                assert!(store.has(id).unwrap(), "{id} was acknowledged and is lost");
            }
            let report = store.check().unwrap();
            assert!(report.is_good(), "{:?}", report.findings);
            // All or nothing: acts are written in batches of three.
            assert_eq!(store.count("plenary").unwrap() % 3, 0);
        }
        total += acknowledged.len();
    }
    assert!(
        kills_with_acts > KILLS / 2 && total > 300,
        "{kills_with_acts} kills, {total} acts"
    );
}

/// Runs a writer in another process, kills it so many milliseconds after it began to write, and gives what it
/// acknowledged.
fn write_and_kill(folder: &Path, milliseconds: u64) -> Vec<ActDigest> {
    let mut writer = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "law_6::the_writer_that_is_killed", "--nocapture"])
        .current_dir(folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(writer.stdout.take().unwrap()).lines();
    while let Some(Ok(line)) = lines.next() {
        if line == "writing" {
            break;
        }
    }
    std::thread::sleep(Duration::from_millis(milliseconds));
    writer.kill().unwrap();
    writer.wait().unwrap();
    lines
        .map_while(Result::ok)
        .filter_map(|line| line.strip_prefix("kept ")?.parse().ok())
        .collect()
}

/// Writes until it is killed. It does nothing unless another test asked for it.
#[test]
fn the_writer_that_is_killed() {
    if !Path::new(ASKED).exists() {
        return;
    }
    let mut store = reopen(Path::new("."));
    let site = Writer::new(1);
    let mut out = std::io::stdout();
    out.write_all(b"\nwriting\n").unwrap();
    out.flush().unwrap();
    loop {
        let mut heads = store.heads("plenary").unwrap();
        let first = store.next_sequence("plenary", &site.key().site()).unwrap();
        let acts: Vec<_> = (first..first + 3)
            .map(|at| {
                let act = site.act_on("plenary", &format!("words {at}"), heads.clone(), at, at);
                heads = vec![act.id()];
                NewAct::checked(act).unwrap()
            })
            .collect();
        let batch = Batch {
            acts: &acts,
            settings: &[("last", Some(&first.to_be_bytes()))],
            ..Batch::default()
        };
        for kept in store.write(&batch).unwrap() {
            out.write_all(format!("kept {}\n", kept.id).as_bytes())
                .unwrap();
        }
        out.flush().unwrap();
    }
}

#[test]
fn law_6_two_writers_at_once_do_no_harm() {
    let folder = tempfile::tempdir().unwrap();
    drop(new_store(folder.path()));
    std::thread::scope(|scope| {
        for secret in [1, 2] {
            let path = folder.path();
            scope.spawn(move || {
                let (mut store, mut site) = (reopen(path), Writer::new(secret));
                for at in 0..40 {
                    let room = if at % 4 == 0 { "caucus" } else { "plenary" };
                    let act = site.new_act(room, &at.to_string());
                    store.append(&[act], at).unwrap();
                }
            });
        }
    });
    let store = reopen(folder.path());
    assert_eq!(store.count("plenary").unwrap(), 60);
    assert_eq!(store.count("caucus").unwrap(), 20);
    assert_eq!(store.heads("plenary").unwrap().len(), 2);
    assert!(store.check().unwrap().is_good());
}
