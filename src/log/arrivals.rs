//! How inquiries arrive: level, profile of the day and week, burstiness.

use super::recorded::LoggedInquiry;
use super::stamp::clock_text;
use super::summary::{mean, quantile, sorted, variance};
use crate::units::N_HOURS_A_WEEK;
use serde::Serialize;
use std::collections::BTreeMap;

const HOUR: i64 = 3600;
const WEEK_HOURS: i64 = N_HOURS_A_WEEK as i64;

/// Arrivals of a log within a window, by clock hours as written.
///
/// The index of dispersion is sample variance (n − 1) over mean of the counts per clock hour or
/// calendar day, empty ones included: about 1 for a Poisson process of constant rate.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ArrivalProfile {
    /// Start, as a clock shows it.
    pub window_start: String,
    /// End (exclusive).
    pub window_end_exclusive: String,
    /// Arrivals inside.
    pub n_in_window: usize,
    /// Arrivals of the log outside.
    pub n_outside_window: usize,
    /// Clock hours the window touches.
    pub hours: i64,
    /// Arrivals per hour.
    pub mean_per_hour: f64,
    /// Most arrivals in one hour.
    pub max_hour_count: u64,
    /// Index of dispersion of hourly counts.
    #[serde(rename = "iod_hourly")]
    pub dispersion_hourly: Option<f64>,
    /// Index of dispersion of daily counts.
    #[serde(rename = "iod_daily")]
    pub dispersion_daily: Option<f64>,
    /// Mean arrivals per hour by hour of the day.
    pub hour_of_day_mean_per_hour: Vec<f64>,
    /// Largest of these over their mean.
    pub hour_of_day_peak_to_mean: Option<f64>,
    /// The hour of the day where it lies.
    pub peak_hour_of_day: Option<usize>,
    /// Share of arrivals by day of the week, Monday first.
    #[serde(rename = "day_of_week_share_mon_first")]
    pub day_of_week_share: Vec<f64>,
    /// Mean arrivals per hour by hour of the week, Monday 00:00 first; from one week on.
    #[serde(rename = "hour_of_week_mean_per_hour_mon00_first")]
    pub hour_of_week_mean_per_hour: Option<Vec<f64>>,
    /// Largest of these over their mean.
    pub hour_of_week_peak_to_mean: Option<f64>,
    /// The slot where it lies.
    pub peak_hour_of_week_slot: Option<usize>,
    /// Pearson's χ² of hourly counts against the mean of their hour of the week, over (hours −
    /// slots), slots without arrivals left out: about 1 for a Poisson process around the profile.
    #[serde(rename = "iod_hourly_after_hour_of_week_profile")]
    pub dispersion_hourly_around_week: Option<f64>,
    /// Times between arrivals.
    #[serde(rename = "interarrival_s")]
    pub interarrival_seconds: Option<InterarrivalSummary>,
}

/// Times between one arrival and the next, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct InterarrivalSummary {
    /// Mean.
    pub mean: f64,
    /// Median.
    pub median: f64,
    /// Standard deviation (n − 1) over mean: 1 for a Poisson process.
    #[serde(rename = "cv")]
    pub coefficient_of_variation: Option<f64>,
    /// Share of arrivals in the same second (or minute, as the file has it) as the one before.
    pub share_zero: f64,
}

impl ArrivalProfile {
    /// The profile of the arrivals from `start` on and before `end`, in seconds of the clock as
    /// written since 1970-01-01; `inquiries` sorted by arrival.
    pub fn of(inquiries: &[LoggedInquiry], start: i64, end: i64) -> ArrivalProfile {
        let arrivals: Vec<i64> = (inquiries.iter().map(|inquiry| inquiry.arrival_seconds))
            .filter(|arrival| (start..end).contains(arrival))
            .collect();
        let first_hour = start.div_euclid(HOUR);
        let hours = ((end - 1).div_euclid(HOUR) - first_hour + 1).max(1);
        let hourly = counts(&arrivals, HOUR);
        let daily = counts(&arrivals, 24 * HOUR);
        let days = (end - 1).div_euclid(24 * HOUR) - start.div_euclid(24 * HOUR) + 1;
        let week = Slots::of(&hourly, first_hour, hours, WEEK_HOURS);
        let day = Slots::of(&hourly, first_hour, hours, 24);
        let week_means = (WEEK_HOURS <= hours).then(|| week.means());
        let n = arrivals.len();
        let share = |day: usize| match n {
            0 => 0.0,
            _ => week.sums[day * 24..][..24].iter().sum::<f64>() / n as f64,
        };
        ArrivalProfile {
            window_start: clock_text(start),
            window_end_exclusive: clock_text(end),
            n_in_window: n,
            n_outside_window: inquiries.len() - n,
            hours,
            mean_per_hour: n as f64 / hours as f64,
            max_hour_count: hourly.values().copied().max().unwrap_or(0),
            dispersion_hourly: dispersion(&hourly, hours),
            dispersion_daily: dispersion(&daily, days),
            hour_of_day_peak_to_mean: peak_to_mean(&day.means()),
            peak_hour_of_day: peak(&day.means()),
            hour_of_day_mean_per_hour: day.means(),
            day_of_week_share: (0..7).map(share).collect(),
            hour_of_week_peak_to_mean: week_means.as_deref().and_then(peak_to_mean),
            peak_hour_of_week_slot: week_means.as_deref().and_then(peak),
            hour_of_week_mean_per_hour: week_means,
            dispersion_hourly_around_week: week.dispersion(),
            interarrival_seconds: interarrivals(&arrivals),
        }
    }
}

