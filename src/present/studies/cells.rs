//! Effects of changes as cells of tables.

use serde_json::{Value, json};

use crate::model::MeasureUnit;
use crate::present::numbers::{Told, estimate, money, signed, significant, thousands};
use crate::present::words::{LUCK, NOTHING};
use crate::stats::Interval;
use crate::study::{Counted, Effect, Recovery, Yardstick};

/// A value without its chance.
pub(super) fn plain(value: Option<f64>, yardstick: &Yardstick, currency: &str) -> String {
    let Some(value) = value else { return NOTHING.into() };
    match yardstick.counted() {
        Counted::As(unit) => estimate(value, None, unit, currency),
        Counted::HoursAWeek => format!("{} h", significant(value, 2)),
        Counted::MoneyAYear => money(value.round(), None, currency),
        Counted::Inquiries => thousands(value.round()),
    }
}

/// The difference that a change makes, where that is beyond luck.
pub(super) fn change(effect: Option<&Effect>, yardstick: &Yardstick, currency: &str) -> String {
    let Some(effect) = effect else { return NOTHING.into() };
    seen(effect, yardstick, currency).map_or(LUCK.into(), |told| told.to_string())
}

/// The same, before it is text; `None` where it may be luck, or is too small for the digits that are shown.
pub(super) fn seen(effect: &Effect, yardstick: &Yardstick, currency: &str) -> Option<Told> {
    let told = effect.is_sure().then(|| difference(&effect.difference, yardstick, currency));
    told.filter(|told| !told.is_nothing())
}

/// A difference with its chance.
pub(super) fn difference(of: &Interval, yardstick: &Yardstick, currency: &str) -> Told {
    let sign = if of.mean < 0.0 { "-" } else { "+" };
    match yardstick.counted() {
        Counted::As(unit) if unit != MeasureUnit::Count => signed(of, unit, currency),
        _ => size(of, yardstick, currency).with_sign(sign),
    }
}

/// How large a difference is that is no difference of shares, times or amounts of a measure.
pub(super) fn size(of: &Interval, yardstick: &Yardstick, currency: &str) -> Told {
    match yardstick.counted() {
        Counted::As(_) | Counted::Inquiries => number(of),
        Counted::HoursAWeek => number(of).in_unit(" h"),
        Counted::MoneyAYear => thousands_of(of, currency),
    }
}

/// The size of a difference with as many decimals as its chance has one digit that counts.
fn number(of: &Interval) -> Told {
    let size = of.mean.abs();
    let Some(chance) = of.half_width.filter(|&chance| 0.0 < chance) else {
        return Told::number(significant(size, 2), None);
    };
    let (mut unit, mut decimals) = (1.0, 0);
    while chance < unit && decimals < 3 {
        unit /= 10.0;
        decimals += 1;
    }
    // Rounded up, so that a small chance is never told as none.
    let chance = ((chance / unit).ceil() * unit).max(unit);
    let short = |number: f64| format!("{number:.decimals$}").trim_start_matches('0').to_owned();
    let size = short(size);
    // `.000` is nothing too
    let nothing = size.chars().all(|digit| matches!(digit, '.' | '0'));
    Told::number(if nothing { "0".into() } else { size }, Some(short(chance)))
}

/// An amount in thousands, where it has thousands.
fn thousands_of(of: &Interval, currency: &str) -> Told {
    if of.mean.abs() < 1000.0 {
        let whole =
            Interval { mean: of.mean.round(), half_width: of.half_width.map(f64::ceil), ..*of };
        return number(&whole).of_money(currency);
    }
    let thousands =
        Interval { mean: of.mean / 1e3, half_width: of.half_width.map(|h| h / 1e3), ..*of };
    number(&thousands).of_thousands().of_money(currency)
}

/// Name of the unit of a yardstick in files.
pub(super) fn unit(yardstick: &Yardstick) -> &'static str {
    match yardstick.counted() {
        Counted::As(unit) => crate::present::tables::unit(unit),
        Counted::HoursAWeek => "hours a week",
        Counted::MoneyAYear => "money a year",
        Counted::Inquiries => "inquiries",
    }
}

/// When the backlog is ordinary again: `2d 4h ±3h`, `never in 3 of 10`.
pub(super) fn recovered(recovery: &Recovery) -> String {
    let runs = recovery.hours.len();
    match (recovery.mean, recovery.never()) {
        (Some(hours), _) if hours.mean < 0.5 => "at once".into(),
        (Some(hours), _) => {
            let half_width = hours.half_width.map(|half_width| 60.0 * half_width);
            estimate(60.0 * hours.mean.round(), half_width, MeasureUnit::Minutes, "")
        }
        (None, 0) => NOTHING.into(),
        (None, never) if never == runs => "never".into(),
        (None, never) => format!("not in {never}/{runs}"),
    }
}

/// An interval as JSON.
pub(super) fn interval_json(of: &Interval) -> Value {
    // no negative zero
    let half_width = of.half_width.map(|half_width| half_width + 0.0);
    json!({ "mean": of.mean + 0.0, "half_width": half_width, "n": of.n })
}

/// A recovery as JSON: hours by repetition, `null` for never.
pub(super) fn recovery_json(of: &Recovery) -> Value {
    json!({ "mean": of.mean.as_ref().map(interval_json), "replications": of.hours, "never": of.never() })
}

