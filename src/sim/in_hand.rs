//! What a desk has in hand, the least urgent first: where the urgent stop others, somebody is to be found for each of them.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;

use crate::sim::role_plan::RolePlan;
use crate::units::SimTime;

/// Least urgent last, of those the latest begun, of those the first person by number, of those the first in that person's
/// hands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rank(u128);

impl Rank {
    const URGENCY: u32 = 120;
    const BEGAN: u32 = 56;
    const PERSON: u32 = 24;
    /// Most cases of one person that begin at one instant and are told apart.
    const AT_ONCE: u32 = 1 << Rank::PERSON;

    /// `number`: how many of the person's open cases that began at the same instant come before it.
    pub(super) fn new(urgency: u8, began: SimTime, person: u32, number: u32) -> Rank {
        let number = Rank::AT_ONCE - 1 - number % Rank::AT_ONCE;
        let what = u128::from(urgency) << Rank::URGENCY | u128::from(began.micros()) << Rank::BEGAN;
        Rank(what | u128::from(!person) << Rank::PERSON | u128::from(number))
    }

    pub(super) fn urgency(self) -> u8 {
        (self.0 >> Rank::URGENCY) as u8
    }

    pub(super) fn person(self) -> u32 {
        !((self.0 >> Rank::PERSON) as u32)
    }

    /// What tells apart pieces of work, whatever their urgency.
    pub(super) fn piece(self) -> u128 {
        self.0 & ((1 << Rank::URGENCY) - 1)
    }

    /// Whether it is the same piece of work, whatever its urgency is by now.
    pub(super) fn is_of(self, other: Rank) -> bool {
        self.piece() == other.piece()
    }
}

/// Everybody with a case in hand, as they took it up. Ranks that no longer hold are dropped where they come up.
#[derive(Debug)]
pub(super) struct InHand {
    /// Where among the `alike` each person is found; empty where all can take the same.
    of: Vec<u32>,
    alike: Vec<Alike>,
}

/// What is in the hands of people who can take the same.
#[derive(Debug)]
struct Alike {
    /// Groups of topics that they can take, as bits.
    takes: u64,
    /// How many cases they can have in hand.
    most: usize,
    ranks: BinaryHeap<Rank>,
}

impl InHand {
    /// Nothing yet, of the people of this role.
    pub(super) fn of(role: &RolePlan) -> InHand {
        let each = role.slots.as_ref().map_or(1, |slots| slots.speeds.len());
        InHand::new(&role.eligibility.takes, each)
    }

    /// Nothing yet, of people who can take these groups and have so many cases at most each.
    fn new(takes: &[u64], each: usize) -> InHand {
        let mut kinds = takes.to_vec();
        kinds.sort_unstable();
        kinds.dedup();
        let mut alike: Vec<Alike> =
            kinds.iter().map(|&takes| Alike { takes, most: 0, ranks: BinaryHeap::new() }).collect();
        let kind = |takes| kinds.partition_point(|&kind| kind < takes);
        takes.iter().for_each(|&takes| alike[kind(takes)].most += each);
        let of = match kinds.len() {
            0 | 1 => Vec::new(),
            _ => takes.iter().map(|&takes| kind(takes) as u32).collect(),
        };
        InHand { of, alike }
    }

    /// The person of this number at the desk begins with something; `sweep` leaves those of too many ranks that hold.
    pub(super) fn take_up(&mut self, number: u32, rank: Rank, sweep: impl FnOnce(&mut Vec<Rank>)) {
        let kind = self.of.get(number as usize).map_or(0, |&kind| kind as usize);
        let Alike { most, ranks, .. } = &mut self.alike[kind];
        if 2 * *most + 16 < ranks.len() {
            let mut all = std::mem::take(ranks).into_vec();
            sweep(&mut all);
            *ranks = all.into();
        }
        ranks.push(rank);
    }

    /// The least urgent in hand of what is less urgent than this, of people who can take this group and may put it away.
    ///
    /// `now`: what a rank is by now, if the piece of work is still in hand. Nothing becomes less urgent in anybody's hands.
    pub(super) fn least_urgent(
        &mut self,
        than: u8,
        group: usize,
        now: impl Fn(Rank) -> Option<Rank>,
        may_stop: impl Fn(Rank) -> bool,
    ) -> Option<Rank> {
        let able = self.alike.iter_mut().filter(|alike| alike.takes >> group & 1 == 1);
        able.filter_map(|alike| alike.least_urgent(than, &now, &may_stop)).max()
    }
}

