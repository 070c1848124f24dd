//! What is told beside means (distributions with atoms, numbers over time, shares by class of customers), and
//! classes that differ in patience or in who takes them.
//!
//! The files are in `tests/it/families`, the rule is that of the module `families`.

use orgsim::stats::queueing::{ConstantService, erlang_b, erlang_c};

use crate::chains::{mean, stationary};
use crate::families::{HOURS, at, check, model, number, results};

/// A number in minutes, by its place in the results of the first design.
fn minutes(results: &serde_json::Value, place: &str) -> f64 {
    let of = results["designs"][0].pointer(place).unwrap_or_else(|| panic!("no {place}"));
    of["mean"].as_f64().unwrap_or_else(|| panic!("{place}: {of}"))
}

#[test]
fn a_quantile_in_an_atom_is_the_length_that_so_many_have() {
    let constant = results(&model("m_d_1"));
    let queue = ConstantService::new(0.45, 1.0, 1).unwrap();
    let exactly = |results: &serde_json::Value, place: &str, length: f64| {
        let found = minutes(results, place);
        assert!((found - length).abs() < 1e-9, "{place}: {found} min, not {length}");
    };
    exactly(&constant, "/roles/0/inside_minutes/quantiles/p50", 60.0);
    exactly(&constant, "/minutes_inside_spread/quantiles/p50", 60.0);
    exactly(&constant, "/roles/0/wait_minutes/quantiles/p50", 0.0);
    // beyond the atom the law is smooth; what is left is luck
    let wait = minutes(&constant, "/roles/0/wait_minutes/quantiles/p90") / 60.0;
    assert!((queue.wait_at_most(wait) - 0.9).abs() < 0.01, "{wait} h");
    for (place, of) in [("number_inside", &constant), ("total_wait_minutes", &constant)] {
        assert!(of["designs"][0].get(place).is_none(), "{place} was not asked for");
    }
    // more than half leave after exactly half an hour, and no wait is longer
    let patience = results(&model("m_m_1_d"));
    for place in ["wait_all_minutes", "wait_abandoned_minutes"] {
        for q in ["p90", "p95", "p99"] {
            exactly(&patience, &format!("/roles/0/{place}/quantiles/{q}"), 30.0);
        }
    }
}

#[test]
fn shares_at_or_below_a_length_by_class() {
    // whoever waits has the wait of an M/M/3 with the first class alone, given that it is positive
    let delayed = erlang_c(3, 2.4);
    let wait = |t: f64| 1.0 - delayed * (-1.8 * t).exp();
    let inside = |t: f64| {
        let after_a_wait = (1.8 * (-t).exp() - (-1.8 * t).exp()) / 0.8;
        1.0 - (1.0 - delayed) * (-t).exp() - delayed * after_a_wait
    };
    let mut measures = Vec::new();
    for (i, t) in [0.25, 1.0].into_iter().enumerate() {
        for of in ["wait_within", "wait_all_within", "served_within_of_all"] {
            measures.push(at(&format!("/roles/0/topics/first/{of}/{i}/share"), wait(t)));
        }
        measures.push(at(&format!("/roles/0/topics/first/inside_within/{i}/share"), inside(t)));
        measures.push(at(&format!("/topics/first/minutes_inside_within/{i}/share"), inside(t)));
    }
    check("priorities_m_m_3", 0.03, &measures);
}

