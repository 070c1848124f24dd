//! One replication: its state and its event loop.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::draws::{Purpose, Seed};
use crate::model::{Arrivals, StreamKind};
use crate::model::{
    ChannelId, Organization, People, Practice, Recorded, Study, StudyKind, TopicId, World,
};
use crate::sim::agenda::{Agenda, Event, Kind};
use crate::sim::case::{Cases, NONE, Place, Stage, flag};
use crate::sim::desk::DeskState;
use crate::sim::observer::{Happening, Observer};
use crate::sim::outcome::{
    Bin, Conservation, Ended, MentionTally, Observation, Outcome, RoleTally, ScopeTally, Stop,
    TopicTally,
};
use crate::sim::people::{Doing, Worker};
use crate::sim::plan::{Plan, WorkPlan};
use crate::sim::presence::Presence;
use crate::sim::queue::Lines;
use crate::sim::source::Source;
use crate::tally::{Area, Lengths};
use crate::units::SimTime;

/// Most cases inside before a run is stopped.
const MOST_INSIDE: usize = 10_000_000;
/// Most events at one instant.
const MOST_AT_ONCE: u64 = 1_000_000;
/// Visits to desks that are told apart in the distribution of visits.
const VISITS: usize = 64;
/// Looks at the number at each role over the time that counts.
const DRIFT_LOOKS: u32 = 32;
/// After the last arrival, a run until all is done waits this long for people to come.
const PATIENCE_OF_RUN: SimTime = SimTime::WEEK.times(520);

/// Reasons to look at the state.
mod look {
    pub(super) const WARM: u32 = 0;
    pub(super) const END: u32 = 1;
    pub(super) const HOUR: u32 = 2;
    pub(super) const DRIFT: u32 = 3;
    /// The first of the instants asked for; the others follow.
    pub(super) const ASKED: u32 = 4;
}

/// Inquiries that are tallied together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope {
    /// Channels; empty for all.
    pub channels: Vec<ChannelId>,
    /// Topics; empty for all.
    pub topics: Vec<TopicId>,
}

/// What to tally beyond what is always tallied.
#[derive(Debug, Clone, Default)]
pub struct Watch {
    /// Scopes; at most 64.
    pub scopes: Vec<Scope>,
    /// First replies are also counted within these times.
    pub reply_within: Vec<SimTime>,
    /// Whether the backlog is looked at every hour.
    pub backlog: bool,
}

/// One replication to be run.
#[derive(Debug, Clone, Copy)]
pub struct Task<'a> {
    /// The customers.
    pub world: &'a World,
    /// How work is done.
    pub practice: &'a Practice,
    /// The design.
    pub organization: &'a Organization,
    /// How long, and from which seed.
    pub study: &'a Study,
    /// What to tally.
    pub watch: &'a Watch,
    /// Number of the replication.
    pub replication: u32,
    /// Raised by somebody who wants the run to stop.
    pub stop: Option<&'a AtomicBool>,
}

/// Run one replication.
///
/// A function of the task alone: the same task gives the same outcome, whoever looks on.
///
/// # Panics
/// With more than 64 scopes.
pub fn run<O: Observer>(task: &Task<'_>, observer: &mut O) -> Outcome {
    assert!(task.watch.scopes.len() <= 64, "scopes are kept as 64 bits");
    let mut run = Run::new(task, observer);
    let ended = run.go();
    run.finish(ended)
}

