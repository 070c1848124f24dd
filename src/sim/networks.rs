//! Plain networks for tests: textbook stations, checked against their closed forms.

use std::sync::Arc;

use crate::draws::Law;
use crate::model::{
    Arrivals, Behavior, Beyond, Calendar, Channel, ChannelId, Discipline, Draw, Employer, Filter,
    From, HandOff, Knowledge, Link, LinkKind, Mix, Organization, Patience, PatienceLaw,
    PatienceScope, People, Person, Practice, Proactive, RateProfile, Role, RoleId, Shares,
    ShiftEnd, Stream, StreamKind, Study, StudyKind, Topic, Work, World,
};
use crate::sim::{AgendaPeak, Outcome, Task, Unobserved, Watch, run};
use crate::units::SimTime;

pub(super) const HOUR: f64 = 60.0;

pub(super) fn nothing() -> Law {
    Law::constant(0.0).expect("no time is a length of time")
}

pub(super) fn exponential(hours: f64) -> Law {
    Law::exponential(hours * HOUR).expect("a positive mean")
}

/// A practice in which nothing takes time or goes wrong.
pub(super) fn no_practice() -> Practice {
    let hand_off = || HandOff { delay: nothing(), keeps: 1.0 };
    Practice {
        triage: nothing(),
        recognize: nothing(),
        ask: nothing(),
        consult: nothing(),
        review: nothing(),
        legal_review: nothing(),
        search: nothing(),
        engage: nothing(),
        first_reply: 1.0,
        later_reply: 1.0,
        brief_reply: 0.2,
        approve_loud: 0.0,
        rework: 0.0,
        reread: 0.0,
        triage_errs: 0.0,
        error: 0.0,
        guess_wrong: 0.0,
        guess_times: 1.0,
        search_finds: 0.0,
        caught: 0.0,
        context_settles: 0.0,
        scan: nothing(),
        find: nothing(),
        orphaned: nothing(),
        policy_change: nothing(),
        change_concerns: 0.0,
        notice: nothing(),
        claim_shows: nothing(),
        left_to_others: 0.0,
        confer: nothing(),
        decide: nothing(),
        decisions: [crate::model::Decisions { rework: 0.0, quick_fix: 0.0 }; 3],
        shared_tool: hand_off(),
        other_team: hand_off(),
        other_company: hand_off(),
    }
}

/// A world with one Poisson stream (per hour) for each priority class.
pub(super) fn world(rates: &[f64], limit: Option<u64>, patience: Option<Law>) -> World {
    let topics = rates.len();
    World {
        channels: vec![Channel {
            name: "door".into(),
            private: false,
            half_life: SimTime::DAY,
            window: Law::constant(5760.0).expect("four days are a length of time"),
            window_waits: false,
        }],
        topics: (0..topics)
            .map(|i| Topic {
                name: format!("class {}", i + 1),
                need_reply: 1.0,
                work: nothing(),
                priority: i as u8,
                always_approved: false,
                risks: crate::model::Risks::all(crate::model::Risk::Low),
                not_settled_at_first: 0.0,
                exceptions: 0.0,
                mood: 0.0,
                minds: 0.0,
                stage: None,
            })
            .collect(),
        units: Vec::new(),
        languages: Vec::new(),
        streams: rates
            .iter()
            .enumerate()
            .map(|(i, &per_hour)| Stream {
                name: format!("class {}", i + 1),
                kind: StreamKind::Inquiries,
                arrivals: Arrivals::Poisson(constant_rate(per_hour)),
                batches: None,
                limit,
                mix: Mix {
                    channels: Shares::only(0, 1),
                    topics: Shares::only(i, topics),
                    units: Shares::none(),
                    unit_matters: 0.0,
                    languages: Shares::none(),
                },
                crowd: None,
            })
            .collect(),
        behavior: Behavior {
            deadline: None,
            no_deadline: 1.0,
            patience: patience.map(|law| Patience {
                scope: PatienceScope::Queue,
                law: PatienceLaw::Own(law),
                by_topic: Vec::new(),
                silent: 0.0,
            }),
            recontact: 0.0,
            wrong_guess: 0.0,
            wish_to_continue: 0.0,
            reply_delay: nothing(),
            turned_away: None,
            left_queue: None,
            dialogue: Default::default(),
            publicity: Default::default(),
        },
        audience: Default::default(),
        mood: None,
    }
}

