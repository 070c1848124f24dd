//! What happened to an inquiry, in words.

use crate::model::{Design, Model, RoleId};
use crate::sim::{Cause, Happening, Reply, Wants};
use crate::units::SimTime;

/// One happening as part of a sentence.
pub(super) fn line(model: &Model, design: &Design, happening: &Happening) -> String {
    let world = &model.world;
    let role = |number: &u32| design.organization.role(RoleId(*number)).name.as_str();
    match happening {
        Happening::Arrived { channel, topic, unit, language, unit_matter, needs_reply } => {
            let channel = &world.channels[*channel as usize].name;
            let topic = &world.topics[*topic as usize].name;
            let unit = unit.map_or(String::new(), |unit| {
                let knows = if *unit_matter { ", as only its own people can know" } else { "" };
                format!(" about {}{knows}", world.units[unit as usize])
            });
            let language = language.map_or(String::new(), |language| {
                format!(" in {}", world.languages[language as usize])
            });
            let need = if *needs_reply { "" } else { "; needs no reply" };
            format!("came in at {channel}{language}: {topic}{unit}{need}")
        }
        Happening::Queued { role: number } => format!("in line at {}", role(number)),
        Happening::Started { role: number, person, work } => {
            let person = person.map_or(String::new(), |person| format!(" (person {person})"));
            format!("{}{person}: {}", role(number), work.label())
        }
        Happening::Interrupted => "put aside".into(),
        Happening::HandedOver { to, misrouted, .. } => {
            let why = if *misrouted { ", having come to a wrong desk" } else { "" };
            format!("handed over to {}{why}", role(to))
        }
        Happening::Sent { to, wants: Wants::Answer, .. } => {
            format!("a question goes to {}", role(to))
        }
        Happening::Sent { to, wants: Wants::Approval, .. } => {
            format!("the draft goes to {} for approval", role(to))
        }
        Happening::Sent { to, wants: Wants::Decision, .. } => {
            format!("an exception goes to {} for a decision", role(to))
        }
        Happening::WentUp { from, to } => {
            format!("{} has not found the time; the draft goes up to {}", role(from), role(to))
        }
        Happening::TakenUpAgain { role: number } => {
            format!("{} takes it up too and does not know that another desk has it", role(number))
        }
        Happening::SentBack => "sent back by the reviewer".into(),
        Happening::Replied { turn, right, is } => {
            let how = match is {
                Reply::Elsewhere => ": the customer is sent elsewhere",
                Reply::InPrivate => ": the customer is asked to write in private",
                Reply::Answer if *right => "",
                Reply::Answer => ", and it is wrong",
            };
            match turn {
                0 => format!("the reply of another desk that saw it goes out{how}"),
                turn => format!("reply {turn} goes out{how}"),
            }
        }
        Happening::ToldToWait => "the customer is told that an answer is coming".into(),
        Happening::WentPublic => "no reply by the deadline: the customer goes public".into(),
        Happening::WroteAgain { duplicate: true } => {
            "the customer writes a second time about the same".into()
        }
        Happening::WroteAgain { duplicate: false } => "the customer writes again".into(),
        Happening::TriesLater { role: at } => {
            format!("no luck at {}: the customer will try again", role(at))
        }
        Happening::Ended { end, .. } => end.label().into(),
    }
}

/// Waits by cause, longest first.
pub(super) fn waits(waits: &[(Cause, SimTime)]) -> String {
    if waits.is_empty() {
        return "not at all".into();
    }
    let mut sorted = waits.to_vec();
    sorted.sort_by_key(|(cause, length)| (std::cmp::Reverse(*length), *cause));
    let parts: Vec<String> = sorted
        .iter()
        .map(|(cause, length)| format!("{} {}", moment(*length), cause.label()))
        .collect();
    parts.join(", ")
}

/// The hour of an instant's day.
pub(super) fn on_the_clock(at: SimTime) -> String {
    let second = at.micros() % SimTime::DAY.micros() / SimTime::SECOND.micros();
    format!("{:02}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60)
}

/// A length of time as people say it: two units at most.
pub(super) fn moment(length: SimTime) -> String {
    let seconds = length.micros() as f64 / 1e6;
    if seconds < 60.0 {
        return format!("{seconds:.0}s");
    }
    let whole = length.micros() / SimTime::SECOND.micros();
    let (days, hours, minutes, left) =
        (whole / 86_400, whole / 3600 % 24, whole / 60 % 60, whole % 60);
    match (days, hours) {
        (0, 0) => format!("{minutes}m {left:02}s"),
        (0, _) => format!("{hours}h {minutes:02}m"),
        _ => format!("{days}d {hours:02}h"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_have_two_units_at_most() {
        let of = |seconds: u64| moment(SimTime::SECOND.times(seconds));
        assert_eq!(
            [of(0), of(59), of(61), of(3660), of(90_000)],
            ["0s", "59s", "1m 01s", "1h 01m", "1d 01h"]
        );
    }

    #[test]
    fn the_longest_wait_comes_first() {
        let told =
            waits(&[(Cause::Line, SimTime::MINUTE), (Cause::OffHours, SimTime::HOUR.times(9))]);
        assert_eq!(told, "9h 00m desk closed, 1m 00s in line");
        assert_eq!(waits(&[]), "not at all");
    }

    #[test]
    fn what_is_wanted_of_another_role_is_told_apart() {
        let model = crate::experiment::examples::model_of_desks(6.0);
        let design = &model.designs[0];
        let name = |number| design.organization.role(RoleId(number)).name.as_str();
        let told = |happening: &Happening| line(&model, design, happening);
        let sent = |wants| told(&Happening::Sent { from: 0, to: 1, wants });
        assert_eq!(sent(Wants::Answer), format!("a question goes to {}", name(1)));
        assert_eq!(sent(Wants::Approval), format!("the draft goes to {} for approval", name(1)));
        let decision = format!("an exception goes to {} for a decision", name(1));
        assert_eq!(sent(Wants::Decision), decision);
        let up = format!("{} has not found the time; the draft goes up to {}", name(1), name(2));
        assert_eq!(told(&Happening::WentUp { from: 1, to: 2 }), up);
    }
}
