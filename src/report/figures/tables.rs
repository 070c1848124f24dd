//! The numbers behind pictures, as tables to take away: a column or two for each design.

use crate::experiment::{
    DesignResult, ExperimentResult, Measured, Quantity, RoleResult, curve_times,
};
use crate::model::MeasureId;
use crate::present::busiest;
use crate::report::MOST_ROLES;
use crate::sim::{Bin, Cause};

/// Names of columns, and rows.
pub(super) type Numbers = (Vec<String>, Vec<Vec<String>>);

/// A number in six digits that count; nothing for none.
pub(super) fn text(number: Option<f64>) -> String {
    let short = |number: f64| format!("{number:.5e}").parse::<f64>().unwrap_or(number);
    number.filter(|number| number.is_finite()).map_or(String::new(), |n| short(n).to_string())
}

/// Value and half-width.
pub(super) fn both(measured: Option<&Measured>) -> [String; 2] {
    [text(measured.and_then(Measured::mean)), text(measured.and_then(Measured::half_width))]
}

/// First columns, then two for each name.
pub(super) fn heads<'n>(first: &[&str], names: impl Iterator<Item = &'n str>) -> Vec<String> {
    let first = first.iter().map(|name| (*name).to_owned());
    let both = names.flat_map(|name| [name.to_owned(), format!("{name} half_width")]);
    first.chain(both).collect()
}

/// Most rows that a text tells; of more, some evenly apart stand for all.
const TOLD: usize = 8;
/// Most letters of such a text.
const LETTERS: usize = 900;

/// Numbers as a text for who cannot see the picture they are drawn in: a title, then some or all of the rows, each
/// value with its chance.
pub(super) fn told(title: &str, (head, rows): &Numbers) -> String {
    let luck = |column: usize| head.get(column).is_some_and(|name| name.ends_with("half_width"));
    let short = |cell: &str| match cell.parse::<f64>() {
        Ok(number) => format!("{:.2e}", number).parse::<f64>().unwrap_or(number).to_string(),
        Err(_) => cell.to_owned(),
    };
    let row = |row: &Vec<String>| -> String {
        let mut text = String::new();
        for (column, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            match column {
                _ if luck(column) => text.push_str(&format!(" ±{}", short(cell))),
                0 => text.push_str(&short(cell)),
                _ => {
                    let name = head[column].replace('_', " ");
                    text.push_str(&format!(", {name} {}", short(cell)));
                }
            }
        }
        text
    };
    let step = rows.len().div_ceil(TOLD).max(1);
    let mut text = title.to_owned();
    if 1 < step {
        text.push_str(&format!(" One in {step} of {} rows.", rows.len()));
    }
    let first = head.first().map_or("", String::as_str).replace('_', " ");
    for of in rows.iter().step_by(step).map(row) {
        let of = format!(" {first} {of};");
        if LETTERS < text.len() + of.len() {
            text.push_str(" and more in its table;");
            break;
        }
        text.push_str(&of);
    }
    format!("{}.", text.trim_end_matches(';'))
}

fn names(result: &ExperimentResult) -> impl Iterator<Item = &str> {
    result.designs.iter().map(|design| design.name.as_str())
}

/// A row: a label, then value and half-width in each design.
fn row(
    label: String,
    result: &ExperimentResult,
    of: impl Fn(&DesignResult) -> Option<&Measured>,
) -> Vec<String> {
    let cells = result.designs.iter().flat_map(|design| both(of(design)));
    std::iter::once(label).chain(cells).collect()
}

pub(super) fn curves(result: &ExperimentResult) -> Numbers {
    let rows = curve_times().into_iter().enumerate().map(|(at, time)| {
        row(text(Some(time.minutes())), result, |design| {
            design.scopes.first().and_then(|all| all.curve.get(at))
        })
    });
    (heads(&["minutes"], names(result)), rows.collect())
}

pub(super) fn causes(result: &ExperimentResult) -> Numbers {
    let rows = Cause::ALL.iter().map(|&cause| {
        row(format!("{}, minutes per inquiry", cause.label()), result, |design| {
            design
                .scopes
                .first()
                .and_then(|all| all.causes.get(cause as usize))
                .map(|of| &of.minutes)
        })
    });
    (heads(&["cause"], names(result)), rows.collect())
}

pub(super) fn measures(result: &ExperimentResult, ids: &[MeasureId]) -> Numbers {
    let rows = ids.iter().map(|&id| {
        let at = result.quantity(id);
        row(Quantity::usual(id).id(), result, |design| {
            design.scopes.first().and_then(|all| all.measures.get(at?))
        })
    });
    (heads(&["measure"], names(result)), rows.collect())
}

pub(super) fn backlog(result: &ExperimentResult, weekday: usize) -> Numbers {
    let hours = result.designs.iter().map(|design| design.backlog_by_hour.len()).max();
    let mut rows: Vec<(usize, Vec<String>)> = (0..hours.unwrap_or(0))
        .map(|hour| {
            let since_monday = (hour + 24 * weekday) % 168;
            let cells =
                row(since_monday.to_string(), result, |design| design.backlog_by_hour.get(hour));
            (since_monday, cells)
        })
        .collect();
    rows.sort_by_key(|(hour, _)| *hour);
    let rows = rows.into_iter().map(|(_, row)| row).collect();
    (heads(&["hour_since_monday"], names(result)), rows)
}

