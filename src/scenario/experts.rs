//! The experts of a design: how many of each business unit.

use super::cursor::Object;
use super::designs::Setting;
use crate::model::archetype::Staff;

/// Most experts of a unit.
const MOST_EXPERTS: f64 = 1e6;

/// The experts of each unit: as many as the design states, else one, and none where it states 0. There are some only where
/// `people` describes a kind with that post.
pub(super) fn experts(of: &Object<'_>, setting: &Setting<'_, '_>) -> Option<Option<Staff>> {
    let units = !setting.world.units.is_empty();
    let one = setting.kinds.expert().filter(|_| units);
    let Some(at) = of.get("experts_of_each_unit") else { return Some(one) };
    let heads = at.number(0.0, MOST_EXPERTS)?;
    if !units {
        at.warn(
            "no-effect",
            "there are no business units, so nobody is an expert of one",
            "leave it out, or name them: `\"customers\": { \"business_units\": [\"phones\", \"tablets\"], … }`",
        );
    } else if one.is_none() {
        at.fail_with_help(
            "missing-post",
            "`people` describes nobody who is an expert",
            "describe one, as in `\"people\": { \"line expert\": { \"cost\": \"$141,000/year\" } }`",
        );
        return None;
    }
    Some(one.filter(|_| 0.0 < heads).map(|one| Staff { heads, ..one }))
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use crate::model::Design;
    use crate::scenario::{Overlay, Source, load, render};

    /// Two designs, the second with this key more.
    fn text(units: &str, people: &str, key: &str) -> String {
        format!(
            r#"{{ "orgsim": 1,
  "customers": {{ "messages": "100/day" {units} }},
  "people": {{ {people} }},
  "designs": {{
    "As usual": {{ "centralized": {{ "care agent": 5, "strategist": 1 }} }},
    "Own": {{ "centralized": {{ "care agent": 5, "strategist": 1, {key} }} }} }} }}"#
        )
    }

    const UNITS: &str = r#", "business_units": ["phones", "tablets"]"#;
    const EXPERT: &str = r#""line expert": { "cost": "$100,000/year", "for_social": "50%" }"#;

    fn experts(design: &Design) -> Vec<f64> {
        let roles = design.organization.roles().map(|(_, role)| role);
        let experts = roles.filter(|role| role.name.ends_with(" expert"));
        experts.filter_map(|role| role.headcount()).collect()
    }

    #[test]
    fn each_design_has_its_own_experts_and_pays_for_them() {
        for (key, heads, cost) in [
            (r#""experts_of_each_unit": 2.5"#, vec![2.5, 2.5], 150_000.0),
            (r#""experts_of_each_unit": 0.2"#, vec![0.2, 0.2], -80_000.0),
            (r#""experts_of_each_unit": 0"#, vec![], -100_000.0),
        ] {
            let source = Source::new("mine.json", text(UNITS, EXPERT, key));
            let scenario = load(&source, &Overlay::default())
                .unwrap_or_else(|problems| panic!("{}", render(&source, &problems, false)));
            let [usual, own] = scenario.model.designs.as_slice() else { panic!("two designs") };
            assert_eq!(experts(usual), [1.0, 1.0]);
            assert_eq!(experts(own), heads, "{key}");
            let more = own.cost_per_year - usual.cost_per_year;
            assert!((more - cost).abs() < 1e-6, "{key}: {more}");
        }
    }

    fn check(units: &str, people: &str, expected: Expect) {
        let key = r#""experts_of_each_unit": 2"#;
        let source = Source::new("mine.json", text(units, people, key));
        let found = match load(&source, &Overlay::default()) {
            Ok(scenario) => scenario.warnings,
            Err(problems) => problems,
        };
        let told: Vec<String> =
            found.iter().map(|one| format!("{}: {}\n", one.code, one.message)).collect();
        expected.assert_eq(&told.concat());
    }

    #[test]
    fn experts_of_nothing_and_experts_whom_nobody_described_are_told() {
        check(
            "",
            EXPERT,
            expect![[r#"
            no-effect: there are no business units, so nobody is an expert of one
        "#]],
        );
        check(
            UNITS,
            "",
            expect![[r#"
            missing-post: `people` describes nobody who is an expert
        "#]],
        );
    }
}
