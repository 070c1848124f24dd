//! The organization laid out for the event loop: dense tables, laws in microseconds.

use crate::draws::{Law, Purpose};
use crate::model::{
    Brevity, ChannelId, Comeback, Discipline, Draw, Duty, Filter, From, Help, Knowledge, Link,
    LinkKind, Matter, Mood, Newcomer, Organization, Patience, PatienceLaw, PatienceScope, People,
    Practice, Proactive, RoleId, RouteWhen, Segment, ShiftEnd, Staffing, TopicId, Work, World,
};
use crate::sim::case::{Case, Piece, Stage, flag};
use crate::sim::flow::micros;
use crate::units::SimTime;

/// Microseconds in a minute.
const MINUTE: f64 = 60e6;

/// Laws of the practice, in microseconds.
pub(super) struct Laws {
    pub(super) triage: Law,
    pub(super) recognize: Law,
    pub(super) ask: Law,
    pub(super) consult: Law,
    pub(super) review: Law,
    pub(super) legal_review: Law,
    pub(super) search: Law,
    pub(super) engage: Law,
    pub(super) scan: Law,
    pub(super) find: Law,
    pub(super) orphaned: Law,
    pub(super) reply_delay: Law,
    pub(super) patience: Option<PatiencePlan>,
}

/// How customers of one segment wait and answer, laws in microseconds.
pub(super) struct Manner {
    pub(super) deadline: Option<Law>,
    pub(super) no_deadline: f64,
    pub(super) recontact: f64,
    pub(super) wish_to_continue: f64,
    pub(super) goes_public: f64,
}

/// Patience, in microseconds.
pub(super) struct PatiencePlan {
    pub(super) in_queue: bool,
    pub(super) law: Law,
    /// Multiple of the deadline, for those who have one.
    pub(super) deadlines: Option<f64>,
    pub(super) silent: f64,
}

/// One link as a desk uses it.
pub(super) struct LinkPlan {
    pub(super) to: u32,
    pub(super) filter: Filter,
    pub(super) delay: Option<Law>,
    pub(super) keeps: f64,
    pub(super) loses: f64,
    pub(super) timeout: Option<SimTime>,
}

/// A plain desk's branches: cumulative share and where it leads, `None` for leaving.
pub(super) struct Branch {
    pub(super) until: f64,
    pub(super) to: u32,
    pub(super) delay: Option<Law>,
}

/// What a role does, laid out.
pub(super) enum WorkPlan {
    Serve(ServePlan),
    Desk(Box<DeskPlan>),
}

impl RolePlan {
    /// What a plain desk will do with a case is known as soon as it joins. Drawing it then keeps the dearest
    /// arithmetic of a plain network out of the way of the next event.
    #[inline(always)]
    pub(super) fn foresee(&self, case: &mut Case) {
        if let (Stage::Front, WorkPlan::Serve(service)) = (case.stage, &self.work) {
            case.piece = Piece::Serve;
            case.left = service.length(case);
            case.set(flag::FORESEEN);
        }
    }
}

/// A plain desk: service laws and branches, one for all topics or one for each.
pub(super) struct ServePlan {
    service: Vec<Law>,
    /// Whether a case takes the same time at each visit.
    per_case: bool,
    branches: Vec<Vec<Branch>>,
}

impl ServePlan {
    /// Length of the service of a case that is at this desk.
    #[inline(always)]
    fn length(&self, case: &Case) -> SimTime {
        let ordinal = if self.per_case { 0 } else { case.visits };
        let law = self.service.get(usize::from(case.topic)).unwrap_or(&self.service[0]);
        micros(law.quantile(case.key.unit(Purpose::Work, ordinal)))
    }

    /// Where the case goes on to after its service; `None` when it leaves.
    #[inline(always)]
    pub(super) fn branch(&self, case: &Case) -> Option<&Branch> {
        let branches = self.branches.get(usize::from(case.topic)).unwrap_or(&self.branches[0]);
        let last = branches.last()?;
        let u = case.key.unit(Purpose::Route, case.visits);
        if last.until <= u {
            return None;
        }
        branches.iter().find(|branch| u < branch.until)
    }
}

