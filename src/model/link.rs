//! Links: directed relations from a channel or a role to a role.

use crate::draws::Law;
use crate::model::{ChannelId, LanguageId, Risk, RoleId, TopicId, UnitId};
use crate::units::SimTime;

/// Where a link begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum From {
    /// At a channel.
    Channel(ChannelId),
    /// At a role.
    Role(RoleId),
}

/// A directed relation to a role.
#[derive(Debug, Clone)]
pub struct Link {
    /// What passes over it, and when.
    pub kind: LinkKind,
    /// Which cases it is for.
    pub filter: Filter,
    /// Minutes from one end to the other.
    pub delay: Law,
    /// Context kept, between 0 and 1.
    pub keeps: f64,
    /// Probability that the case is lost on the way.
    pub loses: f64,
    /// On `consult` and `approve` links: how long one waits in the other desk's queue before going on
    /// without it, guessing or sending the draft as it is. On a link that is held: how long its holder
    /// waits before letting go. `None`: as long as it takes.
    pub timeout: Option<SimTime>,
    /// Whether whoever passes the case on, or asks, stays with it until somebody at the other end has taken
    /// it up. Then a case passed on is talked through by both (a warm hand-off), and an asker stays until
    /// the answer is there.
    pub holds: bool,
    /// On `intake` links: whose a post is that several desks see.
    pub ownership: Ownership,
    /// On `approve` links: in which step this role reviews. Those of one step review side by side, steps follow
    /// each other. Without steps the first fitting link reviews alone.
    pub step: Option<u8>,
    /// On `approve` links: what happens when the time for a review is up.
    pub overdue: Overdue,
}

impl Link {
    /// One for these cases that takes no time, loses nothing, and holds nobody.
    pub fn at_once(kind: LinkKind, filter: Filter) -> Link {
        Link {
            kind,
            filter,
            delay: Law::constant(0.0).expect("no time is a length of time"),
            keeps: 1.0,
            loses: 0.0,
            timeout: None,
            holds: false,
            ownership: Ownership::default(),
            step: None,
            overdue: Overdue::default(),
        }
    }
}

/// Most approve links of a desk that may be for one draft.
pub const MOST_REVIEWERS: usize = 64;

/// What happens when a draft has waited too long for a reviewer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Overdue {
    /// It goes on without that review.
    #[default]
    GoAhead,
    /// Whoever the reviewer reports to reviews it.
    NextLevel,
    /// The customer is told that an answer is coming, and the draft waits on.
    HoldingReply,
}

/// Whose a post is that several desks see: those whose intakes fit it and state the rule of the first that fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ownership {
    /// The first fitting intake's; no other desk looks at it.
    #[default]
    OwnerOnly,
    /// Whoever takes it up first claims it, and after a while the others can see that.
    FirstToClaim,
    /// Nobody's: all see it until a reply is out, and each may leave it to the others.
    Nobody,
}

/// The kinds of link.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum LinkKind {
    /// A channel's posts reach this role.
    Intake {
        /// Whether the customer chooses the account, and may choose the wrong unit's; a matter filter is
        /// then read against the guess instead of the truth.
        own_account: bool,
    },
    /// The mentions of a channel can be seen by this role.
    Listen,
    /// A plain desk passes this share of its cases on after service.
    RouteShare(f64),
    /// A desk passes the case on and it stays there.
    Route(RouteWhen),
    /// The case, still waiting after this time, may be picked at the other desk too.
    Overflow(SimTime),
    /// Ask; the answer comes back and the case stays.
    Consult,
    /// The case moves to more knowledge or authority.
    Escalate,
    /// A reply may not go out before this role has reviewed it.
    Approve,
    /// Reporting line.
    Report,
    /// Changes of policy reach this role after so long: meanwhile it answers by the old one.
    Policy(SimTime),
}

impl LinkKind {
    /// Its name in scenarios and tables.
    pub const fn word(self) -> &'static str {
        match self {
            LinkKind::Intake { .. } => "intake",
            LinkKind::Listen => "listen",
            LinkKind::RouteShare(_) | LinkKind::Route(_) => "route",
            LinkKind::Overflow(_) => "overflow",
            LinkKind::Consult => "consult",
            LinkKind::Escalate => "escalate",
            LinkKind::Approve => "approve",
            LinkKind::Report => "report",
            LinkKind::Policy(_) => "policy",
        }
    }

    /// Whether cases, questions or drafts pass over it as a matter of course.
    pub const fn carries_cases(self) -> bool {
        !matches!(self, LinkKind::Report | LinkKind::Policy(_))
    }
}

/// When a desk routes a case on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RouteWhen {
    /// Always, after triage.
    Always,
    /// When the desk does not know the answer.
    Unknown,
    /// When the desk does not know the answer because the case landed at the wrong desk.
    WrongDesk,
}

/// Which cases a link is for; an empty list means all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Channels.
    pub channels: Vec<ChannelId>,
    /// Topics.
    pub topics: Vec<TopicId>,
    /// Whose matter.
    pub matter: Option<Matter>,
    /// Levels of risk.
    pub risks: Vec<Risk>,
    /// Languages.
    pub languages: Vec<LanguageId>,
}

impl Link {
    /// Whether its end may take whatever waits too long at its beginning, in the languages it is for.
    pub fn helps_with_all(&self) -> bool {
        let Filter { channels, topics, matter, risks, languages: _ } = &self.filter;
        let all = channels.is_empty() && topics.is_empty() && risks.is_empty();
        matches!(self.kind, LinkKind::Overflow(_)) && all && matter.is_none()
    }
}

impl Filter {
    /// Whether anything on this channel about this topic in this language passes.
    pub fn may_pass(&self, channel: ChannelId, topic: TopicId, language: LanguageId) -> bool {
        (self.channels.is_empty() || self.channels.contains(&channel))
            && (self.topics.is_empty() || self.topics.contains(&topic))
            && self.is_in(language)
    }

    /// Whether something may pass this one and another.
    pub fn meets(&self, other: &Filter) -> bool {
        fn share<T: PartialEq>(one: &[T], other: &[T]) -> bool {
            one.is_empty() || other.is_empty() || one.iter().any(|of| other.contains(of))
        }
        share(&self.channels, &other.channels)
            && share(&self.topics, &other.topics)
            && share(&self.languages, &other.languages)
            && share(&self.risks, &other.risks)
    }

    /// Whether it is for inquiries of this risk.
    #[inline]
    pub fn is_for(&self, risk: Risk) -> bool {
        self.risks.is_empty() || self.risks.contains(&risk)
    }

    /// Whether it is for inquiries in this language.
    #[inline]
    pub fn is_in(&self, language: LanguageId) -> bool {
        self.languages.is_empty() || self.languages.contains(&language)
    }
}

/// Whose matter a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Matter {
    /// What anybody may know.
    Generic,
    /// What only this unit may know.
    Of(UnitId),
    /// Anything about this unit's products, generic or not; on an intake: posted to this unit's account.
    About(UnitId),
}
