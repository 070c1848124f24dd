//! The state of one role during a run.

use std::collections::VecDeque;

use crate::sim::case::{Case, Stage, flag};
use crate::sim::outcome::RoleTally;
use crate::sim::people::Free;
use crate::sim::plan::RolePlan;
use crate::sim::queue::{Entry, Lines};
use crate::units::SimTime;

/// Largest number at a role whose time is kept apart; more are gathered at this number.
const NUMBERS: usize = 4096;

/// The state of one role.
pub(super) struct DeskState<'a> {
    /// What the role does, laid out.
    pub(super) role: &'a RolePlan,
    pub(super) lines: Lines,
    pub(super) mentions: VecDeque<Entry>,
    /// Tasks begun so far, and what is left of those that were stopped, at standard speed.
    pub(super) tasks: u64,
    pub(super) half_done: Vec<SimTime>,
    pub(super) free: Free,
    /// Of the free, those at something that a case may stop.
    pub(super) spare: u32,
    /// People of the role: their numbers are contiguous.
    pub(super) people: std::ops::Range<u32>,
    /// People there, those of them who are away all the same, and those on proactive work.
    pub(super) present: u32,
    pub(super) away: u32,
    pub(super) proactive: u32,
    /// Cases waiting, and in work.
    pub(super) waiting: u32,
    pub(super) working: u32,
    /// Until when the areas and clocks are up to date.
    touched: SimTime,
    /// Time so far with nobody there, with everybody away, and with somebody on proactive work instead.
    clocks: [SimTime; 3],
    busy_since: Option<SimTime>,
    busy_visits: u64,
    pub(super) tally: RoleTally,
}

impl<'a> DeskState<'a> {
    pub(super) fn new(
        role: &'a RolePlan,
        lines: Lines,
        people: std::ops::Range<u32>,
        tally: RoleTally,
    ) -> DeskState<'a> {
        DeskState {
            role,
            lines,
            mentions: VecDeque::new(),
            tasks: 0,
            half_done: Vec::new(),
            free: Free::NOBODY,
            spare: 0,
            people,
            present: 0,
            away: 0,
            proactive: 0,
            waiting: 0,
            working: 0,
            touched: SimTime::ZERO,
            clocks: [SimTime::ZERO; 3],
            busy_since: None,
            busy_visits: 0,
            tally,
        }
    }

    /// Bring areas and clocks up to `now`. To be called before any number changes.
    #[inline]
    pub(super) fn touch(&mut self, now: SimTime) {
        let micros = now.since(self.touched).micros();
        if micros == 0 {
            return;
        }
        self.touched = now;
        self.tally.queue.add(u64::from(self.waiting), micros);
        self.tally.busy.add(u64::from(self.working), micros);
        let number = (self.waiting + self.working) as usize;
        match self.tally.time_at_number.get_mut(number) {
            Some(time) => *time += micros,
            None => self.extend(number, micros),
        }
        if self.role.has_clocks {
            self.advance_clocks(micros);
        }
    }

    fn advance_clocks(&mut self, micros: u64) {
        let cause = match () {
            () if self.present == 0 => 0,
            () if self.present == self.away => 1,
            () if 0 < self.proactive => 2,
            () => return,
        };
        self.clocks[cause] += SimTime::from_micros(micros);
    }

    #[cold]
    fn extend(&mut self, number: usize, micros: u64) {
        let number = number.min(NUMBERS);
        if self.tally.time_at_number.len() <= number {
            self.tally.time_at_number.resize(number + 1, 0);
        }
        self.tally.time_at_number[number] += micros;
    }

    /// The cause clocks, up to date as of the last [`DeskState::touch`].
    #[inline]
    pub(super) fn clocks(&self) -> [SimTime; 3] {
        self.clocks
    }

    /// A visit begins: one more waiting or in work.
    #[inline]
    pub(super) fn enter(&mut self, now: SimTime) {
        self.tally.arrived += 1;
        self.busy_visits += 1;
        if self.waiting + self.working == 0 {
            self.busy_since = Some(now);
            self.busy_visits = 1;
        }
    }

    /// A visit has ended and its case is counted out.
    #[inline]
    pub(super) fn leave(&mut self, now: SimTime) {
        if self.waiting + self.working == 0
            && let Some(since) = self.busy_since.take()
        {
            self.tally.busy_periods += 1;
            self.tally.busy_period_micros += u128::from(now.since(since).micros());
            self.tally.busy_period_visits += self.busy_visits;
        }
    }

    /// Somebody takes the case up: it is in work, and its first taking up ends its wait.
    #[inline(always)]
    pub(super) fn take_up(
        &mut self,
        case: &mut Case,
        now: SimTime,
        thresholds: &[SimTime],
        offered: bool,
    ) {
        if case.stage == Stage::Mention {
            self.proactive += 1;
            return;
        }
        self.working += 1;
        if case.is(flag::STARTED) {
            return;
        }
        case.set(flag::STARTED);
        let wait = now.since(case.joined);
        self.tally.wait.record(wait, thresholds);
        if let Some(topic) = self.tally.topics.get_mut(usize::from(case.topic)) {
            topic.started += 1;
            topic.wait_micros += u128::from(wait.micros());
        }
        if offered {
            self.tally.wait_offered.record(wait, thresholds);
            case.patience_at = SimTime::NEVER;
        }
    }

    /// Work on a case is interrupted.
    pub(super) fn stop(&mut self, case: &Case) {
        if case.stage == Stage::Mention {
            self.proactive -= 1;
        } else {
            self.working -= 1;
        }
    }

    /// The visit of a case in work ends.
    #[inline(always)]
    pub(super) fn let_go(&mut self, case: &mut Case, now: SimTime, thresholds: &[SimTime]) {
        self.touch(now);
        if case.stage == Stage::Mention {
            self.proactive -= 1;
            return;
        }
        self.working -= 1;
        self.tally.done += 1;
        let inside = now.since(case.joined);
        self.tally.inside.record(inside, thresholds);
        if let Some(topic) = self.tally.topics.get_mut(usize::from(case.topic)) {
            topic.done += 1;
            topic.inside_micros += u128::from(inside.micros());
        }
        self.leave(now);
        case.ticket = case.ticket.wrapping_add(1);
        case.since = now;
    }

    /// One more waits.
    #[inline]
    pub(super) fn wait_more(&mut self, now: SimTime) {
        self.waiting += 1;
        if self.tally.longest_queue.0 < u64::from(self.waiting) {
            self.tally.longest_queue = (u64::from(self.waiting), now);
        }
    }

    /// Forget what was tallied so far: the time that counts begins. A busy period under way is not counted.
    pub(super) fn reset(&mut self, tally: RoleTally) {
        self.tally = tally;
        self.busy_since = None;
    }
}
