//! Files with one row per inquiry.

use super::columns::{Column, Columns, shorten};
use super::draft::{Draft, Gather, Gathered, Labels, lacks};
use super::moments::{Durations, Moments};
use super::names::{Names, Numbers};
use super::rows::Row;
use super::stamp::{Clock, Refusal};
use crate::model::mapping::InquiryRows;
use std::collections::HashSet;

/// Gathers inquiries, each from its row.
#[derive(Debug)]
pub(super) struct Inquiries {
    arrival: Clock,
    labels: Labels,
    units: Option<Names>,
    id: Option<Column>,
    ids: HashSet<Box<str>>,
    customer: Option<Column>,
    customers: Numbers,
    first_response: Option<Moments>,
    resolution: Option<Moments>,
    hand_overs: Option<Column>,
    handling: Option<Durations>,
    inquiries: Vec<Draft>,
}

impl Inquiries {
    /// Ready for the first row.
    pub(super) fn new(
        from: &InquiryRows,
        arrival: Clock,
        labels: Labels,
        columns: &mut Columns,
    ) -> Inquiries {
        let first_response = from.first_response.as_ref();
        let resolution = from.resolution.as_ref();
        Inquiries {
            arrival,
            labels,
            units: Names::new(from.unit.as_ref(), columns, "/unit"),
            id: columns.find_some(from.id.as_ref(), "/id"),
            ids: HashSet::new(),
            customer: columns.find_some(from.customer.as_ref(), "/customer"),
            customers: Numbers::default(),
            first_response: first_response.map(|at| Moments::new(at, columns, "/first_response")),
            resolution: resolution.map(|at| Moments::new(at, columns, "/resolution")),
            hand_overs: columns.find_some(from.hand_overs.as_ref(), "/hand_overs"),
            handling: from.handling.as_ref().map(|at| Durations::new(at, columns, "/handling")),
            inquiries: Vec::new(),
        }
    }
}

impl Gather for Inquiries {
    fn take(&mut self, row: &Row) -> Result<(), Refusal> {
        let arrival = self.arrival.read(row)?.ok_or_else(|| lacks(self.arrival.name()))?;
        let moment = |moments: &mut Option<Moments>| match moments {
            Some(moments) => moments.read(row, arrival),
            None => Ok(None),
        };
        let mut inquiry = Draft::new(row.line, arrival);
        inquiry.first_response = moment(&mut self.first_response)?;
        inquiry.resolution = moment(&mut self.resolution)?;
        inquiry.hand_overs =
            self.hand_overs.as_ref().map_or(Ok(None), |column| count(column, row))?;
        inquiry.handling = self.handling.as_ref().map_or(Ok(None), |lengths| lengths.work(row))?;
        if let Some(id) = self.id.as_ref() {
            let value = id.value(row).ok_or_else(|| lacks(&id.name))?;
            if !self.ids.insert(value.into()) {
                let reason = format!("`{}` has appeared before", id.name);
                return Err(Refusal { reason, example: Some(shorten(value, 40)) });
            }
        }
        self.labels.read_on(&mut inquiry, row);
        inquiry.unit = self.units.as_mut().and_then(|units| units.read(row));
        let customer = self.customer.as_ref().and_then(|customer| customer.value(row));
        inquiry.customer = customer.map(|name| self.customers.of(name));
        self.inquiries.push(inquiry);
        Ok(())
    }

    fn clocks(&self) -> Vec<&Clock> {
        let moments = [self.first_response.as_ref(), self.resolution.as_ref()];
        let others = moments.into_iter().flatten().filter_map(Moments::clock);
        [&self.arrival].into_iter().chain(others).collect()
    }

    fn lengths(&self) -> Vec<&Durations> {
        let moments = [self.first_response.as_ref(), self.resolution.as_ref()];
        let others = moments.into_iter().flatten().filter_map(Moments::lengths);
        others.chain(&self.handling).collect()
    }

    fn finish(self: Box<Self>) -> Gathered {
        Gathered {
            inquiries: self.inquiries,
            labels: self.labels,
            units: self.units,
            cases: None,
            messages: None,
        }
    }
}

/// The row's count, unless missing. `3.0` is 3.
pub(super) fn count(column: &Column, row: &Row) -> Result<Option<u32>, Refusal> {
    let Some(text) = column.value(row) else { return Ok(None) };
    let whole = |text: &str| match text.split_once('.') {
        Some((whole, zeros)) if zeros.bytes().all(|digit| digit == b'0') => whole.parse().ok(),
        Some(_) => None,
        None => text.parse().ok(),
    };
    whole(text).map(Some).ok_or_else(|| Refusal {
        reason: format!("`{}` is not a count", column.name),
        example: Some(shorten(text, 40)),
    })
}

#[cfg(test)]
mod tests {
    use crate::log::*;

    const MINUTES: &str = "%Y-%m-%d %H:%M";

