//! What it is worth to be rid of a wait, against closed forms: as much as is booked on it, less, nothing, or more.

use std::sync::atomic::AtomicBool;

use orgsim::experiment::{Options, run};
use orgsim::model::Model;
use orgsim::sim::Cause;
use orgsim::study::{CausePrice, Effect, PricedChange, Remedy, Waits, Yardstick, waits};

use crate::causes::{INTAKE, read_by_a_reviewer, scenario, two_accounts};
use crate::support::model;

const STEADY: &str = r#""kind": "typical weeks", "warm_up": "200h", "run_for": "8,000h", "follow": "4 weeks", "repeat": 16, "seed": 1"#;

fn studied(model: &Model) -> Waits {
    let stop = AtomicBool::new(false);
    let options = Options::plain(2, &stop);
    let result = run(model, &options);
    waits(model, &result, &options).expect("desks wait for something")
}

fn of(waits: &Waits, cause: Cause) -> &CausePrice {
    let causes = &waits.designs[0].causes;
    causes.iter().find(|of| of.cause == cause).unwrap_or_else(|| panic!("{cause:?}: {causes:?}"))
}

fn priced(cause: &CausePrice, remedy: Remedy) -> &PricedChange {
    let found = cause.changes.iter().find(|of| of.remedy == remedy);
    found.unwrap_or_else(|| panic!("{remedy:?} is not among {:?}", cause.changes))
}

/// A difference of so many hours, within four standard errors.
#[track_caller]
fn expect_hours(what: &str, effect: Option<Effect>, hours: f64) {
    let of = effect.unwrap_or_else(|| panic!("{what} has no value")).difference;
    let error = of.standard_error.expect("there are several replications");
    let off = (of.mean / 60.0 - hours).abs();
    assert!(
        off <= 4.0 * error / 60.0 + 1e-6,
        "{what}: {} ± {} h against {hours}",
        of.mean / 60.0,
        error / 60.0
    );
    assert!(error / 60.0 <= 0.05 * hours.abs().max(1.0), "{what}: ± {error} min is too rough");
}

/// So many hours are booked on a cause, and without it so many less are waited in all.
#[track_caller]
fn check(model: &Model, cause: Cause, remedy: Remedy, booked: f64, worth: f64) {
    let waits = studied(model);
    assert_eq!(waits.yardsticks[0], Yardstick::Waited);
    let cause = of(&waits, cause);
    let interval = cause.minutes.interval.unwrap();
    let off = (interval.mean / 60.0 - booked).abs();
    let error = interval.standard_error.unwrap() / 60.0;
    assert!(
        off <= 4.0 * error + 1e-6,
        "booked {} ± {error} h against {booked}",
        interval.mean / 60.0
    );
    let change = priced(cause, remedy);
    assert!(remedy.is_whole() && change.costs.is_none());
    let left = change.of_this.unwrap().after;
    assert!(left.abs() <= 1e-9, "{left} minutes of it are left");
    expect_hours("in all", change.effects[0], -worth);
    expect_hours("of others", change.of_others, booked - worth);
}

/// M/M/1: ρ ÷ (μ − λ). Of two instead of one, by Erlang's C.
#[test]
fn a_line_that_is_gone_is_worth_its_wait_and_one_more_head_what_erlang_says() {
    let model = scenario(
        r#""messages": "0.5/hour", "topics": { "all": { "work": { "exponential": { "mean": "1h" } } } }"#,
        "",
        r#""desk": { "people": 1, "desk": {} }"#,
        INTAKE,
        STEADY,
    );
    check(&model, Cause::Line, Remedy::NoLine, 1.0, 1.0);
    let waits = studied(&model);
    let more = priced(of(&waits, Cause::Line), Remedy::OneMoreHead);
    assert_eq!(more.desk.as_deref(), Some("desk"));
    expect_hours("with two", more.effects[0], 1.0 / 15.0 - 1.0);
}

