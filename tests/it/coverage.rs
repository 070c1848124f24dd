//! The short version of the coverage measurements; `benches/coverage/main.rs` is the long one.

#[path = "../../benches/coverage/cases.rs"]
mod coverage_cases;

use coverage_cases::{cases, first_delays, sequential, variance_ratios};

/// Bounds around a share, 4 standard errors of so many experiments wide.
#[track_caller]
fn expect_share(what: &str, found: f64, expected: f64, experiments: u32) {
    let error = (expected * (1.0 - expected) / f64::from(experiments)).sqrt();
    assert!((found - expected).abs() < 4.0 * error, "{what}: {found} instead of {expected}");
}

#[test]
fn intervals_hold_the_truth_about_as_often_as_they_promise() {
    let experiments = 60;
    for case in cases(20) {
        expect_share(case.name, case.coverage(experiments), 0.95, experiments);
    }
}

#[test]
fn t_intervals_of_skewed_means_miss_as_often_as_theory_says() {
    expect_share("5 replications", first_delays(5, 1500), 0.837, 1500);
    expect_share("20 replications", first_delays(20, 500), 0.877, 500);
}

#[test]
fn stopping_once_the_interval_is_narrow_costs_little_coverage() {
    let experiments = 60;
    let (share, replications) = sequential(0.15, experiments);
    assert!(20.0 < replications, "more than the {replications} that come first");
    expect_share("\u{b1}15%", share, 0.94, experiments);
}

#[test]
fn the_same_customers_save_replications() {
    let (seven, faster) = variance_ratios(300);
    assert!(1.6 <= seven, "{seven}");
    assert!(5.0 <= faster, "{faster}");
}
