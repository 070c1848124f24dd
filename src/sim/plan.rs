//! The world and the organization laid out for the event loop: dense tables, laws in microseconds.

use crate::draws::Law;
use crate::model::{
    ChannelId, Filter, From, LanguageId, Link, LinkKind, Matter, Mood, Organization, Overdue,
    Ownership, Practice, Risk, RoleId, TopicId, World,
};
use crate::sim::case::Case;
use crate::sim::laws::{Laws, Manner, comeback, laws, manners};
use crate::sim::role_plan::{RolePlan, WorkPlan};
use crate::units::MICROS_A_MINUTE;

/// A way in.
pub(super) struct IntakePlan {
    pub(super) to: u32,
    pub(super) own_account: bool,
    pub(super) filter: Filter,
    pub(super) ownership: Ownership,
}

impl IntakePlan {
    /// Whether a post comes in here, by a customer who takes it for this unit's.
    pub(super) fn takes(&self, case: &Case, guess: u16) -> bool {
        let matter = if self.own_account { (guess, 1 + guess) } else { (case.unit, case.domain) };
        fits(&self.filter, case, matter)
    }
}

/// Everything that stays the same during a run.
pub(super) struct Plan<'a> {
    pub(super) world: &'a World,
    pub(super) practice: &'a Practice,
    pub(super) laws: Laws,
    pub(super) roles: Vec<RolePlan>,
    pub(super) intake: Vec<Vec<IntakePlan>>,
    pub(super) listen: Vec<Vec<IntakePlan>>,
    /// The desk where all of a channel's posts land, if there is but one, whose account it is or not.
    pub(super) direct: Vec<Option<u32>>,
    /// Whether customers state deadlines or lose patience in the house.
    pub(super) expects: bool,
    /// How customers behave: everybody first, then each segment.
    pub(super) manners: Vec<Manner>,
    /// The share of settled matters that come up again, and after how long.
    pub(super) reopens: Option<(f64, Law)>,
    /// The share of customers whom a timely answer moves to ask something else, and after how long.
    pub(super) induced: Option<(f64, Law)>,
    /// What moves customers' moods, if anything does.
    pub(super) mood: Option<Mood>,
    /// Whether a first reply can bring forth or hold back further inquiries.
    pub(super) stirs: bool,
    /// Work laws by topic.
    pub(super) work: Vec<Law>,
    /// Windows of mentions by channel.
    pub(super) windows: Vec<Law>,
    /// Whether causes of waiting are told apart. In a network of plain desks that are always open, where nothing
    /// takes time between desks and nobody states a deadline, every wait is in line and nothing is kept.
    pub(super) causes: bool,
    /// Whether, beyond that, cases have no unit, no topic to be told apart and nobody who stays with them, so that
    /// they do nothing but wait and be served.
    pub(super) plain: bool,
    /// Topics whose times inside are told apart: all of a network of plain desks, if there are several; else 0.
    pub(super) topics_apart: usize,
    /// Whether anybody ever stays with a case that another desk has.
    pub(super) holds: bool,
    /// Whether any reply raises an exception.
    pub(super) exceptions: bool,
    /// Whether any post is seen by several desks.
    pub(super) shares_posts: bool,
    /// Whether any role is a vendor's with terms.
    pub(super) has_terms: bool,
    /// Whether anything is of more than low risk.
    pub(super) risks: bool,
    /// Whether any draft is reviewed by several, or somebody says what happens when a review is late.
    pub(super) panels: bool,
}

