//! What can be said about a scenario without running it.

mod cost;
mod idle;
mod length;
mod logged;
mod plain;
mod reach;

pub(super) use self::logged::{ON_TOP, adds_to_a_log};
use super::cursor::{Cursor, Object};
use super::designs::Designed;
use super::experiment::{Experiment, TIMES_BY_TOPIC};
use super::names::quote;
use crate::model::{About, Diagnostic, Practice, Problem, Risk, Role, Work, World, problems};

/// How a scenario came to be what it is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Said {
    /// Whether an overlay lies over it.
    pub(super) changed: bool,
    /// Whether all kinds of people could be read; if not, nothing is said about cost.
    pub(super) kinds: bool,
}

/// Check a scenario whose parts are sound in themselves.
pub(super) fn check(
    of: &Object<'_>,
    (world, practice): (&World, &Practice),
    designs: &[Designed],
    experiment: &Experiment,
    said: Said,
) {
    length::check(of, world, designs.len(), experiment);
    logged::check(of, world);
    // a role that cannot be read might have been what something else has an effect on
    if !of.cursor.report.failed_below("/designs/") {
        turned_away(of, world, designs);
        conversed(of, designs);
        idle::patience(of, world, designs);
        minded(of, world, designs);
        decided_above(of, world, designs);
    }
    told_apart(of, world, designs, experiment);
    let organizations = designs.iter().map(|designed| &designed.design.organization);
    // where something could not be read a default stands for it, and the work is not what was meant
    let report = of.cursor.report;
    let warnings = report.takes_warnings() && (!report.failed() || report.only_idle());
    let found = problems(world, practice, organizations, warnings);
    for (designed, found) in designs.iter().zip(found) {
        let Some(at) = of.get("designs").and_then(|at| at.entries()).and_then(|entries| {
            entries
                .into_iter()
                .find(|(_, child)| child.pointer == designed.pointer)
                .map(|(_, child)| child)
        }) else {
            continue;
        };
        found.into_iter().for_each(|problem| tell(&at, designed, problem));
        reach::check(&at, designed);
        idle::check(&at, designed, world);
    }
    if let Some(hold) = experiment.hold_equal.as_ref().filter(|_| said.kinds) {
        cost::check(of, designs, hold, said.changed);
    }
    plain::check(of, designs);
}

/// Note a problem of a design, at the role or the links it is about where the file states them.
fn tell(at: &Cursor<'_>, designed: &Designed, Problem { about, finding }: Problem) {
    let note = |at: &Cursor<'_>| {
        let finding = Diagnostic { pointer: String::new(), ..finding.clone() };
        at.report.add_at(at.node.range.start, at.placed(finding));
    };
    match about {
        About::Role(role) => designed.at_role(at, role, note),
        About::Links => {
            let links = at.child("graph").and_then(|graph| graph.child("links"));
            note(links.as_ref().unwrap_or(at));
        }
    }
}

/// Nobody is turned away where every waiting room has room for all.
fn turned_away(of: &Object<'_>, world: &World, designs: &[Designed]) {
    let limited = |designed: &Designed| {
        let mut roles = designed.design.organization.roles();
        roles.any(|(_, role)| role.waiting_room.is_some())
    };
    if world.behavior.turned_away.is_none() || designs.iter().any(limited) {
        return;
    }
    let at = of.get("customers").and_then(|at| at.child("behavior")?.child("when_turned_away"));
    if let Some(at) = at {
        at.idle(
            "`when_turned_away` has no effect: no desk turns anybody away",
            "give a role a `waiting_room`, or leave this out",
        );
    }
}

/// Some desk writes replies, where something is said of what customers do with them.
fn conversed(of: &Object<'_>, designs: &[Designed]) {
    let writes = |designed: &Designed| {
        let mut roles = designed.design.organization.roles();
        roles.any(|(_, role)| matches!(role.work, Work::Desk(_)))
    };
    if designs.iter().any(writes) || designs.is_empty() {
        return;
    }
    let behavior = of.get("customers").and_then(|at| at.child("behavior"));
    for key in ["wish_to_continue", "gives_up_deflected", "follows_to_private", "reopens"] {
        if let Some(at) = behavior.as_ref().and_then(|at| at.child(key)) {
            at.idle(
                format!("{} has no effect: no desk writes replies", quote(key)),
                "leave it out, or make a role a `desk`",
            );
        }
    }
}

