//! What can be known about a design without simulating it: who gets how much work.

mod alike;
mod bounds;
mod circle;
mod classes;
mod conversation;
mod endless;
#[cfg(test)]
pub(in crate::model) mod example;
mod extremes;
mod hours;
mod loops;
mod plain;
#[cfg(test)]
mod problem_tests;
mod problems;
mod readers;
mod relief;
mod replies;
mod split;
#[cfg(test)]
mod tests;
mod totals;
mod unreviewed;
mod visited;
mod walk;

use crate::model::{
    ChannelId, LanguageId, Organization, Practice, RoleId, StreamKind, TopicId, World,
};
use crate::units::HOURS_A_WEEK;

pub use classes::stream_rates;
pub(in crate::model) use classes::{Class, by_risk, classes};
pub use hours::Hours;
pub(in crate::model) use hours::{calendars, joined, uncovered};
pub use problems::{About, Problem, problems};
pub use readers::{Readers, Specialists, readers, specialists};
pub use relief::{Relief, reliefs, staying};
pub use split::{Split, scale_heads, split_heads};

/// The expected load of a design in a typical week.
///
/// All figures are means over a long time. They do not depend on how long anybody waits, hence they
/// hold for every number of people, every queue discipline and every law with the same mean.
#[derive(Debug, Clone)]
pub struct Load {
    /// One for each role, in the organization's order.
    pub roles: Vec<RoleLoad>,
    /// One for each stream, in the world's order.
    pub streams: Vec<StreamRate>,
    /// What becomes of the inquiries.
    pub journey: Journey,
    /// Ways in which a case would be passed on for ever.
    pub endless: Vec<Endless>,
}

/// The mean rate of one stream.
#[derive(Debug, Clone, PartialEq)]
pub struct StreamRate {
    /// The author's word for it.
    pub name: String,
    /// Inquiries or mentions.
    pub kind: StreamKind,
    /// Mean arrivals per week; of a stream that is left out, 0.
    pub per_week: f64,
    /// Whether it is no part of a typical week: a surge, which ends at a stated time; what is there at the
    /// start; or a limited number of customers, who come as soon as they are served.
    pub left_out: bool,
}

/// What becomes of the inquiries, in numbers per week.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Journey {
    /// Inquiries that come in, whether they need a reply or not.
    pub inquiries: f64,
    /// Mentions worth answering.
    pub mentions: f64,
    /// Inquiries that no intake takes.
    pub no_intake: f64,
    /// Inquiries needing a reply that triage refuses.
    pub refused: f64,
    /// Inquiries that triage rightly leaves without a reply.
    pub no_reply_needed: f64,
    /// Passages between desks on which a case is lost for a while.
    pub lost: f64,
    /// First replies, those nobody needed included; services at plain desks are no replies.
    pub first_replies: f64,
    /// All replies.
    pub replies: f64,
    /// First replies by somebody who knew, was told or found the answer.
    pub known: f64,
    /// Passages of a case from one desk to another.
    pub hand_offs: f64,
    /// Of these, because the case had come to a wrong desk.
    pub wrong_desk: f64,
    /// Sum over the known first replies of the links from the channel to the knowledge: 1 if the first
    /// desk knew.
    pub links_to_knowledge: f64,
}

impl Journey {
    /// Customer messages per inquiry: the first and those after a reply that did not settle.
    pub fn messages_per_inquiry(&self) -> f64 {
        1.0 + (self.replies - self.first_replies) / self.inquiries
    }
}

/// The expected load of one role.
#[derive(Debug, Clone)]
pub struct RoleLoad {
    /// The role.
    pub role: RoleId,
    /// Its name.
    pub name: String,
    /// Inquiries per hour that come straight from a channel.
    pub external_per_hour: f64,
    /// Visits per hour: from channels and desks, questions, reviews, and cases that come back after
    /// advice, after review or with the customer's next message.
    pub visits_per_hour: f64,
    /// Visits per hour by topic.
    pub visits_by_topic: Vec<f64>,
    /// Mean hands-on minutes per visit; 0 without visits.
    pub minutes_per_visit: f64,
    /// Hours of work per week, by kind.
    pub hours: Hours,
    /// Hours that its people are there for cases, per week; `None` for infinitely many.
    pub scheduled_hours: Option<f64>,
    /// Hours that its people are paid for, per week: with absence and duties, without vacancies; `None`
    /// for infinitely many.
    pub paid_hours: Option<f64>,
    /// Hours per week in which it is open for one person or another.
    pub open_hours: f64,
}

