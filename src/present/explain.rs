//! What measures mean, for whoever asks.

use crate::experiment::{ROLE_NUMBERS, TOPIC_NUMBERS};
use crate::model::{Better, MEASURES, Measure, MeasureUnit};

/// A measure, by its name in files or its row label: meaning, formula, unit, direction.
///
/// ```
/// let text = orgsim::present::describe("wrong answers").unwrap();
/// assert!(text.contains("÷ replies sent"));
/// ```
pub fn describe(measure: &str) -> Option<String> {
    let wanted = measure.trim().to_lowercase();
    let same = |of: &&Measure| of.key == wanted || of.name == wanted;
    let with_duration = |of: &&Measure| {
        of.takes_duration && (wanted.starts_with(of.name) || wanted.starts_with(of.key))
    };
    let found = MEASURES.iter().find(same).or_else(|| MEASURES.iter().find(with_duration));
    let others = [about_role, about_place, about_topic];
    found.map(text).or_else(|| others.iter().find_map(|about| about(&wanted)))
}

/// The names of all measures, for a list of what can be asked.
pub fn measure_names() -> impl Iterator<Item = &'static str> {
    MEASURES.iter().map(|measure| measure.name)
}

fn text(measure: &Measure) -> String {
    let Measure { name, key, meaning, formula, better, takes_duration, .. } = measure;
    let (direction, sign) = match better {
        Better::Higher => ("more is better", ">="),
        Better::Lower => ("less is better", "<="),
        Better::Neither => ("neither more nor less is better", ">="),
    };
    let unit = match measure.unit {
        MeasureUnit::Share => "a share, in percent",
        MeasureUnit::Minutes => "a length of time",
        MeasureUnit::Money => "money",
        MeasureUnit::Count => "a number",
    };
    let length = if *takes_duration { " 6h" } else { "" };
    format!(
        "{name}\n\n{meaning}.\n\n\
         counted as   {formula}\n\
         unit         {}; {direction}\n\
         in a goal    {name}{length} {sign} …\n\
         in files     {key}\n",
        unit
    )
}

/// A number of every role, by its name, as a column of `roles.csv` has it, or as the printed table does.
fn about_role(wanted: &str) -> Option<String> {
    let column = wanted.strip_suffix("_half_width").unwrap_or(wanted);
    let column = column.strip_suffix("_minutes").unwrap_or(column);
    let close = |name: &str| {
        let name = name.to_lowercase();
        name.replace(' ', "") == wanted.replace(' ', "") || name.rsplit(' ').next() == Some(wanted)
    };
    let number = ROLE_NUMBERS.iter().find(|number| number.id == column || close(number.name))?;
    Some(format!(
        "{} ({}), for every role in roles.csv\n  formula:    {}\n",
        number.name, number.id, number.formula
    ))
}

/// A number of every topic at a role, by its column in `topics.csv`.
fn about_topic(wanted: &str) -> Option<String> {
    let column = wanted.strip_suffix("_half_width").unwrap_or(wanted);
    let column = column.strip_suffix("_minutes").unwrap_or(column);
    let number = TOPIC_NUMBERS.iter().find(|number| number.id == column)?;
    Some(format!(
        "{}, for every topic at a role in topics.csv\n  formula:    {}\n",
        number.id, number.formula
    ))
}

/// What stands at a place of `results.json` that is no single number.
fn about_place(wanted: &str) -> Option<String> {
    let (names, text) = PLACES.iter().find(|(names, _)| names.contains(&wanted))?;
    Some(format!("{}\n  {text}\n", names[0]))
}

