//! A plain world is one of customers: what a desk does by default, it does there as well.

use super::{Designed, Object};
use crate::model::{Link, LinkKind, Ownership, Role, Work};
use crate::scenario::defaults::DEFAULTS;
use crate::scenario::names::quote;
use crate::scenario::tree::Value;

/// Defaults of desks that answer, and what they say of one in a sentence.
const AT_DESKS: [(&str, &str); 2] = [
    ("first_reply", "# of a case's work goes into its first reply"),
    ("error", "# of the replies of those who know are wrong"),
];

/// Where customers do nothing that is not written, say of desks that might be queues what they do all the same.
pub(super) fn check(of: &Object<'_>, designs: &[Designed]) {
    let plain = of.get("customers").and_then(|at| at.child("plain"));
    let Some(at) = plain.filter(|at| at.flag() == Some(true)) else { return };
    let Some(role) = designs.iter().find_map(|designed| queue(of, designed)) else { return };
    let practice = of.get("practice");
    let silent = |key: &str| practice.as_ref().is_none_or(|at| at.child(key).is_none());
    let left: Vec<&(&str, &str)> = AT_DESKS.iter().filter(|(key, _)| silent(key)).collect();
    let told = |(key, words): &&(&str, &str)| {
        let key = format!("practice.{key}");
        let default = DEFAULTS.iter().find(|default| default.key == key);
        let value = default.expect("it is a default").value.trim_matches('"');
        words.replace('#', value)
    };
    let told: Vec<String> = left.iter().map(told).collect();
    if told.is_empty() || of.cursor.report.failed() {
        return;
    }
    let neutral = [("first_reply", "100%"), ("error", "0%")].into_iter();
    let neutral = neutral.filter(|(key, _)| left.iter().any(|(other, _)| other == key));
    let neutral: Vec<String> =
        neutral.map(|(key, value)| format!("\"{key}\": \"{value}\"")).collect();
    at.warn(
        "not-plain",
        format!(
            "customers are plain, and {} is a desk that replies, where by default {}",
            quote(&role.name),
            told.join(" and ")
        ),
        format!(
            "for a queue as in theory give the role a `service`; or state `\"practice\": {{ {} }}`, or what you mean",
            neutral.join(", ")
        ),
    );
}

/// A desk that replies and might be meant as a queue: nothing is said of it as a desk, and nobody asks, reviews or reports.
fn queue<'d>(of: &Object<'_>, designed: &'d Designed) -> Option<&'d Role> {
    let simple = |link: &Link| {
        matches!(link.kind, LinkKind::Intake { .. }) && link.ownership == Ownership::OwnerOnly
    };
    let organization = &designed.design.organization;
    if designed.plan.is_some() || !organization.links().all(|(_, _, link)| simple(link)) {
        return None;
    }
    let graph = of.get("designs")?.child(&designed.design.name)?.child("graph")?;
    let bare = |role: &&Role| {
        let desk = graph.child("roles").and_then(|roles| roles.child(&role.name)?.child("desk"));
        desk.is_some_and(|desk| matches!(&desk.node.value, Value::Object(keys) if keys.is_empty()))
    };
    let replies = |role: &&Role| matches!(&role.work, Work::Desk(desk) if desk.answer);
    organization.roles().map(|(_, role)| role).filter(replies).find(bare)
}
