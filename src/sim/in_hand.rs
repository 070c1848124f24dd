//! What a desk has in hand, the least urgent first: where the urgent stop others, somebody is to be found for each of them.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::units::SimTime;

/// Least urgent last, of those the latest taken up, of those the first person by number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rank {
    urgency: u8,
    began: SimTime,
    person: Reverse<u32>,
}

impl Rank {
    pub(super) fn new(urgency: u8, began: SimTime, person: u32) -> Rank {
        Rank { urgency, began, person: Reverse(person) }
    }

    pub(super) fn urgency(self) -> u8 {
        self.urgency
    }

    pub(super) fn person(self) -> u32 {
        self.person.0
    }
}

/// Everybody with a case in hand, as they took it up. Ranks that no longer hold are dropped where they come up.
#[derive(Debug, Default)]
pub(super) struct InHand(BinaryHeap<Rank>);

impl InHand {
    /// Somebody takes a case up at a desk of so many people.
    pub(super) fn take_up(&mut self, rank: Rank, people: usize) {
        if 2 * people + 16 < self.0.len() {
            // of each person what was taken up last
            let mut ranks = std::mem::take(&mut self.0).into_vec();
            ranks.sort_unstable_by_key(|rank| (rank.person, Reverse(rank.began), Reverse(*rank)));
            ranks.dedup_by_key(|rank| rank.person);
            self.0 = ranks.into();
        }
        self.0.push(rank);
    }

    /// Whoever has the least urgent in hand of what is less urgent than this, and may put it away.
    ///
    /// `present`: the rank of what somebody has in hand now, if anything. Nothing becomes less urgent in anybody's hands.
    pub(super) fn least_urgent(
        &mut self,
        than: u8,
        present: impl Fn(u32) -> Option<Rank>,
        may_stop: impl Fn(u32) -> bool,
    ) -> Option<u32> {
        let mut aside = Vec::new();
        let mut found = None;
        while let Some(&first) = self.0.peek().filter(|first| than < first.urgency) {
            self.0.pop();
            match present(first.person()) {
                Some(rank) if rank == first && may_stop(first.person()) => {
                    found = Some(first.person());
                    break;
                }
                Some(rank) if rank == first => aside.push(first),
                Some(rank) if rank.began == first.began => self.0.push(rank),
                _ => {}
            }
        }
        self.0.extend(aside);
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rank(urgency: u8, minute: u64, person: u32) -> Rank {
        Rank::new(urgency, SimTime::MINUTE.times(minute), person)
    }

    #[test]
    fn the_least_urgent_and_latest_is_found_and_whoever_may_not_stop_stays() {
        let now = [rank(2, 1, 0), rank(3, 5, 1), rank(3, 9, 2), rank(1, 9, 3)];
        let mut in_hand = InHand::default();
        now.iter().for_each(|&rank| in_hand.take_up(rank, now.len()));
        let present = |person: u32| Some(now[person as usize]);
        assert_eq!(in_hand.least_urgent(1, present, |person| person != 2), Some(1));
        assert_eq!(in_hand.least_urgent(1, present, |_| true), Some(2));
        assert_eq!(in_hand.least_urgent(1, present, |_| true), Some(0));
        assert_eq!(in_hand.least_urgent(1, present, |_| true), None);
        assert_eq!(in_hand.least_urgent(0, present, |_| true), Some(3));
    }

    #[test]
    fn what_has_become_more_urgent_counts_as_it_is_now_and_what_is_done_no_more() {
        let mut in_hand = InHand::default();
        [rank(3, 1, 0), rank(3, 2, 1), rank(2, 3, 2)]
            .iter()
            .for_each(|&rank| in_hand.take_up(rank, 3));
        let now = [Some(rank(1, 1, 0)), None, Some(rank(2, 3, 2))];
        let present = |person: u32| now[person as usize];
        assert_eq!(in_hand.least_urgent(0, present, |_| true), Some(2));
        assert_eq!(in_hand.least_urgent(0, present, |_| true), Some(0));
        assert_eq!(in_hand.least_urgent(0, present, |_| true), None);
    }

    #[test]
    fn what_is_over_is_swept_out() {
        let mut in_hand = InHand::default();
        for minute in 0..1000 {
            in_hand.take_up(rank(1, minute, minute as u32 % 2), 2);
            assert!(in_hand.0.len() <= 2 * 2 + 17);
        }
        let present = |person: u32| Some(rank(1, 998 + u64::from(person), person));
        assert_eq!(in_hand.least_urgent(0, present, |_| true), Some(1));
        assert_eq!(in_hand.least_urgent(0, present, |_| true), Some(0));
    }
}
