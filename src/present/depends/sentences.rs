//! What follows from the dials, in sentences.

use crate::model::Score;
use crate::present::words::list;
use crate::study::{By, Dial, Dials, Headline, Holds, Money, Overloading, Point, Tipping};
use crate::units::counted;

use super::values::values;
use super::words::{Words, bare, bracket, spoken, unit, written};

/// A sentence with how much it matters: the lower, the sooner it is told.
pub(super) struct Told {
    pub(super) rank: usize,
    /// On its own, without its full stop.
    pub(super) whole: String,
    /// Behind another sentence on the same dial.
    pub(super) short: String,
}

impl Told {
    /// As a sentence.
    pub(super) fn text(&self) -> String {
        format!("{}.", self.whole)
    }
}

/// Most that is told of one dial in one go.
const PARTS: usize = 3;

/// What one gets by being best at a score, after "best at" or "overtakes … in".
pub(super) fn doing(headline: &Headline) -> &'static str {
    match headline.by {
        By::Score(Score::Responsive, _) => "answering within an hour",
        By::Score(Score::Interactive, _) => "settling",
        By::Score(Score::Proactive, _) => "reaching fresh mentions",
        By::Served => "serving customers",
        _ => "the time customers take",
    }
}

/// All there is to say about a dial; the first says most.
pub(super) fn of_dial(dials: &Dials, dial: &Dial) -> Vec<Told> {
    let words = Words::of(&dial.input);
    let mut all = Vec::new();
    if dial.input.track().is_some() {
        let mut merged: Vec<(Tipping, Vec<&str>)> = Vec::new();
        // a design alone is neither best nor overtaken
        let scores = if 1 < dials.designs.len() { dials.headlines.len() } else { 0 };
        for score in 0..scores {
            let all = dial.tipping_points(score);
            // where who leads first is overtaken later, that says enough
            let overtaken = |of: &Tipping| {
                of.before.is_none()
                    && all[1..]
                        .iter()
                        .any(|later| later.before == of.after && later.after.is_some())
            };
            let from = usize::from(all.first().is_some_and(overtaken));
            // that no design copes says more than that somebody is no longer best
            let fades = |of: &&Tipping| of.after.is_none() && none_copes(&dial.points[of.to]);
            for of in all[from..].iter().filter(|of| !fades(of)).copied() {
                let doing = doing(&dials.headlines[score]);
                match merged.iter_mut().find(|(known, _)| *known == of) {
                    Some((_, doings)) => doings.push(doing),
                    None => merged.push((of, vec![doing])),
                }
            }
        }
        for (of, doings) in merged {
            all.push(tipping(dials, dial, &words, &of, &list(&doings)));
        }
        all.extend(overloads(dials, dial, &words));
        all.extend(give_ups(dial, &words));
    } else {
        let scores: Vec<usize> = (0..dials.headlines.len()).collect();
        all.extend(values(dials, dial, &words, &scores));
    }
    all.sort_by_key(|told| told.rank);
    all
}

/// What is most telling about a dial, in one sentence; `None` if there is nothing.
fn paragraph(dial: &Dial, told: &[Told]) -> Option<String> {
    let (first, rest) = told.split_first()?;
    let mut text = first.whole.clone();
    for more in rest.iter().take(PARTS - 1) {
        text.push_str("; ");
        text.push_str(&more.short);
    }
    if PARTS < told.len() && dial.input.track().is_none() {
        text.push_str("; more at other values");
    }
    Some(format!("{text}."))
}

/// One sentence for a dial: its most telling one, or that it changes no answer.
pub(super) fn caption(dials: &Dials, dial: &Dial) -> String {
    if let Some(told) = paragraph(dial, &of_dial(dials, dial)) {
        return told;
    }
    let words = Words::of(&dial.input);
    match note(dial) {
        Some(note) => note,
        None if !dial.is_turned() => format!("{} was not swept.", words.label),
        None => match all_hold(dials, dial) {
            Holds::Yes => format!("{}: no answer changes anywhere in the range.", words.label),
            Holds::No => format!("{}: at some values {IN_FRONT}.", words.label),
            Holds::Unsure => {
                format!("{}: luck does not let us tell whether an answer changes.", words.label)
            }
        },
    }
}

