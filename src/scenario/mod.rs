//! From a scenario file to a checked model, and back to the place of what is wrong in it.
//!
//! This floor alone knows the file format. A file is read in one pass over a syntax tree that
//! remembers where each value stands; reading never stops at a problem, so that all of them are told at
//! once. [`load`] gives a [`Scenario`] or its problems; [`render`] shows them with the author's own words.
//!
//! ```
//! use orgsim::scenario::{Overlay, Source, load, render};
//!
//! let source = Source::new("mine.json", r#"{ "orgsim": 1, "customers": { "mesages": "9/hour" } }"#);
//! let problems = load(&source, &Overlay::default()).unwrap_err();
//! assert!(render(&source, &problems, false).contains("did you mean `messages`?"));
//! ```

mod absences;
mod answers;
mod archetypes;
mod arrivals;
mod assumed;
mod audience;
mod audit;
mod balance;
mod behavior;
#[cfg(test)]
mod broken;
mod checks;
mod clock;
mod contract;
mod crew;
mod crowd;
mod cursor;
mod customers;
mod deal;
mod defaults;
mod depends;
mod designs;
mod dialogue;
mod discipline;
mod duties;
mod edits;
mod entry;
mod experiment;
mod experts;
mod explain;
mod families;
mod files;
mod foreign;
mod graph;
mod guessed;
mod habits;
mod in_use;
mod keys;
mod knows;
mod languages;
mod laws;
mod links;
mod longer;
mod mapping;
mod mood;
mod names;
mod new;
mod new_posts;
mod new_starters;
mod objectives;
mod opening;
mod overlay;
mod path;
mod people;
mod posts;
mod practice;
mod read;
mod render;
mod replayed;
mod report;
mod risk;
mod roles;
mod scale;
mod schema;
mod scope;
mod shares;
#[cfg(test)]
mod shipped;
mod sites;
mod source;
mod staffing;
mod stand_in;
mod stated;
mod streams;
mod stretches;
mod studies;
mod surge;
mod syntax;
mod text;
mod track;
mod tree;
mod tried;
mod week;
mod week_settings;
mod what_if;
mod widened;
mod written;

use std::path::PathBuf;
use std::sync::Arc;

use sha2::{Digest, Sha256};

pub use assumed::Assumed;
pub use audit::ChannelAudit;
pub use balance::Staffing;
pub use defaults::{Bounds, DEFAULTS, Default};
pub use depends::{Depends, Range};
pub use entry::{CountedHeads, DesignEntry, HeadsAt, PlanChange};
pub use explain::{codes, explain};
pub use guessed::is_guess;
pub use names::{escape, suggestion};
pub use new::{Answers, QUESTIONS, Question, document};
pub use new_starters::{ARCHETYPES, document_of};
pub use objectives::Stated;
pub use overlay::{Overlay, PathAndValue};
pub use render::{render, render_json};
pub use schema::SCHEMA;
pub use source::{LARGEST_FILE, ReadError, Source};
pub use stated::StatedValues;
pub use studies::{Asked, Day, STUDIES};
pub use track::Track;
pub use tree::steps as pointer_steps;
pub use week_settings::{StandingHours, approval_of_plan, approval_of_role};
pub use what_if::WhatIf;

use self::clock::Clock;
use crate::model::archetype::Archetype;
use crate::model::mapping::Mapping;
use crate::model::{Diagnostic, Model, NamedLog, Precision};

/// A scenario file, read and checked.
#[derive(Debug, Clone)]
pub struct Scenario {
    /// Name of the file without folder and extension.
    pub title: String,
    /// The question it asks, in the author's words; empty if there is none.
    pub question: String,
    /// What is simulated.
    pub model: Model,
    /// The people plan of each design, `None` for explicit graphs.
    pub plans: Vec<Option<Archetype>>,
    /// Who decides the split of people, for each design.
    pub staffing: Vec<Staffing>,
    /// Named changes to run beside the baseline.
    pub what_ifs: Vec<WhatIf>,
    /// Studies beside the comparison.
    pub studies: Vec<Asked>,
    /// The day on which knock-outs take roles out; `None` unless typical weeks are studied.
    pub knock_out_day: Option<Day>,
    /// What the answer may depend on.
    pub depends: Vec<Depends>,
    /// Paths of what its notes call guessed.
    pub guessed: Vec<String>,
    /// Findings that do not stop a run.
    pub warnings: Vec<Diagnostic>,
    /// Documented defaults that the file relies on: they stand for what it leaves out, and change something.
    pub defaults_used: Vec<&'static Default>,
    /// Those of them that may be otherwise, with what to set where.
    pub assumed: Vec<Assumed>,
    /// For each channel: what it is there for.
    pub audit: Vec<ChannelAudit>,
    /// The objectives as a tree: each before those that serve it.
    pub strategy: Vec<Stated>,
    /// Recorded logs that streams replay.
    pub logs: Vec<LogUse>,
    /// Sign or code of the currency of all money.
    pub currency: Option<String>,
    /// Confidence of every interval.
    pub confidence: f64,
    /// How exact the estimates shall be; `None` if the number of replications is fixed.
    pub precision: Option<Precision>,
    /// Whether the warm-up is to be found before anything is run; the study has none until then.
    pub finds_warm_up: bool,
    /// SHA-256 of the text, in hexadecimal digits.
    pub hash: String,
    /// Where days lie in simulated time.
    clock: Clock,
}

