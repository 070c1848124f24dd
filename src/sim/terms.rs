//! What a vendor with terms did: its first replies, month by month.

use crate::model::MONTH;
use crate::sim::observer::Observer;
use crate::sim::run::Run;
use crate::units::SimTime;

impl<O: Observer> Run<'_, O> {
    /// The case has come to this role then: if it is a vendor's with terms, its time began, unless it comes back there from no other vendor.
    pub(super) fn contract(&mut self, place: u32, role: u32, since: SimTime) {
        let contracted = &mut self.cases[place].tale.contracted;
        if self.plan.roles[role as usize].promises.is_some() && contracted.0 != role {
            *contracted = (role, since);
        }
    }

    /// The first reply of an inquiry is out. If a vendor with terms wrote it, it counts in the month.
    pub(super) fn count_for_contract(&mut self, place: u32) {
        let case = &self.cases[place];
        let Some(within) = self.plan.roles[case.role as usize].promises else { return };
        if self.past_horizon || self.now < self.warm {
            return;
        }
        let (vendor, came) = case.tale.contracted;
        let since = if vendor == case.role { came } else { case.joined };
        let in_time = self.now.since(since) <= within;
        let month = (self.now.since(self.warm).micros() / MONTH.micros()) as usize;
        let months = &mut self.desks[case.role as usize].tally.months;
        if months.len() <= month {
            months.resize(month + 1, Default::default());
        }
        months[month].first_replies += 1;
        months[month].in_time += u64::from(in_time);
    }
}
