//! Laws of nonnegative quantities, sampled by inversion.

use super::gamma;
use super::law_error::{LawError, in_order, nonnegative, positive, within};
use super::ln::ln;
use super::mixture::Mixture;
use super::normal::normal_quantile;
use super::value_list::ValueList;
use super::weibull;

/// The law of a nonnegative quantity: a service time, a patience, a number of messages.
///
/// It has no unit; what goes in comes out. Parameters are checked once, here: every law has a
/// finite mean, and [`quantile`](Law::quantile) never gives a negative number. A law that cannot
/// vary is a constant, whatever constructor made it.
///
/// ```
/// use orgsim::draws::Law;
///
/// let answering = Law::lognormal(6.0, 0.8)?;
/// assert!((answering.mean() - 6.0).abs() < 1e-12);
/// assert!(answering.quantile(0.25) < answering.quantile(0.75));
/// assert!(Law::exponential(-1.0).is_err());
/// # Ok::<(), orgsim::draws::LawError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Law(pub(super) Kind);

/// The families; parameters as sampling wants them, at most 24 bytes.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    Exponential {
        mean: f64,
    },
    Constant {
        value: f64,
    },
    Uniform {
        low: f64,
        width: f64,
    },
    Triangular {
        low: f64,
        mode: f64,
        high: f64,
    },
    /// `ln_gamma` is ln Γ(shape + 1).
    Gamma {
        shape: f64,
        scale: f64,
        ln_gamma: f64,
    },
    Lognormal {
        median: f64,
        sigma: f64,
    },
    Weibull {
        scale: f64,
        inverse_shape: f64,
    },
    Hyperexponential {
        share_short: f64,
        short: f64,
        long: f64,
    },
    Pareto {
        minimum: f64,
        alpha: f64,
    },
    Mixture(Box<Mixture>),
    Values(Box<ValueList>),
    Shifted {
        by: f64,
        law: Box<Law>,
    },
}

impl Law {
    /// Always `value`.
    ///
    /// # Errors
    /// If `value` is negative or not finite.
    pub fn constant(value: f64) -> Result<Law, LawError> {
        Ok(Law::always(nonnegative("value", value)?))
    }

    /// Exponential: P(X > x) = exp(−x/mean); coefficient of variation 1.
    ///
    /// # Errors
    /// If `mean` is negative or not finite.
    pub fn exponential(mean: f64) -> Result<Law, LawError> {
        Ok(Law::exponential_of(nonnegative("mean", mean)?))
    }

    /// Uniform between `low` and `high`.
    ///
    /// # Errors
    /// If a bound is negative or not finite, or they are out of order.
    pub fn uniform(low: f64, high: f64) -> Result<Law, LawError> {
        let (low, high) = (nonnegative("low", low)?, nonnegative("high", high)?);
        in_order(("low", low), ("high", high))?;
        if low < high {
            Ok(Law(Kind::Uniform { low, width: high - low }))
        } else {
            Ok(Law::always(low))
        }
    }

    /// Triangular between `low` and `high`, likeliest at `mode`.
    ///
    /// # Errors
    /// If a parameter is negative or not finite, or they are out of order.
    pub fn triangular(low: f64, mode: f64, high: f64) -> Result<Law, LawError> {
        let low = nonnegative("low", low)?;
        let mode = nonnegative("mode", mode)?;
        let high = nonnegative("high", high)?;
        in_order(("low", low), ("mode", mode))?;
        in_order(("mode", mode), ("high", high))?;
        if low < high {
            Ok(Law(Kind::Triangular { low, mode, high }))
        } else {
            Ok(Law::always(low))
        }
    }

    /// The sum of `stages` equal exponentials with this `mean` together; cv 1/√stages.
    ///
    /// # Errors
    /// If `stages` is 0 or above a million, or `mean` negative or not finite.
    pub fn erlang(stages: u32, mean: f64) -> Result<Law, LawError> {
        let shape = within("number of stages", f64::from(stages), 1.0, 1e6)?;
        Ok(Law::gamma_of(shape, nonnegative("mean", mean)?))
    }

    /// Gamma with this `mean` and coefficient of variation; shape 1/cv², scale mean·cv².
    ///
    /// A quantile is found by iteration and takes some fifty times as long as an exponential's;
    /// so does [`erlang`](Law::erlang)'s.
    ///
    /// # Errors
    /// If `mean` is negative or not finite, or `cv` is neither 0 nor between 0.001 and 100.
    pub fn gamma(mean: f64, cv: f64) -> Result<Law, LawError> {
        let mean = nonnegative("mean", mean)?;
        if cv == 0.0 {
            return Ok(Law::always(mean));
        }
        let cv = within("cv", cv, 0.001, 100.0)?;
        Ok(Law::gamma_of(1.0 / (cv * cv), mean))
    }

