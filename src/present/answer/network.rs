//! A plain queueing network: the numbers theory knows, one row a role.

use super::of_score::too_small;
use super::verdict::named;
use crate::experiment::{DesignResult, ExperimentResult, Measured, Quickest, RoleResult, Verdict};
use crate::model::MeasureId;
use crate::present::numbers::{share, significant};
use crate::present::paint::{Paint, Painted};
use crate::present::words::{LINE, NOTHING, fill, list, right, width, wrap};
use crate::present::{Stretch, busiest};
use crate::stats::Interval;

/// Width of a role's name, and of a number with the blank before it: seven numbers fit the line.
const NAME: usize = 16;
const NUMBER: usize = 12;

/// Roles of a design that are told here; all of them are in `roles.csv`.
const MOST_ROLES: usize = 40;

pub(super) fn network(result: &ExperimentResult, text: &mut Painted) {
    if let Some(found) = &result.quickest {
        text.blank();
        for (i, line) in wrap(&answer(result, found), 9, LINE, 9).into_iter().enumerate() {
            let head = if i == 0 { "ANSWER   " } else { "" };
            text.stretches(vec![(Paint::Head, head.into()), (Paint::Answer, line)]);
        }
    }
    for (at, design) in result.designs.iter().enumerate() {
        let unit = Unit::of(design);
        text.blank();
        let first = if result.designs.len() == 1 { "role" } else { design.name.as_str() };
        let stretch = stretch(design);
        let heads = [
            stretch.head(),
            unit.head("W_q"),
            "P(W>0)".to_string(),
            unit.head("W"),
            "L_q".to_string(),
            "L".to_string(),
            "utilization".to_string(),
        ];
        let heads: String = heads.iter().map(|head| column(head)).collect();
        if NAME < width(first) {
            text.stretches(vec![(Paint::Head, first.into())]);
            text.line(fill("", NAME) + &heads);
        } else {
            text.stretches(vec![(Paint::Head, fill(first, NAME)), (Paint::Plain, heads)]);
        }
        roles(design, &unit, stretch, text);
        if let Some((role, per_day)) = design.falls_behind() {
            let more = Stretch::more(per_day, 3);
            if design.overload.as_ref().is_some_and(|of| of.in_all) {
                text.line(format!(
                    "  the network falls behind for good: {more} in all, most of it at {role}."
                ));
                text.line("  Each desk has time enough; they starve each other.");
            } else {
                text.line(format!("  {role} falls behind for good: {more} than it can do."));
            }
        }
        if let Some(inside) = design.time_inside.interval {
            let (time, number) = (
                with_luck(
                    inside.mean * unit.per_minute,
                    inside.half_width.map(|h| h * unit.per_minute),
                ),
                cell(&design.inquiries_inside, 1.0),
            );
            let between = match design.between_roles.mean() {
                Some(mean) if 0.0 < mean => {
                    format!(", {} of them at no role", cell(&design.between_roles, 1.0))
                }
                _ => String::new(),
            };
            text.line(format!(
                "  whole network: {time} {} inside, {number} inquiries inside{between}",
                unit.name
            ));
        }
        if let (true, Some(served)) = (design.loses(), design.served.interval) {
            let share = share(served.mean, served.half_width);
            let time = cell(&design.time_served, unit.per_minute);
            text.line(format!("  served: {share} of inquiries, {time} {} inside", unit.name));
        }
        let reached = result.measured(at, MeasureId::MentionsReached);
        if let Some(reached) = reached.and_then(|of| of.interval) {
            let share = share(reached.mean, reached.half_width);
            text.line(format!("  mentions reached while fresh: {share}"));
        }
    }
    text.blank();
}

