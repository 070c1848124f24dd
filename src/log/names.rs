//! Names of channels, topics, units and priorities: counted while reading, settled at the end.

use super::columns::{Column, Columns, shorten};
use super::rows::Row;
use crate::model::mapping::{Accounts, CaseRow, Label};
use std::collections::HashMap;

/// Longer values are cut: they are text, not names, and message text is never kept.
pub(super) const LONGEST: usize = 200;
/// More names than this never get a place of their own; a place is a `u16`.
const MOST_NAMES: usize = 60_000;
/// The name for values beyond the most frequent.
pub(super) const OTHER: &str = "(other)";
/// The name for rows without a value in a column that there is.
pub const MISSING: &str = "(missing)";
/// The only name where no column says any.
pub const UNSTATED: &str = "(unstated)";

/// Different texts, each with a number in order of appearance.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    numbers: HashMap<Box<str>, u32>,
}

impl Numbers {
    /// The number of a text.
    pub(super) fn of(&mut self, text: &str) -> u32 {
        if let Some(&number) = self.numbers.get(text) {
            return number;
        }
        let number = self.numbers.len() as u32;
        self.numbers.insert(text.into(), number);
        number
    }

    /// How many texts there are.
    pub(super) fn len(&self) -> usize {
        self.numbers.len()
    }

    /// The texts by number.
    pub(super) fn texts(&self) -> Vec<&str> {
        let mut texts = vec![""; self.numbers.len()];
        for (text, &number) in &self.numbers {
            texts[number as usize] = text;
        }
        texts
    }
}

/// A label being read.
#[derive(Debug)]
pub(super) struct Names {
    source: Source,
    numbers: Numbers,
    /// Names given by the mapping have the first numbers.
    given: u32,
    most_frequent: usize,
    pseudonyms: bool,
    /// Whether a value was too long for a name.
    pub(super) cut: bool,
}

#[derive(Debug)]
enum Source {
    Constant,
    Column { column: Column, from: CaseRow, renamed: HashMap<String, u32> },
    Told { renamed: HashMap<String, u32> },
}

impl Names {
    /// The names of this label, if there is one.
    pub(super) fn new(
        label: Option<&Label>,
        columns: &mut Columns,
        pointer: &str,
    ) -> Option<Names> {
        let mut numbers = Numbers::default();
        let (source, most_frequent, pseudonyms) = match label? {
            Label::Constant(name) => {
                numbers.of(name);
                (Source::Constant, None, false)
            }
            Label::Column(label) => {
                let column = columns.find(&label.column, &format!("{pointer}/column"));
                let rename =
                    |(value, name): &(String, String)| (value.trim().into(), numbers.of(name));
                let renamed = label.names.iter().map(rename).collect();
                let source = Source::Column { column, from: label.from, renamed };
                (source, label.most_frequent, label.pseudonyms)
            }
        };
        let given = numbers.len() as u32;
        let most_frequent = most_frequent.unwrap_or(MOST_NAMES).min(MOST_NAMES);
        Some(Names { source, numbers, given, most_frequent, pseudonyms, cut: false })
    }

    /// Names that the caller tells by [`number`](Names::number).
    pub(super) fn told(pseudonyms: bool, accounts: Option<&Accounts>) -> Names {
        let mut numbers = Numbers::default();
        let rename = |(account, name): &(String, String)| (account.clone(), numbers.of(name));
        let renamed = accounts.into_iter().flat_map(|it| &it.names).map(rename).collect();
        let given = numbers.len() as u32;
        let most_frequent =
            accounts.and_then(|it| it.most_frequent).unwrap_or(MOST_NAMES).min(MOST_NAMES);
        let source = Source::Told { renamed };
        Names { source, numbers, given, most_frequent, pseudonyms, cut: false }
    }

    /// The number of a name.
    pub(super) fn number(&mut self, name: &str) -> u32 {
        if let Source::Told { renamed } = &self.source
            && let Some(&number) = renamed.get(name)
        {
            return number;
        }
        if name.len() <= LONGEST {
            return self.numbers.of(name);
        }
        let short = shorten(name, LONGEST);
        self.cut |= short != name;
        self.numbers.of(&short)
    }

    /// The number of the row's name; `None` where it is missing.
    pub(super) fn read(&mut self, row: &Row) -> Option<u32> {
        let name = match &self.source {
            Source::Constant => return Some(0),
            Source::Told { .. } => return None,
            Source::Column { column, renamed, .. } => match renamed.get(column.raw(row)) {
                Some(&number) => return Some(number),
                None => column.value(row)?,
            },
        };
        Some(self.number(name))
    }

    /// The number after one more row of a case that so far had `before`.
    pub(super) fn read_on(&mut self, before: Option<u32>, row: &Row) -> Option<u32> {
        match &self.source {
            Source::Column { from: CaseRow::First, .. } if before.is_some() => before,
            _ => self.read(row).or(before),
        }
    }
}

