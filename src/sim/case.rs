//! Cases: what is known of an inquiry, a duplicate of one, or a mention while it is inside.

use crate::draws::{Key, Purpose};
use crate::model::{Risk, Topic};
use crate::sim::births::CircleOf;
use crate::sim::clocks::Clocks;
use crate::sim::dialogue::Talk;
use crate::sim::holding::Held;
use crate::sim::mood::Feeling;
use crate::sim::outcome::CAUSES;
use crate::sim::source::Post;
use crate::units::SimTime;

/// No case, no person, no role.
pub(super) const NONE: u32 = u32::MAX;

/// What a case asks of the desk where it is queued.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Stage {
    /// Service at a plain desk, or whatever comes next at a desk that answers.
    #[default]
    Front,
    /// An answer to a colleague's question.
    Consult,
    /// A review of a draft.
    Review,
    /// To be recognized as a duplicate.
    Duplicate,
    /// An engagement.
    Mention,
    /// A decision about an exception.
    Decide,
    /// What a desk sees of a post that others see too.
    Glimpse,
    /// A copy of a draft that several review, at one of them.
    Verdict,
}

/// Where a case is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Place {
    /// Not in use.
    #[default]
    Free,
    /// In a queue.
    Queue,
    /// In somebody's hands.
    InHand,
    /// On the way between desks.
    Transit,
    /// With the customer, who will write again.
    Customer,
    /// A mention that nobody can see yet.
    Unseen,
    /// In no queue: several desks see it, and nobody has taken it up.
    Shown,
    /// In no queue: several review the draft.
    Reviewed,
}

/// A piece of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Piece {
    #[default]
    Serve,
    Triage,
    Reread,
    Recognize,
    Search,
    Ask,
    Answer,
    Rework,
    Consult,
    Review,
    Duplicate,
    Engage,
    Confer,
    Decide,
    Mend,
    Again,
}

/// What is true of a case, one bit each.
pub(super) mod flag {
    /// Needs a reply by its own nature.
    pub(crate) const NEEDS: u32 = 1 << 0;
    /// Has been triaged.
    pub(crate) const TRIAGED: u32 = 1 << 1;
    /// The desk where it is knows the answer.
    pub(crate) const KNOWN: u32 = 1 << 2;
    /// The desk has settled for a guess.
    pub(crate) const GUESSED: u32 = 1 << 3;
    /// Came over an overflow link and is not offered again.
    pub(crate) const OVERFLOWED: u32 = 1 << 4;
    /// Has been recognized as misrouted.
    pub(crate) const RECOGNIZED: u32 = 1 << 5;
    /// The draft in hand is wrong.
    pub(crate) const WRONG: u32 = 1 << 6;
    /// The draft came back from review.
    pub(crate) const REWORK: u32 = 1 << 7;
    /// The first reply is out.
    pub(crate) const ANSWERED: u32 = 1 << 8;
    /// The inquiry has ended for its customer.
    pub(crate) const ENDED: u32 = 1 << 9;
    /// The customer has gone in words: drop it at the next chance.
    pub(crate) const DROPPED: u32 = 1 << 10;
    /// Arrived in the time that counts.
    pub(crate) const COUNTED: u32 = 1 << 11;
    /// Misrouted at least once.
    pub(crate) const MISROUTED: u32 = 1 << 12;
    /// The customer leaves silently.
    pub(crate) const SILENT: u32 = 1 << 13;
    /// Has been worked on during the present visit.
    pub(crate) const STARTED: u32 = 1 << 14;
    /// Work in hand was interrupted; `piece` and `left` say what remains.
    pub(crate) const INTERRUPTED: u32 = 1 << 15;
    /// Waits at the helper's desk, parked at its own.
    pub(crate) const PARKED: u32 = 1 << 16;
    /// Counted among the unanswered.
    pub(crate) const OPEN: u32 = 1 << 17;
    /// Not begun, but `piece` and `left` already say what will be done first.
    pub(crate) const FORESEEN: u32 = 1 << 18;
    /// Lost between two desks and not yet found.
    pub(crate) const ORPHANED: u32 = 1 << 19;
    /// Keeps a slot of its holder while it is parked.
    pub(crate) const KEEPS_SLOT: u32 = 1 << 20;
    /// Somebody who knew the answer told it.
    pub(crate) const TOLD: u32 = 1 << 21;
    /// A decision says that the draft is to be mended.
    pub(crate) const MEND: u32 = 1 << 22;
    /// Is at the desk that took it over an overflow link.
    pub(crate) const HELPED: u32 = 1 << 23;
    /// Needs a reply and is of an objective; or is a copy of such an inquiry, or a second message about one.
    pub(crate) const SERVES: u32 = 1 << 24;
}

