//! A small world and one plan of each archetype, for tests.

use std::sync::Arc;

use crate::draws::Law;
use crate::model::archetype::{
    Archetype, Brand, Centralized, ChannelDesk, Common, Dandelion, Decentralized, Holistic,
    HubAndSpoke, Kappas, Kind, OnePerson, Outsourced, Staff, Touchpoint,
};
use crate::model::*;
use crate::units::SimTime;

/// Cases per hour of the small world.
pub(in crate::model) const RATE: f64 = 40.0;

pub(in crate::model) fn constant(minutes: f64) -> Law {
    Law::constant(minutes).unwrap()
}

pub(in crate::model) fn stream(
    per_hour: f64,
    topics: usize,
    units: &[f64],
    unit_matters: f64,
) -> Stream {
    let profile = RateProfile {
        per_hour,
        shape: None,
        day_cv: 0.0,
        day_family: 0,
        from: SimTime::ZERO,
        until: SimTime::NEVER,
    };
    Stream {
        name: "inquiries".into(),
        kind: StreamKind::Inquiries,
        arrivals: Arrivals::Poisson(profile),
        batches: None,
        limit: None,
        mix: Mix {
            channels: Shares::only(0, 1),
            topics: Shares::new(&vec![1.0; topics]).unwrap(),
            units: Shares::new(units).unwrap_or_else(Shares::none),
            unit_matters,
            languages: Shares::none(),
        },
        crowd: None,
    }
}

/// One channel, one topic of ten minutes, four units of unequal size, a fifth of it the units' own matters.
pub(in crate::model) fn world() -> World {
    World {
        channels: vec![Channel {
            name: "forum".into(),
            private: false,
            half_life: SimTime::DAY,
            window: constant(5760.0),
            window_waits: false,
        }],
        topics: vec![topic("question")],
        units: ["cars", "vans", "bikes", "parts"].map(String::from).to_vec(),
        languages: Vec::new(),
        streams: vec![stream(RATE, 1, &[0.4, 0.3, 0.2, 0.1], 0.2)],
        behavior: Behavior {
            deadline: None,
            no_deadline: 0.0,
            patience: None,
            recontact: 0.3,
            wrong_guess: 0.2,
            wish_to_continue: 0.5,
            reply_delay: constant(60.0),
            turned_away: None,
            left_queue: None,
            dialogue: Dialogue::default(),
            publicity: Publicity::default(),
        },
        audience: Audience::default(),
        mood: None,
    }
}

pub(in crate::model) fn topic(name: &str) -> Topic {
    Topic {
        name: name.into(),
        need_reply: 0.8,
        work: constant(10.0),
        priority: 0,
        always_approved: false,
        risks: crate::model::Risks::all(crate::model::Risk::Low),
        not_settled_at_first: 0.3,
        exceptions: 0.0,
        mood: 0.0,
        minds: 0.0,
        stage: None,
    }
}

pub(in crate::model) fn practice() -> Practice {
    let hand_off = |keeps| HandOff { delay: constant(10.0), keeps };
    Practice {
        triage: constant(1.0),
        recognize: constant(2.0),
        ask: constant(2.0),
        consult: constant(5.0),
        review: constant(3.0),
        legal_review: constant(15.0),
        search: constant(4.0),
        engage: constant(3.0),
        first_reply: 0.65,
        later_reply: 0.35,
        brief_reply: 0.2,
        approve_loud: 0.0,
        rework: 0.5,
        reread: 0.4,
        triage_errs: 0.05,
        error: 0.05,
        guess_wrong: 0.4,
        guess_times: 1.5,
        search_finds: 0.5,
        caught: 0.8,
        context_settles: 0.5,
        scan: constant(0.0),
        find: constant(0.0),
        orphaned: constant(0.0),
        policy_change: constant(129_600.0),
        change_concerns: 0.0,
        notice: constant(0.0),
        claim_shows: constant(0.0),
        left_to_others: 0.0,
        confer: constant(2.0),
        decide: constant(10.0),
        decisions: [Decisions { rework: 0.5, quick_fix: 0.25 }; 3],
        shared_tool: hand_off(0.9),
        other_team: hand_off(0.5),
        other_company: hand_off(0.6),
    }
}

pub(in crate::model) fn common() -> Common {
    Common {
        open: Arc::new(
            Calendar::periodic(
                SimTime::DAY,
                vec![(SimTime::HOUR.times(8), SimTime::HOUR.times(20))],
            )
            .unwrap(),
        ),
        open_hours_per_week: 84.0,
        sites: None,
        approval: 0.15,
        authority: crate::model::Risk::High,
        expert: Some(staff(0.2)),
        shift_end: ShiftEnd::Suspend,
        discipline: Discipline::Fifo,
        block: SimTime::MINUTE.times(30),
        front_listens: true,
        warm: false,
        give_up: None,
        hold: false,
        centralization: 0.0,
        keep_free: 0,
        kappas: Kappas {
            generic_own: 0.9,
            generic_vendor: 0.75,
            unit_own: 0.85,
            unit_other: 0.15,
            expert: 1.0,
            strategist: 0.97,
            employee: 0.75,
        },
    }
}

pub(in crate::model) fn staff(heads: f64) -> Staff {
    Staff {
        kind: Arc::new(Kind {
            name: "agent".into(),
            cost_per_year: 60_000.0,
            hours_per_week: 28.0,
            with_people: 0.5,
            speaks: None,
            life: Default::default(),
        }),
        heads,
    }
}

pub(in crate::model) fn centralized() -> Archetype {
    Archetype::Centralized(Centralized {
        common: common(),
        front: staff(60.0),
        strategist: Some(staff(1.0)),
        analyst: Some(staff(1.0)),
    })
}

