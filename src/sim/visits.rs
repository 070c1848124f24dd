//! What a desk counts of its visits.

use crate::sim::case::Case;
use crate::sim::clocks::Clocks;
use crate::sim::desk::DeskState;
use crate::sim::outcome::{Most, RoleTally, TopicTally, TopicTimes};
use crate::sim::pending::{Of, put};
use crate::tally::{Area, count_within, square};
use crate::units::SimTime;

/// Visits to a desk in the time that counts, as far as they are counted at every one.
#[derive(Debug)]
#[repr(C)]
pub(super) struct Visits {
    /// ∫ number in work dt.
    busy: Area,
    /// Visits that began, that joined the queue instead of starting at once, and that ended with the work done.
    pub(super) arrived: u64,
    pub(super) delayed: u64,
    pub(super) done: u64,
    /// Since when somebody has been at the desk, or never, and the visits that began since then.
    busy_since: SimTime,
    busy_visits: u64,
    /// When the desk was last left empty. Whoever comes at that instant goes on with the busy period: it was never over.
    busy_until: SimTime,
    /// Most that ever waited, and when.
    longest_queue: u32,
    longest_at: SimTime,
}

impl Default for Visits {
    fn default() -> Visits {
        Visits {
            busy: Area::default(),
            arrived: 0,
            delayed: 0,
            done: 0,
            busy_since: SimTime::NEVER,
            busy_visits: 0,
            busy_until: SimTime::NEVER,
            longest_queue: 0,
            longest_at: SimTime::ZERO,
        }
    }
}

