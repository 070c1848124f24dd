//! Work that nobody waits for: mentions, and endless supplies of tasks, for people with nothing else to do.
//!
//! Where a case may stop it, whoever is at it counts as free and keeps the place in the line of the free.
//! So cases meet the same people at the same instants as if there were no such work. What is stopped passes to
//! somebody else who is idle, or returns to the head of its queue with what is left of it.

use crate::draws::Purpose;
use crate::sim::case::{NONE, Piece, Place, Stage, flag};
use crate::sim::flow::micros;
use crate::sim::observer::Observer;
use crate::sim::outcome::Bin;
use crate::sim::people::{Doing, Free, TASK};
use crate::sim::run::Run;
use crate::units::SimTime;

/// Key family of the tasks of roles, beside those of streams, days and people.
const TASKS: u32 = 0x3800_0000;

impl<O: Observer> Run<'_, O> {
    /// Free people with nothing waiting turn to mentions, or to the next tasks.
    #[inline]
    pub(super) fn spare_time(&mut self, at: u32) {
        if self.desks[at as usize].role.spare.is_some() {
            self.fill_spare_time(at);
        }
    }

    fn fill_spare_time(&mut self, at: u32) {
        let Some(spare) = &self.desks[at as usize].role.spare else { return };
        while spare.keep_free < self.idle(at) {
            let desk = &mut self.desks[at as usize];
            let what = match &spare.task {
                Some(_) => TASK,
                None => match desk.mentions.pop_front() {
                    Some(entry) if self.cases[entry.case].ticket == entry.ticket => entry.case,
                    Some(_) => continue,
                    None => return,
                },
            };
            let person = self.first_idle(at, NONE);
            if what != TASK {
                self.find_time(what, at);
            }
            match (spare.preemptible, what) {
                (false, TASK) => self.start_background(person),
                (false, mention) => self.start(mention, person),
                (true, _) => self.begin_spare(person, what),
            }
        }
    }

    /// Somebody at this desk turns to a mention.
    pub(super) fn find_time(&mut self, mention: u32, at: u32) {
        self.desks[at as usize].touch(self.now);
        let case = &mut self.cases[mention];
        case.ticket = case.ticket.wrapping_add(1);
        case.at = at;
        self.window_stands_still(mention);
    }

    /// Free people of a role who are at nothing.
    fn idle(&self, at: u32) -> u32 {
        let desk = &self.desks[at as usize];
        if desk.role.slots.is_none() {
            return desk.free.count - desk.spare;
        }
        let (mut person, mut idle) = (desk.free.first, 0);
        while person != NONE {
            idle += u32::from(self.workers[person as usize].is_idle());
            person = Free::after(&self.workers, person);
        }
        idle
    }

    /// The longest free person who is at nothing, but for this one; [`NONE`] if there is none.
    fn first_idle(&self, at: u32, but: u32) -> u32 {
        let mut person = self.desks[at as usize].free.first;
        while person != NONE && (person == but || !self.workers[person as usize].is_idle()) {
            person = Free::after(&self.workers, person);
        }
        person
    }

    /// Length of the next task of a role at standard speed: what is left of one that was stopped, or a new one's.
    fn next_task(&mut self, at: u32) -> SimTime {
        let desk = &mut self.desks[at as usize];
        if let Some(left) = desk.half_done.pop() {
            return left;
        }
        let Some(law) = desk.role.spare.as_ref().and_then(|spare| spare.task.as_ref()) else {
            return SimTime::ZERO;
        };
        let number = desk.tasks;
        desk.tasks += 1;
        let key = desk.role.identity.task(self.seed.stream(TASKS), number);
        // a task takes time, so that an instant ends
        micros(law.quantile(key.unit(Purpose::TaskWork, 0))).max(SimTime::from_micros(1))
    }

    /// A free person begins what a case may stop, and stays among the free.
    fn begin_spare(&mut self, person: u32, what: u32) {
        let at = self.workers[person as usize].role;
        let length = if what == TASK {
            self.next_task(at)
        } else if self.cases[what].is(flag::INTERRUPTED) {
            self.cases[what].left
        } else {
            self.drawn(what, Piece::Engage)
        };
        self.go_on_with_spare(person, what, length);
    }

    /// Work on this for as long, at standard speed.
    fn go_on_with_spare(&mut self, person: u32, what: u32, length: SimTime) {
        let now = self.now;
        if what != TASK {
            let case = &mut self.cases[what];
            case.place = Place::InHand;
            case.piece = Piece::Engage;
            case.person = person;
            case.since = now;
            case.clear(flag::INTERRUPTED);
        }
        self.book_free(person);
        self.learn(person);
        let length = length + self.turn_to(person, what);
        let worker = &mut self.workers[person as usize];
        worker.spare = what;
        worker.set_to(&mut self.agenda, person, length, now);
        self.desks[worker.role as usize].spare += 1;
    }

    /// A free person puts away what a case may stop; whoever is idle goes on with it.
    pub(super) fn drop_spare(&mut self, person: u32) {
        let now = self.now;
        let worker = &mut self.workers[person as usize];
        let what = std::mem::replace(&mut worker.spare, NONE);
        if what == NONE {
            return;
        }
        let since = worker.since;
        worker.book(Bin::Proactive, now);
        worker.stamp = worker.stamp.wrapping_add(1);
        let left = worker.left(now);
        let at = worker.role;
        self.serve_spare(what, since);
        self.desks[at as usize].spare -= 1;
        self.keep_agenda_small();
        let colleague = self.first_idle(at, person);
        if colleague != NONE {
            self.go_on_with_spare(colleague, what, left);
        } else if what == TASK {
            self.desks[at as usize].half_done.push(left);
        } else {
            let case = &mut self.cases[what];
            case.left = left;
            case.set(flag::INTERRUPTED);
            self.queue_up(what, true);
            self.window_goes_on(what);
        }
    }

    /// Time since then went to what a case may stop.
    pub(super) fn serve_spare(&mut self, what: u32, since: SimTime) {
        if what != TASK {
            self.serve(what, since);
        }
    }

    /// What a case might have stopped is done.
    pub(super) fn spare_done(&mut self, person: u32) {
        let now = self.now;
        let worker = &mut self.workers[person as usize];
        let since = worker.since;
        worker.book(Bin::Proactive, now);
        let what = std::mem::replace(&mut worker.spare, NONE);
        let at = worker.role;
        self.serve_spare(what, since);
        let desk = &mut self.desks[at as usize];
        desk.spare -= 1;
        desk.tally.background_done += 1;
        if what != TASK {
            self.touched(what);
        }
        self.spare_time(at);
    }

    /// A free person begins a task that is done to its end.
    fn start_background(&mut self, person: u32) {
        let now = self.now;
        let at = self.workers[person as usize].role;
        self.learn(person);
        // the rest before it counts for its pace
        self.leave_free(person);
        let length = self.next_task(at) + self.turn_to(person, TASK);
        let worker = &mut self.workers[person as usize];
        worker.doing = Doing::Background;
        worker.set_to(&mut self.agenda, person, length, now);
        let desk = &mut self.desks[at as usize];
        desk.touch(now);
        desk.proactive += 1;
    }

    pub(super) fn background_done(&mut self, person: u32) {
        let now = self.now;
        let worker = &mut self.workers[person as usize];
        worker.book(Bin::Proactive, now);
        let desk = &mut self.desks[worker.role as usize];
        desk.touch(now);
        desk.proactive -= 1;
        desk.tally.background_done += 1;
        self.release(person);
    }

    /// A task that is done to its end otherwise is left as it is; whoever next has time for one goes on with it.
    pub(super) fn stop_background(&mut self, person: u32) {
        let now = self.now;
        let worker = &mut self.workers[person as usize];
        worker.book(Bin::Proactive, now);
        worker.stamp = worker.stamp.wrapping_add(1);
        let left = worker.left(now);
        let desk = &mut self.desks[worker.role as usize];
        desk.touch(now);
        desk.proactive -= 1;
        desk.half_done.push(left);
        self.keep_agenda_small();
    }

    /// Somebody takes up a mention: a window that runs only while it waits stands still.
    fn window_stands_still(&mut self, place: u32) {
        let case = &mut self.cases[place];
        if self.plan.world.channels[usize::from(case.channel)].window_waits {
            case.tale.window = case.patience_at.since(self.now);
            case.patience_at = SimTime::NEVER;
        }
    }

    /// A mention waits again, for as long as its window lets it.
    pub(super) fn window_goes_on(&mut self, place: u32) {
        let case = &mut self.cases[place];
        debug_assert_eq!(case.stage, Stage::Mention, "only mentions have windows");
        case.patience_at = match self.plan.world.channels[usize::from(case.channel)].window_waits {
            true => self.now + case.tale.window,
            false => case.tale.window,
        };
        self.arm(place);
    }
}
