//! Arrivals of one stream, one after the other.

use std::rc::Rc;
use std::sync::Arc;

use crate::draws::{Key, Purpose, Seed, StreamKey, ln, ln_of_normal};
use crate::model::{Arrivals, RateProfile, Shape, Stream, StreamKind};
use crate::sim::batch::Batch;
use crate::sim::busy_days::BusyDays;
use crate::sim::plan::Plan;
use crate::sim::states::States;
use crate::units::{HOURS_A_CALENDAR_YEAR, MICROS_A_MINUTE, SimTime};

/// Arrivals drawn at once: their logarithms do not wait for each other, nor the next event for them.
const AHEAD: usize = 16;
/// Fewer arrivals a year are rare: the days and cycles between two of them are not gone through one by one.
const RARE: f64 = 1.0;

/// An arrival to come.
#[derive(Debug, Clone, Copy, Default)]
struct Coming {
    at: SimTime,
    key: Key,
}

/// What a post is about.
#[derive(Debug, Clone, Copy)]
pub(super) struct Post {
    pub(super) channel: u16,
    pub(super) topic: u16,
    pub(super) unit: u16,
    pub(super) language: u16,
    /// Whether it stands in a log, and the microseconds of work that the log says it took.
    pub(super) recorded: bool,
    pub(super) work: Option<f64>,
}

/// The arrival times of one stream. They depend on seed, replication and stream, on nothing else.
#[derive(Debug)]
pub(super) struct Source<'a> {
    pub(super) stream: &'a Stream,
    key: StreamKey,
    /// Arrivals so far, the one on the agenda included.
    pub(super) count: u64,
    /// Arrivals drawn so far, those not yet on the agenda included.
    drawn: u64,
    /// Those drawn last, how many they are, and how many of them are on the agenda or past.
    ahead: [Coming; AHEAD],
    filled: usize,
    taken: usize,
    /// Whether all its posts are about the same, nothing of them being drawn or recorded.
    pub(super) fixed: bool,
    /// The one desk of a plain network that all of its inquiries come straight to.
    pub(super) straight_to: Option<u32>,
    /// Key of the one on the agenda.
    pub(super) pending: Key,
    /// Where the cumulated rate has been followed to: whole microseconds and the rest.
    pub(super) at: SimTime,
    pub(super) rest: f64,
    /// How busy its days are, which others may share; `None` where all are alike.
    days: Option<Rc<BusyDays>>,
    /// Whether candidates are thinned out by the rate at their instants.
    thins: bool,
    /// Whether its arrivals are rare, without an end.
    rare: bool,
    /// From when on it does not matter who comes.
    end: SimTime,
    /// Candidates of a smooth rate so far, those that did not arrive included.
    candidates: u64,
    /// Priority class of each topic, where some desk minds it; empty elsewhere.
    urgency: Vec<u8>,
    /// The batch that is arriving, of a stream in which several come at once.
    batch: Option<Box<Batch>>,
    /// The state of a rate that changes by itself.
    pub(super) states: Option<Box<States>>,
    /// The stretch of constant rate looked up last: from, until, arrivals a microsecond.
    stretch: (SimTime, SimTime, f64),
}

impl Post {
    /// A post where there is but one possibility.
    pub(super) const ONLY: Post =
        Post { channel: 0, topic: 0, unit: 0, language: 0, recorded: false, work: None };
}

impl<'a> Source<'a> {
    pub(super) fn new(stream: &'a Stream, number: u32, seed: Seed) -> Source<'a> {
        let states = match &stream.arrivals {
            Arrivals::Modulated(modulation) => {
                Some(Box::new(States::new(modulation, seed, number)))
            }
            _ => None,
        };
        Source {
            stream,
            key: seed.stream(number),
            fixed: fixed(stream),
            straight_to: None,
            count: 0,
            drawn: 0,
            ahead: [Coming::default(); AHEAD],
            filled: 0,
            taken: 0,
            pending: Key::default(),
            at: SimTime::ZERO,
            rest: 0.0,
            days: None,
            thins: false,
            rare: false,
            end: SimTime::NEVER,
            candidates: 0,
            urgency: Vec::new(),
            batch: stream.batches.as_ref().map(|_| Box::default()),
            states,
            stretch: (SimTime::ZERO, SimTime::ZERO, 0.0),
        }
    }

    /// With how busy its days are, up to an end: nobody who comes from then on need be told.
    pub(super) fn varying(mut self, days: Option<Rc<BusyDays>>, end: SimTime) -> Source<'a> {
        (self.days, self.end) = (days, end);
        if let Arrivals::Poisson(profile) = &self.stream.arrivals {
            self.rare = end == SimTime::NEVER && is_rare(profile, self.busiest());
            let has_wave = profile.shape.as_ref().is_some_and(|shape| shape.wave.is_some());
            self.thins = has_wave || (self.rare && self.days.is_some());
        }
        self
    }

