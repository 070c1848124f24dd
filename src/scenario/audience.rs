//! Segments of the audience: who the customers are.

use super::behavior::expectation;
use super::cursor::{Cursor, Object};
use super::keys::SEGMENT;
use super::names::quote;
use super::scope::Scope;
use super::shares::{percent, table};
use super::tree::Value;
use crate::model::{Audience, Leaning, Mix, Segment, Shares};

/// How far the share of a segment may come out from what is stated.
const FAR: f64 = 0.005;
/// Largest weight of a channel or topic.
const LARGEST_WEIGHT: f64 = 1e6;

/// The segments of the customers; none where the file does not tell them apart.
pub(super) fn audience(of: &Object<'_>, scope: &Scope, mix: &Mix) -> Option<Audience> {
    let Some(at) = of.get("segments") else { return Some(Audience::default()) };
    let entries = at.entries()?;
    if entries.is_empty() {
        at.fail_with_help("missing-key", "there are no segments", "name some, or leave this out");
        return None;
    }
    let mut read = Vec::new();
    let mut shares = Vec::new();
    for (name, child) in &entries {
        let of = child.object(&SEGMENT)?;
        shares.push(of.get("share"));
        read.push(segment(name, &of, scope));
    }
    let shares: Shares = table(&at, &shares)?;
    let read: Vec<(Segment, [Vec<f64>; 2])> = read.into_iter().collect::<Option<_>>()?;
    let mut segments = Vec::new();
    let mut leanings = Vec::new();
    for (i, (segment, [channels, topics])) in read.into_iter().enumerate() {
        segments.push(segment);
        leanings.push(Leaning { share: shares.share(i), channels, topics });
    }
    if mix.channels.len() != scope.channels.len() || mix.topics.len() != scope.topics.len() {
        // The tables themselves could not be read, which has been told.
        return None;
    }
    let (audience, found) = Audience::new(segments, &leanings, mix);
    for (((name, child), leaning), found) in entries.iter().zip(&leanings).zip(found) {
        if FAR < (found - leaning.share).abs() {
            child.warn(
                "segment-share",
                format!(
                    "{} come out as {:.1}% of the customers, not {:.1}%",
                    quote(name),
                    100.0 * found,
                    100.0 * leaning.share
                ),
                "its channels and topics have another share of the messages: widen them, or state the share that fits",
            );
        }
    }
    Some(audience)
}

/// The names of the segments of a table, also where what they say cannot be read.
pub(super) fn segment_names(table: &Cursor<'_>) -> Vec<String> {
    let Value::Object(entries) = &table.node.value else { return Vec::new() };
    let segments = entries.iter().filter(|entry| matches!(entry.node.value, Value::Object(_)));
    segments.map(|entry| entry.name.clone()).collect()
}

/// One segment: how it behaves, and its weights of channels and topics.
fn segment(name: &str, of: &Object<'_>, scope: &Scope) -> Option<(Segment, [Vec<f64>; 2])> {
    let channels = leaning(of, "channels", "unknown-channel", &scope.channels);
    let topics = leaning(of, "topics", "unknown-topic", &scope.topics);
    let own = |key: &'static str| match of.get(key) {
        None => Some(None),
        Some(at) => percent(&at).map(Some),
    };
    let expects = match of.get("expect_reply_within") {
        None => Some(None),
        Some(at) => expectation(&at).map(Some),
    };
    let (recontact, wish) = (own("recontact"), own("wish_to_continue"));
    let goes_public = own("goes_public");
    let segment = Segment {
        name: name.into(),
        expects: expects?,
        recontact: recontact?,
        wish_to_continue: wish?,
        goes_public: goes_public?,
    };
    Some((segment, [channels?, topics?]))
}

/// Weights of a table's rows: a list names those that the segment uses, an object says how many times as
/// often as others it uses them.
fn leaning(
    of: &Object<'_>,
    key: &'static str,
    code: &'static str,
    names: &[String],
) -> Option<Vec<f64>> {
    let Some(at) = of.get(key) else { return Some(vec![1.0; names.len()]) };
    let what = key.trim_end_matches('s');
    let mut weights;
    if matches!(at.node.value, Value::List(_)) {
        weights = vec![0.0; names.len()];
        for item in at.items()? {
            weights[item.position(code, what, names)?] = 1.0;
        }
    } else {
        weights = vec![1.0; names.len()];
        for (name, child) in at.entries()? {
            weights[child.named(name, code, what, names)?] = child.number(0.0, LARGEST_WEIGHT)?;
        }
    }
    if weights.iter().sum::<f64>() <= 0.0 {
        at.fail_with_help(
            "all-zero",
            format!("this segment has no {what} to write on or about"),
            format!("leave `{key}` out where it has all of them"),
        );
        return None;
    }
    Some(weights)
}
