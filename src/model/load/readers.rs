//! Who alone can read a language or take a topic, and how much work that makes for them.

use std::collections::BTreeSet;

use crate::model::{
    LanguageId, Organization, People, Person, Practice, Role, RoleId, TopicId, World,
};

use super::hours::{Hours, hours_of, times};
use super::load_of;

/// Most sets of people that are looked at in a role; unions beyond are left out, so that the bound stays one.
const MOST_GROUPS: usize = 4096;

/// People of a role who alone read some languages.
#[derive(Debug, Clone, PartialEq)]
pub struct Readers {
    /// Languages that nobody else of the role reads.
    pub languages: Vec<LanguageId>,
    /// How many they are.
    pub persons: usize,
    /// The least share of their time that is asked for: work in these languages ÷ their hours.
    pub utilization: f64,
}

/// By role, the group of its people whom the languages that they alone read keep busiest; `None` where all its people
/// read the same.
///
/// With W(L) hours of work a week in a set of languages L, and H(L) hours of the people who read any of them, nobody
/// else can do W(L), so that group is busy for W(L) ÷ H(L) at least, whoever takes what. The largest of these over all L
/// is the share at which everybody could keep up if work were shared as well as can be (maximal flow, minimal cut:
/// Ford and Fulkerson 1956); above 1 some backlog grows whatever the rules. Only such L matter as hold all that its people
/// alone read. Work that is put in the company's own words is anybody's and left out: questions, and where there are
/// exceptions all of approving, whose decisions are not told apart.
pub fn readers(
    world: &World,
    practice: &Practice,
    organization: &Organization,
) -> Vec<Option<Readers>> {
    let roles = || organization.roles();
    if !roles().any(|(_, role)| differ(role)) {
        return vec![None; organization.role_count()];
    }
    let languages = (0..world.languages.len() as u32).map(LanguageId);
    let parts: Vec<_> = languages
        .map(|language| {
            let in_it = |_, _, of: LanguageId| of == language;
            load_of(world, practice, organization, &in_it)
        })
        .collect();
    let decides = world.topics.iter().any(|topic| 0.0 < topic.exceptions);
    let read = |hours: &Hours| {
        let whole = hours.reactive() - hours.consult_given;
        if decides { whole - hours.approval } else { whole }
    };
    let of = |(id, role): (RoleId, &Role)| {
        let work: Vec<f64> = parts.iter().map(|load| read(&load.roles[id.index()].hours)).collect();
        busiest(role, &work)
    };
    roles().map(of).collect()
}

/// Whether some of its people read what others do not.
fn differ(role: &Role) -> bool {
    let People::Some(people) = &role.people else { return false };
    people.windows(2).any(|pair| pair[0].speaks != pair[1].speaks)
}

/// The busiest group of a role with so many hours of work a week in each language.
fn busiest(role: &Role, work: &[f64]) -> Option<Readers> {
    if !differ(role) {
        return None;
    }
    let reads = |person: &Person, language: usize| person.understands(LanguageId(language as u32));
    let (languages, persons, utilization) = alone(role, work, &reads)?;
    let languages = languages.into_iter().map(|id| LanguageId(id as u32)).collect();
    Some(Readers { languages, persons, utilization })
}

/// People of a role who alone have the skill for some topics.
#[derive(Debug, Clone, PartialEq)]
pub struct Specialists {
    /// Topics that nobody else of the role takes.
    pub topics: Vec<TopicId>,
    /// How many they are.
    pub persons: usize,
    /// The least share of their time that is asked for: work about these topics ÷ their hours.
    pub utilization: f64,
}

/// By role, the group of its people whom the topics that they alone take keep busiest, told as by [`readers`]; `None`
/// where all its people take the same.
pub fn specialists(
    world: &World,
    practice: &Practice,
    organization: &Organization,
) -> Vec<Option<Specialists>> {
    let differ = |role: &Role| match &role.people {
        People::Some(people) => people.windows(2).any(|pair| pair[0].skills != pair[1].skills),
        People::Infinite => false,
    };
    let roles = || organization.roles();
    if !roles().any(|(_, role)| differ(role)) {
        return vec![None; organization.role_count()];
    }
    let about =
        |topic: u32| load_of(world, practice, organization, &move |_, of, _| of == TopicId(topic));
    let parts: Vec<_> = (0..world.topics.len() as u32).map(about).collect();
    let of = |(id, role): (RoleId, &Role)| {
        if !differ(role) {
            return None;
        }
        let work: Vec<f64> =
            parts.iter().map(|load| load.roles[id.index()].hours.reactive()).collect();
        let takes = |person: &Person, topic: usize| {
            person.skills.as_ref().is_none_or(|skills| skills.contains(&TopicId(topic as u32)))
        };
        let (topics, persons, utilization) = alone(role, &work, &takes)?;
        let topics = topics.into_iter().map(|id| TopicId(id as u32)).collect();
        Some(Specialists { topics, persons, utilization })
    };
    roles().map(of).collect()
}

