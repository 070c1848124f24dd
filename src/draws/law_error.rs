//! Why numbers do not make a law.

/// Parameters that no law of nonnegative quantities has.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum LawError {
    /// NaN or infinite.
    #[error("the {what} must be a finite number, not {value}")]
    NotFinite {
        /// Which parameter.
        what: &'static str,
        /// What was given.
        value: f64,
    },
    /// Below zero.
    #[error("the {what} must not be negative, and {value} is")]
    Negative {
        /// Which parameter.
        what: &'static str,
        /// What was given.
        value: f64,
    },
    /// Zero or below.
    #[error("the {what} must be above 0, and {value} is not")]
    NotPositive {
        /// Which parameter.
        what: &'static str,
        /// What was given.
        value: f64,
    },
    /// Outside the range in which this law is computed reliably.
    #[error("the {what} must lie between {low} and {high}, and {value} does not")]
    OutOfRange {
        /// Which parameter.
        what: &'static str,
        /// What was given.
        value: f64,
        /// Smallest value allowed.
        low: f64,
        /// Largest value allowed.
        high: f64,
    },
    /// A lower bound above an upper one.
    #[error("the {lower} ({low}) must not exceed the {upper} ({high})")]
    OutOfOrder {
        /// Which parameter should be the smaller.
        lower: &'static str,
        /// Its value.
        low: f64,
        /// Which parameter should be the larger.
        upper: &'static str,
        /// Its value.
        high: f64,
    },
    /// A Pareto law without a mean.
    #[error("a pareto law with alpha {alpha} has an infinite mean; alpha must be above 1")]
    InfiniteMean {
        /// The tail exponent.
        alpha: f64,
    },
    /// Bounds between which the law has nothing.
    #[error("nothing of the law lies between {low} and {high}")]
    NothingLeft {
        /// The lower bound.
        low: f64,
        /// The upper bound.
        high: f64,
    },
    /// Nothing to choose from.
    #[error("a mixture or list needs at least one entry with a weight above 0")]
    Empty,
}

/// `value`, if finite and at least 0.
pub(super) fn nonnegative(what: &'static str, value: f64) -> Result<f64, LawError> {
    if !value.is_finite() {
        Err(LawError::NotFinite { what, value })
    } else if value < 0.0 {
        Err(LawError::Negative { what, value })
    } else {
        Ok(value)
    }
}

/// `value`, if finite and above 0.
pub(super) fn positive(what: &'static str, value: f64) -> Result<f64, LawError> {
    let value = nonnegative(what, value)?;
    if value > 0.0 { Ok(value) } else { Err(LawError::NotPositive { what, value }) }
}

/// `value`, if between `low` and `high`.
pub(super) fn within(what: &'static str, value: f64, low: f64, high: f64) -> Result<f64, LawError> {
    if value.is_nan() {
        Err(LawError::NotFinite { what, value })
    } else if low <= value && value <= high {
        Ok(value)
    } else {
        Err(LawError::OutOfRange { what, value, low, high })
    }
}

/// Nothing, if `low` ≤ `high`.
pub(super) fn in_order(
    (lower, low): (&'static str, f64),
    (upper, high): (&'static str, f64),
) -> Result<(), LawError> {
    if low <= high { Ok(()) } else { Err(LawError::OutOfOrder { lower, low, upper, high }) }
}
