//! What theory says of a design's waits, where the design is simple enough.

mod customers;
mod desk;
mod ending;
mod families;
#[cfg(test)]
mod tests;

use crate::model::{From, Link, LinkKind, Load, Model, Organization, Ownership, TopicId};

use customers::customers;
use desk::{Desk, desk};
use ending::lasts;
use families::FAMILIES;

/// A role in the long run. Times are in minutes.
#[derive(Debug, Clone, PartialEq)]
pub struct Foretold {
    /// The textbook's name for it, as `M/M/3`.
    pub model: String,
    /// Mean wait of all who join the queue, until their first start or until they give up.
    pub wait_mean: f64,
    /// Share of visits that join and have to wait.
    pub wait_positive: f64,
    /// Mean number waiting.
    pub queue_mean: f64,
    /// Mean number waiting or in work.
    pub number_mean: f64,
    /// Share of the time in which a person is at work on cases; `None` where there are as many people as it takes.
    pub utilization: Option<f64>,
    /// Share of those who come and are turned away; `None` where nobody ever is.
    pub rejected: Option<f64>,
    /// Share of those who join and give up; `None` where nobody ever does.
    pub abandoned: Option<f64>,
    /// By urgency, from the most urgent class down; empty where all are alike.
    pub classes: Vec<ForetoldClass>,
}

/// Cases of one urgency in the long run. Times are in minutes.
#[derive(Debug, Clone, PartialEq)]
pub struct ForetoldClass {
    /// What they are about.
    pub topics: Vec<TopicId>,
    /// Mean wait until the first start.
    pub wait_mean: f64,
    /// Share of visits that have to wait.
    pub wait_positive: f64,
    /// Mean number waiting, interrupted or in work.
    pub number_mean: f64,
}

/// What theory says of each role, in order; `None` where it grows without end or is not simple enough.
///
/// Simple enough is a network of plain desks at which the same people, all alike, are always there and do one case
/// after the other at an even pace. Then
///
/// - where customers come one at a time at constant rates, first come is first served, and all wait as long as it
///   takes, a desk that is reached only from outside is M/M/c, M/G/1, M/D/c, M/H₂/c or M/G/∞ by its law of service;
/// - and if the laws of all desks with people are exponential, such a network has Jackson's product form, and
///   each desk is an M/M/c of its own; desks of infinitely many may have any law (Jackson 1957, 1963;
///   Baskett, Chandy, Muntz and Palacios 1975);
/// - at a desk that is reached only from outside one thing may be otherwise: patience that is exponential and runs in
///   the queue (Erlang A), a waiting room (M/M/c/K, M/G/c/c), both of them (M/M/c/K+M), those who are turned away or give up
///   may come again after exponential times (retrials and redials of small desks), classes of urgency (M/G/1, and M/M/c without
///   interruption and with one law for all), or an endless supply of tasks (M/G/1 with vacations);
/// - at a desk that stands alone customers may come otherwise: in batches (Mˣ/M/c), by independent gaps of any law
///   (GI/M/c), at a rate that changes by itself with exponential stays (MMPP/M/c), or as a limited number of
///   customers (M/M/c//N, whatever the law of the times away).
///
/// Of a stream that ends nothing is foretold, unless it is so long that its beginning and its end hardly count, or longer
/// than the run.
///
/// `load` is the design's [`load`](crate::model::load), which solves the traffic equations.
pub fn foretell(model: &Model, organization: &Organization, load: &Load) -> Vec<Option<Foretold>> {
    let nothing = || vec![None; organization.role_count()];
    let world = &model.world;
    if !load.endless.is_empty() || !organization.links().all(|(_, _, link)| simple(link)) {
        return nothing();
    }
    let Some(customers) = customers(world, organization) else { return nothing() };
    let roles: Vec<_> = organization.roles().map(|(_, role)| role).collect();
    if !roles.iter().all(|role| desk::serves(role)) {
        return nothing();
    }
    let of = |(role, load)| desk(world, &customers, role, load);
    let desks: Vec<Option<Desk>> = roles.iter().copied().zip(&load.roles).map(of).collect();
    let jackson = |desk: &Desk| desk.special.is_empty() && desk.is_memoryless();
    let product = desks.iter().all(|desk| desk.as_ref().is_some_and(jackson));
    // behind a desk that does not cope less arrives than the traffic equations say
    let copes = load.roles.iter().all(|role| role.utilization().is_none_or(|busy| busy < 1.0));
    let mut from_outside = vec![true; roles.len()];
    for (from, to, link) in organization.links() {
        if matches!(from, From::Role(_)) && matches!(link.kind, LinkKind::RouteShare(_)) {
            from_outside[to.index()] = false;
        }
    }
    let one = |(desk, from_outside): (&Option<Desk>, bool)| {
        let desk = desk.as_ref().filter(|_| (product && copes) || from_outside)?;
        let desk = Some(desk).filter(|_| lasts(model, &desks))?;
        FAMILIES.iter().find_map(|family| family(desk))
    };
    desks.iter().zip(from_outside).map(one).collect()
}

/// Whether cases pass over it as in a network of theory, or not at all.
fn simple(link: &Link) -> bool {
    match link.kind {
        LinkKind::Intake { .. } => link.ownership == Ownership::OwnerOnly,
        LinkKind::RouteShare(_) | LinkKind::Listen | LinkKind::Report | LinkKind::Policy(_) => true,
        _ => false,
    }
}
