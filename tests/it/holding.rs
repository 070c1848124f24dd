//! People who stay with a case that another desk has: warm hand-offs and held questions, against exact answers.

use orgsim::sim::{Bin, Cause, Outcome};

use crate::causes::{INTAKE, STEADY, check, scenario};
use crate::support::{expect_near, expect_precise, numbers, replicate, simulate};

/// Person-hours that a role spends on a bin, for each inquiry that arrived.
fn hours_of(outcomes: &[Outcome], role: usize, bin: Bin, per_hour: f64) -> Vec<f64> {
    let of = |o: &Outcome| {
        o.roles[role].bins[bin as usize] as f64 / 3.6e9 / (per_hour * o.counted.hours())
    };
    outcomes.iter().map(of).collect()
}

/// Six in ten cases are answered at the first desk, the rest is handed over. The other desk is M/D/1: half
/// an hour to talk it through, or to re-read it, and half an hour to answer. Whoever hands over waits up to
/// half an hour. With rate λ = 0.5, D = 1 and ρ = 0.5, W ≤ t < D has probability (1 − ρ)e^(λt) (Erlang 1909),
/// and of t hours a holder waits t − (1 − ρ)(e^(λt) − 1)/λ. Work of an arrival, waits left out:
/// (1 − p)s + p[q·2c + (1 − q)r + s].
#[test]
fn a_warm_hand_off_costs_both_sides_until_it_turns_cold() {
    let model = scenario(
        r#""messages": "1.25/hour", "topics": { "all": { "work": { "constant": "30m" } } }"#,
        r#""confer": { "constant": "30m" }, "reread": "100%""#,
        r#""first": { "people": 40, "desk": {}, "knows": { "generic": "60%" } },
           "second": { "people": 1, "desk": {} }"#,
        r#"{ "intake": { "to": "first" } },
           { "route": { "from": "first", "to": "second", "when": "unknown", "warm": true, "give_up": "30m", "keeps": "0%" } }"#,
        STEADY,
    );
    let (p, c, r, s) = (0.4, 0.5, 0.5, 0.5);
    let in_time = 0.5 * 0.25f64.exp();
    let held = 0.5 - (0.25f64.exp() - 1.0);
    let outcomes = check(&model, &[(Cause::Line, p * 0.5)]);
    let of = |role, bin| hours_of(&outcomes, role, bin, 1.25);
    expect_near("holding and conferring", &of(0, Bin::HandOff), p * (held + in_time * c));
    expect_precise("holding and conferring", &of(0, Bin::HandOff), 0.02);
    let second = p * (in_time * c + (1.0 - in_time) * r);
    expect_near("conferring and re-reading", &of(1, Bin::HandOff), second);
    expect_near("answers of the first", &of(0, Bin::Answer), (1.0 - p) * s);
    expect_near("answers of the second", &of(1, Bin::Answer), p * s);
    let work: Vec<f64> = (0..outcomes.len())
        .map(|i| {
            let bins = [(0, Bin::HandOff), (1, Bin::HandOff), (0, Bin::Answer), (1, Bin::Answer)];
            bins.iter().map(|&(role, bin)| of(role, bin)[i]).sum::<f64>() - p * held
        })
        .collect();
    let exact = (1.0 - p) * s + p * (in_time * 2.0 * c + (1.0 - in_time) * r + s);
    expect_near("work of an arrival", &work, exact);
}

/// Two people in a row, the first of whom always has something to do and stays with each case until the second
/// takes it: a case is finished every max(X, Y) hours, 1.5 on average for two exponential times of an hour.
#[test]
fn whoever_holds_a_case_is_kept_from_the_next() {
    let model = scenario(
        r#""messages": "3/hour", "topics": { "all": { "work": { "exponential": { "mean": "1h" } } } }"#,
        r#""triage": { "exponential": { "mean": "1h" } }, "confer": { "constant": "0s" }"#,
        r#""first": { "people": 1, "desk": { "triage": true } }, "second": { "people": 1, "desk": {} }"#,
        r#"{ "intake": { "to": "first" } },
           { "route": { "from": "first", "to": "second", "when": "always", "warm": true } }"#,
        r#""kind": "from empty", "run_for": "10,000h", "repeat": 12, "seed": 1"#,
    );
    let outcomes = replicate(&model);
    let done: Vec<f64> =
        outcomes.iter().map(|o| o.roles[1].done as f64 / o.counted.hours()).collect();
    expect_near("done in an hour", &done, 2.0 / 3.0);
    expect_precise("done in an hour", &done, 0.005);
    let idle = hours_of(&outcomes, 0, Bin::Idle, 1.0);
    assert!(idle.iter().all(|&idle| idle < 0.01), "the first is never free: {idle:?}");
}

