//! Faults of the world and of ours: runs that are stopped and gone on with, runs that meet in one folder, bare
//! surroundings, workers that panic.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use orgsim::experiment::{Options, run};
use orgsim::model::Shares;
use orgsim::sim::{Ended, Stop};

use crate::place::{Place, Ran};
use crate::support::{model, simulate};

/// Until a process has used so many hundredths of a second of processor time, or has ended.
#[cfg(target_os = "linux")]
fn wait_until_busy(process: u32, hundredths: u64) {
    let used = || -> Option<u64> {
        let text = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
        let mut fields = text.rsplit(')').next()?.split_whitespace();
        let ended = fields.next()? == "Z";
        let used = fields.nth(10)?.parse().ok()?;
        (!ended).then_some(used)
    };
    while used().is_some_and(|used| used < hundredths) {
        std::thread::yield_now();
    }
}

/// Run the program and stop it after so much of its time.
#[cfg(target_os = "linux")]
fn interrupted(place: &Place, arguments: &[&str], hundredths: u64) -> Ran {
    let mut command = place.command(arguments);
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    wait_until_busy(child.id(), hundredths);
    let sent = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    let ran = Ran::of(child.wait_with_output().unwrap());
    assert!(sent.is_ok() && [Some(0), Some(130)].contains(&ran.code), "{:?} {}", ran.code, ran.err);
    ran
}

/// The same; whether it was stopped.
#[cfg(target_os = "linux")]
fn stopped(place: &Place, arguments: &[&str], hundredths: u64) -> bool {
    interrupted(place, arguments, hundredths).code == Some(130)
}

