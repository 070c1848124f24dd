//! Many short replications: what is put together of them is that of all their records, and as sure as it says.

use orgsim::experiment::{DesignResult, Measured, Options, run};
use orgsim::model::Model;
use orgsim::sim::Outcome;
use std::sync::atomic::AtomicBool;

use crate::support::{expect_near, model, replicate, with_study};

/// Experiments with seeds of their own.
const EXPERIMENTS: u64 = 80;

fn experiments(of: &Model) -> Vec<DesignResult> {
    let stop = AtomicBool::new(false);
    let one = |seed: u64| {
        let model = with_study(of, |study| study.seed = seed);
        run(&model, &Options::plain(2, &stop)).designs.remove(0)
    };
    (1..=EXPERIMENTS).map(one).collect()
}

/// A 95% interval holds the exact value in 85 to 99.5 of 100 experiments, and the estimates center on it.
#[track_caller]
fn expect_held(
    what: &str,
    all: &[DesignResult],
    of: &dyn Fn(&DesignResult) -> &Measured,
    exact: f64,
) {
    let told: Vec<(f64, f64)> = all
        .iter()
        .map(|design| {
            let measured = of(design);
            (measured.mean().expect("an estimate"), measured.half_width().expect("a half-width"))
        })
        .collect();
    let held = told.iter().filter(|(mean, half)| (mean - exact).abs() <= *half).count();
    let share = held as f64 / told.len() as f64;
    assert!((0.85..=0.995).contains(&share), "{what}: {held} of {} hold {exact}", told.len());
    let means: Vec<f64> = told.iter().map(|(mean, _)| *mean).collect();
    let near = means.iter().sum::<f64>() / means.len() as f64;
    assert!((near / exact - 1.0).abs() < 0.03, "{what}: {near} on average, {exact} exactly");
}

/// Ten customers a replication with an hour each on average, all served at once.
#[test]
fn spreads_of_a_few_records_each_are_those_of_all() {
    let model = model(
        r#"{ "orgsim": 1, "customers": { "plain": true, "messages": "1/hour", "stop_after": 10 },
        "designs": { "Desk": { "graph": {
            "roles": { "desk": { "people": "infinite", "service": { "exponential": { "mean": "1h" } } } },
            "links": [ { "intake": { "to": "desk" } } ] } } },
        "experiment": { "kind": "until done", "repeat": 100 } }"#,
    );
    let all = experiments(&model);
    expect_held("standard deviation", &all, &|design| &design.roles[0].inside.sd, 60.0);
    for (at, share) in [(0, 0.5f64), (1, 0.1), (2, 0.05)] {
        expect_held(
            &format!("quantile {at}"),
            &all,
            &|design| &design.roles[0].inside.quantiles[at],
            -60.0 * share.ln(),
        );
    }
}

/// M/M/1 at load .8, a hundred hours a replication: times at the desk are exponential with mean 5 h, numbers geometric with
/// standard deviation √.8 ÷ .2, and busy periods 5 h long with 5 visits.
#[test]
fn a_hundred_hours_of_a_queue_are_enough_if_there_are_many() {
    let model = model(
        r#"{ "orgsim": 1, "customers": { "plain": true, "messages": "0.8/hour" },
        "designs": { "Desk": { "graph": {
            "roles": { "desk": { "people": 1, "service": { "exponential": { "mean": "1h" } } } },
            "links": [ { "intake": { "to": "desk" } } ] } } },
        "experiment": { "warm_up": "600h", "run_for": "100h", "follow": "0s", "repeat": 300 } }"#,
    );
    let all = experiments(&model);
    let minutes = 60.0 * 5.0;
    for (at, share) in [(0, 0.5f64), (1, 0.1), (2, 0.05)] {
        expect_held(
            &format!("quantile {at}"),
            &all,
            &|design| &design.roles[0].inside.quantiles[at],
            -minutes * share.ln(),
        );
    }
    expect_held(
        "deviation of the number",
        &all,
        &|design| &design.roles[0].number_sd,
        0.8f64.sqrt() / 0.2,
    );
    expect_held("deviation of times", &all, &|design| &design.roles[0].inside.sd, minutes);
    let busy =
        |id: &'static str| move |design: &DesignResult| design.roles[0].number(id).mean().unwrap();
    for (id, exact) in [("busy_period_mean", minutes), ("busy_period_visits", 5.0)] {
        let means: Vec<f64> = all.iter().map(busy(id)).collect();
        expect_near(id, &means, exact);
    }
}

