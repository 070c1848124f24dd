//! Sequences of numbers: running moments, and where a start has been forgotten.

/// Count, mean and variance of numbers seen one at a time (Welford 1962), mergeable.
///
/// ```
/// use orgsim::stats::Accumulator;
///
/// let all: Accumulator = [2.0, 4.0, 9.0].into_iter().collect();
/// assert_eq!((all.count(), all.mean(), all.variance()), (3, 5.0, Some(13.0)));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Accumulator {
    count: u64,
    mean: f64,
    /// Σ (x − mean)².
    squares: f64,
}

impl Accumulator {
    /// Take in one number.
    pub fn add(&mut self, value: f64) {
        self.count += 1;
        let before = value - self.mean;
        self.mean += before / self.count as f64;
        self.squares += before * (value - self.mean);
    }

    /// Take in all that `other` has seen (Chan, Golub & LeVeque 1979).
    ///
    /// Merging in another order changes the last bits: merge in a fixed one.
    pub fn merge(&mut self, other: &Accumulator) {
        if other.count == 0 {
            return;
        }
        let (ours, theirs) = (self.count as f64, other.count as f64);
        let gap = other.mean - self.mean;
        self.count += other.count;
        self.mean += gap * (theirs / (ours + theirs));
        self.squares += other.squares + gap * gap * (ours * theirs / (ours + theirs));
    }

    /// How many numbers.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Their mean; 0 before the first.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// The sample variance, with n − 1; `None` below two numbers.
    #[must_use]
    pub fn variance(&self) -> Option<f64> {
        (self.count >= 2).then(|| self.squares / (self.count - 1) as f64)
    }

    /// The sample standard deviation; `None` below two numbers.
    #[must_use]
    pub fn standard_deviation(&self) -> Option<f64> {
        self.variance().map(f64::sqrt)
    }

    /// Standard deviation of the mean of independent numbers; `None` below two.
    #[must_use]
    pub fn standard_error(&self) -> Option<f64> {
        Some((self.variance()? / self.count as f64).sqrt())
    }
}

impl FromIterator<f64> for Accumulator {
    fn from_iter<I: IntoIterator<Item = f64>>(values: I) -> Accumulator {
        let mut all = Accumulator::default();
        values.into_iter().for_each(|value| all.add(value));
        all
    }
}

/// How many leading values to discard as warm-up, in batches of five (MSER-5, White 1997); see [`mser`].
///
/// A path below ten values gives 0.
///
/// ```
/// let path: Vec<f64> = (0..200).map(|i| if i < 20 { 0.0 } else { 5.0 + f64::from(i % 3) }).collect();
/// assert_eq!(orgsim::stats::mser5(&path), 20);
/// ```
#[must_use]
pub fn mser5(path: &[f64]) -> usize {
    mser(path, 5)
}

/// How many leading values to discard as warm-up.
///
/// `path` is a sequence of equally spaced values, best the average of several replications. It is
/// cut into batches of so many; discarding d of the m batch means is judged by the variance of the
/// mean of the rest, Σ (yᵢ − ȳ)² / (m − d)², and the best d up to m/2 wins. The answer is a multiple
/// of the batch; one near half the path means that the path is too short to tell. A path below two
/// batches gives 0.
///
/// # Panics
/// With batches of none.
#[must_use]
pub fn mser(path: &[f64], batch: usize) -> usize {
    let means: Vec<f64> = path.chunks_exact(batch).map(mean).collect();
    let last_cut = means.len() / 2;
    // From the end backward, so that each cut extends the sums of the next.
    let mut rest = Accumulator::default();
    let mut best = (f64::INFINITY, 0);
    for (cut, &mean) in means.iter().enumerate().rev() {
        rest.add(mean);
        let judged = rest.squares / (rest.count as f64 * rest.count as f64);
        if cut <= last_cut && judged <= best.0 {
            best = (judged, cut);
        }
    }
    if means.len() < 2 { 0 } else { best.1 * batch }
}

/// The mean of values; NaN where there are none.
///
/// ```
/// assert_eq!(orgsim::stats::mean(&[4.0, 6.0, 5.0, 5.0]), 5.0);
/// ```
#[must_use]
pub fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draws::{Generator, Key, Purpose};

    #[test]
    fn merging_parts_gives_the_whole() {
        let values: Vec<f64> = (0..100).map(|i| f64::from(i * i % 37) + 1e6).collect();
        let whole: Accumulator = values.iter().copied().collect();
        for cut in [0, 1, 50, 99, 100] {
            let mut first: Accumulator = values[..cut].iter().copied().collect();
            first.merge(&values[cut..].iter().copied().collect());
            assert_eq!(first.count(), whole.count());
            assert!((first.mean() - whole.mean()).abs() < 1e-8);
            let (a, b) = (first.variance().unwrap(), whole.variance().unwrap());
            assert!((a / b - 1.0).abs() < 1e-9, "{a} {b}");
        }
        assert_eq!(Accumulator::default().variance(), None);
    }

    #[test]
    fn a_fading_start_is_cut_and_a_level_path_hardly() {
        let mut noise = Generator::new(Key::default(), Purpose::Position);
        let path = |start: f64, noise: &mut Generator| -> Vec<f64> {
            (0..2000)
                .map(|i| start * libm::exp(-f64::from(i) / 60.0) + noise.unit() - 0.5)
                .collect()
        };
        let faded = mser5(&path(20.0, &mut noise));
        assert!((150..500).contains(&faded), "{faded}");
        let level = mser5(&path(0.0, &mut noise));
        assert!(level < 1000, "{level}");
    }

    #[test]
    fn short_or_constant_paths_lose_nothing() {
        assert_eq!(mser5(&[]), 0);
        assert_eq!(mser5(&[1.0; 9]), 0);
        assert_eq!(mser5(&[3.0; 100]), 0);
    }
}
