//! Scales: which values get a tick, and how values read.

use super::safe::clean;
use crate::units::grouped;

/// What an axis measures, and so how its values read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scale {
    /// Shares from 0 to 1, read as percent.
    Share,
    /// Minutes, read as people say them: `45s`, `12m`, `1h 16m`, `2d`.
    Minutes,
    /// Any other quantity; the unit is written with the axis title and may be empty.
    Number(String),
}

impl Scale {
    /// The name of a measure with its unit in brackets, where it has one that values do not show.
    pub(super) fn titled(&self, name: &str) -> String {
        match self {
            Scale::Number(unit) if !unit.trim().is_empty() => {
                format!("{} ({})", clean(name), clean(unit))
            }
            _ => clean(name),
        }
    }

    /// How a value reads; `—` for one that is not finite.
    pub(super) fn read(&self, value: f64) -> String {
        match self {
            _ if !value.is_finite() => "—".to_owned(),
            Scale::Share => percent(value),
            Scale::Minutes => duration(value),
            Scale::Number(_) => number(value),
        }
    }

    /// About `count` round values from `low` to `high`, both within the axis.
    pub(super) fn ticks(&self, low: f64, high: f64, count: usize) -> Vec<f64> {
        let span = (high - low).max(f64::MIN_POSITIVE);
        let rough = span / count.max(1) as f64;
        let step = match self {
            Scale::Minutes if 0.5 <= rough => time_step(rough),
            _ => round_step(rough),
        };
        let first = (low / step - 1e-9).ceil() as i64;
        let last = (high / step + 1e-9).floor() as i64;
        (first..=last.min(first + 50)).map(|at| at as f64 * step).collect()
    }

    /// The end of an axis from zero that holds `high`: the next round value.
    pub(super) fn end(&self, high: f64, count: usize) -> f64 {
        let high = if high.is_finite() && 0.0 < high { high } else { 1.0 };
        let rough = high / count.max(1) as f64;
        let step = match self {
            Scale::Minutes if 0.5 <= rough => time_step(rough),
            _ => round_step(rough),
        };
        let end = (high / step - 1e-9).ceil() * step;
        match self {
            Scale::Share if high <= 1.0 => end.min(1.0),
            // what luck may make of nearly all reaches a little beyond all
            Scale::Share if high <= 1.1 => end.min(1.1),
            _ => end,
        }
    }
}

/// A share in percent: whole, but for the ends, where a tenth of a percent tells.
fn percent(share: f64) -> String {
    let value = share * 100.0;
    let whole = value.round();
    let near_all = 99.0 < value && value < 100.0;
    let shown = if value.abs() < 9.95 || near_all { (value * 10.0).round() / 10.0 } else { whole };
    format!("{}%", number(shown))
}

/// 1, 2 or 5 times a power of ten, at least `rough`.
fn round_step(rough: f64) -> f64 {
    let power = libm::pow(10.0, libm::floor(libm::log10(rough)));
    let factor = [1.0, 2.0, 5.0].into_iter().find(|factor| rough <= factor * power * 1.000_001);
    factor.unwrap_or(10.0) * power
}

/// A length of time people count in, at least `rough` minutes.
fn time_step(rough: f64) -> f64 {
    const STEPS: [f64; 16] = [
        1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 180.0, 360.0, 720.0, 1440.0, 2880.0, 4320.0,
        10080.0, 20160.0,
    ];
    let step = STEPS.into_iter().find(|step| rough <= step * 1.000_001);
    step.unwrap_or_else(|| round_step(rough / 1440.0) * 1440.0)
}

/// A number to about three figures, thousands apart, with a true minus: `−1,250`, `3.1`, `0.04`.
pub(super) fn number(value: f64) -> String {
    let size = value.abs();
    let decimals = match size {
        _ if size < 5e-7 => 0,
        _ if size < 0.0995 => 4,
        _ if size < 9.995 => 2,
        _ if size < 99.95 => 1,
        _ => 0,
    };
    let text = match size {
        _ if 1e15 <= size => format!("{size:.2e}"),
        _ if decimals == 0 => grouped(size, 0),
        _ => grouped(size, decimals).trim_end_matches('0').trim_end_matches('.').into(),
    };
    let sign = if value < 0.0 && text != "0" { "−" } else { "" };
    format!("{sign}{text}")
}

/// A round number on an axis, with the decimals that tell it from its neighbors a step away.
pub(super) fn stepped(value: f64, step: f64) -> String {
    let digits =
        if step.is_finite() && 0.0 < step { libm::ceil(-libm::log10(step) - 1e-9) } else { 0.0 };
    let decimals = digits.clamp(0.0, 9.0) as usize;
    // what `number` shows is enough for all steps but small ones
    if decimals <= 1 {
        return number(value);
    };
    let text = format!("{:.decimals$}", value.abs());
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if value < 0.0 && text != "0" { format!("−{text}") } else { text.to_owned() }
}

