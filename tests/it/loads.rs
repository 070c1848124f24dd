//! The traffic equations against what is simulated, where nothing depends on waiting.

use orgsim::model::{Load, Model, load};
use orgsim::sim::{Bin, Outcome};

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
    let model = patient(design, behavior);
    let organization = &model.designs[0].organization;
    let Load { roles, endless, .. } = load(&model.world, &model.practice, organization);
    assert_eq!(endless, []);
    let outcomes = replicate(&model);
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
