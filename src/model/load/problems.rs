//! What is wrong with a design that can be told without simulating it.

use crate::model::{
    ChannelId, Diagnostic, From, LanguageId, Link, LinkKind, Organization, Ownership, People,
    Practice, Risk, Role, RoleId, Severity, StreamKind, TopicId, Work, World,
};
use crate::units::percent;

use super::bounds::{never_answered, too_many_groups, too_many_reviewers};
use super::endless::endless;
use super::extremes::extremes;
use super::loops::{loops, too_much_passed_on, zero_time_loops};
use super::plain::NEVER_LEAVES;
use super::unreviewed::unreviewed;
use super::visited::Visited;
use super::{Class, by_risk, classes};

/// Gain from which an author should know of a loop: a case goes round twenty times on average.
const HARDLY_LEAVES: f64 = 0.95;

/// Something wrong with a design.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    /// What it is about.
    pub about: About,
    /// What is wrong and what to do; its pointer is empty, for whoever knows the file to fill in.
    pub finding: Diagnostic,
}

/// What a problem is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// A role.
    Role(RoleId),
    /// Links that are missing.
    Links,
}

/// Everything wrong with each of these designs.
///
/// | Code | Meaning |
/// |---|---|
/// | `shares-sum` | a plain desk passes on more than it has |
/// | `endless-loop` | plain desks send cases round for ever: the spectral radius of the routing shares is 1 |
/// | `long-loop` | or almost for ever, from 0.95 (a warning) |
/// | `zero-time-loop` | cases can go round at one instant |
/// | `endless-route` | route and escalate links pass some case round and nobody ever answers it |
/// | `holding-cycle` | people who stay with what they hand over or ask wait for each other, in a circle |
/// | `no-superior` | exceptions are to be decided above a desk that reports to nobody |
/// | `approval-cycle` | who reviews is reviewed, in a circle |
/// | `unreviewed` | what must be approved is answered where nobody approves it, or nobody in its language (a warning) |
/// | `does-not-answer` | cases come to a desk that does not answer customers |
/// | `endless-conversation` | a desk sends every customer elsewhere every time, and none of them gives up |
/// | `too-many-groups` | more groups of people by what they may take than can be told apart at a role |
/// | `too-many-reviewers` | more are to review one draft than can be told apart |
/// | `skill-nobody-has` | nobody at a role has the skill for a topic that comes there |
/// | `language-nobody-speaks` | nobody at a role speaks a language in which cases come there, nor helps out in it |
/// | `no-intake` | nobody takes in a channel's inquiries, or some of them (then a warning) |
/// | `too-much-work` | a role has more work than its people have time (a warning) |
/// | `hardly-any-work` | a role has work for less than a hundredth of its time (a warning) |
///
/// What depends on the customers is looked for in what the world's streams bring, surges included. Of `amounts` of work, the
/// last two, it takes following all customers to know, which is left out unless asked for.
pub fn problems<'o>(
    world: &World,
    practice: &Practice,
    organizations: impl IntoIterator<Item = &'o Organization>,
    amounts: bool,
) -> Vec<Vec<Problem>> {
    let all = classes(world, StreamKind::Inquiries, true);
    let of = |organization: &Organization| {
        let classes = by_risk(all.clone(), world, organization);
        let topics = world.topics.len();
        let mut found = shares(organization, topics);
        found.extend(plain_loops(world, organization));
        found.extend(zero_time(organization, topics));
        found.extend(passed_round(world, organization, &classes));
        found.extend(approvals(organization));
        found.extend(holding(organization));
        found.extend(torn(organization));
        found.extend(unled(organization));
        found.extend(shared_alone(world, organization));
        let visited = Visited::by(world, organization, &classes);
        found.extend(unreviewed(world, practice.approve_loud, organization, &visited));
        found.extend(boundless(world, organization));
        found.extend(untaught(organization));
        found.extend(unanswered(world, organization, &visited));
        found.extend(never_answered(world, organization));
        found.extend(too_many_groups(world, organization));
        found.extend(too_many_reviewers(organization, &classes));
        found.extend(unskilled(world, practice, organization, &visited));
        found.extend(unspoken(world, practice, organization, &visited));
        found.extend(no_intake(world, organization, &classes));
        // the load means nothing where cases go round for ever
        if amounts && found.iter().all(|problem| problem.finding.severity != Severity::Error) {
            found.extend(extremes(world, practice, organization));
        }
        found
    };
    organizations.into_iter().map(of).collect()
}

pub(super) fn error(code: &'static str, about: About, message: String, help: &str) -> Problem {
    Problem { about, finding: Diagnostic::error(code, "", message).help(help) }
}

