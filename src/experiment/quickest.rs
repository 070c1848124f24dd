//! Which design of a plain network inquiries pass soonest; first come those that serve them.

use super::measured::Measured;
use super::result::ExperimentResult;
use super::score::{Contender, Relation, Standing, Values, Verdict, relation, standing};
use crate::model::{Better, WorthNoticing};
use crate::stats::{Interval, bonferroni};

/// How the designs of a plain network stand.
///
/// Whoever is turned away or gives up is gone soon, so that a mean over all who left would be the better the more are
/// lost. So a design that surely serves noticeably fewer than another comes behind all that do not, however quick it
/// is, and the minutes are those of the served.
#[derive(Debug, Clone, PartialEq)]
pub struct Quickest {
    /// By minutes inside of the served, of the designs that are not among `fewer`.
    pub standing: Standing,
    /// Positions of designs that surely serve noticeably fewer than the one that serves most, most first. After a single
    /// replication: that did so in it.
    pub fewer: Vec<usize>,
    /// Share served by position of the design, most first; empty where nobody left unserved.
    pub served: Vec<(usize, Interval)>,
    /// Minutes inside of the served by position of the design, fewest first.
    pub minutes: Vec<(usize, Interval)>,
}

impl Quickest {
    /// Share of inquiries that a design serves; `None` where nobody left unserved.
    pub fn served(&self, design: usize) -> Option<Interval> {
        self.served.iter().find(|(of, _)| *of == design).map(|&(_, served)| served)
    }

    /// Minutes that those served by a design are inside.
    pub fn minutes(&self, design: usize) -> Option<Interval> {
        self.minutes.iter().find(|(of, _)| *of == design).map(|&(_, minutes)| minutes)
    }
}

/// Whether a share served says that somebody was not.
pub(super) fn loses(served: &Measured) -> bool {
    served.values.iter().flatten().any(|&share| share < 1.0)
}

/// How the designs of a plain network stand. Who falls behind for good is left out; `None` where there is nothing to
/// compare.
pub(super) fn quickest(result: &ExperimentResult) -> Option<Quickest> {
    if !result.plain || result.designs.len() < 2 {
        return None;
    }
    let copes = result.designs.iter().enumerate().filter(|(_, of)| of.falls_behind().is_none());
    let (times, served): (Vec<Contender<'_>>, Vec<Contender<'_>>) = copes
        .map(|(design, of)| {
            let contender = |measured| {
                let values = Values(measured, &of.completed);
                Contender { design, values, companion: None }
            };
            (contender(of.minutes_of_served()), contender(&of.served))
        })
        .unzip();
    standing_of_served(&times, &served, &result.worth_noticing, result.confidence)
}

