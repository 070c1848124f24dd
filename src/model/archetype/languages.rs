//! Languages: cases go where somebody speaks what the customer writes.
//!
//! Builders lead cases by matter and channel. Where not everybody speaks everything, their links are then kept for the
//! languages of those at the other end, and what a desk that takes in does not speak comes in at one that does.

use crate::model::{
    Filter, From, LanguageId, Link, LinkKind, Matter, Organization, Ownership, People, Role,
    RoleId, Work, World,
};

/// Languages of these that nobody at a role speaks.
fn not_spoken(role: &Role, languages: &[LanguageId]) -> Vec<LanguageId> {
    languages.iter().copied().filter(|&language| !role.understands(language)).collect()
}

fn all(world: &World) -> Vec<LanguageId> {
    (0..world.languages.len() as u32).map(LanguageId).collect()
}

/// The filter kept for these languages; `None` if it is for none of them.
pub(super) fn kept_for(filter: &Filter, languages: &[LanguageId], world: &World) -> Option<Filter> {
    let kept: Vec<LanguageId> =
        languages.iter().copied().filter(|&language| filter.is_in(language)).collect();
    let all = kept.len() == world.languages.len();
    let languages = if all { Vec::new() } else { kept.clone() };
    (all || !kept.is_empty()).then(|| Filter { languages, ..filter.clone() })
}

/// The links over which messages and drafts are read, kept for the languages spoken at the other end, and where somebody
/// passes them on, at both. Questions and exceptions are put in the company's own words.
pub(super) fn understood(organization: &Organization, world: &World) -> Organization {
    let languages = all(world);
    let nobodys: Vec<LanguageId> = languages
        .iter()
        .copied()
        .filter(|&language| !organization.roles().any(|(_, role)| answers_in(role, language)))
        .collect();
    organization.relinked(|from, to, link| {
        let (read, by_both) = match link.kind {
            LinkKind::Intake { .. } | LinkKind::Listen | LinkKind::Overflow(_) => (true, false),
            LinkKind::Route(_) | LinkKind::Escalate | LinkKind::Approve => (true, true),
            LinkKind::RouteShare(_)
            | LinkKind::Consult
            | LinkKind::Report
            | LinkKind::Policy(_) => (false, false),
        };
        let mut foreign = not_spoken(organization.role(to), &languages);
        if let From::Role(from) = from
            && by_both
        {
            // nobody passes on what they cannot read
            foreign.extend(not_spoken(organization.role(from), &languages));
        }
        if matches!(link.kind, LinkKind::Intake { .. }) {
            // What nobody speaks stays where it comes in, to be found there.
            foreign.retain(|language| !nobodys.contains(language));
        }
        if !read || foreign.is_empty() {
            return Some(link.clone());
        }
        let spoken: Vec<LanguageId> =
            languages.iter().copied().filter(|language| !foreign.contains(language)).collect();
        Some(Link { filter: kept_for(&link.filter, &spoken, world)?, ..link.clone() })
    })
}

fn answers_in(role: &Role, language: LanguageId) -> bool {
    let somebody = !matches!(&role.people, People::Some(people) if people.is_empty());
    somebody && role.answers() && role.understands(language)
}

/// The organization with cases led to those who speak their language.
///
/// What a desk that takes in does not speak comes in, sorted by language, at desks that answer in it: at those of a
/// unit what is about the unit; the rest, and all where no such desk is a unit's, at the first that is no unit's, else
/// at the first. Whoever takes in reads what is new.
pub(super) fn led(organization: Organization, world: &World) -> Organization {
    let languages = all(world);
    let foreign = |role: &Role| !not_spoken(role, &languages).is_empty();
    if !organization.roles().any(|(_, role)| foreign(role)) {
        return organization;
    }
    let mut new = understood(&organization, world);
    let mut ways: Vec<(From, RoleId, Filter)> = Vec::new();
    for (from, to, link) in organization.links() {
        if !matches!(link.kind, LinkKind::Intake { .. }) {
            continue;
        }
        for language in not_spoken(organization.role(to), &languages) {
            for (desk, matter) in desks_for(&organization, language, link.filter.matter) {
                let filter = Filter { matter, languages: vec![language], ..link.filter.clone() };
                add(&mut ways, (from, desk, filter));
            }
        }
    }
    for (from, to, filter) in ways {
        if let Work::Desk(desk) = &mut new.role_mut(to).work {
            desk.triage = true;
        }
        let link = Link::at_once(LinkKind::Intake { own_account: false }, filter);
        new.add_link(from, to, Link { ownership: Ownership::OwnerOnly, ..link });
    }
    new
}

