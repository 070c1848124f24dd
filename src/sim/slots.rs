//! Several open cases of one person, who divides every minute among them.
//!
//! All open cases of a person go forward at the same speed, which depends on how many they are. So one clock a
//! person is enough: it tells the work done on each since the person had nothing in hand, and a piece of work is
//! done when that clock reaches the piece's goal. Whenever a case is added or leaves, only the person's next
//! event moves.

use crate::sim::agenda::{Agenda, Kind};
use crate::sim::case::{NONE, Stage, flag};
use crate::sim::observer::{Happening, Observer};
use crate::sim::people::{Doing, Free, Worker, bin};
use crate::sim::people_plan::{PARTS, SlotPlan};
use crate::sim::run::Run;
use crate::units::SimTime;

/// A case in a slot.
#[derive(Debug, Clone, Copy)]
struct Open {
    place: u32,
    /// What the person's clock of work shows when the piece is done.
    goal: u128,
    /// When the piece was begun, and how much longer the person took then than the law says.
    began: SimTime,
    times: f64,
}

/// What a person with several slots has in hand.
#[derive(Debug, Clone, Default)]
pub(super) struct OpenCases {
    open: Vec<Open>,
    /// Work done on each open case since there were none, in parts of a microsecond: whole numbers, so that it
    /// does not matter in how many steps they are added up.
    done: u128,
    /// Cases in hand between two pieces of work.
    passing: usize,
    /// Cases that wait elsewhere and keep their slots.
    parked: Vec<u32>,
    /// Whether the person is among those of the role who can take one more.
    listed: bool,
}

impl OpenCases {
    /// Slots in use.
    fn taken(&self) -> usize {
        self.open.len() + self.passing + self.parked.len()
    }

    /// Whether there is nothing in hand to be finished.
    fn are_empty(&self) -> bool {
        self.open.is_empty() && self.passing == 0
    }
}

impl Worker {
    /// Whether the person can take a case now.
    #[inline]
    pub(super) fn is_ready(&self) -> bool {
        match &self.hands {
            None => self.doing == Doing::Free,
            Some(hands) => hands.listed,
        }
    }

    /// Slots in use, where there are several.
    fn taken(&self) -> usize {
        self.hands.as_ref().map_or(0, |hands| hands.taken())
    }

    /// The next piece to be done goes on the agenda.
    fn set_to_next(&mut self, agenda: &mut Agenda, person: u32, slots: &SlotPlan, now: SimTime) {
        self.stamp = self.stamp.wrapping_add(1);
        let Some(hands) = &self.hands else { return };
        let first = hands.open.iter().map(|open| open.goal).min();
        if let Some(goal) = first {
            let left = goal.saturating_sub(hands.done).div_ceil(slots.speed(hands.open.len()));
            self.ends = now + SimTime::from_micros(left as u64);
            agenda.schedule(self.ends, Kind::Done, person, self.stamp);
        }
    }
}

impl Free {
    /// Join those who can take one more: fewest open cases first, then longest since the last change.
    fn insert(&mut self, workers: &mut [Worker], person: u32) {
        let taken = workers[person as usize].taken();
        let mut before = self.last();
        while before != NONE && taken < workers[before as usize].taken() {
            before = Free::before(workers, before);
        }
        self.push_behind(workers, before, person);
    }
}

