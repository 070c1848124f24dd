//! The table of measures: each defined once, read by goals, terminal, files, plots and report.

/// What a measure is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MeasureUnit {
    /// A share between 0 and 1, shown in percent.
    Share,
    /// Minutes.
    Minutes,
    /// The scenario's currency.
    Money,
    /// A count or a mean count.
    Count,
}

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Better {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
    /// Neither.
    Neither,
}

/// The three scores, never blended, and the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Score {
    /// How fast and how surely customers are answered.
    Responsive,
    /// Whether conversations go back and forth until they are settled.
    Interactive,
    /// Whether the brand is there where nobody tagged it.
    Proactive,
    /// Quality and consistency.
    Quality,
    /// Work and load.
    Workload,
    /// Money.
    Money,
}

impl Score {
    /// Its stable name in files.
    pub fn id(self) -> &'static str {
        match self {
            Score::Responsive => "responsive",
            Score::Interactive => "interactive",
            Score::Proactive => "proactive",
            Score::Quality => "quality",
            Score::Workload => "workload",
            Score::Money => "money",
        }
    }
}

/// A reported quantity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measure {
    /// Which one it is.
    pub id: MeasureId,
    /// Stable name in JSON and CSV.
    pub key: &'static str,
    /// The leader's words: row label and name in goals.
    pub name: &'static str,
    /// The same over a narrow column.
    pub short: &'static str,
    /// The score it belongs to.
    pub score: Score,
    /// What it is counted in.
    pub unit: MeasureUnit,
    /// Which way is better.
    pub better: Better,
    /// Whether a goal on it names a duration (`answered within 6h`).
    pub takes_duration: bool,
    /// What it is, in one sentence.
    pub meaning: &'static str,
    /// How it is computed.
    pub formula: &'static str,
}

use Better::{Higher, Lower, Neither};
use MeasureUnit::{Count, Minutes, Money as Currency, Share};
use Score::{Interactive, Money, Proactive, Quality, Responsive, Workload};

/// A measure without a short name goes by its name.
macro_rules! short {
    ($name:literal) => {
        $name
    };
    ($name:literal $short:literal) => {
        $short
    };
}

macro_rules! measures {
    ($($id:ident $key:literal, $name:literal $(short $short:literal)?, $score:ident, $unit:ident, $better:ident, $duration:literal, $meaning:literal, $formula:literal;)*) => {
        /// Which measure.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum MeasureId {
            $(#[doc = $meaning] $id,)*
        }

        /// All measures, in the order in which tables show them.
        pub const MEASURES: &[Measure] = &[$(Measure {
            id: MeasureId::$id, key: $key, name: $name, short: short!($name $($short)?),
            score: $score, unit: $unit, better: $better, takes_duration: $duration,
            meaning: $meaning, formula: $formula,
        }),*];
    };
}