/// With so many hours of work a week of each sort, the group of people whom what they alone can do keeps busiest: which
/// sorts, how many people, and the least share of their time.
fn alone(
    role: &Role,
    work: &[f64],
    can: &dyn Fn(&Person, usize) -> bool,
) -> Option<(Vec<usize>, usize, f64)> {
    let People::Some(people) = &role.people else { return None };
    let who = |sort: usize| -> Vec<bool> { people.iter().map(|one| can(one, sort)).collect() };
    let of_sort: Vec<Vec<bool>> = (0..work.len()).map(who).collect();
    let within = |part: &[bool], whole: &[bool]| part.iter().zip(whole).all(|(a, b)| !a || *b);
    let comes = of_sort.iter().zip(work).filter(|(_, work)| 0.0 < **work);
    let single: BTreeSet<&Vec<bool>> = comes.map(|(group, _)| group).collect();
    let groups = unions(&single);
    // at standard speed, as whoever does it is as fast as they are
    let standard = |hours: f64| hours / times(role, |_| true);
    let told = |group: Vec<bool>| {
        let persons = group.iter().filter(|of| **of).count();
        if persons == 0 || persons == people.len() {
            return None;
        }
        let theirs: Vec<usize> = (0..work.len())
            .filter(|&sort| of_sort[sort].contains(&true) && within(&of_sort[sort], &group))
            .collect();
        let asked: f64 = theirs.iter().map(|&sort| work[sort]).sum();
        let hours: f64 = people
            .iter()
            .zip(&group)
            .filter(|(_, of)| **of)
            .map(|(person, _)| {
                let alone = |other: &Person| std::ptr::eq(other, person);
                hours_of(role, person) / times(role, alone)
            })
            .sum();
        let hours = hours * role.staffing.share_for_cases();
        let sorts = theirs.into_iter().filter(|&sort| 0.0 < work[sort]).collect();
        (0.0 < hours).then(|| (sorts, persons, standard(asked) / hours))
    };
    groups.into_iter().filter_map(told).max_by(|a, b| a.2.total_cmp(&b.2))
}

/// These groups and what becomes of them together, each once, those of fewest first; no more than [`MOST_GROUPS`].
fn unions(single: &BTreeSet<&Vec<bool>>) -> Vec<Vec<bool>> {
    let mut groups: Vec<Vec<bool>> = single.iter().copied().cloned().collect();
    let mut known: BTreeSet<Vec<bool>> = groups.iter().cloned().collect();
    let mut next = 0;
    while next < groups.len() {
        for one in single {
            let both: Vec<bool> = groups[next].iter().zip(*one).map(|(a, b)| *a || *b).collect();
            if groups.len() < MOST_GROUPS && known.insert(both.clone()) {
                groups.push(both);
            }
        }
        next += 1;
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::load::example::plain;

    /// Two people of the role read nothing but these, one by one.
    fn role(speaks: &[(&[u32], f64)]) -> Role {
        let mut role = plain("desk", 1.0, Some(1));
        let person = |&(languages, times): &(&[u32], f64)| Person {
            speaks: Some(languages.iter().map(|&id| LanguageId(id)).collect()),
            times,
            ..Person::full()
        };
        role.people = People::Some(speaks.iter().map(person).collect());
        role
    }

    fn told(role: &Role, work: &[f64]) -> Option<(Vec<u32>, usize, f64)> {
        let group = busiest(role, work)?;
        let languages = group.languages.iter().map(|id| id.0).collect();
        Some((languages, group.persons, (group.utilization * 1e6).round() / 1e6))
    }

    #[test]
    fn the_busiest_group_may_read_several_languages_each_of_which_leaves_it_time() {
        let people = role(&[(&[0], 1.0), (&[1], 1.0), (&[1, 2], 1.0)]);
        let week = 168.0;
        // alone: 1.3 of 2 and 0.9 of 1; together 2.2 of 2
        assert_eq!(
            told(&people, &[0.5 * week, 1.3 * week, 0.9 * week]),
            Some((vec![1, 2], 2, 1.1))
        );
        assert_eq!(told(&people, &[0.5 * week, 0.1 * week, 0.9 * week]), Some((vec![2], 1, 0.9)));
        assert_eq!(told(&people, &[0.95 * week, 0.0, 0.0]), Some((vec![0], 1, 0.95)));
        assert_eq!(told(&people, &[0.0; 3]), None);
    }

    /// Work is what it takes the role on average; a group of slow people is busier with it, of fast ones less.
    #[test]
    fn slow_people_are_busier_with_what_they_alone_read() {
        let people = role(&[(&[0], 1.0), (&[1], 2.0)]);
        // capacity 1 + 1/2 of standard work in 2 hours: times 4/3
        let half = 0.5 * 168.0 * 4.0 / 3.0;
        assert_eq!(told(&people, &[0.0, half]), Some((vec![1], 1, 1.0)));
        assert_eq!(told(&people, &[half, 0.0]), Some((vec![0], 1, 0.5)));
    }

    #[test]
    fn where_all_read_the_same_there_is_no_group() {
        assert_eq!(told(&role(&[(&[0, 1], 1.0), (&[0, 1], 1.0)]), &[500.0, 1.0]), None);
    }

    /// One person for each of sixteen languages makes more unions than are looked at: single ones are, first of all.
    #[test]
    fn many_languages_stay_within_bounds() {
        let all: Vec<[u32; 1]> = (0..16).map(|id| [id]).collect();
        let people: Vec<(&[u32], f64)> = all.iter().map(|id| (&id[..], 1.0)).collect();
        let mut work = [84.0; 16];
        work[3] = 200.0;
        assert_eq!(told(&role(&people), &work), Some((vec![3], 1, 1.190476)));
    }
}
