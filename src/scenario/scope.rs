//! The names that other parts of a file may use.

use super::cursor::Cursor;
use crate::model::{ChannelId, TopicId, UnitId};

/// Names of channels, topics and units.
#[derive(Debug, Clone, Default)]
pub(super) struct Scope {
    pub(super) channels: Vec<String>,
    pub(super) topics: Vec<String>,
    pub(super) units: Vec<String>,
}

impl Scope {
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
}
