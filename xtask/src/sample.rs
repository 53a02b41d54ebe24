//! The large sample process: a conference of 200 delegations on one text of 600 provisions, through 40 drafts.
//!
//! It is made by chance that repeats, so that two machines measure the same work. Its sizes are those that the
//! program promises to hold (see `SECURITY.md` for the limits and the bench for the times).

mod acts;
pub(crate) mod news;
mod text;

use std::path::Path;

use crate::failure::{Result, While};
use crate::prng::Chance;
use crate::say;

/// How large the sample is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Size {
    /// Points of the text.
    pub(crate) points: usize,
    /// Points and their sub-items together.
    pub(crate) provisions: usize,
    /// Seats of role party; one mediator comes on top.
    pub(crate) parties: usize,
    /// Drafts, each made from the one before.
    pub(crate) drafts: usize,
    /// Open pairs of brackets in each draft, at least.
    pub(crate) brackets: usize,
    /// Positions over all drafts.
    pub(crate) positions: usize,
}

/// The size that the limits are promised for.
pub(crate) const LARGE: Size = Size {
    points: 100,
    provisions: 600,
    parties: 200,
    drafts: 40,
    brackets: 1_000,
    positions: 200_000,
};

/// A process of one region's size: for a bench that is looked at while somebody waits.
pub(crate) const MIDDLE: Size = Size {
    points: 60,
    provisions: 200,
    parties: 25,
    drafts: 8,
    brackets: 60,
    positions: 4_000,
};

/// The last day of a sample of this size.
pub(crate) fn last_day(size: Size) -> String {
    format!("{}-28", acts::month(size.drafts.saturating_sub(1)))
}

/// A dossier in memory: the TOML file and the drafts beside it.
#[derive(Debug)]
pub(crate) struct Sample {
    /// The text of `dossier.toml`.
    pub(crate) dossier: String,
    /// The drafts: file name and text.
    pub(crate) drafts: Vec<(String, String)>,
}

impl Sample {
    /// Makes the sample of this size and seed.
    pub(crate) fn of(size: Size, seed: u64) -> Sample {
        let mut chance = Chance::new(seed);
        let mut outline = text::Outline::first(size, &mut chance);
        let mut drafts = vec![outline.clone()];
        for _ in 1..size.drafts {
            outline = outline.redraft(size, &mut chance);
            drafts.push(outline.clone());
        }
        Sample {
            dossier: acts::dossier(size, &drafts, &mut chance),
            drafts: drafts
                .iter()
                .enumerate()
                .map(|(index, outline)| (acts::file(index), outline.print()))
                .collect(),
        }
    }

    /// Writes the dossier and its drafts into a folder.
    pub(crate) fn save(&self, folder: &Path) -> Result {
        std::fs::create_dir_all(folder).on(folder.display())?;
        let dossier = ("dossier.toml".to_owned(), self.dossier.clone());
        for (name, text) in self.drafts.iter().chain([&dossier]) {
            let file = folder.join(name);
            std::fs::write(&file, text).on(file.display())?;
        }
        Ok(())
    }
}

/// `cargo xtask sample talks DIR`.
pub(crate) fn write(folder: &Path) -> Result {
    let sample = Sample::of(LARGE, 1);
    sample.save(folder)?;
    say::line(&format!(
        "wrote {} drafts and dossier.toml ({} MB) to {}",
        sample.drafts.len(),
        sample.dossier.len() / 1_000_000,
        folder.display()
    ));
    Ok(())
}

/// A sample small enough to read.
#[cfg(test)]
pub(crate) const SMALL: Size = Size {
    points: 4,
    provisions: 16,
    parties: 3,
    drafts: 3,
    brackets: 8,
    positions: 40,
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_sample() {
        let (one, two) = (Sample::of(SMALL, 7), Sample::of(SMALL, 7));
        assert_eq!(one.dossier, two.dossier);
        assert_eq!(one.drafts, two.drafts);
        assert_ne!(one.dossier, Sample::of(SMALL, 8).dossier);
    }

    #[test]
    fn the_sample_has_the_size_it_names() {
        let sample = Sample::of(SMALL, 7);
        let parsed: toml::Table = sample.dossier.parse().unwrap();
        let count = |key: &str| parsed[key].as_array().unwrap().len();
        assert_eq!(count("seat"), SMALL.parties + 1);
        assert_eq!(count("draft"), SMALL.drafts);
        let positions = parsed["act"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|act| act["kind"].as_str() == Some("stance"))
            .count();
        assert_eq!(positions, SMALL.positions);
    }
}
