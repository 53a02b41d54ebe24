//! The key ring: made on first use, for its owner alone, locked where its owner wishes.

use std::path::Path;

use onetext_store::{KeyRing, KeyRingError, Passphrase, SystemEntropy};

fn ring(folder: &Path, passphrase: Option<&Passphrase>) -> KeyRing {
    KeyRing::create(folder, passphrase, &mut SystemEntropy).unwrap()
}

fn passphrase(words: &str) -> Passphrase {
    Passphrase::new(words).unwrap().with_work(2)
}

/// Two rings hold the same keys.
fn same(one: &KeyRing, other: &KeyRing) {
    let seats = |ring: &KeyRing| {
        ring.seats()
            .map(|(seat, keys)| {
                let identity = keys.identity().to_owned();
                (
                    seat.to_owned(),
                    keys.site.secret(),
                    identity,
                    keys.recipient().to_owned(),
                )
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(seats(one), seats(other));
}

#[test]
fn keys_are_made_on_first_use_and_stay() {
    let folder = tempfile::tempdir().unwrap();
    let keys = folder.path().join("keys");
    let mut made = ring(&keys, None);
    let site = made
        .seat_or_new("mediator", &mut SystemEntropy)
        .unwrap()
        .site
        .site();
    made.seat_or_new("Nord/Süd", &mut SystemEntropy).unwrap();
    assert_eq!(
        made.seat_or_new("mediator", &mut SystemEntropy)
            .unwrap()
            .site
            .site(),
        site
    );
    let opened = KeyRing::open(&keys, None).unwrap();
    same(&made, &opened);
    assert_eq!(
        opened.seats().map(|(seat, _)| seat).collect::<Vec<_>>(),
        ["Nord/Süd", "mediator"]
    );
    assert!(opened.seat("south").is_none());
    assert!(
        opened
            .seat("mediator")
            .unwrap()
            .recipient()
            .starts_with("age1")
    );
    let again = KeyRing::create(&keys, None, &mut SystemEntropy);
    assert!(matches!(again, Err(KeyRingError::Exists { .. })));
    // Who opened the folder earlier takes the key that somebody else has made since.
    let mut early = KeyRing::open(&keys, None).unwrap();
    made.seat_or_new("south", &mut SystemEntropy).unwrap();
    early.seat_or_new("south", &mut SystemEntropy).unwrap();
    same(&made, &early);
}

#[test]
fn prepared_keys_are_written_when_they_are_kept_and_not_before() {
    let folder = tempfile::tempdir().unwrap();
    let keys = folder.path().join("keys");
    let mut made = ring(&keys, None);
    let on_the_disk = || KeyRing::open(&keys, None).unwrap().seats().count();
    made.prepare("south", &mut SystemEntropy).unwrap();
    assert!(made.seat("south").is_some());
    assert_eq!(on_the_disk(), 0);
    made.forget_prepared();
    assert!(made.seat("south").is_none());
    made.prepare("south", &mut SystemEntropy).unwrap();
    made.keep_prepared(&mut SystemEntropy).unwrap();
    made.forget_prepared();
    same(&made, &KeyRing::open(&keys, None).unwrap());
    assert_eq!(on_the_disk(), 1);
    // Keys that another program wrote meanwhile are not written over.
    let mut early = KeyRing::open(&keys, None).unwrap();
    early.prepare("north", &mut SystemEntropy).unwrap();
    made.seat_or_new("north", &mut SystemEntropy).unwrap();
    let kept = early.keep_prepared(&mut SystemEntropy);
    assert!(matches!(kept, Err(KeyRingError::Exists { .. })));
    same(&made, &KeyRing::open(&keys, None).unwrap());
}

#[test]
fn a_passphrase_locks_every_file() {
    let folder = tempfile::tempdir().unwrap();
    let keys = folder.path().join("keys");
    let mut made = ring(&keys, Some(&passphrase("three harbours")));
    made.seat_or_new("mediator", &mut SystemEntropy).unwrap();
    assert!(KeyRing::is_locked(&keys));
    same(
        &made,
        &KeyRing::open(&keys, Some(&passphrase("three harbours"))).unwrap(),
    );
    let none = KeyRing::open(&keys, None);
    assert!(matches!(none, Err(KeyRingError::Locked { .. })));
    let wrong = KeyRing::open(&keys, Some(&passphrase("four harbours")));
    assert!(
        matches!(wrong, Err(KeyRingError::WrongPassphrase { .. })),
        "{wrong:?}"
    );
    made.set_passphrase(&passphrase("five harbours"), &mut SystemEntropy)
        .unwrap();
    let old = KeyRing::open(&keys, Some(&passphrase("three harbours")));
    assert!(matches!(old, Err(KeyRingError::WrongPassphrase { .. })));
    same(
        &made,
        &KeyRing::open(&keys, Some(&passphrase("five harbours"))).unwrap(),
    );
    no_secret_in_clear(&keys, &made);
    assert!(matches!(
        Passphrase::new(""),
        Err(KeyRingError::EmptyPassphrase)
    ));
}

#[test]
fn a_passphrase_can_be_given_later() {
    let folder = tempfile::tempdir().unwrap();
    let keys = folder.path().join("keys");
    let mut made = ring(&keys, None);
    made.seat_or_new("mediator", &mut SystemEntropy).unwrap();
    made.set_passphrase(&passphrase("three harbours"), &mut SystemEntropy)
        .unwrap();
    no_secret_in_clear(&keys, &made);
    let mut opened = KeyRing::open(&keys, Some(&passphrase("three harbours"))).unwrap();
    same(&made, &opened);
    opened.seat_or_new("south", &mut SystemEntropy).unwrap();
    no_secret_in_clear(&keys, &opened);
}

fn no_secret_in_clear(folder: &Path, ring: &KeyRing) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        for (_, keys) in ring.seats() {
            let secret: String = keys
                .site
                .secret()
                .map(|byte| format!("{byte:02x}"))
                .concat();
            assert!(!text.contains(&secret) && !text.contains(keys.identity()));
        }
        assert!(!text.contains("AGE-SECRET-KEY") && !text.contains("workspace "));
    }
}

#[cfg(unix)]
#[test]
fn others_may_not_read_the_keys() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let keys = folder.path().join("keys");
    let mut made = ring(&keys, None);
    made.seat_or_new("mediator", &mut SystemEntropy).unwrap();
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let open = |path: &Path, mode| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    assert_eq!(mode(&keys), 0o700);
    for entry in std::fs::read_dir(&keys).unwrap() {
        let path = entry.unwrap().path();
        assert_eq!(mode(&path), 0o600);
        open(&path, 0o640);
        let error = KeyRing::open(&keys, None).unwrap_err();
        assert!(matches!(error, KeyRingError::Open { mode: 0o640, .. }));
        assert!(error.to_string().contains("chmod 600"), "{error}");
        open(&path, 0o600);
    }
    open(&keys, 0o755);
    let error = KeyRing::open(&keys, None).unwrap_err().to_string();
    assert!(error.contains("chmod 700"), "{error}");
}

