//! Queues at given times: transients and rates that change.

use super::assert_positive;

/// The distribution of a birth and death process at time `to`, from that at time `from`.
///
/// `birth(t, n)` and `death(t, n)` are rates in state n at time t; the last state has no births. The
/// forward equations (Kolmogorov 1931) by Runge and Kutta's method of fourth order, with steps of at
/// most a tenth of the shortest mean stay at either end.
///
/// ```
/// use orgsim::stats::queueing::birth_death;
///
/// // M/M/1 from empty: after a long time the queue of the textbook.
/// let mut start = vec![0.0; 200];
/// start[0] = 1.0;
/// let end = birth_death(&start, |_, _| 0.5, |_, n| if n == 0 { 0.0 } else { 1.0 }, 0.0, 200.0);
/// let mean: f64 = end.iter().enumerate().map(|(n, p)| n as f64 * p).sum();
/// assert!((mean - 1.0).abs() < 1e-6);
/// ```
///
/// # Panics
/// If `start` is empty or time runs backward.
#[must_use]
pub fn birth_death(
    start: &[f64],
    birth: impl Fn(f64, usize) -> f64,
    death: impl Fn(f64, usize) -> f64,
    from: f64,
    to: f64,
) -> Vec<f64> {
    assert!(!start.is_empty() && from <= to, "a distribution, and time that goes on");
    let last = start.len() - 1;
    let slope = |t: f64, p: &[f64]| -> Vec<f64> {
        let mut change = vec![0.0; p.len()];
        for n in 0..=last {
            let up = if n < last { birth(t, n) * p[n] } else { 0.0 };
            let down = if 0 < n { death(t, n) * p[n] } else { 0.0 };
            change[n] -= up + down;
            if n < last {
                change[n + 1] += up;
            }
            if 0 < n {
                change[n - 1] += down;
            }
        }
        change
    };
    let fastest = (0..=last)
        .flat_map(|n| [from, (from + to) / 2.0, to].map(|t| birth(t, n) + death(t, n)))
        .fold(0.0, f64::max);
    let steps = ((to - from) * fastest * 10.0).ceil().max(1.0);
    let h = (to - from) / steps;
    let mut p = start.to_vec();
    for step in 0..steps as u64 {
        let t = from + step as f64 * h;
        let ahead = |k: &[f64], by: f64| -> Vec<f64> {
            p.iter().zip(k).map(|(p, k)| p + by * h * k).collect()
        };
        let k1 = slope(t, &p);
        let k2 = slope(t + h / 2.0, &ahead(&k1, 0.5));
        let k3 = slope(t + h / 2.0, &ahead(&k2, 0.5));
        let k4 = slope(t + h, &ahead(&k3, 1.0));
        for n in 0..=last {
            p[n] += h / 6.0 * (k1[n] + 2.0 * k2[n] + 2.0 * k3[n] + k4[n]);
        }
    }
    p
}

/// Mean number in service at time t with as many servers as it takes: ∫ λ(t − s)·P(S > s) ds.
///
/// `empty_since` is the time at which nobody was there; far enough back for a periodic rate whose start
/// is forgotten (Eick, Massey & Whitt 1993). The number is Poisson. By Simpson's rule on 20,000 pieces.
///
/// # Panics
/// If `t` lies before `empty_since`.
#[must_use]
pub fn infinite_servers_mean(
    rate: impl Fn(f64) -> f64,
    survival: impl Fn(f64) -> f64,
    empty_since: f64,
    t: f64,
) -> f64 {
    assert!(empty_since <= t, "time goes on");
    let pieces = 20_000;
    let h = (t - empty_since) / f64::from(pieces);
    let at = |i: i32| {
        let age = h * f64::from(i);
        rate(t - age) * survival(age)
    };
    let weight = |i: i32| match i {
        0 => 1.0,
        i if i == pieces => 1.0,
        i if i % 2 == 1 => 4.0,
        _ => 2.0,
    };
    h / 3.0 * (0..=pieces).map(|i| weight(i) * at(i)).sum::<f64>()
}

