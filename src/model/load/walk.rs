//! The journey of an inquiry in expectation: the same steps as in the event loop, without time.

use crate::model::{
    Desk, From, Help, Link, LinkKind, Organization, Practice, Proactive, Role, RoleId, RouteWhen, StreamKind, TopicId,
    Work, World,
};

use super::classes::{Class, classes, stream_rates};
use super::hours::{Hours, calendars, open_hours_per_week, scheduled_per_week, times};
use super::plain::Network;
use super::{Endless, Journey, Load, RoleLoad, WEEK};

/// Replies after which a conversation ends in any case.
const MOST_TURNS: i32 = 1000;
/// Rounds between plain desks and desks after which what is left is taken to go round for ever.
const MOST_ROUNDS: usize = 2000;

pub(super) fn load(world: &World, practice: &Practice, organization: &Organization) -> Load {
    let mut flow = Flow::new(world, practice, organization);
    let inquiries = classes(world, StreamKind::Inquiries, false);
    for class in &inquiries {
        flow.arrive(class);
    }
    let mentions = classes(world, StreamKind::Mentions, false);
    flow.scale_by_speed();
    flow.share_mentions(&mentions);
    flow.journey.mentions = mentions.iter().map(|class| class.per_hour).sum();
    flow.into_load()
}

/// Ways in which the cases of any stream, surges included, would be passed on for ever.
pub(super) fn endless(world: &World, practice: &Practice, organization: &Organization) -> Vec<Endless> {
    let mut flow = Flow::new(world, practice, organization);
    for class in &classes(world, StreamKind::Inquiries, true) {
        flow.arrive(class);
    }
    flow.endless
}

/// What is tallied at a role; per hour, and minutes of work per hour.
#[derive(Debug, Clone, Default)]
struct Tally {
    external: f64,
    visits: Vec<f64>,
    minutes: Hours,
}

