//! The answer as sentences and cells, for whoever sets them otherwise than a terminal does.

use super::results::{ROWS, cells, tell, telling, texts};
use super::{AnswerContext, closing, goals, headline, network, next_step, of_score, verdict};
use crate::experiment::{ExperimentResult, GoalRuns};
use crate::model::Score;

/// What the answer says, part by part. The sentences are those of the printed answer.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Said {
    /// What was compared: `4 designs, same money, …`.
    pub headline: String,
    /// What follows for the whole question; of a plain network, which design inquiries pass soonest, or nothing of one design.
    pub overall: String,
    /// One for each score.
    pub scores: Vec<SaidScore>,
    /// Designs that fall behind for good, a sentence each.
    pub overloaded: Vec<String>,
    /// Whether opening hours decide.
    pub hours: Option<String>,
    /// Goals, in the order of the objectives.
    pub goals: Vec<SaidGoal>,
    /// Goals that all met in every run, and what would tell designs apart.
    pub raises: Option<String>,
    /// The most telling measures: name in files, leader's name, a cell for each design.
    pub results: Vec<(String, String, Vec<String>)>,
    /// What ± covers, and what it does not.
    pub how_sure: String,
    /// The one change that would help most, and the arguments that try it.
    pub next_step: Option<(String, Option<String>)>,
}

/// The sentence of one score.
#[derive(Debug, Clone, PartialEq)]
pub struct SaidScore {
    /// Which.
    pub score: Score,
    /// Its name: `Responsive`.
    pub label: &'static str,
    /// The sentence.
    pub sentence: String,
    /// The best design, if one is clearly best.
    pub winner: Option<usize>,
}

/// A goal and how often each design met it.
#[derive(Debug, Clone, PartialEq)]
pub struct SaidGoal {
    /// The author's word for the objective.
    pub id: String,
    /// `60% answered within 6 h, on 4 channels`.
    pub sentence: String,
    /// Why it matters, in the author's words.
    pub why: Option<String>,
    /// What it serves, what that serves in turn, and so on up.
    pub serves: Vec<String>,
    /// By design; `None` where the design's numbers are withheld.
    pub runs: Vec<Option<GoalRuns>>,
}

/// The answer in parts.
pub fn said(result: &ExperimentResult, context: &AnswerContext<'_>) -> Said {
    let mut said = Said {
        headline: headline(result, context),
        how_sure: closing::how_sure(result, context),
        ..Said::default()
    };
    if result.plain {
        let found = result.quickest.as_ref();
        said.overall = found.map(|found| network::answer(result, found)).unwrap_or_default();
        return said;
    }
    said.overall = verdict::overall(result, context);
    said.scores = result
        .scores
        .iter()
        .map(|score| SaidScore {
            score: score.score,
            label: verdict::label(score.score),
            sentence: of_score::sentence(result, score),
            winner: score.winner(),
        })
        .collect();
    said.overloaded = verdict::overloaded(result, context);
    said.hours = verdict::hours(result, context);
    said.goals = result
        .goals
        .iter()
        .map(|goal| {
            let objective = &result.objectives[goal.objective];
            SaidGoal {
                id: objective.id.clone(),
                sentence: goals::sentence(result, goal, context),
                why: objective.why.clone(),
                serves: objective.serves.iter().map(|above| above.id.clone()).collect(),
                runs: goal.designs.clone(),
            }
        })
        .collect();
    said.raises = goals::raises(result, context);
    let nobody = verdict::nobody_asked(result);
    for id in ROWS {
        let id = telling(result, id);
        let Some(quantity) = result.quantity(id) else { continue };
        let cells = cells(result, quantity, context.currency);
        if tell(&cells, nobody) {
            let of = &result.quantities[quantity];
            said.results.push((of.id(), of.name(), texts(&cells)));
        }
    }
    said.next_step = next_step::told(result, context);
    said
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::made_up::{made_up, overloaded};
    use crate::model::MeasureId;
    use crate::present::answer;

    /// Without line ends and the blanks of layout.
    fn words(text: &str) -> String {
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_row_of_never_gives_way_to_what_tells_something() {
        let mut result = made_up();
        let never = result.quantity(MeasureId::FirstReplyP90).expect("it is measured");
        let runs = result.completed();
        for design in &mut result.designs {
            let none = vec![crate::experiment::Sample::None; runs];
            design.scopes[0].measures[never] =
                crate::experiment::Measured::from_samples(&none, 0.95);
        }
        let context = AnswerContext::default();
        let said = said(&result, &context);
        let ids: Vec<&str> = said.results.iter().map(|(id, _, _)| id.as_str()).collect();
        assert!(!ids.contains(&"first_reply_p90"), "{ids:?}");
        assert!(said.results.iter().all(|row| row.2.iter().any(|cell| cell != "never")));
    }

    #[test]
    fn where_nobody_needs_a_reply_no_time_of_one_is_told() {
        let mut result = made_up();
        let replies =
            [MeasureId::AnsweredWithin, MeasureId::FirstReplyMedian, MeasureId::FirstReplyP90];
        let of = replies.map(|id| result.quantity(id).expect("it is measured"));
        for design in &mut result.designs {
            let none = vec![crate::experiment::Sample::None; design.completed.len()];
            for quantity in of {
                design.scopes[0].measures[quantity] =
                    crate::experiment::Measured::from_samples(&none, 0.95);
            }
        }
        let context = AnswerContext::default();
        let told = answer(&result, &context).plain();
        assert!(!told.contains("first reply: half") && !told.contains("never"), "{told}");
        assert!(said(&result, &context).results.iter().all(|row| row.0 != "first_reply_median"));
    }

    #[test]
    fn what_is_said_is_what_is_printed() {
        for result in [made_up(), overloaded()] {
            let context = AnswerContext { command: "orgsim run x", ..AnswerContext::default() };
            let printed = words(&answer(&result, &context).plain());
            let said = said(&result, &context);
            let sentences = said.scores.iter().map(|score| &score.sentence);
            for sentence in sentences.chain(&said.overloaded).chain([&said.overall]) {
                assert!(printed.contains(&words(sentence)), "{sentence} in {printed}");
            }
            for cell in said.results.iter().flat_map(|row| &row.2) {
                assert!(printed.contains(cell.as_str()), "{cell}");
            }
            assert_eq!(said.goals.len(), result.goals.len());
        }
    }
}
