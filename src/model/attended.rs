//! Hours in which somebody is there: for a channel, a language, a topic.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::model::load::{Class, by_risk, calendars, classes, uncovered};
use crate::model::{
    ChannelId, From, LanguageId, Link, LinkKind, Organization, Person, RoleId, StreamKind, TopicId,
    World,
};
use crate::units::SimTime;

/// When nobody is there for a topic of a channel, though somebody is for other topics of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Unattended {
    /// The topic.
    pub topic: TopicId,
    /// The channel.
    pub channel: ChannelId,
    /// The language, where customers have several.
    pub language: Option<LanguageId>,
    /// Hours a week, the mean over the weeks of the run.
    pub hours: f64,
}

/// Posts alike in what is told: topic, channel, and language where customers have several.
type Kind = (TopicId, ChannelId, LanguageId);

/// What customers write, each kind with the desks that may have it: where it lands, and those that help out there with
/// all of this kind. Help with some matters or risks only is no help that anybody may count on.
pub(super) struct Attended<'a> {
    organization: &'a Organization,
    kinds: BTreeMap<Kind, Vec<RoleId>>,
    told_apart: bool,
    weeks: Option<(SimTime, SimTime)>,
}

impl<'a> Attended<'a> {
    pub(super) fn by(world: &World, organization: &'a Organization) -> Attended<'a> {
        let mut landed: BTreeMap<Kind, BTreeMap<usize, Vec<Class>>> = BTreeMap::new();
        let all = classes(world, StreamKind::Inquiries, true);
        for class in by_risk(all, world, organization) {
            let kind = (
                TopicId(class.topic as u32),
                ChannelId(class.channel as u32),
                LanguageId(class.language as u32),
            );
            let at = landed.entry(kind).or_default();
            for (desk, _) in class.landings(world, organization) {
                at.entry(desk).or_default().push(class);
            }
        }
        let desks = |landed: BTreeMap<usize, Vec<Class>>| {
            let mut desks: Vec<RoleId> = Vec::new();
            for (desk, classes) in landed {
                let desk = RoleId(desk as u32);
                let helps = |(_, link): &(RoleId, &Link)| {
                    matches!(link.kind, LinkKind::Overflow(_))
                        && classes.iter().all(|class| class.fits(&link.filter))
                };
                let links = organization.links_from(From::Role(desk));
                desks.push(desk);
                desks.extend(links.filter(helps).map(|(to, _)| to));
            }
            desks
        };
        Attended {
            organization,
            kinds: landed.into_iter().map(|(kind, landed)| (kind, desks(landed))).collect(),
            told_apart: !world.languages.is_empty(),
            weeks: None,
        }
    }

    /// The same, with hours a week as the mean over these weeks, from and to; over all that are listed without.
    pub(super) fn over(self, weeks: Option<(SimTime, SimTime)>) -> Attended<'a> {
        Attended { weeks, ..self }
    }

    /// Hours a week in which nobody is there for anything on these channels, at any desk that [`takes_up`](Attended::takes_up)
    /// what comes. With a language: nobody who speaks it, at desks that get it.
    pub(super) fn nobody_there(&self, channels: Range<u32>, language: Option<LanguageId>) -> f64 {
        let there = self.takes_up(channels, language);
        self.closed(there, |person| language.is_none_or(|language| person.understands(language)))
    }

    /// The desks that take up what comes on these channels, some of them twice: those that take in, and those that help
    /// them out with all about some topic. With a language: desks that get it.
    pub(super) fn takes_up(
        &self,
        channels: Range<u32>,
        language: Option<LanguageId>,
    ) -> Vec<RoleId> {
        let gets = |link: &Link| language.is_none_or(|language| link.filter.is_in(language));
        let mut there: Vec<RoleId> = channels
            .clone()
            .flat_map(|channel| self.organization.links_from(From::Channel(ChannelId(channel))))
            .filter(|(_, link)| matches!(link.kind, LinkKind::Intake { .. }) && gets(link))
            .map(|(to, _)| to)
            .collect();
        let helpers = there.iter().flat_map(|&desk| self.organization.links_from(From::Role(desk)));
        let helpers: Vec<RoleId> = helpers
            .filter(|(_, link)| link.helps_with_all() && gets(link))
            .map(|(to, _)| to)
            .collect();
        there.extend(helpers);
        let some = self.kinds.iter().filter(|((_, channel, of), _)| {
            channels.contains(&channel.0) && language.is_none_or(|language| language == *of)
        });
        there.extend(some.flat_map(|(_, desks)| desks));
        there
    }

    /// When nobody is there for a topic on a channel (in a language) beyond what `known` says of the channel and the
    /// language; the longest first.
    pub(super) fn topics(
        &self,
        known: impl Fn(ChannelId, Option<LanguageId>) -> f64,
    ) -> Vec<Unattended> {
        let of = |(&(topic, channel, language), desks): (&Kind, &Vec<RoleId>)| {
            let language = self.told_apart.then_some(language);
            let hours = self.closed(desks.clone(), |person| {
                let skilled = |skills: &Vec<TopicId>| skills.contains(&topic);
                person.skills.as_ref().is_none_or(skilled)
                    && language.is_none_or(|language| person.understands(language))
            });
            Unattended { topic, channel, language, hours }
        };
        let mut found: Vec<Unattended> = self.kinds.iter().map(of).collect();
        found.retain(|of| known(of.channel, of.language) + 1e-9 < of.hours);
        found.sort_by(|a, b| b.hours.total_cmp(&a.hours));
        found
    }

