//! The sweep: few values first, then more where the answer changes, until the allowance is spent.

use super::dial::{Dial, tipping_points};
use super::input::Input;
use super::point::{Answer, DesignThere, Point, State};
use super::trial::{Baseline, Trial};
use crate::experiment::{Options, go_on};
use crate::scenario::{PathAndValue, Range};
use crate::study::Build;

/// Replications of each value to begin with.
const FIRST: u32 = 4;
/// Replications of each end of a default.
const OF_DEFAULTS: u32 = 3;
/// Most replications of a value about which luck does not let us tell.
const MOST_REPLICATIONS: u32 = 12;
/// No gap between values is wider than this part of the range before the answers are looked at.
const COARSE: f64 = 0.4;
/// A gap in which the answer changes is divided while it is wider than this part of the range.
pub(super) const TOLERANCE: f64 = 1.0 / 12.0;
/// A stretch in which one design overtakes another comes before all else while it is wider than this part of
/// the range: a wider one tells nobody where.
const TELLING: f64 = 0.15;
/// How far from the author's own value another is still near it.
const NEAR: f64 = 0.35;
/// The allowance: so many times the events that the baseline took.
const ALLOWANCE: u64 = 6;
/// Fewer replications of a value tell hardly anything.
const LEAST: u32 = 3;

/// How much is run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// Beside a run: few replications at first, more near the flips, within an allowance.
    BesideARun,
    /// A table of its own: each value is run as often as the baseline was.
    Whole {
        /// So many values evenly over a range, beside the author's own; without, those near the flips.
        points: Option<usize>,
    },
}

/// Everything a sweep works with.
pub(super) struct Sweep<'a> {
    pub(super) baseline: &'a Baseline<'a>,
    pub(super) build: &'a Build<'a>,
    pub(super) options: &'a Options<'a>,
    pub(super) allowance: u64,
    pub(super) spent: u64,
    /// Replications of single designs that were run.
    pub(super) replications: u64,
    /// Whether the allowance did not suffice.
    pub(super) short: bool,
    /// Whether a stop cut it short.
    pub(super) stopped: bool,
    first: u32,
    /// Most replications of a value.
    most: u32,
    /// So many values of a range.
    points: Option<usize>,
}

/// A dial with its values under way.
pub(super) struct Turning {
    input: Input,
    /// Values with what was found at them, and their trial where more of it may be run.
    points: Vec<(Option<Trial>, Point)>,
    planned: Vec<Trial>,
    refused: Option<String>,
    swept: bool,
    stopped: bool,
}

/// From this weight on, a step comes before the ends of defaults are looked at.
const URGENT: f64 = 2.0;

/// What to do next for a dial.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Next {
    /// Run a value at this place.
    Between(f64),
    /// Run more replications of this point.
    More(usize),
}

