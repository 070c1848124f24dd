//! The journey of an inquiry in expectation: the same steps as in the event loop, without time.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::model::{
    Desk, From, Knowledge, Link, LinkKind, Organization, Practice, Role, RoleId, RouteWhen,
    StreamKind, TopicId, Work, World,
};

use super::classes::{Class, classes, classes_by_stream, told_apart};
use super::hours::{Hours, times};
use super::plain::Network;
use super::replies::Knows;
use super::{Endless, Journey, Load};

/// Rounds between plain desks and desks after which what is left is taken to go round for ever.
const MOST_ROUNDS: usize = 2000;

pub(super) fn load(
    world: &World,
    practice: &Practice,
    organization: &Organization,
    counts: &dyn Fn(&Class) -> bool,
) -> Load {
    let mut flow = Flow::new(world, practice, organization);
    let counted = |all: Vec<Class>| -> Vec<Class> {
        told_apart(all.into_iter().filter(counts).collect(), world, organization)
    };
    for class in &counted(with_induced(world, practice, organization)) {
        flow.arrive(class, &[true, false]);
    }
    let mentions = counted(classes(world, StreamKind::Mentions, false));
    flow.scale_by_speed();
    flow.share_mentions(&mentions);
    flow.journey.mentions = mentions.iter().map(|class| class.per_hour).sum();
    flow.into_load()
}

/// All classes of inquiries; of each stream as many more as its first replies move to ask something else, if all of them
/// come in time, and as many as these draw in.
fn with_induced(world: &World, practice: &Practice, organization: &Organization) -> Vec<Class> {
    let Some(induced) = &world.behavior.dialogue.induced else {
        return classes(world, StreamKind::Inquiries, false);
    };
    let mut all = Vec::new();
    for (each, mut of_stream) in classes_by_stream(world, StreamKind::Inquiries) {
        let mut flow = Flow::new(world, practice, organization);
        for class in &told_apart(of_stream.clone(), world, organization) {
            flow.arrive(class, &[true]);
        }
        let answered = flow.journey.first_replies / flow.journey.inquiries.max(f64::MIN_POSITIVE);
        let asks = induced.share * answered.clamp(0.0, 1.0) * each;
        let times = 1.0 / (1.0 - asks.min(1.0 - 1e-6));
        of_stream.iter_mut().for_each(|class| class.per_hour *= times);
        all.extend(of_stream);
    }
    all
}

/// Share of inquiries that a change concerns which the role has yet to learn: changes that concern one are a thinned
/// stream, of which there is none within the lag L with probability e^(−rsL), r changes a minute and share s.
fn outdated(practice: &Practice, organization: &Organization, role: RoleId) -> f64 {
    let Some(lag) = organization.learns_after(role) else { return 0.0 };
    let each = practice.policy_change.mean();
    1.0 - libm::exp(-lag.minutes() * practice.change_concerns / each.max(1e-9))
}

/// What is tallied at a role; per hour, and minutes of work per hour.
#[derive(Debug, Clone, Default)]
pub(super) struct Tally {
    pub(super) external: f64,
    pub(super) visits: Vec<f64>,
    pub(super) minutes: Hours,
}

