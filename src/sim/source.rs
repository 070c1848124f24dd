//! Arrivals of one stream, one after the other.

use crate::draws::{Key, Law, Purpose, Seed, StreamKey, ln};
use crate::model::{Arrivals, RateProfile, Stream};
use crate::units::SimTime;

/// Key families beside the streams of the world.
const DAY_FAMILIES: u32 = 0x4000_0000;
/// Arrivals drawn at once: their logarithms do not wait for each other, nor the next event for them.
const AHEAD: usize = 16;

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
    /// What all its posts are about, where nothing is drawn or recorded.
    pub(super) fixed: Option<Post>,
    /// Key of the one on the agenda.
    pub(super) pending: Key,
    seed: Seed,
    /// Where the cumulated rate has been followed to: whole microseconds and the rest.
    at: SimTime,
    rest: f64,
    day: Option<(u64, f64)>,
    /// The stretch of constant rate looked up last: from, until, arrivals a microsecond.
    stretch: (SimTime, SimTime, f64),
}

impl<'a> Source<'a> {
    pub(super) fn new(stream: &'a Stream, number: u32, seed: Seed) -> Source<'a> {
        Source {
            stream,
            key: seed.stream(number),
            fixed: fixed(stream),
            count: 0,
            drawn: 0,
            ahead: [Coming::default(); AHEAD],
            filled: 0,
            taken: 0,
            pending: Key::default(),
            seed,
            at: SimTime::ZERO,
            rest: 0.0,
            day: None,
            stretch: (SimTime::ZERO, SimTime::ZERO, 0.0),
        }
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
        {
            return self.fill_at_constant_rate(profile.per_hour);
        }
        while self.filled < AHEAD
            && let Some(coming) = self.draw()
        {
            self.ahead[self.filled] = coming;
            self.filled += 1;
        }
    }

    fn fill_at_constant_rate(&mut self, per_hour: f64) {
        let left = self.stream.limit.map_or(u64::MAX, |limit| limit - self.drawn);
        self.filled = usize::try_from(left).unwrap_or(AHEAD).min(AHEAD);
        let (mut at, mut rest) = (self.at, self.rest);
        for (coming, number) in self.ahead[..self.filled].iter_mut().zip(self.drawn..) {
            let key = self.key.of(number);
            (at, rest) = walked(at, rest, -ln(key.unit(Purpose::Gap, 0)) * 3.6e9 / per_hour);
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
        let key = self.key.of(self.drawn);
        let at = match &self.stream.arrivals {
            Arrivals::Poisson(profile) => self.follow(profile, -ln(key.unit(Purpose::Gap, 0)))?,
            Arrivals::Every(gap) => gap.times(self.drawn + 1),
            Arrivals::Recorded(rows) => rows.get(self.drawn as usize)?.at,
        };
        self.drawn += 1;
        Some(Coming { at, key })
    }

    /// Go on by so many microseconds.
    #[inline]
    fn walk(&mut self, micros: f64) -> SimTime {
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
        loop {
            if profile.until <= self.at {
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

    /// The stretch of constant rate in which the source is.
    fn look_up(&mut self, profile: &RateProfile, level: f64) -> (SimTime, SimTime, f64) {
        let (factor, mut end) = step(profile, self.at);
        let mut rate = level * factor;
        if 0.0 < profile.day_cv {
            let day = self.at.micros() / SimTime::DAY.micros();
            rate *= self.day_factor(profile, day);
            end = end.min(SimTime::DAY.times(day + 1));
        }
        (self.at, end.min(profile.until), rate)
    }

    fn day_factor(&mut self, profile: &RateProfile, day: u64) -> f64 {
        match self.day {
            Some((known, factor)) if known == day => factor,
            _ => {
                let key = self.seed.stream(DAY_FAMILIES + profile.day_family).of(day);
                let law = Law::gamma(1.0, profile.day_cv)
                    .expect("a model's day factor has a positive spread");
                let factor = law.quantile(key.unit(Purpose::DayFactor, 0));
                self.day = Some((day, factor));
                factor
            }
        }
    }
}

/// An instant in whole microseconds and the rest, so many microseconds later.
#[inline(always)]
fn walked(at: SimTime, rest: f64, micros: f64) -> (SimTime, f64) {
    let from = rest + micros;
    let whole = from as i64;
    (at + SimTime::from_micros(whole as u64), from - whole as f64)
}

/// What all posts of a stream are about, if there is but one possibility.
fn fixed(stream: &Stream) -> Option<Post> {
    let mix = &stream.mix;
    let one = [&mix.channels, &mix.topics, &mix.units].iter().all(|shares| shares.len() <= 1);
    let drawn = !matches!(stream.arrivals, Arrivals::Recorded(_));
    (one && drawn).then_some(Post { channel: 0, topic: 0, unit: 0, recorded: false, work: None })
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
