//! A vendor beside the company's own people: an overlay on any archetype.

use std::sync::Arc;

use crate::model::archetype::languages::{kept_for, understood};
use crate::model::archetype::parts::{NewRole, Post, Site};
use crate::model::archetype::{Common, Staff};
use crate::model::{
    Calendar, ChannelId, Employer, Filter, From, Help, Knowledge, LanguageId, Link, LinkKind,
    Matter, Newcomer, Organization, Practice, Risk, RoleId, RouteWhen, Terms, Work, World,
};
use crate::units::SimTime;

/// Name of the role that a contract adds.
const VENDOR: &str = "vendor desk";

/// What was agreed with a vendor.
#[derive(Debug, Clone)]
pub struct Contract {
    /// The vendor's people.
    pub vendor: Staff,
    /// Their opening hours.
    pub vendor_open: Arc<Calendar>,
    /// The same in hours a week.
    pub vendor_open_hours_per_week: f64,
    /// Share of the vendor's replies that must be approved.
    pub approval: f64,
    /// The highest risk at which the vendor answers without asking.
    pub authority: Risk,
    /// Whether the vendor may answer only what is in its playbook: generic matters.
    pub playbook_only: bool,
    /// What the vendor gets.
    pub takes: Takes,
    /// What depends on what the vendor does.
    pub deal: Deal,
}

/// The terms of a contract beside people, hours and scope.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Deal {
    /// Prices by the case, and promises.
    pub terms: Option<Terms>,
    /// How late changes of policy reach the vendor's playbook.
    pub playbook_refresh: Option<SimTime>,
    /// What the vendor's people can do at first.
    pub ramp: Option<Newcomer>,
}

impl Deal {
    /// The deal with this role, whose playbook is kept by that one.
    pub(super) fn close(&self, site: &mut Site<'_>, vendor: RoleId, keeper: Option<RoleId>) {
        let role = site.organization.role_mut(vendor);
        role.terms = self.terms;
        role.staffing.ramp = self.ramp;
        if let (Some(refresh), Some(keeper)) = (self.playbook_refresh, keeper) {
            site.at_once(keeper, vendor, LinkKind::Policy(refresh), None);
        }
    }
}

/// What a vendor gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// All that comes in.
    Everything,
    /// What has waited this long at a desk that takes in.
    Waiting(SimTime),
}

/// A desk of the company that takes in, with what it takes in.
struct WayIn {
    desk: RoleId,
    filter: Filter,
}

impl Contract {
    /// The organization with the vendor in it.
    ///
    /// Either the vendor stands in front of the desks that took in, and hands over what its playbook
    /// lacks; or it may take what waits at them. A desk that others help already keeps that help and
    /// gets none of the vendor. What the vendor does not know and does not find goes to the desk whose
    /// case it is. The vendor's replies are approved by those who approve that desk's.
    pub fn sign(
        &self,
        own: &Organization,
        common: &Common,
        world: &World,
        practice: &Practice,
    ) -> Organization {
        let ways_in = ways_in(own);
        let everything = self.takes == Takes::Everything;
        let foreign = self.foreign(world);
        let rest = own.relinked(|_, _, link| {
            if !everything || !matches!(link.kind, LinkKind::Intake { .. }) {
                return Some(link.clone());
            }
            // what the vendor does not speak comes in as before
            if foreign.is_empty() {
                return None;
            }
            Some(Link { filter: kept_for(&link.filter, &foreign, world)?, ..link.clone() })
        });
        let mut site = Site { world, common, organization: rest };
        let vendor = self.desk(&mut site);
        match self.takes {
            Takes::Everything => {
                site.intake(vendor, None, false);
                if self.playbook_only {
                    ways_in.iter().for_each(|way| not_ours(&mut site, vendor, way, practice));
                }
            }
            Takes::Waiting(after) => help(&mut site, vendor, &ways_in, after, practice),
        }
        for way in &ways_in {
            let over = LinkKind::Escalate;
            passed_on(&mut site, (vendor, way.desk), over, way.filter.clone(), practice);
            approved_alike(&mut site, own, vendor, way);
        }
        if let Some(first) = ways_in.first() {
            site.at_once(vendor, first.desk, LinkKind::Report, None);
        }
        self.deal.close(&mut site, vendor, ways_in.first().map(|way| way.desk));
        if foreign.is_empty() { site.organization } else { understood(&site.organization, world) }
    }

