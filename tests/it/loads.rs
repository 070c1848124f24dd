//! The traffic equations against what is simulated, where nothing depends on waiting.

use orgsim::model::{Load, Model, load};
use orgsim::sim::{Bin, Outcome};
use orgsim::units::SimTime;

use crate::support::{expect_near, model, replicate};

/// Customers who neither leave nor write a second time before the reply, and whatever else they do.
fn patient(design: &str, behavior: &str) -> Model {
    model(&format!(
        r#"{{
            "orgsim": 1,
            "customers": {{
                "messages": "240/day",
                "week": "support_b2c",
                "business_units": ["a", "b", "c"],
                "need_unit_knowledge": "35%",
                "channels": {{ "x": {{ "share": "55%" }}, "messenger": {{ "share": "45%", "private": true }} }},
                "topics": {{
                    "question": {{ "share": "45%", "need_reply": "80%", "work": "6m" }},
                    "order": {{ "share": "25%", "need_reply": "95%", "work": "9m", "urgent": true, "not_settled_at_first": "45%" }},
                    "chatter": {{ "share": "25%", "need_reply": "5%", "work": "1m" }},
                    "legal": {{ "share": "5%", "work": "15m", "approval": "always" }}
                }},
                "behavior": {{ "patience": "unlimited", "recontact": "0%", "reply_delay": "40m" {behavior} }},
                "expect_reply_within": {{ "1000h": "100%" }}
            }},
            "people": {{ "line expert": {{ "cost": "$141,000/year", "hours": "28h/week", "consult": "5m" }} }},
            "designs": {{ "Only": {design} }},
            "experiment": {{ "warm_up": "2 weeks", "run_for": "8 weeks", "follow": "0s", "repeat": 32, "seed": 7 }}
        }}"#
    ))
}

/// Hours a week of a bin, in each replication.
fn hours(outcomes: &[Outcome], role: usize, bin: Bin) -> Vec<f64> {
    let of = |outcome: &Outcome| {
        outcome.roles[role].bins[bin as usize] as f64 / 3.6e9 / (outcome.counted.hours() / 168.0)
    };
    outcomes.iter().map(of).collect()
}

#[track_caller]
fn check(design: &str) {
    check_with("", design);
}

#[track_caller]
fn check_with(behavior: &str, design: &str) {
    check_model(&patient(design, behavior));
}

#[track_caller]
fn check_model(model: &Model) {
    let organization = &model.designs[0].organization;
    let Load { roles, endless, .. } = load(&model.world, &model.practice, organization);
    assert_eq!(endless, []);
    let outcomes = replicate(model);
    for role in &roles {
        let (i, name) = (role.role.index(), &role.name);
        let utilization = role.utilization().expect("all roles have people");
        assert!(utilization < 0.9, "{name} is {utilization} busy: too much for a steady state");
        let visits: Vec<f64> =
            outcomes.iter().map(|o| o.roles[i].arrived as f64 / o.counted.hours()).collect();
        expect_near(&format!("visits of {name}"), &visits, role.visits_per_hour);
        for (bin, exact) in [
            (Bin::Answer, role.hours.answer),
            (Bin::Triage, role.hours.triage),
            (Bin::Rework, role.hours.rework),
            (Bin::HandOff, role.hours.hand_off),
            (Bin::Approval, role.hours.approval),
            (Bin::ConsultGiven, role.hours.consult_given),
            (Bin::ConsultSought, role.hours.consult_sought),
        ] {
            expect_near(
                &format!("hours of {} at {name}", bin.label()),
                &hours(&outcomes, i, bin),
                exact,
            );
        }
        let busy = |outcome: &Outcome| {
            let tally = &outcome.roles[i];
            1.0 - tally.bins[Bin::Idle as usize] as f64 / tally.scheduled as f64
        };
        expect_near(
            &format!("utilization of {name}"),
            &outcomes.iter().map(busy).collect::<Vec<_>>(),
            utilization,
        );
    }
}

