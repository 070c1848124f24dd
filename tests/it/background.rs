//! Work that nobody waits for, beside customers: endless tasks, tasks that expire, stopped by customers or not.

use orgsim::model::{Model, Proactive, RoleId, SpareTime};
use orgsim::sim::{Bin, MentionCounts, Outcome};
use orgsim::units::SimTime;
use serde_json::{Value, json};

use crate::chains::{mean, stationary};
use crate::support::{expect_near, expect_precise, history, model, replicate, simulate};

/// A desk of so many people, customers at this rate and service of an hour, and what it does beside.
fn desk(people: u32, customers: f64, proactive: &Value, tasks: Option<(f64, Value)>) -> Model {
    let mut streams =
        json!({ "customers": { "messages": format!("{customers}/hour"), "channels": "door" } });
    let mut links = json!([{ "intake": { "to": "desk" } }]);
    let mut board = json!({ "share": "50%" });
    if let Some((rate, window)) = tasks {
        streams["tasks"] = json!({ "mentions": format!("{rate}/hour"), "channels": "board" });
        links.as_array_mut().unwrap().push(json!({ "listen": { "from": "board", "to": "desk" } }));
        board["window"] = window;
        board["window_runs"] = json!("while it waits");
    }
    model(&json!({
        "orgsim": 1,
        "customers": {
            "plain": true,
            "channels": { "door": { "share": "50%" }, "board": board },
            "streams": streams,
        },
        "practice": { "scan": "0s", "engage": { "exponential": { "mean": "30m" } } },
        "designs": { "Only": { "graph": {
            "roles": { "desk": { "people": people, "service": { "exponential": { "mean": "1h" } }, "proactive": proactive } },
            "links": links,
        } } },
        "experiment": { "kind": "typical weeks", "warm_up": "500h", "run_for": "12,000h", "follow": "0s", "repeat": 30, "seed": 11 },
    }).to_string())
}

fn waits(outcomes: &[Outcome]) -> Vec<f64> {
    let wait = |outcome: &Outcome| {
        let wait = &outcome.roles[0].wait;
        wait.sum_minutes() / 60.0 / wait.n() as f64
    };
    outcomes.iter().map(wait).collect()
}

/// Share of the tasks that expired, of those that are done with.
fn expired(outcomes: &[Outcome]) -> Vec<f64> {
    let share = |outcome: &Outcome| {
        let MentionCounts { touched, expired, .. } = outcome.conservation.mentions;
        expired as f64 / (touched + expired) as f64
    };
    outcomes.iter().map(share).collect()
}

fn proactive_hours_share(outcomes: &[Outcome]) -> Vec<f64> {
    let share = |outcome: &Outcome| {
        let role = &outcome.roles[0];
        role.bins[Bin::Proactive as usize] as f64 / role.scheduled as f64
    };
    outcomes.iter().map(share).collect()
}

/// Three people who always have a task of 30 minutes at hand: all are always busy, and a customer waits for
/// the first of them to finish anything.
#[test]
fn several_people_with_an_endless_supply() {
    let task = json!({ "endless": { "task": { "exponential": { "mean": "30m" } } } });
    let outcomes = replicate(&desk(3, 2.0, &task, None));
    let (people, arrivals, task_rate) = (3u32, 2.0, 2.0);
    let chain = stationary((0u32, 0u32), |&(with, queue)| {
        let mut moves = Vec::new();
        if queue < 120 {
            moves.push(((with, queue + 1), arrivals));
        }
        if 0 < with {
            let next = if 0 < queue { (with, queue - 1) } else { (with - 1, 0) };
            moves.push((next, f64::from(with)));
        }
        if with < people && 0 < queue {
            moves.push(((with + 1, queue - 1), task_rate * f64::from(people - with)));
        }
        moves
    });
    let wait = mean(&chain, |&(_, queue)| f64::from(queue)) / arrivals;
    let simulated = waits(&outcomes);
    expect_near("wait", &simulated, wait);
    expect_precise("wait", &simulated, 0.01);
    expect_near("share of the time with tasks", &proactive_hours_share(&outcomes), 1.0 / 3.0);
    assert!(outcomes.iter().all(|outcome| outcome.roles[0].delayed == outcome.roles[0].arrived));
}