impl<'a> Plan<'a> {
    pub(super) fn new(
        world: &'a World,
        practice: &'a Practice,
        organization: &Organization,
    ) -> Plan<'a> {
        // whatever a world may hold is looked at here, so that nothing new is taken for nothing
        let World { channels, topics, units, languages, streams, behavior, audience, mood } = world;
        let roles: Vec<RolePlan> =
            organization.roles().map(|(id, _)| RolePlan::new(world, organization, id)).collect();
        let simple = |role: &RolePlan| matches!(role.work, WorkPlan::Serve(_)) && !role.has_clocks;
        let on_the_way = organization.links().any(|(_, _, link)| !link.delay.is_zero());
        let intake = entries(organization, |kind| match kind {
            LinkKind::Intake { own_account } => Some(own_account),
            _ => None,
        });
        let laws = laws(world, practice);
        let manners = manners(world);
        let crowds = || streams.iter().filter_map(|stream| stream.crowd.as_ref());
        let stirs = crowds().next().is_some()
            || behavior.publicity.crowd.is_some()
            || behavior.dialogue.induced.is_some();
        let causes = on_the_way
            || laws.retry()
            || stirs
            || mood.is_some()
            || !audience.is_empty()
            || behavior.deadline.is_some()
            || !roles.iter().all(simple);
        let topics_apart = match topics.len() {
            several @ 2.. if roles.iter().all(|of| matches!(of.work, WorkPlan::Serve(_))) => {
                several
            }
            _ => 0,
        };
        let expects = manners.iter().any(|manner| manner.deadline.is_some())
            || laws.patience.as_ref().is_some_and(|patience| !patience.in_queue);
        let has_links = |has: fn(&Link) -> bool| organization.links().any(|(_, _, link)| has(link));
        let panels = has_links(|link| link.step.is_some() || link.overdue != Overdue::GoAhead);
        let shares_posts = has_links(|link| link.ownership != Ownership::OwnerOnly);
        let holds = has_links(|link| link.holds);
        let has_terms = roles.iter().any(|role| role.promises.is_some());
        let risks = topics.iter().any(|topic| !topic.risks.at_most(Risk::Low));
        Plan {
            plain: units.is_empty()
                && languages.is_empty()
                && !risks
                && topics_apart == 0
                && !(causes || expects || panels || shares_posts || holds || has_terms),
            direct: intake.iter().map(|intakes| direct(intakes)).collect(),
            expects,
            causes,
            topics_apart,
            exceptions: topics.iter().any(|topic| 0.0 < topic.exceptions),
            panels,
            risks,
            has_terms,
            shares_posts,
            holds,
            manners,
            reopens: comeback(behavior.dialogue.reopens.as_ref()),
            induced: comeback(behavior.dialogue.induced.as_ref()),
            mood: *mood,
            stirs,
            world,
            practice,
            laws,
            roles,
            intake,
            listen: entries(organization, |kind| (kind == LinkKind::Listen).then_some(false)),
            work: topics.iter().map(|topic| topic.work.scaled(MICROS_A_MINUTE)).collect(),
            windows: channels
                .iter()
                .map(|channel| channel.window.scaled(MICROS_A_MINUTE))
                .collect(),
        }
    }
}

impl Plan<'_> {
    /// Whether there is one desk only, which everybody leaves served, none being turned away.
    pub(super) fn is_one_visit(&self) -> bool {
        match &self.roles[..] {
            [RolePlan { work: WorkPlan::Serve(service), straight, .. }] => {
                *straight && service.leads_nowhere()
            }
            _ => false,
        }
    }
}

/// The links of each channel of the kinds that `want` takes: whether they are a unit's own account.
fn entries(
    organization: &Organization,
    want: fn(LinkKind) -> Option<bool>,
) -> Vec<Vec<IntakePlan>> {
    let entry = |(to, link): (RoleId, &Link)| {
        Some(IntakePlan {
            to: to.0,
            own_account: want(link.kind)?,
            filter: link.filter.clone(),
            ownership: link.ownership,
        })
    };
    (0..organization.channel_count() as u32)
        .map(|channel| organization.links_from(From::Channel(ChannelId(channel))))
        .map(|links| links.filter_map(entry).collect())
        .collect()
}

fn direct(intakes: &[IntakePlan]) -> Option<u32> {
    match intakes {
        [only] if !only.own_account && only.filter == Filter::default() => Some(only.to),
        _ => None,
    }
}

/// Whether a link is for this case.
#[inline]
pub(super) fn lets_through(filter: &Filter, case: &Case) -> bool {
    fits(filter, case, (case.unit, case.domain))
}

/// Whether a filter is for this case, taken for this unit's and of this domain.
#[inline]
fn fits(filter: &Filter, case: &Case, (unit, domain): (u16, u16)) -> bool {
    let matter = match filter.matter {
        None => true,
        Some(Matter::Generic) => domain == 0,
        Some(Matter::Of(of)) => u32::from(domain) == of.0 + 1,
        Some(Matter::About(of)) => u32::from(unit) == of.0,
    };
    let Filter { channels, topics, languages, risks, .. } = filter;
    matter
        && (topics.is_empty() || topics.contains(&TopicId(u32::from(case.topic))))
        && (channels.is_empty() || channels.contains(&ChannelId(u32::from(case.channel))))
        && (languages.is_empty() || languages.contains(&LanguageId(u32::from(case.tale.language))))
        && (risks.is_empty() || risks.contains(&case.tale.risk))
}