impl<'a> Sweep<'a> {
    pub(super) fn new(
        baseline: &'a Baseline<'a>,
        build: &'a Build<'a>,
        options: &'a Options<'a>,
        effort: Effort,
    ) -> Sweep<'a> {
        let designs = &baseline.result.designs;
        let took: u64 = designs.iter().map(|design| design.totals.events).sum();
        let all = baseline.result.completed() as u32;
        let (allowance, first, most, points) = match effort {
            Effort::BesideARun => (ALLOWANCE * took, FIRST.min(all), MOST_REPLICATIONS, None),
            Effort::Whole { points } => (u64::MAX, all, all, points),
        };
        let (spent, replications, short, stopped) = (0, 0, false, false);
        Sweep {
            baseline,
            build,
            options,
            allowance,
            spent,
            replications,
            short,
            stopped,
            first,
            most,
            points,
        }
    }

    /// Replications of a value to begin with.
    pub(super) fn first_times(&self) -> u32 {
        self.first
    }

    /// Events that may still be handled.
    pub(super) fn left(&self) -> u64 {
        self.allowance.saturating_sub(self.spent)
    }

    /// Run the first values of declared inputs, both ends of defaults, then more where answers change.
    pub(super) fn dials(&mut self, inputs: Vec<Input>) -> Vec<Dial> {
        let (declared, defaults): (Vec<Input>, Vec<Input>) =
            inputs.into_iter().partition(|input| input.declared);
        let mut declared: Vec<Turning> =
            declared.into_iter().map(|input| self.begin(input)).collect();
        self.first = self.affordable(&declared);
        self.first_values(&mut declared, self.first, self.allowance);
        let mut defaults: Vec<Turning> =
            defaults.into_iter().map(|input| self.begin(input)).collect();
        // where one design overtakes another, and whether the answer of today is safe nearby, come first
        let refines = self.points.is_none();
        let half = self.spent + self.left() / 2;
        while refines && !self.stopped && self.refine(&mut declared, URGENT, half) {}
        let half = self.spent + self.left() / 2;
        self.first_values(&mut defaults, OF_DEFAULTS.min(self.first), half);
        while refines && !self.stopped && self.refine(&mut declared, 0.0, self.allowance) {}
        declared.into_iter().chain(defaults).map(Turning::finish).collect()
    }

    /// How often each first value can be run.
    fn affordable(&self, dials: &[Turning]) -> u32 {
        let once: u64 = dials
            .iter()
            .flat_map(|dial| &dial.planned)
            .map(|trial| trial.next_events(self.baseline))
            .sum();
        let affords = |times: &u32| u64::from(*times) * once <= self.allowance / 5 * 3;
        let least = LEAST.min(self.first);
        (least..=self.first).rev().find(affords).unwrap_or(least)
    }

    /// The first values of an input.
    fn begin(&self, mut input: Input) -> Turning {
        if let (Range::Between(track), Some(points)) = (&mut input.range, self.points) {
            track.divide(points);
        }
        let mut dial = Turning {
            input,
            points: Vec::new(),
            planned: Vec::new(),
            refused: None,
            swept: true,
            stopped: false,
        };
        match &dial.input.range {
            Range::Between(track) => {
                let yours = dial
                    .input
                    .yours
                    .clone()
                    .zip(dial.input.yours.as_ref().and_then(|yours| track.number(yours)));
                let mut places = vec![0.0, 1.0];
                let mut own = None;
                if let Some((value, number)) = yours {
                    let place = track.place(number);
                    if (0.0..=1.0).contains(&place) {
                        let point = self.baseline.point(value, Some(number), Some(place));
                        dial.points.push((None, point));
                        places.push(place);
                        own = Some(place);
                    }
                }
                if let Some(points) = self.points.filter(|&points| 2 < points) {
                    let steps = (points - 1) as f64;
                    places.extend((1..points - 1).map(|step| step as f64 / steps));
                }
                places.sort_by(f64::total_cmp);
                let wide = |places: &[f64]| {
                    (1..places.len()).find(|&at| COARSE < places[at] - places[at - 1])
                };
                while let Some(at) = wide(&places).filter(|_| self.points.is_none()) {
                    places.insert(at, (places[at - 1] + places[at]) / 2.0);
                }
                // the own value has been run, even where it lies between two steps of the track
                for place in places.into_iter().filter(|&place| own != Some(place)) {
                    self.plan(&mut dial, place);
                }
            }
            Range::OneOf(values) => {
                for value in values.clone() {
                    let settings = dial.input.settings(&value);
                    match self.trial(&settings, (value, None, None)) {
                        Ok(mut trial) => {
                            trial.helped = !dial.input.declared;
                            dial.planned.push(trial);
                        }
                        Err(why) => drop(dial.refused.get_or_insert(why)),
                    }
                }
                let listed = dial.planned.iter().any(Trial::is_baseline);
                if let Some(yours) = dial.input.yours.clone().filter(|_| !listed) {
                    dial.points.push((None, self.baseline.point(yours, None, None)));
                }
            }
        }
        dial
    }

    /// Plan the value at a place, unless it is there already.
    fn plan(&self, dial: &mut Turning, place: f64) {
        let Range::Between(track) = &dial.input.range else { return };
        let number = track.at(place);
        let known =
            |other: Option<f64>| other.is_some_and(|other| other.to_bits() == number.to_bits());
        if dial.points.iter().any(|(_, point)| known(point.number))
            || dial.planned.iter().any(|trial| known(trial.number))
        {
            return;
        }
        let value = track.value(number);
        let settings = dial.input.settings(&value);
        let place = track.place(number);
        match self.trial(&settings, (value, Some(number), Some(place))) {
            Ok(trial) => dial.planned.push(trial),
            Err(why) => drop(dial.refused.get_or_insert(why)),
        }
    }

    pub(super) fn trial(
        &self,
        settings: &[PathAndValue],
        there: (serde_json::Value, Option<f64>, Option<f64>),
    ) -> Result<Trial, String> {
        Trial::of((self.build)(settings)?, there, self.baseline)
    }

    /// Run what is planned for the dials, in their order, as far as the allowance up to `most` goes.
    fn first_values(&mut self, dials: &mut [Turning], times: u32, most: u64) {
        let mut left = most.saturating_sub(self.spent);
        for dial in dials.iter_mut() {
            let costs: u64 = dial
                .planned
                .iter()
                .map(|trial| u64::from(times) * trial.next_events(self.baseline))
                .sum();
            if left < costs {
                self.short = true;
                dial.swept = false;
                dial.planned.clear();
                continue;
            }
            left -= costs;
        }
        let mut trials: Vec<&mut Trial> =
            dials.iter_mut().flat_map(|dial| dial.planned.iter_mut()).collect();
        self.run(&mut trials, times);
        for dial in dials.iter_mut() {
            dial.land(self.baseline);
        }
    }

    /// Run trials up to so many replications, all at once.
    pub(super) fn run(&mut self, trials: &mut [&mut Trial], times: u32) {
        let before: (u64, u64) = tally(trials);
        let mut all: Vec<_> = trials
            .iter_mut()
            .filter_map(|trial| {
                let times = times.max(trial.replications());
                trial.run_mut().map(|run| (run, times))
            })
            .collect();
        go_on(&mut all, self.options);
        let after = tally(trials);
        self.spent += after.0 - before.0;
        self.replications += after.1 - before.1;
        self.stopped |= trials.iter().any(|trial| !trial.is_whole());
    }

    /// One more step of at least that weight for each dial that needs one, as far as the allowance up to `most`
    /// goes; whether there was any.
    fn refine(&mut self, dials: &mut [Turning], least: f64, most: u64) -> bool {
        let baseline = self.baseline;
        let own = baseline.own().answers;
        let mut more: Vec<(usize, usize)> = Vec::new();
        // what two inputs do together is still to be looked at
        let designs = 0..baseline.result.designs.len();
        let whole: u64 = designs.map(|design| baseline.events(design)).sum();
        let left = self.left().saturating_sub(2 * u64::from(self.first) * whole);
        let mut left = left.min(most.saturating_sub(self.spent));
        for (at, dial) in dials.iter_mut().enumerate() {
            let next = dial.next(self.most, &own);
            let Some(next) = next.filter(|(weight, _)| least <= *weight).map(|(_, next)| next)
            else {
                continue;
            };
            let costs = match next {
                Next::Between(place) => {
                    self.plan(dial, place);
                    match dial.planned.first() {
                        Some(trial) => u64::from(self.first) * trial.next_events(baseline),
                        // it is a value that cannot be run
                        None => {
                            dial.swept = false;
                            continue;
                        }
                    }
                }
                Next::More(point) => {
                    more.push((at, point));
                    let trial = dial.points[point].0.as_ref().expect("only trials are run again");
                    u64::from(FIRST) * trial.next_events(baseline)
                }
            };
            if left < costs {
                self.short |= self.allowance <= most;
                dial.planned.clear();
                more.retain(|&(dial, _)| dial != at);
                continue;
            }
            left -= costs;
        }
        if more.is_empty() && dials.iter().all(|dial| dial.planned.is_empty()) {
            return false;
        }
        let first = self.first;
        let mut new: Vec<&mut Trial> =
            dials.iter_mut().flat_map(|dial| dial.planned.iter_mut()).collect();
        self.run(&mut new, first);
        for &(at, point) in &more {
            let (trial, found) = &mut dials[at].points[point];
            let trial = trial.as_mut().expect("only trials are run again");
            let times = trial.replications() + FIRST;
            self.run(&mut [&mut *trial], times);
            if trial.is_whole() {
                *found = trial.point(baseline);
            }
        }
        for dial in dials.iter_mut() {
            dial.land(baseline);
        }
        true
    }
}

