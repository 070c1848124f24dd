//! What takes people away from cases, each against its formula; and nothing where it is off.

use orgsim::model::Model;
use orgsim::sim::{Bin, Cause, Outcome};
use orgsim::units::SimTime;

use crate::support::{expect_near, model, replicate};

const HOUR: u64 = SimTime::HOUR.micros();

/// One desk with these keys beside people, and customers with next to no work.
fn desk(keys: &str, repeat: u32) -> Model {
    model(&format!(
        r#"{{
            "orgsim": 1,
            "customers": {{ "plain": true, "messages": "2/hour", "topics": {{ "all": {{ "work": {{ "constant": "1s" }} }} }} }},
            "practice": {{ "triage": {{ "constant": "0s" }}, "first_reply": "100%", "error": "0%", "context_settles": "0%" }},
            "designs": {{ "Only": {{ "graph": {{
                "roles": {{ "desk": {{ "desk": {{}}, {keys} }} }},
                "links": [{{ "intake": {{ "to": "desk" }} }}]
            }} }} }},
            "experiment": {{ "kind": "typical weeks", "warm_up": "500h", "run_for": "20,000h", "follow": "1 week", "repeat": {repeat}, "seed": 1 }}
        }}"#
    ))
}

fn hours_waited(outcomes: &[Outcome], cause: Cause) -> Vec<f64> {
    let of = |outcome: &Outcome| {
        let scope = &outcome.scopes[0];
        scope.waits[cause as usize] as f64 / HOUR as f64 / scope.ended as f64
    };
    outcomes.iter().map(of).collect()
}

fn share(outcomes: &[Outcome], bin: Bin) -> Vec<f64> {
    let of = |outcome: &Outcome| {
        outcome.roles[0].bins[bin as usize] as f64 / outcome.roles[0].scheduled as f64
    };
    outcomes.iter().map(of).collect()
}

fn minutes_add_up(outcomes: &[Outcome]) {
    for outcome in outcomes {
        let role = &outcome.roles[0];
        assert_eq!(role.bins.iter().sum::<u128>(), role.scheduled + role.overtime);
    }
}

/// An eighth of the time in meetings of an hour: who comes then waits half an hour on average.
#[test]
fn a_customer_who_comes_during_a_meeting_waits_for_its_end() {
    let model = desk(r#""people": 1, "meetings": { "hours": "21h/week", "session": "1h" }"#, 24);
    let outcomes = replicate(&model);
    expect_near("share of time in meetings", &share(&outcomes, Bin::Coordination), 1.0 / 8.0);
    expect_near("hours behind meetings", &hours_waited(&outcomes, Cause::Away), 0.5 / 8.0);
    minutes_add_up(&outcomes);
}

/// With two people who go one after the other, nobody ever waits for a meeting.
#[test]
fn sessions_one_after_the_other_leave_somebody_at_the_desk() {
    let apart =
        r#""people": 2, "meetings": { "hours": "21h/week", "session": "1h", "together": false }"#;
    let outcomes = replicate(&desk(apart, 4));
    assert!(hours_waited(&outcomes, Cause::Away).iter().all(|&hours| hours == 0.0));
    expect_near("share of time in meetings", &share(&outcomes, Bin::Coordination), 1.0 / 8.0);
    let together = r#""people": 2, "meetings": { "hours": "21h/week", "session": "1h" }"#;
    let outcomes = replicate(&desk(together, 24));
    expect_near("hours behind meetings", &hours_waited(&outcomes, Cause::Away), 0.5 / 8.0);
}

/// What the end of a shift cuts off is made up for: the hours of training are the hours stated.
#[test]
fn hours_owed_are_made_up_for_in_the_next_shift() {
    let model = desk(
        r#""people": 1, "open": "weekdays 09:00-17:00", "training": { "hours": "4h/week", "session": "4h" }"#,
        4,
    );
    let outcomes = replicate(&model);
    for outcome in &outcomes {
        let role = &outcome.roles[0];
        let weeks = 20_000.0 / 168.0;
        let hours = role.bins[Bin::Training as usize] as f64 / HOUR as f64;
        assert!((hours - 4.0 * weeks).abs() <= 4.0, "{hours} hours in {weeks} weeks");
    }
    minutes_add_up(&outcomes);
}

/// Spells of two hours, a tenth of the time: who comes then waits two hours on average.
#[test]
fn absence_takes_its_share_and_its_customers_wait_for_the_spell_to_end() {
    let keys = r#""people": 1, "absence": { "share": "10%", "lasts": { "exponential": { "mean": "2h" } } }"#;
    let outcomes = replicate(&desk(keys, 24));
    expect_near("share of time absent", &share(&outcomes, Bin::Absent), 0.1);
    expect_near("hours behind absence", &hours_waited(&outcomes, Cause::Away), 0.1 * 2.0);
    minutes_add_up(&outcomes);
}

/// Somebody leaves every 50,000 hours, or every 2,500, and the place is empty for 1,000, in which nobody is paid.
#[test]
fn people_leave_and_empty_places_are_not_scheduled() {
    for (leave, stay) in [("17.52%/year", 50_000.0), ("350.4%/year", 2_500.0)] {
        let keys = format!(
            r#""people": 4, "turnover": {{
            "leave": "{leave}", "vacancy": {{ "constant": "1,000h" }},
            "newcomer": {{ "speed": "50%", "knowledge": "100%", "learns_in": "1h" }}
        }}"#
        );
        let mut model = desk(&keys, 24);
        model.study.run_for = SimTime::HOUR.times(400_000);
        model.study.warm_up = SimTime::HOUR.times(100_000);
        let outcomes = replicate(&model);
        let vacancy = 1_000.0;
        let left: Vec<f64> = outcomes.iter().map(|outcome| outcome.roles[0].left as f64).collect();
        expect_near("people who left", &left, 4.0 * 400_000.0 / (stay + vacancy));
        let paid: Vec<f64> = outcomes
            .iter()
            .map(|outcome| outcome.roles[0].scheduled as f64 / HOUR as f64 / 1_600_000.0)
            .collect();
        expect_near("share of paid hours", &paid, stay / (stay + vacancy));
    }
}

