//! Who passed what to whom, watched over some repetitions.

use std::collections::{BTreeMap, HashMap};

use crate::experiment::{Options, has_memory};
use crate::model::{ChannelId, LinkKind, Model, RoleId, Work};
use crate::sim::{self, Happening, Observer, Task, Wants, Watch};
use crate::stats::{Interval, mean_interval};
use crate::units::{HOURS_A_WEEK, SimTime};

/// A way in which a case comes from one place to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Passage {
    /// It comes in.
    ComesIn(u32, u32),
    /// It is handed over, and stays there.
    HandedOver(u32, u32),
    /// A question about it is asked.
    Asked(u32, u32),
    /// A reply to it is to be approved.
    Submitted(u32, u32),
    /// It has waited too long at the first, and the second takes it up.
    HelpedOut(u32, u32),
    /// An exception in it is to be decided.
    PutUp(u32, u32),
    /// A reply to it has waited too long for a review at the first, and goes up to the second.
    WentUp(u32, u32),
    /// It is taken up here too, although another role has it.
    TakenUpAgain(u32),
}

impl Passage {
    /// The passage that a link between two roles makes; `None` for links over which nothing is watched.
    pub(super) fn of(kind: LinkKind, from: RoleId, to: RoleId) -> Option<Passage> {
        let (from, to) = (from.0, to.0);
        match kind {
            LinkKind::Route(_) | LinkKind::RouteShare(_) | LinkKind::Escalate => {
                Some(Passage::HandedOver(from, to))
            }
            LinkKind::Consult => Some(Passage::Asked(from, to)),
            LinkKind::Approve => Some(Passage::Submitted(from, to)),
            LinkKind::Overflow(_) => Some(Passage::HelpedOut(from, to)),
            LinkKind::Intake { .. } | LinkKind::Listen | LinkKind::Report | LinkKind::Policy(_) => {
                None
            }
        }
    }

    /// The passage from a channel.
    pub(super) fn in_from(channel: ChannelId, to: RoleId) -> Passage {
        Passage::ComesIn(channel.0, to.0)
    }
}

/// Passages a week.
#[derive(Debug, Clone, Default)]
pub(super) struct Traffic {
    /// By passage: one number for each repetition.
    weekly: BTreeMap<Passage, Vec<f64>>,
    repetitions: usize,
    confidence: f64,
}

impl Traffic {
    /// Watch all repetitions of the model's first design. Watching changes nothing, so these are the same
    /// repetitions that are measured.
    pub(super) fn watched(model: &Model, options: &Options<'_>) -> Traffic {
        let mut traffic = Traffic { confidence: options.confidence, ..Traffic::default() };
        let watch = Watch::default();
        for replication in 0..model.study.replications {
            let task = Task {
                stop: Some(options.stop),
                memory: Some(has_memory),
                ..Task::of(model, &model.designs[0], &watch, replication)
            };
            let mut watcher = Watcher::new(model);
            let outcome = sim::run(&task, &mut watcher);
            let weeks = outcome.counted.hours() / HOURS_A_WEEK;
            if matches!(outcome.ended, sim::Ended::Stopped(_)) || weeks <= 0.0 {
                continue;
            }
            traffic.add(&watcher.passed, weeks);
        }
        traffic
    }

    fn add(&mut self, passed: &BTreeMap<Passage, u64>, weeks: f64) {
        for (&passage, &n) in passed {
            let weekly = self.weekly.entry(passage).or_default();
            weekly.resize(self.repetitions, 0.0);
            weekly.push(n as f64 / weeks);
        }
        self.repetitions += 1;
        for weekly in self.weekly.values_mut() {
            weekly.resize(self.repetitions, 0.0);
        }
    }

    /// All of these together, a week; `None` if nothing was watched.
    pub(super) fn of(&self, passages: &[Passage]) -> Option<Interval> {
        let mut sums = vec![0.0; self.repetitions];
        for weekly in passages.iter().filter_map(|passage| self.weekly.get(passage)) {
            for (sum, n) in sums.iter_mut().zip(weekly) {
                *sum += n;
            }
        }
        (!sums.is_empty()).then(|| mean_interval(&sums, self.confidence))
    }
}

/// Follows each case from role to role.
struct Watcher {
    /// The stretch that counts.
    counts: (SimTime, SimTime),
    /// By role, whether it is a plain desk, which passes cases on without a word.
    plain: Vec<bool>,
    cases: HashMap<u64, Whereabouts>,
    passed: BTreeMap<Passage, u64>,
}