/// Events and replications of single designs so far.
fn tally(trials: &[&mut Trial]) -> (u64, u64) {
    let one = |trial: &&mut Trial| {
        let runs = if trial.is_baseline() { 0 } else { u64::from(trial.replications()) };
        (trial.events(), runs * trial.designs())
    };
    trials.iter().map(one).fold((0, 0), |sum, of| (sum.0 + of.0, sum.1 + of.1))
}

impl Turning {
    /// Put what was run among the points.
    fn land(&mut self, baseline: &Baseline<'_>) {
        for trial in self.planned.drain(..) {
            if !trial.is_whole() {
                // only a stop cuts a replication short
                self.swept = false;
                self.stopped = true;
                continue;
            }
            let point = trial.point(baseline);
            let at = match point.place {
                Some(place) => {
                    let before = |(_, known): &&(Option<Trial>, Point)| known.place < Some(place);
                    self.points.iter().take_while(before).count()
                }
                None => self.points.len(),
            };
            // only along a track may more of it be run
            self.points.insert(at, (point.place.map(|_| trial), point));
        }
    }

    /// What to do next, and how much it matters: the widest gap in which the answer changes, or a value there about
    /// which luck does not let us tell. From [`URGENT`] on it is a stretch in which one design overtakes another
    /// somewhere, or a value near the author's own that leaves open whether today's answer is safe.
    fn next(&self, most: u32, own: &[Answer]) -> Option<(f64, Next)> {
        let track = self.input.track().filter(|_| self.swept)?;
        let place = |at: usize| self.points[at].1.place.unwrap_or(0.0);
        let changes = |at: usize| differ(&self.points[at - 1].1, &self.points[at].1);
        let wide = self.overtaken();
        let mut best: Option<(f64, Next)> = None;
        let mut offer = |weight: f64, next: Next| {
            if best.as_ref().is_none_or(|(most, _)| *most < weight) {
                best = Some((weight, next));
            }
        };
        for at in 1..self.points.len() {
            let (left, right) = (place(at - 1), place(at));
            let urgent = wide.iter().any(|&(from, to)| from < at && at <= to);
            let middle = track.at((left + right) / 2.0);
            let apart = left < track.place(middle) && track.place(middle) < right;
            if (urgent || changes(at)) && TOLERANCE < right - left && apart {
                let weight = right - left + if urgent { 2.0 * URGENT } else { 0.0 };
                offer(weight, Next::Between((left + right) / 2.0));
            }
        }
        let yours = self.points.iter().position(|(_, point)| point.yours).map(place);
        for (at, (trial, point)) in self.points.iter().enumerate() {
            let Some(trial) = trial.as_ref().filter(|trial| trial.replications() < most) else {
                continue;
            };
            let unsure = |answer: &Answer| answer.state == State::CannotTell;
            let near = (0 < at && changes(at)) || (at + 1 < self.points.len() && changes(at + 1));
            if near && point.answers.iter().any(unsure) {
                offer(if trial.replications() <= FIRST { 0.15 } else { 0.07 }, Next::More(at));
            }
            // inside of a wide stretch more of a value tells on which side of it one overtakes the other; still more
            // seldom does
            let inside = wide.iter().any(|&(from, to)| from < at && at < to);
            if inside && trial.replications() < 2 * FIRST {
                offer(2.0 * URGENT - f64::from(trial.replications()) / 100.0, Next::More(at));
            }
            let away = yours.map_or(1.0, |yours| (place(at) - yours).abs());
            let safe =
                |(own, here): (&Answer, &Answer)| own.state == State::TooSmall && unsure(here);
            if away <= NEAR && own.iter().zip(&point.answers).any(safe) {
                offer(URGENT + NEAR - away, Next::More(at));
            }
        }
        best
    }

