//! Policies that arrive late, and what a vendor is paid for, against exact answers.

use orgsim::model::{MONTH, RoleId};
use orgsim::sim::{Bin, Outcome};
use orgsim::units::SimTime;

use crate::causes::{INTAKE, STEADY, UNTIL_DONE, scenario};
use crate::support::{expect_near, expect_precise, numbers, replicate, simulate};

fn wrong(outcomes: &[Outcome]) -> Vec<f64> {
    outcomes.iter().map(|o| o.scopes[0].wrong as f64 / o.scopes[0].replies as f64).collect()
}

/// Changes come as a Poisson stream of 0.1 an hour, each concerns 40% of the inquiries, and takes five hours to arrive:
/// an inquiry is answered by an old policy with probability 1 − e^(−0.1 · 0.4 · 5).
#[test]
fn a_late_playbook_makes_replies_wrong() {
    let with = |knows: &str| {
        scenario(
            r#""messages": "5/hour", "topics": { "all": { "work": { "constant": "5m" } } }, "behavior": { "wish_to_continue": "0%" }"#,
            r#""policy_change": { "exponential": { "mean": "10h" } }, "change_concerns": "40%""#,
            &format!(
                r#""desk": {{ "people": "infinite", "desk": {{ "ladder": ["consult"] }}, "knows": {{ "generic": {knows} }} }},
                   "hub": {{ "people": "infinite", "desk": {{}} }}"#
            ),
            &format!(
                r#"{INTAKE}, {{ "consult": {{ "from": "desk", "to": "hub" }} }}, {{ "policy": {{ "from": "hub", "to": "desk", "refresh": "5h" }} }}"#
            ),
            r#""kind": "typical weeks", "warm_up": "10h", "run_for": "8,000h", "follow": "4 weeks", "repeat": 24, "seed": 1"#,
        )
    };
    let found = wrong(&replicate(&with("1")));
    expect_near("wrong", &found, 1.0 - (-0.2f64).exp());
    expect_precise("wrong", &found, 0.02);
    // what the hub tells is up to date
    assert!(wrong(&replicate(&with("0"))).iter().all(|&share| share <= 0.0));
}