/// One case.
///
/// What each visit touches stands first, together: with many cases inside it is memory that a run waits for. Its two cache
/// lines begin at an even one, as processors fetch them in pairs.
#[derive(Debug, Clone, Default)]
#[repr(C, align(128))]
pub(super) struct Case {
    pub(super) arrived: SimTime,
    /// Since when it is where it is.
    pub(super) since: SimTime,
    /// When the present visit to a desk began.
    pub(super) joined: SimTime,
    /// What is left of an interrupted piece, or the length of a foreseen one, at standard speed.
    pub(super) left: SimTime,
    /// Changes whenever the case leaves a queue, so that overtaken queue entries are known.
    pub(super) ticket: u32,
    pub(super) flags: u32,
    /// Desk where it is queued or worked on: that of the role, of an expert or of a reviewer.
    pub(super) at: u32,
    /// Who works or last worked on it, at whatever desk.
    pub(super) person: u32,
    /// Visits and other ordinal for draws that are fresh every time.
    pub(super) visits: u32,
    pub(super) topic: u16,
    pub(super) stage: Stage,
    pub(super) place: Place,
    pub(super) alarm_stamp: u32,
    /// Number of the set of scopes it counts in; 0 for none.
    pub(super) scopes: u32,
    pub(super) key: Key,
    pub(super) wake_at: SimTime,
    /// Number of the inquiry in its replication, in order of arrival.
    pub(super) number: u64,
    /// Desk whose case it is.
    pub(super) role: u32,
    pub(super) stream: u32,
    pub(super) channel: u16,
    pub(super) unit: u16,
    /// Knowledge domain: 0 generic, 1 + unit.
    pub(super) domain: u16,
    pub(super) piece: Piece,
    pub(super) priority: u8,
    pub(super) patience_at: SimTime,
    /// When its alarm on the agenda goes off.
    pub(super) alarm_at: SimTime,
    pub(super) tale: Box<Tale>,
}

/// What a case is about: all that filters and skills go by.
#[derive(Debug, Clone, Copy)]
pub(super) struct Subject {
    pub(super) channel: u16,
    pub(super) topic: u16,
    pub(super) unit: u16,
    pub(super) domain: u16,
    pub(super) language: u16,
    pub(super) risk: Risk,
}

/// What only desks, causes of waiting and conversations need; not touched in a plain network.
#[derive(Debug, Clone)]
pub(super) struct Tale {
    pub(super) ladder: u8,
    pub(super) reviews: u8,
    pub(super) turn: u16,
    pub(super) hops: u16,
    pub(super) messages: u16,
    /// Of those that help its desk out, how many it was offered to, and since when it has waited for that.
    pub(super) offers: u16,
    pub(super) unhelped: SimTime,
    /// Since when it is parked.
    pub(super) parked: SimTime,
    pub(super) deadline: SimTime,
    /// When its customer will write again.
    pub(super) recontact_at: SimTime,
    /// When a mention's window ends; what is left of it, while a window that waits stands still.
    pub(super) window: SimTime,
    /// Cause clocks of the desk at joining.
    pub(super) clocks: Clocks,
    /// Waits by cause so far.
    pub(super) waits: [SimTime; CAUSES],
    /// The same when it came to the present desk.
    pub(super) waits_before: [SimTime; CAUSES],
    pub(super) hands_on: SimTime,
    pub(super) theirs: SimTime,
    /// Waits of its visits so far, if they are asked for.
    pub(super) waited: SimTime,
    /// Who works or last worked on it at its own desk.
    pub(super) holder: u32,
    /// Who wrote the last reply.
    pub(super) author: u32,
    /// How the conversation stands.
    pub(super) talk: Talk,
    /// Who may yet react to its post, and to its outcry.
    pub(super) circles: [CircleOf; 2],
    /// Whether its customer has gone public.
    pub(super) loud: bool,
    /// How its customer feels.
    pub(super) feeling: Feeling,
    /// In which language its customer writes, and how much is at stake.
    pub(super) language: u16,
    pub(super) risk: Risk,
    /// How its customer behaves: 0 as everybody, 1 + number of the segment.
    pub(super) manner: u16,
    /// Context kept so far, and what the desk has to re-read.
    pub(super) kept: f64,
    pub(super) lost: f64,
    /// Hands-on microseconds recorded in a log, if any.
    pub(super) recorded_work: Option<f64>,
    /// Who stays with it at another desk.
    pub(super) held: Held,
    /// Level at which an exception is decided, and the share of the reply's work that mending it takes.
    pub(super) level: u8,
    pub(super) mend: f64,
    /// The vendor with terms to whom it came last, and when.
    pub(super) contracted: (u32, SimTime),
    /// Of a draft that several review: their number among such, and the approve links that have approved, as bits.
    pub(super) panel: u32,
    pub(super) approved: u64,
    /// Those that did not find the time in this round, or had no room.
    pub(super) passed_over: u64,
    /// Of a post that several desks see, its number among those.
    pub(super) shown: u32,
}

