//! Backups: consistent while being written, whole or not at all, never over something else.

use onetext_store::{EmbeddedStore, Store as _, StoreError, WorkspaceKey};

use crate::world::{Writer, key, new_store, reopen};

#[test]
fn a_backup_taken_while_another_writes_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = new_store(folder.path());
    let mut site = Writer::new(1);
    let words = "words ".repeat(300);
    let acts: Vec<_> = (0..300).map(|_| site.new_act("plenary", &words)).collect();
    store.append(&acts, 0).unwrap();
    let path = folder.path();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            let (mut store, mut site) = (reopen(path), Writer::new(2));
            for at in 0..40 {
                store
                    .append(&[site.new_act("caucus", &at.to_string())], 0)
                    .unwrap();
            }
        });
        for at in 0..3 {
            store.backup(&path.join(format!("backup-{at}"))).unwrap();
        }
    });
    for at in 0..3 {
        let place = path.join(format!("place-{at}"));
        std::fs::create_dir(&place).unwrap();
        let (from, to) = (path.join(format!("backup-{at}")), place.join("onetext.db"));
        EmbeddedStore::restore(&from, &to, &key()).unwrap();
        let mut restored = reopen(&place);
        assert_eq!(restored.count("plenary").unwrap(), 300);
        assert!(restored.check().unwrap().is_good());
        restored
            .append(&[Writer::new(3).new_act("plenary", "on")], 0)
            .unwrap();
        let left: Vec<_> = std::fs::read_dir(&place).unwrap().collect();
        assert_eq!(left.len(), 3, "the file, its log and its index of the log");
    }
}

#[test]
fn a_copy_takes_no_other_files_place() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = new_store(folder.path());
    store
        .append(&[Writer::new(1).new_act("plenary", "one")], 0)
        .unwrap();
    let other = folder.path().join("letter.txt");
    std::fs::write(&other, "Dear colleagues").unwrap();
    assert!(matches!(
        store.backup(&other),
        Err(StoreError::Exists { .. })
    ));
    assert_eq!(std::fs::read(&other).unwrap(), b"Dear colleagues");
    let backup = folder.path().join("backup");
    store.backup(&backup).unwrap();
    let restored = EmbeddedStore::restore(&backup, &folder.path().join("onetext.db"), &key());
    assert!(matches!(restored, Err(StoreError::Exists { .. })));
    let nowhere = store.backup(&folder.path().join("no/folder/backup"));
    assert!(nowhere.is_err());
}

#[test]
fn a_bad_backup_is_not_restored() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = new_store(folder.path());
    let mut site = Writer::new(1);
    let acts: Vec<_> = (0..30)
        .map(|at| site.new_act("plenary", &at.to_string()))
        .collect();
    store.append(&acts, 0).unwrap();
    let (backup, to) = (folder.path().join("backup"), folder.path().join("restored"));
    store.backup(&backup).unwrap();
    let other = WorkspaceKey::from_secret([8; 32]);
    let restored = EmbeddedStore::restore(&backup, &to, &other);
    assert!(matches!(restored, Err(StoreError::WrongKey { .. })));
    let mut bytes = std::fs::read(&backup).unwrap();
    let place = bytes
        .windows(32)
        .position(|window| window == acts[7].id().0)
        .unwrap();
    bytes[place + 40] ^= 1;
    std::fs::write(&backup, &bytes).unwrap();
    let restored = EmbeddedStore::restore(&backup, &to, &key());
    assert!(restored.is_err());
    bytes.truncate(bytes.len() - 4096);
    std::fs::write(&backup, &bytes).unwrap();
    let restored = EmbeddedStore::restore(&backup, &to, &key());
    assert!(matches!(restored, Err(StoreError::Truncated { .. })));
    assert!(!to.exists());
    let left = std::fs::read_dir(folder.path()).unwrap();
    let left: Vec<_> = left.map(|entry| entry.unwrap().file_name()).collect();
    assert!(
        !left
            .iter()
            .any(|name| name.to_string_lossy().contains("part")),
        "{left:?}"
    );
}
