//! From the parsed tables of one piece to blocks and acts, each checked against the schema.

use serde::Deserialize;
use serde::de::value::MapDeserializer;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue, Error, ValueDeserializer};

use onetext_talks::{Deed, Person};

use super::error::Fault;
use super::schema::{self, BLOCKS, Block, COMMON};
use super::shape::{self, Rules, shown};
use super::sketch::Sketch;

type Field<'s> = (Spanned<DeString<'s>>, Spanned<DeValue<'s>>);

/// Takes every block of a piece that begins at `base` into the sketch.
pub(super) fn take(piece: DeTable<'_>, base: usize, sketch: &mut Sketch, faults: &mut Vec<Fault>) {
    for (key, value) in piece {
        match BLOCKS.iter().find(|block| block.name == key.get_ref()) {
            Some(block) => take_block(block, base + key.span().start, value, base, sketch, faults),
            None => faults.push(unknown_block(&key, base)),
        }
    }
}

fn unknown_block(key: &Spanned<DeString<'_>>, base: usize) -> Fault {
    let names: Vec<&str> = BLOCKS.iter().map(|block| block.name).collect();
    Fault::new(
        "unknown-block",
        base + key.span().start,
        format!("a dossier has no `{}`", shown(key.get_ref())),
    )
    .expected(format!("one of {}", names.join(", ")))
    .nearest(key.get_ref(), names)
}

fn take_block(
    block: &'static Block,
    key: usize,
    value: Spanned<DeValue<'_>>,
    base: usize,
    sketch: &mut Sketch,
    faults: &mut Vec<Fault>,
) {
    let header = base + value.span().start;
    match value.into_inner() {
        DeValue::Table(table) if !block.many => {
            take_one(block, header, table, base, sketch, faults)
        }
        DeValue::Array(list) if block.many => {
            for item in list {
                let header = base + item.span().start;
                match item.into_inner() {
                    DeValue::Table(table) => take_one(block, header, table, base, sketch, faults),
                    _ => faults.push(wrong_block(block, header)),
                }
            }
        }
        _ => faults.push(wrong_block(block, key)),
    }
}

fn wrong_block(block: &Block, at: usize) -> Fault {
    let form = if block.many {
        format!("[[{}]]", block.name)
    } else {
        format!("[{}]", block.name)
    };
    Fault::new(
        "wrong-type",
        at,
        format!("`{}` is not written as a block", block.name),
    )
    .expected(form)
}

/// Takes one block that passes the schema; else says why not.
fn take_one(
    block: &'static Block,
    header: usize,
    mut table: DeTable<'_>,
    base: usize,
    sketch: &mut Sketch,
    faults: &mut Vec<Fault>,
) {
    let before = faults.len();
    if block.name == "act" {
        take_act(header, table, base, sketch, faults);
        return;
    }
    let what = format!("[[{}]]", block.name);
    let what = if block.many {
        what.as_str()
    } else {
        what.trim_matches(['[', ']'])
    };
    let rules = Rules {
        fields: [block.fields, &[]],
        what,
        header,
        base,
    };
    shape::table(&mut table, rules, faults);
    if faults.len() > before {
        return;
    }
    if let Err(fault) = keep(block.name, header, table, sketch) {
        faults.push(fault);
    }
}

fn keep(block: &str, header: usize, table: DeTable<'_>, sketch: &mut Sketch) -> Result<(), Fault> {
    match block {
        "process" if sketch.process.is_some() => {
            return Err(
                Fault::new("duplicate-id", header, "there is a second [process]")
                    .expected("one process in a dossier"),
            );
        }
        "process" => sketch.process = Some(typed(header, table)?),
        "seat" => sketch.seats.push(typed(header, table)?),
        "person" => sketch
            .persons
            .push(Person::from(typed::<super::sketch::PersonSketch>(
                header, table,
            )?)),
        "room" => sketch.rooms.push(typed(header, table)?),
        "text" => sketch.texts.push(typed(header, table)?),
        "draft" => sketch.drafts.push(typed(header, table)?),
        _ => {}
    }
    Ok(())
}

fn typed<'s, T: Deserialize<'s>>(header: usize, table: DeTable<'s>) -> Result<T, Fault> {
    let value = Spanned::new(0..0, DeValue::Table(table));
    T::deserialize(ValueDeserializer::from(value)).map_err(|error| unreadable(header, &error))
}

/// The schema lets pass only what can be read; should the two ever differ, this says so instead of stopping.
fn unreadable(header: usize, error: &Error) -> Fault {
    Fault::new(
        "wrong-type",
        header,
        format!("this block cannot be read: {}", error.message()),
    )
}

