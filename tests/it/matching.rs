//! Who takes what where features meet: skills beside people kept free, work that is stopped, shifts that end, several open
//! cases. Small cases worked out by hand, and chains.

use orgsim::model::Model;
use orgsim::sim::{End, Outcome};
use serde_json::{Value, json};

use crate::chains::{mean, stationary};
use crate::support::{expect_near, expect_precise, model, replicate, simulate};

/// A desk to which these topics come once each, after so long; the number is the topic's priority.
fn once(arrivals: &[(&str, u32, &str)], desk: &Value, behavior: &Value) -> Model {
    let mut topics = serde_json::Map::new();
    let mut streams = serde_json::Map::new();
    for (i, (topic, priority, after)) in arrivals.iter().enumerate() {
        topics.insert((*topic).into(), json!({ "priority": priority }));
        streams.insert(
            format!("{topic} {i}"),
            json!({ "gaps": { "empirical": [after] }, "stop_after": 1, "topics": topic }),
        );
    }
    let mut customers = json!({ "plain": true, "topics": topics, "streams": streams });
    if let Some(behavior) = behavior.as_object().filter(|of| !of.is_empty()) {
        customers["behavior"] = json!(behavior);
    }
    scenario(&customers, desk, &json!({ "kind": "until done", "repeat": 1, "seed": 1 }))
}

fn scenario(customers: &Value, desk: &Value, experiment: &Value) -> Model {
    linked(customers, desk, &json!([{ "intake": { "to": "desk" } }]), experiment)
}

fn linked(customers: &Value, desk: &Value, links: &Value, experiment: &Value) -> Model {
    model(
        &json!({
            "orgsim": 1, "customers": customers,
            "designs": { "D": { "graph": { "roles": { "desk": desk }, "links": links } } },
            "experiment": experiment,
        })
        .to_string(),
    )
}

/// Minutes waited and minutes at the desk, all cases of a topic together.
fn minutes(outcome: &Outcome, topic: usize) -> (f64, f64) {
    let topic = &outcome.roles[0].topics[topic];
    (topic.wait_micros as f64 / 60e6, topic.inside_micros as f64 / 60e6)
}

/// Each topic's minutes waited and at the desk, where nothing is left to chance.
#[track_caller]
fn expect(arrivals: &[(&str, u32, &str)], desk: &Value, told: &[(f64, f64)]) {
    let outcome = simulate(&once(arrivals, desk, &json!({})), 0);
    let found: Vec<(f64, f64)> =
        (0..outcome.roles[0].topics.len()).map(|topic| minutes(&outcome, topic)).collect();
    assert_eq!(found, told);
}

/// A desk at which two topics come at these rates an hour, the first more urgent, for a long time.
fn two_topics(rates: [f64; 2], desk: &Value) -> Model {
    let stream =
        |topic: &str, rate: f64| json!({ "messages": format!("{rate}/hour"), "topics": topic });
    let mut streams = json!({ "a": stream("a", rates[0]) });
    if 0.0 < rates[1] {
        streams["b"] = stream("b", rates[1]);
    }
    let topics = json!({ "a": { "priority": 1 }, "b": { "priority": 2 } });
    let customers = json!({ "plain": true, "topics": topics, "streams": streams });
    let experiment =
        json!({ "warm_up": "500h", "run_for": "15,000h", "follow": "0s", "repeat": 30, "seed": 9 });
    scenario(&customers, desk, &experiment)
}

fn hour() -> Value {
    json!({ "exponential": { "mean": "1h" } })
}

/// Mean wait until the first start, and time at the desk, of one topic in hours.
fn hours(outcomes: &[Outcome], topic: usize) -> (Vec<f64>, Vec<f64>) {
    let each = |outcome: &Outcome| {
        let topic = &outcome.roles[0].topics[topic];
        let hours = |micros: u128, n: u64| micros as f64 / 3.6e9 / n as f64;
        (hours(topic.wait_micros, topic.started), hours(topic.inside_micros, topic.done))
    };
    outcomes.iter().map(each).unzip()
}

#[track_caller]
fn check(what: &str, values: &[f64], exact: f64) {
    expect_near(what, values, exact);
    expect_precise(what, values, 0.02);
}

fn skilled(of: &[&[&str]]) -> Value {
    of.iter().map(|skills| json!({ "count": 1, "skills": skills })).collect()
}

