//! How work is done, and who knows what.

use super::cursor::{Cursor, Object};
use super::keys::{DECISION, DECISIONS, HAND_OFF, KNOWLEDGE, PRACTICE};
use super::laws::{Bare, law, lognormal};
use super::shares::{fraction, percent};
use super::tree::{Node, Value};
use crate::draws::Law;
use crate::model::archetype::Kappas;
use crate::model::{Decisions, HandOff, Practice};
use crate::units;

/// An object at a key of the root, or an empty one where it is missing.
pub(super) fn block<'t, R>(
    root: &Object<'t>,
    key: &'static str,
    read: impl FnOnce(&Cursor<'_>) -> Option<R>,
) -> Option<R> {
    match root.get(key) {
        Some(at) => read(&at),
        None => {
            let node = Node { value: Value::Object(Vec::new()), range: 0..0, origin: None };
            read(&Cursor {
                node: &node,
                pointer: format!("{}/{key}", root.cursor.pointer),
                report: root.cursor.report,
            })
        }
    }
}

/// Times and shares of the work; `consult` is the consult time stated with the experts, in minutes.
pub(super) fn practice(cursor: &Cursor<'_>, consult: Option<f64>) -> Option<Practice> {
    let of = cursor.object(&PRACTICE)?;
    let failed = || Law::constant(1.0).expect("a minute is a length");
    let time = |key: &'static str| {
        law(&of.or_default(key, &format!("practice.{key}")), Bare::Work).unwrap_or_else(failed)
    };
    let share =
        |key: &'static str| percent(&of.or_default(key, &format!("practice.{key}"))).unwrap_or(0.0);
    let passage = |key: &'static str| {
        let at = of.or_default(key, &format!("practice.{key}"));
        hand_off(&at).unwrap_or_else(|| HandOff { delay: failed(), keeps: 1.0 })
    };
    let consult = match (of.get("consult"), consult) {
        (None, Some(mean)) => lognormal(cursor, mean, 1.5).unwrap_or_else(failed),
        (at, stated) => {
            if let (Some(at), Some(_)) = (&at, stated) {
                at.fail_with_help(
                    "two-tags",
                    "the consult time is stated here and with the experts",
                    "keep one of the two",
                );
            }
            time("consult")
        }
    };
    Some(Practice {
        triage: time("triage"),
        recognize: time("recognize"),
        ask: time("ask"),
        consult,
        review: time("review"),
        legal_review: time("legal_review"),
        search: time("search"),
        engage: time("engage"),
        first_reply: share("first_reply"),
        later_reply: share("later_reply"),
        brief_reply: share("brief_reply"),
        rework: share("rework"),
        reread: share("reread"),
        triage_errs: share("triage_errs"),
        error: share("error"),
        guess_wrong: share("guess_wrong"),
        guess_times: of
            .or_default("guess_times", "practice.guess_times")
            .number(0.0, 1000.0)
            .unwrap_or(1.0),
        search_finds: share("search_finds"),
        approve_loud: share("approve_loud"),
        caught: share("caught"),
        context_settles: share("context_settles"),
        scan: law(&of.or_default("scan", "practice.scan"), Bare::Constant).unwrap_or_else(failed),
        find: law(&of.or_default("find", "practice.find"), Bare::Constant).unwrap_or_else(failed),
        orphaned: law(&of.or_default("orphaned", "practice.orphaned"), Bare::Constant)
            .unwrap_or_else(failed),
        policy_change: law(
            &of.or_default("policy_change", "practice.policy_change"),
            Bare::Constant,
        )
        .unwrap_or_else(failed),
        change_concerns: share("change_concerns"),
        notice: law(&of.or_default("notice", "practice.notice"), Bare::Constant)
            .unwrap_or_else(failed),
        claim_shows: law(&of.or_default("claim_shows", "practice.claim_shows"), Bare::Constant)
            .unwrap_or_else(failed),
        left_to_others: share("left_to_others"),
        confer: time("confer"),
        decide: time("decide"),
        decisions: decisions(&of)?,
        shared_tool: passage("shared_tool"),
        other_team: passage("other_team"),
        other_company: passage("other_company"),
    })
}

/// What is decided about exceptions, by level.
fn decisions(of: &Object<'_>) -> Option<[Decisions; 3]> {
    let at = of.or_default("decisions", "practice.decisions");
    let levels = at.object(&DECISIONS)?;
    let level = |key: &'static str| {
        let at = levels.need(key)?;
        let of = at.object(&DECISION)?;
        let rework = of.need("rework").and_then(|share| percent(&share));
        let quick_fix = of.need("quick_fix").and_then(|share| percent(&share));
        let (rework, quick_fix) = (rework?, quick_fix?);
        if 1.0 + 1e-9 < rework + quick_fix {
            at.fail_with_help(
                "shares-sum",
                format!(
                    "the shares of what is decided sum to {}",
                    units::percent(rework + quick_fix)
                ),
                "they sum to at most 100%; the rest is ignored",
            );
            return None;
        }
        Some(Decisions { rework, quick_fix })
    };
    let (desk, lead, head) = (level("desk"), level("lead"), level("head"));
    Some([desk?, lead?, head?])
}

fn hand_off(cursor: &Cursor<'_>) -> Option<HandOff> {
    let of = cursor.object(&HAND_OFF)?;
    let delay = of.need("delay").and_then(|delay| law(&delay, Bare::Constant));
    let keeps = of.need("keeps").and_then(|keeps| fraction(&keeps));
    Some(HandOff { delay: delay?, keeps: keeps? })
}

/// Who knows what, in short.
pub(super) fn knowledge(cursor: &Cursor<'_>) -> Option<Kappas> {
    let of = cursor.object(&KNOWLEDGE)?;
    let share = |key: &'static str| {
        fraction(&of.or_default(key, &format!("knowledge.{key}"))).unwrap_or(0.0)
    };
    Some(Kappas {
        generic_own: share("own_generic"),
        generic_vendor: share("vendor_generic"),
        unit_own: share("own_unit"),
        unit_other: share("other_units"),
        expert: share("expert"),
        strategist: share("strategist"),
        employee: share("employee"),
    })
}
