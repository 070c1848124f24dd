//! Studies beside the answer: those the scenario asks for, and those asked for on the command line.

use serde_json::Value;

use crate::cli::failure::Failure;
use crate::cli::folder::OutputFile;
use crate::cli::opened::Opened;
use crate::experiment::{self, ExperimentResult, Options};
use crate::model::Model;
use crate::present::{Painted, silos_csv, silos_text, studies_json};
use crate::report::{Block, Section};
use crate::scenario::{Asked, STUDIES};
use crate::study::{Silos, silos};

/// What is to be studied.
#[derive(Debug, Default)]
pub(super) struct Plan {
    silos: bool,
}

/// What was studied.
#[derive(Debug, Default)]
pub(super) struct Studies {
    silos: Option<Silos>,
}

impl Plan {
    /// The studies of the scenario and those of these names, each once; `all` names all that the
    /// scenario has what it takes for.
    pub(super) fn of(opened: &Opened, names: &[String]) -> Result<Plan, Failure> {
        let scenario = &opened.scenario;
        let wanted = wanted(&scenario.studies, names)?;
        if !wanted.is_empty() && experiment::is_plain(&scenario.model) {
            let message = "a plain queueing network has nothing to study beside its queues";
            return Err(
                Failure::usage(message).help("studies are about desks that answer customers")
            );
        }
        Ok(Plan { silos: wanted.contains(&Asked::Silos) })
    }
}

fn wanted(of_scenario: &[Asked], names: &[String]) -> Result<Vec<Asked>, Failure> {
    let mut all = of_scenario.to_vec();
    for name in names {
        let found = STUDIES.iter().filter(|(known, _)| known == name || name == "all");
        let found: Vec<Asked> = found.map(|&(_, study)| study).collect();
        if found.is_empty() {
            let known: Vec<String> = STUDIES.iter().map(|(name, _)| format!("`{name}`")).collect();
            return Err(Failure::usage(format!("no study is named `{name}`"))
                .help(format!("there are {}, and `all`", known.join(", "))));
        }
        all.extend(found);
    }
    Ok(all)
}

impl Studies {
    /// Carry out a plan, on the customers of the result.
    pub(super) fn run(
        plan: &Plan,
        model: &Model,
        result: &ExperimentResult,
        options: &Options<'_>,
    ) -> Studies {
        Studies { silos: plan.silos.then(|| silos(model, result, options)).flatten() }
    }

    /// One block for each.
    pub(super) fn text(&self, currency: &str) -> Painted {
        let mut text = Painted::default();
        for (_, block) in self.blocks(currency) {
            text.append(block);
        }
        text
    }

    /// Their tables.
    pub(super) fn files(&self) -> Vec<OutputFile> {
        let silos = self.silos.iter().map(|silos| OutputFile::new("silos.csv", silos_csv(silos)));
        silos.collect()
    }

    /// Their part of `results.json`; `None` without any.
    pub(super) fn json(&self) -> Option<Value> {
        studies_json(self.silos.as_ref())
    }

    /// Their parts of the page.
    pub(super) fn sections(&self, currency: &str) -> Vec<Section> {
        let section = |(heading, block): (&str, Painted)| {
            let text = block.plain();
            let columns = Block::Columns(text.trim_matches('\n').to_owned());
            Section { heading: heading.into(), blocks: vec![columns] }
        };
        self.blocks(currency).into_iter().map(section).collect()
    }

    fn blocks(&self, currency: &str) -> Vec<(&'static str, Painted)> {
        let silos = self.silos.iter().map(|silos| ("Cost of silos", silos_text(silos, currency)));
        silos.collect()
    }
}
