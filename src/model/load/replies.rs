//! Finding the answer, writing it, having it reviewed.

use crate::model::{Help, Link, Risk, RoleId};

use super::walk::{Flow, Kind, desk_of};

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
                    let Some(&(expert, link)) = self.roles[at].1.consults.iter().find(fits) else {
                        continue;
                    };
                    self.tallies[at].minutes.consult_sought += helped.guess * practice.ask.mean();
                    self.tallies[expert].visits[topic] += helped.guess;
                    self.tallies[expert].minutes.consult_given +=
                        helped.guess * practice.consult.mean();
                    if link.holds {
                        // whoever stays with the question has nothing else in hand while it is answered
                        let answer = helped.guess * practice.consult.mean();
                        self.tallies[at].minutes.consult_sought += self.staying(at, expert, answer);
                    } else {
                        self.tallies[at].visits[topic] += helped.guess;
                    }
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

    /// So many replies are written and, where due, reviewed and reworked. The share that goes out wrong.
    pub(super) fn reply(
        &mut self,
        at: usize,
        kind: Kind<'_>,
        rate: f64,
        known: Knows,
        share: f64,
    ) -> f64 {
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
    pub(super) fn wrong_sent(&self, at: usize, kind: Kind<'_>, known: Knows) -> f64 {
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
