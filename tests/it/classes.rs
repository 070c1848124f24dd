//! How long each class of customers waits at a desk: distributions topic by topic.
//!
//! The files are in `tests/it/families`, the rule is that of the module `families`.

use orgsim::present::topics_csv;
use orgsim::stats::queueing::erlang_c;
use orgsim::units::SimTime;
use serde_json::{Value, json};

use crate::families::{HOURS, Measure, at, check, model, results};
use crate::support::{self, simulate, with_study};

/// A length of a topic by its place in the results.
fn length(topic: &str, place: &str, hours: f64) -> Measure {
    (format!("/roles/0/topics/{topic}/{place}"), HOURS, hours)
}

/// The length that so many exceed, where `exceeds` falls from length to length.
fn quantile(q: f64, exceeds: &dyn Fn(f64) -> f64) -> f64 {
    let (mut low, mut high) = (0.0, 1000.0);
    for _ in 0..200 {
        let middle = (low + high) / 2.0;
        if 1.0 - q < exceeds(middle) { low = middle } else { high = middle }
    }
    low
}

#[test]
fn first_come_first_served_mixes_exponentials() {
    // Pollaczek–Khinchine: W*(s) = (1 − ρ)(s + μ₁)(s + μ₂) ÷ ((s + r₁)(s + r₂))
    let (rate, first, second) = (0.7, 1.0, 2.0);
    let load = rate * 0.5 * (1.0 / first + 1.0 / second);
    let sum: f64 = first + second - rate;
    let root = (sum * sum / 4.0 - first * second * (1.0 - load)).sqrt();
    let roots = [sum / 2.0 - root, sum / 2.0 + root];
    let parts = [(roots[0], roots[1]), (roots[1], roots[0])]
        .map(|(r, other)| (r, (1.0 - load) * (first - r) * (second - r) / (other - r)));
    let wait = |t: f64| parts.iter().map(|(r, a)| a / r * (-r * t).exp()).sum::<f64>();
    assert!((wait(0.0) - load).abs() < 1e-12, "who waits is who finds somebody there");
    let inside = |service: f64, t: f64| {
        let after: f64 = parts
            .iter()
            .map(|(r, a)| a * ((-r * t).exp() - (-service * t).exp()) / (service - r))
            .sum();
        wait(t) + (1.0 - load) * (-service * t).exp() + after
    };
    let mut measures = Vec::new();
    for (topic, service) in [("long", first), ("short", second)] {
        for (name, q) in [("p50", 0.5), ("p90", 0.9), ("p99", 0.99)] {
            let place = format!("inside_minutes/quantiles/{name}");
            measures.push(length(topic, &place, quantile(q, &|t| inside(service, t))));
        }
        for place in ["wait_minutes/quantiles/p90", "wait_all_minutes/quantiles/p90"] {
            measures.push(length(topic, place, quantile(0.9, &wait)));
        }
        let mean: f64 = parts.iter().map(|(r, a)| a / (r * r)).sum();
        let squares: f64 = parts.iter().map(|(r, a)| 2.0 * a / (r * r * r)).sum();
        let deviation = (squares - mean * mean).sqrt();
        measures.push(length(topic, "wait_all_mean", mean));
        measures.push(length(topic, "wait_of_delayed_mean", mean / load));
        for place in ["wait_minutes/sd", "wait_all_minutes/sd", "wait_all_sd"] {
            measures.push(length(topic, place, deviation));
        }
        measures.push(at(&format!("/roles/0/topics/{topic}/came_per_hour"), rate / 2.0));
    }
    check("two_services", 0.05, &measures);
}

#[test]
fn the_urgent_who_stop_others_have_a_desk_of_their_own() {
    // M/M/1 with the first class alone
    let load: f64 = 0.3;
    check(
        "preemption",
        0.05,
        &[
            length("first", "inside_minutes/quantiles/p50", 2.0f64.ln() / (1.0 - load)),
            length("first", "inside_minutes/quantiles/p95", 20.0f64.ln() / (1.0 - load)),
            length("first", "inside_minutes/sd", 1.0 / (1.0 - load)),
            // there is one desk, so that the time there is the time in the network
            (
                String::from("/topics/first/minutes_inside_quantiles/p95"),
                HOURS,
                20.0f64.ln() / (1.0 - load),
            ),
            length("first", "wait_minutes/quantiles/p90", (10.0 * load).ln() / (1.0 - load)),
            length("first", "wait_minutes/sd", (load * (2.0 - load)).sqrt() / (1.0 - load)),
        ],
    );
}

