//! How cases and people meet: joining, starting, finishing, leaving; coming and going.

use crate::draws::Purpose;
use crate::sim::agenda::Kind;
use crate::sim::case::{NONE, Piece, Place, Stage, flag};
use crate::sim::desk::Moment;
use crate::sim::observer::{Happening, Observer, Sighting};
use crate::sim::outcome::{Bin, Cause, End};
use crate::sim::people::{Doing, Free, Worker, bin};
use crate::sim::retries::Failed;
use crate::sim::run::Run;
use crate::units::SimTime;

impl<O: Observer> Run<'_, O> {
    /// A visit to a desk begins: somebody free takes the case at once, or it joins the queue.
    ///
    /// `back`: it returns to the head of its class, where its former holder is preferred.
    #[inline(never)]
    pub(super) fn join(&mut self, place: u32, at: u32, back: bool) {
        self.join_here(place, at, back);
    }

    /// [`Run::join`], for the two places that most visits begin at.
    #[inline(always)]
    pub(super) fn join_here(&mut self, place: u32, at: u32, back: bool) {
        let (now, moment) = (self.now, self.moment());
        if self.traits.far_apart {
            self.bring_desk_near(at);
        }
        let desk = &mut self.desks[at as usize];
        let role = &self.plan.roles[at as usize];
        let case = &mut self.cases[place];
        desk.welcome(case, at, now);
        role.foresee(case);
        if desk.straight {
            let (workers, agenda) = (&mut self.workers, &mut self.agenda);
            let lines_up = desk.take_in(case, place, workers, agenda, &mut self.order, moment);
            return self.taken_in(place, lines_up);
        }
        if role.infinite {
            desk.enter(now, case.topic);
            self.start(place, NONE);
            return;
        }
        if 0 < desk.free.count {
            let barred = role.barred(case.priority, &desk.free, &self.workers);
            // Whoever had it last, or wrote the last reply, is preferred.
            let known = match self.plan.causes {
                true if back => case.tale.holder,
                true => case.tale.author,
                false => NONE,
            };
            let free = if known != NONE && is_free_at(&self.workers, known, at, barred) {
                Some(known)
            } else if role.eligibility.groups == 1 {
                (barred == 0).then_some(desk.free.first)
            } else {
                desk.free.find(&self.workers, role.eligibility.group_of(case), barred)
            };
            if let Some(person) = free {
                desk.enter(now, case.topic);
                if role.special {
                    return self.start_specially(place, person);
                }
                let (workers, agenda) = (&mut self.workers, &mut self.agenda);
                let foreseen = desk.start(case, place, person, workers, agenda, moment);
                return self.started(place, foreseen);
            }
        }
        if role.refuses {
            return self.ask_for_room(place, at, back);
        }
        desk.enter(now, case.topic);
        desk.delay(case.topic);
        self.order += 1;
        desk.queue_up(case, place, self.order, now, back);
        self.queued(place);
        if self.traits.has_queue_timers {
            self.queue_timers(place);
        }
    }

    /// A desk without other rules has taken a case in: it is in hand, or it lines up.
    #[inline(always)]
    pub(super) fn taken_in(&mut self, place: u32, lines_up: bool) {
        if O::WATCHES && !lines_up {
            self.tell_started(place);
        }
        if lines_up {
            self.queued(place);
            if self.traits.has_queue_timers {
                self.queue_timers(place);
            }
        }
    }

    /// Where a case that finds nobody free may not simply queue up.
    #[inline(never)]
    fn ask_for_room(&mut self, place: u32, at: u32, back: bool) {
        if self.refused(place, at, back) {
            return;
        }
        let desk = &mut self.desks[at as usize];
        let topic = self.cases[place].topic;
        desk.enter(self.now, topic);
        desk.delay(topic);
        self.queue_up(place, back);
        if self.traits.has_queue_timers {
            self.queue_timers(place);
        }
    }

    /// The case stops a less urgent one, or finds the waiting room full; `false` if it may queue up. What comes `back` was
    /// let in before.
    fn refused(&mut self, place: u32, at: u32, back: bool) -> bool {
        let role = self.desks[at as usize].role;
        let (preemptive, room, push_out) = (role.preemptive, role.room, role.push_out);
        if preemptive && self.displace(place, at) {
            return true;
        }
        let desk = &mut self.desks[at as usize];
        let has_room = back || room.is_none_or(|room| desk.waiting < room);
        if has_room || (push_out && self.push_out(place, at)) {
            return false;
        }
        let desk = &mut self.desks[at as usize];
        desk.tally.rejected += 1;
        let topic = usize::from(self.cases[place].topic);
        if let Some(topic) = desk.tally.topics.get_mut(topic) {
            topic.rejected += 1;
        }
        match self.cases[place].stage {
            Stage::Glimpse => {
                self.glimpse_refused(place);
                return true;
            }
            Stage::Verdict => {
                self.review_refused(place);
                return true;
            }
            // a question or a draft of another desk, which goes on without
            Stage::Consult | Stage::Review | Stage::Decide => {
                self.unheard(place);
                return true;
            }
            _ => {}
        }
        if self.tries_again(place, Failed::TurnedAway) {
            return true;
        }
        self.end(place, End::Rejected);
        self.close(place);
        true
    }

    /// Put a case into the queue of the desk where it is; the desk has been touched.
    pub(super) fn queue_up(&mut self, place: u32, front: bool) {
        let case = &mut self.cases[place];
        self.order += 1;
        self.desks[case.at as usize].queue_up(case, place, self.order, self.now, front);
        self.queued(place);
    }

    /// An inquiry has joined a queue.
    #[inline(always)]
    fn queued(&mut self, place: u32) {
        if O::WATCHES && self.cases[place].stage != Stage::Mention {
            self.tell(place, Happening::Queued { role: self.cases[place].at });
        }
    }

    /// What runs while a case waits: patience in the queue, and the delay of an overflow link.
    fn queue_timers(&mut self, place: u32) {
        let case = &self.cases[place];
        match case.stage {
            Stage::Front => self.wait_in_queue(place),
            // how long its customer waits is up to the inquiry
            Stage::Glimpse => {}
            _ => return,
        }
        if !self.cases[place].is(flag::OVERFLOWED) && !self.is_held(place) {
            self.expect_help(place);
        }
    }

    /// A wait begins; where patience is that of the queue, it runs.
    pub(super) fn wait_in_queue(&mut self, place: u32) {
        let patience = self.plan.laws.patience.as_ref().filter(|patience| patience.in_queue);
        let Some(patience) = patience else { return };
        let case = &self.cases[place];
        let u = case.key.unit(Purpose::Patience, case.visits);
        // a deadline has no part in how long a queue is put up with
        if let Some(length) = patience.length(case.topic, SimTime::NEVER, u) {
            let length = match self.mood_times_patience(place) {
                Some(times) => length.scaled(times),
                None => length,
            };
            self.cases[place].patience_at = self.now + length;
            self.arm(place);
        }
    }

    /// Somebody (or nobody in particular, at a desk of infinitely many) takes the case up. The desk has been touched.
    #[inline(always)]
    pub(super) fn start(&mut self, place: u32, person: u32) {
        let moment = self.moment();
        let case = &mut self.cases[place];
        if self.desks[case.at as usize].role.special {
            return self.start_specially(place, person);
        }
        let desk = &mut self.desks[case.at as usize];
        let foreseen = desk.start(case, place, person, &mut self.workers, &mut self.agenda, moment);
        self.started(place, foreseen);
    }

    /// [`Run::start`] at a desk whose people have slots, a pace of their own, or work that a case may stop.
    #[inline(never)]
    fn start_specially(&mut self, place: u32, person: u32) {
        let (now, moment) = (self.now, self.moment());
        let case = &mut self.cases[place];
        let at = case.at as usize;
        self.desks[at].take_up(case, moment);
        self.desks[at].note_in_hand(case, person, now);
        case.place = Place::InHand;
        case.wake_at = SimTime::NEVER;
        case.person = person;
        let foreseen = case.is(flag::INTERRUPTED | flag::FORESEEN);
        case.clear(flag::INTERRUPTED | flag::FORESEEN);
        self.drop_spare(person);
        self.learn(person);
        if self.workers[person as usize].hands.is_some() {
            return self.open(place, person, foreseen);
        }
        if self.workers[person as usize].doing == Doing::Free {
            self.book_free(person);
            self.desks[at].take_free(&mut self.workers, person);
        }
        let worker = &mut self.workers[person as usize];
        worker.doing = Doing::Case;
        worker.case = place;
        worker.began = now;
        if foreseen {
            self.cases[place].since = now;
            self.begin_specially(place, person, self.cases[place].left);
        }
        self.started(place, foreseen);
    }

    /// This much work at standard speed, by somebody with slots or a pace of their own.
    #[inline(never)]
    fn begin_specially(&mut self, place: u32, person: u32, length: SimTime) {
        if self.workers[person as usize].hands.is_some() {
            return self.begin_in_slot(place, person, length);
        }
        let length = length + self.turn_to(person, place);
        let worker = &mut self.workers[person as usize];
        worker.set_to(&mut self.agenda, person, length, self.now);
    }

    /// Book the time of somebody who was free until now.
    pub(super) fn book_free(&mut self, person: u32) {
        let now = self.now;
        let worker = &mut self.workers[person as usize];
        if worker.doing == Doing::Free {
            if let Some(pace) = &mut worker.pace {
                pace.rest(now.since(worker.since));
            }
            worker.book(Bin::Idle, now);
        }
    }

    /// A case has been taken up; unless it was foreseen what is done first, that is decided now.
    #[inline(always)]
    fn started(&mut self, place: u32, foreseen: bool) {
        if !foreseen {
            self.proceed(place);
        } else if O::WATCHES {
            self.tell_started(place);
        }
    }

    /// Begin a piece of work of this length at standard speed.
    pub(super) fn begin(&mut self, place: u32, piece: Piece, length: SimTime) {
        let now = self.now;
        let case = &mut self.cases[place];
        case.piece = piece;
        case.since = now;
        if case.person == NONE {
            self.agenda.schedule(now + length, Kind::DoneAlone, place, case.ticket);
        } else {
            let person = case.person;
            let worker = &mut self.workers[person as usize];
            if worker.special {
                self.begin_specially(place, person, length);
            } else {
                worker.set_to(&mut self.agenda, person, length, now);
            }
        }
        if O::WATCHES {
            self.tell_started(place);
        }
    }

    fn tell_started(&mut self, place: u32) {
        let case = &self.cases[place];
        if case.stage == Stage::Mention {
            let sighting = Sighting::TakenUp { role: case.at };
            return self.observer.sees(self.now, case.number, sighting);
        }
        let first = self.desks[case.at as usize].people.start;
        let person = (case.person != NONE).then(|| case.person - first + 1);
        let work = bin(case.piece);
        self.tell(place, Happening::Started { role: case.at, person, work });
    }

    /// Tell whoever looks on what happens to an inquiry, to a copy of it, or to a second message about it.
    pub(super) fn tell(&mut self, place: u32, happening: Happening) {
        let case = &self.cases[place];
        match case.stage {
            // its inquiry is gone
            Stage::Verdict if case.is(flag::DROPPED) => {}
            Stage::Duplicate => self.observer.on_second(self.now, case.number, happening),
            Stage::Glimpse | Stage::Verdict => {
                self.observer.on_copy(self.now, case.number, happening);
            }
            _ => self.observer.on(self.now, case.number, happening),
        }
    }

    /// Add hands-on time, if whoever works is the case's holder.
    #[inline(always)]
    pub(super) fn book_hands_on(&mut self, place: u32, length: SimTime) {
        if !self.plan.causes {
            return;
        }
        let case = &mut self.cases[place];
        if case.stage == Stage::Front {
            case.tale.hands_on += length;
        }
    }

    /// A person has finished a piece of work.
    #[inline(always)]
    pub(super) fn done(&mut self, person: u32, stamp: u32) {
        let worker = &mut self.workers[person as usize];
        if worker.stamp != stamp {
            return;
        }
        if worker.doing != Doing::Case {
            return self.done_otherwise(person);
        }
        if worker.special && worker.hands.is_some() {
            return self.done_in_slot(person);
        }
        let place = worker.case;
        let since = worker.since;
        let case = &mut self.cases[place];
        if self.traits.plain {
            let (now, thresholds, offered) =
                (self.now, self.thresholds, self.traits.measures_offered);
            worker.book(Bin::Answer, now);
            let desk = &mut self.desks[case.at as usize];
            let branch = desk.serve_out(case, now);
            if branch.is_some() || O::WATCHES || self.traits.remembers {
                if self.comes_back(place, branch) {
                    return self.go_back(place, branch, person);
                }
                self.go_on(place, branch);
                return self.release_plainly(person);
            }
            self.books.unanswered.count -= u64::from(case.is(flag::OPEN));
            self.books.conservation.ends[End::Resolved as usize] += 1;
            let (arrived, visits) = (case.arrived, case.visits);
            let inside = now - arrived;
            if case.has(flag::NEEDS | flag::COUNTED) {
                self.books.alike.settle(inside);
            }
            if !(self.traits.one_visit || self.past_horizon) {
                self.books.time_inside.record(inside, thresholds);
                self.books.visits.weigh(u64::from(visits), 1);
            }
            self.books.contacts.go(now, arrived);
            case.vacate();
            self.cases.put_back(place);
            if !desk.straight {
                return self.release(person);
            }
            let (workers, agenda) = (&mut self.workers, &mut self.agenda);
            let moment = Moment { now, offered };
            desk.come_free(&mut self.cases, workers, person, agenda, moment);
            return;
        }
        worker.book(bin(case.piece), self.now);
        if self.plan.causes && case.stage == Stage::Front {
            case.tale.hands_on += self.now.since(since);
        }
        self.serve(place, since);
        self.after(place);
    }

    /// Somebody has finished what is no case of the desk's.
    #[inline(never)]
    fn done_otherwise(&mut self, person: u32) {
        match self.workers[person as usize].doing {
            Doing::Away => self.back(person),
            Doing::Background => self.background_done(person),
            Doing::Handing | Doing::Asking => self.release(person),
            _ => self.spare_done(person),
        }
    }

    /// A piece of work is finished at a desk of infinitely many people.
    #[inline]
    pub(super) fn done_alone(&mut self, place: u32) {
        let length = self.now.since(self.cases[place].since);
        self.book_hands_on(place, length);
        self.after(place);
    }

    /// The visit ends: the case leaves the desk where it was worked on. Its person is still at hand.
    #[inline(always)]
    pub(super) fn leave(&mut self, place: u32) {
        let case = &mut self.cases[place];
        let desk = &mut self.desks[case.at as usize];
        desk.let_go(case, self.now);
    }

    /// A person has nothing in hand any more: goes home if late, else takes what comes next.
    #[inline(never)]
    pub(super) fn release(&mut self, person: u32) {
        if person == NONE {
            return;
        }
        let worker = &mut self.workers[person as usize];
        if worker.special && worker.hands.is_some() {
            return self.release_slot(person);
        }
        let at = worker.role;
        worker.case = NONE;
        worker.since = self.now;
        if worker.leaving {
            worker.leaving = false;
            self.go_off(person);
            return;
        }
        if worker.life.is_some() {
            self.learn(person);
            if self.called_away(person) {
                return;
            }
        }
        let worker = &mut self.workers[person as usize];
        worker.doing = Doing::Free;
        let takes = worker.takes;
        let desk = &mut self.desks[at as usize];
        if 0 < desk.lines.entries && desk.role.looks_around() {
            desk.add_free(&mut self.workers, person);
            return self.dispatch(at);
        }
        if 0 < self.desks[at as usize].lines.entries
            && let Some(place) = self.pick(at, takes, self.desks[at as usize].free.count + 1)
        {
            self.workers[person as usize].doing = Doing::Case;
            self.start(place, person);
            return;
        }
        self.desks[at as usize].add_free(&mut self.workers, person);
        self.spare_time(at);
    }

    /// [`Run::release`] in a plain network.
    #[inline(always)]
    fn release_plainly(&mut self, person: u32) {
        let moment = self.moment();
        let desk = &mut self.desks[self.workers[person as usize].role as usize];
        if !desk.straight {
            return self.release(person);
        }
        let (workers, agenda) = (&mut self.workers, &mut self.agenda);
        let taken_up = desk.come_free(&mut self.cases, workers, person, agenda, moment);
        if O::WATCHES
            && let Some(place) = taken_up
        {
            self.tell_started(place);
        }
    }

    /// The next case for one of so many free people, who takes these groups, out of the queue of the desk.
    #[inline(always)]
    pub(super) fn pick(&mut self, at: u32, takes: u64, free: u32) -> Option<u32> {
        let moment = self.moment();
        let place = self.desks[at as usize].pick(&self.cases, takes, free, moment)?;
        self.out_of_line(place, at);
        Some(place)
    }

    /// The next case out of the queue of the desk for any of those who are free there.
    fn pick_for_free(&mut self, at: u32) -> Option<u32> {
        let moment = self.moment();
        let desk = &mut self.desks[at as usize];
        let Free { first, count, .. } = desk.free;
        if first == NONE || desk.lines.entries == 0 {
            return None;
        }
        let role = desk.role;
        let place = if role.looks_around() {
            desk.pick_but_kept(&self.cases, &self.workers, moment)
        } else {
            let takes = match role.eligibility.groups {
                1 => self.workers[first as usize].takes,
                _ => desk.free.takes(&self.workers, role.eligibility.all(), 0),
            };
            desk.pick(&self.cases, takes, count, moment)
        }?;
        self.out_of_line(place, at);
        Some(place)
    }

    /// A case leaves the queue where it waited, to be worked on at desk `at`.
    #[inline(always)]
    fn out_of_line(&mut self, place: u32, at: u32) {
        if self.plan.causes {
            self.picked(place, at);
        } else {
            self.desks[at as usize].out_of_line(&mut self.cases[place], self.now);
        }
    }

    /// [`Run::out_of_line`], where waits are told by their causes.
    fn picked(&mut self, place: u32, at: u32) {
        self.book_wait(place);
        let case = &mut self.cases[place];
        case.ticket = case.ticket.wrapping_add(1);
        if case.at == at {
            let desk = &mut self.desks[at as usize];
            desk.touch(self.now);
            desk.waiting -= 1;
        } else {
            if self.cases[place].stage == Stage::Glimpse {
                self.pass_wait_before_help(place);
            }
            self.overflow_picked(place, at);
        }
    }

    /// Book the wait in the queue since it was joined or last booked.
    pub(super) fn book_wait(&mut self, place: u32) {
        let now = self.now;
        let case = &mut self.cases[place];
        if case.stage != Stage::Front {
            return;
        }
        let wait = now.since(case.since);
        let mut line = wait;
        if self.plan.roles[case.at as usize].has_clocks {
            let desk = &mut self.desks[case.at as usize];
            desk.touch(now);
            let clocks = desk.clocks();
            for (cause, stretch) in clocks.since(case.tale.clocks) {
                case.tale.waits[cause as usize] += stretch;
                line = line.since(stretch);
            }
            case.tale.clocks = clocks;
        }
        case.tale.waits[Cause::Line as usize] += line;
        case.since = now;
    }

    /// Free people take what waits, the most urgent first, each case the longest free who can; then mentions, then
    /// background work.
    pub(super) fn dispatch(&mut self, at: u32) {
        let desk = &self.desks[at as usize];
        if desk.free.count == 0 {
            if desk.role.infinite {
                self.dispatch_alone(at);
            }
            return;
        }
        let role = &self.plan.roles[at as usize];
        while let Some(place) = self.pick_for_free(at) {
            let case = &self.cases[place];
            let free = &self.desks[at as usize].free;
            let barred = role.barred(case.priority, free, &self.workers);
            let group = role.eligibility.group_of(case);
            let Some(person) = free.find(&self.workers, group, barred) else {
                unreachable!("a case is picked for somebody who can take it")
            };
            self.start(place, person);
        }
        self.spare_time(at);
    }

    /// Where there are always enough people, what another desk offers is taken at once, and so is a mention.
    #[cold]
    fn dispatch_alone(&mut self, at: u32) {
        while 0 < self.desks[at as usize].lines.entries
            && let Some(place) = self.pick(at, u64::MAX, u32::MAX)
        {
            self.start(place, NONE);
        }
        let spare = self.desks[at as usize].role.spare.as_ref();
        if spare.is_some_and(|spare| spare.task.is_none()) {
            while let Some(entry) = self.desks[at as usize].mentions.pop_front() {
                if self.cases[entry.case].ticket == entry.ticket {
                    self.find_time(entry.case, at);
                    self.start(entry.case, NONE);
                }
            }
        }
    }
}

/// Whether this person is free at this desk, and takes none of the `barred` groups.
fn is_free_at(workers: &[Worker], person: u32, at: u32, barred: u64) -> bool {
    let worker = &workers[person as usize];
    worker.role == at && worker.is_ready() && worker.takes & barred == 0
}

/// The nearest whole microsecond to a length that is not negative.
#[inline]
pub(super) fn micros(length: f64) -> SimTime {
    // Beyond 2⁶³ µs the conversion saturates, which is later than anything that happens.
    SimTime::from_micros((length + 0.5) as i64 as u64)
}
