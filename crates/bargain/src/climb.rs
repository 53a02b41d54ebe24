//! Weights from the Lagrangian dual, and a good package to begin from; in floating point, since neither is an answer.

use crate::aim::{Aim, Known};

/// Values per issue, option and party on a scale that suits the aim.
pub(crate) struct Field<'a, 'b> {
    known: &'a Known<'b>,
    values: Vec<Vec<Vec<f64>>>,
    start: Vec<f64>,
    /// What links can add at most.
    links: Vec<f64>,
    additive: bool,
    scale: Vec<f64>,
}

const ROUNDS: usize = 400;

impl<'a, 'b> Field<'a, 'b> {
    pub(crate) fn new(known: &'a Known<'b>, scale: &[f64]) -> Self {
        let issues = 0..known.terms.issues.len();
        let options = |issue: usize| 0..known.terms.issues[issue].options.len();
        let parties = || known.scaled.iter().zip(scale);
        let value = |issue: usize, option: usize| {
            parties()
                .map(|(party, scale)| party.values[issue][option] as f64 / scale)
                .collect()
        };
        Field {
            known,
            values: issues
                .map(|issue| options(issue).map(|option| value(issue, option)).collect())
                .collect(),
            start: known
                .from
                .iter()
                .zip(scale)
                .map(|(from, scale)| -*from as f64 / scale)
                .collect(),
            links: parties()
                .map(|(party, scale)| {
                    party
                        .links
                        .iter()
                        .map(|link| (*link).max(0) as f64)
                        .sum::<f64>()
                        / scale
                })
                .collect(),
            scale: scale.to_vec(),
            additive: known.terms.is_additive(),
        }
    }

    /// The package that is best by these weights, links aside, and what it gives.
    fn answer(&self, weights: &[f64]) -> (Vec<usize>, Vec<f64>) {
        let mut sums = self.start.clone();
        let package = self.values.iter().map(|options| {
            let worth =
                |option: &[f64]| -> f64 { option.iter().zip(weights).map(|(v, w)| v * w).sum() };
            let (mut best, mut most) = (0, f64::NEG_INFINITY);
            for (place, option) in options.iter().enumerate() {
                let own = worth(option);
                if own > most {
                    (best, most) = (place, own);
                }
            }
            if let Some(option) = options.get(best) {
                add(&mut sums, option, 1.0);
            }
            best
        });
        let package = package.collect();
        (package, sums)
    }

    /// No package does better than this by the aim, as these weights show.
    pub(crate) fn dual(&self, aim: Aim, weights: &[f64]) -> f64 {
        let (_, sums) = self.answer(weights);
        let most: f64 = sums
            .iter()
            .zip(&self.links)
            .zip(weights)
            .map(|((sum, links), weight)| (sum + links) * weight)
            .sum();
        // A little above, for what floating point rounds.
        let most = most + most.abs() * 1e-9;
        let count = weights.len() as f64;
        match aim {
            Aim::Product => (most / count).powf(count) / weights.iter().product::<f64>(),
            Aim::Share | Aim::Gain => most / weights.iter().sum::<f64>(),
            Aim::Sum => most - self.start.iter().sum::<f64>(),
        }
    }

    /// Weights that bound well, and a package that does well.
    pub(crate) fn look(&self, aim: Aim, seeds: &[Vec<usize>]) -> Option<(Vec<f64>, Vec<usize>)> {
        let count = self.start.len();
        let mut weights = vec![1.0; count];
        let mut seen: Vec<(f64, Vec<usize>)> = Vec::new();
        let mut meet = |package: &[usize], sums: &[f64]| {
            if self.additive {
                seen.push((key(aim, sums), package.to_vec()));
            }
        };
        let mut least = (f64::INFINITY, weights.clone());
        let (_, mut mean) = self.answer(&weights);
        let mut logs = vec![0.0; count];
        let mut through = vec![0.0; count];
        for round in 0..ROUNDS {
            let (package, sums) = self.answer(&weights);
            meet(&package, &sums);
            let bound = self.dual(aim, &weights);
            if bound < least.0 {
                least = (bound, weights.clone());
            }
            let step = 2.0 / (round as f64 + 3.0);
            match aim {
                // Frank and Wolfe (1956) on the sum of logarithms.
                Aim::Product => {
                    for (mean, sum) in mean.iter_mut().zip(&sums) {
                        *mean += step * (sum - *mean);
                    }
                    weights = mean.iter().map(|mean| 1.0 / mean.max(1e-3)).collect();
                }
                // Multiplicative weights, after Freund and Schapire (1999).
                Aim::Share | Aim::Gain => {
                    let most = sums.iter().fold(0.0, |most: f64, sum| most.max(sum.abs()));
                    let speed = 1.0 / ((round as f64 + 1.0).sqrt() * most.max(1e-9));
                    for (log, sum) in logs.iter_mut().zip(&sums) {
                        *log -= speed * sum;
                    }
                    let top = logs
                        .iter()
                        .fold(f64::NEG_INFINITY, |top, log| top.max(*log));
                    weights = logs.iter().map(|log| (log - top).exp().max(1e-6)).collect();
                    // It is the mean of the weights that comes near the best of all bounds.
                    let whole: f64 = weights.iter().sum();
                    for (sum, own) in through.iter_mut().zip(&weights) {
                        *sum += own / whole;
                    }
                    if round % 16 == 15 {
                        let bound = self.dual(aim, &through);
                        if bound < least.0 {
                            least = (bound, through.clone());
                        }
                    }
                }
                Aim::Sum => break,
            }
        }
        seen.sort_by(|a, b| b.0.total_cmp(&a.0));
        seen.dedup_by(|a, b| a.1 == b.1);
        let begin = seen.into_iter().take(6).map(|(_, package)| package);
        let climbed = begin
            .chain(seeds.iter().cloned())
            .filter_map(|package| self.climb(aim, package));
        let best = climbed.max_by(|a, b| a.0.total_cmp(&b.0))?;
        Some((least.1, best.1))
    }

