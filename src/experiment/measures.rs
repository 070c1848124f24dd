//! How each measure is computed from what a replication left behind.

use super::measured::Sample;
use super::quantity::Quantity;
use super::replication::minutes;
use super::role_number::{Look, Post, ROLE_NUMBERS, RoleNumber};
use super::watching::{ScopeOf, Watching};
use crate::model::{Design, Duty, DutyKind, MeasureId, Settlement};
use crate::sim::{Bin, MentionTally, Outcome, ScopeTally};
use crate::units::{BUSINESS_YEAR, MICROS_A_MINUTE, SimTime};

/// What working together takes: the work beside reading and answering what customers bring.
pub const TOGETHER: [Bin; 6] = [
    Bin::HandOff,
    Bin::Approval,
    Bin::ConsultGiven,
    Bin::ConsultSought,
    Bin::Rework,
    Bin::Coordination,
];

/// One replication of a design that came to its end, and what it is read against.
pub(super) struct Finished<'a> {
    pub(super) outcome: &'a Outcome,
    pub(super) design: &'a Design,
    pub(super) posts: &'a [Post],
    pub(super) watching: &'a Watching,
}

impl Finished<'_> {
    /// One measure of one scope; [`Sample::None`] where the measure is not one of the scope.
    pub(super) fn measure(&self, quantity: &Quantity, of: ScopeOf, tally: &ScopeTally) -> Sample {
        let needing = tally.needing as f64;
        let per_needing = |count: u64| Sample::Ratio(count as f64, needing);
        let per_hundred = |count: u64| Sample::Ratio(100.0 * count as f64, needing);
        let per = |count: u64, all: u64| Sample::Ratio(count as f64, all as f64);
        let mean = |micros: u128, n: u64| Sample::Ratio(micros as f64 / MICROS_A_MINUTE, n as f64);
        let mentions: &MentionTally =
            if of == ScopeOf::All { &self.outcome.mentions } else { &tally.mentions };
        if of != ScopeOf::All && !quantity.measure.is_told_by_part() {
            return Sample::None;
        }
        match quantity.measure.id {
            MeasureId::AnsweredWithin => per_needing(self.answered_within(quantity.within, tally)),
            MeasureId::Answered => per_needing(tally.answered),
            MeasureId::AnsweredInExpectedTime => per_needing(tally.in_expected_time),
            MeasureId::FirstReplyMedian => first_reply(tally, 0.5),
            MeasureId::FirstReplyP90 => first_reply(tally, 0.9),
            MeasureId::FirstReplyMean => mean(tally.first_response_micros, tally.answered),
            MeasureId::GaveUp => per_needing(tally.gave_up),
            MeasureId::SettledInConversation => per_needing(tally.settled),
            MeasureId::SettledByFirstReply => per_needing(tally.settled_first),
            MeasureId::Turns => per(tally.replies, tally.answered),
            MeasureId::TwoWayTurns => per_needing(tally.replies),
            MeasureId::AnsweredTwice => per_needing(tally.answered_twice),
            MeasureId::WentQuiet => per_needing(tally.went_quiet),
            MeasureId::Deflected => per_needing(tally.deflected),
            MeasureId::MovedToPrivate => per_needing(tally.moved_to_private),
            MeasureId::WentPublic => per_needing(tally.went_public),
            MeasureId::Brought => per_needing(tally.brought),
            MeasureId::MoodAtEnd => Sample::Ratio(tally.mood_at_end, tally.moods as f64),
            MeasureId::LeftWorse => per(tally.worse, tally.moods),
            MeasureId::Unwelcome => per(mentions.unwelcome, mentions.touched),
            MeasureId::Reopened => {
                per(tally.reopened, tally.reopened + tally.settled + tally.settled_after_all)
            }
            MeasureId::SamePerson => per(tally.same_person, tally.later_replies),
            MeasureId::TimeToSettleMean => mean(tally.settled_micros, tally.settled),
            MeasureId::MentionsReached => per(mentions.touched, mentions.seen),
            MeasureId::MentionsReachedValue => Sample::Ratio(mentions.value, mentions.seen as f64),
            MeasureId::MentionAgeMean => mean(mentions.age_micros, mentions.touched),
            MeasureId::WrongAnswers => per(tally.wrong, tally.replies),
            MeasureId::WrongDesk => per_needing(tally.wrong_desk),
            MeasureId::HandOvers => per_needing(tally.hand_offs),
            MeasureId::HoldingReplies => per_hundred(tally.holding_replies),
            MeasureId::Collisions => per_hundred(tally.collisions),
            MeasureId::Orphans => per_hundred(tally.orphans),
            MeasureId::ExceptionsAbove => per_hundred(tally.decided_above),
            MeasureId::ExceptionsMended => exceptions_mended(tally),
            MeasureId::BusiestRole => self.busiest(),
            MeasureId::Coordination => self.coordination(),
            MeasureId::Alignment => self.alignment(),
            MeasureId::CostPerSettled => self.cost_per_settled(tally),
            MeasureId::VendorFees => self.vendor_fees(),
            MeasureId::VendorPromises => self.vendor_promises(),
        }
    }

    /// How many were answered within a time.
    fn answered_within(&self, within: Option<SimTime>, tally: &ScopeTally) -> u64 {
        let times = &self.watching.watch.reply_within;
        let at = times.iter().position(|&time| Some(time) == within);
        tally.within[at.expect("every duration asked for is watched")]
    }

    /// What people and vendors cost, for each inquiry that was settled; of none where nobody costs anything.
    fn cost_per_settled(&self, tally: &ScopeTally) -> Sample {
        if self.design.cost_per_year <= 0.0 {
            return Sample::None;
        }
        let fees = self.settlement().beyond_the_plan;
        Sample::Ratio(self.design.cost_per_year * self.years() + fees, tally.settled as f64)
    }

    /// What vendors get beyond the plan, a year.
    fn vendor_fees(&self) -> Sample {
        Sample::Ratio(self.settlement().beyond_the_plan, self.years())
    }

    /// Share of the months in which vendors kept what they promise.
    fn vendor_promises(&self) -> Sample {
        let settled = self.settlement();
        Sample::Ratio(settled.kept, settled.months)
    }

    /// Business years that count.
    fn years(&self) -> f64 {
        self.outcome.counted.micros() as f64 / BUSINESS_YEAR.micros() as f64
    }

    /// What contracts with terms come to, over all vendors.
    fn settlement(&self) -> Settlement {
        let Finished { outcome, design, .. } = *self;
        let mut sum = Settlement::default();
        for ((_, role), tally) in design.organization.roles().zip(&outcome.roles) {
            if let Some(terms) = &role.terms {
                let of = terms.settle(role.cost_per_year, &tally.months, outcome.counted);
                sum.beyond_the_plan += of.beyond_the_plan;
                if terms.promise.is_some() {
                    sum.months += of.months;
                    sum.kept += of.kept;
                }
            }
        }
        sum
    }

    /// The largest utilization of any role.
    fn busiest(&self) -> Sample {
        let Finished { outcome, posts, .. } = *self;
        let number = &ROLE_NUMBERS[RoleNumber::position("utilization")];
        let shares = outcome.roles.iter().zip(posts).filter_map(|(tally, &post)| {
            number.sample(&Look { tally, counted: outcome.counted, post }).value()
        });
        shares.max_by(f64::total_cmp).map_or(Sample::None, Sample::Value)
    }

    /// Share of all paid time that serves an objective, where there is one that work can serve.
    fn alignment(&self) -> Sample {
        let Finished { outcome, design, watching, .. } = *self;
        if watching.watch.serving.is_empty() && !watching.proactive_serves {
            return Sample::None;
        }
        let (mut serves, mut paid) = (outcome.serving_micros, 0);
        let proactive: u128 =
            outcome.roles.iter().map(|tally| tally.bins[Bin::Proactive as usize]).sum();
        if watching.proactive_serves {
            serves += proactive.saturating_sub(outcome.unasked_micros);
        }
        for ((_, role), tally) in design.organization.roles().zip(&outcome.roles) {
            paid += tally.bins.iter().sum::<u128>();
            let content = |duty: &Duty| duty.kind == DutyKind::Content && duty.serves;
            if role.staffing.duties.iter().any(content) {
                serves += tally.bins[Bin::Content as usize];
            }
        }
        Sample::Ratio(serves as f64, paid as f64)
    }

    /// Share of all paid time that goes into working together.
    fn coordination(&self) -> Sample {
        let (mut together, mut paid) = (0, 0);
        for role in &self.outcome.roles {
            together += TOGETHER.iter().map(|&bin| role.bins[bin as usize]).sum::<u128>();
            paid += role.bins.iter().sum::<u128>();
        }
        Sample::Ratio(together as f64, paid as f64)
    }
}

/// The time by which this share of those who need a reply have their first one.
fn first_reply(tally: &ScopeTally, share: f64) -> Sample {
    let minutes = minutes(&tally.first_response, share, tally.needing);
    minutes.map_or(Sample::None, Sample::Value)
}

/// Share of exceptions that were decided so that the customer is helped.
fn exceptions_mended(tally: &ScopeTally) -> Sample {
    let all = tally.exceptions as f64;
    Sample::Ratio(all - tally.exceptions_unsolved, all)
}
