//! What holds in every replication of every design, however it is organized.
//!
//! Random scenario documents are read like any file and run for a week or two. `PROPTEST_CASES` and
//! `PROPTEST_RNG_SEED` make a longer run, or another one.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use serde_json::{Value, json};

use orgsim::model::{
    Calendar, Discipline, LineRules, Model, People, Proactive, Role, RoleId, ShiftEnd, Work,
};
use orgsim::sim::{AgendaPeak, Bin, Ended, Happening, Outcome};
use orgsim::units::SimTime;

use crate::support::{
    History, history, model, numbers, observed, simulate, with_study, with_world,
};

pub(crate) fn config() -> ProptestConfig {
    let mut config = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    if std::env::var_os("PROPTEST_CASES").is_none() {
        config.cases = 40;
    }
    if std::env::var_os("PROPTEST_RNG_SEED").is_none() {
        config.rng_seed = RngSeed::Fixed(2013);
    }
    config
}

fn percent(range: std::ops::RangeInclusive<u32>) -> impl Strategy<Value = String> {
    range.prop_map(|percent| format!("{percent}%"))
}

/// A law of durations with a mean of so many seconds; `smooth`: two durations are never equal.
fn law(seconds: std::ops::Range<u32>, smooth: bool) -> impl Strategy<Value = Value> {
    (seconds, 0..if smooth { 6u32 } else { 7 }, 1..12u32).prop_map(|(mean, which, shape)| {
        let (text, cv) = (format!("{mean}s"), f64::from(shape) / 5.0);
        match which {
            0 => json!({ "exponential": { "mean": text } }),
            1 => json!({ "lognormal": { "mean": text, "cv": cv } }),
            2 => json!({ "gamma": { "mean": text, "cv": cv } }),
            3 => json!({ "erlang": { "mean": text, "stages": shape } }),
            4 => json!({ "hyperexponential": { "mean": text, "cv": 1.0 + cv } }),
            5 => json!({ "uniform": { "min": "0s", "max": format!("{}s", 2 * mean) } }),
            _ => json!({ "constant": text }),
        }
    })
}

fn hours() -> impl Strategy<Value = &'static str> {
    prop_oneof![
        Just("always"),
        Just("daily 08:00-20:00"),
        Just("weekdays 09:00-17:00"),
        Just("daily 22:00-06:00"),
        Just("daily 8-12 and 13-17"),
        Just("Mon-Thu 10-16, Sun 22:00-06:00"),
    ]
}

fn patience() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(json!("unlimited")),
        law(600..90_000, false).prop_map(|law| json!({ "scope": "queue", "law": law })),
        (law(600..90_000, false), percent(0..=100))
            .prop_map(|(law, silent)| json!({ "scope": "reply", "law": law, "silent": silent })),
        (1..8u32, percent(0..=100)).prop_map(
            |(times, silent)| json!({ "scope": "reply", "times_deadline": times, "silent": silent })
        ),
        Just(json!({ "scope": "queue", "law": { "constant": "30 days" } })),
        Just(json!({ "scope": "reply", "law": { "constant": "30 days" }, "silent": "50%" })),
    ]
}

fn customers(units: usize) -> impl Strategy<Value = Value> {
    let units: Vec<String> = (1..=units).map(|unit| format!("u{unit}")).collect();
    let behavior = (patience(), percent(0..=60), percent(0..=80), percent(0..=95), law(600..40_000, false)).prop_map(
        |(patience, recontact, wrong, wish, delay)| {
            json!({
                "patience": patience, "recontact": recontact, "wrong_guess": wrong, "wish_to_continue": wish,
                "reply_delay": delay,
            })
        },
    );
    let amounts = (
        20..260u32,
        percent(0..=80),
        proptest::option::of(1..90u32),
        percent(0..=60),
        percent(30..=100),
        percent(0..=40),
    );
    (amounts, behavior, any::<bool>(), any::<bool>(), law(60..900, true)).prop_map(
        move |((a_day, need, mentions, unsettled, needed, exceptions), behavior, urgent, peaks, work)| {
            let mut customers = json!({
                "messages": format!("{a_day}/day"),
                "week": if peaks { "support_b2c" } else { "flat" },
                "business_units": units,
                "need_unit_knowledge": need,
                "channels": {
                    "x": { "share": "60%", "half_life": "40m" },
                    "messenger": { "share": "40%", "private": true },
                },
                "topics": {
                    "question": { "share": "60%", "need_reply": needed, "work": work, "not_settled_at_first": unsettled },
                    "order": { "share": "30%", "urgent": urgent, "work": "6m", "exceptions": exceptions },
                    "legal": { "share": "10%", "work": "9m", "approval": "always" },
                },
                "behavior": behavior,
            });
            if let Some(mentions) = mentions {
                customers["mentions_worth_answering"] = json!(format!("{mentions}/day"));
            }
            customers
        },
    )
}

