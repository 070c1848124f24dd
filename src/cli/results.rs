//! What a run leaves: the files of its folder and the printed answer.

use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use serde_json::Value;

use crate::cli::arguments::Output;
use crate::cli::beside::{whole, with_beside};
use crate::cli::folder::OutputFile;
use crate::cli::folder_name::{folder_name, next_to};
use crate::cli::opened::Opened;
use crate::cli::record::{RunRecord, with_sets};
use crate::cli::simulated::{Simulated, WhatIfRun};
use crate::cli::told::{assumptions, colored, guesses, not_swept, warnings};
use crate::cli::what_if::what_if_grids;
use crate::experiment::ExperimentResult;
use crate::present::{
    self, AnswerContext, Painted, Provenance, RecordedDay, Said, answer, cell_of, changes_csv,
    changes_json, dials_csv, dials_json, plot, results_frame, roles_csv, said as said_by,
    summary_csv, tells_topics, topics_csv, write_results,
};
use crate::report::{Figure, LARGEST, Report, contract, figures, page};
use crate::study::{changes, quoted};

/// Pixels of a PNG for each of the SVG's own.
const SCALE: f32 = 2.0;
/// Bytes of a page that recorded days leave free.
const SPARE: usize = 20_000;

/// What only the terminal is told.
#[derive(Debug, Clone, Copy)]
struct Screen<'a> {
    /// How long it took; `None` to be quiet about it.
    elapsed: Option<&'a str>,
    /// Where the files are.
    pictures: &'a str,
    /// The folder that was asked for.
    out: Option<&'a Path>,
    /// The folder of the results.
    folder: &'a Path,
}

/// Which pictures are in the folder as PNG beside their SVG.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Drawn {
    /// All but those of these names, which are too large.
    AllBut(Vec<String>),
    /// None: whoever stopped the run does not wait for them.
    Nothing,
}

/// A run that is to be written down.
#[derive(Debug, Clone, Copy)]
pub(super) struct Results<'a> {
    /// The scenario.
    pub(super) opened: &'a Opened,
    /// What was found out.
    pub(super) simulated: &'a Simulated,
    /// What was run.
    pub(super) record: &'a RunRecord,
}

impl<'a> Results<'a> {
    /// All files of the run's folder but its record, and the names of pictures that are too large for a PNG. Nothing in them
    /// depends on threads, clock or place.
    pub(super) fn files(self) -> (Vec<OutputFile<'a>>, Vec<String>) {
        let Simulated { result, studies, dials, what_ifs, .. } = self.simulated;
        let mut files = self.files_of(result, "", None);
        files.extend(studies.files());
        files.extend(dials.as_ref().map(|of| OutputFile::new("dials.csv", dials_csv(of))));
        for (run, folder) in what_ifs.iter().zip(what_if_folders(what_ifs)) {
            let changed = changes_csv(&changes(result, &run.result));
            files.extend(self.files_of(&run.result, &folder, Some(changed)));
        }
        let (html, figures) = self.page();
        let (pictures, only_svg) = pictures(figures);
        files.extend(pictures);
        files.push(OutputFile::new("report.html", html));
        (files, only_svg)
    }

