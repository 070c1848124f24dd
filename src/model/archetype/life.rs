//! What takes people of a kind away from cases.

use crate::model::archetype::Kind;
use crate::model::{Absence, Staffing, StandingWork, Turnover};

/// What takes people away from cases, in the words of a plan.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Life {
    /// Standing work.
    pub standing: Vec<StandingWork>,
    /// Spells of absence.
    pub absence: Option<Absence>,
    /// People leave and others follow.
    pub turnover: Option<Turnover>,
}

impl Life {
    /// The same where what is stated anew replaces what was there of the same sort.
    #[must_use]
    pub fn with(&self, anew: &Life) -> Life {
        let stays = |work: &&StandingWork| anew.standing.iter().all(|of| of.kind != work.kind);
        let standing = self.standing.iter().filter(stays).chain(&anew.standing);
        Life {
            standing: standing.copied().collect(),
            absence: anew.absence.as_ref().or(self.absence.as_ref()).cloned(),
            turnover: anew.turnover.as_ref().or(self.turnover.as_ref()).cloned(),
        }
    }

    /// The same for people who work so many hours a week in a role that is open so many.
    pub fn staffing(&self, worked: f64, open: f64) -> Staffing {
        Staffing {
            duties: self.standing.iter().map(|work| work.duty(worked.min(open), open)).collect(),
            absence: self.absence.clone(),
            turnover: self.turnover.clone(),
            ramp: None,
        }
    }
}

impl Kind {
    /// Duties, absence and turnover of a role of this kind that is open so many hours a week.
    pub fn staffing(&self, open_hours: f64) -> Staffing {
        self.life.staffing(self.hours_per_week, open_hours)
    }
}
