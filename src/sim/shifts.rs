//! Interruptions: coming and going, and urgent cases that stop others.

use std::cmp::Reverse;
use std::collections::binary_heap::PeekMut;

use crate::model::ShiftEnd;
use crate::sim::case::{NONE, Stage, flag};
use crate::sim::flow::micros;
use crate::sim::in_hand::Rank;
use crate::sim::observer::{Happening, Observer, Sighting};
use crate::sim::outcome::Stop;
use crate::sim::people::{Doing, bin};
use crate::sim::queue::Entry;
use crate::sim::run::Run;
use crate::units::SimTime;

/// What somebody does or meets with; of one instant, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Move {
    /// Goes off shift.
    Goes = 0,
    /// Comes on shift.
    Comes = 1,
    /// Falls ill, leaves for good, or succeeds somebody who left.
    Fate = 2,
    /// Is well again, and still at what was in hand.
    Recovers = 3,
}

/// Somebody's next move. Of one instant, by kind of move, then by number of the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Turn(u128);

impl Turn {
    const MOVE: u32 = 32;
    const AT: u32 = 64;

    pub(super) fn new(at: SimTime, what: Move, person: u32) -> Turn {
        let (at, what) = (u128::from(at.micros()), what as u128);
        Turn(at << Turn::AT | what << Turn::MOVE | u128::from(person))
    }

    #[inline]
    pub(super) fn at(self) -> SimTime {
        SimTime::from_micros((self.0 >> Turn::AT) as u64)
    }

    fn what(self) -> Move {
        match self.0 >> Turn::MOVE & 3 {
            0 => Move::Goes,
            1 => Move::Comes,
            2 => Move::Fate,
            _ => Move::Recovers,
        }
    }

    fn person(self) -> u32 {
        self.0 as u32
    }
}

