//! One person who does everything.

use super::cursor::Cursor;
use super::customers::positive;
use super::designs::Setting;
use super::keys::ONE_PERSON;
use super::opening::open;
use super::people::Post;
use super::roles::{DISCIPLINES, SHIFT_ENDS};
use crate::draws::Law;
use crate::model::archetype::present;
use crate::model::{
    ChannelId, Desk, Employer, Filter, From, Help, Knowledge, Link, LinkKind, Organization, People,
    Proactive, Role, Work,
};

/// The organization of one person: reads, answers, looks things up, and turns to mentions when idle.
pub(super) fn one_person(cursor: &Cursor<'_>, setting: &Setting<'_, '_>) -> Option<Organization> {
    let of = cursor.object_with_names(&ONE_PERSON)?;
    let mut heads = setting.kinds.heads(cursor, ONE_PERSON.keys)?;
    let at = heads.iter().position(|(post, _, _)| *post == Post::Front);
    let Some(at) = at else {
        cursor.fail("missing-post", format!("{} are missing here", Post::Front.words()));
        return None;
    };
    let (_, staff, _) = heads.remove(at);
    let hours = open(&of.or_default("open", "designs.*.open"), setting.clock);
    let shift_end = of.or_default("shift_end", "designs.*.shift_end").word(SHIFT_ENDS);
    let discipline = of.or_default("discipline", "designs.*.discipline").word(DISCIPLINES);
    let block = positive(&of.or_default("block", "designs.*.block"));
    let listens = of.or_default("listens", "designs.*.listens").flag();
    let (hours, listens) = (hours?, listens?);
    let world = setting.world;
    let kappas = setting.kappas;
    let matters = vec![kappas.unit_own; world.units.len()];
    let mut organization = Organization::new(world.channels.len());
    let role = organization.add_role(Role {
        name: staff.kind.name.clone(),
        unit: None,
        employer: Employer::Own,
        people: People::Some(present(staff.heads, staff.kind.hours_per_week, hours.hours_per_week)),
        heads: staff.heads,
        calendar: hours.calendar,
        block: block?,
        shift_end: shift_end?,
        discipline: discipline?,
        waiting_room: None,
        work: Work::Desk(Desk {
            triage: true,
            answer: true,
            ladder: vec![Help::Search, Help::Guess],
            approval: 0.0,
        }),
        knowledge: Knowledge::by_matter(world.topics.len(), kappas.generic_own, &matters),
        proactive: if listens { Proactive::WhenIdle { keep_free: 0 } } else { Proactive::Never },
        staffing: crate::model::Staffing::default(),
        cost_per_year: staff.heads * staff.kind.cost_per_year,
    });
    for channel in 0..world.channels.len() as u32 {
        let mut link = |kind| {
            let link = Link {
                kind,
                filter: Filter::default(),
                delay: Law::constant(0.0).ok()?,
                keeps: 1.0,
                loses: 0.0,
                timeout: None,
            };
            organization.add_link(From::Channel(ChannelId(channel)), role, link);
            Some(())
        };
        link(LinkKind::Intake { own_account: false })?;
        if listens {
            link(LinkKind::Listen)?;
        }
    }
    Some(organization)
}