/// The state of a replication.
pub(super) struct Run<'a, O> {
    pub(super) task: &'a Task<'a>,
    pub(super) plan: Plan<'a>,
    pub(super) observer: &'a mut O,
    pub(super) agenda: Agenda,
    /// Who comes or goes next: time, 0 for going and 1 for coming, person.
    pub(super) roster: BinaryHeap<Reverse<(SimTime, u8, u32)>>,
    pub(super) cases: Cases,
    pub(super) workers: Vec<Worker>,
    pub(super) desks: Vec<DeskState>,
    sources: Vec<Source<'a>>,
    /// Recorded rows of streams that replay a log.
    recorded: Vec<Option<Arc<[Recorded]>>>,
    /// Scope bits by channel and topic.
    scope_bits: Vec<u64>,
    pub(super) scopes: Vec<ScopeTally>,
    pub(super) now: SimTime,
    /// Arrivals from here on count.
    warm: SimTime,
    /// Nothing arrives after this, and time tallies stop.
    horizon: SimTime,
    pub(super) past_horizon: bool,
    pub(super) order: u64,
    inquiries: u64,
    pub(super) conservation: Conservation,
    contacts_inside: u64,
    contacts_touched: SimTime,
    area_start: u128,
    counted_area: u128,
    pub(super) time_inside: Lengths,
    pub(super) visits: Vec<u64>,
    pub(super) mentions: MentionTally,
    pub(super) unanswered: u64,
    backlog: Vec<(u64, u64)>,
    longest_backlog: (u64, SimTime),
    observed: Vec<Vec<Observation>>,
    frozen: Option<Vec<RoleTally>>,
    events: u64,
    streams_open: usize,
    last_arrival: SimTime,
    pub(super) trouble: Option<Stop>,
    pub(super) measures_offered: bool,
    /// Whether anything runs while a case waits: patience in the queue, or an overflow link.
    pub(super) has_queue_timers: bool,
}

