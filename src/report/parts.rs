//! The argument under the first screen, part by part.

use serde_json::{Value, json};

use super::assumed::assumed;
use super::blocks::{paragraph, row, table, table_of};
use super::figures::Figure;
use crate::experiment::{DesignResult, ExperimentResult, GoalResult, GoalRuns, Measured};
use crate::model::{MeasureId, MeasureUnit};
use crate::present::{
    Cell, Grid, GridRow, NOTHING, Stretch, busiest, cell_of, estimate, heads, measured,
    measured_beside, study_grids,
};
use crate::report::{MOST_ROLES, Report};
use crate::sim::Cause;
use crate::study::Finding;

/// A part in the making.
struct Part {
    id: &'static str,
    title: &'static str,
    open: bool,
    blocks: Vec<Value>,
}

impl Part {
    /// One that stands open.
    fn open(id: &'static str, title: &'static str, blocks: Vec<Option<Value>>) -> Part {
        Part { open: true, ..Part::closed(id, title, blocks) }
    }

    /// One to be opened by whoever wants to know.
    fn closed(id: &'static str, title: &'static str, blocks: Vec<Option<Value>>) -> Part {
        Part { id, title, open: false, blocks: blocks.into_iter().flatten().collect() }
    }
}

/// Where the pictures are.
struct Figures<'a>(&'a [Figure]);

impl Figures<'_> {
    fn named(&self, name: &str) -> Option<Value> {
        let at = self.0.iter().position(|figure| figure.name == name)?;
        Some(json!({ "figure": at }))
    }

    fn beginning(&self, start: &str) -> Vec<Option<Value>> {
        let of = |(at, figure): (usize, &Figure)| {
            figure.name.starts_with(start).then(|| json!({ "figure": at }))
        };
        self.0.iter().enumerate().map(of).collect()
    }
}

/// All parts that there is anything to say in, in order. A block is one of: `paragraph`, `items`, `table`,
/// `figure` (its position), `cards` (by design, what to say of roles that have none), `data`.
pub(super) fn parts(report: &Report<'_>, figures: &[Figure]) -> Vec<Value> {
    let figures = Figures(figures);
    let mut all = comparison(report, &figures);
    // what was asked for beside the comparison is the answer to the question, so it stands open
    all.extend(studies(true, report, &figures));
    all.extend(behind(report, &figures));
    all.extend(also_run(report, &figures));
    all.extend(reference(report));
    let told = all.into_iter().filter(|part| !part.blocks.is_empty());
    told.map(|part| {
        json!({ "id": part.id, "title": part.title, "open": part.open, "blocks": part.blocks })
    })
    .collect()
}

/// What the designs are compared by.
fn comparison(report: &Report<'_>, figures: &Figures<'_>) -> Vec<Part> {
    let title = if report.result.plain { "The numbers" } else { "What customers get" };
    let (within, differences) = (figures.named("answered-within"), figures.named("differences"));
    vec![
        Part::open("goals", "Are the goals met?", vec![goals(report), raises(report)]),
        Part::open("results", title, vec![Some(results(report, true)), within, differences]),
    ]
}

/// The part of the page that a study fills: its pictures, each before the table of the same place.
fn studied(of: &Finding, report: &Report<'_>, figures: &Figures<'_>) -> Part {
    let several = |n: usize| (1..=n).map(|number| format!("crisis-{number}")).collect();
    let (id, title, first, pictures): (_, _, _, Vec<String>) = match of {
        Finding::Crisis(drills) => {
            ("crisis", "When a storm comes", "the surge", several(drills.len()))
        }
        Finding::Silos(_) => (
            "silos",
            "What walls between desks cost",
            "what changes if desks share",
            vec!["silos".into()],
        ),
        Finding::Tactics(_) => (
            "tactics",
            "What serves no objective, and what it takes",
            "what changes without it",
            Vec::new(),
        ),
        Finding::Waits(_) => (
            "worth",
            "What each cause of waiting is worth",
            "what changes without it",
            vec!["worth".into()],
        ),
        Finding::Proactive(_) => {
            ("proactive", "What being proactive brings, and its price", "measure", Vec::new())
        }
        Finding::KnockOuts(..) => {
            ("knock-outs", "Whom one can do without", "what changes without", Vec::new())
        }
    };
    let mut blocks = Vec::new();
    if let Finding::KnockOuts(_, day) = of {
        blocks.push(Some(paragraph(&format!(
            "Each role is away on {day}, and each link is cut for good, one at a time. Shares change by \
             points; · is nothing sure."
        ))));
    }
    let grids = study_grids(of, report.currency);
    for at in 0..pictures.len().max(grids.len()) {
        blocks.extend(pictures.get(at).map(|name| figures.named(name)));
        blocks.extend(grids.get(at).into_iter().flat_map(|of| grid(of, first)));
    }
    Part { id, title, open: answers(of), blocks: blocks.into_iter().flatten().collect() }
}

