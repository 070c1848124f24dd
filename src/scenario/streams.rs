//! What comes in: streams of messages and mentions, surges, recorded logs.

use std::sync::Arc;

use super::arrivals::{at_start, batches, gaps, members, modulated};
use super::clock::Clock;
use super::crowd::crowd;
use super::cursor::{Cursor, Object};
use super::customers::positive;
use super::keys::STREAM;
use super::languages::own_languages;
use super::names::quote;
use super::replayed::{Replayed, as_recorded};
use super::scope::Scope;
use super::shares::{fraction, percent, sparse};
use super::surge::surge;
use super::text::{instant, rate};
use super::tree::Value;
use super::week::week;
use crate::draws::Law;
use crate::model::{Arrivals, Crowd, Mix, RateProfile, Shape, Shares, Stream, StreamKind, World};
use crate::units::SimTime;

const RATE: &str = "a rate such as `300/day`";

/// What a stream takes from the customers where it says nothing itself.
pub(super) struct Base<'a> {
    /// What is known of the customers so far; it has no streams yet.
    pub(super) world: &'a World,
    /// The names that a stream may give.
    pub(super) scope: &'a Scope,
    /// What their messages are about.
    pub(super) mix: &'a Mix,
    /// When their days and weeks begin.
    pub(super) clock: &'a Clock,
    /// The logs that streams replay.
    pub(super) logs: &'a [Replayed],
    /// How many come hour by hour of a week; `None` if all hours are alike.
    pub(super) shape: Option<Arc<Shape>>,
    /// How much days vary.
    pub(super) day_cv: f64,
}

impl Base<'_> {
    /// So many from beginning to end, as the customers' week has it, and days that all streams share.
    fn profile(&self, per_hour: f64) -> RateProfile {
        RateProfile {
            per_hour,
            shape: self.shape.clone(),
            day_cv: self.day_cv,
            day_family: 0,
            from: SimTime::ZERO,
            until: SimTime::NEVER,
        }
    }
}

/// The week that streams have unless they state one.
pub(super) fn usual_week(of: &Object<'_>, clock: &Clock) -> Option<Arc<Shape>> {
    week(&of.or_default("week", "customers.week"), clock).flatten()
}

/// How much days vary unless a stream says so; `plain` customers have days alike.
pub(super) fn usual_day_cv(of: &Object<'_>, plain: bool) -> f64 {
    match of.get("busy_days_vary_by") {
        None if plain => 0.0,
        _ => cv(&of.or_default("busy_days_vary_by", "customers.busy_days_vary_by")).unwrap_or(0.0),
    }
}

/// All streams of the customers, surges last.
pub(super) fn streams(of: &Object<'_>, base: &Base<'_>) -> Vec<Stream> {
    let mut streams: Vec<Stream> = messages(of, base).into_iter().collect();
    if let Some(named) = of.get("streams") {
        for (number, (name, child)) in named.entries().unwrap_or_default().into_iter().enumerate() {
            streams.extend(stream(name, &child, number, base));
        }
    }
    streams.extend(mentions(of, base));
    if let Some(arrivals) = of.get("at_start").and_then(|at| at_start(&at)) {
        streams.push(usual("at the start", StreamKind::Inquiries, arrivals, base.mix.clone()));
    }
    if !streams.iter().any(|stream| stream.kind == StreamKind::Inquiries)
        && of.get("streams").is_none()
        && !of.misspelt("messages")
    {
        of.cursor.fail_with_help(
            "missing-key",
            "`customers` needs `messages`",
            "say how many come: `\"messages\": \"300/day\"`",
        );
    }
    let mut surges = Vec::new();
    for item in of.get("surges").and_then(|list| list.items()).into_iter().flatten() {
        surges.extend(surge(&item, base.scope, base.clock, &streams).into_iter().flatten());
    }
    streams.extend(surges);
    streams
}

