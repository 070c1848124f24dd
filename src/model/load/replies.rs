//! Finding the answer, writing it, having it reviewed; and the conversation that follows.

use crate::model::{Help, Link, MOST_TURNS, Risk, RoleId};

use super::walk::{Flow, Kind, Passing, desk_of};

/// Who reviews drafts, step by step, and the share of them that is reviewed.
type Review = (Vec<Vec<usize>>, f64);

/// Where a reply has its knowledge from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Knows {
    /// The desk knows, or has found it.
    Itself,
    /// An expert told it.
    WasTold,
    /// It guesses.
    Nothing,
    /// It says what takes no knowledge.
    NeedsNone,
}

/// Conversations that go on after an answer; per hour, or as shares of the answers.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Further {
    /// The matter was not settled, and the customer says so.
    in_doubt: f64,
    /// It seemed settled, and comes up again.
    reopened: f64,
}

impl Further {
    fn sum(self) -> f64 {
        self.in_doubt + self.reopened
    }
}

/// How a desk meets later messages that it does not answer.
#[derive(Debug, Clone, Copy)]
struct Brief {
    /// Share of messages after which the customer is sent elsewhere.
    share: f64,
    /// Share of these who write again.
    goes_on: f64,
}

impl Brief {
    /// Messages in all, of so many customers who write until they are answered or give up.
    fn messages(self, customers: f64) -> f64 {
        customers * turns(self.share * self.goes_on)
    }

    /// Share of these customers who are answered.
    fn get_answered(self) -> f64 {
        (1.0 - self.share) * self.messages(1.0)
    }
}

/// What the ladder leads to, in cases per hour.
#[derive(Default)]
pub(super) struct Helped<'a> {
    /// A search found the answer.
    pub(super) found: f64,
    /// An expert told it.
    pub(super) told: f64,
    /// Handed over along `over`.
    pub(super) escalate: f64,
    pub(super) over: Option<(usize, &'a Link)>,
    /// Nothing helped.
    pub(super) guess: f64,
    /// Whether there was a search.
    pub(super) searched: bool,
}

impl<'a> Flow<'a> {
    /// The help ladder of a desk that does not know.
    pub(super) fn ladder(
        &mut self,
        at: usize,
        kind: Kind<'_>,
        rate: f64,
        searched: bool,
    ) -> Helped<'a> {
        let practice = self.practice;
        let topic = kind.class.topic;
        let fits = |&&(_, link): &&(usize, &'a Link)| kind.class.fits(&link.filter);
        let mut helped = Helped { guess: rate, ..Helped::default() };
        for help in &desk_of(self.roles[at].0).ladder {
            match help {
                Help::Search => {
                    self.tallies[at].minutes.consult_sought +=
                        helped.guess * practice.search.mean();
                    if !searched && !helped.searched {
                        helped.found = helped.guess * practice.search_finds.clamp(0.0, 1.0);
                        helped.guess -= helped.found;
                    }
                    helped.searched = true;
                }
                Help::Consult => {
                    let Some(&(expert, _)) = self.roles[at].1.consults.iter().find(fits) else {
                        continue;
                    };
                    self.tallies[at].minutes.consult_sought += helped.guess * practice.ask.mean();
                    self.tallies[expert].visits[topic] += helped.guess;
                    self.tallies[expert].minutes.consult_given +=
                        helped.guess * practice.consult.mean();
                    self.tallies[at].visits[topic] += helped.guess;
                    if self.knows(expert, kind) {
                        helped.told = std::mem::take(&mut helped.guess);
                    }
                }
                Help::Escalate => {
                    if let Some(&over) = self.roles[at].1.escalates.iter().find(fits) {
                        helped.escalate = std::mem::take(&mut helped.guess);
                        helped.over = Some(over);
                    }
                }
                Help::Guess => break,
            }
            if helped.guess <= 0.0 {
                break;
            }
        }
        helped
    }

    /// Cases get their first reply, and those that it does not settle their later ones, at the same desk.
    pub(super) fn first_reply(
        &mut self,
        kind: Kind<'_>,
        passing: &Passing,
        rate: f64,
        known: Knows,
    ) {
        if rate <= 0.0 {
            return;
        }
        let practice = self.practice;
        let at = passing.role;
        if !passing.again {
            self.journey.first_replies += rate;
        }
        if !passing.again && known != Knows::Nothing {
            self.journey.known += rate;
            self.journey.links_to_knowledge += rate * passing.links;
        }
        let wrong = self.reply(at, kind, rate, known, passing.of_work(practice));
        if !kind.needs {
            return;
        }
        let settling =
            (1.0 - self.world.topics[kind.class.topic].not_settled_at_first).clamp(0.0, 1.0);
        let context = (1.0 - practice.context_settles * (1.0 - passing.kept)).clamp(0.0, 1.0);
        let settled = settling * context * (1.0 - wrong);
        let behavior = &self.world.behavior;
        let wish = behavior.wish_to_continue.clamp(0.0, 1.0);
        let on = Further {
            in_doubt: rate * wish * (1.0 - settled),
            reopened: rate * self.reopens() * settled,
        };
        self.later_replies(at, kind, on, known);
    }

