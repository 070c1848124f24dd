//! The answer itself: one sentence, and one for each score, never blended.

use super::apart::{apart_otherwise, goals_apart, worse_otherwise};
use super::of_score::{more, sentence};
use super::{AnswerContext, more_money};
use crate::experiment::{DesignResult, ExperimentResult, Measured, ScoreResult, Verdict};
use crate::model::{MeasureId, Score};
use crate::present::Stretch;
use crate::present::numbers::{heads, share, significant};
use crate::present::paint::{Paint, Painted};
use crate::present::words::{LINE, either, list, wrap};
use crate::study::{Cope, HoursCheck, HoursVerdict, Lack};

/// Columns left of the sentences.
const INDENT: usize = 15;

pub(super) fn verdict(result: &ExperimentResult, context: &AnswerContext<'_>, text: &mut Painted) {
    let lines = wrap(&overall(result, context), 9, LINE, 9);
    for (i, line) in lines.into_iter().enumerate() {
        let head = if i == 0 { "ANSWER   " } else { "" };
        text.stretches(vec![(Paint::Head, head.into()), (Paint::Answer, line)]);
    }
    for score in &result.scores {
        block(label(score.score), &sentence(result, score), text);
    }
    for sentence in overloaded(result, context) {
        block("Overloaded", &sentence, text);
    }
    if let Some(sentence) = hours(result, context) {
        block("Hours", &sentence, text);
    }
}

/// What is said of designs that fall behind for good.
pub(super) fn overloaded(result: &ExperimentResult, context: &AnswerContext<'_>) -> Vec<String> {
    let told = |(at, design): (usize, &DesignResult)| {
        let (role, per_day) = design.falls_behind().filter(|_| design.withheld)?;
        let cope = context.copes.iter().find(|cope| cope.design == at);
        let more = Stretch::more(per_day, 2);
        let adds = cope.map(|cope| cope.per_day).filter(|of| WAITING_ADDS * of < per_day);
        let adds = adds.filter(|_| per_day.is_finite()).map_or(String::new(), |by_load| {
            let some = Stretch::of_days(per_day).count(by_load, 2);
            format!(" ({some} by its work alone; the others come of the waiting)")
        });
        let cope = cope.map_or(String::new(), |cope| {
            let less = (100.0 * cope.less).ceil();
            let with = with_heads(cope);
            // in the words of the excess, beside which the share stands
            let alike = per_day.is_finite() && cope.per_day < WAITING_ADDS * per_day;
            let alone = cope.lacks.len() == 1 && adds.is_empty() && alike;
            let fewer = match alone {
                true => format!(" ({} fewer)", Stretch::of_days(per_day).count(cope.per_day, 2)),
                false => String::new(),
            };
            format!(" By its load, it keeps up with {with}, or with {less}% less to do{fewer}.")
        });
        let than = match design.overload.as_ref().is_some_and(|of| of.in_all) {
            false => format!("than {role} can do{adds}"),
            true => format!("in all, most of it at {role}, though each desk has time enough"),
        };
        Some(format!(
            "{} falls behind for good: {more} {than}.{cope} \
             Its averages would depend on how long one looks.",
            named(design)
        ))
    };
    result.designs.iter().enumerate().filter_map(told).collect()
}

/// From so many times what comes in excess by the load, the growth of a backlog is told to have more causes.
const WAITING_ADDS: f64 = 1.5;

/// Names that read as words of a sentence.
const WORDS: [&str; 10] =
    ["all", "both", "it", "neither", "never", "no", "nobody", "none", "nothing", "one"];

/// A design's name within a sentence, in backquotes where it would read as a word of it.
pub(super) fn named(design: &DesignResult) -> String {
    match WORDS.contains(&design.name.to_lowercase().as_str()) {
        true => format!("`{}`", design.name),
        false => design.name.clone(),
    }
}

/// Most roles whose people are told.
const LACKS: usize = 3;

