//! Numbers as leaders read them: `48 ±1%`, `1h 16m ±4m`, `$13.10 ±.1`.

use std::fmt;

use crate::experiment::{ExperimentResult, Measured, Quantity};
use crate::model::{MeasureId, MeasureUnit};
use crate::present::words::NOTHING;
use crate::stats::Interval;
use crate::units::{HOURS_A_WEEK, SimTime, grouped};

/// A number in words, part by part: whoever has to know whether it says anything, or wants it without its unit, need not read
/// it again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Its sign, and a currency that stands before.
    lead: String,
    number: String,
    /// What luck makes of it, where that is known: `.3`.
    luck: Option<String>,
    unit: &'static str,
}

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Told { lead, number, luck, unit } = self;
        let luck = luck.as_ref().map_or(String::new(), |luck| format!(" \u{b1}{luck}"));
        write!(f, "{lead}{number}{luck}{unit}")
    }
}

impl Told {
    /// A number of nothing in particular.
    pub(crate) fn number(number: String, luck: Option<String>) -> Told {
        Told { lead: String::new(), number, luck, unit: "" }
    }

    /// Whether it reads as nothing: `0`, `€0.00 ±.1`.
    pub fn is_nothing(&self) -> bool {
        !self.number.contains(|digit: char| ('1'..='9').contains(&digit))
    }

    /// The same without its unit, where that is a word.
    pub fn bare(self) -> Told {
        let unit = if self.unit.starts_with(' ') { "" } else { self.unit };
        Told { unit, ..self }
    }

    /// The same in another unit.
    pub(crate) fn in_unit(self, unit: &'static str) -> Told {
        Told { unit, ..self }
    }

    /// The same in a currency.
    pub(crate) fn of_money(self, currency: &str) -> Told {
        let lead = format!("{}{currency}", self.lead);
        Told { lead, ..self }
    }

    /// The same, of thousands.
    pub(crate) fn of_thousands(self) -> Told {
        let number = format!("{}k", self.number);
        Told { number, luck: self.luck.map(|luck| format!("{luck}k")), ..self }
    }

    pub(crate) fn with_sign(self, sign: &str) -> Told {
        let lead = format!("{sign}{}", self.lead);
        Told { lead, ..self }
    }
}

/// What a cell says of a measured quantity: whoever leaves out what says nothing need not read the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// There is no value.
    Nothing,
    /// A time without end.
    Never,
    /// A value in its unit.
    Told(String),
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Cell::Nothing => NOTHING,
            Cell::Never => "never",
            Cell::Told(text) => text,
        })
    }
}

impl Cell {
    /// Whether it says something, be it that something never comes.
    pub fn tells(&self) -> bool {
        *self != Cell::Nothing
    }
}

/// A measured quantity, in its unit; `–` where there is nothing, `never` for a time without end.
pub fn measured(measured: Option<&Measured>, unit: MeasureUnit, currency: &str) -> String {
    measured_cell(measured, unit, currency).to_string()
}

/// The same, before it is text.
pub fn measured_cell(measured: Option<&Measured>, unit: MeasureUnit, currency: &str) -> Cell {
    let Some(measured) = measured else { return Cell::Nothing };
    match measured.interval {
        Some(interval) => Cell::Told(estimate(interval.mean, interval.half_width, unit, currency)),
        None if unit == MeasureUnit::Minutes && !measured.values.is_empty() => Cell::Never,
        None => Cell::Nothing,
    }
}

/// What a design comes to in a quantity. Where no mention comes, it is not that none is ever reached.
pub fn cell_of(result: &ExperimentResult, design: usize, quantity: usize, currency: &str) -> Cell {
    let of = &result.quantities[quantity];
    let none_came = || {
        let reached = result.measured(design, MeasureId::MentionsReached);
        reached.and_then(Measured::mean).is_none()
    };
    match of.measure.id {
        MeasureId::MentionAgeMean if none_came() => Cell::Nothing,
        _ => measured_cell(result.of(design, quantity), of.unit(), currency),
    }
}