/// The stream of `messages`; without it, what belongs to it is refused.
fn messages(of: &Object<'_>, base: &Base<'_>) -> Option<Stream> {
    if let Some(messages) = of.get("messages") {
        let per_hour = arrivals_per_hour(&messages).unwrap_or(1.0);
        let arrivals = Arrivals::Poisson(base.profile(per_hour));
        return Some(Stream {
            batches: of.get("batches").and_then(|at| batches(&at)).flatten(),
            limit: of.get("stop_after").and_then(|limit| limit.whole(1, 1_000_000_000_000)),
            ..usual("messages", StreamKind::Inquiries, arrivals, base.mix.clone())
        });
    }
    for key in ["stop_after", "batches"] {
        if let Some(at) = of.get(key) {
            at.fail_with_help(
                "missing-key",
                format!("{} needs `messages`", quote(key)),
                format!("a stream under `streams` has {} of its own", quote(key)),
            );
        }
    }
    None
}

/// The stream of `mentions_worth_answering`, which others can read.
fn mentions(of: &Object<'_>, base: &Base<'_>) -> Option<Stream> {
    let per_hour = arrivals_per_hour(&of.get("mentions_worth_answering")?).unwrap_or(1.0);
    let arrivals = Arrivals::Poisson(base.profile(per_hour));
    let mix = Mix { channels: in_public(base.world, &base.mix.channels), ..base.mix.clone() };
    Some(usual("mentions", StreamKind::Mentions, arrivals, mix))
}

/// One at a time, without end, and nobody draws in others.
fn usual(name: &str, kind: StreamKind, arrivals: Arrivals, mix: Mix) -> Stream {
    Stream { name: name.into(), kind, arrivals, batches: None, limit: None, mix, crowd: None }
}

fn stream(name: &str, cursor: &Cursor<'_>, number: usize, base: &Base<'_>) -> Option<Stream> {
    let of = cursor.object(&STREAM)?;
    let way = only_way(name, &of)?;
    without_effect(&of, way)?;
    let arrivals = arrivals(&of, way, (name, number), base)?;
    // what a row of a log lacks is drawn as the other rows have it
    let usual = match &arrivals {
        Arrivals::Recorded(rows) => as_recorded(rows, base.mix),
        _ => base.mix.clone(),
    };
    let mut mix = own_mixes(&of, &usual, base)?;
    let kind = if way == "mentions" { StreamKind::Mentions } else { StreamKind::Inquiries };
    if kind == StreamKind::Mentions && !of.has("channels") {
        mix.channels = in_public(base.world, &mix.channels);
    }
    let limit = of.get("stop_after").and_then(|limit| limit.whole(1, 1_000_000_000_000));
    let crowd = match of.get("self_exciting") {
        None => None,
        Some(at) => Some(crowd(&at)?),
    };
    let arrivals = match &crowd {
        Some(crowd) => first_posts(&of, arrivals, crowd)?,
        None => arrivals,
    };
    let batches = match of.get("batches") {
        None => None,
        Some(at) => batches(&at)?,
    };
    Some(Stream { name: name.into(), kind, arrivals, batches, limit, mix, crowd })
}

