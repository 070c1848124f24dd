//! When one person is there.

use std::sync::Arc;

use crate::model::Calendar;
use crate::units::SimTime;

/// The person's stretches of presence, in order; stretches that touch are one.
#[derive(Debug, Clone)]
pub(super) struct Presence {
    calendar: Arc<Calendar>,
    block: SimTime,
    present: f64,
    offset: f64,
    /// Where the stretches of a whole block begin and end, from its start.
    whole: [(SimTime, SimTime); 2],
    /// Number of the calendar interval that comes next, and what is left of the one before.
    interval: u64,
    rest: (SimTime, SimTime),
    /// Stretches already cut from the last block, latest first.
    cut: Vec<(SimTime, SimTime)>,
}

impl Presence {
    pub(super) fn new(
        calendar: Arc<Calendar>,
        block: SimTime,
        present: f64,
        offset: f64,
    ) -> Presence {
        Presence {
            calendar,
            block,
            present,
            offset,
            whole: cut(block, present, offset),
            interval: 0,
            rest: (SimTime::ZERO, SimTime::ZERO),
            cut: Vec::with_capacity(2),
        }
    }

    /// Whether the person is there at all times.
    pub(super) fn is_always(&self) -> bool {
        1.0 <= self.present && self.calendar.is_always()
    }

    /// The next stretch.
    pub(super) fn next(&mut self) -> Option<(SimTime, SimTime)> {
        let (start, mut end) = self.piece()?;
        while let Some((next_start, next_end)) = self.piece() {
            if next_start != end {
                self.cut.push((next_start, next_end));
                break;
            }
            end = next_end;
        }
        Some((start, end))
    }

    /// The next stretch within one block, or one interval for somebody who is always there when it is open.
    fn piece(&mut self) -> Option<(SimTime, SimTime)> {
        while self.cut.is_empty() {
            let (start, close) = self.rest;
            if start < close {
                let end = close.min(start + self.block);
                self.rest.0 = end;
                self.cut_block(start, end);
                continue;
            }
            let opening = self.calendar.interval(self.interval)?;
            self.interval += 1;
            if 1.0 <= self.present {
                return Some(opening);
            }
            self.rest = opening;
        }
        self.cut.pop()
    }

    fn cut_block(&mut self, start: SimTime, end: SimTime) {
        let length = end.since(start);
        let stretches = match length == self.block {
            true => self.whole,
            false => cut(length, self.present, self.offset),
        };
        for (from, to) in stretches {
            if from < to {
                self.cut.push((start + from, start + to));
            }
        }
    }
}

/// Where the stretches of a block of this length begin and end, the latest first.
fn cut(length: SimTime, present: f64, offset: f64) -> [(SimTime, SimTime); 2] {
    let until = offset + present;
    let none = (SimTime::ZERO, SimTime::ZERO);
    if until <= 1.0 {
        [(length.scaled(offset), length.scaled(until)), none]
    } else {
        [(length.scaled(offset), length), (SimTime::ZERO, length.scaled(until - 1.0))]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minutes(of: (SimTime, SimTime)) -> (f64, f64) {
        (of.0.minutes(), of.1.minutes())
    }

    #[test]
    fn a_share_of_a_block_wraps_and_joins_the_next() {
        let open = vec![(SimTime::HOUR, SimTime::HOUR.times(2))];
        let day = Arc::new(Calendar::periodic(SimTime::DAY, open).unwrap());
        let mut presence = Presence::new(day, SimTime::MINUTE.times(30), 0.5, 0.75);
        let stretches: Vec<(f64, f64)> =
            (0..4).map(|_| minutes(presence.next().unwrap())).collect();
        assert_eq!(stretches, [(60.0, 67.5), (82.5, 97.5), (112.5, 120.0), (1500.0, 1507.5)]);
    }

    #[test]
    fn somebody_always_there_comes_once() {
        let mut presence = Presence::new(Arc::new(Calendar::always()), SimTime::HOUR, 1.0, 0.0);
        assert!(presence.is_always());
        assert_eq!(presence.next(), Some((SimTime::ZERO, SimTime::NEVER)));
        assert_eq!(presence.next(), None);
    }
}