/// One who asks and one who is asked: who waits for the answer is an M/M/1 desk, and nobody waits for the expert.
#[test]
fn an_asker_who_stays_is_busy_until_the_answer_is_there() {
    let with = |hold: &str| {
        scenario(
            r#""messages": "0.5/hour", "topics": { "all": { "work": { "constant": "0s" } } }"#,
            r#""consult": { "exponential": { "mean": "1h" } }"#,
            r#""desk": { "people": 1, "desk": { "ladder": ["consult"] }, "knows": { "generic": 0 } },
               "expert": { "people": 1, "desk": {} }"#,
            &format!(r#"{INTAKE}, {{ "consult": {{ "from": "desk", "to": "expert", {hold} }} }}"#),
            STEADY,
        )
    };
    let outcomes = check(&with(r#""hold": true"#), &[(Cause::Line, 1.0), (Cause::Consult, 1.0)]);
    expect_near("asking", &hours_of(&outcomes, 0, Bin::ConsultSought, 0.5), 1.0);
    expect_near("being asked", &hours_of(&outcomes, 1, Bin::ConsultGiven, 0.5), 1.0);
    check(&with(r#""hold": false"#), &[(Cause::Consult, 2.0)]);
}

/// The expert comes at eight. Whoever asks at six waits half an hour and then guesses.
#[test]
fn an_asker_who_stays_lets_go_after_the_timeout() {
    let model = scenario(
        r#""topics": { "all": { "work": { "constant": "10m" } } }, "streams": { "one": { "every": "6h", "stop_after": 1 } }"#,
        "",
        r#""desk": { "people": 1, "desk": { "ladder": ["consult"] }, "knows": { "generic": 0 } },
           "expert": { "people": 1, "desk": {}, "open": "daily 08:00-20:00" }"#,
        &format!(
            r#"{INTAKE}, {{ "consult": {{ "from": "desk", "to": "expert", "hold": true, "timeout": "30m" }} }}"#
        ),
        crate::causes::UNTIL_DONE,
    );
    let outcome = simulate(&model, 0);
    let minutes = |micros: u128| micros as f64 / 60e6;
    let near = |found: f64, exact: f64| assert!((found - exact).abs() < 1e-9, "{found} {exact}");
    near(minutes(outcome.scopes[0].settled_micros), 40.0);
    near(minutes(outcome.roles[0].bins[Bin::ConsultSought as usize]), 30.0);
    near(minutes(outcome.roles[0].busy.micros()), 40.0);
    near(minutes(outcome.roles[1].bins[Bin::ConsultGiven as usize]), 0.0);
}

/// Where nothing is ever passed on, it makes no difference how it would be.
#[test]
fn what_never_passes_over_a_link_is_not_touched_by_its_warmth() {
    let with = |link: &str| {
        scenario(
            r#""messages": "9/hour", "topics": { "all": { "work": "5m" } }"#,
            "",
            r#""first": { "people": 2, "desk": {} }, "second": { "people": 1, "desk": {} }"#,
            &format!(
                r#"{{ "intake": {{ "to": "first" }} }}, {{ "route": {{ "from": "first", "to": "second", "when": "unknown" {link} }} }}"#
            ),
            r#""kind": "from empty", "run_for": "4 weeks", "repeat": 1, "seed": 1"#,
        )
    };
    let cold = numbers(&simulate(&with(""), 0));
    assert_eq!(cold, numbers(&simulate(&with(r#", "warm": true"#), 0)));
    assert_eq!(cold, numbers(&simulate(&with(r#", "warm": true, "give_up": "1m""#), 0)));
}

/// A question with a time to wait that a desk without other rules answers: the time is over with the answer.
#[test]
fn a_plain_desk_that_is_asked_ends_the_wait_for_an_answer() {
    for (link, ladder) in
        [("consult", r#""ladder": ["consult"]"#), ("approve", r#""approval": "100%""#)]
    {
        let model = scenario(
            r#""messages": "6/hour", "stop_after": 2000, "topics": { "all": { "work": "5m" } }"#,
            "",
            &format!(
                r#""desk": {{ "people": 3, "desk": {{ {ladder} }}, "knows": {{ "generic": 0.2 }} }},
                   "asked": {{ "people": 1, "service": {{ "exponential": {{ "mean": "15m" }} }} }}"#
            ),
            &format!(
                r#"{{ "intake": {{ "to": "desk" }} }}, {{ "{link}": {{ "from": "desk", "to": "asked", "timeout": "30m" }} }}"#
            ),
            r#""kind": "until done", "repeat": 1, "seed": 1"#,
        );
        let outcome = simulate(&model, 0);
        let asked = &outcome.roles[1];
        assert!(100 < asked.done, "{link}: {}", asked.done);
        // whoever waits longer is answered without; nobody who is being answered is called back
        assert!(0 < asked.abandoned, "{link}: {}", asked.abandoned);
        assert_eq!(asked.arrived, asked.done + asked.abandoned, "{link}");
    }
}