    /// So many conversations go on after an answer. A later answer settles unless it is wrong.
    fn later_replies(&mut self, at: usize, kind: Kind<'_>, on: Further, known: Knows) {
        if on.in_doubt + on.reopened <= 0.0 {
            return;
        }
        let share = self.practice.later_reply;
        let topic = kind.class.topic;
        let brief = self.brief_again(at);
        let mut knowing = on.in_doubt + on.reopened;
        let mut knows = known;
        if known == Knows::Nothing {
            knows = Knows::Itself;
            let asked = self.asked_of_guessers(at, kind, on);
            let tries = brief.messages(asked.in_doubt);
            self.tallies[at].visits[topic] += tries + asked.reopened;
            let told_little = brief.share * (tries + asked.reopened);
            self.reply(at, kind, told_little, Knows::NeedsNone, share * self.practice.brief_reply);
            let helped = self.ladder(at, kind, (1.0 - brief.share) * tries, false);
            let guessed = helped.guess + (1.0 - brief.share) * asked.reopened;
            self.reply(at, kind, guessed, Knows::Nothing, share);
            self.reply(at, kind, helped.found, Knows::Itself, share);
            knowing = helped.found * self.goes_on(at, kind, Knows::Itself).sum();
        }
        let answered = brief.get_answered();
        let asked = knowing * turns(answered * self.goes_on(at, kind, knows).sum());
        let messages = brief.messages(asked);
        self.tallies[at].visits[topic] += messages;
        let told_little = brief.share * messages;
        self.reply(at, kind, told_little, Knows::NeedsNone, share * self.practice.brief_reply);
        self.reply(at, kind, answered * asked, knows, share);
    }

    /// What comes back to a desk that guesses, of so many who go on at first. Who is in doubt has the desk look for the
    /// answer again, which only a search can newly find; to whoever held the matter for settled it says the same again.
    fn asked_of_guessers(&self, at: usize, kind: Kind<'_>, on: Further) -> Further {
        let desk = desk_of(self.roles[at].0);
        let mut until_guess = desk.ladder.iter().take_while(|help| **help != Help::Guess);
        let searches = until_guess.any(|help| *help == Help::Search);
        let found = if searches { self.practice.search_finds.clamp(0.0, 1.0) } else { 0.0 };
        let brief = self.brief_again(at);
        let goes_on = self.goes_on(at, kind, Knows::Nothing);
        // Guesses that come of a message of each, sent elsewhere or not, and messages that come of a guess.
        let (doubting, reopening) = ((1.0 - found) * brief.get_answered(), 1.0 - brief.share);
        let back = brief.share * brief.goes_on;
        let of_reopened = doubting * back + reopening;
        let first = doubting * on.in_doubt + of_reopened * on.reopened;
        let guesses = first * turns(doubting * goes_on.in_doubt + of_reopened * goes_on.reopened);
        let reopened = on.reopened + guesses * goes_on.reopened;
        let in_doubt = on.in_doubt + guesses * goes_on.in_doubt + back * reopened;
        Further { in_doubt, reopened }
    }

    /// What comes back of one answer, not the first.
    fn goes_on(&self, at: usize, kind: Kind<'_>, known: Knows) -> Further {
        let wish = self.world.behavior.wish_to_continue.clamp(0.0, 1.0);
        let wrong = self.wrong_sent(at, kind, known);
        Further { in_doubt: wish * wrong, reopened: self.reopens() * (1.0 - wrong) }
    }

    /// Of all times a matter seems settled, the share that comes up again.
    fn reopens(&self) -> f64 {
        self.world.behavior.dialogue.reopens.as_ref().map_or(0.0, |of| of.share.clamp(0.0, 1.0))
    }

    /// Which later messages a desk does not answer.
    fn brief_again(&self, at: usize) -> Brief {
        let share = desk_of(self.roles[at].0).brevity.deflects.clamp(0.0, 1.0);
        let gives_up = self.world.behavior.dialogue.gives_up_deflected.clamp(0.0, 1.0);
        Brief { share, goes_on: 1.0 - gives_up }
    }

