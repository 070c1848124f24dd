//! The organization laid out for the event loop: dense tables, laws in microseconds.

use crate::draws::Law;
use crate::model::{
    Brevity, ChannelId, Discipline, Duty, Filter, From, Groups, Help, Knowledge, LanguageId, Link,
    LinkKind, MOST_GROUPS, Matter, Mood, Newcomer, Organization, Overdue, Ownership, People,
    Practice, Proactive, Risk, Role, RoleId, RouteWhen, ShiftEnd, SpareTime, Teaching, TopicId,
    Work, World,
};
use crate::sim::case::{Case, Stage};
use crate::sim::exceptions::{Superior, superiors};
use crate::sim::identity::Identity;
use crate::sim::laws::{Laws, MINUTE, Manner, comeback, laws, manners};
use crate::sim::overflow::{self, helpers};
use crate::sim::rules::{RulesPlan, rules};
use crate::sim::service::{ServePlan, branches};
use crate::units::SimTime;

/// One link as a desk uses it.
pub(super) struct LinkPlan {
    pub(super) to: u32,
    pub(super) filter: Filter,
    pub(super) delay: Option<Law>,
    pub(super) keeps: f64,
    pub(super) loses: f64,
    pub(super) timeout: Option<SimTime>,
    pub(super) holds: bool,
    pub(super) step: Option<u8>,
    pub(super) overdue: Overdue,
}

/// What a role does, laid out.
pub(super) enum WorkPlan {
    Serve(ServePlan),
    Desk(Box<DeskPlan>),
}

impl RolePlan {
    /// People who must stay free when a case of this priority begins.
    #[inline(always)]
    pub(super) fn kept_free(&self, priority: u8) -> u32 {
        self.rules.as_ref().map_or(0, |rules| rules.kept_free(priority))
    }

    /// Whether somebody's coming free may be what another free person waits for.
    pub(super) fn looks_around(&self) -> bool {
        1 < self.eligibility.groups && self.rules.as_deref().is_some_and(RulesPlan::keep_some_free)
    }

    /// How urgent a case in hand is, with its age where age counts.
    pub(super) fn urgency(&self, case: &Case, now: SimTime) -> u8 {
        let steps = self.rules.as_ref().map_or(0, |rules| rules.steps(now.since(case.joined)));
        u64::from(case.priority).saturating_sub(steps) as u8
    }

    /// What a plain desk will do with a case is known as soon as it joins. Drawing it then keeps the dearest
    /// arithmetic of a plain network out of the way of the next event.
    #[inline(always)]
    pub(super) fn foresee(&self, case: &mut Case) {
        if let (Stage::Front, WorkPlan::Serve(service)) = (case.stage, &self.work) {
            service.foresee(case);
        }
    }
}

/// A desk's duties and links.
pub(super) struct DeskPlan {
    pub(super) triage: bool,
    pub(super) ladder: Vec<Help>,
    /// Share of its replies that must be approved, by level of risk.
    pub(super) approved: [f64; 3],
    /// What it says instead of answering, if it ever does.
    pub(super) brevity: Option<Brevity>,
    pub(super) routes: Vec<(RouteWhen, LinkPlan)>,
    pub(super) consults: Vec<LinkPlan>,
    pub(super) escalates: Vec<LinkPlan>,
    pub(super) approves: Vec<LinkPlan>,
    /// Who may take what waits here too long.
    pub(super) overflow: Vec<overflow::Help>,
    /// Probability that an exception is decided one level further up, and who that is, level by level.
    pub(super) centralization: f64,
    pub(super) superiors: Vec<Superior>,
    pub(super) only_objectors: bool,
    pub(super) knowledge: Knowledge,
}

