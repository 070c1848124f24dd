//! Whether addressed uniforms look random along every axis of the address.
//!
//! Each test reduces many words to standard scores; bounds are 5 standard errors, which chance
//! exceeds once in 10⁶, and seeds are fixed.

use rand::{Rng, SeedableRng, rngs::ChaCha8Rng};

use super::keyed::{bits_at, unit_of};
use super::{Generator, Key, Purpose, Seed};

type Words = Box<dyn FnMut() -> u64>;

/// Ways to walk through addresses, each a source of words.
fn walks() -> Vec<(&'static str, Words)> {
    let stream = Seed::new(1, 0).stream(0);
    let key = stream.of(0);
    let counter = || {
        let mut next = 0u64;
        move || {
            next += 1;
            next - 1
        }
    };
    let (mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h) =
        (counter(), counter(), counter(), counter(), counter(), counter(), counter(), counter());
    const FOUR: [Purpose; 4] = [Purpose::Gap, Purpose::Channel, Purpose::Topic, Purpose::Unit];
    let mut generator = Generator::new(key, Purpose::Position);
    let mut reference = ChaCha8Rng::seed_from_u64(1);
    vec![
        ("reference ChaCha8", Box::new(move || reference.next_u64())),
        ("sequential", Box::new(move || generator.next_u64())),
        ("ordinals", Box::new(move || key.bits(Purpose::Work, a() as u32))),
        ("customers", Box::new(move || stream.of(b()).bits(Purpose::Gap, 0))),
        (
            "customers by purposes",
            Box::new(move || {
                let n = c();
                stream.of(n / 4).bits(FOUR[(n % 4) as usize], 0)
            }),
        ),
        (
            "customers by ordinals",
            Box::new(move || {
                let n = d();
                stream.of(n / 4).bits(Purpose::Work, (n % 4) as u32)
            }),
        ),
        ("children", Box::new(move || key.child(e() as u32).bits(Purpose::Work, 0))),
        (
            "replications",
            Box::new(move || Seed::new(1, f() as u32).stream(0).of(0).bits(Purpose::Gap, 0)),
        ),
        ("seeds", Box::new(move || Seed::new(g(), 0).stream(0).of(0).bits(Purpose::Gap, 0))),
        (
            "streams",
            Box::new(move || Seed::new(1, 0).stream(h() as u32).of(0).bits(Purpose::Gap, 0)),
        ),
    ]
}

/// (observed − expected) ÷ standard deviation.
fn score(observed: f64, expected: f64, variance: f64) -> f64 {
    (observed - expected) / variance.sqrt()
}

/// The standard score of Pearson's statistic over equally likely cells.
fn chi_square(cells: &[u32]) -> f64 {
    let total: f64 = cells.iter().map(|&n| f64::from(n)).sum();
    let expected = total / cells.len() as f64;
    let sum: f64 = cells.iter().map(|&n| (f64::from(n) - expected).powi(2) / expected).sum();
    let freedom = cells.len() as f64 - 1.0;
    score(sum, freedom, 2.0 * freedom)
}

fn assert_small(walk: &str, what: &str, score: f64) {
    assert!(score.abs() < 5.0, "{walk}: {what} is {score:.1} standard errors off");
}

const WORDS: usize = 1 << 20;

#[test]
fn single_words_and_neighbors_fill_their_cells_evenly() {
    for (walk, mut next) in walks() {
        for (what, shift) in [("low bits", 0), ("middle bits", 29), ("high bits", 56)] {
            let mut pairs = vec![0; 1 << 16];
            for _ in 0..WORDS {
                let (a, b) = (next() >> shift & 0xFF, next() >> shift & 0xFF);
                pairs[(a << 8 | b) as usize] += 1;
            }
            assert_small(walk, what, chi_square(&pairs));
        }
    }
}

#[test]
fn no_bit_predicts_itself_or_its_neighbors() {
    for (walk, mut next) in walks() {
        let mut last = [next(), next(), next(), next()];
        let mut equal = [[0u32; 64]; 5];
        for _ in 0..WORDS {
            let word = next();
            let mut differing = [word; 5];
            for lag in 0..4 {
                differing[lag + 1] = word ^ last[3 - lag];
            }
            for (counts, bits) in equal.iter_mut().zip(differing) {
                for (bit, count) in counts.iter_mut().enumerate() {
                    *count += (bits >> bit & 1) as u32;
                }
            }
            last = [last[1], last[2], last[3], word];
        }
        for (lag, counts) in equal.iter().enumerate() {
            let n = WORDS as f64;
            let sum: f64 =
                counts.iter().map(|&c| score(f64::from(c), n / 2.0, n / 4.0).powi(2)).sum();
            assert_small(walk, &format!("bits at lag {lag}"), score(sum, 64.0, 128.0));
        }
    }
}

