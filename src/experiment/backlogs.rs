//! Where backlogs grow in a design.

use std::cell::OnceCell;

use super::measured::Sample;
use super::overload::{Drift, Growth, Lining, Overload, growth, growth_in_all};
use super::prospect::{Prospect, is_likely, is_steady, prospects};
use super::replication::Replication;
use super::result::{DesignResult, ExperimentResult};
use super::warning::Warning;
use crate::model::{self, Design, Model, People, Person, Role, RoleId};
use crate::sim::Bin;

/// Where backlogs grow in a design.
#[derive(Debug, Default)]
pub(super) struct Backlogs {
    /// The role where one grows fastest for good.
    pub(super) for_good: Option<Overload>,
    /// The role where one fastest fills up what has an end.
    pub(super) still_fills: Option<Overload>,
}

/// Where backlogs grow in a design, by its runs and by its load.
pub(super) fn backlogs(
    model: &Model,
    design: &Design,
    runs: &[&Replication],
    confidence: f64,
) -> Backlogs {
    let Some(first) = runs.first() else { return Backlogs::default() };
    let days = |run: &&Replication| run.until.hours() / 24.0;
    let arrived: u64 = runs.iter().map(|run| run.conservation.arrived).sum();
    let inquiries = arrived as f64 / runs.iter().map(days).sum::<f64>();
    let load = OnceCell::new();
    let of = |((id, role), prospect): ((RoleId, &Role), Prospect)| {
        let People::Some(people) = &role.people else { return None };
        let takes_all = |person: &Person| person.skills.is_none() && person.speaks.is_none();
        let drift = Drift {
            replications: runs.iter().map(|run| &run.roles[id.index()]).collect(),
            free: free(runs, id),
            all_alike: people.iter().all(takes_all) && role.line.keep_free.is_empty(),
            inquiries,
        };
        let growth = |prospect| growth(&drift, prospect, first.counted, confidence);
        let likely = || {
            // the load takes its time, and is asked only where something grows
            let grows = growth(Prospect::Likely).filter(|_| prospect == Prospect::Open)?;
            let load = load
                .get_or_init(|| model::load(&model.world, &model.practice, &design.organization));
            is_likely(model, design, load, id).then_some(grows)
        };
        Some((id.index(), growth(prospect).or_else(likely)?))
    };
    let roles = design.organization.roles().zip(prospects(model, design));
    let all: Vec<(usize, Growth)> = roles.filter_map(of).collect();
    let fastest = |pace: &dyn Fn(Growth) -> Option<f64>| {
        let told = all.iter().filter_map(|&(role, growth)| Some((role, pace(growth)?)));
        let most = told.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
        most.map(|(role, per_day)| Overload { role, per_day, in_all: false })
    };
    let for_good = fastest(&|growth| match growth {
        Growth::ForGood(per_day) => Some(per_day),
        Growth::StillFills(_) => None,
    });
    let in_all = || {
        if runs.len() < 2 || !is_steady(model, design) {
            return None;
        }
        let lining = |(role, of): (RoleId, &Role)| {
            let people = of.persons()? as f64;
            let replications = runs.iter().map(|run| &run.roles[role.index()]).collect();
            Some(Lining { role: role.index(), people, replications })
        };
        let roles: Vec<Lining<'_>> = design.organization.roles().filter_map(lining).collect();
        growth_in_all(&roles, inquiries, first.counted, confidence)
    };
    Backlogs {
        for_good: for_good.or_else(in_all),
        still_fills: fastest(&|growth| match growth {
            Growth::StillFills(per_day) => Some(per_day),
            Growth::ForGood(_) => None,
        }),
    }
}

/// Share of the paid time of a role's people in which a case would have found them free: with nothing at all to do, or with
/// what nobody waits for. `None` if nobody was ever there.
fn free(runs: &[&Replication], role: RoleId) -> Option<f64> {
    let bins = |bin: Bin| runs.iter().map(move |run| run.roles[role.index()].bins[bin as usize]);
    let spent = |bin: Bin| -> f64 { bins(bin).filter_map(Sample::value).sum() };
    let there = bins(Bin::Idle).filter_map(Sample::value).count();
    (0 < there).then(|| (spent(Bin::Idle) + spent(Bin::Proactive)) / there as f64)
}

/// Designs of which some role only fills up: what is told of them is of a beginning.
pub(super) fn still_fills(result: &ExperimentResult) -> Vec<Warning> {
    if result.kind.is_terminating() {
        return Vec::new();
    }
    let found = |(design, of): (usize, &DesignResult)| {
        let &Overload { role, per_day, .. } = of.still_fills.as_ref()?;
        Some(Warning::StillFills { design, role, per_day })
    };
    result.designs.iter().enumerate().filter_map(found).collect()
}
