//! Walls between desks, and what an organization is like without them.
//!
//! Unit walls are links and shared things that are missing: what one desk read is not read by the
//! next, what one unit knows is written down for nobody else, and a case waits for its own unit
//! while others are free. Each function takes one wall down and leaves everything else as it is.

mod queue;

use crate::model::{Knowledge, Link, Organization, RoleId, Work};

/// Something that desks can share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shared {
    /// The history of a case: whoever gets it knows what was said and done before.
    History,
    /// A playbook: every desk that answers knows of each matter what the best of them knows.
    Playbook,
    /// A queue: units' desks that do the same work are one desk, whose next case goes to whoever
    /// is free.
    Queue,
}

/// All of them, in the order in which they are tried.
pub const SHARED: [Shared; 3] = [Shared::History, Shared::Playbook, Shared::Queue];

impl Shared {
    /// Its name in files and tables.
    pub const fn word(self) -> &'static str {
        match self {
            Shared::History => "history",
            Shared::Playbook => "playbook",
            Shared::Queue => "queue",
        }
    }

    /// Why an organization cannot share it: what would have to be there.
    pub const fn missing(self) -> &'static str {
        match self {
            Shared::History => "no link loses context",
            Shared::Playbook => "no two desks that answer know different things",
            Shared::Queue => "no two units have desks that do the same work",
        }
    }

    /// The organization with it; `None` if there is no such wall.
    ///
    /// A shared queue without a shared playbook meets people of all units with cases of all units:
    /// its desk knows what its people know on average, weighted by how much each is there.
    pub fn with(self, organization: &Organization) -> Option<Organization> {
        match self {
            Shared::History => history(organization),
            Shared::Playbook => playbook(organization),
            Shared::Queue => queue::pooled(organization),
        }
    }
}

/// Every link keeps the whole context.
fn history(organization: &Organization) -> Option<Organization> {
    let loses = |link: &Link| link.keeps < 1.0;
    let any = organization.links().any(|(_, _, link)| loses(link));
    any.then(|| organization.relinked(|_, _, link| Some(Link { keeps: 1.0, ..link.clone() })))
}

/// Every desk that answers knows of each topic and matter what the best of them knows.
fn playbook(organization: &Organization) -> Option<Organization> {
    let answering: Vec<RoleId> = organization
        .roles()
        .filter(|(_, role)| matches!(&role.work, Work::Desk(desk) if desk.answer))
        .map(|(id, _)| id)
        .collect();
    let knowledge = |id: &RoleId| &organization.role(*id).knowledge;
    let mut best: Knowledge = knowledge(answering.first()?).clone();
    for (topic, domain) in best.domains() {
        let most =
            answering.iter().map(|id| knowledge(id).kappa(topic, domain)).fold(0.0, f64::max);
        best.set(topic, domain, most);
    }
    if answering.iter().all(|id| *knowledge(id) == best) {
        return None;
    }
    let mut new = organization.clone();
    for id in answering {
        new.role_mut(id).knowledge = best.clone();
    }
    Some(new)
}

#[cfg(test)]
mod tests;
