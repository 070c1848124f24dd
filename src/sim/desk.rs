//! The state of one role during a run.

use std::collections::VecDeque;

use crate::model::Beyond;
use crate::sim::agenda::{Agenda, Kind};
use crate::sim::case::{Case, Cases, NONE, Place, Stage, flag};
use crate::sim::outcome::{Bin, RoleTally, TopicTimes};
use crate::sim::people::{Doing, Free, Worker};
use crate::sim::plan::{RolePlan, WorkPlan};
use crate::sim::queue::{Entry, Lines};
use crate::sim::service::Branch;
use crate::tally::count_within;
use crate::units::SimTime;

/// What a desk has to know of the run when a case is taken up.
#[derive(Clone, Copy)]
pub(super) struct Moment<'t> {
    pub(super) now: SimTime,
    pub(super) thresholds: &'t [SimTime],
    /// Whether waits with endless patience are followed.
    pub(super) offered: bool,
}

impl Moment<'_> {
    /// Somebody has left the line before anybody was free.
    fn note_left(self, tally: &mut RoleTally, entry: &Entry) {
        if self.offered {
            tally.wait_offered.record(self.now.since(entry.since), self.thresholds);
        }
    }
}

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
    /// Distributions that were asked for.
    pub(super) measure: Beyond,
    /// Whether more is kept of time than areas and the time at each number.
    keeps_more: bool,
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
        measure: Beyond,
    ) -> DeskState<'a> {
        DeskState {
            role,
            measure,
            keeps_more: role.has_clocks || measure.waiting,
            lines,
            mentions: VecDeque::new(),
            tasks: 0,
            half_done: Vec::new(),
            free: Free::nobody(role.first_listed),
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
    #[inline(always)]
    pub(super) fn touch(&mut self, now: SimTime) {
        let micros = (now - self.touched).micros();
        if micros == 0 {
            return;
        }
        self.touched = now;
        self.tally.busy.add(u64::from(self.working), micros);
        let number = u64::from(self.waiting + self.working);
        self.tally.time_at_number.add(number, SimTime::from_micros(micros));
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
        let cause = match () {
            () if self.present == 0 => 0,
            () if self.present == self.away => 1,
            () if 0 < self.proactive => 2,
            () => return,
        };
        self.clocks[cause] += length;
    }

    /// The cause clocks, up to date as of the last [`DeskState::touch`].
    #[inline]
    pub(super) fn clocks(&self) -> [SimTime; 3] {
        self.clocks
    }

    /// A visit begins: one more waiting or in work.
    #[inline]
    pub(super) fn enter(&mut self, now: SimTime, topic: u16) {
        self.tally.arrived += 1;
        if let Some(topic) = self.tally.topics.get_mut(usize::from(topic)) {
            topic.arrived += 1;
            topic.number.rise(now);
        }
        self.busy_visits += 1;
        if self.waiting + self.working == 0 {
            self.busy_since = Some(now);
            self.busy_visits = 1;
        }
    }

    /// A case has come to this desk, the one of this number, for a visit. Brings areas and clocks up to `now`.
    #[inline(always)]
    pub(super) fn welcome(&mut self, case: &mut Case, at: u32, now: SimTime) {
        case.at = at;
        case.joined = now;
        case.since = now;
        case.clear(flag::STARTED);
        case.visits += 1;
        self.role.foresee(case);
        self.touch(now);
    }

    /// Where there is no other rule, somebody free takes the welcomed case up at once, or it lines up: `true` if
    /// it does.
    #[inline(always)]
    pub(super) fn take_in(
        &mut self,
        case: &mut Case,
        place: u32,
        workers: &mut [Worker],
        agenda: &mut Agenda,
        order: &mut u64,
        moment: Moment<'_>,
    ) -> bool {
        self.enter(moment.now, case.topic);
        let person = self.free.first;
        if person != NONE {
            self.start(case, place, person, workers, agenda, moment);
            return false;
        }
        self.delay(case.topic);
        *order += 1;
        self.line_up(case, place, *order, moment.now);
        true
    }

    /// A visit joins the queue instead of starting at once.
    #[inline]
    pub(super) fn delay(&mut self, topic: u16) {
        self.tally.delayed += 1;
        if let Some(topic) = self.tally.topics.get_mut(usize::from(topic)) {
            topic.queued += 1;
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

    /// Somebody (or nobody in particular, at a desk of infinitely many) takes the case up. The desk has been
    /// touched. `false` if it is still to be decided what is done first.
    #[inline(always)]
    pub(super) fn start(
        &mut self,
        case: &mut Case,
        place: u32,
        person: u32,
        workers: &mut [Worker],
        agenda: &mut Agenda,
        moment: Moment<'_>,
    ) -> bool {
        let now = moment.now;
        if person == NONE {
            let foreseen = self.take_on(case, NONE, moment);
            if foreseen {
                agenda.schedule(now + case.left, Kind::DoneAlone, place, case.ticket);
            }
            return foreseen;
        }
        let worker = &mut workers[person as usize];
        let was_free = worker.doing == Doing::Free;
        if was_free {
            worker.book(Bin::Idle, now);
        }
        let foreseen = self.give(case, place, person, worker, agenda, moment);
        if was_free {
            self.free.remove(workers, person);
        }
        foreseen
    }

    /// [`DeskState::start`], by somebody whose time is booked and who is not among the free.
    #[inline(always)]
    pub(super) fn give(
        &mut self,
        case: &mut Case,
        place: u32,
        person: u32,
        worker: &mut Worker,
        agenda: &mut Agenda,
        moment: Moment<'_>,
    ) -> bool {
        let foreseen = self.take_on(case, person, moment);
        worker.doing = Doing::Case;
        worker.case = place;
        worker.began = moment.now;
        if foreseen {
            worker.set_to(agenda, person, case.left, moment.now);
        }
        foreseen
    }

    /// The case is in these hands; `false` if it is still to be decided what is done first.
    #[inline(always)]
    fn take_on(&mut self, case: &mut Case, person: u32, moment: Moment<'_>) -> bool {
        self.take_up(case, moment);
        case.place = Place::InHand;
        case.wake_at = SimTime::NEVER;
        case.person = person;
        let foreseen = case.is(flag::INTERRUPTED | flag::FORESEEN);
        case.clear(flag::INTERRUPTED | flag::FORESEEN);
        if foreseen {
            case.since = moment.now;
        }
        foreseen
    }

    /// The case joins the one line of a desk where there is no other rule; the desk has been touched.
    #[inline(always)]
    pub(super) fn line_up(&mut self, case: &mut Case, place: u32, order: u64, now: SimTime) {
        case.place = Place::Queue;
        let entry = Entry { case: place, ticket: case.ticket, order, since: case.joined };
        self.wait_more(now);
        self.lines.push_back(0, 0, entry);
    }

    /// The case joins the queue, or goes back to its head; the desk has been touched.
    #[inline(always)]
    pub(super) fn queue_up(
        &mut self,
        case: &mut Case,
        place: u32,
        order: u64,
        now: SimTime,
        front: bool,
    ) {
        let role = self.role;
        case.place = Place::Queue;
        case.since = now;
        if role.has_clocks {
            case.tale.clocks = self.clocks;
        }
        let entry = Entry { case: place, ticket: case.ticket, order, since: case.joined };
        if case.stage == Stage::Mention {
            self.mentions.push_front(entry);
            return;
        }
        let priority = usize::from(case.priority).min(role.priorities - 1);
        let group = role.eligibility.group_of(case);
        self.wait_more(now);
        if let Some(rules) = role.rules.as_ref().filter(|rules| rules.by_deadline) {
            self.lines.push_by_order(group, Entry { order: rules.due(case).micros(), ..entry });
        } else if front {
            self.lines.push_front(priority, group, entry);
        } else {
            self.lines.push_back(priority, group, entry);
        }
    }

    /// The next case that waits for one of so many free people, who takes these groups. Its place in line is gone.
    #[inline(always)]
    pub(super) fn pick(
        &mut self,
        cases: &Cases,
        takes: u64,
        free: u32,
        moment: Moment<'_>,
    ) -> Option<u32> {
        let (lines, tally) = (&mut self.lines, &mut self.tally);
        let holds = |entry: &Entry| cases[entry.case].ticket == entry.ticket;
        let dropped = |entry: &Entry| moment.note_left(tally, entry);
        let entry = match &self.role.rules {
            None => lines.pick(takes, holds, dropped),
            Some(rules) => {
                let classes = rules.classes_for(free);
                let aging = (rules.moves_up_after, moment.now);
                lines.pick_by_rules(takes, classes, aging, holds, dropped)
            }
        }?;
        Some(entry.case)
    }

    /// Somebody whose time is booked comes free at a desk without other rules, which has been touched, and takes up
    /// the first in line: its place, or `None` if nobody waits.
    #[inline(always)]
    pub(super) fn come_free(
        &mut self,
        cases: &mut Cases,
        workers: &mut [Worker],
        person: u32,
        agenda: &mut Agenda,
        moment: Moment<'_>,
    ) -> Option<u32> {
        let worker = &mut workers[person as usize];
        while let Some(entry) = self.lines.take_first() {
            let case = &mut cases[entry.case];
            if case.ticket == entry.ticket {
                case.ticket = case.ticket.wrapping_add(1);
                self.waiting -= 1;
                self.give(case, entry.case, person, worker, agenda, moment);
                return Some(entry.case);
            }
            moment.note_left(&mut self.tally, &entry);
        }
        worker.case = NONE;
        worker.doing = Doing::Free;
        self.free.append(workers, person);
        None
    }

    /// A case of this desk waits no longer.
    #[inline(always)]
    pub(super) fn out_of_line(&mut self, case: &mut Case, now: SimTime) {
        case.ticket = case.ticket.wrapping_add(1);
        self.touch(now);
        self.waiting -= 1;
    }

    /// The case is in work, and its first taking up ends its wait.
    #[inline(always)]
    pub(super) fn take_up(&mut self, case: &mut Case, moment: Moment<'_>) {
        if case.stage == Stage::Mention {
            self.proactive += 1;
            return;
        }
        self.working += 1;
        if case.is(flag::STARTED) {
            self.resume(case.topic, moment.now);
            return;
        }
        case.set(flag::STARTED);
        let thresholds = moment.thresholds;
        let wait = self.end_wait(case, moment.now, thresholds);
        if let Some(topic) = self.tally.topics.get_mut(usize::from(case.topic)) {
            topic.busy.rise(moment.now);
            topic.started += 1;
            topic.wait_micros += u128::from(wait.micros());
            topic.wait_squares += square(wait);
            topic.delayed += u64::from(SimTime::ZERO < wait);
            count_within(&mut topic.wait_within, wait, thresholds);
            if let Some(times) = &mut topic.times {
                TopicTimes::count(&mut times.wait, wait);
            }
        }
        if moment.offered {
            self.tally.wait_offered.record(wait, thresholds);
            case.patience_at = SimTime::NEVER;
        }
    }

    /// The wait of a visit is over, because somebody here or elsewhere takes the case up: how long it was.
    #[inline(always)]
    pub(super) fn end_wait(
        &mut self,
        case: &mut Case,
        now: SimTime,
        thresholds: &[SimTime],
    ) -> SimTime {
        let wait = now - case.joined;
        self.tally.wait.record(wait, thresholds);
        if self.measure.total_wait {
            case.tale.waited += wait;
        }
        wait
    }

    /// Work on a case is interrupted.
    pub(super) fn stop(&mut self, case: &Case, now: SimTime) {
        if case.stage == Stage::Mention {
            self.proactive -= 1;
            return;
        }
        self.working -= 1;
        if let Some(topic) = self.tally.topics.get_mut(usize::from(case.topic)) {
            topic.busy.fall(now);
        }
    }

    /// Work that had been interrupted goes on.
    #[cold]
    fn resume(&mut self, topic: u16, now: SimTime) {
        if let Some(topic) = self.tally.topics.get_mut(usize::from(topic)) {
            topic.busy.rise(now);
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
        self.part(case, now, thresholds);
    }

    /// [`DeskState::let_go`] of what is no mention; the desk has been touched.
    #[inline(always)]
    pub(super) fn part(&mut self, case: &mut Case, now: SimTime, thresholds: &[SimTime]) {
        self.end_visit(case.joined, case.topic, now, thresholds);
        case.ticket = case.ticket.wrapping_add(1);
        case.since = now;
    }

    /// The visit to a plain desk ends: the branch that the case follows, or none if it leaves.
    #[inline(always)]
    pub(super) fn serve_out(
        &mut self,
        case: &mut Case,
        now: SimTime,
        thresholds: &[SimTime],
    ) -> Option<&'a Branch> {
        self.touch(now);
        self.part(case, now, thresholds);
        let role: &'a RolePlan = self.role;
        match &role.work {
            WorkPlan::Serve(service) => service.branch(case),
            WorkPlan::Desk(_) => unreachable!("only plain desks serve"),
        }
    }

    /// A visit that began then ends with its work done. The desk has been touched.
    #[inline(always)]
    pub(super) fn end_visit(
        &mut self,
        joined: SimTime,
        topic: u16,
        now: SimTime,
        thresholds: &[SimTime],
    ) {
        self.working -= 1;
        self.tally.done += 1;
        let inside = now - joined;
        self.tally.inside.record(inside, thresholds);
        if let Some(topic) = self.tally.topics.get_mut(usize::from(topic)) {
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

    /// One more waits.
    #[inline]
    pub(super) fn wait_more(&mut self, now: SimTime) {
        self.waiting += 1;
        if self.tally.longest_queue.0 < u64::from(self.waiting) {
            self.tally.longest_queue = (u64::from(self.waiting), now);
        }
    }

    /// Forget what was tallied so far: the time that counts begins. Who is there stays, and a busy period under way
    /// counts whole when it ends: periods counted by their ends are as long as all are.
    pub(super) fn reset(&mut self, mut tally: RoleTally, now: SimTime) {
        for (new, old) in tally.topics.iter_mut().zip(&self.tally.topics) {
            (new.number, new.busy) = (old.number.from_now(now), old.busy.from_now(now));
        }
        self.tally = tally;
    }
}

/// A length squared, in microseconds squared.
pub(super) fn square(length: SimTime) -> f64 {
    let micros = length.micros() as f64;
    micros * micros
}
