//! What keeps a role with too much work from falling behind for good.

use crate::model::{
    ChannelId, Filter, From, LanguageId, Link, LinkKind, Organization, Overdue, People, Person,
    Practice, Retry, Role, RoleId, ShiftEnd, TopicId, Work, World,
};
use crate::units::HOURS_A_WEEK;

use super::hours::shift_ends_per_week;
use super::{Load, RoleLoad, load, load_of};

/// Why a role that has work for more than all of its time may keep up all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relief {
    /// Another desk helps it out.
    Help,
    /// Questions, drafts and exceptions that wait too long go on without it, or reviews side by side are withdrawn after the
    /// first "no".
    Withdrawn,
    /// So many fewer may come than would if the desks before it turned nobody away and kept up.
    LossBefore,
    /// Who finds no room, or waits too long, leaves.
    Loss,
    /// Its people hurry while much waits.
    Hurry,
    /// What is in hand at the end of a shift is finished in overtime.
    Overtime,
}

/// What may relieve a role, the likeliest first; empty if nothing does.
pub fn reliefs(
    world: &World,
    practice: &Practice,
    organization: &Organization,
    load: &Load,
    role: RoleId,
) -> Vec<Relief> {
    let of = organization.role(role);
    let mut links = organization.links_from(From::Role(role));
    let who_come = of_those_who_come(world, organization, load, role);
    let at = &load.roles[role.index()];
    let busy = at.utilization().unwrap_or(0.0);
    let gone = withdrawn(world, practice, organization, at);
    let scheduled = at.scheduled_hours.unwrap_or(0.0);
    let holds = [
        (Relief::Help, links.any(|(_, link)| matches!(link.kind, LinkKind::Overflow(_)))),
        (Relief::Withdrawn, 0.0 < gone && scheduled * busy - gone <= scheduled),
        (Relief::LossBefore, who_come < 1.0 && who_come * busy <= 1.0),
        (Relief::Loss, turns_away(world, of) || loses_patience(world)),
        (Relief::Hurry, 0.0 < of.habits.strain.hurry),
        (Relief::Overtime, 0.0 < overtime(of, &load.roles[role.index()])),
    ];
    holds.into_iter().filter(|(_, holds)| *holds).map(|(relief, _)| relief).collect()
}

/// The work of a role that stays there however long it waits, as a share of its people's time: nobody leaves its
/// queue, nobody is turned away, no other desk helps out, and neither question nor draft goes on without it. At 1 and above its backlog grows for good. `None` for
/// infinitely many people.
///
/// Topics, channels and languages are told apart. A desk that helps out with some matters only is taken to help with
/// all of those topics and channels, people who hurry to do so all the time, overtime to be as long as it can well be, and
/// of what comes from other desks, where some of these turn customers away or fall behind themselves, nothing to come: so
/// that nothing is said to stay that may not. Only of the role with the highest load it is certain that others that
/// fall behind leave it too much: with flows divided by its load all keep up, so that at least these get through. `load` is that of the whole organization.
pub fn staying(
    world: &World,
    practice: &Practice,
    organization: &Organization,
    load: &Load,
    role: RoleId,
) -> Option<f64> {
    let of = organization.role(role);
    let at = &load.roles[role.index()];
    let gone = withdrawn(world, practice, organization, at);
    let share = |of: &RoleLoad| -> Option<f64> {
        let (busy, work) = (of.utilization()?, of.hours.reactive());
        Some(if 0.0 < work { busy * (1.0 - gone / work).max(0.0) } else { busy })
    };
    let whole = share(at)?;
    if turns_away(world, of) {
        return Some(0.0);
    }
    let links = organization.links_from(From::Role(role));
    let helpers: Vec<&Filter> = links
        .filter(|(_, link)| matches!(link.kind, LinkKind::Overflow(_)))
        .map(|(_, link)| &link.filter)
        .collect();
    let patience = world.behavior.patience.as_ref().filter(|_| loses_patience(world));
    let stays = |channel: ChannelId, topic: TopicId, language: LanguageId| {
        let waits = patience.is_none_or(|patience| patience.is_endless(topic));
        waits && !helpers.iter().any(|filter| filter.may_pass(channel, topic, language))
    };
    let ids = |n: usize| 0..n as u32;
    let languages = ids(world.languages.len().max(1));
    let all_of = |wanted: bool| {
        let all = |channel, topic| {
            languages.clone().all(|language| {
                stays(ChannelId(channel), TopicId(topic), LanguageId(language)) == wanted
            })
        };
        ids(world.channels.len())
            .all(|channel| ids(world.topics.len()).all(|topic| all(channel, topic)))
    };
    let work = if all_of(true) {
        whole
    } else if all_of(false) {
        0.0
    } else {
        share(&load_of(world, practice, organization, &stays).roles[role.index()])?
    };
    let sooner = (1.0 + of.habits.strain.hurry) * (1.0 + overtime(of, at));
    Some(work * of_those_who_come(world, organization, load, role) / sooner)
}

