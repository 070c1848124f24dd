//! The program as people meet it: what it prints, where it writes, how it ends.

use std::io::{Read, Write};
use std::process::{Command, Stdio};

use expect_test::expect;

use crate::place::{Place, Ran, SMALL, refused};

#[test]
fn a_run_answers_and_leaves_its_folder() {
    let place = Place::new();
    let ran = place.run(&["run", "small.json"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    assert!(
        ran.out.starts_with("One team, or one in each line?\n2 designs, same customers: "),
        "{}",
        ran.out
    );
    assert!(ran.out.contains("\nANSWER   "), "{}", ran.out);
    let names: Vec<String> =
        place.files("output/small").iter().map(|(path, _)| path.display().to_string()).collect();
    for name in [
        "report.html",
        "results.json",
        "roles.csv",
        "run.json",
        "summary.csv",
        "plots/answered-within.svg",
        "plots/organization-2.png",
    ] {
        assert!(names.iter().any(|known| known == name), "{name} is missing among {names:?}");
    }
    let hidden: Vec<String> = names.into_iter().filter(|name| name.starts_with('.')).collect();
    assert!(hidden.is_empty(), "{hidden:?}");
}

/// A table that is written is named, and one that is not is not.
#[test]
fn the_table_of_topics_is_named_where_it_is_written() {
    let place = Place::new();
    for (number, topics) in [r#"{ "a": {} }"#, r#"{ "a": {}, "b": {} }"#].iter().enumerate() {
        let name = format!("topics-{number}.json");
        let text = format!(
            r#"{{ "orgsim": 1, "customers": {{ "plain": true, "messages": "9/hour", "topics": {topics} }},
                "designs": {{ "A": {{ "graph": {{ "roles": {{ "desk": {{ "people": 2, "service": "6m" }} }},
                    "links": [ {{ "intake": {{ "to": "desk" }} }} ] }} }} }},
                "experiment": {{ "run_for": "2 weeks", "warm_up": "1 day", "repeat": 2 }} }}"#
        );
        std::fs::write(place.path().join(&name), text).unwrap();
        let folder = format!("out-{number}");
        let ran = place.run(&["run", &name, "--quiet", "--out", &folder]);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        let named = ran.out.split_whitespace().any(|word| word == "topics.csv");
        let written = place.path().join(&folder).join("topics.csv").is_file();
        assert_eq!((named, written), (number == 1, number == 1), "{}", ran.out);
        assert!(ran.out.contains("roles.csv") && ran.out.contains("results.json"), "{}", ran.out);
        assert!(ran.out.lines().count() <= 45, "{}", ran.out);
        for line in ran.out.lines().filter(|line| !line.contains("orgsim run")) {
            assert!(line.chars().count() <= 101, "{} columns: {line}", line.chars().count());
        }
    }
}

#[test]
fn the_answer_fits_a_screen() {
    let place = Place::new();
    let ran = place.run(&["run", "small.json", "--quiet", "--out", "here"]);
    assert!(ran.out.lines().count() <= 45, "{} lines", ran.out.lines().count());
    for line in ran.out.lines().filter(|line| !line.contains("orgsim run")) {
        assert!(line.chars().count() <= 101, "{} columns: {line}", line.chars().count());
    }
    assert!(!ran.out.contains('\u{1b}'), "a pipe gets no colors");
}