/// A row for each role and each of its topics; of very many roles the busiest, in their order.
fn roles(design: &DesignResult, unit: &Unit, stretch: Stretch, text: &mut Painted) {
    let (told, left_out) = busiest(&design.roles, MOST_ROLES);
    for role in told.into_iter().map(|role| &design.roles[role]) {
        text.line(row(role, unit, stretch));
        lost(role).into_iter().for_each(|line| text.line(line));
        for topic in &role.topics {
            let cells = [
                cell(topic.number("arrivals_per_hour"), stretch.hours),
                cell(topic.number("wait_mean"), unit.per_minute),
                String::new(),
                cell(topic.number("inside_mean"), unit.per_minute),
            ];
            let cells: String = cells.iter().map(|cell| column(cell)).collect();
            text.line(fill(&format!("  {}", topic.name), NAME) + &cells);
        }
    }
    left_out.into_iter().for_each(|line| text.line(format!("  {line}")));
}

/// The stretch of time in which the visits of all roles are readable.
fn stretch(design: &DesignResult) -> Stretch {
    let rate = |role: &RoleResult| role.number("arrivals_per_hour").mean();
    Stretch::over(design.roles.iter().filter_map(rate))
}

/// The unit in which times of a design are readable; no name where there are none.
struct Unit {
    name: &'static str,
    per_minute: f64,
}

impl Unit {
    fn of(design: &DesignResult) -> Unit {
        let times = design.roles.iter().filter_map(|role| role.number("inside_mean").mean());
        match times.fold(0.0, f64::max) {
            none if none <= 0.0 => Unit { name: "", per_minute: 1.0 },
            longest if longest < 0.0001 / 60.0 => Unit { name: "\u{b5}s", per_minute: 60e6 },
            longest if longest < 0.1 / 60.0 => Unit { name: "ms", per_minute: 60e3 },
            longest if longest < 1.0 => Unit { name: "s", per_minute: 60.0 },
            longest if longest < 600.0 => Unit { name: "min", per_minute: 1.0 },
            _ => Unit { name: "h", per_minute: 1.0 / 60.0 },
        }
    }

    /// What stands over a column of such times; over dashes no unit.
    fn head(&self, symbol: &str) -> String {
        match self.name {
            "" => symbol.into(),
            name => format!("{symbol} [{name}]"),
        }
    }
}

fn row(role: &RoleResult, unit: &Unit, stretch: Stretch) -> String {
    let time = unit.per_minute;
    let numbers = [
        ("arrivals_per_hour", stretch.hours),
        ("wait_mean", time),
        ("wait_positive", 1.0),
        ("inside_mean", time),
        ("queue_mean", 1.0),
        ("number_mean", 1.0),
        ("utilization", 1.0),
    ];
    let cells = numbers.iter().map(|&(id, factor)| column(&cell(role.number(id), factor)));
    fill(&role.name, NAME) + &cells.collect::<String>()
}

/// A cell to the right of its column, with at least one blank before it.
fn column(cell: &str) -> String {
    format!(" {}", right(cell, NUMBER - 1))
}

/// The answer: which design inquiries pass soonest, and who serves fewer of them.
pub(super) fn answer(result: &ExperimentResult, found: &Quickest) -> String {
    let name = |design: usize| named(&result.designs[design]);
    let served = |design: usize| {
        let told = |of: Interval| share(of.mean, of.half_width.filter(|half| 0.0 < *half));
        found.served(design).map(told)
    };
    let best = found.standing.ranking[0];
    let unit = Unit::of(&result.designs[best]);
    let inside = |design: usize| {
        let minutes = found.minutes(design)?.mean * unit.per_minute;
        Some(format!("{} {} inside", significant(minutes, 3), unit.name))
    };
    let Some(most) = served(best) else { return quickest(result, found) };
    let mut parts = match found.standing.ranking.get(1) {
        None if !found.fewer.is_empty() => {
            let inside = inside(best).map_or(String::new(), |inside| format!(", {inside}"));
            vec![format!("{} comes first: it serves {most}{inside}.", name(best))]
        }
        second => {
            let told = |&design: &usize| Some(format!("{} {}", name(design), served(design)?));
            let all: Vec<String> = std::iter::once(&best).chain(second).filter_map(told).collect();
            vec![quickest(result, found), format!("Served: {}.", all.join(", "))]
        }
    };
    let told = |&design: &usize| {
        let parts: Vec<String> = served(design).into_iter().chain(inside(design)).collect();
        format!("{} ({})", name(design), parts.join(", "))
    };
    let fewer: Vec<String> = found.fewer.iter().map(told).collect();
    let fewer: Vec<&str> = fewer.iter().map(String::as_str).collect();
    if !fewer.is_empty() {
        let here = if result.completed() < 2 { " in this one run" } else { "" };
        parts.push(format!("Fewer are served{here} by {}.", list(&fewer)));
    }
    parts.join(" ")
}

