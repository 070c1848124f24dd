//! `orgsim new`: a first scenario, from ten answers.

use std::io::{BufRead, IsTerminal, Write};
use std::path::Path;

use serde_json::Value;

use crate::cli::arguments::New;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::record::quoted;
use crate::cli::terminal::Terminal;
use crate::scenario::{ARCHETYPES, Answers, QUESTIONS, document, document_of};

/// Write a first scenario.
pub(super) fn new(arguments: &New, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let shown = arguments.file.display();
    if arguments.file.is_dir() {
        return Err(Failure::world(format!("`{shown}` is a folder"))
            .help("give the name of a file, as in `orgsim new mine.json`"));
    }
    if std::fs::symlink_metadata(&arguments.file).is_ok() && !arguments.force {
        return Err(Failure::world(format!("`{shown}` is there already"))
            .help("choose another name, or replace it with `--force`"));
    }
    let text = match &arguments.archetype {
        Some(name) => format!("{:#}\n", only(name)?),
        None => format!("{:#}\n", document(&asked(terminal)?)),
    };
    write(&arguments.file, &text)?;
    let file = quoted(&shown.to_string());
    terminal.say(&format!("Wrote {file}.\n\nWhat it assumes:  orgsim check {file} --defaults\nThe answer:       orgsim run {file}\n"))?;
    Ok(Exit::Done)
}

/// The scenario of nobody's answers with one design.
fn only(name: &str) -> Result<Value, Failure> {
    document_of(name).ok_or_else(|| {
        Failure::usage(format!("there is no archetype `{name}`"))
            .help(format!("known here: {}", ARCHETYPES.join(", ")))
    })
}

/// Ask the ten questions; an empty line, or no more input, is "don't know".
fn asked(terminal: &Terminal) -> Result<Answers, Failure> {
    let seen = std::io::stdin().is_terminal();
    let mut lines = std::io::stdin().lock().lines();
    let mut answers = Answers::default();
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
            let line = line.trim();
            if line.is_empty() || note(&mut answers, question.key, line).is_some() {
                break;
            }
            if !seen {
                return Err(Failure::input(format!(
                    "`{line}` does not answer \"{}\"",
                    question.asked
                ))
                .help(format!("as in: {}", question.example)));
            }
            terminal.remark(&format!("    That was not understood; as in: {}\n", question.example));
        }
    }
    Ok(answers)
}

/// Take an answer; `None` if it is not understood.
fn note(answers: &mut Answers, key: &str, line: &str) -> Option<()> {
    let percent = || number(line).filter(|share| (0.0..=100.0).contains(share));
    match key {
        "messages_per_day" => answers.messages_per_day = Some(number(line).filter(|n| 0.0 < *n)?),
        "need_reply_percent" => answers.need_reply_percent = Some(percent()?),
        "channels" => {
            let pair = |part: &str| {
                let (name, share) = part.trim().rsplit_once(' ')?;
                Some((name.trim().to_owned(), number(share).filter(|share| 0.0 < *share)?))
            };
            answers.channels = Some(line.split(',').map(pair).collect::<Option<Vec<_>>>()?);
        }
        "business_units" => {
            let names: Vec<String> = line.split(',').map(|name| name.trim().to_owned()).collect();
            answers.business_units =
                Some(names).filter(|names| names.iter().all(|name| !name.is_empty()));
            answers.business_units.as_ref()?;
        }
        "front_line_answers_of_ten" => {
            answers.front_line_answers_of_ten =
                Some(number(line).filter(|n| (0.0..=10.0).contains(n))?);
        }
        "people" => {
            let (people, cost) = line.split_once(" at ")?;
            answers.people =
                Some((number(people).filter(|n| 0.0 < *n)?, number(cost).filter(|n| 0.0 <= *n)?));
        }
        "open" => answers.open = Some(line.to_owned()),
        "approval" => {
            let (share, minutes) = line.split_once(',')?;
            let minutes = number(minutes.trim().trim_end_matches('m'))?;
            answers.approval =
                Some((number(share).filter(|share| (0.0..=100.0).contains(share))?, minutes));
        }
        "promise" => {
            let (goal, whom) = line.split_once(',').unwrap_or((line, "our customers"));
            answers.promise = Some((goal.trim().to_owned(), whom.trim().to_owned()));
        }
        "vendor_per_hour" => answers.vendor_per_hour = Some(number(line).filter(|n| 0.0 < *n)?),
        _ => return None,
    }
    Some(())
}

/// A number as people type it: `1,200`, `$66,800`, `43%`.
fn number(text: &str) -> Option<f64> {
    let bare = text.trim().trim_start_matches('$').trim_end_matches('%').replace(',', "");
    bare.trim().parse().ok().filter(|number: &f64| number.is_finite() && 0.0 <= *number)
}

/// Write a file that appears whole or not at all.
pub(super) fn write(file: &Path, text: &str) -> Result<(), Failure> {
    let folder = match file.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let written = tempfile::NamedTempFile::new_in(folder).and_then(|mut temporary| {
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
        Failure::world(format!("cannot write `{}`: {error}", file.display()))
            .help("choose a place where you may write")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_is_an_answer() {
        let mut answers = Answers::default();
        for question in QUESTIONS {
            assert_eq!(
                note(&mut answers, question.key, question.example),
                Some(()),
                "{}",
                question.key
            );
        }
        assert_eq!(answers.people, Some((10.0, 66_800.0)));
        assert_eq!(answers.approval, Some((6.0, 3.0)));
        assert_eq!(answers.channels.as_ref().map(Vec::len), Some(3));
    }

    #[test]
    fn nonsense_is_no_answer() {
        let mut answers = Answers::default();
        for (key, line) in [
            ("messages_per_day", "many"),
            ("channels", "x"),
            ("people", "ten"),
            ("need_reply_percent", "143"),
        ] {
            assert_eq!(note(&mut answers, key, line), None, "{key}: {line}");
        }
        assert_eq!(answers, Answers::default());
    }
}
