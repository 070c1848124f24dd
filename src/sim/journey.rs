//! The journey of an inquiry: what comes next at a desk, between desks and with the customer.

use crate::draws::Purpose;
use crate::model::{Help, RouteWhen, raised};
use crate::sim::case::{NONE, Piece, Place, Stage, flag};
use crate::sim::dialogue::Reply;
use crate::sim::flow::micros;
use crate::sim::observer::{Happening, Observer, Sighting, Wants};
use crate::sim::outcome::{Cause, End, MentionTally};
use crate::sim::people::Doing;
use crate::sim::plan::lets_through;
use crate::sim::role_plan::{DeskPlan, LinkPlan, WorkPlan};
use crate::sim::run::Run;
use crate::sim::service::Branch;
use crate::units::SimTime;

/// What a desk does next with a case.
enum Next {
    /// A piece of work of this length.
    Work(Piece, SimTime),
    /// Pass it on over this link: number of the link among the routes or the escalations.
    Route(usize),
    Escalate(usize),
}

impl<O: Observer> Run<'_, O> {
    /// Whoever holds the case goes on with it.
    #[inline]
    pub(super) fn proceed(&mut self, place: u32) {
        let case = &self.cases[place];
        let piece = match case.stage {
            Stage::Front => return self.proceed_at_desk(place),
            Stage::Consult => Piece::Consult,
            Stage::Review | Stage::Verdict => Piece::Review,
            Stage::Decide => Piece::Decide,
            Stage::Glimpse => return self.take_up_glimpse(place),
            Stage::Duplicate => Piece::Duplicate,
            Stage::Mention => Piece::Engage,
        };
        self.begin(place, piece, self.drawn(place, piece));
    }

    fn proceed_at_desk(&mut self, place: u32) {
        self.cases[place].tale.holder = self.cases[place].person;
        if self.cases[place].is(flag::DROPPED) {
            let person = self.cases[place].person;
            self.leave(place);
            self.close(place);
            return self.release(person);
        }
        match self.decide(place) {
            Next::Work(piece, length) => self.begin(place, piece, length),
            Next::Route(link) => self.hand_over(place, |desk| &desk.routes[link].1),
            Next::Escalate(link) => self.hand_over(place, |desk| &desk.escalates[link]),
        }
    }

    /// What a desk does next with the case in hand.
    fn decide(&mut self, place: u32) -> Next {
        if self.is_held(place) {
            return Next::Work(Piece::Confer, self.drawn(place, Piece::Confer));
        }
        let case = &self.cases[place];
        let desk = desk_of(self.plan, case.at);
        if case.is(flag::REWORK) {
            return Next::Work(Piece::Rework, self.drawn(place, Piece::Rework));
        }
        if case.is(flag::MEND) {
            return Next::Work(Piece::Mend, self.drawn(place, Piece::Mend));
        }
        if desk.triage && !case.is(flag::TRIAGED) {
            return Next::Work(Piece::Triage, self.drawn(place, Piece::Triage));
        }
        match desk.brevity {
            Some(brevity) if self.is_brief(place, brevity) => {
                return Next::Work(Piece::Answer, self.drawn(place, Piece::Answer));
            }
            Some(_) => {}
            // Another desk may have begun to send the customer elsewhere.
            None => self.cases[place].tale.talk.reply = Reply::Answer,
        }
        let case = &self.cases[place];
        if 0.0 < case.tale.lost {
            return Next::Work(Piece::Reread, self.drawn(place, Piece::Reread));
        }
        if !case.is(flag::KNOWN | flag::GUESSED)
            && let Some(next) = self.find_answer(place)
        {
            return next;
        }
        Next::Work(Piece::Answer, self.drawn(place, Piece::Answer))
    }

    /// Does the desk know; if not, whose case is it, who can help? `None`: it can answer now.
    fn find_answer(&mut self, place: u32) -> Option<Next> {
        let case = &self.cases[place];
        let desk = desk_of(self.plan, case.at);
        let fits = |link: &LinkPlan| lets_through(&link.filter, case);
        let route = |want: RouteWhen| {
            desk.routes.iter().position(|(when, link)| *when == want && fits(link))
        };
        let helps = case.is(flag::HELPED);
        if !(helps && desk.answers)
            && let Some(link) = route(RouteWhen::Always)
        {
            return Some(Next::Route(link));
        }
        if self.knows(place, case.at) {
            self.cases[place].set(flag::KNOWN);
            return None;
        }
        if let Some(link) = route(RouteWhen::WrongDesk) {
            if case.is(flag::RECOGNIZED) {
                return Some(Next::Route(link));
            }
            return Some(Next::Work(Piece::Recognize, self.drawn(place, Piece::Recognize)));
        }
        if !helps && let Some(link) = route(RouteWhen::Unknown) {
            return Some(Next::Route(link));
        }
        let mut step = usize::from(case.tale.ladder);
        let next = loop {
            let help = desk.ladder.get(step).copied().unwrap_or(Help::Guess);
            step += 1;
            match help {
                Help::Search => {
                    break Some(Next::Work(Piece::Search, self.drawn(place, Piece::Search)));
                }
                Help::Consult if desk.consults.iter().any(fits) => {
                    break Some(Next::Work(Piece::Ask, self.drawn(place, Piece::Ask)));
                }
                Help::Escalate => {
                    if let Some(link) = desk.escalates.iter().position(fits) {
                        break Some(Next::Escalate(link));
                    }
                }
                Help::Consult => {}
                Help::Guess => break None,
            }
        };
        let case = &mut self.cases[place];
        case.tale.ladder = step as u8;
        if next.is_none() {
            case.set(flag::GUESSED);
        }
        next
    }

    /// Whether a role knows the answer: difficulty u of the case in its domain at most the role's κ.
    pub(super) fn knows(&self, place: u32, role: u32) -> bool {
        let case = &self.cases[place];
        let WorkPlan::Desk(desk) = &self.plan.roles[role as usize].work else { return true };
        let topic = crate::model::TopicId(u32::from(case.topic));
        let mut kappa = desk.knowledge.kappa(topic, usize::from(case.domain));
        if case.person != NONE {
            let worker = &self.workers[case.person as usize];
            kappa *= worker.knows;
            let staffing = self.plan.roles[role as usize].staffing.as_ref();
            if let Some((teaching, ceilings)) = staffing.and_then(|of| of.teaching.as_ref())
                && let Some(life) = &worker.life
            {
                let learned = life.learned(teaching, self.now);
                kappa = raised(kappa, ceilings[usize::from(case.domain)], learned);
            }
        }
        1.0 <= kappa || case.key.unit(Purpose::Knowledge, u32::from(case.domain)) <= kappa
    }

    /// Length of a piece of work at standard speed.
    pub(super) fn drawn(&self, place: u32, piece: Piece) -> SimTime {
        let case = &self.cases[place];
        let (laws, practice) = (&self.plan.laws, self.plan.practice);
        let fresh = case.visits;
        let of = |law: &crate::draws::Law, purpose| law.quantile(case.key.unit(purpose, fresh));
        let length = match piece {
            Piece::Triage => of(&laws.triage, Purpose::TriageWork),
            Piece::Recognize | Piece::Duplicate => of(&laws.recognize, Purpose::RecognizeWork),
            Piece::Search => of(&laws.search, Purpose::SearchWork),
            Piece::Ask => of(&laws.ask, Purpose::AskWork),
            Piece::Consult => of(&laws.consult, Purpose::ConsultWork),
            Piece::Engage => of(&laws.engage, Purpose::MentionWork),
            Piece::Confer => of(&laws.confer, Purpose::ConferWork),
            Piece::Decide => of(&laws.decide, Purpose::DecideWork),
            Piece::Again => self.work_again(place),
            Piece::Mend => case.tale.mend * self.answer_micros(place),
            Piece::Review => {
                let always = self.plan.world.topics[usize::from(case.topic)].always_approved;
                of(if always { &laws.legal_review } else { &laws.review }, Purpose::ReviewWork)
            }
            Piece::Serve | Piece::Answer => self.answer_micros(place),
            Piece::Rework => practice.rework * self.answer_micros(place),
            Piece::Reread => practice.reread * case.tale.lost * self.answer_micros(place),
        };
        micros(length)
    }

    /// Microseconds of work that the next reply takes: the case's own quantile, at every desk.
    pub(super) fn answer_micros(&self, place: u32) -> f64 {
        let case = &self.cases[place];
        let practice = self.plan.practice;
        let whole = case.tale.recorded_work.unwrap_or_else(|| {
            self.plan.work[usize::from(case.topic)].quantile(case.key.unit(Purpose::Work, 0))
        });
        let share = if case.tale.turn == 0 { practice.first_reply } else { practice.later_reply };
        let times = match case.tale.talk.reply {
            Reply::Answer if case.is(flag::GUESSED) => practice.guess_times,
            Reply::Answer => 1.0,
            Reply::Elsewhere | Reply::InPrivate => practice.brief_reply,
        };
        whole * share * times
    }

    /// A piece of work is done: what follows from it.
    #[inline(never)]
    pub(super) fn after(&mut self, place: u32) {
        let case = &self.cases[place];
        let (piece, person) = (case.piece, case.person);
        if case.is(flag::DROPPED) {
            self.leave(place);
            if self.cases[place].stage == Stage::Verdict {
                self.cases.release(place);
            } else {
                self.book_parked(place);
                self.close(place);
            }
            return self.release(person);
        }
        match piece {
            Piece::Serve => return self.served(place, person),
            Piece::Triage => return self.triaged(place),
            Piece::Reread => {
                self.cases[place].tale.lost = 0.0;
                return self.proceed(place);
            }
            Piece::Recognize => {
                self.cases[place].set(flag::RECOGNIZED);
                return self.proceed(place);
            }
            Piece::Search => {
                let case = &mut self.cases[place];
                let found = case.key.unit(Purpose::SearchFind, u32::from(case.tale.turn));
                if found < self.plan.practice.search_finds {
                    case.set(flag::KNOWN);
                }
                return self.proceed(place);
            }
            Piece::Ask => {
                if self.ask(place) {
                    return;
                }
            }
            Piece::Confer => {
                // Whoever handed it over may have had to leave meanwhile.
                if self.is_held(place) {
                    self.let_go(place);
                }
                return self.proceed(place);
            }
            Piece::Answer => {
                if self.drafted(place) {
                    return;
                }
            }
            Piece::Mend => {
                self.cases[place].clear(flag::MEND);
                self.submit_or_send(place);
            }
            Piece::Decide => self.decided(place),
            Piece::Again => self.answered_again(place),
            Piece::Rework => {
                self.cases[place].clear(flag::REWORK | flag::WRONG);
                self.submit_or_send(place);
            }
            Piece::Consult => self.advised(place),
            Piece::Review if case.stage == Stage::Verdict => self.verdict(place),
            Piece::Review => self.reviewed(place),
            Piece::Duplicate => {
                self.leave(place);
                self.close(place);
            }
            Piece::Engage => self.engaged(place),
        }
        self.release(person);
    }

    /// A plain desk has served: follow a branch by share, or leave.
    fn served(&mut self, place: u32, person: u32) {
        let case = &mut self.cases[place];
        let desk = &mut self.desks[case.at as usize];
        let branch = desk.serve_out(case, self.now);
        if self.comes_back(place, branch) {
            return self.go_back(place, branch, person);
        }
        self.go_on(place, branch);
        self.release(person);
    }

    /// Whoever has served is free, and then the case comes back.
    #[cold]
    #[inline(never)]
    pub(super) fn go_back(&mut self, place: u32, branch: Option<&Branch>, person: u32) {
        self.release(person);
        self.go_on(place, branch);
    }

    /// Whether a case comes back at once to the desk that has served it. Then its person is free first, so that the case may
    /// find somebody free and room.
    #[inline(always)]
    pub(super) fn comes_back(&self, place: u32, branch: Option<&Branch>) -> bool {
        branch.is_some_and(|to| to.to == self.cases[place].at && to.delay.is_none())
    }

    /// Along this branch, or out of the house.
    #[inline(always)]
    pub(super) fn go_on(&mut self, place: u32, branch: Option<&Branch>) {
        let Some(branch) = branch else {
            self.end(place, End::Resolved);
            return self.close(place);
        };
        match &branch.delay {
            None => self.come_here(place, branch.to),
            Some(law) => {
                let case = &self.cases[place];
                let delay = law.quantile(case.key.unit(Purpose::Transit, case.visits));
                self.travel(place, branch.to, micros(delay))
            }
        }
    }

    /// Triage is done: answer, or decide not to.
    fn triaged(&mut self, place: u32) {
        let case = &mut self.cases[place];
        case.set(flag::TRIAGED);
        let needs = case.is(flag::NEEDS);
        let errs = case.key.unit(Purpose::Triage, 0) < self.plan.practice.triage_errs;
        if needs != errs {
            return self.proceed(place);
        }
        let person = case.person;
        self.leave(place);
        self.end(place, if needs { End::Refused } else { End::NoReplyNeeded });
        self.close(place);
        self.release(person);
    }

    /// The question has been put: the case is parked, the expert gets it. `true` if the asker stays with it.
    fn ask(&mut self, place: u32) -> bool {
        let case = &self.cases[place];
        let desk = desk_of(self.plan, case.at);
        let fits = |link: &&LinkPlan| lets_through(&link.filter, case);
        let link = desk.consults.iter().find(fits).expect("a question is put only along a link");
        if link.holds {
            self.hold_on(place, link, Doing::Asking);
        } else {
            self.leave(place);
        }
        self.put_before(place, link.to, Stage::Consult, link.timeout);
        link.holds
    }

    /// The case stays at its desk and waits for what another desk has to say.
    pub(super) fn park(&mut self, place: u32, to: u32, stage: Stage, timeout: Option<SimTime>) {
        self.leave(place);
        self.put_before(place, to, stage, timeout);
    }

    /// What is in nobody's hands any more is put before another desk, whose word it waits for.
    pub(super) fn put_before(
        &mut self,
        place: u32,
        to: u32,
        stage: Stage,
        timeout: Option<SimTime>,
    ) {
        let case = &mut self.cases[place];
        case.stage = stage;
        case.tale.parked = self.now;
        case.set(flag::PARKED);
        if O::WATCHES {
            let wants = match stage {
                Stage::Consult => Wants::Answer,
                Stage::Decide => Wants::Decision,
                _ => Wants::Approval,
            };
            self.tell_sent(place, to, wants);
        }
        self.keep_slot(place);
        self.join(place, to, false);
        // a full room may have sent it back already
        let case = &mut self.cases[place];
        if let Some(timeout) = timeout
            && case.place == Place::Queue
            && case.is(flag::PARKED)
            && case.at == to
        {
            case.wake_at = self.now + timeout;
            self.arm(place);
        }
    }

    /// Tell whoever looks on whose word is wanted about a case.
    pub(super) fn tell_sent(&mut self, place: u32, to: u32, wants: Wants) {
        let case = &self.cases[place];
        self.observer.on(self.now, case.number, Happening::Sent { from: case.role, to, wants });
    }

    /// Waited long enough for another desk: the case goes on without it, guessing or sent as it is.
    pub(super) fn go_on_without(&mut self, place: u32) {
        self.withdraw(place);
        self.unheard(place);
    }

    /// The other desk will not speak, and does not have the case any more.
    pub(super) fn unheard(&mut self, place: u32) {
        let (stage, desk) = (self.cases[place].stage, self.cases[place].role);
        if stage == Stage::Review {
            self.resume(place, Cause::Approval);
            self.send(place);
        } else if stage == Stage::Decide {
            self.resume(place, Cause::Approval);
            self.decide_without(place);
        } else {
            self.resume(place, Cause::Consult);
            if self.take_back(place) {
                return;
            }
            let role = self.cases[place].role;
            self.join(place, role, true);
        }
        self.use_free_slots(desk);
    }

    /// The other desk has spoken: the case goes on at its own.
    pub(super) fn unpark(&mut self, place: u32, cause: Cause) {
        self.leave(place);
        self.resume(place, cause);
    }

    /// The case is no longer parked, and what it waited for is known.
    fn resume(&mut self, place: u32, cause: Cause) {
        let case = &mut self.cases[place];
        case.tale.waits[cause as usize] += self.now.since(case.tale.parked);
        case.clear(flag::PARKED);
        case.stage = Stage::Front;
        if case.is(flag::KEEPS_SLOT) {
            self.give_slot_back(place);
        }
    }

    /// The expert has answered: the case returns to the head of its desk's queue.
    fn advised(&mut self, place: u32) {
        let expert = self.cases[place].at;
        let known = self.knows(place, expert);
        self.unpark(place, Cause::Consult);
        if known {
            self.cases[place].set(flag::KNOWN | flag::TOLD);
        }
        if self.take_back(place) {
            return;
        }
        let role = self.cases[place].role;
        self.join(place, role, true);
        self.use_free_slots(role);
    }

    /// A mention was touched.
    fn engaged(&mut self, place: u32) {
        let at = self.cases[place].at;
        self.desks[at as usize].tally.background_done += 1;
        self.leave(place);
        self.touched(place);
    }

    /// Somebody has done with a mention.
    pub(super) fn touched(&mut self, place: u32) {
        let case = &self.cases[place];
        let age = self.now.since(case.arrived);
        self.books.conservation.mentions.touched += 1;
        if O::WATCHES {
            self.observer.sees(self.now, case.number, Sighting::Touched);
        }
        if case.is(flag::COUNTED) {
            let half_life = self.plan.world.channels[usize::from(case.channel)].half_life;
            let bits = case.scopes;
            let minds = self.plan.world.topics[usize::from(case.topic)].minds;
            let unwelcome = 0.0 < minds && case.key.unit(Purpose::Minds, 0) < minds;
            let value = libm::exp2(-(age.micros() as f64 / half_life.micros().max(1) as f64));
            let touch = |mentions: &mut MentionTally| {
                mentions.touched += 1;
                mentions.age_micros += u128::from(age.micros());
                mentions.value += value;
                mentions.unwelcome += u64::from(unwelcome);
            };
            touch(&mut self.books.mentions);
            self.in_scopes(bits, |scope| touch(&mut scope.mentions));
        }
        self.cases.release(place);
    }

    /// Pass the case in hand on over a link; it stays there.
    fn hand_over(&mut self, place: u32, link: impl Fn(&DeskPlan) -> &LinkPlan) {
        let case = &self.cases[place];
        let person = case.person;
        let link = link(desk_of(self.plan, case.at));
        if link.holds {
            self.hold_on(place, link, Doing::Handing);
        } else {
            self.leave(place);
        }
        let case = &mut self.cases[place];
        let misrouted = case.is(flag::RECOGNIZED);
        if misrouted {
            rebook_as_wrong_desk(case);
        }
        case.tale.hops += 1;
        if !link.holds {
            case.tale.kept *= link.keeps;
            case.tale.lost = 1.0 - (1.0 - case.tale.lost) * link.keeps;
        }
        let ordinal = case.visits;
        let delay = link
            .delay
            .as_ref()
            .map(|law| micros(law.quantile(case.key.unit(Purpose::Transit, ordinal))));
        let lost = 0.0 < link.loses && case.key.unit(Purpose::Lost, ordinal) < link.loses;
        let (from, to, hops) = (case.role, link.to, case.tale.hops);
        if O::WATCHES {
            self.tell(place, Happening::HandedOver { from, to, misrouted, helps: false });
        }
        self.count_hand_over(place, misrouted);
        if 10_000 < hops {
            self.trouble = Some(crate::sim::outcome::Stop::TooManyHops(to));
            self.may_end();
        }
        if link.holds {
            self.come_to(place, to);
            return self.hold_until(place, link.timeout);
        }
        if lost {
            self.orphan(place, to);
        } else {
            match delay {
                None => self.come_to(place, to),
                Some(delay) => self.travel(place, to, delay),
            }
        }
        self.release(person);
    }

    /// Count one hand-over, and forget what was only true at the desk before.
    pub(super) fn count_hand_over(&mut self, place: u32, misrouted: bool) {
        let case = &mut self.cases[place];
        let first_misroute = misrouted && !case.is(flag::MISROUTED);
        if misrouted {
            case.set(flag::MISROUTED);
        }
        case.clear(flag::KNOWN | flag::TOLD | flag::GUESSED | flag::RECOGNIZED | flag::HELPED);
        case.tale.ladder = 0;
        let bits = case.scopes;
        self.in_scopes(bits, |scope| {
            scope.hand_offs += 1;
            scope.wrong_desk += u64::from(first_misroute);
        });
    }

    /// On the way to a desk.
    fn travel(&mut self, place: u32, to: u32, delay: SimTime) {
        let case = &mut self.cases[place];
        case.role = to;
        case.place = Place::Transit;
        case.since = self.now;
        case.wake_at = self.now + delay;
        self.arm(place);
    }

    /// Nobody has the case until somebody finds it; then it goes where it was meant to go.
    pub(super) fn orphan(&mut self, place: u32, to: u32) {
        let case = &mut self.cases[place];
        case.set(flag::ORPHANED);
        let bits = case.scopes;
        let lies = self.plan.laws.orphaned.quantile(case.key.unit(Purpose::Orphaned, case.visits));
        self.in_scopes(bits, |scope| scope.orphans += 1);
        self.travel(place, to, micros(lies));
    }

    /// The case becomes this desk's.
    #[inline(never)]
    pub(super) fn come_to(&mut self, place: u32, to: u32) {
        self.come_here(place, to);
    }

    /// [`Run::come_to`], for the two places that most visits begin at.
    #[inline(always)]
    pub(super) fn come_here(&mut self, place: u32, to: u32) {
        let case = &mut self.cases[place];
        case.role = to;
        if !self.traits.plain {
            if self.plan.causes {
                case.tale.waits_before = case.tale.waits;
            }
            if self.plan.has_terms {
                self.contract(place, to, self.now);
            }
        }
        self.join_here(place, to, false);
    }
}

/// All waits since the case came to the desk turn out to have been at a wrong desk.
fn rebook_as_wrong_desk(case: &mut crate::sim::case::Case) {
    let wrong = Cause::WrongDesk as usize;
    for cause in Cause::ALL.iter().map(|&cause| cause as usize).filter(|&cause| cause != wrong) {
        let since = case.tale.waits[cause].since(case.tale.waits_before[cause]);
        case.tale.waits[cause] = case.tale.waits_before[cause];
        case.tale.waits[wrong] += since;
    }
}

/// The desk of a role that is known to be one.
#[inline]
pub(super) fn desk_of<'p>(plan: &'p crate::sim::plan::Plan<'_>, role: u32) -> &'p DeskPlan {
    match &plan.roles[role as usize].work {
        WorkPlan::Desk(desk) => desk,
        WorkPlan::Serve(_) => unreachable!("cases at plain desks are served, not decided on"),
    }
}
