//! Posts that several desks see: whoever takes one up first has it, and another may not know that yet.
//!
//! While nobody has taken such a post up, the inquiry itself is in no queue. Each desk that sees it has a glimpse of it
//! there instead: a visit that passes to the inquiry where it is taken up first. A glimpse taken up after that, before
//! the claim could be seen, is a collision: its desk answers too.

use crate::draws::Purpose;
use crate::model::Ownership;
use crate::sim::case::{Case, NONE, Piece, Place, Stage, flag};
use crate::sim::dialogue::Reply;
use crate::sim::flow::micros;
use crate::sim::journey::desk_of;
use crate::sim::observer::{Happening, Observer};
use crate::sim::outcome::{Cause, End};
use crate::sim::run::Run;
use crate::units::SimTime;

/// One post that several desks see.
#[derive(Debug)]
pub(super) struct Shown {
    /// The inquiry; no case once it has left.
    inquiry: u32,
    ownership: Ownership,
    claimed: bool,
    /// Desks' glimpses of it that nobody has taken up.
    glimpses: Vec<u32>,
    /// Desks at work on it although another has it.
    again: u32,
}

impl<O: Observer> Run<'_, O> {
    /// The desks that see a post which lands at the first of these intakes; none if that desk alone does.
    pub(super) fn seen_by(&self, place: u32, first: usize, guess: u16) -> Vec<u32> {
        let case = &self.cases[place];
        let intakes = &self.plan.intake[usize::from(case.channel)];
        let ownership = intakes[first].ownership;
        if ownership == Ownership::OwnerOnly {
            return Vec::new();
        }
        let mut desks: Vec<u32> = Vec::new();
        for intake in &intakes[first..] {
            let sees = intake.ownership == ownership && intake.takes(case, guess);
            if sees && !desks.contains(&intake.to) {
                desks.push(intake.to);
            }
        }
        if desks.len() < 2 { Vec::new() } else { desks }
    }

    /// Several desks see the post, each once somebody there notices it. Without ownership each may leave it to
    /// the others; if all do, nobody has it until somebody finds out.
    pub(super) fn show(&mut self, place: u32, desks: &[u32], ownership: Ownership) {
        let case = &self.cases[place];
        let (key, number, priority, stream) = (case.key, case.number, case.priority, case.stream);
        let subject = case.subject();
        let work = case.tale.recorded_work;
        let left = self.plan.practice.left_to_others;
        let leaves =
            |i: u32| ownership == Ownership::Nobody && key.unit(Purpose::LeftToOthers, i) < left;
        let seen: Vec<(u32, u32)> =
            (0..).zip(desks.iter().copied()).filter(|(i, _)| !leaves(*i)).collect();
        if seen.is_empty() {
            return self.orphan(place, desks[0]);
        }
        let shown =
            Shown { inquiry: place, ownership, claimed: false, glimpses: Vec::new(), again: 0 };
        let id = self.shown.take(shown);
        let case = &mut self.cases[place];
        case.place = Place::Shown;
        case.since = self.now;
        case.tale.shown = id;
        for (i, desk) in seen {
            let unnoticed = self.plan.laws.notice.quantile(key.unit(Purpose::Notice, i));
            let glimpse = self.cases.take();
            let case = &mut self.cases[glimpse];
            (case.key, case.number, case.priority, case.stream) = (key, number, priority, stream);
            case.be_about(subject);
            case.stage = Stage::Glimpse;
            case.place = Place::Transit;
            (case.arrived, case.since) = (self.now, self.now);
            case.role = desk;
            case.visits = i;
            case.wake_at = self.now + micros(unnoticed);
            case.tale.shown = id;
            case.tale.recorded_work = work;
            self.shown[id].glimpses.push(glimpse);
            self.arm(glimpse);
        }
        self.wait_in_queue(place);
    }

    /// Somebody takes up what their desk saw: the inquiry is theirs, or another desk has it already.
    pub(super) fn take_up_glimpse(&mut self, glimpse: u32) {
        let id = self.cases[glimpse].tale.shown;
        let shown = &mut self.shown[id];
        shown.glimpses.retain(|&other| other != glimpse);
        if shown.claimed { self.collide(glimpse) } else { self.claim(glimpse) }
    }

    /// The first to take the post up has it. The visit passes from the glimpse to the inquiry.
    fn claim(&mut self, glimpse: u32) {
        let now = self.now;
        let id = self.cases[glimpse].tale.shown;
        let shown = &mut self.shown[id];
        shown.claimed = true;
        let (place, ownership) = (shown.inquiry, shown.ownership);
        self.pass_wait(place, glimpse);
        let seen = &self.cases[glimpse];
        let (at, joined, person) = (seen.at, seen.joined, seen.person);
        let helped = seen.is(flag::HELPED);
        let (kept, lost, contracted) = (seen.tale.kept, seen.tale.lost, seen.tale.contracted);
        let case = &mut self.cases[place];
        (case.at, case.role, case.joined, case.person, case.since) = (at, at, joined, person, now);
        case.visits += 1;
        case.place = Place::InHand;
        case.set(flag::STARTED);
        case.tale.contracted = contracted;
        if helped {
            case.set(flag::OVERFLOWED | flag::HELPED);
            case.tale.hops += 1;
            (case.tale.kept, case.tale.lost) = (kept, lost);
            let bits = case.scopes;
            self.in_scopes(bits, |scope| scope.hand_offs += 1);
        }
        self.cases.release(glimpse);
        if person != NONE {
            self.workers[person as usize].case = place;
        }
        if ownership == Ownership::FirstToClaim {
            let key = self.cases[place].key;
            let until =
                now + micros(self.plan.laws.claim_shows.quantile(key.unit(Purpose::ClaimShows, 0)));
            for i in 0..self.shown[id].glimpses.len() {
                let other = self.shown[id].glimpses[i];
                self.cases[other].patience_at = until;
                self.arm(other);
            }
        }
        self.proceed(place);
    }

    /// What the inquiry has waited: until the desk noticed it, it was on its way; then it was in line there.
    fn pass_wait(&mut self, place: u32, glimpse: u32) {
        let seen = &self.cases[glimpse];
        let (at, since, clocks) = (seen.at, seen.since, seen.tale.clocks);
        let case = &mut self.cases[place];
        let unnoticed = since.since(case.since);
        case.tale.waits[Cause::HandOff as usize] += unnoticed;
        case.tale.waits_before = case.tale.waits;
        case.since += unnoticed;
        case.at = at;
        case.tale.clocks = clocks;
        if case.since < self.now {
            self.book_wait(place);
        }
    }

    /// Another desk helps out with what a desk has seen: unless the inquiry is somebody's already, it has waited there.
    pub(super) fn pass_wait_before_help(&mut self, glimpse: u32) {
        let shown = &self.shown[self.cases[glimpse].tale.shown];
        if !shown.claimed {
            self.pass_wait(shown.inquiry, glimpse);
            self.cases[glimpse].since = self.now;
        }
    }

    /// Book what an inquiry that nobody has taken up has waited so far.
    pub(super) fn book_shown(&mut self, place: u32) {
        let now = self.now;
        let waiting: Vec<u32> = self
            .glimpses(place)
            .iter()
            .copied()
            .filter(|&glimpse| self.cases[glimpse].place == Place::Queue)
            .collect();
        match waiting.iter().min_by_key(|&&glimpse| self.cases[glimpse].since) {
            Some(&first) => self.pass_wait(place, first),
            None => {
                let case = &mut self.cases[place];
                case.tale.waits[Cause::HandOff as usize] += now.since(case.since);
                case.since = now;
            }
        }
        for glimpse in waiting {
            let desk = &mut self.desks[self.cases[glimpse].at as usize];
            desk.touch(now);
            let case = &mut self.cases[glimpse];
            (case.since, case.tale.clocks) = (now, desk.clocks());
        }
    }

    /// Another desk has it already, and here nobody knows: both answer, unless reading shows that there is no need.
    fn collide(&mut self, glimpse: u32) {
        let case = &self.cases[glimpse];
        let (id, key) = (case.tale.shown, case.key);
        let inquiry = self.shown[id].inquiry;
        let needs = self.cases[inquiry].is(flag::NEEDS);
        let serves = self.cases[inquiry].is(flag::SERVES);
        let bits = self.cases[inquiry].scopes_open();
        self.in_scopes(bits, |scope| scope.collisions += 1);
        if O::WATCHES {
            self.tell(glimpse, Happening::TakenUpAgain { role: self.cases[glimpse].at });
        }
        self.cases[glimpse].scopes = bits;
        if serves {
            self.cases[glimpse].set(flag::SERVES);
        }
        let case = &self.cases[glimpse];
        let reads = desk_of(self.plan, case.at).triage;
        let errs = key.unit(Purpose::Triage, 0) < self.plan.practice.triage_errs;
        let guesses = !self.knows(glimpse, case.at);
        let case = &mut self.cases[glimpse];
        case.patience_at = SimTime::NEVER;
        if !reads || needs != errs {
            case.set(flag::NEEDS);
        }
        if guesses {
            case.set(flag::GUESSED);
        }
        self.shown[id].again += 1;
        self.begin(glimpse, Piece::Again, self.drawn(glimpse, Piece::Again));
    }

    /// Microseconds of work on a post that another desk has: reading it where that is done, and the reply.
    pub(super) fn work_again(&self, glimpse: u32) -> f64 {
        let case = &self.cases[glimpse];
        let mut length = 0.0;
        if desk_of(self.plan, case.at).triage {
            let u = case.key.unit(Purpose::TriageAgain, case.visits);
            length += self.plan.laws.triage.quantile(u);
        }
        if case.is(flag::NEEDS) {
            length += self.answer_micros(glimpse);
        }
        length
    }

    /// The second desk's reply is out, if it wrote one. It is the first response if the other desk's is not out yet.
    pub(super) fn answered_again(&mut self, glimpse: u32) {
        self.leave(glimpse);
        let case = &self.cases[glimpse];
        let (id, bits) = (case.tale.shown, case.scopes);
        if case.is(flag::NEEDS) {
            let knows = self.knows(glimpse, case.at);
            let practice = self.plan.practice;
            let slips = if knows { practice.error } else { practice.guess_wrong };
            let wrong = case.key.unit(Purpose::ErrorAgain, case.visits) < slips;
            self.in_scopes(bits, |scope| {
                scope.replies += 1;
                scope.wrong += u64::from(wrong);
            });
            let inquiry = self.shown[id].inquiry;
            if O::WATCHES && inquiry != NONE {
                let number = self.cases[glimpse].number;
                let happening = Happening::Replied { turn: 0, right: !wrong, is: Reply::Answer };
                self.observer.on(self.now, number, happening);
            }
            if inquiry != NONE && self.cases[inquiry].waits_for_a_reply() {
                self.first_reply(inquiry);
                self.count_for_contract(glimpse);
                self.no_more_glimpses(inquiry);
            }
        }
        self.shown[id].again -= 1;
        if self.shown[id].is_over() {
            self.shown.give_back(id);
        }
        self.cases.release(glimpse);
    }

    /// What desks see of an inquiry that nobody has taken up.
    pub(super) fn glimpses(&self, place: u32) -> &[u32] {
        &self.shown[self.cases[place].tale.shown].glimpses
    }

    /// The inquiry is answered or gone: no desk takes it up any more.
    pub(super) fn no_more_glimpses(&mut self, place: u32) {
        let id = self.cases[place].tale.shown;
        if id == NONE {
            return;
        }
        for glimpse in std::mem::take(&mut self.shown[id].glimpses) {
            self.lose_sight(glimpse);
        }
    }

    /// The inquiry leaves the house.
    pub(super) fn forget_shown(&mut self, place: u32) {
        self.no_more_glimpses(place);
        let id = std::mem::replace(&mut self.cases[place].tale.shown, NONE);
        if id != NONE {
            self.shown[id].inquiry = NONE;
            if self.shown[id].is_over() {
                self.shown.give_back(id);
            }
        }
    }

    /// The claim can be seen at a desk where nobody has taken the post up: it is not taken up there.
    pub(super) fn see_claim(&mut self, glimpse: u32) {
        let id = self.cases[glimpse].tale.shown;
        self.shown[id].glimpses.retain(|&other| other != glimpse);
        self.lose_sight(glimpse);
    }

    /// A full waiting room turns away what a desk saw; what no other desk sees, or has, is turned away altogether.
    pub(super) fn glimpse_refused(&mut self, glimpse: u32) {
        let id = self.cases[glimpse].tale.shown;
        let shown = &mut self.shown[id];
        shown.glimpses.retain(|&other| other != glimpse);
        let (inquiry, nobody) = (shown.inquiry, !shown.claimed && shown.glimpses.is_empty());
        self.cases.release(glimpse);
        if nobody {
            self.book_shown(inquiry);
            self.end(inquiry, End::Rejected);
            self.close(inquiry);
        }
    }

    fn lose_sight(&mut self, glimpse: u32) {
        if self.cases[glimpse].place == Place::Queue {
            self.withdraw(glimpse);
        }
        self.cases.release(glimpse);
    }
}

impl Case {
    /// Whether its customer needs a reply, has none, and has not left.
    fn waits_for_a_reply(&self) -> bool {
        self.is(flag::NEEDS) && !self.is(flag::ANSWERED | flag::ENDED)
    }
}

impl Shown {
    /// Whether neither the inquiry nor any desk refers to it.
    fn is_over(&self) -> bool {
        self.inquiry == NONE && self.glimpses.is_empty() && self.again == 0
    }
}
