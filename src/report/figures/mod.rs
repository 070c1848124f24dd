//! The pictures of a result, each with the numbers it is drawn from.

mod studies;
mod tables;
mod week;

use crate::experiment::{DesignResult, ExperimentResult, Measured, curve_times};
use crate::model::{self, MeasureId, MeasureUnit};
use crate::present::plot::{
    self, Caption, CauseRow, Causes, Curve, CurvePoint, Curves, Difference, DifferenceGroup,
    Differences, Estimate, EstimateRow, Estimates, Reference, Scale, Scatter, TimeLine, TimePoint,
    Timeline, TradePoint, WorkUnit, Workload, WorkloadRow,
};
use crate::present::{Cell, measured, measured_cell};
use crate::report::{Report, organization_picture};
use crate::sim::{Bin, Cause};

/// A picture with its numbers.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Figure {
    /// Name of its file without extension, also the place on the page that can be linked to.
    pub name: String,
    /// The question it answers.
    pub title: String,
    /// The picture, SVG made by this program.
    pub svg: String,
    /// Names of the columns of its numbers.
    pub head: Vec<String>,
    /// Its numbers, a row each.
    pub rows: Vec<Vec<String>>,
}

/// All pictures of a report, the most telling first, then the organization of each design.
///
/// A plain queueing network has no replies, mentions or causes to draw: of it, its load and its
/// organization are shown.
pub fn figures(report: &Report<'_>) -> Vec<Figure> {
    let result = report.result;
    let mut all = Vec::new();
    if !result.plain {
        all.push(answered_within(result));
        all.extend(differences(result));
        all.push(causes(result));
        all.extend(trade_off(result));
        all.extend(backlog(result, report.weekday));
        all.extend(week::week_map(report));
        all.extend(cost(result, report.currency));
    }
    all.push(workload(result));
    all.extend(report.studies.iter().flat_map(|of| studies::figures(of, report.weekday)));
    for (number, (design, of)) in report.model.designs.iter().zip(&result.designs).enumerate() {
        let busy: Vec<Option<f64>> =
            of.roles.iter().map(|role| role.number("utilization").mean()).collect();
        let mut picture =
            organization_picture(&report.model.world, &report.model.practice, design, &busy);
        let title = format!("{}: who works with whom, and how busy are they?", design.name);
        picture.caption.title.clone_from(&title);
        let name = format!("organization-{}", number + 1);
        let numbers = tables::busy(of);
        let told = tables::told(&picture.caption.alt, &numbers);
        picture.caption.alt = told;
        let (head, rows) = numbers;
        all.push(Figure { name, title, svg: plot::organization(&picture), head, rows });
    }
    all
}

fn figure(name: &str, title: &str, svg: String, (head, rows): tables::Numbers) -> Figure {
    Figure { name: name.into(), title: title.into(), svg, head, rows }
}

/// Ends of an interval, not a number where there is none.
fn ends(measured: &Measured) -> (f64, f64) {
    let end = |of: fn(&crate::stats::Interval) -> Option<f64>| {
        measured.interval.as_ref().and_then(of).unwrap_or(f64::NAN)
    };
    (end(crate::stats::Interval::low), end(crate::stats::Interval::high))
}

fn estimate(measured: Option<&Measured>) -> Estimate {
    let Some((measured, value)) = measured.and_then(|measured| Some((measured, measured.mean()?)))
    else {
        return Estimate { value: f64::NAN, low: f64::NAN, high: f64::NAN };
    };
    let (low, high) = ends(measured);
    Estimate { value, low, high }
}

const LUCK: &str = "Bands and bars show what luck may have done, not wrong inputs.";
/// The same where more than one pair is compared.
const LUCK_OF_PAIRS: &str = "Bars show what luck may have done to each pair by itself, not wrong inputs. \
    The answer allows for luck in all its comparisons at once, so its ± are wider.";

fn answered_within(result: &ExperimentResult) -> Figure {
    let title = "How many customers have a reply by when?";
    let times = curve_times();
    let curve = |design: &DesignResult| Curve {
        name: design.name.clone(),
        points: design.scopes.first().map_or_else(Vec::new, |all| {
            times
                .iter()
                .zip(&all.curve)
                .filter_map(|(time, share)| {
                    let (low, high) = ends(share);
                    Some(CurvePoint { minutes: time.minutes(), share: share.mean()?, low, high })
                })
                .collect()
        }),
    };
    let mut references: Vec<Reference> = Vec::new();
    for objective in &result.objectives {
        if let Some(within) = objective.goal.within
            && objective.goal.measure.id == MeasureId::AnsweredWithin
            && references.iter().all(|known| (known.minutes - within.minutes()).abs() > 1e-9)
        {
            references
                .push(Reference { minutes: within.minutes(), label: format!("goal {within}") });
        }
    }
    let numbers = tables::curves(result);
    let svg = plot::curves(&Curves {
        caption: Caption::new(title)
            .subtitle("share of inquiries needing a reply that are answered within a time")
            .alt(tables::told(title, &numbers))
            .note(LUCK),
        designs: result.designs.iter().map(curve).collect(),
        references,
    });
    figure("answered-within", title, svg, numbers)
}

