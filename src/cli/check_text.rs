//! What `check` prints for people.

use crate::cli::check::Looked;
use crate::cli::opened::Opened;
use crate::experiment::LogReport;
use crate::model::{
    Arrivals, ChannelId, From, Journey, LanguageId, LinkKind, Load, Model, Readers, Relief, RoleId,
    RoleLoad, StudyKind, Work, reliefs,
};
use crate::present::{
    NOTHING, Stretch, fill, heads, hours_of_week, money, pad, share, significant, thousands, time,
};
use crate::scenario::{Scenario, Staffing};
use crate::study::{Foretold, quoted};
use crate::units::{WEEKS_A_CALENDAR_YEAR, counted};

/// Loads, shapes and purposes.
pub(super) fn text(opened: &Opened, looked: &[Looked<'_>], findings: usize) -> String {
    let scenario = &opened.scenario;
    let warned = match findings {
        0 => "nothing is wrong with it".to_owned(),
        1 => "it can be run; one finding above".to_owned(),
        n => format!("it can be run; {n} findings above"),
    };
    let mut text = format!("{}: {warned}\n", opened.source.name);
    if !scenario.question.is_empty() {
        text.push_str(&format!("{}\n", scenario.question));
    }
    if let Some(first) = looked.first() {
        text.push_str(&typical_week(&first.load.journey));
        text.push_str(&counted_otherwise(&scenario.model, &first.load));
    }
    if scenario.finds_warm_up {
        text.push_str("  the warm-up is found by MSER-5 before anything is run\n");
    }
    for (number, looked) in looked.iter().enumerate() {
        text.push_str(&design(scenario, number, looked));
    }
    for report in &opened.reports {
        text.push_str(&log(report));
    }
    text.push_str(&strategy(scenario));
    text.push_str(&audit(scenario));
    text.push_str(&depends(scenario));
    text.push_str(&format!(
        "\n{} defaults hold: orgsim check {} --defaults\n",
        scenario.defaults_used.len(),
        quoted(&opened.source.name)
    ));
    text
}

/// What comes in a week; where less than one does, in a year, which tells more.
fn typical_week(journey: &Journey) -> String {
    let weekly = journey.inquiries + journey.mentions;
    let rare = 0.0 < weekly && weekly < 1.0;
    let (head, weeks) = if rare { ("YEAR", WEEKS_A_CALENDAR_YEAR) } else { ("WEEK", 1.0) };
    let number = |per_week: f64| match weeks * per_week {
        few if few < 9.5 && rare => significant(few, 2),
        many => thousands(many),
    };
    let mut text = format!("\nA TYPICAL {head}");
    if 0.0 < journey.inquiries {
        let each = journey.messages_per_inquiry();
        let follow = if 1.005 < each {
            format!(", {} messages each", significant(each, 2))
        } else {
            String::new()
        };
        let new = counted(number(journey.inquiries), "new inquiry", "new inquiries");
        text.push_str(&format!("   {new}{follow}"));
    }
    if 0.0 < journey.mentions {
        let mentions = counted(number(journey.mentions), "mention", "mentions");
        text.push_str(&format!(", {mentions} worth answering"));
    }
    text.push('\n');
    text
}

/// Streams that a typical week leaves out, or counts as if they went on.
fn counted_otherwise(model: &Model, load: &Load) -> String {
    let mut text = String::new();
    for stream in load.streams.iter().filter(|stream| stream.left_out) {
        let why = match model.world.streams.iter().find(|of| of.name == stream.name) {
            Some(of) if of.arrivals.is_closed() => "it depends on how soon they are served",
            Some(of) if matches!(of.arrivals, Arrivals::AtStart(_)) => "it is there at the start",
            _ => "it ends",
        };
        text.push_str(&format!("  left out, since {why}: {}\n", stream.name));
    }
    // until all is done, what comes is what there is
    let goes_on = model.study.kind != StudyKind::UntilDone;
    for stream in model.world.streams.iter().filter(|_| goes_on) {
        if let Some(limit) = stream.limit {
            let (name, limit) = (&stream.name, thousands(limit as f64));
            text.push_str(&format!("  counted as if it did not end after {limit}: {name}\n"));
        }
    }
    text
}

/// What a run turns to see whether the answer holds.
fn depends(scenario: &Scenario) -> String {
    if scenario.depends.is_empty() {
        return String::new();
    }
    let mut text = String::from("\nIT DEPENDS ON (`orgsim run` sweeps it)\n");
    for line in crate::cli::told::not_swept(scenario) {
        text.push_str(&format!("  {line}\n"));
    }
    match scenario.assumed.len() {
        0 => {}
        n => text.push_str(&format!("  and the ends of {n} defaults that may be otherwise\n")),
    }
    text
}

fn design(scenario: &Scenario, number: usize, looked: &Looked<'_>) -> String {
    let design = looked.design;
    let currency = scenario.currency.as_deref().unwrap_or("");
    let mut text = format!("\nDESIGN  {}", design.name);
    if 0.0 < design.headcount {
        let number = heads(design.headcount);
        let people = if number == "1" { "person" } else { "people" };
        text.push_str(&format!(": {number} {people}"));
    }
    if 0.0 < design.cost_per_year {
        text.push_str(&format!(", {} a year", money(design.cost_per_year, None, currency)));
    }
    match scenario.staffing.get(number) {
        Some(Staffing::Balanced) => text.push_str(", split by load at the same cost"),
        Some(Staffing::Busy(share)) => {
            text.push_str(&format!(", so many that nobody is busier than {:.0}%", 100.0 * share))
        }
        Some(Staffing::ByLoad) => text.push_str(", split by load"),
        Some(Staffing::AsStated) | None => {}
    }
    let most = looked.load.roles.iter().map(|role| role.visits_per_hour).fold(0.0, f64::max);
    let stretch = Stretch::over([most]);
    text.push_str(&format!(
        "\n  role                      heads  present{:>12}  minutes each  erlangs   busy\n",
        stretch.head()
    ));
    for role in &looked.load.roles {
        text.push_str(&row(&scenario.model, looked, role, stretch));
    }
    let closes = |role: &RoleLoad| 0.0 < role.open_hours && role.open_hours < 168.0 - 1e-6;
    if looked.load.roles.iter().any(closes) {
        text.push_str(
            "  present: while open; erlangs: work over all hours of the week; busy: by inquiries, of paid time\n",
        );
    }
    for (role, group) in looked.load.roles.iter().zip(&looked.readers) {
        if let Some(group) = group {
            text.push_str(&readers(scenario, looked, role, group));
        }
    }
    for (role, theory) in looked.load.roles.iter().zip(&looked.theory) {
        if let Some(told) = theory {
            text.push_str(&foretold(scenario, &role.name, told));
        }
    }
    for cycle in design.organization.cycles(|link| matches!(link.kind, LinkKind::RouteShare(_))) {
        let names: Vec<&str> =
            cycle.iter().map(|&id| design.organization.role(id).name.as_str()).collect();
        let inside: f64 = cycle
            .iter()
            .filter_map(|id| {
                let role = looked.load.roles.get(id.index())?;
                (0.0 < role.external_per_hour)
                    .then(|| role.visits_per_hour / role.external_per_hour)
            })
            .fold(0.0, f64::max);
        let visits = if 0.0 < inside {
            format!(": {} visits for each that comes in", significant(inside, 3))
        } else {
            String::new()
        };
        text.push_str(&format!("  a loop: {}{visits}\n", names.join(" → ")));
    }
    text.push_str(&shape(scenario, looked));
    text
}

/// What theory says of a role, and of each urgency there.
fn foretold(scenario: &Scenario, role: &str, told: &Foretold) -> String {
    let waits = match told.wait_positive {
        none if none <= 0.0 => "nobody waits".to_owned(),
        some => format!(
            "mean wait {}, {} of visits wait",
            time(told.wait_mean, None),
            share(some, None)
        ),
    };
    let lost = |lost: Option<f64>, what: &str| {
        lost.map_or(String::new(), |lost| format!(", {} {what}", share(lost, None)))
    };
    let (rejected, abandoned) =
        (lost(told.rejected, "turned away"), lost(told.abandoned, "give up"));
    let mut text = format!(
        "  theory says: {role} is {}, {waits}{rejected}{abandoned}, {} there on average\n",
        told.model,
        significant(told.number_mean, 3)
    );
    let topics = &scenario.model.world.topics;
    for class in &told.classes {
        let names: Vec<&str> =
            class.topics.iter().map(|id| topics[id.index()].name.as_str()).collect();
        text.push_str(&format!(
            "    {}: mean wait {}, {} of visits wait\n",
            names.join(", "),
            time(class.wait_mean, None),
            share(class.wait_positive, None)
        ));
    }
    text
}

/// Whom the languages that they alone read keep busier than the role is on average; nothing if nobody.
fn readers(scenario: &Scenario, looked: &Looked<'_>, load: &RoleLoad, group: &Readers) -> String {
    let least = group.utilization;
    if load.utilization().is_none_or(|share| least < share + 0.005) {
        return String::new();
    }
    let world = &scenario.model.world;
    let languages: Vec<&str> =
        group.languages.iter().map(|id| world.languages[id.index()].as_str()).collect();
    let of = looked.design.organization.role(load.role).persons().unwrap_or(0);
    let (who, read) = match group.persons {
        1 => ("one".to_owned(), "reads"),
        several => (several.to_string(), "read"),
    };
    let over = if 1.0 < least { ": more than can be done" } else { "" };
    format!(
        "  {}: {who} of its {of} people alone {read} {}, busy for {:.0}% at least{over}\n",
        load.name,
        languages.join(", "),
        100.0 * least
    )
}

/// How near to all of its time the work of a role is where it is no more and no less.
const JUST_FULL: f64 = 1e-9;

/// What is said beside such a role.
fn just_full(looked: &Looked<'_>, load: &RoleLoad) -> &'static str {
    match looked.staying[load.role.index()] {
        Some(share) if 1.0 <= share => {
            "  work for all of its time: keeps up only if all comes and is done like clockwork"
        }
        _ => "  work for all of its time",
    }
}

/// What is said beside a role that has work for more than its time.
fn over(looked: &Looked<'_>, model: &Model, load: &RoleLoad) -> &'static str {
    let (organization, world) = (&looked.design.organization, &model.world);
    let stays = looked.staying[load.role.index()].is_some_and(|share| 1.0 <= share);
    match model.study.kind {
        StudyKind::UntilDone if stays => {
            return "  more than its people can do until the last has come";
        }
        _ if stays => return "  falls behind for good",
        _ => {}
    }
    let role = organization.role(load.role);
    let gone = role.waiting_room.is_some() || matches!(role.work, Work::Serve { .. });
    match reliefs(world, &model.practice, organization, &looked.load, load.role).first() {
        Some(Relief::Help) => "  more than its people can do: others help out",
        Some(Relief::Withdrawn) => {
            "  more than its people can do unless questions and drafts go on without it"
        }
        // whoever leaves a plain queue, or finds no room, is gone; who gives up on a desk has written all the same
        Some(Relief::Loss) if gone => "  more than its people can do: some leave",
        Some(Relief::LossBefore) => {
            "  more than its people can do if the desks before it passed on all they get"
        }
        Some(Relief::Hurry) => "  more than its people can do unless they hurry",
        Some(Relief::Overtime) => "  more than its hours: some is done in overtime",
        Some(Relief::Loss) | None => {
            "  more than its people can do: some leave, or it falls behind for good"
        }
    }
}

/// Whether nothing comes to a role but what waits at others, which no load counts.
fn helps_out(looked: &Looked<'_>, load: &RoleLoad) -> bool {
    let mut links = looked.design.organization.links();
    let helps =
        |to: RoleId, kind: LinkKind| to == load.role && matches!(kind, LinkKind::Overflow(_));
    load.visits_per_hour == 0.0 && links.any(|(_, to, link)| helps(to, link.kind))
}

fn row(model: &Model, looked: &Looked<'_>, load: &RoleLoad, stretch: Stretch) -> String {
    let role = looked.design.organization.role(load.role);
    let heads = role.headcount().map_or("any".to_owned(), heads);
    let number = |value: f64| if value == 0.0 { NOTHING.to_owned() } else { significant(value, 3) };
    let present = load.present().map_or("any".to_owned(), number);
    let busy = match looked.busy(&model.world, load) {
        None => NOTHING.to_owned(),
        Some(_) if helps_out(looked, load) => NOTHING.to_owned(),
        Some(share) if share.is_finite() => format!("{:.0}%", 100.0 * share),
        Some(_) => "nobody".to_owned(),
    };
    let over = match load.utilization() {
        Some(share) if (share - 1.0).abs() < JUST_FULL => just_full(looked, load),
        Some(share) if 1.0 <= share => over(looked, model, load),
        Some(share)
            if role.habits.strain.overload.is_some_and(|of| 1.0 <= share / (1.0 - of.slower)) =>
        {
            "  more than its people can do once they are strained"
        }
        _ if helps_out(looked, load) => "  takes what waits elsewhere: how much, a run tells",
        _ => "",
    };
    let (visits, minutes, erlangs) = (
        number(load.visits_per_hour * stretch.hours),
        number(load.minutes_per_visit),
        number(load.erlangs()),
    );
    let name = fill(&load.name, 24);
    format!("  {name}{heads:>7}{present:>9}{visits:>12}{minutes:>14}{erlangs:>9}{busy:>7}{over}\n")
}

fn shape(scenario: &Scenario, looked: &Looked<'_>) -> String {
    let world = &scenario.model.world;
    let shape = &looked.structure;
    let name = |id| looked.design.organization.role(id).name.as_str();
    let mut facts = Vec::new();
    if let (Some(length), Some(share)) = (shape.path_length, shape.answered_knowingly) {
        let desks = format!("{} desks", significant(length, 3));
        facts.push(format!(
            "{:.0}% of first replies by somebody who knows, {desks} away on average",
            100.0 * share
        ));
    }
    if let Some(span) = shape.mean_span_of_superiors() {
        facts.push(format!(
            "{}, {} to one",
            counted(shape.layers, "layer", "layers"),
            match significant(span, 2).as_str() {
                "1.0" => "1 person reports".into(),
                span => format!("{span} people report"),
            }
        ));
    }
    if let Some(point) = shape.single_points.first() {
        facts.push(format!("{:.0}% of inquiries need {}", 100.0 * point.share, name(point.role)));
    }
    if let Some(share) = shape.crossing_units {
        facts.push(format!("{:.0}% of the links between roles leave a unit", 100.0 * share));
    }
    for held in &shape.sole_holders {
        facts.push(format!("only {} knows {}", name(held.role), world.units[held.unit.index()]));
    }
    let hours = shape.uncovered_hours;
    if 0.0 < hours {
        facts.push(format!("all desks closed in {} of 168 hours a week", hours_of_week(hours)));
    }
    let organization = &looked.design.organization;
    let comes_in = |channel: u32| {
        let mut links = organization.links_from(From::Channel(ChannelId(channel)));
        links.any(|(_, link)| matches!(link.kind, LinkKind::Intake { .. }))
    };
    let alone = &shape.uncovered_channel_hours;
    for ((id, channel), alone) in (0..).zip(&world.channels).zip(alone) {
        if hours + 0.5 < *alone && comes_in(id) {
            let alone = hours_of_week(*alone);
            facts.push(format!("no desk open for {} in {alone} hours", channel.name));
        }
    }
    facts.extend(languages(scenario, looked));
    facts.extend(topics(scenario, looked));
    for &id in &shape.unreachable {
        facts.push(format!("no inquiry can reach {}", name(id)));
    }
    facts.iter().map(|fact| format!("  {fact}\n")).collect()
}

/// Most topics without anybody that are named.
const TOPICS: usize = 3;

/// Topics for which nobody is there though somebody is for the rest of their channel.
fn topics(scenario: &Scenario, looked: &Looked<'_>) -> Vec<String> {
    let world = &scenario.model.world;
    let gaps = &looked.structure.uncovered_topics;
    let told = |gap: &crate::model::Unattended| {
        let language = |id: LanguageId| format!(", written in {}", world.languages[id.index()]);
        format!(
            "nobody there for {} on {}{} in {} of 168 hours a week",
            world.topics[gap.topic.index()].name,
            world.channels[gap.channel.index()].name,
            gap.language.map_or(String::new(), language),
            hours_of_week(gap.hours)
        )
    };
    let mut all: Vec<String> = gaps.iter().take(TOPICS).map(told).collect();
    if TOPICS < gaps.len() {
        let more = gaps.len() - TOPICS;
        let topics = if more == 1 { "topic" } else { "topics" };
        all.push(format!("and {more} more {topics} without anybody at times"));
    }
    all
}

/// Languages in which nobody is there for many hours, or one person alone.
fn languages(scenario: &Scenario, looked: &Looked<'_>) -> Vec<String> {
    let world = &scenario.model.world;
    let shape = &looked.structure;
    let language = |id: LanguageId| &world.languages[id.index()];
    let (hours, by_channel) = (shape.uncovered_hours, &shape.uncovered_channel_hours);
    let of_language = |id: LanguageId| {
        let all = shape.uncovered_languages.iter();
        all.filter(|gap| gap.channel.is_none() && gap.language == id).map(|gap| gap.hours).sum()
    };
    let gaps = shape.uncovered_languages.iter().filter_map(|gap| {
        let (known, on): (f64, _) = match gap.channel {
            None => (hours, String::new()),
            Some(id) => (
                by_channel[id.index()].max(of_language(gap.language)),
                format!(" on {}", world.channels[id.index()].name),
            ),
        };
        let alone = hours_of_week(gap.hours);
        let speaks = language(gap.language);
        (known + 0.5 < gap.hours)
            .then(|| format!("nobody there who speaks {speaks}{on} in {alone} of 168 hours a week"))
    });
    let lone = shape.lone_speakers.iter().map(|lone| {
        let role = &looked.design.organization.role(lone.role).name;
        format!("one person alone answers in {}, at {role}", language(lone.language))
    });
    gaps.chain(lone).collect()
}

/// What was read of a log, and what was not.
fn log(report: &LogReport) -> String {
    let told = log_told(report).join("\n  ");
    format!("\nLOG  {told}\n  more of it:  --format json\n")
}

/// What was read of a log, then what was left out and why.
pub(super) fn log_told(report: &LogReport) -> Vec<String> {
    let profile = &report.profile;
    let mut told = vec![format!(
        "{}: {} in {}, {} to {}",
        report.file,
        counted(thousands(profile.inquiries as f64), "inquiry", "inquiries"),
        counted(thousands(profile.rows as f64), "row", "rows"),
        profile.first_arrival,
        profile.last_arrival
    )];
    for (count, one, several, why) in [
        (profile.rows_not_kept, "row", "rows", "not kept by the mapping's conditions"),
        (profile.inquiries_outside_window, "inquiry", "inquiries", "outside the window"),
    ] {
        if 0 < count {
            let what = if count == 1 { one } else { several };
            told.push(format!("{count} {what} {why}"));
        }
    }
    for dropped in &report.dropped {
        let lines: Vec<String> = dropped.lines.iter().take(5).map(u64::to_string).collect();
        let more = if (lines.len() as u64) < dropped.count { ", …" } else { "" };
        let (rows, line) = match dropped.count {
            1 => ("row", "line"),
            _ => ("rows", "lines"),
        };
        let lines = lines.join(", ");
        told.push(format!(
            "{} {rows} dropped: {} ({line} {lines}{more})",
            dropped.count, dropped.reason
        ));
    }
    told
}

/// The objectives as a tree, where some serve others.
fn strategy(scenario: &Scenario) -> String {
    if scenario.strategy.iter().all(|of| of.depth == 0 && of.goal.is_some()) {
        return String::new();
    }
    let mut text = String::from("\nSTRATEGY  what each objective serves\n");
    for of in &scenario.strategy {
        let goal = of.goal.as_ref().map_or(String::new(), |goal| format!(": {goal}"));
        let why = of.why.as_ref().map_or(String::new(), |why| format!(" ({why})"));
        text.push_str(&format!("  {}{}{goal}{why}\n", "  ".repeat(of.depth), of.id));
    }
    text
}

/// For each channel what it is there for; what nobody stated is told as missing.
fn audit(scenario: &Scenario) -> String {
    let mut text = String::from("\nCHANNELS  what each is there for\n");
    for audit in &scenario.audit {
        let purpose = match &audit.serves {
            Some(serves) => format!("for {serves}"),
            None => "for what, nobody said".to_owned(),
        };
        let measured = match audit.measured_by.as_slice() {
            [] => "(no goal names it)".to_owned(),
            goals => goals.join("; "),
        };
        text.push_str(&format!(
            "  {} {purpose}; measured by {measured}\n",
            pad(&audit.channel, 14)
        ));
        if let Some(because) = &audit.because {
            text.push_str(&format!("  {:<14} because {because}\n", ""));
        }
        let shared = match audit.shares_people_with.as_slice() {
            [] => "no other channel".to_owned(),
            channels if scenario.model.designs.len() == 1 => channels.join(", "),
            channels => format!("{} in all designs", channels.join(", ")),
        };
        text.push_str(&format!("  {:<14} people shared with {shared}\n", ""));
    }
    text
}

/// Every default that holds, with its source.
pub(super) fn defaults_text(scenario: &Scenario) -> String {
    let mut text = String::from("\nDEFAULTS THAT HOLD  say otherwise in the file to change them\n");
    for default in &scenario.defaults_used {
        text.push_str(&format!(
            "  {} = {}\n      {} [{}]\n",
            default.key, default.value, default.meaning, default.source
        ));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::check::look;
    use crate::scenario::{Overlay, Source, load};

    #[test]
    fn who_only_helps_out_is_not_told_to_have_nothing_to_do() {
        let source = Source::new(
            "night.json",
            r#"{ "orgsim": 1,
            "customers": { "messages": "60/day", "need_unit_knowledge": "0%" },
            "people": { "vendor": { "cost": "$20/hour" } },
            "designs": { "A": {
                "centralized": { "care agent": 3, "strategist": 1 },
                "contract": { "vendor": 2, "takes": "nights and weekends" } } },
            "experiment": { "run_for": "2 weeks", "warm_up": "1 week", "repeat": 2 } }"#,
        );
        let scenario = load(&source, &Overlay::default()).expect("it is sound");
        let text = design(&scenario, 0, &look(&scenario.model, &scenario.model.designs[0]));
        let told: Vec<&str> = text
            .lines()
            .filter(|line| line.contains("vendor desk") || line.contains("report"))
            .map(str::trim)
            .collect();
        expect_test::expect![[r#"
            vendor desk                   2    0.667           –             –        –      –  takes what waits elsewhere: how much, a run tells
            3 layers, 3.0 people report to one"#]].assert_eq(&told.join("\n"));
    }
}
