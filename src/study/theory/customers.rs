//! How customers come and how long they wait, in the words of theory.

use crate::draws::{Law, LawForm};
use crate::model::{
    Arrivals, Batches, ChannelId, Filter, From, Link, LinkKind, Members, Modulation, Organization,
    Patience, PatienceLaw, PatienceScope, Retry, Stream, StreamKind, TopicPatience, World,
};

/// What customers do, as far as theory minds.
pub(super) struct Customers {
    /// When they come.
    pub(super) coming: Coming,
    /// Mean minutes for which they wait in a queue, exponential; `None` for as long as it takes.
    pub(super) patience: Option<f64>,
    /// What they do who are turned away; `None`: go for good.
    pub(super) again: Option<Again>,
    /// What they do whose patience ends in a queue; `None`: go for good.
    pub(super) redial: Option<Again>,
}

/// Customers who come again to the desk where they got nowhere.
#[derive(Debug, Clone, Copy)]
pub(super) struct Again {
    /// Probability, each time.
    pub(super) share: f64,
    /// Mean minutes until then, exponential.
    pub(super) after: f64,
}

/// When customers come. Rates are per minute, times in minutes.
#[derive(Debug, Clone)]
pub(super) enum Coming {
    /// One at a time, as Poisson streams.
    Poisson,
    /// Poisson, several at once: `sizes[k]` is the probability of k + 1.
    Batches {
        /// Batches.
        rate: f64,
        /// Probabilities.
        sizes: Vec<f64>,
    },
    /// One at a time with independent gaps of this law.
    Gaps(Law),
    /// Poisson at the rate of a state.
    States {
        /// By state.
        rates: Vec<f64>,
        /// `changes[i][j]` from state i to j.
        changes: Vec<Vec<f64>>,
    },
    /// A limited number of customers.
    Members(Members),
}

/// Most sizes of a batch that are told apart.
const MOST_SIZES: usize = 500;
/// Most states of a rate.
const MOST_STATES: usize = 10;

/// `None` if they do what theory does not know.
pub(super) fn customers(world: &World, organization: &Organization) -> Option<Customers> {
    let behavior = &world.behavior;
    let only_wait = behavior.deadline.is_none() && world.mood.is_none();
    let inquire = |of: &Stream| of.kind == StreamKind::Inquiries && of.crowd.is_none();
    if !only_wait || !world.streams.iter().all(inquire) {
        return None;
    }
    let patience = match &behavior.patience {
        None => None,
        Some(patience) => Some(exponential(patience)?),
    };
    let comes_again = |retry: &Option<Retry>| match retry {
        None => Some(None),
        Some(retry) => again(retry).map(Some),
    };
    Some(Customers {
        coming: coming(world, organization)?,
        patience,
        again: comes_again(&behavior.turned_away)?,
        redial: comes_again(&behavior.left_queue)?,
    })
}

/// Attempts without end after exponential times.
fn again(retry: &Retry) -> Option<Again> {
    let LawForm::Exponential(after) = retry.after.form() else { return None };
    retry.at_most.is_none().then_some(Again { share: retry.share, after })
}

/// Mean patience if it is exponential, the same for all, and runs in the queue.
fn exponential(patience: &Patience) -> Option<f64> {
    let alike = patience.by_topic.iter().all(|of| matches!(of, TopicPatience::AsAll));
    let PatienceLaw::Own(law) = &patience.law else { return None };
    let LawForm::Exponential(mean) = law.form() else { return None };
    let of_theory = alike && patience.scope == PatienceScope::Queue && patience.silent <= 0.0;
    (of_theory && 0.0 < mean).then_some(mean)
}

fn coming(world: &World, organization: &Organization) -> Option<Coming> {
    let streams = &world.streams;
    if streams.iter().all(|stream| constant(stream).is_some() && stream.batches.is_none()) {
        return Some(Coming::Poisson);
    }
    if !stands_alone(world, organization) {
        return None;
    }
    match streams.as_slice() {
        [one] if one.batches.is_none() => single(&one.arrivals).or_else(|| batches(streams)),
        _ => batches(streams),
    }
}

