//! One replication: its state and its event loop.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::Arc;

use crate::draws::Seed;
use crate::model::{Arrivals, Recorded, Stream, StudyKind};
use crate::sim::agenda::{Agenda, Event, Kind};
use crate::sim::births::Births;
use crate::sim::books::Books;
use crate::sim::busy_days::busy_days;
use crate::sim::case::Cases;
use crate::sim::collisions::Shown;
use crate::sim::crew::crew;
use crate::sim::desk::{DeskState, Moment};
use crate::sim::duties::Sessions;
use crate::sim::guards::Guard;
use crate::sim::listening::{Ear, ears};
use crate::sim::looks::{DRIFT_LOOKS, look};
use crate::sim::members::Members;
use crate::sim::observer::{Crew, Observer};
use crate::sim::outcome::{AgendaPeak, Ended, Outcome, Stop};
use crate::sim::people::Worker;
use crate::sim::plan::Plan;
use crate::sim::policies::Policies;
use crate::sim::queue::Entry;
use crate::sim::retries::Retries;
use crate::sim::reviews::Panel;
use crate::sim::scopes::ScopeSets;
use crate::sim::shifts::Turn;
use crate::sim::slab::Slab;
use crate::sim::source::Source;
use crate::sim::task::Task;
use crate::sim::traits::Traits;
use crate::units::SimTime;

/// Events from one look at the state as a whole to the next.
const EVENTS_A_CHECK: u64 = 4096;

/// Run one replication.
///
/// A function of the task alone: the same task gives the same outcome, whoever looks on.
pub fn run<O: Observer>(task: &Task<'_>, observer: &mut O) -> Outcome {
    let plan = Plan::new(task.world, task.practice, task.organization);
    let mut run = Run::new(task, &plan, observer);
    let ended = run.go();
    run.finish(ended)
}

/// The state of a replication.
pub(super) struct Run<'a, O> {
    pub(super) task: &'a Task<'a>,
    /// Of the study.
    pub(super) thresholds: &'a [SimTime],
    pub(super) plan: &'a Plan<'a>,
    pub(super) observer: &'a mut O,
    pub(super) traits: Traits,
    pub(super) books: Books,
    pub(super) agenda: Agenda,
    /// Who comes or goes next.
    pub(super) roster: BinaryHeap<Reverse<Turn>>,
    /// The standing duties of all roles.
    pub(super) sessions: Vec<Sessions>,
    /// What has been listened to, by channel; empty where mentions show up by themselves.
    pub(super) ears: Vec<Ear>,
    /// The channels that each role listens to in its listening hours.
    pub(super) hears: Vec<Vec<u32>>,
    /// Desks where somebody comes or goes at this instant; empty between events.
    pub(super) shifted: Vec<u32>,
    pub(super) cases: Cases,
    /// When policies change.
    pub(super) policies: Policies,
    /// Posts that several desks see; those that are over are used again.
    pub(super) shown: Slab<Shown>,
    /// Drafts that several review.
    pub(super) panels: Slab<Panel>,
    pub(super) workers: Vec<Worker>,
    pub(super) desks: Vec<DeskState<'a>>,
    pub(super) sources: Vec<Source<'a>>,
    pub(super) members: Members,
    pub(super) retries: Retries,
    /// What was brought forth and has not arrived yet.
    pub(super) births: Births,
    /// Recorded rows of streams that replay a log.
    pub(super) recorded: Vec<Option<Arc<[Recorded]>>>,
    /// Which scopes an inquiry counts in.
    pub(super) scope_sets: ScopeSets,
    pub(super) seed: Seed,
    pub(super) now: SimTime,
    /// Arrivals from here on count.
    pub(super) warm: SimTime,
    /// Nothing arrives after this, and time tallies stop.
    pub(super) horizon: SimTime,
    pub(super) past_horizon: bool,
    pub(super) order: u64,
    pub(super) events: u64,
    pub(super) streams_open: usize,
    pub(super) last_arrival: SimTime,
    pub(super) trouble: Option<Stop>,
    /// The number of events after which it is next asked whether the run goes on; 0: after each.
    pause: u64,
    pub(super) guard: Guard,
    /// Whether what stops is handed over, because somebody goes home.
    pub(super) handing_over: bool,
}

