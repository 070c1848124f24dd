//! Several open cases of one person, who divides every minute among them.
//!
//! All open cases of a person go forward at the same speed, which depends on how many they are. So one clock a
//! person is enough: it tells the work done on each since the person had nothing in hand, and a piece of work is
//! done when that clock reaches the piece's goal. Whenever a case is added or leaves, only the person's next
//! event moves.

use crate::sim::agenda::{Agenda, Kind};
use crate::sim::case::{NONE, Stage, flag};
use crate::sim::desk::DeskState;
use crate::sim::in_hand::Rank;
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
    /// Tells it from others of the person that were begun at the same instant: the later, the higher.
    number: u32,
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
    /// The slots in use with which the person stands among those of the role who can take one more.
    listed: Option<usize>,
}

impl OpenCases {
    /// Slots in use.
    fn taken(&self) -> usize {
        self.open.len() + self.passing + self.parked.len()
    }

    /// The cases that go forward.
    pub(super) fn places(&self) -> impl Iterator<Item = u32> + '_ {
        self.open.iter().map(|open| open.place)
    }

    /// Whether there is nothing in hand to be finished.
    fn are_empty(&self) -> bool {
        self.open.is_empty() && self.passing == 0
    }

    /// The number of what is begun now.
    fn next_number(&self, now: SimTime) -> u32 {
        let begun_now = self.open.iter().filter(|open| open.began == now);
        begun_now.map(|open| open.number + 1).max().unwrap_or(0)
    }
}

/// Of those who can take one more, who comes last with each number of open cases; [`NONE`] where nobody has as many.
///
/// For people whose parked cases keep no slots: where they do, the slots in use may change without a change of place.
#[derive(Debug)]
pub(super) struct LastWith(Vec<u32>);

impl LastWith {
    pub(super) fn nobody(slots: &SlotPlan) -> Option<Box<LastWith>> {
        (!slots.parked_count).then(|| Box::new(LastWith(vec![NONE; slots.speeds.len()])))
    }

    /// Somebody joins those who can take one more: fewest open cases first, then longest since the last change.
    fn list(&mut self, free: &mut Free, workers: &mut [Worker], person: u32) {
        let Some(hands) = &mut workers[person as usize].hands else { return };
        let taken = hands.taken();
        hands.listed = Some(taken);
        let up_to = self.0[..=taken].iter().rev();
        let before = up_to.copied().find(|&last| last != NONE).unwrap_or(NONE);
        self.0[taken] = person;
        free.push_behind(workers, before, person);
    }

    /// Somebody can take no more, or not with as many as before.
    fn unlist(&mut self, free: &mut Free, workers: &mut [Worker], person: u32) {
        let hands = workers[person as usize].hands.as_mut();
        let Some(taken) = hands.and_then(|hands| hands.listed.take()) else { return };
        if self.0[taken] == person {
            let before = Free::before(workers, person);
            let has_as_many = before != NONE && workers[before as usize].listed() == Some(taken);
            self.0[taken] = if has_as_many { before } else { NONE };
        }
        free.remove(workers, person);
    }
}

impl Free {
    /// [`LastWith::list`], looked for from the end, by the slots in use now.
    fn list(&mut self, workers: &mut [Worker], person: u32) {
        let Some(hands) = &mut workers[person as usize].hands else { return };
        let taken = hands.taken();
        hands.listed = Some(taken);
        let mut before = self.last();
        while before != NONE && taken < workers[before as usize].taken() {
            before = Free::before(workers, before);
        }
        self.push_behind(workers, before, person);
    }

    /// Somebody can take no more, or not with as many as before.
    fn unlist(&mut self, workers: &mut [Worker], person: u32) {
        let hands = workers[person as usize].hands.as_mut();
        if hands.and_then(|hands| hands.listed.take()).is_some() {
            self.remove(workers, person);
        }
    }
}

impl Worker {
    /// Whether the person can take a case now.
    #[inline]
    pub(super) fn is_ready(&self) -> bool {
        match &self.hands {
            None => self.doing == Doing::Free,
            Some(hands) => hands.listed.is_some(),
        }
    }

    /// Slots in use, where there are several.
    fn taken(&self) -> usize {
        self.hands.as_ref().map_or(0, |hands| hands.taken())
    }

