//! Centralized: one desk for everything, experts in the units to ask.

use crate::model::archetype::Centralized;
use crate::model::archetype::parts::{Post, Site};
use crate::model::{Help, Organization, World};

pub(super) fn build(plan: &Centralized, world: &World) -> Organization {
    let mut site = Site::new(world, &plan.common);
    let kappas = plan.common.kappas;
    let front = Post::Front { triage: true, ladder: vec![Help::Consult, Help::Guess] };
    let generic = site.knows(kappas.generic_own, None, 0.0);
    let desk = site.own("desk".into(), None, &plan.front, front, generic);
    let strategist = site.perhaps_center(plan.strategist.as_ref(), plan.analyst.as_ref());
    let experts = site.experts();
    site.intake(desk, None, false);
    if plan.common.front_listens {
        site.listen(desk, None);
    }
    site.asks(desk, site.all_units(), &experts, strategist);
    if let Some(strategist) = strategist {
        site.answers_to(desk, strategist);
    }
    site.organization
}
