//! What takes a cause of waiting away, or some of it.

use std::sync::Arc;

use crate::draws::Law;
use crate::experiment::DesignResult;
use crate::model::{
    Calendar, Design, DutyKind, Employer, From, Habits, Link, LinkKind, Organization, Ownership,
    People, Person, Practice, Proactive, Role, RoleId, Staffing, take_turns,
};
use crate::sim::Cause;
use crate::study::Variant;
use crate::units::SimTime;

/// How many stand where one stood, to do away with lines.
const MANY: usize = 10;

/// A change of a design that waits of one cause are priced by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remedy {
    /// No link loses a case, and no desk leaves a post to others.
    NothingLost,
    /// A case is at the next desk at once, and a post is noticed at once.
    PassedOnAtOnce,
    /// Every message lands at the desk whose it is.
    OneAccount,
    /// Whoever approves or decides is at hand and takes no time.
    ApprovedAtOnce,
    /// Only topics that must always be approved are.
    NoRoutineApprovals,
    /// Whoever is asked is at hand and takes no time.
    AdvisedAtOnce,
    /// At every hour as many are there as today while the desk is open, and at least one.
    AroundTheClock,
    /// Each stretch of opening hours is an hour longer, with the same people and person-hours.
    AnHourLonger,
    /// No meetings, training, content or vendor to manage, nobody ill; who listens goes one after the other.
    NobodyAway,
    /// Duties that all have together come round one after the other.
    OneAfterTheOther,
    /// Customers stop work on mentions and on tasks.
    CustomersFirst,
    /// As many people as it takes; ten where there is one, at the same hours, where people come and go.
    NoLine,
    /// One more head at one desk.
    OneMoreHead,
}

impl Remedy {
    /// What is tried against a cause: what takes it away first, then what a company could do about it.
    pub(super) const fn against(cause: Cause) -> &'static [Remedy] {
        match cause {
            Cause::Orphaned => &[Remedy::NothingLost],
            Cause::HandOff => &[Remedy::PassedOnAtOnce],
            Cause::WrongDesk => &[Remedy::OneAccount],
            Cause::Approval => {
                &[Remedy::ApprovedAtOnce, Remedy::NoRoutineApprovals, Remedy::OneMoreHead]
            }
            Cause::Consult => &[Remedy::AdvisedAtOnce, Remedy::OneMoreHead],
            Cause::OffHours => &[Remedy::AroundTheClock, Remedy::AnHourLonger],
            Cause::Away => &[Remedy::NobodyAway, Remedy::OneAfterTheOther],
            Cause::Displaced => &[Remedy::CustomersFirst],
            Cause::Batching => &[],
            Cause::Line => &[Remedy::NoLine, Remedy::OneMoreHead],
        }
    }

    /// In few words.
    pub const fn name(self) -> &'static str {
        match self {
            Remedy::NothingLost => "nothing gets lost",
            Remedy::PassedOnAtOnce => "passed on at once",
            Remedy::OneAccount => "no wrong accounts",
            Remedy::ApprovedAtOnce => "approved at once",
            Remedy::NoRoutineApprovals => "no routine approvals",
            Remedy::AdvisedAtOnce => "advised at once",
            Remedy::AroundTheClock => "as many day and night",
            Remedy::AnHourLonger => "open an hour longer",
            Remedy::NobodyAway => "nobody away",
            Remedy::OneAfterTheOther => "one after the other",
            Remedy::CustomersFirst => "customers come first",
            Remedy::NoLine => "no lines",
            Remedy::OneMoreHead => "one more head",
        }
    }

    /// Whether it is meant to leave nothing of the cause.
    pub const fn is_whole(self) -> bool {
        !matches!(
            self,
            Remedy::NoRoutineApprovals
                | Remedy::AnHourLonger
                | Remedy::OneAfterTheOther
                | Remedy::OneMoreHead
        )
    }

    /// Whether it is something to buy, so that its cost says something.
    pub(super) const fn has_price(self) -> bool {
        matches!(self, Remedy::AroundTheClock | Remedy::OneMoreHead)
    }

    /// The practice under it, the same for all designs that have it.
    pub(super) fn practice(self, practice: &Arc<Practice>) -> Arc<Practice> {
        let mut changed = practice.clone();
        match self {
            Remedy::NothingLost => Arc::make_mut(&mut changed).left_to_others = 0.0,
            Remedy::PassedOnAtOnce => Arc::make_mut(&mut changed).notice = no_time(),
            Remedy::ApprovedAtOnce => {
                let of = Arc::make_mut(&mut changed);
                (of.review, of.legal_review, of.decide) = (no_time(), no_time(), no_time());
            }
            Remedy::AdvisedAtOnce => Arc::make_mut(&mut changed).consult = no_time(),
            _ => {}
        }
        changed
    }

    /// The design with it, and the desk that it is about, if it is about one; `None` where it changes nothing.
    pub(super) fn of(self, cause: Cause, case: &Candidate<'_>) -> Option<(Design, Option<String>)> {
        let organization = &case.design.organization;
        let changed = match self {
            Remedy::OneAccount => return Some((Variant::OneAccount.of(case.design)?, None)),
            Remedy::NoRoutineApprovals => {
                return Some((Variant::NoRoutineApprovals.of(case.design)?, None));
            }
            Remedy::OneMoreHead => {
                let (changed, name) = one_more(organization, case.today, cause)?;
                return Some((Design::new(&case.design.name, changed), Some(name)));
            }
            Remedy::NothingLost => nothing_lost(organization, case.practice),
            Remedy::PassedOnAtOnce => at_once(organization, case.practice),
            Remedy::ApprovedAtOnce => {
                at_hand(organization, |kind| matches!(kind, LinkKind::Approve | LinkKind::Report))
            }
            Remedy::AdvisedAtOnce => at_hand(organization, |kind| kind == LinkKind::Consult),
            Remedy::AroundTheClock => each_desk(organization, |role| around(role, case.horizon)),
            Remedy::AnHourLonger => each_desk(organization, |role| longer(role, case.horizon)),
            Remedy::NobodyAway => each_desk(organization, nobody_away),
            Remedy::OneAfterTheOther => each_desk(organization, one_after_the_other),
            Remedy::CustomersFirst => each_desk(organization, customers_first),
            Remedy::NoLine => each_desk(organization, no_line),
        };
        Some((Design::new(&case.design.name, changed?), None))
    }
}

