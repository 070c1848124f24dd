//! A scenario as a model statement: what experts ask of a simulation study, in the order in which they ask it.
//!
//! The headings are those of the checklist STRESS-DES (Monks, Currie, Onggo, Robinson, Kunc and Taylor 2019). What stands
//! below them is read off the scenario and off the networks that its designs stand for, so that it is true of this scenario
//! and of no other.

mod data;
mod experiment;
mod logic;
mod mechanisms;
mod prose;

use serde_json::{Map, Value};

use crate::present::document::{Block, Section, safe, to_markdown};
use crate::present::words::list;
use crate::scenario::{Scenario, StatedValues};

/// All that a statement is made from.
#[derive(Debug, Clone, Copy)]
pub struct Stating<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// What its file states, under the changes laid over it.
    pub stated: &'a StatedValues,
    /// By design, its explicit network in the language of scenario files.
    pub networks: &'a [Value],
    /// By log that is replayed, what was read, in sentences.
    pub logs: &'a [Vec<String>],
    /// The file's name.
    pub file: &'a str,
    /// Changes from outside the file, as options of the command line: ` --set a=b --seed 3`.
    pub options: &'a str,
}

/// The statement in Markdown.
pub fn model_statement(of: &Stating<'_>) -> String {
    let root = of.root();
    let mut text = format!("# Model statement: {}\n\n", safe(&of.scenario.title));
    text.push_str(&format!("{}\n", safe(&origin(of))));
    for (title, sections) in [
        ("1 Objectives", objectives(of, &root)),
        ("2 Logic", logic::sections(of, &root)),
        ("3 Data", data::sections(of, &root)),
        ("4 Experimentation", experiment::sections(of, &root)),
        ("5 Implementation", implementation(of)),
        ("6 Code access", access(of)),
    ] {
        text.push_str(&format!("\n## {title}\n"));
        text.push_str(&to_markdown(&sections, 3));
    }
    text
}

impl Stating<'_> {
    /// The file's blocks by name.
    fn root(&self) -> Map<String, Value> {
        match self.stated.all() {
            Value::Object(root) => root,
            _ => Map::new(),
        }
    }

    /// Whether nobody answers: a network of desks that serve.
    fn is_plain(&self) -> bool {
        self.scenario.model.designs.iter().all(|design| design.organization.only_serves())
    }
}

/// Where the statement comes from.
fn origin(of: &Stating<'_>) -> String {
    let changes = match of.options {
        "" => String::new(),
        options => format!(", under these changes:{options}"),
    };
    format!(
        "Written by orgsim {} from {} (SHA-256 {}){changes}, by the checklist STRESS-DES (Monks and others 2019).",
        env!("CARGO_PKG_VERSION"),
        of.file,
        of.scenario.hash
    )
}

fn objectives(of: &Stating<'_>, root: &Map<String, Value>) -> Vec<Section> {
    vec![
        Section::new("1.1 Purpose of the model", purpose(of, root)),
        Section::new("1.2 Model outputs", outputs(of)),
        Section::new("1.3 Aims of experimentation", aims(of, root)),
    ]
}

fn purpose(of: &Stating<'_>, root: &Map<String, Value>) -> Vec<Block> {
    let mut blocks = vec![Block::Say(match of.scenario.question.as_str() {
        "" => "The scenario states no question.".into(),
        question => question.to_owned(),
    })];
    let words = ["about", "note", "why"].iter().filter_map(|key| root.get(*key)?.as_str());
    blocks.extend(words.map(|text| Block::Say(text.to_owned())));
    blocks
}

fn outputs(of: &Stating<'_>) -> Vec<Block> {
    let scores = match of.is_plain() {
        true => {
            "For each role and in total: arrivals, waits (mean, distribution, quantiles), numbers waiting and inside, throughput, how many were turned away or gave up, utilization."
        }
        false => {
            "For each design, in total and by channel, topic, stage and segment: how responsive, interactive and proactive it is, its quality, workload and money; for each role its load, waits and what its paid minutes went to."
        }
    };
    let mut blocks = vec![Block::Say(format!(
        "{scores} orgsim explain defines every measure; results.json, summary.csv and roles.csv hold them by replication and with half-widths."
    ))];
    if !of.scenario.strategy.is_empty() {
        blocks.push(Block::Say("Objectives, in the author's order:".into()));
    }
    for stated in &of.scenario.strategy {
        let goal = stated.goal.as_ref().map_or(String::new(), |goal| format!(": {goal}"));
        let why = stated.why.as_ref().map_or(String::new(), |why| format!(" ({why})"));
        blocks.push(Block::Item(format!("{}{goal}{why}", stated.id)));
    }
    blocks
}

