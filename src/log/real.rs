//! Two real logs, where they are at hand: what is read is what independent counting found.
//!
//! The folder named by `ORGSIM_DATA` holds the files and `facts.json`, whose definitions are the
//! ones of [`LogProfile`]. They are not part of this repository.

use super::*;
use serde_json::Value;
use std::path::{Path, PathBuf};

const OFFSET_FORMAT: &str = "%a %b %d %H:%M:%S %z %Y";
const DAY_FIRST: &str = "%d/%m/%Y %H:%M";

/// The folder of real logs; says why where there is none.
fn folder() -> Option<PathBuf> {
    let folder = std::env::var_os("ORGSIM_DATA").map(PathBuf::from);
    if folder.is_none() {
        assert!(std::env::var_os("ORGSIM_NO_SKIP").is_none(), "ORGSIM_DATA names no folder");
        #[expect(clippy::print_stdout, reason = "a skipped test must say so")]
        {
            println!("skipped: ORGSIM_DATA names no folder of real logs");
        }
    }
    folder
}

fn facts(folder: &Path, set: &str) -> Value {
    let text = std::fs::read_to_string(folder.join("facts.json")).expect("facts.json is there");
    let facts: Value = serde_json::from_str(&text).expect("facts.json is JSON");
    facts["datasets"][set].clone()
}

fn conversations() -> Mapping {
    let rows = MessageRows {
        id: "tweet_id".into(),
        parent: "in_response_to_tweet_id".into(),
        author: "author_id".into(),
        inbound: Condition::is("inbound", "True"),
        first_response: Reply::Direct,
        pseudonyms: false,
        unit: None,
    };
    let time = TimeColumn::new("created_at", OFFSET_FORMAT);
    let channel = Some(Label::Constant("X".into()));
    Mapping { channel, ..Mapping::new(time, OneRowPer::Message(rows)) }
}

fn incidents(edit: impl FnOnce(&mut EventRows)) -> Mapping {
    let mut rows = EventRows {
        case: "number".into(),
        updated: Some(TimeColumn::new("sys_updated_at", DAY_FIRST)),
        state: Some("incident_state".into()),
        unit: Some(Label::column("assignment_group")),
        customer: Some("caller_id".into()),
        first_response: Some(CaseMoment::FirstUpdate(Condition::present("assigned_to"))),
        resolution: Some(last_row("resolved_at")),
        hand_overs: Some(HandOvers::MaximumOf("reassignment_count".into())),
        handling: None,
    };
    edit(&mut rows);
    Mapping {
        missing: vec!["?".into()],
        window: Some(window("2016-05-09", "2016-05-23")),
        channel: Some(Label::column("contact_type")),
        topic: Some(Label::Column(LabelColumn {
            column: "category".into(),
            from: CaseRow::First,
            ..LabelColumn::default()
        })),
        priority: Some(Label::column("priority")),
        ..Mapping::new(TimeColumn::new("opened_at", DAY_FIRST), OneRowPer::Event(rows))
    }
}

fn last_row(column: &str) -> CaseMoment {
    CaseMoment::LastRow(Moment::At(TimeColumn::new(column, DAY_FIRST)))
}

fn window(from: &str, to: &str) -> Window {
    let midnight = |day: &str| stamp::wall_seconds(day.parse().expect("a date"));
    let seconds = |day| midnight(day).expect("a date of this century");
    Window { from_seconds: seconds(from), to_seconds: seconds(to) }
}

fn profile(folder: &Path, file: &str, mapping: &Mapping) -> (Log, Value) {
    let log = read_file(&folder.join(file), mapping).expect("a usable log");
    let profile = serde_json::to_value(LogProfile::of(&log)).expect("a profile is JSON");
    (log, profile)
}

/// Every number of `expected` is in `actual`, to the last digit the facts have: whole where both
/// are, a tenth of a second for durations, four decimals else. Names must match exactly.
#[track_caller]
fn same(place: &str, actual: &Value, expected: &Value) {
    match expected {
        Value::Object(entries) => {
            for (key, expected) in entries {
                same(&format!("{place}/{key}"), &actual[key], expected);
            }
        }
        Value::Array(entries) => {
            assert_eq!(actual.as_array().map(Vec::len), Some(entries.len()), "{place}");
            for (i, expected) in entries.iter().enumerate() {
                same(&format!("{place}/{i}"), &actual[i], expected);
            }
        }
        Value::Number(expected) => {
            let durations =
                place.split('/').any(|key| key.contains("_s")) && !place.contains("share");
            let tolerance = if durations { 0.0501 } else { 0.000_050_1 };
            let (actual, expected) = (actual.as_f64(), expected.as_f64());
            let near =
                matches!((actual, expected), (Some(a), Some(e)) if (a - e).abs() <= tolerance);
            assert!(near, "{place}: {actual:?} instead of {expected:?}");
        }
        other => assert_eq!(actual, other, "{place}"),
    }
}