    /// What one result is told in, below a folder: the baseline's own, or that of a what-if with the table of what it
    /// `changed`.
    fn files_of(
        self,
        result: &'a ExperimentResult,
        folder: &str,
        changed: Option<String>,
    ) -> Vec<OutputFile<'a>> {
        let named = |name: &str| format!("{folder}{name}");
        let baseline = changed.is_none();
        let write = move |to: &mut dyn Write| self.write_json_of(to, result, baseline);
        let mut files = vec![
            OutputFile::written(named("results.json"), write),
            OutputFile::new(named("summary.csv"), summary_csv(result)),
            OutputFile::new(named("roles.csv"), roles_csv(result)),
        ];
        files.extend(changed.map(|table| OutputFile::new(named("changes.csv"), table)));
        files.extend(topics_csv(result).map(|table| OutputFile::new(named("topics.csv"), table)));
        files
    }

    /// `results.json`.
    pub(super) fn write_json(&self, to: &mut dyn Write) -> io::Result<()> {
        self.write_json_of(to, &self.simulated.result, true)
    }

    fn write_json_of(
        &self,
        to: &mut dyn Write,
        result: &ExperimentResult,
        baseline: bool,
    ) -> io::Result<()> {
        let studies = self.simulated.studies.json().filter(|_| baseline);
        let dials = self.simulated.dials.as_ref().filter(|_| baseline).map(dials_json);
        let what_ifs = self.what_ifs().filter(|_| baseline);
        let beside = Provenance {
            studies: studies.as_ref(),
            what_ifs: what_ifs.as_ref(),
            dials: dials.as_ref(),
            ..self.provenance(baseline)
        };
        write_results(to, result, &beside)
    }

    /// What the changes asked for do; `None` where none was.
    fn what_ifs(&self) -> Option<Value> {
        let runs = &self.simulated.what_ifs;
        let of = |run: &WhatIfRun| changes(&self.simulated.result, &run.result);
        let all = runs.iter().map(|run| (run.name.as_str(), of(run)));
        (!runs.is_empty()).then(|| changes_json(all))
    }

    /// What a result rests on, and what was found out from it but not beside it.
    fn provenance(&self, baseline: bool) -> Provenance<'_> {
        Provenance {
            scenario: &self.record.scenario.name,
            sha256: &self.record.scenario.sha256,
            question: &self.opened.scenario.question,
            settings: &self.opened.overlay.sets,
            currency: self.currency(),
            hours: self.simulated.hours.as_ref().filter(|_| baseline),
            next_step: self.simulated.next_step.as_ref().filter(|_| baseline),
            ..Provenance::default()
        }
    }

    pub(super) fn currency(&self) -> &str {
        self.opened.scenario.currency.as_deref().unwrap_or("")
    }

    /// The answer for the terminal, so many lines left free below it.
    fn answer(&self, screen: Screen<'_>, below: usize) -> Painted {
        self.told(Some(screen), |context| {
            answer(&self.simulated.result, &AnswerContext { below, ..*context })
        })
    }

    /// The same in parts, for a page.
    fn said(&self) -> Said {
        self.told(None, |context| said_by(&self.simulated.result, context))
    }

    fn told<T>(&self, screen: Option<Screen<'_>>, tell: impl FnOnce(&AnswerContext<'_>) -> T) -> T {
        let scenario = &self.opened.scenario;
        // what goes into the folder does not depend on where logs lie, nor on where it lies itself
        let mut laid_over = self.laid_over();
        if screen.is_some() {
            laid_over.push_str(&self.data());
        }
        let into = |folder: &Path| {
            format!("orgsim run {laid_over} --out {}", quoted(&folder.display().to_string()))
        };
        let here = screen.and_then(|screen| screen.out).map(into);
        let command = here.unwrap_or_else(|| format!("orgsim run {laid_over}"));
        let elsewhere = screen.map(|screen| into(&next_to(screen.folder)));
        let (not_swept, guesses, notes) =
            (not_swept(scenario), guesses(scenario, &laid_over), warnings(scenario));
        tell(&AnswerContext {
            question: &scenario.question,
            command: &command,
            elsewhere: elsewhere.as_deref(),
            elapsed: screen.and_then(|screen| screen.elapsed),
            currency: self.currency(),
            dials: self.simulated.dials.as_ref(),
            not_swept: &not_swept,
            guesses: Some(&guesses),
            hours: self.simulated.hours.as_ref(),
            next_step: self.simulated.next_step.as_ref(),
            copes: &self.simulated.copes,
            ordinary: self.simulated.studies.has_drills(),
            pictures: screen.map(|screen| screen.pictures),
            notes: &notes,
            below: 0,
        })
    }

    /// The scenario's file with all that decides the numbers of this run, but how often it is repeated, as arguments: to
    /// ask more about the same.
    fn laid_over(&self) -> String {
        let words = with_sets(&self.record.scenario.file, &self.record.set);
        match self.record.seed {
            own if own == self.opened.own_seed => words,
            seed => format!("{words} --seed {seed}"),
        }
    }

    /// Where the logs lie, as an argument; nothing where they lie beside the scenario.
    fn data(&self) -> String {
        let beside = Path::new(&self.record.scenario.file).parent();
        let folder = self.opened.source.data().filter(|folder| Some(*folder) != beside);
        match folder.filter(|_| !self.record.logs.is_empty()) {
            Some(folder) => format!(" --data {}", quoted(&folder.display().to_string())),
            None => String::new(),
        }
    }

    /// `report.html`, and its pictures.
    fn page(&self) -> (String, Vec<Figure>) {
        let (scenario, simulated, result) =
            (&self.opened.scenario, self.simulated, &self.simulated.result);
        let command = format!("orgsim run {}", self.laid_over());
        let title = if scenario.question.is_empty() {
            &self.record.scenario.name
        } else {
            &scenario.question
        };
        let mut notes = present::warnings(result);
        notes.extend(warnings(scenario));
        let (said, assumptions) = (self.said(), assumptions(scenario));
        let what_ifs = what_if_grids(simulated, self.currency());
        let dials = simulated.dials.as_ref().map(dials_json);
        // what is told of single roles stands in the cards and tables of the page
        let beside = Provenance { dials: dials.as_ref(), ..self.provenance(true) };
        let results = results_frame(result, &beside);
        let days: Vec<RecordedDay<'_>> = simulated.days.iter().map(|day| day.borrowed()).collect();
        let origin = self.origin();
        let report = Report {
            title,
            model: &scenario.model,
            result,
            said: &said,
            results: &results,
            currency: self.currency(),
            weekday: scenario.weekday(),
            warnings: &notes,
            assumptions: &assumptions,
            dials: simulated.dials.as_ref(),
            what_ifs: &what_ifs,
            studies: simulated.studies.all(),
            days: &[],
            command: &command,
            origin: &origin,
        };
        let figures = figures(&report);
        let html = page(&contract(&report, &figures, 0), &figures);
        // what is left of a mail is for the recorded days
        let left = LARGEST.saturating_sub(html.len() + SPARE);
        if days.is_empty() {
            return (html, figures);
        }
        let with_days = Report { days: &days, ..report };
        (page(&contract(&with_days, &figures, left), &figures), figures)
    }

    /// How these numbers can be made again.
    fn origin(&self) -> Vec<(String, String)> {
        let origin = [
            ("command", self.record.command.clone()),
            (
                "scenario",
                format!("{}, SHA-256 {}", self.record.scenario.file, self.record.scenario.sha256),
            ),
            ("seed", self.record.seed.to_string()),
            ("version", format!("orgsim {}", self.record.version)),
            (
                "again",
                "orgsim rerun run.json, in the folder of this page, makes the same bytes"
                    .to_owned(),
            ),
        ];
        origin.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }
}

