//! A measure, with its duration where it takes one.

use crate::model::{Measure, MeasureId, MeasureUnit};
use crate::units::SimTime;

/// One thing that is measured: a row of tables and a column of files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quantity {
    /// The measure.
    pub measure: &'static Measure,
    /// Its duration, where it takes one.
    pub within: Option<SimTime>,
}

impl Quantity {
    /// A measure by itself; where it takes a duration, within an hour, which every result of desks has.
    pub fn usual(id: MeasureId) -> Quantity {
        let measure = id.measure();
        Quantity { measure, within: measure.takes_duration.then_some(ALWAYS_WITHIN) }
    }

    /// Stable name in files: `answered_within_6h`.
    pub fn id(&self) -> String {
        match self.within {
            Some(within) => format!("{}_{}", self.measure.key, compact(within)),
            None => self.measure.key.to_string(),
        }
    }

    /// The leader's words: `answered within 6 h`, `answered within an hour`.
    pub fn name(&self) -> String {
        self.with_duration(self.measure.name)
    }

    /// The same over a narrow column: `within 6 h`, `settled`.
    pub fn short(&self) -> String {
        self.with_duration(self.measure.short)
    }

    fn with_duration(&self, name: &str) -> String {
        match self.within {
            Some(SimTime::HOUR) => format!("{name} an hour"),
            Some(within) => format!("{name} {}", spaced(within)),
            None => name.to_string(),
        }
    }

    /// What it is counted in.
    pub fn unit(&self) -> MeasureUnit {
        self.measure.unit
    }
}

/// The duration that every result of desks has, whatever its goals are about.
pub(super) const ALWAYS_WITHIN: SimTime = SimTime::HOUR;

/// A measure named alone is its [usual](Quantity::usual) quantity: within an hour, where it takes a duration.
impl From<MeasureId> for Quantity {
    fn from(id: MeasureId) -> Quantity {
        Quantity::usual(id)
    }
}

/// The largest unit that divides a length: count and name.
fn largest(length: SimTime) -> (u64, &'static str) {
    let micros = length.micros();
    let units = [(SimTime::HOUR, "h"), (SimTime::MINUTE, "m"), (SimTime::SECOND, "s")];
    let whole = units.into_iter().find(|(unit, _)| micros.is_multiple_of(unit.micros()));
    whole.map_or((micros, "us"), |(unit, name)| (micros / unit.micros(), name))
}

fn compact(length: SimTime) -> String {
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

    #[test]
    fn durations_are_named_in_their_largest_unit() {
        let measure = MeasureId::AnsweredWithin.measure();
        let of = |within| Quantity { measure, within };
        assert_eq!(of(Some(SimTime::HOUR.times(6))).id(), "answered_within_6h");
        assert_eq!(of(Some(SimTime::MINUTE.times(90))).name(), "answered within 90 min");
        assert_eq!(of(Some(SimTime::HOUR)).name(), "answered within an hour");
        assert_eq!(of(Some(SimTime::HOUR.times(6))).short(), "within 6 h");
        assert_eq!(Quantity::usual(MeasureId::AnsweredWithin), of(Some(SimTime::HOUR)));
    }
}
