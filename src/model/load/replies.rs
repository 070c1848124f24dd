//! Finding the answer, writing it, having it reviewed; and the conversation that follows.

use crate::model::{Help, Link};

use super::walk::{Flow, Kind, Passing, desk_of};

/// Replies after which a conversation ends in any case.
const MOST_TURNS: i32 = 1000;

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
        known: bool,
    ) {
        if rate <= 0.0 {
            return;
        }
        let (practice, behavior) = (self.practice, &self.world.behavior);
        let at = passing.role;
        self.journey.first_replies += rate;
        if known {
            self.journey.known += rate;
            self.journey.links_to_knowledge += rate * passing.links;
        }
        let wrong = self.reply(at, kind, rate, known, practice.first_reply);
        if !kind.needs {
            return;
        }
        let settling =
            (1.0 - self.world.topics[kind.class.topic].not_settled_at_first).clamp(0.0, 1.0);
        let context = (1.0 - practice.context_settles * (1.0 - passing.kept)).clamp(0.0, 1.0);
        let wish = behavior.wish_to_continue.clamp(0.0, 1.0);
        let on = rate * wish * (1.0 - settling * context * (1.0 - wrong));
        self.later_replies(at, kind, on, known);
    }

    /// So many conversations go on after the first reply. A later reply settles unless it is wrong.
    fn later_replies(&mut self, at: usize, kind: Kind<'_>, on: f64, known: bool) {
        if on <= 0.0 {
            return;
        }
        let share = self.practice.later_reply;
        let wish = self.world.behavior.wish_to_continue.clamp(0.0, 1.0);
        let topic = kind.class.topic;
        let mut knowing = on;
        if !known {
            // Each turn the desk looks for the answer again; only a search can newly find it.
            let desk = desk_of(self.roles[at].0);
            let searches = desk
                .ladder
                .iter()
                .take_while(|help| **help != Help::Guess)
                .any(|help| *help == Help::Search);
            let found = if searches { self.practice.search_finds.clamp(0.0, 1.0) } else { 0.0 };
            let again = (1.0 - found) * wish * self.wrong_sent(at, kind, false);
            let tries = on * turns(again);
            self.tallies[at].visits[topic] += tries;
            let helped = self.ladder(at, kind, tries, false);
            self.reply(at, kind, helped.guess, false, share);
            self.reply(at, kind, helped.found, true, share);
            knowing = helped.found * wish * self.wrong_sent(at, kind, true);
        }
        let replies = knowing * turns(wish * self.wrong_sent(at, kind, true));
        self.tallies[at].visits[topic] += replies;
        self.reply(at, kind, replies, true, share);
    }

    /// So many replies are written and, where due, reviewed and reworked. The share that goes out wrong.
    fn reply(&mut self, at: usize, kind: Kind<'_>, rate: f64, known: bool, share: f64) -> f64 {
        let practice = self.practice;
        let topic = kind.class.topic;
        let wrong = self.wrong_drafts(known);
        let minutes = kind.class.work * share * if known { 1.0 } else { practice.guess_times };
        self.journey.replies += rate;
        self.tallies[at].minutes.answer += rate * minutes;
        if let Some((reviewer, due)) = self.review(at, kind) {
            let sent_back = rate * due * wrong * practice.caught.clamp(0.0, 1.0);
            let reviews = rate * due + sent_back;
            let always = self.world.topics[topic].always_approved;
            let review = if always { &practice.legal_review } else { &practice.review };
            self.tallies[reviewer].visits[topic] += reviews;
            self.tallies[reviewer].minutes.approval += reviews * review.mean();
            self.tallies[at].visits[topic] += sent_back;
            self.tallies[at].minutes.rework += sent_back * practice.rework * minutes;
        }
        self.wrong_sent(at, kind, known)
    }

    /// Who reviews the desk's drafts on this case, and the share that is reviewed.
    fn review(&self, at: usize, kind: Kind<'_>) -> Option<(usize, f64)> {
        let (role, links) = &self.roles[at];
        let always = self.world.topics[kind.class.topic].always_approved;
        let due = if always { 1.0 } else { desk_of(role).approval.clamp(0.0, 1.0) };
        let (reviewer, _) =
            links.approves.iter().find(|(_, link)| kind.class.fits(&link.filter))?;
        (0.0 < due).then_some((*reviewer, due))
    }

    fn wrong_drafts(&self, known: bool) -> f64 {
        if known { self.practice.error } else { self.practice.guess_wrong }.clamp(0.0, 1.0)
    }

    /// Share of replies that are wrong when they go out.
    fn wrong_sent(&self, at: usize, kind: Kind<'_>, known: bool) -> f64 {
        let reviewed = self.review(at, kind).map_or(0.0, |(_, due)| due);
        self.wrong_drafts(known) * (1.0 - reviewed * self.practice.caught.clamp(0.0, 1.0))
    }
}

/// 1 + q + q² + …, cut off where every conversation ends.
fn turns(q: f64) -> f64 {
    if q < 0.99 { 1.0 / (1.0 - q) } else { (0..MOST_TURNS).fold(1.0, |sum, _| 1.0 + q * sum) }
}
