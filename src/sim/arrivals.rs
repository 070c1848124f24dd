//! What comes in: inquiries and mentions.

use crate::draws::{Key, Purpose};
use crate::model::{Recorded, Risk, Shares, Stream, StreamKind, World};
use crate::sim::agenda::Kind;
use crate::sim::births::Spark;
use crate::sim::case::{Place, Stage, flag};
use crate::sim::flow::micros;
use crate::sim::observer::{Happening, Observer, Sighting};
use crate::sim::outcome::ScopeTally;
use crate::sim::run::Run;
use crate::sim::source::Post;
use crate::units::{MICROS_A_MINUTE, SimTime};

impl<O: Observer> Run<'_, O> {
    pub(super) fn schedule_arrival(&mut self, number: u32) {
        let next = self.sources[number as usize].next();
        self.expect_arrival(number, next);
    }

    /// The next of a stream comes then, or nobody any more.
    #[inline(always)]
    fn expect_arrival(&mut self, number: u32, next: Option<SimTime>) {
        match next {
            Some(SimTime::ZERO) => {
                let urgency = self.sources[number as usize].urgency();
                self.agenda.schedule_first(Kind::Arrival, urgency, number);
            }
            Some(at) if at < self.horizon => self.agenda.schedule(at, Kind::Arrival, number, 0),
            _ => self.stream_ends(),
        }
    }

    /// Nobody comes of a stream any more.
    pub(super) fn stream_ends(&mut self) {
        self.streams_open -= 1;
        if self.streams_open == 0 {
            self.may_end();
        }
        self.last_arrival = self.last_arrival.max(self.now);
    }

    pub(super) fn arrival(&mut self, number: u32) {
        let sources = self.sources.len() as u32;
        if sources <= number {
            return self.born(number - sources);
        }
        let source = &mut self.sources[number as usize];
        let (index, key, stream) = (source.count - 1, source.pending, source.stream);
        let (fixed, straight_to) = (source.fixed, source.straight_to);
        let next = source.next();
        if self.traits.far_apart && fixed {
            self.bring_arrivals_near(number);
        }
        self.expect_arrival(number, next);
        if let Some(to) = straight_to {
            return self.arrive_straight(to, number, key);
        }
        if fixed {
            return self.receive((number, stream), key, Post::ONLY, false);
        }
        let post = self.post(number, index, key);
        self.receive((number, stream), key, post, false);
    }

    /// A post of a stream is there; `brought` forth by another or by a reply, or of its own accord.
    #[inline(never)]
    pub(super) fn receive(
        &mut self,
        (number, stream): (u32, &Stream),
        key: Key,
        post: Post,
        brought: bool,
    ) {
        let counted = self.warm <= self.now;
        let (place, case) = self.cases.take_new();
        case.come(number, key, post, self.now, counted);
        self.admit(place, (number, stream), brought);
    }

    /// [`Run::receive`], where all of a stream are alike and come straight to one desk of a plain network.
    #[inline(always)]
    fn arrive_straight(&mut self, to: u32, number: u32, key: Key) {
        let moment = self.moment();
        let now = moment.now;
        let counted = self.warm <= now;
        let (place, case) = self.cases.take_new();
        case.come(number, key, Post::ONLY, now, counted);
        self.books.contacts.come(now);
        if case.introduce(&mut self.books.conservation.arrived, &self.plan.world.topics[0]) {
            self.books.unanswered.come(now, counted && !self.past_horizon);
            if counted {
                case.scopes = self.books.alike.set;
                self.books.alike.come();
            }
        }
        case.role = to;
        let desk = &mut self.desks[to as usize];
        desk.welcome(case, to, now);
        desk.role.foresee(case);
        let (workers, agenda) = (&mut self.workers, &mut self.agenda);
        let lines_up = desk.take_in(case, place, workers, agenda, &mut self.order, moment);
        if O::WATCHES {
            self.show_arrival(place);
        }
        self.taken_in(place, lines_up);
    }

    /// Somebody of a stream has come and is in the house.
    #[inline(always)]
    pub(super) fn admit(&mut self, place: u32, (number, stream): (u32, &Stream), brought: bool) {
        if let Some(crowd) = &stream.crowd {
            let key = self.cases[place].key;
            let circle = self.gather((key, number, None), crowd, Spark::Arrival);
            self.cases[place].tale.circles[Spark::Arrival as usize] = circle;
        }
        match stream.kind {
            StreamKind::Inquiries => self.inquiry(place, brought),
            StreamKind::Mentions => self.mention(place),
        }
    }

    /// What a post is about: as recorded, and drawn where nothing is.
    #[inline(never)]
    pub(super) fn post(&self, number: u32, index: u64, key: Key) -> Post {
        let row = self.recorded[number as usize].as_ref().map(|rows| rows[index as usize]);
        self.post_of(number, row, key)
    }

    /// What somebody writes about who is in no log.
    pub(super) fn own_post(&self, number: u32, key: Key) -> Post {
        self.post_of(number, None, key)
    }

    #[inline(always)]
    fn post_of(&self, number: u32, row: Option<Recorded>, key: Key) -> Post {
        let mix = &self.sources[number as usize].stream.mix;
        let of = |known: Option<u32>, shares: &Shares, purpose| match (known, shares.len()) {
            (Some(id), _) => id as u16,
            (None, 0 | 1) => 0,
            (None, _) => shares.pick(key.unit(purpose, 0)) as u16,
        };
        let channel = row.and_then(|row| row.channel).map(|id| id.0);
        let topic = row.and_then(|row| row.topic).map(|id| id.0);
        let unit = row.and_then(|row| row.unit).map(|id| id.0);
        let language = row.and_then(|row| row.language).map(|id| id.0);
        Post {
            channel: of(channel, &mix.channels, Purpose::Channel),
            topic: of(topic, &mix.topics, Purpose::Topic),
            unit: of(unit, &mix.units, Purpose::Unit),
            language: of(language, &mix.languages, Purpose::Language),
            recorded: row.is_some(),
            work: row.and_then(|row| row.work_minutes).map(|minutes| minutes * MICROS_A_MINUTE),
        }
    }

    /// An inquiry has arrived: draw what is its customer's own, and land it.
    fn inquiry(&mut self, place: u32, brought: bool) {
        self.books.contacts.come(self.now);
        let plan = self.plan;
        let case = &mut self.cases[place];
        let topic = &plan.world.topics[usize::from(case.topic)];
        if case.introduce(&mut self.books.conservation.arrived, topic) {
            let counts = case.is(flag::COUNTED) && !self.past_horizon;
            self.books.unanswered.come(self.now, counts);
        }
        let to = plan.direct[usize::from(case.channel)];
        if !self.traits.plain {
            return self.land_somebody(place, to, brought);
        }
        if case.has(flag::NEEDS | flag::COUNTED) {
            case.scopes = self.books.alike.set;
            self.books.alike.come();
        }
        if O::WATCHES {
            self.show_arrival(place);
        }
        match to {
            Some(to) => self.come_to(place, to),
            None => self.land(place),
        }
    }

    /// An inquiry of somebody in particular has arrived: who that is, what is expected, and where it lands.
    #[inline(never)]
    fn land_somebody(&mut self, place: u32, to: Option<u32>, brought: bool) {
        self.say_who(place, brought);
        if O::WATCHES {
            self.show_arrival(place);
        }
        if self.cases[place].is(flag::NEEDS) {
            self.expect_reply(place);
        }
        match to {
            Some(to) => self.come_to(place, to),
            None => self.land(place),
        }
    }

    /// What sets a customer apart from others: segment, unit, and the scopes that the inquiry counts in.
    fn say_who(&mut self, place: u32, brought: bool) {
        let world = self.plan.world;
        let case = &mut self.cases[place];
        let mut segment = 0;
        if !world.audience.is_empty() {
            segment = segment_of(world, case.key, case.channel, case.topic);
            case.tale.manner = 1 + segment;
        }
        if !world.units.is_empty() {
            let matters = world.streams[case.stream as usize].mix.unit_matters;
            if 0.0 < matters && case.key.unit(Purpose::Matter, 0) < matters {
                case.domain = 1 + case.unit;
            }
        }
        if self.plan.risks {
            case.tale.risk = risk_of(world, case.key, case.topic);
        }
        if case.is(flag::NEEDS) && !self.books.scopes.is_empty() {
            let set = self.scope_sets.of(segment, case);
            // who came before the time that counts is worked on within it
            if self.scope_sets.serve(set) {
                case.set(flag::SERVES);
            }
            if case.is(flag::COUNTED) {
                case.scopes = set;
            }
        }
        let set = case.scopes;
        self.in_scopes(set, |scope| {
            scope.needing += 1;
            scope.messages += 1;
            scope.brought += u64::from(brought);
        });
    }

    fn show_arrival(&mut self, place: u32) {
        let case = &self.cases[place];
        let happening = Happening::Arrived {
            channel: u32::from(case.channel),
            topic: u32::from(case.topic),
            unit: (!self.plan.world.units.is_empty()).then_some(u32::from(case.unit)),
            language: (!self.plan.world.languages.is_empty())
                .then_some(u32::from(case.tale.language)),
            unit_matter: case.domain != 0,
            needs_reply: case.is(flag::NEEDS),
        };
        self.observer.on(self.now, case.number, happening);
    }

    /// How a customer who needs a reply feels, and what is expected.
    fn expect_reply(&mut self, place: u32) {
        if self.plan.mood.is_some() {
            self.feel_at_arrival(place);
        }
        if self.plan.expects {
            self.expectations(place);
        }
    }

    /// A mention has appeared; somebody may see it after the scan delay.
    fn mention(&mut self, place: u32) {
        let listens = self.must_listen();
        let scan = self.plan.laws.scan.quantile(self.cases[place].key.unit(Purpose::Transit, 0));
        let case = &mut self.cases[place];
        let window = self.plan.windows[usize::from(case.channel)]
            .quantile(case.key.unit(Purpose::Window, 0));
        if self.plan.risks {
            case.tale.risk = risk_of(self.plan.world, case.key, case.topic);
        }
        case.stage = Stage::Mention;
        case.place = Place::Unseen;
        if !listens {
            case.wake_at = self.now + SimTime::from_micros(scan.round() as u64);
        }
        case.patience_at = self.now + micros(window);
        case.tale.window = case.patience_at;
        case.number = self.books.conservation.mentions.seen;
        self.books.conservation.mentions.seen += 1;
        if O::WATCHES {
            let sighting = Sighting::Appeared { channel: u32::from(case.channel) };
            self.observer.sees(self.now, case.number, sighting);
        }
        let world = self.plan.world;
        let segment = match world.audience.is_empty() {
            true => 0,
            false => segment_of(world, case.key, case.channel, case.topic),
        };
        let set = self.scope_sets.of(segment, case);
        if self.scope_sets.asks_for(set) {
            case.set(flag::SERVES);
        }
        if case.is(flag::COUNTED) {
            self.books.mentions.seen += 1;
            case.scopes = set;
            self.in_scopes(set, |scope| scope.mentions.seen += 1);
        }
        if listens {
            self.hide(place);
        }
        self.arm(place);
    }

    /// Apply to each scope of this set.
    #[inline]
    pub(super) fn in_scopes(&mut self, set: u32, mut apply: impl FnMut(&mut ScopeTally)) {
        if set != 0 {
            for &scope in self.scope_sets.members(set) {
                apply(&mut self.books.scopes[scope as usize]);
            }
        }
    }
}

/// The segment of a customer who writes on this channel about this topic.
fn segment_of(world: &World, key: Key, channel: u16, topic: u16) -> u16 {
    let u = key.unit(Purpose::Segment, 0);
    world.audience.pick(usize::from(channel), usize::from(topic), u).0 as u16
}

/// How much is at stake with a post about this topic, the same at every desk and in every turn.
fn risk_of(world: &World, key: Key, topic: u16) -> Risk {
    world.topics[usize::from(topic)].risks.level(key.unit(Purpose::Risk, 0))
}