/// A design to be changed.
pub(super) struct Candidate<'a> {
    pub(super) design: &'a Design,
    /// How it fares.
    pub(super) today: &'a DesignResult,
    pub(super) practice: &'a Practice,
    /// When the run ends.
    pub(super) horizon: SimTime,
}

fn no_time() -> Law {
    Law::constant(0.0).expect("no time is a length of time")
}

fn nothing_lost(organization: &Organization, practice: &Practice) -> Option<Organization> {
    let left = |link: &Link| link.ownership == Ownership::Nobody && 0.0 < practice.left_to_others;
    let any = organization.links().any(|(_, _, link)| 0.0 < link.loses || left(link));
    any.then(|| organization.relinked(|_, _, link| Some(Link { loses: 0.0, ..link.clone() })))
}

fn at_once(organization: &Organization, practice: &Practice) -> Option<Organization> {
    let unnoticed =
        |link: &Link| link.ownership != Ownership::OwnerOnly && !practice.notice.is_zero();
    let any = organization.links().any(|(_, _, link)| !link.delay.is_zero() || unnoticed(link));
    any.then(|| organization.relinked(|_, _, link| Some(Link { delay: no_time(), ..link.clone() })))
}

/// Links of these kinds lead to people who have nothing else to do and are as many as it takes. The roles
/// that they led to stay as they are, for the rest of their work.
fn at_hand(old: &Organization, along: fn(LinkKind) -> bool) -> Option<Organization> {
    let mut new = Organization::new(old.channel_count());
    for (_, role) in old.roles() {
        new.add_role(role.clone());
    }
    let mut twins: Vec<(RoleId, RoleId)> = Vec::new();
    for (_, to, _) in old.links().filter(|(_, _, link)| along(link.kind)) {
        if !twins.iter().any(|(known, _)| *known == to) {
            twins.push((to, new.add_role(twin(old.role(to)))));
        }
    }
    let twin_of =
        |role: RoleId| twins.iter().find(|(known, _)| *known == role).map(|(_, twin)| *twin);
    for (from, to, link) in old.links() {
        if !along(link.kind) {
            new.add_link(from, to, link.clone());
            continue;
        }
        let at_hand = twin_of(to).expect("every role at the end of such a link has a twin");
        new.add_link(from, at_hand, link.clone());
        // and so on up the line
        if let From::Role(role) = from
            && let Some(role) = twin_of(role)
        {
            new.add_link(From::Role(role), at_hand, link.clone());
        }
    }
    (!twins.is_empty()).then_some(new)
}

/// The same post, filled by as many as it takes, always there, at no cost.
fn twin(role: &Role) -> Role {
    Role {
        name: format!("{}, at hand", role.name),
        employer: Employer::Own,
        people: People::Infinite,
        heads: 0.0,
        calendar: Arc::new(Calendar::always()),
        waiting_room: None,
        proactive: Proactive::Never,
        habits: Habits::default(),
        staffing: Staffing::default(),
        cost_per_year: 0.0,
        terms: None,
        ..role.clone()
    }
}

/// The organization with every desk changed where cases wait; `None` where that changes none.
fn each_desk(
    organization: &Organization,
    change: impl Fn(&mut Role) -> bool,
) -> Option<Organization> {
    let mut changed = organization.clone();
    let mut any = false;
    for id in waits_at(organization, Cause::Line) {
        any |= change(changed.role_mut(id));
    }
    any.then_some(changed)
}