const TALKS: &str = r#""hub_and_spoke": { "hub": { "care agent": 14, "strategist": 4, "analyst": 1 }, "each_spoke": { "care agent": 3 },
    "route": "all unit matters", "open": "daily 08:00-20:00", "approval": "10% of replies" },
    "dialogue": { "deflects": "30% of replies", "to_private": "35% of replies" }"#;

#[test]
fn replies_that_answer_nothing_are_work_and_bring_customers_back() {
    let behavior = r#", "gives_up_deflected": "40%", "follows_to_private": "70%""#;
    check_with(behavior, &format!("{{ {TALKS} }}"));
}

#[test]
fn what_seemed_settled_comes_up_again() {
    let behavior = r#", "gives_up_deflected": "50%", "follows_to_private": "70%",
        "reopens": "30%", "reopens_after": "20h""#;
    check_with(behavior, &format!("{{ {TALKS} }}"));
}

#[test]
fn who_is_answered_in_time_asks_something_else() {
    let behavior = r#", "induced": "40%", "induced_after": "10h""#;
    check_with(
        behavior,
        r#"{ "centralized": { "care agent": 20, "strategist": 3, "analyst": 1, "open": "daily 08:00-20:00", "approval": "15% of replies" } }"#,
    );
}

#[test]
fn a_centralized_desk_is_as_busy_as_its_traffic_says() {
    check(
        r#"{ "centralized": { "care agent": 12, "strategist": 3, "analyst": 1, "open": "daily 08:00-20:00", "approval": "15% of replies" } }"#,
    );
}

#[test]
fn units_on_their_own_are_as_busy_as_their_traffic_says() {
    check(
        r#"{ "decentralized": { "each_unit": { "care agent": 5, "strategist": 1.5 }, "open": "daily 07:00-21:00", "approval": "10% of replies" } }"#,
    );
}

#[test]
fn a_hub_and_its_spokes_are_as_busy_as_their_traffic_says() {
    check(
        r#"{ "hub_and_spoke": { "hub": { "care agent": 10, "strategist": 3, "analyst": 1 }, "each_spoke": { "care agent": 1.5 }, "open": "daily 08:00-20:00", "approval": "10% of replies" } }"#,
    );
}

#[test]
fn a_hub_that_routes_all_unit_matters_is_as_busy_as_its_traffic_says() {
    check(
        r#"{ "hub_and_spoke": { "hub": { "care agent": 9, "strategist": 3 }, "each_spoke": { "care agent": 2.5 }, "route": "all unit matters", "open": "always", "approval": "25% of replies" } }"#,
    );
}

#[test]
fn a_vendor_and_its_client_are_as_busy_as_their_traffic_says() {
    check(
        r#"{ "outsourced": { "vendor": 14, "care agent": 8, "strategist": 3, "open": "daily 08:00-20:00", "approval": "15% of replies" } }"#,
    );
}

#[test]
fn hubs_of_brands_and_their_spokes_are_as_busy_as_their_traffic_says() {
    check(
        r#"{ "dandelion": { "corporate": { "strategist": 2 }, "brands": { "first": ["a", "b"], "second": ["c"] },
             "each_sub_hub": { "care agent": 6, "strategist": 2 }, "each_spoke": { "care agent": 1.5 },
             "open": "daily 08:00-20:00", "approval": "10% of replies" } }"#,
    );
}

#[test]
fn a_hub_and_its_employees_are_as_busy_as_their_traffic_says() {
    check(
        r#"{ "holistic": { "hub": { "care agent": 10, "strategist": 3, "analyst": 1 }, "each_unit": { "employee": 60 },
             "open": "daily 08:00-20:00", "approval": "10% of replies" } }"#,
    );
}

#[test]
fn spokes_with_accounts_of_their_own_are_as_busy_as_their_traffic_says() {
    check(
        r#"{ "hub_and_spoke": { "hub": { "care agent": 8, "strategist": 3 }, "each_spoke": { "care agent": 5 },
             "direct_intake": ["x"], "open": "daily 08:00-20:00", "approval": "10% of replies" } }"#,
    );
}

