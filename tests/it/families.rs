//! Families of queues: scenario files, held against exact answers by the names of `results.json`.
//!
//! The rule is that of the module `theory`: a half-width within the stated share of the reference, the estimate within
//! 3.5 standard errors of it, one retest with another seed and four times the replications.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use orgsim::draws::{Law, student_t_quantile};
use orgsim::experiment::{Options, run};
use orgsim::model::{Diagnostic, Model};
use orgsim::present::{Provenance, results_json};
use orgsim::scenario::{LARGEST_FILE, Overlay, Source, load, render};
use orgsim::stats::queueing::{
    ConstantService, FiniteQueue, FiniteSource, ManyServers, Orbit, PriorityClass, RenewalQueue,
    Service, batch_arrivals, birth_death, erlang_b, erlang_c, infinite_servers_mean,
    modulated_arrivals, preemptive_resume, tandem_time_exceeds, two_kinds_of_service,
};
use serde_json::Value;

/// Hours where the results have minutes.
pub(crate) const HOURS: f64 = 1.0 / 60.0;

/// A measure by its place in `results.json` within the design, its scale, and its exact value.
pub(crate) type Measure = (String, f64, f64);

pub(crate) fn number(id: &str, exact: f64) -> Measure {
    (format!("/roles/0/numbers/{id}"), 1.0, exact)
}

pub(crate) fn time(id: &str, exact: f64) -> Measure {
    (format!("/roles/0/numbers/{id}"), HOURS, exact)
}

pub(crate) fn at(place: &str, exact: f64) -> Measure {
    (place.to_owned(), 1.0, exact)
}

pub(crate) fn model(name: &str) -> Model {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/it/families/{name}.json"));
    let source = Source::read(&path, LARGEST_FILE).expect("the case's file can be read");
    match load(&source, &Overlay::default()) {
        Ok(scenario) => {
            // some cases are about full rooms and about what grows
            let unmeant = |of: &&Diagnostic| of.code != "too-much-work";
            assert_eq!(scenario.warnings.iter().find(unmeant), None, "{name}");
            scenario.model
        }
        Err(problems) => panic!("{}", render(&source, &problems, false)),
    }
}

pub(crate) fn results(model: &Model) -> Value {
    let stop = AtomicBool::new(false);
    let options = Options::plain(2, &stop);
    results_json(&run(model, &options), &Provenance::default())
}

/// How many standard errors off, and whether precise enough.
fn judge(results: &Value, (place, scale, exact): &Measure, tolerance: f64) -> (f64, f64, bool) {
    let of = results["designs"][0].pointer(place).unwrap_or_else(|| panic!("no {place}"));
    let read = |key: &str| of[key].as_f64().unwrap_or_else(|| panic!("{place}: {of}"));
    let (mean, half) = (read("mean") * scale, read("half_width") * scale);
    let error = half / student_t_quantile(0.975, read("n") - 1.0);
    let share = ["wait_positive", "rejected", "abandoned", "share", "within", "empty"];
    let is_share = share.iter().any(|word| place.contains(word));
    let allowed = if is_share && *exact < 0.2 { 0.004 } else { tolerance * exact };
    (mean, (mean - exact) / error, half <= allowed)
}

pub(crate) fn check(name: &str, tolerance: f64, measures: &[Measure]) {
    let mut model = model(name);
    let mut last = results(&model);
    let off = |results: &Value| -> Vec<String> {
        let judged = measures.iter().map(|measure| (measure, judge(results, measure, tolerance)));
        judged
            .filter(|(_, (_, z, precise))| !precise || z.is_nan() || 3.5 < z.abs())
            .map(|((place, _, exact), (mean, z, precise))| {
                format!("{place}: {mean} against {exact}, z {z:.2}, precise enough: {precise}")
            })
            .collect()
    };
    if !off(&last).is_empty() {
        model.study.seed += 1000;
        model.study.replications *= 4;
        last = results(&model);
    }
    let misses = off(&last);
    assert!(misses.is_empty(), "{name}:\n{}", misses.join("\n"));
}

