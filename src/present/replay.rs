//! A recorded day as data for a page that plays it: short, and no longer than it may be.
//!
//! Times are whole seconds since the window began, stories are text: a capital letter for what happened,
//! the seconds since the step before in base 36, then numbers in base 36 behind full stops. The format is
//! described in the book's chapter on files.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::experiment::{DesignRecording, Recording, Story};
use crate::model::World;
use crate::sim::{Bin, Cause, Crew, End, Happening, Sighting, Wants};
use crate::units::SimTime;

/// Version of the block.
const VERSION: u32 = 1;
/// One of so many posts is kept; the first with which the day is short enough.
const KEPT: [u64; 12] = [1, 2, 3, 4, 6, 8, 12, 20, 40, 100, 400, 2000];

/// What kind of day was recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayKind {
    /// A day like others.
    Ordinary,
    /// The day on which a surge begins.
    Surge,
}

/// A recorded day and what it is called.
#[derive(Debug, Clone, Copy)]
pub struct RecordedDay<'a> {
    /// What kind of day.
    pub kind: DayKind,
    /// A few words: `An ordinary day`, the name of a surge.
    pub name: &'a str,
    /// Which day, and how it was chosen.
    pub words: &'a str,
    /// Day of the week of time 0, from Monday.
    pub weekday: usize,
    /// What was seen.
    pub recording: &'a Recording,
}

