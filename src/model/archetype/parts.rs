//! The parts of which all archetypes are built.

use std::sync::Arc;

use crate::model::archetype::{Common, Kind, SiteHours, Sites, Staff};
use crate::model::{
    Brevity, Calendar, ChannelId, Desk, Discipline, Employer, Filter, From, HandOff, Help,
    Knowledge, Link, LinkKind, Matter, Organization, Ownership, People, Person, Proactive, Risk,
    Role, RoleId, SpareTime, UnitId, Work, World,
};
use crate::units::SimTime;

/// People who share the opening hours: each is there for `hours ÷ open` of every block, one after the other.
///
/// `heads` people work `hours` a week each where the role is open `open` hours a week; a fraction of a
/// head is one more person with that fraction of the hours. Longer opening hours spread people and never
/// add them. Whoever has more hours than the role is open is there all the time.
pub fn present(heads: f64, hours: f64, open: f64) -> Vec<Person> {
    taking_turns(heads, hours / open, 0.0)
}

/// People who take turns: each whole head is there for this share of every block, a fraction of a head
/// for that fraction of it; nobody for more than all of it. The first one's turn begins at `from` of the block.
pub fn taking_turns(heads: f64, share: f64, from: f64) -> Vec<Person> {
    let whole = heads.floor();
    let part = heads - whole;
    let fractions = std::iter::repeat_n(1.0, whole as usize).chain((1e-9 < part).then_some(part));
    let mut offset = from;
    fractions
        .map(|fraction| {
            let present = (fraction * share).min(1.0);
            let person = Person { present, offset, ..Person::full() };
            offset = turn_after(&person);
            person
        })
        .collect()
}

impl Staff {
    /// So many heads of this kind who share the opening hours of a role that is open so many hours a week.
    pub fn present(&self, heads: f64, open: f64) -> Vec<Person> {
        let Kind { with_people, speaks, .. } = &*self.kind;
        let skilled =
            |person| Person { with_people: *with_people, speaks: speaks.clone(), ..person };
        present(heads, self.kind.hours_per_week, open).into_iter().map(skilled).collect()
    }
}

/// Where in the block the turn after this person's begins.
pub fn turn_after(person: &Person) -> f64 {
    (person.offset + person.present).fract()
}

/// The people of a desk divided among sites, each there in the hours of the site.
fn spread(staff: &Staff, sites: &Sites) -> Vec<Person> {
    let at = |site: &SiteHours| {
        let heads = staff.heads * site.share;
        let people = staff.present(heads, site.site_open_hours_per_week);
        let (calendar, speaks) = (site.site_open.clone(), site.speaks.clone());
        people.into_iter().map(move |person| Person {
            calendar: Some(calendar.clone()),
            speaks: speaks.clone().or(person.speaks),
            ..person
        })
    };
    sites.each.iter().flat_map(at).collect()
}

/// An organization under construction.
pub(super) struct Site<'a> {
    pub(super) world: &'a World,
    pub(super) common: &'a Common,
    pub(super) organization: Organization,
}

/// A role that a builder adds.
pub(super) struct NewRole<'a> {
    pub(super) name: String,
    pub(super) unit: Option<UnitId>,
    pub(super) employer: Employer,
    /// Who fills it, and how many of them.
    pub(super) staff: &'a Staff,
    /// When it is open, and for how many hours a week that is.
    pub(super) calendar: Arc<Calendar>,
    pub(super) open_hours_per_week: f64,
    pub(super) post: Post,
    pub(super) knowledge: Knowledge,
}

/// What a post does, for the roles that builders make.
pub(super) enum Post {
    /// Answers customers; `triage`: reads new messages first.
    Front { triage: bool, ladder: Vec<Help> },
    /// Reviews and is asked.
    Behind,
    /// Looks for mentions and nothing else.
    Listener,
}

