//! `orgsim trace --role`: one person's day, stretch by stretch.

use serde_json::{Value, json};

use crate::cli::arguments::{Format, Trace};
use crate::cli::days::weekday_name;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::opened::Opened;
use crate::cli::story::{moment, on_the_clock};
use crate::cli::terminal::Terminal;
use crate::experiment::has_memory;
use crate::model::{Design, Model, People, Role, StudyKind, Work};
use crate::sim::{self, BINS, Bin, Diarist, Diary, InWork, Occupation, Stretch, Task, Watch};
use crate::units::SimTime;

/// Tell a day of the person asked for, in each design that has the role.
pub(super) fn person(
    opened: &Opened,
    name: &str,
    arguments: &Trace,
    terminal: &mut Terminal,
) -> Result<Exit, Failure> {
    let model = &opened.scenario.model;
    let designs = opened.designs(arguments.design.as_deref())?;
    let days = days(model, &designs, name, arguments)?;
    match arguments.format {
        Format::Json => terminal.data(&format!("{:#}\n", data(model, name, arguments, &days)))?,
        Format::Text => {
            for (number, (design, day)) in days.iter().enumerate() {
                let gap = if number == 0 { "" } else { "\n" };
                let told = Told { model, design, role: name, day };
                let first = opened.scenario.weekday();
                terminal.say(&format!("{gap}{}{}", told.head(arguments), told.text(first)))?;
            }
            for other in
                designs.iter().filter(|of| days.iter().all(|(told, _)| told.name != of.name))
            {
                let person = arguments.person;
                terminal.say(&format!("\n{}: has no person {person} of {name}\n", other.name))?;
            }
        }
    }
    Ok(Exit::Done)
}

/// The person's day in each design that has such a role.
fn days<'o>(
    model: &Model,
    designs: &[&'o Design],
    name: &str,
    arguments: &Trace,
) -> Result<Vec<(&'o Design, Day)>, Failure> {
    let with_role = || {
        let role = |design: &&'o Design| Some((*design, design.organization.find(name)?));
        designs.iter().filter_map(role)
    };
    if with_role().next().is_none() {
        return Err(no_role(designs, name));
    }
    let persons = |role| move |design: &Design| design.organization.role(role).persons();
    let has = |&(design, role): &(&Design, _)| {
        persons(role)(design).is_some_and(|most| arguments.person as usize <= most)
    };
    let days: Vec<(&Design, Day)> = with_role()
        .filter(has)
        .map(|(design, role)| Ok((design, day(model, design, role.0, arguments)?)))
        .collect::<Result<_, Failure>>()?;
    if days.is_empty() {
        let most = with_role().filter_map(|(design, role)| persons(role)(design)).max();
        return Err(nobody(name, most));
    }
    Ok(days)
}

fn no_role(designs: &[&Design], name: &str) -> Failure {
    let mut known: Vec<&str> = Vec::new();
    for (_, role) in designs.iter().flat_map(|design| design.organization.roles()) {
        if !known.contains(&role.name.as_str()) {
            known.push(&role.name);
        }
    }
    let advice = crate::scenario::suggestion(name, &known);
    Failure::usage(format!("no role is named `{name}`"))
        .help(advice.unwrap_or_else(|| "`orgsim check` lists the roles of each design".into()))
}

/// There is no such person where a role has so many; `None` of as many as it takes.
fn nobody(name: &str, most: Option<usize>) -> Failure {
    match most {
        Some(0) => Failure::usage(format!("nobody is at `{name}`")),
        Some(most) => Failure::usage(format!("`{name}` has no such person"))
            .help(format!("its people are numbered from 1 to {most}")),
        None => Failure::usage(format!("`{name}` has as many people as it takes"))
            .help("nobody there is told from others; ask for one inquiry with `--case`"),
    }
}

/// Microseconds by what they were spent on, and how many of them in overtime.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Spent {
    bins: [u64; BINS],
    overtime: u64,
}

impl Spent {
    fn add(&mut self, stretch: &Stretch) {
        let bins = stretch.occupation.bins();
        let micros = stretch.span.1.since(stretch.span.0).micros();
        for bin in &bins {
            self.bins[*bin as usize] += micros / bins.len() as u64;
        }
        if stretch.overtime && !bins.is_empty() {
            self.overtime += micros;
        }
    }

    fn total(&self) -> u64 {
        self.bins.iter().sum()
    }

    /// What most of the time went to, first.
    fn longest_first(&self) -> Vec<(Bin, SimTime)> {
        let mut of: Vec<(Bin, SimTime)> = Bin::ALL
            .iter()
            .map(|&bin| (bin, SimTime::from_micros(self.bins[bin as usize])))
            .filter(|(_, length)| *length != SimTime::ZERO)
            .collect();
        of.sort_by_key(|(bin, length)| (std::cmp::Reverse(*length), *bin));
        of
    }
}

/// What a person did on one day, and on all that count.
#[derive(Debug, Clone)]
struct Day {
    /// Which, from 0; `None` until the person comes, where none was asked for.
    number: Option<u64>,
    stretches: Vec<Stretch>,
    that_day: Spent,
    /// The first day that may be told where none was asked for.
    first: SimTime,
    /// From when to when days count.
    counts: (SimTime, SimTime),
    whole: Spent,
}

