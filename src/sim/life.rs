//! People over the months: spells of absence, leaving, empty places, newcomers.

use std::cmp::Reverse;

use crate::draws::{Key, Purpose, Seed};
use crate::model::{Newcomer, Teaching};
use crate::sim::duties::Errand;
use crate::sim::flow::micros;
use crate::sim::identity::Identity;
use crate::sim::observer::Observer;
use crate::sim::people::{Doing, Worker};
use crate::sim::people_plan::StaffingPlan;
use crate::sim::role_plan::RolePlan;
use crate::sim::run::Run;
use crate::sim::shifts::{Move, Turn};
use crate::units::SimTime;

/// Key family of people, beside the streams of the world and the days.
const PEOPLE: u32 = 0x2000_0000;

/// What becomes of one place in a role and of whoever fills it.
///
/// All of it is drawn by name of the role, person and number of the spell, never by what happens to cases, so that
/// two designs which share a role share its illnesses too.
#[derive(Debug, Clone)]
pub(super) struct Life {
    key: Key,
    /// Spells of absence and successors so far.
    spells: u32,
    successors: u32,
    /// Time still owed to each duty of the role, but for what is under way.
    pub(super) owed: Vec<SimTime>,
    /// When the last session of each duty fell due.
    pub(super) due: Vec<SimTime>,
    /// Why the person is away, if that is so.
    pub(super) errand: Errand,
    pub(super) absent_until: SimTime,
    vacant: bool,
    filled: SimTime,
    next_spell: SimTime,
    leaves: SimTime,
    /// Since when a newcomer is there; `None` for a veteran.
    joined: Option<SimTime>,
    /// Since when the person is away.
    pub(super) away_since: SimTime,
    /// The share of what training teaches that the person had learned, and when.
    learned: (f64, SimTime),
    /// Whether the role's hours and the person's share of them are on.
    pub(super) on_shift: bool,
}

impl Life {
    /// The first person in a place.
    ///
    /// `learned`: the share of what training teaches that the person has learned.
    pub(super) fn new(
        staffing: &StaffingPlan,
        seed: Seed,
        (role, number): (Identity, u32),
        learned: f64,
    ) -> Life {
        let mut life = Life {
            key: role.person(seed.stream(PEOPLE), number),
            spells: 0,
            successors: 0,
            owed: vec![SimTime::ZERO; staffing.duties.len()],
            due: vec![SimTime::ZERO; staffing.duties.len()],
            errand: Errand::None,
            absent_until: SimTime::ZERO,
            vacant: false,
            filled: SimTime::ZERO,
            next_spell: SimTime::NEVER,
            leaves: SimTime::NEVER,
            joined: staffing.ramp.map(|_| SimTime::ZERO),
            away_since: SimTime::ZERO,
            learned: (learned, SimTime::ZERO),
            on_shift: false,
        };
        life.draw_spell(staffing, SimTime::ZERO);
        life.draw_leaving(staffing, SimTime::ZERO);
        life
    }

    /// Whether nobody is there to be told anything: absent, or the place is empty.
    pub(super) fn is_gone(&self, now: SimTime) -> bool {
        self.vacant || now < self.absent_until
    }

    /// Whether the place is empty.
    pub(super) fn is_vacant(&self) -> bool {
        self.vacant
    }

    /// A stretch of training has ended just now.
    pub(super) fn train(&mut self, teaching: &Teaching, stretch: SimTime, now: SimTime) {
        self.learned = (teaching.learned(self.learned(teaching, now), stretch), now);
    }

    /// The share that the person has learned, as of now.
    pub(super) fn learned(&self, teaching: &Teaching, now: SimTime) -> f64 {
        teaching.faded(self.learned.0, now.since(self.learned.1))
    }

    /// When something next becomes of the person.
    fn next(&self) -> SimTime {
        if self.vacant { self.filled } else { self.next_spell.min(self.leaves) }
    }

    fn draw_spell(&mut self, staffing: &StaffingPlan, from: SimTime) {
        if let Some((after, _)) = &staffing.absence {
            let gap = after.quantile(self.key.unit(Purpose::AbsenceGap, self.spells));
            self.next_spell = from + micros(gap);
        }
    }

    fn draw_leaving(&mut self, staffing: &StaffingPlan, from: SimTime) {
        if let Some(turnover) = &staffing.turnover {
            let stay = turnover.stays.quantile(self.key.unit(Purpose::Stay, self.successors));
            self.leaves = from + micros(stay);
        }
    }
}

