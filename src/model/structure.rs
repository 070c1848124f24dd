//! The shape of an organization: who is reached, who reports to whom, and on whom all depends.

use crate::model::load::{Class, calendars, classes, load, uncovered};
use crate::model::{
    ChannelId, From, Link, LinkKind, Organization, Practice, RoleId, RouteWhen, StreamKind,
    TopicId, UnitId, Work, World,
};
use crate::units::SimTime;

/// κ from which a role counts as holding a unit's matter: it knows more of it than not.
const HOLDS: f64 = 0.5;

/// What can be read off an organization's graph.
#[derive(Debug, Clone, PartialEq)]
pub struct Structure {
    /// Roles that nothing reaches from any channel.
    pub unreachable: Vec<RoleId>,
    /// Roles on the longest chain of reporting lines, 1 without any.
    pub layers: usize,
    /// Direct reports of each role that has any.
    pub spans: Vec<Span>,
    /// Mean number of links from a channel to whoever knows the answer, over the inquiries that somebody
    /// answers knowingly; 1 if the first desk always knows. `None` if nobody knows anything.
    pub path_length: Option<f64>,
    /// Share of first replies by somebody who knew, was told or found the answer.
    pub answered_knowingly: Option<f64>,
    /// Roles without which nobody can answer some of the inquiries, the largest share first.
    pub single_points: Vec<SinglePoint>,
    /// Units whose matters only one role knows.
    pub sole_holders: Vec<SoleHolder>,
    /// Stretches of the week, from the start of the run, in which no role that a channel reaches is open.
    pub uncovered: Vec<(SimTime, SimTime)>,
}

/// The direct reports of a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// To whom they report.
    pub role: RoleId,
    /// How many roles report.
    pub roles: usize,
    /// How many persons fill them; infinitely many count as none.
    pub people: usize,
}

/// A role without which nobody can answer.
#[derive(Debug, Clone, PartialEq)]
pub struct SinglePoint {
    /// The role.
    pub role: RoleId,
    /// Channels with inquiries that need it.
    pub channels: Vec<ChannelId>,
    /// Share of all inquiries that need it.
    pub share: f64,
}

/// The only role that knows a unit's matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SoleHolder {
    /// Whose matters.
    pub unit: UnitId,
    /// Who knows them.
    pub role: RoleId,
}

impl Structure {
    /// Hours of the week in which nobody on the front line is there.
    pub fn uncovered_hours(&self) -> f64 {
        self.uncovered.iter().map(|(start, end)| end.since(*start).hours()).sum()
    }

    /// Mean span of control: people who report ÷ roles reported to. `None` without reporting lines.
    pub fn mean_span(&self) -> Option<f64> {
        let people: usize = self.spans.iter().map(|span| span.people).sum();
        (!self.spans.is_empty()).then(|| people as f64 / self.spans.len() as f64)
    }
}

/// Read the shape of an organization off its graph.
///
/// A role is a single point of failure for a class of inquiries if, without it, no fitting chain of
/// intake, route, escalate and overflow links leads to a desk that may answer. A unit's matter has a sole
/// holder if exactly one role that is reached has κ ≥ 0.5 on it, for some topic. Path lengths are means
/// over the expected flow, see [`load`](crate::model::load).
pub fn structure(world: &World, practice: &Practice, organization: &Organization) -> Structure {
    let journey = load(world, practice, organization).journey;
    let unreachable = organization.unreachable_roles();
    Structure {
        layers: layers(organization),
        spans: spans(organization),
        path_length: (0.0 < journey.known).then(|| journey.links_to_knowledge / journey.known),
        answered_knowingly: (0.0 < journey.first_replies)
            .then(|| journey.known / journey.first_replies),
        single_points: single_points(world, organization),
        sole_holders: sole_holders(world, organization, &unreachable),
        uncovered: uncovered(&front_line(organization).flat_map(calendars).collect::<Vec<_>>()),
        unreachable,
    }
}

fn front_line(organization: &Organization) -> impl Iterator<Item = &crate::model::Role> {
    let taken_in = |id: RoleId| {
        organization
            .links()
            .any(|(_, to, link)| to == id && matches!(link.kind, LinkKind::Intake { .. }))
    };
    organization.roles().filter(move |&(id, _)| taken_in(id)).map(|(_, role)| role)
}

