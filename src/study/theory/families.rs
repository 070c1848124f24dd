//! The families of queues that theory answers exactly, one small function each.

use crate::draws::LawForm;
use crate::stats::queueing::{
    ConstantService, FiniteQueue, FiniteSource, ImpatientQueue, ManyServers, Orbit, PriorityClass,
    QueueNumbers, RenewalQueue, Service, SingleServer, batch_arrivals, erlang_b,
    modulated_arrivals, non_preemptive, non_preemptive_alike, preemptive_resume,
    two_kinds_of_service,
};

use super::customers::{Again, Coming};
use super::desk::{Class, Desk, Special};
use super::{Foretold, ForetoldClass};

/// Each tells what it knows of a desk, `None` if the desk is of another family or grows without end.
pub(super) const FAMILIES: [fn(&Desk) -> Option<Foretold>; 15] = [
    infinite,
    exponential,
    constant,
    single,
    two_kinds,
    impatient,
    loss,
    limited_room,
    returns,
    batches,
    gaps,
    modulated,
    members,
    urgency,
    tasks,
];

/// People up to whom constant service is worth its sums.
const MOST_CONSTANT: u32 = 200;
/// People up to whom two kinds of service, and rates that change by themselves, are worth solving a chain.
const MOST_IN_CHAINS: u32 = 10;
/// People up to whom the sums over independent gaps keep their digits.
const MOST_WITH_GAPS: u32 = 50;
/// Mean number waiting up to which their states are summed.
const MOST_WAITING: f64 = 1e7;
/// Places up to which a limited house is summed.
const MOST_PLACES: u32 = 1_000_000;
/// People up to whom customers who come again are worth solving a chain, and customers up to whom, meaning to come again.
const MOST_WITH_RETURNS: u32 = 20;
const MOST_AWAY: f64 = 200.0;
/// Customers who may wait at once up to whom such a chain is solved, and multiplications that it may take.
const MOST_WAITING_WITH_RETURNS: u32 = 60;
const MOST_STEPS: f64 = 5e8;
/// Load up to which chains without end are cut.
const MOST_LOADED: f64 = 0.99;

/// M/G/∞: nobody waits, so that nothing about waiting matters.
fn infinite(desk: &Desk) -> Option<Foretold> {
    (desk.people.is_none() && !desk.special.contains(&Special::Arrivals))
        .then(|| waiting(desk, "M/G/∞".into(), 0.0, 0.0))
}

/// M/M/c.
fn exponential(desk: &Desk) -> Option<Foretold> {
    let (people, mean) = desk.exponential().filter(|_| desk.special.is_empty())?;
    let queue = ManyServers::new(desk.rate, 1.0 / mean, people)?;
    Some(waiting(desk, format!("M/M/{people}"), queue.wait_mean(), queue.wait_probability()))
}

/// M/D/c.
fn constant(desk: &Desk) -> Option<Foretold> {
    let people = desk.people.filter(|&of| desk.special.is_empty() && of <= MOST_CONSTANT)?;
    let LawForm::Constant(length) = desk.law.form() else { return None };
    let queue = ConstantService::new(desk.rate, length, people)?;
    Some(waiting(desk, format!("M/D/{people}"), queue.wait_mean(), queue.wait_probability()))
}

/// M/G/1.
fn single(desk: &Desk) -> Option<Foretold> {
    if !desk.special.is_empty() || desk.people != Some(1) {
        return None;
    }
    let queue = SingleServer::new(desk.rate, Service::of(&desk.law)?)?;
    Some(waiting(desk, "M/G/1".into(), queue.wait_mean(), queue.utilization()))
}

/// M/H₂/c.
fn two_kinds(desk: &Desk) -> Option<Foretold> {
    let people = desk.people.filter(|&of| desk.special.is_empty() && of <= MOST_IN_CHAINS)?;
    let LawForm::Mixture(parts) = desk.law.form() else { return None };
    let [(share, first), (_, second)] = parts.as_slice() else { return None };
    let (LawForm::Exponential(first), LawForm::Exponential(second)) = (first.form(), second.form())
    else {
        return None;
    };
    if MOST_LOADED * f64::from(people) < desk.rate * desk.law.mean() {
        return None;
    }
    let rates = (1.0 / first, 1.0 / second);
    let queue = two_kinds_of_service(desk.rate, *share, rates, people)?;
    Some(waiting(desk, format!("M/H2/{people}"), queue.wait_mean(), queue.wait_probability))
}

