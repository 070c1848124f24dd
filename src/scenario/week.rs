//! How arrivals spread over time: named weeks, own arrays, steps of a cycle.

use std::sync::Arc;

use super::clock::Clock;
use super::cursor::{Cursor, Object};
use super::customers::a_second_at_least;
use super::keys::{SINE, WEEK};
use super::laws::length;
use super::shares::fraction;
use super::tree::Value;
use crate::model::{Curve, Shape, Sine, Wave};
use crate::units::{N_HOURS_A_WEEK, SimTime, counted};

/// Share of each hour of the day in a business-to-consumer support week: made so that 60% of the volume
/// lies outside Monday to Friday, 9 to 17, as published for brand mentions.
const SUPPORT_HOURS: [f64; 24] = [
    0.015, 0.010, 0.008, 0.006, 0.006, 0.010, 0.018, 0.030, 0.045, 0.062, 0.066, 0.067, 0.066,
    0.065, 0.064, 0.064, 0.063, 0.058, 0.053, 0.052, 0.052, 0.050, 0.042, 0.028,
];
/// Weight of each day of that week, from Monday.
const SUPPORT_DAYS: [f64; 7] = [1.15, 1.08, 1.08, 1.05, 1.05, 0.80, 0.79];

/// The profile of a week, `None` if it is flat.
pub(super) fn week(cursor: &Cursor<'_>, clock: &Clock) -> Option<Option<Arc<Shape>>> {
    if !matches!(cursor.node.value, Value::Object(_)) {
        let support: fn(&Clock) -> Option<Arc<Shape>> =
            |clock| Some(Arc::new(weekly(&SUPPORT_HOURS, &SUPPORT_DAYS, clock.weekday())));
        let flat: fn(&Clock) -> Option<Arc<Shape>> = |_| None;
        return cursor.word(&[("flat", flat), ("support_b2c", support)]).map(|make| make(clock));
    }
    let of = cursor.object(&WEEK)?;
    let smooth = of.has("sines") || of.has("line");
    if let (true, Some(other)) =
        (smooth, of.get("steps").or(of.get("line").filter(|_| of.has("sines"))))
    {
        other.fail_with_help(
            "two-tags",
            "this week says twice how it goes",
            "keep one of `steps`, `sines` and `line`",
        );
        return None;
    }
    if smooth {
        return wave(&of).map(|shape| Some(Arc::new(shape)));
    }
    if of.has("steps") || of.has("period") {
        return steps(&of).map(|shape| Some(Arc::new(shape)));
    }
    let hours = weights(&of, "hours", 24)?;
    let days = weights(&of, "days", 7)?;
    Some(Some(Arc::new(weekly(&hours, &days, clock.weekday()))))
}

fn weights(of: &Object<'_>, key: &'static str, count: usize) -> Option<Vec<f64>> {
    let Some(list) = of.get(key) else { return Some(vec![1.0; count]) };
    let items = list.items()?;
    if items.len() != count {
        list.fail("wrong-count", format!("expected {count} numbers, found {}", items.len()));
        return None;
    }
    let weights: Vec<f64> = items.iter().filter_map(|item| item.number(0.0, 1e9)).collect();
    if weights.len() == count && weights.iter().sum::<f64>() <= 0.0 {
        list.fail_with_help(
            "all-zero",
            "all of these are zero",
            "only their proportions matter, but one must be positive",
        );
        return None;
    }
    (weights.len() == count).then_some(weights)
}

/// Hour by hour over a week, with mean 1.
fn weekly(hours: &[f64], days: &[f64], first_day: usize) -> Shape {
    let mean = hours.iter().sum::<f64>() / 24.0 * days.iter().sum::<f64>() / 7.0;
    let mut steps: Vec<(SimTime, f64)> = Vec::with_capacity(N_HOURS_A_WEEK);
    for hour in 0..N_HOURS_A_WEEK {
        let factor = hours[hour % 24] * days[(hour / 24 + first_day) % 7] / mean;
        if steps.last().is_none_or(|&(_, before)| before.to_bits() != factor.to_bits()) {
            steps.push((SimTime::HOUR.times(hour as u64), factor));
        }
    }
    Shape { period: SimTime::WEEK, steps, wave: None }
}

