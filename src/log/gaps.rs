//! Whether arrivals make one continuous period, and where the densest one lies.

use super::recorded::LoggedInquiry;
use super::stamp::clock_text;
use crate::model::Diagnostic;

const DAY: i64 = 86_400;
/// Days without an arrival after which a period ends.
const PAUSE: i64 = 7;

/// A warning where a log without a window should have one, or has no times of day.
///
/// Gaps dominate where more than half of the days have no arrival, and the others are fewer than
/// half of those that as many arrivals spread evenly at random would meet (d·(1 − e^(−n/d)) of d
/// days). So a thin log is no reason to warn, and neither are weekends.
pub(super) fn finding(inquiries: &[LoggedInquiry]) -> Option<Diagnostic> {
    let (first, last) = (inquiries.first()?.arrival_seconds, inquiries.last()?.arrival_seconds);
    if 10 < inquiries.len() && inquiries.iter().all(|inquiry| inquiry.arrival_seconds % DAY == 0) {
        let message = "every inquiry arrives at midnight: the log has days and no times of day";
        return Some(
            Diagnostic::warning("log-no-time-of-day", "/time", message)
                .help("use a column with the time of day, or resample arrivals within the day"),
        );
    }
    let mut days: Vec<i64> =
        inquiries.iter().map(|it| it.arrival_seconds.div_euclid(DAY)).collect();
    let arrivals = days.len();
    let periods = periods(&days);
    days.dedup();
    let all = (last.div_euclid(DAY) - first.div_euclid(DAY) + 1) as f64;
    let met = days.len() as f64;
    let by_chance = all * (1.0 - libm::exp(-(arrivals as f64) / all));
    if all <= 2.0 * met || by_chance <= 2.0 * met {
        return None;
    }
    let (n, from, to) = periods.into_iter().max_by_key(|&(n, from, _)| (n, -from))?;
    let message = format!(
        "the arrivals are not one continuous period: {:.0} of {all:.0} days from {} to {} have none",
        all - met,
        day_text(first.div_euclid(DAY)),
        day_text(last.div_euclid(DAY)),
    );
    Some(Diagnostic::warning("log-gaps", "/window", message).help(format!(
        "add a window; {n} of {arrivals} inquiries arrive from {} to before {}",
        day_text(from),
        day_text(to + 1),
    )))
}

/// Stretches of days without a pause: arrivals, first day, last day.
fn periods(days: &[i64]) -> Vec<(usize, i64, i64)> {
    let mut periods: Vec<(usize, i64, i64)> = Vec::new();
    for &day in days {
        match periods.last_mut() {
            Some((n, _, to)) if day - *to <= PAUSE => (*n, *to) = (*n + 1, day),
            _ => periods.push((1, day, day)),
        }
    }
    periods
}

/// The date of a day since 1970-01-01.
fn day_text(day: i64) -> String {
    clock_text(day.saturating_mul(DAY)).split(' ').next().unwrap_or_default().to_string()
}

#[cfg(test)]
mod tests {
    use crate::log::*;
    use crate::model::Diagnostic;

    fn findings(times: impl IntoIterator<Item = String>) -> Vec<Diagnostic> {
        let file = times.into_iter().fold("at\n".to_string(), |file, time| file + &time + "\n");
        let time = TimeColumn::new("at", "%Y-%m-%d %H:%M");
        let mapping = Mapping::new(time, OneRowPer::Inquiry(InquiryRows::default()));
        read(file.as_bytes(), &mapping).expect("a usable log").findings
    }

    #[test]
    fn gaps_that_dominate_call_for_a_window() {
        let burst = (0..50).map(|i| format!("2026-03-{:02} 09:{i:02}", 2 + i % 5));
        let old = ["2019-01-01 08:00", "2021-01-01 08:00"].map(String::from);
        let found = findings(burst.chain(old));
        assert_eq!((found.len(), found[0].code), (1, "log-gaps"));
        let help = found[0].help.as_deref();
        let advice = "add a window; 50 of 52 inquiries arrive from 2026-03-02 to before 2026-03-07";
        assert_eq!(help, Some(advice));
    }

    #[test]
    fn a_thin_log_or_one_without_weekends_is_continuous() {
        let weekdays = (2..28).filter(|day| day % 7 != 0 && day % 7 != 1);
        assert_eq!(findings(weekdays.map(|day| format!("2026-03-{day:02} 09:00"))), []);
        let monthly = (1..13).map(|month| format!("2026-{month:02}-10 09:00"));
        assert_eq!(findings(monthly), []);
    }

    #[test]
    fn days_without_times_are_told() {
        let found = findings((1..20).map(|day| format!("2026-03-{day:02} 00:00")));
        assert_eq!(found[0].code, "log-no-time-of-day");
    }
}