/// The comparison is done long before the stop, its what-if would take minutes.
#[cfg(target_os = "linux")]
#[test]
fn row_22_a_run_stopped_among_its_what_ifs_is_marked_wherever_one_looks() {
    let place = Place::new();
    let quick = r#""customers.messages": "120/day""#;
    place.write(
        "long.json",
        &crate::place::SMALL.replace(quick, r#""experiment.run_for": "50000 weeks""#),
    );
    let arguments = ["run", "long.json", "--replications", "2", "--no-dials", "--what-if", "all"];
    let ran = interrupted(&place, &[&arguments[..], &["--out", "part"]].concat(), 100);
    assert_eq!(ran.code, Some(130), "{}", ran.err);
    let mark = "stopped early: the repetitions are complete; the what-ifs, the next step and whether hours \
        decide it are missing";
    let head = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(head.contains(mark), "{}", ran.out);
    assert!(head.contains("it was stopped before each design had two repetitions"), "{}", ran.out);
    assert!(!head.contains("nothing that luck would not do as well"), "{}", ran.out);
    let read = |name: &str| std::fs::read_to_string(place.path().join("part").join(name)).unwrap();
    assert!(read("results.json").contains("\"incomplete\": true"));
    assert!(read("run.json").contains("\"complete\": false"));
    assert!(read("report.html").contains(mark), "the page says so too");
}

/// Stopped wherever, also more than once, a run ends in the very bytes of one that was let alone.
#[cfg(target_os = "linux")]
#[test]
fn row_23_a_stopped_run_goes_on_to_the_same_bytes() {
    let place = Place::new();
    let arguments = ["run", "small.json", "--replications", "24", "--no-dials", "--what-if", "all"];
    let with = |folder| [&arguments[..], &["--quiet", "--out", folder]].concat();
    let ran = place.run(&with("whole"));
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let whole = place.files("whole");
    let mut stops = 0;
    for hundredths in [15, 30, 40, 60, 80] {
        if !stopped(&place, &with("part"), hundredths) {
            continue;
        }
        if !place.path().join("part").exists() {
            // nothing was run yet, or all but its results is there
            assert_eq!(place.run(&with("part")).code, Some(0));
            assert!(place.files("part") == whole, "stopped after {hundredths} hundredths");
            continue;
        }
        let part = place.files("part");
        if part == whole {
            // stopped when all was written
            continue;
        }
        stops += 1;
        assert!(part.iter().any(|(name, _)| name.as_os_str() == "unfinished.bin"));
        let again = ["rerun", "part/run.json", "--out", "part", "--threads", "1"];
        stopped(&place, &again, hundredths / 4);
        let ran = place.run(&["rerun", "part/run.json"]);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        assert!(!ran.err.contains("cannot be used"), "{}", ran.err);
        assert!(place.files("part") == whole, "stopped after {hundredths} hundredths of a second");
    }
    assert!(0 < stops, "no run was stopped");
}

/// A signal to a process as soon as it listens to signals.
#[cfg(target_os = "linux")]
fn interrupt_once_it_listens(mut child: Child, signal: &str) -> Ran {
    let status = format!("/proc/{}/status", child.id());
    let listens = || {
        let text = std::fs::read_to_string(&status).unwrap();
        let caught = text.lines().find_map(|line| line.strip_prefix("SigCgt:")).unwrap_or("0");
        let caught = u64::from_str_radix(caught.trim(), 16).unwrap();
        [2, 15].iter().all(|signal| caught >> (signal - 1) & 1 == 1)
    };
    while !listens() && child.try_wait().unwrap().is_none() {
        std::thread::yield_now();
    }
    let sent = Command::new("kill").args([signal, &child.id().to_string()]).status();
    assert!(sent.is_ok());
    Ran::of(child.wait_with_output().unwrap())
}

/// A scenario that is never read to its end: a pipe into which nobody writes.
#[cfg(target_os = "linux")]
#[test]
fn row_22_a_signal_ends_what_reads_its_scenario() {
    let place = Place::new();
    assert!(Command::new("mkfifo").arg(place.path().join("pipe")).status().unwrap().success());
    let no_card = "stopped: a card needs all of its repetitions, so there is none\n";
    let nothing = "stopped: nothing was run\n";
    let sweep = ["sweep", "pipe", "--what", "customers.messages", "--try", "9/day"];
    let cases: [(&[&str], &str); 5] = [
        (&["run", "pipe"], nothing),
        (&["run", "pipe", "--quiet"], ""),
        (&["role", "pipe"], no_card),
        (&["trace", "pipe", "--replication", "1", "--case", "1"], ""),
        (&sweep, nothing),
    ];
    for (arguments, told) in cases {
        for (signal, code) in [("-INT", 130), ("-TERM", 143)] {
            let mut command = place.command(arguments);
            let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
            let ran = interrupt_once_it_listens(child, signal);
            // on a slow machine it says meanwhile what it waits for
            let waits = |line: &&str| line.starts_with("note: `pipe` is a pipe, ");
            let words: String = ran.err.split_inclusive('\n').skip_while(waits).collect();
            assert_eq!((ran.code, words.as_str()), (Some(code), told), "{arguments:?}");
            assert_eq!(ran.out, "");
        }
    }
    assert!(!place.path().join("output").exists());
}

/// What is told of a stopped sweep is what is kept of it.
#[cfg(target_os = "linux")]
#[test]
fn row_22_a_stopped_sweep_tells_whether_it_can_be_gone_on_with() {
    use std::io::{BufRead, BufReader, Read};

    let place = Place::new();
    std::fs::create_dir(place.path().join("output")).unwrap();
    place.write("output/.small.sweep.orgsim-unfinished", "a file where a folder would be");
    let sweep = ["sweep", "small.json", "--what", "customers.messages", "--try", "9/day"];
    let long = ["--repeat", "1000000", "--save-every", "0.001"];
    let mut command = place.command(&[&sweep[..], &long].concat());
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let (mut words, mut told) = (BufReader::new(child.stderr.take().unwrap()), String::new());
    words.read_line(&mut told).unwrap();
    assert!(told.starts_with("note: what is done so far cannot be kept in `"), "{told}");
    let sent = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(sent.is_ok_and(|sent| sent.success()));
    told.clear();
    words.read_to_string(&mut told).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(130), "{told}");
    assert!(
        told.ends_with(
            "; not all that was done could be kept; the same command goes on with what was\n"
        ),
        "{told}"
    );
}

/// Stopped while its pictures are drawn and its files are written, a run leaves what was there and keeps what is done.
#[cfg(target_os = "linux")]
#[test]
fn row_22_a_signal_ends_what_writes_its_results() {
    assert!((0..20).any(|_| was_stopped_while_it_wrote()), "no run was stopped in time");
}