/// The same beside the value that is wanted: a share that is not that one does not read like it, as far as three more
/// digits tell.
pub fn measured_beside(
    of: Option<&Measured>,
    wanted: f64,
    unit: MeasureUnit,
    currency: &str,
) -> String {
    let text = measured(of, unit, currency);
    let Some(interval) = of.and_then(|of| of.interval) else { return text };
    let differs = 5e-8 < (interval.mean - wanted).abs();
    if unit != MeasureUnit::Share || !differs || share(interval.mean, None) != share(wanted, None) {
        return text;
    }
    let percent = |decimals: usize, of: f64| format!("{:.decimals$}", 100.0 * of);
    let least = share(wanted, None).split_once('.').map_or(0, |(_, decimals)| decimals.len() - 1);
    let tells = |&decimals: &usize| percent(decimals, interval.mean) != percent(decimals, wanted);
    let Some(decimals) = (least + 1..=least + 3).find(tells) else { return text };
    let luck = interval.half_width.map(|half_width| luck(100.0 * half_width, false).1);
    let number = percent(decimals, interval.mean);
    Told { lead: String::new(), number, luck, unit: "%" }.to_string()
}

/// A value with its half-width, in its unit.
pub fn estimate(mean: f64, half_width: Option<f64>, unit: MeasureUnit, currency: &str) -> String {
    told(mean, half_width, unit, currency).to_string()
}

/// The same part by part.
pub(super) fn told(mean: f64, half_width: Option<f64>, unit: MeasureUnit, currency: &str) -> Told {
    match unit {
        MeasureUnit::Share => share_told(mean, half_width),
        MeasureUnit::Minutes => time_told(mean, half_width),
        MeasureUnit::Money => money_told(mean, half_width, currency),
        MeasureUnit::Count => count_told(mean, half_width),
    }
}

/// A value alone, in its unit.
pub fn value(mean: f64, unit: MeasureUnit, currency: &str) -> String {
    estimate(mean, None, unit, currency)
}

/// A share in percent, with one decimal below ten.
pub fn share(mean: f64, half_width: Option<f64>) -> String {
    share_told(mean, half_width).to_string()
}

fn share_told(mean: f64, half_width: Option<f64>) -> Told {
    let percent = 100.0 * mean;
    let fine = 0.05 <= percent.abs() && percent.abs() < 9.95;
    let number = if fine { format!("{percent:.1}") } else { format!("{percent:.0}") };
    let number = if number == "-0" { "0".into() } else { number };
    let luck = half_width.map(|half_width| luck(100.0 * half_width, !fine).1);
    Told { lead: String::new(), number, luck, unit: "%" }
}

/// A difference of shares in points: `4 ±1 points`. What is beyond luck reads so: `0.64 ±.63`, not `0.6 ±.7`.
pub fn points(mean: f64, half_width: Option<f64>) -> String {
    points_told(mean, half_width).to_string()
}

/// The same part by part.
pub(super) fn points_told(mean: f64, half_width: Option<f64>) -> Told {
    let (points, half_width) = (100.0 * mean, half_width.map(|half_width| 100.0 * half_width));
    let decimals = usize::from(points.abs() < 9.95 && 0.05 <= (points - points.round()).abs());
    let finer = half_width.and_then(|half_width| beyond(points, half_width, decimals));
    let (number, luck) = finer.map_or_else(
        || {
            let luck = half_width.map(|half_width| luck(half_width, decimals == 0).1);
            (format!("{points:.decimals$}"), luck)
        },
        |(number, luck)| (number, Some(luck)),
    );
    let unit = if number == "1" { " point" } else { " points" };
    Told { lead: String::new(), number, luck, unit }
}