impl<'a> Site<'a> {
    pub(super) fn new(world: &'a World, common: &'a Common) -> Site<'a> {
        Site { world, common, organization: Organization::new(world.channels.len()) }
    }

    /// κ over all topics: generic, the unit's own, and other units' matters.
    pub(super) fn knows(&self, generic: f64, own: Option<UnitId>, own_kappa: f64) -> Knowledge {
        let matters: Vec<f64> = (0..self.world.units.len())
            .map(|k| {
                if own == Some(UnitId(k as u32)) {
                    own_kappa
                } else {
                    self.common.kappas.unit_other
                }
            })
            .collect();
        Knowledge::by_matter(self.world.topics.len(), generic, &matters)
    }

    /// A role of the company's own, open with everybody else.
    pub(super) fn own(
        &mut self,
        name: String,
        unit: Option<UnitId>,
        staff: &Staff,
        post: Post,
        knowledge: Knowledge,
    ) -> RoleId {
        let answers = matches!(post, Post::Front { .. });
        let role = self.role(NewRole {
            name,
            unit,
            employer: Employer::Own,
            staff,
            calendar: self.common.open.clone(),
            open_hours_per_week: self.common.open_hours_per_week,
            post,
            knowledge,
        });
        if let Some(sites) = self.common.sites.as_ref().filter(|_| answers) {
            let at = self.organization.role_mut(role);
            at.people = People::Some(spread(staff, sites));
            at.calendar = sites.any_open.clone();
        }
        role
    }

    /// Add a role to the organization.
    pub(super) fn role(&mut self, new: NewRole<'_>) -> RoleId {
        let NewRole { name, unit, employer, staff, calendar, post, knowledge, .. } = new;
        let open_hours = new.open_hours_per_week;
        let spare = SpareTime { keep_free: self.common.keep_free, ..SpareTime::default() };
        let when_idle = Proactive::WhenIdle(spare);
        let own_front = self.common.front_listens && employer == Employer::Own;
        let desk = |triage, answer, ladder| Desk {
            triage,
            answer,
            ladder,
            approval: self.common.approval,
            authority: if answer { self.common.authority } else { Risk::High },
            centralization: if answer { self.common.centralization } else { 0.0 },
            only_objectors: false,
            brevity: Brevity::default(),
        };
        let (desk, discipline, proactive) = match post {
            Post::Front { triage, ladder } => (
                desk(triage, true, ladder),
                self.common.discipline,
                if own_front { when_idle } else { Proactive::Never },
            ),
            Post::Behind => {
                (desk(false, false, vec![Help::Guess]), self.common.discipline, Proactive::Never)
            }
            Post::Listener => (
                desk(false, false, vec![Help::Guess]),
                Discipline::Fifo,
                Proactive::WhenIdle(SpareTime::default()),
            ),
        };
        self.organization.add_role(Role {
            name,
            unit,
            employer,
            people: People::Some(staff.present(staff.heads, open_hours)),
            heads: staff.heads,
            calendar,
            block: self.common.block,
            shift_end: self.common.shift_end,
            discipline,
            line: crate::model::LineRules::default(),
            habits: crate::model::Habits::default(),
            waiting_room: None,
            work: Work::Desk(desk),
            knowledge,
            proactive,
            cost_per_year: staff.heads * staff.kind.cost_per_year,
            terms: None,
            staffing: staff.kind.staffing(open_hours),
        })
    }

    /// The strategist at the center, and the analyst who looks for all mentions and reports there.
    pub(super) fn center(&mut self, strategist: &Staff, analyst: Option<&Staff>) -> RoleId {
        let knows = self.knows(self.common.kappas.strategist, None, 0.0);
        let strategist = self.own("strategist".into(), None, strategist, Post::Behind, knows);
        if let Some(staff) = analyst {
            let analyst = self.analyst(staff);
            self.at_once(analyst, strategist, LinkKind::Report, None);
        }
        strategist
    }

    /// A center that may do without a strategist.
    pub(super) fn perhaps_center(
        &mut self,
        strategist: Option<&Staff>,
        analyst: Option<&Staff>,
    ) -> Option<RoleId> {
        if let Some(strategist) = strategist {
            return Some(self.center(strategist, analyst));
        }
        if let Some(staff) = analyst {
            self.analyst(staff);
        }
        None
    }

    /// The analyst who looks for all mentions.
    fn analyst(&mut self, staff: &Staff) -> RoleId {
        let generic = self.knows(self.common.kappas.generic_own, None, 0.0);
        let analyst = self.own("analyst".into(), None, staff, Post::Listener, generic);
        self.listen(analyst, None);
        analyst
    }

    /// The experts of all units, one role a unit.
    pub(super) fn experts(&mut self) -> Vec<Option<RoleId>> {
        let Some(staff) = &self.common.expert else { return vec![None; self.world.units.len()] };
        self.units()
            .map(|(unit, name)| {
                let knowledge = self.knows(
                    self.common.kappas.generic_own,
                    Some(unit),
                    self.common.kappas.expert,
                );
                Some(self.own(format!("{name} expert"), Some(unit), staff, Post::Behind, knowledge))
            })
            .collect()
    }

    /// The units and their names.
    pub(super) fn units(&self) -> impl Iterator<Item = (UnitId, &'a str)> + use<'a> {
        self.world.units.iter().enumerate().map(|(i, name)| (UnitId(i as u32), name.as_str()))
    }

    /// Every channel's posts reach this role.
    pub(super) fn intake(&mut self, to: RoleId, own_account_of: Option<UnitId>, own_account: bool) {
        let filter = Filter { matter: own_account_of.map(Matter::About), ..Filter::default() };
        self.connect_channels(to, LinkKind::Intake { own_account }, &filter);
    }

    /// These desks all read the accounts of which each takes its own unit's posts; a post is whose this rule says.
    pub(super) fn all_see_everything(&mut self, desks: &[RoleId], ownership: Ownership) {
        self.organization = self.organization.relinked(|_, to, link| {
            let shared = matches!(link.kind, LinkKind::Intake { .. }) && desks.contains(&to);
            Some(if shared { Link { ownership, ..link.clone() } } else { link.clone() })
        });
        for channel in (0..self.world.channels.len() as u32).map(ChannelId) {
            for &desk in desks {
                let intake =
                    Link::at_once(LinkKind::Intake { own_account: false }, Filter::default());
                self.organization.add_link(
                    From::Channel(channel),
                    desk,
                    Link { ownership, ..intake },
                );
            }
        }
    }

    /// The mentions of every channel can be seen by this role.
    pub(super) fn listen(&mut self, to: RoleId, about: Option<UnitId>) {
        let filter = Filter { matter: about.map(Matter::About), ..Filter::default() };
        self.connect_channels(to, LinkKind::Listen, &filter);
    }

    fn connect_channels(&mut self, to: RoleId, kind: LinkKind, filter: &Filter) {
        for channel in 0..self.world.channels.len() as u32 {
            self.connect(ChannelId(channel), to, kind, filter.clone());
        }
    }

    /// One channel's inquiries or mentions reach this role.
    pub(super) fn connect(
        &mut self,
        channel: ChannelId,
        to: RoleId,
        kind: LinkKind,
        filter: Filter,
    ) {
        self.organization.add_link(From::Channel(channel), to, Link::at_once(kind, filter));
    }

    /// A link that costs what its kind of passage costs everywhere.
    pub(super) fn hand_off(
        &mut self,
        from: RoleId,
        to: RoleId,
        kind: LinkKind,
        matter: Option<Matter>,
        passage: &HandOff,
    ) {
        let link = Link {
            delay: passage.delay.clone(),
            keeps: passage.keeps,
            timeout: self.common.give_up.filter(|_| self.common.warm),
            holds: self.common.warm,
            ..Link::at_once(kind, Filter { matter, ..Filter::default() })
        };
        self.organization.add_link(From::Role(from), to, link);
    }

    /// What waits this long, of these matters, may be taken at the other desk, at once; context is lost as in any
    /// passage.
    pub(super) fn helps(
        &mut self,
        (from, to): (RoleId, RoleId),
        after: SimTime,
        matter: Option<Matter>,
        passage: &HandOff,
    ) {
        let filter = Filter { matter, ..Filter::default() };
        let link = Link::at_once(LinkKind::Overflow(after), filter);
        self.organization.add_link(From::Role(from), to, Link { keeps: passage.keeps, ..link });
    }

    /// Ask the expert of each of these units about its matters, and the strategist about hard generic ones.
    pub(super) fn asks(
        &mut self,
        desk: RoleId,
        units: impl IntoIterator<Item = UnitId>,
        experts: &[Option<RoleId>],
        strategist: impl Into<Option<RoleId>>,
    ) {
        for unit in units {
            if let Some(expert) = experts[unit.index()] {
                self.question(desk, expert, Matter::Of(unit));
            }
        }
        if let Some(strategist) = strategist.into() {
            self.question(desk, strategist, Matter::Generic);
        }
    }

    /// The desk asks this role about these matters.
    fn question(&mut self, desk: RoleId, to: RoleId, matter: Matter) {
        let filter = Filter { matter: Some(matter), ..Filter::default() };
        let link = Link { holds: self.common.hold, ..Link::at_once(LinkKind::Consult, filter) };
        self.organization.add_link(From::Role(desk), to, link);
    }

    /// All units.
    pub(super) fn all_units(&self) -> impl Iterator<Item = UnitId> + use<> {
        (0..self.world.units.len() as u32).map(UnitId)
    }

    /// A link without delay or loss.
    pub(super) fn at_once(
        &mut self,
        from: RoleId,
        to: RoleId,
        kind: LinkKind,
        matter: Option<Matter>,
    ) {
        self.for_cases(from, to, kind, Filter { matter, ..Filter::default() });
    }

    /// A link without delay or loss, for some cases only.
    pub(super) fn for_cases(&mut self, from: RoleId, to: RoleId, kind: LinkKind, filter: Filter) {
        self.organization.add_link(From::Role(from), to, Link::at_once(kind, filter));
    }

    /// Replies of the desk are approved by the strategist, to whom it reports.
    pub(super) fn answers_to(&mut self, desk: RoleId, strategist: RoleId) {
        self.at_once(desk, strategist, LinkKind::Approve, None);
        self.at_once(desk, strategist, LinkKind::Report, None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::SimTime;

    #[test]
    fn people_take_turns_so_that_their_hours_are_kept() {
        let people = present(2.5, 28.0, 84.0);
        assert_eq!(people.len(), 3);
        let hours: f64 = people.iter().map(|person| person.present * 84.0).sum();
        assert!((hours - 2.5 * 28.0).abs() < 1e-9);
        assert!((people[2].offset - 2.0 / 3.0).abs() < 1e-9);
    }

    #[test]
    fn sites_divide_the_people_and_keep_their_hours() {
        use crate::model::load::example;
        let calendar = |from: u64| {
            let hours = (SimTime::HOUR.times(from), SimTime::HOUR.times(from + 8));
            Arc::new(Calendar::periodic(SimTime::DAY, vec![hours]).unwrap())
        };
        let site = |share, from| SiteHours {
            share,
            site_open: calendar(from),
            site_open_hours_per_week: 56.0,
            speaks: None,
        };
        let each = vec![site(0.75, 0), site(0.25, 8)];
        let people = spread(&example::staff(4.0), &Sites { any_open: calendar(0), each });
        assert_eq!(people.len(), 4);
        let hours: f64 = people.iter().map(|person| person.present * 56.0).sum();
        assert!((hours - 4.0 * 28.0).abs() < 1e-9);
        assert_eq!(people[3].calendar, Some(calendar(8)));
    }

    #[test]
    fn nobody_is_there_more_than_the_role_is_open() {
        assert!(1.0 <= present(1.0, 40.0, 30.0)[0].present);
    }
}
