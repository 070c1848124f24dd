//! Which case comes next: people kept free of a class, classes that move up, deadlines, full rooms, skills,
//! and people who are away; exact answers and limits in which one rule is another.

use orgsim::model::Model;
use orgsim::sim::Outcome;
use orgsim::units::SimTime;
use serde_json::{Value, json};

use crate::chains::{mean, stationary};
use crate::support::{expect_near, expect_precise, history, model, numbers, replicate, simulate};

/// A desk with several classes, at these rates an hour, whose topics are called `a`, `b`, `c`.
fn desk(rates: &[f64], desk: &Value, more: &Value) -> Model {
    let names = ["a", "b", "c"];
    let mut topics = serde_json::Map::new();
    let mut streams = serde_json::Map::new();
    for (i, (name, rate)) in names.iter().zip(rates).enumerate() {
        topics.insert((*name).into(), json!({ "priority": i + 1 }));
        streams
            .insert((*name).into(), json!({ "messages": format!("{rate}/hour"), "topics": name }));
    }
    let mut customers = json!({ "plain": true, "topics": topics, "streams": streams });
    customers.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    model(
        &json!({
            "orgsim": 1,
            "customers": customers,
            "designs": { "Only": { "graph": { "roles": { "desk": desk }, "links": [{ "intake": { "to": "desk" } }] } } },
            "experiment": { "kind": "typical weeks", "warm_up": "500h", "run_for": "12,000h", "follow": "0s", "repeat": 30, "seed": 9 },
        })
        .to_string(),
    )
}

fn hour() -> Value {
    json!({ "exponential": { "mean": "1h" } })
}

/// Mean times at the desk of one topic, in hours.
fn times(outcomes: &[Outcome], topic: usize) -> Vec<f64> {
    let time = |outcome: &Outcome| {
        let topic = &outcome.roles[0].topics[topic];
        topic.inside_micros as f64 / 3.6e9 / topic.done as f64
    };
    outcomes.iter().map(time).collect()
}

fn waits(outcomes: &[Outcome], topic: usize) -> Vec<f64> {
    let wait = |outcome: &Outcome| {
        let topic = &outcome.roles[0].topics[topic];
        topic.wait_micros as f64 / 3.6e9 / topic.started as f64
    };
    outcomes.iter().map(wait).collect()
}

fn check(what: &str, values: &[f64], exact: f64) {
    expect_near(what, values, exact);
    expect_precise(what, values, 0.02);
}

/// Three people of whom one is kept free of the second class (Taylor & Templeton 1980): the numbers of all three kinds.
#[test]
fn people_kept_free_for_the_urgent() {
    let (first, second, people, kept) = (0.8, 1.1, 3u32, 1u32);
    let role = json!({ "people": people, "service": hour(), "discipline": { "priority": { "kept_free": { "b": kept } } } });
    let outcomes = replicate(&desk(&[first, second], &role, &json!({})));
    // busy people, first and second class waiting
    let chain = stationary((0u32, 0u32, 0u32), |&(busy, one, two)| {
        let mut moves = Vec::new();
        if busy < people {
            moves.push(((busy + 1, one, two), first));
        } else if one < 60 {
            moves.push(((busy, one + 1, two), first));
        }
        if busy + kept < people {
            moves.push(((busy + 1, one, two), second));
        } else if two < 120 {
            moves.push(((busy, one, two + 1), second));
        }
        if 0 < busy {
            let next = if 0 < one {
                (busy, one - 1, two)
            } else if 0 < two && busy - 1 + kept < people {
                (busy, one, two - 1)
            } else {
                (busy - 1, one, two)
            };
            moves.push((next, f64::from(busy)));
        }
        moves
    });
    check(
        "wait of the first",
        &waits(&outcomes, 0),
        mean(&chain, |&(_, one, _)| f64::from(one)) / first,
    );
    check(
        "wait of the second",
        &waits(&outcomes, 1),
        mean(&chain, |&(_, _, two)| f64::from(two)) / second,
    );
}