/// All days as data of at most `budget` bytes; `None` for none.
///
/// The budget is divided equally. Of a day that is too long, every second, third, … post is kept, the same
/// ones for every design, and the data says so; the numbers at the desks always count all.
pub fn replay_json(days: &[RecordedDay<'_>], world: &World, budget: usize) -> Option<Value> {
    if days.is_empty() {
        return None;
    }
    let each = budget / days.len();
    let days: Vec<Value> = days.iter().map(|day| short_day(day, each)).collect();
    Some(json!({
        "version": VERSION,
        "channels": world.channels.iter().map(|channel| &channel.name).collect::<Vec<_>>(),
        "topics": world.topics.iter().map(|topic| &topic.name).collect::<Vec<_>>(),
        "units": world.units,
        "causes": Cause::ALL.iter().map(|cause| cause.label()).collect::<Vec<_>>(),
        "ends": End::ALL.iter().map(|end| end.label()).collect::<Vec<_>>(),
        "end_ids": End::ALL.iter().map(|end| end.key()).collect::<Vec<_>>(),
        "works": Bin::ALL.iter().map(|bin| bin.label()).collect::<Vec<_>>(),
        "days": days,
    }))
}

/// The day with as many posts as fit.
fn short_day(day: &RecordedDay<'_>, budget: usize) -> Value {
    let mut kept = KEPT.iter().map(|&every| day_json(day, every));
    let mut last = kept.next().expect("there is a first");
    for next in kept {
        if last.to_string().len() <= budget {
            break;
        }
        last = next;
    }
    last
}

fn day_json(day: &RecordedDay<'_>, every: u64) -> Value {
    let recording = day.recording;
    let (from, until) = recording.window;
    let seconds = |at: SimTime| at.micros() as i64 / 1_000_000 - from.micros() as i64 / 1_000_000;
    let posts: Vec<usize> = (0..recording.posts.len())
        .filter(|&i| recording.posts[i].number.is_multiple_of(every))
        .collect();
    let mentions: Vec<usize> =
        (0..recording.mentions.len()).step_by(usize::try_from(every).unwrap_or(1)).collect();
    let mut flat: Vec<i64> = Vec::new();
    for &i in &posts {
        let post = &recording.posts[i];
        let flags = i64::from(post.needs_reply) + 2 * i64::from(post.unit_matter);
        let unit = post.unit.map_or(0, |unit| i64::from(unit) + 1);
        let (channel, topic) = (i64::from(post.channel), i64::from(post.topic));
        flat.extend([seconds(post.at), channel, topic, unit, flags]);
    }
    let mut seen: Vec<i64> = Vec::new();
    for &i in &mentions {
        let (at, channel) = recording.mentions[i];
        seen.extend([seconds(at), i64::from(channel)]);
    }
    let came = recording.posts.iter().filter(|post| from <= post.at).count();
    let minute = from.micros() / 60_000_000 + day.weekday as u64 * 1440;
    json!({
        "kind": match day.kind { DayKind::Ordinary => "ordinary", DayKind::Surge => "surge" },
        "name": day.name,
        "words": day.words,
        "minute_of_week": minute % (7 * 1440),
        "seconds": seconds(until),
        "every": every,
        "came": came,
        "posts": flat,
        "mentions": seen,
        "designs": recording.designs.iter().map(|design| {
            design_json(recording, design, (&posts, &mentions))
        }).collect::<Vec<_>>(),
    })
}

fn design_json(
    recording: &Recording,
    design: &DesignRecording,
    (posts, mentions): (&[usize], &[usize]),
) -> Value {
    let stories: Vec<String> = posts
        .iter()
        .map(|&i| story(recording.posts[i].at, &design.stories[i], design.gone[i]))
        .collect();
    let sightings: Vec<String> =
        mentions.iter().map(|&i| sighting(recording.mentions[i].0, &design.sightings[i])).collect();
    let crews: Vec<String> =
        design.crews.iter().map(|crew| crew_text(recording.window, crew)).collect();
    json!({ "stories": stories.join(";"), "sightings": sightings.join(";"), "crews": crews })
}

/// What happened, from the arrival on; `gone` is told where it comes after all else.
fn story(arrived: SimTime, story: &Story, gone: Option<SimTime>) -> String {
    let mut text = String::new();
    let mut before = arrived;
    let mut step = |text: &mut String, at: SimTime, letter: char, numbers: &[u64]| {
        let whole = |at: SimTime| at.micros() / 1_000_000;
        push(text, letter, whole(at) - whole(before), numbers);
        before = at;
    };
    for (at, happening) in story {
        match *happening {
            Happening::Arrived { .. } | Happening::TriesLater { .. } => {}
            Happening::Queued { role } => step(&mut text, *at, 'Q', &[role.into()]),
            Happening::Started { role, work, .. } => {
                step(&mut text, *at, 'S', &[role.into(), work as u64]);
            }
            Happening::Interrupted => step(&mut text, *at, 'I', &[]),
            Happening::HandedOver { to, misrouted, .. } => {
                step(&mut text, *at, 'H', &[to.into(), misrouted.into()]);
            }
            Happening::Sent { to, wants: Wants::Answer, .. } => {
                step(&mut text, *at, 'X', &[to.into()]);
            }
            Happening::Sent { to, .. } | Happening::WentUp { to, .. } => {
                step(&mut text, *at, 'V', &[to.into()]);
            }
            Happening::SentBack => step(&mut text, *at, 'B', &[]),
            // a page plays the way of the inquiry itself
            Happening::Replied { turn: 0, .. }
            | Happening::TakenUpAgain { .. }
            | Happening::ToldToWait
            | Happening::WentPublic => {}
            Happening::Replied { turn, right, .. } => {
                step(&mut text, *at, 'R', &[turn.into(), (!right).into()]);
            }
            Happening::WroteAgain { duplicate } => {
                step(&mut text, *at, if duplicate { 'D' } else { 'A' }, &[]);
            }
            Happening::Ended { end, ref waits, hands_on, theirs } => {
                step(&mut text, *at, 'E', &[end as u64]);
                for (cause, wait) in waits {
                    push(&mut text, 'C', whole_seconds(*wait), &[*cause as u64]);
                }
                push(&mut text, 'W', whole_seconds(hands_on), &[]);
                push(&mut text, 'T', whole_seconds(theirs), &[]);
            }
        }
    }
    if let Some(gone) = gone.filter(|&gone| story.last().is_none_or(|(last, _)| *last < gone)) {
        step(&mut text, gone, 'Z', &[]);
    }
    text
}

/// The nearest whole second.
fn whole_seconds(length: SimTime) -> u64 {
    (length.micros() + 500_000) / 1_000_000
}

/// What became of a mention, from its appearance on.
fn sighting(appeared: SimTime, story: &[(SimTime, Sighting)]) -> String {
    let mut text = String::new();
    for (at, sighting) in story {
        let after = at.since(appeared).micros() / 1_000_000;
        match *sighting {
            Sighting::Appeared { .. } => {}
            Sighting::TakenUp { role } => push(&mut text, 'U', after, &[role.into()]),
            Sighting::PutAside => push(&mut text, 'P', after, &[]),
            Sighting::Touched => push(&mut text, 'T', after, &[]),
            Sighting::Faded => push(&mut text, 'F', after, &[]),
        }
    }
    text
}

/// How a role was at the end of each minute that changed it: minutes since the last one, then what changed.
fn crew_text((from, until): (SimTime, SimTime), crew: &[(SimTime, Crew)]) -> String {
    let minute = |at: SimTime| at.since(from).micros() / 60_000_000;
    // the last state of each minute
    let minutes: BTreeSet<u64> = crew.iter().map(|&(at, _)| minute(at)).collect();
    let mut text = String::new();
    let (mut before, mut last) = (0, [0; 5]);
    let mut at = 0;
    for &now in minutes.iter().filter(|&&now| now < minute(until)) {
        while at + 1 < crew.len() && minute(crew[at + 1].0) <= now {
            at += 1;
        }
        let of = crew[at].1;
        let state = [of.present, of.away, of.proactive, of.working, of.waiting];
        if state == last && 0 < now {
            continue;
        }
        if !text.is_empty() {
            text.push(',');
        }
        base36(&mut text, now - before);
        for (letter, (new, old)) in ['P', 'A', 'M', 'W', 'Q'].iter().zip(state.iter().zip(&last)) {
            if new != old {
                text.push(*letter);
                base36(&mut text, (*new).into());
            }
        }
        (before, last) = (now, state);
    }
    text
}

/// A letter, a number unless it is 0, and more numbers; the last ones are left out while they are 0.
fn push(text: &mut String, letter: char, number: u64, more: &[u64]) {
    text.push(letter);
    if 0 < number {
        base36(text, number);
    }
    let kept = more.iter().rposition(|&n| 0 < n).map_or(0, |last| last + 1);
    for &n in &more[..kept] {
        text.push('.');
        base36(text, n);
    }
}

/// A number in digits and small letters.
fn base36(text: &mut String, number: u64) {
    const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
    if 36 <= number {
        base36(text, number / 36);
    }
    text.push(char::from(DIGITS[(number % 36) as usize]));
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicBool;

    use super::*;
    use crate::experiment::examples::model_of_desks;
    use crate::experiment::record;
    use crate::sim::Reply;

    fn at(seconds: u64) -> SimTime {
        SimTime::SECOND.times(seconds)
    }

    #[test]
    fn a_story_is_short_and_whole() {
        let told = story(
            at(100),
            &vec![
                (at(100), Happening::Queued { role: 0 }),
                (at(190), Happening::Started { role: 11, person: Some(3), work: Bin::Answer }),
                (at(240), Happening::Sent { from: 11, to: 2, wants: Wants::Approval }),
                (at(900), Happening::Replied { turn: 1, right: false, is: Reply::Answer }),
                (
                    at(900),
                    Happening::Ended {
                        end: End::ALL[1],
                        waits: vec![(Cause::ALL[2], at(60))],
                        hands_on: at(50),
                        theirs: at(0),
                    },
                ),
            ],
            Some(at(900)),
        );
        assert_eq!(told, "QS2i.bV1e.2Ric.1.1E.1C1o.2W1eT");
    }

    #[test]
    fn a_case_that_is_worked_on_after_its_end_goes_when_it_goes() {
        let left = Happening::Ended {
            end: End::ALL[0],
            waits: Vec::new(),
            hands_on: at(0),
            theirs: at(0),
        };
        let told = story(at(0), &vec![(at(10), left)], Some(at(46)));
        assert_eq!(told, "EaWTZ10");
    }

    #[test]
    fn a_crew_is_told_by_what_changed_at_the_end_of_a_minute() {
        let crew = |present, waiting| Crew { present, waiting, ..Crew::default() };
        let told = crew_text(
            (at(600), at(600 + 3600)),
            &[
                (at(600), crew(2, 0)),
                (at(601), crew(2, 1)),
                (at(640), crew(2, 40)),
                (at(700), crew(2, 41)),
                (at(701), crew(2, 40)),
                (at(780), crew(0, 40)),
            ],
        );
        assert_eq!(told, "0P2Q14,3P0");
    }

    #[test]
    fn a_day_that_is_too_long_keeps_the_same_posts_for_every_design() {
        let model = model_of_desks(6.0);
        let window = (SimTime::HOUR.times(36), SimTime::HOUR.times(60));
        let recording = record(&model, window, &AtomicBool::new(false)).unwrap();
        let day = RecordedDay {
            kind: DayKind::Ordinary,
            name: "a day",
            words: "",
            weekday: 2,
            recording: &recording,
        };
        let whole = replay_json(&[day], &model.world, usize::MAX).unwrap();
        let short = replay_json(&[day], &model.world, 6_000).unwrap();
        let of = |json: &Value, key: &str| json["days"][0][key].clone();
        assert_eq!(of(&whole, "every"), 1);
        assert!(1 < of(&short, "every").as_u64().unwrap());
        assert_eq!(of(&whole, "came"), of(&short, "came"));
        assert_eq!(of(&whole, "minute_of_week"), (36 + 48) * 60);
        for json in [&whole, &short] {
            let posts = of(json, "posts").as_array().unwrap().len() / 5;
            for design in of(json, "designs").as_array().unwrap() {
                let stories = design["stories"].as_str().unwrap();
                assert_eq!(stories.split(';').count(), posts.max(1));
            }
        }
        assert_eq!(
            of(&whole, "designs")[0]["crews"],
            of(&short, "designs")[0]["crews"],
            "desks count all"
        );
    }
}