/// Longest chain of reporting lines, in roles. A circle of them is followed once.
fn layers(organization: &Organization) -> usize {
    let reports: Vec<(usize, usize)> = organization
        .links()
        .filter(|(_, _, link)| link.kind == LinkKind::Report)
        .filter_map(|(from, to, _)| match from {
            From::Role(from) => Some((from.index(), to.index())),
            From::Channel(_) => None,
        })
        .collect();
    let n = organization.role_count();
    let mut depth = vec![1_usize; n];
    for _ in 1..n {
        for &(from, to) in &reports {
            depth[from] = depth[from].max(depth[to] + 1).min(n);
        }
    }
    depth.into_iter().max().unwrap_or(0)
}

fn spans(organization: &Organization) -> Vec<Span> {
    let reports_to = |boss: RoleId| {
        organization.links().filter_map(move |(from, to, link)| match from {
            From::Role(from) if to == boss && link.kind == LinkKind::Report => Some(from),
            _ => None,
        })
    };
    let people = |role: RoleId| organization.role(role).persons().unwrap_or(0);
    organization
        .roles()
        .map(|(role, _)| Span {
            role,
            roles: reports_to(role).count(),
            people: reports_to(role).map(people).sum(),
        })
        .filter(|span| 0 < span.roles)
        .collect()
}

fn single_points(world: &World, organization: &Organization) -> Vec<SinglePoint> {
    let mut points: Vec<SinglePoint> = Vec::new();
    let classes = classes(world, StreamKind::Inquiries, false);
    let all: f64 = classes.iter().map(|class| class.per_hour).sum();
    for class in &classes {
        let (reached, answered) = reach(class, organization, None);
        if !answered {
            continue;
        }
        for role in reached.into_iter().filter(|&role| !reach(class, organization, Some(role)).1) {
            let channel = ChannelId(class.channel as u32);
            let at = points.iter().position(|point| point.role == role).unwrap_or_else(|| {
                points.push(SinglePoint { role, channels: Vec::new(), share: 0.0 });
                points.len() - 1
            });
            points[at].share += class.per_hour / all;
            if !points[at].channels.contains(&channel) {
                points[at].channels.push(channel);
            }
        }
    }
    points.sort_by(|a, b| b.share.total_cmp(&a.share).then(a.role.cmp(&b.role)));
    points
}

/// Roles that a class can come to without one role, and whether somebody among them may answer.
fn reach(
    class: &Class,
    organization: &Organization,
    without: Option<RoleId>,
) -> (Vec<RoleId>, bool) {
    let takes_in = |link: &Link| match link.kind {
        // Posted to the right account, a post is its unit's whatever it is about.
        LinkKind::Intake { own_account } => {
            let posted =
                if own_account { Class { domain: 1 + class.unit, ..*class } } else { *class };
            posted.fits(&link.filter)
        }
        _ => false,
    };
    let moves = |link: &Link| {
        let kind = matches!(
            link.kind,
            LinkKind::Route(_)
                | LinkKind::Escalate
                | LinkKind::Overflow(_)
                | LinkKind::RouteShare(_)
        );
        kind && class.fits(&link.filter)
    };
    let channel = From::Channel(ChannelId(class.channel as u32));
    let mut next: Vec<RoleId> = organization
        .links_from(channel)
        .filter(|(_, link)| takes_in(link))
        .map(|(to, _)| to)
        .collect();
    let mut reached = Vec::new();
    let mut answered = false;
    while let Some(role) = next.pop() {
        if Some(role) == without || reached.contains(&role) {
            continue;
        }
        reached.push(role);
        let links = || organization.links_from(From::Role(role));
        let sends_all = links().any(|(_, link)| {
            link.kind == LinkKind::Route(RouteWhen::Always) && class.fits(&link.filter)
        });
        answered |= match &organization.role(role).work {
            Work::Serve { .. } => true,
            Work::Desk(desk) => desk.answer && !sends_all,
        };
        next.extend(links().filter(|(_, link)| moves(link)).map(|(to, _)| to));
    }
    (reached, answered)
}

