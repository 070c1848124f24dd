//! What changes a person's pace: turning to something else, long work, load. By formula, by chain, or to the microsecond.

use orgsim::model::Model;
use orgsim::sim::{Happening, Outcome};
use orgsim::units::SimTime;
use serde_json::{Value, json};

use crate::chains::{mean, stationary};
use crate::support::{
    expect_near, expect_precise, history, model, replicate, simulate, with_study,
};

/// One person at a plain desk.
fn desk(arrivals: &Value, role: &Value, run_for: &str) -> Model {
    model(
        &json!({
            "orgsim": 1,
            "customers": { "plain": true, "streams": { "customers": arrivals } },
            "designs": { "Only": { "graph": { "roles": { "desk": role }, "links": [{ "intake": { "to": "desk" } }] } } },
            "experiment": { "kind": "from empty", "run_for": run_for, "repeat": 30, "seed": 21 },
        })
        .to_string(),
    )
}

fn wait(outcome: &Outcome) -> f64 {
    let wait = &outcome.roles[0].wait;
    wait.sum_minutes() / 60.0 / wait.n() as f64
}

/// Six minutes before each case lengthen service by six minutes: M/G/1.
#[test]
fn turning_to_each_case_is_a_longer_service() {
    let role = json!({ "people": 1, "service": { "exponential": { "mean": "1h" } }, "switching": { "cases": "6m" } });
    let outcomes = replicate(&desk(&json!({ "messages": "0.6/hour" }), &role, "40,000h"));
    let (rate, mean_service) = (0.6, 1.1);
    let exact = rate * (1.0 + mean_service * mean_service) / (2.0 * (1.0 - rate * mean_service));
    let waits: Vec<f64> = outcomes.iter().map(wait).collect();
    expect_near("wait", &waits, exact);
    expect_precise("wait", &waits, 0.02);
}

/// A customer every ten hours, service an hour, tasks of an hour beside, half an hour to turn from one to the other.
#[test]
fn turning_between_cases_and_tasks_takes_its_time() {
    let role = json!({
        "people": 1, "service": "1h", "switching": { "kinds": "30m" }, "proactive": { "endless": { "task": "1h" } },
    });
    let outcome = simulate(&desk(&json!({ "every": "10h" }), &role, "1,005h"), 0);
    let role = &outcome.roles[0];
    // a customer finds a task just begun, waits for its end, and is served after the turn
    assert!((role.inside.sum_minutes() / role.inside.n() as f64 - 150.0).abs() < 1e-9);
    // ten tasks before the first customer and one when that comes; then eight between two, the first of them after a turn
    assert_eq!((role.done, role.background_done), (100, 11 + 99 * 8 + 2));
}

/// When each case was begun, in hours, in a house where more come than can be served.
fn begun(more: &Value) -> Vec<f64> {
    let mut role = json!({ "people": 1, "service": "1h" });
    role.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let model = desk(&json!({ "every": "30m" }), &role, "24h");
    let told = history(&model, 0).told;
    let starts = told.into_iter().filter(|(_, _, what)| matches!(what, Happening::Started { .. }));
    starts.map(|(at, _, _): (SimTime, u64, Happening)| at.hours()).collect()
}

/// The beginnings that follow from the length of each service, given when it begins.
fn foretold(length: impl Fn(f64) -> f64) -> Vec<f64> {
    let mut at = 0.5;
    let mut begun = Vec::new();
    while at < 24.0 {
        begun.push(at);
        at += length(at);
    }
    begun
}

fn same(what: &str, simulated: &[f64], exact: &[f64]) {
    assert_eq!(simulated.len(), exact.len(), "{what}: {simulated:?} against {exact:?}");
    for (simulated, exact) in simulated.iter().zip(exact) {
        assert!((simulated - exact).abs() < 1e-7, "{what}: {simulated} against {exact}");
    }
}

/// From the fifth hour without a rest on, each hour makes work a tenth longer.
#[test]
fn long_work_without_a_rest_tires() {
    let tired = json!({ "fatigue": { "after": "4h", "slower": "10%", "rest": "15m" } });
    let length = |at: f64| 1.0 + 0.1 * (at - 0.5 - 4.0).max(0.0);
    same("fatigue", &begun(&tired), &foretold(length));
    // whoever has half an hour between two cases is never tired
    let easy = json!({ "people": 1, "service": "1h", "fatigue": { "after": "4h", "slower": "10%", "rest": "15m" } });
    let outcome = simulate(&desk(&json!({ "every": "90m" }), &easy, "200h"), 0);
    assert!(
        (outcome.roles[0].inside.sum_minutes() - 60.0 * outcome.roles[0].inside.n() as f64).abs()
            < 1e-6
    );
}

/// Three hours of nothing but work slow a person by a fifth; a pause ends it.
#[test]
fn too_much_work_for_too_long_slows() {
    let strained =
        json!({ "strain": { "overload": { "after": "3h", "above": "95%", "slower": "20%" } } });
    let length = |at: f64| if at - 0.5 < 3.0 { 1.0 } else { 1.25 };
    same("overload", &begun(&strained), &foretold(length));
    // ten minutes free in each 70 are more than a twentieth
    let easy = json!({ "people": 1, "service": "1h", "strain": { "overload": { "after": "3h", "above": "95%", "slower": "20%" } } });
    let outcome = simulate(&desk(&json!({ "every": "70m" }), &easy, "200h"), 0);
    assert!(
        (outcome.roles[0].inside.sum_minutes() - 60.0 * outcome.roles[0].inside.n() as f64).abs()
            < 1e-6
    );
}

