//! A rate of arrivals that changes by itself.

use crate::draws::{Purpose, Seed, StreamKey};
use crate::model::Modulation;
use crate::sim::flow::micros;
use crate::sim::source::Source;
use crate::units::{MICROS_A_MINUTE, SimTime};

/// Key families of states, beside the streams of the world, people and days.
const STATES: u32 = 0x1000_0000;

/// The path of a stream through its states: drawn by stream and number of the stay, by nothing else.
#[derive(Debug)]
pub(super) struct States {
    key: StreamKey,
    /// Stays so far, the present one included.
    stays: u64,
    state: usize,
    until: SimTime,
}

impl States {
    /// In the first state, whose stay begins at time 0.
    pub(super) fn new(modulation: &Modulation, seed: Seed, stream: u32) -> States {
        let key = seed.stream(STATES + stream);
        let state = modulation.start.pick(key.of(0).unit(Purpose::NextState, 0));
        let mut states = States { key, stays: 0, state, until: SimTime::ZERO };
        states.stay(modulation, state);
        states
    }

    fn stay(&mut self, modulation: &Modulation, state: usize) {
        self.stays += 1;
        self.state = state;
        let u = self.key.of(self.stays).unit(Purpose::StateLasts, 0);
        self.until += micros(modulation.states[state].lasts.quantile(u) * MICROS_A_MINUTE);
    }

    fn move_on(&mut self, modulation: &Modulation) {
        let u = self.key.of(self.stays).unit(Purpose::NextState, 0);
        self.stay(modulation, modulation.states[self.state].next.pick(u));
    }
}

impl Source<'_> {
    /// Follow the states until the cumulated rate has grown by `gap`: exact, stay by stay.
    pub(super) fn follow_states(&mut self, modulation: &Modulation, mut gap: f64) -> SimTime {
        loop {
            let Some(states) = &mut self.states else { return SimTime::NEVER };
            let rate = modulation.states[states.state].per_hour / 3.6e9;
            let until = states.until;
            let room = rate * (until.since(self.at).micros() as f64 - self.rest);
            if gap < room {
                return self.walk(gap / rate);
            }
            states.move_on(modulation);
            gap -= room.max(0.0);
            (self.at, self.rest) = (until, 0.0);
        }
    }
}
