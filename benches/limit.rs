//! The hand-written speed limit: a table-driven network with wyrand, a ziggurat, ring buffers and a 4-ary heap.
//!
//! No library, no abstraction worth the name. It is the base of the ratios that the benchmark prints.

#![allow(dead_code, missing_docs, clippy::all, reason = "a yardstick, kept as it was measured")]

// ---------------------------------------------------------------- randomness
struct Rng(u64);
impl Rng {
    #[inline(always)]
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0xa076_1d64_78bd_642f);
        let t = (self.0 as u128) * ((self.0 ^ 0xe703_7ed1_a0b4_28db) as u128);
        ((t >> 64) as u64) ^ (t as u64)
    }
    #[inline(always)]
    fn unit(&mut self) -> f64 {
        ((self.next() >> 11) as f64 + 0.5) * (1.0 / 9007199254740992.0)
    }
}

struct Zig {
    x: [f64; 257],
    f: [f64; 257],
}
const ZR: f64 = 7.697_117_470_131_05;
const ZV: f64 = 0.003_949_659_822_581_557;
impl Zig {
    fn new() -> Self {
        let (mut x, mut f) = ([0.0f64; 257], [0.0f64; 257]);
        x[0] = ZV / (-ZR).exp();
        x[1] = ZR;
        for i in 2..256 {
            x[i] = -(ZV / x[i - 1] + (-x[i - 1]).exp()).ln();
        }
        x[256] = 0.0;
        for i in 0..257 {
            f[i] = (-x[i]).exp();
        }
        Zig { x, f }
    }
    #[inline(always)]
    fn exp1(&self, r: &mut Rng) -> f64 {
        let b = r.next();
        let i = (b & 0xff) as usize;
        let x = (b >> 11) as f64 * (1.0 / 9007199254740992.0) * self.x[i];
        if x < self.x[i + 1] {
            return x;
        }
        self.slow(r, i, x)
    }
    #[cold]
    #[inline(never)]
    fn slow(&self, r: &mut Rng, mut i: usize, mut x: f64) -> f64 {
        loop {
            if i == 0 {
                return ZR - r.unit().ln();
            }
            if self.f[i + 1] + (self.f[i] - self.f[i + 1]) * r.unit() < (-x).exp() {
                return x;
            }
            let b = r.next();
            i = (b & 0xff) as usize;
            x = (b >> 11) as f64 * (1.0 / 9007199254740992.0) * self.x[i];
            if x < self.x[i + 1] {
                return x;
            }
        }
    }
}

// --------------------------------------------------------------- ring buffer
struct Ring<T> {
    b: Vec<T>,
    head: usize,
    len: usize,
}
impl<T: Copy + Default> Ring<T> {
    fn new(room: usize) -> Self {
        Ring { b: vec![T::default(); room], head: 0, len: 0 }
    }
    #[inline(always)]
    fn push(&mut self, v: T) {
        if self.len == self.b.len() {
            self.grow();
        }
        let m = self.b.len() - 1;
        let i = (self.head + self.len) & m;
        self.b[i] = v;
        self.len += 1;
    }
    #[inline(always)]
    fn pop(&mut self) -> T {
        let m = self.b.len() - 1;
        let v = self.b[self.head & m];
        self.head = (self.head + 1) & m;
        self.len -= 1;
        v
    }
    #[cold]
    fn grow(&mut self) {
        let n = self.b.len();
        let mut nb = vec![T::default(); n * 2];
        for k in 0..n {
            nb[k] = self.b[(self.head + k) & (n - 1)];
        }
        self.b = nb;
        self.head = 0;
    }
}

// ---------------------------------- table-driven open Jackson network, W1..W3
#[derive(Clone, Copy, Default)]
struct Cust {
    born: f64,
    queued: f64,
}
#[derive(Clone, Copy, Default)]
struct Stat {
    waits: f64,
    starts: u64,
    busy_area: f64,
    since: f64,
}
struct Node {
    servers: u32,
    busy: u32,
    mean: f64,
    to: Vec<(f64, i32)>, // cumulative probability, destination (-1 = leave)
    q: Ring<Cust>,
    st: Stat,
}