impl Diarist for Day {
    fn was_at(&mut self, stretch: Stretch) {
        if let Some(counted) = clipped(&stretch, self.counts) {
            self.whole.add(&counted);
        }
        let may_be_told = clipped(&stretch, (self.first, self.counts.1));
        if let Some(there) = may_be_told.filter(|part| part.occupation.is_on()) {
            self.number.get_or_insert(there.span.0.micros() / SimTime::DAY.micros());
        }
        self.keep(&stretch);
    }
}

impl Day {
    fn keep(&mut self, stretch: &Stretch) {
        let Some(number) = self.number else { return };
        let day = (SimTime::DAY.times(number), SimTime::DAY.times(number + 1));
        if let Some(of_day) = clipped(stretch, day) {
            self.that_day.add(&of_day);
            self.stretches.push(of_day);
        }
    }

    /// The day from the person's coming to going.
    fn there(&self) -> &[Stretch] {
        let on = |stretch: &Stretch| stretch.occupation != Occupation::Off;
        let first = self.stretches.iter().position(on).unwrap_or(0);
        let end = self.stretches.iter().rposition(on).map_or(0, |last| last + 1);
        &self.stretches[first.min(end)..end]
    }
}

/// The part of a stretch that lies within.
fn clipped(stretch: &Stretch, (from, until): (SimTime, SimTime)) -> Option<Stretch> {
    let span = (stretch.span.0.max(from), stretch.span.1.min(until));
    (span.0 < span.1).then(|| Stretch { span, ..stretch.clone() })
}

fn day(model: &Model, design: &Design, role: u32, arguments: &Trace) -> Result<Day, Failure> {
    let watch = Watch::default();
    let task = Task {
        memory: Some(has_memory),
        ..Task::of(model, design, &watch, arguments.replication - 1)
    };
    let study = &model.study;
    let end = match study.kind {
        StudyKind::UntilDone => SimTime::NEVER,
        _ => study.horizon(),
    };
    // a day that counts as a whole, if there is one
    let whole = SimTime::DAY.times(study.warm_up.micros().div_ceil(SimTime::DAY.micros()));
    let nothing = Day {
        number: arguments.day.map(|day| day - 1),
        stretches: Vec::new(),
        that_day: Spent::default(),
        first: if whole < end { whole } else { study.warm_up },
        counts: (study.warm_up, end),
        whole: Spent::default(),
    };
    let mut diary = Diary::of(role, arguments.person - 1, nothing);
    let outcome = sim::run(&task, &mut diary);
    diary.close(outcome.until);
    let days = outcome.until.micros().div_ceil(SimTime::DAY.micros());
    match arguments.day {
        Some(asked) if days < asked => {
            let message =
                format!("replication {} is over after {days} days", arguments.replication);
            Err(Failure::usage(message).help(format!("ask for a day from 1 to {days}")))
        }
        _ => Ok(diary.diarist),
    }
}

/// A day that is to be told.
struct Told<'a> {
    model: &'a Model,
    design: &'a Design,
    role: &'a str,
    day: &'a Day,
}

impl Told<'_> {
    fn head(&self, arguments: &Trace) -> String {
        let Told { model, design, role, .. } = self;
        let warm_up = match model.study.warm_up {
            SimTime::ZERO => String::new(),
            length => format!("; the first {length} are the warm-up, whose days have numbers too"),
        };
        format!(
            "{}: person {} of {role} in replication {}, seed {}{warm_up}\n{}",
            design.name,
            arguments.person,
            arguments.replication,
            model.study.seed,
            self.part_of_the_time(arguments.person)
        )
    }

    fn of_role(&self) -> Option<&Role> {
        let organization = &self.design.organization;
        organization.find(self.role).map(|id| organization.role(id))
    }

    /// What is said of somebody who is there for a part of each block only.
    fn part_of_the_time(&self, person: u32) -> String {
        let of = self.of_role().and_then(|role| match &role.people {
            People::Some(people) => Some((role.block, people.get(person as usize - 1)?.present)),
            People::Infinite => None,
        });
        match of {
            Some((block, present)) if present < 1.0 => format!(
                "  is at the desk for {} of every {block} it is open\n",
                crate::present::share(present, None)
            ),
            _ => String::new(),
        }
    }

    fn text(&self, first_weekday: usize) -> String {
        let Some(number) = self.day.number else {
            return "  is never there while days count\n".into();
        };
        let there = self.day.there();
        let mut text = format!("  day {}, a {}", number + 1, weekday_name(number, first_weekday));
        if there.is_empty() {
            return text + ": not there\n" + &whole(self.day);
        }
        text.push('\n');
        for stretch in there {
            let length = moment(stretch.span.1.since(stretch.span.0));
            let overtime = if stretch.overtime { ", in overtime" } else { "" };
            let what = words(self.model, self.serves(), &stretch.occupation);
            let clock = on_the_clock(stretch.span.0);
            text.push_str(&format!("  {clock}  {length:>10}  {what}{overtime}\n"));
        }
        let midnight = SimTime::DAY.times(number + 1);
        if there.last().is_some_and(|last| last.span.1 == midnight) {
            text.push_str("  goes on after midnight\n");
        }
        text.push_str(&format!("  that day {}\n", sums(&self.day.that_day)));
        text + &whole(self.day)
    }

    /// Whether the role serves and does nothing else.
    fn serves(&self) -> bool {
        self.of_role().is_some_and(|role| matches!(role.work, Work::Serve { .. }))
    }
}

