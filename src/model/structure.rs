//! The shape of an organization: who is reached, who reports to whom, and on whom all depends.

use std::collections::BTreeMap;

use petgraph::algo::dominators;
use petgraph::graph::{DiGraph, NodeIndex};

use crate::model::attended::Attended;
use crate::model::load::{Class, by_risk, classes, load};
use crate::model::{
    ChannelId, From, LanguageId, Link, LinkKind, Organization, People, Practice, Role, RoleId,
    RouteWhen, StreamKind, TopicId, Unattended, UnitId, Work, World,
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
    /// Share of the links between roles that lead from one unit to another, the center counting as one;
    /// reporting lines left out. `None` without links.
    pub crossing_units: Option<f64>,
    /// Hours a week in which no desk that takes up what comes is open, the mean over the weeks of the run: where clocks change
    /// in one zone and not in another, these are not alike.
    pub uncovered_hours: f64,
    /// The same for each channel alone, in the world's order.
    pub uncovered_channel_hours: Vec<f64>,
    /// The same for each language that customers write in, then for each channel in each language.
    pub uncovered_languages: Vec<Unheard>,
    /// Topics for which nobody is there in more hours than for the rest of their channel and language: where links, helpers
    /// or skills are for some topics only. The longest first.
    pub uncovered_topics: Vec<Unattended>,
    /// Languages in which one person alone answers.
    pub lone_speakers: Vec<LoneSpeaker>,
}

/// When nobody is there who speaks a language.
#[derive(Debug, Clone, PartialEq)]
pub struct Unheard {
    /// The language.
    pub language: LanguageId,
    /// On which channel; `None` for all of them.
    pub channel: Option<ChannelId>,
    /// Hours a week, the mean over the weeks of the run.
    pub hours: f64,
}

/// The only person who answers in a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LoneSpeaker {
    /// The language.
    pub language: LanguageId,
    /// Where the person works.
    pub role: RoleId,
}

/// The direct reports of a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// To whom they report.
    pub role: RoleId,
    /// How many persons that is; infinitely many count as one.
    pub heads: usize,
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
    /// Mean span of control: people who report ÷ people reported to, who share those of their role evenly. `None` without
    /// reporting lines.
    pub fn mean_span(&self) -> Option<f64> {
        let people: usize = self.spans.iter().map(|span| span.people).sum();
        let heads: usize = self.spans.iter().map(|span| span.heads).sum();
        (!self.spans.is_empty()).then(|| people as f64 / heads as f64)
    }

    /// The same over those alone to whom no fewer people report than they are: the few of a vendor who report to a whole
    /// desk make nobody a superior of a part of a person. `None` without such reporting lines.
    pub fn mean_span_of_superiors(&self) -> Option<f64> {
        let superiors = || self.spans.iter().filter(|span| span.heads <= span.people);
        let people: usize = superiors().map(|span| span.people).sum();
        let heads: usize = superiors().map(|span| span.heads).sum();
        (0 < heads).then(|| people as f64 / heads as f64)
    }
}

/// Read the shape of an organization off its graph.
///
/// A role is a single point of failure for a class of inquiries if, without it, no fitting chain of
/// intake, route, escalate and overflow links leads to a desk that may answer. A unit's matter has a sole
/// holder if exactly one role that is reached has κ ≥ 0.5 on it, for some topic. Path lengths are means
/// over the expected flow, see [`load`](crate::model::load). Uncovered hours are means over the weeks that calendars list; those
/// of a study have [`structure_over`].
pub fn structure(world: &World, practice: &Practice, organization: &Organization) -> Structure {
    structure_over(world, practice, organization, None)
}

