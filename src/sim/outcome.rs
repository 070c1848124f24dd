//! What one replication leaves behind: counts, times and areas, no inference.

use crate::model::MonthsWork;
use crate::tally::{Area, Counts, Histogram, Lengths, Standing, Tallied, TimeAt};
use crate::units::SimTime;

/// Each line is `Item: "key" => "label"`. Files have the key, which stays what it is; people read the label.
macro_rules! table {
    ($(#[$doc:meta])* $name:ident, $count:ident: $($(#[$item_doc:meta])* $item:ident: $key:literal => $label:literal,)*) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum $name {
            $($(#[$item_doc])* $item,)*
        }

        impl $name {
            /// All of them, in order.
            pub const ALL: &'static [$name] = &[$($name::$item),*];

            /// Stable name in JSON and CSV.
            pub const fn key(self) -> &'static str {
                match self { $($name::$item => $key,)* }
            }

            /// The leader's words.
            pub const fn label(self) -> &'static str {
                match self { $($name::$item => $label,)* }
            }
        }

        /// How many there are.
        pub const $count: usize = $name::ALL.len();
    };
}

table! {
    /// What a person's minute was spent on.
    Bin, BINS:
    /// Writing first and later replies; service at a plain desk.
    Answer: "answering" => "answering",
    /// Reading new messages and deciding what they are.
    Triage: "triage" => "triage",
    /// Doing a reviewed reply again.
    Rework: "rework" => "rework",
    /// Recognizing misrouted or duplicate messages and re-reading what was handed over.
    HandOff: "hand-offs" => "hand-offs",
    /// Reviewing others' replies.
    Approval: "approvals" => "approvals",
    /// Answering colleagues' questions.
    ConsultGiven: "being asked" => "being asked",
    /// Putting questions to experts and looking things up.
    ConsultSought: "asking" => "asking",
    /// Meetings and informing.
    Coordination: "meetings" => "meetings",
    /// Training.
    Training: "training" => "training",
    /// Engaging with mentions.
    Proactive: "proactive" => "proactive",
    /// Producing content.
    Content: "content" => "content",
    /// Managing a vendor.
    Vendor: "vendor management" => "vendor management",
    /// On shift with nothing to do.
    Idle: "free" => "free",
    /// Scheduled but absent.
    Absent: "absent" => "absent",
}

table! {
    /// Why an inquiry waited. The first that applies.
    Cause, CAUSES:
    /// Lost on a link, not yet found.
    Orphaned: "lost" => "lost",
    /// On the way between desks.
    HandOff: "being handed over" => "being handed over",
    /// At a desk that then passed it on as misrouted.
    WrongDesk: "wrong desk" => "wrong desk",
    /// From draft sent to decision.
    Approval: "for approval" => "for approval",
    /// From question sent to answer.
    Consult: "for an expert" => "for an expert",
    /// Nobody who could take it on shift.
    OffHours: "desk closed" => "desk closed",
    /// Everybody who could take it on shift but away.
    Away: "in meetings or absent" => "in meetings or absent",
    /// Somebody who could take it on proactive work.
    Displaced: "behind proactive work" => "behind proactive work",
    /// Waiting for a batch to fill.
    Batching: "batching" => "batching",
    /// Everybody who could take it busy with other cases.
    Line: "in line" => "in line",
}

table! {
    /// How an inquiry ended: exactly one of these, or it is still inside.
    End, ENDS:
    /// Settled; at a plain network, served and gone.
    Resolved: "settled" => "settled",
    /// Answered, not settled, and never heard of again.
    Quiet: "answered and quiet" => "answered and quiet",
    /// Left before a reply and said so.
    LeftVisibly: "gave up, said so" => "gave up, said so",
    /// Left before a reply without a word.
    LeftSilently: "gave up silently" => "gave up silently",
    /// Turned away at a full waiting room.
    Rejected: "turned away" => "turned away",
    /// Needed no reply and got none.
    NoReplyNeeded: "needed no reply" => "needed no reply",
    /// Needed a reply and was judged not to.
    Refused: "wrongly left unanswered" => "wrongly left unanswered",
    /// Lost on a link and never found.
    Lost: "lost" => "lost",
}

