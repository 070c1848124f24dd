//! Which inputs a scenario uses: many are read, and some of them change nothing.

use super::cursor::Cursor;
use super::defaults::Default;
use super::keys::ANYWHERE;
use super::names::quote;
use super::tree::{Entry, Node, Value};
use crate::model::{
    Design, Desk, DutyKind, Employer, From, HandOff, Help, Knowledge, Link, LinkKind, Model,
    Ownership, People, Risk, Role, RouteWhen, ShiftEnd, Work,
};

/// The blocks whose keys each are about one thing that people do.
const BLOCKS: [&[&str]; 3] = [&["practice"], &["knowledge"], &["customers", "behavior"]];

/// Of the defaults that were read, those that change something in some design of the model.
pub(super) fn in_use(read: Vec<&'static Default>, model: &Model) -> Vec<&'static Default> {
    read.into_iter().filter(|default| matters(default.key, model)).collect()
}

/// Warn of what is stated in one of the blocks and changes nothing in any design, once for each block.
pub(super) fn warn_of_no_effect(root: &Cursor<'_>, model: &Model) {
    for block in BLOCKS {
        let step = |node: &'_ Node, step: &&str| node.child(step).cloned();
        let node = block.iter().try_fold(root.node.clone(), |node, name| step(&node, name));
        let Some(Node { value: Value::Object(entries), .. }) = node else { continue };
        let in_vain = |entry: &&Entry| {
            !ANYWHERE.contains(&entry.name.as_str())
                && !can_matter(&format!("{}.{}", block.join("."), entry.name), model)
        };
        let in_vain: Vec<&Entry> = entries.iter().filter(in_vain).collect();
        let Some(first) = in_vain.first() else { continue };
        let names: Vec<String> = in_vain.iter().map(|entry| quote(&entry.name)).collect();
        let change = if names.len() == 1 { "changes" } else { "change" };
        let pointer = format!("/{}/{}", block.join("/"), first.name);
        Cursor { node: &first.node, pointer, report: root.report }.warn(
            "no-effect",
            format!("{} {change} nothing in the designs as they stand", names.join(", ")),
            "leave it out, unless a design, a what-if or a sweep is to have something that it is about",
        );
    }
}

/// Whether another value at this key could change anything, whatever its value is.
fn can_matter(key: &str, model: &Model) -> bool {
    let desk_of = |is: &dyn Fn(&Role) -> bool| {
        roles(model).any(|role| matches!(role.work, Work::Desk(_)) && is(role))
    };
    match key {
        "practice.approve_loud" => {
            model.world.goes_public() && link(model, |link| link.kind == LinkKind::Approve)
        }
        // those who are new know less, whatever the others do
        "practice.guess_wrong" | "practice.guess_times" => desk_of(&|_| true),
        "practice.shared_tool" | "practice.other_team" | "practice.other_company" => {
            passed_on(model) || handed_over(model)
        }
        "knowledge.vendor_generic" => desk_of(&|role| role.employer != Employer::Own),
        _ if key.starts_with("knowledge.") => desk_of(&|_| true),
        _ => matters(key, model),
    }
}

/// Whether the value at this key changes anything.
fn matters(key: &str, model: &Model) -> bool {
    let desks = || desk(model, |_| true);
    match key {
        "practice.approve_loud" => false,
        "practice.brief_reply" => desk(model, |desk| !desk.brevity.is_none()),
        "customers.behavior.gives_up_deflected" => desk(model, |desk| 0.0 < desk.brevity.deflects),
        "customers.behavior.follows_to_private" => {
            desk(model, |desk| 0.0 < desk.brevity.to_private)
        }
        "practice.triage" | "practice.triage_errs" => desk(model, |desk| desk.triage),
        "practice.recognize" => {
            link(model, |link| link.kind == LinkKind::Route(RouteWhen::WrongDesk))
                || (desks() && comes_twice(model))
        }
        "practice.ask" | "practice.consult" => link(model, |link| link.kind == LinkKind::Consult),
        "practice.review" | "practice.rework" | "practice.caught" => reviewed(model),
        "practice.legal_review" => {
            reviewed(model) && model.world.topics.iter().any(|topic| topic.always_approved)
        }
        "practice.search" | "practice.search_finds" => {
            desk(model, |desk| desk.ladder.contains(&Help::Search))
        }
        "practice.reread" | "practice.context_settles" => {
            link(model, |link| link.keeps < 1.0) || handed_over(model)
        }
        "practice.policy_change" | "practice.change_concerns" => {
            link(model, |link| matches!(link.kind, LinkKind::Policy(_)))
        }
        "practice.notice" => link(model, |link| link.ownership != Ownership::OwnerOnly),
        "practice.claim_shows" => link(model, |link| link.ownership == Ownership::FirstToClaim),
        "practice.left_to_others" => link(model, |link| link.ownership == Ownership::Nobody),
        "practice.confer" => link(model, |link| link.holds && link.kind != LinkKind::Consult),
        "practice.decide" => exceptions(model) && desk(model, |desk| 0.0 < desk.centralization),
        "practice.decisions" => exceptions(model),
        "practice.shared_tool" => passage(model, &model.practice.shared_tool),
        "practice.other_team" => passage(model, &model.practice.other_team),
        "practice.other_company" => passage(model, &model.practice.other_company),
        "practice.guess_wrong" | "practice.guess_times" => unknowing(model, |_| true),
        "practice.orphaned" => {
            link(model, |link| 0.0 < link.loses || link.ownership == Ownership::Nobody)
        }
        "practice.scan" => mentions(model) && !model.designs.iter().all(listens),
        "practice.find" => mentions(model) && model.designs.iter().any(listens),
        "practice.engage"
        | "customers.channels.*.half_life"
        | "designs.*.listens"
        | "designs.*.keep_free" => mentions(model),
        "knowledge.vendor_generic" => unknowing(model, |role| role.employer != Employer::Own),
        "customers.behavior.wrong_guess" => {
            link(model, |link| link.kind == LinkKind::Intake { own_account: true })
        }
        "designs.*.contract.authority" => {
            model.world.topics.iter().any(|topic| !topic.risks.at_most(Risk::Low))
        }
        "designs.*.shift_end" => roles(model).any(come_and_go),
        "experiment.worth_noticing.time" => 1 < model.designs.len(),
        _ if key.starts_with("experiment.worth_noticing.") => 1 < model.designs.len() && desks(),
        _ if key.starts_with("knowledge.") => unknowing(model, |_| true),
        "customers.behavior.wish_to_continue" | "customers.behavior.reply_delay" => desks(),
        _ if key.starts_with("practice.") || key.starts_with("customers.topics.*.") => desks(),
        _ => true,
    }
}

fn roles(model: &Model) -> impl Iterator<Item = &Role> {
    model.designs.iter().flat_map(|design| design.organization.roles().map(|(_, role)| role))
}

fn desk(model: &Model, is: impl Fn(&Desk) -> bool) -> bool {
    roles(model).any(|role| matches!(&role.work, Work::Desk(desk) if is(desk)))
}

fn link(model: &Model, is: impl Fn(&Link) -> bool) -> bool {
    model.designs.iter().any(|design| design.organization.links().any(|(_, _, link)| is(link)))
}

/// Whether some reply is reviewed.
fn reviewed(model: &Model) -> bool {
    let always = model.world.topics.iter().any(|topic| topic.always_approved);
    let above = |authority| model.world.topics.iter().any(|of| !of.risks.at_most(authority));
    let loud = 0.0 < model.practice.approve_loud && model.world.goes_public();
    link(model, |link| link.kind == LinkKind::Approve)
        && (always || loud || desk(model, |desk| 0.0 < desk.approval || above(desk.authority)))
}

/// Whether there may be a second message about an inquiry.
fn comes_twice(model: &Model) -> bool {
    let world = &model.world;
    let of_segment = |share: Option<f64>| share.is_some_and(|share| 0.0 < share);
    0.0 < world.behavior.recontact
        || world.goes_public()
        || world.audience.segments.iter().any(|segment| of_segment(segment.recontact))
}

/// Whether some desk passes cases on.
fn passed_on(model: &Model) -> bool {
    model.designs.iter().any(|design| {
        let mut links = design.organization.links();
        links.any(|(from, _, link)| matches!(from, From::Role(_)) && link.kind != LinkKind::Report)
    })
}

/// Whether colleagues go on with what was in hand at the end of a shift.
fn handed_over(model: &Model) -> bool {
    roles(model).any(|role| role.shift_end == ShiftEnd::HandOver)
}

/// Whether some reply at a desk raises an exception.
fn exceptions(model: &Model) -> bool {
    model.world.topics.iter().any(|topic| 0.0 < topic.exceptions) && desk(model, |_| true)
}

/// Whether some case is passed on at what this kind of passage costs.
fn passage(model: &Model, passage: &HandOff) -> bool {
    let costs = |link: &Link| {
        link.keeps.to_bits() == passage.keeps.to_bits() && link.delay == passage.delay
    };
    model.designs.iter().any(|design| {
        design.organization.links().any(|(from, _, link)| {
            matches!(from, From::Role(_)) && link.kind != LinkKind::Report && costs(link)
        })
    })
}

/// Whether there is a desk, of those `of` picks, that does not know everything.
fn unknowing(model: &Model, of: impl Fn(&Role) -> bool) -> bool {
    let everything = Knowledge::everything(model.world.topics.len(), model.world.units.len());
    roles(model)
        .any(|role| matches!(role.work, Work::Desk(_)) && of(role) && role.knowledge != everything)
}

/// Whether mentions are found by people who take time to listen, instead of showing up by themselves.
fn listens(design: &Design) -> bool {
    let mut duties = design.organization.roles().flat_map(|(_, role)| &role.staffing.duties);
    duties.any(|duty| duty.kind == DutyKind::Listening)
}

fn mentions(model: &Model) -> bool {
    model.world.has_mentions() && link(model, |link| link.kind == LinkKind::Listen)
}

/// Whether somebody goes off shift while the role has work.
fn come_and_go(role: &Role) -> bool {
    let People::Some(people) = &role.people else { return false };
    people.iter().any(|person| {
        let hours = person.calendar.as_ref().unwrap_or(&role.calendar);
        person.present < 1.0 || !hours.is_always()
    })
}

#[cfg(test)]
mod tests {
    use crate::scenario::{Overlay, Scenario, Source, load, render};

    fn loaded(text: &str) -> Scenario {
        let source = Source::new("mine.json", text);
        load(&source, &Overlay::default())
            .unwrap_or_else(|problems| panic!("{}", render(&source, &problems, false)))
    }

    /// Keys of the assumptions that hold, some of the many.
    fn guessed(scenario: &Scenario) -> Vec<&'static str> {
        let assumed = scenario
            .defaults_used
            .iter()
            .filter(|default| crate::scenario::is_guess(default.source));
        assumed.map(|default| default.key).collect()
    }

    #[test]
    fn what_is_stated_in_vain_is_warned_of() {
        let text = |practice: &str| {
            format!(
                r#"{{ "orgsim": 1, "customers": {{ "plain": true, "messages": "9/hour" }},
                "practice": {{ {practice} }},
                "designs": {{ "A": {{ "graph": {{
                    "roles": {{ "desk": {{ "people": 1, "desk": {{ "triage": true }} }} }},
                    "links": [ {{ "intake": {{ "to": "desk" }} }} ] }} }} }} }}"#
            )
        };
        let warned = |practice: &str| -> Vec<String> {
            let all = loaded(&text(practice)).warnings.into_iter();
            all.filter(|it| it.code == "no-effect").map(|it| it.pointer).collect()
        };
        assert_eq!(warned(r#""triage": "1m", "error": "5%""#), [""; 0]);
        for key in ["scan", "find", "orphaned", "decide", "confer", "approve_loud"] {
            let share = if key == "approve_loud" { "50%" } else { "9m" };
            let at = format!("/practice/{key}");
            assert_eq!(warned(&format!(r#""{key}": "{share}""#)), [at]);
        }
        let both = r#""triage": "1m", "decide": "9m", "scan": "5m""#;
        assert_eq!(warned(both), ["/practice/decide"], "once for all of a block");
    }

    #[test]
    fn what_some_design_is_about_is_not_stated_in_vain() {
        let warned = |customers: &str, practice: &str, desk: &str, links: &str| -> Vec<String> {
            let text = format!(
                r#"{{ "orgsim": 1, "customers": {{ "messages": "9/hour", {customers} }}, {practice},
                "designs": {{ "A": {{ "graph": {{
                    "roles": {{ "desk": {{ "people": 2, {desk} }}, "other": {{ "people": 1, "desk": {{}} }} }},
                    "links": [ {{ "intake": {{ "to": "desk" }} }}, {links} ] }} }} }} }}"#
            );
            let all = loaded(&text).warnings.into_iter();
            all.filter(|it| it.code == "no-effect").map(|it| it.pointer).collect()
        };
        let route = r#"{ "route": { "from": "desk", "to": "other", "when": "unknown" } }"#;
        let plain = r#""desk": {}"#;
        let over = r#""desk": {}, "open": "daily 9-17", "shift_end": "hand over""#;
        for (customers, practice, desk, links) in [
            ("", r#""knowledge": { "own_generic": "100%" }"#, plain, route),
            ("", r#""practice": { "reread": "20%", "context_settles": "10%" }"#, over, route),
            (
                "",
                r#""practice": { "shared_tool": { "delay": "2m", "keeps": "70%" } }"#,
                over,
                route,
            ),
            (
                r#""behavior": { "recontact": "20%" }"#,
                r#""practice": { "recognize": "3m" }"#,
                plain,
                route,
            ),
            ("", r#""practice": { "guess_times": 2 }"#, plain, route),
        ] {
            let customers = if customers.is_empty() { r#""behavior": {}"# } else { customers };
            assert_eq!(warned(customers, practice, desk, links), [""; 0], "{practice}");
        }
        let never = r#""practice": { "reread": "20%" }"#;
        let keeps = route.replace("unknown\"", "unknown\", \"keeps\": \"100%\"");
        assert_eq!(warned(r#""behavior": {}"#, never, plain, &keeps), ["/practice/reread"]);
    }

    #[test]
    fn a_plain_network_rests_on_no_guess() {
        let mm1 = loaded(include_str!("../../scenarios/queueing/mm1.json"));
        assert_eq!(guessed(&mm1), [""; 0]);
    }

    #[test]
    fn what_a_design_does_brings_its_guesses() {
        let text = |desk: &str, links: &str| {
            format!(
                r#"{{ "orgsim": 1, "customers": {{ "plain": true, "messages": "9/hour" }},
                "designs": {{ "A": {{ "graph": {{
                    "roles": {{ "desk": {{ "people": 1, {desk} }}, "lead": {{ "people": 1, "desk": {{}} }} }},
                    "links": [ {{ "intake": {{ "to": "desk" }} }}, {links} ] }} }} }} }}"#
            )
        };
        let asks = r#"{ "consult": { "from": "desk", "to": "lead" } }"#;
        let knowing = loaded(&text(r#""desk": { "ladder": ["consult"] }"#, asks));
        let knowing = guessed(&knowing);
        assert!(knowing.contains(&"practice.consult") && knowing.contains(&"practice.error"));
        for key in ["practice.review", "practice.triage", "practice.guess_wrong", "practice.scan"] {
            assert!(!knowing.contains(&key), "{key}: {knowing:?}");
        }
        let part = loaded(&text(
            r#""desk": { "triage": true, "ladder": ["consult"] }, "knows": { "generic": 0.5 }"#,
            asks,
        ));
        let part = guessed(&part);
        assert!(part.contains(&"practice.guess_wrong") && part.contains(&"practice.triage"));
    }
}
