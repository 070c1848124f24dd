//! Counts of lengths of time on a logarithmic scale.

use std::hint::black_box;
use std::ops::Range;

use super::closer::Closer;
use crate::units::SimTime;

/// Steps in which an octave is divided; the relative width of a bin is below 1/128.
const STEPS: u64 = 128;

/// Bins that are added up at once.
const CHUNK: usize = 16;

/// One of so many lengths of a bin is looked at closely, a power of two, the second to begin with; and only in
/// bins that hold more than one in so many of all lengths so far, which are as many bins at most.
const LOOKS: u32 = 64;
const FULLEST: u64 = 64;

/// Bits of a word that keep a count; those above say of which bin it is.
const COUNT_BITS: u32 = u32::BITS;

/// What a bin counts before it begins anew.
const FULL: u32 = 1 << 31;

/// A histogram of lengths of time: 128 equal steps to each doubling, exact below 128 µs.
///
/// Two histograms add bin by bin, so the order of adding never changes a bit. Memory reaches from the
/// shortest to the longest length recorded. Within a bin lengths are taken to spread evenly, except where
/// a closer look at some of them shows otherwise.
#[derive(Debug, Clone, Default)]
pub struct Histogram {
    first: usize,
    /// Half words, so that twice as many of them are at hand; at [`FULL`] they begin anew, and `full` holds it.
    counts: Vec<u32>,
    /// The bins, numbered from the shortest length there is, whose counts have begun anew; once for each time.
    full: Vec<usize>,
    total: u64,
    closer: Closer,
}

impl Histogram {
    /// Count one length.
    #[inline(always)]
    pub fn record(&mut self, length: SimTime) {
        let bin = bin(length.micros());
        let at = bin.wrapping_sub(self.first);
        self.total += 1;
        match self.counts.get_mut(at) {
            Some(count) => {
                *count += 1;
                if *count & (LOOKS - 1) == 2 {
                    self.look_closer(bin, length.micros());
                }
            }
            None => self.grow(bin),
        }
    }

    /// Read the count that a record of this length will raise, so that it is near by then.
    #[inline]
    pub(crate) fn read_ahead(&self, length: SimTime) {
        black_box(self.counts.get(bin(length.micros()).wrapping_sub(self.first)).copied());
    }

    #[cold]
    fn grow(&mut self, bin: usize) {
        self.make_room(bin, bin);
        self.counts[bin - self.first] = 1;
    }

    #[cold]
    #[inline(never)]
    fn look_closer(&mut self, bin: usize, micros: u64) {
        let count = &mut self.counts[bin - self.first];
        let (low, high) = edges(bin);
        if 1 < high - low && self.total < u64::from(*count) * FULLEST {
            self.closer.look(bin, (low, high), micros);
        }
        if FULL <= *count {
            *count -= FULL;
            self.full.push(bin);
        }
    }

    /// How many the bins of this range of positions hold together.
    fn sum(&self, range: Range<usize>) -> u64 {
        let counts: u64 = self.counts[range.clone()].iter().map(|&count| u64::from(count)).sum();
        let anew = self.full.iter().filter(|&&bin| range.contains(&(bin - self.first)));
        counts + anew.count() as u64 * u64::from(FULL)
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
        for (bin, &more) in (other.first..).zip(&other.counts) {
            let count = &mut self.counts[bin - self.first];
            // Neither of the two is much beyond half a word.
            let sum = u64::from(*count) + u64::from(more);
            let anew = sum / u64::from(FULL);
            *count = (sum % u64::from(FULL)) as u32;
            self.full.extend(std::iter::repeat_n(bin, anew as usize));
        }
        self.full.extend(&other.full);
        self.total += other.total;
        self.closer.merge(&other.closer);
    }

    /// All it holds as words, from which [`Histogram::from_words`] makes it again.
    pub fn words(&self) -> Vec<u64> {
        let [full, closer] = [self.full.len(), self.closer.len()].map(|n| n as u64);
        let sizes = [self.first as u64, self.counts.len() as u64, self.total, full, closer];
        let full = self.full.iter().map(|&bin| bin as u64);
        // where few bins hold anything, most words would be nothing
        let held = (0..).zip(&self.counts).filter(|&(_, &count)| 0 < count);
        let counts = held.map(|(at, &count): (u64, _)| at << COUNT_BITS | u64::from(count));
        sizes.into_iter().chain(full).chain(self.closer.words()).chain(counts).collect()
    }

