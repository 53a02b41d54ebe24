//! `cargo xtask bench seal`: what the record costs, beside the bare cost of what it cannot do without.

use std::time::Duration;

use ed25519_dalek::{Signature, VerifyingKey};
use onetext_seal::testing::{self, Numbers, Site};
use onetext_seal::{ActDigest, Envelope, History, Link, SignedAct, Verifier};
use sha2::{Digest as _, Sha256};

use crate::bench::{append, figure, line};
use crate::clock::{self, Taken};
use crate::failure::{Failure, Result, While};

/// How many acts are verified.
const ACTS: usize = 4000;

/// How many acts a room's history is built of.
const LARGE: usize = 1_000_000;

/// Verification does at least this share of what bare signature checks do in the same time.
const SHARE: f64 = 0.6;

/// Measures all against their limits.
pub(crate) fn run() -> Result {
    let acts: Vec<SignedAct> = sample(500).acts.into_values().collect();
    let mut holds = append::run(&acts)?;
    holds &= verification()?;
    holds &= history()?;
    match holds {
        true => Ok(()),
        false => Err(Failure::because("a limit is missed")),
    }
}

/// A site with so many acts of the usual sorts.
fn sample(acts: usize) -> Site {
    let mut sites = testing::process();
    testing::talk(&mut sites, 60, &mut Numbers::new(1));
    (1..sites.len()).for_each(|from| testing::exchange(&mut sites, from, 0));
    let mut site = sites.swap_remove(0);
    while site.acts.len() < acts {
        let number = site.acts.len();
        let body = serde_json::json!({
            "kind": "accept",
            "on": format!("v3#{}", number % 28),
            "wording": ActDigest::of(&number.to_be_bytes()),
            "draft": ActDigest::of(b"v3"),
            "words": "We can accept this as it stands, on the understanding that was given.",
        });
        site.write("caucus-sahrel", body);
    }
    site
}

/// Every act of a record checked: envelope, body, signature, keys, history. Against `verify_strict` of as many.
fn verification() -> Result<bool> {
    let site = sample(ACTS);
    let acts: Vec<&SignedAct> = site.acts.values().collect();
    let bare = bare_checks(&acts)?;
    let whole = || {
        let mut verifier = Verifier::new(Some(site.histories.process()));
        for (name, act) in &site.acts {
            verifier.act(*name, act);
        }
        for (name, bytes) in &site.contents {
            verifier.content(*name, bytes.as_deref());
        }
        verifier.finish(None)
    };
    let strict = || {
        bare.iter()
            .filter(|(key, message, signature)| key.verify_strict(message, signature).is_ok())
            .count()
    };
    // Taken in turns, so that both meet the same machine.
    let (mut bare_taken, mut whole_taken) = (Vec::new(), Vec::new());
    for _ in 0..5 {
        let (good, taken) = clock::time(strict);
        bare_taken.push(taken);
        if good != bare.len() {
            return Err(Failure::because("a signature of the sample is bad"));
        }
        let (report, taken) = clock::time(whole);
        whole_taken.push(taken);
        if !report.is_good() || report.good != acts.len() {
            return Err(Failure::because(format!(
                "the sample does not verify:\n{report}"
            )));
        }
    }
    let (bare, whole) = (middle(bare_taken), middle(whole_taken));
    figure(
        &format!("bare verify_strict of {} signatures", bare_count(&acts)),
        bare,
    );
    figure(&format!("verification of {} acts", acts.len()), whole);
    // Persons' signatures are checked too: the bare count holds as many as the record does.
    let share = worked(bare).as_secs_f64() / worked(whole).as_secs_f64();
    let holds = share >= SHARE;
    let word = if holds { "holds" } else { "MISSED" };
    line(
        "verification beside bare checks",
        &format!("{share:.2}"),
        &format!("at least {SHARE}: {word}"),
    );
    Ok(holds)
}

