//! Ways in which cases would be passed on for ever.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{
    From, Help, Link, LinkKind, Organization, Role, RoleId, RouteWhen, TopicId, Work, World,
};

use super::{Class, Endless};

/// Share from which a plain desk lets nothing leave, and a link nothing arrive.
const ALL: f64 = 1.0 - 1e-9;

/// Circles of desks from which some case of these classes never comes out: nobody in them answers it.
///
/// What a desk does with a case is certain once topic, matter and difficulty are, up to luck that
/// only ends cases or delays them (a search that finds, triage that refuses). Plain desks pass on by
/// chance. So a case goes round for ever if, from a desk it may come to, no way leads to an end.
pub(super) fn endless(
    world: &World,
    organization: &Organization,
    classes: &[Class],
) -> Vec<Endless> {
    let onward = |link: &Link| {
        matches!(link.kind, LinkKind::Route(_) | LinkKind::Escalate | LinkKind::RouteShare(_))
    };
    let full = |role: &RoleId| matches!(organization.role(*role).work, Work::Desk(_));
    if !organization.cycles(onward).iter().any(|circle| circle.iter().any(full)) {
        return Vec::new();
    }
    let desks = Desks::of(organization);
    let mut found: Vec<Endless> = Vec::new();
    let mut seen = BTreeSet::new();
    for class in classes {
        let channel = if desks.by_channel { class.channel } else { 0 };
        let kind = (class.topic, class.unit, class.domain, class.risk);
        let language = if desks.by_language { class.language } else { 0 };
        let landings = class.landings(world, organization).into_iter().map(|(landing, _)| landing);
        let new = landings.filter(|&landing| seen.insert((landing, kind, channel, language)));
        desks.follow(class, &new.collect::<Vec<_>>(), &mut found);
    }
    found
}

/// The roles with the links that begin at each.
struct Desks<'a> {
    roles: Vec<(&'a Role, Vec<(usize, &'a Link)>)>,
    /// Whether some link is for some channels only, or for some languages only.
    by_channel: bool,
    by_language: bool,
}

/// What becomes of a case at a desk.
enum Next {
    /// Somebody may answer it, or it may leave.
    Ends,
    /// It goes on, to one of these.
    To(Vec<usize>),
}