/// Stops a run between its simulation and its results; `false` if it was done before.
#[cfg(target_os = "linux")]
fn was_stopped_while_it_wrote() -> bool {
    let place = Place::new();
    let arguments = ["run", "small.json", "--replications", "3", "--no-dials", "--out", "here"];
    assert_eq!(place.run(&arguments).code, Some(0));
    let whole = place.files("here");
    let begun = || {
        let new = |name: &String| name.starts_with(".here.orgsim-new-");
        let hidden = place.hidden().into_iter().find(new);
        hidden.is_some_and(|name| place.path().join(name).join("run.json").exists())
    };
    let again = [&arguments[..], &["--set", "experiment.seed=5"]].concat();
    let mut command = place.command(&again);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    while !begun() && child.try_wait().unwrap().is_none() {
        std::thread::yield_now();
    }
    let sent = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    let ran = Ran::of(child.wait_with_output().unwrap());
    assert!(sent.is_ok());
    if ran.code == Some(0) || ran.err.contains("the results are written") {
        return false;
    }
    let told = "stopped: all repetitions are complete and kept, and their results are not written; \
                the same command goes on\n";
    assert_eq!((ran.code, ran.err.as_str()), (Some(130), told));
    assert!(place.files("here") == whole, "what was there stays");
    assert_eq!(place.hidden(), [".here.orgsim-unfinished"]);
    let ran = place.run(&again);
    assert!(ran.err.contains("this one goes on from what it had done"), "{}", ran.err);
    assert_eq!((ran.code, place.hidden()), (Some(0), vec![]));
    let elsewhere = ["--out", "there", "--set", "experiment.seed=5"];
    assert_eq!(place.run(&[&arguments[..5], &elsewhere].concat()).code, Some(0));
    assert!(place.files("here") == place.files("there"));
    true
}

/// Run the program and stop it as soon as it keeps something beside the folder of its results; whether it was.
#[cfg(target_os = "linux")]
fn stopped_once_it_keeps(place: &Place, arguments: &[&str], kept: &str) -> bool {
    let mut command = place.command(&[arguments, &["--save-every", "0.001"]].concat());
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    while !place.path().join(kept).exists() && child.try_wait().unwrap().is_none() {
        std::thread::yield_now();
    }
    // of one that has ended the number may be somebody else's by now
    if child.try_wait().unwrap().is_some() {
        return false;
    }
    let sent = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    let ran = Ran::of(child.wait_with_output().unwrap());
    assert!(sent.is_ok() && [Some(0), Some(130)].contains(&ran.code), "{:?} {}", ran.code, ran.err);
    ran.code == Some(130)
}

#[cfg(target_os = "linux")]
#[test]
fn row_23_what_was_kept_is_checked_before_it_is_used() {
    let place = Place::new();
    let arguments = ["run", "small.json", "--replications", "24", "--no-dials", "--quiet", "--out"];
    assert_eq!(place.run(&[&arguments[..], &["whole"]].concat()).code, Some(0));
    let file = place.path().join("part/unfinished.bin");
    let part = [&arguments[..], &["part", "--threads", "1"]].concat();
    let stopped_at_work = |_| {
        let _ = std::fs::remove_dir_all(place.path().join("part"));
        let _ = std::fs::remove_dir_all(place.path().join(".part.orgsim-unfinished"));
        stopped_once_it_keeps(&place, &part, ".part.orgsim-unfinished") && file.exists()
    };
    assert!((0..20).any(stopped_at_work), "no run was stopped at work");
    let mut bytes = std::fs::read(&file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&file, bytes).unwrap();
    let ran = place.run(&["rerun", "part/run.json", "--out", "again"]);
    let told = "note: that run was stopped before its end; this one goes on to it\n\
        note: `unfinished.bin` beside its record cannot be used: it is damaged; all is run again\n";
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), told));
    assert!(place.files("again") == place.files("whole"));
}