#[test]
fn the_urgent_behind_others_in_hand_wait_as_theory_says() {
    // whoever waits has the wait of an M/M/3 with the first class alone, given that it is positive
    let delayed = erlang_c(3, 2.4);
    check(
        "priorities_m_m_3",
        0.03,
        &[
            length("first", "wait_minutes/quantiles/p50", (delayed / 0.5).ln() / 1.8),
            length("first", "wait_minutes/quantiles/p90", (delayed / 0.1).ln() / 1.8),
            length("first", "wait_all_minutes/quantiles/p99", (delayed / 0.01).ln() / 1.8),
        ],
    );
}

#[test]
fn each_class_leaves_after_its_own_patience() {
    let results = results(&model("two_constant_patiences"));
    let read = |place: &str| {
        let of = results["designs"][0].pointer(&format!("/roles/0/topics/{place}")).unwrap();
        of["mean"].as_f64().unwrap_or_else(|| panic!("{place}: {of}"))
    };
    for (topic, patience) in [("hurried", 30.0), ("patient", 60.0)] {
        for q in ["p50", "p90", "p95", "p99"] {
            let found = read(&format!("{topic}/wait_abandoned_minutes/quantiles/{q}"));
            assert!((found - patience).abs() < 1e-9, "{topic}: {found} min");
        }
        let found = read(&format!("{topic}/wait_all_minutes/quantiles/p99"));
        assert!((found - patience).abs() < 1e-9, "{topic}: {found} min");
        assert!((read(&format!("{topic}/abandoned_wait_mean")) - patience).abs() < 1e-9);
        assert!(read(&format!("{topic}/wait_abandoned_sd")) < 1e-3);
        // all waits are those of the served and of those who left
        let left = read(&format!("{topic}/abandoned"));
        let all = left * patience + (1.0 - left) * read(&format!("{topic}/wait_mean"));
        // (but for the few who join in the time that counts and are served or leave after it)
        assert!((read(&format!("{topic}/wait_all_mean")) - all).abs() < 0.01, "{topic}: {all}");
    }
}

/// Two classes in a small room from which the first pushes the second, and which some leave.
fn pushing(measure: &Value) -> orgsim::model::Model {
    support::model(
        &json!({
            "orgsim": 1,
            "customers": {
                "plain": true,
                "topics": { "a": { "priority": 1 }, "b": { "priority": 2 } },
                "messages": "3/hour",
                "behavior": { "patience": { "scope": "queue", "law": { "exponential": { "mean": "2h" } } } }
            },
            "designs": { "Only": { "graph": {
                "roles": { "desk": {
                    "people": 2, "service": { "exponential": { "mean": "1h" } }, "waiting_room": 3,
                    "discipline": { "priority": { "when_full": "push out" } }
                } },
                "links": [{ "intake": { "to": "desk" } }]
            } } },
            "experiment": {
                "warm_up": "10h", "run_for": "2,000h", "follow": "0s", "repeat": 12, "seed": 5,
                "thresholds": ["30m"], "measure": measure
            }
        })
        .to_string(),
    )
}