fn law(made: Result<Law, orgsim::draws::LawError>) -> Law {
    made.expect("sound parameters")
}

#[test]
fn renewal_arrivals() {
    let gaps = law(Law::erlang(2, 25.0 / 60.0));
    let queue = RenewalQueue::new(&gaps, 1.0, 3).unwrap();
    check(
        "e2_m_3",
        0.04,
        &[
            time("wait_mean", queue.wait_mean()),
            number("wait_positive", queue.wait_probability()),
            number("queue_mean", queue.queue_mean()),
            (String::from("/roles/0/wait_minutes/sd"), HOURS, queue.wait_standard_deviation()),
            (String::from("/roles/0/wait_minutes/quantiles/p90"), HOURS, queue.wait_quantile(0.9)),
        ],
    );
    let queue = RenewalQueue::new(&law(Law::hyperexponential_balanced(2.0, 2.0)), 1.0, 1).unwrap();
    check(
        "h2_m_1",
        0.04,
        &[
            time("wait_mean", queue.wait_mean()),
            number("wait_positive", queue.wait_probability()),
            number("number_mean", queue.number_mean()),
        ],
    );
}

#[test]
fn several_servers_whose_work_is_not_exponential() {
    // balanced means: share·mean of each branch is half the mean
    let root = ((1.8f64 * 1.8 - 1.0) / (1.8 * 1.8 + 1.0)).sqrt();
    let (short, long) = ((1.0 + root) / 2.0, (1.0 - root) / 2.0);
    let queue = two_kinds_of_service(2.1, short, (2.0 * short, 2.0 * long), 3).unwrap();
    check(
        "m_h2_3",
        0.05,
        &[
            time("wait_mean", queue.wait_mean()),
            number("wait_positive", queue.wait_probability),
            number("number_mean", queue.number_mean()),
        ],
    );
    let queue = ConstantService::new(3.2, 1.0, 4).unwrap();
    check(
        "m_d_4",
        0.04,
        &[
            time("wait_mean", queue.wait_mean()),
            number("wait_positive", queue.wait_probability()),
            at("/roles/0/wait_minutes/within/0/share", queue.wait_at_most(0.25)),
            at("/roles/0/wait_minutes/within/1/share", queue.wait_at_most(1.0)),
            (String::from("/roles/0/wait_minutes/sd"), HOURS, queue.wait_standard_deviation()),
        ],
    );
}

#[test]
fn batches() {
    let queue = batch_arrivals(0.6, &[0.6, 0.0, 0.0, 0.4], 1.0, 2).unwrap();
    check(
        "m_x_m_2",
        0.05,
        &[
            number("arrivals_per_hour", queue.arrival_rate),
            time("wait_mean", queue.wait_mean()),
            number("wait_positive", queue.wait_probability),
            number("number_mean", queue.number_mean()),
        ],
    );
    let threes = batch_arrivals(0.2, &[0.0, 0.0, 1.0], 1.0, 1).unwrap();
    check(
        "m_3_m_1",
        0.05,
        &[time("wait_mean", threes.wait_mean()), number("wait_positive", threes.wait_probability)],
    );
}

#[test]
fn rates_that_change_by_themselves() {
    let changes = [vec![0.0, 0.2, 0.0], vec![0.1, 0.0, 0.1], vec![0.0, 0.4, 0.0]];
    let queue = modulated_arrivals(&[0.2, 0.7, 1.6], &changes, 1.0, 1).unwrap();
    check(
        "mmpp_m_1",
        0.06,
        &[
            number("arrivals_per_hour", queue.arrival_rate),
            time("wait_mean", queue.wait_mean()),
            number("wait_positive", queue.wait_probability),
            number("number_mean", queue.number_mean()),
        ],
    );
}

#[test]
fn a_limited_number_of_customers() {
    let shop = FiniteSource::new(6, 3.0, 1.0, 2);
    // who runs a uniform time finds the queue of exponential running times
    check(
        "repair",
        0.02,
        &[
            number("number_mean", shop.number_mean()),
            number("throughput_per_hour", shop.throughput()),
            number("utilization", shop.utilization()),
            time("wait_mean", shop.wait_mean()),
            number("wait_positive", shop.wait_probability()),
            at("/roles/0/number_shares_measured/0", shop.number_share(0)),
            at("/roles/0/number_shares_measured/4", shop.number_share(4)),
        ],
    );
}

