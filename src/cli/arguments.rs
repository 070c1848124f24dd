//! What can be typed.

mod role;
mod sweep;

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::present::LINE;

pub(super) use role::{CardFormat, Role};
pub(super) use sweep::{Sweep, TableFormat};

/// Commands by what one wants, as help shows them.
pub(super) const GROUPS: &[(&str, &[(&str, &str)])] = &[
    (
        "Start",
        &[
            ("new", "write a first scenario: ten questions, each may be answered \"don't know\""),
            (
                "check",
                "tell what is wrong with a scenario, and what it means before anything is simulated",
            ),
            (
                "run",
                "compare the designs of a scenario; with --what-if under changes, with --study in depth",
            ),
        ],
    ),
    ("Ask", &[("sweep", "set one input to many values, and tell where the best design changes")]),
    (
        "Show",
        &[
            ("graph", "the organization of each design as picture, DOT or JSON"),
            ("role", "what a role does all week, what it takes, and its job description"),
        ],
    ),
    (
        "Experts",
        &[
            ("schema", "the JSON Schema of scenario files"),
            ("explain", "what a finding's code or a measure means"),
            ("trace", "the story of one inquiry, or of one person's day"),
            ("statement", "the model as a paper or a review wants it stated"),
            ("rerun", "make the numbers of an earlier run again"),
            ("selftest", "textbook cases, simulated and exact, in seconds"),
            ("completions", "completions for your shell"),
        ],
    ),
];

/// Organizational design you can run.
///
/// Compare ways to organize for social media and customer care: who reads, who knows, who decides, on the same
/// customers and the same budget.
#[derive(Debug, Parser)]
#[command(name = "orgsim", version, max_term_width = LINE)]
pub(super) struct Arguments {
    /// The command.
    #[command(subcommand)]
    pub(super) command: Command,
}

/// One command.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    New(New),
    Check(Check),
    Run(Run),
    Graph(Graph),
    Role(Role),
    Sweep(Sweep),
    Schema(Schema),
    Explain(Explain),
    Trace(Trace),
    Statement(Statement),
    Rerun(Rerun),
    Selftest(Selftest),
    Completions(Completions),
}

/// How an answer is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum Format {
    /// For people.
    #[default]
    Text,
    /// One JSON document on standard output, errors included.
    Json,
}

/// Changes laid over a scenario.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Changes to the scenario")]
pub(super) struct Overlaid {
    /// Set a value of the scenario, as `customers.messages=400/day`; `*` stands for any name. May be repeated
    #[arg(long = "set", value_name = "PATH=VALUE", value_parser = assignment)]
    pub(super) set: Vec<String>,
    /// Use this master seed instead of the scenario's
    #[arg(long, value_name = "S", allow_negative_numbers = true, value_parser = seed)]
    pub(super) seed: Option<u64>,
    /// Replications of each design instead of the scenario's
    #[arg(long, value_name = "N", visible_alias = "repeat", allow_negative_numbers = true, value_parser = replications)]
    pub(super) replications: Option<u32>,
    /// Folder of the inquiry logs a scenario names, where they do not lie beside it [env: ORGSIM_DATA]
    #[arg(long, value_name = "DIR")]
    pub(super) data: Option<PathBuf>,
}

/// Where results go and how loud the program is.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Output")]
pub(super) struct Output {
    /// Folder for the results [default: output/<scenario>; of `rerun`, the folder of the run]
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    /// Replace the folder whatever it holds
    #[arg(long)]
    pub(super) force: bool,
    /// For people, or as one JSON document
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub(super) format: Format,
    /// No progress, no remarks: the answer and errors only
    #[arg(long, short)]
    pub(super) quiet: bool,
    /// No progress bar
    #[arg(long)]
    pub(super) no_progress: bool,
    /// All results, whatever their number of lines
    #[arg(long)]
    pub(super) all: bool,
    /// In experts' words, with intervals and formulas
    #[arg(long)]
    pub(super) expert: bool,
    /// Exit with 4 if an objective was missed
    #[arg(long)]
    pub(super) check: bool,
    /// Threads to use; they change no number [default: one per core]
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(super) threads: Option<u16>,
    #[command(flatten)]
    pub(super) saving: Saving,
}

/// How often what is done is saved.
#[derive(Debug, Clone, Default, Args)]
pub(super) struct Saving {
    /// Seconds between two savings of what is done, so that the same command goes on if this one is killed; 0 for none [default: 10]
    #[arg(long, value_name = "SECONDS", allow_negative_numbers = true, value_parser = seconds)]
    save_every: Option<Duration>,
}

