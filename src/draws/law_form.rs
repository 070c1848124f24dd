//! A law as its constructors take it.

use super::law::{Kind, Law};

/// A law's family with parameters from which a constructor of [`Law`] makes it again.
#[derive(Debug, Clone, PartialEq)]
pub enum LawForm {
    /// [`Law::constant`].
    Constant(f64),
    /// [`Law::exponential`] with this mean.
    Exponential(f64),
    /// [`Law::uniform`]: low, high.
    Uniform(f64, f64),
    /// [`Law::triangular`]: low, mode, high.
    Triangular(f64, f64, f64),
    /// [`Law::gamma`]: mean, coefficient of variation.
    Gamma(f64, f64),
    /// [`Law::lognormal_median`]: median, sigma.
    Lognormal(f64, f64),
    /// [`Law::weibull_scale`]: scale, shape.
    Weibull(f64, f64),
    /// [`Law::pareto`]: mean, alpha.
    Pareto(f64, f64),
    /// [`Law::mixture`] of these laws with their shares; a hyperexponential law is one of two exponentials.
    Mixture(Vec<(f64, Law)>),
    /// [`Law::values`]: values with their shares.
    Values(Vec<(f64, f64)>),
    /// [`Law::shifted`]: the constant part and the other.
    Shifted(f64, Law),
    /// [`Law::truncated`]: the bounds and the whole law.
    Truncated(f64, f64, Law),
}

impl Law {
    /// The law as its constructors take it: the same law again, to within rounding.
    ///
    /// ```
    /// use orgsim::draws::{Law, LawForm};
    ///
    /// let law = Law::lognormal_median(120.0, 1.2)?;
    /// assert_eq!(law.form(), LawForm::Lognormal(120.0, 1.2));
    /// # Ok::<(), orgsim::draws::LawError>(())
    /// ```
    #[must_use]
    pub fn form(&self) -> LawForm {
        match &self.0 {
            Kind::Constant { value } => LawForm::Constant(*value),
            Kind::Exponential { mean } => LawForm::Exponential(*mean),
            Kind::Uniform { low, width } => LawForm::Uniform(*low, low + width),
            Kind::Triangular { low, mode, high } => LawForm::Triangular(*low, *mode, *high),
            Kind::Gamma { shape, scale, .. } => LawForm::Gamma(shape * scale, 1.0 / shape.sqrt()),
            Kind::Lognormal { median, sigma } => LawForm::Lognormal(*median, *sigma),
            Kind::Weibull { scale, inverse_shape } => LawForm::Weibull(*scale, 1.0 / inverse_shape),
            Kind::Pareto { alpha, .. } => LawForm::Pareto(self.mean(), *alpha),
            &Kind::Hyperexponential { share_short, short, long } => LawForm::Mixture(vec![
                (share_short, Law(Kind::Exponential { mean: short })),
                (1.0 - share_short, Law(Kind::Exponential { mean: long })),
            ]),
            Kind::Mixture(mixture) => LawForm::Mixture(mixture.weighted()),
            Kind::Values(list) => LawForm::Values(list.weighted()),
            Kind::Shifted { by, law } => LawForm::Shifted(*by, (**law).clone()),
            Kind::Truncated(of) => LawForm::Truncated(of.low, of.high, of.law.clone()),
        }
    }
}
