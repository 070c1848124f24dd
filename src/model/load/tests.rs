//! Hand-computed loads of networks and archetypes.

use super::example::{
    RATE, all, centralized, constant, dandelion, decentralized, holistic, hub_and_spoke, link,
    network, outsourced, plain, practice, stream, topic, touchpoint, world,
};
use super::{
    Hours, Load, Relief, RoleLoad, Split, load, reliefs, specialists, split_heads, staying,
};
use crate::draws::Law;
use crate::model::archetype::{Archetype, Kappas};
use crate::model::*;
use crate::units::SimTime;

/// Of these, those that triage lets through: needed and not refused, or needless and let through.
const THROUGH: f64 = RATE * (0.8 * 0.95 + 0.2 * 0.05);

fn of<'l>(load: &'l Load, name: &str) -> &'l RoleLoad {
    load.roles.iter().find(|role| role.name == name).unwrap()
}

fn of_archetype(archetype: &Archetype) -> Load {
    let (world, practice) = (world(), practice());
    load(&world, &practice, &archetype.build(&world, &practice))
}

#[track_caller]
fn near(found: f64, expected: f64) {
    assert!(
        (found - expected).abs() <= 1e-6 * expected.abs().max(1.0),
        "{found} is not {expected}"
    );
}

/// Minutes per hour from hours per week.
fn minutes(hours_per_week: f64) -> f64 {
    hours_per_week / 168.0 * 60.0
}

// Plain networks.

/// Case D07, a Jackson network: two tiers and a vendor; rates per hour.
#[test]
fn a_jackson_network_solves_its_traffic_equations() {
    let roles = vec![
        plain("frontline", 60.0, Some(3)),
        plain("specialist", 120.0, Some(2)),
        plain("vendor", 240.0, None),
    ];
    let (world, organization) =
        network(1.5, roles, &[(0, 1, 0.3, 0.0), (1, 0, 0.2, 0.0), (1, 2, 0.5, 0.0)]);
    let load = load(&world, &practice(), &organization);
    near(of(&load, "frontline").visits_per_hour, 1.595744681);
    near(of(&load, "frontline").utilization().unwrap(), 0.5319148936);
    near(of(&load, "specialist").visits_per_hour, 0.4787234043);
    near(of(&load, "specialist").utilization().unwrap(), 0.4787234043);
    near(of(&load, "vendor").visits_per_hour, 0.2393617021);
    near(of(&load, "vendor").erlangs(), 0.9574468085);
    assert_eq!(of(&load, "vendor").utilization(), None);
    near(of(&load, "frontline").external_per_hour, 1.5);
}

/// A hub of four people and four spokes of two, from which a tenth comes back.
#[test]
fn a_hub_and_its_spokes_are_as_busy_as_theory_says() {
    let mut roles = vec![plain("hub", 12.0, Some(4))];
    let mut routes = Vec::new();
    for spoke in 1..=4 {
        roles.push(plain(&format!("spoke {spoke}"), 36.0, Some(2)));
        routes.extend([(0, spoke, 0.2, 0.0), (spoke, 0, 0.1, 0.0)]);
    }
    let (world, organization) = network(10.0, roles, &routes);
    let load = load(&world, &practice(), &organization);
    near(of(&load, "hub").utilization().unwrap(), 0.5 / 0.92);
    for spoke in 1..=4 {
        near(of(&load, &format!("spoke {spoke}")).utilization().unwrap(), 0.6 / 0.92);
    }
}

/// Case D08: a quarter comes back after a delay.
#[test]
fn geometric_feedback_multiplies_the_contacts() {
    let (world, organization) =
        network(2.0, vec![plain("desk", 60.0, Some(4))], &[(0, 0, 0.25, 600.0)]);
    let load = load(&world, &practice(), &organization);
    near(load.roles[0].visits_per_hour, 2.666666667);
    near(load.roles[0].utilization().unwrap(), 0.6666666667);
    near(load.roles[0].minutes_per_visit, 60.0);
}

