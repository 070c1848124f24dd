//! Replies: drafted, reviewed, sent; and whether they settle the matter.

use crate::draws::Purpose;
use crate::model::MOST_TURNS;
use crate::sim::case::{NONE, Place, Stage, flag};
use crate::sim::dialogue::Reply;
use crate::sim::exceptions::Raised;
use crate::sim::flow::micros;
use crate::sim::journey::desk_of;
use crate::sim::observer::{Happening, Observer};
use crate::sim::outcome::{Cause, End};
use crate::sim::plan::lets_through;
use crate::sim::role_plan::LinkPlan;
use crate::sim::run::Run;
use crate::units::SimTime;

/// Rounds of review after which a reply goes out as it is.
const MOST_REVIEWS: u8 = 3;

impl<O: Observer> Run<'_, O> {
    /// A draft is written: right or wrong, and may it go out? `true` if whoever wrote it goes on with it.
    pub(super) fn drafted(&mut self, place: u32) -> bool {
        let practice = self.plan.practice;
        let strained = self.errors_of(self.cases[place].person);
        let case = &mut self.cases[place];
        let turn = u32::from(case.tale.turn);
        let (purpose, share) = if case.is(flag::GUESSED) && !case.is(flag::KNOWN) {
            (Purpose::Guess, practice.guess_wrong)
        } else {
            (Purpose::Error, practice.error)
        };
        let answers = case.tale.talk.reply == Reply::Answer;
        if answers && case.key.unit(purpose, turn) < share * strained {
            case.set(flag::WRONG);
        }
        case.tale.reviews = 0;
        // what answers nothing cannot be outdated, and raises no question
        if answers && self.is_outdated(place) {
            self.cases[place].set(flag::WRONG);
        }
        if answers && self.plan.exceptions {
            match self.raise(place) {
                Raised::Nothing => {}
                Raised::Above => return false,
                Raised::Mending => return true,
            }
        }
        self.submit_or_send(place);
        false
    }

    /// The draft in hand goes over an approve link where one is due, else out.
    pub(super) fn submit_or_send(&mut self, place: u32) {
        self.leave(place);
        self.submit_or_send_from_afar(place);
    }

    /// A draft that is in nobody's hands goes over an approve link where one is due, else out.
    pub(super) fn submit_or_send_from_afar(&mut self, place: u32) {
        let case = &self.cases[place];
        let desk = desk_of(self.plan, case.role);
        let own = desk.approved[case.tale.risk as usize];
        let share = match case.tale.loud {
            true => own.max(self.plan.practice.approve_loud),
            false => own,
        };
        let due = self.plan.world.topics[usize::from(case.topic)].always_approved
            || case.key.unit(Purpose::Approval, u32::from(case.tale.turn)) < share;
        let fits = |link: &&LinkPlan| lets_through(&link.filter, case);
        let due = due && case.tale.reviews < MOST_REVIEWS;
        if due && self.needs_panel(place) {
            return self.convene(place);
        }
        match desk.approves.iter().find(fits) {
            Some(link) if due => {
                let (to, timeout) = (link.to, link.timeout);
                self.cases[place].tale.reviews += 1;
                self.put_before(place, to, Stage::Review, timeout);
            }
            _ => self.send(place),
        }
    }

    /// The reviewer has decided.
    pub(super) fn reviewed(&mut self, place: u32) {
        let desk = self.cases[place].role;
        self.unpark(place, Cause::Approval);
        let case = &mut self.cases[place];
        let round = u32::from(case.tale.turn) * 8 + u32::from(case.tale.reviews);
        let caught = case.is(flag::WRONG)
            && case.key.unit(Purpose::Caught, round) < self.plan.practice.caught;
        if caught {
            case.set(flag::REWORK);
            if O::WATCHES {
                let number = case.number;
                self.observer.on(self.now, number, Happening::SentBack);
            }
            let role = self.cases[place].role;
            self.join(place, role, true);
        } else {
            self.send(place);
        }
        self.use_free_slots(desk);
    }

    /// The reply goes out. The case is at no desk now.
    pub(super) fn send(&mut self, place: u32) {
        let now = self.now;
        let practice = self.plan.practice;
        let case = &mut self.cases[place];
        let (turn, wrong, counted) = (case.tale.turn, case.is(flag::WRONG), case.scopes);
        let same_person = case.tale.author == case.tale.holder && case.tale.holder != NONE;
        case.clear(flag::WRONG);
        case.tale.turn += 1;
        case.tale.author = case.tale.holder;
        if O::WATCHES {
            let (turn, is) = (u32::from(turn) + 1, self.cases[place].tale.talk.reply);
            let happening = Happening::Replied { turn, right: !wrong, is };
            self.observer.on(now, self.cases[place].number, happening);
        }
        if self.cases[place].is(flag::ENDED) {
            return self.close(place);
        }
        self.in_scopes(counted, |scope| {
            scope.replies += 1;
            scope.wrong += u64::from(wrong);
            if 0 < turn {
                scope.later_replies += 1;
                scope.same_person += u64::from(same_person);
            }
            scope.answered_twice += u64::from(turn == 1);
        });
        if turn == 0 && self.plan.has_terms && !self.cases[place].is(flag::ANSWERED) {
            self.count_for_contract(place);
        }
        let case = &self.cases[place];
        if !case.is(flag::NEEDS) {
            self.end(place, End::NoReplyNeeded);
            return self.close(place);
        }
        let reply = self.cases[place].tale.talk.reply;
        self.feel_reply(place, u32::from(turn), reply, wrong);
        if turn == 0 && !self.cases[place].is(flag::ANSWERED) {
            self.first_reply(place);
            if self.plan.shares_posts {
                self.no_more_glimpses(place);
            }
        }
        let case = &mut self.cases[place];
        if reply != Reply::Answer {
            return self.said_briefly(place, reply, turn);
        }
        let first_answer = case.tale.talk.answers == 0;
        case.tale.talk.answers += 1;
        let key = case.key;
        let topic = &self.plan.world.topics[usize::from(case.topic)];
        let settles = if first_answer {
            let context = 1.0 - practice.context_settles * (1.0 - case.tale.kept);
            key.unit(Purpose::Settle, 0) < (1.0 - topic.not_settled_at_first) * context
        } else {
            true
        };
        if settles && !wrong {
            if turn < MOST_TURNS && self.will_reopen(place, u32::from(turn)) {
                return;
            }
            self.end(place, End::Resolved);
            return self.close(place);
        }
        let manner = &self.plan.manners[usize::from(case.tale.manner)];
        let wish = self.wish(place, manner.wish_to_continue);
        let goes_on = key.unit(Purpose::Wish, u32::from(turn)) < wish;
        if !goes_on || MOST_TURNS < turn {
            self.end(place, End::Quiet);
            return self.close(place);
        }
        self.await_customer(place, u32::from(turn));
    }

    /// The customer will write again.
    pub(super) fn await_customer(&mut self, place: u32, turn: u32) {
        let now = self.now;
        let case = &mut self.cases[place];
        let delay = self.plan.laws.reply_delay.quantile(case.key.unit(Purpose::ReplyDelay, turn));
        if case.is(flag::GUESSED) {
            case.clear(flag::GUESSED);
            case.tale.ladder = 0;
        }
        case.place = Place::Customer;
        case.since = now;
        case.wake_at = now + micros(delay);
        self.arm(place);
    }

    /// The first reply is out: whatever ran until then stops.
    pub(super) fn first_reply(&mut self, place: u32) {
        let case = &mut self.cases[place];
        case.set(flag::ANSWERED);
        case.patience_at = SimTime::NEVER;
        case.tale.recontact_at = SimTime::NEVER;
        let (after, bits) = (self.now.since(case.arrived), case.scopes);
        let in_time = after <= case.tale.deadline;
        self.no_longer_open(place);
        self.feel_wait(place, in_time);
        let thresholds = &self.task.watch.reply_within;
        self.in_scopes(bits, |scope| {
            scope.answered += 1;
            scope.in_expected_time += u64::from(in_time);
            scope.first_response.record(after);
            scope.first_response_micros += u128::from(after.micros());
            for (count, &threshold) in scope.within.iter_mut().zip(thresholds) {
                *count += u64::from(after <= threshold);
            }
        });
        if self.plan.stirs {
            self.calm(place);
            if in_time {
                self.induce(place);
            }
        }
    }

    /// One of the unanswered less.
    pub(super) fn no_longer_open(&mut self, place: u32) {
        let case = &mut self.cases[place];
        if case.is(flag::OPEN) {
            case.clear(flag::OPEN);
            self.books.unanswered.count -= 1;
        }
    }
}