/// What the person did over all the days that count.
fn whole(day: &Day) -> String {
    format!("  all days that count {}\n", sums(&day.whole))
}

/// `7h 30m: answering 5h 12m, free 2h 18m; 12m 00s of it overtime`
fn sums(spent: &Spent) -> String {
    let parts: Vec<String> = spent
        .longest_first()
        .into_iter()
        .map(|(bin, of)| format!("{} {}", bin.label(), worked(of)))
        .collect();
    let overtime = match spent.overtime {
        0 => String::new(),
        some => format!("; {} of it overtime", worked(SimTime::from_micros(some))),
    };
    match parts.as_slice() {
        [] => "not there".into(),
        parts => {
            let total = worked(SimTime::from_micros(spent.total()));
            format!("{total}: {}{overtime}", parts.join(", "))
        }
    }
}

/// Time at work, which nobody counts in days of 24 hours.
fn worked(length: SimTime) -> String {
    match length.hours() {
        long if 24.0 <= long => format!("{long:.0}h"),
        _ => moment(length),
    }
}

/// What somebody is at, as part of a sentence; `serves`: at a desk that serves and does nothing else.
fn words(model: &Model, serves: bool, occupation: &Occupation) -> String {
    match occupation {
        Occupation::Off => "not at the desk".into(),
        Occupation::Vacant => "nobody has the job".into(),
        Occupation::Free => Bin::Idle.label().into(),
        Occupation::Task => format!("{}: a task", Bin::Proactive.label()),
        Occupation::Away(Bin::Proactive) => "listening".into(),
        Occupation::Away(bin) => bin.label().into(),
        Occupation::Work(several) => {
            let each: Vec<String> = several.iter().map(|of| in_hand(model, serves, of)).collect();
            match each.as_slice() {
                [only] => only.clone(),
                several => format!("{} at once: {}", several.len(), several.join("; ")),
            }
        }
    }
}

/// `answering: inquiry 812 (billing at x)`
fn in_hand(model: &Model, serves: bool, of: &InWork) -> String {
    let (world, number) = (&model.world, of.number + 1);
    let channel = &world.channels[of.channel as usize].name;
    if of.mention {
        return format!("{}: mention {number} (at {channel})", of.work.label());
    }
    let work = match of.work {
        Bin::Answer if serves => "serving",
        work => work.label(),
    };
    let topic = &world.topics[of.topic as usize].name;
    format!("{work}: inquiry {number} ({topic} at {channel})")
}

fn data(model: &Model, name: &str, arguments: &Trace, days: &[(&Design, Day)]) -> Value {
    let minutes = |spent: &Spent| -> Value {
        let of = spent.longest_first().into_iter();
        let bins = of.map(|(bin, length)| (bin.key().to_owned(), length.minutes().into()));
        Value::Object(bins.collect())
    };
    let designs: Vec<Value> = days
        .iter()
        .map(|(design, day)| {
            let told = Told { model, design, role: name, day };
            let stretches: Vec<Value> =
                day.there().iter().map(|stretch| told.stretch_data(stretch)).collect();
            let overtime = |spent: &Spent| SimTime::from_micros(spent.overtime).minutes();
            json!({
                "design": design.name,
                "day": day.number.map(|number| number + 1),
                "stretches": stretches,
                "minutes": minutes(&day.that_day),
                "overtime_minutes": overtime(&day.that_day),
                "minutes_of_all_days": minutes(&day.whole),
                "overtime_minutes_of_all_days": overtime(&day.whole),
            })
        })
        .collect();
    json!({
        "orgsim": env!("CARGO_PKG_VERSION"),
        "seed": model.study.seed,
        "replication": arguments.replication,
        "role": name,
        "person": arguments.person,
        "designs": designs,
    })
}

impl Told<'_> {
    fn stretch_data(&self, stretch: &Stretch) -> Value {
        let seconds = |at: SimTime| at.micros() as f64 / 1e6;
        let cases: Vec<Value> = match &stretch.occupation {
            Occupation::Work(several) => several
                .iter()
                .map(|of| {
                    let key = if of.mention { "mention" } else { "case" };
                    json!({ key: of.number + 1, "work": of.work.key() })
                })
                .collect(),
            _ => Vec::new(),
        };
        json!({
            "seconds": seconds(stretch.span.0),
            "until_seconds": seconds(stretch.span.1),
            "what": words(self.model, self.serves(), &stretch.occupation),
            "cases": cases,
            "overtime": stretch.overtime,
        })
    }
}