/// Where a case is.
struct Whereabouts {
    channel: u32,
    /// Whose case it is, once it has landed.
    holder: Option<u32>,
    /// Before it has landed: whose sight of it another took over to help out, and who.
    lent: Option<(u32, u32)>,
}

impl Whereabouts {
    /// It becomes this role's first of all, which may have taken it up for another.
    fn land(&mut self, role: u32) -> Vec<Passage> {
        self.holder = Some(role);
        match self.lent.filter(|&(_, by)| by == role) {
            Some((at, by)) => {
                vec![Passage::ComesIn(self.channel, at), Passage::HelpedOut(at, by)]
            }
            None => vec![Passage::ComesIn(self.channel, role)],
        }
    }
}

impl Watcher {
    fn new(model: &Model) -> Watcher {
        let roles = model.designs[0].organization.roles();
        Watcher {
            counts: (model.study.warm_up, model.study.horizon()),
            plain: roles.map(|(_, role)| matches!(role.work, Work::Serve { .. })).collect(),
            cases: HashMap::new(),
            passed: BTreeMap::new(),
        }
    }

    /// Where the case goes with this happening, if it passes from one place to another.
    fn passages(&mut self, number: u64, happening: &Happening) -> Vec<Passage> {
        if let Happening::Arrived { channel, .. } = *happening {
            self.cases.insert(number, Whereabouts { channel, holder: None, lent: None });
            return Vec::new();
        }
        let Some(case) = self.cases.get_mut(&number) else { return Vec::new() };
        match *happening {
            Happening::Queued { role } | Happening::Started { role, .. } => match case.holder {
                None => case.land(role),
                Some(holder) if role != holder && self.plain[holder as usize] => {
                    case.holder = Some(role);
                    vec![Passage::HandedOver(holder, role)]
                }
                // an expert, a reviewer or a superior, who has been told of; or its own desk again
                Some(_) => Vec::new(),
            },
            Happening::HandedOver { from, to, helps, .. } => {
                // what is passed on as soon as it comes in is neither in line nor in work before
                let mut passages = case.holder.map_or_else(|| case.land(from), |_| Vec::new());
                case.holder = Some(to);
                passages.push(match helps {
                    true => Passage::HelpedOut(from, to),
                    false => Passage::HandedOver(from, to),
                });
                passages
            }
            Happening::Sent { from, to, wants } => vec![match wants {
                Wants::Answer => Passage::Asked(from, to),
                Wants::Approval => Passage::Submitted(from, to),
                Wants::Decision => Passage::PutUp(from, to),
            }],
            _ => Vec::new(),
        }
    }

    /// The same of a copy of the case: where that is says nothing of the case itself.
    fn passages_of_copy(&mut self, number: u64, happening: &Happening) -> Vec<Passage> {
        match *happening {
            Happening::HandedOver { from, to, .. } => {
                if let Some(case) = self.cases.get_mut(&number) {
                    case.lent = Some((from, to));
                }
                Vec::new()
            }
            Happening::WentUp { from, to } => vec![Passage::WentUp(from, to)],
            Happening::TakenUpAgain { role } => vec![Passage::TakenUpAgain(role)],
            _ => Vec::new(),
        }
    }

    /// Count these, unless it is too early or too late.
    fn count(&mut self, at: SimTime, passages: Vec<Passage>) {
        if self.counts.0 <= at && at < self.counts.1 {
            for passage in passages {
                *self.passed.entry(passage).or_default() += 1;
            }
        }
    }
}

impl Observer for Watcher {
    const WATCHES: bool = true;

    fn on(&mut self, at: SimTime, number: u64, happening: Happening) {
        let passages = self.passages(number, &happening);
        self.count(at, passages);
    }

    /// A second message is not passed on: whoever gets it sees what it is.
    fn on_second(&mut self, _: SimTime, _: u64, _: Happening) {}

