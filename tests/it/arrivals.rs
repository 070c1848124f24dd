//! Customers who come in other ways than one by one at a stated rate: what holds in every run.

use orgsim::model::Model;
use orgsim::sim::{End, Ended, Happening};
use orgsim::units::SimTime;

use crate::support::{history, model, numbers, simulate};

/// A desk of so many people with room for some to wait, or for all.
fn desk(customers: &str, people: u32, room: Option<u32>, experiment: &str) -> Model {
    let room = room.map_or(String::new(), |room| format!(r#", "waiting_room": {room}"#));
    model(&format!(
        r#"{{ "orgsim": 1, "customers": {{ "plain": true, {customers} }},
            "designs": {{ "A": {{ "graph": {{
              "roles": {{ "desk": {{ "people": {people}, "service": {{ "exponential": {{ "mean": "1h" }} }}{room}, "discipline": "priority" }} }},
              "links": [ {{ "intake": {{ "to": "desk" }} }} ] }} }} }},
            "experiment": {{ {experiment} }} }}"#
    ))
}

const WEEKS: &str = r#""kind": "from empty", "run_for": "300h", "repeat": 1, "seed": 5"#;

/// Every way to come that knows nothing of the design.
const WAYS: [&str; 6] = [
    r#""gaps": { "erlang": { "mean": "40m", "stages": 3 } }"#,
    r#""messages": "1/hour", "batches": { "geometric": { "mean": 2 } }"#,
    r#""every": "50m", "batches": { "sizes": [[1, "50%"], [3, "50%"]] }, "stop_after": 200"#,
    r#""modulated": { "states": { "a": { "messages": "0/hour", "lasts": "3h" }, "b": { "messages": "4/hour", "to": { "a": "0.5/hour" } } } }"#,
    r#""messages": "2/hour", "week": { "period": "24h", "sines": [{ "swing": 1 }] }"#,
    r#""messages": "2/hour", "batches": 2, "week": { "period": "10h", "line": [["0h", 0], ["5h", 2]] }, "until": "day 9" "#,
];

fn streams(way: &str) -> String {
    format!(
        r#""topics": {{ "urgent": {{ "priority": 1 }}, "other": {{ "priority": 2 }} }},
           "streams": {{ "s": {{ {way} }}, "early": {{ "at_start": 7 }} }}"#
    )
}

fn arrivals(model: &Model) -> Vec<(SimTime, Happening)> {
    let told = history(model, 0).told.into_iter();
    told.filter(|(_, _, happening)| matches!(happening, Happening::Arrived { .. }))
        .map(|(at, _, happening)| (at, happening))
        .collect()
}

#[test]
fn the_same_customers_come_whoever_is_there() {
    for way in WAYS {
        let one = arrivals(&desk(&streams(way), 1, None, WEEKS));
        let other = arrivals(&desk(&streams(way), 9, Some(2), WEEKS));
        assert!(100 < one.len(), "{way}: {}", one.len());
        assert_eq!(one, other, "{way}");
        assert!(one[..7].iter().all(|(at, _)| *at == SimTime::ZERO), "{way}");
    }
}

#[test]
fn looking_on_changes_nothing_and_the_same_seed_gives_the_same_numbers() {
    for way in WAYS {
        let model = desk(&streams(way), 2, Some(3), WEEKS);
        let outcome = simulate(&model, 0);
        let _ = history(&model, 0);
        assert_eq!(numbers(&outcome), numbers(&simulate(&model, 0)), "{way}");
        assert_ne!(numbers(&outcome), numbers(&simulate(&model, 1)), "{way}");
    }
}

