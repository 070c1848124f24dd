//! Looking at the state: the warm-up ends, hours pass, the time that counts is over.

use crate::model::{Study, StudyKind};
use crate::sim::agenda::Kind;
use crate::sim::case::{NONE, Stage, flag};
use crate::sim::observer::Observer;
use crate::sim::outcome::{Bin, Ended, Outcome, PersonTally, RoleTally, TopicTally};
use crate::sim::people::Doing;
use crate::sim::plan::Plan;
use crate::sim::role_plan::WorkPlan;
use crate::sim::run::Run;
use crate::tally::{Area, Lengths, Tallied, TimeAt};
use crate::units::{N_HOURS_A_WEEK, SimTime};

/// Largest number that is told apart at instants.
const MOST_SEEN: usize = 4096;
/// The time that counts is cut into so many equal stretches; the number at each role is looked at where they meet.
pub const DRIFT_LOOKS: u32 = 32;

/// Reasons to look at the state.
pub(super) mod look {
    pub(in crate::sim) const WARM: u32 = 0;
    pub(in crate::sim) const END: u32 = 1;
    pub(in crate::sim) const HOUR: u32 = 2;
    pub(in crate::sim) const DRIFT: u32 = 3;
    pub(in crate::sim) const PATH: u32 = 4;
    pub(in crate::sim) const DAY: u32 = 5;
    /// The first of the instants asked for; the others follow.
    pub(in crate::sim) const ASKED: u32 = 6;
}