    /// Whatever it is, taken for rare or not.
    #[cfg(test)]
    pub(super) fn take_for_rare(&mut self, rare: bool) {
        self.rare = rare;
        self.thins = rare && self.days.is_some();
    }

    /// The greatest factor that a day can have.
    fn busiest(&self) -> f64 {
        self.days.as_ref().map_or(1.0, |days| days.most)
    }

    /// With what is known of the desks: whether any of them minds urgency. A backlog lands with it, as a batch does.
    pub(super) fn minding(mut self, plan: &Plan<'_>) -> Source<'a> {
        let backlog = match self.stream.arrivals {
            Arrivals::AtStart(count) => Some(count),
            _ => None,
        };
        let minds = plan.roles.iter().any(|role| 1 < role.priorities);
        if minds && (self.batch.is_some() || backlog.is_some()) {
            self.urgency = plan.world.topics.iter().map(|topic| topic.priority).collect();
        }
        if let Some(count) = backlog {
            let mut batch = Batch::default();
            let keys = (0..count).map(|number| self.key.of(number));
            batch.land(SimTime::ZERO, keys, |key| self.urgency_of(*key));
            self.batch = Some(Box::new(batch));
        }
        self
    }

    /// How urgent is who has this key; 0 for all where nobody minds.
    fn urgency_of(&self, key: Key) -> u8 {
        let topic = || self.stream.mix.topics.pick(key.unit(Purpose::Topic, 0));
        if self.urgency.is_empty() { 0 } else { self.urgency[topic()] }
    }

    /// How urgent is who comes next.
    pub(super) fn urgency(&self) -> u8 {
        self.urgency_of(self.pending)
    }

    /// With what is known of the ways in: in a plain network all of the stream may come straight to one desk.
    pub(super) fn straight(mut self, plan: &Plan<'_>, plain: bool) -> Source<'a> {
        let simple = plain
            && self.fixed
            && self.stream.kind == StreamKind::Inquiries
            && self.stream.crowd.is_none();
        let to = plan.direct.first().copied().flatten().filter(|_| simple);
        self.straight_to = to.filter(|&to| plan.roles[to as usize].straight);
        self
    }

    /// The key space of its customers.
    pub(super) fn key(&self) -> StreamKey {
        self.key
    }

    /// Keys of those who come next, if they have just been drawn.
    pub(super) fn just_drawn(&self) -> Option<impl Iterator<Item = Key>> {
        (self.taken == 1).then(|| self.ahead[..self.filled].iter().map(|coming| coming.key))
    }

    /// When the next one arrives; `None` when no more will come.
    #[inline]
    pub(super) fn next(&mut self) -> Option<SimTime> {
        if self.taken == self.filled {
            self.fill();
        }
        let coming = self.ahead[..self.filled].get(self.taken)?;
        self.taken += 1;
        self.count += 1;
        self.pending = coming.key;
        Some(coming.at)
    }

    #[inline(never)]
    fn fill(&mut self) {
        (self.filled, self.taken) = (0, 0);
        if let Arrivals::Poisson(profile) = &self.stream.arrivals
            && profile.is_constant()
            && self.batch.is_none()
        {
            return self.fill_at_constant_rate(profile.per_hour);
        }
        while self.filled < AHEAD
            && let Some(coming) = self.draw()
        {
            self.ahead[self.filled] = coming;
            self.filled += 1;
            if self.end <= coming.at {
                break;
            }
        }
    }

    fn fill_at_constant_rate(&mut self, per_hour: f64) {
        let left = self.stream.limit.map_or(u64::MAX, |limit| limit - self.drawn);
        self.filled = usize::try_from(left).unwrap_or(AHEAD).min(AHEAD);
        let (mut at, mut rest) = (self.at, self.rest);
        for (coming, number) in self.ahead[..self.filled].iter_mut().zip(self.drawn..) {
            let key = self.key.of(number);
            (at, rest) =
                walked(at, rest, -ln_of_normal(key.unit(Purpose::Gap, 0)) * 3.6e9 / per_hour);
            *coming = Coming { at, key };
        }
        (self.at, self.rest) = (at, rest);
        self.drawn += self.filled as u64;
    }

    #[inline]
    fn draw(&mut self) -> Option<Coming> {
        if self.stream.limit.is_some_and(|limit| limit <= self.drawn) {
            return None;
        }
        let coming = match self.batch {
            None => self.epoch(self.drawn)?,
            Some(_) => self.draw_of_batch()?,
        };
        self.drawn += 1;
        Some(coming)
    }

    /// The next instant at which somebody comes, the one of this number, and the key of who does.
    #[inline]
    fn epoch(&mut self, number: u64) -> Option<Coming> {
        let key = self.key.of(number);
        let at = match &self.stream.arrivals {
            Arrivals::Poisson(profile) if self.thins => return self.thin(profile),
            Arrivals::Poisson(profile) => self.follow(profile, -ln(key.unit(Purpose::Gap, 0)))?,
            Arrivals::Every(gap) => gap.times(number + 1),
            Arrivals::Recorded(rows) => rows.get(number as usize)?.at,
            _ => return self.other_epoch(key),
        };
        Some(Coming { at, key })
    }

    /// The same for streams that are rare.
    #[inline(never)]
    fn other_epoch(&mut self, key: Key) -> Option<Coming> {
        let at = match &self.stream.arrivals {
            Arrivals::Renewal(law) => {
                self.walk(law.quantile(key.unit(Purpose::Gap, 0)) * MICROS_A_MINUTE)
            }
            Arrivals::Modulated(modulation) => {
                self.follow_states(modulation, -ln(key.unit(Purpose::Gap, 0)))
            }
            _ => return None,
        };
        Some(Coming { at, key })
    }

    /// The next candidate that arrives, of a smooth rate or of one so rare that its days are not gone through one by one
    /// (Lewis and Shedler 1979): candidates follow the bounds, each with a key of its own, and arrive with probability
    /// rate ÷ bound.
    #[inline(never)]
    fn thin(&mut self, profile: &RateProfile) -> Option<Coming> {
        loop {
            let key = self.key.of(self.candidates);
            self.candidates += 1;
            let at = self.follow(profile, -ln(key.unit(Purpose::Gap, 0)))?;
            let (rate, bound) = self.rate_and_bound(profile, at);
            if key.unit(Purpose::Thinning, 0) * bound < rate {
                return Some(Coming { at, key });
            }
        }
    }

    /// The rate at an instant, in any unit, and that of the candidates.
    fn rate_and_bound(&self, profile: &RateProfile, at: SimTime) -> (f64, f64) {
        let (mut rate, mut bound) = (1.0, 1.0);
        if let Some((shape, wave)) =
            profile.shape.as_ref().and_then(|shape| Some((shape, shape.wave.as_ref()?)))
        {
            let within = SimTime::from_micros(at.micros() % shape.period.micros());
            (rate, bound) = (wave.at(within), step(profile, at).0);
        }
        if let Some(days) = self.days.as_ref().filter(|_| self.rare) {
            rate *= days.factor(day_of(at));
            bound *= days.most;
        }
        (rate, bound)
    }

    /// The next of the batch that is arriving, or the first of the next one.
    #[inline(never)]
    fn draw_of_batch(&mut self) -> Option<Coming> {
        if self.batch.as_ref()?.is_empty() {
            let (sizes, number) = (self.stream.batches.as_ref()?, self.batch.as_ref()?.number());
            let Coming { at, key } = self.epoch(number)?;
            let size = sizes.size(key.unit(Purpose::Batch, 0));
            let others = (1..size).map(|member| key.child(member));
            let mut batch = self.batch.take()?;
            batch.land(at, std::iter::once(key).chain(others), |key| self.urgency_of(*key));
            self.batch = Some(batch);
        }
        let (at, key) = self.batch.as_mut()?.next();
        Some(Coming { at, key })
    }

    /// Go on by so many microseconds.
    #[inline]
    pub(super) fn walk(&mut self, micros: f64) -> SimTime {
        (self.at, self.rest) = walked(self.at, self.rest, micros);
        self.at
    }

    /// Follow the rate until its integral has grown by `gap`: exact inversion, step by step.
    fn follow(&mut self, profile: &RateProfile, mut gap: f64) -> Option<SimTime> {
        if self.at < profile.from {
            (self.at, self.rest) = (profile.from, 0.0);
        }
        let level = profile.per_hour / 3.6e9;
        if level <= 0.0 {
            return None;
        }
        if self.rare {
            gap = self.pass_cycles(profile, gap);
        }
        loop {
            if profile.until <= self.at || self.end <= self.at {
                return None;
            }
            if self.at < self.stretch.0 || self.stretch.1 <= self.at {
                self.stretch = self.look_up(profile, level);
            }
            let (_, end, rate) = self.stretch;
            let room = rate * (end.since(self.at).micros() as f64 - self.rest);
            if gap < room {
                return Some(self.walk(gap / rate));
            }
            gap -= room.max(0.0);
            (self.at, self.rest) = (end, 0.0);
        }
    }

    /// Whole cycles of a rate are passed in one step, as many as the gap is longer than: what is left of it.
    fn pass_cycles(&mut self, profile: &RateProfile, gap: f64) -> f64 {
        let Some(shape) = &profile.shape else { return gap };
        let cycle = profile.per_hour / 3.6e9 * self.busiest() * over_a_cycle(shape);
        let cycles = (gap / cycle).floor();
        self.at += shape.period.times(cycles as u64);
        (gap - cycles * cycle).max(0.0)
    }

    /// The stretch of constant rate in which the source is.
    fn look_up(&self, profile: &RateProfile, level: f64) -> (SimTime, SimTime, f64) {
        let (factor, mut end) = step(profile, self.at);
        let mut rate = level * factor;
        match &self.days {
            Some(days) if self.rare => rate *= days.most,
            Some(days) => {
                let day = day_of(self.at);
                rate *= days.factor(day);
                end = end.min(SimTime::DAY.times(day + 1));
            }
            None => {}
        }
        (self.at, end.min(profile.until), rate)
    }
}

/// The number of the day of an instant.
fn day_of(at: SimTime) -> u64 {
    at.micros() / SimTime::DAY.micros()
}

/// Whether arrivals are rare, so rare too that thinning by days takes fewer of them than going through all.
fn is_rare(profile: &RateProfile, busiest: f64) -> bool {
    let of = |shape: &Arc<Shape>| over_a_cycle(shape) / shape.period.micros() as f64;
    let an_hour = profile.per_hour * profile.shape.as_ref().map_or(1.0, of);
    let a_day = an_hour * SimTime::DAY.hours();
    0.0 < an_hour && an_hour * HOURS_A_CALENDAR_YEAR < RARE && a_day * busiest < 1.0
}

/// The integral of a shape's steps over its cycle, in microseconds.
fn over_a_cycle(shape: &Shape) -> f64 {
    let ends = shape.steps.iter().skip(1).map(|&(start, _)| start).chain([shape.period]);
    let steps = shape.steps.iter().zip(ends);
    steps.map(|(&(start, factor), end)| factor * end.since(start).micros() as f64).sum()
}

/// An instant in whole microseconds and the rest, so many microseconds later.
#[inline(always)]
fn walked(at: SimTime, rest: f64, micros: f64) -> (SimTime, f64) {
    let from = rest + micros;
    let whole = from as i64;
    (at + SimTime::from_micros(whole as u64), from - whole as f64)
}

/// Whether there is but one possibility of what a post of the stream is about.
fn fixed(stream: &Stream) -> bool {
    let mix = &stream.mix;
    let tables = [&mix.channels, &mix.topics, &mix.units, &mix.languages];
    let one = tables.iter().all(|shares| shares.len() <= 1);
    one && !matches!(stream.arrivals, Arrivals::Recorded(_))
}

/// The multiplier at an instant, and when it changes.
fn step(profile: &RateProfile, at: SimTime) -> (f64, SimTime) {
    let Some(shape) = &profile.shape else { return (1.0, SimTime::NEVER) };
    let cycle = at.micros() / shape.period.micros();
    let within = SimTime::from_micros(at.micros() % shape.period.micros());
    let next = shape.steps.partition_point(|&(start, _)| start <= within);
    let end = shape.steps.get(next).map_or(shape.period, |&(start, _)| start);
    (shape.steps[next - 1].1, shape.period.times(cycle) + end)
}