#[test]
fn a_batch_lands_whole_with_the_urgent_first() {
    let customers = r#""topics": { "other": { "priority": 2 }, "urgent": { "priority": 1 } }, "messages": "0.5/hour", "batches": 6"#;
    let came = arrivals(&desk(customers, 1, None, WEEKS));
    let topic = |happening: &Happening| match happening {
        Happening::Arrived { topic, .. } => *topic,
        _ => unreachable!("only arrivals were kept"),
    };
    let mut mixed = 0;
    for batch in came.chunks_exact(6) {
        assert!(batch.iter().all(|(at, _)| *at == batch[0].0), "six come at once: {batch:?}");
        // topic 1 is the urgent one
        assert!(batch.is_sorted_by_key(|(_, happening)| 1 - topic(happening)), "{batch:?}");
        mixed += u32::from(topic(&batch[0].1) != topic(&batch[5].1));
    }
    assert!(50 < mixed, "{mixed}");
}

#[test]
fn a_limited_number_of_customers_is_never_exceeded() {
    let customers = r#""streams": { "few": { "members": { "count": 5, "away": { "exponential": { "mean": "2h" } } } } }"#;
    let outcome = simulate(&desk(customers, 1, None, WEEKS), 0);
    let most = outcome.roles[0].time_at_number.micros().iter().rposition(|&time| 0 < time).unwrap();
    assert_eq!(most, 5, "all five are there at some time, and nobody else");
    assert!(100 < outcome.conservation.arrived);
}

#[test]
fn a_limited_number_of_customers_may_come_so_often_and_then_the_run_ends() {
    let customers =
        r#""streams": { "few": { "members": { "count": 5, "away": "2h" }, "stop_after": 42 } }"#;
    let model = desk(customers, 1, Some(1), r#""kind": "until done", "repeat": 1"#);
    let outcome = simulate(&model, 0);
    assert_eq!((outcome.ended, outcome.conservation.arrived), (Ended::Drained, 42));
    // all five come at once after two hours: one is served, one waits, three are turned away
    assert!(3 <= outcome.conservation.ends[End::Rejected as usize]);
}

#[test]
fn whoever_was_turned_away_tries_so_often_and_no_more() {
    let customers =
        r#""at_start": 4, "behavior": { "when_turned_away": { "after": "10m", "at_most": 3 } }"#;
    let model = desk(customers, 1, Some(0), r#""kind": "until done", "repeat": 1"#);
    let outcome = simulate(&model, 0);
    let conservation = &outcome.conservation;
    assert_eq!((outcome.ended, conservation.arrived, conservation.inside), (Ended::Drained, 4, 0));
    let tallied = &outcome.roles[0];
    // each failed visit but the last of those who give up was followed by another
    let gone = conservation.ends[End::Rejected as usize];
    assert_eq!(tallied.arrived + tallied.rejected, 4 + tallied.rejected - gone);
    assert!(tallied.rejected <= 3 * 4, "{tallied:?}");
    assert!(
        outcome.visits.weights().iter().skip(5).all(|&n| n == 0),
        "one attempt and three more at most"
    );
    let told = history(&model, 0).told;
    let tries = told.iter().filter(|(_, _, what)| matches!(what, Happening::TriesLater { .. }));
    assert_eq!(tries.count() as u64, tallied.rejected - gone);
}

#[test]
fn an_orbit_that_only_fills_is_named_as_overload() {
    let customers = r#""messages": "1.5/hour", "behavior": { "when_turned_away": { "after": { "exponential": { "mean": "1h" } } } }"#;
    let model = desk(
        customers,
        1,
        Some(0),
        r#""warm_up": "100h", "run_for": "2,000h", "follow": "0s", "repeat": 5, "seed": 1"#,
    );
    let stop = std::sync::atomic::AtomicBool::new(false);
    let options = orgsim::experiment::Options::plain(1, &stop);
    let result = orgsim::experiment::run(&model, &options);
    let (role, per_day) = result.designs[0].falls_behind().expect("half an hour of work too much");
    assert_eq!(role, "desk");
    assert!((6.0..18.0).contains(&per_day), "{per_day} a day against 12");
    assert!(result.designs[0].withheld);
}
