//! From a delimited file to a log.

use super::case_rows::Cases;
use super::columns::{Check, Columns};
use super::draft::{Gather, Labels};
use super::gaps;
use super::inquiry_rows::Inquiries;
use super::losses::Losses;
use super::message_rows::Messages;
use super::names::Names;
use super::recorded::{Dropped, Log};
use super::rows::{Failure, Rows, too_large};
use super::settled::settled;
use super::stamp::{Clock, Refusal, clock_text};
use crate::model::mapping::{Mapping, OneRowPer};
use crate::model::{Diagnostic, Severity};
use crate::units::counted;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Why a log file could not be read.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// The file could not be opened or read.
    #[error("cannot read the log `{path}`; check the path and the permissions")]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file was read and is not usable as mapped; every problem found.
    #[error("the log is not usable: {}", .0.first().map_or("", |first| first.message.as_str()))]
    Unusable(Vec<Diagnostic>),
}

/// Read a log held in memory.
///
/// # Errors
/// Every problem found, errors and warnings; at least one is an error. Any bytes are answered by
/// a log or by errors, never by a panic. Pointers are relative to the mapping.
pub fn read(file: &[u8], mapping: &Mapping) -> Result<Log, Vec<Diagnostic>> {
    import(file, mapping).map_err(|failure| match failure {
        Failure::Unusable(found) => found,
        Failure::Io(error) => {
            vec![Diagnostic::error(
                "log-unreadable",
                "",
                format!("the log cannot be read: {error}"),
            )]
        }
    })
}

/// Read a log from a file, row by row: memory is taken for inquiries, not for rows.
///
/// # Errors
/// [`LogError::Io`] where the file cannot be read, else as [`read`].
pub fn read_file(path: &Path, mapping: &Mapping) -> Result<Log, LogError> {
    let unwilling = |source| LogError::Io { path: path.to_path_buf(), source };
    // what is no file may have no end, or nobody who writes into it
    let kind = std::fs::metadata(path).map_err(unwilling)?;
    if !kind.is_file() {
        let why = if kind.is_dir() { "it is a folder" } else { "it is no file" };
        return Err(unwilling(std::io::Error::other(why)));
    }
    let file = File::open(path).map_err(unwilling)?;
    let bytes = kind.len();
    if mapping.limits.bytes < bytes {
        let limit = mapping.limits.bytes;
        let message = format!("the log has {bytes} bytes, more than the limit of {limit}");
        return Err(LogError::Unusable(vec![too_large("/limits/bytes", message)]));
    }
    import(file, mapping).map_err(|failure| match failure {
        Failure::Unusable(found) => LogError::Unusable(found),
        Failure::Io(error) => unwilling(error),
    })
}

fn import(file: impl Read, mapping: &Mapping) -> Result<Log, Failure> {
    check(mapping)?;
    let mut rows = Rows::open(file, mapping.delimiter, mapping.limits)?;
    let header = rows.header().to_vec();
    let mut columns = Columns::new(&header, &mapping.missing);
    let keep: Vec<Check> = (mapping.keep.iter().enumerate())
        .map(|(i, condition)| columns.condition(condition, &format!("/keep/{i}")))
        .collect();
    let mut gather = gatherer(mapping, &mut columns);
    if !columns.problems.is_empty() {
        return Err(Failure::Unusable(columns.problems));
    }
    let used = columns.used();
    let mut missing = vec![0u64; used.len()];
    let (mut dropped, mut not_kept, mut sprawl) = (Losses::default(), 0, None);
    while let Some(row) = rows.next()? {
        if 100 < row.lines && sprawl.is_none() {
            sprawl = Some((row.line, row.lines));
        }
        if let Some(flaw) = row.flaw {
            dropped.add(row.line, Refusal { reason: format!("the row {flaw}"), example: None });
            continue;
        }
        if !keep.iter().all(|check| check.holds(&row)) {
            not_kept += 1;
            continue;
        }
        match gather.take(&row) {
            Err(refusal) => dropped.add(row.line, refusal),
            Ok(()) => {
                for (count, column) in missing.iter_mut().zip(&used) {
                    *count += u64::from(column.value(&row).is_none());
                }
            }
        }
    }
    let rows_read = rows.read();
    let clocks = gather.clocks();
    let decided: Vec<&str> = clocks.iter().filter_map(|clock| clock.decided()).collect();
    let mut findings: Vec<Diagnostic> =
        clocks.iter().filter_map(|clock| clock.doubts(&decided)).collect();
    findings.extend(gather.lengths().iter().filter_map(|lengths| lengths.doubts()));
    if let Some((line, lines)) = sprawl {
        let message = format!("the row at line {line} covers {lines} lines");
        let found = Diagnostic::warning("log-long-row", "", message);
        findings.push(found.help("a quotation mark may not be closed there"));
    }
    let dropped = dropped.by_frequency();
    findings.extend(dropped.iter().map(Dropped::finding));
    let missing = used.iter().map(|column| column.name.clone()).zip(missing).collect();
    let log = settled(gather.finish(), mapping, &mut findings);
    if log.inquiries.is_empty() {
        findings.push(nothing(rows_read, not_kept, &dropped, log.outside_window));
    }
    if findings.iter().any(|found| found.severity == Severity::Error) {
        findings.sort_by_key(|found| found.severity);
        return Err(Failure::Unusable(findings));
    }
    if mapping.window.is_none() {
        findings.extend(gaps::finding(&log.inquiries));
    }
    Ok(Log { rows_read, rows_not_kept: not_kept, dropped, missing, findings, ..log })
}

