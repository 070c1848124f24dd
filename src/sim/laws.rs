//! The laws of a run, laid out in microseconds: work, delays, and how customers wait and answer.

use crate::draws::Law;
use crate::model::{
    Comeback, Patience, PatienceLaw, PatienceScope, Practice, Retry, Segment, TopicPatience, World,
};
use crate::sim::flow::micros;
use crate::units::{MICROS_A_MINUTE, SimTime};

/// Laws of the practice, in microseconds.
pub(super) struct Laws {
    pub(super) triage: Law,
    pub(super) recognize: Law,
    pub(super) ask: Law,
    pub(super) consult: Law,
    pub(super) review: Law,
    pub(super) legal_review: Law,
    pub(super) search: Law,
    pub(super) engage: Law,
    pub(super) scan: Law,
    pub(super) find: Law,
    pub(super) orphaned: Law,
    pub(super) confer: Law,
    pub(super) notice: Law,
    pub(super) change: Law,
    pub(super) claim_shows: Law,
    pub(super) decide: Law,
    pub(super) reply_delay: Law,
    pub(super) patience: Option<PatiencePlan>,
    pub(super) turned_away: Option<RetryPlan>,
    pub(super) left_queue: Option<RetryPlan>,
}

impl Laws {
    /// Whether anybody tries again.
    pub(super) fn retry(&self) -> bool {
        self.turned_away.is_some() || self.left_queue.is_some()
    }
}

/// Who tries again, in microseconds.
pub(super) struct RetryPlan {
    pub(super) share: f64,
    pub(super) after: Law,
    pub(super) at_most: Option<u32>,
}

/// How customers of one segment wait and answer, laws in microseconds.
pub(super) struct Manner {
    pub(super) deadline: Option<Law>,
    pub(super) no_deadline: f64,
    pub(super) recontact: f64,
    pub(super) wish_to_continue: f64,
    pub(super) goes_public: f64,
}

/// Patience, in microseconds.
pub(super) struct PatiencePlan {
    pub(super) in_queue: bool,
    law: Law,
    /// Multiple of the deadline, for those who have one.
    deadlines: Option<f64>,
    /// Patience of topics that have their own; empty where all are alike.
    by_topic: Vec<TopicPatience>,
    pub(super) silent: f64,
}

impl PatiencePlan {
    /// Microseconds that a customer with this topic and deadline waits, by a uniform; `None` for ever.
    #[inline]
    pub(super) fn length(&self, topic: u16, deadline: SimTime, u: f64) -> Option<SimTime> {
        let law = match self.by_topic.get(usize::from(topic)) {
            Some(TopicPatience::Endless) => return None,
            Some(TopicPatience::Own(law)) => law,
            Some(TopicPatience::AsAll) | None => match self.deadlines {
                Some(times) if deadline != SimTime::NEVER => return Some(deadline.scaled(times)),
                _ => &self.law,
            },
        };
        Some(micros(law.quantile(u)))
    }
}

pub(super) fn laws(world: &World, practice: &Practice) -> Laws {
    let behavior = &world.behavior;
    Laws {
        triage: practice.triage.scaled(MICROS_A_MINUTE),
        recognize: practice.recognize.scaled(MICROS_A_MINUTE),
        ask: practice.ask.scaled(MICROS_A_MINUTE),
        consult: practice.consult.scaled(MICROS_A_MINUTE),
        review: practice.review.scaled(MICROS_A_MINUTE),
        legal_review: practice.legal_review.scaled(MICROS_A_MINUTE),
        search: practice.search.scaled(MICROS_A_MINUTE),
        engage: practice.engage.scaled(MICROS_A_MINUTE),
        scan: practice.scan.scaled(MICROS_A_MINUTE),
        find: practice.find.scaled(MICROS_A_MINUTE),
        orphaned: practice.orphaned.scaled(MICROS_A_MINUTE),
        confer: practice.confer.scaled(MICROS_A_MINUTE),
        notice: practice.notice.scaled(MICROS_A_MINUTE),
        change: practice.policy_change.scaled(MICROS_A_MINUTE),
        claim_shows: practice.claim_shows.scaled(MICROS_A_MINUTE),
        decide: practice.decide.scaled(MICROS_A_MINUTE),
        reply_delay: behavior.reply_delay.scaled(MICROS_A_MINUTE),
        patience: behavior.patience.as_ref().map(patience),
        turned_away: behavior.turned_away.as_ref().map(retry),
        left_queue: behavior.left_queue.as_ref().map(retry),
    }
}