/// In a sentence, who of those that serve not fewer is quickest, and whether that is sure and matters.
fn quickest(result: &ExperimentResult, found: &Quickest) -> String {
    let standing = &found.standing;
    let name = |design: usize| named(&result.designs[design]);
    let best = standing.ranking[0];
    let unit = Unit::of(&result.designs[best]);
    let length = |minutes: f64, digits| {
        format!("{} {}", significant(minutes * unit.per_minute, digits), unit.name)
    };
    let inside = length(standing.estimates[0].1.mean, 3);
    let (Some(&second), Some(less)) = (standing.ranking.get(1), standing.against_best.first())
    else {
        return format!("{} is quickest, {inside} inside: no other design copes.", name(best));
    };
    let lead = less.interval;
    let less =
        with_luck(lead.mean * unit.per_minute, lead.half_width.map(|half| half * unit.per_minute));
    let first = format!("{} is quickest, {inside} inside", name(best));
    let close = format!("Too close to call: {} has inquiries {inside} inside", name(best));
    let than = format!("{less} {} less than {}", unit.name, name(second));
    match &standing.verdict {
        Verdict::Winner => format!("{first}: {than}."),
        Verdict::TooSmall { .. } => {
            let plain = |minutes: f64| {
                format!("{} {}", (1000.0 * minutes * unit.per_minute).round() / 1000.0, unit.name)
            };
            let small = too_small(&plain(lead.mean), &plain(result.worth_noticing.minutes));
            // a lead that luck alone would give is told as none
            match lead.holds(0.0) {
                false => format!("{first}: {than}, {small}."),
                true => format!(
                    "It hardly matters: {name} has inquiries {inside} inside, {than}, {small}.",
                    name = name(best)
                ),
            }
        }
        Verdict::TooClose { rivals, .. } => {
            let rivals: Vec<String> = rivals.iter().map(|&rival| name(rival)).collect();
            let rivals: Vec<&str> = rivals.iter().map(String::as_str).collect();
            format!("{close}; luck may have decided against {}.", list(&rivals))
        }
        Verdict::OneRun => format!("{first} in this one run: {than}."),
        Verdict::Alone => format!("{first}."),
    }
}

/// Who was turned away and who left the queue, where somebody did.
fn lost(role: &RoleResult) -> Option<String> {
    let told = |id: &str, words: &str| {
        let measured = role.number(id);
        let share = measured.mean().filter(|mean| 0.0 < *mean)?;
        Some(format!("{} {words}", crate::present::share(share, measured.half_width())))
    };
    let parts: Vec<String> = [
        told("rejected", "of attempts turned away"),
        told("abandoned", "of those who joined left the queue"),
    ]
    .into_iter()
    .flatten()
    .collect();
    (!parts.is_empty()).then(|| format!("    {}", parts.join("; ")))
}

fn cell(measured: &Measured, factor: f64) -> String {
    match measured.interval {
        Some(interval) => {
            with_luck(interval.mean * factor, interval.half_width.map(|half| half * factor))
        }
        None => NOTHING.into(),
    }
}

