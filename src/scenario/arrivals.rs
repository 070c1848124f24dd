//! Ways in which customers come, beside a rate and a log.

use std::sync::Arc;

use super::cursor::{Cursor, Object};
use super::keys::{BATCHES, GEOMETRIC_BATCH, MEMBERS, MODULATED, RATE_STATE, RETRY};
use super::laws::{Bare, law};
use super::names::quote;
use super::shares::{fraction, percent, sparse};
use super::text::rate;
use super::tree::Value;
use crate::draws::Law;
use crate::model::{Arrivals, Batches, Members, Modulation, RateState, Retry, Shares};
use crate::units::counted;

/// Most customers of one batch, and most members of a limited population.
const MOST_CUSTOMERS: u64 = 1_000_000;

/// Gaps of one law.
pub(super) fn gaps(at: &Cursor<'_>) -> Option<Arrivals> {
    lasting(at, "gaps between arrivals").map(Arrivals::Renewal)
}

/// So many at the beginning.
pub(super) fn at_start(at: &Cursor<'_>) -> Option<Arrivals> {
    at.whole(1, 10 * MOST_CUSTOMERS).map(Arrivals::AtStart)
}

/// A limited number of customers.
pub(super) fn members(at: &Cursor<'_>) -> Option<Arrivals> {
    let of = at.object(&MEMBERS)?;
    let count = of.need("count").and_then(|count| count.whole(1, MOST_CUSTOMERS));
    let away = of.need("away").and_then(|away| lasting(&away, "times away"));
    let (count, away) = (count?, away?);
    Some(Arrivals::Members(Members { count: count as u32, away }))
}

/// A law of lengths whose mean is above zero.
fn lasting(at: &Cursor<'_>, what: &str) -> Option<Law> {
    let law = law(at, Bare::Constant)?;
    if law.mean() <= 0.0 {
        at.fail_with_help(
            "zero-time-loop",
            format!("{what} of no length: everybody would come at once, for ever"),
            "state a length above zero",
        );
        return None;
    }
    Some(law)
}

/// A rate that changes by itself.
pub(super) fn modulated(at: &Cursor<'_>) -> Option<Arrivals> {
    let of = at.object(&MODULATED)?;
    let list = of.need("states")?;
    let entries = list.entries()?;
    if entries.len() < 2 {
        list.fail_with_help(
            "missing-key",
            "a rate that changes by itself needs two states or more",
            "with one state it is a stream of `messages`",
        );
        return None;
    }
    let names: Vec<&str> = entries.iter().map(|&(name, _)| name).collect();
    let states: Vec<Option<RateState>> =
        entries.iter().map(|(name, child)| state(name, child, &names)).collect();
    let states: Vec<RateState> = states.into_iter().collect::<Option<_>>()?;
    if states.iter().all(|state| state.per_hour <= 0.0) {
        list.fail_with_help(
            "all-zero",
            "nothing arrives in any of these states",
            "give one of them a rate above zero",
        );
        return None;
    }
    if let Some((from, to)) = Modulation::one_way(&states) {
        list.fail_with_help(
            "no-way-back",
            format!("no way leads from {} to {}", quote(names[from]), quote(names[to])),
            "each state must be reached from each, or it is not part of the long run",
        );
        return None;
    }
    let start = match of.get("start") {
        None => None,
        Some(start) => Some(Shares::only(named(&start, &names)?, names.len())),
    };
    let modulation = Modulation::new(states);
    let start = start.unwrap_or_else(|| modulation.start.clone());
    Some(Arrivals::Modulated(Arc::new(Modulation { start, ..modulation })))
}

fn named(at: &Cursor<'_>, names: &[&str]) -> Option<usize> {
    at.position("unknown-state", "state", names)
}

fn state(name: &str, at: &Cursor<'_>, names: &[&str]) -> Option<RateState> {
    let of = at.object(&RATE_STATE)?;
    let per_hour =
        of.need("messages").and_then(|messages| messages.read("a rate such as `300/day`", rate));
    let (lasts, next) = match (of.get("to"), of.get("lasts")) {
        (Some(to), None) => {
            if let Some(then) = of.get("then") {
                then.fail_with_help(
                    "two-tags",
                    "`to` says already which state is next",
                    "keep `to`, or state `lasts` and `then`",
                );
                return None;
            }
            by_rates(&to, names)?
        }
        (None, Some(lasts)) => (lasting(&lasts, "stays in a state")?, then(&of, name, names)?),
        (Some(_), Some(lasts)) => {
            lasts.fail_with_help(
                "two-tags",
                "`to` says already how long this state lasts",
                "keep `to`, or state `lasts` and `then`",
            );
            return None;
        }
        (None, None) => {
            at.fail_with_help(
                "missing-key",
                format!("{} does not say when it ends", quote(name)),
                "state the rates of change, `\"to\": { \"storm\": \"0.1/hour\" }`, or how long it `lasts`",
            );
            return None;
        }
    };
    if lasts.mean() * 60.0 < 1.0 {
        at.fail_with_help(
            "out-of-range",
            "a state lasts less than a second on average",
            "what changes that fast is one state: state the mean rate as `messages`",
        );
        return None;
    }
    Some(RateState { name: name.into(), per_hour: per_hour?, lasts, next })
}

