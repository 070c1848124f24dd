//! simrs: components that schedule typed events for each other.

use std::cell::RefCell;
use std::time::Duration;

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use rand_distr::Exp1;
use simrs::{Component, ComponentId, Executor, Fifo, Key, QueueId, Scheduler, Simulation, State};

use crate::workload::Workload;

#[derive(Debug)]
struct Arrival;

#[derive(Debug)]
enum Happening {
    Comes,
    Done,
}

/// What the world knows: chance, customers yet to come, waits at the first station.
struct World {
    rng: StdRng,
    left: usize,
    waited: f64,
    visits: u64,
}

struct Door {
    world: Key<World>,
    rate: f64,
    first: ComponentId<Happening>,
}

struct Desk {
    world: Key<World>,
    free: Key<u32>,
    line: QueueId<Fifo<Duration>>,
    mean: f64,
    /// Where its cases go, filled in once all desks are known.
    next: RefCell<Vec<(f64, ComponentId<Happening>)>>,
    told: bool,
}

fn hours(length: f64) -> Duration {
    Duration::from_secs_f64(length * 3600.0)
}

impl Component for Door {
    type Event = Arrival;

    fn process_event(
        &self,
        own: ComponentId<Arrival>,
        _: &Arrival,
        scheduler: &mut Scheduler,
        state: &mut State,
    ) {
        let world = state.get_mut(self.world).expect("there is a world");
        world.left -= 1;
        if 0 < world.left {
            let gap: f64 = world.rng.sample(Exp1);
            scheduler.schedule(hours(gap / self.rate), own, Arrival);
        }
        scheduler.schedule_now(self.first, Happening::Comes);
    }
}

impl Desk {
    fn begin(
        &self,
        own: ComponentId<Happening>,
        came: Duration,
        scheduler: &mut Scheduler,
        state: &mut State,
    ) {
        let world = state.get_mut(self.world).expect("there is a world");
        if self.told {
            world.waited += (scheduler.time() - came).as_secs_f64() / 3600.0;
            world.visits += 1;
        }
        let service: f64 = world.rng.sample(Exp1);
        scheduler.schedule(hours(self.mean * service), own, Happening::Done);
    }
}

impl Component for Desk {
    type Event = Happening;

    fn process_event(
        &self,
        own: ComponentId<Happening>,
        event: &Happening,
        scheduler: &mut Scheduler,
        state: &mut State,
    ) {
        let now = scheduler.time();
        match event {
            Happening::Comes => {
                let free = state.get_mut(self.free).expect("a desk has people");
                if 0 < *free {
                    *free -= 1;
                    self.begin(own, now, scheduler, state);
                } else {
                    state.send(self.line, now).expect("the line has no end");
                }
            }
            Happening::Done => {
                match state.recv(self.line) {
                    Some(came) => self.begin(own, came, scheduler, state),
                    None => *state.get_mut(self.free).expect("a desk has people") += 1,
                }
                let world = state.get_mut(self.world).expect("there is a world");
                let unit: f64 = world.rng.random();
                let mut sum = 0.0;
                for &(share, to) in &*self.next.borrow() {
                    sum += share;
                    if unit < sum {
                        scheduler.schedule_now(to, Happening::Comes);
                        break;
                    }
                }
            }
        }
    }
}

/// The mean wait at the first station of so many customers.
pub(crate) fn run(workload: &Workload, customers: usize) -> f64 {
    let mut simulation = Simulation::default();
    let rng = StdRng::seed_from_u64(1);
    let world = simulation.state.insert(World { rng, left: customers, waited: 0.0, visits: 0 });
    // the spokes first, then the hub, which they lead back to through a relay
    let mut desks: Vec<ComponentId<Happening>> = Vec::new();
    let hub_id = std::rc::Rc::new(std::cell::Cell::new(None));
    let relay = simulation.add_component(Relay { to: hub_id.clone() });
    for (at, station) in workload.stations.iter().enumerate().rev() {
        let free = simulation.state.insert(station.people);
        let line = simulation.state.add_queue(Fifo::default());
        let next = station.to.iter().map(|&(share, to)| {
            (share, if to == 0 { relay } else { desks[workload.stations.len() - 1 - to] })
        });
        let desk = Desk {
            world,
            free,
            line,
            mean: station.mean,
            next: RefCell::new(next.collect()),
            told: at == 0,
        };
        desks.push(simulation.add_component(desk));
    }
    let first = *desks.last().expect("there is a station");
    hub_id.set(Some(first));
    let door = simulation.add_component(Door { world, rate: workload.rate, first });
    simulation.schedule(Duration::ZERO, door, Arrival);
    simulation.execute(Executor::unbound());
    let world = simulation.state.get(world).expect("there is a world");
    world.waited / world.visits as f64
}

/// A way to a desk that is made later.
struct Relay {
    to: std::rc::Rc<std::cell::Cell<Option<ComponentId<Happening>>>>,
}

impl Component for Relay {
    type Event = Happening;

    fn process_event(
        &self,
        _: ComponentId<Happening>,
        _: &Happening,
        scheduler: &mut Scheduler,
        _: &mut State,
    ) {
        scheduler.schedule_now(self.to.get().expect("the desk is made"), Happening::Comes);
    }
}
