//! Results as CSV: `summary.csv`, `roles.csv` and `topics.csv`.

use crate::experiment::{
    ExperimentResult, Measured, ROLE_NUMBERS, ROLE_TIMES, RoleUnit, SpreadResult, TOPIC_NUMBERS,
    TopicInsideResult, TopicNumber, TopicWithin,
};
use crate::model::{Better, MeasureUnit};
use crate::present::unseen::escaped;
use crate::sim::Bin;

/// Rows of text, written by the rules of CSV.
pub(super) struct Table(csv::Writer<Vec<u8>>);

impl Table {
    pub(super) fn new(heads: &[&str]) -> Table {
        let mut table = Table(csv::Writer::from_writer(Vec::new()));
        table.row(heads.iter().map(|head| (*head).to_string()));
        table
    }

    pub(super) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.0.write_record(cells).expect("rows of one length, in memory");
    }

    pub(super) fn text(self) -> String {
        let bytes = self.0.into_inner().expect("memory takes everything");
        String::from_utf8(bytes).expect("only text was written")
    }
}

/// What a formula begins with, in ASCII and in full width, which some spreadsheets take for the same.
pub const FORMULA_SIGNS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// A text that no spreadsheet takes for a formula and that fits on one line: one that begins like a formula, blanks and
/// quotes aside, gets a `'` before it, and characters that act unseen stand as their code points, as on the terminal.
pub fn harmless(text: &str) -> String {
    let shown = escaped(text, |_| true);
    let aside = |letter: char| letter.is_whitespace() || QUOTES.contains(&letter);
    if shown.trim_start_matches(aside).starts_with(FORMULA_SIGNS) {
        format!("'{shown}")
    } else {
        shown
    }
}

/// A value that may be a number, a percentage or a text: numbers stay numbers, negative ones too.
pub(super) fn harmless_value(value: &str) -> String {
    let number = value.strip_suffix('%').unwrap_or(value);
    let is_number = number.parse::<f64>().is_ok() && !number.contains(char::is_alphabetic);
    if is_number { value.into() } else { harmless(value) }
}

/// Quotes that a spreadsheet may take off before it looks what a text begins with.
const QUOTES: [char; 9] = ['"', '\'', '`', '“', '”', '„', '‘', '’', '＂'];

/// One row for each design, scope and measure.
///
/// Columns: design, scope, measure (its stable name), name, value, half_width, n (replications),
/// unit, better. A design whose numbers are withheld has rows without values; a measure that a
/// scope does not have has none.
pub fn summary_csv(result: &ExperimentResult) -> String {
    let mut table = Table::new(&[
        "design",
        "scope",
        "measure",
        "name",
        "value",
        "half_width",
        "n",
        "unit",
        "better",
    ]);
    for design in &result.designs {
        for (i, scope) in result.scopes.iter().enumerate() {
            for (j, quantity) in result.quantities.iter().enumerate() {
                let measured = design.scopes.get(i).map(|scope| &scope.measures[j]);
                if i != 0 && measured.is_none_or(|measured| measured.interval.is_none()) {
                    continue;
                }
                let [value, half_width, n] = numbers(measured);
                table.row([
                    harmless(&design.name),
                    harmless(&scope.name),
                    quantity.id(),
                    quantity.name(),
                    value,
                    half_width,
                    n,
                    unit(quantity.unit()).into(),
                    better(quantity.measure.better).into(),
                ]);
            }
        }
    }
    table.text()
}