/// How designs stand by the share of inquiries they serve, then by the minutes inside of the served.
pub fn standing_of_served(
    times: &[Contender<'_>],
    served: &[Contender<'_>],
    worth: &WorthNoticing,
    confidence: f64,
) -> Option<Quickest> {
    let all = standing(times, Better::Lower, worth.minutes, confidence)?;
    let minutes = all.estimates.clone();
    let lost = served.iter().any(|of| loses(of.values.0));
    let by_share = standing(served, Better::Higher, worth.share, confidence).filter(|_| lost);
    let Some(by_share) = by_share else {
        return Some(Quickest { standing: all, fewer: Vec::new(), served: Vec::new(), minutes });
    };
    let each = bonferroni(confidence, by_share.against_best.len().max(1));
    let behind = by_share.ranking[1..].iter().zip(&by_share.against_best).filter(|(_, lead)| {
        let alone = lead.interval.half_width.is_none();
        let here = alone && 0.0 < lead.interval.mean && worth.share <= lead.interval.mean;
        here || matches!(relation(lead, worth.share, each), Relation::Better)
    });
    let fewer: Vec<usize> = behind.map(|(&design, _)| design).collect();
    let rest: Vec<Contender<'_>> =
        times.iter().filter(|of| !fewer.contains(&of.design)).copied().collect();
    let mut found = standing(&rest, Better::Lower, worth.minutes, confidence)?;
    let unsure = may_serve_more(&found, served, worth.share, each);
    if !unsure.is_empty() && found.verdict != Verdict::OneRun {
        found.verdict = Verdict::TooClose { rivals: unsure, repetitions: None };
    }
    Some(Quickest { standing: found, fewer, served: by_share.estimates, minutes })
}

/// Designs of a standing of which luck may hide that they serve noticeably more than its first.
fn may_serve_more(
    found: &Standing,
    served: &[Contender<'_>],
    worth: f64,
    confidence: f64,
) -> Vec<usize> {
    let of = |design: usize| served.iter().find(|of| of.design == design).copied();
    let more = |&&other: &&usize| {
        let pair =
            || standing(&[of(found.ranking[0])?, of(other)?], Better::Higher, worth, confidence);
        pair().is_some_and(|pair| {
            let Some(lead) = pair.against_best.first().map(|lead| lead.interval) else {
                return false;
            };
            let most =
                if pair.ranking[0] == other { lead.high() } else { lead.low().map(|low| -low) };
            most.is_some_and(|most| worth < most)
        })
    };
    let rivals = match &found.verdict {
        Verdict::TooClose { rivals, .. } => rivals.as_slice(),
        _ => &[],
    };
    let unsure: Vec<usize> = found.ranking[1..].iter().filter(more).copied().collect();
    if unsure.is_empty() {
        return unsure;
    }
    let either = |design: &&usize| unsure.contains(design) || rivals.contains(design);
    found.ranking[1..].iter().filter(either).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const RUNS: [u32; 4] = [1, 2, 3, 4];
    const WORTH: WorthNoticing = WorthNoticing { share: 0.02, minutes: 10.0, money: 1.0 };

    /// Around a mean, with luck in four runs.
    fn around(mean: f64, luck: f64) -> Measured {
        Measured::of(&[mean - luck, mean + luck, mean - luck / 2.0, mean + luck / 2.0], 0.95)
    }

    fn stands(designs: &[(Measured, Measured)]) -> Quickest {
        let of = |measured| -> Vec<Contender<'_>> {
            let measured: fn(&(Measured, Measured)) -> &Measured = measured;
            let all = designs.iter().enumerate().map(|(design, of)| Contender {
                design,
                values: Values(measured(of), &RUNS[..measured(of).values.len()]),
                companion: None,
            });
            all.collect()
        };
        standing_of_served(&of(|of| &of.1), &of(|of| &of.0), &WORTH, 0.95)
            .expect("they have values")
    }

    #[test]
    fn who_serves_surely_and_noticeably_fewer_comes_behind_however_quick() {
        let found = stands(&[
            (around(0.45, 0.004), around(30.0, 1.0)),
            (around(1.0, 0.0), around(95.0, 2.0)),
            (around(0.60, 0.004), around(40.0, 1.0)),
            (around(0.99, 0.001), around(70.0, 2.5)),
        ]);
        // of those that serve the same to within two points the quickest is first
        assert_eq!(
            (found.standing.ranking.as_slice(), found.fewer.as_slice()),
            ([3, 1].as_slice(), [2, 0].as_slice())
        );
        assert_eq!(found.standing.verdict, Verdict::Winner);
        let mean =
            |design| (found.served(design).unwrap().mean, found.minutes(design).unwrap().mean);
        assert_eq!((mean(0), mean(1)), ((0.45, 30.0), (1.0, 95.0)));
    }

    #[test]
    fn where_nobody_is_lost_only_time_counts() {
        let everybody = || around(1.0, 0.0);
        let found = stands(&[(everybody(), around(60.0, 2.0)), (everybody(), around(30.0, 1.0))]);
        assert_eq!(found.standing.ranking, [1, 0]);
        assert_eq!((found.served.len(), found.fewer.len(), found.served(0)), (0, 0, None));
    }

    #[test]
    fn a_lead_in_time_is_none_while_luck_may_hide_that_the_other_serves_more() {
        let quick = (around(0.90, 0.03), around(30.0, 1.0));
        let slow = |share| (around(share, 0.06), around(60.0, 3.0));
        let found = stands(&[quick.clone(), slow(0.92)]);
        assert!(found.fewer.is_empty());
        assert_eq!(found.standing.ranking, [0, 1]);
        assert_eq!(
            found.standing.verdict,
            Verdict::TooClose { rivals: vec![1], repetitions: None }
        );
        // surely fewer than the quick one: nothing is hidden
        assert_eq!(
            stands(&[quick, (around(0.80, 0.03), around(60.0, 3.0))]).standing.verdict,
            Verdict::Alone
        );
    }

    #[test]
    fn after_a_single_run_its_own_shares_decide() {
        let one = |value: f64| Measured::of(&[value], 0.95);
        let found = stands(&[(one(0.5), one(30.0)), (one(1.0), one(60.0)), (one(0.99), one(50.0))]);
        assert_eq!(
            (found.standing.ranking.as_slice(), found.fewer.as_slice()),
            ([2, 1].as_slice(), [0].as_slice())
        );
        assert_eq!(found.standing.verdict, Verdict::OneRun);
    }
}
