//! A run that is killed, at any moment and any number of times, leaves an old result or a new one.

use std::path::Path;
use std::process::Stdio;

use orgsim::draws::{Purpose, Seed};

use crate::place::{Place, Ran};

/// Files in folders that are being written.
fn written(place: &Place) -> usize {
    fn below(folder: &Path) -> usize {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        entries.map(|entry| if entry.path().is_dir() { below(&entry.path()) } else { 1 }).sum()
    }
    place.hidden().iter().map(|name| below(&place.path().join(name))).sum()
}

/// Whether two folders here can change names in one step, so that one of the two results is always there.
#[cfg(target_os = "linux")]
fn changes_names_in_one_step(place: &Place) -> bool {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    let folders = ["one", "two"].map(|name| place.path().join(name));
    folders.iter().for_each(|folder| std::fs::create_dir(folder).unwrap());
    let done = renameat_with(CWD, &folders[0], CWD, &folders[1], RenameFlags::EXCHANGE).is_ok();
    folders.iter().for_each(|folder| std::fs::remove_dir(folder).unwrap());
    done
}

#[cfg(not(target_os = "linux"))]
fn changes_names_in_one_step(_: &Place) -> bool {
    false
}

/// What a series of kills came upon.
#[derive(Debug, Default)]
struct Killed {
    /// Kills after which the result was still the one before.
    old: u32,
    /// Kills after which it was the new one, or runs that were through.
    new: u32,
    /// Kills that left something beside the folder for the next run to take away.
    leftovers: u32,
    /// Kills between the two steps in which names change where they cannot change in one.
    between: u32,
}

/// Run by run the other of two results is written over the one that is there, and killed: after some number of files, and
/// a while.
fn kill(moments: u32, seed: u64) -> Killed {
    let place = Place::new();
    let run = |seed: &str, out: &str| {
        let set = format!("experiment.seed={seed}");
        let arguments = ["run", "small.json", "--replications", "1", "--no-dials", "--quiet"];
        let mut command = place.command(&arguments);
        command.args(["--set", &set, "--out", out]);
        command
    };
    let results = ["7", "8"].map(|seed| {
        assert!(run(seed, seed).output().unwrap().status.success());
        place.files(seed)
    });
    assert!(results[0] != results[1]);
    assert!(run("7", "here").output().unwrap().status.success());
    let in_one_step = changes_names_in_one_step(&place);
    let (mut there, mut killed) = (0, Killed::default());
    let random = Seed::new(seed, 0).stream(0);
    for number in 0..moments {
        let next = 1 - there;
        let mut child = run(["7", "8"][next], "here")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // the files of an earlier kill go first, so they are not taken for those of this run
        let key = random.of(u64::from(number));
        let below = |n: u64, which| key.bits(Purpose::Work, which) % n;
        let files = below(results[next].len() as u64 + 1, 0) as usize;
        let mut rest = 1 + below(12, 1);
        let mut begun = false;
        while child.try_wait().unwrap().is_none() && 0 < rest {
            let seen = written(&place);
            begun |= seen == 0;
            rest -= u64::from(begun && files <= seen || files == 0);
            std::thread::yield_now();
        }
        child.kill().unwrap();
        child.wait().unwrap();
        killed.leftovers += u32::from(!place.hidden().is_empty());
        if !place.path().join("here").exists() {
            assert!(!in_one_step, "kill {number}: there is no result at all");
            killed.between += 1;
            continue;
        }
        let left = place.files("here");
        let is = results.iter().position(|result| *result == left);
        match is.unwrap_or_else(|| panic!("kill {number}, seed {seed}: neither old nor new")) {
            same if same == there => killed.old += 1,
            other => {
                killed.new += 1;
                there = other;
            }
        }
    }
    let ran = Ran::of(run("7", "here").output().unwrap());
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(place.files("here") == results[0]);
    assert_eq!(place.hidden(), Vec::<String>::new());
    killed
}

