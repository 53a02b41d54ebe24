//! Workspaces: made, told to others, carried by pouch, verified, copied; and what goes wrong with them.

use std::path::Path;

use serde_json::Value;

use crate::support::{Folder, Run};

/// A command line, cut at its blanks.
fn words(line: &str) -> Vec<&str> {
    line.split(' ').collect()
}

/// A mediator's workspace with a process, and a party's that waits for it, bound.
fn two_sites() -> Folder {
    let folder = Folder::new();
    folder.say(&[
        "new",
        "m",
        "--seat",
        "mediator",
        "--title",
        "Talks on the Lower Ford",
    ]);
    let own = folder.object(&["new", "s", "--seat", "sahrel"])["sites"][0].clone();
    let word = |name: &str| own[name].as_str().unwrap().to_owned();
    let (key, recipient) = (word("site"), word("recipient"));
    folder.say(&[
        "site",
        "bind",
        "sahrel",
        "--key",
        &key,
        "--recipient",
        &recipient,
        "-C",
        "m",
    ]);
    folder
}

/// The party has opened the first pouch.
fn joined() -> Folder {
    let folder = two_sites();
    folder.say(&words("pouch pack --to sahrel -o one.pouch -C m"));
    folder.say(&["pouch", "open", "one.pouch", "-C", "s"]);
    folder
}

fn error(run: &Run) -> Value {
    serde_json::from_str::<Value>(&run.errors).unwrap()["error"].clone()
}

/// Runs what must fail, and checks that it names the failure, says what to do, and changed nothing.
#[track_caller]
fn refused(folder: &Folder, arguments: &[&str], code: &str, status: i32) -> Value {
    let before = photograph(folder.path());
    let mut arguments = arguments.to_vec();
    arguments.push("--json");
    let run = folder.run(&arguments);
    assert_eq!(
        run.status, status,
        "{arguments:?}: {} {}",
        run.answer, run.errors
    );
    let error = error(&run);
    assert_eq!(error["code"], code, "{error}");
    assert!(
        error["message"]
            .as_str()
            .is_some_and(|words| words.len() > 10),
        "{error}"
    );
    assert!(
        error["hint"].as_str().is_some_and(|words| words.len() > 10),
        "{error}"
    );
    assert_eq!(
        photograph(folder.path()),
        before,
        "{arguments:?} changed something"
    );
    error
}

/// Every file with its bytes, but for the database's log and index of the log, which reading may bring and take.
fn photograph(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.display().to_string();
        if path.is_dir() {
            files.extend(photograph(&path));
        } else if !name.ends_with("-wal") && !name.ends_with("-shm") {
            files.push((name, std::fs::read(&path).unwrap_or_default()));
        }
    }
    files.sort();
    files
}

#[cfg(unix)]
#[test]
fn a_workspace_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = two_sites();
    for (name, wanted) in [
        ("m", 0o700),
        ("m/keys", 0o700),
        ("m/keys/mediator.seat.key", 0o600),
        ("m/keys/workspace.key", 0o600),
        ("m/onetext.db", 0o600),
    ] {
        let mode = std::fs::metadata(folder.path().join(name))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, wanted, "{name}");
    }
}

#[test]
fn nothing_is_made_where_something_is() {
    let folder = two_sites();
    refused(&folder, &["new", "m"], "store-there", 1);
    folder.put("a file", "words");
    refused(&folder, &["new", "a file"], "file", 1);
    assert_eq!(folder.run(&["new", "x", "--title", "No seat"]).status, 2);
}

