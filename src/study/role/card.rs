//! What is known about a role once its design has been run: plain values, nothing computed here.

use crate::experiment::{Measured, Quantity};
use crate::model::{LinkKind, Strategy};
use crate::sim::Bin;
use crate::stats::Interval;
use crate::study::Settings;
use crate::units::SimTime;

/// Share of the working time at which a role is rightly filled: busy, with room for busy days.
pub const RIGHTLY_BUSY: f64 = 0.75;

/// A role as its design was measured: what a job description rests on.
#[derive(Debug, Clone)]
pub struct RoleCard {
    /// The design.
    pub design: String,
    /// The role.
    pub role: String,
    /// The business unit it belongs to.
    pub unit: Option<String>,
    /// Who pays its people, if not the company itself.
    pub vendor: Option<String>,
    /// The author's word for its people, where a plan fills it with one kind.
    pub kind: Option<String>,
    /// People in full-time equivalents; `None` where there are as many as it takes.
    pub heads: Option<f64>,
    /// Persons, those who are there part of the time included.
    pub persons: Option<usize>,
    /// Yearly cost of the role.
    pub cost_per_year: f64,
    /// What a vendor with terms is paid in a year beyond that; of several such roles all together.
    pub fees: Option<Interval>,
    /// Repetitions that the measured numbers rest on.
    pub repetitions: usize,
    /// The role of the design that falls behind for good, if one does: most is not measured then.
    pub falls_behind: Option<String>,
    /// Whether the design is a plain queueing network, whose roles serve and pass on.
    pub plain: bool,
    /// How many objectives the scenario states.
    pub objectives: usize,
    /// The objectives it serves, in their order.
    pub aims: Vec<Aim>,
    /// What its week is spent on.
    pub week: Week,
    /// What waits on it.
    pub waiting: Waiting,
    /// Hours and heads that the present load takes.
    pub need: Need,
    /// Topics that come to it, with visits a week by the traffic equations; the most frequent first.
    pub topics: Vec<(String, f64)>,
    /// What it knows.
    pub knows: Vec<Knows>,
    /// Languages in which customers write, with how many of its persons speak each, those that nobody does left out;
    /// empty where languages are not told apart.
    pub speaks: Vec<(String, usize)>,
    /// Languages that its people must speak between them, since cases or drafts come to it to be read in them; each with the
    /// served objectives that are about some languages only, and about this one.
    pub must_speak: Vec<(String, Vec<String>)>,
    /// What it may decide and when it must ask.
    pub rights: Rights,
    /// With whom it works.
    pub contacts: Vec<Contact>,
    /// Other ways to set its week.
    pub split: Split,
    /// What hangs on it.
    pub risk: Risk,
}

/// What a role does for an objective.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// Answers its inquiries.
    Answers,
    /// Reads them first and sorts them.
    Sorts,
    /// Approves replies to them.
    Approves,
    /// Decides on exceptions in them.
    Decides,
    /// Is asked about them.
    Advises,
    /// Looks for its mentions and answers them.
    Listens,
}

/// An objective that a role serves.
#[derive(Debug, Clone)]
pub struct Aim {
    /// The author's word for it.
    pub objective: String,
    /// Why it matters.
    pub why: Option<String>,
    /// What it serves, what that serves in turn, and so on up.
    pub serves: Vec<Strategy>,
    /// The goal's measure.
    pub quantity: Quantity,
    /// The goal's value, and whether at least or at most.
    pub wanted: (f64, bool),
    /// Channels it is about; empty for all.
    pub channels: Vec<String>,
    /// Topics it is about; empty for all.
    pub topics: Vec<String>,
    /// Languages it is about; empty for all.
    pub languages: Vec<String>,
    /// What the role does for it.
    pub deeds: Vec<Deed>,
    /// Share of the role's work for customers that it makes, by the traffic equations.
    pub share_of_work: f64,
    /// The goal's value as measured; `None` where it is withheld.
    pub value: Option<Measured>,
    /// Repetitions that met it, of how many.
    pub met: Option<(usize, usize)>,
}