    /// Stretches in which one design overtakes another, where they are too wide to tell where: positions of the
    /// points at both ends.
    fn overtaken(&self) -> Vec<(usize, usize)> {
        let points: Vec<&Point> = self.points.iter().map(|(_, point)| point).collect();
        let place = |at: usize| points[at].place.unwrap_or(0.0);
        let scores = 0..points.first().map_or(0, |point| point.answers.len());
        scores
            .flat_map(|score| tipping_points(&points, score))
            .filter(|of| of.before.is_some() && of.after.is_some())
            .map(|of| of.crossing)
            .filter(|&(from, to)| TELLING < place(to) - place(from))
            .collect()
    }

    fn finish(self) -> Dial {
        let mut points: Vec<Point> = self.points.into_iter().map(|(_, point)| point).collect();
        // where several values change nothing, the file's own is the one it states
        if 1 < points.iter().filter(|point| point.yours).count() {
            let own = self.input.yours.as_ref();
            points.iter_mut().for_each(|point| point.yours &= own == Some(&point.value));
        }
        // between its ends, where that is the value of a default
        if !self.input.declared && points.len() == 3 && points[0].yours {
            points.swap(0, 1);
        }
        Dial {
            input: self.input,
            points,
            refused: self.refused,
            swept: self.swept,
            stopped: self.stopped,
        }
    }
}

