//! Several desks that help one out.

use orgsim::model::Beyond;
use orgsim::sim::{Cause, Happening, Outcome};
use orgsim::stats::queueing::erlang_c;
use orgsim::units::SimTime;

use crate::causes::{STEADY, UNTIL_DONE, check, scenario};
use crate::support::{expect_near, expect_precise, history, replicate, with_study};

/// Whoever is free first takes what has waited longest, at whatever desk: four desks of one are one desk of four
/// (Erlang 1917).
#[test]
fn desks_that_help_at_once_are_one_desk() {
    let desks = ["desk", "second", "third", "fourth"];
    let roles =
        desks.map(|name| format!(r#""{name}": {{ "people": 1, "desk": {{}} }}"#)).join(", ");
    let helps = desks[1..]
        .iter()
        .map(|to| {
            format!(r#"{{ "overflow": {{ "from": "desk", "to": "{to}", "after": "0s", "keeps": "100%" }} }}"#)
        })
        .collect::<Vec<_>>()
        .join(", ");
    let model = scenario(
        r#""messages": "3/hour", "topics": { "all": { "work": { "exponential": { "mean": "1h" } } } }"#,
        "",
        &roles,
        &format!(r#"{{ "intake": {{ "to": "desk" }} }}, {helps}"#),
        STEADY,
    );
    let wait = erlang_c(4, 3.0) / (4.0 - 3.0);
    check(&model, &[(Cause::Line, wait)]);
    // the wait at the desk that was helped out is part of all waits together
    let measure = Beyond { total_wait: true, ..Beyond::default() };
    let asked = with_study(&model, |study| study.measure = measure);
    let mean =
        |outcome: &Outcome| outcome.total_wait.sum_minutes() / 60.0 / outcome.total_wait.n() as f64;
    let together: Vec<f64> = replicate(&asked).iter().map(mean).collect();
    expect_near("total wait", &together, wait);
    expect_precise("total wait", &together, 0.02);
}

/// Four at once, ten hours each: one in hand, and the others when the next desk may take them, if it takes such.
#[test]
fn each_helps_after_its_time_and_with_its_matters() {
    let model = scenario(
        r#""at_start": 4, "business_units": ["a", "b"], "need_unit_knowledge": "0%", "topics": { "all": { "work": { "constant": "10h" } } }"#,
        "",
        r#""desk": { "people": 1, "desk": {} }, "late": { "people": 1, "desk": {} },
           "soon": { "people": 1, "desk": {} }, "choosy": { "people": 1, "desk": {} }"#,
        r#"{ "intake": { "to": "desk" } },
           { "overflow": { "from": "desk", "to": "late", "after": "3h", "keeps": "100%" } },
           { "overflow": { "from": "desk", "to": "choosy", "after": "2h", "keeps": "100%", "matter": { "of": "a" } } },
           { "overflow": { "from": "desk", "to": "soon", "after": "1h", "keeps": "100%" } }"#,
        UNTIL_DONE,
    );
    let history = history(&model, 0);
    let starts: Vec<(u64, u64, u32)> = history
        .told
        .iter()
        .filter_map(|(at, number, happening)| match happening {
            Happening::Started { role, .. } => {
                Some((at.micros() / SimTime::HOUR.micros(), *number, *role))
            }
            _ => None,
        })
        .collect();
    assert_eq!(starts, [(0, 0, 0), (1, 1, 2), (3, 2, 1), (10, 3, 0)]);
}