fn workload(result: &ExperimentResult) -> Figure {
    let title = "Where does people's time go?";
    let rows = result.designs.iter().flat_map(|design| {
        design.roles.iter().map(|role| WorkloadRow {
            design: design.name.clone(),
            role: role.name.clone(),
            values: Bin::ALL
                .iter()
                .filter_map(|&bin| Some((bin, role.bins.get(bin as usize)?.mean()?)))
                .collect(),
            busy: match measured_cell(Some(role.number("utilization")), MeasureUnit::Share, "") {
                Cell::Nothing => String::new(),
                busy => busy.to_string(),
            },
        })
    });
    let numbers = tables::workload(result);
    let svg = plot::workload(&Workload {
        caption: Caption::new(title)
            .subtitle("share of paid time, by role")
            .alt(tables::told(title, &tables::loads(result))),
        unit: WorkUnit::Share,
        rows: rows.collect(),
        guide: true,
    });
    figure("workload", title, svg, numbers)
}

fn causes(result: &ExperimentResult) -> Figure {
    let title = "Why did customers wait?";
    let hours = |design: &DesignResult, cause: Cause| {
        let minutes =
            design.scopes.first().and_then(|all| all.causes.get(cause as usize)?.minutes.mean());
        minutes.unwrap_or(0.0) / 60.0
    };
    // what nobody waited for is left out
    let waited: Vec<Cause> = Cause::ALL
        .iter()
        .copied()
        .filter(|&cause| result.designs.iter().any(|design| 0.0 < hours(design, cause)))
        .collect();
    let numbers = tables::causes(result);
    let svg = plot::causes(&Causes {
        caption: Caption::new(title)
            .subtitle("hours per inquiry, by cause; ± is luck only")
            .alt(tables::told(title, &numbers)),
        causes: waited.iter().map(|&cause| (cause.label().to_owned(), cause as usize)).collect(),
        designs: result
            .designs
            .iter()
            .map(|design| CauseRow {
                design: design.name.clone(),
                hours: waited.iter().map(|&cause| hours(design, cause)).collect(),
                luck: design
                    .scopes
                    .first()
                    .and_then(|all| all.waited.half_width())
                    .map(|minutes| minutes / 60.0),
            })
            .collect(),
    });
    figure("causes", title, svg, numbers)
}

/// Proactive coverage against first response; none where there is nothing to be present at.
fn trade_off(result: &ExperimentResult) -> Option<Figure> {
    let title = "What does being present cost in speed?";
    let designs = 0..result.designs.len();
    let across = result.quantity(MeasureId::MentionsReached)?;
    let points: Vec<TradePoint> = designs
        .map(|design| TradePoint {
            name: result.designs[design].name.clone(),
            x: estimate(result.of(design, across)),
            y: estimate(result.measured(design, MeasureId::FirstReplyMedian)),
        })
        .collect();
    points.iter().any(|point| point.x.value.is_finite() && point.y.value.is_finite()).then(|| {
        let numbers =
            tables::measures(result, &[MeasureId::MentionsReached, MeasureId::FirstReplyMedian]);
        let svg = plot::scatter(&Scatter {
            caption: Caption::new(title)
                .subtitle(
                    "each design at its share of fresh mentions reached and its median first reply",
                )
                .alt(tables::told(title, &numbers))
                .note(LUCK),
            x_name: "fresh mentions reached".into(),
            x_scale: Scale::Share,
            x_better: plot::Better::Higher,
            y_name: "first reply: half are faster than".into(),
            y_scale: Scale::Minutes,
            y_better: plot::Better::Lower,
            designs: points,
        });
        figure("coverage-and-first-reply", title, svg, numbers)
    })
}

/// What a settled inquiry costs; none where nothing is known of money.
fn cost(result: &ExperimentResult, currency: &str) -> Option<Figure> {
    let title = "What does one settled inquiry cost?";
    let row = |design: &DesignResult, at: usize| {
        let of = result.measured(at, MeasureId::CostPerSettled);
        EstimateRow {
            name: design.name.clone(),
            value: estimate(of),
            text: measured(of, MeasureUnit::Money, currency),
        }
    };
    let designs: Vec<EstimateRow> =
        result.designs.iter().zip(0..).map(|(design, at)| row(design, at)).collect();
    designs.iter().any(|row| row.value.value.is_finite()).then(|| {
        let numbers = tables::measures(result, &[MeasureId::CostPerSettled]);
        let svg = plot::estimates(&Estimates {
            caption: Caption::new(title)
                .subtitle("yearly cost of the design ÷ inquiries settled in a year")
                .alt(tables::told(title, &numbers))
                .note(LUCK),
            measure: "cost of one settled inquiry".into(),
            scale: Scale::Number(currency.into()),
            designs,
        });
        figure("cost-per-settled", title, svg, numbers)
    })
}

