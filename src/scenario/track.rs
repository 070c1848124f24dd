//! A range as a track: from a number between its ends to the value a file would state, and back.

use serde_json::Value as Json;

use super::text::{Fault, leading_number, minutes, rate, two_readings};
use crate::units::{HOURS_A_WEEK, grouped};

/// Steps into which a range is divided at most, so that values between its ends are round numbers.
const STEPS: f64 = 64.0;

/// All values between two that are written alike: `5%` to `80%`, `100/day` to `600/day`, `2` to `6`.
///
/// Numbers along it are those that are written: 5 for `5%`. Between the ends they are multiples of a
/// step of 1, 2 or 5 times a power of ten.
#[derive(Debug, Clone, PartialEq)]
pub struct Track {
    ends: (Json, Json),
    form: Form,
    from: f64,
    to: f64,
    step: f64,
    decimals: usize,
    /// Whether an end has commas between its thousands; then all values do.
    commas: bool,
}

/// How its values are written.
#[derive(Debug, Clone, PartialEq)]
enum Form {
    /// A bare number.
    Number,
    /// A text with a number in it, and what one of its numbers is in a unit that other texts share.
    Text { before: String, after: String, unit: Unit },
}

/// What the number in a text counts.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Unit {
    /// Lengths of so many minutes.
    Minutes(f64),
    /// So many an hour.
    PerHour(f64),
    /// Something else.
    Other,
}

impl Track {
    /// The track between two values of a file, or why there is nothing between them.
    pub(super) fn between(from: &Json, to: &Json) -> Result<Track, Fault> {
        let (form, low, high) = ends(from, to).ok_or_else(|| unlike(from, to))?;
        if high <= low {
            let message = format!("the range runs from {} to {}", shown(from), shown(to));
            return Err(Fault::new("out-of-order", message, "state the smaller value as `from`"));
        }
        let (step, decimals) = round_step((high - low) / STEPS);
        let ends = (from.clone(), to.clone());
        let commas =
            [from, to].into_iter().any(|end| end.as_str().is_some_and(|it| it.contains(',')));
        Ok(Track { ends, form, from: low, to: high, step, decimals, commas })
    }

    /// Let so many values lie evenly between its ends, both included: in steps as fine as that takes, or a tenth of
    /// the usual ones where no decimals suffice.
    pub fn divide(&mut self, values: usize) {
        let apart = (self.to - self.from) / (values.max(2) - 1) as f64;
        let whole =
            |number: f64, power: f64| (number * power - (number * power).round()).abs() < 1e-6;
        let power = |decimals: usize| (0..decimals).fold(1.0, |power, _| 10.0 * power);
        let finest = self.decimals + 1;
        let suffice =
            |&decimals: &usize| whole(self.from, power(decimals)) && whole(apart, power(decimals));
        self.decimals = (0..=finest + 1).find(suffice).unwrap_or(finest);
        self.step = 1.0 / power(self.decimals);
    }

    /// The ends, as they are written.
    pub fn ends(&self) -> (&Json, &Json) {
        (&self.ends.0, &self.ends.1)
    }

    /// The number at a place from 0 (the left end) to 1 (the right end), rounded to a step.
    pub fn at(&self, place: f64) -> f64 {
        if place <= 0.0 {
            return self.from;
        }
        if 1.0 <= place {
            return self.to;
        }
        let exact = self.from + place * (self.to - self.from);
        let rounded = self.written((exact / self.step).round() * self.step);
        rounded.clamp(self.from, self.to)
    }

    /// The place of a number; below 0 or above 1 outside of the range.
    pub fn place(&self, number: f64) -> f64 {
        (number - self.from) / (self.to - self.from)
    }

    /// The value with this number, as the file would state it; the ends are as they are written.
    pub fn value(&self, number: f64) -> Json {
        if number <= self.from {
            return self.ends.0.clone();
        }
        if self.to <= number {
            return self.ends.1.clone();
        }
        let text = self.text(number);
        match &self.form {
            Form::Text { before, after, .. } => {
                let text = if self.commas { self.digits(number) } else { text };
                // three decimals could be taken for thousands
                let padded = two_readings(&text).filter(|_| !after.starts_with('%'));
                let text = padded.map_or(text, |(_, point)| point);
                Json::String(format!("{before}{text}{after}"))
            }
            Form::Number => match text.parse::<i64>() {
                Ok(whole) => whole.into(),
                Err(_) => number.into(),
            },
        }
    }