/// What customers do beside waiting and being settled: segments, crowds, outcries, coming back, moods.
fn ways() -> impl Strategy<Value = Value> {
    let talk = (percent(0..=100), percent(0..=100), percent(0..=40), law(600..200_000, false));
    let crowd = |most: u32| {
        (0..most, 0..15u32, 1..200u32, 10..3000u32).prop_map(
            |(branching, calmed, within, forget)| {
                let mut crowd = json!({
                    "branching": f64::from(branching) / 100.0, "forget_after": format!("{forget}m"),
                });
                if calmed != 10 {
                    crowd["calmed_by_reply"] = json!(f64::from(calmed) / 10.0);
                    crowd["reply_within"] = json!(format!("{within}m"));
                }
                crowd
            },
        )
    };
    let loud = (percent(0..=100), crowd(40), crowd(40), percent(0..=30));
    let moods = proptest::option::of((0..30u32, 0..20u32));
    (talk, loud, moods, any::<bool>(), any::<bool>()).prop_map(|(talk, loud, moods, segments, surge)| {
        let (gives_up, follows, reopens, after) = talk;
        let (goes_public, outcry, storm, induced) = loud;
        let mut behavior = json!({
            "gives_up_deflected": gives_up, "follows_to_private": follows, "goes_public": goes_public,
            "crowd": outcry, "reopens": reopens, "induced": induced,
        });
        for (share, key) in [(&reopens, "reopens_after"), (&induced, "induced_after")] {
            if share != "0%" {
                behavior[key] = after.clone();
            }
        }
        let mut customers = json!({
            "behavior": behavior,
            "streams": { "storm": { "messages": "15/day", "self_exciting": storm } },
        });
        if segments {
            customers["segments"] = json!({
                "loud": { "share": "30%", "channels": ["x"], "goes_public": "90%", "wish_to_continue": "90%" },
                "usual": { "share": "70%", "topics": { "legal": 0.5 }, "expect_reply_within": { "2h": "50%" } },
            });
        }
        if let Some((intensity, at_arrival)) = moods {
            customers["mood"] = json!({
                "intensity": f64::from(intensity) / 10.0, "at_arrival": f64::from(at_arrival) / 10.0 - 1.0,
            });
        }
        if surge {
            customers["surges"] = json!([
                { "times": 3, "from": "week 1 Friday 18:00", "for": "3 days", "channel": "x",
                  "shape": { "self_exciting": { "branching": 0.4, "calmed_by_reply": 0.5 } } },
                { "times": 2, "from": "week 2 Tuesday 06:30", "for": "20h",
                  "shape": { "rise_and_decay": { "rise": "90m", "half_life": "3h" } } },
            ]);
        }
        customers
    })
}

/// The customers of a document with what `ways` adds to them.
fn with_ways(mut customers: Value, ways: &Value) -> Value {
    for (key, value) in ways.as_object().unwrap() {
        match customers.get_mut(key) {
            Some(own) => own.as_object_mut().unwrap().extend(value.as_object().unwrap().clone()),
            None => customers[key] = value.clone(),
        }
    }
    customers["topics"]["question"]["minds_being_spoken_to"] = json!("20%");
    customers
}

fn heads(quarters: std::ops::RangeInclusive<u32>) -> impl Strategy<Value = f64> {
    quarters.prop_map(|quarters| f64::from(quarters) / 4.0)
}

/// One of the archetypes, with the settings they share.
fn archetype() -> impl Strategy<Value = Value> {
    let common = (
        hours(),
        percent(0..=40),
        prop_oneof![Just("suspend"), Just("finish")],
        discipline(),
        any::<bool>(),
        0..2u32,
        prop_oneof![Just("15m"), Just("30m"), Just("45m"), Just("2h")],
    );
    let own = (
        heads(1..=12),
        heads(2..=6),
        proptest::option::of(heads(1..=8)),
        any::<bool>(),
        proptest::option::of(1..9u32),
    );
    (common, own, 0..7u32, hours(), heads(2..=16)).prop_map(|(common, own, which, vendor_open, vendor)| {
        let (open, approval, shift_end, discipline, listens, keep_free, block) = common;
        let (front, strategist, analyst, flag, after) = own;
        let mut plan = json!({
            "open": open, "approval": format!("{approval} of replies"), "shift_end": shift_end,
            "discipline": discipline, "listens": listens, "keep_free": keep_free, "block": block,
        });
        let mut staff = json!({ "care agent": front, "strategist": strategist });
        if let Some(analyst) = analyst {
            staff["analyst"] = json!(analyst);
        }
        let put = |plan: &mut Value, more: &Value| {
            plan.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        };
        let tag = match which {
            0 => {
                put(&mut plan, &staff);
                "centralized"
            }
            1 => {
                plan["each_unit"] = staff;
                plan["own_accounts"] = json!(flag);
                "decentralized"
            }
            2 => {
                plan["hub"] = staff;
                plan["each_spoke"] = json!({ "care agent": vendor / 4.0 });
                plan["route"] = json!(if flag { "what the hub does not know" } else { "all unit matters" });
                if let Some(after) = after {
                    plan["hub_helps_after"] = json!(format!("{}m", 10 * after));
                    plan["spokes_help_after"] = json!(format!("{}m", 5 * after));
                }
                "hub_and_spoke"
            }
            3 => {
                plan["corporate"] = json!({ "strategist": 1 });
                plan["each_sub_hub"] = staff;
                plan["own_accounts"] = json!(flag);
                if let Some(after) = after {
                    plan["each_spoke"] = json!({ "care agent": vendor / 4.0 });
                    plan["hub_helps_after"] = json!(format!("{}m", 10 * after));
                }
                "dandelion"
            }
            4 => {
                plan["hub"] = staff;
                plan["each_unit"] = json!({ "employee": 4.0 * vendor });
                plan["hub_helps_after"] = json!(format!("{}m", 10 * after.unwrap_or(6)));
                "holistic"
            }
            5 => {
                put(&mut plan, &staff);
                let unit = if flag { json!({ "x": { "unit": "u1" } }) } else { json!({}) };
                plan["channels"] = unit;
                "touchpoint"
            }
            _ => {
                put(&mut plan, &staff);
                plan["vendor"] = json!(vendor);
                plan["vendor_open"] = json!(vendor_open);
                plan["may_answer"] = json!(if flag { "playbook only" } else { "everything" });
                "outsourced"
            }
        };
        let mut design = json!({ tag: plan });
        if let Some(after) = after.filter(|_| ["centralized", "decentralized", "hub_and_spoke"].contains(&tag)) {
            design["contract"] = if flag {
                json!({ "vendor": vendor, "takes": "everything", "open": vendor_open })
            } else {
                json!({ "vendor": vendor, "takes": "what waits", "after": format!("{}m", 10 * after), "open": vendor_open })
            };
        }
        design
    })
}

fn discipline() -> impl Strategy<Value = &'static str> {
    prop_oneof![Just("first come"), Just("priority"), Just("preemptive priority")]
}

/// A word, or a discipline with further rules.
fn any_discipline() -> impl Strategy<Value = Value> {
    let rules = (any::<bool>(), 0..2u32, proptest::option::of(1..40u32), any::<bool>());
    prop_oneof![
        3 => discipline().prop_map(|word| json!(word)),
        1 => Just(json!("earliest deadline")),
        1 => (1..9u32).prop_map(|hours| json!({ "earliest_deadline": { "due": { "order": format!("{hours}h") } } })),
        2 => rules.prop_map(|(preemptive, kept, after, push_out)| {
            let mut rules = json!({ "preemptive": preemptive, "kept_free": { "question": kept, "order": kept, "legal": kept } });
            if let Some(after) = after {
                rules["moves_up_after"] = json!(format!("{}m", 10 * after));
            }
            if push_out {
                rules["when_full"] = json!("push out");
            }
            json!({ "priority": rules })
        }),
    ]
}