/// The same, with uncovered hours as means over these weeks, from and to: those [of a study](crate::model::Study::weeks).
pub fn structure_over(
    world: &World,
    practice: &Practice,
    organization: &Organization,
    weeks: Option<(SimTime, SimTime)>,
) -> Structure {
    let journey = load(world, practice, organization).journey;
    let unreachable = organization.unreachable_roles();
    let channels = 0..organization.channel_count() as u32;
    let attended = Attended::by(world, organization).over(weeks);
    let uncovered_channel_hours: Vec<f64> =
        channels.clone().map(|channel| attended.nobody_there(channel..channel + 1, None)).collect();
    let uncovered_languages = unheard(world, organization, &attended);
    let known = |channel: ChannelId, language: Option<LanguageId>| {
        let of = |gap: &&Unheard| Some(gap.language) == language && gap.channel == Some(channel);
        let of_language = uncovered_languages.iter().find(of).map_or(0.0, |gap| gap.hours);
        of_language.max(uncovered_channel_hours[channel.index()])
    };
    Structure {
        layers: layers(organization),
        spans: spans(organization),
        path_length: (0.0 < journey.known).then(|| journey.links_to_knowledge / journey.known),
        answered_knowingly: (0.0 < journey.first_replies)
            .then(|| journey.known / journey.first_replies),
        single_points: single_points(world, organization),
        sole_holders: sole_holders(world, organization, &unreachable),
        crossing_units: crossing_units(organization),
        uncovered_hours: attended.nobody_there(channels, None),
        uncovered_topics: attended.topics(known),
        uncovered_channel_hours,
        uncovered_languages,
        lone_speakers: lone_speakers(world, organization, &unreachable),
        unreachable,
    }
}

/// When nobody is there for each language, and for each channel in each, wherever customers write so.
fn unheard(world: &World, organization: &Organization, attended: &Attended<'_>) -> Vec<Unheard> {
    if world.languages.is_empty() {
        return Vec::new();
    }
    let mut written: Vec<(LanguageId, Option<ChannelId>)> =
        classes(world, StreamKind::Inquiries, true)
            .into_iter()
            .map(|class| (LanguageId(class.language as u32), ChannelId(class.channel as u32)))
            .flat_map(|(language, channel)| [(language, None), (language, Some(channel))])
            .collect();
    written.sort_by_key(|&(language, channel)| (channel.is_some(), language, channel));
    written.dedup();
    let all = 0..organization.channel_count() as u32;
    let of = |(language, channel): (LanguageId, Option<ChannelId>)| {
        let channels = channel.map_or(all.clone(), |ChannelId(one)| one..one + 1);
        let hours = attended.nobody_there(channels, Some(language));
        Unheard { language, channel, hours }
    };
    written.into_iter().map(of).collect()
}

/// Languages that customers write in and that one person alone speaks, of all who answer and are reached.
fn lone_speakers(
    world: &World,
    organization: &Organization,
    unreachable: &[RoleId],
) -> Vec<LoneSpeaker> {
    let lone = |language: LanguageId| {
        let mut who = organization
            .roles()
            .filter(|(id, role)| role.answers() && !unreachable.contains(id))
            .flat_map(|(id, role)| {
                let speakers = match &role.people {
                    People::Infinite => usize::MAX,
                    People::Some(people) => {
                        people.iter().filter(|person| person.understands(language)).count()
                    }
                };
                // two are as good as any number
                std::iter::repeat_n(id, speakers.min(2))
            });
        let role = who.next()?;
        who.next().is_none().then_some(LoneSpeaker { language, role })
    };
    let mut written: Vec<usize> = classes(world, StreamKind::Inquiries, true)
        .into_iter()
        .map(|class| class.language)
        .collect();
    written.sort_unstable();
    written.dedup();
    written.retain(|_| !world.languages.is_empty());
    written.into_iter().filter_map(|language| lone(LanguageId(language as u32))).collect()
}

fn crossing_units(organization: &Organization) -> Option<f64> {
    let unit = |role: RoleId| organization.role(role).unit;
    let between: Vec<bool> = organization
        .links()
        .filter(|(_, _, link)| link.kind.carries_cases())
        .filter_map(|(from, to, _)| match from {
            From::Role(from) => Some(unit(from) != unit(to)),
            From::Channel(_) => None,
        })
        .collect();
    let crossing = between.iter().filter(|crosses| **crosses).count();
    (!between.is_empty()).then(|| crossing as f64 / between.len() as f64)
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
        let mut deeper = false;
        for &(from, to) in &reports {
            let below = (depth[to] + 1).min(n);
            deeper |= depth[from] < below;
            depth[from] = depth[from].max(below);
        }
        if !deeper {
            break;
        }
    }
    depth.into_iter().max().unwrap_or(0)
}