/// Minutes as people say them, to two parts at most: `45s`, `12m`, `1h 16m`, `2d 3h`.
pub(super) fn duration(minutes: f64) -> String {
    let sign = if minutes < 0.0 { "−" } else { "" };
    let size = minutes.abs();
    let parts = |whole: f64, unit: &str, rest: f64, small: &str| match rest {
        rest if rest < 0.5 => format!("{sign}{whole:.0}{unit}"),
        rest => format!("{sign}{whole:.0}{unit} {rest:.0}{small}"),
    };
    // Rounded to the smaller part first, so that 59.7 minutes are an hour and not "60m".
    let seconds = (size * 60.0).round();
    let whole_minutes = size.round();
    let hours = (size / 60.0).round();
    if seconds < 0.5 {
        "0".to_owned()
    } else if seconds < 60.0 {
        format!("{sign}{seconds:.0}s")
    } else if seconds < 600.0 {
        parts((seconds / 60.0).floor(), "m", seconds % 60.0, "s")
    } else if whole_minutes < 60.0 {
        format!("{sign}{whole_minutes:.0}m")
    } else if whole_minutes < 1440.0 {
        parts((whole_minutes / 60.0).floor(), "h", whole_minutes % 60.0, "m")
    } else if hours < 240.0 {
        parts((hours / 24.0).floor(), "d", hours % 24.0, "h")
    } else {
        format!("{sign}{}d", number((hours / 24.0).round()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_as_people_say_them() {
        let cases = [
            (0.0, "0"),
            (0.75, "45s"),
            (1.0, "1m"),
            (1.5, "1m 30s"),
            (59.7, "1h"),
            (76.0, "1h 16m"),
            (1439.8, "1d"),
            (1440.0 * 2.0 + 190.0, "2d 3h"),
            (-90.0, "−1h 30m"),
            (1440.0 * 20_000.0, "20,000d"),
        ];
        for (minutes, text) in cases {
            assert_eq!(duration(minutes), text);
        }
    }

    #[test]
    fn shares_are_whole_percents_but_for_the_ends() {
        let cases =
            [(0.0, "0%"), (0.031, "3.1%"), (0.4849, "48%"), (0.9966, "99.7%"), (1.0, "100%")];
        for (share, text) in cases {
            assert_eq!(Scale::Share.read(share), text);
        }
    }

    #[test]
    fn numbers_are_short() {
        let cases = [
            (0.0, "0"),
            (-0.0, "0"),
            (2.5678, "2.57"),
            (12.5, "12.5"),
            (-1250.4, "−1,250"),
            (0.04, "0.04"),
        ];
        for (value, text) in cases {
            assert_eq!(number(value), text);
        }
        assert_eq!(number(1_234_567.0), "1,234,567");
    }

    #[test]
    fn steps_decide_the_decimals_of_ticks() {
        assert_eq!([-0.02, 0.0, 0.02].map(|n| stepped(n, 0.02)), ["−0.02", "0", "0.02"]);
        assert_eq!([0.00001, 1234.0].map(|n| stepped(n, 0.00001)), ["0.00001", "1234"]);
        assert_eq!([5.0, 1500.0].map(|n| stepped(n, 500.0)), ["5", "1,500"]);
    }

    #[test]
    fn ticks_are_round_and_within() {
        assert_eq!(Scale::Share.ticks(0.0, 1.0, 5), [0.0, 0.2, 0.4, 0.6000000000000001, 0.8, 1.0]);
        assert_eq!(Scale::Minutes.ticks(0.0, 100.0, 4), [0.0, 30.0, 60.0, 90.0]);
        assert_eq!(Scale::Number(String::new()).ticks(-3.0, 3.0, 3), [-2.0, 0.0, 2.0]);
        assert!((Scale::Share.end(0.93, 5) - 1.0).abs() < 1e-12);
        assert!((Scale::Share.end(1.02, 2) - 1.1).abs() < 1e-12);
        assert!((Scale::Minutes.end(100.0, 4) - 120.0).abs() < 1e-12);
        for high in [1e-300, 1e-9, 0.3, 7.0, 1e12, 1e300] {
            for scale in [Scale::Share, Scale::Minutes, Scale::Number(String::new())] {
                let end = scale.end(high, 5);
                assert!(high * 0.99 <= end && end <= high * 20.0, "{scale:?} {high} {end}");
                assert!((1..=30).contains(&scale.ticks(0.0, end, 5).len()));
            }
        }
    }
}