/// Slots, switching, fatigue and strain, or none of them.
fn habits() -> impl Strategy<Value = Value> {
    let slots = prop_oneof![
        3 => Just(None),
        2 => (1..6u32, 0..20u32, any::<bool>()).prop_map(|(most, slowdown, parked)| {
            Some(json!({ "most": most, "slowdown": f64::from(slowdown) / 10.0, "parked_count": parked }))
        }),
    ];
    let pace = (0..4u32, 0..9u32, any::<bool>(), any::<bool>());
    (slots, pace).prop_map(|(slots, (cases, kinds, tired, strained))| {
        let mut habits = json!({});
        if let Some(slots) = slots {
            habits["slots"] = slots;
        }
        if 0 < cases {
            habits["switching"] = json!({ "cases": format!("{cases}m"), "kinds": format!("{kinds}m") });
        }
        if tired {
            habits["fatigue"] = json!({ "after": "2h", "slower": "5%", "rest": "10m" });
        }
        if strained {
            habits["strain"] = json!({ "hurry": "10%", "overload": { "after": "1h", "above": "80%", "slower": "8%", "errors": 1.5 } });
        }
        habits
    })
}

/// What people do while nothing else waits; tasks of random length are drawn by the number of the role.
fn spare_time(mentions: bool, smooth: bool) -> impl Strategy<Value = Value> {
    (proptest::option::weighted(0.5, 5..90u32), 0..3u32, any::<bool>(), any::<bool>()).prop_map(
        move |(minutes, keep_free, preemptible, random)| match minutes {
            Some(minutes) if random && !smooth => json!({ "endless": {
                "task": { "exponential": { "mean": format!("{minutes}m") } }, "keep_free": keep_free, "preemptible": preemptible,
            } }),
            Some(minutes) => json!({ "endless": { "task": format!("{minutes}m") } }),
            None if mentions => json!({ "when_idle": { "keep_free": keep_free, "preemptible": preemptible } }),
            None => json!("never"),
        },
    )
}

/// One object with the keys of both.
fn with(mut role: Value, more: &Value) -> Value {
    role.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    role
}

fn crew(smooth: bool) -> impl Strategy<Value = Value> {
    prop_oneof![
        3 => (1..6u32).prop_map(|people| json!(people)),
        1 => Just(json!("infinite")),
        2 => heads(1..=14).prop_map(|heads| json!({ "care agent": heads })),
        2 => (1..3u32, hours(), if smooth { Just(10u32).boxed() } else { (5..20u32).boxed() }).prop_map(|(count, open, tenths)| {
            json!([
                { "count": count, "open": "daily 08:00-17:00" },
                { "count": 1, "open": open, "times": f64::from(tenths) / 10.0, "skills": ["question", "order"] },
            ])
        }),
    ]
}

/// Two to six plain desks that pass cases on by share, less than they get.
fn plain_network(smooth: bool) -> impl Strategy<Value = Value> {
    let role = (
        (crew(smooth), hours(), any::<bool>()),
        law(60..4000, smooth),
        any_discipline(),
        proptest::option::weighted(0.3, 0..9u32),
        prop_oneof![Just("suspend"), Just("finish")],
        proptest::option::weighted(0.3, spare_time(false, smooth)),
        any::<bool>(),
        proptest::option::weighted(0.4, habits()),
    );
    let passes = (0..6usize, 0..45u32, 0..45u32, proptest::option::of(law(60..7000, smooth)));
    proptest::collection::vec((role, passes), 2..=6).prop_map(|roles| {
        let names = roles.len();
        let mut of_roles = serde_json::Map::new();
        let mut links = vec![json!({ "intake": { "from": "messenger", "to": "r1" } }), json!({ "intake": { "to": "r0" } })];
        for (i, (role, (to, first, second, delay))) in roles.into_iter().enumerate() {
            let ((people, open, always), service, mut discipline, room, shift_end, spare, per_case, habits) = role;
            let infinite = people == json!("infinite");
            let open = if always || infinite { "always" } else { open };
            let room = room.filter(|_| !infinite);
            if let Some(rules) = discipline
                .get_mut("priority")
                .and_then(Value::as_object_mut)
                .filter(|_| room.is_none()) {
                rules.remove("when_full");
            }
            let mut it = json!({
                "people": people, "open": open, "service": service, "discipline": discipline, "shift_end": shift_end,
                "draw": if per_case { "per case" } else { "per visit" },
            });
            if let Some(room) = room {
                it["waiting_room"] = json!(room);
            }
            if let Some(spare) = spare.filter(|_| !infinite) {
                it["proactive"] = spare;
            }
            if let Some(habits) = habits.filter(|_| !infinite) {
                it = with(it, &habits);
            }
            of_roles.insert(format!("r{i}"), it);
            for (to, share) in [(to % names, first), ((to + 1) % names, second)] {
                if 0 < share {
                    let mut route = json!({ "from": format!("r{i}"), "to": format!("r{to}"), "share": format!("{share}%") });
                    if let Some(delay) = &delay {
                        route["delay"] = delay.clone();
                    }
                    links.push(json!({ "route": route }));
                }
            }
        }
        json!({ "graph": { "roles": of_roles, "links": links } })
    })
}

/// How the desks of [`desks`] work together.
#[derive(Debug, Clone)]
struct Organizing {
    /// Minutes after which a warm hand-off to another unit's desk turns cold; `None`: cold from the start.
    give_up: Option<u32>,
    /// Whether escalations are warm, for as long as it takes.
    warm: bool,
    /// Whether askers wait for the answer.
    hold: bool,
    /// Percent with which an exception is decided one level further up, and minutes that are waited for it.
    centralization: u32,
    decided_within: Option<u32>,
    /// The step of a second reviewer, what happens when the two are late, and who reads again.
    second_review: Option<u32>,
    overdue: Option<&'static str>,
    only_objectors: bool,
    /// Whose a post is, where all desks read the same accounts.
    ownership: Option<&'static str>,
}

