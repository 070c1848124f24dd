//! Surges: more of every stream for a while, at once, rising and decaying, or feeding on itself.

use std::sync::Arc;

use super::clock::Clock;
use super::crowd::crowd;
use super::cursor::Cursor;
use super::customers::positive;
use super::keys::{RISE, SURGE, SURGE_SHAPE};
use super::scope::Scope;
use super::streams::{moment, warn_if_late};
use super::tree::Value;
use crate::model::{
    Arrivals, ChannelId, Crowd, Mix, RateProfile, Shape, Shares, Stream, StreamKind, UnitId,
};
use crate::units::SimTime;

/// Pieces of a rise, and of each half-life of a decay.
const PIECES: u64 = 4;
/// Half-lives after which the rest of a decay is one piece.
const HALF_LIVES: u64 = 12;

/// How a surge goes.
enum Course {
    /// All of it from the first moment to the last.
    Step,
    /// Rising in a straight line, then halved every half-life.
    RiseAndDecay { rise: SimTime, half_life: SimTime },
    /// Each post draws in others.
    SelfExciting(Crowd),
}

/// More of every stream of messages for a while; the customers of the calm scenario stay who they are.
///
/// `calm` are the streams without any surge, so that surges at the same time add up and each brings a stream
/// for each of the calm ones, at most.
pub(super) fn surge(
    cursor: &Cursor<'_>,
    scope: &Scope,
    clock: &Clock,
    calm: &[Stream],
) -> Option<Vec<Stream>> {
    let of = cursor.object(&SURGE)?;
    let times = of.need("times").and_then(|times| times.number(1.0, 1e6));
    let from = of.need("from").and_then(|from| moment(&from, clock));
    let length = of.need("for").and_then(|length| positive(&length));
    let unit = match of.get("business_unit") {
        None => None,
        Some(unit) => Some(scope.unit(&unit)?),
    };
    let channel = match of.get("channel") {
        None => None,
        Some(channel) => Some(scope.channel(&channel)?),
    };
    let course = match of.get("shape") {
        None => Course::Step,
        Some(shape) => course(&shape)?,
    };
    let surge = Surge { times: times?, from: from?, length: length?, unit, channel, course };
    warn_if_late(&of.need("from")?, "this surge", surge.from, clock.last_arrival);
    let inquiries: Vec<&Stream> =
        calm.iter().filter(|stream| stream.kind == StreamKind::Inquiries).collect();
    something_can_surge(cursor, &inquiries)?;
    let surged: Vec<Stream> = inquiries.iter().filter_map(|stream| surge.more_of(stream)).collect();
    let random = inquiries.iter().filter(|stream| is_random(stream));
    if random.map(|stream| surge.share_of(&stream.mix)).all(|share| share <= 0.0) {
        cursor.fail_with_help(
            "no-effect",
            "nothing surges: no inquiries are of this unit or come by this channel",
            "name one that has a share of them",
        );
        return None;
    }
    if surged.is_empty() {
        cursor.warn(
            "no-effect",
            "nothing surges: no stream with a rate of `messages` comes at this time",
            "let it overlap what lies between `from` and `until` of such a stream",
        );
    }
    Some(surged)
}

/// Only what comes at a rate of its own can come more often.
fn something_can_surge(cursor: &Cursor<'_>, inquiries: &[&Stream]) -> Option<()> {
    let help = "a surge is more of such a stream; what comes by a log, the clock, gaps, states or members comes as it is stated there. A second stream of `messages`, with `from` and `until`, can stand for the storm";
    match inquiries.iter().filter(|stream| is_random(stream)).count() {
        0 => {
            let message =
                "nothing surges: no stream of inquiries has a rate of `messages` of its own";
            cursor.fail_with_help("no-effect", message, help);
            return None;
        }
        some if some < inquiries.len() => {
            let message = "only part of the inquiries surges: not all streams have a rate of `messages` of their own";
            cursor.warn("no-effect", message, help);
        }
        _ => {}
    }
    Some(())
}