pub(super) fn warning(code: &'static str, about: About, message: String, help: &str) -> Problem {
    Problem { about, finding: Diagnostic::warning(code, "", message).help(help) }
}

/// A role's name between backticks.
pub(super) fn name(organization: &Organization, role: RoleId) -> String {
    format!("`{}`", organization.role(role).name)
}

/// `a` → `b` → `a`, at most ten names.
fn circle(organization: &Organization, roles: &[RoleId]) -> String {
    let mut names: Vec<String> =
        roles.iter().take(10).map(|&role| name(organization, role)).collect();
    if 10 < roles.len() {
        names.push("…".into());
    }
    names.extend(roles.first().map(|&first| name(organization, first)));
    names.join(" → ")
}

fn shares(organization: &Organization, topics: usize) -> Vec<Problem> {
    let told = |(role, sum): (RoleId, f64)| {
        let message =
            format!("{} passes on {} of its cases", name(organization, role), percent(sum));
        let help = "the shares of its routes sum to at most 100%; the rest leaves";
        error("shares-sum", About::Role(role), message, help)
    };
    too_much_passed_on(organization, topics).into_iter().map(told).collect()
}

fn plain_loops(world: &World, organization: &Organization) -> Vec<Problem> {
    let mut found = Vec::new();
    for cycle in loops(organization, world.topics.len()) {
        let (path, gain) = (circle(organization, &cycle.roles), cycle.gain);
        let of = cycle.topic.map_or(String::new(), |topic| {
            format!(" about `{}`", world.topics[topic.index()].name)
        });
        let about = About::Role(cycle.roles[0]);
        if NEVER_LEAVES <= gain {
            let message = format!("no case{of} ever leaves the loop {path}: its gain is {gain:.3}");
            let help = "route less than everything back, so that some cases leave";
            found.push(error("endless-loop", about, message, help));
        } else if HARDLY_LEAVES <= gain {
            let message = format!("cases{of} go round {path} for long: its gain is {gain:.3}");
            let help = "the load of its desks is many times what comes in";
            found.push(warning("long-loop", about, message, help));
        }
    }
    found
}

fn zero_time(organization: &Organization, topics: usize) -> Vec<Problem> {
    let told = |roles: Vec<RoleId>| {
        let message = format!("cases go round in no time: {}", circle(organization, &roles));
        let help = "give a desk a service time, or a link a delay";
        error("zero-time-loop", About::Role(roles[0]), message, help)
    };
    zero_time_loops(organization, topics).into_iter().map(told).collect()
}

fn passed_round(world: &World, organization: &Organization, classes: &[Class]) -> Vec<Problem> {
    let told = |roles: Vec<RoleId>| {
        let path = circle(organization, &roles);
        let message = format!("some cases are passed round for ever: {path}");
        let help = "let one of these roles answer what nobody else knows";
        error("endless-route", About::Role(roles[0]), message, help)
    };
    let circles = endless(world, organization, classes);
    circles.into_iter().map(|circle| told(circle.roles)).collect()
}

fn approvals(organization: &Organization) -> Vec<Problem> {
    let told = |roles: Vec<RoleId>| {
        let message = format!("approvals go in a circle: {}", circle(organization, &roles));
        error("approval-cycle", About::Role(roles[0]), message, "somebody has the last word")
    };
    organization.cycles(|link| link.kind == LinkKind::Approve).into_iter().map(told).collect()
}

/// Circles in which everybody may wait for everybody else: nobody ever lets go.
fn holding(organization: &Organization) -> Vec<Problem> {
    let waits = |to: RoleId, link: &Link| {
        let people = &organization.role(to).people;
        link.holds && link.timeout.is_none() && *people != People::Infinite
    };
    if !organization.links().any(|(_, to, link)| waits(to, link)) {
        return Vec::new();
    }
    let only = organization.relinked(|_, to, link| waits(to, link).then(|| link.clone()));
    let told = |roles: Vec<RoleId>| {
        let path = circle(organization, &roles);
        let message = format!("people may wait for each other for ever: {path}");
        let help = "state after which wait one of them lets go: `give_up` at a warm hand-off, `timeout` at a question that is held";
        error("holding-cycle", About::Role(roles[0]), message, help)
    };
    only.cycles(|_| true).into_iter().map(told).collect()
}

/// Desks whose exceptions are to be decided further up where nobody is.
fn unled(organization: &Organization) -> Vec<Problem> {
    let climbs = |role: &Role| matches!(&role.work, Work::Desk(desk) if 0.0 < desk.centralization);
    organization
        .roles()
        .filter(|(id, role)| climbs(role) && organization.superiors(*id).is_empty())
        .map(|(id, _)| {
            let message = format!(
                "{} reports to nobody, so that nobody above it can decide",
                name(organization, id)
            );
            let help = "add a `report` link from it, or leave its `centralization` out";
            error("no-superior", About::Role(id), message, help)
        })
        .collect()
}