fn organizing() -> impl Strategy<Value = Organizing> {
    let warmth = (proptest::option::of(1..200u32), any::<bool>(), any::<bool>());
    let decisions = (0..=100u32, proptest::option::of(1..600u32));
    let ownership = proptest::option::of(prop_oneof![Just("first to claim"), Just("nobody")]);
    let overdue = prop_oneof![Just("go ahead"), Just("next level"), Just("holding reply")];
    let reviews = (proptest::option::of(1..=2u32), proptest::option::of(overdue), any::<bool>());
    (warmth, decisions, ownership, reviews).prop_map(|(warmth, decisions, ownership, reviews)| {
        let (give_up, warm, hold) = warmth;
        let (centralization, decided_within) = decisions;
        let (second_review, overdue, only_objectors) = reviews;
        Organizing {
            give_up,
            warm,
            hold,
            centralization,
            decided_within,
            second_review,
            overdue,
            only_objectors,
            ownership,
        }
    })
}

/// A desk for each unit that reads, looks up, asks, escalates, has reviewed, and passes on what is not its own.
fn desks(units: usize) -> impl Strategy<Value = Value> {
    let ladder = prop_oneof![
        Just(vec!["search", "consult", "guess"]),
        Just(vec!["consult", "escalate", "guess"]),
        Just(vec!["search", "escalate"]),
        Just(vec!["guess"]),
    ];
    let desk = (crew(false), hours(), any_discipline(), ladder, percent(0..=60), any::<bool>());
    let others = (
        crew(false),
        hours(),
        proptest::option::weighted(0.3, 0..6u32),
        prop_oneof![Just("suspend"), Just("finish"), Just("hand over")],
        spare_time(true, false),
        habits(),
    );
    let ways = (law(60..7000, false), percent(0..=20), percent(0..=100), 1..20u32, any::<bool>());
    (desk.boxed(), others.boxed(), ways.boxed(), organizing().boxed()).prop_map(move |(desk, others, ways, organizing)| {
        let (people, desk_open, mut discipline, ladder, approval, triage) = desk;
        let (behind, behind_open, room, shift_end, spare, habits) = others;
        // whose people have several cases open stay with none
        let torn = habits.get("slots").is_some() && people != json!("infinite");
        let organizing = Organizing {
            give_up: organizing.give_up.filter(|_| !torn),
            warm: organizing.warm && !torn,
            hold: organizing.hold && !torn,
            ..organizing
        };
        if let Some(rules) = discipline.get_mut("priority").and_then(Value::as_object_mut) {
            rules.remove("when_full");
        }
        let (delay, loses, keeps, after, own_account) = ways;
        let open = |people: &Value, open| if *people == json!("infinite") { "always" } else { open };
        let mut roles = serde_json::Map::new();
        let mut links = Vec::new();
        for unit in 1..=units {
            let name = format!("desk {unit}");
            let mut role = json!({
                "people": people, "open": open(&people, desk_open),
                "unit": format!("u{unit}"), "discipline": discipline, "shift_end": shift_end,
                "desk": { "triage": triage, "ladder": ladder, "approval": format!("{approval} of replies"),
                    "centralization": format!("{}%", organizing.centralization),
                    "only_objectors": organizing.only_objectors },
                "knows": { "generic": "70%", "own_unit": "80%", "other_units": "10%" },
            });
            if people != json!("infinite") {
                role["proactive"] = spare.clone();
                role = with(role, &habits);
                links.push(json!({ "listen": { "to": name, "matter": { "anything_about": format!("u{unit}") } } }));
            }
            roles.insert(name.clone(), role);
            let mut intake = json!({ "to": name, "matter": { "anything_about": format!("u{unit}") } });
            match organizing.ownership.filter(|_| 1 < units) {
                Some(ownership) => intake["ownership"] = json!(ownership),
                None => intake["own_account"] = json!(own_account),
            }
            links.push(json!({ "intake": intake }));
            for other in (1..=units).filter(|&other| other != unit) {
                let mut route = json!({
                    "from": name, "to": format!("desk {other}"), "when": "wrong desk", "keeps": keeps,
                    "matter": { "of": format!("u{other}") },
                });
                match organizing.give_up {
                    Some(minutes) => {
                        (route["warm"], route["give_up"]) = (json!(true), json!(format!("{minutes}m")));
                    }
                    None => (route["delay"], route["loses"]) = (delay.clone(), json!(loses)),
                }
                links.push(json!({ "route": route }));
            }
            if ladder.contains(&"consult") {
                links.push(json!({ "consult": { "from": name, "to": "expert", "hold": organizing.hold } }));
            }
            let mut escalate = json!({ "from": name, "to": "senior", "keeps": keeps, "warm": organizing.warm });
            if !organizing.warm {
                escalate["delay"] = delay.clone();
            }
            if ladder.contains(&"escalate") {
                links.push(json!({ "escalate": escalate }));
            }
            let mut first = json!({ "from": name, "to": "reviewer" });
            if let Some(overdue) = organizing.overdue {
                (first["timeout"], first["overdue"]) = (json!("90m"), json!(overdue));
            }
            if let Some(step) = organizing.second_review {
                first["step"] = json!(1);
                links.push(json!({ "approve": { "from": name, "to": "expert", "step": step } }));
            }
            links.push(json!({ "approve": first }));
            let mut report = json!({ "from": name, "to": "senior" });
            if let Some(minutes) = organizing.decided_within {
                report["timeout"] = json!(format!("{minutes}m"));
            }
            links.push(json!({ "report": report }));
            links.push(json!({ "overflow": { "from": name, "to": "senior", "after": format!("{}m", 10 * after), "keeps": keeps } }));
            links.push(json!({ "overflow": { "from": name, "to": "expert", "after": format!("{}m", 7 * after), "keeps": keeps, "matter": "generic" } }));
        }
        let desk = json!({ "ladder": ["guess"] });
        let mut expert = json!({ "people": behind, "open": open(&behind, behind_open), "desk": desk, "knows": { "generic": "90%", "own_unit": "90%", "other_units": "90%" } });
        if let Some(room) = room.filter(|_| behind != json!("infinite")) {
            expert["waiting_room"] = json!(room);
        }
        roles.insert("expert".into(), expert);
        roles.insert("reviewer".into(), json!({ "people": behind, "open": open(&behind, behind_open), "desk": desk, "shift_end": shift_end }));
        roles.insert("senior".into(), json!({ "people": 1, "open": behind_open, "desk": desk, "discipline": discipline, "shift_end": shift_end }));
        links.push(json!({ "report": { "from": "senior", "to": "reviewer" } }));
        if let Some(ownership) = organizing.ownership.filter(|_| 1 < units) {
            for unit in 1..=units {
                links.push(json!({ "intake": { "to": format!("desk {unit}"), "ownership": ownership } }));
            }
        }
        json!({ "graph": { "roles": roles, "links": links } })
    })
}