/// How a replication ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// At its horizon.
    Horizon,
    /// Because everything was done.
    Drained,
    /// Because of this, before its end: its values are not to be used.
    Stopped(Stop),
}

/// Why a replication stopped before its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// The flag that was passed in was raised.
    Asked,
    /// More cases inside than the cap allows; the role, by number, where most of them are.
    TooMany(u32),
    /// The machine has no memory for more cases; the role, by number, where most of them are.
    NoMemory(u32),
    /// One case passed over links more often than the cap allows; the role, by number, where that was.
    TooManyHops(u32),
    /// Too many events at one instant.
    NoProgress,
    /// What is left will never be served; the role, by number, where most of it is.
    Stuck(u32),
}

impl Stop {
    /// Stable name in JSON.
    pub const fn key(self) -> &'static str {
        match self {
            Stop::Asked => "asked",
            Stop::TooMany(_) => "too many inside",
            Stop::NoMemory(_) => "no memory",
            Stop::TooManyHops(_) => "passed on without end",
            Stop::NoProgress => "clock stands still",
            Stop::Stuck(_) => "never taken up",
        }
    }

    /// What happened, for people: so far the stable names read as words.
    pub const fn label(self) -> &'static str {
        self.key()
    }

    /// The role, by number, where that was.
    pub fn role(self) -> Option<u32> {
        match self {
            Stop::TooMany(role) | Stop::NoMemory(role) => Some(role),
            Stop::TooManyHops(role) | Stop::Stuck(role) => Some(role),
            Stop::Asked | Stop::NoProgress => None,
        }
    }
}

/// Everything that came in, and where it went: whole run, warm-up included.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Conservation {
    /// Inquiries that arrived.
    pub arrived: u64,
    /// Inquiries that ended, by [`End`].
    pub ends: [u64; ENDS],
    /// Inquiries still inside at the end.
    pub inside: u64,
    /// Contacts (inquiries and their duplicates) that arrived.
    pub contacts: u64,
    /// Contacts closed.
    pub contacts_closed: u64,
    /// Contacts still open at the end.
    pub contacts_inside: u64,
    /// Mentions that appeared, and where they went.
    pub mentions: MentionCounts,
    /// ∫ number of cases inside dt.
    pub area_micros: u128,
    /// Σ time each case was inside.
    pub inside_micros: u128,
    /// The event list at its longest.
    pub agenda_peak: AgendaPeak,
}

/// Mentions, and how many were touched, expired, or are open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MentionCounts {
    /// All that appeared.
    pub seen: u64,
    /// Touched in their window.
    pub touched: u64,
    /// Whose window closed first.
    pub expired: u64,
    /// Whose window is open at the end.
    pub open: u64,
}

/// The event list at its longest.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AgendaPeak {
    /// Entries in it.
    pub entries: u64,
    /// The bound on it then.
    pub bound: u64,
}

/// The largest number there ever was.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Most {
    /// How many.
    pub number: u64,
    /// Since when.
    pub at: SimTime,
}

impl Conservation {
    /// The identities that hold in every replication, as a sentence about the first that does not.
    ///
    /// Arrivals = ends + inside, for inquiries, contacts and mentions; Little's law along the path, exactly.
    pub fn violation(&self) -> Option<String> {
        let ended: u64 = self.ends.iter().sum();
        if self.arrived != ended + self.inside {
            return Some(format!(
                "{} inquiries arrived, {ended} ended, {} are inside",
                self.arrived, self.inside
            ));
        }
        if self.contacts != self.contacts_closed + self.contacts_inside {
            return Some(format!(
                "{} contacts arrived, {} were closed, {} are inside",
                self.contacts, self.contacts_closed, self.contacts_inside
            ));
        }
        let MentionCounts { seen, touched, expired, open } = self.mentions;
        if seen != touched + expired + open {
            return Some(format!(
                "{seen} mentions, {touched} touched, {expired} expired, {open} open"
            ));
        }
        if self.area_micros != self.inside_micros {
            return Some(format!(
                "area {} differs from times inside {}",
                self.area_micros, self.inside_micros
            ));
        }
        None
    }
}