/// A smooth cycle: sines around 1, or a line through points.
fn wave(of: &Object<'_>) -> Option<Shape> {
    let period = period(of)?;
    let (at, curve) = match of.get("sines") {
        Some(list) => {
            let sines: Vec<Option<Sine>> =
                list.items()?.iter().map(|item| sine(item, period)).collect();
            let sines = sines.into_iter().collect::<Option<_>>()?;
            (list, Curve::Sines(sines))
        }
        None => {
            let list = of.need("line")?;
            let points = points(&list, Some(period))?;
            (list, Curve::Line(points))
        }
    };
    match Wave::new(curve, period) {
        Ok(Some(wave)) => Some(Shape { period, steps: wave.bounds(), wave: Some(wave) }),
        Ok(None) => {
            at.fail("all-zero", "all of these factors are zero");
            None
        }
        Err((instant, lowest)) => {
            at.fail_with_help(
                "negative",
                format!("the rate is {lowest:.3} times the stated one at {instant}"),
                "swings that sum to at most 1 keep it above zero",
            );
            None
        }
    }
}

fn sine(at: &Cursor<'_>, period: SimTime) -> Option<Sine> {
    let of = at.object(&SINE)?;
    let swing = fraction(&of.need("swing")?)?;
    let cycles = of.get("cycles").map_or(Some(1), |cycles| cycles.whole(1, 8))? as u32;
    let peak = match of.get("peak") {
        Some(peak) => length(&peak)?,
        // sin(2πt/period) is at its peak after a quarter
        None => SimTime::from_micros(period.micros() / (4 * u64::from(cycles))),
    };
    Some(Sine { swing, peak, cycles })
}

fn period(of: &Object<'_>) -> Option<SimTime> {
    a_second_at_least(&of.need("period")?)
}

/// Steps of a cycle, as written: `[["0h", 1], ["8h", 4]]`.
fn steps(of: &Object<'_>) -> Option<Shape> {
    let period = period(of);
    let list = of.need("steps")?;
    let steps = points(&list, period)?;
    if steps.iter().all(|&(_, factor)| factor <= 0.0) {
        list.fail("all-zero", "all of these factors are zero");
        return None;
    }
    Some(Shape { period: period?, steps, wave: None })
}

/// Instants of a cycle and factors, in order from its start.
fn points(list: &Cursor<'_>, period: Option<SimTime>) -> Option<Vec<(SimTime, f64)>> {
    let mut steps: Vec<(SimTime, f64)> = Vec::new();
    for item in list.items()? {
        let pair = item.items()?;
        let [start, factor] = pair.as_slice() else {
            item.fail(
                "wrong-count",
                format!(
                    "expected a start and a factor, found {}",
                    counted(pair.len(), "value", "values")
                ),
            );
            return None;
        };
        let (start_at, factor) = (length(start)?, factor.number(0.0, 1e9)?);
        let in_order = match steps.last() {
            None => start_at == SimTime::ZERO,
            Some(&(before, _)) => before < start_at,
        };
        if !in_order || period.is_some_and(|period| period <= start_at) {
            start.fail_with_help(
                "out-of-order",
                "this step is out of order",
                "steps begin at `0h`, rise, and end before the period does",
            );
            return None;
        }
        steps.push((start_at, factor));
    }
    Some(steps)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_support_week_has_mean_one_and_the_published_share_out_of_hours() {
        let shape = weekly(&SUPPORT_HOURS, &SUPPORT_DAYS, 0);
        assert!((shape.mean() - 1.0).abs() < 1e-12);
        let at = |hour: u64| {
            shape
                .steps
                .iter()
                .rfind(|(start, _)| start.hours() <= hour as f64)
                .map_or(0.0, |step| step.1)
        };
        let in_hours: f64 = (0..120)
            .filter(|hour| (9..17).contains(&(hour % 24)))
            .map(|hour| at(hour) / 168.0)
            .sum();
        assert!((in_hours - 0.4).abs() < 0.005, "{in_hours}");
    }
}
