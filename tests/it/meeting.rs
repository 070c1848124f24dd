//! Where two rules meet: scenarios so small that a story of a few cases can be told by hand.

use orgsim::experiment::{Options, run};
use orgsim::model::{MeasureId, Model};
use orgsim::sim::{Bin, End, Happening, Outcome};
use orgsim::units::SimTime;
use serde_json::{Value, json};

use crate::support::{history, model, simulate};

/// Practice in which nothing takes time or goes wrong that a test does not say.
fn practice(stated: &str) -> Value {
    let mut exact = json!({
        "triage": { "constant": "0s" }, "recognize": { "constant": "0s" }, "ask": { "constant": "0s" },
        "notice": { "constant": "1m" }, "claim_shows": { "constant": "1m" },
        "first_reply": "100%", "error": "0%", "guess_wrong": "0%", "guess_times": 1, "triage_errs": "0%",
        "context_settles": "0%", "search_finds": "0%"
    });
    let stated: Value = serde_json::from_str(&format!("{{ {stated} }}")).expect("practice in JSON");
    for (key, value) in stated.as_object().expect("an object") {
        exact[key] = value.clone();
    }
    exact
}

/// One design of these roles and links, run once until all is done if nothing else is said.
fn company(customers: &str, stated: &str, roles: &str, links: &str, experiment: &str) -> Model {
    let experiment = match experiment {
        "" => r#""kind": "until done""#,
        stated => stated,
    };
    model(&format!(
        r#"{{ "orgsim": 1, "customers": {{ "plain": true, {customers} }}, "practice": {},
            "designs": {{ "D": {{ "graph": {{ "roles": {{ {roles} }}, "links": [ {links} ] }} }} }},
            "experiment": {{ {experiment}, "repeat": 1, "seed": 1 }} }}"#,
        practice(stated)
    ))
}

const TEN_HOURS: &str = r#""topics": { "a": { "work": { "constant": "10h" } } }"#;
const INTAKE: &str = r#"{ "intake": { "to": "desk" } }"#;

/// When and at which role work of this kind begins on a case, in minutes.
fn begins(model: &Model, case: u64, of: Bin) -> Vec<(u64, u32)> {
    let told = history(model, 0).told;
    let begins = told.iter().filter_map(|(at, number, happening)| match happening {
        Happening::Started { role, work, .. } if *number == case && *work == of => {
            Some((at.micros() / SimTime::MINUTE.micros(), *role))
        }
        _ => None,
    });
    begins.collect()
}

/// When the replies to a case go out, in minutes.
fn replies(model: &Model, case: u64) -> Vec<u64> {
    let told = history(model, 0).told;
    let replies = told.iter().filter(|(_, number, happening)| {
        *number == case && matches!(happening, Happening::Replied { .. })
    });
    replies.map(|(at, ..)| at.micros() / SimTime::MINUTE.micros()).collect()
}

fn hours(outcome: &Outcome, role: usize, bin: Bin) -> f64 {
    outcome.roles[role].bins[bin as usize] as f64 / SimTime::HOUR.micros() as f64
}

fn ends(outcome: &Outcome, end: End) -> u64 {
    outcome.conservation.ends[end as usize]
}