/// `9.4 people instead of 6.6`; of several roles each by its name.
pub(super) fn with_heads(cope: &Cope) -> String {
    let first =
        |need: &Lack| format!("{} people instead of {}", heads(need.needed), heads(need.heads));
    let [only] = cope.lacks.as_slice() else {
        let told = |(at, need): (usize, &Lack)| match at {
            0 => format!("{} as {}", first(need), need.role),
            _ => {
                format!("{} instead of {} as {}", heads(need.needed), heads(need.heads), need.role)
            }
        };
        let mut all: Vec<String> = cope.lacks.iter().enumerate().take(LACKS).map(told).collect();
        match cope.lacks.len().saturating_sub(LACKS) {
            0 => {}
            1 => all.push("more in one other role".into()),
            more => all.push(format!("more in {more} other roles")),
        }
        return list(&all.iter().map(String::as_str).collect::<Vec<_>>());
    };
    first(only)
}

fn block(label: &str, sentence: &str, text: &mut Painted) {
    for (i, line) in wrap(sentence, INDENT, LINE, INDENT).into_iter().enumerate() {
        text.line(if i == 0 { format!("  {label:<13}{line}") } else { line });
    }
}

pub(super) fn label(score: Score) -> &'static str {
    match score {
        Score::Responsive => "Responsive",
        Score::Interactive => "Interactive",
        Score::Proactive => "Proactive",
        Score::Quality => "Quality",
        Score::Workload => "Workload",
        Score::Money => "Money",
    }
}

/// What a score is about, within a sentence: `being responsive`.
fn quality(score: Score) -> String {
    label(score).to_lowercase()
}

/// The first sentence: what follows for the whole question; beside storms, in other weeks than theirs.
pub(super) fn overall(result: &ExperimentResult, context: &AnswerContext<'_>) -> String {
    let told = of_all(result, context);
    if !context.ordinary {
        return told;
    }
    // only names stay large, and only behind a name is no second colon
    let goes_on =
        ["It ", "No ", "Nobody ", "None ", "There "].iter().any(|of| told.starts_with(of));
    let is_name = result.designs.iter().any(|design| told.starts_with(&design.name));
    match goes_on && !is_name {
        true => format!("In ordinary weeks {}{}", told[..1].to_lowercase(), &told[1..]),
        false => format!("In ordinary weeks: {told}"),
    }
}

fn of_all(result: &ExperimentResult, context: &AnswerContext<'_>) -> String {
    let scores = &result.scores;
    if result.completed() == 0 && result.designs.iter().all(|design| design.stopped.is_none()) {
        return "None yet: no repetition is complete.".into();
    }
    if nobody_came(result) {
        return match scores.first() {
            None => "Nobody wrote: there is nothing to score.".into(),
            Some(_) => {
                format!("Nobody wrote, so only mentions tell: {}", of_scores(result, context))
            }
        };
    }
    if scores.is_empty() {
        return match result.designs.iter().all(|design| design.withheld) {
            true => "No design copes: each of them falls behind for good.".into(),
            false => "There is nothing to score: no inquiry needed a reply.".into(),
        };
    }
    let told = of_scores(result, context);
    match most_give_up(result) {
        Some(short) => format!("{short} {told}"),
        None => told,
    }
}

/// Where more customers give up than not in every design: whichever is best, it is not enough.
fn most_give_up(result: &ExperimentResult) -> Option<String> {
    let gave_up = |design| result.measured(design, MeasureId::GaveUp).and_then(Measured::mean);
    let all = (0..result.designs.len()).filter_map(gave_up);
    let least = all.min_by(f64::total_cmp).filter(|least| 0.5 <= *least)?;
    let told = share(least, None);
    Some(match result.designs.len() {
        1 => format!("It is not enough: {told} give up waiting."),
        _ => format!("No design is enough: even in the best of them {told} give up waiting."),
    })
}

/// Whether there was no message at all.
pub(super) fn nobody_came(result: &ExperimentResult) -> bool {
    let mut run = result.designs.iter().filter(|design| !design.completed.is_empty()).peekable();
    run.peek().is_some() && run.all(|design| design.totals.arrived == 0)
}