/// Before, after and difference of an effect, as files have them; empty where there is none.
pub(super) fn numbers(effect: Option<&Effect>) -> [String; 5] {
    let Some(effect) = effect else { return Default::default() };
    let of = &effect.difference;
    let half_width =
        of.half_width.map_or(String::new(), |half_width| (half_width + 0.0).to_string());
    [
        (effect.before + 0.0).to_string(),
        (effect.after + 0.0).to_string(),
        (of.mean + 0.0).to_string(),
        half_width,
        of.n.to_string(),
    ]
}

/// Heads of the cells of an effect in files.
pub(super) const EFFECT: [&str; 8] =
    ["measure", "name", "unit", "before", "after", "difference", "half_width", "n"];

/// What an effect is measured by, and its numbers, as files have them.
pub(super) fn effect_cells(yardstick: &Yardstick, effect: Option<&Effect>) -> Vec<String> {
    let measured_by = [yardstick.id(), yardstick.name(), unit(yardstick).into()];
    measured_by.into_iter().chain(numbers(effect)).collect()
}

/// Effects in order, as JSON.
pub(super) fn effects_json(effects: &[Option<Effect>]) -> Value {
    effects.iter().map(|effect| effect_json(effect.as_ref())).collect()
}

/// An effect as JSON.
fn effect_json(effect: Option<&Effect>) -> Value {
    let Some(effect) = effect else { return Value::Null };
    let difference = &effect.difference;
    json!({
        "before": effect.before + 0.0,
        "after": effect.after + 0.0,
        "difference": difference.mean + 0.0,
        "half_width": difference.half_width,
        "n": difference.n,
        "sure": effect.is_sure(),
    })
}

/// What effects are measured by, as JSON.
pub(super) fn yardsticks_json(yardsticks: &[Yardstick]) -> Value {
    let of = |yardstick: &Yardstick| {
        json!({
            "id": yardstick.id(),
            "name": yardstick.name(),
            "unit": unit(yardstick),
            "better": crate::present::tables::better(yardstick.better()),
        })
    };
    Value::Array(yardsticks.iter().map(of).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::MeasureId;

    fn interval(mean: f64, half_width: f64) -> Interval {
        Interval { mean, half_width: Some(half_width), n: 10, standard_error: None }
    }

    #[test]
    fn differences_have_as_many_digits_as_their_chance() {
        let of = |yardstick: Yardstick, mean, half_width| {
            difference(&interval(mean, half_width), &yardstick, "$").to_string()
        };
        let told = |mean, half_width| of(Yardstick::Peak, mean, half_width);
        assert_eq!(told(-0.738, 0.029), "-.74 ±.03");
        assert_eq!(told(13.31, 0.4), "+13.3 ±.4");
        assert_eq!(told(-42.4, 3.2), "-42 ±4");
        assert_eq!(told(0.000_08, 0.000_2), "+0 ±.001");
        assert_eq!(of(Yardstick::Together, -4.26, 0.2), "-4.3 ±.2 h");
        let money = |mean, half_width| of(Yardstick::Worth, mean, half_width);
        assert_eq!(money(-10_480.0, 390.0), "-$10.5k ±.4k");
        assert_eq!(money(-479.9, 244.2), "-$480 ±245");
        assert_eq!(money(12_000.0, 0.0), "+$12k", "the same in each repetition");
    }

    #[test]
    fn a_change_that_cannot_be_seen_is_not_told() {
        let effect = |mean, half_width| {
            let difference = interval(mean, half_width);
            Some(Effect { before: 40.0, after: 40.0 + mean, difference })
        };
        let peak = |effect: Option<Effect>| change(effect.as_ref(), &Yardstick::Peak, "");
        assert_eq!(peak(None), NOTHING);
        assert_eq!(peak(effect(2.0, 3.0)), LUCK);
        assert_eq!(peak(effect(5.0, 3.0)), "+5 ±3");
        // beyond luck, and less than is shown of a share, a length of time and an amount
        for (id, tiny, shown) in [
            (MeasureId::Answered, 0.000_02, 0.05),
            (MeasureId::TimeToSettleMean, 0.000_02, 30.0),
            (MeasureId::CostPerSettled, -0.002, -1.5),
        ] {
            let quantity = crate::experiment::Quantity::usual(id);
            let yardstick = Yardstick::Measure { quantity, scope: 0 };
            let told = |mean: f64| {
                let effect = effect(mean, mean.abs() / 4.0);
                change(effect.as_ref(), &yardstick, "€")
            };
            assert_eq!(told(tiny), LUCK, "{id:?}");
            assert_ne!(told(shown), LUCK, "{id:?}");
        }
    }

    #[test]
    fn a_recovery_says_how_often_there_was_none() {
        let of = |hours: &[Option<f64>], mean| recovered(&Recovery { hours: hours.to_vec(), mean });
        assert_eq!(of(&[Some(26.0), Some(30.0)], Some(interval(28.0, 3.0))), "1d 4h ±3h");
        assert_eq!(of(&[Some(0.0); 2], Some(interval(0.0, 0.0))), "at once");
        assert_eq!(of(&[Some(26.0), None], None), "not in 1/2");
        assert_eq!(of(&[None, None], None), "never");
    }
}