#[test]
fn customers_who_try_again() {
    let orbit = Orbit {
        arrival_rate: 2.5,
        service_rate: 1.0,
        servers: 3,
        room: 5,
        leaving_rate: 0.0,
        retry_rate: 1.0 / 1.5,
        after_turned_away: 0.7,
        after_leaving: 0.0,
    };
    let numbers = orbit.numbers();
    check(
        "retrials",
        0.05,
        &[
            at("/inquiries_between_roles", numbers.orbit_mean),
            number("rejected", numbers.turned_away),
            number("came_per_hour", numbers.attempt_rate),
            number("in_service_mean", numbers.busy_mean),
            number("queue_mean", numbers.queue_mean),
        ],
    );
    let redials = Orbit {
        arrival_rate: 4.0,
        servers: 4,
        room: 45,
        leaving_rate: 1.0,
        retry_rate: 0.5,
        after_turned_away: 0.0,
        after_leaving: 0.6,
        ..orbit
    };
    let numbers = redials.numbers();
    check(
        "redials",
        0.04,
        &[
            at("/inquiries_between_roles", numbers.orbit_mean),
            number("abandoned_per_hour", numbers.leaving_rate),
            number("came_per_hour", numbers.attempt_rate),
            number("queue_mean", numbers.queue_mean),
            number("in_service_mean", numbers.busy_mean),
        ],
    );
}

/// Mean, and mean number in service of `servers`, of a distribution.
fn means(shares: &[f64], servers: usize) -> (f64, f64) {
    let mean = |of: &dyn Fn(usize) -> f64| shares.iter().enumerate().map(|(n, p)| of(n) * p).sum();
    (mean(&|n| n as f64), mean(&|n| n.min(servers) as f64))
}

#[test]
fn rates_that_follow_a_smooth_cycle() {
    let rate = |t: f64| 2.0 * (1.0 + 0.6 * (std::f64::consts::TAU * (t - 3.0) / 12.0).cos());
    let mut shares = vec![0.0; 80];
    shares[0] = 1.0;
    let mut measures = Vec::new();
    let mut now = 0.0;
    for (i, hour) in [2.0, 5.0, 8.0, 11.0].into_iter().enumerate() {
        let then = 120.0 + hour;
        shares = birth_death(&shares, |t, _| rate(t), |_, n| n.min(3) as f64, now, then);
        now = then;
        let (number, busy) = means(&shares, 3);
        measures.push(at(&format!("/observed/{i}/0/number"), number));
        measures.push(at(&format!("/observed/{i}/0/busy"), busy));
        measures.push(at(&format!("/observed/{i}/0/empty"), shares[0]));
    }
    check("sinusoid", 0.06, &measures);
    let line = |t: f64| {
        let hour = t.rem_euclid(24.0);
        let points = [(0.0, 0.2), (9.0, 2.0), (15.0, 1.0), (24.0, 0.2)];
        let next = points.iter().position(|&(at, _)| hour < at).unwrap();
        let ((from, low), (to, high)) = (points[next - 1], points[next]);
        10.0 * (low + (high - low) * (hour - from) / (to - from))
    };
    let sigma = (1.0f64 + 1.5 * 1.5).ln().sqrt();
    let median = 3.0 / (1.0f64 + 1.5 * 1.5).sqrt();
    let survival = |age: f64| {
        if age <= 0.0 { 1.0 } else { orgsim::draws::normal_cdf(-(age / median).ln() / sigma) }
    };
    let periodic = |hour: f64| infinite_servers_mean(line, survival, hour - 480.0, hour);
    let measures: Vec<Measure> = [4.0, 10.0, 20.0]
        .into_iter()
        .enumerate()
        .map(|(i, hour)| at(&format!("/observed/{i}/0/number"), periodic(hour)))
        .collect();
    check("line", 0.03, &measures);
}

