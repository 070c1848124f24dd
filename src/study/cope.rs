//! What a design that falls behind for good would need to keep up.

use super::candidates::unheld;
use super::setting::{Settings, Workbench};
use crate::experiment::ExperimentResult;
use crate::model::{Model, RoleId, load};

/// Heads, or less work, with which a design would keep up.
#[derive(Debug, Clone, PartialEq)]
pub struct Cope {
    /// Position of the design.
    pub design: usize,
    /// The role that falls behind, and then the others that have too much to do, the fullest first: with more people at the
    /// first alone, its work would pile up with them.
    pub lacks: Vec<Lack>,
    /// By how much less work would do for all of them, as a share of it.
    pub less: f64,
    /// How many more a day than it can do come to the first of them by its load: without those who write again because they
    /// wait, and whatever else waiting adds.
    pub per_day: f64,
    /// What gives the roles these heads; `None` where a scenario cannot set them.
    pub settings: Option<Settings>,
}

/// Heads with which one role would keep up.
#[derive(Debug, Clone, PartialEq)]
pub struct Lack {
    /// The role.
    pub role: String,
    /// Its heads.
    pub heads: f64,
    /// Heads that would do, to a tenth.
    pub needed: f64,
}

/// For each design that falls behind for good, what its roles would need by their load.
///
/// With work ÷ time = ρ above 1, a role keeps up with ρ times its heads, or with (ρ − 1) ÷ ρ less work: the
/// [`load`] takes everybody to wait for the reply, so it is the most that comes. A role that falls behind though its load is below
/// 1 (for want of one skill or language) has no such number, and neither has a design with work for a role without anybody.
pub fn copes(model: &Model, result: &ExperimentResult, bench: &Workbench<'_>) -> Vec<Cope> {
    let cope = |(at, of): (usize, &crate::experiment::DesignResult)| {
        let role = of.overload.as_ref().filter(|_| of.withheld)?.role;
        let design = model.designs.get(at).filter(|design| design.name == of.name)?;
        let load = load(&model.world, &model.practice, &design.organization);
        let full = load.roles.iter().filter_map(|of| Some((of.role, of.utilization()?)));
        let mut full: Vec<(RoleId, f64)> = full.filter(|(_, busy)| 1.0 < *busy).collect();
        let behind = |id: RoleId| id.index() == role;
        full.sort_by(|a, b| behind(b.0).cmp(&behind(a.0)).then(b.1.total_cmp(&a.1)));
        let (first, busy) = *full.first().filter(|(id, _)| behind(*id))?;
        let per_day = 24.0 * load.roles[first.index()].visits_per_hour * (1.0 - 1.0 / busy);
        let lack = |&(id, busy): &(RoleId, f64)| {
            let role = design.organization.role(id);
            let heads = role.headcount().filter(|&heads| 0.0 < heads && busy.is_finite())?;
            let needed = (10.0 * heads * busy).floor() / 10.0 + 0.1;
            Some(Lack { role: role.name.clone(), heads, needed })
        };
        let lacks = full.iter().map(lack).collect::<Option<Vec<Lack>>>()?;
        let most = full.iter().fold(1.0, |most, (_, busy)| busy.max(most));
        let settings = settings(&design.name, &lacks, bench);
        Some(Cope { design: at, lacks, less: 1.0 - 1.0 / most, per_day, settings })
    };
    result.designs.iter().enumerate().filter_map(cope).collect()
}

/// Edits that give each role its heads, if the scenario takes them.
fn settings(design: &str, lacks: &[Lack], bench: &Workbench<'_>) -> Option<Settings> {
    let entry = bench.stated.design(design)?;
    let people = |lack: &Lack| (10.0 * lack.needed).round() / 10.0;
    let roles: Vec<(&str, f64)> = lacks.iter().map(|of| (of.role.as_str(), people(of))).collect();
    let settings = unheld(Settings(vec![entry.people_at(&roles)]), bench);
    (bench.build)(&settings.0).is_ok().then_some(settings)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::experiment::examples::{model_of_desks, run_with};
    use crate::scenario::StatedValues;

    #[test]
    fn with_the_heads_that_are_named_the_load_can_be_done() {
        let model = model_of_desks(0.5);
        let mut result = run_with(&model, 2);
        for (design, of) in model.designs.iter().zip(&mut result.designs) {
            let load = load(&model.world, &model.practice, &design.organization);
            let busy = load.roles.iter().map(|role| role.utilization().unwrap_or(0.0));
            let busiest = busy.enumerate().max_by(|a, b| a.1.total_cmp(&b.1)).unwrap();
            assert!(1.0 < busiest.1);
            of.overload =
                Some(crate::experiment::Overload { role: busiest.0, per_day: 10.0, in_all: false });
            of.withheld = true;
        }
        let plan = |of: &crate::model::Design| {
            (of.name.clone(), json!({ "centralized": { "care agent": 0.5 } }))
        };
        let designs: serde_json::Map<String, Value> = model.designs.iter().map(plan).collect();
        let stated = StatedValues::of_json(&json!({ "designs": designs }));
        let build = |_: &[(String, Value)]| -> Result<Model, String> { Ok(model.clone()) };
        let bench = Workbench { stated: &stated, build: &build, units: 2 };
        let found = copes(&model, &result, &bench);
        assert_eq!(found.len(), model.designs.len());
        for of in &found {
            let design = &model.designs[of.design];
            let load = load(&model.world, &model.practice, &design.organization);
            let busy = |role: &str| {
                let id = design.organization.find(role).unwrap();
                load.roles[id.index()].utilization().unwrap()
            };
            let full = load.roles.iter().filter(|role| 1.0 < role.utilization().unwrap_or(0.0));
            assert_eq!(of.lacks.len(), full.count(), "{of:?}");
            for lack in &of.lacks {
                // the load of the same work on so many heads
                let busy = busy(&lack.role);
                assert!(busy * lack.heads / lack.needed < 1.0, "{of:?} {busy}");
                assert!(1.0 <= busy * lack.heads / (lack.needed - 0.1) + 1e-9, "{of:?} {busy}");
            }
            // and of so much less work on the same
            let most = busy(&of.lacks[0].role);
            let first = design.organization.find(&of.lacks[0].role).unwrap();
            let visits = 24.0 * load.roles[first.index()].visits_per_hour;
            assert!((of.per_day - visits * of.less).abs() < 1e-9, "{of:?} {visits}");
            assert!((most * (1.0 - of.less) - 1.0).abs() < 1e-9, "{of:?} {most}");
            let typed = of.settings.as_ref().unwrap().arguments();
            let edit = |lack: &Lack| {
                format!(r#"{{"change":{{"role":"{}","people":{:.1}}}}}"#, lack.role, lack.needed)
            };
            let edits: Vec<String> = of.lacks.iter().map(edit).collect();
            let name = &design.name;
            assert_eq!(typed, format!("--set 'designs.{name}.edits=[{}]'", edits.join(",")));
        }
        let refuse = |_: &[(String, Value)]| -> Result<Model, String> { Err("no edits".into()) };
        let found = copes(&model, &result, &Workbench { build: &refuse, ..bench });
        assert!(found.iter().all(|of| of.settings.is_none()));
        assert_eq!(copes(&model_of_desks(6.0), &run_with(&model_of_desks(6.0), 2), &bench), []);
    }
}
