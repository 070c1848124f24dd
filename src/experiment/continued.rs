//! Experiments that can be gone on with: a few replications first, more where they are needed.

use std::borrow::Cow;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::kept::Kept;
use super::merged::Merged;
use super::nearly_full::too_short;
use super::options::Options;
use super::precision::complete_to_precision;
use super::replication::Replication;
use super::result::ExperimentResult;
use super::run::{compare, replicate, together};
use super::unsettled::{may_settle, unsettled};
use super::watching::Watching;
use crate::model::{Model, Precision};
use crate::units::SimTime;

/// A model with the replications that were run of it so far, from the first one on.
///
/// After `n` replications its result is the one of [`run`](crate::experiment::run) with `n` of them.
#[derive(Debug)]
pub struct Continued<'a> {
    model: Cow<'a, Model>,
    watching: Watching,
    merged: Vec<Mutex<Merged>>,
    /// By design, then replication; `None` for what a stop cut short.
    runs: Vec<Vec<Option<Replication>>>,
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
        let merged: Vec<Mutex<Merged>> =
            model.designs.iter().map(|design| Mutex::new(Merged::new(&watching, design))).collect();
        let runs = model.designs.iter().map(|_| Vec::new()).collect();
        Continued { model, watching, merged, runs }
    }

    /// All that was run so far, as words from which [`Continued::resumed`] goes on.
    pub fn words(&self) -> Vec<u64> {
        let mut words = Vec::new();
        for (runs, merged) in self.runs.iter().zip(&self.merged) {
            runs.keep(&mut words);
            merged.lock().expect("nobody panicked").keep(&mut words);
        }
        words
    }

    /// The replications that these words hold; `None` if they are not words of such a model.
    ///
    /// Whether they are words of this very model is for whoever kept them to know.
    pub fn resumed(model: &'a Model, words: &[u64]) -> Option<Continued<'a>> {
        let mut of = Continued::new(model);
        let mut words = words.iter();
        for (design, (runs, merged)) in
            model.designs.iter().zip(of.runs.iter_mut().zip(&mut of.merged))
        {
            *runs = Vec::back(&mut words)?;
            let sum = Merged::back(&mut words)?;
            let fit = runs.iter().flatten().all(|run| run.fits(&of.watching, design));
            if !fit || !sum.fits(&of.watching, design) {
                return None;
            }
            *merged = Mutex::new(sum);
        }
        let even = of.runs.iter().all(|runs| runs.len() == of.runs[0].len());
        (even && words.len() == 0).then_some(of)
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
        self.runs.iter().flatten().all(Option::is_some)
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

    /// Sentences on designs that seem not to have forgotten their start when the time begins that counts.
    pub(super) fn unsettled(&self, result: &ExperimentResult) -> Vec<String> {
        let (model, runs) = self.whole_runs();
        let told = |(design, runs): (usize, Vec<&Replication>)| {
            may_settle(model, design).then(|| unsettled(result, design, &runs)).flatten()
        };
        runs.into_iter().enumerate().filter_map(told).collect()
    }

    /// What they come to so far.
    pub fn result(&self, confidence: f64) -> ExperimentResult {
        let designs = self.runs.iter().zip(&self.merged).zip(&self.model.designs);
        let results = designs
            .map(|((runs, merged), design)| {
                let merged = merged.lock().expect("nobody panicked");
                together(&self.model, &self.watching, design, runs, &merged, confidence)
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
    let tasks: Vec<(usize, usize, u32)> = experiments
        .iter()
        .enumerate()
        .flat_map(|(at, (of, upto))| {
            let runs = &of.runs;
            let missing = |design: usize, run: u32| {
                runs[design].get(run as usize).is_none_or(Option::is_none)
            };
            let of_run = move |run: u32| {
                let designs = (0..runs.len()).filter(move |&design| missing(design, run));
                designs.map(move |design| (at, design, run))
            };
            (0..*upto).flat_map(of_run)
        })
        .collect();
    let before = |(of, _): &(&mut Continued<'_>, u32)| of.runs.iter().flatten().flatten().count();
    let before: usize = experiments.iter().map(before).sum();
    let done = AtomicUsize::new(before);
    let one = |&(at, design, run): &(usize, usize, u32)| -> Option<Replication> {
        if options.stop.load(Ordering::Relaxed) {
            return None;
        }
        let of = &*experiments[at].0;
        let reduced = replicate(&of.model, &of.watching, design, run, options, &of.merged[design]);
        (options.progress)(done.fetch_add(1, Ordering::Relaxed) + 1, before + tasks.len());
        reduced
    };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(options.threads).build();
    let reduced: Vec<Option<Replication>> = match pool {
        Ok(pool) => pool.install(|| tasks.par_iter().map(one).collect()),
        // Without threads there is still this one.
        Err(_) => tasks.iter().map(one).collect(),
    };
    for ((at, design, run), replication) in tasks.into_iter().zip(reduced) {
        let runs = &mut experiments[at].0.runs[design];
        match runs.get_mut(run as usize) {
            Some(missing) => *missing = replication,
            None => runs.push(replication),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicBool;

    use super::*;
    use crate::experiment::examples::{model_of_desks, run_with};

    #[test]
    fn going_on_gives_what_running_at_once_gives() {
        let model = model_of_desks(6.0);
        let stop = AtomicBool::new(false);
        let options = Options { threads: 2, stop: &stop, confidence: 0.95, progress: &|_, _| {} };
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

    /// Stop after so many replications, keep what is complete, come back from the words, and go on.
    fn interrupted(model: &Model, precision: Option<Precision>, stops: &[usize]) -> String {
        let mut words: Option<Vec<u64>> = None;
        for &after in stops {
            let stop = AtomicBool::new(false);
            let seen = AtomicUsize::new(0);
            let progress = |_: usize, _: usize| {
                if seen.fetch_add(1, Ordering::Relaxed) + 1 == after {
                    stop.store(true, Ordering::Relaxed);
                }
            };
            let options =
                Options { threads: 2, stop: &stop, confidence: 0.95, progress: &progress };
            let mut of = match &words {
                None => Continued::new(model),
                Some(words) => Continued::resumed(model, words).expect("they are of this model"),
            };
            let told = format!("{:?}", complete(&mut of, precision, &options));
            if !stop.load(Ordering::Relaxed) {
                return told;
            }
            let kept = of.words();
            if let Some(resumed) = Continued::resumed(model, &kept) {
                assert_eq!(resumed.words(), kept);
            }
            words = Some(kept);
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
    fn words_of_another_model_are_refused() {
        let model = model_of_desks(6.0);
        let stop = AtomicBool::new(false);
        let options = Options { threads: 1, stop: &stop, confidence: 0.95, progress: &|_, _| {} };
        let mut of = Continued::new(&model);
        go_on(&mut [(&mut of, 1)], &options);
        let words = of.words();
        let mut other = model.clone();
        other.designs.pop();
        assert!(Continued::resumed(&other, &words).is_none());
        assert!(Continued::resumed(&model, &words[..words.len() - 1]).is_none());
        assert!(Continued::resumed(&model, &[]).is_none());
        let other =
            crate::experiment::examples::plain_model(1, 6.0, crate::model::StudyKind::TypicalWeeks);
        assert!(Continued::resumed(&other, &words).is_none());
    }

    #[test]
    fn what_a_stop_cuts_short_says_so() {
        let stop = AtomicBool::new(true);
        let options = Options { threads: 1, stop: &stop, confidence: 0.95, progress: &|_, _| {} };
        let mut cut = Continued::owning(model_of_desks(6.0));
        go_on(&mut [(&mut cut, 2)], &options);
        assert!(!cut.is_whole() && cut.result(0.95).incomplete);
    }
}
