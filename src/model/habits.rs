//! How the people of a role go about their work, beyond one case at a time at an even pace.

use crate::units::SimTime;

/// How people work. The default is the textbook's: one case at a time, at the same pace from first to last.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Habits {
    /// Several open cases at a time; `None` for one.
    pub slots: Option<Slots>,
    /// Whether a case that finds several free people goes to the first of them by number, instead of the
    /// longest free.
    pub first_listed: bool,
    /// What it takes to turn to something else.
    pub switching: Switching,
    /// Slowing in long work without a rest.
    pub fatigue: Option<Fatigue>,
    /// What load does to speed and care.
    pub strain: Strain,
}

impl Habits {
    /// Whether anything changes the pace of a person.
    pub fn change_pace(&self) -> bool {
        self.switching != Switching::default()
            || self.fatigue.is_some()
            || self.strain != Strain::default()
    }
}

/// Several open cases of one person.
///
/// With n cases in hand each goes forward at `speeds[n − 1]` of full speed, so that all together are worked on at
/// n · `speeds[n − 1]`. With 1 ÷ n for each, the person's time is divided and nothing is lost or gained:
/// processor sharing with a limit (Avi-Itzhak & Halfin 1988).
#[derive(Debug, Clone, PartialEq)]
pub struct Slots {
    /// Speed of each of one, two, … open cases, as a share of full speed; as many as there are slots.
    pub speeds: Vec<f64>,
    /// Whether a case that waits for an expert or a reviewer keeps its slot.
    pub parked_count: bool,
}

impl Slots {
    /// So many slots, in which each of n open cases goes forward at 1 ÷ (1 + γ (n − 1)) of full speed.
    ///
    /// With a `slowdown` γ of 1 the person's time is divided, with 0 each case is worked on as if it were
    /// the only one.
    pub fn slowed(most: u32, slowdown: f64) -> Slots {
        let speed = |n: u32| 1.0 / (1.0 + slowdown * f64::from(n - 1));
        Slots { speeds: (1..=most).map(speed).collect(), parked_count: false }
    }

    /// Cases' worth of work that a person does in a unit of time with all slots taken.
    pub fn full_speed(&self) -> f64 {
        self.speeds.last().map_or(1.0, |speed| speed * self.speeds.len() as f64)
    }

    /// Whether it is one case at a time at full speed.
    pub fn is_plain(&self) -> bool {
        matches!(self.speeds.as_slice(), [only] if (only - 1.0).abs() <= 0.0)
    }
}

/// Time that it takes a person to turn to something else, before the work itself, in the same bin.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Switching {
    /// From one case to another.
    pub cases: SimTime,
    /// Between cases and work that nobody waits for, and from a duty or an absence back to either.
    pub kinds: SimTime,
}

/// Slowing in long work: after so much of it without a rest, every further hour makes work longer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fatigue {
    /// Work without a rest that leaves no trace.
    pub after: SimTime,
    /// Share by which work becomes longer for each hour beyond.
    pub slower_each_hour: f64,
    /// Time without work that restores a person.
    pub rest: SimTime,
}

/// What load does to a person.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Strain {
    /// Share by which people are faster when at least one case waits for each who is there; less if fewer wait.
    pub hurry: f64,
    /// What a long stretch of too much work does.
    pub overload: Option<Overload>,
}

/// What a long stretch of too much work does to a person, until it ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Overload {
    /// Length of a stretch that strains.
    pub after: SimTime,
    /// Share of the stretch with work from which it is too much.
    pub above: f64,
    /// Share by which people are slower then.
    pub slower: f64,
    /// Factor on the probability of a wrong reply then.
    pub errors: f64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_share_a_person_by_their_law() {
        let divided = Slots::slowed(4, 1.0);
        assert!((divided.full_speed() - 1.0).abs() < 1e-12 && !divided.is_plain());
        let juggled = Slots::slowed(3, 0.5);
        assert!(
            (juggled.speeds[2] - 0.5).abs() < 1e-12 && (juggled.full_speed() - 1.5).abs() < 1e-12
        );
        assert!(Slots::slowed(1, 0.7).is_plain());
    }
}
