//! What is foretold, against textbooks and validation cases; and what is not.

use std::path::Path;

use serde_json::Value;

use super::*;
use crate::model::load;
use crate::scenario::{LARGEST_FILE, Overlay, Source, load as read};

fn of(model: &Model) -> Vec<Option<Foretold>> {
    let organization = &model.designs[0].organization;
    foretell(model, organization, &load(&model.world, &model.practice, organization))
}

fn foretold(customers: &str, roles: &str, links: &str) -> Vec<Option<Foretold>> {
    let text = format!(
        r#"{{ "orgsim": 1, "customers": {{ "plain": true, {customers} }},
            "designs": {{ "A": {{ "graph": {{ "roles": {{ {roles} }}, "links": [ {links} ] }} }} }} }}"#
    );
    let model = read(&Source::new("a", text), &Overlay::default()).expect("it is sound").model;
    of(&model)
}

const IN: &str = r#"{ "intake": { "to": "desk" } }"#;

fn one(customers: &str, desk: &str) -> Option<Foretold> {
    foretold(customers, &format!(r#""desk": {{ {desk} }}"#), IN).remove(0)
}

#[test]
fn single_desks_have_their_textbook_names_and_waits() {
    let exponential = r#""service": { "exponential": { "mean": "1h" } }"#;
    for (rate, desk, model, wait) in [
        (0.8, format!(r#""people": 1, {exponential}"#), "M/M/1", 240.0),
        (3.2, format!(r#""people": 4, {exponential}"#), "M/M/4", 44.732435),
        (0.8, r#""people": 1, "service": "1h""#.into(), "M/D/1", 120.0),
        (
            0.6,
            r#""people": 1, "service": { "lognormal": { "mean": "1h", "cv": 1 } }"#.into(),
            "M/G/1",
            90.0,
        ),
        (9.0, r#""people": "infinite", "service": "1h""#.into(), "M/G/∞", 0.0),
    ] {
        let found = one(&format!(r#""messages": "{rate}/hour""#), &desk).unwrap();
        assert_eq!(found.model, model);
        assert!((found.wait_mean - wait).abs() < 1e-5, "{found:?}");
        assert!((found.queue_mean - rate * found.wait_mean / 60.0).abs() < 1e-9);
    }
}

#[test]
fn a_network_of_exponential_desks_is_jacksons() {
    let roles = r#""a": { "people": 3, "service": { "exponential": { "mean": "1h" } } },
        "b": { "people": 2, "service": { "exponential": { "mean": "2h" } } },
        "c": { "people": "infinite", "service": "4h" }"#;
    let links = r#"{ "intake": { "to": "a" } }, { "route": { "from": "a", "to": "b", "share": "30%" } },
        { "route": { "from": "b", "to": "a", "share": "20%" } }, { "route": { "from": "b", "to": "c", "share": "50%" } }"#;
    let found = foretold(r#""messages": "1.5/hour""#, roles, links);
    let numbers: Vec<f64> = found.iter().map(|role| role.as_ref().unwrap().number_mean).collect();
    for (found, exact) in numbers.iter().zip([1.905034609, 1.242108354, 0.9574468085]) {
        assert!((found - exact).abs() < 1e-8, "{numbers:?}");
    }
    // with a law that is not exponential only the first desk, which nobody feeds back to, is known
    let links =
        r#"{ "intake": { "to": "a" } }, { "route": { "from": "a", "to": "b", "share": "30%" } }"#;
    let roles = roles.replace(r#"{ "exponential": { "mean": "2h" } }"#, r#""2h""#);
    let found = foretold(r#""messages": "1.5/hour""#, &roles, links);
    assert_eq!(found.iter().map(Option::is_some).collect::<Vec<_>>(), [true, false, false]);
}

/// The roles of a validation case's file, foretold.
fn case(id: &str) -> Vec<Option<Foretold>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/it/validation/{id}.json"));
    let source = Source::read(&path, LARGEST_FILE).expect("the case's file can be read");
    of(&read(&source, &Overlay::default()).expect("it is sound").model)
}

#[test]
fn the_validation_cases_are_foretold_as_they_are_known() {
    let text = std::fs::read_to_string(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/validation/expected/cases.json"),
    );
    let cases: Value = serde_json::from_str(&text.expect("it can be read")).expect("it is JSON");
    let expected = |id: &str, name: &str| -> f64 {
        let cases = cases["cases"].as_array().expect("a list");
        let case = cases.iter().find(|case| case["id"] == *id).expect("there is such a case");
        case["expected"][name].as_f64().unwrap_or_else(|| panic!("{id} has no {name}"))
    };
    let same = |id: &str, name: &str, found: f64, scale: f64| {
        let exact = scale * expected(id, name);
        assert!((found / exact - 1.0).abs() < 1e-8, "{id} {name}: {found} against {exact}");
    };
    let hour = 60.0;
    for (id, model, wait, busy) in [
        ("D01", "M/M/1", "Wq", "utilisation"),
        ("D02", "M/M/4", "Wq", "utilisation"),
        ("D03", "M/G/1", "Wq", "utilisation"),
        ("D04", "M/M/10+M", "Wq_all", "utilisation"),
        ("D08", "M/M/4", "Wq_per_contact", "utilisation"),
        ("D09", "M/G/1 with vacations", "Wq", "utilisation_customers"),
    ] {
        let told = case(id).remove(0).expect("it is foretold");
        assert_eq!(told.model, model);
        same(id, wait, told.wait_mean, hour);
        same(id, "p_wait", told.wait_positive, 1.0);
        same(id, busy, told.utilization.expect("it has people"), 1.0);
        if id == "D04" {
            same(id, "p_abandon", told.abandoned.expect("they give up"), 1.0);
            same(id, "L", told.number_mean, 1.0);
        } else {
            assert_eq!((told.abandoned, told.rejected), (None, None));
        }
    }
    let told = case("D05").remove(0).expect("it is foretold");
    assert_eq!(told.model, "M/M/1 with priorities");
    for (class, (wait, queue)) in told.classes.iter().zip([("Wq_1", "Lq_1"), ("Wq_2", "Lq_2")]) {
        same("D05", wait, class.wait_mean, hour);
        let busy = class.number_mean - expected("D05", queue);
        assert!((busy - [0.3, 0.4][class.topics[0].index()]).abs() < 1e-8);
    }
    let told = case("D06").remove(0).expect("it is foretold");
    assert_eq!(told.model, "M/G/1 with interrupting priorities");
    same("D06", "L_1", told.classes[0].number_mean, 1.0);
    same("D06", "L_2", told.classes[1].number_mean, 1.0);
    let told = case("D07");
    for (role, name) in ["L_frontline", "L_specialist", "L_vendor"].into_iter().enumerate() {
        same("D07", name, told[role].as_ref().expect("it is foretold").number_mean, 1.0);
    }
    // rates that change, shifts, tasks that expire, constant patience, forks, overload
    for id in ["D10", "D11", "D12", "D13", "D14", "D15"] {
        assert!(case(id).iter().all(Option::is_none), "{id}");
    }
}

const EXPONENTIAL: &str = r#""service": { "exponential": { "mean": "1h" } }"#;
const TWO: &str = r#""people": 2, "service": { "exponential": { "mean": "1h" } }"#;
const URGENT: &str = r#""topics": { "first": { "priority": 1 }, "second": { "priority": 2 } }"#;

/// Model, mean wait in hours, shares that wait, are turned away and give up, number there.
#[track_caller]
fn told(customers: &str, desk: &str, model: &str, numbers: [f64; 5]) {
    let found = one(customers, desk).expect("it is foretold");
    assert_eq!(found.model, model);
    let lost = |of: Option<f64>| of.unwrap_or(0.0);
    let all = [
        found.wait_mean / 60.0,
        found.wait_positive,
        lost(found.rejected),
        lost(found.abandoned),
        found.number_mean,
    ];
    for (found, exact) in all.iter().zip(numbers) {
        assert!((found - exact).abs() < 1e-6, "{model}: {all:?} against {numbers:?}");
    }
}

#[test]
fn customers_who_are_turned_away_or_give_up() {
    // M/M/2/6 with λ = 2.4: p₀ = 1/(1 + 2.4 + 2.88·(1 + 1.2 + 1.44 + 1.728 + 2.0736))
    let idle = 1.0 / (3.4 + 2.88 * 7.4416);
    let full = 2.88 * 2.0736 * idle;
    let queue = 2.88 * idle * (1.2 + 2.0 * 1.44 + 3.0 * 1.728 + 4.0 * 2.0736);
    let entered = 2.4 * (1.0 - full);
    let waits = 2.88 * idle * (1.0 + 1.2 + 1.44 + 1.728) / (1.0 - full);
    told(
        r#""messages": "2.4/hour""#,
        &format!(r#"{TWO}, "waiting_room": 4"#),
        "M/M/2/6",
        [queue / entered, waits, full, 0.0, queue + entered],
    );
    // Erlang B of 2 erlangs at 3: (8/6)/(1 + 2 + 2 + 8/6) = 4/19
    let loss = 4.0 / 19.0;
    let lognormal = r#""service": { "lognormal": { "mean": "1h", "cv": 2 } }"#;
    told(
        r#""messages": "2/hour""#,
        &format!(r#""people": 3, {lognormal}, "waiting_room": 0"#),
        "M/G/3/3",
        [0.0, 0.0, loss, 0.0, 2.0 * (1.0 - loss)],
    );
    // M/M/1/1 with retrials: all are served in the end, at 0.6 + 0.5·ρ(λ + ρν)/(ν(1 − ρ)) attempts an hour
    let again = |more: &str| {
        format!(
            r#""messages": "0.6/hour", "behavior": {{ "when_turned_away": {{ "after": {{ "exponential": {{ "mean": "2h" }} }} {more} }} }}"#
        )
    };
    let alone = format!(r#""people": 1, {EXPONENTIAL}, "waiting_room": 0"#);
    told(&again(""), &alone, "M/M/1/1 with retrials", [0.0, 0.0, 1.35 / 1.95, 0.0, 0.6]);
    let limited = again(r#", "at_most": 3"#);
    assert_eq!(one(&limited, &alone), None);
    // too heavy a load to solve
    assert_eq!(one(&again("").replace("0.6/hour", "0.999/hour"), &alone), None);
    let room = alone.replace("\"waiting_room\": 0", "\"waiting_room\": 1");
    let numbers = [0.4936756021, 0.4936756021, 0.4347003088, 0.0, 0.8962053613];
    told(&again(""), &room, "M/M/1/2 with retrials", numbers);
    // where nobody waits nobody is impatient
    told(
        r#""messages": "1.5/hour", "behavior": { "patience": { "scope": "queue", "law": { "exponential": { "mean": "1h" } } } }"#,
        r#""people": "infinite", "service": "2h""#,
        "M/G/∞",
        [0.0, 0.0, 0.0, 0.0, 3.0],
    );
    // Patience as long as service: as many servers as it takes, of which one serves.
    let all = libm::exp(1.5);
    let queue = 1.5 - (1.0 - 1.0 / all);
    told(
        r#""messages": "1.5/hour", "behavior": { "patience": { "scope": "queue", "law": { "exponential": { "mean": "1h" } } } }"#,
        &format!(r#""people": 1, {EXPONENTIAL}"#),
        "M/M/1+M",
        [queue / 1.5, 1.0 - 1.0 / all, 0.0, queue / 1.5, 1.5],
    );
}

/// Against the balance equations of number at the desk and number away, solved apart as one sparse system.
#[test]
fn impatient_customers_who_find_little_room_or_come_again() {
    let impatient = |more: &str| {
        format!(
            r#""messages": "2.5/hour", "behavior": {{
                "patience": {{ "scope": "queue", "law": {{ "exponential": {{ "mean": "30m" }} }} }} {more} }}"#
        )
    };
    let comes = |share: &str, after: &str| {
        format!(
            r#"{{ "after": {{ "exponential": {{ "mean": "{after}" }} }}, "try_again": "{share}" }}"#
        )
    };
    let open = format!(r#""people": 2, {EXPONENTIAL}"#);
    let room = format!(r#"{open}, "waiting_room": 2"#);
    told(
        &impatient(""),
        &room,
        "M/M/2/4+M",
        [0.1669702489, 0.5919854281, 0.0866491058, 0.3339404979, 1.9021211701],
    );
    let redials = format!(r#", "when_leaving": {}"#, comes("60%", "1h"));
    let numbers = [0.2654841145, 0.8087744373, 0.0, 0.5309682289, 2.6948023830];
    told(&impatient(&redials), &open, "M/M/2+M with redials", numbers);
    let both = format!(r#"{redials}, "when_turned_away": {}"#, comes("70%", "1h"));
    told(
        &impatient(&both),
        &room,
        "M/M/2/4+M with retrials and redials",
        [0.2186001391, 0.7474860972, 0.2232906380, 0.4372002781, 2.3709686879],
    );
    // one who comes again after another time than the other
    let unlike = both.replace(&comes("70%", "1h"), &comes("70%", "2h"));
    assert_eq!(one(&impatient(&unlike), &room), None);
    // so many who come again that the chain is not worth solving
    assert_eq!(one(&impatient(&redials).replace("2.5/hour", "400/hour"), &open), None);
}

#[test]
fn customers_who_come_otherwise() {
    let alone = format!(r#""people": 1, {EXPONENTIAL}"#);
    // Batches at one server: L = ρ(1 + E[X²]/E[X])/(2(1 − ρ)), W = L/λ − 1.
    let batch = |rate: f64, mean: f64, second: f64| {
        let load = rate * mean;
        let number = load * (1.0 + second / mean) / (2.0 * (1.0 - load));
        (number / load - 1.0, number)
    };
    let (wait, number) = batch(0.2, 3.0, 9.0);
    let found = one(r#""messages": "0.2/hour", "batches": 3"#, &alone).unwrap();
    assert!((found.wait_mean / 60.0 - wait).abs() < 1e-6 && found.model == "M[X]/M/1");
    assert!((found.number_mean - number).abs() < 1e-6);
    let (wait, _) = batch(0.3, 2.5, 2.0 * 6.25 - 2.5);
    let geometric = r#""messages": "0.3/hour", "batches": { "geometric": { "mean": 2.5 } }"#;
    assert!((one(geometric, &alone).unwrap().wait_mean / 60.0 - wait).abs() < 1e-6);
    // two streams together: singles at 0.1, pairs at 0.2
    let streams = r#""streams": { "a": { "messages": "0.1/hour" }, "b": { "messages": "0.2/hour", "batches": 2 } }"#;
    let (wait, number) = batch(0.3, 5.0 / 3.0, 3.0);
    told_wait(streams, &alone, "M[X]/M/1", wait, number);
    // D/M/1: σ = exp(−(1 − σ)·1.25)
    let mut sigma = 0.5;
    (0..500).for_each(|_| sigma = libm::exp(-1.25 * (1.0 - sigma)));
    told_wait(
        r#""streams": { "s": { "gaps": "75m" } }"#,
        &alone,
        "D/M/1",
        sigma / (1.0 - sigma),
        0.8 / (1.0 - sigma),
    );
    told_wait(
        r#""streams": { "s": { "every": "75m" } }"#,
        &alone,
        "D/M/1",
        sigma / (1.0 - sigma),
        0.8 / (1.0 - sigma),
    );
    // gaps that are exponential: M/M/50 at 90%
    let crowd = format!(r#""people": 50, {EXPONENTIAL}"#);
    let exact = one(r#""messages": "45/hour""#, &crowd).unwrap();
    let gaps = r#""streams": { "s": { "gaps": { "exponential": { "mean": "80s" } } } }"#;
    told_wait(gaps, &crowd, "GI/M/50", exact.wait_mean / 60.0, exact.number_mean);
    // equal rates in both states: M/M/2
    let same = r#""streams": { "s": { "modulated": { "states": {
        "a": { "messages": "1.5/hour", "to": { "b": "0.2/hour" } }, "b": { "messages": "1.5/hour", "to": { "a": "1/hour" } } } } } }"#;
    let exact = one(r#""messages": "1.5/hour""#, TWO).unwrap();
    told_wait(same, TWO, "MMPP/M/2", exact.wait_mean / 60.0, exact.number_mean);
    // a machine that runs an hour and is repaired in one, and of two such that share a repairman 4/5 are there
    let members = |count: u32| {
        format!(
            r#""streams": {{ "s": {{ "members": {{ "count": {count}, "away": {{ "uniform": {{ "min": "0h", "max": "2h" }} }} }} }} }}"#
        )
    };
    told_wait(&members(1), &alone, "M/M/1//1", 0.0, 0.5);
    told_wait(&members(2), &alone, "M/M/1//2", 0.5, 1.2);
    assert!((one(&members(2), &alone).unwrap().utilization.unwrap() - 0.8).abs() < 1e-12);
}

/// Model, mean wait in hours, and number there.
#[track_caller]
fn told_wait(customers: &str, desk: &str, model: &str, wait: f64, number: f64) {
    let found = one(customers, desk).expect("it is foretold");
    assert_eq!(found.model, model);
    assert!((found.wait_mean / 60.0 - wait).abs() < 1e-6, "{model}: {found:?} against {wait}");
    assert!((found.number_mean - number).abs() < 1e-6, "{model}: {found:?} against {number}");
}

#[test]
fn urgency_and_two_kinds_of_service() {
    // the waits of the chapter on queueing, and their sum by Kleinrock's law
    let streams = format!(
        r#"{URGENT}, "streams": {{ "a": {{ "messages": "0.3/hour", "topics": "first" }}, "b": {{ "messages": "0.4/hour", "topics": "second" }} }}"#
    );
    let desk = format!(r#""people": 1, {EXPONENTIAL}, "discipline": "preemptive priority""#);
    let found = one(&streams, &desk).unwrap();
    for (class, (wait, positive)) in found.classes.iter().zip([(3.0 / 7.0, 0.3), (10.0 / 3.0, 0.7)])
    {
        assert!((class.wait_mean / 60.0 - wait).abs() < 1e-9, "{found:?}");
        assert!((class.wait_positive - positive).abs() < 1e-9);
    }
    assert!((found.number_mean - 0.7 / 0.3).abs() < 1e-9);
    // three servers: over all the wait of M/M/3, the first class (1 − ρ₁)⁻¹ of the residual
    let desk = format!(r#""people": 3, {EXPONENTIAL}, "discipline": "priority""#);
    let all = one(r#""messages": "2.4/hour""#, &desk.replace(r#", "discipline": "priority""#, ""));
    let all = all.unwrap();
    let found = one(&format!(r#"{URGENT}, "messages": "2.4/hour""#), &desk).unwrap();
    assert_eq!(found.model, "M/M/3 with priorities");
    assert!((found.wait_mean - all.wait_mean).abs() < 1e-9);
    assert!((found.number_mean - all.number_mean).abs() < 1e-9);
    let first = all.wait_positive * 20.0 / 0.6;
    assert!((found.classes[0].wait_mean - first).abs() < 1e-9, "{found:?}");
    // one urgency is none
    assert_eq!(one(r#""messages": "2.4/hour""#, &desk).unwrap().model, "M/M/3");
    // topics with times of their own are two kinds of service
    let two = r#""service_by_topic": { "first": { "exponential": { "mean": "1h" } }, "second": { "exponential": { "mean": "2h" } } }"#;
    let topics = r#""topics": { "first": {}, "second": {} }, "messages": "0.4/hour""#;
    let found = one(topics, &format!(r#""people": 1, {two}"#)).unwrap();
    // E S = 1.5, E S² = 5, ρ = 0.6: W = 0.4·5/(2·0.4)
    assert_eq!(found.model, "M/G/1");
    assert!((found.wait_mean / 60.0 - 2.5).abs() < 1e-9);
    assert_eq!(one(topics, &format!(r#""people": 2, {two}"#)).unwrap().model, "M/H2/2");
}

#[test]
fn what_customers_do_beyond_theory_is_not_foretold() {
    let patience = |of: &str| {
        format!(
            r#""messages": "1/hour", "behavior": {{ "patience": {{ "scope": "queue", {of} }} }}"#
        )
    };
    let exponential = r#""law": { "exponential": { "mean": "1h" } }"#;
    assert!(one(&patience(exponential), TWO).is_some());
    for customers in [
        r#""messages": "3/hour""#.to_owned(),
        r#""messages": "1/hour", "week": "support_b2c""#.to_owned(),
        r#""messages": "1/hour", "at_start": 5"#.to_owned(),
        r#""messages": "1/hour", "busy_days_vary_by": "20%""#.to_owned(),
        patience(r#""law": "1h""#),
        format!(
            r#""topics": {{ "a": {{}}, "b": {{}} }}, {}"#,
            patience(&format!(r#"{exponential}, "by_topic": {{ "a": "unlimited" }}"#))
        ),
        patience(exponential).replace("queue", "reply"),
        patience(exponential).replace(
            r#""behavior": {"#,
            r#""behavior": { "when_leaving": { "after": { "constant": "1h" } },"#,
        ),
        r#""streams": { "a": { "gaps": "2h" }, "b": { "messages": "0.5/hour" } }"#.to_owned(),
        r#""streams": { "a": { "gaps": "2h", "batches": 2 } }"#.to_owned(),
        r#""streams": { "s": { "modulated": { "states": {
            "a": { "messages": "1/hour", "lasts": "2h" }, "b": { "messages": "0.5/hour", "lasts": "2h" } } } } }"#.to_owned(),
    ] {
        assert_eq!(one(&customers, TWO), None, "{customers}");
    }
}

#[test]
fn what_a_desk_does_beyond_theory_is_not_foretold() {
    let customers = format!(r#"{URGENT}, "messages": "1/hour""#);
    assert!(one(&customers, TWO).is_some());
    for rest in [
        r#""open": "daily 08:00-20:00""#,
        r#""discipline": "preemptive priority""#,
        r#""discipline": { "priority": { "kept_free": { "second": 1 } } }"#,
        r#""discipline": { "priority": { "moves_up_after": "2h" } }"#,
        r#""discipline": { "earliest_deadline": { "due": { "first": "1h", "second": "8h" } } }"#,
        r#""discipline": "priority", "waiting_room": 3"#,
        r#""draw": "per case""#,
        r#""slots": 3"#,
        r#""fatigue": { "after": "4h", "slower": "1%", "rest": "15m" }"#,
        r#""switching": { "cases": "1m" }"#,
        r#""absence": { "share": "10%", "lasts": "2h" }"#,
        r#""proactive": { "endless": { "task": "2h" } }"#,
        r#""proactive": { "endless": { "task": "2h", "keep_free": 1 } }"#,
    ] {
        assert_eq!(one(&customers, &format!("{TWO}, {rest}")), None, "{rest}");
    }
    // nobody feels work that customers stop
    let spare =
        format!(r#"{TWO}, "proactive": {{ "endless": {{ "task": "2h", "preemptible": true }} }}"#);
    assert_eq!(one(&customers, &spare), one(&customers, TWO));
    let unequal = TWO.replace("2,", r#"[{ "times": 1.5 }, {}],"#);
    assert_eq!(one(&customers, &unequal), None);
}

#[test]
fn a_second_desk_leaves_only_what_is_independent_of_it() {
    let roles = format!(r#""desk": {{ {TWO} }}, "other": {{ {TWO} }}"#);
    let of = |customers: &str, links: &str| -> Vec<Option<String>> {
        let links = format!(r#"{{ "intake": {{ "to": "desk" }} }}{links}"#);
        let told = foretold(customers, &roles, &links);
        told.into_iter().map(|told| told.map(|told| told.model)).collect()
    };
    let route = r#", { "route": { "from": "desk", "to": "other", "share": "50%" } }"#;
    let poisson = r#""messages": "1/hour""#;
    let some = |name: &str| Some(name.to_owned());
    assert_eq!(of(poisson, route), [some("M/M/2"), some("M/M/2")]);
    // who gives up does not go on, so that the second desk has another stream
    let patience = r#""messages": "1/hour", "behavior": { "patience": { "scope": "queue", "law": { "exponential": { "mean": "1h" } } } }"#;
    assert_eq!(of(patience, route), [some("M/M/2+M"), None]);
    assert_eq!(of(r#""messages": "0.5/hour", "batches": 2"#, route), [None, None]);
}

#[test]
fn of_a_stream_that_ends_nothing_is_foretold_unless_it_is_long() {
    let among = |customers: &str, experiment: &str| {
        let text = format!(
            r#"{{ "orgsim": 1, "customers": {{ "plain": true, {customers} }}, "experiment": {{ {experiment} }},
            "designs": {{ "A": {{ "graph": {{ "roles": {{ "desk": {{ "people": 1, {EXPONENTIAL} }} }},
                "links": [ {IN} ] }} }} }} }}"#
        );
        let model = read(&Source::new("a", text), &Overlay::default()).expect("it is sound").model;
        of(&model).remove(0).map(|found| found.model)
    };
    let done = r#""kind": "until done""#;
    let weeks = r#""kind": "typical weeks", "run_for": "2,000h", "warm_up": "1,000h""#;
    let ends = |after: u32| format!(r#""messages": "0.9/hour", "stop_after": {after}"#);
    let known = Some("M/M/1".to_owned());
    // 1 / (1 − 0.9)² hours are forgotten a hundredfold after 10,000 hours: some 9,000 customers
    assert_eq!(
        [10, 8_999, 9_001].map(|after| among(&ends(after), done)),
        [None, None, known.clone()]
    );
    // in 3,000 hours 2,700 come, and hardly ever more than 2,907
    assert_eq!(
        [10, 2_907, 2_908].map(|after| among(&ends(after), weeks)),
        [None, None, known.clone()]
    );
    assert_eq!(among(r#""messages": "0.9/hour""#, weeks), known);
    // what is counted from an empty start is of the beginning, unless the run is as long
    let from_empty = |hours: u32| format!(r#""kind": "from empty", "run_for": "{hours}h""#);
    assert_eq!(
        [8, 9_999, 10_001].map(|hours| among(r#""messages": "0.9/hour""#, &from_empty(hours))),
        [None, None, known.clone()]
    );
    let members = r#""streams": { "m": { "members": { "count": 5, "away": { "exponential": { "mean": "4h" } } }"#;
    assert_eq!(among(&format!("{members} }} }}"), weeks), Some("M/M/1//5".into()));
    assert_eq!(among(&format!(r#"{members}, "stop_after": 20 }} }}"#), weeks), None);
    let two = r#""streams": { "a": { "messages": "0.4/hour", "stop_after": 1000000 }, "b": { "messages": "0.4/hour" } }"#;
    assert_eq!(among(two, weeks), None);
}