pub(super) fn constant_rate(per_hour: f64) -> RateProfile {
    RateProfile {
        per_hour,
        shape: None,
        day_cv: 0.0,
        day_family: 0,
        from: SimTime::ZERO,
        until: SimTime::NEVER,
    }
}

/// A plain desk with so many people.
pub(super) fn station(name: &str, people: Option<usize>, service: Law, topics: usize) -> Role {
    Role {
        name: name.into(),
        unit: None,
        employer: Employer::Own,
        people: people.map_or(People::Infinite, |n| People::Some(vec![Person::full(); n])),
        heads: people.map_or(0.0, |n| n as f64),
        calendar: Arc::new(Calendar::always()),
        block: SimTime::MINUTE.times(30),
        shift_end: ShiftEnd::Suspend,
        discipline: Discipline::Fifo,
        line: crate::model::LineRules::default(),
        habits: crate::model::Habits::default(),
        waiting_room: None,
        work: Work::Serve { service: vec![service], draw: Draw::PerVisit },
        knowledge: Knowledge::everything(topics, 0),
        proactive: Proactive::Never,
        terms: None,
        staffing: crate::model::Staffing::default(),
        cost_per_year: 0.0,
    }
}

pub(super) fn link(kind: LinkKind, delay: Law) -> Link {
    Link { delay, ..Link::at_once(kind, Filter::default()) }
}

/// One station behind the door.
pub(super) fn alone(role: Role) -> Organization {
    let mut organization = Organization::new(1);
    let id = organization.add_role(role);
    let intake = LinkKind::Intake { own_account: false };
    organization.add_link(From::Channel(ChannelId(0)), id, link(intake, nothing()));
    organization
}

/// W3 of the speed comparison: a hub of four and four spokes of two.
pub(super) fn hub_and_spokes() -> Organization {
    let mut organization = alone(station("hub", Some(4), exponential(0.2), 1));
    for i in 1..=4u32 {
        let spoke =
            organization.add_role(station(&format!("spoke {i}"), Some(2), exponential(0.6), 1));
        organization.add_link(
            From::Role(RoleId(0)),
            spoke,
            link(LinkKind::RouteShare(0.2), nothing()),
        );
        organization.add_link(
            From::Role(spoke),
            RoleId(0),
            link(LinkKind::RouteShare(0.1), nothing()),
        );
    }
    organization
}

pub(super) fn study(kind: StudyKind, warm_up: f64, run_for: f64) -> Study {
    let hours =
        |n: f64| if n.is_finite() { SimTime::from_minutes(n * HOUR) } else { SimTime::NEVER };
    Study {
        kind,
        run_for: hours(run_for),
        warm_up: hours(warm_up),
        follow: SimTime::ZERO,
        replications: 1,
        seed: 7,
        thresholds: vec![SimTime::HOUR],
        measure: Beyond::default(),
        observe: None,
    }
}

pub(super) fn simulate(
    world: &World,
    organization: &Organization,
    study: &Study,
    replication: u32,
) -> Outcome {
    let practice = no_practice();
    let watch = Watch::default();
    let task = Task {
        world,
        practice: &practice,
        organization,
        study,
        watch: &watch,
        replication,
        stop: None,
        memory: None,
    };
    let outcome = run(&task, &mut Unobserved);
    assert_eq!(outcome.conservation.violation(), None);
    outcome
}

/// Mean wait in hours over all who started.
fn mean_wait(outcome: &Outcome, role: usize) -> f64 {
    let wait = &outcome.roles[role].wait;
    wait.sum_minutes() / 60.0 / wait.n() as f64
}

