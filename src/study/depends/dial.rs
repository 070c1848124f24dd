//! One input over its values, and what follows: bands, tipping points, overload, whether the answer holds.

use super::input::Input;
use super::point::{Answer, Point, State};

/// An input with the values that were run.
#[derive(Debug, Clone, PartialEq)]
pub struct Dial {
    /// What was changed.
    pub input: Input,
    /// The values, from left to right, or in the order of the list.
    pub points: Vec<Point>,
    /// Why a value could not be run, for the first that could not.
    pub refused: Option<String>,
    /// Whether all its first values were run and every value in between could be; otherwise the allowance
    /// ended, a value was refused, or somebody stopped it.
    pub swept: bool,
    /// Whether somebody stopped it.
    pub stopped: bool,
}

/// Whether an answer of the baseline holds when an input changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// At each value that was run.
    Yes,
    /// At one of them it surely does not.
    No,
    /// Luck does not let us tell at one of them.
    Unsure,
}

/// A stretch of a track with one thing to say.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Band {
    /// Position of the point where it begins.
    pub from: usize,
    /// Position of the point where it ends.
    pub to: usize,
    /// What can be said inside.
    pub state: State,
    /// The best design, where one is.
    pub best: Option<usize>,
}

/// Where the best design changes, as positions of the points on both sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tipping {
    /// Position of the last point on the left.
    pub from: usize,
    /// Position of the first point on the right.
    pub to: usize,
    /// The best design on the left; `None` if nobody is clearly best.
    pub before: Option<usize>,
    /// The best design on the right.
    pub after: Option<usize>,
    /// Where one surely overtakes the other, by however little: positions of the last point at which the one is
    /// the best and surely ahead of the other, and of the first at which it is the other way round. Within the
    /// bracket.
    pub crossing: (usize, usize),
}

/// Where a design begins or ceases to fall behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overloading {
    /// Position of the design.
    pub design: usize,
    /// Position of the last point on the left.
    pub from: usize,
    /// Position of the first point on the right.
    pub to: usize,
    /// Whether it falls behind on the right of them; otherwise on the left.
    pub above: bool,
}

/// Money that an input changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Money {
    /// What a design's plan costs a year.
    Plan,
    /// What vendors are paid beside it.
    Fees,
}

impl Dial {
    /// Whether any value was run but the scenario's own.
    pub fn is_turned(&self) -> bool {
        self.points.iter().any(|point| !point.yours)
    }

    /// Whether no value changes any design or what its customers do.
    pub fn changes_nothing(&self) -> bool {
        let unmoved = |point: &Point| point.designs.iter().all(|design| design.unmoved);
        self.points.iter().all(unmoved)
    }

    /// What it changes of money, where it changes nothing else.
    pub fn changes_only(&self) -> Option<Money> {
        if !self.changes_nothing() {
            return None;
        }
        let cost = |point: &Point| -> Vec<u64> {
            point.designs.iter().map(|design| design.cost_per_year.to_bits()).collect()
        };
        let first = self.points.first().map(cost);
        let mut designs = self.points.iter().flat_map(|point| &point.designs);
        if self.points.iter().any(|point| Some(cost(point)) != first) {
            Some(Money::Plan)
        } else {
            designs.any(|design| design.fees_differ).then_some(Money::Fees)
        }
    }

    /// The track cut into bands for a score, from its first point to its last.
    ///
    /// Between two neighbors about which different things are to be said, nothing is known.
    pub fn bands(&self, score: usize) -> Vec<Band> {
        let said = |at: usize| {
            let answer: &Answer = &self.points[at].answers[score];
            let winner = answer.winner();
            (if winner.is_some() { State::Best } else { answer.state }, winner)
        };
        let mut bands: Vec<Band> = Vec::new();
        for to in 1..self.points.len() {
            let from = to - 1;
            let (state, best) =
                if said(from) == said(to) { said(from) } else { (State::CannotTell, None) };
            match bands.last_mut() {
                Some(last) if (last.state, last.best) == (state, best) => last.to = to,
                _ => bands.push(Band { from, to, state, best }),
            }
        }
        bands
    }

