//! What can be known of a role's backlog before any of it is simulated.

use crate::model::{
    Arrivals, Design, Discipline, Load, Model, PatienceScope, People, Person, Retry, Role, RoleId,
    Stream, TopicId, Work, load, staying,
};

/// Whether a role's backlog can grow for good.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Prospect {
    /// It cannot: there is a limit to how many are there, or everybody leaves after a while.
    Bounded,
    /// Nobody knows without looking.
    Open,
    /// By the load it would, as far as the load tells; a run is to show it.
    Likely,
    /// It does, by so many a day: more comes in than its people can do, and all of it stays.
    Grows(f64),
}

/// The prospect of each role of a design, in the organization's order.
///
/// That a backlog grows is told of plain desks only, by the traffic equations, where all that is left out of these
/// (switching, fatigue, newcomers) would make it grow faster still; and not of customers who cease to come.
pub(super) fn prospects(model: &Model, design: &Design) -> Vec<Prospect> {
    let organization = &design.organization;
    let (world, practice) = (&model.world, &model.practice);
    let closed = world.streams.iter().all(|stream| stream.arrivals.is_closed());
    let for_ever = !model.study.kind.is_terminating() && world.streams.iter().all(goes_on);
    let everybody_leaves = everybody_leaves(model);
    // who is turned away and always comes back is still to be served
    let gone = !world.behavior.turned_away.as_ref().is_some_and(Retry::never_gives_up);
    let plain = organization.roles().all(|(_, role)| matches!(role.work, Work::Serve { .. }));
    let all = for_ever && plain;
    let load = all.then(|| load(world, practice, organization)).filter(|of| of.endless.is_empty());
    let grows = |id: RoleId| {
        let load = load.as_ref()?;
        let (role, of) = (organization.role(id), &load.roles[id.index()]);
        // who is ill only after the case in hand is away for less than is asked for
        let late = role.staffing.absence.as_ref().is_some_and(|absence| !absence.at_once);
        let stays = staying(world, practice, organization, load, id)?;
        let most = of.visits_per_hour / of.utilization()?;
        let per_day = 24.0 * most * (stays - 1.0);
        (!late && per_day.is_finite() && SURELY < stays).then_some(per_day)
    };
    let prospect = |(id, role): (RoleId, &Role)| {
        let plain = matches!(role.work, Work::Serve { .. });
        let ends = (role.waiting_room.is_some() && gone) || (plain && everybody_leaves);
        if closed || ends {
            Prospect::Bounded
        } else {
            grows(id).map_or(Prospect::Open, Prospect::Grows)
        }
    };
    organization.roles().map(prospect).collect()
}

/// Whether a design is a network of several plain desks where nobody is lost for good, nothing changes with the hour, and
/// desks may starve each other although each has time enough: for that, several topics must take their own ways, and some
/// desk must tell them apart. Served alike, first come first served, they settle whenever every desk has time enough
/// (Bramson 1996).
pub(super) fn is_steady(model: &Model, design: &Design) -> bool {
    let even = |stream: &Stream| match &stream.arrivals {
        Arrivals::Poisson(profile) => profile.shape.is_none() && profile.day_cv <= 0.0,
        Arrivals::Renewal(_) => true,
        _ => false,
    };
    let always = |role: &Role| {
        let own = |person: &Person| person.calendar.as_ref().is_none_or(|own| own.is_always());
        let everybody = match &role.people {
            People::Infinite => true,
            People::Some(people) => people.iter().all(own),
        };
        role.calendar.is_always() && everybody
    };
    let roles = || design.organization.roles().map(|(_, role)| role);
    !model.study.kind.is_terminating()
        && model.world.streams.iter().all(|stream| goes_on(stream) && even(stream))
        && 1 < design.organization.role_count()
        && 1 < model.world.topics.len()
        && roles().any(tells_topics)
        && roles().all(|role| matches!(role.work, Work::Serve { .. }) && always(role))
        && prospects(model, design).iter().all(|prospect| *prospect == Prospect::Open)
}

/// Whether a plain desk serves some topics before others, or not for as long.
fn tells_topics(role: &Role) -> bool {
    !matches!(role.discipline, Discipline::Fifo)
        || matches!(&role.work, Work::Serve { service, .. } if 1 < service.len())
}

/// Whether by the load of a design more work stays at a role than its people have time for, exact or not.
pub(super) fn is_likely(model: &Model, design: &Design, load: &Load, role: RoleId) -> bool {
    let stays = staying(&model.world, &model.practice, &design.organization, load, role);
    load.endless.is_empty() && stays.is_some_and(|share| SURELY < share)
}

/// As much work as time, and no more than rounding leaves.
const SURELY: f64 = 1.0 + 1e-9;

/// Whether a stream comes for ever as it does.
fn goes_on(stream: &Stream) -> bool {
    stream.limit.is_none()
        && match &stream.arrivals {
            Arrivals::Poisson(profile) => profile.until == crate::units::SimTime::NEVER,
            Arrivals::Every(_) | Arrivals::Renewal(_) | Arrivals::Modulated(_) => true,
            Arrivals::Recorded(_) | Arrivals::Members(_) | Arrivals::AtStart(_) => false,
        }
}

/// Whether whoever waits at a plain desk leaves it after a while, and most for good.
fn everybody_leaves(model: &Model) -> bool {
    let behavior = &model.world.behavior;
    let topics = 0..model.world.topics.len() as u32;
    let loses = behavior.patience.as_ref().is_some_and(|patience| {
        patience.scope == PatienceScope::Queue
            && topics.clone().all(|topic| !patience.is_endless(TopicId(topic)))
    });
    loses && !behavior.left_queue.as_ref().is_some_and(Retry::never_gives_up)
}