/// A role, laid out.
pub(super) struct RolePlan {
    /// Whose randomness that of its people and tasks is.
    pub(super) identity: Identity,
    pub(super) work: WorkPlan,
    pub(super) infinite: bool,
    /// Priority classes in use; 1 for FIFO.
    pub(super) priorities: usize,
    pub(super) preemptive: bool,
    /// Groups of topics by who can take them.
    pub(super) eligibility: Eligibility,
    pub(super) shift_end: ShiftEnd,
    pub(super) room: Option<u32>,
    /// Whether a case that finds nobody free may not simply queue up: it displaces another, or the room is full.
    pub(super) refuses: bool,
    /// What people do while nothing else waits; `None` for nothing.
    pub(super) spare: Option<SparePlan>,
    /// Several open cases of each person; `None` for one.
    pub(super) slots: Option<SlotPlan>,
    /// Whether its people have slots, a pace of their own, or work that a case may stop.
    pub(super) special: bool,
    /// Rules of the line beyond classes; `None` for none.
    pub(super) rules: Option<Box<RulesPlan>>,
    /// Whether a case goes to the first of its free people by number, instead of the longest free.
    pub(super) first_listed: bool,
    /// Whether a case that finds the waiting room full takes the place of a less urgent one.
    pub(super) push_out: bool,
    /// What takes its people away from cases; `None` if nothing does.
    pub(super) staffing: Option<Box<StaffingPlan>>,
    /// To whom it reports.
    pub(super) superior: Option<u32>,
    /// Of a vendor with terms: how fast it promises to reply.
    pub(super) promises: Option<SimTime>,
    /// How late changes of policy reach the role; `None`: at once.
    pub(super) learns_after: Option<SimTime>,
    /// Whether waits need the cause clocks: people come and go, or do proactive work.
    pub(super) has_clocks: bool,
    /// Whether cases queue up here in one line, first come, first served by whoever is free longest, and that is all.
    pub(super) straight: bool,
}

/// Parts of a microsecond in which work on open cases is counted.
pub(super) const PARTS: u128 = 1 << 32;

/// Several open cases of each person.
pub(super) struct SlotPlan {
    /// Work done on each of one, two, … open cases in a microsecond, in [`PARTS`].
    pub(super) speeds: Vec<u128>,
    /// Whether a parked case keeps its slot.
    pub(super) parked_count: bool,
}

impl SlotPlan {
    /// Speed at which each of so many open cases goes forward.
    #[inline]
    pub(super) fn speed(&self, open: usize) -> u128 {
        self.speeds[open.clamp(1, self.speeds.len()) - 1]
    }
}

/// Mentions, or an endless supply of tasks, for people who have nothing else to do.
pub(super) struct SparePlan {
    /// Microseconds that a task takes; `None` where mentions are worked on.
    pub(super) task: Option<Law>,
    /// People who must stay free when somebody begins.
    pub(super) keep_free: u32,
    /// Whether a case stops it.
    pub(super) preemptible: bool,
}

fn spare(proactive: &Proactive) -> Option<SparePlan> {
    let plan = |task: Option<Law>, when: &SpareTime| SparePlan {
        task,
        keep_free: when.keep_free,
        preemptible: when.preemptible,
    };
    match proactive {
        Proactive::Never => None,
        Proactive::WhenIdle(when) => Some(plan(None, when)),
        Proactive::Endless { task, when } => Some(plan(Some(task.scaled(MINUTE)), when)),
    }
}

/// Duties, absence and turnover, laws in microseconds.
pub(super) struct StaffingPlan {
    pub(super) duties: Vec<Duty>,
    /// Time between spells of absence, and their length.
    pub(super) absence: Option<(Law, Law)>,
    /// Whether work in hand stops when a spell begins.
    pub(super) ill_at_once: bool,
    pub(super) turnover: Option<TurnoverPlan>,
    pub(super) ramp: Option<Newcomer>,
    /// What training teaches, and up to which κ in each knowledge domain.
    pub(super) teaching: Option<(Teaching, Vec<f64>)>,
}

/// How long people stay, how long places stay empty, and what newcomers can do.
pub(super) struct TurnoverPlan {
    pub(super) stays: Law,
    pub(super) vacancy: Law,
    pub(super) newcomer: Newcomer,
}