/// What is wrong with the mapping whatever the file.
fn check(mapping: &Mapping) -> Result<(), Failure> {
    if let Some(window) = mapping.window
        && window.to_seconds <= window.from_seconds
    {
        let (from, to) = (clock_text(window.from_seconds), clock_text(window.to_seconds));
        let message = format!("the window ends at {to} and begins at {from}");
        let found = Diagnostic::error("log-window", "/window", message);
        return Err(found
            .help(
                "`to` is where the window ends, itself not in it: for one day it is the day after",
            )
            .into());
    }
    if matches!(mapping.delimiter, b'"' | b'\n' | b'\r' | 0 | 0x80..) {
        let message =
            "the delimiter must be an ASCII character other than a quotation mark or line end";
        return Err(Diagnostic::error("log-delimiter", "/delimiter", message).into());
    }
    Ok(())
}

fn gatherer(mapping: &Mapping, columns: &mut Columns) -> Box<dyn Gather> {
    let time = Clock::new(&mapping.time, columns, "/time");
    let labels = Labels {
        channel: Names::new(mapping.channel.as_ref(), columns, "/channel"),
        topic: Names::new(mapping.topic.as_ref(), columns, "/topic"),
        priority: Names::new(mapping.priority.as_ref(), columns, "/priority"),
        language: Names::new(mapping.language.as_ref(), columns, "/language"),
    };
    match &mapping.one_row_per {
        OneRowPer::Inquiry(from) => Box::new(Inquiries::new(from, time, labels, columns)),
        OneRowPer::Event(from) => Box::new(Cases::new(from, time, labels, columns)),
        OneRowPer::Message(from) => Box::new(Messages::new(from, time, labels, columns)),
    }
}

fn nothing(rows: u64, not_kept: u64, dropped: &[Dropped], outside: u64) -> Diagnostic {
    let lost: u64 = dropped.iter().map(|dropped| dropped.count).sum();
    let message = match rows {
        0 => "the log has a first line and no rows".to_string(),
        _ => format!(
            "the log holds no inquiry: of {} {lost} {} dropped and {not_kept} not kept, and {} outside the window",
            counted(rows, "row", "rows"),
            if lost == 1 { "was" } else { "were" },
            counted(outside, "inquiry lies", "inquiries lie"),
        ),
    };
    Diagnostic::error("log-no-inquiries", "", message)
}

#[cfg(test)]
mod tests {
    use crate::log::*;
    use crate::model::Diagnostic;

    fn mapping(format: &str) -> Mapping {
        let time = TimeColumn::new("received", format);
        Mapping::new(time, OneRowPer::Inquiry(InquiryRows::default()))
    }

    fn refused(file: &str, mapping: &Mapping) -> Vec<Diagnostic> {
        read(file.as_bytes(), mapping).expect_err("a refusal")
    }

    fn codes(found: &[Diagnostic]) -> Vec<(&str, &str)> {
        found.iter().map(|found| (found.code, found.pointer.as_str())).collect()
    }

    const ISO: &str = "%Y-%m-%d %H:%M";

