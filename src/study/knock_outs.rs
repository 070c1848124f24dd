//! Knock-outs: what goes wrong when a role is away for a day or a link is cut, one at a time.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::FEW;
use super::effect::{Effect, Yardstick, effect, with_designs};
use super::looks::{Looks, Recovery, hourly};
use super::seen::Seen;
use crate::experiment::{ExperimentResult, Options, run};
use crate::model::{
    Better, Calendar, Design, From, Link, LinkKind, MeasureId, Model, People, RoleId, StudyKind,
};
use crate::stats::{bonferroni, t_test_p};
use crate::units::SimTime;

/// Knock-outs run at a time, so that memory does not grow with their number.
const AT_A_TIME: usize = 8;

/// What every design loses with each of its roles and links.
#[derive(Debug, Clone, PartialEq)]
pub struct KnockOuts {
    /// When the day begins on which a role is away.
    pub day: SimTime,
    /// How long inquiries are counted from then on.
    pub counted: SimTime,
    /// What is compared, the promise to customers first.
    pub yardsticks: Vec<Yardstick>,
    /// By design.
    pub designs: Vec<DesignKnockOuts>,
}

/// What one design loses.
#[derive(Debug, Clone, PartialEq)]
pub struct DesignKnockOuts {
    /// Its name.
    pub design: String,
    /// Its values with everybody there, by yardstick.
    pub whole: Vec<Option<f64>>,
    /// Knock-outs, the most harmful first.
    pub ranking: Vec<KnockOut>,
}

/// One knock-out.
#[derive(Debug, Clone, PartialEq)]
pub struct KnockOut {
    /// What is missing.
    pub missing: Missing,
    /// What that changes, by yardstick: with everybody there, without it, the difference.
    pub effects: Vec<Option<Effect>>,
    /// Whether it does harm beyond luck, with as many looks for harm as there were.
    pub harms: bool,
    /// Of a role, how long after its day the backlog takes to be ordinary.
    pub recovery: Option<Recovery>,
    /// Of a link that is cut, the role that then falls behind for good.
    pub falls_behind: Option<String>,
}

/// What is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Missing {
    /// Everybody of a role, for a day.
    Role {
        /// Its name.
        name: String,
        /// Whether it approves what others write.
        approves: bool,
    },
    /// A link, for good.
    Link {
        /// Its kind, as scenarios call it.
        kind: &'static str,
        /// The role where it begins; `None` for the channels.
        from: Option<String>,
        /// The role where it ends.
        to: String,
    },
}

/// Take out every role for the day that begins at `day`, and cut every link, one at a time, on the
/// same customers. What is counted are the inquiries of the week that begins on that day.
///
/// Reporting lines are left: nothing passes over them. `None` for a plain network, and where the
/// run is over before that week has two days.
pub fn knock_outs(
    model: &Model,
    result: &ExperimentResult,
    day: SimTime,
    options: &Options<'_>,
) -> Option<KnockOuts> {
    let counted = model.study.horizon().since(day).min(SimTime::WEEK);
    if result.plain || counted < SimTime::DAY.times(2) {
        return None;
    }
    let mut model = model.clone();
    model.study.kind = StudyKind::TypicalWeeks;
    model.study.warm_up = day;
    model.study.run_for = counted;
    model.study.observe = Some(hourly(counted));
    model.study.replications = model.study.replications.min(FEW);
    let yardsticks = yardsticks(result);
    let designs = model.designs.iter();
    let designs = designs
        .map(|design| {
            DesignStudy { model: &model, design, yardsticks: &yardsticks, options }.rank()
        })
        .collect();
    Some(KnockOuts { day, counted, yardsticks, designs })
}

/// The first promise of an answer in time, or the answer within an hour; then the other scores.
fn yardsticks(result: &ExperimentResult) -> Vec<Yardstick> {
    let promise = Yardstick::promise(result);
    let others =
        [MeasureId::SettledInConversation, MeasureId::MentionsReached, MeasureId::WrongAnswers];
    let others = others.iter().filter_map(|&id| Yardstick::measure(result, id));
    promise.into_iter().chain(others).chain([Yardstick::Peak]).collect()
}

