//! Numbers as JSON has them.

use serde::Serialize;
use serde::ser::Serializer;
use serde_json::{Map, Value, json};

use crate::experiment::Measured;
use crate::stats::{Interval, Paired};

/// A number, or `null` where it is none; nothing is nothing, on whichever side of 0.
pub(in crate::present) fn number(value: f64) -> Value {
    serde_json::Number::from_f64(value + 0.0).map_or(Value::Null, Value::Number)
}

pub(in crate::present) fn maybe(value: Option<f64>) -> Value {
    value.map_or(Value::Null, number)
}

pub(in crate::present) fn interval(of: Interval) -> Value {
    json!(IntervalWritten::of(of))
}

/// Estimate and half-width.
pub(in crate::present) fn brief(measured: &Measured) -> Value {
    json!(Brief(measured))
}

/// The same, to be written without a tree.
#[derive(Clone, Copy)]
pub(super) struct Brief<'a>(pub(super) &'a Measured);

impl Serialize for Brief<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.interval.map(IntervalWritten::of).serialize(serializer)
    }
}

/// An interval; a number that is none is `null`.
#[derive(Serialize)]
struct IntervalWritten {
    mean: f64,
    half_width: Option<f64>,
    n: usize,
}

impl IntervalWritten {
    fn of(interval: Interval) -> IntervalWritten {
        let half_width = interval.half_width.map(|half_width| half_width + 0.0);
        IntervalWritten { mean: interval.mean + 0.0, half_width, n: interval.n }
    }
}

/// With the value of every replication.
pub(in crate::present) fn full(measured: &Measured) -> Value {
    let mut all = Map::new();
    all.insert("mean".into(), maybe(measured.mean()));
    all.insert("half_width".into(), maybe(measured.half_width()));
    let values: Vec<Value> = measured.values.iter().map(|&value| maybe(value)).collect();
    all.insert("replications".into(), Value::Array(values));
    Value::Object(all)
}

/// A paired difference.
pub(in crate::present) fn paired(paired: Option<&Paired>) -> Value {
    paired.map_or(Value::Null, |paired| {
        json!({
            "mean": number(paired.interval.mean),
            "half_width": maybe(paired.interval.half_width),
            "n": paired.interval.n,
            "variance_reduction": maybe(paired.variance_reduction),
        })
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn nothing_has_no_sign() {
        assert_eq!(super::number(-0.0).to_string(), "0.0");
        assert_eq!(super::number(-0.5).to_string(), "-0.5");
    }
}
