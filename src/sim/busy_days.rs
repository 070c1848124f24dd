//! How busy days are: streams of a family share the factor of each day.

use std::cell::Cell;
use std::collections::HashMap;
use std::rc::Rc;

use crate::draws::{Key, Law, Purpose, Seed, StreamKey};
use crate::model::{Arrivals, RateProfile, Stream};
use crate::units::SimTime;

/// Key families beside the streams of the world.
const DAY_FAMILIES: u32 = 0x4000_0000;
/// Days whose factors are kept where several streams ask for them; each of its own accord goes from day to day.
const KEPT: usize = 1024;

/// The factors of the days of a family, drawn by family and day, by nothing else.
#[derive(Debug)]
pub(super) struct BusyDays {
    key: StreamKey,
    law: Law,
    /// No day has a greater factor: that of the greatest uniform there is.
    pub(super) most: f64,
    kept: Factors,
}

/// Factors by their days: of days as far apart as there are places, the one asked for last.
#[derive(Debug)]
struct Factors(Vec<Cell<Option<(u64, f64)>>>);

impl BusyDays {
    fn new(profile: &RateProfile, seed: Seed, places: usize) -> BusyDays {
        let law =
            Law::gamma(1.0, profile.day_cv).expect("a model's day factor has a positive spread");
        BusyDays {
            key: seed.stream(DAY_FAMILIES + profile.day_family),
            most: law.quantile(Key::GREATEST_UNIT),
            law,
            kept: Factors::new(places),
        }
    }

    /// The factor of a day.
    pub(super) fn factor(&self, day: u64) -> f64 {
        let draw = || self.law.quantile(self.key.of(day).unit(Purpose::DayFactor, 0));
        self.kept.or_drawn(day, draw)
    }
}

impl Factors {
    fn new(places: usize) -> Factors {
        Factors(vec![Cell::new(None); places])
    }

    fn or_drawn(&self, day: u64, draw: impl FnOnce() -> f64) -> f64 {
        let place = &self.0[day as usize % self.0.len()];
        match place.get() {
            Some((known, factor)) if known == day => factor,
            _ => {
                let factor = draw();
                place.set(Some((day, factor)));
                factor
            }
        }
    }
}

/// The rates of a stream whose days are not all alike.
fn varying(stream: &Stream) -> Option<&RateProfile> {
    match &stream.arrivals {
        Arrivals::Poisson(profile) if 0.0 < profile.day_cv => Some(profile),
        _ => None,
    }
}

