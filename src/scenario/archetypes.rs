//! Archetypes: from a people plan to the model's builders.

use super::balance::{Staffing, staffing};
use super::cursor::{Cursor, Object};
use super::customers::{a_second_at_least, positive};
use super::deal::deal;
use super::designs::Setting;
use super::discipline::DISCIPLINES;
use super::experts::experts;
use super::families::{dandelion, holistic, one_person, touchpoint};
use super::keys::{
    CENTRALIZED, DANDELION, DECENTRALIZED, HOLISTIC, HUB_AND_SPOKE, ONE_PERSON, OUTSOURCED, Shape,
    TOUCHPOINT,
};
use super::links::{OWNERSHIPS, warm};
use super::opening::{Open, open};
use super::people::Post;
use super::posts::Posts;
use super::risk::authority;
use super::roles::SHIFT_ENDS;
use super::shares::fraction;
use super::sites::sites;
use super::text::approval;
use crate::model::archetype::{
    Archetype, Centralized, Common, Decentralized, HubAndSpoke, Outsourced, Staff,
};
use crate::model::{Ownership, Risk};
use crate::units::SimTime;

/// What stands under an archetype's tag, being read.
pub(super) struct Body<'a, 't> {
    pub(super) cursor: &'a Cursor<'t>,
    pub(super) of: Object<'t>,
    pub(super) shape: &'static Shape,
    pub(super) setting: &'a Setting<'a, 'a>,
    pub(super) split: Option<Staffing>,
}

/// The plan of an archetype and how its people are split.
pub(super) fn plan(
    tag: &str,
    cursor: &Cursor<'_>,
    setting: &Setting<'_, '_>,
) -> Option<(Archetype, Staffing)> {
    type Read = fn(&Body<'_, '_>) -> Option<(Archetype, Staffing)>;
    // People stand in places of their own, or beside the other keys.
    let (shape, beside, read): (&'static Shape, bool, Read) = match tag {
        "centralized" => (&CENTRALIZED, true, centralized),
        "decentralized" => (&DECENTRALIZED, false, decentralized),
        "hub_and_spoke" => (&HUB_AND_SPOKE, false, hub_and_spoke),
        "dandelion" => (&DANDELION, false, dandelion),
        "holistic" => (&HOLISTIC, false, holistic),
        "touchpoint" => (&TOUCHPOINT, true, touchpoint),
        "one_person" => (&ONE_PERSON, true, one_person),
        _ => (&OUTSOURCED, true, outsourced),
    };
    let of = if beside { cursor.object_with_names(shape)? } else { cursor.object(shape)? };
    let split = if tag == "one_person" { Some(Staffing::AsStated) } else { staffing(&of) };
    read(&Body { cursor, of, shape, setting, split })
}

impl<'a, 't> Body<'a, 't> {
    /// The people who stand beside the other keys.
    pub(super) fn people(&'a self, start: f64) -> Posts<'a, 't> {
        let (cursor, keys) = (self.cursor, self.shape.keys);
        Posts::read(cursor, Some(cursor), keys, self.setting, self.split, start)
    }

    /// The people of a place.
    pub(super) fn people_of(&'a self, key: &'static str, start: f64) -> Option<Posts<'a, 't>> {
        let place = self.of.place(key, self.split)?;
        Some(Posts::read(self.cursor, place.as_ref(), &[], self.setting, self.split, start))
    }

    /// Those who answer, somebody who approves, and perhaps an analyst.
    pub(super) fn team(&'a self, key: &'static str, start: f64) -> Option<Team> {
        let mut posts = self.people_of(key, start)?;
        let (front, strategist) = (posts.need(Post::Front), posts.need(Post::Strategist));
        let analyst = posts.take(Post::Analyst);
        posts.finish();
        Some(Team { front: front?, strategist: strategist?, analyst })
    }

    /// Whether somebody must be there to approve: unless the author says that nothing is approved.
    pub(super) fn needs_approver(&self, common: Option<&Common>) -> bool {
        let decided = matches!(self.split, Some(Staffing::Balanced | Staffing::Busy(_)));
        let nothing = self.of.has("approval") && common.is_some_and(|of| of.approval <= 0.0);
        decided || !nothing
    }

    /// A length above zero that may be left out.
    pub(super) fn perhaps_after(&self, key: &'static str) -> Option<Option<SimTime>> {
        match self.of.get(key) {
            Some(after) => positive(&after).map(Some),
            None => Some(None),
        }
    }

    /// Whether all of a unit's matters are sent on.
    pub(super) fn route_all(&self) -> Option<bool> {
        self.of
            .or_default("route", "designs.*.route")
            .word(&[("what the hub does not know", false), ("all unit matters", true)])
    }

    pub(super) fn own_accounts(&self) -> Option<bool> {
        self.of.or_default("own_accounts", "designs.*.own_accounts").flag()
    }

    /// A design made of business units cannot do without them.
    pub(super) fn need_units(&self) -> Option<()> {
        if self.setting.world.units.is_empty() {
            // those that are stated and could not be read are told of already
            if self.cursor.report.failed_below("/customers/business_units") {
                return None;
            }
            self.cursor.fail_with_help(
                "missing-key",
                "this design is made of business units, and there are none",
                "name them: `\"customers\": { \"business_units\": [\"phones\", \"tablets\"], … }`",
            );
            return None;
        }
        Some(())
    }
}

/// The people of one place with an approver.
pub(super) struct Team {
    pub(super) front: Staff,
    pub(super) strategist: Staff,
    pub(super) analyst: Option<Staff>,
}