/// Visits of one topic to one role.
#[derive(Debug, Clone, Default)]
pub struct TopicTally {
    /// Visits that began, those pushed out left out.
    pub arrived: u64,
    /// Visits that joined the queue instead of starting at once, those pushed out left out.
    pub queued: u64,
    /// Number at the role.
    pub number: Standing,
    /// Number in work.
    pub busy: Standing,
    /// Visits whose wait ended in service.
    pub started: u64,
    /// Their waits, in microseconds.
    pub wait_micros: u128,
    /// Visits served.
    pub done: u64,
    /// Their times at the role, in microseconds.
    pub inside_micros: u128,
    /// Of the visits that started, those that had waited.
    pub delayed: u64,
    /// Squares of the waits, in microseconds squared.
    pub wait_squares: u128,
    /// Squares of the times at the role, in microseconds squared.
    pub inside_squares: u128,
    /// Visits whose customer left the queue.
    pub abandoned: u64,
    /// Their waits, in microseconds.
    pub left_micros: u128,
    /// Squares of these, in microseconds squared.
    pub left_squares: u128,
    /// Visits turned away, those pushed out included.
    pub rejected: u64,
    /// Of the waits of visits that started, those at or below each threshold.
    pub wait_within: Vec<u64>,
    /// Of the waits of those who left, the same.
    pub left_within: Vec<u64>,
    /// Of the times at the role of visits served, the same.
    pub inside_within: Vec<u64>,
    /// How all these times are distributed, if asked for.
    pub times: Option<Box<TopicTimes>>,
}

/// How the times of one topic's visits to one role are distributed.
#[derive(Debug, Clone, Default)]
pub struct TopicTimes {
    /// Waits of visits that started.
    pub wait: Histogram,
    /// Waits of those who left.
    pub left: Histogram,
    /// Times at the role of visits served.
    pub inside: Histogram,
}

impl TopicTimes {
    /// Count a length, which few studies ask for.
    #[cold]
    #[inline(never)]
    pub(super) fn count(of: &mut Histogram, length: SimTime) {
        of.record(length);
    }
}

impl TopicTally {
    /// An empty tally that counts at so many thresholds, with distributions or without.
    pub fn new(thresholds: usize, times: bool) -> TopicTally {
        let within = || vec![0; thresholds];
        TopicTally {
            times: times.then(Box::default),
            wait_within: within(),
            left_within: within(),
            inside_within: within(),
            ..TopicTally::default()
        }
    }
}

/// Inquiries about one topic that left a network of plain desks in the time that counts.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TopicInside {
    /// How many.
    pub left: u64,
    /// Their times inside, in microseconds.
    pub inside_micros: u128,
    /// Squares of these, in microseconds squared.
    pub inside_squares: u128,
    /// Of them, those at or below each threshold.
    pub inside_within: Vec<u64>,
}

/// One person over the time that counts, in microseconds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PersonTally {
    /// Scheduled and overtime.
    pub paid: u64,
    /// Of it, free or absent.
    pub off: u64,
    /// Of it, on work that nobody waits for.
    pub beside: u64,
}

/// One role over the time that counts.
#[derive(Debug, Clone, Default)]
pub struct RoleTally {
    /// Visits that began.
    pub arrived: u64,
    /// Visits that ended with the work done (or the case moved on).
    pub done: u64,
    /// Visits that ended in the queue: the customer left, or a question or draft timed out.
    pub abandoned: u64,
    /// Visits turned away.
    pub rejected: u64,
    /// Visits that joined the queue instead of starting at once.
    pub delayed: u64,
    /// Wait of those who were served.
    pub wait: Lengths,
    /// Wait of those who left.
    pub wait_abandoned: Lengths,
    /// Wait that each visit would have had with endless patience; FIFO desks with queue patience only.
    pub wait_offered: Lengths,
    /// Whether some offered waits were not followed to their end.
    pub offered_incomplete: bool,
    /// Time at the role, of visits served.
    pub inside: Lengths,
    /// By topic, at plain desks of a world with several.
    pub topics: Vec<TopicTally>,
    /// ∫ number waiting dt.
    pub queue: Area,
    /// ∫ number in work dt.
    pub busy: Area,
    /// Time at each number at the role.
    pub time_at_number: TimeAt,
    /// Time at each number waiting, if asked for.
    pub time_at_waiting: TimeAt,
    /// Periods in which somebody was at the role, ended within the time that counts.
    pub busy_periods: u64,
    /// Their length, and the visits that began in them.
    pub busy_period_micros: u128,
    /// Visits that began in those periods.
    pub busy_period_visits: u64,
    /// Most that ever waited.
    pub longest_queue: Most,
    /// Scheduled person-microseconds.
    pub scheduled: u128,
    /// Person-microseconds worked past the end of a shift.
    pub overtime: u128,
    /// Person-microseconds by [`Bin`].
    pub bins: [u128; BINS],
    /// By person, in the organization's order.
    pub people: Vec<PersonTally>,
    /// People who left for good.
    pub left: u64,
    /// Of a vendor with terms: its first replies month by month.
    pub months: Vec<MonthsWork>,
    /// Mentions and tasks out of an endless supply done.
    pub background_done: u64,
    /// Number at the role at equally spaced instants over the time that counts.
    pub drift: Vec<u64>,
}

