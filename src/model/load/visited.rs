//! Which topics may come to which roles.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::model::{
    Filter, From, LanguageId, Link, LinkKind, Organization, Risk, Role, RoleId, RouteWhen, TopicId,
    Work, World,
};

use super::Class;

/// The topics that links let through to each role, whoever knows the answer on the way.
pub(super) struct Visited {
    /// By role: topics that come there in any way, to be worked on, to be asked about, to be approved.
    topics: Vec<BTreeSet<TopicId>>,
    /// By role: what it may answer with nobody to approve it.
    unapproved: Vec<BTreeSet<Unapproved>>,
    /// By role: topics on which cases come there that it neither answers nor passes on as a matter of course.
    unanswered: Vec<BTreeSet<TopicId>>,
    /// By role: languages in which cases and drafts come there to be read.
    languages: Vec<BTreeSet<LanguageId>>,
    /// Whether full desks decide what is passed on.
    pub(super) by_choice: bool,
}

/// Replies of a role that no `approve` link of it is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Unapproved {
    /// What they are about.
    pub(super) topic: TopicId,
    /// At which risk.
    pub(super) risk: Risk,
    /// Their language, where it alone is why: a link would fit but for it, or the role has none at all, as where a builder
    /// found no reviewer who reads it. `None` too where languages are not told apart.
    pub(super) foreign: Option<LanguageId>,
}

/// The links that begin at each role.
type Links<'a> = Vec<Vec<(usize, &'a Link)>>;

impl Visited {
    /// Follow these classes from their channels over all links that fit.
    pub(super) fn by(world: &World, organization: &Organization, classes: &[Class]) -> Visited {
        let roles: Vec<&Role> = organization.roles().map(|(_, role)| role).collect();
        let mut links: Links<'_> = vec![Vec::new(); roles.len()];
        for (from, to, link) in organization.links() {
            if let From::Role(from) = from {
                links[from.index()].push((to.index(), link));
            }
        }
        let mut visited = Visited {
            topics: vec![BTreeSet::new(); roles.len()],
            unapproved: vec![BTreeSet::new(); roles.len()],
            unanswered: vec![BTreeSet::new(); roles.len()],
            languages: vec![BTreeSet::new(); roles.len()],
            by_choice: roles.iter().any(|role| matches!(role.work, Work::Desk(_))),
        };
        for (class, landings) in apart(world, organization, classes) {
            let excepted = 0.0 < world.topics[class.topic].exceptions;
            visited.follow((world, organization), &roles, &links, (class, excepted), landings);
        }
        visited
    }

    /// Topics that may come to a role.
    pub(super) fn topics(&self, role: RoleId) -> impl Iterator<Item = TopicId> {
        self.topics[role.index()].iter().copied()
    }

    /// What a role answers and nobody approves.
    pub(super) fn unapproved(&self, role: RoleId) -> impl Iterator<Item = Unapproved> {
        self.unapproved[role.index()].iter().copied()
    }

    /// Topics on which cases come to a role that does not answer.
    pub(super) fn unanswered(&self, role: RoleId) -> impl Iterator<Item = TopicId> {
        self.unanswered[role.index()].iter().copied()
    }

    /// Languages in which cases and drafts may come to a role.
    pub(super) fn languages(&self, role: RoleId) -> impl Iterator<Item = LanguageId> {
        self.languages[role.index()].iter().copied()
    }

    /// Exceptions on a topic may be decided by whoever is above the role.
    fn decided(&mut self, organization: &Organization, role: RoleId, topic: TopicId) {
        for (boss, _) in organization.superiors(role) {
            self.topics[boss.index()].insert(topic);
        }
    }

