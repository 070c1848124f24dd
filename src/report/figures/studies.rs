//! Pictures of what was studied beside the comparison.

use super::{Figure, LUCK, ends, figure, tables};
use crate::experiment::Measured;
use crate::model::MeasureUnit;
use crate::present::plot::{
    self, Caption, Difference, DifferenceGroup, Differences, Estimate, Scale, Span, TimeLine,
    TimePoint, Timeline, WorthGroup, WorthMark, WorthRow, Worths,
};
use crate::present::{BEHIND_FOR_GOOD, list, time};
use crate::stats::Interval;
use crate::study::{
    CausePrice, Counted, DesignWaits, Drill, Finding, PricedChange, SiloStep, Silos, Waits,
    Yardstick,
};
use crate::units::SimTime;

/// The pictures of a study, as far as there is something to draw.
pub(super) fn figures(of: &Finding, weekday: usize) -> Vec<Figure> {
    match of {
        Finding::Silos(of) => silos(of).into_iter().collect(),
        Finding::Waits(of) => waits(of).into_iter().collect(),
        Finding::Crisis(drills) => {
            (1..).zip(drills).map(|(number, drill)| crisis(drill, number, weekday)).collect()
        }
        Finding::KnockOuts(..) | Finding::Tactics(_) | Finding::Proactive(_) => Vec::new(),
    }
}

/// What desks would gain if they shared more; none where no design has walls.
fn silos(silos: &Silos) -> Option<Figure> {
    let title = "What do the walls between desks cost?";
    let told = |step: &&SiloStep| step.shares.len() == 1 || step.shares.len() == 3;
    let name = |design: &str, step: &SiloStep| {
        let shares: Vec<&str> = step.shares.iter().map(|shared| shared.word()).collect();
        let shares = if shares.len() == 3 { "all three".to_owned() } else { list(&shares) };
        format!("{design}: shared {shares}")
    };
    let group = |(at, yardstick): (usize, &Yardstick)| {
        let pairs: Vec<Difference> = silos
            .designs
            .iter()
            .flat_map(|design| design.steps.iter().filter(told).map(move |step| (design, step)))
            .filter_map(|(design, step)| {
                let of = step.effects[at].as_ref()?.difference;
                let end = |end: Option<f64>| end.unwrap_or(f64::NAN);
                let difference =
                    Estimate { value: of.mean, low: end(of.low()), high: end(of.high()) };
                Some(Difference { pair: name(&design.design, step), difference })
            })
            .collect();
        DifferenceGroup {
            measure: yardstick.name(),
            scale: scale(yardstick.counted()),
            better: yardstick.better().into(),
            too_small: None,
            pairs,
        }
    };
    let groups: Vec<DifferenceGroup> = silos
        .yardsticks
        .iter()
        .enumerate()
        .filter(|(_, yardstick)| !matches!(yardstick, Yardstick::Worth))
        .map(group)
        .filter(|group| !group.pairs.is_empty())
        .collect();
    if groups.is_empty() {
        return None;
    }
    let mut rows = Vec::new();
    for design in &silos.designs {
        for step in &design.steps {
            let shares: Vec<&str> = step.shares.iter().map(|shared| shared.word()).collect();
            for (yardstick, effect) in silos.yardsticks.iter().zip(&step.effects) {
                let difference = effect.as_ref().map(|effect| effect.difference);
                rows.push(vec![
                    design.design.clone(),
                    shares.join(" + "),
                    yardstick.id(),
                    tables::text(difference.map(|of| of.mean)),
                    tables::text(difference.and_then(|of| of.half_width)),
                ]);
            }
        }
    }
    let head = ["design", "shared", "measure", "difference", "half_width"];
    let numbers = (head.map(String::from).to_vec(), rows);
    let svg = plot::differences(&Differences {
        caption: Caption::new(title)
            .subtitle("what changes when desks share what each keeps to itself today, on the same customers")
            .alt(tables::told(title, &numbers))
            .note(LUCK),
        measures: groups,
    });
    Some(figure("silos", title, svg, numbers))
}

/// What each cause of waiting is worth beside what is booked on it; none where no wait is priced.
fn waits(waits: &Waits) -> Option<Figure> {
    let title = "What is it worth to be rid of each wait?";
    if waits.designs.iter().all(|of| of.causes.iter().all(|cause| cause.changes.is_empty())) {
        return None;
    }
    let group = |of: &DesignWaits| WorthGroup {
        name: of.design.clone(),
        rows: if of.falls_behind.is_none() {
            of.causes.iter().map(worth_row).collect()
        } else {
            Vec::new()
        },
        note: match &of.falls_behind {
            Some(role) => format!("{role} {BEHIND_FOR_GOOD}"),
            None => "nobody waits".into(),
        },
    };
    let mut rows = Vec::new();
    for design in &waits.designs {
        for cause in &design.causes {
            for change in &cause.changes {
                let difference = change.effects[0].map(|effect| effect.difference);
                rows.push(vec![
                    design.design.clone(),
                    cause.cause.label().into(),
                    tables::text(cause.minutes.mean()),
                    change.remedy.name().into(),
                    tables::text(difference.map(|of| of.mean)),
                    tables::text(difference.and_then(|of| of.half_width)),
                ]);
            }
        }
    }
    let head =
        ["design", "cause", "minutes_booked", "change", "minutes_of_all_waiting", "half_width"];
    let numbers = (head.map(String::from).to_vec(), rows);
    let svg = plot::worths(&Worths {
        caption: Caption::new(title)
            .subtitle("minutes booked on each cause, and how much less is waited in all without it, per inquiry")
            .alt(tables::told(title, &numbers))
            .note(format!(
                "Less than is booked where the next wait is longer for it; more where people who are freed of work do \
                 other work. {LUCK}"
            )),
        designs: waits.designs.iter().map(group).collect(),
    });
    Some(figure("worth", title, svg, numbers))
}

