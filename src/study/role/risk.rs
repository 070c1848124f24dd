//! What hangs on a role, and what a day without one of its people does.

use std::rc::Rc;
use std::sync::atomic::Ordering;

use super::card::{Away, Risk, TriedEffect};
use super::ground::{Ground, effect};
use super::rights::rights;
use crate::experiment::{ExperimentResult, run};
use crate::model::{From, LinkKind, MeasureId, Model, People, RoleId, StudyKind};
use crate::study::Settings;
use crate::study::seen::Spot;
use crate::units::SimTime;

/// What a day without somebody is looked at for: the first of these (the mentions first, for a role to which they
/// come and no inquiry does), and whatever of the rest surely changes.
const LOOKED_AT: [MeasureId; 4] = [
    MeasureId::AnsweredWithin,
    MeasureId::Answered,
    MeasureId::MentionsReached,
    MeasureId::WrongAnswers,
];

/// What hangs on the role.
pub(super) fn risk(ground: &Ground<'_>, role: RoleId) -> Risk {
    let (world, structure) = (ground.world(), &ground.structure);
    let point = structure.single_points.iter().find(|point| point.role == role);
    let channels = point.map_or(Vec::new(), |point| {
        point.channels.iter().map(|id| world.channels[id.index()].name.clone()).collect()
    });
    let alone = structure.sole_holders.iter().filter(|sole| sole.role == role);
    let spoken = structure.lone_speakers.iter().filter(|lone| lone.role == role);
    Risk {
        needed_by: point.map_or(0.0, |point| point.share),
        channels,
        alone_knows: alone.map(|sole| world.units[sole.unit.index()].clone()).collect(),
        alone_speaks: spoken.map(|lone| world.languages[lone.language.index()].clone()).collect(),
        alone_approves_for: alone_approves_for(ground, role),
        away: away(ground, role),
    }
}

/// Roles whose replies only this one can approve.
fn alone_approves_for(ground: &Ground<'_>, role: RoleId) -> Vec<String> {
    let organization = ground.organization();
    let others = |name: &String| {
        let id = organization.find(name).expect("the name is that of a role");
        let links = organization.links_from(From::Role(id));
        links.filter(|(_, link)| link.kind == LinkKind::Approve).any(|(to, _)| to != role)
    };
    rights(ground, role).approves_for.into_iter().filter(|name| !others(name)).collect()
}

/// A day of the first week, from 1 after the warm-up: where it begins.
fn day(model: &Model, number: u64) -> SimTime {
    let first = model.study.warm_up.micros().div_ceil(SimTime::DAY.micros());
    SimTime::DAY.times(first + number - 1)
}

/// The day of the first week on which the first person is there longest, and for how many hours.
fn working_day(ground: &Ground<'_>, role: RoleId) -> Option<(u64, f64)> {
    let of = ground.organization().role(role);
    let People::Some(people) = &of.people else { return None };
    let person = people.first()?;
    let calendar = person.calendar.as_deref().unwrap_or(&of.calendar);
    let hours = |number: u64| {
        let start = day(&ground.model, number);
        person.present * calendar.open_between(start, start + SimTime::DAY).hours()
    };
    let fits =
        |&number: &u64| day(&ground.model, number) + SimTime::DAY <= ground.model.study.horizon();
    let days = (1..=7).filter(fits).map(|number| (number, hours(number)));
    let longest = days.fold(None, |best: Option<(u64, f64)>, day| match best {
        Some(best) if day.1 <= best.1 => Some(best),
        _ => Some(day),
    });
    longest.filter(|(_, hours)| 0.0 < *hours)
}

/// What comes in on one day of a model of this design. The day ends by itself, so its numbers mean something whatever
/// piles up on it.
fn day_of(ground: &Ground<'_>, mut model: Model, number: u64) -> ExperimentResult {
    model.study.kind = StudyKind::FromEmpty;
    model.study.warm_up = day(&ground.model, number);
    model.study.run_for = SimTime::DAY;
    run(&model, &ground.options)
}

/// Whether mentions come to the role.
fn listens(ground: &Ground<'_>, role: RoleId) -> bool {
    let organization = ground.organization();
    let mut heard = organization.links();
    heard.any(|(_, to, link)| to == role && link.kind == LinkKind::Listen)
}

/// Take out the first person of the role for one day, and look at what comes in on that day.
fn away(ground: &Ground<'_>, role: RoleId) -> Option<Away> {
    if ground.result.plain || ground.design().withheld || ground.is_stopped() {
        return None;
    }
    let (number, hours) = working_day(ground, role)?;
    let name = &ground.organization().role(role).name;
    let gone = ground.bench.stated.without_one_for_a_day(ground.name(), name, number);
    let without = ground.build(&Settings(vec![gone]))?;
    let known = ground.days.borrow().get(&number).cloned();
    let before = known.unwrap_or_else(|| Rc::new(day_of(ground, ground.model.clone(), number)));
    ground.days.borrow_mut().insert(number, before.clone());
    let after = day_of(ground, without, number);
    let look = |&id: &MeasureId| -> Option<TriedEffect> {
        let quantity = before.quantity(id)?;
        let name = before.quantities[quantity].name();
        effect(&before, &after, &name, Spot::of_all(quantity), None)
    };
    let visited = 0.0 < ground.load.roles[role.index()].visits_per_hour;
    let mut looked_at = LOOKED_AT.to_vec();
    if !listens(ground, role) {
        looked_at.retain(|&id| id != MeasureId::MentionsReached);
    } else if !visited {
        looked_at.sort_by_key(|&id| id != MeasureId::MentionsReached);
    }
    let mut effects: Vec<TriedEffect> = looked_at.iter().filter_map(look).collect();
    let mut first = true;
    effects.retain(|effect| std::mem::take(&mut first) || effect.is_sure());
    let stopped = ground.options.stop.load(Ordering::Relaxed);
    (!stopped && !effects.is_empty()).then_some(Away { day: number, hours, effects })
}
