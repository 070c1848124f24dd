//! Listening: which mentions are found comes out of the hours spent looking for them.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::draws::Purpose;
use crate::model::{DutyKind, From, LinkKind};
use crate::sim::agenda::Kind;
use crate::sim::case::Place;
use crate::sim::duties::Errand;
use crate::sim::observer::Observer;
use crate::sim::run::Run;
use crate::sim::task::Task;
use crate::units::SimTime;

/// A mention that is out there: the listening after which it is found, its case and ticket.
type Hidden = Reverse<(u64, u32, u32)>;

/// How much one channel has been listened to, and what is still to be found there.
///
/// A mention is found once the channel has been listened to for as long as its own draw says, counted
/// from its appearance: with an exponential law, each minute of listening finds the same share of what
/// is out there. Whoever listens to several channels divides the minute among them.
#[derive(Debug, Default)]
pub(super) struct Ear {
    /// People listening, each counted by the share of their attention.
    rate: f64,
    /// Microseconds of listening so far, up to `touched`.
    heard: f64,
    touched: SimTime,
    /// By the bits of a number that is not negative, which order as the number does.
    hidden: BinaryHeap<Hidden>,
    pub(super) stamp: u32,
}

impl Ear {
    fn touch(&mut self, now: SimTime) {
        self.heard += self.rate * now.since(self.touched).micros() as f64;
        self.touched = now;
    }

    /// How long from now until the next one is found, if it goes on like this.
    fn wait(&self) -> Option<SimTime> {
        let Reverse((until, _, _)) = self.hidden.peek()?;
        let left = (f64::from_bits(*until) - self.heard).max(0.0) / self.rate;
        (0.0 < self.rate && left < 1e18).then(|| SimTime::from_micros(left.ceil() as u64))
    }
}

/// For each role, the channels it listens to in its listening hours; empty if it has none.
pub(super) fn ears(task: &Task<'_>) -> Vec<Vec<u32>> {
    let organization = task.organization;
    let channels = 0..organization.channel_count() as u32;
    let hears = |role, channel: &u32| {
        organization
            .links_from(From::Channel(crate::model::ChannelId(*channel)))
            .any(|(to, link)| to == role && link.kind == LinkKind::Listen)
    };
    let listens = |role: &crate::model::Role| {
        role.staffing.duties.iter().any(|duty| duty.kind == DutyKind::Listening)
    };
    let of = |(id, role)| match listens(role) {
        true => channels.clone().filter(|channel| hears(id, channel)).collect(),
        false => Vec::new(),
    };
    organization.roles().map(of).collect()
}

impl<O: Observer> Run<'_, O> {
    /// Whether mentions have to be found by listening, instead of showing up by themselves.
    pub(super) fn must_listen(&self) -> bool {
        !self.ears.is_empty()
    }

    /// A mention is out there to be found.
    pub(super) fn hide(&mut self, place: u32) {
        let case = &self.cases[place];
        let channel = u32::from(case.channel);
        let takes = self.plan.laws.find.quantile(case.key.unit(Purpose::Detection, 0));
        let (ticket, now) = (case.ticket, self.now);
        let ear = &mut self.ears[channel as usize];
        ear.touch(now);
        let until = ear.heard + takes;
        ear.hidden.push(Reverse((until.to_bits(), place, ticket)));
        let first = ear.hidden.peek().is_some_and(|Reverse((_, case, _))| *case == place);
        self.forget_gone(channel);
        if first {
            self.expect_find(channel);
        }
    }

    /// Those whose time has run out do not pile up where nobody listens.
    fn forget_gone(&mut self, channel: u32) {
        let ear = &mut self.ears[channel as usize];
        if 64 + 2 * self.cases.inside() < ear.hidden.len() {
            let cases = &self.cases;
            ear.hidden.retain(|Reverse((_, case, ticket))| cases[*case].ticket == *ticket);
        }
    }

    fn expect_find(&mut self, channel: u32) {
        let now = self.now;
        let ear = &mut self.ears[channel as usize];
        ear.stamp = ear.stamp.wrapping_add(1);
        if let Some(wait) = ear.wait() {
            self.agenda.schedule(now + wait, Kind::Found, channel, ear.stamp);
            self.keep_agenda_small();
        }
    }

    /// Somebody begins or ends listening, if that is what the person is away for.
    pub(super) fn count_listener(&mut self, person: u32, begins: bool) {
        let worker = &self.workers[person as usize];
        let (role, errand) = (worker.role, worker.life.as_ref().map(|life| life.errand));
        let staffing = self.desks[role as usize].role.staffing.as_ref();
        let (Some(Errand::Duty(duty)), Some(staffing)) = (errand, staffing) else { return };
        if staffing.duties[duty].kind != DutyKind::Listening {
            return;
        }
        for i in 0..self.hears[role as usize].len() {
            let among = self.hears[role as usize].len() as f64;
            let channel = self.hears[role as usize][i];
            let ear = &mut self.ears[channel as usize];
            ear.touch(self.now);
            ear.rate += if begins { 1.0 / among } else { -1.0 / among };
            if ear.rate < 1e-9 {
                ear.rate = 0.0;
            }
            self.expect_find(channel);
        }
    }

    /// A mention is found: whoever engages there may take it.
    pub(super) fn found(&mut self, channel: u32) {
        let now = self.now;
        let ear = &mut self.ears[channel as usize];
        ear.touch(now);
        if let Some(Reverse((until, place, ticket))) = ear.hidden.pop() {
            ear.heard = ear.heard.max(f64::from_bits(until));
            let case = &self.cases[place];
            if case.ticket == ticket && case.place == Place::Unseen {
                self.show_mention(place);
            }
        }
        self.expect_find(channel);
    }
}