fn worth_row(cause: &CausePrice) -> WorthRow {
    let mark = |of: &PricedChange| {
        let spared = of.effects[0].as_ref().map(|effect| effect.difference);
        let nothing = Estimate { value: f64::NAN, low: f64::NAN, high: f64::NAN };
        let end = |end: Option<f64>| end.map_or(f64::NAN, |end| -end);
        let size = |of: &Interval| time(in_hours(of.mean.abs()), of.half_width);
        let told = match (&of.falls_behind, &spared) {
            (Some(role), _) => format!("{role} falls behind"),
            (None, None) => "cannot be told".into(),
            (None, Some(of)) if of.low().is_some_and(|low| 0.0 < low) => {
                format!("{} more", size(of))
            }
            (None, Some(of)) if of.high().is_some_and(|high| high < 0.0) => {
                format!("{} less", size(of))
            }
            (None, Some(_)) => "nothing sure".into(),
        };
        WorthMark {
            text: format!("{}: {told}", of.remedy.name()),
            whole: of.remedy.is_whole(),
            spared: spared.map_or(nothing, |of| Estimate {
                value: -of.mean,
                low: end(of.high()),
                high: end(of.low()),
            }),
        }
    };
    let booked = cause.minutes.mean().unwrap_or(0.0);
    WorthRow {
        name: cause.cause.label().into(),
        booked,
        text: format!("{} booked", time(in_hours(booked), None)),
        changes: cause.changes.iter().map(mark).collect(),
    }
}

/// Long times in whole hours, as in the table.
fn in_hours(minutes: f64) -> f64 {
    if minutes < 600.0 { minutes } else { (minutes / 60.0).round() * 60.0 }
}

fn scale(counted: Counted) -> Scale {
    match counted {
        Counted::As(MeasureUnit::Share) => Scale::Share,
        Counted::As(MeasureUnit::Minutes) => Scale::Minutes,
        Counted::HoursAWeek => Scale::Number("hours a week".into()),
        Counted::MoneyAYear | Counted::As(MeasureUnit::Money) => {
            Scale::Number("money a year".into())
        }
        // a count of what its own name says
        Counted::As(MeasureUnit::Count) => Scale::Number(String::new()),
        Counted::Inquiries => Scale::Number("inquiries".into()),
    }
}

/// How every design gets through a surge, hour by hour.
fn crisis(drill: &Drill, number: usize, weekday: usize) -> Figure {
    let title = format!("How does each design get through “{}”?", drill.name);
    let hour = |at: SimTime| at.micros() as f64 / SimTime::HOUR.micros() as f64;
    // hours since the Monday of the surge's week
    let week = hour(SimTime::WEEK);
    let begin = (hour(drill.surge.0) + 24.0 * weekday as f64) % week;
    let line = |name: &str, hours: &[Measured]| TimeLine {
        name: name.to_owned(),
        points: hours
            .iter()
            .enumerate()
            .filter_map(|(after, of)| {
                let (low, high) = ends(of);
                // no fewer than none
                let low = low.max(0.0);
                Some(TimePoint { hour: begin + after as f64, value: of.mean()?, low, high })
            })
            .collect(),
    };
    let designs = drill.designs.iter().map(|of| line(&of.design, &of.by_hour.0)).collect();
    let names: Vec<[String; 2]> = drill
        .designs
        .iter()
        .map(|of| [of.design.clone(), format!("{}, without the surge", of.design)])
        .collect();
    let head = tables::heads(&["hours_after_it_began"], names.iter().flatten().map(String::as_str));
    let hours = drill.designs.iter().map(|of| of.by_hour.0.len()).max().unwrap_or(0);
    let rows = (0..hours).map(|after| {
        let cells = drill.designs.iter().flat_map(|of| {
            [&of.by_hour.0, &of.by_hour.1].map(|hours| tables::both(hours.get(after)))
        });
        std::iter::once(after.to_string()).chain(cells.flatten()).collect()
    });
    let numbers = (head, rows.collect());
    let svg = plot::timeline(&Timeline {
        caption: Caption::new(title.clone())
            .subtitle("messages at the desks, waiting or in hand, hour by hour")
            .alt(tables::told(&title, &numbers))
            .note(LUCK),
        quantity: "messages at the desks".into(),
        scale: Scale::Number(String::new()),
        designs,
        open: Vec::new(),
        span: Some(Span {
            from: begin,
            to: begin + hour(drill.surge.1) - hour(drill.surge.0),
            name: "the surge".into(),
        }),
    });
    let (head, rows) = numbers;
    Figure { name: format!("crisis-{number}"), title, svg, head, rows }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_measure_that_is_a_number_names_its_own_unit() {
        assert_eq!(scale(Counted::As(MeasureUnit::Count)), Scale::Number(String::new()));
        assert_eq!(scale(Counted::Inquiries), Scale::Number("inquiries".into()));
    }
}