impl Saving {
    /// The time between two savings; `None` for none.
    pub(super) fn every(&self) -> Option<Duration> {
        Some(self.save_every.unwrap_or(Duration::from_secs(10))).filter(|every| !every.is_zero())
    }
}

/// A number of seconds, which may have a fraction.
fn seconds(text: &str) -> Result<Duration, String> {
    let number: Option<f64> = text.parse().ok();
    let within = number.filter(|seconds| (0.0..=1e6).contains(seconds));
    within
        .map(Duration::from_secs_f64)
        .ok_or_else(|| "a number of seconds from 0 to 1000000".into())
}

/// Write a first scenario
///
/// Asks ten questions; every one may be answered with an empty line for "don't know", which stands for a
/// documented default and is marked as a guess in the file.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  orgsim new                                     ask ten questions, write mine.json
  orgsim new scenarios/cafe.json                 the same, into a file of that name
  orgsim new --archetype hub_and_spoke hub.json  no questions: one design of that kind")]
pub(super) struct New {
    /// The file to write
    #[arg(value_name = "FILE", default_value = "mine.json")]
    pub(super) file: PathBuf,
    /// Ask nothing: a scenario with one design of this kind
    #[arg(long, value_name = "KIND")]
    pub(super) archetype: Option<String>,
    /// Replace the file if it is there
    #[arg(long)]
    pub(super) force: bool,
}

/// Tell what is wrong with a scenario, and what it means
///
/// All problems at once, with their places. For a scenario without problems: load of every role before anything
/// is simulated, how heads were split, what each channel is there for, and which defaults hold.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  orgsim check scenarios/quickstart.json                 problems, or loads and purposes
  orgsim check scenarios/quickstart.json --defaults      every default with its source
  orgsim check mine.json --set customers.messages=900/day --format json | jq '.designs[0].roles'")]
pub(super) struct Check {
    /// The scenario
    #[arg(value_name = "SCENARIO")]
    pub(super) scenario: PathBuf,
    #[command(flatten)]
    pub(super) overlaid: Overlaid,
    /// List every default that holds, with its source
    #[arg(long)]
    pub(super) defaults: bool,
    /// For people, or as one JSON document
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub(super) format: Format,
    /// Largest scenario file that is read, in bytes
    #[arg(long, value_name = "N", allow_negative_numbers = true, default_value_t = crate::scenario::LARGEST_FILE, value_parser = bytes)]
    pub(super) max_file_bytes: u64,
}

/// Compare the designs of a scenario
///
/// Every design meets the same customers. The answer is printed; tables, pictures and a page to send are in the
/// run's folder.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  orgsim run scenarios/quickstart.json                            the answer, and output/quickstart/
  orgsim run scenarios/quickstart.json --what-if \"no approvals\"   a change beside the baseline
  orgsim run mine.json --set customers.messages=400/day --precision 2% --out output/busier

Ends with 0 when done, 1 for trouble with files or in the program, 2 for a command not understood,
3 when the scenario is wrong, 4 when an objective was missed under --check, 130 and 143 when stopped.
Ctrl-C keeps what is complete and marks it so; `orgsim rerun` or the same command goes on from there, as it tells.
A second one stops at once.")]
pub(super) struct Run {
    /// The scenario; without one, those at hand are listed
    #[arg(value_name = "SCENARIO")]
    pub(super) scenario: Option<PathBuf>,
    #[command(flatten)]
    pub(super) overlaid: Overlaid,
    /// Run this change of the scenario's `what_if` beside the baseline, or `all` of them. May be repeated
    #[arg(long, value_name = "NAME", help_heading = "Changes to the scenario")]
    pub(super) what_if: Vec<String>,
    /// Go on until each ± of a headline or a goal is at most this share of its value, as `5%`
    #[arg(long, value_name = "SHARE", allow_hyphen_values = true, value_parser = no_option)]
    pub(super) precision: Option<String>,
    /// Study this too, beside what the scenario's `studies` name: silos, knock-outs, crisis, tactics, proactive, waits, or `all`. May be repeated
    #[arg(long, value_name = "NAME", help_heading = "Studies")]
    pub(super) study: Vec<String>,
    /// Do not sweep what the scenario's `it_depends_on` names, nor the defaults that may be otherwise
    #[arg(long, help_heading = "Studies")]
    pub(super) no_dials: bool,
    #[command(flatten)]
    pub(super) output: Output,
    /// Largest scenario file that is read, in bytes
    #[arg(long, value_name = "N", allow_negative_numbers = true, default_value_t = crate::scenario::LARGEST_FILE, value_parser = bytes)]
    pub(super) max_file_bytes: u64,
}

/// How an organization is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum GraphFormat {
    /// A `graph` in the words of scenario files, to be pasted back as a design.
    Json,
    /// For Graphviz.
    Dot,
    /// A picture.
    Svg,
}

