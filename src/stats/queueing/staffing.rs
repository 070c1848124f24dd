//! How many people a load needs.

use super::erlang::erlang_c;
use crate::draws::{normal_cdf, normal_density};

/// The limit of the probability to wait when R + β√R servers face a large load of R erlangs.
///
/// 1 / (1 + βΦ(β)/φ(β)), for a `safety` β above 0 (Halfin & Whitt 1981); 1 at 0.
///
/// # Panics
/// If `safety` is negative or not finite.
///
/// ```
/// let waits = orgsim::stats::queueing::halfin_whitt(1.0);
/// assert!((waits - 0.223).abs() < 0.001);
/// ```
#[must_use]
pub fn halfin_whitt(safety: f64) -> f64 {
    assert!(safety.is_finite() && 0.0 <= safety, "a safety factor is finite and at least 0");
    let density = normal_density(safety);
    density / (density + safety * normal_cdf(safety))
}

/// The safety β at which a share `delay_probability` has to wait, in the limit of large loads.
///
/// # Panics
/// If `delay_probability` does not lie strictly between 0 and 1.
#[must_use]
pub fn safety_for_delay_probability(delay_probability: f64) -> f64 {
    assert_share(delay_probability);
    let (mut low, mut high) = (0.0, 40.0);
    loop {
        let middle = low + (high - low) / 2.0;
        if middle <= low || high <= middle {
            return middle;
        }
        if halfin_whitt(middle) > delay_probability {
            low = middle;
        } else {
            high = middle;
        }
    }
}

/// A hint at how many servers let about a share `delay_probability` wait: R + β√R, not rounded.
///
/// `offered_load` R is in erlangs. Good to about one server from a handful on.
///
/// # Panics
/// If the load is negative or not finite, or `delay_probability` not strictly between 0 and 1.
///
/// ```
/// let hint = orgsim::stats::queueing::square_root_staffing(100.0, 0.223);
/// assert!((hint - 110.0).abs() < 0.1);
/// ```
#[must_use]
pub fn square_root_staffing(offered_load: f64, delay_probability: f64) -> f64 {
    assert!(offered_load.is_finite() && 0.0 <= offered_load, "a load is finite and at least 0");
    offered_load + safety_for_delay_probability(delay_probability) * offered_load.sqrt()
}

/// The smallest number of M/M/c servers with which at most a share `delay_probability` waits.
///
/// # Panics
/// If the load is negative, not finite or above a billion, or `delay_probability` not strictly
/// between 0 and 1.
///
/// ```
/// assert_eq!(orgsim::stats::queueing::least_servers(10.0, 0.2), 14);
/// ```
#[must_use]
pub fn least_servers(offered_load: f64, delay_probability: f64) -> u32 {
    assert_share(delay_probability);
    assert!((0.0..=1e9).contains(&offered_load), "a load lies between 0 and a billion erlangs");
    let enough = |servers: u32| erlang_c(servers, offered_load) <= delay_probability;
    let (mut few, mut many) = (offered_load as u32, offered_load as u32 + 1);
    while !enough(many) {
        few = many;
        many += 1 + (many - offered_load as u32);
    }
    while many - few > 1 {
        let middle = few + (many - few) / 2;
        if enough(middle) {
            many = middle;
        } else {
            few = middle;
        }
    }
    many
}

fn assert_share(delay_probability: f64) {
    assert!(
        0.0 < delay_probability && delay_probability < 1.0,
        "a share that waits lies strictly between 0 and 1"
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limit_has_the_published_values() {
        for (safety, waits) in
            [(0.25, 0.721), (0.5, 0.505), (0.75, 0.342), (1.0, 0.223), (1.5, 0.085), (2.0, 0.027)]
        {
            assert!((halfin_whitt(safety) - waits).abs() < 6e-4);
            let back = safety_for_delay_probability(halfin_whitt(safety));
            assert!((back - safety).abs() < 1e-12);
        }
        assert!((halfin_whitt(0.0) - 1.0).abs() < 1e-15);
    }

    #[test]
    fn least_servers_are_enough_and_one_fewer_is_not() {
        for load in [0.3, 1.0, 9.9, 10.0, 250.0, 4000.0] {
            for share in [0.01, 0.2, 0.5, 0.9] {
                let servers = least_servers(load, share);
                assert!(erlang_c(servers, load) <= share);
                assert!(erlang_c(servers - 1, load) > share);
                let hint = square_root_staffing(load, share);
                assert!((hint - f64::from(servers)).abs() < 2.0, "{load} {share}: {hint}");
            }
        }
    }
}