/// The folders of the what-ifs, each with a slash at its end.
fn what_if_folders(runs: &[WhatIfRun]) -> Vec<String> {
    let names: Vec<String> = runs.iter().map(|run| folder_name(&run.name)).collect();
    let folder = |(at, name): (usize, &String)| {
        // names that differ only in what no folder name keeps are told apart by a number
        let same = names[..at].iter().filter(|known| known.eq_ignore_ascii_case(name)).count();
        match same {
            0 => format!("what-if/{name}/"),
            n => format!("what-if/{name}.{}/", n + 1),
        }
    };
    names.iter().enumerate().map(folder).collect()
}

/// The pictures as SVG and PNG, and the names of those that are too large for a PNG: no picture is worth losing a run. A PNG
/// is drawn when it is to be written, since all of them together are larger than the rest of a run of many designs.
fn pictures<'a>(figures: Vec<Figure>) -> (Vec<OutputFile<'a>>, Vec<String>) {
    let (mut files, mut only_svg) = (Vec::new(), Vec::new());
    for Figure { name, svg, .. } in figures {
        let svg: Arc<str> = svg.into();
        let (png, text) = (format!("plots/{name}.png"), svg.clone());
        files.push(OutputFile::written(format!("plots/{name}.svg"), move |to| {
            to.write_all(text.as_bytes())
        }));
        if plot::fits_png(&svg, SCALE) {
            let draw = move || plot::svg_to_png(&svg, SCALE).map_err(io::Error::other);
            files.push(OutputFile::drawn(png, draw));
        } else {
            only_svg.push(name);
        }
    }
    (files, only_svg)
}

/// The printed answer with the terminal's colors.
pub(super) fn said(
    results: &Results<'_>,
    output: &Output,
    elapsed: &str,
    (target, drawn): (&Path, &Drawn),
) -> String {
    let shown = target.display();
    let count = if results.simulated.result.plain { "workload" } else { "pictures" };
    let as_what = match drawn {
        Drawn::AllBut(names) if names.is_empty() => "SVG + PNG".to_owned(),
        Drawn::AllBut(names) => format!("SVG + PNG (too large for PNG: {})", names.join(", ")),
        Drawn::Nothing => "SVG alone".to_owned(),
    };
    let topics = if tells_topics(&results.simulated.result) { " · topics.csv" } else { "" };
    let files = format!(
        "{shown}/report.html (open this) · plots/: {count} as {as_what} · summary.csv · roles.csv{topics} · results.json"
    );
    let elapsed = (!output.quiet).then_some(elapsed);
    let everything_told = output.all || output.expert;
    let told = Screen { elapsed, pictures: &files, out: output.out.as_deref(), folder: target };
    let answer = |below: usize| results.answer(told, below);
    let screen = if everything_told {
        let mut all = answer(0);
        all.append(whole(results));
        all
    } else {
        with_beside(results, answer)
    };
    let mut text = colored(&screen);
    if everything_told {
        text.push_str(&everything(results, output.expert));
    }
    text
}

/// All results over all inquiries, with formulas for experts.
fn everything(results: &Results<'_>, expert: bool) -> String {
    let result = &results.simulated.result;
    let mut text = String::from("\nALL RESULTS\n");
    for (number, quantity) in result.quantities.iter().enumerate() {
        let cells: Vec<String> = (0..result.designs.len())
            .map(|design| {
                let value = cell_of(result, design, number, results.currency());
                format!("{}: {value}", result.designs[design].name)
            })
            .collect();
        let name = if expert { quantity.id() } else { quantity.name() };
        text.push_str(&format!("  {name}\n    {}\n", cells.join("   ")));
        if expert {
            text.push_str(&format!("    = {}\n", quantity.measure.formula));
        }
    }
    crate::cli::terminal::harmless(&text)
}