    #[test]
    fn every_problem_of_a_mapping_is_told_at_once() {
        let mut mapping = mapping("%H:%M");
        mapping.channel = Some(Label::column("chanel"));
        mapping.keep = vec![Condition::present("kind")];
        let found = refused("recieved,channel\n2026-03-02 09:00,X\n", &mapping);
        let expected = [
            ("log-unknown-column", "/keep/0/column"),
            ("log-unknown-column", "/time/column"),
            ("log-time-format", "/time/format"),
            ("log-unknown-column", "/channel/column"),
        ];
        assert_eq!(codes(&found), expected);
        assert_eq!(found[1].help.as_deref(), Some("did you mean `recieved`?"));
        assert_eq!(found[3].help.as_deref(), Some("did you mean `channel`?"));
    }

    #[test]
    fn a_spreadsheets_line_on_its_delimiter_is_no_header() {
        let mut mapping = mapping(ISO);
        for (delimiter, sign) in [(b';', ";"), (b',', ","), (b'\t', "\t"), (b',', ";")] {
            mapping.delimiter = delimiter;
            let apart = char::from(delimiter);
            let file = format!(
                "sep={sign}\nreceived{apart}text\n2026-03-02 09:00{apart}a\nsoon{apart}b\n"
            );
            for file in [file.replace('\n', "\r\n"), file] {
                let log = read(file.as_bytes(), &mapping).expect("a usable log");
                assert_eq!((log.inquiries.len(), log.rows_read), (1, 2), "{sign}");
                assert_eq!(log.dropped[0].lines, [4], "{sign}");
            }
        }
    }

    #[test]
    fn a_log_without_inquiries_is_refused() {
        let found = refused("received\n", &mapping(ISO));
        assert_eq!(found[0].message, "the log has a first line and no rows");
        let mut late = mapping(ISO);
        let (january, february) = (1_798_761_600, 1_801_440_000);
        late.window = Some(Window { from_seconds: january, to_seconds: february });
        let found = refused("received\n2026-03-02 09:00\n", &late);
        assert!(found[0].message.ends_with(
            "of 1 row 0 were dropped and 0 not kept, and 1 inquiry lies outside the window"
        ));
        late.window = Some(Window { from_seconds: february, to_seconds: january });
        assert_eq!(codes(&refused("", &late)), [("log-window", "/window")]);
        late.window = None;
        late.delimiter = b'"';
        assert_eq!(codes(&refused("", &late)), [("log-delimiter", "/delimiter")]);
    }

    #[test]
    fn a_format_that_fits_nothing_is_refused_and_one_that_would_is_named() {
        let found = refused("received\n2026-03-02T09:00:00Z\n", &mapping(ISO));
        assert_eq!(codes(&found)[0], ("log-time-format", "/time/format"));
        assert_eq!(codes(&found)[1], ("log-no-inquiries", ""));
        assert!(found[0].help.as_deref().is_some_and(|help| help.ends_with("would fit")));
    }

    #[test]
    fn day_and_month_exchanged_are_refused_and_an_open_order_is_told() {
        let file = "received\n9/5/2016 09:00\n10/5/2016 09:00\n13/5/2016 09:00\n";
        let found = refused(file, &mapping("%m/%d/%Y %H:%M"));
        assert_eq!(codes(&found)[0], ("log-day-order", "/time/format"));
        assert_eq!(found[0].help.as_deref(), Some("write `%d/%m/%Y %H:%M`"));
        let right = read(file.as_bytes(), &mapping("%d/%m/%Y %H:%M")).expect("a usable log");
        assert_eq!(right.findings, []);
        let open = file.replace("13/5", "12/5");
        let log = read(open.as_bytes(), &mapping("%d/%m/%Y %H:%M")).expect("a usable log");
        assert_eq!(codes(&log.findings), [("log-day-order-open", "/time/format")]);
    }

    #[test]
    fn nothing_is_said_of_dates_in_rows_that_were_dropped_for_another() {
        let file = "received,replied\n16.03.2026 09:00,16.03.2026 10:00\n01.04.2026 09:00,01.04.2026 10:00\n";
        let format = "%m.%d.%Y %H:%M";
        let mut mapping = mapping(format);
        let replied = Moment::At(TimeColumn::new("replied", format));
        let rows = InquiryRows { first_response: Some(replied), ..InquiryRows::default() };
        mapping.one_row_per = OneRowPer::Inquiry(rows);
        let found = refused(file, &mapping);
        assert_eq!(
            codes(&found),
            [("log-day-order", "/time/format"), ("log-rows-dropped", "")],
            "the second column has no 16th in the rows that are left"
        );
    }