/// Show the organization of each design
///
/// The explicit graph behind an archetype: channels, roles, links and what goes over them.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  orgsim graph scenarios/quickstart.json --design \"Hub and spoke\"         roles and links as JSON
  orgsim graph scenarios/quickstart.json --design Centralized --out centralized.svg
  orgsim graph scenarios/quickstart.json --format dot | dot -Tpdf -O")]
pub(super) struct Graph {
    /// The scenario
    #[arg(value_name = "SCENARIO")]
    pub(super) scenario: PathBuf,
    /// Only this design
    #[arg(long, value_name = "NAME")]
    pub(super) design: Option<String>,
    /// Write to this file instead; its name may say the format (.json, .dot, .svg)
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
    /// How it is shown [default: by the name of --out, otherwise json]
    #[arg(long, value_name = "FORMAT", value_enum)]
    pub(super) format: Option<GraphFormat>,
    /// Replace the file if it is there
    #[arg(long)]
    pub(super) force: bool,
    #[command(flatten)]
    pub(super) overlaid: Overlaid,
}

/// The JSON Schema of scenario files
///
/// Editors complete and check a scenario whose first lines name it under `$schema`.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  orgsim schema > orgsim.schema.json             then: \"$schema\": \"./orgsim.schema.json\"
  orgsim schema | jq '.properties | keys'        the blocks of a scenario
  orgsim schema | jq '.\"$defs\" | keys'           the parts they are made of")]
pub(super) struct Schema {}

/// What a finding's code or a measure means
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  orgsim explain unknown-role          a finding of `orgsim check`
  orgsim explain settled_by_first_reply    a measure, by its name in tables
  orgsim explain                       all codes and measures")]
pub(super) struct Explain {
    /// A code, or a measure's name or id; without one, all are listed
    #[arg(value_name = "CODE|MEASURE")]
    pub(super) word: Option<String>,
}

/// Tell the story of one inquiry, or of one person's day
///
/// The same replication as in `run`, watched at one inquiry or one person; watching changes nothing.
#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("whose").required(true).args(["case", "role"]))]
#[command(after_long_help = "Examples:
  orgsim trace scenarios/quickstart.json --replication 3 --case 17
  orgsim trace scenarios/quickstart.json --replication 3 --case 17 --design Decentralized --format json
  orgsim trace scenarios/quickstart.json --replication 3 --role hub --person 2 --day 12")]
pub(super) struct Trace {
    /// The scenario
    #[arg(value_name = "SCENARIO", default_value = "scenarios/quickstart.json")]
    pub(super) scenario: PathBuf,
    /// Which replication, from 1
    #[arg(long, value_name = "R", allow_negative_numbers = true, value_parser = clap::value_parser!(u32).range(1..))]
    pub(super) replication: u32,
    /// Which inquiry of it, in order of arrival from 1
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = case)]
    pub(super) case: Option<u64>,
    /// Whose day: somebody of this role
    #[arg(long, value_name = "NAME")]
    pub(super) role: Option<String>,
    /// Which person of the role, from 1
    #[arg(long, value_name = "N", conflicts_with = "case", allow_negative_numbers = true, default_value_t = 1,
          value_parser = clap::value_parser!(u32).range(1..))]
    pub(super) person: u32,
    /// Which day, from 1, those of the warm-up included; without it, the first day that counts on which the person is there
    #[arg(long, value_name = "D", conflicts_with = "case", allow_negative_numbers = true, value_parser = clap::value_parser!(u64).range(1..))]
    pub(super) day: Option<u64>,
    /// Only this design
    #[arg(long, value_name = "NAME")]
    pub(super) design: Option<String>,
    #[command(flatten)]
    pub(super) overlaid: Overlaid,
    /// For people, or as one JSON document
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub(super) format: Format,
}

/// State the model as a paper or a review wants it
///
/// Purpose, logic, data, experiments and implementation by the checklist STRESS-DES, in Markdown, read off this scenario:
/// every role and link of every design, every value the file states, every default that holds, with sources.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  orgsim statement scenarios/quickstart.json --out statement.md
  orgsim statement scenarios/queueing/hub_and_spokes.json
  orgsim statement scenarios/quickstart.json --set customers.messages=300/day --seed 7")]
pub(super) struct Statement {
    /// The scenario
    #[arg(value_name = "SCENARIO")]
    pub(super) scenario: PathBuf,
    /// Write to this file instead of the terminal
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
    /// Replace the file if it is there
    #[arg(long)]
    pub(super) force: bool,
    #[command(flatten)]
    pub(super) overlaid: Overlaid,
}

