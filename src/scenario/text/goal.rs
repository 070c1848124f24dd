//! Goals: `answered within 6h >= 60%`.

use super::{Fault, Per, Price, leading_number, minutes, price, share};
use crate::model::{Goal, MEASURES, Measure, MeasureId, MeasureUnit, measure_named};
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
        MeasureUnit::Money => amount(measure, text),
        MeasureUnit::Count => match leading_number(text) {
            Some((number, rest)) if rest.trim().is_empty() && 0.0 <= number => Ok(number),
            _ => Err(Fault::unreadable("a number", text, HELP)),
        },
    }
}

/// An amount of money; of a year, where the measure is of a year.
fn amount(measure: &Measure, text: &str) -> Result<f64, Fault> {
    let example = format!("write an amount with its currency: `{} <= $14`", measure.name);
    let price = price(text).map_err(|fault| match fault.code {
        "missing-unit" | "unreadable" => Fault::new(fault.code, fault.message, &example),
        _ => fault,
    })?;
    match price.per {
        None => Ok(price.amount),
        Some(Per::Year) if measure.id == MeasureId::VendorFees => Ok(price.amount),
        Some(_) => {
            let message = format!("{} is an amount, and no amount per time", quote(measure.name));
            Err(Fault::new("unknown-unit", message, &example))
        }
    }
}

/// The amount of money that a goal names; `None` of a goal on anything else.
pub(in crate::scenario) fn money_of(goal: &Goal) -> Option<Price> {
    if goal.measure.unit != MeasureUnit::Money {
        return None;
    }
    let (_, amount) = goal.text.rsplit_once(['=', '≥', '≤'])?;
    price(amount).ok()
}

/// The same goal the other way round: at most what was at least.
pub(in crate::scenario) fn turned(text: &str) -> String {
    let signs = [(">=", "<="), ("<=", ">="), ("≥", "≤"), ("≤", "≥")];
    let found = signs.iter().find(|(sign, _)| text.contains(sign));
    found.map_or_else(|| text.into(), |(sign, other)| text.replacen(sign, other, 1))
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "whole numbers are exact in floating point")]
mod tests {
    use super::*;

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
        let fees = goal("vendors' fees beyond the plan, a year ≤ $9,000/year").unwrap();
        assert_eq!((fees.value, money_of(&fees).unwrap().currency.as_str()), (9000.0, "$"));
        assert_eq!(turned("gave up waiting >= 10%"), "gave up waiting <= 10%");
        for (text, code) in [
            ("answered within 6h", "unreadable"),
            ("answered within >= 60%", "missing-duration"),
            ("answred within 6h >= 60%", "unknown-measure"),
            ("answered within 6 >= 60%", "missing-unit"),
            ("answered within 6h >= 0.6", "missing-unit"),
            ("cost of one settled inquiry <= 20", "missing-unit"),
            ("cost of one settled inquiry <= $20/year", "unknown-unit"),
            ("vendors' fees beyond the plan, a year <= $20/week", "unknown-unit"),
        ] {
            assert_eq!(goal(text).unwrap_err().code, code, "{text}");
        }
    }
}
