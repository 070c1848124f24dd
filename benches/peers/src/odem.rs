//! odem-rs: a process for each customer, on its own executor.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::task::Waker;

use odem_rs::core::ops::waker;
use odem_rs::prelude::*;
use odem_rs::rand_distr::Exp1;

use crate::workload::Workload;

#[derive(Default, Config)]
struct World {
    rng_stream: RngStream,
}

/// Free people and who waits for them; a `Facility` has one person only.
struct Desk {
    free: Cell<u32>,
    line: RefCell<VecDeque<Waker>>,
    waited: Cell<f64>,
    visits: Cell<u64>,
}

impl Desk {
    async fn enter(&self, sim: &Sim<World>) {
        let came = sim.now();
        if 0 < self.free.get() {
            self.free.set(self.free.get() - 1);
        } else {
            let waker = waker().await;
            self.line.borrow_mut().push_back(waker);
            sleep().await;
        }
        self.waited.set(self.waited.get() + sim.now() - came);
        self.visits.set(self.visits.get() + 1);
    }

    fn leave(&self) {
        match self.line.borrow_mut().pop_front() {
            Some(next) => next.wake(),
            None => self.free.set(self.free.get() + 1),
        }
    }
}

async fn customer<R: RngExt>(
    sim: &Sim<World>,
    desks: &[Desk],
    workload: &Workload,
    rng: &RefCell<R>,
) {
    let mut at = Some(0);
    while let Some(here) = at {
        let station = &workload.stations[here];
        desks[here].enter(sim).await;
        let service: f64 = rng.borrow_mut().sample(Exp1);
        sim.advance(station.mean * service).await;
        desks[here].leave();
        at = station.next(rng.borrow_mut().random());
    }
}

/// The mean wait at the first station of so many customers.
pub(crate) fn run(workload: &Workload, customers: usize) -> f64 {
    let desks: Vec<Desk> = workload
        .stations
        .iter()
        .map(|station| Desk {
            free: Cell::new(station.people),
            line: RefCell::default(),
            waited: Cell::new(0.0),
            visits: Cell::new(0),
        })
        .collect();
    let desks_of = &desks;
    simulation(async move |sim: &Sim<World>| {
        let rng = RefCell::new(sim.global().rng_stream.next_rng());
        let pool = std::pin::pin!(Pool::dynamic().with(Job::new));
        let gap = || {
            let gap: f64 = rng.borrow_mut().sample(Exp1);
            gap / workload.rate
        };
        sim.arrivals(gap)
            .take(customers)
            .pooled(&pool, || customer(sim, desks_of, workload, &rng))
            .await;
        // until the last ones have left: as long as anybody is at a desk
        while (desks_of.iter().zip(&workload.stations))
            .any(|(desk, of)| desk.free.get() < of.people)
        {
            sim.advance(1.0).await;
        }
    })
    .expect("the model ends");
    desks[0].waited.get() / desks[0].visits.get() as f64
}
