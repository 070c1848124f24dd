//! Numbers as JSON has them.

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
    json!({ "mean": number(of.mean), "half_width": maybe(of.half_width), "n": of.n })
}

/// Estimate and half-width.
pub(in crate::present) fn brief(measured: &Measured) -> Value {
    measured.interval.map_or(Value::Null, interval)
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
