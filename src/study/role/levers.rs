//! Settings of a role's week that a manager decides, as far as the scenario states them.

use super::ground::Ground;
use crate::model::archetype::Kind;
use crate::model::{DutyKind, Employer, LinkKind, Proactive, RoleId, SpareTime, Work};
use crate::scenario::{PlanChange, approval_of_plan, approval_of_role};
use crate::study::Settings;

/// Parts of the present amount of something that are tried instead.
const PARTS: [f64; 3] = [0.5, 1.5, 2.0];
/// Most people who are kept free of mentions.
const MOST_FREE: u32 = 2;

/// A setting to try.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Lever {
    /// In words.
    pub(super) what: String,
    /// What makes it.
    pub(super) settings: Settings,
    /// Whether all it is good for is simulated.
    pub(super) judged: bool,
}

impl Lever {
    fn new(what: String, settings: Settings) -> Lever {
        Lever { what, settings, judged: true }
    }
}

/// The name of a kind of standing work, and whether what it is good for is simulated.
fn standing(kind: DutyKind) -> (&'static str, bool) {
    match kind {
        DutyKind::Meetings => ("meetings", false),
        DutyKind::Training => ("training", false),
        DutyKind::Listening => ("looking for mentions", true),
        DutyKind::Content => ("content", false),
        DutyKind::Vendor => ("managing the vendor", false),
    }
}

/// Every setting that changes how the role's people spend their week.
pub(super) fn levers(ground: &Ground<'_>, role: RoleId) -> Vec<Lever> {
    let mut all = standing_work(ground, role);
    all.extend(approvals(ground, role));
    if ground.plan.is_some() {
        all.extend(mentions(ground, role));
    }
    all
}

/// The kind of people who fill a role of a plan.
pub(super) fn kind(ground: &Ground<'_>, role: RoleId) -> Option<std::sync::Arc<Kind>> {
    let name = &ground.organization().role(role).name;
    let seats = ground.plan?.seats(ground.world());
    let seat = seats.into_iter().find(|(seat, _)| seat.roles.contains(name));
    seat.map(|(_, staff)| staff.kind)
}

/// More or less of the standing work that its people have.
fn standing_work(ground: &Ground<'_>, role: RoleId) -> Vec<Lever> {
    let of = ground.organization().role(role);
    let filled_by = kind(ground, role);
    let open = ground.load.roles[role.index()].open_hours;
    let mut all = Vec::new();
    for duty in &of.staffing.duties {
        let (name, judged) = standing(duty.kind);
        let stated = ground.bench.stated;
        let in_file = match &filled_by {
            Some(people) => stated.standing_hours_of_kind(&people.name, duty.kind),
            None => stated.standing_hours_of_role(ground.name(), &of.name, duty.kind),
        };
        // Stated at a role, the hours are those of somebody who is there all the time.
        let hours = match &filled_by {
            Some(kind) => {
                kind.life.standing.iter().find(|work| work.kind == duty.kind).map(|work| work.hours)
            }
            None => in_file.is_stated.then_some(duty.share * open),
        };
        let Some(hours) = hours else { continue };
        for part in PARTS.into_iter().filter(|&part| judged || part < 1.0) {
            let other = rounded(hours * part);
            let what = format!("{other} h a week of {name} (now {})", rounded(hours));
            let settings = Settings(vec![in_file.hours_a_week(&other)]);
            all.push(Lever { judged, ..Lever::new(what, settings) });
        }
    }
    all
}

/// Fewer or more replies to be approved: by the role or by others for it.
fn approvals(ground: &Ground<'_>, role: RoleId) -> Vec<Lever> {
    let organization = ground.organization();
    let asks = |id: RoleId| {
        let links = organization.links_from(crate::model::From::Role(id));
        let mut approvers = links.filter(|(_, link)| link.kind == LinkKind::Approve);
        approvers.any(|(to, _)| id == role || to == role)
    };
    let asking: Vec<(String, f64)> = organization
        .roles()
        .filter(|&(id, _)| asks(id))
        .filter_map(|(_, of)| match &of.work {
            Work::Desk(desk) if desk.answer => Some((of.name.clone(), desk.approval)),
            _ => None,
        })
        .collect();
    let Some(&(_, now)) = asking.first() else { return Vec::new() };
    let shares = [0.0].into_iter().chain(PARTS.map(|part| now * part));
    let set = |share: f64| {
        let percent = rounded(100.0 * share);
        let of_role = |(name, _): &(String, f64)| approval_of_role(ground.name(), name, &percent);
        Settings(match ground.plan {
            Some(_) => vec![approval_of_plan(ground.name(), &percent)],
            None => asking.iter().map(of_role).collect(),
        })
    };
    let what = |share: f64| {
        let now = rounded(100.0 * now);
        match share {
            0.0 => format!("no routine approvals (now {now}% of replies)"),
            _ => format!("{}% of replies approved (now {now}%)", rounded(100.0 * share)),
        }
    };
    shares
        .filter(|&share| 0.0 < now && share <= 1.0)
        .map(|share| Lever::new(what(share), set(share)))
        .collect()
}

/// Whether those who answer also look after mentions, and how many of them stay free for inquiries.
fn mentions(ground: &Ground<'_>, role: RoleId) -> Vec<Lever> {
    let of = ground.organization().role(role);
    let answers = matches!(&of.work, Work::Desk(desk) if desk.answer);
    // the plan's own: who comes by contract looks after none, whatever the plan says
    let own = of.employer == Employer::Own;
    let something = answers && own && ground.world().has_mentions();
    let Some(common) = ground.plan.map(|plan| plan.common()).filter(|_| something) else {
        return Vec::new();
    };
    let change = |of: PlanChange| Settings(vec![of.of_plan(ground.name())]);
    let listens = |yes: bool| change(PlanChange::Listens(yes));
    let keep_free = |people: u32| {
        let what = match people {
            0 => "nobody kept free of mentions".to_owned(),
            1 => "one person kept free of mentions".to_owned(),
            n => format!("{n} people kept free of mentions"),
        };
        Lever::new(what, change(PlanChange::KeepFree(people)))
    };
    match &of.proactive {
        Proactive::Never if !common.front_listens => {
            vec![Lever::new("mentions answered when nothing else waits".into(), listens(true))]
        }
        Proactive::WhenIdle(SpareTime { keep_free: now, .. }) => {
            let persons = of.persons().and_then(|n| u32::try_from(n).ok()).unwrap_or(u32::MAX);
            let others = (0..=MOST_FREE).filter(|&n| n != *now && n < persons);
            let none = Lever::new("no mentions for those who answer".into(), listens(false));
            others.map(keep_free).chain([none]).collect()
        }
        _ => Vec::new(),
    }
}

/// A number as people state it, without a tail of digits.
fn rounded(number: f64) -> String {
    let text = format!("{number:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