/// Who comes free may be the one whom another free person was kept back for; whoever cannot take what is more urgent is
/// kept back for nothing.
#[test]
fn somebody_kept_free_begins_once_enough_others_are() {
    let discipline = json!({ "priority": { "preemptive": false, "kept_free": { "b": 1 } } });
    let desk = |second: &[&str]| json!({ "people": skilled(&[&["a"], second]), "service": "1h", "discipline": discipline });
    for (second, told) in
        [(&["a", "b"][..], [(0.0, 60.0), (35.0, 95.0)]), (&["b"][..], [(0.0, 60.0), (0.0, 60.0)])]
    {
        let mut desk = desk(second);
        expect(&[("a", 1, "5m"), ("b", 2, "30m")], &desk, &told);
        desk["slots"] = json!(1);
        expect(&[("a", 1, "5m"), ("b", 2, "30m")], &desk, &told);
    }
}

/// What is kept from a class is kept from all that are less urgent, however many others could take what lies between.
#[test]
fn a_reserve_holds_against_all_that_is_less_urgent() {
    let desk = json!({
        "people": [{ "count": 2 }, { "count": 2, "skills": ["b"] }], "service": "1h",
        "discipline": { "priority": { "kept_free": { "b": 1, "c": 1 } } },
    });
    let arrivals = [("a", 1, "20m"), ("b", 2, "5h"), ("c", 3, "10m"), ("c", 3, "15m")];
    expect(&arrivals, &desk, &[(0.0, 60.0), (0.0, 60.0), (65.0, 185.0)]);
}

/// Of what is equally due whoever joined first is next, whatever group of skills it is for.
#[test]
fn what_is_equally_due_is_taken_in_the_order_of_joining() {
    let desk = json!({
        "people": [{ "count": 1 }, { "count": 1, "skills": ["a", "b"] }], "service": "1h",
        "discipline": { "earliest_deadline": { "due": { "a": "1h" } } },
    });
    let arrivals = [("a", 1, "1m"), ("b", 1, "2m"), ("b", 1, "31m"), ("c", 1, "21m")];
    expect(&arrivals, &desk, &[(0.0, 60.0), (31.0, 151.0), (40.0, 100.0)]);
}

/// An N-design: one person for b alone, two for both, of whom one is kept free of b.
#[test]
fn those_who_take_everything_are_kept_free_of_what_others_take() {
    let rates = [0.7, 1.0];
    let people = json!([{ "count": 1, "skills": ["b"] }, { "count": 2 }]);
    let desk = json!({
        "people": people, "taken_by": "first listed", "service": hour(),
        "discipline": { "priority": { "kept_free": { "b": 1 } } },
    });
    let outcomes = replicate(&two_topics(rates, &desk));
    // whether the one for b is busy, how many of the two are, and how many of each topic wait
    let chain = stationary((false, 0u32, 0u32, 0u32), |&(one, two, a, b)| {
        let mut moves = Vec::new();
        if two < 2 {
            moves.push(((one, two + 1, a, b), rates[0]));
        } else if a < 50 {
            moves.push(((one, two, a + 1, b), rates[0]));
        }
        if !one {
            moves.push(((true, two, a, b), rates[1]));
        } else if two == 0 {
            moves.push(((one, 1, a, b), rates[1]));
        } else if b < 100 {
            moves.push(((one, two, a, b + 1), rates[1]));
        }
        if one {
            moves.push((if 0 < b { (true, two, a, b - 1) } else { (false, two, a, b) }, 1.0));
        }
        if 0 < two {
            let next = match (a, b) {
                (1.., _) => (one, two, a - 1, b),
                (0, 1..) if two == 1 => (one, 1, 0, b - 1),
                _ => (one, two - 1, a, b),
            };
            moves.push((next, f64::from(two)));
        }
        moves
    });
    let (of_a, _) = hours(&outcomes, 0);
    let (of_b, _) = hours(&outcomes, 1);
    check("wait of a", &of_a, mean(&chain, |&(.., a, _)| f64::from(a)) / rates[0]);
    check("wait of b", &of_b, mean(&chain, |&(.., b)| f64::from(b)) / rates[1]);
}