/// Whether all answers hold, where designs are compared: one that does not says more than one of which luck does not let us
/// tell.
fn all_hold(dials: &Dials, dial: &Dial) -> Holds {
    let scores = dials.baseline.iter().enumerate().filter(|_| 1 < dials.designs.len());
    let holds: Vec<Holds> = scores.map(|(score, baseline)| dial.holds(score, baseline)).collect();
    let worst = [Holds::No, Holds::Unsure].into_iter().find(|worst| holds.contains(worst));
    worst.unwrap_or(Holds::Yes)
}

/// What is told of inputs under which others are in front and nobody is clearly best.
const IN_FRONT: &str = "others come to the front, though nobody is clearly best";

/// What must be said about how a dial was swept.
pub(super) fn note(dial: &Dial) -> Option<String> {
    let words = Words::of(&dial.input);
    let told = match dial.changes_only() {
        Some(Money::Plan) if dial.input.by_contract => Some(
            "changes costs and nothing else, since a contract brings as many people as it says",
        ),
        Some(Money::Plan) => {
            Some("changes costs and nothing else, because no people are marked `scale`")
        }
        Some(Money::Fees) => Some("changes what vendors are paid and nothing else"),
        None => (1 < dial.points.len() && dial.changes_nothing())
            .then_some("changes nothing in any design"),
    };
    if let Some(told) = told {
        return Some(format!("{}: {told}.", words.label));
    }
    if let Some(why) = &dial.refused {
        let which = if dial.input.track().is_some() { "in between" } else { "of the list" };
        return Some(format!("{}: a value {which} cannot be run: {why}.", words.label));
    }
    let why = match dial.stopped {
        true => "it was stopped",
        false => "the allowance for sweeps ended",
    };
    (!dial.swept).then(|| format!("{}: not swept to the end, because {why}.", words.label))
}

/// A limit that lies somewhere between two points, in words of what was run at both.
struct Limit {
    /// `when at least 400 messages a day come in, but not yet at 370 a day`.
    whole: String,
    /// The beginning of a clause, and its end: `from 400 a day on`, `but not yet at 370 a day`.
    short: (String, String),
}

/// The limit between two points beyond which, `above` it or below, something begins to be so, or `ceases` to be as it was.
fn limit(
    dial: &Dial,
    words: &Words,
    (from, to): (usize, usize),
    above: bool,
    ceases: bool,
) -> Limit {
    let (least, there, other) = if above { ("at least", to, from) } else { ("at most", from, to) };
    let number = dial.points[there].number.zip(dial.input.track());
    let number = number.map_or(String::new(), |(number, track)| bare(track, number));
    let yet = match (ceases, above) {
        (true, _) => "still is",
        (false, true) => "not yet",
        (false, false) => "no longer",
    };
    let (there, other) = (one(dial, there), format!("but {yet} at {}", one(dial, other)));
    let clause = words.clause(&format!("{least} {number}"));
    let from = if above { format!("from {there} on") } else { format!("up to {there}") };
    Limit { whole: format!("when {clause}, {other}"), short: (from, other) }
}

impl Limit {
    /// What begins at the limit, without its full stop; told on its own, or behind another sentence on the same dial.
    fn told(&self, rank: usize, what: &str, yours: &str) -> Told {
        let (from, other) = &self.short;
        Told {
            rank,
            whole: format!("{} {}{yours}", capital(what), self.whole),
            short: format!("{from} {what}, {other}"),
        }
    }
}

/// The text with a large first letter, where it begins with words of ours and not with the name of a design.
fn capital(text: &str) -> String {
    match text.strip_prefix("no design ") {
        Some(rest) => format!("No design {rest}"),
        None => text.to_owned(),
    }
}

