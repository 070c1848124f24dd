//! Each cause of waiting alone, against its closed form; and what a reply, a silence and a second message count as.

use orgsim::model::Model;
use orgsim::sim::{AgendaPeak, Bin, Cause, End, Happening, Outcome};
use orgsim::units::SimTime;

use crate::support::{expect_near, expect_precise, history, model, replicate, simulate};

/// A practice in which nothing takes time or goes wrong but what a case states.
const NOTHING: [(&str, &str); 9] = [
    ("triage", r#"{ "constant": "0s" }"#),
    ("recognize", r#"{ "constant": "0s" }"#),
    ("ask", r#"{ "constant": "0s" }"#),
    ("first_reply", r#""100%""#),
    ("error", r#""0%""#),
    ("guess_wrong", r#""0%""#),
    ("guess_times", "1"),
    ("triage_errs", r#""0%""#),
    ("context_settles", r#""0%""#),
];

pub(crate) const STEADY: &str = r#""kind": "typical weeks", "warm_up": "500h", "run_for": "20,000h", "follow": "4 weeks", "repeat": 24, "seed": 1"#;
pub(crate) const UNTIL_DONE: &str = r#""kind": "until done", "repeat": 1, "seed": 1"#;

/// A scenario of customers, practice, roles, links and experiment, each the inside of its object.
pub(crate) fn scenario(
    customers: &str,
    practice: &str,
    roles: &str,
    links: &str,
    experiment: &str,
) -> Model {
    let mut keys: Vec<String> = vec![practice.into()];
    keys.retain(|stated| !stated.is_empty());
    let unstated = NOTHING.iter().filter(|(key, _)| !practice.contains(&format!("\"{key}\"")));
    keys.extend(unstated.map(|(key, value)| format!("\"{key}\": {value}")));
    let practice = keys.join(", ");
    model(&format!(
        r#"{{
            "orgsim": 1,
            "customers": {{ "plain": true, {customers} }},
            "practice": {{ {practice} }},
            "designs": {{ "Only": {{ "graph": {{ "roles": {{ {roles} }}, "links": [{links}] }} }} }},
            "experiment": {{ {experiment} }}
        }}"#
    ))
}

/// Hours of a cause per inquiry that ended, in each replication.
fn hours(outcomes: &[Outcome], cause: Cause) -> Vec<f64> {
    let of = |outcome: &Outcome| {
        let scope = &outcome.scopes[0];
        scope.waits[cause as usize] as f64 / 3.6e9 / scope.ended as f64
    };
    outcomes.iter().map(of).collect()
}

/// These causes take so many hours a case each, and no other takes any.
#[track_caller]
pub(crate) fn check(model: &Model, expected: &[(Cause, f64)]) -> Vec<Outcome> {
    let outcomes = replicate(model);
    for &cause in Cause::ALL {
        let found = hours(&outcomes, cause);
        match expected.iter().find(|(known, _)| *known == cause) {
            Some(&(_, exact)) => {
                expect_near(cause.label(), &found, exact);
                expect_precise(cause.label(), &found, 0.02);
            }
            None => {
                assert!(found.iter().all(|&hours| hours <= 0.0), "{}: {found:?}", cause.label())
            }
        }
    }
    outcomes
}

pub(crate) const INTAKE: &str = r#"{ "intake": { "to": "desk" } }"#;

/// M/D/1: ρ D / 2(1 − ρ).
#[test]
fn a_wait_for_busy_people_is_in_line() {
    let model = scenario(
        r#""messages": "0.8/hour", "topics": { "all": { "work": { "constant": "1h" } } }"#,
        "",
        r#""desk": { "people": 1, "desk": {} }"#,
        INTAKE,
        STEADY,
    );
    check(&model, &[(Cause::Line, 2.0)]);
}

/// Half of the customers come while it is closed, six hours before it opens on average.
#[test]
fn a_wait_for_opening_time_is_for_a_closed_desk() {
    let model = scenario(
        r#""messages": "0.1/hour", "topics": { "all": { "work": { "constant": "0s" } } }"#,
        "",
        r#""desk": { "people": 1, "desk": {}, "open": "daily 08:00-20:00" }"#,
        INTAKE,
        STEADY,
    );
    check(&model, &[(Cause::OffHours, 3.0)]);
}

#[test]
fn the_delay_of_a_link_is_being_handed_over() {
    let model = scenario(
        r#""messages": "5/hour", "topics": { "all": { "work": "5m" } }"#,
        "",
        r#""desk": { "people": "infinite", "desk": {}, "knows": { "generic": 0 } },
           "back": { "people": "infinite", "desk": {} }"#,
        r#"{ "intake": { "to": "desk" } },
           { "route": { "from": "desk", "to": "back", "when": "unknown", "delay": { "constant": "20m" } } }"#,
        STEADY,
    );
    check(&model, &[(Cause::HandOff, 1.0 / 3.0)]);
}

/// Two desks with accounts of their own, open at the same hours; two in five customers guess wrong.
pub(crate) fn two_accounts(experiment: &str) -> Model {
    scenario(
        r#""messages": "0.2/hour", "topics": { "all": { "work": { "constant": "0s" } } },
           "business_units": ["a", "b"], "need_unit_knowledge": "100%", "behavior": { "wrong_guess": "40%" }"#,
        "",
        r#""a": { "people": 1, "unit": "a", "desk": {}, "open": "daily 08:00-20:00", "knows": { "own_unit": 1, "other_units": 0 } },
           "b": { "people": 1, "unit": "b", "desk": {}, "open": "daily 08:00-20:00", "knows": { "own_unit": 1, "other_units": 0 } }"#,
        r#"{ "intake": { "to": "a", "own_account": true, "matter": { "anything_about": "a" } } },
           { "intake": { "to": "b", "own_account": true, "matter": { "anything_about": "b" } } },
           { "route": { "from": "a", "to": "b", "when": "wrong desk", "matter": { "of": "b" } } },
           { "route": { "from": "b", "to": "a", "when": "wrong desk", "matter": { "of": "a" } } }"#,
        experiment,
    )
}

/// Both desks open at the same hours: who guessed wrong has waited for the wrong one.
#[test]
fn whatever_the_wait_at_a_wrong_desk_was_for_it_is_booked_there() {
    let model = two_accounts(STEADY);
    let outcomes = check(&model, &[(Cause::WrongDesk, 0.4 * 3.0), (Cause::OffHours, 0.6 * 3.0)]);
    let misrouted: Vec<f64> = outcomes
        .iter()
        .map(|outcome| outcome.scopes[0].wrong_desk as f64 / outcome.scopes[0].needing as f64)
        .collect();
    expect_near("misrouted", &misrouted, 0.4);
}

/// A desk whose replies are all read by a reviewer; both laws have a mean of an hour.
pub(crate) fn read_by_a_reviewer(law: &str, experiment: &str) -> Model {
    scenario(
        &format!(r#""messages": "0.5/hour", "topics": {{ "all": {{ "work": {law} }} }}"#),
        &format!(r#""review": {law}"#),
        r#""desk": { "people": 1, "desk": { "approval": "100% of replies" } },
           "reviewer": { "people": 1, "desk": {} }"#,
        r#"{ "intake": { "to": "desk" } }, { "approve": { "from": "desk", "to": "reviewer" } }"#,
        experiment,
    )
}

/// What leaves an M/M/1 desk is Poisson (Burke 1956), so the reviewer is an M/M/1 desk too.
#[test]
fn a_reviewer_behind_a_desk_is_a_second_desk() {
    let model = read_by_a_reviewer(r#"{ "exponential": { "mean": "1h" } }"#, STEADY);
    let outcomes = check(&model, &[(Cause::Line, 1.0), (Cause::Approval, 2.0)]);
    let inside: Vec<f64> = outcomes
        .iter()
        .map(|o| o.time_inside.sum_minutes() / 60.0 / o.time_inside.n() as f64)
        .collect();
    expect_near("time inside", &inside, 4.0);
}

#[test]
fn an_expert_who_is_asked_is_a_desk_of_questions() {
    let model = scenario(
        r#""messages": "0.5/hour", "topics": { "all": { "work": { "constant": "0s" } } }"#,
        r#""consult": { "exponential": { "mean": "1h" } }"#,
        r#""desk": { "people": "infinite", "desk": { "ladder": ["consult"] }, "knows": { "generic": 0 } },
           "expert": { "people": 1, "desk": {} }"#,
        r#"{ "intake": { "to": "desk" } }, { "consult": { "from": "desk", "to": "expert" } }"#,
        STEADY,
    );
    check(&model, &[(Cause::Consult, 2.0)]);
}

/// D09: M/M/1 with vacations. The rest of the task in hand is behind proactive work, the queue is in line.
#[test]
fn a_wait_for_a_task_in_hand_is_behind_proactive_work() {
    let model = scenario(
        r#""messages": "0.5/hour", "topics": { "all": { "work": { "exponential": { "mean": "1h" } } } }"#,
        "",
        r#""desk": { "people": 1, "desk": {}, "proactive": { "endless": { "task": "2h" } } }"#,
        INTAKE,
        STEADY,
    );
    let outcomes = check(&model, &[(Cause::Displaced, 0.5), (Cause::Line, 1.5)]);
    let tasks: Vec<f64> =
        outcomes.iter().map(|o| o.roles[0].background_done as f64 / o.counted.hours()).collect();
    expect_near("tasks done in an hour", &tasks, 0.25);
    let wait: Vec<f64> = outcomes
        .iter()
        .map(|o| o.roles[0].wait.sum_minutes() / 60.0 / o.roles[0].wait.n() as f64)
        .collect();
    expect_near("wait", &wait, 2.0);
    assert!(outcomes.iter().all(|outcome| outcome.roles[0].bins[Bin::Idle as usize] == 0));
}

/// D06: White and Christie.
#[test]
fn an_urgent_case_takes_the_place_of_another_which_goes_on_later() {
    let model = scenario(
        r#""topics": { "1": { "priority": 1 }, "2": { "priority": 2 } },
           "streams": { "1": { "messages": "0.25/hour", "topics": "1" }, "2": { "messages": "0.35/hour", "topics": "2" } }"#,
        "",
        r#""desk": {
            "people": 1, "discipline": "preemptive priority",
            "service_by_topic": { "1": { "exponential": { "mean": "1h" } }, "2": { "exponential": { "mean": "1.5h" } } }
        }"#,
        INTAKE,
        r#""kind": "typical weeks", "warm_up": "2,000h", "run_for": "60,000h", "follow": "0s", "repeat": 30, "seed": 1"#,
    );
    let outcomes = replicate(&model);
    let exact = [(1.333333333, 0.3333333333), (8.148148148, 2.851851852)];
    for (topic, (inside, number)) in exact.into_iter().enumerate() {
        let of = |f: &dyn Fn(&Outcome) -> f64| -> Vec<f64> { outcomes.iter().map(f).collect() };
        let micros = |o: &Outcome| o.roles[0].topics[topic].inside_micros as f64 / 3.6e9;
        let found = of(&|o| micros(o) / o.roles[0].topics[topic].done as f64);
        expect_near("time at the desk", &found, inside);
        expect_precise("time at the desk", &found, 0.02);
        expect_near("number at the desk", &of(&|o| micros(o) / o.counted.hours()), number);
    }
}

/// D15: an M/M/1 desk that is asked for more than it can do, from an empty house.
#[test]
fn an_overloaded_desk_fills_as_the_forward_equations_say() {
    let model = scenario(
        r#""messages": "1.1/hour""#,
        "",
        r#""desk": { "people": 1, "service": { "exponential": { "mean": "1h" } } }"#,
        INTAKE,
        r#""kind": "from empty", "run_for": "101h", "repeat": 10000, "seed": 1, "observe": { "at": ["10h", "100h"] }"#,
    );
    let outcomes = replicate(&model);
    let exact =
        [(3.706638716, 3.006434629, 0.1360304716), (16.9643976, 10.81134821, 0.02101569039)];
    for (instant, (mean, spread, empty)) in exact.into_iter().enumerate() {
        let of = |f: &dyn Fn(&orgsim::sim::Observation) -> u64| -> Vec<f64> {
            outcomes.iter().map(|outcome| f(&outcome.observed[instant][0]) as f64).collect()
        };
        expect_near("number", &of(&|seen| seen.number), mean);
        expect_near("its square", &of(&|seen| seen.number_squares), spread * spread + mean * mean);
        expect_near("empty", &of(&|seen| seen.empty), empty);
    }
}

const HUB: &str = r#"
    "hub": { "people": "infinite", "desk": { "triage": true } },
    "unit": { "people": "infinite", "desk": {} }"#;
const HUB_LINKS: &str = r#"{ "intake": { "to": "hub" } },
    { "route": { "from": "hub", "to": "unit", "when": "always", "delay": { "constant": "20m" } } }"#;

/// Five minutes of triage, twenty on the way, ten of work; the second turn is not a first response.
#[test]
fn no_hand_off_and_no_later_turn_resets_the_first_response() {
    let model = scenario(
        r#""messages": "5/hour", "stop_after": 500,
           "topics": { "all": { "work": { "constant": "10m" }, "not_settled_at_first": "100%" } },
           "behavior": { "wish_to_continue": "100%", "reply_delay": { "constant": "3h" } }"#,
        r#""triage": { "constant": "5m" }, "later_reply": "100%""#,
        HUB,
        HUB_LINKS,
        UNTIL_DONE,
    );
    let outcome = simulate(&model, 0);
    let scope = &outcome.scopes[0];
    assert_eq!(
        (scope.answered, scope.replies, scope.settled, scope.settled_first),
        (500, 1000, 500, 0)
    );
    assert_eq!(scope.first_response_micros, 500 * u128::from(SimTime::MINUTE.times(35).micros()));
    assert_eq!(
        scope.settled_micros,
        500 * u128::from(SimTime::MINUTE.times(35 + 180 + 10).micros())
    );
    assert_eq!((scope.hand_offs, scope.messages), (500, 1000));
}

/// When each inquiry ended, after its arrival, and how; and the replies that went out.
fn ends(model: &Model) -> (Vec<(SimTime, End)>, usize) {
    let (mut arrivals, mut ends, mut replies) = (Vec::new(), Vec::new(), 0);
    for (at, number, happening) in history(model, 0).told {
        match happening {
            Happening::Arrived { .. } => arrivals.push(at),
            Happening::Ended { end, .. } => ends.push((at - arrivals[number as usize], end)),
            Happening::Replied { .. } => replies += 1,
            _ => {}
        }
    }
    (ends, replies)
}

fn impatient(silent: &str) -> Model {
    let customers = format!(
        r#""messages": "5/hour", "stop_after": 200, "topics": {{ "all": {{ "work": {{ "constant": "2h" }} }} }},
           "behavior": {{ "patience": {{ "scope": "reply", "law": {{ "constant": "1h" }}, "silent": "{silent}" }} }}"#
    );
    scenario(&customers, "", r#""desk": { "people": 20, "desk": {} }"#, INTAKE, UNTIL_DONE)
}

#[test]
fn a_silent_leaver_has_left_when_patience_ran_out_whatever_is_done_later() {
    let model = impatient("100%");
    let (ends, replies) = ends(&model);
    assert!(ends.iter().all(|end| *end == (SimTime::HOUR, End::LeftSilently)), "{ends:?}");
    assert_eq!((ends.len(), replies), (200, 200), "the dead cases are still worked");
    let outcome = simulate(&model, 0);
    let scope = &outcome.scopes[0];
    assert_eq!((scope.answered, scope.replies, scope.settled, scope.gave_up), (0, 0, 0, 200));
    assert_eq!(
        outcome.roles[0].bins[Bin::Answer as usize],
        200 * u128::from(SimTime::HOUR.times(2).micros())
    );
}

#[test]
fn a_leaver_who_says_so_gets_no_reply() {
    let model = impatient("0%");
    let (ends, replies) = ends(&model);
    assert!(ends.iter().all(|end| *end == (SimTime::HOUR, End::LeftVisibly)), "{ends:?}");
    assert_eq!((ends.len(), replies), (200, 0));
}

/// Half of the messages need a reply; a tenth of each half is judged wrongly.
#[test]
fn triage_errs_each_way_by_its_stated_share() {
    let model = scenario(
        r#""messages": "20/hour", "stop_after": 5000, "topics": { "all": { "need_reply": "50%", "work": { "constant": "1m" } } }"#,
        r#""triage_errs": "10%", "triage": { "constant": "1m" }"#,
        r#""desk": { "people": 5, "desk": { "triage": true } }"#,
        INTAKE,
        r#""kind": "until done", "repeat": 20, "seed": 1"#,
    );
    let outcomes = replicate(&model);
    let share = |end: End| -> Vec<f64> {
        outcomes.iter().map(|o| o.conservation.ends[end as usize] as f64 / 5000.0).collect()
    };
    expect_near("refused", &share(End::Refused), 0.05);
    expect_near("needed none", &share(End::NoReplyNeeded), 0.5);
    expect_near("settled", &share(End::Resolved), 0.45);
    let answered: Vec<f64> = outcomes
        .iter()
        .map(|o| o.roles[0].bins[Bin::Answer as usize] as f64 / 60e6 / 5000.0)
        .collect();
    expect_near("answered, needless ones included", &answered, 0.45 + 0.05);
    for outcome in &outcomes {
        let scope = &outcome.scopes[0];
        assert_eq!(
            scope.needing,
            scope.answered + outcome.conservation.ends[End::Refused as usize]
        );
    }
}

#[test]
fn a_second_message_is_a_contact_and_no_inquiry() {
    let model = scenario(
        r#""messages": "5/hour", "stop_after": 300, "topics": { "all": { "work": { "constant": "2h" } } },
           "expect_reply_within": { "law": { "constant": "1h" } }, "behavior": { "recontact": "100%" }"#,
        r#""recognize": { "constant": "3m" }"#,
        r#""desk": { "people": 50, "desk": {} }"#,
        INTAKE,
        UNTIL_DONE,
    );
    let outcome = simulate(&model, 0);
    let scope = &outcome.scopes[0];
    assert_eq!((outcome.conservation.arrived, outcome.conservation.contacts), (300, 600));
    assert_eq!((scope.needing, scope.messages, scope.settled, scope.ended), (300, 600, 300, 300));
    assert_eq!(
        outcome.roles[0].bins[Bin::HandOff as usize],
        300 * u128::from(SimTime::MINUTE.times(3).micros())
    );
    assert_eq!(scope.in_expected_time, 0);
}

/// One case of three hours, which comes at 16:00 where one closes at 17:00.
fn late_case(shift_end: &str) -> Outcome {
    let desk = format!(
        r#""desk": {{ "people": 1, "desk": {{}}, "open": "daily 08:00-17:00", "shift_end": "{shift_end}" }}"#
    );
    let model = scenario(
        r#""topics": { "all": { "work": { "constant": "3h" } } }, "streams": { "one": { "every": "16h", "stop_after": 1 } }"#,
        "",
        &desk,
        INTAKE,
        UNTIL_DONE,
    );
    simulate(&model, 0)
}

#[test]
fn a_suspended_case_keeps_its_remaining_work() {
    let outcome = late_case("suspend");
    let hour = u128::from(SimTime::HOUR.micros());
    let scope = &outcome.scopes[0];
    assert_eq!(scope.settled_micros, 18 * hour, "an hour on the first day, two on the second");
    assert_eq!(scope.hands_on, 3 * hour);
    assert_eq!(scope.waits[Cause::OffHours as usize], 15 * hour);
    assert_eq!(
        (outcome.roles[0].overtime, outcome.roles[0].bins[Bin::Answer as usize]),
        (0, 3 * hour)
    );
}

#[test]
fn a_case_that_is_finished_costs_overtime() {
    let outcome = late_case("finish");
    let hour = u128::from(SimTime::HOUR.micros());
    assert_eq!(outcome.scopes[0].settled_micros, 3 * hour);
    assert_eq!((outcome.roles[0].overtime, outcome.roles[0].scheduled), (2 * hour, 9 * hour));
}

/// A long case is interrupted every hour; what it was to be done by does not pile up.
#[test]
fn interruptions_leave_nothing_behind_on_the_event_list() {
    let model = scenario(
        r#""topics": { "urgent": { "priority": 1 }, "long": { "priority": 2 } },
           "streams": { "urgent": { "every": "1h", "topics": "urgent" }, "long": { "every": "30m", "topics": "long", "stop_after": 1 } }"#,
        "",
        r#""desk": {
            "people": 1, "discipline": "preemptive priority",
            "service_by_topic": { "urgent": { "constant": "1m" }, "long": { "constant": "3,000h" } }
        }"#,
        INTAKE,
        r#""kind": "from empty", "run_for": "1,000h", "repeat": 1, "seed": 1"#,
    );
    let AgendaPeak { entries: peak, bound } = simulate(&model, 0).conservation.agenda_peak;
    assert!(0 < peak && peak <= bound, "the event list held {peak} entries, its bound is {bound}");
}
