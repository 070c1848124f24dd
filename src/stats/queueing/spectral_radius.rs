//! How much a loop amplifies.

/// The spectral radius of a nonnegative square matrix: what a round through the loops of a
/// routing multiplies work by in the long run. Below 1 work drains, at 1 it circles for ever.
///
/// By Gelfand's formula, ‖Aᵐ‖^(1/m), with m = 2ᵏ reached by squaring and rescaling. Unlike power
/// iteration it needs no luck with the start and is not deceived by matrices that are periodic,
/// reducible or nilpotent. Relative error about 10⁻¹³; time grows with the cube of the size.
///
/// # Panics
/// If the matrix is not square, or an entry negative or not finite.
///
/// ```
/// use orgsim::stats::queueing::spectral_radius;
///
/// // Front desk → specialist in 30 %, and back in 20 %.
/// let gain = spectral_radius(&[vec![0.0, 0.3], vec![0.2, 0.0]]);
/// assert!((gain - 0.06f64.sqrt()).abs() < 1e-12);
/// ```
#[must_use]
pub fn spectral_radius(matrix: &[Vec<f64>]) -> f64 {
    let n = matrix.len();
    for row in matrix {
        assert_eq!(row.len(), n, "a spectral radius is that of a square matrix");
        let valid = row.iter().all(|entry| entry.is_finite() && 0.0 <= *entry);
        assert!(valid, "the entries are finite and at least 0");
    }
    let mut power: Vec<Vec<f64>> = matrix.to_vec();
    // ln ‖A^(2^k)‖ / 2^k, gathered from the scales taken out on the way.
    let mut logarithm = 0.0;
    let mut weight = 1.0;
    for _ in 0..64 {
        let norm = power.iter().map(|row| row.iter().sum::<f64>()).fold(0.0, f64::max);
        if norm == 0.0 {
            return 0.0;
        }
        logarithm += weight * libm::log(norm);
        for entry in power.iter_mut().flatten() {
            *entry /= norm;
        }
        power = square(&power);
        weight /= 2.0;
    }
    libm::exp(logarithm)
}

fn square(matrix: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let n = matrix.len();
    let mut product = vec![vec![0.0; n]; n];
    for (row, sums) in matrix.iter().zip(&mut product) {
        for (entry, other) in row.iter().zip(matrix) {
            if *entry > 0.0 {
                for (sum, factor) in sums.iter_mut().zip(other) {
                    *sum += entry * factor;
                }
            }
        }
    }
    product
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(matrix: &[&[f64]], exact: f64) {
        let rows: Vec<Vec<f64>> = matrix.iter().map(|row| row.to_vec()).collect();
        let found = spectral_radius(&rows);
        assert!((found - exact).abs() < 1e-12, "{matrix:?}: {found} against {exact}");
    }

    #[test]
    fn awkward_matrices_are_no_trouble() {
        check(&[], 0.0);
        check(&[&[0.0]], 0.0);
        check(&[&[0.7]], 0.7);
        check(&[&[0.0, 5.0, 1.0], &[0.0, 0.0, 9.0], &[0.0, 0.0, 0.0]], 0.0);
        check(&[&[0.0, 1.0, 0.0], &[0.0, 0.0, 1.0], &[1.0, 0.0, 0.0]], 1.0);
        check(&[&[0.5, 1e6], &[0.0, 0.5]], 0.5);
        check(&[&[0.9, 0.1], &[0.3, 0.7]], 1.0);
        check(&[&[2.0, 1.0], &[1.0, 2.0]], 3.0);
        check(&[&[1e-9, 0.0], &[0.0, 0.0]], 1e-9);
        check(&[&[0.3, 0.0, 0.0], &[0.0, 0.0, 0.6], &[0.0, 0.6, 0.0]], 0.6);
    }
}
