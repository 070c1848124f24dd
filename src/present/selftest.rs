//! The self-test as a table and as data.

use serde_json::{Value, json};

use super::numbers::significant;
use super::results_json::numbers::{maybe, number};
use super::words::{NOTHING, fill, right};
use crate::study::{ALLOWED, CaseResult, MeasureResult, RETEST, Selftest};

/// Widths of case and measure, and of a number.
const CASE: usize = 28;
const MEASURE: usize = 26;
const NUMBER: usize = 12;

/// One row a measure: exact, simulated ± half-width, z.
pub fn selftest_text(of: &Selftest) -> String {
    let heads = ["exact", "simulated", "±", "z"].map(|head| right(head, NUMBER)).concat();
    let mut text = format!("{}{}{heads}\n", fill("case", CASE), fill("measure", MEASURE));
    for case in &of.cases {
        let name = if case.retested { format!("{} (again)", case.name) } else { case.name.into() };
        if let Some(trouble) = &case.trouble {
            text.push_str(&format!("{}{trouble}\n", fill(&name, CASE)));
        }
        for (i, measure) in case.measures.iter().enumerate() {
            text.push_str(&row(if i == 0 { &name } else { "" }, measure));
        }
    }
    let measures = of.cases.iter().map(|case| case.measures.len()).sum::<usize>();
    let failed: Vec<&str> =
        of.cases.iter().filter(|case| !case.passed()).map(|case| case.name).collect();
    text.push_str(&match failed.as_slice() {
        [] if of.incomplete => "\nstopped before all cases were run\n".to_owned(),
        [] => format!(
            "\nall {} cases pass: {measures} measures, none more than {ALLOWED} standard errors off\n",
            of.cases.len()
        ),
        names => format!(
            "\nFAILED: {}. More than {ALLOWED} standard errors off, again with another seed and {RETEST} times \
             the replications\n",
            names.join(", ")
        ),
    });
    text
}

fn row(case: &str, measure: &MeasureResult) -> String {
    let or_dash = |value: Option<f64>, digits| {
        value.map_or_else(|| NOTHING.to_owned(), |value| significant(value, digits))
    };
    let verdict = if measure.passed() { "" } else { "  off" };
    let z = measure.z.map_or_else(|| NOTHING.to_owned(), |z| format!("{z:+.2}"));
    let cells = [
        significant(measure.exact, 5),
        or_dash(measure.simulated, 5),
        or_dash(measure.half_width, 2),
        z,
    ];
    let cells = cells.map(|cell| right(&cell, NUMBER)).concat();
    format!("{}{}{cells}{verdict}\n", fill(case, CASE), fill(measure.measure, MEASURE))
}

/// The same as data.
pub fn selftest_json(of: &Selftest) -> Value {
    let measure = |measure: &MeasureResult| {
        json!({
            "measure": measure.measure,
            "exact": number(measure.exact),
            "simulated": maybe(measure.simulated),
            "half_width": maybe(measure.half_width),
            "z": maybe(measure.z),
            "passed": measure.passed(),
        })
    };
    let case = |case: &CaseResult| {
        json!({
            "case": case.name,
            "passed": case.passed(),
            "retested": case.retested,
            "trouble": case.trouble,
            "measures": case.measures.iter().map(measure).collect::<Vec<_>>(),
        })
    };
    json!({
        "orgsim": env!("CARGO_PKG_VERSION"),
        "passed": of.passed(),
        "incomplete": of.incomplete,
        "allowed_standard_errors": ALLOWED,
        "cases": of.cases.iter().map(case).collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;

    #[test]
    fn a_row_has_the_exact_value_the_estimate_and_how_far_it_is() {
        let measure = |z: f64| MeasureResult {
            measure: "W_q",
            exact: 4.0,
            simulated: Some(4.0123),
            half_width: Some(0.0712),
            z: Some(z),
        };
        let case = |name, z| CaseResult {
            name,
            retested: 4.0 < z,
            measures: vec![measure(z)],
            trouble: None,
        };
        let of =
            Selftest { cases: vec![case("M/M/1", 0.35), case("M/M/2", 4.5)], incomplete: false };
        let expected = expect![[r#"
            case                        measure                          exact   simulated           ±           z
            M/M/1                       W_q                             4.0000      4.0123       0.071       +0.35
            M/M/2 (again)               W_q                             4.0000      4.0123       0.071       +4.50  off

            FAILED: M/M/2. More than 4 standard errors off, again with another seed and 4 times the replications
        "#]];
        expected.assert_eq(&selftest_text(&of));
        assert_eq!(selftest_json(&of)["cases"][1]["passed"], json!(false));
    }
}