impl<'a> Desks<'a> {
    fn of(organization: &'a Organization) -> Desks<'a> {
        let mut roles: Vec<(&Role, Vec<_>)> =
            organization.roles().map(|(_, role)| (role, Vec::new())).collect();
        for (from, to, link) in organization.links() {
            if let From::Role(from) = from {
                roles[from.index()].1.push((to.index(), link));
            }
        }
        let by_channel = organization.links().any(|(_, _, link)| !link.filter.channels.is_empty());
        let by_language =
            organization.links().any(|(_, _, link)| !link.filter.languages.is_empty());
        Desks { roles, by_channel, by_language }
    }

    /// Follow the cases of a class from where they landed, for each difficulty that makes a difference.
    fn follow(&self, class: &Class, landings: &[usize], found: &mut Vec<Endless>) {
        if landings.is_empty() {
            return;
        }
        let topic = TopicId(class.topic as u32);
        let full = self.roles.iter().filter(|(role, _)| matches!(role.work, Work::Desk(_)));
        let kappas = full.map(|(role, _)| role.knowledge.kappa(topic, class.domain));
        let mut edges: Vec<f64> = kappas.chain([0.0, 1.0]).map(|k| k.clamp(0.0, 1.0)).collect();
        edges.sort_by(f64::total_cmp);
        let pairs = edges.windows(2).filter(|pair| pair[0] < pair[1]);
        let difficulties = pairs.map(|pair| (pair[0] + pair[1]) / 2.0);
        let all: Vec<Ways> =
            difficulties.map(|difficulty| self.ways(class, difficulty, landings)).collect();
        for &landing in landings {
            for circle in all.iter().filter_map(|ways| ways.circle(landing)) {
                if !found.contains(&circle) {
                    found.push(circle);
                }
            }
        }
    }

    /// What becomes of cases of this difficulty wherever they come to.
    fn ways(&self, class: &Class, difficulty: f64, landings: &[usize]) -> Ways {
        let mut ways: BTreeMap<usize, Next> = BTreeMap::new();
        let mut before: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let (mut next, mut ending) = (landings.to_vec(), Vec::new());
        while let Some(at) = next.pop() {
            if ways.contains_key(&at) {
                continue;
            }
            let way = self.next(class, difficulty, at);
            match &way {
                Next::Ends => ending.push(at),
                Next::To(onward) => {
                    next.extend(onward);
                    onward.iter().for_each(|&to| before.entry(to).or_default().push(at));
                }
            }
            ways.insert(at, way);
        }
        let mut stuck: BTreeSet<usize> = ways.keys().copied().collect();
        while let Some(at) = ending.pop() {
            if stuck.remove(&at) {
                ending.extend(before.get(&at).into_iter().flatten());
            }
        }
        Ways { ways, stuck }
    }

    fn next(&self, class: &Class, difficulty: f64, at: usize) -> Next {
        let (role, links) = &self.roles[at];
        // a desk may have a link to each other one: the kind is told at a glance, the filter is not
        let fits = |link: &Link| class.fits(&link.filter);
        let first = |kind: LinkKind| links.iter().find(|(_, link)| link.kind == kind && fits(link));
        let Work::Desk(desk) = &role.work else {
            let shares = links.iter().filter_map(|(to, link)| match link.kind {
                LinkKind::RouteShare(share) if 0.0 < share && fits(link) => Some((*to, share)),
                _ => None,
            });
            let (onward, shares): (Vec<usize>, Vec<f64>) = shares.unzip();
            return if shares.iter().sum::<f64>() < ALL { Next::Ends } else { Next::To(onward) };
        };
        let over = |kind: LinkKind| {
            // What a link loses is found again and goes on.
            first(kind).map(|&(to, _)| Next::To(vec![to]))
        };
        if let Some(way) = over(LinkKind::Route(RouteWhen::Always)) {
            return way;
        }
        let knows = |role: &Role| {
            let topic = TopicId(class.topic as u32);
            matches!(role.work, Work::Serve { .. })
                || difficulty <= role.knowledge.kappa(topic, class.domain)
        };
        if knows(role) {
            return Next::Ends;
        }
        for when in [RouteWhen::WrongDesk, RouteWhen::Unknown] {
            if let Some(way) = over(LinkKind::Route(when)) {
                return way;
            }
        }
        for help in &desk.ladder {
            match help {
                Help::Search => {}
                Help::Consult => {
                    let asked = first(LinkKind::Consult);
                    if asked.is_some_and(|&(expert, _)| knows(self.roles[expert].0)) {
                        return Next::Ends;
                    }
                }
                Help::Escalate => {
                    if let Some(way) = over(LinkKind::Escalate) {
                        return way;
                    }
                }
                Help::Guess => break,
            }
        }
        Next::Ends
    }
}

/// Where cases of a class and difficulty go on to from each role they come to.
struct Ways {
    ways: BTreeMap<usize, Next>,
    /// The roles from which no way leads to an end.
    stuck: BTreeSet<usize>,
}

impl Ways {
    /// A circle that cases which landed here come to and never leave.
    fn circle(&self, landing: usize) -> Option<Endless> {
        if self.stuck.is_empty() {
            return None;
        }
        let reached = self.reached(landing);
        let mut path = vec![reached.intersection(&self.stuck).next().copied()?];
        loop {
            let Next::To(onward) = &self.ways[path.last()?] else { return None };
            let to = *onward.first()?;
            if let Some(start) = path.iter().position(|&seen| seen == to) {
                return Some(told(&path[start..]));
            }
            path.push(to);
        }
    }

    /// The roles that cases which landed here may come to.
    fn reached(&self, landing: usize) -> BTreeSet<usize> {
        let mut reached = BTreeSet::new();
        let mut next = vec![landing];
        while let Some(at) = next.pop() {
            if reached.insert(at)
                && let Next::To(onward) = &self.ways[&at]
            {
                next.extend(onward);
            }
        }
        reached
    }
}

/// A circle from its role with the lowest number.
fn told(circle: &[usize]) -> Endless {
    let mut roles: Vec<RoleId> = circle.iter().map(|&role| RoleId(role as u32)).collect();
    let first = (0..roles.len()).min_by_key(|&i| roles[i]).unwrap_or(0);
    roles.rotate_left(first);
    Endless { roles }
}
