//! Running the program in a folder of its own.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicUsize, Ordering};

/// A folder that is there for one test.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new() -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let name = format!(
            "onetext-test-{}-{}",
            std::process::id(),
            NEXT.fetch_add(1, Ordering::Relaxed)
        );
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    /// With a small process in it.
    pub(crate) fn with_process() -> Self {
        let folder = Folder::new();
        folder.put("dossier.toml", include_str!("small/dossier.toml"));
        folder.put("one.md", include_str!("small/one.md"));
        folder.put("two.md", include_str!("small/two.md"));
        folder
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    pub(crate) fn put(&self, name: &str, words: &str) {
        std::fs::write(self.0.join(name), words).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.0.join(name)).unwrap()
    }

    /// The program, about to run here.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_onetext"));
        command
            .args(arguments)
            .current_dir(&self.0)
            .env_remove("NO_COLOR")
            .env_remove("ONETEXT_PASSPHRASE_FILE")
            .env_remove("CLICOLOR_FORCE");
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        Run::of(&self.command(arguments).output().unwrap())
    }

    /// Runs what must succeed, and gives what it says.
    pub(crate) fn say(&self, arguments: &[&str]) -> String {
        let run = self.run(arguments);
        assert_eq!(run.status, 0, "{arguments:?}: {}", run.errors);
        assert_eq!(run.errors, "", "{arguments:?}");
        run.answer
    }

    /// Runs what must succeed with `--json`, and gives the object.
    pub(crate) fn object(&self, arguments: &[&str]) -> serde_json::Value {
        let mut arguments = arguments.to_vec();
        arguments.push("--json");
        serde_json::from_str(&self.say(&arguments)).unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // Left for the system to clear away where it cannot be removed.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// What a run said and how it ended.
pub(crate) struct Run {
    pub(crate) status: i32,
    pub(crate) answer: String,
    pub(crate) errors: String,
}

impl Run {
    pub(crate) fn of(output: &Output) -> Self {
        Run {
            status: output.status.code().unwrap(),
            answer: String::from_utf8(output.stdout.clone()).unwrap(),
            errors: String::from_utf8(output.stderr.clone()).unwrap(),
        }
    }
}
