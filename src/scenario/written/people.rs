//! The people of a role in the words of the format.

use serde_json::{Map, Value, json};

use super::hours::open;
use super::links::languages;
use super::quantities::{fraction, number, same};
use crate::model::archetype::{taking_turns, turn_after};
use crate::model::{People, Person, Role, TopicId};
use crate::scenario::Scenario;

/// People and, where they do not say it, the heads that they are.
pub(super) fn people(scenario: &Scenario, role: &Role) -> (Value, Option<Value>) {
    let People::Some(people) = &role.people else { return (json!("infinite"), None) };
    if *people == taking_turns(role.heads, 1.0, 0.0) {
        return (number(role.heads), None);
    }
    let mut items = Vec::new();
    let mut heads = 0.0;
    let mut after = 0.0;
    let mut rest = people.as_slice();
    while let Some(first) = rest.first() {
        let (more, count) = whole_crew(role, rest).unwrap_or_else(|| alike(rest));
        items.push(item(scenario, first, after, &more));
        heads += more.heads;
        after = turn_after(&rest[count - 1]);
        rest = &rest[count..];
    }
    (json!(items), (!same(heads, role.heads)).then(|| number(role.heads)))
}

/// Some people who are alike and take turns.
struct Crew {
    heads: f64,
    /// Presence of a whole head.
    present: f64,
    /// Whether `heads` is a number of persons.
    persons: bool,
}

/// All people of the role, if they are its heads taking turns.
fn whole_crew(role: &Role, people: &[Person]) -> Option<(Crew, usize)> {
    let first = people.first()?;
    let present = if role.heads < 1.0 { first.present / role.heads } else { first.present };
    let turns = taking_turns(role.heads, present, first.offset);
    let same_turns = turns.len() == people.len()
        && turns.iter().zip(people).all(|(turn, person)| {
            let turn = (turn.present, turn.offset);
            same(turn.0, person.present) && same(turn.1, person.offset) && like(person, first)
        });
    same_turns.then_some((Crew { heads: role.heads, present, persons: false }, people.len()))
}

/// The first of these people and those after them who are there as much, each after the one before.
fn alike(people: &[Person]) -> (Crew, usize) {
    let first = &people[0];
    let follows = |pair: &&[Person]| {
        like(&pair[1], first)
            && same(pair[1].present, first.present)
            && same(pair[1].offset, turn_after(&pair[0]))
    };
    let count = 1 + people.windows(2).take_while(follows).count();
    (Crew { heads: count as f64, present: first.present, persons: true }, count)
}

/// Whether two people have the same skills, languages, speed, way with people and hours.
fn like(a: &Person, b: &Person) -> bool {
    (&a.skills, &a.speaks) == (&b.skills, &b.speaks)
        && same(a.times, b.times)
        && same(a.with_people, b.with_people)
        && a.calendar == b.calendar
}

fn item(scenario: &Scenario, first: &Person, after: f64, crew: &Crew) -> Value {
    let mut json = Map::new();
    json.insert(if crew.persons { "count" } else { "heads" }.into(), number(crew.heads));
    if !same(crew.present, 1.0) {
        json.insert("present".into(), fraction(crew.present));
    }
    if !same(first.offset, after) {
        json.insert("from".into(), fraction(first.offset));
    }
    if let Some(calendar) = &first.calendar {
        json.insert("open".into(), open(calendar, &scenario.clock));
    }
    if let Some(skills) = &first.skills {
        let name = |topic: &TopicId| scenario.model.world.topics[topic.index()].name.as_str();
        json.insert("skills".into(), json!(skills.iter().map(name).collect::<Vec<_>>()));
    }
    if let Some(speaks) = &first.speaks {
        json.insert("speaks".into(), languages(&scenario.model.world, speaks));
    }
    if !same(first.times, 1.0) {
        json.insert("times".into(), number(first.times));
    }
    if !same(first.with_people, 0.5) {
        json.insert("with_people".into(), fraction(first.with_people));
    }
    Value::Object(json)
}
