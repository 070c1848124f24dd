//! Which case of a line is next, and who may begin it, beyond classes and order of joining.

use crate::model::{Discipline, Role, World};
use crate::sim::case::Case;
use crate::sim::people::{Free, Worker};
use crate::sim::people_plan::Eligibility;
use crate::units::SimTime;

/// Rules of a line beyond its classes.
pub(super) struct RulesPlan {
    /// Who must stay free when a case of a class begins; empty where nobody must.
    keep_free: Vec<Reserve>,
    classes: usize,
    /// Wait after which a case counts as one class more urgent.
    pub(super) moves_up_after: SimTime,
    /// Whether what is due first comes first, and by topic how long after its arrival a case is due.
    pub(super) by_deadline: bool,
    due: Vec<Option<SimTime>>,
}

/// Who is kept back from a class.
#[derive(Clone, Copy)]
struct Reserve {
    people: u32,
    /// Groups, as bits, with something more urgent in them: whoever can take one of them is kept for it.
    urgent: u64,
}

impl RulesPlan {
    /// Whether people are kept free for some class.
    pub(super) fn keep_some_free(&self) -> bool {
        !self.keep_free.is_empty()
    }

    /// Groups, as bits, whose takers may not begin a case of this class: those that people are kept for, while too few
    /// of these people are free. What is kept from a class is kept from all that are less urgent.
    pub(super) fn barred(&self, class: usize, free: &Free, workers: &[Worker]) -> u64 {
        let is_short = |kept: &&Reserve| !free.has_more_than(kept.people, workers, kept.urgent);
        let up_to = self.keep_free.iter().take(class + 1);
        up_to.filter(is_short).fold(0, |bits, kept| bits | kept.urgent)
    }

    /// By how many classes somebody who has been there so long has moved up.
    pub(super) fn steps(&self, length: SimTime) -> u64 {
        length.micros() / self.moves_up_after.micros().max(1)
    }

    /// How many of the classes, from the most urgent on, may begin with so many people free who can take everything.
    pub(super) fn classes_for(&self, free: u32) -> usize {
        let begins =
            |&class: &usize| self.keep_free.get(class).is_none_or(|kept| kept.people < free);
        (0..self.classes).take_while(begins).count()
    }

    /// When a case is due: so long after its arrival as the desk says, or when its customer expects a reply.
    pub(super) fn due(&self, case: &Case) -> SimTime {
        match self.due.get(usize::from(case.topic)).copied().flatten() {
            Some(after) => case.arrived + after,
            None if case.tale.deadline == SimTime::NEVER => SimTime::NEVER,
            None => case.arrived + case.tale.deadline,
        }
    }
}

/// Those of a role, if it has any.
pub(super) fn rules(
    world: &World,
    role: &Role,
    classes: usize,
    eligibility: &Eligibility,
) -> Option<Box<RulesPlan>> {
    let by_deadline = role.discipline == Discipline::EarliestDeadline;
    let line = &role.line;
    let kept = |(class, &people)| {
        let urgent = eligibility.more_urgent_than(class, world);
        // nobody is kept for what there is not
        Reserve { people: if urgent == 0 { 0 } else { people }, urgent }
    };
    let none = !by_deadline && line.keep_free.is_empty() && line.moves_up_after.is_none();
    (!none).then(|| {
        Box::new(RulesPlan {
            keep_free: (0..).zip(&line.keep_free).map(kept).collect(),
            classes,
            moves_up_after: line.moves_up_after.unwrap_or(SimTime::NEVER),
            by_deadline,
            due: line.due.clone(),
        })
    })
}
