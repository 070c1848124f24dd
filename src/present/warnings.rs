//! What a reader should know before trusting the numbers, in the words of leaders.

use crate::experiment::{
    AnswerPart, Estimate, ExperimentResult, TooShort, WarmUpTooShort, Warning, Widest,
};
use crate::present::length::rough_length;
use crate::present::words::list;
use crate::sim::Stop;

/// Said, after its name, of a role with as much work as time.
const NEVER_SETTLES: &str = "has work for all of its time. Unless all comes and is done like clockwork, its queue \
    grows with the length of the run, and none is long enough for its averages";
/// Said of a role that falls behind by its load alone.
const FALLS_BEHIND_UNSEEN: &str = "falls behind for good, too slowly for this run to show: no run is long enough \
    for its averages";
/// Said, after their number, of scopes without a row.
const SCOPES_LEFT_OUT: &str = "of the topics, channels, segments, languages and stages have no row of their own: \
    there are too many";

/// All warnings of a result, one sentence each.
pub fn warnings(result: &ExperimentResult) -> Vec<String> {
    result.warnings.iter().map(|warning| sentence(result, warning)).collect()
}

/// What is not there, as the end of a sentence: `; the studies and the next step are missing`.
pub fn missing_clause(missing: &[AnswerPart]) -> String {
    let name = |of: &AnswerPart| match of {
        AnswerPart::WhatIfs => "the what-ifs",
        AnswerPart::Studies => "the studies",
        AnswerPart::NextStep => "the next step",
        AnswerPart::Hours => "whether hours decide it",
        AnswerPart::Dials => "what it depends on",
    };
    let names: Vec<&str> = missing.iter().map(name).collect();
    match names.as_slice() {
        [] => String::new(),
        [only] if !only.ends_with('s') => format!("; {only} is missing"),
        names => format!("; {} are missing", list(names)),
    }
}

/// What is estimated, by name.
pub(super) fn estimated(result: &ExperimentResult, widest: &Widest) -> String {
    match widest.of {
        Estimate::WaitAt(role) => format!("wait at {}", role_name(result, widest.design, role)),
        Estimate::Quantity(quantity) => result.quantities[quantity].name(),
    }
}

fn sentence(result: &ExperimentResult, warning: &Warning) -> String {
    let name = |design: usize| result.designs[design].name.as_str();
    let role_name = |design, role| role_name(result, design, role);
    let of_role = |design, role, told: String| {
        format!("{}: {} {told}", name(design), role_name(design, role))
    };
    let by_load = |design, role, told: &str| {
        format!("{}: by its load {} {told}", name(design), role_name(design, role))
    };
    match warning {
        Warning::StoppedEarly { completed, asked, missing } => {
            let missing = missing_clause(missing);
            format!("stopped early: {completed} of {asked} repetitions are complete{missing}")
        }
        Warning::StoppedBeside { missing } => {
            format!("stopped early: the repetitions are complete{}", missing_clause(missing))
        }
        &Warning::Unfinished { design, replication, stop } => {
            let why = why_stopped(stop, |role| role_name(design, role));
            format!("{}: repetition {replication} could not be finished: {why}", name(design))
        }
        &Warning::FallsBehind { design, role, per_day } => {
            of_role(design, role, falls_behind(per_day))
        }
        Warning::OneReplication => "one run gives no \u{b1}: repeat it".into(),
        Warning::ScopesLeftOut { scopes } => format!("{scopes} {SCOPES_LEFT_OUT}"),
        &Warning::NeverSettles { design, role } => by_load(design, role, NEVER_SETTLES),
        &Warning::FallsBehindUnseen { design, role } => by_load(design, role, FALLS_BEHIND_UNSEEN),
        Warning::TooShort(of) => by_load(of.design, of.role, &too_short(of)),
        &Warning::StillFills { design, role, per_day } => {
            of_role(design, role, still_fills(per_day))
        }
        &Warning::StillRises { design, earlier, later } => {
            format!("{}: {}", name(design), still_rises(earlier, later))
        }
        Warning::WarmUpTooShort(of) => format!("{}: {}", name(of.design), warm_up_too_short(of)),
        Warning::PrecisionMissed { within, replications, widest } => format!(
            "the precision of {}% is not reached after {replications} repetitions: {} of {} {}",
            percent(*within),
            estimated(result, widest),
            name(widest.design),
            how_exact(widest)
        ),
        &Warning::PrecisionWithheld { within, design } => format!(
            "the precision of {}% cannot be reached for {}, whose averages are withheld",
            percent(within),
            name(design)
        ),
    }
}

