//! `orgsim role`: role cards and job descriptions.

use std::path::Path;

use serde_json::{Map, Value, json};

use crate::cli::arguments::{CardFormat, Role};
use crate::cli::asked_file::{allowed, write_or};
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::opened::Opened;
use crate::cli::progress::Progress;
use crate::cli::signals::Signals;
use crate::cli::terminal::Terminal;
use crate::cli::told::colored;
use crate::cli::workbench::build;
use crate::experiment::Options;
use crate::model::{Design, Model, RoleId};
use crate::present::{job_description, role_card_text, role_cards_json};
use crate::scenario::{LARGEST_FILE, StatedValues};
use crate::study::{RoleCard, Workbench, role_cards};

/// Tell what a role does, or each role of a design.
pub(super) fn role(arguments: &Role, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let (out, stated) = (arguments.out.as_deref(), arguments.format.is_some());
    allowed(out, arguments.force, stated, &["md", "markdown", "json", "txt"])?;
    let signals = Signals::listen()?;
    signals.end_saying("stopped: a card needs all of its repetitions, so there is none\n");
    let remarks = (!arguments.quiet).then_some(&*terminal);
    let opened = Opened::read(&arguments.scenario, &arguments.overlaid, LARGEST_FILE, remarks)?;
    let threads = arguments.threads.map_or(0, usize::from);
    let opened = opened.settled(threads, !arguments.quiet, &signals)?;
    let design = the_design(&opened, arguments.design.as_deref())?;
    let role = arguments.role.as_deref().map(|name| the_role(design, name)).transpose()?;
    let cards = cards(&opened, design, role, arguments, &signals);
    // a simulation that was stopped is no ground for a card
    signals.obey();
    match arguments.out {
        // the file is the old one or the new one, and then the command is done
        Some(_) => signals.polled(),
        None => signals.end_saying(""),
    }
    tell(&opened, &cards, arguments, terminal)?;
    Ok(Exit::Done)
}

/// The design asked for, or the only one.
fn the_design<'o>(opened: &'o Opened, name: Option<&str>) -> Result<&'o Design, Failure> {
    match opened.designs(name)?.as_slice() {
        [only] => Ok(only),
        several => {
            let names: Vec<String> =
                several.iter().map(|design| format!("`{}`", design.name)).collect();
            Err(Failure::usage("a role belongs to one design")
                .help(format!("name it with `--design`: {}", names.join(", "))))
        }
    }
}

/// The role asked for.
fn the_role(design: &Design, name: &str) -> Result<RoleId, Failure> {
    design.organization.find(name).ok_or_else(|| {
        let known: Vec<&str> =
            design.organization.roles().map(|(_, role)| role.name.as_str()).collect();
        let failure =
            Failure::usage(format!("no role is named `{name}` in the design `{}`", design.name));
        match crate::scenario::suggestion(name, &known) {
            Some(advice) => failure.help(advice),
            None => failure.help("`orgsim check` lists the roles of each design"),
        }
    })
}

/// Run the design and whatever the cards need beside it.
fn cards(
    opened: &Opened,
    design: &Design,
    role: Option<RoleId>,
    arguments: &Role,
    signals: &Signals,
) -> Vec<RoleCard> {
    let scenario = &opened.scenario;
    let model = Model { designs: vec![design.clone()], ..scenario.model.clone() };
    let at = scenario.model.designs.iter().position(|known| known.name == design.name);
    let plan = at.and_then(|at| scenario.plans.get(at)).and_then(Option::as_ref);
    let progress = Progress::new(!arguments.quiet);
    let told = |done: usize, total: usize| progress.at(done as u64, total as u64);
    let options = Options {
        threads: arguments.threads.map_or(0, usize::from),
        stop: signals.flag(),
        confidence: scenario.confidence,
        progress: &told,
        keeper: None,
    };
    let stated = StatedValues::of(&opened.source, &opened.overlay);
    let build = |settings: &[(String, Value)]| build(opened, settings);
    let bench = Workbench { stated: &stated, build: &build, units: model.world.units.len() };
    role_cards(&model, plan, role, &bench, &options)
}

/// Print the cards, or write them into the file asked for.
fn tell(
    opened: &Opened,
    cards: &[RoleCard],
    arguments: &Role,
    terminal: &mut Terminal,
) -> Result<(), Failure> {
    let currency = opened.scenario.currency.as_deref().unwrap_or("");
    let texts = |one: &dyn Fn(&RoleCard) -> String| -> String {
        cards.iter().map(one).collect::<Vec<_>>().join("\n\n")
    };
    let format = arguments.card_format();
    let text = match format {
        CardFormat::Json => format!("{:#}\n", role_cards_json(cards, about(opened))),
        CardFormat::Markdown => texts(&|card| job_description(card, currency)),
        CardFormat::Text => texts(&|card| role_card_text(card, currency).plain()),
    };
    let print = |terminal: &mut Terminal| match format {
        CardFormat::Json => terminal.data(&text),
        CardFormat::Markdown => terminal.say(&text),
        CardFormat::Text => {
            terminal.styled(&texts(&|card| colored(&role_card_text(card, currency))))
        }
    };
    write_or(arguments.out.as_deref(), &text, arguments.quiet, terminal, print)
}

/// What tells where the cards come from.
fn about(opened: &Opened) -> Map<String, Value> {
    let scenario = &opened.scenario;
    let about = json!({
        "version": env!("CARGO_PKG_VERSION"),
        "scenario": scenario.title,
        "sha256": scenario.hash,
        "seed": scenario.model.study.seed,
        "confidence": scenario.confidence,
    });
    about.as_object().cloned().unwrap_or_default()
}

impl Role {
    /// The format asked for, or else the one that the file's name says.
    pub(super) fn card_format(&self) -> CardFormat {
        let by_name = |file: &Path| match file.extension()?.to_str()? {
            "md" | "markdown" => Some(CardFormat::Markdown),
            "json" => Some(CardFormat::Json),
            _ => None,
        };
        self.format.or_else(|| self.out.as_deref().and_then(by_name)).unwrap_or(CardFormat::Text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::arguments::{Arguments, Command};
    use clap::Parser;

    fn format_of(words: &[&str]) -> CardFormat {
        let all = ["orgsim", "role", "s.json"].iter().chain(words);
        match Arguments::parse_from(all).command {
            Command::Role(arguments) => arguments.card_format(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_file_is_written_in_the_format_its_name_says_unless_told_otherwise() {
        assert_eq!(format_of(&[]), CardFormat::Text);
        assert_eq!(format_of(&["--out", "job.md"]), CardFormat::Markdown);
        assert_eq!(format_of(&["--out", "job.json"]), CardFormat::Json);
        assert_eq!(format_of(&["--out", "job.md", "--format", "text"]), CardFormat::Text);
    }
}
