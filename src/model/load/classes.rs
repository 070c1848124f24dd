//! Classes of inquiries: what comes in, how often, and where it lands.

use std::collections::BTreeMap;

use crate::model::{
    Arrivals, Batches, ChannelId, Crowd, Filter, From, LanguageId, Link, LinkKind, Matter,
    Organization, Ownership, Recorded, Risk, Role, SegmentId, Stream, StreamKind, TopicId, Work,
    World,
};
use crate::units::{HOURS_A_WEEK, SimTime};

use super::StreamRate;
use super::alike::together;

/// Inquiries alike in everything that a link's filter can see.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::model) struct Class {
    pub(in crate::model) channel: usize,
    pub(in crate::model) topic: usize,
    pub(in crate::model) unit: usize,
    /// Knowledge domain: 0 generic, 1 + unit.
    pub(in crate::model) domain: usize,
    /// Language; 0 where they are not told apart.
    pub(in crate::model) language: usize,
    /// Level of risk; `None` for all levels together, where none but reviewers mind it.
    pub(in crate::model) risk: Option<Risk>,
    /// Probability that such a customer goes on with the conversation when not settled; `None` for everybody's.
    pub(in crate::model) wish: Option<f64>,
    /// Arrivals per hour.
    pub(in crate::model) per_hour: f64,
    /// Mean hands-on minutes of a case over all its turns.
    pub(in crate::model) work: f64,
}

impl Class {
    /// Whether a link is for this class.
    pub(in crate::model) fn fits(&self, filter: &Filter) -> bool {
        self.fits_as(filter, self.unit, self.domain)
    }

    fn fits_as(&self, filter: &Filter, unit: usize, domain: usize) -> bool {
        let matter = match filter.matter {
            None => true,
            Some(Matter::Generic) => domain == 0,
            Some(Matter::Of(of)) => domain == 1 + of.index(),
            Some(Matter::About(of)) => unit == of.index(),
        };
        matter
            && filter.is_in(LanguageId(self.language as u32))
            && self.risk.is_none_or(|risk| filter.is_for(risk))
            && (filter.topics.is_empty() || filter.topics.contains(&TopicId(self.topic as u32)))
            && (filter.channels.is_empty()
                || filter.channels.contains(&ChannelId(self.channel as u32)))
    }

    /// Roles at which the class lands, each with its share; what no intake takes is missing from the sum.
    ///
    /// The first fitting intake takes the case; of several desks that see it each is as likely to have it. On an account of the units' own the customer's guess
    /// stands for the truth: wrong with the world's probability, and then each other unit alike.
    pub(in crate::model) fn landings(
        &self,
        world: &World,
        organization: &Organization,
    ) -> Vec<(usize, f64)> {
        let channel = From::Channel(ChannelId(self.channel as u32));
        let intakes: Vec<(usize, bool, &Filter, Ownership)> = organization
            .links_from(channel)
            .filter_map(|(to, link)| match link.kind {
                LinkKind::Intake { own_account } => {
                    Some((to.index(), own_account, &link.filter, link.ownership))
                }
                _ => None,
            })
            .collect();
        let plain =
            matches!(intakes.as_slice(), [(_, false, filter, _)] if **filter == Filter::default());
        if plain {
            return vec![(intakes[0].0, 1.0)];
        }
        let land = |guess: usize| {
            let fits = |intake: &&(usize, bool, &Filter, Ownership)| {
                let (unit, domain) =
                    if intake.1 { (guess, 1 + guess) } else { (self.unit, self.domain) };
                self.fits_as(intake.2, unit, domain)
            };
            let mut fitting = intakes.iter().filter(fits);
            let mut desks: Vec<usize> = Vec::new();
            if let Some(first) = fitting.next() {
                desks.push(first.0);
                if first.3 != Ownership::OwnerOnly {
                    desks.extend(fitting.filter(|other| other.3 == first.3).map(|other| other.0));
                    let mut seen = std::collections::BTreeSet::new();
                    desks.retain(|&desk| seen.insert(desk));
                }
            }
            desks
        };
        let units = world.units.len();
        let wrong = if units < 2 { 0.0 } else { world.behavior.wrong_guess.clamp(0.0, 1.0) };
        let mut landings: Vec<(usize, f64)> = Vec::new();
        let own_accounts = intakes.iter().any(|intake| intake.1);
        for guess in (0..units.max(1)).filter(|&guess| own_accounts || guess == self.unit) {
            let share = match guess == self.unit {
                true if own_accounts => 1.0 - wrong,
                true => 1.0,
                false => wrong / (units - 1) as f64,
            };
            let desks = land(guess);
            for &to in desks.iter().filter(|_| 0.0 < share) {
                let share = share / desks.len() as f64;
                match landings.iter_mut().find(|landing| landing.0 == to) {
                    Some(landing) => landing.1 += share,
                    None => landings.push((to, share)),
                }
            }
        }
        landings
    }
}