/// Hours a week of a role's work that may go on without it: questions, drafts and exceptions that are not waited for as long
/// as it takes, reviews that another's "no" withdraws, and what such drafts would have been reworked for.
fn withdrawn(
    world: &World,
    practice: &Practice,
    organization: &Organization,
    of: &RoleLoad,
) -> f64 {
    let role = of.role;
    let may_go = |from: From, to: RoleId, link: &Link| {
        to == role && goes_on_without(organization, from, link)
    };
    let mut links = organization.links();
    let to_it = links.any(|(from, to, link)| may_go(from, to, link));
    let overdue = |(_, link): (RoleId, &Link)| link.kind == LinkKind::Approve && is_overdue(link);
    let own = organization.links_from(From::Role(role)).any(overdue);
    let mut hours = if own { of.hours.rework } else { 0.0 };
    if to_it {
        let others = |from, to, link: &Link| (!may_go(from, to, link)).then(|| link.clone());
        let rest = load(world, practice, &organization.relinked(others));
        let rest = &rest.roles[role.index()].hours;
        hours += (of.hours.approval - rest.approval).max(0.0);
        hours += (of.hours.consult_given - rest.consult_given).max(0.0);
    }
    hours
}

/// Whether what a link brings goes on without the role it comes to, if that takes too long or another objects.
fn goes_on_without(organization: &Organization, from: From, link: &Link) -> bool {
    match link.kind {
        LinkKind::Consult | LinkKind::Report => link.timeout.is_some(),
        LinkKind::Approve => is_overdue(link) || is_beside(organization, from, link),
        _ => false,
    }
}

/// Whether a draft that waits too long for this review goes on.
fn is_overdue(link: &Link) -> bool {
    link.timeout.is_some() && link.overdue != Overdue::HoldingReply
}

/// Whether others review the same draft at the same time.
fn is_beside(organization: &Organization, from: From, link: &Link) -> bool {
    let of_step = |(_, other): &(RoleId, &Link)| {
        other.kind == LinkKind::Approve
            && other.step == link.step
            && other.filter.meets(&link.filter)
    };
    link.step.is_some() && 1 < organization.links_from(from).filter(of_step).count()
}

/// Whether some find no room at a role and go for good.
fn turns_away(world: &World, role: &Role) -> bool {
    let returns = world.behavior.turned_away.as_ref().is_some_and(Retry::never_gives_up);
    role.waiting_room.is_some() && !returns
}

/// Whether some wait too long and go for good.
fn loses_patience(world: &World) -> bool {
    let returns = world.behavior.left_queue.as_ref().is_some_and(Retry::never_gives_up);
    world.behavior.patience.is_some() && !returns
}

/// The least share of the visits to a role, as they are counted, that surely come: all of them, unless another role turns
/// some away before, or has too much to do itself and more than this one; then those who come from outside.
pub(super) fn of_those_who_come(
    world: &World,
    organization: &Organization,
    load: &Load,
    role: RoleId,
) -> f64 {
    let at = &load.roles[role.index()];
    let busy = |id: RoleId| load.roles[id.index()].utilization().unwrap_or(0.0);
    let full = (1.0 + 1e-9) * busy(role).max(1.0);
    let lossy =
        |(id, of): (RoleId, &Role)| id != role && (turns_away(world, of) || full < busy(id));
    let passed_on = at.external_per_hour < at.visits_per_hour * (1.0 - 1e-9);
    let some_lost = passed_on && organization.roles().any(lossy);
    if some_lost { at.external_per_hour / at.visits_per_hour } else { 1.0 }
}

/// How much longer than their hours people may be at work who finish what they have in hand when their shift ends, as a
/// share of these: twice a mean visit at each end, the mean residual of service with cv² = 3.
fn overtime(role: &Role, load: &RoleLoad) -> f64 {
    let People::Some(people) = &role.people else { return 0.0 };
    if role.shift_end != ShiftEnd::Finish {
        return 0.0;
    }
    let ends: f64 = people.iter().map(|person: &Person| shift_ends_per_week(role, person)).sum();
    let hours = load.scheduled_hours.unwrap_or(HOURS_A_WEEK);
    if 0.0 < hours { ends * 2.0 * load.minutes_per_visit / 60.0 / hours } else { 0.0 }
}

/// Whether a role is a plain desk.
pub(super) fn serves(role: &Role) -> bool {
    matches!(role.work, Work::Serve { .. })
}
