//! Recorded days, and the drawings on which they are played.

use serde_json::{Value, json};

use crate::model::Design;
use crate::present::plot::{LinkEnd, LinkKind, OrgLayout, organization_layout};
use crate::present::replay_json;
use crate::report::{MOST_ROLES, Report, organization_picture};

/// Size of a role's box, and width of a channel's tag, in the coordinates of the drawing.
const BOX: (f64, f64) = (176.0, 92.0);
const TAG: f64 = 116.0;

/// The block `replay` of the page; `None` where nothing was recorded, or a design is too large to be watched.
pub(super) fn replay(report: &Report<'_>, budget: usize) -> Option<Value> {
    if report.model.designs.iter().any(|of| MOST_ROLES < of.organization.role_count()) {
        return None;
    }
    let graphs: Vec<Value> =
        report.model.designs.iter().map(|design| graph(report, design)).collect();
    let drawn = graphs.iter().map(|graph| graph.to_string().len()).sum::<usize>();
    let budget = budget.checked_sub(drawn)?;
    let mut all = replay_json(report.days, &report.model.world, budget)?;
    all["graphs"] = Value::Array(graphs);
    // a day that cannot be made short enough is not shown at all
    (all.to_string().len() <= budget + drawn + drawn / 4).then_some(all)
}

/// The places and lines of a design.
fn graph(report: &Report<'_>, design: &Design) -> Value {
    let picture = organization_picture(&report.model.world, &report.model.practice, design, &[]);
    let layout = organization_layout(&picture, BOX, TAG);
    let round = |number: f64| (number * 10.0).round() / 10.0;
    let place = |of: &[f64; 4]| json!(of.map(round));
    let end = |end: LinkEnd| match end {
        LinkEnd::Channel(at) => -1 - at as i64,
        LinkEnd::Role(at) => at as i64,
    };
    let OrgLayout { size, tags, boxes, frames, lines, tracks } = &layout;
    json!({
        "size": [round(size.0), round(size.1)],
        "tags": tags.iter().map(place).collect::<Vec<_>>(),
        "boxes": boxes.iter().map(place).collect::<Vec<_>>(),
        "frames": frames.iter().map(|(at, name)| json!([place(at), name])).collect::<Vec<_>>(),
        "lines": lines.iter().map(|(kind, d)| json!([word(*kind), d])).collect::<Vec<_>>(),
        "tracks": tracks.iter().map(|track| json!([
            end(track.from), track.to, word(track.kind), u8::from(track.both), track.d,
        ])).collect::<Vec<_>>(),
        "persons": design.organization.roles().map(|(_, role)| role.persons()).collect::<Vec<_>>(),
    })
}

fn word(kind: LinkKind) -> &'static str {
    match kind {
        LinkKind::Intake => "intake",
        LinkKind::Listen => "listen",
        LinkKind::Route => "route",
        LinkKind::Consult => "consult",
        LinkKind::Escalate => "escalate",
        LinkKind::Approve => "approve",
        LinkKind::Report => "report",
    }
}