/// The mean rates of all streams; with `surges`, those that end at a stated time count too, at their mean
/// while they last.
pub fn stream_rates(world: &World, surges: bool) -> Vec<StreamRate> {
    let of = |stream: &Stream| {
        let (per_hour, left_out) = per_hour(stream);
        let per_hour = per_hour * stream.crowd.as_ref().map_or(1.0, Crowd::multiplier);
        let per_week = if left_out && !surges { 0.0 } else { per_hour * HOURS_A_WEEK };
        StreamRate { name: stream.name.clone(), kind: stream.kind, per_week, left_out }
    };
    world.streams.iter().map(of).collect()
}

/// Mean arrivals per hour, and whether they are no part of a typical week: they end at a stated time, or
/// depend on how soon a limited number of customers is served, and then this is the most it can be.
fn per_hour(stream: &Stream) -> (f64, bool) {
    let (per_hour, left_out) = instants_per_hour(stream);
    (per_hour * stream.batches.as_ref().map_or(1.0, Batches::mean), left_out)
}

fn instants_per_hour(stream: &Stream) -> (f64, bool) {
    match &stream.arrivals {
        Arrivals::Poisson(profile) => {
            let mean = profile.shape.as_ref().map_or(1.0, |shape| shape.mean());
            (profile.per_hour.max(0.0) * mean, profile.until != SimTime::NEVER)
        }
        // All at once is no rate.
        Arrivals::Every(gap) if *gap == SimTime::ZERO => (0.0, true),
        Arrivals::Every(gap) => (1.0 / gap.hours(), false),
        Arrivals::Recorded(rows) => (rows.len() as f64 / span(rows).hours(), false),
        Arrivals::Renewal(gaps) => (60.0 / gaps.mean(), false),
        Arrivals::Modulated(modulation) => (modulation.per_hour(), false),
        Arrivals::Members(members) => (f64::from(members.count) * 60.0 / members.away.mean(), true),
        Arrivals::AtStart(count) => (*count as f64 / HOURS_A_WEEK, true),
    }
}

/// The whole days that the rows of a log span, at least one.
fn span(rows: &[Recorded]) -> SimTime {
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return SimTime::DAY };
    let day = SimTime::DAY.micros();
    SimTime::DAY.times(last.at.micros() / day + 1 - first.at.micros() / day)
}

/// All classes of inquiries (or of mentions, which are nobody's own matter) that come in.
pub(in crate::model) fn classes(world: &World, kind: StreamKind, surges: bool) -> Vec<Class> {
    let mut table = Table::new(world);
    let rates = stream_rates(world, surges);
    for (stream, rate) in world.streams.iter().zip(&rates).filter(|(stream, _)| stream.kind == kind)
    {
        table.add_stream(world, stream, rate);
    }
    table.classes(world)
}

