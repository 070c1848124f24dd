//! The customers: channels, topics, units and how customers behave. Nothing here knows a design.

use crate::draws::Law;
use crate::model::{Audience, Dialogue, Mood, Publicity, Risks, Stream, StreamKind, TopicId};
use crate::units::SimTime;

/// Everything the customers bring.
#[derive(Debug, Clone)]
pub struct World {
    /// Where customers speak.
    pub channels: Vec<Channel>,
    /// What they speak about.
    pub topics: Vec<Topic>,
    /// Names of the business units whose matters these are.
    pub units: Vec<String>,
    /// Languages that customers write in; empty where they are not told apart.
    pub languages: Vec<String>,
    /// What comes in.
    pub streams: Vec<Stream>,
    /// How customers behave.
    pub behavior: Behavior,
    /// Segments of customers, if they are told apart.
    pub audience: Audience,
    /// What moves customers' moods; `None`: they have none.
    pub mood: Option<Mood>,
}

impl World {
    /// Whether anybody speaks about the company without addressing it.
    pub fn has_mentions(&self) -> bool {
        self.streams.iter().any(|stream| stream.kind == StreamKind::Mentions)
    }

    /// The life-cycle stages that topics state, in the order in which they first stand there.
    pub fn stages(&self) -> Vec<&str> {
        let mut stages: Vec<&str> = Vec::new();
        for stage in self.topics.iter().filter_map(|topic| topic.stage.as_deref()) {
            if !stages.contains(&stage) {
                stages.push(stage);
            }
        }
        stages
    }

    /// Whether some customers go public once they have waited in vain.
    pub fn goes_public(&self) -> bool {
        let mut segments = self.audience.segments.iter();
        0.0 < self.behavior.publicity.goes_public
            || segments.any(|segment| segment.goes_public.is_some_and(|share| 0.0 < share))
    }

    /// The topics of a life-cycle stage.
    pub fn topics_of_stage(&self, stage: &str) -> Vec<TopicId> {
        let of = |(topic, id): (&Topic, u32)| {
            (topic.stage.as_deref() == Some(stage)).then_some(TopicId(id))
        };
        self.topics.iter().zip(0..).filter_map(of).collect()
    }
}

/// A place where customers speak.
#[derive(Debug, Clone)]
pub struct Channel {
    /// The author's word for it.
    pub name: String,
    /// Whether only the company can read it.
    pub private: bool,
    /// Time in which a post loses half of its freshness.
    pub half_life: SimTime,
    /// Minutes in which a mention is worth a touch.
    pub window: Law,
    /// Whether the window runs only while the mention waits, and stands still while somebody is at it.
    pub window_waits: bool,
}

/// A kind of matter.
#[derive(Debug, Clone)]
pub struct Topic {
    /// The author's word for it.
    pub name: String,
    /// Share of its inquiries that need a reply by their own nature.
    pub need_reply: f64,
    /// Hands-on minutes of a case over all its turns.
    pub work: Law,
    /// Priority class, 0 the most urgent.
    pub priority: u8,
    /// Whether every reply on it must be approved.
    pub always_approved: bool,
    /// How many of its inquiries are of each level of risk.
    pub risks: Risks,
    /// Share that no first reply can settle.
    pub not_settled_at_first: f64,
    /// Share of its replies that raise an exception: a matter for which the desk's rules have no answer.
    pub exceptions: f64,
    /// What it adds to the mood in which customers arrive.
    pub mood: f64,
    /// Share of the customers who mention it untagged and mind being spoken to.
    pub minds: f64,
    /// Life-cycle stage of the customers who bring it.
    pub stage: Option<String>,
}

/// How customers behave while they wait and after a reply.
#[derive(Debug, Clone)]
pub struct Behavior {
    /// Minutes until the customer expects a reply; an infinite quantile means no deadline. `None`: nobody expects one.
    pub deadline: Option<Law>,
    /// Share of customers who never state a deadline.
    pub no_deadline: f64,
    /// How long customers wait before they leave. `None`: for ever.
    pub patience: Option<Patience>,
    /// Probability of writing again once the deadline has passed without a reply.
    pub recontact: f64,
    /// Probability that the first guess of the right account is wrong, where there are several.
    pub wrong_guess: f64,
    /// Probability that a customer who is not settled goes on with the conversation.
    pub wish_to_continue: f64,
    /// Minutes from a reply that did not settle to the customer's next message.
    pub reply_delay: Law,
    /// What somebody does who was turned away at a full waiting room. `None`: goes for good.
    pub turned_away: Option<Retry>,
    /// What somebody does who left a queue. `None`: goes for good.
    pub left_queue: Option<Retry>,
    /// How they take it to be sent elsewhere, and whether they come back.
    pub dialogue: Dialogue,
    /// What they do who wait in vain.
    pub publicity: Publicity,
}

/// Customers who try again at the desk where they were turned away or lost patience.
#[derive(Debug, Clone)]
pub struct Retry {
    /// Probability of trying again, each time.
    pub share: f64,
    /// Minutes until then.
    pub after: Law,
    /// Most further attempts of one inquiry, at whatever desks; `None` for any number.
    pub at_most: Option<u32>,
}

impl Retry {
    /// Whether everybody tries for as long as it takes.
    pub fn never_gives_up(&self) -> bool {
        1.0 <= self.share && self.at_most.is_none()
    }
}

/// When and how customers leave.
#[derive(Debug, Clone)]
pub struct Patience {
    /// What the clock runs on.
    pub scope: PatienceScope,
    /// How long.
    pub law: PatienceLaw,
    /// By topic, where topics differ; empty where they do not.
    pub by_topic: Vec<TopicPatience>,
    /// Share who leave without a word, so that the dead case is still worked.
    pub silent: f64,
}

impl Patience {
    /// Whether nobody loses it over this topic.
    pub fn is_endless(&self, topic: TopicId) -> bool {
        matches!(self.by_topic.get(topic.index()), Some(TopicPatience::Endless))
    }
}

/// What patience is measured over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PatienceScope {
    /// Each wait in a queue, from joining to first start: the textbook's patience.
    Queue,
    /// From arrival to first response, through triage, approval and nights.
    Reply,
}

/// How long customers with one topic wait.
#[derive(Debug, Clone)]
pub enum TopicPatience {
    /// As long as all whose topic has no patience of its own.
    AsAll,
    /// For ever.
    Endless,
    /// Minutes, by a law of its own.
    Own(Law),
}

/// The length of patience.
#[derive(Debug, Clone)]
pub enum PatienceLaw {
    /// Minutes, by a law of its own.
    Own(Law),
    /// So many times the customer's own deadline; the law, in minutes, for those without one.
    Deadlines {
        /// Multiple of the deadline.
        times: f64,
        /// Patience of customers without a deadline.
        without: Law,
    },
}
