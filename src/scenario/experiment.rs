//! The experiment: how the designs are run and what is held equal.

use jiff::tz::TimeZone;

use super::clock::Clock;
use super::cursor::{Cursor, Object};
use super::customers::positive;
use super::keys::{EXPERIMENT, HOLD_EQUAL, OBSERVE, WORTH_NOTICING};
use super::laws::length;
use super::names::quote;
use super::people::noted_currency;
use super::shares::percent;
use super::studies::{Day, knock_out_day};
use super::text::{Per, points, price};
use super::tree::Value;
use crate::model::{Beyond, HoldEqual, Observe, Precision, Study, StudyKind, WorthNoticing};
use crate::units::SimTime;

/// What an experiment states.
pub(super) struct Experiment {
    pub(super) study: Study,
    pub(super) clock: Clock,
    pub(super) hold_equal: Option<HoldEqual>,
    pub(super) worth_noticing: WorthNoticing,
    pub(super) confidence: f64,
    pub(super) knock_out_day: Option<Day>,
    pub(super) precision: Option<Precision>,
    pub(super) finds_warm_up: bool,
}

/// A warm-up that is found by MSER-5 instead of being stated.
const FOUND: &str = "by MSER-5";

/// What asks for distributions topic by topic.
pub(super) const TIMES_BY_TOPIC: &str = "times by topic";

/// Read the experiment.
pub(super) fn experiment(cursor: &Cursor<'_>) -> Option<Experiment> {
    let of = cursor.object(&EXPERIMENT)?;
    let kind = of.or_default("kind", "experiment.kind").word(&[
        ("typical weeks", StudyKind::TypicalWeeks),
        ("from empty", StudyKind::FromEmpty),
        ("until done", StudyKind::UntilDone),
    ]);
    let kind = kind.unwrap_or(StudyKind::TypicalWeeks);
    let typical = kind == StudyKind::TypicalWeeks;
    let run_for = run_for(&of, kind);
    let only_typical = |key: &'static str, default: &str| match of.get(key) {
        None if !typical => SimTime::ZERO,
        Some(at) if !typical => {
            at.fail_with_help(
                "two-tags",
                format!("only a study of `typical weeks` has a {}", quote(key)),
                "leave it out, or choose another `kind`",
            );
            SimTime::ZERO
        }
        _ => length(&of.or_default(key, default)).unwrap_or(SimTime::ZERO),
    };
    let finds_warm_up = typical && of.get("warm_up").is_some_and(|at| is_to_be_found(&at));
    let warm_up = match finds_warm_up {
        true => SimTime::ZERO,
        false => only_typical("warm_up", "experiment.warm_up"),
    };
    let follow = only_typical("follow", "experiment.follow");
    let times = |key: &'static str| -> Vec<SimTime> {
        of.get(key)
            .and_then(|list| list.items())
            .into_iter()
            .flatten()
            .filter_map(|item| length(&item))
            .collect()
    };
    let study = Study {
        kind,
        run_for,
        warm_up,
        follow,
        replications: of.or_default("repeat", "experiment.repeat").whole(1, 1_000_000).unwrap_or(1)
            as u32,
        seed: of.or_default("seed", "experiment.seed").whole(0, u64::MAX).unwrap_or(0),
        thresholds: times("thresholds"),
        observe: of.get("observe").and_then(|at| observe(&at, run_for + follow)),
        measure: of.get("measure").map_or_else(Beyond::default, |at| beyond(&at, &of)),
    };
    let confidence = confidence(&of.or_default("confidence", "experiment.confidence"));
    let precision = precision(&of, study.replications);
    let clock = clock(cursor, &study, finds_warm_up)?;
    let knock_out_day = typical.then(|| knock_out_day(&of, &clock)).flatten();
    let hold_equal = of.get("hold_equal").and_then(|at| hold_equal(&at));
    let worth_noticing =
        super::practice::block(&of, "worth_noticing", |at| worth_noticing(at, hold_equal.as_ref()));
    Some(Experiment {
        study,
        clock,
        hold_equal,
        worth_noticing: worth_noticing.unwrap_or(WorthNoticing {
            share: 0.02,
            minutes: 10.0,
            money: 1.0,
        }),
        confidence: confidence.unwrap_or(0.95),
        knock_out_day,
        precision,
        finds_warm_up,
    })
}

