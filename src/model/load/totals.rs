//! From flows per hour to the load of a week.

use crate::model::{ChannelId, From, LinkKind, Proactive, Role, RoleId};
use crate::units::HOURS_A_WEEK;

use super::classes::{Class, stream_rates};
use super::hours::{available_per_week, calendars, open_hours_per_week, paid_per_week, times};
use super::walk::{Flow, Links, Tally};
use super::{Load, RoleLoad};

impl Flow<'_> {
    /// Work takes longer with slower people, and each visit what it takes to turn to it from another case.
    pub(super) fn scale_by_speed(&mut self) {
        for (tally, (role, _)) in self.tallies.iter_mut().zip(&self.roles) {
            let visits: f64 = tally.visits.iter().sum();
            let turning = role.habits.switching.cases.minutes();
            tally.minutes.answer += if 0.0 < turning { visits * turning } else { 0.0 };
            tally.minutes.scale(times(role, |_| true));
        }
    }

    /// Mentions go to those who listen, in proportion to the time that reactive work leaves them.
    pub(super) fn share_mentions(&mut self, mentions: &[Class]) {
        let spare: Vec<f64> = (self.roles.iter().zip(&self.tallies))
            .map(|((role, _), tally)| match available_per_week(role) {
                Some(hours) => (hours - tally.minutes.reactive() * HOURS_A_WEEK / 60.0).max(0.0),
                None => HOURS_A_WEEK,
            })
            .collect();
        for class in mentions {
            let channel = From::Channel(ChannelId(class.channel as u32));
            let mut listeners: Vec<usize> = self
                .organization
                .links_from(channel)
                .filter(|(_, link)| link.kind == LinkKind::Listen && class.fits(&link.filter))
                .map(|(to, _)| to.index())
                .filter(|&to| matches!(self.roles[to].0.proactive, Proactive::WhenIdle(_)))
                .collect();
            listeners.sort_unstable();
            listeners.dedup();
            let total: f64 = listeners.iter().map(|&role| spare[role]).sum();
            for &role in &listeners {
                let share =
                    if 0.0 < total { spare[role] / total } else { 1.0 / listeners.len() as f64 };
                let minutes = self.practice.engage.mean() * times(self.roles[role].0, |_| true);
                self.tallies[role].minutes.mentions_wanted += class.per_hour * share * minutes;
            }
        }
    }

    pub(super) fn into_load(self) -> Load {
        let mut journey = self.journey;
        for number in [
            &mut journey.inquiries,
            &mut journey.mentions,
            &mut journey.no_intake,
            &mut journey.refused,
            &mut journey.no_reply_needed,
            &mut journey.lost,
            &mut journey.first_replies,
            &mut journey.replies,
            &mut journey.known,
            &mut journey.hand_offs,
            &mut journey.wrong_desk,
            &mut journey.links_to_knowledge,
        ] {
            *number *= HOURS_A_WEEK;
        }
        let role = |(i, ((role, _), tally)): (usize, (&(&Role, Links<'_>), Tally))| {
            let visits: f64 = tally.visits.iter().sum();
            let minutes = tally.minutes.reactive();
            let mut hours = tally.minutes;
            hours.scale(HOURS_A_WEEK / 60.0);
            RoleLoad {
                role: RoleId(i as u32),
                name: role.name.clone(),
                external_per_hour: tally.external,
                visits_per_hour: visits,
                visits_by_topic: tally.visits,
                minutes_per_visit: if 0.0 < visits { minutes / visits } else { 0.0 },
                hours,
                scheduled_hours: available_per_week(role),
                paid_hours: paid_per_week(role),
                open_hours: open_hours_per_week(&calendars(role, &|_| true)),
            }
        };
        Load {
            roles: self.roles.iter().zip(self.tallies).enumerate().map(role).collect(),
            streams: stream_rates(self.world, false),
            journey,
            endless: self.endless,
        }
    }
}
