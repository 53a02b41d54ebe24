//! What the program says about itself.

use crate::support::Folder;

#[test]
fn every_command_has_help() {
    let folder = Folder::new();
    for command in [
        "status",
        "why",
        "redline",
        "text",
        "export",
        "new",
        "site",
        "pouch",
        "verify",
        "backup",
        "restore",
        "demo",
        "completions",
        "man",
    ] {
        let help = folder.say(&[command, "--help"]);
        assert!(
            help.contains(&format!("Usage: onetext {command}")),
            "{help}"
        );
    }
}

#[test]
fn the_first_page_names_the_demo_and_the_exit_statuses() {
    let help = Folder::new().say(&["--help"]);
    assert!(help.contains("onetext demo"));
    assert!(help.contains("0 done, 1 failed, 2 wrong usage, 3 tampering found"));
}

#[test]
fn shells_and_manuals_are_served() {
    let folder = Folder::new();
    assert!(folder.say(&["completions", "bash"]).contains("onetext"));
    folder.say(&["man", "pages"]);
    assert!(folder.read("pages/onetext-redline.1").contains("redline"));
}
