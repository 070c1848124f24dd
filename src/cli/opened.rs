//! A scenario with what the command line lays over it.

use std::path::Path;

use crate::cli::arguments::Overlaid;
use crate::cli::failure::Failure;
use crate::model::{Design, Split, split_heads};
use crate::scenario::{Overlay, Scenario, Source, Staffing, load};

/// A scenario, read and checked, and the text it was read from.
#[derive(Debug)]
pub(super) struct Opened {
    /// The text.
    pub(super) source: Source,
    /// What is laid over it.
    pub(super) overlay: Overlay,
    /// What it means.
    pub(super) scenario: Scenario,
}

impl Opened {
    /// Read a file.
    pub(super) fn read(path: &Path, overlaid: &Overlaid, limit: u64) -> Result<Opened, Failure> {
        let source = Source::read(path, limit).map_err(|error| {
            let shown = path.display();
            let failure =
                Failure::world(format!("cannot read the scenario `{shown}`: {}", error.cause));
            match error.cause.kind() {
                std::io::ErrorKind::NotFound => {
                    failure.help("`orgsim run` without a file lists the scenarios at hand")
                }
                std::io::ErrorKind::IsADirectory => failure.help("give a file, not a folder"),
                _ => failure,
            }
        })?;
        Opened::from_source(source, overlaid)
    }

    /// Read a text.
    pub(super) fn from_source(source: Source, overlaid: &Overlaid) -> Result<Opened, Failure> {
        let overlay = overlay(&overlaid.set)?;
        let mut scenario = load(&source, &overlay)
            .map_err(|problems| Failure::Scenario(Box::new(source.clone()), problems))?;
        overlaid.lay_over(&mut scenario)?;
        split(&mut scenario);
        Ok(Opened { source, overlay, scenario })
    }

    /// The design of a name, or all.
    pub(super) fn designs(&self, name: Option<&str>) -> Result<Vec<&Design>, Failure> {
        let designs = &self.scenario.model.designs;
        let Some(name) = name else { return Ok(designs.iter().collect()) };
        match designs.iter().find(|design| design.name == name) {
            Some(design) => Ok(vec![design]),
            None => {
                let known: Vec<String> =
                    designs.iter().map(|design| format!("`{}`", design.name)).collect();
                Err(Failure::usage(format!("no design is named `{name}`"))
                    .help(format!("known here: {}", known.join(", "))))
            }
        }
    }
}

impl Overlaid {
    /// Put seed and number of replications in place of the scenario's.
    pub(super) fn lay_over(&self, scenario: &mut Scenario) -> Result<(), Failure> {
        let study = &mut scenario.model.study;
        if let Some(seed) = self.seed {
            study.seed = seed;
        }
        if let Some(replications) = self.replications {
            if replications == 0 {
                return Err(Failure::input("a run of 0 replications tells nothing")
                    .help("ask for 1 or more; 2 or more show how sure an answer is"));
            }
            study.replications = replications;
        }
        Ok(())
    }
}

/// Give every post of a plan the people that keep it as busy as the author asked for.
fn split(scenario: &mut Scenario) {
    let model = &mut scenario.model;
    for ((design, plan), staffing) in
        model.designs.iter_mut().zip(&scenario.plans).zip(&scenario.staffing)
    {
        if let (Some(plan), Staffing::Busy(busy)) = (plan, staffing) {
            let units = model.world.units.len();
            let plan = split_heads(plan, &model.world, &model.practice, Split::Busy(*busy));
            design.organization = plan.build(&model.world, &model.practice);
            design.cost_per_year = plan.cost_per_year(units);
            design.headcount = plan.headcount(units);
        }
    }
}

/// Assignments as an overlay.
fn overlay(set: &[String]) -> Result<Overlay, Failure> {
    set.iter().try_fold(Overlay::default(), |overlay, assignment| {
        overlay
            .set(assignment)
            .ok_or_else(|| Failure::usage(format!("`--set {assignment}` has no equals sign")))
    })
}