fn is_random(stream: &Stream) -> bool {
    matches!(stream.arrivals, Arrivals::Poisson(_))
}

/// More of what comes anyway.
struct Surge {
    times: f64,
    from: SimTime,
    length: SimTime,
    unit: Option<UnitId>,
    channel: Option<ChannelId>,
    course: Course,
}

impl Surge {
    /// The part of a stream's posts that surges.
    fn share_of(&self, mix: &Mix) -> f64 {
        let of_unit = self.unit.map_or(1.0, |unit| mix.units.share(unit.index()));
        of_unit * self.channel.map_or(1.0, |channel| mix.channels.share(channel.index()))
    }

    /// What comes beside this stream; `None` where nothing of it surges, or nothing while the surge lasts.
    fn more_of(&self, stream: &Stream) -> Option<Stream> {
        let Arrivals::Poisson(profile) = &stream.arrivals else { return None };
        let share = self.share_of(&stream.mix);
        let (from, length) = (self.from, self.length);
        let (begins, ends) = (from.max(profile.from), (from + length).min(profile.until));
        if share <= 0.0 || ends <= begins {
            return None;
        }
        let mut mix = stream.mix.clone();
        if let Some(unit) = self.unit {
            mix.units = Shares::only(unit.index(), mix.units.len());
        }
        if let Some(channel) = self.channel {
            mix.channels = Shares::only(channel.index(), mix.channels.len());
        }
        // `times` is of all that comes, those whom others draw in included
        let in_all = profile.per_hour * stream.crowd.as_ref().map_or(1.0, Crowd::multiplier);
        let mut more = RateProfile {
            per_hour: in_all * (self.times - 1.0) * share,
            from: begins,
            until: ends,
            ..profile.clone()
        };
        let mut crowd = None;
        match &self.course {
            Course::Step => {}
            Course::RiseAndDecay { rise, half_life } => {
                let envelope = envelope(length, *rise, *half_life);
                more.shape = Some(Arc::new(within(more.shape.as_deref(), &envelope, from, length)));
            }
            // As many in all as in a step: most of them are drawn in by the first.
            Course::SelfExciting(by) => {
                more.per_hour /= by.multiplier();
                crowd = Some(*by);
            }
        }
        Some(Stream {
            name: format!("{}: surge", stream.name),
            kind: stream.kind,
            arrivals: Arrivals::Poisson(more),
            batches: stream.batches.clone(),
            limit: None,
            mix,
            crowd,
        })
    }
}

fn course(cursor: &Cursor<'_>) -> Option<Course> {
    if matches!(cursor.node.value, Value::Text(_)) {
        return cursor.word(&[("step", ())]).map(|()| Course::Step);
    }
    let (tag, body) = cursor.tagged(&SURGE_SHAPE)?;
    if tag == "self_exciting" {
        return crowd(&body).map(Course::SelfExciting);
    }
    let of = body.object(&RISE)?;
    let rise = of.need("rise").and_then(|at| positive(&at));
    let half_life = of.need("half_life").and_then(|at| positive(&at));
    Some(Course::RiseAndDecay { rise: rise?, half_life: half_life? })
}

/// The mean height of each piece of a rise and decay, by where it begins; 1 at the peak.
///
/// Over a piece from a to b of the decay, which halves every h: (2^(−a/h) − 2^(−b/h)) · h / (ln 2 · (b − a)).
fn envelope(length: SimTime, rise: SimTime, half_life: SimTime) -> Vec<(SimTime, f64)> {
    let piece = |of: SimTime, i: u64| SimTime::from_micros(of.micros() * i / PIECES);
    let mut starts: Vec<(SimTime, f64)> =
        (0..PIECES).map(|i| (piece(rise, i), (i as f64 + 0.5) / PIECES as f64)).collect();
    let h = half_life.micros() as f64;
    let decay = length.since(rise);
    for i in 0..PIECES * HALF_LIVES {
        let start = piece(half_life, i);
        let last = i + 1 == PIECES * HALF_LIVES;
        let end = if last { decay } else { decay.min(piece(half_life, i + 1)) };
        if end <= start {
            break;
        }
        let (a, b) = (start.micros() as f64, end.micros() as f64);
        let height =
            (libm::exp2(-a / h) - libm::exp2(-b / h)) * h / (core::f64::consts::LN_2 * (b - a));
        starts.push((rise + start, height));
    }
    starts.retain(|&(start, _)| start < length);
    starts
}