/// Two runs that write to one folder at the same time: one of them is there in the end, whole.
#[test]
fn row_36_two_runs_in_one_folder_never_mix() {
    let place = Place::new();
    let run = |seed: &str, out: &str| {
        let set = format!("experiment.seed={seed}");
        let arguments = ["run", "small.json", "--replications", "1", "--no-dials", "--quiet"];
        let mut command = place.command(&arguments);
        command.args(["--set", &set, "--out", out]).stdout(Stdio::null()).stderr(Stdio::piped());
        command
    };
    let known = ["7", "8"].map(|seed| {
        assert!(run(seed, seed).output().unwrap().status.success());
        place.files(seed)
    });
    for _ in 0..3 {
        let both = ["7", "8"].map(|seed| run(seed, "here").spawn().unwrap());
        for child in both {
            let ran = Ran::of(child.wait_with_output().unwrap());
            assert_eq!(ran.code, Some(0), "{}", ran.err);
        }
        let here = place.files("here");
        assert!(known.contains(&here), "the folder is of neither run");
        let entries = std::fs::read_dir(place.path()).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
        assert!(names.into_iter().all(|name| !name.starts_with('.')), "something was left");
    }
}

/// A program under `sh`, with what the shell is told first and next to nothing in its surroundings.
#[cfg(target_os = "linux")]
fn bare(place: &Place, first: &str, arguments: &[&str]) -> Ran {
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("set -e; {first}; exec \"$@\""), "sh"]);
    shell.arg(place.command(&[]).get_program()).args(arguments);
    shell.current_dir(place.path()).env_clear();
    let path = std::env::var_os("PATH").unwrap_or_default();
    shell.env("PATH", path).env("TMPDIR", "/nowhere");
    Ran::of(shell.envs([("LC_ALL", "tr_TR.UTF-8"), ("TZ", "Pacific/Kiritimati")]).output().unwrap())
}

/// A processor that this test may use.
#[cfg(target_os = "linux")]
fn one_processor() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let listed = status.lines().find_map(|line| line.strip_prefix("Cpus_allowed_list:"));
    let first = listed.unwrap().trim().split([',', '-']).next().unwrap();
    first.to_owned()
}

/// No home, no folder for temporary files, few files at a time, 256 MB, one processor, another locale and time zone: the
/// same bytes.
#[cfg(target_os = "linux")]
#[test]
fn row_25_bare_surroundings_change_no_byte() {
    let place = Place::new();
    let arguments = ["run", "small.json", "--replications", "2", "--quiet", "--out"];
    assert_eq!(place.run(&[&arguments[..], &["usual"]].concat()).code, Some(0));
    let limits =
        format!("ulimit -n 64; ulimit -v 262144; taskset -p -c {} $$ > /dev/null", one_processor());
    let ran = bare(&place, &limits, &[&arguments[..], &["bare"]].concat());
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(place.files("usual") == place.files("bare"));
}

/// A desk that falls behind fills a memory of 256 MB: the run ends with a sentence, not with the process, and goes on to no
/// further replication; what was there stays readable.
#[cfg(target_os = "linux")]
#[test]
fn row_25_memory_that_runs_short_ends_a_run_with_a_sentence() {
    let place = Place::new();
    place.write(
        "full.json",
        r#"{ "orgsim": 1, "customers": { "plain": true, "messages": "1000000/hour" },
        "designs": { "Desk": { "graph": {
            "roles": { "desk": { "people": 1, "service": "1h" } }, "links": [ { "intake": { "to": "desk" } } ] } } },
        "experiment": { "run_for": "100h", "warm_up": "0s", "repeat": 50 } }"#,
    );
    for threads in ["1", "2"] {
        let arguments = ["run", "full.json", "--force", "--threads", threads, "--out", "full"];
        let ran = bare(&place, "ulimit -v 262144", &arguments);
        assert_eq!(ran.code, Some(3), "{}{}", ran.out, ran.err);
        let note = "NOTE     Desk: repetition 1 could not be finished: memory ran short, most of what piled up is at";
        assert!(ran.out.contains(note), "{}", ran.out);
        // a million an hour come and one goes
        let pace = ran.out.split("falls behind for good: ").nth(1).expect("the desk falls behind");
        let pace: f64 = pace.split(' ').next().unwrap().replace(',', "").parse().unwrap();
        assert!((pace / 24e6 - 1.0).abs() < 0.01, "{pace}");
    }
    assert!(place.files("full").iter().any(|(path, _)| path.ends_with("results.json")));
}