#[test]
fn a_site_joins_by_its_first_pouch_and_is_told_to_compare_the_founding_act() {
    let folder = two_sites();
    let packed = folder.object(&words("pouch pack --to sahrel -o one.pouch -C m"));
    assert_eq!(packed["acts"], 4);
    assert_eq!(packed["bytes"].as_u64().unwrap() % 4096, 0);
    let said = folder.say(&["pouch", "open", "one.pouch", "-C", "s"]);
    assert!(said.contains("4 new acts"), "{said}");
    assert!(
        said.contains("compare these\n64 digits with the sender by another way"),
        "{said}"
    );
    let again = folder.say(&["pouch", "open", "one.pouch", "-C", "s"]);
    assert!(
        again.contains("was opened before: everything in it is here, and nothing was changed"),
        "{again}"
    );
    assert_eq!(
        folder.object(&["pouch", "open", "one.pouch", "-C", "s"])["again"],
        true
    );
    // What comes back is the receipt, and a receipt is not answered.
    let packed = folder.object(&words("pouch pack --to mediator -o two.pouch -C s"));
    assert_eq!(packed["acts"], 2);
    let opened = folder.object(&["pouch", "open", "two.pouch", "-C", "m"]);
    assert_eq!(
        (&opened["acts"], &opened["from"]),
        (&2.into(), &"sahrel".into())
    );
    assert_eq!(opened["receipts"], serde_json::json!([]));
    assert_eq!(
        folder.object(&["verify", "-C", "m"])["heads"],
        folder.object(&["verify", "-C", "s"])["heads"]
    );
    let sites = folder.object(&["site", "list", "-C", "s"]);
    assert_eq!(sites["sites"].as_array().unwrap().len(), 2);
    // It is acknowledged now.
    let packed = folder.object(&words("pouch pack --to sahrel -o three.pouch -C m"));
    assert_eq!(packed["acts"], 0);
    let packed = folder.object(&words("pouch pack --whole --to sahrel -o four.pouch -C m"));
    assert_eq!(packed["acts"], 6);
}

#[test]
fn a_good_workspace_record_and_pouch_verify() {
    let folder = two_sites();
    let checked = folder.object(&["verify", "-C", "m", "--heads", "heads"]);
    assert_eq!(
        (&checked["verdict"], &checked["good"]),
        (&"good".into(), &4.into())
    );
    assert_eq!(checked["cut_not_excluded"], true);
    folder.say(&words("pouch pack --to sahrel -o one.pouch -C m"));
    let said = folder.say(&["verify", "one.pouch", "-C", "s"]);
    assert!(said.contains("4 good, 0 unknown, 0 bad"), "{said}");
    folder.say(&["pouch", "open", "one.pouch", "-C", "s"]);
    let said = folder.say(&["verify", "--against", "heads", "-C", "s"]);
    assert!(!said.contains("not excluded"), "{said}");
    folder.say(&words("export --format record -o record -C s"));
    let said = folder.say(&["verify", "record", "--against", "heads"]);
    assert!(said.contains("6 good"), "{said}");
    assert_eq!(
        folder.say(&["export", "--format", "record", "-C", "s"]),
        folder.read("record")
    );
}

#[test]
fn the_other_verifier_says_the_same() {
    let folder = joined();
    folder.say(&words("export --format record --as sahrel -o record -C m"));
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/verify.py");
    let able = std::process::Command::new("python3")
        .args(["-c", "import cryptography"])
        .output();
    if !able.is_ok_and(|output| output.status.success()) {
        eprintln!("skipped: python3 with the package cryptography is not there");
        return;
    }
    let verify = |name: &str| {
        let mut python = std::process::Command::new("python3");
        python
            .arg(&script)
            .arg(folder.path().join(name))
            .output()
            .unwrap()
            .status
            .code()
    };
    assert_eq!(verify("record"), Some(0));
    folder.put(
        "changed",
        &folder.read("record").replace("Lower Ford", "Upper Ford"),
    );
    assert_eq!(verify("changed"), Some(3));
    refused(&folder, &["verify", "changed"], "tampered", 3);
    let lines: Vec<String> = folder.read("record").lines().map(str::to_owned).collect();
    folder.put("cut", &format!("{}\n{}\n", lines[0], lines[2..].join("\n")));
    assert_eq!(verify("cut"), Some(1));
    refused(&folder, &["verify", "cut"], "damaged", 1);
}

#[test]
fn a_changed_record_names_its_act() {
    let folder = two_sites();
    folder.say(&words("export --format record -o record -C m"));
    let record = folder.read("record");
    folder.put("changed", &record.replace("Lower Ford", "Upper Ford"));
    let run = folder.run(&["verify", "changed"]);
    let named = record.lines().nth(1).unwrap()[8..72].to_owned();
    assert_eq!(run.status, 3);
    assert!(
        run.answer.contains(&format!("bad      {named}")),
        "{}",
        run.answer
    );
    assert!(run.errors.contains(&named), "{}", run.errors);
}