fn staffing(world: &World, role: &Role) -> Option<Box<StaffingPlan>> {
    let staffing = &role.staffing;
    let plan = || StaffingPlan {
        duties: staffing.duties.clone(),
        absence: staffing
            .absence
            .as_ref()
            .map(|absence| (absence.after.scaled(MINUTE), absence.lasts.scaled(MINUTE))),
        ill_at_once: staffing.absence.as_ref().is_some_and(|absence| absence.at_once),
        turnover: staffing.turnover.as_ref().map(|turnover| TurnoverPlan {
            stays: turnover.stays.scaled(MINUTE),
            vacancy: turnover.vacancy.scaled(MINUTE),
            newcomer: turnover.newcomer,
        }),
        ramp: staffing.ramp,
        teaching: staffing.teaching().map(|(teaching, _)| {
            let domains = 0..=world.units.len();
            (teaching, domains.map(|domain| teaching.ceiling(domain, role.unit)).collect())
        }),
    };
    (!staffing.is_nothing()).then(|| Box::new(plan()))
}

/// Which topics, in which languages, the same people can take.
pub(super) struct Eligibility {
    /// Group of each topic; where people speak some languages only, of each topic in each language, then of questions
    /// and decisions about it, which are put in the company's own words.
    group: Vec<u8>,
    /// Languages told apart here; 0 where all people speak all.
    languages: usize,
    /// Number of groups.
    pub(super) groups: usize,
    /// For each person of the role, the groups the person can take, as bits.
    pub(super) takes: Vec<u64>,
}

impl Eligibility {
    /// The group of a case, by its topic, its language and what it asks of the desk.
    #[inline]
    pub(super) fn group_of(&self, case: &Case) -> usize {
        if self.groups == 1 {
            return 0;
        }
        let topic = usize::from(case.topic);
        if self.languages == 0 {
            return usize::from(self.group[topic]);
        }
        let language = match case.stage {
            Stage::Consult | Stage::Decide => self.languages,
            _ => usize::from(case.tale.language),
        };
        usize::from(self.group[topic * (self.languages + 1) + language])
    }
}

/// A way in.
pub(super) struct IntakePlan {
    pub(super) to: u32,
    pub(super) own_account: bool,
    pub(super) filter: Filter,
    pub(super) ownership: Ownership,
}

impl IntakePlan {
    /// Whether a post comes in here, by a customer who takes it for this unit's.
    pub(super) fn takes(&self, case: &Case, guess: u16) -> bool {
        let matter = if self.own_account { (guess, 1 + guess) } else { (case.unit, case.domain) };
        fits(&self.filter, case, matter)
    }
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
    /// Windows of mentions by channel.
    pub(super) windows: Vec<Law>,
    /// Whether causes of waiting are told apart. In a network of plain desks that are always open, where nothing
    /// takes time between desks and nobody states a deadline, every wait is in line and nothing is kept.
    pub(super) causes: bool,
    /// Whether, beyond that, cases have no unit, no topic to be told apart and nobody who stays with them, so that
    /// they do nothing but wait and be served.
    pub(super) plain: bool,
    /// Topics whose times inside are told apart: all of a network of plain desks, if there are several; else 0.
    pub(super) topics_apart: usize,
    /// Whether anybody ever stays with a case that another desk has.
    pub(super) holds: bool,
    /// Whether any reply raises an exception.
    pub(super) exceptions: bool,
    /// Whether any post is seen by several desks.
    pub(super) shares_posts: bool,
    /// Whether any role is a vendor's with terms.
    pub(super) has_terms: bool,
    /// Whether anything is of more than low risk.
    pub(super) risks: bool,
    /// Whether any draft is reviewed by several, or somebody says what happens when a review is late.
    pub(super) panels: bool,
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
                            Some(IntakePlan {
                                to: to.0,
                                own_account,
                                filter: link.filter.clone(),
                                ownership: link.ownership,
                            })
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
        let causes = on_the_way
            || laws.retry()
            || stirs
            || world.mood.is_some()
            || !world.audience.is_empty()
            || world.behavior.deadline.is_some()
            || !roles.iter().all(simple);
        let topics_apart = match world.topics.len() {
            several @ 2.. if roles.iter().all(|of| matches!(of.work, WorkPlan::Serve(_))) => {
                several
            }
            _ => 0,
        };
        let expects = manners.iter().any(|manner| manner.deadline.is_some())
            || laws.patience.as_ref().is_some_and(|patience| !patience.in_queue);
        let has_links = |has: fn(&Link) -> bool| organization.links().any(|(_, _, link)| has(link));
        let panels = has_links(|link| link.step.is_some() || link.overdue != Overdue::GoAhead);
        let shares_posts = has_links(|link| link.ownership != Ownership::OwnerOnly);
        let holds = has_links(|link| link.holds);
        let has_terms = roles.iter().any(|role| role.promises.is_some());
        let risks = world.topics.iter().any(|topic| !topic.risks.at_most(Risk::Low));
        Plan {
            plain: world.units.is_empty()
                && world.languages.is_empty()
                && !risks
                && topics_apart == 0
                && !(causes || expects || panels || shares_posts || holds || has_terms),
            direct: intake.iter().map(|intakes| direct(intakes)).collect(),
            expects,
            causes,
            topics_apart,
            exceptions: world.topics.iter().any(|topic| 0.0 < topic.exceptions),
            panels,
            risks,
            has_terms,
            shares_posts,
            holds,
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
            windows: world.channels.iter().map(|channel| channel.window.scaled(MINUTE)).collect(),
        }
    }
}

