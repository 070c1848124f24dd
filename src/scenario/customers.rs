//! The customers: channels, topics, units, what comes in.

use std::collections::HashMap;

use super::audience::audience;
use super::behavior::behavior;
use super::clock::Clock;
use super::crowd::crowds_end;
use super::cursor::{Cursor, Object};
use super::keys::{CHANNEL, CUSTOMERS, TOPIC};
use super::laws::{Bare, law, length};
use super::mood::{MOST_MOOD, mood, moods_of_topics};
use super::names::{fold, quote};
use super::replayed::Replayed;
use super::risk::risks;
use super::scope::Scope;
use super::shares::{percent, table};
use super::streams::{Base, streams, usual_day_cv, usual_week};
use super::tree::Value;
use super::widened::Widened;
use crate::draws::Law;
use crate::model::{
    Audience, Behavior, Channel, Dialogue, MOST_NAMES, Mix, Publicity, Risk, Risks, Shares, Topic,
    World,
};
use crate::units::SimTime;

/// Business units beyond which laying out who knows what takes minutes.
const MOST_UNITS: usize = 200;
/// Channels beyond which laying out who hears what takes all memory.
const MOST_CHANNELS: usize = 1000;

/// What to do where units are missing.
const NAME_UNITS: &str = "name them: `\"business_units\": [\"phones\", \"tablets\"]`";
/// The same where a log is replayed that does not say whose matter an inquiry is.
const NAME_UNITS_OF_LOG: &str = "add `unit` to the log's mapping: `{ \"column\": … }`, or for messages `{ \"most_frequent\": 6 }`; or name them: `\"business_units\": [\"phones\", \"tablets\"]`";

/// What a channel is there for, in its author's words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Purpose {
    pub(super) serves: Option<String>,
    pub(super) because: Option<String>,
}

/// The world of a file, as far as it could be read.
pub(super) struct Customers {
    pub(super) world: World,
    pub(super) purposes: Vec<Purpose>,
}

/// Read the customers, whose languages are known already; tables that the file leaves open take the names of its logs.
pub(super) fn customers(
    cursor: &Cursor<'_>,
    clock: &Clock,
    logs: &[Replayed],
    (languages, language_shares): &(Vec<String>, Shares),
) -> Option<Customers> {
    let of = cursor.object(&CUSTOMERS)?;
    let plain = of.get("plain").and_then(|plain| plain.flag()).unwrap_or(false);
    let widened = Widened::of(&of, logs);
    let units_at = widened.units(&of);
    let (units, unit_shares) =
        units_at.as_ref().and_then(units).unwrap_or((Vec::new(), Shares::none()));
    let channels_at = widened.channels(&of);
    let topics_at = widened.topics(&of);
    let (channels, purposes, channel_shares) = channels(&channels_at).unwrap_or_default();
    let (topics, topic_shares) = topics(&topics_at, plain).unwrap_or_default();
    for (at, many, most) in [
        (Some(&channels_at), channels.len(), MOST_CHANNELS),
        (Some(&topics_at), topics.len(), MOST_NAMES),
        (units_at.as_ref(), units.len(), MOST_UNITS),
        (of.get("languages").as_ref(), languages.len(), MOST_NAMES),
    ] {
        if let (Some(at), true) = (at, most < many) {
            at.fail_with_help(
                "too-many-names",
                format!("{many} names, and {most} can be told apart"),
                "keep those that matter, and gather the rest under one name",
            );
            return None;
        }
    }
    let unit_matters = of.or_default("need_unit_knowledge", "customers.need_unit_knowledge");
    let share = percent(&unit_matters).unwrap_or(0.0);
    if 0.0 < share && units.is_empty() && units_at.is_none() {
        unit_matters.fail_with_help(
            "missing-key",
            "inquiries need a unit's knowledge, but there are no business units",
            if logs.is_empty() { NAME_UNITS } else { NAME_UNITS_OF_LOG },
        );
    }
    let mix = Mix {
        channels: channel_shares.unwrap_or_else(Shares::none),
        topics: topic_shares.unwrap_or_else(Shares::none),
        units: unit_shares,
        unit_matters: share,
        languages: language_shares.clone(),
    };
    let behavior = behavior(&of, plain, &topics).unwrap_or_else(nobody_waits);
    let mut world = World {
        channels,
        topics,
        units,
        languages: languages.clone(),
        streams: Vec::new(),
        behavior,
        audience: Audience::default(),
        mood: None,
    };
    let scope = Scope {
        channels: names(&world.channels, |c| &c.name),
        topics: names(&world.topics, |t| &t.name),
        units: world.units.clone(),
        segments: Vec::new(),
        languages: world.languages.clone(),
    };
    world.audience = audience(&of, &scope, &mix).unwrap_or_default();
    world.mood = of.get("mood").and_then(|at| mood(&at)).flatten();
    moods_of_topics(&of, &world);
    let base = Base {
        world: &world,
        scope: &scope,
        mix: &mix,
        clock,
        logs,
        shape: usual_week(&of, clock),
        day_cv: usual_day_cv(&of, plain),
    };
    world.streams = streams(&of, &base);
    crowds_end(&of, &world);
    Some(Customers { world, purposes })
}