/// A desk's links, in the order in which they are tried.
struct Links<'a> {
    routes: Vec<(RouteWhen, usize, &'a Link)>,
    consults: Vec<(usize, &'a Link)>,
    escalates: Vec<(usize, &'a Link)>,
    approves: Vec<(usize, &'a Link)>,
}

/// Cases on their way, alike in all that steers them.
#[derive(Debug, Clone)]
struct Passing {
    role: usize,
    /// Cases per hour.
    rate: f64,
    triaged: bool,
    /// Whether a search has been in vain; a second one in the same turn finds no more.
    searched: bool,
    /// Context kept since arrival, and lost since the last reading: means over the cases.
    kept: f64,
    lost: f64,
    /// Links passed so far, the intake included: mean over the cases.
    links: f64,
    /// Desks passed since the last random turn, to know a circle by.
    seen: Vec<usize>,
}

/// The kind of inquiry that is being followed.
#[derive(Debug, Clone, Copy)]
struct Kind<'c> {
    class: &'c Class,
    needs: bool,
    /// A difficulty within the interval.
    difficulty: f64,
}

struct Flow<'a> {
    world: &'a World,
    practice: &'a Practice,
    roles: Vec<(&'a Role, Links<'a>)>,
    organization: &'a Organization,
    /// Networks of plain desks by topic, made when first needed.
    networks: Vec<Option<Network>>,
    tallies: Vec<Tally>,
    journey: Journey,
    endless: Vec<Endless>,
}

impl<'a> Flow<'a> {
    fn new(world: &'a World, practice: &'a Practice, organization: &'a Organization) -> Flow<'a> {
        let tally = Tally { visits: vec![0.0; world.topics.len()], ..Tally::default() };
        Flow {
            world,
            practice,
            roles: organization.roles().map(|(id, role)| (role, Links::of(organization, id))).collect(),
            organization,
            networks: world.topics.iter().map(|_| None).collect(),
            tallies: vec![tally; organization.role_count()],
            journey: Journey::default(),
            endless: Vec::new(),
        }
    }

    /// Follow all inquiries of a class.
    fn arrive(&mut self, class: &Class) {
        self.journey.inquiries += class.per_hour;
        let landings = class.landings(self.world, self.organization);
        let landed: f64 = landings.iter().map(|landing| landing.1).sum();
        self.journey.no_intake += class.per_hour * (1.0 - landed).max(0.0);
        for &(role, share) in &landings {
            self.tallies[role].external += class.per_hour * share;
        }
        let need_reply = self.world.topics[class.topic].need_reply.clamp(0.0, 1.0);
        for (difficulty, of_interval) in self.intervals(class) {
            for (needs, of_need) in [(true, need_reply), (false, 1.0 - need_reply)] {
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
        let desks = self.roles.iter().filter(|(role, _)| matches!(role.work, Work::Desk(_)));
        let mut edges: Vec<f64> =
            desks.map(|(role, _)| role.knowledge.kappa(topic, class.domain).clamp(0.0, 1.0)).collect();
        edges.extend([0.0, 1.0]);
        edges.sort_by(f64::total_cmp);
        edges.windows(2).filter(|pair| pair[0] < pair[1]).map(|pair| ((pair[0] + pair[1]) / 2.0, pair[1] - pair[0])).collect()
    }

    /// Follow cases from where they landed to their end.
    ///
    /// Between plain desks and desks they may go back and forth; each round, all that is at plain desks
    /// moves on together.
    fn follow(&mut self, kind: Kind<'_>, landed: Passing) {
        let enough = landed.rate * 1e-12;
        let mut on_the_way = vec![landed];
        for _ in 0..MOST_ROUNDS {
            let mut at_plain_desks: Vec<Passing> = Vec::new();
            while let Some(passing) = on_the_way.pop() {
                match self.roles[passing.role].0.work {
                    Work::Serve { .. } => gather(&mut at_plain_desks, passing),
                    Work::Desk(_) => self.at_desk(kind, passing, &mut on_the_way),
                }
            }
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
        let mut leaving: Vec<Passing> = Vec::new();
        for passing in entering {
            for (at, (role, _)) in self.roles.iter().enumerate() {
                let Work::Serve { service, .. } = &role.work else { continue };
                let visits = passing.rate * network.visits(passing.role, at);
                if visits <= 0.0 {
                    continue;
                }
                let minutes = service.get(topic).unwrap_or(&service[0]).mean();
                self.tallies[at].visits[topic] += visits;
                self.tallies[at].minutes.answer += if 0.0 < minutes { visits * minutes } else { 0.0 };
                if visits.is_infinite() {
                    continue;
                }
                for (to, share) in network.shares[at].iter().enumerate().filter(|(_, share)| 0.0 < **share) {
                    if matches!(self.roles[to].0.work, Work::Desk(_)) {
                        let links = passing.links + 1.0;
                        gather(&mut leaving, Passing { role: to, rate: visits * share, links, seen: vec![], ..*passing });
                    }
                }
            }
        }
        leaving
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
        let practice = self.practice;
        let first_reply = kind.class.work * practice.first_reply;
        self.tallies[at].minutes.hand_off += passing.rate * practice.reread * passing.lost * first_reply;
        passing.lost = 0.0;
        if passing.rate <= 0.0 {
            return;
        }
        if let Some((to, link)) = self.route(at, kind, RouteWhen::Always) {
            return on_the_way.extend(self.pass_on(passing, to, link));
        }
        if self.knows(at, kind) {
            return self.first_reply(kind, &passing, passing.rate, true);
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
        self.first_reply(kind, &passing, helped.found, true);
        self.first_reply(kind, &asked, helped.told, true);
        self.first_reply(kind, &passing, helped.guess, false);
        if let Some((to, link)) = helped.over {
            let rest = Passing { rate: helped.escalate, searched: passing.searched || helped.searched, ..passing };
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
        let fits = |&&(when, _, link): &&(RouteWhen, usize, &'a Link)| when == want && kind.class.fits(&link.filter);
        self.roles[at].1.routes.iter().find(fits).map(|&(_, to, link)| (to, link))
    }

    fn knows(&self, at: usize, kind: Kind<'_>) -> bool {
        let role = self.roles[at].0;
        let kappa = || role.knowledge.kappa(TopicId(kind.class.topic as u32), kind.class.domain);
        matches!(role.work, Work::Serve { .. }) || kind.difficulty <= kappa()
    }

    /// The case goes over a link and stays there.
    fn pass_on(&mut self, passing: Passing, to: usize, link: &Link) -> Option<Passing> {
        let loses = link.loses.clamp(0.0, 1.0);
        self.journey.hand_offs += passing.rate;
        self.journey.lost += passing.rate * loses;
        let passing = Passing {
            role: to,
            rate: passing.rate * (1.0 - loses),
            kept: passing.kept * link.keeps,
            lost: 1.0 - (1.0 - passing.lost) * link.keeps,
            links: passing.links + 1.0,
            ..passing
        };
        (0.0 < passing.rate).then_some(passing)
    }

    /// The help ladder of a desk that does not know.
    fn ladder(&mut self, at: usize, kind: Kind<'_>, rate: f64, searched: bool) -> Helped<'a> {
        let practice = self.practice;
        let topic = kind.class.topic;
        let fits = |&&(_, link): &&(usize, &'a Link)| kind.class.fits(&link.filter);
        let mut helped = Helped { guess: rate, ..Helped::default() };
        for help in &desk_of(self.roles[at].0).ladder {
            match help {
                Help::Search => {
                    self.tallies[at].minutes.consult_sought += helped.guess * practice.search.mean();
                    if !searched && !helped.searched {
                        helped.found = helped.guess * practice.search_finds.clamp(0.0, 1.0);
                        helped.guess -= helped.found;
                    }
                    helped.searched = true;
                }
                Help::Consult => {
                    let Some(&(expert, _)) = self.roles[at].1.consults.iter().find(fits) else { continue };
                    self.tallies[at].minutes.consult_sought += helped.guess * practice.ask.mean();
                    self.tallies[expert].visits[topic] += helped.guess;
                    self.tallies[expert].minutes.consult_given += helped.guess * practice.consult.mean();
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
    fn first_reply(&mut self, kind: Kind<'_>, passing: &Passing, rate: f64, known: bool) {
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
        let settling = (1.0 - self.world.topics[kind.class.topic].not_settled_at_first).clamp(0.0, 1.0);
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
            let searches = desk.ladder.iter().take_while(|help| **help != Help::Guess).any(|help| *help == Help::Search);
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
        let (reviewer, _) = links.approves.iter().find(|(_, link)| kind.class.fits(&link.filter))?;
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

    /// Work takes longer with slower people.
    fn scale_by_speed(&mut self) {
        for (tally, (role, _)) in self.tallies.iter_mut().zip(&self.roles) {
            tally.minutes.scale(times(role));
        }
    }

    /// Mentions go to those who listen, in proportion to the time that reactive work leaves them.
    fn share_mentions(&mut self, mentions: &[Class]) {
        let spare: Vec<f64> = (self.roles.iter().zip(&self.tallies))
            .map(|((role, _), tally)| match scheduled_per_week(role) {
                Some(hours) => (hours - tally.minutes.reactive() * WEEK / 60.0).max(0.0),
                None => WEEK,
            })
            .collect();
        for class in mentions {
            let channel = From::Channel(crate::model::ChannelId(class.channel as u32));
            let mut listeners: Vec<usize> = self
                .organization
                .links_from(channel)
                .filter(|(_, link)| link.kind == LinkKind::Listen && class.fits(&link.filter))
                .map(|(to, _)| to.index())
                .filter(|&to| matches!(self.roles[to].0.proactive, Proactive::WhenIdle { .. }))
                .collect();
            listeners.sort_unstable();
            listeners.dedup();
            let total: f64 = listeners.iter().map(|&role| spare[role]).sum();
            for &role in &listeners {
                let share = if 0.0 < total { spare[role] / total } else { 1.0 / listeners.len() as f64 };
                let minutes = self.practice.engage.mean() * times(self.roles[role].0);
                self.tallies[role].minutes.mentions_wanted += class.per_hour * share * minutes;
            }
        }
    }

    fn into_load(self) -> Load {
        let mut journey = self.journey;
        for number in [
            &mut journey.inquiries,
            &mut journey.mentions,
            &mut journey.no_intake,
            &mut journey.refused,
            &mut journey.no_reply_needed,
            &mut journey.lost,
            &mut journey.first_replies,
            &mut journey.replies,
            &mut journey.known,
            &mut journey.hand_offs,
            &mut journey.wrong_desk,
            &mut journey.links_to_knowledge,
        ] {
            *number *= WEEK;
        }
        let role = |(i, ((role, _), tally)): (usize, (&(&Role, Links<'_>), Tally))| {
            let visits: f64 = tally.visits.iter().sum();
            let minutes = tally.minutes.reactive();
            let mut hours = tally.minutes;
            hours.scale(WEEK / 60.0);
            RoleLoad {
                role: RoleId(i as u32),
                name: role.name.clone(),
                external_per_hour: tally.external,
                visits_per_hour: visits,
                visits_by_topic: tally.visits,
                minutes_per_visit: if 0.0 < visits { minutes / visits } else { 0.0 },
                hours,
                scheduled_hours: scheduled_per_week(role),
                open_hours: open_hours_per_week(&calendars(role)),
            }
        };
        Load {
            roles: self.roles.iter().zip(self.tallies).enumerate().map(role).collect(),
            streams: stream_rates(self.world, false),
            journey,
            endless: self.endless,
        }
    }
}

/// What the ladder leads to, in cases per hour.
#[derive(Default)]
struct Helped<'a> {
    /// A search found the answer.
    found: f64,
    /// An expert told it.
    told: f64,
    /// Handed over along `over`.
    escalate: f64,
    over: Option<(usize, &'a Link)>,
    /// Nothing helped.
    guess: f64,
    /// Whether there was a search.
    searched: bool,
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
        }
    }
}

impl<'a> Links<'a> {
    fn of(organization: &'a Organization, role: RoleId) -> Links<'a> {
        let mut of = Links { routes: vec![], consults: vec![], escalates: vec![], approves: vec![] };
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

/// Add cases to those alike. What is averaged enters every figure linearly, so that means are exact.
fn gather(gathered: &mut Vec<Passing>, more: Passing) {
    let alike = |known: &&mut Passing| {
        (known.role, known.triaged, known.searched) == (more.role, more.triaged, more.searched)
    };
    let Some(known) = gathered.iter_mut().find(alike) else { return gathered.push(more) };
    let rate = known.rate + more.rate;
    let mean = |a: f64, b: f64| (known.rate * a + more.rate * b) / rate;
    let (kept, lost, links) =
        (mean(known.kept, more.kept), mean(known.lost, more.lost), mean(known.links, more.links));
    *known = Passing { rate, kept, lost, links, ..more };
}

/// 1 + q + q² + …, cut off where every conversation ends.
fn turns(q: f64) -> f64 {
    if q < 0.99 { 1.0 / (1.0 - q) } else { (0..MOST_TURNS).fold(1.0, |sum, _| 1.0 + q * sum) }
}

fn desk_of(role: &Role) -> &Desk {
    match &role.work {
        Work::Desk(desk) => desk,
        Work::Serve { .. } => unreachable!("plain desks are no stop on the way through desks"),
    }
}
