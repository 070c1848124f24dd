//! A design that has been run once, on which the cards of its roles stand.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::card::TriedEffect;
use super::traffic::Traffic;
use crate::experiment::{DesignResult, ExperimentResult, Options, Quantity, paired, run};
use crate::model::archetype::Archetype;
use crate::model::{Better, Load, Model, Organization, Structure, World, load, structure_over};
use crate::stats::Interval;
use crate::study::FEW;
use crate::study::{Settings, Workbench};

/// One design with everything that its roles' cards have in common.
pub(super) struct Ground<'a> {
    /// The model with this design alone.
    pub(super) model: Model,
    /// The design's people plan; `None` for an explicit graph.
    pub(super) plan: Option<&'a Archetype>,
    /// All repetitions.
    pub(super) result: ExperimentResult,
    /// As many repetitions as a change gets, so that both rest on the same customers.
    pub(super) short: Rc<ExperimentResult>,
    /// By the traffic equations.
    pub(super) load: Load,
    /// By the graph.
    pub(super) structure: Structure,
    /// Who passed what to whom.
    pub(super) traffic: Traffic,
    /// Where settings become models.
    pub(super) bench: Workbench<'a>,
    /// How everything is run.
    pub(super) options: Options<'a>,
    /// Changes that were run, by their settings: roles share many.
    changed: RefCell<BTreeMap<String, Option<Rc<ExperimentResult>>>>,
}

impl<'a> Ground<'a> {
    /// Run the first design of the model, which is to be its only one.
    pub(super) fn new(
        model: Model,
        plan: Option<&'a Archetype>,
        bench: Workbench<'a>,
        options: Options<'a>,
    ) -> Ground<'a> {
        let result = run(&model, &options);
        let mut fewer = model.clone();
        fewer.study.replications = fewer.study.replications.min(FEW);
        let short = if fewer.study.replications < model.study.replications {
            run(&fewer, &options)
        } else {
            result.clone()
        };
        let traffic = Traffic::watched(&fewer, &options);
        let (world, practice) = (&model.world, &model.practice);
        let organization = &model.designs[0].organization;
        Ground {
            load: load(world, practice, organization),
            structure: structure_over(world, practice, organization, model.study.weeks()),
            result,
            short: Rc::new(short),
            traffic,
            plan,
            bench,
            options,
            changed: RefCell::default(),
            model,
        }
    }

    pub(super) fn world(&self) -> &World {
        &self.model.world
    }

    pub(super) fn organization(&self) -> &Organization {
        &self.model.designs[0].organization
    }

    /// The design's name.
    pub(super) fn name(&self) -> &str {
        &self.model.designs[0].name
    }

    /// The design as measured.
    pub(super) fn design(&self) -> &DesignResult {
        &self.result.designs[0]
    }

    /// The model of this design alone with some settings; `None` where the scenario refuses them.
    pub(super) fn build(&self, settings: &Settings) -> Option<Model> {
        let mut model = (self.bench.build)(&settings.pairs()).ok()?;
        model.designs.retain(|design| design.name == self.name());
        (!model.designs.is_empty()).then_some(model)
    }

    /// The design with some settings, run as often as [`Ground::short`]; `None` where they are refused or
    /// nothing could be measured with them.
    pub(super) fn changed(&self, settings: &Settings) -> Option<Rc<ExperimentResult>> {
        let key = settings.arguments();
        if let Some(known) = self.changed.borrow().get(&key) {
            return known.clone();
        }
        let with = self.build(settings).map(|mut model| {
            model.study.replications = model.study.replications.min(FEW);
            Rc::new(run(&model, &self.options))
        });
        let with = with.filter(|with| !with.designs[0].withheld);
        self.changed.borrow_mut().insert(key, with.clone());
        with
    }

    /// Whether it was told to stop.
    pub(super) fn is_stopped(&self) -> bool {
        self.options.stop.load(std::sync::atomic::Ordering::Relaxed)
    }
}

/// What a change does to one quantity of one scope.
pub(super) fn effect(
    (before, after): (&ExperimentResult, &ExperimentResult),
    name: &str,
    (quantity, scope): (usize, usize),
    objective: Option<usize>,
) -> Option<TriedEffect> {
    let (then, now) = (&before.designs[0], &after.designs[0]);
    let of = |design: &'_ DesignResult| {
        design.scopes.get(scope).and_then(|scope| scope.measures.get(quantity)).cloned()
    };
    let (old, new) = (of(then)?, of(now)?);
    let runs = (then.completed.as_slice(), now.completed.as_slice());
    let difference = paired((&new, runs.1), (&old, runs.0), before.confidence)?.interval;
    let measured: Quantity = before.quantities[quantity];
    let sign = if measured.measure.better == Better::Lower { -1.0 } else { 1.0 };
    let met = |result: &ExperimentResult| {
        let goal = result.goals.iter().find(|goal| Some(goal.objective) == objective)?;
        goal.designs[0].map(|runs| runs.is_met())
    };
    Some(TriedEffect {
        name: name.to_owned(),
        quantity: measured,
        before: old.mean()?,
        after: new.mean()?,
        gain: Interval { mean: sign * difference.mean, ..difference },
        met: met(before).zip(met(after)),
    })
}
