//! Approval by what is at stake: who may answer at which risk without asking, against closed forms.

use orgsim::model::{Model, Risks, RoleId, load};
use orgsim::sim::Cause;

use crate::causes::{INTAKE, STEADY, check, scenario};
use crate::support::{expect_near, numbers, simulate, with_world};

/// Three in ten of medium risk, one in ten of high.
const RISKS: &str = r#""risk": { "medium": "30%", "high": "10%" }"#;

/// One desk that samples a fifth of what it may answer by itself, and somebody at hand who takes half an hour.
fn gated(risk: &str, authority: &str) -> Model {
    let risk = if risk.is_empty() { String::new() } else { format!(", {risk}") };
    let topic = format!(r#""all": {{ "work": {{ "constant": "0s" }}{risk} }}"#);
    let authority = if authority.is_empty() {
        String::new()
    } else {
        format!(r#", "authority": "{authority}""#)
    };
    scenario(
        &format!(r#""messages": "5/hour", "topics": {{ {topic} }}"#),
        r#""review": { "constant": "30m" }"#,
        &format!(
            r#""desk": {{ "people": "infinite", "desk": {{ "approval": "20% of replies"{authority} }} }},
               "lead": {{ "people": "infinite", "desk": {{ "answer": false }} }}"#
        ),
        &format!(r#"{INTAKE}, {{ "approve": {{ "from": "desk", "to": "lead" }} }}"#),
        STEADY,
    )
}

/// Σ over levels of share × (1 above the authority, the sample within it), times half an hour.
#[test]
fn the_share_that_waits_for_approval_is_the_sum_over_levels_of_risk() {
    for (authority, share) in [("low", 0.6 * 0.2 + 0.4), ("medium", 0.9 * 0.2 + 0.1)] {
        let model = gated(RISKS, authority);
        let outcomes = check(&model, &[(Cause::Approval, share / 2.0)]);
        let reviewed: Vec<f64> = outcomes
            .iter()
            .map(|outcome| outcome.roles[1].wait.n() as f64 / outcome.roles[0].wait.n() as f64)
            .collect();
        expect_near(authority, &reviewed, share);
        let load = load(&model.world, &model.practice, &model.designs[0].organization);
        let hours = load.roles[1].hours.approval;
        assert!((hours - 168.0 * 5.0 * share / 2.0).abs() < 1e-6, "{authority}: {hours}");
    }
}

/// Thinned Poisson streams: the lead is an M/M/1 desk of the medium half, legal one of the high three tenths.
#[test]
fn each_level_of_risk_waits_for_its_own_reviewer() {
    let model = scenario(
        r#""messages": "1/hour", "topics": { "all": {
            "work": { "constant": "0s" }, "risk": { "medium": "50%", "high": "30%" } } }"#,
        r#""review": { "exponential": { "mean": "1h" } }"#,
        r#""desk": { "people": "infinite", "desk": { "authority": "low" } },
           "lead": { "people": 1, "desk": { "answer": false } },
           "legal": { "people": 1, "desk": { "answer": false } }"#,
        &format!(
            r#"{INTAKE}, {{ "approve": {{ "from": "desk", "to": "lead", "risk": ["medium"] }} }},
               {{ "approve": {{ "from": "desk", "to": "legal", "risk": ["high"] }} }}"#
        ),
        STEADY,
    );
    check(&model, &[(Cause::Approval, 0.5 / (1.0 - 0.5) + 0.3 / (1.0 - 0.3))]);
    let load = load(&model.world, &model.practice, &model.designs[0].organization);
    let busy = |role: usize| load.roles[role].hours.approval / 168.0;
    assert!((busy(1) - 0.5).abs() < 1e-9 && (busy(2) - 0.3).abs() < 1e-9);
    let names: Vec<&str> =
        [0, 1, 2].map(|id| model.designs[0].organization.role(RoleId(id)).name.as_str()).to_vec();
    assert_eq!(names, ["desk", "lead", "legal"]);
}

#[test]
fn a_risk_that_nobody_minds_changes_nothing() {
    let without = gated("", "");
    let with = with_world(&without, |world| {
        world.topics[0].risks = Risks::new(0.3, 0.1).expect("shares");
    });
    assert_eq!(numbers(&simulate(&without, 0)), numbers(&simulate(&with, 0)));
    assert_ne!(numbers(&simulate(&gated(RISKS, "low"), 0)), numbers(&simulate(&with, 0)));
}
