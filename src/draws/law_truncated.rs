//! Distribution function of a law, and a law between bounds.

use super::gamma::gamma_cdf;
use super::law::{Kind, Law};
use super::law_error::{LawError, in_order, nonnegative};
use super::ln::ln;
use super::normal::normal_cdf;

/// A law conditioned on lying between two bounds.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Truncated {
    pub(super) low: f64,
    pub(super) high: f64,
    /// P(X < low) and P(low ≤ X ≤ high) of the whole law.
    below: f64,
    share: f64,
    pub(super) law: Law,
}

impl Truncated {
    pub(super) fn quantile(&self, u: f64) -> f64 {
        self.law.quantile(self.below + self.share * u).clamp(self.low, self.high)
    }

    /// E\[Xᵏ\].
    pub(super) fn moment(&self, power: i32) -> f64 {
        super::law_transform::over_quantiles(|u| libm::pow(self.quantile(u), f64::from(power)))
    }

    pub(super) fn scaled(&self, factor: f64) -> Truncated {
        Truncated {
            low: self.low * factor,
            high: self.high * factor,
            law: self.law.scaled(factor),
            ..*self
        }
    }
}

/// Least part of a law that is worth keeping.
const LEAST: f64 = 1e-9;

impl Law {
    /// P(X ≤ x).
    ///
    /// ```
    /// let law = orgsim::draws::Law::exponential(2.0)?;
    /// assert!((law.at_most(law.quantile(0.3)) - 0.3).abs() < 1e-12);
    /// # Ok::<(), orgsim::draws::LawError>(())
    /// ```
    #[must_use]
    pub fn at_most(&self, x: f64) -> f64 {
        if x < 0.0 {
            return 0.0;
        }
        match &self.0 {
            Kind::Exponential { mean } => -libm::expm1(-x / mean),
            Kind::Constant { value } => f64::from(u8::from(*value <= x)),
            Kind::Uniform { low, width } => ((x - low) / width).clamp(0.0, 1.0),
            &Kind::Triangular { low, mode, high } => match x {
                x if x <= low => 0.0,
                x if high <= x => 1.0,
                x if x < mode => (x - low) * (x - low) / ((high - low) * (mode - low)),
                x => 1.0 - (high - x) * (high - x) / ((high - low) * (high - mode)),
            },
            Kind::Gamma { shape, scale, .. } => gamma_cdf(*shape, x / scale),
            Kind::Lognormal { .. } | Kind::Weibull { .. } if x <= 0.0 => 0.0,
            Kind::Lognormal { median, sigma } => normal_cdf(ln(x / median) / sigma),
            Kind::Weibull { scale, inverse_shape } => {
                -libm::expm1(-libm::pow(x / scale, 1.0 / inverse_shape))
            }
            &Kind::Hyperexponential { share_short, short, long } => {
                let longer = (1.0 - share_short) * -libm::expm1(-x / long);
                share_short * -libm::expm1(-x / short) + longer
            }
            Kind::Pareto { minimum, .. } if x <= *minimum => 0.0,
            Kind::Pareto { minimum, alpha } => 1.0 - libm::pow(minimum / x, *alpha),
            Kind::Mixture(mixture) => mixture.average(|law| law.at_most(x)),
            Kind::Values(list) => list.average(|value| f64::from(u8::from(value <= x))),
            Kind::Shifted { by, law } => law.at_most(x - by),
            Kind::Truncated(of) => {
                ((of.law.at_most(x.min(of.high)) - of.below) / of.share).clamp(0.0, 1.0)
            }
        }
    }

    /// The law conditioned on lying between `low` and `high`, both included.
    ///
    /// The uniform goes to the part of the law between the bounds; a mixture keeps its branches, each in
    /// proportion to what of it lies there.
    ///
    /// # Errors
    /// If a bound is negative or not finite, they are out of order, or less than 10⁻⁹ of the law lies
    /// between them.
    ///
    /// ```
    /// use orgsim::draws::Law;
    ///
    /// let law = Law::truncated(Law::exponential(10.0)?, 5.0, 30.0)?;
    /// assert!(5.0 < law.mean() && law.quantile(0.999) < 30.0);
    /// assert!(Law::truncated(Law::uniform(1.0, 2.0)?, 3.0, 4.0).is_err());
    /// # Ok::<(), orgsim::draws::LawError>(())
    /// ```
    pub fn truncated(law: Law, low: f64, high: f64) -> Result<Law, LawError> {
        let (low, high) = (nonnegative("low", low)?, nonnegative("high", high)?);
        in_order(("low", low), ("high", high))?;
        let nothing = LawError::NothingLeft { low, high };
        let inside = |value: f64| low <= value && value <= high;
        match &law.0 {
            Kind::Constant { value } => {
                if inside(*value) {
                    Ok(law)
                } else {
                    Err(nothing)
                }
            }
            Kind::Values(list) => {
                let left: Vec<(f64, f64)> =
                    list.weighted().into_iter().filter(|&(value, _)| inside(value)).collect();
                if left.is_empty() { Err(nothing) } else { Law::values(left) }
            }
            &Kind::Hyperexponential { share_short, short, long } => {
                let exponential = |mean| Law(Kind::Exponential { mean });
                let parts =
                    vec![(share_short, exponential(short)), (1.0 - share_short, exponential(long))];
                branches(parts, low, high)
            }
            Kind::Mixture(mixture) => branches(mixture.weighted(), low, high),
            Kind::Shifted { by, law } if *by <= high => {
                Law::shifted(*by, Law::truncated((**law).clone(), (low - by).max(0.0), high - by)?)
            }
            Kind::Shifted { .. } => Err(nothing),
            _ => {
                let below = law.at_most(low);
                let share = law.at_most(high) - below;
                if share < LEAST {
                    return Err(nothing);
                }
                Ok(Law(Kind::Truncated(Box::new(Truncated { low, high, below, share, law }))))
            }
        }
    }
}

