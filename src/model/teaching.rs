//! What training does to knowledge.
//!
//! A person has learned a share x of what training teaches. An hour of it closes the gap to everything by a rate of 1 ÷ L,
//! dx/dh = (1 − x)/L, and by the clock what was learned fades, dx/dt = −x·ln 2/H. What is known rises from κ toward the
//! ceiling c by that share: κ + (c − κ)⁺·x.

use crate::model::UnitId;
use crate::units::SimTime;

/// What training teaches, how fast it is learned and how fast it fades.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Teaching {
    /// κ of generic matters that training leads up to; 0 where it teaches none.
    pub generic: f64,
    /// κ of the own unit's matters.
    pub own_unit: f64,
    /// κ of other units' matters.
    pub other_units: f64,
    /// L: training in which 1 − 1/e of what is missing is learned.
    pub learns_in: SimTime,
    /// H: time of the clock in which half of what was learned is forgotten.
    pub half_life: SimTime,
}

impl Teaching {
    /// κ that training leads up to in a knowledge domain (0 generic, 1 + unit), of people of this unit.
    pub fn ceiling(&self, domain: usize, unit: Option<UnitId>) -> f64 {
        match domain.checked_sub(1) {
            None => self.generic,
            Some(of) if unit.is_some_and(|own| own.index() == of) => self.own_unit,
            Some(_) => self.other_units,
        }
    }

    /// The share learned after so much training at a stretch, of somebody who had learned a share before.
    pub fn learned(&self, before: f64, training: SimTime) -> f64 {
        1.0 - (1.0 - before) * libm::exp(-ratio(training, self.learns_in))
    }

    /// What is left of a share after so long by the clock.
    pub fn faded(&self, share: f64, since: SimTime) -> f64 {
        share * libm::exp2(-ratio(since, self.half_life))
    }

    /// The share that people have learned in the long run.
    ///
    /// `pace`: training per time of the clock. `leaves`: how often a place changes hands, per hour; what was learned goes
    /// with the person. The mean of x over time solves pace·(1 − x)/L = x·(ln 2/H + leaves), exactly as sessions get short.
    pub fn in_the_long_run(&self, pace: f64, leaves_per_hour: f64) -> f64 {
        let learns = pace / self.learns_in.hours();
        let forgets = std::f64::consts::LN_2 / self.half_life.hours() + leaves_per_hour;
        if 0.0 < learns { learns / (learns + forgets) } else { 0.0 }
    }
}

/// κ raised toward a ceiling by a share.
pub fn raised(kappa: f64, ceiling: f64, share: f64) -> f64 {
    kappa + (ceiling - kappa).max(0.0) * share
}

fn ratio(time: SimTime, of: SimTime) -> f64 {
    time.micros() as f64 / of.micros().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    const LAW: Teaching = Teaching {
        generic: 0.9,
        own_unit: 0.8,
        other_units: 0.3,
        learns_in: SimTime::HOUR,
        half_life: SimTime::DAY,
    };

    #[test]
    fn stretches_of_training_add_up_and_half_is_left_after_a_half_life() {
        let (one, two) = (SimTime::MINUTE.times(20), SimTime::MINUTE.times(70));
        let at_once = LAW.learned(0.2, one + two);
        assert!((LAW.learned(LAW.learned(0.2, one), two) - at_once).abs() < 1e-12);
        let missing = 1.0 - LAW.learned(0.0, SimTime::HOUR);
        assert!((missing - libm::exp(-1.0)).abs() < 1e-12);
        assert!((LAW.faded(0.6, SimTime::DAY) - 0.3).abs() < 1e-12);
        assert_eq!(raised(0.5, 0.9, 0.5).to_bits(), 0.7f64.to_bits());
        assert!((raised(0.95, 0.9, 0.5) - 0.95).abs() < 1e-12, "nobody unlearns by training");
    }

    #[test]
    fn the_long_run_is_the_limit_of_short_sessions() {
        // an hour in sixty of training, in ever shorter sessions
        let pace = 1.0 / 60.0;
        let steady = |minutes: u64| {
            let session = SimTime::MINUTE.times(minutes);
            let apart = session.times(60);
            let mut x = 0.0;
            for _ in 0..200_000 / minutes {
                x = LAW.learned(LAW.faded(x, apart), session);
            }
            // mean over the time from one session's end to the next
            let fades = std::f64::consts::LN_2 * apart.hours() / 24.0;
            x * (1.0 - libm::exp(-fades)) / fades
        };
        let exact = LAW.in_the_long_run(pace, 0.0);
        assert!((steady(1) - exact).abs() < 0.005, "{} {exact}", steady(1));
        assert!((steady(1) - exact).abs() < (steady(30) - exact).abs());
        assert!(LAW.in_the_long_run(pace, 0.1) < exact);
        assert!(LAW.in_the_long_run(0.0, 0.1) <= 0.0);
    }

    #[test]
    fn ceilings_are_those_of_the_own_unit_and_of_others() {
        let own = Some(UnitId(1));
        let of = |domain, unit| LAW.ceiling(domain, unit).to_bits();
        assert_eq!([0, 1, 2].map(|domain| of(domain, own)), [0.9f64, 0.3, 0.8].map(f64::to_bits));
        assert_eq!([0, 1].map(|domain| of(domain, None)), [0.9f64, 0.3].map(f64::to_bits));
    }
}
