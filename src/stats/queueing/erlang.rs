//! Erlang's two formulas.

/// Erlang B: the share of arrivals that M/G/c without a queue turns away.
///
/// `offered_load` is arrival rate × mean service time, in erlangs. By the recursion
/// B(0) = 1, 1/B(k) = 1 + k/(a·B(k−1)) (Erlang 1917; Cooper 1981), which only adds positive
/// numbers and so stays exact to the last digits for 10⁵ servers and more.
///
/// # Panics
/// If `offered_load` is negative or not finite.
///
/// ```
/// let blocked = orgsim::stats::queueing::erlang_b(2, 1.0);
/// assert!((blocked - 0.2).abs() < 1e-15);
/// ```
#[must_use]
pub fn erlang_b(servers: u32, offered_load: f64) -> f64 {
    assert!(offered_load.is_finite() && 0.0 <= offered_load, "a load is finite and at least 0");
    let mut blocked = 1.0;
    for k in 1..=servers {
        let carried = offered_load * blocked;
        blocked = carried / (f64::from(k) + carried);
    }
    blocked
}

/// Erlang C: the probability that an arrival to M/M/c has to wait.
///
/// C = B / (1 − ρ(1 − B)) with ρ = offered load ÷ servers (Erlang 1917). 1 where the load is as
/// large as the servers or larger: then everyone waits in the end.
///
/// # Panics
/// If `offered_load` is negative or not finite.
///
/// ```
/// let waits = orgsim::stats::queueing::erlang_c(3, 2.5);
/// assert!((waits - 0.702247).abs() < 1e-6);
/// ```
#[must_use]
pub fn erlang_c(servers: u32, offered_load: f64) -> f64 {
    let blocked = erlang_b(servers, offered_load);
    if offered_load >= f64::from(servers) {
        return 1.0;
    }
    let idle = 1.0 - offered_load / f64::from(servers);
    blocked / (idle + (1.0 - idle) * blocked)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hundred_thousand_servers_are_no_trouble() {
        let load = 100_000.0 - 2.0 * 100_000f64.sqrt();
        let waits = erlang_c(100_000, load);
        // Halfin and Whitt: .027 for a safety of 2.
        assert!((waits - 0.0269).abs() < 3e-4, "{waits}");
        assert!(erlang_c(10, 10.0) >= 1.0 && erlang_c(10, 0.0) <= 0.0);
    }

    #[test]
    fn erlang_b_is_the_truncated_poisson() {
        for load in [0.5, 3.0, 12.0f64] {
            let mut term = 1.0;
            let mut sum = 1.0;
            for servers in 1..40 {
                term *= load / f64::from(servers);
                sum += term;
                assert!((erlang_b(servers, load) - term / sum).abs() < 1e-14);
            }
        }
    }
}