impl Alike {
    fn least_urgent(
        &mut self,
        than: u8,
        now: impl Fn(Rank) -> Option<Rank>,
        may_stop: impl Fn(Rank) -> bool,
    ) -> Option<Rank> {
        let mut aside = Vec::new();
        let mut found = None;
        while let Some(mut first) = self.ranks.peek_mut()
            && than < first.urgency()
        {
            match now(*first) {
                Some(rank) if rank == *first && may_stop(rank) => {
                    found = Some(rank);
                    break;
                }
                Some(rank) if rank == *first => aside.push(PeekMut::pop(first)),
                Some(rank) if rank.is_of(*first) => *first = rank,
                _ => {
                    PeekMut::pop(first);
                }
            }
        }
        self.ranks.extend(aside);
        found
    }
}

/// Of each person what was begun last: all that holds where everybody has one case in hand.
pub(super) fn last_of_each(ranks: &mut Vec<Rank>) {
    ranks.sort_unstable_by_key(|rank| {
        (rank.person(), Reverse(rank.0 << (128 - Rank::URGENCY)), Reverse(*rank))
    });
    ranks.dedup_by_key(|rank| rank.person());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draws::{Purpose, Seed};

    fn rank(urgency: u8, minute: u64, person: u32) -> Rank {
        Rank::new(urgency, SimTime::MINUTE.times(minute), person, 0)
    }

    /// Who puts away what of these people, and it is in hand no more.
    fn stopped(
        in_hand: &mut InHand,
        than: u8,
        now: &mut [Option<Rank>],
        may_stop: impl Fn(u32) -> bool,
    ) -> Option<u32> {
        let of = |rank: Rank| now[rank.person() as usize];
        let found = in_hand.least_urgent(than, 0, of, |rank| may_stop(rank.person()));
        let person = found.map(Rank::person);
        if let Some(person) = person {
            now[person as usize] = None;
        }
        person
    }

    #[test]
    fn the_least_urgent_and_latest_is_found_and_whoever_may_not_stop_stays() {
        let mut now = [rank(2, 1, 0), rank(3, 5, 1), rank(3, 9, 2), rank(1, 9, 3)].map(Some);
        let mut in_hand = InHand::new(&[1; 4], 1);
        (0..)
            .zip(now.into_iter().flatten())
            .for_each(|(i, rank)| in_hand.take_up(i, rank, last_of_each));
        assert_eq!(stopped(&mut in_hand, 1, &mut now, |person| person != 2), Some(1));
        assert_eq!(stopped(&mut in_hand, 1, &mut now, |_| true), Some(2));
        assert_eq!(stopped(&mut in_hand, 1, &mut now, |_| true), Some(0));
        assert_eq!(stopped(&mut in_hand, 1, &mut now, |_| true), None);
        assert_eq!(stopped(&mut in_hand, 0, &mut now, |_| true), Some(3));
    }

    #[test]
    fn what_has_become_more_urgent_counts_as_it_is_now_and_what_is_done_no_more() {
        let mut in_hand = InHand::new(&[1; 3], 1);
        (0..)
            .zip([rank(3, 1, 0), rank(3, 2, 1), rank(2, 3, 2)])
            .for_each(|(i, rank)| in_hand.take_up(i, rank, last_of_each));
        let mut now = [Some(rank(1, 1, 0)), None, Some(rank(2, 3, 2))];
        assert_eq!(stopped(&mut in_hand, 0, &mut now, |_| true), Some(2));
        assert_eq!(stopped(&mut in_hand, 0, &mut now, |_| true), Some(0));
        assert_eq!(stopped(&mut in_hand, 0, &mut now, |_| true), None);
    }

    #[test]
    fn what_is_over_is_swept_out() {
        let mut in_hand = InHand::new(&[1; 2], 1);
        for minute in 0..1000 {
            in_hand.take_up(minute as u32 % 2, rank(1, minute, minute as u32 % 2), last_of_each);
            assert!(in_hand.alike[0].ranks.len() <= 2 * 2 + 17);
        }
        let mut now = [0, 1].map(|person| Some(rank(1, 998 + u64::from(person), person)));
        assert_eq!(stopped(&mut in_hand, 0, &mut now, |_| true), Some(1));
        assert_eq!(stopped(&mut in_hand, 0, &mut now, |_| true), Some(0));
    }

    #[test]
    fn a_rank_tells_urgency_person_and_piece_of_work() {
        let later = rank(3, 7, 5);
        assert_eq!((later.urgency(), later.person()), (3, 5));
        assert!(later.is_of(rank(1, 7, 5)));
        assert!(!later.is_of(rank(3, 8, 5)) && !later.is_of(rank(3, 7, 6)));
        let second = Rank::new(3, SimTime::MINUTE.times(7), 5, 1);
        assert!(!later.is_of(second) && second < later && rank(3, 7, 6) < later);
        assert!(rank(2, 9, 5) < later && later < rank(3, 8, 6));
        let last = Rank::new(u8::MAX, SimTime::NEVER, u32::MAX - 1, 2);
        assert_eq!((last.urgency(), last.person()), (u8::MAX, u32::MAX - 1));
    }

    #[test]
    fn it_is_the_same_as_looking_at_everything_in_everybodys_hands() {
        const PEOPLE: usize = 40;
        let alike = vec![1; PEOPLE];
        let able: Vec<u64> = (0..PEOPLE).map(|person| [1, 2, 3, 7, 6][person % 5]).collect();
        for (trial, takes, each) in [(0, &alike, 1), (1, &able, 1), (2, &alike, 3), (3, &able, 3)] {
            let mut in_hand = InHand::new(takes, each);
            let mut open: Vec<Vec<Rank>> = vec![Vec::new(); PEOPLE];
            let mut found_some = 0;
            for step in 0..20_000_u32 {
                let key = Seed::new(1, 0).stream(trial).of(step.into());
                let any = |most: usize, n| (key.unit(Purpose::Gap, n) * most as f64) as usize;
                let (person, urgency, group) = (any(PEOPLE, 0), any(5, 1) as u8, any(3, 2));
                let hands = &mut open[person];
                match any(8, 3) {
                    0..4 if hands.len() < each => {
                        // several begin in a minute
                        let began = SimTime::MINUTE.times(u64::from(step / 32));
                        let number = if each == 1 { 0 } else { step };
                        let rank = Rank::new(urgency, began, person as u32, number);
                        hands.push(rank);
                        let now = |rank: &Rank| open[rank.person() as usize].contains(rank);
                        in_hand.take_up(person as u32, rank, |ranks| match each {
                            1 => last_of_each(ranks),
                            _ => ranks.retain(now),
                        });
                    }
                    4 if !hands.is_empty() => {
                        hands.remove(any(hands.len(), 4));
                    }
                    5 if !hands.is_empty() => {
                        let one = any(hands.len(), 4);
                        let rank = &mut hands[one];
                        if urgency < rank.urgency() {
                            let more = u128::from(rank.urgency() - urgency) << Rank::URGENCY;
                            *rank = Rank(rank.0 - more);
                        }
                    }
                    6.. => {
                        let now = |rank: Rank| {
                            let hands = &open[rank.person() as usize];
                            hands.iter().copied().find(|open| open.is_of(rank))
                        };
                        let may_stop = |rank: Rank| rank.person() % 7 != step % 7;
                        let found = in_hand.least_urgent(urgency, group, now, may_stop);
                        let can = |rank: &&Rank| takes[rank.person() as usize] >> group & 1 == 1;
                        let less = |rank: &&Rank| urgency < rank.urgency() && may_stop(**rank);
                        let all = open.iter().flatten().filter(can).filter(less).max();
                        assert_eq!(found, all.copied(), "step {step} of trial {trial}");
                        if let Some(rank) = found {
                            found_some += 1;
                            open[rank.person() as usize].retain(|&open| open != rank);
                        }
                    }
                    _ => {}
                }
            }
            assert!(1000 < found_some, "{found_some} were stopped in trial {trial}");
        }
    }
}
