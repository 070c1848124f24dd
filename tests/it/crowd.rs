//! Others who join in, customers who go public or ask again, against what their rules give.

use orgsim::model::{Crowd, Model};
use orgsim::sim::{Happening, Outcome};
use orgsim::units::SimTime;
use serde_json::{Value, json};

use crate::support::{expect_near, history, model, numbers, replicate, simulate};

/// Whatever customers, and a desk of as many people as it takes who knows everything; work of so many minutes.
fn scenario(customers: Value, work: &str, experiment: Value) -> Model {
    let mut all = json!({ "topics": { "any": { "work": { "constant": work }, "not_settled_at_first": "0%" } } });
    all.as_object_mut().unwrap().extend(customers.as_object().unwrap().clone());
    let document = json!({
        "orgsim": 1,
        "customers": all,
        "practice": { "error": "0%" },
        "designs": { "Any": { "graph": {
            "roles": { "desk": { "people": "infinite", "desk": {} } },
            "links": [{ "intake": { "to": "desk" } }],
        } } },
        "experiment": experiment,
    });
    model(&document.to_string())
}

fn quiet() -> Value {
    json!({ "patience": "unlimited", "recontact": "0%", "wish_to_continue": "0%" })
}

fn with(mut behavior: Value, more: &Value) -> Value {
    behavior.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    behavior
}

fn weeks(n: u32, repeat: u32) -> Value {
    json!({ "kind": "from empty", "run_for": format!("{n} weeks"), "repeat": repeat })
}

/// When inquiries arrive.
fn arrivals(model: &Model) -> Vec<SimTime> {
    let told = history(model, 0).told.into_iter();
    told.filter(|(_, _, told)| matches!(told, Happening::Arrived { .. }))
        .map(|(at, ..)| at)
        .collect()
}

fn storm(crowd: Value, work: &str, repeat: u32) -> Model {
    let customers = json!({
        "streams": { "storm": { "messages": "100/day", "busy_days_vary_by": "0%", "self_exciting": crowd } },
        "behavior": quiet(),
    });
    scenario(customers, work, weeks(4, repeat))
}

#[test]
fn a_crowd_of_nobody_is_none() {
    let none = storm(json!({ "branching": 0.0 }), "5m", 1);
    let customers = json!({
        "streams": { "storm": { "messages": "100/day", "busy_days_vary_by": "0%" } },
        "behavior": quiet(),
    });
    assert_eq!(
        numbers(&simulate(&none, 0)),
        numbers(&simulate(&scenario(customers, "5m", weeks(4, 1)), 0))
    );
}

#[test]
fn a_crowd_brings_as_many_as_stated_in_clusters() {
    let model = storm(json!({ "branching": 0.6, "forget_after": "1h" }), "1m", 80);
    let counts: Vec<f64> =
        replicate(&model).iter().map(|outcome| outcome.conservation.arrived as f64).collect();
    expect_near("messages in four weeks", &counts, 2800.0);
    let n = counts.len() as f64;
    let mean = counts.iter().sum::<f64>() / n;
    let variance = counts.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n - 1.0);
    // Beside the ends of the window: 1/(1−n)², with the part of n that comes within the hour.
    let branching = 0.6 * Crowd::reacted(60.0);
    let exact = 1.0 / ((1.0 - branching) * (1.0 - branching));
    let error = exact * (2.0 / (n - 1.0)).sqrt();
    let found = variance / mean;
    assert!((found - exact).abs() < 4.0 * error && 1.5 < found, "{found}, not {exact} ± {error}");
}

#[test]
fn who_joins_in_does_not_depend_on_the_design_unless_replies_calm() {
    let of = |calmed: f64, work: &str| {
        arrivals(&storm(json!({ "branching": 0.7, "calmed_by_reply": calmed }), work, 1))
    };
    assert!(of(1.0, "1s") == of(1.0, "3h"), "a crowd that nothing calms is the same for all");
    let (fast, slow) = (of(0.5, "1s"), of(0.5, "3h"));
    let never = of(1.0, "3h");
    // A reply after three hours comes too late to calm anybody.
    assert!(slow == never);
    assert!(fast.len() < slow.len());
    let mut others = slow.iter();
    assert!(
        fast.iter().all(|at| others.any(|other| other == at)),
        "whom a calm design meets, others meet too"
    );
}

