//! Section 4: how the model is run, and what is concluded.

use serde_json::{Map, Value};

use super::prose::digits;
use super::{Stating, items_of};
use crate::model::{Arrivals, Stream, StudyKind, WorthNoticing};
use crate::present::document::{Block, Section};
use crate::units::{SimTime, counted};

pub(super) fn sections(of: &Stating<'_>, root: &Map<String, Value>) -> Vec<Section> {
    let say = |text: String| vec![Block::Say(text)];
    vec![
        Section::new("4.1 Initialization", say(initialization(of))),
        Section::new("4.2 Run length", say(run_length(of))),
        Section::new("4.3 Estimation", estimation(of, root)),
    ]
}

fn initialization(of: &Stating<'_>) -> String {
    let model = &of.scenario.model;
    let at_start = |arrivals: &Arrivals| matches!(arrivals, Arrivals::AtStart(_));
    let begins = match model.world.streams.iter().any(|stream| at_start(&stream.arrivals)) {
        true => "A run begins with the backlog of section 2.5.1 and nobody else inside",
        false => "A run begins empty",
    };
    match model.study.warm_up {
        _ if of.scenario.finds_warm_up => {
            format!(
                "{begins}; a warm-up, found by MSER-5 on the averaged path before anything is run, is discarded."
            )
        }
        SimTime::ZERO => format!("{begins}; nothing is discarded."),
        length => format!("{begins}; the first {length} are a warm-up, which is discarded."),
    }
}

fn run_length(of: &Stating<'_>) -> String {
    let study = &of.scenario.model.study;
    let follow = match study.follow {
        SimTime::ZERO => String::new(),
        length => format!(
            " Inquiries that came in by then are followed for {length} more, without new arrivals; what is still open after that is counted as open."
        ),
    };
    match study.kind {
        StudyKind::TypicalWeeks => {
            format!("Typical weeks: {} count after the warm-up.{follow}", study.run_for)
        }
        StudyKind::FromEmpty => format!("A terminating study of {}.{follow}", study.run_for),
        StudyKind::UntilDone => {
            "A terminating study: until everything that came in has left.".into()
        }
    }
}

fn estimation(of: &Stating<'_>, root: &Map<String, Value>) -> Vec<Block> {
    let model = &of.scenario.model;
    let percent = |share: f64| format!("{}%", digits(100.0 * share));
    let mut told = vec![match of.scenario.precision {
        Some(asked) => format!(
            "Independent replications are added until the half-width of every {} is at most {} of its estimate, {} of each design at most.",
            if of.is_plain() { "role's mean wait and of every goal" } else { "headline and goal" },
            percent(asked.within),
            asked.at_most
        ),
        None => {
            let count =
                counted(model.study.replications, "replication", "independent replications");
            format!("{count} of each design.")
        }
    }];
    if 1 < model.study.replications || of.scenario.precision.is_some() {
        told.push(format!(
            "Intervals are t-intervals of {} over replications; ratios by the delta method, quantiles from histograms of each replication. They cover luck only.",
            percent(of.scenario.confidence)
        ));
    } else {
        told.push("One replication tells nothing of luck: there are no intervals.".into());
    }
    let replays = |stream: &Stream| matches!(stream.arrivals, Arrivals::Recorded(_));
    if model.world.streams.iter().any(replays) {
        told.push("Recorded arrivals are the same in every replication, so intervals hold for this log alone.".into());
    }
    if 1 < model.designs.len() && !of.is_plain() {
        let WorthNoticing { share, minutes, money } = model.worth_noticing;
        told.push(format!(
            "Designs meet common random numbers and are compared in pairs. Of each score the best is compared with every other, with a Bonferroni correction for their number; a winner is named only where the intervals leave out zero and the difference is at least {} points of a share, {} minutes or {} in money.",
            digits(100.0 * share),
            digits(minutes),
            digits(money)
        ));
    }
    told.push("A role whose backlog drifts is named, and no steady-state value of its design is printed (a terminating study prints its values, and says so).".into());
    let stated = items_of(root.get("experiment"));
    let head = (!stated.is_empty()).then(|| Block::Say("Stated under experiment:".into()));
    let told = told.into_iter().map(Block::Say).chain(head);
    told.chain(stated.into_iter().map(Block::Item)).collect()
}
