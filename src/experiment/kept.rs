//! Replications as packed words, so that a stopped experiment can be gone on with.

use super::measured::{Moments, Sample};
use crate::sim::{
    AgendaPeak, ArrivalCounts, Conservation, MentionCounts, Observation, Stop, TopicInside,
};
use crate::tally::{Counts, Histogram};
use crate::units::SimTime;

/// Words of 64 bits one after the other, each as a byte that tells which of its bytes are not zero, and those bytes.
///
/// Most of what is kept are small numbers, and nothing is larger than everything: of thousands of roles the words as they are
/// would take more memory than all the rest of a run.
#[derive(Debug, Default)]
pub(super) struct Packed {
    bytes: Vec<u8>,
}

impl Packed {
    /// One more word.
    pub(super) fn push(&mut self, word: u64) {
        let (at, mut told) = (self.bytes.len(), 0);
        self.bytes.push(0);
        for (place, byte) in word.to_le_bytes().into_iter().enumerate() {
            if byte != 0 {
                told |= 1 << place;
                self.bytes.push(byte);
            }
        }
        self.bytes[at] = told;
    }

    /// Several more.
    pub(super) fn extend<const N: usize>(&mut self, words: [u64; N]) {
        words.into_iter().for_each(|word| self.push(word));
    }

    /// All of them.
    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

/// Packed words yet to be read.
#[derive(Debug)]
pub(super) struct Words<'a>(&'a [u8]);

impl<'a> Words<'a> {
    /// The words packed in these bytes.
    pub(super) fn of(bytes: &'a [u8]) -> Words<'a> {
        Words(bytes)
    }

    /// The next; `None` if there is none, or not all of it.
    pub(super) fn next(&mut self) -> Option<u64> {
        let (&told, rest) = self.0.split_first()?;
        let (bytes, rest) = rest.split_at_checked(told.count_ones() as usize)?;
        let mut word = [0; 8];
        let places = (0..word.len()).filter(|place| told >> place & 1 == 1);
        places.zip(bytes).for_each(|(place, &byte)| word[place] = byte);
        self.0 = rest;
        Some(u64::from_le_bytes(word))
    }

    /// There are no more than so many.
    pub(super) fn at_most(&self) -> usize {
        self.0.len()
    }

    /// Whether all have been read.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A value that is kept as words of 64 bits, and comes back as it was to the bit.
pub(super) trait Kept: Sized {
    /// Put its words behind those there are.
    fn keep(&self, words: &mut Packed);

    /// The value whose words come next; `None` if they are those of no such value.
    fn back(words: &mut Words<'_>) -> Option<Self>;
}

/// Keeps a struct by its fields, all of them named here.
macro_rules! kept {
    ($name:ident { $($field:ident),* $(,)? }) => {
        impl $crate::experiment::kept::Kept for $name {
            fn keep(&self, words: &mut $crate::experiment::kept::Packed) {
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
    fn keep(&self, words: &mut Packed) {
        words.push(*self);
    }

    fn back(words: &mut Words<'_>) -> Option<u64> {
        words.next()
    }
}

impl Kept for u32 {
    fn keep(&self, words: &mut Packed) {
        words.push(u64::from(*self));
    }

    fn back(words: &mut Words<'_>) -> Option<u32> {
        u32::try_from(words.next()?).ok()
    }
}

impl Kept for u128 {
    fn keep(&self, words: &mut Packed) {
        words.extend([*self as u64, (*self >> 64) as u64]);
    }

    fn back(words: &mut Words<'_>) -> Option<u128> {
        let (low, high) = (words.next()?, words.next()?);
        Some(u128::from(low) | u128::from(high) << 64)
    }
}

impl Kept for f64 {
    fn keep(&self, words: &mut Packed) {
        words.push(self.to_bits());
    }

    fn back(words: &mut Words<'_>) -> Option<f64> {
        words.next().map(f64::from_bits)
    }
}

impl Kept for SimTime {
    fn keep(&self, words: &mut Packed) {
        words.push(self.micros());
    }

    fn back(words: &mut Words<'_>) -> Option<SimTime> {
        words.next().map(SimTime::from_micros)
    }
}

impl<T: Kept> Kept for Option<T> {
    fn keep(&self, words: &mut Packed) {
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
    fn keep(&self, words: &mut Packed) {
        words.push(self.len() as u64);
        self.iter().for_each(|value| value.keep(words));
    }

    fn back(words: &mut Words<'_>) -> Option<Vec<T>> {
        // every value takes a word at least, so a length beyond what is left is none
        let length = usize::try_from(words.next()?).ok().filter(|&n| n <= words.at_most())?;
        (0..length).map(|_| T::back(words)).collect()
    }
}

impl<T: Kept, const N: usize> Kept for [T; N] {
    fn keep(&self, words: &mut Packed) {
        self.iter().for_each(|value| value.keep(words));
    }

    fn back(words: &mut Words<'_>) -> Option<[T; N]> {
        let values: Option<Vec<T>> = (0..N).map(|_| T::back(words)).collect();
        values?.try_into().ok()
    }
}

impl<A: Kept, B: Kept> Kept for (A, B) {
    fn keep(&self, words: &mut Packed) {
        self.0.keep(words);
        self.1.keep(words);
    }

    fn back(words: &mut Words<'_>) -> Option<(A, B)> {
        Some((A::back(words)?, B::back(words)?))
    }
}

impl Kept for Histogram {
    fn keep(&self, words: &mut Packed) {
        self.words().keep(words);
    }

    fn back(words: &mut Words<'_>) -> Option<Histogram> {
        Histogram::from_words(&Vec::back(words)?)
    }
}

impl Kept for Counts {
    fn keep(&self, words: &mut Packed) {
        self.words().keep(words);
    }

    fn back(words: &mut Words<'_>) -> Option<Counts> {
        <[u64; 5]>::back(words).map(Counts::from_words)
    }
}

impl Kept for Sample {
    fn keep(&self, words: &mut Packed) {
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
    fn keep(&self, words: &mut Packed) {
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
kept!(MentionCounts { seen, touched, expired, open });
kept!(AgendaPeak { entries, bound });
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
        let mut words = Packed::default();
        value.keep(&mut words);
        let bytes = words.into_bytes();
        let mut left = Words::of(&bytes);
        let back = T::back(&mut left);
        assert!(left.is_empty(), "all words are read");
        for short in 0..bytes.len() {
            assert!(
                T::back(&mut Words::of(&bytes[..short])).is_none(),
                "{short} bytes are too few"
            );
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
    fn words_take_as_many_bytes_as_they_have_to() {
        for (word, bytes) in [(0, 1), (255, 2), (1 << 63, 2), (0x0100_0000_0001, 3), (u64::MAX, 9)]
        {
            let mut words = Packed::default();
            words.push(word);
            let packed = words.into_bytes();
            assert_eq!(packed.len(), bytes, "{word:#x}");
            assert_eq!(Words::of(&packed).next(), Some(word));
        }
    }

    #[test]
    fn words_of_no_value_are_refused() {
        fn back<T: Kept>(words: [u64; 2]) -> Option<T> {
            let mut packed = Packed::default();
            packed.extend(words);
            T::back(&mut Words::of(&packed.into_bytes()))
        }
        assert_eq!(back::<Vec<u64>>([u64::MAX, 1]), None);
        assert_eq!(back::<Option<u64>>([2, 1]), None);
        assert_eq!(back::<u32>([1 << 32, 0]), None);
        assert_eq!(back::<Sample>([9, 0]), None);
        assert_eq!(back::<Stop>([9, 0]), None);
    }
}