impl<'a, O: Observer> Run<'a, O> {
    fn new(task: &'a Task<'a>, plan: &'a Plan<'a>, observer: &'a mut O) -> Run<'a, O> {
        let seed = Seed::new(task.study.seed, task.replication);
        let streams = &task.world.streams;
        let hears = ears(task);
        let measure = task.study.measure;
        let with_tales = plan.causes || measure.total_wait || !task.world.languages.is_empty();
        let scope_sets = ScopeSets::new(task);
        let only_set = scope_sets.only();
        let traits = Traits::of(task, plan, only_set.is_some());
        let (workers, desks) = crew(task, plan, seed, traits);
        let horizon = match task.study.kind {
            StudyKind::UntilDone => SimTime::NEVER,
            _ => task.study.horizon(),
        };
        let days = busy_days(streams, seed, horizon);
        let source = |((stream, n), days)| {
            let source = Source::new(stream, n, seed).varying(days, horizon);
            source.minding(plan).straight(plan, traits.plain)
        };
        let recorded = |stream: &Stream| match &stream.arrivals {
            Arrivals::Recorded(rows) => Some(rows.clone()),
            _ => None,
        };
        Run {
            books: Books::empty(task, traits.plain, only_set),
            traits,
            scope_sets,
            sources: streams.iter().zip(0..).zip(days).map(source).collect(),
            members: Members::default(),
            retries: Retries::default(),
            recorded: streams.iter().map(recorded).collect(),
            births: Births::default(),
            task,
            thresholds: &task.study.thresholds,
            plan,
            observer,
            agenda: Agenda::default(),
            roster: BinaryHeap::new(),
            sessions: Vec::new(),
            ears: match hears.iter().all(Vec::is_empty) {
                true => Vec::new(),
                false => task.world.channels.iter().map(|_| Ear::default()).collect(),
            },
            hears,
            shifted: Vec::new(),
            cases: Cases::new(with_tales),
            policies: Policies::new(plan, seed),
            shown: Slab::default(),
            panels: Slab::default(),
            workers,
            desks,
            seed,
            now: SimTime::ZERO,
            warm: task.study.warm_up,
            horizon,
            past_horizon: false,
            order: Entry::BEHIND,
            events: 0,
            streams_open: 0,
            last_arrival: SimTime::ZERO,
            trouble: None,
            pause: EVENTS_A_CHECK,
            handing_over: false,
            guard: Guard::default(),
        }
    }

    /// What desks have to know of this moment.
    #[inline(always)]
    pub(super) fn moment(&self) -> Moment {
        Moment { now: self.now, offered: self.traits.measures_offered }
    }

    /// Everybody and everything takes its place, then events are handled until the run ends.
    fn go(&mut self) -> Ended {
        self.set_up();
        if O::WATCHES {
            self.tell_person();
        }
        while let Some(event) = self.next_event() {
            #[cfg(debug_assertions)]
            if self.now < event.time && self.events.is_multiple_of(LOOKED_AT) {
                self.assert_matched();
            }
            self.now = event.time;
            self.events += 1;
            if self.handle(event) {
                return Ended::Horizon;
            }
            if O::WATCHES {
                self.tell_crews();
                self.tell_person();
            }
            if self.pause <= self.events
                && let Some(ended) = self.ponder()
            {
                return ended;
            }
        }
        if self.cases.inside() == 0 {
            Ended::Drained
        } else {
            Ended::Stopped(Stop::Stuck(self.fullest()))
        }
    }

    /// The next event of all.
    #[inline(always)]
    fn next_event(&mut self) -> Option<Event> {
        if self.agenda.runs_short() {
            self.bring_near();
        }
        self.agenda.next()
    }

    fn set_up(&mut self) {
        for person in 0..self.workers.len() as u32 {
            match &self.workers[person as usize].presence {
                None => self.come(person),
                Some(_) => self.expect_next(person),
            }
            self.expect_fate(person);
        }
        self.set_up_duties();
        if self.roster.peek().is_some_and(|Reverse(turn)| turn.at() == SimTime::ZERO) {
            self.shift();
        } else {
            self.schedule_shift();
        }
        for role in 0..self.desks.len() as u32 {
            self.dispatch(role);
        }
        for number in 0..self.sources.len() as u32 {
            self.streams_open += 1;
            if self.sources[number as usize].stream.arrivals.is_closed() {
                self.gather_members(number);
            } else {
                self.schedule_arrival(number);
            }
        }
        if SimTime::ZERO < self.warm {
            self.agenda.schedule(self.warm, Kind::Look, look::WARM, 0);
        } else {
            self.mark();
        }
        if let Some(every) = self.task.watch.path {
            self.agenda.schedule(every, Kind::Look, look::PATH, 0);
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
        if self.task.study.measure.arrivals {
            let day = SimTime::DAY.micros();
            let first = SimTime::from_micros(self.warm.micros().div_ceil(day) * day);
            if first == SimTime::ZERO {
                // whoever is there at the beginning came in the first day
                self.books.came_before = [Some(0); 2];
            }
            let first = first.max(SimTime::DAY);
            if first < self.horizon {
                self.agenda.schedule(first, Kind::Look, look::DAY, 0);
            }
        }
        if !self.books.backlog.is_empty() {
            self.agenda.schedule(self.warm + SimTime::HOUR, Kind::Look, look::HOUR, 0);
        }
        for (i, at) in
            self.task.study.observe.iter().flat_map(|observe| observe.at.iter().enumerate())
        {
            self.agenda.schedule(self.warm + *at, Kind::Look, look::ASKED + i as u32, 0);
        }
    }

    /// Tell whoever looks on how this instant leaves the roles.
    fn tell_crews(&mut self) {
        let crew = |desk: &DeskState<'_>| Crew {
            present: desk.present,
            away: desk.away,
            proactive: desk.proactive,
            working: desk.working,
            waiting: desk.waiting,
        };
        self.observer.crews(self.now, &mut self.desks.iter().map(crew));
    }

    /// Handle one event; `true` at the end of the run.
    #[inline(always)]
    fn handle(&mut self, event: Event) -> bool {
        let target = event.target();
        if event.is(Kind::Done) {
            self.done(target, event.stamp());
        } else if event.is(Kind::Arrival) {
            self.arrival(target);
        } else {
            return self.handle_other(event);
        }
        false
    }

    /// [`Run::handle`], for all that is not each inquiry's coming and each person's being done.
    #[inline(never)]
    fn handle_other(&mut self, event: Event) -> bool {
        let target = event.target();
        match event.kind() {
            Kind::DoneAlone => {
                if self.cases[target].ticket == event.stamp() {
                    self.done_alone(target);
                }
            }
            Kind::Alarm => {
                if self.cases[target].alarm_stamp == event.stamp() {
                    self.alarm(target);
                }
            }
            Kind::Shift => self.shift(),
            Kind::Session => self.session(target),
            Kind::Found => {
                if self.ears[target as usize].stamp == event.stamp() {
                    self.found(target);
                }
            }
            Kind::Return => self.member_comes(target),
            Kind::Look => return self.look(target),
            Kind::Done | Kind::Arrival => unreachable!("handled before"),
        }
        false
    }

    /// The run may be over after any event from here on: no more arrives, or there is trouble.
    pub(super) fn may_end(&mut self) {
        self.pause = 0;
    }

    /// Whether it goes on, asked where that is not certain, and every so many events.
    #[inline(never)]
    fn ponder(&mut self) -> Option<Ended> {
        if self.events.is_multiple_of(EVENTS_A_CHECK) {
            if let Some(stop) = self.check(EVENTS_A_CHECK) {
                return Some(Ended::Stopped(stop));
            }
            if 0 < self.pause {
                self.pause += EVENTS_A_CHECK;
            }
        }
        if self.pause == 0 { self.over() } else { None }
    }

    /// Whether it is over, once no more arrives or something went wrong.
    fn over(&self) -> Option<Ended> {
        if let Some(trouble) = self.trouble {
            return Some(Ended::Stopped(trouble));
        }
        if self.nothing_comes() && self.cases.inside() == 0 && self.horizon == SimTime::NEVER {
            return Some(Ended::Drained);
        }
        (self.past_horizon && self.books.contacts.inside == 0).then_some(Ended::Horizon)
    }

    /// Whether no stream is open and nothing is still to come of what has arrived.
    pub(super) fn nothing_comes(&self) -> bool {
        self.streams_open == 0 && self.births.pending() == 0
    }

    /// Bound on the entries of agenda and roster: twice what is inside, people and streams, and one for
    /// each duty of a role, each channel listened to and each member of a limited population.
    pub(super) fn agenda_bound(&self) -> usize {
        2 * (self.cases.inside() + self.workers.len() + self.sources.len())
            + self.sessions.len()
            + self.ears.len()
            + self.members.len()
            + self.births.pending()
            + 16
    }

    /// Sweep overtaken entries out if there are too many.
    #[inline]
    pub(super) fn keep_agenda_small(&mut self) {
        let entries = self.agenda.len() + self.roster.len();
        if self.agenda_bound() < entries {
            let (workers, cases, ears) = (&self.workers, &self.cases, &self.ears);
            self.agenda.retain(|event| match event.kind() {
                Kind::Done => workers[event.target() as usize].stamp == event.stamp(),
                Kind::DoneAlone => cases[event.target()].ticket == event.stamp(),
                Kind::Alarm => cases[event.target()].alarm_stamp == event.stamp(),
                Kind::Found => ears[event.target() as usize].stamp == event.stamp(),
                Kind::Shift | Kind::Session | Kind::Arrival | Kind::Return | Kind::Look => true,
            });
        }
        let entries = (self.agenda.len() + self.roster.len()) as u64;
        if self.books.conservation.agenda_peak.entries < entries {
            let bound = self.agenda_bound() as u64;
            self.books.conservation.agenda_peak = AgendaPeak { entries, bound };
        }
    }

    /// The next change of the roster, on the agenda.
    pub(super) fn schedule_shift(&mut self) {
        self.agenda.expect_shift(self.roster.peek().map(|Reverse(turn)| turn.at()));
    }
}

/// Events after which it is looked again whether no case waits that should not.
#[cfg(debug_assertions)]
const LOOKED_AT: u64 = 16;