#[test]
fn a_vendor_before_units_of_their_own_is_as_busy_as_its_traffic_says() {
    check(
        r#"{ "decentralized": { "each_unit": { "care agent": 4, "strategist": 1.5 }, "open": "daily 08:00-20:00", "approval": "10% of replies" },
             "contract": { "vendor": 14, "takes": "everything", "open": "daily 08:00-20:00", "approval": "15% of replies" } }"#,
    );
}

#[test]
fn people_at_two_sites_are_as_busy_as_their_traffic_says() {
    check(
        r#"{ "centralized": { "care agent": 12, "strategist": 3, "open": "daily 08:00-20:00", "approval": "15% of replies",
             "sites": { "near": { "share": "75%", "open": "daily 06:00-14:00" }, "far": { "share": "25%", "open": "daily 12:00-20:00" } } } }"#,
    );
}

#[test]
fn desks_of_channels_are_as_busy_as_their_traffic_says() {
    check(
        r#"{ "touchpoint": { "channels": { "x": { "care agent": 8, "unit": "a" }, "messenger": { "care agent": 6, "unit": "b" } },
             "strategist": 3, "open": "daily 08:00-20:00", "approval": "15% of replies" } }"#,
    );
}

#[test]
fn one_person_is_as_busy_as_the_traffic_says() {
    check(r#"{ "one_person": { "care agent": 14, "open": "daily 08:00-20:00" } }"#);
}

/// A desk and somebody it asks, hands over to or is reviewed by, with customers like this and a practice like this.
fn pair(customers: &str, practice: &str, [desk, other]: [&str; 2], link: &str) -> Model {
    model(&format!(
        r#"{{ "orgsim": 1,
            "customers": {{ "messages": "300/day", "busy_days_vary_by": "0%", "expect_reply_within": {{ "1000h": "100%" }}, {customers} }},
            "practice": {{ {practice} }},
            "designs": {{ "D": {{ "graph": {{
                "roles": {{ "desk": {{ {desk} }}, "other": {{ {other} }} }},
                "links": [ {{ "intake": {{ "to": "desk" }} }}, {{ {link} }} ] }} }} }},
            "experiment": {{ "warm_up": "2 weeks", "run_for": "8 weeks", "follow": "0s", "repeat": 32, "seed": 7 }} }}"#
    ))
}

/// What customers do who are patient, and write again after two hours.
const PATIENT: &str =
    r#""recontact": "0%", "patience": "unlimited", "reply_delay": { "constant": "2h" }"#;
const REVIEW: &str = r#""approve": { "from": "desk", "to": "other" }"#;

/// Half of the drafts are wrong, and a reviewer of the risky ones finds most of that: later turns are of less risk.
#[test]
fn who_is_reviewed_comes_back_less_often() {
    let customers = format!(
        r#""topics": {{ "t": {{ "not_settled_at_first": "0%", "risk": {{ "high": "30%" }} }} }},
            "behavior": {{ {PATIENT}, "wish_to_continue": "90%" }}"#
    );
    let practice = r#""error": "50%", "caught": "90%", "review": { "constant": "15m" }"#;
    let desk = r#""people": 12, "desk": { "authority": "medium" }"#;
    let other = r#""people": 3, "desk": { "answer": false }"#;
    let model = pair(&customers, practice, [desk, other], REVIEW);
    let load = load(&model.world, &model.practice, &model.designs[0].organization);
    // by hand: 12.5 an hour, 30% of them risky; 5% of their answers are wrong, and each tenth draft of 45 caught comes twice
    let exact = 12.5 * 0.3 / (1.0 - 0.05 * 0.9) * 1.45;
    let visits = load.roles[1].visits_per_hour;
    assert!((visits / exact - 1.0).abs() < 1e-9, "{visits} an hour, {exact} by hand");
    check_model(&model);
}

