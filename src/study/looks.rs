//! The backlog looked at every hour, and when it is back to ordinary.

use crate::experiment::DesignResult;
use crate::model::Observe;
use crate::stats::{Interval, mean_interval};
use crate::units::{N_HOURS_A_WEEK, SimTime};

/// Hours for which the backlog must stay ordinary to be back.
const STAYS: usize = 24;
/// Share of ordinary hours of the same kind that lie within the ordinary band.
const ORDINARY: f64 = 0.9;

/// A look at every desk each hour of a stretch after the warm-up.
pub(super) fn hourly(length: SimTime) -> Observe {
    let hours = length.micros() / SimTime::HOUR.micros();
    Observe { at: (0..hours).map(|hour| SimTime::HOUR.times(hour)).collect(), every: None }
}

/// Messages at the desks, waiting or in hand: by repetition, then hour.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Looks(Vec<Vec<f64>>);

impl Looks {
    /// Of a design that was looked at [`hourly`].
    pub(super) fn of(design: &DesignResult) -> Looks {
        let at = |run: usize, hour: usize| -> f64 {
            design.observed[hour].iter().filter_map(|role| role.number.values[run]).sum()
        };
        let hours = design.observed.len();
        // What is withheld was not seen.
        let runs = if hours == 0 { 0 } else { design.completed.len() };
        Looks((0..runs).map(|run| (0..hours).map(|hour| at(run, hour)).collect()).collect())
    }

    /// How many hours were looked at.
    pub(super) fn hours(&self) -> usize {
        self.0.first().map_or(0, Vec::len)
    }

    /// The messages in one hour, by repetition.
    pub(super) fn at(&self, hour: usize) -> Vec<f64> {
        self.0.iter().map(|run| run[hour]).collect()
    }

    /// By repetition, the most messages in the first hours, and the first hour with so many.
    pub(super) fn peaks(&self, hours: usize) -> Vec<(f64, f64)> {
        let of = |run: &Vec<f64>| {
            let first = run.iter().take(hours).enumerate();
            first.fold(
                (0.0, 0.0),
                |peak, (hour, &n)| {
                    if peak.0 < n { (n, hour as f64) } else { peak }
                },
            )
        };
        self.0.iter().map(of).collect()
    }

    /// The upper edge of the ordinary band for each hour of the week, counted from the first look:
    /// nine in ten of these hours, over all weeks and repetitions, have no more.
    fn ordinary(&self) -> Vec<f64> {
        let edge = |hour: usize| {
            let mut seen: Vec<f64> = self
                .0
                .iter()
                .flat_map(|run| run.iter().skip(hour).step_by(N_HOURS_A_WEEK).copied())
                .collect();
            seen.sort_by(f64::total_cmp);
            let rank = (ORDINARY * seen.len() as f64).ceil() as usize;
            seen.get(rank.saturating_sub(1)).copied().unwrap_or(0.0)
        };
        (0..N_HOURS_A_WEEK).map(edge).collect()
    }
}

/// How long the backlog takes to be ordinary again.
#[derive(Debug, Clone, PartialEq)]
pub struct Recovery {
    /// By repetition, hours after the disturbance was over; `None` where that was not seen.
    pub hours: Vec<Option<f64>>,
    /// Their mean, where every repetition recovers.
    pub mean: Option<Interval>,
}

impl Recovery {
    /// Repetitions that do not recover as long as one looks.
    pub fn never(&self) -> usize {
        self.hours.iter().filter(|hours| hours.is_none()).count()
    }

    /// From the backlog with a disturbance and without it, on the same customers; `over` is the
    /// hour after which it is over.
    ///
    /// The backlog is back at the first hour from which on, for a day, it is within the ordinary
    /// band, or at least no higher than without the disturbance.
    pub(super) fn of(with: &Looks, without: &Looks, over: usize, confidence: f64) -> Recovery {
        let edges = without.ordinary();
        let one = |(with, without): (&Vec<f64>, &Vec<f64>)| {
            let calm = |hour: usize| with[hour] <= edges[hour % N_HOURS_A_WEEK].max(without[hour]);
            let last = with.len().min(without.len()).checked_sub(STAYS)?;
            let back = (over..=last).find(|&from| (from..from + STAYS).all(calm))?;
            Some((back - over) as f64)
        };
        let hours: Vec<Option<f64>> = with.0.iter().zip(&without.0).map(one).collect();
        let all: Option<Vec<f64>> = hours.iter().copied().collect();
        let mean = all.filter(|all| !all.is_empty()).map(|all| mean_interval(&all, confidence));
        Recovery { hours, mean }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A week of ordinary hours at 5, with so many more from hour 10 on for so long.
    fn looks(more: f64, hours: usize) -> Looks {
        let at = |hour: usize| if (10..10 + hours).contains(&hour) { 5.0 + more } else { 5.0 };
        Looks(vec![(0..N_HOURS_A_WEEK).map(at).collect(); 3])
    }

    #[test]
    fn the_backlog_is_back_when_it_stays_ordinary_for_a_day() {
        let calm = looks(0.0, 0);
        let hours = |with: &Looks| Recovery::of(with, &calm, 12, 0.95).hours[0];
        assert_eq!(hours(&calm), Some(0.0));
        assert_eq!(hours(&looks(9.0, 20)), Some(18.0));
        let mut twice = looks(9.0, 20);
        twice.0[0][40] = 9.0;
        assert_eq!(hours(&twice), Some(29.0), "ten ordinary hours are no recovery");
    }

    #[test]
    fn what_is_not_back_in_time_is_never_back() {
        let recovery = Recovery::of(&looks(9.0, N_HOURS_A_WEEK), &looks(0.0, 0), 12, 0.95);
        assert_eq!((recovery.never(), recovery.mean), (3, None));
    }

    #[test]
    fn a_busy_week_is_no_harm() {
        let busy = looks(9.0, N_HOURS_A_WEEK);
        assert_eq!(Recovery::of(&busy, &busy, 12, 0.95).hours, [Some(0.0); 3]);
    }
}
