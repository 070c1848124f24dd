//! Outsourced: a vendor in front, a client desk behind.

use crate::model::archetype::Outsourced;
use crate::model::archetype::parts::{NewRole, Post, Site};
use crate::model::{Employer, Help, LinkKind, Matter, Organization, Practice, RouteWhen, World};

pub(super) fn build(plan: &Outsourced, world: &World, practice: &Practice) -> Organization {
    let mut site = Site::new(world, &plan.common);
    let kappas = plan.common.kappas;
    let playbook = site.knows(kappas.generic_vendor, None, 0.0);
    let vendor = site.role(NewRole {
        name: "vendor desk".into(),
        unit: None,
        employer: Employer::Vendor(plan.vendor.kind.name.clone()),
        staff: &plan.vendor,
        calendar: plan.vendor_open.clone(),
        open_hours_per_week: plan.vendor_open_hours_per_week,
        post: Post::Front { triage: true, ladder: vec![Help::Search, Help::Escalate, Help::Guess] },
        knowledge: playbook,
    });
    let front = Post::Front { triage: false, ladder: vec![Help::Consult, Help::Guess] };
    let generic = site.knows(kappas.generic_own, None, 0.0);
    let desk = site.own("client desk".into(), None, &plan.front, front, generic);
    let strategist = site.center(&plan.strategist, plan.analyst.as_ref());
    let experts = site.experts();
    site.intake(vendor, None, false);
    if plan.common.front_listens {
        site.listen(desk, None);
    }
    if plan.playbook_only {
        for (unit, _) in site.units() {
            let always = LinkKind::Route(RouteWhen::Always);
            site.hand_off(vendor, desk, always, Some(Matter::Of(unit)), &practice.other_company);
        }
    }
    site.hand_off(vendor, desk, LinkKind::Escalate, None, &practice.other_company);
    site.asks(desk, site.all_units(), &experts, strategist);
    site.answers_to(desk, strategist);
    site.at_once(vendor, strategist, LinkKind::Approve, None);
    site.at_once(vendor, desk, LinkKind::Report, None);
    plan.deal.close(&mut site, vendor, Some(desk));
    site.organization
}
