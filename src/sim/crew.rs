//! All people and their desks, before anybody has come.

use crate::draws::Seed;
use crate::model::{People, Person, Role};
use crate::sim::desk::DeskState;
use crate::sim::life::Life;
use crate::sim::looks::{plain_topics, tally};
use crate::sim::people::Worker;
use crate::sim::plan::Plan;
use crate::sim::presence::Presence;
use crate::sim::queue::Lines;
use crate::sim::role_plan::RolePlan;
use crate::sim::task::Task;
use crate::sim::traits::Traits;

/// Places in line that each of many desks has from the beginning, so that their lines stand side by side in memory.
const ROOM: usize = 16;

/// All people and the desks that they are at.
pub(super) fn crew<'a>(
    task: &Task<'a>,
    plan: &'a Plan<'_>,
    seed: Seed,
    Traits { plain, far_apart, .. }: Traits,
) -> (Vec<Worker>, Vec<DeskState<'a>>) {
    let room = if far_apart { ROOM } else { 0 };
    let mut workers = Vec::new();
    let mut desks = Vec::new();
    for (id, role) in task.organization.roles() {
        let compiled = &plan.roles[id.index()];
        let first = workers.len() as u32;
        if let People::Some(people) = &role.people {
            let hired = (0..)
                .zip(people)
                .map(|(number, person)| hire(role, (id.0, compiled), (number, person), seed));
            workers.extend(hired);
        }
        let groups = compiled.eligibility.groups;
        let lines = match compiled.rules.as_ref().is_some_and(|rules| rules.by_deadline) {
            true => Lines::by_due(groups),
            false => Lines::new(compiled.priorities, groups, room),
        };
        let people = first..workers.len() as u32;
        desks.push(DeskState::new(
            compiled,
            lines,
            people,
            (tally(task.study, plain_topics(plan, id.index())), far_apart),
            task.study,
            plain,
        ));
    }
    (workers, desks)
}

/// Somebody of this number at a desk.
fn hire(
    role: &Role,
    (desk, plan): (u32, &RolePlan),
    (number, person): (u32, &Person),
    seed: Seed,
) -> Worker {
    let calendar = person.calendar.clone().unwrap_or_else(|| role.calendar.clone());
    let presence = Presence::new(calendar, role.block, person.present, person.offset);
    let presence = (!presence.is_always()).then(|| Box::new(presence));
    let takes = plan.eligibility.takes[number as usize];
    let mut worker = Worker::new(desk, person.times, takes, presence);
    worker.present = person.present;
    worker.with_people = person.with_people;
    worker.hands = plan.slots.as_ref().map(|_| Box::default());
    worker.pace = role.habits.change_pace().then(Box::default);
    worker.special = worker.hands.is_some() || worker.pace.is_some();
    let staffing = plan.staffing.as_deref();
    worker.learns = staffing.is_some_and(|of| of.ramp.is_some() || of.turnover.is_some());
    worker.life = staffing.map(|staffing| {
        let learned = role.learned(person);
        Box::new(Life::new(staffing, seed, (plan.identity, number), learned))
    });
    worker
}
