//! A measure, with its duration where it takes one.

use crate::model::{Measure, MeasureUnit};
use crate::units::SimTime;

/// One thing that is measured: a row of tables and a column of files.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quantity {
    /// The measure.
    pub measure: &'static Measure,
    /// Its duration, where it takes one.
    pub within: Option<SimTime>,
}

impl Quantity {
    /// Stable name in files: `answered_within_6h`.
    pub fn id(&self) -> String {
        match self.within {
            Some(within) => format!("{}_{}", self.measure.id, short(within)),
            None => self.measure.id.to_string(),
        }
    }

    /// The leader's words: `answered within 6 h`, `answered within an hour`.
    pub fn name(&self) -> String {
        match self.within {
            Some(SimTime::HOUR) => format!("{} an hour", self.measure.name),
            Some(within) => format!("{} {}", self.measure.name, spaced(within)),
            None => self.measure.name.to_string(),
        }
    }

    /// What it is counted in.
    pub fn unit(&self) -> MeasureUnit {
        self.measure.unit
    }
}

/// The largest unit that divides a length: count and name.
fn largest(length: SimTime) -> (u64, &'static str) {
    let micros = length.micros();
    let units = [(SimTime::HOUR, "h"), (SimTime::MINUTE, "m"), (SimTime::SECOND, "s")];
    let whole = units.into_iter().find(|(unit, _)| micros.is_multiple_of(unit.micros()));
    whole.map_or((micros, "us"), |(unit, name)| (micros / unit.micros(), name))
}

fn short(length: SimTime) -> String {
    let (count, unit) = largest(length);
    format!("{count}{unit}")
}

fn spaced(length: SimTime) -> String {
    let (count, unit) = largest(length);
    format!("{count} {}", if unit == "m" { "min" } else { unit })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::measure;

    #[test]
    fn durations_are_named_in_their_largest_unit() {
        let of = |within| Quantity { measure: measure("answered_within").unwrap(), within };
        assert_eq!(of(Some(SimTime::HOUR.times(6))).id(), "answered_within_6h");
        assert_eq!(of(Some(SimTime::MINUTE.times(90))).name(), "answered within 90 min");
        assert_eq!(of(Some(SimTime::HOUR)).name(), "answered within an hour");
    }
}
