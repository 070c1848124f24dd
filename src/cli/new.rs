//! `orgsim new`: a first scenario, from ten answers.

use std::io::{BufRead, ErrorKind, IsTerminal, Write};
use std::path::Path;

use serde_json::Value;

use crate::cli::arguments::New;
use crate::cli::asked_file::replaceable;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::folder::claim;
use crate::cli::terminal::Terminal;
use crate::present::{LINE, wrap};
use crate::scenario::{
    ARCHETYPES, Answers, Overlay, QUESTIONS, Source, document, document_of, load,
};
use crate::study::quoted;
use crate::units::grouped;

/// Write a first scenario.
pub(super) fn new(arguments: &New, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let shown = arguments.file.display();
    if arguments.file.is_dir() {
        return Err(Failure::world(format!("`{shown}` is a folder"))
            .help("give the name of a file, as in `orgsim new mine.json`"));
    }
    replaceable(&arguments.file)?;
    if std::fs::symlink_metadata(&arguments.file).is_ok() && !arguments.force {
        return Err(Failure::world(format!("`{shown}` is there already"))
            .help("choose another name, or replace it with `--force`"));
    }
    let scenario = match &arguments.archetype {
        Some(name) => only(name)?,
        None => document(&asked(terminal)?),
    };
    let text = format!("{scenario:#}\n");
    sound(&shown.to_string(), &text)?;
    write(&arguments.file, &text)?;
    let file = quoted(&shown.to_string());
    let about = scenario["about"].as_str().filter(|_| arguments.archetype.is_none());
    let about = about.map_or(String::new(), |about| wrap(about, 0, LINE, 0).join("\n") + "\n\n");
    terminal.say(&format!("Wrote {file}.\n\n{about}What it assumes:  orgsim check {file} --defaults\nThe answer:       orgsim run {file}\n"))?;
    Ok(Exit::Done)
}

/// What is written can be read: answers that are sound one by one may contradict each other.
fn sound(name: &str, text: &str) -> Result<(), Failure> {
    let source = Source::new(name, text);
    match load(&source, &Overlay::default()) {
        Ok(_) => Ok(()),
        Err(problems) => Err(Failure::Scenario(Box::new(source), problems)),
    }
}

/// The scenario of nobody's answers with one design.
fn only(name: &str) -> Result<Value, Failure> {
    document_of(name).ok_or_else(|| {
        Failure::usage(format!("there is no archetype `{name}`"))
            .help(format!("known here: {}", ARCHETYPES.join(", ")))
    })
}

/// Ask the ten questions; an empty line, or no more input, is "don't know". Where nobody is there to be asked again,
/// all answers that are not understood are told at once.
fn asked(terminal: &Terminal) -> Result<Answers, Failure> {
    let seen = std::io::stdin().is_terminal();
    let mut lines = std::io::stdin().lock().lines();
    let mut answers = Answers::default();
    let mut refused: Vec<String> = Vec::new();
    terminal.remark("Ten questions. Press Enter for \"don't know\": a documented default then stands in, marked as a guess.\n\n");
    for (number, question) in QUESTIONS.iter().enumerate() {
        loop {
            terminal.remark(&format!(
                "{:>2}. {}\n    (as in: {})  ",
                number + 1,
                question.asked,
                question.example
            ));
            let line = match lines.next() {
                None => String::new(),
                Some(line) => line
                    .map_err(|error| Failure::world(format!("cannot read the answer: {error}")))?,
            };
            if !seen {
                terminal.remark(&format!("{line}\n"));
            }
            let before = answers.understood.len();
            let Err(reason) = answers.note(question.key, &line) else {
                for told in &answers.understood[before..] {
                    terminal.remark(&format!("    {told}\n"));
                }
                break;
            };
            if !seen {
                refused.push(format!("{}. {}\n     {reason}", number + 1, question.asked));
                break;
            }
            terminal.remark(&format!("    {reason}\n"));
        }
    }
    match refused.as_slice() {
        [] => Ok(answers),
        refused => Err(Failure::input(format!(
            "{} of the answers {} not understood\n  {}",
            refused.len(),
            if refused.len() == 1 { "is" } else { "are" },
            refused.join("\n  ")
        ))
        .help("an empty line is \"don't know\"")),
    }
}

/// Write a file that appears whole or not at all. What was left beside it by a process that was killed while it wrote goes.
pub(super) fn write(file: &Path, text: &str) -> Result<(), Failure> {
    replaceable(file)?;
    let folder = match file.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let prefix = format!(".{name}.orgsim-new-");
    for left in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        // nobody claims it any more
        if left.file_name().to_string_lossy().starts_with(&prefix)
            && let Some(_claim) = claim(&left.path())
        {
            let _ = std::fs::remove_file(left.path());
        }
    }
    let new = tempfile::Builder::new().prefix(&prefix).tempfile_in(folder);
    let written = new.and_then(|mut temporary| {
        let _claimed = temporary.as_file().try_lock();
        temporary.write_all(text.as_bytes())?;
        temporary.as_file().sync_all()?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            temporary.as_file().set_permissions(std::fs::Permissions::from_mode(0o644))?;
        }
        temporary.persist(file).map(|_| ()).map_err(|error| error.error)
    });
    written.map_err(|error| {
        let bytes = grouped(text.len() as f64, 0);
        Failure::world(format!("cannot write `{}`, {bytes} bytes: {error}", file.display()))
            .help(remedy(&error, folder))
    })
}

/// What to do where a file cannot be written into this folder.
fn remedy(error: &std::io::Error, folder: &Path) -> String {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
            "make room, or choose another place; what was there before is untouched".into()
        }
        ErrorKind::NotFound => format!("make the folder first: `mkdir -p {}`", folder.display()),
        _ => "choose a place where you may write".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn only_files_are_replaced() {
        let place = tempfile::tempdir().unwrap();
        let (file, link) = (place.path().join("real.csv"), place.path().join("link.csv"));
        std::fs::write(&file, "real").unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        for other in [link.as_path(), Path::new("/dev/null"), place.path()] {
            let told = write(other, "text").unwrap_err().text();
            assert!(told.contains("is there, and no file"), "{told}");
        }
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "real");
        let nowhere = write(&place.path().join("none/a.csv"), "text").unwrap_err().text();
        assert!(nowhere.contains("4 bytes") && nowhere.contains("mkdir -p"), "{nowhere}");
    }

    #[cfg(unix)]
    #[test]
    fn what_a_killed_process_left_of_a_file_goes() {
        let place = tempfile::tempdir().unwrap();
        let file = place.path().join("part.csv");
        let left = place.path().join(".part.csv.orgsim-new-dead");
        std::fs::write(&left, "half").unwrap();
        write(&file, "whole").unwrap();
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "whole");
        assert_eq!(std::fs::read_dir(place.path()).unwrap().count(), 1);
        std::fs::write(&left, "of another").unwrap();
        let _claimed = claim(&left).unwrap();
        write(&file, "whole again").unwrap();
        assert!(left.exists(), "what another writes stays");
    }
}