/// Channels on which one desk alone states a rule for posts that several desks see.
fn shared_alone(world: &World, organization: &Organization) -> Vec<Problem> {
    let mut found: Vec<Problem> = Vec::new();
    for channel in (0..world.channels.len() as u32).map(ChannelId) {
        let shares: Vec<(RoleId, Ownership)> = organization
            .links_from(From::Channel(channel))
            .filter(|(_, link)| link.ownership != Ownership::OwnerOnly)
            .map(|(to, link)| (to, link.ownership))
            .collect();
        for &(to, rule) in &shares {
            if shares.iter().all(|&(other, same)| other == to || same != rule) {
                let message = format!(
                    "no other desk sees what {} sees on `{}` under the same `ownership`",
                    name(organization, to),
                    world.channels[channel.index()].name
                );
                let help = "state the same rule at another intake of the channel, or leave it out";
                let problem = error("no-effect", About::Links, message, help);
                if !found.contains(&problem) {
                    found.push(problem);
                }
            }
        }
    }
    found
}

/// Desks whose people keep several cases open, and are to stay with one.
fn torn(organization: &Organization) -> Vec<Problem> {
    let holds = |id: RoleId| organization.links_from(From::Role(id)).any(|(_, link)| link.holds);
    organization
        .roles()
        .filter(|(id, role)| role.habits.slots.is_some() && holds(*id))
        .map(|(id, _)| {
            let message = format!(
                "people of {} have several cases open, so that nobody stays with one",
                name(organization, id)
            );
            let help = "leave `slots` out, or let hand-offs be cold and questions wait by themselves (`warm`, `hold`)";
            error("no-effect", About::Role(id), message, help)
        })
        .collect()
}

/// An authority that nothing is above; of several alike the first is told.
fn boundless(world: &World, organization: &Organization) -> Option<Problem> {
    let above = |authority| world.topics.iter().any(|topic| !topic.risks.at_most(authority));
    let (id, authority) = organization.roles().find_map(|(id, role)| match &role.work {
        Work::Desk(desk) if desk.authority < Risk::High && !above(desk.authority) => {
            Some((id, desk.authority))
        }
        _ => None,
    })?;
    let message = format!(
        "the `authority` of {} has no effect: no topic is of more than {} risk",
        name(organization, id),
        authority.word()
    );
    let help = "state the `risk` of topics, or leave `authority` out";
    Some(error("no-effect", About::Role(id), message, help))
}

/// Training that teaches only what people know already, or people who need to know nothing.
fn untaught(organization: &Organization) -> Vec<Problem> {
    let teaches = |role: &Role| {
        let Some((teaching, _)) = role.staffing.teaching() else { return true };
        let more = |(topic, domain)| {
            role.knowledge.kappa(topic, domain) < teaching.ceiling(domain, role.unit)
        };
        matches!(role.work, Work::Desk(_)) && role.knowledge.domains().any(more)
    };
    let idle = organization.roles().filter(|(_, role)| !teaches(role));
    idle.map(|(id, _)| {
        let who = name(organization, id);
        let message = format!("the training of {who} teaches nothing that its people do not know");
        let help = "let it lead `up_to` more than they know, or leave `teaches` out";
        error("no-effect", About::Role(id), message, help)
    })
    .collect()
}

/// Desks that do not answer, and to which cases come all the same.
fn unanswered(world: &World, organization: &Organization, visited: &Visited) -> Vec<Problem> {
    let mut found = Vec::new();
    for (id, _) in organization.roles() {
        let topics: Vec<String> = visited
            .unanswered(id)
            .map(|topic| format!("`{}`", world.topics[topic.index()].name))
            .collect();
        if !topics.is_empty() {
            let message = format!(
                "{} does not answer customers, and cases about {} come to it",
                name(organization, id),
                topics.join(", ")
            );
            let help = "lead them elsewhere, let it pass all of them on (`when` `always`), or write `\"answer\": true` at its desk";
            found.push(error("does-not-answer", About::Role(id), message, help));
        }
    }
    found
}