/// M/M/c + M, Erlang A.
fn impatient(desk: &Desk) -> Option<Foretold> {
    let (people, mean) = desk.exponential().filter(|_| desk.special == [Special::Patience])?;
    let (patience, surplus) = (desk.patience?, desk.rate - f64::from(people) / mean);
    if MOST_WAITING < surplus * patience {
        return None;
    }
    let queue = ImpatientQueue::new(desk.rate, 1.0 / mean, people, patience);
    Some(Foretold {
        queue_mean: queue.queue_mean(),
        number_mean: queue.number_mean(),
        utilization: Some(queue.utilization()),
        abandoned: Some(queue.abandon_probability()),
        ..waiting(desk, format!("M/M/{people}+M"), queue.wait_mean(), queue.wait_probability())
    })
}

/// M/G/c/c, Erlang's loss system.
fn loss(desk: &Desk) -> Option<Foretold> {
    let people = desk.people.filter(|_| desk.special == [Special::Room])?;
    if desk.room != Some(0) {
        return None;
    }
    let load = desk.rate * desk.law.mean();
    let blocked = erlang_b(people, load);
    let busy = load * (1.0 - blocked);
    let kind = if desk.exponential().is_some() { "M" } else { "G" };
    Some(Foretold {
        number_mean: busy,
        utilization: Some(busy / f64::from(people)),
        rejected: Some(blocked),
        ..waiting(desk, format!("M/{kind}/{people}/{people}"), 0.0, 0.0)
    })
}

/// M/M/c/K, and with impatient customers M/M/c/K+M.
fn limited_room(desk: &Desk) -> Option<Foretold> {
    let impatient = desk.special == [Special::Patience, Special::Room];
    let (people, mean) =
        desk.exponential().filter(|_| impatient || desk.special == [Special::Room])?;
    let places = people.checked_add(desk.room?).filter(|&places| places <= MOST_PLACES)?;
    let (rate, model) = (1.0 / mean, format!("M/M/{people}/{places}"));
    let (queue, model) = match desk.patience {
        Some(patience) => (
            FiniteQueue::with_patience(desk.rate, rate, people, places, patience),
            format!("{model}+M"),
        ),
        None => (FiniteQueue::new(desk.rate, rate, people, places), model),
    };
    Some(Foretold {
        queue_mean: queue.queue_mean(),
        number_mean: queue.number_mean(),
        utilization: Some(queue.utilization()),
        rejected: Some(queue.blocked_probability()),
        abandoned: impatient.then(|| queue.abandon_probability()),
        ..waiting(desk, model, queue.wait_mean(), queue.wait_probability())
    })
}

/// M/M/c/K with retrials of those who were turned away, M/M/c+M with redials of those who gave up, and both.
fn returns(desk: &Desk) -> Option<Foretold> {
    const KNOWN: [Special; 3] = [Special::Patience, Special::Room, Special::Returns];
    let only = desk.special.contains(&Special::Returns)
        && desk.special.iter().all(|special| KNOWN.contains(special));
    let (people, mean) = desk.exponential().filter(|&(of, _)| only && of <= MOST_WITH_RETURNS)?;
    let (refused, left) = (desk.again, desk.redial);
    let after = refused.or(left)?.after;
    let share = |of: Option<Again>| of.map_or(0.0, |of| of.share);
    if [refused, left].into_iter().flatten().any(|of| of.after.total_cmp(&after).is_ne()) {
        return None;
    }
    // who comes as often as can be comes after each attempt with the larger share; where everybody comes until served,
    // at most so many mean to as of one server
    let (busy, largest) = (desk.rate * mean / f64::from(people), share(refused).max(share(left)));
    let attempts = if largest < 1.0 {
        desk.rate / (1.0 - largest)
    } else {
        (desk.rate + busy / after) / (1.0 - busy).max(1e-9)
    };
    let orbit = attempts * after * largest;
    let waiting_at_most = match (desk.room, desk.patience) {
        (Some(room), _) => room,
        (None, Some(patience)) => enough(attempts, people, mean, patience)?,
        (None, None) => return None,
    };
    // far above the mean number away its probabilities fall by a factor each
    let (levels, places) = (64.0 + 60.0 * orbit, f64::from(people + waiting_at_most + 1));
    let endless = MOST_AWAY < orbit || MOST_WAITING_WITH_RETURNS < waiting_at_most;
    if endless || MOST_STEPS < levels * places.powi(3) {
        return None;
    }
    let numbers = Orbit {
        arrival_rate: desk.rate,
        service_rate: 1.0 / mean,
        servers: people,
        room: people + waiting_at_most,
        leaving_rate: desk.patience.map_or(0.0, |patience| 1.0 / patience),
        retry_rate: 1.0 / after,
        after_turned_away: share(refused),
        after_leaving: share(left),
    }
    .numbers();
    let joined = numbers.attempt_rate * (1.0 - numbers.turned_away);
    let ways = match (refused.is_some(), left.is_some()) {
        (true, true) => "retrials and redials",
        (true, false) => "retrials",
        (false, _) => "redials",
    };
    let places = desk.room.map_or_else(String::new, |room| format!("/{}", people + room));
    let patience = if desk.patience.is_some() { "+M" } else { "" };
    let model = format!("M/M/{people}{places}{patience} with {ways}");
    Some(Foretold {
        queue_mean: numbers.queue_mean,
        number_mean: numbers.queue_mean + numbers.busy_mean,
        utilization: Some(numbers.busy_mean / f64::from(people)),
        rejected: desk.room.map(|_| numbers.turned_away),
        abandoned: desk.patience.map(|_| numbers.leaving_rate / joined),
        ..waiting(
            desk,
            model,
            numbers.queue_mean / joined,
            numbers.waits / (1.0 - numbers.turned_away),
        )
    })
}