#[test]
fn numbers_at_a_role_waiting_and_inside_are_geometric() {
    let share = |n: i32| 0.4 * 0.6f64.powi(n);
    let mut measures = vec![
        at("/roles/0/number_sd", 0.6f64.sqrt() / 0.4),
        at("/number_inside/sd", 0.6f64.sqrt() / 0.4),
        at("/roles/0/waiting/shares_measured/0", 1.0 - 0.36),
        // E Q² = ρ²(1 + ρ)/(1 − ρ)², E Q = ρ²/(1 − ρ)
        at("/roles/0/waiting/sd", (0.36 * 1.6 / 0.16 - (0.36f64 / 0.4).powi(2)).sqrt()),
        (String::from("/total_wait_minutes/mean"), HOURS, 1.5),
        (String::from("/total_wait_minutes/sd"), HOURS, (0.6f64 * 1.4).sqrt() / 0.4),
        (String::from("/total_wait_minutes/quantiles/p90"), HOURS, 6.0f64.ln() / 0.4),
        at("/total_wait_minutes/within/0/share", 1.0 - 0.6 * (-0.4f64).exp()),
        at("/total_wait_minutes/within/1/share", 1.0 - 0.6 * (-1.6f64).exp()),
    ];
    for n in [0, 1, 3, 6] {
        measures.push(at(&format!("/roles/0/number_shares_measured/{n}"), share(n)));
        measures.push(at(&format!("/number_inside/shares_measured/{n}"), share(n)));
    }
    for n in [1, 2, 5] {
        measures.push(at(&format!("/roles/0/waiting/shares_measured/{n}"), share(n + 1)));
    }
    check("m_m_1", 0.05, &measures);
}

/// Who is served and who waits, in order of joining: whether each is a hurried one.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Line {
    busy: bool,
    waiting: Vec<bool>,
}

#[test]
fn classes_may_differ_in_patience() {
    let rates = [(true, 0.7, 2.0), (false, 0.5, 0.5)];
    let chances = stationary(Line { busy: false, waiting: Vec::new() }, |line| {
        let mut moves = Vec::new();
        for (hurried, arrivals, _) in rates {
            let mut next = line.clone();
            if !line.busy {
                next.busy = true;
            } else if line.waiting.len() < 3 {
                next.waiting.push(hurried);
            } else {
                continue;
            }
            moves.push((next, arrivals));
        }
        if line.busy {
            let mut next = line.clone();
            if next.waiting.is_empty() {
                next.busy = false;
            } else {
                next.waiting.remove(0);
            }
            moves.push((next, 1.0));
        }
        for (i, &hurried) in line.waiting.iter().enumerate() {
            let mut next = line.clone();
            next.waiting.remove(i);
            moves.push((next, if hurried { 2.0 } else { 0.5 }));
        }
        moves
    });
    let full = mean(&chances, |line| if line.waiting.len() == 3 { 1.0 } else { 0.0 });
    let idle = mean(&chances, |line| if line.busy { 0.0 } else { 1.0 });
    let mut measures = Vec::new();
    for (hurried, arrivals, leaving) in rates {
        let name = if hurried { "hurried" } else { "patient" };
        let count = |line: &Line| line.waiting.iter().filter(|&&of| of == hurried).count() as f64;
        let queue = mean(&chances, count);
        let of = |id: &str, exact: f64| at(&format!("/roles/0/topics/{name}/{id}"), exact);
        measures.push(of("rejected", full));
        measures.push(of("queue_mean", queue));
        measures.push(of("abandoned", leaving * queue / (arrivals * (1.0 - full))));
        measures.push(of("wait_positive", 1.0 - idle / (1.0 - full)));
    }
    check("two_patiences", 0.05, &measures);
}

#[test]
fn one_class_may_wait_for_ever_and_another_not_at_all() {
    // whoever leaves at once is lost when both are busy; the others queue
    let chances = stationary(0usize, |&n| {
        let come = if n < 2 { 1.7 } else { 0.8 };
        let mut moves = vec![(n + 1, come)];
        if 120 <= n {
            moves.clear();
        }
        if 0 < n {
            moves.push((n - 1, n.min(2) as f64));
        }
        moves
    });
    let busy = mean(&chances, |&n| if n < 2 { 0.0 } else { 1.0 });
    let of = |place: &str, exact: f64| at(&format!("/roles/0/topics/{place}"), exact);
    check(
        "one_patience",
        0.05,
        &[
            of("at once/abandoned", busy),
            of("ever/wait_positive", busy),
            of("ever/queue_mean", mean(&chances, |&n| n.saturating_sub(2) as f64)),
        ],
    );
}

