//! Recorded logs that streams replay: which they are, and their rows in the scenario's own terms.

use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::Offset;

use super::clock::Clock;
use super::cursor::{Cursor, Object};
use super::files::inside;
use super::keys::{LOG, MAPPING};
use super::mapping::mapping;
use super::names::{quote, suggestion};
use super::render::render_json;
use super::report::Report;
use super::scope::Scope;
use super::source::{LARGEST_FILE, Source};
use super::syntax::parse;
use super::tree::Value;
use super::{LogReader, LogUse};
use crate::model::mapping::Mapping;
use crate::model::{
    ChannelId, Diagnostic, LanguageId, Mix, NamedLog, NamedRow, Recorded, Shares, Study, StudyKind,
    TopicId, UnitId,
};
use crate::units::{SimTime, counted};

const DAY: i64 = 86_400;
/// Share of the days that count that may be idle at the end without a word.
const FEW_IDLE: f64 = 0.1;
/// Days after the last message that may be meant for what is still to be done.
const TO_FINISH: i64 = 1;
/// Unknown names told one by one.
const TOLD: usize = 5;

/// A log that a stream replays.
pub(super) struct Replayed {
    /// Where it is and how it is read.
    pub(super) used: LogUse,
    /// What it holds; `None` where it is not read.
    pub(super) read: Option<Arc<NamedLog>>,
}

/// The logs of all streams, read where there is a reader.
pub(super) fn replayed(
    root: &Object<'_>,
    source: &Source,
    reader: Option<LogReader<'_>>,
) -> Vec<Replayed> {
    let Some(streams) = root.get("customers").and_then(|at| at.child("streams")) else {
        return Vec::new();
    };
    let Value::Object(entries) = &streams.node.value else { return Vec::new() };
    entries
        .iter()
        .filter_map(|entry| {
            let at = streams.child(&entry.name)?.child("log")?;
            log(&at, &entry.name, source, reader)
        })
        .collect()
}

fn log(
    cursor: &Cursor<'_>,
    stream: &str,
    source: &Source,
    reader: Option<LogReader<'_>>,
) -> Option<Replayed> {
    let of = cursor.object(&LOG)?;
    let mapping_at = of.need("mapping")?;
    let (mapping, named, own) = match &mapping_at.node.value {
        Value::Text(name) => own_file(&mapping_at, name, source)?,
        _ => {
            let named = mapping_at.child("file").and_then(|at| at.name().map(String::from));
            (mapping(&mapping_at), named, None)
        }
    };
    let file = match (of.get("file"), named) {
        (Some(at), None) => at.name()?.to_owned(),
        (None, Some(named)) => named,
        (Some(at), Some(_)) => {
            at.fail_with_help("two-tags", "the log and its mapping both name a file", "keep one");
            return None;
        }
        (None, None) => {
            of.need("file");
            return None;
        }
    };
    let file_at = of.get("file").unwrap_or(match mapping_at.child("file") {
        Some(at) => at,
        None => mapping_at.clone(),
    });
    let path = inside(&file_at, &file, source);
    let (is_there, path) = (path.is_some(), path.unwrap_or_default());
    let pointer = mapping_at.pointer.clone();
    let used = LogUse { stream: stream.into(), file, path, mapping: mapping?, pointer };
    let Some(reader) = reader.filter(|_| is_there) else {
        return Some(Replayed { used, read: None });
    };
    if source.folder.is_none() && source.data.is_none() {
        file_at.fail_with_help(
            "no-such-file",
            format!("there is no folder in which to look for {}", quote(&used.file)),
            "save the scenario to a file beside its log",
        );
        return None;
    }
    let (read, findings) = match reader(&used) {
        Ok(read) => (Some(read.clone()), read.findings.clone()),
        Err(findings) => (None, findings),
    };
    tell(&mapping_at, own.as_ref(), findings);
    // a log that cannot be used still has its place, so that nothing else is blamed for its lack
    Some(Replayed { used, read })
}