    /// The number of a value, if it is written in the unit of this track or in one that is known to be alike.
    pub fn number(&self, value: &Json) -> Option<f64> {
        match (&self.form, value) {
            (Form::Number, _) => value.as_f64(),
            (Form::Text { before, after, unit }, Json::String(text)) => {
                let (own_before, number, own_after) = parts(text)?;
                let alike =
                    folded(&own_before) == folded(before) && folded(&own_after) == folded(after);
                match unit {
                    _ if alike => Some(number),
                    Unit::Minutes(minute) => Some(minutes(text).ok()? / minute),
                    Unit::PerHour(hourly) => Some(rate(text).ok()? / hourly),
                    Unit::Other => None,
                }
            }
            // a fraction beside shares
            (Form::Text { before, after, .. }, Json::Number(number)) => {
                let share = before.is_empty() && after.starts_with('%');
                number.as_f64().filter(|_| share).map(|fraction| 100.0 * fraction)
            }
            _ => None,
        }
    }

    /// What stands before and behind the number in a text: `$` and `/hour`.
    pub fn around(&self) -> (&str, &str) {
        match &self.form {
            Form::Number => ("", ""),
            Form::Text { before, after, .. } => (before, after),
        }
    }

    /// A number as it is written, without what stands around it.
    pub fn digits(&self, number: f64) -> String {
        let text = self.text(number);
        let decimals = text.split_once('.').map_or(0, |(_, decimals)| decimals.len());
        grouped(number, decimals)
    }

    fn text(&self, number: f64) -> String {
        let text = format!("{number:.*}", self.decimals);
        match text.contains('.') {
            true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
            false => text,
        }
    }

    /// The number that its text reads back as.
    fn written(&self, number: f64) -> f64 {
        self.text(number).parse().unwrap_or(number)
    }
}

/// How two values are both written, and their numbers.
fn ends(from: &Json, to: &Json) -> Option<(Form, f64, f64)> {
    let (Json::String(low), Json::String(high)) = (from, to) else {
        return Some((Form::Number, from.as_f64()?, to.as_f64()?));
    };
    if let (Some((before, a, after)), Some((other_before, b, other_after))) =
        (parts(low), parts(high))
        && folded(&before) == folded(&other_before)
        && folded(&after) == folded(&other_after)
    {
        let unit = match (minutes(high), rate(high)) {
            (Ok(length), _) if 0.0 < b => Unit::Minutes(length / b),
            (_, Ok(hourly)) if 0.0 < b => Unit::PerHour(hourly / b),
            _ => Unit::Other,
        };
        return Some((Form::Text { before: other_before, after: other_after, unit }, a, b));
    }
    if let (Ok(a), Ok(b)) = (minutes(low), minutes(high)) {
        let (name, length) = match b {
            b if b < 2.0 => ("s", 1.0 / 60.0),
            b if b < 180.0 => ("m", 1.0),
            b if b <= 4320.0 => ("h", 60.0),
            _ => (" days", 1440.0),
        };
        let form =
            Form::Text { before: String::new(), after: name.into(), unit: Unit::Minutes(length) };
        return Some((form, a / length, b / length));
    }
    let (Ok(a), Ok(b)) = (rate(low), rate(high)) else { return None };
    let (name, hourly) = if b < 1.0 { ("/week", 1.0 / HOURS_A_WEEK) } else { ("/day", 1.0 / 24.0) };
    let form =
        Form::Text { before: String::new(), after: name.into(), unit: Unit::PerHour(hourly) };
    Some((form, a / hourly, b / hourly))
}

/// A text around its only number.
fn parts(text: &str) -> Option<(String, f64, String)> {
    let text = text.trim();
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let (number, after) = leading_number(&text[start..])?;
    let one = !after.contains(|c: char| c.is_ascii_digit()) && !text[..start].ends_with('-');
    one.then(|| (text[..start].to_owned(), number, after.to_owned()))
}

/// A unit, one or many: `day` and ` days` are the same.
fn folded(unit: &str) -> String {
    let unit = unit.trim().to_lowercase();
    if 2 < unit.len() { unit.trim_end_matches('s').to_owned() } else { unit }
}

/// The largest 1, 2 or 5 times a power of ten up to a length, and the decimals it is written with.
fn round_step(most: f64) -> (f64, usize) {
    let (mut power, mut decimals) = (1.0, 0);
    while most < power && decimals < 12 {
        power /= 10.0;
        decimals += 1;
    }
    while 10.0 * power <= most {
        power *= 10.0;
    }
    let times = [5.0, 2.0, 1.0].into_iter().find(|times| times * power <= most).unwrap_or(1.0);
    (times * power, decimals)
}

fn unlike(from: &Json, to: &Json) -> Fault {
    let message = format!("nothing lies between {} and {}", shown(from), shown(to));
    let help = "write both ends in the same unit, such as `100/day` and `600/day`, or list values under `try`";
    Fault::new("no-range", message, help)
}

