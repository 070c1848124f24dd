//! What cases go through, as far as something in a scenario makes them.

use crate::model::{
    Design, Discipline, Help, LinkKind, Model, Organization, PatienceScope, Proactive, Role, Work,
};
use crate::present::document::Block;

/// What any design of a scenario does.
pub(super) struct Mechanisms {
    /// Serves and passes on by share.
    serves: bool,
    /// Has desks that answer.
    answers: bool,
    pub(super) triage: bool,
    pub(super) consults: bool,
    pub(super) searches: bool,
    escalates: bool,
    /// Demands approval of any reply.
    pub(super) approves: bool,
    /// Lets the urgent stop others.
    preempts: bool,
    /// Turns away who finds a room full.
    turns_away: bool,
    /// Has tasks of which there are always more.
    endless: bool,
}

impl Mechanisms {
    pub(super) fn of(model: &Model) -> Mechanisms {
        let any = |is: fn(&Role) -> bool| roles(&model.designs).any(is);
        let desks = |is: fn(&crate::model::Desk) -> bool| {
            roles(&model.designs).any(|role| matches!(&role.work, Work::Desk(desk) if is(desk)))
        };
        let reviewed = |organization: &Organization| {
            organization.links().any(|(_, _, link)| link.kind == LinkKind::Approve)
        };
        Mechanisms {
            serves: any(|role| matches!(role.work, Work::Serve { .. })),
            answers: desks(|desk| desk.answer),
            triage: desks(|desk| desk.triage),
            consults: desks(|desk| desk.ladder.contains(&Help::Consult)),
            searches: desks(|desk| desk.ladder.contains(&Help::Search)),
            escalates: desks(|desk| desk.ladder.contains(&Help::Escalate)),
            approves: model.designs.iter().any(|design| reviewed(&design.organization)),
            preempts: any(|role| role.discipline == Discipline::Priority { preemptive: true }),
            turns_away: any(|role| role.waiting_room.is_some()),
            endless: any(|role| matches!(role.proactive, Proactive::Endless { .. })),
        }
    }
}

fn roles(designs: &[Design]) -> impl Iterator<Item = &Role> {
    designs.iter().flat_map(|design| design.organization.roles()).map(|(_, role)| role)
}

/// What happens to a case, a paragraph for each mechanism that there is.
pub(super) fn journey(model: &Model) -> Vec<Block> {
    let (does, world) = (Mechanisms::of(model), &model.world);
    let mut told: Vec<String> = vec![
        "A case comes in by the first intake that fits its channel and matter. Somebody free who may take it begins at once; otherwise it joins the line.".into(),
    ];
    let mut tell = |if_so: bool, text: &str| {
        if if_so {
            told.push(text.to_owned());
        }
    };
    tell(
        does.serves,
        "At a role that serves it is served, and then goes on over a route by the stated shares, or leaves.",
    );
    tell(
        does.triage,
        "Where desks do triage, whoever takes a case first reads it and judges, with some errors, whether it needs a reply.",
    );
    tell(
        does.answers,
        "A desk knows the answer if the difficulty of the case lies within what the desk knows of its topic and domain; the difficulty is the same for every design. What was lost on the way is read up on.",
    );
    let ladder: Vec<&str> = [
        (does.searches, "looks it up"),
        (does.consults, "asks somebody who may know, while the case waits"),
        (does.escalates, "hands it over to somebody with more knowledge"),
        (true, "guesses"),
    ]
    .into_iter()
    .filter_map(|(used, words)| used.then_some(words))
    .collect();
    tell(
        does.answers,
        &format!(
            "If it does not know, a fitting route is taken, or the desk goes down its ladder (2.5.3): it {}.",
            ladder.join(", ")
        ),
    );
    tell(
        does.approves,
        "A share of replies, and all on topics or risks that demand it, wait for an approver, who may send them back.",
    );
    tell(
        does.answers,
        "A reply that goes out settles the inquiry or does not; a share of those who are not settled write again.",
    );
    tell(
        does.preempts,
        "Where priority is preemptive, an urgent case stops the least urgent one in hand, which is resumed later with the work that is left.",
    );
    tell(
        does.turns_away,
        "Who finds a waiting room full is turned away, or pushes out somebody less urgent where the role says so.",
    );
    let behavior = &world.behavior;
    tell(
        behavior.deadline.is_some(),
        "Customers expect a reply within a time of their own; a share of those whose time is over write a second time.",
    );
    let patience = behavior.patience.as_ref().map(|patience| patience.scope);
    tell(
        patience == Some(PatienceScope::Queue),
        "Whoever has waited in a line longer than their patience, drawn anew for each wait, leaves it.",
    );
    tell(
        patience == Some(PatienceScope::Reply),
        "Whoever has no reply when their patience ends leaves, in words or in silence; after silence the case is still worked on.",
    );
    tell(
        behavior.turned_away.is_some() || behavior.left_queue.is_some(),
        "A share of those who were turned away, or left a line, try again later at the same desk.",
    );
    tell(world.goes_public(), "A share of those whose deadline passes without a reply go public.");
    tell(
        world.mood.is_some(),
        "Customers have moods, which replies and waits move, and which change what they do.",
    );
    tell(
        world.has_mentions(),
        "Mentions, which nobody addressed to the company, can be seen for a while, are taken up by roles that work on them, and fade.",
    );
    tell(
        does.endless,
        "Some roles have tasks of which there are always more, begun while nothing else waits.",
    );
    tell(
        does.answers,
        "Every paid minute of every person goes into one bin, every minute of waiting to one cause.",
    );
    told.into_iter().map(Block::Say).collect()
}
