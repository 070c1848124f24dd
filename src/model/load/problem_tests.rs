//! Designs that are wrong, and what is said of them.

use super::problems::{About, problems};
use crate::model::load::example::{
    centralized, decentralized, hub_and_spoke, link, network, outsourced, plain, practice, world,
};
use crate::model::{
    ChannelId, Filter, From, Link, LinkKind, Organization, People, Person, Role, RoleId, RouteWhen,
    Severity, TopicId, Work, World,
};

/// Codes and messages of what is wrong with one organization, whatever the work its roles have.
fn found(world: &World, organization: &Organization) -> Vec<(&'static str, String)> {
    problems(world, &practice(), [organization], true)
        .remove(0)
        .into_iter()
        .map(|problem| (problem.finding.code, problem.finding.message))
        .filter(|(code, _)| !["too-much-work", "hardly-any-work"].contains(code))
        .collect()
}

fn codes(world: &World, organization: &Organization) -> Vec<&'static str> {
    found(world, organization).into_iter().map(|(code, _)| code).collect()
}

#[test]
fn loops_are_named_with_their_gain() {
    let of = |shares: [f64; 2]| {
        let roles = vec![plain("a", 1.0, Some(9)), plain("b", 1.0, Some(9))];
        network(1.0, roles, &[(0, 1, shares[0], 0.0), (1, 0, shares[1], 0.0)])
    };
    let (world, drains) = of([0.9, 0.9]);
    assert_eq!(found(&world, &drains), []);
    let tight = problems(&world, &practice(), [&of([0.98, 0.98]).1], true).remove(0).remove(0);
    assert_eq!((tight.finding.code, tight.finding.severity), ("long-loop", Severity::Warning));
    assert_eq!(tight.about, About::Role(RoleId(0)));
    let closed = found(&world, &of([1.0, 1.0]).1);
    assert_eq!(
        closed,
        [(
            "endless-loop",
            "no case ever leaves the loop `a` → `b` → `a`: its gain is 1.000".to_owned()
        )]
    );
    let (world, more) = of([1.2, 0.5]);
    let told = found(&world, &more).remove(0);
    assert_eq!(told, ("shares-sum", "`a` passes on 120% of its cases".to_owned()));
}

#[test]
fn a_loop_of_one_topic_is_named_with_it() {
    let roles = vec![plain("a", 1.0, Some(9)), plain("b", 1.0, Some(9))];
    let (mut world, mut organization) = network(1.0, roles, &[(0, 1, 0.9, 0.0)]);
    world.topics.push(crate::model::Topic { name: "bill".into(), ..world.topics[0].clone() });
    let mut back = link(LinkKind::RouteShare(1.0), 0.0);
    back.filter.topics = vec![TopicId(1)];
    organization.add_link(From::Role(RoleId(1)), RoleId(0), back.clone());
    assert_eq!(found(&world, &organization), []);
    organization.add_link(
        From::Role(RoleId(0)),
        RoleId(1),
        Link { kind: LinkKind::RouteShare(0.1), ..back },
    );
    let message = "no case about `bill` ever leaves the loop `a` → `b` → `a`: its gain is 1.000";
    assert_eq!(found(&world, &organization), [("endless-loop", message.to_owned())]);
}

#[test]
fn loops_without_time_are_refused() {
    let codes = |service: f64, delay: f64| {
        let roles = vec![plain("a", 0.0, Some(1)), plain("b", service, Some(1))];
        let (world, organization) = network(1.0, roles, &[(0, 1, 0.5, 0.0), (1, 0, 0.5, delay)]);
        codes(&world, &organization)
    };
    assert_eq!(codes(0.0, 0.0), ["zero-time-loop"]);
    assert_eq!(codes(1.0, 0.0), [""; 0]);
    assert_eq!(codes(0.0, 1.0), [""; 0]);
}

