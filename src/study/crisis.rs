//! Crisis drills: the same surge through every design, and what approvals and accounts do to it.

use super::FEW;
use super::effect::{Counted, Effect, Yardstick, change, with_designs};
use super::looks::{Looks, Recovery, hourly};
use super::seen::Seen;
use crate::experiment::{
    Contender, ExperimentResult, Measured, Options, Sample, Standing, Values, run, standing,
};
use crate::model::{
    Arrivals, Design, Link, LinkKind, MeasureId, MeasureUnit, Model, RoleId, StudyKind, Work,
};
use crate::units::SimTime;

/// How long after a surge its peak is looked for: desks that were closed have opened by then.
const PEAK_AFTER: SimTime = SimTime::DAY;
/// How long after a surge one looks whether the backlog is ordinary again.
const LOOKED_AFTER: SimTime = SimTime::WEEK.times(4);

/// A surge through all designs.
#[derive(Debug, Clone, PartialEq)]
pub struct Drill {
    /// The author's word for it.
    pub name: String,
    /// What it is, in the author's words.
    pub words: String,
    /// When it begins and ends.
    pub surge: (SimTime, SimTime),
    /// How long one looked after its end.
    pub looked_after: SimTime,
    /// What was promised to customers.
    pub promise: Yardstick,
    /// By design.
    pub designs: Vec<DesignDrill>,
    /// Who keeps most of the promise to those who write during the surge; `None` where nobody did.
    pub standing: Option<Standing>,
}

/// A surge through one design.
#[derive(Debug, Clone, PartialEq)]
pub struct DesignDrill {
    /// Its name.
    pub design: String,
    /// As it is organized.
    pub as_it_is: Passage,
    /// The same customers without the surge: what was kept of the promise in those hours, and the
    /// most messages at the desks.
    pub ordinary: (Measured, Measured),
    /// Messages at the desks each hour from the beginning of the surge to a week after its end: with the
    /// surge, and the same customers without it.
    pub by_hour: (Vec<Measured>, Vec<Measured>),
    /// The same surge under changes.
    pub variants: Vec<VariantDrill>,
}

/// How a design gets through a surge.
#[derive(Debug, Clone, PartialEq)]
pub struct Passage {
    /// What was kept of the promise to those who wrote during the surge.
    pub promise: Measured,
    /// Share of those who wrote during the surge that was answered at all.
    pub answered: Measured,
    /// Most messages at the desks, waiting or in hand, until a day after the surge.
    pub peak: Measured,
    /// When that was, in hours after the surge began.
    pub peak_after: Measured,
    /// How long after the surge the backlog takes to be ordinary.
    pub recovery: Recovery,
}

/// The same surge with a change of the organization.
#[derive(Debug, Clone, PartialEq)]
pub struct VariantDrill {
    /// The change.
    pub variant: Variant,
    /// How the design gets through with it.
    pub passage: Passage,
    /// What it changes in the promise, in who is answered at all, in the peak.
    pub effects: [Option<Effect>; 3],
}

/// A change of who must agree, or who owns what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Variant {
    /// Replies go out without routine approval; topics that always need one keep it.
    NoRoutineApprovals,
    /// One account for all instead of one per unit, so that nobody picks a wrong one.
    OneAccount,
}

/// All changes, in order.
const VARIANTS: [Variant; 2] = [Variant::NoRoutineApprovals, Variant::OneAccount];

impl Variant {
    /// In words that follow "with".
    pub const fn name(self) -> &'static str {
        match self {
            Variant::NoRoutineApprovals => "no routine approvals",
            Variant::OneAccount => "one account for all units",
        }
    }

    /// The design with it; `None` where that changes nothing.
    pub(super) fn of(self, design: &Design) -> Option<Design> {
        let mut changed = design.clone();
        let organization = &mut changed.organization;
        match self {
            Variant::NoRoutineApprovals => {
                let mut any = false;
                for id in (0..organization.role_count() as u32).map(RoleId) {
                    if let Work::Desk(desk) = &mut organization.role_mut(id).work {
                        any |= desk.answer && 0.0 < desk.approval;
                        desk.approval = 0.0;
                    }
                }
                any.then_some(changed)
            }
            Variant::OneAccount => {
                let own = LinkKind::Intake { own_account: true };
                let any = organization.links().any(|(_, _, link)| link.kind == own);
                *organization = organization.relinked(|_, _, link| {
                    let shared = LinkKind::Intake { own_account: false };
                    let kind = if link.kind == own { shared } else { link.kind };
                    Some(Link { kind, ..link.clone() })
                });
                any.then_some(changed)
            }
        }
    }
}

