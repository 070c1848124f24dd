//! Archetypes: from a people plan to the model's builders.

use super::balance::{Staffing, staffing};
use super::cursor::{Cursor, Object};
use super::customers::positive;
use super::designs::Setting;
use super::keys::{CENTRALIZED, DECENTRALIZED, HUB_AND_SPOKE, OUTSOURCED, Shape};
use super::opening::{Open, open};
use super::people::Post;
use super::roles::{DISCIPLINES, SHIFT_ENDS};
use super::text::approval;
use crate::model::archetype::{
    Archetype, Centralized, Common, Decentralized, HubAndSpoke, Outsourced, Staff,
};

/// The plan of an archetype and how its people are split.
pub(super) fn plan(
    tag: &str,
    cursor: &Cursor<'_>,
    setting: &Setting<'_, '_>,
) -> Option<(Archetype, Staffing)> {
    let shape: &'static Shape = match tag {
        "centralized" => &CENTRALIZED,
        "decentralized" => &DECENTRALIZED,
        "hub_and_spoke" => &HUB_AND_SPOKE,
        _ => &OUTSOURCED,
    };
    let of = cursor.object_with_names(shape)?;
    let split = staffing(&of);
    let common = common(&of, setting);
    let archetype = match tag {
        "centralized" => {
            let mut posts = Posts::read(cursor, Some(cursor), shape.keys, setting, split, 10.0);
            let (front, strategist) = (posts.need(Post::Front), posts.need(Post::Strategist));
            let analyst = posts.take(Post::Analyst);
            posts.finish();
            Archetype::Centralized(Centralized {
                common: common?,
                front: front?,
                strategist: strategist?,
                analyst,
            })
        }
        "decentralized" => {
            need_units(cursor, setting)?;
            let mut posts = Posts::read(
                cursor,
                of.place("each_unit", split)?.as_ref(),
                &[],
                setting,
                split,
                2.5,
            );
            let (front, strategist) = (posts.need(Post::Front), posts.need(Post::Strategist));
            let analyst = posts.take(Post::Analyst);
            posts.finish();
            let own_accounts = of.or_default("own_accounts", "designs.*.own_accounts").flag();
            Archetype::Decentralized(Decentralized {
                common: common?,
                front: front?,
                strategist: strategist?,
                analyst,
                own_accounts: own_accounts?,
            })
        }
        "hub_and_spoke" => {
            need_units(cursor, setting)?;
            let mut hub =
                Posts::read(cursor, of.place("hub", split)?.as_ref(), &[], setting, split, 6.0);
            let (front, strategist) = (hub.need(Post::Front), hub.need(Post::Strategist));
            let analyst = hub.take(Post::Analyst);
            hub.finish();
            let mut spokes = Posts::read(
                cursor,
                of.place("each_spoke", split)?.as_ref(),
                &[],
                setting,
                split,
                0.7,
            );
            let spoke = spokes.need(Post::Front);
            spokes.finish();
            let helps = match of.get("hub_helps_after") {
                Some(after) => Some(positive(&after)?),
                None => None,
            };
            let all = of
                .or_default("route", "designs.*.route")
                .word(&[("what the hub does not know", false), ("all unit matters", true)]);
            Archetype::HubAndSpoke(HubAndSpoke {
                common: common?,
                front: front?,
                strategist: strategist?,
                analyst,
                spoke: spoke?,
                hub_helps_after: helps,
                route_all_unit_matters: all?,
            })
        }
        _ => {
            let mut posts = Posts::read(cursor, Some(cursor), shape.keys, setting, split, 1.5);
            let vendor = posts.need(Post::Vendor);
            let (front, strategist) = (posts.need(Post::Front), posts.need(Post::Strategist));
            let analyst = posts.take(Post::Analyst);
            posts.finish();
            let vendor_open =
                open(&of.or_default("vendor_open", "designs.*.vendor_open"), setting.clock);
            let playbook_only = of
                .or_default("may_answer", "designs.*.may_answer")
                .word(&[("playbook only", true), ("everything", false)]);
            let Open { calendar, hours_per_week } = vendor_open?;
            Archetype::Outsourced(Outsourced {
                common: common?,
                vendor: vendor?,
                front: front?,
                strategist: strategist?,
                analyst,
                vendor_open: calendar,
                vendor_open_hours_per_week: hours_per_week,
                playbook_only: playbook_only?,
            })
        }
    };
    Some((archetype, split?))
}

