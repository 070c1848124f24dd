//! What stands on the first screen.

use serde_json::{Value, json};

use crate::experiment::{DesignResult, ExperimentResult, ScoreResult, Verdict};
use crate::model::{Arrivals, ChannelId, Score, Stream, demand_by_hour};
use crate::present::plot::design_color;
use crate::present::{either, heads, measured, money, significant, study_sentences, thousands};
use crate::report::Report;
use crate::report::parts::hours;
use crate::study::Finding;
use crate::units::{SimTime, counted};

/// Money, volume, and how the comparison was made.
pub(super) fn facts(report: &Report<'_>) -> Vec<String> {
    let result = report.result;
    let mut facts = Vec::new();
    facts.extend(budget(result, report.currency));
    facts.extend(volume(report));
    facts.push(match result.designs.len() {
        1 => "1 design".into(),
        n => format!("{n} designs, same customers"),
    });
    facts.push(counted(result.completed(), "repetition", "repetitions"));
    facts
}

/// `$1,000,000 a year`, or from least to most where designs come to different sums; nothing where they cost nothing.
fn budget(result: &ExperimentResult, currency: &str) -> Option<String> {
    let costs = || (0..result.designs.len()).map(|design| result.spent_per_year(design));
    // what vendors are paid beside the plans is no part of what is held equal
    let planned = |(design, spent): (&DesignResult, f64)| spent <= 1.01 * design.cost_per_year;
    let as_planned = result.designs.iter().zip(costs()).all(planned);
    let held = result.hold_equal.and_then(|held| held.cost_per_year).filter(|_| as_planned);
    let (low, high) = (costs().fold(f64::INFINITY, f64::min), costs().fold(0.0, f64::max));
    let whole = |amount: f64| {
        let text = money(amount.round(), None, currency);
        text.strip_suffix(".00").map_or(text.clone(), String::from)
    };
    match held {
        Some(held) => Some(format!("{} a year", whole(held))),
        None if high <= 0.0 => None,
        None if high <= low * 1.02 => Some(format!("{} a year", whole(low))),
        None => Some(format!("{} to {} a year", whole(low), whole(high))),
    }
}

/// `400 messages a day`, as stated; as they came in where how many come depends on the design.
fn volume(report: &Report<'_>) -> Option<String> {
    let result = report.result;
    if result.run_for == SimTime::NEVER {
        return None;
    }
    let came = result.messages?.count / (result.run_for.hours() / 24.0);
    let daily = stated(report).unwrap_or(came);
    let words = if result.plain { "inquiries" } else { "messages" };
    let text = if daily < 20.0 { significant(daily, 2) } else { thousands(daily.round()) };
    Some(format!("{text} {words} a day"))
}

/// Messages a day by the scenario's own words; `None` where streams follow what happens.
fn stated(report: &Report<'_>) -> Option<f64> {
    let world = &report.model.world;
    let follows = |stream: &Stream| matches!(stream.arrivals, Arrivals::Members(_));
    if world.streams.iter().any(follows) {
        return None;
    }
    let start = SimTime::DAY.times(7 - report.weekday as u64 % 7);
    let channels = (0..world.channels.len() as u32).map(ChannelId);
    let weekly: f64 = channels.flat_map(|id| demand_by_hour(world, id, start)).sum();
    (0.0 < weekly).then_some(weekly / 7.0)
}

/// The designs, in the author's order.
pub(super) fn designs(report: &Report<'_>) -> Vec<Value> {
    let of = |(at, design): (usize, &crate::experiment::DesignResult)| {
        json!({
            "name": design.name,
            "color": design_color(at),
            "people": heads(design.headcount),
            "cost": money(report.result.spent_per_year(at).round(), None, report.currency),
            "withheld": design.withheld,
            "falls_behind": design.falls_behind().map(|(role, _)| role),
        })
    };
    report.result.designs.iter().enumerate().map(of).collect()
}

