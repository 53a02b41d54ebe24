//! `onetext act`: one act on record, or one for each line of JSON.

use std::collections::BTreeMap;
use std::io::BufRead as _;
use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, Args, FromArgMatches};
use onetext_desk::schema::{self, BLOCKS, COMMON, Field, KINDS, Shape};
use onetext_desk::{ActRefused, Desk};
use serde_json::{Map, Value};

use crate::failure::Failure;
use crate::folder::Folder;
use crate::out::Out;
use crate::place::{Place, now};

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// What was done: stance, deliver, statement, …; or what a dossier has as a block: seat, person, room, text, draft (see
    /// docs/dossier-reference.md)
    #[arg(value_name = "KIND", required_unless_present = "stdin")]
    kind: Option<String>,
    /// Read acts from standard input instead: one JSON object a line, with the fields of a dossier's act; `{"id": …}` is
    /// written for each, once it is durable
    #[arg(long, conflicts_with = "kind")]
    stdin: bool,
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    fields: Fields,
}

/// The fields of an act, each as often as it was given.
#[derive(Debug, Clone, Default)]
struct Fields(BTreeMap<&'static str, Vec<String>>);

/// What a text is, where `kind` says that it is one.
const TEXT_KIND: &str = "text_kind";

/// The fields of a block that is recorded one by one; none of the process, which is founded, and of acts.
fn block_fields(kind: &str) -> Option<&'static [Field]> {
    let blocks = BLOCKS
        .iter()
        .filter(|block| block.many && block.name != "act");
    blocks
        .into_iter()
        .find(|block| block.name == kind)
        .map(|block| block.fields)
}

/// Every field that some kind of act or block has, with what it is for where it is first met.
fn all_fields() -> BTreeMap<&'static str, &'static str> {
    let mut fields = BTreeMap::from([(
        TEXT_KIND,
        "What a text is: main, side, annex, input or precedent.",
    )]);
    let blocks = ["seat", "person", "room", "text", "draft"].map(block_fields);
    let own = KINDS.iter().flat_map(|kind| kind.fields);
    for field in COMMON
        .iter()
        .chain(own)
        .chain(blocks.into_iter().flatten().flatten())
        .filter(|field| field.name != "kind")
    {
        fields.entry(field.name).or_insert(field.doc);
    }
    fields
}

impl Args for Fields {
    fn augment_args(command: clap::Command) -> clap::Command {
        let heading = "Fields of the act (a list is given item by item; tables as JSON)";
        let arguments = all_fields().into_iter().map(|(name, doc)| {
            Arg::new(name)
                .long(name)
                .value_name("VALUE")
                .help(doc)
                .action(ArgAction::Append)
                .allow_hyphen_values(true)
                .help_heading(heading)
        });
        command.args(arguments)
    }

