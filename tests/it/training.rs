//! What training does to knowledge, against its law: learned by the hour, faded by the clock, gone with the person.

use orgsim::model::{Model, load};
use orgsim::sim::Outcome;

use crate::causes::scenario;
use crate::support::{expect_near, expect_precise, numbers, replicate, simulate};

/// κ of the desk, and where training leads.
const KAPPA: f64 = 0.4;
const CEILING: f64 = 0.9;
/// Hours of training in which 1 − 1/e is learned, and of the clock in which half is forgotten.
const LEARNS_IN: f64 = 10.0;
const HALF_LIFE: f64 = 720.0;

/// A desk that guesses wrong whatever it does not know, with these people and four hours of training a week.
fn desk(people: &str, training: &str, more: &str) -> Model {
    scenario(
        r#""messages": "5/hour", "topics": { "all": { "work": { "constant": "0s" } } }"#,
        r#""guess_wrong": "100%""#,
        &format!(
            r#""desk": {{ "people": {people}, "desk": {{}}, "knows": {{ "generic": {KAPPA} }}, "training": {training} {more} }}"#
        ),
        r#"{ "intake": { "to": "desk" } }"#,
        r#""kind": "typical weeks", "warm_up": "3,000h", "run_for": "20,000h", "follow": "1 week", "repeat": 24, "seed": 1"#,
    )
}

fn taught(session: &str) -> String {
    format!(
        r#"{{ "hours": "4h/week", "session": "{session}", "teaches": {{ "up_to": {CEILING}, "learns_in": "{LEARNS_IN}h", "half_life": "{HALF_LIFE}h" }} }}"#
    )
}

fn known(outcomes: &[Outcome]) -> Vec<f64> {
    let of = |outcome: &Outcome| {
        let scope = &outcome.scopes[0];
        1.0 - scope.wrong as f64 / scope.replies as f64
    };
    outcomes.iter().map(of).collect()
}

/// One person is trained for s hours every T: x rises to (1 − q)/(1 − q·r) at the end of a session, with q = e^(−s/L) and
/// r = 2^(−T/H), and fades until the next. Who comes during a session is answered at its end.
#[test]
fn knowledge_is_a_saw_between_sessions() {
    let session = 2.0;
    let apart = session * 168.0 / 4.0;
    let outcomes = replicate(&desk("1", &taught("2h"), ""));
    let q = (-session / LEARNS_IN).exp();
    let fades = std::f64::consts::LN_2 / HALF_LIFE;
    let r = (-fades * apart).exp();
    let top = (1.0 - q) / (1.0 - q * r);
    let open = apart - session;
    let mean = top * ((1.0 - (-fades * open).exp()) / fades + session) / apart;
    let found = known(&outcomes);
    expect_near("share known", &found, KAPPA + (CEILING - KAPPA) * mean);
    expect_precise("share known", &found, 0.002);
}

/// What leaves with people is a third way of losing it: x = (w/L) / (w/L + ln 2/H + 1/stay). `check` foretells the same.
#[test]
fn what_was_learned_leaves_with_people() {
    let (stay, learns_in, half_life) = (8_760.0, 100.0, 4_320.0);
    let training = format!(
        r#"{{ "hours": "4h/week", "session": "15m", "teaches": {{ "up_to": {CEILING}, "learns_in": "{learns_in}h", "half_life": "{half_life}h" }} }}"#
    );
    let turnover = r#", "turnover": { "leave": "100%/year", "vacancy": { "constant": "1h" },
        "newcomer": { "speed": "100%", "knowledge": "100%", "learns_in": "1h" } }"#;
    let model = desk("12", &training, turnover);
    let learns = 4.0 / 168.0 / learns_in;
    let mean = |forgets: f64| learns / (learns + forgets);
    let fades = std::f64::consts::LN_2 / half_life;
    let exact = KAPPA + (CEILING - KAPPA) * mean(fades + 1.0 / stay);
    let found = known(&replicate(&model));
    expect_near("share known", &found, exact);
    expect_precise("share known", &found, 0.01);
    let load = load(&model.world, &model.practice, &model.designs[0].organization);
    assert!((load.journey.known / load.journey.first_replies - exact).abs() < 1e-6);
    // the same people without turnover would know more, by far more than is left to chance
    assert!(exact + 0.05 < KAPPA + (CEILING - KAPPA) * mean(fades));
}

/// Training that is not said to teach anything costs its hours and changes nothing else; what it teaches costs nothing more.
#[test]
fn what_training_teaches_takes_no_more_time() {
    let (without, with) =
        (desk("3", r#"{ "hours": "4h/week", "session": "2h" }"#, ""), desk("3", &taught("2h"), ""));
    let (without, with) = (simulate(&without, 0), simulate(&with, 0));
    assert_eq!(without.roles[0].bins, with.roles[0].bins);
    let shares = [&without, &with].map(|outcome| known(std::slice::from_ref(outcome))[0]);
    assert!((shares[0] - KAPPA).abs() < 0.01 && shares[0] + 0.2 < shares[1], "{shares:?}");
    assert_ne!(numbers(&without), numbers(&with));
}