#[test]
fn desks_that_pass_cases_round_for_ever_are_refused() {
    let (world, practice) = (world(), practice());
    for (kind, expected) in [
        (LinkKind::Route(RouteWhen::Always), vec!["endless-route"]),
        (LinkKind::Route(RouteWhen::Unknown), vec!["endless-route"]),
        (LinkKind::Consult, vec![]),
        (LinkKind::Approve, vec!["approval-cycle"]),
    ] {
        let mut organization = hub_and_spoke().build(&world, &practice);
        let (hub, spoke) =
            (organization.find("hub").unwrap(), organization.find("cars spoke").unwrap());
        organization.add_link(From::Role(spoke), hub, link(kind, 1.0));
        organization.add_link(From::Role(hub), spoke, link(kind, 1.0));
        assert_eq!(codes(&world, &organization), expected, "{kind:?}");
        if expected == ["endless-route"] {
            assert_eq!(
                found(&world, &organization)[0].1,
                "some cases are passed round for ever: `hub` → `cars spoke` → `hub`"
            );
        }
    }
    for archetype in [centralized(), decentralized(), hub_and_spoke(), outsourced()] {
        assert_eq!(found(&world, &archetype.build(&world, &practice)), []);
    }
}

#[test]
fn a_plain_desk_that_lets_cases_leave_ends_a_circle() {
    let (world, practice) = (world(), practice());
    let codes = |share: f64| {
        let mut organization = centralized().build(&world, &practice);
        let desk = organization.find("desk").unwrap();
        let stop = organization.add_role(plain("stop", 1.0, Some(9)));
        let always = LinkKind::Route(RouteWhen::Always);
        organization.add_link(From::Role(desk), stop, link(always, 0.0));
        organization.add_link(From::Role(stop), desk, link(LinkKind::RouteShare(share), 0.0));
        codes(&world, &organization)
    };
    assert_eq!(codes(1.0), ["endless-route"]);
    assert_eq!(codes(0.9), [""; 0]);
}

/// The same cases land at several desks, and are looked at together.
#[test]
fn each_circle_is_told_wherever_its_cases_land() {
    let (world, practice) = (world(), practice());
    let mut organization = decentralized().build(&world, &practice);
    let names = ["cars desk", "vans desk"];
    let desks = names.map(|name| organization.find(name).unwrap());
    for (stop, &desk) in ["one", "other"].into_iter().zip(&desks) {
        let stop = organization.add_role(plain(stop, 1.0, Some(9)));
        let always = LinkKind::Route(RouteWhen::Always);
        organization.add_link(From::Role(desk), stop, link(always, 0.0));
        organization.add_link(From::Role(stop), desk, link(LinkKind::RouteShare(1.0), 0.0));
    }
    let told = |desk: &str, stop: &str| {
        let message =
            format!("some cases are passed round for ever: `{desk}` → `{stop}` → `{desk}`");
        ("endless-route", message)
    };
    let expected = [told(names[0], "one"), told(names[1], "other")];
    assert_eq!(found(&world, &organization), expected);
}

#[test]
fn what_cannot_be_told_apart_is_refused() {
    let (mut world, mut organization) = network(1.0, vec![plain("desk", 1.0, Some(1))], &[]);
    world.topics = (0..65).map(|i| crate::model::load::example::topic(&format!("t{i}"))).collect();
    let alone = |topic: u32| Person { skills: Some(vec![TopicId(topic)]), ..Person::full() };
    let people = |many: u32| People::Some((0..many).map(alone).chain([Person::full()]).collect());
    organization.role_mut(RoleId(0)).people = people(64);
    let message = "by topic and language, cases fall into 65 groups at `desk`, each for other people of it; at most 64 can \
                   be told apart";
    assert_eq!(found(&world, &organization), [("too-many-groups", message.to_owned())]);
    organization.role_mut(RoleId(0)).people = people(63);
    assert_eq!(found(&world, &organization), []);
}

