//! The queue of a desk that takes first what is due first.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;

use crate::sim::queue::Entry;

/// A place in such a line: when it is due, and the order of joining among what is due at the same time.
#[derive(Debug, Clone, Copy)]
struct Due {
    at: (u64, u64),
    entry: Entry,
}

impl PartialEq for Due {
    fn eq(&self, other: &Due) -> bool {
        self.at == other.at
    }
}

impl Eq for Due {}

impl PartialOrd for Due {
    fn partial_cmp(&self, other: &Due) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Due {
    fn cmp(&self, other: &Due) -> std::cmp::Ordering {
        self.at.cmp(&other.at)
    }
}

/// Lines by group of eligible people, each with the first that is due in front.
#[derive(Debug)]
pub(super) struct DueLines {
    lines: Vec<BinaryHeap<Reverse<Due>>>,
    joined: u64,
}

impl DueLines {
    pub(super) fn new(groups: usize) -> DueLines {
        DueLines { lines: (0..groups).map(|_| BinaryHeap::new()).collect(), joined: 0 }
    }

    /// Join the line of a group, where the entry's order says when it is due.
    pub(super) fn push(&mut self, group: usize, entry: Entry) {
        self.joined += 1;
        self.lines[group].push(Reverse(Due { at: (entry.order, self.joined), entry }));
    }

    /// Take the first that is due, holds, and can be taken by somebody who `takes` these groups. Entries that no longer hold
    /// are dropped on the way and shown to `dropped`.
    pub(super) fn pick(
        &mut self,
        takes: u64,
        holds: impl Fn(&Entry) -> bool,
        mut dropped: impl FnMut(&Entry),
    ) -> Option<Entry> {
        let mut best: Option<(Due, usize)> = None;
        for (group, line) in self.lines.iter_mut().enumerate() {
            if takes >> group & 1 == 0 {
                continue;
            }
            while let Some(first) = line.peek_mut() {
                let Reverse(due) = *first;
                if holds(&due.entry) {
                    if best.is_none_or(|(least, _)| due < least) {
                        best = Some((due, group));
                    }
                    break;
                }
                dropped(&due.entry);
                PeekMut::pop(first);
            }
        }
        let (due, group) = best?;
        self.lines[group].pop();
        Some(due.entry)
    }

    /// The first entry of a group that holds.
    pub(super) fn head(&self, group: usize, holds: impl Fn(&Entry) -> bool) -> Option<&Entry> {
        let first = self.lines[group].peek().filter(|Reverse(due)| holds(&due.entry));
        let all = || self.lines[group].iter().filter(|Reverse(due)| holds(&due.entry)).max();
        first.or_else(all).map(|Reverse(due)| &due.entry)
    }

    /// Drop the entries that no longer hold; how many are left.
    pub(super) fn sweep(&mut self, holds: impl Fn(&Entry) -> bool) -> usize {
        for line in &mut self.lines {
            line.retain(|Reverse(due)| holds(&due.entry));
        }
        self.lines.iter().map(BinaryHeap::len).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::SimTime;

    fn entry(case: u32, due: u64) -> Entry {
        Entry { case, ticket: 0, order: due, since: SimTime::ZERO }
    }

    #[test]
    fn the_first_due_is_next_and_of_equal_ones_whoever_joined_first() {
        let mut lines = DueLines::new(2);
        for (case, (group, due)) in
            [(0, 30), (1, 10), (0, 20), (0, 20), (1, 20)].into_iter().enumerate()
        {
            lines.push(group, entry(case as u32, due));
        }
        let mut gone = Vec::new();
        let holds = |entry: &Entry| entry.case != 1;
        assert_eq!(lines.head(1, holds).map(|first| first.case), Some(4));
        let mut next =
            |takes| lines.pick(takes, holds, |entry| gone.push(entry.case)).map(|of| of.case);
        assert_eq!(next(0b01), Some(2));
        assert_eq!(
            [next(0b11), next(0b11), next(0b10), next(0b11), next(0b11)],
            [Some(3), Some(4), None, Some(0), None]
        );
        assert_eq!(gone, [1]);
    }

    #[test]
    fn what_no_longer_holds_is_swept_out() {
        let mut lines = DueLines::new(1);
        (0..100).for_each(|case| lines.push(0, entry(case, u64::from(100 - case))));
        assert_eq!(lines.sweep(|entry| entry.case % 10 == 3), 10);
        assert_eq!(lines.pick(1, |_| true, |_| ()).map(|of| of.case), Some(93));
    }
}
