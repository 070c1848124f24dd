//! One person, or a few, who do everything: read, answer, look things up, turn to mentions when idle.

use crate::model::archetype::OnePerson;
use crate::model::archetype::parts::{Post, Site};
use crate::model::{Help, Knowledge, Organization, World};

pub(super) fn build(plan: &OnePerson, world: &World) -> Organization {
    let mut site = Site::new(world, &plan.common);
    let kappas = plan.common.kappas;
    let front = Post::Front { triage: true, ladder: vec![Help::Search, Help::Guess] };
    // Whoever is all of a firm is of each of its units.
    let matters = vec![kappas.unit_own; world.units.len()];
    let knows = Knowledge::by_matter(world.topics.len(), kappas.generic_own, &matters);
    let role = site.own(plan.front.kind.name.clone(), None, &plan.front, front, knows);
    site.intake(role, None, false);
    if plan.common.front_listens {
        site.listen(role, None);
    }
    site.organization
}