#[test]
fn the_first_listed_who_is_free_takes_a_case() {
    let work = |i: u32| 2.0 * (erlang_b(i, 2.0) - erlang_b(i + 1, 2.0));
    let (sum, squares) = (0..3).map(work).fold((0.0, 0.0), |(s, q), u| (s + u, q + u * u));
    let evenness = sum * sum / (3.0 * squares);
    check(
        "ordered_hunt",
        0.01,
        &[number("evenness", evenness), number("rejected", erlang_b(3, 2.0))],
    );
}

/// Busy specialists, busy others, bills and claims that wait.
type Desk = (usize, usize, usize, usize);

#[test]
fn cases_go_to_specialists_first_and_the_others_take_claims_first() {
    let room = |(_, _, bills, claims): Desk| bills + claims < 6;
    let chances = stationary((0, 0, 0, 0), |&desk| {
        let (special, general, bills, claims) = desk;
        let mut moves = Vec::new();
        let of_bills = match desk {
            (0..2, ..) => Some((special + 1, general, bills, claims)),
            (_, 0, ..) => Some((special, 1, bills, claims)),
            _ => room(desk).then_some((special, general, bills + 1, claims)),
        };
        let of_claims = match desk {
            (_, 0, ..) => Some((special, 1, bills, claims)),
            _ => room(desk).then_some((special, general, bills, claims + 1)),
        };
        moves.extend(of_bills.map(|next| (next, 1.6)));
        moves.extend(of_claims.map(|next| (next, 0.8)));
        if 0 < special {
            let next = match bills {
                0 => (special - 1, general, 0, claims),
                _ => (special, general, bills - 1, claims),
            };
            moves.push((next, special as f64));
        }
        if 0 < general {
            let next = match (bills, claims) {
                (0, 0) => (special, 0, 0, 0),
                (_, 0) => (special, general, bills - 1, 0),
                _ => (special, general, bills, claims - 1),
            };
            moves.push((next, 1.0));
        }
        moves
    });
    let share = |of: &dyn Fn(Desk) -> bool| mean(&chances, |&desk| f64::from(u8::from(of(desk))));
    let mut measures = vec![at(
        "/roles/0/numbers/in_service_mean",
        mean(&chances, |&(special, general, ..)| (special + general) as f64),
    )];
    for (name, takes, queue) in [
        ("bills", 2, mean(&chances, |&(.., bills, _)| bills as f64)),
        ("claims", 0, mean(&chances, |&(.., claims)| claims as f64)),
    ] {
        let all_busy = |(special, general, ..): Desk| takes <= special && general == 1;
        let rejected = share(&|desk| all_busy(desk) && !room(desk));
        let waits = share(&|desk| all_busy(desk) && room(desk)) / (1.0 - rejected);
        let of = |id: &str, exact: f64| at(&format!("/roles/0/topics/{name}/{id}"), exact);
        measures.extend([
            of("rejected", rejected),
            of("wait_positive", waits),
            of("queue_mean", queue),
        ]);
    }
    check("n_design", 0.05, &measures);
}

#[test]
fn the_number_of_a_day_has_the_variance_of_a_mixed_poisson_law() {
    let (day, week) = (48.0, 7.0 * 48.0);
    let squares = 0.3f64 * 0.3 * day * day;
    let mut measures = vec![
        at("/arrivals/per_day/mean", day),
        at("/arrivals/per_day/variance", day + squares),
        at("/arrivals/per_week/mean", week),
        at("/arrivals/per_week/variance", week + 7.0 * squares),
    ];
    for weekday in [0, 3] {
        let of = |what: &str| format!("/arrivals/by_day_of_week/{weekday}/{what}");
        measures.extend([at(&of("mean"), day), at(&of("variance"), day + squares)]);
    }
    check("busy_days", 0.1, &measures);
}
