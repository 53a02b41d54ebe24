//! The program itself, built for release and run as a user runs it: its answer, its time, its memory.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crate::clock::{self, Taken};
use crate::failure::{Failure, Result, While};
use crate::house;

/// How often the memory of a running program is read.
const GLANCE: Duration = Duration::from_millis(2);

/// The program, ready to run.
#[derive(Debug)]
pub(crate) struct Program {
    binary: PathBuf,
}

/// One run of it.
#[derive(Debug)]
pub(crate) struct Run {
    /// Whether it ended with status 0.
    pub(crate) good: bool,
    /// What it answered.
    pub(crate) answer: Vec<u8>,
    /// What it said on standard error.
    pub(crate) said: String,
    /// From start to end, and what the processor worked in it.
    pub(crate) taken: Taken,
    /// The most memory it had, in bytes, read every 2 ms; none where the machine does not tell.
    pub(crate) memory: Option<u64>,
}

impl Program {
    /// Builds the program for release and finds it beside this task's own binary.
    pub(crate) fn build() -> Result<Program> {
        let here = std::env::current_exe().on("finding the build folder")?;
        let binary = here.with_file_name(format!("onetext{}", std::env::consts::EXE_SUFFIX));
        let status = house::cargo()
            .args(["build", "--release", "--quiet", "--package", "onetext"])
            .status()
            .on("cargo build")?;
        if !status.success() || !binary.is_file() {
            return Err(Failure::because(
                "the program did not build for release; run the task with `cargo xtask`, which builds for release too",
            ));
        }
        Ok(Program { binary })
    }

    /// How long it takes from start to end, its answer written to a file and nobody looking on.
    pub(crate) fn timed(&self, words: &[&str], answer: &Path) -> Result<Duration> {
        timed(&self.binary, words, answer)
    }

    /// Runs it in a folder.
    pub(crate) fn run(&self, folder: &Path, words: &[&str]) -> Result<Run> {
        run(&self.binary, folder, words)
    }
}

/// How long a program takes from start to end, its answer written to a file and nobody looking on: what reads its memory or
/// takes its answer from it would share its processors.
pub(crate) fn timed(binary: &Path, words: &[&str], answer: &Path) -> Result<Duration> {
    let file = std::fs::File::create(answer).on(answer.display())?;
    let (ended, taken) = clock::time(|| {
        Command::new(binary)
            .args(words)
            .stdin(Stdio::null())
            .stdout(file)
            .stderr(Stdio::null())
            .status()
    });
    ended.on(binary.display())?;
    Ok(taken.wall)
}

/// Runs a program in a folder, measured like ours.
pub(crate) fn run(binary: &Path, folder: &Path, words: &[&str]) -> Result<Run> {
    let (outcome, taken) = clock::time(|| watch(binary, folder, words));
    let mut run = outcome?;
    run.taken.wall = taken.wall;
    Ok(run)
}

fn watch(binary: &Path, folder: &Path, words: &[&str]) -> Result<Run> {
    let mut child = Command::new(binary)
        .args(words)
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .on(binary.display())?;
    let ended = AtomicBool::new(false);
    let id = child.id();
    let (answer, said, glances, status) = std::thread::scope(|scope| {
        let glances = scope.spawn(|| watch_process(id, &ended));
        let said = child.stderr.take().map(|pipe| scope.spawn(|| drain(pipe)));
        let answer = child.stdout.take().map(drain).unwrap_or_default();
        let status = child.wait();
        ended.store(true, Ordering::Relaxed);
        let said = said.and_then(|thread| thread.join().ok());
        (
            answer,
            said.unwrap_or_default(),
            glances.join().unwrap_or_default(),
            status,
        )
    });
    Ok(Run {
        good: status.on(binary.display())?.success(),
        answer,
        said: String::from_utf8_lossy(&said).into_owned(),
        taken: Taken {
            wall: Duration::ZERO,
            worked: glances.worked,
        },
        memory: glances.memory,
    })
}

fn drain(mut pipe: impl std::io::Read) -> Vec<u8> {
    let mut bytes = Vec::new();
    // What was read before an error is still an answer; the exit status tells the rest.
    let _ = pipe.read_to_end(&mut bytes);
    bytes
}

/// What was last seen of a running program.
#[derive(Debug, Clone, Copy, Default)]
struct Glances {
    memory: Option<u64>,
    worked: Option<Duration>,
}

/// The high-water mark of a process and the work of its first thread as Linux keeps them, read until it ends.
fn watch_process(id: u32, ended: &AtomicBool) -> Glances {
    let (status, work) = (
        format!("/proc/{id}/status"),
        format!("/proc/{id}/schedstat"),
    );
    let mut seen = Glances::default();
    while !ended.load(Ordering::Relaxed) {
        let told = std::fs::read_to_string(&status).unwrap_or_default();
        seen.memory = seen.memory.max(high_water(&told));
        let told = std::fs::read_to_string(&work).unwrap_or_default();
        let worked = told
            .split_whitespace()
            .next()
            .and_then(|told| told.parse().ok());
        seen.worked = seen.worked.max(worked.map(Duration::from_nanos));
        std::thread::sleep(GLANCE);
    }
    seen
}

/// The high-water mark that a process's status tells, in bytes.
pub(crate) fn high_water(status: &str) -> Option<u64> {
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}

/// A run of another program, if it is installed; its exit status is its own affair.
pub(crate) fn other(program: &str, words: &[&str]) -> Option<Run> {
    run(Path::new(program), Path::new("."), words).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_high_water_mark_is_read() {
        let status = "Name:\tx\nVmHWM:\t    2048 kB\nVmRSS:\t 1 kB\n";
        assert_eq!(high_water(status), Some(2_097_152));
        assert_eq!(high_water("Name:\tx\n"), None);
    }

    #[test]
    fn a_program_that_is_not_there_gives_nothing() {
        assert!(other("no-such-program-here", &[]).is_none());
    }
}
