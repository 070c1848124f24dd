//! The table of cases: scenario files and exact answers.

use super::{Case, Check, Read};
use crate::draws::Law;
use crate::stats::queueing::{
    ConstantService, FiniteQueue, FiniteSource, ImpatientQueue, ManyServers, Orbit, PriorityClass,
    RenewalQueue, Service, SingleServer, Station, birth_death, infinite_servers_mean,
    modulated_arrivals, network, non_preemptive,
};

/// All cases. Times are in hours.
pub(super) fn all() -> Vec<Case> {
    [single(), several(), limited(), networks(), uneven(), over_time()]
        .into_iter()
        .flatten()
        .collect()
}

const SETTLES: &str = "a case of the self-test settles";

fn case(name: &'static str, text: &'static str, checks: Vec<Check>) -> Case {
    Case { name, text, checks }
}

/// A number about the first role that is no time.
fn number(measure: &'static str, id: &'static str, exact: f64) -> Check {
    Check { measure, exact, times: 1.0, read: Read::Role(0, id) }
}

/// A time at the first role, in hours.
fn time(measure: &'static str, id: &'static str, exact: f64) -> Check {
    Check { measure, exact, times: 1.0 / 60.0, read: Read::Role(0, id) }
}

fn law(made: Result<Law, crate::draws::LawError>) -> Law {
    made.expect("a case of the self-test has sound laws")
}

fn exponential_service() -> Service {
    Service { mean: 1.0, second_moment: 2.0, third_moment: Some(6.0) }
}

fn single() -> Vec<Case> {
    let one = ManyServers::new(0.8, 1.0, 1).expect(SETTLES);
    let lognormal = Service::of(&law(Law::lognormal(1.0, 1.0))).expect("it has moments");
    let general = SingleServer::new(0.6, lognormal).expect(SETTLES);
    let regular = RenewalQueue::new(&law(Law::constant(1.25)), 1.0, 1).expect(SETTLES);
    let class = |arrival_rate| PriorityClass { arrival_rate, service: exponential_service() };
    let classes = non_preemptive(&[class(0.28), class(0.42)]).expect(SETTLES);
    vec![
        case(
            "M/M/1",
            include_str!("cases/mm1.json"),
            vec![
                time("W_q", "wait_mean", one.wait_mean()),
                number("L", "number_mean", one.number_mean()),
                number("P(W > 0)", "wait_positive", one.wait_probability()),
                Check {
                    measure: "P(W ≤ 4)",
                    exact: 1.0 - one.wait_exceeds(4.0),
                    times: 1.0,
                    read: Read::WaitWithin,
                },
                time("busy period", "busy_period_mean", 1.0 / (1.0 - 0.8)),
            ],
        ),
        case(
            "M/G/1, lognormal",
            include_str!("cases/mg1.json"),
            vec![
                time("W_q", "wait_mean", general.wait_mean()),
                number("utilization", "utilization", general.utilization()),
            ],
        ),
        case(
            "D/M/1",
            include_str!("cases/dm1.json"),
            vec![
                time("W_q", "wait_mean", regular.wait_mean()),
                number("P(W > 0)", "wait_positive", regular.wait_probability()),
            ],
        ),
        case(
            "two priorities (Cobham)",
            include_str!("cases/priorities.json"),
            vec![
                Check {
                    measure: "W_q of the first",
                    exact: classes[0].wait_mean,
                    times: 1.0 / 60.0,
                    read: Read::TopicWait(0),
                },
                Check {
                    measure: "W_q of the second",
                    exact: classes[1].wait_mean,
                    times: 1.0 / 60.0,
                    read: Read::TopicWait(1),
                },
            ],
        ),
    ]
}

fn several() -> Vec<Case> {
    let four = ManyServers::new(3.2, 1.0, 4).expect(SETTLES);
    let constant = ConstantService::new(2.4, 1.0, 3).expect(SETTLES);
    vec![
        case(
            "M/M/4",
            include_str!("cases/mm4.json"),
            vec![
                time("W_q", "wait_mean", four.wait_mean()),
                number("P(W > 0)", "wait_positive", four.wait_probability()),
                number("L_q", "queue_mean", four.queue_mean()),
            ],
        ),
        case(
            "M/D/3",
            include_str!("cases/md3.json"),
            vec![
                time("W_q", "wait_mean", constant.wait_mean()),
                number("P(W > 0)", "wait_positive", constant.wait_probability()),
            ],
        ),
    ]
}

