//! How much is at stake with an inquiry, and who may answer it without asking.

/// How much a wrong reply would harm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Risk {
    /// Little: everyday matters.
    Low,
    /// Something: money, a promise, somebody who is angry.
    Medium,
    /// Much: law, safety, the name of the company.
    High,
}

impl Risk {
    /// All levels, the lowest first.
    pub const ALL: [Risk; 3] = [Risk::Low, Risk::Medium, Risk::High];

    /// Its name in scenarios and tables.
    pub const fn word(self) -> &'static str {
        match self {
            Risk::Low => "low",
            Risk::Medium => "medium",
            Risk::High => "high",
        }
    }
}

/// The shares of a topic's inquiries that are of each level of risk.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Risks {
    medium: f64,
    high: f64,
}

impl Risks {
    /// All of one level.
    pub const fn all(level: Risk) -> Risks {
        match level {
            Risk::Low => Risks { medium: 0.0, high: 0.0 },
            Risk::Medium => Risks { medium: 1.0, high: 0.0 },
            Risk::High => Risks { medium: 0.0, high: 1.0 },
        }
    }

    /// These shares of medium and high risk, the rest of low risk; `None` unless they are shares and all is at most
    /// everything.
    pub fn new(medium: f64, high: f64) -> Option<Risks> {
        let shares = 0.0 <= medium && 0.0 <= high && medium + high <= 1.0 + 1e-9;
        shares.then_some(Risks { medium, high })
    }

    /// The share of one level.
    pub fn share(&self, level: Risk) -> f64 {
        match level {
            Risk::Low => (1.0 - self.medium - self.high).max(0.0),
            Risk::Medium => self.medium,
            Risk::High => self.high,
        }
    }

    /// The level of an inquiry with this uniform. What is of high risk stays so when more is.
    pub fn level(&self, u: f64) -> Risk {
        match u {
            u if u < self.high => Risk::High,
            u if u < self.high + self.medium => Risk::Medium,
            _ => Risk::Low,
        }
    }

    /// Whether nothing is above this level.
    pub fn at_most(&self, level: Risk) -> bool {
        Risk::ALL.into_iter().filter(|&above| level < above).all(|above| self.share(above) <= 0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_nested_and_their_shares_add_up_to_all() {
        let risks = Risks::new(0.3, 0.1).unwrap();
        let sum: f64 = Risk::ALL.into_iter().map(|level| risks.share(level)).sum();
        assert!((sum - 1.0).abs() < 1e-12);
        assert_eq!([0.05, 0.2, 0.7].map(|u| risks.level(u)), [Risk::High, Risk::Medium, Risk::Low]);
        let more = Risks::new(0.3, 0.2).unwrap();
        for u in (0..100).map(|i| f64::from(i) / 100.0) {
            assert!(risks.level(u) <= more.level(u), "{u}");
        }
        assert!(Risks::new(0.7, 0.4).is_none() && Risks::new(-0.1, 0.0).is_none());
        assert!(Risks::all(Risk::Medium).at_most(Risk::Medium) && !risks.at_most(Risk::Medium));
    }
}