/// Half of those who are served come back at once, so that nobody leaves the desk empty for them: as long a busy period as if
/// each were served once for twice as long, 1 ÷ (1 − .6) h, with 1 ÷ (1 − .6) customers of two visits each.
#[test]
fn who_comes_back_at_once_does_not_end_a_busy_period() {
    let model = model(
        r#"{ "orgsim": 1, "customers": { "plain": true, "messages": "0.6/hour" },
        "designs": { "Desk": { "graph": {
            "roles": { "desk": { "people": 1, "service": { "exponential": { "mean": "30m" } } } },
            "links": [ { "intake": { "to": "desk" } }, { "route": { "from": "desk", "to": "desk", "share": "50%" } } ] } } },
        "experiment": { "warm_up": "200h", "run_for": "1000h", "follow": "0s", "repeat": 40 } }"#,
    );
    expect_busy_periods(&model, 2.5, 5.0);
}

/// A desk with room for one, at which the urgent push others out; so many of each an hour, open then.
fn pushing_out(rate: f64, open: &str, repeat: u32) -> Model {
    model(&format!(
        r#"{{ "orgsim": 1, "customers": {{ "plain": true,
            "topics": {{ "a": {{ "share": "50%", "priority": 1 }}, "b": {{ "share": "50%", "priority": 2 }} }},
            "streams": {{ "a": {{ "messages": "{rate}/hour", "topics": "a" }}, "b": {{ "messages": "{rate}/hour", "topics": "b" }} }} }},
        "designs": {{ "Desk": {{ "graph": {{
            "roles": {{ "desk": {{ "people": 1, "open": "{open}", "service": {{ "exponential": {{ "mean": "1h" }} }}, "waiting_room": 1,
                "discipline": {{ "priority": {{ "when_full": "push out" }} }} }} }},
            "links": [ {{ "intake": {{ "to": "desk" }} }} ] }} }} }},
        "experiment": {{ "warm_up": "100h", "run_for": "1000h", "follow": "0s", "repeat": {repeat} }} }}"#
    ))
}

/// Who is pushed out has not visited the desk: M/M/1/2 with two classes in the room for one, 2.4 h and visits.
#[test]
fn who_is_pushed_out_is_not_among_the_visits_of_a_busy_period() {
    expect_busy_periods(&pushing_out(0.7, "always", 40), 2.4, 2.4);
}

/// Nobody is in work at night, so that whoever is pushed out then was the only one there: the period goes on with whoever took
/// the place, and is no longer than the time that counts.
#[test]
fn who_is_pushed_out_of_a_closed_desk_does_not_end_a_busy_period() {
    for outcome in replicate(&pushing_out(0.1, "daily 9-17", 4)) {
        let role = &outcome.roles[0];
        // with nobody there nothing is at the desk
        let empty = role.time_at_number.micros()[0];
        let there = outcome.counted.micros() - empty;
        let told = role.busy_period_micros as f64 / there as f64;
        assert!((0.9..=1.1).contains(&told), "{told} of the time with somebody there");
        assert!(role.busy_period_visits <= role.arrived + 1);
    }
}

/// Mean length of a busy period in hours, and its visits.
#[track_caller]
fn expect_busy_periods(model: &Model, hours: f64, visits: f64) {
    let outcomes = replicate(model);
    let of = |value: &dyn Fn(&orgsim::sim::RoleTally) -> f64| -> Vec<f64> {
        let each = outcomes.iter().map(|outcome| &outcome.roles[0]);
        each.map(|role| value(role) / role.busy_periods as f64).collect()
    };
    expect_near("hours", &of(&|role| role.busy_period_micros as f64 / 3.6e9), hours);
    expect_near("visits", &of(&|role| role.busy_period_visits as f64), visits);
}

