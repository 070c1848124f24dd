//! What the first sentence adds where designs differ otherwise than by their scores.

use super::results::ROWS;
use super::verdict::{listed, named};
use crate::experiment::{ExperimentResult, GoalRuns, Pair, Verdict};
use crate::model::{Better, MeasureUnit};
use crate::present::numbers::share;
use crate::stats::Interval;

/// Where the scores are all but the same: the other share of the results in which two of the best designs surely differ most.
pub(super) fn apart_otherwise(result: &ExperimentResult) -> Option<String> {
    let best: Vec<usize> = (result.scores.iter())
        .flat_map(|score| match &score.verdict {
            Verdict::TooSmall { rivals } => [&score.ranking[..1], rivals].concat(),
            _ => score.ranking[..1].to_vec(),
        })
        .collect();
    let among = |pair: &Pair| best.contains(&pair.first) && best.contains(&pair.second);
    let told = apart(result, |pair, _| among(pair))?;
    Some(format!(" But not all is alike: {told}."))
}

/// The share of the results in which a winner surely is behind another design most.
pub(super) fn worse_otherwise(result: &ExperimentResult, winner: usize) -> Option<String> {
    let worse = |pair: &Pair, quantity: usize| {
        let of = pair.differences[quantity].map_or(0.0, |paired| paired.interval.mean);
        let up = result.quantities[quantity].measure.better == Better::Higher;
        let behind = if up { of < 0.0 } else { 0.0 < of };
        (pair.first == winner && behind) || (pair.second == winner && !behind)
    };
    let told = apart(result, worse)?;
    Some(format!(" But not all is better: {told}."))
}

/// The share of the results that is no score in which two designs surely differ most, of pairs that count there, if it is by as much
/// as the author would notice. Because many pairs are compared, it takes twice the half-width of one.
fn apart(result: &ExperimentResult, counts: impl Fn(&Pair, usize) -> bool) -> Option<String> {
    let scored = |quantity: usize| result.scores.iter().any(|score| score.quantity == quantity);
    let is_share = |quantity: usize| result.quantities[quantity].unit() == MeasureUnit::Share;
    let rows = ROWS.iter().filter_map(|&id| result.quantity(id));
    let rows = rows.filter(|&quantity| !scored(quantity) && is_share(quantity));
    let all = rows.flat_map(|quantity| result.pairs.iter().map(move |pair| (quantity, pair)));
    let apart =
        all.filter(|&(quantity, pair)| counts(pair, quantity)).filter_map(|(quantity, pair)| {
            let Interval { mean, half_width, .. } = pair.differences[quantity]?.interval;
            let far =
                0.0 < mean.abs() && result.worth(quantity).max(2.0 * half_width?) <= mean.abs();
            far.then_some((quantity, pair, mean.abs()))
        });
    let (quantity, pair, _) = apart.max_by(|a, b| a.2.total_cmp(&b.2))?;
    let at = |design: usize| {
        let value = result.of(design, quantity)?.mean()?;
        Some(format!("{} at {}", share(value, None), named(&result.designs[design])))
    };
    let name = result.quantities[quantity].measure.name;
    Some(format!("{name} {}, {}", at(pair.first)?, at(pair.second)?))
}

/// The first goal that some designs meet and others do not: who does.
pub(super) fn goals_apart(result: &ExperimentResult) -> Option<String> {
    result.goals.iter().find_map(|goal| {
        let judged = goal.designs.iter().flatten().filter(|runs| 0 < runs.of).count();
        let meets =
            |&(_, runs): &(usize, &Option<GoalRuns>)| runs.is_some_and(|runs| runs.is_met());
        let met = goal.designs.iter().enumerate().filter(meets);
        let met: Vec<String> = met.map(|(design, _)| named(&result.designs[design])).collect();
        let verb = if met.len() == 1 { "meets" } else { "meet" };
        let id = &result.objectives[goal.objective].id;
        (!met.is_empty() && met.len() < judged)
            .then(|| format!(" But only {} {verb} the goal {id}.", listed(&met)))
    })
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::experiment::made_up::made_up;

    #[test]
    fn of_a_winner_is_said_what_it_is_worse_at() {
        let mut result = made_up();
        let told = worse_otherwise(&result, 2);
        expect![
            " But not all is better: wrong answers 3.1% at Centralized, 5.6% at Decentralized."
        ]
        .assert_eq(&told.expect("it gives more wrong answers"));
        // who is better at these is worse at something else
        let told = worse_otherwise(&result, 0).expect("it settles fewer by the first reply");
        assert!(!told.contains("wrong answers"), "{told}");
        result.worth_noticing.share = 0.5;
        assert_eq!(worse_otherwise(&result, 2), None, "too little to notice");
    }

    #[test]
    fn who_alone_meets_a_goal_is_named() {
        let mut result = made_up();
        let all = GoalRuns {
            met: 30,
            ..result.goals[0].designs.iter().flatten().next().copied().unwrap()
        };
        let none = GoalRuns { met: 0, ..all };
        for goal in &mut result.goals {
            goal.designs = vec![Some(all); 4];
        }
        assert_eq!(goals_apart(&result), None);
        result.goals[0].designs = vec![Some(none), Some(all), Some(all), Some(none)];
        let told = goals_apart(&result).expect("two of four meet it");
        let id = &result.objectives[result.goals[0].objective].id;
        assert_eq!(told, format!(" But only Hub and spoke and Decentralized meet the goal {id}."));
        result.goals[0].designs = vec![Some(none); 4];
        assert_eq!(goals_apart(&result), None);
    }
}