    fn augment_args_for_update(command: clap::Command) -> clap::Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for Fields {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let given = all_fields().into_keys().filter_map(|name| {
            let values = matches.get_many::<String>(name)?;
            Some((name, values.cloned().collect()))
        });
        Ok(Fields(given.collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

pub(crate) fn run(given: &Arguments, out: &mut Out) -> Result<(), Failure> {
    let mut workspace = given.place.open()?;
    let mut desk = Desk::open(&mut workspace)?;
    let mut files = Folder(PathBuf::from("."));
    let Some(kind) = &given.kind else {
        return from_lines(&mut desk, &mut files, out);
    };
    let fields = fields_of(kind, &given.fields);
    let id = desk
        .act(fields, &mut files, now())
        .map_err(|error| refused(error, "--"))?;
    match out.json() {
        true => out.object(&serde_json::json!({ "id": id })),
        false => out.line(&id.to_string()),
    }
}

/// One act for each line; the first that is refused ends it, and those before it stay.
fn from_lines(desk: &mut Desk<'_>, files: &mut Folder, out: &mut Out) -> Result<(), Failure> {
    for (number, line) in std::io::stdin().lock().lines().enumerate() {
        let place = || format!("line {} of standard input", number + 1);
        let line = line.map_err(|error| {
            Failure::new(
                "unreadable",
                format!("it cannot be read: {error}"),
                "write JSON in UTF-8",
            )
            .at(place())
        })?;
        if line.trim().is_empty() {
            continue;
        }
        let fields: Map<String, Value> = serde_json::from_str(&line).map_err(|error| {
            let message = format!("this is no JSON object: {error}");
            Failure::new(
                "syntax",
                message,
                "write one object a line, as {\"kind\": \"note\", …}",
            )
            .at(place())
        })?;
        let id = desk
            .act(fields, files, now())
            .map_err(|error| refused(error, "").within(&place()))?;
        out.line(&serde_json::json!({ "id": id }).to_string())?;
        out.flush()?;
    }
    Ok(())
}

/// The fields in the shapes that the kind gives them; what does not fit stays words, and is refused as such.
fn fields_of(kind: &str, given: &Fields) -> Map<String, Value> {
    let block = block_fields(kind);
    let own = schema::kind(kind).map_or(&[][..], |kind| kind.fields);
    let common = block.unwrap_or(COMMON);
    let mut fields = Map::new();
    fields.insert("kind".to_owned(), Value::String(kind.to_owned()));
    for (name, values) in &given.0 {
        let field = common.iter().chain(own).find(|field| field.name == *name);
        let shape = match field {
            Some(field) => field.shape,
            // What is settled of a draft's identity comes with the draft.
            None if block.is_some() && *name == "pairs" => Shape::Pairs,
            None => Shape::Words,
        };
        fields.insert((*name).to_owned(), value_of(shape, values));
    }
    fields
}

fn value_of(shape: Shape, values: &[String]) -> Value {
    let parsed = |words: &String| {
        serde_json::from_str(words).unwrap_or_else(|_| Value::String(words.clone()))
    };
    let one = |shape: Shape, words: &String| match shape {
        Shape::Number | Shape::Flag | Shape::Table(_) | Shape::Pairs => parsed(words),
        Shape::WordsOrNumber => match words.parse::<u64>() {
            Ok(number) => number.into(),
            Err(_) => Value::String(words.clone()),
        },
        _ => Value::String(words.clone()),
    };
    match (shape, values) {
        (Shape::Many(item), _) => values.iter().map(|words| one(*item, words)).collect(),
        (_, [words]) => one(shape, words),
        _ => values.iter().map(|words| one(shape, words)).collect(),
    }
}

pub(crate) fn refused(error: ActRefused, before: &str) -> Failure {
    match error {
        ActRefused::Workspace(error) => error.into(),
        ActRefused::NotEntered(error) => Failure::new(
            "not-in-room",
            error.to_string(),
            "record it where a seat that sits in the room signs, and let a pouch bring it here",
        ),
        ActRefused::NotTheirs { .. } => Failure::new(
            "not-theirs",
            error.to_string(),
            "record it in a workspace where that seat signs, and let a pouch bring it here",
        ),
        ActRefused::SpeaksAs { .. } | ActRefused::RoomsElsewhere | ActRefused::OnlyReads => {
            Failure::new(
                "not-theirs",
                error.to_string(),
                "let the person who may say it record it",
            )
        }
        ActRefused::NotInOrder(errors) => {
            let mut errors = errors.into_iter();
            let Some(first) = errors.next() else {
                return Failure::new(
                    "not-in-order",
                    "the act is not in order",
                    "onetext act --help",
                );
            };
            let hint = first
                .hint
                .clone()
                .unwrap_or_else(|| "onetext act --help lists the fields".to_owned());
            let failure = Failure::new(first.code, first.sentence(), hint);
            let failure = failure.and(errors.map(|error| error.sentence()));
            match first.field {
                Some(field) => failure.at(format!("{before}{field}")),
                None => failure,
            }
        }
    }
}
