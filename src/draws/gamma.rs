//! The gamma distribution with scale 1.

use super::ln::ln;
use super::normal::normal_quantile;

/// P(shape, x): the probability that a gamma variable of this shape and scale 1 is at most `x`.
///
/// By its power series below `shape + 1`, by the continued fraction of the other side above
/// (Abramowitz & Stegun 6.5.29 and 6.5.31). `shape` is positive.
///
/// ```
/// let p = orgsim::draws::gamma_cdf(1.0, 2.0);
/// assert!((p - (1.0 - (-2.0f64).exp())).abs() < 1e-15);
/// ```
#[must_use]
pub fn gamma_cdf(shape: f64, x: f64) -> f64 {
    sides(shape, libm::lgamma(shape + 1.0), x).0
}

/// The x with P(shape, x) = `u`, for `u` in [0, 1] and a positive shape.
///
/// Starts from Wilson and Hilferty's cube of a normal (1931), or near zero from the first term of
/// the series, and is polished by Halley's rule on whichever side of the distribution is smaller;
/// a step that leaves the bracket found so far is replaced by halving it.
///
/// ```
/// let x = orgsim::draws::gamma_quantile(3.0, 0.5);
/// assert!((x - 2.674060313723561).abs() < 1e-12);
/// ```
#[must_use]
pub fn gamma_quantile(shape: f64, u: f64) -> f64 {
    quantile_with(shape, libm::lgamma(shape + 1.0), u)
}

/// The same where `ln_gamma` = ln Γ(shape + 1) is known.
pub(super) fn quantile_with(shape: f64, ln_gamma: f64, u: f64) -> f64 {
    if u <= 0.0 {
        return 0.0;
    }
    if u >= 1.0 {
        return f64::INFINITY;
    }
    let mut x = start(shape, u, ln_gamma);
    if x < f64::MIN_POSITIVE {
        return x;
    }
    let spread = shape.sqrt();
    let (mut low, mut high) = (0.0, f64::INFINITY);
    for _ in 0..100 {
        let (below, above) = sides(shape, ln_gamma, x);
        let error = if u <= 0.5 { below - u } else { (1.0 - u) - above };
        if error < 0.0 {
            low = x;
        } else if error > 0.0 {
            high = x;
        } else {
            return x;
        }
        let density = shape * leading(shape, x, ln_gamma) / x;
        let newton = error / density;
        let bend = ((shape - 1.0) / x - 1.0) / 2.0;
        let step = newton / (1.0 - (newton * bend).clamp(-0.5, 0.5));
        let mut next = x - step;
        if !(low <= next && next <= high) {
            next = if high.is_finite() { low + (high - low) / 2.0 } else { 2.0 * x };
        }
        let settled = (next - x).abs() <= 1e-5 * x.min(spread);
        x = next;
        // Halley's error is the cube of the step, both against the spread: it has nothing to gain.
        if settled || high - low <= f64::EPSILON * low {
            break;
        }
    }
    x
}

/// A first guess, close enough for two or three steps.
fn start(shape: f64, u: f64, ln_gamma: f64) -> f64 {
    // P(a, x) ≈ xᵃ / Γ(a + 1) while x is small against a + 1.
    let small = libm::exp((ln(u) + ln_gamma) / shape);
    if small < 0.2 * (shape + 1.0) {
        // One more term of the series: divide by 1 − a x / (a + 1) under the root.
        return small * (1.0 + small / (shape + 1.0));
    }
    let ninth = 1.0 / (9.0 * shape);
    let root = 1.0 - ninth + normal_quantile(u) * ninth.sqrt();
    let guess = shape * root * root * root;
    if shape < 0.5 {
        // The far tail of a small shape is nearly exponential.
        guess.max(-ln(1.0 - u) - ln_gamma.min(0.0)).max(small.min(1.0))
    } else {
        guess.max(small.min(0.2))
    }
}

/// P and 1 − P; the smaller of the two to full relative precision.
fn sides(shape: f64, ln_gamma: f64, x: f64) -> (f64, f64) {
    if x <= 0.0 {
        return (0.0, 1.0);
    }
    if x == f64::INFINITY {
        return (1.0, 0.0);
    }
    let leading = leading(shape, x, ln_gamma);
    if x < shape + 1.0 {
        // P = xᵃ e⁻ˣ / Γ(a+1) · (1 + x/(a+1) + x²/((a+1)(a+2)) + …)
        let (mut term, mut sum, mut next) = (1.0, 1.0, shape + 1.0);
        while term > sum * (f64::EPSILON / 8.0) {
            term *= x / next;
            sum += term;
            next += 1.0;
        }
        let below = leading * sum;
        (below, 1.0 - below)
    } else {
        let above = leading * shape * fraction(shape, x);
        (1.0 - above, above)
    }
}

