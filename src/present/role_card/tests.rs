//! Cards as leaders read them.

use super::{job_description, role_card_text, role_cards_json};
use crate::experiment::Quantity;
use crate::model::{LinkKind, MeasureId, Strategy};
use crate::present::words::FORBIDDEN;
use crate::sim::Bin;
use crate::stats::Interval;
use crate::study::{
    Aim, Away, Contact, Decider, Deed, Exceptions, Knows, Need, Rights, Risk, RoleCard, Rung,
    Settings, Spent, Split, Tie, Tried, TriedEffect, Waiting, Week,
};
use crate::units::SimTime;
use expect_test::expect;

fn interval(mean: f64, half_width: f64) -> Interval {
    Interval { mean, half_width: Some(half_width), n: 10, standard_error: Some(half_width / 2.0) }
}

fn effect(gain: f64, half_width: f64, met: Option<(bool, bool)>) -> TriedEffect {
    TriedEffect {
        name: "prompt".into(),
        quantity: quantity(),
        before: 0.64,
        after: 0.64 + gain,
        gain: interval(gain, half_width),
        met,
    }
}

fn quantity() -> Quantity {
    MeasureId::AnsweredWithin.into()
}

/// A spoke that answers, asks, needs approval and is one person.
fn spoke() -> RoleCard {
    let spent = |on, share| Spent {
        on,
        share: interval(share, 0.01),
        hours: Some(interval(11.2 * share, 0.1)),
    };
    let contact = |inward, kind, other: &str, weekly| Contact {
        inward,
        kind: Tie::Link(kind),
        others: vec![other.into()],
        per_week: Some(interval(weekly, 2.0)),
    };
    let tried = |what: &str, judged, effects| Tried {
        what: what.into(),
        settings: Settings::default(),
        judged,
        effects,
    };
    RoleCard {
        design: "Hub and spoke".into(),
        role: "phones spoke".into(),
        unit: Some("phones".into()),
        vendor: None,
        kind: Some("care agent".into()),
        heads: Some(0.4),
        persons: Some(1),
        cost_per_year: 26_720.0,
        fees: None,
        repetitions: 10,
        falls_behind: None,
        plain: false,
        objectives: 1,
        aims: vec![Aim {
            objective: "prompt".into(),
            why: Some("they expect it".into()),
            serves: ["keep customers", "grow"]
                .map(|id| Strategy { id: id.into(), why: None })
                .to_vec(),
            quantity: quantity(),
            wanted: (0.6, true),
            channels: vec!["x".into()],
            topics: vec!["order".into(), "billing".into()],
            languages: Vec::new(),
            deeds: vec![Deed::Answers, Deed::Sorts],
            share_of_work: 0.82,
            value: None,
            met: None,
        }],
        week: Week {
            paid_hours: Some(11.2),
            hours_of_a_head: Some(28.0),
            open_hours: 84.0,
            bins: vec![spent(Bin::Idle, 0.6), spent(Bin::Answer, 0.4)],
            busy: Some(interval(0.4, 0.01)),
            overtime: None,
        },
        waiting: Waiting { visits: Some(interval(80.0, 6.0)), ..Waiting::default() },
        need: Need {
            inquiries: 4.2,
            measured: Some(interval(4.5, 0.1)),
            heads: Some(0.2),
            heads_measured: Some(0.21),
            ..Need::default()
        },
        topics: vec![("order".into(), 30.0), ("billing".into(), 10.0)],
        knows: vec![Knows {
            topics: Vec::new(),
            everyday: 0.9,
            units: vec![(vec!["phones".into()], 0.85), (vec!["tablets".into()], 0.15)],
        }],
        speaks: Vec::new(),
        must_speak: Vec::new(),
        rights: Rights {
            answers: true,
            approval: 0.06,
            above: Some("medium"),
            always: vec!["legal or press".into()],
            approvers: vec!["strategist".into()],
            not_known: vec![
                Rung::Asks(vec!["phones expert".into()], Some(SimTime::HOUR)),
                Rung::Guesses,
            ],
            ..Rights::default()
        },
        contacts: vec![
            contact(true, LinkKind::Escalate, "hub", 60.0),
            contact(false, LinkKind::Consult, "phones expert", 9.5),
        ],
        split: Split {
            tried: vec![
                tried(
                    "no routine approvals (now 6% of replies)",
                    true,
                    vec![effect(0.03, 0.01, Some((false, true)))],
                ),
                tried(
                    "1 h a week of meetings (now 2)",
                    false,
                    vec![effect(0.001, 0.01, Some((false, false)))],
                ),
            ],
            best: Some(0),
            repetitions: 10,
        },
        risk: Risk {
            needed_by: 0.25,
            channels: vec!["x".into()],
            alone_knows: vec!["phones".into()],
            alone_speaks: Vec::new(),
            alone_approves_for: Vec::new(),
            away: Some(Away { day: 1, hours: 1.6, effects: vec![effect(-0.012, 0.01, None)] }),
        },
    }
}