/// Roles: desk, help, third, spoke.
fn helped(help: &str, third: &str, links: &str) -> Model {
    company(
        &format!(r#""at_start": 2, {TEN_HOURS}"#),
        "",
        &format!(
            r#""desk": {{ "people": 1, "desk": {{}} }}, "help": {help}, "third": {third},
            "spoke": {{ "people": 5, "desk": {{}} }}"#
        ),
        &format!(
            r#"{INTAKE}, {{ "overflow": {{ "from": "desk", "to": "help", "after": "1h", "keeps": "100%" }} }}, {links}"#
        ),
        "",
    )
}

#[test]
fn a_desk_behind_a_helper_routes_like_any_other() {
    let knows_nothing =
        r#"{ "people": 15, "knows": { "generic": 0 }, "desk": { "ladder": ["escalate"] } }"#;
    let over = r#"{ "escalate": { "from": "help", "to": "third" } }"#;
    for when in ["always", "unknown"] {
        let third = r#"{ "people": 5, "knows": { "generic": 0 }, "desk": {} }"#;
        let links = format!(
            r#"{over}, {{ "route": {{ "from": "third", "to": "spoke", "when": "{when}" }} }}"#
        );
        let model = helped(knows_nothing, third, &links);
        assert_eq!(begins(&model, 1, Bin::Answer), [(60, 3)], "{when}");
    }
    // the helper itself keeps what it took, though its own cases go on
    let links = r#"{ "route": { "from": "help", "to": "third", "when": "unknown" } }"#;
    let third = r#"{ "people": 5, "desk": {} }"#;
    let model = helped(r#"{ "people": 15, "knows": { "generic": 0 }, "desk": {} }"#, third, links);
    assert_eq!(begins(&model, 1, Bin::Answer), [(60, 1)]);
    // but one that answers nobody passes it on
    let links = r#"{ "route": { "from": "help", "to": "third", "when": "always" } }"#;
    let model = helped(r#"{ "people": 15, "desk": { "answer": false } }"#, third, links);
    assert_eq!(begins(&model, 1, Bin::Answer), [(60, 2)]);
}

#[test]
fn infinitely_many_people_help_out_and_see_mentions() {
    let links = r#"{ "intake": { "to": "third" } }"#;
    let third = r#"{ "people": 1, "desk": {} }"#;
    let model = helped(r#"{ "people": "infinite", "desk": {} }"#, third, links);
    assert_eq!(begins(&model, 1, Bin::Answer), [(60, 1)]);
    let model = company(
        r#""messages": "1/hour", "mentions_worth_answering": "20/day", "channels": { "x": { "half_life": "1h" } },
            "topics": { "a": { "work": { "constant": "10m" } } }"#,
        "",
        r#""desk": { "people": "infinite", "desk": {}, "proactive": { "when_idle": {} } }"#,
        &format!(r#"{INTAKE}, {{ "listen": {{ "to": "desk" }} }}"#),
        r#""kind": "from empty", "run_for": "2 weeks""#,
    );
    let mentions = simulate(&model, 0).mentions;
    assert!(200 < mentions.seen && mentions.seen - mentions.touched < 3, "{mentions:?}");
}

#[test]
fn each_link_to_a_helper_keeps_what_it_says() {
    let model = company(
        r#""at_start": 20, "topics": { "a": { "share": "50%", "work": { "constant": "10h" } },
            "b": { "share": "50%", "work": { "constant": "10h" } } }"#,
        r#""reread": "100%""#,
        r#""desk": { "people": 1, "desk": {} }, "help": { "people": 30, "desk": {} }"#,
        &format!(
            r#"{INTAKE},
            {{ "overflow": {{ "from": "desk", "to": "help", "after": "1h", "keeps": "100%", "topics": ["a"] }} }},
            {{ "overflow": {{ "from": "desk", "to": "help", "after": "1h", "keeps": "0%", "topics": ["b"] }} }}"#
        ),
        "",
    );
    let outcome = simulate(&model, 0);
    let taken = hours(&outcome, 1, Bin::Answer) / 10.0;
    let reread = hours(&outcome, 1, Bin::HandOff) / 10.0;
    assert!((taken - 19.0).abs() < 1e-9, "{taken}");
    assert!(0.0 < reread && reread < taken, "{reread} of {taken} lost their context");
}

/// The draft of 10 h is caught after 30 m and waits at its desk, which is at the next case, for an hour: the helper, who
/// knows nothing of it, writes the whole reply anew.
#[test]
fn a_helper_does_not_mend_a_draft_of_others() {
    let model = company(
        &format!(r#""streams": {{ "s": {{ "every": "10h 15m", "stop_after": 3 }} }}, {TEN_HOURS}"#),
        r#""error": "100%", "caught": "100%", "rework": "50%", "review": { "constant": "30m" }"#,
        r#""desk": { "people": 1, "desk": { "approval": "100% of replies" } },
            "help": { "people": 5, "desk": {} }, "boss": { "people": 1, "desk": {} }"#,
        &format!(
            r#"{INTAKE}, {{ "approve": {{ "from": "desk", "to": "boss" }} }},
            {{ "overflow": {{ "from": "desk", "to": "help", "after": "1h", "keeps": "100%" }} }}"#
        ),
        "",
    );
    let outcome = simulate(&model, 0);
    assert_eq!(outcome.roles[1].bins[Bin::Rework as usize], 0);
    assert!(10.0 <= hours(&outcome, 1, Bin::Answer));
}

const BOTH: &str = r#"{ "intake": { "to": "a", "ownership": "first to claim" } },
    { "intake": { "to": "b", "ownership": "first to claim" } }"#;

/// Both desks take up the first, since neither knows of the other's claim yet; the others leave after the two hours that they
/// wait in any queue.
#[test]
fn who_waits_at_several_desks_loses_patience_as_well() {
    let patience =
        r#""behavior": { "patience": { "scope": "queue", "law": { "constant": "2h" } } }"#;
    let model = company(
        &format!(r#""at_start": 4, {patience}, {TEN_HOURS}"#),
        "",
        r#""a": { "people": 1, "desk": {} }, "b": { "people": 1, "desk": {} }"#,
        BOTH,
        "",
    );
    let outcome = simulate(&model, 0);
    assert_eq!((ends(&outcome, End::LeftVisibly), ends(&outcome, End::Resolved)), (3, 1));
}

/// In the mood that they bring, customers wait e times as long.
#[test]
fn moods_change_patience_in_a_queue() {
    let model = company(
        r#""streams": { "s": { "gaps": { "constant": "24h 10m" }, "stop_after": 3 } }, "topics": { "a": { "work": { "constant": "10m" } } },
            "mood": { "at_arrival": 2, "spread": 0 },
            "behavior": { "patience": { "scope": "queue", "law": { "constant": "10m" } } }"#,
        "",
        r#""desk": { "people": 1, "open": "daily 12:00-13:00", "desk": {} }"#,
        INTAKE,
        r#""kind": "from empty", "run_for": "5 days""#,
    );
    let outcome = simulate(&model, 0);
    let waits = outcome.roles[0].wait_abandoned.sum_minutes() / 3.0;
    assert!((waits - 10.0 * std::f64::consts::E).abs() < 1e-6, "{waits}");
}

/// Urgent are those whose customers go public after an hour. One desk has ten hours of work on each, the other never comes to it.
#[test]
fn who_goes_public_is_urgent_at_each_desk_that_sees_the_post() {
    let customers = |topics: &str| {
        format!(
            r#""streams": {{ "s": {{ "at_start": 6 }} }}, "expect_reply_within": {{ "none": "0%", "law": {{ "constant": "1h" }} }},
            "behavior": {{ "goes_public": "50%", "patience": "unlimited" }}, {topics}"#
        )
    };
    let topics = r#""topics": { "a": { "work": { "constant": "10h" }, "priority": 2 } }"#;
    let order = |roles: &str, links: &str| {
        let model = company(&customers(topics), r#""approve_loud": "0%""#, roles, links, "");
        let told = history(&model, 0).told;
        let started = told.iter().filter_map(|(_, number, happening)| match happening {
            Happening::Started { .. } => Some(*number),
            _ => None,
        });
        let order: Vec<u64> = started.collect();
        order
    };
    let desk = r#""people": 1, "desk": {}, "discipline": "priority""#;
    let one = order(&format!(r#""desk": {{ {desk} }}"#), INTAKE);
    let never = r#""open": { "stretches": [["900h", "901h"]], "every": "1000h" }"#;
    let shared = order(&format!(r#""a": {{ {desk} }}, "b": {{ {desk}, {never} }}"#), BOTH);
    assert_ne!(one, [0, 1, 2, 3, 4, 5], "somebody has jumped the line");
    assert_eq!(shared, one);
}

#[test]
fn a_question_or_a_draft_that_finds_no_room_goes_on_without() {
    let expert = r#""expert": { "people": 1, "waiting_room": 0, "desk": {} }"#;
    let streams = r#""streams": { "s": { "every": "1h", "stop_after": 4 } }, "topics": { "a": { "work": { "constant": "10m" } } }"#;
    let cases = [
        (
            r#""desk": { "ladder": ["consult"] }, "knows": { "generic": 0 }"#,
            r#"{ "consult": { "from": "desk", "to": "expert" } }"#,
        ),
        (
            r#""desk": { "approval": "100% of replies" }"#,
            r#"{ "approve": { "from": "desk", "to": "expert" } }"#,
        ),
    ];
    for (desk, link) in cases {
        let model = company(
            streams,
            r#""consult": { "constant": "10h" }, "review": { "constant": "10h" }"#,
            &format!(r#""desk": {{ "people": 3, {desk} }}, {expert}"#),
            &format!("{INTAKE}, {link}"),
            "",
        );
        let outcome = simulate(&model, 0);
        assert_eq!(ends(&outcome, End::Rejected), 0, "{link}");
        assert_eq!(outcome.scopes[0].answered, 4, "{link}");
        assert_eq!(outcome.roles[1].rejected, 3, "{link}");
    }
}

/// A draft of 10 m comes back from its review of 30 m; meanwhile the desk's only place to wait is taken.
#[test]
fn what_comes_back_needs_no_room() {
    let model = company(
        r#""streams": { "s": { "every": "8m", "stop_after": 12 } }, "topics": { "a": { "work": { "constant": "10m" } } }"#,
        r#""error": "100%", "caught": "100%", "rework": "50%", "review": { "constant": "30m" }"#,
        r#""desk": { "people": 1, "waiting_room": 1, "desk": { "approval": "100% of replies" } },
            "boss": { "people": 9, "desk": {} }"#,
        &format!(r#"{INTAKE}, {{ "approve": {{ "from": "desk", "to": "boss" }} }}"#),
        "",
    );
    let outcome = simulate(&model, 0);
    let (rejected, answered) = (ends(&outcome, End::Rejected), outcome.scopes[0].answered);
    // with reworked drafts turned away, only four were answered
    assert_eq!((rejected, answered), (5, 7));
}

/// The holder goes home after an hour; half an hour later another may help out.
#[test]
fn a_held_case_is_offered_from_when_its_holder_goes() {
    let helped_at = |give_up: &str| {
        let model = company(
            r#""at_start": 1, "topics": { "a": { "work": { "constant": "10m" } } }"#,
            r#""confer": { "constant": "5m" }"#,
            r#""a": { "people": 1, "open": "daily 00:00-01:00", "desk": {}, "shift_end": "suspend" },
                "b": { "people": 1, "open": "daily 20:00-24:00", "desk": {} }, "c": { "people": 1, "desk": {} }"#,
            &format!(
                r#"{{ "intake": {{ "to": "a" }} }},
                {{ "route": {{ "from": "a", "to": "b", "when": "always", "warm": true, "keeps": "100%" {give_up} }} }},
                {{ "overflow": {{ "from": "b", "to": "c", "after": "30m", "keeps": "100%" }} }}"#
            ),
            "",
        );
        begins(&model, 0, Bin::Answer)
    };
    assert_eq!(helped_at(""), [(90, 2)]);
    assert_eq!(helped_at(r#", "give_up": "3h""#), [(90, 2)]);
    assert_eq!(helped_at(r#", "give_up": "20m""#), [(50, 2)]);
}

/// The talk is to last until 0:15, the other goes home at 0:13 and the holder is free then: half an hour later another helps out.
#[test]
fn what_a_broken_talk_leaves_is_offered_to_others() {
    for slots in ["", r#", "slots": 2"#] {
        let model = company(
            r#""streams": { "s": { "gaps": { "constant": "24h 10m" }, "stop_after": 1 } }, "topics": { "a": { "work": { "constant": "10m" } } }"#,
            r#""confer": { "constant": "5m" }"#,
            &format!(
                r#""a": {{ "people": 1, "desk": {{}} }}, "c": {{ "people": 1, "desk": {{}} }},
                "b": {{ "people": 1, "open": {{ "stretches": [["0h", "13m"], ["5h", "6h"]], "every": "1 day" }},
                    "desk": {{}}, "shift_end": "suspend" {slots} }}"#
            ),
            r#"{ "intake": { "to": "a" } },
                { "route": { "from": "a", "to": "b", "when": "always", "warm": true, "keeps": "100%" } },
                { "overflow": { "from": "b", "to": "c", "after": "30m", "keeps": "100%" } }"#,
            "",
        );
        assert_eq!(begins(&model, 0, Bin::Answer), [(24 * 60 + 43, 1)], "{slots}");
    }
}

/// The talk is to last from 0:10 to 0:15, and who takes the case over goes home at 0:13.
#[test]
fn a_talk_with_somebody_with_slots_breaks_off_like_any() {
    let holding = |slots: &str| {
        let model = company(
            r#""streams": { "s": { "gaps": { "constant": "24h 10m" }, "stop_after": 1 } }, "topics": { "a": { "work": { "constant": "10m" } } }"#,
            r#""confer": { "constant": "5m" }"#,
            &format!(
                r#""a": {{ "people": 1, "desk": {{}} }},
                "b": {{ "people": 1, "open": {{ "stretches": [["0h", "13m"], ["3h", "4h"]], "every": "1 day" }},
                    "desk": {{}}, "shift_end": "suspend" {slots} }}"#
            ),
            r#"{ "intake": { "to": "a" } },
                { "route": { "from": "a", "to": "b", "when": "always", "warm": true, "keeps": "50%" } }"#,
            "",
        );
        60.0 * hours(&simulate(&model, 0), 0, Bin::HandOff)
    };
    assert_eq!((holding(""), holding(r#", "slots": 2"#)), (3.0, 3.0));
}

/// Two with the same stated hours, at sites one after the other or both at once: a tenth of their time is training.
#[test]
fn duties_take_their_share_of_a_persons_own_hours() {
    let share = |people: &str| {
        let model = company(
            r#""streams": { "s": { "every": "5h" } }, "topics": { "a": { "work": { "constant": "1m" } } }"#,
            "",
            &format!(
                r#""desk": {{ "people": {people}, "desk": {{}},
                    "training": {{ "share": "10%", "every": "20h" }}, "meetings": {{ "share": "5%", "every": "8h" }} }}"#
            ),
            INTAKE,
            r#""kind": "from empty", "run_for": "52 weeks""#,
        );
        let outcome = simulate(&model, 0);
        let paid: u128 = outcome.roles[0].bins.iter().sum();
        let of = |bin: Bin| outcome.roles[0].bins[bin as usize] as f64 / paid as f64;
        (of(Bin::Training), of(Bin::Coordination))
    };
    for people in [
        r#"[{ "count": 1, "open": "daily 09:00-13:00" }, { "count": 1, "open": "daily 13:00-17:00" }]"#,
        r#"[{ "count": 1, "open": "daily 09:00-11:00" }, { "count": 1, "open": "daily 09:00-17:00" }]"#,
        r#"[{ "count": 2, "open": "daily 09:00-17:00" }]"#,
    ] {
        let (training, meetings) = share(people);
        assert!((training - 0.1).abs() < 0.002, "{people}: {training}");
        assert!((meetings - 0.05).abs() < 0.002, "{people}: {meetings}");
    }
}

/// Two reviewers side by side; the first finds a mistake while a meeting of the second's falls due during the review.
#[test]
fn who_is_freed_by_a_withdrawn_review_goes_to_the_meeting_that_is_due() {
    let out = |slots: &str| {
        let model = company(
            r#""streams": { "s": { "every": "60m" } }, "topics": { "t": { "work": { "constant": "10m" } } }"#,
            r#""error": "100%", "caught": "100%", "review": { "constant": "30m" }, "rework": "50%""#,
            &format!(
                r#""desk": {{ "people": 3, "desk": {{ "ladder": [], "approval": "100% of replies" }} }},
                "a": {{ "people": [{{ "count": 1, "times": 0.3333333333 }}], "desk": {{ "answer": false }} }},
                "b": {{ "people": 1, "meetings": {{ "share": "2.43902439%", "every": "10h 15m" }},
                    "desk": {{ "answer": false }} {slots} }}"#
            ),
            &format!(
                r#"{INTAKE}, {{ "approve": {{ "from": "desk", "to": "a", "step": 1 }} }},
                {{ "approve": {{ "from": "desk", "to": "b", "step": 1 }} }}"#
            ),
            r#""kind": "from empty", "run_for": "1 day""#,
        );
        replies(&model, 9)
    };
    let (one, several) = (out(""), out(r#", "slots": 2"#));
    assert_eq!(one, [665]);
    assert_eq!(several, one);
}

/// A reviewer who did not find the time has approved nothing: after the rework the draft comes there again.
#[test]
fn whoever_had_no_time_for_a_review_is_asked_again() {
    let model = company(
        r#""at_start": 1, "topics": { "t": { "work": { "constant": "10m" } } }"#,
        r#""error": "100%", "caught": "100%", "review": { "constant": "30m" }, "rework": "50%""#,
        r#""desk": { "people": 1, "desk": { "ladder": [], "approval": "100% of replies", "only_objectors": true } },
            "a": { "people": 1, "desk": { "answer": false } },
            "b": { "people": 1, "open": { "stretches": [["0h", "9m"], ["50m", "24h"]], "every": "1 day" },
                "desk": { "answer": false } }"#,
        &format!(
            r#"{INTAKE}, {{ "approve": {{ "from": "desk", "to": "a", "step": 1 }} }},
            {{ "approve": {{ "from": "desk", "to": "b", "step": 1, "timeout": "10m", "overdue": "go ahead" }} }}"#
        ),
        "",
    );
    // written by 0:10, b's time is up at 0:20, a objects at 0:40, mended by 0:45; b has come by 0:50
    assert_eq!(begins(&model, 0, Bin::Approval), [(10, 1), (45, 1), (50, 2)]);
    assert_eq!(replies(&model, 0), [80]);
}

/// Both messages of each customer come to the same account.
#[test]
fn a_customer_takes_the_same_account_for_the_right_one_each_time() {
    let model = company(
        r#""streams": { "s": { "every": "10m", "stop_after": 40 } }, "business_units": ["u", "v"], "need_unit_knowledge": "100%",
            "expect_reply_within": { "none": "0%", "law": { "constant": "1h" } },
            "behavior": { "recontact": "100%", "wrong_guess": "50%", "patience": "unlimited" },
            "topics": { "a": { "work": { "constant": "10m" } } }"#,
        "",
        r#""u desk": { "people": 100, "open": "daily 12:00-20:00", "desk": {} },
            "v desk": { "people": 100, "open": "daily 12:00-20:00", "desk": {} }"#,
        r#"{ "intake": { "to": "u desk", "own_account": true, "matter": { "anything_about": "u" } } },
            { "intake": { "to": "v desk", "own_account": true, "matter": { "anything_about": "v" } } }"#,
        "",
    );
    let outcome = simulate(&model, 0);
    let visits: Vec<u64> = outcome.roles.iter().map(|role| role.inside.n()).collect();
    assert_eq!(visits.iter().sum::<u64>(), 80);
    assert!(visits.iter().all(|visits| visits % 2 == 0 && 0 < *visits), "{visits:?}");
}

/// The share of paid time that goes into ten minutes of answering each hour and what comes with it, by one person or two.
#[test]
fn all_work_on_an_inquiry_serves_its_objective() {
    let alignment = |roles: &str, links: &str| {
        let text = format!(
            r#"{{ "orgsim": 1, "customers": {{ "plain": true, "streams": {{ "s": {{ "every": "60m" }} }},
                "topics": {{ "t": {{ "work": {{ "constant": "10m" }} }} }} }},
            "practice": {},
            "objectives": [{{ "id": "o", "goal": "answered within 1h >= 50%" }}],
            "designs": {{ "D": {{ "graph": {{ "roles": {{ {roles} }}, "links": [ {links} ] }} }} }},
            "experiment": {{ "kind": "from empty", "run_for": "5 days", "repeat": 1, "seed": 1 }} }}"#,
            practice(r#""review": { "constant": "20m" }, "confer": { "constant": "5m" }"#)
        );
        let stop = std::sync::atomic::AtomicBool::new(false);
        let result = run(&model(&text), &Options::plain(1, &stop));
        let quantity = result.quantity(MeasureId::Alignment).expect("there is an objective");
        result.of(0, quantity).and_then(|of| of.mean()).expect("it is paid time")
    };
    let near = |found: f64, exact: f64| assert!((found - exact).abs() < 0.005, "{found} {exact}");
    for slots in ["", r#", "slots": 2"#] {
        let role = format!(r#""desk": {{ "people": 1, "desk": {{}} {slots} }}"#);
        near(alignment(&role, INTAKE), 10.0 / 60.0);
    }
    let reviewed = r#""desk": { "people": 1, "desk": { "approval": "100% of replies" } },
        "boss": { "people": 1, "desk": { "answer": false } }"#;
    for step in ["", r#", "step": 1"#] {
        let links =
            format!(r#"{INTAKE}, {{ "approve": {{ "from": "desk", "to": "boss" {step} }} }}"#);
        near(alignment(reviewed, &links), 30.0 / 120.0);
    }
    let two = r#""desk": { "people": 1, "desk": {} }, "next": { "people": 1, "desk": {} }"#;
    let warm = format!(
        r#"{INTAKE}, {{ "route": {{ "from": "desk", "to": "next", "when": "always", "warm": true, "keeps": "100%" }} }}"#
    );
    // five minutes of talk by both, then ten by one
    near(alignment(two, &warm), 20.0 / 120.0);
}

/// A vendor who writes the first response to a post that several see is paid for it.
#[test]
fn the_first_response_counts_for_the_contract_of_whoever_gives_it() {
    let paid = |ownership: &str| {
        let model = company(
            r#""messages": "2/hour", "topics": { "a": { "work": { "constant": "10m" } } }"#,
            r#""consult": { "constant": "1h" }, "claim_shows": { "constant": "5m" }"#,
            r#""own": { "people": 20, "knows": { "generic": 0 }, "desk": { "ladder": ["consult"] } },
                "v": { "people": 20, "vendor": "V", "desk": {}, "cost": "$10/year",
                    "terms": { "price_per_case": "$100" } },
                "expert": { "people": 20, "desk": {} }"#,
            &format!(
                r#"{{ "intake": {{ "to": "own" {ownership} }} }}, {{ "intake": {{ "to": "v" {ownership} }} }},
                {{ "consult": {{ "from": "own", "to": "expert" }} }}"#
            ),
            r#""kind": "from empty", "run_for": "2 weeks""#,
        );
        let outcome = simulate(&model, 0);
        let first: u64 = outcome.roles[1].months.iter().map(|month| month.first_replies).sum();
        (first, outcome.scopes[0].answered)
    };
    let (first, answered) = paid(r#", "ownership": "first to claim""#);
    assert!(100 < answered && answered - first < 20, "{first} of {answered}");
    assert_eq!(paid("").0, 0, "the first intake has it all");
}

/// Both desks take up the first; with the others one desk is helped out an hour after it has noticed them.
#[test]
fn others_help_out_with_what_several_desks_see() {
    let model = company(
        &format!(r#""at_start": 4, {TEN_HOURS}"#),
        r#""reread": "100%""#,
        r#""a": { "people": 1, "desk": {} }, "b": { "people": 1, "desk": {} }, "help": { "people": 15, "desk": {} }"#,
        &format!(
            r#"{BOTH}, {{ "overflow": {{ "from": "a", "to": "help", "after": "1h", "keeps": "50%" }} }}"#
        ),
        "",
    );
    // half of the context is lost, which is read again for five hours
    for case in [1, 2, 3] {
        assert_eq!(begins(&model, case, Bin::HandOff), [(61, 2)]);
        assert_eq!(begins(&model, case, Bin::Answer), [(361, 2)]);
    }
    let outcome = simulate(&model, 0);
    let scope = &outcome.scopes[0];
    assert_eq!((scope.answered, scope.hand_offs, scope.collisions), (4, 3, 1));
    let visits: Vec<u64> = outcome.roles.iter().map(|role| role.inside.n()).collect();
    assert_eq!(
        visits,
        [4, 1, 3],
        "at the first desk the visits of those that were helped end, too"
    );
}

/// Who is away between two attempts when patience with the reply runs out has spent that time on their own.
#[test]
fn patience_runs_out_between_two_attempts() {
    let model = company(
        r#""messages": "4/hour", "topics": { "a": { "work": { "constant": "30m" } } },
            "behavior": { "patience": { "scope": "reply", "law": { "exponential": { "mean": "1h" } } },
                "when_turned_away": { "after": { "exponential": { "mean": "46m" } } } }"#,
        "",
        r#""desk": { "people": 1, "waiting_room": 1, "desk": {} }"#,
        INTAKE,
        r#""kind": "from empty", "run_for": "2 weeks""#,
    );
    let told = history(&model, 0).told;
    let away = told.iter().filter(|(_, _, happening)| match happening {
        Happening::Ended { end: End::LeftVisibly, waits, theirs, .. } => {
            waits.is_empty() && SimTime::ZERO < *theirs
        }
        _ => false,
    });
    assert!(10 < away.count(), "whoever never got in has waited nowhere");
}

/// The first reviewer's room is full, so that the step is over at once; the second has no timeout and comes at ten.
#[test]
fn a_reviewer_has_the_time_of_their_own_link() {
    let model = company(
        r#""at_start": 1, "topics": { "t": { "work": { "constant": "10m" } } }"#,
        r#""review": { "constant": "30m" }"#,
        r#""desk": { "people": 1, "desk": { "ladder": [], "approval": "100% of replies" } },
            "a": { "people": 1, "waiting_room": 0, "open": "daily 12:00-13:00", "desk": { "answer": false } },
            "b": { "people": 1, "open": "daily 10:00-14:00", "desk": { "answer": false } }"#,
        &format!(
            r#"{INTAKE}, {{ "approve": {{ "from": "desk", "to": "a", "step": 1, "timeout": "10m", "overdue": "go ahead" }} }},
            {{ "approve": {{ "from": "desk", "to": "b", "step": 2 }} }}"#
        ),
        "",
    );
    assert_eq!(replies(&model, 0), [630]);
}

/// One message an hour, 6.5 minutes of writing and half an hour of review; customers leave after ten minutes. What a
/// reviewer has in hand is done to the end, whether alone, as a step or with a limit that nobody reaches.
#[test]
fn a_review_in_hand_is_done_though_the_customer_has_left() {
    let practice = r#""error": "0%", "review": { "constant": "30m" }"#;
    for limit in ["", r#", "step": 1"#, r#", "timeout": "60h", "overdue": "holding reply""#] {
        let model = model(&format!(
            r#"{{ "orgsim": 1,
                "customers": {{ "expect_reply_within": {{ "1000h": "100%" }},
                    "topics": {{ "t": {{ "work": {{ "constant": "10m" }}, "not_settled_at_first": "0%" }} }},
                    "behavior": {{ "recontact": "0%", "patience": {{ "scope": "reply", "silent": "0%", "law": {{ "constant": "10m" }} }} }},
                    "streams": {{ "s": {{ "every": "60m" }} }} }},
                "practice": {{ {practice} }},
                "designs": {{ "D": {{ "graph": {{
                    "roles": {{ "desk": {{ "people": 1, "desk": {{ "approval": "100% of replies" }} }},
                        "boss": {{ "people": 1, "desk": {{ "answer": false }} }} }},
                    "links": [ {INTAKE}, {{ "approve": {{ "from": "desk", "to": "boss"{limit} }} }} ] }} }} }},
                "experiment": {{ "run_for": "1 week", "warm_up": "1 week", "repeat": 1 }} }}"#
        ));
        let outcome = simulate(&model, 0);
        let week = 168.0;
        let reviewing = hours(&outcome, 1, Bin::Approval);
        assert!((reviewing - 0.5 * week).abs() < 1e-6, "{reviewing} h{limit}");
        assert_eq!(ends(&outcome, End::LeftVisibly), outcome.conservation.ends.iter().sum::<u64>());
    }
}

/// Everybody writes again three days after the first reply: time that counts is spent on who came before it as well.
#[test]
fn time_for_earlier_customers_is_time_for_an_objective() {
    let model = model(&format!(
        r#"{{ "orgsim": 1,
            "objectives": [ {{ "id": "o", "goal": "answered within 6h >= 60%" }} ],
            "customers": {{
                "topics": {{ "t": {{ "work": {{ "constant": "10m" }}, "not_settled_at_first": "100%" }} }},
                "behavior": {{ "recontact": "0%", "patience": "unlimited", "wish_to_continue": "100%", "reply_delay": {{ "constant": "3 days" }} }},
                "streams": {{ "s": {{ "every": "60m" }} }} }},
            "practice": {{ "error": "0%" }},
            "designs": {{ "D": {{ "graph": {{ "roles": {{ "desk": {{ "people": 1, "desk": {{}} }} }}, "links": [ {INTAKE} ] }} }} }},
            "experiment": {{ "run_for": "1 week", "warm_up": "1 week", "repeat": 1 }} }}"#
    ));
    let stop = std::sync::atomic::AtomicBool::new(false);
    let result = run(&model, &Options::plain(1, &stop));
    let alignment =
        result.measured(0, MeasureId::Alignment).and_then(|of| of.mean()).expect("an objective");
    let busy = result.designs[0].roles[0].bin(Bin::Answer).mean().expect("it answers");
    assert!((alignment - 13.5 / 60.0).abs() < 1e-6 && (busy - alignment).abs() < 1e-9);
}

/// Time for mentions is time for an objective as far as an objective asks for mentions of their channel.
#[test]
fn time_for_mentions_that_nobody_asks_for_serves_nothing() {
    let share = |proactive: &str, channels: &str| {
        let model = model(&format!(
            r#"{{ "orgsim": 1,
                "objectives": [ {{ "id": "o", "goal": "fresh mentions reached >= 10%"{channels} }} ],
                "customers": {{
                    "messages": "2/hour", "mentions_worth_answering": "200/day",
                    "topics": {{ "t": {{ "work": {{ "constant": "10m" }} }} }},
                    "channels": {{ "x": {{ "share": "90%" }}, "y": {{ "share": "10%" }} }} }},
                "designs": {{ "D": {{ "graph": {{
                    "roles": {{ "desk": {{ "people": 5, "desk": {{}}, "proactive": {proactive} }} }},
                    "links": [ {INTAKE}, {{ "listen": {{ "to": "desk" }} }} ] }} }} }},
                "experiment": {{ "run_for": "4 weeks", "warm_up": "1 week", "repeat": 1 }} }}"#
        ));
        let stop = std::sync::atomic::AtomicBool::new(false);
        let result = run(&model, &Options::plain(1, &stop));
        result.measured(0, MeasureId::Alignment).and_then(|of| of.mean()).expect("an objective")
    };
    for proactive in [r#""when idle""#, r#"{ "when_idle": { "preemptible": true } }"#] {
        let of = |channels: &str| share(proactive, &format!(r#", "channels": [{channels}]"#));
        let (all, x, y) = (share(proactive, ""), of(r#""x""#), of(r#""y""#));
        assert!((all - x - y).abs() < 1e-12, "{proactive}: {all} is not {x} and {y}");
        assert!(0.08 < y / all && y / all < 0.12, "{proactive}: {y} of {all}");
    }
}
