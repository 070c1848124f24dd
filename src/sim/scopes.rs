//! Which scopes an inquiry counts in.

use crate::model::{ChannelId, LanguageId, SegmentId, TopicId};
use crate::sim::case::Case;
use crate::sim::outcome::ScopeTally;
use crate::sim::task::{Scope, Task};
use crate::units::SimTime;

/// The scopes of every kind of inquiry, as numbered sets.
///
/// An inquiry carries the number of its set. There may be any number of scopes: what an inquiry costs depends on how many
/// it counts in, not on how many there are. Set 0 is empty.
#[derive(Debug)]
pub(super) struct ScopeSets {
    /// By segment and language (one, where they are not told apart), channel and topic: number of the set.
    by_post: Vec<u32>,
    languages: usize,
    channels: usize,
    topics: usize,
    /// Where each set begins in `members`; one more for the end of the last.
    starts: Vec<u32>,
    members: Vec<u32>,
    /// By set: whether one of its scopes is that of an objective that time is spent for.
    serving: Vec<bool>,
    /// By set: whether one of its scopes is that of an objective that asks for mentions.
    asked: Vec<bool>,
}

impl ScopeSets {
    pub(super) fn new(task: &Task<'_>) -> ScopeSets {
        let world = task.world;
        let (channels, topics) = (world.channels.len(), world.topics.len());
        let languages = world.languages.len().max(1);
        let mut sets = ScopeSets {
            by_post: Vec::new(),
            languages,
            channels,
            topics,
            starts: vec![0, 0],
            members: Vec::new(),
            serving: Vec::new(),
            asked: Vec::new(),
        };
        for sort in 0..world.audience.segments.len().max(1) * languages {
            let (segment, language) = (sort / languages, sort % languages);
            for post in 0..channels * topics {
                let (channel, topic) = (post / topics, post % topics);
                let post = [segment, language, channel, topic].map(|of| of as u32);
                let numbered = (0..).zip(&task.watch.scopes);
                let of: Vec<u32> =
                    numbered.filter(|(_, scope)| holds(scope, post)).map(|(i, _)| i).collect();
                let number = sets.number_of(&of);
                sets.by_post.push(number);
            }
        }
        let some_of = |scopes: &[u32]| -> Vec<bool> {
            let numbers = 0..sets.starts.len() as u32 - 1;
            let some = |set| sets.members(set).iter().any(|scope| scopes.contains(scope));
            numbers.map(some).collect()
        };
        (sets.serving, sets.asked) =
            (some_of(&task.watch.serving), some_of(&task.watch.serving_mentions));
        sets
    }

    /// Whether an objective asks for mentions of this set.
    pub(super) fn asks_for(&self, set: u32) -> bool {
        self.asked[set as usize]
    }

    /// Whether time for an inquiry of this set is spent for an objective.
    #[inline]
    pub(super) fn serve(&self, set: u32) -> bool {
        self.serving[set as usize]
    }

    /// The set of a post, by its segment (0 where they are not told apart).
    #[inline]
    pub(super) fn of(&self, segment: u16, case: &Case) -> u32 {
        let sort = usize::from(segment) * self.languages + usize::from(case.tale.language);
        let row = sort * self.channels + usize::from(case.channel);
        self.by_post[row * self.topics + usize::from(case.topic)]
    }

    /// The set of all posts, if there is but one.
    pub(super) fn only(&self) -> Option<u32> {
        let first = *self.by_post.first()?;
        self.by_post.iter().all(|&set| set == first).then_some(first)
    }

    /// The scopes of a set.
    #[inline]
    pub(super) fn members(&self, set: u32) -> &[u32] {
        let (start, end) = (self.starts[set as usize], self.starts[set as usize + 1]);
        &self.members[start as usize..end as usize]
    }

    fn number_of(&mut self, members: &[u32]) -> u32 {
        let sets = self.starts.len() as u32 - 1;
        if let Some(known) = (0..sets).find(|&set| self.members(set) == members) {
            return known;
        }
        self.members.extend(members);
        self.starts.push(self.members.len() as u32);
        sets
    }
}

/// Inquiries that all count in the same scopes and are settled by being served: tallied once, told to each scope.
#[derive(Debug, Clone, Copy)]
pub(super) struct Alike {
    /// Number of the set of their scopes.
    pub(super) set: u32,
    needing: u64,
    settled: u64,
    settled_micros: u128,
}

impl Alike {
    /// Nobody yet.
    pub(super) fn new(set: u32) -> Alike {
        Alike { set, needing: 0, settled: 0, settled_micros: 0 }
    }

    /// One more arrived and needs a reply.
    #[inline(always)]
    pub(super) fn come(&mut self) {
        self.needing += 1;
    }

    /// One more is settled so long after it arrived.
    #[inline(always)]
    pub(super) fn settle(&mut self, after: SimTime) {
        self.settled += 1;
        self.settled_micros += u128::from(after.micros());
    }

    /// Into one of their scopes.
    pub(super) fn tell(&self, scope: &mut ScopeTally) {
        scope.needing += self.needing;
        scope.messages += self.needing;
        scope.settled += self.settled;
        scope.settled_micros += self.settled_micros;
    }
}

fn holds(scope: &Scope, [segment, language, channel, topic]: [u32; 4]) -> bool {
    (scope.channels.is_empty() || scope.channels.contains(&ChannelId(channel)))
        && (scope.topics.is_empty() || scope.topics.contains(&TopicId(topic)))
        && (scope.segments.is_empty() || scope.segments.contains(&SegmentId(segment)))
        && (scope.languages.is_empty() || scope.languages.contains(&LanguageId(language)))
}