fn role_name(result: &ExperimentResult, design: usize, role: usize) -> &str {
    result.designs[design].roles.get(role).map_or("a role", |role| role.name.as_str())
}

/// Why a repetition could not be finished.
fn why_stopped<'a>(stop: Stop, role_name: impl Fn(usize) -> &'a str) -> String {
    let role = stop.role().map_or("", |role| role_name(role as usize));
    match stop {
        Stop::Asked => "it was asked to stop".into(),
        Stop::TooMany(_) => format!("too much piled up, most of it at {role}"),
        Stop::NoMemory(_) => format!(
            "memory ran short, most of what piled up is at {role}; \
             give that role more people or the run more memory (fewer `--threads` leave more for each)"
        ),
        Stop::TooManyHops(_) => {
            format!("one inquiry was passed on without end, last to {role}")
        }
        Stop::NoProgress => "its clock stood still".into(),
        Stop::Stuck(_) => format!("what waits at {role} is never taken up"),
    }
}

fn falls_behind(per_day: f64) -> String {
    format!("falls behind by about {per_day:.0} a day; its numbers depend on how long one looks")
}

fn still_fills(per_day: f64) -> String {
    let decimals = usize::from(per_day < 10.0);
    format!(
        "still fills up, by {per_day:.decimals$} a day, though not for good: averages of this run are none of the \
         long run; let `warm_up` be longer"
    )
}

/// How long a run must be for a role that is nearly full.
fn too_short(of: &TooShort) -> String {
    let times = match of.replications {
        1 => "one repetition".to_owned(),
        n => format!("{n} repetitions"),
    };
    format!(
        "is {} busy, and this run is too short for that: \u{b1}{}% takes {times} of about {}, not of {}",
        nearly_all(of.utilization),
        percent(of.within),
        rough_length(of.takes_hours),
        rough_length(of.counted.hours()),
    )
}

fn still_rises(earlier: f64, later: f64) -> String {
    format!(
        "what is inside still rises when the run ends, from {} on average to {} in the last half of the time \
         that counts: its averages are of this stretch alone, and a longer warm-up may not settle them; let `run_for` be \
         several times as long, which tells whether it falls behind, or relieve it",
        number_inside(earlier),
        number_inside(later),
    )
}

fn warm_up_too_short(of: &WarmUpTooShort) -> String {
    format!(
        "the warm-up looks too short: {} are inside on average in the first {} that count, and {} after that; \
         let `warm_up` be at least {}, or `by MSER-5`",
        number_inside(of.inside_first),
        rough_length(of.first.hours()),
        number_inside(of.inside_after),
        rough_length(of.at_least.hours()),
    )
}

/// How exact the least exact estimate is.
fn how_exact(widest: &Widest) -> String {
    match widest.share.is_finite() {
        true => format!("is known to {:.1}% of its value", 100.0 * widest.share),
        false => "has no \u{b1} that could be set against it".into(),
    }
}

/// A share in percent, without the digits that its binary form adds.
fn percent(share: f64) -> f64 {
    (1e6 * share).round() / 1e4
}

fn number_inside(number: f64) -> String {
    format!("{number:.*}", usize::from(number < 9.95))
}

