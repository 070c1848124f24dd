//! Moods and skill with people, against what their steps add up to.

use orgsim::draws::student_t_cdf;
use orgsim::model::{Model, pushed};
use orgsim::sim::Outcome;
use serde_json::{Value, json};

use crate::support::{expect_near, model, numbers, replicate, simulate};

/// Replies that take 13 minutes, at once and right; deadlines of ten.
fn scenario(mood: Value, behavior: Value, people: Value, unsettled: &str) -> Model {
    let mut all = json!({ "patience": "unlimited", "recontact": "0%", "wish_to_continue": "0%" });
    all.as_object_mut().unwrap().extend(behavior.as_object().unwrap().clone());
    let mut document = json!({
        "orgsim": 1,
        "customers": {
            "messages": "400/day", "stop_after": 2500, "behavior": all,
            "expect_reply_within": { "law": { "constant": "10m" } },
            "topics": { "any": { "not_settled_at_first": unsettled, "work": { "constant": "20m" } } },
        },
        "practice": { "error": "0%" },
        "designs": { "Any": { "graph": {
            "roles": { "desk": { "people": people, "desk": {} } },
            "links": [{ "intake": { "to": "desk" } }],
        } } },
        "experiment": { "kind": "until done", "repeat": 12 },
    });
    if !mood.is_null() {
        document["customers"]["mood"] = mood;
    }
    model(&document.to_string())
}

fn even() -> Value {
    json!({ "spread": 0, "noise": 0 })
}

fn share(outcomes: &[Outcome], of: impl Fn(&Outcome) -> u64) -> Vec<f64> {
    outcomes.iter().map(|outcome| of(outcome) as f64 / outcome.scopes[0].needing as f64).collect()
}

#[test]
fn moods_of_no_intensity_do_not_exist() {
    let behavior = json!({ "goes_public": "29%", "induced": "20%" });
    let of = |mood: Value| {
        numbers(&simulate(&scenario(mood, behavior.clone(), json!("infinite"), "30%"), 0))
    };
    assert_eq!(of(Value::Null), of(json!({ "intensity": 0 })));
    assert_ne!(of(Value::Null), of(json!({ "intensity": 0.5 })));
}

#[test]
fn steps_of_a_mood_add_up() {
    // 13 minutes are 1.3 deadlines: −0.3 · 1.3; right: +0.3; not in time.
    let of = |mood: Value| {
        let outcome = simulate(&scenario(mood, json!({}), json!("infinite"), "0%"), 0);
        let scope = &outcome.scopes[0];
        assert_eq!(scope.moods, scope.needing);
        (scope.mood_at_end / scope.moods as f64, scope.needing - scope.worse, scope.worse)
    };
    let (late, others, _) = of(even());
    assert!((late - (0.3 - 0.39)).abs() < 1e-9 && others == 0, "{late}");
    let (from_above, _, worse) =
        of(json!({ "spread": 0, "noise": 0, "at_arrival": 0.4, "waiting": 0.2 }));
    assert!((from_above - (0.4 + 0.3 - 0.26)).abs() < 1e-9 && worse == 0, "{from_above}");
    // Noise and spread have no mean of their own.
    let spread = json!({ "spread": 0.5, "noise": 0.2 });
    let outcomes = replicate(&scenario(spread, json!({}), json!("infinite"), "0%"));
    let means: Vec<f64> =
        outcomes.iter().map(|of| of.scopes[0].mood_at_end / of.scopes[0].moods as f64).collect();
    expect_near("mean mood", &means, 0.3 - 0.39);
    // Worse: the noise of one reply lies below 0.39 − 0.3.
    let below = student_t_cdf(0.09 / 0.2 * 2f64.sqrt(), 4.0);
    expect_near("worse", &share(&outcomes, |of| of.scopes[0].worse), below);
}

#[test]
fn whoever_comes_in_a_bad_mood_leaves_sooner() {
    let patience =
        json!({ "patience": { "scope": "reply", "law": { "constant": "10m" }, "silent": "0%" } });
    let mood = json!({ "spread": 0.5, "noise": 0 });
    let outcomes = replicate(&scenario(mood, patience, json!("infinite"), "0%"));
    // 10 min · e^(m/2) < 13 min, with m = 0.5 · t₄/√2.
    let bound = 2.0 * 1.3f64.ln();
    let leaves = student_t_cdf(bound / 0.5 * 2f64.sqrt(), 4.0);
    expect_near("gave up", &share(&outcomes, |of| of.scopes[0].gave_up), leaves);
}

#[test]
fn mood_moves_odds_of_going_public_and_of_going_on() {
    let behavior = json!({ "goes_public": "29%", "wish_to_continue": "60%" });
    let mood = json!({ "spread": 0, "noise": 0, "at_arrival": -0.5 });
    let outcomes = replicate(&scenario(mood, behavior, json!("infinite"), "100%"));
    // At the deadline: −0.5 − 0.3. After a right answer that settles nothing: −0.5 − 0.39 + 0.3.
    expect_near("went public", &share(&outcomes, |of| of.scopes[0].went_public), pushed(0.29, 0.8));
    let goes_on = pushed(0.6, -0.59);
    expect_near("went on", &share(&outcomes, |of| of.scopes[0].answered_twice), goes_on);
    expect_near("gave up", &share(&outcomes, |of| of.scopes[0].went_quiet), 1.0 - goes_on);
}

#[test]
fn people_who_are_good_with_people_keep_conversations_going_and_lift_moods() {
    let wish = json!({ "wish_to_continue": "60%" });
    let team = |skill: f64| json!([{ "count": 60, "with_people": skill }]);
    let goes_on = |skill: f64, mood: Value| {
        let outcomes = replicate(&scenario(mood, wish.clone(), team(skill), "100%"));
        share(&outcomes, |of| of.scopes[0].answered_twice)
    };
    expect_near("the best", &goes_on(1.0, Value::Null), pushed(0.6, 1.0));
    expect_near("the worst", &goes_on(0.0, Value::Null), pushed(0.6, -1.0));
    // With moods: ±0.4 beside the wait and the answer.
    expect_near("the best, felt", &goes_on(1.0, even()), pushed(0.6, 1.0 + 0.4 + 0.3 - 0.39));
    let usual = scenario(Value::Null, wish.clone(), team(0.5), "100%");
    let plain = scenario(Value::Null, wish.clone(), json!(60), "100%");
    assert_eq!(numbers(&simulate(&usual, 0)), numbers(&simulate(&plain, 0)));
}

#[test]
fn some_mind_being_spoken_to() {
    let of = |minds: &str| {
        let document = json!({
            "orgsim": 1,
            "customers": {
                "messages": "10/day", "mentions_worth_answering": "200/day",
                "topics": { "any": { "minds_being_spoken_to": minds } },
            },
            "designs": { "Any": { "centralized": { "care agent": 6, "strategist": 1 } } },
            "experiment": { "kind": "from empty", "run_for": "3 weeks", "repeat": 12 },
        });
        replicate(&model(&document.to_string()))
    };
    let outcomes = of("35%");
    let touched = |of: &Outcome| of.mentions.unwelcome as f64 / of.mentions.touched as f64;
    expect_near("unwelcome", &outcomes.iter().map(touched).collect::<Vec<f64>>(), 0.35);
    assert_eq!(outcomes[0].mentions.touched, of("0%")[0].mentions.touched);
}