#[test]
fn a_job_description_can_be_pasted_into_a_posting() {
    expect![[r#"
        # Phones spoke

        Post: care agent. Unit: phones. Way of working: Hub and spoke.

        ## What the role is for

        - Prompt: answers inquiries on x about order and billing and decides which of them get a reply. It serves keep customers, and so grow. Why: they expect it.

        ## What the week looks like

        0.4 of a full post (1 person), 11.2 hours a week; the place is open 84 hours a week.

        | A typical week | hours | share |
        | --- | ---: | ---: |
        | free for whatever comes next | 6.7 | 60% |
        | answering customers | 4.5 | 40% |

        ## What it decides, and when it asks

        - Answers by itself whatever it knows the answer to.
        - Must ask before sending 6% of its replies, picked at random, and every reply above medium risk, and every reply about legal or press: strategist approves.
        - When it does not know, in this order: asks phones expert and waits 1h at most; answers as well as it can.

        ## What it must know

        - What comes to it: order 75%, billing 25%.
        - Knows the answer to nearly all (90 of 100) of the everyday questions.
        - Of the questions that only the people of phones can answer, nearly all (85 of 100).
        - Of the questions that only the people of tablets can answer, few (15 of 100).

        ## Whom it works with

        - Is handed cases by hub, about 60 a week.
        - Asks phones expert, about 9.5 a week.

        ## How success is measured

        - Prompt: 60% answered within an hour on x about order and billing.

        ---

        ## Notes for whoever posts this (leave them out)

        ### Goals as measured

        - Prompt: 60% answered within an hour on x about order and billing.

        ### The week as measured

        0.4 of a full post (1 person), 11.2 hours a week; the place is open 84 hours a week.

        | A typical week | hours | share |
        | --- | ---: | ---: |
        | free for whatever comes next | 6.7 ±.2 | 60 ±1% |
        | answering customers | 4.5 ±.2 | 40 ±1% |

        ### Hours and people it takes

        - By calculation, hours of work a week if nobody gave up waiting: inquiries 4.2.
        - In the run it worked 4.5 ±.1 hours a week.
        - At 75% busy that is 0.2 of a post of 28 hours a week; it has 0.4.
        - That counts work, not presence: to have somebody there in all 84 opening hours takes 3 people.

        ### What waits on it

        - It is busy 40 ±1% of its paid time.
        - 80 ±6 pieces of work come to it in a week (new, returned and asked ones).

        ### The week that would serve best

        Each was tried on the same customers, 10 repetitions. The table shows what it changes in the goals the role serves, shares in points, + for better; · means next to none or no more than luck, ✓ and ✗ a goal met or missed with it.

        |  | prompt |
        | --- | ---: |
        | as it is | 64% ✗ |
        | no routine approvals (now 6% of replies) | +3 ±1 ✓ |
        | \[1 h a week of meetings (now 2)\] | · |

        In square brackets: what the time costs. What it is good for is not simulated, so less of it is no advice.

        Best of those tried: no routine approvals (now 6% of replies). Prompt goes from 64% to 67%. To have it:  

        ### What hangs on it

        - It is one person: nobody stands in.
        - Without the role nobody could answer 25% of all inquiries (on x).
        - Nobody else knows the matters of phones.
        - If that person is away for a working day (1.6 hours), of that day's work: prompt 63% instead of 64% (1.2 ±1.0 points worse).

        ### About these numbers

        - The role costs $26,720 a year.
        - Measured in 10 repetitions of the design Hub and spoke; ± is what luck may have done.
    "#]].assert_eq(&job_description(&spoke(), "$"));
}

#[test]
fn a_card_fits_a_screen_and_speaks_the_leaders_words() {
    let text = role_card_text(&spoke(), "$").plain();
    expect![[r#"
        ROLE  phones spoke (care agent), for phones, in the design Hub and spoke

        WHAT THE ROLE IS FOR
          Prompt: answers inquiries on x about order and billing and decides which of them get a reply.
            It serves keep customers, and so grow. Why: they expect it.

        WHAT THE WEEK LOOKS LIKE
          0.4 of a full post (1 person), 11.2 hours a week; the place is open 84 hours a week.
          A typical week                   hours    share
          free for whatever comes next   6.7 ±.2   60 ±1%
          answering customers            4.5 ±.2   40 ±1%

        WHAT IT DECIDES, AND WHEN IT ASKS
          Answers by itself whatever it knows the answer to.
          Must ask before sending 6% of its replies, picked at random, and every reply above medium
            risk, and every reply about legal or press: strategist approves.
          When it does not know, in this order: asks phones expert and waits 1h at most; answers as well
            as it can.

        WHAT IT MUST KNOW
          What comes to it: order 75%, billing 25%.
          Knows the answer to nearly all (90 of 100) of the everyday questions.
          Of the questions that only the people of phones can answer, nearly all (85 of 100).
          Of the questions that only the people of tablets can answer, few (15 of 100).

        WHOM IT WORKS WITH
          Is handed cases by hub: 60 ±2 a week.
          Asks phones expert: 9.5 ±2 a week.

        HOW SUCCESS IS MEASURED
          Prompt: 60% answered within an hour on x about order and billing.

        HOURS AND PEOPLE IT TAKES
          By calculation, hours of work a week if nobody gave up waiting: inquiries 4.2.
          In the run it worked 4.5 ±.1 hours a week.
          At 75% busy that is 0.2 of a post of 28 hours a week; it has 0.4.
          That counts work, not presence: to have somebody there in all 84 opening hours takes 3 people.

        WHAT WAITS ON IT
          It is busy 40 ±1% of its paid time.
          80 ±6 pieces of work come to it in a week (new, returned and asked ones).

        THE WEEK THAT WOULD SERVE BEST
          Each was tried on the same customers, 10 repetitions. The table shows what it changes in the
          goals the role serves, shares in points, + for better; · means next to none or no more than
          luck, ✓ and ✗ a goal met or missed with it.
                                                      prompt
          as it is                                     64% ✗
          no routine approvals (now 6% of replies)   +3 ±1 ✓
          [1 h a week of meetings (now 2)]                 ·
          In square brackets: what the time costs. What it is good for is not simulated, so less of it
          is no advice.
          Best of those tried: no routine approvals (now 6% of replies). Prompt goes from 64% to 67%. To
          have it:

        WHAT HANGS ON IT
          It is one person: nobody stands in.
          Without the role nobody could answer 25% of all inquiries (on x).
          Nobody else knows the matters of phones.
          If that person is away for a working day (1.6 hours), of that day's work: prompt 63% instead
            of 64% (1.2 ±1.0 points worse).

        ABOUT THESE NUMBERS
          The role costs $26,720 a year.
          Measured in 10 repetitions of the design Hub and spoke; ± is what luck may have done.
    "#]].assert_eq(&text);
    for line in text.lines() {
        assert!(line.chars().count() <= 100, "{line}");
    }
    for word in FORBIDDEN {
        assert!(!text.contains(word), "{word}");
    }
}

#[test]
fn a_change_has_the_sign_that_a_run_tells_it_with() {
    let mut card = spoke();
    for tried in &mut card.split.tried {
        for effect in &mut tried.effects {
            effect.quantity = MeasureId::WrongAnswers.into();
            effect.met = None;
        }
    }
    let text = role_card_text(&card, "$").plain();
    let about = |line: &&str| line.starts_with("  better") || line.starts_with("  no routine");
    let lines: Vec<&str> = text.lines().filter(about).map(str::trim).collect();
    expect![[r#"
        better is                                    less
        no routine approvals (now 6% of replies)    -3 ±1"#]]
    .assert_eq(&lines.join("\n"));
}

#[test]
fn languages_stand_where_they_are_told_apart() {
    let told = |persons, speaks: &[(&str, usize)], alone: &[&str]| {
        let speaks = speaks.iter().map(|(language, n)| ((*language).to_owned(), *n)).collect();
        let alone_speaks = alone.iter().map(|language| (*language).to_owned()).collect();
        let risk = Risk { alone_speaks, ..spoke().risk };
        let card = RoleCard { persons: Some(persons), speaks, risk, ..spoke() };
        let text = job_description(&card, "USD");
        let about = |line: &&str| line.contains("peak") || line.contains("alone answers");
        text.lines().filter(about).map(String::from).collect::<Vec<String>>()
    };
    assert_eq!(told(1, &[], &[]), [""; 0]);
    assert_eq!(
        told(1, &[("English", 1), ("German", 1)], &["German"]),
        ["- Speaks English and German.", "- One person of it alone answers in German."]
    );
    assert_eq!(
        told(6, &[("English", 6), ("German", 2), ("Dutch", 1)], &[]),
        ["- Speaks English, and of its people some German (2 of 6) and Dutch (1 of 6)."]
    );
    assert_eq!(
        told(6, &[("English", 4), ("German", 2)], &[]),
        ["- Of its people some speak English (4 of 6) and German (2 of 6)."]
    );
}

#[test]
fn a_goal_in_some_languages_names_them_and_what_must_be_spoken() {
    let mut aims = spoke().aims;
    aims[0].languages = vec!["French".into()];
    let needs = |goals: &[&str]| goals.iter().map(|&goal| goal.to_owned()).collect();
    let must_speak = vec![("English".into(), needs(&[])), ("French".into(), needs(&["prompt"]))];
    let speaks = vec![("English".into(), 1), ("French".into(), 1)];
    let card = RoleCard { aims, must_speak, speaks, ..spoke() };
    let text = job_description(&card, "USD");
    let about = |line: &&str| line.contains("French");
    let told: Vec<&str> = text.lines().filter(about).collect();
    expect![[r#"
        - Prompt: answers inquiries on x about order and billing in French only and decides which of them get a reply. It serves keep customers, and so grow. Why: they expect it.
        - Must speak English and French, in which cases come to it; French for prompt.
        - Speaks English and French.
        - Prompt: 60% answered within an hour on x about order and billing in French only.
        - Prompt: 60% answered within an hour on x about order and billing in French only."#]].assert_eq(&told.join("\n"));
    let several = RoleCard { persons: Some(3), ..card };
    let text = job_description(&several, "USD");
    assert!(text.contains("- Between them its people must speak English and French, in"), "{text}");
    let document = role_cards_json(&[several], serde_json::Map::new());
    let role = &document["roles"][0];
    assert_eq!(role["serves"][0]["languages"], serde_json::json!(["French"]));
    let needed = serde_json::json!({ "language": "French", "objectives": ["prompt"] });
    assert_eq!(role["must_speak"][1], needed);
    let plain = role_cards_json(&[spoke()], serde_json::Map::new());
    assert!(!plain.to_string().contains("languages"), "nothing is said where none are told apart");
}

#[test]
fn names_from_a_scenario_stay_names_in_markdown() {
    let card = RoleCard { role: "*desk*\n# boss <b>".into(), ..spoke() };
    let text = job_description(&card, "$");
    assert!(
        text.starts_with("# \\*desk\\* \\# boss \\<b\\>\n"),
        "{}",
        text.lines().next().unwrap()
    );
}

#[test]
fn a_design_that_falls_behind_promises_no_numbers() {
    let card = RoleCard { falls_behind: Some("hub".into()), split: Split::default(), ..spoke() };
    let text = role_card_text(&card, "$").plain();
    assert!(text.contains("hub falls behind for good in this design"), "{text}");
    assert!(!text.contains("THE WEEK THAT WOULD SERVE BEST"), "{text}");
}

#[test]
fn the_document_says_its_version_first() {
    let document = role_cards_json(&[spoke()], serde_json::Map::new());
    let text = document.to_string();
    assert!(text.starts_with(r#"{"orgsim_roles":1,"#), "{text}");
    assert_eq!(document["roles"][0]["other_weeks"]["tried"][0]["effects"][0]["met_after"], true);
    assert_eq!(document["roles"][0]["decides"]["not_known"][0]["timeout_minutes"], 60.0);
}

/// The lines of a section of a card with these rights.
fn decides(rights: Rights) -> String {
    let text = job_description(&RoleCard { rights, ..spoke() }, "USD");
    let section = text.split("## What it decides, and when it asks\n\n").nth(1).unwrap();
    section.split("\n\n##").next().unwrap().to_owned()
}

#[test]
fn who_decides_on_exceptions_stands_on_the_card() {
    let plain = || Rights { answers: true, not_known: vec![Rung::Guesses], ..Rights::default() };
    let by = |role: &str, share, longest| Decider { role: role.into(), share, longest };
    let with = |own, above| Rights { exceptions: Some(Exceptions { own, above }), ..plain() };
    let hub = || by("hub", 0.21, None);
    let told: Vec<String> = [
        plain(),
        with(1.0, Vec::new()),
        with(0.0, vec![by("hub", 1.0, Some(SimTime::HOUR))]),
        with(0.7, vec![hub(), by("strategist", 0.09, Some(SimTime::HOUR))]),
    ]
    .map(decides)
    .to_vec();
    expect![[r#"
        - Answers by itself whatever it knows the answer to.
        - Sends its replies without anybody's approval.
        - When it does not know: answers as well as it can.
        ---
        - Answers by itself whatever it knows the answer to.
        - Sends its replies without anybody's approval.
        - Decides itself on exceptions, for which its rules have no answer.
        - When it does not know: answers as well as it can.
        ---
        - Answers by itself whatever it knows the answer to.
        - Sends its replies without anybody's approval.
        - Exceptions, for which its rules have no answer, are decided by hub. What hub has not taken up within 1h it decides itself.
        - When it does not know: answers as well as it can.
        ---
        - Answers by itself whatever it knows the answer to.
        - Sends its replies without anybody's approval.
        - Exceptions, for which its rules have no answer, are decided by itself (70%), hub (21%) and strategist (9%). What strategist has not taken up within 1h it decides itself.
        - When it does not know: answers as well as it can."#]].assert_eq(&told.join("\n---\n"));
}

#[test]
fn what_a_role_decides_for_others_stands_on_its_card() {
    let whom = |name: &str| vec![name.to_owned()];
    let told = decides(Rights {
        approves_for: whom("desk"),
        approves_late_for: whom("lead"),
        decides_for: vec!["desk".into(), "hub".into()],
        ..Rights::default()
    });
    expect![[r#"
        - Approves replies of desk, or sends them back to be done again.
        - Approves, or sends back, replies that lead found no time to review.
        - Decides on exceptions of desk and hub, for which their rules have no answer.
        - Does not write to customers who address us."#]]
    .assert_eq(&told);
}

#[test]
fn what_a_role_says_instead_of_answering_stands_on_its_card() {
    let rights = |deflects, to_private| Rights {
        answers: true,
        deflects,
        to_private,
        loud: Some(0.5),
        approvers: vec!["lead".into(), "legal".into()],
        not_known: vec![Rung::Guesses],
        ..Rights::default()
    };
    let told = [rights(0.1, 0.2), rights(0.0, 0.2)].map(decides);
    expect![[r#"
        - Answers by itself whatever it knows the answer to.
        - In 10% of its replies sends the customer elsewhere for an answer.
        - In 20% of the other first replies in public asks to go on in private.
        - Must ask before sending 50% of its replies to customers who went public: lead and legal approve.
        - When it does not know: answers as well as it can.
        ---
        - Answers by itself whatever it knows the answer to.
        - In 20% of its first replies in public asks to go on in private.
        - Must ask before sending 50% of its replies to customers who went public: lead and legal approve.
        - When it does not know: answers as well as it can."#]].assert_eq(&told.join("\n---\n"));
}

#[test]
fn minutes_of_deciding_are_not_told_as_approvals() {
    let whom = || vec!["desk".to_owned()];
    let week = |rights: Rights| {
        let mut card = RoleCard { rights, ..spoke() };
        card.week.bins[1].on = Bin::Approval;
        let text = job_description(&card, "USD");
        let row = text.lines().find(|line| line.ends_with("| 40% |")).unwrap();
        row.split('|').nth(1).unwrap().trim().to_owned()
    };
    let approves = Rights { approves_for: whom(), ..Rights::default() };
    let decides = Rights { decides_for: whom(), ..Rights::default() };
    let both = Rights { decides_for: whom(), ..approves.clone() };
    assert_eq!(week(approves), "approving colleagues' replies");
    assert_eq!(week(decides), "deciding colleagues' exceptions");
    assert_eq!(week(both), "approving colleagues' replies, deciding exceptions");
}

#[test]
fn what_passes_over_no_link_is_told_with_whom_and_how_often() {
    let tie = |inward, kind| Contact {
        inward,
        kind,
        others: vec!["lead".into()],
        per_week: Some(interval(60.0, 2.0)),
    };
    let all = [
        tie(true, Tie::Exceptions),
        tie(false, Tie::Exceptions),
        tie(true, Tie::LateReviews),
        tie(false, Tie::LateReviews),
        tie(false, Tie::SamePosts),
    ];
    let card = RoleCard { contacts: all.to_vec(), ..spoke() };
    let text = job_description(&card, "USD");
    let section = text.split("## Whom it works with\n\n").nth(1).unwrap();
    expect![[r#"
        - Gets exceptions to decide on from lead, about 60 a week.
        - Puts exceptions before lead, about 60 a week.
        - Gets replies to approve that lead found no time for, about 60 a week.
        - Leaves to lead replies to approve that it finds no time for, about 60 a week.
        - Takes up posts that lead took up before, without knowing it, about 60 a week."#]]
    .assert_eq(section.split("\n\n##").next().unwrap());
    let data = role_cards_json(&[card], serde_json::Map::new());
    let words: Vec<&str> =
        (0..5).map(|at| data["roles"][0]["works_with"][at]["link"].as_str().unwrap()).collect();
    assert_eq!(words, ["exception", "exception", "late review", "late review", "same post"]);
}

#[test]
fn a_vendor_s_fees_are_told_beside_its_cost() {
    let of = |fees: f64| {
        let fees = interval(fees, 300.0);
        let text = role_card_text(&RoleCard { fees: Some(fees), ..spoke() }, "$").plain();
        let line = text.lines().find(|line| line.contains("The role costs"));
        line.expect("its cost is told").trim().to_owned()
    };
    expect!["The role costs $26,720 a year, and fees of $52,000 ±300 beyond that."]
        .assert_eq(&of(52_000.0));
    expect!["The role costs $26,720 a year, less $4,000 ±300 kept back for missed promises."]
        .assert_eq(&of(-4_000.0));
}