#[test]
fn an_instant_reply_leaves_the_share_it_is_said_to_leave() {
    // Work of nothing: the reply is there at once, so all reactions come after it.
    let of = |calmed: f64| {
        let crowd = json!({ "branching": 0.6, "forget_after": "1h", "calmed_by_reply": calmed });
        replicate(&storm(crowd, "0s", 40))
    };
    let branching = 0.6 * Crowd::reacted(60.0);
    let immigrants = 2800.0 * (1.0 - branching);
    let counts = |outcomes: Vec<Outcome>| -> Vec<f64> {
        outcomes.iter().map(|outcome| outcome.conservation.arrived as f64).collect()
    };
    expect_near("all calmed", &counts(of(0.0)), immigrants);
    expect_near("half calmed", &counts(of(0.5)), immigrants / (1.0 - 0.5 * branching));
    let heated = immigrants / (1.0 - 1.1 * branching);
    expect_near("fuel to the fire", &counts(of(1.1)), heated);
}

/// All expect a reply within a minute; a reply takes ten.
fn late(behavior: Value, private: bool) -> Model {
    let customers = json!({
        "messages": "300/day", "busy_days_vary_by": "0%",
        "expect_reply_within": { "law": { "constant": "1m" } },
        "channels": { "x": { "share": "50%" }, "dm": { "share": "50%", "private": private } },
        "behavior": with(quiet(), &behavior),
    });
    scenario(customers, "20m", weeks(3, 16))
}

fn share(outcomes: &[Outcome], of: impl Fn(&Outcome) -> u64) -> Vec<f64> {
    outcomes.iter().map(|outcome| of(outcome) as f64 / outcome.scopes[0].needing as f64).collect()
}

#[test]
fn who_waits_in_vain_goes_public_as_often_as_stated() {
    let outcomes = replicate(&late(json!({ "goes_public": "29%" }), false));
    expect_near("went public", &share(&outcomes, |of| of.scopes[0].went_public), 0.29);
    for outcome in &outcomes {
        assert_eq!(
            outcome.conservation.contacts, outcome.conservation.arrived,
            "louder, not twice"
        );
    }
    let of_private = replicate(&late(json!({ "goes_public": "29%" }), true));
    for outcome in &of_private {
        let twice = outcome.conservation.contacts - outcome.conservation.arrived;
        assert!(
            0 < twice && twice < outcome.scopes[0].went_public,
            "only those of private channels"
        );
    }
    let quick = json!({
        "messages": "300/day", "expect_reply_within": { "law": { "constant": "1h" } },
        "behavior": with(quiet(), &json!({ "goes_public": "100%" })),
    });
    let quick = simulate(&scenario(quick, "1m", weeks(3, 1)), 0);
    assert!(
        quick.scopes[0].went_public < quick.scopes[0].needing / 50,
        "an answer in time keeps them quiet"
    );
}

#[test]
fn an_outcry_draws_in_as_many_as_stated() {
    let crowd =
        json!({ "goes_public": "50%", "crowd": { "branching": 0.8, "forget_after": "1h" } });
    let outcomes = replicate(&late(crowd, false));
    // Every inquiry, whatever brought it, draws in 0.5 · 0.8 others, those that come within the hour.
    let exact = 0.5 * 0.8 * Crowd::reacted(60.0);
    expect_near("drawn in", &share(&outcomes, |of| of.scopes[0].brought), exact);
}

