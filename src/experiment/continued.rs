//! Experiments that can be gone on with: a few replications first, more where they are needed.

use std::borrow::Cow;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::backlogs::still_fills;
use super::keeper::{Growing, Step, UnderWay};
use super::kept::{Kept, Words};
use super::merged::Merged;
use super::nearly_full::too_short;
use super::options::Options;
use super::precision::complete_to_precision;
use super::replication::Replication;
use super::result::ExperimentResult;
use super::run::{compare, replicate, together};
use super::unsettled::{may_settle, unsettled};
use super::warning::Warning;
use super::watching::Watching;
use crate::model::{Design, Model, Precision};
use crate::units::SimTime;

/// A model with the replications that were run of it so far, from the first one on.
///
/// After `n` replications its result is the one of [`run`](crate::experiment::run) with `n` of them.
#[derive(Debug)]
pub struct Continued<'a> {
    model: Cow<'a, Model>,
    watching: Watching,
    merged: Vec<Merged>,
    /// By design.
    runs: Vec<Runs>,
}

/// The replications of a design; `None` for what a stop cut short, and for what comes after one that could not be finished.
pub(super) type Runs = Vec<Option<Replication>>;

/// Whether this replication is wanted beside the others of its design: not after one that could not be finished. Nothing of
/// such a design is shown, and each more might fill the memory again.
fn is_wanted(runs: &[Option<Replication>], run: usize) -> bool {
    unfinished(runs).is_none_or(|at| run <= at)
}

/// The first replication that could not be finished.
fn unfinished(runs: &[Option<Replication>]) -> Option<usize> {
    runs.iter().position(|run| run.as_ref().is_some_and(|run| run.stopped.is_some()))
}

/// Whether none that is wanted is missing.
fn has_all(runs: &[Option<Replication>]) -> bool {
    let upto = unfinished(runs).map_or(runs.len(), |at| at + 1);
    runs[..upto].iter().all(Option::is_some)
}

impl Continued<'static> {
    /// Nothing is run yet of a model that is kept here.
    pub fn owning(model: Model) -> Continued<'static> {
        Continued::from(Cow::Owned(model))
    }
}