/// What an urgent case stops goes on with somebody idle who could not have taken the urgent case.
#[test]
fn stopped_work_goes_on_with_whoever_is_idle() {
    let people = json!([{ "count": 1 }, { "count": 1, "skills": ["b"] }]);
    let desk = |service: Value| json!({ "people": people, "service": service, "discipline": "preemptive priority", "taken_by": "first listed" });
    let told = [(0.0, 120.0), (0.0, 120.0)];
    expect(&[("b", 2, "5m"), ("a", 1, "40m")], &desk(json!("2h")), &told);
    let mut slots = desk(json!("2h"));
    slots["slots"] = json!(1);
    expect(&[("b", 2, "5m"), ("a", 1, "40m")], &slots, &told);

    let rates = [0.5, 0.7];
    let outcomes = replicate(&two_topics(rates, &desk(hour())));
    let chain = stationary((0u32, 0u32), |&(first, second)| {
        let mut moves = Vec::new();
        if first < 50 {
            moves.push(((first + 1, second), rates[0]));
        }
        if second < 150 {
            moves.push(((first, second + 1), rates[1]));
        }
        if 0 < first {
            moves.push(((first - 1, second), 1.0));
        }
        let people = if first == 0 { 2 } else { 1 };
        if 0 < second {
            moves.push(((first, second - 1), f64::from(second.min(people))));
        }
        moves
    });
    let (_, times) = hours(&outcomes, 1);
    check("time of b", &times, mean(&chain, |&(_, second)| f64::from(second)) / rates[1]);
}

/// Three classes: what is stopped stops in turn what is less urgent still, in hands the first could not use.
#[test]
fn stopped_work_stops_what_is_less_urgent_still() {
    let desk = json!({
        "people": [{ "count": 1, "skills": ["a", "b"] }, { "count": 1, "skills": ["b", "c"] }],
        "service": "2h", "discipline": "preemptive priority",
    });
    let arrivals = [("c", 3, "5m"), ("b", 2, "10m"), ("a", 1, "40m")];
    // c, stopped after 35 minutes, waits for b's end at 130 minutes and works 85 more
    expect(&arrivals, &desk, &[(0.0, 210.0), (0.0, 120.0), (0.0, 120.0)]);
}

/// An urgent case whose person goes home stops what is less urgent, as if it had just come.
#[test]
fn urgent_work_put_down_at_the_end_of_a_shift_goes_before_less_urgent_work() {
    let desk = |at_the_end: &str| {
        json!({
            "people": [{ "count": 1, "open": "daily 00:00-01:00" }, { "count": 1, "open": "always" }],
            "service": "2h", "shift_end": at_the_end, "discipline": "preemptive priority", "taken_by": "first listed",
        })
    };
    // the urgent one takes the other's place at 60 minutes, who waits until 151 and works 101 minutes more
    let arrivals = [("a", 1, "31m"), ("b", 2, "41m")];
    expect(&arrivals, &desk("suspend"), &[(0.0, 120.0), (0.0, 211.0)]);

    // with parts of a shift the urgent wait as if they were alone
    let desk = json!({ "people": 1.5, "service": hour(), "discipline": "preemptive priority", "shift_end": "suspend" });
    let times = |rates| hours(&replicate(&two_topics(rates, &desk)), 0).1;
    let (alone, beside) = (times([0.6, 0.0]), times([0.6, 0.4]));
    let more: Vec<f64> = beside.iter().zip(&alone).map(|(beside, alone)| beside - alone).collect();
    expect_near("what the others cost the urgent", &more, 0.0);
    expect_precise("time of the urgent", &beside, 0.005);
}

/// Who is about to go finishes what is in hand and takes up nothing new, however urgent.
#[test]
fn whoever_stays_to_finish_is_given_nothing_else() {
    let desk = json!({
        "people": [{ "count": 1, "open": "daily 00:00-01:00" }],
        "service": "2h", "shift_end": "finish", "discipline": "preemptive priority",
    });
    let arrivals = [("b", 2, "30m"), ("a", 1, "90m")];
    let next_day = 24.0 * 60.0 - 90.0;
    expect(&arrivals, &desk, &[(0.0, 120.0), (next_day, next_day + 120.0)]);
}

/// With skills, too, whoever comes to work fills all their slots.
#[test]
fn whoever_comes_fills_all_slots() {
    let person =
        |skill: &str| json!({ "count": 1, "skills": [skill], "open": "daily 01:00-23:00" });
    let desk = json!({ "people": [person("a"), person("b")], "service": "3h", "slots": 3, "shift_end": "suspend" });
    let arrivals = [("a", 1, "5m"), ("a", 1, "6m"), ("a", 1, "7m"), ("b", 1, "8m")];
    let outcome = simulate(&once(&arrivals, &desk, &json!({})), 0);
    let waits: Vec<f64> = [0, 1].iter().map(|&topic| minutes(&outcome, topic).0).collect();
    assert_eq!(waits, [55.0 + 54.0 + 53.0, 52.0]);
}