/// One row for each design and role, with all numbers about the role and their half-widths.
pub fn roles_csv(result: &ExperimentResult) -> String {
    let mut heads: Vec<String> = ["design", "role", "heads", "persons"].map(String::from).to_vec();
    let mut both = |name: String| {
        heads.push(name.clone());
        heads.push(format!("{name}_half_width"));
    };
    for number in ROLE_NUMBERS {
        both(format!("{}{}", number.id, suffix(number.unit)));
    }
    for bin in Bin::ALL {
        both(format!("share_{}", bin.key().replace([' ', '-'], "_")));
    }
    for length in ROLE_TIMES {
        both(format!("{length}_sd_minutes"));
        for q in SpreadResult::QUANTILES {
            both(format!("{length}_p{:.0}_minutes", 100.0 * q));
        }
        for threshold in &result.thresholds {
            both(format!("{length}_within_{}s_share", threshold.micros() as f64 / 1e6));
        }
    }
    for threshold in &result.thresholds {
        both(format!("served_within_{}s_of_all", threshold.micros() as f64 / 1e6));
    }
    both("number_sd".into());
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    let mut table = Table::new(&heads);
    for design in &result.designs {
        for role in &design.roles {
            let unlimited = || "unlimited".to_owned();
            let heads = role.heads.map_or_else(unlimited, |heads| heads.to_string());
            let persons = role.persons.map_or_else(unlimited, |persons| persons.to_string());
            let mut row = vec![harmless(&design.name), harmless(&role.name), heads, persons];
            let mut add = |measured: Option<&Measured>| {
                let [value, half_width, _] = numbers(measured);
                row.extend([value, half_width]);
            };
            role.numbers.iter().chain(&role.bins).for_each(|measured| add(Some(measured)));
            for spread in role.times() {
                add(Some(&spread.sd));
                (0..SpreadResult::QUANTILES.len()).for_each(|i| add(spread.quantiles.get(i)));
                (0..result.thresholds.len()).for_each(|i| add(spread.within.get(i)));
            }
            (0..result.thresholds.len()).for_each(|i| add(role.served_within.get(i)));
            add(Some(&role.number_sd));
            table.row(row);
        }
    }
    table.text()
}

/// Whether there is a [`topics_csv`]: some desk tells topics apart.
pub fn tells_topics(result: &ExperimentResult) -> bool {
    result.designs.iter().flat_map(|design| &design.roles).any(|role| !role.topics.is_empty())
}

/// One row for each design, plain desk and topic, with all numbers about the topic there and their half-widths; `None`
/// where no desk tells topics apart.
///
/// The quantiles of its times have columns where they were asked for. Then each design has a row more for each topic,
/// without a role: the times inside of its inquiries in the whole network, in the columns of `inside` and `throughput`.
pub fn topics_csv(result: &ExperimentResult) -> Option<String> {
    let roles = || result.designs.iter().flat_map(|design| &design.roles);
    let asked = roles().flat_map(|role| &role.topics).map(|topic| topic.spreads.len()).max()?;
    let mut heads: Vec<String> = ["design", "role", "topic"].map(String::from).to_vec();
    let mut both = |name: String| {
        heads.push(name.clone());
        heads.push(format!("{name}_half_width"));
    };
    for number in TOPIC_NUMBERS {
        both(format!("{}{}", number.id, suffix(number.unit)));
    }
    for of in TopicWithin::ALL {
        let (before, after) = match of {
            TopicWithin::ServedOfAll => ("served_within", "of_all"),
            _ => (of.id(), "share"),
        };
        for threshold in &result.thresholds {
            both(format!("{before}_{}s_{after}", threshold.micros() as f64 / 1e6));
        }
    }
    for length in &ROLE_TIMES[..asked] {
        for q in SpreadResult::QUANTILES {
            both(format!("{length}_p{:.0}_minutes", 100.0 * q));
        }
    }
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    let mut table = Table::new(&heads);
    for design in &result.designs {
        for (role, topic) in
            design.roles.iter().flat_map(|role| role.topics.iter().map(move |topic| (role, topic)))
        {
            let mut row =
                [&design.name, &role.name, &topic.name].map(|name| harmless(name)).to_vec();
            let quantiles = (0..asked).flat_map(|which| {
                let spread = topic.spreads.get(which);
                (0..SpreadResult::QUANTILES.len()).map(move |q| spread?.quantiles.get(q))
            });
            let shares = TopicWithin::ALL.iter().flat_map(|&of| topic.within(of)).map(Some);
            for measured in topic.numbers.iter().map(Some).chain(shares).chain(quantiles) {
                let [value, half_width, _] = numbers(measured);
                row.extend([value, half_width]);
            }
            table.row(row);
        }
        for topic in design.topics_inside.iter().filter(|topic| topic.spread.is_some()) {
            let mut row = vec![harmless(&design.name), String::new(), harmless(&topic.name)];
            for measured in in_the_network(topic, result.thresholds.len(), asked) {
                let [value, half_width, _] = numbers(measured);
                row.extend([value, half_width]);
            }
            table.row(row);
        }
    }
    Some(table.text())
}