    /// Languages that the vendor does not speak.
    fn foreign(&self, world: &World) -> Vec<LanguageId> {
        let Some(speaks) = &self.vendor.kind.speaks else { return Vec::new() };
        let all = (0..world.languages.len() as u32).map(LanguageId);
        all.filter(|language| !speaks.contains(language)).collect()
    }

    fn desk(&self, site: &mut Site<'_>) -> RoleId {
        let kappas = site.common.kappas;
        let ladder = vec![Help::Search, Help::Escalate, Help::Guess];
        let unit = if self.playbook_only { 0.0 } else { kappas.unit_other };
        let units = vec![unit; site.world.units.len()];
        let knows = Knowledge::by_matter(site.world.topics.len(), kappas.generic_vendor, &units);
        let taken = site.organization.find(VENDOR).is_some();
        let name = if taken { "second vendor desk" } else { VENDOR };
        let vendor = site.role(NewRole {
            name: name.into(),
            unit: None,
            employer: Employer::Vendor(self.vendor.kind.name.clone()),
            staff: &self.vendor,
            calendar: self.vendor_open.clone(),
            open_hours_per_week: self.vendor_open_hours_per_week,
            post: Post::Front { triage: true, ladder },
            knowledge: knows,
        });
        if let Work::Desk(desk) = &mut site.organization.role_mut(vendor).work {
            (desk.approval, desk.authority) = (self.approval, self.authority);
        }
        vendor
    }
}

/// The desks that take in, each with its channels together.
fn ways_in(organization: &Organization) -> Vec<WayIn> {
    let mut ways: Vec<WayIn> = Vec::new();
    for (from, desk, link) in organization.links() {
        let (From::Channel(channel), LinkKind::Intake { .. }) = (from, link.kind) else { continue };
        let same = |way: &&mut WayIn| {
            let channels = way.filter.channels.clone();
            way.desk == desk && way.filter == Filter { channels, ..link.filter.clone() }
        };
        match ways.iter_mut().find(same) {
            Some(way) => way.filter.channels.push(channel),
            None => {
                let filter = Filter { channels: vec![channel], ..link.filter.clone() };
                ways.push(WayIn { desk, filter });
            }
        }
    }
    let all: Vec<ChannelId> = (0..organization.channel_count() as u32).map(ChannelId).collect();
    for way in ways.iter_mut().filter(|way| way.filter.channels == all) {
        way.filter.channels.clear();
    }
    ways
}

/// Units' own matters are not in the playbook: they go to the desk at once.
fn not_ours(site: &mut Site<'_>, vendor: RoleId, way: &WayIn, practice: &Practice) {
    for unit in site.all_units() {
        if way.filter.matter.is_none_or(|matter| matter == Matter::About(unit)) {
            let filter = Filter { matter: Some(Matter::Of(unit)), ..way.filter.clone() };
            let always = LinkKind::Route(RouteWhen::Always);
            passed_on(site, (vendor, way.desk), always, filter, practice);
        }
    }
}

/// The vendor may take what waits at each desk that has no help yet.
fn help(
    site: &mut Site<'_>,
    vendor: RoleId,
    ways_in: &[WayIn],
    after: SimTime,
    practice: &Practice,
) {
    for way in ways_in {
        let from = From::Role(way.desk);
        let helped = site.organization.links_from(from).any(|(_, link)| link.helps_with_all());
        if !helped {
            site.helps((way.desk, vendor), after, None, &practice.other_company);
        }
    }
}