/// Whether there is one desk, to which all comes as it comes, and from which all leaves for good.
fn stands_alone(world: &World, organization: &Organization) -> bool {
    let plainly = |(_, _, link): (From, _, &Link)| {
        matches!(link.kind, LinkKind::Intake { own_account: false })
            && link.filter == Filter::default()
            && link.delay.is_zero()
            && link.loses <= 0.0
    };
    let taken = |from: From| organization.links_from(from).next().is_some();
    organization.role_count() == 1
        && organization.links().all(plainly)
        && (0..world.channels.len() as u32).all(|id| taken(From::Channel(ChannelId(id))))
}

/// The rate of a Poisson stream that never changes, per minute.
pub(super) fn constant(stream: &Stream) -> Option<f64> {
    match &stream.arrivals {
        Arrivals::Poisson(profile) => profile.is_constant().then_some(profile.per_hour / 60.0),
        _ => None,
    }
}

/// What comes as one stream that is not Poisson.
fn single(arrivals: &Arrivals) -> Option<Coming> {
    match arrivals {
        Arrivals::Every(gap) => Some(Coming::Gaps(Law::constant(gap.minutes()).ok()?)),
        Arrivals::Renewal(law) => Some(Coming::Gaps(law.clone())),
        Arrivals::Modulated(modulation) => states(modulation),
        Arrivals::Members(members) => Some(Coming::Members(members.clone())),
        Arrivals::Poisson(_) | Arrivals::Recorded(_) | Arrivals::AtStart(_) => None,
    }
}

/// A rate whose states last exponential times.
fn states(modulation: &Modulation) -> Option<Coming> {
    let states = &modulation.states;
    if MOST_STATES < states.len() {
        return None;
    }
    let mut changes = vec![vec![0.0; states.len()]; states.len()];
    for (from, state) in states.iter().enumerate() {
        let LawForm::Exponential(mean) = state.lasts.form() else { return None };
        for (to, rate) in changes[from].iter_mut().enumerate().filter(|(to, _)| *to != from) {
            *rate = state.next.share(to) / mean;
        }
    }
    Some(Coming::States { rates: states.iter().map(|of| of.per_hour / 60.0).collect(), changes })
}

/// Poisson streams of batches together: a Poisson stream of batches.
fn batches(streams: &[Stream]) -> Option<Coming> {
    let mut sums: Vec<f64> = Vec::new();
    for stream in streams {
        let rate = constant(stream)?;
        let sizes = stream.batches.as_ref().map_or_else(|| Some(vec![1.0]), sizes)?;
        sums.resize(sums.len().max(sizes.len()), 0.0);
        sums.iter_mut().zip(sizes).for_each(|(sum, share)| *sum += rate * share);
    }
    let rate: f64 = sums.iter().sum();
    let sizes = sums.iter().map(|sum| sum / rate).collect();
    (0.0 < rate).then_some(Coming::Batches { rate, sizes })
}

/// Probabilities of 1, 2, … at once; `None` if there are too many.
fn sizes(batches: &Batches) -> Option<Vec<f64>> {
    match batches {
        Batches::Fixed(size) => of_sizes([(*size as usize, 1.0)]),
        Batches::Geometric { mean } => {
            let more = 1.0 - 1.0 / mean;
            // what lies beyond is less than 10⁻¹⁶
            let last = (-16.0 * core::f64::consts::LN_10 / libm::log(more)).ceil();
            if MOST_SIZES as f64 <= last {
                return None;
            }
            let first = 1.0 / mean;
            Some((0..=last as i32).map(|k| first * libm::pow(more, f64::from(k))).collect())
        }
        Batches::Sizes(sizes, shares) => {
            of_sizes(sizes.iter().enumerate().map(|(i, &size)| (size as usize, shares.share(i))))
        }
    }
}

fn of_sizes(listed: impl IntoIterator<Item = (usize, f64)>) -> Option<Vec<f64>> {
    let mut sizes = Vec::new();
    for (size, share) in listed {
        if size == 0 || MOST_SIZES < size {
            return None;
        }
        sizes.resize(sizes.len().max(size), 0.0);
        sizes[size - 1] += share;
    }
    Some(sizes)
}