/// The same names and counts, where the facts put the less frequent together as `(other)`.
#[track_caller]
fn same_mix(actual: &Value, expected: &Value, rename: &[(&str, &str)]) {
    let count = |value: &Value| value.as_u64().expect("a count");
    let expected = expected.as_object().expect("a mix");
    let actual = actual.as_object().expect("a mix");
    let mut rest: u64 = actual.values().map(count).sum();
    for (name, wanted) in expected.iter().filter(|(name, _)| *name != "(other)") {
        let own =
            rename.iter().find(|(facts, _)| facts == name).map_or(name.as_str(), |pair| pair.1);
        assert_eq!(actual.get(own), Some(wanted), "{name}");
        rest -= count(wanted);
    }
    assert_eq!(rest, expected.get("(other)").map_or(0, count));
}

#[test]
fn conversations_are_read_as_counted() {
    let Some(folder) = folder() else { return };
    let facts = facts(&folder, "twitter_support_sample");
    let (log, profile) = profile(&folder, "twitter_support_sample.csv", &conversations());
    for key in ["rows", "inquiries", "t_first", "t_last", "customers_among_inquiries"] {
        assert_eq!(profile[key], facts[key], "{key}");
    }
    let threads = &profile["threads"];
    for key in [
        "rows_with_parent_id",
        "rows_whose_parent_is_not_in_file",
        "rows_before_their_parent",
        "threads_started_by_a_company",
        "company_accounts_in_file",
    ] {
        assert_eq!(threads[key], facts[key], "{key}");
    }
    assert_eq!(threads["rows_inbound"], facts["rows_inbound_true"]);
    assert_eq!(threads["rows_outbound"], facts["rows_inbound_false"]);
    assert_eq!(profile["first_response_s"]["n"], facts["inquiries_with_first_response"]);
    same("first_response_s", &profile["first_response_s"], &facts["first_response_s"]);
    for key in [
        "messages_per_thread",
        "company_messages_per_thread",
        "customer_messages_per_thread",
        "distinct_company_accounts_per_thread",
        "first_company_message_in_thread_s",
        "any_company_reply_latency_s",
        "thread_span_s",
    ] {
        same(key, &threads[key], &facts[key]);
    }
    let law = "first_response_lognormal";
    same(law, &profile[law], &facts[law]);
    let by_unit = "first_response_by_account_n_ge_20";
    same("by_unit_s", &profile["first_response_s_by_unit"], &facts[by_unit]);
    let rename = [("(no direct reply)", "(none)")];
    same_mix(&profile["unit_mix"], &facts["answering_account_of_inquiry"], &rename);

    assert!(log.dropped.is_empty());
    let codes: Vec<&str> = log.findings.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, ["log-parents-missing", "log-messages-apart", "log-gaps"]);
    let bounds = window("2017-10-01", "2017-12-04");
    let arrivals = ArrivalProfile::of(&log.inquiries, bounds.from_seconds, bounds.to_seconds);
    let arrivals = serde_json::to_value(arrivals).expect("JSON");
    same("arrivals", &arrivals, &facts["arrivals_all_2017_10_01_to_2017_12_04"]);
}

#[test]
fn a_window_and_another_first_response_change_what_is_read() {
    let Some(folder) = folder() else { return };
    let file = "twitter_support_sample.csv";
    let facts = facts(&folder, "twitter_support_sample");
    let day = Mapping { window: Some(window("2017-10-31", "2017-11-01")), ..conversations() };
    let (log, day) = profile(&folder, file, &day);
    same("first_response_s", &day["first_response_s"], &facts["first_response_s_on_2017_10_31"]);
    let densest = &facts["arrivals_densest_day"];
    assert_eq!(Some(log.outside_window), densest["n_outside_window"].as_u64());
    same("arrivals", &day["arrivals"], densest);

    let mut anywhere = conversations();
    if let OneRowPer::Message(rows) = &mut anywhere.one_row_per {
        rows.first_response = Reply::AnywhereInThread;
    }
    let (_, anywhere) = profile(&folder, file, &anywhere);
    let key = "first_company_message_in_thread_s";
    same("first_response_s", &anywhere["first_response_s"], &facts[key]);
}

