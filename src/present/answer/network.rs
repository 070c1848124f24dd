//! A plain queueing network: the numbers theory knows, one row a role.

use crate::experiment::{DesignResult, ExperimentResult, Measured, RoleResult};
use crate::present::paint::{Paint, Painted};
use crate::present::words::{fill, right, significant};

/// Width of a role's name, and of a number.
const NAME: usize = 18;
const NUMBER: usize = 15;

pub(super) fn network(result: &ExperimentResult, text: &mut Painted) {
    for design in &result.designs {
        let unit = Unit::of(design);
        text.blank();
        let first = if result.designs.len() == 1 { "role" } else { design.name.as_str() };
        let heads = [
            "arrivals/h".to_string(),
            format!("W_q [{}]", unit.name),
            "P(W>0)".to_string(),
            format!("W [{}]", unit.name),
            "L_q".to_string(),
            "L".to_string(),
            "utilization".to_string(),
        ];
        let heads: String = heads.iter().map(|head| right(head, NUMBER)).collect();
        text.stretches(vec![(Paint::Head, fill(first, NAME)), (Paint::Plain, heads)]);
        for role in &design.roles {
            text.line(row(role, &unit));
            lost(role).into_iter().for_each(|line| text.line(line));
            for topic in &role.topics {
                let cells = [
                    cell(topic.number("throughput_per_hour"), 1.0),
                    cell(topic.number("wait_mean"), unit.per_minute),
                    String::new(),
                    cell(topic.number("inside_mean"), unit.per_minute),
                ];
                let cells: String = cells.iter().map(|cell| right(cell, NUMBER)).collect();
                text.line(fill(&format!("  {}", topic.name), NAME - 1) + " " + &cells);
            }
        }
        if let Some((role, per_day)) = design.falls_behind() {
            let pace = significant(per_day, 3);
            text.line(format!("  {role} falls behind for good: {pace} more a day than it can do."));
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
    }
    text.blank();
}

/// The unit in which times of a design are readable.
struct Unit {
    name: &'static str,
    per_minute: f64,
}

impl Unit {
    fn of(design: &DesignResult) -> Unit {
        let times = design.roles.iter().filter_map(|role| role.number("inside_mean").mean());
        match times.fold(0.0, f64::max) {
            longest if longest < 1.0 => Unit { name: "s", per_minute: 60.0 },
            longest if longest < 600.0 => Unit { name: "min", per_minute: 1.0 },
            _ => Unit { name: "h", per_minute: 1.0 / 60.0 },
        }
    }
}

fn row(role: &RoleResult, unit: &Unit) -> String {
    let time = unit.per_minute;
    let numbers = [
        ("arrivals_per_hour", 1.0),
        ("wait_mean", time),
        ("wait_positive", 1.0),
        ("inside_mean", time),
        ("queue_mean", 1.0),
        ("number_mean", 1.0),
        ("utilization", 1.0),
    ];
    let cells = numbers.iter().map(|&(id, factor)| {
        let id = if id == "utilization" && role.persons.is_none() { "in_service_mean" } else { id };
        right(&cell(role.number(id), factor), NUMBER)
    });
    fill(&role.name, NAME - 1) + " " + &cells.collect::<String>()
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
        None => "–".into(),
    }
}

/// As many decimals as the half-width makes sense of: two of its digits.
fn with_luck(mean: f64, half_width: Option<f64>) -> String {
    match half_width {
        Some(half_width) if 0.0 < half_width => {
            let half = significant(half_width, 2);
            let decimals = half.split_once('.').map_or(0, |(_, decimals)| decimals.len());
            format!("{mean:.decimals$} ±{}", half.strip_prefix('0').unwrap_or(&half))
        }
        _ => significant(mean, 4),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_the_decimals_that_its_luck_leaves() {
        assert_eq!(with_luck(9.0234, Some(0.31)), "9.02 ±.31");
        assert_eq!(with_luck(0.91234, Some(0.00123)), "0.9123 ±.0012");
        assert_eq!(with_luck(123.4, Some(17.0)), "123 ±17");
        assert_eq!(with_luck(9.0234, None), "9.023");
    }
}