fn shown(value: &Json) -> String {
    super::names::quote(&value.as_str().map_or_else(|| value.to_string(), String::from))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn track(from: Json, to: Json) -> Track {
        Track::between(&from, &to).unwrap_or_else(|fault| panic!("{}", fault.message))
    }

    fn halfway(from: Json, to: Json) -> Json {
        let track = track(from, to);
        track.value(track.at(0.5))
    }

    #[test]
    fn values_between_are_written_as_the_ends_are_and_round() {
        for (from, to, middle) in [
            (json!("5%"), json!("80%"), json!("43%")),
            (json!("100/day"), json!("600/day"), json!("350/day")),
            (json!("$10/hour"), json!("$30/hour"), json!("$20/hour")),
            (json!("1 day"), json!("3 days"), json!("2 days")),
            (json!("30m"), json!("2h"), json!("75m")),
            (json!("1h 30m"), json!("3 days"), json!("37h")),
            (json!("24/day"), json!("44/hour"), json!("540/day")),
            (json!(2), json!(6), json!(4)),
            (json!(2000), json!(9000), json!(5500)),
            (json!("$1,000,000/year"), json!("$2,000,000/year"), json!("$1,500,000/year")),
            (json!("3% of replies"), json!("15% of replies"), json!("9% of replies")),
        ] {
            assert_eq!(halfway(from.clone(), to), middle, "from {from}");
        }
    }

    #[test]
    fn so_many_values_lie_evenly_between_the_ends() {
        let values = |from: Json, to: Json, points: usize| -> Vec<String> {
            let mut track = track(from, to);
            track.divide(points);
            let places = (0..points).map(|at| at as f64 / (points - 1) as f64);
            let value = |place| track.value(track.at(place));
            places.map(|place| value(place).as_str().unwrap_or_default().to_owned()).collect()
        };
        assert_eq!(
            values(json!("$10/hour"), json!("$30/hour"), 9),
            [
                "$10/hour",
                "$12.5/hour",
                "$15/hour",
                "$17.5/hour",
                "$20/hour",
                "$22.5/hour",
                "$25/hour",
                "$27.5/hour",
                "$30/hour"
            ]
        );
        assert_eq!(
            values(json!("0%"), json!("25%"), 11),
            ["0%", "2.5%", "5%", "7.5%", "10%", "12.5%", "15%", "17.5%", "20%", "22.5%", "25%"]
        );
        assert_eq!(
            values(json!("$50,000/year"), json!("$90,000/year"), 3),
            ["$50,000/year", "$70,000/year", "$90,000/year"]
        );
        // thirds of a percent have no end: a tenth of a step is near enough
        assert_eq!(values(json!("5%"), json!("80%"), 4), ["5%", "30%", "55%", "80%"]);
        assert_eq!(values(json!("0%"), json!("100%"), 4), ["0%", "33.3%", "66.7%", "100%"]);
        // three decimals of money would be thousands elsewhere
        assert_eq!(
            values(json!("$10/hour"), json!("$11/hour"), 9)[1..3],
            ["$10.1250/hour", "$10.25/hour"]
        );
    }

    #[test]
    fn the_author_s_own_value_finds_its_place_in_another_unit_too() {
        let messages = track(json!("100/day"), json!("600/day"));
        for (own, number) in
            [(json!("400/day"), 400.0), (json!("10/hour"), 240.0), (json!("700 per week"), 100.0)]
        {
            let found = messages.number(&own).unwrap();
            assert!((found - number).abs() < 1e-9, "{own}: {found}");
        }
        let share = track(json!("5%"), json!("80%"));
        assert_eq!(share.number(&json!(0.25)), Some(25.0));
        assert_eq!(share.number(&json!("$3")), None);
        assert!((share.place(42.5) - 0.5).abs() < 1e-12);
    }

    #[test]
    fn ends_are_as_they_are_written() {
        let track = track(json!("5.0%"), json!("80 %"));
        assert_eq!(track.value(track.at(0.0)), json!("5.0%"));
        assert_eq!(track.value(track.at(1.0)), json!("80 %"));
        assert_eq!(track.digits(41.0), "41");
    }

    #[test]
    fn what_has_nothing_in_between_is_refused() {
        for (from, to, code) in [
            (json!("always"), json!("weekdays"), "no-range"),
            (json!("5%"), json!(0.8), "no-range"),
            (json!("5%"), json!("80/day"), "no-range"),
            (json!(true), json!(false), "no-range"),
            (json!("$10/hour"), json!("€30/hour"), "no-range"),
            (json!("daily 08:00-20:00"), json!("daily 09:00-18:00"), "no-range"),
            (json!("80%"), json!("5%"), "out-of-order"),
            (json!(3), json!(3), "out-of-order"),
        ] {
            assert_eq!(Track::between(&from, &to).unwrap_err().code, code, "{from} to {to}");
        }
    }
}