/// Arrivals per stretch of this many seconds; stretches without any are absent.
fn counts(arrivals: &[i64], length: i64) -> BTreeMap<i64, u64> {
    let mut counts = BTreeMap::new();
    for arrival in arrivals {
        *counts.entry(arrival.div_euclid(length)).or_default() += 1;
    }
    counts
}

/// Sample variance over mean of `n` counts, the absent ones zero.
fn dispersion(counts: &BTreeMap<i64, u64>, n: i64) -> Option<f64> {
    let n = n as f64;
    let mean = counts.values().sum::<u64>() as f64 / n;
    let squares: f64 = counts.values().map(|&count| (count as f64 - mean).powi(2)).sum();
    let empty = n - counts.len() as f64;
    (1.0 < n && 0.0 < mean).then(|| (squares + empty * mean * mean) / (n - 1.0) / mean)
}

/// Hourly counts by their place in a repeating day or week.
struct Slots {
    sums: Vec<f64>,
    squares: Vec<f64>,
    hours: Vec<f64>,
}

impl Slots {
    fn of(hourly: &BTreeMap<i64, u64>, first: i64, hours: i64, period: i64) -> Slots {
        let zeros = || vec![0.0; period as usize];
        let mut slots = Slots { sums: zeros(), squares: zeros(), hours: zeros() };
        // 1970-01-01 was a Thursday: three days after a Monday.
        let slot = |hour: i64| (hour + 3 * 24).rem_euclid(period) as usize;
        for (&hour, &count) in hourly {
            slots.sums[slot(hour)] += count as f64;
            slots.squares[slot(hour)] += (count * count) as f64;
        }
        let whole = (hours / period) as f64;
        slots.hours.fill(whole);
        for hour in first..first + hours % period {
            slots.hours[slot(hour)] += 1.0;
        }
        slots
    }

    fn means(&self) -> Vec<f64> {
        let mean = |(&sum, &hours): (&f64, &f64)| if 0.0 < hours { sum / hours } else { 0.0 };
        self.sums.iter().zip(&self.hours).map(mean).collect()
    }

    /// χ² over degrees of freedom; Σ(c − m)²/m = Σc²/m − n·m in each slot.
    fn dispersion(&self) -> Option<f64> {
        let (mut chi_square, mut freedom) = (0.0, 0.0);
        for ((&squares, &hours), mean) in self.squares.iter().zip(&self.hours).zip(self.means()) {
            if 0.0 < mean {
                chi_square += squares / mean - hours * mean;
                freedom += hours - 1.0;
            }
        }
        (0.0 < freedom).then(|| chi_square / freedom)
    }
}

fn peak(means: &[f64]) -> Option<usize> {
    let largest = means.iter().copied().fold(0.0, f64::max);
    (0.0 < largest).then(|| means.iter().position(|&mean| largest <= mean))?
}

fn peak_to_mean(means: &[f64]) -> Option<f64> {
    Some(means[peak(means)?] / mean(means)?)
}

fn interarrivals(arrivals: &[i64]) -> Option<InterarrivalSummary> {
    let between = sorted(arrivals.windows(2).map(|pair| (pair[1] - pair[0]) as f64));
    let mean = mean(&between)?;
    let zeros = between.iter().filter(|&&seconds| seconds == 0.0).count();
    let deviation = variance(&between).map(libm::sqrt);
    Some(InterarrivalSummary {
        mean,
        median: quantile(&between, 0.5),
        coefficient_of_variation: deviation
            .filter(|_| 0.0 < mean)
            .map(|deviation| deviation / mean),
        share_zero: zeros as f64 / between.len() as f64,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(actual: Option<f64>, expected: f64) {
        assert!(actual.is_some_and(|actual| (actual - expected).abs() < 1e-12), "{actual:?}");
    }

    #[test]
    fn empty_hours_count_and_days_begin_on_monday() {
        // 1970-01-05 was a Monday.
        let monday = 4 * 24 * HOUR;
        let arrivals = [monday, monday, monday + 1800, monday + HOUR];
        let hourly = counts(&arrivals, HOUR);
        // Counts 3, 1, 0, 0: mean 1, variance (4 + 0 + 1 + 1) / 3.
        close(dispersion(&hourly, 4), 2.0);
        let week = Slots::of(&hourly, monday / HOUR, 336, WEEK_HOURS);
        assert_eq!(week.sums[..3], [3.0, 1.0, 0.0]);
        close(week.means().first().copied(), 1.5);
        // Slot 0: counts 3, 0 around 1.5 give 3; slot 1: 1, 0 around 0.5 give 1; 4 hours, 2 slots.
        close(week.dispersion(), 2.0);
        let between = interarrivals(&arrivals).expect("several");
        close(Some(between.mean), 1200.0);
        close(Some(between.share_zero), 1.0 / 3.0);
    }

    #[test]
    fn a_window_of_part_of_a_week_has_its_own_hours() {
        let slots = Slots::of(&BTreeMap::new(), -30, 25, 24);
        // Hour −30 is 18:00, met twice; every other hour once.
        assert_eq!((slots.hours[18], slots.hours[17]), (2.0, 1.0));
        assert_eq!(slots.dispersion(), None);
        assert_eq!((peak(&slots.means()), peak_to_mean(&slots.means())), (None, None));
    }
}
