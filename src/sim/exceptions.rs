//! Exceptions: matters for which the desk's rules have no answer, decided there or further up the reporting line.

use crate::draws::Purpose;
use crate::model::{Link, Organization, RoleId};
use crate::sim::case::{Piece, Stage, flag};
use crate::sim::observer::Observer;
use crate::sim::outcome::Cause;
use crate::sim::run::Run;
use crate::units::SimTime;

/// Share of the reply's work that a quick fix takes, and of quickly fixed replies that are wrong all the same.
const QUICK: f64 = 0.5;

/// Who decides above a desk, level by level: whom it reports to, whom they report to, and so on.
pub(super) struct Superior {
    role: u32,
    /// How long one waits in the superior's queue before the desk decides itself.
    timeout: Option<SimTime>,
}

/// The reporting line above a role.
pub(super) fn superiors(organization: &Organization, role: RoleId) -> Vec<Superior> {
    let above = |(boss, link): (RoleId, &Link)| Superior { role: boss.0, timeout: link.timeout };
    organization.superiors(role).into_iter().map(above).collect()
}

/// What becomes of a draft that was just written.
pub(super) enum Raised {
    /// It may be submitted or sent.
    Nothing,
    /// It was put before a superior; whoever wrote it is free.
    Above,
    /// Whoever wrote it goes on mending it.
    Mending,
}

impl<O: Observer> Run<'_, O> {
    /// A draft is written. Does it raise an exception, and who decides?
    pub(super) fn raise(&mut self, place: u32) -> Raised {
        let case = &self.cases[place];
        let (key, turn) = (case.key, u32::from(case.tale.turn));
        let share = self.plan.world.topics[usize::from(case.topic)].exceptions;
        if share <= key.unit(Purpose::Exception, turn) {
            return Raised::Nothing;
        }
        let desk = super::journey::desk_of(self.plan, case.at);
        let u = key.unit(Purpose::Centralization, turn);
        let mut level = 0;
        let mut reach = desk.centralization;
        while level < desk.superiors.len() && u < reach {
            level += 1;
            reach *= desk.centralization;
        }
        let bits = case.scopes_open();
        self.in_scopes(bits, |scope| {
            scope.exceptions += 1;
            scope.decided_above += u64::from(0 < level);
        });
        if let Some(superior) = level.checked_sub(1).map(|above| &desk.superiors[above]) {
            self.cases[place].tale.level = level.min(255) as u8;
            self.park(place, superior.role, Stage::Decide, superior.timeout);
            return Raised::Above;
        }
        match self.act_on(place, 0) {
            true => {
                self.begin(place, Piece::Mend, self.drawn(place, Piece::Mend));
                Raised::Mending
            }
            false => Raised::Nothing,
        }
    }

    /// A superior has decided: the draft goes on, or back to be mended.
    pub(super) fn decided(&mut self, place: u32) {
        let (level, desk) = (usize::from(self.cases[place].tale.level), self.cases[place].role);
        self.unpark(place, Cause::Approval);
        self.carry_out(place, level);
        self.use_free_slots(desk);
    }

    /// Nobody above has found the time: the desk decides itself.
    pub(super) fn decide_without(&mut self, place: u32) {
        let bits = self.cases[place].scopes_open();
        self.in_scopes(bits, |scope| scope.decided_by_default += 1);
        self.carry_out(place, 0);
    }

    /// What was decided at this level about a draft that is at no desk.
    fn carry_out(&mut self, place: u32, level: usize) {
        if self.act_on(place, level) {
            self.cases[place].set(flag::MEND);
            let role = self.cases[place].role;
            self.join(place, role, true);
        } else {
            self.submit_or_send_from_afar(place);
        }
    }

    /// Rework, a quick fix, or nothing: what is decided at this level, and what it does to the draft. `true` if
    /// there is something to mend.
    fn act_on(&mut self, place: u32, level: usize) -> bool {
        let decisions = self.plan.practice.decisions[level.min(2)];
        let case = &mut self.cases[place];
        let turn = u32::from(case.tale.turn);
        let u = case.key.unit(Purpose::Decision, turn);
        let (mend, unsolved) = if u < decisions.rework {
            case.clear(flag::WRONG);
            (1.0, 0.0)
        } else if u < decisions.rework + decisions.quick_fix {
            if case.key.unit(Purpose::QuickFix, turn) < QUICK {
                case.set(flag::WRONG);
            }
            (QUICK, QUICK)
        } else {
            case.set(flag::WRONG);
            (0.0, 1.0)
        };
        case.tale.mend = mend;
        let bits = case.scopes_open();
        self.in_scopes(bits, |scope| scope.exceptions_unsolved += unsolved);
        0.0 < mend
    }
}