#[test]
fn heads_that_are_gone_are_missed() {
    let folder = joined();
    folder.say(&["verify", "-C", "s", "--heads", "heads"]);
    let failure = refused(
        &folder,
        &["verify", "--against", "heads", "-C", "m"],
        "damaged",
        1,
    );
    assert!(
        failure["message"]
            .as_str()
            .unwrap()
            .contains("room plenary: the act "),
        "{failure}"
    );
    folder.put("no heads", "plenary 12");
    refused(
        &folder,
        &["verify", "--against", "no heads", "-C", "m"],
        "no-heads",
        1,
    );
}

#[test]
fn a_backup_is_put_back() {
    let folder = joined();
    folder.say(&["backup", "copy", "-C", "s"]);
    refused(&folder, &["backup", "copy", "-C", "s"], "store-there", 1);
    refused(&folder, &["restore", "copy", "-C", "s"], "store-there", 1);
    let heads = folder.object(&["verify", "-C", "s"])["heads"].clone();
    for name in ["onetext.db", "onetext.db-wal", "onetext.db-shm"] {
        let _ = std::fs::remove_file(folder.path().join("s").join(name));
    }
    refused(&folder, &["restore", "copy", "-C", "m"], "store-there", 1);
    folder.put("torn", "SQLite format 3");
    refused(&folder, &["restore", "torn", "-C", "s"], "truncated", 1);
    let said = folder.say(&["restore", "copy", "-C", "s"]);
    assert!(said.contains("--whole"), "{said}");
    assert_eq!(folder.object(&["verify", "-C", "s"])["heads"], heads);
    for expected in ["writes again", "nothing to do"] {
        let said = folder.say(&["restore", "--done", "-C", "s"]);
        assert!(said.contains(expected), "{said}");
    }
    // Of another workspace's keys.
    folder.say(&["new", "x", "--seat", "thessa"]);
    std::fs::remove_file(folder.path().join("x/onetext.db")).unwrap();
    refused(&folder, &["restore", "copy", "-C", "x"], "wrong-key", 1);
}

#[test]
fn a_passphrase_opens_the_keys_and_no_other_does() {
    let folder = Folder::new();
    folder.put("words", "a ferry at the lower ford\nignored\n");
    folder.put("other", "a bridge");
    folder.put("none", "\n");
    folder.say(&words(
        "new m --seat mediator --title Talks --passphrase-file words",
    ));
    folder.say(&["verify", "-C", "m", "--passphrase-file", "words"]);
    let by_variable = folder
        .command(&["verify", "-C", "m"])
        .env("ONETEXT_PASSPHRASE_FILE", "words")
        .output();
    assert!(by_variable.unwrap().status.success());
    refused(&folder, &["verify", "-C", "m"], "locked-keys", 1);
    refused(
        &folder,
        &["verify", "-C", "m", "--passphrase-file", "other"],
        "wrong-passphrase",
        1,
    );
    refused(
        &folder,
        &["verify", "-C", "m", "--passphrase-file", "none"],
        "wrong-passphrase",
        1,
    );
    refused(
        &folder,
        &["verify", "-C", "m", "--passphrase-file", "missing"],
        "not-found",
        1,
    );
    for file in ["m/keys/workspace.key", "m/keys/mediator.seat.key"] {
        assert!(!folder.read(file).contains("AGE-SECRET"), "{file}");
    }
}

