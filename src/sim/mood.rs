//! How customers feel, and what they do for it.

use crate::draws::Purpose;
use crate::model::{Mood, heavy_tailed, pushed};
use crate::sim::case::{Case, NONE, flag};
use crate::sim::dialogue::Reply;
use crate::sim::observer::Observer;
use crate::sim::run::Run;
use crate::units::SimTime;

/// The mood of one customer.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Feeling {
    /// At arrival.
    pub(super) first: f64,
    /// Now, but for the wait so far.
    pub(super) now: f64,
}

/// The yardstick of a wait for a customer who has no deadline.
const NO_DEADLINE: SimTime = SimTime::DAY;
/// Skill with people at which it makes no difference.
const USUAL: f64 = 0.5;

impl<O: Observer> Run<'_, O> {
    /// The mood that the customer brings along.
    pub(super) fn feel_at_arrival(&mut self, place: u32) {
        let Some(mood) = &self.plan.mood else { return };
        let case = &mut self.cases[place];
        let topic = &self.plan.world.topics[usize::from(case.topic)];
        let level = mood.at_arrival + topic.mood;
        let first = level + mood.spread * heavy_tailed(case.key.unit(Purpose::MoodAtArrival, 0));
        case.tale.feeling = Feeling { first, now: first };
    }

    /// What the first reply does by when it comes.
    pub(super) fn feel_wait(&mut self, place: u32, in_time: bool) {
        let Some(mood) = &self.plan.mood else { return };
        let waited = mood.wait(deadlines(&self.cases[place], self.now));
        let timely = if in_time { mood.timely } else { 0.0 };
        self.cases[place].tale.feeling.now += timely - waited;
    }

    /// What a reply does by what it says, and by who says it.
    pub(super) fn feel_reply(&mut self, place: u32, turn: u32, reply: Reply, wrong: bool) {
        let Some(mood) = &self.plan.mood else { return };
        let skill = self.skill(place);
        let case = &mut self.cases[place];
        let said = match (reply, wrong) {
            (Reply::Answer, false) => mood.knowing,
            (Reply::Answer, true) => -mood.wrong,
            _ => -mood.canned,
        };
        let noise = mood.noise * heavy_tailed(case.key.unit(Purpose::MoodNoise, turn));
        case.tale.feeling.now += said + 2.0 * mood.human * (skill - USUAL) + noise;
    }

    /// How good whoever wrote last is with people.
    fn skill(&self, place: u32) -> f64 {
        match self.cases[place].tale.author {
            NONE => USUAL,
            author => self.workers[author as usize].with_people,
        }
    }

    /// Probability that the customer goes on, by mood and by who wrote: odds times e^(mood) and e^(2·skill − 1).
    pub(super) fn wish(&self, place: u32, probability: f64) -> f64 {
        let push = 2.0 * (self.skill(place) - USUAL) + self.felt(place);
        pushed(probability, push)
    }

    /// The customer's mood, as far as it is acted on.
    pub(super) fn felt(&self, place: u32) -> f64 {
        let Some(mood) = &self.plan.mood else { return 0.0 };
        mood.intensity * self.cases[place].tale.feeling.now
    }

    /// The same of a customer who has just waited in vain for as long as the own deadline.
    pub(super) fn felt_at_deadline(&self, place: u32) -> f64 {
        let Some(mood) = &self.plan.mood else { return 0.0 };
        self.felt(place) - mood.intensity * mood.wait(1.0)
    }

    /// What patience is multiplied by, in the mood that the customer brings along.
    pub(super) fn mood_times_patience(&self, place: u32) -> Option<f64> {
        let mood: &Mood = self.plan.mood.as_ref()?;
        Some(mood.patience(self.cases[place].tale.feeling.first))
    }

    /// The inquiry has ended for its customer: how does it leave them?
    pub(super) fn tell_mood(&mut self, place: u32) {
        let Some(mood) = &self.plan.mood else { return };
        let case = &self.cases[place];
        let Feeling { first, now } = case.tale.feeling;
        let waits =
            if case.is(flag::ANSWERED) { 0.0 } else { mood.wait(deadlines(case, self.now)) };
        let (scopes, last) = (case.scopes, now - waits);
        self.in_scopes(scopes, |scope| {
            scope.moods += 1;
            scope.mood_at_end += last;
            scope.worse += u64::from(last < first);
        });
    }
}

/// The time since arrival in lengths of the customer's own deadline.
fn deadlines(case: &Case, now: SimTime) -> f64 {
    let yardstick = match case.tale.deadline {
        SimTime::NEVER => NO_DEADLINE,
        // Whoever expects a reply at once feels seconds.
        own => own.max(SimTime::SECOND),
    };
    now.since(case.arrived).micros() as f64 / yardstick.micros() as f64
}
