//! Segments of the audience: who they are changes nothing until they behave differently.

use orgsim::model::{Model, SegmentId};
use orgsim::sim::{Outcome, Scope, ScopeTally, Unobserved, Watch};
use orgsim::units::SimTime;
use serde_json::{Value, json};

use crate::support::{expect_near, model, numbers, simulate, watched};

fn scenario(segments: Option<Value>) -> Model {
    let mut document = json!({
        "orgsim": 1,
        "customers": {
            "messages": "200/day", "need_unit_knowledge": "20%", "business_units": ["a", "b"],
            "channels": { "x": { "share": "40%" }, "mail": { "share": "60%", "private": true } },
            "topics": {
                "question": { "share": "70%", "life_cycle": "explore" },
                "complaint": { "share": "30%", "life_cycle": "engage" },
            },
            "mentions_worth_answering": "20/day",
        },
        "designs": { "Any": { "centralized": { "care agent": 4, "strategist": 1 } } },
        "experiment": { "kind": "from empty", "run_for": "2 weeks", "repeat": 12 },
    });
    if let Some(segments) = segments {
        document["customers"]["segments"] = segments;
    }
    model(&document.to_string())
}

fn segments() -> Value {
    json!({
        "loud": { "share": "20%", "channels": ["x"], "topics": { "complaint": 4 } },
        "usual": { "share": "80%" },
    })
}

fn tallied(model: &Model, replication: u32, scopes: Vec<Scope>) -> Outcome {
    let watch = Watch { scopes, reply_within: vec![SimTime::HOUR], ..Watch::default() };
    watched(model, replication, &watch, &mut Unobserved)
}

fn by_segment(model: &Model, replication: u32) -> Vec<ScopeTally> {
    let of = |segment| Scope { segments: vec![SegmentId(segment)], ..Scope::default() };
    tallied(model, replication, vec![Scope::default(), of(0), of(1)]).scopes
}

#[test]
fn segments_that_behave_like_everybody_change_no_number() {
    assert_eq!(
        numbers(&simulate(&scenario(None), 0)),
        numbers(&simulate(&scenario(Some(segments())), 0))
    );
}

#[test]
fn every_inquiry_and_mention_belongs_to_one_segment_and_shares_come_out() {
    let model = scenario(Some(segments()));
    let mut shares = Vec::new();
    for replication in 0..model.study.replications {
        let scopes = by_segment(&model, replication);
        let [all, loud, usual] = scopes.as_slice() else { panic!("three scopes were asked for") };
        let adds_up = |of: fn(&ScopeTally) -> u64| assert_eq!(of(all), of(loud) + of(usual));
        adds_up(|scope| scope.needing);
        adds_up(|scope| scope.answered);
        adds_up(|scope| scope.messages);
        adds_up(|scope| scope.replies);
        adds_up(|scope| scope.settled);
        adds_up(|scope| scope.gave_up);
        adds_up(|scope| scope.hand_offs);
        adds_up(|scope| scope.mentions.seen);
        adds_up(|scope| scope.mentions.touched);
        adds_up(|scope| scope.first_response.total());
        for (cause, wait) in all.waits.iter().enumerate() {
            assert_eq!(*wait, loud.waits[cause] + usual.waits[cause]);
        }
        shares.push(loud.needing as f64 / all.needing as f64);
    }
    expect_near("share of the loud", &shares, 0.2);
}

#[test]
fn a_scope_of_segment_channel_and_topic_holds_their_meeting() {
    let model = scenario(Some(segments()));
    let world = &model.world;
    let channel = |i: u32| vec![orgsim::model::ChannelId(i)];
    let loud = vec![SegmentId(0)];
    let engage = world.topics_of_stage("engage");
    let scopes = vec![
        Scope { segments: loud.clone(), channels: channel(1), ..Scope::default() },
        Scope { segments: loud.clone(), topics: engage.clone(), ..Scope::default() },
        Scope { segments: loud, ..Scope::default() },
        Scope { topics: engage, ..Scope::default() },
    ];
    let told = tallied(&model, 0, scopes).scopes;
    assert_eq!(told[0].needing, 0, "the loud use no mail");
    assert!(0 < told[1].needing && told[1].needing < told[2].needing.min(told[3].needing));
}

#[test]
fn a_segment_expects_writes_again_and_goes_on_as_it_does() {
    let with = |segment: Value| scenario(Some(json!({ "own": segment, "usual": {} })));
    let none = json!({ "expect_reply_within": "nobody does", "wish_to_continue": "0%" });
    let soon = json!({ "expect_reply_within": { "1m": "100%" }, "recontact": "100%" });
    let of = |segment: Value| by_segment(&with(segment), 0).swap_remove(1);
    let (none, soon) = (of(none), of(soon));
    // Whoever has no deadline is content with any answer and never writes a second time.
    assert_eq!(none.in_expected_time, none.answered);
    assert_eq!(none.messages, none.needing, "nobody without a deadline goes on or writes again");
    assert!(soon.in_expected_time < soon.answered / 4);
    assert!(soon.messages > soon.needing + soon.needing / 2, "{soon:?}");
}