    /// Hours a week in which nobody who counts is at any of these desks.
    fn closed(&self, mut desks: Vec<RoleId>, counts: impl Fn(&Person) -> bool) -> f64 {
        desks.sort();
        desks.dedup();
        let open = desks.iter().flat_map(|&id| calendars(self.organization.role(id), &counts));
        uncovered(&open.collect::<Vec<_>>(), self.weeks)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::model::load::example::{link, network, plain, practice};
    use crate::model::{Calendar, Filter, People, Shares, structure};

    fn hours_of(from: u64, to: u64) -> Arc<Calendar> {
        let hours = (SimTime::HOUR.times(from), SimTime::HOUR.times(to));
        Arc::new(Calendar::periodic(SimTime::DAY, vec![hours]).unwrap())
    }

    /// A desk open from 8 to 20, and a night desk that helps out with what this filter lets through.
    fn with_help(filter: Filter) -> (World, Organization) {
        let roles = vec![plain("day", 1.0, Some(1)), plain("night", 1.0, Some(1))];
        let (mut world, mut organization) = network(1.0, roles, &[]);
        world.topics.push(crate::model::Topic { name: "bill".into(), ..world.topics[0].clone() });
        world.streams[0].mix.topics = Shares::new(&[3.0, 1.0]).unwrap();
        organization.role_mut(RoleId(0)).calendar = hours_of(8, 20);
        organization.role_mut(RoleId(1)).calendar = hours_of(20, 24);
        let mut help = link(LinkKind::Overflow(SimTime::HOUR), 0.0);
        help.filter = filter;
        organization.add_link(From::Role(RoleId(0)), RoleId(1), help);
        (world, organization)
    }

    fn told((world, organization): &(World, Organization)) -> (f64, Vec<(u32, f64)>) {
        let shape = structure(world, &practice(), organization);
        let topics = shape.uncovered_topics.iter().map(|gap| (gap.topic.0, gap.hours));
        (shape.uncovered_channel_hours[0], topics.collect())
    }

    #[test]
    fn help_counts_for_what_it_carries_and_for_nothing_else() {
        let only = |topics: &[u32]| Filter {
            topics: topics.iter().map(|&id| TopicId(id)).collect(),
            ..Filter::default()
        };
        // twelve hours a day without help, eight with it
        assert_eq!(told(&with_help(Filter::default())), (56.0, vec![]));
        assert_eq!(told(&with_help(only(&[1]))), (56.0, vec![(0, 84.0)]));
        assert_eq!(told(&with_help(only(&[0, 1]))), (56.0, vec![]));
        let elsewhere = Filter { channels: vec![ChannelId(7)], ..Filter::default() };
        assert_eq!(told(&with_help(elsewhere)), (84.0, vec![]));
        let risky = Filter { risks: vec![crate::model::Risk::High], ..Filter::default() };
        assert_eq!(told(&with_help(risky)), (84.0, vec![]), "of no topic all is carried");
    }

    #[test]
    fn a_skill_that_only_some_hours_have_is_told_by_topic() {
        let (world, mut organization) = with_help(Filter::default());
        let night = organization.role_mut(RoleId(1));
        let person = Person { skills: Some(vec![TopicId(0)]), ..Person::full() };
        night.people = People::Some(vec![person]);
        assert_eq!(told(&(world, organization)), (56.0, vec![(1, 84.0)]));
    }

    #[test]
    fn a_language_of_a_helper_counts_where_the_link_is_for_it() {
        let (mut world, mut organization) = with_help(Filter {
            languages: vec![LanguageId(1)],
            topics: vec![TopicId(0)],
            ..Filter::default()
        });
        world.languages = ["English", "German"].map(String::from).to_vec();
        world.streams[0].mix.languages = Shares::new(&[1.0, 1.0]).unwrap();
        let gaps = |world: &World, organization: &Organization| {
            let shape = structure(world, &practice(), organization);
            let languages: Vec<f64> = shape
                .uncovered_languages
                .iter()
                .filter(|gap| gap.channel.is_some())
                .map(|gap| gap.hours)
                .collect();
            let topics = shape.uncovered_topics.iter();
            let topics: Vec<_> =
                topics.map(|gap| (gap.topic.0, gap.language.unwrap().0, gap.hours)).collect();
            (languages, topics)
        };
        // German about the first topic only; what English lacks is told as a language
        assert_eq!(gaps(&world, &organization), (vec![84.0, 56.0], vec![(1, 1, 84.0)]));
        // and a helper who does not speak it helps nobody
        let night = organization.role_mut(RoleId(1));
        let speaks = Some(vec![LanguageId(0)]);
        night.people = People::Some(vec![Person { speaks, ..Person::full() }]);
        assert_eq!(gaps(&world, &organization), (vec![84.0, 84.0], vec![]));
    }
}
