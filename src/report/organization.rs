//! From a design to the data of its picture.

use crate::model::{
    Design, Employer, From, LinkKind, Practice, Role, RouteWhen, Topic, Work, World,
};
use crate::present::heads;
use crate::present::plot::{self, Caption, LinkEnd, OrgChannel, OrgLink, OrgPicture, OrgRole};
use crate::units::{SimTime, counted};

/// The picture of a design: channels, roles in their units, and what passes between them.
///
/// `busy` holds the busy share of each role in the order of the organization; fewer or none where that
/// is not known. Mentions are seen over the same channels as messages, so listening draws a line
/// only to roles that nothing else brings work to. Who approves is drawn only beside a desk of whose replies some are to be.
pub fn organization_picture(
    world: &World,
    practice: &Practice,
    design: &Design,
    busy: &[Option<f64>],
) -> OrgPicture {
    let organization = &design.organization;
    let channels = world.channels.iter();
    let channels = channels
        .map(|channel| OrgChannel { name: channel.name.clone(), private: channel.private })
        .collect();
    let roles: Vec<OrgRole> = organization
        .roles()
        .map(|(id, role)| OrgRole {
            name: role.name.clone(),
            unit: role.unit.map(|unit| world.units[unit.index()].clone()),
            employer_vendor: role.employer != Employer::Own,
            heads: role.headcount().unwrap_or(f64::INFINITY),
            busy: busy.get(id.index()).copied().flatten(),
            layer: None,
        })
        .collect();
    let mut links: Vec<OrgLink> = Vec::new();
    let served = |to| {
        let served = |kind: &LinkKind| *kind != LinkKind::Listen && kind.carries_cases();
        organization.links().any(|(_, target, link)| target == to && served(&link.kind))
    };
    for (from, to, link) in organization.links() {
        // who listens is drawn beside the channels only if nothing else brings work there
        if link.kind == LinkKind::Listen && served(to) {
            continue;
        }
        let asks = |id| needs_approval(world, practice, organization.role(id));
        if link.kind == LinkKind::Approve && matches!(from, From::Role(id) if !asks(id)) {
            continue;
        }
        let from = match from {
            From::Channel(id) => LinkEnd::Channel(id.index()),
            From::Role(id) => LinkEnd::Role(id.index()),
        };
        let (kind, label) = drawn(&link.kind);
        let same = |known: &&mut OrgLink| {
            known.from == from && known.to == to.index() && known.kind == kind
        };
        match links.iter_mut().find(same) {
            // several filters between the same two are one line
            Some(known) if known.label != label => known.label = None,
            Some(_) => {}
            None => links.push(OrgLink { from, to: to.index(), kind, label }),
        }
    }
    let caption = Caption::new(design.name.clone())
        .subtitle(format!(
            "{}, {}",
            counted(roles.len(), "role", "roles"),
            counted(heads(design.headcount), "person", "people")
        ))
        .alt(format!(
            "The organization {}: {}, {}, {}.",
            design.name,
            counted(world.channels.len(), "channel", "channels"),
            counted(roles.len(), "role", "roles"),
            counted(links.len(), "link", "links")
        ));
    OrgPicture { caption, channels, roles, links }
}

/// Whether any reply of a role may have to be approved.
fn needs_approval(world: &World, practice: &Practice, role: &Role) -> bool {
    let Work::Desk(desk) = &role.work else { return true };
    let loud = world.goes_public() && 0.0 < practice.approve_loud;
    let of = |topic: &Topic| topic.always_approved || !topic.risks.at_most(desk.authority);
    desk.answer && (0.0 < desk.approval || loud || world.topics.iter().any(of))
}

/// The kind of line a link is drawn as, and the words at it.
fn drawn(kind: &LinkKind) -> (plot::LinkKind, Option<String>) {
    match kind {
        LinkKind::Intake { .. } => (plot::LinkKind::Intake, None),
        LinkKind::Listen => (plot::LinkKind::Listen, None),
        LinkKind::RouteShare(share) => {
            (plot::LinkKind::Route, Some(format!("{:.0}%", 100.0 * share)))
        }
        LinkKind::Route(RouteWhen::Always) => (plot::LinkKind::Route, None),
        LinkKind::Route(RouteWhen::Unknown) => (plot::LinkKind::Route, Some("if not known".into())),
        LinkKind::Route(RouteWhen::WrongDesk) => (plot::LinkKind::Route, Some("wrong desk".into())),
        LinkKind::Overflow(after) => {
            (plot::LinkKind::Route, Some(format!("after {}", length(*after))))
        }
        LinkKind::Consult => (plot::LinkKind::Consult, None),
        LinkKind::Escalate => (plot::LinkKind::Escalate, None),
        LinkKind::Approve => (plot::LinkKind::Approve, None),
        LinkKind::Report => (plot::LinkKind::Report, None),
        LinkKind::Policy(_) => (plot::LinkKind::Report, Some("playbook".into())),
    }
}

/// A length of time as people write it beside a line: `45 min`, `2h`, `1h 30m`.
fn length(after: SimTime) -> String {
    let text = after.to_string();
    let only = text.strip_suffix('m').filter(|count| count.bytes().all(|b| b.is_ascii_digit()));
    only.map_or_else(|| text.clone(), |count| format!("{count} min"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Overlay, Source, load};

    #[test]
    fn a_channel_is_listened_to_where_nobody_takes_its_messages_in() {
        let (kind, label) = drawn(&LinkKind::Listen);
        assert_eq!((kind.name(), label), ("is listened to", None));
        assert_eq!(drawn(&LinkKind::Intake { own_account: false }).0.name(), "comes in");
    }

    #[test]
    fn nobody_needs_an_approval_that_no_reply_asks_for() {
        let lines = |approval: &str, topic: &str| {
            let text = format!(
                r#"{{ "orgsim": 1,
                "customers": {{ "messages": "300/day", "need_unit_knowledge": "0%",
                    "topics": {{ "question": {{ "share": "100%", "work": "5m"{topic} }} }} }},
                "designs": {{ "A": {{ "centralized": {{ "care agent": 9, "strategist": 1, "approval": "{approval} of replies" }} }} }} }}"#
            );
            let source = Source::new("mine.json", text);
            let model = load(&source, &Overlay::default()).expect("it is sound").model;
            let picture =
                organization_picture(&model.world, &model.practice, &model.designs[0], &[]);
            picture.links.iter().filter(|link| link.kind == plot::LinkKind::Approve).count()
        };
        assert_eq!(lines("0%", ""), 0);
        assert_eq!(lines("6%", ""), 1);
        assert_eq!(lines("0%", r#", "approval": "always""#), 1);
    }

    #[test]
    fn a_label_tells_a_length_of_time_as_people_write_it() {
        let label = |minutes: u64| drawn(&LinkKind::Overflow(SimTime::MINUTE.times(minutes))).1;
        let labels = [45, 120, 90, 1440].map(|minutes| label(minutes).unwrap_or_default());
        assert_eq!(labels, ["after 45 min", "after 2h", "after 1h 30m", "after 1d"]);
    }
}