/// Send a surge through every design: `surged` is `model` with it, beside the same customers.
///
/// Who wrote during the surge is told apart exactly: the inquiries that came from its beginning on
/// less those that came from its end on, in two runs that differ in nothing else. `None` for a
/// plain network, where the changed scenario has no surge of its own, or where the run is over with it.
pub fn drill(
    (name, words): (&str, &str),
    model: &Model,
    surged: &Model,
    result: &ExperimentResult,
    options: &Options<'_>,
) -> Option<Drill> {
    let surge = surge(model, surged)?;
    let promise = Yardstick::promise(result).filter(|_| !result.plain)?;
    let looked_after = model.study.horizon().since(surge.1).min(LOOKED_AFTER);
    if looked_after < SimTime::DAY {
        return None;
    }
    let stage = Stage { surge, looked_after, promise, options };
    let ordinary = stage.run(model, model.designs.clone());
    let as_it_is = stage.run(surged, surged.designs.clone());
    let mut designs: Vec<DesignDrill> = (0..model.designs.len())
        .map(|i| DesignDrill {
            design: model.designs[i].name.clone(),
            as_it_is: stage.passage(&as_it_is, i, (&ordinary, i)),
            ordinary: (stage.promised(&ordinary, i), stage.peak(&ordinary, i).0),
            by_hour: (stage.by_hour(&as_it_is, i), stage.by_hour(&ordinary, i)),
            variants: Vec::new(),
        })
        .collect();
    let contenders: Vec<Contender<'_>> = designs
        .iter()
        .enumerate()
        .map(|(design, of)| {
            let runs = as_it_is.0.designs[design].completed.as_slice();
            Contender { design, values: Values(&of.as_it_is.promise, runs), companion: None }
        })
        .collect();
    let worth = match promise.counted() {
        Counted::As(MeasureUnit::Share) => result.worth_noticing.share,
        _ => 0.0,
    };
    let standing = standing(&contenders, promise.better(), worth, options.confidence);
    for variant in VARIANTS {
        let changed: Vec<(usize, Design)> = surged
            .designs
            .iter()
            .enumerate()
            .filter_map(|(i, design)| Some((i, variant.of(design)?)))
            .collect();
        if changed.is_empty() {
            continue;
        }
        let with = stage.run(surged, changed.iter().map(|(_, design)| design.clone()).collect());
        for (at, (i, _)) in changed.iter().enumerate() {
            let passage = stage.passage(&with, at, (&ordinary, *i));
            let (before, after) = (Seen::nth(&as_it_is.0, *i), Seen::nth(&with.0, at));
            let was = &designs[*i].as_it_is;
            let of = |without: &Measured, with: &Measured| {
                change(before.values(without), after.values(with), options.confidence)
            };
            let effects = [
                of(&was.promise, &passage.promise),
                of(&was.answered, &passage.answered),
                of(&was.peak, &passage.peak),
            ];
            designs[*i].variants.push(VariantDrill { variant, passage, effects });
        }
    }
    let (name, words) = (name.to_owned(), words.to_owned());
    Some(Drill { name, words, surge, looked_after, promise, designs, standing })
}

/// When the streams that only the changed scenario has begin and end; `None` where it has none, or they go
/// on beyond the study.
pub fn surge(model: &Model, surged: &Model) -> Option<(SimTime, SimTime)> {
    let more = surged.world.streams.get(model.world.streams.len()..)?;
    let bounds = more.iter().filter_map(|stream| match &stream.arrivals {
        Arrivals::Poisson(profile) => Some((profile.from, profile.until)),
        _ => None,
    });
    let bounds = bounds.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))?;
    (bounds.1 < surged.study.horizon()).then_some(bounds)
}

/// Two results of the same runs: counted from the beginning of the surge, and from its end.
struct Two(ExperimentResult, ExperimentResult);

/// What all runs of a drill have in common.
struct Stage<'a> {
    surge: (SimTime, SimTime),
    looked_after: SimTime,
    promise: Yardstick,
    options: &'a Options<'a>,
}

