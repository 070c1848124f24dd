//! The table of what is told about each topic at a plain desk.

use super::measured::{Moments, Sample};
use super::role_number::RoleUnit;
use crate::sim::TopicTally;
use crate::units::MICROS_A_MINUTE;

/// A number about one topic's visits to a role.
#[derive(Debug, Clone, Copy)]
pub struct TopicNumber {
    /// Stable name in files. Times are in minutes.
    pub id: &'static str,
    /// What it is counted in.
    pub unit: RoleUnit,
    /// How it is computed.
    pub formula: &'static str,
    of: fn(&TopicTally, f64) -> Sample,
}

macro_rules! topic_numbers {
    ($($id:literal, $unit:ident, $formula:literal, $of:expr;)*) => {
        /// All numbers about a topic at a role.
        pub const TOPIC_NUMBERS: &[TopicNumber] = &[$(TopicNumber {
            id: $id, unit: RoleUnit::$unit, formula: $formula, of: $of,
        }),*];
    };
}

/// Microseconds in minutes.
fn minutes(micros: u128) -> f64 {
    micros as f64 / MICROS_A_MINUTE
}

fn spread(n: u64, micros: u128, squares: u128) -> Sample {
    Sample::Deviation(Moments::of(n, micros, squares, MICROS_A_MINUTE))
}

topic_numbers! {
    "wait_mean", Minutes, "Σ waits of visits served ÷ visits that started service",
        |topic, _| Sample::Ratio(minutes(topic.wait_micros), topic.started as f64);
    "inside_mean", Minutes, "Σ times from joining to the end of service ÷ visits served",
        |topic, _| Sample::Ratio(minutes(topic.inside_micros), topic.done as f64);
    "throughput_per_hour", PerHour, "visits served ÷ hours counted",
        |topic, hours| Sample::Ratio(topic.done as f64, hours);
    "arrivals_per_hour", PerHour, "visits that joined ÷ hours counted",
        |topic, hours| Sample::Ratio(topic.arrived as f64, hours);
    "wait_positive", Share, "visits that could not start at once ÷ visits that joined",
        |topic, _| Sample::Ratio(topic.queued as f64, topic.arrived as f64);
    "wait_sd", Minutes, "standard deviation of the waits of visits served",
        |topic, _| spread(topic.started, topic.wait_micros, topic.wait_squares);
    "inside_sd", Minutes, "standard deviation of the times at the role of visits served",
        |topic, _| spread(topic.done, topic.inside_micros, topic.inside_squares);
    "queue_mean", Number, "∫ number waiting dt ÷ time counted",
        |topic, hours| {
            let waiting = topic.number.micros() - topic.busy.micros();
            Sample::Ratio(minutes(waiting) / 60.0, hours)
        };
    "number_mean", Number, "∫ number at the role dt ÷ time counted",
        |topic, hours| Sample::Ratio(minutes(topic.number.micros()) / 60.0, hours);
    "abandoned", Share, "visits whose customer left the queue ÷ visits that joined",
        |topic, _| Sample::Ratio(topic.abandoned as f64, topic.arrived as f64);
    "rejected", Share, "visits turned away ÷ visits that came",
        |topic, _| {
            let came = topic.arrived + topic.rejected;
            Sample::Ratio(topic.rejected as f64, came as f64)
        };
    "wait_of_delayed_mean", Minutes, "Σ waits of visits served ÷ visits that started after a wait",
        |topic, _| Sample::Ratio(minutes(topic.wait_micros), topic.delayed as f64);
    "wait_all_mean", Minutes,
        "(Σ waits of visits served + Σ waits of those who left) ÷ visits that started or left",
        |topic, _| {
            let waits = minutes(topic.wait_micros + topic.left_micros);
            Sample::Ratio(waits, (topic.started + topic.abandoned) as f64)
        };
    "wait_all_sd", Minutes, "standard deviation of the waits of visits that started or left",
        |topic, _| {
            let micros = topic.wait_micros + topic.left_micros;
            spread(topic.started + topic.abandoned, micros, topic.wait_squares + topic.left_squares)
        };
    "abandoned_wait_mean", Minutes, "Σ waits of those who left ÷ their number",
        |topic, _| Sample::Ratio(minutes(topic.left_micros), topic.abandoned as f64);
    "wait_abandoned_sd", Minutes, "standard deviation of the waits of those who left",
        |topic, _| spread(topic.abandoned, topic.left_micros, topic.left_squares);
    "abandoned_per_hour", PerHour, "visits whose customer left the queue ÷ hours counted",
        |topic, hours| Sample::Ratio(topic.abandoned as f64, hours);
    "came_per_hour", PerHour, "visits that joined or were turned away ÷ hours counted",
        |topic, hours| {
            let came = topic.arrived + topic.rejected;
            Sample::Ratio(came as f64, hours)
        };
}

/// What is told about one topic at each of the study's thresholds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TopicWithin {
    /// Waits of visits served.
    Wait,
    /// Waits of all who started or left.
    WaitAll,
    /// Times at the role of visits served.
    Inside,
    /// Served after such a wait ÷ visits that started, left or were turned away.
    ServedOfAll,
}

impl TopicWithin {
    /// All of them.
    pub const ALL: [TopicWithin; 4] =
        [TopicWithin::Wait, TopicWithin::WaitAll, TopicWithin::Inside, TopicWithin::ServedOfAll];

    /// Stable name in files.
    pub fn id(self) -> &'static str {
        match self {
            TopicWithin::Wait => "wait_within",
            TopicWithin::WaitAll => "wait_all_within",
            TopicWithin::Inside => "inside_within",
            TopicWithin::ServedOfAll => "served_within_of_all",
        }
    }

    /// The share at or below the threshold of this position.
    pub(super) fn sample(self, topic: &TopicTally, at: usize) -> Sample {
        let joined = topic.started + topic.abandoned;
        let (above, below) = match self {
            TopicWithin::Wait => (topic.wait_within[at], topic.started),
            TopicWithin::WaitAll => (topic.wait_within[at] + topic.left_within[at], joined),
            TopicWithin::Inside => (topic.inside_within[at], topic.done),
            TopicWithin::ServedOfAll => (topic.wait_within[at], topic.arrived + topic.rejected),
        };
        Sample::Ratio(above as f64, below as f64)
    }
}

impl TopicNumber {
    /// Its position in the table.
    ///
    /// # Panics
    /// If there is no such number.
    pub fn position(id: &str) -> usize {
        let found = TOPIC_NUMBERS.iter().position(|number| number.id == id);
        found.unwrap_or_else(|| panic!("no number about topics is called {id}"))
    }

    pub(super) fn sample(&self, topic: &TopicTally, hours: f64) -> Sample {
        (self.of)(topic, hours)
    }
}
