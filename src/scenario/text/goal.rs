//! Goals: `answered within 6h >= 60%`.

use super::{Fault, leading_number, minutes, price, share};
use crate::model::{Goal, MEASURES, Measure, MeasureUnit, measure_named};
use crate::scenario::names::{nearest, quote};
use crate::units::SimTime;

const HELP: &str =
    "write a measure, perhaps a length of time, >= or <=, and a value: `answered within 6h >= 60%`";

/// Names that measures had before, and still have in goals, with those they have now.
const FORMER: [(&str, &str); 1] =
    [("of all time on approvals, hand-offs, meetings", "of all time on working together")];

/// One goal.
pub(in crate::scenario) fn goal(text: &str) -> Result<Goal, Fault> {
    let sides = [(">=", true), ("<=", false), ("≥", true), ("≤", false)].iter().find_map(
        |&(sign, at_least)| text.split_once(sign).map(|(left, right)| (left, at_least, right)),
    );
    let Some((left, at_least, right)) = sides else {
        return Err(Fault::unreadable("a goal", text, HELP));
    };
    let (measure, within) = measured(left.trim())?;
    let value = value(measure, right.trim())?;
    Ok(Goal { measure, within, at_least, value, text: text.trim().into() })
}

fn measured(text: &str) -> Result<(&'static Measure, Option<SimTime>), Fault> {
    let takes = |measure: &Measure| {
        Fault::new(
            "missing-duration",
            format!("{} needs a length of time", quote(measure.name)),
            &format!("write `{} 6h`", measure.name),
        )
    };
    let text = FORMER.iter().find(|(former, _)| *former == text).map_or(text, |(_, name)| name);
    if let Some(measure) = measure_named(text) {
        return if measure.takes_duration { Err(takes(measure)) } else { Ok((measure, None)) };
    }
    let longest = MEASURES
        .iter()
        .filter(|measure| measure.takes_duration && text.starts_with(measure.name))
        .max_by_key(|measure| measure.name.len());
    if let Some(measure) = longest {
        return Ok((measure, Some(SimTime::from_minutes(minutes(&text[measure.name.len()..])?))));
    }
    let names: Vec<&str> = MEASURES.iter().map(|measure| measure.name).collect();
    let words = text.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    let help = match nearest(text, &names).or_else(|| nearest(words, &names)) {
        Some(name) => format!("did you mean `{name}`?"),
        None => "`orgsim explain` lists the measures".into(),
    };
    Err(Fault::new("unknown-measure", format!("no measure is named {}", quote(text)), &help))
}

fn value(measure: &Measure, text: &str) -> Result<f64, Fault> {
    match measure.unit {
        MeasureUnit::Share => share(text),
        MeasureUnit::Minutes => minutes(text),
        MeasureUnit::Money => price(text).map(|price| price.amount),
        MeasureUnit::Count => match leading_number(text) {
            Some((number, rest)) if rest.trim().is_empty() && 0.0 <= number => Ok(number),
            _ => Err(Fault::unreadable("a number", text, HELP)),
        },
    }
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "whole numbers are exact in floating point")]
mod tests {
    use super::*;
    use crate::model::MeasureId;

    #[test]
    fn goals_are_sentences() {
        let prompt = goal("answered within 6h >= 60%").unwrap();
        assert_eq!(
            (prompt.measure.id, prompt.within, prompt.value),
            (MeasureId::AnsweredWithin, Some(SimTime::HOUR.times(6)), 0.6)
        );
        let median = goal("first reply: half are faster than <= 2h").unwrap();
        assert_eq!(
            (median.measure.id, median.at_least, median.value),
            (MeasureId::FirstReplyMedian, false, 120.0)
        );
        assert_eq!(goal("cost of one settled inquiry <= $14").unwrap().value, 14.0);
        for (former, name) in FORMER {
            let of = |name: &str| goal(&format!("{name} <= 20%")).unwrap().measure.id;
            assert_eq!(of(former), of(name));
        }
        for (text, code) in [
            ("answered within 6h", "unreadable"),
            ("answered within >= 60%", "missing-duration"),
            ("answred within 6h >= 60%", "unknown-measure"),
            ("answered within 6 >= 60%", "missing-unit"),
            ("answered within 6h >= 0.6", "missing-unit"),
        ] {
            assert_eq!(goal(text).unwrap_err().code, code, "{text}");
        }
    }
}
