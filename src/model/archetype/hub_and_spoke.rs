//! Hub and spoke: a hub that answers what it knows and routes the rest to the units.

use crate::model::archetype::HubAndSpoke;
use crate::model::archetype::parts::{Post, Site};
use crate::model::{
    ChannelId, Filter, Help, LinkKind, Matter, Organization, Practice, RoleId, RouteWhen, UnitId,
    World,
};

pub(super) fn build(plan: &HubAndSpoke, world: &World, practice: &Practice) -> Organization {
    let mut site = Site::new(world, &plan.common);
    let kappas = plan.common.kappas;
    let front = |triage| Post::Front { triage, ladder: vec![Help::Consult, Help::Guess] };
    let generic = site.knows(kappas.generic_own, None, 0.0);
    let hub = site.own("hub".into(), None, &plan.front, front(true), generic);
    let strategist = site.center(&plan.strategist, plan.analyst.as_ref());
    let experts = site.experts();
    for channel in (0..world.channels.len() as u32).map(ChannelId) {
        if !plan.direct_intake.contains(&channel) {
            let intake = LinkKind::Intake { own_account: false };
            site.connect(channel, hub, intake, Filter::default());
        }
    }
    if plan.common.front_listens {
        site.listen(hub, None);
    }
    let when = if plan.route_all_unit_matters { RouteWhen::Always } else { RouteWhen::Unknown };
    for (unit, name) in site.units() {
        let own = site.knows(kappas.generic_own, Some(unit), kappas.unit_own);
        let direct = !plan.direct_intake.is_empty();
        let spoke = site.own(format!("{name} spoke"), Some(unit), &plan.spoke, front(direct), own);
        own_account(&mut site, plan, practice, (hub, spoke, unit));
        site.hand_off(
            hub,
            spoke,
            LinkKind::Route(when),
            Some(Matter::Of(unit)),
            &practice.shared_tool,
        );
        if let Some(after) = plan.hub_helps_after {
            site.helps((spoke, hub), after, None, &practice.shared_tool);
        }
        if let Some(after) = plan.spokes_help_after {
            let about = Some(Matter::About(unit));
            site.helps((hub, spoke), after, about, &practice.shared_tool);
        }
        if plan.common.front_listens {
            site.listen(spoke, Some(unit));
        }
        site.asks(spoke, [unit], &experts, strategist);
        site.answers_to(spoke, strategist);
    }
    site.asks(hub, site.all_units(), &experts, strategist);
    site.answers_to(hub, strategist);
    site.organization
}

/// On some channels a spoke reads its unit's own account; what belongs to another unit goes to the hub.
fn own_account(
    site: &mut Site<'_>,
    plan: &HubAndSpoke,
    practice: &Practice,
    (hub, spoke, unit): (RoleId, RoleId, UnitId),
) {
    for &channel in &plan.direct_intake {
        let filter = Filter { matter: Some(Matter::About(unit)), ..Filter::default() };
        site.connect(channel, spoke, LinkKind::Intake { own_account: true }, filter);
    }
    if plan.direct_intake.is_empty() {
        return;
    }
    for other in site.all_units().filter(|&other| other != unit) {
        let wrong = LinkKind::Route(RouteWhen::WrongDesk);
        site.hand_off(spoke, hub, wrong, Some(Matter::Of(other)), &practice.shared_tool);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::archetype::Archetype;
    use crate::model::load::example;
    use crate::model::{From, Link};
    use crate::units::SimTime;

    #[test]
    fn spokes_are_the_reserve_for_what_is_about_their_units() {
        let Archetype::HubAndSpoke(plan) = example::hub_and_spoke() else {
            unreachable!("it is one")
        };
        let after = SimTime::MINUTE.times(30);
        let plan = HubAndSpoke { spokes_help_after: Some(after), ..plan };
        let world = example::world();
        let organization = Archetype::HubAndSpoke(plan).build(&world, &example::practice());
        let hub = organization.find("hub").expect("there is a hub");
        let helpers: Vec<(String, Option<Matter>)> = organization
            .links_from(From::Role(hub))
            .filter(|(_, link): &(RoleId, &Link)| link.kind == LinkKind::Overflow(after))
            .map(|(to, link)| (organization.role(to).name.clone(), link.filter.matter))
            .collect();
        let expected: Vec<(String, Option<Matter>)> = (0..)
            .zip(&world.units)
            .map(|(unit, name)| (format!("{name} spoke"), Some(Matter::About(UnitId(unit)))))
            .collect();
        assert!(!expected.is_empty());
        assert_eq!(helpers, expected);
    }
}
