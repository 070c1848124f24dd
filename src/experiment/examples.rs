//! Small models for tests.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::{ExperimentResult, Options, run};
use crate::draws::Law;
use crate::model::archetype::{Archetype, Centralized, Common, Decentralized, Kappas, Kind, Staff};
use crate::model::{
    Arrivals, Behavior, Beyond, Calendar, Channel, ChannelId, Decisions, Design, Discipline, Draw,
    Employer, Filter, From, Goal, HandOff, Knowledge, Link, LinkKind, MeasureId, Mix, Model,
    Objective, Organization, Patience, PatienceLaw, PatienceScope, People, Person, Practice,
    Proactive, RateProfile, Role, Shape, Shares, ShiftEnd, Stream, StreamKind, Study, StudyKind,
    Topic, Work, World, WorthNoticing,
};
use crate::units::SimTime;

/// Run with so many threads, in silence.
pub(crate) fn run_with(model: &Model, threads: usize) -> ExperimentResult {
    let stop = AtomicBool::new(false);
    run(model, &Options::plain(threads, &stop))
}

fn exponential(mean: f64) -> Law {
    Law::exponential(mean).expect("a positive mean")
}

fn constant(value: f64) -> Law {
    Law::constant(value).expect("a length of time")
}

fn stream(kind: StreamKind, per_hour: f64, channels: Shares, shape: Option<Arc<Shape>>) -> Stream {
    let profile = RateProfile {
        per_hour,
        shape,
        day_cv: 0.0,
        day_family: 0,
        from: SimTime::ZERO,
        until: SimTime::NEVER,
    };
    let two = |weights: &[f64]| Shares::new(weights).expect("positive weights");
    let plain = channels.len() == 1;
    Stream {
        name: "messages".into(),
        kind,
        arrivals: Arrivals::Poisson(profile),
        batches: None,
        limit: None,
        mix: Mix {
            channels,
            topics: if plain { two(&[1.0]) } else { two(&[2.0, 1.0]) },
            units: if plain { Shares::none() } else { two(&[1.0, 1.0]) },
            unit_matters: if plain { 0.0 } else { 0.3 },
            languages: Shares::none(),
        },
        crowd: None,
    }
}

fn practice() -> Practice {
    let hand_off = |minutes: f64, keeps| HandOff { delay: constant(minutes), keeps };
    Practice {
        triage: constant(0.5),
        recognize: constant(0.5),
        ask: constant(1.0),
        consult: exponential(5.0),
        review: exponential(2.0),
        legal_review: exponential(10.0),
        search: constant(2.0),
        engage: exponential(3.0),
        first_reply: 0.7,
        later_reply: 0.3,
        brief_reply: 0.2,
        approve_loud: 0.0,
        rework: 0.5,
        reread: 0.2,
        triage_errs: 0.01,
        error: 0.02,
        guess_wrong: 0.4,
        guess_times: 1.2,
        search_finds: 0.3,
        caught: 0.7,
        context_settles: 0.5,
        scan: constant(5.0),
        find: constant(5.0),
        orphaned: constant(5.0),
        policy_change: constant(129_600.0),
        change_concerns: 0.0,
        notice: constant(0.0),
        claim_shows: constant(0.0),
        left_to_others: 0.0,
        confer: constant(2.0),
        decide: constant(10.0),
        decisions: [Decisions { rework: 0.5, quick_fix: 0.25 }; 3],
        shared_tool: hand_off(0.0, 0.9),
        other_team: hand_off(20.0, 0.6),
        other_company: hand_off(60.0, 0.4),
    }
}

fn channel(name: &str) -> Channel {
    let half_life = SimTime::MINUTE.times(60);
    let window = constant(half_life.times(4).minutes());
    Channel { name: name.into(), private: false, half_life, window, window_waits: false }
}

fn topic(name: &str, need_reply: f64, work: f64) -> Topic {
    Topic {
        name: name.into(),
        need_reply,
        work: exponential(work),
        priority: 0,
        always_approved: false,
        risks: crate::model::Risks::all(crate::model::Risk::Low),
        not_settled_at_first: 0.1,
        exceptions: 0.0,
        mood: 0.0,
        minds: 0.0,
        stage: None,
    }
}

fn behavior(patient: bool) -> Behavior {
    let patience = Patience {
        scope: PatienceScope::Reply,
        law: PatienceLaw::Own(exponential(3000.0)),
        by_topic: Vec::new(),
        silent: 0.3,
    };
    Behavior {
        deadline: (!patient).then(|| exponential(600.0)),
        no_deadline: 0.2,
        patience: (!patient).then_some(patience),
        recontact: if patient { 0.0 } else { 0.1 },
        wrong_guess: 0.2,
        wish_to_continue: 0.6,
        reply_delay: exponential(120.0),
        turned_away: None,
        left_queue: None,
        dialogue: Default::default(),
        publicity: Default::default(),
    }
}

fn study(kind: StudyKind, run_for: SimTime, replications: u32) -> Study {
    Study {
        kind,
        run_for,
        warm_up: if kind.is_terminating() { SimTime::ZERO } else { SimTime::DAY },
        follow: if kind.is_terminating() { SimTime::ZERO } else { SimTime::DAY.times(3) },
        replications,
        seed: 2013,
        thresholds: vec![SimTime::MINUTE.times(5)],
        measure: Beyond::default(),
        observe: None,
    }
}

