//! What a role knows, may decide and must ask for.

use super::card::{Aim, Knows, Rights, Rung};
use super::ground::Ground;
use crate::model::{
    Desk, From, Help, Hours, LanguageId, Link, LinkKind, Organization, People, RoleId, RouteWhen,
    TopicId, Work, load_of,
};

/// Topics that come to the role, with visits a week; the most frequent first.
pub(super) fn topics(ground: &Ground<'_>, role: RoleId) -> Vec<(String, f64)> {
    let load = &ground.load.roles[role.index()];
    let rates = ground.world().topics.iter().zip(&load.visits_by_topic);
    let mut topics: Vec<(String, f64)> = rates
        .filter(|(_, hourly)| 0.0 < **hourly)
        .map(|(topic, hourly)| (topic.name.clone(), hourly * 168.0))
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
/// Who only helps out reads what those read whom it helps, as far as its link is for that.
pub(super) fn must_speak(
    ground: &Ground<'_>,
    role: RoleId,
    aims: &[Aim],
) -> Vec<(String, Vec<String>)> {
    let (organization, model) = (ground.organization(), &ground.model);
    let reads = |hours: &Hours| 0.0 < hours.triage + hours.answer + hours.approval;
    let needed = |language: LanguageId| {
        let in_it = |_, _, of: LanguageId| of == language;
        let part = load_of(&model.world, &model.practice, organization, &in_it);
        let reads = |at: RoleId| reads(&part.roles[at.index()].hours);
        let helps = |(from, to, link): (From, RoleId, &Link)| match (from, link.kind) {
            (From::Role(from), LinkKind::Overflow(_)) => {
                to == role && link.filter.is_in(language) && reads(from)
            }
            _ => false,
        };
        reads(role) || organization.links().any(helps)
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
    let approvers = ends(organization, role, |kind| kind == LinkKind::Approve);
    let world = ground.world();
    let coming = &ground.load.roles[role.index()].visits_by_topic;
    let always = world.topics.iter().zip(coming).filter(|(topic, hourly)| {
        desk.answer && !approvers.is_empty() && topic.always_approved && 0.0 < **hourly
    });
    let asks = desk.answer && !approvers.is_empty();
    let beyond = world
        .topics
        .iter()
        .zip(coming)
        .any(|(topic, hourly)| 0.0 < *hourly && !topic.risks.at_most(desk.authority));
    Rights {
        above: (asks && beyond).then_some(desk.authority.word()),
        answers: desk.answer,
        sorts: desk.triage,
        approval: if desk.answer && !approvers.is_empty() { desk.approval } else { 0.0 },
        always: always.map(|(topic, _)| topic.name.clone()).collect(),
        not_known: if desk.answer { not_known(organization, role, desk) } else { Vec::new() },
        approvers,
        approves_for: starts(organization, role, LinkKind::Approve),
        advises: starts(organization, role, LinkKind::Consult),
    }
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

/// Names of the roles from which links of a kind lead to it, each once.
fn starts(organization: &Organization, role: RoleId, kind: LinkKind) -> Vec<String> {
    let from = organization.links().filter_map(|(from, to, link)| match from {
        From::Role(from) if to == role && link.kind == kind => Some(from),
        _ => None,
    });
    names(organization, from)
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