fn spans(organization: &Organization) -> Vec<Span> {
    let people = |role: RoleId| organization.role(role).persons().unwrap_or(0);
    let heads = |role: &Role| role.persons().map_or(1, |persons| persons.max(1));
    let mut spans: Vec<Span> = organization
        .roles()
        .map(|(role, of)| Span { role, heads: heads(of), roles: 0, people: 0 })
        .collect();
    for (from, to, link) in organization.links() {
        if let (From::Role(from), LinkKind::Report) = (from, link.kind) {
            spans[to.index()].roles += 1;
            spans[to.index()].people += people(from);
        }
    }
    spans.retain(|span| 0 < span.roles);
    spans
}

fn single_points(world: &World, organization: &Organization) -> Vec<SinglePoint> {
    let mut points: BTreeMap<RoleId, SinglePoint> = BTreeMap::new();
    let classes = by_risk(classes(world, StreamKind::Inquiries, false), world, organization);
    let all: f64 = classes.iter().map(|class| class.per_hour).sum();
    let links = Links::of(organization);
    for class in &classes {
        let channel = ChannelId(class.channel as u32);
        for role in needed(class, organization, &links) {
            let point = points.entry(role).or_insert_with(|| SinglePoint {
                role,
                channels: Vec::new(),
                share: 0.0,
            });
            point.share += class.per_hour / all;
            if !point.channels.contains(&channel) {
                point.channels.push(channel);
            }
        }
    }
    let mut points: Vec<SinglePoint> = points.into_values().collect();
    points.sort_by(|a, b| b.share.total_cmp(&a.share).then(a.role.cmp(&b.role)));
    points
}

/// The links that begin at each channel and at each role.
struct Links<'a> {
    channels: Vec<Vec<(RoleId, &'a Link)>>,
    roles: Vec<Vec<(RoleId, &'a Link)>>,
}

impl<'a> Links<'a> {
    fn of(organization: &'a Organization) -> Links<'a> {
        let mut links = Links {
            channels: vec![Vec::new(); organization.channel_count()],
            roles: vec![Vec::new(); organization.role_count()],
        };
        for (from, to, link) in organization.links() {
            match from {
                From::Channel(channel) => links.channels[channel.index()].push((to, link)),
                From::Role(role) => links.roles[role.index()].push((to, link)),
            }
        }
        links
    }
}

/// The roles without which nobody can answer a class that somebody answers.
///
/// With a source before the intakes and a sink behind all who may answer, they are what every way from
/// one to the other goes through: the dominators of the sink.
fn needed(class: &Class, organization: &Organization, links: &Links<'_>) -> Vec<RoleId> {
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
    let n = links.roles.len();
    let mut ways = DiGraph::<(), ()>::with_capacity(n + 2, n);
    let nodes: Vec<NodeIndex> = (0..n + 2).map(|_| ways.add_node(())).collect();
    let (source, sink) = (nodes[n], nodes[n + 1]);
    let mut reached = vec![false; n];
    let mut next: Vec<usize> = Vec::new();
    for (to, _) in links.channels[class.channel].iter().filter(|(_, link)| takes_in(link)) {
        ways.add_edge(source, nodes[to.index()], ());
        next.push(to.index());
    }
    while let Some(role) = next.pop() {
        if std::mem::replace(&mut reached[role], true) {
            continue;
        }
        let sends_all = links.roles[role].iter().any(|(_, link)| {
            link.kind == LinkKind::Route(RouteWhen::Always) && class.fits(&link.filter)
        });
        let answers = match &organization.role(RoleId(role as u32)).work {
            Work::Serve { .. } => true,
            Work::Desk(desk) => desk.answer && !sends_all,
        };
        if answers {
            ways.add_edge(nodes[role], sink, ());
        }
        for (to, _) in links.roles[role].iter().filter(|(_, link)| moves(link)) {
            ways.add_edge(nodes[role], nodes[to.index()], ());
            next.push(to.index());
        }
    }
    let all = dominators::simple_fast(&ways, source);
    let through = all.strict_dominators(sink).into_iter().flatten();
    through.filter(|node| *node != source).map(|node| RoleId(node.index() as u32)).collect()
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
    let mut reached = vec![true; organization.role_count()];
    for role in unreachable {
        reached[role.index()] = false;
    }
    let mut sole: Vec<SoleHolder> = Vec::new();
    for (unit, topic) in matters {
        let holds = |(id, role): &(RoleId, &crate::model::Role)| {
            let knows = || HOLDS <= role.knows().kappa(TopicId(topic as u32), 1 + unit);
            reached[id.index()] && matches!(role.work, Work::Desk(_)) && knows()
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
mod tests;
