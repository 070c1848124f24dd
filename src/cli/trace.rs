//! `orgsim trace`: the story of one inquiry, or of one person's day.

use serde_json::{Value, json};

use crate::cli::arguments::{Format, Trace};
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::opened::Opened;
use crate::cli::person::person;
use crate::cli::signals::Signals;
use crate::cli::story::{line, moment, on_the_clock, waits};
use crate::cli::terminal::Terminal;
use crate::experiment::has_memory;
use crate::model::{Design, Model};
use crate::scenario::LARGEST_FILE;
use crate::sim::{self, Cause, Happening, Task, Watch};
use crate::units::SimTime;

/// Tell the story of one inquiry or of one person's day, in one design or in all.
pub(super) fn trace(arguments: &Trace, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let signals = Signals::listen()?;
    signals.end_saying("");
    let opened =
        Opened::read(&arguments.scenario, &arguments.overlaid, LARGEST_FILE, Some(terminal))?;
    let opened = opened.settled(0, false, &signals)?;
    signals.obey();
    match (arguments.case, &arguments.role) {
        (Some(case), _) => inquiry(&opened, case, arguments, terminal),
        (None, Some(role)) => person(&opened, role, arguments, terminal),
        (None, None) => Err(Failure::usage("a trace is of an inquiry or of a person")
            .help("ask with `--case` or with `--role`")),
    }
}

fn inquiry(
    opened: &Opened,
    case: u64,
    arguments: &Trace,
    terminal: &mut Terminal,
) -> Result<Exit, Failure> {
    let model = &opened.scenario.model;
    let designs = opened.designs(arguments.design.as_deref())?;
    let stories: Vec<(&Design, Story)> = designs
        .into_iter()
        .map(|design| (design, story(model, design, arguments.replication, case)))
        .collect();
    if stories.iter().all(|(_, story)| story.is_empty()) {
        let message = format!("replication {} has no inquiry {case}", arguments.replication);
        return Err(Failure::usage(message).help(
            "inquiries are numbered from 1 in order of arrival, those of the warm-up included",
        ));
    }
    match arguments.format {
        Format::Json => {
            terminal.data(&format!("{:#}\n", data(model, case, arguments, &stories)))?
        }
        Format::Text => {
            for (number, (design, story)) in stories.iter().enumerate() {
                let gap = if number == 0 { "" } else { "\n" };
                terminal.say(&format!("{gap}{}", text(model, design, case, arguments, story)))?;
            }
        }
    }
    Ok(Exit::Done)
}

/// What happened to one inquiry, in order.
type Story = Vec<(SimTime, Happening)>;

fn story(model: &Model, design: &Design, replication: u32, case: u64) -> Story {
    let watch = Watch::default();
    let task =
        Task { memory: Some(has_memory), ..Task::of(model, design, &watch, replication - 1) };
    let mut observer = sim::Trace { number: case - 1, ..sim::Trace::default() };
    sim::run(&task, &mut observer);
    observer.story
}

/// What an inquiry spent its time on: waits by cause, hands-on time, the customer's own time.
type Spent<'a> = (&'a [(Cause, SimTime)], SimTime, SimTime);

/// Where the time of one that has ended went; `None` where nobody keeps account of it, as in a network of plain desks that are
/// always open.
fn spent(story: &Story) -> Option<Spent<'_>> {
    // something may come after: a customer who left in silence is still worked on
    let ended = story.iter().find(|(_, of)| matches!(of, Happening::Ended { .. }))?;
    let (at, Happening::Ended { waits, hands_on, theirs, .. }) = ended else { return None };
    let is_accounted = *at == story.first()?.0
        || !waits.is_empty()
        || [*hands_on, *theirs].iter().any(|length| SimTime::ZERO < *length);
    is_accounted.then_some((waits.as_slice(), *hands_on, *theirs))
}

fn text(model: &Model, design: &Design, case: u64, arguments: &Trace, story: &Story) -> String {
    let warm_up = match model.study.warm_up {
        SimTime::ZERO => String::new(),
        length => format!("; the first {length} are the warm-up, whose days have numbers too"),
    };
    let mut text = format!(
        "{}: inquiry {case} of replication {}, seed {}{warm_up}\n",
        design.name, arguments.replication, model.study.seed
    );
    let Some((arrival, _)) = story.first() else { return text + "  (never came)\n" };
    for (at, happening) in story {
        let since = moment(at.since(*arrival));
        let day = at.micros() / SimTime::DAY.micros() + 1;
        let clock = format!("day {day} {}", on_the_clock(*at));
        text.push_str(&format!("  {clock:<18} {since:>10}  {}\n", line(model, design, happening)));
    }
    if let Some((spent, hands_on, theirs)) = spent(story) {
        text.push_str(&format!(
            "  hands-on {}; the customer's own time {}",
            moment(hands_on),
            moment(theirs)
        ));
        text.push_str(&format!("; waited {}\n", waits(spent)));
    }
    text
}

fn data(model: &Model, case: u64, arguments: &Trace, stories: &[(&Design, Story)]) -> Value {
    let designs: Vec<Value> = stories
        .iter()
        .map(|(design, story)| {
            let happenings: Vec<Value> = story
                .iter()
                .map(|(at, happening)| json!({ "seconds": at.micros() as f64 / 1e6, "what": line(model, design, happening) }))
                .collect();
            let waited: Value = match spent(story) {
                Some((waits, ..)) => {
                    waits.iter().map(|(cause, length)| json!({ "cause": cause.key(), "minutes": length.minutes() })).collect()
                }
                None => Value::Null,
            };
            json!({ "design": design.name, "story": happenings, "waited": waited })
        })
        .collect();
    json!({
        "orgsim": env!("CARGO_PKG_VERSION"),
        "seed": model.study.seed,
        "replication": arguments.replication,
        "case": case,
        "designs": designs,
    })
}
