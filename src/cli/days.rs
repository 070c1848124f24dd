//! Days of the first repetition that the page plays.

use crate::cli::opened::Opened;
use crate::cli::signals::Signals;
use crate::experiment::{OrdinaryDay, Recording, ordinary_day, record};
use crate::model::Model;
use crate::present::{DayKind, RecordedDay, thousands};
use crate::study::surge;
use crate::units::{SimTime, counted};

/// How long before a surge its day begins: the calm before.
const BEFORE: SimTime = SimTime::HOUR.times(2);

const DAYS: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// A day, and what was seen on it.
#[derive(Debug)]
pub(super) struct SeenDay {
    kind: DayKind,
    name: String,
    words: String,
    weekday: usize,
    recording: Recording,
}

impl SeenDay {
    /// As the page takes it.
    pub(super) fn borrowed(&self) -> RecordedDay<'_> {
        RecordedDay {
            kind: self.kind,
            name: &self.name,
            words: &self.words,
            weekday: self.weekday,
            recording: &self.recording,
        }
    }
}

/// The name of a day, from 0, where day 0 is this day of the week, from Monday.
pub(super) fn weekday_name(day: u64, first: usize) -> &'static str {
    DAYS[((day + first as u64) % 7) as usize]
}

/// A usual weekday of the first repetition, and the day on which the scenario's first surge begins.
pub(super) fn days(opened: &Opened, signals: &Signals) -> Vec<SeenDay> {
    ordinary(opened, signals).into_iter().chain(stormy(opened, signals)).collect()
}

fn ordinary(opened: &Opened, signals: &Signals) -> Option<SeenDay> {
    let (scenario, stop) = (&opened.scenario, signals.flag());
    let weekday = scenario.weekday();
    let day = ordinary_day(&scenario.model, weekday, stop)?;
    let recording = record(&scenario.model, day.window, stop)?;
    let OrdinaryDay { window, inquiries, usual } = day;
    let words = format!(
        "{} in the first repetition, a weekday like most: {} came in, {}",
        when(&scenario.model, window.0, weekday),
        counted(thousands(inquiries as f64), "message", "messages"),
        match usual.round() {
            same if same.to_bits() == (inquiries as f64).to_bits() => "as usual".to_owned(),
            other => format!("{} do on a usual one", thousands(other)),
        }
    );
    Some(SeenDay {
        kind: DayKind::Ordinary,
        name: "An ordinary day".into(),
        words,
        weekday,
        recording,
    })
}

fn stormy(opened: &Opened, signals: &Signals) -> Option<SeenDay> {
    let (scenario, stop) = (&opened.scenario, signals.flag());
    let weekday = scenario.weekday();
    let what_if = scenario.what_ifs.iter().find(|of| !of.overlay.surges.is_empty())?;
    let changed = opened.changed(&what_if.overlay).ok()?;
    let (start, _) = surge(&scenario.model, &changed.model)?;
    let from = start.since(BEFORE.min(start));
    let recording = record(&changed.model, (from, from + SimTime::DAY), stop)?;
    let words = format!(
        "from {} hours before it begins: {}, first repetition",
        start.since(from).micros() / SimTime::HOUR.micros(),
        when(&scenario.model, start, weekday)
    );
    let name = what_if.name.clone();
    Some(SeenDay { kind: DayKind::Surge, name, words, weekday, recording })
}

/// `Tuesday of week 7`; weeks are counted from the first Monday that counts.
fn when(model: &Model, at: SimTime, weekday: usize) -> String {
    let day = |at: SimTime| at.micros() / SimTime::DAY.micros();
    let days = |at: SimTime| day(at) + weekday as u64;
    let name = weekday_name(day(at), weekday);
    let first = days(model.study.warm_up).div_ceil(7);
    match (days(at) / 7 + 1).checked_sub(first) {
        Some(week) if 0 < week => format!("{name} of week {week}"),
        _ => format!("{name} before week 1"),
    }
}
