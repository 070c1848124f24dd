//! A card for each role: who they are, with whom they work, what their week goes into.

use serde_json::{Value, json};

use crate::experiment::{DesignResult, RoleResult};
use crate::model::{
    Design, Employer, From, Link, LinkKind, MeasureUnit, Organization, RoleId, Work, World,
};
use crate::present::{busiest, heads, list, measured, measured_cell, share, time};
use crate::report::{MOST_ROLES, Report};
use crate::sim::Bin;
use crate::units::counted;

/// Lines of the week that are shown.
const LINES: usize = 6;

/// By design, the cards of its roles in the order of the organization; of very many, of the busiest. Nobody asks who
/// works with whom of a plain queueing network.
pub(super) fn cards(report: &Report<'_>) -> Vec<Value> {
    let of = |(design, result): (&Design, &DesignResult)| {
        let mut told = busiest(&result.roles, MOST_ROLES).0.into_iter().peekable();
        let roles = design.organization.roles().zip(&result.roles);
        let roles = roles.filter(|((id, _), _)| told.next_if_eq(&id.index()).is_some());
        let touching = touching(&design.organization);
        let cards: Vec<Value> = roles
            .map(|((id, role), measured_)| {
                json!({
                    "role": role.name,
                    "unit": role.unit.map(|unit| &report.model.world.units[unit.index()]),
                    "vendor": match &role.employer {
                        Employer::Own => None,
                        Employer::Vendor(name) => Some(name),
                    },
                    "people": measured_.heads.map_or("as many as it takes".into(), people),
                    "busy": busy(measured_),
                    "load": measured_.number("utilization").mean(),
                    "does": does(&report.model.world, &design.organization, id, &touching[id.index()]),
                    "week": week(measured_),
                    "waits": waits(measured_),
                    "alone": alone(result, &role.name),
                })
            })
            .collect();
        json!(cards)
    };
    let designs = report.model.designs.iter().zip(&report.result.designs);
    designs.filter(|_| !report.result.plain).map(of).collect()
}

fn people(count: f64) -> String {
    if (count - 1.0).abs() < 0.005 { "1 person".into() } else { format!("{} people", heads(count)) }
}

/// `56 ±1%` of the paid time; nothing for a role nobody waits for.
fn busy(role: &RoleResult) -> Option<String> {
    role.heads?;
    let told = measured_cell(Some(role.number("utilization")), MeasureUnit::Share, "");
    told.tells().then(|| told.to_string())
}

/// By role, the links that begin or end there.
fn touching(organization: &Organization) -> Vec<Vec<(From, RoleId, &Link)>> {
    let mut all = vec![Vec::new(); organization.role_count()];
    for (from, to, link) in organization.links() {
        all[to.index()].push((from, to, link));
        if let From::Role(role) = from
            && role != to
        {
            all[role.index()].push((from, to, link));
        }
    }
    all
}

/// With whom it works, a sentence for each kind of link.
fn does(
    world: &World,
    organization: &Organization,
    id: RoleId,
    links: &[(From, RoleId, &Link)],
) -> Vec<String> {
    let name = |role: RoleId| organization.role(role).name.clone();
    let mut lines: Vec<(&'static str, Vec<String>)> = Vec::new();
    let mut add =
        |verb: &'static str, whom: String| match lines.iter_mut().find(|(known, _)| *known == verb)
        {
            Some((_, all)) if all.contains(&whom) => {}
            Some((_, all)) => all.push(whom),
            None => lines.push((verb, vec![whom])),
        };
    for &(from, to, link) in links {
        match (from, link.kind) {
            (From::Channel(channel), LinkKind::Intake { .. }) if to == id => {
                add("Takes in", world.channels[channel.index()].name.clone());
            }
            (From::Channel(channel), LinkKind::Listen) if to == id && world.has_mentions() => {
                add("Looks for mentions on", world.channels[channel.index()].name.clone());
            }
            (From::Role(from), kind) if from == id => match kind {
                LinkKind::Route(_) | LinkKind::RouteShare(_) | LinkKind::Escalate => {
                    add("Hands on to", name(to));
                }
                LinkKind::Overflow(_) => add("Is helped out by", name(to)),
                LinkKind::Consult => add("Asks", name(to)),
                LinkKind::Approve => add("Needs approval from", name(to)),
                LinkKind::Report => add("Reports to", name(to)),
                LinkKind::Policy(_) => add("Keeps the playbook of", name(to)),
                LinkKind::Intake { .. } | LinkKind::Listen => {}
            },
            (From::Role(from), kind) if to == id => match kind {
                LinkKind::Route(_) | LinkKind::RouteShare(_) | LinkKind::Escalate => {
                    add("Takes over from", name(from));
                }
                LinkKind::Overflow(_) => add("Helps out", name(from)),
                LinkKind::Consult => add("Is asked by", name(from)),
                LinkKind::Approve => add("Approves for", name(from)),
                LinkKind::Policy(_) => add("Gets its playbook from", name(from)),
                LinkKind::Report | LinkKind::Intake { .. } | LinkKind::Listen => {}
            },
            _ => {}
        }
    }
    let mut told: Vec<String> = lines
        .into_iter()
        .map(|(verb, whom)| {
            let whom: Vec<&str> = whom.iter().map(String::as_str).collect();
            format!("{verb} {}.", list(&whom))
        })
        .collect();
    if let Work::Desk(desk) = &organization.role(id).work
        && desk.answer
        && 0.0 < desk.approval
    {
        told.push(format!("{} of its replies need approval.", share(desk.approval, None)));
    }
    told
}

/// What the paid time goes into, the largest first: label, words, share.
fn week(role: &RoleResult) -> Vec<Value> {
    let mut bins: Vec<(Bin, f64)> = Bin::ALL
        .iter()
        .filter_map(|&bin| Some((bin, role.bin(bin).mean().filter(|share| 0.0005 <= *share)?)))
        .collect();
    bins.sort_by(|a, b| b.1.total_cmp(&a.1));
    let told = |bin: Bin| measured(Some(role.bin(bin)), MeasureUnit::Share, "");
    let line = |(bin, of): (Bin, f64)| json!([bin.label(), told(bin), of]);
    bins.into_iter().take(LINES).map(line).collect()
}

/// How long cases wait here.
fn waits(role: &RoleResult) -> Option<String> {
    let mean = role.number("wait_mean").interval?;
    let weekly = role.number("arrivals_per_hour").mean().map(|hourly| hourly * 168.0)?;
    let visits = crate::present::thousands(weekly.round());
    Some(format!(
        "{} here; the wait is {} on average.",
        counted(visits, "case a week comes", "cases a week come"),
        time(mean.mean, mean.half_width)
    ))
}

/// What cannot be answered without it.
fn alone(design: &DesignResult, name: &str) -> Option<String> {
    let outline = design.outline.as_ref()?;
    let point = outline.single_points.iter().find(|point| point.role == name)?;
    Some(lost(point.share))
}

/// What is lost with the only one who can do it.
fn lost(of: f64) -> String {
    match of {
        of if 0.995 <= of => "Without it nobody could answer any inquiry.".into(),
        of => format!("Without it nobody could answer {} of inquiries.", share(of, None)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_hangs_on_one_role_is_said_plainly() {
        assert_eq!(lost(1.0), "Without it nobody could answer any inquiry.");
        assert_eq!(lost(0.23), "Without it nobody could answer 23% of inquiries.");
    }
}