#[test]
fn topics_take_their_own_ways_through_plain_desks() {
    let mut desk = plain("desk", 60.0, Some(1));
    desk.work = Work::Serve { service: vec![constant(10.0), constant(30.0)], draw: Draw::PerVisit };
    let (mut world, mut organization) = network(1.0, vec![desk, plain("back", 6.0, Some(1))], &[]);
    world.topics.push(topic("complaint"));
    world.streams = vec![stream(2.0, 2, &[], 0.0)];
    let filter = Filter { topics: vec![TopicId(1)], ..Filter::default() };
    let only = Link { filter, ..link(LinkKind::RouteShare(0.5), 0.0) };
    organization.add_link(From::Role(RoleId(0)), RoleId(1), only);
    let load = load(&world, &practice(), &organization);
    near(of(&load, "desk").erlangs(), 40.0 / 60.0);
    near(of(&load, "back").visits_by_topic[0], 0.0);
    near(of(&load, "back").visits_by_topic[1], 0.5);
}

#[test]
fn desks_and_plain_desks_can_be_mixed() {
    // A desk that sends everything to a plain desk, which sends half of it back to another desk.
    let archetype = centralized();
    let (world, practice) = (world(), practice());
    let mut organization = archetype.build(&world, &practice);
    let back = organization.find("desk").unwrap();
    let mut first = organization.role(back).clone();
    first.name = "post room".into();
    let first = organization.add_role(first);
    let machine = organization.add_role(plain("machine", 6.0, None));
    organization.add_link(
        From::Role(first),
        machine,
        link(LinkKind::Route(RouteWhen::Always), 0.0),
    );
    organization.add_link(From::Role(machine), back, link(LinkKind::RouteShare(0.5), 0.0));
    organization.add_link(From::Role(machine), machine, link(LinkKind::RouteShare(0.25), 0.0));
    let mut world = world;
    let mut channel = world.channels[0].clone();
    channel.name = "letters".into();
    world.channels.push(channel);
    let mut rebuilt = Organization::new(2);
    organization.roles().for_each(|(_, role)| {
        rebuilt.add_role(role.clone());
    });
    for (from, to, link) in organization.links().filter(|(from, ..)| matches!(from, From::Role(_)))
    {
        rebuilt.add_link(from, to, link.clone());
    }
    rebuilt.add_link(
        From::Channel(ChannelId(1)),
        first,
        link(LinkKind::Intake { own_account: false }, 0.0),
    );
    world.streams[0].mix.channels = Shares::only(1, 2);
    let load = load(&world, &practice, &rebuilt);
    near(of(&load, "machine").visits_per_hour, THROUGH / 0.75);
    near(of(&load, "machine").erlangs(), THROUGH / 0.75 * 0.1);
    near(minutes(of(&load, "post room").hours.triage), RATE);
    near(of(&load, "desk").hours.triage, 0.0);
    near(load.journey.first_replies / 168.0, THROUGH / 0.75 * 0.5);
}

// Loops.

#[test]
fn a_closed_loop_loads_its_roles_without_end_and_spares_the_others() {
    let roles = vec![plain("a", 6.0, Some(1)), plain("b", 6.0, Some(1)), plain("c", 6.0, Some(1))];
    let (world, organization) =
        network(1.0, roles, &[(0, 1, 0.5, 0.0), (0, 2, 0.5, 0.0), (1, 1, 1.0, 0.0)]);
    let load = load(&world, &practice(), &organization);
    near(of(&load, "a").utilization().unwrap(), 0.1);
    assert!(of(&load, "b").utilization().unwrap().is_infinite());
    near(of(&load, "c").utilization().unwrap(), 0.05);
}

// Archetypes.

/// Share of replies sent wrong, and of conversations that go on after a first reply with this context.
fn goes_on(wrong: f64, kept: f64) -> f64 {
    0.5 * (1.0 - 0.7 * (1.0 - 0.5 * (1.0 - kept)) * (1.0 - wrong))
}