    /// The histogram of these words; `None` if they are those of none.
    pub fn from_words(words: &[u64]) -> Option<Histogram> {
        let [first, bins, total, full, closer, rest @ ..] = words else { return None };
        let (full, rest) = rest.split_at_checked(usize::try_from(*full).ok()?)?;
        let (closer, held) = rest.split_at_checked(usize::try_from(*closer).ok()?)?;
        let (first, bins) = (usize::try_from(*first).ok()?, usize::try_from(*bins).ok()?);
        let bins = first..first.checked_add(bins).filter(|&end| end <= bin(u64::MAX) + 1)?;
        let mut counts = vec![0; bins.len()];
        if !held.is_sorted_by(|a, b| a >> COUNT_BITS < b >> COUNT_BITS) {
            return None;
        }
        for &word in held {
            *counts.get_mut((word >> COUNT_BITS) as usize)? = word as u32;
        }
        let full: Vec<usize> = full.iter().map(|&bin| bin as usize).collect();
        let within = full.iter().all(|bin| bins.contains(bin));
        let held: u64 = counts.iter().map(|&n| u64::from(n)).sum();
        let sound = within && held + full.len() as u64 * u64::from(FULL) == *total;
        let closer = Closer::from_words(closer)?;
        sound.then_some(Histogram { first, counts, full, total: *total, closer })
    }

    /// Lengths counted.
    pub fn total(&self) -> u64 {
        self.total
    }

    /// Lengths counted that were nothing.
    pub fn zeros(&self) -> u64 {
        if self.first == 0 { self.sum(0..self.counts.len().min(1)) } else { 0 }
    }

    /// The length that a share `q` of `population` records does not exceed, where the records beyond those
    /// counted here are longer than any. `None` if it lies among those.
    ///
    /// Within a bin it is interpolated, and lengths that are often exactly the same are told as they are: for
    /// laws that are smooth over a bin, or have an atom in it, it is off by less than 0.1%.
    pub fn quantile(&self, q: f64, population: u64) -> Option<SimTime> {
        let rank = q * population as f64;
        if population == 0 || self.total as f64 <= rank {
            return None;
        }
        let (at, below) = self.beyond(rank)?;
        let (low, high) = edges(self.first + at);
        if high - low == 1 {
            return Some(SimTime::from_micros(low));
        }
        let share = ((rank - below as f64) / self.sum(at..at + 1) as f64).max(0.0);
        let even = || low as f64 + share * (high - low) as f64;
        let length = self.closer.length(self.first + at, share).unwrap_or_else(even);
        Some(SimTime::from_micros(length.round() as u64))
    }

    /// The first bin that ends beyond a rank, and how many lie in those before it.
    fn beyond(&self, rank: f64) -> Option<(usize, u64)> {
        // Whole numbers beyond a rank are those from the next whole number on.
        let enough = rank.max(-1.0).floor() as i64 + 1;
        let mut below = 0;
        let bins = self.counts.len();
        let chunks = (0..bins).step_by(CHUNK).map(|from| from..bins.min(from + CHUNK));
        for chunk in chunks {
            let sum = self.sum(chunk.clone());
            if enough <= (below + sum) as i64 {
                for at in chunk.clone() {
                    let count = self.sum(at..at + 1);
                    if enough <= (below + count) as i64 {
                        return Some((at, below));
                    }
                    below += count;
                }
            }
            below += sum;
        }
        None
    }