/// Whether nobody needed a reply: no design has a share of those who got one in time.
pub(super) fn nobody_asked(result: &ExperimentResult) -> bool {
    let answered =
        |design| result.measured(design, MeasureId::AnsweredWithin).and_then(Measured::mean);
    nobody_came(result) || (0..result.designs.len()).all(|design| answered(design).is_none())
}

/// The first sentence where there is something to score.
fn of_scores(result: &ExperimentResult, context: &AnswerContext<'_>) -> String {
    let scores = &result.scores;
    let name = |design: usize| named(&result.designs[design]);
    let count = match scores.as_slice() {
        [only] => &format!("being {}", quality(only.score)),
        [_, _] => "both",
        _ => "all three",
    };
    let verdicts: Vec<&Verdict> = scores.iter().map(|score| &score.verdict).collect();
    if verdicts.contains(&&Verdict::Alone) {
        let others = result.designs.len() - 1;
        return match others {
            0 => "One design, nothing to compare it with.".into(),
            _ => {
                let only = scores[0].ranking[0];
                let perhaps = match result.designs[only].hardly_copes() {
                    true => {
                        " Its people have next to no time left either: a longer run may show that it does not cope."
                    }
                    false => "",
                };
                format!("{}: no other design copes.{perhaps}", name(only))
            }
        };
    }
    if verdicts.contains(&&Verdict::OneRun) {
        return format!(
            "A single run cannot tell luck from a difference: {} --repeat 30",
            context.command
        );
    }
    let mut winners: Vec<usize> = scores.iter().filter_map(ScoreResult::winner).collect();
    let decided = winners.len();
    winners.sort();
    winners.dedup();
    match (winners.as_slice(), decided == scores.len()) {
        ([only], true) => {
            let but = worse_otherwise(result, *only).unwrap_or_default();
            format!("{} is best at {count}{}.{but}", name(*only), at_more_money(result, *only))
        }
        ([only], false) => {
            let caveat = at_more_money(result, *only);
            match behind(result, *only).as_slice() {
                [] => {
                    let but = worse_otherwise(result, *only).unwrap_or_default();
                    format!(
                        "{}, where a difference can be told and matters{caveat}.{but}",
                        name(*only)
                    )
                }
                behind => {
                    let ahead = scores.iter().filter(|score| score.winner().is_some());
                    let ahead: Vec<String> = ahead.map(|score| quality(score.score)).collect();
                    format!(
                        "It depends on what you want most. {} is best at being {}{caveat}, but {}.",
                        name(*only),
                        listed(&ahead),
                        listed(behind)
                    )
                }
            }
        }
        ([], _) => undecided(result, context, count),
        (_, _) => format!("It depends on what you want most. No design is best at {count}."),
    }
}

/// Where the only winner is surely and noticeably behind the best, though nobody wins there: by how much, and behind
/// whom.
fn behind(result: &ExperimentResult, winner: usize) -> Vec<String> {
    let far = |score: &ScoreResult| {
        let place = score.ranking.iter().position(|&design| design == winner)?.checked_sub(1)?;
        let lead = score.against_best.get(place).copied().flatten()?.interval;
        let surely = lead.low().is_some_and(|low| 0.0 < low);
        let best = named(&result.designs[score.ranking[0]]);
        (surely && result.worth(score.quantity) <= lead.mean).then(|| {
            let score = quality(score.score);
            format!("{} behind {best} at being {score}", more(lead))
        })
    };
    result.scores.iter().filter_map(far).collect()
}

pub(super) fn listed(words: &[String]) -> String {
    list(&words.iter().map(String::as_str).collect::<Vec<_>>())
}

/// What stands beside a winner that costs noticeably more than another design: the most of it.
fn at_more_money(result: &ExperimentResult, winner: usize) -> String {
    let others = (0..result.designs.len()).filter_map(|other| more_money(result, winner, other));
    others.reduce(f64::max).map_or(String::new(), |more| caveat(more, "up to "))
}

