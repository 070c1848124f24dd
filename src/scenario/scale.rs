//! People whose number follows the money: scaled until their design costs what is held equal.

use super::balance::Staffing;
use super::cursor::Cursor;
use super::designs::Setting;
use super::names::{quote, suggestion};
use super::tree::Value;
use crate::model::archetype::Archetype;
use crate::model::scale_heads;

/// How often the heads are corrected by what the design then costs.
const MOST_TRIES: usize = 12;

/// The plan with the kinds of people that are named here scaled so that the design has the cost held equal; `costs`: what a
/// year of the design costs with a plan, and all that is laid over it.
pub(super) fn scaled(
    at: &Cursor<'_>,
    plan: Archetype,
    (staffing, setting): (Staffing, &Setting<'_, '_>),
    costs: impl Fn(&Archetype) -> Option<f64>,
) -> Option<Archetype> {
    if staffing != Staffing::AsStated {
        at.fail_with_help(
            "two-tags",
            "the load decides on the people of this design",
            "keep `staff` or `scale`, not both",
        );
        return None;
    }
    let named = match at.node.value {
        Value::Text(_) => vec![at.clone()],
        _ => at.items()?,
    };
    let mut known: Vec<String> = Vec::new();
    for staff in plan.staff(setting.world) {
        if !known.contains(&staff.kind.name) {
            known.push(staff.kind.name.clone());
        }
    }
    let mut kinds: Vec<String> = Vec::new();
    for at in named {
        let kind = at.name()?;
        if !known.iter().any(|known| known == kind) {
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            let message = format!("the people plan of this design has no {}", quote(kind));
            let help = suggestion(kind, &known).unwrap_or_else(|| {
                "whoever a contract or an edit adds is not scaled: state their number there".into()
            });
            at.fail_with_help("unknown-kind", message, help);
            return None;
        }
        kinds.push(kind.to_owned());
    }
    let Some(budget) = setting.budget else {
        at.warn(
            "no-effect",
            "no cost is held equal, so nothing is scaled",
            "state `experiment.hold_equal.cost`",
        );
        return Some(plan);
    };
    // what a contract or an edit costs depends on the plan where it stands in the place of some of it
    let with = |paid: f64| {
        let plan = scale_heads(&plan, setting.world, &kinds, paid);
        let off = costs(&plan)? - budget;
        Some((plan, paid, off))
    };
    let mut best = with(budget)?;
    let mut next = best.1 - best.2;
    for _ in 0..MOST_TRIES {
        let tried = with(next)?;
        let (paid, off) = (tried.1 - best.1, tried.2 - best.2);
        if off.abs() < 1.0 {
            // less than a step of heads: further the same way
            next = tried.1 + paid;
            best.1 = tried.1;
        } else if tried.2.abs() < best.2.abs() {
            next = tried.1 - (paid / off).clamp(0.1, 100.0) * tried.2;
            best = tried;
        } else {
            break;
        }
    }
    Some(best.0)
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use crate::scenario::{Overlay, Source, load, render};

    /// A vendor's design of three kinds of people, for $600,000 a year.
    fn text(scale: &str, experiment: &str) -> String {
        format!(
            r#"{{ "orgsim": 1,
  "customers": {{ "messages": "100/day" }},
  "people": {{ "care agent": {{ "cost": "$60,000/year" }}, "strategist": {{ "cost": "$120,000/year" }},
              "vendor": {{ "cost": "$20/hour" }} }},
  "designs": {{ "Out": {{ "outsourced": {{ "vendor": 8, "care agent": 2, "strategist": 1 }}, {scale} }} }},
  "experiment": {{ {experiment} }} }}"#
        )
    }

    fn heads(text: &str, set: &[&str]) -> Vec<(String, f64)> {
        let overlay = set.iter().try_fold(Overlay::default(), |overlay, set| overlay.set(set));
        let source = Source::new("mine.json", text);
        let scenario = load(&source, &overlay.expect("assignments"))
            .unwrap_or_else(|problems| panic!("{}", render(&source, &problems, false)));
        let staff = scenario.staff(0).into_iter();
        staff.map(|(kind, heads, _)| (kind, heads)).collect()
    }

    #[test]
    fn people_follow_the_price_of_an_hour_and_the_budget() {
        let held = r#""hold_equal": { "cost": "$600,000/year" }"#;
        let text = text(r#""scale": "vendor""#, held);
        let vendor = |set: &[&str]| {
            let all = heads(&text, set);
            assert_eq!(all.len(), 3);
            all.into_iter().find(|(kind, _)| kind == "vendor").map(|(_, heads)| heads)
        };
        // $360,000 are left for vendors at $20 × 40 h × 52.14 weeks = $41,712 each: 8.63
        assert_eq!(vendor(&[]), Some(8.65));
        assert_eq!(vendor(&["people.vendor.cost=$30/hour"]), Some(5.75));
        assert_eq!(vendor(&["people.vendor.cost=$10/hour"]), Some(17.25));
        assert_eq!(vendor(&["experiment.hold_equal.cost=$300,000/year"]), Some(1.45));
    }

    #[test]
    fn what_a_contract_or_an_edit_costs_is_left_for_it() {
        let vendor = r#""contract": { "vendor": 2, "takes": "what waits", "after": "1h" }"#;
        let second =
            r#""edits": [ { "change": { "role": "strategist", "people": { "strategist": 2 } } } ]"#;
        let agents = |beside: &[&str]| {
            let design = [&[r#""scale": "care agent""#], beside].concat().join(", ");
            let held = r#""hold_equal": { "cost": "$600,000/year" }"#;
            let stated = r#""outsourced": { "vendor": 8, "care agent": 2, "strategist": 1 }"#;
            let plan = r#""centralized": { "care agent": 8, "strategist": 1 }"#;
            let all = heads(&text(&design, held).replace(stated, plan), &[]);
            all.into_iter().find(|(kind, _)| kind == "care agent").expect("there").1
        };
        // $480,000 for agents at $60,000; $83,429 less for two vendors, $120,000 less for a second strategist
        let all = [agents(&[]), agents(&[vendor]), agents(&[second]), agents(&[vendor, second])];
        assert_eq!(all.map(|heads| format!("{heads:.2}")), ["8.00", "6.60", "6.00", "4.60"]);
    }

    #[test]
    fn an_edit_in_the_place_of_some_of_the_scaled_leaves_the_rest_to_scale() {
        let text = r#"{ "orgsim": 1,
            "customers": { "messages": "100/day", "business_units": ["a", "b", "c", "d"] },
            "people": { "care agent": { "cost": "$60,000/year" }, "strategist": { "cost": "$120,000/year" } },
            "designs": { "H": {
                "hub_and_spoke": { "hub": { "care agent": 4, "strategist": 1 }, "each_spoke": { "care agent": 1 } },
                "scale": "care agent",
                "edits": [ { "change": { "role": "hub", "people": { "care agent": 6 } } } ] } },
            "experiment": { "hold_equal": { "cost": "$540,000/year" } } }"#;
        let scenario = load(&Source::new("mine.json", text), &Overlay::default()).expect("equal");
        let design = &scenario.model.designs[0];
        // $480,000 are for the six at the hub and the strategist: a quarter of somebody is left for each spoke
        assert!((design.cost_per_year - 540_000.0).abs() < 1.0, "{}", design.cost_per_year);
        assert!((design.headcount - 8.0).abs() < 1e-9, "{}", design.headcount);
    }

    #[test]
    fn all_that_is_named_is_scaled_alike_and_the_rest_is_left() {
        let held = r#""hold_equal": { "cost": "$600,000/year" }"#;
        let all = heads(&text(r#""scale": ["vendor", "care agent"]"#, held), &[]);
        let of = |kind: &str| all.iter().find(|(name, _)| name == kind).expect("there").1;
        // $480,000 for what stated costs $453,714
        assert_eq!((of("vendor"), of("care agent"), of("strategist")), (8.45, 2.15, 1.0));
        let none = heads(
            &text(
                r#""note": "nothing""#,
                r#""hold_equal": { "cost": "$600,000/year", "within": "9%" }"#,
            ),
            &[],
        );
        assert!(none.contains(&("vendor".into(), 8.0)), "{none:?}");
    }

    fn check(scale: &str, experiment: &str, expected: Expect) {
        let source = Source::new("mine.json", text(scale, experiment));
        let found = match load(&source, &Overlay::default()) {
            Ok(scenario) => scenario.warnings,
            Err(problems) => problems,
        };
        expected.assert_eq(&render(&source, &found, false));
    }

    #[test]
    fn what_cannot_be_scaled_is_told() {
        check(
            r#""scale": "vendr""#,
            "",
            expect![[r#"
            error[unknown-kind]: the people plan of this design has no `vendr`
             --> mine.json:5:90
              |
            5 |   "designs": { "Out": { "outsourced": { "vendor": 8, "care agent": 2, "strategist": 1 }, "scale": "vendr" } },
              |                                                                                          ^^^^^^^
              |
              = help: did you mean `vendor`?

        "#]],
        );
        check(
            r#""scale": "vendor""#,
            "",
            expect![[r#"
            warning[no-effect]: no cost is held equal, so nothing is scaled
             --> mine.json:5:99
              |
            5 |   "designs": { "Out": { "outsourced": { "vendor": 8, "care agent": 2, "strategist": 1 }, "scale": "vendor" } },
              |                                                                                                   ^^^^^^^^
              |
              = help: state `experiment.hold_equal.cost`

        "#]],
        );
    }
}
