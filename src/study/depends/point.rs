//! One value of an input: what every design comes to there, and what the answer is.

use serde_json::Value;

use crate::experiment::{
    Contender, Quantity, Quickest, Standing, Verdict, standing, standing_of_served,
};
use crate::model::{Better, MeasureUnit, Score, WorthNoticing};
use crate::stats::Interval;
use crate::study::gain::sign;

/// By what designs are compared along the dials.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// A score, and the quantity that is its headline.
    Score(Score, Quantity),
    /// The whole time of a plain network's customers, of those designs that serve not fewer of them.
    Time,
    /// The share of a plain network's customers that are served.
    Served,
}

/// A score that is looked at along the dials.
#[derive(Debug, Clone, PartialEq)]
pub struct Headline {
    /// Which.
    pub by: By,
    /// Its name in tables.
    pub name: String,
    /// Unit of the measure.
    pub unit: MeasureUnit,
    /// Which way is better.
    pub better: Better,
}

impl Headline {
    /// Name of its measure in files.
    pub fn measure(&self) -> String {
        match self.by {
            By::Score(_, quantity) => quantity.id(),
            By::Time => "minutes_inside".into(),
            By::Served => "served".into(),
        }
    }

    /// The smallest difference worth noticing.
    pub fn worth(&self, noticed: &WorthNoticing) -> f64 {
        match self.unit {
            MeasureUnit::Share => noticed.share,
            MeasureUnit::Minutes => noticed.minutes,
            MeasureUnit::Money => noticed.money,
            MeasureUnit::Count => 0.0,
        }
    }
}

/// What can be said about the best design at a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It is better than each other one, surely and by as much as the author would notice.
    Best,
    /// It is the only one that does not fall behind for good.
    Alone,
    /// The best ones differ by less than the author would notice.
    TooSmall,
    /// Luck may have decided.
    CannotTell,
    /// No design has a value.
    Nobody,
}

/// The answer by one score.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// What can be said.
    pub state: State,
    /// Position of the design with the best estimate, whatever the state.
    pub best: Option<usize>,
    /// Designs that are not surely and noticeably behind it.
    pub rivals: Vec<usize>,
    /// Position of the second.
    pub second: Option<usize>,
    /// Best minus second, better counted as more.
    pub lead: Option<Interval>,
    /// Designs of which the best estimate is surely ahead, by however little.
    pub ahead_of: Vec<usize>,
    /// Whether it cannot be told, and one of those in front was not run as often as in the scenario as it stands.
    pub open: bool,
}

impl Answer {
    /// The design that is best, where one is.
    pub fn winner(&self) -> Option<usize> {
        self.best.filter(|_| matches!(self.state, State::Best | State::Alone))
    }

    /// The best design and its rivals.
    pub fn leaders(&self) -> impl Iterator<Item = usize> {
        self.best.into_iter().chain(self.rivals.iter().copied())
    }
}

/// A design at a value.
#[derive(Debug, Clone, PartialEq)]
pub struct DesignThere {
    /// Replications its values rest on.
    pub replications: usize,
    /// Yearly cost of its plan.
    pub cost_per_year: f64,
    /// The role that falls behind for good and by how much a day, if one does.
    pub falls_behind: Option<(String, f64)>,
    /// Whether its values are withheld.
    pub withheld: bool,
    /// Whether its people have next to no time left, so that a few repetitions cannot tell whether it copes.
    pub is_full: bool,
    /// Its value by score; `None` where it has none.
    pub values: Vec<Option<Interval>>,
    /// The share of customers who give up waiting, where that is measured and not withheld.
    pub gave_up: Option<f64>,
    /// Whether every number by which it is judged is the baseline's.
    pub unmoved: bool,
    /// Whether its vendors are paid other fees than in the baseline, repetition by repetition.
    pub fees_differ: bool,
}

impl Point {
    /// Whether half of the customers or more give up in every design that keeps up: whichever is best, it is not enough. `None`
    /// where none keeps up, or nobody can give up.
    pub fn most_give_up(&self) -> Option<bool> {
        let mut told = self.designs.iter().filter_map(|design| design.gave_up).peekable();
        told.peek()?;
        Some(told.all(|gave_up| 0.5 <= gave_up))
    }
}

impl Answer {
    /// Fewer repetitions than the `whole` cannot tell that it hardly matters where the lead may as well be worth noticing, nor
    /// that it does where that may as well be less; unless that is the answer to the scenario as it stands, `own`, which
    /// they agree with.
    pub(super) fn leave_open(&mut self, own: &Answer, worth: f64, whole: usize) {
        let Some(lead) = self.lead.filter(|lead| lead.n < whole) else { return };
        let matters = own.state != State::TooSmall;
        let open = match self.state {
            State::TooSmall => matters && lead.high().is_some_and(|high| worth < high),
            State::Best => {
                !matters && self.best == own.best && lead.low().is_some_and(|low| low < worth)
            }
            _ => false,
        };
        if open {
            self.state = State::CannotTell;
            if self.rivals.is_empty() {
                self.rivals.extend(self.second);
            }
        }
    }
}

/// One value of an input.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// The value, as the file would state it.
    pub value: Value,
    /// Its number along the track.
    pub number: Option<f64>,
    /// Its place along the track, from 0 to 1.
    pub place: Option<f64>,
    /// Whether it is the scenario as it stands.
    pub yours: bool,
    /// All designs, in the author's order.
    pub designs: Vec<DesignThere>,
    /// By score.
    pub answers: Vec<Answer>,
}

