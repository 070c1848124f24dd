//! The shape of a design.

use serde_json::{Map, Value, json};

use crate::model::Outline;

/// A shape as `check --format json` and `results.json` write it.
pub fn outline_json(outline: &Outline) -> Value {
    let points: Vec<Value> = outline
        .single_points
        .iter()
        .map(|point| {
            json!({ "role": point.role, "share_of_inquiries": point.share, "channels": point.channels })
        })
        .collect();
    let sole: Vec<Value> = outline
        .sole_holders
        .iter()
        .map(|(unit, role)| json!({ "unit": unit, "role": role }))
        .collect();
    let uncovered: Map<String, Value> = outline
        .uncovered_by_channel
        .iter()
        .map(|(name, hours)| (name.clone(), json!(hours)))
        .collect();
    let mut json = json!({
        "layers": outline.layers,
        "span_mean": outline.span_mean,
        "path_length": outline.path_length,
        "answered_knowingly": outline.answered_knowingly,
        "links_crossing_units": outline.crossing_units,
        "single_points_of_failure": points,
        "sole_holders": sole,
        "uncovered_hours_per_week": outline.uncovered_hours,
        "uncovered_hours_per_week_by_channel": uncovered,
        "unreachable": outline.unreachable,
    });
    if !outline.uncovered_by_topic.is_empty() {
        let gaps = outline.uncovered_by_topic.iter().map(|gap| {
            json!({
                "topic": gap.topic, "channel": gap.channel, "language": gap.language,
                "hours_per_week": gap.hours,
            })
        });
        json["uncovered_by_topic"] = gaps.collect();
    }
    if !outline.uncovered_by_language.is_empty() {
        let gaps: Vec<Value> = outline
            .uncovered_by_language
            .iter()
            .map(|gap| {
                json!({ "language": gap.language, "channel": gap.channel, "hours_per_week": gap.hours })
            })
            .collect();
        let lone: Vec<Value> = outline
            .lone_speakers
            .iter()
            .map(|(language, role)| json!({ "language": language, "role": role }))
            .collect();
        json["uncovered_by_language"] = json!(gaps);
        json["lone_speakers"] = json!(lone);
    }
    json
}