/// The time that counts; without end where the study ends by itself.
fn run_for(of: &Object<'_>, kind: StudyKind) -> SimTime {
    if kind == StudyKind::UntilDone {
        if let Some(at) = of.get("run_for") {
            at.fail_with_help(
                "two-tags",
                "a study `until done` ends by itself",
                "leave `run_for` out, or choose another `kind`",
            );
        }
        return SimTime::NEVER;
    }
    let at = of.or_default("run_for", "experiment.run_for");
    let stated = length(&at);
    if stated == Some(SimTime::ZERO) {
        at.fail_with_help("no-time", "the run has no length", "say how long, like `13 weeks`");
    }
    stated.filter(|length| *length != SimTime::ZERO).unwrap_or(SimTime::WEEK)
}

/// The highest confidence: beyond, an interval of a few runs is as wide as anything can be.
const SUREST: f64 = 0.9999;

fn confidence(at: &Cursor<'_>) -> Option<f64> {
    percent(at).filter(|share| {
        let sound = (0.5..=SUREST).contains(share);
        if !sound {
            at.fail("out-of-range", "confidence lies between 50% and 99.99%");
        }
        sound
    })
}

/// Whether a warm-up is to be found, and so has no length yet.
fn is_to_be_found(at: &Cursor<'_>) -> bool {
    let Value::Text(text) = &at.node.value else { return false };
    let meant = text.to_ascii_lowercase().contains("mser");
    if meant && text != FOUND {
        at.fail_with_help(
            "unknown-word",
            format!("{} means nothing here", quote(text)),
            format!("a warm-up that is to be found is `{FOUND}`"),
        );
    }
    meant
}

/// How exact estimates shall be, and when to give up.
fn precision(of: &Object<'_>, replications: u32) -> Option<Precision> {
    let Some(asked) = of.get("precision") else {
        if let Some(at) = of.get("repeat_at_most") {
            at.idle(
                "nothing is added to `repeat` unless a precision is asked for",
                "say how exact it shall be, as `\"precision\": \"5%\"`, or leave this out",
            );
        }
        return None;
    };
    let within = percent(&asked)?;
    if within <= 0.0 || 1.0 <= within {
        asked.fail_with_help(
            "out-of-range",
            "a precision lies between 0% and 100%, both excluded",
            "`5%` goes on until each \u{b1} is at most a twentieth of its value",
        );
        return None;
    }
    let most = of.or_default("repeat_at_most", "experiment.repeat_at_most");
    let at_most = most.whole(2, 1_000_000)? as u32;
    Some(Precision { within, at_most: at_most.max(replications) })
}

fn clock(cursor: &Cursor<'_>, study: &Study, finds_warm_up: bool) -> Option<Clock> {
    let of = cursor.object(&EXPERIMENT)?;
    let start = match of.get("start") {
        None => None,
        Some(at) => Some(
            at.text()?
                .parse::<jiff::civil::Date>()
                .map_err(|_| {
                    at.fail_with_help(
                        "unreadable",
                        format!("{} is not a date", quote(at.text().unwrap_or_default())),
                        "write it like `2027-01-04`",
                    );
                })
                .ok()?,
        ),
    };
    let zone = match of.get("zone") {
        None => TimeZone::UTC,
        Some(at) => {
            let name = at.text()?;
            TimeZone::get(name)
                .map_err(|_| {
                    at.fail_with_help(
                        "unknown-zone",
                        format!("no time zone is named {}", quote(name)),
                        "zones are named like `Europe/Berlin`",
                    );
                })
                .ok()?
        }
    };
    let last_arrival = if finds_warm_up { SimTime::NEVER } else { study.horizon() };
    let (warm_up, end) = (study.warm_up, study.horizon() + study.follow);
    let clock = Clock { start, zone, warm_up, last_arrival, end };
    if let (Some(at), Some(first)) = (of.get("start"), start)
        && !clock.has_dates_from(first)
    {
        at.fail_with_help(
            "out-of-range",
            format!(
                "a run from {first} goes on past the year 9999, after which there are no dates"
            ),
            "choose an earlier `start`, or a shorter `run_for`",
        );
        return None;
    }
    Some(clock)
}