/// One design's knock-outs under way.
struct DesignStudy<'a> {
    model: &'a Model,
    design: &'a Design,
    yardsticks: &'a [Yardstick],
    options: &'a Options<'a>,
}

impl DesignStudy<'_> {
    fn rank(&self) -> DesignKnockOuts {
        let all = candidates(self.design);
        let strict = Options {
            confidence: bonferroni(self.options.confidence, all.len().max(1)),
            ..*self.options
        };
        let whole = run(&with_designs(self.model, vec![self.design.clone()]), self.options);
        let before = Seen::nth(&whole, 0);
        let mut ranking = Vec::new();
        for some in all.chunks(AT_A_TIME) {
            // what is left of a study that is stopped is told nobody
            if self.options.stop.load(Ordering::Relaxed) {
                break;
            }
            let designs = some.iter().map(|missing| self.without(missing)).collect();
            let changed = run(&with_designs(self.model, designs), self.options);
            for (candidate, after) in some.iter().zip(Seen::all(&changed)) {
                ranking.push(self.knock_out(candidate, before, after, &strict));
            }
        }
        ranking.sort_by(|a, b| b.harms.cmp(&a.harms).then(self.loss(b).total_cmp(&self.loss(a))));
        let value = |yardstick: &Yardstick| yardstick.of(before, 0.0)?.mean();
        DesignKnockOuts {
            design: self.design.name.clone(),
            whole: self.yardsticks.iter().map(value).collect(),
            ranking,
        }
    }

    fn knock_out(
        &self,
        candidate: &Candidate,
        whole: Seen<'_>,
        without: Seen<'_>,
        strict: &Options<'_>,
    ) -> KnockOut {
        let effects: Vec<Option<Effect>> =
            self.yardsticks.iter().map(|of| effect(of, whole, without, 0.0)).collect();
        let falls_behind = without.falls_behind();
        let harms = falls_behind.is_some()
            || self.yardsticks.iter().zip(&effects).any(|(yardstick, effect)| {
                effect.is_some_and(|effect| harms(yardstick, &effect, strict.confidence))
            });
        let is_role = matches!(candidate.what, Cut::Role(_));
        let looked = is_role && !whole.design.withheld && !without.design.withheld;
        let recovery = looked.then(|| {
            let (with, ordinary) = (Looks::of(without.design), Looks::of(whole.design));
            Recovery::of(&with, &ordinary, 24, self.options.confidence)
        });
        KnockOut { missing: candidate.missing.clone(), effects, harms, recovery, falls_behind }
    }

    /// How much is lost of the promise; all of it where a role falls behind for good.
    fn loss(&self, of: &KnockOut) -> f64 {
        match of.effects.first().copied().flatten() {
            _ if of.falls_behind.is_some() => f64::INFINITY,
            Some(effect) => -effect.difference.mean,
            None => 0.0,
        }
    }

    /// The design without something.
    fn without(&self, candidate: &Candidate) -> Design {
        let mut design = self.design.clone();
        match &candidate.what {
            Cut::Role(id) => {
                let end = self.model.study.horizon() + self.model.study.follow;
                send_away(&mut design, *id, self.model.study.warm_up, end);
            }
            Cut::Link(kind, from, to) => {
                let goes = |start: From, end: RoleId, link: &Link| {
                    (link.kind.word(), role_of(start), end) == (*kind, *from, *to)
                };
                design.organization = design
                    .organization
                    .relinked(|start, end, link| (!goes(start, end, link)).then(|| link.clone()));
            }
        }
        design
    }
}

/// Everybody of a role is away for the day that begins then.
fn send_away(design: &mut Design, id: RoleId, day: SimTime, end: SimTime) {
    let role = design.organization.role_mut(id);
    let left = |calendar: &Calendar| Arc::new(calendar.without(day, day + SimTime::DAY, end));
    if let People::Some(people) = &mut role.people {
        for person in people {
            person.calendar = person.calendar.as_deref().map(left);
        }
    }
    role.calendar = left(&role.calendar);
}

