//! What comes in: inquiries, mentions, and the count of contacts inside.

use crate::draws::Purpose;
use crate::model::{ChannelId, StreamKind, TopicId};
use crate::sim::agenda::Kind;
use crate::sim::case::{Place, Stage, flag};
use crate::sim::observer::{Happening, Observer};
use crate::sim::outcome::ScopeTally;
use crate::sim::run::{Run, Scope, Task};
use crate::units::SimTime;

impl<O: Observer> Run<'_, O> {
    pub(super) fn schedule_arrival(&mut self, number: u32) {
        match self.sources[number as usize].next() {
            Some(at) if at < self.horizon => self.agenda.schedule(at, Kind::Arrival, number, 0),
            _ => {
                self.streams_open -= 1;
                self.last_arrival = self.last_arrival.max(self.now);
            }
        }
    }

    pub(super) fn arrival(&mut self, number: u32) {
        let source = &self.sources[number as usize];
        let (index, key, kind) = (source.count - 1, source.pending, source.stream.kind);
        let stream = source.stream;
        self.schedule_arrival(number);
        let place = self.cases.take();
        let row = self.recorded[number as usize].as_ref().map(|rows| rows[index as usize]);
        let (now, warm) = (self.now, self.warm);
        let mix = &stream.mix;
        let case = &mut self.cases[place];
        case.key = key;
        case.arrived = now;
        case.since = now;
        case.stream = number;
        if warm <= now {
            case.set(flag::COUNTED);
        }
        let drawn = |shares: &crate::model::Shares, purpose| match shares.len() {
            0 | 1 => 0,
            _ => shares.pick(key.unit(purpose, 0)) as u16,
        };
        let row_of = |known: Option<u32>, shares, purpose| {
            known.map_or_else(|| drawn(shares, purpose), |id| id as u16)
        };
        case.channel =
            row_of(row.and_then(|row| row.channel).map(|id| id.0), &mix.channels, Purpose::Channel);
        case.topic =
            row_of(row.and_then(|row| row.topic).map(|id| id.0), &mix.topics, Purpose::Topic);
        case.unit = row_of(row.and_then(|row| row.unit).map(|id| id.0), &mix.units, Purpose::Unit);
        if row.is_some() {
            case.tale.recorded_work =
                row.and_then(|row| row.work_minutes).map(|minutes| minutes * 60e6);
        }
        match kind {
            StreamKind::Inquiries => self.inquiry(place),
            StreamKind::Mentions => self.mention(place),
        }
    }

    /// An inquiry has arrived: draw what is its customer's own, and land it.
    fn inquiry(&mut self, place: u32) {
        let number = self.inquiries;
        self.inquiries += 1;
        self.conservation.arrived += 1;
        self.contact_in();
        let world = self.plan.world;
        let case = &mut self.cases[place];
        let topic = &world.topics[usize::from(case.topic)];
        let key = case.key;
        case.number = number;
        case.priority = topic.priority;
        let mix = &world.streams[case.stream as usize].mix;
        if !world.units.is_empty()
            && 0.0 < mix.unit_matters
            && key.unit(Purpose::Matter, 0) < mix.unit_matters
        {
            case.domain = 1 + case.unit;
        }
        let needs = 1.0 <= topic.need_reply || key.unit(Purpose::NeedsReply, 0) < topic.need_reply;
        if needs {
            case.set(flag::NEEDS);
            self.expectations(place);
        }
        let case = &mut self.cases[place];
        if case.is(flag::COUNTED) && needs && !self.scopes.is_empty() {
            case.scopes = self.scope_bits
                [usize::from(case.channel) * world.topics.len() + usize::from(case.topic)];
        }
        if needs {
            case.set(flag::OPEN);
            self.unanswered += 1;
            if self.longest_backlog.0 < self.unanswered
                && !self.past_horizon
                && self.warm <= self.now
            {
                self.longest_backlog = (self.unanswered, self.now);
            }
        }
        if O::WATCHES {
            let case = &self.cases[place];
            let happening = Happening::Arrived {
                channel: u32::from(case.channel),
                topic: u32::from(case.topic),
                unit: (!world.units.is_empty()).then_some(u32::from(case.unit)),
                unit_matter: case.domain != 0,
                needs_reply: needs,
            };
            self.observer.on(self.now, number, happening);
        }
        let bits = self.cases[place].scopes;
        self.in_scopes(bits, |scope| {
            scope.needing += 1;
            scope.messages += 1;
        });
        self.land(place);
    }

    /// A mention has appeared; somebody may see it after the scan delay.
    fn mention(&mut self, place: u32) {
        let scan = self.plan.laws.scan.quantile(self.cases[place].key.unit(Purpose::Transit, 0));
        let case = &mut self.cases[place];
        let window = self.plan.world.channels[usize::from(case.channel)].window;
        case.stage = Stage::Mention;
        case.place = Place::Unseen;
        case.wake_at = self.now + SimTime::from_micros(scan.round() as u64);
        case.patience_at = self.now + window;
        self.conservation.mentions[0] += 1;
        if case.is(flag::COUNTED) {
            self.mentions.seen += 1;
            let topics = self.plan.world.topics.len();
            let bits =
                self.scope_bits[usize::from(case.channel) * topics + usize::from(case.topic)];
            case.scopes = bits;
            self.in_scopes(bits, |scope| scope.mentions.seen += 1);
        }
        self.arm(place);
    }

    /// Apply to each scope of these bits.
    #[inline]
    pub(super) fn in_scopes(&mut self, mut bits: u64, mut apply: impl FnMut(&mut ScopeTally)) {
        while bits != 0 {
            apply(&mut self.scopes[bits.trailing_zeros() as usize]);
            bits &= bits - 1;
        }
    }

    /// One contact more inside.
    #[inline]
    pub(super) fn contact_in(&mut self) {
        self.touch_contacts();
        self.conservation.contacts += 1;
        self.contacts_inside += 1;
    }

    /// One contact less inside, which had been there since `arrived`.
    #[inline]
    pub(super) fn contact_out(&mut self, arrived: SimTime) {
        self.touch_contacts();
        self.conservation.contacts_closed += 1;
        self.contacts_inside -= 1;
        self.conservation.inside_micros += u128::from(self.now.since(arrived).micros());
    }

    #[inline]
    pub(super) fn touch_contacts(&mut self) {
        let micros = self.now.since(self.contacts_touched).micros();
        self.conservation.area_micros += u128::from(self.contacts_inside) * u128::from(micros);
        self.contacts_touched = self.now;
    }
}

pub(super) fn scope_bits(task: &Task<'_>) -> Vec<u64> {
    let (channels, topics) = (task.world.channels.len() as u32, task.world.topics.len() as u32);
    let holds = |scope: &Scope, channel, topic| {
        (scope.channels.is_empty() || scope.channels.contains(&ChannelId(channel)))
            && (scope.topics.is_empty() || scope.topics.contains(&TopicId(topic)))
    };
    let mut table = Vec::with_capacity((channels * topics) as usize);
    for channel in 0..channels {
        for topic in 0..topics {
            let scopes = task.watch.scopes.iter().enumerate();
            let bits = scopes
                .filter(|(_, scope)| holds(scope, channel, topic))
                .fold(0, |bits, (i, _)| bits | 1 << i);
            table.push(bits);
        }
    }
    table
}
