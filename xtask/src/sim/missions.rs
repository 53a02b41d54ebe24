//! Two missions of the mediator, each with a laptop limited to its rooms, write offline; home takes in what they bring in
//! either order, and comes to the same.

use std::collections::BTreeSet;
use std::path::Path;

use onetext_desk::workspace::{Received, Verdict};
use onetext_seal::{ActDigest, Addressee};

use super::site::{Site, caucus, copy_folder, kind};
use super::{DAYS, SEATS, World};
use crate::failure::{Failure, Result, While};

pub(super) fn run(world: &mut World) -> Result {
    let home = SEATS[0];
    let shared = format!("chamber-{home}");
    let mut laptops = Vec::new();
    for (number, party) in SEATS.iter().enumerate().skip(1) {
        let rooms = [caucus(party), shared.clone()];
        let mut laptop = Site::new(
            &world.folder.join(format!("mission-{party}")),
            home,
            900 + number as u64,
        )?;
        laptop.clock = world.sites[0].clock;
        let own = laptop.desk.introductions().remove(0);
        let now = world.sites[0].clock.tick();
        world.sites[0]
            .desk
            .bind(&own, Some(&rooms), now)
            .on("binding a mission")?;
        laptops.push((laptop, own.site, rooms));
    }
    let mut back = Vec::new();
    for (laptop, site, rooms) in &mut laptops {
        let to = Addressee {
            seat: home.to_owned(),
            site: Some(*site),
        };
        let out = world.sites[0]
            .desk
            .pack_pouch(None, &to, false)
            .on("packing for a mission")?;
        let now = laptop.clock.tick();
        laptop
            .desk
            .open_pouch(&out.sealed, now)
            .on("a mission's first pouch")?;
        laptop.look(&world.plain)?;
        let World {
            chance,
            plain,
            tally,
            ..
        } = &mut *world;
        let mut written = 0;
        while written < 6 {
            written += laptop.write((6 - written, &rooms[..]), chance, plain, tally)?;
        }
        let held: Vec<String> = laptop.heads()?.0.into_keys().collect();
        if held
            .iter()
            .any(|room| room != "plenary" && !rooms.contains(room))
        {
            return Err(Failure::because(format!(
                "a mission's laptop holds {held:?}"
            )));
        }
        back.push(laptop.pack_whole(home)?.sealed);
    }
    let one = taken_in(world, "home-1", [&back[0], &back[1]])?;
    let other = taken_in(world, "home-2", [&back[1], &back[0]])?;
    world.count("pairs of missions, taken in in either order");
    match one == other {
        true => Ok(()),
        false => Err(Failure::because(
            "two missions' records merge to different states in different order",
        )),
    }
}

/// The acts that home holds beside its receipts, with their rooms, and what it shows.
type Home = (BTreeSet<(String, ActDigest)>, Vec<String>);

/// What home holds after these pouches in this order, and the state that it shows; which must be what
/// the plain record shows.
fn taken_in(world: &mut World, name: &str, pouches: [&Vec<u8>; 2]) -> Result<Home> {
    let copy = world.folder.join(name);
    copy_folder(Path::new(world.sites[0].desk.folder()), &copy)?;
    let mut home = Site::open(&copy, SEATS[0], 800)?;
    home.clock = world.sites[0].clock;
    for pouch in pouches {
        let now = home.clock.tick();
        match home.desk.open_pouch(pouch, now).on("a mission's pouch")? {
            Received::Arrived(arrived) if arrived.rooms.values().sum::<usize>() >= 6 => {}
            other => {
                return Err(Failure::because(format!(
                    "a mission's pouch came to {other:?}"
                )));
            }
        }
    }
    let checked = home.desk.verify(None).on("verify")?;
    if checked.verdict != Verdict::Good {
        return Err(Failure::because(format!(
            "home does not verify: {checked:?}"
        )));
    }
    let mut acts = BTreeSet::new();
    for room in home.heads()?.0.into_keys() {
        let (heard, _) = home.desk.acts(&room, 0).on(&room)?;
        let kept = heard
            .into_iter()
            .filter(|act| kind(act.body.as_ref()) != Some("receipt"));
        acts.extend(kept.map(|act| (room.clone(), act.id)));
    }
    let whole = world.plain.whole()?;
    let states = world.plain.same_state(&whole, &mut home, SEATS[0], &DAYS)?;
    Ok((acts, states))
}
