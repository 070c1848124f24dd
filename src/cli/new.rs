//! `orgsim new`: a first scenario, from ten answers.

use std::io::{BufRead, IsTerminal};

use serde_json::Value;

use crate::cli::arguments::New;
use crate::cli::asked_file::{replaceable, write};
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::terminal::Terminal;
use crate::present::{LINE, wrap};
use crate::scenario::{
    ARCHETYPES, Answers, Overlay, QUESTIONS, Source, document, document_of, load,
};
use crate::study::quoted;

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
                let (answer, number) = (beginning(&line), number + 1);
                refused.push(format!(
                    "line {number}, `{answer}`: {}\n     {reason}\n     as in: {}",
                    question.asked, question.example
                ));
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
        .help("put these lines right and give all of them again, for nothing was written; an empty line is \"don't know\"")),
    }
}

/// As much of an answer as it takes to find it.
fn beginning(answer: &str) -> String {
    const SHOWN: usize = 60;
    match answer.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &answer[..end]),
        None => answer.to_owned(),
    }
}
