//! Who passed what to whom, watched over some repetitions.

use std::collections::{BTreeMap, HashMap};

use crate::experiment::{Options, has_memory};
use crate::model::{ChannelId, From, LinkKind, Model, RoleId};
use crate::sim::{self, Happening, Observer, Task, Watch};
use crate::stats::{Interval, mean_interval};
use crate::units::SimTime;

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
                world: &model.world,
                practice: &model.practice,
                organization: &model.designs[0].organization,
                study: &model.study,
                watch: &watch,
                replication,
                stop: Some(options.stop),
                memory: Some(has_memory),
            };
            let mut watcher = Watcher::new(model);
            let outcome = sim::run(&task, &mut watcher);
            let weeks = outcome.counted.hours() / 168.0;
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

/// Follows each case from desk to desk.
struct Watcher {
    /// The stretch that counts.
    counts: (SimTime, SimTime),
    /// Pairs of roles of which the second helps the first out and gets nothing else from it.
    helps: Vec<(u32, u32)>,
    /// Channels with the roles that take their inquiries in.
    intakes: Vec<(u32, u32)>,
    cases: HashMap<u64, Whereabouts>,
    passed: BTreeMap<Passage, u64>,
}

/// Where a case is.
struct Whereabouts {
    channel: u32,
    /// Whose case it is, once it has landed.
    holder: Option<u32>,
    /// Who has been sent a question about it, or a reply to it.
    sent: Option<u32>,
}

impl Watcher {
    fn new(model: &Model) -> Watcher {
        let organization = &model.designs[0].organization;
        let between = |is: fn(LinkKind) -> bool| -> Vec<(u32, u32)> {
            let links = organization.links().filter(|(_, _, link)| is(link.kind));
            let pairs = links.filter_map(|(from, to, _)| match from {
                From::Role(from) => Some((from.0, to.0)),
                From::Channel(_) => None,
            });
            pairs.collect()
        };
        let hands = between(|kind| {
            matches!(kind, LinkKind::Route(_) | LinkKind::RouteShare(_) | LinkKind::Escalate)
        });
        let mut helps = between(|kind| matches!(kind, LinkKind::Overflow(_)));
        helps.retain(|pair| !hands.contains(pair));
        let intakes = organization.links().filter_map(|(from, to, link)| match (from, link.kind) {
            (From::Channel(from), LinkKind::Intake { .. }) => Some((from.0, to.0)),
            _ => None,
        });
        Watcher {
            counts: (model.study.warm_up, model.study.horizon()),
            helps,
            intakes: intakes.collect(),
            cases: HashMap::new(),
            passed: BTreeMap::new(),
        }
    }

    /// Where the case goes with this happening, if it passes from one place to another.
    fn passages(&mut self, number: u64, happening: &Happening) -> Vec<Passage> {
        if let Happening::Arrived { channel, .. } = *happening {
            self.cases.insert(number, Whereabouts { channel, holder: None, sent: None });
            return Vec::new();
        }
        let Some(case) = self.cases.get_mut(&number) else { return Vec::new() };
        match (happening, case.holder) {
            (&Happening::Queued { role } | &Happening::Started { role, .. }, None) => {
                case.holder = Some(role);
                self.landed(number, role)
            }
            (&Happening::HandedOver { to, .. }, Some(holder)) => {
                (case.holder, case.sent) = (Some(to), None);
                vec![self.passed_on(holder, to)]
            }
            (&Happening::Sent { to, for_approval }, Some(holder)) => {
                case.sent = Some(to);
                vec![match for_approval {
                    true => Passage::Submitted(holder, to),
                    false => Passage::Asked(holder, to),
                }]
            }
            // Somebody helps out; or a plain desk has passed the case on, which it does without a word.
            (&Happening::Queued { role } | &Happening::Started { role, .. }, Some(holder))
                if role != holder && case.sent != Some(role) =>
            {
                (case.holder, case.sent) = (Some(role), None);
                vec![self.passed_on(holder, role)]
            }
            _ => Vec::new(),
        }
    }

