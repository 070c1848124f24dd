//! The printed answer, on made-up results.

use expect_test::{Expect, expect};

use super::{AnswerContext, Guesses, MOST_LINES, answer};
use crate::experiment::examples::{model_of_desks, plain_model, run_with};
use crate::experiment::made_up::{compared, made_up, overloaded, repeated};
use crate::experiment::{ExperimentResult, Quantity};
use crate::model::{MeasureId, Score, StudyKind};
use crate::present::paint::Paint;
use crate::present::words::FORBIDDEN;
use crate::stats::Interval;
use crate::study::{HoursCheck, HoursVerdict, NextStep, Settings, SideEffect, Step};
use crate::units::SimTime;

pub(super) fn next_step() -> NextStep {
    let quantity = |id: MeasureId, within| Quantity { measure: id.measure(), within };
    let gain = Interval { mean: 0.06, half_width: Some(0.01), n: 10, standard_error: Some(0.005) };
    let step = Step {
        what: "no routine approvals".into(),
        settings: Settings::one("designs.Outsourced.approval", "0% of replies"),
        cost_per_year: 0.0,
        before: 0.52,
        after: 0.58,
        gain,
        misses: Vec::new(),
        then: None,
        side_effect: Some(SideEffect {
            quantity: quantity(MeasureId::WrongAnswers, None),
            before: 0.051,
            after: 0.064,
        }),
    };
    NextStep {
        design: (3, "Outsourced".into()),
        quantity: quantity(MeasureId::AnsweredWithin, Some(SimTime::HOUR)),
        scope: 0,
        unmet: None,
        worth: 0.02,
        steps: vec![step],
    }
}

fn told(result: &ExperimentResult) -> String {
    let stays = |score| (score, HoursVerdict::Stays);
    let hours = HoursCheck {
        verdicts: vec![
            stays(Score::Responsive),
            (Score::Interactive, HoursVerdict::NoWinner),
            stays(Score::Proactive),
        ],
        open_alike: false,
    };
    let next_step = next_step();
    let inputs = vec!["customers.need_unit_knowledge".to_owned()];
    let guesses = Guesses { inputs, ..Guesses::default() };
    let context = AnswerContext {
        dials: None,
        question: "Four product lines, $1,000,000 a year for people: who should answer?",
        command: "orgsim run scenarios/quickstart.json",
        elsewhere: Some("orgsim run scenarios/quickstart.json --out output/quickstart-next"),
        elapsed: Some("3.4 s"),
        currency: "$",
        not_swept: &["need_unit_knowledge 5%–80%".into(), "messages 100–600/day".into()],
        guesses: Some(&guesses),
        hours: Some(&hours),
        copes: &[],
        ordinary: false,
        next_step: (result.designs.len() == 4).then_some(&next_step),
        pictures: Some("output/quickstart/report.html (open this) · summary.csv · results.json"),
        notes: &[],
        below: 0,
    };
    let text = answer(result, &context);
    assert!(text.len() <= MOST_LINES, "{} lines", text.len());
    text.plain()
}

fn check(result: &ExperimentResult, expected: Expect) {
    let text = told(result);
    for line in text.lines() {
        let command = line.trim_start().starts_with("Try:");
        assert!(command || line.chars().count() <= 102, "{line}");
    }
    expected.assert_eq(&text);
}