/// Some topic has exceptions, where desks put them before somebody above.
fn decided_above(of: &Object<'_>, world: &World, designs: &[Designed]) {
    // a trial has neither dials nor what-ifs
    if !of.cursor.report.takes_warnings() {
        return;
    }
    let elsewhere = ["it_depends_on", "what_if"].map(|key| of.get(key));
    let states = |at: &Cursor<'_>| at.node.to_json().to_string().contains(".exceptions");
    if world.topics.iter().any(|topic| 0.0 < topic.exceptions)
        || elsewhere.iter().flatten().any(states)
    {
        return;
    }
    let above = |role: &Role| matches!(&role.work, Work::Desk(desk) if 0.0 < desk.centralization);
    let has = |designed: &&Designed| designed.design.organization.roles().any(|(_, it)| above(it));
    let all = of.get("designs").and_then(|at| at.entries()).unwrap_or_default();
    for designed in designs.iter().filter(has) {
        if let Some((_, at)) = all.iter().find(|(_, at)| at.pointer == designed.pointer) {
            at.warn(
                "no-effect",
                "`centralization` has no effect: no topic has exceptions that somebody must decide",
                "state the share of a topic's replies that are one: `\"exceptions\": \"5%\"`",
            );
        }
    }
}

/// Some desk minds what is at stake, where a topic says how much that is.
fn minded(of: &Object<'_>, world: &World, designs: &[Designed]) {
    let asks = |role: &Role| matches!(&role.work, Work::Desk(desk) if desk.answer && desk.authority < Risk::High);
    let minds = |designed: &Designed| {
        let organization = &designed.design.organization;
        let chooses = organization.links().any(|(_, _, link)| !link.filter.risks.is_empty());
        chooses || organization.roles().any(|(_, role)| asks(role))
    };
    if designs.iter().any(minds) {
        return;
    }
    let topics = of.get("customers").and_then(|at| at.child("topics"));
    for topic in world.topics.iter().filter(|topic| !topic.risks.at_most(Risk::Low)) {
        let at = topics.as_ref().and_then(|at| at.child(&topic.name)?.child("risk"));
        if let Some(at) = at {
            at.idle(
                "`risk` has no effect: every desk may answer at any risk",
                "state the `authority` of a design or a desk, or leave this out",
            );
        }
    }
}

/// Times are told topic by topic where a plain desk meets several.
fn told_apart(of: &Object<'_>, world: &World, designs: &[Designed], experiment: &Experiment) {
    let serves = |designed: &Designed| {
        let mut roles = designed.design.organization.roles();
        roles.any(|(_, role)| matches!(role.work, Work::Serve { .. }))
    };
    let message = match world.topics.len() {
        2.. if designs.iter().any(serves) => return,
        2.. => "no desk is plain, and only plain desks tell their times topic by topic",
        _ => "there is one topic, and its times are those of the role",
    };
    let measure = of.get("experiment").and_then(|at| at.child("measure"));
    if !experiment.study.measure.topic_times || designs.is_empty() {
        return;
    }
    for at in measure.iter().flat_map(|at| at.items()).flatten() {
        if at.text() == Some(TIMES_BY_TOPIC) {
            at.idle(message, "leave it out");
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::scenario::{Overlay, Source, load};

    #[test]
    fn nothing_is_said_of_work_where_something_could_not_be_read() {
        let codes = |units: &str, need: &str| {
            let text = format!(
                r#"{{ "orgsim": 1, "customers": {{ "messages": "900/day", "business_units": {units}, "need_unit_knowledge": {need} }},
                "designs": {{ "A": {{ "decentralized": {{ "each_unit": {{ "care agent": 1, "strategist": 1 }} }} }} }} }}"#
            );
            let found = load(&Source::new("mine.json", text), &Overlay::default());
            let found = found.map_or_else(|problems| problems, |scenario| scenario.warnings);
            found.into_iter().map(|of| of.code).collect::<Vec<_>>()
        };
        let units = r#"["phones", "tablets"]"#;
        assert!(codes(units, r#""20%""#).contains(&"too-much-work"));
        assert_eq!(codes(units, "20"), ["missing-unit"]);
        let in_part = r#"{ "phones": "70%", "tablets": "20%" }"#;
        assert_eq!(codes(in_part, r#""20%""#), ["shares-sum"]);
    }
}
