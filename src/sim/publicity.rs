//! Customers past their deadline: some write again, some go public and draw others in.

use crate::draws::{Key, Purpose};
use crate::model::pushed;
use crate::sim::births::Spark;
use crate::sim::case::{Place, Stage, flag};
use crate::sim::observer::{Happening, Observer};
use crate::sim::queue::Entry;
use crate::sim::run::Run;
use crate::sim::source::Post;

/// The child that stands in public for a customer of a private channel.
const OUTCRY: u32 = 2;

impl<O: Observer> Run<'_, O> {
    /// Whether this customer will go public once the deadline has passed without a reply.
    pub(super) fn goes_public(&self, place: u32) -> bool {
        let case = &self.cases[place];
        let manner = &self.plan.manners[usize::from(case.tale.manner)];
        if manner.goes_public <= 0.0 {
            return false;
        }
        let share = pushed(manner.goes_public, -self.felt_at_deadline(place));
        case.key.unit(Purpose::GoesPublic, 0) < share
    }

    /// The deadline has passed without a reply.
    pub(super) fn past_deadline(&mut self, place: u32) {
        let case = &self.cases[place];
        if case.is(flag::ANSWERED | flag::ENDED | flag::DROPPED) {
            return;
        }
        let manner = &self.plan.manners[usize::from(case.tale.manner)];
        let again = case.key.unit(Purpose::Recontact, 0) < manner.recontact;
        let louder = self.goes_public(place);
        // what waits before anything comes of it: the outcry alone may set people going
        let waiting = if louder { self.waiting_for(place) } else { Vec::new() };
        if louder {
            self.cry_out(place, &waiting);
        }
        if again {
            self.write_twice(place);
        }
        // more urgent now, it may begin where others are kept free, or stop what is less urgent
        for waiting in waiting {
            let case = &self.cases[waiting];
            if case.place == Place::Queue {
                self.reseat(case.at);
            }
        }
    }

    /// What waits in lines for an inquiry: itself, what desks see of it, or copies of its draft.
    fn waiting_for(&self, place: u32) -> Vec<u32> {
        let case = &self.cases[place];
        match case.place {
            Place::Queue => vec![place],
            Place::Shown => self.glimpses(place).to_vec(),
            Place::Reviewed => self.pending_reviews(place).to_vec(),
            _ => Vec::new(),
        }
    }

    /// The customer goes public, or gets louder there: more urgent from now on, and seen by others.
    fn cry_out(&mut self, place: u32, waiting: &[u32]) {
        let case = &mut self.cases[place];
        case.tale.loud = true;
        case.priority = 0;
        let scopes = case.scopes;
        self.in_scopes(scopes, |scope| scope.went_public += 1);
        if O::WATCHES {
            self.observer.on(self.now, self.cases[place].number, Happening::WentPublic);
        }
        for &waiting in waiting {
            self.cases[waiting].priority = 0;
            self.move_up(waiting);
        }
        let case = &self.cases[place];
        let mut post = Post {
            channel: case.channel,
            topic: case.topic,
            unit: case.unit,
            language: case.tale.language,
            recorded: false,
            work: None,
        };
        let (key, stream) = (case.key, case.stream);
        if self.plan.world.channels[usize::from(post.channel)].private {
            let Some(channel) = self.public_channel(key, stream) else { return };
            post.channel = channel;
            self.write_as(place, OUTCRY, channel);
        }
        if let Some(crowd) = &self.plan.world.behavior.publicity.crowd {
            let circle = self.gather((key, stream, Some(post)), crowd, Spark::Outcry);
            self.cases[place].tale.circles[Spark::Outcry as usize] = circle;
        }
    }

    /// A case that waits in a line of a less urgent class stands in the most urgent one too: whoever takes it
    /// first voids the other entry.
    fn move_up(&mut self, place: u32) {
        let case = &self.cases[place];
        if case.place != Place::Queue || case.stage == Stage::Mention {
            return;
        }
        let role = &self.plan.roles[case.at as usize];
        if role.priorities < 2 {
            return;
        }
        let (at, group) = (case.at, role.eligibility.group_of(case));
        self.order += 1;
        let entry =
            Entry { case: place, ticket: case.ticket, order: self.order, since: case.joined };
        self.desks[at as usize].lines.push_back(0, group, entry);
    }

    /// Where a customer of a private channel is heard, if there is a public channel.
    fn public_channel(&self, key: Key, stream: u32) -> Option<u16> {
        let channels = &self.plan.world.channels;
        let mix = &self.plan.world.streams[stream as usize].mix.channels;
        let share = |i: usize| {
            let open = !channels[i].private && i < mix.len();
            if open { mix.share(i) } else { 0.0 }
        };
        let all: f64 = (0..channels.len()).map(share).sum();
        if all <= 0.0 {
            return channels.iter().position(|channel| !channel.private).map(|i| i as u16);
        }
        let mut left = key.unit(Purpose::PublicChannel, 0) * all;
        let mut last = None;
        for i in (0..channels.len()).filter(|&i| 0.0 < share(i)) {
            last = Some(i as u16);
            if left < share(i) {
                break;
            }
            left -= share(i);
        }
        last
    }
}