fn document(mut customers: Value, design: Value, seed: u32, follow: bool) -> String {
    // what customers do with replies is refused where nobody writes any
    let roles = design.pointer("/graph/roles").and_then(Value::as_object);
    let writes = |roles: &serde_json::Map<String, Value>| {
        roles.values().any(|role| role.get("desk").is_some())
    };
    if let Some(behavior) =
        customers["behavior"].as_object_mut().filter(|_| !roles.is_none_or(writes))
    {
        for key in [
            "wish_to_continue",
            "gives_up_deflected",
            "follows_to_private",
            "reopens",
            "reopens_after",
        ] {
            behavior.remove(key);
        }
    }
    let document = json!({
        "orgsim": 1,
        "customers": customers,
        "people": {
            "line expert": { "cost": "$141,000/year", "hours": "28h/week", "for_social": "20%" },
            "vendor": { "cost": "$20/hour", "hours": "28h/week" },
        },
        "designs": { "Any": design },
        "experiment": {
            "warm_up": "1 week", "run_for": "1 week", "follow": if follow { "5 days" } else { "0s" }, "repeat": 1,
            "seed": seed,
        },
    });
    format!("{document:#}")
}

/// Any valid scenario of one design.
pub(crate) fn any_scenario() -> impl Strategy<Value = String> {
    (1..=4usize).prop_flat_map(|units| {
        // in boxes, or the trees of so many strategies in one another are too large for the stack
        let design = prop_oneof![
            2 => archetype().boxed(),
            2 => plain_network(false).boxed(),
            3 => desks(units).boxed()
        ];
        let ways = proptest::option::weighted(0.6, ways()).boxed();
        (customers(units), design, any::<u32>(), any::<bool>(), ways, percent(0..=40)).prop_map(
            |(customers, mut design, seed, follow, ways, share)| {
                let Some(ways) = ways else { return document(customers, design, seed, follow) };
                let serves = design["graph"]["roles"]["r0"]["service"].is_object();
                if !serves {
                    let share = format!("{share} of replies");
                    design["dialogue"] = json!({ "deflects": share, "to_private": share });
                }
                document(with_ways(customers, &ways), design, seed, follow)
            },
        )
    })
}

/// A plain network in which no two durations are equal, so that nothing ever happens at the same instant.
fn any_smooth_network() -> impl Strategy<Value = String> {
    (customers(2), plain_network(true), any::<u32>())
        .prop_map(|(customers, design, seed)| document(customers, design, seed, false))
}

/// Person-microseconds that a role's people are there, by calendar, and how far rounding may take it.
fn presence(role: &Role, from: SimTime, until: SimTime) -> (f64, f64) {
    let People::Some(people) = &role.people else { return (0.0, 0.0) };
    let (mut micros, mut off) = (0.0, 0.0);
    for person in people {
        let calendar: &Calendar = person.calendar.as_deref().unwrap_or(&role.calendar);
        let open = calendar.open_between(from, until).micros() as f64;
        micros += open * person.present.min(1.0);
        if person.present < 1.0 {
            let stretches =
                (0..).map_while(|n| calendar.interval(n)).take_while(|(start, _)| *start < until);
            let blocks: u64 = stretches
                .map(|(start, end)| {
                    end.min(until).since(start).micros().div_ceil(role.block.micros())
                })
                .sum();
            // A block is cut at two or three places, each rounded to a whole microsecond.
            off += 1.5 * blocks as f64;
        }
    }
    (micros, off)
}

/// Everything that adds up in one replication.
fn check_books(model: &Model, outcome: &Outcome) {
    assert!(matches!(outcome.ended, Ended::Horizon), "{:?}", outcome.ended);
    let AgendaPeak { entries: peak, bound } = outcome.conservation.agenda_peak;
    assert!(peak <= bound, "the event list held {peak} entries, its bound is {bound}");
    let horizon = model.study.horizon();
    for (id, role) in model.designs[0].organization.roles() {
        let tally = &outcome.roles[id.index()];
        let name = &role.name;
        let bins: u128 = tally.bins.iter().sum();
        assert_eq!(bins, tally.scheduled + tally.overtime, "bins of {name}");
        let (there, off) = presence(role, model.study.warm_up, horizon);
        let scheduled = tally.scheduled as f64;
        assert!(
            (scheduled - there).abs() <= off,
            "{name} is scheduled {scheduled} µs, its calendar says {there}"
        );
        let area = tally.time_at_number.area();
        assert_eq!(area, tally.queue.micros() + tally.busy.micros(), "numbers at {name}");
        let time: u64 = tally.time_at_number.micros().iter().sum();
        assert_eq!(time, model.study.run_for.micros(), "time at {name}");
        if role.people != People::Infinite {
            let idle = tally.bins[Bin::Idle as usize];
            let worked = bins - idle;
            let proactive = tally.bins[Bin::Proactive as usize];
            // several open cases of one person share the minutes that the desk counts for each of them
            if role.habits.slots.is_none() {
                assert_eq!(tally.busy.micros(), worked - proactive, "hours of work at {name}");
            } else {
                assert!(
                    worked - proactive <= tally.busy.micros() + u128::from(tally.done),
                    "hours of work at {name}"
                );
            }
            let stays = role.shift_end == ShiftEnd::Finish
                || matches!(role.proactive, Proactive::Endless { .. });
            assert!(stays || tally.overtime == 0, "overtime at {name}");
            assert!(stays || worked <= tally.scheduled, "utilization of {name}");
        }
    }
    let scope = &outcome.scopes[0];
    assert!(scope.answered + scope.gave_up <= scope.needing);
    assert!(scope.settled_first <= scope.settled && scope.settled + scope.gave_up <= scope.needing);
    assert!(scope.open <= scope.needing && scope.in_expected_time <= scope.needing);
    assert_eq!(scope.first_response.total(), scope.answered);
    assert!(scope.needing <= scope.messages);
    let over = scope.settled + scope.settled_after_all + scope.went_quiet + scope.gave_up;
    assert!(over + scope.open <= scope.needing, "ends of those who need a reply");
    assert!(
        scope.deflected.max(scope.moved_to_private).max(scope.answered_twice) <= scope.answered
    );
    assert!(scope.brought <= scope.needing && scope.went_public <= scope.needing);
    assert!(scope.worse <= scope.moods && scope.moods <= scope.needing - scope.open);
    assert!(scope.mentions.unwelcome <= scope.mentions.touched);
    assert!(scope.mentions.touched <= scope.mentions.seen);
}