impl Plan<'_> {
    /// Whether there is one desk only, which everybody leaves served, none being turned away.
    pub(super) fn is_one_visit(&self) -> bool {
        match &self.roles[..] {
            [RolePlan { work: WorkPlan::Serve(service), straight, .. }] => {
                *straight && service.leads_nowhere()
            }
            _ => false,
        }
    }
}

fn direct(intakes: &[IntakePlan]) -> Option<u32> {
    match intakes {
        [only] if !only.own_account && only.filter == Filter::default() => Some(only.to),
        _ => None,
    }
}

fn role(world: &World, organization: &Organization, id: RoleId) -> RolePlan {
    let role = organization.role(id);
    let open_cases = role.habits.slots.is_some();
    let links: Vec<(RoleId, &Link)> = organization.links_from(From::Role(id)).collect();
    let work = match &role.work {
        Work::Serve { service, draw } => {
            WorkPlan::Serve(ServePlan::new(service, *draw, branches(world, &links)))
        }
        Work::Desk(desk) => {
            let of = |want: LinkKind| {
                links
                    .iter()
                    .filter(|(_, link)| link.kind == want)
                    .map(|&(to, link)| passage(to, link, open_cases))
                    .collect()
            };
            WorkPlan::Desk(Box::new(DeskPlan {
                triage: desk.triage,
                ladder: each_once(&desk.ladder),
                approved: Risk::ALL.map(|risk| desk.approved(risk)),
                brevity: (!desk.brevity.is_none()).then_some(desk.brevity),
                routes: links
                    .iter()
                    .filter_map(|&(to, link)| match link.kind {
                        LinkKind::Route(when) => Some((when, passage(to, link, open_cases))),
                        _ => None,
                    })
                    .collect(),
                consults: of(LinkKind::Consult),
                escalates: of(LinkKind::Escalate),
                approves: of(LinkKind::Approve),
                overflow: helpers(&links, |to, link| passage(to, link, open_cases)),
                centralization: desk.centralization,
                superiors: superiors(organization, id),
                only_objectors: desk.only_objectors,
                knowledge: role.knowledge.clone(),
            }))
        }
    };
    let (priorities, preemptive) = match role.discipline {
        Discipline::Fifo | Discipline::EarliestDeadline => (1, false),
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
    let several = role.habits.slots.as_ref().filter(|slots| !infinite && !slots.is_plain());
    let several = several.map(|slots| SlotPlan {
        speeds: slots.speeds.iter().map(|speed| ((speed * PARTS as f64) as u128).max(1)).collect(),
        parked_count: slots.parked_count,
    });
    let refuses = preemptive || role.waiting_room.is_some();
    let special = !infinite
        && (several.is_some()
            || role.habits.change_pace()
            || spare(&role.proactive).is_some_and(|spare| spare.preemptible));
    let has_clocks =
        !all_always || !role.staffing.is_nothing() || role.proactive != Proactive::Never;
    let rules = rules(role, priorities);
    let eligibility = eligibility(world, &role.people);
    RolePlan {
        identity: Identity::named(&role.name),
        straight: matches!(work, WorkPlan::Serve(_))
            && (priorities, eligibility.groups) == (1, 1)
            && rules.is_none()
            && !(infinite || refuses || special || has_clocks || role.habits.first_listed),
        work,
        infinite,
        priorities,
        preemptive,
        eligibility,
        shift_end: role.shift_end,
        room: role.waiting_room,
        refuses,
        spare: spare(&role.proactive),
        special,
        slots: several,
        rules,
        push_out: role.line.push_out,
        first_listed: role.habits.first_listed,
        superior: organization.superiors(id).first().map(|(boss, _)| boss.0),
        promises: role
            .terms
            .map(|terms| terms.promise.map_or(SimTime::NEVER, |promise| promise.within)),
        learns_after: organization.learns_after(id),
        staffing: staffing(world, role),
        has_clocks,
    }
}

/// The steps of a ladder; one that was there already helps nobody a second time.
fn each_once(ladder: &[Help]) -> Vec<Help> {
    let mut steps = Vec::new();
    for &help in ladder {
        if !steps.contains(&help) {
            steps.push(help);
        }
    }
    steps
}

fn passage(to: RoleId, link: &Link, several: bool) -> LinkPlan {
    LinkPlan {
        to: to.0,
        filter: link.filter.clone(),
        delay: delay(link),
        keeps: link.keeps,
        loses: link.loses,
        timeout: link.timeout,
        // who has several cases open stays with none
        holds: link.holds && !several,
        step: link.step,
        overdue: link.overdue,
    }
}

pub(super) fn delay(link: &Link) -> Option<Law> {
    (!link.delay.is_zero()).then(|| link.delay.scaled(MINUTE))
}

fn eligibility(world: &World, people: &People) -> Eligibility {
    let people: &[crate::model::Person] = match people {
        People::Infinite => &[],
        People::Some(people) => people,
    };
    let Some(Groups { of, languages, takers }) = Groups::of(world, people) else {
        let takes = vec![1; people.len()];
        return Eligibility { group: Vec::new(), languages: 0, groups: 1, takes };
    };
    assert!(takers.len() <= MOST_GROUPS, "`model::problems` refuses more groups than that");
    let group = of.into_iter().map(|group| group as u8).collect();
    let takes = |person: usize| {
        takers.iter().enumerate().fold(0, |bits, (g, takers)| bits | u64::from(takers[person]) << g)
    };
    let takes = (0..people.len()).map(takes).collect();
    Eligibility { group, languages, groups: takers.len(), takes }
}

/// Whether a link is for this case.
#[inline]
pub(super) fn lets_through(filter: &Filter, case: &Case) -> bool {
    fits(filter, case, (case.unit, case.domain))
}

/// Whether a filter is for this case, taken for this unit's and of this domain.
#[inline]
fn fits(filter: &Filter, case: &Case, (unit, domain): (u16, u16)) -> bool {
    let matter = match filter.matter {
        None => true,
        Some(Matter::Generic) => domain == 0,
        Some(Matter::Of(of)) => u32::from(domain) == of.0 + 1,
        Some(Matter::About(of)) => u32::from(unit) == of.0,
    };
    let Filter { channels, topics, languages, risks, .. } = filter;
    matter
        && (topics.is_empty() || topics.contains(&TopicId(u32::from(case.topic))))
        && (channels.is_empty() || channels.contains(&ChannelId(u32::from(case.channel))))
        && (languages.is_empty() || languages.contains(&LanguageId(u32::from(case.tale.language))))
        && (risks.is_empty() || risks.contains(&case.tale.risk))
}