/// Somebody works a quarter faster on a case that others wait behind: a chain of the number and the speed.
#[test]
fn a_line_makes_people_hurry() {
    let role = json!({ "people": 1, "service": { "exponential": { "mean": "1h" } }, "strain": { "hurry": "25%" } });
    let outcomes = replicate(&desk(&json!({ "messages": "0.9/hour" }), &role, "30,000h"));
    let chain = stationary((0u32, false), |&(n, fast)| {
        let mut moves = Vec::new();
        if n < 300 {
            moves.push(((n + 1, fast && 0 < n), 0.9));
        }
        if 0 < n {
            // who is taken up next hurries if somebody waits behind
            moves.push(((n - 1, 2 < n), if fast { 1.25 } else { 1.0 }));
        }
        moves
    });
    let exact = mean(&chain, |&(n, _)| f64::from(n));
    let numbers: Vec<f64> = outcomes
        .iter()
        .map(|outcome| {
            let role = &outcome.roles[0];
            role.queue.mean(outcome.counted) + role.busy.mean(outcome.counted)
        })
        .collect();
    expect_near("number", &numbers, exact);
    expect_precise("number", &numbers, 0.02);
}

/// Under permanent strain replies are wrong as often as stated.
#[test]
fn strain_makes_replies_wrong() {
    let wrong = |strain: Value| {
        let document = json!({
            "orgsim": 1,
            "customers": { "messages": "400/day", "behavior": { "patience": "unlimited", "recontact": "0%" } },
            "practice": { "error": "10%" },
            "designs": { "Only": { "graph": {
                "roles": { "desk": { "people": 1, "desk": { "ladder": ["guess"] }, "strain": strain } },
                "links": [{ "intake": { "to": "desk" } }],
            } } },
            "experiment": { "kind": "from empty", "run_for": "3 weeks", "repeat": 20, "seed": 2 },
        });
        let share =
            |outcome: &Outcome| outcome.scopes[0].wrong as f64 / outcome.scopes[0].replies as f64;
        replicate(&model(&document.to_string())).iter().map(share).collect::<Vec<f64>>()
    };
    expect_near("wrong without strain", &wrong(json!({ "hurry": "5%" })), 0.1);
    let overload = json!({ "overload": { "after": "1m", "above": "50%", "errors": 3 } });
    let strained = wrong(overload);
    // the first replies of a run come before the first minute is over
    expect_near("wrong under strain", &strained, 0.3);
    expect_precise("wrong under strain", &strained, 0.02);
}

/// A reply of 65 minutes begun half an hour before noon: what is left waits for the morning, and for a second reading
/// where the evening hands it over.
#[test]
fn what_is_handed_over_is_read_again() {
    let replied = |shift_end: &str| {
        let document = json!({
            "orgsim": 1,
            "customers": {
                "streams": { "one": { "every": "11h 30m", "stop_after": 1 } },
                "topics": { "long": { "share": "100%", "work": { "constant": "100m" }, "not_settled_at_first": "0%" } },
                "expect_reply_within": "nobody does",
                "behavior": { "patience": "unlimited", "recontact": "0%" },
            },
            "practice": {
                "first_reply": "65%", "error": "0%", "reread": "50%", "shared_tool": { "delay": "0s", "keeps": "80%" },
            },
            "designs": { "Only": { "graph": {
                "roles": { "desk": { "people": 1, "open": "daily 08:00-12:00", "shift_end": shift_end, "desk": {} } },
                "links": [{ "intake": { "to": "desk" } }],
            } } },
            "experiment": { "kind": "from empty", "run_for": "1 week", "repeat": 1 },
        });
        let told = history(&model(&document.to_string()), 0).told;
        let out = told.iter().find(|(_, _, what)| matches!(what, Happening::Replied { .. }));
        out.expect("a reply goes out").0.minutes()
    };
    let morning = 32.0 * 60.0;
    assert!((replied("finish") - (11.5 * 60.0 + 65.0)).abs() < 1e-6);
    assert!((replied("suspend") - (morning + 35.0)).abs() < 1e-6);
    assert!((replied("hand over") - (morning + 35.0 + 0.5 * 0.2 * 65.0)).abs() < 1e-6);
}

/// Where slots are full of cases that wait for closed experts, people rest, and then go on with tasks that nothing stops: that
/// rest counts for the pace of the first of these, whether the time before was booked on the way or not.
#[test]
fn the_rest_before_a_task_counts_for_its_pace_wherever_the_time_that_counts_begins() {
    let with = model(include_str!("pace/rest_before_a_task.json"));
    let without = with_study(&with, |study| {
        (study.warm_up, study.run_for) = (SimTime::ZERO, study.horizon());
    });
    assert_eq!(history(&with, 0), history(&without, 0));
}