/// So many who wait that hardly ever more do, however often customers come again.
fn enough(attempts: f64, people: u32, mean: f64, patience: f64) -> Option<u32> {
    let served = f64::from(people) / mean;
    let (mut term, mut waiting) = (1.0, 0);
    while 1e-13 < term {
        waiting += 1;
        term *= attempts / (served + f64::from(waiting) / patience);
        if MOST_WAITING_WITH_RETURNS < waiting || term > 1e13 {
            return None;
        }
    }
    Some(waiting)
}

/// Mˣ/M/c.
fn batches(desk: &Desk) -> Option<Foretold> {
    let (people, mean) = desk.exponential().filter(|_| desk.special == [Special::Arrivals])?;
    let Coming::Batches { rate, sizes } = &desk.coming else { return None };
    if MOST_LOADED * f64::from(people) < desk.rate * mean {
        return None;
    }
    let queue = batch_arrivals(*rate, sizes, 1.0 / mean, people)?;
    Some(chain(desk, format!("M[X]/M/{people}"), &queue))
}

/// GI/M/c.
fn gaps(desk: &Desk) -> Option<Foretold> {
    let (people, mean) = desk.exponential().filter(|_| desk.special == [Special::Arrivals])?;
    let Coming::Gaps(law) = &desk.coming else { return None };
    if law.mean() <= 0.0 || MOST_WITH_GAPS < people {
        return None;
    }
    let kind = if matches!(law.form(), LawForm::Constant(_)) { "D" } else { "GI" };
    let queue = RenewalQueue::new(law, 1.0 / mean, people)?;
    let model = format!("{kind}/M/{people}");
    Some(waiting(desk, model, queue.wait_mean(), queue.wait_probability()))
}

/// MMPP/M/c.
fn modulated(desk: &Desk) -> Option<Foretold> {
    let (people, mean) = desk.exponential().filter(|_| desk.special == [Special::Arrivals])?;
    let Coming::States { rates, changes } = &desk.coming else { return None };
    if MOST_IN_CHAINS < people || MOST_LOADED * f64::from(people) < desk.rate * mean {
        return None;
    }
    let queue = modulated_arrivals(rates, changes, 1.0 / mean, people)?;
    Some(chain(desk, format!("MMPP/M/{people}"), &queue))
}

/// M/M/c//N, machine repair.
fn members(desk: &Desk) -> Option<Foretold> {
    let (people, mean) = desk.exponential().filter(|_| desk.special == [Special::Arrivals])?;
    let Coming::Members(members) = &desk.coming else { return None };
    if MOST_PLACES < members.count {
        return None;
    }
    let queue = FiniteSource::new(members.count, members.away.mean(), 1.0 / mean, people);
    let model = format!("M/M/{people}//{}", members.count);
    Some(Foretold {
        queue_mean: queue.queue_mean(),
        number_mean: queue.number_mean(),
        utilization: Some(queue.utilization()),
        ..waiting(desk, model, queue.wait_mean(), queue.wait_probability())
    })
}