    #[test]
    fn lengths_that_may_have_points_between_thousands_are_told() {
        let mut mapping = mapping(ISO);
        let work = DurationColumn { column: "work".into(), unit: DurationUnit::Seconds };
        let rows = InquiryRows { handling: Some(work), ..InquiryRows::default() };
        mapping.one_row_per = OneRowPer::Inquiry(rows);
        let file = "received,work\n2026-03-02 09:00,45\n2026-03-02 09:01,1.234\n";
        let told = |file: &str| read(file.as_bytes(), &mapping).expect("a usable log").findings;
        assert_eq!(codes(&told(file)), [("log-thousands-open", "/handling/column")]);
        assert_eq!(told(&format!("{file}2026-03-02 09:02,12.5\n")), []);
    }

    #[test]
    fn a_second_format_of_the_same_column_is_told() {
        let (first, second) = ("13.5.2016 09:00\n".repeat(9), "2016-05-14 09:00:00\n".repeat(6));
        let log = read(format!("received\n{first}{second}").as_bytes(), &mapping("%d.%m.%Y %H:%M"));
        let findings = log.expect("a usable log").findings;
        let found = findings.iter().find(|found| found.code == "log-two-formats").unwrap();
        let told = "`received` has times in two formats: what does not fit `%d.%m.%Y %H:%M` fits `%Y-%m-%d %H:%M:%S`, as `2016-05-14 09:00:00` does";
        assert_eq!((found.message.as_str(), found.pointer.as_str()), (told, "/time/format"));
    }

    #[test]
    fn a_slip_of_the_pen_does_not_decide_the_order() {
        let right = "13/5/2016 09:00\n".repeat(3);
        let file = format!("received\n{right}5/13/2016 09:00\n");
        let log = read(file.as_bytes(), &mapping("%d/%m/%Y %H:%M")).expect("a usable log");
        assert_eq!(codes(&log.findings), [("log-rows-dropped", "")]);
        let found = refused(&file, &mapping("%m/%d/%Y %H:%M"));
        assert_eq!(codes(&found)[0], ("log-day-order", "/time/format"));
    }

    #[test]
    fn quoted_line_ends_a_lone_return_and_ten_megabytes_are_just_text() {
        let long = "x".repeat(10 << 20);
        let file = format!(
            "received\ttext\n2026-03-02 09:00\t\"a\n\"\"b\"\"\"\n2026-03-02 09:01\ta\rb\n2026-03-02 09:02\t{long}\n"
        );
        let mut mapping = mapping(ISO);
        mapping.delimiter = b'\t';
        mapping.topic = Some(Label::column("text"));
        let log = read(file.as_bytes(), &mapping).expect("a usable log");
        let rows: Vec<u64> = log.inquiries.iter().map(|inquiry| inquiry.row).collect();
        assert_eq!(rows, [2, 4, 5]);
        assert_eq!(log.topics[..2], ["a\n\"b\"", "a\rb"]);
        assert_eq!(codes(&log.findings), [("log-long-names", "/topic")]);
    }

    #[test]
    fn a_file_that_cannot_be_read_is_named() {
        let path = std::path::Path::new("no/such/log.csv");
        let error = read_file(path, &mapping(ISO)).expect_err("no such file");
        assert!(matches!(&error, LogError::Io { path: named, .. } if named == path));
        assert!(error.to_string().contains("no/such/log.csv"));
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        assert!(matches!(read_file(folder, &mapping(ISO)), Err(LogError::Io { .. })));
        let manifest = folder.join("Cargo.toml");
        let small = Mapping { limits: Limits { bytes: 10, ..Limits::default() }, ..mapping(ISO) };
        let error = read_file(&manifest, &small).expect_err("too large");
        assert!(matches!(&error, LogError::Unusable(found) if found[0].code == "log-too-large"));
    }

    #[test]
    fn many_dropped_rows_keep_their_first_lines_only() {
        let file = "received\n2026-03-02 09:00\n".to_string() + &"soon\n".repeat(50);
        let log = read(file.as_bytes(), &mapping(ISO)).expect("a usable log");
        assert_eq!((log.dropped[0].count, log.dropped[0].lines.len()), (50, Dropped::LINES));
        let text = &log.findings[0].message;
        assert!(text.ends_with("as in `soon` (lines 3, 4, 5, 6, 7, …)"), "{text}");
    }
}
