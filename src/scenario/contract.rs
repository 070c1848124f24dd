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
use super::risk::RISKS;
use super::text::approval;
use crate::model::archetype::{Archetype, Common, Contract, Takes};
use crate::model::{Organization, Risk};
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
    let own = plan.common();
    let playbook_only = of
        .or_default("may_answer", "designs.*.may_answer")
        .word(&[("playbook only", true), ("everything", false)]);
    Some(Contract {
        vendor: vendor?,
        vendor_open: hours.calendar,
        vendor_open_hours_per_week: hours.hours_per_week,
        approval: approved(of, own)?,
        authority: trusted(of, own)?,
        playbook_only: playbook_only?,
        takes,
        deal: deal(of)?,
    })
}

/// What binds the vendor as it binds the company's own people.
const AS_THE_DESIGN: &str = "as the design says";

/// The share of the vendor's replies that must be approved.
fn approved(of: &Object<'_>, own: &Common) -> Option<f64> {
    let at = of.or_default("approval", "designs.*.contract.approval");
    if at.is_text(AS_THE_DESIGN) {
        return Some(own.approval);
    }
    at.read("a share such as `15% of replies`", approval)
}

/// The highest risk at which the vendor answers without asking.
fn trusted(of: &Object<'_>, own: &Common) -> Option<Risk> {
    let at = of.or_default("authority", "designs.*.contract.authority");
    if at.is_text(AS_THE_DESIGN) {
        return Some(own.authority);
    }
    at.word(RISKS)
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

#[cfg(test)]
mod tests {
    use crate::model::{Risk, Work};
    use crate::scenario::{Overlay, Source, load};

    /// What binds the vendor's desk of a design with `approval` and `authority` of its own, and the defaults used.
    fn bound(own: &str, contract: &str) -> ((f64, Risk), Vec<&'static str>) {
        let text = format!(
            r#"{{ "orgsim": 1,
            "customers": {{ "messages": "9/hour", "topics": {{ "fraud": {{ "share": "100%", "risk": "high" }} }} }},
            "designs": {{ "A": {{
                "centralized": {{ "care agent": 5, "strategist": 1, "open": "Mon-Fri 08:00-18:00" {own} }},
                "contract": {{ "takes": "nights and weekends", "vendor": 3 {contract} }} }} }} }}"#
        );
        let scenario = load(&Source::new("test.json", text), &Overlay::default()).unwrap();
        let organization = &scenario.model.designs[0].organization;
        let vendor = organization.role(organization.find("vendor desk").unwrap());
        let Work::Desk(desk) = &vendor.work else { panic!("it replies") };
        let used = scenario.defaults_used.iter().map(|default| default.key);
        let used = used.filter(|key| key.contains(".contract.") || key.ends_with(".approval"));
        ((desk.approval, desk.authority), used.collect())
    }

    #[test]
    fn a_vendor_is_bound_as_the_design_is_unless_its_contract_says_otherwise() {
        let own = r#", "approval": "10% of replies", "authority": "medium""#;
        let both = vec!["designs.*.contract.approval", "designs.*.contract.authority"];
        assert_eq!(bound(own, ""), ((0.1, Risk::Medium), both));
        let of_its_own = r#", "approval": "0% of replies", "authority": "low""#;
        assert_eq!(bound(own, of_its_own), ((0.0, Risk::Low), vec![]));
        let in_words = r#", "approval": "as the design says", "authority": "as the design says""#;
        assert_eq!(bound(own, in_words), ((0.1, Risk::Medium), vec![]));
        let (unstated, used) = bound(r#", "authority": "low""#, "");
        assert_eq!(unstated, (0.06, Risk::Low));
        assert_eq!(used[0], "designs.*.approval");
    }
}