pub(super) fn caveat(more: f64, up_to: &str) -> String {
    format!(", at {up_to}{}% more money", significant(100.0 * more, 2))
}

/// The first sentence where there is no winner at all.
fn undecided(result: &ExperimentResult, context: &AnswerContext<'_>, count: &str) -> String {
    let small = |score: &ScoreResult| matches!(score.verdict, Verdict::TooSmall { .. });
    if result.scores.iter().all(small) {
        let but = goals_apart(result).or_else(|| apart_otherwise(result)).unwrap_or_default();
        return format!("{}{but}", hardly(result));
    }
    let needed = result.scores.iter().filter_map(|score| match score.verdict {
        Verdict::TooClose { repetitions, .. } => repetitions,
        _ => None,
    });
    let tell = needed.max().filter(|&n| n <= 100_000).map_or(String::new(), |n| {
        let n = n.next_multiple_of(10);
        format!(" About {n} repetitions would tell ({} --repeat {n}).", context.command)
    });
    let those = |close: bool| -> Vec<String> {
        let scores = result.scores.iter().filter(|score| small(score) != close);
        scores.map(|score| quality(score.score)).collect()
    };
    match those(false).as_slice() {
        [] => format!("Too close to call on {count}.{tell}"),
        little => format!(
            "Too close to call at being {}; too small to matter at being {}.{tell}",
            listed(&those(true)),
            listed(little)
        ),
    }
}

/// Where the best differ too little at each score: who they are, unless they are all the designs there are.
fn hardly(result: &ExperimentResult) -> String {
    const LITTLE: &str = "differ by less than you would notice";
    let all = result.designs.len();
    let alike = |score: &ScoreResult| {
        let mut alike = score.alike();
        alike.sort();
        alike
    };
    let mut sets: Vec<Vec<usize>> = result.scores.iter().map(alike).collect();
    if sets.iter().all(|set| set.len() == all) {
        return format!("It hardly matters: the best designs {LITTLE}.");
    }
    let names = |set: &[usize]| set.iter().map(|&of| named(&result.designs[of])).collect();
    let either = |set: &[usize]| -> String {
        let names: Vec<String> = names(set);
        either(&names.iter().map(String::as_str).collect::<Vec<_>>())
    };
    sets.dedup();
    if let [set] = sets.as_slice() {
        let rest: Vec<usize> = (0..all).filter(|of| !set.contains(of)).collect();
        let behind = match rest.len() {
            1 => format!("{} is", listed(&names(&rest))),
            2 => format!("{} are", listed(&names(&rest))),
            _ => "all others are".into(),
        };
        return format!("{}: they {LITTLE}, and {behind} behind the best of them.", either(set));
    }
    let told = result.scores.iter().map(|score| {
        let set = alike(score);
        let who = if set.len() == all { "any design".into() } else { either(&set) };
        format!("{who} at being {}", quality(score.score))
    });
    format!("The best designs {LITTLE}: {}.", listed(&told.collect::<Vec<_>>()))
}

/// Whether opening hours decide anything.
pub(super) fn hours(result: &ExperimentResult, context: &AnswerContext<'_>) -> Option<String> {
    let check = context.hours?;
    let winners = result.scores.iter().filter(|score| score.winner().is_some()).count();
    if winners == 0 {
        return None;
    }
    let (longer, with) = match check.open_alike {
        true => ("More person-hours", "with the same person-hours for all"),
        false => ("Longer hours", "with the same opening hours and person-hours for all"),
    };
    if check.all_stay() {
        let who = match winners {
            1 => "who leads clearly stays",
            _ => "all who lead clearly stay",
        };
        return Some(format!("{longer} decide no lead: {with}, {who}."));
    }
    let mut changes = leaders(result, check);
    let how = match changes.is_empty() {
        true => "may decide it",
        false => decide(check),
    };
    let what = if check.open_alike { "Person-hours " } else { "" };
    changes.extend(nobody_left(result, check, changes.is_empty()));
    let changes: Vec<&str> = changes.iter().map(String::as_str).collect();
    Some(format!("{what}{how}: {with}, {}.", list(&changes)))
}