/// The bracket of two points as the number of a clause.
fn numbers(dial: &Dial, (from, to): (usize, usize)) -> Option<String> {
    let track = dial.input.track()?;
    Some(bracket(track, dial.points[from].number?, dial.points[to].number?))
}

/// The same with its unit.
fn with_unit(dial: &Dial, stretch: (usize, usize)) -> String {
    let unit = dial.input.track().map_or(String::new(), |track| unit(track.around().1));
    format!("{}{unit}", numbers(dial, stretch).unwrap_or_default())
}

/// The value of one point with its unit.
fn one(dial: &Dial, at: usize) -> String {
    let number = dial.points[at].number.zip(dial.input.track());
    number.map_or(String::new(), |(number, track)| spoken(track, number))
}

/// ` (you said 25%)`, where that is one number; ` (assumption: 25%)` where nobody said it.
fn yours(dial: &Dial) -> String {
    let number = dial.input.yours.as_ref().and_then(|yours| dial.input.track()?.number(yours));
    match (number, dial.input.track()) {
        (Some(number), Some(track)) => {
            let whose = if dial.input.assumed { "assumption:" } else { "you said" };
            format!(" ({whose} {})", spoken(track, number))
        }
        _ => String::new(),
    }
}

/// Where the best design changes.
pub(super) fn tipping(
    dials: &Dials,
    dial: &Dial,
    words: &Words,
    of: &Tipping,
    doing: &str,
) -> Told {
    let name = |design: usize| dials.designs[design].as_str();
    let bracket = (of.from, of.to);
    let yours = yours(dial);
    let behind = |at: usize, design: usize| dial.points[at].designs[design].withheld;
    match (of.before, of.after) {
        // nobody overtakes whoever is not there any more
        (Some(before), Some(after)) if behind(of.to, before) || behind(of.from, after) => {
            let limit = limit(dial, words, (of.to - 1, of.to), true, false);
            limit.told(0, &format!("{} is best at {doing}", name(after)), &yours)
        }
        (Some(before), Some(after)) => {
            let (before, after) = (name(before), name(after));
            let clause = words.clause(&numbers(dial, of.crossing).unwrap_or_default());
            let noticed = if of.crossing == bracket {
                String::new()
            } else {
                format!(
                    "; the difference is worth noticing only up to {} or from {}",
                    one(dial, of.from),
                    one(dial, of.to)
                )
            };
            let whole =
                format!("{after} overtakes {before} in {doing} when {clause}{yours}{noticed}");
            let at = with_unit(dial, of.crossing);
            Told { rank: 0, whole, short: format!("at {at} {after} overtakes {before} in {doing}") }
        }
        (before, after) => {
            let (design, is) = match (before, after) {
                (Some(before), _) => (before, "is no longer clearly best"),
                (None, after) => (after.unwrap_or(0), "is clearly best"),
            };
            let limit = limit(dial, words, bracket, true, before.is_some());
            let what = match before.is_none() && dial.points[of.to].copes_alone(design) {
                true => format!("{}, the only one that copes, is best at {doing}", name(design)),
                false => format!("{} {is} at {doing}", name(design)),
            };
            limit.told(2, &what, &yours)
        }
    }
}

/// Designs that begin to fall behind in the same bracket are told together.
fn overloads(dials: &Dials, dial: &Dial, words: &Words) -> Vec<Told> {
    let mut merged: Vec<(Overloading, Vec<usize>)> = Vec::new();
    for of in dial.overloads() {
        let there = |of: &Overloading| if of.above { of.to } else { of.from };
        let alike = |known: &Overloading| {
            let nowhere = there(known) == there(&of) && none_copes(&dial.points[there(&of)]);
            known.above == of.above && (nowhere || (known.from, known.to) == (of.from, of.to))
        };
        match merged.iter_mut().find(|(known, _)| alike(known)) {
            Some((known, designs)) => {
                designs.push(of.design);
                // of several limits that end at one value the closest
                if of.above {
                    known.from = known.from.max(of.from);
                } else {
                    known.to = known.to.min(of.to);
                }
            }
            None => merged.push((of, vec![of.design])),
        }
    }
    merged.iter().map(|(of, designs)| overload(dials, dial, words, of, designs)).collect()
}

