//! Plain checked values: what an organization is, what customers bring, what is studied.
//!
//! Nothing here has a clock, randomness or JSON.

pub mod archetype;
mod attended;
mod audience;
mod batches;
mod calendar;
mod coverage;
mod demand;
mod diagnostic;
mod dialogue;
mod eligibility;
mod habits;
mod ids;
mod line;
mod link;
mod load;
pub mod mapping;
mod measure;
mod modulation;
mod mood;
mod named_log;
mod objective;
mod on_duty;
mod organization;
mod outline;
mod practice;
mod publicity;
mod risk;
mod role;
mod spectral_radius;
mod staffing;
mod structure;
mod study;
mod teaching;
mod terms;
mod walls;
mod wave;
mod world;

pub use attended::Unattended;
pub use audience::{Audience, Leaning, Segment};
pub use batches::Batches;
pub use calendar::Calendar;
pub use coverage::demand_by_hour;
pub use demand::{
    Arrivals, Members, Mix, RateProfile, Recorded, Shape, Shares, Stream, StreamKind,
};
pub use diagnostic::{Diagnostic, Severity};
pub use dialogue::{Brevity, Comeback, Dialogue, MOST_TURNS};
pub use eligibility::{Groups, MOST_GROUPS};
pub use habits::{Fatigue, Habits, Overload, Slots, Strain, Switching};
pub use ids::{ChannelId, LanguageId, MOST_NAMES, RoleId, SegmentId, TopicId, UnitId};
pub use line::LineRules;
pub use link::{
    Filter, From, Link, LinkKind, MOST_REVIEWERS, Matter, Overdue, Ownership, RouteWhen,
};
pub use load::{
    About, Endless, Hours, Journey, Load, Problem, Readers, Relief, RoleLoad, Specialists, Split,
    StreamRate, load, load_of, problems, readers, reliefs, scale_heads, specialists, split_heads,
    staying, stream_rates,
};
pub use measure::{Better, MEASURES, Measure, MeasureId, MeasureUnit, Score, measure_named};
pub use modulation::{Modulation, RateState};
pub use mood::{Mood, heavy_tailed, pushed};
pub use named_log::{NamedLog, NamedRow};
pub use objective::{Goal, Objective, Strategy};
pub use on_duty::{OnDuty, on_duty};
pub use organization::Organization;
pub use outline::{NamedGap, NamedPoint, NamedTopicGap, Outline};
pub use practice::{Decisions, HandOff, Practice};
pub use publicity::{Crowd, Publicity};
pub use risk::{Risk, Risks};
pub use role::{
    Desk, Discipline, Draw, Employer, Help, Knowledge, People, Person, Proactive, Role, ShiftEnd,
    SpareTime, Work, take_turns,
};
pub use spectral_radius::spectral_radius;
pub use staffing::{Absence, Duty, DutyKind, Newcomer, Staffing, StandingWork, Turnover};
pub use structure::{
    LoneSpeaker, SinglePoint, SoleHolder, Span, Structure, Unheard, structure, structure_over,
};
pub use study::{Beyond, HoldEqual, Observe, Precision, Study, StudyKind, WorthNoticing};
pub use teaching::{Teaching, raised};
pub use terms::{MONTH, MonthsWork, Promise, Settlement, Terms};
pub use walls::{SHARED, Shared};
pub use wave::{Curve, Sine, Wave};
pub use world::{
    Behavior, Channel, Patience, PatienceLaw, PatienceScope, Retry, Topic, TopicPatience, World,
};

use std::sync::Arc;

/// One design of a comparison: what the simulator runs.
#[derive(Debug, Clone)]
pub struct Design {
    /// The author's word for it.
    pub name: String,
    /// Its graph of roles and links.
    pub organization: Organization,
    /// Yearly cost of its plan: people, contract, tools.
    pub cost_per_year: f64,
    /// People in its plan, in full-time equivalents.
    pub headcount: f64,
}

impl Design {
    /// A design whose cost and headcount are those of its roles.
    pub fn new(name: impl Into<String>, organization: Organization) -> Design {
        let roles = || organization.roles().map(|(_, role)| role);
        Design {
            name: name.into(),
            cost_per_year: roles().map(|role| role.cost_per_year).sum(),
            headcount: roles().map(|role| role.heads).sum(),
            organization,
        }
    }
}

/// Everything a comparison needs.
#[derive(Debug, Clone)]
pub struct Model {
    /// The customers.
    pub world: Arc<World>,
    /// How work is done, the same in all designs.
    pub practice: Arc<Practice>,
    /// The candidates.
    pub designs: Vec<Design>,
    /// What the organization is for.
    pub objectives: Vec<Objective>,
    /// How the candidates are run.
    pub study: Study,
    /// What is held equal.
    pub hold_equal: Option<HoldEqual>,
    /// Smallest differences worth noticing.
    pub worth_noticing: WorthNoticing,
}
