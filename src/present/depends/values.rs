//! What follows from the values of a list, in sentences.

use super::sentences::{NONE_COPES, Told, behind, doing, none_copes};
use super::words::{Words, written};
use crate::present::words::list;
use crate::study::{Answer, Dial, Dials, Holds, Point};

/// Values of a list under which the answer by some of these scores is another, and those of which luck does not let us tell
/// whether it is; the latter only beside others, which would else be taken for all there are.
pub(super) fn values(dials: &Dials, dial: &Dial, words: &Words, scores: &[usize]) -> Vec<Told> {
    let mut others: Vec<(String, Vec<String>, usize)> = Vec::new();
    let mut open: Vec<String> = Vec::new();
    for point in dial.points.iter().filter(|point| !point.yours) {
        let value = written(&point.value);
        match there(dials, point, scores) {
            There::Another { is_best, what } => {
                match others.iter_mut().find(|(known, ..)| *known == what) {
                    Some((_, values, _)) => values.push(value),
                    None => others.push((what, vec![value], if is_best { 0 } else { 2 })),
                }
            }
            There::Unsure => open.push(value),
            There::Same => {}
        }
    }
    if !open.is_empty() && !others.is_empty() {
        others.push(("luck does not let us tell".into(), open, 3));
    }
    let told = |(what, values, rank): (String, Vec<String>, usize)| {
        let told = format!("if {}, {what}", values.join(" or "));
        Told { rank, whole: format!("{}: {told}", words.label), short: told }
    };
    others.into_iter().map(told).collect()
}

/// What is told of a list of values by one score, without its label.
pub(super) fn values_by_score(dials: &Dials, dial: &Dial, score: usize) -> Vec<String> {
    let told = values(dials, dial, &Words::of(&dial.input), &[score]);
    told.iter().map(|of| format!("I{}.", &of.short[1..])).collect()
}

/// What is to be told of a value of a list.
enum There {
    /// The answer is another, or a design falls behind; whether somebody else is best at something, or nobody copes.
    Another { is_best: bool, what: String },
    /// Whether it is, luck does not let us tell.
    Unsure,
    /// It is the same, as far as can be said in a few words.
    Same,
}

fn there(dials: &Dials, point: &Point, scores: &[usize]) -> There {
    if none_copes(point) {
        return match dials.own.designs.iter().all(|design| design.withheld) {
            true => There::Same,
            false => There::Another { is_best: true, what: NONE_COPES.into() },
        };
    }
    let mut best: Vec<(usize, Vec<&str>)> = Vec::new();
    let mut nobody: Vec<&str> = Vec::new();
    let mut is_unsure = false;
    for &score in scores {
        let doing = doing(&dials.headlines[score]);
        let baseline = &dials.baseline[score];
        let (then, now) = (baseline.winner(), point.answers[score].winner());
        match now {
            _ if then == now => is_unsure |= point.holds(score, baseline) == Holds::Unsure,
            None if is_passed_over(&point.answers[score], then) => is_unsure = true,
            None => nobody.push(doing),
            Some(now) => match best.iter_mut().find(|(known, _)| *known == now) {
                Some((_, doings)) => doings.push(doing),
                None => best.push((now, vec![doing])),
            },
        }
    }
    let drowned: Vec<usize> = (0..point.designs.len())
        .filter(|&at| point.designs[at].withheld && !dials.own.designs[at].withheld)
        .collect();
    let name = |design: usize| &dials.designs[design];
    let best_at = |(design, doings): &(usize, Vec<&str>)| {
        format!("{} is best at {}", name(*design), list(doings))
    };
    let mut parts: Vec<String> = best.iter().map(best_at).collect();
    if !nobody.is_empty() {
        parts.push(format!("nobody is clearly best at {}", list(&nobody)));
    }
    if !drowned.is_empty() {
        parts.push(behind(dials, point, &drowned));
    }
    match parts.is_empty() {
        false => There::Another { is_best: !best.is_empty(), what: parts.join(", ") },
        true if is_unsure => There::Unsure,
        true => There::Same,
    }
}

/// Whether nothing is known at a value that was run too seldom, and whoever is best in the file may be so there as well.
fn is_passed_over(answer: &Answer, best: Option<usize>) -> bool {
    answer.open && best.is_none_or(|best| answer.leaders().any(|leader| leader == best))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::present::depends::made_up_dials;
    use crate::present::depends::sentences::caption;
    use crate::study::State;

    #[test]
    fn values_of_a_list_are_told_once_and_those_left_open_beside_them() {
        let mut dials = made_up_dials();
        let again = dials.dials[2].points[0].clone();
        let mut unsure = dials.dials[2].points[2].clone();
        unsure.value = "nights".into();
        unsure.answers.clone_from(&dials.baseline);
        let answer = &mut unsure.answers[0];
        (answer.state, answer.rivals, answer.open) = (State::CannotTell, vec![1], true);
        dials.dials[2].points.extend([again, unsure]);
        dials.dials[2].points[3].value = "weekdays".into();
        expect!["Opening hours: if weekdays 09:00-18:00 or weekdays, Outsourced is best at settling; if always, Centralized is best at answering within an hour, nobody is clearly best at settling; if nights, luck does not let us tell."].assert_eq(&caption(&dials, &dials.dials[2]));
        let of_page = values_by_score(&dials, &dials.dials[2], 0);
        expect![[r#"
            If always, Centralized is best at answering within an hour.
            If nights, luck does not let us tell."#]]
        .assert_eq(&of_page.join("\n"));
    }
}