/// Customers in service and waiting, tasks in service and waiting.
type Shared = (u32, u32, u32, u32);

/// The chain of customers and tasks that expire while they wait, with so many people kept free of tasks.
fn shared(
    people: u32,
    keep_free: u32,
    preemptible: bool,
    customers: f64,
    tasks: f64,
    expiry: f64,
) -> impl Fn(&Shared) -> Vec<(Shared, f64)> {
    // whoever is free takes customers first, then tasks while enough others stay free
    let settle = move |(mut i, mut q, mut j, mut k): Shared| {
        while 0 < q && i + j < people {
            (i, q) = (i + 1, q - 1);
        }
        while preemptible && 0 < q && 0 < j {
            (i, q, j, k) = (i + 1, q - 1, j - 1, k + 1);
        }
        while 0 < k && i + j + keep_free < people {
            (j, k) = (j + 1, k - 1);
        }
        (i, q, j, k)
    };
    move |&(i, q, j, k)| {
        let mut moves = Vec::new();
        let mut go = |state, rate: f64| {
            if 0.0 < rate {
                moves.push((settle(state), rate));
            }
        };
        if q < 60 {
            go((i, q + 1, j, k), customers);
        }
        if k < 25 {
            go((i, q, j, k + 1), tasks);
        }
        if 0 < i {
            go((i - 1, q, j, k), f64::from(i));
        }
        if 0 < j {
            go((i, q, j - 1, k), 2.0 * f64::from(j));
        }
        if 0 < k {
            go((i, q, j, k - 1), f64::from(k) / expiry);
        }
        moves
    }
}

#[test]
fn tasks_that_expire_with_people_kept_free_stopped_by_customers_or_not() {
    for (keep_free, preemptible) in [(0, false), (1, false), (1, true), (2, false)] {
        let when = json!({ "when_idle": { "keep_free": keep_free, "preemptible": preemptible } });
        let window = json!({ "exponential": { "mean": "2h" } });
        let outcomes = replicate(&desk(3, 1.8, &when, Some((1.5, window))));
        let chain = stationary((0, 0, 0, 0), shared(3, keep_free, preemptible, 1.8, 1.5, 2.0));
        let wait = mean(&chain, |&(_, q, _, _)| f64::from(q)) / 1.8;
        let lost = mean(&chain, |&(_, _, _, k)| f64::from(k)) / 2.0 / 1.5;
        let what = format!("{keep_free} kept free, preemptible: {preemptible}");
        let simulated = waits(&outcomes);
        expect_near(&format!("wait, {what}"), &simulated, wait);
        expect_precise(&format!("wait, {what}"), &simulated, 0.015);
        let simulated = expired(&outcomes);
        expect_near(&format!("expired, {what}"), &simulated, lost);
        expect_precise(&format!("expired, {what}"), &simulated, 0.01);
    }
}

/// Nobody but tasks with a fixed window: a queue with constant patience, whose workload has a density.
#[test]
fn tasks_with_a_fixed_window() {
    let window = json!("1h");
    let outcomes = replicate(&desk(1, 0.0001, &json!("when idle"), Some((1.5, window))));
    let (rate, service, window): (f64, f64, f64) = (1.5, 2.0, 1.0);
    // v(x) = λ p₀ e^((λ − μ) x) up to the window, then falling with μ (Baccelli & Hebuterne 1981)
    let grown = ((rate - service) * window).exp();
    let below = rate * (grown - 1.0) / (rate - service);
    let above = rate * grown / service;
    let lost = above / (1.0 + below + above);
    let simulated = expired(&outcomes);
    expect_near("expired", &simulated, lost);
    expect_precise("expired", &simulated, 0.01);
}