measures! {
    AnsweredWithin "answered_within", "answered within" short "within", Responsive, Share, Higher, true,
        "share of inquiries needing a reply whose first human reply came within the stated time of their arrival",
        "first replies out within t of arrival ÷ inquiries needing a reply; unanswered, refused and lost ones count as not answered, and so does a reply after the customer left";
    Answered "answered", "answered", Responsive, Share, Higher, false,
        "share of inquiries needing a reply that got a human reply before the customer left",
        "inquiries answered ÷ inquiries needing a reply";
    AnsweredInExpectedTime "answered_in_expected_time", "answered as soon as expected" short "as soon as expected", Responsive, Share, Higher, false,
        "share of inquiries needing a reply whose first reply came within the customer's own deadline",
        "first replies within D ÷ inquiries needing a reply; a customer without a deadline is content with any reply";
    FirstReplyMedian "first_reply_median", "first reply: half are faster than", Responsive, Minutes, Lower, false,
        "half of the inquiries needing a reply got their first human reply faster than this",
        "median over all inquiries needing a reply, unanswered ones counted as slower than any reply";
    FirstReplyP90 "first_reply_p90", "first reply: slowest tenth wait at least", Responsive, Minutes, Lower, false,
        "nine in ten inquiries needing a reply got their first human reply faster than this",
        "90% quantile over all inquiries needing a reply, unanswered ones counted as slower than any reply";
    FirstReplyMean "first_reply_mean", "first reply: mean of those answered", Responsive, Minutes, Lower, false,
        "mean time from arrival to the first human reply among the answered",
        "sum of first response times ÷ inquiries answered";
    GaveUp "gave_up", "gave up waiting", Responsive, Share, Lower, false,
        "share of inquiries needing a reply whose customer left before the first reply, in words or silently",
        "inquiries abandoned ÷ inquiries needing a reply";
    SettledInConversation "settled_in_conversation", "settled in conversation" short "settled", Interactive, Share, Higher, false,
        "share of inquiries needing a reply that were settled in however many turns, without sending the customer elsewhere",
        "inquiries resolved and never deflected ÷ inquiries needing a reply";
    SettledByFirstReply "settled_by_first_reply", "settled by first reply", Interactive, Share, Higher, false,
        "share of inquiries needing a reply that the first reply settled",
        "inquiries resolved by their first reply ÷ inquiries needing a reply";
    Turns "turns", "replies per answered inquiry", Interactive, Count, Neither, false,
        "mean number of replies an answered inquiry got",
        "replies sent ÷ inquiries answered";
    TwoWayTurns "two_way_turns", "times a customer wrote and was answered", Interactive, Count, Neither, false,
        "mean number of two-way turns: messages of the customer's that got a reply",
        "replies sent ÷ inquiries needing a reply; unanswered inquiries count as none";
    AnsweredTwice "answered_twice", "went back and forth", Interactive, Share, Neither, false,
        "share of inquiries needing a reply that got two replies or more",
        "inquiries with a second reply ÷ inquiries needing a reply";
    WentQuiet "went_quiet", "answered and given up", Interactive, Share, Lower, false,
        "share of inquiries needing a reply that got one, were not settled, and whose customer was never heard of again",
        "inquiries answered and quiet ÷ inquiries needing a reply";
    Deflected "deflected", "sent elsewhere", Interactive, Share, Lower, false,
        "share of inquiries needing a reply whose customer was told to turn elsewhere",
        "inquiries deflected at least once ÷ inquiries needing a reply";
    MovedToPrivate "moved_to_private", "moved to private", Interactive, Share, Neither, false,
        "share of inquiries needing a reply whose customer was asked to go on in private",
        "inquiries asked into private ÷ inquiries needing a reply";
    Reopened "reopened", "came up again", Interactive, Share, Lower, false,
        "of all times that a matter seemed settled, the share in which its customer came back with it",
        "times reopened ÷ (times reopened + inquiries settled, those sent elsewhere on the way included)";
    WentPublic "went_public", "went public", Interactive, Share, Lower, false,
        "share of inquiries needing a reply whose customer went public, or got louder there, past the deadline",
        "customers gone public ÷ inquiries needing a reply";
    Brought "brought", "drawn in by others or by a reply", Interactive, Share, Neither, false,
        "share of inquiries needing a reply that came because of another's post or of an earlier reply",
        "inquiries brought forth ÷ inquiries needing a reply";
    MoodAtEnd "mood_at_end", "mood at the end", Interactive, Count, Higher, false,
        "mean mood of customers when their inquiry ends: 0 is even, -1 annoyed, 1 pleased",
        "sum of moods at the end ÷ ended inquiries needing a reply";
    LeftWorse "left_worse", "left in a worse mood", Interactive, Share, Lower, false,
        "share of ended inquiries needing a reply whose customer left in a worse mood than they came in",
        "inquiries ended below the mood at arrival ÷ ended inquiries needing a reply";
    SamePerson "same_person", "later replies by the same person", Interactive, Share, Higher, false,
        "share of later replies written by the person who wrote the one before",
        "later replies by the same person ÷ later replies";
    TimeToSettleMean "time_to_settle_mean", "mean time to settle", Interactive, Minutes, Lower, false,
        "mean time from arrival to departure of inquiries settled in conversation, the customers' own time included",
        "sum of times to resolution ÷ inquiries resolved and never deflected";
    MentionsReached "mentions_reached", "fresh mentions reached" short "mentions", Proactive, Share, Higher, false,
        "share of the mentions worth answering that were touched before their window closed",
        "mentions touched in their window ÷ mentions worth answering";
    MentionsReachedValue "mentions_reached_value", "fresh mentions reached, by freshness", Proactive, Share, Higher, false,
        "the same with each mention weighted by what is left of its freshness",
        "Σ 2^(−age at touch / half-life) ÷ mentions worth answering";
    Unwelcome "unwelcome", "unwelcome approaches", Proactive, Share, Lower, false,
        "share of the mentions reached whose author minds being spoken to",
        "mentions touched against their author's wish ÷ mentions touched in their window";
    MentionAgeMean "mention_age_mean", "age of a mention when reached", Proactive, Minutes, Lower, false,
        "mean age of the mentions touched in their window",
        "sum of ages at touch ÷ mentions touched";
    WrongAnswers "wrong_answers", "wrong answers" short "wrong", Quality, Share, Lower, false,
        "share of the replies sent that were wrong",
        "wrong replies sent ÷ replies sent";
    WrongDesk "wrong_desk", "landed at a wrong desk", Quality, Share, Lower, false,
        "share of inquiries needing a reply that were passed on because they had come to a wrong desk",
        "inquiries misrouted at least once ÷ inquiries needing a reply";
    HandOvers "hand_overs", "hand-overs per inquiry", Quality, Count, Lower, false,
        "mean number of times an inquiry needing a reply changed desks",
        "hand-offs ÷ inquiries needing a reply";
    ExceptionsAbove "exceptions_above", "exceptions decided above, per 100 inquiries", Workload, Count, Neither, false,
        "how many exceptions were put before somebody above the desk, for each 100 inquiries needing a reply",
        "100 × exceptions sent up the reporting line ÷ inquiries needing a reply";
    ExceptionsMended "exceptions_mended", "exceptions put right", Quality, Share, Higher, false,
        "share of the exceptions whose decision left nothing undone, quick fixes counted half",
        "1 − (exceptions ignored + ½ of those fixed quickly) ÷ exceptions";
    HoldingReplies "holding_replies", "holding replies, per 100 inquiries", Responsive, Count, Neither, false,
        "how often a customer was told that an answer is coming, because an approval took too long, for each 100 inquiries needing a reply; no first reply",
        "100 × holding replies ÷ inquiries needing a reply";
    Collisions "collisions", "answered twice, per 100 inquiries", Quality, Count, Lower, false,
        "how often two desks took up the same post without knowing of each other, for each 100 inquiries needing a reply",
        "100 × posts taken up at a desk while another had them ÷ inquiries needing a reply";
    Orphans "orphans", "left lying, per 100 inquiries", Quality, Count, Lower, false,
        "how often nobody had an inquiry for a while, because it was lost on a link or each desk left it to the others, for each 100 inquiries needing a reply",
        "100 × times an inquiry was lost or left ÷ inquiries needing a reply";
    BusiestRole "busiest_role", "busiest role", Workload, Share, Lower, false,
        "busy share of the paid time of the role that is busiest",
        "in each repetition the largest over the roles of busy time ÷ paid time, overtime included, which is above what the role has that is busiest on average";
    Coordination "coordination", "of all time on working together", Workload, Share, Lower, false,
        "share of all paid time spent on approvals, hand-offs, asking and being asked, rework and meetings",
        "minutes of hand-off, approval, consulting on either side, rework and meetings ÷ paid minutes, overtime included";
    Alignment "alignment", "of paid time for an objective", Workload, Share, Higher, false,
        "share of all paid time that goes into inquiries, mentions and content that an objective is about",
        "minutes on inquiries needing a reply of an objective's channels and topics, whoever spends them, with mentions as far as an objective asks for them, looking for mentions and tasks where an objective measures any, and content that says what it serves ÷ paid minutes, overtime included";
    CostPerSettled "cost_per_settled", "cost of one settled inquiry", Money, Currency, Lower, false,
        "cost of the plan over the time that counts, for each inquiry settled in conversation",
        "(yearly cost × length + vendors' fees beyond the plan, less what is kept back) ÷ inquiries resolved and never deflected";
    VendorFees "vendor_fees", "vendors' fees beyond the plan, a year", Money, Currency, Lower, false,
        "what vendors are paid by the case in a year, less what is kept back for missed promises; their hours are in the plan, and these fees in the cost of a settled inquiry",
        "(price of a case × their first replies − penalty × fee of each missed month) ÷ years";
    VendorPromises "vendor_promises", "months in which vendors kept their promise", Money, Share, Higher, false,
        "share of the months in which enough of a vendor's first replies were as fast as promised",
        "months with at least the promised share in time ÷ months";
}

