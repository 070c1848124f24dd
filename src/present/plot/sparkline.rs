//! A line of eighth blocks, for terminals and tables.

/// The blocks, lowest first.
const BLOCKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// One eighth block per value, the smallest value lowest and the largest highest; a value that is
/// not finite is a space. Equal values are all in the middle.
///
/// ```
/// assert_eq!(orgsim::present::plot::sparkline(&[1.0, 2.0, 8.0, 4.0]), "▁▂█▄");
/// ```
pub fn sparkline(values: &[f64]) -> String {
    let finite = || values.iter().copied().filter(|value| value.is_finite());
    let low = finite().fold(f64::INFINITY, f64::min);
    let high = finite().fold(f64::NEG_INFINITY, f64::max);
    values
        .iter()
        .map(|value| match value.is_finite() {
            false => ' ',
            true if high <= low => BLOCKS[3],
            // Halved first, so that the widest range there is does not overflow.
            true => {
                let share = (value / 2.0 - low / 2.0) / (high / 2.0 - low / 2.0);
                BLOCKS[((share * 7.0).round() as usize).min(7)]
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extremes_and_gaps() {
        assert_eq!(sparkline(&[]), "");
        assert_eq!(sparkline(&[5.0, 5.0]), "▄▄");
        assert_eq!(sparkline(&[0.0, f64::NAN, 1.0, f64::INFINITY]), "▁ █ ");
        assert_eq!(sparkline(&[-f64::MAX, f64::MAX]), "▁█");
    }
}
