//! What the shipped scenarios on archetypes, vendors and sites say is to be noticed, is so.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use orgsim::experiment::{ExperimentResult, Loaded, Options, Quantity, load, run};
use orgsim::model::{MeasureId, Score};
use orgsim::scenario::{LARGEST_FILE, Overlay, Source, render};
use orgsim::study::{same_hours, tactics};
use orgsim::units::SimTime;

/// A few repetitions of a shipped scenario, with values set by path.
fn loaded(name: &str, sets: &[(&str, &str)]) -> Loaded {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name);
    let source = Source::read(&path, LARGEST_FILE).expect("a shipped file can be read");
    let short = [("experiment.repeat", "4"), ("experiment.run_for", "\"6 weeks\"")];
    let value = |text: &str| serde_json::from_str(text).expect("values are JSON");
    let sets = short.iter().chain(sets).map(|&(path, text)| (path.to_owned(), value(text)));
    let overlay = Overlay { sets: sets.collect(), ..Overlay::default() };
    load(&source, &overlay)
        .unwrap_or_else(|problems| panic!("{}", render(&source, &problems, false)))
}

/// The same, run.
fn told(name: &str, sets: &[(&str, &str)]) -> ExperimentResult {
    let loaded = loaded(name, sets);
    let stop = AtomicBool::new(false);
    let options = Options::plain(0, &stop);
    run(&loaded.scenario.model, &options)
}

/// The mean of a measure in a design.
#[track_caller]
fn mean(result: &ExperimentResult, design: &str, of: impl Into<Quantity>) -> f64 {
    let wanted = of.into();
    let at = result.designs.iter().position(|of| of.name == design).expect("the design is there");
    let found = result.measured(at, wanted).and_then(|of| of.mean());
    found.unwrap_or_else(|| panic!("no {} of {design}", wanted.id()))
}

/// By how much one design is ahead of another.
#[track_caller]
fn ahead(result: &ExperimentResult, [first, second]: [&str; 2], id: MeasureId) -> f64 {
    mean(result, first, id) - mean(result, second, id)
}

const POOL: [&str; 2] = ["Pool of four", "A specialist each"];

#[test]
fn a_pool_is_sooner_and_specialists_are_right_more_often() {
    let result = told("touchpoints.json", &[]);
    assert!(0.02 < ahead(&result, POOL, MeasureId::AnsweredWithin));
    assert!(
        1.5 < mean(&result, POOL[0], MeasureId::WrongAnswers)
            / mean(&result, POOL[1], MeasureId::WrongAnswers)
    );
    let alone = result.designs.iter().find(|of| of.name == "One person").expect("it is there");
    assert_eq!(alone.falls_behind().map(|(role, _)| role), Some("care agent"));
}

#[test]
fn the_more_needs_a_specialist_the_less_a_pool_is_ahead() {
    let at = |share| told("touchpoints.json", &[("customers.need_unit_knowledge", share)]);
    let lead = |share| ahead(&at(share), POOL, MeasureId::SettledInConversation);
    assert!(0.02 < lead("\"0%\"") && lead("\"80%\"") < 0.0);
}

#[test]
fn a_vendor_at_night_buys_hours_and_one_in_front_hand_overs() {
    let result = told("outsourcing.json", &[]);
    let over = |design| ahead(&result, [design, "In-house"], MeasureId::AnsweredWithin);
    assert!(0.1 < over("Vendor at night") && over("Vendor in front") < -0.02);
    assert!(over("Vendor for what waits").abs() < 0.02);
    let uncovered = |design: &str| {
        let of = result.designs.iter().find(|of| of.name == design).expect("it is there");
        of.outline.as_ref().expect("every design has a shape").uncovered_hours
    };
    assert!((uncovered("In-house") - 84.0).abs() < 1e-6 && uncovered("Vendor at night") < 1e-6);
}

#[test]
fn every_check_costs_a_wait_and_pays_in_right_answers() {
    let result = told("speed_or_consistency.json", &[]);
    let order = ["Unreviewed", "One in ten", "A third", "Every reply"];
    for pair in order.windows(2) {
        let fewer_and_more = [pair[0], pair[1]];
        assert!(0.01 < ahead(&result, fewer_and_more, MeasureId::AnsweredWithin), "{pair:?}");
        assert!(0.0 < ahead(&result, fewer_and_more, MeasureId::WrongAnswers), "{pair:?}");
    }
    let wrong = |design| mean(&result, design, MeasureId::WrongAnswers);
    assert!(wrong("Every reply") < 0.5 * wrong("Unreviewed"));
    let newcomers = told("speed_or_consistency.json", &[("practice.error", "\"10%\"")]);
    let bought =
        |of: &ExperimentResult| ahead(of, ["Unreviewed", "Every reply"], MeasureId::WrongAnswers);
    assert!(2.0 * bought(&result) < bought(&newcomers));
}