/// What was told of each inquiry agrees with what was counted.
fn check_stories(model: &Model, history: &History, outcome: &Outcome) {
    let plain = model.designs[0]
        .organization
        .roles()
        .all(|(_, role)| matches!(role.work, Work::Serve { .. }));
    let mut arrivals = Vec::new();
    let (mut arrived, mut ended, mut replied) = (0u64, 0u64, std::collections::BTreeMap::new());
    let mut over = std::collections::BTreeSet::new();
    let mut before = SimTime::ZERO;
    for (at, number, happening) in &history.told {
        assert!(before <= *at, "time runs forward");
        before = *at;
        match happening {
            Happening::Arrived { .. } => {
                assert_eq!(*number, arrived, "inquiries are numbered in order of arrival");
                arrived += 1;
                arrivals.push(*at);
            }
            Happening::Ended { waits, hands_on, theirs, .. } => {
                let told = waits.iter().fold(*hands_on + *theirs, |sum, &(_, wait)| sum + wait);
                let inside = at.since(arrivals[*number as usize]);
                // A network of plain desks that are always open keeps no causes.
                assert!(
                    told == inside || told == SimTime::ZERO && plain,
                    "inquiry {number}: {told} told of {inside}"
                );
                assert!(over.insert(*number), "inquiry {number} ended twice");
                ended += 1;
            }
            Happening::Replied { turn: 0, .. } => {}
            Happening::Replied { turn, .. } => {
                let last = replied.insert(*number, *turn).unwrap_or(0);
                assert_eq!(*turn, last + 1, "turns of inquiry {number}");
            }
            _ => assert!(*number < arrived, "inquiry {number} has not arrived"),
        }
    }
    assert_eq!(arrived, outcome.conservation.arrived);
    assert_eq!(ended, outcome.conservation.ends.iter().sum::<u64>());
}

proptest! {
    #![proptest_config(config())]

    /// Inquiries, contacts and mentions are conserved; Little's law, bins, calendars and areas add up exactly.
    #[test]
    fn everything_adds_up(text in any_scenario()) {
        let model = model(&text);
        let mut history = History::default();
        let outcome = observed(&model, 0, &mut history);
        check_books(&model, &outcome);
        check_stories(&model, &history, &outcome);
    }

    /// A run of two weeks begins with the run of one week.
    #[test]
    fn a_longer_run_begins_like_the_shorter_one(text in any_scenario()) {
        let short = with_study(&model(&text), |study| study.follow = SimTime::ZERO);
        let long = with_study(&short, |study| study.run_for = SimTime::WEEK.times(2));
        let horizon = short.study.horizon();
        let until = |history: History| -> Vec<_> {
            history.told.into_iter().filter(|(at, _, _)| *at < horizon).collect()
        };
        prop_assert_eq!(until(history(&short, 0)), until(history(&long, 0)));
    }

    /// To discard a warm-up changes what is counted, and nothing that happens.
    #[test]
    fn a_warm_up_is_only_a_way_of_counting(text in any_scenario()) {
        let with = model(&text);
        let without = with_study(&with, |study| {
            (study.warm_up, study.run_for) = (SimTime::ZERO, study.horizon());
        });
        prop_assert_eq!(history(&with, 0), history(&without, 0));
    }

    /// With one class of urgency, all disciplines are the same.
    #[test]
    fn priority_with_one_class_is_first_come(text in any_scenario()) {
        let mut model = with_world(&model(&text), |world| {
            world.topics.iter_mut().for_each(|topic| topic.priority = 1);
            // Whoever goes public is more urgent than everybody else.
            world.behavior.publicity = Default::default();
            world.audience.segments.iter_mut().for_each(|segment| segment.goes_public = None);
        });
        let mut with = |discipline| {
            let organization = &mut model.designs[0].organization;
            for role in 0..organization.role_count() as u32 {
                let role = organization.role_mut(RoleId(role));
                (role.discipline, role.line) = (discipline, LineRules::default());
            }
            format!("{:?}", simulate(&model, 0))
        };
        let first_come = with(Discipline::Fifo);
        prop_assert_eq!(&first_come, &with(Discipline::Priority { preemptive: false }));
        prop_assert_eq!(&first_come, &with(Discipline::Priority { preemptive: true }));
    }

    /// A waiting room that never fills is none.
    #[test]
    fn a_huge_waiting_room_is_none(text in any_scenario()) {
        let mut model = model(&text);
        let mut with = |room| {
            let organization = &mut model.designs[0].organization;
            for role in 0..organization.role_count() as u32 {
                organization.role_mut(RoleId(role)).waiting_room = room;
            }
            format!("{:?}", simulate(&model, 0))
        };
        prop_assert_eq!(with(None), with(Some(1_000_000)));
    }

    /// Customers who would wait 900 years are customers who wait for ever.
    #[test]
    fn endless_patience_is_none(text in any_scenario(), queue: bool) {
        use orgsim::model::{Patience, PatienceLaw, PatienceScope};
        let with = |patience: Option<Patience>| {
            let mut outcome = simulate(&with_world(&model(&text), |world| world.behavior.patience = patience), 0);
            for role in &mut outcome.roles {
                role.wait_offered = Default::default();
            }
            numbers(&outcome)
        };
        let law = PatienceLaw::Own(orgsim::draws::Law::constant(900.0 * 365.0 * 1440.0).unwrap());
        let scope = if queue { PatienceScope::Queue } else { PatienceScope::Reply };
        prop_assert_eq!(with(None), with(Some(Patience { scope, law, by_topic: Vec::new(), silent: 0.5 })));
    }

    /// A role that nothing reaches changes no number of any other.
    #[test]
    fn a_role_that_nothing_reaches_changes_nothing(text in any_scenario()) {
        let model = model(&text);
        let mut with = model.clone();
        let organization = &mut with.designs[0].organization;
        let copy = Role { name: "nobody's".into(), proactive: Proactive::Never, ..organization.role(RoleId(0)).clone() };
        organization.add_role(copy);
        let mut outcome = simulate(&with, 0);
        outcome.roles.pop();
        for seen in &mut outcome.observed {
            seen.pop();
        }
        prop_assert_eq!(numbers(&simulate(&model, 0)), numbers(&outcome));
        prop_assert_eq!(history(&model, 0), history(&with, 0));
    }

    /// The order in which the roles of a plain network are written changes no wait.
    #[test]
    fn the_order_of_roles_changes_no_wait(text in any_smooth_network()) {
        let mut document: Value = serde_json::from_str(&text).unwrap();
        let by_name = |text: &str| {
            let model = model(text);
            let outcome = simulate(&model, 0);
            let organization = &model.designs[0].organization;
            let mut tallies: Vec<(String, String)> = organization
                .roles()
                .map(|(id, role)| (role.name.clone(), format!("{:?}", outcome.roles[id.index()])))
                .collect();
            tallies.sort();
            tallies
        };
        let written = by_name(&text);
        let roles = document["designs"]["Any"]["graph"]["roles"].as_object_mut().unwrap();
        *roles = std::mem::take(roles).into_iter().rev().collect();
        prop_assert_eq!(written, by_name(&document.to_string()));
    }
}

