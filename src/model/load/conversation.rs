//! The conversation: first replies, those that answer nothing, and what comes back of each.

use crate::model::{Help, MOST_TURNS};

use super::replies::Knows;
use super::walk::{Flow, Kind, Passing, desk_of};

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

impl Flow<'_> {
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
        let wish = self.wish(kind);
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
        let wish = self.wish(kind);
        let wrong = self.wrong_sent(at, kind, known);
        Further { in_doubt: wish * wrong, reopened: self.reopens() * (1.0 - wrong) }
    }

    /// How often such a customer goes on when not settled.
    fn wish(&self, kind: Kind<'_>) -> f64 {
        kind.class.wish.unwrap_or(self.world.behavior.wish_to_continue).clamp(0.0, 1.0)
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
}

/// 1 + q + q² + …, cut off where every conversation ends.
fn turns(q: f64) -> f64 {
    if q < 0.99 { 1.0 / (1.0 - q) } else { (0..MOST_TURNS).fold(1.0, |sum, _| 1.0 + q * sum) }
}
