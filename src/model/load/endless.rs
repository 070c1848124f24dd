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
        for (landing, _) in class.landings(world, organization) {
            let channel = if desks.by_channel { class.channel } else { 0 };
            let kind = (class.topic, class.unit, class.domain, class.risk);
            let language = if desks.by_language { class.language } else { 0 };
            if seen.insert((landing, kind, channel, language)) {
                desks.follow(class, landing, &mut found);
            }
        }
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
    fn follow(&self, class: &Class, landing: usize, found: &mut Vec<Endless>) {
        let topic = TopicId(class.topic as u32);
        let full = self.roles.iter().filter(|(role, _)| matches!(role.work, Work::Desk(_)));
        let kappas = full.map(|(role, _)| role.knowledge.kappa(topic, class.domain));
        let mut edges: Vec<f64> = kappas.chain([0.0, 1.0]).map(|k| k.clamp(0.0, 1.0)).collect();
        edges.sort_by(f64::total_cmp);
        for pair in edges.windows(2).filter(|pair| pair[0] < pair[1]) {
            let circle = self.circle(class, (pair[0] + pair[1]) / 2.0, landing);
            if let Some(circle) = circle.filter(|circle| !found.contains(circle)) {
                found.push(circle);
            }
        }
    }

    /// A circle that cases of this difficulty come to and never leave.
    fn circle(&self, class: &Class, difficulty: f64, landing: usize) -> Option<Endless> {
        let mut ways: BTreeMap<usize, Next> = BTreeMap::new();
        let mut next = vec![landing];
        while let Some(at) = next.pop() {
            if ways.contains_key(&at) {
                continue;
            }
            let way = self.next(class, difficulty, at);
            if let Next::To(onward) = &way {
                next.extend(onward);
            }
            ways.insert(at, way);
        }
        let mut out: BTreeSet<usize> = BTreeSet::new();
        loop {
            let before = out.len();
            for (&at, way) in &ways {
                let ends = match way {
                    Next::Ends => true,
                    Next::To(onward) => onward.iter().any(|to| out.contains(to)),
                };
                if ends {
                    out.insert(at);
                }
            }
            if out.len() == before {
                break;
            }
        }
        let stuck = *ways.keys().find(|at| !out.contains(at))?;
        let mut path = vec![stuck];
        loop {
            let Next::To(onward) = &ways[path.last()?] else { return None };
            let to = *onward.first()?;
            if let Some(start) = path.iter().position(|&seen| seen == to) {
                return Some(told(&path[start..]));
            }
            path.push(to);
        }
    }

    fn next(&self, class: &Class, difficulty: f64, at: usize) -> Next {
        let (role, links) = &self.roles[at];
        let fitting = || links.iter().filter(|(_, link)| class.fits(&link.filter));
        let Work::Desk(desk) = &role.work else {
            let shares = fitting().filter_map(|(to, link)| match link.kind {
                LinkKind::RouteShare(share) if 0.0 < share => Some((*to, share)),
                _ => None,
            });
            let (onward, shares): (Vec<usize>, Vec<f64>) = shares.unzip();
            return if shares.iter().sum::<f64>() < ALL { Next::Ends } else { Next::To(onward) };
        };
        let over = |kind: LinkKind| {
            let first = fitting().find(|(_, link)| link.kind == kind);
            // What a link loses is found again and goes on.
            first.map(|&(to, _)| Next::To(vec![to]))
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
                    let asked = fitting().find(|(_, link)| link.kind == LinkKind::Consult);
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

/// A circle from its role with the lowest number.
fn told(circle: &[usize]) -> Endless {
    let mut roles: Vec<RoleId> = circle.iter().map(|&role| RoleId(role as u32)).collect();
    let first = (0..roles.len()).min_by_key(|&i| roles[i]).unwrap_or(0);
    roles.rotate_left(first);
    Endless { roles }
}
