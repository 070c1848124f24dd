//! Who is there in the hours of a week.

use std::collections::BTreeMap;

use crate::model::attended::Attended;
use crate::model::load::joined;
use crate::model::{Calendar, Organization, People, Person, Role, RoleId, World};
use crate::units::{N_HOURS_A_WEEK, SimTime};

/// Turns that are this share of a block apart touch.
const TOUCHING: f64 = 1e-9;

/// Who is there for a channel in an hour of the week.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OnDuty {
    /// Heads, each person counted by the share of the hour in which they are there; infinite where a desk has as many people
    /// as it takes.
    pub heads: f64,
    /// Share of the hour in which somebody is there, between 0 and 1.
    pub somebody: f64,
}

/// Who is there in each hour of the week that begins at `start`, channel by channel in the world's order, in a run that ends at
/// `end`: an hour after that is that of the week before, if there is one.
///
/// Those count who can take up what comes: people of the desks that take a channel's messages in, and of the desks that help
/// them out with all about some topic (`overflow`), as in [`Structure::uncovered_hours`](crate::model::Structure). People who
/// are there for a share of each block leave and come back in turns, as they do in a run; where their turns leave a gap,
/// nobody is there although the desk is open. Absences, vacancies and other duties are left out.
pub fn on_duty(
    world: &World,
    organization: &Organization,
    (start, end): (SimTime, SimTime),
) -> Vec<Vec<OnDuty>> {
    let attended = Attended::by(world, organization);
    // many channels lead to the same desks
    let mut known: BTreeMap<Vec<RoleId>, Vec<OnDuty>> = BTreeMap::new();
    let week = |desks: &[RoleId]| {
        let crews: Vec<Crew<'_>> =
            desks.iter().flat_map(|&desk| crews(organization.role(desk))).collect();
        let hour = |hour: u64| {
            let at = start + SimTime::HOUR.times(hour);
            let over = end <= at && SimTime::WEEK <= at;
            of_hour(&crews, if over { at - SimTime::WEEK } else { at })
        };
        (0..N_HOURS_A_WEEK as u64).map(hour).collect()
    };
    let channel = |channel: u32| {
        let mut desks: Vec<RoleId> = attended.takes_up(channel..channel + 1, None);
        desks.sort();
        desks.dedup();
        known.entry(desks).or_insert_with_key(|desks| week(desks)).clone()
    };
    (0..world.channels.len() as u32).map(channel).collect()
}

/// People of a role with the same calendar.
struct Crew<'a> {
    calendar: &'a Calendar,
    block: SimTime,
    heads: f64,
    /// Where in a block one of them is there, in shares of its length.
    turns: Vec<(f64, f64)>,
}

fn crews(role: &Role) -> Vec<Crew<'_>> {
    let block = role.block;
    let People::Some(people) = &role.people else {
        let (calendar, turns) = (&*role.calendar, vec![(0.0, 1.0)]);
        return vec![Crew { calendar, block, heads: f64::INFINITY, turns }];
    };
    let mut crews: Vec<Crew<'_>> = Vec::new();
    for person in people {
        let calendar = person.calendar.as_deref().unwrap_or(&role.calendar);
        let at = crews.iter().position(|crew| std::ptr::eq(crew.calendar, calendar));
        let at = at.unwrap_or_else(|| {
            crews.push(Crew { calendar, block, heads: 0.0, turns: Vec::new() });
            crews.len() - 1
        });
        crews[at].heads += person.present.min(1.0);
        crews[at].turns.extend(turns_of(person));
    }
    crews.iter_mut().for_each(|crew| crew.turns = united(std::mem::take(&mut crew.turns)));
    crews
}

/// Where in a block a person is there; what goes beyond its end is at its beginning.
fn turns_of(person: &Person) -> impl Iterator<Item = (f64, f64)> {
    let until = person.offset + person.present.min(1.0);
    let turns = [(person.offset, until.min(1.0)), (0.0, until - 1.0)];
    turns.into_iter().filter(|(from, to)| from + TOUCHING < *to)
}

