//! The state of one role during a run.

use std::collections::VecDeque;

use crate::model::{Beyond, Study};
use crate::sim::agenda::{Agenda, Kind};
use crate::sim::case::{Case, Cases, NONE, Place, Stage, flag};
use crate::sim::clocks::Clocks;
use crate::sim::in_hand::{InHand, Rank, last_of_each};
use crate::sim::numbers::Numbers;
use crate::sim::outcome::{Bin, RoleTally, TopicTimes};
use crate::sim::pending::Pending;
use crate::sim::people::{Doing, Free, Worker};
use crate::sim::queue::{Entry, Lines};
use crate::sim::role_plan::{RolePlan, WorkPlan};
use crate::sim::service::Branch;
use crate::sim::slots::LastWith;
use crate::sim::visits::Visits;
use crate::tally::{count_within, square};
use crate::units::SimTime;

/// What a desk has to know of the run when a case is taken up.
#[derive(Clone, Copy)]
pub(super) struct Moment {
    pub(super) now: SimTime,
    /// Whether waits with endless patience are followed.
    pub(super) offered: bool,
}

impl Moment {
    /// Somebody has left the line before anybody was free.
    fn note_left(self, tally: &mut RoleTally, entry: &Entry, thresholds: &[SimTime]) {
        if self.offered {
            tally.wait_offered.record(self.now.since(entry.since), thresholds);
        }
    }
}

/// Numbers are kept where they are asked for.
const BY_NUMBER: &str = "where the free stand by number, their numbers are kept";

/// The state of one role.
///
/// What each visit touches stands first, together: with thousands of desks it is memory that a run waits for.
#[repr(C, align(64))]
pub(super) struct DeskState<'a> {
    /// What the role does, laid out.
    pub(super) role: &'a RolePlan,
    /// Until when the areas and clocks are up to date.
    pub(super) touched: SimTime,
    /// Cases waiting, and in work.
    pub(super) waiting: u32,
    pub(super) working: u32,
    pub(super) free: Free,
    /// Whether more is kept of time than areas and the time at each number.
    pub(super) keeps_more: bool,
    /// Whether records are gathered before they go into the tally, and whether topics are told apart.
    pub(super) gathers: bool,
    pub(super) by_topic: bool,
    /// As the plan has it, in a plain run: cases come for service, line up and leave, and nothing else is to be minded.
    pub(super) straight: bool,
    /// Whether whoever has been served leaves.
    leads_nowhere: bool,
    /// Whether the free stand in the order of their numbers.
    by_number: bool,
    /// Whether the waits of an inquiry's visits are added up.
    pub(super) adds_waits: bool,
    pub(super) lines: Lines,
    pub(super) visits: Visits,
    pub(super) pending: Pending,
    /// Distributions that were asked for.
    pub(super) measure: Beyond,
    pub(super) mentions: VecDeque<Entry>,
    /// Tasks begun so far, and what is left of those that were stopped, at standard speed.
    pub(super) tasks: u64,
    pub(super) half_done: Vec<SimTime>,
    /// What people have in hand, where the urgent stop others.
    pub(super) in_hand: Option<Box<InHand>>,
    /// Numbers of the free, from the first of the people on, where the free stand in their order.
    numbers: Option<Box<Numbers>>,
    /// Who comes last with each number of open cases, where people have several and parked ones do not count.
    pub(super) last_with: Option<Box<LastWith>>,
    /// Of the free, those at something that a case may stop.
    pub(super) spare: u32,
    /// People of the role: their numbers are contiguous.
    pub(super) people: std::ops::Range<u32>,
    /// People there, those of them who are away all the same, and those on proactive work.
    pub(super) present: u32,
    pub(super) away: u32,
    pub(super) proactive: u32,
    /// Time so far in which whoever waits waits for something else than the line.
    pub(super) clocks: Clocks,
    /// Lengths at which are counted how many were no longer.
    pub(super) thresholds: &'a [SimTime],
    /// Many times as long as the rest: elsewhere, so that desks stand close together.
    pub(super) tally: Box<RoleTally>,
}