/// The inquiries of one scope that arrived in the time that counts.
#[derive(Debug, Clone, Default)]
pub struct ScopeTally {
    /// Inquiries needing a reply.
    pub needing: u64,
    /// Of these, answered before the customer left.
    pub answered: u64,
    /// Of these, answered within the customer's own deadline.
    pub in_expected_time: u64,
    /// Of these, answered within each threshold.
    pub within: Vec<u64>,
    /// First response times of the answered.
    pub first_response: Histogram,
    /// Their sum in microseconds.
    pub first_response_micros: u128,
    /// Customers who left before a reply.
    pub gave_up: u64,
    /// Customers who got an answer, were not settled, and were never heard of again.
    pub went_quiet: u64,
    /// Settled by the first reply.
    pub settled_first: u64,
    /// Settled at all, without having been sent elsewhere.
    pub settled: u64,
    /// Settled although sent elsewhere on the way.
    pub settled_after_all: u64,
    /// Sent elsewhere at least once.
    pub deflected: u64,
    /// Asked to go on in private.
    pub moved_to_private: u64,
    /// Times that a matter came up again which had seemed settled.
    pub reopened: u64,
    /// Time from arrival to departure of the settled, in microseconds.
    pub settled_micros: u128,
    /// Replies sent, to whatever needed one.
    pub replies: u64,
    /// Wrong ones among them.
    pub wrong: u64,
    /// Inquiries that got a second reply.
    pub answered_twice: u64,
    /// Later replies, and those by the person who wrote the one before.
    pub later_replies: u64,
    /// Later replies by the same person.
    pub same_person: u64,
    /// Customers who went public past their deadline.
    pub went_public: u64,
    /// Inquiries that others' posts or an earlier reply brought forth.
    pub brought: u64,
    /// Ended inquiries whose customer's mood is known.
    pub moods: u64,
    /// Sum of their moods at the end.
    pub mood_at_end: f64,
    /// Those that left their customer in a worse mood than they came in.
    pub worse: u64,
    /// Misrouted at least once.
    pub wrong_desk: u64,
    /// Hand-offs.
    pub hand_offs: u64,
    /// Times a customer was told that an answer is coming.
    pub holding_replies: u64,
    /// Posts that a second desk took up while another had them.
    pub collisions: u64,
    /// Inquiries that nobody had for a while: lost on a link, or left to each other.
    pub orphans: u64,
    /// Replies that raised an exception.
    pub exceptions: u64,
    /// Of these, those put before somebody above the desk.
    pub decided_above: u64,
    /// Of those, the ones that the desk decided after all, because nobody above had the time.
    pub decided_by_default: u64,
    /// What was left undone: exceptions ignored, and half of those fixed quickly.
    pub exceptions_unsolved: f64,
    /// Messages from customers: first ones, turns and duplicates.
    pub messages: u64,
    /// Waits by [`Cause`], in microseconds, of inquiries that ended.
    pub waits: [u128; CAUSES],
    /// Hands-on time, in microseconds, of inquiries that ended.
    pub hands_on: u128,
    /// Inquiries behind those sums.
    pub ended: u64,
    /// Still open when the run stopped.
    pub open: u64,
    /// The mentions of this scope.
    pub mentions: MentionTally,
}

