//! A run of random words for those who want one after another.

use core::convert::Infallible;

use rand::TryRng;

use super::keyed::{Key, ORDINAL_STRIDE, bits_at, unit_of};
use super::purpose::Purpose;

/// The words of one key and purpose in order of ordinal.
///
/// Word n is `key.bits(purpose, n)`; after 2³² words it goes on where no ordinal reaches. It
/// implements rand's `Rng`, so rand's shuffles, ranges and distributions can draw from it. (Their
/// bits may change with rand's version; results that must not change use [`Key::unit`].)
///
/// ```
/// use orgsim::draws::{Generator, Purpose, Seed};
/// use rand::RngExt;
///
/// let key = Seed::new(1, 0).stream(0).of(5);
/// let mut generator = Generator::new(key, Purpose::Position);
/// let die: u8 = generator.random_range(1..=6);
/// assert!((1..=6).contains(&die));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Generator {
    address: u64,
}

impl Generator {
    /// Start at ordinal 0.
    #[inline]
    #[must_use]
    pub fn new(key: Key, purpose: Purpose) -> Generator {
        Generator { address: key.first(purpose) }
    }

    /// The next word.
    #[inline]
    pub fn bits(&mut self) -> u64 {
        let bits = bits_at(self.address);
        self.address = self.address.wrapping_add(ORDINAL_STRIDE);
        bits
    }

    /// The next uniform strictly between 0 and 1.
    #[inline]
    pub fn unit(&mut self) -> f64 {
        unit_of(self.bits())
    }
}

impl TryRng for Generator {
    type Error = Infallible;

    #[inline]
    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok((self.bits() >> 32) as u32)
    }

    #[inline]
    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(self.bits())
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        for chunk in bytes.chunks_mut(8) {
            chunk.copy_from_slice(&self.bits().to_le_bytes()[..chunk.len()]);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use rand::Rng;

    use super::*;
    use crate::draws::Seed;

    #[test]
    fn the_nth_word_is_that_of_ordinal_n() {
        let key = Seed::new(9, 0).stream(2).of(3);
        let mut generator = Generator::new(key, Purpose::Gap);
        for ordinal in 0..100 {
            assert_eq!(generator.next_u64(), key.bits(Purpose::Gap, ordinal));
        }
    }

    #[test]
    fn bytes_are_the_words_little_end_first() {
        let key = Seed::new(9, 0).stream(2).of(3);
        let mut bytes = [0; 11];
        Generator::new(key, Purpose::Gap).fill_bytes(&mut bytes);
        assert_eq!(bytes[..8], key.bits(Purpose::Gap, 0).to_le_bytes());
        assert_eq!(bytes[8..], key.bits(Purpose::Gap, 1).to_le_bytes()[..3]);
    }
}