/// Newcomers who never learn take twice as long for ever: answering takes twice the minutes.
#[test]
fn newcomers_are_slower() {
    let keys = |learns: &str| {
        format!(
            r#""people": 1, "turnover": {{
                "leave": "100%/year", "vacancy": {{ "constant": "0s" }},
                "newcomer": {{ "speed": "50%", "knowledge": "100%", "learns_in": "{learns}" }}
            }}"#
        )
    };
    let seconds = |learns: &str| -> Vec<f64> {
        let mut model = desk(&keys(learns), 8);
        model.study.warm_up = SimTime::HOUR.times(100_000);
        let per_reply = |outcome: &Outcome| {
            outcome.roles[0].bins[Bin::Answer as usize] as f64 / 1e6 / outcome.roles[0].done as f64
        };
        replicate(&model).iter().map(per_reply).collect()
    };
    assert!(seconds("8,000,000h").iter().all(|s| (1.97..=2.0).contains(s)));
    assert!(seconds("1s").iter().all(|s| (1.0..1.001).contains(s)));
}

/// A mention is found with probability 1 − e^(−listening ÷ mean): one hour of listening in each window.
#[test]
fn hours_of_listening_decide_how_much_is_found() {
    let text = |listening: &str| {
        format!(
            r#"{{
            "orgsim": 1,
            "customers": {{
                "plain": true,
                "channels": {{ "town square": {{ "window": "2h" }} }},
                "streams": {{ "mentions": {{ "mentions": "20/hour" }} }}
            }},
            "practice": {{ "find": {{ "exponential": {{ "mean": "60m" }} }}, "engage": {{ "constant": "0s" }} }},
            "designs": {{ "Only": {{ "graph": {{
                "roles": {{
                    "ear": {{ "people": 1, "desk": {{}} {listening} }},
                    "hand": {{ "people": 1, "desk": {{}}, "proactive": {{ "when_idle": {{ "keep_free": 0 }} }} }}
                }},
                "links": [{{ "intake": {{ "to": "hand" }} }}, {{ "listen": {{ "to": "ear" }} }}, {{ "listen": {{ "to": "hand" }} }}]
            }} }} }},
            "experiment": {{ "kind": "typical weeks", "warm_up": "100h", "run_for": "1,000h", "follow": "1 week", "repeat": 24, "seed": 1 }}
        }}"#
        )
    };
    let coverage = |listening: &str| -> Vec<f64> {
        let outcomes = replicate(&model(&text(listening)));
        let of = |outcome: &Outcome| outcome.mentions.touched as f64 / outcome.mentions.seen as f64;
        outcomes.iter().map(of).collect()
    };
    let half = r#", "listening": { "hours": "84h/week", "session": "1m" }"#;
    expect_near("coverage", &coverage(half), 1.0 - (-1.0f64).exp());
    let eighth = r#", "listening": { "hours": "21h/week", "session": "1m" }"#;
    expect_near("coverage", &coverage(eighth), 1.0 - (-0.25f64).exp());
}