/// Three classes with unequal services, each stopping those below (White & Christie 1958).
#[test]
fn three_classes_that_interrupt_each_other() {
    use orgsim::draws::Law;
    use orgsim::stats::queueing::{PriorityClass, Service, preemptive_resume};
    let rates = [0.2, 0.3, 0.25];
    let role = json!({ "people": 1, "discipline": "preemptive priority", "service_by_topic": {
        "a": { "exponential": { "mean": "0.5h" } }, "b": { "lognormal": { "mean": "1h", "cv": 1 } }, "c": "1.2h",
    } });
    let outcomes = replicate(&desk(&rates, &role, &json!({})));
    let laws = [Law::exponential(0.5), Law::lognormal(1.0, 1.0), Law::constant(1.2)];
    let classes: Vec<PriorityClass> = rates
        .iter()
        .zip(laws)
        .map(|(&arrival_rate, law)| PriorityClass {
            arrival_rate,
            service: Service::of(&law.unwrap()).unwrap(),
        })
        .collect();
    for (topic, exact) in preemptive_resume(&classes).into_iter().enumerate() {
        check(
            &format!("time of class {}", topic + 1),
            &times(&outcomes, topic),
            exact.unwrap().time_mean,
        );
    }
}

/// A class that moves up at once is no class; one that never moves up is one for ever.
#[test]
fn moving_up_lies_between_first_come_and_priority() {
    let with = |discipline: Value| {
        let role = json!({ "people": 2, "service": { "lognormal": { "mean": "1h", "cv": 1 } }, "discipline": discipline });
        history(&desk(&[0.7, 0.6, 0.5], &role, &json!({})), 0)
    };
    let moving = |after: &str| with(json!({ "priority": { "moves_up_after": after } }));
    assert_eq!(with(json!("first come")), moving("1us"));
    assert_eq!(with(json!("priority")), moving("50 weeks"));
    let between = moving("2h");
    assert!(between != with(json!("priority")) && between != with(json!("first come")));
}

/// Cases due equally long after their arrival come first to first; a class due at once and one due much later are two priorities.
#[test]
fn deadlines_hold_first_come_and_priority_as_limits() {
    let with = |discipline: Value| {
        let role = json!({ "people": 1, "service": hour(), "discipline": discipline });
        history(&desk(&[0.3, 0.4], &role, &json!({})), 1)
    };
    let due =
        |a: &str, b: &str| with(json!({ "earliest_deadline": { "due": { "a": a, "b": b } } }));
    assert_eq!(with(json!("first come")), due("3h", "3h"));
    assert_eq!(with(json!("priority")), due("1us", "200 weeks"));
    let between = due("1h", "6h");
    assert!(between != with(json!("priority")) && between != with(json!("first come")));
}

/// Whatever the order, the mean wait over all is that of first come first served where service is alike (Kleinrock 1965).
#[test]
fn customers_own_deadlines_keep_the_mean_wait() {
    let role = json!({ "people": 1, "service": hour(), "discipline": "earliest deadline" });
    let expects = json!({ "expect_reply_within": { "none": "20%", "law": { "exponential": { "mean": "4h" } } } });
    let outcomes = replicate(&desk(&[0.3, 0.4], &role, &expects));
    let all: Vec<f64> = outcomes
        .iter()
        .map(|outcome| {
            outcome.roles[0].wait.sum_minutes() / 60.0 / outcome.roles[0].wait.n() as f64
        })
        .collect();
    check("wait of all", &all, 0.7 / 0.3);
}

/// Until everybody has left, all waits together are what the line was long, hour by hour: those who are pushed out waited too.
#[test]
fn all_waits_together_are_the_line_over_time_whoever_is_pushed_out() {
    for when_full in ["push out", "turn away"] {
        let model = model(
            &json!({
                "orgsim": 1,
                "customers": {
                    "plain": true, "messages": "1.5/hour", "stop_after": 3000,
                    "topics": { "a": { "share": "40%", "urgent": true }, "b": { "share": "60%" } },
                },
                "designs": { "Only": { "graph": {
                    "roles": { "desk": { "people": 1, "service": hour(), "waiting_room": 2,
                                         "discipline": { "priority": { "when_full": when_full } } } },
                    "links": [{ "intake": { "to": "desk" } }],
                } } },
                "experiment": { "kind": "until done", "repeat": 1, "seed": 4, "measure": ["total wait"] },
            })
            .to_string(),
        );
        let outcome = simulate(&model, 0);
        let line = outcome.roles[0].queue.mean(SimTime::HOUR) * 60.0;
        let waits = outcome.total_wait.sum_minutes();
        assert!(0 < outcome.roles[0].rejected && 1000.0 < line, "{when_full}");
        assert!((waits - line).abs() < 0.01, "{when_full}: {waits} of {line} minutes");
    }
}