impl<'a> Continued<'a> {
    /// Nothing is run yet.
    pub fn new(model: &'a Model) -> Continued<'a> {
        Continued::from(Cow::Borrowed(model))
    }

    fn from(model: Cow<'a, Model>) -> Continued<'a> {
        let watching = Watching::of(&model);
        let merged: Vec<Merged> =
            model.designs.iter().map(|design| Merged::new(&watching, design)).collect();
        let runs = model.designs.iter().map(|_| Vec::new()).collect();
        Continued { model, watching, merged, runs }
    }

    /// What these words hold of this experiment after a step up to so many replications; `None` if they hold no such thing.
    pub(super) fn resumed(&self, upto: u32, words: &mut Words<'_>) -> Option<Vec<(Runs, Merged)>> {
        let length = (upto as usize).max(self.replications() as usize);
        let mut designs = Vec::new();
        for design in &self.model.designs {
            let (runs, merged) = (Runs::back(words)?, Merged::back(words)?);
            let fit = runs.iter().flatten().all(|run| run.fits(&self.watching, design));
            if !fit || !merged.fits(&self.watching, design) || runs.len() != length {
                return None;
            }
            designs.push((runs, merged));
        }
        Some(designs)
    }

    /// These in the place of what is run so far.
    pub(super) fn replace(&mut self, designs: Vec<(Runs, Merged)>) {
        (self.runs, self.merged) = designs.into_iter().unzip();
    }

    /// What is run.
    pub(super) fn model(&self) -> &Model {
        &self.model
    }

    /// Replications of each design so far, those that a stop cut short included.
    pub fn replications(&self) -> u32 {
        self.runs.first().map_or(0, |runs| runs.len() as u32)
    }

    /// Whether none of them was cut short by a stop.
    pub fn is_whole(&self) -> bool {
        self.runs.iter().all(|runs| has_all(runs))
    }

    /// Events handled so far.
    pub fn events(&self) -> u64 {
        self.runs.iter().flatten().flatten().map(|run| run.events).sum()
    }

    /// Mark the path of the number inside so far apart, in replications that are yet to be run.
    pub(super) fn marking(mut self, every: SimTime) -> Continued<'a> {
        self.watching.watch.path = Some(every);
        self
    }

    /// The model, and of each design the replications that ran to their end.
    pub(super) fn whole_runs(&self) -> (&Model, Vec<Vec<&Replication>>) {
        let designs = self.runs.iter().map(|runs| {
            let whole = runs.iter().flatten().filter(|run| run.stopped.is_none());
            whole.collect()
        });
        (&self.model, designs.collect())
    }

    /// Designs that seem not to have forgotten their start when the time begins that counts.
    pub(super) fn unsettled(&self, result: &ExperimentResult) -> Vec<Warning> {
        let (model, runs) = self.whole_runs();
        let found = |(design, runs): (usize, Vec<&Replication>)| {
            may_settle(model, design).then(|| unsettled(result, design, &runs)).flatten()
        };
        runs.into_iter().enumerate().filter_map(found).collect()
    }

    /// What they come to so far.
    pub fn result(&self, confidence: f64) -> ExperimentResult {
        let designs = self.runs.iter().zip(&self.merged).zip(&self.model.designs);
        let results = designs
            .map(|((runs, merged), design)| {
                together(&self.model, &self.watching, design, runs, merged, confidence)
            })
            .collect();
        compare(&self.model, &self.watching, results, self.replications(), confidence)
    }
}

/// Run what is missing of an experiment, and put it together.
///
/// With a precision, replications are added until every estimate that counts is that exact, see
/// [`run_to_precision`](super::run_to_precision). What was there before, of this model and this precision, changes
/// nothing: the result is the one of running it at once.
///
/// # Panics
/// As [`run`](super::run) does.
pub fn complete(
    of: &mut Continued<'_>,
    precision: Option<Precision>,
    options: &Options<'_>,
) -> ExperimentResult {
    if let Some(precision) = precision {
        return complete_to_precision(of, precision, options);
    }
    let asked = of.model.study.replications;
    go_on(&mut [(of, asked)], options);
    let mut result = of.result(options.confidence);
    result.warnings.extend(too_short(&of.model, &result, None));
    result.warnings.extend(still_fills(&result));
    result.warnings.extend(of.unsettled(&result));
    result
}

/// Go on with several experiments at once, each up to so many replications of every design.
///
/// What a stop cut short before is run as well. What they come to is the same whatever the number of threads. If a stop
/// is asked for, those that it cuts short are not [whole](Continued::is_whole).
///
/// # Panics
/// As [`run`](crate::experiment::run) does.
pub fn go_on(experiments: &mut [(&mut Continued<'_>, u32)], options: &Options<'_>) {
    // after a stop, what is run next may depend on what it cut short
    let stopped = options.stop.load(Ordering::Relaxed);
    let step = options.keeper.filter(|_| !stopped).map(Step::next);
    if let Some(step) = step {
        step.bring_back(experiments);
    }
    let before = |(of, _): &(&mut Continued<'_>, u32)| of.runs.iter().flatten().flatten().count();
    let before: usize = experiments.iter().map(before).sum();
    let tasks: Vec<(usize, usize, u32)> = experiments
        .iter()
        .enumerate()
        .flat_map(|(at, (of, upto))| {
            let runs = &of.runs;
            let missing = |design: usize, run: u32| {
                let (runs, run) = (&runs[design], run as usize);
                is_wanted(runs, run) && runs.get(run).is_none_or(Option::is_none)
            };
            let of_run = move |run: u32| {
                let designs = (0..runs.len()).filter(move |&design| missing(design, run));
                designs.map(move |design| (at, design, run))
            };
            (0..*upto).flat_map(of_run)
        })
        .collect();
    let mut models = Vec::new();
    let mut under_way: UnderWay<'_> = Vec::new();
    for (of, upto) in experiments.iter_mut() {
        let Continued { model, watching, merged, runs } = &mut **of;
        models.push((&**model, &*watching));
        let grown = |(runs, merged): (&mut Runs, _)| {
            let mut runs = std::mem::take(runs);
            runs.resize_with(runs.len().max(*upto as usize), || None);
            Mutex::new(Growing { runs, merged })
        };
        under_way.push(runs.iter_mut().zip(merged).map(grown).collect());
    }
    let done = AtomicUsize::new(before);
    let one = |&(at, design, run): &(usize, usize, u32)| {
        if options.stop.load(Ordering::Relaxed) {
            return;
        }
        let (model, watching) = models[at];
        let growing = &under_way[at][design];
        let wanted = is_wanted(&growing.lock().expect("nobody panicked").runs, run as usize);
        let whole = wanted && replicate(model, watching, design, run, options, growing);
        (options.progress)(done.fetch_add(1, Ordering::Relaxed) + 1, before + tasks.len());
        if let Some(step) = step.filter(|_| whole) {
            step.keep_if_due(&under_way);
        }
    };
    let pool = || rayon::ThreadPoolBuilder::new().num_threads(options.threads).build().ok();
    match if options.threads == 1 { None } else { pool() } {
        Some(pool) => pool.install(|| tasks.par_iter().for_each(one)),
        // where one is asked for, or no more can be had, there is still this thread
        None => tasks.iter().for_each(one),
    }
    for ((model, watching), designs) in models.iter().zip(&under_way) {
        for (design, growing) in model.designs.iter().zip(designs) {
            drop_unwanted(&mut growing.lock().expect("nobody panicked"), watching, design);
        }
    }
    let whole = |of: &Mutex<Growing<'_>>| has_all(&of.lock().expect("nobody panicked").runs);
    if let Some(step) = step {
        step.keep(&under_way, under_way.iter().flatten().all(whole));
    }
    let grown: Vec<Vec<Runs>> = under_way
        .into_iter()
        .map(|designs| {
            let runs = designs.into_iter().map(|of| of.into_inner().expect("nobody panicked").runs);
            runs.collect()
        })
        .collect();
    experiments.iter_mut().zip(grown).for_each(|((of, _), runs)| of.runs = runs);
}

/// Of a design with a replication that could not be finished, forget the later ones, which threads may have begun before, and
/// all sums, which they are part of.
fn drop_unwanted(growing: &mut Growing<'_>, watching: &Watching, design: &Design) {
    if let Some(at) = unfinished(&growing.runs) {
        growing.runs[at + 1..].fill_with(|| None);
        *growing.merged = Merged::new(watching, design);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::atomic::{AtomicBool, AtomicU64};

    use super::*;
    use crate::experiment::Keeper;
    use crate::experiment::examples::{model_of_desks, run_with};

    #[test]
    fn going_on_gives_what_running_at_once_gives() {
        let model = model_of_desks(6.0);
        let stop = AtomicBool::new(false);
        let options = Options::plain(2, &stop);
        let mut first = Continued::new(&model);
        let mut second = Continued::owning(model_of_desks(5.0));
        go_on(&mut [(&mut first, 2), (&mut second, 1)], &options);
        assert_eq!((first.replications(), second.replications()), (2, 1));
        go_on(&mut [(&mut first, 5)], &options);
        let at_once = run_with(&model, 1);
        assert_eq!(model.study.replications, 5);
        assert_eq!(format!("{:?}", first.result(0.95)), format!("{at_once:?}"));
        let events: u64 = at_once.designs.iter().map(|design| design.totals.events).sum();
        assert_eq!(first.events(), events);
    }

    /// Keeps all steps in memory, at every replication.
    #[derive(Default)]
    struct Memory {
        next: AtomicU64,
        steps: Mutex<BTreeMap<u64, Vec<u8>>>,
        back: AtomicU64,
    }

    impl Keeper for Memory {
        fn begin(&self) -> u64 {
            self.next.fetch_add(1, Ordering::Relaxed)
        }

        fn kept(&self, step: u64) -> Option<Vec<u8>> {
            let bytes = self.steps.lock().unwrap().get(&step).cloned();
            self.back.fetch_add(u64::from(bytes.is_some()), Ordering::Relaxed);
            bytes
        }

        fn is_due(&self) -> bool {
            true
        }

        fn keep(&self, step: u64, bytes: Vec<u8>, _: bool) {
            self.steps.lock().unwrap().insert(step, bytes);
        }
    }

    /// Stop after so many replications, keep what is complete, and go on in what might be another process.
    fn interrupted(model: &Model, precision: Option<Precision>, stops: &[usize]) -> String {
        let keeper = Memory::default();
        for &after in stops {
            keeper.next.store(0, Ordering::Relaxed);
            let stop = AtomicBool::new(false);
            let seen = AtomicUsize::new(0);
            let progress = |_: usize, _: usize| {
                if seen.fetch_add(1, Ordering::Relaxed) + 1 == after {
                    stop.store(true, Ordering::Relaxed);
                }
            };
            let keeper: Option<&dyn Keeper> = Some(&keeper);
            let options =
                Options { threads: 2, stop: &stop, confidence: 0.95, progress: &progress, keeper };
            let told = format!("{:?}", complete(&mut Continued::new(model), precision, &options));
            if !stop.load(Ordering::Relaxed) {
                return told;
            }
        }
        panic!("it was never let run to its end");
    }

    #[test]
    fn what_was_stopped_ends_as_if_it_had_not_been() {
        let mut model = model_of_desks(6.0);
        model.study.replications = 6;
        let at_once = format!("{:?}", run_with(&model, 1));
        for stops in [&[1, usize::MAX][..], &[5, 2, 1, usize::MAX], &[11, usize::MAX]] {
            assert!(at_once == interrupted(&model, None, stops), "stopped after {stops:?}");
        }
    }

    #[test]
    fn a_precision_is_reached_by_the_same_steps_after_a_stop() {
        let model =
            crate::experiment::examples::plain_model(1, 6.0, crate::model::StudyKind::TypicalWeeks);
        let precision = Some(Precision { within: 0.1, at_most: 60 });
        let at_once = interrupted(&model, precision, &[usize::MAX]);
        for stops in [&[2, usize::MAX][..], &[6, 4, usize::MAX], &[9, 1, 1, usize::MAX]] {
            assert!(at_once == interrupted(&model, precision, stops), "stopped after {stops:?}");
        }
    }

    #[test]
    fn what_is_kept_is_run_no_more_and_words_of_another_step_are_not_used() {
        let model = model_of_desks(6.0);
        let (keeper, stop) = (Memory::default(), AtomicBool::new(false));
        let ran = AtomicUsize::new(0);
        let counted = |_: usize, _: usize| {
            ran.fetch_add(1, Ordering::Relaxed);
        };
        let go = |model: &Model, upto: u32| {
            keeper.next.store(0, Ordering::Relaxed);
            ran.store(0, Ordering::Relaxed);
            let keeper: Option<&dyn Keeper> = Some(&keeper);
            let options =
                Options { threads: 1, stop: &stop, confidence: 0.95, progress: &counted, keeper };
            let mut of = Continued::new(model);
            go_on(&mut [(&mut of, upto)], &options);
            (format!("{:?}", of.result(0.95)), ran.load(Ordering::Relaxed))
        };
        let designs = model.designs.len();
        let (first, ran) = go(&model, 2);
        assert_eq!(ran, 2 * designs);
        assert_eq!(go(&model, 2), (first, 0), "all of it is kept");
        assert_eq!(keeper.back.load(Ordering::Relaxed), 1);
        // a step up to another number, and one of another model, take nothing of it
        assert_eq!(go(&model, 3).1, 3 * designs);
        let mut other = model.clone();
        other.designs.pop();
        assert_eq!(go(&other, 3).1, 3 * (designs - 1));
        let short = keeper.steps.lock().unwrap()[&0][..50].to_vec();
        for words in [vec![], vec![u8::MAX; 81], short] {
            keeper.steps.lock().unwrap().insert(0, words);
            assert_eq!(go(&model, 1).1, designs);
        }
    }

    #[test]
    fn what_a_stop_cuts_short_says_so() {
        let stop = AtomicBool::new(true);
        let options = Options::plain(1, &stop);
        let mut cut = Continued::owning(model_of_desks(6.0));
        go_on(&mut [(&mut cut, 2)], &options);
        assert!(!cut.is_whole() && cut.result(0.95).incomplete);
    }
}
