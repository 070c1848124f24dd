//! Studies that run the designs again: as text for people, as tables and as JSON.

mod cells;
mod crisis;
mod knock_outs;
mod lines;
mod presence;
mod silos;
mod steps;
mod tactics;
mod waits;
mod what_ifs;

pub use what_ifs::{changes_csv, changes_json};

use serde_json::{Map, Value};

use crate::present::{Grid, Painted};
use crate::study::Finding;

/// A study as a block below an answer.
pub fn study_text(of: &Finding, currency: &str) -> Painted {
    match of {
        Finding::Silos(of) => silos::silos_text(of, currency),
        Finding::KnockOuts(of, day) => knock_outs::knock_outs_text(of, day, currency),
        Finding::Crisis(drills) => crisis::drills_text(drills),
        Finding::Tactics(of) => tactics::tactics_text(of, currency),
        Finding::Proactive(of) => presence::presence_text(of, currency),
        Finding::Waits(of) => waits::waits_text(of, currency),
    }
}

/// The same in few lines.
pub fn study_brief(of: &Finding, currency: &str) -> Painted {
    match of {
        Finding::Silos(of) => silos::silos_brief(of, currency),
        Finding::KnockOuts(of, day) => knock_outs::knock_outs_brief(of, day, currency),
        Finding::Crisis(drills) => crisis::drills_brief(drills),
        Finding::Tactics(of) => tactics::tactics_brief(of, currency),
        Finding::Proactive(of) => presence::presence_brief(of, currency),
        Finding::Waits(of) => waits::waits_brief(of, currency),
    }
}

/// What a study says to the question, a sentence each; none where that takes a table.
pub fn study_sentences(of: &Finding, currency: &str) -> Vec<String> {
    match of {
        Finding::Silos(of) => silos::silos_sentence(of, currency).into_iter().collect(),
        Finding::Crisis(drills) => drills.iter().filter_map(crisis::drill_sentence).collect(),
        Finding::Tactics(of) => tactics::tactics_sentence(of, currency).into_iter().collect(),
        Finding::Waits(of) => waits::waits_sentence(of).into_iter().collect(),
        Finding::KnockOuts(..) | Finding::Proactive(_) => Vec::new(),
    }
}

/// A study as tables of a page.
pub fn study_grids(of: &Finding, currency: &str) -> Vec<Grid> {
    match of {
        Finding::Silos(of) => silos::silos_grids(of, currency),
        Finding::KnockOuts(of, _) => knock_outs::knock_outs_grids(of, currency),
        Finding::Crisis(drills) => drills.iter().map(crisis::drill_grid).collect(),
        Finding::Tactics(of) => tactics::tactics_grids(of, currency),
        Finding::Proactive(of) => presence::presence_grids(of, currency),
        Finding::Waits(of) => waits::waits_grids(of, currency),
    }
}

/// A study as a table in a file of this name.
pub fn study_csv(of: &Finding) -> (&'static str, String) {
    match of {
        Finding::Silos(of) => ("silos.csv", silos::silos_csv(of)),
        Finding::KnockOuts(of, _) => ("knock_outs.csv", knock_outs::knock_outs_csv(of)),
        Finding::Crisis(drills) => ("crisis.csv", crisis::drills_csv(drills)),
        Finding::Tactics(of) => ("tactics.csv", tactics::tactics_csv(of)),
        Finding::Proactive(of) => ("proactive.csv", presence::presence_csv(of)),
        Finding::Waits(of) => ("waits.csv", waits::waits_csv(of)),
    }
}

/// The studies as a block of `results.json`, each with a version of its own; `None` without any.
pub fn studies_json(all: &[Finding]) -> Option<Value> {
    let block = |of: &Finding| {
        let (name, block) = match of {
            Finding::Silos(of) => ("silos", silos::silos_json(of)),
            Finding::KnockOuts(of, _) => ("knock_outs", knock_outs::knock_outs_json(of)),
            Finding::Crisis(drills) => ("crisis", crisis::drills_json(drills)),
            Finding::Tactics(of) => ("tactics", tactics::tactics_json(of)),
            Finding::Proactive(of) => ("proactive", presence::presence_json(of)),
            Finding::Waits(of) => ("waits", waits::waits_json(of)),
        };
        (name.to_owned(), block)
    };
    (!all.is_empty()).then(|| Value::Object(all.iter().map(block).collect::<Map<_, _>>()))
}