/// A room for two: an urgent case that finds it full takes the place of the last other one.
#[test]
fn a_full_room_pushes_out_the_less_urgent() {
    let (first, second, room) = (0.6, 0.9, 2u32);
    for push_out in [false, true] {
        let when_full = if push_out { "push out" } else { "turn away" };
        let role = json!({
            "people": 1, "service": hour(), "waiting_room": room,
            "discipline": { "priority": { "when_full": when_full } },
        });
        let outcomes = replicate(&desk(&[first, second], &role, &json!({})));
        let chain = stationary((0u32, 0u32, 0u32), |&(busy, one, two)| {
            let mut moves = Vec::new();
            if busy == 0 {
                moves.push(((1, 0, 0), first + second));
                return moves;
            }
            if one + two < room {
                moves.push(((1, one + 1, two), first));
                moves.push(((1, one, two + 1), second));
            } else if push_out && 0 < two {
                moves.push(((1, one + 1, two - 1), first));
            }
            let next = if 0 < one {
                (1, one - 1, two)
            } else if 0 < two {
                (1, one, two - 1)
            } else {
                (0, 0, 0)
            };
            moves.push((next, 1.0));
            moves
        });
        let full = mean(&chain, |&(_, one, two)| f64::from(u8::from(one + two == room)));
        let turned: Vec<f64> = outcomes
            .iter()
            .map(|outcome| {
                let role = &outcome.roles[0];
                role.rejected as f64 / (role.rejected + role.arrived) as f64
            })
            .collect();
        // pushing out or not, one case is lost for each that comes while the room is full
        check(&format!("turned away, {when_full}"), &turned, full);
        // by Little, the waits of those who are served of the first class when nobody of it is ever pushed out
        let lost = mean(&chain, |&(_, one, two)| {
            f64::from(u8::from(if push_out { one == room } else { one + two == room }))
        });
        let wait = mean(&chain, |&(_, one, _)| f64::from(one)) / (first * (1.0 - lost));
        check(&format!("wait of the urgent, {when_full}"), &waits(&outcomes, 0), wait);
        // whoever is pushed out has waited too
        let behind: Vec<f64> = outcomes
            .iter()
            .map(|outcome| {
                let topic = &outcome.roles[0].topics[1];
                let micros = topic.number.micros() - topic.busy.micros();
                micros as f64 / 3.6e9 / 12_000.0
            })
            .collect();
        let line = mean(&chain, |&(_, _, two)| f64::from(two));
        check(&format!("the less urgent in line, {when_full}"), &behind, line);
    }
}

/// What is there at the beginning lands whole: the more urgent go first, whatever the order of the streams.
#[test]
fn a_backlog_of_several_classes_begins_with_the_most_urgent() {
    let one_hour = json!({ "constant": "1h" });
    for (low, high) in [("s1", "s2"), ("s2", "s1")] {
        let streams = json!({
            low: { "at_start": 3, "topics": "low" },
            high: { "at_start": 2, "topics": { "high": 1 } },
        });
        let text = json!({
            "orgsim": 1,
            "customers": {
                "plain": true,
                "topics": { "high": { "priority": 1 }, "low": { "priority": 2 } },
                "streams": streams,
            },
            "designs": { "Only": { "graph": {
                "roles": { "desk": { "people": 1, "service": one_hour, "discipline": "priority" } },
                "links": [{ "intake": { "to": "desk" } }] } } },
            "experiment": { "kind": "from empty", "run_for": "10h", "repeat": 1 },
        });
        let outcomes = replicate(&model(&text.to_string()));
        assert_eq!((waits(&outcomes, 0), waits(&outcomes, 1)), (vec![0.5], vec![3.0]), "{text}");
    }
}

/// One stream of both classes: each of the urgent of the backlog waits for the urgent before it alone.
#[test]
fn a_mixed_backlog_begins_with_the_urgent_in_it() {
    let customers = json!({
        "plain": true, "at_start": 12,
        "topics": { "high": { "share": 0.5, "priority": 1 }, "low": { "share": 0.5, "priority": 2 } },
    });
    let text = json!({
        "orgsim": 1,
        "customers": customers,
        "designs": { "Only": { "graph": {
            "roles": { "desk": { "people": 1, "service": { "constant": "1h" }, "discipline": "priority" } },
            "links": [{ "intake": { "to": "desk" } }] } } },
        "experiment": { "kind": "from empty", "run_for": "20h", "repeat": 20 },
    });
    for outcome in replicate(&model(&text.to_string())) {
        let topics = &outcome.roles[0].topics;
        let (high, all) = (topics[0].started, topics[0].started + topics[1].started);
        let hours = |micros: u128| micros / 3_600_000_000;
        assert_eq!(all, 12);
        assert_eq!(hours(topics[0].wait_micros), u128::from(high * high.saturating_sub(1) / 2));
        assert_eq!(hours(topics[0].wait_micros + topics[1].wait_micros), 66);
    }
}

