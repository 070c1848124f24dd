//! Laplace transform of a law.

use super::law::{Kind, Law};

impl Law {
    /// E\[exp(−sX)\] for s ≥ 0.
    ///
    /// Exact for exponential, constant, uniform, gamma and hyperexponential laws, for lists, and for
    /// mixtures and shifts of these; otherwise ∫ exp(−s·quantile(u)) du by the tanh rule of Takahasi and
    /// Mori (1974), to about twelve digits.
    ///
    /// ```
    /// let law = orgsim::draws::Law::exponential(2.0)?;
    /// assert!((law.transform(1.0) - 1.0 / 3.0).abs() < 1e-15);
    /// # Ok::<(), orgsim::draws::LawError>(())
    /// ```
    #[must_use]
    pub fn transform(&self, s: f64) -> f64 {
        match &self.0 {
            Kind::Exponential { mean } => 1.0 / (1.0 + s * mean),
            Kind::Constant { value } => libm::exp(-s * value),
            Kind::Uniform { low, width } => {
                let x = s * width;
                let flat = if x < 1e-9 { 1.0 - x / 2.0 } else { -libm::expm1(-x) / x };
                libm::exp(-s * low) * flat
            }
            Kind::Gamma { shape, scale, .. } => libm::exp(-shape * libm::log1p(s * scale)),
            Kind::Hyperexponential { share_short, short, long } => {
                share_short / (1.0 + s * short) + (1.0 - share_short) / (1.0 + s * long)
            }
            Kind::Mixture(mixture) => mixture.average(|law| law.transform(s)),
            Kind::Values(list) => list.average(|value| libm::exp(-s * value)),
            Kind::Shifted { by, law } => libm::exp(-s * by) * law.transform(s),
            _ => over_quantiles(|u| libm::exp(-s * self.quantile(u))),
        }
    }
}

/// ∫₀¹ f(u) du for a bounded f that may be steep at the ends: u = 1/(1 + exp(−π sinh t)).
pub(super) fn over_quantiles(f: impl Fn(f64) -> f64) -> f64 {
    const STEP: f64 = 1.0 / 64.0;
    let point = |i: i32| {
        let t = f64::from(i) * STEP;
        let x = std::f64::consts::PI * libm::sinh(t);
        // the smaller of u and 1 − u, without loss
        let tail = libm::exp(-x.abs());
        let (near, far) = (tail / (1.0 + tail), 1.0 / (1.0 + tail));
        let weight = std::f64::consts::PI * libm::cosh(t) * near * far;
        let u = if x < 0.0 { near } else { far };
        if 0.0 < u && u < 1.0 { weight * f(u) } else { 0.0 }
    };
    STEP * (-208..=208).map(point).sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slope_at_zero_is_the_mean_and_the_curve_is_that_of_the_quantiles() {
        let laws = [
            Law::exponential(2.0),
            Law::uniform(1.0, 3.0),
            Law::erlang(3, 2.0),
            Law::hyperexponential_balanced(2.0, 2.0),
            Law::lognormal(2.0, 1.2),
            Law::weibull(2.0, 0.7),
            Law::triangular(1.0, 2.0, 3.0),
            Law::pareto(2.0, 3.0),
            Law::empirical([1.0, 3.0]),
            Law::shifted(1.0, Law::gamma(1.0, 1.5).unwrap()),
        ];
        for law in laws {
            let law = law.unwrap();
            assert!((law.transform(0.0) - 1.0).abs() < 1e-12, "{law:?}");
            let h = 1e-4;
            let slope = (1.0 - law.transform(h)) / h;
            assert!((slope / 2.0 - 1.0).abs() < 2e-3, "{law:?}: {slope}");
            // the rule wants a quantile without jumps
            if !matches!(law.0, Kind::Values(_) | Kind::Hyperexponential { .. }) {
                let quantiles = over_quantiles(|u| libm::exp(-0.7 * law.quantile(u)));
                assert!((law.transform(0.7) - quantiles).abs() < 1e-9, "{law:?}");
            }
        }
    }

    #[test]
    fn the_rule_is_exact_to_twelve_digits_for_what_is_known() {
        let law = Law::exponential(2.0).unwrap();
        let found = over_quantiles(|u| libm::exp(-0.7 * law.quantile(u)));
        assert!((found - law.transform(0.7)).abs() < 1e-12, "{found}");
    }
}