/// The answer, one part for each score.
pub(super) fn answer(report: &Report<'_>) -> Value {
    let said = report.said;
    let score = |(of, said): (&ScoreResult, &crate::present::SaidScore)| {
        let quantity = &report.result.quantities[of.quantity];
        let value = |design: usize| {
            let measured_ = report.result.of(design, of.quantity);
            json!({
                "text": measured(measured_, quantity.unit(), report.currency),
                "mean": measured_.and_then(crate::experiment::Measured::mean),
                "half_width": measured_.and_then(crate::experiment::Measured::half_width),
            })
        };
        json!({
            "score": of.score.id(),
            "tab": tab(of.score),
            "label": said.label,
            "big": big(report.result, of),
            "clear": of.winner().is_some(),
            "alike": alike(report.result, of),
            "sentence": said.sentence,
            "measure": quantity.id(),
            "measure_name": quantity.name(),
            "values": (0..report.result.designs.len()).map(value).collect::<Vec<_>>(),
        })
    };
    json!({
        "overall": said.overall,
        "overloaded": said.overloaded,
        "hours": said.hours.as_deref().map(hours),
        "asked": asked(report),
        // beside a storm, the scores are those of other weeks
        "ordinary": report.studies.iter().any(|of| matches!(of, Finding::Crisis(_))),
        "how_sure": said.how_sure,
        "next_step": said.next_step.as_ref().map(|(sentence, arguments)| json!({
            "sentence": sentence,
            "try": arguments.as_ref().map(|arguments| format!("{} {arguments}", report.command)),
        })),
        "scores": report.result.scores.iter().zip(&said.scores).map(score).collect::<Vec<_>>(),
    })
}

/// What the studies say to the question, a sentence each: the scores are those of ordinary weeks.
fn asked(report: &Report<'_>) -> Vec<String> {
    // a storm is what somebody who drills one asks about
    let (storms, others): (Vec<_>, Vec<_>) =
        report.studies.iter().partition(|of| matches!(of, Finding::Crisis(_)));
    let told = |of: &&Finding| study_sentences(of, report.currency);
    storms.iter().chain(&others).flat_map(told).collect()
}

/// What somebody wants who looks at this score.
fn tab(score: Score) -> &'static str {
    match score {
        Score::Responsive => "to answer fast",
        Score::Interactive => "to settle it",
        Score::Proactive => "to be present",
        Score::Quality => "to be right",
        Score::Workload => "to keep people well",
        Score::Money => "to save money",
    }
}

/// The verdict in a word or two.
fn big(result: &ExperimentResult, score: &ScoreResult) -> String {
    let best = score.best().map_or("", |best| result.designs[best].name.as_str());
    match score.verdict {
        Verdict::Winner => best.to_owned(),
        Verdict::Alone if result.designs.len() == 1 => best.to_owned(),
        Verdict::Alone => format!("Only {best}"),
        Verdict::TooSmall { .. } => hardly(result, score),
        Verdict::TooClose { .. } | Verdict::OneRun => "Cannot tell".into(),
    }
}

/// Most designs that are named where it hardly matters which of them one takes.
const MOST_NAMED: usize = 3;

/// Names of the designs that are best and differ too little, in the author's order; nobody where a difference tells.
fn alike<'r>(result: &'r ExperimentResult, score: &ScoreResult) -> Vec<&'r str> {
    let mut alike = score.alike();
    alike.sort();
    alike.into_iter().map(|of| result.designs[of].name.as_str()).collect()
}

/// Who differ too little, unless they are all: `Hub or Center`.
fn hardly(result: &ExperimentResult, score: &ScoreResult) -> String {
    let names = alike(result, score);
    match names.len() {
        all if all == result.designs.len() => "Hardly matters".into(),
        few if few <= MOST_NAMED => either(&names),
        _ => "The best hardly differ".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::made_up::made_up;
    use crate::report::contract::examples::ordinary;

    #[test]
    fn where_only_the_best_hardly_differ_their_names_are_the_word() {
        let mut result = made_up();
        let mut told = |rivals: &[usize]| {
            result.scores[0].ranking = vec![2, 1, 0, 3];
            result.scores[0].verdict = Verdict::TooSmall { rivals: rivals.to_vec() };
            big(&result, &result.scores[0])
        };
        assert_eq!(told(&[1]), "Hub and spoke or Decentralized");
        assert_eq!(told(&[1, 0]), "Centralized, Hub and spoke or Decentralized");
        assert_eq!(told(&[1, 0, 3]), "Hardly matters");
    }

    #[test]
    fn the_volume_is_the_stated_one() {
        // 4 an hour, 0.3 times as many for 8 hours and 1.4 times for 16; a few more or less come
        let (contract, _) = ordinary();
        let facts: Vec<&str> =
            contract["facts"].as_array().unwrap().iter().filter_map(|of| of.as_str()).collect();
        assert!(facts.contains(&"99 messages a day"), "{facts:?}");
    }
}