    /// Some of those at a desk get a reply that answers nothing, and perhaps write again, there; the rest is answered.
    pub(super) fn say_briefly(
        &mut self,
        kind: Kind<'_>,
        passing: Passing,
        on_the_way: &mut Vec<Passing>,
    ) -> Passing {
        let at = passing.role;
        let brevity = desk_of(self.roles[at].0).brevity;
        let public = !self.world.channels[kind.class.channel].private;
        let to_private = if public && !passing.again { brevity.to_private } else { 0.0 };
        // One uniform decides at all desks of a turn: those whom an equal share has spared, another spares too.
        let [spared, kept_public] = passing.spared;
        let newly = |share: f64, spared: f64| {
            if spared < share { (share - spared) / (1.0 - spared) } else { 0.0 }
        };
        let elsewhere = passing.rate * newly(brevity.deflects.clamp(0.0, 1.0), spared);
        let rest = passing.rate - elsewhere;
        let in_private = rest * newly(to_private.clamp(0.0, 1.0), kept_public);
        let brief = elsewhere + in_private;
        let share = passing.of_work(self.practice) * self.practice.brief_reply;
        if 0.0 < brief && !passing.again {
            self.journey.first_replies += brief;
        }
        self.reply(at, kind, brief, Knows::NeedsNone, share);
        let later = self.brief_again(at);
        let follows = self.world.behavior.dialogue.follows_to_private.clamp(0.0, 1.0);
        let on = elsewhere * later.goes_on + in_private * follows;
        if kind.needs && 0.0 < on {
            let messages = later.messages(on);
            let told_little = later.share * messages;
            self.tallies[at].visits[kind.class.topic] += told_little;
            let share = self.practice.later_reply * self.practice.brief_reply;
            self.reply(at, kind, told_little, Knows::NeedsNone, share);
            on_the_way.push(Passing {
                rate: messages - told_little,
                again: true,
                spared: [later.share, 1.0],
                searched: false,
                seen: Vec::new(),
                ..passing.clone()
            });
        }
        Passing {
            rate: rest - in_private,
            spared: [spared.max(brevity.deflects), kept_public.max(to_private)],
            ..passing
        }
    }

    /// So many replies are written and, where due, reviewed and reworked. The share that goes out wrong.
    fn reply(&mut self, at: usize, kind: Kind<'_>, rate: f64, known: Knows, share: f64) -> f64 {
        let practice = self.practice;
        let topic = kind.class.topic;
        let wrong = self.wrong_drafts(at, kind, known);
        let minutes = kind.class.work
            * share
            * if known == Knows::Nothing { practice.guess_times } else { 1.0 };
        self.journey.replies += rate;
        self.tallies[at].minutes.answer += rate * minutes;
        if known != Knows::NeedsNone {
            self.decisions(at, kind, rate, minutes);
        }
        let reviewed = self.reviews(at, kind);
        for (steps, due) in &reviewed {
            let caught = practice.caught.clamp(0.0, 1.0);
            let objectors = desk_of(self.roles[at].0).only_objectors;
            let always = self.world.topics[topic].always_approved;
            let review = if always { &practice.legal_review } else { &practice.review };
            // Wrong drafts that reach a step, and those that came back at it or before it.
            let (mut asked, mut back) = (rate * due, 0.0);
            let mut reach = asked * wrong;
            let sent_back = reach * stopped(caught, steps.iter().map(Vec::len).sum());
            for step in steps {
                let stopped = reach * stopped(caught, step.len());
                back += stopped;
                let again = if objectors { back } else { sent_back };
                for &reviewer in step {
                    let reviews = asked + again;
                    self.tallies[reviewer].visits[topic] += reviews;
                    self.tallies[reviewer].minutes.approval += reviews * review.mean();
                }
                asked -= stopped;
                reach -= stopped;
            }
            self.tallies[at].visits[topic] += sent_back;
            self.tallies[at].minutes.rework += sent_back * practice.rework * minutes;
        }
        wrong * (1.0 - self.found(&reviewed))
    }

    /// By level of risk, who reviews the desk's drafts on this case, step by step, and the share that is reviewed.
    fn reviews(&self, at: usize, kind: Kind<'_>) -> Vec<Review> {
        let topic = &self.world.topics[kind.class.topic];
        let share = |risk: Risk| match kind.class.risk {
            None => topic.risks.share(risk),
            Some(only) => f64::from(u8::from(only == risk)),
        };
        let levels = Risk::ALL.into_iter().map(|risk| (risk, share(risk)));
        let of = |(risk, share): (Risk, f64)| {
            let always = topic.always_approved;
            let due = if always { 1.0 } else { desk_of(self.roles[at].0).approved(risk) };
            (0.0 < share * due).then_some((self.reviewers(at, kind, risk)?, share * due))
        };
        levels.filter_map(of).collect()
    }

