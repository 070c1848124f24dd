//! Why customers waited, per design.

use super::axis::Scale;
use super::caption::{Caption, empty};
use super::safe::clean;
use super::stack::{Bar, Group, Stack, stack};
use super::theme::FILLS;

/// Data of [`causes`].
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Causes {
    /// What the picture says.
    pub caption: Caption,
    /// Names of the causes in the order stacked, such as "desk closed", "in line", "wrong desk", each with its
    /// number among all causes there are, which gives its color.
    pub causes: Vec<(String, usize)>,
    /// One row per design.
    pub designs: Vec<CauseRow>,
}

/// How long customers of one design waited for each cause.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CauseRow {
    /// The design.
    pub design: String,
    /// Hours per inquiry, in the order of [`Causes::causes`]; missing ones are nothing.
    pub hours: Vec<f64>,
    /// Half-width of all of them together, in hours; `None` where nothing is known of luck.
    pub luck: Option<f64>,
}

/// Why customers waited: one stacked bar per design, in hours per inquiry, with its total.
///
/// Values that are negative or not finite count as nothing.
pub fn causes(data: &Causes) -> String {
    if data.designs.is_empty() || data.causes.is_empty() {
        return empty(&data.caption, "Nobody waited, so there is no cause to show.");
    }
    let value = |row: &CauseRow, at: usize| match row.hours.get(at) {
        Some(hours) if hours.is_finite() => hours.max(0.0),
        _ => 0.0,
    };
    let bars = data
        .designs
        .iter()
        .map(|row| {
            let values: Vec<f64> = (0..data.causes.len()).map(|at| value(row, at) * 60.0).collect();
            let luck = row.luck.filter(|luck| luck.is_finite()).map(|luck| 60.0 * luck);
            // rounded up to whole minutes, as in tables
            let whole = |luck: f64| if luck < 1.5 { luck } else { (luck - 1e-6).ceil() };
            let luck = luck
                .map_or(String::new(), |luck| format!(" ±{}", Scale::Minutes.read(whole(luck))));
            let note = format!("{}{luck}", Scale::Minutes.read(values.iter().sum()));
            Bar { name: clean(&row.design), values, note }
        })
        .collect();
    let parts = data.causes.iter();
    stack(&Stack {
        caption: &data.caption,
        parts: parts.map(|(name, at)| (clean(name), FILLS[at % FILLS.len()])).collect(),
        groups: vec![Group { name: String::new(), bars }],
        scale: Scale::Minutes,
        axis: "time waited per inquiry".to_owned(),
        guide: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_bar_ends_in_its_total() {
        let svg = causes(&Causes {
            caption: Caption::new("Why do customers wait?"),
            causes: vec![("desk closed".into(), 1), ("in line".into(), 0)],
            designs: vec![CauseRow {
                design: "A".into(),
                hours: vec![3.0, 1.5, f64::NAN],
                luck: Some(0.2),
            }],
        });
        assert!(svg.contains(">4h 30m ±12m</text>"), "{svg}");
        // a cause has its color whatever stands before it
        let first = svg.find(FILLS[1].color).expect("the first part is drawn");
        assert!(first < svg.find(FILLS[0].color).expect("so is the second"));
        assert!(svg.contains(">3h</text>"));
    }
}
