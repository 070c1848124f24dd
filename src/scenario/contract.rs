//! A contract: a vendor laid over an archetype.

use std::sync::Arc;

use super::balance::Staffing;
use super::cursor::{Cursor, Object};
use super::customers::positive;
use super::deal::deal;
use super::designs::Setting;
use super::keys::CONTRACT;
use super::opening::{Open, open};
use super::people::Post;
use super::posts::Posts;
use super::risk::authority;
use super::text::approval;
use crate::model::Organization;
use crate::model::archetype::{Archetype, Contract, Takes};
use crate::units::{HOURS_A_WEEK, SimTime};

/// What a vendor gets, in the author's words.
#[derive(Clone, Copy, PartialEq)]
enum Scope {
    Everything,
    WhatWaits,
    NightsAndWeekends,
}

/// Lay the contract of a design over what was built from its plan.
pub(super) fn contract(
    cursor: &Cursor<'_>,
    built: &mut Organization,
    (plan, staffing): (Option<&Archetype>, Staffing),
    setting: &Setting<'_, '_>,
) -> Option<()> {
    let Some(plan) = plan else {
        cursor.fail_with_help(
            "no-plan",
            "a contract is laid over an archetype, and this is an explicit graph",
            "state the vendor as a role of the graph, with `vendor` and `open`",
        );
        return None;
    };
    if staffing != Staffing::AsStated {
        cursor.fail_with_help(
            "two-tags",
            "people are split by a load that knows nothing of the contract",
            "state the people of each place, and leave `staff` out",
        );
        return None;
    }
    let of = cursor.object_with_names(&CONTRACT)?;
    let contract = terms(&of, plan, setting)?;
    *built = contract.sign(built, plan.common(), setting.world, setting.practice);
    Some(())
}

fn terms(of: &Object<'_>, plan: &Archetype, setting: &Setting<'_, '_>) -> Option<Contract> {
    let mut posts = Posts::read(&of.cursor, Some(&of.cursor), CONTRACT.keys, setting, None, 0.0);
    let vendor = posts.need(Post::Vendor);
    posts.finish();
    let scope = of.need("takes").and_then(|takes| {
        takes.word(&[
            ("everything", Scope::Everything),
            ("what waits", Scope::WhatWaits),
            ("nights and weekends", Scope::NightsAndWeekends),
        ])
    })?;
    let takes = takes(of, scope)?;
    let hours = hours(of, scope, plan, setting)?;
    let approval = of
        .or_default("approval", "designs.*.approval")
        .read("a share such as `15% of replies`", approval);
    let playbook_only = of
        .or_default("may_answer", "designs.*.may_answer")
        .word(&[("playbook only", true), ("everything", false)]);
    Some(Contract {
        vendor: vendor?,
        vendor_open: hours.calendar,
        vendor_open_hours_per_week: hours.hours_per_week,
        approval: approval?,
        authority: authority(of)?,
        playbook_only: playbook_only?,
        takes,
        deal: deal(of)?,
    })
}

/// After which wait the vendor helps. At night it needs no wait: what is there then waits anyway.
fn takes(of: &Object<'_>, scope: Scope) -> Option<Takes> {
    if scope == Scope::WhatWaits {
        return Some(Takes::Waiting(positive(&of.need("after")?)?));
    }
    if let Some(after) = of.get("after") {
        after.fail_with_help(
            "two-tags",
            "only a vendor who takes what waits does so after a while",
            "leave `after` out, or write `\"takes\": \"what waits\"`",
        );
        return None;
    }
    Some(if scope == Scope::Everything { Takes::Everything } else { Takes::Waiting(SimTime::ZERO) })
}

/// The vendor's hours: stated, or whenever the company's own people are not there.
fn hours(
    of: &Object<'_>,
    scope: Scope,
    plan: &Archetype,
    setting: &Setting<'_, '_>,
) -> Option<Open> {
    if scope != Scope::NightsAndWeekends {
        return open(&of.or_default("open", "designs.*.vendor_open"), setting.clock);
    }
    if let Some(at) = of.get("open") {
        at.fail_with_help(
            "two-tags",
            "nights and weekends are when the company's own people are not there",
            "leave `open` out, or write `\"takes\": \"what waits\"`",
        );
        return None;
    }
    let own = plan.common();
    let hours_per_week = HOURS_A_WEEK - own.open_hours_per_week;
    if hours_per_week <= 0.0 {
        of.cursor.fail("empty-hours", "the company's own people are always there");
        return None;
    }
    let calendar = own.open.complement(setting.clock.listed_weeks());
    Some(Open { calendar: Arc::new(calendar), hours_per_week })
}
