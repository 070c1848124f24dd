//! Natural logarithm, fast and the same on every machine.

/// ln x for positive x, within 2 units in the last place, with + − × alone.
///
/// A uniform becomes an exponential through one logarithm, so this is the dearest operation of
/// most runs. `libm` answers for what is not a positive normal number: −∞ for 0, NaN below.
///
/// x = 2ᵏ·z with z in [0.6875, 1.375); the top seven bits of z name a row of a table with the
/// middle c of their interval, 1/c and ln c; what remains is ln(1 + r) with r = (z − c)/c,
/// |r| < 2⁻⁷, by its series to r⁸ (after Tang 1990, ACM TOMS 16:378). The subtraction is exact;
/// k·ln 2 + ln c is held in two parts of which the first is exact; around x = 1 the row has c = 1
/// and both parts are zero, so that small logarithms are as accurate as large ones.
///
/// ```
/// assert_eq!(orgsim::draws::ln(1.0), 0.0);
/// assert!((orgsim::draws::ln(0.5) + core::f64::consts::LN_2).abs() < 1e-15);
/// ```
#[inline(always)]
#[must_use]
pub fn ln(x: f64) -> f64 {
    if x.to_bits().wrapping_sub(SMALLEST_NORMAL) >= INFINITY - SMALLEST_NORMAL {
        return libm::log(x);
    }
    ln_of_normal(x)
}

/// [`ln`] of what is known to be positive and normal, as every uniform and one minus it are.
#[inline(always)]
pub(crate) fn ln_of_normal(x: f64) -> f64 {
    let bits = x.to_bits();
    let shifted = bits.wrapping_sub(LOWEST);
    let k = ((shifted as i64) >> 52) as f64;
    let row = &TABLE[(shifted >> (52 - ROW_BITS)) as usize % ROWS];
    let z = f64::from_bits(bits.wrapping_sub(shifted & (0xFFF << 52)));
    let r = (z - row.center) * row.inverse;

    let high = k * LN_2.0 + row.ln_high;
    let low = k * LN_2.1 + row.ln_low;
    let r2 = r * r;
    let near = (-1.0 / 2.0) + r * (1.0 / 3.0);
    let middle = (-1.0 / 4.0) + r * (1.0 / 5.0);
    let far = ((-1.0 / 6.0) + r * (1.0 / 7.0)) - r2 * (1.0 / 8.0);
    let series = (near + r2 * middle) + (r2 * r2) * far;
    high + (r + (low + r2 * series))
}

const ROW_BITS: u32 = 7;
const ROWS: usize = 1 << ROW_BITS;
const SMALLEST_NORMAL: u64 = 0x0010_0000_0000_0000;
const INFINITY: u64 = 0x7FF0_0000_0000_0000;
/// The bits of 0.6875, where z begins: 1 then lies well inside.
const LOWEST: u64 = 0x3FE6_0000_0000_0000;

#[derive(Clone, Copy)]
struct Row {
    center: f64,
    inverse: f64,
    /// ln c to a multiple of 2⁻⁴², and what that leaves.
    ln_high: f64,
    ln_low: f64,
}

/// ln 2 in the same two parts; at most 11 bits of exponent times the first part is exact.
const LN_2: (f64, f64) = two_parts(ln_of_512ths(1024));

static TABLE: [Row; ROWS] = table();

const fn table() -> [Row; ROWS] {
    let mut rows = [Row { center: 1.0, inverse: 1.0, ln_high: 0.0, ln_low: 0.0 }; ROWS];
    let mut index = 0;
    while index < ROWS {
        // Row `index` begins at 0.6875 + index steps: of 1/256 below 1, of 1/128 above.
        let from_512ths = if index < 80 { 352 + 2 * index } else { 512 + 4 * (index - 80) };
        let to_512ths = if index < 80 { from_512ths + 2 } else { from_512ths + 4 };
        if from_512ths != 512 && to_512ths != 512 {
            let center = (from_512ths + to_512ths) / 2;
            let (ln_high, ln_low) = two_parts(ln_of_512ths(center));
            rows[index] = Row {
                center: center as f64 / 512.0,
                inverse: 512.0 / center as f64,
                ln_high,
                ln_low,
            };
        }
        index += 1;
    }
    rows
}