impl RoleLoad {
    /// Offered load: hours of reactive work per hour, visits per hour × mean hours per visit.
    pub fn erlangs(&self) -> f64 {
        self.hours.reactive() / HOURS_A_WEEK
    }

    /// Reactive work ÷ scheduled time. Above 1 the backlog grows without end. `None` for infinitely
    /// many people; infinite where there is work and nobody.
    pub fn utilization(&self) -> Option<f64> {
        let (work, scheduled) = (self.hours.reactive(), self.scheduled_hours?);
        Some(if work <= 0.0 { 0.0 } else { work / scheduled })
    }

    /// People present on average while the role is open; `None` for infinitely many.
    pub fn present(&self) -> Option<f64> {
        let scheduled = self.scheduled_hours?;
        Some(if self.open_hours <= 0.0 { 0.0 } else { scheduled / self.open_hours })
    }
}

/// A way in which a case would be passed on for ever.
#[derive(Debug, Clone, PartialEq)]
pub struct Endless {
    /// The roles of the cycle, in order.
    pub roles: Vec<RoleId>,
}

/// The load of every role, by the traffic equations.
///
/// The flow of cases is followed in expectation, class by class. A class is a topic, the unit it
/// concerns, whether it is that unit's own matter, the channel, the desk it lands at (customers may
/// guess the wrong account), whether it needs a reply, the level of risk where approvals or links go by
/// it, how its customers go on with a conversation where segments differ in that, and an interval of its
/// difficulty u between two neighboring κ of its domain. Within such an interval it is certain who knows (u ≤ κ), which makes
/// knowledge nested: P(the expert knows | the desk does not) = (κₑ − κ_d)⁺ / (1 − κ_d). What is left to
/// chance (triage errors, searches, wrong answers, approvals, turns) is averaged. Plain desks solve
/// λ = γ + λP, topic by topic (Jackson 1957; Kelly 1979, ch. 3 for several classes): visits
/// are γ(I − P)⁻¹ (Kemeny and Snell 1960, ch. 3). Later turns are geometric.
///
/// Rates are means over the streams' cycles; a recorded log counts rows ÷ the whole days it spans; a
/// stream that ends at a stated time (a surge) is left out, see [`StreamRate::left_out`].
///
/// A role's κ is what its people know on average in the long run, newcomers among them: two desks that know as
/// much on average are taken to know the same, while of two newcomers one may know what the other does not.
///
/// **Assumed**, because it depends on waiting: nobody leaves before the reply, nobody is turned away
/// from a full waiting room, nobody writes a second time past the deadline, no case overflows to
/// another desk, and whoever stays with a case they hand over or ask about is heard at once: of the time they
/// stay, only that of the answer, or of the talk at a warm hand-off, is counted. Of a post that several desks see, each is as likely to have it, and nobody answers it twice.
/// Reviews side by side are counted whole, though the first "no" withdraws the others; where only those look again who have
/// not approved, all of a step in which somebody objected are counted again. Questions, drafts and exceptions are
/// waited for as long as it takes, and nobody is kept free of anything. A stream that ends after so many is counted as if it went on. The first two make this an upper bound of the work, the third a lower one. Mentions
/// are all counted as wanted, shared among the listeners in proportion to the time that reactive work
/// leaves them; in a run, whoever is free first takes one. Work of people of unequal speed is shared by capacity; their skills
/// and languages are taken as equal. [`readers`] tells what that leaves out for those who alone read a language.
///
/// Where the organization can pass a case on for ever, [`Load::endless`] says so and the figures of the
/// roles concerned mean nothing.
pub fn load(world: &World, practice: &Practice, organization: &Organization) -> Load {
    walk::load(world, practice, organization, &|_| true)
}

/// The part of the [`load`] that the inquiries and mentions of some channels, topics and languages make: as if nothing
/// else came in. Where languages are not told apart, all are of the first. Of inquiries the figures of all parts add up
/// to the whole.
pub fn load_of(
    world: &World,
    practice: &Practice,
    organization: &Organization,
    counts: &dyn Fn(ChannelId, TopicId, LanguageId) -> bool,
) -> Load {
    let of = |class: &Class| {
        let language = LanguageId(class.language as u32);
        counts(ChannelId(class.channel as u32), TopicId(class.topic as u32), language)
    };
    walk::load(world, practice, organization, &of)
}