pub(in crate::model) fn decentralized() -> Archetype {
    let (front, strategist) = (staff(15.0), staff(0.5));
    Archetype::Decentralized(Decentralized {
        common: common(),
        front,
        strategist,
        analyst: None,
        own_accounts: true,
        ownership: Default::default(),
    })
}

pub(in crate::model) fn hub_and_spoke() -> Archetype {
    Archetype::HubAndSpoke(HubAndSpoke {
        common: common(),
        front: staff(40.0),
        strategist: staff(1.0),
        analyst: None,
        spoke: staff(5.0),
        hub_helps_after: None,
        spokes_help_after: None,
        route_all_unit_matters: false,
        direct_intake: Vec::new(),
    })
}

/// The same with the only channel read by the spokes.
pub(in crate::model) fn direct() -> Archetype {
    let Archetype::HubAndSpoke(plan) = hub_and_spoke() else { unreachable!("it is one") };
    Archetype::HubAndSpoke(HubAndSpoke { direct_intake: vec![ChannelId(0)], ..plan })
}

pub(in crate::model) fn outsourced() -> Archetype {
    let common = common();
    let (vendor_open, vendor_open_hours_per_week) = (common.open.clone(), 84.0);
    Archetype::Outsourced(Outsourced {
        common,
        vendor: staff(45.0),
        front: staff(15.0),
        strategist: staff(1.0),
        analyst: None,
        vendor_open,
        vendor_open_hours_per_week,
        playbook_only: true,
        deal: Default::default(),
    })
}

/// A plain desk with this mean service time in minutes and so many people.
pub(in crate::model) fn plain(name: &str, mean: f64, people: Option<usize>) -> Role {
    Role {
        name: name.into(),
        unit: None,
        employer: Employer::Own,
        people: people.map_or(People::Infinite, |n| People::Some(vec![Person::full(); n])),
        heads: people.map_or(0.0, |n| n as f64),
        calendar: Arc::new(Calendar::always()),
        block: SimTime::HOUR,
        shift_end: ShiftEnd::Finish,
        discipline: Discipline::Fifo,
        line: crate::model::LineRules::default(),
        habits: crate::model::Habits::default(),
        waiting_room: None,
        work: Work::Serve {
            service: vec![if 0.0 < mean { Law::exponential(mean).unwrap() } else { constant(0.0) }],
            draw: Draw::PerVisit,
        },
        knowledge: Knowledge::everything(1, 0),
        proactive: Proactive::Never,
        terms: None,
        staffing: Default::default(),
        cost_per_year: 0.0,
    }
}

/// A link of this kind that takes so many minutes.
pub(in crate::model) fn link(kind: LinkKind, delay: f64) -> Link {
    Link { delay: constant(delay), ..Link::at_once(kind, Filter::default()) }
}

/// A network fed at role 0: rate per hour, roles, and (from, to, share, delay).
pub(in crate::model) fn network(
    per_hour: f64,
    roles: Vec<Role>,
    routes: &[(u32, u32, f64, f64)],
) -> (World, Organization) {
    let mut world = world();
    world.units.clear();
    world.topics[0] = Topic { need_reply: 1.0, ..topic("question") };
    world.streams = vec![stream(per_hour, 1, &[], 0.0)];
    let mut organization = Organization::new(1);
    for role in roles {
        organization.add_role(role);
    }
    let intake = LinkKind::Intake { own_account: false };
    organization.add_link(From::Channel(ChannelId(0)), RoleId(0), link(intake, 0.0));
    for &(from, to, share, delay) in routes {
        organization.add_link(
            From::Role(RoleId(from)),
            RoleId(to),
            link(LinkKind::RouteShare(share), delay),
        );
    }
    (world, organization)
}

/// Two brands of two units each, with spokes.
pub(in crate::model) fn dandelion() -> Archetype {
    let brand = |name: &str, units: [u32; 2]| Brand {
        name: name.into(),
        units: units.map(UnitId).to_vec(),
    };
    Archetype::Dandelion(Dandelion {
        common: common(),
        strategist: staff(1.0),
        analyst: None,
        brands: vec![brand("road", [0, 1]), brand("track", [2, 3])],
        front: staff(25.0),
        lead: staff(0.5),
        brand_analyst: None,
        spoke: Some(staff(5.0)),
        hub_helps_after: None,
        route_all_unit_matters: false,
        own_accounts: true,
    })
}

pub(in crate::model) fn holistic() -> Archetype {
    Archetype::Holistic(Holistic {
        common: common(),
        front: staff(50.0),
        strategist: staff(1.0),
        analyst: None,
        employees: staff(5.0),
        employees_round: SimTime::HOUR.times(12),
        hub_helps_after: None,
        route_all_unit_matters: false,
    })
}

/// One desk for the only channel, of the unit with the most inquiries.
pub(in crate::model) fn touchpoint() -> Archetype {
    Archetype::Touchpoint(Touchpoint {
        common: common(),
        desks: vec![ChannelDesk { front: staff(60.0), unit: Some(UnitId(0)) }],
        strategist: Some(staff(1.0)),
        analyst: None,
    })
}

pub(in crate::model) fn one_person() -> Archetype {
    let common = Common { approval: 0.0, expert: None, ..common() };
    Archetype::OnePerson(OnePerson { common, front: staff(60.0) })
}

/// One plan of each archetype.
pub(in crate::model) fn all() -> Vec<Archetype> {
    vec![
        centralized(),
        decentralized(),
        hub_and_spoke(),
        direct(),
        dandelion(),
        holistic(),
        touchpoint(),
        outsourced(),
        one_person(),
    ]
}