/// What each stream has of its days, in their order; `None` where all are alike.
///
/// `end`: nobody asks for a day from then on.
pub(super) fn busy_days(streams: &[Stream], seed: Seed, end: SimTime) -> Vec<Option<Rc<BusyDays>>> {
    let family = |profile: &RateProfile| (profile.day_family, profile.day_cv.to_bits());
    let profiles: Vec<Option<&RateProfile>> = streams.iter().map(varying).collect();
    let mut sizes: HashMap<(u32, u64), usize> = HashMap::new();
    for profile in profiles.iter().flatten() {
        *sizes.entry(family(profile)).or_default() += 1;
    }
    let days_until = 1 + (end.micros() / SimTime::DAY.micros()).min(KEPT as u64) as usize;
    let mut known: HashMap<(u32, u64), Rc<BusyDays>> = HashMap::new();
    let mut days = |profile: &RateProfile| {
        let family = family(profile);
        let places = if sizes[&family] == 1 { 1 } else { KEPT.min(days_until) };
        let new = || Rc::new(BusyDays::new(profile, seed, places));
        known.entry(family).or_insert_with(new).clone()
    };
    profiles.into_iter().map(|profile| profile.map(&mut days)).collect()
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "what is kept is what was drawn")]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::model::Shape;
    use crate::sim::networks::{constant_rate, world};
    use crate::sim::source::Source;

    fn stream(per_hour: f64, day_cv: f64, day_family: u32) -> Stream {
        let profile = RateProfile { day_cv, day_family, ..constant_rate(per_hour) };
        let stream = world(&[per_hour], None, None).streams.remove(0);
        Stream { arrivals: Arrivals::Poisson(profile), ..stream }
    }

    #[test]
    fn a_day_is_drawn_once_for_all_streams_of_a_family() {
        let streams = [stream(1.0, 0.3, 0), stream(2.0, 0.3, 0), stream(1.0, 0.2, 0)];
        let others = [stream(1.0, 0.0, 0), stream(1.0, 0.3, 1)];
        let days = busy_days(&[&streams[..], &others].concat(), Seed::new(1, 0), SimTime::NEVER);
        let [Some(a), Some(b), Some(c), None, Some(d)] = days.as_slice() else {
            panic!("{days:?}")
        };
        assert!(Rc::ptr_eq(a, b));
        assert_eq!([a, c, d].map(|of| of.kept.0.len()), [KEPT, 1, 1]);
        let drawn = Cell::new(0);
        let draw = |day: u64| {
            drawn.set(drawn.get() + 1);
            day as f64
        };
        let kept = Factors::new(KEPT);
        for day in (0..5).flat_map(|_| 0..365) {
            assert_eq!(kept.or_drawn(day, || draw(day)), day as f64);
        }
        assert_eq!(drawn.get(), 365);
        let far = 7 + KEPT as u64;
        assert_eq!(kept.or_drawn(far, || draw(far)), far as f64);
        assert_eq!(kept.or_drawn(7, || draw(7)), 7.0);
    }

    #[test]
    fn a_rare_stream_is_not_followed_beyond_the_end() {
        let rare = stream(1e-9, 0.3, 0);
        let seed = Seed::new(1, 0);
        let days = busy_days(std::slice::from_ref(&rare), seed, SimTime::NEVER).remove(0);
        let mut source = Source::new(&rare, 0, seed).varying(days, SimTime::WEEK);
        assert_eq!(source.next(), None);
        assert_eq!(source.at, SimTime::WEEK);
    }

    /// When customers of this stream come in the first days of a run that has no end.
    fn come(stream: &Stream, rare: bool, days: u64) -> Vec<SimTime> {
        let seed = Seed::new(1, 0);
        let factors = busy_days(std::slice::from_ref(stream), seed, SimTime::NEVER).remove(0);
        let mut source = Source::new(stream, 0, seed).varying(factors, SimTime::NEVER);
        source.take_for_rare(rare);
        let end = SimTime::DAY.times(days);
        std::iter::from_fn(|| source.next()).take_while(|&at| at < end).collect()
    }

    #[test]
    fn a_rare_stream_without_an_end_is_told_at_once_and_comes_as_often_as_it_says() {
        // one in a thousand years
        let rare = Stream { limit: Some(200), ..stream(1e-3 / 8766.0, 0.3, 0) };
        let seed = Seed::new(1, 0);
        let days = busy_days(std::slice::from_ref(&rare), seed, SimTime::NEVER).remove(0);
        let mut source = Source::new(&rare, 0, seed).varying(days, SimTime::NEVER);
        let all: Vec<SimTime> = std::iter::from_fn(|| source.next()).collect();
        let years = all[199].hours() / 8766.0;
        // four standard errors of a sum of 200 gaps
        assert!((years / 200_000.0 - 1.0).abs() < 4.0 / 200_f64.sqrt(), "{years}");
    }

    #[test]
    fn thinned_by_day_a_stream_has_the_busy_days_that_it_has_gone_through_one_by_one() {
        const DAYS: u64 = 60;
        let (busy, a_day) = (stream(200.0, 0.5, 0), 4_800.0);
        let factors = busy_days(std::slice::from_ref(&busy), Seed::new(1, 0), SimTime::NEVER);
        let factors = factors[0].as_ref().expect("its days vary");
        for thinned in [false, true] {
            let mut counts = [0.0; DAYS as usize];
            for at in come(&busy, thinned, DAYS) {
                counts[(at.micros() / SimTime::DAY.micros()) as usize] += 1.0;
            }
            for (day, count) in (0..).zip(counts) {
                let mean: f64 = a_day * factors.factor(day);
                let off = (count - mean) / mean.sqrt();
                assert!(off.abs() < 4.5, "day {day}: {count} came instead of {mean}");
            }
        }
    }

    #[test]
    fn cycles_passed_in_one_step_end_where_steps_end() {
        let mut of_a_week = stream(0.05, 0.0, 0);
        let Arrivals::Poisson(profile) = &mut of_a_week.arrivals else { unreachable!() };
        let at = |hour: u64| SimTime::HOUR.times(hour);
        let steps = vec![(at(0), 0.0), (at(9), 3.0), (at(18), 0.5), (at(100), 0.0), (at(101), 1.2)];
        profile.shape = Some(Arc::new(Shape { period: SimTime::WEEK, steps, wave: None }));
        // a rate so low that most gaps are longer than a cycle
        profile.per_hour = 1e-3;
        let [one_by_one, at_once] = [false, true].map(|rare| come(&of_a_week, rare, 2_000_000));
        assert!(20_000 < at_once.len(), "{}", at_once.len());
        assert_eq!(one_by_one.len(), at_once.len());
        for (a, b) in one_by_one.iter().zip(&at_once) {
            assert!(a.micros().abs_diff(b.micros()) < 1_000, "{a} and {b}");
        }
    }

    #[test]
    fn nobody_who_comes_before_the_end_comes_otherwise_for_it() {
        let stream = stream(0.5, 0.3, 0);
        let seed = Seed::new(1, 0);
        let all = |end: SimTime| {
            let days = busy_days(std::slice::from_ref(&stream), seed, SimTime::NEVER).remove(0);
            let mut source = Source::new(&stream, 0, seed).varying(days, end);
            let all = std::iter::from_fn(|| source.next()).take_while(|&at| at < SimTime::WEEK);
            all.collect::<Vec<_>>()
        };
        assert_eq!(all(SimTime::WEEK), all(SimTime::NEVER));
        assert!(50 < all(SimTime::WEEK).len());
    }
}