/// One station that is always open: a law of service, and so many messages a day.
/// An organization of so many roles: plain desks, or desks that read, look up, ask, escalate and report. Links lead
/// anywhere between plain desks, and only to later roles between others, so that somebody answers in the end.
fn large_organization(roles: usize, plain: bool, picks: &[(usize, usize, u32, u32)]) -> Value {
    let pick = |i: usize| picks[i % picks.len()];
    let mut of_roles = serde_json::Map::new();
    let mut links = vec![
        json!({ "intake": { "from": "messenger", "to": "r1" } }),
        json!({ "intake": { "to": "r0" } }),
    ];
    for i in 0..roles {
        let (first, second, share, people) = pick(i);
        let name = format!("r{i}");
        if plain {
            let service = json!({ "exponential": { "mean": format!("{}m", 1 + share) } });
            of_roles.insert(name.clone(), json!({ "people": people, "service": service }));
            let (one, other) =
                ((first + i) % roles, (first + i + 1 + second % (roles - 1)) % roles);
            for to in [one, other].into_iter().filter(|_| 0 < share) {
                let share = format!("{share}%");
                let to = format!("r{to}");
                links.push(json!({ "route": { "from": name, "to": to, "share": share } }));
            }
            continue;
        }
        let later = |by: usize| format!("r{}", (i + 1 + by % 9).min(roles - 1));
        let last = i + 1 == roles;
        let ladder = match (last, share % 3) {
            (true, _) | (false, 0) => json!(["search", "guess"]),
            (false, 1) => json!(["consult", "escalate", "guess"]),
            (false, _) => json!(["search", "escalate"]),
        };
        of_roles.insert(
            name.clone(),
            json!({
                "people": people,
                "desk": { "ladder": ladder, "approval": format!("{share}% of replies") },
                "knows": {
                    "generic": format!("{}%", (share * 7 + 11 * i as u32) % 101),
                    "own_unit": "0%", "other_units": "0%",
                },
            }),
        );
        if !last {
            if 0 < share % 3 {
                links.push(json!({ "escalate": { "from": name, "to": later(first) } }));
            }
            if share % 3 == 1 {
                links.push(json!({ "consult": { "from": name, "to": later(second) } }));
            }
            links.push(json!({ "approve": { "from": name, "to": later(first + second) } }));
            links.push(json!({ "report": { "from": name, "to": later(share as usize) } }));
        }
    }
    json!({ "graph": { "roles": of_roles, "links": links } })
}

/// A document of one large design, run for a few days.
fn any_large_scenario() -> impl Strategy<Value = String> {
    let pick = (0..200usize, 0..200usize, 0..45u32, 1..4u32);
    let picks = proptest::collection::vec(pick, 16..64);
    (8..=200usize, any::<bool>(), picks, customers(2), any::<u32>()).prop_map(
        |(roles, plain, picks, mut customers, seed)| {
            customers["need_unit_knowledge"] = json!("0%");
            document(customers, large_organization(roles, plain, &picks), seed, false)
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: config().cases.min(12), ..config() })]

    /// What adds up in a small organization adds up in a large one.
    #[test]
    fn everything_adds_up_in_large_organizations(text in any_large_scenario()) {
        let mut model = model(&text);
        (model.study.warm_up, model.study.run_for) = (SimTime::DAY, SimTime::DAY.times(2));
        let mut history = History::default();
        let outcome = observed(&model, 0, &mut history);
        check_books(&model, &outcome);
        check_stories(&model, &history, &outcome);
        let organization = &model.designs[0].organization;
        let load = orgsim::model::load(&model.world, &model.practice, organization);
        let shape = orgsim::model::structure(&model.world, &model.practice, organization);
        prop_assert!(load.endless.is_empty());
        prop_assert!(load.roles.iter().all(|role| role.visits_per_hour.is_finite()));
        prop_assert!(shape.layers <= organization.role_count());
    }
}

