//! What a replication has to mind and what not, asked once.

use crate::model::Study;
use crate::sim::plan::Plan;
use crate::sim::role_plan::WorkPlan;
use crate::sim::task::Task;

/// Roles beyond which what is kept of each is far from what is kept of others: it is read ahead, and records are gathered.
const MANY: usize = 64;

/// What does not exist here costs one question each time.
#[derive(Debug, Clone, Copy)]
pub(super) struct Traits {
    /// Whether somebody who leaves may come again: a member, or who got nowhere.
    pub(super) remembers: bool,
    /// Whether more is told of an inquiry that leaves than its time inside and its visits.
    pub(super) tells_more: bool,
    /// Whether waits with endless patience are followed.
    pub(super) measures_offered: bool,
    /// Whether there are so many desks that what is kept of one is far from what is kept of others.
    pub(super) far_apart: bool,
    /// Whether anything runs while a case waits: patience in the queue, or an overflow link.
    pub(super) has_queue_timers: bool,
    /// Whether cases do nothing but go from plain desk to plain desk: one question for all that does not exist then.
    pub(super) plain: bool,
    /// Whether, beyond that, every inquiry makes one visit and is served: its time inside is that of its visit.
    pub(super) one_visit: bool,
}

impl Traits {
    /// `one_scope`: whether all inquiries count in the same scopes.
    pub(super) fn of(task: &Task<'_>, plan: &Plan<'_>, one_scope: bool) -> Traits {
        let Study { measure, .. } = task.study;
        let measures_offered =
            plan.laws.patience.as_ref().is_some_and(|patience| patience.in_queue);
        let has_overflow = plan
            .roles
            .iter()
            .any(|role| matches!(&role.work, WorkPlan::Desk(desk) if !desk.overflow.is_empty()));
        let has_queue_timers = measures_offered || has_overflow;
        let plain = plan.plain && !measure.total_wait && task.watch.serving.is_empty() && one_scope;
        let streams = &task.world.streams;
        Traits {
            remembers: plan.laws.retry() || streams.iter().any(|s| s.arrivals.is_closed()),
            tells_more: 0 < plan.topics_apart || measure.total_wait,
            measures_offered,
            far_apart: MANY < plan.roles.len(),
            has_queue_timers,
            plain,
            one_visit: plain && !has_queue_timers && plan.is_one_visit(),
        }
    }
}
