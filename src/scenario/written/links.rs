//! Links in the words of the format.

use serde_json::{Map, Value, json};

use super::laws::law;
use super::quantities::{fraction, length, same};
use super::roles::word;
use crate::model::{
    ChannelId, Filter, From, HandOff, LanguageId, Link, LinkKind, Matter, Organization, Overdue,
    Ownership, RoleId, RouteWhen, UnitId, World,
};
use crate::scenario::Scenario;
use crate::scenario::links::{HAND_OFFS, OVERDUE, OWNERSHIPS};

/// All links, in order; links alike from one channel after the other are one entry.
pub(super) fn links(scenario: &Scenario, organization: &Organization) -> Vec<Value> {
    let all: Vec<(From, RoleId, &Link)> = organization.links().collect();
    let mut written = Vec::new();
    let mut rest = all.as_slice();
    while let Some(first) = rest.first() {
        let alike = |other: &&(From, RoleId, &Link)| {
            matches!((first.0, other.0), (From::Channel(_), From::Channel(_)))
                && (other.1, other.2.kind, &other.2.filter, other.2.ownership)
                    == (first.1, first.2.kind, &first.2.filter, first.2.ownership)
        };
        let count = 1 + rest[1..].iter().take_while(alike).count();
        written.push(link(scenario, organization, &rest[..count]));
        rest = &rest[count..];
    }
    written
}

/// One entry: a link from a role, or the links from these channels.
fn link(
    scenario: &Scenario,
    organization: &Organization,
    alike: &[(From, RoleId, &Link)],
) -> Value {
    let world = &*scenario.model.world;
    let (from, to, link) = alike[0];
    let mut json = Map::new();
    match from {
        From::Role(id) => drop(json.insert("from".into(), json!(organization.role(id).name))),
        From::Channel(_) => channels(world, alike, &mut json),
    }
    json.insert("to".into(), json!(organization.role(to).name));
    let tag = kind(link.kind, &mut json);
    if let Some(step) = link.step {
        json.insert("step".into(), json!(step));
    }
    if link.overdue != Overdue::GoAhead {
        json.insert("overdue".into(), word(OVERDUE, link.overdue));
    }
    if link.ownership != Ownership::OwnerOnly {
        json.insert("ownership".into(), word(OWNERSHIPS, link.ownership));
    }
    filter(world, &link.filter, &mut json);
    passage(scenario, link, &mut json);
    json!({ tag: json })
}

/// The channels of an entry: nothing for all of them.
fn channels(world: &World, alike: &[(From, RoleId, &Link)], json: &mut Map<String, Value>) {
    let ids: Vec<ChannelId> = alike
        .iter()
        .filter_map(|(from, _, _)| match from {
            From::Channel(id) => Some(*id),
            From::Role(_) => None,
        })
        .collect();
    let all = (0..world.channels.len() as u32).map(ChannelId);
    if ids.iter().copied().eq(all) {
        return;
    }
    let names: Vec<&str> = ids.iter().map(|id| world.channels[id.index()].name.as_str()).collect();
    json.insert(
        "from".into(),
        match names.as_slice() {
            [only] => json!(only),
            several => json!(several),
        },
    );
}

/// What a kind states of its own, and its tag.
fn kind(kind: LinkKind, json: &mut Map<String, Value>) -> &'static str {
    let mut put = |key: &str, value: Value| drop(json.insert(key.into(), value));
    match kind {
        LinkKind::Intake { own_account: true } => put("own_account", json!(true)),
        LinkKind::RouteShare(share) => put("share", fraction(share)),
        LinkKind::Route(when) => {
            let when = match when {
                RouteWhen::Always => "always",
                RouteWhen::Unknown => "unknown",
                RouteWhen::WrongDesk => "wrong desk",
            };
            put("when", json!(when));
        }
        LinkKind::Overflow(after) => put("after", json!(length(after))),
        LinkKind::Policy(refresh) => put("refresh", json!(length(refresh))),
        _ => {}
    }
    kind.word()
}

fn filter(world: &World, filter: &Filter, json: &mut Map<String, Value>) {
    if !filter.channels.is_empty() {
        let name = |id: &ChannelId| world.channels[id.index()].name.as_str();
        json.insert("channels".into(), json!(filter.channels.iter().map(name).collect::<Vec<_>>()));
    }
    if !filter.topics.is_empty() {
        let name = |id: &crate::model::TopicId| world.topics[id.index()].name.as_str();
        json.insert("topics".into(), json!(filter.topics.iter().map(name).collect::<Vec<_>>()));
    }
    if !filter.risks.is_empty() {
        let words: Vec<&str> = filter.risks.iter().map(|risk| risk.word()).collect();
        json.insert("risk".into(), json!(words));
    }
    if !filter.languages.is_empty() {
        json.insert("languages".into(), languages(world, &filter.languages));
    }
    let unit = |id: UnitId| world.units[id.index()].as_str();
    let matter = match filter.matter {
        None => return,
        Some(Matter::Generic) => json!("generic"),
        Some(Matter::Of(id)) => json!({ "of": unit(id) }),
        Some(Matter::About(id)) => json!({ "anything_about": unit(id) }),
    };
    json.insert("matter".into(), matter);
}

/// Languages by name.
pub(super) fn languages(world: &World, ids: &[LanguageId]) -> Value {
    json!(ids.iter().map(|id| world.languages[id.index()].as_str()).collect::<Vec<_>>())
}

/// Delay, context and loss; by the word of the practice where it means the same.
fn passage(scenario: &Scenario, link: &Link, json: &mut Map<String, Value>) {
    let mut put = |key: &str, value: Value| drop(json.insert(key.into(), value));
    let practice = &*scenario.model.practice;
    let costs = |of: &HandOff| of.delay == link.delay && same(of.keeps, link.keeps);
    let passes = matches!(link.kind, LinkKind::Route(_) | LinkKind::Escalate);
    let named = HAND_OFFS.iter().find(|(_, of)| passes && costs(of(practice)));
    if let Some((word, _)) = named {
        put("hand_off", json!(word));
    } else {
        if !link.delay.is_zero() && !link.holds {
            put("delay", law(&link.delay));
        }
        if !same(link.keeps, 1.0) {
            put("keeps", fraction(link.keeps));
        }
    }
    if 0.0 < link.loses {
        put("loses", fraction(link.loses));
    }
    let asks = matches!(link.kind, LinkKind::Consult | LinkKind::Approve | LinkKind::Report);
    if link.holds {
        put(if asks { "hold" } else { "warm" }, json!(true));
    }
    if let Some(timeout) = link.timeout {
        put(if asks { "timeout" } else { "give_up" }, json!(length(timeout)));
    }
}
