//! Policies change, and a role at the end of a `policy` link learns of it late: until then it answers by the old one.

use crate::draws::{Key, Law, Purpose, Seed};
use crate::sim::case::flag;
use crate::sim::flow::micros;
use crate::sim::observer::Observer;
use crate::sim::plan::Plan;
use crate::sim::run::Run;
use crate::units::SimTime;

/// Key family of policies, beside the streams of the world, the days and the people.
const POLICIES: u32 = 0x3000_0000;

/// When the policy of each topic changes, as far as anybody has had to know.
///
/// The changes belong to the world: they are drawn by topic and number, the same for all designs. They began so
/// long before the run that those which some role has yet to learn at its start are among them.
#[derive(Debug, Default)]
pub(super) struct Policies {
    topics: Vec<Changes>,
    /// Time of the changes at the start of the run.
    before: SimTime,
}

#[derive(Debug)]
struct Changes {
    key: Key,
    /// Those so far, and the next.
    at: Vec<SimTime>,
    next: SimTime,
}

impl Policies {
    pub(super) fn new(plan: &Plan<'_>, seed: Seed) -> Policies {
        let Some(before) = plan.roles.iter().filter_map(|role| role.learns_after).max() else {
            return Policies::default();
        };
        let topics = 0..plan.world.topics.len() as u64;
        let key = |topic| seed.stream(POLICIES).of(topic);
        let fresh =
            |key: Key| Changes { key, at: Vec::new(), next: gap(&plan.laws.change, key, 0) };
        Policies { topics: topics.map(|topic| fresh(key(topic))).collect(), before }
    }
}

impl Changes {
    /// Draw the changes up to an instant.
    fn extend(&mut self, law: &Law, until: SimTime) {
        while self.next <= until {
            self.at.push(self.next);
            self.next += gap(law, self.key, self.at.len() as u32);
        }
    }
}

/// Time from one change to the next, at least a microsecond.
fn gap(law: &Law, key: Key, number: u32) -> SimTime {
    micros(law.quantile(key.unit(Purpose::PolicyChange, number))).max(SimTime::from_micros(1))
}

impl<O: Observer> Run<'_, O> {
    /// Whether the desk answers this case by a policy that has changed: one of the changes that it has yet to
    /// learn concerns the case, and nobody who knew told it.
    pub(super) fn is_outdated(&mut self, place: u32) -> bool {
        let case = &self.cases[place];
        let Some(lag) = self.plan.roles[case.role as usize].learns_after else { return false };
        if case.is(flag::TOLD) {
            return false;
        }
        let now = self.policies.before + self.now;
        let changes = &mut self.policies.topics[usize::from(case.topic)];
        changes.extend(&self.plan.laws.change, now);
        let share = self.plan.practice.change_concerns;
        let newest = changes.at.iter().enumerate().rev();
        let unlearned = newest.take_while(|(_, at)| now < **at + lag);
        let mut concerned =
            unlearned.map(|(n, _)| case.key.unit(Purpose::PolicyConcerns, n as u32) < share);
        concerned.any(|it| it)
    }
}