    fn mapping() -> Mapping {
        let rows = InquiryRows {
            id: Some("id".into()),
            unit: Some(Label::column("unit")),
            customer: Some("who".into()),
            first_response: Some(Moment::At(TimeColumn::new("answered", MINUTES))),
            resolution: Some(Moment::After(DurationColumn {
                column: "took".into(),
                unit: DurationUnit::Hours,
            })),
            hand_overs: Some("passed".into()),
            handling: Some(DurationColumn { column: "work".into(), unit: DurationUnit::Minutes }),
        };
        Mapping::new(TimeColumn::new("asked", MINUTES), OneRowPer::Inquiry(rows))
    }

    const FILE: &str = "\
id,asked,answered,took,passed,work,unit,who
7,2026-03-02 10:00,2026-03-02 10:20,1.5,2.0,4.5,desk,ann
8,2026-03-02 09:00,2026-03-02 08:59,,,,,
9,2026-03-02 09:00,,,0,,team,ann
7,2026-03-02 11:00,,,,,,
,2026-03-02 11:00,,,,,,
10,2026-03-02 25:00,,,,,,
11,2026-03-02 11:00,soon,,,,,
12,2026-03-02 11:00,,a while,,,,
13,2026-03-02 11:00,,,some,,,
14,,,,,,,
15,2026-03-02 09:00,,,0,,team,bob
";

    #[test]
    fn work_below_nothing_or_beyond_a_year_is_none() {
        let work = |work: &str| {
            let file = FILE.replace(",2.0,4.5,", &format!(",2.0,{work},"));
            let log = read(file.as_bytes(), &mapping()).expect("a usable log");
            let told = log.findings.iter().map(|found| format!("{found:?}")).collect::<String>();
            (log.inquiries.iter().filter_map(|inquiry| inquiry.handling_seconds).sum::<f64>(), told)
        };
        assert_eq!((work("0").0, work("525600").0), (0.0, 525_600.0 * 60.0));
        for (refused, why) in
            [("-5", "`work` is below 0"), ("525601", "`work` is more than a year")]
        {
            let (seconds, told) = work(refused);
            assert!(seconds == 0.0 && told.contains(why) && told.contains(refused), "{told}");
        }
    }

    #[test]
    fn a_row_tells_everything_about_its_inquiry() {
        let log = read(FILE.as_bytes(), &mapping()).expect("a usable log");
        let rows: Vec<u64> = log.inquiries.iter().map(|inquiry| inquiry.row).collect();
        assert_eq!(rows, [3, 4, 12, 2], "by arrival, then by place in the file");
        let last = &log.inquiries[3];
        assert_eq!(last.first_response_seconds, Some(20 * 60));
        assert_eq!(last.resolution_seconds, Some(5400));
        assert_eq!((last.hand_overs, last.handling_seconds), (Some(2), Some(270.0)));
        let customers: Vec<u32> = log.inquiries.iter().map(|inquiry| inquiry.customer).collect();
        assert_eq!((customers, log.customers), (vec![0, 1, 2, 1], 3), "who is not named is alone");
        let first = &log.inquiries[0];
        assert_eq!(first.first_response_seconds, Some(-60), "answered before asked, as written");
        let early = log.findings.iter().find(|found| found.code == "log-replies-early");
        let told = early.map(|found| found.message.as_str());
        assert_eq!(told, Some("1 inquiry was answered before it came (line 3)"));
        assert_eq!((first.unit, first.hand_overs, first.handling_seconds), (None, None, None));
        assert_eq!(log.units, ["team", "desk"]);
        assert_eq!((log.channels[0].as_str(), log.topics.len()), ("(unstated)", 1));
        assert_eq!(log.end_seconds - log.start_seconds, 86_400);
    }

    #[test]
    fn rows_that_do_not_fit_are_counted_by_reason_with_their_lines() {
        let log = read(FILE.as_bytes(), &mapping()).expect("a usable log");
        let dropped = |reason: &str| {
            let found = log.dropped.iter().find(|dropped| dropped.reason == reason);
            found.map(|dropped| (dropped.count, dropped.lines.clone(), dropped.example.as_deref()))
        };
        let cases = [
            ("`id` has appeared before", 5, Some("7")),
            ("`id` is missing", 6, None),
            ("`asked` does not fit `%Y-%m-%d %H:%M`", 7, Some("2026-03-02 25:00")),
            ("`answered` does not fit `%Y-%m-%d %H:%M`", 8, Some("soon")),
            ("`took` is not a number of hours", 9, Some("a while")),
            ("`passed` is not a count", 10, Some("some")),
            ("`asked` is missing", 11, None),
        ];
        for (reason, line, example) in cases {
            assert_eq!(dropped(reason), Some((1, vec![line], example)), "{reason}");
        }
        assert_eq!((log.rows_read, log.dropped.len()), (11, 7));
        let told = log.findings.iter().any(|found| {
            found.message
                == "1 row was dropped: `took` is not a number of hours, as in `a while` (line 9)"
        });
        assert!(told, "{:?}", log.findings);
    }