/// A value beyond luck that with so many decimals would read as if it were not, and its chance: with as many more as show it.
fn beyond(value: f64, half_width: f64, decimals: usize) -> Option<(String, String)> {
    let size = value.abs();
    let shown = printed(size, decimals);
    let hides = shown <= luck(half_width, decimals == 0).0;
    if size <= half_width || shown == 0.0 || !hides {
        return None;
    }
    (decimals + 1..=3).find_map(|decimals| {
        let unit = 10f64.powi(-(decimals as i32));
        let chance = (half_width / unit).ceil() * unit;
        (printed(chance, decimals) < printed(size, decimals)).then(|| {
            let chance = format!("{chance:.decimals$}");
            (format!("{value:.decimals$}"), chance.trim_start_matches('0').into())
        })
    })
}

/// What a number reads as that is printed with so many decimals.
fn printed(value: f64, decimals: usize) -> f64 {
    format!("{value:.decimals$}").parse().unwrap_or(value)
}

/// A difference with its sign, in the unit of a measure; shares in points, without the word. What reads as nothing has
/// no sign.
pub fn signed(difference: &Interval, unit: MeasureUnit, currency: &str) -> Told {
    let (size, luck) = (difference.mean.abs(), difference.half_width);
    let told = match unit {
        MeasureUnit::Share => points_told(size, luck).bare(),
        _ => told(size, luck, unit, currency),
    };
    match told.is_nothing() {
        true => told,
        false => told.with_sign(if difference.mean < 0.0 { "-" } else { "+" }),
    }
}

/// What luck is told to make of a number, and in words: `1`, or `.3` where a whole number would say 0 or too little.
fn luck(half_width: f64, whole: bool) -> (f64, String) {
    if 0.95 <= half_width {
        let decimals = usize::from(!whole);
        return (printed(half_width, decimals), format!("{half_width:.decimals$}"));
    }
    if half_width <= 0.0 {
        return (0.0, "0".into());
    }
    // Rounded up, so that a small chance is never told as none.
    let tenths = (10.0 * half_width).ceil().clamp(1.0, 9.0);
    (tenths / 10.0, format!(".{tenths}"))
}

/// A length of time.
pub fn time(minutes: f64, half_width: Option<f64>) -> String {
    time_told(minutes, half_width).to_string()
}

fn time_told(minutes: f64, half_width: Option<f64>) -> Told {
    let lead = if minutes < 0.0 { "-".into() } else { String::new() };
    let number = SimTime::from_minutes(minutes.abs()).to_string();
    let luck = half_width.map(|half_width| rough(half_width, minutes.abs()));
    Told { lead, number, luck, unit: "" }
}

/// A length of time in its largest sensible unit, rounded up; but not up to `bound`, if it is less.
fn rough(minutes: f64, bound: f64) -> String {
    if minutes <= 0.0 {
        return "0s".into();
    }
    let units = [(1440.0, "d", 2160.0), (60.0, "h", 90.0), (1.0, "m", 1.5), (1.0 / 60.0, "s", 0.0)];
    let sensible = units.iter().skip_while(|&&(_, _, from)| minutes < from);
    let whole = |unit: f64| (minutes / unit).ceil();
    // in a finer unit only where that is still read at a glance
    let below = |&&(unit, ..): &&(f64, &str, f64)| {
        bound <= minutes || (whole(unit) * unit < bound && whole(unit) <= 120.0)
    };
    let &(unit, letter, _) =
        sensible.clone().find(below).or(sensible.clone().next()).unwrap_or(&units[3]);
    format!("{}{letter}", whole(unit))
}

/// An amount of money.
pub fn money(amount: f64, half_width: Option<f64>, currency: &str) -> String {
    money_told(amount, half_width, currency).to_string()
}

fn money_told(amount: f64, half_width: Option<f64>, currency: &str) -> Told {
    let sign = if amount < 0.0 { "-" } else { "" };
    let large = 1000.0 <= amount.abs();
    let number = if large { thousands(amount.abs()) } else { format!("{:.2}", amount.abs()) };
    let luck = half_width.map(|half_width| match large {
        true => thousands(half_width.ceil()),
        // a tenth would hide what is beyond luck
        false if 0.0 < half_width && half_width <= 0.09 => {
            format!(".0{}", (100.0 * half_width).ceil())
        }
        false => luck(half_width, false).1,
    });
    // A code such as EUR stands apart from its number, a sign does not.
    let apart =
        if currency.chars().next_back().is_some_and(char::is_alphabetic) { " " } else { "" };
    Told { lead: format!("{sign}{currency}{apart}"), number, luck, unit: "" }
}

