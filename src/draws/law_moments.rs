//! Mean, variance and scale of a law.

use super::law::{Kind, Law};

impl Law {
    /// The mean, in the law's unit; always finite.
    #[must_use]
    pub fn mean(&self) -> f64 {
        match &self.0 {
            Kind::Exponential { mean } => *mean,
            Kind::Constant { value } => *value,
            Kind::Uniform { low, width } => low + width / 2.0,
            Kind::Triangular { low, mode, high } => (low + mode + high) / 3.0,
            Kind::Gamma { shape, scale, .. } => shape * scale,
            Kind::Lognormal { median, sigma } => median * libm::exp(sigma * sigma / 2.0),
            Kind::Weibull { scale, inverse_shape } => scale * libm::tgamma(1.0 + inverse_shape),
            Kind::Hyperexponential { share_short, short, long } => {
                share_short * short + (1.0 - share_short) * long
            }
            Kind::Pareto { minimum, alpha } => minimum * (alpha / (alpha - 1.0)),
            Kind::Mixture(mixture) => mixture.average(|law| law.mean()),
            Kind::Values(list) => list.average(|value| value),
            Kind::Shifted { by, law } => by + law.mean(),
            Kind::Truncated(of) => of.moment(1),
        }
    }

    /// The variance, in the unit squared; `None` where it is infinite.
    #[must_use]
    pub fn variance(&self) -> Option<f64> {
        let mean = self.mean();
        Some(match &self.0 {
            Kind::Exponential { mean } => mean * mean,
            Kind::Constant { .. } => 0.0,
            Kind::Uniform { width, .. } => width * width / 12.0,
            Kind::Triangular { low, mode, high } => {
                let (a, b) = (mode - low, high - mode);
                (a * a + a * b + b * b) / 18.0
            }
            Kind::Gamma { shape, scale, .. } => shape * scale * scale,
            Kind::Lognormal { sigma, .. } => mean * mean * libm::expm1(sigma * sigma),
            Kind::Weibull { inverse_shape, .. } => {
                mean * mean * super::weibull::squared_cv(*inverse_shape)
            }
            Kind::Pareto { alpha, .. } if *alpha <= 2.0 => return None,
            Kind::Pareto { alpha, .. } => mean * mean / (alpha * (alpha - 2.0)),
            &Kind::Hyperexponential { share_short, short, long } => {
                let gap = long - short;
                share_short * short * short
                    + (1.0 - share_short) * long * long
                    + share_short * (1.0 - share_short) * gap * gap
            }
            Kind::Mixture(mixture) => mixture.try_average(|law| {
                let off = law.mean() - mean;
                Some(law.variance()? + off * off)
            })?,
            Kind::Values(list) => list.average(|value| (value - mean) * (value - mean)),
            Kind::Shifted { law, .. } => law.variance()?,
            Kind::Truncated(of) => (of.moment(2) - mean * mean).max(0.0),
        })
    }

    /// The coefficient of variation, standard deviation ÷ mean; 0 for a constant, `None` where
    /// the variance is infinite.
    ///
    /// ```
    /// let law = orgsim::draws::Law::erlang(4, 12.0)?;
    /// assert_eq!(law.cv(), Some(0.5));
    /// # Ok::<(), orgsim::draws::LawError>(())
    /// ```
    #[must_use]
    pub fn cv(&self) -> Option<f64> {
        let variance = self.variance()?;
        Some(if variance > 0.0 { variance.sqrt() / self.mean() } else { 0.0 })
    }

    /// E\[X²\], in the unit squared; `None` where it is infinite.
    #[must_use]
    pub fn second_moment(&self) -> Option<f64> {
        let mean = self.mean();
        Some(self.variance()? + mean * mean)
    }

    /// E\[X³\], in the unit cubed; `None` where it is infinite.
    #[must_use]
    pub fn third_moment(&self) -> Option<f64> {
        Some(match &self.0 {
            Kind::Exponential { mean } => 6.0 * cube(*mean),
            Kind::Constant { value } => cube(*value),
            Kind::Uniform { low, width } => {
                let high = low + width;
                (low + high) * (low * low + high * high) / 4.0
            }
            // A uniform point of a triangle, seen along one axis: the sum of all ten products of
            // three corners, over ten.
            &Kind::Triangular { low: a, mode: b, high: c } => {
                let squares = a * a * (b + c) + b * b * (a + c) + c * c * (a + b);
                (cube(a) + cube(b) + cube(c) + squares + a * b * c) / 10.0
            }
            Kind::Gamma { shape, scale, .. } => {
                shape * (shape + 1.0) * (shape + 2.0) * cube(*scale)
            }
            Kind::Lognormal { median, sigma } => cube(*median) * libm::exp(4.5 * sigma * sigma),
            Kind::Weibull { scale, inverse_shape } => {
                cube(*scale) * libm::tgamma(1.0 + 3.0 * inverse_shape)
            }
            Kind::Pareto { alpha, .. } if *alpha <= 3.0 => return None,
            Kind::Pareto { minimum, alpha } => cube(*minimum) * alpha / (alpha - 3.0),
            &Kind::Hyperexponential { share_short, short, long } => {
                6.0 * (share_short * cube(short) + (1.0 - share_short) * cube(long))
            }
            Kind::Mixture(mixture) => mixture.try_average(Law::third_moment)?,
            Kind::Values(list) => list.average(cube),
            Kind::Truncated(of) => of.moment(3),
            Kind::Shifted { by, law } => {
                cube(*by)
                    + 3.0 * by * by * law.mean()
                    + 3.0 * by * law.second_moment()?
                    + law.third_moment()?
            }
        })
    }

    /// The law of `factor` times the quantity: another unit, or longer handling.
    ///
    /// # Panics
    /// If `factor` is negative or not finite.
    ///
    /// ```
    /// let minutes = orgsim::draws::Law::gamma(6.0, 0.5)?;
    /// assert_eq!(minutes.scaled(60.0).mean(), 360.0);
    /// # Ok::<(), orgsim::draws::LawError>(())
    /// ```
    #[must_use]
    pub fn scaled(&self, factor: f64) -> Law {
        assert!(
            factor.is_finite() && 0.0 <= factor,
            "a law is scaled by a finite factor of at least 0"
        );
        if factor == 0.0 {
            return Law::always(0.0);
        }
        let mut kind = self.0.clone();
        match &mut kind {
            Kind::Exponential { mean } => *mean *= factor,
            Kind::Constant { value } => *value *= factor,
            Kind::Uniform { low, width } => {
                *low *= factor;
                *width *= factor;
            }
            Kind::Triangular { low, mode, high } => {
                *low *= factor;
                *mode *= factor;
                *high *= factor;
            }
            Kind::Gamma { scale, .. } | Kind::Weibull { scale, .. } => *scale *= factor,
            Kind::Lognormal { median, .. } => *median *= factor,
            Kind::Hyperexponential { short, long, .. } => {
                *short *= factor;
                *long *= factor;
            }
            Kind::Pareto { minimum, .. } => *minimum *= factor,
            Kind::Mixture(mixture) => mixture.for_each(|law| *law = law.scaled(factor)),
            Kind::Values(list) => list.for_each(|value| *value *= factor),
            Kind::Shifted { by, law } => {
                *by *= factor;
                **law = law.scaled(factor);
            }
            Kind::Truncated(of) => **of = of.scaled(factor),
        }
        Law(kind)
    }
}

fn cube(x: f64) -> f64 {
    x * x * x
}