/// The N design: one person takes both topics, one only the first; who can do less is not asked to do more.
#[test]
fn two_skills_and_one_who_has_both() {
    let rates = [0.9, 0.5];
    let role =
        json!({ "people": [{ "skills": ["a"] }, { "skills": ["a", "b"] }], "service": hour() });
    let outcomes = replicate(&desk(&rates, &role, &json!({})));
    // What the two have in hand (0 nothing, 1 `a`, 2 `b`) and who of them has been free longer, then the line in order of
    // coming, in which the second person takes the first and the first person the first `a`.
    type State = (u8, u8, bool, Vec<u8>);
    let chain = stationary((0u8, 0u8, true, Vec::new()), |state: &State| {
        let (one, two, one_longer, line) = state.clone();
        let mut moves: Vec<(State, f64)> = Vec::new();
        for (topic, rate) in [(1u8, rates[0]), (2u8, rates[1])] {
            let one_can = one == 0 && topic == 1;
            let two_can = two == 0;
            let next = match (one_can, two_can) {
                (true, true) if one_longer => (topic, two, false, line.clone()),
                (_, true) => (one, topic, true, line.clone()),
                (true, false) => (topic, two, false, line.clone()),
                (false, false) => {
                    if line.len() == 14 {
                        continue;
                    }
                    let mut longer = line.clone();
                    longer.push(topic);
                    (one, two, one_longer, longer)
                }
            };
            moves.push((next, rate));
        }
        if one != 0 {
            let mut rest = line.clone();
            let next = match rest.iter().position(|&topic| topic == 1) {
                Some(at) => {
                    rest.remove(at);
                    (1, two, one_longer, rest)
                }
                None => (0, two, false, rest),
            };
            moves.push((next, 1.0));
        }
        if two != 0 {
            let mut rest = line.clone();
            let next = if rest.is_empty() {
                (one, 0, true, rest)
            } else {
                (one, rest.remove(0), one_longer, rest)
            };
            moves.push((next, 1.0));
        }
        // who has been free longer matters only where both are
        for (state, _) in &mut moves {
            if state.0 != 0 || state.1 != 0 {
                state.2 = state.0 == 0;
            }
        }
        moves
    });
    for (topic, rate) in [(0, rates[0]), (1, rates[1])] {
        let waiting = mean(&chain, |(_, _, _, line)| {
            line.iter().filter(|&&of| usize::from(of) == topic + 1).count() as f64
        });
        check(&format!("wait for topic {topic}"), &waits(&outcomes, topic), waiting / rate);
    }
}

/// One person who breaks down after ten hours on average, for two: work stops and goes on later, or is finished first.
#[test]
fn breakdowns_that_stop_work_or_wait_for_its_end() {
    for at_once in [true, false] {
        let role = json!({
            "people": 1, "service": hour(),
            "absence": { "share": 2.0 / 12.0, "lasts": { "exponential": { "mean": "2h" } }, "at_once": at_once },
        });
        let mut role = role;
        role["absence"]["share"] = json!("16.666666666666668%");
        let outcomes = replicate(&desk(&[0.5], &role, &json!({})));
        let (rate, fails, mended) = (0.5, 0.1, 0.5);
        // the number there, whether the spell is on, and whether a case is finished in it all the same
        let chain = stationary((0u32, false, false), |&(n, down, finishing)| {
            let mut moves = Vec::new();
            if n < 150 {
                moves.push(((n + 1, down, finishing), rate));
            }
            if down {
                moves.push(((n, false, false), mended));
                if finishing {
                    moves.push(((n - 1, true, false), 1.0));
                }
            } else {
                moves.push(((n, true, !at_once && 0 < n), fails));
                if 0 < n {
                    moves.push(((n - 1, false, false), 1.0));
                }
            }
            moves
        });
        let exact = mean(&chain, |&(n, _, _)| f64::from(n));
        if at_once {
            // Avi-Itzhak & Naor 1963, as the time of a second class below an M/M/1 of spells: L = λ (1 + ξ μ / (η (ξ + η))) ÷ (μ A − λ)
            let available = mended / (fails + mended);
            let formula = rate * (1.0 + fails / (fails + mended).powi(2)) / (available - rate);
            assert!((exact - formula).abs() < 1e-6, "{exact} against {formula}");
        }
        let numbers: Vec<f64> = outcomes
            .iter()
            .map(|outcome| {
                let role = &outcome.roles[0];
                role.queue.mean(outcome.counted) + role.busy.mean(outcome.counted)
            })
            .collect();
        check(&format!("number, at once: {at_once}"), &numbers, exact);
    }
}

