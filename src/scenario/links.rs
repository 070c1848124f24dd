//! Links of an explicit graph.

use std::collections::HashMap;

use super::cursor::{Cursor, Object};
use super::customers::positive;
use super::designs::Setting;
use super::keys::{
    APPROVE, CONSULT, ESCALATE, INTAKE, LINK, LISTEN, MATTER, OVERFLOW, REPORT, ROUTE, Shape,
};
use super::laws::{Bare, law, length};
use super::names::quote;
use super::shares::fraction;
use super::tree::Value;
use crate::draws::Law;
use crate::model::{
    ChannelId, Filter, From, HandOff, Link, LinkKind, Matter, Organization, Practice, RoleId,
    RouteWhen, Work,
};

/// Add the links of one entry of a list; `None` if something is wrong with it.
pub(super) fn add_links(
    cursor: &Cursor<'_>,
    roles: &RoleNames,
    setting: &Setting<'_, '_>,
    organization: &mut Organization,
) -> Option<()> {
    for (from, to, link) in link(cursor, roles, setting)? {
        let helped = |(_, known): (RoleId, &Link)| matches!(known.kind, LinkKind::Overflow(_));
        if matches!(link.kind, LinkKind::Overflow(_))
            && organization.links_from(from).any(helped)
            && let From::Role(id) = from
        {
            cursor.fail_with_help(
                "second-overflow",
                format!(
                    "cases overflow from {} to another desk already",
                    quote(&organization.role(id).name)
                ),
                "one desk helps out: keep one of the two links",
            );
            return None;
        }
        organization.add_link(from, to, link);
    }
    Some(())
}

/// The links of one entry: one, or one from each channel where no channel is named.
pub(super) fn link(
    cursor: &Cursor<'_>,
    roles: &RoleNames,
    setting: &Setting<'_, '_>,
) -> Option<Vec<(From, RoleId, Link)>> {
    let (tag, body) = cursor.tagged(&LINK)?;
    let shape: &'static Shape = match tag {
        "intake" => &INTAKE,
        "listen" => &LISTEN,
        "route" => &ROUTE,
        "overflow" => &OVERFLOW,
        "consult" => &CONSULT,
        "escalate" => &ESCALATE,
        "approve" => &APPROVE,
        _ => &REPORT,
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
    let filter = filter(&of, setting);
    let (delay, keeps) = passage(&of, setting)?;
    let loses = of.if_known("loses").map_or(Some(0.0), |loses| fraction(&loses))?;
    let timeout = match of.if_known("timeout") {
        Some(at) => Some(positive(&at)?),
        None => None,
    };
    let (to, kind, filter) = (to?, kind?, filter?);
    if let Some([From::Role(from)]) = starts.as_deref() {
        fits_its_desk(tag, &of, kind, roles, *from)?;
    }
    let one = |from| {
        (
            from,
            to,
            Link { kind, filter: filter.clone(), delay: delay.clone(), keeps, loses, timeout },
        )
    };
    Some(starts?.into_iter().map(one).collect())
}

/// The names of a design's roles, found quickly, and which of them are plain desks.
pub(super) struct RoleNames {
    names: Vec<String>,
    numbers: HashMap<String, u32>,
    /// `None` where that is not known, because the role could not be read.
    plain: Vec<Option<bool>>,
}

impl RoleNames {
    /// Roles by name, with what they do where it is known.
    pub(super) fn new<'w>(
        roles: impl IntoIterator<Item = (String, Option<&'w Work>)>,
    ) -> RoleNames {
        let (names, plain): (Vec<String>, Vec<Option<bool>>) = roles
            .into_iter()
            .map(|(name, work)| (name, work.map(|work| matches!(work, Work::Serve { .. }))))
            .unzip();
        let numbers = names.iter().enumerate().map(|(i, name)| (name.clone(), i as u32)).collect();
        RoleNames { names, numbers, plain }
    }