/// What leaves an M/M/1 desk is Poisson (Burke 1956), so each desk is worth its own wait.
#[test]
fn approval_behind_a_memoryless_desk_is_worth_what_is_booked_on_it() {
    let model = read_by_a_reviewer(r#"{ "exponential": { "mean": "1h" } }"#, STEADY);
    check(&model, Cause::Approval, Remedy::ApprovedAtOnce, 2.0, 2.0);
    check(&model, Cause::Line, Remedy::NoLine, 1.0, 1.0);
    let waits = studied(&model);
    let routine = priced(of(&waits, Cause::Approval), Remedy::NoRoutineApprovals);
    expect_hours("without routine approvals", routine.effects[0], -2.0);
}

/// Two desks of equal constant work: the second never has a line, since the first lets one through at a time.
/// Without the line at the first all of it stands at the second: M/D/1, half an hour, in either place.
#[test]
fn a_line_before_an_equal_one_is_worth_nothing() {
    let model = read_by_a_reviewer(r#"{ "constant": "1h" }"#, STEADY);
    let waits = studied(&model);
    let line = of(&waits, Cause::Line);
    let gone = priced(line, Remedy::NoLine);
    assert!((line.minutes.mean().unwrap() / 60.0 - 0.5).abs() < 0.05);
    expect_hours("in all", gone.effects[0], 0.0);
    expect_hours("of others", gone.of_others, 0.5);
    let (most, _) = gone.most.expect("it moves somewhere");
    assert_eq!(most, Cause::Approval);
    check(&model, Cause::Approval, Remedy::ApprovedAtOnce, 1.0, 1.0);
}

/// M/M/1 with vacations: an hour longer than without. Only half of it is booked on the task in hand, the rest
/// stands in line behind those who waited for it.
#[test]
fn a_task_in_hand_is_worth_more_than_is_booked_on_it() {
    let model = scenario(
        r#""messages": "0.5/hour", "topics": { "all": { "work": { "exponential": { "mean": "1h" } } } }"#,
        "",
        r#""desk": { "people": 1, "desk": {}, "proactive": { "endless": { "task": "2h" } } }"#,
        INTAKE,
        STEADY,
    );
    check(&model, Cause::Displaced, Remedy::CustomersFirst, 0.5, 1.0);
}

/// Both desks open at the same hours, and nothing takes time: the right desk would have been closed as long.
#[test]
fn a_wrong_desk_that_opens_with_the_right_one_is_worth_nothing() {
    let model = two_accounts(STEADY);
    check(&model, Cause::WrongDesk, Remedy::OneAccount, 1.2, 0.0);
}

/// Closed for c hours of the day one waits c²/48 of them: 3 with twelve, 2.52 with eleven.
#[test]
fn opening_hours_are_worth_their_squares() {
    let model = scenario(
        r#""messages": "0.1/hour", "topics": { "all": { "work": { "constant": "0s" } } }"#,
        "",
        r#""desk": { "people": 1, "desk": {}, "open": "daily 08:00-20:00" }"#,
        INTAKE,
        STEADY,
    );
    let waits = studied(&model);
    let closed = of(&waits, Cause::OffHours);
    let always = priced(closed, Remedy::AroundTheClock);
    assert!(always.of_this.unwrap().after.abs() <= 1e-9);
    expect_hours("around the clock", always.effects[0], -3.0);
    expect_hours(
        "an hour longer",
        priced(closed, Remedy::AnHourLonger).effects[0],
        121.0 / 48.0 - 3.0,
    );
}

#[test]
fn the_way_between_desks_and_advice_are_worth_what_they_take() {
    let model = scenario(
        r#""messages": "5/hour", "topics": { "all": { "work": "5m" } }"#,
        "",
        r#""desk": { "people": "infinite", "desk": {}, "knows": { "generic": 0 } },
           "back": { "people": "infinite", "desk": {} }"#,
        r#"{ "intake": { "to": "desk" } },
           { "route": { "from": "desk", "to": "back", "when": "unknown", "delay": { "constant": "20m" } } }"#,
        STEADY,
    );
    check(&model, Cause::HandOff, Remedy::PassedOnAtOnce, 1.0 / 3.0, 1.0 / 3.0);
    let model = scenario(
        r#""messages": "0.5/hour", "topics": { "all": { "work": { "constant": "0s" } } }"#,
        r#""consult": { "exponential": { "mean": "1h" } }"#,
        r#""desk": { "people": "infinite", "desk": { "ladder": ["consult"] }, "knows": { "generic": 0 } },
           "expert": { "people": 1, "desk": {} }"#,
        r#"{ "intake": { "to": "desk" } }, { "consult": { "from": "desk", "to": "expert" } }"#,
        STEADY,
    );
    check(&model, Cause::Consult, Remedy::AdvisedAtOnce, 2.0, 2.0);
}

/// Exceptions wait for whoever decides them, up the line; each level has somebody at hand.
#[test]
fn a_decision_at_hand_takes_no_time_at_any_level() {
    let model = model(
        r#"{
            "orgsim": 1,
            "customers": { "messages": "60/day", "topics": { "all": { "work": "5m", "exceptions": "50%" } } },
            "designs": { "Only": { "graph": {
                "roles": {
                    "desk": { "people": 4, "desk": { "centralization": 0.7 } },
                    "lead": { "people": 1, "desk": { "answer": false } },
                    "head": { "people": 1, "desk": { "answer": false }, "open": "daily 09:00-17:00" }
                },
                "links": [
                    { "intake": { "to": "desk" } },
                    { "report": { "from": "desk", "to": "lead" } },
                    { "report": { "from": "lead", "to": "head" } }
                ]
            } } },
            "experiment": { "run_for": "4 weeks", "repeat": 4, "seed": 1 }
        }"#,
    );
    let waits = studied(&model);
    let decided = priced(of(&waits, Cause::Approval), Remedy::ApprovedAtOnce);
    assert!(decided.of_this.unwrap().after.abs() <= 1e-9, "{decided:?}");
    assert!(decided.effects[0].is_some_and(|of| of.is_sure() && of.difference.mean < 0.0));
}