/// Rates of change to other states: exponential stays.
fn by_rates(to: &Cursor<'_>, names: &[&str]) -> Option<(Law, Shares)> {
    let mut rates = vec![0.0; names.len()];
    for (name, child) in to.entries()? {
        let Some(at) = names.iter().position(|known| *known == name) else {
            unknown(&child, name, names);
            return None;
        };
        rates[at] = child.read("a rate such as `0.1/hour`", rate)?;
    }
    let total: f64 = rates.iter().sum();
    if total <= 0.0 {
        to.fail_with_help("all-zero", "this state never ends", "state a rate of change above zero");
        return None;
    }
    Some((Law::exponential(60.0 / total).ok()?, Shares::new(&rates)?))
}

fn unknown(at: &Cursor<'_>, name: &str, names: &[&str]) {
    let help = at.meant(name, names).unwrap_or_default();
    at.fail_with_help("unknown-state", format!("no state is named {}", quote(name)), help);
}

/// Which state is next: one by name, shares by name; the other one of two.
fn then(of: &Object<'_>, own: &str, names: &[&str]) -> Option<Shares> {
    let Some(at) = of.get("then") else {
        if names.len() == 2 {
            let other = usize::from(names[0] == own);
            return Some(Shares::only(other, 2));
        }
        of.cursor.fail_with_help(
            "missing-key",
            format!("{} does not say which state is next", quote(own)),
            "name it under `then`, or several with fractions",
        );
        return None;
    };
    if matches!(at.node.value, Value::Text(_)) {
        return Some(Shares::only(named(&at, names)?, names.len()));
    }
    let mut rows = Vec::new();
    for (name, child) in at.entries()? {
        let Some(position) = names.iter().position(|known| *known == name) else {
            unknown(&child, name, names);
            return None;
        };
        rows.push((position, fraction(&child)?));
    }
    sparse(&at, &rows, names.len())
}

/// How many come at once.
pub(super) fn batches(at: &Cursor<'_>) -> Option<Option<Batches>> {
    if matches!(at.node.value, Value::Number(_)) {
        let size = at.whole(1, MOST_CUSTOMERS)?;
        return Some((1 < size).then_some(Batches::Fixed(size as u32)));
    }
    let (tag, body) = at.tagged(&BATCHES)?;
    if tag == "geometric" {
        let mean = body.object(&GEOMETRIC_BATCH)?.need("mean")?.number(1.0, 1e5)?;
        return Some((1.0 < mean).then_some(Batches::Geometric { mean }));
    }
    let (mut sizes, mut rows) = (Vec::new(), Vec::new());
    for item in body.items()? {
        let pair = item.items()?;
        let [size, share] = pair.as_slice() else {
            item.fail(
                "wrong-count",
                format!(
                    "expected a size and its share, found {}",
                    counted(pair.len(), "value", "values")
                ),
            );
            return None;
        };
        sizes.push(size.whole(1, MOST_CUSTOMERS)? as u32);
        rows.push((rows.len(), fraction(share)?));
    }
    if sizes.is_empty() {
        body.fail("missing-key", "there are no sizes");
        return None;
    }
    let shares = sparse(&body, &rows, sizes.len())?;
    Some(Some(Batches::Sizes(sizes, shares)))
}

/// Who tries again; `None` inside where nobody does.
pub(super) fn retry(at: &Cursor<'_>) -> Option<Option<Retry>> {
    let of = at.object(&RETRY)?;
    let share = of.get("try_again").map_or(Some(1.0), |share| percent(&share))?;
    let after = of.need("after")?;
    let after = lasting(&after, "times until the next attempt")?;
    let at_most = match of.get("at_most") {
        None => None,
        Some(most) => Some(most.whole(1, MOST_CUSTOMERS)? as u32),
    };
    Some((0.0 < share).then_some(Retry { share, after, at_most }))
}