fn common(of: &Object<'_>, setting: &Setting<'_, '_>) -> Option<Common> {
    let hours = open(&of.or_default("open", "designs.*.open"), setting.clock);
    let approval = of
        .or_default("approval", "designs.*.approval")
        .read("a share such as `15% of replies`", approval);
    let shift_end = of.or_default("shift_end", "designs.*.shift_end").word(SHIFT_ENDS);
    let discipline = of.or_default("discipline", "designs.*.discipline").word(DISCIPLINES);
    let block = positive(&of.or_default("block", "designs.*.block"));
    let front_listens = of.or_default("listens", "designs.*.listens").flag();
    let keep_free = of.or_default("keep_free", "designs.*.keep_free").whole(0, 1_000_000);
    let Open { calendar, hours_per_week } = hours?;
    Some(Common {
        open: calendar,
        open_hours_per_week: hours_per_week,
        approval: approval?,
        expert: if setting.world.units.is_empty() { None } else { setting.kinds.expert() },
        shift_end: shift_end?,
        discipline: discipline?,
        block: block?,
        front_listens: front_listens?,
        keep_free: keep_free? as u32,
        kappas: setting.kappas,
    })
}

fn need_units(cursor: &Cursor<'_>, setting: &Setting<'_, '_>) -> Option<()> {
    if setting.world.units.is_empty() {
        cursor.fail_with_help(
            "missing-key",
            "this design is made of business units, and there are none",
            "name them: `\"customers\": { \"business_units\": [\"phones\", \"tablets\"], … }`",
        );
        return None;
    }
    Some(())
}

impl<'t> Object<'t> {
    /// The people of a place: under its key, which may be left out only where the load decides.
    fn place(&self, key: &'static str, split: Option<Staffing>) -> Option<Option<Cursor<'t>>> {
        match split {
            Some(Staffing::AsStated) | None => self.need(key).map(Some),
            _ => Some(self.get(key)),
        }
    }
}

/// The heads of one place, taken post by post.
struct Posts<'a, 't> {
    cursor: Cursor<'t>,
    heads: Vec<(Post, Staff, String)>,
    setting: &'a Setting<'a, 'a>,
    /// Front-line heads from which the load's split starts; `None` if the author decides.
    start: Option<f64>,
}

impl<'a, 't> Posts<'a, 't> {
    /// The heads stated at a place; what is missing is told at `design` if there is no place.
    fn read(
        design: &Cursor<'t>,
        place: Option<&Cursor<'t>>,
        except: &[&'static str],
        setting: &'a Setting<'_, '_>,
        split: Option<Staffing>,
        start: f64,
    ) -> Posts<'a, 't> {
        let decided = matches!(split, Some(Staffing::Balanced | Staffing::Busy(_)));
        let heads = place.and_then(|place| setting.kinds.heads(place, except)).unwrap_or_default();
        Posts {
            cursor: place.unwrap_or(design).clone(),
            heads,
            setting,
            start: decided.then_some(start),
        }
    }

    fn take(&mut self, post: Post) -> Option<Staff> {
        let at = self.heads.iter().position(|(taken, _, _)| *taken == post)?;
        Some(self.heads.remove(at).1)
    }

    fn need(&mut self, post: Post) -> Option<Staff> {
        if let Some(staff) = self.take(post) {
            return Some(staff);
        }
        let usual = match post {
            Post::Front => ("care agent", self.start),
            Post::Vendor => ("vendor", self.start.map(|start| start * 9.0)),
            _ => ("strategist", self.start.map(|_| 1.0)),
        };
        if let (name, Some(heads)) = usual
            && let Some((kind, _)) = self.setting.kinds.find(name)
        {
            return Some(Staff { kind, heads });
        }
        self.cursor.fail("missing-post", format!("{} are missing here", post.words()));
        None
    }

    fn finish(self) {
        for (post, staff, pointer) in self.heads {
            let at = Cursor { pointer, ..self.cursor.clone() };
            at.fail_with_help(
                "no-place",
                format!("there is no place here for {}", post.words()),
                format!("move `{}` elsewhere, or leave it out", staff.kind.name),
            );
        }
    }
}
