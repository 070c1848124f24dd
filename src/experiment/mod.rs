//! Designs × replications, run in parallel and compared.
//!
//! [`run`] takes a model to an [`ExperimentResult`]: every measure per design and scope with its
//! interval, paired differences between designs that met the same customers, verdicts on the three
//! scores, goals, overload, and what each role's week was spent on. An outcome is reduced to plain
//! numbers as soon as it exists, and everything is put together in the order of replications, so
//! the result never depends on the number of threads.

mod arrivals;
mod backlogs;
mod causes;
mod continued;
mod curve;
mod goal;
mod keeper;
mod kept;
mod measured;
mod measures;
mod memory;
mod merged;
mod messages;
mod nearly_full;
mod numbers;
mod options;
mod overload;
mod pair;
mod panicked;
mod precision;
mod prospect;
mod quantity;
mod quickest;
mod recorded;
mod recording;
mod replication;
mod result;
mod role_number;
mod role_result;
mod run;
mod score;
mod shape;
mod topic_number;
mod topic_result;
mod unsettled;
mod uses;
mod visits;
mod warm_up;
mod warning;
mod watching;

#[cfg(test)]
pub(crate) mod examples;
#[cfg(test)]
pub(crate) mod made_up;

pub use arrivals::{ArrivalsResult, CountsResult};
pub use causes::CauseResult;
pub use continued::{Continued, complete, go_on};
pub use curve::curve_times;
pub use goal::{GoalResult, GoalRuns};
pub use keeper::Keeper;
pub use measured::{Measured, Sample};
pub use measures::TOGETHER;
pub use memory::has_memory;
pub use messages::Messages;
pub use numbers::NumbersResult;
pub use options::{CONFIDENCE, Options};
pub use overload::Overload;
pub use pair::{Pair, paired};
pub use panicked::panic_words;
pub use precision::{Estimate, PrecisionReached, Widest, run_to_precision};
pub use quantity::Quantity;
pub use quickest::{Quickest, standing_of_served};
pub use recorded::{DroppedRows, Loaded, LogFinding, LogReport, Logs, load};
pub use recording::{
    DesignRecording, OrdinaryDay, RecordedPost, Recording, Story, ordinary_day, record,
};
pub use result::{
    DesignResult, ExperimentResult, ObservedResult, ScopeResult, TopicInsideResult, Totals,
};
pub use role_number::{ROLE_NUMBERS, RoleNumber, RoleUnit};
pub use role_result::{ROLE_TIMES, RoleResult, SpreadResult};
pub use run::run;
pub use score::{Contender, ScoreResult, Standing, Values, Verdict, standing};
pub use topic_number::{TOPIC_NUMBERS, TopicNumber, TopicWithin};
pub use topic_result::TopicAtRole;
pub use visits::VisitsResult;
pub use warm_up::{PILOTS, WarmUp, find_warm_up};
pub use warning::{AnswerPart, TooShort, WarmUpTooShort, Warning};
pub use watching::{ScopeName, ScopeOf, is_plain, watch};
