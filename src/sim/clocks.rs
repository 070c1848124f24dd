//! The cause clocks of a desk: how long it has not been the line that one waits for.

use crate::sim::outcome::Cause;
use crate::units::SimTime;

/// Time so far in each state of a desk in which whoever waits does not wait in line.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Clocks {
    /// Nobody is there.
    pub(super) off_hours: SimTime,
    /// All who are there are away.
    pub(super) away: SimTime,
    /// Somebody is on proactive work instead.
    pub(super) displaced: SimTime,
}

impl Clocks {
    /// How much of each cause there was since an earlier reading.
    #[inline]
    pub(super) fn since(self, then: Clocks) -> [(Cause, SimTime); 3] {
        [
            (Cause::OffHours, self.off_hours.since(then.off_hours)),
            (Cause::Away, self.away.since(then.away)),
            (Cause::Displaced, self.displaced.since(then.displaced)),
        ]
    }
}