/// The same shares of a block, in order and apart.
fn united(mut turns: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    turns.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut united: Vec<(f64, f64)> = Vec::new();
    for (from, to) in turns {
        match united.last_mut() {
            Some(last) if from <= last.1 + TOUCHING => last.1 = last.1.max(to),
            _ => united.push((from, to)),
        }
    }
    united
}

fn of_hour(crews: &[Crew<'_>], from: SimTime) -> OnDuty {
    let until = from + SimTime::HOUR;
    let mut heads = 0.0;
    for crew in crews {
        let open = crew.calendar.open_between(from, until).hours();
        // nobody of infinitely many is nobody
        heads += if 0.0 < open { crew.heads * open } else { 0.0 };
    }
    let stretches = crews.iter().flat_map(|crew| crew.stretches(from, until)).collect();
    let there: u64 = joined(stretches).iter().map(|(from, to)| to.since(*from).micros()).sum();
    OnDuty { heads, somebody: SimTime::from_micros(there).hours() }
}

impl Crew<'_> {
    /// Stretches between two instants in which one of them is there.
    fn stretches(&self, from: SimTime, until: SimTime) -> Vec<(SimTime, SimTime)> {
        let mut found = Vec::new();
        for (open, close) in self.calendar.intervals_between(from, until) {
            if matches!(self.turns[..], [(first, last)] if 1.0 <= last - first + TOUCHING) {
                found.push((open, close));
                continue;
            }
            let passed = from.max(open).since(open).micros() / self.block.micros();
            let mut block = open + self.block.times(passed);
            while block < close.min(until) {
                // the last block is as long as the desk is open
                let length = close.since(block).min(self.block);
                let turn = |&(first, last): &(f64, f64)| {
                    (block + length.scaled(first), block + length.scaled(last))
                };
                found.extend(self.turns.iter().map(turn));
                block += self.block;
            }
        }
        let within = |(start, end): (SimTime, SimTime)| (start.max(from), end.min(until));
        found.into_iter().map(within).filter(|(start, end)| start < end).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::model::load::example::{link, network, plain};
    use crate::model::{From, LinkKind, take_turns};

    fn open(from: u64, to: u64) -> Arc<Calendar> {
        let half = SimTime::MINUTE.times(30);
        Arc::new(
            Calendar::periodic(SimTime::DAY, vec![(half.times(from), half.times(to))]).unwrap(),
        )
    }

    /// Who is there at a desk with these hours of the day, in half hours, and people there for these shares of a block.
    fn at_a_desk(from: u64, to: u64, shares: &[f64]) -> Vec<OnDuty> {
        let (world, mut organization) = network(1.0, vec![plain("desk", 10.0, Some(1))], &[]);
        let desk = organization.role_mut(RoleId(0));
        desk.calendar = open(from, to);
        desk.block = SimTime::MINUTE.times(30);
        let mut people: Vec<Person> =
            shares.iter().map(|&present| Person { present, ..Person::full() }).collect();
        take_turns(&mut people);
        desk.people = People::Some(people);
        on_duty(&world, &organization, (SimTime::WEEK, SimTime::NEVER)).swap_remove(0)
    }

    #[track_caller]
    fn is(of: OnDuty, heads: f64, somebody: f64) {
        let near = |a: f64, b: f64| (a - b).abs() < 1e-6 && a.is_sign_positive();
        assert!(near(of.heads, heads) && near(of.somebody, somebody), "{of:?}");
    }

    #[test]
    fn nobody_is_on_duty_when_the_desk_is_closed() {
        let hours = at_a_desk(16, 39, &[1.0, 1.0]);
        assert_eq!(hours.len(), 168);
        is(hours[7], 0.0, 0.0);
        is(hours[8], 2.0, 1.0);
        is(hours[19 + 24], 1.0, 0.5);
        is(hours[20], 0.0, 0.0);
    }

    #[test]
    fn few_people_are_there_for_a_share_of_each_hour() {
        is(at_a_desk(0, 48, &[0.25])[30], 0.25, 0.25);
        is(at_a_desk(0, 48, &[0.25, 0.5])[30], 0.75, 0.75);
        // a turn that goes over the end of its block is there at its beginning too
        is(at_a_desk(0, 48, &[0.75, 0.5])[30], 1.25, 1.0);
        is(at_a_desk(17, 40, &[0.25])[8], 0.125, 0.125);
    }

    #[test]
    fn people_at_two_desks_are_there_at_once_or_after_each_other() {
        let roles = vec![plain("first", 10.0, Some(1)), plain("second", 10.0, Some(1))];
        let (world, mut organization) = network(1.0, roles, &[]);
        let intake = link(LinkKind::Intake { own_account: false }, 0.0);
        organization.add_link(From::Channel(crate::model::ChannelId(0)), RoleId(1), intake);
        for (second, somebody) in [(0.0, 0.25), (0.125, 0.375), (0.5, 0.5)] {
            for (id, offset) in [(0, 0.0), (1, second)] {
                let person = Person { present: 0.25, offset, ..Person::full() };
                organization.role_mut(RoleId(id)).people = People::Some(vec![person]);
            }
            is(
                on_duty(&world, &organization, (SimTime::ZERO, SimTime::NEVER))[0][5],
                0.5,
                somebody,
            );
        }
    }

    #[test]
    fn whoever_helps_out_at_night_is_there() {
        let roles = vec![plain("day", 10.0, Some(2)), plain("night", 10.0, Some(1))];
        let (world, mut organization) = network(1.0, roles, &[]);
        organization.role_mut(RoleId(0)).calendar = open(16, 40);
        organization.role_mut(RoleId(1)).calendar = open(40, 48);
        let hours = |organization: &Organization| -> Vec<OnDuty> {
            on_duty(&world, organization, (SimTime::ZERO, SimTime::NEVER)).swap_remove(0)
        };
        is(hours(&organization)[22], 0.0, 0.0);
        let help = link(LinkKind::Overflow(SimTime::MINUTE), 0.0);
        organization.add_link(From::Role(RoleId(0)), RoleId(1), help);
        is(hours(&organization)[22], 1.0, 1.0);
        is(hours(&organization)[3], 0.0, 0.0);
        is(hours(&organization)[12], 2.0, 1.0);
    }

    #[test]
    fn hours_after_a_short_run_are_those_of_the_week_before() {
        let (world, mut organization) = network(1.0, vec![plain("desk", 10.0, Some(1))], &[]);
        let days = (0..7).map(|day| SimTime::DAY.times(day));
        let nine = days.map(|day| (day + SimTime::HOUR.times(9), day + SimTime::HOUR.times(10)));
        let listed = Calendar::listed(nine.collect()).unwrap();
        organization.role_mut(RoleId(0)).calendar = Arc::new(listed);
        let run = (SimTime::DAY.times(5), SimTime::DAY.times(3));
        let hours = on_duty(&world, &organization, run).swap_remove(0);
        for (hour, of) in hours.into_iter().enumerate() {
            let open = if hour % 24 == 9 { 1.0 } else { 0.0 };
            is(of, open, open);
        }
    }

    #[test]
    fn of_as_many_as_it_takes_somebody_is_there_in_the_opening_hours() {
        let (world, mut organization) = network(1.0, vec![plain("desk", 10.0, None)], &[]);
        organization.role_mut(RoleId(0)).calendar = open(16, 40);
        let hours = on_duty(&world, &organization, (SimTime::ZERO, SimTime::NEVER)).swap_remove(0);
        assert!(hours[8].heads.is_infinite());
        is(hours[7], 0.0, 0.0);
    }
}
