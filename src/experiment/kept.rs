//! Replications as plain words, so that a stopped experiment can be gone on with.

use super::measured::{Moments, Sample};
use crate::sim::{ArrivalCounts, Conservation, Observation, Stop, TopicInside};
use crate::tally::{Counts, Histogram};
use crate::units::SimTime;

/// Words yet to be read.
pub(super) type Words<'a> = std::slice::Iter<'a, u64>;

/// A value that is kept as words of 64 bits, and comes back as it was to the bit.
pub(super) trait Kept: Sized {
    /// Put its words behind those there are.
    fn keep(&self, words: &mut Vec<u64>);

    /// The value whose words come next; `None` if they are those of no such value.
    fn back(words: &mut Words<'_>) -> Option<Self>;
}

/// Keeps a struct by its fields, all of them named here.
macro_rules! kept {
    ($name:ident { $($field:ident),* $(,)? }) => {
        impl $crate::experiment::kept::Kept for $name {
            fn keep(&self, words: &mut Vec<u64>) {
                let $name { $($field),* } = self;
                $($crate::experiment::kept::Kept::keep($field, words);)*
            }

            fn back(words: &mut $crate::experiment::kept::Words<'_>) -> Option<Self> {
                Some($name { $($field: $crate::experiment::kept::Kept::back(words)?),* })
            }
        }
    };
}
pub(super) use kept;

impl Kept for u64 {
    fn keep(&self, words: &mut Vec<u64>) {
        words.push(*self);
    }

    fn back(words: &mut Words<'_>) -> Option<u64> {
        words.next().copied()
    }
}

impl Kept for u32 {
    fn keep(&self, words: &mut Vec<u64>) {
        words.push(u64::from(*self));
    }

    fn back(words: &mut Words<'_>) -> Option<u32> {
        u32::try_from(*words.next()?).ok()
    }
}

impl Kept for u128 {
    fn keep(&self, words: &mut Vec<u64>) {
        words.extend([*self as u64, (*self >> 64) as u64]);
    }

    fn back(words: &mut Words<'_>) -> Option<u128> {
        let (low, high) = (*words.next()?, *words.next()?);
        Some(u128::from(low) | u128::from(high) << 64)
    }
}

impl Kept for f64 {
    fn keep(&self, words: &mut Vec<u64>) {
        words.push(self.to_bits());
    }

    fn back(words: &mut Words<'_>) -> Option<f64> {
        words.next().map(|&bits| f64::from_bits(bits))
    }
}

impl Kept for SimTime {
    fn keep(&self, words: &mut Vec<u64>) {
        words.push(self.micros());
    }

    fn back(words: &mut Words<'_>) -> Option<SimTime> {
        words.next().map(|&micros| SimTime::from_micros(micros))
    }
}

impl<T: Kept> Kept for Option<T> {
    fn keep(&self, words: &mut Vec<u64>) {
        words.push(u64::from(self.is_some()));
        if let Some(value) = self {
            value.keep(words);
        }
    }

    fn back(words: &mut Words<'_>) -> Option<Option<T>> {
        match words.next()? {
            0 => Some(None),
            1 => T::back(words).map(Some),
            _ => None,
        }
    }
}

impl<T: Kept> Kept for Vec<T> {
    fn keep(&self, words: &mut Vec<u64>) {
        words.push(self.len() as u64);
        self.iter().for_each(|value| value.keep(words));
    }

    fn back(words: &mut Words<'_>) -> Option<Vec<T>> {
        // every value takes a word at least, so a length beyond what is left is none
        let length = usize::try_from(*words.next()?).ok().filter(|&n| n <= words.len())?;
        (0..length).map(|_| T::back(words)).collect()
    }
}

impl<T: Kept, const N: usize> Kept for [T; N] {
    fn keep(&self, words: &mut Vec<u64>) {
        self.iter().for_each(|value| value.keep(words));
    }

    fn back(words: &mut Words<'_>) -> Option<[T; N]> {
        let values: Option<Vec<T>> = (0..N).map(|_| T::back(words)).collect();
        values?.try_into().ok()
    }
}

impl<A: Kept, B: Kept> Kept for (A, B) {
    fn keep(&self, words: &mut Vec<u64>) {
        self.0.keep(words);
        self.1.keep(words);
    }

    fn back(words: &mut Words<'_>) -> Option<(A, B)> {
        Some((A::back(words)?, B::back(words)?))
    }
}

impl Kept for Histogram {
    fn keep(&self, words: &mut Vec<u64>) {
        self.words().keep(words);
    }