/// 1/(x+1−a− 1(1−a)/(x+3−a− 2(2−a)/(x+5−a− …))), evaluated forward (Lentz 1976).
fn fraction(shape: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let away = |value: f64| if value.abs() < TINY { TINY } else { value };
    let mut b = x + 1.0 - shape;
    let mut c = 1.0 / TINY;
    let mut d = 1.0 / away(b);
    let mut product = d;
    let mut i = 1.0;
    while i < 1e7 {
        let a = -i * (i - shape);
        b += 2.0;
        d = 1.0 / away(a * d + b);
        c = away(b + a / c);
        let factor = c * d;
        product *= factor;
        if (factor - 1.0).abs() <= f64::EPSILON {
            break;
        }
        i += 1.0;
    }
    product
}

/// xᵃ e⁻ˣ / Γ(a + 1).
///
/// For a large shape the logarithms cancel, so there it is written as the deviance from the
/// center and Stirling's remainder (Loader 2000).
fn leading(shape: f64, x: f64, ln_gamma: f64) -> f64 {
    if shape < 16.0 {
        return libm::exp(shape * libm::log(x) - x - ln_gamma);
    }
    let off = (x - shape) / shape;
    // ln(1 + off) − off, by its series where it is small.
    let deviance = if off.abs() < 0.05 {
        let (mut power, mut sum) = (-off * off, 0.0);
        let mut n = 2.0;
        while power.abs() > 1e-20 * off * off {
            sum += power / n;
            power *= -off;
            n += 1.0;
        }
        sum
    } else {
        libm::log1p(off) - off
    };
    let inverse = 1.0 / (shape * shape);
    let stirling = (1.0 / 12.0
        - inverse
            * (1.0 / 360.0
                - inverse
                    * (1.0 / 1260.0
                        - inverse
                            * (1.0 / 1680.0
                                - inverse * (1.0 / 1188.0 - inverse * 691.0 / 360_360.0)))))
        / shape;
    libm::exp(shape * deviance - stirling) / (2.0 * core::f64::consts::PI * shape).sqrt()
}

#[cfg(test)]
mod tests {
    use statrs::distribution::{ContinuousCDF, Gamma};

    use super::*;

    const SHAPES: [f64; 12] =
        [0.01, 0.1, 0.3, 0.5, 0.99, 1.0, 1.5, 3.0, 15.9, 16.1, 400.0, 250_000.0];

    #[test]
    fn the_distribution_function_agrees_with_statrs() {
        for shape in SHAPES {
            let other = Gamma::new(shape, 1.0).unwrap();
            for i in 1..200 {
                let x = shape * f64::from(i) / 60.0;
                let (ours, theirs) = (gamma_cdf(shape, x), other.cdf(x));
                assert!((ours - theirs).abs() < 2e-9, "shape {shape}, x {x}: {ours} {theirs}");
            }
        }
    }

    #[test]
    fn quantile_undoes_the_distribution_function() {
        for shape in SHAPES {
            for i in 1..1000 {
                let u = f64::from(i) / 1000.0;
                let x = gamma_quantile(shape, u);
                if x < f64::MIN_POSITIVE {
                    continue;
                }
                let off = (gamma_cdf(shape, x) - u).abs();
                assert!(off < 1e-13 * shape.max(1.0).sqrt(), "shape {shape}, u {u}: off {off:e}");
            }
        }
    }

    #[test]
    fn shape_one_is_exponential_to_the_last_tail() {
        for exponent in 1..52 {
            let tail = 1.0 / (1u64 << exponent) as f64;
            let x = gamma_quantile(1.0, 1.0 - tail);
            assert!((x / -libm::log(tail) - 1.0).abs() < 1e-12, "tail {tail:e}: {x}");
            let x = gamma_quantile(1.0, tail);
            assert!((x / -libm::log1p(-tail) - 1.0).abs() < 1e-12, "head {tail:e}: {x}");
        }
    }

    #[test]
    fn even_shapes_have_poisson_tails() {
        // P(k, x) = 1 − Σ_{j<k} e⁻ˣ xʲ / j!
        for x in [0.5, 2.0, 7.0, 11.0f64] {
            let (mut term, mut tail) = (libm::exp(-x), 0.0);
            for k in 1..20 {
                tail += term;
                term *= x / f64::from(k);
                assert!((gamma_cdf(f64::from(k), x) - (1.0 - tail)).abs() < 1e-14, "{k} {x}");
            }
        }
    }
}