#[test]
fn damaged_and_missing_keys_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let keys = folder.path().join("keys");
    assert!(matches!(
        KeyRing::open(&keys, None),
        Err(KeyRingError::Missing { .. })
    ));
    let mut made = ring(&keys, Some(&passphrase("three harbours")));
    made.seat_or_new("mediator", &mut SystemEntropy).unwrap();
    for name in ["workspace.key", "mediator.seat.key", "lock.age"] {
        let path = keys.join(name);
        let whole = std::fs::read(&path).unwrap();
        for at in (0..whole.len()).step_by(5) {
            let mut bytes = whole.clone();
            bytes[at] ^= 0x11;
            std::fs::write(&path, &bytes).unwrap();
            let opened = KeyRing::open(&keys, Some(&passphrase("three harbours")));
            let newline = at + 1 == whole.len() && name != "lock.age";
            assert!(opened.is_err() || newline, "{name} {at}");
            std::fs::write(&path, &whole[..at]).unwrap();
            let opened = KeyRing::open(&keys, Some(&passphrase("three harbours")));
            assert!(opened.is_err() || newline, "{name} cut at {at}");
        }
        std::fs::write(&path, &whole).unwrap();
    }
    same(
        &made,
        &KeyRing::open(&keys, Some(&passphrase("three harbours"))).unwrap(),
    );
}

#[test]
fn no_secret_is_shown_to_a_log() {
    let folder = tempfile::tempdir().unwrap();
    let mut made = ring(&folder.path().join("keys"), None);
    made.seat_or_new("mediator", &mut SystemEntropy).unwrap();
    let shown = format!(
        "{made:?} {:?} {:?}",
        made.workspace(),
        passphrase("three harbours")
    );
    let keys = made.seat("mediator").unwrap();
    let secret: String = keys
        .site
        .secret()
        .map(|byte| format!("{byte:02x}"))
        .concat();
    assert!(!shown.contains("harbours") && !shown.contains("SECRET") && !shown.contains(&secret));
}