/// Names that inquiries have, and the place of each inquiry's name among them.
#[derive(Debug, PartialEq)]
pub(super) struct Settled {
    /// The names.
    pub(super) names: Vec<String>,
    /// For each inquiry its name's place.
    pub(super) places: Vec<Option<u16>>,
    /// Different values that went into `(other)`.
    pub(super) gathered: usize,
}

/// Choose which names stand and number them: the mapping's first, then by appearance.
///
/// `numbers` holds each inquiry's number, in order. `missing` names those without one, if they are
/// to have a place; `kind` is what pseudonyms are made of.
pub(super) fn settle(
    label: Option<&Names>,
    numbers: &[Option<u32>],
    missing: Option<&str>,
    kind: &str,
) -> Settled {
    let (texts, given, most_frequent, pseudonyms) = match label {
        Some(label) => (label.numbers.texts(), label.given, label.most_frequent, label.pseudonyms),
        None => (Vec::new(), 0, MOST_NAMES, false),
    };
    let mut counts = vec![0u64; texts.len()];
    let mut appeared: Vec<u32> = Vec::new();
    for number in numbers.iter().flatten() {
        if counts[*number as usize] == 0 {
            appeared.push(*number);
        }
        counts[*number as usize] += 1;
    }
    let mut standing: Vec<u32> = (0..given).filter(|&n| 0 < counts[n as usize]).collect();
    let mut own: Vec<u32> = appeared.into_iter().filter(|&number| given <= number).collect();
    let mut frequent: Vec<(std::cmp::Reverse<u64>, usize)> =
        own.iter().enumerate().map(|(i, &n)| (std::cmp::Reverse(counts[n as usize]), i)).collect();
    frequent.sort_unstable();
    let mut kept = vec![false; own.len()];
    for (_, place) in frequent.into_iter().take(most_frequent) {
        kept[place] = true;
    }
    let gathered = kept.iter().filter(|&&kept| !kept).count();
    let mut kept = kept.into_iter();
    own.retain(|_| kept.next() == Some(true));
    standing.extend(own);
    standing.truncate(usize::from(u16::MAX) - 2);

    let mut names: Vec<String> = Vec::with_capacity(standing.len() + 2);
    let mut place_of = vec![None; texts.len()];
    for number in standing {
        place_of[number as usize] = Some(names.len() as u16);
        names.push(match pseudonyms {
            true => format!("{kind} {}", names.len() + 1),
            false => texts[number as usize].to_string(),
        });
    }
    let mut place = |name: &str| {
        let found = names.iter().position(|known| known == name).unwrap_or_else(|| {
            names.push(name.to_string());
            names.len() - 1
        });
        found as u16
    };
    let other = numbers.iter().flatten().any(|&n| place_of[n as usize].is_none());
    let other = other.then(|| place(OTHER));
    let nameless = missing.filter(|_| numbers.contains(&None)).map(&mut place);
    let find = |number: &Option<u32>| match number {
        Some(number) => place_of[*number as usize].or(other),
        None => nameless,
    };
    let places = numbers.iter().map(find).collect();
    Settled { names, places, gathered }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(given: &[&str], most_frequent: usize, values: &[&str]) -> (Names, Vec<Option<u32>>) {
        let mut names = Names { most_frequent, ..Names::told(false, None) };
        names.given = given.iter().map(|name| names.number(name)).count() as u32;
        let numbers = values.iter().map(|value| (!value.is_empty()).then(|| names.number(value)));
        let numbers = numbers.collect();
        (names, numbers)
    }

    #[test]
    fn given_names_come_first_and_rare_ones_are_gathered() {
        let values = ["c", "b", "", "d", "b", "a", "e", "e"];
        let (label, numbers) = names(&["z", "a"], 2, &values);
        let settled = settle(Some(&label), &numbers, Some("(missing)"), "topic");
        assert_eq!(settled.names, ["a", "b", "e", "(other)", "(missing)"]);
        assert_eq!(settled.gathered, 2);
        let places: Vec<u16> = settled.places.into_iter().flatten().collect();
        assert_eq!(places, [3, 1, 4, 3, 1, 0, 2, 2]);
    }

    #[test]
    fn people_can_be_numbers() {
        let (mut label, numbers) = names(&[], 9, &["Ann", "", "Bob", "Ann"]);
        label.pseudonyms = true;
        let settled = settle(Some(&label), &numbers, None, "unit");
        assert_eq!(settled.names, ["unit 1", "unit 2"]);
        assert_eq!(settled.places, [Some(0), None, Some(1), Some(0)]);
    }

    #[test]
    fn without_a_label_all_share_one_name() {
        let settled = settle(None, &[None, None], Some("(unstated)"), "channel");
        assert_eq!((settled.names, settled.places), (vec!["(unstated)".into()], vec![Some(0); 2]));
    }

    #[test]
    fn text_too_long_for_a_name_is_cut() {
        let mut label = Names::told(false, None);
        label.number(&"x".repeat(10_000_000));
        assert!(label.cut);
        assert_eq!(label.numbers.texts()[0].chars().count(), 201);
    }
}