fn retry(retry: &Retry) -> RetryPlan {
    let Retry { share, after, at_most } = retry;
    RetryPlan { share: *share, after: after.scaled(MICROS_A_MINUTE), at_most: *at_most }
}

pub(super) fn comeback(comeback: Option<&Comeback>) -> Option<(f64, Law)> {
    comeback.map(|comeback| (comeback.share, comeback.after.scaled(MICROS_A_MINUTE)))
}

/// Everybody's manners, and those of each segment: its own where it states them.
pub(super) fn manners(world: &World) -> Vec<Manner> {
    let behavior = &world.behavior;
    let scaled = |law: &Option<Law>| law.as_ref().map(|law| law.scaled(MICROS_A_MINUTE));
    let everybody = Manner {
        deadline: scaled(&behavior.deadline),
        no_deadline: behavior.no_deadline,
        recontact: behavior.recontact,
        wish_to_continue: behavior.wish_to_continue,
        goes_public: behavior.publicity.goes_public,
    };
    let of = |segment: &Segment| {
        let (deadline, no_deadline) = match &segment.expects {
            Some((law, none)) => (scaled(law), *none),
            None => (everybody.deadline.clone(), everybody.no_deadline),
        };
        Manner {
            deadline,
            no_deadline,
            recontact: segment.recontact.unwrap_or(everybody.recontact),
            wish_to_continue: segment.wish_to_continue.unwrap_or(everybody.wish_to_continue),
            goes_public: segment.goes_public.unwrap_or(everybody.goes_public),
        }
    };
    let segments: Vec<Manner> = world.audience.segments.iter().map(of).collect();
    std::iter::once(everybody).chain(segments).collect()
}

fn patience(patience: &Patience) -> PatiencePlan {
    let (law, deadlines) = match &patience.law {
        PatienceLaw::Own(law) => (law, None),
        PatienceLaw::Deadlines { times, without } => (without, Some(*times)),
    };
    PatiencePlan {
        in_queue: patience.scope == PatienceScope::Queue,
        law: law.scaled(MICROS_A_MINUTE),
        deadlines,
        by_topic: patience.by_topic.iter().map(of_topic).collect(),
        silent: patience.silent,
    }
}

fn of_topic(patience: &TopicPatience) -> TopicPatience {
    match patience {
        TopicPatience::Own(law) => TopicPatience::Own(law.scaled(MICROS_A_MINUTE)),
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patience_is_that_of_the_topic_or_else_of_all() {
        let minutes = |length| Law::constant(length).unwrap();
        let own =
            vec![TopicPatience::AsAll, TopicPatience::Endless, TopicPatience::Own(minutes(7.0))];
        let law = PatienceLaw::Deadlines { times: 3.0, without: minutes(90.0) };
        let scope = PatienceScope::Reply;
        let plan = patience(&Patience { scope, law, by_topic: own, silent: 0.0 });
        let deadline = SimTime::MINUTE.times(20);
        let of = |topic, deadline| plan.length(topic, deadline, 0.5).map(SimTime::minutes);
        assert_eq!([of(0, deadline), of(0, SimTime::NEVER)], [Some(60.0), Some(90.0)]);
        assert_eq!([of(1, deadline), of(2, deadline)], [None, Some(7.0)]);
        // where all are alike, no topic is told apart
        assert_eq!(of(3, SimTime::NEVER), Some(90.0));
    }
}