    /// Who reviews the desk's drafts on this case at a level of risk, step by step.
    fn reviewers(&self, at: usize, kind: Kind<'_>, risk: Risk) -> Option<Vec<Vec<usize>>> {
        let fits = |link: &Link| kind.class.fits(&link.filter) && link.filter.is_for(risk);
        let links = &self.roles[at].1;
        let mut fitting = links.approves.iter().filter(|(_, link)| fits(link)).peekable();
        let first = fitting.peek().map(|(reviewer, _)| *reviewer)?;
        let mut steps: Vec<(u8, Vec<usize>)> = Vec::new();
        for (reviewer, link) in fitting {
            let Some(number) = link.step else { continue };
            match steps.iter_mut().find(|(known, _)| *known == number) {
                Some((_, step)) => step.push(*reviewer),
                None => steps.push((number, vec![*reviewer])),
            }
        }
        steps.sort_by_key(|(number, _)| *number);
        let mut steps: Vec<Vec<usize>> = steps.into_iter().map(|(_, step)| step).collect();
        if steps.is_empty() {
            steps.push(vec![first]);
        }
        Some(steps)
    }

    /// Of so many replies some raise an exception: superiors decide, and the desk mends what they want mended.
    fn decisions(&mut self, at: usize, kind: Kind<'_>, rate: f64, minutes: f64) {
        let topic = kind.class.topic;
        let raised = rate * self.world.topics[topic].exceptions;
        if raised <= 0.0 {
            return;
        }
        for (level, decider, share) in self.levels(at) {
            let of = self.practice.decisions[level.min(2)];
            self.tallies[at].minutes.rework +=
                raised * share * (of.rework + 0.5 * of.quick_fix) * minutes;
            if let Some(decider) = decider {
                self.tallies[decider].visits[topic] += raised * share;
                self.tallies[decider].minutes.approval +=
                    raised * share * self.practice.decide.mean();
                self.tallies[at].visits[topic] += raised * share * (of.rework + of.quick_fix);
            }
        }
    }

    /// Levels at which exceptions of a desk are decided, by whom, and in which share: the desk itself first.
    fn levels(&self, at: usize) -> Vec<(usize, Option<usize>, f64)> {
        let up = desk_of(self.roles[at].0).centralization.clamp(0.0, 1.0);
        let line =
            if 0.0 < up { self.organization.superiors(RoleId(at as u32)) } else { Vec::new() };
        let mut reach = 1.0;
        let mut levels = Vec::new();
        for level in 0..=line.len() {
            let further = if level < line.len() { reach * up } else { 0.0 };
            let decider = level.checked_sub(1).map(|above| line[above].0.index());
            levels.push((level, decider, reach - further));
            reach = further;
        }
        levels
    }

    /// Share of drafts that are wrong once all exceptions are decided.
    fn wrong_drafts(&self, at: usize, kind: Kind<'_>, known: Knows) -> f64 {
        let practice = self.practice;
        let slips = match known {
            Knows::NeedsNone => return 0.0,
            Knows::Nothing => practice.guess_wrong,
            Knows::Itself | Knows::WasTold => practice.error,
        };
        let outdated = if known == Knows::WasTold { 0.0 } else { self.outdated[at] };
        let slips = 1.0 - (1.0 - slips.clamp(0.0, 1.0)) * (1.0 - outdated);
        let raised = self.world.topics[kind.class.topic].exceptions;
        if raised <= 0.0 {
            return slips;
        }
        let wrong = |(level, _, share): (usize, Option<usize>, f64)| {
            let of = self.practice.decisions[level.min(2)];
            let ignored = 1.0 - of.rework - of.quick_fix;
            share * (of.quick_fix * (1.0 - 0.5 * (1.0 - slips)) + ignored)
        };
        (1.0 - raised) * slips + raised * self.levels(at).into_iter().map(wrong).sum::<f64>()
    }

    /// Share of replies that are wrong when they go out.
    fn wrong_sent(&self, at: usize, kind: Kind<'_>, known: Knows) -> f64 {
        self.wrong_drafts(at, kind, known) * (1.0 - self.found(&self.reviews(at, kind)))
    }

    /// Share of wrong drafts that these reviews find.
    fn found(&self, reviews: &[Review]) -> f64 {
        let caught = self.practice.caught.clamp(0.0, 1.0);
        let found = |(steps, due): &Review| due * stopped(caught, steps.iter().map(Vec::len).sum());
        reviews.iter().map(found).sum()
    }
}

/// Probability that one of so many reviewers catches a wrong draft.
fn stopped(caught: f64, reviewers: usize) -> f64 {
    if reviewers == 1 { caught } else { 1.0 - (1.0 - caught).powi(reviewers as i32) }
}

/// 1 + q + q² + …, cut off where every conversation ends.
fn turns(q: f64) -> f64 {
    if q < 0.99 { 1.0 / (1.0 - q) } else { (0..MOST_TURNS).fold(1.0, |sum, _| 1.0 + q * sum) }
}