type Own = (Option<Mapping>, Option<String>, Option<Source>);

/// A mapping in a file of its own, the log that it names, and its text.
fn own_file(at: &Cursor<'_>, name: &str, source: &Source) -> Option<Own> {
    let path = inside(at, name, source)?;
    let text = match Source::read(&path, LARGEST_FILE) {
        Ok(text) => Source { name: name.into(), ..text },
        Err(error) => {
            at.fail("no-such-file", format!("{} cannot be read: {}", quote(name), error.cause));
            return None;
        }
    };
    if let Some((fault, _)) = &text.fault {
        tell(at, Some(&text), vec![fault.clone()]);
        return None;
    }
    let (tree, mut found) = match parse(&text.text) {
        Ok(parsed) => parsed,
        Err((fault, _)) => {
            tell(at, Some(&text), vec![*fault]);
            return None;
        }
    };
    let report = Report::new();
    let root = Cursor { node: &tree, pointer: String::new(), report: &report };
    let mapping = mapping(&root);
    let named =
        root.object_with_names(&MAPPING).and_then(|of| of.get("file")?.name().map(String::from));
    found.extend(report.into_problems());
    tell(at, Some(&text), found);
    Some((mapping, named, Some(text)))
}

/// Note findings of a mapping, whose pointers are relative to it.
///
/// In a mapping with a file of its own, line and column stand in the message.
fn tell(at: &Cursor<'_>, own: Option<&Source>, findings: Vec<Diagnostic>) {
    for found in findings {
        let found = match own {
            None => at.placed(found),
            Some(own) => {
                let place = &render_json(own, std::slice::from_ref(&found))[0];
                let name = quote(&own.name);
                let place = match (&place["line"], &place["column"]) {
                    (line, column) if line.is_number() => {
                        format!("line {line}, column {column} of {name}")
                    }
                    _ => name,
                };
                let message = format!("{} ({place})", found.message);
                at.placed(Diagnostic { pointer: String::new(), message, ..found })
            }
        };
        at.report.add_at(at.node.range.start, found);
    }
}

/// The day on which the earliest log begins.
pub(super) fn first_day(logs: &[Replayed]) -> Option<Date> {
    let first =
        logs.iter().filter_map(|log| log.read.as_ref()).map(|log| log.start_seconds).min()?;
    let day = jiff::Timestamp::from_second(first).ok()?;
    Some(Offset::UTC.to_datetime(day).date())
}

/// Simulated time 0 on the clock of the logs, in seconds.
fn zero_seconds(clock: &Clock) -> Option<i64> {
    let start = clock.start?.to_datetime(jiff::civil::Time::midnight());
    Offset::UTC.to_timestamp(start).ok().map(|zero| zero.as_second())
}

impl Replayed {
    /// The log's inquiries with the scenario's channels, topics, units and languages, at simulated times.
    pub(super) fn rows(
        &self,
        at: &Cursor<'_>,
        scope: &Scope,
        clock: &Clock,
    ) -> Option<Arc<[Recorded]>> {
        let Some(log) = &self.read else { return Some(Arc::from([])) };
        let zero = zero_seconds(clock).unwrap_or(log.start_seconds.div_euclid(DAY) * DAY);
        let before = log.rows.iter().filter(|row| row.arrival_seconds < zero).count();
        if 0 < before {
            at.fail_with_help(
                "log-before-start",
                match before {
                    1 => "1 inquiry of the log comes before the experiment starts".to_owned(),
                    _ => format!("{before} inquiries of the log come before the experiment starts"),
                },
                "leave `experiment.start` out, or state the day on which the log begins",
            );
        }
        let channels = log.rows.iter().filter_map(|row| row.channel);
        let channels = self.places(at, "channel", &log.channels, channels, &scope.channels);
        let topics = log.rows.iter().filter_map(|row| row.topic);
        let topics = self.places(at, "topic", &log.topics, topics, &scope.topics);
        let units = log.rows.iter().filter_map(|row| row.unit);
        let units = self.places(at, "unit", &log.units, units, &scope.units);
        let languages = log.rows.iter().filter_map(|row| row.language);
        let languages = self.places(at, "language", &log.languages, languages, &scope.languages);
        let (channels, topics, units, languages) = (channels?, topics?, units?, languages?);
        let place = |places: &[u32], place: Option<u16>| place.map(|at| places[usize::from(at)]);
        let rows = log.rows.iter().map(|row| Recorded {
            at: SimTime::SECOND.times(row.arrival_seconds.saturating_sub(zero).max(0) as u64),
            channel: place(&channels, row.channel).map(ChannelId),
            topic: place(&topics, row.topic).map(TopicId),
            unit: place(&units, row.unit).map(UnitId),
            language: place(&languages, row.language).map(LanguageId),
            work_minutes: row.work_minutes,
        });
        (before == 0).then(|| rows.collect())
    }

