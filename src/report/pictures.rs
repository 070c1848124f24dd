//! The pictures of a result.

use crate::experiment::{DesignResult, ExperimentResult, Measured, curve_times};
use crate::model::{self, Model};
use crate::present::plot::{
    self, Caption, CauseRow, Causes, Curve, CurvePoint, Curves, Difference, DifferenceGroup,
    Differences, Estimate, Reference, Scale, Scatter, TimeBin, TimeLine, TimePoint, Timeline,
    TradePoint, WorkUnit, Workload, WorkloadRow,
};
use crate::report::{Figure, organization_picture};
use crate::sim::{Bin, Cause};

/// All pictures of a result, the most telling first, then the organization of each design.
///
/// A plain queueing network has no replies, mentions or causes to draw: of it, its load and its
/// organization are shown.
pub fn pictures(model: &Model, result: &ExperimentResult) -> Vec<Figure> {
    let figure = |name: &str, svg: String| Figure { name: name.into(), svg };
    let mut all = Vec::new();
    if !result.plain {
        all.push(figure("answered-within", answered_within(result)));
        all.extend(differences(result).map(|svg| figure("differences", svg)));
        all.push(figure("causes", causes(result)));
        all.extend(trade_off(result).map(|svg| figure("coverage-and-first-reply", svg)));
        all.extend(backlog(result).map(|svg| figure("backlog", svg)));
    }
    all.push(figure("workload", workload(result)));
    for (number, (design, of)) in model.designs.iter().zip(&result.designs).enumerate() {
        let busy: Vec<Option<f64>> =
            of.roles.iter().map(|role| role.number("utilization").mean()).collect();
        let svg = plot::organization(&organization_picture(&model.world, design, &busy));
        all.push(figure(&format!("organization-{}", number + 1), svg));
    }
    all
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

fn answered_within(result: &ExperimentResult) -> String {
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
            && objective.goal.measure.id == "answered_within"
            && references.iter().all(|known| (known.minutes - within.minutes()).abs() > 1e-9)
        {
            references
                .push(Reference { minutes: within.minutes(), label: format!("goal {within}") });
        }
    }
    plot::curves(&Curves {
        caption: Caption::new("How many customers have a reply by when")
            .subtitle("share of inquiries needing a reply that are answered within a time")
            .note(LUCK),
        designs: result.designs.iter().map(curve).collect(),
        references,
    })
}

fn workload(result: &ExperimentResult) -> String {
    let rows = result.designs.iter().flat_map(|design| {
        design.roles.iter().map(|role| WorkloadRow {
            design: design.name.clone(),
            role: role.name.clone(),
            values: Bin::ALL
                .iter()
                .filter_map(|&bin| Some((drawn(bin), role.bins.get(bin as usize)?.mean()?)))
                .collect(),
        })
    });
    plot::workload(&Workload {
        caption: Caption::new("Where people's time goes").subtitle("share of paid time, by role"),
        unit: WorkUnit::Share,
        rows: rows.collect(),
        guide: true,
    })
}

fn drawn(bin: Bin) -> TimeBin {
    match bin {
        Bin::Answer => TimeBin::Answer,
        Bin::Triage => TimeBin::Triage,
        Bin::Rework => TimeBin::Rework,
        Bin::HandOff => TimeBin::HandOff,
        Bin::Approval => TimeBin::Approval,
        Bin::ConsultGiven => TimeBin::ConsultGiven,
        Bin::ConsultSought => TimeBin::ConsultSought,
        Bin::Coordination => TimeBin::Coordination,
        Bin::Training => TimeBin::Training,
        Bin::Proactive => TimeBin::Proactive,
        Bin::Content => TimeBin::Content,
        Bin::Vendor => TimeBin::VendorManagement,
        Bin::Idle => TimeBin::Idle,
        Bin::Absent => TimeBin::Absent,
    }
}

fn causes(result: &ExperimentResult) -> String {
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
    plot::causes(&Causes {
        caption: Caption::new("Why customers waited").subtitle("hours per inquiry, by cause"),
        causes: waited.iter().map(|cause| cause.label().to_owned()).collect(),
        designs: result
            .designs
            .iter()
            .map(|design| CauseRow {
                design: design.name.clone(),
                hours: waited.iter().map(|&cause| hours(design, cause)).collect(),
            })
            .collect(),
    })
}

/// Proactive coverage against first response; none where there is nothing to be present at.
fn trade_off(result: &ExperimentResult) -> Option<String> {
    let designs = 0..result.designs.len();
    let across = result.quantity("mentions_reached")?;
    let points: Vec<TradePoint> = designs
        .map(|design| TradePoint {
            name: result.designs[design].name.clone(),
            x: estimate(result.of(design, across)),
            y: estimate(result.named(design, "first_reply_median")),
        })
        .collect();
    points.iter().any(|point| point.x.value.is_finite() && point.y.value.is_finite()).then(|| {
        plot::scatter(&Scatter {
            caption: Caption::new("Being present against answering fast")
                .subtitle(
                    "each design at its share of fresh mentions reached and its median first reply",
                )
                .note(LUCK),
            x_name: "fresh mentions reached".into(),
            x_scale: Scale::Share,
            x_better: plot::Better::Higher,
            y_name: "first reply: half are faster than".into(),
            y_scale: Scale::Minutes,
            y_better: plot::Better::Lower,
            designs: points,
        })
    })
}

fn backlog(result: &ExperimentResult) -> Option<String> {
    let line = |design: &DesignResult| TimeLine {
        name: design.name.clone(),
        points: design
            .backlog_by_hour
            .iter()
            .enumerate()
            .filter_map(|(hour, waiting)| {
                let (low, high) = ends(waiting);
                Some(TimePoint { hour: hour as f64, value: waiting.mean()?, low, high })
            })
            .collect(),
    };
    let designs: Vec<TimeLine> = result.designs.iter().map(line).collect();
    designs.iter().any(|line| !line.points.is_empty()).then(|| {
        plot::timeline(&Timeline {
            caption: Caption::new("How the backlog moves through the week")
                .subtitle("inquiries without a reply, by hour of the week")
                .note(LUCK),
            quantity: "inquiries waiting".into(),
            scale: Scale::Number(String::new()),
            designs,
            open: Vec::new(),
        })
    })
}

/// Paired differences in the headlines of the scores; none with fewer than two designs.
fn differences(result: &ExperimentResult) -> Option<String> {
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
                better: match quantity.measure.better {
                    model::Better::Lower => plot::Better::Lower,
                    model::Better::Higher | model::Better::Neither => plot::Better::Higher,
                },
                too_small: Some(result.worth(score.quantity)).filter(|worth| 0.0 < *worth),
                pairs: pairs(result, score.quantity),
            }
        })
        .filter(|group| !group.pairs.is_empty())
        .collect();
    (!groups.is_empty()).then(|| {
        plot::differences(&Differences {
            caption: Caption::new("Which differences are real, and large enough to matter")
                .subtitle("differences between designs that met the same customers")
                .note(LUCK),
            measures: groups,
        })
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