    /// Lognormal with this `mean` and coefficient of variation.
    ///
    /// σ² = ln(1 + cv²), median = mean/√(1 + cv²).
    ///
    /// # Errors
    /// If a parameter is negative or not finite, or `cv` exceeds 10⁶.
    pub fn lognormal(mean: f64, cv: f64) -> Result<Law, LawError> {
        let mean = nonnegative("mean", mean)?;
        let square = within("cv", nonnegative("cv", cv)?, 0.0, 1e6)?;
        let square = square * square;
        let sigma = libm::log1p(square).sqrt();
        Law::lognormal_median(mean / (1.0 + square).sqrt(), sigma)
    }

    /// Lognormal with this `median`, whose logarithm has standard deviation `sigma`.
    ///
    /// # Errors
    /// If a parameter is negative or not finite, or `sigma` exceeds 6.
    pub fn lognormal_median(median: f64, sigma: f64) -> Result<Law, LawError> {
        let median = nonnegative("median", median)?;
        let sigma = within("sigma", nonnegative("sigma", sigma)?, 0.0, 6.0)?;
        if median > 0.0 && sigma > 0.0 {
            Ok(Law(Kind::Lognormal { median, sigma }))
        } else {
            Ok(Law::always(median))
        }
    }

    /// Weibull with this `mean` and coefficient of variation; the shape is solved for.
    ///
    /// # Errors
    /// If `mean` is negative or not finite, or `cv` is neither 0 nor between 0.001 and 1000.
    pub fn weibull(mean: f64, cv: f64) -> Result<Law, LawError> {
        let mean = nonnegative("mean", mean)?;
        if cv == 0.0 {
            return Ok(Law::always(mean));
        }
        let inverse_shape = weibull::inverse_shape(within("cv", cv, 0.001, 1000.0)?);
        Ok(Law::weibull_of(mean / libm::tgamma(1.0 + inverse_shape), inverse_shape))
    }

    /// Weibull: P(X > x) = exp(−(x/scale)^shape).
    ///
    /// # Errors
    /// If `scale` is negative or not finite, or `shape` not between 0.05 and 2000.
    pub fn weibull_scale(scale: f64, shape: f64) -> Result<Law, LawError> {
        let scale = nonnegative("scale", scale)?;
        Ok(Law::weibull_of(scale, 1.0 / within("shape", shape, 0.05, 2000.0)?))
    }

    /// Exponential with `first` mean in a share `share` of cases, with `second` mean in the rest.
    ///
    /// The uniform first chooses the branch (the shorter mean below, the longer above) and what
    /// is left of it, stretched over (0, 1), makes the exponential.
    ///
    /// # Errors
    /// If `share` is not between 0 and 1, or a mean is negative or not finite.
    pub fn hyperexponential(share: f64, first: f64, second: f64) -> Result<Law, LawError> {
        let share = within("share", share, 0.0, 1.0)?;
        let (first, second) = (nonnegative("mean", first)?, nonnegative("mean", second)?);
        let (share_short, short, long) =
            if first <= second { (share, first, second) } else { (1.0 - share, second, first) };
        if share_short == 0.0 || long <= short {
            Ok(Law::exponential_of(long))
        } else if share_short >= 1.0 {
            Ok(Law::exponential_of(short))
        } else {
            Ok(Law(Kind::Hyperexponential { share_short, short, long }))
        }
    }

    /// Hyperexponential with this `mean` and coefficient of variation, with balanced means: both
    /// branches contribute half the mean (Sauer & Chandy 1975).
    ///
    /// # Errors
    /// If `mean` is negative or not finite, or `cv` not between 1 and 10⁶.
    pub fn hyperexponential_balanced(mean: f64, cv: f64) -> Result<Law, LawError> {
        let mean = nonnegative("mean", mean)?;
        let square = within("cv", cv, 1.0, 1e6)?;
        let square = square * square;
        // share of the long branch = ½ (1 − √((cv² − 1)/(cv² + 1))), without its cancellation
        let root = ((square - 1.0) / (square + 1.0)).sqrt();
        let share_long = 1.0 / ((square + 1.0) * (1.0 + root));
        let share_short = 1.0 - share_long;
        Law::hyperexponential(share_short, mean / (2.0 * share_short), mean / (2.0 * share_long))
    }

    /// Pareto of the first kind with this `mean`: P(X > x) = (minimum/x)^alpha above the minimum,
    /// which is mean·(alpha − 1)/alpha.
    ///
    /// # Errors
    /// If `mean` is negative or not finite, or `alpha` not above 1: the mean were infinite.
    pub fn pareto(mean: f64, alpha: f64) -> Result<Law, LawError> {
        let mean = nonnegative("mean", mean)?;
        let alpha = positive("alpha", alpha)?;
        if alpha <= 1.0 {
            return Err(LawError::InfiniteMean { alpha });
        }
        let minimum = mean * ((alpha - 1.0) / alpha);
        if minimum > 0.0 { Ok(Law(Kind::Pareto { minimum, alpha })) } else { Ok(Law::always(0.0)) }
    }

