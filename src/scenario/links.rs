//! Links of an explicit graph.

use std::collections::HashMap;

use super::cursor::{Cursor, Object};
use super::designs::Setting;
use super::keys::{INTAKE, LINK, MATTER, OVERFLOW, PASSAGE, ROUTE, Shape};
use super::laws::{Bare, law, length};
use super::shares::fraction;
use super::tree::Value;
use crate::draws::Law;
use crate::model::{ChannelId, Filter, From, HandOff, Link, LinkKind, Matter, RoleId, RouteWhen};

/// The links of one entry: one, or one from each channel where no channel is named.
pub(super) fn link(
    cursor: &Cursor<'_>,
    roles: &RoleNames,
    setting: &Setting<'_, '_>,
) -> Option<Vec<(From, RoleId, Link)>> {
    let (tag, body) = cursor.tagged(&LINK)?;
    let shape: &'static Shape = match tag {
        "intake" => &INTAKE,
        "route" => &ROUTE,
        "overflow" => &OVERFLOW,
        _ => &PASSAGE,
    };
    let of = body.object(shape)?;
    let starts = match tag {
        "intake" | "listen" => channels(&of, setting),
        _ => of
            .need("from")
            .and_then(|from| role_of(&from, roles))
            .map(|from| vec![From::Role(from)]),
    };
    let to = of.need("to").and_then(|to| role_of(&to, roles));
    let kind = kind(tag, &of);
    let filter = filter(&of, tag, setting);
    let (delay, keeps) = passage(&of, setting)?;
    let loses = of.get("loses").map_or(Some(0.0), |loses| fraction(&loses))?;
    let (to, kind, filter) = (to?, kind?, filter?);
    let one = |from| {
        (from, to, Link { kind, filter: filter.clone(), delay: delay.clone(), keeps, loses, timeout: None })
    };
    Some(starts?.into_iter().map(one).collect())
}

/// The names of a design's roles, found quickly.
pub(super) struct RoleNames {
    names: Vec<String>,
    numbers: HashMap<String, u32>,
}

impl RoleNames {
    pub(super) fn new(names: Vec<String>) -> RoleNames {
        let numbers = names.iter().enumerate().map(|(i, name)| (name.clone(), i as u32)).collect();
        RoleNames { names, numbers }
    }
}

/// The role of a name.
pub(super) fn role_of(cursor: &Cursor<'_>, roles: &RoleNames) -> Option<RoleId> {
    if let Some(number) = roles.numbers.get(cursor.text()?) {
        return Some(RoleId(*number));
    }
    cursor.position("unknown-role", "role", &roles.names).map(|i| RoleId(i as u32))
}

fn channels(of: &Object<'_>, setting: &Setting<'_, '_>) -> Option<Vec<From>> {
    let all =
        || (0..setting.world.channels.len() as u32).map(|i| From::Channel(ChannelId(i))).collect();
    match of.get("from") {
        None => Some(all()),
        Some(at) if matches!(at.node.value, Value::List(_)) => {
            Some(setting.scope.channels(Some(at)).into_iter().map(From::Channel).collect())
        }
        Some(at) => setting.scope.channel(&at).map(|channel| vec![From::Channel(channel)]),
    }
}

fn kind(tag: &str, of: &Object<'_>) -> Option<LinkKind> {
    Some(match tag {
        "intake" => LinkKind::Intake {
            own_account: of.get("own_account").map_or(Some(false), |own| own.flag())?,
        },
        "listen" => LinkKind::Listen,
        "consult" => LinkKind::Consult,
        "escalate" => LinkKind::Escalate,
        "approve" => LinkKind::Approve,
        "report" => LinkKind::Report,
        "overflow" => LinkKind::Overflow(of.need("after").and_then(|after| length(&after))?),
        _ => match (of.get("share"), of.get("when")) {
            (Some(share), None) => LinkKind::RouteShare(fraction(&share)?),
            (None, Some(when)) => LinkKind::Route(when.word(&[
                ("always", RouteWhen::Always),
                ("unknown", RouteWhen::Unknown),
                ("wrong desk", RouteWhen::WrongDesk),
            ])?),
            (None, None) => {
                of.cursor.fail_with_help(
                    "missing-key",
                    "this route does not say which cases it takes",
                    "state `share` at a plain desk, or `when` (`always`, `unknown`, `wrong desk`) at a full one",
                );
                return None;
            }
            (Some(share), Some(_)) => {
                share.fail("two-tags", "state `share` or `when`, not both");
                return None;
            }
        },
    })
}

fn filter(of: &Object<'_>, tag: &str, setting: &Setting<'_, '_>) -> Option<Filter> {
    let matter = match of.get("matter") {
        None => None,
        Some(at) if matches!(at.node.value, Value::Text(_)) => {
            Some(at.word(&[("generic", Matter::Generic)])?)
        }
        Some(at) => {
            let (tag, unit) = at.tagged(&MATTER)?;
            let unit = setting.scope.unit(&unit)?;
            Some(if tag == "of" { Matter::Of(unit) } else { Matter::About(unit) })
        }
    };
    if let (Some(at), "intake" | "listen") = (of.get("channels"), tag) {
        at.fail_with_help(
            "two-tags",
            "an intake names its channels under `from`",
            "move them there",
        );
        return None;
    }
    Some(Filter {
        channels: setting.scope.channels(of.get("channels")),
        topics: setting.scope.topics(of.get("topics")),
        matter,
    })
}

/// Delay and context kept: stated, or those of a kind of hand-off.
fn passage(of: &Object<'_>, setting: &Setting<'_, '_>) -> Option<(Law, f64)> {
    let practice = setting.practice;
    let base: Option<&HandOff> = match of.get("hand_off") {
        None => None,
        Some(at) => Some(at.word(&[
            ("shared tool", &practice.shared_tool),
            ("other team", &practice.other_team),
            ("other company", &practice.other_company),
        ])?),
    };
    let delay = match (of.get("delay"), base) {
        (Some(at), _) => law(&at, Bare::Constant)?,
        (None, Some(base)) => base.delay.clone(),
        (None, None) => Law::constant(0.0).ok()?,
    };
    let keeps = match (of.get("keeps"), base) {
        (Some(at), _) => fraction(&at)?,
        (None, Some(base)) => base.keeps,
        (None, None) => 1.0,
    };
    Some((delay, keeps))
}