/// A mixture of what is left of each branch.
fn branches(parts: Vec<(f64, Law)>, low: f64, high: f64) -> Result<Law, LawError> {
    let mut left = Vec::new();
    for (share, law) in parts {
        let inside = match &law.0 {
            Kind::Constant { value } => f64::from(u8::from(low <= *value && *value <= high)),
            _ => law.at_most(high) - law.at_most(low),
        };
        if LEAST <= share * inside {
            left.push((share * inside, Law::truncated(law, low, high)?));
        }
    }
    if left.is_empty() { Err(LawError::NothingLeft { low, high }) } else { Law::mixture(left) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole() -> Vec<Law> {
        [
            Law::exponential(5.0),
            Law::uniform(1.0, 9.0),
            Law::triangular(1.0, 4.0, 9.0),
            Law::erlang(3, 5.0),
            Law::lognormal(5.0, 1.2),
            Law::weibull(5.0, 0.7),
            Law::hyperexponential_balanced(5.0, 2.0),
            Law::pareto(5.0, 2.5),
            Law::shifted(1.0, Law::gamma(4.0, 1.5).unwrap()),
        ]
        .into_iter()
        .map(Result::unwrap)
        .collect()
    }

    #[test]
    fn the_distribution_function_gives_back_the_uniform() {
        // but for a mixture, whose quantile first chooses the branch
        for law in whole().iter().filter(|law| !matches!(law.0, Kind::Hyperexponential { .. })) {
            for u in [0.01, 0.2, 0.5, 0.9, 0.999] {
                assert!((law.at_most(law.quantile(u)) - u).abs() < 1e-9, "{law:?} at {u}");
            }
        }
    }

    #[test]
    fn a_truncated_law_is_the_law_between_its_bounds() {
        for law in whole() {
            let cut = Law::truncated(law.clone(), 2.0, 8.0).unwrap();
            let n = 100_000;
            let (mut sum, mut squares, mut below) = (0.0, 0.0, 0);
            for i in 0..n {
                let x = cut.quantile((f64::from(i) + 0.5) / f64::from(n));
                assert!((2.0..=8.0).contains(&x), "{cut:?}");
                sum += x;
                squares += x * x;
                below += u32::from(x <= 5.0);
            }
            let n = f64::from(n);
            assert!((sum / n / cut.mean() - 1.0).abs() < 1e-5, "{cut:?}: {}", sum / n);
            assert!((squares / n / cut.second_moment().unwrap() - 1.0).abs() < 1e-5, "{cut:?}");
            let mass = law.at_most(8.0) - law.at_most(2.0);
            let exact = (law.at_most(5.0) - law.at_most(2.0)) / mass;
            assert!((f64::from(below) / n - exact).abs() < 1e-4, "{cut:?}");
            assert!((cut.at_most(5.0) - exact).abs() < 1e-9, "{cut:?}");
            assert!((cut.scaled(60.0).mean() / cut.mean() - 60.0).abs() < 1e-9);
        }
        let list = Law::empirical([1.0, 3.0, 5.0, 9.0]).unwrap();
        assert!((Law::truncated(list, 2.0, 8.0).unwrap().mean() - 4.0).abs() < 1e-12);
    }

    #[test]
    fn nothing_between_the_bounds_is_refused() {
        for law in whole() {
            let nothing = Law::truncated(law, 0.1, 0.100_000_000_001);
            assert!(matches!(nothing, Err(LawError::NothingLeft { .. })), "{nothing:?}");
        }
        let far = Law::truncated(Law::constant(5.0).unwrap(), 6.0, 9.0);
        assert_eq!(far, Err(LawError::NothingLeft { low: 6.0, high: 9.0 }));
    }
}
