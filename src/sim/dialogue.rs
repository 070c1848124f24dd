//! Conversations that are not simply answered: sent elsewhere, moved to private, opened again.

use crate::draws::Purpose;
use crate::model::{Brevity, MOST_TURNS};
use crate::sim::case::Place;
use crate::sim::flow::micros;
use crate::sim::observer::Observer;
use crate::sim::outcome::End;
use crate::sim::run::Run;

/// What a reply is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Reply {
    /// An answer.
    #[default]
    Answer,
    /// "Please call us."
    Elsewhere,
    /// "Please write to us in private."
    InPrivate,
}

/// How the conversation with one customer stands.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Talk {
    /// What the reply in hand is.
    pub(super) reply: Reply,
    /// Answers that went out.
    pub(super) answers: u16,
    /// Whether the customer has been sent elsewhere.
    pub(super) deflected: bool,
    /// Whether the conversation has left the public.
    pub(super) in_private: bool,
    /// Whether the customer holds the matter for settled, and will find that it is not.
    pub(super) content: bool,
}

impl<O: Observer> Run<'_, O> {
    /// Whether the desk will not answer this message but send its customer elsewhere, or ask to go on in private.
    ///
    /// One uniform for each reply, so that a smaller share is part of a larger one.
    pub(super) fn is_brief(&mut self, place: u32, brevity: Brevity) -> bool {
        let case = &mut self.cases[place];
        let turn = u32::from(case.tale.turn);
        let public = !self.plan.world.channels[usize::from(case.channel)].private;
        let reply = &mut case.tale.talk.reply;
        *reply = if case.key.unit(Purpose::Deflect, turn) < brevity.deflects {
            Reply::Elsewhere
        } else if turn == 0 && public && case.key.unit(Purpose::ToPrivate, 0) < brevity.to_private {
            Reply::InPrivate
        } else {
            Reply::Answer
        };
        *reply != Reply::Answer
    }

    /// A reply that answers nothing is out: the customer gives up, or writes again.
    pub(super) fn said_briefly(&mut self, place: u32, reply: Reply, turn: u16) {
        let ends = MOST_TURNS < turn;
        let turn = u32::from(turn);
        let dialogue = &self.plan.world.behavior.dialogue;
        let case = &mut self.cases[place];
        let (key, scopes) = (case.key, case.scopes);
        let talk = &mut case.tale.talk;
        talk.reply = Reply::Answer;
        let goes_on = if reply == Reply::Elsewhere {
            let first = !std::mem::replace(&mut talk.deflected, true);
            self.in_scopes(scopes, |scope| scope.deflected += u64::from(first));
            dialogue.gives_up_deflected <= key.unit(Purpose::GiveUpDeflected, turn)
        } else {
            talk.in_private = true;
            self.in_scopes(scopes, |scope| scope.moved_to_private += 1);
            key.unit(Purpose::FollowToPrivate, 0) < dialogue.follows_to_private
        };
        if goes_on && !ends {
            return self.await_customer(place, turn);
        }
        self.end(place, End::Quiet);
        self.close(place);
    }

    /// The customer, who holds the matter for settled, will find that it is not: `true` if so.
    pub(super) fn will_reopen(&mut self, place: u32, turn: u32) -> bool {
        let Some((share, after)) = &self.plan.reopens else { return false };
        let case = &mut self.cases[place];
        if *share <= case.key.unit(Purpose::Reopen, turn) {
            return false;
        }
        case.tale.talk.content = true;
        case.place = Place::Customer;
        case.since = self.now;
        case.wake_at = self.now + micros(after.quantile(case.key.unit(Purpose::ReopenAfter, turn)));
        self.arm(place);
        true
    }

    /// The customer has written again; perhaps about something that seemed settled.
    pub(super) fn reopen(&mut self, place: u32) {
        let case = &mut self.cases[place];
        if std::mem::take(&mut case.tale.talk.content) {
            let scopes = case.scopes;
            self.in_scopes(scopes, |scope| scope.reopened += 1);
        }
    }
}