impl DeskState<'_> {
    /// The tally with all that was counted so far.
    pub(super) fn settled(&mut self) -> &mut RoleTally {
        self.pending.settle(&mut self.tally, self.thresholds);
        if self.waiting + self.working == 0 {
            self.close_busy_period();
        }
        let (tally, visits) = (&mut *self.tally, &self.visits);
        (tally.arrived, tally.delayed, tally.done) = (visits.arrived, visits.delayed, visits.done);
        tally.busy = visits.busy;
        tally.longest_queue =
            Most { number: u64::from(visits.longest_queue), at: visits.longest_at };
        tally
    }

    /// What is counted of a topic, where topics are told apart.
    #[inline(always)]
    pub(super) fn topic(&mut self, topic: u16) -> Option<&mut TopicTally> {
        if self.by_topic { self.tally.topics.get_mut(usize::from(topic)) } else { None }
    }

    /// A length of time to be counted.
    #[inline(always)]
    pub(super) fn record(&mut self, of: Of, length: SimTime) {
        if self.gathers {
            self.pending.push(of, length, &mut self.tally, self.thresholds);
        } else {
            put(of, length, &mut self.tally, self.thresholds);
        }
    }

    /// Bring areas and clocks up to `now`. To be called before any number changes.
    #[inline(always)]
    pub(super) fn touch(&mut self, now: SimTime) {
        let micros = (now - self.touched).micros();
        if micros == 0 {
            return;
        }
        self.touched = now;
        self.visits.busy.add(u64::from(self.working), micros);
        self.record(Of::Number(self.waiting + self.working), SimTime::from_micros(micros));
        if self.keeps_more {
            self.book_more(SimTime::from_micros(micros));
        }
    }

    /// What only some roles, or some studies, keep of time.
    fn book_more(&mut self, length: SimTime) {
        if self.measure.waiting {
            self.tally.time_at_waiting.add(u64::from(self.waiting), length);
        }
        if !self.role.has_clocks {
            return;
        }
        let clocks = &mut self.clocks;
        *match () {
            () if self.present == 0 => &mut clocks.off_hours,
            () if self.present == self.away => &mut clocks.away,
            () if 0 < self.proactive => &mut clocks.displaced,
            () => return,
        } += length;
    }

    /// The cause clocks, up to date as of the last [`DeskState::touch`].
    #[inline]
    pub(super) fn clocks(&self) -> Clocks {
        self.clocks
    }

    /// A visit begins: one more waiting or in work.
    #[inline]
    pub(super) fn enter(&mut self, now: SimTime, topic: u16) {
        self.visits.arrived += 1;
        if let Some(topic) = self.topic(topic) {
            topic.arrived += 1;
            topic.number.rise(now);
        }
        self.visits.busy_visits += 1;
        if self.waiting + self.working == 0 {
            self.find_empty(now);
        }
    }

    /// A visit has just begun at an empty desk: it goes on with the busy period if that has ended at this very instant, else it
    /// is the first of the next.
    #[inline(never)]
    fn find_empty(&mut self, now: SimTime) {
        if self.visits.busy_until != now {
            self.visits.busy_visits -= 1;
            self.close_busy_period();
            (self.visits.busy_since, self.visits.busy_visits) = (now, 1);
        }
    }

    /// Somebody who waited no longer waits, whose visit is not to be counted among those that began; `counted`: it was.
    pub(super) fn uncount(&mut self, counted: bool, now: SimTime) {
        let visits = &mut self.visits;
        let back = |count: &mut u64| *count = count.saturating_sub(u64::from(counted));
        back(&mut visits.arrived);
        back(&mut visits.delayed);
        // the period under way counts whole
        visits.busy_visits = visits.busy_visits.saturating_sub(1);
        self.leave(now);
    }

    /// A visit joins the queue instead of starting at once.
    #[inline]
    pub(super) fn delay(&mut self, topic: u16) {
        self.visits.delayed += 1;
        if let Some(topic) = self.topic(topic) {
            topic.queued += 1;
        }
    }

    /// One more waits.
    #[inline]
    pub(super) fn wait_more(&mut self, now: SimTime) {
        self.waiting += 1;
        if self.visits.longest_queue < self.waiting {
            (self.visits.longest_queue, self.visits.longest_at) = (self.waiting, now);
        }
    }

    /// The wait of a visit is over, because somebody here or elsewhere takes the case up: how long it was.
    #[inline(always)]
    pub(super) fn end_wait(&mut self, case: &mut Case, now: SimTime) -> SimTime {
        let wait = now - case.joined;
        self.record(Of::Wait, wait);
        if self.adds_waits {
            case.tale.waited += wait;
        }
        wait
    }

    /// A visit that began then ends with its work done. The desk has been touched.
    #[inline(always)]
    pub(super) fn end_visit(&mut self, joined: SimTime, topic: u16, now: SimTime) {
        self.working -= 1;
        let inside = now - joined;
        self.finish(inside);
        let thresholds = self.thresholds;
        if let Some(topic) = self.topic(topic) {
            topic.number.fall(now);
            topic.busy.fall(now);
            topic.done += 1;
            topic.inside_micros += u128::from(inside.micros());
            topic.inside_squares += square(inside);
            count_within(&mut topic.inside_within, inside, thresholds);
            if let Some(times) = &mut topic.times {
                TopicTimes::count(&mut times.inside, inside);
            }
        }
        self.leave(now);
    }

    /// A visit of this length is over with its work done, here or where another desk took the case.
    #[inline(always)]
    pub(super) fn finish(&mut self, inside: SimTime) {
        self.visits.done += 1;
        self.record(Of::Visit, inside);
    }

    /// A visit has ended and its case is counted out.
    #[inline]
    pub(super) fn leave(&mut self, now: SimTime) {
        if self.waiting + self.working == 0 {
            self.visits.busy_until = now;
        }
    }

    /// The last busy period is over, if there was one.
    fn close_busy_period(&mut self) {
        let since = std::mem::replace(&mut self.visits.busy_since, SimTime::NEVER);
        let visits = std::mem::take(&mut self.visits.busy_visits);
        if since != SimTime::NEVER {
            debug_assert_ne!(
                self.visits.busy_until,
                SimTime::NEVER,
                "a desk is left by leaving it"
            );
            self.tally.busy_periods += 1;
            self.tally.busy_period_micros +=
                u128::from(self.visits.busy_until.since(since).micros());
            self.tally.busy_period_visits += visits;
        }
        self.visits.busy_until = SimTime::NEVER;
    }

    /// Forget what was tallied so far: the time that counts begins. Who is there stays, and a busy period under way
    /// counts whole when it ends: periods counted by their ends are as long as all are.
    pub(super) fn reset(&mut self, mut tally: RoleTally, now: SimTime) {
        for (new, old) in tally.topics.iter_mut().zip(&self.tally.topics) {
            (new.number, new.busy) = (old.number.from_now(now), old.busy.from_now(now));
        }
        self.pending.forget();
        let busy = 0 < self.waiting + self.working;
        let Visits { busy_since, busy_visits, .. } = self.visits;
        self.visits = match busy {
            true => Visits { busy_since, busy_visits, ..Visits::default() },
            false => Visits::default(),
        };
        *self.tally = tally;
    }
}
