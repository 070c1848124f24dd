//! Files, devices and demands that are not what the program needs: each is told before anything is lost.

use std::process::Command;

use expect_test::expect;

use crate::place::{Place, Ran, refused};

#[test]
fn one_path_is_set_once() {
    let place = Place::new();
    refused(
        &place,
        &["check", "small.json", "--set", "experiment.seed=5", "--set", "experiment.seed=6"],
        &expect![[r#"
            error: `--set experiment.seed` stands twice: 5 and 6
              = help: keep one of them
            exit 2
        "#]],
    );
    let same = ["check", "small.json", "--set", "experiment.seed=5", "--set", "experiment.seed=5"];
    assert_eq!(place.run(&same).code, Some(0));
}

#[cfg(unix)]
#[test]
fn row_21_what_is_no_file_is_not_replaced_by_one() {
    let place = Place::new();
    std::fs::write(place.path().join("real.csv"), "real").unwrap();
    std::os::unix::fs::symlink("real.csv", place.path().join("link.csv")).unwrap();
    for arguments in [
        &["sweep", "small.json", "--out", "link.csv", "--force"][..],
        &["graph", "small.json", "--out", "link.csv", "--format", "dot", "--force"],
        &["new", "--archetype", "centralized", "link.csv", "--force"],
        &["new", "--archetype", "centralized", "/dev/null", "--force"],
    ] {
        let ran = place.run(arguments);
        assert_eq!(ran.code, Some(1), "{arguments:?}: {}", ran.err);
        assert!(ran.err.contains("is there, and no file"), "{arguments:?}: {}", ran.err);
    }
    assert!(std::fs::symlink_metadata(place.path().join("link.csv")).unwrap().is_symlink());
    assert_eq!(std::fs::read_to_string(place.path().join("real.csv")).unwrap(), "real");
}

#[test]
fn a_folder_in_the_place_of_a_file_is_called_a_folder() {
    let place = Place::new();
    std::fs::create_dir(place.path().join("wi.json")).unwrap();
    for (arguments, told) in [
        (&["check", "wi.json"][..], "it is a folder"),
        (&["rerun", "wi.json"], "it is a folder"),
        (&["run", "small.json", "--what-if", "wi.json"], "`wi.json` is a file or a folder"),
        (&["graph", "small.json", "--out", "wi.json", "--force"], "no file but a folder"),
    ] {
        let ran = place.run(arguments);
        assert_ne!(ran.code, Some(0), "{arguments:?}");
        assert!(ran.err.contains(told), "{arguments:?}: {}", ran.err);
    }
}

/// A pipe into which nobody writes would be waited for without end.
#[cfg(unix)]
#[test]
#[expect(clippy::print_stdout, reason = "a skipped test says so on one line")]
fn a_log_that_is_no_file_is_refused() {
    let place = Place::new();
    if !Command::new("mkfifo")
        .arg(place.path().join("log.csv"))
        .status()
        .is_ok_and(|it| it.success())
    {
        assert!(std::env::var_os("ORGSIM_NO_SKIP").is_none(), "there is no mkfifo");
        println!("skipped: there is no mkfifo");
        return;
    }
    place.write(
        "logged.json",
        r#"{ "orgsim": 1,
            "customers": { "streams": { "all": { "log": { "file": "log.csv", "mapping": { "one_row_per": "inquiry", "time": { "column": "at", "format": "%Y-%m-%d %H:%M" }, "window": { "from": "2026-03-02", "to": "2026-03-16" } } } } } },
            "designs": { "A": { "centralized": { "care agent": 2, "strategist": 1 } } } }"#,
    );
    let ran = place.run(&["check", "logged.json"]);
    assert_eq!(ran.code, Some(3), "{}", ran.err);
    assert!(ran.err.contains("it is no file"), "{}", ran.err);
}

/// A scenario may come through a pipe. Somebody who waits for nobody is told so, and can end that.
#[cfg(unix)]
#[test]
#[expect(clippy::print_stdout, reason = "a skipped test says so on one line")]
fn a_pipe_into_which_nobody_writes_is_waited_for_aloud() {
    use std::io::{BufRead, BufReader, Write};
    use std::os::unix::process::ExitStatusExt;
    use std::process::Stdio;

    let place = Place::new();
    let pipe = place.path().join("pipe");
    if !Command::new("mkfifo").arg(&pipe).status().is_ok_and(|it| it.success()) {
        assert!(std::env::var_os("ORGSIM_NO_SKIP").is_none(), "there is no mkfifo");
        println!("skipped: there is no mkfifo");
        return;
    }
    let waiting = |command: &str| {
        let mut command = place.command(&[command, "pipe"]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut told = String::new();
        let mut words = BufReader::new(child.stderr.take().unwrap());
        words.read_line(&mut told).unwrap();
        let expected = "note: `pipe` is a pipe, and this waits for what is written into it; Ctrl-C ends the wait\n";
        assert_eq!(told, expected);
        (child, words)
    };
    let (mut child, _words) = waiting("check");
    let sent = Command::new("kill").args(["-TERM", &child.id().to_string()]).status();
    assert!(sent.is_ok_and(|sent| sent.success()));
    assert_eq!(child.wait().unwrap().signal(), Some(15));
    let (child, _words) = waiting("check");
    let mut writer = std::fs::File::options().write(true).open(&pipe).unwrap();
    writer.write_all(crate::place::SMALL.as_bytes()).unwrap();
    drop(writer);
    let ran = Ran::of(child.wait_with_output().unwrap());
    assert_eq!(ran.code, Some(0));
    assert!(
        ran.out.contains("nothing is wrong with it") || ran.out.contains("CHANNELS"),
        "{}",
        ran.out
    );
}

#[cfg(target_os = "linux")]
#[test]
fn what_cannot_be_written_as_data_is_told_in_words() {
    let place = Place::new();
    for arguments in [&["check", "small.json", "--format", "json"][..], &["--help"], &["--version"]]
    {
        let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
        let ran = Ran::of(place.command(arguments).stdout(full).output().unwrap());
        assert_eq!(ran.code, Some(1), "{arguments:?}");
        assert!(ran.err.contains("cannot write to standard output"), "{arguments:?}: {}", ran.err);
    }
}
