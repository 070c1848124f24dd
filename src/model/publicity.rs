//! Customers who are heard by others, and others who join in.

use crate::units::SimTime;

/// What customers do who have waited in vain.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Publicity {
    /// Probability of going public, or of getting louder there, once the deadline has passed without a reply.
    pub goes_public: f64,
    /// Others who are drawn in by each of them. `None`: nobody.
    pub crowd: Option<Crowd>,
}

/// Others who react to a post with one of their own, and others to theirs: self-excitation.
///
/// Each post draws in a Poisson number of others, [`branching`](Crowd::branching) on average, each after a
/// delay of its own (Hawkes 1971 in the form of a branching process, Hawkes & Oakes 1974). The delays follow
/// the memory kernel of retweets: flat up to s₀ = 5 minutes, then a power law with exponent 1 + θ, θ = 0.242
/// (Zhao et al. 2015, SEISMIC; s₀ as in TiDeH, Kobayashi & Lambiotte 2016).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Crowd {
    /// Mean number of others whom each post draws in, in [0, 1); with `calmed_by_reply` above 1, their product is below 1.
    pub branching: f64,
    /// What becomes of that number for those who would react after a reply; 1 for nothing.
    pub calmed_by_reply: f64,
    /// A reply calms only if it comes this soon after the post.
    pub reply_within: SimTime,
    /// Who has not reacted by then never does; [`SimTime::NEVER`] for no end.
    pub forget_after: SimTime,
}

/// Where the kernel stops being flat, in minutes.
const FLAT: f64 = 5.0;
/// θ: the tail falls as the power −(1 + θ).
const TAIL: f64 = 0.242;

impl Crowd {
    /// A crowd that nothing calms and that never forgets.
    pub fn of(branching: f64) -> Crowd {
        Crowd {
            branching,
            calmed_by_reply: 1.0,
            reply_within: SimTime::HOUR,
            forget_after: SimTime::NEVER,
        }
    }

    /// Posts that come of one, itself included: 1 ÷ (1 − branching), if nobody ever replies.
    pub fn multiplier(&self) -> f64 {
        1.0 / (1.0 - self.branching * self.reached())
    }

    /// The share of reactions that come before they are forgotten.
    fn reached(&self) -> f64 {
        match self.forget_after {
            SimTime::NEVER => 1.0,
            until => Crowd::reacted(until.minutes()),
        }
    }

    /// Share of the reactions within so many minutes: θ/(1+θ) · s/s₀ up to s₀, then 1 − (s/s₀)^(−θ) / (1+θ).
    pub fn reacted(minutes: f64) -> f64 {
        let of_flat = minutes / FLAT;
        if of_flat <= 1.0 {
            TAIL / (1.0 + TAIL) * of_flat
        } else {
            1.0 - libm::pow(of_flat, -TAIL) / (1.0 + TAIL)
        }
    }

    /// The delay of a reaction, in minutes, at quantile `u` in (0, 1): the inverse of [`Crowd::reacted`].
    pub fn delay(u: f64) -> f64 {
        if u <= TAIL / (1.0 + TAIL) {
            FLAT * u * (1.0 + TAIL) / TAIL
        } else {
            FLAT * libm::pow((1.0 - u) * (1.0 + TAIL), -1.0 / TAIL)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kernel_has_its_published_shares() {
        let shares = [5.0, 30.0, 60.0, 1440.0]
            .map(|minutes| (100.0 * Crowd::reacted(minutes)).round() as i64);
        assert_eq!(shares, [19, 48, 56, 80]);
        // c = θ/(s₀(1+θ)) per second, the height of the flat part
        let height = Crowd::reacted(1.0) / 60.0;
        assert!((height - 6.495e-4).abs() < 1e-7, "{height}");
    }

    #[test]
    fn the_delay_is_the_inverse_of_the_share() {
        for u in [1e-6, 0.1, 0.194, 0.195, 0.3, 0.5, 0.8, 0.99] {
            assert!((Crowd::reacted(Crowd::delay(u)) - u).abs() < 1e-12, "{u}");
        }
    }

    #[test]
    fn one_post_becomes_as_many_as_the_branching_says() {
        let times =
            [0.3, 0.5, 0.7, 0.9].map(|n| (100.0 * Crowd::of(n).multiplier()).round() as i64);
        assert_eq!(times, [143, 200, 333, 1000]);
        let cut = Crowd { forget_after: SimTime::DAY, ..Crowd::of(0.5) };
        assert!((cut.multiplier() - 1.0 / (1.0 - 0.5 * Crowd::reacted(1440.0))).abs() < 1e-12);
    }
}
