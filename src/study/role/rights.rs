//! What a role knows, may decide and must ask for.

use super::above;
use super::card::{Aim, Knows, Rights, Rung};
use super::ground::Ground;
use crate::model::{
    Desk, From, Help, Hours, LanguageId, Link, LinkKind, Organization, People, RoleId, RouteWhen,
    Topic, TopicId, Work, load_of,
};
use crate::units::HOURS_A_WEEK;

/// Topics that come to the role, with visits a week; the most frequent first.
pub(super) fn topics(ground: &Ground<'_>, role: RoleId) -> Vec<(String, f64)> {
    let load = &ground.load.roles[role.index()];
    let rates = ground.world().topics.iter().zip(&load.visits_by_topic);
    let mut topics: Vec<(String, f64)> = rates
        .filter(|(_, hourly)| 0.0 < **hourly)
        .map(|(topic, hourly)| (topic.name.clone(), hourly * HOURS_A_WEEK))
        .collect();
    topics.sort_by(|a, b| b.1.total_cmp(&a.1));
    topics
}

/// How many persons of the role speak each language.
pub(super) fn speaks(ground: &Ground<'_>, role: RoleId) -> Vec<(String, usize)> {
    let People::Some(people) = &ground.organization().role(role).people else { return Vec::new() };
    let count =
        |language| people.iter().filter(|person| person.understands(LanguageId(language))).count();
    let languages = (0..).zip(&ground.world().languages);
    let spoken = languages.map(|(language, name)| (name.clone(), count(language)));
    spoken.filter(|(_, persons)| 0 < *persons).collect()
}

/// Languages in which cases or drafts come to the role to be read, by the traffic equations, each with those of its
/// aims that are about some languages only, and about this one.
///
/// Who only helps out reads what those read whom it helps, as far as its link is for that; and who gets late drafts, what
/// their first reviewers read.
pub(super) fn must_speak(
    ground: &Ground<'_>,
    role: RoleId,
    aims: &[Aim],
    rights: &Rights,
) -> Vec<(String, Vec<String>)> {
    let (organization, model) = (ground.organization(), &ground.model);
    let answers = |hours: &Hours| 0.0 < hours.triage + hours.answer;
    // exceptions are put in the company's own words
    let reads = |hours: &Hours| answers(hours) || (rights.approves() && 0.0 < hours.approval);
    let late_from = above::late_from(ground, role);
    let needed = |language: LanguageId| {
        let in_it = |_, _, of: LanguageId| of == language;
        let part = load_of(&model.world, &model.practice, organization, &in_it);
        let hours = |at: RoleId| &part.roles[at.index()].hours;
        let helps = |(from, to, link): (From, RoleId, &Link)| match (from, link.kind) {
            (From::Role(from), LinkKind::Overflow(_)) => {
                to == role && link.filter.is_in(language) && answers(hours(from))
            }
            _ => false,
        };
        let late = |reviewer: &RoleId| 0.0 < hours(*reviewer).approval;
        reads(hours(role)) || organization.links().any(helps) || late_from.iter().any(late)
    };
    let languages = (0..).map(LanguageId).zip(&ground.world().languages);
    let needed = languages.filter(|(language, _)| needed(*language));
    let serving = |(_, name): (LanguageId, &String)| {
        let about = aims.iter().filter(|aim| aim.languages.contains(name));
        (name.clone(), about.map(|aim| aim.objective.clone()).collect())
    };
    needed.map(serving).collect()
}

/// What it knows of the topics that come to it, alike topics together.
pub(super) fn knows(ground: &Ground<'_>, role: RoleId) -> Vec<Knows> {
    let world = ground.world();
    let of = ground.organization().role(role);
    if matches!(of.work, Work::Serve { .. }) {
        return Vec::new();
    }
    let knowledge = of.knows();
    let coming = &ground.load.roles[role.index()].visits_by_topic;
    let none_comes = coming.iter().all(|&hourly| hourly <= 0.0);
    let mut all: Vec<Knows> = Vec::new();
    for (number, topic) in world.topics.iter().enumerate() {
        if !none_comes && coming[number] <= 0.0 {
            continue;
        }
        let kappa = |domain| knowledge.kappa(TopicId(number as u32), domain);
        let mut units: Vec<(Vec<String>, f64)> = Vec::new();
        for (unit, name) in world.units.iter().enumerate() {
            let share = kappa(1 + unit);
            let alike = |known: &&mut (Vec<String>, f64)| known.1.to_bits() == share.to_bits();
            match units.iter_mut().find(alike) {
                Some(known) => known.0.push(name.clone()),
                None => units.push((vec![name.clone()], share)),
            }
        }
        units.sort_by(|a, b| b.1.total_cmp(&a.1));
        let more = Knows { topics: vec![topic.name.clone()], everyday: kappa(0), units };
        let alike = |known: &&mut Knows| {
            known.everyday.to_bits() == more.everyday.to_bits() && known.units == more.units
        };
        match all.iter_mut().find(alike) {
            Some(known) => known.topics.extend(more.topics),
            None => all.push(more),
        }
    }
    if let [only] = all.as_mut_slice() {
        only.topics.clear();
    }
    all
}

