//! One value of an input being run: only the designs that it changes, as far as they were run.

use std::fmt::{Debug, Write};
use std::hash::{DefaultHasher, Hasher};

use serde_json::Value;

use super::point::{Answer, By, DesignThere, Headline, Point, State, answer, answer_by_time};
use crate::experiment::{Contender, Continued, DesignResult, ExperimentResult, Measured, Values};
use crate::model::{Design, MeasureId, Model, WorthNoticing};

/// What a value is compared with: the scenario as it stands, run.
pub(super) struct Baseline<'a> {
    pub(super) result: &'a ExperimentResult,
    pub(super) headlines: Vec<Headline>,
    /// What its customers bring and how work is done.
    world: u64,
    /// By design: its organization.
    designs: Vec<u64>,
    /// By score: what is said of the scenario as it stands.
    own: Vec<Answer>,
}

/// A value under way.
pub(super) struct Trial {
    pub(super) value: Value,
    pub(super) number: Option<f64>,
    pub(super) place: Option<f64>,
    run: Option<Continued<'static>>,
    /// By design: its position in what is run, or `None` if the baseline's numbers are its own.
    changed: Vec<Option<usize>>,
    costs: Vec<f64>,
    noticed: WorthNoticing,
    /// Whether the baseline's other replications help to estimate what it comes to.
    pub(super) helped: bool,
}

impl<'a> Baseline<'a> {
    pub(super) fn of(
        model: &Model,
        result: &'a ExperimentResult,
        headlines: Vec<Headline>,
    ) -> Baseline<'a> {
        let designs = model.designs.iter().map(organization).collect();
        let own = Vec::new();
        let baseline = Baseline { result, headlines, world: world(model), designs, own };
        let own = baseline.own().answers;
        Baseline { own, ..baseline }
    }

    /// Events that a replication of a design takes.
    pub(super) fn events(&self, design: usize) -> u64 {
        let of = &self.result.designs[design];
        of.totals.events / (of.completed.len().max(1) as u64)
    }

    /// The scenario as it stands.
    pub(super) fn own(&self) -> Point {
        self.point(Value::Null, None, None)
    }

    /// The scenario as it stands, as a value.
    pub(super) fn point(&self, value: Value, number: Option<f64>, place: Option<f64>) -> Point {
        let designs: Vec<&DesignResult> = self.result.designs.iter().collect();
        let costs: Vec<f64> = designs.iter().map(|design| design.cost_per_year).collect();
        let unmoved = vec![true; designs.len()];
        let noticed = &self.result.worth_noticing;
        let there = self.there(&designs, &costs, &unmoved, noticed, false);
        Point { value, number, place, yours: true, ..there }
    }

    fn there(
        &self,
        designs: &[&DesignResult],
        costs: &[f64],
        unmoved: &[bool],
        noticed: &WorthNoticing,
        helped: bool,
    ) -> Point {
        let confidence = self.result.confidence;
        let gave_up = self.result.quantity(MeasureId::GaveUp);
        let mut there: Vec<DesignThere> = designs
            .iter()
            .zip(costs)
            .zip(unmoved)
            .map(|((design, &cost_per_year), &unmoved)| DesignThere {
                replications: design.completed.len(),
                cost_per_year,
                falls_behind: design.falls_behind().map(|(role, pace)| (role.to_owned(), pace)),
                withheld: design.withheld,
                is_full: design.is_full(),
                values: vec![None; self.headlines.len()],
                gave_up: match design.withheld {
                    true => None,
                    false => gave_up.and_then(|at| of_all(design, at)?.mean()),
                },
                unmoved,
                fees_differ: false,
            })
            .collect();
        let mut answers = Vec::new();
        for (score, headline) in self.headlines.iter().enumerate() {
            let contenders = self.contenders(designs, headline, helped);
            let served = self.headlines.iter().find(|other| other.by == By::Served);
            let (found, estimates) = match served.filter(|_| headline.by == By::Time) {
                Some(served) => {
                    let served = self.contenders(designs, served, helped);
                    answer_by_time(&contenders, &served, noticed, confidence)
                }
                None => answer(&contenders, headline, headline.worth(noticed), confidence),
            };
            for (at, estimate) in estimates {
                let own = || self.measured(designs[at], headline).and_then(|of| of.interval);
                there[at].values[score] = if unmoved[at] { own() } else { Some(estimate) };
            }
            answers.push(found);
        }
        let (value, yours) = (Value::Null, false);
        Point { value, number: None, place: None, yours, designs: there, answers }
    }

    /// What was measured of each design by a score, with the baseline's values beside it where these help.
    fn contenders<'r>(
        &'r self,
        designs: &[&'r DesignResult],
        headline: &Headline,
        helped: bool,
    ) -> Vec<Contender<'r>> {
        let values = |design: &'r DesignResult| -> Option<Values<'r>> {
            Some(Values(self.measured(design, headline)?, &design.completed))
        };
        let both = designs.iter().zip(&self.result.designs).enumerate();
        let contender = |(design, (here, own)): (usize, (&&'r DesignResult, &'r DesignResult))| {
            let companion = values(own).filter(|_| helped);
            Some(Contender { design, values: values(here)?, companion })
        };
        both.filter_map(contender).collect()
    }

    /// What fewer repetitions than those of the scenario as it stands leave open.
    fn leave_open(&self, there: &mut Point, noticed: &WorthNoticing) {
        let whole = self.result.completed();
        let few: Vec<bool> =
            there.designs.iter().map(|design| design.replications < whole).collect();
        let own = self.headlines.iter().zip(&self.own);
        for (answer, (headline, own)) in there.answers.iter_mut().zip(own) {
            answer.leave_open(own, headline.worth(noticed), whole);
            let untold = answer.state == State::CannotTell;
            answer.open = untold && answer.leaders().any(|design| few[design]);
        }
    }

    /// Whether a design's numbers are those of another, replication by replication.
    fn alike(&self, here: &DesignResult, there: &DesignResult) -> bool {
        let same = |headline: &Headline| {
            let of = (self.measured(here, headline), self.measured(there, headline));
            same_values((here, of.0), (there, of.1))
        };
        here.withheld == there.withheld && self.headlines.iter().all(same)
    }

    /// Whether a design's vendors are paid other fees than another's, replication by replication.
    fn fees_differ(&self, here: &DesignResult, there: &DesignResult) -> bool {
        let Some(at) = self.result.quantity(MeasureId::VendorFees) else { return false };
        !same_values((here, of_all(here, at)), (there, of_all(there, at)))
    }

    /// What a design comes to by a score; `None` where that is withheld.
    fn measured<'r>(&self, design: &'r DesignResult, headline: &Headline) -> Option<&'r Measured> {
        if design.withheld {
            return None;
        }
        match headline.by {
            By::Time => Some(design.minutes_of_served()),
            By::Served => Some(&design.served),
            By::Score(_, quantity) => of_all(design, self.result.quantity(quantity)?),
        }
    }
}