/// A whole number with commas between the thousands.
pub fn thousands(number: f64) -> String {
    grouped(number, 0)
}

fn count_told(mean: f64, half_width: Option<f64>) -> Told {
    let luck = half_width.map(|half_width| {
        let large = 999.5 <= half_width;
        let text = if large { thousands(half_width) } else { significant(half_width, 2) };
        match text.trim_start_matches('0') {
            "" => "0".into(),
            short => short.into(),
        }
    });
    let number = if mean.abs() < 999.5 { significant(mean, 3) } else { thousands(mean.round()) };
    Told::number(number, luck)
}

/// A number with so many digits that count, never in powers of ten.
pub fn significant(number: f64, digits: usize) -> String {
    if number == 0.0 {
        return "0".into();
    }
    let (mut before, mut size) = (0usize, number.abs());
    while 1.0 <= size && before < 20 {
        size /= 10.0;
        before += 1;
    }
    let mut leading = 0;
    while size < 0.1 && before == 0 && leading < 9 {
        size *= 10.0;
        leading += 1;
    }
    let decimals = (digits + leading).saturating_sub(before);
    format!("{number:.decimals$}")
}

/// Hours of a week, never all of them where some time lacks: `45.0`, `167.98`.
pub fn hours_of_week(hours: f64) -> String {
    let text = significant(hours, 3);
    let all = significant(HOURS_A_WEEK, 3);
    if HOURS_A_WEEK <= hours || text != all {
        return text;
    }
    let close = format!("{hours:.2}");
    if close.starts_with(&all) { format!("nearly {all}") } else { close }
}

