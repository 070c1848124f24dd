//! Overflow: what waits too long may be taken at another desk.

use crate::model::{Link, LinkKind, RoleId};
use crate::sim::case::{Place, flag};
use crate::sim::observer::{Happening, Observer};
use crate::sim::plan::lets_through;
use crate::sim::queue::Entry;
use crate::sim::role_plan::{LinkPlan, WorkPlan};
use crate::sim::run::Run;
use crate::units::SimTime;

/// A desk that helps out with what has waited so long.
pub(super) struct Help {
    pub(super) after: SimTime,
    pub(super) link: LinkPlan,
}

/// Who helps a desk out, soonest first; of those that begin at once, in the order of their links.
pub(super) fn helpers(
    links: &[(RoleId, &Link)],
    passage: impl Fn(RoleId, &Link) -> LinkPlan,
) -> Vec<Help> {
    let help = |&(to, link): &(RoleId, &Link)| match link.kind {
        LinkKind::Overflow(after) => Some(Help { after, link: passage(to, link) }),
        _ => None,
    };
    let mut helpers: Vec<Help> = links.iter().filter_map(help).collect();
    helpers.sort_by_key(|help| help.after);
    helpers
}

impl<O: Observer> Run<'_, O> {
    /// A case waits at its own desk from now on: after so long the first that helps out may take it too.
    pub(super) fn expect_help(&mut self, place: u32) {
        let case = &mut self.cases[place];
        let WorkPlan::Desk(desk) = &self.plan.roles[case.at as usize].work else { return };
        let Some(first) = desk.overflow.first() else { return };
        case.tale.offers = 0;
        case.tale.unhelped = self.now;
        case.wake_at = self.now + first.after;
        self.arm(place);
    }

    /// The case has waited long enough for one or more of those that help out: they may take it too.
    pub(super) fn offer(&mut self, place: u32) {
        let case = &mut self.cases[place];
        let WorkPlan::Desk(desk) = &self.plan.roles[case.at as usize].work else { return };
        let waited = self.now.since(case.tale.unhelped);
        let first = usize::from(case.tale.offers);
        let last = desk.overflow.partition_point(|help| help.after <= waited);
        case.tale.offers = last as u16;
        if let Some(next) = desk.overflow.get(last) {
            case.wake_at = case.tale.unhelped + next.after;
        }
        let ticket = case.ticket;
        for help in &desk.overflow[first.min(last)..last] {
            let case = &self.cases[place];
            if case.place != Place::Queue || case.ticket != ticket {
                return;
            }
            if lets_through(&help.link.filter, case) {
                self.offer_to(place, help.link.to);
            }
        }
    }

    /// The case joins the line of a desk that helps out, too.
    fn offer_to(&mut self, place: u32, to: u32) {
        let case = &self.cases[place];
        self.order += 1;
        let entry = Entry { case: place, ticket: case.ticket, order: self.order, since: self.now };
        let role = &self.plan.roles[to as usize];
        let priority = usize::from(case.priority).min(role.priorities - 1);
        let group = role.eligibility.group_of(case);
        let helper = &mut self.desks[to as usize];
        match role.rules.as_ref().filter(|rules| rules.by_deadline) {
            Some(rules) => {
                let order = rules.due(case).micros();
                helper.lines.push_by_order(group, Entry { order, ..entry });
            }
            None => helper.lines.push_back(priority, group, entry),
        }
        self.dispatch(to);
    }

    /// Another desk has taken the case out of the queue where it waited.
    pub(super) fn overflow_picked(&mut self, place: u32, at: u32) {
        let now = self.now;
        let case = &mut self.cases[place];
        let from = case.at;
        let WorkPlan::Desk(plan) = &self.plan.roles[from as usize].work else {
            unreachable!("only desks have overflow links")
        };
        let helps = |help: &&Help| help.link.to == at && lets_through(&help.link.filter, case);
        let help = plan.overflow.iter().find(helps);
        let keeps = help.map_or(1.0, |help| help.link.keeps);
        let offered = case.tale.unhelped + help.map_or(SimTime::ZERO, |help| help.after);
        let desk = &mut self.desks[from as usize];
        desk.touch(now);
        desk.waiting -= 1;
        let wait = desk.end_wait(case, now);
        desk.finish(wait);
        desk.leave(now);
        let helper = &mut self.desks[at as usize];
        helper.touch(now);
        helper.enter(now, case.topic);
        case.at = at;
        case.role = at;
        case.joined = now;
        case.tale.hops += 1;
        case.tale.kept *= keeps;
        case.tale.lost = 1.0 - (1.0 - case.tale.lost) * keeps;
        case.wake_at = SimTime::NEVER;
        case.tale.waits_before = case.tale.waits;
        case.set(flag::OVERFLOWED);
        // What remains of a piece begun at the other desk is done from the start here, and so is a draft that was sent back.
        case.clear(flag::STARTED | flag::INTERRUPTED);
        case.clear(flag::REWORK | flag::MEND | flag::WRONG);
        helper.role.foresee(case);
        if self.plan.has_terms {
            self.contract(place, at, offered);
        }
        if O::WATCHES {
            let happening = Happening::HandedOver { from, to: at, misrouted: false, helps: true };
            self.tell(place, happening);
        }
        self.count_hand_over(place, false);
        self.cases[place].set(flag::HELPED);
    }
}
