//! A set of numbers: the next lower one is found without passing those between.

/// Numbers below a bound, as bits. The bits of each further level tell which words of the one before are not empty, up to a
/// level of one word: three levels for a quarter of a million numbers.
#[derive(Debug)]
pub(super) struct Numbers {
    levels: Vec<Vec<u64>>,
}

const BITS: usize = u64::BITS as usize;

impl Numbers {
    /// No number yet of those below this bound.
    pub(super) fn none_below(bound: usize) -> Numbers {
        let words = |&bits: &usize| (1 < bits).then(|| bits.div_ceil(BITS));
        let first = bound.div_ceil(BITS).max(1);
        let levels = std::iter::successors(Some(first), words).map(|words| vec![0; words]);
        Numbers { levels: levels.collect() }
    }

    pub(super) fn insert(&mut self, number: u32) {
        let mut at = number as usize;
        for level in &mut self.levels {
            level[at / BITS] |= 1 << (at % BITS);
            at /= BITS;
        }
    }

    pub(super) fn remove(&mut self, number: u32) {
        let mut at = number as usize;
        for level in &mut self.levels {
            level[at / BITS] &= !(1 << (at % BITS));
            if level[at / BITS] != 0 {
                return;
            }
            at /= BITS;
        }
    }

    /// The greatest number of the set that is lower than this one.
    pub(super) fn last_below(&self, number: u32) -> Option<u32> {
        let mut at = number as usize;
        for (height, level) in self.levels.iter().enumerate() {
            let lower = level[at / BITS] & ((1 << (at % BITS)) - 1);
            if lower != 0 {
                let top = at / BITS * BITS + lower.ilog2() as usize;
                let down = self.levels[..height].iter().rev();
                let last =
                    |word: usize, level: &Vec<u64>| word * BITS + level[word].ilog2() as usize;
                return Some(down.fold(top, last) as u32);
            }
            at /= BITS;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::draws::{Purpose, Seed};

    #[test]
    fn the_next_lower_number_is_the_one_that_a_sorted_set_has() {
        for bound in [1, 2, 63, 64, 65, 4_096, 4_097, 300_000] {
            let (mut numbers, mut sorted) = (Numbers::none_below(bound), BTreeSet::new());
            let key = Seed::new(1, 0).stream(bound as u32);
            for step in 0..4_000 {
                let any =
                    |ordinal| (key.of(step).unit(Purpose::Gap, ordinal) * bound as f64) as u32;
                let number = any(0);
                if sorted.remove(&number) {
                    numbers.remove(number);
                } else {
                    sorted.insert(number);
                    numbers.insert(number);
                }
                for number in [any(1), number, bound as u32 - 1] {
                    let last = sorted.range(..number).next_back().copied();
                    assert_eq!(numbers.last_below(number), last, "below {number} of {bound}");
                }
            }
        }
    }
}