#[test]
fn more_reviewers_of_a_draft_than_can_be_told_apart_are_refused() {
    let (world, practice) = (world(), practice());
    let of = |many: u32, topic: Option<u32>| {
        let mut organization = centralized().build(&world, &practice);
        let desk = organization.find("desk").unwrap();
        let mut reviewer = organization.role(organization.find("strategist").unwrap()).clone();
        for number in 0..many {
            reviewer.name = format!("reviewer {number}");
            let to = organization.add_role(reviewer.clone());
            let topics = topic.map(|_| TopicId(number % 2)).into_iter().collect();
            let filter = Filter { topics, ..Filter::default() };
            organization.add_link(
                From::Role(desk),
                to,
                Link { filter, step: Some(1), ..link(LinkKind::Approve, 0.0) },
            );
        }
        codes(&world, &organization)
    };
    assert_eq!(of(63, None), [""; 0]);
    assert_eq!(of(65, None), ["too-many-reviewers"]);
    assert_eq!(of(120, Some(0)), [""; 0]);
}

#[test]
fn conversations_that_never_end_are_refused() {
    let (mut world, practice) = (world(), practice());
    let mut organization = centralized().build(&world, &practice);
    let desk = organization.find("desk").unwrap();
    let Work::Desk(of) = &mut organization.role_mut(desk).work else { panic!("a desk") };
    of.brevity.deflects = 1.0;
    world.behavior.dialogue.gives_up_deflected = 0.0;
    assert_eq!(codes(&world, &organization), ["endless-conversation"]);
    world.behavior.dialogue.gives_up_deflected = 0.01;
    assert_eq!(codes(&world, &organization), [""; 0]);
}

#[test]
fn a_topic_that_nobody_can_take_is_told_where_it_comes() {
    let (world, mut organization) = network(1.0, vec![plain("desk", 1.0, Some(1))], &[]);
    let unskilled = || Person { skills: Some(vec![]), ..Person::full() };
    organization.role_mut(RoleId(0)).people = People::Some(vec![unskilled()]);
    let message = "nobody at `desk` can take `question`".to_owned();
    assert_eq!(found(&world, &organization), [("skill-nobody-has", message)]);
    // an expert whom a desk that knows everything never asks needs no skill
    let mut know_all = crate::model::load::example::world();
    know_all.streams[0].mix.unit_matters = 0.0;
    let mut organization = centralized().build(&know_all, &practice());
    let expert = organization.find("cars expert").unwrap();
    organization.role_mut(expert).people = People::Some(vec![unskilled()]);
    assert_eq!(found(&know_all, &organization), []);
}

#[test]
fn channels_without_intake_and_inquiries_without_are_told_apart() {
    let (mut world, mut organization) = network(1.0, vec![plain("desk", 1.0, Some(1))], &[]);
    let mut silent = Organization::new(1);
    silent.add_role(plain("desk", 1.0, Some(1)));
    let message = "nobody takes in what is posted on `forum`".to_owned();
    assert_eq!(found(&world, &silent), [("no-intake", message)]);
    world.topics.push(crate::model::Topic { name: "bill".into(), ..world.topics[0].clone() });
    world.streams[0].mix.topics = crate::model::Shares::new(&[3.0, 1.0]).unwrap();
    let mut some = Organization::new(1);
    let desk =
        some.add_role(Role { name: "desk".into(), ..organization.role_mut(RoleId(0)).clone() });
    let mut intake = link(LinkKind::Intake { own_account: false }, 0.0);
    intake.filter.topics = vec![TopicId(0)];
    some.add_link(From::Channel(ChannelId(0)), desk, intake);
    let message = "25.0% of the inquiries reach nobody; they come from `forum`".to_owned();
    assert_eq!(found(&world, &some), [("no-intake", message)]);
}

#[test]
fn what_must_be_approved_and_is_not_is_told() {
    let mut world = world();
    world.topics[0].always_approved = true;
    for archetype in [centralized(), decentralized(), hub_and_spoke(), outsourced()] {
        assert_eq!(found(&world, &archetype.build(&world, &practice())), []);
    }
    let old = centralized().build(&world, &practice());
    let mut organization = Organization::new(old.channel_count());
    for (_, role) in old.roles() {
        organization.add_role(role.clone());
    }
    for (from, to, link) in old.links().filter(|(_, _, link)| link.kind != LinkKind::Approve) {
        organization.add_link(from, to, link.clone());
    }
    let message =
        "replies of `desk` about `question` go out without the approval that they always need";
    assert_eq!(found(&world, &organization), [("unreviewed", message.to_owned())]);
}