#[test]
fn transients_from_empty_and_from_a_backlog() {
    let after = |start: usize, rate: f64, servers: usize, hours: f64| {
        let mut shares = vec![0.0; 150];
        shares[start] = 1.0;
        birth_death(&shares, |_, _| rate, |_, n| n.min(servers) as f64, 0.0, hours)
    };
    let mut measures = Vec::new();
    for (i, hours) in [5.0, 12.0, 24.0].into_iter().enumerate() {
        let shares = after(15, 1.2, 2, hours);
        let (number, busy) = means(&shares, 2);
        measures.push(at(&format!("/observed/{i}/0/number"), number));
        measures.push(at(&format!("/observed/{i}/0/busy"), busy));
    }
    check("backlog", 0.05, &measures);
    let shares = after(0, 1.1, 1, 10.0);
    let squares: f64 = shares.iter().enumerate().map(|(n, p)| (n * n) as f64 * p).sum();
    check(
        "transient",
        0.06,
        &[
            at("/observed/0/0/number", means(&shares, 1).0),
            at("/observed/0/0/empty", shares[0]),
            at("/observed/0/0/number_squares", squares),
            at("/observed/0/0/numbers/shares_measured/1", shares[1]),
            at("/observed/0/0/numbers/shares_measured/7", shares[7]),
        ],
    );
}

#[test]
fn limited_rooms() {
    check("m_g_3_3", 0.03, &[number("rejected", erlang_b(3, 2.0))]);
    let full = FiniteQueue::new(2.4, 1.0, 2, 6);
    // P(n) ∝ 2.4ⁿ/(n! or 2·2ⁿ⁻²)
    let terms = [1.0, 2.4, 2.88, 3.456, 4.1472, 4.97664, 5.971968];
    let total: f64 = terms.iter().sum();
    let mut measures = vec![
        number("rejected", full.blocked_probability()),
        number("queue_mean", full.queue_mean()),
        time("wait_mean", full.wait_mean()),
        number("throughput_per_hour", full.throughput()),
    ];
    for (n, term) in terms.iter().enumerate() {
        measures.push(at(&format!("/roles/0/number_shares_measured/{n}"), term / total));
        measures.push(at(&format!("/number_inside/shares_measured/{n}"), term / total));
        if 2 < n {
            let waiting = format!("/roles/0/waiting/shares_measured/{}", n - 2);
            measures.push(at(&waiting, term / total));
        }
    }
    let moment = |power: i32| -> f64 {
        (3..7).map(|n| f64::from(n - 2).powi(power) * terms[n as usize] / total).sum()
    };
    measures.push(at("/roles/0/waiting/sd", (moment(2) - moment(1).powi(2)).sqrt()));
    check("m_m_2_6", 0.03, &measures);
}

#[test]
fn priorities_with_preemption_and_at_several_servers() {
    let class = |mean: f64| PriorityClass {
        arrival_rate: 0.3,
        service: Service { mean, second_moment: 2.0 * mean * mean, third_moment: None },
    };
    let times = preemptive_resume(&[class(1.0), class(1.5)]);
    let inside = |topic: &str, class: usize| {
        let exact = times[class].unwrap().time_mean;
        (format!("/roles/0/topics/{topic}/inside_mean"), HOURS, exact)
    };
    check("preemption", 0.05, &[inside("first", 0), inside("second", 1)]);
    // Cobham 1954 at c servers with one rate: C/(cμ) ÷ ((1 − σ₁)(1 − σ₂))
    let base = erlang_c(3, 2.4) / 3.0;
    let wait =
        |topic: &str, exact: f64| (format!("/roles/0/topics/{topic}/wait_mean"), HOURS, exact);
    check(
        "priorities_m_m_3",
        0.06,
        &[wait("first", base / 0.6), wait("second", base / (0.6 * 0.2))],
    );
}