/// A quantity over all inquiries.
fn of_all(design: &DesignResult, quantity: usize) -> Option<&Measured> {
    design.scopes.first()?.measures.get(quantity)
}

/// Whether a design's values are those of another, replication by replication, as far as both have them.
fn same_values(
    here: (&DesignResult, Option<&Measured>),
    there: (&DesignResult, Option<&Measured>),
) -> bool {
    let values = |(design, of): (&DesignResult, Option<&Measured>)| -> Vec<(u32, Option<u64>)> {
        let values = of.map_or(&[][..], |of| &of.values);
        let bits = values.iter().map(|value| value.map(f64::to_bits));
        design.completed.iter().copied().zip(bits).collect()
    };
    values(here).iter().zip(&values(there)).all(|(here, there)| here == there)
}

impl Trial {
    /// A value with the model it gives, or why it cannot be compared.
    pub(super) fn of(
        model: Model,
        (value, number, place): (Value, Option<f64>, Option<f64>),
        baseline: &Baseline<'_>,
    ) -> Result<Trial, String> {
        let names = baseline.result.designs.iter().map(|design| design.name.as_str());
        if !model.designs.iter().map(|design| design.name.as_str()).eq(names) {
            return Err("it changes which designs there are".into());
        }
        let costs = model.designs.iter().map(|design| design.cost_per_year).collect();
        let noticed = model.worth_noticing;
        let elsewhere = world(&model) != baseline.world;
        let mut designs = Vec::new();
        let changed = model
            .designs
            .iter()
            .zip(&baseline.designs)
            .map(|(design, &known)| {
                let moves = elsewhere || organization(design) != known;
                moves.then(|| {
                    designs.push(design.clone());
                    designs.len() - 1
                })
            })
            .collect();
        let run = (!designs.is_empty())
            .then(|| Continued::owning(Model { designs, hold_equal: None, ..model }));
        Ok(Trial { value, number, place, run, changed, costs, noticed, helped: false })
    }