impl<O: Observer> Run<'_, O> {
    /// An urgent case stops the least urgent one in hand, the latest started first; `true` if it did.
    pub(super) fn displace(&mut self, place: u32, at: u32) -> bool {
        let (case, role) = (&self.cases[place], &self.plan.roles[at as usize]);
        let (urgent, group) = (case.priority, role.eligibility.group_of(case));
        let Some(person) = self.make_room(urgent, group, at) else { return false };
        self.desks[at as usize].enter(self.now, self.cases[place].topic);
        self.start(place, person);
        if 1 < role.eligibility.groups {
            // what was stopped may be for somebody who could not take the urgent case
            self.reseat(at);
        }
        true
    }

    /// Somebody who can take a case of this group puts away what is less urgent, the least urgent there is.
    fn make_room(&mut self, urgent: u8, group: usize, at: u32) -> Option<u32> {
        let (person, other) = self.least_urgent_in_hand(urgent, group, at)?;
        if self.workers[person as usize].hands.is_some() {
            self.put_back(person, other);
            return Some(person);
        }
        self.interrupt(person);
        self.learn(person);
        self.workers[person as usize].doing = Doing::Case;
        Some(person)
    }

    /// Who can take a case of this group and has the least urgent of what is less urgent in hand, the latest begun first;
    /// and the case.
    fn least_urgent_in_hand(&mut self, urgent: u8, group: usize, at: u32) -> Option<(u32, u32)> {
        let mut in_hand = self.desks[at as usize].in_hand.take()?;
        let now = |rank| self.held_by(rank).map(|(_, now)| now);
        let may_stop = |rank: Rank| {
            let case = self.held_by(rank).map(|(case, _)| case);
            case.is_some_and(|case| self.may_stop(rank.person(), case, group))
        };
        let found = in_hand.least_urgent(urgent, group, now, may_stop);
        self.desks[at as usize].in_hand = Some(in_hand);
        let found = found.and_then(|rank| Some((rank.person(), self.held_by(rank)?.0)));
        debug_assert_eq!(found, self.least_urgent_of_all(urgent, group, at));
        found
    }

    /// What this rank is of in a person's hands, and its rank by now.
    fn held_by(&self, rank: Rank) -> Option<(u32, Rank)> {
        let worker = &self.workers[rank.person() as usize];
        if worker.hands.is_some() {
            return self.open_of(rank);
        }
        Some((worker.case, self.rank_in_hand(rank.person())?))
    }

    /// As [`Run::least_urgent_in_hand`], looked for among all.
    fn least_urgent_of_all(&self, urgent: u8, group: usize, at: u32) -> Option<(u32, u32)> {
        if self.desks[at as usize].role.slots.is_some() {
            return self.least_urgent_open_of_all(urgent, group, at);
        }
        let people = self.desks[at as usize].people.clone();
        let case = |person: u32| self.workers[person as usize].case;
        let able = people.filter(|&person| self.may_stop(person, case(person), group));
        let less = able.filter_map(|person| self.rank_in_hand(person));
        let found = less.filter(|rank| urgent < rank.urgency()).max()?;
        Some((found.person(), case(found.person())))
    }

    /// The rank of what somebody without slots has in hand.
    fn rank_in_hand(&self, person: u32) -> Option<Rank> {
        let worker = &self.workers[person as usize];
        let role = &self.plan.roles[worker.role as usize];
        let rank = |case| Rank::new(role.urgency(case, self.now), worker.began, person, 0);
        (worker.case != NONE).then(|| rank(&self.cases[worker.case]))
    }

    /// Whether somebody would put this case away for one of this group. Whoever is about to go takes up nothing new.
    fn may_stop(&self, person: u32, case: u32, group: usize) -> bool {
        let worker = &self.workers[person as usize];
        worker.doing == Doing::Case
            && worker.takes >> group & 1 == 1
            && self.cases[case].stage != Stage::Mention
            && !worker.leaving
            && !self.is_called(person)
    }

    /// Whether somebody who can take a case of this group has less urgent work in hand.
    #[cfg(debug_assertions)]
    pub(super) fn has_less_urgent(&self, urgent: u8, group: usize, at: u32) -> bool {
        self.least_urgent_of_all(urgent, group, at).is_some()
    }

    /// Free people, and then those with something less urgent in hand, take what waits: work that was stopped may
    /// be more urgent than what others are at.
    pub(super) fn reseat(&mut self, at: u32) {
        self.dispatch(at);
        if !self.desks[at as usize].role.preemptive {
            return;
        }
        while let Some(person) = self.room_for_waiting(at) {
            let takes = self.workers[person as usize].takes;
            let Some(next) = self.pick(at, takes, u32::MAX) else {
                unreachable!("somebody made room for a case that waits")
            };
            self.start(next, person);
            self.dispatch(at);
        }
    }

    /// Somebody who has put away what is less urgent than a case that waits here.
    fn room_for_waiting(&mut self, at: u32) -> Option<u32> {
        let role = &self.plan.roles[at as usize];
        for class in 0..role.priorities {
            for group in 0..role.eligibility.groups {
                let cases = &self.cases;
                let here = |entry: &Entry| {
                    cases[entry.case].ticket == entry.ticket && cases[entry.case].at == at
                };
                let head = self.desks[at as usize].lines.head(class, group, here);
                let Some(urgent) = head.map(|entry| cases[entry.case].priority) else { continue };
                if let Some(person) = self.make_room(urgent, group, at) {
                    return Some(person);
                }
            }
        }
        None
    }

    /// Work in hand stops; the case returns to the head of its class with what remains.
    fn interrupt(&mut self, person: u32) {
        let now = self.now;
        let worker = &mut self.workers[person as usize];
        let place = worker.case;
        let since = worker.since;
        worker.book(bin(self.cases[place].piece), now);
        self.serve(place, since);
        let worker = &mut self.workers[person as usize];
        worker.stamp = worker.stamp.wrapping_add(1);
        worker.case = NONE;
        self.keep_agenda_small();
        let worker = &mut self.workers[person as usize];
        let left = worker.left(now);
        let at = worker.role;
        self.book_hands_on(place, now.since(since));
        let case = &mut self.cases[place];
        case.left = left;
        case.set(flag::INTERRUPTED);
        let desk = &mut self.desks[at as usize];
        desk.touch(now);
        desk.stop(case, self.now);
        if O::WATCHES {
            match case.stage {
                Stage::Mention => self.observer.sees(now, case.number, Sighting::PutAside),
                _ => self.tell(place, Happening::Interrupted),
            }
        }
        if self.handing_over {
            self.hand_to_colleagues(place);
        }
        self.queue_up(place, true);
        if self.cases[place].stage == Stage::Mention {
            self.window_goes_on(place);
        }
        self.break_off(place);
    }

    /// A case in hand goes over to whoever takes it next, who has to read what the person before knew.
    pub(super) fn hand_to_colleagues(&mut self, place: u32) {
        let keeps = self.plan.practice.shared_tool.keeps;
        let case = &mut self.cases[place];
        if case.stage != Stage::Front {
            return;
        }
        case.tale.hops += 1;
        case.tale.kept *= keeps;
        // what is left of the piece waits for the reading
        let work = self.answer_micros(place);
        let case = &mut self.cases[place];
        case.left += micros(self.plan.practice.reread * (1.0 - keeps) * work);
        let bits = case.scopes;
        self.in_scopes(bits, |scope| scope.hand_offs += 1);
    }

    /// Everybody whose time it is goes or comes; those who came look for work together.
    pub(super) fn shift(&mut self) {
        // with very many people a change of shifts takes long
        if self.asked_to_stop() {
            self.trouble = Some(Stop::Asked);
            self.may_end();
        }
        let mut desks = std::mem::take(&mut self.shifted);
        while self.roster.peek().is_some_and(|Reverse(turn)| turn.at() <= self.now) {
            let Some(mut first) = self.roster.peek_mut() else { break };
            let (what, person) = (first.0.what(), first.0.person());
            let worker = &mut self.workers[person as usize];
            if desks.last() != Some(&worker.role) {
                desks.push(worker.role);
            }
            // The person's next turn takes the place of this one, where it is known.
            match what {
                Move::Goes => {
                    match worker.next_stretch() {
                        Some(from) => {
                            *first = Reverse(Turn::new(from, Move::Comes, person));
                            drop(first);
                        }
                        None => {
                            PeekMut::pop(first);
                        }
                    }
                    self.end_of_shift(person);
                }
                Move::Comes if worker.life.is_none() => {
                    *first = Reverse(Turn::new(worker.next_end, Move::Goes, person));
                    drop(first);
                    self.come(person);
                }
                Move::Comes => {
                    PeekMut::pop(first);
                    self.come(person);
                    let until = self.workers[person as usize].until;
                    self.roster.push(Reverse(Turn::new(until, Move::Goes, person)));
                }
                Move::Fate => {
                    PeekMut::pop(first);
                    self.fate(person);
                }
                Move::Recovers => {
                    PeekMut::pop(first);
                    let worker = &self.workers[person as usize];
                    if worker.hands.is_some() && !worker.leaving {
                        self.list_if_willing(person);
                    }
                }
            }
        }
        if 1 < desks.len() {
            desks.sort_unstable();
            desks.dedup();
        }
        for desk in desks.drain(..) {
            self.reseat(desk);
        }
        self.shifted = desks;
        self.schedule_shift();
    }

    /// A person comes, free, or goes over from overtime into the next stretch.
    pub(super) fn come(&mut self, person: u32) {
        let worker = &mut self.workers[person as usize];
        if let Some(life) = &mut worker.life {
            life.on_shift = true;
            if life.is_vacant() {
                if worker.doing == Doing::Off {
                    worker.until = worker.next_end;
                }
                return;
            }
        }
        if worker.doing != Doing::Off {
            self.settle_accounts(person);
            let worker = &mut self.workers[person as usize];
            worker.leaving = false;
            worker.until = worker.next_end;
            if worker.hands.is_some() {
                self.list_if_willing(person);
            }
            return;
        }
        self.take_place(person);
    }

    /// A person who is not there takes the place, for the present stretch.
    pub(super) fn take_place(&mut self, person: u32) {
        let now = self.now;
        let worker = &mut self.workers[person as usize];
        worker.since = now;
        worker.until = worker.next_end;
        if let Some(pace) = &mut worker.pace {
            pace.begin_shift(now);
        }
        let at = worker.role;
        let desk = &mut self.desks[at as usize];
        desk.touch(now);
        desk.present += 1;
        if worker.life.is_some() {
            self.learn(person);
            if self.called_away(person) {
                return;
            }
        }
        self.workers[person as usize].doing = Doing::Free;
        if self.workers[person as usize].hands.is_some() {
            return self.list(person);
        }
        self.desks[at as usize].add_free(&mut self.workers, person);
    }

    /// The stretch is over: the person goes, or stays to finish what is in hand.
    fn end_of_shift(&mut self, person: u32) {
        let worker = &mut self.workers[person as usize];
        if let Some(life) = &mut worker.life {
            life.on_shift = false;
        }
        let at = worker.role;
        match worker.doing {
            Doing::Off => {}
            Doing::Away => {
                self.cut_errand(person);
                self.go_off(person);
            }
            Doing::Free => {
                self.leave_free(person);
                self.go_off(person);
            }
            Doing::Background => self.workers[person as usize].leaving = true,
            Doing::Case | Doing::Handing | Doing::Asking
                if self.plan.roles[at as usize].shift_end == ShiftEnd::Finish =>
            {
                self.unlist(person);
                self.workers[person as usize].leaving = true
            }
            Doing::Handing | Doing::Asking => {
                self.leave_held(person);
                self.go_off(person);
            }
            Doing::Case => {
                let role = &self.plan.roles[at as usize];
                self.handing_over = role.shift_end == ShiftEnd::HandOver;
                self.stop_work(person);
                self.handing_over = false;
                self.go_off(person);
            }
        }
    }

    /// All that a person has in hand returns to the head of its class.
    pub(super) fn stop_work(&mut self, person: u32) {
        if self.workers[person as usize].hands.is_some() {
            self.put_all_back(person);
        } else {
            self.interrupt(person);
        }
    }

    /// Put the person's next stretch of presence on the roster.
    pub(super) fn expect_next(&mut self, person: u32) {
        if let Some(from) = self.workers[person as usize].next_stretch() {
            self.roster.push(Reverse(Turn::new(from, Move::Comes, person)));
        }
    }

    pub(super) fn go_off(&mut self, person: u32) {
        let worker = &mut self.workers[person as usize];
        worker.doing = Doing::Off;
        worker.leaving = false;
        worker.case = NONE;
        if worker.hands.is_some() {
            self.forget_parked(person);
        }
        let worker = &self.workers[person as usize];
        let desk = &mut self.desks[worker.role as usize];
        desk.touch(self.now);
        desk.present -= 1;
    }
}