/// How much hours decide where they take some lead away.
fn decide(check: &HoursCheck) -> &'static str {
    let led = || {
        let verdicts = check.verdicts.iter().map(|&(_, verdict)| verdict);
        verdicts.filter(|verdict| *verdict != HoursVerdict::NoWinner)
    };
    let untold = |verdict| matches!(verdict, HoursVerdict::Stays | HoursVerdict::Withheld(_));
    let turned = |verdict| matches!(verdict, HoursVerdict::Changes(_));
    match () {
        () if led().any(untold) => "decide part of it",
        () if led().all(turned) => "turn it round",
        () => "decide it",
    }
}

/// Who would lead, and at what; the same one once.
fn leaders(result: &ExperimentResult, check: &HoursCheck) -> Vec<String> {
    let mut leads: Vec<(String, Vec<String>)> = Vec::new();
    for &(score, verdict) in &check.verdicts {
        let who = match verdict {
            HoursVerdict::Changes(to) => format!("{} would", named(&result.designs[to])),
            HoursVerdict::Fades => "nobody would clearly".into(),
            HoursVerdict::Stays | HoursVerdict::NoWinner | HoursVerdict::Withheld(_) => continue,
        };
        let score = quality(score);
        match leads.iter_mut().find(|(known, _)| *known == who) {
            Some((_, scores)) => scores.push(score),
            None => leads.push((who, vec![score])),
        }
    }
    let told = leads.iter().map(|(who, scores)| {
        let scores: Vec<&str> = scores.iter().map(String::as_str).collect();
        format!("{who} lead at being {}", list(&scores))
    });
    told.collect()
}