/// What is told of a topic in the whole network, in the columns of a topic at a role.
fn in_the_network(
    topic: &TopicInsideResult,
    thresholds: usize,
    asked: usize,
) -> impl Iterator<Item = Option<&Measured>> {
    let number = |number: &TopicNumber| match number.id {
        "inside_mean" => Some(&topic.minutes),
        "inside_sd" => Some(&topic.minutes_sd),
        "throughput_per_hour" => Some(&topic.left_per_hour),
        _ => None,
    };
    let shares = TopicWithin::ALL.into_iter().flat_map(move |of| {
        let inside = of == TopicWithin::Inside;
        (0..thresholds).map(move |at| topic.within.get(at).filter(|_| inside))
    });
    let spread = topic.spread.as_ref();
    let quantiles = ROLE_TIMES[..asked].iter().flat_map(move |&length| {
        let of = spread.filter(|_| length == "inside");
        (0..SpreadResult::QUANTILES.len()).map(move |q| of?.quantiles.get(q))
    });
    TOPIC_NUMBERS.iter().map(number).chain(shares).chain(quantiles)
}

/// Value, half-width and number of replications, empty where there is none.
fn numbers(measured: Option<&Measured>) -> [String; 3] {
    let Some(measured) = measured else { return [String::new(), String::new(), "0".into()] };
    let text =
        |number: Option<f64>| number.map_or(String::new(), |number| (number + 0.0).to_string());
    let n = measured.interval.map_or(0, |interval| interval.n);
    [text(measured.mean()), text(measured.half_width()), n.to_string()]
}

/// Name of a unit in files.
pub(crate) fn unit(unit: MeasureUnit) -> &'static str {
    match unit {
        MeasureUnit::Share => "share",
        MeasureUnit::Minutes => "minutes",
        MeasureUnit::Money => "money",
        MeasureUnit::Count => "count",
    }
}

/// Name of a direction in files.
pub(crate) fn better(better: Better) -> &'static str {
    match better {
        Better::Higher => "higher",
        Better::Lower => "lower",
        Better::Neither => "neither",
    }
}

fn suffix(unit: RoleUnit) -> &'static str {
    match unit {
        RoleUnit::Minutes => "_minutes",
        RoleUnit::PerHour | RoleUnit::Number | RoleUnit::Share => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::examples::{model_of_desks, run_with};

    #[test]
    fn no_text_is_taken_for_a_formula() {
        let texts = [
            "=1+1",
            "+1",
            "-1",
            "@x",
            "＝1+1",
            "＋1",
            "－1",
            "＠x",
            " =1",
            "\u{a0}\u{3000}=1",
            "\"=1\"",
            "“ ＝1”",
            "''@x",
        ];
        for text in texts {
            assert_eq!(harmless(text), format!("'{text}"));
        }
        for text in ["plain", "a=b", " a", "\"quo\"te\\", "5 － 3", "", "\""] {
            assert_eq!(harmless(text), text);
        }
    }

    #[test]
    fn a_number_among_values_stays_a_number() {
        for value in ["-5", "+0.5", "-20%", "12", "1.5%"] {
            assert_eq!(harmless_value(value), value);
        }
        for text in ["-inf", "-1+1", "-A1", "=1", "+", "-%"] {
            assert_eq!(harmless_value(text), format!("'{text}"));
        }
        assert_eq!(harmless_value("20m on average"), "20m on average");
    }

    #[test]
    fn nothing_acts_unseen_in_a_table() {
        let texts = ["\tx", "\r=1", "two\nlines", "a\u{202e}b", "\u{200b}=1"];
        let harmless: Vec<String> = texts.iter().map(|text| harmless(text)).collect();
        let expected = ["\\u{9}x", "\\u{d}=1", "two\\u{a}lines", "a\\u{202e}b", "\\u{200b}=1"];
        assert_eq!(harmless, expected);
    }

    #[test]
    fn a_design_named_like_a_formula_stays_text_in_both_tables() {
        let mut model = model_of_desks(6.0);
        model.study.replications = 2;
        model.designs[0].name = "=cmd|' /C calc'!A0, \"quoted\"".into();
        let result = run_with(&model, 1);
        for text in [summary_csv(&result), roles_csv(&result)] {
            let mut reader = csv::Reader::from_reader(text.as_bytes());
            let columns = reader.headers().unwrap().len();
            let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
            assert!(!rows.is_empty());
            assert!(rows.iter().all(|row| row.len() == columns && !row[0].starts_with('=')));
            assert_eq!(&rows[0][0], "'=cmd|' /C calc'!A0, \"quoted\"");
        }
    }

    #[test]
    fn every_number_in_the_tables_is_a_number() {
        let result = run_with(&model_of_desks(6.0), 2);
        for text in [summary_csv(&result), roles_csv(&result)] {
            assert!(!text.contains("NaN") && !text.contains("inf"), "{text}");
        }
        let summary = summary_csv(&result);
        assert!(summary.contains("Centralized,reviews,mentions_reached,fresh mentions reached,0."));
    }
}