/// What the paid week of a role is spent on.
#[derive(Debug, Clone, Default)]
pub struct Week {
    /// Paid hours a week of all its people, overtime included.
    pub paid_hours: Option<f64>,
    /// Paid hours a week of one head.
    pub hours_of_a_head: Option<f64>,
    /// Hours of the week in which the role is open.
    pub open_hours: f64,
    /// Share of the paid time and hours a week of all together, the largest first; nothing that never happens.
    pub bins: Vec<Spent>,
    /// Busy share of the paid time.
    pub busy: Option<Interval>,
    /// Overtime ÷ scheduled time.
    pub overtime: Option<Interval>,
}

/// A part of the week.
#[derive(Debug, Clone, Copy)]
pub struct Spent {
    /// On what.
    pub on: Bin,
    /// Share of the paid time.
    pub share: Interval,
    /// Hours a week of all its people together.
    pub hours: Option<Interval>,
}

/// What waits on a role.
#[derive(Debug, Clone, Default)]
pub struct Waiting {
    /// Visits a week.
    pub visits: Option<Interval>,
    /// Mean wait in minutes, from coming to the role to being taken up.
    pub wait: Option<Interval>,
    /// Wait that one visit in ten exceeds, in minutes.
    pub slowest_tenth: Option<Interval>,
    /// Mean number waiting.
    pub number: Option<Interval>,
    /// The most that ever waited, mean over the repetitions.
    pub most: Option<Interval>,
}

/// Hours and heads that the present load takes.
#[derive(Debug, Clone, Default)]
pub struct Need {
    /// Hours a week of work that inquiries make, by the traffic equations.
    pub inquiries: f64,
    /// Hours a week that all mentions would take which are the role's to answer.
    pub mentions: f64,
    /// Hours a week of looking for mentions, content and managing a vendor, as planned.
    pub planned: f64,
    /// Hours a week of meetings and training, which grow with the number of people.
    pub standing: f64,
    /// Hours a week of all work, as measured.
    pub measured: Option<Interval>,
    /// Heads at which all that would be [`RIGHTLY_BUSY`].
    pub heads: Option<f64>,
    /// The same for the work that was measured.
    pub heads_measured: Option<f64>,
}

/// What a role knows of some topics.
#[derive(Debug, Clone, PartialEq)]
pub struct Knows {
    /// The topics; empty for all.
    pub topics: Vec<String>,
    /// Share of everyday matters it can answer by itself.
    pub everyday: f64,
    /// Business units, and the share of their own matters it can answer by itself; the most first.
    pub units: Vec<(Vec<String>, f64)>,
}

/// What a role may decide and when it must ask.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rights {
    /// Whether it answers customers.
    pub answers: bool,
    /// Whether it decides which messages get a reply.
    pub sorts: bool,
    /// Share of its replies that somebody must approve, beside the topics that always are.
    pub approval: f64,
    /// Level of risk above which every reply must be approved; `None` where nothing that comes is above it.
    pub above: Option<&'static str>,
    /// Topics of which every reply must be approved.
    pub always: Vec<String>,
    /// Who approves.
    pub approvers: Vec<String>,
    /// What it does when it does not know, in order.
    pub not_known: Vec<Rung>,
    /// Share of its replies to customers who went public that somebody must approve, where that is more than `approval`.
    pub loud: Option<f64>,
    /// Share of its replies that send the customer elsewhere instead of answering.
    pub deflects: f64,
    /// Share of its first replies in public, but for those, that ask to go on in private.
    pub to_private: f64,
    /// Who decides on exceptions, for which its rules have no answer; `None` where none can come.
    pub exceptions: Option<Exceptions>,
    /// Whose replies it approves.
    pub approves_for: Vec<String>,
    /// Reviewers who leave to it the replies that they have not found the time for.
    pub approves_late_for: Vec<String>,
    /// Whose exceptions it decides on.
    pub decides_for: Vec<String>,
    /// Who asks it.
    pub advises: Vec<String>,
}

impl Rights {
    /// Whether it approves replies of others.
    pub fn approves(&self) -> bool {
        !(self.approves_for.is_empty() && self.approves_late_for.is_empty())
    }
}

/// Who decides on the exceptions of a role.
#[derive(Debug, Clone, PartialEq)]
pub struct Exceptions {
    /// Share that it decides itself.
    pub own: f64,
    /// Those above it who decide some, from the nearest up.
    pub above: Vec<Decider>,
}

