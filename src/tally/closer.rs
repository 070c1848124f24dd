//! A closer look at the bins of a histogram that hold much: where in them the lengths lie.

use std::ops::Range;

/// Steps in which a bin is divided.
const STEPS: u64 = 16;

/// Lengths that must have been seen before a bin without an atom is taken to be as they are.
const ENOUGH: u64 = 64;

/// Words of a step.
const WORDS: usize = 6;

/// Some of the lengths of the fullest bins, each bin in 16 steps.
///
/// Lengths that are often exactly the same (a constant service time without any wait, a constant
/// patience) put an atom into one bin, and interpolating evenly would smear it over the bin. Here
/// the atom is seen: each step keeps its shortest and its longest length, and how often they came.
/// All of it is sums and extremes, so the order of adding never changes a bit.
#[derive(Debug, Clone, Default)]
pub(super) struct Closer {
    /// By bin and step, in order.
    steps: Vec<Step>,
}

/// The lengths seen in one step of one bin.
#[derive(Debug, Clone, Copy)]
struct Step {
    /// Number of the bin times [`STEPS`], and the step.
    key: u64,
    count: u64,
    shortest: u64,
    longest: u64,
    /// How many were exactly the shortest, and the longest.
    at_shortest: u64,
    at_longest: u64,
}

impl Step {
    fn of(key: u64, micros: u64) -> Step {
        let (shortest, longest) = (micros, micros);
        Step { key, count: 1, shortest, longest, at_shortest: 1, at_longest: 1 }
    }

    fn merge(&mut self, other: &Step) {
        self.count += other.count;
        if other.shortest <= self.shortest {
            let same = if other.shortest == self.shortest { self.at_shortest } else { 0 };
            (self.shortest, self.at_shortest) = (other.shortest, other.at_shortest + same);
        }
        if self.longest <= other.longest {
            let same = if other.longest == self.longest { self.at_longest } else { 0 };
            (self.longest, self.at_longest) = (other.longest, other.at_longest + same);
        }
    }

    /// The length that so many of the step's do not exceed.
    fn length(&self, rank: f64) -> f64 {
        let (shortest, longest) = (self.shortest as f64, self.longest as f64);
        let (first, last) = (self.at_shortest as f64, (self.count - self.at_longest) as f64);
        if rank <= first || self.shortest == self.longest {
            shortest
        } else if last <= rank {
            longest
        } else {
            shortest + (rank - first) / (last - first) * (longest - shortest)
        }
    }

    /// How many of the step's are at most this long.
    fn at_most(&self, micros: u64) -> f64 {
        if self.longest <= micros {
            return self.count as f64;
        }
        if micros < self.shortest {
            return 0.0;
        }
        let between = self.count.saturating_sub(self.at_shortest + self.at_longest) as f64;
        let share = (micros - self.shortest) as f64 / (self.longest - self.shortest) as f64;
        self.at_shortest as f64 + share * between
    }
}

impl Closer {
    /// All it holds as words, from which [`Closer::from_words`] makes it again.
    pub(super) fn words(&self) -> impl Iterator<Item = u64> {
        self.steps.iter().flat_map(|step| {
            let Step { key, count, shortest, longest, at_shortest, at_longest } = *step;
            [key, count, shortest, longest, at_shortest, at_longest]
        })
    }

    /// How many words that is.
    pub(super) fn len(&self) -> usize {
        self.steps.len() * WORDS
    }

    /// The look of these words; `None` if they are those of none.
    pub(super) fn from_words(words: &[u64]) -> Option<Closer> {
        let (steps, rest) = words.as_chunks::<WORDS>();
        let step = |&[key, count, shortest, longest, at_shortest, at_longest]: &[u64; WORDS]| {
            Step { key, count, shortest, longest, at_shortest, at_longest }
        };
        let steps: Vec<Step> = steps.iter().map(step).collect();
        let sound = |step: &Step| {
            let some = |at: u64| (1..=step.count).contains(&at);
            step.shortest <= step.longest && some(step.at_shortest) && some(step.at_longest)
        };
        let rising = steps.is_sorted_by(|a, b| a.key < b.key);
        (rest.is_empty() && rising && steps.iter().all(sound)).then_some(Closer { steps })
    }

    /// Look at one length of the bin that begins and ends there.
    pub(super) fn look(&mut self, bin: usize, edges: (u64, u64), micros: u64) {
        let (low, high) = edges;
        let step = u128::from(micros - low) * u128::from(STEPS) / u128::from(high - low);
        self.add(Step::of(bin as u64 * STEPS + step as u64, micros));
    }