/// Some customers go on until they are content, others never: the mean of both would bring fewer messages back.
#[test]
fn segments_go_on_in_their_own_ways() {
    let customers = format!(
        r#""topics": {{ "t": {{ "not_settled_at_first": "0%" }} }}, "behavior": {{ {PATIENT} }},
            "segments": {{ "patient": {{ "share": "50%", "wish_to_continue": "100%" }}, "gone": {{ "share": "50%", "wish_to_continue": "0%" }} }}"#
    );
    let desk = r#""people": 8, "desk": {}"#;
    let other = r#""people": 1, "desk": { "answer": false }"#;
    let model = pair(&customers, r#""error": "50%""#, [desk, other], REVIEW);
    let load = load(&model.world, &model.practice, &model.designs[0].organization);
    // one message of each half, and of the patient one more for each wrong answer
    let visits = load.roles[0].visits_per_hour;
    assert!((visits - 12.5 * (0.5 + 0.5 * 2.0)).abs() < 1e-9, "{visits}");
    check_model(&model);
}

/// Whoever stays with a question has nothing else in hand while it is answered; here nobody waits for that.
#[test]
fn a_question_that_is_held_takes_the_time_of_the_answer() {
    let customers = format!(
        r#""topics": {{ "t": {{ "not_settled_at_first": "0%" }} }}, "behavior": {{ {PATIENT} }}"#
    );
    let practice =
        r#""error": "0%", "ask": { "constant": "2m" }, "consult": { "constant": "20m" }"#;
    let desk = r#""people": 12, "knows": { "generic": 0 }, "desk": { "ladder": ["consult"] }"#;
    let other = r#""people": 20, "desk": { "answer": false }"#;
    let consult = r#""consult": { "from": "desk", "to": "other", "hold": true }"#;
    let model = pair(&customers, practice, [desk, other], consult);
    let load = load(&model.world, &model.practice, &model.designs[0].organization);
    let sought = load.roles[0].hours.consult_sought / 168.0;
    assert!((sought - 12.5 * 22.0 / 60.0).abs() < 1e-9, "{sought}");
    check_model(&model);
    // it takes as long as it takes who answers, however fast the other is
    let fast = desk.replace("12,", r#"[{ "count": 24, "times": 0.5 }],"#);
    let slow = other.replace("20,", r#"[{ "count": 20, "times": 2 }],"#);
    let paced = pair(&customers, practice, [&fast, &slow], consult);
    check_model(&paced);
}

/// People who stay two months and know little at first: what they do not know goes to others.
#[test]
fn newcomers_know_less_and_pass_on_more() {
    let customers = format!(
        r#""topics": {{ "t": {{ "not_settled_at_first": "0%" }} }}, "behavior": {{ {PATIENT} }}"#
    );
    let desk = r#""people": 40, "knows": { "generic": 0.95 }, "desk": { "ladder": ["escalate"] },
        "turnover": { "leave": "600%/year", "vacancy": "1m",
            "newcomer": { "speed": "99%", "knowledge": "0%", "learns_in": "20 days" } }"#;
    let other = r#""people": 10, "desk": {}"#;
    let escalate = r#""escalate": { "from": "desk", "to": "other" }"#;
    let mut model = pair(&customers, r#""error": "0%""#, [desk, other], escalate);
    // all begin as veterans
    model.study.warm_up = SimTime::WEEK.times(40);
    let load = load(&model.world, &model.practice, &model.designs[0].organization);
    // of what newcomers lack at first, τ ÷ (τ + mean stay) is missing on average of exponential stays
    let (tau, stay) = (20.0, 365.0 / 6.0);
    let knows = 0.95 * (1.0 - tau / (tau + stay));
    let passed_on = load.roles[1].visits_per_hour;
    assert!((passed_on / (12.5 * (1.0 - knows)) - 1.0).abs() < 0.01, "{passed_on}, {knows}");
    let outcomes = replicate(&model);
    let visits: Vec<f64> =
        outcomes.iter().map(|o| o.roles[1].arrived as f64 / o.counted.hours()).collect();
    expect_near("visits of other", &visits, passed_on);
}