/// The multipliers of a stream over a surge: its own times those of the envelope, for the length of the surge.
///
/// The surge lasts one cycle, so that the mean of the shape is the mean while it lasts. A cycle begins at simulated time
/// 0, so the surge begins within one and goes on at the start of the next.
fn within(
    own: Option<&Shape>,
    envelope: &[(SimTime, f64)],
    from: SimTime,
    length: SimTime,
) -> Shape {
    let until = from + length;
    let flat = Shape { period: SimTime::DAY, steps: vec![(SimTime::ZERO, 1.0)], wave: None };
    let own = own.unwrap_or(&flat);
    let at = |t: SimTime| {
        let past = envelope.partition_point(|&(start, _)| from + start <= t);
        own.at(t) * envelope[past - 1].1
    };
    let mut edges: Vec<SimTime> = envelope.iter().map(|&(start, _)| from + start).collect();
    for cycle in from.micros() / own.period.micros()..=until.micros() / own.period.micros() {
        edges.extend(own.steps.iter().map(|&(start, _)| own.period.times(cycle) + start));
    }
    if own.wave.is_some() {
        // A smooth cycle is followed in short steps.
        let step = SimTime::MINUTE.times(5);
        edges.extend((0..=length.micros() / step.micros()).map(|i| from + step.times(i)));
    }
    // Where the cycle of the surge itself begins anew.
    edges.push(length.times(until.micros() / length.micros()));
    edges.push(from);
    edges.retain(|&edge| from <= edge && edge < until);
    let mut steps: Vec<(SimTime, f64)> = edges
        .into_iter()
        .map(|edge| (SimTime::from_micros(edge.micros() % length.micros()), at(edge)))
        .collect();
    steps.sort_by_key(|&(start, _)| start);
    steps.dedup_by_key(|&mut (start, _)| start);
    Shape { period: length, steps, wave: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: SimTime = SimTime::HOUR;

    #[test]
    fn a_rise_and_decay_has_the_area_of_its_curve() {
        let (length, rise, half_life) = (HOUR.times(36), HOUR.times(2), HOUR.times(6));
        let envelope = envelope(length, rise, half_life);
        let shape = within(None, &envelope, HOUR.times(1000), length);
        // ∫ of the rise = 2 h / 2; of the decay over 34 h: h/ln 2 · (1 − 2^(−34/6)).
        let area = 1.0 + 6.0 / core::f64::consts::LN_2 * (1.0 - libm::exp2(-34.0 / 6.0));
        assert!((shape.mean() * 36.0 - area).abs() < 1e-6, "{}", shape.mean() * 36.0);
        assert_eq!(shape.steps[0].0, SimTime::ZERO);
    }

    #[test]
    fn a_surge_goes_with_the_hours_of_its_stream() {
        let own = Shape {
            wave: None,
            period: SimTime::DAY,
            steps: vec![(SimTime::ZERO, 0.0), (HOUR.times(12), 2.0)],
        };
        let shape = within(Some(&own), &[(SimTime::ZERO, 1.0)], HOUR.times(30), HOUR.times(48));
        assert!((shape.mean() - 1.0).abs() < 1e-12);
        let cut = within(Some(&own), &[(SimTime::ZERO, 1.0)], HOUR.times(36), HOUR.times(12));
        assert!((cut.mean() - 2.0).abs() < 1e-12, "{cut:?}");
    }

    /// What comes in an hour of each stream of some customers, of its own accord or drawn in.
    fn in_all(customers: &str) -> Vec<f64> {
        let text = format!(
            r#"{{ "orgsim": 1, "customers": {{ {customers} }},
            "designs": {{ "A": {{ "centralized": {{ "care agent": 9, "strategist": 1 }} }} }},
            "experiment": {{ "run_for": "52 weeks" }} }}"#
        );
        let source = crate::scenario::Source::new("surges", text);
        let scenario = crate::scenario::load(&source, &crate::scenario::Overlay::default());
        let of = |stream: &Stream| {
            let Arrivals::Poisson(profile) = &stream.arrivals else { panic!("{}", stream.name) };
            assert!(profile.from < profile.until, "{profile:?}");
            profile.per_hour * stream.crowd.as_ref().map_or(1.0, Crowd::multiplier)
        };
        scenario.expect("a sound file").model.world.streams.iter().map(of).collect()
    }

    #[test]
    fn each_surge_is_more_of_the_calm_streams_alone() {
        let crowd = r#""self_exciting": { "branching": 0.8, "forget_after": "6h" }"#;
        let streams = format!(
            r#""streams": {{ "a": {{ "messages": "20/hour", {crowd} }}, "b": {{ "messages": "5/hour" }} }}"#
        );
        let of = |surges: &[String]| {
            in_all(&format!(r#"{streams}, "surges": [ {} ]"#, surges.join(", ")))
        };
        for shape in [r#""step""#, r#"{ "self_exciting": { "branching": 0.5 } }"#] {
            let surge = |times: u32| {
                format!(
                    r#"{{ "times": {times}, "from": "day 2", "for": "24h", "shape": {shape} }}"#
                )
            };
            // at the same time: each adds what it would alone
            let all = of(&[surge(3), surge(2), surge(11)]);
            let wanted = [20.0, 5.0, 40.0, 10.0, 20.0, 5.0, 200.0, 50.0];
            assert_eq!(all.len(), wanted.len());
            let near = all.iter().zip(wanted).all(|(a, b)| (a - b).abs() < 1e-9);
            assert!(near, "{all:?}");
        }
        let fortnightly = |i: u32| {
            format!(r#"{{ "times": 2, "from": "week {} Friday 09:00", "for": "8h" }}"#, 2 * i + 1)
        };
        assert_eq!(of(&(0..26).map(fortnightly).collect::<Vec<_>>()).len(), 2 + 26 * 2);
    }

    #[test]
    fn a_surge_is_nothing_of_a_stream_that_comes_at_another_time() {
        let surge = r#""surges": [ { "times": 2, "from": "week 4 Monday", "for": "1 day" } ]"#;
        let early = r#""early": { "messages": "9/hour", "until": "week 4 Monday" }"#;
        let late = r#""late": { "messages": "7/hour", "from": "week 4 Monday 12:00" }"#;
        let both = format!(r#""streams": {{ {early}, {late} }}, {surge}"#);
        let all = in_all(&both);
        assert_eq!(all.len(), 3);
        assert!((all[2] - 7.0).abs() < 1e-9, "{all:?}");
    }

    #[test]
    fn a_surge_multiplies_those_who_are_drawn_in_as_well() {
        let all = |shape: &str| {
            in_all(&format!(
                r#""streams": {{ "s": {{ "messages": "20/hour", "self_exciting": {{ "branching": 0.8, "forget_after": "6h" }} }} }},
                "surges": [ {{ "times": 4, "from": "day 2", "for": "24h", "shape": {shape} }} ]"#
            ))
        };
        for shape in [r#""step""#, r#"{ "self_exciting": { "branching": 0.5 } }"#] {
            let all = all(shape);
            assert_eq!(all.len(), 2);
            assert!((all[0] - 20.0).abs() < 1e-9 && (all[1] - 60.0).abs() < 1e-9, "{all:?}");
        }
    }
}