/// A desk's duties and links.
pub(super) struct DeskPlan {
    pub(super) triage: bool,
    pub(super) ladder: Vec<Help>,
    pub(super) approval: f64,
    /// What it says instead of answering, if it ever does.
    pub(super) brevity: Option<Brevity>,
    pub(super) routes: Vec<(RouteWhen, LinkPlan)>,
    pub(super) consults: Vec<LinkPlan>,
    pub(super) escalates: Vec<LinkPlan>,
    pub(super) approves: Vec<LinkPlan>,
    pub(super) overflow: Option<(SimTime, LinkPlan)>,
    pub(super) knowledge: Knowledge,
}

/// A role, laid out.
pub(super) struct RolePlan {
    pub(super) work: WorkPlan,
    pub(super) infinite: bool,
    /// Priority classes in use; 1 for FIFO.
    pub(super) priorities: usize,
    pub(super) preemptive: bool,
    /// Groups of topics by who can take them.
    pub(super) eligibility: Eligibility,
    pub(super) finish: bool,
    pub(super) room: Option<u32>,
    /// Whether a case that finds nobody free may not simply queue up: it displaces another, or the room is full.
    pub(super) refuses: bool,
    pub(super) keep_free: Option<u32>,
    pub(super) endless: Option<SimTime>,
    /// Whether people with nothing waiting have something else to do: mentions, or an endless supply.
    pub(super) has_spare_work: bool,
    /// What takes its people away from cases; `None` if nothing does.
    pub(super) staffing: Option<Box<StaffingPlan>>,
    /// Whether waits need the cause clocks: people come and go, or do proactive work.
    pub(super) has_clocks: bool,
}

/// Duties, absence and turnover, laws in microseconds.
pub(super) struct StaffingPlan {
    pub(super) duties: Vec<Duty>,
    /// Time between spells of absence, and their length.
    pub(super) absence: Option<(Law, Law)>,
    pub(super) turnover: Option<TurnoverPlan>,
}

/// How long people stay, how long places stay empty, and what newcomers can do.
pub(super) struct TurnoverPlan {
    pub(super) stays: Law,
    pub(super) vacancy: Law,
    pub(super) newcomer: Newcomer,
}

fn staffing(staffing: &Staffing) -> Option<Box<StaffingPlan>> {
    let plan = || StaffingPlan {
        duties: staffing.duties.clone(),
        absence: staffing
            .absence
            .as_ref()
            .map(|absence| (absence.after.scaled(MINUTE), absence.lasts.scaled(MINUTE))),
        turnover: staffing.turnover.as_ref().map(|turnover| TurnoverPlan {
            stays: turnover.stays.scaled(MINUTE),
            vacancy: turnover.vacancy.scaled(MINUTE),
            newcomer: turnover.newcomer,
        }),
    };
    (!staffing.is_nothing()).then(|| Box::new(plan()))
}

/// Which topics the same people can take.
pub(super) struct Eligibility {
    /// Group of each topic.
    pub(super) group: Vec<u8>,
    /// Number of groups.
    pub(super) groups: usize,
    /// For each person of the role, the groups the person can take, as bits.
    pub(super) takes: Vec<u64>,
}

impl Eligibility {
    /// The group of a topic.
    #[inline]
    pub(super) fn group_of(&self, topic: u16) -> usize {
        if self.groups == 1 { 0 } else { usize::from(self.group[usize::from(topic)]) }
    }
}

/// A way in.
pub(super) struct IntakePlan {
    pub(super) to: u32,
    pub(super) own_account: bool,
    pub(super) filter: Filter,
}

/// Everything that stays the same during a run.
pub(super) struct Plan<'a> {
    pub(super) world: &'a World,
    pub(super) practice: &'a Practice,
    pub(super) laws: Laws,
    pub(super) roles: Vec<RolePlan>,
    pub(super) intake: Vec<Vec<IntakePlan>>,
    pub(super) listen: Vec<Vec<IntakePlan>>,
    /// The desk where all of a channel's posts land, if there is but one, whose account it is or not.
    pub(super) direct: Vec<Option<u32>>,
    /// Whether customers state deadlines or lose patience in the house.
    pub(super) expects: bool,
    /// How customers behave: everybody first, then each segment.
    pub(super) manners: Vec<Manner>,
    /// The share of settled matters that come up again, and after how long.
    pub(super) reopens: Option<(f64, Law)>,
    /// The share of customers whom a timely answer moves to ask something else, and after how long.
    pub(super) induced: Option<(f64, Law)>,
    /// What moves customers' moods, if anything does.
    pub(super) mood: Option<Mood>,
    /// Whether a first reply can bring forth or hold back further inquiries.
    pub(super) stirs: bool,
    /// Work laws by topic.
    pub(super) work: Vec<Law>,
    /// Whether causes of waiting are told apart. In a network of plain desks that are always open, where nothing
    /// takes time between desks and nobody states a deadline, every wait is in line and nothing is kept.
    pub(super) causes: bool,
}