impl<O: Observer> Run<'_, O> {
    fn slots(&self, person: u32) -> &SlotPlan {
        let at = self.workers[person as usize].role;
        self.plan.roles[at as usize].slots.as_ref().expect("only roles with slots have hands")
    }

    /// The time of a person with open cases is booked, and their work goes forward.
    fn go_forward(&mut self, person: u32) {
        let now = self.now;
        let speed = match &self.workers[person as usize].hands {
            Some(hands) if !hands.open.is_empty() => self.slots(person).speed(hands.open.len()),
            _ => return,
        };
        let worker = &mut self.workers[person as usize];
        let Some(hands) = &mut worker.hands else { return };
        let micros = now.since(worker.since).micros();
        hands.done += u128::from(micros) * speed;
        let among = hands.open.len() as u64;
        let (each, rest) = (micros / among, micros % among);
        let (mut serving, mut unasked) = (0, 0);
        for (i, open) in (0..).zip(&hands.open) {
            let case = &self.cases[open.place];
            let share = each + u64::from(i < rest);
            worker.bins[bin(case.piece) as usize] += share;
            serving += if case.is_for_objective() { share } else { 0 };
            unasked += if case.is_unasked() { share } else { 0 };
        }
        worker.book_presence(now);
        self.count_serving(serving);
        self.count_unasked(unasked);
    }

    /// The whole time that a case was in hand counts as work on it, however many there were.
    fn book_open(&mut self, place: u32) {
        let since = std::mem::replace(&mut self.cases[place].since, self.now);
        self.book_hands_on(place, self.now.since(since));
    }

    /// A person with a free slot takes a case up; `foreseen`: what will be done first is known already.
    pub(super) fn open(&mut self, place: u32, person: u32, foreseen: bool) {
        self.drop_spare(person);
        self.book_free(person);
        let worker = &mut self.workers[person as usize];
        worker.doing = Doing::Case;
        if let Some(hands) = &mut worker.hands {
            hands.passing += 1;
        }
        self.list(person);
        if foreseen {
            let (piece, left) = (self.cases[place].piece, self.cases[place].left);
            self.begin(place, piece, left);
        } else {
            self.proceed(place);
        }
    }

    /// A piece of work of this length at standard speed begins in one of the slots.
    pub(super) fn begin_in_slot(&mut self, place: u32, person: u32, length: SimTime) {
        let now = self.now;
        self.go_forward(person);
        let length = length + self.turn_to(person, place);
        let worker = &mut self.workers[person as usize];
        worker.since = now;
        let Some(hands) = &mut worker.hands else { return };
        hands.passing = hands.passing.saturating_sub(1);
        if hands.open.is_empty() {
            hands.done = 0;
        }
        let times = worker.times;
        let goal = hands.done + u128::from(length.scaled(times).micros()) * PARTS;
        hands.open.push(Open { place, goal, began: now, times });
        self.expect_done(person);
    }

    fn expect_done(&mut self, person: u32) {
        let at = self.workers[person as usize].role;
        let slots = self.plan.roles[at as usize].slots.as_ref();
        let Some(slots) = slots else { return };
        let worker = &mut self.workers[person as usize];
        worker.set_to_next(&mut self.agenda, person, slots, self.now);
        self.keep_agenda_small();
    }

    /// The piece in one of the slots that comes to its end first is done.
    pub(super) fn done_in_slot(&mut self, person: u32) {
        self.go_forward(person);
        let worker = &mut self.workers[person as usize];
        let Some(hands) = &mut worker.hands else { return };
        let goals = hands.open.iter().enumerate();
        let Some((first, open)) = goals.min_by_key(|(_, open)| open.goal) else {
            return;
        };
        let place = open.place;
        // rounding to whole microseconds never leaves a piece undone
        hands.done = hands.done.max(open.goal);
        hands.open.remove(first);
        hands.passing += 1;
        self.book_open(place);
        self.after(place);
    }

    /// A case has left the person's hands: the next one, rest for the others, or home.
    pub(super) fn release_slot(&mut self, person: u32) {
        let now = self.now;
        self.go_forward(person);
        let worker = &mut self.workers[person as usize];
        let at = worker.role;
        let (leaving, alive) = (worker.leaving, worker.life.is_some());
        let Some(hands) = &mut worker.hands else { return };
        hands.passing = hands.passing.saturating_sub(1);
        let empty = hands.are_empty();
        if empty {
            worker.since = now;
            worker.doing = Doing::Free;
        }
        if leaving {
            if empty {
                worker.leaving = false;
                return self.go_off(person);
            }
            return self.expect_done(person);
        }
        if alive {
            self.learn(person);
            if self.is_called(person) {
                self.unlist(person);
                if empty {
                    self.called_away(person);
                } else {
                    self.expect_done(person);
                }
                return;
            }
        }
        self.list(person);
        self.expect_done(person);
        if self.plan.roles[at as usize].looks_around() {
            return self.dispatch(at);
        }
        while 0 < self.desks[at as usize].lines.entries
            && self.workers[person as usize].is_ready()
            && let Some(place) = {
                let takes = self.workers[person as usize].takes;
                self.pick(at, takes, self.desks[at as usize].free.count)
            }
        {
            self.start(place, person);
        }
        self.spare_time(at);
    }

    /// Among those who can take one more, if that is so; at the place that comes with what is in hand.
    pub(super) fn list(&mut self, person: u32) {
        self.unlist(person);
        let most = self.slots(person).speeds.len();
        let worker = &mut self.workers[person as usize];
        let (at, doing) = (worker.role, worker.doing);
        let Some(hands) = &mut worker.hands else { return };
        if matches!(doing, Doing::Free | Doing::Case) && !worker.leaving && hands.taken() < most {
            hands.listed = true;
            self.desks[at as usize].free.insert(&mut self.workers, person);
        }
    }

    /// Takes no more for now.
    pub(super) fn unlist(&mut self, person: u32) {
        let worker = &mut self.workers[person as usize];
        let at = worker.role;
        if let Some(hands) = &mut worker.hands
            && std::mem::replace(&mut hands.listed, false)
        {
            self.desks[at as usize].free.remove(&mut self.workers, person);
        }
    }

    /// The least urgent case in anybody's hands that is less urgent than this, the latest begun first.
    pub(super) fn least_urgent_open(
        &self,
        urgent: u8,
        group: usize,
        at: u32,
    ) -> Option<(u32, u32)> {
        let mut found: Option<((u8, SimTime), u32, u32)> = None;
        for person in self.desks[at as usize].people.clone() {
            let worker = &self.workers[person as usize];
            let Some(hands) = &worker.hands else { continue };
            if worker.takes >> group & 1 == 0 || worker.leaving || self.is_called(person) {
                continue;
            }
            for open in &hands.open {
                let case = &self.cases[open.place];
                let rank = (self.plan.roles[at as usize].urgency(case, self.now), open.began);
                if case.stage != Stage::Mention
                    && urgent < rank.0
                    && found.is_none_or(|(best, _, _)| best < rank)
                {
                    found = Some((rank, person, open.place));
                }
            }
        }
        found.map(|(_, person, place)| (person, place))
    }

    /// Work on one of the open cases stops; the case returns to the head of its class with what remains.
    pub(super) fn put_back(&mut self, person: u32, place: u32) {
        let now = self.now;
        self.go_forward(person);
        let worker = &mut self.workers[person as usize];
        let at = worker.role;
        let Some(hands) = &mut worker.hands else { return };
        let Some(slot) = hands.open.iter().position(|open| open.place == place) else { return };
        let open = hands.open.remove(slot);
        let left = open.goal.saturating_sub(hands.done).div_ceil(PARTS) as u64;
        let left = SimTime::from_micros(left).scaled(1.0 / open.times);
        if hands.are_empty() {
            worker.doing = Doing::Free;
            worker.since = now;
        }
        self.book_open(place);
        self.expect_done(person);
        let case = &mut self.cases[place];
        case.left = left;
        case.set(flag::INTERRUPTED);
        let desk = &mut self.desks[at as usize];
        desk.touch(now);
        desk.stop(case, self.now);
        if O::WATCHES && case.stage != Stage::Mention {
            self.tell(place, Happening::Interrupted);
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

    /// Work on one of the open cases stops for good.
    pub(super) fn drop_slot(&mut self, person: u32, place: u32) {
        let now = self.now;
        self.go_forward(person);
        let worker = &mut self.workers[person as usize];
        let Some(hands) = &mut worker.hands else { return };
        hands.open.retain(|open| open.place != place);
        if hands.are_empty() {
            worker.doing = Doing::Free;
            worker.since = now;
        }
        self.expect_done(person);
        let worker = &self.workers[person as usize];
        let (at, late) = (worker.role, worker.leaving && worker.doing == Doing::Free);
        if late {
            self.workers[person as usize].leaving = false;
            return self.go_off(person);
        }
        let idle = self.workers[person as usize].doing == Doing::Free;
        if idle && self.is_called(person) {
            self.unlist(person);
            self.called_away(person);
        } else {
            self.list_if_willing(person);
        }
        self.dispatch(at);
    }

    /// All that is in hand stops, the latest begun first, so that the earliest is resumed first.
    pub(super) fn put_all_back(&mut self, person: u32) {
        self.unlist(person);
        while let Some(place) = self.workers[person as usize].hands.as_ref().and_then(|hands| {
            hands.open.iter().max_by_key(|open| open.began).map(|open| open.place)
        }) {
            self.put_back(person, place);
        }
    }

    /// Book what a person has done so far.
    pub(super) fn settle_slots(&mut self, person: u32) {
        self.go_forward(person);
        let open: Vec<u32> = match &self.workers[person as usize].hands {
            Some(hands) => hands.open.iter().map(|open| open.place).collect(),
            None => return,
        };
        for place in open {
            self.book_open(place);
        }
    }

    /// A case is parked: where parked cases count, its holder keeps the slot for it.
    pub(super) fn keep_slot(&mut self, place: u32) {
        let person = self.cases[place].tale.holder;
        if person == NONE || !self.slots_of(person).is_some_and(|slots| slots.parked_count) {
            return;
        }
        if let Some(hands) = &mut self.workers[person as usize].hands {
            hands.parked.push(place);
            self.cases[place].set(flag::KEEPS_SLOT);
        }
    }

    /// A case that was parked needs its slot no more, or takes it.
    pub(super) fn give_slot_back(&mut self, place: u32) {
        self.cases[place].clear(flag::KEEPS_SLOT);
        let person = self.cases[place].tale.holder;
        if person == NONE {
            return;
        }
        if let Some(hands) = &mut self.workers[person as usize].hands
            && let Some(slot) = hands.parked.iter().position(|&parked| parked == place)
        {
            hands.parked.remove(slot);
            self.list_if_willing(person);
        }
    }

    /// Slots that were kept may be free now, and cases may wait for one; or whose case came back to its slot may have
    /// something more urgent waiting.
    pub(super) fn use_free_slots(&mut self, at: u32) {
        if self.desks[at as usize].role.slots.as_ref().is_some_and(|slots| slots.parked_count) {
            self.reseat(at);
        }
    }

    /// Whoever goes keeps no slots.
    pub(super) fn forget_parked(&mut self, person: u32) {
        if let Some(hands) = &mut self.workers[person as usize].hands {
            for place in std::mem::take(&mut hands.parked) {
                self.cases[place].clear(flag::KEEPS_SLOT);
            }
        }
    }

    pub(super) fn list_if_willing(&mut self, person: u32) {
        if !self.is_called(person) {
            self.list(person);
        }
    }

    fn slots_of(&self, person: u32) -> Option<&SlotPlan> {
        let at = self.workers[person as usize].role;
        self.plan.roles[at as usize].slots.as_ref()
    }
}