    /// Where the log's names stand in the scenario's table; names that it lacks are noted.
    fn places(
        &self,
        at: &Cursor<'_>,
        what: &'static str,
        names: &[String],
        used: impl Iterator<Item = u16>,
        table: &[String],
    ) -> Option<Vec<u32>> {
        let mut counts = vec![0u64; names.len()];
        used.for_each(|place| counts[usize::from(place)] += 1);
        let known: Vec<&str> = table.iter().map(String::as_str).collect();
        let mut places = Vec::with_capacity(names.len());
        let mut unknown = 0;
        for (name, count) in names.iter().zip(counts) {
            let place = table.iter().position(|known| known == name);
            places.push(place.unwrap_or(0) as u32);
            if place.is_some() || count == 0 {
                continue;
            }
            unknown += 1;
            let key = match what {
                "unit" => "business_units",
                "topic" => "topics",
                "language" => "languages",
                _ => "channels",
            };
            if unknown <= TOLD {
                let help = suggestion(name, &known).unwrap_or_default();
                let help = format!(
                    "add it to `{key}`, or say under `names` of the mapping what it stands for; {help}"
                );
                let problem = Diagnostic::error(
                    "unknown-log-name",
                    format!("{}/{what}", self.used.pointer),
                    format!("no {what} is named {}, found {count} × in the log", quote(name)),
                );
                let help = help.trim_end_matches([' ', ';']);
                at.report.add_at(at.node.range.start, problem.help(help));
            }
        }
        if TOLD < unknown {
            at.fail(
                "unknown-log-name",
                format!("{} more names of a {what} in the log are unknown here", unknown - TOLD),
            );
        }
        (unknown == 0).then_some(places)
    }

    /// Warn where the run ends before the log or goes on long after it.
    pub(super) fn fits(&self, root: &Object<'_>, clock: &Clock, study: &Study) {
        let at = root.get("customers").and_then(|at| at.child("streams")?.child(&self.used.stream));
        let (Some(log), Some(at), Some(zero)) = (&self.read, at, zero_seconds(clock)) else {
            return;
        };
        let time = |seconds: i64| SimTime::SECOND.times((seconds - zero).max(0) as u64);
        let horizon = study.horizon();
        let cut = log.rows.iter().filter(|row| horizon <= time(row.arrival_seconds)).count();
        if 0 < cut {
            at.warn(
                "log-cut",
                format!(
                    "{cut} of {} of the log {} after the run has ended",
                    counted(log.rows.len(), "inquiry", "inquiries"),
                    if cut == 1 { "comes" } else { "come" }
                ),
                "let `run_for` be longer, or choose a smaller window",
            );
        } else if study.kind == StudyKind::TypicalWeeks && time(log.end_seconds) < horizon {
            at.warn(
                "log-short",
                format!("the log ends after {} and the run after {horizon}", time(log.end_seconds)),
                "let warm-up and `run_for` together be as long as the log, or choose another `kind`",
            );
        } else if let Some(days) = idle_days(log, zero, study.run_for).filter(|_| ends(study.kind))
        {
            at.warn(
                "log-short",
                format!(
                    "the log ends before what counts does: nobody of it comes on {} of {}",
                    days.idle,
                    counted(days.all as usize, "day", "days")
                ),
                format!(
                    "let `run_for` be `{}`, or replay a longer log: idle days make an inquiry dear and people idle",
                    counted((days.all - days.idle) as usize, "day", "days")
                ),
            );
        }
    }
}