/// The classes of each stream apart, and how many posts come of one of its posts.
pub(super) fn classes_by_stream(world: &World, kind: StreamKind) -> Vec<(f64, Vec<Class>)> {
    let rates = stream_rates(world, false);
    let of_kind = world.streams.iter().zip(&rates).filter(|(stream, _)| stream.kind == kind);
    let apart = |(stream, rate): (&Stream, &StreamRate)| {
        let mut table = Table::new(world);
        table.add_stream(world, stream, rate);
        (stream.crowd.as_ref().map_or(1.0, Crowd::multiplier), table.classes(world))
    };
    of_kind.map(apart).collect()
}

/// The same classes, each level of risk apart where a link of the organization leads by risk. Reviewers are told apart
/// by it where drafts are reviewed.
pub(in crate::model) fn by_risk(
    classes: Vec<Class>,
    world: &World,
    organization: &Organization,
) -> Vec<Class> {
    let leads = |link: &Link| link.kind != LinkKind::Approve && !link.filter.risks.is_empty();
    match organization.links().any(|(_, _, link)| leads(link)) {
        true => each_risk(classes, world),
        false => classes,
    }
}

/// The same classes as the load follows them: customers apart who go on with a conversation more or less often, levels of
/// risk where a link or an approval goes by them, and channels together that nothing tells apart. Whose error is caught goes
/// on less often, so that later turns are of other customers and other levels than first ones.
pub(super) fn told_apart(
    classes: Vec<Class>,
    world: &World,
    organization: &Organization,
) -> Vec<Class> {
    let by_level = |role: &Role| match &role.work {
        Work::Desk(desk) => Risk::ALL
            .map(|risk| desk.approved(risk))
            .windows(2)
            .any(|of| of[0].to_bits() != of[1].to_bits()),
        Work::Serve { .. } => false,
    };
    let leads = organization.links().any(|(_, _, link)| !link.filter.risks.is_empty());
    let classes = match leads || organization.roles().any(|(_, role)| by_level(role)) {
        true => each_risk(classes, world),
        false => classes,
    };
    let wishes = wishes(world);
    let classes = match wishes.iter().all(Option::is_none) {
        true => classes,
        false => classes.into_iter().flat_map(|class| by_segment(class, &wishes, world)).collect(),
    };
    together(classes, world, organization)
}

/// By segment how often its customers go on with a conversation, where that is not as everybody does.
fn wishes(world: &World) -> Vec<Option<f64>> {
    let usual = world.behavior.wish_to_continue.to_bits();
    let segments = world.audience.segments.iter();
    segments.map(|of| of.wish_to_continue.filter(|wish| wish.to_bits() != usual)).collect()
}

/// Each segment apart.
fn by_segment(class: Class, wishes: &[Option<f64>], world: &World) -> Vec<Class> {
    let of = |(id, &wish): (SegmentId, &Option<f64>)| {
        let share = world.audience.share(id, class.channel, class.topic);
        (0.0 < share).then_some(Class { wish, per_hour: class.per_hour * share, ..class })
    };
    (0..).map(SegmentId).zip(wishes).filter_map(of).collect()
}

/// Each level of risk apart.
fn each_risk(classes: Vec<Class>, world: &World) -> Vec<Class> {
    let apart = |class: Class| {
        let risks = world.topics[class.topic].risks;
        let level = move |risk: Risk| {
            let per_hour = class.per_hour * risks.share(risk);
            (0.0 < per_hour).then_some(Class { risk: Some(risk), per_hour, ..class })
        };
        Risk::ALL.into_iter().filter_map(level)
    };
    classes.into_iter().flat_map(apart).collect()
}

/// Rows that know the same of channel, topic, unit and language as one, with their number and their mean work.
fn alike(rows: &[Recorded]) -> Vec<(f64, Recorded)> {
    let mut groups: BTreeMap<_, (f64, Recorded)> = BTreeMap::new();
    for row in rows {
        let key = (row.channel, row.topic, row.unit, row.language, row.work_minutes.is_some());
        match groups.get_mut(&key) {
            None => {
                groups.insert(key, (1.0, *row));
            }
            Some((count, known)) => {
                *count += 1.0;
                let mean = known.work_minutes.zip(row.work_minutes);
                known.work_minutes = mean.map(|(mean, more)| mean + (more - mean) / *count);
            }
        }
    }
    groups.into_values().collect()
}