impl<'a, O: Observer> Run<'a, O> {
    fn new(task: &'a Task<'a>, observer: &'a mut O) -> Run<'a, O> {
        let plan = Plan::new(task.world, task.practice, task.organization);
        let seed = Seed::new(task.study.seed, task.replication);
        let streams = &task.world.streams;
        let mut workers = Vec::new();
        let mut desks = Vec::new();
        for (id, role) in task.organization.roles() {
            let compiled = &plan.roles[id.index()];
            let first = workers.len() as u32;
            if let People::Some(people) = &role.people {
                for (person, &takes) in people.iter().zip(&compiled.eligibility.takes) {
                    let calendar = person.calendar.clone().unwrap_or_else(|| role.calendar.clone());
                    let presence =
                        Presence::new(calendar, role.block, person.present, person.offset);
                    let presence = (!presence.is_always()).then_some(presence);
                    workers.push(Worker::new(id.0, person.times, takes, presence));
                }
            }
            let lines = Lines::new(compiled.priorities, compiled.eligibility.groups);
            let people = first..workers.len() as u32;
            desks.push(DeskState::new(
                lines,
                people,
                tally(&task.study.thresholds, plain_topics(&plan, id.index())),
            ));
        }
        let with_tales = plan.causes;
        let measures_offered =
            plan.laws.patience.as_ref().is_some_and(|patience| patience.in_queue);
        let has_overflow = plan
            .roles
            .iter()
            .any(|role| matches!(&role.work, WorkPlan::Desk(desk) if desk.overflow.is_some()));
        let observe = task.study.observe.as_ref().map_or(0, |observe| observe.at.len());
        Run {
            scope_bits: scope_bits(task),
            scopes: task
                .watch
                .scopes
                .iter()
                .map(|_| ScopeTally {
                    within: vec![0; task.watch.reply_within.len()],
                    ..ScopeTally::default()
                })
                .collect(),
            sources: streams
                .iter()
                .zip(0..)
                .map(|(stream, n)| Source::new(stream, n, seed))
                .collect(),
            recorded: streams
                .iter()
                .map(|stream| match &stream.arrivals {
                    Arrivals::Recorded(rows) => Some(rows.clone()),
                    _ => None,
                })
                .collect(),
            observed: vec![vec![Observation::default(); desks.len()]; observe],
            time_inside: Lengths::new(task.study.thresholds.len()),
            visits: Vec::new(),
            task,
            plan,
            observer,
            agenda: Agenda::default(),
            roster: BinaryHeap::new(),
            cases: Cases::new(with_tales),
            workers,
            desks,
            now: SimTime::ZERO,
            warm: task.study.warm_up,
            horizon: match task.study.kind {
                StudyKind::UntilDone => SimTime::NEVER,
                _ => task.study.horizon(),
            },
            past_horizon: false,
            order: 0,
            inquiries: 0,
            conservation: Conservation::default(),
            contacts_inside: 0,
            contacts_touched: SimTime::ZERO,
            area_start: 0,
            counted_area: 0,
            mentions: MentionTally::default(),
            unanswered: 0,
            backlog: vec![(0, 0); if task.watch.backlog { 168 } else { 0 }],
            longest_backlog: (0, SimTime::ZERO),
            frozen: None,
            events: 0,
            streams_open: 0,
            last_arrival: SimTime::ZERO,
            trouble: None,
            has_queue_timers: measures_offered || has_overflow,
            measures_offered,
        }
    }

    /// Everybody and everything takes its place, then events are handled until the run ends.
    fn go(&mut self) -> Ended {
        self.set_up();
        let (mut instant, mut at_once) = (SimTime::ZERO, 0);
        while let Some(event) = self.agenda.next() {
            if event.time == instant {
                at_once += 1;
                if MOST_AT_ONCE < at_once {
                    return Ended::Stopped(Stop::NoProgress);
                }
            } else {
                (instant, at_once) = (event.time, 0);
            }
            self.now = event.time;
            self.events += 1;
            if self.events & 4095 == 0
                && let Some(stop) = self.check()
            {
                return Ended::Stopped(stop);
            }
            if self.handle(event) {
                return Ended::Horizon;
            }
            if let Some(trouble) = self.trouble {
                return Ended::Stopped(trouble);
            }
            if self.streams_open == 0 && self.cases.inside() == 0 && self.horizon == SimTime::NEVER
            {
                return Ended::Drained;
            }
            if self.past_horizon && self.contacts_inside == 0 {
                return Ended::Horizon;
            }
        }
        if self.cases.inside() == 0 {
            Ended::Drained
        } else {
            Ended::Stopped(Stop::Stuck(self.fullest()))
        }
    }

    fn set_up(&mut self) {
        for person in 0..self.workers.len() as u32 {
            match &self.workers[person as usize].presence {
                None => self.come(person),
                Some(_) => self.expect_next(person),
            }
        }
        if self.roster.peek().is_some_and(|Reverse((at, _, _))| *at == SimTime::ZERO) {
            self.shift();
        } else {
            self.schedule_shift();
        }
        for role in 0..self.desks.len() as u32 {
            self.dispatch(role);
        }
        for number in 0..self.sources.len() as u32 {
            self.streams_open += 1;
            self.schedule_arrival(number);
        }
        if SimTime::ZERO < self.warm {
            self.agenda.schedule(self.warm, Kind::Look, look::WARM, 0);
        }
        if self.horizon != SimTime::NEVER {
            self.agenda.schedule(self.horizon, Kind::Look, look::END, 0);
            let every = SimTime::from_micros(
                self.horizon.since(self.warm).micros() / u64::from(DRIFT_LOOKS),
            );
            if SimTime::ZERO < every {
                self.agenda.schedule(self.warm + every, Kind::Look, look::DRIFT, 0);
            }
        }
        if !self.backlog.is_empty() {
            self.agenda.schedule(self.warm + SimTime::HOUR, Kind::Look, look::HOUR, 0);
        }
        for (i, at) in
            self.task.study.observe.iter().flat_map(|observe| observe.at.iter().enumerate())
        {
            self.agenda.schedule(self.warm + *at, Kind::Look, look::ASKED + i as u32, 0);
        }
    }

    /// Handle one event; `true` at the end of the run.
    #[inline]
    fn handle(&mut self, event: Event) -> bool {
        match event.kind() {
            Kind::Done => {
                if self.workers[event.target as usize].stamp == event.stamp {
                    self.done(event.target);
                }
            }
            Kind::DoneAlone => {
                if self.cases[event.target].ticket == event.stamp {
                    self.done_alone(event.target);
                }
            }
            Kind::Alarm => {
                if self.cases[event.target].alarm_stamp == event.stamp {
                    self.alarm(event.target);
                }
            }
            Kind::Shift => self.shift(),
            Kind::Arrival => self.arrival(event.target),
            Kind::Look => return self.look(event.target),
        }
        false
    }

    /// Now and then: was a stop asked for, is too much inside, will this ever end?
    #[cold]
    fn check(&self) -> Option<Stop> {
        if self.task.stop.is_some_and(|stop| stop.load(Ordering::Relaxed)) {
            return Some(Stop::Asked);
        }
        if MOST_INSIDE < self.cases.inside() {
            return Some(Stop::TooMany(self.fullest()));
        }
        let endless = self.streams_open == 0 && self.last_arrival + PATIENCE_OF_RUN < self.now;
        endless.then(|| Stop::Stuck(self.fullest()))
    }

    /// The role where most cases wait.
    fn fullest(&self) -> u32 {
        let waiting = |desk: &DeskState| desk.waiting;
        (0..self.desks.len()).max_by_key(|&i| (waiting(&self.desks[i]), Reverse(i))).unwrap_or(0)
            as u32
    }

    fn schedule_arrival(&mut self, number: u32) {
        match self.sources[number as usize].next() {
            Some(at) if at < self.horizon => self.agenda.schedule(at, Kind::Arrival, number, 0),
            _ => {
                self.streams_open -= 1;
                self.last_arrival = self.last_arrival.max(self.now);
            }
        }
    }

    fn arrival(&mut self, number: u32) {
        let source = &self.sources[number as usize];
        let (index, key, kind) = (source.count - 1, source.pending, source.stream.kind);
        let stream = source.stream;
        self.schedule_arrival(number);
        let place = self.cases.take();
        let row = self.recorded[number as usize].as_ref().map(|rows| rows[index as usize]);
        let (now, warm) = (self.now, self.warm);
        let mix = &stream.mix;
        let case = &mut self.cases[place];
        case.key = key;
        case.arrived = now;
        case.since = now;
        case.stream = number;
        if warm <= now {
            case.set(flag::COUNTED);
        }
        let drawn = |shares: &crate::model::Shares, purpose| match shares.len() {
            0 | 1 => 0,
            _ => shares.pick(key.unit(purpose, 0)) as u16,
        };
        let row_of = |known: Option<u32>, shares, purpose| {
            known.map_or_else(|| drawn(shares, purpose), |id| id as u16)
        };
        case.channel =
            row_of(row.and_then(|row| row.channel).map(|id| id.0), &mix.channels, Purpose::Channel);
        case.topic =
            row_of(row.and_then(|row| row.topic).map(|id| id.0), &mix.topics, Purpose::Topic);
        case.unit = row_of(row.and_then(|row| row.unit).map(|id| id.0), &mix.units, Purpose::Unit);
        if row.is_some() {
            case.tale.recorded_work =
                row.and_then(|row| row.work_minutes).map(|minutes| minutes * 60e6);
        }
        match kind {
            StreamKind::Inquiries => self.inquiry(place),
            StreamKind::Mentions => self.mention(place),
        }
    }

    /// An inquiry has arrived: draw what is its customer's own, and land it.
    fn inquiry(&mut self, place: u32) {
        let number = self.inquiries;
        self.inquiries += 1;
        self.conservation.arrived += 1;
        self.contact_in();
        let world = self.plan.world;
        let case = &mut self.cases[place];
        let topic = &world.topics[usize::from(case.topic)];
        let key = case.key;
        case.number = number;
        case.priority = topic.priority;
        let mix = &world.streams[case.stream as usize].mix;
        if !world.units.is_empty()
            && 0.0 < mix.unit_matters
            && key.unit(Purpose::Matter, 0) < mix.unit_matters
        {
            case.domain = 1 + case.unit;
        }
        let needs = 1.0 <= topic.need_reply || key.unit(Purpose::NeedsReply, 0) < topic.need_reply;
        if needs {
            case.set(flag::NEEDS);
            self.expectations(place);
        }
        let case = &mut self.cases[place];
        if case.is(flag::COUNTED) && needs && !self.scopes.is_empty() {
            case.scopes = self.scope_bits
                [usize::from(case.channel) * world.topics.len() + usize::from(case.topic)];
        }
        if needs {
            case.set(flag::OPEN);
            self.unanswered += 1;
            if self.longest_backlog.0 < self.unanswered
                && !self.past_horizon
                && self.warm <= self.now
            {
                self.longest_backlog = (self.unanswered, self.now);
            }
        }
        if O::WATCHES {
            let case = &self.cases[place];
            let happening = Happening::Arrived {
                channel: u32::from(case.channel),
                topic: u32::from(case.topic),
                unit: (!world.units.is_empty()).then_some(u32::from(case.unit)),
                unit_matter: case.domain != 0,
                needs_reply: needs,
            };
            self.observer.on(self.now, number, happening);
        }
        let bits = self.cases[place].scopes;
        self.in_scopes(bits, |scope| {
            scope.needing += 1;
            scope.messages += 1;
        });
        self.land(place);
    }

    /// A mention has appeared; somebody may see it after the scan delay.
    fn mention(&mut self, place: u32) {
        let scan = self.plan.laws.scan.quantile(self.cases[place].key.unit(Purpose::Transit, 0));
        let case = &mut self.cases[place];
        let window = self.plan.world.channels[usize::from(case.channel)].window;
        case.stage = Stage::Mention;
        case.place = Place::Unseen;
        case.wake_at = self.now + SimTime::from_micros(scan.round() as u64);
        case.patience_at = self.now + window;
        self.conservation.mentions[0] += 1;
        if case.is(flag::COUNTED) {
            self.mentions.seen += 1;
            let topics = self.plan.world.topics.len();
            let bits =
                self.scope_bits[usize::from(case.channel) * topics + usize::from(case.topic)];
            case.scopes = bits;
            self.in_scopes(bits, |scope| scope.mentions.seen += 1);
        }
        self.arm(place);
    }

    /// Apply to each scope of these bits.
    #[inline]
    pub(super) fn in_scopes(&mut self, mut bits: u64, mut apply: impl FnMut(&mut ScopeTally)) {
        while bits != 0 {
            apply(&mut self.scopes[bits.trailing_zeros() as usize]);
            bits &= bits - 1;
        }
    }

    /// One contact more inside.
    #[inline]
    pub(super) fn contact_in(&mut self) {
        self.touch_contacts();
        self.conservation.contacts += 1;
        self.contacts_inside += 1;
    }

    /// One contact less inside, which had been there since `arrived`.
    #[inline]
    pub(super) fn contact_out(&mut self, arrived: SimTime) {
        self.touch_contacts();
        self.conservation.contacts_closed += 1;
        self.contacts_inside -= 1;
        self.conservation.inside_micros += u128::from(self.now.since(arrived).micros());
    }

    #[inline]
    fn touch_contacts(&mut self) {
        let micros = self.now.since(self.contacts_touched).micros();
        self.conservation.area_micros += u128::from(self.contacts_inside) * u128::from(micros);
        self.contacts_touched = self.now;
    }

    /// Look at the state; `true` at the end of the run.
    fn look(&mut self, what: u32) -> bool {
        match what {
            look::WARM => {
                for person in 0..self.workers.len() {
                    self.settle_accounts(person as u32);
                    let worker = &mut self.workers[person];
                    worker.bins = Default::default();
                    (worker.scheduled, worker.overtime) = (0, 0);
                }
                for (role, desk) in self.desks.iter_mut().enumerate() {
                    desk.touch(self.now);
                    desk.reset(tally(&self.task.study.thresholds, plain_topics(&self.plan, role)));
                }
                self.touch_contacts();
                self.area_start = self.conservation.area_micros;
                self.time_inside = Lengths::new(self.task.study.thresholds.len());
                self.visits.clear();
            }
            look::END => {
                self.freeze();
                self.past_horizon = true;
                let follow = self.task.study.kind == StudyKind::TypicalWeeks
                    && SimTime::ZERO < self.task.study.follow;
                if !follow {
                    return true;
                }
                self.agenda.schedule(self.now + self.task.study.follow, Kind::Look, look::END, 1);
                return self.frozen_before();
            }
            look::HOUR => {
                let hour = (self.now.micros() / SimTime::HOUR.micros() % 168) as usize;
                self.backlog[hour].0 += self.unanswered;
                self.backlog[hour].1 += 1;
                let next = self.now + SimTime::HOUR;
                if next <= self.horizon && !(self.streams_open == 0 && self.cases.inside() == 0) {
                    self.agenda.schedule(next, Kind::Look, look::HOUR, 0);
                }
            }
            look::DRIFT => {
                for desk in &mut self.desks {
                    desk.tally.drift.push(u64::from(desk.waiting + desk.working));
                }
                let every = SimTime::from_micros(
                    self.horizon.since(self.warm).micros() / u64::from(DRIFT_LOOKS),
                );
                if self.now + every <= self.horizon {
                    self.agenda.schedule(self.now + every, Kind::Look, look::DRIFT, 0);
                }
            }
            asked => self.observe((asked - look::ASKED) as usize),
        }
        false
    }

    fn observe(&mut self, instant: usize) {
        for (desk, seen) in self.desks.iter().zip(&mut self.observed[instant]) {
            let number = u64::from(desk.waiting + desk.working);
            seen.looks += 1;
            seen.number += number;
            seen.number_squares += number * number;
            seen.busy += u64::from(desk.working);
            seen.empty += u64::from(number == 0);
        }
        if let Some(every) = self.task.study.observe.as_ref().and_then(|observe| observe.every)
            && self.now + every <= self.horizon
        {
            self.agenda.schedule(self.now + every, Kind::Look, look::ASKED + instant as u32, 0);
        }
    }

    /// Whether the horizon was reached before: then the time for following is over.
    fn frozen_before(&self) -> bool {
        self.task.study.horizon() < self.now
    }

    /// The time that counts is over: keep the tallies by time as they are.
    fn freeze(&mut self) {
        if self.frozen.is_some() {
            return;
        }
        for person in 0..self.workers.len() as u32 {
            self.settle_accounts(person);
        }
        self.touch_contacts();
        self.counted_area = self.conservation.area_micros - self.area_start;
        let mut tallies = Vec::with_capacity(self.desks.len());
        for desk in &mut self.desks {
            desk.touch(self.now);
            let mut tally = std::mem::take(&mut desk.tally);
            for person in desk.people.clone() {
                let worker = &self.workers[person as usize];
                tally.scheduled += u128::from(worker.scheduled);
                tally.overtime += u128::from(worker.overtime);
                for (sum, &micros) in tally.bins.iter_mut().zip(&worker.bins) {
                    *sum += u128::from(micros);
                }
            }
            tallies.push(tally);
            desk.tally = self::tally(&self.task.study.thresholds, 0);
        }
        self.frozen = Some(tallies);
    }

    /// Book what a person has been doing up to now.
    pub(super) fn settle_accounts(&mut self, person: u32) {
        let now = self.now;
        let worker = &self.workers[person as usize];
        let bin = match worker.doing {
            Doing::Off => return,
            Doing::Free => Bin::Idle,
            Doing::Background => Bin::Proactive,
            Doing::Case => super::people::bin(self.cases[worker.case].piece),
        };
        let (case, doing) = (worker.case, worker.doing);
        let since = worker.since;
        self.workers[person as usize].book(bin, now);
        if doing == Doing::Case {
            self.book_hands_on(case, now.since(since));
        }
    }

    fn finish(mut self, ended: Ended) -> Outcome {
        self.freeze();
        self.touch_contacts();
        let mut open = Vec::new();
        for (place, case) in self.cases.iter() {
            match case.stage {
                Stage::Mention => self.conservation.mentions[3] += 1,
                stage => {
                    self.conservation.contacts_inside += 1;
                    self.conservation.inside_micros +=
                        u128::from(self.now.since(case.arrived).micros());
                    if stage != Stage::Duplicate && !case.is(flag::ENDED) {
                        self.conservation.inside += 1;
                        open.push(place);
                    }
                }
            }
        }
        for place in open {
            let bits = self.cases[place].scopes;
            self.in_scopes(bits, |scope| scope.open += 1);
        }
        let counted = match self.horizon {
            SimTime::NEVER => self.now,
            horizon => horizon.min(self.now),
        }
        .since(self.warm);
        let mut inquiries_inside = Area::default();
        inquiries_inside.add_micros(self.counted_area);
        Outcome {
            ended,
            counted,
            conservation: self.conservation,
            roles: self.frozen.expect("tallies are frozen by now"),
            scopes: self.scopes,
            time_inside: self.time_inside,
            inquiries_inside,
            visits: self.visits,
            mentions: self.mentions,
            backlog_by_hour: self.backlog,
            longest_backlog: self.longest_backlog,
            observed: self.observed,
            events: self.events,
        }
    }

    /// Count the visits of an inquiry that leaves.
    #[inline]
    pub(super) fn count_visits(&mut self, visits: u32) {
        let at = (visits as usize).min(VISITS);
        if self.visits.len() <= at {
            self.visits.resize(at + 1, 0);
        }
        self.visits[at] += 1;
    }

    /// Bound on the entries of agenda and roster: twice what is inside, people and streams.
    pub(super) fn agenda_bound(&self) -> usize {
        2 * (self.cases.inside() + self.workers.len() + self.sources.len()) + 16
    }

    /// Sweep overtaken entries out if there are too many.
    #[inline]
    pub(super) fn keep_agenda_small(&mut self) {
        let entries = self.agenda.len() + self.roster.len();
        if self.agenda_bound() < entries {
            let (workers, cases) = (&self.workers, &self.cases);
            self.agenda.retain(|event| match event.kind() {
                Kind::Done => workers[event.target as usize].stamp == event.stamp,
                Kind::DoneAlone => cases[event.target].ticket == event.stamp,
                Kind::Alarm => cases[event.target].alarm_stamp == event.stamp,
                _ => true,
            });
        }
        let entries = (self.agenda.len() + self.roster.len()) as u64;
        if self.conservation.agenda_peak.0 < entries {
            self.conservation.agenda_peak = (entries, self.agenda_bound() as u64);
        }
    }

    /// The next change of the roster, on the agenda.
    pub(super) fn schedule_shift(&mut self) {
        if let Some(Reverse((at, _, _))) = self.roster.peek() {
            self.agenda.schedule(*at, Kind::Shift, NONE, 0);
        }
    }
}

/// An empty tally of a role.
fn tally(thresholds: &[SimTime], topics: usize) -> RoleTally {
    let lengths = || Lengths::new(thresholds.len());
    RoleTally {
        topics: vec![TopicTally::default(); topics],
        wait: lengths(),
        wait_abandoned: lengths(),
        wait_offered: lengths(),
        inside: lengths(),
        ..RoleTally::default()
    }
}

/// Topics that a plain desk tells apart: all of them, if there are several.
fn plain_topics(plan: &Plan<'_>, role: usize) -> usize {
    match plan.roles[role].work {
        WorkPlan::Serve { .. } if 1 < plan.world.topics.len() => plan.world.topics.len(),
        _ => 0,
    }
}

fn scope_bits(task: &Task<'_>) -> Vec<u64> {
    let (channels, topics) = (task.world.channels.len() as u32, task.world.topics.len() as u32);
    let holds = |scope: &Scope, channel, topic| {
        (scope.channels.is_empty() || scope.channels.contains(&ChannelId(channel)))
            && (scope.topics.is_empty() || scope.topics.contains(&TopicId(topic)))
    };
    let mut table = Vec::with_capacity((channels * topics) as usize);
    for channel in 0..channels {
        for topic in 0..topics {
            let scopes = task.watch.scopes.iter().enumerate();
            let bits = scopes
                .filter(|(_, scope)| holds(scope, channel, topic))
                .fold(0, |bits, (i, _)| bits | 1 << i);
            table.push(bits);
        }
    }
    table
}
