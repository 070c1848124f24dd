//! One column for each design.

use crate::experiment::ExperimentResult;
use crate::present::paint::{Paint, Painted};
use crate::present::words::{beginning, fill, fitting, right, shortened, width, wrap};

/// Most designs that have a column each; more have a row each.
pub(super) const MOST_COLUMNS: usize = 4;

/// Columns and what stands left of them.
pub(super) struct Columns {
    /// Short names of the designs; of names in several lines, the last.
    pub(super) names: Vec<String>,
    /// The lines above of names in several lines; none where every name fits in one.
    over: Vec<Vec<String>>,
    /// Width of the labels.
    pub(super) labels: usize,
    /// Width of a column.
    pub(super) wide: usize,
}

impl Columns {
    pub(super) fn of(result: &ExperimentResult) -> Columns {
        let (labels, wide) = match result.designs.len() {
            0..=3 => (48, 16),
            MOST_COLUMNS => (48, 13),
            // Goals only: the rest has a row for each design.
            many => (44, (56 / many).max(6)),
        };
        let names: Vec<&str> = result.designs.iter().map(|design| design.name.as_str()).collect();
        let most = wide - 1 - usize::from(names.len() <= MOST_COLUMNS);
        let short = shortened(&names, most);
        let cut = |(name, short): (&&str, &String)| {
            name.contains(' ') && (short.ends_with('.') || short.contains('…'))
        };
        if result.designs.len() <= MOST_COLUMNS && names.iter().zip(&short).any(cut) {
            let (over, names) =
                names.iter().zip(short).map(|(name, short)| broken(name, short, wide - 1)).unzip();
            return Columns { names, over: vec![over], labels, wide };
        }
        if MOST_COLUMNS < names.len()
            && let Some(mut over) = stacked(&names, most)
        {
            let names = over.pop().unwrap_or_default();
            return Columns { names, over, labels, wide };
        }
        Columns { names: short, over: Vec::new(), labels, wide }
    }

    /// A row that begins a block, with the names of the designs.
    pub(super) fn names_row(&self, head: &str, label: &str, text: &mut Painted) {
        let mut lines = self.over.iter().chain([&self.names]);
        if let Some(first) = lines.next() {
            self.head_row(head, label, first, text);
        }
        lines.for_each(|line| self.row("", line, text));
    }

    /// A row of cells.
    pub(super) fn row(&self, label: &str, cells: &[String], text: &mut Painted) {
        let mut line = fill(&format!("  {label}"), self.labels);
        for cell in cells {
            line.push_str(&self.cell(cell));
        }
        text.line(line);
    }

    /// A cell with at least one blank before it; a number that is too long goes without its chance.
    fn cell(&self, cell: &str) -> String {
        right(&fitting(cell, self.wide - 1), self.wide)
    }

    /// A row that begins a block, with cells.
    pub(super) fn head_row(&self, head: &str, label: &str, cells: &[String], text: &mut Painted) {
        let mut line = fill(label, self.labels - width(head));
        for cell in cells {
            line.push_str(&self.cell(cell));
        }
        text.stretches(vec![(Paint::Head, head.into()), (Paint::Plain, line)]);
    }
}

/// A name in two lines, broken between words where the longer line is shortest; a name of one word, or
/// with a line that does not fit, is short and in the second line.
fn broken(name: &str, short: String, most: usize) -> (String, String) {
    let breaks = name.match_indices(' ').map(|(at, _)| (&name[..at], &name[at + 1..]));
    let longer = |(first, second): &(&str, &str)| width(first).max(width(second));
    match breaks.min_by_key(longer) {
        Some(lines) if longer(&lines) <= most && most < width(name) => {
            (lines.0.into(), lines.1.into())
        }
        _ => (String::new(), short),
    }
}

/// Most lines of names one above the other.
const LINES: usize = 3;

/// Names in lines of at most so many characters, broken between words, line by line, all ending in the last; words that are
/// longer are cut. `None` where this takes too many lines or makes two names the same.
fn stacked(names: &[&str], most: usize) -> Option<Vec<Vec<String>>> {
    let cut = |word: &str| match width(word) <= most {
        true => word.into(),
        false => format!("{}.", beginning(word, most - 1)),
    };
    let lines = |name: &&str| {
        let words: Vec<String> = name.replace(" and ", " & ").split(' ').map(cut).collect();
        wrap(&words.join(" "), 0, most, 0)
    };
    let names: Vec<Vec<String>> = names.iter().map(lines).collect();
    let high = names.iter().map(Vec::len).max().unwrap_or(0);
    let differ = names.iter().enumerate().all(|(at, name)| !names[..at].contains(name));
    let at = |name: &Vec<String>, line: usize| match (line + name.len()).checked_sub(high) {
        Some(own) => name[own].clone(),
        None => String::new(),
    };
    (differ && high <= LINES)
        .then(|| (0..high).map(|line| names.iter().map(|name| at(name, line)).collect()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_are_broken_between_words() {
        let lines = |name: &str| broken(name, "short".into(), 12);
        let two = |first: &str, second: &str| (first.to_string(), second.to_string());
        assert_eq!(lines("Vendor for what waits"), two("Vendor for", "what waits"));
        assert_eq!(lines("One site, three shifts"), two("One site,", "three shifts"));
        assert_eq!(lines("Undertakings of others"), two("Undertakings", "of others"));
        assert_eq!(lines("Far undertakings abroad"), two("", "short"));
        assert_eq!(lines("In-house"), two("", "short"));
    }

    #[test]
    fn names_stand_in_lines_above_each_other() {
        let names = ["Never", "When nothing waits", "Hub and spoke", "Decentralized"];
        let lines = stacked(&names, 8).map(|lines| lines.iter().map(|of| of.join("|")).collect());
        let told: Vec<String> = lines.unwrap();
        assert_eq!(told, ["|When||", "|nothing|Hub &|", "Never|waits|spoke|Decentr."]);
        assert_eq!(stacked(&["Decentralized 1 x", "Decentralised 1 x"], 8), None, "alike");
        assert_eq!(stacked(&["one after another and more", "b"], 7), None, "too many lines");
    }
}