/// Future-event list: push, pop the earliest. The payload of an event is the
/// node and the customer in service there; node -1 is the external arrival.
#[derive(Clone, Copy)]
struct Ev {
    t: f64,
    node: i32,
    born: f64,
}
trait Fel {
    fn push(&mut self, e: Ev);
    fn pop(&mut self) -> Option<Ev>;
}
#[derive(Default)]
struct Heap4 {
    v: Vec<Ev>,
}
impl Fel for Heap4 {
    #[inline(always)]
    fn push(&mut self, e: Ev) {
        let mut i = self.v.len();
        self.v.push(e);
        while i > 0 {
            let p = (i - 1) >> 2;
            if self.v[p].t <= e.t {
                break;
            }
            self.v[i] = self.v[p];
            i = p;
        }
        self.v[i] = e;
    }
    #[inline(always)]
    fn pop(&mut self) -> Option<Ev> {
        let last = self.v.pop()?;
        let n = self.v.len();
        if n == 0 {
            return Some(last);
        }
        let top = self.v[0];
        let mut i = 0;
        loop {
            let c = 4 * i + 1;
            if c >= n {
                break;
            }
            let end = if c + 4 < n { c + 4 } else { n };
            let (mut k, mut m) = (c, self.v[c].t);
            for j in c + 1..end {
                if self.v[j].t < m {
                    m = self.v[j].t;
                    k = j;
                }
            }
            if m >= last.t {
                break;
            }
            self.v[i] = self.v[k];
            i = k;
        }
        self.v[i] = last;
        Some(top)
    }
}

struct Out {
    events: u64,
    customers: u64,
    wait: Vec<f64>,
    util: Vec<f64>,
    sojourn: f64,
}

/// `SPREAD`: each customer comes to any of the nodes, as likely to one as to another; else all come to the first.
fn network<F: Fel + Default, const SPREAD: bool>(
    rate: f64,
    mut nodes: Vec<Node>,
    warmup: f64,
    horizon: f64, // stop time, or infinity
    max_customers: u64,
    r: &mut Rng,
    z: &Zig,
) -> Out {
    let mut fel = F::default();
    let ia = 1.0 / rate;
    fel.push(Ev { t: z.exp1(r) * ia, node: -1, born: 0.0 });
    let (mut events, mut created) = (0u64, 0u64);
    let (mut soj, mut done) = (0.0f64, 0u64);
    let mut warm = warmup > 0.0;
    let mut now = 0.0;
    while let Some(e) = fel.pop() {
        if e.t > horizon {
            now = horizon;
            break;
        }
        now = e.t;
        if warm && now >= warmup {
            warm = false;
            for n in nodes.iter_mut() {
                n.st = Stat { since: warmup, ..Stat::default() };
            }
            soj = 0.0;
            done = 0;
        }
        events += 1;
        let (dest, born);
        if e.node < 0 {
            created += 1;
            if created < max_customers {
                fel.push(Ev { t: now + z.exp1(r) * ia, node: -1, born: 0.0 });
            }
            dest = if SPREAD { (r.unit() * nodes.len() as f64) as i32 } else { 0i32 };
            born = now;
        } else {
            let n = &mut nodes[e.node as usize];
            n.st.busy_area += (now - n.st.since) * n.busy as f64;
            n.st.since = now;
            if n.q.len > 0 {
                let c = n.q.pop();
                n.st.waits += now - c.queued;
                n.st.starts += 1;
                let t = now + z.exp1(r) * n.mean;
                fel.push(Ev { t, node: e.node, born: c.born });
            } else {
                n.busy -= 1;
            }
            born = e.born;
            dest = if n.to.len() == 1 {
                n.to[0].1
            } else {
                let u = r.unit();
                let mut d = -1;
                for &(p, k) in n.to.iter() {
                    if u < p {
                        d = k;
                        break;
                    }
                }
                d
            };
        }
        if dest < 0 {
            soj += now - born;
            done += 1;
            continue;
        }
        let n = &mut nodes[dest as usize];
        if n.busy < n.servers {
            n.st.busy_area += (now - n.st.since) * n.busy as f64;
            n.st.since = now;
            n.busy += 1;
            n.st.starts += 1;
            let t = now + z.exp1(r) * n.mean;
            fel.push(Ev { t, node: dest, born });
        } else {
            n.q.push(Cust { born, queued: now });
        }
    }
    let span = now - if warmup > 0.0 { warmup } else { 0.0 };
    Out {
        events,
        customers: created,
        wait: nodes.iter().map(|n| n.st.waits / n.st.starts as f64).collect(),
        util: nodes
            .iter()
            .map(|n| {
                (n.st.busy_area + (now - n.st.since) * n.busy as f64) / (span * n.servers as f64)
            })
            .collect(),
        sojourn: soj / done as f64,
    }
}

