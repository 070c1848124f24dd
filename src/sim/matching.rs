//! What holds whenever time goes on: no case waits that somebody free may begin, or, where the urgent stop others, that
//! somebody has to put away something less urgent for. Looked at now and then where debug assertions are on.

use crate::sim::observer::Observer;
use crate::sim::queue::Entry;
use crate::sim::run::Run;

impl<O: Observer> Run<'_, O> {
    /// # Panics
    /// If some case waits that should not.
    pub(super) fn assert_matched(&self) {
        for at in 0..self.desks.len() as u32 {
            if self.desks[at as usize].lines.entries > 0 {
                self.assert_matched_at(at);
            }
        }
    }

    fn assert_matched_at(&self, at: u32) {
        let (desk, role) = (&self.desks[at as usize], &self.plan.roles[at as usize]);
        // whoever was called to a duty while busy, and is so no more, is not looked at again before the case is done
        let has_duties = role.staffing.as_ref().is_some_and(|of| !of.duties.is_empty());
        // a case that was offered here ages from then on while it waits, and anew once it is in hand
        let stops = role.preemptive && !has_duties && !role.ages();
        let holds = |entry: &Entry| self.cases[entry.case].ticket == entry.ticket;
        for class in 0..role.priorities {
            let barred = role.barred(class as u8, &desk.free, &self.workers);
            for group in 0..role.eligibility.groups {
                let Some(head) = desk.lines.head(class, group, holds) else { continue };
                let case = &self.cases[head.case];
                let told = || format!("case {} at desk {at}, {}", case.number, self.now);
                let idle = desk.free.find(&self.workers, group, barred);
                assert!(idle.is_none(), "{} waits beside somebody free", told());
                let stopped =
                    stops && case.at == at && self.has_less_urgent(case.priority, group, at);
                assert!(!stopped, "{} waits for something less urgent", told());
            }
        }
    }
}