/// Where some designs begin, or cease, to fall behind.
pub(super) fn overload(
    dials: &Dials,
    dial: &Dial,
    words: &Words,
    of: &Overloading,
    designs: &[usize],
) -> Told {
    let there = &dial.points[if of.above { of.to } else { of.from }];
    let behind = behind(dials, there, designs);
    let rank = usize::from(!none_copes(there));
    limit(dial, words, (of.from, of.to), of.above, false).told(rank, &behind, &yours(dial))
}

/// Where half of the customers or more begin, or cease, to give up whatever the design.
pub(super) fn give_ups(dial: &Dial, words: &Words) -> Vec<Told> {
    let told = |(bracket, above)| {
        limit(dial, words, bracket, above, false).told(1, NOT_ENOUGH, &yours(dial))
    };
    dial.give_ups().into_iter().map(told).collect()
}

const NOT_ENOUGH: &str =
    "no design is enough: half of the customers or more give up in each that keeps up";

/// `A and B fall behind for good`; where with them no design is left, that first.
pub(super) fn behind(dials: &Dials, point: &Point, designs: &[usize]) -> String {
    if none_copes(point) {
        return NONE_COPES.into();
    }
    let names: Vec<&str> = designs.iter().map(|&design| dials.designs[design].as_str()).collect();
    let verb = if designs.len() == 1 { "falls" } else { "fall" };
    format!("{} {verb} behind for good", list(&names))
}

/// Whether several designs were run at a value and all of them fall behind: then nobody is best there.
pub(super) fn none_copes(point: &Point) -> bool {
    1 < point.designs.len() && point.designs.iter().all(|design| design.withheld)
}

pub(super) const NONE_COPES: &str = "no design copes: all fall behind for good";

/// What the terminal tells under IT DEPENDS ON, the most telling first.
pub(in crate::present) fn sentences(dials: &Dials) -> Vec<String> {
    let mut all: Vec<(usize, String)> = Vec::new();
    let [mut quiet, mut open, mut moved] = [const { Vec::<String>::new() }; 3];
    let mut rest: Vec<String> = Vec::new();
    for dial in dials.dials.iter().filter(|dial| dial.input.declared) {
        let told = of_dial(dials, dial);
        match (paragraph(dial, &told), note(dial)) {
            (Some(text), _) => all.push((told[0].rank, text)),
            (None, Some(note)) => rest.push(note),
            (None, None) => {
                let told = match all_hold(dials, dial) {
                    Holds::Yes => &mut quiet,
                    Holds::No => &mut moved,
                    Holds::Unsure => &mut open,
                };
                told.push(Words::of(&dial.input).inside());
            }
        }
    }
    all.sort_by_key(|(rank, _)| *rank);
    let mut all: Vec<String> = all.into_iter().map(|(_, text)| text).collect();
    if !quiet.is_empty() {
        let quiet: Vec<&str> = quiet.iter().map(String::as_str).collect();
        let range = if quiet.len() == 1 { "its range" } else { "their ranges" };
        all.push(format!("No answer changes with {}, over all of {range}.", list(&quiet)));
    }
    if !moved.is_empty() {
        let moved: Vec<&str> = moved.iter().map(String::as_str).collect();
        all.push(format!("At some values of {} {IN_FRONT}.", list(&moved)));
    }
    if !open.is_empty() {
        let open: Vec<&str> = open.iter().map(String::as_str).collect();
        all.push(format!(
            "Luck does not let us tell whether an answer changes with {}.",
            list(&open)
        ));
    }
    all.extend(rest);
    if let Some(together) = together(dials) {
        all.push(together);
    }
    all
}