/// Distributions that are told on request.
fn beyond(list: &Cursor<'_>, experiment: &Object<'_>) -> Beyond {
    let none = Beyond::default();
    let mut asked = none;
    for item in list.items().into_iter().flatten() {
        let part = item.word(&[
            ("number waiting", Beyond { waiting: true, ..none }),
            ("number inside", Beyond { inside: true, ..none }),
            ("number at instants", Beyond { at_instants: true, ..none }),
            ("total wait", Beyond { total_wait: true, ..none }),
            ("arrivals", Beyond { arrivals: true, ..none }),
            (TIMES_BY_TOPIC, Beyond { topic_times: true, ..none }),
        ]);
        let Some(part) = part else { continue };
        asked = asked.and(part);
        if part.at_instants && !experiment.has("observe") {
            item.idle("no instants are looked at", "say which under `observe`, or leave this out");
        }
    }
    asked
}

/// Instants to look at in a run of this length.
fn observe(cursor: &Cursor<'_>, length_of_run: SimTime) -> Option<Observe> {
    let of = cursor.object(&OBSERVE)?;
    let every = match of.get("every") {
        Some(at) => Some(positive(&at)?),
        None => None,
    };
    let list = of.need("at")?;
    let within = |item: &Cursor<'_>| {
        let at = length(item)?;
        if length_of_run < at {
            item.fail_with_help(
                "out-of-range",
                "an instant lies past the end of the run, where nobody looks",
                "count from the end of the warm-up, up to `run_for`",
            );
        }
        Some(at)
    };
    let within_cycle = |item: &Cursor<'_>| {
        let at = within(item)?;
        if every.is_some_and(|every| every <= at) {
            item.fail_with_help(
                "out-of-range",
                "an instant does not lie before the end of the cycle, where the next one begins",
                "state instants from 0 to below `every`; the end of a cycle is instant 0 of the next",
            );
        }
        Some(at)
    };
    let mut at: Vec<SimTime> = list.items()?.iter().filter_map(within_cycle).collect();
    at.sort_unstable();
    at.dedup();
    Some(Observe { at, every })
}

fn hold_equal(cursor: &Cursor<'_>) -> Option<HoldEqual> {
    let of = cursor.object(&HOLD_EQUAL)?;
    let cost = match of.get("cost") {
        None => None,
        Some(at) => {
            let price = at.read("a price such as `$1,000,000/year`", price)?;
            noted_currency(&at, &price)?;
            if price.per != Some(Per::Year) || price.amount <= 0.0 {
                at.fail_with_help(
                    "missing-unit",
                    "a budget is stated for a year, above zero",
                    "write it like `$1,000,000/year`",
                );
                return None;
            }
            Some(price.amount)
        }
    };
    let headcount = match of.get("headcount") {
        None => None,
        Some(at) => Some(at.number(1e-3, 1e9)?),
    };
    let within = percent(&of.or_default("within", "experiment.hold_equal.within"))?;
    if cost.is_none() && headcount.is_none() {
        cursor.fail(
            "missing-key",
            "`hold_equal` does not say what is held equal: `cost` or `headcount`",
        );
        return None;
    }
    Some(HoldEqual { cost_per_year: cost, headcount, within })
}

fn worth_noticing(cursor: &Cursor<'_>, hold: Option<&HoldEqual>) -> Option<WorthNoticing> {
    let of = cursor.object(&WORTH_NOTICING)?;
    let share = of
        .or_default("share", "experiment.worth_noticing.share")
        .read("a difference such as `2 points`", points)?;
    let minutes = length(&of.or_default("time", "experiment.worth_noticing.time"))?.minutes();
    let money = match of.get("money") {
        Some(at) => {
            let price = at.read("an amount such as `$1`", price)?;
            noted_currency(&at, &price)?;
            price.amount
        }
        None => {
            let per_million =
                of.or_default("money", "experiment.worth_noticing.money").number(0.0, 1e9)?;
            per_million * hold.and_then(|hold| hold.cost_per_year).map_or(1.0, |cost| cost / 1e6)
        }
    };
    Some(WorthNoticing { share, minutes, money })
}
