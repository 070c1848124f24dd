//! The table of what is told about every role: the numbers queueing theory knows.

use super::measured::Sample;
use crate::model::{Organization, Proactive, RoleId};
use crate::sim::{Bin, RoleTally};
use crate::units::{MICROS_A_MINUTE, SimTime};

/// What a number about a role is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RoleUnit {
    /// Events in an hour.
    PerHour,
    /// Minutes.
    Minutes,
    /// A number of cases.
    Number,
    /// A share between 0 and 1.
    Share,
}

/// A number about a role.
#[derive(Debug, Clone, Copy)]
pub struct RoleNumber {
    /// Stable name in files.
    pub id: &'static str,
    /// The expert's words.
    pub name: &'static str,
    /// What it is counted in.
    pub unit: RoleUnit,
    /// How it is computed.
    pub formula: &'static str,
    of: fn(&Look<'_>) -> Sample,
}

/// One role's tally in one replication.
#[derive(Clone, Copy)]
pub(super) struct Look<'a> {
    pub(super) tally: &'a RoleTally,
    pub(super) counted: SimTime,
    pub(super) post: Post,
}

/// What a role's tallies are read against.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Post {
    /// Persons; `None` where there are as many as it takes.
    pub(super) persons: Option<usize>,
    /// Whether it fills its free time with an endless supply of other work, which is then not counted as busy.
    pub(super) endless: bool,
}

impl Post {
    pub(super) fn of(organization: &Organization, role: RoleId) -> Post {
        let role = organization.role(role);
        Post {
            persons: role.persons(),
            endless: matches!(role.proactive, Proactive::Endless { .. }),
        }
    }
}

impl Look<'_> {
    fn hours(&self) -> f64 {
        self.counted.hours()
    }

    fn micros(&self) -> f64 {
        self.counted.micros() as f64
    }

    /// Paid time: scheduled and overtime, in person-microseconds.
    fn paid(&self) -> f64 {
        self.tally.bins.iter().sum::<u128>() as f64
    }

    /// Time of work: paid, and neither free nor absent nor filled with endless other work.
    fn busy(&self) -> f64 {
        let filler = if self.post.endless { self.tally.bins[Bin::Proactive as usize] } else { 0 };
        self.occupied() - filler as f64
    }

    /// Time with anything in hand: paid, and neither free nor absent.
    fn occupied(&self) -> f64 {
        let off = self.tally.bins[Bin::Idle as usize] + self.tally.bins[Bin::Absent as usize];
        self.paid() - off as f64
    }
}

impl Look<'_> {
    /// How busy each person was who was paid at all, as a share of the paid time.
    fn people(&self) -> impl Iterator<Item = f64> {
        let endless = self.post.endless;
        self.tally.people.iter().filter(|person| 0 < person.paid).map(move |person| {
            let filler = if endless { person.beside } else { 0 };
            (person.paid - person.off - filler) as f64 / person.paid as f64
        })
    }
}

macro_rules! role_numbers {
    ($($id:literal, $name:literal, $unit:ident, $formula:literal, $of:expr;)*) => {
        /// All numbers about a role that are means or ratios, in the order in which tables show them.
        pub const ROLE_NUMBERS: &[RoleNumber] = &[$(RoleNumber {
            id: $id, name: $name, unit: RoleUnit::$unit, formula: $formula, of: $of,
        }),*];
    };
}

fn count(n: u64) -> f64 {
    n as f64
}

