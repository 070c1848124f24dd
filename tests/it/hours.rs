//! What is foretold of opening hours: neither a zone nor the length of a run changes what a week is.

use orgsim::model::{Model, load, on_duty, structure_over};
use orgsim::units::SimTime;

use crate::support::model;

/// Designs by name, with these words for when they run.
fn of(designs: &str, experiment: &str) -> Model {
    model(&format!(
        r#"{{
            "orgsim": 1,
            "customers": {{ "messages": "100/day", "channels": {{ "x": {{ "share": "100%" }} }},
                "topics": {{ "q": {{ "share": "100%", "work": "6m" }} }}, "business_units": ["a", "b"], "need_unit_knowledge": "0%" }},
            "people": {{ "vendor": {{ "cost": "$20/hour", "paid": "40h/week", "hours": "30h/week" }} }},
            "designs": {{ {designs} }},
            "experiment": {{ "warm_up": "0s", "repeat": 5, {experiment} }}
        }}"#
    ))
}

/// A central desk with these people and hours.
fn desk(name: &str, staff: &str, open: &str) -> String {
    format!(
        r#""{name}": {{ "centralized": {{ {staff}, "open": "{open}", "approval": "5% of replies" }} }}"#
    )
}

const FOUR: &str = r#""care agent": 4, "strategist": 1"#;

/// How busy the desk of the first design is, and the hours a week in which nobody is there.
fn foretold(model: &Model) -> (f64, f64) {
    let organization = &model.designs[0].organization;
    let load = load(&model.world, &model.practice, organization);
    let busy = load.roles.iter().filter_map(|role| role.utilization()).fold(0.0, f64::max);
    let weeks = model.study.weeks();
    let shape = structure_over(&model.world, &model.practice, organization, weeks);
    (busy, shape.uncovered_hours)
}

#[test]
fn the_same_hours_make_the_same_load_in_every_zone_and_run() {
    for hours in ["daily 09:00-10:00", "daily 08:00-20:00", "weekdays 9-17"] {
        for start in ["2027-01-04", "2027-03-01", "2027-03-24"] {
            for weeks in [1, 2, 4, 13] {
                let told = |zone: &str| {
                    let open = format!("{hours}{zone}");
                    let run = format!(r#""start": "{start}", "run_for": "{weeks} weeks""#);
                    foretold(&of(&desk("Desk", FOUR, &open), &run))
                };
                let plain = told("");
                for zone in [" UTC", " Europe/Berlin", " America/Denver"] {
                    // an evening that goes over the end of the weeks listed is an hour more of them when clocks have changed
                    let near = if zone.contains("Denver") { 0.01 } else { 1e-9 };
                    let zoned = told(zone);
                    let what = format!("{hours}{zone} from {start} for {weeks} weeks");
                    assert!((plain.0 / zoned.0 - 1.0).abs() < near, "{what}: {plain:?} {zoned:?}");
                    assert!((plain.1 / zoned.1 - 1.0).abs() < near, "{what}: {plain:?} {zoned:?}");
                }
            }
        }
    }
}

#[test]
fn naming_a_zone_hires_nobody() {
    let busy = r#""staff": { "busy": "75%" }"#;
    let designs =
        [desk("Plain", busy, "daily 08:00-20:00"), desk("Zone", busy, "daily 08:00-20:00 UTC")];
    let model = of(&designs.join(", "), r#""start": "2027-01-04", "run_for": "4 weeks""#);
    let heads: Vec<f64> = model.designs.iter().map(|design| design.headcount).collect();
    assert!((heads[0] - heads[1]).abs() < 1e-9, "{heads:?}");
}

#[test]
fn an_hour_a_day_leaves_161_hours_whenever_clocks_change() {
    for (start, weeks) in [("2027-01-04", 8), ("2027-03-01", 8), ("2027-03-01", 2)] {
        let run = format!(r#""start": "{start}", "run_for": "{weeks} weeks""#);
        let day = desk("Desk", FOUR, "daily 09:00-10:00 Europe/Berlin");
        let (_, uncovered) = foretold(&of(&day, &run));
        assert!((uncovered - 161.0).abs() < 1e-9, "{uncovered} from {start} for {weeks} weeks");
    }
}

#[test]
fn weeks_that_do_not_count_do_not_change_what_is_closed() {
    // on 14 March clocks change in Denver, on the 28th in Berlin; in between an hour a day more is closed
    let sites = r#""Two": { "centralized": { "care agent": 8, "strategist": 1, "sites": {
        "Frankfurt": { "open": "daily 07:00-19:00 Europe/Berlin" },
        "Denver": { "open": "daily 08:00-20:00 America/Denver" } } } }"#;
    for (start, weeks, expected) in
        [("2027-02-01", 5, 21.0), ("2027-03-15", 1, 28.0), ("2027-03-29", 4, 21.0)]
    {
        let run = format!(
            r#""start": "{start}", "zone": "Europe/Berlin", "run_for": "{weeks} weeks", "follow": "2 weeks""#
        );
        let (_, uncovered) = foretold(&of(sites, &run));
        assert!((uncovered - expected).abs() < 1e-9, "{uncovered} from {start}");
    }
}

#[test]
fn who_helps_out_at_night_is_there_at_night_and_few_people_are_there_in_part() {
    let day = "daily 08:00-20:00";
    let vendor = r#""contract": { "takes": "nights and weekends", "vendor": 6, "may_answer": "everything" }"#;
    let with_vendor =
        desk("With vendor", FOUR, day).replacen("} }", &format!("}}, {vendor} }}"), 1);
    let designs = [
        desk("Alone", FOUR, day),
        with_vendor,
        r#""Night desk": { "graph": { "roles": {
            "day": { "people": 8, "open": "daily 08:00-20:00", "desk": {} },
            "night": { "people": 4, "open": "daily 20:00-08:00", "desk": {} } },
            "links": [ { "intake": { "to": "day" } }, { "overflow": { "from": "day", "to": "night", "after": "1m" } } ] } }"#
            .into(),
        desk("Few", r#""care agent": 1.5, "strategist": 0.15"#, "always"),
    ];
    let model = of(&designs.join(", "), r#""run_for": "4 weeks""#);
    let at = |design: usize, hour: usize| {
        let organization = &model.designs[design].organization;
        let run = (SimTime::ZERO, SimTime::WEEK.times(4));
        let there = on_duty(&model.world, organization, run)[0][hour];
        assert!(there.heads.is_sign_positive() && there.somebody.is_sign_positive());
        there
    };
    assert!(at(0, 22).somebody <= 0.0 && at(0, 22).heads <= 0.0);
    assert!(0.9 < at(1, 22).somebody && 1.0 < at(1, 12).heads);
    assert!((at(2, 22).somebody - 1.0).abs() < 1e-9 && (at(2, 22).heads - 4.0).abs() < 1e-9);
    // one and a half people of 28 hours a week each, who take turns
    for hour in [3, 12, 100] {
        let there = at(3, hour);
        assert!((there.heads - 0.25).abs() < 1e-9 && (there.somebody - 0.25).abs() < 1e-6);
    }
}