    /// What a package gives, with its links; none where a rule bars it.
    fn sums(&self, package: &[usize]) -> Option<Vec<f64>> {
        let mut sums = self.start.clone();
        if self.additive {
            for (options, option) in self.values.iter().zip(package) {
                add(&mut sums, options.get(*option)?, 1.0);
            }
            return Some(sums);
        }
        let whole = self.known.utilities(package)?;
        let own = whole.iter().zip(self.known.from).zip(&self.scale);
        Some(
            own.map(|((sum, from), scale)| (sum - from) as f64 / scale)
                .collect(),
        )
    }

    /// Changes one issue, or two, as long as that helps.
    fn climb(&self, aim: Aim, mut package: Vec<usize>) -> Option<(f64, Vec<usize>)> {
        let mut sums = self.sums(&package)?;
        let mut best = key(aim, &sums);
        if !self.additive {
            return Some((best, package));
        }
        for _ in 0..60 {
            let Some((found, changes)) = self.change(aim, &package, &sums, best) else {
                break;
            };
            for (issue, option) in changes {
                add(&mut sums, &self.values[issue][package[issue]], -1.0);
                add(&mut sums, &self.values[issue][option], 1.0);
                package[issue] = option;
            }
            best = found;
        }
        Some((best, package))
    }

    /// The change of one or two issues that helps most.
    fn change(
        &self,
        aim: Aim,
        package: &[usize],
        sums: &[f64],
        best: f64,
    ) -> Option<(f64, Vec<(usize, usize)>)> {
        let margin = best.abs() * 1e-12;
        let mut found = (best + margin, Vec::new());
        let with = |sums: &[f64], issue: usize, option: usize| -> Vec<f64> {
            let (own, other) = (
                &self.values[issue][package[issue]],
                &self.values[issue][option],
            );
            sums.iter()
                .zip(own)
                .zip(other)
                .map(|((s, own), other)| s - own + other)
                .collect()
        };
        for (issue, options) in self.values.iter().enumerate() {
            for option in 0..options.len().min(64) {
                if option == package[issue] {
                    continue;
                }
                let one = with(sums, issue, option);
                let value = key(aim, &one);
                if value > found.0 {
                    found = (value, vec![(issue, option)]);
                }
                for (second, more) in self.values.iter().enumerate().skip(issue + 1) {
                    let own = &more[package[second]];
                    for (other, gives) in more.iter().enumerate().take(64) {
                        let value = key_of(
                            aim,
                            one.iter()
                                .zip(own)
                                .zip(gives)
                                .map(|((s, own), other)| s - own + other),
                        );
                        if value > found.0 {
                            found = (value, vec![(issue, option), (second, other)]);
                        }
                    }
                }
            }
        }
        (!found.1.is_empty()).then_some(found)
    }
}

fn add(sums: &mut [f64], option: &[f64], times: f64) {
    for (sum, value) in sums.iter_mut().zip(option) {
        *sum += times * value;
    }
}

fn key(aim: Aim, sums: &[f64]) -> f64 {
    key_of(aim, sums.iter().copied())
}

/// How good sums are by the aim; where a party gains less than nothing, by how much.
fn key_of(aim: Aim, sums: impl Iterator<Item = f64> + Clone) -> f64 {
    let least = sums.clone().fold(f64::INFINITY, f64::min);
    match aim {
        _ if least < 0.0 => least - 1e12,
        Aim::Product => sums.product(),
        Aim::Share | Aim::Gain => least,
        Aim::Sum => sums.sum(),
    }
}
