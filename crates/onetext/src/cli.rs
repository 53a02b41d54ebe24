//! The command line: what can be asked, and how an answer or a failure leaves the program.

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::commands;
use crate::failure::Failure;
use crate::out::Out;

/// One text, many parties, and a record that says what is agreed.
#[derive(Debug, Parser)]
#[command(
    name = "onetext",
    version,
    propagate_version = true,
    arg_required_else_help = true,
    after_help = "To begin: `onetext demo` makes a sample process and says what to try next.\n\
                  Exit status: 0 done, 1 failed, 2 wrong usage, 3 tampering found."
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    pub(crate) manner: Manner,
}

/// How answers are given, for every command.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct Manner {
    /// Answer with one JSON object; errors too
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Use colour: always, never, or auto, where the terminal shows it; NO_COLOR is honoured
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        hide_possible_values = true
    )]
    pub(crate) color: Colour,
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Colour {
    /// Where the terminal shows it.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Show where a process stands: points by party, circulation, conditions, replies awaited, claims
    Status(commands::status::Arguments),
    /// Say what a state, a condition, a claim or a seat's position rests on
    Why(commands::why::Arguments),
    /// Say who has been given some words, or what a seat has been told
    Given(commands::given::Arguments),
    /// Write a briefing for a person, as Markdown: never more than the person may see
    Brief(commands::brief::Arguments),
    /// Find which circulated draft a published text is nearest to, and who had it
    Leak(commands::leak::Arguments),
    /// Compare two drafts, provision by provision and word by word
    Redline(commands::redline::Arguments),
    /// Put what every seat proposes on one base into one text, in brackets with their names
    Compile(commands::compile::Arguments),
    /// Show how a draft is read: its provisions, one a line
    Text(commands::text::Arguments),
    /// Read news reports: who said what, who met whom, as proposals for the record
    Press(commands::press::Arguments),
    /// Say which combinations of options leave nobody worse off than need be
    Packages(commands::packages::Arguments),
    /// Write out what one seat may see of a process, as a dossier
    Export(commands::export::Arguments),
    /// Make an empty workspace: a store and keys, and with a title the process in it
    New(commands::new::Arguments),
    /// Record a dossier in an empty workspace, all or nothing
    Import(commands::import::Arguments),
    /// Write a draft as a document (.docx) for one seat to mark up
    Copy(commands::copy::Arguments),
    /// Take in a document that a seat marked up: its changes and comments as that seat's proposals and notes
    ImportProposals(commands::import_proposals::Arguments),
    /// Put an act on record, or with --stdin one for each line of JSON
    Act(commands::act::Arguments),
    /// List, bind and revoke the sites of a process
    Site(commands::site::Arguments),
    /// Pack acts for another site, or take in what another site packed
    Pouch(commands::pouch::Arguments),
    /// Check a record: every act, signature and content
    Verify(commands::verify::Arguments),
    /// Write a checked copy of a workspace's store
    Backup(commands::backup::Arguments),
    /// Put a backup in the place of a workspace's store
    Restore(commands::backup::Restoring),
    /// Serve the workbench of a workspace in a browser, on this computer
    Serve(commands::serve::Arguments),
    /// Make a sample process to look at: two invented countries on a river, and a mediator
    Demo(commands::demo::Arguments),
    /// Print a script that completes commands in a shell
    Completions(commands::completions::Arguments),
    /// Write manual pages into a folder
    Man(commands::man::Arguments),
}

/// Runs the program.
pub(crate) fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let cli = match Cli::try_parse_from(&arguments) {
        Ok(cli) => cli,
        Err(error) => return wrong_usage(&error, &arguments),
    };
    let mut out = Out::new(cli.manner);
    let done = match cli.command {
        Command::Status(given) => commands::status::run(&given, &mut out),
        Command::Why(given) => commands::why::run(&given, &mut out),
        Command::Given(given) => commands::given::run(&given, &mut out),
        Command::Brief(given) => commands::brief::run(&given, &mut out),
        Command::Leak(given) => commands::leak::run(&given, &mut out),
        Command::Redline(given) => commands::redline::run(&given, &mut out),
        Command::Compile(given) => commands::compile::run(&given, &mut out),
        Command::Text(given) => commands::text::run(&given, &mut out),
        Command::Press(given) => commands::press::run(&given, &mut out),
        Command::Packages(given) => commands::packages::run(&given, &mut out),
        Command::Export(given) => commands::export::run(&given, &mut out),
        Command::New(given) => commands::new::run(&given, &mut out),
        Command::Import(given) => commands::import::run(&given, &mut out),
        Command::Copy(given) => commands::copy::run(&given, &mut out),
        Command::ImportProposals(given) => commands::import_proposals::run(&given, &mut out),
        Command::Act(given) => commands::act::run(&given, &mut out),
        Command::Site(given) => commands::site::run(&given, &mut out),
        Command::Pouch(given) => commands::pouch::run(&given, &mut out),
        Command::Verify(given) => commands::verify::run(&given, &mut out),
        Command::Backup(given) => commands::backup::run(&given, &mut out),
        Command::Restore(given) => commands::backup::restore(&given, &mut out),
        Command::Serve(given) => commands::serve::run(&given, &mut out),
        Command::Demo(given) => commands::demo::run(&given, &mut out),
        Command::Completions(given) => commands::completions::run(&given, &mut out),
        Command::Man(given) => commands::man::run(&given, &mut out),
    };
    match done.and_then(|()| out.finish()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.tell(cli.manner),
    }
}

/// Help and version are answers; the rest is wrong usage, told as clap tells it or as one JSON object.
fn wrong_usage(error: &clap::Error, arguments: &[OsString]) -> ExitCode {
    if error.use_stderr() && arguments.iter().any(|argument| argument == "--json") {
        let said = error.render().to_string();
        let said = said
            .lines()
            .next()
            .unwrap_or_default()
            .trim_start_matches("error: ");
        return Failure::usage(
            said,
            "onetext --help lists the commands, onetext COMMAND --help their options",
        )
        .tell(Manner {
            json: true,
            color: Colour::Never,
        });
    }
    // A reader that has gone away is no failure.
    let _ = error.print();
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
}