#[test]
fn between_firms_who_knows_decides() {
    let lead = |share| {
        let result = told("b2b.json", &[("customers.need_unit_knowledge", share)]);
        [MeasureId::AnsweredWithin, MeasureId::SettledInConversation]
            .map(|id| ahead(&result, ["Hub and spoke", "Marketing"], id))
    };
    assert!(lead("\"65%\"").into_iter().all(|points| 0.02 < points));
    assert!(lead("\"25%\"").into_iter().all(|points| points < -0.02));
    let result = told("b2b.json", &[]);
    let heard = |other| ahead(&result, ["Marketing", other], MeasureId::MentionsReached).abs();
    assert!(heard("Hub and spoke") < 0.02 && heard("Engineers") < 0.02);
}

#[test]
fn a_channel_without_an_objective_costs_hours_that_the_others_would_use() {
    let result = told("linkedin.json", &[]);
    let model = loaded("linkedin.json", &[]).scenario.model;
    let stop = AtomicBool::new(false);
    let options = Options::plain(0, &stop);
    let tactics = tactics(&model, &result, &options).expect("there are objectives");
    let at = |wanted: &str| {
        tactics.yardsticks.iter().position(|of| of.id() == wanted).expect("it is compared")
    };
    let (prompt, hours) = (at("answered_within_1h"), at("at_work_hours_per_week"));
    for design in &tactics.designs {
        let gone: Vec<usize> = design.steps.iter().map(|step| step.without.len()).collect();
        assert_eq!(gone, [1, 1, 2], "linkedin, content, both");
        let both = &design.steps[2].effects;
        let freed = both[hours].expect("hours are measured");
        assert!(freed.is_sure() && freed.difference.mean < -20.0, "{freed:?}");
        assert!((0.2..0.7).contains(&design.alignment.expect("objectives are stated")));
        if design.design == "One team" {
            let sooner = both[prompt].expect("the goal is measured");
            assert!(sooner.is_sure() && 0.02 < sooner.difference.mean, "{sooner:?}");
        }
    }
}

#[test]
fn the_second_hire_is_due_between_75_and_85_messages_a_day() {
    let at = |volume: &str| {
        let run_for = ("experiment.run_for", "\"13 weeks\"");
        told("one_person.json", &[("customers.messages", volume), run_for])
    };
    let a_day =
        Quantity { measure: MeasureId::AnsweredWithin.measure(), within: Some(SimTime::DAY) };
    let within = |result: &ExperimentResult, design| mean(result, design, a_day);
    let met = |result: &ExperimentResult| -> Vec<usize> {
        result.goals[0].designs.iter().map(|runs| runs.map_or(0, |runs| runs.met)).collect()
    };
    let stated = at("\"40/day\"");
    assert_eq!(met(&stated), [4, 4]);
    assert!(0.58 < within(&stated, "One person"));
    let [before, after] = [at("\"75/day\""), at("\"85/day\"")];
    assert!(0.5 < within(&before, "One person") && within(&after, "One person") < 0.5);
    assert!(0.6 < within(&after, "Two people"));
    assert!(met(&after)[0] < 2 && met(&after)[1] == 4, "{:?}", met(&after));
    let many = at("\"160/day\"");
    assert_eq!(many.designs[0].falls_behind().map(|(role, _)| role), Some("care agent"));
}

#[test]
fn knowledge_flips_the_quickstart_where_nobody_is_short_of_hours() {
    let at = |share| {
        let sets = [
            ("customers.need_unit_knowledge", share),
            ("experiment.repeat", "14"),
            ("experiment.run_for", "\"13 weeks\""),
        ];
        (told("quickstart.json", &sets), loaded("quickstart.json", &sets).scenario.model)
    };
    let winner = |result: &ExperimentResult| {
        let score = result.scores.iter().find(|of| of.score == Score::Responsive).expect("scored");
        let winner = score.winner().expect("it is sure, and worth noticing");
        result.designs[winner].name.clone()
    };
    let mut winners = Vec::new();
    for (result, model) in [at("\"5%\""), at("\"24%\"")] {
        for (design, of) in result.designs.iter().zip(&model.designs) {
            let told = orgsim::model::load(&model.world, &model.practice, &of.organization);
            for (role, load) in design.roles.iter().zip(&told.roles) {
                let measured = role.number("utilization").mean().unwrap_or(0.0);
                assert!(measured <= 0.85, "{}: {measured} of {}", design.name, role.name);
                let load = load.utilization().unwrap_or(0.0);
                assert!(load <= 0.85, "{}: {load} of {}", design.name, role.name);
            }
        }
        winners.push(winner(&result));
        if winners.len() == 2 {
            let stop = AtomicBool::new(false);
            let options = Options::plain(0, &stop);
            let hours = same_hours(&model, &result, &options).expect("there are people");
            assert!(hours.all_stay(), "{hours:?}");
        }
    }
    assert_eq!(winners, ["Centralized", "Decentralized"]);
}