/// Measures of replies, and of what desks do for one another beside their own work: where roles serve and nothing else
/// there are none of these.
const BEYOND_SERVICE: [MeasureId; 17] = [
    MeasureId::AnsweredWithin,
    MeasureId::Answered,
    MeasureId::AnsweredInExpectedTime,
    MeasureId::FirstReplyMedian,
    MeasureId::FirstReplyP90,
    MeasureId::FirstReplyMean,
    MeasureId::SettledByFirstReply,
    MeasureId::Turns,
    MeasureId::TwoWayTurns,
    MeasureId::AnsweredTwice,
    MeasureId::WentQuiet,
    MeasureId::SamePerson,
    MeasureId::WrongAnswers,
    MeasureId::WrongDesk,
    MeasureId::HandOvers,
    MeasureId::Coordination,
    MeasureId::Alignment,
];

/// Measures of all people and all money together, which no part of the inquiries has for itself.
const OF_THE_WHOLE: [MeasureId; 6] = [
    MeasureId::BusiestRole,
    MeasureId::Coordination,
    MeasureId::Alignment,
    MeasureId::CostPerSettled,
    MeasureId::VendorFees,
    MeasureId::VendorPromises,
];

impl MeasureId {
    /// What is declared of it.
    pub const fn measure(self) -> &'static Measure {
        &MEASURES[self as usize]
    }
}

impl Measure {
    /// Whether it is told of a part of the inquiries too: of a channel, a topic.
    pub fn is_told_by_part(&self) -> bool {
        !OF_THE_WHOLE.contains(&self.id)
    }

    /// Whether there is something to measure in a plain network, whose roles serve and nothing else: of such an
    /// inquiry it is known whether it was served and when, and not what was said.
    pub fn is_of_service(&self) -> bool {
        !BEYOND_SERVICE.contains(&self.id)
    }
}

/// The measure with this name in goals and row labels.
pub fn measure_named(name: &str) -> Option<&'static Measure> {
    MEASURES.iter().find(|measure| measure.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_of_plain_networks_is_measured_elsewhere() {
        let left = |id: MeasureId| !id.measure().is_of_service();
        assert!(left(MeasureId::AnsweredWithin) && !left(MeasureId::GaveUp));
        assert!(!left(MeasureId::SettledInConversation));
    }

    #[test]
    fn names_and_keys_are_unique() {
        for (i, a) in MEASURES.iter().enumerate() {
            assert_eq!(a.id.measure(), a);
            for b in &MEASURES[i + 1..] {
                assert!(a.key != b.key && a.name != b.name, "{} and {}", a.key, b.key);
            }
        }
    }
}