#[test]
fn uniforms_have_the_moments_and_no_serial_correlation() {
    for (walk, mut next) in walks() {
        let uniforms: Vec<f64> = (0..WORDS).map(|_| unit_of(next()) - 0.5).collect();
        let n = WORDS as f64;
        let sum: f64 = uniforms.iter().sum();
        assert_small(walk, "the mean", score(sum, 0.0, n / 12.0));
        let squares: f64 = uniforms.iter().map(|u| u * u).sum();
        assert_small(walk, "the variance", score(squares, n / 12.0, n / 180.0));
        for lag in 1..=8 {
            let products: f64 = uniforms.iter().zip(&uniforms[lag..]).map(|(a, b)| a * b).sum();
            assert_small(walk, "serial correlation", score(products, 0.0, n / 144.0));
        }
    }
}

/// Marsaglia's birthday spacings: 2¹⁴ birthdays in a year of 2³² days leave about 256 equal
/// spacings; a lattice leaves far more.
#[test]
fn birthdays_are_spaced_by_chance() {
    const REPEATS: usize = 8;
    for (walk, mut next) in walks() {
        for shift in [0, 16, 32] {
            let mut equal = 0;
            for _ in 0..REPEATS {
                let mut days: Vec<u64> =
                    (0..1 << 14).map(|_| next() >> shift & 0xFFFF_FFFF).collect();
                days.sort_unstable();
                let mut spacings: Vec<u64> = days.windows(2).map(|w| w[1] - w[0]).collect();
                spacings.sort_unstable();
                equal += spacings.windows(2).filter(|w| w[0] == w[1]).count();
            }
            let expected = 256.0 * REPEATS as f64;
            assert_small(walk, "birthday spacings", score(equal as f64, expected, expected));
        }
    }
}

/// How many ones a word has must not tell how many its neighbors have.
#[test]
fn the_number_of_ones_is_forgotten_at_once() {
    for (walk, mut next) in walks() {
        let n = WORDS as f64;
        let mut last = [0.0; 3];
        let mut products = [0.0; 3];
        for _ in 0..WORDS {
            let off = f64::from(next().count_ones()) - 32.0;
            for lag in 0..3 {
                products[lag] += off * last[lag];
            }
            last = [off, last[0], last[1]];
        }
        for sum in products {
            assert_small(walk, "ones", score(sum, 0.0, n * 256.0));
        }
    }
}

#[test]
fn every_address_bit_moves_every_output_bit_half_the_time() {
    const TRIALS: u32 = 1 << 14;
    let mut generator = Generator::new(Key::default(), Purpose::Position);
    let mut worst: f64 = 0.0;
    for bit in 0..64 {
        let mut moved = [0u32; 64];
        for _ in 0..TRIALS {
            let address = generator.bits();
            let difference = bits_at(address) ^ bits_at(address ^ 1 << bit);
            for (out, count) in moved.iter_mut().enumerate() {
                *count += (difference >> out & 1) as u32;
            }
        }
        for count in moved {
            let n = f64::from(TRIALS);
            worst = worst.max(score(f64::from(count), n / 2.0, n / 4.0).abs());
        }
    }
    // The largest of 4,096 scores.
    assert!(worst < 5.5, "{worst}");
}

/// The greatest gap between two empirical distributions (Kolmogorov and Smirnov).
#[test]
fn uniforms_are_distributed_as_the_reference() {
    const N: usize = 200_000;
    let mut reference = ChaCha8Rng::seed_from_u64(7);
    let mut theirs: Vec<f64> = (0..N).map(|_| unit_of(reference.next_u64())).collect();
    theirs.sort_by(f64::total_cmp);
    for (walk, mut next) in walks() {
        let mut ours: Vec<f64> = (0..N).map(|_| unit_of(next())).collect();
        ours.sort_by(f64::total_cmp);
        let (mut i, mut j, mut gap) = (0, 0, 0i64);
        while i < N && j < N {
            if ours[i] < theirs[j] {
                i += 1
            } else {
                j += 1
            }
            gap = gap.max((i as i64 - j as i64).abs());
        }
        // 2.5 √(2/N) is exceeded once in 10⁵.
        let bound = 2.5 * (2.0 / N as f64).sqrt();
        assert!((gap as f64 / N as f64) < bound, "{walk}: {gap}");
    }
}