fn limited() -> Vec<Case> {
    let impatient = ImpatientQueue::new(10.0, 1.0, 10, 2.0);
    let full = FiniteQueue::new(3.0, 1.0, 3, 5);
    let repair = FiniteSource::new(8, 4.0, 1.0, 2);
    let (rate, retry) = (0.6, 0.5);
    let orbit = Orbit {
        arrival_rate: rate,
        service_rate: 1.0,
        servers: 1,
        room: 1,
        leaving_rate: 0.0,
        retry_rate: retry,
        after_turned_away: 1.0,
        after_leaving: 0.0,
    }
    .numbers();
    vec![
        case(
            "Erlang A",
            include_str!("cases/erlang_a.json"),
            vec![
                number("P(abandon)", "abandoned", impatient.abandon_probability()),
                number("P(W > 0)", "wait_positive", impatient.wait_probability()),
                time("W_q of all", "wait_all_mean", impatient.wait_mean()),
                number("utilization", "utilization", impatient.utilization()),
            ],
        ),
        case(
            "M/M/3/5",
            include_str!("cases/mm3_5.json"),
            vec![
                number("P(block)", "rejected", full.blocked_probability()),
                time("W_q", "wait_mean", full.wait_mean()),
            ],
        ),
        case(
            "machine repair",
            include_str!("cases/repair.json"),
            vec![
                number("L", "number_mean", repair.number_mean()),
                number("throughput", "throughput_per_hour", repair.throughput()),
                number("P(W > 0)", "wait_positive", repair.wait_probability()),
            ],
        ),
        case(
            "M/M/1/1 with retrials",
            include_str!("cases/retrials.json"),
            vec![
                number("P(block), each attempt", "rejected", orbit.turned_away),
                Check {
                    measure: "orbit",
                    exact: rate * (rate + rate * retry) / (retry * (1.0 - rate)),
                    times: 1.0,
                    read: Read::BetweenRoles,
                },
            ],
        ),
    ]
}

fn networks() -> Vec<Case> {
    let station =
        |external_rate, service_rate, servers| Station { external_rate, service_rate, servers };
    let stations =
        [station(1.5, 1.0, Some(3)), station(0.0, 0.5, Some(2)), station(0.0, 0.25, None)];
    let routing = [vec![0.0, 0.3, 0.0], vec![0.2, 0.0, 0.5], vec![0.0; 3]];
    let times = network(&stations, &routing).expect("everybody can leave");
    let numbers: Vec<f64> = times.iter().map(|at| at.number_mean.expect(SETTLES)).collect();
    let of = |role: usize, measure, id, exact| Check {
        measure,
        exact,
        times: 1.0,
        read: Read::Role(role, id),
    };
    vec![case(
        "Jackson network",
        include_str!("cases/jackson.json"),
        vec![
            of(0, "L of the first desk", "number_mean", numbers[0]),
            of(1, "L of the second desk", "number_mean", numbers[1]),
            of(2, "L of the delay", "number_mean", numbers[2]),
            Check {
                measure: "time in the house",
                exact: numbers.iter().sum::<f64>() / 1.5,
                times: 1.0 / 60.0,
                read: Read::TimeInside,
            },
        ],
    )]
}

fn uneven() -> Vec<Case> {
    // L of geometric batches of mean m at one server: m·ρ/(1 − ρ).
    let batches = 2.5 * 0.6 / 0.4;
    let changes = [vec![0.0, 0.1], vec![0.3, 0.0]];
    let bursts = modulated_arrivals(&[0.5, 3.0], &changes, 1.0, 2).expect(SETTLES);
    vec![
        case(
            "batches, M[X]/M/1",
            include_str!("cases/batches.json"),
            vec![
                number("L", "number_mean", batches),
                number("P(W > 0)", "wait_positive", 1.0 - 0.4 / 2.5),
            ],
        ),
        case(
            "bursts, MMPP/M/2",
            include_str!("cases/mmpp.json"),
            vec![
                time("W_q", "wait_mean", bursts.wait_mean()),
                number("P(W > 0)", "wait_positive", bursts.wait_probability),
                number("L", "number_mean", bursts.number_mean()),
            ],
        ),
    ]
}

fn over_time() -> Vec<Case> {
    let omega = std::f64::consts::TAU / 24.0;
    let rate = |t: f64| 20.0 * (1.0 + 0.5 * libm::sin(omega * t));
    let survival = |age: f64| libm::exp(-age / 2.0);
    let periodic = |t: f64| infinite_servers_mean(rate, survival, t - 72.0, t);
    let after = |hours: f64| {
        let mut start = vec![0.0; 120];
        start[20] = 1.0;
        let shares = birth_death(&start, |_, _| 0.5, |_, n| f64::from(u8::from(0 < n)), 0.0, hours);
        shares.iter().enumerate().map(|(n, share)| n as f64 * share).sum::<f64>()
    };
    let seen = |measure, instant, exact| Check {
        measure,
        exact,
        times: 1.0,
        read: Read::Observed(instant),
    };
    vec![
        case(
            "M(t)/M/∞, sinusoid",
            include_str!("cases/wave.json"),
            vec![
                seen("E N(6)", 0, periodic(6.0)),
                seen("E N(12)", 1, periodic(12.0)),
                seen("E N(18)", 2, periodic(18.0)),
            ],
        ),
        case(
            "M/M/1 from a backlog of 20",
            include_str!("cases/backlog.json"),
            vec![seen("E N(10)", 0, after(10.0)), seen("E N(40)", 1, after(40.0))],
        ),
    ]
}