/// Topics that come to a role where people are and nobody has the skill.
fn unskilled(
    world: &World,
    practice: &Practice,
    organization: &Organization,
    visited: &Visited,
) -> Vec<Problem> {
    let mut suspects: Vec<(RoleId, TopicId)> = Vec::new();
    for (id, role) in organization.roles() {
        let People::Some(people) = &role.people else { continue };
        let takes = |topic: &TopicId| {
            let skilled = |skills: &Vec<TopicId>| skills.contains(topic);
            people.is_empty() || people.iter().any(|p| p.skills.as_ref().is_none_or(skilled))
        };
        suspects.extend(visited.topics(id).filter(|topic| !takes(topic)).map(|topic| (id, topic)));
    }
    // a link that fits need not be taken: who knows the answer passes nothing on
    if !suspects.is_empty() && visited.by_choice {
        let load = super::load(world, practice, organization);
        let visits = |role: &super::RoleLoad, topic: &TopicId| role.visits_by_topic[topic.index()];
        let elsewhere = |(role, topic): &(RoleId, TopicId)| {
            load.endless.is_empty()
                && visits(&load.roles[role.index()], topic) <= 0.0
                && load.roles.iter().any(|role| 0.0 < visits(role, topic))
        };
        suspects.retain(|suspect| !elsewhere(suspect));
    }
    let told = |(role, topic): (RoleId, TopicId)| {
        let topic = &world.topics[topic.index()].name;
        let message = format!("nobody at {} can take `{topic}`", name(organization, role));
        let help = "give somebody the skill, or keep the topic away with a filter on the links";
        error("skill-nobody-has", About::Role(role), message, help)
    };
    suspects.into_iter().map(told).collect()
}

/// Languages in which cases come to a role where nobody speaks them. They are not alone where another desk that does
/// helps out with whatever waits in them.
fn unspoken(
    world: &World,
    practice: &Practice,
    organization: &Organization,
    visited: &Visited,
) -> Vec<Problem> {
    if world.languages.is_empty() {
        return Vec::new();
    }
    let helped = |role: RoleId, language: LanguageId| {
        organization.links_from(From::Role(role)).any(|(to, link)| {
            let all = link.helps_with_all() && link.filter.is_in(language);
            all && organization.role(to).understands(language)
        })
    };
    let mut suspects: Vec<(RoleId, LanguageId)> = Vec::new();
    for (id, role) in organization.roles() {
        let foreign =
            |language: &LanguageId| !role.understands(*language) && !helped(id, *language);
        suspects.extend(visited.languages(id).filter(foreign).map(|language| (id, language)));
    }
    // a link that fits need not be taken: who knows the answer passes nothing on
    if visited.by_choice {
        suspects.retain(|&(role, language)| {
            let in_it = |_, _, of: LanguageId| of == language;
            let load = super::load_of(world, practice, organization, &in_it);
            let comes = |role: &super::RoleLoad| 0.0 < role.visits_per_hour;
            let elsewhere = load.endless.is_empty() && load.roles.iter().any(comes);
            !elsewhere || comes(&load.roles[role.index()])
        });
    }
    let told = |(role, language): (RoleId, LanguageId)| {
        let language = &world.languages[language.index()];
        let message = format!(
            "nobody at {} speaks `{language}`, in which cases come there",
            name(organization, role)
        );
        let help = "let somebody there speak it, or lead it elsewhere: `languages` on the links";
        error("language-nobody-speaks", About::Role(role), message, help)
    };
    suspects.into_iter().map(told).collect()
}

fn no_intake(world: &World, organization: &Organization, classes: &[Class]) -> Vec<Problem> {
    let mut taken = vec![false; world.channels.len()];
    for (from, _, link) in organization.links() {
        if let (From::Channel(channel), LinkKind::Intake { .. }) = (from, link.kind) {
            taken[channel.index()] = true;
        }
    }
    let mut found = Vec::new();
    for (i, channel) in world.channels.iter().enumerate().filter(|(i, _)| !taken[*i]) {
        if classes.iter().any(|class| class.channel == i) {
            let message = format!("nobody takes in what is posted on `{}`", channel.name);
            let help = "add an `intake` link from it";
            found.push(error("no-intake", About::Links, message, help));
        }
    }
    found.extend(missed(world, organization, classes, &taken));
    found
}

/// Inquiries that no intake fits, on channels that have some.
fn missed(
    world: &World,
    organization: &Organization,
    classes: &[Class],
    taken: &[bool],
) -> Option<Problem> {
    let (mut all, mut missed, mut channels) = (0.0, 0.0, Vec::new());
    for class in classes {
        all += class.per_hour;
        if !taken[class.channel] {
            continue;
        }
        let landed: f64 = class.landings(world, organization).iter().map(|landing| landing.1).sum();
        if landed < 1.0 - 1e-9 {
            missed += class.per_hour * (1.0 - landed);
            let name = format!("`{}`", world.channels[class.channel].name);
            if !channels.contains(&name) {
                channels.push(name);
            }
        }
    }
    (0.0 < missed).then(|| {
        let share = 100.0 * missed / all;
        let message = format!(
            "{share:.1}% of the inquiries reach nobody; they come from {}",
            channels.join(", ")
        );
        let help = "give each channel an intake without a filter, last";
        warning("no-intake", About::Links, message, help)
    })
}
