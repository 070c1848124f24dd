//! Which case of a line is next, and who may begin it, beyond classes and order of joining.

use crate::model::{Discipline, Role};
use crate::sim::case::Case;
use crate::units::SimTime;

/// Rules of a line beyond its classes.
pub(super) struct RulesPlan {
    /// People who must stay free when a case of a class begins; empty where nobody must.
    keep_free: Vec<u32>,
    classes: usize,
    /// Wait after which a case counts as one class more urgent.
    pub(super) moves_up_after: SimTime,
    /// Whether what is due first comes first, and by topic how long after its arrival a case is due.
    pub(super) by_deadline: bool,
    due: Vec<Option<SimTime>>,
}

impl RulesPlan {
    /// Whether people are kept free for some class.
    pub(super) fn keep_some_free(&self) -> bool {
        !self.keep_free.is_empty()
    }

    /// People who must stay free when a case of this priority begins.
    pub(super) fn kept_free(&self, priority: u8) -> u32 {
        let class = usize::from(priority).min(self.classes - 1);
        self.keep_free.get(class).copied().unwrap_or(0)
    }

    /// By how many classes somebody who has been there so long has moved up.
    pub(super) fn steps(&self, length: SimTime) -> u64 {
        length.micros() / self.moves_up_after.micros().max(1)
    }

    /// How many of the classes, from the most urgent on, may begin with so many people free.
    pub(super) fn classes_for(&self, free: u32) -> usize {
        (0..self.classes).take_while(|&class| self.kept_free(class as u8) < free).count()
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
pub(super) fn rules(role: &Role, classes: usize) -> Option<Box<RulesPlan>> {
    let by_deadline = role.discipline == Discipline::EarliestDeadline;
    let line = &role.line;
    let none = !by_deadline && line.keep_free.is_empty() && line.moves_up_after.is_none();
    (!none).then(|| {
        Box::new(RulesPlan {
            keep_free: line.keep_free.clone(),
            classes,
            moves_up_after: line.moves_up_after.unwrap_or(SimTime::NEVER),
            by_deadline,
            due: line.due.clone(),
        })
    })
}