role_numbers! {
    "arrivals_per_hour", "arrival rate", PerHour,
        "visits that joined ÷ hours counted",
        |look| Sample::Ratio(count(look.tally.arrived), look.hours());
    "throughput_per_hour", "throughput", PerHour,
        "visits served ÷ hours counted",
        |look| Sample::Ratio(count(look.tally.done), look.hours());
    "wait_mean", "wait W_q", Minutes,
        "Σ waits of visits served ÷ visits that started service",
        |look| Sample::Ratio(look.tally.wait.sum_minutes(), count(look.tally.wait.n()));
    "wait_positive", "P(W > 0)", Share,
        "visits that could not start at once ÷ visits that joined",
        |look| Sample::Ratio(count(look.tally.delayed), count(look.tally.arrived));
    "wait_of_delayed_mean", "wait of those who wait", Minutes,
        "Σ waits of visits served ÷ visits served with a wait above 0",
        |look| Sample::Ratio(look.tally.wait.sum_minutes(), count(look.tally.wait.positive()));
    "inside_mean", "time at the role W", Minutes,
        "Σ times from joining to the end of service ÷ visits served",
        |look| Sample::Ratio(look.tally.inside.sum_minutes(), count(look.tally.inside.n()));
    "queue_mean", "queue length L_q", Number,
        "∫ number waiting dt ÷ time counted",
        |look| Sample::Ratio(look.tally.queue.micros() as f64, look.micros());
    "in_service_mean", "number in service", Number,
        "∫ number in work dt ÷ time counted",
        |look| Sample::Ratio(look.tally.busy.micros() as f64, look.micros());
    "number_mean", "number at the role L", Number,
        "L_q + number in service",
        |look| {
            let area = look.tally.queue.micros() + look.tally.busy.micros();
            Sample::Ratio(area as f64, look.micros())
        };
    "utilization", "utilization", Share,
        "paid time at work ÷ paid time (scheduled and overtime)",
        |look| Sample::Ratio(look.busy(), look.paid());
    "occupied", "occupied", Share,
        "paid time at work or at endless tasks ÷ paid time (scheduled and overtime)",
        |look| Sample::Ratio(look.occupied(), look.paid());
    "utilization_simulated", "busy share of simulated time", Share,
        "∫ number in work dt ÷ (persons × time counted)",
        |look| match look.post.persons {
            Some(persons) => Sample::Ratio(look.tally.busy.micros() as f64, persons as f64 * look.micros()),
            None => Sample::None,
        };
    "abandoned", "abandonment", Share,
        "visits whose customer left the queue ÷ visits that joined",
        |look| Sample::Ratio(count(look.tally.abandoned), count(look.tally.arrived));
    "rejected", "blocking", Share,
        "visits turned away ÷ visits that came",
        |look| {
            let came = look.tally.arrived + look.tally.rejected;
            Sample::Ratio(count(look.tally.rejected), count(came))
        };
    "abandoned_wait_mean", "wait of those who left", Minutes,
        "Σ waits of visits abandoned ÷ visits abandoned",
        |look| {
            let left = &look.tally.wait_abandoned;
            Sample::Ratio(left.sum_minutes(), count(left.n()))
        };
    "offered_wait_mean", "offered wait", Minutes,
        "Σ waits that endless patience would have met ÷ visits followed; \
         FIFO roles with patience in the queue only",
        |look| match look.tally.offered_incomplete {
            true => Sample::None,
            false => {
                let offered = &look.tally.wait_offered;
                Sample::Ratio(offered.sum_minutes(), count(offered.n()))
            }
        };
    "busy_period_mean", "busy period", Minutes,
        "Σ lengths of ended periods with somebody at the role ÷ their number",
        |look| {
            let minutes = look.tally.busy_period_micros as f64 / MICROS_A_MINUTE;
            Sample::Ratio(minutes, count(look.tally.busy_periods))
        };
    "busy_period_visits", "visits in a busy period", Number,
        "visits that began in ended busy periods ÷ their number",
        |look| Sample::Ratio(count(look.tally.busy_period_visits), count(look.tally.busy_periods));
    "overtime", "overtime", Share,
        "overtime ÷ scheduled time",
        |look| Sample::Ratio(look.tally.overtime as f64, look.tally.scheduled as f64);
    "background_per_hour", "mentions and tasks done", PerHour,
        "mentions and tasks of an endless supply done ÷ hours counted",
        |look| Sample::Ratio(count(look.tally.background_done), look.hours());
    "longest_queue", "longest queue", Number,
        "mean over replications of the largest number ever waiting",
        |look| Sample::Value(count(look.tally.longest_queue.number));
    "overtime_hours_a_week", "overtime, hours a week", Number,
        "hours worked past the end of shifts ÷ weeks counted",
        |look| {
            let hours = look.tally.overtime as f64 / SimTime::HOUR.micros() as f64;
            Sample::Ratio(hours, look.hours() / 168.0)
        };
    "people_above_85", "people busy above 85%", Share,
        "persons at work for more than 85% of their paid time ÷ persons paid",
        |look| {
            let above = look.people().filter(|&busy| 0.85 < busy).count();
            Sample::Ratio(above as f64, look.people().count() as f64)
        };
    "evenness", "evenness among people", Share,
        "(Σ busy shares)² ÷ (persons paid × Σ squares of busy shares): 1 if all are equally busy, 1 ÷ persons if one \
         does it all (Jain, Chiu & Hawe 1984)",
        |look| {
            let sum: f64 = look.people().sum();
            let squares: f64 = look.people().map(|busy| busy * busy).sum();
            Sample::Ratio(sum * sum, look.people().count() as f64 * squares)
        };
    "came_per_hour", "attempts", PerHour,
        "visits that joined or were turned away ÷ hours counted",
        |look| Sample::Ratio(count(look.tally.arrived + look.tally.rejected), look.hours());
    "wait_all_mean", "wait of all", Minutes,
        "(Σ waits of visits served + Σ waits of visits abandoned) ÷ their number",
        |look| {
            let (served, left) = (&look.tally.wait, &look.tally.wait_abandoned);
            let minutes = served.sum_minutes() + left.sum_minutes();
            Sample::Ratio(minutes, count(served.n() + left.n()))
        };
    "abandoned_per_hour", "abandonment rate", PerHour,
        "visits whose customer left the queue ÷ hours counted",
        |look| Sample::Ratio(count(look.tally.abandoned), look.hours());
}