/// What it may decide and when it must ask.
pub(super) fn rights(ground: &Ground<'_>, role: RoleId) -> Rights {
    let organization = ground.organization();
    let Work::Desk(desk) = &organization.role(role).work else { return Rights::default() };
    let named = |roles: Vec<RoleId>| names(organization, roles.into_iter());
    let below = |pairs: Vec<(RoleId, RoleId)>| {
        named(pairs.into_iter().filter(|&(_, above)| above == role).map(|(from, _)| from).collect())
    };
    let mut approves_for = starts(organization, role, LinkKind::Approve);
    approves_for.retain(|&from| asks(ground, from));
    let limits = if desk.answer { limits(ground, role, desk) } else { Rights::default() };
    Rights {
        answers: desk.answer,
        sorts: desk.triage,
        not_known: if desk.answer { not_known(organization, role, desk) } else { Vec::new() },
        approvers: ends(organization, role, |kind| kind == LinkKind::Approve),
        approves_for: named(approves_for),
        approves_late_for: below(above::late_reviews(ground)),
        decides_for: below(above::decisions(ground)),
        advises: named(starts(organization, role, LinkKind::Consult)),
        exceptions: above::exceptions(ground, role),
        ..limits
    }
}

/// What a desk that answers may not send without asking, and what it says instead of answering.
fn limits(ground: &Ground<'_>, role: RoleId, desk: &Desk) -> Rights {
    let world = ground.world();
    let said = Rights {
        deflects: desk.brevity.deflects,
        to_private: match world.channels.iter().all(|channel| channel.private) {
            true => 0.0,
            false => desk.brevity.to_private,
        },
        ..Rights::default()
    };
    if ends(ground.organization(), role, |kind| kind == LinkKind::Approve).is_empty() {
        return said;
    }
    let beyond = coming(ground, role).any(|topic| !topic.risks.at_most(desk.authority));
    let always = coming(ground, role).filter(|topic| topic.always_approved);
    let loud = ground.model.practice.approve_loud;
    Rights {
        approval: desk.approval,
        above: beyond.then_some(desk.authority.word()),
        always: always.map(|topic| topic.name.clone()).collect(),
        loud: (world.goes_public() && desk.approval < loud).then_some(loud),
        ..said
    }
}

/// Topics that come to a role: all to one that only helps out, and so is not in the equations.
pub(super) fn coming<'g>(ground: &'g Ground<'_>, role: RoleId) -> impl Iterator<Item = &'g Topic> {
    let hourly = &ground.load.roles[role.index()].visits_by_topic;
    let none = hourly.iter().all(|&hourly| hourly <= 0.0);
    let topics = ground.world().topics.iter().zip(hourly);
    topics.filter(move |(_, hourly)| none || 0.0 < **hourly).map(|(topic, _)| topic)
}

/// Whether any reply of a role is to be approved.
pub(super) fn asks(ground: &Ground<'_>, role: RoleId) -> bool {
    let Work::Desk(desk) = &ground.organization().role(role).work else { return false };
    let limits = limits(ground, role, desk);
    let some = 0.0 < limits.approval || limits.above.is_some() || limits.loud.is_some();
    desk.answer && (some || !limits.always.is_empty())
}

/// What it does when it does not know, in the order in which a case goes through it.
fn not_known(organization: &Organization, role: RoleId, desk: &Desk) -> Vec<Rung> {
    let routes = |when: RouteWhen| ends(organization, role, |kind| kind == LinkKind::Route(when));
    let mut rungs = Vec::new();
    let (wrong, unknown) = (routes(RouteWhen::WrongDesk), routes(RouteWhen::Unknown));
    if !wrong.is_empty() {
        rungs.push(Rung::WrongDesk(wrong));
    }
    if !unknown.is_empty() {
        rungs.push(Rung::PassesOn(unknown));
    }
    for help in &desk.ladder {
        let to = |kind: LinkKind| ends(organization, role, |other| other == kind);
        rungs.extend(match help {
            Help::Search => Some(Rung::LooksUp),
            Help::Consult => {
                let timeouts = links_from(organization, role)
                    .filter(|(_, link)| link.kind == LinkKind::Consult)
                    .map(|(_, link)| link.timeout);
                let others = to(LinkKind::Consult);
                let longest = timeouts.max().flatten();
                (!others.is_empty()).then_some(Rung::Asks(others, longest))
            }
            Help::Escalate => {
                Some(to(LinkKind::Escalate)).filter(|to| !to.is_empty()).map(Rung::HandsUp)
            }
            Help::Guess => Some(Rung::Guesses),
        });
    }
    if rungs.last() != Some(&Rung::Guesses) {
        rungs.push(Rung::Guesses);
    }
    rungs
}

fn links_from(organization: &Organization, role: RoleId) -> impl Iterator<Item = (RoleId, &Link)> {
    organization.links_from(From::Role(role))
}

/// Names of the roles to which its links of a kind lead, each once.
fn ends(
    organization: &Organization,
    role: RoleId,
    along: impl Fn(LinkKind) -> bool,
) -> Vec<String> {
    let to = links_from(organization, role).filter(|(_, link)| along(link.kind)).map(|(to, _)| to);
    names(organization, to)
}

/// The roles from which links of a kind lead to it.
fn starts(organization: &Organization, role: RoleId, kind: LinkKind) -> Vec<RoleId> {
    let from = organization.links().filter_map(|(from, to, link)| match from {
        From::Role(from) if to == role && link.kind == kind => Some(from),
        _ => None,
    });
    from.collect()
}

fn names(organization: &Organization, roles: impl Iterator<Item = RoleId>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for name in roles.map(|role| &organization.role(role).name) {
        if !all.contains(name) {
            all.push(name.clone());
        }
    }
    all
}