/// What is to be said where two inputs together do other than each alone.
pub(super) fn together(dials: &Dials) -> Option<String> {
    let of = dials.together.as_ref()?;
    if of.strong.is_empty() && of.only_together.is_empty() {
        return None;
    }
    let label = |at: usize| Words::of(&dials.dials[of.dials[at]].input).inside();
    let pair = format!(
        "Each was swept alone. Together, with {} at {} and {} at {}, ",
        label(0),
        written(&of.values[0]),
        label(1),
        written(&of.values[1])
    );
    let mut parts: Vec<String> = of
        .strong
        .iter()
        .map(|&score| {
            let doing = doing(&dials.headlines[score]);
            match of.point.answers[score].winner() {
                Some(best) => format!("{} is best at {doing}", dials.designs[best]),
                None => format!("nobody is clearly best at {doing}"),
            }
        })
        .collect();
    if !of.only_together.is_empty() && none_copes(&of.point) {
        parts = vec![NONE_COPES.into()];
    } else if !of.only_together.is_empty() {
        parts.push(behind(dials, &of.point, &of.only_together));
    }
    Some(format!("{pair}{}, which neither alone foretells.", parts.join("; ")))
}

/// In how many changes the answers hold, and what threatens them most.
pub(in crate::present) fn how_sure(dials: &Dials) -> String {
    let changed = dials.changed();
    if changed == 0 {
        let none = dials.dials.iter().all(|dial| dial.points.iter().all(|point| point.yours));
        return match none {
            true => "No input was changed.".into(),
            false => "None of the inputs that were changed does anything to the answers.".into(),
        };
    }
    let inputs = counted(changed, "input", "inputs");
    let untried = |dial: &&Dial| dial.refused.is_none() && dial.points.iter().all(|at| at.yours);
    let untried = match dials.dials.iter().filter(untried).count() {
        0 => None,
        1 => Some("1 more was not tried".to_owned()),
        n => Some(format!("{n} more were not tried")),
    };
    let idle = match dials.do_nothing() {
        0 => None,
        1 => Some("1 more does nothing to them".to_owned()),
        n => Some(format!("{n} more do nothing to them")),
    };
    let beside: Vec<String> = idle.into_iter().chain(untried).collect();
    let more = match beside.is_empty() {
        true => String::new(),
        false => format!(" ({})", beside.join(", ")),
    };
    let scores = 0..dials.headlines.len();
    let holds: Vec<String> = scores
        .clone()
        .map(|score| {
            let (held, name) = (dials.holds_in(score).holds, adjective(&dials.headlines[score]));
            format!("{held} ({name})")
        })
        .collect();
    let holds: Vec<&str> = holds.iter().map(String::as_str).collect();
    let unsure: usize = scores.map(|score| dials.holds_in(score).unsure.len()).max().unwrap_or(0);
    let luck = match unsure {
        0 => String::new(),
        n => format!(", up to {n} too close to tell"),
    };
    let mut text = format!(
        "Of {inputs} changed, one at a time{more}, the answers hold under {}{luck}.",
        list(&holds)
    );
    let mut likely = dials.most_likely();
    let changes = |&at: &usize| !dials.changed_answers(&dials.dials[at]).is_empty();
    let some_change = likely.iter().any(changes);
    likely.retain(|at| !some_change || changes(at));
    let likely: Vec<String> = likely
        .into_iter()
        .take(2)
        .map(|at| {
            let input = &dials.dials[at].input;
            let label = Words::of(input).inside();
            match (input.is_guess(), input.declared) {
                (true, true) => format!("{label} (a guess: check it)"),
                (true, false) => format!("{label} (our guess: check it)"),
                (false, _) => label,
            }
        })
        .collect();
    let likely: Vec<&str> = likely.iter().map(String::as_str).collect();
    if !likely.is_empty() {
        let what =
            if some_change { "Most likely to change them" } else { "What moves the leads most" };
        text.push_str(&format!(" {what}: {}.", list(&likely)));
    }
    text
}