/// P(T > t) of the time T through stations one after the other, each M/M/1 or with as many servers as it
/// takes: a sum of independent exponentials (Reich 1957; Burke 1964).
///
/// `rates` are those of the stations' times: μ − λ of an M/M/1, μ of a delay. By uniformization.
///
/// ```
/// use orgsim::stats::queueing::tandem_time_exceeds;
///
/// let two = tandem_time_exceeds(&[0.4, 0.4], 5.0);
/// assert!((two - 3.0 * (-2.0f64).exp()).abs() < 1e-12);
/// ```
///
/// # Panics
/// If there is no station, a rate is not above 0, or t is negative.
#[must_use]
pub fn tandem_time_exceeds(rates: &[f64], t: f64) -> f64 {
    assert!(!rates.is_empty() && 0.0 <= t, "stations, and a time");
    rates.iter().for_each(|&rate| assert_positive("rate", rate));
    let fastest = rates.iter().copied().fold(0.0, f64::max);
    let mean = fastest * t;
    let mut at = vec![0.0; rates.len()];
    at[0] = 1.0;
    let (mut weight, mut sum, mut known) = (libm::exp(-mean), 0.0, 0.0);
    let mut jump = 0.0;
    // Poisson weights of a large mean begin too small for a double.
    assert!(mean < 700.0, "a time of fewer than 700 mean services");
    while known < 1.0 - 1e-15 && jump < mean + 40.0 * (mean.sqrt() + 5.0) {
        sum += weight * at.iter().sum::<f64>();
        known += weight;
        jump += 1.0;
        weight *= mean / jump;
        for i in (0..rates.len()).rev() {
            let moved = at[i] * rates[i] / fastest;
            at[i] -= moved;
            if i + 1 < rates.len() {
                at[i + 1] += moved;
            }
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one_server(start: usize, rate: f64, until: f64) -> Vec<f64> {
        let mut p = vec![0.0; 400];
        p[start] = 1.0;
        birth_death(&p, |_, _| rate, |_, n| f64::from(u8::from(0 < n)), 0.0, until)
    }

    #[test]
    fn the_validation_case_is_met() {
        for (until, mean, empty) in
            [(10.0, 3.706638716, 0.1360304716), (100.0, 16.9643976, 0.02101569039)]
        {
            let p = one_server(0, 1.1, until);
            let found: f64 = p.iter().enumerate().map(|(n, p)| n as f64 * p).sum();
            assert!((found - mean).abs() < 1e-5 && (p[0] - empty).abs() < 1e-6, "{found} {}", p[0]);
        }
    }

    #[test]
    fn a_backlog_is_worked_off_at_first_at_full_speed() {
        let p = one_server(100, 0.5, 40.0);
        let mean: f64 = p.iter().enumerate().map(|(n, p)| n as f64 * p).sum();
        assert!((mean - 80.0).abs() < 0.01, "{mean}");
    }

    #[test]
    fn a_sinusoid_meets_its_closed_form() {
        let omega = std::f64::consts::TAU / 24.0;
        let rate = |t: f64| 20.0 * (1.0 + 0.5 * (omega * t).sin());
        let survival = |s: f64| (-s / 2.0).exp();
        for (t, periodic, from_empty) in [
            (6.0, 55.69666906, 54.11437412),
            (12.0, 48.2187567, 48.13997887),
            (18.0, 24.30333094, 24.29940883),
        ] {
            let found = infinite_servers_mean(rate, survival, t - 100.0, t);
            assert!((found - periodic).abs() < 1e-5, "{found}");
            let found = infinite_servers_mean(rate, survival, 0.0, t);
            assert!((found - from_empty).abs() < 1e-5, "{found}");
        }
    }

    #[test]
    fn unequal_stations_have_the_sum_of_exponentials() {
        let (a, b, t) = (0.5f64, 1.5f64, 2.0f64);
        let exact = (b * (-a * t).exp() - a * (-b * t).exp()) / (b - a);
        assert!((tandem_time_exceeds(&[a, b], t) - exact).abs() < 1e-12);
    }
}
