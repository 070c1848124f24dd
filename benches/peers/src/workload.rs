//! The three workloads as every engine is given them.

/// A station: its people, its mean service time in hours, and where its cases go (shares and stations; the rest leaves).
pub(crate) struct Station {
    pub(crate) people: u32,
    pub(crate) mean: f64,
    pub(crate) to: Vec<(f64, usize)>,
}

/// An open network whose customers come at random to the first station.
pub(crate) struct Workload {
    pub(crate) name: &'static str,
    /// Customers an hour.
    pub(crate) rate: f64,
    pub(crate) stations: Vec<Station>,
    /// Mean wait at the first station in hours, by theory.
    pub(crate) wait: f64,
    /// Customers of a run of one of our own engines.
    pub(crate) customers: usize,
}

pub(crate) fn workloads() -> [Workload; 3] {
    let line = |name, people: u32, wait| Workload {
        name,
        rate: 0.9 * f64::from(people),
        stations: vec![Station { people, mean: 1.0, to: Vec::new() }],
        wait,
        customers: 1_000_000,
    };
    let mut stations =
        vec![Station { people: 4, mean: 0.2, to: (1..=4).map(|to| (0.2, to)).collect() }];
    stations.extend((0..4).map(|_| Station { people: 2, mean: 0.6, to: vec![(0.1, 0)] }));
    [
        line("w1", 1, 9.0),
        line("w2", 8, 0.876_916),
        Workload { name: "w3", rate: 10.0, stations, wait: 0.024_038_2, customers: 1_010_000 },
    ]
}

impl Station {
    /// Where a case goes for a number between 0 and 1; `None` if it leaves.
    pub(crate) fn next(&self, unit: f64) -> Option<usize> {
        let mut sum = 0.0;
        self.to.iter().find_map(|&(share, to)| {
            sum += share;
            (unit < sum).then_some(to)
        })
    }
}