/// ln(n/512) · 2¹²⁰, summed from ln((m+1)/m) over the whole numbers between 512 and n.
const fn ln_of_512ths(n: usize) -> i128 {
    let mut sum = 0;
    let mut m = if n < 512 { n } else { 512 };
    let end = if n < 512 { 512 } else { n };
    while m < end {
        sum += ln_of_next(m as i128);
        m += 1;
    }
    if n < 512 { -sum } else { sum }
}

/// ln((m+1)/m) · 2¹²⁰ = 2 Σ 1/((2j+1)(2m+1)²ʲ⁺¹), in whole numbers.
const fn ln_of_next(m: i128) -> i128 {
    let d = 2 * m + 1;
    let mut power = (1i128 << 121) / d;
    let mut sum = 0;
    let mut odd = 1;
    while power > 0 {
        sum += power / odd;
        power /= d * d;
        odd += 2;
    }
    sum
}

/// A fixed-point number with 120 binary places as a multiple of 2⁻⁴² and a remainder.
const fn two_parts(fixed: i128) -> (f64, f64) {
    const UNIT: f64 = 1.0 / (1u128 << 120) as f64;
    let high = (fixed + (1 << 77)) >> 78 << 78;
    (high as f64 * UNIT, (fixed - high) as f64 * UNIT)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draws::{Purpose, Seed};

    /// Distance in units of the last place of `b`.
    fn ulps(a: f64, b: f64) -> i64 {
        (a.to_bits() as i64 - b.to_bits() as i64).abs()
    }

    fn worst(points: impl Iterator<Item = f64>) -> (i64, f64) {
        points.map(|x| (ulps(ln(x), libm::log(x)), x)).max_by_key(|pair| pair.0).unwrap()
    }

    #[test]
    fn it_agrees_with_libm_within_two_ulps() {
        let key = Seed::new(1, 0).stream(0).of(0);
        let uniforms = (0..2_000_000).map(|i| key.unit(Purpose::Gap, i));
        let grid = (1..1 << 20).map(|i| f64::from(i) / f64::from(1 << 20));
        let below_one = (1..1_000_000u64).map(|i| f64::from_bits(1f64.to_bits() - i * i * 4));
        let above_one = (1..1_000_000u64).map(|i| f64::from_bits(1f64.to_bits() + i * i * 2));
        let neighbors = (1..2000u64).map(|i| f64::from_bits(1f64.to_bits() - i));
        let tiny = (0..1_000_000u64).map(|i| f64::from_bits(SMALLEST_NORMAL + ((i * i) << 20)));
        let every_scale = (0..2_000_000).map(|i| {
            f64::from_bits(
                SMALLEST_NORMAL + key.bits(Purpose::Work, i) % (INFINITY - SMALLEST_NORMAL),
            )
        });
        for (name, (off, at)) in [
            ("uniforms", worst(uniforms)),
            ("grid", worst(grid)),
            ("below one", worst(below_one)),
            ("above one", worst(above_one)),
            ("neighbors", worst(neighbors)),
            ("tiny", worst(tiny)),
            ("every scale", worst(every_scale)),
        ] {
            assert!(off <= 2, "{name}: off by {off} at {at:e}");
        }
    }

    #[test]
    fn the_edges_are_those_of_libm() {
        assert_eq!(ulps(ln(0.0), f64::NEG_INFINITY), 0);
        assert_eq!(ulps(ln(f64::INFINITY), f64::INFINITY), 0);
        assert!(ln(-1.0).is_nan() && ln(f64::NAN).is_nan());
        assert_eq!(ln(1.0).to_bits(), 0);
        assert_eq!(ulps(ln(1e-310), libm::log(1e-310)), 0);
        assert!(ulps(ln(0.5), -core::f64::consts::LN_2) <= 1);
    }

    #[test]
    fn it_never_falls_where_its_argument_rises() {
        let mut last = f64::NEG_INFINITY;
        for i in 1..2_000_000u32 {
            let now = ln(f64::from(i) / 2e6);
            assert!(last <= now, "at {i}");
            last = now;
        }
    }
}