fn aims(of: &Stating<'_>, root: &Map<String, Value>) -> Vec<Block> {
    let scenario = of.scenario;
    let names: Vec<&str> =
        scenario.model.designs.iter().map(|design| design.name.as_str()).collect();
    let mut blocks = vec![Block::Say(match names.as_slice() {
        [only] => format!("One design is evaluated: {only}."),
        several => format!(
            "{} designs are compared on the same customers: {}.",
            several.len(),
            several.join(", ")
        ),
    })];
    let mut listed = |head: &str, key: &str| {
        let items = items_of(root.get(key));
        if !items.is_empty() {
            blocks.push(Block::Say(head.to_owned()));
            blocks.extend(items.into_iter().map(Block::Item));
        }
    };
    listed("On what the answer may depend is swept, one input at a time:", "it_depends_on");
    listed("Run beside the baseline:", "what_if");
    listed("Studied in depth:", "studies");
    blocks
}

/// What a block of the file states, an item for each of its parts.
fn items_of(block: Option<&Value>) -> Vec<String> {
    match block {
        Some(Value::Array(items)) => items.iter().map(item).collect(),
        Some(Value::Object(entries)) => {
            let told = entries.iter().filter(|(key, _)| !COMMENTS.contains(&key.as_str()));
            told.map(|(key, value)| prose::entry(key, value, 0)).collect()
        }
        Some(other) => vec![prose::value(other, 0)],
        None => Vec::new(),
    }
}

/// An item of a list, what it is about first.
fn item(of: &Value) -> String {
    let about = of.as_object().and_then(|object| Some((object, object.get("what")?.as_str()?)));
    match about {
        Some((object, what)) => {
            let mut rest = object.clone();
            rest.remove("what");
            format!("{what}: {}", prose::value(&Value::Object(rest), 0))
        }
        None => prose::value(of, 0),
    }
}

/// Entries that say something to people and nothing to the program.
const COMMENTS: [&str; 3] = ["note", "why", "source"];

fn implementation(of: &Stating<'_>) -> Vec<Section> {
    let say = |text: &str| vec![Block::Say(text.to_owned())];
    let seed = of.scenario.model.study.seed;
    vec![
        Section::new(
            "5.1 Software",
            say(&format!(
                "orgsim {}, a discrete-event simulator written in Rust, MIT license.",
                env!("CARGO_PKG_VERSION")
            )),
        ),
        Section::new(
            "5.2 Random sampling",
            say(&format!(
                "A counter-based generator: each uniform of 52 bits is found by the address of replication, stream, customer, purpose and ordinal, so what a customer draws does not depend on the design. Master seed {seed}. Every law is sampled by inversion. Known answers and the tests that were passed stand in the chapter on statistics of the documentation."
            )),
        ),
        Section::new(
            "5.3 Model execution",
            say(
                "Next-event time advance on a clock of whole microseconds. Events of one instant come by kind (work done, timers, shifts, duties, mentions found, arrivals, looks), then in the order in which they were scheduled; of the arrivals of the first instant the more urgent come first. The same scenario, seed and version give the same bytes on any machine, for any number of threads.",
            ),
        ),
        Section::new(
            "5.4 System specification",
            say(
                "No result depends on the machine, and nothing needs a network. Memory grows with what is inside the system and with recorded data, not with the length of a run; orgsim run tells how long it took.",
            ),
        ),
    ]
}

fn access(of: &Stating<'_>) -> Vec<Section> {
    let (file, options) = (of.file, of.options);
    let model = match of.scenario.logs.as_slice() {
        [] => format!("The file {file} is the whole model."),
        logs => {
            let names: Vec<&str> = logs.iter().map(|log| log.file.as_str()).collect();
            format!(
                "The file {file} and the recorded data it names ({}) are the whole model.",
                list(&names)
            )
        }
    };
    vec![Section::new(
        "6.1 Sharing of the computer model",
        vec![Block::Say(format!(
            "{model} orgsim run {file}{options} makes all results; the folder it fills holds run.json with the scenario, the changes and the fingerprints of recorded data, from which orgsim rerun makes the same bytes again. orgsim graph {file}{options} prints the networks of section 2, orgsim check {file}{options} --defaults the assumptions of section 3.4; orgsim selftest compares the program with textbook cases."
        ))],
    )]
}

#[cfg(test)]
mod tests;