impl Default for Tale {
    fn default() -> Tale {
        Tale {
            ladder: 0,
            reviews: 0,
            turn: 0,
            hops: 0,
            messages: 1,
            offers: 0,
            unhelped: SimTime::ZERO,
            parked: SimTime::ZERO,
            deadline: SimTime::NEVER,
            recontact_at: SimTime::NEVER,
            window: SimTime::NEVER,
            clocks: Clocks::default(),
            waits: [SimTime::ZERO; CAUSES],
            waits_before: [SimTime::ZERO; CAUSES],
            hands_on: SimTime::ZERO,
            theirs: SimTime::ZERO,
            waited: SimTime::ZERO,
            holder: NONE,
            author: NONE,
            talk: Talk::default(),
            circles: [CircleOf::default(); 2],
            loud: false,
            feeling: Feeling::default(),
            language: 0,
            risk: Risk::Low,
            manner: 0,
            kept: 1.0,
            lost: 0.0,
            recorded_work: None,
            held: Held::NOBODY,
            level: 0,
            mend: 0.0,
            shown: NONE,
            panel: NONE,
            approved: 0,
            passed_over: 0,
            contracted: (NONE, SimTime::NEVER),
        }
    }
}

impl Case {
    #[inline]
    pub(super) fn is(&self, flag: u32) -> bool {
        self.flags & flag != 0
    }

    /// Whether all of these are true of it.
    #[inline]
    pub(super) fn has(&self, flags: u32) -> bool {
        self.flags & flags == flags
    }

    /// The scopes it counts in, until its inquiry has ended for the customer.
    pub(super) fn scopes_open(&self) -> u32 {
        if self.is(flag::ENDED) { 0 } else { self.scopes }
    }

    /// What it is about.
    pub(super) fn subject(&self) -> Subject {
        Subject {
            channel: self.channel,
            topic: self.topic,
            unit: self.unit,
            domain: self.domain,
            language: self.tale.language,
            risk: self.tale.risk,
        }
    }

    /// Whether time for it is spent for an objective. Mentions are counted apart.
    #[inline]
    pub(super) fn is_for_objective(&self) -> bool {
        self.is(flag::SERVES) && self.stage != Stage::Mention
    }

    /// Whether it is a mention that no objective asks for.
    #[inline]
    pub(super) fn is_unasked(&self) -> bool {
        self.stage == Stage::Mention && !self.is(flag::SERVES)
    }

    /// It is about the same as another.
    pub(super) fn be_about(&mut self, subject: Subject) {
        (self.channel, self.topic) = (subject.channel, subject.topic);
        (self.unit, self.domain) = (subject.unit, subject.domain);
        (self.tale.language, self.tale.risk) = (subject.language, subject.risk);
    }

    #[inline]
    pub(super) fn set(&mut self, flag: u32) {
        self.flags |= flag;
    }

    #[inline]
    pub(super) fn clear(&mut self, flag: u32) {
        self.flags &= !flag;
    }
}