    /// The roles of an organization.
    pub(super) fn of(organization: &Organization) -> RoleNames {
        RoleNames::new(organization.roles().map(|(_, role)| (role.name.clone(), Some(&role.work))))
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

fn filter(of: &Object<'_>, setting: &Setting<'_, '_>) -> Option<Filter> {
    let matter = match of.if_known("matter") {
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
    Some(Filter {
        channels: setting.scope.channels(of.if_known("channels")),
        topics: setting.scope.topics(of.if_known("topics")),
        matter,
    })
}

/// Whether a link does something at the desk where it begins: plain desks pass on by share and do
/// nothing else, full ones decide case by case.
fn fits_its_desk(
    tag: &str,
    of: &Object<'_>,
    kind: LinkKind,
    roles: &RoleNames,
    from: RoleId,
) -> Option<()> {
    let plain = roles.plain[from.index()]?;
    let name = quote(&roles.names[from.index()]);
    match kind {
        LinkKind::RouteShare(_) if !plain => of.get("share")?.fail_with_help(
            "no-effect",
            format!("{name} is a full desk, which passes nothing on by `share`"),
            "state `when` it passes a case on: `always`, `unknown` or `wrong desk`",
        ),
        LinkKind::RouteShare(_) => return by_share(of),
        LinkKind::Route(_) if plain => of.get("when")?.fail_with_help(
            "no-effect",
            format!("{name} is a plain desk, which knows no `when`"),
            "state the `share` of its cases that it passes on",
        ),
        LinkKind::Overflow(_) | LinkKind::Consult | LinkKind::Escalate | LinkKind::Approve
            if plain =>
        {
            of.get("from")?.fail_with_help(
                "no-effect",
                format!("{name} is a plain desk: its `{tag}` links have no effect"),
                "a plain desk serves and passes on by `route`; for all else make it a `desk`",
            );
        }
        _ => return Some(()),
    }
    None
}

/// A route by share takes its topics and its delay, and nothing else.
fn by_share(of: &Object<'_>) -> Option<()> {
    let idle = [
        ("channels", "plain desks tell topics apart, and nothing else"),
        ("matter", "plain desks tell topics apart, and nothing else"),
        ("loses", "let the shares sum to less than 100%: the rest leaves"),
        ("keeps", "plain desks have no context to lose"),
        ("hand_off", "plain desks have no context to lose; state the `delay`"),
    ];
    let mut sound = Some(());
    for (key, help) in idle {
        if let Some(at) = of.get(key) {
            let message = format!("{} has no effect on a route by `share`", quote(key));
            at.fail_with_help("no-effect", message, help);
            sound = None;
        }
    }
    sound
}

/// A hand-off of the practice.
type OfPractice = fn(&Practice) -> &HandOff;

/// Words for the hand-offs of the practice.
pub(super) const HAND_OFFS: &[(&str, OfPractice)] = &[
    ("shared tool", |practice| &practice.shared_tool),
    ("other team", |practice| &practice.other_team),
    ("other company", |practice| &practice.other_company),
];

/// Delay and context kept: stated, or those of a kind of hand-off.
fn passage(of: &Object<'_>, setting: &Setting<'_, '_>) -> Option<(Law, f64)> {
    let practice = setting.practice;
    let base: Option<&HandOff> = match of.if_known("hand_off") {
        None => None,
        Some(at) => Some(at.word(HAND_OFFS)?(practice)),
    };
    let delay = match (of.if_known("delay"), base) {
        (Some(at), _) => law(&at, Bare::Constant)?,
        (None, Some(base)) => base.delay.clone(),
        (None, None) => Law::constant(0.0).ok()?,
    };
    let keeps = match (of.if_known("keeps"), base) {
        (Some(at), _) => fraction(&at)?,
        (None, Some(base)) => base.keeps,
        (None, None) => 1.0,
    };
    Some((delay, keeps))
}