#[test]
fn a_store_that_is_none_damaged_or_newer_is_refused() {
    let folder = joined();
    let db = folder.path().join("m/onetext.db");
    let put = |bytes: &[u8]| {
        for end in ["-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{end}", db.display()));
        }
        std::fs::write(&db, bytes).unwrap();
    };
    let good = std::fs::read(&db).unwrap();
    let commands: [&[&str]; 3] = [
        &["verify", "-C", "m"],
        &[
            "pouch", "pack", "--to", "sahrel", "-o", "x.pouch", "-C", "m",
        ],
        &["site", "list", "-C", "m"],
    ];
    for command in commands {
        refused(
            &folder,
            &[&command[..command.len() - 1], &["nowhere"]].concat(),
            "no-store",
            1,
        );
        put(&good[..good.len() - 100]);
        refused(&folder, command, "truncated", 1);
        put(b"");
        refused(&folder, command, "truncated", 1);
        put(&[b'x'; 5000]);
        refused(&folder, command, "not-a-store", 1);
        let mut newer = good.clone();
        newer[60..64].copy_from_slice(&99_u32.to_be_bytes());
        put(&newer);
        refused(&folder, command, "newer", 1);
        put(&good);
    }
    std::fs::rename(
        folder.path().join("m/keys"),
        folder.path().join("m/elsewhere"),
    )
    .unwrap();
    refused(&folder, &["verify", "-C", "m"], "no-keys", 1);
}

#[test]
fn a_store_that_another_program_holds_is_waited_for_and_then_said() {
    let folder = joined();
    folder.say(&words("pouch pack --to mediator -o two.pouch -C s"));
    // What a program that writes holds, in the file's own locking.
    let other = rusqlite::Connection::open(folder.path().join("m/onetext.db")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let failure = refused(
        &folder,
        &["pouch", "open", "two.pouch", "-C", "m"],
        "locked",
        1,
    );
    assert!(
        failure["message"].as_str().unwrap().contains("10 s"),
        "{failure}"
    );
    other.execute_batch("ROLLBACK").unwrap();
    folder.say(&["pouch", "open", "two.pouch", "-C", "m"]);
}

#[test]
fn a_pouch_that_is_torn_for_somebody_else_or_none_is_refused_and_named() {
    let folder = two_sites();
    folder.say(&words("pouch pack --to sahrel -o one.pouch -C m"));
    let pouch = std::fs::read(folder.path().join("one.pouch")).unwrap();
    let put = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).unwrap();
    put("torn", &pouch[..pouch.len() - 1]);
    refused(
        &folder,
        &["pouch", "open", "torn", "-C", "s"],
        "pouch-torn",
        1,
    );
    let mut flipped = pouch.clone();
    *flipped.last_mut().unwrap() ^= 1;
    put("flipped", &flipped);
    refused(
        &folder,
        &["pouch", "open", "flipped", "-C", "s"],
        "pouch-torn",
        1,
    );
    refused(&folder, &["verify", "flipped", "-C", "s"], "pouch-torn", 1);
    refused(
        &folder,
        &["pouch", "open", "one.pouch", "-C", "m"],
        "pouch-for-somebody-else",
        1,
    );
    folder.put("words", "no pouch at all");
    refused(
        &folder,
        &["pouch", "open", "words", "-C", "s"],
        "no-pouch",
        1,
    );
    refused(
        &folder,
        &["pouch", "open", "missing", "-C", "s"],
        "not-found",
        1,
    );
    refused(
        &folder,
        &[
            "pouch",
            "pack",
            "--to",
            "sahrel",
            "-o",
            "one.pouch",
            "-C",
            "m",
        ],
        "there-already",
        1,
    );
    refused(
        &folder,
        &["pouch", "pack", "--to", "thessa", "-o", "x", "-C", "m"],
        "cannot-pack",
        1,
    );
    refused(
        &folder,
        &["pouch", "pack", "--to", "mediator", "-o", "x", "-C", "s"],
        "no-process",
        1,
    );
    // A bomb: a file that says it is endless is read up to the largest pouch and no further.
    let sparse = std::fs::File::create(folder.path().join("bomb")).unwrap();
    sparse.set_len(1 << 40).unwrap();
    let run = folder.run(&words("pouch open bomb -C s --json"));
    assert_eq!(
        (run.status, error(&run)["code"].as_str()),
        (1, Some("too-large"))
    );
}