/// All cases inside; places of those that left are used again.
#[derive(Debug, Default)]
pub(super) struct Cases {
    all: Vec<Case>,
    free: Vec<u32>,
    /// Whether new cases need a fresh tale.
    with_tales: bool,
}

impl Cases {
    pub(super) fn new(with_tales: bool) -> Cases {
        Cases { with_tales, ..Cases::default() }
    }

    /// A place for a new case. Its ticket and alarm stamp go on from the place's last use.
    pub(super) fn take(&mut self) -> u32 {
        self.take_new().0
    }

    /// A new case and its place.
    #[inline(always)]
    pub(super) fn take_new(&mut self) -> (u32, &mut Case) {
        let place = self.free.pop().unwrap_or_else(|| self.grow());
        let case = &mut self.all[place as usize];
        case.renew(self.with_tales);
        (place, case)
    }

    #[cold]
    #[inline(never)]
    fn grow(&mut self) -> u32 {
        self.all.push(Case::default());
        (self.all.len() - 1) as u32
    }

    /// Give the place of a case back.
    #[inline(always)]
    pub(super) fn release(&mut self, place: u32) {
        self.all[place as usize].vacate();
        self.put_back(place);
    }

    /// The place of a case that has vacated it can be used again.
    #[inline(always)]
    pub(super) fn put_back(&mut self, place: u32) {
        self.free.push(place);
    }

    /// Cases inside.
    #[inline]
    pub(super) fn inside(&self) -> usize {
        self.all.len() - self.free.len()
    }

    /// All cases inside, with their places.
    pub(super) fn iter(&self) -> impl Iterator<Item = (u32, &Case)> {
        self.all
            .iter()
            .enumerate()
            .filter(|(_, case)| case.place != Place::Free)
            .map(|(i, case)| (i as u32, case))
    }
}

impl Case {
    /// Somebody of this stream comes now, with this post.
    #[inline(always)]
    pub(super) fn come(&mut self, stream: u32, key: Key, post: Post, now: SimTime, counted: bool) {
        self.key = key;
        self.arrived = now;
        self.since = now;
        self.stream = stream;
        (self.channel, self.topic, self.unit) = (post.channel, post.topic, post.unit);
        if post.recorded {
            self.tale.recorded_work = post.work;
        }
        if post.language != 0 {
            self.tale.language = post.language;
        }
        if counted {
            self.set(flag::COUNTED);
        }
    }

    /// It leaves its place.
    #[inline(always)]
    pub(super) fn vacate(&mut self) {
        self.ticket = self.ticket.wrapping_add(1);
        self.alarm_stamp = self.alarm_stamp.wrapping_add(1);
        self.place = Place::Free;
    }

    /// It is the next inquiry of so many, about this topic: whether it needs a reply.
    #[inline(always)]
    pub(super) fn introduce(&mut self, arrived: &mut u64, topic: &Topic) -> bool {
        self.number = *arrived;
        *arrived += 1;
        self.priority = topic.priority;
        let needs =
            1.0 <= topic.need_reply || self.key.unit(Purpose::NeedsReply, 0) < topic.need_reply;
        if needs {
            self.set(flag::NEEDS | flag::OPEN);
        }
        needs
    }

    #[inline(always)]
    fn renew(&mut self, with_tale: bool) {
        self.flags = 0;
        self.role = NONE;
        self.at = NONE;
        self.person = NONE;
        self.visits = 0;
        self.scopes = 0;
        (self.channel, self.topic, self.unit, self.domain) = (0, 0, 0, 0);
        self.stage = Stage::Front;
        self.place = Place::InHand;
        self.patience_at = SimTime::NEVER;
        self.wake_at = SimTime::NEVER;
        self.alarm_at = SimTime::NEVER;
        if with_tale {
            *self.tale = Tale::default();
        }
    }
}

impl std::ops::Index<u32> for Cases {
    type Output = Case;
    #[inline]
    fn index(&self, place: u32) -> &Case {
        &self.all[place as usize]
    }
}

impl std::ops::IndexMut<u32> for Cases {
    #[inline]
    fn index_mut(&mut self, place: u32) -> &mut Case {
        &mut self.all[place as usize]
    }
}
