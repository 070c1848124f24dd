//! The people of a role laid out for the event loop: who can take what, their open cases, and what takes them away.

use crate::draws::Law;
use crate::model::{
    Duty, Groups, Habits, MOST_GROUPS, Newcomer, People, Person, Proactive, Role, SpareTime,
    Teaching, World,
};
use crate::sim::case::{Case, Stage};
use crate::units::MICROS_A_MINUTE;

/// Parts of a microsecond in which work on open cases is counted.
pub(super) const PARTS: u128 = 1 << 32;

/// Several open cases of each person.
pub(super) struct SlotPlan {
    /// Work done on each of one, two, … open cases in a microsecond, in [`PARTS`].
    pub(super) speeds: Vec<u128>,
    /// Whether a parked case keeps its slot.
    pub(super) parked_count: bool,
}

impl SlotPlan {
    /// Speed at which each of so many open cases goes forward.
    #[inline]
    pub(super) fn speed(&self, open: usize) -> u128 {
        self.speeds[open.clamp(1, self.speeds.len()) - 1]
    }
}

/// `None` where everybody has one case at a time.
pub(super) fn slots(habits: &Habits) -> Option<SlotPlan> {
    let slots = habits.slots.as_ref().filter(|slots| !slots.is_plain())?;
    let parts = |speed: &f64| ((speed * PARTS as f64) as u128).max(1);
    Some(SlotPlan {
        speeds: slots.speeds.iter().map(parts).collect(),
        parked_count: slots.parked_count,
    })
}

/// Mentions, or an endless supply of tasks, for people who have nothing else to do.
pub(super) struct SparePlan {
    /// Microseconds that a task takes; `None` where mentions are worked on.
    pub(super) task: Option<Law>,
    /// People who must stay free when somebody begins.
    pub(super) keep_free: u32,
    /// Whether a case stops it.
    pub(super) preemptible: bool,
}

pub(super) fn spare(proactive: &Proactive) -> Option<SparePlan> {
    let plan = |task: Option<Law>, when: &SpareTime| SparePlan {
        task,
        keep_free: when.keep_free,
        preemptible: when.preemptible,
    };
    match proactive {
        Proactive::Never => None,
        Proactive::WhenIdle(when) => Some(plan(None, when)),
        Proactive::Endless { task, when } => Some(plan(Some(task.scaled(MICROS_A_MINUTE)), when)),
    }
}

/// Duties, absence and turnover, laws in microseconds.
pub(super) struct StaffingPlan {
    pub(super) duties: Vec<Duty>,
    /// Time between spells of absence, and their length.
    pub(super) absence: Option<(Law, Law)>,
    /// Whether work in hand stops when a spell begins.
    pub(super) ill_at_once: bool,
    pub(super) turnover: Option<TurnoverPlan>,
    pub(super) ramp: Option<Newcomer>,
    /// What training teaches, and up to which κ in each knowledge domain.
    pub(super) teaching: Option<(Teaching, Vec<f64>)>,
}

/// How long people stay, how long places stay empty, and what newcomers can do.
pub(super) struct TurnoverPlan {
    pub(super) stays: Law,
    pub(super) vacancy: Law,
    pub(super) newcomer: Newcomer,
}

pub(super) fn staffing(world: &World, role: &Role) -> Option<Box<StaffingPlan>> {
    let staffing = &role.staffing;
    let plan = || StaffingPlan {
        duties: staffing.duties.clone(),
        absence: staffing.absence.as_ref().map(|absence| {
            (absence.after.scaled(MICROS_A_MINUTE), absence.lasts.scaled(MICROS_A_MINUTE))
        }),
        ill_at_once: staffing.absence.as_ref().is_some_and(|absence| absence.at_once),
        turnover: staffing.turnover.as_ref().map(|turnover| TurnoverPlan {
            stays: turnover.stays.scaled(MICROS_A_MINUTE),
            vacancy: turnover.vacancy.scaled(MICROS_A_MINUTE),
            newcomer: turnover.newcomer,
        }),
        ramp: staffing.ramp,
        teaching: staffing.teaching().map(|(teaching, _)| {
            let domains = 0..=world.units.len();
            (teaching, domains.map(|domain| teaching.ceiling(domain, role.unit)).collect())
        }),
    };
    (!staffing.is_nothing()).then(|| Box::new(plan()))
}

/// Which topics, in which languages, the same people can take.
pub(super) struct Eligibility {
    /// Group of each topic; where people speak some languages only, of each topic in each language, then of questions
    /// and decisions about it, which are put in the company's own words.
    group: Vec<u8>,
    /// Languages told apart here; 0 where all people speak all.
    languages: usize,
    /// Number of groups.
    pub(super) groups: usize,
    /// For each person of the role, the groups the person can take, as bits.
    pub(super) takes: Vec<u64>,
}

impl Eligibility {
    /// The group of a case, by its topic, its language and what it asks of the desk.
    #[inline]
    pub(super) fn group_of(&self, case: &Case) -> usize {
        if self.groups == 1 {
            return 0;
        }
        let topic = usize::from(case.topic);
        if self.languages == 0 {
            return usize::from(self.group[topic]);
        }
        let language = match case.stage {
            Stage::Consult | Stage::Decide => self.languages,
            _ => usize::from(case.tale.language),
        };
        usize::from(self.group[topic * (self.languages + 1) + language])
    }
}

impl Eligibility {
    /// All groups, as bits.
    pub(super) fn all(&self) -> u64 {
        u64::MAX >> (64 - self.groups)
    }

    /// Groups, as bits, with topics of a more urgent class in them; of whoever can take everything, all there are.
    pub(super) fn more_urgent_than(&self, class: u8, world: &World) -> u64 {
        let is_urgent = |topic: &usize| world.topics[*topic].priority < class;
        let mut urgent = (0..world.topics.len()).filter(is_urgent);
        if self.groups == 1 {
            return urgent.next().map_or(0, |_| u64::MAX);
        }
        let languages = self.languages + 1;
        let of_topic = |topic: usize| &self.group[topic * languages..(topic + 1) * languages];
        urgent.flat_map(of_topic).fold(0, |bits, group| bits | 1 << group)
    }
}

pub(super) fn eligibility(world: &World, people: &People) -> Eligibility {
    let people: &[Person] = match people {
        People::Infinite => &[],
        People::Some(people) => people,
    };
    let Some(Groups { of, languages, takers }) = Groups::of(world, people) else {
        let takes = vec![1; people.len()];
        return Eligibility { group: Vec::new(), languages: 0, groups: 1, takes };
    };
    assert!(takers.len() <= MOST_GROUPS, "`model::problems` refuses more groups than that");
    let group = of.into_iter().map(|group| group as u8).collect();
    let takes = |person: usize| {
        takers.iter().enumerate().fold(0, |bits, (g, takers)| bits | u64::from(takers[person]) << g)
    };
    let takes = (0..people.len()).map(takes).collect();
    Eligibility { group, languages, groups: takers.len(), takes }
}