/// A desk's links, in the order in which they are tried.
pub(super) struct Links<'a> {
    pub(super) routes: Vec<(RouteWhen, usize, &'a Link)>,
    pub(super) consults: Vec<(usize, &'a Link)>,
    pub(super) escalates: Vec<(usize, &'a Link)>,
    pub(super) approves: Vec<(usize, &'a Link)>,
}

/// Cases on their way, alike in all that steers them.
#[derive(Debug, Clone)]
pub(super) struct Passing {
    pub(super) role: usize,
    /// Cases per hour.
    pub(super) rate: f64,
    pub(super) triaged: bool,
    /// Whether a search has been in vain; a second one in the same turn finds no more.
    pub(super) searched: bool,
    /// Context kept since arrival, and lost since the last reading: means over the cases.
    pub(super) kept: f64,
    pub(super) lost: f64,
    /// Links passed so far, the intake included: mean over the cases.
    pub(super) links: f64,
    /// Desks passed since the last random turn, to know a circle by.
    pub(super) seen: Vec<usize>,
    /// Whether it has had a reply that answers nothing, and is written about again.
    pub(super) again: bool,
    /// Shares of such replies, elsewhere and to private, at desks that it has passed in this turn without one.
    pub(super) spared: [f64; 2],
}

/// The kind of inquiry that is being followed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Kind<'c> {
    pub(super) class: &'c Class,
    pub(super) needs: bool,
    /// A difficulty within the interval.
    pub(super) difficulty: f64,
}

pub(super) struct Flow<'a> {
    pub(super) world: &'a World,
    pub(super) practice: &'a Practice,
    pub(super) roles: Vec<(&'a Role, Links<'a>)>,
    pub(super) organization: &'a Organization,
    /// What each role knows on average, with what its people have learned by training.
    pub(super) knowledge: Vec<Cow<'a, Knowledge>>,
    /// By role, the share of inquiries that a change concerns which it has yet to learn.
    pub(super) outdated: Vec<f64>,
    /// Networks of plain desks by topic, made when first needed.
    pub(super) networks: Vec<Option<Network>>,
    pub(super) tallies: Vec<Tally>,
    pub(super) journey: Journey,
    pub(super) endless: Vec<Endless>,
}

impl<'a> Flow<'a> {
    fn new(world: &'a World, practice: &'a Practice, organization: &'a Organization) -> Flow<'a> {
        let tally = Tally { visits: vec![0.0; world.topics.len()], ..Tally::default() };
        Flow {
            world,
            practice,
            roles: organization
                .roles()
                .map(|(id, role)| (role, Links::of(organization, id)))
                .collect(),
            organization,
            knowledge: organization.roles().map(|(_, role)| role.knows_on_average()).collect(),
            outdated: organization
                .roles()
                .map(|(id, _)| outdated(practice, organization, id))
                .collect(),
            networks: world.topics.iter().map(|_| None).collect(),
            tallies: vec![tally; organization.role_count()],
            journey: Journey::default(),
            endless: Vec::new(),
        }
    }

    /// Follow inquiries of a class: those that need a reply, those that do not, or both.
    fn arrive(&mut self, class: &Class, whom: &[bool]) {
        self.journey.inquiries += class.per_hour;
        let landings = class.landings(self.world, self.organization);
        let landed: f64 = landings.iter().map(|landing| landing.1).sum();
        self.journey.no_intake += class.per_hour * (1.0 - landed).max(0.0);
        for &(role, share) in &landings {
            self.tallies[role].external += class.per_hour * share;
        }
        let need_reply = self.world.topics[class.topic].need_reply.clamp(0.0, 1.0);
        for (difficulty, of_interval) in self.intervals(class) {
            for &needs in whom {
                let of_need = if needs { need_reply } else { 1.0 - need_reply };
                for &(role, of_landing) in &landings {
                    let rate = class.per_hour * of_interval * of_need * of_landing;
                    if 0.0 < rate {
                        self.follow(Kind { class, needs, difficulty }, Passing::landed(role, rate));
                    }
                }
            }
        }
    }

    /// Intervals of difficulty in which it is certain who knows: a point inside each, and its length.
    fn intervals(&self, class: &Class) -> Vec<(f64, f64)> {
        let topic = TopicId(class.topic as u32);
        let all = self.roles.iter().zip(&self.knowledge);
        let desks = all.filter(|((role, _), _)| matches!(role.work, Work::Desk(_)));
        let mut edges: Vec<f64> =
            desks.map(|(_, knows)| knows.kappa(topic, class.domain).clamp(0.0, 1.0)).collect();
        edges.extend([0.0, 1.0]);
        edges.sort_by(f64::total_cmp);
        edges
            .windows(2)
            .filter(|pair| pair[0] < pair[1])
            .map(|pair| ((pair[0] + pair[1]) / 2.0, pair[1] - pair[0]))
            .collect()
    }

    /// Follow cases from where they landed to their end.
    ///
    /// Between plain desks and desks they may go back and forth; each round, all that is at plain desks
    /// moves on together.
    fn follow(&mut self, kind: Kind<'_>, landed: Passing) {
        let enough = landed.rate * 1e-12;
        let mut on_the_way = vec![landed];
        for _ in 0..MOST_ROUNDS {
            let mut gathered = Gathered::default();
            while let Some(passing) = on_the_way.pop() {
                // conversations that go round ever more rarely
                if passing.again && passing.rate < enough {
                    continue;
                }
                match self.roles[passing.role].0.work {
                    Work::Serve { .. } => gathered.add(passing),
                    Work::Desk(_) => self.at_desk(kind, passing, &mut on_the_way),
                }
            }
            let mut at_plain_desks = gathered.cases;
            at_plain_desks.retain(|passing| enough < passing.rate);
            if at_plain_desks.is_empty() {
                return;
            }
            on_the_way = self.through_plain_desks(kind, &at_plain_desks);
            if on_the_way.is_empty() {
                return;
            }
        }
        let roles = on_the_way.iter().map(|passing| passing.role).collect();
        self.round_and_round(roles);
    }

    fn round_and_round(&mut self, roles: Vec<usize>) {
        let mut roles: Vec<RoleId> = roles.into_iter().map(|role| RoleId(role as u32)).collect();
        let first = (0..roles.len()).min_by_key(|&i| roles[i]).unwrap_or(0);
        roles.rotate_left(first);
        let found = Endless { roles };
        if !self.endless.contains(&found) {
            self.endless.push(found);
        }
    }

    /// Cases go through the network of plain desks; what comes out at desks is on its way again.
    fn through_plain_desks(&mut self, kind: Kind<'_>, entering: &[Passing]) -> Vec<Passing> {
        let topic = kind.class.topic;
        let organization = self.organization;
        let network = self.networks[topic].get_or_insert_with(|| Network::new(organization, topic));
        let mut leaving = Gathered::default();
        for passing in entering {
            for &(at, per_case) in &*network.visits(passing.role) {
                let Work::Serve { service, .. } = &self.roles[at].0.work else { continue };
                let visits = passing.rate * per_case;
                if visits <= 0.0 {
                    continue;
                }
                let minutes = service.get(topic).unwrap_or(&service[0]).mean();
                self.tallies[at].visits[topic] += visits;
                self.tallies[at].minutes.answer +=
                    if 0.0 < minutes { visits * minutes } else { 0.0 };
                if visits.is_infinite() {
                    continue;
                }
                for &(to, share) in &network.shares[at] {
                    if matches!(self.roles[to].0.work, Work::Desk(_)) {
                        let links = passing.links + 1.0;
                        leaving.add(Passing {
                            role: to,
                            rate: visits * share,
                            links,
                            seen: vec![],
                            ..*passing
                        });
                    }
                }
            }
        }
        leaving.cases
    }

    /// One visit of cases in their first turn to a desk: what it does until it answers or passes them on.
    fn at_desk(&mut self, kind: Kind<'_>, mut passing: Passing, on_the_way: &mut Vec<Passing>) {
        let at = passing.role;
        if let Some(start) = passing.seen.iter().position(|&seen| seen == at) {
            return self.round_and_round(passing.seen[start..].to_vec());
        }
        passing.seen.push(at);
        let desk = desk_of(self.roles[at].0);
        self.tallies[at].visits[kind.class.topic] += passing.rate;
        if desk.triage && !passing.triaged {
            passing = self.triage(kind, passing);
        }
        if !desk.brevity.is_none() {
            passing = self.say_briefly(kind, passing, on_the_way);
        }
        let practice = self.practice;
        let reply = kind.class.work * passing.of_work(practice);
        self.tallies[at].minutes.hand_off += passing.rate * practice.reread * passing.lost * reply;
        passing.lost = 0.0;
        if passing.rate <= 0.0 {
            return;
        }
        if let Some((to, link)) = self.route(at, kind, RouteWhen::Always) {
            return on_the_way.extend(self.pass_on(passing, to, link));
        }
        if self.knows(at, kind) {
            return self.first_reply(kind, &passing, passing.rate, Knows::Itself);
        }
        if let Some((to, link)) = self.route(at, kind, RouteWhen::WrongDesk) {
            self.tallies[at].minutes.hand_off += passing.rate * practice.recognize.mean();
            self.journey.wrong_desk += passing.rate;
            return on_the_way.extend(self.pass_on(passing, to, link));
        }
        if let Some((to, link)) = self.route(at, kind, RouteWhen::Unknown) {
            return on_the_way.extend(self.pass_on(passing, to, link));
        }
        let helped = self.ladder(at, kind, passing.rate, passing.searched);
        let asked = Passing { links: passing.links + 1.0, ..passing.clone() };
        self.first_reply(kind, &passing, helped.found, Knows::Itself);
        self.first_reply(kind, &asked, helped.told, Knows::WasTold);
        self.first_reply(kind, &passing, helped.guess, Knows::Nothing);
        if let Some((to, link)) = helped.over {
            let rest = Passing {
                rate: helped.escalate,
                searched: passing.searched || helped.searched,
                ..passing
            };
            on_the_way.extend(self.pass_on(rest, to, link));
        }
    }

    /// Triage lets through what it takes to need a reply.
    fn triage(&mut self, kind: Kind<'_>, passing: Passing) -> Passing {
        self.tallies[passing.role].minutes.triage += passing.rate * self.practice.triage.mean();
        let errs = self.practice.triage_errs.clamp(0.0, 1.0);
        let through = if kind.needs { 1.0 - errs } else { errs };
        let stopped = passing.rate * (1.0 - through);
        if kind.needs {
            self.journey.refused += stopped;
        } else {
            self.journey.no_reply_needed += stopped;
        }
        Passing { rate: passing.rate * through, triaged: true, ..passing }
    }

    /// The first link of this kind that is for the case.
    fn route(&self, at: usize, kind: Kind<'_>, want: RouteWhen) -> Option<(usize, &'a Link)> {
        let fits = |&&(when, _, link): &&(RouteWhen, usize, &'a Link)| {
            when == want && kind.class.fits(&link.filter)
        };
        self.roles[at].1.routes.iter().find(fits).map(|&(_, to, link)| (to, link))
    }

    pub(super) fn knows(&self, at: usize, kind: Kind<'_>) -> bool {
        let role = self.roles[at].0;
        let topic = TopicId(kind.class.topic as u32);
        let kappa = || self.knowledge[at].kappa(topic, kind.class.domain);
        matches!(role.work, Work::Serve { .. }) || kind.difficulty <= kappa()
    }

    /// Minutes at standard speed of somebody of the first role who stays while one of the other does work of so many: it
    /// takes as long as it takes the other.
    pub(super) fn staying(&self, role: usize, with: usize, minutes: f64) -> f64 {
        let pace = |role: usize| times(self.roles[role].0, |_| true);
        minutes * pace(with) / pace(role)
    }

    /// The case goes over a link and stays there.
    fn pass_on(&mut self, passing: Passing, to: usize, link: &Link) -> Option<Passing> {
        self.journey.hand_offs += passing.rate;
        // What is lost is found again, so it goes on like the rest.
        self.journey.lost += passing.rate * link.loses.clamp(0.0, 1.0);
        let keeps = if link.holds { 1.0 } else { link.keeps };
        if link.holds {
            // Both talk it through for as long as it takes the one who gets it.
            let minutes = passing.rate * self.practice.confer.mean();
            self.tallies[passing.role].minutes.hand_off += self.staying(passing.role, to, minutes);
            self.tallies[to].minutes.hand_off += minutes;
        }
        let passing = Passing {
            role: to,
            kept: passing.kept * keeps,
            lost: 1.0 - (1.0 - passing.lost) * keeps,
            links: passing.links + 1.0,
            ..passing
        };
        (0.0 < passing.rate).then_some(passing)
    }
}

impl Passing {
    fn landed(role: usize, rate: f64) -> Passing {
        Passing {
            role,
            rate,
            triaged: false,
            searched: false,
            kept: 1.0,
            lost: 0.0,
            links: 1.0,
            seen: Vec::new(),
            again: false,
            spared: [0.0; 2],
        }
    }

    /// The share of a case's work that its next reply takes.
    pub(super) fn of_work(&self, practice: &Practice) -> f64 {
        if self.again { practice.later_reply } else { practice.first_reply }
    }
}

impl<'a> Links<'a> {
    fn of(organization: &'a Organization, role: RoleId) -> Links<'a> {
        let mut of =
            Links { routes: vec![], consults: vec![], escalates: vec![], approves: vec![] };
        for (to, link) in organization.links_from(From::Role(role)) {
            let to = to.index();
            match link.kind {
                LinkKind::Route(when) => of.routes.push((when, to, link)),
                LinkKind::Consult => of.consults.push((to, link)),
                LinkKind::Escalate => of.escalates.push((to, link)),
                LinkKind::Approve => of.approves.push((to, link)),
                _ => {}
            }
        }
        of
    }
}

/// Cases, those alike as one.
#[derive(Debug, Default)]
struct Gathered {
    cases: Vec<Passing>,
    places: BTreeMap<(usize, [bool; 3], [u64; 2]), usize>,
}

impl Gathered {
    /// Add cases to those alike. What is averaged enters every figure linearly, so that means are exact.
    fn add(&mut self, more: Passing) {
        let alike =
            (more.role, [more.triaged, more.searched, more.again], more.spared.map(f64::to_bits));
        let place = *self.places.entry(alike).or_insert(self.cases.len());
        let Some(known) = self.cases.get_mut(place) else { return self.cases.push(more) };
        let rate = known.rate + more.rate;
        let mean = |a: f64, b: f64| (known.rate * a + more.rate * b) / rate;
        let (kept, lost, links) = (
            mean(known.kept, more.kept),
            mean(known.lost, more.lost),
            mean(known.links, more.links),
        );
        *known = Passing { rate, kept, lost, links, ..more };
    }
}

pub(super) fn desk_of(role: &Role) -> &Desk {
    match &role.work {
        Work::Desk(desk) => desk,
        Work::Serve { .. } => unreachable!("plain desks are no stop on the way through desks"),
    }
}
