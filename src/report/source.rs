//! All that a page is made from.

use serde_json::Value;

use crate::experiment::ExperimentResult;
use crate::model::Model;
use crate::present::{Grid, RecordedDay, Said};
use crate::study::{Dials, Finding};

/// A finished run, to be told on a page.
#[derive(Debug, Clone, Copy)]
pub struct Report<'a> {
    /// The question, or the name of the scenario where there is none.
    pub title: &'a str,
    /// What was simulated.
    pub model: &'a Model,
    /// What came out.
    pub result: &'a ExperimentResult,
    /// The answer in parts.
    pub said: &'a Said,
    /// The same as `results.json` holds it; what is told of single roles and of pairs of designs may be left out, see
    /// [`results_frame`](crate::present::results_frame).
    pub results: &'a Value,
    /// Sign or code of the currency.
    pub currency: &'a str,
    /// Day of the week of simulated time 0, from Monday.
    pub weekday: usize,
    /// What a reader should know before trusting the numbers.
    pub warnings: &'a [String],
    /// What was assumed.
    pub assumptions: &'a [Assumption],
    /// What was found by turning inputs, if any were.
    pub dials: Option<&'a Dials>,
    /// Changes that were run beside the baseline.
    pub what_ifs: &'a [Grid],
    /// What was studied beside the comparison.
    pub studies: &'a [Finding],
    /// Recorded days.
    pub days: &'a [RecordedDay<'a>],
    /// The command that gave the result.
    pub command: &'a str,
    /// How these numbers can be made again: names and values.
    pub origin: &'a [(String, String)],
}

/// An input and where it is from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Assumption {
    /// Path of the input.
    pub what: String,
    /// What it is called.
    pub label: String,
    /// Its value in the scenario, in words.
    pub value: String,
    /// What else it may be; empty where nothing is known of that.
    pub range: String,
    /// Where it is from.
    pub source: String,
    /// Whether the author declared it, instead of leaving it to a default.
    pub declared: bool,
}
