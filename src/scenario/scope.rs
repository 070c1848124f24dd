//! The names that other parts of a file may use.

use super::audience::segment_names;
use super::cursor::Cursor;
use super::customers::names;
use crate::model::{ChannelId, SegmentId, TopicId, UnitId, World};

/// Names of channels, topics, units, segments and languages.
#[derive(Debug, Clone, Default)]
pub(super) struct Scope {
    pub(super) channels: Vec<String>,
    pub(super) topics: Vec<String>,
    pub(super) units: Vec<String>,
    pub(super) segments: Vec<String>,
    pub(super) languages: Vec<String>,
}

impl Scope {
    /// The names of a world; those of segments as they are stated, since not all of them may have been read.
    pub(super) fn of(world: &World, segments: Option<&Cursor<'_>>) -> Scope {
        Scope {
            channels: names(&world.channels, |channel| &channel.name),
            topics: names(&world.topics, |topic| &topic.name),
            units: world.units.clone(),
            segments: segments.map(segment_names).unwrap_or_default(),
            languages: world.languages.clone(),
        }
    }

    pub(super) fn channel(&self, cursor: &Cursor<'_>) -> Option<ChannelId> {
        cursor.position("unknown-channel", "channel", &self.channels).map(|i| ChannelId(i as u32))
    }

    pub(super) fn topic(&self, cursor: &Cursor<'_>) -> Option<TopicId> {
        cursor.position("unknown-topic", "topic", &self.topics).map(|i| TopicId(i as u32))
    }

    pub(super) fn unit(&self, cursor: &Cursor<'_>) -> Option<UnitId> {
        cursor.position("unknown-unit-name", "business unit", &self.units).map(|i| UnitId(i as u32))
    }

    /// A list of channels.
    pub(super) fn channels(&self, list: Option<Cursor<'_>>) -> Vec<ChannelId> {
        list.and_then(|list| list.items())
            .into_iter()
            .flatten()
            .filter_map(|item| self.channel(&item))
            .collect()
    }

    /// A list of topics.
    pub(super) fn topics(&self, list: Option<Cursor<'_>>) -> Vec<TopicId> {
        list.and_then(|list| list.items())
            .into_iter()
            .flatten()
            .filter_map(|item| self.topic(&item))
            .collect()
    }

    /// A list of segments of the audience.
    pub(super) fn segments(&self, list: Option<Cursor<'_>>) -> Vec<SegmentId> {
        let items = list.and_then(|list| list.items());
        let position =
            |item: Cursor<'_>| item.position("unknown-segment", "segment", &self.segments);
        items.into_iter().flatten().filter_map(position).map(|i| SegmentId(i as u32)).collect()
    }
}
