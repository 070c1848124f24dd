//! `orgsim explain` and `orgsim schema`.

use crate::cli::arguments::Explain;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::terminal::Terminal;
use crate::model::{Better, MEASURES, Measure, MeasureUnit, Score};

/// Say what a code or a measure means, or list all of them.
pub(super) fn explain(arguments: &Explain, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let Some(word) = &arguments.word else {
        terminal.say(&list())?;
        return Ok(Exit::Done);
    };
    match MEASURES.iter().find(|measure| measure.id == *word || measure.name == *word) {
        Some(measure) => terminal.say(&measure_text(measure))?,
        None => {
            return Err(Failure::usage(format!("there is no code and no measure `{word}`"))
                .help("`orgsim explain` without a word lists them"));
        }
    }
    Ok(Exit::Done)
}

/// The JSON Schema of scenario files.
pub(super) fn schema(_: &mut Terminal) -> Result<Exit, Failure> {
    Err(Failure::world("the schema is not part of this version"))
}

fn measure_text(measure: &Measure) -> String {
    let unit = match measure.unit {
        MeasureUnit::Share => "a share, shown in percent",
        MeasureUnit::Minutes => "minutes",
        MeasureUnit::Money => "money, in the scenario's currency",
        MeasureUnit::Count => "a count",
    };
    let better = match measure.better {
        Better::Higher => "more is better",
        Better::Lower => "less is better",
        Better::Neither => "neither more nor less is better",
    };
    let score = match measure.score {
        Score::Responsive => "responsive",
        Score::Interactive => "interactive",
        Score::Proactive => "proactive",
        Score::Quality => "quality",
        Score::Workload => "workload",
        Score::Money => "money",
    };
    let goal = if measure.takes_duration {
        format!("  in a goal:  \"{} 6h >= 60%\"\n", measure.name)
    } else {
        String::new()
    };
    format!(
        "{} ({}): {}\n\n  formula:    {}\n  unit:       {unit}; {better}\n  belongs to: {score}\n{goal}",
        measure.name, measure.id, measure.meaning, measure.formula
    )
}

fn list() -> String {
    let width = MEASURES.iter().map(|measure| measure.id.len()).max().unwrap_or(0);
    let rows: String = MEASURES.iter().map(|measure| format!("  {:<width$}  {}\n", measure.id, measure.name)).collect();
    format!("Measures:\n{rows}\nMore:  orgsim explain settled_by_first_reply\n")
}
