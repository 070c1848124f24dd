//! The Weibull law's shape from its coefficient of variation.

/// cv² = Γ(1 + 2y)/Γ(1 + y)² − 1, for y = 1/shape.
pub(super) fn squared_cv(inverse_shape: f64) -> f64 {
    libm::expm1(libm::lgamma(1.0 + 2.0 * inverse_shape) - 2.0 * libm::lgamma(1.0 + inverse_shape))
}

/// The 1/shape whose coefficient of variation is `cv`, by halving: cv grows with it.
pub(super) fn inverse_shape(cv: f64) -> f64 {
    let (mut low, mut high) = (0.0, 20.0);
    loop {
        let middle = low + (high - low) / 2.0;
        if middle <= low || high <= middle {
            return middle;
        }
        if squared_cv(middle) < cv * cv {
            low = middle;
        } else {
            high = middle;
        }
    }
}