    /// The first step in which there is a length, numbered from the shortest there is, and how many lie in it and in each that
    /// follows: steps of 32 bins, four of which double a length.
    pub(crate) fn by_steps(&self) -> (usize, Vec<u64>) {
        const BINS: usize = STEPS as usize / 4;
        let bins = self.first..self.first + self.counts.len();
        if bins.is_empty() {
            return (0, Vec::new());
        }
        let steps = bins.start / BINS..bins.end.div_ceil(BINS);
        let within = |step: usize| {
            let (from, to) = ((step * BINS).max(bins.start), ((step + 1) * BINS).min(bins.end));
            self.sum(from - self.first..to - self.first)
        };
        (steps.start, steps.map(within).collect())
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
            below += self.sum(next..end);
            next = end;
            let inside = own.checked_sub(self.first).filter(|&at| at < self.counts.len());
            let (low, high) = edges(own);
            let even = || (length.micros() + 1 - low) as f64 / (high - low) as f64;
            let share = || self.closer.at_most(own, length.micros()).unwrap_or_else(even).min(1.0);
            below as f64 + inside.map_or(0.0, |at| self.sum(at..at + 1) as f64 * share())
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
    fn a_bin_holds_more_than_half_a_word_counts() {
        let length = SimTime::from_micros(1000);
        let mut many = Histogram::default();
        many.record(length);
        many.record(SimTime::ZERO);
        for _ in 0..33 {
            let same = many.clone();
            many.merge(&same);
        }
        many.record(length);
        let records = 1 << 33;
        assert_eq!((many.total(), many.zeros()), (2 * records + 1, records));
        let longest = many.at_most(SimTime::from_micros(2000));
        assert!((longest - (2 * records + 1) as f64).abs() < 0.5, "{longest}");
        assert!(many.quantile(0.4, 2 * records).is_some_and(|half| half.micros() <= 1));
        assert!(many.quantile(0.9, 2 * records).is_some_and(|most| 990 < most.micros()));
        let counts = vec![FULL + 1];
        let mut one = Histogram { first: 5, counts, total: 7, ..Histogram::default() };
        one.record(SimTime::from_micros(5));
        assert_eq!((one.sum(0..1), one.full.len()), (u64::from(FULL) + 2, 1));
    }

    #[test]
    fn an_atom_amid_other_lengths_is_told_as_it_is() {
        // Nothing for 30%, exactly an hour for 40%, beyond it evenly up to two hours: the hour's bin is 0.8% wide.
        let atom = SimTime::HOUR;
        let mut parts = [Histogram::default(), Histogram::default()];
        for i in 0..100_000u64 {
            let length = match i * 7919 % 100_000 {
                n @ 70_000.. => atom + SimTime::from_micros((n - 70_000) * 120_000),
                30_000.. => atom,
                _ => SimTime::ZERO,
            };
            parts[(i % 2) as usize].record(length);
        }
        let [mut both, half] = parts;
        both.merge(&half);
        for q in [0.1, 0.299] {
            assert_eq!(both.quantile(q, 100_000), Some(SimTime::ZERO));
        }
        for q in [0.301, 0.5, 0.69] {
            assert_eq!(both.quantile(q, 100_000), Some(atom));
        }
        for q in [0.71, 0.8, 0.95] {
            let exact = 1.0 + (q - 0.7) / 0.3;
            let found = both.quantile(q, 100_000).unwrap().hours();
            assert!((found / exact - 1.0).abs() < 1e-3, "{q}: {found} against {exact}");
        }
        let [before, at] = [SimTime::from_micros(atom.micros() - 1), atom].map(|t| both.at_most(t));
        assert!((before - 30_000.0).abs() < 1.0 && (at - 70_000.0).abs() < 150.0, "{before}, {at}");
    }

    #[test]
    fn a_law_that_begins_within_a_bin_is_told_to_a_thousandth() {
        let mut narrow = Histogram::default();
        let of = |u: f64| 1e9 * (1.0 + 0.01 * u);
        (0..100_000u64).for_each(|i| {
            let u = (i * 7919 % 100_000) as f64 / 1e5;
            narrow.record(SimTime::from_micros(of(u) as u64));
        });
        for q in [0.1, 0.5, 0.9] {
            let found = narrow.quantile(q, 100_000).unwrap().micros() as f64;
            assert!((found / of(q) - 1.0).abs() < 5e-4, "{q}: {found}");
        }
    }

    #[test]
    fn words_bring_a_histogram_back_or_are_refused() {
        let mut many = Histogram::default();
        assert!(Histogram::from_words(&many.words()).is_some_and(|none| none.total() == 0));
        (0..500).for_each(|i| many.record(SimTime::from_micros(i * i * 977)));
        for _ in 0..32 {
            let same = many.clone();
            many.merge(&same);
        }
        let words = many.words();
        let back = Histogram::from_words(&words).unwrap();
        assert_eq!(back.words(), words);
        assert_eq!(back.quantile(0.37, many.total()), many.quantile(0.37, many.total()));
        for changed in [0, 1, 2, 3, 4, words.len() - 1] {
            let mut wrong = words.clone();
            wrong[changed] = wrong[changed].wrapping_add(1 << 40);
            assert!(Histogram::from_words(&wrong).is_none(), "word {changed}");
        }
        assert!(Histogram::from_words(&words[..words.len() - 1]).is_none());
        assert!(Histogram::from_words(&[]).is_none());
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
