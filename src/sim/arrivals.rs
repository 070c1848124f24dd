//! What comes in: inquiries and mentions.

use crate::draws::{Key, Purpose};
use crate::model::{ChannelId, Shares, StreamKind, TopicId};
use crate::sim::agenda::Kind;
use crate::sim::case::{Place, Stage, flag};
use crate::sim::flow::micros;
use crate::sim::observer::{Happening, Observer, Sighting};
use crate::sim::outcome::ScopeTally;
use crate::sim::run::{Run, Scope, Task};
use crate::sim::source::Post;
use crate::units::SimTime;

impl<O: Observer> Run<'_, O> {
    #[inline(always)]
    pub(super) fn schedule_arrival(&mut self, number: u32) {
        match self.sources[number as usize].next() {
            Some(at) if at < self.horizon => self.agenda.schedule(at, Kind::Arrival, number, 0),
            _ => self.stream_ends(),
        }
    }

    /// Nobody comes of a stream any more.
    pub(super) fn stream_ends(&mut self) {
        self.streams_open -= 1;
        self.may_end |= self.streams_open == 0;
        self.last_arrival = self.last_arrival.max(self.now);
    }

    pub(super) fn arrival(&mut self, number: u32) {
        let source = &self.sources[number as usize];
        let (index, key) = (source.count - 1, source.pending);
        let post = source.fixed;
        self.schedule_arrival(number);
        let post = post.unwrap_or_else(|| self.post(number, index, key));
        let place = self.cases.take();
        self.admit(place, number, key, post);
    }

    /// Somebody of a stream has come, with this post.
    #[inline(always)]
    pub(super) fn admit(&mut self, place: u32, number: u32, key: Key, post: Post) {
        let stream = self.sources[number as usize].stream;
        let case = &mut self.cases[place];
        case.key = key;
        case.arrived = self.now;
        case.since = self.now;
        case.stream = number;
        (case.channel, case.topic, case.unit) = (post.channel, post.topic, post.unit);
        if post.recorded {
            case.tale.recorded_work = post.work;
        }
        if self.warm <= self.now {
            case.set(flag::COUNTED);
        }
        match stream.kind {
            StreamKind::Inquiries => self.inquiry(place),
            StreamKind::Mentions => self.mention(place),
        }
    }

    /// What a post is about: as recorded, and drawn where nothing is.
    #[inline(never)]
    pub(super) fn post(&self, number: u32, index: u64, key: Key) -> Post {
        let mix = &self.sources[number as usize].stream.mix;
        let row = self.recorded[number as usize].as_ref().map(|rows| rows[index as usize]);
        let of = |known: Option<u32>, shares: &Shares, purpose| match (known, shares.len()) {
            (Some(id), _) => id as u16,
            (None, 0 | 1) => 0,
            (None, _) => shares.pick(key.unit(purpose, 0)) as u16,
        };
        let channel = row.and_then(|row| row.channel).map(|id| id.0);
        let topic = row.and_then(|row| row.topic).map(|id| id.0);
        let unit = row.and_then(|row| row.unit).map(|id| id.0);
        Post {
            channel: of(channel, &mix.channels, Purpose::Channel),
            topic: of(topic, &mix.topics, Purpose::Topic),
            unit: of(unit, &mix.units, Purpose::Unit),
            recorded: row.is_some(),
            work: row.and_then(|row| row.work_minutes).map(|minutes| minutes * 60e6),
        }
    }

    /// An inquiry has arrived: draw what is its customer's own, and land it.
    #[inline]
    fn inquiry(&mut self, place: u32) {
        let number = self.inquiries;
        self.inquiries += 1;
        self.conservation.arrived += 1;
        self.contacts.come(self.now);
        let plan = self.plan;
        let world = plan.world;
        let case = &mut self.cases[place];
        let topic = &world.topics[usize::from(case.topic)];
        let key = case.key;
        case.number = number;
        case.priority = topic.priority;
        if !world.units.is_empty() {
            let matters = world.streams[case.stream as usize].mix.unit_matters;
            if 0.0 < matters && key.unit(Purpose::Matter, 0) < matters {
                case.domain = 1 + case.unit;
            }
        }
        let needs = 1.0 <= topic.need_reply || key.unit(Purpose::NeedsReply, 0) < topic.need_reply;
        if needs {
            case.set(flag::NEEDS | flag::OPEN);
            if case.is(flag::COUNTED) && !self.scopes.is_empty() {
                case.scopes = self.scope_bits
                    [usize::from(case.channel) * world.topics.len() + usize::from(case.topic)];
            }
            self.unanswered += 1;
            if self.longest_backlog.0 < self.unanswered
                && !self.past_horizon
                && self.warm <= self.now
            {
                self.longest_backlog = (self.unanswered, self.now);
            }
        }
        let (bits, to) = (case.scopes, plan.direct[usize::from(case.channel)]);
        if O::WATCHES {
            let happening = Happening::Arrived {
                channel: u32::from(case.channel),
                topic: u32::from(case.topic),
                unit: (!world.units.is_empty()).then_some(u32::from(case.unit)),
                unit_matter: case.domain != 0,
                needs_reply: needs,
            };
            self.observer.on(self.now, number, happening);
        }
        self.in_scopes(bits, |scope| {
            scope.needing += 1;
            scope.messages += 1;
        });
        if needs && plan.expects {
            self.expectations(place);
        }
        match to {
            Some(to) => self.come_here(place, to),
            None => self.land(place),
        }
    }

    /// A mention has appeared; somebody may see it after the scan delay.
    fn mention(&mut self, place: u32) {
        let listens = self.must_listen();
        let scan = self.plan.laws.scan.quantile(self.cases[place].key.unit(Purpose::Transit, 0));
        let case = &mut self.cases[place];
        let window = self.plan.windows[usize::from(case.channel)]
            .quantile(case.key.unit(Purpose::Window, 0));
        case.stage = Stage::Mention;
        case.place = Place::Unseen;
        if !listens {
            case.wake_at = self.now + SimTime::from_micros(scan.round() as u64);
        }
        case.patience_at = self.now + micros(window);
        case.tale.window = case.patience_at;
        case.number = self.conservation.mentions[0];
        self.conservation.mentions[0] += 1;
        if O::WATCHES {
            let sighting = Sighting::Appeared { channel: u32::from(case.channel) };
            self.observer.sees(self.now, case.number, sighting);
        }
        if case.is(flag::COUNTED) {
            self.mentions.seen += 1;
            let topics = self.plan.world.topics.len();
            let bits =
                self.scope_bits[usize::from(case.channel) * topics + usize::from(case.topic)];
            case.scopes = bits;
            self.in_scopes(bits, |scope| scope.mentions.seen += 1);
        }
        if listens {
            self.hide(place);
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
