//! M^\[X\]/M/c: several customers at once.

use super::assert_positive;
use super::phases::QueueNumbers;

/// The queue of batches that come as a Poisson stream, exponential service.
///
/// `sizes[k]` is the probability of a batch of k + 1. The long-run shares follow from the balance
/// across each cut, min(n + 1, c)·μ·p(n + 1) = λ·Σₖ p(k)·P(X > n − k), which only adds (Chaudhry and
/// Templeton 1983). Who comes in a batch waits for those of the batch before; the numbers are over
/// customers, not batches. `None` under overload.
///
/// # Panics
/// If a rate is not above 0, there is no server, or the probabilities do not sum to 1.
///
/// ```
/// use orgsim::stats::queueing::batch_arrivals;
///
/// // Pairs at one server, load 0.6: L = ρ(1 + E[X²]/E[X])/(2(1 − ρ)).
/// let pairs = batch_arrivals(0.3, &[0.0, 1.0], 1.0, 1).unwrap();
/// assert!((pairs.number_mean() - 2.25).abs() < 1e-9);
/// ```
#[must_use]
pub fn batch_arrivals(
    batch_rate: f64,
    sizes: &[f64],
    service_rate: f64,
    servers: u32,
) -> Option<QueueNumbers> {
    assert_positive("rate of batches", batch_rate);
    assert_positive("service rate", service_rate);
    assert!(servers > 0, "a queue has at least one server");
    let total: f64 = sizes.iter().sum();
    assert!((total - 1.0).abs() < 1e-9, "probabilities sum to 1");
    // P(X > k), k = 0, 1, …
    let mut beyond = vec![1.0];
    sizes.iter().for_each(|p| beyond.push((beyond[beyond.len() - 1] - p).max(0.0)));
    let mean: f64 = beyond.iter().sum();
    let c = servers as usize;
    if batch_rate * mean >= f64::from(servers) * service_rate {
        return None;
    }
    let mut p = vec![1.0f64];
    let (mut all, mut last) = (1.0, 0);
    loop {
        let n = p.len() - 1;
        let from = n.saturating_sub(beyond.len() - 1);
        let up: f64 = (from..=n).map(|k| p[k] * beyond[n - k]).sum();
        let next = batch_rate * up / ((n + 1).min(c) as f64 * service_rate);
        all += next;
        p.push(next);
        if 1e200 < next {
            p.iter_mut().for_each(|p| *p *= 1e-200);
            all *= 1e-200;
        }
        last = if 1e-16 * all < next { n } else { last };
        if last + 2 * sizes.len() + c + 10 < n {
            break;
        }
    }
    let (mut busy, mut queue, mut at_once) = (0.0, 0.0, 0.0);
    for (n, p) in p.iter().enumerate() {
        let share = p / all;
        busy += share * n.min(c) as f64;
        queue += share * n.saturating_sub(c) as f64;
        // the k-th of a batch, k = 1, 2, …, has probability P(X ≥ k)/E[X]
        let free = c.saturating_sub(n).min(beyond.len());
        at_once += share * beyond[..free].iter().sum::<f64>() / mean;
    }
    Some(QueueNumbers {
        arrival_rate: batch_rate * mean,
        busy_mean: busy,
        queue_mean: queue,
        wait_probability: 1.0 - at_once,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::queueing::ManyServers;

    #[test]
    fn batches_of_one_are_the_ordinary_queue() {
        let found = batch_arrivals(3.2, &[1.0], 1.0, 4).unwrap();
        let exact = ManyServers::new(3.2, 1.0, 4).unwrap();
        assert!((found.wait_mean() / exact.wait_mean() - 1.0).abs() < 1e-9);
        assert!((found.wait_probability - exact.wait_probability()).abs() < 1e-10);
        assert_eq!(batch_arrivals(2.0, &[0.0, 1.0], 1.0, 4), None);
    }

    #[test]
    fn one_server_has_a_closed_form() {
        // L = ρ(1 + E[X²]/E[X])/(2(1 − ρ)); an arrival waits unless it is first and finds nobody.
        for sizes in [vec![0.5, 0.0, 0.5], vec![0.2, 0.3, 0.1, 0.4]] {
            let moment = |power: i32| -> f64 {
                sizes.iter().enumerate().map(|(k, p)| p * (k as f64 + 1.0).powi(power)).sum()
            };
            let load = 0.7;
            let found = batch_arrivals(load / moment(1), &sizes, 1.0, 1).unwrap();
            let exact = load * (1.0 + moment(2) / moment(1)) / (2.0 * (1.0 - load));
            assert!((found.number_mean() / exact - 1.0).abs() < 1e-9, "{found:?}");
            let waits = 1.0 - (1.0 - load) / moment(1);
            assert!((found.wait_probability - waits).abs() < 1e-10, "{found:?}");
        }
    }

    #[test]
    fn geometric_batches_at_one_server_wait_as_in_a_slower_queue() {
        // M^[X]/M/1 with geometric X of mean m: the time inside is that of M/M/1 times m.
        let (mean, load) = (2.5, 0.6);
        let sizes: Vec<f64> =
            (0..400).map(|k| libm::pow(1.0 - 1.0 / mean, f64::from(k)) / mean).collect();
        let found = batch_arrivals(load / mean, &sizes, 1.0, 1).unwrap();
        assert!((found.time_mean() - mean / (1.0 - load)).abs() < 1e-6, "{found:?}");
    }
}
