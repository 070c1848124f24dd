//! The customer's side: landing, waiting, leaving, writing again; and how cases end.

use crate::draws::{Key, Purpose};
use crate::sim::agenda::Kind;
use crate::sim::case::{Case, NONE, Place, Stage, Subject, flag};
use crate::sim::flow::micros;
use crate::sim::observer::{Happening, Observer, Sighting};
use crate::sim::outcome::{Cause, End, TopicTimes};
use crate::sim::plan::lets_through;
use crate::sim::queue::Entry;
use crate::sim::retries::Failed;
use crate::sim::run::Run;
use crate::tally::{count_within, square};
use crate::units::SimTime;

impl<O: Observer> Run<'_, O> {
    /// Deadline, patience and the wish to write again of a customer who needs a reply.
    pub(super) fn expectations(&mut self, place: u32) {
        let case = &mut self.cases[place];
        let (key, arrived) = (case.key, case.arrived);
        let manner = &self.plan.manners[usize::from(case.tale.manner)];
        if let Some(law) = &manner.deadline
            && manner.no_deadline <= key.unit(Purpose::HasDeadline, 0)
        {
            let deadline = law.quantile(key.unit(Purpose::Deadline, 0));
            if deadline.is_finite() {
                case.tale.deadline = micros(deadline);
                let past = arrived + case.tale.deadline;
                let again = key.unit(Purpose::Recontact, 0) < manner.recontact;
                if again || self.goes_public(place) {
                    self.cases[place].tale.recontact_at = past;
                }
            }
        }
        let case = &mut self.cases[place];
        if let Some(patience) =
            self.plan.laws.patience.as_ref().filter(|patience| !patience.in_queue)
        {
            let (topic, deadline) = (case.topic, case.tale.deadline);
            if let Some(length) = patience.length(topic, deadline, key.unit(Purpose::Patience, 0)) {
                let length = match self.mood_times_patience(place) {
                    Some(times) => length.scaled(times),
                    None => length,
                };
                let case = &mut self.cases[place];
                case.patience_at = arrived + length;
                if key.unit(Purpose::Silent, 0) < patience.silent {
                    case.set(flag::SILENT);
                }
            }
        }
        let case = &self.cases[place];
        if case.patience_at.min(case.tale.recontact_at) != SimTime::NEVER {
            self.arm(place);
        }
    }

    /// The channel's intakes decide which desk sees the post first.
    pub(super) fn land(&mut self, place: u32) {
        self.land_as(place, self.cases[place].key);
    }

    /// [`Run::land`], where the customer with this key has the first guess whose matter it is.
    fn land_as(&mut self, place: u32, customer: Key) {
        let case = &self.cases[place];
        let guess = self.guessed_unit(case, customer);
        let intakes = &self.plan.intake[usize::from(case.channel)];
        let Some(first) = intakes.iter().position(|intake| intake.takes(case, guess)) else {
            if case.stage != Stage::Duplicate {
                self.end(place, End::Rejected);
            }
            return self.close(place);
        };
        if self.plan.shares_posts && case.stage != Stage::Duplicate {
            let desks = self.seen_by(place, first, guess);
            if !desks.is_empty() {
                return self.show(place, &desks, intakes[first].ownership);
            }
        }
        self.come_to(place, intakes[first].to);
    }

    /// The unit whose account the customer takes for the right one.
    fn guessed_unit(&self, case: &Case, customer: Key) -> u16 {
        let units = self.plan.world.units.len() as u16;
        let wrong = self.plan.world.behavior.wrong_guess;
        if units < 2 || wrong <= customer.unit(Purpose::FirstGuess, 0) {
            return case.unit;
        }
        let other = (customer.unit(Purpose::WrongGuess, 0) * f64::from(units - 1)) as u16;
        if other < case.unit { other } else { other + 1 }
    }

    /// Put the case's next timer on the agenda, unless one goes off before it anyway.
    pub(super) fn arm(&mut self, place: u32) {
        let case = &mut self.cases[place];
        let due = case.patience_at.min(case.tale.recontact_at).min(case.wake_at);
        if case.alarm_at <= due {
            return;
        }
        case.alarm_stamp = case.alarm_stamp.wrapping_add(1);
        case.alarm_at = due;
        let stamp = case.alarm_stamp;
        self.agenda.schedule(due.max(self.now), Kind::Alarm, place, stamp);
        self.keep_agenda_small();
    }

    /// A timer of the case runs out, or ran out of date.
    pub(super) fn alarm(&mut self, place: u32) {
        let now = self.now;
        let case = &mut self.cases[place];
        case.alarm_at = SimTime::NEVER;
        if case.wake_at <= now {
            case.wake_at = SimTime::NEVER;
            let stamp = case.alarm_stamp;
            self.wake(place);
            if self.cases[place].alarm_stamp != stamp {
                return;
            }
        }
        if self.cases[place].tale.recontact_at <= now {
            self.cases[place].tale.recontact_at = SimTime::NEVER;
            self.past_deadline(place);
        }
        if self.cases[place].patience_at <= now && self.lose_patience(place) {
            return;
        }
        self.arm(place);
    }

    /// A delay is over.
    fn wake(&mut self, place: u32) {
        let now = self.now;
        let case = &mut self.cases[place];
        match case.place {
            Place::Transit => {
                if self.plan.causes {
                    case.tale.waits[on_the_way(case) as usize] += now.since(case.since);
                }
                case.clear(flag::ORPHANED);
                let role = case.role;
                self.come_to(place, role);
            }
            Place::Customer => {
                case.tale.theirs += now.since(case.since);
                case.tale.messages = case.tale.messages.saturating_add(1);
                let (bits, role, number) = (case.scopes, case.role, case.number);
                self.in_scopes(bits, |scope| scope.messages += 1);
                self.reopen(place);
                if O::WATCHES {
                    self.observer.on(now, number, Happening::WroteAgain { duplicate: false });
                }
                self.back_again(place);
                self.come_to(place, role);
            }
            Place::Unseen => self.show_mention(place),
            Place::Queue if case.stage == Stage::Verdict => self.review_overdue(place),
            Place::Queue if case.is(flag::PARKED) => self.go_on_without(place),
            Place::Queue if self.plan.holds && case.tale.held.is_on() => {
                self.give_up_holding(place)
            }
            Place::Queue if case.at == case.role => self.offer(place),
            _ => {}
        }
    }

    /// A mention can be seen now: everybody who listens may take it.
    pub(super) fn show_mention(&mut self, place: u32) {
        let case = &mut self.cases[place];
        case.place = Place::Queue;
        let (channel, ticket) = (case.channel, case.ticket);
        for i in 0..self.plan.listen[usize::from(channel)].len() {
            let listener = &self.plan.listen[usize::from(channel)][i];
            if !lets_through(&listener.filter, &self.cases[place]) {
                continue;
            }
            let to = listener.to;
            if self.cases[place].place != Place::Queue || self.cases[place].ticket != ticket {
                return;
            }
            self.order += 1;
            let entry = Entry { case: place, ticket, order: self.order, since: self.now };
            self.desks[to as usize].mentions.push_back(entry);
            self.dispatch(to);
        }
    }

    /// The customer writes a second time about the same matter: a duplicate that costs work.
    pub(super) fn write_twice(&mut self, place: u32) {
        let case = &self.cases[place];
        let other = case.key.unit(Purpose::RecontactChannel, 0);
        let mix = &self.plan.world.streams[case.stream as usize].mix.channels;
        let channel = if other < 0.5 || mix.len() < 2 {
            case.channel
        } else {
            mix.pick(2.0 * other - 1.0) as u16
        };
        self.write_as(place, 1, channel);
    }

    /// The customer writes about the same matter on this channel, as the child of this number.
    pub(super) fn write_as(&mut self, place: u32, child: u32, channel: u16) {
        let case = &self.cases[place];
        let (key, number, priority) = (case.key, case.number, case.priority);
        let subject = Subject { channel, ..case.subject() };
        let (stream, bits, deadline) = (case.stream, case.scopes, case.tale.deadline);
        let serves = case.is(flag::SERVES);
        self.cases[place].tale.messages += 1;
        self.in_scopes(bits, |scope| scope.messages += 1);
        if O::WATCHES {
            self.observer.on(self.now, number, Happening::WroteAgain { duplicate: true });
        }
        self.books.contacts.come(self.now);
        let twin = self.cases.take();
        let case = &mut self.cases[twin];
        case.key = key.child(child);
        case.number = number;
        case.arrived = self.now;
        case.since = self.now;
        case.stage = Stage::Duplicate;
        case.priority = priority;
        case.be_about(subject);
        (case.stream, case.tale.deadline) = (stream, deadline);
        if serves {
            case.set(flag::SERVES);
        }
        self.land_as(twin, key);
    }

    /// Patience has run out. `true` if the case left the house with its customer.
    fn lose_patience(&mut self, place: u32) -> bool {
        let case = &mut self.cases[place];
        case.patience_at = SimTime::NEVER;
        if case.stage == Stage::Glimpse {
            self.see_claim(place);
            return true;
        }
        let case = &mut self.cases[place];
        if case.stage == Stage::Mention {
            if case.place == Place::InHand {
                // Somebody is at it; the window is looked at again if it is interrupted.
                return false;
            }
            self.books.conservation.mentions.expired += 1;
            if O::WATCHES {
                self.observer.sees(self.now, case.number, Sighting::Faded);
            }
            self.cases.release(place);
            return true;
        }
        if case.is(flag::ANSWERED | flag::ENDED) {
            return false;
        }
        if self.plan.laws.patience.as_ref().is_some_and(|patience| patience.in_queue) {
            let waits = case.place == Place::Queue && !case.is(flag::STARTED);
            if !waits && case.place != Place::Shown {
                return false;
            }
        } else if case.is(flag::SILENT) {
            self.book_so_far(place);
            self.end(place, End::LeftSilently);
            return false;
        }
        self.book_so_far(place);
        if self.plan.laws.left_queue.is_some() && self.cases[place].place == Place::Queue {
            self.withdraw(place);
            if self.tries_again(place, Failed::LeftQueue) {
                return true;
            }
            self.end(place, End::LeftVisibly);
            self.close(place);
            return true;
        }
        self.end(place, End::LeftVisibly);
        let case = &mut self.cases[place];
        match case.place {
            Place::InHand => {
                case.set(flag::DROPPED);
                return false;
            }
            Place::Queue => {
                self.withdraw(place);
            }
            Place::Transit
            | Place::Customer
            | Place::Unseen
            | Place::Free
            | Place::Shown
            | Place::Reviewed => {}
        }
        self.close(place);
        true
    }

    /// The case leaves the queue where it waits, untouched.
    pub(super) fn withdraw(&mut self, place: u32) {
        let now = self.now;
        let case = &mut self.cases[place];
        case.ticket = case.ticket.wrapping_add(1);
        let desk = &mut self.desks[case.at as usize];
        desk.touch(now);
        desk.waiting -= 1;
        desk.tally.abandoned += 1;
        let wait = now.since(case.joined);
        desk.tally.wait_abandoned.record(wait, self.thresholds);
        if desk.measure.total_wait {
            case.tale.waited += wait;
        }
        if let Some(topic) = desk.tally.topics.get_mut(usize::from(case.topic)) {
            topic.number.fall(now);
            topic.abandoned += 1;
            topic.left_micros += u128::from(wait.micros());
            topic.left_squares += square(wait);
            count_within(&mut topic.left_within, wait, self.thresholds);
            if let Some(times) = &mut topic.times {
                TopicTimes::count(&mut times.left, wait);
            }
        }
        desk.leave(now);
        self.sweep_ghosts(place);
    }

    /// Book what has passed since the last booking, wherever the case is: its customer leaves now.
    fn book_so_far(&mut self, place: u32) {
        if !self.plan.causes {
            return;
        }
        let now = self.now;
        let case = &mut self.cases[place];
        let person = case.person;
        match case.place {
            Place::Queue => self.book_wait(place),
            Place::InHand if person != NONE => self.settle_accounts(person),
            Place::InHand => {
                let length = now.since(std::mem::replace(&mut case.since, now));
                self.book_hands_on(place, length);
            }
            Place::Transit => {
                case.tale.waits[on_the_way(case) as usize] +=
                    now.since(std::mem::replace(&mut case.since, now));
            }
            Place::Shown => self.book_shown(place),
            // between two attempts
            Place::Customer => {
                case.tale.theirs += now.since(std::mem::replace(&mut case.since, now));
            }
            Place::Unseen | Place::Free | Place::Reviewed => {}
        }
        self.book_parked(place);
    }

    /// The time parked so far, of a case whose customer leaves while it waits for another desk.
    pub(super) fn book_parked(&mut self, place: u32) {
        let case = &mut self.cases[place];
        let cause = match case.stage {
            Stage::Consult => Cause::Consult,
            Stage::Review | Stage::Decide => Cause::Approval,
            _ => return,
        };
        case.tale.waits[cause as usize] +=
            self.now.since(std::mem::replace(&mut case.tale.parked, self.now));
    }

    /// Entries of those who left do not pile up behind somebody with endless patience.
    fn sweep_ghosts(&mut self, place: u32) {
        let at = self.cases[place].at;
        if at == NONE {
            return;
        }
        let desk = &mut self.desks[at as usize];
        if 2 * u64::from(desk.waiting) + 4096 < u64::from(desk.lines.entries) {
            let cases = &self.cases;
            desk.lines.sweep(|entry| cases[entry.case].ticket == entry.ticket);
            desk.tally.offered_incomplete = true;
        }
    }

    /// The inquiry has ended for its customer, one way or another; its contact may still be inside.
    /// The first end holds: what happens to a case whose customer left silently changes nothing.
    #[inline(always)]
    pub(super) fn end(&mut self, place: u32, end: End) {
        let case = &mut self.cases[place];
        if case.stage == Stage::Duplicate || case.is(flag::ENDED) {
            return;
        }
        self.books.conservation.ends[end as usize] += 1;
        if case.is(flag::OPEN) {
            case.clear(flag::OPEN);
            self.books.unanswered.count -= 1;
        }
        case.set(flag::ENDED);
        if case.scopes != 0 {
            self.tell_end(place, end);
        }
        if O::WATCHES {
            self.show_end(place, end);
        }
    }

    /// The end goes into the scopes of the inquiry.
    fn tell_end(&mut self, place: u32, end: End) {
        let case = &self.cases[place];
        let (bits, first) = (case.scopes, case.tale.turn == 1);
        let deflected = case.tale.talk.deflected;
        let after = self.now.since(case.arrived);
        if self.plan.mood.is_some() {
            self.tell_mood(place);
        }
        match end {
            // Whoever was sent elsewhere was not settled in conversation, even if it came to that.
            End::Resolved if deflected => {
                self.in_scopes(bits, |scope| scope.settled_after_all += 1);
            }
            End::Resolved => self.in_scopes(bits, |scope| scope.settle(after, first)),
            End::LeftVisibly | End::LeftSilently => {
                self.in_scopes(bits, |scope| scope.gave_up += 1)
            }
            End::Quiet => self.in_scopes(bits, |scope| scope.went_quiet += 1),
            _ => {}
        }
    }

    fn show_end(&mut self, place: u32, end: End) {
        let case = &self.cases[place];
        let waits = Cause::ALL.iter().map(|&cause| (cause, case.tale.waits[cause as usize]));
        let happening = Happening::Ended {
            end,
            waits: waits.filter(|(_, wait)| SimTime::ZERO < *wait).collect(),
            hands_on: case.tale.hands_on,
            theirs: case.tale.theirs,
        };
        self.observer.on(self.now, case.number, happening);
    }

    /// Waits by cause and hands-on time of an inquiry go into its scopes.
    fn tell_waits(&mut self, place: u32, inside: SimTime) {
        let case = &self.cases[place];
        let (bits, waits, hands_on) = (case.scopes, case.tale.waits, case.tale.hands_on);
        assert_eq!(
            waits.iter().fold(hands_on + case.tale.theirs, |sum, &wait| sum + wait),
            inside,
            "hands-on time, the customer's own time and waits by cause add up to the time inside: {case:?}"
        );
        self.in_scopes(bits, |scope| {
            scope.ended += 1;
            scope.hands_on += u128::from(hands_on.micros());
            for (sum, wait) in scope.waits.iter_mut().zip(&waits) {
                *sum += u128::from(wait.micros());
            }
        });
    }

    /// The contact leaves the house.
    #[inline(never)]
    pub(super) fn close(&mut self, place: u32) {
        let case = &self.cases[place];
        let (arrived, visits) = (case.arrived, case.visits);
        let inside = self.now - arrived;
        if case.stage != Stage::Duplicate {
            if O::WATCHES {
                self.observer.gone(self.now, case.number);
            }
            if self.plan.causes {
                self.tell_waits(place, inside);
            }
            self.count_out(inside, visits);
            if self.traits.tells_more && !self.past_horizon {
                self.tell_more(place, inside);
            }
        }
        self.books.contacts.go(self.now, arrived);
        if self.plan.shares_posts {
            self.forget_shown(place);
        }
        if self.plan.panels {
            self.forget_reviews(place);
        }
        let holder = if self.is_held(place) { self.end_hold(place) } else { NONE };
        if self.cases[place].is(flag::KEEPS_SLOT) {
            let role = self.cases[place].role;
            self.give_slot_back(place);
            self.cases.release(place);
            self.free_soon(holder);
            return self.use_free_slots(role);
        }
        self.cases.release(place);
        self.free_soon(holder);
        if self.traits.remembers {
            self.forget(place);
        }
    }

    /// An inquiry leaves the house after so long and so many visits to desks.
    #[inline(always)]
    fn count_out(&mut self, inside: SimTime, visits: u32) {
        if !self.past_horizon {
            self.books.time_inside.record(inside, self.thresholds);
            self.books.visits.weigh(u64::from(visits), 1);
        }
    }

    /// Whoever leaves is no longer somebody who tries again; a member of a limited population may come again.
    fn forget(&mut self, place: u32) {
        self.forget_retries(place);
        self.member_leaves(place);
    }

    /// What only some studies are told of an inquiry that leaves.
    fn tell_more(&mut self, place: u32, inside: SimTime) {
        let case = &self.cases[place];
        if 0 < self.plan.topics_apart {
            let (topic, topics) = (usize::from(case.topic), self.plan.topics_apart);
            self.books.contacts.left_about(topic, topics, inside, self.thresholds);
            if self.task.study.measure.topic_times {
                self.books.contacts.left_after(topic, topics, inside);
            }
        }
        if self.task.study.measure.total_wait {
            self.books.total_wait.record(case.tale.waited, self.thresholds);
        }
    }

    /// The case takes the place of the last of the least urgent ones that wait, who is turned away; `false`
    /// if none is less urgent.
    pub(super) fn push_out(&mut self, place: u32, at: u32) -> bool {
        let class = usize::from(self.cases[place].priority);
        let (cases, now) = (&self.cases, self.now);
        let desk = &mut self.desks[at as usize];
        let fresh = |entry: &Entry| {
            let case = &cases[entry.case];
            let whole = !matches!(case.stage, Stage::Glimpse | Stage::Verdict);
            case.ticket == entry.ticket
                && case.at == at
                && whole
                && !case.is(flag::STARTED | flag::PARKED)
        };
        let Some(entry) = desk.lines.take_last_below(class, fresh) else { return false };
        desk.touch(now);
        desk.waiting -= 1;
        desk.tally.rejected += 1;
        // it came and was let in; what counts now is that it was turned away, but of who came before the time that counts
        // nothing is there to be taken back
        let counted = self.warm <= entry.since;
        desk.uncount(counted, now);
        let out = entry.case;
        let topic = usize::from(self.cases[out].topic);
        if let Some(topic) = desk.tally.topics.get_mut(topic) {
            topic.number.fall(now);
            topic.rejected += 1;
            topic.arrived = topic.arrived.saturating_sub(u64::from(counted));
            topic.queued = topic.queued.saturating_sub(u64::from(counted));
        }
        self.book_so_far(out);
        let in_queue = self.plan.laws.patience.as_ref().is_some_and(|patience| patience.in_queue);
        let case = &mut self.cases[out];
        case.ticket = case.ticket.wrapping_add(1);
        if in_queue {
            case.patience_at = SimTime::NEVER;
        }
        if self.task.study.measure.total_wait {
            case.tale.waited += now.since(case.joined);
        }
        if self.tries_again(out, Failed::TurnedAway) {
            return true;
        }
        self.end(out, End::Rejected);
        self.close(out);
        true
    }
}

/// Why a case that is on its way waits.
fn on_the_way(case: &Case) -> Cause {
    if case.is(flag::ORPHANED) { Cause::Orphaned } else { Cause::HandOff }
}
