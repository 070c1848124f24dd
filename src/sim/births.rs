//! Inquiries that something else brings forth: others who join in, customers who ask again.

use crate::draws::{Key, Purpose};
use crate::model::{Crowd, pushed};
use crate::sim::agenda::Kind;
use crate::sim::flow::micros;
use crate::sim::observer::Observer;
use crate::sim::run::Run;
use crate::sim::source::Post;
use crate::units::{MICROS_A_MINUTE, SimTime};

/// Where the children of an inquiry begin that join in: lower numbers are its duplicates.
const FOLLOWERS: u32 = 0x0100_0000;
/// The child that asks something else.
const NEXT_QUESTION: u32 = 0x00FF_FFFF;
/// Most who join in after one post, however the uniform falls.
const MOST_JOINING: u32 = 1000;

/// What made others join in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spark {
    /// The arrival of an inquiry of a self-exciting stream.
    Arrival = 0,
    /// A customer who went public.
    Outcry = 1,
}

/// A post and those who may yet react to it.
#[derive(Debug, Clone, Copy, Default)]
struct Circle {
    generation: u32,
    /// How many have not reacted yet.
    left: u32,
    /// A reply by then calms.
    until: SimTime,
    /// When a reply calmed it.
    calmed: Option<SimTime>,
}

/// A circle, as the case remembers it that a reply would calm.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct CircleOf {
    slot: u32,
    /// 0 for none.
    generation: u32,
}

/// An inquiry that has not arrived yet.
#[derive(Debug, Clone, Copy)]
struct Birth {
    key: Key,
    stream: u32,
    /// What it is about, where that is not its own.
    post: Option<Post>,
    circle: CircleOf,
    /// Probability of coming, before a reply and after one.
    comes: [f64; 2],
}

/// All inquiries that were brought forth and have not arrived yet.
#[derive(Debug, Default)]
pub(super) struct Births {
    all: Vec<Birth>,
    free: Vec<u32>,
    circles: Vec<Circle>,
    free_circles: Vec<u32>,
}

impl Births {
    /// How many are still to come.
    #[inline]
    pub(super) fn pending(&self) -> usize {
        self.all.len() - self.free.len()
    }

    fn put(&mut self, birth: Birth) -> u32 {
        match self.free.pop() {
            Some(slot) => {
                self.all[slot as usize] = birth;
                slot
            }
            None => {
                self.all.push(birth);
                (self.all.len() - 1) as u32
            }
        }
    }

    fn take(&mut self, slot: u32) -> Birth {
        self.free.push(slot);
        self.all[slot as usize]
    }

    fn circle(&mut self, until: SimTime) -> CircleOf {
        let slot = self.free_circles.pop().unwrap_or_else(|| {
            self.circles.push(Circle::default());
            (self.circles.len() - 1) as u32
        });
        let circle = &mut self.circles[slot as usize];
        circle.generation += 1;
        (circle.left, circle.until, circle.calmed) = (0, until, None);
        CircleOf { slot, generation: circle.generation }
    }

    /// One who was in the circle has reacted, or would have: had it been calmed by then?
    fn react(&mut self, of: CircleOf, now: SimTime) -> bool {
        if of.generation == 0 {
            return false;
        }
        let circle = &mut self.circles[of.slot as usize];
        circle.left -= 1;
        let calmed = circle.calmed.is_some_and(|at| at <= now);
        if circle.left == 0 {
            circle.generation += 1;
            self.free_circles.push(of.slot);
        }
        calmed
    }

    /// The post of a circle has been answered.
    fn answered(&mut self, of: CircleOf, now: SimTime) {
        if of.generation == 0 {
            return;
        }
        let circle = &mut self.circles[of.slot as usize];
        if circle.generation == of.generation && now <= circle.until && circle.calmed.is_none() {
            circle.calmed = Some(now);
        }
    }
}

/// The Poisson number of mean `mean` at quantile `u`, by summing the probabilities.
fn poisson(u: f64, mean: f64) -> u32 {
    let mut probability = libm::exp(-mean);
    let (mut sum, mut n) = (probability, 0);
    while sum <= u && n < MOST_JOINING {
        n += 1;
        probability *= mean / f64::from(n);
        sum += probability;
    }
    n
}

/// Those who join in after a post: child number, and the delay of each, in order of number.
pub(super) fn followers(key: Key, spark: Spark, mean: f64) -> impl Iterator<Item = (u32, SimTime)> {
    let number = poisson(key.unit(Purpose::Followers, spark as u32), mean);
    let first = FOLLOWERS + spark as u32 * FOLLOWERS;
    (first..first + number).map(move |child| {
        let minutes = Crowd::delay(key.child(child).unit(Purpose::Reaction, 0));
        (child, micros(minutes * MICROS_A_MINUTE))
    })
}