    /// Each law in proportion to its weight.
    ///
    /// The uniform first chooses the branch, the branches standing in order of their means, and
    /// what is left of it, stretched over (0, 1), goes to that law.
    ///
    /// # Errors
    /// If a weight is negative or not finite, or none is above 0.
    pub fn mixture(weighted: impl IntoIterator<Item = (f64, Law)>) -> Result<Law, LawError> {
        Mixture::new(weighted).map(|mixture| Law(Kind::Mixture(Box::new(mixture))))
    }

    /// One of the values, in proportion to its weight.
    ///
    /// # Errors
    /// If a value or weight is negative or not finite, or no weight is above 0.
    pub fn values(weighted: impl IntoIterator<Item = (f64, f64)>) -> Result<Law, LawError> {
        ValueList::new(weighted).map(|list| Law(Kind::Values(Box::new(list))))
    }

    /// The law of a recorded sample: each value with equal weight, none in between.
    ///
    /// # Errors
    /// If a value is negative or not finite, or there is none.
    pub fn empirical(sample: impl IntoIterator<Item = f64>) -> Result<Law, LawError> {
        Law::values(sample.into_iter().map(|value| (value, 1.0)))
    }

    /// A constant and a variable part together.
    ///
    /// # Errors
    /// If `by` is negative or not finite.
    pub fn shifted(by: f64, law: Law) -> Result<Law, LawError> {
        let by = nonnegative("constant part", by)?;
        Ok(match law.0 {
            Kind::Constant { value } => Law::always(by + value),
            _ if by == 0.0 => law,
            _ => Law(Kind::Shifted { by, law: Box::new(law) }),
        })
    }

    /// The quantity at `u`, a uniform strictly between 0 and 1.
    ///
    /// It grows with `u`, so the same uniform is a hard case under every law: it is the smallest
    /// x with P(X ≤ x) ≥ u. Mixtures and hyperexponential laws are the exception: there `u` first
    /// chooses the branch and grows only within it.
    ///
    /// ```
    /// let law = orgsim::draws::Law::exponential(10.0)?;
    /// assert!((law.quantile(0.5) - 6.931471805599453).abs() < 1e-14);
    /// # Ok::<(), orgsim::draws::LawError>(())
    /// ```
    #[inline(always)]
    #[must_use]
    pub fn quantile(&self, u: f64) -> f64 {
        match self.0 {
            Kind::Exponential { mean } => -ln(1.0 - u) * mean,
            Kind::Constant { value } => value,
            _ => self.quantile_of_others(u),
        }
    }

    #[inline(never)]
    fn quantile_of_others(&self, u: f64) -> f64 {
        match &self.0 {
            Kind::Exponential { .. } | Kind::Constant { .. } => self.quantile(u),
            Kind::Uniform { low, width } => low + width * u,
            &Kind::Triangular { low, mode, high } => {
                let width = high - low;
                if u * width < mode - low {
                    low + (u * width * (mode - low)).sqrt()
                } else {
                    high - ((1.0 - u) * width * (high - mode)).sqrt()
                }
            }
            &Kind::Gamma { shape, scale, ln_gamma } => {
                scale * gamma::quantile_with(shape, ln_gamma, u)
            }
            Kind::Lognormal { median, sigma } => median * libm::exp(sigma * normal_quantile(u)),
            Kind::Weibull { scale, inverse_shape } => {
                scale * libm::pow(-ln(1.0 - u), *inverse_shape)
            }
            &Kind::Hyperexponential { share_short, short, long } => {
                if u < share_short {
                    -ln(1.0 - u / share_short) * short
                } else {
                    -ln((1.0 - u) / (1.0 - share_short)) * long
                }
            }
            Kind::Pareto { minimum, alpha } => minimum * libm::exp(-ln(1.0 - u) / alpha),
            Kind::Mixture(mixture) => mixture.quantile(u),
            Kind::Values(list) => list.quantile(u),
            Kind::Shifted { by, law } => by + law.quantile(u),
        }
    }

    /// Whether the quantity is always 0.
    #[inline]
    #[must_use]
    pub fn is_zero(&self) -> bool {
        matches!(self.0, Kind::Constant { value } if value == 0.0)
    }

    pub(super) fn always(value: f64) -> Law {
        Law(Kind::Constant { value })
    }

    fn exponential_of(mean: f64) -> Law {
        if mean > 0.0 { Law(Kind::Exponential { mean }) } else { Law::always(0.0) }
    }

    fn gamma_of(shape: f64, mean: f64) -> Law {
        if is_one(shape) {
            return Law::exponential_of(mean);
        }
        if mean == 0.0 {
            return Law::always(0.0);
        }
        let ln_gamma = libm::lgamma(shape + 1.0);
        Law(Kind::Gamma { shape, scale: mean / shape, ln_gamma })
    }

    fn weibull_of(scale: f64, inverse_shape: f64) -> Law {
        if is_one(inverse_shape) {
            Law::exponential_of(scale)
        } else if scale > 0.0 {
            Law(Kind::Weibull { scale, inverse_shape })
        } else {
            Law::always(0.0)
        }
    }
}

/// Whether gamma and Weibull are exponential, but for what rounding left in the shape.
fn is_one(shape: f64) -> bool {
    (shape - 1.0).abs() < 1e-14
}