/// A queue with so many servers, `per_hour` customers an hour and a mean service of 6 minutes.
pub(crate) fn plain_model(servers: usize, per_hour: f64, kind: StudyKind) -> Model {
    let world = World {
        channels: vec![channel("in")],
        topics: vec![topic("any", 1.0, 6.0)],
        units: Vec::new(),
        languages: Vec::new(),
        streams: vec![stream(StreamKind::Inquiries, per_hour, Shares::only(0, 1), None)],
        behavior: behavior(true),
        audience: Default::default(),
        mood: None,
    };
    let mut organization = Organization::new(1);
    let desk = organization.add_role(Role {
        name: "front desk".into(),
        unit: None,
        employer: Employer::Own,
        people: People::Some(vec![Person::full(); servers]),
        heads: servers as f64,
        calendar: Arc::new(Calendar::always()),
        block: SimTime::DAY,
        shift_end: ShiftEnd::Suspend,
        discipline: Discipline::Fifo,
        line: crate::model::LineRules::default(),
        habits: crate::model::Habits::default(),
        waiting_room: None,
        work: Work::Serve { service: vec![exponential(6.0)], draw: Draw::PerVisit },
        knowledge: Knowledge::everything(1, 0),
        proactive: Proactive::Never,
        terms: None,
        staffing: crate::model::Staffing::default(),
        cost_per_year: 0.0,
    });
    let intake = Link::at_once(LinkKind::Intake { own_account: false }, Filter::default());
    organization.add_link(From::Channel(ChannelId(0)), desk, intake);
    Model {
        world: Arc::new(world),
        practice: Arc::new(practice()),
        designs: vec![Design::new("One queue", organization)],
        objectives: Vec::new(),
        study: study(kind, SimTime::DAY.times(8), 4),
        hold_equal: None,
        worth_noticing: WorthNoticing { share: 0.02, minutes: 10.0, money: 1.0 },
    }
}

/// Two archetypes over two weeks, with so many people in front.
pub(crate) fn model_of_desks(heads: f64) -> Model {
    let day = SimTime::DAY;
    let hours = (SimTime::HOUR.times(8), SimTime::HOUR.times(20));
    let open = Arc::new(Calendar::periodic(day, vec![hours]).expect("hours in order"));
    let busy = Shape {
        period: day,
        steps: vec![(SimTime::ZERO, 0.3), (SimTime::HOUR.times(8), 1.4)],
        wave: None,
    };
    let both = || Shares::new(&[1.0, 1.0]).expect("positive weights");
    let shape = Some(Arc::new(busy));
    let world = World {
        channels: vec![channel("x"), channel("reviews")],
        topics: vec![topic("question", 0.9, 6.0), topic("complaint", 1.0, 9.0)],
        units: vec!["phones".into(), "tablets".into()],
        languages: Vec::new(),
        streams: vec![
            stream(StreamKind::Inquiries, 4.0, both(), shape),
            stream(StreamKind::Mentions, 0.5, both(), None),
        ],
        behavior: behavior(false),
        audience: Default::default(),
        mood: None,
    };
    let staff = |name: &str, heads, cost| Staff {
        kind: Arc::new(Kind {
            name: name.into(),
            cost_per_year: cost,
            hours_per_week: 28.0,
            with_people: 0.5,
            speaks: None,
            life: Default::default(),
        }),
        heads,
    };
    let common = Common {
        open,
        open_hours_per_week: 84.0,
        sites: None,
        approval: 0.1,
        authority: crate::model::Risk::High,
        expert: Some(staff("expert", 1.0, 20_000.0)),
        shift_end: ShiftEnd::Suspend,
        discipline: Discipline::Fifo,
        block: day,
        front_listens: true,
        warm: false,
        give_up: None,
        hold: false,
        centralization: 0.0,
        keep_free: 0,
        kappas: Kappas {
            generic_own: 0.9,
            generic_vendor: 0.8,
            unit_own: 0.9,
            unit_other: 0.2,
            expert: 0.98,
            strategist: 0.95,
            employee: 0.7,
        },
    };
    let practice = practice();
    let design = |name: &str, plan: Archetype| Design::new(name, plan.build(&world, &practice));
    let centralized = Archetype::Centralized(Centralized {
        common: common.clone(),
        front: staff("agent", heads, 60_000.0),
        strategist: Some(staff("strategist", 1.0, 140_000.0)),
        analyst: None,
    });
    let decentralized = Archetype::Decentralized(Decentralized {
        common,
        front: staff("agent", heads / 2.0, 60_000.0),
        strategist: staff("strategist", 0.5, 140_000.0),
        analyst: None,
        own_accounts: true,
        ownership: Default::default(),
    });
    let designs = vec![design("Centralized", centralized), design("Decentralized", decentralized)];
    let objective = |id: &str, of: MeasureId, within, value: f64, channels| Objective {
        id: id.into(),
        why: None,
        goal: Goal { measure: of.measure(), within, at_least: true, value, text: String::new() },
        channels,
        topics: Vec::new(),
        segments: Vec::new(),
        languages: Vec::new(),
        serves: Vec::new(),
    };
    Model {
        designs,
        world: Arc::new(world),
        practice: Arc::new(practice),
        objectives: vec![
            objective(
                "prompt",
                MeasureId::AnsweredWithin,
                Some(SimTime::HOUR.times(6)),
                0.6,
                Vec::new(),
            ),
            objective("present", MeasureId::MentionsReached, None, 0.5, vec![ChannelId(1)]),
        ],
        study: study(StudyKind::TypicalWeeks, SimTime::WEEK.times(2), 5),
        hold_equal: None,
        worth_noticing: WorthNoticing { share: 0.02, minutes: 10.0, money: 1.0 },
    }
}