/// Make the numbers of an earlier run again
///
/// Reads the `run.json` of a run's folder, which holds the scenario as it was, and writes the same bytes: into that folder,
/// unless `--out` names another; of a record that was taken elsewhere, into output/<scenario>. A run that was stopped is gone
/// on with: repetitions that are complete are taken from it.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  orgsim rerun output/quickstart/run.json --out output/again
  orgsim rerun output/quickstart/run.json --threads 1 --out output/again
  diff -r output/quickstart output/again && echo the same")]
pub(super) struct Rerun {
    /// The `run.json` of a run's folder
    #[arg(value_name = "RUN.json")]
    pub(super) record: PathBuf,
    /// Folder of the inquiry logs the scenario names [default: the folder of the scenario, or ORGSIM_DATA]
    #[arg(long, value_name = "DIR")]
    pub(super) data: Option<PathBuf>,
    #[command(flatten)]
    pub(super) output: Output,
}

/// Textbook cases, simulated and exact
///
/// Fifteen queues whose answers theory knows are run as scenario files. Each measure is shown with its exact value
/// and by how many standard errors the simulation is off. A case with a measure more than 4 standard errors off is run
/// once more, with another seed and four times the replications, and that counts. Ends with 1 if a case fails then.
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  orgsim selftest                                the table
  orgsim selftest --seed 7                       with other customers
  orgsim selftest --format json | jq '.cases[] | select(.passed == false)'")]
pub(super) struct Selftest {
    /// Seed of the first attempts; retests take the next one
    #[arg(long, value_name = "S", allow_negative_numbers = true, value_parser = seed)]
    pub(super) seed: Option<u64>,
    /// Threads to use; they change no number [default: one per core]
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(super) threads: Option<u16>,
    /// For people, or as one JSON document
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub(super) format: Format,
}

/// Completions for your shell
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:
  orgsim completions bash > ~/.local/share/bash-completion/completions/orgsim
  orgsim completions zsh > ~/.zfunc/_orgsim
  orgsim completions fish > ~/.config/fish/completions/orgsim.fish")]
pub(super) struct Completions {
    /// The shell
    #[arg(value_name = "SHELL", value_enum)]
    pub(super) shell: Shell,
}

/// The program's own help: commands by what one wants.
pub(super) fn overview() -> String {
    let mut text = String::from("{about-with-newline}\n{usage-heading} {usage}\n");
    for (group, commands) in GROUPS {
        text.push_str(&format!("\n{group}:\n"));
        for (name, about) in *commands {
            text.push_str(&format!("  {name:<12} {about}\n"));
        }
    }
    text.push_str("\nOptions:\n{options}\n\nFirst:  orgsim run scenarios/quickstart.json      More:  orgsim run --help\n");
    text
}

fn assignment(text: &str) -> Result<String, String> {
    match text.split_once('=') {
        Some((path, _)) if !path.trim().is_empty() => Ok(text.into()),
        _ => Err("it needs a path, an equals sign and a value, as in `customers.messages=400/day`"
            .into()),
    }
}

fn seed(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| format!("a seed is a whole number from 0 to {}", u64::MAX))
}

fn bytes(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| format!("a number of bytes is a whole number from 0 to {}", u64::MAX))
}

fn case(text: &str) -> Result<u64, String> {
    let number = text.parse().ok().filter(|&number| 0 < number);
    number.ok_or_else(|| format!("an inquiry is a whole number from 1 to {}", u64::MAX))
}

/// A text that may begin with a minus, and is no other option.
fn no_option(text: &str) -> Result<String, String> {
    match text.starts_with("--") {
        true => Err("its value is missing before the next option".into()),
        false => Ok(text.to_owned()),
    }
}

fn replications(text: &str) -> Result<u32, String> {
    let most = 1_000_000;
    match text.parse() {
        Ok(number) if number <= most => Ok(number),
        _ => Err(format!("replications are a whole number from 1 to {most}")),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_arguments_are_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn help_shows_each_command_once() {
        let mut shown: Vec<&str> = GROUPS
            .iter()
            .flat_map(|(_, commands)| commands.iter().map(|(name, _)| *name))
            .collect();
        let arguments = Arguments::command();
        let mut known: Vec<&str> =
            arguments.get_subcommands().map(clap::Command::get_name).collect();
        shown.sort_unstable();
        known.sort_unstable();
        assert_eq!(shown, known);
    }

    #[test]
    fn each_command_has_three_examples() {
        for command in Arguments::command().get_subcommands() {
            let help = command.get_after_long_help().map(ToString::to_string).unwrap_or_default();
            let examples = help.lines().skip(1).take_while(|line| !line.is_empty()).count();
            assert_eq!(examples, 3, "{}", command.get_name());
        }
    }
}