#[test]
fn threads_and_place_change_no_byte() {
    let place = Place::new();
    let arguments = ["run", "small.json", "--replications", "3", "--quiet", "--what-if", "all"];
    for (folder, threads) in [("one", "1"), ("three", "3")] {
        let ran = place.run(&[&arguments[..], &["--threads", threads, "--out", folder]].concat());
        assert_eq!(ran.code, Some(0), "{}", ran.err);
    }
    assert!(place.files("one") == place.files("three"), "one thread and three differ");
    let ran = place.run(&["rerun", "one/run.json", "--threads", "2", "--quiet", "--out", "again"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(place.files("one") == place.files("again"), "a rerun differs");
}

#[test]
fn studies_stand_beside_the_answer_and_come_back_in_a_rerun() {
    let place = Place::new();
    let ran =
        place.run(&["run", "small.json", "--quiet", "--study", "all", "--all", "--out", "one"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    for head in [
        "\nCOST OF SILOS ",
        "\nKNOCK-OUTS ",
        "\nTogether: no walls",
        "\nTACTICS WITHOUT A STRATEGY ",
        "\nWHAT EACH WAIT IS WORTH ",
        "\nTogether: none: every channel has an objective",
    ] {
        assert!(ran.out.contains(head), "{head} is missing in {}", ran.out);
    }
    for line in ran.out.lines().filter(|line| !line.contains("orgsim run")) {
        assert!(line.chars().count() <= 101, "{} columns: {line}", line.chars().count());
    }
    let table = |name: &str| {
        let text = std::fs::read_to_string(place.path().join("one").join(name)).unwrap();
        csv::Reader::from_reader(text.as_bytes()).into_records().map(Result::unwrap).count()
    };
    // Three walls, one at a time and then together, by eight yardsticks.
    assert_eq!(table("silos.csv"), 5 * 8);
    assert!(0 < table("knock_outs.csv"));
    assert!(0 < table("waits.csv"));
    let text = std::fs::read_to_string(place.path().join("one/results.json")).unwrap();
    let results: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(results["studies"]["silos"]["version"], 1);
    assert_eq!(results["studies"]["crisis"], serde_json::Value::Null);
    let ran = place.run(&["rerun", "one/run.json", "--threads", "1", "--quiet", "--out", "again"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(place.files("one") == place.files("again"), "a rerun differs");
}

#[test]
fn a_study_that_is_not_there_or_has_nothing_to_go_on_is_refused() {
    let place = Place::new();
    refused(
        &place,
        &["run", "small.json", "--study", "walls"],
        &expect![[r#"
            error: no study is named `walls`
              = help: there are `silos`, `knock-outs`, `crisis`, `tactics`, `proactive`, `waits`, and `all`
            exit 2
        "#]],
    );
    refused(
        &place,
        &["run", "small.json", "--study", "crisis"],
        &expect![[r#"
            error: there is no surge to drill
              = help: name one under `what_if`, with `surge`, in a study of `typical weeks`
            exit 2
        "#]],
    );
    refused(
        &place,
        &["run", "small.json", "--study", "tactics", "--set", "objectives=[]"],
        &expect![[r#"
            error: there is no objective that a tactic could serve
              = help: state `objectives`: what the organization is for, before channels and content
            exit 2
        "#]],
    );
}

#[test]
fn what_ifs_stand_beside_the_baseline() {
    let place = Place::new();
    let ran = place.run(&["run", "small.json", "--quiet", "--what-if", "twice the messages"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.out.contains("\nWHAT IF   twice the messages"), "{}", ran.out);
    assert!(place.path().join("output/small/what-if/twice-the-messages/results.json").is_file());
    refused(
        &place,
        &["run", "small.json", "--what-if", "twice"],
        &expect![[r#"
            error: no what-if is named `twice`
              = help: known here: `twice the messages`, and `all`
            exit 2
        "#]],
    );
}

#[test]
fn all_of_no_what_ifs_is_refused() {
    let place = Place::new();
    let mut bare: serde_json::Value = serde_json::from_str(SMALL).unwrap();
    bare.as_object_mut().unwrap().remove("what_if");
    std::fs::write(place.path().join("bare.json"), bare.to_string()).unwrap();
    refused(
        &place,
        &["run", "bare.json", "--what-if", "all"],
        &expect![[r#"
            error: no what-if is named `all`
              = help: the scenario has no `what_if` block; name changes in one, or change values with --set
            exit 2
        "#]],
    );
}

#[test]
fn a_missed_objective_ends_with_four() {
    let place = Place::new();
    let met = SMALL.replace("settled by first reply >= 5%", "settled by first reply >= 1%");
    place.write("met.json", &met);
    assert_eq!(place.run(&["run", "met.json", "--check", "--quiet"]).code, Some(0));
    place.write(
        "missed.json",
        &SMALL.replace("settled by first reply >= 5%", "settled by first reply >= 100%"),
    );
    let ran = place.run(&["run", "missed.json", "--check", "--quiet"]);
    assert_eq!(ran.code, Some(4));
    assert_eq!(ran.err, "an objective was missed: no design meets all goals in nine of ten runs\n");
}

/// What is told beside an answer asks about the run it stands under.
#[test]
fn a_hint_keeps_what_the_command_line_set() {
    let place = Place::new();
    let set = ["--set", "customers.messages=50/day", "--set", "experiment.run_for=3 weeks"];
    let arguments = ["run", "small.json", "--repeat", "1", "--no-dials", "--seed", "11"];
    let ran = place.run(&[&arguments[..], &set[..]].concat());
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let told = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
    let laid_over = r#"small.json --set customers.messages=50/day --set "experiment.run_for=3 weeks" --seed 11"#;
    let hint = format!(
        "A single run cannot tell luck from a difference: orgsim run {laid_over} --repeat 30"
    );
    assert!(told.contains(&hint), "{}", ran.out);
    assert!(told.contains(&format!("(orgsim check {laid_over} --defaults)")), "{}", ran.out);
    // what is tried next does not take the place of its reason
    for (out, next) in [("output/small", "output/small-next"), ("here-next", "here-next-2")] {
        let more = ["--repeat", "8", "--no-dials", "--quiet", "--out", out];
        let ran = place.run(&[&["run", "small.json"], &more[..]].concat());
        let line = ran.out.lines().find(|line| line.trim_start().starts_with("Try:"));
        let tries = line.unwrap_or_else(|| panic!("nothing is to be tried: {}", ran.out)).trim();
        let begins = format!("Try:  orgsim run small.json --out {next} --set ");
        assert!(tries.starts_with(&begins), "{tries}");
    }
    // the seed of the scenario needs no word
    let ran = place.run(&["run", "small.json", "--repeat", "1", "--no-dials", "--force"]);
    assert!(ran.out.contains("orgsim run small.json --repeat 30"), "{}", ran.out);
}

#[test]
fn check_and_run_say_the_same_of_a_desk_that_has_too_much_to_do() {
    let place = Place::new();
    let path = crate::shipped::folder().join("quickstart.json");
    let path = path.to_str().expect("shipped names are plain");
    let ran = place.run(&["check", path, "--set", "customers.messages=900/day"]);
    let hub = ran.out.lines().find(|line| line.starts_with("  hub  ")).expect("it has a row");
    assert!(
        hub.ends_with("%  more than its people can do: some leave, or it falls behind for good"),
        "{hub}"
    );
}

#[test]
fn without_a_scenario_those_at_hand_are_listed() {
    let place = Place::new();
    let ran = place.run(&["run"]);
    assert_eq!(ran.code, Some(0));
    expect![[r#"
        There are no scenarios in `scenarios/`.
        Write one:  orgsim new mine.json      Then:  orgsim run mine.json
    "#]]
    .assert_eq(&ran.out);
}

#[test]
fn row_17_no_time_and_no_replication_are_refused_and_one_has_no_luck() {
    let place = Place::new();
    refused(
        &place,
        &["run", "small.json", "--replications", "0"],
        &expect![[r#"
            error: a run of 0 replications tells nothing
              = help: ask for 1 or more; 2 or more show how sure an answer is
            exit 3
        "#]],
    );
    place.write(
        "no_time.json",
        &SMALL.replace("\"run_for\": \"2 weeks\"", "\"run_for\": \"0 weeks\""),
    );
    let ran = place.run(&["run", "no_time.json"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(3), ""));
    assert!(ran.err.starts_with("error[no-time]: "), "{}", ran.err);
    let ran = place.run(&["run", "small.json", "--replications", "1", "--quiet"]);
    assert_eq!(ran.code, Some(0));
    assert!(
        ran.out.contains("One run gives no ±: how much of these numbers is luck cannot be told."),
        "{}",
        ran.out
    );
    // the way to more repetitions that the answer names is one
    let words: Vec<&str> = ran.out.split_whitespace().collect();
    let command = ["orgsim", "run", "small.json"];
    let hint = words.windows(4).find(|words| words[..3] == command).expect("there is a hint");
    let more = place.run(&["run", "small.json", hint[3], "2", "--quiet", "--force"]);
    assert_eq!((more.code, more.err.as_str()), (Some(0), ""), "{hint:?}");
    assert!(more.out.contains(", 2 times over"), "{}", more.out);
    let results = ran.out.lines().skip_while(|line| !line.starts_with("RESULTS"));
    assert!(
        results.take_while(|line| !line.starts_with("HOW SURE")).all(|line| !line.contains('±')),
        "{}",
        ran.out
    );
}

#[test]
fn nothing_is_run_that_could_never_end() {
    let place = Place::new();
    let roles = r#"{ "front": { "people": 1, "desk": {}, "knows": { "generic": 0.9 } },
  "back": { "people": 1, "desk": {}, "knows": { "generic": 0.8 } } }"#;
    let links = r#"[ { "intake": { "to": "front" } },
  { "route": { "from": "front", "to": "back", "when": "unknown" } },
  { "route": { "from": "back", "to": "front", "when": "unknown" } } ]"#;
    let text = format!(
        r#"{{ "orgsim": 1, "customers": {{ "messages": "9/day" }}, "designs": {{ "Round": {{ "graph": {{
  "roles": {roles},
  "links": {links} }} }} }} }}"#
    );
    place.write("round.json", &text);
    let told = |command: &str| {
        let ran = place.run(&[command, "round.json"]);
        assert_eq!((ran.code, ran.out.as_str()), (Some(3), ""), "{command}");
        ran.err
    };
    assert_eq!(told("run"), told("check"));
    refused(
        &place,
        &["run", "round.json"],
        &expect![[r#"
        error[endless-route]: some cases are passed round for ever: `front` → `back` → `front`
         --> round.json:2:14
          |
        2 |   "roles": { "front": { "people": 1, "desk": {}, "knows": { "generic": 0.9 } },
          |              ^^^^^^^
          |
          = help: let one of these roles answer what nobody else knows

        `round.json` cannot be used as it is. What a code means:  orgsim explain endless-route
        exit 3
    "#]],
    );
}

#[test]
fn row_21_the_place_is_checked_before_anything_is_simulated() {
    let place = Place::new();
    place.write("taken", "a file");
    refused(
        &place,
        &["run", "small.json", "--out", "taken"],
        &expect![[r#"
            error: `taken` is a file, and results are a folder
              = help: choose another folder with `--out DIR`
            exit 1
        "#]],
    );
    refused(
        &place,
        &["run", "small.json", "--out", "no/such/place"],
        &expect![[r#"
            error: there is no folder `no/such` to put `place` into
              = help: make it first: `mkdir -p no/such`
            exit 1
        "#]],
    );
    std::fs::create_dir(place.path().join("diary")).unwrap();
    place.write("diary/monday.txt", "dear diary");
    refused(
        &place,
        &["run", "small.json", "--out", "diary"],
        &expect![[r#"
            error: `diary` holds files that are no results of a run
              = help: choose another folder with `--out DIR`, or give all of it up with `--force`
            exit 1
        "#]],
    );
    refused(
        &place,
        &["run", "small.json", "--out", ".", "--force"],
        &expect![[r#"
            error: `.` cannot be replaced: the program was started inside it
              = help: choose a folder of its own with `--out DIR`
            exit 1
        "#]],
    );
    assert_eq!(
        std::fs::read_to_string(place.path().join("diary/monday.txt")).unwrap(),
        "dear diary"
    );
    assert!(!place.path().join("output").exists(), "nothing was simulated or made");
}

#[cfg(unix)]
#[test]
fn row_21_a_link_is_not_followed() {
    let place = Place::new();
    std::fs::create_dir(place.path().join("real")).unwrap();
    std::os::unix::fs::symlink("real", place.path().join("link")).unwrap();
    refused(
        &place,
        &["run", "small.json", "--out", "link", "--force"],
        &expect![[r#"
            error: `link` is a symbolic link
              = help: name the folder it leads to: `--out HERE/real`
            exit 1
        "#]],
    );
}

#[cfg(target_os = "linux")]
#[test]
fn row_21_a_place_nobody_may_write_to_is_named() {
    let place = Place::new();
    let ran = place.run(&["run", "small.json", "--out", "/proc/results"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""));
    assert!(ran.err.starts_with("error: cannot write in `/proc`: "), "{}", ran.err);
    assert!(
        ran.err.ends_with("  = help: choose a place where you may write with `--out DIR`\n"),
        "{}",
        ran.err
    );
}

#[test]
fn a_rerun_finds_the_log_beside_a_scenario_that_was_named_without_a_folder() {
    let place = Place::new();
    let rows = (0..40).map(|n| format!("2026-03-02 {:02}:{:02}\n", 8 + n / 8, 7 * (n % 8)));
    place.write("log.csv", &format!("asked\n{}", rows.collect::<String>()));
    place.write(
        "replayed.json",
        r#"{ "orgsim": 1, "customers": { "streams": { "real": { "log": { "file": "log.csv",
            "mapping": { "one_row_per": "inquiry", "delimiter": ",", "time": { "column": "asked", "format": "%Y-%m-%d %H:%M" } } } } } },
        "designs": { "A": { "centralized": { "care agent": 1, "strategist": 1, "open": "always" } } },
        "experiment": { "kind": "from empty", "run_for": "36h", "repeat": 2 } }"#,
    );
    let ran = place.run(&["run", "replayed.json", "--quiet", "--out", "one"]);
    assert_eq!((ran.code, ran.err.contains("error")), (Some(0), false), "{}", ran.err);
    // also where the folder that is named for all logs is another
    for data in [None, Some("/")] {
        let mut command = place.command(&["rerun", "one/run.json", "--quiet", "--out", "again"]);
        data.map(|data| command.env("ORGSIM_DATA", data));
        let ran = Ran::of(command.output().unwrap());
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        assert!(place.files("one") == place.files("again"), "a rerun differs");
    }
    // and where scenario and log have moved into the folder of the run
    for file in ["log.csv", "replayed.json"] {
        std::fs::rename(place.path().join(file), place.path().join("one").join(file)).unwrap();
    }
    let ran = place.run(&["rerun", "one/run.json", "--quiet", "--out", "moved"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(place.files("again") == place.files("moved"), "a rerun of what was moved differs");
}

/// A folder of logs where none is read is no fault, and no use.
#[test]
fn a_folder_of_logs_that_nobody_reads_is_told() {
    let place = Place::new();
    let told = "note: the scenario reads no log, so `--data \"my logs\"` changes nothing\n";
    let data = ["--data", "my logs"];
    let run = ["run", "small.json", "--repeat", "1", "--no-dials"];
    for (arguments, told) in [
        (&["check", "small.json"][..], told),
        (&["graph", "small.json"], told),
        (&run, told),
        (&[&run[..], &["--quiet"]].concat(), ""),
        (&["rerun", "output/small/run.json"], told),
    ] {
        let ran = place.run(&[arguments, &data].concat());
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), told), "{arguments:?}");
    }
    let ran = Ran::of(place.command(&run).env("ORGSIM_DATA", "my logs").output().unwrap());
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "it stands there for all scenarios");
}

#[test]
fn row_21_the_folder_of_another_scenario_stays() {
    let place = Place::new();
    place.write("other.json", SMALL);
    assert_eq!(place.run(&["run", "small.json", "--quiet", "--out", "results"]).code, Some(0));
    refused(
        &place,
        &["run", "other.json", "--out", "results"],
        &expect![[r#"
            error: `results` holds results of another scenario, `small`
              = help: choose another folder with `--out DIR`, or give all of it up with `--force`
            exit 1
        "#]],
    );
    std::fs::create_dir(place.path().join("client")).unwrap();
    place.write("client/small.json", SMALL);
    refused(
        &place,
        &["run", "client/small.json", "--out", "results"],
        &expect![[r#"
            error: `results` holds results of another scenario, `small.json`
              = help: choose another folder with `--out DIR`, or give all of it up with `--force`
            exit 1
        "#]],
    );
    refused(
        &place,
        &["run", "client/small.json", "--out", "client", "--force"],
        &expect![[r#"
            error: `client` cannot be replaced: the scenario or a log of it is inside
              = help: choose a folder of its own with `--out DIR`
            exit 1
        "#]],
    );
    place.write("results/notes.txt", "mine");
    let old = std::fs::read_to_string(place.path().join("results/run.json")).unwrap();
    place.write("results/run.json", &old.replace("run.json\",", "run.json\", \"dials.csv\","));
    place.write("results/dials.csv", "of an earlier run");
    assert_eq!(place.run(&["run", "small.json", "--quiet", "--out", "results"]).code, Some(0));
    let is_there = |file: &str| place.path().join("results").join(file).exists();
    assert!(is_there("notes.txt"), "what people put there stays");
    assert!(!is_there("dials.csv"), "what an earlier run wrote goes");
    assert_eq!(
        place.run(&["run", "other.json", "--quiet", "--out", "results", "--force"]).code,
        Some(0)
    );
    assert!(!is_there("notes.txt"), "`--force` gives all of it up");
}

#[cfg(unix)]
#[test]
fn row_22_a_signal_keeps_what_is_complete() {
    let place = Place::new();
    for (signal, code) in [("INT", 130), ("TERM", 143)] {
        let arguments =
            ["run", "small.json", "--replications", "100000", "--threads", "2", "--out", signal];
        let child = place
            .command(&[&arguments[..], &["--study", "silos"]].concat())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // the folder was found fit and the flags are up once the program is at work
        wait_until_busy(child.id());
        let sent = Command::new("kill")
            .args([&format!("-{signal}"), &child.id().to_string()])
            .status()
            .unwrap();
        assert!(sent.success());
        let ran = Ran::of(child.wait_with_output().unwrap());
        assert_eq!(ran.code, Some(code), "{}", ran.err);
        let missing = "are complete and kept, marked incomplete; the studies, the next step and whether hours \
            decide it are missing;";
        assert!(ran.err.contains(missing), "{}", ran.err);
        let head = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
        let note =
            "repetitions are complete; the studies, the next step and whether hours decide it";
        assert!(head.contains("stopped early: ") && head.contains(note), "{}", ran.out);
        let record = std::fs::read_to_string(place.path().join(signal).join("run.json")).unwrap();
        assert!(record.contains("\"complete\": false"), "{record}");
        let page = std::fs::read_to_string(place.path().join(signal).join("report.html")).unwrap();
        assert!(page.contains("stopped early: "), "the page says so too");
        // nobody who stops a run waits for pictures
        assert!(ran.err.contains("; the pictures are drawn as SVG alone; "), "{}", ran.err);
        assert!(ran.out.contains("plots/: pictures as SVG alone · "), "{}", ran.out);
        let files = place.files(signal);
        let there = |kind: &str| {
            files.iter().any(|(path, _)| path.extension().is_some_and(|of| of == kind))
        };
        assert!(there("svg") && there("csv") && !there("png"));
    }
}

/// The system refuses files above a size: the first that is larger cannot be written, wherever it stands.
#[cfg(unix)]
#[test]
fn row_20_whichever_file_does_not_fit_the_old_result_stays() {
    let place = Place::new();
    let arguments = ["run", "small.json", "--replications", "2", "--no-dials", "--quiet"];
    let ran = place.run(&[&arguments[..], &["--out", "here"]].concat());
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let old = place.files("here");
    let sizes = old.iter().map(|(_, bytes)| bytes.len().div_ceil(1024));
    let most = sizes.clone().max().unwrap();
    // in blocks of 512 or 1024 bytes, whichever the shell has: from nothing up to just below the largest file
    let mut limits: Vec<usize> = sizes.filter(|&size| 2 * size < most).collect();
    limits.push(0);
    limits.sort_unstable();
    limits.dedup();
    let every = limits.len().div_ceil(6);
    for limit in limits.into_iter().step_by(every) {
        let program =
            format!("ulimit -f {limit} || exit 2; exec \"$@\" --set experiment.seed=8 --out here");
        let mut command = place.command(&[]);
        let bare = command.get_program().to_owned();
        command = std::process::Command::new("sh");
        command.args(["-c", &program, "sh"]).arg(bare).args(arguments).current_dir(place.path());
        let ran = Ran::of(command.output().unwrap());
        assert_eq!(ran.code, Some(1), "{limit} blocks: {}", ran.err);
        assert!(
            ran.err.contains("cannot write `") && ran.err.contains(" bytes of "),
            "{}",
            ran.err
        );
        assert!(old == place.files("here"), "{limit} blocks: the old result has changed");
        // what is done may be kept for the same command later; of a result there is nothing
        let hidden = place.hidden();
        assert!(hidden.iter().all(|name| name == ".here.orgsim-unfinished"), "{hidden:?}");
        assert!(0 < limit || hidden.is_empty(), "{hidden:?}");
    }
    let again = [&arguments[..], &["--set", "experiment.seed=8", "--out", "here"]].concat();
    let ran = place.run(&again);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert_eq!(place.hidden(), Vec::<String>::new());
}

/// Until a process has used some processor time.
#[cfg(unix)]
fn wait_until_busy(process: u32) {
    let ticks = || -> Option<u64> {
        let text = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
        text.rsplit(')').next()?.split_whitespace().nth(11)?.parse().ok()
    };
    // elsewhere there is no such file, and a busy wait of our own has to do
    for _ in 0..200_000_000_u64 {
        match ticks() {
            Some(ticks) if ticks < 50 => std::thread::yield_now(),
            _ => return,
        }
    }
}

#[cfg(unix)]
#[test]
fn row_24_a_reader_who_leaves_is_no_fault() {
    let place = Place::new();
    let mut child =
        place.command(&["explain"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let mut err = String::new();
    child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    assert_eq!((child.wait().unwrap().code(), err.as_str()), (Some(0), ""));
}

#[test]
fn row_24_a_locale_without_unicode_gets_ascii() {
    let place = Place::new();
    let mut command = place.command(&["run", "small.json", "--quiet"]);
    let ran = Ran::of(
        command.env("LANG", "C").env("NO_COLOR", "1").env("COLUMNS", "20").output().unwrap(),
    );
    assert_eq!(ran.code, Some(0));
    assert!(ran.out.is_ascii(), "{}", ran.out);
    assert!(ran.out.contains("+-"), "{}", ran.out);
}

#[test]
fn row_26_names_that_act_unseen_are_shown() {
    let place = Place::new();
    let hostile =
        SMALL.replace("\"Together\"", "\"T\\u202e\\u001b[31m<img src=x onerror=alert(1)>\"");
    place.write("hostile.json", &hostile);
    let ran = place.run(&["run", "hostile.json", "--quiet"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    for text in [&ran.out, &ran.err] {
        assert!(!text.contains('\u{1b}') && !text.contains('\u{202e}'), "{text}");
    }
    let page = std::fs::read_to_string(place.path().join("output/hostile/report.html")).unwrap();
    assert!(!page.contains("<img") && !page.contains('\u{202e}') && !page.contains('\u{1b}'));
    place.write("empty_name.json", &SMALL.replace("\"Together\"", "\"  \""));
    let ran = place.run(&["run", "empty_name.json"]);
    assert_eq!(ran.code, Some(3));
    assert!(ran.err.contains("error[empty-name]"), "{}", ran.err);
}

#[cfg(unix)]
#[test]
fn row_27_names_never_become_paths() {
    let place = Place::new();
    let what_if = SMALL.replace("\"twice the messages\"", "\"../../../escaped\"");
    place.write("..json", &what_if);
    let ran = place.run(&["run", "..json", "--quiet", "--what-if", "all"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let names: Vec<String> =
        place.files("output").iter().map(|(path, _)| path.display().to_string()).collect();
    assert!(names.iter().any(|name| name == "scenario/what-if/escaped/results.json"), "{names:?}");
    assert!(
        !place.path().join("escaped").exists()
            && !place.path().parent().unwrap().join("escaped").exists()
    );
}

#[test]
fn row_34_other_versions_are_refused() {
    let place = Place::new();
    place.write("newer.json", &SMALL.replace("\"orgsim\": 1", "\"orgsim\": 2"));
    refused(
        &place,
        &["run", "newer.json"],
        &expect![[r#"
            error[other-version]: this program reads version 1 of the format, not 2
             --> newer.json:2:13
              |
            2 |   "orgsim": 2,
              |             ^
              |
              = help: a newer orgsim reads it

            `newer.json` cannot be used as it is. What a code means:  orgsim explain other-version
            exit 3
        "#]],
    );
    assert_eq!(place.run(&["run", "small.json", "--quiet", "--replications", "1"]).code, Some(0));
    let record = std::fs::read_to_string(place.path().join("output/small/run.json")).unwrap();
    place.write("form.json", &record.replace("\"orgsim_run\": 1", "\"orgsim_run\": 9"));
    refused(
        &place,
        &["rerun", "form.json"],
        &expect![[r#"
            error: `form.json` has form 9 of the record, and this program reads form 1
              = help: use the version of orgsim that wrote it
            exit 3
        "#]],
    );
    let own = format!("\"version\": \"{}\"", env!("CARGO_PKG_VERSION"));
    place.write("older.json", &record.replace(&own, "\"version\": \"0.0.1\""));
    let again = ["rerun", "older.json", "--out", "again", "--no-progress"];
    let ran = place.run(&again);
    assert_eq!(ran.code, Some(3), "{}", ran.err);
    let told = format!(
        "`older.json` was written by orgsim 0.0.1, and this is {}: its numbers may differ",
        env!("CARGO_PKG_VERSION")
    );
    assert!(ran.err.contains(&told), "{}", ran.err);
    let ran = place.run(&[&again[..], &["--force"]].concat());
    assert_eq!((ran.code, ran.err), (Some(0), format!("note: {told}\n")));
    // a record that was taken elsewhere leaves what lies beside it alone, by force as well
    std::fs::create_dir(place.path().join("mail")).unwrap();
    place.write("mail/run.json", &record.replace(&own, "\"version\": \"0.0.1\""));
    place.write("mail/thesis.txt", "three years");
    let ran = place.run(&["rerun", "mail/run.json", "--quiet", "--force"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert_eq!(place.files("mail").len(), 2);
    // of a run it is made again where it stands
    std::fs::rename(place.path().join("again"), place.path().join("kept")).unwrap();
    std::fs::write(place.path().join("kept/note.txt"), "mine").unwrap();
    let ran = place.run(&["rerun", "kept/run.json", "--quiet", "--force"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(place.files("kept").iter().any(|(name, _)| name.ends_with("note.txt")));
    refused(
        &place,
        &["rerun", "small.json"],
        &expect![[r#"
            error: `small.json` is not the record of a run: it does not say `"orgsim_run": 1`
              = help: give the `run.json` of a run's folder
            exit 3
        "#]],
    );
}

#[test]
fn row_35_seeds_are_whole_numbers_of_64_bits() {
    let place = Place::new();
    for seed in ["0", "18446744073709551615"] {
        let ran = place.run(&[
            "run",
            "small.json",
            "--quiet",
            "--replications",
            "1",
            "--seed",
            seed,
            "--out",
            "seeded",
        ]);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        assert!(ran.out.contains(&format!("seed {seed})")), "{}", ran.out);
        let again = place.run(&["rerun", "seeded/run.json", "--quiet", "--out", "again"]);
        assert_eq!(again.code, Some(0), "{}", again.err);
        assert!(place.files("seeded") == place.files("again"));
    }
    refused(
        &place,
        &["run", "small.json", "--seed", "-1"],
        &expect![[r#"
            error: invalid value '-1' for '--seed <S>': a seed is a whole number from 0 to 18446744073709551615

            For more information, try '--help'.
            exit 2
        "#]],
    );
}

/// A value with a minus in front is a value: it is told what the option takes, not that there is no such flag.
#[test]
fn a_value_below_nothing_is_answered_about_its_option() {
    let place = Place::new();
    let trace = ["trace", "small.json", "--replication", "1", "--case", "-1"];
    let sweep = ["sweep", "small.json", "--what", "customers.messages", "--try", "9/day"];
    for (arguments, code, told) in [
        (&["run", "small.json", "--precision", "-3%"][..], 3, "shares lie between 0% and 100%"),
        (&["run", "small.json", "--precision", "-x"], 3, "write a percentage, like `22%`"),
        (&["run", "small.json", "--threads", "-2"], 2, "-2 is not in 1..=1024"),
        (&["run", "small.json", "--save-every", "-1"], 2, "a number of seconds from 0 to 1000000"),
        (&["check", "small.json", "--max-file-bytes", "-1"], 2, "a number of bytes is a whole"),
        (&[&sweep[..], &["--points", "-3"]].concat(), 2, "-3 is not in 2..=1000"),
        (&[&sweep[..5], &["-3"]].concat(), 3, "`-3` has no unit"),
        (&trace, 2, "an inquiry is a whole number from 1 to "),
        (
            &["run", "small.json", "--precision", "--quiet"],
            2,
            "its value is missing before the next option",
        ),
    ] {
        let ran = place.run(arguments);
        assert_eq!((ran.code, ran.out.as_str()), (Some(code), ""), "{arguments:?}");
        assert!(ran.err.contains(told), "{arguments:?}: {}", ran.err);
    }
}

#[test]
fn errors_are_data_where_data_is_asked_for() {
    let place = Place::new();
    place.write("wrong.json", &SMALL.replace("\"messages\"", "\"mesages\""));
    let ran = place.run(&["check", "wrong.json", "--format", "json"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(3), ""));
    let told: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(told["exit"], 3);
    assert_eq!(told["problems"][0]["code"], "unknown-key");
    assert_eq!(told["problems"][0]["help"], "did you mean `messages`?");
    for arguments in [
        &["run", "nowhere.json", "--format", "json"][..],
        &["run", "--format", "json", "--no-such-flag"],
    ] {
        let ran = place.run(arguments);
        let told: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
        assert_eq!(told["exit"], ran.code.unwrap());
        assert_eq!(ran.err, "");
    }
}

#[test]
fn results_are_data_where_data_is_asked_for() {
    let place = Place::new();
    let ran = place.run(&["run", "small.json", "--replications", "2", "--format", "json"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    let written = std::fs::read_to_string(place.path().join("output/small/results.json")).unwrap();
    assert_eq!(ran.out, written);
    let ran = place.run(&["check", "small.json", "--format", "json"]);
    let told: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(told["designs"].as_array().map(Vec::len), Some(2));
    assert!(
        told["designs"][0]["roles"][0]["utilization"].as_f64().is_some_and(|share| 0.0 < share),
        "{told:#}"
    );
}

#[test]
fn a_story_is_told_and_watching_changes_nothing() {
    let place = Place::new();
    let tell = || {
        place.run(&[
            "trace",
            "small.json",
            "--replication",
            "1",
            "--case",
            "2",
            "--design",
            "Apart",
        ])
    };
    let ran = tell();
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let head = "Apart: inquiry 2 of replication 1, seed 7; the first 7d are the warm-up, whose days have numbers too\n  day 1 ";
    assert!(ran.out.starts_with(head), "{}", ran.out);
    assert_eq!(ran.out, tell().out);
    refused(
        &place,
        &["trace", "small.json", "--replication", "1", "--case", "999999"],
        &expect![[r#"
            error: replication 1 has no inquiry 999999
              = help: inquiries are numbered from 1 in order of arrival, those of the warm-up included
            exit 2
        "#]],
    );
}

#[test]
fn the_day_of_one_person_is_told() {
    let place = Place::new();
    let tell = |more: &[&str]| {
        place.run(
            &[&["trace", "small.json", "--replication", "1", "--design", "Apart"], more].concat(),
        )
    };
    let ran = tell(&["--role", "phones desk"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let head =
        "Apart: person 1 of phones desk in replication 1, seed 7; the first 7d are the warm-up";
    assert!(ran.out.starts_with(head), "{}", ran.out);
    assert!(ran.out.contains("\n  day 8, a Monday\n"), "{}", ran.out);
    assert!(ran.out.contains("answering: inquiry "), "{}", ran.out);
    assert!(ran.out.contains("\n  that day ") && ran.out.contains("\n  all days that count "));
    let other = tell(&["--role", "phones desk", "--day", "1", "--format", "json"]);
    let told: serde_json::Value = serde_json::from_str(&other.out).unwrap();
    let day = &told["designs"][0];
    assert_eq!(day["day"], 1);
    let minutes = |of: &str| -> f64 {
        day[of].as_object().unwrap().values().filter_map(serde_json::Value::as_f64).sum()
    };
    let stretches = day["stretches"].as_array().unwrap();
    let length = |stretch: &serde_json::Value| {
        stretch["until_seconds"].as_f64().unwrap() - stretch["seconds"].as_f64().unwrap()
    };
    let at_the_desk = |stretch: &&serde_json::Value| stretch["what"] != "not at the desk";
    let seconds: f64 = stretches.iter().filter(at_the_desk).map(length).sum();
    assert!((seconds / 60.0 - minutes("minutes")).abs() < 1e-6, "{day:#}");
    // the warm-up does not count
    assert!(0.0 < minutes("minutes") && 0.0 < minutes("minutes_of_all_days"), "{day:#}");
    let refused_with = |more: &[&str], words: &str| {
        let ran = tell(more);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{}", ran.err);
        assert!(ran.err.contains(words), "{}", ran.err);
    };
    refused_with(&["--role", "phone desk"], "did you mean `phones desk`?");
    refused_with(&["--role", "phones desk", "--person", "99"], "numbered from 1 to ");
    refused_with(&["--role", "phones desk", "--case", "2"], "cannot be used with");
    refused_with(&["--case", "2", "--day", "3"], "cannot be used with");
}

#[test]
fn a_statement_is_written_where_it_is_asked_for() {
    let place = Place::new();
    let ran = place.run(&["statement", "small.json", "--out", "model.md"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), ""), "{}", ran.err);
    let written = std::fs::read_to_string(place.path().join("model.md")).unwrap();
    assert!(written.starts_with("# Model statement: small\n"), "{written}");
    assert!(!written.contains("under these changes"));
    let set = ["--set", "customers.messages=99/day"];
    let ran = place.run(&[&["statement", "small.json"], &set[..]].concat());
    assert!(
        ran.out.contains("under these changes: --set customers.messages=99/day"),
        "{}",
        ran.out
    );
    assert!(ran.out.contains("- messages 99/day\n"), "{}", ran.out);
    refused(
        &place,
        &["statement", "small.json", "--out", "model.md"],
        &expect![[r#"
            error: `model.md` is there already
              = help: `--force` replaces it
            exit 1
        "#]],
    );
}

/// Nobody keeps account there of what the time goes into, so nothing is said of it; of desks that answer it is.
#[test]
fn a_story_of_a_plain_network_tells_no_sums() {
    let place = Place::new();
    place.write(
        "plain.json",
        r#"{ "orgsim": 1, "customers": { "plain": true, "messages": "9/hour" },
             "designs": { "A": { "graph": { "roles": { "desk": { "people": 1, "service": "6m" } },
                                            "links": [ { "intake": { "to": "desk" } } ] } } },
             "experiment": { "run_for": "10h", "warm_up": "0h", "follow": "10h", "repeat": 1 } }"#,
    );
    let tell = |file: &str, format: &str| {
        let case = ["--replication", "1", "--case", "9", "--format", format];
        let ran = place.run(&[&["trace", file], &case[..]].concat());
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        ran.out
    };
    let told = tell("plain.json", "text");
    assert!(told.contains("in line at desk") && told.contains("settled"), "{told}");
    assert!(!told.contains("hands-on") && !told.contains("waited"), "{told}");
    let waited = |file: &str| -> serde_json::Value {
        let told: serde_json::Value = serde_json::from_str(&tell(file, "json")).unwrap();
        told["designs"][0]["waited"].clone()
    };
    assert!(waited("plain.json").is_null());
    assert!(waited("small.json").is_array() && tell("small.json", "text").contains("hands-on"));
}

/// `orgsim new mine.json` with these lines as answers.
fn answered(place: &Place, lines: &str) -> Ran {
    let mut child = place
        .command(&["new", "mine.json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
    Ran::of(child.wait_with_output().unwrap())
}

#[test]
fn all_answers_that_are_not_understood_are_told_at_once() {
    let place = Place::new();
    let ran = answered(&place, "1.200\ndon't know\n\n\n\n12 at €58.000\nMo-Fr 8-18\n");
    assert_eq!((ran.code, ran.out.as_str()), (Some(3), ""));
    let told = &ran.err[ran.err.find("error: ").unwrap()..];
    expect![[r#"
        error: 3 of the answers are not understood
          line 1, `1.200`: How many messages a day?
             `1.200` may mean thousands or three decimals: write `1,200` or `1.20`
             as in: 300
          line 6, `12 at €58.000`: How many people answer, and what does one cost a year?
             `€58.000` may mean thousands or three decimals: write `€58,000` or `€58.00`
             as in: 10 at 66800
          line 7, `Mo-Fr 8-18`: When are you open?
             `Mo-Fr` are not days: write `daily`, `weekdays`, `weekend` or `Mon-Fri`
             as in: daily 08:00-20:00
          = help: put these lines right and give all of them again, for nothing was written; an empty line is "don't know"
    "#]]
    .assert_eq(told);
    assert!(!place.path().join("mine.json").exists());
}

#[test]
fn what_was_understood_of_an_answer_is_told_at_once_and_in_the_end() {
    let place = Place::new();
    let ran = answered(&place, "\n\n\n\n\n12 at $5,500 a month\n\n5%\n\n20 USD\n");
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    for told in ["$5,500/month is $66,000/year", "3 minutes of work a review are a guess"] {
        assert!(ran.err.contains(told), "{}", ran.err);
        assert!(ran.out.replace('\n', " ").contains(told), "{}", ran.out);
    }
}

#[test]
fn answers_that_make_no_scenario_together_are_not_written() {
    let place = Place::new();
    let ran = answered(&place, "\n\nx 60, x 40\nphones, phones\n");
    assert_eq!((ran.code, ran.out.as_str()), (Some(3), ""));
    assert!(ran.err.contains("`x` stands there twice"), "{}", ran.err);
    assert!(ran.err.contains("`phones` stands there twice"), "{}", ran.err);
    assert!(!place.path().join("mine.json").exists());
}

#[test]
fn a_new_scenario_can_be_checked_at_once() {
    let place = Place::new();
    let ran = answered(&place, "250\n\nx 60, messenger 40\nphones, tablets\n");
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    // whom nobody asked about is told, and what it makes of the money
    let told = ran.out.replace('\n', " ");
    assert!(told.contains("All designs cost") && told.contains("beside 10 who answer"), "{told}");
    let checked = place.run(&["check", "mine.json"]);
    assert_eq!(checked.code, Some(0), "{}", checked.err);
    refused(
        &place,
        &["new", "mine.json"],
        &expect![[r#"
            error: `mine.json` is there already
              = help: choose another name, or replace it with `--force`
            exit 1
        "#]],
    );
    for kind in orgsim::scenario::ARCHETYPES {
        let ran = place.run(&["new", "--archetype", kind, "--force", "one.json"]);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        let checked = place.run(&["check", "one.json"]);
        assert_eq!(checked.code, Some(0), "{kind}: {}", checked.err);
        assert!(checked.out.contains("nothing is wrong with it"), "{kind}: {}", checked.out);
    }
}

#[test]
fn check_tells_how_busy_staff_by_load_is_and_who_shares_people() {
    let place = Place::new();
    let shipped = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/replay.json");
    let ran = place.run(&["check", shipped]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert_eq!(ran.out.matches("a year, so many that nobody is busier than 75%\n").count(), 4);
    let ran = place.run(&["check", "small.json"]);
    let audit = ran.out.split_once("\nCHANNELS").expect("there is an audit").1;
    let audit = audit.split_once("\n\n").map_or(audit, |(audit, _)| audit);
    expect![[r#"
        what each is there for
          x              for settled; measured by settled by first reply >= 5%
                         because second contacts cost us again
                         people shared with messenger in all designs
          messenger      for settled; measured by settled by first reply >= 5%
                         because second contacts cost us again
                         people shared with x in all designs"#]]
    .assert_eq(audit.trim_start());
}

/// Half or most of what comes is about a topic that everybody waits for, at a desk with half as much again as its ten
/// people can do: 75% of their time, or 120%.
#[test]
fn check_tells_topics_that_are_waited_for_from_those_that_are_not() {
    let place = Place::new();
    for (patient, told, behind) in [
        (50, "   150%  more than its people can do: some leave\n", false),
        (80, "   150%  falls behind for good\n", true),
    ] {
        let hasty = 100 - patient;
        let text = format!(
            r#"{{ "orgsim": 1, "customers": {{ "plain": true, "messages": "15/hour",
                "topics": {{ "hasty": {{ "share": "{hasty}%" }}, "patient": {{ "share": "{patient}%" }} }},
                "behavior": {{ "patience": {{ "scope": "queue", "law": {{ "exponential": {{ "mean": "2h" }} }},
                    "by_topic": {{ "patient": "unlimited" }} }} }} }},
            "designs": {{ "Desk": {{ "graph": {{
                "roles": {{ "desk": {{ "people": 10, "service": {{ "exponential": {{ "mean": "1h" }} }} }} }},
                "links": [ {{ "intake": {{ "to": "desk" }} }} ] }} }} }},
            "experiment": {{ "run_for": "10 weeks", "repeat": 2, "seed": 1 }} }}"#
        );
        place.write("desk.json", &text);
        let ran = place.run(&["check", "desk.json"]);
        assert!(ran.out.contains(told), "{}{}", ran.out, ran.err);
        let ran = place.run(&["run", "desk.json", "--no-dials", "--quiet", "--out", "out"]);
        assert_eq!(ran.out.contains("falls behind"), behind, "the run agrees: {}", ran.out);
    }
}

#[test]
fn check_says_falls_behind_only_where_work_stays() {
    let place = Place::new();
    let desk = |behavior: &str, room: &str| {
        format!(
            r#"{{ "orgsim": 1, "customers": {{ "plain": true, "messages": "15/hour" {behavior} }},
            "designs": {{ "Desk": {{ "graph": {{
                "roles": {{ "desk": {{ "people": 10, "service": {{ "exponential": {{ "mean": "1h" }} }} {room} }} }},
                "links": [ {{ "intake": {{ "to": "desk" }} }} ] }} }} }},
            "experiment": {{ "run_for": "10 weeks", "repeat": 2, "seed": 1 }} }}"#
        )
    };
    let patience = r#", "behavior": { "patience": { "scope": "queue", "law": { "exponential": { "mean": "2h" } } } }"#;
    for (behavior, room, told) in [
        ("", "", "   150%  falls behind for good\n"),
        (patience, "", "   150%  more than its people can do: some leave\n"),
        ("", r#", "waiting_room": 5"#, "   150%  more than its people can do: some leave\n"),
    ] {
        place.write("desk.json", &desk(behavior, room));
        let ran = place.run(&["check", "desk.json"]);
        assert!(ran.out.contains(told), "{}", ran.out);
        let ran = place.run(&["run", "desk.json", "--no-dials", "--quiet", "--out", "out"]);
        let behind = ran.out.contains("falls behind");
        assert_eq!(behind, behavior.is_empty() && room.is_empty(), "the run agrees: {}", ran.out);
    }
}

#[test]
fn check_says_what_may_relieve_a_desk_and_what_may_drown_it() {
    let place = Place::new();
    let again = r#", "behavior": { "when_turned_away": { "after": "1h" } }"#;
    let strain = r#""strain": { "overload": { "after": "8h", "above": "80%", "slower": "40%" } }"#;
    for (behavior, people, more, told) in [
        (
            "",
            10,
            r#""strain": { "hurry": "60%" }"#,
            "150%  more than its people can do unless they hurry\n",
        ),
        ("", 10, r#""strain": { "hurry": "40%" }"#, "150%  falls behind for good\n"),
        ("", 20, r#""switching": { "cases": "30m" }"#, "112%  falls behind for good\n"),
        ("", 20, strain, "75%  more than its people can do once they are strained\n"),
        ("", 30, strain, "50%\n"),
        (again, 10, r#""waiting_room": 5"#, "150%  falls behind for good\n"),
    ] {
        let text = format!(
            r#"{{ "orgsim": 1, "customers": {{ "plain": true, "messages": "15/hour" {behavior} }},
            "designs": {{ "Desk": {{ "graph": {{
                "roles": {{ "desk": {{ "people": {people}, "service": {{ "exponential": {{ "mean": "1h" }} }}, {more} }} }},
                "links": [ {{ "intake": {{ "to": "desk" }} }} ] }} }} }},
            "experiment": {{ "run_for": "10 weeks", "repeat": 2, "seed": 1 }} }}"#
        );
        place.write("desk.json", &text);
        let ran = place.run(&["check", "desk.json"]);
        assert!(ran.out.contains(told), "{told}{}{}", ran.out, ran.err);
    }
}

#[test]
fn check_says_what_theory_says_of_a_desk_alone() {
    let place = Place::new();
    let told = |file: &str| {
        let path = format!("{}/tests/it/{file}.json", env!("CARGO_MANIFEST_DIR"));
        let ran = place.run(&["check", &path]);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        let table = ran.out.split_once("erlangs   busy\n").expect("there is a table").1;
        let lines = table.lines().take_while(|line| line.starts_with("  ")).map(str::trim);
        let lines: Vec<&str> = lines.filter(|line| !line.contains(" of inquiries need ")).collect();
        (lines.join("\n"), ran.err)
    };
    // how often they come depends on how soon they are served, so only theory knows how busy that is
    expect![[r#"
        desk                          2     2.00           –             –        –    69%
        theory says: desk is M/M/2//6, mean wait 19m, 41% of visits wait, 1.83 there on average"#]]
    .assert_eq(&told("families/repair").0);
    let (rejected, warned) = told("families/m_m_2_6");
    expect![[r#"
        desk                          2     2.00        2.40          60.0     2.40   120%  more than its people can do: some leave
        theory says: desk is M/M/2/6, mean wait 1h 07m, 82% of visits wait, 24% turned away, 3.86 there on average"#]]
    .assert_eq(&rejected);
    let why = "120% of its time and does not fall behind for good: some are turned away";
    assert!(warned.contains(why), "{warned}");
    expect![[r#"
        desk                          1     1.00       0.700          60.0    0.700    70%
        theory says: desk is M/M/1 with priorities, mean wait 2h 20m, 70% of visits wait, 2.33 there on average
        class 1: mean wait 1h, 70% of visits wait
        class 2: mean wait 3h 20m, 70% of visits wait"#]]
    .assert_eq(&told("validation/D05").0);
    let (impatient, _) = told("validation/D04");
    let end = "62% of visits wait, 10% give up, 11.0 there on average";
    assert!(impatient.ends_with(end), "{impatient}");
    let (shifts, _) = told("validation/D11");
    assert!(!shifts.contains("theory"), "{shifts}");
}

#[test]
fn check_counts_what_is_rare_by_the_year_and_does_not_guess_how_busy_members_keep_people() {
    let place = Place::new();
    let text = |customers: &str, service: &str| {
        format!(
            r#"{{ "orgsim": 1, "customers": {{ "plain": true, {customers} }}, "designs": {{ "Desk": {{ "graph": {{
                "roles": {{ "desk": {{ "people": 1, "service": {service} }} }},
                "links": [ {{ "intake": {{ "to": "desk" }} }} ] }} }} }},
            "experiment": {{ "run_for": "100 years", "repeat": 2, "seed": 1 }} }}"#
        )
    };
    place.write("rare.json", &text(r#""messages": "0.3/year""#, r#""1h""#));
    let ran = place.run(&["check", "rare.json"]);
    assert!(ran.out.contains("A TYPICAL YEAR   0.30 new inquiries\n"), "{}", ran.out);
    assert!(ran.out.contains(" visits/year  minutes each"), "{}", ran.out);
    assert!(ran.out.contains("     1.00       0.300          60.0"), "{}", ran.out);
    let members = r#""streams": { "m": { "members": { "count": 4, "away": "2h" } } }"#;
    place.write("members.json", &text(members, r#""1h""#));
    let ran = place.run(&["check", "members.json"]);
    assert!(ran.out.contains("           –             –        –      –\n"), "{}", ran.out);
    let ran = place.run(&["check", "members.json", "--format", "json"]);
    let told: serde_json::Value = serde_json::from_str(&ran.out).expect("it is JSON");
    let role = &told["designs"][0]["roles"][0];
    assert!(role["utilization"].is_null() && role["theory"].is_null(), "{role}");
}
