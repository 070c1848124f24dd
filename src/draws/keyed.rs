//! Uniforms found by address.

use super::purpose::Purpose;

/// 2⁶⁴ ÷ golden ratio, the odd stride of all counters here.
const STRIDE: u64 = 0x9E37_79B9_7F4A_7C15;

/// Purposes lie one stride apart and ordinals this many, more than there can be purposes: no two
/// addresses of one key coincide, and walking either way takes odd strides that move every bit.
pub(super) const ORDINAL_STRIDE: u64 = STRIDE.wrapping_mul(65_537);

/// Tells a replication's streams from other children of the same number.
const STREAM: u64 = 0x6A09_E667_F3BC_C909;
/// Tells a key's children from a stream's customers.
const CHILD: u64 = 0xBB67_AE85_84CA_A73B;

/// A reversible scrambling of 64 bits, in which every input bit moves half the output bits.
///
/// The finalizer of SplitMix64 (Steele, Lea & Flood 2014) with the constants of Stafford's 13th
/// variant. Being reversible, it gives different numbers different keys.
#[inline]
const fn scramble(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ (x >> 31)
}

/// Both halves of a 128-bit product, laid over each other.
///
/// Every bit of the one factor reaches the whole result, through one half or the other.
#[inline]
const fn fold(x: u64, odd: u64) -> u64 {
    let product = (x as u128) * (odd as u128);
    (product as u64) ^ ((product >> 64) as u64)
}

/// The 64 bits at one address: two folded multiplications.
///
/// One folding alone lets some bits through unmoved; the second moves every output bit with
/// probability one half for every input bit (see the tests). The address zero gives zero, which
/// does no harm: nothing is fed back, and a uniform made of it still lies above 0.
#[inline]
pub(super) const fn bits_at(address: u64) -> u64 {
    fold(fold(address, 0xA076_1D64_78BD_642F), 0xD6E8_FEB8_6659_FD93)
}

/// A uniform strictly between 0 and 1 from 64 bits.
///
/// (⌊bits ÷ 2¹²⌋ + ½) · 2⁻⁵²: 2⁵² equally likely values, symmetric about ½, each exact, as is one
/// minus each. (With 53 bits the last values would round to 1.)
#[inline]
pub(super) const fn unit_of(bits: u64) -> f64 {
    const STEP: f64 = 1.0 / (1u64 << 52) as f64;
    ((bits >> 12) as f64 + 0.5) * STEP
}

/// The master seed and the replication: where all randomness of a run begins.
///
/// ```
/// use orgsim::draws::{Purpose, Seed};
///
/// let uniform = |replication| Seed::new(1, replication).stream(0).of(0).unit(Purpose::Gap, 0);
/// assert_ne!(uniform(0), uniform(1));
/// assert_eq!(uniform(1), uniform(1));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seed {
    base: u64,
}

impl Seed {
    /// Replication `replication` under the user's `master` seed; any number will do.
    #[inline]
    #[must_use]
    pub fn new(master: u64, replication: u32) -> Seed {
        let master = scramble(master.wrapping_add(STRIDE));
        let replication = u64::from(replication).wrapping_add(1).wrapping_mul(STRIDE);
        Seed { base: scramble(master.wrapping_add(replication)) }
    }

    /// The key space of one stream of arrivals, or of another family (people, days, roles).
    #[inline]
    #[must_use]
    pub fn stream(self, stream: u32) -> StreamKey {
        let stream = u64::from(stream).wrapping_add(1).wrapping_mul(STRIDE);
        StreamKey(scramble((self.base ^ STREAM).wrapping_add(stream)))
    }
}

/// One stream of customers (or other entities) in one replication.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StreamKey(u64);

impl StreamKey {
    /// The key of customer, log row or day `number`. Different numbers have different keys.
    #[inline]
    #[must_use]
    pub fn of(self, number: u64) -> Key {
        Key(scramble(self.0.wrapping_add(number.wrapping_add(1).wrapping_mul(STRIDE))))
    }
}