    fn on_copy(&mut self, at: SimTime, number: u64, happening: Happening) {
        let passages = self.passages_of_copy(number, &happening);
        self.count(at, passages);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::examples::model_of_desks;
    use crate::sim::Bin;

    /// A happening, and whether it is a copy's.
    type Told = (bool, Happening);

    /// The passages of one case with these happenings, in order; the first role is a plain desk if `plain` says so.
    fn passages(plain: bool, told: &[Told]) -> Vec<Passage> {
        let mut watcher = Watcher::new(&model_of_desks(6.0));
        watcher.plain[0] = plain;
        let of = |(copy, happening): &Told| match copy {
            true => watcher.passages_of_copy(7, happening),
            false => watcher.passages(7, happening),
        };
        told.iter().flat_map(of).collect()
    }

    fn own(happening: Happening) -> Told {
        (false, happening)
    }

    fn copy(happening: Happening) -> Told {
        (true, happening)
    }

    fn arrived() -> Told {
        own(Happening::Arrived {
            channel: 3,
            topic: 0,
            unit: None,
            language: None,
            unit_matter: false,
            needs_reply: true,
        })
    }

    fn queued(role: u32) -> Happening {
        Happening::Queued { role }
    }

    fn started(role: u32) -> Happening {
        Happening::Started { role, person: None, work: Bin::Answer }
    }

    fn handed_over(from: u32, to: u32, helps: bool) -> Happening {
        Happening::HandedOver { from, to, misrouted: false, helps }
    }

    fn sent(from: u32, to: u32, wants: Wants) -> Told {
        own(Happening::Sent { from, to, wants })
    }

    #[test]
    fn an_expert_who_is_asked_does_not_take_the_case_over() {
        let story = [
            arrived(),
            own(queued(0)),
            own(started(0)),
            sent(0, 1, Wants::Answer),
            own(queued(1)),
            own(started(1)),
            own(queued(0)),
            own(started(0)),
            own(handed_over(0, 2, false)),
            own(queued(2)),
        ];
        let expected = [Passage::ComesIn(3, 0), Passage::Asked(0, 1), Passage::HandedOver(0, 2)];
        assert_eq!(passages(false, &story), expected);
    }

    #[test]
    fn what_is_passed_on_at_once_has_come_in_all_the_same() {
        let story = [arrived(), own(handed_over(0, 2, false)), own(queued(2))];
        let expected = [Passage::ComesIn(3, 0), Passage::HandedOver(0, 2)];
        assert_eq!(passages(false, &story), expected);
    }

    #[test]
    fn whoever_helps_out_has_the_case_from_then_on() {
        let story = [
            arrived(),
            own(queued(0)),
            own(handed_over(0, 1, true)),
            own(started(1)),
            sent(1, 2, Wants::Approval),
        ];
        let expected = [Passage::ComesIn(3, 0), Passage::HelpedOut(0, 1), Passage::Submitted(1, 2)];
        assert_eq!(passages(false, &story), expected);
    }

    #[test]
    fn a_post_that_several_see_is_that_of_who_takes_it_up_first() {
        let story = [
            arrived(),
            copy(queued(0)),
            copy(queued(1)),
            own(started(1)),
            copy(Happening::TakenUpAgain { role: 0 }),
            copy(started(0)),
            sent(1, 2, Wants::Approval),
        ];
        let expected = [Passage::ComesIn(3, 1), Passage::TakenUpAgain(0), Passage::Submitted(1, 2)];
        assert_eq!(passages(false, &story), expected);
    }

    #[test]
    fn help_with_a_post_that_several_see_counts_where_nobody_has_it_yet() {
        let early = [arrived(), copy(queued(0)), copy(handed_over(0, 2, true)), own(started(2))];
        assert_eq!(passages(false, &early), [Passage::ComesIn(3, 0), Passage::HelpedOut(0, 2)]);
        let late = [
            arrived(),
            copy(queued(0)),
            own(started(1)),
            copy(handed_over(0, 2, true)),
            copy(Happening::TakenUpAgain { role: 2 }),
        ];
        assert_eq!(passages(false, &late), [Passage::ComesIn(3, 1), Passage::TakenUpAgain(2)]);
    }

    #[test]
    fn a_draft_before_several_stays_its_desks_and_may_go_up() {
        let story = [
            arrived(),
            own(started(0)),
            sent(0, 1, Wants::Approval),
            copy(queued(1)),
            sent(0, 2, Wants::Approval),
            copy(started(2)),
            copy(Happening::WentUp { from: 1, to: 3 }),
            copy(started(3)),
            sent(0, 3, Wants::Decision),
        ];
        let expected = [
            Passage::ComesIn(3, 0),
            Passage::Submitted(0, 1),
            Passage::Submitted(0, 2),
            Passage::WentUp(1, 3),
            Passage::PutUp(0, 3),
        ];
        assert_eq!(passages(false, &story), expected);
    }

    #[test]
    fn plain_desks_pass_on_without_a_word() {
        let story = [arrived(), own(started(0)), own(queued(2)), own(started(2)), own(started(0))];
        let expected = [Passage::ComesIn(3, 0), Passage::HandedOver(0, 2)];
        assert_eq!(passages(true, &story), expected);
    }
}