/// As many decimals as the half-width makes sense of, two of its digits; fewer where that is too wide for a column,
/// with the half-width rounded up.
fn with_luck(mean: f64, half_width: Option<f64>) -> String {
    let Some(half_width) = half_width.filter(|half_width| 0.0 < *half_width) else {
        return significant(mean, 4);
    };
    let half = significant(half_width, 2);
    let most = half.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let written = |decimals: usize, half: &str| {
        format!(
            "{mean:.decimals$} ±{}",
            half.strip_prefix("0.").map_or(half.into(), |d| format!(".{d}"))
        )
    };
    let fewer = (0..most).rev().map(|decimals| {
        let unit = 10f64.powi(-(decimals as i32));
        written(decimals, &format!("{:.decimals$}", (half_width / unit).ceil() * unit))
    });
    let mut all = std::iter::once(written(most, &half)).chain(fewer);
    let fits = all.find(|cell| width(cell) < NUMBER);
    fits.unwrap_or_else(|| written(0, &significant(half_width, 2)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::{Contender, Standing, Values, standing_of_served};

    /// Two networks, of which the second has inquiries inside for so many more minutes, in six runs.
    fn told(more: [f64; 6], worth: f64) -> String {
        let found = |verdict| {
            let less = crate::stats::paired_difference(&more, &[0.0; 6], 0.95);
            let inside = crate::stats::mean_interval(&[201.0, 199.0, 200.0], 0.95);
            let estimates = vec![(0, inside), (1, inside)];
            let (ranking, minutes) = (vec![0, 1], estimates.clone());
            let standing = Standing { ranking, against_best: vec![less], estimates, verdict };
            Quickest { standing, fewer: vec![], served: vec![], minutes }
        };
        let mut result = crate::experiment::made_up::made_up();
        for design in &mut result.designs {
            design.roles[0].numbers[crate::experiment::RoleNumber::position("inside_mean")] =
                Measured::of(&[200.0, 200.0], 0.95);
        }
        result.worth_noticing.minutes = worth;
        let rivals = vec![1];
        let verdict = match worth {
            0.0 => Verdict::TooClose { rivals, repetitions: None },
            _ => Verdict::TooSmall { rivals },
        };
        answer(&result, &found(verdict))
    }

    #[test]
    fn a_lead_that_luck_alone_would_give_is_none() {
        let luck = [0.4, -0.3, 0.2, -0.2, 0.3, -0.3];
        expect_test::expect!["It hardly matters: Centralized has inquiries 200 min inside, 0.02 ±.33 min less than Hub and spoke, too small to matter (it takes 10 min)."].assert_eq(&told(luck, 10.0));
        expect_test::expect!["Centralized is quickest, 200 min inside: 1.02 ±.33 min less than Hub and spoke, too small to matter (it takes 10 min)."].assert_eq(&told(luck.map(|more| more + 1.0), 10.0));
        expect_test::expect!["Too close to call: Centralized has inquiries 200 min inside; luck may have decided against Hub and spoke."].assert_eq(&told(luck, 0.0));
    }

    /// Three networks with the share they serve and the minutes those served are inside.
    fn served(designs: [(f64, f64); 3]) -> String {
        let shares = [0.003, -0.003, 0.001, -0.001];
        let around = |mean: f64, luck: f64| {
            let most = if 1.0 <= mean { 0.0 } else { luck };
            Measured::of(&shares.map(|of| mean + most * of), 0.95)
        };
        let mut result = crate::experiment::made_up::made_up();
        (result.plain, result.worth_noticing.minutes) = (true, 1.0);
        result.designs.truncate(3);
        for (design, (share, minutes)) in result.designs.iter_mut().zip(designs) {
            design.completed.truncate(4);
            design.time_inside = around(minutes, 100.0);
            (design.served, design.time_served) = (around(share, 1.0), around(minutes, 100.0));
            design.roles[0].numbers[crate::experiment::RoleNumber::position("inside_mean")] =
                Measured::of(&[200.0, 200.0], 0.95);
        }
        let of = |measured: fn(&DesignResult) -> &Measured| -> Vec<Contender<'_>> {
            let all = result.designs.iter().enumerate();
            all.map(|(design, of)| {
                let values = Values(measured(of), &of.completed);
                Contender { design, values, companion: None }
            })
            .collect()
        };
        let (times, shares) = (of(DesignResult::minutes_of_served), of(|design| &design.served));
        let found = standing_of_served(&times, &shares, &result.worth_noticing, 0.95);
        let found = found.expect("they are compared");
        answer(&result, &found)
    }

    #[test]
    fn who_turns_customers_away_is_not_quickest() {
        expect_test::expect![[r#"
            Hub and spoke comes first: it serves 100%, 95.0 min inside. Fewer are served by Decentralized (60 ±.5%, 40.0 min inside) and Centralized (45 ±.5%, 30.0 min inside).
        "#]]
        .assert_eq(&(served([(0.45, 30.0), (1.0, 95.0), (0.6, 40.0)]) + "\n"));
        expect_test::expect![[r#"
            Decentralized is quickest, 80.0 min inside: 15.00 min less than Hub and spoke. Served: Decentralized 99 ±.5%, Hub and spoke 100%. Fewer are served by Centralized (45 ±.5%, 30.0 min inside).
        "#]]
        .assert_eq(&(served([(0.45, 30.0), (1.0, 95.0), (0.99, 80.0)]) + "\n"));
    }

    #[test]
    fn of_very_many_roles_the_busiest_are_told() {
        let mut design = crate::experiment::made_up::made_up().designs.remove(0);
        let one = design.roles[0].clone();
        let utilization = crate::experiment::RoleNumber::position("utilization");
        let role = |number: u32| {
            let mut role =
                crate::experiment::RoleResult { name: format!("r{number}"), ..one.clone() };
            let busy = f64::from(number * 7 % 1500) / 1500.0;
            role.numbers[utilization] = Measured::of(&[busy, busy], 0.95);
            role
        };
        design.roles = (0..1500).map(role).collect();
        let mut text = Painted::default();
        roles(&design, &Unit::of(&design), stretch(&design), &mut text);
        let text = text.plain();
        let names: Vec<&str> = text.lines().filter_map(|line| line.split(' ').next()).collect();
        assert_eq!(names.iter().filter(|name| name.starts_with('r')).count(), MOST_ROLES);
        assert!(text.contains("r214 ") && !text.contains("\nr1 "), "{text}");
        assert!(text.ends_with("  … and 1,460 less busy roles: see roles.csv\n"), "{text}");
    }

    #[test]
    fn a_number_has_the_decimals_that_its_luck_leaves() {
        assert_eq!(with_luck(9.0234, Some(0.31)), "9.02 ±.31");
        assert_eq!(with_luck(0.91234, Some(0.0123)), "0.912 ±.012");
        assert_eq!(with_luck(123.4, Some(17.0)), "123 ±17");
        assert_eq!(with_luck(9.0234, None), "9.023");
    }

    #[test]
    fn short_times_have_a_unit_in_which_their_digits_say_something() {
        let of = |minutes: f64| {
            let mut design = crate::experiment::made_up::made_up().designs.remove(0);
            design.roles[0].numbers[crate::experiment::RoleNumber::position("inside_mean")] =
                Measured::of(&[minutes, minutes], 0.95);
            let unit = Unit::of(&design);
            format!("{} {}", significant(minutes * unit.per_minute, 3), unit.name)
        };
        let told = [0.0, 5e-6 / 60.0, 2e-3 / 60.0, 0.5 / 60.0, 2.0, 1200.0].map(of);
        assert_eq!(
            told.map(|text| text.trim().to_owned()),
            ["0", "5.00 µs", "2.00 ms", "0.500 s", "2.00 min", "20.0 h"]
        );
    }

    #[test]
    fn a_number_fits_its_column_and_its_luck_is_never_told_smaller() {
        assert_eq!(with_luck(0.83203, Some(0.00051)), "0.832 ±.001");
        assert_eq!(with_luck(39.983, Some(0.0521)), "39.98 ±.06");
        assert_eq!(with_luck(2.75432, Some(0.00062)), "2.754 ±.001");
        assert_eq!(with_luck(123.456, Some(0.012)), "123.46 ±.02");
        assert_eq!(column("260 ±121"), "    260 ±121");
        assert_eq!(column("1234567 ±12345"), " 1234567 ±12345");
    }
}