fn centralized(body: &Body<'_, '_>) -> Option<(Archetype, Staffing)> {
    let common = common(&body.of, body.setting);
    let mut posts = body.people(10.0);
    let front = posts.need(Post::Front);
    let strategist = posts.perhaps(Post::Strategist, body.needs_approver(common.as_ref()));
    let analyst = posts.take(Post::Analyst);
    posts.finish();
    let (common, front, strategist) = (common?, front?, strategist?);
    let plan = Centralized { common, front, strategist, analyst };
    Some((Archetype::Centralized(plan), body.split?))
}

fn decentralized(body: &Body<'_, '_>) -> Option<(Archetype, Staffing)> {
    let common = common(&body.of, body.setting);
    body.need_units()?;
    let team = body.team("each_unit", 2.5);
    let own_accounts = body.own_accounts();
    let ownership = ownership(body, own_accounts)?;
    let Team { front, strategist, analyst } = team?;
    let plan = Decentralized {
        common: common?,
        front,
        strategist,
        analyst,
        own_accounts: own_accounts?,
        ownership,
    };
    Some((Archetype::Decentralized(plan), body.split?))
}

/// Whose a post is, where all units read the same accounts.
fn ownership(body: &Body<'_, '_>, own_accounts: Option<bool>) -> Option<Ownership> {
    let Some(at) = body.of.get("ownership") else { return Some(Ownership::OwnerOnly) };
    let ownership = at.word(OWNERSHIPS)?;
    if own_accounts == Some(true) && ownership != Ownership::OwnerOnly {
        let message = "`ownership` has no effect where each unit has accounts of its own: one desk reads each";
        at.idle(message, "write `\"own_accounts\": false`, or leave it out");
        return Some(Ownership::OwnerOnly);
    }
    Some(ownership)
}

fn hub_and_spoke(body: &Body<'_, '_>) -> Option<(Archetype, Staffing)> {
    let common = common(&body.of, body.setting);
    body.need_units()?;
    let team = body.team("hub", 6.0);
    let mut spokes = body.people_of("each_spoke", 0.7)?;
    let spoke = spokes.need(Post::Front);
    spokes.finish();
    let helps = body.perhaps_after("hub_helps_after");
    let spokes_help = body.perhaps_after("spokes_help_after");
    let all = body.route_all();
    let Team { front, strategist, analyst } = team?;
    let plan = HubAndSpoke {
        common: common?,
        front,
        strategist,
        analyst,
        spoke: spoke?,
        hub_helps_after: helps?,
        spokes_help_after: spokes_help?,
        route_all_unit_matters: all?,
        direct_intake: body.setting.scope.channels(body.of.get("direct_intake")),
    };
    Some((Archetype::HubAndSpoke(plan), body.split?))
}

fn outsourced(body: &Body<'_, '_>) -> Option<(Archetype, Staffing)> {
    let of = &body.of;
    let common = common(of, body.setting);
    let mut posts = body.people(1.5);
    let vendor = posts.need(Post::Vendor);
    let (front, strategist) = (posts.need(Post::Front), posts.need(Post::Strategist));
    let analyst = posts.take(Post::Analyst);
    posts.finish();
    let vendor_open =
        open(&of.or_default("vendor_open", "designs.*.vendor_open"), body.setting.clock);
    let playbook_only = of
        .or_default("may_answer", "designs.*.may_answer")
        .word(&[("playbook only", true), ("everything", false)]);
    let Open { calendar, hours_per_week } = vendor_open?;
    let plan = Outsourced {
        common: common?,
        vendor: vendor?,
        front: front?,
        strategist: strategist?,
        analyst,
        vendor_open: calendar,
        vendor_open_hours_per_week: hours_per_week,
        playbook_only: playbook_only?,
        deal: deal(of)?,
    };
    Some((Archetype::Outsourced(plan), body.split?))
}

/// What every plan states.
pub(super) fn common(of: &Object<'_>, setting: &Setting<'_, '_>) -> Option<Common> {
    let alone = alone(of, setting);
    let approval = of
        .or_default("approval", "designs.*.approval")
        .read("a share such as `15% of replies`", approval);
    let keep_free = of.or_default("keep_free", "designs.*.keep_free").whole(0, 1_000_000);
    let experts = experts(of, setting);
    let (warm, give_up) = warm(of)?;
    Some(Common {
        warm,
        give_up,
        hold: of.if_known("hold").map_or(Some(false), |hold| hold.flag())?,
        centralization: of.if_known("centralization").map_or(Some(0.0), |c| fraction(&c))?,
        approval: approval?,
        authority: authority(of)?,
        expert: experts?,
        keep_free: keep_free? as u32,
        sites: match of.get("sites") {
            Some(at) => Some(sites(&at, setting)?),
            None => None,
        },
        ..alone?
    })
}

/// What even those state who have nobody to ask and nobody who approves.
pub(super) fn alone(of: &Object<'_>, setting: &Setting<'_, '_>) -> Option<Common> {
    let hours = open(&of.or_default("open", "designs.*.open"), setting.clock);
    let shift_end = of.or_default("shift_end", "designs.*.shift_end").word(SHIFT_ENDS);
    let discipline = of.or_default("discipline", "designs.*.discipline").word(DISCIPLINES);
    let block = a_second_at_least(&of.or_default("block", "designs.*.block"));
    let front_listens = of.or_default("listens", "designs.*.listens").flag();
    let Open { calendar, hours_per_week } = hours?;
    Some(Common {
        open: calendar,
        open_hours_per_week: hours_per_week,
        sites: None,
        approval: 0.0,
        authority: Risk::High,
        expert: None,
        shift_end: shift_end?,
        discipline: discipline?,
        block: block?,
        front_listens: front_listens?,
        keep_free: 0,
        warm: false,
        give_up: None,
        hold: false,
        centralization: 0.0,
        kappas: setting.kappas,
    })
}
