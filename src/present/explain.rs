//! What measures mean, for whoever asks.

use crate::experiment::ROLE_NUMBERS;
use crate::model::{Better, MEASURES, Measure};
use crate::present::tables::unit;

/// A measure, by its name in files or its row label: meaning, formula, unit, direction.
///
/// ```
/// let text = orgsim::present::describe("wrong answers").unwrap();
/// assert!(text.contains("÷ replies sent"));
/// ```
pub fn describe(measure: &str) -> Option<String> {
    let wanted = measure.trim().to_lowercase();
    let same = |of: &&Measure| of.id == wanted || of.name == wanted;
    let with_duration = |of: &&Measure| {
        of.takes_duration && (wanted.starts_with(of.name) || wanted.starts_with(of.id))
    };
    let found = MEASURES.iter().find(same).or_else(|| MEASURES.iter().find(with_duration));
    found.map(text).or_else(|| about_role(&wanted))
}

/// The names of all measures, for a list of what can be asked.
pub fn measure_names() -> Vec<&'static str> {
    MEASURES.iter().map(|measure| measure.name).collect()
}

fn text(measure: &Measure) -> String {
    let direction = match measure.better {
        Better::Higher => "more is better",
        Better::Lower => "less is better",
        Better::Neither => "neither more nor less is better",
    };
    let goal = match measure.takes_duration {
        true => format!("\n  in a goal:  {} 6h >= 60%", measure.name),
        false => String::new(),
    };
    format!(
        "{} ({})\n  {}\n  formula:    {}\n  counted in: {}; {direction}{goal}\n",
        measure.name,
        measure.id,
        measure.meaning,
        measure.formula,
        unit(measure.unit)
    )
}

fn about_role(wanted: &str) -> Option<String> {
    let number = ROLE_NUMBERS
        .iter()
        .find(|number| number.id == wanted || number.name.to_lowercase() == wanted)?;
    Some(format!(
        "{} ({}), for every role in roles.csv\n  formula:    {}\n",
        number.name, number.id, number.formula
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_measure_can_be_explained_by_both_names() {
        for measure in MEASURES {
            assert_eq!(describe(measure.id), describe(measure.name));
        }
        assert!(describe("answered within 6h").is_some());
        assert!(describe("utilization").unwrap().contains("paid time"));
        assert_eq!(describe("happiness"), None);
    }
}
