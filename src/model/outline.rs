//! The shape of an organization by name, for whoever has no graph at hand.

use crate::model::{LanguageId, Organization, RoleId, Structure, World};

/// What [`Structure`] says, with the names of roles, channels and units.
#[derive(Debug, Clone, PartialEq)]
pub struct Outline {
    /// Roles on the longest chain of reporting lines.
    pub layers: usize,
    /// People who report ÷ roles reported to.
    pub span_mean: Option<f64>,
    /// Mean number of links from a channel to whoever knows the answer.
    pub path_length: Option<f64>,
    /// Share of first replies by somebody who knew, was told or found the answer.
    pub answered_knowingly: Option<f64>,
    /// Share of the links between roles that lead from one unit to another.
    pub crossing_units: Option<f64>,
    /// Roles without which nobody can answer some inquiries.
    pub single_points: Vec<NamedPoint>,
    /// Units whose matters only one role knows, and that role.
    pub sole_holders: Vec<(String, String)>,
    /// Hours a week in which nobody on the front line is there, the mean over the weeks of the run.
    pub uncovered_hours: f64,
    /// The same for each channel alone.
    pub uncovered_by_channel: Vec<(String, f64)>,
    /// The same by language, then by language and channel; empty where languages are not told apart.
    pub uncovered_by_language: Vec<NamedGap>,
    /// Topics for which nobody is there in more hours than for the rest of their channel and language, the longest first.
    pub uncovered_by_topic: Vec<NamedTopicGap>,
    /// Languages in which one person alone answers, and that person's role.
    pub lone_speakers: Vec<(String, String)>,
    /// Roles that no inquiry can reach.
    pub unreachable: Vec<String>,
}

/// A role without which nobody can answer some inquiries.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedPoint {
    /// The role.
    pub role: String,
    /// Share of all inquiries that need it.
    pub share: f64,
    /// Channels with inquiries that need it.
    pub channels: Vec<String>,
}

/// When nobody is there who speaks a language.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedGap {
    /// The language.
    pub language: String,
    /// On which channel; `None` for all of them.
    pub channel: Option<String>,
    /// Hours a week.
    pub hours: f64,
}

/// When nobody is there for a topic of a channel.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedTopicGap {
    /// The topic.
    pub topic: String,
    /// The channel.
    pub channel: String,
    /// In which language, where customers have several.
    pub language: Option<String>,
    /// Hours a week.
    pub hours: f64,
}

impl Structure {
    /// The same by name.
    ///
    /// # Panics
    /// If world or organization are not those the structure was read from.
    pub fn outline(&self, world: &World, organization: &Organization) -> Outline {
        let role = |id: RoleId| organization.role(id).name.clone();
        let channels = || world.channels.iter().map(|channel| channel.name.clone());
        let points = self.single_points.iter().map(|point| NamedPoint {
            role: role(point.role),
            share: point.share,
            channels: point
                .channels
                .iter()
                .map(|id| world.channels[id.index()].name.clone())
                .collect(),
        });
        let language = |id: LanguageId| world.languages[id.index()].clone();
        let gaps = self.uncovered_languages.iter().map(|unheard| NamedGap {
            language: language(unheard.language),
            channel: unheard.channel.map(|id| world.channels[id.index()].name.clone()),
            hours: unheard.hours,
        });
        let topics = self.uncovered_topics.iter().map(|gap| NamedTopicGap {
            topic: world.topics[gap.topic.index()].name.clone(),
            channel: world.channels[gap.channel.index()].name.clone(),
            language: gap.language.map(language),
            hours: gap.hours,
        });
        let held = |unit: usize| world.units[unit].clone();
        Outline {
            layers: self.layers,
            span_mean: self.mean_span(),
            path_length: self.path_length,
            answered_knowingly: self.answered_knowingly,
            crossing_units: self.crossing_units,
            single_points: points.collect(),
            sole_holders: self
                .sole_holders
                .iter()
                .map(|sole| (held(sole.unit.index()), role(sole.role)))
                .collect(),
            uncovered_hours: self.uncovered_hours,
            uncovered_by_channel: channels()
                .zip(self.uncovered_channel_hours.iter().copied())
                .collect(),
            uncovered_by_language: gaps.collect(),
            uncovered_by_topic: topics.collect(),
            lone_speakers: self
                .lone_speakers
                .iter()
                .map(|lone| (language(lone.language), role(lone.role)))
                .collect(),
            unreachable: self.unreachable.iter().map(|&id| role(id)).collect(),
        }
    }
}
