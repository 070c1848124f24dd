//! Student's t distribution.

use super::normal::normal_quantile;

/// P(T ≤ t) for Student's t with `df` > 0 degrees of freedom (not necessarily whole).
///
/// Through the regularized incomplete beta function (Abramowitz & Stegun 26.7.1 and 26.5.8).
///
/// ```
/// assert!((orgsim::draws::student_t_cdf(1.0, 1.0) - 0.75).abs() < 1e-14);
/// ```
#[must_use]
pub fn student_t_cdf(t: f64, df: f64) -> f64 {
    let tail = tail(t.abs(), df);
    if t < 0.0 { tail } else { 1.0 - tail }
}

/// The t with P(T ≤ t) = `p`, for `p` strictly between 0 and 1 and `df` > 0.
///
/// The bracket grows outward from the normal quantile and Newton steps, kept inside it, find the
/// root to about 10⁻¹³.
///
/// # Panics
/// With `p` outside (0, 1) or `df` not positive.
///
/// ```
/// let t = orgsim::draws::student_t_quantile(0.975, 9.0);
/// assert!((t - 2.262157162798204).abs() < 1e-11);
/// ```
#[must_use]
pub fn student_t_quantile(p: f64, df: f64) -> f64 {
    assert!(0.0 < p && p < 1.0, "a quantile lies at a probability strictly between 0 and 1");
    assert!(0.0 < df, "degrees of freedom are positive");
    if df > 1e10 {
        return normal_quantile(p);
    }
    let target = p.min(1.0 - p);
    if target >= 0.5 {
        return 0.0;
    }
    let magnitude = upper_quantile(target, df);
    if p < 0.5 { -magnitude } else { magnitude }
}

/// The positive t that is exceeded with probability `target` < ½.
fn upper_quantile(target: f64, df: f64) -> f64 {
    // The t tail is heavier than the normal one: the root lies at or above z.
    let mut low = 0.0;
    let mut high = -normal_quantile(target);
    while tail(high, df) > target && high < 1e300 {
        low = high;
        high *= 2.0;
    }
    // ln of the density's constant, Γ((ν+1)/2) / (Γ(ν/2) √(νπ)).
    let constant = libm::lgamma((df + 1.0) / 2.0)
        - libm::lgamma(df / 2.0)
        - 0.5 * libm::log(df * core::f64::consts::PI);
    let mut t = low + (high - low) / 2.0;
    for _ in 0..200 {
        let error = tail(t, df) - target;
        if error > 0.0 {
            low = t;
        } else {
            high = t;
        }
        let density = libm::exp(constant - (df + 1.0) / 2.0 * libm::log1p(t * t / df));
        let mut next = t + error / density;
        if !(low <= next && next <= high) {
            next = low + (high - low) / 2.0;
        }
        let step = (next - t).abs();
        t = next;
        if step <= 2.0 * f64::EPSILON * t {
            break;
        }
    }
    t
}

/// P(T > t) for t ≥ 0: ½ I(ν/(ν+t²); ν/2, ½).
fn tail(t: f64, df: f64) -> f64 {
    let square = t * t;
    if square == f64::INFINITY {
        return 0.0;
    }
    let (x, y) = (df / (df + square), square / (df + square));
    0.5 * regularized_beta(df / 2.0, 0.5, x, y)
}

/// I(x; a, b) with y = 1 − x given separately, so that neither loses digits.
fn regularized_beta(a: f64, b: f64, x: f64, y: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if y <= 0.0 {
        return 1.0;
    }
    if x > (a + 1.0) / (a + b + 2.0) {
        return 1.0 - regularized_beta(b, a, y, x);
    }
    let ln_beta = libm::lgamma(a) + libm::lgamma(b) - libm::lgamma(a + b);
    let ln_x = if y < 0.5 { libm::log1p(-y) } else { libm::log(x) };
    let ln_y = if x < 0.5 { libm::log1p(-x) } else { libm::log(y) };
    libm::exp(a * ln_x + b * ln_y - ln_beta) / a * beta_fraction(a, b, x)
}

/// The continued fraction of the incomplete beta function, evaluated forward (Lentz 1976).
fn beta_fraction(a: f64, b: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let away = |value: f64| if value.abs() < TINY { TINY } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / away(1.0 - (a + b) * x / (a + 1.0));
    let mut product = d;
    let mut m = 1.0;
    while m < 1e6 {
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / away(1.0 + even * d);
        c = away(1.0 + even / c);
        product *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / away(1.0 + odd * d);
        c = away(1.0 + odd / c);
        let factor = d * c;
        product *= factor;
        if (factor - 1.0).abs() <= f64::EPSILON {
            break;
        }
        m += 1.0;
    }
    product
}

#[cfg(test)]
mod tests {
    use statrs::distribution::{ContinuousCDF, StudentsT};

    use super::*;

    #[test]
    fn the_distribution_function_agrees_with_statrs() {
        for df in [0.5, 1.0, 2.0, 3.0, 9.0, 29.0, 99.5, 1000.0, 1e5] {
            let other = StudentsT::new(0.0, 1.0, df).unwrap();
            for i in -60..=60 {
                let t = f64::from(i) / 7.0;
                let (ours, theirs) = (student_t_cdf(t, df), other.cdf(t));
                assert!((ours - theirs).abs() < 1e-9, "df {df}, t {t}: {ours} {theirs}");
            }
        }
    }

    #[test]
    fn quantile_undoes_the_distribution_function() {
        for df in [0.7, 1.0, 2.0, 5.0, 29.0, 400.0, 1e6] {
            for i in 1..500 {
                let p = f64::from(i) / 500.0;
                let off = (student_t_cdf(student_t_quantile(p, df), df) - p).abs();
                assert!(off < 1e-11, "df {df}, p {p}: off {off:e}");
            }
        }
    }

    #[test]
    fn one_and_two_degrees_have_closed_forms() {
        for i in 1..100 {
            let p = f64::from(i) / 100.0;
            let cauchy = libm::tan(core::f64::consts::PI * (p - 0.5));
            assert!((student_t_quantile(p, 1.0) - cauchy).abs() < 1e-11 * (1.0 + cauchy.abs()));
            let two = (2.0 * p - 1.0) / (2.0 * p * (1.0 - p)).sqrt();
            assert!((student_t_quantile(p, 2.0) - two).abs() < 1e-12 * (1.0 + two.abs()));
        }
    }

    #[test]
    fn textbook_values_are_met() {
        for (p, df, t) in [
            (0.975, 1.0, 12.706_204_736_174_698),
            (0.975, 4.0, 2.776_445_105_197_793),
            (0.975, 9.0, 2.262_157_162_798_204),
            (0.95, 9.0, 1.833_112_932_656_237_5),
            (0.995, 29.0, 2.756_385_903_670_335),
        ] {
            let found = student_t_quantile(p, df);
            assert!((found - t).abs() < 1e-10, "{p} {df}: {found}");
        }
    }
}
