//! Roles with work for nearly all of their time, for which a run is too short.

use super::result::{DesignResult, ExperimentResult};
use super::role_result::RoleResult;
use super::warning::{TooShort, Warning};
use crate::model::{Design, Model, Role, RoleId, load, staying};
use crate::sim::Bin;
use crate::stats::queueing::{RunLength, run_length};
use crate::units::RoundedLength;

/// A role whose queue takes long to settle, if it ever does.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct NearlyFull {
    /// Position of the role.
    pub(super) role: usize,
    /// Work that stays ÷ time, by the traffic equations.
    pub(super) utilization: f64,
    /// Visits an hour if it were never idle.
    per_hour: f64,
}

/// Only people who are at work for so much of the time that they are there are suspected.
const BUSY: f64 = 0.9;
/// Work for less than this share of the time leaves a queue that settles within weeks.
const NEARLY: f64 = 0.95;
/// Work for this share of the time is work for all of it, whatever rounding leaves.
const FULL: f64 = 1.0 - 1e-9;
/// How exact averages shall be where nobody asked.
const WITHIN: f64 = 0.1;

impl NearlyFull {
    /// Whether there is as much work as time, so that it never settles.
    fn never_settles(&self) -> bool {
        FULL <= self.utilization
    }

    fn needs(&self, within: f64, confidence: f64, replications: u32) -> Option<RunLength> {
        run_length(self.utilization, self.per_hour, within, confidence, replications)
    }
}

/// Roles that are nearly full or more by the [`load`], where that is all there is to their queue: nobody leaves it,
/// nobody is turned away, and no other desk helps out.
pub(super) fn nearly_full(model: &Model, design: &Design) -> Vec<NearlyFull> {
    let organization = &design.organization;
    let load = load(&model.world, &model.practice, organization);
    if !load.endless.is_empty() {
        return Vec::new();
    }
    let of = |(id, _): (RoleId, &Role)| {
        let loaded = &load.roles[id.index()];
        let stays = staying(&model.world, &model.practice, organization, &load, id)?;
        let utilization = Some(stays).filter(|share| share.is_finite() && NEARLY <= *share)?;
        let per_hour = loaded.visits_per_hour / loaded.utilization()?;
        Some(NearlyFull { role: id.index(), utilization, per_hour })
    };
    organization.roles().filter_map(of).collect()
}

/// A warning for each design whose run is too short for one of its roles.
///
/// Where averages are to be exact `within` a share, repetitions are added until luck is that small, so that only their
/// length matters; where nobody asked, their number as well. A design that is known to fall behind, and a study that
/// ends by itself, have no averages to wait for.
pub(super) fn too_short(
    model: &Model,
    result: &ExperimentResult,
    within: Option<f64>,
) -> Vec<Warning> {
    if result.kind.is_terminating() {
        return Vec::new();
    }
    let busy = |design: &DesignResult| {
        let share = |role: &RoleResult| {
            let absent = role.bins[Bin::Absent as usize].mean().unwrap_or(0.0);
            Some(role.number("utilization").mean()? / (1.0 - absent))
        };
        design.roles.iter().filter_map(share).fold(0.0, f64::max)
    };
    let suspects = model.designs.iter().enumerate().filter(|(at, _)| {
        let of = &result.designs[*at];
        !of.withheld && BUSY <= busy(of)
    });
    let found = |(at, design): (usize, &Design)| {
        let full = nearly_full(model, design);
        let slowest = full.into_iter().max_by(|a, b| a.utilization.total_cmp(&b.utilization))?;
        warning(result, at, &slowest, within)
    };
    suspects.filter_map(found).collect()
}

/// What is to be known of one role of a design; `None` if the run is long enough for it.
fn warning(
    result: &ExperimentResult,
    design: usize,
    full: &NearlyFull,
    asked: Option<f64>,
) -> Option<Warning> {
    let (role, utilization) = (full.role, full.utilization);
    if full.never_settles() && utilization <= 2.0 - FULL {
        return Some(Warning::NeverSettles { design, role });
    }
    if full.never_settles() {
        return Some(Warning::FallsBehindUnseen { design, role });
    }
    let within = asked.unwrap_or(WITHIN);
    let replications = result.replications.max(1);
    let needs = full.needs(within, result.confidence, replications)?;
    let n = f64::from(replications);
    let (counted, whole) = (result.run_for, result.run_for + result.warm_up);
    let enough = asked.is_some() || needs.in_all <= n * counted.hours();
    if enough && needs.each <= whole.hours() {
        return None;
    }
    let takes_hours = needs.each.max(needs.in_all / n);
    // lengths that read alike are no reason to warn
    let alike = RoundedLength::of_hours(takes_hours) == RoundedLength::of_hours(counted.hours());
    (!alike).then_some(Warning::TooShort(TooShort {
        design,
        role,
        utilization,
        within,
        replications,
        takes_hours,
        counted,
    }))
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::experiment::examples::{plain_model, run_with};
    use crate::model::StudyKind;
    use crate::units::SimTime;

    fn check(per_hour: f64, expected: Expect) {
        let result = run_with(&plain_model(1, per_hour, StudyKind::TypicalWeeks), 2);
        assert_eq!(result.designs[0].overload, None, "at {per_hour} an hour");
        expected.assert_eq(&format!("{:.3?}", result.warnings));
    }

    #[test]
    fn a_run_too_short_for_its_load_names_the_length_it_needs() {
        check(9.0, expect!["[]"]);
        check(
            9.99,
            expect![
                "[TooShort(TooShort { design: 0, role: 0, utilization: 0.999, within: 0.100, replications: 4, takes_hours: 101330335.373, counted: SimTime(691200000000) })]"
            ],
        );
        check(10.0, expect!["[NeverSettles { design: 0, role: 0 }]"]);
    }

    #[test]
    fn a_run_as_long_as_what_it_takes_is_long_enough() {
        let model = plain_model(1, 9.8, StudyKind::TypicalWeeks);
        let mut result = run_with(&model, 2);
        let full = nearly_full(&model, &model.designs[0]).remove(0);
        let found = |result: &ExperimentResult| warning(result, 0, &full, None);
        let needs = full.needs(WITHIN, result.confidence, result.replications).unwrap();
        let hours = needs.in_all / f64::from(result.replications);
        result.run_for = SimTime::from_micros((0.999 * hours * 3.6e9) as u64);
        assert_eq!(found(&result), None);
        // luck in two repetitions is that of t with one degree of freedom, not of a normal law
        result.replications = 2;
        expect!["Some(TooShort(TooShort { design: 0, role: 0, utilization: 0.980, within: 0.100, replications: 2, takes_hours: 8154753.184, counted: SimTime(919897177620555) }))"].assert_eq(&format!("{:.3?}", found(&result)));
    }

    #[test]
    fn who_may_leave_or_is_helped_settles_at_any_load() {
        let mut model = plain_model(1, 9.99, StudyKind::TypicalWeeks);
        assert_eq!(nearly_full(&model, &model.designs[0]).len(), 1);
        let desk = model.designs[0].organization.role_mut(RoleId(0));
        desk.waiting_room = Some(5);
        assert_eq!(nearly_full(&model, &model.designs[0]), []);
    }

    #[test]
    fn a_study_that_ends_by_itself_is_long_enough() {
        let result = run_with(&plain_model(1, 9.99, StudyKind::FromEmpty), 2);
        assert_eq!(result.warnings, []);
    }
}
