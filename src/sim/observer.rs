//! Looking on without touching.

use crate::sim::dialogue::Reply;
use crate::sim::diary::Occupation;
use crate::sim::outcome::{Bin, Cause, End};
use crate::units::SimTime;

/// What happens to one inquiry.
#[derive(Debug, Clone, PartialEq)]
pub enum Happening {
    /// It arrived: channel, topic, unit (if there are units), whether only the unit can know, whether it needs a reply.
    Arrived {
        /// Channel, by number.
        channel: u32,
        /// Topic, by number.
        topic: u32,
        /// Unit, by number.
        unit: Option<u32>,
        /// Language, by number, where languages are told apart.
        language: Option<u32>,
        /// Whether it is its unit's own matter.
        unit_matter: bool,
        /// Whether it needs a reply by its own nature.
        needs_reply: bool,
    },
    /// It joined the queue of this role.
    Queued {
        /// Role, by number.
        role: u32,
    },
    /// Somebody took up a piece of work on it.
    Started {
        /// Role, by number.
        role: u32,
        /// Person of that role, counted from 1; `None` where people are not told apart.
        person: Option<u32>,
        /// What is done.
        work: Bin,
    },
    /// The piece was interrupted at the end of a shift, or for something more urgent.
    Interrupted,
    /// It was handed over from role to role. Plain desks pass on what they have served without a word.
    HandedOver {
        /// Role whose case it was, by number.
        from: u32,
        /// Role whose case it is now, by number.
        to: u32,
        /// Whether it had come to a wrong desk.
        misrouted: bool,
        /// Whether the other took it to help out.
        helps: bool,
    },
    /// A question about it, or a draft, went from the role whose case it is to another.
    Sent {
        /// Role whose case it is, by number.
        from: u32,
        /// Role whose word is wanted, by number.
        to: u32,
        /// What is wanted.
        wants: Wants,
    },
    /// A draft has waited too long at a reviewer, and whoever that one reports to is to review it.
    WentUp {
        /// Role that has not found the time, by number.
        from: u32,
        /// Role above it, by number.
        to: u32,
    },
    /// This role takes it up too, where nobody can see yet that another desk has it.
    TakenUpAgain {
        /// Role, by number.
        role: u32,
    },
    /// The reviewer sent the draft back.
    SentBack,
    /// A reply went out.
    Replied {
        /// Which reply, from 1; 0 for that of another desk to the same post.
        turn: u32,
        /// Whether it was right.
        right: bool,
        /// Whether it answers, or sends the customer on.
        is: Reply,
    },
    /// An approval takes long, and the customer was told that an answer is coming.
    ToldToWait,
    /// The deadline has passed without a reply, and the customer goes public, or gets louder there.
    WentPublic,
    /// The customer wrote again.
    WroteAgain {
        /// Whether it was a second message about the same, before any reply.
        duplicate: bool,
    },
    /// The customer got nowhere at this role and means to try again later.
    TriesLater {
        /// Role, by number.
        role: u32,
    },
    /// It ended.
    Ended {
        /// How.
        end: End,
        /// Waits by cause over its whole life, without the zero ones.
        waits: Vec<(Cause, SimTime)>,
        /// Hands-on time.
        hands_on: SimTime,
        /// The customer's own time.
        theirs: SimTime,
    },
}

/// What another role is to say about a case that stays where it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wants {
    /// The answer to a question.
    Answer,
    /// The approval of a draft.
    Approval,
    /// The decision on an exception.
    Decision,
}

/// What becomes of one mention.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sighting {
    /// It appeared on this channel.
    Appeared {
        /// Channel, by number.
        channel: u32,
    },
    /// Somebody of this role took it up.
    TakenUp {
        /// Role, by number.
        role: u32,
    },
    /// Whoever was at it was called to something more urgent.
    PutAside,
    /// It was touched.
    Touched,
    /// Its window closed before anybody touched it.
    Faded,
}

/// The people and the cases of one role at an instant.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Crew {
    /// People who are there.
    pub present: u32,
    /// Of these, away all the same: in a meeting, in training, absent.
    pub away: u32,
    /// Of these, on mentions or other proactive work.
    pub proactive: u32,
    /// Cases in work.
    pub working: u32,
    /// Cases waiting.
    pub waiting: u32,
}

/// Somebody who looks on. Nothing it does can change a number.
pub trait Observer {
    /// Whether anything is told at all; `false` costs nothing.
    const WATCHES: bool;

    /// Inquiry `number` (in order of arrival, from 0): this happened `at` that instant.
    fn on(&mut self, at: SimTime, number: u64, happening: Happening);

    /// The same of a second message about inquiry `number`, which is somewhere by itself; told as if it were
    /// the inquiry's own unless somebody tells them apart.
    fn on_second(&mut self, at: SimTime, number: u64, happening: Happening) {
        self.on(at, number, happening);
    }

    /// The same of a copy of inquiry `number`, which is somewhere by itself: what a desk sees of a post that others see too,
    /// or a draft before one of several reviewers. Told as if it were the inquiry's own unless somebody tells them apart.
    fn on_copy(&mut self, at: SimTime, number: u64, happening: Happening) {
        self.on(at, number, happening);
    }

    /// Nobody has inquiry `number` any more. It may have ended before: a customer who left in silence is still
    /// worked on.
    fn gone(&mut self, _at: SimTime, _number: u64) {}

    /// Mention `number` (in order of appearance, from 0): this became of it.
    fn sees(&mut self, _at: SimTime, _number: u64, _sighting: Sighting) {}

    /// An event is over: this is how it leaves every role, in the order of the organization.
    fn crews(&mut self, _at: SimTime, _crews: &mut dyn Iterator<Item = Crew>) {}

    /// Whose occupation is told: role, and person in it, by number from 0.
    fn looks_at(&self) -> Option<(u32, u32)> {
        None
    }

    /// An event is over, and this is what it leaves the person at who is looked at; whether that is overtime.
    fn is_at(&mut self, _at: SimTime, _occupation: Occupation, _overtime: bool) {}
}

/// Nobody looks on.
#[derive(Debug, Clone, Copy, Default)]
pub struct Unobserved;

impl Observer for Unobserved {
    const WATCHES: bool = false;

    fn on(&mut self, _: SimTime, _: u64, _: Happening) {}
}

/// The story of one inquiry.
#[derive(Debug, Clone, Default)]
pub struct Trace {
    /// Which inquiry.
    pub number: u64,
    /// What happened, in order.
    pub story: Vec<(SimTime, Happening)>,
}

impl Observer for Trace {
    const WATCHES: bool = true;

    fn on(&mut self, at: SimTime, number: u64, happening: Happening) {
        if number == self.number {
            self.story.push((at, happening));
        }
    }
}