/// Somebody who fails is away for more years than a run waits for: some replications end and some do not. What a design
/// comes to is the same for any number of threads: none counts after the first that does not end.
#[test]
fn after_a_replication_that_could_not_be_finished_none_is_wanted() {
    let model = model(
        r#"{ "orgsim": 1, "customers": { "plain": true, "messages": "9/day", "stop_after": 3000 },
        "designs": { "Desk": { "graph": {
            "roles": { "desk": { "people": 1, "service": "1h",
                "absence": { "share": "80%", "lasts": { "constant": "4200 days" }, "at_once": true } } },
            "links": [ { "intake": { "to": "desk" } } ] } } },
        "experiment": { "kind": "until done", "repeat": 12, "seed": 8 } }"#,
    );
    let with = |threads: usize| {
        let stop = AtomicBool::new(false);
        run(&model, &Options::plain(threads, &stop))
    };
    let alone = with(1);
    let design = &alone.designs[0];
    let (stop, number) = design.stopped.expect("somebody is away too long");
    assert_eq!(stop, Stop::Stuck(0));
    assert!(1 < number && number < 12, "{number}");
    assert_eq!(design.completed, (1..number).collect::<Vec<u32>>());
    assert!(design.withheld && !alone.incomplete);
    for threads in [2, 8] {
        assert_eq!(format!("{alone:?}"), format!("{:?}", with(threads)));
    }
}

/// More customers at one instant than a clock may stand still for: they come, and are served.
#[test]
fn a_large_backlog_is_no_clock_that_stands_still() {
    let outcome = simulate(
        &model(
            r#"{ "orgsim": 1, "customers": { "plain": true, "at_start": 1500000 },
            "designs": { "Desk": { "graph": {
                "roles": { "desk": { "people": 1, "service": "1s" } }, "links": [ { "intake": { "to": "desk" } } ] } } },
            "experiment": { "kind": "until done", "repeat": 1 } }"#,
        ),
        0,
    );
    assert_eq!(outcome.ended, Ended::Drained);
    assert_eq!(outcome.roles[0].done, 1_500_000);
}

/// A panic in a worker comes out with seed, design and replication, whatever the others do; nothing hangs.
#[test]
fn row_37_a_worker_that_panics_names_its_replication() {
    let mut broken = model(
        r#"{ "orgsim": 1, "customers": { "plain": true, "messages": "9/hour" },
        "designs": { "Desk": { "graph": {
            "roles": { "desk": { "people": 1, "service": "6m" } }, "links": [ { "intake": { "to": "desk" } } ] } } },
        "experiment": { "run_for": "10h", "warm_up": "0s", "repeat": 8, "seed": 5 } }"#,
    );
    // no reader makes such a model: a topic that the world does not have
    Arc::make_mut(&mut broken.world).streams[0].mix.topics = Shares::only(3, 4);
    for threads in [1, 2, 8] {
        let stop = AtomicBool::new(false);
        let options = Options::plain(threads, &stop);
        let cause = catch_unwind(AssertUnwindSafe(|| run(&broken, &options))).unwrap_err();
        let told = cause.downcast_ref::<String>().expect("a sentence");
        assert!(told.starts_with("replication "), "{told}");
        assert!(told.contains(" of design `Desk` with seed 5 failed: "), "{told}");
    }
}

/// A rate of nothing all day brings nobody, and a rate of a million an hour for one minute brings about 16,667.
#[test]
fn row_39_rates_of_nothing_and_of_very_much_end() {
    let of = |stream: &str| {
        model(&format!(
            r#"{{ "orgsim": 1, "customers": {{ "plain": true, "streams": {{ "all": {{ {stream} }} }} }},
            "designs": {{ "Desk": {{ "graph": {{
                "roles": {{ "desk": {{ "people": "infinite", "service": "1s" }} }}, "links": [ {{ "intake": {{ "to": "desk" }} }} ] }} }} }},
            "experiment": {{ "kind": "from empty", "run_for": "1 week", "repeat": 1, "seed": 5 }} }}"#
        ))
    };
    assert_eq!(simulate(&of(r#""messages": "0/day""#), 0).conservation.arrived, 0);
    let minute = r#""messages": "1000000/hour", "from": "day 2 12:00", "until": "day 2 12:01""#;
    let outcome = simulate(&of(minute), 0);
    let (arrived, expected) = (outcome.conservation.arrived as f64, 1e6 / 60.0);
    assert!((arrived - expected).abs() < 4.0 * expected.sqrt(), "{arrived}");
    assert_eq!(outcome.roles[0].inside.n(), outcome.conservation.arrived);
}
