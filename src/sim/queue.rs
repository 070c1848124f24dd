//! The queue of one desk: a line for each class, in order of joining.

use std::collections::VecDeque;

use crate::units::SimTime;

/// A place in a line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    /// The case, and the ticket it had when it joined: another ticket means that it left.
    pub(super) case: u32,
    pub(super) ticket: u32,
    /// Order of joining, over all lines of all desks.
    pub(super) order: u64,
    /// When it joined.
    pub(super) since: SimTime,
}

/// Lines by priority class and group of eligible people.
#[derive(Debug)]
pub(super) struct Lines {
    lines: Vec<VecDeque<Entry>>,
    groups: usize,
    /// Entries in all lines, those that no longer hold included.
    pub(super) entries: usize,
}

impl Lines {
    pub(super) fn new(priorities: usize, groups: usize) -> Lines {
        Lines {
            lines: (0..priorities * groups).map(|_| VecDeque::new()).collect(),
            groups,
            entries: 0,
        }
    }

    #[inline]
    pub(super) fn push_back(&mut self, priority: usize, group: usize, entry: Entry) {
        self.entries += 1;
        self.lines[priority * self.groups + group].push_back(entry);
    }

    #[inline]
    pub(super) fn push_front(&mut self, priority: usize, group: usize, entry: Entry) {
        self.entries += 1;
        self.lines[priority * self.groups + group].push_front(entry);
    }

    /// Take the first entry that holds, of the most urgent class, that somebody who `takes` these groups
    /// can take. Entries that no longer hold are dropped and shown to `dropped`.
    #[inline(always)]
    pub(super) fn pick(
        &mut self,
        takes: u64,
        holds: impl Fn(&Entry) -> bool,
        mut dropped: impl FnMut(&Entry),
    ) -> Option<Entry> {
        if self.lines.len() == 1 {
            let line = &mut self.lines[0];
            while let Some(entry) = line.pop_front() {
                self.entries -= 1;
                if holds(&entry) {
                    return Some(entry);
                }
                dropped(&entry);
            }
            return None;
        }
        for class in self.lines.chunks_mut(self.groups) {
            let mut best: Option<(usize, u64)> = None;
            for (group, line) in class.iter_mut().enumerate() {
                if takes >> group & 1 == 0 {
                    continue;
                }
                while let Some(entry) = line.front() {
                    if holds(entry) {
                        if best.is_none_or(|(_, order)| entry.order < order) {
                            best = Some((group, entry.order));
                        }
                        break;
                    }
                    dropped(entry);
                    line.pop_front();
                    self.entries -= 1;
                }
            }
            if let Some((group, _)) = best {
                self.entries -= 1;
                return class[group].pop_front();
            }
        }
        None
    }

    /// Drop the entries that no longer hold.
    pub(super) fn sweep(&mut self, holds: impl Fn(&Entry) -> bool) {
        for line in &mut self.lines {
            line.retain(&holds);
        }
        self.entries = self.lines.iter().map(VecDeque::len).sum();
    }
}
