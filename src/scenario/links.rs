//! Links of an explicit graph.

use std::collections::HashMap;

use super::cursor::{Cursor, Object};
use super::customers::positive;
use super::designs::Setting;
use super::keys::{
    APPROVE, CONSULT, ESCALATE, INTAKE, LINK, LISTEN, MATTER, OVERFLOW, POLICY, REPORT, ROUTE,
    Shape,
};
use super::languages::named;
use super::laws::{Bare, law, length};
use super::names::quote;
use super::risk::levels;
use super::shares::fraction;
use super::tree::Value;
use crate::draws::Law;
use crate::model::{
    ChannelId, Filter, From, HandOff, Help, Link, LinkKind, Matter, Organization, Overdue,
    Ownership, Practice, RoleId, RouteWhen, Work,
};
use crate::units::SimTime;

/// Add the links of one entry of a list; `None` if something is wrong with it.
pub(super) fn add_links(
    cursor: &Cursor<'_>,
    roles: &RoleNames,
    setting: &Setting<'_, '_>,
    organization: &mut Organization,
) -> Option<()> {
    for (from, to, link) in link(cursor, roles, setting)? {
        let same = |(desk, known): (RoleId, &Link)| {
            desk == to
                && matches!(known.kind, LinkKind::Overflow(_))
                && (known.filter == link.filter || known.filter == Filter::default())
        };
        if matches!(link.kind, LinkKind::Overflow(_))
            && organization.links_from(from).any(same)
            && let From::Role(id) = from
        {
            let name = |id| quote(&organization.role(id).name);
            cursor.fail_with_help(
                "second-overflow",
                format!("what waits at {} may be taken at {} already", name(id), name(to)),
                "a case waits in another line once: leave one of the two links out",
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
        "policy" => &POLICY,
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
    let (warm, give_up) = warm(&of)?;
    let hold = of.if_known("hold").map_or(Some(false), |hold| hold.flag())?;
    let ownership = ownership(&of, kind, roles, to)?;
    let (step, overdue) = panel(&of, timeout.is_some())?;
    let (holds, timeout) = (warm || hold, timeout.or(give_up));
    let (to, kind, filter) = (to?, kind?, filter?);
    if let Some([From::Role(from)]) = starts.as_deref() {
        fits_its_desk(tag, &of, kind, roles, *from)?;
        if warm {
            from_hand_to_hand(&of, roles, to)?;
        }
    }
    let one = |from| {
        (
            from,
            to,
            Link {
                kind,
                filter: filter.clone(),
                delay: delay.clone(),
                keeps,
                loses,
                timeout,
                holds,
                ownership,
                step,
                overdue,
            },
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
    /// What full desks do when they do not know; empty for all others.
    ladders: Vec<Vec<Help>>,
}

impl RoleNames {
    /// Roles by name, with what they do where it is known.
    pub(super) fn new<'w>(
        roles: impl IntoIterator<Item = (String, Option<&'w Work>)>,
    ) -> RoleNames {
        let (mut names, mut plain, mut ladders) = (Vec::new(), Vec::new(), Vec::new());
        for (name, work) in roles {
            names.push(name);
            plain.push(work.map(|work| matches!(work, Work::Serve { .. })));
            ladders.push(match work {
                Some(Work::Desk(desk)) => desk.ladder.clone(),
                _ => Vec::new(),
            });
        }
        let numbers = names.iter().enumerate().map(|(i, name)| (name.clone(), i as u32)).collect();
        RoleNames { names, numbers, plain, ladders }
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
        "policy" => LinkKind::Policy(positive(
            &of.or_default("refresh", "designs.*.graph.links.policy.refresh"),
        )?),
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
        risks: of.if_known("risk").map_or(Some(Vec::new()), |at| levels(&at))?,
        languages: of
            .if_known("languages")
            .map_or(Some(Vec::new()), |at| named(&at, &setting.scope.languages))?,
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
        LinkKind::Policy(_) => return policy(of, roles, from),
        LinkKind::Overflow(_) | LinkKind::Consult | LinkKind::Escalate | LinkKind::Approve
            if plain =>
        {
            of.get("from")?.fail_with_help(
                "no-effect",
                format!("{name} is a plain desk: its `{tag}` links have no effect"),
                "a plain desk serves and passes on by `route`; for all else make it a `desk`",
            );
        }
        LinkKind::Consult | LinkKind::Escalate => return on_the_ladder(tag, of, roles, from),
        _ => return Some(()),
    }
    None
}

/// Questions are put, and cases escalated, only at that step of the desk's ladder. Guessing ends it.
fn on_the_ladder(tag: &str, of: &Object<'_>, roles: &RoleNames, from: RoleId) -> Option<()> {
    let step = if tag == "consult" { Help::Consult } else { Help::Escalate };
    let before_guessing = |help: &&Help| **help != Help::Guess;
    if roles.ladders[from.index()].iter().take_while(before_guessing).any(|help| *help == step) {
        return Some(());
    }
    let name = quote(&roles.names[from.index()]);
    of.get("from")?.fail_with_help(
        "no-effect",
        format!(
            "{name} never comes to its `{tag}` links: its `ladder` has no such step before guessing"
        ),
        format!("write `\"{tag}\"` into the ladder of its desk, or leave the link out"),
    );
    None
}

/// Changes reach somebody else, who answers by them.
fn policy(of: &Object<'_>, roles: &RoleNames, from: RoleId) -> Option<()> {
    let to = role_of(&of.get("to")?, roles)?;
    let name = quote(&roles.names[to.index()]);
    let message = match () {
        () if to == from => format!("{name} gets its policies from itself"),
        () if roles.plain[to.index()] == Some(true) => {
            format!("{name} is a plain desk, which answers by no policy")
        }
        () => return Some(()),
    };
    of.get("to")?.fail_with_help("no-effect", message, "leave the link out");
    None
}

/// A route by share takes its topics and its delay, and nothing else.
fn by_share(of: &Object<'_>) -> Option<()> {
    let idle = [
        ("channels", "plain desks tell topics apart, and nothing else"),
        ("matter", "plain desks tell topics apart, and nothing else"),
        ("languages", "plain desks tell topics apart, and nothing else"),
        ("risk", "plain desks tell topics apart, and nothing else"),
        ("loses", "let the shares sum to less than 100%: the rest leaves"),
        ("keeps", "plain desks have no context to lose"),
        ("hand_off", "plain desks have no context to lose; state the `delay`"),
        ("warm", "plain desks do not talk a case through"),
        ("give_up", "plain desks do not talk a case through"),
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

/// Words for what happens when the time for a review is up.
pub(super) const OVERDUE: &[(&str, Overdue)] = &[
    ("go ahead", Overdue::GoAhead),
    ("next level", Overdue::NextLevel),
    ("holding reply", Overdue::HoldingReply),
];

/// In which step somebody reviews, and what happens when time is up.
fn panel(of: &Object<'_>, timed: bool) -> Option<(Option<u8>, Overdue)> {
    let step = match of.if_known("step") {
        Some(at) => Some(at.whole(1, 9)? as u8),
        None => None,
    };
    let Some(at) = of.if_known("overdue") else { return Some((step, Overdue::GoAhead)) };
    let overdue = at.word(OVERDUE)?;
    if !timed {
        let message = "`overdue` has no effect where a review is waited for as long as it takes";
        at.fail_with_help("no-effect", message, "state the `timeout`, or leave it out");
        return None;
    }
    Some((step, overdue))
}

/// Words for whose a post is that several desks see.
pub(super) const OWNERSHIPS: &[(&str, Ownership)] = &[
    ("owner only", Ownership::OwnerOnly),
    ("first to claim", Ownership::FirstToClaim),
    ("nobody", Ownership::Nobody),
];

/// Whose a post is that other desks see too. Accounts that customers choose are read by one desk, and plain desks
/// do not look at posts before they serve them.
fn ownership(
    of: &Object<'_>,
    kind: Option<LinkKind>,
    roles: &RoleNames,
    to: Option<RoleId>,
) -> Option<Ownership> {
    let Some(at) = of.if_known("ownership") else { return Some(Ownership::OwnerOnly) };
    let ownership = at.word(OWNERSHIPS)?;
    if ownership == Ownership::OwnerOnly {
        return Some(ownership);
    }
    if kind == Some(LinkKind::Intake { own_account: true }) {
        let message =
            "`ownership` has no effect on an account that customers choose: one desk reads it";
        at.fail_with_help("no-effect", message, "leave one of the two out");
        return None;
    }
    if let Some(to) = to.filter(|to| roles.plain[to.index()] == Some(true)) {
        let name = quote(&roles.names[to.index()]);
        let message = format!("{name} is a plain desk, which shares no posts with others");
        at.fail_with_help("no-effect", message, "leave `ownership` out, or make it a `desk`");
        return None;
    }
    Some(ownership)
}

/// Whether a hand-off is warm, and after which wait it turns cold.
pub(super) fn warm(of: &Object<'_>) -> Option<(bool, Option<SimTime>)> {
    let warm = of.if_known("warm").map_or(Some(false), |warm| warm.flag())?;
    let Some(at) = of.if_known("give_up") else { return Some((warm, None)) };
    let give_up = positive(&at)?;
    if !warm {
        let message = "`give_up` has no effect on a hand-off that nobody stays with";
        at.fail_with_help(
            "no-effect",
            message,
            "write `\"warm\": true` beside it, or leave it out",
        );
        return None;
    }
    Some((warm, Some(give_up)))
}

/// A warm hand-off is never under way, and needs somebody at the other end to talk to.
fn from_hand_to_hand(of: &Object<'_>, roles: &RoleNames, to: RoleId) -> Option<()> {
    let mut sound = Some(());
    for key in ["delay", "loses"] {
        if let Some(at) = of.get(key) {
            let message = format!("{} has no effect on a warm hand-off", quote(key));
            let help = "it goes from hand to hand: leave it out, or let the hand-off be cold";
            at.fail_with_help("no-effect", message, help);
            sound = None;
        }
    }
    if roles.plain[to.index()] == Some(true) {
        let name = quote(&roles.names[to.index()]);
        of.get("warm")?.fail_with_help(
            "no-effect",
            format!("{name} is a plain desk: nobody there talks a case through"),
            "leave `warm` out, or make it a `desk`",
        );
        sound = None;
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
