//! A plain desk in the words of theory.

use crate::draws::{Law, LawForm};
use crate::model::{
    Discipline, Draw, LineRules, People, Person, Proactive, Role, RoleLoad, TopicId, Work, World,
};

use super::customers::{Again, Coming, Customers};

/// One desk and who comes there. Times are in minutes, rates per minute.
pub(super) struct Desk {
    /// What makes it another queue than that of Poisson customers who are served in turn and wait as long as it takes.
    pub(super) special: Vec<Special>,
    /// Persons; `None` for as many as it takes.
    pub(super) people: Option<u32>,
    /// Visits; 0 where they depend on how soon customers are served.
    pub(super) rate: f64,
    /// Service of all visits.
    pub(super) law: Law,
    /// When customers come.
    pub(super) coming: Coming,
    /// Mean patience.
    pub(super) patience: Option<f64>,
    /// How many may wait.
    pub(super) room: Option<u32>,
    /// What they do who find no room.
    pub(super) again: Option<Again>,
    /// What they do whose patience ends.
    pub(super) redial: Option<Again>,
    /// By urgency, the most urgent first.
    pub(super) classes: Vec<Class>,
    /// Whether the more urgent stop the less urgent.
    pub(super) preemptive: bool,
    /// Tasks without end.
    pub(super) task: Option<Law>,
}

/// What makes a queue another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Special {
    /// Customers come otherwise than as a Poisson stream.
    Arrivals,
    /// They give up.
    Patience,
    /// They may be turned away.
    Room,
    /// Those who are turned away, or gave up, come again.
    Returns,
    /// Some go first.
    Urgency,
    /// People have other work.
    Tasks,
}

/// Visits of one urgency.
pub(super) struct Class {
    /// What they are about.
    pub(super) topics: Vec<TopicId>,
    /// Visits a minute.
    pub(super) rate: f64,
    /// Their service.
    pub(super) law: Law,
}

impl Desk {
    /// Whether it fits into a product form: infinite, or exponential with one mean whoever comes.
    pub(super) fn is_memoryless(&self) -> bool {
        self.people.is_none() || self.exponential().is_some()
    }

    /// People and mean service, where that is exponential.
    pub(super) fn exponential(&self) -> Option<(u32, f64)> {
        Some((self.people?, exponential(&self.law)?))
    }
}

/// The mean of an exponential law; several alike are one.
fn exponential(law: &Law) -> Option<f64> {
    match law.form() {
        LawForm::Exponential(mean) => Some(mean),
        LawForm::Mixture(parts) => {
            let mean = exponential(&parts.first()?.1)?;
            parts.iter().all(|(_, part)| part.form() == LawForm::Exponential(mean)).then_some(mean)
        }
        _ => None,
    }
}

/// Whether it is a desk of a network of queues.
pub(super) fn serves(role: &Role) -> bool {
    matches!(role.work, Work::Serve { .. })
}

/// `None` if it is not one of theory, or nobody comes.
pub(super) fn desk(
    world: &World,
    customers: &Customers,
    role: &Role,
    load: &RoleLoad,
) -> Option<Desk> {
    let Work::Serve { service, draw: Draw::PerVisit } = &role.work else { return None };
    let people = match &role.people {
        People::Infinite => None,
        People::Some(people) => Some(alike(people)?),
    };
    let steady = role.calendar.is_always()
        && role.staffing.is_nothing()
        && role.line == LineRules::default()
        && !role.habits.change_pace()
        && role.habits.slots.as_ref().is_none_or(|slots| slots.is_plain());
    if !steady {
        return None;
    }
    let task = match &role.proactive {
        // no work that customers stop or that nobody has is felt by them
        Proactive::Never | Proactive::WhenIdle(_) => None,
        Proactive::Endless { when, .. } if when.preemptible => None,
        Proactive::Endless { when, .. } if 0 < when.keep_free => return None,
        Proactive::Endless { task, .. } => Some(task.clone()),
    };
    let classes = match role.discipline {
        Discipline::Fifo => Vec::new(),
        Discipline::Priority { .. } => classes(world, service, &load.visits_by_topic)?,
        Discipline::EarliestDeadline => return None,
    };
    let closed = matches!(customers.coming, Coming::Members(_));
    let rate = load.visits_per_hour / 60.0;
    if !closed && rate <= 0.0 {
        return None;
    }
    let ids: Vec<usize> = (0..load.visits_by_topic.len()).collect();
    let law = if closed { only(service)? } else { law(service, &ids, &load.visits_by_topic)? };
    if people.is_some() && law.is_zero() {
        return None;
    }
    let again = customers.again.filter(|_| role.waiting_room.is_some());
    let redial = customers.redial.filter(|_| customers.patience.is_some());
    let special = [
        (Special::Arrivals, !matches!(customers.coming, Coming::Poisson)),
        (Special::Patience, customers.patience.is_some()),
        (Special::Room, role.waiting_room.is_some()),
        (Special::Returns, again.is_some() || redial.is_some()),
        (Special::Urgency, 1 < classes.len()),
        (Special::Tasks, task.is_some()),
    ];
    Some(Desk {
        special: special.into_iter().filter(|(_, holds)| *holds).map(|(which, _)| which).collect(),
        people,
        rate,
        law,
        coming: customers.coming.clone(),
        patience: customers.patience,
        room: role.waiting_room,
        again,
        redial,
        classes,
        preemptive: matches!(role.discipline, Discipline::Priority { preemptive: true }),
        task,
    })
}

/// How many they are, if they are there all the time and differ in nothing.
fn alike(people: &[Person]) -> Option<u32> {
    let full = !people.is_empty() && people.iter().all(|one| *one == Person::full());
    full.then(|| u32::try_from(people.len()).ok()).flatten()
}

/// The visits by urgency; topics that nobody brings are left out.
fn classes(world: &World, service: &[Law], by_topic: &[f64]) -> Option<Vec<Class>> {
    let comes = |topic: &usize| 0.0 < by_topic[*topic];
    let mut urgencies: Vec<u8> =
        (0..by_topic.len()).filter(comes).map(|topic| world.topics[topic].priority).collect();
    urgencies.sort_unstable();
    urgencies.dedup();
    let class = |urgency: u8| {
        let of = |topic: &usize| world.topics[*topic].priority == urgency;
        let topics: Vec<usize> = (0..by_topic.len()).filter(comes).filter(of).collect();
        let rate = topics.iter().map(|&topic| by_topic[topic]).sum::<f64>() / 60.0;
        let law = law(service, &topics, by_topic)?;
        let topics = topics.iter().map(|&topic| TopicId(topic as u32)).collect();
        Some(Class { topics, rate, law })
    };
    urgencies.into_iter().map(class).collect()
}

/// Service over these topics, weighted by their visits.
fn law(service: &[Law], topics: &[usize], by_topic: &[f64]) -> Option<Law> {
    let of = |&topic: &usize| (by_topic[topic], service[topic].clone());
    match service {
        [law] => Some(law.clone()),
        _ => Law::mixture(topics.iter().filter(|&&topic| 0.0 < by_topic[topic]).map(of)).ok(),
    }
}

/// The law of service, if there is one for all topics.
fn only(service: &[Law]) -> Option<Law> {
    match service {
        [law] => Some(law.clone()),
        _ => None,
    }
}