#[test]
fn a_central_desk_does_what_one_computes_by_hand() {
    let load = of_archetype(&centralized());
    let desk = of(&load, "desk");
    near(desk.external_per_hour, RATE);
    near(minutes(desk.hours.triage), RATE);
    // Unknown: a tenth of generic matters, 85% of the units' own.
    let asked = THROUGH * (0.8 * 0.1 + 0.2 * 0.85);
    let guessed_share = 0.8 * 0.03;
    let needed = RATE * 0.8 * 0.95;
    let (wrong, wrong_guess) = (0.05 * (1.0 - 0.15 * 0.8), 0.4 * (1.0 - 0.15 * 0.8));
    let later = needed * (1.0 - guessed_share) * goes_on(wrong, 1.0) / (1.0 - 0.5 * wrong);
    let later_guessed =
        needed * guessed_share * goes_on(wrong_guess, 1.0) / (1.0 - 0.5 * wrong_guess);
    near(minutes(desk.hours.consult_sought), (asked + later_guessed) * 2.0);
    let known = THROUGH * (1.0 - guessed_share);
    let guessed = THROUGH * guessed_share;
    let answer = known * 6.5 + guessed * 9.75 + later * 3.5 + later_guessed * 5.25;
    near(minutes(desk.hours.answer), answer);
    let sent_back = 0.15 * 0.8;
    near(
        minutes(desk.hours.rework),
        0.5 * sent_back
            * (0.05 * (known * 6.5 + later * 3.5) + 0.4 * (guessed * 9.75 + later_guessed * 5.25)),
    );
    let strategist = of(&load, "strategist");
    let replies = known + guessed + later + later_guessed;
    let again = sent_back * (0.05 * (known + later) + 0.4 * (guessed + later_guessed));
    near(minutes(strategist.hours.approval), 3.0 * (0.15 * replies + again));
    near(minutes(strategist.hours.consult_given), 5.0 * (THROUGH * 0.8 * 0.1 + later_guessed));
    for (unit, share) in [("cars", 0.4), ("parts", 0.1)] {
        near(
            minutes(of(&load, &format!("{unit} expert")).hours.consult_given),
            5.0 * THROUGH * 0.2 * 0.85 * share,
        );
    }
    near(desk.visits_per_hour, RATE + asked + again + later + 2.0 * later_guessed);
    near(load.journey.replies / 168.0, replies);
    near(load.journey.messages_per_inquiry(), 1.0 + (later + later_guessed) / RATE);
    near(load.journey.refused / 168.0, RATE * 0.8 * 0.05);
    near(desk.scheduled_hours.unwrap(), 60.0 * 28.0);
    near(desk.present().unwrap(), 20.0);
}

#[test]
fn misdirected_cases_are_recognized_and_passed_on() {
    let load = of_archetype(&decentralized());
    let others = (0.3 + 0.2 + 0.1) / 3.0;
    near(of(&load, "cars desk").external_per_hour, RATE * (0.4 * 0.8 + others * 0.2));
    near(minutes(of(&load, "cars desk").hours.triage), RATE * (0.4 * 0.8 + others * 0.2));
    // A fifth lands wrong; of the units' own matters among it, 85% are not known there.
    let misrouted = THROUGH * 0.2 * 0.2 * 0.85;
    near(load.journey.wrong_desk / 168.0, misrouted);
    let hand_off: f64 = load.roles.iter().map(|role| role.hours.hand_off).sum();
    near(minutes(hand_off), misrouted * (2.0 + 0.4 * 0.5 * 6.5));
    // Within a domain knowledge is nested: what the right desk does not know, the wrong one does not either.
    let consults: f64 = load
        .roles
        .iter()
        .filter(|role| role.name.ends_with("expert"))
        .map(|role| role.hours.consult_given)
        .sum();
    near(minutes(consults), 5.0 * THROUGH * 0.2 * 0.15);
}

#[test]
fn a_hub_routes_what_it_does_not_know() {
    let load = of_archetype(&hub_and_spoke());
    let routed = THROUGH * 0.2 * 0.85 * 0.4;
    let spoke = of(&load, "cars spoke");
    near(spoke.external_per_hour, 0.0);
    near(minutes(spoke.hours.hand_off), routed * 0.4 * 0.1 * 6.5);
    near(minutes(spoke.hours.triage), 0.0);
    // P(spoke knows | hub does not) = (0.85 − 0.15) / (1 − 0.15).
    near(minutes(of(&load, "cars expert").hours.consult_given), 5.0 * routed * (1.0 - 0.7 / 0.85));
    let wrong = 0.05 * (1.0 - 0.15 * 0.8);
    let needed = RATE * 0.8 * 0.95 * 0.2 * 0.85 * 0.4;
    let later = needed * goes_on(wrong, 0.9) / (1.0 - 0.5 * wrong);
    near(minutes(spoke.hours.answer), routed * 6.5 + later * 3.5);
    near(load.journey.hand_offs / 168.0, THROUGH * 0.2 * 0.85);
}