    /// Where the best design by a score changes.
    ///
    /// From one best design to another the bracket holds everything in between. Where one ceases to be
    /// clearly best, or begins to be, it is the gap between two points.
    pub fn tipping_points(&self, score: usize) -> Vec<Tipping> {
        let points: Vec<&Point> = self.points.iter().collect();
        tipping_points(&points, score)
    }

    /// Between which neighbors half of the customers or more begin, or cease, to give up in every design that keeps up; `true` where
    /// they do on the right. Nothing is said beside a value of which it is not known.
    pub fn give_ups(&self) -> Vec<((usize, usize), bool)> {
        let most = |at: usize| self.points[at].most_give_up();
        let turn = |to: usize| {
            let (before, after) = most(to - 1).zip(most(to))?;
            (before != after).then_some(((to - 1, to), after))
        };
        (1..self.points.len()).filter_map(turn).collect()
    }

    /// Where designs begin or cease to fall behind for good.
    ///
    /// The bracket reaches from the nearest value at which the design surely copes, if there is one before it falls behind
    /// again: where its people have no time left, a few repetitions cannot tell.
    pub fn overloads(&self) -> Vec<Overloading> {
        let designs = self.points.first().map_or(0, |point| point.designs.len());
        let behind = |at: usize, design: usize| self.points[at].designs[design].withheld;
        // what is the file's own was run to the end
        let copes = |at: usize, design: usize| {
            let there = &self.points[at].designs[design];
            there.unmoved || !there.is_full
        };
        let bracket = |(design, at): (usize, usize)| {
            let coping = |&of: &usize| !behind(of, design);
            let sure = |of: &usize| copes(*of, design);
            let (from, to, above) = (at - 1, at, behind(at, design));
            if above {
                let sure = (0..=from).rev().take_while(coping).find(sure);
                Overloading { design, from: sure.unwrap_or(from), to, above }
            } else {
                let sure = (to..self.points.len()).take_while(coping).find(sure);
                Overloading { design, from, to: sure.unwrap_or(to), above }
            }
        };
        (0..designs)
            .flat_map(|design| (1..self.points.len()).map(move |to| (design, to)))
            .filter(|&(design, to)| behind(to - 1, design) != behind(to, design))
            .map(bracket)
            .collect()
    }

    /// Whether the baseline's answer by a score is the answer at every value.
    pub fn holds(&self, score: usize, baseline: &Answer) -> Holds {
        let mut holds = Holds::Yes;
        for point in self.points.iter().filter(|point| !point.yours) {
            match point.holds(score, baseline) {
                Holds::No => return Holds::No,
                Holds::Unsure => holds = Holds::Unsure,
                Holds::Yes => {}
            }
        }
        holds
    }
}

impl Point {
    /// Whether the baseline's answer by a score is the answer at this value.
    pub fn holds(&self, score: usize, baseline: &Answer) -> Holds {
        same(baseline, &self.answers[score])
    }
}

/// Where the best design by a score changes along points in order.
///
/// The value of the file is looked at longer than others. That nothing can be told at one that was looked at less is a
/// matter of looking and no change: such values are passed over, unless whoever is best beside them is surely not there.
pub(super) fn tipping_points(points: &[&Point], score: usize) -> Vec<Tipping> {
    let answer = |at: usize| &points[at].answers[score];
    let told = |at: &usize| !answer(*at).open;
    let goes_on = |at: usize| {
        let beside = [(0..at).rev().find(told), (at + 1..points.len()).find(told)];
        let mut best = beside.into_iter().flatten().filter_map(|at| answer(at).winner());
        best.all(|best| answer(at).leaders().any(|leader| leader == best))
    };
    let told: Vec<usize> = (0..points.len()).filter(|at| told(at) || !goes_on(*at)).collect();
    let winners: Vec<Option<usize>> =
        told.iter().map(|&at| points[at].answers[score].winner()).collect();
    let mut all = Vec::new();
    let mut at = 0;
    while let Some(next) = (at + 1..winners.len()).find(|&next| winners[next] != winners[at]) {
        let (before, mut to) = (winners[at], next);
        if before.is_some() && winners[next].is_none() {
            let onward = (next..winners.len()).find(|&onward| winners[onward].is_some());
            if let Some(onward) = onward.filter(|&onward| winners[onward] != before) {
                to = onward;
            }
        }
        let (from, after) = (told[next - 1], winners[to]);
        let crossing = crossing(points, score, (from, told[to]), before.zip(after));
        all.push(Tipping { from, to: told[to], before, after, crossing });
        at = to;
    }
    all
}