#[test]
fn hours_help_wherever_they_come_from() {
    let result = told("follow_the_sun.json", &[]);
    let over = |design| ahead(&result, [design, "One site by day"], MeasureId::AnsweredWithin);
    assert!(0.2 < over("Three sites") && over("Three sites") < over("One site, three shifts"));
}

#[test]
fn two_languages_each_are_worth_more_than_one_or_three() {
    let result = told("languages.json", &[]);
    for other in ["One language each", "All three"] {
        assert!(0.015 < ahead(&result, ["Two each", other], MeasureId::AnsweredWithin), "{other}");
    }
    let scope = result.goals[1].scope;
    let in_french = |design: &str| {
        let of = result.designs.iter().find(|of| of.name == design).expect("it is there");
        let number = result.quantity(MeasureId::AnsweredWithin).expect("it is told");
        of.scopes[scope].measures[number].mean().expect("there are such inquiries")
    };
    // who writes in the smallest language gains more than the others
    assert!(0.04 < in_french("Two each") - in_french("One language each"));
}

#[test]
fn the_workshop_shows_what_its_lesson_tells() {
    let hours = told("workshop/1-customers.json", &[]);
    assert!(0.25 < ahead(&hours, ["Every day", "Office hours"], MeasureId::AnsweredWithin));
    let pooled = told("workshop/2-one-desk.json", &[]);
    assert!(0.04 < ahead(&pooled, ["One desk", "Three desks"], MeasureId::AnsweredWithin));
    let full = told("workshop/3-overload.json", &[]);
    let behind = full.designs[0].falls_behind().map(|(role, _)| role);
    assert_eq!((full.designs[0].name.as_str(), behind), ("Six people", Some("desk")));
    assert!((mean(&full, "Seven people", MeasureId::AnsweredWithin) - 0.4).abs() < 0.1);
    let hub = |share| told("workshop/4-hub.json", &[("customers.need_unit_knowledge", share)]);
    let apart = ["One desk", "A desk in each line"];
    assert!(0.03 < ahead(&hub("\"0%\""), apart, MeasureId::AnsweredWithin));
    assert!(ahead(&hub("\"25%\""), apart, MeasureId::AnsweredWithin).abs() < 0.04);
    let many = hub("\"80%\"");
    assert!(many.designs[0].falls_behind().is_some_and(|(role, _)| role.contains("expert")));
}

#[test]
fn mentions_that_customers_interrupt_cost_them_nothing() {
    let result = told("proactive.json", &[]);
    let (never, interrupted) = ("Never", "Customers interrupt");
    for id in
        [MeasureId::AnsweredWithin, MeasureId::FirstReplyMean, MeasureId::SettledInConversation]
    {
        let difference = ahead(&result, [interrupted, never], id);
        assert!(difference.abs() <= 0.0, "{id:?} differs by {difference}");
    }
    let reached = |design| mean(&result, design, MeasureId::MentionsReached);
    assert!(0.2 < reached(interrupted), "{}", reached(interrupted));
    // who may not be interrupted lets customers wait, and whoever keeps somebody free reaches fewer
    assert!(ahead(&result, ["When nothing waits", never], MeasureId::AnsweredWithin) < 0.0);
    assert!(
        0.02 < ahead(&result, ["When nothing waits", "One kept free"], MeasureId::MentionsReached)
    );
    assert!(
        ahead(&result, ["Interrupted, and slow to turn", never], MeasureId::AnsweredWithin) < 0.0
    );
}

#[test]
fn deflecting_is_soon_settles_least_and_sours_moods() {
    let result = told("audience.json", &[]);
    let over = |design, id| ahead(&result, [design, "Answer all"], id);
    let (brief, warm) = ("Please call us", "Good with people");
    assert!(
        0.05 < over(brief, MeasureId::AnsweredWithin)
            && over(warm, MeasureId::AnsweredWithin) < -0.02
    );
    assert!(over(brief, MeasureId::SettledInConversation) < -0.2);
    assert!(0.1 < over(brief, MeasureId::LeftWorse) && over(warm, MeasureId::LeftWorse) < -0.02);
    let private = "Into private";
    assert!(over(private, MeasureId::SettledByFirstReply) < -0.1);
    assert!(over(private, MeasureId::SettledInConversation).abs() < 0.06);
}
