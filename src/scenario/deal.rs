//! The terms of a contract that depend on what the vendor does: by the case, promises, playbook, ramp.

use super::cursor::{Cursor, Object};
use super::customers::positive;
use super::keys::{PROMISE, TERMS};
use super::people::noted_currency;
use super::shares::percent;
use super::staffing::newcomer;
use super::text::price;
use crate::model::archetype::Deal;
use crate::model::{Newcomer, Promise, Terms};

/// After its length a ramp has brought 95% of what there is to learn: three times the time constant.
const RAMP: f64 = 1.0 / 3.0;

/// The terms beside people, hours and scope.
pub(super) fn deal(of: &Object<'_>) -> Option<Deal> {
    let playbook_refresh = match of.get("playbook_refresh") {
        Some(at) => Some(positive(&at)?),
        None => None,
    };
    let terms = match of.get("terms") {
        Some(at) => Some(terms(&at)?),
        None => None,
    };
    Some(Deal { terms, playbook_refresh, ramp: ramp(of)? })
}

/// What everybody can do at first, and how long that takes.
pub(super) fn ramp(of: &Object<'_>) -> Option<Option<Newcomer>> {
    let Some(at) = of.get("ramp") else { return Some(None) };
    let usual = Cursor {
        node: at.report.default("people.*.turnover.newcomer"),
        pointer: at.pointer.clone(),
        report: at.report,
    };
    let learns_in = positive(&at)?.scaled(RAMP);
    Some(Some(Newcomer { learns_in, ..newcomer(&usual)? }))
}

/// Prices by the case, and a promise.
pub(super) fn terms(at: &Cursor<'_>) -> Option<Terms> {
    let of = at.object(&TERMS)?;
    let per_case = match of.get("price_per_case") {
        Some(at) => amount(&at)?,
        None => 0.0,
    };
    let promise = match of.get("promise") {
        Some(at) => Some(promise(&at)?),
        None => None,
    };
    if per_case <= 0.0 && promise.is_none() {
        at.fail_with_help(
            "missing-key",
            "these terms say nothing",
            "state `price_per_case`, or a `promise`, or leave them out",
        );
        return None;
    }
    Some(Terms { per_case, promise })
}

fn amount(at: &Cursor<'_>) -> Option<f64> {
    let price = at.read("a price such as `$4`", price)?;
    noted_currency(at, &price)?;
    if price.per.is_some() {
        at.fail_with_help(
            "unknown-unit",
            "the price of a case is not for a stretch of time",
            "write an amount alone: `$4`",
        );
        return None;
    }
    Some(price.amount)
}

fn promise(at: &Cursor<'_>) -> Option<Promise> {
    let of = at.object(&PROMISE)?;
    let within = of.need("within").and_then(|at| positive(&at));
    let share = of.need("share").and_then(|at| percent(&at));
    let penalty = of.need("penalty").and_then(|at| percent(&at));
    Some(Promise { within: within?, share: share?, penalty: penalty? })
}