#[test]
fn a_single_desk_waits_as_the_textbook_says() {
    let world = world(&[0.75], None, None);
    let organization = alone(station("desk", Some(1), exponential(1.0), 1));
    let outcome =
        simulate(&world, &organization, &study(StudyKind::TypicalWeeks, 1000.0, 400_000.0), 0);
    let wait = mean_wait(&outcome, 0);
    assert!((wait - 3.0).abs() < 0.15, "{wait}");
    let desk = &outcome.roles[0];
    let busy = desk.busy.mean(outcome.counted);
    assert!((busy - 0.75).abs() < 0.01, "{busy}");
    let number = desk.queue.mean(outcome.counted) + busy;
    assert!((number - 3.0).abs() < 0.15, "{number}");
    let from_numbers: f64 = desk
        .time_at_number
        .micros()
        .iter()
        .enumerate()
        .map(|(n, &time)| n as f64 * time as f64)
        .sum();
    assert!((from_numbers / outcome.counted.micros() as f64 - number).abs() < 1e-9);
    assert_eq!(desk.scheduled, u128::from(outcome.counted.micros()));
    assert_eq!(desk.bins.iter().sum::<u128>(), desk.scheduled);
}

#[test]
fn the_hub_network_has_its_product_form() {
    let world = world(&[10.0], None, None);
    let outcome =
        simulate(&world, &hub_and_spokes(), &study(StudyKind::TypicalWeeks, 1000.0, 100_000.0), 0);
    assert!((mean_wait(&outcome, 0) - 0.0240382).abs() < 0.0006);
    let spokes = (1..=4).map(|role| mean_wait(&outcome, role)).sum::<f64>() / 4.0;
    assert!((spokes - 0.444079).abs() < 0.012, "{spokes}");
    let inside = outcome.time_inside.sum_minutes() / 60.0 / outcome.time_inside.n() as f64;
    assert!((inside - 1.151415).abs() < 0.01, "{inside}");
}

#[test]
fn impatience_keeps_an_overloaded_desk_small() {
    let world = world(&[10.0], None, Some(exponential(2.0)));
    let organization = alone(station("desk", Some(10), exponential(1.0), 1));
    let outcome =
        simulate(&world, &organization, &study(StudyKind::TypicalWeeks, 200.0, 40_000.0), 0);
    let desk = &outcome.roles[0];
    let left = desk.abandoned as f64 / desk.arrived as f64;
    assert!((left - 0.1039132).abs() < 0.003, "{left}");
    let offered = desk.wait_offered.sum_minutes() / 60.0 / desk.wait_offered.n() as f64;
    assert!((offered - 0.2408076).abs() < 0.008, "{offered}");
    let AgendaPeak { entries, bound } = outcome.conservation.agenda_peak;
    assert!(entries <= bound, "{entries} entries, bound {bound}");
}

#[test]
fn urgent_cases_wait_less_and_preemption_still_less() {
    let world = world(&[0.25, 0.35], None, None);
    for (preemptive, expected) in [(false, [0.8, 2.0]), (true, [1.0 / 3.0, 2.0 + 2.0 / 3.0])] {
        let mut role = station("desk", Some(1), exponential(1.0), 2);
        role.discipline = Discipline::Priority { preemptive };
        let topics = [0, 1].map(|_| exponential(1.0)).to_vec();
        role.work = Work::Serve { service: topics, draw: Draw::PerVisit };
        let organization = alone(role);
        let outcome =
            simulate(&world, &organization, &study(StudyKind::TypicalWeeks, 1000.0, 300_000.0), 0);
        let wait = mean_wait(&outcome, 0);
        let mix: f64 = (0.25 * expected[0] + 0.35 * expected[1]) / 0.6;
        assert!(preemptive || (wait - mix).abs() < 0.08, "{wait} against {mix}");
        let number = outcome.roles[0].queue.mean(outcome.counted)
            + outcome.roles[0].busy.mean(outcome.counted);
        assert!((number - 1.5).abs() < 0.08, "{number}");
    }
}

#[test]
fn a_run_until_done_drains() {
    let world = world(&[0.9], Some(1000), None);
    let organization = alone(station("desk", Some(1), exponential(1.0), 1));
    let outcome =
        simulate(&world, &organization, &study(StudyKind::UntilDone, 0.0, f64::INFINITY), 3);
    assert_eq!(outcome.ended, crate::sim::Ended::Drained);
    assert_eq!((outcome.conservation.arrived, outcome.roles[0].done), (1000, 1000));
}
