//! What a desk among many has to count, gathered until it goes into the tally at once.
//!
//! A tally reaches over many thousand bytes, and with thousands of desks each of its pieces is far away in memory. A record
//! is written beside what an event touches anyway; when there are enough of them, the tally is fetched for all. They go in
//! as they came, so that not a bit of the tally depends on it.

use std::hint::black_box;

use crate::sim::outcome::RoleTally;
use crate::units::SimTime;

/// Records that are gathered at most.
const ROOM: usize = 28;

/// Low bits of a record, which say what the length is of; the others hold it.
const LOW: u32 = 12;
const WAIT: u64 = (1 << LOW) - 2;
const VISIT: u64 = (1 << LOW) - 1;

/// What a length of time is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    /// So many at the desk.
    Number(u32),
    /// A wait that ended in work.
    Wait,
    /// A visit whose work is done.
    Visit,
}

/// Records that are not in the tally yet.
#[derive(Debug)]
#[repr(C)]
pub(super) struct Pending {
    len: usize,
    records: [u64; ROOM],
}

impl Default for Pending {
    fn default() -> Pending {
        Pending { len: 0, records: [0; ROOM] }
    }
}

impl Pending {
    /// Gather one more.
    #[inline(always)]
    pub(super) fn push(
        &mut self,
        of: Of,
        length: SimTime,
        tally: &mut RoleTally,
        thresholds: &[SimTime],
    ) {
        let Some(record) = pack(of, length) else {
            self.settle(tally, thresholds);
            return put(of, length, tally, thresholds);
        };
        self.records[self.len] = record;
        self.len += 1;
        if self.len == ROOM {
            self.settle(tally, thresholds);
        }
    }

    /// All of them go into the tally, in order.
    #[inline(never)]
    pub(super) fn settle(&mut self, tally: &mut RoleTally, thresholds: &[SimTime]) {
        for &record in &self.records[..self.len] {
            let (of, length) = unpack(record);
            put(of, length, tally, thresholds);
        }
        self.len = 0;
    }

    /// They are not to be counted.
    pub(super) fn forget(&mut self) {
        self.len = 0;
    }

    /// Read where the next record goes, so that it is near by then.
    #[inline]
    pub(super) fn read_ahead(&self) {
        black_box(self.records[self.len]);
    }
}

/// A record in one word; `None` of more than four thousand at a desk or more than a hundred years.
#[inline(always)]
fn pack(of: Of, length: SimTime) -> Option<u64> {
    let code = match of {
        Of::Number(n) if u64::from(n) < WAIT => u64::from(n),
        Of::Number(_) => return None,
        Of::Wait => WAIT,
        Of::Visit => VISIT,
    };
    let micros = length.micros();
    (micros >> (u64::BITS - LOW) == 0).then_some(micros << LOW | code)
}

#[inline(always)]
fn unpack(record: u64) -> (Of, SimTime) {
    let of = match record & VISIT {
        WAIT => Of::Wait,
        VISIT => Of::Visit,
        number => Of::Number(number as u32),
    };
    (of, SimTime::from_micros(record >> LOW))
}

/// A record into the tally.
#[inline(always)]
pub(super) fn put(of: Of, length: SimTime, tally: &mut RoleTally, thresholds: &[SimTime]) {
    match of {
        Of::Number(n) => tally.time_at_number.add(u64::from(n), length),
        Of::Wait => tally.wait.record(length, thresholds),
        Of::Visit => tally.inside.record(length, thresholds),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draws::Law;
    use crate::model::{From, LinkKind, RoleId, StudyKind};
    use crate::sim::Outcome;
    use crate::sim::networks::{
        alone, exponential, link, nothing, simulate, station, study, world,
    };

    #[test]
    fn a_record_is_read_as_it_was_written() {
        let century = SimTime::from_micros((1 << 52) - 1);
        for of in [Of::Number(0), Of::Number(4093), Of::Wait, Of::Visit] {
            for length in [SimTime::ZERO, SimTime::HOUR, century] {
                assert_eq!(pack(of, length).map(unpack), Some((of, length)));
            }
            assert_eq!(pack(of, century + SimTime::from_micros(1)), None, "{of:?}");
        }
        assert_eq!(pack(Of::Number(4094), SimTime::HOUR), None);
    }

    /// A hub before one busy desk of three, one that falls behind, and so many that nobody comes to.
    fn beside(idle: usize) -> Outcome {
        let mut organization = alone(station("hub", None, Law::constant(0.0).expect("a law"), 1));
        let mut desk = |name: &str, people, hours, share| {
            let role = organization.add_role(station(name, Some(people), exponential(hours), 1));
            let share = LinkKind::RouteShare(share);
            organization.add_link(From::Role(RoleId(0)), role, link(share, nothing()));
        };
        desk("busy", 3, 1.0, 0.1);
        desk("behind", 1, 0.5, 0.9);
        for _ in 0..idle {
            let name = format!("idle {}", organization.roles().count());
            organization.add_role(station(&name, Some(1), exponential(1.0), 1));
        }
        let study = study(StudyKind::TypicalWeeks, 30.0, 400.0);
        simulate(&world(&[25.0], None, None), &organization, &study, 0)
    }

    #[test]
    fn desks_among_many_count_the_same_to_the_bit() {
        let (few, many) = (beside(0), beside(100));
        let told = |outcome: &Outcome| format!("{:?}", &outcome.roles[..3]);
        assert_eq!(told(&few), told(&many));
        assert!(900 < few.roles[1].wait.n());
        assert!(4094 < few.roles[2].time_at_number.micros().len(), "long enough a line to matter");
    }
}