    /// Whether it is the scenario as it stands.
    pub(super) fn is_baseline(&self) -> bool {
        self.run.is_none()
    }

    /// What is still to be run of it.
    pub(super) fn run_mut(&mut self) -> Option<&mut Continued<'static>> {
        self.run.as_mut()
    }

    /// Replications so far, of the designs that it changes.
    pub(super) fn replications(&self) -> u32 {
        self.run.as_ref().map_or(u32::MAX, Continued::replications)
    }

    /// Whether nothing of it was cut short.
    pub(super) fn is_whole(&self) -> bool {
        self.run.as_ref().is_none_or(Continued::is_whole)
    }

    /// Events so far.
    pub(super) fn events(&self) -> u64 {
        self.run.as_ref().map_or(0, Continued::events)
    }

    /// Designs it changes.
    pub(super) fn designs(&self) -> u64 {
        self.changed.iter().flatten().count() as u64
    }

    /// Events that one more replication of all it changes will probably take.
    pub(super) fn next_events(&self, baseline: &Baseline<'_>) -> u64 {
        let each = |at: usize| match self.run.as_ref().filter(|run| 0 < run.replications()) {
            Some(run) => run.events() / u64::from(run.replications()) / self.designs().max(1),
            None => baseline.events(at),
        };
        (0..self.changed.len()).filter(|&at| self.changed[at].is_some()).map(each).sum()
    }

    /// The value as far as it was run.
    pub(super) fn point(&self, baseline: &Baseline<'_>) -> Point {
        let result = self.run.as_ref().map(|run| run.result(baseline.result.confidence));
        let own = |at: usize| result.as_ref().map(|result| &result.designs[at]);
        let run: Vec<&DesignResult> = self
            .changed
            .iter()
            .zip(&baseline.result.designs)
            .map(|(changed, known)| changed.and_then(own).unwrap_or(known))
            .collect();
        let known = || run.iter().zip(&baseline.result.designs);
        let unmoved: Vec<bool> = known().map(|(here, own)| baseline.alike(here, own)).collect();
        // what moves nothing has the baseline's numbers, all of them
        let designs: Vec<&DesignResult> = known()
            .zip(&unmoved)
            .map(|((&here, own), &unmoved)| if unmoved { own } else { here })
            .collect();
        // an end of a default differs little from the baseline, under the same luck
        let helped = self.place.is_none() && self.helped;
        let mut there = baseline.there(&designs, &self.costs, &unmoved, &self.noticed, helped);
        for (there, (here, own)) in there.designs.iter_mut().zip(known()) {
            there.fees_differ = baseline.fees_differ(here, own);
        }
        // a few repetitions cannot tell that who is left copes, where its people have next to no time either
        for answer in &mut there.answers {
            let left = answer.best.filter(|_| answer.state == State::Alone);
            if left.is_some_and(|at| !unmoved[at] && designs[at].hardly_copes()) {
                answer.rivals = (0..designs.len()).filter(|&at| designs[at].withheld).collect();
                answer.state = State::CannotTell;
            }
        }
        baseline.leave_open(&mut there, &self.noticed);
        let (value, number, place) = (self.value.clone(), self.number, self.place);
        Point { value, number, place, yours: self.is_baseline(), ..there }
    }
}

/// What a model's customers bring, how work is done and what is run of it, as a number.
fn world(model: &Model) -> u64 {
    let mut study = model.study.clone();
    study.replications = 0;
    hashed(&(&model.world, &model.practice, study))
}

fn organization(design: &Design) -> u64 {
    hashed(&design.organization)
}

/// The hash of everything that is told for maintainers.
fn hashed(of: &dyn Debug) -> u64 {
    struct Into(DefaultHasher);
    impl Write for Into {
        fn write_str(&mut self, text: &str) -> std::fmt::Result {
            self.0.write(text.as_bytes());
            Ok(())
        }
    }
    let mut into = Into(DefaultHasher::new());
    write!(into, "{of:?}").expect("a hash takes any text");
    into.0.finish()
}