impl RoleNumber {
    /// Its position in the table.
    ///
    /// # Panics
    /// If there is no such number.
    pub fn position(id: &str) -> usize {
        let found = ROLE_NUMBERS.iter().position(|number| number.id == id);
        found.unwrap_or_else(|| panic!("no number about roles is called {id}"))
    }

    pub(super) fn sample(&self, look: &Look<'_>) -> Sample {
        (self.of)(look)
    }
}

/// Share of the paid time of a role in each bin.
pub(super) fn bin_samples(look: &Look<'_>) -> Vec<Sample> {
    let paid = look.paid();
    look.tally.bins.iter().map(|&micros| Sample::Ratio(micros as f64, paid)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::PersonTally;

    #[test]
    fn endless_other_work_is_not_busy() {
        let mut tally = RoleTally::default();
        tally.bins[Bin::Answer as usize] = 30;
        tally.bins[Bin::Proactive as usize] = 50;
        tally.bins[Bin::Idle as usize] = 20;
        let number = &ROLE_NUMBERS[RoleNumber::position("utilization")];
        let value = |endless| {
            let post = Post { persons: Some(1), endless };
            number.sample(&Look { tally: &tally, counted: SimTime::HOUR, post }).value()
        };
        assert_eq!((value(true), value(false)), (Some(0.3), Some(0.8)));
        let number = &ROLE_NUMBERS[RoleNumber::position("occupied")];
        let post = Post { persons: Some(1), endless: true };
        let occupied = number.sample(&Look { tally: &tally, counted: SimTime::HOUR, post });
        assert_eq!(occupied.value(), Some(0.8));
    }

    #[test]
    fn people_are_looked_at_one_by_one() {
        let person = |off| PersonTally { paid: 100, off, beside: 0 };
        let people = vec![person(10), person(70), person(70), PersonTally::default()];
        let tally = RoleTally { people, overtime: 7_200_000_000, ..RoleTally::default() };
        let post = Post { persons: Some(4), endless: false };
        let look = Look { tally: &tally, counted: SimTime::WEEK.times(4), post };
        let value = |id| ROLE_NUMBERS[RoleNumber::position(id)].sample(&look).value().unwrap();
        assert!((value("people_above_85") - 1.0 / 3.0).abs() < 1e-12);
        // (0.9 + 0.3 + 0.3)² ÷ (3 (0.81 + 0.09 + 0.09))
        assert!((value("evenness") - 2.25 / 2.97).abs() < 1e-12);
        assert!((value("overtime_hours_a_week") - 0.5).abs() < 1e-12);
    }

    #[test]
    fn ids_are_unique() {
        for (i, number) in ROLE_NUMBERS.iter().enumerate() {
            assert_eq!(RoleNumber::position(number.id), i);
        }
    }
}
