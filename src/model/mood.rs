//! Mood: how customers feel about the company while they deal with it.

/// What moves the mood of a customer, and how strongly it is acted on.
///
/// A mood is a number: 0 is even, −1 annoyed, +1 pleased, without bounds. All steps are in that unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mood {
    /// How strongly customers act on their mood; above 0. A world without moods has none of this.
    pub intensity: f64,
    /// Mean mood at arrival, to which that of the topic is added.
    pub at_arrival: f64,
    /// Standard deviation of the mood at arrival.
    pub spread: f64,
    /// Lost for each length of the customer's own deadline waited for the first reply, four at most.
    pub waiting: f64,
    /// Won by a first reply within the customer's own deadline.
    pub timely: f64,
    /// Won by a right answer.
    pub knowing: f64,
    /// Lost by a reply that answers nothing.
    pub canned: f64,
    /// Lost by a wrong answer.
    pub wrong: f64,
    /// Won or lost by how good whoever writes is with people.
    pub human: f64,
    /// Standard deviation of what each reply does beside all that.
    pub noise: f64,
}

/// Most deadlines that a wait is felt as.
const MOST_WAITS: f64 = 4.0;

/// How strongly a mood bears on the logarithm of patience, for each unit.
const PATIENCE: f64 = 0.5;

/// Largest change of a logarithm that a mood or a skill brings about.
const LARGEST_PUSH: f64 = 5.0;

/// A probability whose odds are multiplied by e to the `push`: p·eˣ ÷ (1 − p + p·eˣ).
///
/// 0 stays 0 and 1 stays 1.
///
/// ```
/// assert_eq!(orgsim::model::pushed(0.8, 0.0), 0.8);
/// assert!((orgsim::model::pushed(0.5, 1.0) - 0.7311).abs() < 1e-4);
/// ```
pub fn pushed(probability: f64, push: f64) -> f64 {
    if push.abs() <= 0.0 {
        return probability;
    }
    let odds = libm::exp(push.clamp(-LARGEST_PUSH, LARGEST_PUSH));
    probability * odds / (1.0 - probability + probability * odds)
}

impl Mood {
    /// What patience is multiplied by in this mood, between a quarter and four times.
    pub fn patience(&self, mood: f64) -> f64 {
        libm::exp(self.intensity * PATIENCE * mood).clamp(0.25, 4.0)
    }

    /// What a wait of so many deadlines takes from a mood.
    pub fn wait(&self, deadlines: f64) -> f64 {
        self.waiting * deadlines.clamp(0.0, MOST_WAITS)
    }
}

/// Student's t with 4 degrees of freedom at quantile `u`, divided by its standard deviation √2: heavy tails with
/// variance 1.
///
/// With a = 4u(1−u): t = ±2·√(cos(arccos(√a)/3)/√a − 1) (Shaw 2006).
pub fn heavy_tailed(u: f64) -> f64 {
    let a = 4.0 * u * (1.0 - u);
    let root = a.sqrt();
    let square = libm::cos(libm::acos(root.min(1.0)) / 3.0) / root - 1.0;
    let t = 2.0 * square.max(0.0).sqrt() / core::f64::consts::SQRT_2;
    if u < 0.5 { -t } else { t }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draws::student_t_quantile;

    #[test]
    fn the_noise_is_students_with_four_degrees_of_freedom() {
        for u in [0.001, 0.05, 0.3, 0.5, 0.7, 0.975, 0.9999] {
            let exact = student_t_quantile(u, 4.0) / core::f64::consts::SQRT_2;
            assert!((heavy_tailed(u) - exact).abs() < 1e-7 * exact.abs().max(1.0), "{u}");
        }
    }

    #[test]
    fn a_push_multiplies_odds() {
        let odds = |p: f64| p / (1.0 - p);
        let (p, x) = (0.29, -0.7);
        assert!((odds(pushed(p, x)) / odds(p) - libm::exp(x)).abs() < 1e-12);
        assert!(pushed(0.0, 3.0).abs() < 1e-15 && (pushed(1.0, -3.0) - 1.0).abs() < 1e-15);
    }
}