    /// A case that goes from one role to another and stays there: whoever only helps out took it.
    fn passed_on(&self, from: u32, to: u32) -> Passage {
        match self.helps.contains(&(from, to)) {
            true => Passage::HelpedOut(from, to),
            false => Passage::HandedOver(from, to),
        }
    }

    /// A case that comes in, perhaps to somebody who helps out at once.
    fn landed(&self, number: u64, role: u32) -> Vec<Passage> {
        let channel = self.cases[&number].channel;
        let takes_in = |role: u32| self.intakes.contains(&(channel, role));
        let helped = self.helps.iter().find(|&&(at, by)| by == role && takes_in(at));
        match helped.filter(|_| !takes_in(role)) {
            Some(&(at, by)) => vec![Passage::ComesIn(channel, at), Passage::HelpedOut(at, by)],
            None => vec![Passage::ComesIn(channel, role)],
        }
    }
}

impl Observer for Watcher {
    const WATCHES: bool = true;

    fn on(&mut self, at: SimTime, number: u64, happening: Happening) {
        let passages = self.passages(number, &happening);
        if self.counts.0 <= at && at < self.counts.1 {
            for passage in passages {
                *self.passed.entry(passage).or_default() += 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::examples::model_of_desks;
    use crate::sim::Bin;

    /// The passages of one case with these happenings, in order.
    fn passages(happenings: &[Happening]) -> Vec<Passage> {
        let mut watcher = Watcher::new(&model_of_desks(6.0));
        (watcher.helps, watcher.intakes) = (vec![(0, 1)], vec![(3, 0)]);
        happenings.iter().flat_map(|happening| watcher.passages(7, happening)).collect()
    }

    fn arrived() -> Happening {
        Happening::Arrived {
            channel: 3,
            topic: 0,
            unit: None,
            language: None,
            unit_matter: false,
            needs_reply: true,
        }
    }

    fn started(role: u32) -> Happening {
        Happening::Started { role, person: None, work: Bin::Answer }
    }

    #[test]
    fn an_expert_who_is_asked_does_not_take_the_case_over() {
        let story = [
            arrived(),
            Happening::Queued { role: 0 },
            started(0),
            Happening::Sent { to: 1, for_approval: false },
            Happening::Queued { role: 1 },
            started(1),
            Happening::Queued { role: 0 },
            started(0),
            Happening::HandedOver { to: 2, misrouted: false },
            Happening::Queued { role: 2 },
        ];
        let expected = [Passage::ComesIn(3, 0), Passage::Asked(0, 1), Passage::HandedOver(0, 2)];
        assert_eq!(passages(&story), expected);
    }

    #[test]
    fn whoever_helps_out_has_the_case_from_then_on() {
        let story = [
            arrived(),
            Happening::Queued { role: 0 },
            started(1),
            Happening::Sent { to: 2, for_approval: true },
        ];
        let expected = [Passage::ComesIn(3, 0), Passage::HelpedOut(0, 1), Passage::Submitted(1, 2)];
        assert_eq!(passages(&story), expected);
    }

    #[test]
    fn whoever_helps_out_at_once_helps_the_desk_that_takes_in() {
        let expected = [Passage::ComesIn(3, 0), Passage::HelpedOut(0, 1)];
        assert_eq!(passages(&[arrived(), started(1)]), expected);
    }

    #[test]
    fn a_case_taken_over_by_a_helper_is_help_however_it_is_told() {
        let taken = Happening::HandedOver { to: 1, misrouted: false };
        let expected = [Passage::ComesIn(3, 0), Passage::HelpedOut(0, 1)];
        assert_eq!(passages(&[arrived(), Happening::Queued { role: 0 }, taken]), expected);
    }

    #[test]
    fn plain_desks_pass_on_without_a_word() {
        let story = [arrived(), started(0), Happening::Queued { role: 2 }, started(2), started(0)];
        let expected =
            [Passage::ComesIn(3, 0), Passage::HandedOver(0, 2), Passage::HandedOver(2, 0)];
        assert_eq!(passages(&story), expected);
    }
}