/// Places of `results.json` beside the numbers of scopes and roles, with other names for them, and what stands there.
const PLACES: &[(&[&str], &str)] = &[
    (
        &["wait_minutes", "wait_sd", "wait_p50", "wait_p90", "wait_p95", "wait_p99"],
        "waits at a role of visits served: standard deviation, quantiles, and the share at or below each of `thresholds`",
    ),
    (
        &["inside_minutes", "inside_sd", "inside_p50", "inside_p90", "inside_p95", "inside_p99"],
        "times from joining a role to the end of service there: standard deviation, quantiles, share at or below each of `thresholds`",
    ),
    (
        &["wait_abandoned_minutes", "wait_abandoned_sd"],
        "waits at a role of those who left the queue: standard deviation, quantiles, share at or below each of `thresholds`",
    ),
    (
        &["wait_all_minutes", "wait_all_sd"],
        "waits at a role of all who were served or left: standard deviation, quantiles, share at or below each of `thresholds`",
    ),
    (
        &["served_within_of_all"],
        "visits served after a wait of at most each of `thresholds` ÷ visits that came, those turned away included",
    ),
    (
        &["number_sd", "number_shares", "number_shares_measured"],
        "the number at a role over time: its standard deviation, and the share of the time at 0, 1, 2 …",
    ),
    (
        &["waiting"],
        "the number waiting at a role over time, with `\"measure\": [\"number waiting\"]`: standard deviation, and the share of the time at 0, 1, 2 …",
    ),
    (
        &["minutes_inside", "minutes_inside_spread", "minutes_inside_sd"],
        "time in the whole network of the inquiries that left it in the time that counts: mean, standard deviation, quantiles",
    ),
    (
        &["inquiries_inside"],
        "∫ inquiries inside dt ÷ time counted: the mean number in the whole network",
    ),
    (
        &["inquiries_between_roles"],
        "of the inquiries inside, those that are at no role: on their way, or with a customer who will try again",
    ),
    (&["inquiries_left_per_hour"], "inquiries that left the whole network ÷ hours counted"),
    (
        &["visits_per_inquiry"],
        "joinings of roles by each inquiry that left: mean, standard deviation, and the share with 0, 1, 2 …",
    ),
    (
        &["number_inside"],
        "the number in the whole network over time, with `\"measure\": [\"number inside\"]`: standard deviation, and the share of the time at 0, 1, 2 …",
    ),
    (
        &["total_wait_minutes"],
        "the waits of all visits of an inquiry that left, together, with `\"measure\": [\"total wait\"]`: mean, standard deviation, quantiles",
    ),
    (
        &["arrivals"],
        "inquiries that come in a day, in each day of the week and in a week, with `\"measure\": [\"arrivals\"]`: mean and variance",
    ),
    (
        &["observed", "observed_at_minutes"],
        "what is found at each instant of `experiment.observe`: the number at each role, at work, and how often nobody is there",
    ),
    (
        &["next_step", "steps", "unmet_objective", "unmet_objective_then", "misses", "side_effect"],
        "single changes that were tried on the leading design, the first one best: what is changed and the settings that do it, what it costs a year, the measure \
         before and after with the gain, whether that is sure (`helps`) and worth noticing (`matters`), the goals met before that it misses, in how many of the \
         runs the goal is met that the design does not meet (`unmet_objective_then`), and what it makes noticeably worse (`side_effect`)",
    ),
    (
        &["half_width"],
        "half the length of the interval that holds the value of endlessly many runs with the stated `confidence`; what the answer prints behind ±",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_measure_can_be_explained_by_both_names() {
        for measure in MEASURES {
            assert_eq!(describe(measure.key), describe(measure.name));
        }
        assert!(describe("answered within 6h").is_some());
        assert!(describe("answered within").unwrap().contains("answered within 6h >= …"));
        assert!(describe("wrong answers").unwrap().contains("wrong answers <= …"));
        assert!(describe("utilization").unwrap().contains("paid time"));
        assert_eq!(describe("happiness"), None);
    }

    #[test]
    fn what_a_table_or_a_file_has_can_be_explained_as_it_is_written_there() {
        for (written, id) in [
            ("P(W>0)", "wait_positive"),
            ("W_q", "wait_mean"),
            ("L", "number_mean"),
            ("wait_mean_minutes_half_width", "wait_mean"),
        ] {
            assert_eq!(describe(written), describe(id), "{written}");
        }
        for number in TOPIC_NUMBERS {
            for column in [number.id.to_owned(), format!("{}_half_width", number.id)] {
                assert!(describe(&column).is_some(), "{column}");
            }
        }
        assert!(describe("wait_sd").unwrap().contains("waits at a role"));
        assert!(describe("inside_variance").is_none());
        for name in PLACES.iter().flat_map(|(names, _)| *names) {
            let told = describe(name).unwrap_or_else(|| panic!("{name}"));
            assert!(ROLE_NUMBERS.iter().all(|number| number.id != *name), "{told}");
        }
    }
}