fn sole_holders(
    world: &World,
    organization: &Organization,
    unreachable: &[RoleId],
) -> Vec<SoleHolder> {
    let mut matters: Vec<(usize, usize)> = classes(world, StreamKind::Inquiries, false)
        .into_iter()
        .filter(|class| class.domain != 0)
        .map(|class| (class.unit, class.topic))
        .collect();
    matters.sort_unstable();
    matters.dedup();
    let mut sole: Vec<SoleHolder> = Vec::new();
    for (unit, topic) in matters {
        let holds = |(id, role): &(RoleId, &crate::model::Role)| {
            let knows = || HOLDS <= role.knowledge.kappa(TopicId(topic as u32), 1 + unit);
            !unreachable.contains(id) && matches!(role.work, Work::Desk(_)) && knows()
        };
        let mut holders = organization.roles().filter(holds).map(|(id, _)| id);
        if let (Some(role), None) = (holders.next(), holders.next()) {
            let found = SoleHolder { unit: UnitId(unit as u32), role };
            if !sole.contains(&found) {
                sole.push(found);
            }
        }
    }
    sole
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::load::example;
    use crate::model::{People, Person};

    fn of(organization: &Organization) -> Structure {
        structure(&example::world(), &example::practice(), organization)
    }

    fn built(archetype: &crate::model::archetype::Archetype) -> (Organization, Structure) {
        let organization = archetype.build(&example::world(), &example::practice());
        let structure = of(&organization);
        (organization, structure)
    }

    #[test]
    fn all_of_a_central_desk_hangs_on_it_and_on_the_experts() {
        let (organization, structure) = built(&example::centralized());
        let desk = organization.find("desk").unwrap();
        assert_eq!(structure.single_points.len(), 1);
        assert_eq!(structure.single_points[0].role, desk);
        assert!((structure.single_points[0].share - 1.0).abs() < 1e-9);
        let holders: Vec<&str> = structure
            .sole_holders
            .iter()
            .map(|holder| organization.role(holder.role).name.as_str())
            .collect();
        assert_eq!(holders, ["cars expert", "vans expert", "bikes expert", "parts expert"]);
        assert_eq!(structure.layers, 2);
        assert_eq!(structure.unreachable, []);
        // The desk knows 75%, somebody it asks all but the 2.4% of hard generic matters.
        let (knows, told) = (0.8 * 0.9 + 0.2 * 0.15, 0.8 * 0.07 + 0.2 * 0.85);
        let length = (knows + 2.0 * told) / (knows + told);
        assert!((structure.path_length.unwrap() - length).abs() < 1e-9);
        assert!((structure.answered_knowingly.unwrap() - 0.976).abs() < 1e-9);
        assert!((structure.uncovered_hours() - 84.0).abs() < 1e-9);
    }

    #[test]
    fn each_unit_of_its_own_is_needed_for_its_own() {
        let (organization, structure) = built(&example::decentralized());
        let shares: Vec<(&str, f64)> = structure
            .single_points
            .iter()
            .map(|point| {
                (organization.role(point.role).name.as_str(), (point.share * 1e6).round() / 1e6)
            })
            .collect();
        assert_eq!(
            shares,
            [("cars desk", 0.4), ("vans desk", 0.3), ("bikes desk", 0.2), ("parts desk", 0.1)]
        );
        assert_eq!(structure.sole_holders, []);
    }

    #[test]
    fn a_hub_is_needed_and_its_spokes_are_not() {
        let (organization, structure) = built(&example::hub_and_spoke());
        assert_eq!(
            structure.single_points.iter().map(|point| point.role).collect::<Vec<_>>(),
            [organization.find("hub").unwrap()]
        );
    }

    #[test]
    fn span_and_layers_follow_the_reporting_lines() {
        let (mut organization, _) = built(&example::outsourced());
        let (strategist, desk) =
            (organization.find("strategist").unwrap(), organization.find("client desk").unwrap());
        organization.role_mut(desk).people = People::Some(vec![Person::full(); 3]);
        let structure = of(&organization);
        assert_eq!(structure.layers, 3);
        assert!(structure.spans.contains(&Span { role: strategist, roles: 1, people: 3 }));
    }

    #[test]
    fn a_role_behind_no_link_is_unreachable() {
        let (mut organization, _) = built(&example::centralized());
        let mut lonely = organization.role(RoleId(0)).clone();
        lonely.name = "lonely".into();
        let lonely = organization.add_role(lonely);
        assert_eq!(of(&organization).unreachable, [lonely]);
    }
}
