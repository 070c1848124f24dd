//! Recorded logs in scenarios: the shipped one, and what is told where a log does not fit.

use std::path::Path;

use expect_test::{Expect, expect};
use orgsim::experiment::{Loaded, load};
use orgsim::model::{Arrivals, Severity};
use orgsim::scenario::{LARGEST_FILE, Overlay, Source, render};
use orgsim::sim::{Task, Unobserved, Watch, run};
use orgsim::units::SimTime;

fn shipped(overlay: &Overlay) -> Loaded {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/replay.json");
    let source = Source::read(&path, LARGEST_FILE).expect("a shipped file can be read");
    load(&source, overlay)
        .unwrap_or_else(|problems| panic!("{}", render(&source, &problems, false)))
}

const LOG: &str = "asked;where;minutes\n\
    02.03.2026 09:30;mail;6\n02.03.2026 09:10;X;\n13.03.2026 10:00;fax;12\nsoon;X;1\n";

/// The findings of a scenario with one recorded stream, beside its log.
fn check(customers: &str, mapping: &str, more: &[(&str, &str)], expected: Expect) {
    let folder = tempfile::tempdir().expect("a folder for a while");
    for (name, text) in [("log.csv", LOG)].iter().chain(more) {
        std::fs::write(folder.path().join(name), text).expect("the folder can be written");
    }
    let text = format!(
        "{{ \"orgsim\": 1,\n  \"customers\": {{ {customers}\n    \"streams\": {{ \"real\": {{ \"log\": {{ \"file\": \"log.csv\", \"mapping\":\n      {mapping} }} }} }} }},\n  \"designs\": {{ \"A\": {{ \"centralized\": {{ \"care agent\": 1, \"strategist\": 1, \"open\": \"always\" }} }} }},\n  \"experiment\": {{ \"kind\": \"from empty\", \"run_for\": \"36h\", \"repeat\": 2 }} }}"
    );
    let path = folder.path().join("mine.json");
    std::fs::write(&path, text).expect("the folder can be written");
    let source = Source::read(&path, LARGEST_FILE).expect("it was written above");
    let findings = match load(&source, &Overlay::default()) {
        Ok(loaded) => loaded.scenario.warnings,
        Err(problems) => problems,
    };
    let shown = render(&source, &findings, false);
    expected.assert_eq(&shown.replace(&source.name, "mine.json"));
}

const MAPPING: &str = r#"{ "one_row_per": "inquiry", "delimiter": ";", "time": { "column": "asked", "format": "%d.%m.%Y %H:%M" }, "channel": { "column": "where" } }"#;