impl<'a> Plan<'a> {
    pub(super) fn new(
        world: &'a World,
        practice: &'a Practice,
        organization: &Organization,
    ) -> Plan<'a> {
        let channels = 0..organization.channel_count() as u32;
        let from_channel = |want: fn(LinkKind) -> Option<bool>| {
            channels
                .clone()
                .map(|channel| {
                    let links = organization.links_from(From::Channel(ChannelId(channel)));
                    links
                        .filter_map(|(to, link)| {
                            let own_account = want(link.kind)?;
                            Some(IntakePlan { to: to.0, own_account, filter: link.filter.clone() })
                        })
                        .collect()
                })
                .collect()
        };
        let roles: Vec<RolePlan> =
            organization.roles().map(|(id, _)| role(world, organization, id)).collect();
        let simple = |role: &RolePlan| matches!(role.work, WorkPlan::Serve(_)) && !role.has_clocks;
        let on_the_way = organization.links().any(|(_, _, link)| !link.delay.is_zero());
        let intake: Vec<Vec<IntakePlan>> = from_channel(|kind| match kind {
            LinkKind::Intake { own_account } => Some(own_account),
            _ => None,
        });
        let laws = laws(world, practice);
        let manners = manners(world);
        let crowds = || world.streams.iter().filter_map(|stream| stream.crowd.as_ref());
        let stirs = crowds().next().is_some()
            || world.behavior.publicity.crowd.is_some()
            || world.behavior.dialogue.induced.is_some();
        Plan {
            direct: intake.iter().map(|intakes| direct(intakes)).collect(),
            expects: manners.iter().any(|manner| manner.deadline.is_some())
                || laws.patience.as_ref().is_some_and(|patience| !patience.in_queue),
            causes: on_the_way
                || stirs
                || world.mood.is_some()
                || !world.audience.is_empty()
                || world.behavior.deadline.is_some()
                || !roles.iter().all(simple),
            manners,
            reopens: comeback(world.behavior.dialogue.reopens.as_ref()),
            induced: comeback(world.behavior.dialogue.induced.as_ref()),
            mood: world.mood,
            stirs,
            world,
            practice,
            laws,
            roles,
            intake,
            listen: from_channel(|kind| (kind == LinkKind::Listen).then_some(false)),
            work: world.topics.iter().map(|topic| topic.work.scaled(MINUTE)).collect(),
        }
    }
}

fn direct(intakes: &[IntakePlan]) -> Option<u32> {
    match intakes {
        [only] if !only.own_account && only.filter == Filter::default() => Some(only.to),
        _ => None,
    }
}

fn laws(world: &World, practice: &Practice) -> Laws {
    let behavior = &world.behavior;
    Laws {
        triage: practice.triage.scaled(MINUTE),
        recognize: practice.recognize.scaled(MINUTE),
        ask: practice.ask.scaled(MINUTE),
        consult: practice.consult.scaled(MINUTE),
        review: practice.review.scaled(MINUTE),
        legal_review: practice.legal_review.scaled(MINUTE),
        search: practice.search.scaled(MINUTE),
        engage: practice.engage.scaled(MINUTE),
        scan: practice.scan.scaled(MINUTE),
        find: practice.find.scaled(MINUTE),
        orphaned: practice.orphaned.scaled(MINUTE),
        reply_delay: behavior.reply_delay.scaled(MINUTE),
        patience: behavior.patience.as_ref().map(patience),
    }
}

fn comeback(comeback: Option<&Comeback>) -> Option<(f64, Law)> {
    comeback.map(|comeback| (comeback.share, comeback.after.scaled(MINUTE)))
}