impl Stage<'_> {
    fn run(&self, model: &Model, designs: Vec<Design>) -> Two {
        let end = self.surge.1 + self.looked_after;
        let from = |start: SimTime, looks: bool| {
            let mut model = with_designs(model, designs.clone());
            let study = &mut model.study;
            // It ends with the looks, and tells its numbers whatever the load.
            study.kind = StudyKind::FromEmpty;
            study.warm_up = start;
            study.run_for = end.since(start);
            study.follow = SimTime::ZERO;
            study.replications = study.replications.min(FEW);
            study.observe = looks.then(|| hourly(end.since(start)));
            run(&model, self.options)
        };
        Two(from(self.surge.0, true), from(self.surge.1, false))
    }

    fn passage(&self, two: &Two, design: usize, (ordinary, same): (&Two, usize)) -> Passage {
        let of = &two.0.designs[design];
        let confidence = self.options.confidence;
        let answered =
            Yardstick::measure(&two.0, MeasureId::Answered).expect("every result has it");
        let (peak, peak_after) = self.peak(two, design);
        Passage {
            promise: self.promised(two, design),
            answered: self.during(two, design, &answered),
            peak,
            peak_after,
            recovery: Recovery::of(
                &Looks::of(of),
                &Looks::of(&ordinary.0.designs[same]),
                self.hours(SimTime::ZERO),
                confidence,
            ),
        }
    }

    /// Hours from the beginning of the surge to so long after its end.
    fn hours(&self, after: SimTime) -> usize {
        let length = self.surge.1.since(self.surge.0) + after;
        length.micros().div_ceil(SimTime::HOUR.micros()) as usize
    }

    /// Most messages at the desks, and how many hours after the surge began.
    fn peak(&self, two: &Two, design: usize) -> (Measured, Measured) {
        let peaks = Looks::of(&two.0.designs[design]).peaks(self.hours(PEAK_AFTER));
        let (most, hours): (Vec<f64>, Vec<f64>) = peaks.into_iter().unzip();
        let confidence = self.options.confidence;
        (Measured::of(&most, confidence), Measured::of(&hours, confidence))
    }

    /// Messages at the desks, hour by hour.
    fn by_hour(&self, two: &Two, design: usize) -> Vec<Measured> {
        let shown = self.hours(self.looked_after.min(SimTime::WEEK));
        let looks = Looks::of(&two.0.designs[design]);
        (0..shown.min(looks.hours()))
            .map(|hour| Measured::of(&looks.at(hour), self.options.confidence))
            .collect()
    }

    fn promised(&self, two: &Two, design: usize) -> Measured {
        self.during(two, design, &self.promise)
    }

    /// A share of those who came during the surge: of all who came from its beginning on, less
    /// those who came from its end on.
    fn during(&self, two: &Two, design: usize, yardstick: &Yardstick) -> Measured {
        let parts = |result: &ExperimentResult| {
            yardstick.of(Seen::nth(result, design), 0.0).map(|measured| measured.parts().to_vec())
        };
        let (all, later) = (parts(&two.0), parts(&two.1));
        let (all, later) = (all.unwrap_or_default(), later.unwrap_or_default());
        let less = |(all, later): (&(f64, f64), &(f64, f64))| {
            Sample::Ratio(all.0 - later.0, all.1 - later.1)
        };
        let samples: Vec<Sample> = all.iter().zip(&later).map(less).collect();
        Measured::from_samples(&samples, self.options.confidence)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::AtomicBool;

    use super::*;
    use crate::experiment::examples::{model_of_desks, run_with};

    /// The model with so many more messages an hour from noon of the third day, for a day.
    fn surged(model: &Model, per_hour: f64) -> Model {
        let mut surged = model.clone();
        let mut world = (*model.world).clone();
        let mut stream = world.streams[0].clone();
        let Arrivals::Poisson(profile) = &mut stream.arrivals else { panic!("it is Poisson") };
        profile.per_hour = per_hour;
        profile.from = SimTime::HOUR.times(60);
        profile.until = SimTime::HOUR.times(84);
        world.streams.push(stream);
        surged.world = Arc::new(world);
        surged
    }

    fn drilled(per_hour: f64) -> Drill {
        let model = model_of_desks(6.0);
        let result = run_with(&model, 2);
        let stop = AtomicBool::new(false);
        let options = Options::plain(2, &stop);
        drill(("storm", ""), &model, &surged(&model, per_hour), &result, &options).unwrap()
    }

    #[test]
    fn a_surge_of_nobody_changes_nothing() {
        for design in drilled(0.0).designs {
            let passage = &design.as_it_is;
            assert_eq!((&passage.promise, &passage.peak), (&design.ordinary.0, &design.ordinary.1));
            assert!(passage.recovery.hours.iter().all(|&hours| hours == Some(0.0)));
        }
    }

    #[test]
    fn who_keeps_most_of_the_promise_in_the_storm_is_judged_by_it() {
        let drill = drilled(60.0);
        let standing = drill.standing.expect("customers wrote");
        let kept = |design: usize| drill.designs[design].as_it_is.promise.mean().unwrap();
        assert_eq!(standing.ranking.len(), 2);
        assert!(kept(standing.ranking[1]) <= kept(standing.ranking[0]));
    }

    #[test]
    fn a_surge_piles_up_and_breaks_the_promise() {
        let drill = drilled(60.0);
        for design in &drill.designs {
            let (passage, mean) = (&design.as_it_is, |of: &Measured| of.mean().unwrap());
            assert!(2.0 * mean(&design.ordinary.1) < mean(&passage.peak), "{design:?}");
            assert!(mean(&passage.promise) < mean(&design.ordinary.0), "{design:?}");
            assert!((0.0..=24.0 * 14.0).contains(&mean(&passage.peak_after)));
        }
        let variants = |design: usize| -> Vec<Variant> {
            drill.designs[design].variants.iter().map(|of| of.variant).collect()
        };
        assert_eq!(variants(0), [Variant::NoRoutineApprovals]);
        assert_eq!(variants(1), VARIANTS);
    }
}