#[test]
fn a_vendor_searches_before_it_escalates() {
    let load = of_archetype(&outsourced());
    let vendor = of(&load, "vendor desk");
    let unknown = THROUGH * 0.8 * 0.25;
    near(minutes(vendor.hours.consult_sought), unknown * 4.0);
    near(load.journey.hand_offs / 168.0, THROUGH * 0.2 + unknown * 0.5);
    let desk = of(&load, "client desk");
    near(minutes(desk.hours.hand_off), (THROUGH * 0.2 + unknown * 0.5) * 0.4 * 0.4 * 6.5);
    // P(client knows | vendor does not) = (0.9 − 0.75) / (1 − 0.75); the strategist knows up to 0.97.
    let guessed = RATE * 0.8 * 0.95 * 0.8 * 0.5 * 0.03;
    let wrong_guess = 0.4 * (1.0 - 0.15 * 0.8);
    let later_guessed = guessed * goes_on(wrong_guess, 0.6) / (1.0 - 0.5 * wrong_guess);
    let asked = unknown * 0.5 * 0.4 + THROUGH * 0.2 * 0.85;
    near(minutes(desk.hours.consult_sought), (asked + later_guessed) * 2.0);
}

#[test]
fn answering_takes_the_same_whoever_answers_when_everybody_knows_everything() {
    let mut world = world();
    world.behavior.wish_to_continue = 0.0;
    let practice = Practice { first_reply: 1.0, triage_errs: 0.0, ..practice() };
    let know_all = Kappas {
        generic_own: 1.0,
        generic_vendor: 1.0,
        unit_own: 1.0,
        unit_other: 1.0,
        expert: 1.0,
        strategist: 1.0,
        employee: 1.0,
    };
    for mut archetype in all() {
        archetype.common_mut().kappas = know_all;
        let load = load(&world, &practice, &archetype.build(&world, &practice));
        let answer: f64 = load.roles.iter().map(|role| role.hours.answer).sum();
        near(minutes(answer), RATE * 0.8 * 10.0);
        let Hours { consult_given, consult_sought, .. } = load.roles[0].hours;
        near(consult_given + consult_sought, 0.0);
    }
}

#[test]
fn every_inquiry_is_accounted_for() {
    for archetype in all() {
        let journey = of_archetype(&archetype).journey;
        let ends =
            journey.no_intake + journey.refused + journey.no_reply_needed + journey.first_replies;
        near(ends, journey.inquiries);
    }
}

#[test]
fn surges_are_left_out_and_logs_count_by_the_day() {
    let mut world = world();
    let Arrivals::Poisson(profile) = &world.streams[0].arrivals else {
        panic!("the stream is Poisson")
    };
    let surge = RateProfile { until: SimTime::WEEK, ..profile.clone() };
    world.streams.push(Stream { arrivals: Arrivals::Poisson(surge), ..world.streams[0].clone() });
    let row = |hour, minutes| Recorded {
        at: SimTime::HOUR.times(hour),
        channel: None,
        topic: None,
        unit: Some(UnitId(1)),
        language: None,
        work_minutes: Some(minutes),
    };
    let rows = Arrivals::Recorded([row(30, 10.0), row(50, 20.0), row(60, 60.0)].into());
    world.streams.push(Stream { arrivals: rows, ..world.streams[0].clone() });
    let load = load(&world, &practice(), &centralized().build(&world, &practice()));
    let weekly: Vec<(f64, bool)> =
        load.streams.iter().map(|stream| (stream.per_week, stream.left_out)).collect();
    assert_eq!(weekly, [(RATE * 168.0, false), (0.0, true), (10.5, false)]);
    near(load.journey.inquiries, RATE * 168.0 + 10.5);
    // Thirty minutes a row, three times as much as the others.
    let without = of_archetype(&centralized());
    let (answer, before) = (of(&load, "desk").hours.answer, of(&without, "desk").hours.answer);
    near(answer / before, 1.0 + 3.0 * 10.5 / (RATE * 168.0));
}

#[test]
fn mentions_go_where_there_is_time() {
    let mut world = world();
    let mentions = stream(2.0, 1, &[0.4, 0.3, 0.2, 0.1], 0.2);
    world.streams.push(Stream { kind: StreamKind::Mentions, ..mentions });
    let load = load(&world, &practice(), &centralized().build(&world, &practice()));
    let (desk, analyst) = (of(&load, "desk"), of(&load, "analyst"));
    near(minutes(desk.hours.mentions_wanted + analyst.hours.mentions_wanted), 2.0 * 3.0);
    let spare = |role: &RoleLoad| role.scheduled_hours.unwrap() - role.hours.reactive();
    near(analyst.hours.mentions_wanted / desk.hours.mentions_wanted, spare(analyst) / spare(desk));
    near(analyst.utilization().unwrap(), 0.0);
}

