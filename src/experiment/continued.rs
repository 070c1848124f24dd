//! Experiments that can be gone on with: a few replications first, more where they are needed.

use std::borrow::Cow;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::merged::Merged;
use super::options::Options;
use super::replication::Replication;
use super::result::ExperimentResult;
use super::run::{compare, replicate, together};
use super::watching::Watching;
use crate::model::Model;

/// A model with the replications that were run of it so far, from the first one on.
///
/// After `n` replications its result is the one of [`run`](crate::experiment::run) with `n` of them.
#[derive(Debug)]
pub struct Continued<'a> {
    model: Cow<'a, Model>,
    watching: Watching,
    merged: Vec<Mutex<Merged>>,
    /// By design, then replication.
    runs: Vec<Vec<Option<Replication>>>,
    whole: bool,
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
        Continued { model, watching, merged, runs, whole: true }
    }

    /// Replications of each design so far.
    pub fn replications(&self) -> u32 {
        self.runs.first().map_or(0, |runs| runs.len() as u32)
    }

    /// Whether none of them was cut short by a stop.
    pub fn is_whole(&self) -> bool {
        self.whole
    }

    /// Events handled so far.
    pub fn events(&self) -> u64 {
        self.runs.iter().flatten().flatten().map(|run| run.events).sum()
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

/// Go on with several experiments at once, each up to so many replications of every design.
///
/// What they come to is the same whatever the number of threads. If a stop is asked for, those that it
/// cut short are no longer [whole](Continued::is_whole).
///
/// # Panics
/// As [`run`](crate::experiment::run) does.
pub fn go_on(experiments: &mut [(&mut Continued<'_>, u32)], options: &Options<'_>) {
    let tasks: Vec<(usize, usize, u32)> = experiments
        .iter()
        .enumerate()
        .flat_map(|(at, (of, upto))| {
            let designs = of.model.designs.len();
            (of.replications()..*upto)
                .flat_map(move |run| (0..designs).map(move |design| (at, design, run)))
        })
        .collect();
    let before = |(of, _): &(&mut Continued<'_>, u32)| of.runs.iter().map(Vec::len).sum::<usize>();
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
    for ((at, design, _), replication) in tasks.into_iter().zip(reduced) {
        let of = &mut experiments[at].0;
        of.whole &= replication.is_some();
        of.runs[design].push(replication);
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

    #[test]
    fn what_a_stop_cuts_short_says_so() {
        let stop = AtomicBool::new(true);
        let options = Options { threads: 1, stop: &stop, confidence: 0.95, progress: &|_, _| {} };
        let mut cut = Continued::owning(model_of_desks(6.0));
        go_on(&mut [(&mut cut, 2)], &options);
        assert!(!cut.is_whole() && cut.result(0.95).incomplete);
    }
}