impl<O: Observer> Run<'_, O> {
    /// Look at the state; `true` at the end of the run.
    pub(super) fn look(&mut self, what: u32) -> bool {
        match what {
            look::WARM => self.begin_to_count(),
            look::END => return self.stop_counting(),
            look::HOUR => self.look_at_the_backlog(),
            look::DRIFT => self.look_for_drift(),
            look::PATH => {
                self.mark();
                if let Some(every) = self.task.watch.path
                    && self.now + every <= self.horizon
                {
                    self.agenda.schedule(self.now + every, Kind::Look, look::PATH, 0);
                }
            }
            look::DAY => {
                self.count_arrivals();
                let next = self.now + SimTime::DAY;
                if next < self.horizon && !self.nothing_comes() {
                    self.agenda.schedule(next, Kind::Look, look::DAY, 0);
                }
            }
            asked => self.observe((asked - look::ASKED) as usize),
        }
        false
    }

    /// The warm-up is over: nothing that was tallied so far counts.
    fn begin_to_count(&mut self) {
        for person in 0..self.workers.len() {
            self.settle_accounts(person as u32);
            let worker = &mut self.workers[person];
            worker.bins = Default::default();
            (worker.scheduled, worker.overtime) = (0, 0);
        }
        (self.books.serving_micros, self.books.unasked_micros) = (0, 0);
        self.mark();
        self.books.contacts.follow_to_the_end(&mut self.desks, self.now);
        for (role, desk) in self.desks.iter_mut().enumerate() {
            desk.touch(self.now);
            desk.reset(tally(self.task.study, plain_topics(self.plan, role)), self.now);
        }
        self.books.area_start = self.books.contacts.area.micros();
        self.books.contacts.times = TimeAt::default();
        self.books.total_wait = Lengths::new(self.task.study.thresholds.len());
        self.books.time_inside = Lengths::new(self.task.study.thresholds.len());
        self.books.contacts.left.clear();
        self.books.contacts.left_times.clear();
        self.books.visits = Tallied::default();
    }

    /// The time that counts is over; `true` if the run is, since nobody is followed beyond it.
    fn stop_counting(&mut self) -> bool {
        self.mark();
        self.freeze();
        self.past_horizon = true;
        self.may_end();
        let follow = self.task.study.kind == StudyKind::TypicalWeeks
            && SimTime::ZERO < self.task.study.follow;
        if !follow {
            self.observe_the_end();
            return true;
        }
        self.agenda.schedule(self.now + self.task.study.follow, Kind::Look, look::END, 1);
        self.frozen_before()
    }

    fn look_at_the_backlog(&mut self) {
        let hour = (self.now.micros() / SimTime::HOUR.micros() % N_HOURS_A_WEEK as u64) as usize;
        self.books.backlog[hour].0 += self.books.unanswered.count;
        self.books.backlog[hour].1 += 1;
        if self.now.since(self.warm).micros().is_multiple_of(SimTime::WEEK.micros()) {
            self.mark_in_passing();
        }
        let next = self.now + SimTime::HOUR;
        if next <= self.horizon && !(self.nothing_comes() && self.cases.inside() == 0) {
            self.agenda.schedule(next, Kind::Look, look::HOUR, 0);
        }
    }

    fn look_for_drift(&mut self) {
        // who tries again later belongs to what a desk has before it
        for (role, desk) in self.desks.iter_mut().enumerate() {
            let later = self.retries.waiting(role);
            desk.tally.drift.push(u64::from(desk.waiting + desk.working + later));
        }
        let every =
            SimTime::from_micros(self.horizon.since(self.warm).micros() / u64::from(DRIFT_LOOKS));
        if self.now + every <= self.horizon {
            self.agenda.schedule(self.now + every, Kind::Look, look::DRIFT, 0);
        }
        if self.books.backlog.is_empty() {
            self.mark_in_passing();
        }
    }

    /// Mark the path of the number inside, once an instant and not past the horizon.
    pub(super) fn mark(&mut self) {
        if self.past_horizon || self.books.path.last().is_some_and(|&(at, _)| at == self.now) {
            return;
        }
        self.books.contacts.follow(&mut self.desks, self.now);
        self.books.path.push((self.now, self.books.contacts.area.micros()));
    }

    /// The same at a look that is made for something else.
    fn mark_in_passing(&mut self) {
        if self.task.watch.path.is_none() {
            self.mark();
        }
    }

    /// A day of simulated time is over, or the first one that counts begins: count who came in it.
    pub(super) fn count_arrivals(&mut self) {
        let day = self.now.micros() / SimTime::DAY.micros();
        let came = self.books.conservation.arrived;
        let (before_day, before_week) = (self.books.came_before[0], self.books.came_before[1]);
        if let Some(before) = before_day {
            let weekday = (day + 6) % 7;
            self.books.arrivals.days[weekday as usize].add(came - before);
        }
        self.books.came_before[0] = Some(came);
        if day.is_multiple_of(7) {
            if let Some(before) = before_week {
                self.books.arrivals.weeks.add(came - before);
            }
            self.books.came_before[1] = Some(came);
        }
    }

    fn observe(&mut self, instant: usize) {
        for (desk, seen) in self.desks.iter().zip(&mut self.books.observed[instant]) {
            let number = u64::from(desk.waiting + desk.working);
            seen.looks += 1;
            seen.number += number;
            seen.number_squares += number * number;
            seen.busy += u64::from(desk.working);
            seen.empty += u64::from(number == 0);
            if desk.measure.at_instants {
                let at = (number as usize).min(MOST_SEEN);
                seen.at_number.resize(seen.at_number.len().max(at + 1), 0);
                seen.at_number[at] += 1;
            }
        }
        if let Some(every) = self.task.study.observe.as_ref().and_then(|observe| observe.every)
            && self.now + every <= self.horizon
        {
            self.agenda.schedule(self.now + every, Kind::Look, look::ASKED + instant as u32, 0);
        }
    }

    /// The run ends before the looks of its last instant: those that were asked for there alone are made now.
    fn observe_the_end(&mut self) {
        let asked =
            self.task.study.observe.iter().flat_map(|observe| observe.at.iter().enumerate());
        let now: Vec<usize> = asked
            .filter(|(_, at)| self.warm + **at == self.now)
            .map(|(instant, _)| instant)
            .collect();
        now.into_iter().for_each(|instant| self.observe(instant));
    }

    /// Whether the horizon was reached before: then the time for following is over.
    fn frozen_before(&self) -> bool {
        self.task.study.horizon() < self.now
    }

    /// The time that counts is over: keep the tallies by time as they are.
    fn freeze(&mut self) {
        if self.books.frozen.is_some() {
            return;
        }
        for person in 0..self.workers.len() as u32 {
            self.settle_accounts(person);
        }
        self.books.contacts.follow_to_the_end(&mut self.desks, self.now);
        self.books.counted_area = self.books.contacts.area.micros() - self.books.area_start;
        self.books.contacts.tells_times = false;
        let whole_day = self.now.micros().is_multiple_of(SimTime::DAY.micros());
        if self.task.study.measure.arrivals && self.now == self.horizon && whole_day {
            self.count_arrivals();
        }
        let mut tallies = Vec::with_capacity(self.desks.len());
        for desk in &mut self.desks {
            desk.touch(self.now);
            let mut tally = std::mem::take(desk.settled());
            // Whoever is at a desk and not in work waits.
            tally.queue = Area::of(tally.time_at_number.area() - tally.busy.micros());
            for topic in &mut tally.topics {
                topic.number.close(self.now);
                topic.busy.close(self.now);
            }
            for person in desk.people.clone() {
                let worker = &self.workers[person as usize];
                tally.scheduled += u128::from(worker.scheduled);
                tally.overtime += u128::from(worker.overtime);
                for (sum, &micros) in tally.bins.iter_mut().zip(&worker.bins) {
                    *sum += u128::from(micros);
                }
                tally.people.push(PersonTally {
                    paid: worker.bins.iter().sum(),
                    off: worker.bins[Bin::Idle as usize] + worker.bins[Bin::Absent as usize],
                    beside: worker.bins[Bin::Proactive as usize],
                });
            }
            tallies.push(tally);
            desk.reset(self::tally(self.task.study, 0), self.now);
        }
        self.books.frozen = Some(tallies);
    }

    /// A person's time since then goes to a case that may be of an objective, or to a mention that is of none.
    #[inline]
    pub(super) fn serve(&mut self, place: u32, since: SimTime) {
        let case = &self.cases[place];
        if case.is_for_objective() {
            self.count_serving(self.now.since(since).micros());
        } else if case.is_unasked() {
            self.count_unasked(self.now.since(since).micros());
        }
    }

    /// So many person-microseconds more for objectives.
    pub(super) fn count_serving(&mut self, micros: u64) {
        if self.books.frozen.is_none() {
            self.books.serving_micros += u128::from(micros);
        }
    }

    /// So many person-microseconds more on mentions that no objective asks for.
    #[inline(never)]
    pub(super) fn count_unasked(&mut self, micros: u64) {
        if self.books.frozen.is_none() {
            self.books.unasked_micros += u128::from(micros);
        }
    }

    /// Book what a person has been doing up to now.
    pub(super) fn settle_accounts(&mut self, person: u32) {
        let now = self.now;
        let worker = &self.workers[person as usize];
        if worker.hands.is_some() && worker.doing == Doing::Case {
            return self.settle_slots(person);
        }
        if worker.doing == Doing::Free && worker.spare == NONE {
            return self.book_free(person);
        }
        let bin = match worker.doing {
            Doing::Off => return,
            Doing::Free if worker.spare != NONE => Bin::Proactive,
            Doing::Free => Bin::Idle,
            Doing::Background => Bin::Proactive,
            Doing::Away => self.errand_bin(person),
            Doing::Case => super::people::bin(self.cases[worker.case].piece),
            Doing::Handing | Doing::Asking => super::holding::bin(worker.doing),
        };
        let (case, doing, spare) = (worker.case, worker.doing, worker.spare);
        let since = worker.since;
        self.workers[person as usize].book(bin, now);
        match doing {
            Doing::Case => {
                self.serve(case, since);
                self.book_hands_on(case, now.since(since));
            }
            Doing::Handing | Doing::Asking => self.serve(case, since),
            Doing::Free => self.serve_spare(spare, since),
            _ => {}
        }
    }

    pub(super) fn finish(mut self, ended: Ended) -> Outcome {
        self.freeze();
        let alike = self.books.alike;
        self.in_scopes(alike.set, |scope| alike.tell(scope));
        self.books.contacts.follow(&mut self.desks, self.now);
        self.books.contacts.tell(&mut self.books.conservation);
        if self.traits.one_visit
            && let Some([desk]) = self.books.frozen.as_deref()
        {
            self.books.time_inside = desk.inside.clone();
            self.books.visits = Tallied::default();
            if 0 < desk.done {
                self.books.visits.weigh(1, desk.done);
            }
        }
        let mut open = Vec::new();
        for (place, case) in self.cases.iter() {
            match case.stage {
                Stage::Mention => self.books.conservation.mentions.open += 1,
                Stage::Glimpse | Stage::Verdict => {}
                stage => {
                    self.books.conservation.contacts_inside += 1;
                    self.books.conservation.inside_micros +=
                        u128::from(self.now.since(case.arrived).micros());
                    if stage != Stage::Duplicate && !case.is(flag::ENDED) {
                        self.books.conservation.inside += 1;
                        open.push(place);
                    }
                }
            }
        }
        for place in open {
            let bits = self.cases[place].scopes;
            self.in_scopes(bits, |scope| scope.open += 1);
        }
        let until = match self.horizon {
            SimTime::NEVER => self.now,
            horizon => horizon.min(self.now),
        };
        Outcome {
            ended,
            until,
            counted: until.since(self.warm),
            conservation: self.books.conservation,
            roles: self.books.frozen.expect("tallies are frozen by now"),
            scopes: self.books.scopes,
            time_inside: self.books.time_inside,
            topics_inside: self.books.contacts.left,
            topics_inside_times: self.books.contacts.left_times,
            inquiries_inside: Area::of(self.books.counted_area),
            time_at_inside: self.books.contacts.times,
            total_wait: self.books.total_wait,
            arrivals: self.books.arrivals,
            visits: self.books.visits,
            mentions: self.books.mentions,
            backlog_by_hour: self.books.backlog,
            longest_backlog: self.books.unanswered.most,
            observed: self.books.observed,
            path: self.books.path,
            serving_micros: self.books.serving_micros,
            unasked_micros: self.books.unasked_micros,
            events: self.events,
        }
    }
}

/// An empty tally of a role.
pub(super) fn tally(study: &Study, topics: usize) -> RoleTally {
    let thresholds = study.thresholds.len();
    let lengths = || Lengths::new(thresholds);
    RoleTally {
        topics: vec![TopicTally::new(thresholds, study.measure.topic_times); topics],
        wait: lengths(),
        wait_abandoned: lengths(),
        wait_offered: lengths(),
        inside: lengths(),
        ..RoleTally::default()
    }
}

/// Topics that a plain desk tells apart: all of them, if there are several.
pub(super) fn plain_topics(plan: &Plan<'_>, role: usize) -> usize {
    match plan.roles[role].work {
        WorkPlan::Serve(_) if 1 < plan.world.topics.len() => plan.world.topics.len(),
        _ => 0,
    }
}