    /// The slots in use with which the person stands among those who can take one more.
    fn listed(&self) -> Option<usize> {
        self.hands.as_ref()?.listed
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
        let (times, number) = (worker.times, hands.next_number(now));
        let goal = hands.done + u128::from(length.scaled(times).micros()) * PARTS;
        hands.open.push(Open { place, goal, began: now, times, number });
        self.note_open(person, place, number);
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

    /// Among those who can take one more, if that is so: fewest open cases first, then longest since the last change.
    pub(super) fn list(&mut self, person: u32) {
        self.unlist(person);
        let most = self.slots(person).speeds.len();
        let worker = &mut self.workers[person as usize];
        let (at, doing) = (worker.role, worker.doing);
        let Some(hands) = &worker.hands else { return };
        if matches!(doing, Doing::Free | Doing::Case) && !worker.leaving && hands.taken() < most {
            let DeskState { free, last_with, .. } = &mut self.desks[at as usize];
            match last_with {
                Some(last_with) => last_with.list(free, &mut self.workers, person),
                None => free.list(&mut self.workers, person),
            }
        }
    }

    /// Takes no more for now.
    pub(super) fn unlist(&mut self, person: u32) {
        let at = self.workers[person as usize].role;
        let DeskState { free, last_with, .. } = &mut self.desks[at as usize];
        match last_with {
            Some(last_with) => last_with.unlist(free, &mut self.workers, person),
            None => free.unlist(&mut self.workers, person),
        }
    }

    /// Where the urgent stop others, it is known what everybody has begun.
    fn note_open(&mut self, person: u32, place: u32, number: u32) {
        let at = self.workers[person as usize].role as usize;
        if let Some(mut in_hand) = self.desks[at].in_hand.take() {
            let rank = Rank::new(self.cases[place].priority, self.now, person, number);
            let first = self.desks[at].people.start;
            let holds = |rank: &Rank| self.open_of(*rank).is_some();
            in_hand.take_up(person - first, rank, |ranks| {
                ranks.retain(holds);
                // pieces that took no time leave their rank to the next of the same instant
                ranks.sort_unstable_by_key(|rank| (rank.piece(), std::cmp::Reverse(*rank)));
                ranks.dedup_by(|a, b| a.is_of(*b));
            });
            self.desks[at].in_hand = Some(in_hand);
        }
    }

    /// What this rank is of in a person's slots, and its rank by now.
    pub(super) fn open_of(&self, rank: Rank) -> Option<(u32, Rank)> {
        let hands = self.workers[rank.person() as usize].hands.as_ref()?;
        let of = |open: &Open| (open.place, self.rank_of(rank.person(), open));
        hands.open.iter().map(of).find(|(_, now)| now.is_of(rank))
    }

    fn rank_of(&self, person: u32, open: &Open) -> Rank {
        let role = self.desks[self.workers[person as usize].role as usize].role;
        let urgency = role.urgency(&self.cases[open.place], self.now);
        Rank::new(urgency, open.began, person, open.number)
    }

    /// The least urgent case in anybody's slots, looked for in all.
    pub(super) fn least_urgent_open_of_all(
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draws::{Purpose, Seed};

    /// Where somebody with so many open cases belongs in this line, looked for from its end.
    fn place(line: &[(u32, usize)], taken: usize) -> usize {
        line.iter().rposition(|&(_, open)| open <= taken).map_or(0, |before| before + 1)
    }

    #[test]
    fn those_with_fewest_open_cases_come_first_and_of_those_who_changed_first() {
        let plan = SlotPlan { speeds: vec![PARTS; 4], parked_count: false };
        let mut last_with = LastWith::nobody(&plan).expect("parked cases keep no slots");
        let mut free = Free::NOBODY;
        let mut workers: Vec<Worker> = (0..50).map(|_| Worker::new(0, 1.0, 1, None)).collect();
        workers.iter_mut().for_each(|worker| worker.hands = Some(Box::default()));
        let mut line = Vec::new();
        for step in 0..5_000 {
            let key = Seed::new(1, 0).stream(0).of(step);
            let any =
                |most: usize, ordinal| (key.unit(Purpose::Gap, ordinal) * most as f64) as usize;
            let (person, taken) = (any(50, 0) as u32, any(5, 1));
            // what is in hand changes before the place in line does
            if let Some(hands) = &mut workers[person as usize].hands {
                hands.passing = taken;
            }
            last_with.unlist(&mut free, &mut workers, person);
            line.retain(|&(listed, _)| listed != person);
            if taken < 4 {
                last_with.list(&mut free, &mut workers, person);
                line.insert(place(&line, taken), (person, taken));
            }
            let next = |&at: &u32| Some(Free::after(&workers, at)).filter(|&next| next != NONE);
            let first = Some(free.first).filter(|&first| first != NONE);
            let listed = std::iter::successors(first, next);
            assert!(listed.eq(line.iter().map(|&(person, _)| person)), "after step {step}");
            assert_eq!(free.count as usize, line.len());
        }
    }
}
