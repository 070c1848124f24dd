//! Settings of a role's week that a manager decides, as far as the scenario states them.

use serde_json::Value;

use super::ground::Ground;
use crate::model::archetype::Kind;
use crate::model::{DutyKind, LinkKind, Proactive, RoleId, SpareTime, Work};
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

/// The key of a kind of standing work, its name, and whether what it is good for is simulated.
fn standing(kind: DutyKind) -> (&'static str, &'static str, bool) {
    match kind {
        DutyKind::Meetings => ("meetings", "meetings", false),
        DutyKind::Training => ("training", "training", false),
        DutyKind::Listening => ("listening", "looking for mentions", true),
        DutyKind::Content => ("content", "content", false),
        DutyKind::Vendor => ("vendor_management", "managing the vendor", false),
    }
}

/// Every setting that changes how the role's people spend their week.
pub(super) fn levers(ground: &Ground<'_>, role: RoleId) -> Vec<Lever> {
    let root = format!("designs.{}", ground.name());
    let mut all = standing_work(ground, role, &root);
    all.extend(approvals(ground, role, &root));
    if ground.plan.is_some() {
        all.extend(mentions(ground, role, &root));
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
fn standing_work(ground: &Ground<'_>, role: RoleId, root: &str) -> Vec<Lever> {
    let of = ground.organization().role(role);
    let filled_by = kind(ground, role);
    let open = ground.load.roles[role.index()].open_hours;
    let place = match &filled_by {
        Some(kind) => format!("people.{}", kind.name),
        None => format!("{root}.graph.roles.{}", of.name),
    };
    let mut all = Vec::new();
    for duty in &of.staffing.duties {
        let (key, name, judged) = standing(duty.kind);
        let stated = match &filled_by {
            Some(_) => ground.bench.stated.get(&format!("{place}.{key}")),
            None => stated_at_role(ground, &of.name, key),
        };
        // Stated at a role, the hours are those of somebody who is there all the time.
        let hours = match &filled_by {
            Some(kind) => {
                kind.life.standing.iter().find(|work| work.kind == duty.kind).map(|work| work.hours)
            }
            None => stated.as_ref().map(|_| duty.share * open),
        };
        let Some(hours) = hours else { continue };
        let inner = if stated.is_some_and(|stated| stated.is_object()) { ".hours" } else { "" };
        for part in PARTS.into_iter().filter(|&part| judged || part < 1.0) {
            let other = rounded(hours * part);
            let what = format!("{other} h a week of {name} (now {})", rounded(hours));
            let settings = Settings::one(format!("{place}.{key}{inner}"), format!("{other}h/week"));
            all.push(Lever { judged, ..Lever::new(what, settings) });
        }
    }
    all
}

/// What an explicit graph states under a key of a role.
fn stated_at_role(ground: &Ground<'_>, role: &str, key: &str) -> Option<Value> {
    let entry = ground.bench.stated.get(&format!("designs.{}", ground.name()))?;
    entry.get("graph")?.get("roles")?.get(role)?.get(key).cloned()
}

/// Fewer or more replies to be approved: by the role or by others for it.
fn approvals(ground: &Ground<'_>, role: RoleId, root: &str) -> Vec<Lever> {
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
        let value = format!("{}% of replies", rounded(100.0 * share));
        match ground.plan {
            Some(_) => Settings::one(format!("{root}.approval"), value),
            None => asking.iter().fold(Settings::default(), |all, (name, _)| {
                all.and(format!("{root}.graph.roles.{name}.desk.approval"), value.as_str())
            }),
        }
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
fn mentions(ground: &Ground<'_>, role: RoleId, root: &str) -> Vec<Lever> {
    let of = ground.organization().role(role);
    let answers = matches!(&of.work, Work::Desk(desk) if desk.answer);
    let something = answers && ground.world().has_mentions();
    let Some(common) = ground.plan.map(|plan| plan.common()).filter(|_| something) else {
        return Vec::new();
    };
    let listens = |yes: bool| Settings::one(format!("{root}.listens"), yes);
    let keep_free = |people: u32| {
        let what = match people {
            0 => "nobody kept free of mentions".to_owned(),
            1 => "one person kept free of mentions".to_owned(),
            n => format!("{n} people kept free of mentions"),
        };
        Lever::new(what, Settings::one(format!("{root}.keep_free"), people))
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