/// Whose randomness it is: 8 bytes from which all uniforms of one case follow.
///
/// A uniform depends on the key, the purpose and the ordinal (which visit, turn or child) and on
/// nothing else, above all not on the organization: two designs under the same seed face the
/// same customers (common random numbers), however differently they go on to treat them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Key(u64);

impl Key {
    /// The greatest of the values of [`Key::unit`]: 1 − 2⁻⁵³.
    pub const GREATEST_UNIT: f64 = unit_of(u64::MAX);

    /// 64 random bits for the `ordinal`-th decision of one purpose.
    #[inline]
    #[must_use]
    pub fn bits(self, purpose: Purpose, ordinal: u32) -> u64 {
        bits_at(self.first(purpose).wrapping_add(u64::from(ordinal).wrapping_mul(ORDINAL_STRIDE)))
    }

    /// A uniform strictly between 0 and 1.
    ///
    /// One of 2⁵² equally likely values from 2⁻⁵³ to 1 − 2⁻⁵³; `1.0 - unit` is exact.
    #[inline]
    #[must_use]
    pub fn unit(self, purpose: Purpose, ordinal: u32) -> f64 {
        unit_of(self.bits(purpose, ordinal))
    }

    /// The key of what this case brings forth: a re-contact, a turn, a copy.
    ///
    /// Different numbers have different keys, and none shares uniforms with its parent.
    #[inline]
    #[must_use]
    pub fn child(self, number: u32) -> Key {
        let number = u64::from(number).wrapping_add(1).wrapping_mul(STRIDE);
        Key(scramble((self.0 ^ CHILD).wrapping_add(number)))
    }

    /// The address of a purpose's first uniform.
    #[inline]
    pub(super) fn first(self, purpose: Purpose) -> u64 {
        self.0.wrapping_add((purpose as u64).wrapping_mul(STRIDE))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_of_a_seed_never_change() {
        let key = Seed::new(42, 3).stream(7).of(1_000_000);
        let found = [
            key.bits(Purpose::Gap, 0),
            key.bits(Purpose::Gap, 1),
            key.bits(Purpose::Work, 0),
            key.bits(Purpose::SearchWork, u32::MAX),
            key.child(0).bits(Purpose::Work, 0),
            Key::default().bits(Purpose::Channel, 0),
            Seed::new(0, 0).stream(0).of(0).bits(Purpose::Gap, 0),
            Seed::new(u64::MAX, u32::MAX).stream(u32::MAX).of(u64::MAX).bits(Purpose::Gap, 0),
        ];
        assert_eq!(found, GOLDEN, "found {found:#018x?}");
    }

    const GOLDEN: [u64; 8] = [
        0x844E_854D_D900_0B35,
        0x547C_669B_4239_CD0C,
        0xFD86_4884_7863_5A7B,
        0x28AD_3EFA_23B1_32B4,
        0x2A14_1944_847C_C72E,
        0xCD7E_E197_5DB5_EA09,
        0xAA80_51BF_622A_CD57,
        0xFF38_F159_B971_DA68,
    ];

    #[test]
    fn uniforms_lie_strictly_inside() {
        for bits in [0, 1, u64::MAX, u64::MAX - 1, 1 << 63, (1 << 12) - 1] {
            let u = unit_of(bits);
            assert!(0.0 < u && u < 1.0, "{u}");
            assert_eq!((1.0 - (1.0 - u)).to_bits(), u.to_bits(), "1 − {u} is exact");
        }
        assert_eq!(unit_of(0).to_bits(), (0.5f64 / 4_503_599_627_370_496.0).to_bits());
    }

    #[test]
    fn nothing_absorbs() {
        // A zero address gives zero bits, but its neighbors do not.
        let key = Key::default();
        assert_eq!(key.bits(Purpose::Gap, 0), 0);
        assert_ne!(key.bits(Purpose::Gap, 1), 0);
        assert_ne!(key.child(0), key);
        assert_ne!(StreamKey(0).of(0), Key(0));
    }
}