/// The one key that says when its messages come.
fn only_way(name: &str, of: &Object<'_>) -> Option<&'static str> {
    let ways = WAYS.iter().map(|(way, _)| *way);
    let stated: Vec<&'static str> = ways.filter(|way| of.has(way)).collect();
    if let [way] = stated.as_slice() {
        return Some(way);
    }
    let (code, what) = if stated.is_empty() {
        ("missing-key", "does not say when its messages come")
    } else {
        ("two-tags", "says twice when its messages come")
    };
    of.cursor.fail_with_help(
        code,
        format!("stream {} {what}", quote(name)),
        "state one of `messages`, `mentions`, `every`, `gaps`, `modulated`, `members`, `at_start` and `log`",
    );
    None
}

/// When they come, said in this way.
fn arrivals(
    of: &Object<'_>,
    way: &'static str,
    (name, number): (&str, usize),
    base: &Base<'_>,
) -> Option<Arrivals> {
    let at = of.get(way)?;
    let log = base.logs.iter().find(|log| log.used.stream == name);
    let (from, until) = edges(of, base.clock)?;
    Some(match way {
        "every" => Arrivals::Every(positive(&at)?),
        "log" => {
            let rows = log?.rows(&at, base.scope, base.clock)?;
            Arrivals::Recorded(rows)
        }
        "gaps" => gaps(&at)?,
        "modulated" => modulated(&at)?,
        "members" => members(&at)?,
        "at_start" => at_start(&at)?,
        _ => Arrivals::Poisson(RateProfile {
            per_hour: arrivals_per_hour(&at)?,
            shape: match of.get("week") {
                None => base.shape.clone(),
                Some(own) => week(&own, base.clock)?,
            },
            day_cv: of.get("busy_days_vary_by").map_or(Some(base.day_cv), |own| cv(&own))?,
            day_family: match of.get("busy_days") {
                None => 0,
                Some(own) => own.word(&[("shared", 0), ("own", 1 + number as u32)])?,
            },
            from,
            until,
        }),
    })
}

/// From when until when it comes.
fn edges(of: &Object<'_>, clock: &Clock) -> Option<(SimTime, SimTime)> {
    let edge = |key| of.get(key).and_then(|at| moment(&at, clock));
    let from = edge("from").unwrap_or(SimTime::ZERO);
    let until = edge("until").unwrap_or(SimTime::NEVER);
    if let Some(at) = of.get("until").filter(|_| until <= from) {
        at.fail_with_help(
            "out-of-order",
            "this stream ends no later than it begins, so nothing of it ever comes",
            "let `until` be later than `from`; without `from` it begins with the run, the warm-up included",
        );
        return None;
    }
    if let Some(at) = of.get("from") {
        warn_if_late(&at, "this stream", from, clock.last_arrival);
    }
    Some((from, until))
}

/// What its messages are about, where it says so itself, else as usual.
fn own_mixes(of: &Object<'_>, usual: &Mix, base: &Base<'_>) -> Option<Mix> {
    Some(Mix {
        channels: own_mix(
            of,
            "channels",
            &base.scope.channels,
            "unknown-channel",
            &usual.channels,
        )?,
        topics: own_mix(of, "topics", &base.scope.topics, "unknown-topic", &usual.topics)?,
        units: own_mix(of, "business_units", &base.scope.units, "unknown-unit-name", &usual.units)?,
        unit_matters: of
            .get("need_unit_knowledge")
            .map_or(Some(base.mix.unit_matters), |own| percent(&own))?,
        languages: own_languages(of, &base.scope.languages, &usual.languages)?,
    })
}

/// Those that nobody drew in, where what is stated is how many come in all.
fn first_posts(of: &Object<'_>, arrivals: Arrivals, crowd: &Crowd) -> Option<Arrivals> {
    let Arrivals::Poisson(profile) = arrivals else {
        of.get("self_exciting")?.fail_with_help(
            "no-effect",
            "posts that come by the clock or from a log draw in nobody",
            "state how many come: `messages` or `mentions`",
        );
        return None;
    };
    let per_hour = profile.per_hour / crowd.multiplier();
    Some(Arrivals::Poisson(RateProfile { per_hour, ..profile }))
}

/// Ways in which a stream says when it comes, with the keys about time that have an effect there.
const WAYS: &[(&str, &[&str])] = &[
    (
        "messages",
        &["batches", "stop_after", "week", "busy_days_vary_by", "busy_days", "from", "until"],
    ),
    ("mentions", &["stop_after", "week", "busy_days_vary_by", "busy_days", "from", "until"]),
    ("every", &["batches", "stop_after"]),
    ("gaps", &["batches", "stop_after"]),
    ("modulated", &["batches", "stop_after"]),
    ("members", &["stop_after"]),
    ("at_start", &[]),
    ("log", &["stop_after"]),
];

/// Refuse what would change nothing about when a stream comes.
fn without_effect(of: &Object<'_>, way: &str) -> Option<()> {
    let (_, minded) = WAYS.iter().find(|(known, _)| *known == way)?;
    let (_, all) = WAYS[0];
    let mut sound = Some(());
    for key in all.iter().filter(|key| !minded.contains(key)) {
        if let Some(at) = of.get(key) {
            at.fail_with_help(
                "no-effect",
                format!("{} has no effect on a stream with {}", quote(key), quote(way)),
                "leave it out, or state another way in which the stream comes",
            );
            sound = None;
        }
    }
    sound
}

/// A stream's own shares of a table: names with shares, or one name for all of it.
pub(super) fn own_mix(
    of: &Object<'_>,
    key: &'static str,
    table_of: &[String],
    code: &'static str,
    base: &Shares,
) -> Option<Shares> {
    let Some(own) = of.get(key) else { return Some(base.clone()) };
    if matches!(own.node.value, Value::Text(_)) {
        return own
            .position(code, key.trim_end_matches('s'), table_of)
            .map(|only| Shares::only(only, table_of.len()));
    }
    let mut rows = Vec::new();
    let entries = own.entries()?;
    for (name, child) in &entries {
        let Some(at) = table_of.iter().position(|known| known == name) else {
            child.fail_with_help(
                code,
                format!(
                    "no {} is named {}",
                    key.trim_end_matches('s').replace('_', " "),
                    quote(name)
                ),
                match table_of {
                    [] => format!("name them first, in `{key}` of the customers"),
                    _ => format!("known here: {}", table_of.join(", ")),
                },
            );
            continue;
        };
        rows.push((at, fraction(child)));
    }
    let rows: Vec<(usize, f64)> = rows
        .into_iter()
        .map(|(at, share)| share.map(|share| (at, share)))
        .collect::<Option<_>>()?;
    if rows.len() < entries.len() {
        return None;
    }
    sparse(&own, &rows, table_of.len())
}

/// Shares among the channels that others can read; all of them where none is public.
fn in_public(world: &World, channels: &Shares) -> Shares {
    let share = |i: usize| if i < channels.len() { channels.share(i) } else { 0.0 };
    let weights: Vec<f64> = world
        .channels
        .iter()
        .enumerate()
        .map(|(i, channel)| if channel.private { 0.0 } else { share(i) })
        .collect();
    Shares::new(&weights).unwrap_or_else(|| channels.clone())
}

/// An instant, as a week, a day, a date.
pub(super) fn moment(cursor: &Cursor<'_>, clock: &Clock) -> Option<SimTime> {
    let instant = cursor.read("an instant such as `week 6 Friday 18:00`", instant)?;
    clock.at(instant).map_err(|fault| cursor.fault(fault)).ok()
}

/// Warn that `what` begins when nothing comes or happens any more, so that it never acts.
pub(super) fn warn_if_late(cursor: &Cursor<'_>, what: &str, from: SimTime, end: SimTime) {
    if end <= from {
        cursor.warn(
            "too-late",
            format!("{what} begins after the end of the run, so it has no effect"),
            "let it begin earlier, or state a longer `run_for`; weeks and days are counted from the end of the warm-up",
        );
    }
}

fn arrivals_per_hour(cursor: &Cursor<'_>) -> Option<f64> {
    let per_hour = cursor.read(RATE, rate)?;
    if per_hour <= 0.0 {
        cursor.warn(
            "no-arrivals",
            "nothing ever arrives here",
            "leave the stream out, or give it a rate above zero",
        );
    }
    Some(per_hour)
}

/// How much days vary. Of a spread that is not nothing, what is too small for the law of the factor is refused.
fn cv(cursor: &Cursor<'_>) -> Option<f64> {
    let cv = percent(cursor)?;
    if cv <= 0.0 || Law::gamma(1.0, cv).is_ok() {
        return Some(cv);
    }
    cursor.fail_with_help(
        "out-of-range",
        "so small a spread is none",
        "write `0%`, or at least `0.1%`",
    );
    None
}