#[test]
fn the_classes_together_are_the_role() {
    let model = pushing(&json!(["times by topic"]));
    let outcome = simulate(&model, 0);
    let role = &outcome.roles[0];
    assert_eq!(role.topics.len(), 2);
    assert!(role.topics.iter().all(|topic| 0 < topic.abandoned));
    assert!(0 < role.topics[1].rejected);
    let times = || role.topics.iter().map(|topic| topic.times.as_ref().expect("asked for"));
    let lengths: Vec<SimTime> = (1..200).map(|n| SimTime::MINUTE.times(n)).collect();
    for (what, of_role, of_topics) in [
        ("wait", &role.wait, times().map(|times| &times.wait).collect::<Vec<_>>()),
        ("left", &role.wait_abandoned, times().map(|times| &times.left).collect()),
        ("inside", &role.inside, times().map(|times| &times.inside).collect()),
    ] {
        let mut sum = of_topics[0].clone();
        sum.merge(of_topics[1]);
        assert_eq!(sum.total(), of_role.n(), "{what}");
        assert_eq!(sum.zeros(), of_role.histogram().zeros(), "{what}");
        let at_most = of_role.histogram().at_most_each(&lengths);
        for (ours, theirs) in sum.at_most_each(&lengths).iter().zip(&at_most) {
            assert!((ours - theirs).abs() < 1e-6, "{what}: {ours} {theirs}");
        }
    }
    let count = |of: fn(&orgsim::sim::TopicTally) -> u64| role.topics.iter().map(of).sum::<u64>();
    assert_eq!(count(|topic| topic.rejected), role.rejected, "those pushed out have a topic too");
    assert_eq!(count(|topic| topic.abandoned), role.abandoned);
    assert_eq!(count(|topic| topic.done), role.done);
}

#[test]
fn what_is_not_asked_for_is_not_told_and_changes_nothing() {
    let asked = pushing(&json!(["times by topic"]));
    let quiet = with_study(&asked, |study| study.measure = orgsim::model::Beyond::default());
    let mut told = results(&asked);
    let topics = told["designs"][0]["roles"][0]["topics"].as_object_mut().unwrap();
    for topic in topics.values_mut() {
        for place in ["wait", "inside", "wait_abandoned", "wait_all"] {
            let spread = topic.as_object_mut().unwrap().remove(&format!("{place}_minutes"));
            assert!(spread.expect("asked for")["quantiles"]["p50"]["half_width"].is_number());
        }
    }
    for topic in told["designs"][0]["topics"].as_object_mut().unwrap().values_mut() {
        let quantiles = topic.as_object_mut().unwrap().remove("minutes_inside_quantiles");
        assert!(quantiles.expect("asked for")["p50"]["half_width"].is_number());
    }
    assert_eq!(told, results(&quiet));
}

#[test]
fn each_topic_has_a_row_of_its_own() {
    let table = |measure: Value| {
        let stop = std::sync::atomic::AtomicBool::new(false);
        let options = orgsim::experiment::Options::plain(1, &stop);
        topics_csv(&orgsim::experiment::run(&pushing(&measure), &options)).unwrap()
    };
    let asked = table(json!(["times by topic"]));
    let rows: Vec<&str> = asked.lines().collect();
    assert_eq!(rows.len(), 5);
    for (row, topic) in rows[1..].iter().zip(["a", "b"]) {
        assert!(row.starts_with(&format!("Only,desk,{topic},")), "{row}");
        assert!(row.split(',').all(|cell| !cell.is_empty()), "every number has a value: {row}");
    }
    let told =
        ["inside_mean_minutes", "inside_sd_minutes", "throughput_per_hour", "inside_p50_minutes"];
    let heads: Vec<&str> = rows[0].split(',').collect();
    for (row, topic) in rows[3..].iter().zip(["a", "b"]) {
        assert!(row.starts_with(&format!("Only,,{topic},")), "the whole network: {row}");
        let cells: Vec<&str> = row.split(',').collect();
        assert_eq!(cells.len(), heads.len());
        for column in told {
            let at = heads.iter().position(|head| *head == column).expect("there is one");
            assert!(cells[at].parse::<f64>().is_ok_and(|value| 0.0 < value), "{column}: {row}");
        }
    }
    assert_eq!(table(json!([])).lines().count(), 3);
    let heads = |table: &str| table.lines().next().unwrap().to_owned();
    let plain = heads(&table(json!([])));
    let rest = heads(&asked);
    let rest = rest.strip_prefix(&plain).expect("what is asked for comes last").to_owned();
    assert!(
        plain.contains(",wait_all_sd_minutes,")
            && plain.ends_with("_within_1800s_of_all_half_width")
    );
    assert!(rest.starts_with(",wait_p50_minutes,wait_p50_minutes_half_width,wait_p90_minutes"));
    assert!(rest.ends_with(",wait_all_p99_minutes,wait_all_p99_minutes_half_width"));
}
