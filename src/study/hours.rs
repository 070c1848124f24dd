//! Whether opening hours decide the answer.

use std::sync::Arc;

use super::FEW;
use crate::experiment::{ExperimentResult, Options, ScoreResult, run};
use crate::model::{Calendar, Design, Model, People, Person, Role, RoleId, Score, take_turns};
use crate::units::{HOURS_A_WEEK, SimTime};

/// Each score once more, with the same opening hours and weekly person-hours for all.
#[derive(Debug, Clone, PartialEq)]
pub struct HoursCheck {
    /// By score, in the order of the result's scores.
    pub verdicts: Vec<(Score, HoursVerdict)>,
    /// Whether all are open at the same hours as it is, so that only the person-hours were changed.
    pub open_alike: bool,
}

/// What equal hours do to a score.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HoursVerdict {
    /// There was no winner to begin with.
    NoWinner,
    /// The winner stays.
    Stays,
    /// The same design leads, but luck or its size no longer lets one call it a winner.
    Fades,
    /// Another design leads, by position.
    Changes(usize),
    /// Nothing can be told: this design, by position, was compared before and falls behind for good then.
    Withheld(usize),
}

impl HoursCheck {
    /// Whether every winner stays.
    pub fn all_stay(&self) -> bool {
        let holds = |verdict: &HoursVerdict| {
            matches!(verdict, HoursVerdict::Stays | HoursVerdict::NoWinner)
        };
        self.verdicts.iter().all(|(_, verdict)| holds(verdict))
    }
}

/// Run all designs again with the same opening hours and the same weekly person-hours.
///
/// Every role gets the calendar of the first role of the first design. People keep their hours by
/// being there for another part of each block, and all of a design are scaled so that its weekly
/// person-hours are those of the design with fewest. Money is then no longer equal: that is the
/// point. Nothing is run where there is no winner to begin with; `None` where there is nobody whose hours could be changed.
pub fn same_hours(
    model: &Model,
    result: &ExperimentResult,
    options: &Options<'_>,
) -> Option<HoursCheck> {
    let leveled = leveled(model)?;
    if result.scores.iter().all(|score| score.winner().is_none()) {
        let none = result.scores.iter().map(|score| (score.score, HoursVerdict::NoWinner));
        return Some(HoursCheck { verdicts: none.collect(), open_alike: open_alike(model) });
    }
    let again = run(&leveled, options);
    let verdicts = result.scores.iter().map(|score| (score.score, verdict(score, &again)));
    Some(HoursCheck { verdicts: verdicts.collect(), open_alike: open_alike(model) })
}

/// What becomes of a score's winner in the comparison at equal hours.
fn verdict(score: &ScoreResult, again: &ExperimentResult) -> HoursVerdict {
    let Some(winner) = score.winner() else { return HoursVerdict::NoWinner };
    if again.designs[winner].withheld {
        return HoursVerdict::Withheld(winner);
    }
    let Some(other) = again.scores.iter().find(|other| other.score == score.score) else {
        return HoursVerdict::Fades;
    };
    let gone = score.ranking.iter().copied().find(|&design| again.designs[design].withheld);
    match (other.best(), other.winner(), gone) {
        // whom nobody is left to compare with leads by default
        (_, _, Some(gone)) if other.ranking.len() < 2 => HoursVerdict::Withheld(gone),
        (Some(best), Some(_), _) if best == winner => HoursVerdict::Stays,
        // whoever is ahead by luck, or too little to matter, does not lead
        (Some(best), Some(_), _) if best != winner => HoursVerdict::Changes(best),
        _ => HoursVerdict::Fades,
    }
}

/// Whether everybody is there at the same opening hours already.
fn open_alike(model: &Model) -> bool {
    let roles = || {
        model.designs.iter().flat_map(|design| design.organization.roles().map(|(_, role)| role))
    };
    let own = |role: &Role| match &role.people {
        People::Infinite => false,
        People::Some(people) => people.iter().any(|person| person.calendar.is_some()),
    };
    let first = roles().next().map(|role| &role.calendar);
    roles().all(|role| Some(&role.calendar) == first && !own(role))
}

/// The model with equal hours.
fn leveled(model: &Model) -> Option<Model> {
    let horizon = SimTime::WEEK;
    let first = model.designs.first()?.organization.roles().next()?.1;
    let calendar = first.calendar.clone();
    let fewest = model
        .designs
        .iter()
        .map(|design| person_hours(design, horizon))
        .min_by(f64::total_cmp)
        .filter(|&hours| 0.0 < hours)?;
    let mut leveled = model.clone();
    leveled.study.replications = leveled.study.replications.min(FEW);
    leveled.hold_equal = None;
    for design in &mut leveled.designs {
        let factor = fewest / person_hours(design, horizon);
        level(design, &calendar, factor, horizon);
    }
    Some(leveled)
}

