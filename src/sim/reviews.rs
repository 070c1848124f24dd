//! Approvals by several: side by side or one after the other, with a joint verdict.
//!
//! The draft itself is in no queue meanwhile. Each reviewer of the step has a copy of it there, a visit of its own. The
//! step is passed when all have approved; the first "no" ends it, and reviews that nobody has finished are withdrawn.

use crate::draws::Purpose;
use crate::model::{MOST_REVIEWERS, Overdue};
use crate::sim::case::{NONE, Place, Stage, flag};
use crate::sim::observer::{Happening, Observer, Wants};
use crate::sim::outcome::{Bin, Cause};
use crate::sim::people::Doing;
use crate::sim::plan::lets_through;
use crate::sim::role_plan::LinkPlan;
use crate::sim::run::Run;

/// A draft that several review.
#[derive(Debug, Default)]
pub(super) struct Panel {
    /// The case; no case once it is over.
    case: u32,
    /// The step under way.
    step: u8,
    /// Copies at reviewers who have not decided.
    pending: Vec<u32>,
}

impl<O: Observer> Run<'_, O> {
    /// Whether the draft is for a panel: some approve link that fits has a step, or says what happens when time is up.
    pub(super) fn needs_panel(&self, place: u32) -> bool {
        self.plan.panels && self.reviewers(place).any(|(_, link)| link.is_of_panel())
    }

    /// The approve links of the case's desk that fit it; of those with steps none but these count. Numbered: there are
    /// few enough for a bit of each.
    fn reviewers(&self, place: u32) -> impl Iterator<Item = (usize, &LinkPlan)> {
        let case = &self.cases[place];
        let links = &super::journey::desk_of(self.plan, case.role).approves;
        let fitting = move || links.iter().filter(move |link| lets_through(&link.filter, case));
        let steps = fitting().any(|link| link.step.is_some());
        let mut alone = false;
        let counting = fitting().filter(move |link| match steps {
            true => link.step.is_some(),
            // without steps the first that fits reviews alone
            false => !std::mem::replace(&mut alone, true),
        });
        counting.enumerate().take(MOST_REVIEWERS)
    }

    /// A draft that is in nobody's hands is put before its first reviewers.
    pub(super) fn convene(&mut self, place: u32) {
        let objectors = super::journey::desk_of(self.plan, self.cases[place].role).only_objectors;
        let case = &mut self.cases[place];
        if !objectors || case.tale.reviews == 0 {
            case.tale.approved = 0;
        }
        case.tale.reviews += 1;
        case.tale.passed_over = 0;
        case.stage = Stage::Review;
        case.place = Place::Reviewed;
        case.since = self.now;
        case.tale.parked = self.now;
        case.set(flag::PARKED);
        self.keep_slot(place);
        let id = self.panels.take(Panel { case: place, step: 0, pending: Vec::new() });
        self.cases[place].tale.panel = id;
        self.next_step(place);
    }

    /// The next reviewers are asked, if any are left; else the draft goes out.
    fn next_step(&mut self, place: u32) {
        let id = self.cases[place].tale.panel;
        let tale = &self.cases[place].tale;
        let done = tale.approved | tale.passed_over;
        let left = |link: &(usize, &LinkPlan)| done >> link.0 & 1 == 0;
        let step = self.reviewers(place).filter(left).map(|(_, link)| link.step.unwrap_or(0)).min();
        let Some(step) = step else {
            let desk = self.cases[place].role;
            self.adjourn(place);
            self.send(place);
            return self.use_free_slots(desk);
        };
        let asked: Vec<(usize, u32)> = self
            .reviewers(place)
            .filter(left)
            .filter(|(_, link)| link.step.unwrap_or(0) == step)
            .map(|(number, link)| (number, link.to))
            .collect();
        self.panels[id].step = step;
        let copies: Vec<u32> =
            asked.iter().map(|&(number, to)| self.copy_for(place, number, to)).collect();
        self.panels[id].pending = copies.clone();
        for (copy, (number, to)) in copies.into_iter().zip(asked) {
            // a reviewer who is infinitely fast, or a full waiting room, may have ended the step
            if self.panels[id].case != place || !self.panels[id].pending.contains(&copy) {
                continue;
            }
            if O::WATCHES {
                self.tell_sent(place, to, Wants::Approval);
            }
            self.join(copy, to, false);
            self.wait_for(copy, number);
        }
    }

    /// Copies of a draft at reviewers who have not decided.
    pub(super) fn pending_reviews(&self, place: u32) -> &[u32] {
        match self.cases[place].tale.panel {
            NONE => &[],
            panel => &self.panels[panel].pending,
        }
    }

    /// A copy of the draft for one reviewer.
    fn copy_for(&mut self, place: u32, number: usize, to: u32) -> u32 {
        let case = &mut self.cases[place];
        case.visits += 1;
        let (key, inquiry, priority, stream) = (case.key, case.number, case.priority, case.stream);
        let subject = case.subject();
        let (visits, id) = (case.visits - 1, case.tale.panel);
        let serves = case.is(flag::SERVES);
        let copy = self.cases.take();
        let case = &mut self.cases[copy];
        (case.key, case.number, case.priority, case.stream) = (key, inquiry, priority, stream);
        case.be_about(subject);
        (case.stage, case.role, case.visits) = (Stage::Verdict, to, visits);
        (case.arrived, case.since) = (self.now, self.now);
        case.tale.panel = id;
        case.tale.level = number as u8;
        if serves {
            case.set(flag::SERVES);
        }
        copy
    }

    /// How long this reviewer's queue is waited in.
    fn wait_for(&mut self, copy: u32, number: usize) {
        let case = &self.cases[copy];
        // a full waiting room may have ended the step, and the next one has the place of the copy
        let is_same = case.stage == Stage::Verdict && usize::from(case.tale.level) == number;
        if case.place != Place::Queue || !is_same {
            return;
        }
        let place = self.panels[self.cases[copy].tale.panel].case;
        let timeout = self.reviewers(place).nth(number).and_then(|(_, link)| link.timeout);
        if let Some(timeout) = timeout {
            self.cases[copy].wake_at = self.now + timeout;
            self.arm(copy);
        }
    }

    /// A reviewer has decided. The copy's reviewer is still at hand.
    pub(super) fn verdict(&mut self, copy: u32) {
        self.leave(copy);
        let id = self.cases[copy].tale.panel;
        let number = usize::from(self.cases[copy].tale.level);
        let place = self.panels[id].case;
        self.panels[id].pending.retain(|&other| other != copy);
        self.cases.release(copy);
        let case = &self.cases[place];
        let round = u32::from(case.tale.turn) * 8 + u32::from(case.tale.reviews);
        let ordinal = 1 << 24 | round << 6 | number as u32;
        let caught = case.is(flag::WRONG)
            && case.key.unit(Purpose::Caught, ordinal) < self.plan.practice.caught;
        if caught {
            return self.object(place);
        }
        self.cases[place].tale.approved |= 1 << number;
        self.go_on_reviewing(place);
    }

    /// One reviewer less is waited for.
    fn go_on_reviewing(&mut self, place: u32) {
        let id = self.cases[place].tale.panel;
        if self.panels[id].pending.is_empty() {
            self.next_step(place);
        }
    }

    /// The first "no": what the others have not finished is withdrawn, and the draft goes back.
    fn object(&mut self, place: u32) {
        self.adjourn(place);
        self.cases[place].set(flag::REWORK);
        if O::WATCHES {
            let number = self.cases[place].number;
            self.observer.on(self.now, number, Happening::SentBack);
        }
        let role = self.cases[place].role;
        self.join(place, role, true);
        self.use_free_slots(role);
    }

    /// The panel is over: the draft is parked no more, pending reviews are withdrawn.
    fn adjourn(&mut self, place: u32) {
        self.dissolve(place, Self::take_away);
        let case = &mut self.cases[place];
        case.tale.waits[Cause::Approval as usize] += self.now.since(case.tale.parked);
        case.clear(flag::PARKED);
        case.stage = Stage::Front;
        case.place = Place::InHand;
        case.since = self.now;
        if case.is(flag::KEEPS_SLOT) {
            self.give_slot_back(place);
        }
    }

    /// The case leaves the house: nobody begins with a review of its draft, and who is at one does it to the end.
    pub(super) fn forget_reviews(&mut self, place: u32) {
        self.dissolve(place, Self::let_finish);
    }

    /// Pending reviews of a case are withdrawn; `in_hand` says what becomes of those that somebody is at.
    fn dissolve(&mut self, place: u32, in_hand: fn(&mut Self, u32)) {
        let id = std::mem::replace(&mut self.cases[place].tale.panel, NONE);
        if id == NONE {
            return;
        }
        self.panels[id].case = NONE;
        for copy in std::mem::take(&mut self.panels[id].pending) {
            match self.cases[copy].place {
                Place::Queue => {
                    self.withdraw(copy);
                    self.cases.release(copy);
                }
                Place::InHand if self.cases[copy].at != NONE => in_hand(self, copy),
                _ => self.cases.release(copy),
            }
        }
        self.panels.give_back(id);
    }

    /// A review in hand goes on, though nobody waits for it any more.
    fn let_finish(&mut self, copy: u32) {
        let case = &mut self.cases[copy];
        case.tale.panel = NONE;
        case.set(flag::DROPPED);
    }

    /// A review in hand is stopped for good.
    fn take_away(&mut self, copy: u32) {
        self.stop_review(copy);
        self.cases.release(copy);
    }

    /// Whoever was at a review is free.
    fn stop_review(&mut self, copy: u32) {
        let now = self.now;
        let case = &self.cases[copy];
        let (at, person) = (case.at, case.person);
        let desk = &mut self.desks[at as usize];
        desk.touch(now);
        desk.working -= 1;
        if let Some(topic) = desk.tally.topics.get_mut(usize::from(case.topic)) {
            topic.number.fall(now);
            topic.busy.fall(now);
        }
        desk.tally.abandoned += 1;
        desk.leave(now);
        if person == NONE {
            return;
        }
        if self.workers[person as usize].hands.is_some() {
            return self.drop_slot(person, copy);
        }
        self.serve(copy, self.workers[person as usize].since);
        let worker = &mut self.workers[person as usize];
        worker.book(Bin::Approval, now);
        worker.stamp = worker.stamp.wrapping_add(1);
        worker.case = NONE;
        worker.doing = Doing::Handing;
        self.free_soon(person);
        self.keep_agenda_small();
    }

    /// A reviewer has not found the time: the draft goes on without them, to their superior, or waits on after the
    /// customer was told that an answer is coming.
    pub(super) fn review_overdue(&mut self, copy: u32) {
        let id = self.cases[copy].tale.panel;
        let place = self.panels[id].case;
        let number = usize::from(self.cases[copy].tale.level);
        let link = self.reviewers(place).nth(number);
        match link.map_or(Overdue::GoAhead, |(_, link)| link.overdue) {
            Overdue::HoldingReply => {
                let bits = self.cases[place].scopes_open();
                self.in_scopes(bits, |scope| scope.holding_replies += 1);
                if O::WATCHES {
                    let number = self.cases[place].number;
                    self.observer.on(self.now, number, Happening::ToldToWait);
                }
            }
            Overdue::NextLevel => {
                let at = self.cases[copy].at;
                let above = self.plan.roles[at as usize].superior;
                self.withdraw(copy);
                match above {
                    Some(to) => {
                        if O::WATCHES {
                            self.tell(copy, Happening::WentUp { from: at, to });
                        }
                        self.cases[copy].role = to;
                        self.join(copy, to, false);
                        self.wait_for(copy, number);
                    }
                    None => self.passed_over(copy, place, number),
                }
            }
            Overdue::GoAhead => {
                self.withdraw(copy);
                self.passed_over(copy, place, number);
            }
        }
    }

    fn passed_over(&mut self, copy: u32, place: u32, number: usize) {
        let id = self.cases[copy].tale.panel;
        self.panels[id].pending.retain(|&other| other != copy);
        self.cases.release(copy);
        self.cases[place].tale.passed_over |= 1 << number;
        self.go_on_reviewing(place);
    }

    /// A reviewer's waiting room is full: the draft goes on without that review.
    pub(super) fn review_refused(&mut self, copy: u32) {
        let id = self.cases[copy].tale.panel;
        let number = usize::from(self.cases[copy].tale.level);
        let place = self.panels[id].case;
        self.passed_over(copy, place, number);
    }
}

impl LinkPlan {
    /// Whether what passes over it is the matter of a panel.
    fn is_of_panel(&self) -> bool {
        self.step.is_some() || self.overdue != Overdue::GoAhead
    }
}