fn bare_count(acts: &[&SignedAct]) -> usize {
    acts.iter()
        .map(|act| 1 + usize::from(act.person.is_some()))
        .sum()
}

fn middle(mut taken: Vec<Taken>) -> Taken {
    taken.sort_unstable_by_key(|taken| worked(*taken));
    taken.get(taken.len() / 2).copied().unwrap_or_default()
}

/// What the processor worked, where the machine tells: a busy machine changes the wall clock.
fn worked(taken: Taken) -> Duration {
    taken.worked.unwrap_or(taken.wall)
}

/// The bare checks that the record needs: a key read beforehand, the message, the signature.
fn bare_checks(acts: &[&SignedAct]) -> Result<Vec<(VerifyingKey, [u8; 32], Signature)>> {
    let message = |label: &str, name: &ActDigest| -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(label.as_bytes());
        hash.update([0]);
        hash.update(name.0);
        hash.finalize().into()
    };
    let mut checks = Vec::new();
    for act in acts {
        let name = act.id();
        let envelope = Envelope::read_kept(&act.envelope).on("an envelope of the sample")?;
        let key = VerifyingKey::from_bytes(&envelope.recorder.site.0).on("a key of the sample")?;
        let signature = Signature::from_bytes(&act.signature.0);
        checks.push((key, message("onetext signature 1", &name), signature));
        if let Some((key, signature)) = &act.person {
            let key = VerifyingKey::from_bytes(&key.0).on("a key of the sample")?;
            let signature = Signature::from_bytes(&signature.0);
            checks.push((key, message("onetext person 1", &name), signature));
        }
    }
    Ok(checks)
}

/// A room of a million acts by a few sites that now and then fall behind: placed, and asked who rests on whom.
fn history() -> Result<bool> {
    let links = links(LARGE);
    let (history, taken) = clock::time(|| {
        let mut history = History::new();
        for link in &links {
            history.add(link.clone());
        }
        history
    });
    figure(&format!("history of {LARGE} acts"), taken);
    let mut numbers = Numbers::new(5);
    let pairs: Vec<_> = (0..LARGE)
        .map(|_| (numbers.below(links.len()), numbers.below(links.len())))
        .collect();
    let (_, taken) = clock::time(|| {
        pairs
            .iter()
            .filter(|(one, other)| history.is_ancestor(&links[*one].id, &links[*other].id))
            .count()
    });
    figure(&format!("{LARGE} questions who rests on whom"), taken);
    match history.is_flawed() {
        true => Err(Failure::because("the sample's history is flawed")),
        false => Ok(true),
    }
}

/// So many links: each site writes on its own last act, and every few acts on everybody's.
fn links(count: usize) -> Vec<Link> {
    let mut numbers = Numbers::new(3);
    let sites = 8;
    let mut links: Vec<Link> = Vec::with_capacity(count);
    let mut last: Vec<Option<usize>> = vec![None; sites];
    let mut written = vec![0; sites];
    for index in 0..count {
        let who = numbers.below(sites);
        let mut parents: Vec<usize> = match last[who] {
            Some(own) => vec![own],
            None => links.first().map(|_| 0).into_iter().collect(),
        };
        if numbers.below(50) == 0 {
            parents = last.iter().flatten().copied().collect();
        }
        parents.sort_unstable();
        parents.dedup();
        let depth = parents.iter().map(|parent| links[*parent].depth + 1).max();
        let micros = index % 1_000_000;
        let recorded = format!("2031-03-06T14:30:{:02}.{micros:06}Z", index / 1_000_000);
        links.push(Link {
            id: ActDigest::of(&index.to_be_bytes()),
            parents: parents.iter().map(|parent| links[*parent].id).collect(),
            depth: depth.unwrap_or(0),
            recorded: onetext_seal::Moment::parse(&recorded).unwrap_or_default(),
            site: onetext_seal::SiteId([u8::try_from(who).unwrap_or(0); 32]),
            sequence: written[who],
        });
        last[who] = Some(index);
        written[who] += 1;
    }
    links
}
