//! Posts that several desks see: answered twice, or left lying, as often as the times and shares stated say.

use orgsim::sim::{Bin, Cause, Outcome};

use crate::causes::{UNTIL_DONE, check, scenario};
use crate::support::{expect_near, expect_precise, numbers, simulate};

/// Two desks with people enough that nobody waits in line.
const DESKS: &str = r#""a": { "people": 60, "desk": {} }, "b": { "people": 60, "desk": {} }"#;

fn seen_by_both(ownership: &str) -> String {
    format!(
        r#"{{ "intake": {{ "to": "a", "ownership": "{ownership}" }} }}, {{ "intake": {{ "to": "b", "ownership": "{ownership}" }} }}"#
    )
}

const MANY: &str = r#""kind": "typical weeks", "warm_up": "100h", "run_for": "4,000h", "follow": "4 weeks", "repeat": 24, "seed": 1"#;

fn per_inquiry(outcomes: &[Outcome], of: &dyn Fn(&Outcome) -> f64) -> Vec<f64> {
    outcomes.iter().map(|o| of(o) / o.scopes[0].needing as f64).collect()
}

/// Minutes of both desks in the bin of hand-offs.
fn lost(outcome: &Outcome) -> f64 {
    outcome.roles.iter().map(|role| role.bins[Bin::HandOff as usize] as f64 / 60e6).sum()
}

/// Each desk notices a post after an exponential time of rate ν. The second does so within t of the first with
/// probability 1 − e^(−νt), since exponential times have no memory.
#[test]
fn two_desks_answer_the_same_post_until_a_claim_can_be_seen() {
    let model = scenario(
        r#""messages": "6/hour", "topics": { "all": { "work": { "constant": "10m" } } }"#,
        r#""notice": { "exponential": { "mean": "10m" } }, "claim_shows": "5m""#,
        DESKS,
        &seen_by_both("first to claim"),
        MANY,
    );
    let outcomes = check(&model, &[(Cause::HandOff, 5.0 / 60.0)]);
    let twice = 1.0 - (-0.5f64).exp();
    let collisions = per_inquiry(&outcomes, &|o| o.scopes[0].collisions as f64);
    expect_near("answered twice", &collisions, twice);
    expect_precise("answered twice", &collisions, 0.01);
    expect_near("minutes lost", &per_inquiry(&outcomes, &lost), 10.0 * twice);
    expect_near("replies", &per_inquiry(&outcomes, &|o| o.scopes[0].replies as f64), 1.0 + twice);
    for outcome in &outcomes {
        let scope = &outcome.scopes[0];
        assert_eq!((scope.answered, scope.settled), (scope.needing, scope.needing));
        assert_eq!(scope.replies, scope.needing + scope.collisions);
        assert_eq!(scope.orphans, 0);
    }
}

/// Nobody's post: each desk leaves it to the other with probability 0.3. If both look, the second notices it before the
/// first has replied with probability ν/(ν + μ), for exponential times of rates ν to notice and μ to reply.
#[test]
fn what_is_nobodys_is_answered_twice_or_left_lying() {
    let model = scenario(
        r#""messages": "6/hour", "topics": { "all": { "work": { "exponential": { "mean": "10m" } } } }"#,
        r#""notice": { "exponential": { "mean": "10m" } }, "left_to_others": "30%", "orphaned": { "constant": "10h" }"#,
        DESKS,
        &seen_by_both("nobody"),
        MANY,
    );
    let noticed = (0.49 * 5.0 + 0.42 * 10.0) / 60.0;
    let outcomes = check(&model, &[(Cause::HandOff, noticed), (Cause::Orphaned, 0.9)]);
    let collisions = per_inquiry(&outcomes, &|o| o.scopes[0].collisions as f64);
    expect_near("answered twice", &collisions, 0.49 * 0.5);
    expect_precise("answered twice", &collisions, 0.02);
    expect_near("left lying", &per_inquiry(&outcomes, &|o| o.scopes[0].orphans as f64), 0.09);
}

/// One desk takes the post up and has to ask an expert who comes at eight. The other does not know that, and answers.
#[test]
fn the_first_reply_is_the_first_response_whoever_writes_it() {
    let model = scenario(
        r#""topics": { "all": { "work": { "constant": "10m" } } }, "streams": { "one": { "every": "6h", "stop_after": 1 } }"#,
        r#""notice": "1m", "consult": { "constant": "0s" }, "claim_shows": "5m""#,
        r#""a": { "people": 1, "desk": { "ladder": ["consult"] }, "knows": { "generic": 0 } }, "b": { "people": 1, "desk": {} },
           "expert": { "people": 1, "desk": {}, "open": "daily 08:00-20:00" }"#,
        &format!(
            r#"{}, {{ "consult": {{ "from": "a", "to": "expert" }} }}"#,
            seen_by_both("first to claim")
        ),
        UNTIL_DONE,
    );
    let outcome = simulate(&model, 0);
    let scope = &outcome.scopes[0];
    let minute = 60_000_000u128;
    assert_eq!((scope.collisions, scope.replies, scope.answered), (1, 2, 1));
    assert_eq!(scope.first_response_micros, 11 * minute);
    assert_eq!(scope.settled_micros, 130 * minute);
    assert_eq!(outcome.roles[1].bins[Bin::HandOff as usize], 10 * minute);
}

/// What is the owner's alone is nobody else's concern.
#[test]
fn owners_are_not_disturbed_by_who_else_could_read() {
    let with = |links: &str| {
        let model = scenario(
            r#""messages": "6/hour", "topics": { "all": { "work": "10m" } }"#,
            "",
            DESKS,
            links,
            MANY,
        );
        numbers(&simulate(&model, 0))
    };
    let plain = r#"{ "intake": { "to": "a" } }, { "intake": { "to": "b" } }"#;
    assert_eq!(with(plain), with(&seen_by_both("owner only")));
}