/// Three people and three classes: waiting in turn (Kella & Yechiali 1985), or stopping those below.
#[test]
fn several_people_and_classes() {
    use orgsim::stats::queueing::ManyServers;
    let (rates, people) = ([0.6, 0.9, 0.9], 3u32);
    let role =
        |discipline: &str| json!({ "people": people, "service": hour(), "discipline": discipline });
    let outcomes = replicate(&desk(&rates, &role("priority"), &json!({})));
    let busy = rates.iter().sum::<f64>();
    let delayed = ManyServers::new(busy, 1.0, people).unwrap().wait_probability();
    let mut before = 0.0;
    for (topic, rate) in rates.iter().enumerate() {
        let with = before + rate / f64::from(people);
        let exact = delayed / (f64::from(people) * (1.0 - before) * (1.0 - with));
        check(&format!("wait of class {}", topic + 1), &waits(&outcomes, topic), exact);
        before = with;
    }
    // a class that stops those below sees them not: the first k classes are M/M/3 by themselves
    let outcomes = replicate(&desk(&rates, &role("preemptive priority"), &json!({})));
    let (mut below, mut rate_of) = (0.0, 0.0);
    for (topic, rate) in rates.iter().enumerate() {
        rate_of += rate;
        let all = ManyServers::new(rate_of, 1.0, people).unwrap();
        let number = all.queue_mean() + rate_of;
        check(
            &format!("time of class {}", topic + 1),
            &times(&outcomes, topic),
            (number - below) / rate,
        );
        below = number;
    }
}

/// Two people, two classes of unequal service, the first stopping the second: a chain of the two numbers.
#[test]
fn interruption_among_several_people_with_unequal_service() {
    let (rates, speeds, people) = ([0.8, 0.5], [1.0, 0.6], 2u32);
    let role = json!({ "people": people, "discipline": "preemptive priority", "service_by_topic": {
        "a": hour(), "b": { "exponential": { "mean": "100m" } },
    } });
    let outcomes = replicate(&desk(&rates, &role, &json!({})));
    let chain = stationary((0u32, 0u32), |&(first, second)| {
        let mut moves = Vec::new();
        if first < 50 {
            moves.push(((first + 1, second), rates[0]));
        }
        if second < 160 {
            moves.push(((first, second + 1), rates[1]));
        }
        let with_first = first.min(people);
        let with_second = second.min(people - with_first);
        if 0 < with_first {
            moves.push(((first - 1, second), speeds[0] * f64::from(with_first)));
        }
        if 0 < with_second {
            moves.push(((first, second - 1), speeds[1] * f64::from(with_second)));
        }
        moves
    });
    check(
        "time of the first",
        &times(&outcomes, 0),
        mean(&chain, |&(first, _)| f64::from(first)) / rates[0],
    );
    check(
        "time of the second",
        &times(&outcomes, 1),
        mean(&chain, |&(_, second)| f64::from(second)) / rates[1],
    );
}

/// Patience of whoever stands in a textbook's line is that of the line, unless the file says otherwise.
#[test]
fn patience_in_a_plain_network_is_of_the_queue_unless_stated() {
    let with = |scope: &str| {
        let law = r#""law": { "exponential": { "mean": "1h" } }"#;
        let text = format!(
            r#"{{ "orgsim": 1, "customers": {{ "plain": true, "messages": "0.9/hour", "stop_after": 2000,
                "behavior": {{ "patience": {{ {scope} {law} }} }} }},
            "designs": {{ "Only": {{ "graph": {{
                "roles": {{ "desk": {{ "people": 1, "service": {{ "exponential": {{ "mean": "1h" }} }} }} }},
                "links": [{{ "intake": {{ "to": "desk" }} }}] }} }} }},
            "experiment": {{ "kind": "until done", "repeat": 1, "seed": 1 }} }}"#
        );
        numbers(&replicate(&model(&text)).remove(0))
    };
    assert_eq!(with(""), with(r#""scope": "queue","#));
    assert_ne!(with(""), with(r#""scope": "reply","#));
}