fn adjective(headline: &Headline) -> &'static str {
    match headline.by {
        By::Score(score, _) => score.id(),
        By::Served => "how many are served",
        _ => "the answer",
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::present::depends::made_up_dials;
    use crate::present::words::FORBIDDEN;
    use crate::study::State;

    #[test]
    fn tipping_points_are_brackets_in_words() {
        expect![[r#"
            Hub and spoke overtakes Centralized in settling when 44–47% of inquiries need a business unit's knowledge (you said 20%); the difference is worth noticing only up to 41% or from 47%; from 80% on Decentralized is best at reaching fresh mentions, but not yet at 47%; from 80% on Centralized falls behind for good, but not yet at 47%.
            Opening hours: if weekdays 09:00-18:00, Outsourced is best at settling; if always, Centralized is best at answering within an hour, nobody is clearly best at settling.
            Hub and spoke falls behind for good when at least 400 messages a day come in, but not yet at 370 a day (you said 300 a day).
            Each was swept alone. Together, with inquiries only a business unit can answer at 80% and messages a day at 600/day, Decentralized is best at answering within an hour; Outsourced falls behind for good, which neither alone foretells."#]].assert_eq(&sentences(&made_up_dials()).join("\n"));
    }

    #[test]
    fn a_value_that_nobody_said_is_an_assumption() {
        let mut dials = made_up_dials();
        dials.dials[1].input.assumed = true;
        expect!["Hub and spoke falls behind for good when at least 400 messages a day come in, but not yet at 370 a day (assumption: 300 a day)."].assert_eq(&caption(&dials, &dials.dials[1]));
    }

    #[test]
    fn where_no_design_copes_that_is_told_and_nobody_is_best() {
        let mut dials = made_up_dials();
        for design in &mut dials.dials[1].points[4].designs {
            design.withheld = true;
        }
        expect!["No design copes: all fall behind for good when at least 600 messages a day come in, but not yet at 400 a day (you said 300 a day); from 400 a day on Hub and spoke falls behind for good, but not yet at 370 a day."].assert_eq(&caption(&dials, &dials.dials[1]));
        for design in &mut dials.dials[2].points[0].designs {
            design.withheld = true;
        }
        expect!["Opening hours: if weekdays 09:00-18:00, no design copes: all fall behind for good; if always, Centralized is best at answering within an hour, nobody is clearly best at settling."].assert_eq(&caption(&dials, &dials.dials[2]));
    }

    #[test]
    fn what_ceases_still_is_on_the_other_side_of_its_limit() {
        let dials = made_up_dials();
        let dial = &dials.dials[1];
        let words = Words::of(&dial.input);
        let tip = |before, after| {
            let of = Tipping { from: 2, to: 3, before, after, crossing: (2, 3) };
            tipping(&dials, dial, &words, &of, "settling")
        };
        let (ceases, begins) = (tip(Some(3), None), tip(None, Some(3)));
        expect![[r#"
            Outsourced is no longer clearly best at settling when at least 400 messages a day come in, but still is at 370 a day (you said 300 a day).
            from 400 a day on Outsourced is no longer clearly best at settling, but still is at 370 a day
            Outsourced is clearly best at settling when at least 400 messages a day come in, but not yet at 370 a day (you said 300 a day)."#]]
        .assert_eq(&[ceases.text(), ceases.short.clone(), begins.text()].join("\n"));
    }

    #[test]
    fn what_is_so_below_a_limit_is_so_no_longer_above_it() {
        let mut dials = made_up_dials();
        let points = &mut dials.dials[1].points;
        points.iter_mut().flat_map(|at| &mut at.designs).for_each(|of| of.withheld = false);
        points[0].designs[2].withheld = true;
        points[0].designs.iter_mut().for_each(|of| of.gave_up = Some(0.6));
        points[1..].iter_mut().flat_map(|at| &mut at.designs).for_each(|of| of.gave_up = Some(0.1));
        expect!["Decentralized falls behind for good when at most 100 messages a day come in, but no longer at 300 a day (you said 300 a day); up to 100 a day no design is enough: half of the customers or more give up in each that keeps up, but no longer at 300 a day."].assert_eq(&caption(&dials, &dials.dials[1]));
    }

    #[test]
    fn how_often_the_answers_hold_is_told_with_what_threatens_them() {
        expect!["Of 3 inputs changed, one at a time, the answers hold under 2 (responsive), 1 (interactive) and 2 (proactive). Most likely to change them: inquiries only a business unit can answer (a guess: check it) and opening hours."].assert_eq(&how_sure(&made_up_dials()));
    }

    #[test]
    fn what_was_not_turned_or_moves_nothing_is_told() {
        let mut dials = made_up_dials();
        let dial = &mut dials.dials[1];
        for point in &mut dial.points {
            point.designs.iter_mut().for_each(|design| design.unmoved = true);
        }
        assert_eq!(note(dial).unwrap(), "Messages a day: changes nothing in any design.");
        dial.points[0].designs[3].cost_per_year = 900_000.0;
        assert_eq!(
            note(dial).unwrap(),
            "Messages a day: changes costs and nothing else, because no people are marked `scale`."
        );
        dial.input.by_contract = true;
        assert_eq!(
            note(dial).unwrap(),
            "Messages a day: changes costs and nothing else, since a contract brings as many people as it says."
        );
        let mut dials = made_up_dials();
        let dial = &mut dials.dials[0];
        dial.refused = Some("`81%` is too much".into());
        assert!(note(dial).unwrap().contains("cannot be run: `81%` is too much"));
        dial.refused = None;
        dial.swept = false;
        dial.points.retain(|point| point.yours);
        let ended = dials.dials[0].clone();
        dials.dials[0].stopped = true;
        let stopped = &dials.dials[0];
        expect![[r#"
            Inquiries only a business unit can answer: not swept to the end, because the allowance for sweeps ended.
            Inquiries only a business unit can answer: not swept to the end, because it was stopped."#]]
        .assert_eq(&[caption(&dials, &ended), caption(&dials, stopped)].join("\n"));
    }

    #[test]
    fn where_luck_hides_whether_an_answer_changes_that_is_said() {
        let mut dials = made_up_dials();
        let dial = &mut dials.dials[1];
        dial.points.iter_mut().flat_map(|at| &mut at.designs).for_each(|of| of.withheld = false);
        assert_eq!(
            caption(&dials, &dials.dials[1]),
            "Messages a day: no answer changes anywhere in the range."
        );
        // four repetitions at the ends, thirty at the file's own value
        for at in [0, 4] {
            let answer = &mut dials.dials[1].points[at].answers[0];
            (answer.state, answer.rivals, answer.open) = (State::CannotTell, vec![1], true);
        }
        expect!["Messages a day: luck does not let us tell whether an answer changes."]
            .assert_eq(&caption(&dials, &dials.dials[1]));
        let told = sentences(&dials);
        expect!["Luck does not let us tell whether an answer changes with messages a day."]
            .assert_eq(told.iter().find(|told| told.contains("Luck")).expect("it is told"));
        // others in front, and nobody clearly best
        for at in [0, 4] {
            let answer = &mut dials.dials[1].points[at].answers[0];
            (answer.state, answer.best, answer.rivals) = (State::TooSmall, Some(1), vec![2]);
            answer.open = false;
        }
        dials.baseline[0].state = State::TooSmall;
        for at in 1..4 {
            dials.dials[1].points[at].answers[0].state = State::TooSmall;
        }
        expect!["Messages a day: at some values others come to the front, though nobody is clearly best."].assert_eq(&caption(&dials, &dials.dials[1]));
        // with one design there is nothing to compare
        dials.designs.truncate(1);
        assert!(!caption(&dials, &dials.dials[1]).contains("luck"));
    }

    #[test]
    fn leaders_meet_no_words_of_experts_here() {
        let dials = made_up_dials();
        let all = sentences(&dials).join(" ") + &how_sure(&dials);
        for word in FORBIDDEN {
            assert!(!all.to_lowercase().contains(&word.to_lowercase()), "{word} in {all}");
        }
    }
}