#[test]
fn units_that_a_log_could_name_are_asked_of_its_mapping() {
    check(
        r#""need_unit_knowledge": "20%","#,
        MAPPING,
        &[],
        expect![[r#"
            error[missing-key]: inquiries need a unit's knowledge, but there are no business units
             --> mine.json:2:41
              |
            2 |   "customers": { "need_unit_knowledge": "20%",
              |                                         ^^^^^
              |
              = help: add `unit` to the log's mapping: `{ "column": … }`, or for messages `{ "most_frequent": 6 }`; or name them: `"business_units": ["phones", "tablets"]`

            warning[log-cut]: 1 of 3 inquiries of the log comes after the run has ended
             --> mine.json:3:18
              |
            3 |     "streams": { "real": { "log": { "file": "log.csv", "mapping":
              |                  ^^^^^^
              |
              = help: let `run_for` be longer, or choose a smaller window

            warning[log-rows-dropped]: 1 row was dropped: `asked` does not fit `%d.%m.%Y %H:%M`, as in `soon` (line 5)
             --> mine.json:3:56
              |
            3 |     "streams": { "real": { "log": { "file": "log.csv", "mapping":
              |                                                        ^^^^^^^^^

        "#]],
    );
}

#[test]
fn the_shipped_log_runs_through_four_designs() {
    let loaded = shipped(&Overlay::default());
    let model = &loaded.scenario.model;
    assert_eq!(loaded.scenario.warnings, []);
    assert_eq!(loaded.logs[0].profile.inquiries, 440);
    assert_eq!(model.world.channels.len(), 5);
    let topics: Vec<&str> = model.world.topics.iter().map(|topic| topic.name.as_str()).collect();
    let stated = ["product question", "delivery", "refund", "account", "complaint"];
    assert_eq!((&topics[..5], topics[5..].to_vec()), (&stated[..], vec!["praise"]));
    let Arrivals::Recorded(rows) = &model.world.streams[0].arrivals else { panic!("a log") };
    assert_eq!(rows[0].at, SimTime::MINUTE.times(5 * 60 + 38));
    let watch = Watch::default();
    for design in &model.designs {
        let task = Task::of(model, design, &watch, 0);
        let counted = run(&task, &mut Unobserved).conservation;
        assert_eq!((counted.violation(), counted.arrived), (None, 440), "{}", design.name);
    }
}

#[test]
fn staff_follow_the_log() {
    let heads = |busy: &str| {
        let set = format!(r#"designs.Centralized.staff={{"busy":"{busy}"}}"#);
        let overlay = Overlay::default().set(&set).expect("an assignment");
        shipped(&overlay).scenario.staff(0)[0].1
    };
    let (calm, tight) = (heads("40%"), heads("80%"));
    assert!((calm / tight - 2.0).abs() < 1e-6, "{calm} and {tight} heads");
}

#[test]
fn what_does_not_fit_is_told_at_its_place() {
    check(
        r#""channels": { "mail": {}, "Xx": {} },"#,
        MAPPING,
        &[],
        expect![[r#"
            error[unknown-log-name]: no channel is named `X`, found 1 × in the log
             --> mine.json:4:112
              |
            4 |       { "one_row_per": "inquiry", "delimiter": ";", "time": { "column": "asked", "format": "%d.%m.%Y %H:%M" }, "channel": { "column":...
              |                                                                                                                ^^^^^^^^^
              |
              = help: add it to `channels`, or say under `names` of the mapping what it stands for; did you mean `Xx`?

            error[unknown-log-name]: no channel is named `fax`, found 1 × in the log
             --> mine.json:4:112
              |
            4 |       { "one_row_per": "inquiry", "delimiter": ";", "time": { "column": "asked", "format": "%d.%m.%Y %H:%M" }, "channel": { "column":...
              |                                                                                                                ^^^^^^^^^
              |
              = help: add it to `channels`, or say under `names` of the mapping what it stands for; known here: `mail`, `Xx`

            warning[log-cut]: 1 of 3 inquiries of the log comes after the run has ended
             --> mine.json:3:18
              |
            3 |     "streams": { "real": { "log": { "file": "log.csv", "mapping":
              |                  ^^^^^^
              |
              = help: let `run_for` be longer, or choose a smaller window

            warning[log-rows-dropped]: 1 row was dropped: `asked` does not fit `%d.%m.%Y %H:%M`, as in `soon` (line 5)
             --> mine.json:3:56
              |
            3 |     "streams": { "real": { "log": { "file": "log.csv", "mapping":
              |                                                        ^^^^^^^^^

        "#]],
    );
    check(
        "",
        &MAPPING.replace("asked", "askd").replace("where", "were"),
        &[],
        expect![[r#"
        error[log-unknown-column]: the log has no column `askd`
         --> mine.json:4:73
          |
        4 |       { "one_row_per": "inquiry", "delimiter": ";", "time": { "column": "askd", "format": "%d.%m.%Y %H:%M" }, "channel": { "column": ...
          |                                                                         ^^^^^^
          |
          = help: did you mean `asked`?

        error[log-unknown-column]: the log has no column `were`
         --> mine.json:4:134
          |
        4 | ... "askd", "format": "%d.%m.%Y %H:%M" }, "channel": { "column": "were" } } } } } },
          |                                                                  ^^^^^^
          |
          = help: did you mean `where`?

    "#]],
    );
    check(
        "",
        &MAPPING.replace("%d.%m.%Y", "%m.%d.%Y"),
        &[],
        expect![[r#"
            error[log-day-order]: day and month are exchanged: of 4 values of `asked`, 1 fit `%d.%m.%Y %H:%M` only and 0 fit `%m.%d.%Y %H:%M` only
             --> mine.json:4:92
              |
            4 |       { "one_row_per": "inquiry", "delimiter": ";", "time": { "column": "asked", "format": "%m.%d.%Y %H:%M" }, "channel": { "column":...
              |                                                                                            ^^^^^^^^^^^^^^^^
              |
              = help: write `%d.%m.%Y %H:%M`

            warning[log-rows-dropped]: 2 rows were dropped: `asked` does not fit `%m.%d.%Y %H:%M`, as in `13.03.2026 10:00` (lines 4, 5)
             --> mine.json:3:56
              |
            3 |     "streams": { "real": { "log": { "file": "log.csv", "mapping":
              |                                                        ^^^^^^^^^

        "#]],
    );
}

#[test]
fn rows_after_the_run_and_rows_that_cannot_be_read_are_told() {
    check(
        "",
        MAPPING,
        &[],
        expect![[r#"
            warning[log-cut]: 1 of 3 inquiries of the log comes after the run has ended
             --> mine.json:3:18
              |
            3 |     "streams": { "real": { "log": { "file": "log.csv", "mapping":
              |                  ^^^^^^
              |
              = help: let `run_for` be longer, or choose a smaller window

            warning[log-rows-dropped]: 1 row was dropped: `asked` does not fit `%d.%m.%Y %H:%M`, as in `soon` (line 5)
             --> mine.json:3:56
              |
            3 |     "streams": { "real": { "log": { "file": "log.csv", "mapping":
              |                                                        ^^^^^^^^^

            warning[hardly-any-work]: `desk` and `strategist` have work for at most 0.50% of their time
             --> mine.json:5:16
              |
            5 |   "designs": { "A": { "centralized": { "care agent": 1, "strategist": 1, "open": "always" } } },
              |                ^^^
              |
              = help: what comes in, minutes of work and hours of people: is each in the unit that was meant?

        "#]],
    );
}

#[test]
fn a_name_with_a_line_break_is_told_with_its_column_and_line() {
    let log = "asked;where;minutes\n02.03.2026 09:30;mail;6\n02.03.2026 09:40;\"hello\nyou\";6\n";
    check(
        "",
        MAPPING,
        &[("log.csv", log)],
        expect![[r#"
        error[log-line-break]: the name of a channel has a line break: `hello\u{a}you` in the column `where`, line 3
         --> mine.json:4:112
          |
        4 |       { "one_row_per": "inquiry", "delimiter": ";", "time": { "column": "asked", "format": "%d.%m.%Y %H:%M" }, "channel": { "column":...
          |                                                                                                                ^^^^^^^^^
          |
          = help: is this the column of message texts? Choose the one with names, or say under `names` what such a value stands for

        warning[log-day-order-open]: day and month cannot be told apart: every value of `asked` fits `%d.%m.%Y %H:%M` and `%m.%d.%Y %H:%M`
         --> mine.json:4:92
          |
        4 |       { "one_row_per": "inquiry", "delimiter": ";", "time": { "column": "asked", "format": "%d.%m.%Y %H:%M" }, "channel": { "column":...
          |                                                                                            ^^^^^^^^^^^^^^^^
          |
          = help: check one date; if it is wrong, write `%m.%d.%Y %H:%M`

    "#]],
    );
}

#[test]
fn a_mapping_may_have_a_file_of_its_own() {
    let own = "{\n  \"one_row_per\": \"inquiry\", \"delimeter\": \";\",\n  \"time\": { \"column\": \"asked\" }\n}";
    check(
        "",
        r#""own.json""#,
        &[("own.json", own)],
        expect![[r#"
        error[unknown-key]: `delimeter` is not a key of a mapping with one row per inquiry (line 2, column 29 of `own.json`)
         --> mine.json:3:56
          |
        3 |     "streams": { "real": { "log": { "file": "log.csv", "mapping":
          |                                                        ^^^^^^^^^
          |
          = help: did you mean `delimiter`?

        error[missing-key]: a column of times needs `format` (line 3, column 3 of `own.json`)
         --> mine.json:4:7
          |
        4 |       "own.json" } } } },
          |       ^^^^^^^^^^

    "#]],
    );
    check(
        "",
        r#""other.json""#,
        &[],
        expect![[r#"
        error[no-such-file]: there is no file `other.json`
         --> mine.json:4:7
          |
        4 |       "other.json" } } } },
          |       ^^^^^^^^^^^^
          |
          = help: put the file beside the scenario, or in a folder below it, and name it from there; or name the folder of your logs by `--data` or `ORGSIM_DATA`

    "#]],
    );
}

const TONGUES: &str = "asked;where;tongue\n\
    02.03.2026 09:30;mail;de\n02.03.2026 09:40;mail;en\n02.03.2026 11:00;mail;en\n02.03.2026 11:10;mail;\n\
    02.03.2026 11:20;mail;tlh\n";

/// A mapping of [`TONGUES`] whose values stand for these.
fn spoken(names: &str) -> String {
    MAPPING.replace(
        r#""channel":"#,
        &format!(r#""language": {{ "column": "tongue", "names": {{ {names} }} }}, "channel":"#),
    )
}

#[test]
fn a_language_of_the_log_is_one_that_customers_have_or_is_translated() {
    check(
        r#""languages": ["English", "German"],"#,
        &spoken(r#""de": "German", "en": "English""#),
        &[("log.csv", TONGUES)],
        expect![[r#"
            error[unknown-log-name]: no language is named `tlh`, found 1 × in the log
             --> mine.json:4:112
              |
            4 |       { "one_row_per": "inquiry", "delimiter": ";", "time": { "column": "asked", "format": "%d.%m.%Y %H:%M" }, "language": { "column"...
              |                                                                                                                ^^^^^^^^^^
              |
              = help: add it to `languages`, or say under `names` of the mapping what it stands for; known here: `English`, `German`

            warning[log-day-order-open]: day and month cannot be told apart: every value of `asked` fits `%d.%m.%Y %H:%M` and `%m.%d.%Y %H:%M`
             --> mine.json:4:92
              |
            4 |       { "one_row_per": "inquiry", "delimiter": ";", "time": { "column": "asked", "format": "%d.%m.%Y %H:%M" }, "language": { "column"...
              |                                                                                            ^^^^^^^^^^^^^^^^
              |
              = help: check one date; if it is wrong, write `%m.%d.%Y %H:%M`

        "#]],
    );
    check(
        "",
        &MAPPING.replace(r#""channel":"#, r#""language": { "column": "tung" }, "channel":"#),
        &[("log.csv", TONGUES)],
        expect![[r#"
            error[log-unknown-column]: the log has no column `tung`
             --> mine.json:4:136
              |
            4 | ...asked", "format": "%d.%m.%Y %H:%M" }, "language": { "column": "tung" }, "channel": { "column": "where" } } } } } },
              |                                                                  ^^^^^^
              |
              = help: its columns are `asked`, `where`, `tongue`

        "#]],
    );
}

/// What the log says is so in every replication; what it leaves open is drawn with its shares.
#[test]
fn a_log_brings_its_languages_and_each_row_its_own() {
    let folder = tempfile::tempdir().expect("a folder for a while");
    std::fs::write(folder.path().join("log.csv"), TONGUES).expect("the folder can be written");
    let mapping = spoken(r#""de": "German", "en": "English", "tlh": "English""#);
    let text = format!(
        r#"{{ "orgsim": 1,
            "customers": {{ "streams": {{ "real": {{ "log": {{ "file": "log.csv", "mapping": {mapping} }} }} }} }},
            "people": {{ "care agent": {{ "cost": "$1/year", "speaks": ["English"] }}, "abroad": {{ "cost": "$1/year", "post": "front", "speaks": ["German"] }} }},
            "designs": {{ "A": {{ "graph": {{
                "roles": {{ "desk": {{ "people": 1, "speaks": ["English"], "desk": {{}} }}, "abroad": {{ "people": 1, "speaks": ["German"], "desk": {{}} }} }},
                "links": [ {{ "intake": {{ "to": "desk", "languages": ["English"] }} }}, {{ "intake": {{ "to": "abroad" }} }} ] }} }} }},
            "experiment": {{ "kind": "until done", "repeat": 20 }} }}"#
    );
    let path = folder.path().join("mine.json");
    std::fs::write(&path, &text).expect("the folder can be written");
    let source = Source::read(&path, LARGEST_FILE).expect("it was written above");
    let loaded = load(&source, &Overlay::default())
        .unwrap_or_else(|problems| panic!("{}", render(&source, &problems, false)));
    let model = &loaded.scenario.model;
    assert_eq!(model.world.languages, ["German", "English"]);
    let foretold =
        orgsim::model::load(&model.world, &model.practice, &model.designs[0].organization);
    let shares: Vec<f64> = foretold
        .roles
        .iter()
        .map(|role| {
            role.external_per_hour / foretold.roles.iter().map(|r| r.external_per_hour).sum::<f64>()
        })
        .collect();
    // three rows and three quarters of one, of five
    assert!((shares[0] - 3.75 / 5.0).abs() < 1e-9, "{shares:?}");
    let came = |replication: u32| {
        let history = crate::support::history(model, replication);
        let languages = history.told.iter().filter_map(|(_, _, happening)| match happening {
            orgsim::sim::Happening::Arrived { language, .. } => *language,
            _ => None,
        });
        languages.collect::<Vec<u32>>()
    };
    let all: Vec<Vec<u32>> = (0..20).map(came).collect();
    for languages in &all {
        assert_eq!([&languages[..3], &languages[4..]].concat(), [0, 1, 1, 1]);
    }
    let drawn: Vec<u32> = all.iter().map(|languages| languages[3]).collect();
    assert!(drawn.contains(&0) && drawn.contains(&1), "{drawn:?}");
}

/// Codes of the errors of a scenario with this log of minutes, and how many inquiries there are without any.
fn minutes(log: &str) -> Result<usize, Vec<&'static str>> {
    let folder = tempfile::tempdir().expect("a folder for a while");
    let text = r#"{ "orgsim": 1,
      "customers": { "streams": { "real": { "log": { "file": "log.csv", "mapping": {
        "one_row_per": "inquiry", "delimiter": ";", "time": { "column": "asked", "format": "%d.%m.%Y %H:%M" },
        "handling": { "column": "minutes", "unit": "minutes" } } } } } },
      "designs": { "A": { "centralized": { "care agent": 1, "strategist": 1, "open": "always" } } },
      "experiment": { "kind": "from empty", "run_for": "36h", "repeat": 2 } }"#;
    let path = folder.path().join("mine.json");
    std::fs::write(&path, text).expect("the folder can be written");
    std::fs::write(folder.path().join("log.csv"), log).expect("the folder can be written");
    let source = Source::read(&path, LARGEST_FILE).expect("it was written above");
    match load(&source, &Overlay::default()) {
        Ok(loaded) => Ok(loaded.logs[0].profile.inquiries),
        Err(problems) => {
            let errors = problems.iter().filter(|it| it.severity == Severity::Error);
            Err(errors.map(|it| it.code).collect())
        }
    }
}

#[test]
fn a_spreadsheets_export_of_another_country_is_read_or_refused() {
    let rows = |lengths: [&str; 3]| {
        let rows = lengths.map(|length| format!("02.03.2026 09:10;{length}\n"));
        format!("sep=;\nasked;minutes\n{}", rows.concat())
    };
    assert_eq!(minutes(&rows(["5,5", "7", "12,25"])), Ok(3));
    // three digits behind a comma could be thousands
    assert_eq!(minutes(&rows(["5,125", "7", "12,25"])), Ok(2));
    assert_eq!(minutes(&rows(["5,125", "7", "12,250"])), Err(vec!["log-rows-dropped"]));
}
