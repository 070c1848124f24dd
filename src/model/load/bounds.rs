//! Designs beyond what is told apart, and conversations without end.

use crate::model::{
    From, Groups, Link, LinkKind, MOST_GROUPS, MOST_REVIEWERS, Organization, People, Risk, Role,
    RoleId, Work, World,
};

use super::classes::Class;
use super::plain::NEVER_LEAVES;
use super::problems::{About, Problem, error, name};

/// Desks that never answer anybody, where nobody ever gives up.
pub(super) fn never_answered(world: &World, organization: &Organization) -> Vec<Problem> {
    let goes_on = 1.0 - world.behavior.dialogue.gives_up_deflected;
    let told = |(id, role): (RoleId, &Role)| {
        let Work::Desk(desk) = &role.work else { return None };
        let message = format!(
            "{} sends every customer elsewhere, and each of them writes again",
            name(organization, id)
        );
        let help =
            "let it answer some (`deflects`), or let some give up (`behavior.gives_up_deflected`)";
        (NEVER_LEAVES <= desk.brevity.deflects * goes_on)
            .then(|| error("endless-conversation", About::Role(id), message, help))
    };
    organization.roles().filter_map(told).collect()
}

/// Roles whose people differ in too many ways in what they may take.
pub(super) fn too_many_groups(world: &World, organization: &Organization) -> Vec<Problem> {
    let told = |(id, role): (RoleId, &Role)| {
        let People::Some(people) = &role.people else { return None };
        let groups = Groups::of(world, people)?.takers.len();
        let message = format!(
            "by topic and language, cases fall into {groups} groups at {}, each for other people of it; at most \
             {MOST_GROUPS} can be told apart",
            name(organization, id)
        );
        let help =
            "give some of its people the same skills and languages, or make several roles of it";
        (MOST_GROUPS < groups).then(|| error("too-many-groups", About::Role(id), message, help))
    };
    organization.roles().filter_map(told).collect()
}

/// Desks whose drafts on the same matter more are to review than can be told apart.
pub(super) fn too_many_reviewers(organization: &Organization, classes: &[Class]) -> Vec<Problem> {
    let told = |(id, _): (RoleId, &Role)| {
        let links: Vec<&Link> = organization
            .links_from(From::Role(id))
            .filter(|(_, link)| link.kind == LinkKind::Approve)
            .map(|(_, link)| link)
            .collect();
        if links.len() <= MOST_REVIEWERS {
            return None;
        }
        // without steps the first that fits reviews alone
        let fitting = |(class, risk): (&Class, Risk)| {
            let fits = |link: &&&Link| class.fits(&link.filter) && link.filter.is_for(risk);
            links.iter().filter(fits).filter(|link| link.step.is_some()).count()
        };
        let apart = |class| Risk::ALL.into_iter().map(move |risk| (class, risk));
        let most = classes.iter().flat_map(apart).map(fitting).max()?;
        let message = format!(
            "{most} approve links from {} are for the same drafts; at most {MOST_REVIEWERS} can be",
            name(organization, id)
        );
        let help =
            "keep some of them apart with `topics`, `channels`, `matter`, `languages` or `risk`";
        (MOST_REVIEWERS < most).then(|| error("too-many-reviewers", About::Role(id), message, help))
    };
    organization.roles().filter_map(told).collect()
}
