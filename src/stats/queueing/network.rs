//! Open Jackson networks: queues that feed each other.

use super::assert_positive;
use super::many_servers::ManyServers;

/// One queue of a network; exponential service.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Station {
    /// Poisson arrivals from outside, per unit of time.
    pub external_rate: f64,
    /// Services one server completes per unit of busy time.
    pub service_rate: f64,
    /// How many servers; `None` for as many as are wanted, where the law of service is free.
    pub servers: Option<u32>,
}

/// What goes on at one station in the long run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StationTimes {
    /// Visits per unit of time, from outside and from other stations.
    pub flow: f64,
    /// Share of time a server is busy; 1 or more means that the station is overloaded. 0 where
    /// servers are unlimited.
    pub utilization: f64,
    /// Probability that a visit has to wait; `None` under overload.
    pub wait_probability: Option<f64>,
    /// Mean number waiting or in service; `None` under overload.
    pub number_mean: Option<f64>,
    /// Mean time of one visit, wait and service; `None` under overload.
    pub time_mean: Option<f64>,
}

/// Solve an open Jackson network.
///
/// `routing[i][j]` is the probability that a customer leaving station i goes to station j; what
/// is missing to 1 departs. Flows solve flow = external + routingᵀ · flow, and each station then
/// is an M/M/c of its own (Jackson 1957, 1963). Total number and, by Little's law, total time of
/// a customer are sums over stations. Under overload of some station the flows named are those
/// offered; stations behind it in truth receive less.
///
/// `None` if some customers could never depart.
///
/// # Panics
/// If sizes differ, a rate is negative or not finite, a service rate not above 0, a station has 0
/// servers, or a row of `routing` has negative entries or sums to more than 1.
///
/// ```
/// use orgsim::stats::queueing::{Station, network};
///
/// // A desk that sends a fifth of its work back to itself.
/// let desk = Station { external_rate: 0.6, service_rate: 1.0, servers: Some(1) };
/// let times = network(&[desk], &[vec![0.2]]).unwrap();
/// assert!((times[0].utilization - 0.75).abs() < 1e-12);
/// ```
#[must_use]
pub fn network(stations: &[Station], routing: &[Vec<f64>]) -> Option<Vec<StationTimes>> {
    assert_eq!(stations.len(), routing.len(), "each station has a row of routing");
    for (station, row) in stations.iter().zip(routing) {
        assert_eq!(row.len(), stations.len(), "each row of routing has an entry per station");
        assert!(
            row.iter().all(|p| 0.0 <= *p) && row.iter().sum::<f64>() <= 1.0 + 1e-12,
            "a row of routing holds probabilities that sum to at most 1"
        );
        assert!(
            station.external_rate.is_finite() && 0.0 <= station.external_rate,
            "an external rate is finite and at least 0"
        );
        assert_positive("service rate", station.service_rate);
        assert!(station.servers != Some(0), "a station has at least one server");
    }
    if !all_can_depart(routing) {
        return None;
    }
    let flows = flows(stations, routing);
    Some(stations.iter().zip(flows).map(|(station, flow)| times(station, flow)).collect())
}

/// Whether from every station some path of positive probability leads outside.
fn all_can_depart(routing: &[Vec<f64>]) -> bool {
    let mut departs: Vec<bool> =
        routing.iter().map(|row| row.iter().sum::<f64>() < 1.0 - 1e-12).collect();
    loop {
        let reaches = |row: &Vec<f64>| row.iter().zip(&departs).any(|(p, ok)| *p > 0.0 && *ok);
        let next: Vec<bool> =
            routing.iter().zip(&departs).map(|(row, &ok)| ok || reaches(row)).collect();
        if next == departs {
            return departs.into_iter().all(|ok| ok);
        }
        departs = next;
    }
}