/// From the first hour on: the changes began before the run.
#[test]
fn a_playbook_is_as_late_at_the_beginning_as_ever() {
    let model = scenario(
        r#""messages": "50/hour", "topics": { "all": { "work": { "constant": "0s" } } }, "behavior": { "wish_to_continue": "0%" }"#,
        r#""policy_change": { "exponential": { "mean": "10h" } }, "change_concerns": "40%""#,
        r#""desk": { "people": "infinite", "desk": {} }, "hub": { "people": "infinite", "desk": {} }"#,
        &format!(r#"{INTAKE}, {{ "policy": {{ "from": "hub", "to": "desk", "refresh": "5h" }} }}"#),
        r#""kind": "from empty", "run_for": "1h", "repeat": 3000, "seed": 1"#,
    );
    expect_near("wrong", &wrong(&replicate(&model)), 1.0 - (-0.2f64).exp());
}

const VENDOR: &str = r#""people": 1, "vendor": "them", "desk": {}"#;

/// An M/M/1 desk, where the time to the reply is exponential with rate μ − λ = 0.5 an hour.
#[test]
fn a_vendor_keeps_its_promise_as_often_as_theory_says() {
    let model = scenario(
        r#""messages": "0.5/hour", "topics": { "all": { "work": { "exponential": { "mean": "1h" } } } }"#,
        "",
        &format!(
            r#""desk": {{ {VENDOR}, "terms": {{ "price_per_case": "$4", "promise": {{ "within": "2h", "share": "80%", "penalty": "10%" }} }} }}"#
        ),
        INTAKE,
        STEADY,
    );
    let outcomes = replicate(&model);
    let of = |o: &Outcome| {
        let months = &o.roles[0].months;
        let sum =
            |of: fn(&orgsim::model::MonthsWork) -> u64| months.iter().map(of).sum::<u64>() as f64;
        (sum(|month| month.first_replies), sum(|month| month.in_time))
    };
    let share: Vec<f64> = outcomes.iter().map(|o| of(o).1 / of(o).0).collect();
    expect_near("in time", &share, 1.0 - (-1.0f64).exp());
    let hourly: Vec<f64> = outcomes.iter().map(|o| of(o).0 / o.counted.hours()).collect();
    expect_near("first replies", &hourly, 0.5);
    let terms = model.designs[0].organization.role(RoleId(0)).terms.unwrap();
    let fees: Vec<f64> = outcomes
        .iter()
        .map(|o| {
            let settled = terms.settle(12_000.0, &o.roles[0].months, o.counted);
            // 63% are in time, never 80%: a tenth of everything is kept back
            settled.beyond_the_plan / (o.counted.micros() as f64 / MONTH.micros() as f64)
        })
        .collect();
    let cases = 0.5 * MONTH.hours();
    expect_near("fees a month", &fees, 4.0 * cases - 0.1 * (1000.0 + 4.0 * cases));
}

/// Terms count what is done and change nothing about it.
#[test]
fn terms_change_nothing_that_happens() {
    let with = |terms: &str| {
        let model = scenario(
            r#""messages": "5/hour", "topics": { "all": { "work": "10m" } }"#,
            "",
            &format!(r#""desk": {{ {VENDOR} {terms} }}"#),
            INTAKE,
            STEADY,
        );
        let mut outcome = simulate(&model, 0);
        outcome.roles[0].months.clear();
        numbers(&outcome)
    };
    assert_eq!(with(""), with(r#", "terms": { "price_per_case": "$4" }"#));
}

/// Ten days into a ramp of thirty its people have learned 1 − e⁻¹ of what they lack: 47% of a veteran's speed.
#[test]
fn a_vendors_people_learn_along_the_ramp() {
    let model = scenario(
        r#""topics": { "all": { "work": { "constant": "10m" } } }, "streams": { "one": { "every": "10 days", "stop_after": 1 } }"#,
        "",
        &format!(r#""desk": {{ {VENDOR}, "open": "daily 00:00-20:00", "ramp": "30 days" }}"#),
        INTAKE,
        UNTIL_DONE,
    );
    let minutes = simulate(&model, 0).roles[0].bins[Bin::Answer as usize] as f64 / 60e6;
    let speed = 1.0 - 0.47 * (-1.0f64).exp();
    assert!((minutes - 10.0 / speed).abs() < 1e-6, "{minutes}");
    assert_eq!(SimTime::DAY.times(365).micros() / 12, MONTH.micros());
}

/// Two write at six, two hours before their desk opens; the vendor may take them after twenty minutes, takes ten for each,
/// and so replies to the second twenty minutes after it might have.
#[test]
fn who_helps_out_is_on_time_by_when_it_might_have_begun() {
    let model = scenario(
        r#""topics": { "all": { "work": { "constant": "10m" } } },
           "streams": { "one": { "every": "6h", "stop_after": 1 }, "other": { "every": "6h", "stop_after": 1 } }"#,
        "",
        &format!(
            r#""desk": {{ "people": 1, "desk": {{}}, "open": "daily 08:00-20:00" }},
               "them": {{ {VENDOR}, "terms": {{ "price_per_case": "$4", "promise": {{ "within": "15m", "share": "80%", "penalty": "10%" }} }} }}"#
        ),
        &format!(
            r#"{INTAKE}, {{ "overflow": {{ "from": "desk", "to": "them", "after": "20m" }} }}"#
        ),
        UNTIL_DONE,
    );
    let month = simulate(&model, 0).roles[1].months[0];
    assert_eq!((month.first_replies, month.in_time), (2, 1));
}

/// The first that may help is closed, and so the second takes the case over an hour later: its time begins then.
#[test]
fn what_was_offered_to_another_is_not_late_for_that() {
    let terms = r#""terms": { "price_per_case": "$4", "promise": { "within": "15m", "share": "80%", "penalty": "10%" } }"#;
    let model = scenario(
        r#""topics": { "all": { "work": { "constant": "10m" } } }, "streams": { "one": { "every": "2h", "stop_after": 1 } }"#,
        "",
        &format!(
            r#""desk": {{ "people": 1, "desk": {{}}, "open": "daily 12:00-20:00" }},
               "day": {{ {VENDOR}, {terms}, "open": "daily 12:00-20:00" }}, "night": {{ {VENDOR}, {terms} }}"#
        ),
        &format!(
            r#"{INTAKE}, {{ "overflow": {{ "from": "desk", "to": "day", "after": "10m" }} }},
               {{ "overflow": {{ "from": "desk", "to": "night", "after": "2h" }} }}"#
        ),
        UNTIL_DONE,
    );
    let outcome = simulate(&model, 0);
    assert!(outcome.roles[1].months.is_empty());
    let month = outcome.roles[2].months[0];
    assert_eq!((month.first_replies, month.in_time), (1, 1));
}

/// Without triage everything is answered, and what a vendor answers it is paid for.
#[test]
fn what_needed_no_reply_costs_its_price_if_it_got_one() {
    let with = |triage: &str| {
        let model = scenario(
            r#""topics": { "all": { "work": { "constant": "10m" }, "need_reply": "0%" } }, "streams": { "one": { "every": "6h", "stop_after": 3 } }"#,
            "",
            &format!(
                r#""desk": {{ "people": 1, "vendor": "them", "desk": {{ {triage} }}, "terms": {{ "price_per_case": "$4" }} }}"#
            ),
            INTAKE,
            UNTIL_DONE,
        );
        simulate(&model, 0).roles[0].months.iter().map(|month| month.first_replies).sum::<u64>()
    };
    assert_eq!((with(r#""triage": false"#), with(r#""triage": true"#)), (3, 0));
}