/// Whether it replays a log from the first row on, up to an end of its own.
fn ends(kind: StudyKind) -> bool {
    kind == StudyKind::FromEmpty
}

/// Days that count, and those of them at the end on which a log brings nobody.
struct Days {
    all: i64,
    idle: i64,
}

/// The days after a log's last, in a run of this length from second `zero` on; `None` where they are few, or the log itself
/// has pauses as long.
fn idle_days(log: &NamedLog, zero: i64, run_for: SimTime) -> Option<Days> {
    let day = |row: &NamedRow| row.arrival_seconds.div_euclid(DAY);
    let last = log.rows.last().map(day)?;
    let pauses = log.rows.windows(2).map(|pair| day(&pair[1]) - day(&pair[0]) - 1);
    let all = (run_for.hours() / 24.0).ceil() as i64;
    let idle = all - (last + 1 - zero.div_euclid(DAY));
    let longest = pauses.max().unwrap_or(0).max(TO_FINISH);
    (FEW_IDLE * (all as f64) < idle as f64 && longest < idle).then_some(Days { all, idle })
}

/// A mix with the shares that rows of a log have, wherever rows tell.
pub(super) fn as_recorded(rows: &[Recorded], base: &Mix) -> Mix {
    let shares = |base: &Shares, place: fn(&Recorded) -> Option<usize>| {
        let mut counts = vec![0.0; base.len()];
        rows.iter().filter_map(place).for_each(|place| counts[place] += 1.0);
        Shares::new(&counts).unwrap_or_else(|| base.clone())
    };
    Mix {
        channels: shares(&base.channels, |row| row.channel.map(|id| id.index())),
        topics: shares(&base.topics, |row| row.topic.map(|id| id.index())),
        units: shares(&base.units, |row| row.unit.map(|id| id.index())),
        unit_matters: base.unit_matters,
        languages: shares(&base.languages, |row| row.language.map(|id| id.index())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Days that count and idle ones, of a log with an inquiry on each of these days.
    fn idle(days: &[i64], run_for: u64) -> Option<(i64, i64)> {
        let row = |day: &i64| NamedRow {
            arrival_seconds: day * DAY + 9 * 3600,
            channel: None,
            topic: None,
            unit: None,
            language: None,
            work_minutes: None,
        };
        let log = NamedLog { rows: days.iter().map(row).collect(), ..NamedLog::default() };
        let found = idle_days(&log, days[0] * DAY, SimTime::DAY.times(run_for));
        found.map(|days| (days.all, days.idle))
    }

    #[test]
    fn a_run_that_goes_on_after_its_log_tells_on_how_many_days() {
        let fortnight: Vec<i64> = (100..114).collect();
        assert_eq!(idle(&fortnight, 14), None);
        assert_eq!(idle(&fortnight, 15), None, "one day of fifteen is not worth a word");
        assert_eq!(idle(&fortnight[..2], 3), None, "a day to finish in");
        assert_eq!(idle(&fortnight, 182), Some((182, 168)));
        // nobody writes on weekends
        let two_weeks = [0, 1, 2, 3, 4, 7, 8, 9, 10, 11];
        assert_eq!(idle(&two_weeks, 14), None);
        assert_eq!(idle(&two_weeks, 15), Some((15, 3)));
    }
}
