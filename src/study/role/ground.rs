//! A design that has been run once, on which the cards of its roles stand.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::card::TriedEffect;
use super::traffic::Traffic;
use crate::experiment::{DesignResult, ExperimentResult, Options, run};
use crate::model::archetype::Archetype;
use crate::model::{Load, Model, Organization, Structure, World, load, structure_over};
use crate::study::FEW;
use crate::study::gain::gain;
use crate::study::seen::{Seen, Spot, judged};
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
    /// Single days as they are, by their number: days without somebody of many roles are compared with the same.
    pub(super) days: RefCell<BTreeMap<u64, Rc<ExperimentResult>>>,
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
            days: RefCell::default(),
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
        let mut model = (self.bench.build)(&settings.0).ok()?;
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

/// What a change does to one quantity of one scope of the design that both results have, and to the goal of an objective.
pub(super) fn effect(
    before: &ExperimentResult,
    after: &ExperimentResult,
    name: &str,
    spot: Spot,
    objective: Option<usize>,
) -> Option<TriedEffect> {
    let gained = gain(spot, Seen::nth(before, 0), Seen::nth(after, 0))?;
    let met = |result: &ExperimentResult| Some(judged(result, objective?, 0)?.is_met());
    Some(TriedEffect {
        name: name.to_owned(),
        quantity: before.quantities[spot.quantity],
        before: gained.effect.before,
        after: gained.effect.after,
        gain: gained.interval,
        met: met(before).zip(met(after)),
    })
}