#[test]
fn the_roles_of_a_plan_have_its_heads_and_cost_its_money() {
    let world = world();
    for archetype in all() {
        let design = Design::new("any", archetype.build(&world, &practice()));
        near(design.headcount, archetype.staff(&world).iter().map(|staff| staff.heads).sum());
        near(design.cost_per_year, archetype.cost_per_year(&world));
    }
}

// Splits.

fn utilizations(archetype: &Archetype, names: &[&str]) -> Vec<f64> {
    let load = of_archetype(archetype);
    names.iter().map(|name| of(&load, name).utilization().unwrap()).collect()
}

#[test]
fn a_balanced_split_keeps_the_money_and_makes_all_equally_busy() {
    let (world, practice) = (world(), practice());
    for (archetype, names) in
        [(hub_and_spoke(), ["hub", "cars spoke"]), (outsourced(), ["vendor desk", "client desk"])]
    {
        let split = split_heads(&archetype, &world, &practice, Split::Balanced);
        let (before, after) = (archetype.cost_per_year(&world), split.cost_per_year(&world));
        assert!((after / before - 1.0).abs() < 0.01, "{before} became {after}");
        let busy = utilizations(&split, &names);
        assert!((busy[0] / busy[1] - 1.0).abs() < 0.1, "{busy:?}");
        for staff in split.staff(&world) {
            assert!(
                (staff.heads * 20.0 - (staff.heads * 20.0).round()).abs() < 1e-6,
                "{}",
                staff.heads
            );
        }
    }
}

#[test]
fn every_post_is_as_busy_as_wished() {
    let (world, practice) = (world(), practice());
    for (archetype, names) in [
        (centralized(), vec!["desk", "strategist", "cars expert"]),
        (decentralized(), vec!["cars desk", "cars lead", "cars expert"]),
        (hub_and_spoke(), vec!["hub", "cars spoke", "strategist", "cars expert"]),
        (outsourced(), vec!["vendor desk", "client desk", "strategist", "cars expert"]),
        (dandelion(), vec!["road hub", "cars spoke", "road lead", "cars expert"]),
        (holistic(), vec!["hub", "cars employees", "strategist", "cars expert"]),
        (touchpoint(), vec!["forum desk", "strategist", "vans expert"]),
    ] {
        let split = split_heads(&archetype, &world, &practice, Split::Busy(0.8));
        for (name, busy) in names.iter().zip(utilizations(&split, &names)) {
            assert!((busy - 0.8).abs() < 1e-6, "{name} is busy {busy}");
        }
    }
}

/// What the load of one plain desk of an hour a visit is, and how much of it surely stays.
fn desk(per_hour: f64, role: Role) -> (f64, f64, Vec<Relief>) {
    let (world, organization) = network(per_hour, vec![role], &[]);
    let practice = practice();
    let load = load(&world, &practice, &organization);
    let role = RoleId(0);
    let stays = staying(&world, &practice, &organization, &load, role).unwrap();
    let reliefs = reliefs(&world, &practice, &organization, &load, role);
    (load.roles[0].utilization().unwrap(), stays, reliefs)
}

#[test]
fn turning_from_case_to_case_is_work() {
    let mut role = plain("desk", 60.0, Some(1));
    role.habits.switching.cases = SimTime::MINUTE.times(30);
    let (busy, stays, _) = desk(0.7, role);
    near(busy, 1.05);
    near(stays, 1.05);
}

/// Who stays for an exponential time with mean m is slower by (1 − s) τ ÷ (τ + m) on average.
#[test]
fn newcomers_are_slower_for_as_long_as_they_learn() {
    let newcomer = Newcomer { speed: 0.53, knowledge: 1.0, learns_in: SimTime::HOUR.times(2880) };
    let (stays, vacancy) = (Law::exponential(9740.0 * 60.0), Law::exponential(4000.0 * 60.0));
    let (stays, vacancy) = (stays.unwrap(), vacancy.unwrap());
    let mut role = plain("desk", 60.0, Some(4));
    role.staffing.turnover = Some(Turnover { stays, vacancy, newcomer });
    let (busy, _, _) = desk(2.6, role);
    let capacity = 4.0 * 9740.0 / 13740.0 * (1.0 - 0.47 * 2880.0 / 12620.0);
    assert!((busy - 2.6 / capacity).abs() < 1e-3, "{busy}");
}