fn backlog(result: &ExperimentResult, weekday: usize) -> Option<Figure> {
    let title = "When in the week does work pile up?";
    let line = |design: &DesignResult| TimeLine {
        name: design.name.clone(),
        points: design
            .backlog_by_hour
            .iter()
            .enumerate()
            .filter_map(|(hour, waiting)| {
                let (low, high) = ends(waiting);
                // hours are counted from time 0, which may be another day than Monday
                let hour = ((hour + 24 * weekday) % 168) as f64;
                Some(TimePoint { hour, value: waiting.mean()?, low, high })
            })
            .collect(),
    };
    let designs: Vec<TimeLine> = result.designs.iter().map(line).collect();
    designs.iter().any(|line| !line.points.is_empty()).then(|| {
        let numbers = tables::backlog(result, weekday);
        let svg = plot::timeline(&Timeline {
            caption: Caption::new(title)
                .subtitle("inquiries without a reply, by hour of the week")
                .alt(tables::told(title, &numbers))
                .note(LUCK),
            quantity: "inquiries waiting".into(),
            scale: Scale::Number(String::new()),
            designs,
            open: Vec::new(),
            span: None,
        });
        figure("backlog", title, svg, numbers)
    })
}

/// Paired differences in the headlines of the scores; none with fewer than two designs.
fn differences(result: &ExperimentResult) -> Option<Figure> {
    let title = "Which differences are real, and large enough to matter?";
    let groups: Vec<DifferenceGroup> = result
        .scores
        .iter()
        .map(|score| {
            let quantity = result.quantities[score.quantity];
            let unit = quantity.unit();
            DifferenceGroup {
                measure: quantity.name(),
                scale: match unit {
                    model::MeasureUnit::Share => Scale::Share,
                    model::MeasureUnit::Minutes => Scale::Minutes,
                    model::MeasureUnit::Money | model::MeasureUnit::Count => {
                        Scale::Number(String::new())
                    }
                },
                better: quantity.measure.better.into(),
                too_small: Some(result.worth(score.quantity)).filter(|worth| 0.0 < *worth),
                pairs: pairs(result, score.quantity),
            }
        })
        .filter(|group| !group.pairs.is_empty())
        .collect();
    (!groups.is_empty()).then(|| {
        let numbers = tables::differences(result);
        let svg = plot::differences(&Differences {
            caption: Caption::new(title)
                .subtitle("differences between designs that met the same customers")
                .alt(tables::told(title, &numbers))
                .note(if 2 < result.designs.len() { LUCK_OF_PAIRS } else { LUCK }),
            measures: groups,
        });
        figure("differences", title, svg, numbers)
    })
}

fn pairs(result: &ExperimentResult, quantity: usize) -> Vec<Difference> {
    let name = |design: usize| result.designs[design].name.as_str();
    result
        .pairs
        .iter()
        .filter_map(|pair| {
            let interval = pair.differences[quantity]?.interval;
            let end = |of: Option<f64>| of.unwrap_or(f64::NAN);
            Some(Difference {
                pair: format!("{} − {}", name(pair.first), name(pair.second)),
                difference: Estimate {
                    value: interval.mean,
                    low: end(interval.low()),
                    high: end(interval.high()),
                },
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::made_up::{made_up, repeated};

    #[test]
    fn where_the_answer_has_wider_ranges_the_picture_says_so() {
        let told = |result: &ExperimentResult| {
            let svg = differences(result).expect("there are differences").svg;
            (svg.contains("to each pair by itself"), svg.contains("Bands and bars"))
        };
        let result = made_up();
        let of_answer = result.scores[0].against_best[0].expect("both have values").interval;
        let (best, second) = (result.scores[0].ranking[0], result.scores[0].ranking[1]);
        let alone = result.pairs.iter().find(|pair| {
            [(pair.first, pair.second), (pair.second, pair.first)].contains(&(best, second))
        });
        let alone = alone.unwrap().differences[result.scores[0].quantity].unwrap().interval;
        assert!(alone.half_width.unwrap() < of_answer.half_width.unwrap());
        assert_eq!(told(&result), (true, false));
        assert_eq!(told(&repeated(3)), (false, true));
    }
}