    fn follow(
        &mut self,
        (world, organization): (&World, &Organization),
        roles: &[&Role],
        links: &Links<'_>,
        (class, excepted): (&Class, bool),
        landings: Vec<usize>,
    ) {
        let topic = TopicId(class.topic as u32);
        let language = LanguageId(class.language as u32);
        let mut seen = vec![false; roles.len()];
        let mut next: VecDeque<usize> = landings.into();
        while let Some(at) = next.pop_front() {
            if std::mem::replace(&mut seen[at], true) {
                continue;
            }
            self.topics[at].insert(topic);
            self.languages[at].insert(language);
            let fitting = || links[at].iter().filter(|(_, link)| class.fits(&link.filter));
            let has = |kind: LinkKind| fitting().any(|(_, link)| link.kind == kind);
            let always = has(LinkKind::Route(RouteWhen::Always));
            let answers = matches!(roles[at].work, Work::Desk(_));
            let refuses = matches!(&roles[at].work, Work::Desk(desk) if !desk.answer);
            if refuses && !always {
                self.unanswered[at].insert(topic);
            }
            if answers && !always {
                let approved = |risk: Risk| {
                    let of =
                        |link: &Link| link.kind == LinkKind::Approve && link.filter.is_for(risk);
                    fitting().any(|(_, link)| of(link))
                };
                let risks = &world.topics[class.topic].risks;
                let comes = |risk: Risk| class.risk.is_none_or(|only| only == risk);
                let open =
                    |risk: &Risk| 0.0 < risks.share(*risk) && comes(*risk) && !approved(*risk);
                let reviews = |link: &Link| link.kind == LinkKind::Approve;
                let foreign = |risk: Risk| {
                    let of = |link: &Link| {
                        let filter = Filter { languages: Vec::new(), ..link.filter.clone() };
                        reviews(link) && filter.is_for(risk) && class.fits(&filter)
                    };
                    let mut links = links[at].iter().map(|(_, link)| *link);
                    !world.languages.is_empty() && (links.clone().any(of) || !links.any(reviews))
                };
                let open = Risk::ALL.into_iter().filter(open).map(|risk| Unapproved {
                    topic,
                    risk,
                    foreign: foreign(risk).then_some(language),
                });
                self.unapproved[at].extend(open);
            }
            for &(to, link) in fitting() {
                match link.kind {
                    LinkKind::Consult => {
                        self.topics[to].insert(topic);
                    }
                    LinkKind::Approve => {
                        self.topics[to].insert(topic);
                        self.languages[to].insert(language);
                    }
                    LinkKind::Report if excepted && climbs(roles[at]) => {
                        self.decided(organization, RoleId(at as u32), topic);
                    }
                    LinkKind::RouteShare(share) if share <= 0.0 => {}
                    LinkKind::RouteShare(_)
                    | LinkKind::Route(_)
                    | LinkKind::Escalate
                    | LinkKind::Overflow(_) => next.push_back(to),
                    LinkKind::Intake { .. }
                    | LinkKind::Listen
                    | LinkKind::Report
                    | LinkKind::Policy(_) => {}
                }
            }
        }
    }
}

/// Whether exceptions at a role's desk may be decided above it.
fn climbs(role: &Role) -> bool {
    matches!(&role.work, Work::Desk(desk) if 0.0 < desk.centralization)
}

/// Classes that some link tells apart, with the roles where they may land.
fn apart<'c>(
    world: &World,
    organization: &Organization,
    classes: &'c [Class],
) -> Vec<(&'c Class, Vec<usize>)> {
    let by_channel = organization
        .links()
        .any(|(from, _, link)| matches!(from, From::Role(_)) && !link.filter.channels.is_empty());
    let by_matter = organization.links().any(|(_, _, link)| link.filter.matter.is_some());
    let mut kinds: BTreeMap<_, &Class> = BTreeMap::new();
    for class in classes {
        let matter = if by_matter { (class.unit, class.domain) } else { (0, 0) };
        let landings = class.landings(world, organization);
        let landings: BTreeSet<usize> = landings.into_iter().map(|landing| landing.0).collect();
        let channel = if by_channel { class.channel } else { 0 };
        let kind = (class.topic, matter, channel, class.language, class.risk);
        kinds.entry((kind, landings)).or_insert(class);
    }
    kinds.into_iter().map(|(key, class)| (class, key.1.into_iter().collect())).collect()
}
