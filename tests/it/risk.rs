//! What is at stake: who may answer at which risk without asking, and what is led by risk, against closed forms.

use orgsim::model::{Model, Risks, RoleId, load};
use orgsim::sim::{Cause, Outcome};

use crate::causes::{INTAKE, STEADY, check, scenario};
use crate::support::{expect_near, numbers, replicate, simulate, with_world};

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

/// Thinned Poisson streams: what is of high risk comes in at a desk of its own.
#[test]
fn each_level_of_risk_comes_in_at_its_own_desk() {
    let hour = r#""service": { "exponential": { "mean": "1h" } }"#;
    let model = scenario(
        &format!(r#""messages": "1/hour", "topics": {{ "all": {{ {RISKS} }} }}"#),
        "",
        &format!(r#""desk": {{ "people": 1, {hour} }}, "senior": {{ "people": 1, {hour} }}"#),
        r#"{ "intake": { "to": "senior", "risk": ["medium", "high"] } }, { "intake": { "to": "desk" } }"#,
        STEADY,
    );
    let outcomes = replicate(&model);
    let load = load(&model.world, &model.practice, &model.designs[0].organization);
    for (role, busy) in [(0, 0.6), (1, 0.4)] {
        let of = |outcome: &Outcome| {
            let wait = &outcome.roles[role].wait;
            wait.sum_minutes() / 60.0 / wait.n() as f64
        };
        let waits: Vec<f64> = outcomes.iter().map(of).collect();
        expect_near(&format!("wait at role {role}"), &waits, busy / (1.0 - busy));
        assert!((load.roles[role].erlangs() - busy).abs() < 1e-9, "{load:?}");
    }
}

/// One desk that passes on, asks about or hands up only what is of some risk, to one person: an M/M/1 queue of that part.
#[test]
fn each_level_of_risk_goes_over_its_own_links() {
    let mm1 = |busy: f64| busy / (1.0 - busy);
    // a question is waited for until its answer is there; a case that moves on waits for its start
    let kinds = [
        (r#""route": { "when": "always","#, "", Cause::Line, 0.4 * mm1(0.4)),
        (r#""route": { "when": "unknown","#, "", Cause::Line, 0.4 * mm1(0.4)),
        (r#""escalate": {"#, "escalate", Cause::Line, 0.4 * mm1(0.4)),
        (r#""consult": {"#, "consult", Cause::Consult, 0.4 / (1.0 - 0.4)),
    ];
    for (link, step, cause, hours) in kinds {
        let ladder =
            if step.is_empty() { String::new() } else { format!(r#""ladder": ["{step}"]"#) };
        let work = if step == "consult" {
            r#"{ "constant": "0s" }"#
        } else {
            r#"{ "exponential": { "mean": "1h" } }"#
        };
        let model = scenario(
            &format!(
                r#""messages": "1/hour", "topics": {{ "all": {{ "work": {work}, {RISKS} }} }}"#
            ),
            r#""consult": { "exponential": { "mean": "1h" } }"#,
            &format!(
                r#""desk": {{ "people": "infinite", "knows": {{ "generic": "0%" }}, "desk": {{ {ladder} }} }},
                   "senior": {{ "people": 1, "desk": {{}} }}"#
            ),
            &format!(
                r#"{INTAKE}, {{ {link} "from": "desk", "to": "senior", "risk": ["medium", "high"] }} }}"#
            ),
            STEADY,
        );
        check(&model, &[(cause, hours)]);
        let load = load(&model.world, &model.practice, &model.designs[0].organization);
        assert!((load.roles[1].erlangs() - 0.4).abs() < 1e-9, "{link}: {:?}", load.roles[1]);
    }
}

/// Nobody works at the desk; another takes what is of high risk off its line after two hours, and nothing else.
#[test]
fn what_waits_is_taken_over_by_its_risk() {
    let model = scenario(
        &format!(
            r#""messages": "1/hour", "topics": {{ "all": {{ "work": {{ "constant": "0s" }}, {RISKS} }} }}"#
        ),
        "",
        r#""desk": { "people": 0, "desk": {} }, "senior": { "people": 1, "desk": {} }"#,
        &format!(
            r#"{INTAKE}, {{ "overflow": {{ "from": "desk", "to": "senior", "risk": ["high"], "after": "2h" }} }}"#
        ),
        r#""kind": "typical weeks", "warm_up": "0s", "run_for": "2,000h", "follow": "1 week", "repeat": 24, "seed": 1"#,
    );
    let outcomes = replicate(&model);
    let share = |outcome: &Outcome| {
        let scope = &outcome.scopes[0];
        assert_eq!(scope.first_response_micros, u128::from(scope.answered) * 7_200_000_000);
        scope.answered as f64 / scope.needing as f64
    };
    let shares: Vec<f64> = outcomes.iter().map(share).collect();
    expect_near("share answered", &shares, 0.1);
}

/// Somebody who looks at mentions of high risk only touches that part of them.
#[test]
fn mentions_are_heard_by_their_risk() {
    let model = scenario(
        &format!(
            r#""messages": "1/hour", "mentions_worth_answering": "2/hour",
               "topics": {{ "all": {{ "work": {{ "constant": "0s" }}, {RISKS} }} }}"#
        ),
        r#""scan": { "constant": "0s" }, "engage": { "constant": "1s" }"#,
        r#""desk": { "people": 1, "desk": {} }, "press": { "people": 1, "desk": { "answer": false }, "proactive": "when idle" }"#,
        &format!(r#"{INTAKE}, {{ "listen": {{ "to": "press", "risk": ["high"] }} }}"#),
        r#""kind": "typical weeks", "warm_up": "0s", "run_for": "4,000h", "follow": "4 weeks", "repeat": 24, "seed": 1"#,
    );
    let share = |outcome: &Outcome| outcome.mentions.touched as f64 / outcome.mentions.seen as f64;
    let shares: Vec<f64> = replicate(&model).iter().map(share).collect();
    expect_near("share touched", &shares, 0.1);
}
