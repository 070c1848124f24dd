//! A role laid out for the event loop: its work, its links, its line.

use crate::draws::Law;
use crate::model::{
    Brevity, Desk, Discipline, Filter, From, Help, Knowledge, Link, LinkKind, Organization,
    Overdue, People, Person, Proactive, Risk, Role, RoleId, RouteWhen, ShiftEnd, Work, World,
};
use crate::sim::case::{Case, Stage};
use crate::sim::exceptions::{Superior, superiors};
use crate::sim::identity::Identity;
use crate::sim::overflow::{self, helpers};
use crate::sim::people::{Free, Worker};
use crate::sim::people_plan::{
    Eligibility, SlotPlan, SparePlan, StaffingPlan, eligibility, slots, spare, staffing,
};
use crate::sim::rules::{RulesPlan, rules};
use crate::sim::service::{ServePlan, branches};
use crate::units::{MICROS_A_MINUTE, SimTime};

/// A role, laid out. What each visit asks for stands first.
#[repr(C, align(64))]
pub(super) struct RolePlan {
    pub(super) work: WorkPlan,
    /// Whose randomness that of its people and tasks is.
    pub(super) identity: Identity,
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

impl RolePlan {
    pub(super) fn new(world: &World, organization: &Organization, id: RoleId) -> RolePlan {
        let role = organization.role(id);
        let work = work(world, organization, id);
        let (priorities, preemptive) = match role.discipline {
            Discipline::Fifo | Discipline::EarliestDeadline => (1, false),
            Discipline::Priority { preemptive } => (classes(world), preemptive),
        };
        let infinite = role.people == People::Infinite;
        let refuses = preemptive || role.waiting_room.is_some();
        let slots = slots(&role.habits).filter(|_| !infinite);
        let spare = spare(&role.proactive);
        let special = !infinite
            && (slots.is_some()
                || role.habits.change_pace()
                || spare.as_ref().is_some_and(|spare| spare.preemptible));
        let has_clocks = !always_there(role)
            || !role.staffing.is_nothing()
            || role.proactive != Proactive::Never;
        let eligibility = eligibility(world, &role.people);
        let rules = rules(world, role, priorities, &eligibility);
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
            spare,
            special,
            slots,
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

    /// Groups, as bits, whose takers are kept back from a case of this priority.
    #[inline(always)]
    pub(super) fn barred(&self, priority: u8, free: &Free, workers: &[Worker]) -> u64 {
        let rules = self.rules.as_ref();
        rules.map_or(0, |rules| rules.barred(usize::from(priority), free, workers))
    }

    /// Whether somebody's coming free may be what another free person waits for.
    pub(super) fn looks_around(&self) -> bool {
        1 < self.eligibility.groups && self.rules.as_deref().is_some_and(RulesPlan::keep_some_free)
    }

    /// Whether cases become more urgent as they stay.
    #[cfg(debug_assertions)]
    pub(super) fn ages(&self) -> bool {
        self.rules.as_ref().is_some_and(|rules| rules.moves_up_after != SimTime::NEVER)
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

/// What a role does, laid out.
pub(super) enum WorkPlan {
    Serve(ServePlan),
    Desk(Box<DeskPlan>),
}

/// A desk's duties and links.
pub(super) struct DeskPlan {
    /// Whether its replies go to customers.
    pub(super) answers: bool,
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

/// Priority classes of the topics.
fn classes(world: &World) -> usize {
    1 + world.topics.iter().map(|topic| usize::from(topic.priority)).max().unwrap_or(0)
}

/// Whether all of its people are there at any time, and there are some.
fn always_there(role: &Role) -> bool {
    let always = |person: &Person| {
        1.0 <= person.present && person.calendar.as_ref().unwrap_or(&role.calendar).is_always()
    };
    match &role.people {
        People::Infinite => true,
        People::Some(people) => people.iter().all(always) && !people.is_empty(),
    }
}

fn work(world: &World, organization: &Organization, id: RoleId) -> WorkPlan {
    let links: Vec<(RoleId, &Link)> = organization.links_from(From::Role(id)).collect();
    match &organization.role(id).work {
        Work::Serve { service, draw } => {
            WorkPlan::Serve(ServePlan::new(service, *draw, branches(world, &links)))
        }
        Work::Desk(desk) => WorkPlan::Desk(Box::new(desk_plan(organization, id, desk, &links))),
    }
}

fn desk_plan(
    organization: &Organization,
    id: RoleId,
    desk: &Desk,
    links: &[(RoleId, &Link)],
) -> DeskPlan {
    let role = organization.role(id);
    let open_cases = role.habits.slots.is_some();
    let over = |(to, link): (RoleId, &Link)| passage(to, link, open_cases);
    let of = |want: LinkKind| {
        links.iter().copied().filter(|(_, link)| link.kind == want).map(over).collect()
    };
    let route = |&(to, link): &(RoleId, &Link)| match link.kind {
        LinkKind::Route(when) => Some((when, over((to, link)))),
        _ => None,
    };
    DeskPlan {
        answers: desk.answer,
        triage: desk.triage,
        ladder: each_once(&desk.ladder),
        approved: Risk::ALL.map(|risk| desk.approved(risk)),
        brevity: (!desk.brevity.is_none()).then_some(desk.brevity),
        routes: links.iter().filter_map(route).collect(),
        consults: of(LinkKind::Consult),
        escalates: of(LinkKind::Escalate),
        approves: of(LinkKind::Approve),
        overflow: helpers(links, |to, link| over((to, link))),
        centralization: desk.centralization,
        superiors: superiors(organization, id),
        only_objectors: desk.only_objectors,
        knowledge: role.knowledge.clone(),
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
    (!link.delay.is_zero()).then(|| link.delay.scaled(MICROS_A_MINUTE))
}