impl<'a> DeskState<'a> {
    pub(super) fn new(
        role: &'a RolePlan,
        lines: Lines,
        people: std::ops::Range<u32>,
        (tally, gathers): (RoleTally, bool),
        study: &'a Study,
        plain: bool,
    ) -> DeskState<'a> {
        let by_number = role.first_listed && role.slots.is_none();
        DeskState {
            role,
            measure: study.measure,
            straight: role.straight && plain,
            leads_nowhere: matches!(&role.work, WorkPlan::Serve(service) if service.leads_nowhere()),
            adds_waits: study.measure.total_wait,
            keeps_more: role.has_clocks || study.measure.waiting,
            gathers,
            by_topic: !tally.topics.is_empty(),
            lines,
            mentions: VecDeque::new(),
            tasks: 0,
            half_done: Vec::new(),
            in_hand: role.preemptive.then(|| Box::new(InHand::of(role))),
            numbers: by_number.then(|| Box::new(Numbers::none_below(people.len()))),
            last_with: role.slots.as_ref().and_then(LastWith::nobody),
            by_number,
            free: Free::NOBODY,
            spare: 0,
            people,
            present: 0,
            away: 0,
            proactive: 0,
            waiting: 0,
            working: 0,
            touched: SimTime::ZERO,
            clocks: Clocks::default(),
            visits: Visits::default(),
            pending: Pending::default(),
            thresholds: &study.thresholds,
            tally: Box::new(tally),
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
        moment: Moment,
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
        moment: Moment,
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
            if worker.learns {
                worker.learn(self.role, now);
            }
        }
        let foreseen = self.give(case, place, person, worker, agenda, moment);
        if was_free {
            self.take_free(workers, person);
        }
        foreseen
    }

    /// Somebody is free from now on: behind all others, or at the place of their number.
    #[inline(always)]
    pub(super) fn add_free(&mut self, workers: &mut [Worker], person: u32) {
        if self.by_number {
            return self.add_by_number(workers, person);
        }
        self.free.append(workers, person);
    }

    #[inline(never)]
    fn add_by_number(&mut self, workers: &mut [Worker], person: u32) {
        let first = self.people.start;
        let numbers = self.numbers.as_mut().expect(BY_NUMBER);
        let before = numbers.last_below(person - first).map_or(NONE, |number| first + number);
        numbers.insert(person - first);
        self.free.push_behind(workers, before, person);
    }

    /// Somebody is free no longer.
    #[inline(always)]
    pub(super) fn take_free(&mut self, workers: &mut [Worker], person: u32) {
        self.free.remove(workers, person);
        if self.by_number {
            self.forget_number(person);
        }
    }

    #[inline(never)]
    fn forget_number(&mut self, person: u32) {
        self.numbers.as_mut().expect(BY_NUMBER).remove(person - self.people.start);
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
        moment: Moment,
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
    fn take_on(&mut self, case: &mut Case, person: u32, moment: Moment) -> bool {
        self.take_up(case, moment);
        case.place = Place::InHand;
        if !self.straight {
            case.wake_at = SimTime::NEVER;
            self.note_in_hand(case, person, moment.now);
        }
        debug_assert_eq!(
            case.wake_at,
            SimTime::NEVER,
            "of a plain run only the journey here has a timer"
        );
        case.person = person;
        let foreseen = case.is(flag::INTERRUPTED | flag::FORESEEN);
        case.clear(flag::INTERRUPTED | flag::FORESEEN);
        if foreseen {
            case.since = moment.now;
        }
        foreseen
    }

    /// Where the urgent stop others, it is known what everybody has in hand.
    #[inline(never)]
    pub(super) fn note_in_hand(&mut self, case: &Case, person: u32, now: SimTime) {
        if person == NONE || self.role.slots.is_some() {
            return;
        }
        if let Some(in_hand) = &mut self.in_hand {
            let rank = Rank::new(case.priority, now, person, 0);
            in_hand.take_up(person - self.people.start, rank, last_of_each);
        }
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
            self.lines.push_front(priority, group, entry.ahead());
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
        moment: Moment,
    ) -> Option<u32> {
        let (lines, tally, thresholds) = (&mut self.lines, &mut self.tally, self.thresholds);
        let holds = |entry: &Entry| cases[entry.case].ticket == entry.ticket;
        let dropped = |entry: &Entry| moment.note_left(tally, entry, thresholds);
        let entry = match &self.role.rules {
            None => lines.pick(takes, holds, dropped),
            Some(rules) if rules.by_deadline => lines.pick_first_due(takes, holds, dropped),
            Some(rules) => {
                let classes = rules.classes_for(free);
                let takes = |class: usize| if class < classes { takes } else { 0 };
                let aging = (rules.moves_up_after, moment.now);
                lines.pick_by_rules(takes, aging, holds, dropped)
            }
        }?;
        Some(entry.case)
    }

    /// [`DeskState::pick`] for any of those who are free, where people are kept for what is more urgent.
    pub(super) fn pick_but_kept(
        &mut self,
        cases: &Cases,
        workers: &[Worker],
        moment: Moment,
    ) -> Option<u32> {
        let (rules, all) = (self.role.rules.as_ref()?, self.role.eligibility.all());
        let (lines, tally, thresholds) = (&mut self.lines, &mut self.tally, self.thresholds);
        let free = &self.free;
        let takes = |class: usize| free.takes(workers, all, rules.barred(class, free, workers));
        let aging = (rules.moves_up_after, moment.now);
        let holds = |entry: &Entry| cases[entry.case].ticket == entry.ticket;
        let dropped = |entry: &Entry| moment.note_left(tally, entry, thresholds);
        lines.pick_by_rules(takes, aging, holds, dropped).map(|entry| entry.case)
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
        moment: Moment,
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
            moment.note_left(&mut self.tally, &entry, self.thresholds);
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
    pub(super) fn take_up(&mut self, case: &mut Case, moment: Moment) {
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
        let wait = self.end_wait(case, moment.now);
        let thresholds = self.thresholds;
        if let Some(topic) = self.topic(case.topic) {
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

    /// Work on a case is interrupted.
    pub(super) fn stop(&mut self, case: &Case, now: SimTime) {
        if case.stage == Stage::Mention {
            self.proactive -= 1;
            return;
        }
        self.working -= 1;
        if let Some(topic) = self.topic(case.topic) {
            topic.busy.fall(now);
        }
    }

    /// Work that had been interrupted goes on.
    #[cold]
    fn resume(&mut self, topic: u16, now: SimTime) {
        if let Some(topic) = self.topic(topic) {
            topic.busy.rise(now);
        }
    }

    /// The visit of a case in work ends.
    #[inline(always)]
    pub(super) fn let_go(&mut self, case: &mut Case, now: SimTime) {
        self.touch(now);
        if case.stage == Stage::Mention {
            self.proactive -= 1;
            return;
        }
        self.part(case, now);
    }

    /// [`DeskState::let_go`] of what is no mention; the desk has been touched.
    #[inline(always)]
    pub(super) fn part(&mut self, case: &mut Case, now: SimTime) {
        self.end_visit(case.joined, case.topic, now);
        case.ticket = case.ticket.wrapping_add(1);
        case.since = now;
    }

    /// The visit to a plain desk ends: the branch that the case follows, or none if it leaves.
    #[inline(always)]
    pub(super) fn serve_out(&mut self, case: &mut Case, now: SimTime) -> Option<&'a Branch> {
        self.touch(now);
        self.part(case, now);
        if self.leads_nowhere {
            return None;
        }
        let role: &'a RolePlan = self.role;
        match &role.work {
            WorkPlan::Serve(service) => service.branch(case),
            WorkPlan::Desk(_) => unreachable!("only plain desks serve"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draws::{Purpose, Seed};
    use crate::model::{RoleId, StudyKind};
    use crate::sim::looks::tally;
    use crate::sim::networks::{alone, exponential, station, study, world};

    /// Apply to a desk of so many people, first listed or not, and to them.
    fn at_a_desk(
        people: u32,
        first_listed: bool,
        apply: impl FnOnce(&mut DeskState<'_>, &mut [Worker]),
    ) {
        let (world, study) =
            (world(&[1.0], None, None), study(StudyKind::UntilDone, 0.0, f64::INFINITY));
        let mut role = station("desk", Some(people as usize), exponential(1.0), 1);
        role.habits.first_listed = first_listed;
        let role = RolePlan::new(&world, &alone(role), RoleId(0));
        let mut workers: Vec<Worker> = (0..people).map(|_| Worker::new(0, 1.0, 1, None)).collect();
        let lines = Lines::new(1, 1, 0);
        let mut desk =
            DeskState::new(&role, lines, 0..people, (tally(&study, 0), false), &study, true);
        apply(&mut desk, &mut workers);
    }

    /// Who is free, from first to last.
    fn free(desk: &DeskState<'_>, workers: &[Worker]) -> Vec<u32> {
        let next = |&person: &u32| Some(Free::after(workers, person)).filter(|&next| next != NONE);
        std::iter::successors(Some(desk.free.first).filter(|&first| first != NONE), next).collect()
    }

    /// Who is free, from first to last, after these became free in this order and one was taken.
    fn left_free(by_number: bool, come: &[u32], taken: u32) -> Vec<u32> {
        let mut left = Vec::new();
        at_a_desk(6, by_number, |desk, workers| {
            come.iter().for_each(|&person| desk.add_free(workers, person));
            desk.take_free(workers, taken);
            left = free(desk, workers);
        });
        left
    }

    #[test]
    fn the_free_are_found_by_how_long_they_are_free_or_by_number() {
        let come = [3, 0, 5, 1, 4];
        assert_eq!(left_free(false, &come, 5), [3, 0, 1, 4]);
        assert_eq!(left_free(true, &come, 5), [0, 1, 3, 4]);
        assert_eq!(left_free(true, &come, 0), [1, 3, 4, 5]);
    }

    #[test]
    fn the_first_listed_is_first_whoever_comes_free_or_is_taken_from_the_middle() {
        at_a_desk(100, true, |desk, workers| {
            let mut sorted = std::collections::BTreeSet::new();
            for step in 0..5_000 {
                let key = Seed::new(1, 0).stream(0).of(step);
                let person = (key.unit(Purpose::Gap, 0) * 100.0) as u32;
                if sorted.remove(&person) {
                    desk.take_free(workers, person);
                } else {
                    sorted.insert(person);
                    desk.add_free(workers, person);
                }
                assert!(free(desk, workers).iter().eq(&sorted), "after step {step}");
                assert_eq!(desk.free.count as usize, sorted.len());
            }
        });
    }
}