/// The names of a table.
pub(super) fn names<T>(table: &[T], name: impl Fn(&T) -> &String) -> Vec<String> {
    table.iter().map(|row| name(row).clone()).collect()
}

fn nobody_waits() -> Behavior {
    Behavior {
        deadline: None,
        no_deadline: 1.0,
        patience: None,
        recontact: 0.0,
        wrong_guess: 0.0,
        wish_to_continue: 0.0,
        reply_delay: Law::constant(0.0).expect("zero is a length"),
        turned_away: None,
        left_queue: None,
        dialogue: Dialogue::default(),
        publicity: Publicity::default(),
    }
}

/// Business units: a list of names, or names with shares.
pub(super) fn units(cursor: &Cursor<'_>) -> Option<(Vec<String>, Shares)> {
    if matches!(cursor.node.value, Value::Object(_)) {
        let entries = cursor.entries()?;
        let shares: Vec<Option<Cursor>> =
            entries.iter().map(|(_, child)| Some(child.clone())).collect();
        let units = entries.iter().map(|(name, _)| (*name).to_owned()).collect();
        return Some((units, table(cursor, &shares)?));
    }
    let mut names: Vec<String> = Vec::new();
    let mut seen = HashMap::new();
    for item in cursor.items()? {
        let Some(name) = item.name() else { continue };
        match seen.insert(fold(name), name) {
            Some(other) if other == name => item.fail_with_help(
                "duplicate-name",
                format!("{} is named twice", quote(name)),
                "keep one of them",
            ),
            alike => {
                if let Some(other) = alike {
                    item.warn(
                        "look-alike-names",
                        format!("{} looks like {}", quote(name), quote(other)),
                        "they are two different names; rename one of them",
                    );
                }
                names.push(name.into());
            }
        }
    }
    let shares =
        if names.is_empty() { Shares::none() } else { Shares::new(&vec![1.0; names.len()])? };
    Some((names, shares))
}

/// Words for when the window of a mention runs; whether it stands still while somebody is at it.
const WINDOW_RUNS: &[(&str, bool)] = &[("always", false), ("while it waits", true)];

/// How long a mention is worth a touch.
fn window(at: &Cursor<'_>) -> Option<Law> {
    let window = law(at, Bare::Constant)?;
    if window.mean() <= 0.0 {
        at.fail("out-of-range", "a window that is over at once");
        return None;
    }
    Some(window)
}

type Channels = (Vec<Channel>, Vec<Purpose>, Option<Shares>);

fn channels(cursor: &Cursor<'_>) -> Option<Channels> {
    let entries = cursor.entries()?;
    if entries.is_empty() {
        cursor.fail("missing-key", "there are no channels");
    }
    let mut channels = Vec::new();
    let mut purposes = Vec::new();
    let mut shares = Vec::new();
    for (name, child) in &entries {
        let of = child.object(&CHANNEL)?;
        let half_life = positive(&of.or_default("half_life", "customers.channels.*.half_life"));
        let half_life = half_life.unwrap_or(SimTime::DAY);
        let usual = || {
            Law::constant(half_life.times(4).minutes())
                .expect("four half-lives are a length of time")
        };
        let window = of.get("window").and_then(|at| window(&at)).unwrap_or_else(usual);
        let waits = of.get("window_runs").and_then(|at| at.word(WINDOW_RUNS)).unwrap_or(false);
        channels.push(Channel {
            name: (*name).into(),
            private: of
                .or_default("private", "customers.channels.*.private")
                .flag()
                .unwrap_or(false),
            half_life,
            window,
            window_waits: waits,
        });
        let words = |key| of.get(key).and_then(|text| text.text().map(String::from));
        purposes.push(Purpose { serves: words("serves"), because: words("because") });
        shares.push(of.get("share"));
    }
    let shares = table(cursor, &shares);
    Some((channels, purposes, shares))
}

