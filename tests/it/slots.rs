//! Several open cases of one person: exact answers, and what holds whatever the slots.

use orgsim::model::Model;
use orgsim::sim::{Bin, Outcome};
use serde_json::{Value, json};

use crate::chains::{mean, stationary};
use crate::support::{expect_near, expect_precise, history, model, replicate, simulate};

/// A desk of so many people with these slots, customers at this rate.
fn desk(people: u32, slots: &Value, rate: f64, service: &Value) -> Model {
    model(
        &json!({
            "orgsim": 1,
            "customers": { "plain": true, "messages": format!("{rate}/hour") },
            "designs": { "Only": { "graph": {
                "roles": { "desk": { "people": people, "service": service, "slots": slots } },
                "links": [{ "intake": { "to": "desk" } }],
            } } },
            "experiment": { "kind": "typical weeks", "warm_up": "500h", "run_for": "12,000h", "follow": "0s", "repeat": 30, "seed": 4 },
        })
        .to_string(),
    )
}

fn hour() -> Value {
    json!({ "exponential": { "mean": "1h" } })
}

fn wait(outcome: &Outcome) -> f64 {
    let wait = &outcome.roles[0].wait;
    wait.sum_minutes() / 60.0 / wait.n() as f64
}

fn inside(outcome: &Outcome) -> f64 {
    let inside = &outcome.roles[0].inside;
    inside.sum_minutes() / 60.0 / inside.n() as f64
}

fn number(outcome: &Outcome) -> f64 {
    let role = &outcome.roles[0];
    role.queue.mean(outcome.counted) + role.busy.mean(outcome.counted)
}

/// Share of the time with nobody at the desk.
fn empty(outcome: &Outcome) -> f64 {
    let times = outcome.roles[0].time_at_number.micros();
    times[0] as f64 / times.iter().sum::<u64>() as f64
}

fn each(outcomes: &[Outcome], of: fn(&Outcome) -> f64) -> Vec<f64> {
    outcomes.iter().map(of).collect()
}

/// One person whose speed depends on the number in hand: births and deaths with rate n · v(n) up to the number of slots.
#[test]
fn one_person_with_slots_is_a_chain_of_births_and_deaths() {
    for (slots, together) in [
        (json!(3), vec![1.0, 1.0, 1.0]),
        (json!({ "most": 4, "slowdown": 0.5 }), vec![1.0, 4.0 / 3.0, 1.5, 1.6]),
        (json!({ "together": [1, 1.3, 1.1] }), vec![1.0, 1.3, 1.1]),
        (json!({ "each": [0.9, 0.7] }), vec![0.9, 1.4]),
    ] {
        let rate = 0.75;
        let speed = |n: usize| together[n.min(together.len()) - 1];
        let (mut chance, mut chances) = (1.0, vec![1.0]);
        for n in 1..400 {
            chance *= rate / speed(n);
            chances.push(chance);
        }
        let total: f64 = chances.iter().sum();
        let weighed = |of: &dyn Fn(usize) -> f64| -> f64 {
            chances.iter().enumerate().map(|(n, chance)| chance * of(n)).sum::<f64>() / total
        };
        let outcomes = replicate(&desk(1, &slots, rate, &hour()));
        let waiting = weighed(&|n| n.saturating_sub(together.len()) as f64);
        let all = weighed(&|n| n as f64);
        expect_near(&format!("wait, {slots}"), &each(&outcomes, wait), waiting / rate);
        expect_near(&format!("time, {slots}"), &each(&outcomes, inside), all / rate);
        expect_near(&format!("number, {slots}"), &each(&outcomes, number), all);
        expect_near(&format!("empty, {slots}"), &each(&outcomes, empty), 1.0 / total);
        expect_precise(&format!("number, {slots}"), &each(&outcomes, number), 0.02);
    }
}

/// With more slots than are ever used a person's time is shared by all: the mean time of M/G/1 under processor
/// sharing depends on the mean service time only (Kleinrock 1976, §4.4).
#[test]
fn sharing_a_person_does_not_see_the_law_of_service() {
    for service in [
        json!("1h"),
        json!({ "hyperexponential": { "mean": "1h", "cv": 2 } }),
        json!({ "erlang": { "mean": "1h", "stages": 3 } }),
    ] {
        let outcomes = replicate(&desk(1, &json!(400), 0.6, &service));
        expect_near(&format!("time, {service}"), &each(&outcomes, inside), 1.0 / 0.4);
        expect_precise(&format!("time, {service}"), &each(&outcomes, inside), 0.015);
    }
}

/// Two people with two slots each: whoever has fewer open takes the next, and nobody hands anything on.
#[test]
fn several_people_take_what_comes_to_whoever_has_fewest_open() {
    let (rate, cap) = (1.9, 150u32);
    let speed = |open: u32| match open {
        0 => 0.0,
        1 => 1.0,
        _ => 1.5,
    };
    let chain = stationary((0u32, 0u32, 0u32), |&(a, b, queue)| {
        let sorted = |a: u32, b: u32, queue| (a.max(b), a.min(b), queue);
        let mut moves = Vec::new();
        if a + b < 4 {
            moves.push((sorted(a, b + 1, 0), rate));
        } else if queue < cap {
            moves.push(((a, b, queue + 1), rate));
        }
        for (mine, other) in [(a, b), (b, a)] {
            if 0 < mine {
                let next = if 0 < queue { (a, b, queue - 1) } else { sorted(mine - 1, other, 0) };
                moves.push((next, speed(mine)));
            }
        }
        moves
    });
    let outcomes = replicate(&desk(2, &json!({ "together": [1, 1.5] }), rate, &hour()));
    let queue = mean(&chain, |&(_, _, queue)| f64::from(queue));
    let all = mean(&chain, |&(a, b, queue)| f64::from(a + b + queue));
    expect_near("wait", &each(&outcomes, wait), queue / rate);
    expect_near("number", &each(&outcomes, number), all);
    expect_precise("number", &each(&outcomes, number), 0.02);
}

