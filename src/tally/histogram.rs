//! Counts of lengths of time on a logarithmic scale.

use crate::units::SimTime;

/// Steps in which an octave is divided; the relative width of a bin is below 1/128.
const STEPS: u64 = 128;

/// Bins that are added up at once.
const CHUNK: usize = 16;

/// A histogram of lengths of time: 128 equal steps to each doubling, exact below 128 µs.
///
/// Two histograms add bin by bin, so the order of adding never changes a bit. Memory reaches from the
/// shortest to the longest length recorded.
#[derive(Debug, Clone, Default)]
pub struct Histogram {
    first: usize,
    counts: Vec<u64>,
    total: u64,
}

impl Histogram {
    /// Count one length.
    #[inline(always)]
    pub fn record(&mut self, length: SimTime) {
        let bin = bin(length.micros());
        let at = bin.wrapping_sub(self.first);
        self.total += 1;
        match self.counts.get_mut(at) {
            Some(count) => *count += 1,
            None => self.grow(bin),
        }
    }

    #[cold]
    fn grow(&mut self, bin: usize) {
        self.make_room(bin, bin);
        self.counts[bin - self.first] += 1;
    }

    fn make_room(&mut self, low: usize, high: usize) {
        if self.counts.is_empty() {
            self.first = low;
        } else if low < self.first {
            // Room for two octaves more, so that a run of ever shorter lengths does not move all counts each time.
            let first = low.saturating_sub(2 * STEPS as usize);
            self.counts.splice(0..0, std::iter::repeat_n(0, self.first - first));
            self.first = first;
        }
        if self.counts.len() <= high - self.first {
            self.counts.resize(high - self.first + 1, 0);
        }
    }

    /// Add all that another histogram counted.
    pub fn merge(&mut self, other: &Histogram) {
        if other.counts.is_empty() {
            return;
        }
        self.make_room(other.first, other.first + other.counts.len() - 1);
        for (i, count) in other.counts.iter().enumerate() {
            self.counts[other.first + i - self.first] += count;
        }
        self.total += other.total;
    }

    /// Lengths counted.
    pub fn total(&self) -> u64 {
        self.total
    }

    /// Lengths counted that were nothing.
    pub fn zeros(&self) -> u64 {
        if self.first == 0 { self.counts.first().copied().unwrap_or(0) } else { 0 }
    }

    /// The length that a share `q` of `population` records does not exceed, where the records beyond those
    /// counted here are longer than any; interpolated within the bin. `None` if it lies among those.
    pub fn quantile(&self, q: f64, population: u64) -> Option<SimTime> {
        let rank = q * population as f64;
        if population == 0 || self.total as f64 <= rank {
            return None;
        }
        let (at, below) = self.beyond(rank)?;
        let (low, high) = edges(self.first + at);
        let share = ((rank - below as f64) / self.counts[at] as f64).max(0.0);
        Some(SimTime::from_micros((low as f64 + share * (high - low) as f64).round() as u64))
    }

    /// The first bin that ends beyond a rank, and how many lie in those before it.
    fn beyond(&self, rank: f64) -> Option<(usize, u64)> {
        // Whole numbers beyond a rank are those from the next whole number on.
        let enough = rank.max(-1.0).floor() as i64 + 1;
        let mut below = 0;
        for (i, chunk) in self.counts.chunks(CHUNK).enumerate() {
            let sum: u64 = chunk.iter().sum();
            if enough <= (below + sum) as i64 {
                for (j, &count) in chunk.iter().enumerate() {
                    if enough <= (below + count) as i64 {
                        return Some((i * CHUNK + j, below));
                    }
                    below += count;
                }
            }
            below += sum;
        }
        None
    }

    /// How many were at most this long, interpolated within its bin.
    pub fn at_most(&self, length: SimTime) -> f64 {
        self.at_most_each(&[length])[0]
    }

    /// The same for each of several lengths in rising order, in one pass.
    pub fn at_most_each(&self, rising: &[SimTime]) -> Vec<f64> {
        let (mut below, mut next) = (0u64, 0);
        let of = |&length: &SimTime| {
            let own = bin(length.micros());
            let end = own.saturating_sub(self.first).clamp(next, self.counts.len().max(next));
            below += self.counts[next..end].iter().sum::<u64>();
            next = end;
            let inside = own.checked_sub(self.first).and_then(|at| self.counts.get(at));
            let (low, high) = edges(own);
            let share = (length.micros() + 1 - low) as f64 / (high - low) as f64;
            below as f64 + inside.map_or(0.0, |&count| count as f64 * share.min(1.0))
        };
        rising.iter().map(of).collect()
    }
}

/// The bin of so many microseconds.
#[inline]
fn bin(micros: u64) -> usize {
    if micros < STEPS {
        return micros as usize;
    }
    let octave = 63 - u64::from(micros.leading_zeros()) - 7;
    (octave * STEPS + (micros >> octave)) as usize
}

/// First microsecond of a bin and of the next.
fn edges(bin: usize) -> (u64, u64) {
    let bin = bin as u64;
    if bin < 2 * STEPS {
        return (bin, bin + 1);
    }
    let octave = bin / STEPS - 1;
    let low = (bin - octave * STEPS) << octave;
    (low, low.saturating_add(1 << octave))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_length_lies_between_the_edges_of_its_bin() {
        for micros in (0..5000).chain((0..50).map(|k| 3u64.pow(k % 40)).chain([u64::MAX / 2])) {
            let (low, high) = edges(bin(micros));
            assert!(low <= micros && micros < high, "{micros} not in {low}..{high}");
            assert!(micros < 256 || ((high - low) as f64) / (low as f64) <= 1.0 / 128.0);
        }
    }

    #[test]
    fn merging_equals_recording_together() {
        let (mut a, mut b, mut both) =
            (Histogram::default(), Histogram::default(), Histogram::default());
        for i in 0..1000u64 {
            let length = SimTime::from_micros(i * i * 977 % 1_000_003);
            if i % 3 == 0 {
                a.record(length)
            } else {
                b.record(length)
            }
            both.record(length);
        }
        b.merge(&a);
        assert_eq!((b.total(), b.quantile(0.9, 1000)), (both.total(), both.quantile(0.9, 1000)));
        assert_eq!(both.quantile(0.9, 2000), None);
        assert!((both.at_most(both.quantile(0.5, 1000).unwrap()) - 500.0).abs() < 2.0);
    }
}