    fn add(&mut self, step: Step) {
        match self.steps.binary_search_by_key(&step.key, |known| known.key) {
            Ok(at) => self.steps[at].merge(&step),
            Err(at) => self.steps.insert(at, step),
        }
    }

    /// Add all that another saw.
    pub(super) fn merge(&mut self, other: &Closer) {
        other.steps.iter().for_each(|step| self.add(*step));
    }

    /// The steps of a bin, if they tell more than that lengths spread evenly over it: an atom is among them,
    /// or they have seen enough.
    fn steps_of(&self, bin: usize) -> Option<&[Step]> {
        let keys: Range<u64> = bin as u64 * STEPS..(bin as u64 + 1) * STEPS;
        let from = self.steps.partition_point(|step| step.key < keys.start);
        let to = self.steps.partition_point(|step| step.key < keys.end);
        let steps = &self.steps[from..to];
        let seen: u64 = steps.iter().map(|step| step.count).sum();
        let most = steps.iter().map(|step| step.count).max().unwrap_or(0);
        let only_one = |step: &Step| 2 <= step.count && step.shortest == step.longest;
        // Lengths that spread evenly would have a sixteenth of them in a step.
        let uneven = seen + 16 <= 4 * most || matches!(steps, [step] if only_one(step));
        (uneven || ENOUGH <= seen).then_some(steps)
    }

    /// The length that this share of a bin does not exceed; `None` where lengths are taken to spread evenly.
    pub(super) fn length(&self, bin: usize, share: f64) -> Option<f64> {
        let steps = self.steps_of(bin)?;
        let mut rank = share * steps.iter().map(|step| step.count as f64).sum::<f64>();
        for step in steps {
            if rank < step.count as f64 {
                return Some(step.length(rank));
            }
            rank -= step.count as f64;
        }
        steps.last().map(|step| step.longest as f64)
    }

    /// The share of a bin that is at most this long; `None` where lengths are taken to spread evenly.
    pub(super) fn at_most(&self, bin: usize, micros: u64) -> Option<f64> {
        let steps = self.steps_of(bin)?;
        let seen: f64 = steps.iter().map(|step| step.count as f64).sum();
        Some(steps.iter().map(|step| step.at_most(micros)).sum::<f64>() / seen)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(lengths: impl IntoIterator<Item = u64>) -> Closer {
        let mut closer = Closer::default();
        lengths.into_iter().for_each(|micros| closer.look(3, (1600, 3200), micros));
        closer
    }

    #[test]
    fn an_atom_is_not_smeared() {
        let closer = of((0..90).map(|_| 2000).chain((0..10).map(|i| 2010 + 100 * i)));
        assert_eq!(closer.length(3, 0.0), Some(2000.0));
        assert_eq!(closer.length(3, 0.89), Some(2000.0));
        assert!(closer.length(3, 0.95).is_some_and(|length| 2300.0 < length));
        assert_eq!(closer.at_most(3, 1999), Some(0.0));
        assert!(closer.at_most(3, 2000).is_some_and(|share| (share - 0.9).abs() < 1e-12));
        assert_eq!(closer.at_most(3, 3000), Some(1.0));
        assert_eq!((closer.length(2, 0.5), closer.at_most(4, 2000)), (None, None));
    }

    #[test]
    fn few_lengths_without_an_atom_are_left_alone() {
        let closer = of((0..32).map(|i| 1600 + 50 * i));
        assert_eq!((closer.length(3, 0.5), closer.at_most(3, 2000)), (None, None));
        // a law that begins in the middle of the bin
        let half = of((0..160).map(|i| 2400 + 5 * i));
        assert!(half.length(3, 0.25).is_some_and(|length| (length - 2600.0).abs() < 10.0));
        assert!(half.at_most(3, 2600).is_some_and(|share| (share - 0.25).abs() < 0.02));
        assert_eq!(of([2000]).length(3, 0.5), None);
        assert_eq!(of([2000, 2000]).length(3, 0.5), Some(2000.0));
    }

    #[test]
    fn merging_equals_looking_together_in_any_order() {
        let (a, b) = (vec![1700, 1700, 1750, 3000], vec![1690, 1700, 3000, 3000, 2500]);
        let together = of(a.iter().chain(&b).copied());
        let (mut one, mut other) = (of(a.clone()), of(b.clone()));
        one.merge(&of(b));
        other.merge(&of(a));
        assert_eq!(format!("{one:?}"), format!("{together:?}"));
        assert_eq!(format!("{other:?}"), format!("{together:?}"));
    }
}
