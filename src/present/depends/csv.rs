//! `dials.csv`: every value that was run, design by design.

use super::words::written;
use crate::present::tables::{Table, harmless, harmless_value};
use crate::study::{Dials, State};

/// One row for each input, value, design and score.
///
/// Columns: what, declared, value, number (along its range), yours, design, measure, mean, half_width, n,
/// cost_per_year, falls_behind (the role), state (what can be said at this value by this measure), best (the
/// design with the best estimate). A design that falls behind for good has rows without numbers.
pub fn dials_csv(dials: &Dials) -> String {
    let mut table = Table::new(&[
        "what",
        "declared",
        "value",
        "number",
        "yours",
        "design",
        "measure",
        "mean",
        "half_width",
        "n",
        "cost_per_year",
        "falls_behind",
        "state",
        "best",
    ]);
    let text =
        |number: Option<f64>| number.map_or(String::new(), |number| (number + 0.0).to_string());
    for dial in &dials.dials {
        for point in &dial.points {
            for (at, design) in point.designs.iter().enumerate() {
                for (score, headline) in dials.headlines.iter().enumerate() {
                    let (value, answer) = (design.values[score], &point.answers[score]);
                    let best = answer.best.map_or("", |best| dials.designs[best].as_str());
                    let role = design.falls_behind.as_ref().map_or("", |(role, _)| role.as_str());
                    table.row([
                        harmless(&dial.input.what),
                        dial.input.declared.to_string(),
                        harmless_value(&written(&point.value)),
                        text(point.number),
                        point.yours.to_string(),
                        harmless(&dials.designs[at]),
                        headline.measure(),
                        text(value.map(|value| value.mean)),
                        text(value.and_then(|value| value.half_width)),
                        value.map_or(String::new(), |value| value.n.to_string()),
                        design.cost_per_year.to_string(),
                        harmless(role),
                        word(answer.state).into(),
                        harmless(best),
                    ]);
                }
            }
        }
    }
    table.text()
}

/// What can be said, in a word.
pub(super) fn word(state: State) -> &'static str {
    match state {
        State::Best => "best",
        State::Alone => "alone",
        State::TooSmall => "too_small",
        State::CannotTell => "cannot_tell",
        State::Nobody => "none",
    }
}