#[test]
fn who_hurries_or_works_overtime_may_keep_up() {
    let mut role = plain("desk", 60.0, Some(1));
    role.habits.strain.hurry = 0.5;
    let (busy, stays, reliefs) = desk(1.2, role);
    assert_eq!(reliefs, [Relief::Hurry]);
    near(busy, 1.2);
    near(stays, 0.8);
    // nine hours a day, after which an hour's work goes on for two at most
    let mut role = plain("desk", 60.0, Some(1));
    let hours = (SimTime::HOUR.times(8), SimTime::HOUR.times(17));
    role.calendar = std::sync::Arc::new(Calendar::periodic(SimTime::DAY, vec![hours]).unwrap());
    let (busy, stays, reliefs) = desk(0.45, role.clone());
    assert_eq!(reliefs, [Relief::Overtime]);
    near(busy, 1.2);
    near(stays, 1.2 / (1.0 + 2.0 / 9.0));
    role.shift_end = ShiftEnd::Suspend;
    let (_, stays, reliefs) = desk(0.45, role);
    assert_eq!(reliefs, []);
    near(stays, 1.2);
}

#[test]
fn who_was_turned_away_before_does_not_come() {
    let mut front = plain("front", 60.0, Some(1));
    front.waiting_room = Some(0);
    let roles = vec![front, plain("back", 72.0, Some(1))];
    let (mut world, organization) = network(3.0, roles, &[(0, 1, 1.0, 0.0)]);
    let practice = practice();
    let told = |world: &World| {
        let load = load(world, &practice, &organization);
        let stays = |role| staying(world, &practice, &organization, &load, RoleId(role)).unwrap();
        (stays(0), stays(1), reliefs(world, &practice, &organization, &load, RoleId(1)))
    };
    assert_eq!(told(&world), (0.0, 0.0, vec![Relief::LossBefore]));
    // unless whoever was turned away comes back for as long as it takes: the second desk has still more to do than the first
    world.behavior.turned_away = Some(Retry { share: 1.0, after: constant(60.0), at_most: None });
    let (front, back, reliefs) = told(&world);
    near(front, 3.0);
    near(back, 3.6);
    assert_eq!(reliefs, []);
}

/// A desk that cannot keep up passes on what it can do, so that the desk behind it has less to do than is asked for.
#[test]
fn what_lies_at_a_desk_that_falls_behind_does_not_come_to_the_next() {
    let told = |first: f64, second: f64| {
        let roles = vec![plain("a", first, Some(1)), plain("b", second, Some(1))];
        let (world, organization) = network(1.5, roles, &[(0, 1, 1.0, 0.0), (1, 1, 0.9, 0.0)]);
        let practice = practice();
        let load = load(&world, &practice, &organization);
        let stays = |role| staying(&world, &practice, &organization, &load, RoleId(role)).unwrap();
        ([stays(0), stays(1)], reliefs(&world, &practice, &organization, &load, RoleId(1)))
    };
    // 10 of 15 visits an hour come, which is 90% of the second desk's time
    let (stays, reliefs) = told(60.0, 5.4);
    near(stays[0], 1.5);
    near(stays[1], 0.0);
    assert_eq!(reliefs, [Relief::LossBefore]);
    // the one with more to do falls behind whatever the other passes on, which keeps up or not
    for first in [30.0, 50.0] {
        let (stays, reliefs) = told(first, 6.4);
        near(stays[0], 1.5 * first / 60.0);
        near(stays[1], 1.6);
        assert_eq!(reliefs, []);
    }
}

#[test]
fn who_alone_takes_a_topic_may_have_too_much_to_do() {
    let mut role = plain("desk", 60.0, Some(4));
    let People::Some(people) = &mut role.people else { unreachable!("four people") };
    for (i, person) in people.iter_mut().enumerate() {
        person.skills = Some(vec![TopicId(u32::from(i == 3))]);
    }
    let (mut world, organization) = network(1.6, vec![role], &[]);
    world.topics.push(world.topics[0].clone());
    world.streams[0].mix.topics = Shares::new(&[0.3, 1.3]).unwrap();
    let practice = practice();
    near(load(&world, &practice, &organization).roles[0].utilization().unwrap(), 0.4);
    let groups = specialists(&world, &practice, &organization);
    let group = groups[0].as_ref().expect("they take different topics");
    assert_eq!((&group.topics[..], group.persons), (&[TopicId(1)][..], 1));
    near(group.utilization, 1.3);
}
