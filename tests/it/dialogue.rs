//! Conversations that are not simply answered, against the probabilities that follow from their rules.

use orgsim::model::Model;
use orgsim::sim::{End, Outcome};
use serde_json::{Value, json};

use crate::support::{expect_near, model, numbers, replicate, simulate};

/// One desk of as many people as it takes, which knows everything and never errs.
fn scenario(desk: Value, behavior: Value, private: bool) -> Model {
    let mut all = json!({ "patience": "unlimited", "recontact": "0%", "wish_to_continue": "100%" });
    all.as_object_mut().unwrap().extend(behavior.as_object().unwrap().clone());
    let document = json!({
        "orgsim": 1,
        "customers": {
            "messages": "400/day", "stop_after": 3000, "behavior": all,
            "channels": { "only": { "private": private } },
            "topics": { "any": { "not_settled_at_first": "30%", "work": "10m" } },
        },
        "practice": { "error": "0%", "brief_reply": "20%" },
        "designs": { "Any": { "graph": {
            "roles": { "desk": { "people": "infinite", "desk": desk } },
            "links": [{ "intake": { "to": "desk" } }],
        } } },
        "experiment": { "kind": "until done", "repeat": 12 },
    });
    model(&document.to_string())
}

/// Share of the inquiries needing a reply, by replication.
fn shares(outcomes: &[Outcome], of: impl Fn(&Outcome) -> u64) -> Vec<f64> {
    outcomes.iter().map(|outcome| of(outcome) as f64 / outcome.scopes[0].needing as f64).collect()
}

#[test]
fn a_share_of_nothing_changes_no_number() {
    let plain = scenario(json!({}), json!({}), false);
    let none = json!({ "deflects": "0% of replies", "to_private": 0 });
    let none = scenario(none, json!({ "reopens": "0%" }), false);
    assert_eq!(numbers(&simulate(&plain, 0)), numbers(&simulate(&none, 0)));
}

#[test]
fn who_is_sent_elsewhere_gives_up_or_comes_back_as_often_as_stated() {
    let (d, g, s) = (0.2, 0.76, 0.7);
    let model = scenario(
        json!({ "deflects": "20% of replies" }),
        json!({ "gives_up_deflected": "76%" }),
        false,
    );
    let outcomes = replicate(&model);
    // A first answer settles 70%, a second one all; each reply is a deflection with probability d.
    let stays = 1.0 - d * (1.0 - g);
    let later_quiet = d * g / stays;
    let quiet = (d * g + (1.0 - d) * (1.0 - s) * later_quiet) / stays;
    let undeflected = (1.0 - d) * (s + (1.0 - s) * (1.0 - d));
    expect_near("gave up", &shares(&outcomes, |of| of.scopes[0].went_quiet), quiet);
    expect_near("settled", &shares(&outcomes, |of| of.scopes[0].settled), undeflected);
    expect_near(
        "sent elsewhere",
        &shares(&outcomes, |of| of.scopes[0].deflected),
        1.0 - undeflected,
    );
    for outcome in &outcomes {
        let scope = &outcome.scopes[0];
        assert_eq!(scope.settled + scope.settled_after_all + scope.went_quiet, scope.needing);
        let ends = |end: End| outcome.conservation.ends[end as usize];
        assert_eq!(ends(End::Resolved), scope.settled + scope.settled_after_all);
        assert_eq!(ends(End::Quiet), scope.went_quiet);
    }
    // With work of 10 minutes, 65% of it for a first reply and 70% of that for a later one … a brief one a fifth.
    let hands_on: Vec<f64> = outcomes
        .iter()
        .map(|of| of.scopes[0].hands_on as f64 / 60e6 / of.scopes[0].replies as f64)
        .collect();
    let full = replicate(&scenario(json!({}), json!({}), false));
    let full: Vec<f64> = full
        .iter()
        .map(|of| of.scopes[0].hands_on as f64 / 60e6 / of.scopes[0].replies as f64)
        .collect();
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    assert!(mean(&hands_on) < 0.92 * mean(&full), "{hands_on:?} {full:?}");
}

#[test]
fn a_larger_share_sent_elsewhere_holds_the_smaller_one() {
    let of = |share: &str| {
        let model =
            scenario(json!({ "deflects": share }), json!({ "gives_up_deflected": "100%" }), false);
        simulate(&model, 0).scopes[0].clone()
    };
    let (few, many, all) = (of("3% of replies"), of("15% of replies"), of("100% of replies"));
    assert!(0 < few.deflected && few.deflected < many.deflected);
    assert_eq!((all.deflected, all.settled, all.went_quiet), (all.needing, 0, all.needing));
    assert_eq!(all.answered, all.needing, "a reply that answers nothing is still a first reply");
}

#[test]
fn only_what_stands_in_public_moves_to_private() {
    let desk = json!({ "to_private": "40% of replies" });
    let follows = json!({ "follows_to_private": "80%" });
    let outcomes = replicate(&scenario(desk.clone(), follows.clone(), false));
    expect_near("moved", &shares(&outcomes, |of| of.scopes[0].moved_to_private), 0.4);
    expect_near("did not follow", &shares(&outcomes, |of| of.scopes[0].went_quiet), 0.4 * 0.2);
    expect_near("by first reply", &shares(&outcomes, |of| of.scopes[0].settled_first), 0.6 * 0.7);
    let private = scenario(desk, follows, true);
    assert_eq!(simulate(&private, 0).scopes[0].moved_to_private, 0);
    let none = scenario(json!({}), json!({}), true);
    assert_eq!(numbers(&simulate(&private, 0)), numbers(&simulate(&none, 0)));
}

#[test]
fn what_seemed_settled_comes_up_again_as_often_as_stated_and_is_settled_in_the_end() {
    let reopens = json!({ "reopens": "15%", "reopens_after": { "constant": "2 days" } });
    let outcomes = replicate(&scenario(json!({}), reopens, false));
    let settled_at_once = replicate(&scenario(json!({}), json!({}), false));
    let share = |of: &Outcome| {
        let scope = &of.scopes[0];
        scope.reopened as f64 / (scope.reopened + scope.settled) as f64
    };
    expect_near("came up again", &outcomes.iter().map(share).collect::<Vec<f64>>(), 0.15);
    for (outcome, before) in outcomes.iter().zip(&settled_at_once) {
        let (scope, before) = (&outcome.scopes[0], &before.scopes[0]);
        assert_eq!(scope.settled, scope.needing);
        assert_eq!(scope.replies, before.replies + scope.reopened, "each costs one reply more");
        assert!(scope.settled_first < before.settled_first);
        let longer = (scope.settled_micros - before.settled_micros) as f64 / 86_400e6;
        assert!(2.0 * scope.reopened as f64 <= longer + 1e-6, "{longer} days");
    }
}