/// M/G/1 and M/M/c with classes of urgency.
fn urgency(desk: &Desk) -> Option<Foretold> {
    let people = desk.people.filter(|_| desk.special == [Special::Urgency])?;
    let (model, classes) = match (people, desk.preemptive) {
        (1, true) => ("interrupting priorities", interrupting(&desk.classes)?),
        (1, false) => ("priorities", in_order(&desk.classes)?),
        (_, false) => ("priorities", alike(desk, people)?),
        (_, true) => return None,
    };
    let kind = if desk.exponential().is_some() { "M" } else { "G" };
    let over_all = |of: fn(&ForetoldClass) -> f64| -> f64 {
        let of = |(class, told): (&Class, &ForetoldClass)| class.rate * of(told);
        desk.classes.iter().zip(&classes).map(of).sum::<f64>() / desk.rate
    };
    let (wait_mean, wait_positive) =
        (over_all(|class| class.wait_mean), over_all(|class| class.wait_positive));
    let number_mean: f64 = classes.iter().map(|class| class.number_mean).sum();
    Some(Foretold {
        queue_mean: number_mean - desk.rate * desk.law.mean(),
        number_mean,
        classes,
        ..waiting(desk, format!("M/{kind}/{people} with {model}"), wait_mean, wait_positive)
    })
}

/// One server, work once begun is finished (Cobham).
fn in_order(classes: &[Class]) -> Option<Vec<ForetoldClass>> {
    let moments = moments(classes)?;
    let times = non_preemptive(&moments)?;
    let busy: f64 = moments.iter().map(|of| of.arrival_rate * of.service.mean).sum();
    let told = classes.iter().zip(times).map(|(class, times)| ForetoldClass {
        topics: class.topics.clone(),
        wait_mean: times.wait_mean,
        wait_positive: busy,
        number_mean: class.rate * times.time_mean,
    });
    Some(told.collect())
}

/// One server, the more urgent stop the less urgent. What a class meets is what it and those above it bring: it waits
/// for its first start while any of that is there.
fn interrupting(classes: &[Class]) -> Option<Vec<ForetoldClass>> {
    let mut above = 0.0;
    let moments = moments(classes)?;
    let told = classes.iter().zip(preemptive_resume(&moments)).map(|(class, times)| {
        let (times, mean) = (times?, class.law.mean());
        let wait_mean = times.time_mean - mean / (1.0 - above);
        above += class.rate * mean;
        Some(ForetoldClass {
            topics: class.topics.clone(),
            wait_mean,
            wait_positive: above,
            number_mean: class.rate * times.time_mean,
        })
    });
    told.collect()
}

/// Several servers, one exponential law for all classes.
fn alike(desk: &Desk, people: u32) -> Option<Vec<ForetoldClass>> {
    let (_, mean) = desk.exponential()?;
    let rates: Vec<f64> = desk.classes.iter().map(|class| class.rate).collect();
    let times = non_preemptive_alike(&rates, 1.0 / mean, people)?;
    let wait_positive = ManyServers::new(desk.rate, 1.0 / mean, people)?.wait_probability();
    let told = desk.classes.iter().zip(times).map(|(class, times)| ForetoldClass {
        topics: class.topics.clone(),
        wait_mean: times.wait_mean,
        wait_positive,
        number_mean: class.rate * times.time_mean,
    });
    Some(told.collect())
}

fn moments(classes: &[Class]) -> Option<Vec<PriorityClass>> {
    let of = |class: &Class| {
        Some(PriorityClass { arrival_rate: class.rate, service: Service::of(&class.law)? })
    };
    classes.iter().map(of).collect()
}

/// M/G/1 with vacations: tasks without end that customers do not stop.
fn tasks(desk: &Desk) -> Option<Foretold> {
    if desk.special != [Special::Tasks] || desk.people != Some(1) {
        return None;
    }
    let queue = SingleServer::new(desk.rate, Service::of(&desk.law)?)?;
    let wait_mean = queue.wait_mean_with_background(Service::of(desk.task.as_ref()?)?);
    Some(waiting(desk, "M/G/1 with vacations".into(), wait_mean, 1.0))
}

/// A queue that everybody leaves served, by Little's law.
fn waiting(desk: &Desk, model: String, wait_mean: f64, wait_positive: f64) -> Foretold {
    let load = desk.rate * desk.law.mean();
    Foretold {
        model,
        wait_mean,
        wait_positive,
        queue_mean: desk.rate * wait_mean,
        number_mean: desk.rate * wait_mean + load,
        utilization: desk.people.map(|people| load / f64::from(people)),
        rejected: None,
        abandoned: None,
        classes: Vec::new(),
    }
}

/// The numbers of a chain that was solved.
fn chain(desk: &Desk, model: String, queue: &QueueNumbers) -> Foretold {
    Foretold {
        queue_mean: queue.queue_mean,
        number_mean: queue.number_mean(),
        ..waiting(desk, model, queue.wait_mean(), queue.wait_probability)
    }
}
