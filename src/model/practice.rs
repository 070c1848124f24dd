//! How work is done: laws and error shares that are the same in every design.

use crate::draws::Law;

/// Times and shares of the work itself, in minutes.
///
/// One value serves all designs of a comparison, so that no archetype carries a verdict: what differs
/// between designs is who does the work, not how long the work is.
#[derive(Debug, Clone)]
pub struct Practice {
    /// Reading a message and deciding what it is.
    pub triage: Law,
    /// Finding out that a case belongs to another desk, or that a message is a duplicate.
    pub recognize: Law,
    /// Explaining a case to an expert.
    pub ask: Law,
    /// An expert's work on a question.
    pub consult: Law,
    /// Routine review of a reply.
    pub review: Law,
    /// Review of a reply on a topic that must always be approved.
    pub legal_review: Law,
    /// Looking something up.
    pub search: Law,
    /// One engagement with a mention.
    pub engage: Law,
    /// Share of a case's work that its first reply takes.
    pub first_reply: f64,
    /// Share of a case's work that each later reply takes.
    pub later_reply: f64,
    /// Share of the reply's work that reworking it takes.
    pub rework: f64,
    /// Share of the reply's work that goes into re-reading when all context is lost.
    pub reread: f64,
    /// Share of needed replies that triage refuses, and of needless ones that it lets through.
    pub triage_errs: f64,
    /// Share of knowing replies that are wrong.
    pub error: f64,
    /// Share of guesses that are wrong.
    pub guess_wrong: f64,
    /// How much longer a guess takes than a knowing reply.
    pub guess_times: f64,
    /// Share of unknown answers that a search finds.
    pub search_finds: f64,
    /// Share of wrong drafts that a reviewer catches.
    pub caught: f64,
    /// Of the settling power of a first reply, the share that needs the whole context.
    pub context_settles: f64,
    /// Delay before a mention can be seen, in an organization without listening hours.
    pub scan: Law,
    /// Listening on a channel after which a given mention there is found, in one with listening hours.
    pub find: Law,
    /// How long a case that was lost between desks lies before somebody finds it.
    pub orphaned: Law,
    /// From one change of a topic's policy to the next.
    pub policy_change: Law,
    /// Share of a topic's inquiries that a change of its policy concerns.
    pub change_concerns: f64,
    /// Until somebody at a desk notices a post that several desks see.
    pub notice: Law,
    /// Until the other desks can see that one has claimed such a post.
    pub claim_shows: Law,
    /// Probability that a desk leaves to the others a post that is nobody's.
    pub left_to_others: f64,
    /// Talking a case through at a warm hand-off; both sides spend it.
    pub confer: Law,
    /// A superior's work on an exception.
    pub decide: Law,
    /// What is decided about exceptions at the desk itself, one level up, and further up.
    pub decisions: [Decisions; 3],
    /// Hand-off within one shared tool.
    pub shared_tool: HandOff,
    /// Hand-off to another team.
    pub other_team: HandOff,
    /// Hand-off to another company.
    pub other_company: HandOff,
}

/// What somebody at one level decides about exceptions, in shares; what is left is ignored.
///
/// Reworked: the reply is written again and is right. Fixed quickly: half of that work, and half of these
/// replies are wrong all the same. Ignored: no work, and the reply is wrong.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Decisions {
    /// Share that is reworked.
    pub rework: f64,
    /// Share that is fixed quickly.
    pub quick_fix: f64,
}

/// What one passage of a case costs.
#[derive(Debug, Clone)]
pub struct HandOff {
    /// Minutes until the case is in the other queue.
    pub delay: Law,
    /// Context kept, between 0 and 1.
    pub keeps: f64,
}
