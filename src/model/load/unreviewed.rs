//! Drafts that somebody has to approve, and that nobody does.

use std::collections::BTreeSet;

use crate::model::{From, LanguageId, LinkKind, Organization, Role, RoleId, TopicId, Work, World};

use super::problems::{About, Problem, warning};
use super::visited::{Unapproved, Visited};

/// Why a draft has to be approved; the first that applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Due {
    /// Its topic always has to.
    Topic,
    /// Its risk is above the authority of the desk.
    Risk,
    /// A share of the desk's replies has to.
    Share,
    /// A share of the replies to those who went public has to.
    Loud,
}

impl Due {
    const ALL: [Due; 4] = [Due::Topic, Due::Risk, Due::Share, Due::Loud];

    fn of(world: &World, approve_loud: f64, role: &Role, draft: &Unapproved) -> Option<Due> {
        let Work::Desk(desk) = &role.work else { return None };
        let loud = 0.0 < approve_loud && world.goes_public();
        if world.topics[draft.topic.index()].always_approved {
            Some(Due::Topic)
        } else if desk.authority < draft.risk {
            Some(Due::Risk)
        } else if 0.0 < desk.approval {
            Some(Due::Share)
        } else {
            loud.then_some(Due::Loud)
        }
    }
}

/// What must be approved, by its topic, its risk or its share, at desks that answer it and ask nobody.
///
/// A share or a loud customer is told of only where languages make the difference: whose `approve` links are for some
/// topics only has said which.
pub(super) fn unreviewed(
    world: &World,
    approve_loud: f64,
    organization: &Organization,
    visited: &Visited,
) -> Vec<Problem> {
    let mut found = Vec::new();
    for (id, role) in organization.roles() {
        let asks = reviewers(organization, id).next().is_some();
        for due in Due::ALL {
            let always = matches!(due, Due::Topic | Due::Risk);
            let drafts = || {
                let all = visited.unapproved(id);
                let of = all.filter(move |of| Due::of(world, approve_loud, role, of) == Some(due));
                // without anybody to ask, no language makes a difference
                let foreign = move |of: Unapproved| of.foreign.filter(|_| asks || !always);
                of.map(move |of| Unapproved { foreign: foreign(of), ..of })
            };
            let topics: BTreeSet<TopicId> =
                drafts().filter(|draft| draft.foreign.is_none()).map(|draft| draft.topic).collect();
            if !topics.is_empty() && always {
                found.push(unasked(id, role, due, &listed(world, &topics)));
            }
            let mut foreign: BTreeSet<(LanguageId, TopicId)> = BTreeSet::new();
            let of = |draft: Unapproved| Some((draft.foreign?, draft.topic));
            foreign.extend(drafts().filter_map(of));
            foreign.retain(|(language, _)| role.understands(*language));
            if !foreign.is_empty() {
                found.push(unread(world, organization, (id, role), due, &foreign));
            }
        }
    }
    found
}

/// Ends of the role's `approve` links.
fn reviewers(organization: &Organization, role: RoleId) -> impl Iterator<Item = RoleId> {
    let links = organization.links_from(From::Role(role));
    links.filter(|(_, link)| link.kind == LinkKind::Approve).map(|(to, _)| to)
}

/// Names of topics between backticks.
fn listed(world: &World, topics: &BTreeSet<TopicId>) -> String {
    let names: Vec<String> =
        topics.iter().map(|id| format!("`{}`", world.topics[id.index()].name)).collect();
    names.join(", ")
}

/// Drafts about these topics, with nobody to approve them in any language.
fn unasked(id: RoleId, role: &Role, due: Due, topics: &str) -> Problem {
    let (why, help) = if due == Due::Topic {
        (
            "go out without the approval that they always need",
            "add an `approve` link from it to whoever approves, or leave out the topic's `approval`",
        )
    } else {
        (
            "go out without approval, though their risk is above its authority",
            "add an `approve` link from it to whoever approves at that risk, or give it more `authority`",
        )
    };
    let message = format!("replies of `{}` about {topics} {why}", role.name);
    warning("unreviewed", About::Role(id), message, help)
}

/// Drafts in languages that no `approve` link of theirs is for.
fn unread(
    world: &World,
    organization: &Organization,
    (id, role): (RoleId, &Role),
    due: Due,
    foreign: &BTreeSet<(LanguageId, TopicId)>,
) -> Problem {
    let languages: BTreeSet<LanguageId> = foreign.iter().map(|&(language, _)| language).collect();
    let name = |id: &LanguageId| format!("`{}`", world.languages[id.index()]);
    let spoken = languages.iter().map(name).collect::<Vec<_>>().join(", ");
    let topics = listed(world, &foreign.iter().map(|&(_, topic)| topic).collect());
    let (about, why) = match (due, &role.work) {
        (Due::Topic, _) => {
            (format!(" about {topics}"), "without the approval that they always need".into())
        }
        (Due::Risk, _) => (
            format!(" about {topics}"),
            "without approval, though their risk is above its authority".into(),
        ),
        (Due::Share, Work::Desk(desk)) => {
            let percent = (1e6 * desk.approval).round() / 1e4;
            (String::new(), format!("without approval, though {percent}% of its replies need it"))
        }
        (Due::Share | Due::Loud, _) => {
            (String::new(), "without approval, though customers who went public are due it".into())
        }
    };
    let message = format!("replies of `{}` in {spoken}{about} go out {why}", role.name);
    let mut reviewers: Vec<RoleId> = reviewers(organization, id).collect();
    reviewers.dedup();
    let able = |to: &&RoleId| languages.iter().all(|&of| organization.role(**to).understands(of));
    let called = |to: &RoleId| format!("`{}`", organization.role(*to).name);
    let help = match (reviewers.iter().find(able), reviewers.first()) {
        (Some(to), _) => {
            format!("let its `approve` link to {} be for {spoken} as well: `languages`", called(to))
        }
        (None, Some(_)) => format!(
            "let somebody at {} speak {spoken} and its `approve` link there be for that, or add one to a role that does",
            reviewers.iter().map(called).collect::<Vec<_>>().join(" or ")
        ),
        (None, None) => format!("add an `approve` link from it to a role that speaks {spoken}"),
    };
    warning("unreviewed", About::Role(id), message, &help)
}