/// Whether another design is best on some score, or others fall behind or have next to no time left.
fn differ(a: &Point, b: &Point) -> bool {
    let winners = a.answers.iter().zip(&b.answers).any(|(a, b)| a.winner() != b.winner());
    let copes = |of: &DesignThere| (of.withheld, !of.withheld && of.is_full);
    winners || a.designs.iter().zip(&b.designs).any(|(a, b)| copes(a) != copes(b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Overlay, Source, load, render};
    use crate::study::depends::dial::tests::dial;

    /// A dial whose answers at even distances are told by letters.
    fn turning(told: &str) -> Turning {
        let text = r#"{ "orgsim": 1, "customers": { "plain": true, "messages": "7/hour" },
            "designs": { "One desk": { "graph": {
                "roles": { "desk": { "people": 1, "service": "6m" } },
                "links": [ { "intake": { "to": "desk" } } ] } } },
            "it_depends_on": [ { "what": "customers.messages", "from": "5/hour", "to": "9/hour" } ] }"#;
        let source = Source::new("mine.json", text);
        let scenario = load(&source, &Overlay::default())
            .unwrap_or_else(|problems| panic!("{}", render(&source, &problems, false)));
        let points = dial(told).points.into_iter().map(|point| (None, point)).collect();
        let input = Input::declared(&scenario.depends[0]);
        Turning { input, points, planned: Vec::new(), refused: None, swept: true, stopped: false }
    }

    fn next(told: &str) -> Option<(f64, Next)> {
        turning(told).next(MOST_REPLICATIONS, &[])
    }

    #[test]
    fn where_one_overtakes_another_is_looked_for_first() {
        // the gap before the last value is as wide, but there nobody is overtaken
        let (weight, found) = next("A--BB-").expect("there is something to look at");
        let Next::Between(place) = found else { panic!("{found:?}") };
        assert!(URGENT <= weight && place < 0.6, "{weight} at {place}");
        let (weight, _) = next("AA-").expect("the answer fades");
        assert!(weight < URGENT, "{weight}");
        assert_eq!(next("AAAA"), None);
    }
}