/// An archetype with shifts, duties, absence and people of unequal hours.
fn company(proactive: &Value, mentions: bool) -> Model {
    let mut model = model(&json!({
        "orgsim": 1,
        "customers": {
            "messages": "150/day", "business_units": ["a", "b"], "need_unit_knowledge": "30%",
            "mentions_worth_answering": "80/day", "topics": { "easy": { "share": "70%" }, "hard": { "share": "30%", "urgent": true } },
        },
        "people": { "care agent": { "cost": "$50,000/year", "meetings": "2h/week", "absence": "6%" } },
        "designs": { "Hub": {
            "hub_and_spoke": { "open": "daily 08:00-20:00", "listens": false, "hub": { "care agent": 5.5, "strategist": 1 }, "each_spoke": { "care agent": 2.25 },
                "approval": "15% of replies", "discipline": "preemptive priority" },
            "edits": [
                { "change": { "role": "hub", "proactive": proactive } },
                { "add": { "listen": { "to": "hub" } } },
            ],
        } },
        "experiment": { "kind": "from empty", "run_for": "2 weeks", "repeat": 1, "seed": 5 },
    }).to_string());
    if !mentions {
        std::sync::Arc::make_mut(&mut model.world)
            .streams
            .retain(|stream| stream.name != "mentions");
    }
    model
}

/// Whatever customers meet with is the same, to the microsecond and to the person.
#[test]
fn work_that_customers_stop_is_invisible_to_them() {
    let nothing = company(&json!("never"), true);
    for proactive in [
        json!({ "when_idle": { "preemptible": true } }),
        json!({ "when_idle": { "keep_free": 1, "preemptible": true } }),
        json!({ "endless": { "task": { "lognormal": { "mean": "25m", "cv": 1 } }, "preemptible": true } }),
    ] {
        let busy = company(&proactive, true);
        for replication in 0..3 {
            assert_eq!(history(&nothing, replication), history(&busy, replication), "{proactive}");
            let (without, with) = (simulate(&nothing, replication), simulate(&busy, replication));
            let hub = 0;
            let spent = |outcome: &Outcome| outcome.roles[hub].bins[Bin::Proactive as usize];
            assert!(
                spent(&without) == 0 && SimTime::HOUR.micros() < spent(&with) as u64,
                "{proactive}"
            );
            for (without, with) in without.roles.iter().zip(&with.roles) {
                let but = |bins: &[u128]| -> Vec<u128> {
                    let idle = bins[Bin::Idle as usize] + bins[Bin::Proactive as usize];
                    let others =
                        Bin::ALL.iter().filter(|bin| !matches!(bin, Bin::Idle | Bin::Proactive));
                    others.map(|&bin| bins[bin as usize]).chain([idle]).collect()
                };
                assert_eq!(but(&without.bins), but(&with.bins));
                assert_eq!((without.scheduled, without.overtime), (with.scheduled, with.overtime));
                assert_eq!((without.arrived, without.done), (with.arrived, with.done));
            }
        }
    }
}

/// Keeping more people free than there are is the same as never working on mentions.
#[test]
fn nobody_is_ever_free_enough() {
    let never = company(&json!("never"), true);
    let out_of_reach = company(&json!({ "when_idle": { "keep_free": 1000 } }), true);
    assert_eq!(history(&never, 0), history(&out_of_reach, 0));
    assert_eq!(simulate(&out_of_reach, 0).conservation.mentions.touched, 0);
}

/// What is left of a stopped task is finished: in a house without customers' luck, every minute of it is found again.
#[test]
fn stopped_tasks_are_finished() {
    let task = json!({ "endless": { "task": "50m", "preemptible": true } });
    for outcome in replicate(&desk(2, 1.2, &task, None)) {
        let role = &outcome.roles[0];
        let minutes = role.bins[Bin::Proactive as usize] as f64 / 60e6;
        let begun = minutes / 50.0;
        assert!(
            (role.background_done as f64 - begun).abs() < 4.0,
            "{} of {begun}",
            role.background_done
        );
        assert_eq!(role.bins[Bin::Idle as usize], 0);
    }
}

#[test]
fn a_role_says_when_it_begins_and_whether_it_may_be_stopped() {
    let when = json!({ "when_idle": { "keep_free": 2, "preemptible": true } });
    let model = desk(3, 1.0, &when, None);
    let role = model.designs[0].organization.role(RoleId(0));
    assert_eq!(role.proactive, Proactive::WhenIdle(SpareTime { keep_free: 2, preemptible: true }));
}