/// One case on its own, with two desks whose links and practice are given; what it waited for, in hours.
fn one_case(practice: &str, roles: &str, links: &str) -> (Outcome, Vec<(Cause, f64)>) {
    let model = model(&format!(
        r#"{{
            "orgsim": 1,
            "customers": {{ "plain": true, "topics": {{ "all": {{ "work": {{ "constant": "1h" }} }} }},
                "streams": {{ "one": {{ "every": "1h", "stop_after": 1 }} }} }},
            "practice": {{ "triage": {{ "constant": "0s" }}, "ask": {{ "constant": "0s" }}, "first_reply": "100%",
                "error": "0%", "guess_wrong": "0%", "context_settles": "0%" {practice} }},
            "designs": {{ "Only": {{ "graph": {{ "roles": {{ {roles} }}, "links": [{{ "intake": {{ "to": "desk" }} }}, {links}] }} }} }},
            "experiment": {{ "kind": "until done", "repeat": 1, "seed": 1 }}
        }}"#
    ));
    let outcome = crate::support::simulate(&model, 0);
    let scope = &outcome.scopes[0];
    assert_eq!(scope.answered, 1);
    let waits = Cause::ALL.iter().map(|&cause| (cause, scope.waits[cause as usize]));
    let waits = waits.filter(|(_, wait)| 0 < *wait);
    let waits = waits.map(|(cause, wait)| (cause, wait as f64 / HOUR as f64)).collect();
    (outcome, waits)
}

/// Nobody reviews before Monday: after four hours the draft goes out as it is.
#[test]
fn a_draft_that_nobody_takes_up_goes_out_after_its_timeout() {
    let (outcome, waits) = one_case(
        "",
        r#""desk": { "people": 1, "desk": { "approval": "100%" } }, "lead": { "people": 1, "open": "daily 20:00-21:00", "desk": {} }"#,
        r#"{ "approve": { "from": "desk", "to": "lead", "timeout": "4h" } }"#,
    );
    assert_eq!(waits, [(Cause::Approval, 4.0)]);
    assert_eq!(
        (outcome.roles[1].arrived, outcome.roles[1].done, outcome.roles[1].abandoned),
        (1, 0, 1)
    );
}

/// The expert comes in the evening: after three hours the desk answers without.
#[test]
fn a_question_that_nobody_takes_up_is_dropped_after_its_timeout() {
    let (outcome, waits) = one_case(
        r#", "guess_times": 1"#,
        r#""desk": { "people": 1, "knows": { "generic": 0 }, "desk": { "ladder": ["consult"] } }, "expert": { "people": 1, "open": "daily 20:00-21:00", "desk": {} }"#,
        r#"{ "consult": { "from": "desk", "to": "expert", "timeout": "3h" } }"#,
    );
    assert_eq!(waits, [(Cause::Consult, 3.0)]);
    assert_eq!(outcome.roles[1].done, 0);
}

/// What is lost on the way lies for five hours, then goes where it was meant to go.
#[test]
fn a_lost_case_is_found_again() {
    let (outcome, waits) = one_case(
        r#", "orphaned": { "constant": "5h" }"#,
        r#""desk": { "people": 1, "knows": { "generic": 0 }, "desk": {} }, "back": { "people": 1, "desk": {} }"#,
        r#"{ "route": { "from": "desk", "to": "back", "when": "unknown", "loses": "100%" } }"#,
    );
    assert_eq!(waits, [(Cause::Orphaned, 5.0)]);
    assert_eq!(outcome.roles[1].done, 1);
}

/// Whoever learns does so idle as well: what comes after forty hours without work is done as somebody works who has been
/// there for forty hours, not as on the first day.
#[test]
fn who_has_nothing_to_do_learns_all_the_same() {
    let text = |keys: &str| {
        format!(
            r#"{{ "orgsim": 1, "customers": {{ "plain": true, "streams": {{ "one": {{ "every": "40h", "stop_after": 1 }} }} }},
            "designs": {{ "Only": {{ "graph": {{
                "roles": {{ "desk": {{ "people": 1, "service": {{ "constant": "1h" }}, "ramp": "30h" {keys} }} }},
                "links": [{{ "intake": {{ "to": "desk" }} }}] }} }} }},
            "experiment": {{ "kind": "until done", "repeat": 1, "seed": 1 }} }}"#
        )
    };
    // a ramp of 30 h: pace 1 - .47 exp(-t / 10 h)
    let hours = 1.0 / (1.0 - 0.47 * (-4.0f64).exp());
    let switching = r#", "switching": { "cases": "1m" }"#;
    let slots = r#", "slots": 3"#;
    for keys in ["", switching, slots] {
        let outcome = crate::support::simulate(&model(&text(keys)), 0);
        let inside = outcome.roles[0].inside.sum_minutes() / 60.0;
        assert!((inside / hours - 1.0).abs() < 1e-6, "{inside} h instead of {hours} h: {keys}");
    }
}

