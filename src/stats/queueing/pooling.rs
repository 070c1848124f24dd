//! When one pool stops beating several teams.

use super::many_servers::ManyServers;

/// How much longer the pool may take over each case before it is no better than the teams.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BreakEven {
    /// Factor on handling time at which the mean waits are equal.
    pub equal_wait: f64,
    /// Factor at which the mean times from arrival to end of service are equal; never larger.
    pub equal_time: f64,
}

/// The break-even factors between `teams` teams of `servers` people, each with its own customers,
/// and one pool of all of them.
///
/// Each team has `arrival_rate` and, per person, `service_rate`; the pool has `teams` times the
/// arrivals and people, and takes `factor` times as long over each case. Both are M/M/c; the
/// factors are found by halving. `None` if the teams are overloaded. With one team both are 1.
///
/// # Panics
/// If a rate is not above 0, or there are no teams or servers.
///
/// ```
/// // Four teams of three, 15 minutes a case, 10 an hour each; time in hours.
/// let factor = orgsim::stats::queueing::break_even_factor(4, 3, 10.0, 4.0).unwrap();
/// assert!((factor.equal_wait - 1.136).abs() < 0.001);
/// assert!((factor.equal_time - 1.131).abs() < 0.001);
/// ```
#[must_use]
pub fn break_even_factor(
    teams: u32,
    servers: u32,
    arrival_rate: f64,
    service_rate: f64,
) -> Option<BreakEven> {
    assert!(teams > 0, "there is at least one team");
    let team = ManyServers::new(arrival_rate, service_rate, servers)?;
    let pool = |factor: f64| {
        ManyServers::new(
            arrival_rate * f64::from(teams),
            service_rate / factor,
            servers.checked_mul(teams).expect("the pool counts fewer than 2³² people"),
        )
    };
    let limit = 1.0 / team.utilization();
    // A pool without an answer is overloaded: its times are longer than any.
    let equal_wait = crossing(limit, |factor| {
        pool(factor).is_none_or(|pool| pool.wait_mean() >= team.wait_mean())
    });
    let equal_time = crossing(limit, |factor| {
        pool(factor).is_none_or(|pool| pool.time_mean() >= team.time_mean())
    });
    Some(BreakEven { equal_wait, equal_time })
}

/// The smallest factor from 1 up at which `worse` holds; it holds from there to `limit`.
fn crossing(limit: f64, worse: impl Fn(f64) -> bool) -> f64 {
    let (mut low, mut high) = (1.0, limit);
    if worse(low) {
        return low;
    }
    loop {
        let middle = low + (high - low) / 2.0;
        if middle <= low || high <= middle {
            return high;
        }
        if worse(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_central_trade_off_is_as_published() {
        // Four teams of three, 15 minutes a case: λ per team, wait of a team and of the pool in
        // minutes, factors.
        for (rate, split, pooled, equal_wait, equal_time) in [
            (6.0, 2.37, 0.056, 1.53, 1.145),
            (8.0, 6.67, 0.52, 1.30, 1.222),
            (10.0, 21.07, 3.37, 1.136, 1.131),
            (11.0, 50.80, 10.41, 1.065, 1.065),
        ] {
            let team = ManyServers::new(rate, 4.0, 3).unwrap();
            let pool = ManyServers::new(4.0 * rate, 4.0, 12).unwrap();
            assert!((team.wait_mean() * 60.0 - split).abs() < 0.006);
            assert!((pool.wait_mean() * 60.0 - pooled).abs() < 0.006);
            let found = break_even_factor(4, 3, rate, 4.0).unwrap();
            assert!((found.equal_wait - equal_wait).abs() < 0.005, "{rate}: {found:?}");
            assert!((found.equal_time - equal_time).abs() < 0.0006, "{rate}: {found:?}");
            let at = ManyServers::new(4.0 * rate, 4.0 / found.equal_wait, 12).unwrap();
            assert!((at.wait_mean() / team.wait_mean() - 1.0).abs() < 1e-9);
        }
    }

    #[test]
    fn one_team_is_its_own_pool_and_overload_has_no_answer() {
        let alone = break_even_factor(1, 3, 10.0, 4.0).unwrap();
        assert_eq!((alone.equal_wait, alone.equal_time), (1.0, 1.0));
        assert!(break_even_factor(4, 3, 12.0, 4.0).is_none());
    }
}