/// The roles in whose lines cases wait for a cause: desks that cases are led to, or those that are asked or approve.
fn waits_at(organization: &Organization, cause: Cause) -> Vec<RoleId> {
    let leads = |kind: LinkKind| match cause {
        Cause::Approval => matches!(kind, LinkKind::Approve),
        Cause::Consult => matches!(kind, LinkKind::Consult),
        _ => matches!(
            kind,
            LinkKind::Intake { .. }
                | LinkKind::RouteShare(_)
                | LinkKind::Route(_)
                | LinkKind::Overflow(_)
                | LinkKind::Escalate
        ),
    };
    let led_to =
        |id: &RoleId| organization.links().any(|(_, to, link)| to == *id && leads(link.kind));
    organization.roles().map(|(id, _)| id).filter(led_to).collect()
}

/// The people of a role, if they are counted.
fn people(role: &mut Role) -> Option<&mut Vec<Person>> {
    match &mut role.people {
        People::Infinite => None,
        People::Some(people) => Some(people),
    }
}

/// Share of the time that all people of a role are there, added up.
pub(super) fn presence(role: &Role, horizon: SimTime) -> f64 {
    let People::Some(people) = &role.people else { return 0.0 };
    let of = |person: &Person| {
        person.present * person.calendar.as_ref().unwrap_or(&role.calendar).open_share(horizon)
    };
    people.iter().map(of).sum()
}

fn around(role: &mut Role, horizon: SimTime) -> bool {
    let before = presence(role, horizon);
    let Some(people) = people(role) else { return false };
    let there: f64 = people.iter().map(|person| person.present).sum();
    let own = people.iter().any(|person| person.calendar.is_some());
    if there <= 0.0 || before <= 0.0 {
        return false;
    }
    for person in people.iter_mut() {
        person.calendar = None;
        person.present /= there.min(1.0);
    }
    if there < 1.0 {
        take_turns(people);
    }
    let closes = own || !role.calendar.is_always();
    role.calendar = Arc::new(Calendar::always());
    let times = presence(role, horizon) / before;
    role.heads *= times;
    role.cost_per_year *= times;
    closes || there < 1.0
}

pub(super) fn longer(role: &mut Role, horizon: SimTime) -> bool {
    let before = role.calendar.clone();
    let extended = |calendar: &Calendar| Arc::new(calendar.longer(SimTime::HOUR));
    let Some(people) = people(role) else { return false };
    let mut any = false;
    for person in people.iter_mut() {
        let own = person.calendar.as_ref().unwrap_or(&before).clone();
        let longer = extended(&own);
        any |= longer != own;
        let open = longer.open_share(horizon);
        if 0.0 < open {
            person.present *= own.open_share(horizon) / open;
        }
        person.calendar = person.calendar.as_ref().map(|_| longer);
    }
    if people.iter().all(|person| person.calendar.is_none()) {
        take_turns(people);
    }
    role.calendar = extended(&before);
    any
}

fn nobody_away(role: &mut Role) -> bool {
    let before = role.staffing.clone();
    role.staffing.absence = None;
    role.staffing.duties.retain(|duty| duty.kind == DutyKind::Listening);
    one_after_the_other(role);
    role.staffing != before
}

fn one_after_the_other(role: &mut Role) -> bool {
    let mut any = false;
    for duty in &mut role.staffing.duties {
        any |= std::mem::replace(&mut duty.together, false);
    }
    any
}

fn customers_first(role: &mut Role) -> bool {
    match &mut role.proactive {
        Proactive::Never => false,
        Proactive::WhenIdle(when) | Proactive::Endless { when, .. } => {
            !std::mem::replace(&mut when.preemptible, true)
        }
    }
}

fn no_line(role: &mut Role) -> bool {
    let plain = role.calendar.is_always()
        && role.staffing.is_nothing()
        && role.proactive == Proactive::Never
        && role.habits == Habits::default();
    let Some(people) = people(role) else { return false };
    if plain && people.iter().all(|person| *person == Person::full()) {
        role.people = People::Infinite;
    } else {
        *people = std::iter::repeat_n(&*people, MANY).flatten().cloned().collect();
    }
    true
}

/// One more head at the busiest desk in whose line cases wait for a cause, and its name.
fn one_more(
    organization: &Organization,
    today: &DesignResult,
    cause: Cause,
) -> Option<(Organization, String)> {
    let busy = |id: &RoleId| today.roles.get(id.index())?.number("utilization").mean();
    let desks = waits_at(organization, cause);
    let (desk, _) = desks
        .into_iter()
        .filter(|id| 0.0 < organization.role(*id).heads)
        .filter_map(|id| Some((id, busy(&id)?)))
        .max_by(|a, b| a.1.total_cmp(&b.1))?;
    let mut changed = organization.clone();
    let role = changed.role_mut(desk);
    let heads = role.heads;
    let people = people(role)?;
    let there: f64 = people.iter().map(|person| person.present).sum();
    let like = people.iter().max_by(|a, b| a.present.total_cmp(&b.present))?.clone();
    people.push(Person { present: (there / heads).min(1.0), ..like });
    if people.iter().all(|person| person.calendar.is_none()) {
        take_turns(people);
    }
    role.cost_per_year *= (heads + 1.0) / heads;
    role.heads = heads + 1.0;
    let name = role.name.clone();
    Some((changed, name))
}