/// Full-time equivalents, to two decimals that count: `10`, `2.4`, `0.75`.
pub fn heads(heads: f64) -> String {
    // what rounds to nothing has no sign
    let heads = if heads.abs() < 0.005 { 0.0 } else { heads };
    let text = format!("{heads:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A goal: `60% answered within 6 h`, `at most 5% wrong answers`.
pub(crate) fn goal(wanted: f64, at_least: bool, quantity: &Quantity, currency: &str) -> String {
    let amount = value(wanted, quantity.unit(), currency);
    let bound = match (at_least, quantity.unit()) {
        (true, MeasureUnit::Share) => amount.clone(),
        (true, _) => format!("at least {amount}"),
        (false, _) => format!("at most {amount}"),
    };
    if quantity.unit() == MeasureUnit::Money {
        return format!("{} {bound}", quantity.name());
    }
    let told = in_time(&amount, quantity).filter(|_| !at_least);
    told.unwrap_or_else(|| format!("{bound} {}", quantity.name()))
}

/// A value with what it is of: `53% settled by first reply`.
pub(crate) fn value_of(amount: &str, quantity: &Quantity) -> String {
    in_time(amount, quantity).unwrap_or_else(|| format!("{amount} {}", quantity.name()))
}

/// Of quantiles of the first reply, whose names go before a value in tables and not behind it in a sentence.
fn in_time(amount: &str, quantity: &Quantity) -> Option<String> {
    match quantity.measure.id {
        MeasureId::FirstReplyMedian => Some(format!("half of the first replies within {amount}")),
        MeasureId::FirstReplyP90 => Some(format!("nine in ten first replies within {amount}")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_reached_does_not_read_like_a_goal_that_it_is_not() {
        let told = |mean: f64, wanted: f64| {
            let of = Measured::of(&[mean - 0.001, mean + 0.001, mean, mean], 0.95);
            measured_beside(Some(&of), wanted, MeasureUnit::Share, "")
        };
        assert_eq!(told(0.496, 0.5), "49.6 ±.2%");
        assert_eq!(told(0.4998, 0.5), "49.98 ±.2%");
        assert_eq!(told(0.47, 0.5), "47 ±.2%");
        assert_eq!(told(0.5, 0.5), "50 ±.2%");
        assert_eq!(told(0.0504, 0.05), "5.04 ±.2%");
        assert_eq!(measured_beside(None, 0.5, MeasureUnit::Share, ""), "–");
        let time = Measured::of(&[60.0, 60.2], 0.95);
        let text = measured(Some(&time), MeasureUnit::Minutes, "");
        assert_eq!(measured_beside(Some(&time), 60.0, MeasureUnit::Minutes, ""), text);
    }

    #[test]
    fn a_bound_on_money_stands_behind_what_costs_it() {
        let told = |id: MeasureId, wanted, at_least| goal(wanted, at_least, &id.into(), "CHF");
        assert_eq!(
            told(MeasureId::CostPerSettled, 40.0, false),
            "cost of one settled inquiry at most CHF 40.00"
        );
        assert_eq!(told(MeasureId::WrongAnswers, 0.05, false), "at most 5.0% wrong answers");
    }

    #[test]
    fn where_no_mention_comes_none_is_said_never_to_be_reached() {
        let mut result = crate::experiment::made_up::made_up();
        let none = Measured::from_samples(&[crate::experiment::Sample::None; 2], 0.95);
        let age = result.quantity(MeasureId::MentionAgeMean).expect("it is measured");
        let reached = result.quantity(MeasureId::MentionsReached).expect("it is measured");
        result.designs[0].scopes[0].measures[age] = none;
        assert_eq!(cell_of(&result, 0, age, ""), Cell::Never);
        result.designs[0].scopes[0].measures[reached] = Measured::default();
        assert_eq!(cell_of(&result, 0, age, ""), Cell::Nothing);
    }

    #[test]
    fn a_cell_knows_whether_it_says_anything() {
        let none = Measured::from_samples(&[crate::experiment::Sample::None; 2], 0.95);
        let cell = |of, unit| measured_cell(of, unit, "");
        assert_eq!(cell(None, MeasureUnit::Minutes), Cell::Nothing);
        assert_eq!(cell(Some(&none), MeasureUnit::Share), Cell::Nothing);
        assert_eq!(cell(Some(&none), MeasureUnit::Minutes), Cell::Never);
        let share = Measured::of(&[0.5, 0.5], 0.95);
        assert_eq!(cell(Some(&share), MeasureUnit::Share), Cell::Told("50 ±0%".into()));
        assert_eq!([Cell::Nothing, Cell::Never].map(|cell| cell.tells()), [false, true]);
        assert_eq!([Cell::Nothing, Cell::Never].map(|cell| cell.to_string()), ["–", "never"]);
    }

    #[test]
    fn shares_show_a_decimal_only_below_ten() {
        assert_eq!(share(0.4812, Some(0.0111)), "48 ±1%");
        assert_eq!(share(0.0312, Some(0.0008)), "3.1 ±.1%");
        assert_eq!(share(0.7, Some(0.0021)), "70 ±.3%");
        assert_eq!(share(0.0, Some(0.0)), "0 ±0%");
        assert_eq!(share(0.031, Some(0.012)), "3.1 ±1.2%");
        assert_eq!(share(1.0, None), "100%");
    }

    #[test]
    fn times_and_money_are_read_at_a_glance() {
        assert_eq!(time(76.2, Some(3.1)), "1h 16m ±4m");
        assert_eq!(time(0.5, Some(0.05)), "30s ±3s");
        assert_eq!(money(13.1, Some(0.08), "$"), "$13.10 ±.08");
        assert_eq!(money(0.027, Some(0.0074), "£"), "£0.03 ±.01");
        assert_eq!(money(13.1, Some(0.09), "$"), "$13.10 ±.09");
        assert_eq!(money(13.1, Some(0.092), "$"), "$13.10 ±.1");
        assert_eq!(money(-1_250_000.0, None, "EUR"), "-EUR 1,250,000");
        assert_eq!(points(0.041, Some(0.012)), "4.1 ±1.2 points");
        assert_eq!(points(0.04, Some(0.01)), "4 ±1 points");
    }

    #[test]
    fn what_is_beyond_luck_reads_so() {
        assert_eq!(points(0.0064, Some(0.0063)), "0.64 ±.63 points");
        assert_eq!(points(-0.0064, Some(0.0063)), "-0.64 ±.63 points");
        assert_eq!(points(0.0104, Some(0.0096)), "1.04 ±.96 points");
        // halves are printed as the even neighbor
        assert_eq!(points(0.0025, Some(0.002)), "0.25 ±.20 points");
        assert_eq!(points(0.125, Some(0.122)), "12.5 ±12.2 points");
        assert_eq!(points(0.00075, Some(0.00065)), "0.075 ±.065 points");
        assert_eq!(points(0.0064, Some(0.0066)), "0.6 ±.7 points");
        assert_eq!(points(0.00003, Some(0.00001)), "0 ±.1 points");
        assert_eq!(time(1.66, Some(1.62)), "1m 40s ±98s");
        assert_eq!(time(1.6, Some(1.62)), "1m 36s ±2m");
        assert_eq!(time(100.0, Some(95.0)), "1h 40m ±95m");
        assert_eq!(time(2.0, Some(0.0)), "2m ±0s");
    }

    #[test]
    fn a_difference_of_nothing_has_no_sign() {
        let told = |mean: f64, unit| {
            let half_width = Some(if unit == MeasureUnit::Share { 0.001 } else { 0.1 });
            let of = Interval { mean, half_width, n: 9, standard_error: None };
            signed(&of, unit, "$").to_string()
        };
        assert_eq!(told(-0.0001, MeasureUnit::Share), "0 ±.1");
        assert_eq!(told(0.0, MeasureUnit::Share), "0 ±.1");
        assert_eq!(told(-0.021, MeasureUnit::Share), "-2.1 ±.1");
        assert_eq!(told(0.02, MeasureUnit::Share), "+2 ±.1");
        assert_eq!(told(-0.001, MeasureUnit::Money), "$0.00 ±.1");
        assert_eq!(told(-0.5, MeasureUnit::Money), "-$0.50 ±.1");
    }

    #[test]
    fn digits_that_count_are_kept() {
        assert_eq!(
            [0.012345, 1.2345, 123.45, 12345.0].map(|n| significant(n, 3)),
            ["0.0123", "1.23", "123", "12345"]
        );
    }

    #[test]
    fn a_minute_that_lacks_in_a_week_is_told() {
        let told = [0.5, 45.0, 128.4, 168.0 - 1.0 / 60.0, 168.0 - 1.0 / 3600.0, 168.0];
        let expected = ["0.500", "45.0", "128", "167.98", "nearly 168", "168"];
        assert_eq!(told.map(hours_of_week), expected);
    }

    #[test]
    fn large_counts_have_commas_between_thousands() {
        let count = |mean, luck| count_told(mean, Some(luck)).to_string();
        assert_eq!(count(12345.4, 1200.0), "12,345 ±1,200");
        assert_eq!(count(12.345, 0.12), "12.3 ±.12");
        assert_eq!(count(2.0, 0.0), "2.00 ±0");
    }

    #[test]
    fn quantiles_of_the_first_reply_are_told_in_sentences() {
        let of = Quantity::from;
        let median = of(MeasureId::FirstReplyMedian);
        assert_eq!(goal(120.0, false, &median, ""), "half of the first replies within 2h");
        assert_eq!(value_of("6m", &median), "half of the first replies within 6m");
        assert_eq!(
            value_of("1h", &of(MeasureId::FirstReplyP90)),
            "nine in ten first replies within 1h"
        );
        assert_eq!(value_of("5%", &of(MeasureId::WrongAnswers)), "5% wrong answers");
    }

    #[test]
    fn heads_have_the_decimals_that_count() {
        assert_eq!(
            [10.0, 2.4, 0.75, 1.0 / 3.0, 0.0, -0.0].map(heads),
            ["10", "2.4", "0.75", "0.33", "0", "0"]
        );
    }
}