/// Whether a study answers the question, and so stands open before the reasons.
fn answers(of: &Finding) -> bool {
    !matches!(of, Finding::Proactive(_) | Finding::KnockOuts(..))
}

/// Where a study stands among those that stand open, or among the others.
fn place(of: &Finding) -> usize {
    match of {
        Finding::Crisis(_) | Finding::Proactive(_) => 0,
        Finding::Silos(_) | Finding::KnockOuts(..) => 1,
        Finding::Tactics(_) => 2,
        Finding::Waits(_) => 3,
    }
}

/// The parts of the studies that answer the question, or of the others.
fn studies(answering: bool, report: &Report<'_>, figures: &Figures<'_>) -> Vec<Part> {
    let mut all: Vec<&Finding> =
        report.studies.iter().filter(|of| answers(of) == answering).collect();
    all.sort_by_key(|of| place(of));
    all.into_iter().map(|of| studied(of, report, figures)).collect()
}

/// Why the numbers are what they are.
fn behind(report: &Report<'_>, figures: &Figures<'_>) -> Vec<Part> {
    let organizations = figures.beginning("organization-");
    let workload = vec![figures.named("workload"), Some(workload(report.result))];
    let mut parts = vec![
        Part::closed("designs", "The designs, and how busy their people are", organizations),
        Part::closed("workload", "What the week goes into", workload),
    ];
    if report.result.plain {
        return parts;
    }
    let waits = vec![figures.named("causes"), Some(waits(report.result)), figures.named("backlog")];
    let there = vec![
        figures.named("hours-and-channels"),
        report.said.hours.as_deref().map(|of| paragraph(&hours(of))),
    ];
    let presence = vec![figures.named("coverage-and-first-reply")];
    let cost = vec![figures.named("cost-per-settled")];
    parts.extend([
        Part::closed("waits", "Why customers wait", waits),
        Part::closed("presence", "Being present, and its price", presence),
        Part::closed("coverage", "Who is there when customers write", there),
        Part::closed("cost", "What it costs", cost),
    ]);
    parts
}

/// What was run beside the comparison and is no answer by itself.
fn also_run(report: &Report<'_>, figures: &Figures<'_>) -> Vec<Part> {
    let mut all = studies(false, report, figures);
    let changed = report.what_ifs.iter().flat_map(|of| grid(of, "with it")).collect();
    all.push(Part::closed("what-if", "What if", changed));
    all
}

/// To look things up in.
fn reference(report: &Report<'_>) -> Vec<Part> {
    let in_words = !report.result.plain;
    let rest = in_words.then(|| results(report, false));
    let left_out = |design: &DesignResult| busiest(&design.roles, MOST_ROLES).1;
    let left_out: Vec<Option<String>> = report.result.designs.iter().map(left_out).collect();
    let cards = in_words.then(|| json!({ "cards": left_out }));
    let data = Some(json!({ "data": true }));
    vec![
        Part::closed("measures", "All other measures", vec![rest]),
        Part::closed("roles", "The roles", vec![cards]),
        Part::closed("method", "How this was computed, and what it rests on", method(report)),
        Part::closed("data", "Take the numbers away", vec![data]),
    ]
}

/// What the answer says of opening hours, with its subject where its row on a terminal gives it.
pub(super) fn hours(sentence: &str) -> String {
    match sentence.starts_with(char::is_lowercase) {
        true => format!("Opening hours {sentence}"),
        false => sentence.into(),
    }
}

/// A grid and its notes.
fn grid(of: &Grid, first: &str) -> Vec<Option<Value>> {
    let mut blocks = Vec::new();
    if !of.has_only_notes() {
        let head = std::iter::once(first.to_owned()).chain(of.head.iter().cloned()).collect();
        let told = |cells: &[String]| cells.iter().map(|cell| json!({ "text": cell })).collect();
        let rows = of.rows.iter().map(|of| match of {
            GridRow::Heading(words) => row(words, false, Vec::new()),
            GridRow::Row { label, cells } => row(label, false, told(cells)),
            GridRow::Below { label, cells } => row(label, true, told(cells)),
        });
        blocks.push(Some(table_of(&of.title, head, rows.collect())));
    }
    let own = if of.has_only_notes() { format!("{}: ", of.title) } else { String::new() };
    blocks.extend(of.notes.iter().map(|note| Some(paragraph(&format!("{own}{note}")))));
    blocks
}

