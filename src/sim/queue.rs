//! The queue of one desk: a line for each class, in order of joining.

use std::collections::VecDeque;

use smallvec::SmallVec;

use crate::sim::due::DueLines;
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

impl Entry {
    /// Orders of joining at the back begin here, and those of coming back to the head go down from here: whoever came
    /// back last is before all others of the class.
    pub(super) const BEHIND: u64 = 1 << 63;

    /// At the head of its class.
    pub(super) fn ahead(self) -> Entry {
        Entry { order: self.order.wrapping_neg(), ..self }
    }
}

/// Only lines that were made by due time are asked for it.
const BY_DUE: &str = "lines by due time are made by `Lines::by_due`";

/// Lines by priority class and group of eligible people.
#[derive(Debug)]
pub(super) struct Lines {
    /// One line, as most desks have, stands here itself and is not to be looked for in a second place.
    lines: SmallVec<[VecDeque<Entry>; 1]>,
    groups: u32,
    /// Entries in all lines, those that no longer hold included.
    pub(super) entries: u32,
    /// The lines instead of these, where what is due first comes first.
    due: Option<Box<DueLines>>,
}

impl Lines {
    /// A line for each class and group; the one line of a desk that has no other with room for so many to begin with.
    pub(super) fn new(priorities: usize, groups: usize, room: usize) -> Lines {
        let lines = priorities * groups;
        let room = if lines == 1 { room } else { 0 };
        Lines {
            lines: (0..lines).map(|_| VecDeque::with_capacity(room)).collect(),
            groups: groups as u32,
            entries: 0,
            due: None,
        }
    }

    /// Lines for groups, of what is due first.
    pub(super) fn by_due(groups: usize) -> Lines {
        Lines { due: Some(Box::new(DueLines::new(groups))), ..Lines::new(1, groups, 0) }
    }

    /// The first entry of the first line, if it has any.
    #[inline]
    pub(super) fn first(&self) -> Option<&Entry> {
        self.lines[0].front()
    }

    /// The last entry of the first line, if it has any.
    #[inline]
    pub(super) fn last(&self) -> Option<&Entry> {
        self.lines[0].back()
    }

    #[inline(always)]
    pub(super) fn push_back(&mut self, priority: usize, group: usize, entry: Entry) {
        let Entry { case, ticket, order, since } = entry;
        self.append(priority * self.groups as usize + group, case, ticket, order, since);
    }

    /// Word by word, because an entry in memory would be read otherwise than it was written a moment before,
    /// which a processor waits for.
    #[inline(never)]
    fn append(&mut self, line: usize, case: u32, ticket: u32, order: u64, since: SimTime) {
        debug_assert!(self.due.is_none(), "{BY_DUE}");
        self.entries += 1;
        self.lines[line].push_back(Entry { case, ticket, order, since });
    }

    #[inline]
    pub(super) fn push_front(&mut self, priority: usize, group: usize, entry: Entry) {
        self.entries += 1;
        self.lines[priority * self.groups as usize + group].push_front(entry);
    }

    /// Put an entry where its order belongs, behind those of the same order. For lines by due time.
    pub(super) fn push_by_order(&mut self, group: usize, entry: Entry) {
        self.entries += 1;
        self.due.as_mut().expect(BY_DUE).push(group, entry);
    }

    /// As [`Lines::pick`], of lines by due time.
    pub(super) fn pick_first_due(
        &mut self,
        takes: u64,
        holds: impl Fn(&Entry) -> bool,
        mut dropped: impl FnMut(&Entry),
    ) -> Option<Entry> {
        let entries = &mut self.entries;
        let found = self.due.as_mut().expect(BY_DUE).pick(takes, holds, |entry| {
            *entries -= 1;
            dropped(entry);
        })?;
        self.entries -= 1;
        Some(found)
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
            return self.pick_first(holds, dropped);
        }
        for class in self.lines.chunks_mut(self.groups as usize) {
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

    /// The first entry of the one line, whether it holds or not.
    #[inline(always)]
    pub(super) fn take_first(&mut self) -> Option<Entry> {
        if self.entries == 0 {
            return None;
        }
        self.entries -= 1;
        self.lines[0].pop_front()
    }

    /// As [`Lines::pick`], where there is one line.
    #[inline(always)]
    fn pick_first(
        &mut self,
        holds: impl Fn(&Entry) -> bool,
        mut dropped: impl FnMut(&Entry),
    ) -> Option<Entry> {
        while let Some(entry) = self.take_first() {
            if holds(&entry) {
                return Some(entry);
            }
            dropped(&entry);
        }
        None
    }

    /// As [`Lines::pick`], where it depends on the class what somebody `takes`, and a class becomes more urgent by one for
    /// each such time that its first has been there, now. Of equal urgency whoever joined first.
    pub(super) fn pick_by_rules(
        &mut self,
        takes: impl Fn(usize) -> u64,
        (after, now): (SimTime, SimTime),
        holds: impl Fn(&Entry) -> bool,
        mut dropped: impl FnMut(&Entry),
    ) -> Option<Entry> {
        let groups = self.groups as usize;
        let mut best: Option<((u64, SimTime, u64), usize)> = None;
        let mut taken = 0;
        for (at, line) in self.lines.iter_mut().enumerate() {
            let (class, group) = (at / groups, at % groups);
            if group == 0 {
                taken = takes(class);
            }
            if taken >> group & 1 == 0 {
                continue;
            }
            while let Some(entry) = line.front()
                && !holds(entry)
            {
                dropped(entry);
                line.pop_front();
                self.entries -= 1;
            }
            let Some(entry) = line.front() else { continue };
            let steps = now.since(entry.since).micros() / after.micros().max(1);
            // without ageing an entry's place in its class is that of its order
            let since = if after == SimTime::NEVER { SimTime::ZERO } else { entry.since };
            let rank = ((class as u64).saturating_sub(steps), since, entry.order);
            if best.is_none_or(|(least, _)| rank < least) {
                best = Some((rank, at));
            }
        }
        let (_, at) = best?;
        self.entries -= 1;
        self.lines[at].pop_front()
    }

    /// The first entry of a class and group that holds.
    pub(super) fn head(
        &self,
        priority: usize,
        group: usize,
        holds: impl Fn(&Entry) -> bool,
    ) -> Option<&Entry> {
        match &self.due {
            Some(due) => due.head(group, holds),
            None => self.lines[priority * self.groups as usize + group]
                .iter()
                .find(|entry| holds(entry)),
        }
    }

    /// Take the last entry that holds out of the least urgent class that is less urgent than this one.
    pub(super) fn take_last_below(
        &mut self,
        class: usize,
        holds: impl Fn(&Entry) -> bool,
    ) -> Option<Entry> {
        let groups = self.groups as usize;
        for of_class in self.lines.chunks_mut(groups).skip(class + 1).rev() {
            let last = |line: &VecDeque<Entry>| line.iter().rposition(&holds);
            let found = of_class
                .iter()
                .enumerate()
                .filter_map(|(group, line)| last(line).map(|at| (line[at].order, group, at)));
            if let Some((_, group, at)) = found.max() {
                self.entries -= 1;
                return of_class[group].remove(at);
            }
        }
        None
    }

    /// Drop the entries that no longer hold.
    pub(super) fn sweep(&mut self, holds: impl Fn(&Entry) -> bool) {
        for line in &mut self.lines {
            line.retain(&holds);
        }
        let due = self.due.as_mut().map_or(0, |due| due.sweep(&holds));
        self.entries = (self.lines.iter().map(VecDeque::len).sum::<usize>() + due) as u32;
    }
}
