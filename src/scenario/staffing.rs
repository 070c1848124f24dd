//! What takes people away from cases: standing work, absence, turnover.

use super::cursor::{Cursor, Object};
use super::customers::positive;
use super::keys::{ABSENCE, NEWCOMER, STANDING, TEACHES, TURNOVER, UP_TO};
use super::laws::{Bare, law};
use super::shares::{fraction, percent};
use super::text::{hours_per_week, share_a_year};
use super::tree::Value;
use crate::draws::Law;
use crate::model::archetype::Life;
use crate::model::{Absence, DutyKind, Newcomer, StandingWork, Teaching, Turnover};
use crate::units::MINUTES_A_BUSINESS_YEAR;

/// Keys of standing work, what each is, and whether all go together.
pub(super) const WORK: [(&str, DutyKind, bool); 5] = [
    ("meetings", DutyKind::Meetings, true),
    ("training", DutyKind::Training, false),
    ("listening", DutyKind::Listening, false),
    ("content", DutyKind::Content, false),
    ("vendor_management", DutyKind::Vendor, false),
];

/// The key of a kind of standing work.
pub(super) fn duty_key(kind: DutyKind) -> &'static str {
    let (key, ..) = WORK.iter().find(|(_, of, _)| *of == kind).expect("every kind has a key");
    key
}

/// What the people of this object have to do beside the cases, and how they come and go.
///
/// `worked`: hours a week of a whole head.
pub(super) fn life(of: &Object<'_>, worked: f64) -> Option<Life> {
    let stated = WORK.into_iter().filter_map(|(key, kind, together)| {
        of.get(key).map(|at| work(&at, kind, together, worked))
    });
    // All of it is read, so that all that is wrong is told.
    let stated: Vec<Option<StandingWork>> = stated.collect();
    let standing: Vec<StandingWork> = stated.into_iter().collect::<Option<_>>()?;
    let asked: f64 = standing.iter().map(|work| work.hours).sum();
    if worked <= asked {
        of.cursor.fail_with_help(
            "no-time-left",
            format!("standing work takes {asked:.1} of {worked:.1} hours a week"),
            "leave some of the week for customers",
        );
        return None;
    }
    let absence = match of.get("absence") {
        Some(at) => Some(absence(&at)?),
        None => None,
    };
    let turnover = match of.get("turnover") {
        Some(at) => Some(turnover(&at)?),
        None => None,
    };
    Some(Life { standing, absence, turnover })
}

/// `"3h/week"`, or hours with the length of a session and whether all go together.
///
/// Instead of hours and a session, a share of the time people are there and how often it falls due: the same without rounding.
fn work(at: &Cursor<'_>, kind: DutyKind, together: bool, worked: f64) -> Option<StandingWork> {
    let hours = |at: &Cursor<'_>| at.read("hours such as `3h/week`", hours_per_week);
    let usual = at.report.default("people.*.session");
    let usual = Cursor { node: usual, pointer: at.pointer.clone(), report: at.report };
    let plain = StandingWork {
        kind,
        hours: 0.0,
        session: positive(&usual)?,
        together,
        serves: false,
        share: None,
        every: None,
        teaches: None,
    };
    if !matches!(at.node.value, Value::Object(_)) {
        return Some(StandingWork { hours: hours(at)?, ..plain });
    }
    let of = at.object(&STANDING)?;
    one_of(&of, ["hours", "share"])?;
    one_of(&of, ["session", "every"])?;
    let share = match of.get("share") {
        Some(at) => Some(fraction(&at).filter(|share| {
            if *share <= 0.0 {
                at.fail("out-of-range", "nothing of the time is given to it");
            }
            0.0 < *share
        })?),
        None => None,
    };
    Some(StandingWork {
        hours: match share {
            Some(share) => share * worked,
            None => hours(&of.need("hours")?)?,
        },
        session: match of.get("session") {
            Some(at) => positive(&at)?,
            None => plain.session,
        },
        together: of.get("together").map_or(Some(together), |at| at.flag())?,
        serves: match of.get("serves") {
            Some(at) => !at.text()?.is_empty(),
            None => false,
        },
        share,
        every: match of.get("every") {
            Some(at) => Some(positive(&at)?),
            None => None,
        },
        teaches: match of.get("teaches") {
            Some(at) => Some(teaching(&at, kind)?),
            None => None,
        },
        ..plain
    })
}