/// Solve (I − routingᵀ) · flow = external by elimination with row exchanges.
fn flows(stations: &[Station], routing: &[Vec<f64>]) -> Vec<f64> {
    let n = stations.len();
    let mut rows: Vec<Vec<f64>> = (0..n)
        .map(|i| {
            let unit = |j| f64::from(u8::from(i == j));
            let mut row: Vec<f64> = (0..n).map(|j| unit(j) - routing[j][i]).collect();
            row.push(stations[i].external_rate);
            row
        })
        .collect();
    for column in 0..n {
        let pivot = (column..n)
            .max_by(|&a, &b| rows[a][column].abs().total_cmp(&rows[b][column].abs()))
            .expect("the column lies within the matrix");
        rows.swap(column, pivot);
        let (done, rest) = rows.split_at_mut(column + 1);
        let pivot = &done[column];
        for row in rest {
            let factor = row[column] / pivot[column];
            for (entry, other) in row[column..].iter_mut().zip(&pivot[column..]) {
                *entry -= factor * other;
            }
        }
    }
    let mut flows = vec![0.0; n];
    for i in (0..n).rev() {
        let known: f64 = (i + 1..n).map(|j| rows[i][j] * flows[j]).sum();
        flows[i] = ((rows[i][n] - known) / rows[i][i]).max(0.0);
    }
    flows
}

fn times(station: &Station, flow: f64) -> StationTimes {
    let service_mean = 1.0 / station.service_rate;
    let Some(servers) = station.servers else {
        return StationTimes {
            flow,
            utilization: 0.0,
            wait_probability: Some(0.0),
            number_mean: Some(flow * service_mean),
            time_mean: Some(service_mean),
        };
    };
    let utilization = flow * service_mean / f64::from(servers);
    if flow == 0.0 {
        return StationTimes {
            flow,
            utilization,
            wait_probability: Some(0.0),
            number_mean: Some(0.0),
            time_mean: Some(service_mean),
        };
    }
    let queue = ManyServers::new(flow, station.service_rate, servers);
    StationTimes {
        flow,
        utilization,
        wait_probability: queue.map(|queue| queue.wait_probability()),
        number_mean: queue.map(|queue| queue.number_mean()),
        time_mean: queue.map(|queue| queue.time_mean()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn station(external_rate: f64, service_rate: f64, servers: u32) -> Station {
        Station { external_rate, service_rate, servers: Some(servers) }
    }

    #[test]
    fn two_tiers_and_a_vendor_are_as_published() {
        let stations = [
            station(1.5, 1.0, 3),
            station(0.0, 0.5, 2),
            Station { external_rate: 0.0, service_rate: 0.25, servers: None },
        ];
        let routing = [vec![0.0, 0.3, 0.0], vec![0.2, 0.0, 0.5], vec![0.0; 3]];
        let found = network(&stations, &routing).unwrap();
        let close =
            |found: f64, exact: f64| assert!((found - exact).abs() < 1e-9, "{found} {exact}");
        for (times, (flow, utilization, waits, number, time)) in found.iter().zip([
            (1.595744681, 0.5319148936, 0.2721751366, 1.905034609, 1.193821688),
            (0.4787234043, 0.4787234043, 0.3099647941, 1.242108354, 2.59462634),
            (0.2393617021, 0.0, 0.0, 0.9574468085, 4.0),
        ]) {
            close(times.flow, flow);
            close(times.utilization, utilization);
            close(times.wait_probability.unwrap(), waits);
            close(times.number_mean.unwrap(), number);
            close(times.time_mean.unwrap(), time);
        }
        let total: f64 = found.iter().map(|times| times.number_mean.unwrap()).sum();
        close(total, 4.104589771);
    }

    #[test]
    fn re_contacts_through_a_delay_are_as_published() {
        let delay = Station { external_rate: 0.0, service_rate: 0.1, servers: None };
        let found =
            network(&[station(2.0, 1.0, 4), delay], &[vec![0.0, 0.25], vec![1.0, 0.0]]).unwrap();
        assert!((found[0].flow - 2.666666667).abs() < 1e-9);
        assert!((found[0].wait_probability.unwrap() - 0.3784183296).abs() < 1e-9);
        assert!((found[0].number_mean.unwrap() - 3.423503326).abs() < 1e-9);
        assert!((found[1].number_mean.unwrap() - 6.666666667).abs() < 1e-9);
    }

    #[test]
    fn a_trap_has_no_answer_and_an_overload_is_named() {
        let two = [station(1.0, 2.0, 1), station(0.0, 2.0, 1)];
        assert!(network(&two, &[vec![0.0, 1.0], vec![1.0, 0.0]]).is_none());
        assert!(network(&two, &[vec![0.0, 0.5], vec![0.0, 1.0]]).is_none());
        let found = network(&two, &[vec![0.6, 0.0], vec![0.0, 0.0]]).unwrap();
        assert!(found[0].utilization > 1.0 && found[0].time_mean.is_none());
        assert_eq!((found[1].flow, found[1].number_mean), (0.0, Some(0.0)));
    }
}
