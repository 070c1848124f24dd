//! `orgsim statement`: the model as experts want it stated.

use crate::cli::arguments::{Overlaid, Statement};
use crate::cli::asked_file::{allowed, write_or};
use crate::cli::check_text::log_told;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::opened::Opened;
use crate::cli::terminal::Terminal;
use crate::present::{Stating, model_statement};
use crate::scenario::{LARGEST_FILE, StatedValues};
use crate::study::quoted;

/// Print the statement, or write it into the file asked for.
pub(super) fn statement(arguments: &Statement, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let out = arguments.out.as_deref();
    allowed(out, arguments.force, false, &["md", "markdown", "txt"])?;
    let opened =
        Opened::read(&arguments.scenario, &arguments.overlaid, LARGEST_FILE, Some(terminal))?;
    let scenario = &opened.scenario;
    let stated = StatedValues::of(&opened.source, &opened.overlay);
    let designs = 0..scenario.model.designs.len();
    let networks: Vec<_> =
        designs.map(|at| scenario.graph(&opened.source, &opened.overlay, at)).collect();
    let logs: Vec<Vec<String>> = opened.reports.iter().map(log_told).collect();
    let options = options(&arguments.overlaid);
    let text = model_statement(&Stating {
        scenario,
        stated: &stated,
        networks: &networks,
        logs: &logs,
        file: &opened.source.name,
        options: &options,
    });
    write_or(out, &text, false, terminal, |terminal| terminal.say(&text))?;
    Ok(Exit::Done)
}

/// The changes laid over the file, as they were typed.
fn options(overlaid: &Overlaid) -> String {
    let mut options: String =
        overlaid.set.iter().map(|set| format!(" --set {}", quoted(set))).collect();
    if let Some(seed) = overlaid.seed {
        options.push_str(&format!(" --seed {seed}"));
    }
    if let Some(replications) = overlaid.replications {
        options.push_str(&format!(" --replications {replications}"));
    }
    options
}