#[test]
fn the_time_through_a_tandem() {
    let rates = [1.0 - 0.6, 60.0 / 45.0 - 0.6];
    let within = |i: usize, t: f64| {
        at(
            &format!("/minutes_inside_spread/within/{i}/share"),
            1.0 - tandem_time_exceeds(&rates, t),
        )
    };
    let variance: f64 = rates.iter().map(|rate| 1.0 / (rate * rate)).sum();
    // the product form: two independent geometric numbers
    let inside = |n: i32| {
        let share: f64 = (0..=n).map(|k| 0.6f64.powi(k) * 0.45f64.powi(n - k)).sum();
        at(&format!("/number_inside/shares_measured/{n}"), 0.4 * 0.55 * share)
    };
    let spread = (0.6 / (0.4 * 0.4) + 0.45f64 / (0.55 * 0.55)).sqrt();
    check(
        "tandem",
        0.04,
        &[
            inside(0),
            inside(1),
            inside(4),
            at("/number_inside/sd", spread),
            (String::from("/total_wait_minutes/mean"), HOURS, 0.6 / rates[0] + 0.45 / rates[1]),
            (String::from("/minutes_inside"), HOURS, 1.0 / rates[0] + 1.0 / rates[1]),
            (String::from("/minutes_inside_spread/sd"), HOURS, variance.sqrt()),
            within(0, 2.0),
            within(1, 6.0),
        ],
    );
}

#[test]
fn waits_of_all_and_shares_of_all_who_came() {
    // exact values of the validation case of Erlang A
    check(
        "erlang_a",
        0.03,
        &[
            time("wait_all_mean", 0.2078264247),
            time("abandoned_wait_mean", 0.2789283594),
            number("abandoned_per_hour", 1.039132123),
            at("/roles/0/served_within_of_all/0/share", 0.4808851232),
            at("/roles/0/served_within_of_all/1/share", 0.7681323992),
            at("/roles/0/wait_all_minutes/within/0/share", 1.0 - 0.4913965259),
            at("/roles/0/wait_all_minutes/within/1/share", 1.0 - 0.1451431557),
            (String::from("/total_wait_minutes/mean"), HOURS, 0.2078264247),
            at("/total_wait_minutes/within/0/share", 1.0 - 0.4913965259),
            at("/total_wait_minutes/within/1/share", 1.0 - 0.1451431557),
        ],
    );
}

#[test]
fn contacts_of_an_inquiry() {
    let desk = ManyServers::new(2.0 / 0.75, 1.0, 4).unwrap();
    check(
        "feedback",
        0.03,
        &[
            number("number_mean", desk.number_mean()),
            at("/inquiries_between_roles", 0.25 * 2.0 / 0.75 * 10.0),
            at("/inquiries_left_per_hour", 2.0),
            at("/visits_per_inquiry/mean", 4.0 / 3.0),
            at("/visits_per_inquiry/sd", (4.0f64 / 9.0).sqrt()),
            at("/visits_per_inquiry/shares/1", 0.75),
            at("/visits_per_inquiry/shares/4", 0.25f64.powi(3) * 0.75),
        ],
    );
}

#[test]
fn each_class_of_customers_has_its_own_numbers() {
    // birth and death with rate min(n, 4) + (n − 4)⁺, room for seven
    let (mut terms, mut term) = (vec![1.0], 1.0);
    for n in 1..=7 {
        term *= 5.0 / f64::from(n);
        terms.push(term);
    }
    let total: f64 = terms.iter().sum();
    let share = |n: usize| terms[n] / total;
    let blocked = share(7);
    let queue: f64 = (5..=7).map(|n| (n - 4) as f64 * share(n)).sum();
    let number: f64 = (0..=7).map(|n| n as f64 * share(n)).sum();
    let waits: f64 = (4..7).map(share).sum::<f64>() / (1.0 - blocked);
    let of = |id: &str, exact: f64| at(&format!("/roles/0/topics/first/{id}"), exact);
    check(
        "two_classes",
        0.04,
        &[
            of("rejected", blocked),
            of("abandoned", queue / (5.0 * (1.0 - blocked))),
            of("wait_positive", waits),
            of("queue_mean", 0.3 * queue),
            of("number_mean", 0.3 * number),
            of("throughput_per_hour", 0.3 * (number - queue)),
        ],
    );
}