/// Somebody above a role who decides on some of its exceptions.
#[derive(Debug, Clone, PartialEq)]
pub struct Decider {
    /// The role.
    pub role: String,
    /// Its share of the exceptions.
    pub share: f64,
    /// How long it is waited for before the role decides itself; `None`: as long as it takes.
    pub longest: Option<SimTime>,
}

/// A step taken when the answer is not known.
#[derive(Debug, Clone, PartialEq)]
pub enum Rung {
    /// Passes on what came to the wrong desk.
    WrongDesk(Vec<String>),
    /// Passes it on.
    PassesOn(Vec<String>),
    /// Looks it up.
    LooksUp,
    /// Asks, and waits no longer than this.
    Asks(Vec<String>, Option<SimTime>),
    /// Hands it up.
    HandsUp(Vec<String>),
    /// Answers as well as it can.
    Guesses,
}

/// One line between a role and somebody else.
#[derive(Debug, Clone)]
pub struct Contact {
    /// Whether work comes over it to the role.
    pub inward: bool,
    /// What passes.
    pub kind: Tie,
    /// The others: roles, or channels.
    pub others: Vec<String>,
    /// Cases a week as watched; `None` where that cannot be watched.
    pub per_week: Option<Interval>,
}

/// What is between a role and others.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Tie {
    /// What passes over a link.
    Link(LinkKind),
    /// Exceptions go up the reporting line to whoever decides.
    Exceptions,
    /// Replies that wait too long for a review go up the reporting line.
    LateReviews,
    /// Both see the same posts, and the role takes up some that another has already. Nothing passes.
    SamePosts,
}

/// Other ways to set a role's week, each run on the same customers.
#[derive(Debug, Clone, Default)]
pub struct Split {
    /// What was tried.
    pub tried: Vec<Tried>,
    /// Position of the one that serves best; `None` if the present one does.
    pub best: Option<usize>,
    /// Repetitions of each.
    pub repetitions: usize,
}

/// One other way.
#[derive(Debug, Clone)]
pub struct Tried {
    /// In words: `no more than 3% of replies to be approved`.
    pub what: String,
    /// The settings that make it.
    pub settings: Settings,
    /// Whether all it is good for is simulated; otherwise it shows a price and is no advice.
    pub judged: bool,
    /// What it does to the goals the role serves, in their order, and to wrong answers.
    pub effects: Vec<TriedEffect>,
}

/// What a change does to a number.
#[derive(Debug, Clone)]
pub struct TriedEffect {
    /// The objective, or the measure's own name.
    pub name: String,
    /// What is measured.
    pub quantity: Quantity,
    /// Without the change.
    pub before: f64,
    /// With it.
    pub after: f64,
    /// Paired difference, better counted as more.
    pub gain: Interval,
    /// Whether the goal was met without it and with it; `None` where there is no goal.
    pub met: Option<(bool, bool)>,
}

/// What hangs on a role.
#[derive(Debug, Clone, Default)]
pub struct Risk {
    /// Share of all inquiries that nobody can answer without it.
    pub needed_by: f64,
    /// Channels with such inquiries.
    pub channels: Vec<String>,
    /// Units whose matters nobody else knows.
    pub alone_knows: Vec<String>,
    /// Languages in which nobody but one person of the role answers.
    pub alone_speaks: Vec<String>,
    /// Whose replies nobody else can approve.
    pub alone_approves_for: Vec<String>,
    /// What a day without one of its people does.
    pub away: Option<Away>,
}

/// A day without one of a role's people.
#[derive(Debug, Clone)]
pub struct Away {
    /// Which day of the run, from 1 after the warm-up.
    pub day: u64,
    /// Hours that the person would have been there.
    pub hours: f64,
    /// What it does to that day's inquiries and mentions.
    pub effects: Vec<TriedEffect>,
}

impl RoleCard {
    /// Whether the role is one person.
    pub fn is_one_person(&self) -> bool {
        self.persons == Some(1)
    }
}

impl TriedEffect {
    /// Whether it is beyond luck.
    pub fn is_sure(&self) -> bool {
        self.gain.half_width.is_some() && !self.gain.holds(0.0)
    }
}