fn names(result: &ExperimentResult, first: &str) -> Vec<String> {
    std::iter::once(first.to_owned())
        .chain(result.designs.iter().map(|design| design.name.clone()))
        .collect()
}

/// In how many repetitions each design met each goal.
fn goals(report: &Report<'_>) -> Option<Value> {
    if report.said.goals.is_empty() {
        return None;
    }
    let cell = |runs: &Option<GoalRuns>, reached: &str| match runs {
        None => json!({ "text": "✗ falls behind", "mark": "bad" }),
        Some(runs) if runs.of == 0 => json!({ "text": NOTHING }),
        Some(runs) => {
            let (sign, mark) = match (runs.is_met(), runs.is_missed()) {
                (true, _) => ("✓", "good"),
                (_, true) => ("✗", "bad"),
                _ => ("~", "middling"),
            };
            let text = format!("{sign} {} of {}: {reached}", runs.met, runs.of);
            json!({ "text": text, "mark": mark })
        }
    };
    let reached = |goal: &GoalResult, design: &DesignResult| {
        let of = design.scopes.get(goal.scope).and_then(|scope| scope.measures.get(goal.quantity));
        let unit = report.result.quantities[goal.quantity].unit();
        let wanted = report.result.objectives[goal.objective].goal.value;
        measured_beside(of, wanted, unit, report.currency)
    };
    let rows = report.said.goals.iter().zip(&report.result.goals).map(|(goal, of)| {
        let why = goal.why.as_ref().map_or(String::new(), |why| format!(" ({why})"));
        let above = goal.serves.first().map_or(String::new(), |above| format!(", for {above}"));
        let label = format!("{}{above}: {}{why}", goal.id, goal.sentence);
        let cells = goal.runs.iter().zip(&report.result.designs);
        (label, cells.map(|(runs, design)| cell(runs, &reached(of, design))).collect())
    });
    let caption = "Repetitions that met the goal, and what is reached: ✓ nine in ten or more, ✗ one in ten or fewer";
    Some(table(caption, names(report.result, "goal"), rows.collect()))
}

fn raises(report: &Report<'_>) -> Option<Value> {
    report.said.raises.as_deref().map(paragraph)
}

/// Measures over all inquiries: the most telling, or all others.
fn results(report: &Report<'_>, telling: bool) -> Value {
    let result = report.result;
    if result.plain {
        return plain(report);
    }
    let told: Vec<&String> = report.said.results.iter().map(|(id, _, _)| id).collect();
    let place =
        |quantity: &crate::experiment::Quantity| told.iter().position(|id| **id == quantity.id());
    let mut quantities: Vec<(usize, &crate::experiment::Quantity)> = result
        .quantities
        .iter()
        .enumerate()
        .filter(|(_, quantity)| place(quantity).is_some() == telling)
        .collect();
    quantities.sort_by_key(|(at, quantity)| (place(quantity), *at));
    let rows = quantities.into_iter().filter_map(|(at, quantity)| {
        let cell = |design| cell_of(result, design, at, report.currency);
        let cells: Vec<Cell> = (0..result.designs.len()).map(cell).collect();
        let told = |(design, cell): (usize, &Cell)| {
            json!({ "text": cell.to_string(), "measure": quantity.id(), "design": design })
        };
        let tell = cells.iter().any(Cell::tells);
        tell.then(|| (quantity.name(), cells.iter().enumerate().map(told).collect()))
    });
    let caption = match (telling, report.result.given_log) {
        (true, false) => "Over all inquiries; ± is luck only, not wrong inputs",
        (true, true) => "Over all inquiries; ± is luck only, given this log, not wrong inputs",
        (false, _) => "All other measures over all inquiries",
    };
    table(caption, names(result, "measure"), rows.collect())
}

/// The measure whose unit is the stretch of time in which it has digits.
const ARRIVALS: &str = "arrivals_per_hour";