/// What a desk counts of its topics adds up to what it counts of itself, to the microsecond.
#[track_caller]
fn expect_topics_add_up(outcome: &Outcome) {
    let role = &outcome.roles[0];
    let sum =
        |of: &dyn Fn(&orgsim::sim::TopicTally) -> u128| role.topics.iter().map(of).sum::<u128>();
    assert_eq!(sum(&|topic| topic.busy.micros()), role.busy.micros(), "in work");
    assert_eq!(
        sum(&|topic| topic.number.micros()),
        role.queue.micros() + role.busy.micros(),
        "at the role"
    );
    assert_eq!(sum(&|topic| u128::from(topic.arrived)), u128::from(role.arrived), "came");
    assert_eq!(sum(&|topic| u128::from(topic.queued)), u128::from(role.delayed), "had to wait");
    assert_eq!(sum(&|topic| u128::from(topic.abandoned)), u128::from(role.abandoned), "left");
    assert_eq!(sum(&|topic| u128::from(topic.rejected)), u128::from(role.rejected), "turned away");
    assert!(0 < role.delayed);
}

/// Classes that interrupt, leave, are turned away and pushed out, and people who come and go: topics add up in each
/// replication, with a warm-up cut out of the middle of all that.
#[test]
fn topics_add_up_to_their_role() {
    let of = |customers: &str, role: &str| {
        model(&format!(
            r#"{{ "orgsim": 1, "customers": {{ "plain": true, {customers}
                "topics": {{ "a": {{ "priority": 1 }}, "b": {{ "priority": 2 }} }},
                "streams": {{ "x": {{ "messages": "0.5/hour", "topics": "a" }}, "y": {{ "messages": "0.6/hour", "topics": "b" }} }} }},
            "designs": {{ "Desk": {{ "graph": {{
                "roles": {{ "desk": {{ "people": 1, "service": {{ "exponential": {{ "mean": "1h" }} }}, {role} }} }},
                "links": [ {{ "intake": {{ "to": "desk" }} }} ] }} }} }},
            "experiment": {{ "warm_up": "30h", "run_for": "200h", "follow": "0s", "repeat": 20 }} }}"#
        ))
    };
    let patience = r#""behavior": { "patience": { "scope": "queue", "law": { "exponential": { "mean": "3h" } } } },"#;
    for (customers, role) in [
        (patience, r#""discipline": "priority""#),
        (patience, r#""discipline": "preemptive priority""#),
        ("", r#""discipline": "preemptive priority", "waiting_room": 4"#),
        ("", r#""discipline": { "priority": { "when_full": "push out" } }, "waiting_room": 3"#),
        ("", r#""discipline": "priority", "slots": 3"#),
    ] {
        replicate(&of(customers, role)).iter().for_each(expect_topics_add_up);
    }
}

/// Preemptive priority: whoever is interrupted waits again. L_q of the less urgent is λ₂W₂ − ρ₂ with
/// W₂ = (1/μ + (ρ₁ + ρ₂)/μ ÷ (1 − ρ₁ − ρ₂)) ÷ (1 − ρ₁) for exponential services of one mean.
#[test]
fn the_interrupted_are_in_line_again() {
    let model = model(
        r#"{ "orgsim": 1, "customers": { "plain": true,
                "topics": { "a": { "priority": 1 }, "b": { "priority": 2 } },
                "streams": { "x": { "messages": "0.3/hour", "topics": "a" }, "y": { "messages": "0.4/hour", "topics": "b" } } },
            "designs": { "Desk": { "graph": {
                "roles": { "desk": { "people": 1, "service": { "exponential": { "mean": "1h" } }, "discipline": "preemptive priority" } },
                "links": [ { "intake": { "to": "desk" } } ] } } },
            "experiment": { "warm_up": "300h", "run_for": "10000h", "follow": "0s", "repeat": 20 } }"#,
    );
    let in_line = |outcome: &Outcome| {
        let topic = &outcome.roles[0].topics[1];
        (topic.number.micros() - topic.busy.micros()) as f64 / 3.6e9 / 10_000.0
    };
    let lines: Vec<f64> = replicate(&model).iter().map(in_line).collect();
    let inside = (1.0 + 0.7 / 0.3) / 0.7;
    expect_near("the less urgent in line", &lines, 0.4 * inside - 0.4);
}
