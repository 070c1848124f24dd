//! A limited number of customers, who come again after having left.

use crate::draws::{Purpose, StreamKey};
use crate::model::Arrivals;
use crate::sim::agenda::Kind;
use crate::sim::case::NONE;
use crate::sim::flow::micros;
use crate::sim::observer::Observer;
use crate::sim::run::Run;
use crate::sim::source::Post;
use crate::units::MICROS_A_MINUTE;

/// The members of all streams of limited populations. What a member brings is keyed by member and
/// number of the coming; only when it comes depends on what the design did.
#[derive(Debug, Default)]
pub(super) struct Members {
    all: Vec<Member>,
    /// By place of a case: the member whose it is.
    of_case: Vec<u32>,
}

#[derive(Debug)]
struct Member {
    stream: u32,
    key: StreamKey,
    number: u64,
    /// Comings so far.
    came: u32,
}

impl Members {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }
}

impl<O: Observer> Run<'_, O> {
    /// All members of a stream are away at the beginning.
    pub(super) fn gather_members(&mut self, stream: u32) {
        let Arrivals::Members(members) = &self.sources[stream as usize].stream.arrivals else {
            return;
        };
        let key = self.sources[stream as usize].key();
        for number in 0..u64::from(members.count) {
            self.members.all.push(Member { stream, key, number, came: 0 });
            self.stay_away(self.members.all.len() as u32 - 1);
        }
    }

    /// A member is away for a while, then comes, unless the time for coming is over by then.
    fn stay_away(&mut self, member: u32) {
        let of = &self.members.all[member as usize];
        let Arrivals::Members(members) = &self.sources[of.stream as usize].stream.arrivals else {
            return;
        };
        let key = of.key.of(of.number).child(of.came);
        let away = members.away.quantile(key.unit(Purpose::Away, 0)) * MICROS_A_MINUTE;
        let at = self.now + micros(away);
        if at < self.horizon {
            self.agenda.schedule(at, Kind::Return, member, 0);
            self.keep_agenda_small();
        }
    }

    /// A member comes.
    pub(super) fn member_comes(&mut self, member: u32) {
        let of = &mut self.members.all[member as usize];
        let (stream, key) = (of.stream, of.key.of(of.number).child(of.came));
        let source = &mut self.sources[stream as usize];
        let limit = source.stream.limit;
        if limit.is_some_and(|limit| limit <= source.count) {
            return;
        }
        of.came += 1;
        source.count += 1;
        if limit == Some(source.count) {
            self.stream_ends();
        }
        let post = match self.sources[stream as usize].fixed {
            true => Post::ONLY,
            false => self.post(stream, 0, key),
        };
        let counted = self.warm <= self.now;
        let (place, case) = self.cases.take_new();
        case.come(stream, key, post, self.now, counted);
        let of_case = &mut self.members.of_case;
        if of_case.len() <= place as usize {
            of_case.resize(place as usize + 1, NONE);
        }
        of_case[place as usize] = member;
        let of = self.sources[stream as usize].stream;
        self.admit(place, (stream, of), false);
    }

    /// A case has left the house: if it was a member's, the member is away again.
    #[inline(never)]
    pub(super) fn member_leaves(&mut self, place: u32) {
        let Some(of) = self.members.of_case.get_mut(place as usize) else { return };
        let member = std::mem::replace(of, NONE);
        if member != NONE {
            self.stay_away(member);
        }
    }
}
