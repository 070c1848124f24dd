//! Which defaults a scenario uses: many are read, and some of them change nothing.

use super::defaults::Default;
use crate::model::{
    Desk, Employer, From, HandOff, Help, Knowledge, Link, LinkKind, Model, Ownership, People, Role,
    RouteWhen, Work,
};

/// Of the defaults that were read, those that change something in some design of the model.
pub(super) fn in_use(read: Vec<&'static Default>, model: &Model) -> Vec<&'static Default> {
    read.into_iter().filter(|default| matters(default.key, model)).collect()
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
                || (desks() && 0.0 < model.world.behavior.recontact)
        }
        "practice.ask" | "practice.consult" => link(model, |link| link.kind == LinkKind::Consult),
        "practice.review" | "practice.rework" | "practice.caught" => reviewed(model),
        "practice.legal_review" => {
            reviewed(model) && model.world.topics.iter().any(|topic| topic.always_approved)
        }
        "practice.search" | "practice.search_finds" => {
            desk(model, |desk| desk.ladder.contains(&Help::Search))
        }
        "practice.reread" | "practice.context_settles" => link(model, |link| link.keeps < 1.0),
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
        "practice.engage"
        | "practice.scan"
        | "customers.channels.*.half_life"
        | "designs.*.listens"
        | "designs.*.keep_free" => mentions(model),
        "knowledge.vendor_generic" => unknowing(model, |role| role.employer != Employer::Own),
        "customers.behavior.wrong_guess" => {
            link(model, |link| link.kind == LinkKind::Intake { own_account: true })
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
    link(model, |link| link.kind == LinkKind::Approve)
        && (always || desk(model, |desk| 0.0 < desk.approval || above(desk.authority)))
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
        let assumed =
            scenario.defaults_used.iter().filter(|default| default.source.contains("assum"));
        assumed.map(|default| default.key).collect()
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