impl Point {
    /// Whether one design is surely ahead of another by a score, as far as that is known: it is the best
    /// estimate, and the other surely lies behind it, or falls behind for good.
    pub(super) fn is_ahead(&self, score: usize, design: usize, other: usize) -> bool {
        let answer = &self.answers[score];
        let behind = || answer.ahead_of.contains(&other) || self.designs[other].withheld;
        answer.best == Some(design) && behind()
    }

    /// Whether all other designs fall behind, so that nobody is left to be better than.
    pub fn copes_alone(&self, design: usize) -> bool {
        let mut others = self.designs.iter().enumerate().filter(|(at, _)| *at != design);
        1 < self.designs.len() && others.all(|(_, other)| other.withheld)
    }

    /// Fewest replications of any design.
    pub fn replications(&self) -> usize {
        self.designs.iter().map(|design| design.replications).min().unwrap_or(0)
    }

    /// How far the design that is best in the baseline is ahead of all others here, better counted as more;
    /// `None` where it has no value.
    pub(super) fn margin(&self, score: usize, headline: &Headline, best: usize) -> Option<f64> {
        let sign = sign(headline.better);
        let value = |design: &DesignThere| Some(sign * design.values[score]?.mean);
        let own = value(&self.designs[best])?;
        let others = self.designs.iter().enumerate().filter(|(at, _)| *at != best);
        let rival =
            others.filter_map(|(_, design)| value(design)).fold(f64::NEG_INFINITY, f64::max);
        Some(if rival.is_finite() { own - rival } else { f64::INFINITY })
    }
}

/// The answer by the values of the designs that have some, and the estimates it rests on.
pub(super) fn answer(
    contenders: &[Contender<'_>],
    headline: &Headline,
    worth: f64,
    confidence: f64,
) -> (Answer, Vec<(usize, Interval)>) {
    let Some(found) = standing(contenders, headline.better, worth, confidence) else {
        return nobody();
    };
    (told(&found), found.estimates)
}

/// The answer by the time of the served: who serves fewer comes behind.
pub(super) fn answer_by_time(
    times: &[Contender<'_>],
    served: &[Contender<'_>],
    worth: &WorthNoticing,
    confidence: f64,
) -> (Answer, Vec<(usize, Interval)>) {
    let Some(found) = standing_of_served(times, served, worth, confidence) else {
        return nobody();
    };
    let Quickest { standing, fewer, minutes, .. } = found;
    let mut answer = told(&standing);
    if answer.state == State::Alone && !fewer.is_empty() {
        answer.state = State::Best;
    }
    answer.second = answer.second.or(fewer.first().copied());
    answer.ahead_of.extend(fewer);
    (answer, minutes)
}

/// What is said where no design has a value.
fn nobody() -> (Answer, Vec<(usize, Interval)>) {
    let answer = Answer {
        state: State::Nobody,
        best: None,
        rivals: vec![],
        second: None,
        lead: None,
        ahead_of: vec![],
        open: false,
    };
    (answer, Vec::new())
}

/// What a standing says.
fn told(found: &Standing) -> Answer {
    let (state, rivals) = match &found.verdict {
        Verdict::Winner => (State::Best, Vec::new()),
        Verdict::Alone => (State::Alone, Vec::new()),
        Verdict::TooSmall { rivals } => (State::TooSmall, rivals.clone()),
        Verdict::TooClose { rivals, .. } => (State::CannotTell, rivals.clone()),
        Verdict::OneRun => (State::CannotTell, found.ranking[1..].to_vec()),
    };
    Answer {
        state,
        best: found.ranking.first().copied(),
        rivals,
        second: found.ranking.get(1).copied(),
        lead: found.against_best.first().map(|paired| paired.interval),
        ahead_of: found.ranking[1..]
            .iter()
            .zip(&found.against_best)
            .filter(|(_, paired)| paired.interval.low().is_some_and(|low| 0.0 < low))
            .map(|(&other, _)| other)
            .collect(),
        open: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_repetitions_leave_open_what_many_would_tell() {
        let lead = |mean, half_width, n| {
            let standard_error = Some(half_width / 2.0);
            Interval { mean, half_width: Some(half_width), n, standard_error }
        };
        let of = |state, best, lead| {
            let (best, second) = (Some(best), Some(1 - best));
            Answer { state, best, second, lead, ..nobody().0 }
        };
        let told = |own: (State, usize), here: State, lead: Interval| {
            let mut here = of(here, 0, Some(lead));
            here.leave_open(&of(own.0, own.1, None), 0.02, 30);
            here.state
        };
        let (best, small) = (State::Best, State::TooSmall);
        // 1.8 ± 0.9 points, where 2 would be noticed
        assert_eq!(told((best, 0), small, lead(0.018, 0.009, 8)), State::CannotTell);
        assert_eq!(told((small, 0), small, lead(0.018, 0.009, 8)), small);
        assert_eq!(told((best, 0), small, lead(0.018, 0.009, 30)), small);
        assert_eq!(told((best, 0), small, lead(0.008, 0.004, 8)), small);
        // 2.2 ± 0.9 points, of which the scenario as it stands has less than would be noticed
        assert_eq!(told((small, 0), best, lead(0.022, 0.009, 8)), State::CannotTell);
        assert_eq!(told((best, 0), best, lead(0.022, 0.009, 8)), best);
        assert_eq!(told((small, 1), best, lead(0.022, 0.009, 8)), best);
        assert_eq!(told((small, 0), best, lead(0.032, 0.009, 8)), best);
    }
}