/// Age counts for what is in hand as it does in line: of equal urgency whoever joined first goes first.
#[test]
fn age_protects_work_in_hand_and_overtakes_nobody() {
    let discipline = json!({ "priority": { "preemptive": true, "moves_up_after": "1h" } });
    let desk = json!({ "people": 1, "service": "2h", "discipline": discipline });
    // b works from 10 to 20 and, being old enough by then, from 140 to 250; then those who came at 30 and at 150
    let arrivals = [("b", 2, "10m"), ("a", 1, "20m"), ("p", 1, "30m"), ("q", 1, "150m")];
    expect(&arrivals, &desk, &[(0.0, 240.0), (0.0, 120.0), (220.0, 340.0), (220.0, 340.0)]);
}

/// Who is pushed out of a waiting room was turned away, and does what such customers do.
#[test]
fn who_is_pushed_out_may_try_again() {
    let discipline = json!({ "priority": { "preemptive": false, "when_full": "push out" } });
    let desk = json!({ "people": 1, "service": "2h", "waiting_room": 1, "discipline": discipline });
    let arrivals = [("b", 2, "5m"), ("b", 2, "10m"), ("a", 1, "12m")];
    let again = json!({ "when_turned_away": { "try_again": "100%", "after": "10h" } });
    let outcome = simulate(&once(&arrivals, &desk, &again), 0);
    let ends = |end: End| outcome.conservation.ends[end as usize];
    assert_eq!((ends(End::Resolved), ends(End::Rejected)), (3, 0));
    assert_eq!(outcome.roles[0].rejected, 1);
    let outcome = simulate(&once(&arrivals, &desk, &json!({})), 0);
    assert_eq!(outcome.conservation.ends[End::Rejected as usize], 1);
}

/// Whose case comes back at once is free by then: M/M/1/K with feedback has the numbers of service that is longer by it.
#[test]
fn a_case_that_comes_back_finds_its_person_free() {
    let links = json!([{ "intake": { "to": "desk" } }, { "route": { "from": "desk", "to": "desk", "share": "50%" } }]);
    let customers = json!({ "plain": true, "messages": "0.5/hour" });
    let experiment =
        json!({ "warm_up": "500h", "run_for": "15,000h", "follow": "0s", "repeat": 30, "seed": 9 });
    for (room, number) in [(0, 0.5), (2, 1.5)] {
        for slots in [false, true] {
            let mut desk = json!({ "people": 1, "service": hour(), "waiting_room": room });
            if slots {
                desk["slots"] = json!(1);
            }
            let outcomes = replicate(&linked(&customers, &desk, &links, &experiment));
            let inside = |outcome: &Outcome| {
                let role = &outcome.roles[0];
                role.queue.mean(outcome.counted) + role.busy.mean(outcome.counted)
            };
            check("number", &outcomes.iter().map(inside).collect::<Vec<_>>(), number);
        }
    }
    // without a limit whoever comes, back or not, waits where somebody else is at the desk: with the probability of its load
    let customers = json!({ "plain": true, "messages": "0.3/hour" });
    let desk = json!({ "people": 1, "service": hour() });
    let outcomes = replicate(&linked(&customers, &desk, &links, &experiment));
    let delayed = |of: &Outcome| of.roles[0].delayed as f64 / of.roles[0].arrived as f64;
    check("share who wait", &outcomes.iter().map(delayed).collect::<Vec<_>>(), 0.6);
}

/// A spell of absence that ends while its person is still at a case: urgent cases stop that case again. The engine asserts
/// that none of them waits beside it.
#[test]
fn whoever_is_well_again_may_be_stopped() {
    let desk = json!({
        "people": 2, "discipline": "preemptive priority",
        "service_by_topic": { "a": hour(), "b": { "exponential": { "mean": "6h" } } },
        "absence": { "share": "20%", "lasts": { "constant": "30m" } },
    });
    let outcomes = replicate(&two_topics([0.5, 0.15], &desk));
    let (waits, _) = hours(&outcomes, 0);
    expect_precise("wait of the urgent", &waits, 0.02);
}