impl<O: Observer> Run<'_, O> {
    /// What next becomes of a person goes on the roster.
    pub(super) fn expect_fate(&mut self, person: u32) {
        let Some(life) = &self.workers[person as usize].life else { return };
        let next = life.next();
        if next != SimTime::NEVER {
            self.roster.push(Reverse(Turn::new(next, Move::Fate, person)));
        }
    }

    /// A spell of absence begins, a person leaves for good, or a place is filled.
    pub(super) fn fate(&mut self, person: u32) {
        let now = self.now;
        let worker = &mut self.workers[person as usize];
        let Some(staffing) = &self.desks[worker.role as usize].role.staffing else { return };
        let Some(life) = &mut worker.life else { return };
        if life.vacant {
            life.vacant = false;
            life.joined = Some(now);
            life.draw_leaving(staffing, now);
            life.draw_spell(staffing, now);
            self.succeed(person);
        } else if life.leaves <= now {
            life.successors += 1;
            life.spells += 1;
            let (key, ordinal) = (life.key, life.successors);
            let vacancy = staffing.turnover.as_ref().map_or(0.0, |turnover| {
                turnover.vacancy.quantile(key.unit(Purpose::Vacancy, ordinal))
            });
            life.vacant = true;
            life.learned = (0.0, now);
            life.filled = now + micros(vacancy);
            life.absent_until = SimTime::ZERO;
            life.owed.fill(SimTime::ZERO);
            self.leave_for_good(person);
        } else if life.next_spell <= now {
            life.spells += 1;
            let (key, ordinal) = (life.key, life.spells);
            let lasts = staffing.absence.as_ref().map_or(0.0, |(_, lasts)| {
                lasts.quantile(key.unit(Purpose::AbsenceLength, ordinal))
            });
            life.absent_until = now + micros(lasts);
            let until = life.absent_until;
            life.draw_spell(staffing, until);
            self.fall_ill(person);
        }
        self.expect_fate(person);
    }

    /// Somebody new is there, at once if the shift is on. A case that was to be finished goes over with the place.
    fn succeed(&mut self, person: u32) {
        let worker = &mut self.workers[person as usize];
        let on_shift = worker.life.as_ref().is_some_and(|life| life.on_shift);
        match worker.doing {
            Doing::Off if on_shift => self.take_place(person),
            Doing::Case | Doing::Background | Doing::Handing | Doing::Asking if on_shift => {
                worker.leaving = false;
                if worker.hands.is_some() {
                    self.list_if_willing(person);
                }
            }
            _ => {}
        }
    }

    /// Whoever is free or on a duty is absent from now on; a case in hand is finished first.
    fn fall_ill(&mut self, person: u32) {
        let at = self.workers[person as usize].role;
        let staffing = self.desks[at as usize].role.staffing.as_ref();
        let at_once = staffing.is_some_and(|staffing| staffing.ill_at_once);
        let doing = self.workers[person as usize].doing;
        if at_once && matches!(doing, Doing::Case | Doing::Background) {
            return self.drop_everything(person);
        }
        match doing {
            Doing::Free => self.leave_free(person),
            Doing::Away => self.cut_errand(person),
            Doing::Case | Doing::Background | Doing::Off | Doing::Handing | Doing::Asking => {
                self.unlist(person);
                return self.expect_recovery(person);
            }
        }
        self.called_away(person);
    }

    /// Somebody who is still at work when well again takes up cases as before, and may be stopped as before.
    fn expect_recovery(&mut self, person: u32) {
        let worker = &self.workers[person as usize];
        if let (Doing::Case, Some(life)) = (worker.doing, &worker.life) {
            self.roster.push(Reverse(Turn::new(life.absent_until, Move::Recovers, person)));
        }
    }

    /// Whatever a person has in hand returns to the head of the queue, a task to those half done, and the person is away or,
    /// late, goes home.
    fn drop_everything(&mut self, person: u32) {
        match self.workers[person as usize].doing {
            Doing::Background => self.stop_background(person),
            _ => self.stop_work(person),
        }
        if self.workers[person as usize].leaving {
            return self.go_off(person);
        }
        self.called_away(person);
    }

    /// The place is empty from now on; a case in hand is finished first.
    fn leave_for_good(&mut self, person: u32) {
        let worker = &mut self.workers[person as usize];
        let at = worker.role;
        self.desks[at as usize].tally.left += 1;
        let worker = &mut self.workers[person as usize];
        match worker.doing {
            Doing::Off => return,
            Doing::Case | Doing::Background | Doing::Handing | Doing::Asking => {
                worker.leaving = true;
                return self.unlist(person);
            }
            Doing::Free => self.leave_free(person),
            Doing::Away => self.cut_errand(person),
        }
        self.go_off(person);
    }

    /// What somebody is away for is cut off.
    pub(super) fn cut_errand(&mut self, person: u32) {
        let worker = &mut self.workers[person as usize];
        worker.stamp = worker.stamp.wrapping_add(1);
        self.stop_errand(person);
        self.keep_agenda_small();
    }

    /// Speed and knowledge of somebody who is still learning, as of now.
    pub(super) fn learn(&mut self, person: u32) {
        let worker = &mut self.workers[person as usize];
        if worker.learns {
            worker.learn(self.desks[worker.role as usize].role, self.now);
        }
    }
}

impl Worker {
    /// Speed and knowledge of somebody who is still learning, as of now.
    #[inline(never)]
    pub(super) fn learn(&mut self, role: &RolePlan, now: SimTime) {
        let Some(joined) = self.life.as_ref().and_then(|life| life.joined) else { return };
        let at_first = self.life.as_ref().is_some_and(|life| life.successors == 0);
        let newcomer: Option<Newcomer> = role.staffing.as_ref().and_then(|staffing| {
            let usual = staffing.turnover.as_ref().map(|turnover| turnover.newcomer);
            if at_first { staffing.ramp.or(usual) } else { usual }
        });
        if let Some(newcomer) = newcomer {
            let (speed, knowledge) = newcomer.after(now.since(joined));
            self.rested_times = self.veteran_times / speed;
            self.times = self.rested_times;
            self.knows = knowledge;
        }
    }
}