/// Everybody's manners, and those of each segment: its own where it states them.
fn manners(world: &World) -> Vec<Manner> {
    let behavior = &world.behavior;
    let scaled = |law: &Option<Law>| law.as_ref().map(|law| law.scaled(MINUTE));
    let everybody = Manner {
        deadline: scaled(&behavior.deadline),
        no_deadline: behavior.no_deadline,
        recontact: behavior.recontact,
        wish_to_continue: behavior.wish_to_continue,
        goes_public: behavior.publicity.goes_public,
    };
    let of = |segment: &Segment| {
        let (deadline, no_deadline) = match &segment.expects {
            Some((law, none)) => (scaled(law), *none),
            None => (everybody.deadline.clone(), everybody.no_deadline),
        };
        Manner {
            deadline,
            no_deadline,
            recontact: segment.recontact.unwrap_or(everybody.recontact),
            wish_to_continue: segment.wish_to_continue.unwrap_or(everybody.wish_to_continue),
            goes_public: segment.goes_public.unwrap_or(everybody.goes_public),
        }
    };
    let segments: Vec<Manner> = world.audience.segments.iter().map(of).collect();
    std::iter::once(everybody).chain(segments).collect()
}

fn patience(patience: &Patience) -> PatiencePlan {
    let (law, deadlines) = match &patience.law {
        PatienceLaw::Own(law) => (law, None),
        PatienceLaw::Deadlines { times, without } => (without, Some(*times)),
    };
    PatiencePlan {
        in_queue: patience.scope == PatienceScope::Queue,
        law: law.scaled(MINUTE),
        deadlines,
        silent: patience.silent,
    }
}

fn role(world: &World, organization: &Organization, id: RoleId) -> RolePlan {
    let role = organization.role(id);
    let links: Vec<(RoleId, &Link)> = organization.links_from(From::Role(id)).collect();
    let work = match &role.work {
        Work::Serve { service, draw } => WorkPlan::Serve(ServePlan {
            service: service.iter().map(|law| law.scaled(MINUTE)).collect(),
            per_case: *draw == Draw::PerCase,
            branches: branches(world, &links),
        }),
        Work::Desk(desk) => {
            let of = |want: LinkKind| {
                links
                    .iter()
                    .filter(|(_, link)| link.kind == want)
                    .map(|&(to, link)| passage(to, link))
                    .collect()
            };
            WorkPlan::Desk(Box::new(DeskPlan {
                triage: desk.triage,
                ladder: desk.ladder.clone(),
                approval: desk.approval,
                brevity: (!desk.brevity.is_none()).then_some(desk.brevity),
                routes: links
                    .iter()
                    .filter_map(|&(to, link)| match link.kind {
                        LinkKind::Route(when) => Some((when, passage(to, link))),
                        _ => None,
                    })
                    .collect(),
                consults: of(LinkKind::Consult),
                escalates: of(LinkKind::Escalate),
                approves: of(LinkKind::Approve),
                overflow: links.iter().find_map(|&(to, link)| match link.kind {
                    LinkKind::Overflow(after) => Some((after, passage(to, link))),
                    _ => None,
                }),
                knowledge: role.knowledge.clone(),
            }))
        }
    };
    let (priorities, preemptive) = match role.discipline {
        Discipline::Fifo => (1, false),
        Discipline::Priority { preemptive } => (
            1 + world.topics.iter().map(|topic| usize::from(topic.priority)).max().unwrap_or(0),
            preemptive,
        ),
    };
    let always = |person: &crate::model::Person| {
        1.0 <= person.present && person.calendar.as_ref().unwrap_or(&role.calendar).is_always()
    };
    let infinite = role.people == People::Infinite;
    let all_always = match &role.people {
        People::Infinite => true,
        People::Some(people) => people.iter().all(always) && !people.is_empty(),
    };
    RolePlan {
        work,
        infinite,
        priorities,
        preemptive,
        eligibility: eligibility(world, &role.people),
        finish: role.shift_end == ShiftEnd::Finish,
        room: role.waiting_room,
        refuses: preemptive || role.waiting_room.is_some(),
        keep_free: match role.proactive {
            Proactive::WhenIdle { keep_free } => Some(keep_free),
            _ => None,
        },
        endless: match role.proactive {
            Proactive::Endless { minutes } => Some(SimTime::from_minutes(minutes)),
            _ => None,
        },
        has_spare_work: matches!(
            role.proactive,
            Proactive::WhenIdle { .. } | Proactive::Endless { .. }
        ),
        staffing: staffing(&role.staffing),
        has_clocks: !all_always
            || !role.staffing.is_nothing()
            || matches!(role.proactive, Proactive::WhenIdle { .. } | Proactive::Endless { .. }),
    }
}