/// Between which of the points one design surely overtakes another.
fn crossing(
    points: &[&Point],
    score: usize,
    (from, to): (usize, usize),
    pair: Option<(usize, usize)>,
) -> (usize, usize) {
    let Some((before, after)) = pair else { return (from, to) };
    let ahead = |at: usize, one, other| points[at].is_ahead(score, one, other);
    let last = (from..to).rev().find(|&at| ahead(at, before, after)).unwrap_or(from);
    let first = (last + 1..=to).find(|&at| ahead(at, after, before)).unwrap_or(to);
    (last, first)
}

/// Whether an answer is the baseline's.
///
/// A winner must stay the winner. Where several were too close, some of them must still be. Where it hardly mattered who is
/// in front, that must be known here as well.
pub(super) fn same(baseline: &Answer, here: &Answer) -> Holds {
    match (baseline.winner(), here.winner()) {
        (Some(then), Some(now)) if then == now => Holds::Yes,
        (_, Some(_)) => Holds::No,
        (Some(then), None) => {
            let among = here.leaders().any(|leader| leader == then);
            if among && here.state == State::CannotTell { Holds::Unsure } else { Holds::No }
        }
        (None, None) => {
            let shared = baseline.leaders().any(|then| here.leaders().any(|now| now == then));
            let open = baseline.state == State::TooSmall && here.state == State::CannotTell;
            match shared || baseline.best == here.best {
                true if open => Holds::Unsure,
                true => Holds::Yes,
                false => Holds::No,
            }
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use serde_json::json;

    use super::*;
    use crate::scenario::Range;
    use crate::study::depends::point::DesignThere;

    /// A point with a winner (`A`, `B`), too small a difference (`-`), or nothing to tell (`?`); a small
    /// letter is the only one that copes.
    pub(in crate::study::depends) fn point(at: usize, of: usize, told: char) -> Point {
        let design = |withheld| DesignThere {
            replications: 4,
            cost_per_year: 1.0,
            falls_behind: None,
            withheld,
            is_full: false,
            values: vec![None],
            gave_up: None,
            unmoved: false,
            fees_differ: false,
        };
        let (state, best) = match told {
            'A' => (State::Best, 0),
            'B' => (State::Best, 1),
            'a' => (State::Alone, 0),
            '-' => (State::TooSmall, 0),
            _ => (State::CannotTell, 1),
        };
        let rivals = if told == '-' || told == '?' { vec![0, 1] } else { vec![] };
        let (best, ahead_of) = (Some(best), vec![]);
        let (second, lead, open) = (None, None, false);
        let answer = Answer { state, best, rivals, second, lead, ahead_of, open };
        Point {
            value: json!(at),
            number: Some(at as f64),
            place: Some(at as f64 / of as f64),
            yours: false,
            designs: vec![design(false), design(told == 'a')],
            answers: vec![answer],
        }
    }

    pub(in crate::study::depends) fn dial(told: &str) -> Dial {
        let last = told.len() - 1;
        let points = told.chars().enumerate().map(|(at, told)| point(at, last, told)).collect();
        let range = Range::OneOf(vec![json!(0), json!(last)]);
        let (what, paths) = ("customers.messages".to_owned(), vec![]);
        let input = Input {
            what,
            declared: true,
            paths,
            range,
            yours: None,
            assumed: false,
            by_contract: false,
            source: None,
        };
        Dial { input, points, refused: None, swept: true, stopped: false }
    }

    fn tipping(told: &str) -> Vec<(usize, usize, Option<usize>, Option<usize>)> {
        let all = dial(told).tipping_points(0);
        all.into_iter().map(|of| (of.from, of.to, of.before, of.after)).collect()
    }

    #[test]
    fn where_most_give_up_whatever_the_design_lies_between_two_points() {
        let mut dial = dial("AAAA");
        let shares = [[0.2, 0.4], [0.6, 0.4], [0.6, 0.5], [0.9, 0.7]];
        for (point, shares) in dial.points.iter_mut().zip(shares) {
            for (design, gave_up) in point.designs.iter_mut().zip(shares) {
                design.gave_up = Some(gave_up);
            }
        }
        assert_eq!(dial.give_ups(), [((1, 2), true)]);
        // who falls behind is not enough either
        dial.points[1].designs[1].gave_up = None;
        assert_eq!(dial.give_ups(), [((0, 1), true)]);
        // where all do, nothing is said, and that is no end of it
        dial.points[3].designs.iter_mut().for_each(|design| design.gave_up = None);
        assert_eq!(dial.give_ups(), [((0, 1), true)]);
        dial.points[1].designs[0].gave_up = None;
        assert_eq!(dial.give_ups(), []);
    }

    #[test]
    fn what_changes_only_money_says_which() {
        let mut dial = dial("AA");
        dial.points.iter_mut().flat_map(|of| &mut of.designs).for_each(|of| of.unmoved = true);
        assert_eq!(dial.changes_only(), None);
        dial.points[1].designs[0].fees_differ = true;
        assert_eq!(dial.changes_only(), Some(Money::Fees));
        dial.points[1].designs[0].cost_per_year = 2.0;
        assert_eq!(dial.changes_only(), Some(Money::Plan));
        dial.points[1].designs[0].unmoved = false;
        assert_eq!(dial.changes_only(), None);
    }

    #[test]
    fn a_bracket_holds_all_between_one_winner_and_the_next() {
        assert_eq!(tipping("AAAA"), []);
        assert_eq!(tipping("AABB"), [(1, 2, Some(0), Some(1))]);
        assert_eq!(tipping("AA--?BB"), [(1, 5, Some(0), Some(1))]);
        assert_eq!(tipping("AA--"), [(1, 2, Some(0), None)]);
        assert_eq!(tipping("--?BB"), [(2, 3, None, Some(1))]);
        assert_eq!(
            tipping("A-AB"),
            [(0, 1, Some(0), None), (1, 2, None, Some(0)), (2, 3, Some(0), Some(1))]
        );
        assert_eq!(tipping("Aa"), []);
    }

    #[test]
    fn looking_longer_at_one_value_is_no_change() {
        let found = |told: &str, yours: usize, longer: bool| {
            let mut dial = dial(told);
            dial.points[yours].yours = true;
            let others = dial.points.iter_mut().filter(|point| longer && !point.yours);
            for answer in others.flat_map(|point| &mut point.answers) {
                answer.open = answer.state == State::CannotTell;
            }
            let all = dial.tipping_points(0);
            all.into_iter().map(|of| (of.from, of.to)).collect::<Vec<_>>()
        };
        assert_eq!(found("??A??", 2, true), []);
        assert_eq!(found("A??", 0, true), []);
        assert_eq!(found("?AA?", 2, true), []);
        assert_eq!(found("A?A", 0, true), []);
        assert_eq!(found("A?-", 0, true), [(0, 2)]);
        assert_eq!(found("?-A-?", 2, true), [(1, 2), (2, 3)]);
        // whoever is best beside it is surely not where nothing can be told
        let mut gone = dial("AAC");
        gone.points[0].yours = true;
        let answer = &mut gone.points[2].answers[0];
        (answer.best, answer.open, answer.rivals) = (Some(1), true, vec![2]);
        let all = gone.tipping_points(0);
        assert_eq!(all.iter().map(|of| (of.from, of.to)).collect::<Vec<_>>(), [(1, 2)]);
        // where the file's own was looked at no longer, that nothing can be told elsewhere is another answer
        assert_eq!(found("??A??", 2, false), [(1, 2), (2, 3)]);
        assert_eq!(found("??A??", 1, true), [(1, 2)]);
    }

    #[test]
    fn a_crossing_is_where_one_is_surely_ahead_and_then_the_other() {
        let mut dial = dial("AA---BB");
        // a third design may be as good as the winner: who overtook whom is known all the same
        let told: [(usize, &[usize]); 7] =
            [(0, &[1]), (0, &[1]), (0, &[1]), (0, &[]), (1, &[0]), (1, &[0]), (1, &[0])];
        for (at, (best, ahead_of)) in told.into_iter().enumerate() {
            let answer = &mut dial.points[at].answers[0];
            (answer.best, answer.ahead_of) = (Some(best), ahead_of.to_vec());
        }
        let found = dial.tipping_points(0);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].from, found[0].to, found[0].crossing), (1, 5, (2, 4)));
    }

    #[test]
    fn bands_cover_the_track_and_say_nothing_where_neighbors_differ() {
        let told: Vec<_> = dial("AA--BBB")
            .bands(0)
            .into_iter()
            .map(|band| (band.from, band.to, band.state, band.best))
            .collect();
        assert_eq!(
            told,
            [
                (0, 1, State::Best, Some(0)),
                (1, 2, State::CannotTell, None),
                (2, 3, State::TooSmall, None),
                (3, 4, State::CannotTell, None),
                (4, 6, State::Best, Some(1)),
            ]
        );
    }

    #[test]
    fn overload_is_found_on_either_side() {
        let found = dial("aAAa").overloads();
        let told: Vec<_> = found.iter().map(|of| (of.design, of.from, of.to, of.above)).collect();
        assert_eq!(told, [(1, 0, 1, false), (1, 2, 3, true)]);
    }

    #[test]
    fn overload_begins_behind_a_value_at_which_the_design_surely_copes() {
        let mut dial = dial("AAAaaAAA");
        for at in [1, 2, 5] {
            dial.points[at].designs[1].is_full = true;
        }
        let told: Vec<_> = dial.overloads().iter().map(|of| (of.from, of.to, of.above)).collect();
        assert_eq!(told, [(0, 3, true), (4, 6, false)]);
        dial.points[2].designs[1].unmoved = true;
        assert_eq!(dial.overloads()[0].from, 2, "the file's own value was run to the end");
        dial.points[2].designs[1].unmoved = false;
        dial.points[0].designs[1].is_full = true;
        assert_eq!(dial.overloads()[0].from, 2, "it surely copes nowhere before");
    }

    #[test]
    fn an_answer_holds_while_the_winner_stays_or_nobody_wins() {
        let of = |told: char| point(0, 1, told).answers.remove(0);
        assert_eq!(same(&of('A'), &of('a')), Holds::Yes);
        assert_eq!(same(&of('A'), &of('B')), Holds::No);
        assert_eq!(same(&of('A'), &of('-')), Holds::No);
        assert_eq!(same(&of('A'), &of('?')), Holds::Unsure);
        assert_eq!(same(&of('-'), &of('?')), Holds::Unsure);
        assert_eq!(same(&of('?'), &of('-')), Holds::Yes);
        assert_eq!(same(&of('?'), &of('?')), Holds::Yes);
        assert_eq!(same(&of('-'), &of('A')), Holds::No);
        assert_eq!(dial("A?A").holds(0, &of('A')), Holds::Unsure);
        assert_eq!(dial("A?B").holds(0, &of('A')), Holds::No);
    }
}
