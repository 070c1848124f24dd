//! How cases and people meet: joining, starting, finishing, leaving; coming and going.

use crate::draws::Purpose;
use crate::sim::agenda::Kind;
use crate::sim::case::{NONE, Piece, Stage, flag};
use crate::sim::desk::Hands;
use crate::sim::observer::{Happening, Observer};
use crate::sim::outcome::{Bin, Cause, End};
use crate::sim::people::{Doing, Free, Worker, bin};
use crate::sim::plan::WorkPlan;
use crate::sim::retries::Failed;
use crate::sim::run::Run;
use crate::units::SimTime;

impl<O: Observer> Run<'_, O> {
    /// A visit to a desk begins: somebody free takes the case at once, or it joins the queue.
    ///
    /// `back`: it returns to the head of its class, where its former holder is preferred.
    #[inline]
    pub(super) fn join(&mut self, place: u32, at: u32, back: bool) {
        let now = self.now;
        let desk = &mut self.desks[at as usize];
        let role = desk.role;
        let case = &mut self.cases[place];
        case.at = at;
        case.joined = now;
        case.since = now;
        case.clear(flag::STARTED);
        case.visits += 1;
        role.foresee(case);
        desk.touch(now);
        if role.infinite {
            desk.enter(now);
            self.start(place, NONE);
            return;
        }
        if 0 < desk.free.count {
            // Whoever had it last, or wrote the last reply, is preferred.
            let known = match self.plan.causes {
                true if back => case.tale.holder,
                true => case.tale.author,
                false => NONE,
            };
            let free = if known != NONE && is_free_at(&self.workers, known, at) {
                Some(known)
            } else if role.eligibility.groups == 1 {
                Some(desk.free.first)
            } else {
                desk.free.find(&self.workers, role.eligibility.group_of(case.topic))
            };
            if let Some(person) = free {
                desk.enter(now);
                let mut hands = Hands {
                    workers: &mut self.workers,
                    agenda: &mut self.agenda,
                    now,
                    thresholds: &self.task.study.thresholds,
                    offered: self.measures_offered,
                };
                let foreseen = desk.start(case, place, person, &mut hands);
                return self.started(place, foreseen);
            }
        }
        if role.refuses {
            return self.ask_for_room(place, at, back);
        }
        desk.enter(now);
        desk.tally.delayed += 1;
        self.order += 1;
        desk.queue_up(case, place, self.order, now, back);
        self.queued(place);
        if self.has_queue_timers {
            self.queue_timers(place);
        }
    }

    /// Where a case that finds nobody free may not simply queue up.
    #[inline(never)]
    fn ask_for_room(&mut self, place: u32, at: u32, back: bool) {
        if self.refused(place, at) {
            return;
        }
        let desk = &mut self.desks[at as usize];
        desk.enter(self.now);
        desk.tally.delayed += 1;
        self.queue_up(place, back);
        if self.has_queue_timers {
            self.queue_timers(place);
        }
    }

    /// The case stops a less urgent one, or finds the waiting room full; `false` if it may queue up.
    fn refused(&mut self, place: u32, at: u32) -> bool {
        let role = self.desks[at as usize].role;
        let (preemptive, room) = (role.preemptive, role.room);
        if preemptive && self.displace(place, at) {
            return true;
        }
        let desk = &mut self.desks[at as usize];
        if room.is_none_or(|room| desk.waiting < room) {
            return false;
        }
        desk.tally.rejected += 1;
        let topic = usize::from(self.cases[place].topic);
        if let Some(topic) = desk.tally.topics.get_mut(topic) {
            topic.rejected += 1;
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
            let happening = Happening::Queued { role: self.cases[place].at };
            self.observer.on(self.now, self.cases[place].number, happening);
        }
    }

    /// What runs while a case waits: patience in the queue, and the delay of an overflow link.
    fn queue_timers(&mut self, place: u32) {
        let case = &self.cases[place];
        if case.stage != Stage::Front {
            return;
        }
        if let Some(patience) =
            self.plan.laws.patience.as_ref().filter(|patience| patience.in_queue)
        {
            let length = patience.law.quantile(case.key.unit(Purpose::Patience, case.visits));
            self.cases[place].patience_at = self.now + micros(length);
            self.arm(place);
        }
        if let WorkPlan::Desk(desk) = &self.plan.roles[self.cases[place].at as usize].work
            && let Some((after, _)) = &desk.overflow
            && !self.cases[place].is(flag::OVERFLOWED)
        {
            self.cases[place].wake_at = self.now + *after;
            self.arm(place);
        }
    }

    /// Somebody (or nobody in particular, at a desk of infinitely many) takes the case up. The desk has been touched.
    #[inline(always)]
    pub(super) fn start(&mut self, place: u32, person: u32) {
        let case = &mut self.cases[place];
        let mut hands = Hands {
            workers: &mut self.workers,
            agenda: &mut self.agenda,
            now: self.now,
            thresholds: &self.task.study.thresholds,
            offered: self.measures_offered,
        };
        let foreseen = self.desks[case.at as usize].start(case, place, person, &mut hands);
        self.started(place, foreseen);
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
            let worker = &mut self.workers[case.person as usize];
            worker.set_to(&mut self.agenda, case.person, length, now);
        }
        if O::WATCHES {
            self.tell_started(place);
        }
    }

    fn tell_started(&mut self, place: u32) {
        let case = &self.cases[place];
        let first = self.desks[case.at as usize].people.start;
        let person = (case.person != NONE).then(|| case.person - first + 1);
        let happening = Happening::Started { role: case.at, person, work: bin(case.piece).label() };
        if case.stage != Stage::Mention {
            self.observer.on(self.now, case.number, happening);
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
    pub(super) fn done(&mut self, person: u32) {
        let worker = &mut self.workers[person as usize];
        if matches!(worker.doing, Doing::Background | Doing::Away) {
            return if worker.doing == Doing::Away {
                self.back(person)
            } else {
                self.background_done(person)
            };
        }
        let place = worker.case;
        let since = worker.since;
        let case = &mut self.cases[place];
        worker.book(bin(case.piece), self.now);
        if self.plan.causes && case.stage == Stage::Front {
            case.tale.hands_on += self.now.since(since);
        }
        self.after(place);
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
        desk.let_go(case, self.now, &self.task.study.thresholds);
    }

    /// A person has nothing in hand any more: goes home if late, else takes what comes next.
    #[inline(never)]
    pub(super) fn release(&mut self, person: u32) {
        self.release_here(person);
    }

    /// [`Run::release`], for the one place that most events pass.
    #[inline(always)]
    pub(super) fn release_here(&mut self, person: u32) {
        if person == NONE {
            return;
        }
        let now = self.now;
        let worker = &mut self.workers[person as usize];
        let at = worker.role;
        worker.case = NONE;
        worker.since = now;
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
        if 0 < self.desks[at as usize].lines.entries
            && let Some(place) = self.pick(at, takes)
        {
            self.workers[person as usize].doing = Doing::Case;
            self.start(place, person);
            return;
        }
        self.desks[at as usize].free.push(&mut self.workers, person);
        self.spare_time(at);
    }

    /// The next case for somebody who takes these groups, out of the queue of the desk.
    #[inline(always)]
    fn pick(&mut self, at: u32, takes: u64) -> Option<u32> {
        let now = self.now;
        let desk = &mut self.desks[at as usize];
        let cases = &mut self.cases;
        let tally = &mut desk.tally;
        let (offered, thresholds) = (self.measures_offered, &self.task.study.thresholds);
        let entry = desk.lines.pick(
            takes,
            |entry| cases[entry.case].ticket == entry.ticket,
            |entry| {
                if offered {
                    tally.wait_offered.record(now.since(entry.since), thresholds);
                }
            },
        )?;
        let place = entry.case;
        if self.plan.causes {
            self.picked(place, at);
        } else {
            let case = &mut cases[place];
            case.ticket = case.ticket.wrapping_add(1);
            desk.touch(now);
            desk.waiting -= 1;
        }
        Some(place)
    }

    /// A case leaves the queue where it waited, to be worked on at desk `at`.
    fn picked(&mut self, place: u32, at: u32) {
        self.book_wait(place);
        let case = &mut self.cases[place];
        case.ticket = case.ticket.wrapping_add(1);
        if case.at == at {
            let desk = &mut self.desks[at as usize];
            desk.touch(self.now);
            desk.waiting -= 1;
        } else {
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
            let causes = [Cause::OffHours, Cause::Away, Cause::Displaced];
            for (i, cause) in causes.into_iter().enumerate() {
                let stretch = clocks[i].since(case.tale.clocks[i]);
                case.tale.waits[cause as usize] += stretch;
                line = line.since(stretch);
            }
            case.tale.clocks = clocks;
        }
        case.tale.waits[Cause::Line as usize] += line;
        case.since = now;
    }

    /// Free people take what waits, then mentions, then background work.
    pub(super) fn dispatch(&mut self, at: u32) {
        let desk = &self.desks[at as usize];
        if desk.free.count == 0 {
            return;
        }
        let several = 1 < desk.role.eligibility.groups;
        let mut person = desk.free.first;
        while person != NONE {
            if self.desks[at as usize].lines.entries == 0 {
                break;
            }
            let after = Free::after(&self.workers, person);
            match self.pick(at, self.workers[person as usize].takes) {
                Some(place) => {
                    self.start(place, person);
                    person = if several { after } else { self.desks[at as usize].free.first };
                }
                None if several => person = after,
                None => break,
            }
        }
        self.spare_time(at);
    }

    /// Free people with nothing waiting turn to mentions, then to background work.
    #[inline(always)]
    fn spare_time(&mut self, at: u32) {
        if self.desks[at as usize].role.has_spare_work {
            self.spend_spare_time(at);
        }
    }

    fn spend_spare_time(&mut self, at: u32) {
        let role = self.desks[at as usize].role;
        let (keep_free, endless) = (role.keep_free, role.endless);
        if let Some(keep_free) = keep_free {
            while keep_free < self.desks[at as usize].free.count {
                let desk = &mut self.desks[at as usize];
                let Some(entry) = desk.mentions.pop_front() else { break };
                if self.cases[entry.case].ticket == entry.ticket {
                    let case = &mut self.cases[entry.case];
                    case.ticket = case.ticket.wrapping_add(1);
                    case.at = at;
                    desk.touch(self.now);
                    let person = desk.free.first;
                    self.start(entry.case, person);
                }
            }
        }
        if let Some(length) = endless {
            while self.desks[at as usize].free.count > 0 {
                let person = self.desks[at as usize].free.first;
                self.start_background(person, length);
            }
        }
    }

    fn start_background(&mut self, person: u32, length: SimTime) {
        let now = self.now;
        let worker = &mut self.workers[person as usize];
        let at = worker.role;
        worker.book(Bin::Idle, now);
        worker.doing = Doing::Background;
        worker.ends = now + length;
        let stamp = worker.stamp;
        self.agenda.schedule(now + length, Kind::Done, person, stamp);
        let desk = &mut self.desks[at as usize];
        desk.touch(now);
        desk.proactive += 1;
        desk.free.remove(&mut self.workers, person);
    }

    fn background_done(&mut self, person: u32) {
        let now = self.now;
        let worker = &mut self.workers[person as usize];
        worker.book(Bin::Proactive, now);
        let desk = &mut self.desks[worker.role as usize];
        desk.touch(now);
        desk.proactive -= 1;
        desk.tally.background_done += 1;
        self.release(person);
    }
}

fn is_free_at(workers: &[Worker], person: u32, at: u32) -> bool {
    let worker = &workers[person as usize];
    worker.role == at && worker.doing == Doing::Free
}

/// The nearest whole microsecond to a length that is not negative.
#[inline]
pub(super) fn micros(length: f64) -> SimTime {
    // Beyond 2⁶³ µs the conversion saturates, which is later than anything that happens.
    SimTime::from_micros((length + 0.5) as i64 as u64)
}
