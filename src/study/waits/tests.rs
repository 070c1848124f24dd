//! Waits priced on two archetypes of a small world.

use std::sync::atomic::AtomicBool;

use super::remedy::{longer, presence};
use super::*;
use crate::experiment::examples::{model_of_desks, plain_model, run_with};
use crate::model::{RoleId, StudyKind};
use crate::units::SimTime;

fn studied(model: &Model) -> (ExperimentResult, Option<Waits>) {
    let result = run_with(model, 2);
    let stop = AtomicBool::new(false);
    let options = Options::plain(2, &stop);
    let waits = waits(model, &result, &options);
    (result, waits)
}

#[test]
fn what_a_change_does_to_a_cause_and_to_all_others_is_what_it_does_in_all() {
    let (result, waits) = studied(&model_of_desks(6.0));
    let waits = waits.unwrap();
    assert_eq!(waits.yardsticks[1].id(), "answered_within_6h", "the promise is the first goal");
    let mut whole = Vec::new();
    for (design, of) in waits.designs.iter().zip(&result.designs) {
        let shares: Vec<f64> = design.causes.iter().map(|of| of.share.mean().unwrap()).collect();
        assert!(shares.is_sorted_by(|a, b| a >= b), "{shares:?}");
        assert!(shares.iter().all(|&share| result.worth_noticing.share <= share), "{shares:?}");
        for cause in &design.causes {
            assert_eq!(cause.changes[0].remedy, Remedy::against(cause.cause)[0]);
            for change in &cause.changes {
                let all = change.effects[0].unwrap();
                let (this, others) = (change.of_this.unwrap(), change.of_others.unwrap());
                assert_eq!(Some(all.before), of.scopes[0].waited.mean());
                assert_eq!(Some(this.before), cause.minutes.mean());
                let sum = this.difference.mean + others.difference.mean;
                assert!((sum - all.difference.mean).abs() < 1e-6, "{change:?}");
                if change.remedy.is_whole() && change.remedy != Remedy::NoLine {
                    assert!(this.after.abs() < 1e-9, "{change:?}");
                    whole.push(cause.cause);
                }
            }
        }
    }
    for cause in [Cause::OffHours, Cause::Approval, Cause::Consult, Cause::WrongDesk] {
        assert!(whole.contains(&cause), "{cause:?} is not among {whole:?}");
    }
}

#[test]
fn only_what_can_be_bought_has_a_price() {
    let (result, waits) = studied(&model_of_desks(6.0));
    let all = waits.unwrap().designs;
    let changes = all.iter().flat_map(|design| design.causes.iter().flat_map(|of| &of.changes));
    for change in changes {
        assert_eq!(change.costs.is_some(), change.remedy.has_price(), "{change:?}");
        assert_eq!(change.desk.is_some(), change.remedy == Remedy::OneMoreHead);
        assert!(change.costs.is_none_or(|costs| 0.0 < costs), "{change:?}");
    }
    let closed = all[0].causes.iter().find(|of| of.cause == Cause::OffHours).unwrap();
    let always = closed.changes[0].costs.unwrap();
    // Twelve of twenty-four hours today: the desk's six agents cost as much again.
    assert!(
        (always - 6.0 * 60_000.0).abs() < 1e-6,
        "{always} of {}",
        result.designs[0].cost_per_year
    );
}

#[test]
fn a_longer_day_has_the_same_person_hours() {
    let mut design = model_of_desks(6.0).designs.remove(0);
    let role = design.organization.role_mut(RoleId(0));
    let (before, open) = (presence(role, SimTime::WEEK), role.calendar.open_share(SimTime::WEEK));
    assert!(longer(role, SimTime::WEEK));
    let more = role.calendar.open_share(SimTime::WEEK) - open;
    assert!((24.0 * more - 1.0).abs() < 1e-9, "{more}");
    assert!((presence(role, SimTime::WEEK) - before).abs() < 1e-9);
}

#[test]
fn in_a_plain_network_there_is_nothing_but_lines() {
    assert_eq!(studied(&plain_model(2, 8.0, StudyKind::TypicalWeeks)).1, None);
}
