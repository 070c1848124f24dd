//! Exceptions that climb the reporting line: who decides, what it costs, and what becomes of the reply.

use orgsim::model::{Model, load};
use orgsim::sim::{Bin, Cause, Outcome};

use crate::causes::{INTAKE, STEADY, UNTIL_DONE, check, scenario};
use crate::support::{expect_near, expect_precise, numbers, simulate};

const LINE: &str = r#"{ "report": { "from": "desk", "to": "lead" } }, { "report": { "from": "lead", "to": "head" } }"#;

/// A fifth of the replies of a desk of many people raise an exception. With centralization 1/2 half of them stay at
/// the desk, a quarter goes to the lead, a quarter to the head; each gets a Poisson stream of 0.5 an hour and needs an
/// exponential hour for a decision: an M/M/1 desk in which a draft spends two hours.
fn three_levels() -> Model {
    scenario(
        r#""messages": "10/hour", "topics": { "all": { "work": { "constant": "1h" }, "exceptions": "20%" } },
           "behavior": { "wish_to_continue": "0%" }"#,
        r#""decide": { "exponential": { "mean": "1h" } }"#,
        r#""desk": { "people": "infinite", "desk": { "centralization": "50%" } },
           "lead": { "people": 1, "desk": {} }, "head": { "people": 1, "desk": {} }"#,
        &format!("{INTAKE}, {LINE}"),
        r#""kind": "typical weeks", "warm_up": "500h", "run_for": "8,000h", "follow": "4 weeks", "repeat": 24, "seed": 1"#,
    )
}

#[test]
fn decisions_climb_with_the_powers_of_centralization() {
    let model = three_levels();
    let outcomes = check(&model, &[(Cause::Approval, 0.1 * 2.0)]);
    let per_inquiry = |of: &dyn Fn(&Outcome) -> f64| -> Vec<f64> {
        outcomes.iter().map(|o| of(o) / o.scopes[0].needing as f64).collect()
    };
    expect_near("exceptions", &per_inquiry(&|o| o.scopes[0].exceptions as f64), 0.2);
    expect_near("above", &per_inquiry(&|o| o.scopes[0].decided_above as f64), 0.1);
    for role in [1, 2] {
        let hours: Vec<f64> = outcomes
            .iter()
            .map(|o| o.roles[role].bins[Bin::Approval as usize] as f64 / 3.6e9 / o.counted.hours())
            .collect();
        expect_near("hours of decisions", &hours, 0.5);
        expect_precise("hours of decisions", &hours, 0.01);
    }
    // reworked and half of what is fixed quickly; wrong are half of that and what is ignored
    let unsolved = 0.5 * (0.3 / 2.0 + 0.4) + 0.25 * (0.3 / 2.0 + 0.2) + 0.25 * (0.2 / 2.0 + 0.1);
    expect_near("unsolved", &per_inquiry(&|o| o.scopes[0].exceptions_unsolved), 0.2 * unsolved);
    let wrong: Vec<f64> =
        outcomes.iter().map(|o| o.scopes[0].wrong as f64 / o.scopes[0].replies as f64).collect();
    expect_near("wrong", &wrong, 0.2 * unsolved);
    expect_precise("wrong", &wrong, 0.02);
    let hands_on: Vec<f64> = outcomes
        .iter()
        .map(|o| o.scopes[0].hands_on as f64 / 3.6e9 / o.scopes[0].ended as f64)
        .collect();
    let mended = 0.5 * (0.3 + 0.15) + 0.25 * (0.5 + 0.15) + 0.25 * (0.7 + 0.1);
    expect_near("hands-on", &hands_on, 1.0 + 0.2 * mended);
}

/// The same without a run: hours a week of answers, of mending, of decisions.
#[test]
fn the_load_knows_what_exceptions_cost() {
    let model = three_levels();
    let load = load(&model.world, &model.practice, &model.designs[0].organization);
    let near =
        |found: f64, exact: f64| assert!((found / exact - 1.0).abs() < 1e-9, "{found} {exact}");
    let mended = 0.5 * (0.3 + 0.15) + 0.25 * (0.5 + 0.15) + 0.25 * (0.7 + 0.1);
    near(load.roles[0].hours.answer, 1680.0);
    near(load.roles[0].hours.rework, 1680.0 * 0.2 * mended);
    near(load.roles[1].hours.approval, 84.0);
    near(load.roles[2].hours.approval, 84.0);
    near(load.roles[2].visits_per_hour, 0.5);
}

/// The lead comes at eight. What is put before her at six is decided at the desk after half an hour, and redone.
#[test]
fn a_desk_that_waits_too_long_decides_itself() {
    let model = scenario(
        r#""topics": { "all": { "work": { "constant": "10m" }, "exceptions": "100%" } },
           "streams": { "one": { "every": "6h", "stop_after": 1 } }"#,
        r#""decisions": { "desk": { "rework": "100%", "quick_fix": "0%" }, "lead": { "rework": "0%", "quick_fix": "0%" },
            "head": { "rework": "0%", "quick_fix": "0%" } }"#,
        r#""desk": { "people": 1, "desk": { "centralization": 1 } },
           "lead": { "people": 1, "desk": {}, "open": "daily 08:00-20:00" }"#,
        &format!(
            r#"{INTAKE}, {{ "report": {{ "from": "desk", "to": "lead", "timeout": "30m" }} }}"#
        ),
        UNTIL_DONE,
    );
    let outcome = simulate(&model, 0);
    let scope = &outcome.scopes[0];
    let minute = 60_000_000u128;
    assert_eq!(scope.settled_micros, 50 * minute);
    assert_eq!((scope.decided_above, scope.decided_by_default, scope.wrong), (1, 1, 0));
    assert_eq!(scope.waits[Cause::Approval as usize], 30 * minute);
    assert_eq!(outcome.roles[0].bins[Bin::Rework as usize], 10 * minute);
    assert_eq!(outcome.roles[1].bins[Bin::Approval as usize], 0);
}

/// With centralization 0 nothing climbs: the line above the desk, and how long it would be waited for, change nothing.
#[test]
fn without_centralization_nothing_climbs() {
    let with = |desk: &str, links: &str| {
        let model = scenario(
            r#""messages": "5/hour", "topics": { "all": { "work": "10m", "exceptions": "30%" } }"#,
            "",
            &format!(
                r#""desk": {{ "people": 2, "desk": {{ {desk} }} }}, "lead": {{ "people": 1, "desk": {{}} }}, "head": {{ "people": 1, "desk": {{}} }}"#
            ),
            &format!("{INTAKE}{links}"),
            STEADY,
        );
        numbers(&simulate(&model, 0))
    };
    let alone = with("", "");
    assert_eq!(alone, with("", &format!(", {LINE}")));
    assert_eq!(alone, with(r#""centralization": "0%""#, &format!(", {LINE}")));
    assert_ne!(alone, with(r#""centralization": "1%""#, &format!(", {LINE}")));
}