/// Kill a command again and again, each time a while after it has kept something, until it is through; how often it was.
/// Where the kill came when all was done but the word of it, nothing of it counts, and it begins anew.
fn killed_until_through(
    place: &Place,
    arguments: &[&str],
    (kept, result): (&str, &str),
    seed: u64,
) -> (Ran, u32) {
    let random = Seed::new(seed, 0).stream(0);
    let newest = || {
        let files = std::fs::read_dir(place.path().join(kept)).into_iter().flatten().flatten();
        files.filter_map(|file| file.metadata().ok()?.modified().ok()).max()
    };
    let mut kills = 0;
    for number in 0..8 {
        // the first time at once, so that there is one however slow a machine is
        let later = random.of(number).bits(Purpose::Work, 0) % 2000;
        let mut rest = 1 + if number == 0 { 0 } else { later };
        let before = newest();
        let mut command = place.command(arguments);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        while child.try_wait().unwrap().is_none() && 0 < rest {
            // once nothing is kept any more the result is there, and what is over cannot be interrupted
            rest -= u64::from(newest().is_some_and(|now| Some(now) != before));
            std::thread::yield_now();
        }
        child.kill().unwrap();
        let ended = child.wait_with_output().unwrap();
        if ended.status.code().is_some() {
            return (Ran::of(ended), kills);
        }
        kills += 1;
        let result = place.path().join(result);
        if result.exists() {
            // it was through; what is kept may have been about to go
            kills = if place.path().join(kept).exists() { kills } else { 0 };
            match result.is_dir() {
                true => std::fs::remove_dir_all(result).unwrap(),
                false => std::fs::remove_file(result).unwrap(),
            }
        }
    }
    (Ran::of(place.command(arguments).output().unwrap()), kills)
}

const GOES_ON: &str = "note: an earlier run of this was stopped before its end; this one goes on from what it had done\n";

/// However often it is killed, a run that is given again ends in the very bytes of one that was let alone: comparison,
/// what-ifs, next step, studies, sweeps. The old result stays as it was until then.
#[cfg(unix)]
#[test]
fn row_23_a_killed_run_goes_on_to_the_same_bytes() {
    let place = Place::new();
    let arguments =
        ["run", "small.json", "--replications", "6", "--what-if", "all", "--study", "all"];
    let with = |folder| [&arguments[..], &["--save-every", "0.001", "--out", folder]].concat();
    let ran = place.run(&with("whole"));
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(!ran.err.contains(GOES_ON) && place.hidden().is_empty());
    let (ran, kills) =
        killed_until_through(&place, &with("part"), (".part.orgsim-unfinished", "part"), 1);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(0 < kills && ran.err.contains(GOES_ON), "{kills} kills: {}", ran.err);
    assert!(place.files("part") == place.files("whole"), "after {kills} kills");
    assert_eq!(place.hidden(), Vec::<String>::new());
}

#[cfg(unix)]
#[test]
fn row_23_a_killed_sweep_goes_on_to_the_same_table() {
    let place = Place::new();
    let arguments = [
        &["sweep", "small.json", "--what", "customers.messages", "--from", "40/day"][..],
        &["--to", "90/day", "--replications", "60", "--save-every", "0.001", "--out"],
    ]
    .concat();
    let with = |file| [&arguments[..], &[file]].concat();
    let ran = place.run(&with("whole.csv"));
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let (ran, kills) = killed_until_through(
        &place,
        &with("part.csv"),
        (".part.csv.orgsim-unfinished", "part.csv"),
        2,
    );
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(0 < kills && ran.err.contains(GOES_ON), "{kills} kills: {}", ran.err);
    let read = |name: &str| std::fs::read(place.path().join(name)).unwrap();
    assert!(read("part.csv") == read("whole.csv"), "after {kills} kills");
    assert_eq!(place.hidden(), Vec::<String>::new());
}

/// A run does not fail because what it has done cannot be kept meanwhile; it says so.
#[cfg(unix)]
#[test]
fn row_23_what_cannot_be_kept_is_told_and_the_run_goes_on() {
    let place = Place::new();
    let arguments = ["run", "small.json", "--no-dials", "--out", "here", "--save-every"];
    assert_eq!(place.run(&[&arguments[..], &["0"]].concat()).code, Some(0));
    let before = place.files("here");
    place.write(".here.orgsim-unfinished", "a file where a folder would be");
    let ran = place.run(&[&arguments[..], &["0.000001"]].concat());
    let folder = place.path().canonicalize().unwrap().join(".here.orgsim-unfinished");
    let told = format!(
        "note: what is done so far cannot be kept in `{}`: File exists (os error 17); this goes on, and would begin \
         again if it were killed\n",
        folder.display()
    );
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), told.as_str()));
    assert!(place.files("here") == before);
}

#[test]
fn row_23_a_kill_leaves_old_or_new() {
    let killed = kill(12, 1);
    assert!(0 < killed.old && 0 < killed.leftovers, "no run was killed while it wrote: {killed:?}");
}

/// `cargo test --test it kills -- --ignored --nocapture` prints what it came upon; the chapter on architecture quotes it.
#[test]
#[ignore = "takes minutes; ask for it with --ignored"]
#[expect(clippy::print_stderr, reason = "the figure is what it is run for")]
fn row_23_five_hundred_kills_leave_old_or_new() {
    let killed = kill(500, 2);
    eprintln!("{killed:?}");
    assert!(0 < killed.old && 0 < killed.new && 0 < killed.leftovers, "{killed:?}");
}
