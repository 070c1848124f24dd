//! Customers who were turned away, or left a queue, and try again at the same desk.

use crate::draws::Purpose;
use crate::sim::case::{NONE, Place, Stage};
use crate::sim::flow::micros;
use crate::sim::laws::RetryPlan;
use crate::sim::observer::{Happening, Observer};
use crate::sim::run::Run;

/// Why somebody got nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Failed {
    /// The waiting room was full.
    TurnedAway,
    /// Patience ran out in the queue.
    LeftQueue,
}

/// Who tries again, at which desk, and how often already.
#[derive(Debug, Default)]
pub(super) struct Retries {
    /// By place of a case: further attempts so far, and the desk it means to come back to.
    of_case: Vec<(u32, u32)>,
    /// By desk: how many mean to come back.
    at_desk: Vec<u32>,
}

impl Retries {
    /// How many are away and mean to come back to this desk.
    pub(super) fn waiting(&self, desk: usize) -> u32 {
        self.at_desk.get(desk).copied().unwrap_or(0)
    }

    /// A case that was away is back, or gone for good.
    fn back(&mut self, place: u32) {
        if let Some((_, desk)) = self.of_case.get_mut(place as usize) {
            let desk = std::mem::replace(desk, NONE);
            if desk != NONE {
                self.at_desk[desk as usize] -= 1;
            }
        }
    }
}

impl<O: Observer> Run<'_, O> {
    /// Whether the customer of a case that is in nobody's hands and in no queue will try again at the
    /// desk where it got nowhere; if so, it is on its way.
    pub(super) fn tries_again(&mut self, place: u32, why: Failed) -> bool {
        let laws = &self.plan.laws;
        let plan = match why {
            Failed::TurnedAway => &laws.turned_away,
            Failed::LeftQueue => &laws.left_queue,
        };
        let Some(RetryPlan { share, after, at_most }) = plan else { return false };
        let case = &mut self.cases[place];
        if case.stage != Stage::Front {
            return false;
        }
        let key = case.key;
        let retries = &mut self.retries;
        if retries.of_case.len() <= place as usize {
            retries.of_case.resize(place as usize + 1, (0, NONE));
        }
        let (tried, to) = &mut retries.of_case[place as usize];
        let again = at_most.is_none_or(|most| *tried < most)
            && (1.0 <= *share || key.unit(Purpose::TriesAgain, case.visits) < *share);
        if !again {
            return false;
        }
        *tried += 1;
        *to = case.role;
        let desk = case.role as usize;
        if retries.at_desk.len() <= desk {
            retries.at_desk.resize(desk + 1, 0);
        }
        retries.at_desk[desk] += 1;
        let delay = micros(after.quantile(key.unit(Purpose::RetryDelay, case.visits)));
        case.place = Place::Customer;
        case.since = self.now;
        case.wake_at = self.now + delay;
        let (number, role) = (case.number, case.role);
        if O::WATCHES {
            self.observer.on(self.now, number, Happening::TriesLater { role });
        }
        self.arm(place);
        true
    }

    /// Somebody who was away is back at the desk.
    pub(super) fn back_again(&mut self, place: u32) {
        self.retries.back(place);
    }

    /// A case leaves the house: its attempts are forgotten with it.
    #[inline(never)]
    pub(super) fn forget_retries(&mut self, place: u32) {
        self.retries.back(place);
        if let Some((tried, _)) = self.retries.of_case.get_mut(place as usize) {
            *tried = 0;
        }
    }
}