/// Share of the time a person is there.
fn presence(person: &Person, role: &Calendar, horizon: SimTime) -> f64 {
    person.present * person.calendar.as_deref().unwrap_or(role).open_share(horizon)
}

/// Person-hours in a week, of everybody who can be counted.
fn person_hours(design: &Design, horizon: SimTime) -> f64 {
    let of = |(_, role): (RoleId, &Role)| match &role.people {
        People::Infinite => 0.0,
        People::Some(people) => people
            .iter()
            .map(|person| HOURS_A_WEEK * presence(person, &role.calendar, horizon))
            .sum(),
    };
    design.organization.roles().map(of).sum()
}

/// The same calendar for everybody, and so much of everybody's hours.
fn level(design: &mut Design, calendar: &Arc<Calendar>, factor: f64, horizon: SimTime) {
    let open = calendar.open_share(horizon);
    for id in (0..design.organization.role_count() as u32).map(RoleId) {
        let role = design.organization.role_mut(id);
        let before = role.calendar.clone();
        role.calendar = calendar.clone();
        if let People::Some(people) = &mut role.people {
            for person in people.iter_mut() {
                let share = factor * presence(person, &before, horizon) / open;
                person.present = share.clamp(1e-6, 1.0);
                person.calendar = None;
            }
            take_turns(people);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::examples::{model_of_desks, run_with};
    use std::sync::atomic::AtomicBool;

    #[test]
    fn equal_hours_are_equal_and_kept() {
        let mut model = model_of_desks(6.0);
        let always = Arc::new(Calendar::always());
        let desk = model.designs[1].organization.role_mut(RoleId(2));
        assert!(open_alike(&model_of_desks(6.0)));
        desk.calendar = always;
        assert!(!open_alike(&model));
        let leveled = leveled(&model).unwrap();
        let hours: Vec<f64> =
            leveled.designs.iter().map(|design| person_hours(design, SimTime::WEEK)).collect();
        assert!((hours[0] - hours[1]).abs() < 1e-6, "{hours:?}");
        let calendars = leveled.designs.iter().flat_map(|design| design.organization.roles());
        let first = model.designs[0].organization.role(RoleId(0)).calendar.clone();
        assert!(calendars.into_iter().all(|(_, role)| role.calendar == first));
    }

    #[test]
    fn designs_with_equal_hours_already_keep_their_winners() {
        let model = model_of_desks(6.0);
        let result = run_with(&model, 2);
        let stop = AtomicBool::new(false);
        let options = Options::plain(2, &stop);
        let check = same_hours(&model, &result, &options).unwrap();
        assert!(check.all_stay() && check.open_alike, "{check:?}");
    }

    #[test]
    fn a_design_that_falls_behind_at_equal_hours_leaves_nobody_to_compare_with() {
        use crate::experiment::made_up::made_up;
        let result = made_up();
        let score = result.scores.iter().find(|score| score.winner().is_some()).unwrap();
        let winner = score.winner().unwrap();
        let rest = || (0..result.designs.len()).filter(|&design| design != winner);
        let without = |drowned: &mut dyn Iterator<Item = usize>| {
            let mut again = result.clone();
            for design in drowned {
                again.designs[design].withheld = true;
                again.scores.iter_mut().for_each(|score| score.ranking.retain(|&d| d != design));
            }
            verdict(score, &again)
        };
        assert_eq!(without(&mut std::iter::empty()), HoursVerdict::Stays);
        assert_eq!(without(&mut std::iter::once(winner)), HoursVerdict::Withheld(winner));
        assert_eq!(without(&mut rest().take(1)), HoursVerdict::Stays);
        assert!(matches!(without(&mut rest()), HoursVerdict::Withheld(of) if of != winner));
    }

    #[test]
    fn who_is_first_without_a_lead_does_not_lead_at_equal_hours() {
        use crate::experiment::Verdict;
        use crate::experiment::made_up::made_up;
        let result = made_up();
        let score = result.scores.iter().find(|score| score.winner().is_some()).unwrap();
        let mut again = result.clone();
        let other = again.scores.iter_mut().find(|other| other.score == score.score).unwrap();
        other.ranking.reverse();
        assert_eq!(verdict(score, &again), HoursVerdict::Changes(score.ranking[3]));
        let other = again.scores.iter_mut().find(|other| other.score == score.score).unwrap();
        other.verdict = Verdict::TooSmall { rivals: vec![score.ranking[0]] };
        assert_eq!(verdict(score, &again), HoursVerdict::Fades);
    }
}