    #[test]
    fn conditions_and_window_choose_rows() {
        let mut mapping = mapping();
        mapping.keep = vec![Condition { column: "unit".into(), test: Test::Missing }];
        let log = read(FILE.as_bytes(), &mapping).expect("a usable log");
        assert_eq!((log.inquiries.len(), log.rows_not_kept), (2, 3));
        mapping.keep[0].test = Test::NoneOf(vec!["desk".into(), "".into()]);
        let nine = 1_772_442_000;
        mapping.window = Some(Window { from_seconds: nine, to_seconds: nine + 3600 });
        let log = read(FILE.as_bytes(), &mapping).expect("a usable log");
        assert_eq!((log.inquiries.len(), log.outside_window), (2, 0));
        assert_eq!(log.end_seconds - log.start_seconds, 3600);
        mapping.keep[0].test = Test::OneOf(vec!["desk".into(), "team".into()]);
        let log = read(FILE.as_bytes(), &mapping).expect("a usable log");
        assert_eq!((log.inquiries.len(), log.outside_window), (2, 1));
        let arrivals = LogProfile::of(&log).arrivals;
        assert_eq!((arrivals.n_in_window, arrivals.n_outside_window), (2, 1));
    }

    const TONGUES: &str = "\
id,asked,lang
1,2026-03-02 09:00, de
2,2026-03-02 09:01,EN
3,2026-03-02 09:02,
4,2026-03-02 09:03,\u{202e}kl
5,2026-03-02 09:04,en
6,2026-03-02 09:05,fr
7,2026-03-02 09:06,\0
";

    #[test]
    fn languages_are_names_like_others_and_may_be_missing() {
        let names = [("de", "German"), ("EN", "English"), ("en", "English")];
        let label = LabelColumn {
            column: "lang".into(),
            names: names.map(|(value, name)| (value.into(), name.into())).to_vec(),
            most_frequent: Some(1),
            ..LabelColumn::default()
        };
        let rows = OneRowPer::Inquiry(InquiryRows::default());
        let mapping = Mapping {
            language: Some(Label::Column(label)),
            ..Mapping::new(TimeColumn::new("asked", MINUTES), rows)
        };
        let log = read(TONGUES.as_bytes(), &mapping).expect("a usable log");
        assert_eq!(log.languages, ["German", "English", "\u{202e}kl", "(other)"]);
        let places: Vec<Option<u16>> = log.inquiries.iter().map(|it| it.language).collect();
        assert_eq!(places, [Some(0), Some(1), None, Some(2), Some(1), Some(3)]);
        let profile = LogProfile::of(&log);
        let mix: Vec<(&str, u64)> =
            profile.language_mix.0.iter().map(|(name, n)| (name.as_str(), *n)).collect();
        assert_eq!(mix.iter().map(|(_, n)| n).sum::<u64>(), 6);
        assert!(mix.contains(&("English", 2)) && mix.contains(&("(none)", 1)), "{mix:?}");
        let gathered = log.findings.iter().find(|found| found.code == "log-names-gathered");
        assert_eq!(
            gathered.map(|found| (found.pointer.as_str(), found.message.as_str())),
            Some(("/language", "1 rare value of the language was gathered into `(other)`"))
        );
        let without = read(TONGUES.as_bytes(), &Mapping { language: None, ..mapping });
        let profile = LogProfile::of(&without.expect("a usable log"));
        let text = serde_json::to_string(&profile).expect("a profile is JSON");
        assert!(!text.contains("language"), "{text}");
    }

    #[test]
    fn the_inbox_we_ship_is_two_plausible_weeks() {
        let file = include_str!("../../scenarios/data/inbox.csv");
        let at = |column: &str| Some(Moment::At(TimeColumn::new(column, MINUTES)));
        let rows = InquiryRows {
            id: Some("id".into()),
            unit: Some(Label::column("unit")),
            customer: Some("customer".into()),
            first_response: at("first_reply"),
            resolution: at("settled"),
            ..InquiryRows::default()
        };
        let mut mapping =
            Mapping::new(TimeColumn::new("received", MINUTES), OneRowPer::Inquiry(rows));
        (mapping.channel, mapping.topic) =
            (Some(Label::column("channel")), Some(Label::column("topic")));
        let log = read(file.as_bytes(), &mapping).expect("a usable log");
        assert_eq!((log.findings.len(), log.dropped.len()), (0, 0));
        assert_eq!(log.rows_read, log.inquiries.len() as u64);
        assert_eq!(log.end_seconds - log.start_seconds, 14 * 86_400);
        assert_eq!((log.channels.len(), log.topics.len(), log.units.len()), (5, 6, 3));
        let profile = LogProfile::of(&log);
        let response = profile.first_response_seconds.expect("replies");
        assert!(response.share_negative <= 0.0 && 600.0 < response.median);
        let share = &profile.arrivals.day_of_week_share;
        assert!(share[6] < share[0]);
        let hour = profile.arrivals.peak_hour_of_day.expect("a peak");
        assert!((8..18).contains(&hour));
    }
}