/// Add a way in; those alike but for the language become one.
fn add(ways: &mut Vec<(From, RoleId, Filter)>, (from, to, filter): (From, RoleId, Filter)) {
    let alike = |known: &&mut (From, RoleId, Filter)| {
        let of = |filter: &Filter| Filter { languages: Vec::new(), ..filter.clone() };
        (known.0, known.1) == (from, to) && of(&known.2) == of(&filter)
    };
    match ways.iter_mut().find(alike) {
        Some((_, _, known)) => {
            known.languages.extend(filter.languages);
            known.languages.sort_unstable();
            known.languages.dedup();
        }
        None => ways.push((from, to, filter)),
    }
}

/// Desks that answer in a language, each with the matters that come in there, those of a unit first.
fn desks_for(
    organization: &Organization,
    language: LanguageId,
    matter: Option<Matter>,
) -> Vec<(RoleId, Option<Matter>)> {
    let speak: Vec<(RoleId, &Role)> =
        organization.roles().filter(|(_, role)| answers_in(role, language)).collect();
    let Some(&(rest, _)) = speak.iter().find(|(_, role)| role.unit.is_none()).or(speak.first())
    else {
        return Vec::new();
    };
    let about = |(id, role): &(RoleId, &Role)| Some((*id, Some(Matter::About(role.unit?))));
    let of_units = speak.iter().filter_map(about);
    let mut desks: Vec<(RoleId, Option<Matter>)> =
        of_units.filter(|(_, about)| matter.is_none() || matter == *about).collect();
    desks.push((rest, matter));
    desks
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::model::archetype::{Archetype, Kind, Staff};
    use crate::model::load::example;
    use crate::model::{ChannelId, Practice, load, problems};

    const ENGLISH: LanguageId = LanguageId(0);
    const GERMAN: LanguageId = LanguageId(1);

    fn bilingual() -> World {
        let mut world = example::world();
        world.languages = ["English", "German"].map(String::from).to_vec();
        for stream in &mut world.streams {
            stream.mix.languages = crate::model::Shares::new(&[0.6, 0.4]).expect("shares");
        }
        world
    }

    fn speaking(staff: &Staff, language: LanguageId) -> Staff {
        let kind = Kind { speaks: Some(vec![language]), ..(*staff.kind).clone() };
        Staff { kind: Arc::new(kind), ..staff.clone() }
    }

    #[test]
    fn where_everybody_speaks_all_nothing_is_led() {
        let (world, practice) = (bilingual(), example::practice());
        for plan in example::all() {
            let organization = plan.build(&world, &practice);
            let by_language = |link: &Link| !link.filter.languages.is_empty();
            assert!(!organization.links().any(|(_, _, link)| by_language(link)), "{plan:?}");
        }
    }

    #[test]
    fn what_the_hub_does_not_speak_comes_in_at_the_spokes_and_is_read_there() {
        let Archetype::HubAndSpoke(mut plan) = example::hub_and_spoke() else {
            unreachable!("it is one")
        };
        plan.front = speaking(&plan.front, ENGLISH);
        plan.spoke = speaking(&plan.spoke, GERMAN);
        let (world, practice) = (bilingual(), example::practice());
        let organization = Archetype::HubAndSpoke(plan).build(&world, &practice);
        let hub = organization.find("hub").expect("there is a hub");
        let in_german: Vec<(String, Option<Matter>)> = organization
            .links_from(From::Channel(ChannelId(0)))
            .filter(|(_, link)| matches!(link.kind, LinkKind::Intake { .. }))
            .filter(|(_, link)| link.filter.is_in(GERMAN))
            .map(|(to, link)| (organization.role(to).name.clone(), link.filter.matter))
            .collect();
        let mut expected: Vec<(String, Option<Matter>)> = (0..)
            .zip(&world.units)
            .map(|(unit, name)| {
                (format!("{name} spoke"), Some(Matter::About(crate::model::UnitId(unit))))
            })
            .collect();
        expected.push((expected[0].0.clone(), None));
        assert_eq!(in_german, expected);
        // the hub keeps what it speaks, and passes nothing on to people who do not
        assert!(
            !organization
                .links_from(From::Role(hub))
                .any(|(_, link)| matches!(link.kind, LinkKind::Route(_)))
        );
        let spoke = organization.find("cars spoke").expect("there is a spoke");
        let Work::Desk(desk) = &organization.role(spoke).work else { unreachable!("it is a desk") };
        assert!(desk.triage);
        answered(&world, &practice, &organization);
    }

    /// All that comes in is answered, refused or needs no reply; nothing is foreign where it comes.
    fn answered(world: &World, practice: &Practice, organization: &Organization) {
        let load = load(world, practice, organization);
        let ends = load.journey;
        let accounted = ends.refused + ends.no_reply_needed + ends.first_replies;
        assert!((accounted - ends.inquiries).abs() < 1e-6 * ends.inquiries, "{ends:?}");
        let problems = problems(world, practice, [organization], true).remove(0);
        let codes: Vec<&str> = problems.iter().map(|problem| problem.finding.code).collect();
        assert!(!codes.contains(&"language-nobody-speaks"), "{codes:?}");
    }

    #[test]
    fn what_nobody_speaks_stays_where_it_comes_in_and_is_told() {
        let Archetype::Centralized(mut plan) = example::centralized() else {
            unreachable!("it is one")
        };
        plan.front = speaking(&plan.front, ENGLISH);
        let (world, practice) = (bilingual(), example::practice());
        let organization = Archetype::Centralized(plan).build(&world, &practice);
        let problems = problems(&world, &practice, [&organization], true).remove(0);
        let told: Vec<&str> = problems
            .iter()
            .filter(|problem| problem.finding.code == "language-nobody-speaks")
            .map(|problem| problem.finding.message.as_str())
            .collect();
        assert_eq!(told, ["nobody at `desk` speaks `German`, in which cases come there"]);
    }

    #[test]
    fn a_vendor_in_front_takes_what_it_speaks_and_the_desk_keeps_the_rest() {
        use crate::model::archetype::{Contract, Deal, Takes};
        let (world, practice) = (bilingual(), example::practice());
        for plan in example::all() {
            let contract = Contract {
                vendor: speaking(&example::staff(30.0), ENGLISH),
                vendor_open: plan.common().open.clone(),
                vendor_open_hours_per_week: 84.0,
                approval: 0.1,
                authority: crate::model::Risk::High,
                playbook_only: false,
                takes: Takes::Everything,
                deal: Deal::default(),
            };
            let own = plan.build(&world, &practice);
            let signed = contract.sign(&own, plan.common(), &world, &practice);
            answered(&world, &practice, &signed);
            let named = signed.roles().filter(|(_, role)| role.name.ends_with("vendor desk"));
            let (vendor, _) = named.last().expect("it is signed");
            let gets = |language| {
                signed.links().any(|(from, to, link)| {
                    to == vendor && matches!(from, From::Channel(_)) && link.filter.is_in(language)
                })
            };
            assert_eq!((gets(ENGLISH), gets(GERMAN)), (true, false), "{plan:?}");
        }
    }
}