/// A share just below 1, with as many digits as keep it below: `99.9%`.
fn nearly_all(share: f64) -> String {
    let (mut gap, mut decimals) = (100.0 * (1.0 - share), 0);
    while gap < 0.95 && decimals < 6 {
        gap *= 10.0;
        decimals += 1;
    }
    format!("{:.decimals$}%", 100.0 * share)
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::experiment::examples::{plain_model, run_with};
    use crate::experiment::made_up::made_up;
    use crate::experiment::{Options, run_to_precision};
    use crate::model::{Model, Precision, StudyKind};
    use crate::units::SimTime;

    fn check(warning: Warning, expected: Expect) {
        let result = ExperimentResult { warnings: vec![warning], ..made_up() };
        expected.assert_eq(&warnings(&result).join("\n"));
    }

    /// One desk to which so many come an hour, of the ten that it can serve.
    fn desk(per_hour: f64) -> Model {
        plain_model(1, per_hour, StudyKind::TypicalWeeks)
    }

    fn check_run(model: &Model, expected: Expect) {
        expected.assert_eq(&warnings(&run_with(model, 2)).join("\n"));
    }

    #[test]
    fn a_run_that_was_stopped_says_what_is_missing() {
        use AnswerPart::{Dials, Hours, NextStep, Studies, WhatIfs};
        assert_eq!(missing_clause(&[]), "");
        assert_eq!(
            missing_clause(&[Studies, NextStep]),
            "; the studies and the next step are missing"
        );
        assert_eq!(missing_clause(&[WhatIfs]), "; the what-ifs are missing");
        assert_eq!(missing_clause(&[Dials]), "; what it depends on is missing");
        check(
            Warning::StoppedBeside { missing: vec![NextStep] },
            expect!["stopped early: the repetitions are complete; the next step is missing"],
        );
        check(
            Warning::StoppedEarly { completed: 3, asked: 30, missing: vec![] },
            expect!["stopped early: 3 of 30 repetitions are complete"],
        );
        let missing = vec![NextStep, Hours, Dials];
        check(
            Warning::StoppedEarly { completed: 3, asked: 30, missing: missing.clone() },
            expect![
                "stopped early: 3 of 30 repetitions are complete; the next step, whether hours decide it and what it depends on are missing"
            ],
        );
        let mut result = ExperimentResult { incomplete: true, ..made_up() };
        result.warnings = vec![Warning::StoppedEarly { completed: 3, asked: 30, missing: vec![] }];
        result.stopped_beside(missing.clone());
        assert_eq!(result.warnings, [Warning::StoppedEarly { completed: 3, asked: 30, missing }]);
    }

    #[test]
    fn what_could_not_be_finished_says_why_and_where() {
        for (stop, expected) in [
            (
                Stop::TooMany(0),
                expect![
                    "Hub and spoke: repetition 7 could not be finished: too much piled up, most of it at hub triage"
                ],
            ),
            (
                Stop::NoMemory(0),
                expect![
                    "Hub and spoke: repetition 7 could not be finished: memory ran short, most of what piled up is at hub triage; give that role more people or the run more memory (fewer `--threads` leave more for each)"
                ],
            ),
            (
                Stop::TooManyHops(0),
                expect![
                    "Hub and spoke: repetition 7 could not be finished: one inquiry was passed on without end, last to hub triage"
                ],
            ),
            (
                Stop::NoProgress,
                expect!["Hub and spoke: repetition 7 could not be finished: its clock stood still"],
            ),
            (
                Stop::Stuck(99),
                expect![
                    "Hub and spoke: repetition 7 could not be finished: what waits at a role is never taken up"
                ],
            ),
        ] {
            check(Warning::Unfinished { design: 1, replication: 7, stop }, expected);
        }
    }

    #[test]
    fn backlogs_that_grow_are_told_by_role_and_day() {
        check(
            Warning::FallsBehind { design: 1, role: 0, per_day: 14.2 },
            expect![
                "Hub and spoke: hub triage falls behind by about 14 a day; its numbers depend on how long one looks"
            ],
        );
        check(
            Warning::StillFills { design: 1, role: 0, per_day: 9.97 },
            expect![
                "Hub and spoke: hub triage still fills up, by 10.0 a day, though not for good: averages of this run are none of the long run; let `warm_up` be longer"
            ],
        );
        check(
            Warning::StillFills { design: 1, role: 0, per_day: 14.2 },
            expect![
                "Hub and spoke: hub triage still fills up, by 14 a day, though not for good: averages of this run are none of the long run; let `warm_up` be longer"
            ],
        );
        check(
            Warning::FallsBehindUnseen { design: 1, role: 0 },
            expect![
                "Hub and spoke: by its load hub triage falls behind for good, too slowly for this run to show: no run is long enough for its averages"
            ],
        );
    }

    #[test]
    fn what_a_result_cannot_tell_is_said() {
        check(Warning::OneReplication, expect!["one run gives no ±: repeat it"]);
        check(
            Warning::ScopesLeftOut { scopes: 12 },
            expect![
                "12 of the topics, channels, segments, languages and stages have no row of their own: there are too many"
            ],
        );
    }

    #[test]
    fn a_run_too_short_for_its_load_names_the_length_it_needs() {
        check_run(&desk(9.0), expect![""]);
        check_run(
            &desk(9.99),
            expect![
                "One queue: by its load front desk is 99.9% busy, and this run is too short for that: ±10% takes 4 repetitions of about 12 thousand years, not of 8 days"
            ],
        );
        check_run(
            &desk(10.0),
            expect![
                "One queue: by its load front desk has work for all of its time. Unless all comes and is done like clockwork, its queue grows with the length of the run, and none is long enough for its averages"
            ],
        );
        let one = TooShort {
            design: 0,
            role: 0,
            utilization: 0.98,
            within: 0.1,
            replications: 1,
            takes_hours: 8.15e6,
            counted: SimTime::WEEK.times(1513),
        };
        check(
            Warning::TooShort(one),
            expect![
                "Centralized: by its load agents is 98% busy, and this run is too short for that: ±10% takes one repetition of about 930 years, not of 29 years"
            ],
        );
    }

    /// A desk that is looked at for 400 hours, so many times.
    fn looked_at(per_hour: f64, replications: u32) -> Model {
        let mut model = desk(per_hour);
        model.study.warm_up = SimTime::ZERO;
        model.study.run_for = SimTime::HOUR.times(400);
        model.study.replications = replications;
        model
    }

    #[test]
    fn a_queue_that_has_not_forgotten_its_start_is_told() {
        check_run(
            &looked_at(9.5, 40),
            expect![[r#"
                One queue: by its load front desk is 95% busy, and this run is too short for that: ±10% takes 40 repetitions of about 10 weeks, not of 17 days
                One queue: the warm-up looks too short: 9.8 are inside on average in the first 2 days that count, and 17 after that; let `warm_up` be at least 2 days, or `by MSER-5`"#]],
        );
        check(
            Warning::StillRises { design: 0, earlier: 53.8, later: 67.2 },
            expect![
                "Centralized: what is inside still rises when the run ends, from 54 on average to 67 in the last half of the time that counts: its averages are of this stretch alone, and a longer warm-up may not settle them; let `run_for` be several times as long, which tells whether it falls behind, or relieve it"
            ],
        );
    }

    #[test]
    fn a_precision_that_is_not_reached_is_told() {
        let stop = std::sync::atomic::AtomicBool::new(false);
        let reach = |per_hour: f64, within: f64, at_most: u32| {
            let precision = Precision { within, at_most };
            warnings(&run_to_precision(&desk(per_hour), precision, &Options::plain(2, &stop)))
        };
        let told = reach(6.0, 1e-6, 7).pop().unwrap();
        let expected = "the precision of 0.0001% is not reached after 7 repetitions: wait at front desk of One queue";
        assert!(told.starts_with(expected), "{told}");
        expect!["the precision of 5% cannot be reached for One queue, whose averages are withheld"]
            .assert_eq(&reach(12.0, 0.05, 100).pop().unwrap());
        assert!(reach(9.99, 0.05, 100).iter().any(|told| told.contains("5% takes 4 repetitions")));
        let widest = Widest { share: f64::INFINITY, design: 2, of: Estimate::Quantity(0) };
        check(
            Warning::PrecisionMissed { within: 0.05, replications: 30, widest },
            expect![
                "the precision of 5% is not reached after 30 repetitions: answered within an hour of Decentralized has no ± that could be set against it"
            ],
        );
    }

    #[test]
    fn a_share_below_one_reads_so() {
        assert_eq!([0.95, 0.999, 0.99994].map(nearly_all), ["95%", "99.9%", "99.994%"]);
    }
}