fn passed_on(
    site: &mut Site<'_>,
    (from, to): (RoleId, RoleId),
    kind: LinkKind,
    filter: Filter,
    practice: &Practice,
) {
    let passage = &practice.other_company;
    let (delay, keeps) = (passage.delay.clone(), passage.keeps);
    let holds = site.common.warm;
    let timeout = site.common.give_up.filter(|_| holds);
    let link = Link { delay, keeps, timeout, holds, ..Link::at_once(kind, filter) };
    site.organization.add_link(From::Role(from), to, link);
}

/// The vendor's replies go to those who approve the desk's.
fn approved_alike(site: &mut Site<'_>, own: &Organization, vendor: RoleId, way: &WayIn) {
    for (to, link) in own.links_from(From::Role(way.desk)) {
        if link.kind == LinkKind::Approve {
            let topics = if link.filter.topics.is_empty() { &way.filter } else { &link.filter };
            let filter = Filter { topics: topics.topics.clone(), ..way.filter.clone() };
            site.for_cases(vendor, to, LinkKind::Approve, filter);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::archetype::Archetype;
    use crate::model::load;
    use crate::model::load::example;

    fn signed(plan: &Archetype, takes: Takes) -> Organization {
        let (world, practice) = (example::world(), example::practice());
        let contract = Contract {
            vendor: example::staff(30.0),
            vendor_open: plan.common().open.clone(),
            vendor_open_hours_per_week: 84.0,
            approval: 0.1,
            authority: Risk::High,
            playbook_only: true,
            takes,
            deal: Deal::default(),
        };
        contract.sign(&plan.build(&world, &practice), plan.common(), &world, &practice)
    }

    #[test]
    fn a_vendor_can_stand_before_every_archetype() {
        for plan in example::all() {
            let organization = signed(&plan, Takes::Everything);
            let (world, practice) = (example::world(), example::practice());
            let load = load(&world, &practice, &organization);
            assert!(load.endless.is_empty(), "{plan:?}");
            assert_eq!(organization.unreachable_roles(), [], "{plan:?}");
            let ends = load.journey;
            let accounted =
                ends.refused + ends.no_reply_needed + ends.first_replies + ends.no_intake;
            assert!((accounted - ends.inquiries).abs() < 1e-6 * ends.inquiries, "{plan:?}");
            assert!(ends.no_intake <= 0.0, "{plan:?}");
        }
    }

    #[test]
    fn before_a_desk_of_its_own_a_vendor_is_what_outsourced_builds() {
        let (world, practice) = (example::world(), example::practice());
        let signed = load(&world, &practice, &signed(&example::centralized(), Takes::Everything));
        let mut built = example::outsourced();
        built.common_mut().approval = 0.1;
        let built = load(&world, &practice, &built.build(&world, &practice));
        let vendor = |load: &crate::model::Load| {
            load.roles.iter().find(|role| role.name == VENDOR).map(|role| role.hours).unwrap()
        };
        assert!((vendor(&signed).reactive() - vendor(&built).reactive()).abs() < 1e-9);
    }

    #[test]
    fn a_second_vendor_has_a_desk_of_another_name() {
        let organization = signed(&example::outsourced(), Takes::Waiting(SimTime::HOUR));
        let mut names: Vec<&str> =
            organization.roles().map(|(_, role)| role.name.as_str()).collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all, "{names:?}");
        assert!(organization.find("second vendor desk").is_some());
    }

    #[test]
    fn help_is_asked_by_the_desks_that_take_in() {
        let organization = signed(&example::hub_and_spoke(), Takes::Waiting(SimTime::HOUR));
        let vendor = organization.find(VENDOR).unwrap();
        let helped: Vec<From> = organization
            .links()
            .filter(|(_, to, link)| *to == vendor && matches!(link.kind, LinkKind::Overflow(_)))
            .map(|(from, _, _)| from)
            .collect();
        assert_eq!(helped, [From::Role(organization.find("hub").unwrap())]);
    }
}