fn topics(cursor: &Cursor<'_>, plain: bool) -> Option<(Vec<Topic>, Option<Shares>)> {
    let entries = cursor.entries()?;
    if entries.is_empty() {
        let help = "name one topic at least, or leave `topics` out for one of all inquiries";
        cursor.fail_with_help("missing-key", "there are no topics", help);
    }
    let mut topics = Vec::new();
    let mut shares = Vec::new();
    for (name, child) in &entries {
        let of = child.object(&TOPIC)?;
        shares.push(of.get("share"));
        topics.extend(topic(name, &of, plain));
    }
    (topics.len() == entries.len()).then(|| {
        let shares = table(cursor, &shares);
        (topics, shares)
    })
}

fn topic(name: &str, of: &Object<'_>, plain: bool) -> Option<Topic> {
    let not_settled = match of.get("not_settled_at_first") {
        None if plain => 0.0,
        _ => percent(
            &of.or_default("not_settled_at_first", "customers.topics.*.not_settled_at_first"),
        )
        .unwrap_or(0.0),
    };
    let work = match of.get("work") {
        None if plain => Law::constant(0.0).ok()?,
        _ => {
            let at = of.or_default("work", "customers.topics.*.work");
            let work = law(&at, Bare::Work)
                .unwrap_or_else(|| Law::constant(1.0).expect("a minute is a length"));
            long_work(&at, &work);
            work
        }
    };
    let approval = of
        .get("approval")
        .and_then(|approval| approval.word(&[("always", true), ("as the design says", false)]));
    Some(Topic {
        name: name.into(),
        need_reply: percent(&of.or_default("need_reply", "customers.topics.*.need_reply"))
            .unwrap_or(1.0),
        work,
        priority: priority(of).unwrap_or(1),
        always_approved: approval.unwrap_or(false),
        risks: of.get("risk").and_then(|at| risks(&at)).unwrap_or(Risks::all(Risk::Low)),
        not_settled_at_first: not_settled,
        exceptions: of.get("exceptions").and_then(|share| percent(&share)).unwrap_or(0.0),
        mood: of.get("mood").and_then(|at| at.number(-MOST_MOOD, MOST_MOOD)).unwrap_or(0.0),
        minds: of.get("minds_being_spoken_to").and_then(|at| percent(&at)).unwrap_or(0.0),
        stage: of.get("life_cycle").and_then(|stage| stage.name().map(String::from)),
    })
}

/// Class 0 for what is urgent, 1 for the rest; `priority` counts from 1.
fn priority(of: &Object<'_>) -> Option<u8> {
    match (of.get("priority"), of.get("urgent")) {
        (Some(priority), urgent) => {
            if urgent.is_some() {
                priority.fail_with_help(
                    "two-tags",
                    "both `priority` and `urgent` are stated",
                    "keep one; `urgent` is priority 1, everything else 2",
                );
            }
            priority.whole(1, 255).map(|class| class as u8 - 1)
        }
        (None, Some(urgent)) => urgent.flag().map(|urgent| u8::from(!urgent)),
        (None, None) => Some(1),
    }
}

/// A length of time above zero.
pub(super) fn positive(cursor: &Cursor<'_>) -> Option<SimTime> {
    let length = length(cursor)?;
    if length == SimTime::ZERO {
        cursor.fail("out-of-range", "this length of time must be more than zero");
        return None;
    }
    Some(length)
}

/// A length of time that comes round again and again, of a second at least: shorter ones would come round for ever.
pub(super) fn a_second_at_least(cursor: &Cursor<'_>) -> Option<SimTime> {
    let length = positive(cursor)?;
    if length < SimTime::SECOND {
        cursor.fail("out-of-range", "this length of time must be a second at least");
        return None;
    }
    Some(length)
}

/// Warn about hands-on work that takes longer than a working day.
pub(super) fn long_work(cursor: &Cursor<'_>, work: &Law) {
    if 8.0 * 60.0 < work.mean() {
        let mean = SimTime::from_minutes(work.mean());
        cursor.warn(
            "long-work",
            format!("hands-on work of {mean} on average"),
            "check the unit: `m` is minutes, `h` hours",
        );
    }
}