/// The second case comes while the first is in hand, and tasks follow each other without an end: both are begun by somebody who
/// has learned meanwhile: after 400 h a task of an hour takes an hour, where it took 1.9 h on the first day.
#[test]
fn who_has_much_to_do_at_once_learns_all_the_same() {
    for preemptible in [true, false] {
        let model = model(&format!(
            r#"{{ "orgsim": 1, "customers": {{ "plain": true, "messages": "0.0001/hour" }},
            "designs": {{ "Only": {{ "graph": {{
                "roles": {{ "desk": {{ "people": 1, "service": {{ "constant": "1h" }}, "ramp": "30h",
                    "proactive": {{ "endless": {{ "task": {{ "constant": "1h" }}, "preemptible": {preemptible} }} }} }} }},
                "links": [{{ "intake": {{ "to": "desk" }} }}] }} }} }},
            "experiment": {{ "warm_up": "400h", "run_for": "20h", "follow": "0s", "repeat": 1, "seed": 1 }} }}"#
        ));
        let done = crate::support::simulate(&model, 0).roles[0].background_done;
        assert!((19..=21).contains(&done), "{done} tasks in 20 h, preemptible {preemptible}");
    }
    let two = model(
        r#"{ "orgsim": 1, "customers": { "plain": true, "streams": {
                "first": { "at_start": 1 }, "second": { "every": "40h", "stop_after": 1 } } },
            "designs": { "Only": { "graph": {
                "roles": { "desk": { "people": 1, "service": { "constant": "60h" }, "slots": 2, "ramp": "30h" } },
                "links": [{ "intake": { "to": "desk" } }] } } },
            "experiment": { "kind": "until done", "repeat": 1, "seed": 1 } }"#,
    );
    // the second has half of the person until it is done, at the pace of hour 40; the first all the rest, at that of the first day
    let (slow, fast) = (0.53, 1.0 - 0.47 * (-4.0f64).exp());
    let second = 2.0 * 60.0 / fast;
    let first = second / 2.0 + 60.0 / slow;
    let inside = crate::support::simulate(&two, 0).roles[0].inside.sum_minutes() / 60.0;
    assert!((inside / (first + second) - 1.0).abs() < 1e-6, "{inside} h, not {}", first + second);
}

/// Nobody comes, and tasks of four hours fill the day: whoever falls ill leaves a task half done where work stops at once, and
/// is then away a third of the time as stated.
#[test]
fn whoever_falls_ill_at_once_leaves_a_task_half_done() {
    let absent = |at_once: bool| {
        let model = model(&format!(
            r#"{{ "orgsim": 1, "customers": {{ "plain": true, "messages": "0.001/hour" }},
            "designs": {{ "Only": {{ "graph": {{
                "roles": {{ "desk": {{ "people": 1, "service": {{ "exponential": {{ "mean": "1h" }} }},
                    "proactive": {{ "endless": {{ "task": {{ "exponential": {{ "mean": "4h" }} }} }} }},
                    "absence": {{ "share": "33.3333333333%", "lasts": {{ "exponential": {{ "mean": "2h" }} }}, "at_once": {at_once} }} }} }},
                "links": [{{ "intake": {{ "to": "desk" }} }}] }} }} }},
            "experiment": {{ "warm_up": "100h", "run_for": "5000h", "follow": "0s", "repeat": 30, "seed": 1 }} }}"#
        ));
        let outcomes = replicate(&model);
        minutes_add_up(&outcomes);
        outcomes
    };
    let outcomes = absent(true);
    expect_near("absent", &share(&outcomes, Bin::Absent), 1.0 / 3.0);
    // what is left half done is taken up again: no hour of a task is lost, and none is done twice
    let hours =
        |outcome: &Outcome| outcome.roles[0].bins[Bin::Proactive as usize] as f64 / HOUR as f64;
    let each = |outcome: &Outcome| hours(outcome) / outcome.roles[0].background_done as f64;
    expect_near("hours a task", &outcomes.iter().map(each).collect::<Vec<_>>(), 4.0);
    assert!(share(&absent(false), Bin::Absent).iter().all(|&share| share < 0.2));
}