impl ScopeTally {
    /// One more is settled so long after it arrived, by its first reply or a later one.
    #[inline(always)]
    pub(super) fn settle(&mut self, after: SimTime, first: bool) {
        self.settled += 1;
        self.settled_first += u64::from(first);
        self.settled_micros += u128::from(after.micros());
    }
}

/// The mentions of the time that counts.
#[derive(Debug, Clone, Default)]
pub struct MentionTally {
    /// Worth answering.
    pub seen: u64,
    /// Touched in their window.
    pub touched: u64,
    /// Σ 2^(−age/half-life) over the touched.
    pub value: f64,
    /// Touched although their author minds being spoken to.
    pub unwelcome: u64,
    /// Ages at touch, in microseconds.
    pub age_micros: u128,
}

/// The state of a role at one instant that was asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Observation {
    /// How often it was looked at.
    pub looks: u64,
    /// Sum over looks of the number at the role, and of its square.
    pub number: u64,
    /// Sum of squares of the number.
    pub number_squares: u64,
    /// Sum over looks of the number in work.
    pub busy: u64,
    /// Looks that found nobody at the role.
    pub empty: u64,
    /// Looks that found 0, 1, 2 … there, if asked for.
    pub at_number: Vec<u64>,
}

/// One replication.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// How it ended.
    pub ended: Ended,
    /// When it ended.
    pub until: SimTime,
    /// Length of the time that counts.
    pub counted: SimTime,
    /// Where everything went.
    pub conservation: Conservation,
    /// By role, in the organization's order.
    pub roles: Vec<RoleTally>,
    /// By scope, in the order asked for.
    pub scopes: Vec<ScopeTally>,
    /// Time inside of all inquiries that left in the time that counts, whatever they needed.
    pub time_inside: Lengths,
    /// The same by topic, in a network of plain desks with several topics; else empty.
    pub topics_inside: Vec<TopicInside>,
    /// How their times inside are distributed, topic by topic; empty if not asked for.
    pub topics_inside_times: Vec<Histogram>,
    /// ∫ inquiries inside dt over the time that counts.
    pub inquiries_inside: Area,
    /// Time at each number inside, if asked for.
    pub time_at_inside: TimeAt,
    /// Waits of all visits of each inquiry that left in the time that counts, if asked for.
    pub total_wait: Lengths,
    /// Inquiries by number of visits to desks.
    pub visits: Tallied,
    /// Mentions.
    pub mentions: MentionTally,
    /// Unanswered inquiries needing a reply, by hour of the week: sum over looks, and looks.
    pub backlog_by_hour: Vec<(u64, u64)>,
    /// Most unanswered inquiries.
    pub longest_backlog: Most,
    /// By observation instant, then role.
    pub observed: Vec<Vec<Observation>>,
    /// ∫ contacts inside dt from the beginning to some instants, in microseconds: where the time that counts begins and
    /// ends, and in between at whole weeks where the backlog is looked at, at the looks for drift elsewhere. Where a path
    /// was asked for: at these instants.
    pub path: Vec<(SimTime, u128)>,
    /// Person-microseconds, of the time that counts, on inquiries of the scopes that serve an objective.
    pub serving_micros: u128,
    /// The same on mentions of the scopes that no objective asks for mentions of.
    pub unasked_micros: u128,
    /// Inquiries that came by day and week, if asked for.
    pub arrivals: ArrivalCounts,
    /// Events handled.
    pub events: u64,
}

/// Inquiries that came in each whole day and week of simulated time within the time that counts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ArrivalCounts {
    /// In a day, by day of the week from the first simulated day on.
    pub days: [Counts; 7],
    /// In a week.
    pub weeks: Counts,
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn no_two_of_a_table_share_a_key() {
        let distinct = |keys: Vec<&str>| keys.len() == keys.iter().collect::<HashSet<_>>().len();
        assert!(distinct(Bin::ALL.iter().map(|bin| bin.key()).collect()));
        assert!(distinct(Cause::ALL.iter().map(|cause| cause.key()).collect()));
        assert!(distinct(End::ALL.iter().map(|end| end.key()).collect()));
    }
}