impl<O: Observer> Run<'_, O> {
    /// Others see a post and may join in, each after a delay of their own.
    ///
    /// Who would come, and when, depends on the post's key alone. A reply in time changes the share of those who
    /// come after it, by one uniform of each: a design that calms meets some of those whom another meets.
    pub(super) fn gather(
        &mut self,
        (key, stream, post): (Key, u32, Option<Post>),
        crowd: &Crowd,
        spark: Spark,
    ) -> CircleOf {
        let factor = crowd.calmed_by_reply;
        let most = factor.max(1.0);
        let comes = [1.0 / most, factor / most];
        let mut circle = CircleOf::default();
        for (child, delay) in followers(key, spark, crowd.branching * most) {
            let at = self.now + delay;
            if crowd.forget_after < delay || self.horizon <= at {
                continue;
            }
            if factor.to_bits() != 1.0f64.to_bits() {
                if circle.generation == 0 {
                    circle = self.births.circle(self.now + crowd.reply_within);
                }
                self.births.circles[circle.slot as usize].left += 1;
            }
            let birth = Birth { key: key.child(child), stream, post, circle, comes };
            self.expect_birth(at, birth);
        }
        circle
    }

    /// The customer, content with a timely answer, will ask something else.
    pub(super) fn induce(&mut self, place: u32) {
        let Some((share, after)) = &self.plan.induced else { return };
        let case = &self.cases[place];
        if pushed(*share, self.felt(place)) <= case.key.unit(Purpose::Induced, 0) {
            return;
        }
        let at = self.now + micros(after.quantile(case.key.unit(Purpose::InducedAfter, 0)));
        if self.horizon <= at {
            return;
        }
        let key = case.key.child(NEXT_QUESTION);
        let circle = CircleOf::default();
        let birth = Birth { key, stream: case.stream, post: None, circle, comes: [1.0; 2] };
        self.expect_birth(at, birth);
    }

    fn expect_birth(&mut self, at: SimTime, birth: Birth) {
        let slot = self.births.put(birth);
        let target = self.sources.len() as u32 + slot;
        self.agenda.schedule(at, Kind::Arrival, target, 0);
    }

    /// Somebody joins in or asks again, unless a reply has calmed that.
    #[inline(never)]
    pub(super) fn born(&mut self, slot: u32) {
        let birth = self.births.take(slot);
        let calmed = self.births.react(birth.circle, self.now);
        self.last_arrival = self.last_arrival.max(self.now);
        if birth.comes[usize::from(calmed)] <= birth.key.unit(Purpose::JoinsIn, 0) {
            return;
        }
        let post = birth.post.unwrap_or_else(|| self.own_post(birth.stream, birth.key));
        let stream = self.sources[birth.stream as usize].stream;
        self.receive((birth.stream, stream), birth.key, post, true);
    }

    /// The first reply is out: those who look on may be calmed by it.
    pub(super) fn calm(&mut self, place: u32) {
        for circle in self.cases[place].tale.circles {
            self.births.answered(circle, self.now);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draws::Seed;

    /// The posts that come of one, itself included, whatever the time.
    fn family(key: Key, branching: f64) -> u64 {
        let (mut all, mut parents) = (0, vec![key]);
        while let Some(parent) = parents.pop() {
            all += 1;
            let of = followers(parent, Spark::Arrival, branching);
            parents.extend(of.map(|(child, _)| parent.child(child)));
        }
        all
    }

    #[test]
    fn families_have_the_size_that_branching_gives() {
        // Borel: P(1) = e⁻ⁿ, P(2) = n·e⁻²ⁿ; mean 1/(1−n); E S² ÷ E S = 1/(1−n)², the variance of counts over a
        // long window divided by their mean.
        let stream = Seed::new(7, 0).stream(0);
        let runs = 200_000;
        for n in [0.3, 0.5, 0.7] {
            let sizes: Vec<f64> = (0..runs).map(|i| family(stream.of(i), n) as f64).collect();
            let mean =
                |of: &dyn Fn(f64) -> f64| sizes.iter().map(|&s| of(s)).sum::<f64>() / runs as f64;
            let near = |what: &str, found: f64, exact: f64, error: f64| {
                assert!(
                    (found - exact).abs() < 4.0 * error,
                    "{what} of {n}: {found}, not {exact} ± {error}"
                );
            };
            let root = (runs as f64).sqrt();
            let size = 1.0 / (1.0 - n);
            let spread = (n / (1.0 - n).powi(3)).sqrt();
            near("mean", mean(&|s| s), size, spread / root);
            let alone = libm::exp(-n);
            near("alone", mean(&|s| f64::from(u8::from(s < 1.5))), alone, 0.5 / root);
            let two = n * libm::exp(-2.0 * n);
            near("two", mean(&|s| f64::from(u8::from(1.5 < s && s < 2.5))), two, 0.5 / root);
            let squares = mean(&|s| s * s);
            let fourth = mean(&|s| (s * s - squares) * (s * s - squares)).sqrt() / root;
            near("variance to mean", squares / mean(&|s| s), size * size, fourth / size * 1.5);
        }
    }

    #[test]
    fn delays_have_the_shares_of_the_kernel() {
        let stream = Seed::new(8, 0).stream(0);
        let delays: Vec<f64> = (0..100_000)
            .flat_map(|i| followers(stream.of(i), Spark::Arrival, 0.9))
            .map(|(_, delay)| delay.minutes())
            .collect();
        for (minutes, share) in [(5.0, 0.195), (30.0, 0.478), (60.0, 0.559), (1440.0, 0.795)] {
            let within = delays.iter().filter(|&&delay| delay <= minutes).count() as f64;
            let found = within / delays.len() as f64;
            assert!((found - share).abs() < 0.006, "{found} within {minutes} min, not {share}");
        }
    }

    #[test]
    fn the_poisson_number_has_its_mean_and_variance() {
        let stream = Seed::new(9, 0).stream(0);
        let draws: Vec<f64> = (0..100_000)
            .map(|i| f64::from(poisson(stream.of(i).unit(Purpose::Followers, 0), 2.5)))
            .collect();
        let n = draws.len() as f64;
        let mean = draws.iter().sum::<f64>() / n;
        let variance = draws.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / n;
        assert!((mean - 2.5).abs() < 0.02 && (variance - 2.5).abs() < 0.06, "{mean} {variance}");
        assert_eq!(poisson(0.5, 0.0), 0);
    }
}