#[test]
fn a_timely_answer_moves_as_many_as_stated_to_ask_again() {
    let customers = json!({
        "messages": "300/day", "stop_after": 3000, "expect_reply_within": { "law": { "constant": "1h" } },
        "behavior": with(quiet(), &json!({ "induced": "30%", "induced_after": "1 day" })),
    });
    let experiment = || json!({ "kind": "until done", "repeat": 16 });
    let outcomes = replicate(&scenario(customers.clone(), "1s", experiment()));
    expect_near("asked again", &share(&outcomes, |of| of.scopes[0].brought), 0.3);
    for outcome in &outcomes {
        assert_eq!(outcome.conservation.arrived, 3000 + outcome.scopes[0].brought);
    }
    let late = simulate(&scenario(customers, "10h", experiment()), 0);
    assert!(late.scopes[0].brought < late.scopes[0].needing / 50, "a late answer moves nobody");
}

#[test]
fn the_loud_come_first_where_urgency_counts_and_nowhere_else() {
    let of = |discipline: &str, loud: &str| {
        let document = json!({
            "orgsim": 1,
            "customers": {
                "messages": "120/day", "busy_days_vary_by": "0%",
                "expect_reply_within": { "law": { "constant": "5m" } },
                "topics": { "any": { "work": "10m", "not_settled_at_first": "0%" } },
                "behavior": with(quiet(), &json!({ "goes_public": loud })),
            },
            "practice": { "error": "0%" },
            "designs": { "Any": { "graph": {
                "roles": { "desk": { "people": 1, "desk": {}, "discipline": discipline } },
                "links": [{ "intake": { "to": "desk" } }],
            } } },
            "experiment": weeks(4, 1),
        });
        let model = model(&document.to_string());
        let outcome = simulate(&model, 0);
        let scope = outcome.scopes[0].clone();
        (
            scope.first_response_micros as f64 / scope.answered as f64,
            scope.within.clone(),
            scope.went_public,
        )
    };
    let (calm, _, none) = of("first come", "0%");
    let (same, _, some) = of("first come", "50%");
    assert!(none == 0 && 0 < some);
    assert_eq!(calm.to_bits(), same.to_bits(), "first come, first served, however loud");
    let (_, before, _) = of("priority", "0%");
    let (mean, after, _) = of("priority", "50%");
    assert!(before != after, "the loud overtake the quiet");
    // Who is served next does not change how much work there is.
    assert!((mean / calm - 1.0).abs() < 0.05, "{mean} {calm}");
}

#[test]
fn surges_of_every_shape_bring_as_many() {
    let of = |shape: Option<Value>| -> Vec<f64> {
        let mut surge =
            json!({ "times": 5, "from": "week 2 Monday 00:00", "for": "2 days", "channel": "x" });
        if let Some(shape) = shape {
            surge["shape"] = shape;
        }
        let customers = json!({
            "messages": "200/day", "busy_days_vary_by": "0%", "behavior": quiet(),
            "channels": { "x": { "share": "40%" }, "mail": { "share": "60%" } },
            "surges": [surge],
        });
        let outcomes = replicate(&scenario(customers, "1m", weeks(4, 30)));
        outcomes.iter().map(|outcome| outcome.conservation.arrived as f64).collect()
    };
    let calm = 200.0 * 28.0;
    let extra = 200.0 * 0.4 * 4.0 * 2.0;
    expect_near("step", &of(None), calm + extra);
    let step = of(Some(json!("step")));
    expect_near("the same in words", &step, calm + extra);
    let crowd = json!({ "self_exciting": { "branching": 0.85, "forget_after": "3 days" } });
    expect_near("self-exciting", &of(Some(crowd)), calm + extra);
    // ∫ over 48 h: 3 h of rise, then 45 h of decay that halves every 6 h.
    let area = 1.5 + 6.0 / std::f64::consts::LN_2 * (1.0 - 0.5f64.powf(45.0 / 6.0));
    let curve = json!({ "rise_and_decay": { "rise": "3h", "half_life": "6h" } });
    expect_near("rise and decay", &of(Some(curve)), calm + extra * area / 48.0);
}