    fn back(words: &mut Words<'_>) -> Option<Histogram> {
        Histogram::from_words(&Vec::back(words)?)
    }
}

impl Kept for Counts {
    fn keep(&self, words: &mut Vec<u64>) {
        self.words().keep(words);
    }

    fn back(words: &mut Words<'_>) -> Option<Counts> {
        <[u64; 5]>::back(words).map(Counts::from_words)
    }
}

impl Kept for Sample {
    fn keep(&self, words: &mut Vec<u64>) {
        match *self {
            Sample::None => words.push(0),
            Sample::Value(value) => (1u64, value).keep(words),
            Sample::Ratio(above, below) => (2u64, (above, below)).keep(words),
            Sample::Deviation(records) => {
                words.push(3);
                records.keep(words);
            }
        }
    }

    fn back(words: &mut Words<'_>) -> Option<Sample> {
        match words.next()? {
            0 => Some(Sample::None),
            1 => f64::back(words).map(Sample::Value),
            2 => <(f64, f64)>::back(words).map(|(above, below)| Sample::Ratio(above, below)),
            3 => Moments::back(words).map(Sample::Deviation),
            _ => None,
        }
    }
}

impl Kept for Stop {
    fn keep(&self, words: &mut Vec<u64>) {
        let (why, role) = match *self {
            Stop::Asked => (0u64, 0),
            Stop::TooMany(role) => (1, role),
            Stop::TooManyHops(role) => (2, role),
            Stop::NoProgress => (3, 0),
            Stop::Stuck(role) => (4, role),
            Stop::NoMemory(role) => (5, role),
        };
        (why, role).keep(words);
    }

    fn back(words: &mut Words<'_>) -> Option<Stop> {
        Some(match <(u64, u32)>::back(words)? {
            (0, _) => Stop::Asked,
            (1, role) => Stop::TooMany(role),
            (2, role) => Stop::TooManyHops(role),
            (3, _) => Stop::NoProgress,
            (4, role) => Stop::Stuck(role),
            (5, role) => Stop::NoMemory(role),
            _ => return None,
        })
    }
}

kept!(Moments { n, sum, apart });
kept!(TopicInside { left, inside_micros, inside_squares, inside_within });
kept!(Observation { looks, number, number_squares, busy, empty, at_number });
kept!(ArrivalCounts { days, weeks });
kept!(Conservation {
    arrived,
    ends,
    inside,
    contacts,
    contacts_closed,
    contacts_inside,
    mentions,
    area_micros,
    inside_micros,
    agenda_peak,
});

#[cfg(test)]
mod tests {
    use super::*;

    fn again<T: Kept>(value: &T) -> Option<T> {
        let mut words = Vec::new();
        value.keep(&mut words);
        let mut left = words.iter();
        let back = T::back(&mut left);
        assert_eq!(left.len(), 0, "all words are read");
        for short in 0..words.len() {
            assert!(T::back(&mut words[..short].iter()).is_none(), "{short} words are too few");
        }
        back
    }

    #[test]
    fn values_come_back_to_the_bit() {
        let bits = [0.1 + 0.2, -0.0, f64::INFINITY, f64::from_bits(0x7FF8_0000_0000_0001)];
        let back = again(&bits.to_vec()).unwrap();
        assert_eq!(
            bits.map(f64::to_bits).to_vec(),
            back.iter().map(|x| x.to_bits()).collect::<Vec<_>>()
        );
        let deep = (vec![Some(u128::MAX), None], [SimTime::NEVER, SimTime::ZERO]);
        assert_eq!(again(&deep), Some(deep));
        let roles = [Stop::TooMany(3), Stop::NoMemory(2), Stop::TooManyHops(1), Stop::Stuck(7)];
        for stop in roles.into_iter().chain([Stop::NoProgress]) {
            assert_eq!(again(&stop), Some(stop));
        }
        for sample in [Sample::None, Sample::Value(0.3), Sample::Ratio(1.0, 3.0)] {
            assert_eq!(again(&sample), Some(sample));
        }
    }

    #[test]
    fn words_of_no_value_are_refused() {
        assert_eq!(Vec::<u64>::back(&mut [u64::MAX, 1].iter()), None);
        assert_eq!(Option::<u64>::back(&mut [2, 1].iter()), None);
        assert_eq!(u32::back(&mut [1 << 32].iter()), None);
        assert_eq!(Sample::back(&mut [9, 0].iter()), None);
        assert_eq!(Stop::back(&mut [9, 0].iter()), None);
    }
}