/// Who falls behind at equal hours, so that a winner there would be none; `all`: nothing else was told.
fn nobody_left(result: &ExperimentResult, check: &HoursCheck, all: bool) -> Option<String> {
    let gone = check.verdicts.iter().filter_map(|&(_, verdict)| match verdict {
        HoursVerdict::Withheld(of) => Some(of),
        _ => None,
    });
    let mut gone: Vec<usize> = gone.collect();
    gone.sort();
    gone.dedup();
    let names: Vec<String> = gone.iter().map(|&of| named(&result.designs[of])).collect();
    let verb = if names.len() == 1 { "falls" } else { "fall" };
    let rest = if all { "there is nothing" } else { "there is no more" };
    let told = || format!("{} {verb} behind for good, so that {rest} to compare", listed(&names));
    (!names.is_empty()).then(told)
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::experiment::made_up::made_up;

    #[test]
    fn a_winner_that_costs_noticeably_more_says_so() {
        let mut result = made_up();
        let told = |result: &ExperimentResult| {
            let score = sentence(result, &result.scores[0]);
            let headline = super::super::headline(result, &AnswerContext::default());
            [headline.split(':').next().unwrap(), &score, &at_more_money(result, 3)].join("\n")
        };
        assert!(!told(&result).contains("more money") && told(&result).contains("same money"));
        result.designs[3].cost_per_year = 1.015 * result.designs[0].cost_per_year;
        expect![[r#"
            4 designs, money within 1.5%, same customers
            Outsourced answers 52% within an hour, 4 ±.5 points more than Centralized, at 1.5% more money. Decentralized is last: 39%.
            , at up to 1.5% more money"#]].assert_eq(&told(&result));
    }

    #[test]
    fn beside_storms_the_answer_is_that_of_ordinary_weeks() {
        let mut result = made_up();
        let context = AnswerContext { ordinary: true, ..AnswerContext::default() };
        let told = overall(&result, &context);
        assert!(told.starts_with("In ordinary weeks it depends on"), "{told}");
        result.scores.truncate(1);
        let told = overall(&result, &context);
        assert!(told.starts_with("In ordinary weeks: Outsourced is best"), "{told}");
        assert_eq!(
            overall(&result, &AnswerContext::default()),
            told["In ordinary weeks: ".len()..]
        );
    }

    #[test]
    fn where_most_give_up_everywhere_no_design_is_praised_before_that_is_said() {
        let mut result = made_up();
        let quantity = result.quantity(MeasureId::GaveUp).unwrap();
        let mut told = |shares: [f64; 4]| {
            for (design, gave_up) in result.designs.iter_mut().zip(shares) {
                if let Some(scope) = design.scopes.first_mut() {
                    scope.measures[quantity] =
                        crate::experiment::Measured::of(&[gave_up; 30], 0.95);
                }
            }
            overall(&result, &AnswerContext::default())
        };
        let usual = told([0.2, 0.3, 0.9, 0.6]);
        assert!(!usual.contains("give up"), "{usual}");
        let short = told([0.64, 0.7, 0.9, 0.61]);
        assert_eq!(
            short,
            format!("No design is enough: even in the best of them 61% give up waiting. {usual}")
        );
    }

    #[test]
    fn where_scores_are_alike_other_shares_may_not_be() {
        let mut result = made_up();
        for score in &mut result.scores {
            score.ranking = vec![2, 3, 0, 1];
            score.verdict = Verdict::TooSmall { rivals: vec![3] };
        }
        result.goals.clear();
        let told = |result: &ExperimentResult| undecided(result, &AnswerContext::default(), "all");
        expect!["Decentralized or Outsourced: they differ by less than you would notice, and Centralized and Hub and spoke are behind the best of them. But not all is alike: settled by first reply 60% at Decentralized, 47% at Outsourced."].assert_eq(&told(&result));
        let quantity = result.quantity(MeasureId::SettledByFirstReply).unwrap();
        let pair =
            result.pairs.iter_mut().find(|pair| (pair.first, pair.second) == (2, 3)).unwrap();
        let interval = &mut pair.differences[quantity].as_mut().unwrap().interval;
        interval.half_width = Some(0.6 * interval.mean.abs());
        assert!(!told(&result).contains("settled by first reply"), "many are compared");
        result.worth_noticing.share = 0.9;
        assert!(
            told(&result)
                .ends_with("and Centralized and Hub and spoke are behind the best of them.")
        );
    }

    #[test]
    fn where_only_the_best_differ_too_little_they_are_named() {
        let mut result = made_up();
        let all_but = |ranking: [usize; 4], rivals: Vec<usize>, score: &mut ScoreResult| {
            score.ranking = ranking.to_vec();
            score.verdict = Verdict::TooSmall { rivals };
        };
        let told = |result: &ExperimentResult| hardly(result);
        result.scores.iter_mut().for_each(|score| all_but([1, 2, 0, 3], vec![2, 0, 3], score));
        expect!["It hardly matters: the best designs differ by less than you would notice."]
            .assert_eq(&told(&result));
        result.scores.iter_mut().for_each(|score| all_but([1, 2, 0, 3], vec![2, 0], score));
        expect!["Centralized, Hub and spoke or Decentralized: they differ by less than you would notice, and Outsourced is behind the best of them."].assert_eq(&told(&result));
        result.scores.iter_mut().for_each(|score| all_but([2, 1, 0, 3], vec![1], score));
        expect!["Hub and spoke or Decentralized: they differ by less than you would notice, and Centralized and Outsourced are behind the best of them."].assert_eq(&told(&result));
        all_but([1, 2, 0, 3], vec![2, 0, 3], &mut result.scores[0]);
        expect!["The best designs differ by less than you would notice: any design at being responsive, Hub and spoke or Decentralized at being interactive and Hub and spoke or Decentralized at being proactive."].assert_eq(&told(&result));
    }

    /// The made-up result with the values of one design's measure moved by so much.
    fn moved(design: usize, id: MeasureId, by: f64) -> ExperimentResult {
        let mut result = made_up();
        let quantity = result.quantity(id).expect("it is measured");
        let measured = &mut result.designs[design].scopes[0].measures[quantity];
        let values: Vec<f64> = measured.values.iter().flatten().map(|value| value + by).collect();
        *measured = crate::experiment::Measured::of(&values, 0.95);
        crate::experiment::made_up::compared(result)
    }

    #[test]
    fn a_winner_that_is_far_behind_elsewhere_is_no_answer() {
        let overall = |result: &ExperimentResult| overall(result, &AnswerContext::default());
        // Decentralized and Hub and spoke are close at settling, so that nobody wins there
        let mut result = moved(0, MeasureId::AnsweredWithin, 0.2);
        assert_eq!(result.scores[1].winner(), None);
        expect!["It depends on what you want most. Centralized is best at being responsive and proactive, but 4 ±.7 points behind Decentralized at being interactive."].assert_eq(&overall(&result));
        // a lead of others that is too small to notice takes nothing away
        result = moved(0, MeasureId::SettledInConversation, 0.039);
        result.scores[0] = moved(0, MeasureId::AnsweredWithin, 0.2).scores[0].clone();
        expect!["Centralized, where a difference can be told and matters. But not all is better: settled by first reply 55% at Centralized, 60% at Decentralized."]
            .assert_eq(&overall(&result));
        // and neither does one that is luck
        let loud = |value: f64, run: usize| value + if run.is_multiple_of(2) { 0.2 } else { -0.2 };
        result = moved(0, MeasureId::AnsweredWithin, 0.2);
        let quantity = result.quantity(MeasureId::SettledInConversation).expect("it is measured");
        let measured = &mut result.designs[0].scopes[0].measures[quantity];
        let values = measured.values.iter().flatten().enumerate();
        let values: Vec<f64> = values.map(|(run, &value)| loud(value, run)).collect();
        *measured = crate::experiment::Measured::of(&values, 0.95);
        result = crate::experiment::made_up::compared(result);
        expect!["Centralized, where a difference can be told and matters. But not all is better: settled by first reply 55% at Centralized, 60% at Decentralized."]
            .assert_eq(&overall(&result));
    }

    #[test]
    fn a_design_whose_name_is_a_word_is_told_from_the_words() {
        let mut result = made_up();
        result.scores.truncate(1);
        let told = |result: &ExperimentResult| {
            let overall = overall(result, &AnswerContext::default());
            format!("{overall} {}", sentence(result, &result.scores[0]))
        };
        expect!["Outsourced is best at being responsive. But not all is better: fresh mentions reached 75% at Centralized, 49% at Outsourced. Outsourced answers 52% within an hour, 4 ±.5 points more than Centralized. Decentralized is last: 39%."].assert_eq(&told(&result));
        result.designs[3].name = "None".into();
        result.designs[0].name = "Both".into();
        expect!["`None` is best at being responsive. But not all is better: fresh mentions reached 75% at `Both`, 49% at `None`. `None` answers 52% within an hour, 4 ±.5 points more than `Both`. Decentralized is last: 39%."].assert_eq(&told(&result));
    }

    #[test]
    fn of_a_design_that_falls_behind_it_is_said_what_would_do() {
        let cope = Cope {
            design: 1,
            lacks: vec![crate::study::Lack { role: "hub triage".into(), heads: 6.6, needed: 9.4 }],
            less: 0.2912,
            per_day: 14.0,
            settings: None,
        };
        let context = AnswerContext { copes: &[cope], ..Default::default() };
        let result = crate::experiment::made_up::overloaded();
        expect!["Hub and spoke falls behind for good: 14 more a day than hub triage can do. By its load, it keeps up with 9.4 people instead of 6.6, or with 30% less to do (14 fewer). Its averages would depend on how long one looks."].assert_eq(&overloaded(&result, &context).join("\n"));
        assert_eq!(overloaded(&made_up(), &context), Vec::<String>::new());
        let mut several = context.copes.to_vec();
        several[0].per_day = 4.04;
        let slower = AnswerContext { copes: &several, ..Default::default() };
        expect!["Hub and spoke falls behind for good: 14 more a day than hub triage can do (4.0 by its work alone; the others come of the waiting). By its load, it keeps up with 9.4 people instead of 6.6, or with 30% less to do. Its averages would depend on how long one looks."].assert_eq(&overloaded(&result, &slower).join("\n"));
        let need = |role: &str, heads, needed| Lack { role: role.into(), heads, needed };
        several[0].lacks.extend([need("strategist", 1.0, 5.4), need("expert", 0.5, 1.1)]);
        expect!["9.4 people instead of 6.6 as hub triage, 5.4 instead of 1 as strategist and 1.1 instead of 0.5 as expert"].assert_eq(&with_heads(&several[0]));
        several[0].lacks.extend([need("a", 1.0, 1.1), need("b", 1.0, 1.2)]);
        expect!["9.4 people instead of 6.6 as hub triage, 5.4 instead of 1 as strategist, 1.1 instead of 0.5 as expert and more in 2 other roles"].assert_eq(&with_heads(&several[0]));
    }

    #[test]
    fn that_nobody_wrote_is_said() {
        let mut result = made_up();
        result.designs.iter_mut().for_each(|design| design.totals.arrived = 0);
        let overall = |result: &ExperimentResult| overall(result, &AnswerContext::default());
        result.scores.drain(..2);
        expect!["Nobody wrote, so only mentions tell: Centralized is best at being proactive. But not all is better: settled by first reply 55% at Centralized, 60% at Decentralized."]
            .assert_eq(&overall(&result));
        result.scores.clear();
        expect!["Nobody wrote: there is nothing to score."].assert_eq(&overall(&result));
    }

    fn check(verdicts: [HoursVerdict; 3], expected: Expect) {
        let scores = [Score::Responsive, Score::Interactive, Score::Proactive];
        let check =
            HoursCheck { verdicts: scores.into_iter().zip(verdicts).collect(), open_alike: false };
        let context = AnswerContext { hours: Some(&check), ..AnswerContext::default() };
        expected.assert_eq(&hours(&made_up(), &context).expect("there are winners"));
    }

    #[test]
    fn hours_that_decide_all_there_is_are_said_to() {
        use HoursVerdict::{Changes, Fades, NoWinner, Stays};
        check(
            [Fades, NoWinner, Fades],
            expect![
                "decide it: with the same opening hours and person-hours for all, nobody would clearly lead at being responsive and proactive."
            ],
        );
        check(
            [Changes(0), Changes(0), NoWinner],
            expect![
                "turn it round: with the same opening hours and person-hours for all, Centralized would lead at being responsive and interactive."
            ],
        );
        check(
            [Changes(0), Fades, NoWinner],
            expect![
                "decide it: with the same opening hours and person-hours for all, Centralized would lead at being responsive and nobody would clearly lead at being interactive."
            ],
        );
        check(
            [Changes(0), Fades, Stays],
            expect![
                "decide part of it: with the same opening hours and person-hours for all, Centralized would lead at being responsive and nobody would clearly lead at being interactive."
            ],
        );
    }

    #[test]
    fn hours_that_leave_nobody_to_compare_with_name_no_leader() {
        use HoursVerdict::{Changes, NoWinner, Stays, Withheld};
        check(
            [Withheld(2), NoWinner, Withheld(2)],
            expect![
                "may decide it: with the same opening hours and person-hours for all, Decentralized falls behind for good, so that there is nothing to compare."
            ],
        );
        check(
            [Changes(0), NoWinner, Withheld(2)],
            expect![
                "decide part of it: with the same opening hours and person-hours for all, Centralized would lead at being responsive and Decentralized falls behind for good, so that there is no more to compare."
            ],
        );
        check(
            [Stays, NoWinner, Stays],
            expect![
                "Longer hours decide no lead: with the same opening hours and person-hours for all, all who lead clearly stay."
            ],
        );
    }
}
