//! Where everything of an organization stands, for those who draw it themselves.

use super::super::canvas::{Rect, px};
use super::layers::{block_of, blocks};
use super::place::{Sizes, place};
use super::route::{tracks, ways};
use super::wires::wires;
use super::{LinkEnd, LinkKind, OrgPicture};

/// Height of a channel's tag.
const TAG: f64 = 34.0;

/// Places and lines of an organization; all in one system of coordinates from the upper left.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OrgLayout {
    /// Width and height of all of it.
    pub size: (f64, f64),
    /// Of each channel: left, top, width, height.
    pub tags: Vec<[f64; 4]>,
    /// Of each role.
    pub boxes: Vec<[f64; 4]>,
    /// Of each unit's frame, with the unit's name.
    pub frames: Vec<([f64; 4], String)>,
    /// Lines to draw, as SVG paths.
    pub lines: Vec<(LinkKind, String)>,
    /// The way of each link by itself.
    pub tracks: Vec<OrgTrack>,
}

/// The way of one link.
#[derive(Debug, Clone, PartialEq)]
pub struct OrgTrack {
    /// Where it begins.
    pub from: LinkEnd,
    /// The role at which it ends.
    pub to: usize,
    /// What it is for.
    pub kind: LinkKind,
    /// Whether it is the way back too.
    pub both: bool,
    /// An SVG path without gaps.
    pub d: String,
}

/// The places of an organization whose boxes all have one size, and whose channels' tags have one width.
pub fn organization_layout(data: &OrgPicture, size: (f64, f64), tag: f64) -> OrgLayout {
    if data.roles.is_empty() {
        return OrgLayout::default();
    }
    let blocks = blocks(data);
    let of = block_of(&blocks, data.roles.len());
    let wires = wires(data, &blocks, &of);
    let sizes =
        Sizes { tags: vec![(tag, TAG); data.channels.len()], boxes: vec![size; data.roles.len()] };
    let placed = place(&blocks, &of, &sizes, &wires, 24.0);
    let corners = |rect: &Rect| [rect.x, rect.y, rect.w, rect.h];
    let named = blocks.iter().zip(&placed.frames);
    OrgLayout {
        size: (placed.corner.0 + 16.0, placed.corner.1 + 8.0),
        tags: placed.tags.iter().map(corners).collect(),
        boxes: placed.boxes.iter().map(corners).collect(),
        frames: named
            .filter_map(|(block, frame)| Some((corners(frame.as_ref()?), block.unit.clone()?)))
            .collect(),
        lines: ways(&placed, &wires).into_iter().map(|way| (way.kind, way.d)).collect(),
        tracks: tracks(&placed, &wires),
    }
}

impl OrgLayout {
    /// The numbers of a place, short.
    pub fn short(place: &[f64; 4]) -> [String; 4] {
        place.map(px)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{OrgChannel, OrgLink, OrgRole};
    use super::*;

    fn picture() -> OrgPicture {
        let link = |from, to, kind| OrgLink { from, to, kind, label: None };
        OrgPicture {
            channels: vec![OrgChannel::default(); 2],
            roles: vec![OrgRole::default(); 3],
            links: vec![
                link(LinkEnd::Channel(0), 0, LinkKind::Intake),
                link(LinkEnd::Channel(1), 0, LinkKind::Intake),
                link(LinkEnd::Role(0), 1, LinkKind::Consult),
                link(LinkEnd::Role(0), 2, LinkKind::Route),
                link(LinkEnd::Role(2), 0, LinkKind::Route),
            ],
            ..OrgPicture::default()
        }
    }

    #[test]
    fn every_link_has_a_way_without_gaps() {
        let layout = organization_layout(&picture(), (150.0, 70.0), 90.0);
        let ways: Vec<(LinkEnd, usize, bool)> =
            layout.tracks.iter().map(|track| (track.from, track.to, track.both)).collect();
        for wanted in [
            (LinkEnd::Channel(0), 0, false),
            (LinkEnd::Channel(1), 0, false),
            (LinkEnd::Role(0), 1, false),
            (LinkEnd::Role(0), 2, true),
        ] {
            assert!(ways.contains(&wanted), "{wanted:?} in {ways:?}");
        }
        for track in &layout.tracks {
            assert_eq!(track.d.matches('M').count(), 1, "{}", track.d);
        }
    }

    #[test]
    fn boxes_have_the_size_asked_for_and_stand_within() {
        let layout = organization_layout(&picture(), (150.0, 70.0), 90.0);
        for place in layout.boxes.iter().chain(&layout.tags) {
            assert!(place[0] + place[2] <= layout.size.0 && place[1] + place[3] <= layout.size.1);
        }
        assert!(layout.boxes.iter().all(|place| (place[2] - 150.0).abs() < 1e-9));
    }
}