fn passage(to: RoleId, link: &Link) -> LinkPlan {
    LinkPlan {
        to: to.0,
        filter: link.filter.clone(),
        delay: delay(link),
        keeps: link.keeps,
        loses: link.loses,
        timeout: link.timeout,
    }
}

fn delay(link: &Link) -> Option<Law> {
    (!link.delay.is_zero()).then(|| link.delay.scaled(MINUTE))
}

/// A plain desk's branches: one list for all topics, or one list a topic where a filter says so.
fn branches(world: &World, links: &[(RoleId, &Link)]) -> Vec<Vec<Branch>> {
    let shares: Vec<(RoleId, &Link, f64)> = links
        .iter()
        .filter_map(|&(to, link)| match link.kind {
            LinkKind::RouteShare(share) => Some((to, link, share)),
            _ => None,
        })
        .collect();
    let filtered = shares.iter().any(|(_, link, _)| !link.filter.topics.is_empty());
    let lists = if filtered { world.topics.len() } else { 1 };
    (0..lists as u32)
        .map(|topic| {
            let mut until = 0.0;
            shares
                .iter()
                .filter(|(_, link, _)| {
                    link.filter.topics.is_empty() || link.filter.topics.contains(&TopicId(topic))
                })
                .map(|&(to, link, share)| {
                    until += share;
                    Branch { until, to: to.0, delay: delay(link) }
                })
                .collect()
        })
        .collect()
}

fn eligibility(world: &World, people: &People) -> Eligibility {
    let people: &[crate::model::Person] = match people {
        People::Infinite => &[],
        People::Some(people) => people,
    };
    if people.iter().all(|person| person.skills.is_none()) {
        return Eligibility {
            group: vec![0; world.topics.len()],
            groups: 1,
            takes: vec![1; people.len()],
        };
    }
    let can = |person: &crate::model::Person, topic: u32| {
        person.skills.as_ref().is_none_or(|skills| skills.contains(&TopicId(topic)))
    };
    let mut patterns: Vec<Vec<bool>> = Vec::new();
    let mut group = Vec::with_capacity(world.topics.len());
    for topic in 0..world.topics.len() as u32 {
        let pattern: Vec<bool> = people.iter().map(|person| can(person, topic)).collect();
        let found = patterns.iter().position(|known| *known == pattern);
        // Beyond 64 patterns the rest shares the last group, whose people are those who can take all of it.
        let number = found.unwrap_or_else(|| {
            if patterns.len() < 64 {
                patterns.push(pattern.clone());
            } else {
                let last = patterns.last_mut().expect("64 patterns are known");
                last.iter_mut().zip(&pattern).for_each(|(a, b)| *a &= b);
            }
            patterns.len() - 1
        });
        group.push(number as u8);
    }
    let takes = (0..people.len())
        .map(|i| {
            patterns
                .iter()
                .enumerate()
                .fold(0u64, |bits, (g, pattern)| bits | u64::from(pattern[i]) << g)
        })
        .collect();
    Eligibility { group, groups: patterns.len(), takes }
}

/// Whether a link is for this case.
#[inline]
pub(super) fn lets_through(
    filter: &Filter,
    channel: u16,
    topic: u16,
    unit: u16,
    domain: u16,
) -> bool {
    let matter = match filter.matter {
        None => true,
        Some(Matter::Generic) => domain == 0,
        Some(Matter::Of(of)) => u32::from(domain) == of.0 + 1,
        Some(Matter::About(of)) => u32::from(unit) == of.0,
    };
    matter
        && (filter.topics.is_empty() || filter.topics.contains(&TopicId(u32::from(topic))))
        && (filter.channels.is_empty() || filter.channels.contains(&ChannelId(u32::from(channel))))
}