/// A company with shifts, absence, meetings, priorities that interrupt, and customers who lose patience.
fn company(slots: Option<Value>, shift_end: &str, parked: bool) -> Model {
    let mut hub = json!({ "role": "hub", "shift_end": shift_end });
    if let Some(mut slots) = slots {
        if parked {
            slots["parked_count"] = json!(true);
        }
        hub["slots"] = slots;
    }
    model(&json!({
        "orgsim": 1,
        "customers": {
            "messages": "220/day", "business_units": ["a", "b"], "need_unit_knowledge": "30%",
            "mentions_worth_answering": "60/day",
            "topics": { "easy": { "share": "70%" }, "hard": { "share": "30%", "urgent": true, "work": "11m" } },
            "behavior": { "patience": { "scope": "reply", "law": { "exponential": { "mean": "9h" } }, "silent": "40%" } },
        },
        "people": {
            "care agent": { "cost": "$50,000/year", "meetings": "2h/week", "absence": { "share": "6%", "lasts": "5h" }, "turnover": "90%/year" },
            "line expert": { "cost": "$95,000/year", "for_social": "40%" },
        },
        "designs": { "Hub": {
            "hub_and_spoke": { "open": "daily 08:00-20:00", "hub": { "care agent": 4.5, "strategist": 1 }, "each_spoke": { "care agent": 2.25 },
                "approval": "25% of replies", "discipline": "preemptive priority" },
            "edits": [{ "change": hub }],
        } },
        "experiment": { "kind": "from empty", "run_for": "3 weeks", "repeat": 1, "seed": 8 },
    }).to_string())
}

/// Every minute of every person is in one bin, however many cases share it, under every rule of going home.
#[test]
fn minutes_add_up_with_slots() {
    for shift_end in ["suspend", "finish", "hand over"] {
        for parked in [false, true] {
            let slots = json!({ "most": 4, "slowdown": 0.6 });
            let model = company(Some(slots), shift_end, parked);
            for replication in 0..4 {
                let outcome = simulate(&model, replication);
                for role in &outcome.roles {
                    assert_eq!(role.bins.iter().sum::<u128>(), role.scheduled + role.overtime);
                }
                let hub = &outcome.roles[0];
                assert!(500 < hub.done && 0 < hub.bins[Bin::Answer as usize]);
                assert_eq!(0 < hub.overtime, shift_end == "finish", "{shift_end}");
            }
        }
    }
}

/// One slot at full speed is what there is without slots.
#[test]
fn one_slot_is_none() {
    for shift_end in ["suspend", "finish", "hand over"] {
        let without = company(None, shift_end, false);
        for slots in
            [json!({ "most": 1 }), json!({ "most": 1, "slowdown": 5 }), json!({ "each": [1] })]
        {
            let with = company(Some(slots), shift_end, false);
            assert_eq!(history(&without, 0), history(&with, 0));
            assert_eq!(
                crate::support::numbers(&simulate(&without, 0)),
                crate::support::numbers(&simulate(&with, 0))
            );
        }
    }
}

/// Preemption among slots: the urgent class sees one person shared by itself alone, up to the number of slots.
#[test]
fn an_urgent_class_takes_the_slots_of_the_other() {
    let document = json!({
        "orgsim": 1,
        "customers": {
            "plain": true,
            "topics": { "class 1": { "priority": 1 }, "class 2": { "priority": 2 } },
            "streams": {
                "class 1": { "messages": "0.4/hour", "topics": "class 1" },
                "class 2": { "messages": "0.7/hour", "topics": "class 2" },
            },
        },
        "designs": { "Only": { "graph": {
            "roles": { "desk": {
                "people": 1, "service": hour(), "discipline": "preemptive priority", "slots": { "together": [1, 1.8] },
            } },
            "links": [{ "intake": { "to": "desk" } }],
        } } },
        "experiment": { "kind": "typical weeks", "warm_up": "500h", "run_for": "12,000h", "follow": "0s", "repeat": 30, "seed": 4 },
    });
    let outcomes = replicate(&model(&document.to_string()));
    // how many of each class are there: who is in hand follows, urgent ones first
    let chain = stationary((0u32, 0u32), |&(first, second)| {
        let mut moves = Vec::new();
        if first < 60 {
            moves.push(((first + 1, second), 0.4));
        }
        if second < 120 {
            moves.push(((first, second + 1), 0.7));
        }
        let open = (first + second).min(2);
        if 0 < open {
            let each = if open == 1 { 1.0 } else { 0.9 };
            let urgent = first.min(open);
            if 0 < urgent {
                moves.push(((first - 1, second), each * f64::from(urgent)));
            }
            if urgent < open {
                moves.push(((first, second - 1), each * f64::from(open - urgent)));
            }
        }
        moves
    });
    for (topic, rate) in [(0, 0.4), (1, 0.7)] {
        let exact = mean(&chain, |&(first, second)| f64::from([first, second][topic])) / rate;
        let times: Vec<f64> = outcomes
            .iter()
            .map(|outcome| {
                let topic = &outcome.roles[0].topics[topic];
                topic.inside_micros as f64 / 3.6e9 / topic.done as f64
            })
            .collect();
        expect_near(&format!("time of class {}", topic + 1), &times, exact);
        expect_precise(&format!("time of class {}", topic + 1), &times, 0.02);
    }
}