fn station(people: u32, service: &Value, a_day: u32, seed: u32) -> Model {
    let document = json!({
        "orgsim": 1,
        "customers": { "plain": true, "messages": format!("{a_day}/day") },
        "designs": { "Any": { "graph": {
            "roles": { "desk": { "people": people, "service": service } },
            "links": [{ "intake": { "to": "desk" } }],
        } } },
        "experiment": { "kind": "from empty", "run_for": "1 week", "repeat": 1, "seed": seed },
    });
    model(&document.to_string())
}

/// Mean service time.
fn mean_minutes(model: &Model) -> f64 {
    match &model.designs[0].organization.role(RoleId(0)).work {
        Work::Serve { service, .. } => service[0].mean(),
        Work::Desk(_) => unreachable!("the station is a plain desk"),
    }
}

/// The wait of each inquiry that was taken up, by number.
fn waits(model: &Model) -> Vec<Option<SimTime>> {
    let (mut arrivals, mut waits) = (Vec::new(), Vec::new());
    for (at, number, happening) in history(model, 0).told {
        match happening {
            Happening::Arrived { .. } => {
                arrivals.push(at);
                waits.push(None);
            }
            Happening::Started { .. } => {
                waits[number as usize] = Some(at - arrivals[number as usize])
            }
            _ => {}
        }
    }
    waits
}

proptest! {
    #![proptest_config(config())]

    /// Under the same customers, nobody waits longer at a desk with one person more.
    #[test]
    fn another_pair_of_hands_never_lengthens_a_wait(
        people in 1..6u32, service in law(600..20_000, false), busy in 50..140u32, seed: u32,
    ) {
        let mean = mean_minutes(&station(1, &service, 1, 0));
        let a_day = (f64::from(people * busy) / 100.0 * 1440.0 / mean).round().max(1.0) as u32;
        let fewer = waits(&station(people, &service, a_day, seed));
        let more = waits(&station(people + 1, &service, a_day, seed));
        prop_assert_eq!(fewer.len(), more.len());
        for (number, (fewer, more)) in fewer.iter().zip(&more).enumerate() {
            if let Some(fewer) = fewer {
                prop_assert!(more.is_some_and(|more| more <= *fewer), "inquiry {}: {:?} and {:?}", number, fewer, more);
            }
        }
    }
}

/// A network in which all durations are fixed numbers of seconds, each taken `times` as long.
fn fixed_network(
    times: u32,
    seconds: &[u32],
    shares: &[u32],
    people: &[u32],
    words: (&str, &str, bool),
    seed: u32,
) -> Model {
    let long = |seconds: u32| format!("{}s", seconds * times);
    let (discipline, shift_end, in_queue) = words;
    let mut roles = serde_json::Map::new();
    let mut links = vec![json!({ "intake": { "to": "r0" } })];
    for i in 0..3 {
        roles.insert(format!("r{i}"), json!({
            "people": people[i], "service_by_topic": { "a": long(seconds[i]), "b": long(seconds[3 + i]) },
            "discipline": discipline, "shift_end": shift_end, "open": if i == 1 { "daily 08:00-17:00" } else { "always" },
        }));
        for (to, delay) in [((i + 1) % 3, 6), ((i + 2) % 3, 7)] {
            let share = format!("{}%", shares[2 * i + to % 2]);
            links.push(json!({ "route": { "from": format!("r{i}"), "to": format!("r{to}"), "share": share, "delay": long(seconds[delay]) } }));
        }
    }
    let document = json!({
        "orgsim": 1,
        "customers": {
            "plain": true,
            "topics": { "a": { "priority": 1 }, "b": { "priority": 2 } },
            "streams": {
                "first": { "every": long(seconds[8]), "topics": { "a": "50%", "b": "50%" } },
                "second": { "every": long(seconds[9]), "topics": "b" },
            },
            "behavior": { "patience": { "scope": if in_queue { "queue" } else { "reply" }, "law": { "constant": long(40 * seconds[10]) } } },
        },
        "designs": { "Any": { "graph": { "roles": roles, "links": links } } },
        "experiment": { "kind": "from empty", "run_for": format!("{times} weeks"), "repeat": 1, "seed": seed },
    });
    let mut model = model(&document.to_string());
    let horizon = model.study.horizon();
    let organization = &mut model.designs[0].organization;
    for role in 0..organization.role_count() as u32 {
        let role = organization.role_mut(RoleId(role));
        if role.calendar.is_always() {
            continue;
        }
        let open = (0..)
            .map_while(|n| role.calendar.interval(n))
            .take_while(|(start, _)| *start < horizon);
        let open =
            open.map(|(start, end)| (start.times(times.into()), end.times(times.into()))).collect();
        role.calendar = std::sync::Arc::new(Calendar::listed(open).unwrap());
    }
    model
}

proptest! {
    #![proptest_config(config())]

    /// Where all takes k times as long, everything happens at k times its time, to the microsecond.
    #[test]
    fn time_stretched_stretches_everything(
        times in 2..9u32,
        seconds in proptest::collection::vec(200..9000u32, 11),
        shares in proptest::collection::vec(1..45u32, 6),
        people in proptest::collection::vec(1..5u32, 3),
        discipline in discipline(),
        finish: bool,
        in_queue: bool,
        seed: u32,
    ) {
        let words = (discipline, if finish { "finish" } else { "suspend" }, in_queue);
        let plain = history(&fixed_network(1, &seconds, &shares, &people, words, seed), 0);
        let long = history(&fixed_network(times, &seconds, &shares, &people, words, seed), 0);
        let k = u64::from(times);
        let stretched = |(at, number, happening): (SimTime, u64, Happening)| {
            let happening = match happening {
                Happening::Ended { end, waits, hands_on, theirs } => Happening::Ended {
                    end,
                    waits: waits.into_iter().map(|(cause, wait)| (cause, wait.times(k))).collect(),
                    hands_on: hands_on.times(k),
                    theirs: theirs.times(k),
                },
                other => other,
            };
            (at.times(k), number, happening)
        };
        let stretched: Vec<_> = plain.told.into_iter().map(stretched).collect();
        prop_assert!(100 < stretched.len());
        prop_assert_eq!(stretched, long.told);
    }
}