#[test]
fn a_revoked_site_is_refused_on_both_ends() {
    let folder = joined();
    folder.say(&words("pouch pack --to mediator -o two.pouch -C s"));
    let sites = folder.object(&["site", "list", "-C", "s"]);
    let key = sites["here"][0]["site"].as_str().unwrap();
    folder.say(&["site", "revoke", key, "-C", "m"]);
    refused(
        &folder,
        &["pouch", "open", "two.pouch", "-C", "m"],
        "revoked-site",
        1,
    );
    refused(
        &folder,
        &["pouch", "pack", "--to", "sahrel", "-o", "x", "-C", "m"],
        "cannot-pack",
        1,
    );
    refused(
        &folder,
        &["site", "revoke", &"0".repeat(64), "-C", "m"],
        "not-bound",
        1,
    );
    let said = folder.say(&["site", "list", "-C", "m"]);
    assert!(said.contains("revoked by"), "{said}");
}

#[test]
fn binding_is_checked() {
    let folder = two_sites();
    let own = folder.object(&["site", "list", "-C", "s"])["here"][0].clone();
    let (key, recipient) = (
        own["site"].as_str().unwrap(),
        own["recipient"].as_str().unwrap(),
    );
    let bind = |key: &str, recipient: &str, place: &str, code: &str, status: i32| {
        let words = [
            "site",
            "bind",
            "sahrel",
            "--key",
            key,
            "--recipient",
            recipient,
            "-C",
            place,
        ];
        refused(&folder, &words, code, status);
    };
    bind(key, recipient, "m", "bound-already", 1);
    bind(&"1".repeat(64), "age1x", "m", "no-recipient", 1);
    bind("12", recipient, "m", "usage", 2);
    bind(&"1".repeat(64), recipient, "s", "no-process", 1);
    folder.say(&words("pouch pack --to sahrel -o one.pouch -C m"));
    folder.say(&["pouch", "open", "one.pouch", "-C", "s"]);
    let words = [
        "site",
        "bind",
        "mediator",
        "--key",
        &"1".repeat(64),
        "--recipient",
        recipient,
        "-C",
        "s",
    ];
    refused(&folder, &words, "not-theirs", 1);
}

#[test]
fn any_changed_row_is_found_and_an_act_is_named() {
    let folder = joined();
    let db = folder.path().join("m/onetext.db");
    folder.say(&["backup", "copy", "-C", "m"]);
    let good = std::fs::read(folder.path().join("copy")).unwrap();
    for end in ["-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{end}", db.display()));
    }
    for (change, code, status) in [
        (
            "UPDATE acts SET signature = zeroblob(64) WHERE rowid = (SELECT max(rowid) FROM acts)",
            "tampered",
            3,
        ),
        (
            "UPDATE acts SET body = x'00' || substr(body, 2)",
            "tampered",
            3,
        ),
        (
            "UPDATE acts SET envelope = zeroblob(length(envelope))",
            "tampered",
            3,
        ),
        (
            "UPDATE acts SET body_key = zeroblob(length(body_key))",
            "tampered",
            3,
        ),
        ("DELETE FROM arrivals", "damaged", 1),
        ("DELETE FROM settings", "damaged", 1),
    ] {
        std::fs::write(&db, &good).unwrap();
        let other = rusqlite::Connection::open(&db).unwrap();
        other
            .execute_batch(&format!("PRAGMA foreign_keys = OFF; {change}"))
            .unwrap();
        drop(other);
        let run = folder.run(&["verify", "-C", "m", "--json"]);
        assert_eq!(
            (run.status, error(&run)["code"].as_str()),
            (status, Some(code)),
            "{change}: {}",
            run.answer
        );
        if status == 3 {
            let checked: Value = serde_json::from_str(&run.answer).unwrap();
            assert_eq!(
                checked["bad"][0]["act"].as_str().unwrap().len(),
                64,
                "{checked}"
            );
        }
    }
}

#[cfg(unix)]
#[test]
fn a_store_that_may_not_be_written_is_left_as_it_is() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = joined();
    let db = folder.path().join("m/onetext.db");
    std::fs::set_permissions(&db, std::fs::Permissions::from_mode(0o400)).unwrap();
    refused(&folder, &["verify", "-C", "m"], "read-only", 1);
    std::fs::set_permissions(&db, std::fs::Permissions::from_mode(0o600)).unwrap();
    let keys = folder.path().join("m/keys/workspace.key");
    std::fs::set_permissions(&keys, std::fs::Permissions::from_mode(0o644)).unwrap();
    refused(&folder, &["verify", "-C", "m"], "keys-open", 1);
}