fn node(servers: u32, mean: f64, to: Vec<(f64, i32)>) -> Node {
    Node { servers, busy: 0, mean, to, q: Ring::new(1024), st: Stat::default() }
}

/// What the limit did.
pub(crate) struct Limit {
    /// Arrivals processed and service completions.
    pub(crate) events: u64,
    /// Mean wait at each station, in the time unit of the workload.
    pub(crate) waits: Vec<f64>,
}

/// Run one of the three workloads by hand-written code.
pub(crate) fn run(workload: &str, seed: u64) -> Limit {
    let mut r = Rng(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let z = Zig::new();
    let out = match workload {
        "w3" => {
            let hub = vec![(0.2, 1), (0.4, 2), (0.6, 3), (0.8, 4), (1.0, -1)];
            let mut nodes = vec![node(4, 0.2, hub)];
            nodes.extend((0..4).map(|_| node(2, 0.6, vec![(0.1, 0), (1.0, -1)])));
            network::<Heap4, false>(10.0, nodes, 1000.0, 101_000.0, u64::MAX, &mut r, &z)
        }
        _ => {
            let servers: u32 = if workload == "w2" { 8 } else { 1 };
            let nodes = vec![node(servers, 1.0, vec![(1.0, -1)])];
            network::<Heap4, false>(
                0.9 * f64::from(servers),
                nodes,
                0.0,
                f64::INFINITY,
                1_000_000,
                &mut r,
                &z,
            )
        }
    };
    Limit { events: out.events, waits: out.wait }
}

/// Run one line with so many servers, so busy.
pub(crate) fn line(servers: u32, load: f64, customers: u64, seed: u64) -> Limit {
    let mut r = Rng(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let nodes = vec![node(servers, 1.0, vec![(1.0, -1)])];
    let rate = load * f64::from(servers);
    let z = Zig::new();
    let out = network::<Heap4, false>(rate, nodes, 0.0, f64::INFINITY, customers, &mut r, &z);
    Limit { events: out.events, waits: out.wait }
}

/// Run so many lines of two servers side by side, so busy; a customer comes to any of them.
pub(crate) fn side_by_side(lines: u32, load: f64, customers: u64, seed: u64) -> Limit {
    let mut r = Rng(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let line = || Node { q: Ring::new(16), ..node(2, 1.0, vec![(1.0, -1)]) };
    let nodes = (0..lines).map(|_| line()).collect();
    let rate = load * 2.0 * f64::from(lines);
    let z = Zig::new();
    let out = network::<Heap4, true>(rate, nodes, 0.0, f64::INFINITY, customers, &mut r, &z);
    Limit { events: out.events, waits: out.wait }
}