fn take_act(
    header: usize,
    mut table: DeTable<'_>,
    base: usize,
    sketch: &mut Sketch,
    faults: &mut Vec<Fault>,
) {
    let kind = match table
        .get("kind")
        .map(|kind| (kind.get_ref().as_str(), kind.span().start))
    {
        Some((Some(name), at)) => match schema::kind(name) {
            Some(kind) => kind,
            None => return faults.push(unknown_kind(name, base + at)),
        },
        Some((None, at)) => {
            return faults.push(
                Fault::new("wrong-type", base + at, "`kind` is not a word")
                    .expected("a kind of act"),
            );
        }
        None => {
            return faults.push(
                Fault::new("missing-field", header, "an act has no `kind`")
                    .expected("a kind of act"),
            );
        }
    };
    let before = faults.len();
    let what = format!("an act of kind {}", kind.name);
    shape::table(
        &mut table,
        Rules {
            fields: [COMMON, kind.fields],
            what: &what,
            header,
            base,
        },
        faults,
    );
    if faults.len() > before {
        return;
    }
    let (common, own): (Vec<Field<'_>>, Vec<Field<'_>>) = table
        .into_iter()
        .partition(|(key, _)| COMMON.iter().any(|field| field.name == key.get_ref()));
    let read = fields(common).and_then(|header| Ok((header, deed(kind.name, own)?)));
    match read {
        Ok((header, deed)) => sketch.add_act(header, deed),
        Err(error) => faults.push(unreadable(header, &error)),
    }
}

fn unknown_kind(name: &str, at: usize) -> Fault {
    let names: Vec<&str> = schema::KINDS.iter().map(|kind| kind.name).collect();
    Fault::new(
        "not-one-of",
        at,
        format!("no kind of act is named {:?}", shown(name)),
    )
    .expected(format!("one of {}", names.join(", ")))
    .nearest(name, names)
}

fn fields<'s, T: Deserialize<'s>>(fields: Vec<Field<'s>>) -> Result<T, Error> {
    let entries = fields
        .into_iter()
        .map(|(key, value)| (key.into_inner(), value));
    T::deserialize(MapDeserializer::<_, Error>::new(entries))
}

fn deed(kind: &str, own: Vec<Field<'_>>) -> Result<Deed, Error> {
    Ok(match kind {
        "deliver" => Deed::Deliver(fields(own)?),
        "acknowledge" => Deed::Acknowledge(fields(own)?),
        "stance" => Deed::Stance(fields(own)?),
        "withdraw" => Deed::Withdraw(fields(own)?),
        "dispose" => Deed::Dispose(fields(own)?),
        "release" => Deed::Release(fields(own)?),
        "convey" => Deed::Convey(fields(own)?),
        "package" => Deed::Package(fields(own)?),
        "red-line" => Deed::RedLine(fields(own)?),
        "bracket" => Deed::Bracket(fields(own)?),
        "track" => Deed::Track(fields(own)?),
        "align" => Deed::Align(fields(own)?),
        "mission" => Deed::Mission(fields(own)?),
        "session" => Deed::Session(fields(own)?),
        "confirm" => Deed::Confirm(fields(own)?),
        "deny" => Deed::Deny(fields(own)?),
        "statement" => Deed::Statement(fields(own)?),
        "reply-due" => Deed::ReplyDue(fields(own)?),
        "reply" => Deed::Reply(fields(own)?),
        "silence" => Deed::Silence(fields(own)?),
        "editorial" => Deed::Editorial(fields(own)?),
        "understanding" => Deed::Understanding(fields(own)?),
        "minute" => Deed::Minute(fields(own)?),
        "assess" => Deed::Assess(fields(own)?),
        "gate" => Deed::Gate(fields(own)?),
        "override" => Deed::Override(fields(own)?),
        "briefing" => Deed::Briefing(fields(own)?),
        "consent" => Deed::Consent(fields(own)?),
        "challenge" => Deed::Challenge(fields(own)?),
        "initial" => Deed::Initial(fields(own)?),
        "sign" => Deed::Sign(fields(own)?),
        "ratify" => Deed::Ratify(fields(own)?),
        "correct" => Deed::Correct(fields(own)?),
        "preference" => Deed::Preference(fields(own)?),
        "note" => Deed::Note(fields(own)?),
        "question" => Deed::Question(fields(own)?),
        other => {
            return Err(serde::de::Error::custom(format!(
                "no kind of act is named {other}"
            )));
        }
    })
}