/// What training teaches: up to which κ, in how many hours, and how long it lasts.
fn teaching(at: &Cursor<'_>, kind: DutyKind) -> Option<Teaching> {
    if kind != DutyKind::Training {
        let help = "state it at `training`, or leave it out";
        at.fail_with_help("no-effect", "only training teaches", help);
        return None;
    }
    let of = at.object(&TEACHES)?;
    let up_to = of.need("up_to").and_then(|at| up_to(&at));
    let learns_in = of.need("learns_in").and_then(|at| positive(&at));
    let half_life = of.need("half_life").and_then(|at| positive(&at));
    let [generic, own_unit, other_units] = up_to?;
    let (learns_in, half_life) = (learns_in?, half_life?);
    Some(Teaching { generic, own_unit, other_units, learns_in, half_life })
}

/// One κ for everything, or those of generic matters, of the own unit's and of other units'.
fn up_to(at: &Cursor<'_>) -> Option<[f64; 3]> {
    if !matches!(at.node.value, Value::Object(_)) {
        return fraction(at).map(|all| [all; 3]);
    }
    let of = at.object(&UP_TO)?;
    let part = |key| of.get(key).map_or(Some(0.0), |at| fraction(&at));
    let [generic, own_unit, other_units] = ["generic", "own_unit", "other_units"].map(part);
    Some([generic?, own_unit?, other_units?])
}

/// Of two keys that say one thing, one.
fn one_of(of: &Object<'_>, keys: [&'static str; 2]) -> Option<()> {
    let [Some(_), Some(second)] = keys.map(|key| of.get(key)) else { return Some(()) };
    second.fail_with_help(
        "two-tags",
        format!("`{}` and `{}` say the same in two ways", keys[0], keys[1]),
        "keep one of the two",
    );
    None
}

/// `"5%"`, or a share with the law of how long a spell lasts.
fn absence(at: &Cursor<'_>) -> Option<Absence> {
    let of = match at.node.value {
        Value::Object(_) => Some(at.object(&ABSENCE)?),
        _ => None,
    };
    let stated = of.as_ref().and_then(|of| of.get("lasts"));
    let usual = at.report.default("people.*.absence.lasts");
    let usual = Cursor { node: usual, pointer: at.pointer.clone(), report: at.report };
    let share_at = of.as_ref().map_or(Some(None), |of| of.need("share").map(Some))?;
    let share = percent(share_at.as_ref().unwrap_or(at))?;
    let lasts = law(stated.as_ref().unwrap_or(&usual), Bare::Constant)?;
    if !(share < 0.9 && 0.0 < share && 0.0 < lasts.mean()) {
        at.fail_with_help(
            "out-of-range",
            "people are absent between 0% and 90% of their time, in spells of some length",
            "leave `absence` out if nobody ever is",
        );
        return None;
    }
    let after = Law::exponential(lasts.mean() * (1.0 - share) / share).ok()?;
    let at_once =
        of.as_ref().and_then(|of| of.get("at_once")).map_or(Some(false), |at| at.flag())?;
    Some(Absence { after, lasts, at_once })
}

/// `"35%/year"`, or with how long a place stays empty and what newcomers can do.
fn turnover(at: &Cursor<'_>) -> Option<Turnover> {
    let of = match at.node.value {
        Value::Object(_) => Some(at.object(&TURNOVER)?),
        _ => None,
    };
    let rate_at = of.as_ref().map_or(Some(None), |of| of.need("leave").map(Some))?;
    let rate =
        rate_at.as_ref().unwrap_or(at).read("a share a year such as `35%/year`", share_a_year)?;
    if rate <= 0.0 {
        at.fail_with_help(
            "out-of-range",
            "nobody leaves at this rate",
            "leave `turnover` out if nobody ever does",
        );
        return None;
    }
    let or_usual = |key: &'static str, default: &str| {
        of.as_ref().and_then(|of| of.get(key)).unwrap_or_else(|| Cursor {
            node: at.report.default(default),
            pointer: at.pointer.clone(),
            report: at.report,
        })
    };
    Some(Turnover {
        stays: Law::exponential(MINUTES_A_BUSINESS_YEAR / rate).ok()?,
        vacancy: law(&or_usual("vacancy", "people.*.turnover.vacancy"), Bare::Constant)?,
        newcomer: newcomer(&or_usual("newcomer", "people.*.turnover.newcomer"))?,
    })
}

pub(super) fn newcomer(at: &Cursor<'_>) -> Option<Newcomer> {
    let of = at.object(&NEWCOMER)?;
    let speed_at = of.need("speed")?;
    let speed = fraction(&speed_at)?;
    if speed <= 0.0 {
        speed_at.fail("out-of-range", "a newcomer who does nothing never gets anything done");
        return None;
    }
    let knowledge = of.need("knowledge").and_then(|at| fraction(&at))?;
    let learns_in = of.need("learns_in").and_then(|at| positive(&at))?;
    Some(Newcomer { speed, knowledge, learns_in })
}