#[test]
fn incidents_are_read_as_counted() {
    let Some(folder) = folder() else { return };
    let facts = facts(&folder, "itsm_incident_events");
    let (log, profile) = profile(&folder, "itsm_incident_events.csv", &incidents(|_| {}));
    for key in ["rows", "inquiries", "t_first", "t_last", "topics"] {
        assert_eq!(profile[key], facts[key], "{key}");
    }
    let cases = &profile["cases"];
    for key in ["last_event", "cases_whose_priority_changed"] {
        assert_eq!(cases[key], facts[key], "{key}");
    }
    let disagree = "cases_whose_rows_disagree_on_opened_at";
    assert_eq!(cases["cases_whose_rows_disagree_on_arrival"], facts[disagree]);
    same("missing_share", &profile["missing_share"], &facts["missing_share"]);
    same("rows_per_case", &cases["rows_per_case"], &facts["rows_per_case"]);
    same_mix(&cases["state_mix_rows"], &facts["state_mix_rows"], &[]);
    same_mix(&profile["channel_mix"], &facts["channel_mix"], &[]);
    same_mix(&profile["priority_mix"], &facts["priority_mix_last_row"], &[]);
    same_mix(&profile["topic_mix"], &facts["topic_mix_category"], &[]);
    for (key, fact) in [
        ("first_response_s", "first_assignment_s"),
        ("resolution_s", "resolution_s"),
        ("resolution_lognormal", "resolution_lognormal"),
        ("resolution_s_by_priority", "resolution_s_by_priority"),
        ("resolution_s_by_hand_overs", "resolution_s_by_reassignments"),
        ("hand_overs", "handoffs_recorded_max_reassignment_count"),
        ("arrivals", "arrivals"),
    ] {
        same(key, &profile[key], &facts[fact]);
    }
    assert_eq!((log.dropped.len(), log.outside_window), (0, 0));
    assert_eq!(log.findings, []);
}

#[test]
fn another_reading_of_the_incidents_gives_other_facts() {
    let Some(folder) = folder() else { return };
    let file = "itsm_incident_events.csv";
    let facts = facts(&folder, "itsm_incident_events");
    let (_, other) = profile(
        &folder,
        file,
        &incidents(|rows| {
            let active = Condition::is("incident_state", "Active");
            rows.first_response = Some(CaseMoment::FirstUpdate(active));
            rows.resolution = Some(last_row("closed_at"));
            rows.hand_overs = Some(HandOvers::ChangesOf("assignment_group".into()));
        }),
    );
    same("first_active_state_s", &other["first_response_s"], &facts["first_active_state_s"]);
    same("closed_minus_opened_s", &other["resolution_s"], &facts["closed_minus_opened_s"]);
    same("group_changes", &other["hand_overs"], &facts["group_changes_between_rows"]);

    let changes =
        incidents(|rows| rows.hand_overs = Some(HandOvers::ChangesOf("assigned_to".into())));
    let (_, changes) = profile(&folder, file, &changes);
    same("assignee_changes", &changes["hand_overs"], &facts["assignee_changes_between_rows"]);

    for (column, fact) in [
        ("assignment_group", "distinct_groups_per_case"),
        ("assigned_to", "distinct_assignees_per_case"),
        ("sys_updated_by", "distinct_updaters_per_case"),
    ] {
        let others = incidents(|rows| rows.hand_overs = Some(HandOvers::OthersIn(column.into())));
        let (log, _) = profile(&folder, file, &others);
        let distinct = log.inquiries.iter().filter_map(|it| it.hand_overs).map(|others| others + 1);
        let cap = if fact == "distinct_updaters_per_case" { 10 } else { 6 };
        let summary = CountSummary::of(distinct, cap).expect("a sample");
        same(fact, &serde_json::to_value(summary).expect("JSON"), &facts[fact]);
    }
}

#[test]
fn dates_read_the_wrong_way_round_are_refused_with_the_right_format() {
    let Some(folder) = folder() else { return };
    let mut mapping = incidents(|_| {});
    mapping.time.format = "%m/%d/%Y %H:%M".into();
    let error = read_file(&folder.join("itsm_incident_events.csv"), &mapping).unwrap_err();
    let LogError::Unusable(found) = error else { panic!("expected findings, got {error:?}") };
    assert_eq!((found[0].code, found[0].pointer.as_str()), ("log-day-order", "/time/format"));
    assert_eq!(found[0].help.as_deref(), Some("write `%d/%m/%Y %H:%M`"));
}