/// Whether a difference is a loss beyond luck at a confidence.
fn harms(yardstick: &Yardstick, effect: &Effect, confidence: f64) -> bool {
    let of = &effect.difference;
    let worse = match yardstick.better() {
        Better::Higher => of.mean < 0.0,
        Better::Lower => 0.0 < of.mean,
        Better::Neither => false,
    };
    worse
        && of.standard_error.is_some_and(|error| t_test_p(of.mean, error, of.n) < 1.0 - confidence)
}

/// Something that can be taken out.
struct Candidate {
    what: Cut,
    missing: Missing,
}

#[derive(PartialEq)]
enum Cut {
    Role(RoleId),
    Link(&'static str, Option<RoleId>, RoleId),
}

fn role_of(from: From) -> Option<RoleId> {
    match from {
        From::Role(id) => Some(id),
        From::Channel(_) => None,
    }
}

/// All roles with people, then all links; those of a kind between the same two count as one.
fn candidates(design: &Design) -> Vec<Candidate> {
    let organization = &design.organization;
    let name = |id: RoleId| organization.role(id).name.clone();
    let approves = |id: RoleId| {
        organization.links().any(|(_, to, link)| to == id && link.kind == LinkKind::Approve)
    };
    let staffed = organization.roles().filter(|(_, role)| role.people != People::Infinite);
    let mut all: Vec<Candidate> = staffed
        .map(|(id, role)| Candidate {
            what: Cut::Role(id),
            missing: Missing::Role { name: role.name.clone(), approves: approves(id) },
        })
        .collect();
    for (from, to, link) in organization.links().filter(|(_, _, l)| l.kind.carries_cases()) {
        let (kind, from) = (link.kind.word(), role_of(from));
        let what = Cut::Link(kind, from, to);
        if !all.iter().any(|known| known.what == what) {
            let missing = Missing::Link { kind, from: from.map(name), to: name(to) };
            all.push(Candidate { what, missing });
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::examples::{model_of_desks, run_with};
    use std::sync::atomic::AtomicBool;

    #[test]
    fn every_role_and_working_link_is_taken_out_once_and_the_only_desk_hurts_most() {
        let model = model_of_desks(6.0);
        let result = run_with(&model, 2);
        let stop = AtomicBool::new(false);
        let options = Options::plain(2, &stop);
        let day = SimTime::DAY.times(2);
        let found = knock_outs(&model, &result, day, &options).unwrap();
        assert_eq!(found.yardsticks[0].id(), "answered_within_6h");
        let one = &found.designs[0];
        let roles = model.designs[0].organization.role_count();
        let is_role = |of: &&KnockOut| matches!(of.missing, Missing::Role { .. });
        assert_eq!(one.ranking.iter().filter(is_role).count(), roles);
        let links = one.ranking.iter().filter_map(|of| match &of.missing {
            Missing::Link { kind, .. } => Some(*kind),
            Missing::Role { .. } => None,
        });
        let mut kinds: Vec<&str> = links.collect();
        kinds.sort_unstable();
        assert_eq!(kinds, ["approve", "consult", "consult", "consult", "intake", "listen"]);
        let desk = one.ranking.iter().find(is_role).unwrap();
        assert!(matches!(&desk.missing, Missing::Role { name, .. } if name == "desk"), "{desk:?}");
        let lost = desk.effects[0].unwrap();
        assert!(desk.harms && lost.is_sure() && lost.difference.mean < -0.05, "{lost:?}");
        assert_eq!(Some(lost.before), one.whole[0]);
    }

    #[test]
    fn a_run_that_is_over_has_no_day_to_take_anybody_out() {
        let model = model_of_desks(6.0);
        let result = run_with(&model, 2);
        let stop = AtomicBool::new(false);
        let options = Options::plain(2, &stop);
        let day = model.study.horizon();
        assert_eq!(knock_outs(&model, &result, day, &options), None);
    }
}
