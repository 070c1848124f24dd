//! Classes that nothing tells apart on the way of a case: followed as one, they are a fraction of all.

use std::collections::BTreeMap;

use crate::model::{ChannelId, From, Link, Organization, RoleId, World};

use super::Class;

/// For each channel the first that is like it: as private, with the same ways in, and in the same filters.
fn firsts(world: &World, organization: &Organization) -> Vec<usize> {
    let named: Vec<&[ChannelId]> = organization
        .links()
        .map(|(_, _, link)| link.filter.channels.as_slice())
        .filter(|channels| !channels.is_empty())
        .collect();
    let id = |channel: usize| ChannelId(channel as u32);
    let ways: Vec<Vec<(RoleId, &Link)>> = (0..world.channels.len())
        .map(|channel| organization.links_from(From::Channel(id(channel))).collect())
        .collect();
    let same_way = |(one, other): (&(RoleId, &Link), &(RoleId, &Link))| {
        let (a, b) = (one.1, other.1);
        let leads = one.0 == other.0 && a.kind == b.kind && a.filter == b.filter;
        leads && a.ownership == b.ownership
    };
    let alike = |one: usize, other: usize| {
        let ways = (&ways[one], &ways[other]);
        world.channels[one].private == world.channels[other].private
            && ways.0.len() == ways.1.len()
            && ways.0.iter().zip(ways.1).all(same_way)
            && named.iter().all(|all| all.contains(&id(one)) == all.contains(&id(other)))
    };
    let first = |channel| (0..channel).find(|&before| alike(before, channel)).unwrap_or(channel);
    (0..world.channels.len()).map(first).collect()
}

/// The same classes, those together that are the same or differ in alike channels only: with their rates added up, and with
/// the mean of their work.
pub(super) fn together(
    classes: Vec<Class>,
    world: &World,
    organization: &Organization,
) -> Vec<Class> {
    let firsts = firsts(world, organization);
    let mut places: BTreeMap<_, usize> = BTreeMap::new();
    let mut all: Vec<Class> = Vec::new();
    for class in classes {
        let channel = firsts[class.channel];
        let of = (class.topic, class.unit, class.domain, class.language);
        let key = (channel, of, class.risk, class.wish.map(f64::to_bits));
        match places.get(&key) {
            None => {
                places.insert(key, all.len());
                all.push(Class { channel, ..class });
            }
            Some(&at) => {
                let sum = &mut all[at];
                let per_hour = sum.per_hour + class.per_hour;
                sum.work = (sum.per_hour * sum.work + class.per_hour * class.work) / per_hour;
                sum.per_hour = per_hour;
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::load::classes::classes;
    use crate::model::load::example::{hub_and_spoke, link, practice, world};
    use crate::model::{Filter, From, LinkKind, RoleId, Shares, StreamKind};

    #[test]
    fn channels_are_one_only_where_nothing_tells_them_apart() {
        let mut world = world();
        let channel = world.channels[0].clone();
        world.channels.extend([channel.clone(), channel]);
        let shares = Shares::new(&[0.5, 0.3, 0.2]).expect("they are shares");
        world.streams[0].mix.channels = shares;
        let organization = hub_and_spoke().build(&world, &practice());
        let all = classes(&world, StreamKind::Inquiries, false);
        let rate = |of: &[Class]| of.iter().map(|class| class.per_hour).sum::<f64>();
        let work = |of: &[Class]| of.iter().map(|class| class.per_hour * class.work).sum::<f64>();
        let fewer = together(all.clone(), &world, &organization);
        assert_eq!(3 * fewer.len(), all.len());
        assert!((rate(&fewer) / rate(&all) - 1.0).abs() < 1e-12);
        assert!((work(&fewer) / work(&all) - 1.0).abs() < 1e-12);
        let mut private = world.clone();
        private.channels[2].private = true;
        assert_eq!(3 * together(all.clone(), &private, &organization).len(), 2 * all.len());
        // one that a link is for
        let mut filtered = organization.clone();
        let filter = Filter { channels: vec![ChannelId(1)], ..Filter::default() };
        let mut asked = link(LinkKind::Consult, 0.0);
        asked.filter = filter;
        filtered.add_link(From::Role(RoleId(0)), RoleId(1), asked);
        assert_eq!(3 * together(all.clone(), &world, &filtered).len(), 2 * all.len());
    }
}