/// Rates and work by channel, topic, unit, language and domain.
struct Table {
    units: usize,
    languages: usize,
    /// Arrivals per hour, and the same times minutes of work; generic, then the unit's own.
    cells: Vec<[(f64, f64); 2]>,
}

impl Table {
    fn new(world: &World) -> Table {
        let (units, languages) = (world.units.len().max(1), world.languages.len().max(1));
        let posts = world.channels.len() * world.topics.len() * units;
        Table { units, languages, cells: vec![[(0.0, 0.0); 2]; posts * languages] }
    }

    /// All that comes in of a stream.
    fn add_stream(&mut self, world: &World, stream: &Stream, rate: &StreamRate) {
        match &stream.arrivals {
            Arrivals::Recorded(rows) => {
                let each = rate.per_week / HOURS_A_WEEK / rows.len().max(1) as f64;
                for (count, row) in alike(rows) {
                    self.add(world, stream, each * count, Some(&row));
                }
            }
            _ => self.add(world, stream, rate.per_week / HOURS_A_WEEK, None),
        }
    }

    /// Spread a rate over the stream's mix; what a row knows is taken from the row.
    fn add(&mut self, world: &World, stream: &Stream, rate: f64, row: Option<&Recorded>) {
        if self.cells.is_empty() {
            // a world without topics or channels, which is found to be wrong elsewhere
            return;
        }
        let mix = &stream.mix;
        let own = if world.units.is_empty() || stream.kind == StreamKind::Mentions {
            0.0
        } else {
            mix.unit_matters
        };
        let own = own.clamp(0.0, 1.0);
        let channels = spread(&mix.channels, row.and_then(|row| row.channel).map(|id| id.index()));
        let topics = spread(&mix.topics, row.and_then(|row| row.topic).map(|id| id.index()));
        let units = spread(&mix.units, row.and_then(|row| row.unit).map(|id| id.index()));
        let languages =
            spread(&mix.languages, row.and_then(|row| row.language).map(|id| id.index()));
        for &(channel, of_channel) in &channels {
            for &(topic, of_topic) in &topics {
                let minutes = row
                    .and_then(|row| row.work_minutes)
                    .unwrap_or_else(|| world.topics[topic].work.mean());
                for &(unit, of_unit) in &units {
                    let rate = rate * of_channel * of_topic * of_unit;
                    let post = (channel * world.topics.len() + topic) * self.units + unit;
                    for &(language, of_language) in &languages {
                        let rate = rate * of_language;
                        let cell = &mut self.cells[post * self.languages + language];
                        for (sum, share) in cell.iter_mut().zip([1.0 - own, own]) {
                            sum.0 += rate * share;
                            sum.1 += rate * share * minutes;
                        }
                    }
                }
            }
        }
    }

    fn classes(&self, world: &World) -> Vec<Class> {
        let topics = world.topics.len();
        let class = |(i, own): (usize, usize)| {
            let (per_hour, work) = self.cells[i][own];
            let (language, post) = (i % self.languages, i / self.languages);
            let (unit, rest) = (post % self.units, post / self.units);
            (0.0 < per_hour).then(|| Class {
                language,
                risk: None,
                wish: None,
                channel: rest / topics,
                topic: rest % topics,
                unit,
                domain: if own == 1 { 1 + unit } else { 0 },
                per_hour,
                work: work / per_hour,
            })
        };
        (0..self.cells.len()).flat_map(|i| [(i, 0), (i, 1)]).filter_map(class).collect()
    }
}

/// Positions with their shares; a known position has all of it, an empty table its first.
fn spread(shares: &crate::model::Shares, known: Option<usize>) -> Vec<(usize, f64)> {
    match known {
        Some(position) => vec![(position, 1.0)],
        None if shares.is_empty() => vec![(0, 1.0)],
        None => (0..shares.len())
            .map(|i| (i, shares.share(i)))
            .filter(|(_, share)| 0.0 < *share)
            .collect(),
    }
}
