//! Who at a role may take which cases.

use std::collections::BTreeMap;

use super::{LanguageId, Person, TopicId, World};

/// Most groups of cases that are told apart at one role.
pub const MOST_GROUPS: usize = 64;

/// Cases that the same people of a role may take, as groups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Groups {
    /// Group of each topic; where some speak some languages only, of each topic in each language, then of questions and
    /// decisions about it, which are put in the company's own words.
    pub of: Vec<usize>,
    /// Languages told apart; 0 where all people speak all.
    pub languages: usize,
    /// By group, which of the role's people take it.
    pub takers: Vec<Vec<bool>>,
}

impl Groups {
    /// The groups at a role of these people; `None` where all take all.
    pub fn of(world: &World, people: &[Person]) -> Option<Groups> {
        if people.iter().all(|person| person.skills.is_none() && person.speaks.is_none()) {
            return None;
        }
        let languages = match people.iter().any(|person| person.speaks.is_some()) {
            true => world.languages.len(),
            false => 0,
        };
        let columns: Vec<Option<u32>> = (0..languages as u32).map(Some).chain([None]).collect();
        let mut of = Vec::with_capacity(world.topics.len() * columns.len());
        let mut takers: Vec<Vec<bool>> = Vec::new();
        let mut known: BTreeMap<Vec<bool>, usize> = BTreeMap::new();
        for topic in 0..world.topics.len() as u32 {
            for language in &columns {
                let takes = |person: &Person| {
                    person.skills.as_ref().is_none_or(|skills| skills.contains(&TopicId(topic)))
                        && language.is_none_or(|language| person.understands(LanguageId(language)))
                };
                let pattern: Vec<bool> = people.iter().map(takes).collect();
                let group = *known.entry(pattern).or_insert_with_key(|pattern| {
                    takers.push(pattern.clone());
                    takers.len() - 1
                });
                of.push(group);
            }
        }
        Some(Groups { of, languages, takers })
    }
}