/// A stream that replays a recorded log.
#[derive(Debug, Clone, PartialEq)]
pub struct LogUse {
    /// Name of the stream in the model's world.
    pub stream: String,
    /// The file as the scenario names it.
    pub file: String,
    /// The file, inside the scenario's folder or the data folder.
    pub path: PathBuf,
    /// How to read it; whether the file has these columns is not known here.
    pub mapping: Mapping,
    /// JSON Pointer of the mapping in the scenario.
    pub pointer: String,
}

/// Reads a log that a scenario names; findings point into the mapping.
pub type LogReader<'a> = &'a dyn Fn(&LogUse) -> Result<Arc<NamedLog>, Vec<Diagnostic>>;

impl Scenario {
    /// Day of the week of simulated time 0, from Monday.
    pub fn weekday(&self) -> usize {
        self.clock.weekday()
    }

    /// What is to be told of an input at this path, whatever values it is tried at.
    pub fn caveat(&self, what: &str) -> Option<&'static str> {
        checks::adds_to_a_log(&self.model.world, what).then_some(checks::ON_TOP)
    }

    /// The people of a design: kind (or role, in an explicit graph), heads, yearly cost.
    pub fn staff(&self, design: usize) -> Vec<(String, f64, f64)> {
        if let Some(plan) = &self.plans[design] {
            let staff = plan.staff(&self.model.world);
            return staff
                .into_iter()
                .map(|staff| {
                    (staff.kind.name.clone(), staff.heads, staff.heads * staff.kind.cost_per_year)
                })
                .collect();
        }
        let roles = self.model.designs[design].organization.roles();
        roles
            .map(|(_, role)| {
                let heads = role.headcount().unwrap_or(f64::INFINITY);
                (role.name.clone(), heads, role.cost_per_year)
            })
            .collect()
    }
}

/// Read a scenario, changed by an overlay, without opening the logs that it replays: streams that
/// replay one bring nothing. [`experiment::load`](crate::experiment::load) reads them as well.
///
/// # Errors
/// Everything that is wrong with it, errors first, at most 50 findings.
pub fn load(source: &Source, overlay: &Overlay) -> Result<Scenario, Vec<Diagnostic>> {
    read(source, overlay, None)
}

/// Read a scenario, changed by an overlay, and with `reader` the logs that it replays.
///
/// Simulated time 0 is midnight before the earliest log's period, unless the scenario states
/// `experiment.start`. Channels, topics and units that it does not state are the logs'.
///
/// # Errors
/// Everything that is wrong with it or its logs, errors first, at most 50 findings.
pub fn load_with(
    source: &Source,
    overlay: &Overlay,
    reader: LogReader<'_>,
) -> Result<Scenario, Vec<Diagnostic>> {
    read(source, overlay, Some(reader))
}

fn read(
    source: &Source,
    overlay: &Overlay,
    reader: Option<LogReader<'_>>,
) -> Result<Scenario, Vec<Diagnostic>> {
    if let Some((fault, _)) = &source.fault {
        return Err(vec![fault.clone()]);
    }
    let (tree, duplicates) = syntax::parse(&source.text).map_err(|(fault, _)| vec![*fault])?;
    let report = report::Report::new();
    duplicates.into_iter().for_each(|duplicate| report.add(duplicate));
    read::scenario(source, tree, overlay, reader, report)
}

/// SHA-256 of a text, in hexadecimal digits.
pub fn fingerprint(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}