#[test]
fn four_designs_are_told_apart_by_score() {
    check(
        &made_up(),
        expect![[r#"
            Four product lines, $1,000,000 a year for people: who should answer?
            4 designs, same money, same customers: 27,300 messages in 13 weeks, 30 times over (3.4 s, seed 2013)

            ANSWER   It depends on what you want most. No design is best at all three.
              Responsive   Outsourced answers 52% within an hour, 4 ±.5 points more than Centralized.
                           Decentralized is last: 39%.
              Interactive  Decentralized settles 75% in conversation, 0.5 ±.6 points more than Hub and spoke:
                           too small to matter (it takes 2 points). Outsourced is last: 62%.
              Proactive    Centralized reaches 75% of fresh mentions, 11 ±.6 points more than Hub and spoke.
                           Decentralized is last: 20%.
              Hours        Longer hours decide no lead: with the same opening hours and person-hours for all,
                           all who lead clearly stay.

            GOALS   (runs of 30 that met it, and the value)   Centralized    Hub&spoke   Decentral.   Outsourced
              prompt  40% answered within 1 h                  ✓ 30   48%   ~ 25   41%   ~  5   39%   ✓ 30   52%
              settled 55% settled by first reply               ~ 15   55%   ✓ 30   58%   ✓ 30   60%   ✗  0   47%
              present 50% fresh mentions reached               ✓ 30   75%   ✓ 30   64%   ✗  0   20%   ~  6   49%

            RESULTS                                           Centralized    Hub&spoke   Decentral.   Outsourced
              answered within an hour                             48 ±.5%      41 ±.4%      39 ±.4%      52 ±.5%
              first reply: half are faster than               1h 16m ±39s  2h 05m ±63s  2h 42m ±83s     56m ±30s
              first reply: slowest tenth wait at least       21h 10m ±11m 20h 40m ±11m 21h 05m ±11m 20h 20m ±11m
              settled in conversation                             71 ±.6%      74 ±.7%      75 ±.7%      62 ±.6%
              settled by first reply                              55 ±.5%      58 ±.5%      60 ±.6%      47 ±.5%
              fresh mentions reached                              75 ±.7%      64 ±.6%      20 ±.2%      49 ±.5%
              wrong answers                                      3.1 ±.1%     3.9 ±.1%     5.6 ±.1%     5.1 ±.1%
              cost of one settled inquiry                      $13.10 ±.2   $12.60 ±.2   $12.40 ±.2   $15.00 ±.2
            WORKLOAD  busiest role on average                      agents   hub triage  phones desk   strategist
              busy, of its paid time                              65 ±.6%      84 ±.7%      56 ±.5%      71 ±.7%
              of all time on working together                     14 ±.2%      23 ±.2%     9.0 ±.1%      38 ±.4%
            WHY CUSTOMERS WAIT  nobody there (desk closed)            36%          41%          46%          51%
              waiting for an expert · for approval              30% · 29%    30% · 24%    30% · 19%    30% · 14%
              wrong desk · being handed over                      0% · 0%      0% · 0%      0% · 0%      0% · 0%
              in line · behind other duties                       5% · 0%      5% · 0%      5% · 0%      5% · 0%

            IT DEPENDS ON  (not swept) need_unit_knowledge 5%–80% · messages 100–600/day
            HOW SURE   ± covers luck only: 95 in 100 such ranges would hold the value of endlessly many runs (30
                       were made). It does not cover wrong inputs. Our guesses, to be checked:
                       need_unit_knowledge.
            NEXT STEP  For no money: no routine approvals. Outsourced then has 58% answered within an hour,
                       better by 6 ±1 points, at 6.4% wrong answers instead of 5.1%.
                       Try:  orgsim run scenarios/quickstart.json --out output/quickstart-next --set "designs.Outsourced.approval=0% of replies"
            PICTURES   output/quickstart/report.html (open this) · summary.csv · results.json
        "#]],
    );
}

#[test]
fn a_design_that_falls_behind_is_named_and_has_no_averages() {
    let text = told(&overloaded());
    assert!(
        text.contains("Hub and spoke falls behind for good: 14 more a day than hub triage can do.")
    );
    let row = text.lines().find(|line| line.contains("answered within an hour  ")).unwrap();
    assert!(row.contains('–') && !row.contains("41"), "{row}");
}

#[test]
fn where_no_design_copes_no_table_is_empty_and_a_next_step_is_told() {
    let mut result = made_up();
    for design in &mut result.designs {
        design.overload =
            Some(crate::experiment::Overload { role: 0, per_day: 14.2, in_all: false });
        design.withheld = true;
        design.scopes.clear();
    }
    let result = compared(result);
    let cope = crate::study::Cope {
        design: 1,
        lacks: vec![crate::study::Lack { role: "hub triage".into(), heads: 6.6, needed: 9.4 }],
        less: 0.29,
        per_day: 14.0,
        settings: Some(Settings::one("designs.Hub and spoke.edits", 1)),
    };
    let context =
        AnswerContext { copes: &[cope], command: "orgsim run x --seed 2", ..Default::default() };
    let text = answer(&result, &context).plain();
    for gone in ["RESULTS", "WHY CUSTOMERS WAIT"] {
        assert!(!text.contains(gone), "{gone} in {text}");
    }
    assert!(
        text.contains("ANSWER   No design copes: each of them falls behind for good."),
        "{text}"
    );
    let from = text.find("NEXT STEP").expect("there is one");
    expect![[r#"
        NEXT STEP  More people, or less to do. Hub and spoke lacks least: by its load, 9.4 people instead of
                   6.6 would let hub triage keep up.
                   Try:  orgsim run x --seed 2 --set "designs.Hub and spoke.edits=1"
    "#]]
    .assert_eq(&text[from..]);
}

#[test]
fn a_single_run_tells_no_luck() {
    let text = told(&repeated(1));
    assert!(text.contains("A single run cannot tell luck from a difference"), "{text}");
    assert!(!text.contains("±1"), "{text}");
}

#[test]
fn leaders_meet_no_words_of_experts() {
    let single = repeated(1);
    let simulated = run_with(&model_of_desks(6.0), 2);
    let few = run_with(&model_of_desks(1.0), 2);
    for result in [made_up(), overloaded(), repeated(3), single, simulated, few] {
        let text = told(&result);
        for word in FORBIDDEN {
            assert!(!text.to_lowercase().contains(&word.to_lowercase()), "{word} in {text}");
        }
    }
}

#[test]
fn only_marks_heads_and_the_answer_are_painted() {
    let text = answer(&made_up(), &AnswerContext::default());
    let tagged = text.painted(|paint, text| match paint {
        Paint::Good => format!("<{}>", text.trim()),
        Paint::Answer => format!("[{text}]"),
        _ => text.into(),
    });
    assert!(tagged.contains("<✓ 30   48%>"), "{tagged}");
    assert!(tagged.contains("ANSWER   [It depends"), "{tagged}");
}

#[test]
fn a_plain_network_is_told_in_numbers() {
    let result = run_with(&plain_model(2, 12.0, StudyKind::TypicalWeeks), 2);
    let text = answer(&result, &AnswerContext { command: "orgsim run x", ..Default::default() });
    let text = text.plain();
    for head in ["arrivals/h", "W_q [min]", "P(W>0)", "L_q", "utilization", "front desk"] {
        assert!(text.contains(head), "{text}");
    }
    assert!(!text.contains("ANSWER"), "{text}");
}

#[test]
fn a_rare_visit_is_counted_by_the_week_and_a_dash_has_no_unit() {
    let told = |per_hour: f64| {
        let result = run_with(&plain_model(1, per_hour, StudyKind::TypicalWeeks), 2);
        let text = answer(&result, &AnswerContext::default()).plain();
        let from = text.find("role ").expect("there is a table");
        text[from..].lines().take(3).map(String::from).collect::<Vec<_>>()
    };
    // 0.004 an hour
    let rare = told(0.004);
    assert!(rare[0].contains("visits/day") && rare[0].contains("W_q ["), "{rare:?}");
    let rate = rare[1]["front desk".len()..].trim_start();
    assert!(rate.starts_with("0.0") || rate.starts_with("0.1"), "{rare:?}");
    assert!(!rate.starts_with("0.00"), "{rare:?}");
    let overloaded = told(14.0);
    assert!(overloaded[1].contains('–') && overloaded[2].contains("more a day"), "{overloaded:?}");
    assert!(overloaded[0].contains("arrivals/h") && !overloaded[0].contains('['), "{overloaded:?}");
}

#[test]
fn what_it_depends_on_is_told_in_whole_sentences_within_the_screen() {
    let dials = crate::present::depends::made_up_dials();
    let inputs = vec!["customers.need_unit_knowledge".to_owned()];
    let guesses = Guesses { inputs, defaults: 9, listed_by: "orgsim check x --defaults".into() };
    let context = AnswerContext {
        dials: Some(&dials),
        guesses: Some(&guesses),
        command: "orgsim run x",
        ..Default::default()
    };
    let text = answer(&made_up(), &context).plain();
    let from = text.find("IT DEPENDS ON").unwrap();
    expect![[r#"
        IT DEPENDS ON  Hub and spoke overtakes Centralized in settling when 44–47% of inquiries need a
                   business unit's knowledge (you said 20%); the difference is worth noticing only up to 41%
                   or from 47%; from 80% on Decentralized is best at reaching fresh mentions, but not yet at
                   47%; from 80% on Centralized falls behind for good, but not yet at 47%.
                   and 3 more in dials.csv
        HOW SURE   ± covers luck only (30 runs). Of 3 inputs changed, one at a time, the answers hold under
                   2 (responsive), 1 (interactive) and 2 (proactive). Most likely to change them: inquiries
                   only a business unit can answer (a guess: check it) and opening hours. Guesses of ours: 9
                   defaults (orgsim check x --defaults).
    "#]].assert_eq(&text[from..]);
    assert!(text.lines().all(|line| line.chars().count() <= 100), "{text}");
    assert!(text.lines().count() <= 45, "{}", text.lines().count());
}

#[test]
fn notes_leave_no_more_room_than_there_is_to_what_was_not_swept() {
    let notes: Vec<String> = (0..12).map(|n| format!("note {n}")).collect();
    let not_swept: Vec<String> =
        (0..12).map(|n| format!("customers.topics.topic {n}.work 5m to 9m")).collect();
    let told = |notes: &[String]| {
        let context = AnswerContext {
            question: "Who should answer?",
            not_swept: &not_swept,
            notes,
            pictures: Some("report.html"),
            ..Default::default()
        };
        let text = answer(&made_up(), &context).plain();
        let lines = text.lines().skip_while(|line| !line.starts_with("IT DEPENDS"));
        (text.lines().count(), lines.take_while(|line| !line.starts_with("HOW")).count())
    };
    assert_eq!(told(&[]).1, 3);
    let (all, not_swept) = told(&notes);
    assert!(all <= MOST_LINES && not_swept < 3, "{all} lines, {not_swept} of them not swept");
}

#[test]
fn whatever_must_stand_below_it_has_room_and_what_gave_way_is_named() {
    let not_swept: Vec<String> = vec!["messages 100–600/day".into()];
    let told = |below| {
        let next_step = next_step();
        let context = AnswerContext {
            question: "Who should answer?",
            command: "orgsim run x",
            not_swept: &not_swept,
            next_step: Some(&next_step),
            pictures: Some("report.html"),
            below,
            ..Default::default()
        };
        answer(&made_up(), &context)
    };
    let least = told(MOST_LINES).full();
    assert!(least <= 23, "{}", told(MOST_LINES).plain());
    for below in 0..=MOST_LINES - least {
        let text = told(below);
        assert!(text.full() + below <= MOST_LINES, "{below} below {}", text.plain());
        assert!(text.plain().lines().all(|line| line.chars().count() <= 100), "{}", text.plain());
        for kept in ["ANSWER   It depends", "GOALS", "HOW SURE", "NEXT STEP", "Try:", "PICTURES"] {
            assert!(text.plain().contains(kept), "{kept} with {below} below {}", text.plain());
        }
    }
    let names = |below: usize| {
        let text = told(below).plain();
        text.lines().find(|line| line.ends_with("with --all")).map(String::from)
    };
    let free = MOST_LINES - told(0).full();
    assert_eq!((names(0), names(free)), (None, None));
    assert_eq!(names(free + 1).as_deref(), Some("WHY CUSTOMERS WAIT  with --all"));
    assert_eq!(
        names(MOST_LINES).as_deref(),
        Some("RESULTS, WORKLOAD, WHY CUSTOMERS WAIT, IT DEPENDS ON  with --all")
    );
}