/// A row for each role of a design, first its name in `named` cells; of very many, for the busiest, and one that says so.
fn of_roles(
    design: &DesignResult,
    named: impl Fn(&str) -> Vec<String>,
    values: impl Fn(&RoleResult) -> Vec<String>,
) -> Vec<Vec<String>> {
    let (told, left_out) = busiest(&design.roles, MOST_ROLES);
    let row = |role: &RoleResult| [named(&role.name), values(role)].concat();
    let mut rows: Vec<Vec<String>> =
        told.into_iter().map(|role| row(&design.roles[role])).collect();
    if let Some(line) = left_out {
        let mut last = named(&line);
        last.resize(rows[0].len(), String::new());
        rows.push(last);
    }
    rows
}

/// Shares of paid time: a column for each bin.
pub(super) fn workload(result: &ExperimentResult) -> Numbers {
    let of = |design: &DesignResult| -> Vec<Vec<String>> {
        let bins =
            |role: &RoleResult| Bin::ALL.iter().map(|&bin| text(role.bin(bin).mean())).collect();
        of_roles(design, |role| vec![design.name.clone(), role.to_owned()], bins)
    };
    let bins = Bin::ALL.iter().map(|bin| bin.label());
    let head = ["design", "role"].into_iter().chain(bins).map(String::from).collect();
    (head, result.designs.iter().flat_map(of).collect())
}

/// How busy the roles of all designs are.
pub(super) fn loads(result: &ExperimentResult) -> Numbers {
    let of = |design: &DesignResult| -> Vec<Vec<String>> {
        let busy = |role: &RoleResult| both(Some(role.number("utilization"))).to_vec();
        of_roles(design, |role| vec![format!("{}: {role}", design.name)], busy)
    };
    let head = ["role", "busy", "half_width"].map(String::from).to_vec();
    (head, result.designs.iter().flat_map(of).collect())
}

pub(super) fn busy(design: &DesignResult) -> Numbers {
    let busy = |role: &RoleResult| {
        let [share, half_width] = both(Some(role.number("utilization")));
        vec![text(role.heads), share, half_width]
    };
    let rows = of_roles(design, |role| vec![role.to_owned()], busy);
    (["role", "people", "busy", "half_width"].map(String::from).to_vec(), rows)
}

pub(super) fn differences(result: &ExperimentResult) -> Numbers {
    let mut rows = Vec::new();
    for score in &result.scores {
        for pair in &result.pairs {
            let Some(of) = &pair.differences[score.quantity] else { continue };
            rows.push(vec![
                result.quantities[score.quantity].id(),
                result.designs[pair.first].name.clone(),
                result.designs[pair.second].name.clone(),
                text(Some(of.interval.mean)),
                text(of.interval.half_width),
            ]);
        }
    }
    let head = ["measure", "first", "second", "first_minus_second", "half_width"];
    (head.map(String::from).to_vec(), rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_told_by_its_numbers() {
        let row = |cells: [&str; 3]| cells.map(String::from).to_vec();
        let head = row(["measure", "One desk", "One desk half_width"]);
        let rows = vec![row(["cost", "13.1234", "0.0812"]), row(["x", "", ""])];
        let text = told("What does it cost?", &(head.clone(), rows));
        assert_eq!(text, "What does it cost? measure cost, One desk 13.1 ±0.0812; measure x.");
        let many = vec![row(["1", "2", "3"]); 100];
        let text = told("Why?", &(head, many));
        assert!(text.starts_with("Why? One in 13 of 100 rows. measure 1,") && text.len() < 1000);
    }

    #[test]
    fn of_very_many_roles_the_busiest_have_rows_and_one_row_says_so() {
        let mut result = crate::experiment::made_up::made_up();
        let one = result.designs[0].roles[0].clone();
        let utilization = crate::experiment::RoleNumber::position("utilization");
        let role = |number: u32| {
            let mut role = RoleResult { name: format!("r{number}"), ..one.clone() };
            let busy = f64::from(number) / 300.0;
            role.numbers[utilization] = Measured::of(&[busy, busy], 0.95);
            role
        };
        result.designs.truncate(1);
        let few = busy(&result.designs[0]).1.len();
        assert_eq!(few, result.designs[0].roles.len());
        result.designs[0].roles = (0..300).map(role).collect();
        for (head, rows) in [workload(&result), loads(&result), busy(&result.designs[0])] {
            assert_eq!(rows.len(), MOST_ROLES + 1);
            assert!(rows.iter().all(|row| row.len() == head.len()), "{:?}", rows.last());
            let others = rows.last().unwrap().concat();
            assert!(others.contains("… and 100 less busy roles: see roles.csv"), "{others}");
            assert!(rows[0].concat().contains("r100"), "{:?}", rows[0]);
        }
    }

    #[test]
    fn numbers_have_six_digits_and_none_is_nothing() {
        let told = |number| text(Some(number));
        assert_eq!(told(0.545_538_496_317_891_8), "0.545538");
        assert_eq!([told(123_456_789.0), told(0.1), told(2.0)], ["123457000", "0.1", "2"]);
        assert_eq!([text(None), told(f64::NAN)], ["", ""]);
    }
}