/// The numbers of a plain queueing network, for each role.
fn plain(report: &Report<'_>) -> Value {
    let roles = report.result.designs.iter().flat_map(|design| &design.roles);
    let stretch = Stretch::over(roles.filter_map(|role| role.number(ARRIVALS).mean()));
    let arrivals = format!("arrivals {}", stretch.with_article());
    let numbers = [
        (ARRIVALS, arrivals.as_str(), MeasureUnit::Count),
        ("wait_mean", "mean wait", MeasureUnit::Minutes),
        ("wait_positive", "share that waits", MeasureUnit::Share),
        ("inside_mean", "mean time there", MeasureUnit::Minutes),
        ("queue_mean", "mean number waiting", MeasureUnit::Count),
        ("number_mean", "mean number there", MeasureUnit::Count),
        ("utilization", "busy", MeasureUnit::Share),
    ];
    let several = 1 < report.result.designs.len();
    let mut rows = Vec::new();
    for design in &report.result.designs {
        let (told, left_out) = busiest(&design.roles, MOST_ROLES);
        for role in told.into_iter().map(|role| &design.roles[role]) {
            let label = match several {
                true => format!("{}: {}", design.name, role.name),
                false => role.name.clone(),
            };
            let cell = |&(id, _, unit): &(&str, &str, MeasureUnit)| {
                let number = role.number(id);
                let text = match number.interval {
                    Some(rate) if id == ARRIVALS => {
                        let half_width = rate.half_width.map(|half| half * stretch.hours);
                        estimate(rate.mean * stretch.hours, half_width, unit, report.currency)
                    }
                    _ => measured(Some(number), unit, report.currency),
                };
                json!({ "text": text })
            };
            rows.push((label, numbers.iter().map(cell).collect()));
        }
        rows.extend(left_out.map(|line| (line, no_cells(numbers.len()))));
    }
    let head = std::iter::once("role").chain(numbers.iter().map(|(_, name, _)| *name));
    table("Each role of the network", head.map(String::from).collect(), rows)
}

fn workload(result: &ExperimentResult) -> Value {
    let rows = result.designs.iter().flat_map(|design| {
        let (told, left_out) = busiest(&design.roles, MOST_ROLES);
        let rows = told.into_iter().map(|role| &design.roles[role]).map(|role| {
            let people = role.heads.map_or("any number".to_owned(), heads);
            let busy = measured(Some(role.number("utilization")), MeasureUnit::Share, "");
            let cells = vec![json!({ "text": people }), json!({ "text": busy })];
            (format!("{}: {}", design.name, role.name), cells)
        });
        rows.chain(left_out.map(|line| (line, no_cells(2))))
    });
    let head = ["role", "people", "busy, of paid time"].map(String::from).to_vec();
    table("How busy each role is", head, rows.collect())
}

fn no_cells(columns: usize) -> Vec<Value> {
    vec![json!({ "text": "" }); columns]
}

fn waits(result: &ExperimentResult) -> Value {
    fn of(design: &DesignResult, cause: Cause) -> Option<&Measured> {
        design.scopes.first().and_then(|all| Some(&all.causes.get(cause as usize)?.share))
    }
    let waited = Cause::ALL.iter().filter(|&&cause| {
        let share = |design| of(design, cause).and_then(Measured::mean);
        result.designs.iter().any(|design| share(design).is_some_and(|share| 0.0005 < share))
    });
    let rows = waited.map(|&cause| {
        let cell = |design: &DesignResult| {
            json!({ "text": measured(of(design, cause), MeasureUnit::Share, "") })
        };
        (cause.label().to_owned(), result.designs.iter().map(cell).collect())
    });
    table("Share of all waiting; ± is luck only", names(result, "cause"), rows.collect())
}

/// Method, assumptions, limits.
fn method(report: &Report<'_>) -> Vec<Option<Value>> {
    let result = report.result;
    let mut blocks = vec![
        Some(paragraph(&format!(
            "{} Every message is simulated one by one, with the people who read, know, ask, approve and are \
             off shift. Every design meets the same customers, so that differences between designs are those \
             of the designs.",
            sentence(&report.said.headline)
        ))),
        Some(paragraph(&report.said.how_sure)),
    ];
    if !report.warnings.is_empty() {
        blocks.push(Some(json!({ "items": report.warnings })));
    }
    if !report.assumptions.is_empty() {
        blocks.extend(assumed(report.assumptions, report.dials).into_iter().map(Some));
    }
    if !result.plain {
        let moods = if result.quantity(MeasureId::LeftWorse).is_some() { "" } else { "moods, " };
        let limits = [
            "People and customers follow laws stated in the scenario or documented defaults; nobody learns from the answer.",
            &format!(
                "What the scenario leaves out is not there: {moods}brand, sales that follow from an answer."
            ),
            "± is what other luck would change. It says nothing about inputs that are wrong.",
        ];
        blocks.push(Some(json!({ "items": limits })));
    }
    blocks
}

fn sentence(text: &str) -> String {
    format!("{}.", text.trim_end_matches('.'))
}
