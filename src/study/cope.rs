//! What a design that falls behind for good would need to keep up.

use serde_json::{Value, json};

use super::candidates::unheld;
use super::setting::{Settings, Workbench};
use crate::experiment::ExperimentResult;
use crate::model::{Model, RoleId, load};

/// Heads, or less work, with which a role would keep up.
#[derive(Debug, Clone, PartialEq)]
pub struct Cope {
    /// Position of the design.
    pub design: usize,
    /// The role that falls behind.
    pub role: String,
    /// Its heads.
    pub heads: f64,
    /// Heads that would do, to a tenth.
    pub needed: f64,
    /// By how much less work would do, as a share of it.
    pub less: f64,
    /// What gives the role these heads; `None` where a scenario cannot set them.
    pub settings: Option<Settings>,
}

/// For each design that falls behind for good, what its role would need by its load.
///
/// With work ÷ time = ρ above 1, a role keeps up with ρ times its heads, or with (ρ − 1) ÷ ρ less work: the
/// [`load`] takes everybody to wait for the reply, so it is the most that comes. A role that falls behind though its load is below
/// 1 (for want of one skill or language) has no such number, and neither has one without anybody.
pub fn copes(model: &Model, result: &ExperimentResult, bench: &Workbench<'_>) -> Vec<Cope> {
    let cope = |(at, of): (usize, &crate::experiment::DesignResult)| {
        let role = of.overload.as_ref().filter(|_| of.withheld)?.role;
        let design = model.designs.get(at).filter(|design| design.name == of.name)?;
        let load = load(&model.world, &model.practice, &design.organization);
        let busy = load.roles.get(role)?.utilization().filter(|busy| busy.is_finite())?;
        let role = design.organization.role(RoleId(role as u32));
        let heads = role.headcount().filter(|&heads| 0.0 < heads && 1.0 < busy)?;
        let needed = (10.0 * heads * busy).floor() / 10.0 + 0.1;
        Some(Cope {
            design: at,
            role: role.name.clone(),
            heads,
            needed,
            less: 1.0 - 1.0 / busy,
            settings: settings(&design.name, &role.name, needed, bench),
        })
    };
    result.designs.iter().enumerate().filter_map(cope).collect()
}

/// An edit that gives a role so many heads, if the scenario takes it.
fn settings(design: &str, role: &str, heads: f64, bench: &Workbench<'_>) -> Option<Settings> {
    let entry = (bench.get)(&format!("designs.{design}"))?;
    let mut edits = entry.get("edits").and_then(Value::as_array).cloned().unwrap_or_default();
    let people = (10.0 * heads).round() / 10.0;
    edits.push(json!({ "change": { "role": role, "people": people } }));
    let settings = unheld(Settings::one(format!("designs.{design}.edits"), edits), bench);
    (bench.build)(&settings.pairs()).is_ok().then_some(settings)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::examples::{model_of_desks, run_with};

    #[test]
    fn with_the_heads_that_are_named_the_load_can_be_done() {
        let model = model_of_desks(0.5);
        let mut result = run_with(&model, 2);
        for (design, of) in model.designs.iter().zip(&mut result.designs) {
            let load = load(&model.world, &model.practice, &design.organization);
            let busy = load.roles.iter().map(|role| role.utilization().unwrap_or(0.0));
            let busiest = busy.enumerate().max_by(|a, b| a.1.total_cmp(&b.1)).unwrap();
            assert!(1.0 < busiest.1);
            of.overload = Some(crate::experiment::Overload { role: busiest.0, per_day: 10.0 });
            of.withheld = true;
        }
        let get = |path: &str| {
            path.starts_with("designs.").then(|| json!({ "any": { "care agent": 0.5 } }))
        };
        let build = |_: &[(String, Value)]| -> Result<Model, String> { Ok(model.clone()) };
        let bench = Workbench { get: &get, build: &build, units: 2 };
        let found = copes(&model, &result, &bench);
        assert_eq!(found.len(), model.designs.len());
        for of in &found {
            let design = &model.designs[of.design];
            let id = design.organization.find(&of.role).unwrap();
            let load = load(&model.world, &model.practice, &design.organization);
            let busy = load.roles[id.index()].utilization().unwrap();
            // the load of the same work on so many heads, and of so much less work on the same
            assert!(busy * of.heads / of.needed < 1.0, "{of:?} {busy}");
            assert!(1.0 <= busy * of.heads / (of.needed - 0.1) + 1e-9, "{of:?} {busy}");
            assert!((busy * (1.0 - of.less) - 1.0).abs() < 1e-9, "{of:?} {busy}");
            let (name, role) = (&design.name, &of.role);
            let typed = of.settings.as_ref().unwrap().arguments();
            let heads = format!("{:.1}", of.needed);
            assert_eq!(
                typed,
                format!(
                    r#"--set 'designs.{name}.edits=[{{"change":{{"role":"{role}","people":{heads}}}}}]'"#
                )
            );
        }
        let refuse = |_: &[(String, Value)]| -> Result<Model, String> { Err("no edits".into()) };
        let found = copes(&model, &result, &Workbench { build: &refuse, ..bench });
        assert!(found.iter().all(|of| of.settings.is_none()));
        assert_eq!(copes(&model_of_desks(6.0), &run_with(&model_of_desks(6.0), 2), &bench), []);
    }
}
